//! Files that are damaged, or none at all, where the project's own or another one is looked at.

use egui_kittest::kittest::NodeT as _;
use groundplan::storage::{self, Expected, SaveError};

use super::*;

/// A file that ends in the middle of its second component.
fn cut() -> &'static str {
    &PLAN[..PLAN.find("kind: worker, pos: (300").unwrap()]
}

/// Runs a command by its name, as people find it.
fn run_command(window: &mut Window, words: &str) {
    key(window, Modifiers::COMMAND, Key::K);
    window.get_by_label("Find a command").type_text(words);
    settle(window);
    press(window, Key::Enter);
}

#[test]
fn what_changed_on_disk_is_told_of_a_damaged_file_as_far_as_it_can_be_read() {
    for by_question in [false, true] {
        let folder = tempfile::tempdir().unwrap();
        let (mut window, file) = open(folder.path());
        edit(&mut window);
        let mine = bytes(&window);
        fs::write(&file, cut()).unwrap();
        if by_question {
            save(&mut window);
            answer(&mut window, "Show the difference");
        } else {
            come_back(&mut window);
            click(&mut window, "Show the difference");
        }
        assert!(shows(&window, "The file on disk is damaged"), "{:?}", window.state().messages());
        assert!(shows(&window, "What you have here is whole"));
        assert!(shows(&window, "closed"), "what is wrong with it is listed");
        assert!(window.state().messages().is_empty(), "{:?}", window.state().messages());
        // Return takes what is mostly wanted.
        press(&mut window, Key::Enter);
        assert!(shows(&window, "plan.ron on disk, as far as it can be read"));
        answer(&mut window, "Close");
        assert_eq!(bytes(&window), mine, "what is here stays");
        assert_eq!(read(&file), cut(), "and what is there, too");
        if by_question {
            assert!(shows(&window, "plan.ron was changed by another program"), "the question is still there");
            answer(&mut window, "Overwrite");
            assert_eq!(read(&file), mine);
        }
    }
}

/// A file of a newer format is whole: whoever is told that it is damaged may save over somebody's work.
#[test]
fn a_file_of_a_newer_format_is_not_called_damaged_where_it_is_compared_with() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, file) = open(folder.path());
    edit(&mut window);
    fs::write(&file, PLAN.replacen("format: 1", "format: 9", 1)).unwrap();
    come_back(&mut window);
    click(&mut window, "Show the difference");
    assert!(!shows(&window, "damaged"));
    let told = window.state().messages().join(" ");
    assert!(told.contains("format 9") && !told.contains("damaged"), "{told}");
}

#[test]
fn a_damaged_file_to_compare_with_is_told_and_compared_as_far_as_it_can_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, file) = open(folder.path());
    let other = folder.path().join("other.ron");
    fs::write(&other, cut()).unwrap();
    run_command(&mut window, "difference from a file");
    type_path(&mut window, &other);
    assert!(shows(&window, "The file to compare with is damaged"), "{:?}", window.state().messages());
    click(&mut window, "Compare with what can be read");
    assert!(shows(&window, "other.ron, as far as it can be read"), "{:?}", window.state().messages());
    assert_eq!(session(&window).path(), Some(&file));
    assert!(!session(&window).is_dirty());
}

#[test]
fn an_error_goes_when_the_same_is_done_later() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, _) = open(folder.path());
    edit(&mut window);
    let full = |path: &Path, _: &groundplan::project::Project, _: &Expected| Err(SaveError::DiskFull(path.to_owned()));
    window.state_mut().set_writer(Arc::new(full));
    save(&mut window);
    assert!(says(&window, "The disk is full"), "{:?}", window.state().messages());
    // Larger than any project.
    let large = folder.path().join("large.ron");
    fs::File::create(&large).unwrap().set_len(65 * 1024 * 1024).unwrap();
    run_command(&mut window, "difference from a file");
    type_path(&mut window, &large);
    assert!(says(&window, "larger than the 64 MB"), "{:?}", window.state().messages());
    window.state_mut().set_writer(Arc::new(storage::save_project_over));
    save(&mut window);
    assert!(!says(&window, "The disk is full"), "it was saved: {:?}", window.state().messages());
    assert!(says(&window, "larger than the 64 MB"), "nothing was compared yet");
    let other = folder.path().join("other.ron");
    fs::write(&other, THEIRS).unwrap();
    run_command(&mut window, "difference from a file");
    type_path(&mut window, &other);
    assert!(!says(&window, "larger than the 64 MB"), "{:?}", window.state().messages());
}

