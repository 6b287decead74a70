//! Keys in the whole window: each press counts, each one that can do nothing says why, and what one does is seen.

#![expect(clippy::unwrap_used, reason = "helpers of a test")]

use egui::{Event, Key, Modifiers, Role};
use egui_kittest::kittest::Queryable as _;

use crate::common::window;
use window::{Window, bytes, depth, focused, key, on, press, project, selected, session, settle};

/// A row of three, and one far below, in a boundary; the store is locked.
const PLAN: &str = r#"(
    format: 1,
    name: "Plan",
    components: {
        "shop": (name: "Shop", kind: web_application, pos: (0, 0)),
        "api": (name: "API", kind: rest_api, pos: (400, 0)),
        "store": (name: "Store", kind: relational_database, pos: (800, 20), locked: true),
        "mailer": (name: "Mailer", kind: worker, pos: (0, 400)),
    },
    connections: {"shop-to-api": (from: "shop", to: "api", protocol: http)},
    boundaries: {"team": (name: "Team", pos: (-40, 340), size: (280, 200))},
)"#;

fn open(text: &str) -> Window {
    let folder = tempfile::tempdir().unwrap();
    window::open(folder.path(), text)
}

/// All in one frame, as keys come that are pressed faster than a frame takes.
fn burst(window: &mut Window, modifiers: Modifiers, keys: &[Key]) {
    let press = |key: &Key| Event::Key { key: *key, physical_key: None, pressed: true, repeat: false, modifiers };
    window.input_mut().events.extend(keys.iter().map(press));
    settle(window);
}

#[track_caller]
fn answers(window: &Window, words: &str) {
    assert!(window.state().said().contains(words), "{:?} and not {words:?}", window.state().said());
    let shown = window.query_all_by_role(Role::Label).any(|node| node.value().is_some_and(|at| at.starts_with(words)));
    assert!(shown, "the status bar shows {words:?}");
}

#[test]
fn each_press_of_a_frame_counts_and_in_their_order() {
    let mut window = open(PLAN);
    burst(&mut window, Modifiers::NONE, &[Key::Tab; 3]);
    on(&window, "Store,");
    burst(&mut window, Modifiers::SHIFT, &[Key::Tab; 2]);
    on(&window, "Shop,");
    // From the sheet again, a frame each.
    key(&mut window, Modifiers::SHIFT, Key::Tab);
    on(&window, "Canvas");
    for _ in 0..3 {
        let (key, modifiers) = (Key::Tab, Modifiers::NONE);
        let press = Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers };
        window.input_mut().events.push(press);
        window.run_steps(1);
    }
    settle(&mut window);
    on(&window, "Store,");
    burst(&mut window, Modifiers::SHIFT, &[Key::Tab; 2]);
    let before = bytes(&window);
    burst(&mut window, Modifiers::NONE, &[Key::ArrowRight; 6]);
    assert_eq!(depth(&window), 6);
    let step = project(&window).components["shop"].pos_world.unwrap().x / 6.0;
    burst(&mut window, Modifiers::NONE, &[Key::ArrowRight, Key::ArrowRight, Key::ArrowLeft]);
    assert_eq!(project(&window).components["shop"].pos_world.unwrap().x, 7.0 * step);
    burst(&mut window, Modifiers::COMMAND, &[Key::Z; 9]);
    assert_eq!((depth(&window), bytes(&window)), (0, before));
    burst(&mut window, Modifiers::COMMAND, &[Key::Y; 2]);
    assert_eq!(depth(&window), 2);
}

#[test]
fn a_letter_behind_a_key_that_opens_a_field_runs_nothing() {
    let mut window = open(PLAN);
    press(&mut window, Key::Tab);
    let before = bytes(&window);
    burst(&mut window, Modifiers::NONE, &[Key::F2, Key::Delete, Key::N]);
    on(&window, "Name");
    press(&mut window, Key::Escape);
    assert_eq!(bytes(&window), before);
    // The field of a note comes some frames later.
    window.key_press(Key::N);
    window.run_steps(2);
    window.key_press(Key::Delete);
    settle(&mut window);
    assert_eq!(project(&window).sticky_notes.len(), 1);
    on(&window, "Text on the sheet");
}

