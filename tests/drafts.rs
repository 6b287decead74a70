//! Drafts: what is not saved is kept aside, offered again after the end of the program whatever that was, and never in anybody's way.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of a test fail it where it cannot go on")]

use std::{
    fs,
    os::unix::{
        ffi::OsStrExt as _,
        fs::{MetadataExt as _, PermissionsExt as _},
    },
    path::{Path, PathBuf},
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
#[path = "drafts/damaged.rs"]
mod damaged;
#[path = "drafts/processes.rs"]
mod processes;
#[path = "drafts/typed.rs"]
mod typed;
/// Helpers, of which the window needs the session.
#[path = "common"]
mod common {
    pub mod session;
    pub mod window;
}

use common::window::{Window, bytes, key, press, says, session, settle};

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
    let mut setup = common::window::setup(file, None);
    setup.drafts = Some(drafts_in(folder));
    common::window::open_setup(setup)
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
    assert!(drafts.list().is_empty(), "it is not offered again");
    assert_eq!(drafts.discarded().len(), 1, "and can be had back all the same");
}

#[test]
fn what_was_not_saved_is_had_back_where_the_question_said() {
    let folder = tempfile::tempdir().unwrap();
    let (drafts, file) = (drafts_in(folder.path()), plan_in(folder.path()));
    let mut window = open(folder.path(), Some(&file));
    delete_all(&mut window);
    let given_up = bytes(&window);
    key(&mut window, Modifiers::COMMAND, Key::N);
    assert!(window.query_by_label_contains("goes among the discarded drafts").is_some());
    assert!(window.query_by_label_contains("is lost otherwise").is_none());
    click(&mut window, "Don't save");
    assert!(says(&window, "File, Unsaved work... brings it back"), "{:?}", window.state().messages());
    key(&mut window, Modifiers::COMMAND, Key::K);
    window.get_by_label("Find a command").type_text("unsaved work");
    settle(&mut window);
    press(&mut window, Key::Enter);
    let title = drafts.discarded()[0].title();
    click(&mut window, &format!("Put back {title}"));
    click(&mut window, &format!("Restore a copy of {title}"));
    assert_eq!(bytes(&window), given_up);
    assert!(drafts.discarded().is_empty());
}

#[test]
fn what_is_given_up_for_a_draft_that_is_restored_does_not_take_that_ones_place() {
    let folder = tempfile::tempdir().unwrap();
    let drafts = drafts_in(folder.path());
    let left = left(&drafts, &project("Restored", 2), None);
    let keeper = Keeper::by_hand(drafts.clone());
    keeper.keep(Some(unsaved(&project("Given up", 1), None)));
    keeper.step(Duration::ZERO);
    keeper.step(Duration::from_secs(1));
    // Both before the writer gets to look.
    keeper.give_up();
    let (place, draft) = drafts.claim(&left).unwrap();
    keeper.adopt(place, unsaved(&Arc::new(sound(&draft).clone()), None));
    keeper.step(Duration::from_secs(2));
    let (list, discarded) = (drafts.list(), drafts.discarded());
    assert_eq!((&*only(&list).id, &*sound(only(&list)).name), (&*left, "Restored"));
    assert_eq!(&*sound(only(&discarded)).name, "Given up");
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
    assert!(drafts.list().is_empty());
    assert_eq!(drafts.discarded().len(), 1);

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
fn that_drafts_cannot_be_written_is_no_longer_told_once_they_can() {
    let folder = tempfile::tempdir().unwrap();
    let file = plan_in(folder.path());
    fs::write(folder.path().join("state"), "in the way").unwrap();
    let mut window = open(folder.path(), Some(&file));
    delete_all(&mut window);
    assert!(says(&window, "cannot be kept aside"), "{:?}", window.state().messages());
    fs::remove_file(folder.path().join("state")).unwrap();
    window.run_steps(40);
    assert!(!says(&window, "cannot be kept aside"));
    assert_eq!(drafts_in(folder.path()).list().len(), 1);
}

/// Who cancels the opening of another plan goes on with this one, and nothing is said to be discarded.
#[test]
fn what_is_not_wanted_is_given_up_only_when_the_other_plan_is_there() {
    use groundplan::session::{Background, Handed};
    use std::sync::Mutex;

    let folder = tempfile::tempdir().unwrap();
    let (drafts, file, other) = (drafts_in(folder.path()), plan_in(folder.path()), folder.path().join("other.ron"));
    fs::write(&other, PLAN.replace("Plan", "Other")).unwrap();
    let mut window = open(folder.path(), Some(&file));
    let queue: Arc<Mutex<Vec<Handed>>> = Arc::default();
    let handed = Arc::clone(&queue);
    window.state_mut().set_background(Background::Handed(Arc::new(move |work| handed.lock().unwrap().push(work))));
    let go_on = |window: &mut Window| {
        let waiting: Vec<Handed> = queue.lock().unwrap().drain(..).collect();
        for work in waiting {
            work();
        }
        settle(window);
    };
    let open_other = |window: &mut Window| {
        key(window, Modifiers::COMMAND, Key::O);
        click(window, "Don't save");
        key(window, Modifiers::COMMAND, Key::A);
        window.get_by_label("Path").type_text(&other.to_string_lossy());
        settle(window);
        press(window, Key::Enter);
    };
    delete_all(&mut window);
    window.run_steps(20);
    open_other(&mut window);
    assert!(window.query_by_label("Opening other.ron...").is_some());
    press(&mut window, Key::Escape);
    go_on(&mut window);
    window.run_steps(20);
    assert!(session(&window).is_dirty() && session(&window).path() == Some(&file));
    assert!(!says(&window, "discarded drafts"), "{:?}", window.state().messages());
    assert_eq!((drafts.list().len(), drafts.discarded().len()), (1, 0));
    open_other(&mut window);
    go_on(&mut window);
    assert_eq!(session(&window).path(), Some(&other));
    assert!(says(&window, "discarded drafts"), "{:?}", window.state().messages());
    window.run_steps(20);
    assert_eq!((drafts.list().len(), drafts.discarded().len()), (0, 1));
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
fn a_draft_is_compared_with_its_file_before_anything_is_decided() {
    let folder = tempfile::tempdir().unwrap();
    let (drafts, file) = (drafts_in(folder.path()), plan_in(folder.path()));
    left(&drafts, &project("Shop plan", 1), Some(Origin::now(&file)));
    let mut window = open(folder.path(), None);
    click(&mut window, "Compare Shop plan with its file");
    assert!(window.query_by_label("What changed").is_some());
    for words in ["From: The file on disk", "To: The draft of ", "Worker 0", "Database"] {
        assert!(window.query_all_by_label_contains(words).next().is_some(), "{words}");
    }
    press(&mut window, Key::Escape);
    assert!(window.query_by_label("What changed").is_none());
    click(&mut window, "Restore a copy of Shop plan");
    assert!(session(&window).is_dirty());
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
    assert!(window.query_by_label_contains("offered again at the next start").is_none(), "nothing is left for then");
    click(&mut window, "Close");
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
    let at_work = fs::File::open(place(".groundplan-new.tmp")).unwrap();
    at_work.lock().unwrap();
    assert_eq!(drafts.orphans().len(), 1);
    let there = |name: &str| place(name).exists();
    assert_eq!([there("0badcafe.lock"), there(".groundplan-old.tmp")], [false; 2]);
    assert_eq!([there(".groundplan-new.tmp"), there("notes.txt")], [true; 2]);
}
