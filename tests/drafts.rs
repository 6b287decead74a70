//! Drafts: what is not saved is kept aside, offered again after the end of the program whatever that was, and never in anybody's way.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of a test fail it where it cannot go on")]

use std::{
    fs,
    io::{BufRead as _, BufReader, Write as _},
    os::unix::{
        ffi::OsStrExt as _,
        fs::{MetadataExt as _, PermissionsExt as _},
    },
    path::{Path, PathBuf},
    process::{Child, Command},
    sync::Arc,
    time::Duration,
};

use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use groundplan::{
    project::{Component, ComponentKind, Edit, Project},
    storage::{
        self,
        drafts::{Content, Draft, DraftError, Drafts, Keeper, MAX_DISCARDED, Origin, OriginNow, Owner, Unsaved},
        to_text,
    },
};

#[path = "common/child.rs"]
mod child;
#[path = "common/cli.rs"]
mod cli;
#[path = "common/window.rs"]
mod window;

use window::{Window, bytes, key, press, says, session, settle};

const PLAN: &str = "(format: 1, name: \"Shop plan\", components: {\"shop\": (name: \"Shop\", kind: web_application, pos: (0, 0)), \
                    \"db\": (name: \"Database\", kind: relational_database, pos: (400, 0))})";

fn drafts_in(folder: &Path) -> Drafts {
    Drafts::in_folder(&folder.join("state/drafts"))
}

fn plan_in(folder: &Path) -> PathBuf {
    let file = folder.join("plan.ron");
    fs::write(&file, PLAN).unwrap();
    file
}

/// A window that keeps drafts in a folder, over a file or over nothing.
fn open(folder: &Path, file: Option<&Path>) -> Window {
    let mut setup = window::setup(file, None);
    setup.drafts = Some(drafts_in(folder));
    window::open_setup(setup)
}

fn click(window: &mut Window, label: &str) {
    window.get_by_label(label).click();
    settle(window);
}

/// An edit as a person makes it: everything is taken away.
fn delete_all(window: &mut Window) {
    key(window, Modifiers::COMMAND, Key::A);
    press(window, Key::Delete);
}

/// A project with so many workers.
fn project(name: &str, workers: usize) -> Arc<Project> {
    let mut project = Project::new(name);
    for i in 0..workers {
        let component =
            Component::new(&format!("Worker {i}"), ComponentKind::Worker, Some((i as f64 * 10.0, 0.0).into()));
        project.apply(&Edit::PutComponent(format!("worker-{i}").as_str().into(), component));
    }
    Arc::new(project)
}

fn unsaved(project: &Arc<Project>, origin: Option<Origin>) -> Unsaved {
    Unsaved { project: Arc::clone(project), origin: origin.map(Arc::new) }
}

/// The draft that a process left which is gone.
fn left(drafts: &Drafts, project: &Arc<Project>, origin: Option<Origin>) -> String {
    let before: Vec<String> = drafts.list().into_iter().map(|draft| draft.id).collect();
    let keeper = Keeper::by_hand(drafts.clone());
    keeper.keep(Some(unsaved(project, origin)));
    drop(keeper);
    let mut new = drafts.list().into_iter().map(|draft| draft.id).filter(|id| !before.contains(id));
    new.next().unwrap()
}

fn only(drafts: &[Draft]) -> &Draft {
    let [draft] = drafts else { panic!("{} drafts: {drafts:?}", drafts.len()) };
    draft
}

fn sound(draft: &Draft) -> &Project {
    match &draft.content {
        Content::Sound(project) => project,
        Content::Damaged(why) => panic!("{why}"),
    }
}