#[test]
fn a_tab_of_the_panel_below_has_the_keyboard_when_it_was_asked_for_and_esc_leads_back_to_the_drawing() {
    let mut window = open(PLAN);
    for (number, tab, next) in [(Key::Num5, "Capacity", "Shop,"), (Key::Num2, "Timeline", "API,")] {
        key(&mut window, Modifiers::ALT, number);
        on(&window, tab);
        press(&mut window, Key::Escape);
        press(&mut window, Key::Tab);
        on(&window, next);
    }
}

#[test]
fn esc_leaves_the_drawing_of_a_boundary_before_it_lets_go_of_what_is_selected() {
    let mut window = open(PLAN);
    press(&mut window, Key::Tab);
    key(&mut window, Modifiers::COMMAND, Key::A);
    let all = selected(&window);
    press(&mut window, Key::F);
    press(&mut window, Key::Escape);
    assert_eq!(selected(&window), all);
    window.hover_at(egui::pos2(660.0, 480.0));
    window.drag_at(egui::pos2(660.0, 480.0));
    window.hover_at(egui::pos2(800.0, 520.0));
    window.drop_at(egui::pos2(800.0, 520.0));
    settle(&mut window);
    assert_eq!(project(&window).boundaries.len(), 1, "no boundary is drawn any more");
}

#[test]
fn a_presentation_shows_everything_and_leads_back_to_the_view_before_it() {
    let mut window = open(PLAN);
    for _ in 0..4 {
        key(&mut window, Modifiers::COMMAND, Key::Minus);
    }
    let width = |window: &Window| window.get_by_label_contains("Shop, ").rect().width();
    let before = width(&window);
    press(&mut window, Key::F5);
    assert!(width(&window) > 1.3 * before, "{} and {before}", width(&window));
    press(&mut window, Key::Escape);
    settle(&mut window);
    assert!((width(&window) - before).abs() < 0.5, "{} and {before}", width(&window));
}

#[test]
fn behind_the_last_element_tab_leaves_the_sheet() {
    let mut window = open(PLAN);
    burst(&mut window, Modifiers::NONE, &[Key::Tab; 5]);
    on(&window, "Mailer,");
    for _ in 0..3 {
        press(&mut window, Key::Tab);
        let name = focused(&window);
        let inside = ["Fold", "Unfold", "Overview", "Connect ", "Resize "];
        assert!(!inside.iter().any(|inside| name.starts_with(inside)), "{name} cannot be seen to have the keyboard");
    }
}

#[test]
fn the_first_tab_brings_what_it_goes_to_into_view() {
    let mut window = open(PLAN);
    key(&mut window, Modifiers::COMMAND, Key::Num0);
    let away = |window: &mut Window| {
        window.hover_at(egui::pos2(660.0, 300.0));
        for _ in 0..8 {
            let delta = egui::vec2(0.0, -400.0);
            let (unit, phase) = (egui::MouseWheelUnit::Point, egui::TouchPhase::Move);
            let (source, modifiers) = (egui::MouseWheelSource::Unknown, Modifiers::NONE);
            window.event(Event::MouseWheel { source, unit, delta, phase, modifiers });
        }
        window.run_steps(30);
    };
    away(&mut window);
    let width = |window: &Window| {
        let shop = window.query_by(|node| node.label().is_some_and(|label| label.starts_with("Shop, ")));
        shop.map_or(0.0, |node| node.rect().width())
    };
    assert!(width(&window) < 1.0, "it is out of view");
    press(&mut window, Key::Tab);
    on(&window, "Shop,");
    assert!(width(&window) > 100.0);
    // Out of view again it says as much of itself as in view.
    let said = focused(&window);
    away(&mut window);
    assert!(width(&window) < 1.0);
    assert_eq!(focused(&window), said);
    assert!(said.contains(" %"), "{said}");
}

