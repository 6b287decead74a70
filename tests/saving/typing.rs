//! What stands in a field with the cursor in it is work like any other.

use super::*;

fn type_text(window: &mut Window, text: &str) {
    window.event(Event::Text(text.to_owned()));
    settle(window);
}

/// Everything in one frame, as it comes while the program is slow.
fn at_once(window: &mut Window, events: impl IntoIterator<Item = Event>) {
    window.input_mut().events.extend(events);
    window.step();
    settle(window);
}

fn text(text: &str) -> Event {
    Event::Text(text.to_owned())
}

fn down(modifiers: Modifiers, key: Key) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
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

/// A dialog has all keys of its last frame: those behind the one that closes it are for the drawing.
#[test]
fn keys_in_the_frame_in_which_a_dialog_closes_are_not_lost() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, _) = open(folder.path());
    for close in [Key::Escape, Key::Enter] {
        let before = project(&window).components.len();
        key(&mut window, Modifiers::COMMAND, Key::K);
        type_text(&mut window, "about groundplan");
        press(&mut window, Key::Enter);
        assert!(shows(&window, "Version "), "the dialog is open");
        at_once(
            &mut window,
            [down(Modifiers::NONE, close), down(Modifiers::COMMAND, Key::A), down(Modifiers::COMMAND, Key::D)],
        );
        assert!(!shows(&window, "Version "));
        assert_eq!(project(&window).components.len(), 2 * before, "{close:?}");
    }
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
    window.get_by_label("Team size").focus();
    settle(&mut window);
    key(&mut window, Modifiers::COMMAND, Key::A);
    type_text(&mut window, "7");
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

/// What stands in a field of the inspector, with the cursor in it.
fn number_field(window: &mut Window, label: &str) {
    window.get_by_label(label).focus();
    settle(window);
    key(window, Modifiers::COMMAND, Key::A);
}

#[test]
fn a_number_is_taken_in_a_pause_as_it_is_typed_and_the_rest_of_it_is_the_same_step() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, _) = open(folder.path());
    let (before, steps) = (project(&window).assumptions.team_size, depth(&window));
    number_field(&mut window, "Team size");
    type_text(&mut window, "1.");
    window.run_steps(30);
    assert_eq!(project(&window).assumptions.team_size, 1.0);
    assert!(session(&window).is_dirty());
    type_text(&mut window, "5");
    window.run_steps(30);
    assert_eq!(project(&window).assumptions.team_size, 1.5, "the point stayed where it was typed");
    press(&mut window, Key::Enter);
    assert_eq!((project(&window).assumptions.team_size, depth(&window)), (1.5, steps + 1));
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(project(&window).assumptions.team_size, before);
    assert!(!session(&window).is_dirty());
}

#[test]
fn what_cannot_stand_in_a_number_is_not_taken_in_a_pause_and_told_when_the_cursor_leaves() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, _) = open(folder.path());
    let before = project(&window).clone();
    number_field(&mut window, "Team size");
    type_text(&mut window, "many");
    window.run_steps(30);
    assert_eq!(*project(&window), before);
    press(&mut window, Key::Enter);
    assert!(shows(&window, "\"many\" is no number; it is as before"));
    assert_eq!(*project(&window), before);
}

/// A slow frame has typing and a click elsewhere in it: the click comes behind it.
#[test]
fn what_is_typed_in_one_frame_with_a_click_elsewhere_is_taken() {
    let click = |pos: egui::Pos2| {
        let button = |pressed| Event::PointerButton {
            pos,
            button: egui::PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        [Event::PointerMoved(pos), button(true), button(false)]
    };
    for (write, words) in [(write_note as fn(&mut Window), "Ask the bank!"), (write_name, "Mailer!")] {
        let folder = tempfile::tempdir().unwrap();
        let (mut window, _) = open(folder.path());
        write(&mut window);
        let other = window.get_by_label_contains("B, Background worker").rect().center();
        at_once(&mut window, [text("!")].into_iter().chain(click(other)));
        assert!(bytes(&window).contains(words), "{}", bytes(&window));
    }
    // And the other way round: a click into a field, and what is typed there.
    let folder = tempfile::tempdir().unwrap();
    let (mut window, _) = open(folder.path());
    let field = window.get_by_label("Team size").rect().center();
    at_once(&mut window, click(field).into_iter().chain([text("7")]));
    press(&mut window, Key::Enter);
    assert_eq!(project(&window).assumptions.team_size, 7.0);
}

/// A letter that is a command, pressed right behind another command, is not written into what it opens.
#[test]
fn a_letter_that_opens_a_field_is_not_written_into_it() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, _) = open(folder.path());
    let keys = [down(Modifiers::COMMAND, Key::J), down(Modifiers::NONE, Key::N), text("n")];
    at_once(&mut window, keys);
    type_text(&mut window, "Ask");
    press(&mut window, Key::Escape);
    let notes: Vec<&str> = project(&window).sticky_notes.values().map(|note| note.text.as_str()).collect();
    assert_eq!(notes, ["Ask"]);
}

