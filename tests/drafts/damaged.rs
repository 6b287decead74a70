//! Drafts that are damaged, and files of drafts that are.

use super::*;

const CUT: &[u8] =
    b"(format: 2, name: \"Plan\", components: {\"a\": (name: \"Alpha\", kind: worker), \"b\": (name: \"Be";

/// A draft of `plan.ron` with this text.
fn damaged(folder: &Path, text: &[u8]) -> String {
    let drafts = drafts_in(folder);
    let id = left(&drafts, &project("Plan", 1), Some(Origin::now(&folder.join("plan.ron"))));
    let file = drafts.get(&id).unwrap().file;
    let head: Vec<u8> = fs::read(&file).unwrap().split_inclusive(|b| *b == b'\n').take(2).flatten().copied().collect();
    fs::write(&file, [&head, text].concat()).unwrap();
    id
}

#[test]
fn what_can_be_read_of_a_damaged_draft_is_gone_on_with_and_its_text_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let (drafts, id) = (drafts_in(folder.path()), damaged(folder.path(), CUT));
    let mut window = open(folder.path(), None);
    // The keyboard is led to it, too.
    press(&mut window, Key::Enter);
    assert!(
        window.query_by_label("Opened as a copy, with some of it missing").is_some(),
        "{:?}",
        window.state().messages()
    );
    assert!(window.query_all_by_label_contains("left out: components > b").next().is_some());
    let components = &session(&window).project().components;
    assert_eq!(components.values().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Alpha"]);
    assert_eq!(session(&window).path(), None, "it is in no file");
    assert!(session(&window).is_dirty());
    assert!(fs::read(drafts.folder().join(format!("set-aside/{id}.ron"))).unwrap().ends_with(CUT));
    press(&mut window, Key::Enter);
    assert!(window.query_by_label("Opened as a copy, with some of it missing").is_none(), "Return goes on");
    // What was restored is unsaved work like any other, and belongs to the file of the draft.
    let list = drafts.list();
    let draft = only(&list);
    assert_eq!(to_text(sound(draft)).unwrap(), bytes(&window));
    assert_eq!(draft.origin.as_ref().map(|origin| origin.path.as_path()), Some(&*folder.path().join("plan.ron")));
}

#[test]
fn of_what_nothing_can_be_read_nothing_is_offered() {
    let folder = tempfile::tempdir().unwrap();
    damaged(folder.path(), b"");
    let window = open(folder.path(), None);
    assert!(window.query_by_label_contains("This draft is damaged").is_some());
    assert!(window.query_by_label("Restore what can be read of plan.ron").is_none());
    assert!(window.query_by_label("Keep aside the text of plan.ron").is_some());
}

#[test]
fn a_draft_is_compared_with_what_can_be_read_of_its_file() {
    let folder = tempfile::tempdir().unwrap();
    let (drafts, file) = (drafts_in(folder.path()), plan_in(folder.path()));
    left(&drafts, &project("Plan", 1), Some(Origin::now(&file)));
    fs::write(&file, &PLAN[..PLAN.find("\"db\"").unwrap()]).unwrap();
    let mut window = open(folder.path(), None);
    click(&mut window, "Compare Plan with its file");
    assert!(window.query_by_label("The file of this draft is damaged").is_some());
    click(&mut window, "Compare with what can be read");
    assert!(window.query_by_label("From: The file on disk, as far as it can be read").is_some());
    assert!(window.query_by_label("Shop").is_some());
}

#[test]
fn a_pipe_in_the_place_of_a_drafts_file_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let (drafts, file) = (drafts_in(folder.path()), plan_in(folder.path()));
    left(&drafts, &project("Plan", 1), Some(Origin::now(&file)));
    fs::remove_file(&file).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(&file).status().unwrap().success());
    assert_eq!(drafts.orphans().len(), 1);
    let window = open(folder.path(), None);
    assert!(window.query_by_label("Restore a copy of Plan").is_some());
}