/// Everything under a folder.
fn files_under(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(files_under(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}

// While somebody works.

#[test]
fn an_edit_is_in_a_draft_and_a_save_takes_it_away() {
    let folder = tempfile::tempdir().unwrap();
    let (drafts, file) = (drafts_in(folder.path()), plan_in(folder.path()));
    let mut window = open(folder.path(), Some(&file));
    assert!(!folder.path().join("state").exists(), "a window in which nothing was changed writes nothing");
    delete_all(&mut window);
    let list = drafts.list();
    let draft = only(&list);
    assert_eq!(to_text(sound(draft)).unwrap(), bytes(&window));
    assert_eq!(draft.owner, Owner::Alive(Some(std::process::id())));
    assert_eq!(
        (draft.origin.as_ref().map(|origin| &*origin.path), draft.origin_now()),
        (Some(&*file), OriginNow::AsItWas)
    );
    assert_eq!(fs::metadata(drafts.folder()).unwrap().permissions().mode() & 0o777, 0o700, "nobody else looks into it");
    let opened = storage::open_project(&draft.file, &|_| Vec::new()).unwrap();
    assert_eq!(to_text(&opened).unwrap(), bytes(&window), "a draft opens like any project");

    key(&mut window, Modifiers::COMMAND, Key::S);
    assert!(!session(&window).is_dirty());
    assert_eq!(files_under(drafts.folder()), Vec::<PathBuf>::new());
    // What comes after the save is kept in turn, and knows the file as it was saved.
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(only(&drafts.list()).origin_now(), OriginNow::AsItWas);
}

#[test]
fn undone_to_what_is_saved_or_not_wanted_there_is_no_draft() {
    let folder = tempfile::tempdir().unwrap();
    let (drafts, file) = (drafts_in(folder.path()), plan_in(folder.path()));
    let mut window = open(folder.path(), Some(&file));
    delete_all(&mut window);
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(files_under(drafts.folder()), Vec::<PathBuf>::new());
    key(&mut window, Modifiers::COMMAND, Key::Y);
    assert_eq!(drafts.list().len(), 1);
    key(&mut window, Modifiers::COMMAND, Key::N);
    assert_eq!(drafts.list().len(), 1, "as long as nothing is decided");
    click(&mut window, "Don't save");
    assert_eq!(files_under(drafts.folder()), Vec::<PathBuf>::new());
}

#[test]
fn whoever_closes_without_saving_is_not_offered_it_again_and_a_window_that_is_just_gone_leaves_its_draft() {
    let folder = tempfile::tempdir().unwrap();
    let (drafts, file) = (drafts_in(folder.path()), plan_in(folder.path()));
    let mut window = open(folder.path(), Some(&file));
    delete_all(&mut window);
    key(&mut window, Modifiers::COMMAND, Key::Q);
    click(&mut window, "Don't save");
    drop(window);
    assert_eq!(files_under(drafts.folder()), Vec::<PathBuf>::new());

    let mut window = open(folder.path(), Some(&file));
    key(&mut window, Modifiers::COMMAND, Key::A);
    window.key_press(Key::Delete);
    window.run_steps(1);
    let last = bytes(&window);
    drop(window);
    let list = drafts.orphans();
    assert_eq!(to_text(sound(only(&list))).unwrap(), last, "even the edit of the frame before the last");
}

#[test]
fn an_idle_window_does_not_write_its_draft_again() {
    let folder = tempfile::tempdir().unwrap();
    let (drafts, file) = (drafts_in(folder.path()), plan_in(folder.path()));
    let mut window = open(folder.path(), Some(&file));
    delete_all(&mut window);
    // Each write is a new file.
    let node = || fs::metadata(&only(&drafts.list()).file).unwrap().ino();
    let written = node();
    window.run_steps(60);
    key(&mut window, Modifiers::COMMAND, Key::A);
    assert_eq!(node(), written);
}

#[test]
fn a_drag_is_written_now_and_then_and_nothing_of_it_is_older_than_a_second() {
    let folder = tempfile::tempdir().unwrap();
    let drafts = drafts_in(folder.path());
    let keeper = Keeper::by_hand(drafts.clone());
    let states: Vec<Arc<Project>> = (0..300).map(|moves| project("Drag", moves % 7 + 1)).collect();
    let (mut writes, mut node, mut kept) = (0, 0, 0);
    for (frame, state) in states.iter().enumerate() {
        let now = Duration::from_millis(frame as u64 * 16);
        keeper.keep(Some(unsaved(state, None)));
        keeper.step(now);
        let Some(file) =
            files_under(drafts.folder()).into_iter().find(|file| file.extension().is_some_and(|e| e == "ron"))
        else {
            assert!(now < Duration::from_secs(1));
            continue;
        };
        let new = fs::metadata(&file).unwrap().ino();
        if new != node {
            (writes, node, kept) = (writes + 1, new, frame);
        }
        assert!((frame - kept) * 16 < 1000, "{frame}");
    }
    assert!((9..=12).contains(&writes), "{writes} writes in 4.8 seconds");
    keeper.step(Duration::from_secs(6));
    assert_eq!(sound(only(&drafts.list())), &**states.last().unwrap());
}

#[test]
fn a_folder_that_cannot_be_written_to_is_told_once_and_stops_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let file = plan_in(folder.path());
    fs::write(folder.path().join("state"), "in the way").unwrap();
    let mut window = open(folder.path(), Some(&file));
    delete_all(&mut window);
    assert!(says(&window, "cannot be kept aside"), "{:?}", window.state().messages());
    click(&mut window, "Close message");
    key(&mut window, Modifiers::COMMAND, Key::Z);
    key(&mut window, Modifiers::COMMAND, Key::Y);
    window.run_steps(40);
    assert!(!says(&window, "cannot be kept aside"));
    key(&mut window, Modifiers::COMMAND, Key::S);
    assert_eq!(fs::read_to_string(&file).unwrap(), bytes(&window));
    // As soon as it can be written to, it is.
    fs::remove_file(folder.path().join("state")).unwrap();
    key(&mut window, Modifiers::COMMAND, Key::Z);
    window.run_steps(40);
    assert_eq!(drafts_in(folder.path()).list().len(), 1);
}

// Taken up again.

#[test]
fn a_draft_is_restored_as_a_copy_and_its_file_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let (drafts, file) = (drafts_in(folder.path()), plan_in(folder.path()));
    left(&drafts, &project("Shop plan", 3), Some(Origin::now(&file)));
    let mut window = open(folder.path(), None);
    assert!(window.query_by_label("There is work that was not saved").is_some());
    assert!(window.query_by_label_contains("3 components").is_some());
    assert!(window.query_by_label_contains("plan.ron, which is as it was").is_some());
    click(&mut window, "Restore a copy of Shop plan");
    assert!(window.query_by_label("There is work that was not saved").is_none());
    assert_eq!(session(&window).project().components.len(), 3);
    assert!(session(&window).is_dirty() && session(&window).path().is_none());
    assert_eq!(fs::read_to_string(&file).unwrap(), PLAN);
    // It is in no file yet, so the draft stays, and is this window's.
    assert_eq!(only(&drafts.list()).owner, Owner::Alive(Some(std::process::id())));
    // Another window does not offer it.
    let other = open(folder.path(), None);
    assert!(other.query_by_label("There is work that was not saved").is_none());
    drop(other);

    // Its file is the first guess where to save it; another name leaves that as it is.
    key(&mut window, Modifiers::COMMAND, Key::S);
    let guess = window.get_by_label("Path").accesskit_node().value().unwrap_or_default();
    assert_eq!(guess, file.to_str().unwrap());
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(1);
    let copy = folder.path().join("copy.ron");
    window.get_by_label("Path").type_text(copy.to_str().unwrap());
    settle(&mut window);
    press(&mut window, Key::Enter);
    assert_eq!(fs::read_to_string(&copy).unwrap(), to_text(&project("Shop plan", 3)).unwrap());
    assert_eq!(fs::read_to_string(&file).unwrap(), PLAN);
    assert!(!session(&window).is_dirty());
    settle(&mut window);
    assert_eq!(files_under(drafts.folder()), Vec::<PathBuf>::new());
}

