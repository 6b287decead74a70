//! What stands in a field with the cursor in it is work like any other.

use super::*;

fn type_text(window: &mut Window, text: &str) {
    window.event(Event::Text(text.to_owned()));
    settle(window);
}

/// A note with the cursor in it, and a few words in the note.
fn write_note(window: &mut Window) {
    press(window, Key::N);
    type_text(window, "Ask the bank");
}

/// The name of the first component, with the cursor in it and another name.
fn write_name(window: &mut Window) {
    window.get_by_label_contains("A, Background worker").click();
    settle(window);
    press(window, Key::F2);
    key(window, Modifiers::COMMAND, Key::A);
    type_text(window, "Mailer");
}

fn names(window: &Window) -> Vec<String> {
    project(window).components.values().map(|one| one.name.clone()).collect()
}

#[test]
fn saving_takes_what_is_being_typed() {
    for (write, words) in [(write_note as fn(&mut Window), "Ask the bank"), (write_name, "Mailer")] {
        let folder = tempfile::tempdir().unwrap();
        let (mut window, file) = open(folder.path());
        write(&mut window);
        save(&mut window);
        assert!(read(&file).contains(words), "{}", read(&file));
        assert!(!session(&window).is_dirty());
        assert_eq!(read(&file), bytes(&window));
        // The cursor is where it was.
        type_text(&mut window, "!");
        save(&mut window);
        assert!(read(&file).contains(&format!("{words}!")), "{}", read(&file));
    }
}

#[test]
fn a_number_that_is_being_typed_is_saved_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, file) = open(folder.path());
    let before = project(&window).assumptions.team_size;
    window.get_by_label("Team size").focus();
    settle(&mut window);
    key(&mut window, Modifiers::COMMAND, Key::A);
    type_text(&mut window, "7");
    assert_eq!(project(&window).assumptions.team_size, before, "it is not taken while somebody types");
    save(&mut window);
    assert!(read(&file).contains("team_size: 7"), "{}", read(&file));
    type_text(&mut window, "8");
    key(&mut window, Modifiers::COMMAND, Key::Q);
    assert!(shows(&window, "Save changes to"), "and leaving asks");
}

#[test]
fn leaving_asks_about_what_is_being_typed() {
    type Way = fn(&mut Window);
    let ways: [Way; 3] = [
        |window| key(window, Modifiers::COMMAND, Key::N),
        |window| key(window, Modifiers::COMMAND, Key::Q),
        press_close_button,
    ];
    for write in [write_note as Way, write_name] {
        for way in ways {
            let folder = tempfile::tempdir().unwrap();
            let (mut window, file) = open(folder.path());
            save(&mut window);
            write(&mut window);
            way(&mut window);
            settle(&mut window);
            assert!(shows(&window, "Save changes to"));
            answer(&mut window, "Save");
            let text = read(&file);
            assert!(text.contains("Ask the bank") || text.contains("Mailer"), "{text}");
        }
    }
}

#[test]
fn a_pause_in_typing_is_enough_and_all_of_it_is_one_step() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, _) = open(folder.path());
    write_name(&mut window);
    assert!(shows(&window, "Mailer"), "the field has it");
    window.run_steps(30);
    assert_eq!(names(&window), ["Mailer", "B"], "taken, with the cursor still in the field");
    assert!(session(&window).is_dirty());
    let steps = depth(&window);
    type_text(&mut window, " two");
    window.run_steps(30);
    assert_eq!(names(&window), ["Mailer two", "B"]);
    press(&mut window, Key::Enter);
    assert_eq!((names(&window), depth(&window)), (vec!["Mailer two".to_owned(), "B".to_owned()], steps));
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(names(&window), ["A", "B"], "one step back");
    assert!(!session(&window).is_dirty());
}

/// A slow frame has many keys; the letters before Esc are in the note all the same.
#[test]
fn letters_that_come_in_one_frame_with_esc_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, _) = open(folder.path());
    press(&mut window, Key::N);
    for letter in ["a", "b", "c"] {
        window.event(Event::Text(letter.to_owned()));
    }
    window.event(Event::Key {
        key: Key::Escape,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::NONE,
    });
    settle(&mut window);
    let notes: Vec<&str> = project(&window).sticky_notes.values().map(|note| note.text.as_str()).collect();
    assert_eq!(notes, ["abc"]);
}

#[test]
fn digits_that_come_in_one_frame_with_a_save_are_saved() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, file) = open(folder.path());
    window.get_by_label("Team size").focus();
    settle(&mut window);
    key(&mut window, Modifiers::COMMAND, Key::A);
    for digit in ["1", "2"] {
        window.event(Event::Text(digit.to_owned()));
    }
    window.event(Event::Key {
        key: Key::S,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::COMMAND,
    });
    settle(&mut window);
    assert!(read(&file).contains("team_size: 12"), "{}", read(&file));
}

#[test]
fn what_stands_in_a_field_of_one_plan_never_goes_to_another() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, file) = open(folder.path());
    window.get_by_label("Name").focus();
    settle(&mut window);
    type_text(&mut window, "Mine");
    save(&mut window);
    assert!(read(&file).contains("Mine"), "{}", read(&file));
    key(&mut window, Modifiers::COMMAND, Key::N);
    window.run_steps(40);
    assert_eq!(project(&window).name, "Untitled plan");
    assert!(!session(&window).is_dirty());
}