#[test]
fn drafts_are_looked_for_beside_the_window_and_shown_when_they_are_read() {
    use groundplan::session::{Background, Handed};
    use std::sync::Mutex;

    let folder = tempfile::tempdir().unwrap();
    let drafts = drafts_in(folder.path());
    let mut window = open(folder.path(), None);
    let queue: Arc<Mutex<Vec<Handed>>> = Arc::default();
    let handed = Arc::clone(&queue);
    window.state_mut().set_background(Background::Handed(Arc::new(move |work| handed.lock().unwrap().push(work))));
    left(&drafts, &project("Plan", 1), None);
    key(&mut window, Modifiers::COMMAND, Key::K);
    window.get_by_label("Find a command").type_text("unsaved work");
    settle(&mut window);
    press(&mut window, Key::Enter);
    assert!(window.query_by_label("There is work that was not saved").is_none(), "nobody waits for it");
    assert!(!queue.lock().unwrap().is_empty());
    let waiting: Vec<Handed> = queue.lock().unwrap().drain(..).collect();
    for work in waiting {
        work();
    }
    settle(&mut window);
    assert!(window.query_by_label("There is work that was not saved").is_some());
}

#[test]
fn what_is_told_of_a_file_and_the_drafts_do_not_stand_before_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let (drafts, file) = (drafts_in(folder.path()), plan_in(folder.path()));
    left(&drafts, &project("Plan", 1), None);
    fs::write(&file, PLAN.replacen("format: 1", "format: 9", 1)).unwrap();
    let mut window = open(folder.path(), Some(&file));
    assert!(window.query_by_label("Open what can be read as a copy").is_some());
    assert!(window.query_by_label("There is work that was not saved").is_none(), "one after the other");
    press(&mut window, Key::Escape);
    assert!(window.query_by_label("Open what can be read as a copy").is_none());
    assert!(window.query_by_label("There is work that was not saved").is_some(), "they still wait");
}

#[test]
fn who_restored_a_draft_is_asked_before_it_replaces_what_was_written_to_its_file_since() {
    let folder = tempfile::tempdir().unwrap();
    let (drafts, file) = (drafts_in(folder.path()), plan_in(folder.path()));
    left(&drafts, &project("Plan", 1), Some(Origin::now(&file)));
    let theirs = PLAN.replace("Database", "Ledger");
    fs::write(&file, &theirs).unwrap();
    let mut window = open(folder.path(), None);
    click(&mut window, "Restore a copy of Plan");
    key(&mut window, Modifiers::COMMAND, Key::S);
    key(&mut window, Modifiers::COMMAND, Key::A);
    window.get_by_label("Path").type_text(&file.to_string_lossy());
    settle(&mut window);
    press(&mut window, Key::Enter);
    click(&mut window, "Replace");
    assert!(window.query_by_label("plan.ron was changed by another program").is_some());
    assert_eq!(fs::read_to_string(&file).unwrap(), theirs);
    click(&mut window, "Show the difference");
    assert!(window.query_all_by_label_contains("Ledger").next().is_some());
}

#[test]
fn a_damaged_draft_is_read_beside_the_window_and_stays_where_it_is_if_that_is_stopped() {
    use groundplan::session::{Background, Handed};
    use std::sync::Mutex;

    let folder = tempfile::tempdir().unwrap();
    let (drafts, id) = (drafts_in(folder.path()), damaged(folder.path(), CUT));
    let mut window = open(folder.path(), None);
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
    for steps in [0, 1] {
        press(&mut window, Key::Enter);
        assert!(window.query_by_label("Restoring unsaved work...").is_some());
        (0..steps).for_each(|_| go_on(&mut window));
        assert_eq!(window.query_by_label("Looking for what can be read").is_some(), steps > 0);
        press(&mut window, Key::Escape);
        go_on(&mut window);
        assert!(window.query_by_label("There is work that was not saved").is_some(), "it is offered as before");
        assert!(drafts.get(&id).is_some());
    }
    press(&mut window, Key::Enter);
    go_on(&mut window);
    go_on(&mut window);
    assert!(window.query_by_label("Opened as a copy, with some of it missing").is_some());
}

#[test]
fn what_cannot_be_read_at_all_stands_below_what_can() {
    let folder = tempfile::tempdir().unwrap();
    left(&drafts_in(folder.path()), &project("Sound", 1), None);
    std::thread::sleep(Duration::from_millis(20));
    damaged(folder.path(), b"");
    let window = open(folder.path(), None);
    let top = |label: &str| window.get_by_label_contains(label).rect().top();
    assert!(top("Restore a copy of Sound") < top("Keep aside the text of plan.ron"));
}