#[test]
fn of_several_drafts_one_is_taken_up_by_keyboard_and_the_others_are_offered_again() {
    let folder = tempfile::tempdir().unwrap();
    let drafts = drafts_in(folder.path());
    for name in ["First", "Second", "Third"] {
        left(&drafts, &project(name, 1), None);
    }
    // Files written within one tick of the clock are in order of their ids.
    let newest = drafts.orphans()[0].title();
    let mut window = open(folder.path(), None);
    press(&mut window, Key::Enter);
    assert_eq!(session(&window).project().name, newest);
    assert!(says(&window, "2 more drafts wait"), "{:?}", window.state().messages());
    // By the menu; and what would be lost asks first.
    key(&mut window, Modifiers::COMMAND, Key::K);
    window.get_by_label("Find a command").type_text("unsaved work");
    settle(&mut window);
    press(&mut window, Key::Enter);
    let next = drafts.orphans()[0].title();
    click(&mut window, &format!("Restore a copy of {next}"));
    click(&mut window, "Cancel");
    assert_eq!((session(&window).project().name.as_str(), drafts.list().len()), (newest.as_str(), 3));
    key(&mut window, Modifiers::COMMAND, Key::K);
    window.get_by_label("Find a command").type_text("unsaved work");
    settle(&mut window);
    press(&mut window, Key::Enter);
    click(&mut window, &format!("Restore a copy of {next}"));
    click(&mut window, "Don't save");
    assert_eq!((session(&window).project().name.as_str(), drafts.list().len()), (next.as_str(), 2));
}