#[test]
fn what_a_killed_program_left_beside_a_project_is_gone_when_that_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let [left, at_work, other] =
        [".groundplan-aB3xYz.tmp", ".groundplan-now.tmp", "mine.tmp"].map(|name| folder.path().join(name));
    for path in [&left, &at_work, &other] {
        fs::write(path, "(format: 2, na").unwrap();
    }
    let owner = fs::File::open(&at_work).unwrap();
    owner.lock().unwrap();
    drop(open(folder.path()));
    assert_eq!([&left, &at_work, &other].map(|path| path.exists()), [false, true, true]);
    drop(owner);
    drop(open(folder.path()));
    assert_eq!([&left, &at_work, &other].map(|path| path.exists()), [false, false, true]);
}

#[test]
fn return_takes_what_can_be_read_of_a_damaged_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plan.ron");
    fs::write(&file, cut()).unwrap();
    let mut window = window_on(&file);
    assert!(shows(&window, "This file cannot be read as it is"));
    press(&mut window, Key::Enter);
    assert!(shows(&window, "Opened as a copy, with some of it missing"));
    press(&mut window, Key::Enter);
    assert!(!shows(&window, "Opened as a copy"));
    assert_eq!(project(&window).components.len(), 1);
    // Saving it suggests the name of a copy, which is the one that the command line names as well.
    save(&mut window);
    assert_eq!(storage::copy_beside(&file), folder.path().join("plan-copy.ron"));
    let guess = window.get_by_label("Path").accesskit_node().value().unwrap();
    assert_eq!(guess, folder.path().join("plan-copy.ron").to_str().unwrap());
}

#[test]
fn what_can_be_read_is_worked_out_beside_the_window_and_esc_stops_only_that() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plan.ron");
    fs::write(&file, cut()).unwrap();
    let mut window = window_on(&file);
    let gate = Gate::before(&mut window);
    press(&mut window, Key::Enter);
    assert!(shows(&window, "Looking for what can be read") && shows(&window, "0 % of it is done"));
    assert!(!shows(&window, "Opened as a copy"), "nobody waits for it");
    press(&mut window, Key::Escape);
    assert!(!shows(&window, "Looking for what can be read"));
    assert!(shows(&window, "This file cannot be read as it is"), "the dialog stays, and its offer");
    gate.open(&mut window);
    assert!(!shows(&window, "Opened as a copy"), "what was stopped opens nothing");
    press(&mut window, Key::Enter);
    answer(&mut window, "Cancel");
    gate.open(&mut window);
    assert!(shows(&window, "This file cannot be read as it is"));
    press(&mut window, Key::Enter);
    gate.open(&mut window);
    assert!(shows(&window, "Opened as a copy, with some of it missing"), "{:?}", window.state().messages());
    assert_eq!(project(&window).components.len(), 1);
}

#[test]
fn of_a_file_that_holds_nothing_of_ours_nothing_is_offered() {
    let folder = tempfile::tempdir().unwrap();
    for (bytes, words) in [
        (vec![0; 5_000], "nothing but zero bytes"),
        (b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03".to_vec(), "this file is compressed"),
    ] {
        let file = folder.path().join("plan.ron");
        fs::write(&file, bytes).unwrap();
        let mut window = window_on(&file);
        assert!(shows(&window, "This file cannot be read") && shows(&window, words));
        assert!(!shows(&window, "Open what can be read"));
        press(&mut window, Key::Enter);
        assert!(!shows(&window, "This file cannot be read"), "Return closes it");
    }
}
