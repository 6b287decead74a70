//! Slow disks.

use groundplan::storage::{SaveError, save_project_over};

use super::*;

#[test]
fn a_slow_disk_stops_nobody_and_what_is_written_is_what_was_there_at_the_time() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, file) = open(folder.path());
    let gate = Gate::before(&mut window);
    edit(&mut window);
    let first = bytes(&window);
    save(&mut window);
    assert!(shows(&window, "Saving...") && session(&window).is_dirty());
    edit(&mut window);
    let second = bytes(&window);
    gate.open(&mut window);
    assert_eq!(read(&file), first);
    assert!(session(&window).is_dirty() && shows(&window, "Unsaved changes"), "the second edit is not on disk");
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(!session(&window).is_dirty(), "back at what is on disk");
    key(&mut window, Modifiers::COMMAND, Key::Y);

    // A save during a save waits, and writes the newest.
    save(&mut window);
    edit(&mut window);
    save(&mut window);
    edit(&mut window);
    save(&mut window);
    let last = bytes(&window);
    gate.open(&mut window);
    assert_eq!(read(&file), second);
    gate.open(&mut window);
    assert_eq!(read(&file), last);
    gate.open(&mut window);
    assert!(!session(&window).is_dirty() && shows(&window, "Saved"));
}

#[test]
fn a_slow_save_as_is_where_later_saves_go() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, file) = open(folder.path());
    let gate = Gate::before(&mut window);
    let other = folder.path().join("other.ron");
    key(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
    type_path(&mut window, &other);
    edit(&mut window);
    save(&mut window);
    for _ in 0..3 {
        gate.open(&mut window);
    }
    assert_eq!((read(&file).as_str(), read(&other)), (PLAN, bytes(&window)));
    assert_eq!(session(&window).path(), Some(&other));
}

#[test]
fn closing_waits_for_a_slow_save_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, file) = open(folder.path());
    let gate = Gate::before(&mut window);
    edit(&mut window);
    save(&mut window);
    press_close_button(&mut window);
    assert!(!closes(&mut window));
    assert!(shows(&window, "Saving plan.ron...") && shows(&window, "The window closes as soon as"));
    answer(&mut window, "Stay");
    gate.open(&mut window);
    assert!(!closes(&mut window), "it was not to close after all");
    edit(&mut window);
    save(&mut window);
    press_close_button(&mut window);
    settle(&mut window);
    let waiting: Vec<Handed> = gate.0.lock().unwrap().drain(..).collect();
    for work in waiting {
        work();
    }
    assert!(closes(&mut window), "written, so it closes");
    assert_eq!(read(&file), bytes(&window));

    // Nobody is kept by a disk that does not answer.
    edit(&mut window);
    save(&mut window);
    key(&mut window, Modifiers::COMMAND, Key::N);
    assert!(shows(&window, "This goes on as soon as"));
    answer(&mut window, "Go on without waiting");
    assert!(project(&window).components.is_empty());
    gate.open(&mut window);
    assert!(!session(&window).is_dirty() && session(&window).path().is_none(), "the new sheet is another project");
}

#[test]
fn closing_after_a_slow_save_asks_about_what_was_changed_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, file) = open(folder.path());
    let gate = Gate::before(&mut window);
    edit(&mut window);
    save(&mut window);
    let first = bytes(&window);
    edit(&mut window);
    key(&mut window, Modifiers::COMMAND, Key::Q);
    gate.open(&mut window);
    assert_eq!(read(&file), first);
    assert!(shows(&window, "Save changes to"));
    answer(&mut window, "Save");
    gate.0.lock().unwrap().drain(..).for_each(|work| work());
    assert!(closes(&mut window));
    assert_eq!(read(&file), bytes(&window));
}

#[test]
fn a_slow_save_that_fails_is_told_and_leaves_everything_open() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, file) = open(folder.path());
    let gate = Gate::before(&mut window);
    let full = Arc::new(Mutex::new(true));
    let is_full = Arc::clone(&full);
    window.state_mut().set_writer(Arc::new(move |path, project, expected| {
        if *is_full.lock().unwrap() {
            return Err(SaveError::DiskFull(path.to_owned()));
        }
        save_project_over(path, project, expected)
    }));
    edit(&mut window);
    save(&mut window);
    key(&mut window, Modifiers::COMMAND, Key::Q);
    gate.0.lock().unwrap().drain(..).for_each(|work| work());
    assert!(!closes(&mut window), "what is not written is not closed");
    assert!(says(&window, "The disk is full; make room") && session(&window).is_dirty());
    assert_eq!(read(&file), PLAN);
    *full.lock().unwrap() = false;
    save(&mut window);
    gate.open(&mut window);
    assert_eq!(read(&file), bytes(&window));
    assert!(!closes(&mut window), "nobody waits for that any more");
}

#[test]
fn a_save_that_breaks_the_program_is_told_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, file) = open(folder.path());
    let gate = Gate::before(&mut window);
    edit(&mut window);
    save(&mut window);
    // As a thread that panicked: its work is gone without an answer.
    gate.0.lock().unwrap().clear();
    settle(&mut window);
    assert!(says(&window, "The file could not be written") && session(&window).is_dirty());
    save(&mut window);
    gate.open(&mut window);
    assert_eq!(read(&file), bytes(&window));
}

#[test]
fn a_file_that_came_to_be_under_the_chosen_name_is_asked_about() {
    for (choice, replaced) in [("Cancel", false), ("Choose another name...", false), ("Replace", true)] {
        let folder = tempfile::tempdir().unwrap();
        let (mut window, _) = open(folder.path());
        let gate = Gate::before(&mut window);
        let (other, third) = (folder.path().join("other.ron"), folder.path().join("third.ron"));
        edit(&mut window);
        key(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::S);
        type_path(&mut window, &other);
        fs::write(&other, THEIRS).unwrap();
        gate.open(&mut window);
        assert!(shows(&window, "other.ron is there already"), "{choice}");
        assert_eq!(read(&other), THEIRS);
        answer(&mut window, choice);
        gate.open(&mut window);
        if choice == "Choose another name..." {
            type_path(&mut window, &third);
            gate.open(&mut window);
            assert_eq!(read(&third), bytes(&window));
        }
        assert_eq!(read(&other) == bytes(&window), replaced, "{choice}");
        assert_eq!(session(&window).is_dirty(), choice == "Cancel", "{choice}");
    }
}