#[test]
fn what_is_left_for_later_is_offered_at_the_next_start_and_what_is_discarded_can_be_put_back() {
    let folder = tempfile::tempdir().unwrap();
    let drafts = drafts_in(folder.path());
    left(&drafts, &project("First", 1), None);
    left(&drafts, &project("Second", 2), None);
    let mut window = open(folder.path(), None);
    press(&mut window, Key::Escape);
    assert!(window.query_by_label("There is work that was not saved").is_none());
    drop(window);
    let mut window = open(folder.path(), None);
    click(&mut window, "Discard First");
    assert_eq!((drafts.orphans().len(), drafts.discarded().len()), (1, 1));
    click(&mut window, "Put back First");
    assert_eq!((drafts.orphans().len(), drafts.discarded().len()), (2, 0));
    click(&mut window, "Discard Second");
    click(&mut window, "Discard First");
    click(&mut window, "Later");
    drop(window);
    assert!(open(folder.path(), None).query_by_label("There is work that was not saved").is_none());
    assert_eq!(drafts.discarded().len(), 2);
}

#[test]
fn discarded_drafts_are_bounded_and_the_newest_stay() {
    let folder = tempfile::tempdir().unwrap();
    let drafts = drafts_in(folder.path());
    let mut last = String::new();
    for number in 0..MAX_DISCARDED + 3 {
        last = left(&drafts, &project(&format!("Plan {number}"), 1), None);
        drafts.discard(&last).unwrap();
    }
    let kept: Vec<String> = drafts.discarded().into_iter().map(|draft| draft.id).collect();
    assert!(kept.len() == MAX_DISCARDED && kept.contains(&last), "{kept:?}");
    assert!(matches!(drafts.discard(&last), Err(DraftError::NotThere)));
}

