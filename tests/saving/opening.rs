//! Plans that take long to read: the window goes on meanwhile, and nothing happens to what is open before all is read.

use groundplan::storage::Recent;

use super::*;

/// A window over a plan, and another plan beside it.
fn open_two(folder: &Path) -> (Window, PathBuf, PathBuf) {
    let (file, other) = (folder.join("plan.ron"), folder.join("other.ron"));
    fs::write(&file, PLAN).unwrap();
    fs::write(&other, THEIRS).unwrap();
    (open_file(Some(&file), Some(Recent::in_folder(&folder.join("state")))), file, other)
}

fn ask_for(window: &mut Window, path: &Path) {
    key(window, Modifiers::COMMAND, Key::O);
    type_path(window, path);
}

fn recent(folder: &Path) -> Vec<PathBuf> {
    Recent::in_folder(&folder.join("state")).list()
}

#[test]
fn a_plan_is_read_beside_the_window_and_esc_leaves_all_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, file, other) = open_two(folder.path());
    let before = (bytes(&window), session(&window).number(), recent(folder.path()));
    let gate = Gate::before(&mut window);
    for leave in [Key::Escape, Key::Enter] {
        ask_for(&mut window, &other);
        assert!(shows(&window, "Opening other.ron...") && shows(&window, "0 % of it is done"));
        if leave == Key::Escape {
            press(&mut window, Key::Escape);
        } else {
            answer(&mut window, "Cancel");
        }
        assert!(!shows(&window, "Opening other.ron..."));
        gate.open(&mut window);
        assert_eq!((bytes(&window), session(&window).number(), recent(folder.path())), before);
        assert_eq!(session(&window).path(), Some(&file));
        assert!(window.state().messages().is_empty(), "{:?}", window.state().messages());
    }
    ask_for(&mut window, &other);
    gate.open(&mut window);
    assert!(!shows(&window, "Opening other.ron..."));
    assert_eq!((session(&window).path(), project(&window).name.as_str()), (Some(&other), "Theirs"));
    assert_eq!(recent(folder.path()).first(), Some(&other));
    // The file is known as it was read: what another program makes of it is noticed.
    fs::write(&other, PLAN).unwrap();
    edit(&mut window);
    save(&mut window);
    gate.open(&mut window);
    gate.open(&mut window);
    assert!(shows(&window, "other.ron was changed by another program"));
}

#[test]
fn nothing_is_shown_of_what_is_read_at_once_and_keys_meanwhile_are_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, _, other) = open_two(folder.path());
    let gate = Gate::before(&mut window);
    key(&mut window, Modifiers::COMMAND, Key::O);
    key(&mut window, Modifiers::COMMAND, Key::A);
    window.get_by_label("Path").type_text(&other.to_string_lossy());
    settle(&mut window);
    let pressed = |modifiers, key| Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers };
    window.event(pressed(Modifiers::NONE, Key::Enter));
    window.step();
    window.event(pressed(Modifiers::COMMAND, Key::A));
    window.step();
    assert!(!shows(&window, "Opening other.ron..."), "it may be there in the blink of an eye");
    gate.open(&mut window);
    assert_eq!(session(&window).path(), Some(&other));
    assert_eq!(selected(&window), ["b", "c"], "all of what was opened");
}

#[test]
fn what_is_asked_for_last_is_what_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, file, other) = open_two(folder.path());
    let gate = Gate::before(&mut window);
    ask_for(&mut window, &other);
    let third = folder.path().join("third.ron");
    fs::write(&third, THEIRS).unwrap();
    drop_files(&mut window, &[&third]);
    gate.open(&mut window);
    assert_eq!(session(&window).path(), Some(&file), "a dropped file is asked about");
    click(&mut window, "Open");
    gate.open(&mut window);
    assert_eq!(session(&window).path(), Some(&third));
    assert!(!recent(folder.path()).contains(&other));
}

#[test]
fn a_window_that_reads_closes_at_once_and_asks_for_what_is_not_saved() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, _, other) = open_two(folder.path());
    let gate = Gate::before(&mut window);
    ask_for(&mut window, &other);
    let viewport = window.input_mut().viewports.entry(ViewportId::ROOT).or_default();
    viewport.events.push(ViewportEvent::Close);
    window.step();
    let commands = &window.output().viewport_output[&ViewportId::ROOT].commands;
    assert!(!commands.contains(&ViewportCommand::CancelClose), "nothing keeps it");

    let (mut window, file, other) = open_two(folder.path());
    edit(&mut window);
    let mine = bytes(&window);
    Gate::before(&mut window);
    key(&mut window, Modifiers::COMMAND, Key::O);
    answer(&mut window, "Don't save");
    type_path(&mut window, &other);
    assert!(shows(&window, "Opening other.ron..."));
    press_close_button(&mut window);
    settle(&mut window);
    assert!(!shows(&window, "Opening other.ron...") && shows(&window, "Save changes to"));
    answer(&mut window, "Cancel");
    gate.open(&mut window);
    assert_eq!((bytes(&window), session(&window).path()), (mine, Some(&file)));
}

#[test]
fn a_plan_is_read_again_beside_the_window() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, file, _) = open_two(folder.path());
    edit(&mut window);
    let (mine, depth_before) = (bytes(&window), depth(&window));
    fs::write(&file, THEIRS).unwrap();
    let gate = Gate::before(&mut window);
    let reload = |window: &mut Window| {
        key(window, Modifiers::COMMAND, Key::K);
        window.get_by_label("Find a command").type_text("reload from disk");
        settle(window);
        press(window, Key::Enter);
    };
    reload(&mut window);
    assert!(shows(&window, "Reading plan.ron again..."));
    press(&mut window, Key::Escape);
    gate.open(&mut window);
    assert_eq!((bytes(&window), depth(&window)), (mine.clone(), depth_before));
    assert!(session(&window).is_dirty());
    reload(&mut window);
    gate.open(&mut window);
    assert_eq!(project(&window).name, "Theirs");
    assert!(!session(&window).is_dirty());
    assert_eq!(depth(&window), depth_before + 1);
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(bytes(&window), mine, "undo brings back what was here");
}

#[test]
fn a_damaged_plan_is_told_when_it_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, file, other) = open_two(folder.path());
    fs::write(&other, &PLAN[..PLAN.len() - 20]).unwrap();
    let gate = Gate::before(&mut window);
    ask_for(&mut window, &other);
    assert!(!shows(&window, "This file cannot be read as it is"));
    gate.open(&mut window);
    assert!(shows(&window, "This file cannot be read as it is") && !shows(&window, "Opening other.ron..."));
    press(&mut window, Key::Escape);
    assert_eq!(session(&window).path(), Some(&file));
}