#[test]
fn a_key_that_can_do_nothing_says_why() {
    let mut window = open(PLAN);
    press(&mut window, Key::F2);
    answers(&window, "Select one element first");
    press(&mut window, Key::R);
    answers(&window, "Select a connection first");
    burst(&mut window, Modifiers::NONE, &[Key::Tab; 3]);
    on(&window, "Store,");
    press(&mut window, Key::ArrowLeft);
    answers(&window, "What is selected is locked");
    press(&mut window, Key::Delete);
    answers(&window, "What is selected is locked");
    assert!(project(&window).components.contains_key("store"));
    key(&mut window, Modifiers::COMMAND, Key::Z);
    answers(&window, "Nothing to take back");
}

#[test]
fn what_is_locked_stays_and_what_was_selected_with_it_goes() {
    let mut window = open(PLAN);
    key(&mut window, Modifiers::COMMAND, Key::A);
    press(&mut window, Key::Delete);
    let left: Vec<&str> = project(&window).components.keys().map(groundplan::project::ComponentId::as_str).collect();
    assert_eq!(left, ["store"]);
    answers(&window, "Store is locked and stays");
    assert!(window.state().said().starts_with("Done: Delete 5 elements"), "{}", window.state().said());
    // What comes back is selected, and said.
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(selected(&window), ["api", "mailer", "shop", "team"]);
    answers(&window, "Taken back: Delete");
    key(&mut window, Modifiers::COMMAND, Key::A);
    window.event(Event::Cut);
    settle(&mut window);
    assert!(project(&window).components.contains_key("store"), "the same by cutting");
}

#[test]
fn what_undo_and_redo_change_is_selected_and_seen() {
    let mut window = open(PLAN);
    press(&mut window, Key::Tab);
    press(&mut window, Key::ArrowRight);
    press(&mut window, Key::Tab);
    assert_eq!(selected(&window), ["api"]);
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert_eq!(selected(&window), ["shop"]);
    answers(&window, "Taken back: Nudge Shop");
    key(&mut window, Modifiers::COMMAND, Key::Y);
    assert_eq!(selected(&window), ["shop"]);
    answers(&window, "Brought again: Nudge Shop");
}

#[test]
fn keys_are_about_what_has_the_ring() {
    let mut window = open(PLAN);
    press(&mut window, Key::Tab);
    press(&mut window, Key::Escape);
    assert!(selected(&window).is_empty());
    on(&window, "Shop,");
    press(&mut window, Key::F2);
    on(&window, "Name");
    press(&mut window, Key::Escape);
    press(&mut window, Key::Escape);
    press(&mut window, Key::C);
    assert!(window.query_by_label_contains("Connect Shop to").is_some());
    press(&mut window, Key::Escape);
    press(&mut window, Key::Escape);
    key(&mut window, Modifiers::SHIFT, Key::F10);
    on(&window, "Rename");
    press(&mut window, Key::Escape);
    press(&mut window, Key::Escape);
    press(&mut window, Key::Enter);
    on(&window, "Find a trait");
}

#[test]
fn a_menu_opened_by_key_goes_through_rows_that_cannot_be_chosen_and_they_say_why() {
    let mut window = open(PLAN);
    press(&mut window, Key::Tab);
    key(&mut window, Modifiers::SHIFT, Key::F10);
    let take_in = (0..8).any(|_| {
        press(&mut window, Key::ArrowDown);
        focused(&window).starts_with("Take in again")
    });
    assert!(take_in, "{}", focused(&window));
    assert!(window.query_by_label_contains("Select a component that is put off").is_some(), "beside the row");
    press(&mut window, Key::Enter);
    answers(&window, "Select a component that is put off to later");
    assert_eq!(depth(&window), 0);
}