#[test]
fn a_damaged_draft_is_told_and_kept_aside_and_never_just_gone() {
    let damages: [(&str, &[u8]); 4] = [
        ("cut off", b"(format: 1, name: \"Plan\", components: {\"a\": (na"),
        ("empty", b""),
        ("no text", b"(format: 1, name: \"\xff\xfe\")"),
        ("unsound", b"(format: 1, name: \"P\", connections: {\"a-to-b\": (from: \"a\", to: \"b\", protocol: http)})"),
    ];
    for (what, text) in damages {
        let folder = tempfile::tempdir().unwrap();
        let drafts = drafts_in(folder.path());
        let id = left(&drafts, &project("Plan", 1), Some(Origin::now(&folder.path().join("plan.ron"))));
        let file = only(&drafts.list()).file.clone();
        let head: Vec<u8> =
            fs::read(&file).unwrap().split_inclusive(|b| *b == b'\n').take(2).flatten().copied().collect();
        fs::write(&file, [&head, text].concat()).unwrap();
        let mut window = open(folder.path(), None);
        assert!(window.query_by_label_contains("This draft is damaged").is_some(), "{what}");
        assert!(window.query_by_label("Restore a copy of plan.ron").is_none(), "{what}");
        drop(window);
        assert!(file.exists(), "{what}: looking at it takes nothing away");
        window = open(folder.path(), None);
        click(&mut window, "Keep aside the text of plan.ron");
        let aside = drafts.folder().join(format!("set-aside/{id}.ron"));
        assert!(fs::read(&aside).unwrap().ends_with(text), "{what}");
        drop(window);
        assert!(open(folder.path(), None).query_by_label("There is work that was not saved").is_none(), "{what}");
        assert!(aside.exists(), "{what}");
    }
}

#[test]
fn what_became_of_the_file_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let (drafts, file) = (drafts_in(folder.path()), plan_in(folder.path()));
    left(&drafts, &project("Plan", 1), Some(Origin::now(&file)));
    let now = || (only(&drafts.list()).origin_now(), only(&drafts.list()).belonging());
    assert_eq!(now().0, OriginNow::AsItWas);
    fs::write(&file, PLAN.replace("Database", "Store")).unwrap();
    assert_eq!(now().0, OriginNow::Changed);
    assert!(now().1.ends_with("plan.ron, which has changed since"), "{}", now().1);
    fs::remove_file(&file).unwrap();
    assert_eq!(now().0, OriginNow::Gone);
    let folder = tempfile::tempdir().unwrap();
    let drafts = drafts_in(folder.path());
    left(&drafts, &project("Plan", 1), None);
    assert_eq!(only(&drafts.list()).belonging(), "Never saved");
}

#[test]
fn a_draft_of_what_is_saved_already_is_not_offered() {
    let folder = tempfile::tempdir().unwrap();
    let (drafts, plan) = (drafts_in(folder.path()), project("Plan", 2));
    let file = folder.path().join("plan.ron");
    storage::save_project(&file, &plan).unwrap();
    // As if the program had died after the save and before the end of the draft.
    left(&drafts, &plan, Some(Origin::now(&file)));
    let window = open(folder.path(), None);
    assert!(window.query_by_label("There is work that was not saved").is_none());
    assert_eq!(files_under(drafts.folder()), Vec::<PathBuf>::new());
}

#[test]
fn a_path_that_is_not_text_comes_back_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let drafts = drafts_in(folder.path());
    let file = folder.path().join(std::ffi::OsStr::from_bytes(b"caf\xe9 \n.ron"));
    fs::write(&file, PLAN).unwrap();
    left(&drafts, &project("Plan", 1), Some(Origin::now(&file)));
    let mut window = open(folder.path(), None);
    click(&mut window, "Restore a copy of Plan");
    assert_eq!(session(&window).original(), Some(&file));
    delete_all(&mut window);
    let list = drafts.list();
    assert_eq!(only(&list).origin.as_ref().map(|origin| &origin.path), Some(&file));
}

