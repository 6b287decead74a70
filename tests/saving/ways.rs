//! Every way out of a project.

use super::*;

#[test]
fn no_way_out_loses_changes_unasked() {
    type Way = fn(&mut Window, &Path);
    let ways: [(&str, Way); 9] = [
        ("Ctrl+W", |window, _| key(window, Modifiers::COMMAND, Key::W)),
        ("Ctrl+Q", |window, _| key(window, Modifiers::COMMAND, Key::Q)),
        ("the close button", |window, _| press_close_button(window)),
        ("New", |window, _| key(window, Modifiers::COMMAND, Key::N)),
        ("Open", |window, _| key(window, Modifiers::COMMAND, Key::O)),
        ("welcome page and recent projects", |window, _| {
            key(window, Modifiers::COMMAND, Key::K);
            window.get_by_label("Find a command").type_text("case studies");
            settle(window);
            press(window, Key::Enter);
        }),
        ("a case of the palette", |window, _| {
            click(window, "Presets");
            click(window, "Construction SaaS");
        }),
        ("a dropped file that is opened", |window, other| {
            drop_files(window, &[other]);
            answer(window, "Open");
        }),
        ("a way out during a save", |window, _| {
            Gate::before(window);
            save(window);
            edit(window);
            key(window, Modifiers::COMMAND, Key::N);
        }),
    ];
    for (way, leave) in ways {
        let folder = tempfile::tempdir().unwrap();
        let (mut window, file) = open(folder.path());
        let other = folder.path().join("other.ron");
        fs::write(&other, THEIRS).unwrap();
        edit(&mut window);
        leave(&mut window, &other);
        let mine = bytes(&window);
        assert!(!closes(&mut window), "{way}");
        assert!(shows(&window, "Save changes to \"Plan\"?") || shows(&window, "Saving plan.ron..."), "{way}");
        press(&mut window, Key::Escape);
        assert_eq!(bytes(&window), mine, "{way}");
        assert!(session(&window).is_dirty() && read(&file) == PLAN, "{way}");
        assert_eq!(session(&window).path(), Some(&file), "{way}");
    }
}

/// Return does what loses nothing.
#[test]
fn return_takes_the_answer_that_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, file) = open(folder.path());
    edit(&mut window);
    let changed = bytes(&window);
    key(&mut window, Modifiers::COMMAND, Key::N);
    assert!(shows(&window, "Save changes to"));
    press(&mut window, Key::Enter);
    assert_eq!(read(&file), changed, "it is saved before the new one comes");
    assert!(session(&window).project().components.is_empty());

    let (mut window, file) = open(folder.path());
    edit(&mut window);
    fs::write(&file, THEIRS).unwrap();
    save(&mut window);
    assert!(shows(&window, "plan.ron was changed by another program"));
    press(&mut window, Key::Enter);
    assert!(!shows(&window, "plan.ron was changed by another program"));
    assert_eq!(read(&file), THEIRS, "nothing was written over");
    type_path(&mut window, &folder.path().join("mine.ron"));
    assert_eq!(read(&folder.path().join("mine.ron")), bytes(&window));
}