#[test]
fn days_are_taken_in_pauses_and_esc_brings_the_old_ones_back() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, _) = open(folder.path());
    let (before, steps) = (project(&window).clone(), depth(&window));
    window.get_by_label("First day").focus();
    settle(&mut window);
    for part in ["2026-11-0", "5"] {
        type_text(&mut window, part);
        window.run_steps(30);
    }
    assert_eq!(project(&window).assumptions.start, Some(jiff::civil::date(2026, 11, 5)));
    press(&mut window, Key::Escape);
    assert_eq!((project(&window).clone(), depth(&window)), (before, steps));
    window.get_by_label("Holidays").focus();
    settle(&mut window);
    for part in ["2026-12-24", " to ", "2027-01-01"] {
        type_text(&mut window, part);
        window.run_steps(30);
        assert!(!shows(&window, "The holidays are as before"), "nothing is wrong while somebody writes");
    }
    assert_eq!(project(&window).assumptions.calendar.holidays.len(), 9);
}

/// A slow frame has many keys: what is behind the one that opens a field waits for the field.
#[test]
fn letters_that_come_in_one_frame_with_the_key_that_opens_a_field_are_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, _) = open(folder.path());
    window.get_by_label_contains("A, Background worker").click();
    settle(&mut window);
    let enter = down(Modifiers::NONE, Key::Enter);
    at_once(&mut window, [down(Modifiers::NONE, Key::F2), text("Mai"), text("ler"), enter.clone()]);
    assert_eq!(names(&window), ["Mailer", "B"]);
    // A letter that opens one, whose own text is not meant for it.
    at_once(&mut window, [down(Modifiers::NONE, Key::N), text("n"), text("As"), text("k")]);
    press(&mut window, Key::Escape);
    let notes: Vec<&str> = project(&window).sticky_notes.values().map(|note| note.text.as_str()).collect();
    assert_eq!(notes, ["Ask"]);
    // Out of the list of commands into the field of what was kept.
    key(&mut window, Modifiers::COMMAND, Key::K);
    at_once(&mut window, [text("keep a baseline"), enter, text("Of"), text("fer")]);
    press(&mut window, Key::Enter);
    let kept: Vec<&str> = project(&window).baselines.values().map(|one| one.name.as_str()).collect();
    assert_eq!(kept, ["Offer"]);
}

/// A slow frame has many keys; the letters before Esc are in the note all the same.
#[test]
fn letters_that_come_in_one_frame_with_esc_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, _) = open(folder.path());
    press(&mut window, Key::N);
    at_once(&mut window, [text("a"), text("b"), text("c"), down(Modifiers::NONE, Key::Escape)]);
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
    at_once(&mut window, [text("1"), text("2"), down(Modifiers::COMMAND, Key::S)]);
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

/// Two roles, and whatever is kept beside them.
const ROLES: &str = r#"(format: 2, name: "Plan", assumptions: (roles: {
    "lead": (name: "Lead", rate_usd_per_person_week: 5000, share: 0.5),
    "dev": (name: "Dev", rate_usd_per_person_week: 4000, share: 0.5)}),
    components: {"a": (name: "A", kind: worker, pos: (0, 0))})"#;

fn open_roles(folder: &Path) -> Window {
    let file = folder.join("plan.ron");
    fs::write(&file, ROLES).unwrap();
    let mut window = window_on(&file);
    save(&mut window);
    window
}

fn role_name(window: &Window) -> String {
    project(window).assumptions.roles["dev"].name.clone()
}

fn scenario_name(window: &Window) -> String {
    project(window).scenarios[0].name.clone()
}

fn baseline_name(window: &Window) -> String {
    project(window).baselines[0].name.clone()
}

fn run_command(window: &mut Window, words: &str) {
    key(window, Modifiers::COMMAND, Key::K);
    type_text(window, words);
    press(window, Key::Enter);
}

/// The cursor is in a name of which there may be one only, and all of it is selected.
type Field = (fn(&mut Window), fn(&Window) -> String);

fn only_names() -> [Field; 3] {
    let role = |window: &mut Window| {
        window.get_by_label("Name of role Dev").focus();
        settle(window);
        key(window, Modifiers::COMMAND, Key::A);
    };
    [
        (role, role_name),
        (|window| run_command(window, "keep the choices"), scenario_name),
        (|window| run_command(window, "keep a baseline"), baseline_name),
    ]
}