#[test]
fn what_dead_processes_left_half_done_is_tidied_and_nothing_else_is_touched() {
    let folder = tempfile::tempdir().unwrap();
    let drafts = drafts_in(folder.path());
    left(&drafts, &project("Plan", 1), None);
    let place = |name: &str| drafts.folder().join(name);
    for name in ["0badcafe.lock", ".groundplan-old.tmp", ".groundplan-new.tmp", "notes.txt"] {
        fs::write(place(name), "x").unwrap();
    }
    let old = std::time::SystemTime::now() - Duration::from_hours(2);
    fs::File::options().write(true).open(place(".groundplan-old.tmp")).unwrap().set_modified(old).unwrap();
    assert_eq!(drafts.orphans().len(), 1);
    let there = |name: &str| place(name).exists();
    assert_eq!([there("0badcafe.lock"), there(".groundplan-old.tmp")], [false; 2]);
    assert_eq!([there(".groundplan-new.tmp"), there("notes.txt")], [true; 2]);
}

// Other processes.

#[test]
#[ignore = "run in processes of its own by the tests below"]
fn another_process() {
    let (role, folder) = child::role();
    let drafts = drafts_in(&folder);
    let mut lines = std::io::stdin().lines().map_while(Result::ok);
    match role.as_str() {
        "keeps" => {
            let keeper = Keeper::by_hand(drafts);
            keeper.keep(Some(unsaved(&project("Of a child", 2), None)));
            keeper.step(Duration::ZERO);
            keeper.step(Duration::from_secs(1));
            child::tell("kept");
            lines.next();
        }
        "claims" => {
            child::tell("ready");
            let mut taken = Vec::new();
            for id in lines {
                match drafts.claim(&id) {
                    Ok(claimed) => {
                        taken.push(claimed);
                        child::tell("got");
                    }
                    Err(DraftError::Owned | DraftError::NotThere) => child::tell("not"),
                    Err(error) => panic!("{error}"),
                }
            }
        }
        "faults" => ends_by_a_fault(&folder),
        other => panic!("{other}?"),
    }
}

/// A process with something to say; killed if the test gives up.
struct Other {
    process: Child,
    lines: BufReader<std::process::ChildStdout>,
}

impl Drop for Other {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Other {
    fn start(role: &str, folder: &Path) -> Self {
        let mut process = child::child("another_process", role, folder).spawn().unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap());
        Self { process, lines }
    }

    fn says(&mut self) -> String {
        let mut line = String::new();
        while self.lines.read_line(&mut line).unwrap() > 0 {
            if let Some(told) = child::told(&line) {
                return told.to_owned();
            }
            line.clear();
        }
        panic!("it ended without a word");
    }

    fn hears(&mut self, line: &str) {
        writeln!(self.process.stdin.as_mut().unwrap(), "{line}").unwrap();
    }
}

#[test]
fn drafts_of_processes_that_live_are_left_alone_and_those_of_the_dead_are_offered() {
    let folder = tempfile::tempdir().unwrap();
    let drafts = drafts_in(folder.path());
    let mut others = [Other::start("keeps", folder.path()), Other::start("keeps", folder.path())];
    others.iter_mut().for_each(|other| assert_eq!(other.says(), "kept"));
    assert_eq!(drafts.list().len(), 2, "each has its own");
    assert!(drafts.orphans().is_empty());
    for draft in drafts.list() {
        assert!(matches!(draft.owner, Owner::Alive(Some(process)) if others.iter().any(|o| o.process.id() == process)));
        assert!(matches!(drafts.claim(&draft.id), Err(DraftError::Owned)));
        assert!(matches!(drafts.discard(&draft.id), Err(DraftError::Owned)));
    }
    let window = open(folder.path(), None);
    assert!(window.query_by_label("There is work that was not saved").is_none());
    // One dies with its lock in its hands.
    let dead = others[0].process.id();
    others[0].process.kill().unwrap();
    others[0].process.wait().unwrap();
    let orphans = drafts.orphans();
    let draft = only(&orphans);
    assert_eq!(sound(draft).components.len(), 2);
    let lock = draft.file.with_extension("lock");
    assert_eq!(fs::read_to_string(lock).unwrap().trim(), dead.to_string(), "the number is there, and says nothing");
    let mut window = open(folder.path(), None);
    click(&mut window, "Restore a copy of Of a child");
    assert_eq!(session(&window).project().components.len(), 2);
    assert!(drafts.orphans().is_empty() && drafts.list().len() == 2);
}