#[test]
fn the_list_of_commands_begins_with_one_and_says_what_is_in_the_way_of_another() {
    let mut window = open(PLAN);
    key(&mut window, Modifiers::COMMAND, Key::K);
    window.event(Event::Text("rename".to_owned()));
    settle(&mut window);
    assert!(window.query_by_label_contains("Select one element first").is_some(), "in the row");
    press(&mut window, Key::Enter);
    assert!(window.query_by_label("Find a command").is_some(), "it waits for another choice");
    assert!(window.state().said().starts_with("Select one element first"));
    press(&mut window, Key::Escape);
    key(&mut window, Modifiers::COMMAND, Key::K);
    window.event(Event::Text("select all".to_owned()));
    settle(&mut window);
    press(&mut window, Key::Enter);
    assert!(!selected(&window).is_empty());
    // What was run of late stands first: Enter runs it again.
    key(&mut window, Modifiers::COMMAND, Key::K);
    press(&mut window, Key::Escape);
    press(&mut window, Key::Escape);
    assert!(selected(&window).is_empty());
    key(&mut window, Modifiers::COMMAND, Key::K);
    press(&mut window, Key::Enter);
    assert!(!selected(&window).is_empty());
}

#[test]
fn the_sheet_of_keys_is_read_by_keys_and_gives_the_keyboard_back() {
    let mut window = open(PLAN);
    press(&mut window, Key::Tab);
    key(&mut window, Modifiers::SHIFT, Key::Slash);
    let last = |window: &Window| window.get_by_label("Drag the overview map").rect();
    let close = |window: &Window| window.get_by_label("Close").rect();
    let (before, frame) = (last(&window), close(&window));
    assert!(before.top() > frame.bottom(), "there is more than fits");
    press(&mut window, Key::End);
    assert!(last(&window).bottom() < close(&window).top(), "{} above {}", last(&window), close(&window));
    assert_eq!(close(&window), frame, "it does not change its size");
    press(&mut window, Key::Home);
    press(&mut window, Key::PageDown);
    let after = last(&window).top();
    assert!(after < before.top() && after > close(&window).bottom(), "a page further");
    press(&mut window, Key::Escape);
    on(&window, "Shop,");
    assert_eq!(selected(&window), ["shop"]);
}

#[test]
fn f6_comes_to_the_sheet_in_the_next_frame() {
    let mut window = open(PLAN);
    press(&mut window, Key::Tab);
    key(&mut window, Modifiers::COMMAND, Key::F);
    window.key_press(Key::F6);
    window.run_steps(1);
    let wakes = window.output().viewport_output.values().any(|output| output.repaint_delay.is_zero());
    assert!(wakes, "it is not shown before something else happens");
    window.run_steps(2);
    on(&window, "Shop,");
    assert_eq!(session(&window).history().depth(), 0);
}

#[test]
fn the_menus_open_and_are_gone_through_by_key() {
    let mut window = open(PLAN);
    press(&mut window, Key::Tab);
    press(&mut window, Key::F10);
    on(&window, "New");
    press(&mut window, Key::ArrowDown);
    on(&window, "Open...");
    press(&mut window, Key::ArrowRight);
    on(&window, "Undo");
    press(&mut window, Key::ArrowLeft);
    on(&window, "New");
    press(&mut window, Key::Escape);
    on(&window, "Shop,");
    assert_eq!(selected(&window), ["shop"]);
    press(&mut window, Key::F10);
    press(&mut window, Key::ArrowLeft);
    on(&window, "Help contents");
    press(&mut window, Key::ArrowDown);
    on(&window, "Take the tour");
    // What cannot be run now is a stop as well.
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::ArrowDown);
    on(&window, "All commands...");
    press(&mut window, Key::Enter);
    assert!(window.query_by_label("Find a command").is_some());
}

#[test]
fn alt_with_its_letter_opens_a_menu() {
    let mut window = open(PLAN);
    press(&mut window, Key::Tab);
    for (letter, first) in [(Key::E, "Undo"), (Key::F, "New"), (Key::R, "Tidy layout"), (Key::G, "Next element")] {
        key(&mut window, Modifiers::ALT, letter);
        on(&window, first);
    }
    press(&mut window, Key::Escape);
    on(&window, "Shop,");
}