#[test]
fn a_name_of_which_there_may_be_one_only_is_taken_in_pauses_as_well() {
    for (open_field, name) in only_names() {
        for ends in [Key::Enter, Key::Escape] {
            let folder = tempfile::tempdir().unwrap();
            let mut window = open_roles(folder.path());
            open_field(&mut window);
            let (before, steps, was) = (project(&window).clone(), depth(&window), name(&window));
            type_text(&mut window, "Of");
            window.run_steps(30);
            assert_eq!(name(&window), "Of", "taken, with the cursor still in the field");
            type_text(&mut window, "fer");
            window.run_steps(30);
            assert_eq!(name(&window), "Offer");
            press(&mut window, ends);
            if ends == Key::Enter {
                assert_eq!((name(&window), depth(&window)), ("Offer".to_owned(), steps + 1), "one step for all of it");
                key(&mut window, Modifiers::COMMAND, Key::Z);
            }
            assert_eq!((name(&window), depth(&window)), (was, steps));
            assert_eq!(*project(&window), before);
        }
    }
}

#[test]
fn a_name_that_another_one_has_is_told_while_the_cursor_is_in_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open_roles(folder.path());
    let (before, steps) = (project(&window).clone(), depth(&window));
    only_names()[0].0(&mut window);
    let was = role_name(&window);
    type_text(&mut window, "Lead");
    window.run_steps(30);
    assert!(shows(&window, "\"Lead\" is taken already; this one is called \"Lead 2\""));
    assert_eq!(role_name(&window), "Lead 2", "it is in no danger all the same");
    type_text(&mut window, "er");
    window.run_steps(30);
    assert!(!shows(&window, "is taken already"));
    assert_eq!(role_name(&window), "Leader");
    // Nothing is no name, and what was taken on the way there is not meant either.
    key(&mut window, Modifiers::COMMAND, Key::A);
    press(&mut window, Key::Backspace);
    window.run_steps(30);
    assert!(shows(&window, &format!("It needs a name; without one it is called \"{was}\" again")));
    press(&mut window, Key::Enter);
    assert_eq!((project(&window).clone(), depth(&window)), (before, steps));
    assert!(!session(&window).is_dirty());
}

#[test]
fn of_kept_things_none_takes_the_name_of_another() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open_roles(folder.path());
    for (at, given) in [(1, "This plan 2"), (2, "now 2")] {
        let (open_field, name) = only_names()[at];
        open_field(&mut window);
        let wanted = given.trim_end_matches(" 2");
        type_text(&mut window, wanted);
        assert!(shows(&window, &format!("\"{wanted}\" is taken already; this one is called \"{given}\"")));
        press(&mut window, Key::Enter);
        assert_eq!(name(&window), given);
    }
}

#[test]
fn a_save_takes_a_name_of_which_there_may_be_one_only() {
    for (open_field, _) in only_names() {
        let folder = tempfile::tempdir().unwrap();
        let mut window = open_roles(folder.path());
        open_field(&mut window);
        type_text(&mut window, "Offer");
        save(&mut window);
        assert!(read(&folder.path().join("plan.ron")).contains("name: \"Offer\""));
        assert!(!session(&window).is_dirty());
    }
}

/// The notes of the project, with the cursor in them.
fn write_project_notes(window: &mut Window, words: &str) {
    window.get_by_role_and_label(egui::accesskit::Role::MultilineTextInput, "Notes").focus();
    settle(window);
    type_text(window, words);
    window.run_steps(30);
}

/// What was taken in a pause, and may have been saved, never goes without a trace.
#[test]
fn esc_leaves_longer_texts_as_they_are_and_a_name_can_be_had_again() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, file) = open(folder.path());
    write_project_notes(&mut window, "Ask the bank");
    save(&mut window);
    press(&mut window, Key::Escape);
    settle(&mut window);
    assert_eq!(project(&window).notes, "Ask the bank");
    assert!(read(&file).contains("Ask the bank") && !session(&window).is_dirty());
    let before = names(&window);
    window.get_by_label_contains("A, Background worker").click();
    settle(&mut window);
    window.get_by_role_and_label(egui::accesskit::Role::TextInput, "Name").focus();
    settle(&mut window);
    key(&mut window, Modifiers::COMMAND, Key::A);
    type_text(&mut window, "Mailer");
    window.run_steps(30);
    assert_eq!(names(&window), ["Mailer", "B"]);
    save(&mut window);
    press(&mut window, Key::Escape);
    settle(&mut window);
    assert_eq!(names(&window), before);
    key(&mut window, Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(names(&window), ["Mailer", "B"]);
}

/// Neither a cursor that stands in a field nor what was taken of it before writes over what was read again.
#[test]
fn what_is_read_again_is_not_written_over_by_a_field_with_the_cursor() {
    for typed in ["", "Mine"] {
        let folder = tempfile::tempdir().unwrap();
        let (mut window, file) = open(folder.path());
        write_project_notes(&mut window, typed);
        let theirs = read(&file).replacen("name: ", "notes: \"Theirs\",\n    name: ", 1);
        fs::write(&file, theirs).unwrap();
        come_back(&mut window);
        window.get_by_label("Reload").click_accesskit();
        settle(&mut window);
        window.run_steps(60);
        assert_eq!(project(&window).notes, "Theirs", "typed {typed:?}");
        assert!(!session(&window).is_dirty());
    }
}