#[test]
fn of_several_processes_that_want_one_draft_at_once_one_gets_it() {
    let folder = tempfile::tempdir().unwrap();
    let drafts = drafts_in(folder.path());
    let mut others: Vec<Other> = (0..4).map(|_| Other::start("claims", folder.path())).collect();
    others.iter_mut().for_each(|other| assert_eq!(other.says(), "ready"));
    for round in 0..25 {
        let id = left(&drafts, &project(&format!("Round {round}"), 1), None);
        others.iter_mut().for_each(|other| other.hears(&id));
        let got = others.iter_mut().map(Other::says).filter(|answer| answer == "got").count();
        assert_eq!(got, 1, "round {round}");
    }
    drop(others);
    assert_eq!(drafts.orphans().len(), 25, "who claimed them is dead, and nothing is lost");
}

// A fault of the program.

/// A file that is dropped on the window and makes it fail in the middle of a frame.
#[derive(Debug)]
struct Fatal;

impl egui::DroppedFile for Fatal {
    fn path(&self) -> &Path {
        panic!("a fault on purpose")
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Ok(Vec::new())
    }
}

fn ends_by_a_fault(folder: &Path) {
    let drafts = drafts_in(folder);
    groundplan::app::watch_for_faults(Some(drafts.clone()));
    let mut setup = window::setup(Some(&folder.join("plan.ron")), None);
    // With the thread that writes drafts: it is asked to write the last one now, not when it is due.
    (setup.drafts, setup.threads) = (Some(drafts), true);
    let mut window = window::open_setup(setup);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(2);
    window.key_press(Key::Delete);
    window.run_steps(2);
    assert!(session(&window).is_dirty());
    window.input_mut().dropped_files.push(Arc::new(Fatal));
    window.run_steps(1);
}

#[test]
fn a_fault_of_the_program_writes_the_draft_says_where_it_is_and_is_told_at_the_next_start() {
    let folder = tempfile::tempdir().unwrap();
    let drafts = drafts_in(folder.path());
    let file = plan_in(folder.path());
    let output = child::child("another_process", "faults", folder.path()).output().unwrap();
    assert!(!output.status.success());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let orphans = drafts.orphans();
    let draft = only(&orphans);
    assert_eq!((sound(draft).components.len(), &*sound(draft).name), (0, "Shop plan"));
    for words in ["ended by a fault of its own", draft.file.to_str().unwrap(), "fault.txt"] {
        assert!(said.contains(words), "{said}");
    }
    let report = fs::read_to_string(drafts.folder().join("fault.txt")).unwrap();
    for words in [env!("CARGO_PKG_VERSION"), "tests/drafts.rs:", "a fault on purpose", draft.file.to_str().unwrap()] {
        assert!(report.contains(words), "{report}");
    }
    assert!(!report.contains("Database"), "nothing of the plan");

    let mut window = open(folder.path(), None);
    assert!(window.query_by_label_contains("ended by a fault of its own").is_some());
    assert!(window.query_by_label_contains("a fault on purpose").is_some());
    click(&mut window, "Copy the report");
    click(&mut window, "Restore a copy of Shop plan");
    assert!(session(&window).is_dirty() && session(&window).project().components.is_empty());
    assert_eq!(fs::read_to_string(&file).unwrap(), PLAN);
    drop(window);
    // It is told once, and kept to be sent.
    let window = open(folder.path(), None);
    assert!(window.query_by_label_contains("a fault on purpose").is_none());
    assert!(drafts.folder().join("last-fault.txt").exists());
}

#[test]
fn a_fault_with_nothing_to_lose_is_told_too() {
    let folder = tempfile::tempdir().unwrap();
    drafts_in(folder.path()).note_fault("Groundplan ended by a fault.\nWhere: src/x.rs:1:2").unwrap();
    let mut window = open(folder.path(), None);
    assert!(window.query_by_label("Groundplan ended by a fault").is_some());
    click(&mut window, "Close");
    assert!(window.query_by_label("Groundplan ended by a fault").is_none());
}

