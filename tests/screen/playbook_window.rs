//! Another playbook in the window: chosen, shown, reloaded, refused, remembered, and nothing lost by it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{fs, path::Path, sync::Arc};

use egui::{Key, Modifiers};
use egui_kittest::{Harness, kittest::Queryable as _};
use groundplan::{
    app::{Groundplan, Setup},
    lang::Language,
    storage::{self, Recent},
};

type Window = Harness<'static, Groundplan>;

fn open(folder: &Path) -> Window {
    let setup = Setup {
        engine: Arc::new(storage::load_engine(None).unwrap()),
        file: None,
        recent: Some(Recent::in_folder(&folder.join("state"))),
        drafts: None,
        native_dialogs: false,
        today: Some(jiff::civil::date(2027, 3, 1)),
        threads: false,
        language: Language::English,
    };
    let mut window =
        Harness::builder().with_size([1440.0, 900.0]).with_max_steps(40).build_eframe(|cc| Groundplan::new(cc, setup));
    window.run_steps(8);
    window
}

fn run_command(window: &mut Window, words: &str) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    window.run_steps(4);
    window.get_by_label("Find a command").type_text(words);
    window.run_steps(4);
    window.key_press_modifiers(Modifiers::NONE, Key::Enter);
    window.run_steps(8);
}

fn choose(window: &mut Window, folder: &Path) {
    run_command(window, "playbook folder");
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(1);
    window.get_by_label("Path").type_text(&folder.to_string_lossy());
    window.run_steps(4);
    window.key_press_modifiers(Modifiers::NONE, Key::Enter);
    window.run_steps(8);
}

fn frameworks(window: &Window) -> usize {
    window.state().session().engine().playbook.frameworks.len()
}

#[test]
fn a_playbook_is_chosen_reloaded_and_given_up_without_losing_work() {
    let folder = tempfile::tempdir().unwrap();
    let house = folder.path().join("ours");
    fs::create_dir(&house).unwrap();
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/house-playbook")).unwrap() {
        let path = entry.unwrap().path();
        fs::copy(&path, house.join(path.file_name().unwrap())).unwrap();
    }
    let mut window = open(folder.path());
    window.get_by_label("Construction SaaS").click();
    window.run_steps(8);
    window.get_by_label_contains("QuickBooks, External API").click();
    window.run_steps(8);
    window.key_press_modifiers(Modifiers::NONE, Key::Delete);
    window.run_steps(8);
    let changed = storage::to_text(window.state().session().project()).unwrap();
    let undo = window.state().session().history().undo_name().map(str::to_owned);
    assert!(undo.is_some() && window.state().session().is_dirty());

    choose(&mut window, &house);
    assert_eq!(frameworks(&window), 4);
    assert!(window.query_by_label("Playbook: Lighthouse").is_some(), "the status bar says whose knowledge it is");
    assert_eq!(window.state().remembered_playbook(), Some(house.as_path()));
    let session = window.state().session();
    assert_eq!(session.assessment().components[0].scores.len(), 4, "assessed anew");
    assert_eq!(storage::to_text(session.project()).unwrap(), changed);
    assert_eq!(session.history().undo_name().map(str::to_owned), undo);
    assert!(session.is_dirty());

    // A slip: it is told with its place, and everything stays as it was.
    let traits = house.join("traits.ron");
    let sound = fs::read_to_string(&traits).unwrap();
    fs::write(&traits, sound.replace("label:", "lable:")).unwrap();
    run_command(&mut window, "reload the playbook");
    assert!(window.query_by_label_contains("did you mean `label`?").is_some());
    assert!(window.query_by_label_contains("traits.ron, line 5").is_some());
    assert_eq!(frameworks(&window), 4);
    window.get_by_label("Close").click();
    window.run_steps(8);

    fs::write(&traits, sound.replace("Engineers who know Litestar", "Litestar people")).unwrap();
    run_command(&mut window, "reload the playbook");
    assert!(window.query_by_label("Try again").is_none());
    let label = window.state().session().engine().playbook.traits["team-litestar"].label.clone();
    assert_eq!(label, "Litestar people");

    run_command(&mut window, "use the built-in playbook");
    assert_eq!(frameworks(&window), 3);
    assert_eq!(window.state().remembered_playbook(), None);
    assert!(window.query_by_label("Playbook: Lighthouse").is_none());
    window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
    window.run_steps(8);
    assert!(!window.state().session().is_dirty(), "the first change is still there to take back");
}

#[test]
fn the_command_line_goes_before_what_is_remembered_and_a_file_may_use_the_houses_traits() {
    let folder = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let house = root.join("docs/house-playbook");
    let setup = Setup {
        engine: Arc::new(storage::load_engine(Some(&house)).unwrap()),
        file: None,
        recent: Some(Recent::in_folder(folder.path())),
        drafts: None,
        native_dialogs: false,
        today: Some(jiff::civil::date(2027, 3, 1)),
        threads: false,
        language: Language::English,
    };
    let (given, file) = (house.clone(), root.join("docs/house-example.ron"));
    let mut window = Harness::builder().with_size([1440.0, 900.0]).with_max_steps(40).build_eframe(move |cc| {
        let mut window = Groundplan::new(cc, setup);
        window.begin(Some(given), Some(&file));
        window
    });
    window.run_steps(8);
    assert_eq!(window.state().session().project().name, "Harbour calls");
    assert_eq!(window.state().remembered_playbook(), None, "what the command line says is for this run");
    assert!(window.query_by_label("Playbook: Lighthouse").is_some());
    assert!(window.query_by_label_contains("Arrivals API, REST API, Litestar").is_some());
}

#[test]
fn a_folder_with_faults_is_taken_once_they_are_mended() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path());
    window.get_by_label("Construction SaaS").click();
    window.run_steps(8);
    let house = folder.path().join("ours");
    fs::create_dir(&house).unwrap();
    fs::write(house.join("house.ron"), "(name: \"Mine\", extends: builtin").unwrap();
    choose(&mut window, &house);
    assert!(window.query_by_label_contains("never closed").is_some());
    assert_eq!(window.state().remembered_playbook(), None);
    fs::write(house.join("house.ron"), "(name: \"Mine\", extends: builtin)").unwrap();
    window.get_by_label("Try again").click();
    window.run_steps(8);
    assert!(window.query_by_label("Playbook: Mine").is_some());
    assert_eq!(window.state().remembered_playbook(), Some(house.as_path()));
}

#[test]
fn a_new_project_starts_with_the_houses_rates() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path());
    choose(&mut window, &Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/house-playbook"));
    window.key_press_modifiers(Modifiers::COMMAND, Key::N);
    window.run_steps(8);
    let assumptions = &window.state().session().project().assumptions;
    assert_eq!((assumptions.rate_usd_per_person_week, assumptions.team_size), (5200.0, 4.0));
}

#[test]
fn a_folder_that_is_not_there_is_not_taken() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path());
    choose(&mut window, &folder.path().join("nowhere"));
    assert!(window.query_by_label("There is no such folder").is_some());
    assert_eq!(frameworks(&window), 3);
}