// On the command line.

fn groundplan(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = cli::groundplan(arguments);
    command.env("HOME", folder).env("XDG_STATE_HOME", folder.join("state"));
    command
}

#[test]
fn the_command_line_lists_restores_and_discards() {
    let folder = tempfile::tempdir().unwrap();
    let drafts = Drafts::in_folder(&folder.path().join("state/groundplan/drafts"));
    let run = |arguments: &[&str]| groundplan(folder.path(), arguments).output().unwrap();
    let nothing = run(&["drafts"]);
    assert_eq!((nothing.status.code(), cli::out(&nothing)), (Some(0), ""));
    assert!(cli::err(&nothing).contains("There is no unsaved work"));
    assert!(!folder.path().join("state").exists(), "looking writes nothing");

    let file = plan_in(folder.path());
    let (plan, other) = (project("Shop plan", 3), project("Other", 1));
    let first = left(&drafts, &plan, Some(Origin::now(&file)));
    let second = left(&drafts, &other, None);
    let list = run(&["drafts"]);
    for words in [&first, &second, "Shop plan, 3 components", "plan.ron, which is as it was", "Never saved"] {
        assert!(cli::out(&list).contains(words), "{}", cli::out(&list));
    }
    // Nothing that is there is replaced, and then the draft stays too.
    let refused = run(&["drafts", "restore", &first, "-o", file.to_str().unwrap()]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(cli::err(&refused).contains("is there already"), "{}", cli::err(&refused));
    assert_eq!((fs::read_to_string(&file).unwrap().as_str(), drafts.list().len()), (PLAN, 2));
    let out = folder.path().join("recovered.ron");
    assert_eq!(run(&["drafts", "restore", &first, "-o", out.to_str().unwrap()]).status.code(), Some(0));
    assert_eq!(fs::read_to_string(&out).unwrap(), to_text(&plan).unwrap());
    assert_eq!(drafts.list().len(), 1);

    assert_eq!(run(&["drafts", "discard", &second]).status.code(), Some(0));
    assert!(drafts.list().is_empty());
    assert!(cli::out(&run(&["drafts"])).contains("Discarded:"));
    let back = run(&["drafts", "restore", &second, "-o", "-"]);
    assert_eq!(cli::out(&back), to_text(&other).unwrap());
    for arguments in [["drafts", "discard", "deadbeef"], ["drafts", "discard", "../../plan"]] {
        let unknown = run(&arguments);
        assert_eq!(unknown.status.code(), Some(2));
        assert!(cli::err(&unknown).contains("no such draft"), "{}", cli::err(&unknown));
    }
}

#[test]
fn the_command_line_leaves_the_draft_of_an_open_window_alone() {
    let folder = tempfile::tempdir().unwrap();
    let drafts = Drafts::in_folder(&folder.path().join("state/groundplan/drafts"));
    let keeper = Keeper::by_hand(drafts.clone());
    keeper.keep(Some(unsaved(&project("Open", 1), None)));
    keeper.step(Duration::ZERO);
    keeper.step(Duration::from_secs(1));
    let id = only(&drafts.list()).id.clone();
    let run = |arguments: &[&str]| groundplan(folder.path(), arguments).output().unwrap();
    assert!(cli::out(&run(&["drafts"])).contains("It belongs to a window that is open"));
    let out = folder.path().join("out.ron");
    for arguments in [&["drafts", "discard", &id][..], &["drafts", "restore", &id, "-o", out.to_str().unwrap()]] {
        let refused = run(arguments);
        assert_eq!(refused.status.code(), Some(2));
        assert!(cli::err(&refused).contains("a window that is open"), "{}", cli::err(&refused));
    }
    assert!(!out.exists() && drafts.list().len() == 1);
}
