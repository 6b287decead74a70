//! The drawing without a pointer: everything by keys in the whole window, and what a screen reader is told.

#![allow(
    clippy::redundant_closure_for_method_calls,
    reason = "the method by itself is not general enough for the search"
)]
#![expect(clippy::unwrap_used, reason = "helpers of a test")]

use egui::{
    Event, Key, Modifiers, Role,
    accesskit::{Action as Asked, ActionRequest, Live, TreeId},
};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use groundplan::{
    project::{ComponentKind, Protocol},
    session::commands::{self, TABLE},
};

use crate::common::window;
use window::{Window, bytes, depth, focused, key, on, press, project, selected, session, settle};

const ALT_SHIFT: Modifiers = Modifiers { alt: true, shift: true, ..Modifiers::NONE };

/// Shop and API in one row, mailer and store in the next: the shop calls API and mailer, the API the store.
const PLAN: &str = r#"(
    format: 1,
    name: "Plan",
    components: {
        "store": (name: "Store", kind: relational_database, pos: (400, 200)),
        "shop": (name: "Shop", kind: web_application, pos: (0, 0)),
        "api": (name: "API", kind: rest_api, pos: (400, 0)),
        "mailer": (name: "Mailer", kind: worker, pos: (0, 200)),
    },
    connections: {
        "shop-to-api": (from: "shop", to: "api", protocol: http),
        "shop-to-mailer": (from: "shop", to: "mailer", protocol: queue),
        "api-to-store": (from: "api", to: "store", protocol: database),
    },
)"#;

fn open(text: &str) -> Window {
    let folder = tempfile::tempdir().unwrap();
    window::open(folder.path(), text)
}

/// Types into whatever has the keyboard.
fn type_text(window: &mut Window, words: &str) {
    window.event(Event::Text(words.to_owned()));
    window.run_steps(3);
}

/// Goes on to what is called so.
fn tab_to(window: &mut Window, beginning: &str) {
    for _ in 0..200 {
        if focused(window).starts_with(beginning) {
            return;
        }
        press(window, Key::Tab);
    }
    on(window, beginning);
}

#[test]
fn tab_goes_through_the_drawing_in_reading_order_and_out_at_both_ends() {
    let mut window = open(PLAN);
    on(&window, "Canvas");
    for (name, id) in [("Shop,", "shop"), ("API,", "api"), ("Mailer,", "mailer"), ("Store,", "store")] {
        press(&mut window, Key::Tab);
        on(&window, name);
        assert_eq!(selected(&window), [id]);
    }
    press(&mut window, Key::Tab);
    let outside = focused(&window);
    assert!(!outside.is_empty() && !outside.contains(" of 4"), "{outside}");
    key(&mut window, Modifiers::SHIFT, Key::Tab);
    on(&window, "Store,");
    for name in ["Mailer,", "API,", "Shop,"] {
        key(&mut window, Modifiers::SHIFT, Key::Tab);
        on(&window, name);
    }
    key(&mut window, Modifiers::SHIFT, Key::Tab);
    on(&window, "Canvas");
    key(&mut window, Modifiers::SHIFT, Key::Tab);
    let outside = focused(&window);
    assert!(!outside.is_empty() && outside != "Canvas" && !outside.contains(" of 4"), "{outside}");
    press(&mut window, Key::F6);
    on(&window, "Shop,");
    assert_eq!(depth(&window), 0, "going somewhere is no edit");
}

#[test]
fn keys_that_follow_each_other_at_once_lose_nothing() {
    let mut window = open(PLAN);
    for _ in 0..3 {
        window.key_press(Key::Tab);
    }
    window.run_steps(8);
    on(&window, "Mailer,");
}

#[test]
fn the_view_follows_and_thousands_of_elements_are_no_more_nodes_than_can_be_seen() {
    let notes: Vec<String> = (0..2_000)
        .map(|at| {
            let (x, y) = (at % 50 * 300, 1_000 + at / 50 * 200);
            format!("\"note-{at}\": (text: \"Note {at}\", pos: ({x}, {y}), size: (192, 96))")
        })
        .collect();
    let text =
        PLAN.replace("    connections:", &format!("    sticky_notes: {{{}}},\n    connections:", notes.join(",")));
    let mut window = open(&text);
    key(&mut window, Modifiers::COMMAND, Key::Num0);
    let count = window.query_all_by(|node| node.label().is_some_and(|label| label.contains(" of 2004"))).count();
    assert!(count < 60, "{count} nodes");
    for _ in 0..60 {
        window.key_press(Key::Tab);
        window.run_steps(2);
    }
    on(&window, "Note: Note 55");
    let node = window.get_by_label_contains("Note: Note 55, 60 of 2004").rect();
    assert!(node.width() > 100.0, "the view follows: {node}");
    assert_eq!(selected(&window), ["note-55"]);
}

#[test]
fn alt_with_an_arrow_walks_along_connections_and_with_shift_selects_on_the_way() {
    let mut window = open(PLAN);
    press(&mut window, Key::Tab);
    for (arrow, name) in [
        (Key::ArrowRight, "API,"),
        (Key::ArrowDown, "Store,"),
        (Key::ArrowUp, "API,"),
        (Key::ArrowLeft, "Shop,"),
        (Key::ArrowDown, "Mailer,"),
    ] {
        key(&mut window, Modifiers::ALT, arrow);
        on(&window, name);
    }
    key(&mut window, Modifiers::ALT, Key::ArrowLeft);
    on(&window, "Mailer,");
    assert_eq!(window.state().said().trim_end_matches('\u{a0}'), "Nothing is connected with Mailer to the left");
    key(&mut window, ALT_SHIFT, Key::ArrowUp);
    key(&mut window, ALT_SHIFT, Key::ArrowRight);
    on(&window, "API,");
    assert_eq!(selected(&window), ["api", "mailer", "shop"]);
}

#[test]
fn ctrl_with_an_arrow_adds_a_connected_component_that_typing_names() {
    let mut window = open(PLAN);
    let before = bytes(&window);
    press(&mut window, Key::Tab);
    key(&mut window, Modifiers::ALT, Key::ArrowRight);
    key(&mut window, Modifiers::COMMAND, Key::ArrowRight);
    assert_eq!(depth(&window), 1);
    on(&window, "Name");
    type_text(&mut window, "Search");
    press(&mut window, Key::Enter);
    on(&window, "Search, REST API");
    let added = &project(&window).components["rest-api"];
    assert_eq!((added.name.as_str(), added.kind), ("Search", ComponentKind::RestApi));
    let (api, rect) = (project(&window).components["api"].rect_world(), added.rect_world());
    assert!(rect.x0 - api.x1 >= 72.0 && rect.y0 == api.y0, "{rect}");
    let link = project(&window).connections.values().find(|link| link.to.as_str() == "rest-api").unwrap();
    assert_eq!((link.from.as_str(), link.protocol), ("api", Protocol::Http));
    // Where there is something already, the next free place.
    key(&mut window, Modifiers::ALT, Key::ArrowLeft);
    key(&mut window, Modifiers::COMMAND, Key::ArrowRight);
    press(&mut window, Key::Escape);
    on(&window, "REST API,");
    let all: Vec<kurbo::Rect> = project(&window).components.values().map(|component| component.rect_world()).collect();
    for (index, a) in all.iter().enumerate() {
        assert!(all[index + 1..].iter().all(|b| a.intersect(*b).area() == 0.0), "{all:?}");
    }
    // A database calls nobody: it gets a caller like the one it has.
    key(&mut window, Modifiers::SHIFT, Key::Tab);
    tab_to(&mut window, "Store");
    key(&mut window, Modifiers::COMMAND, Key::ArrowDown);
    press(&mut window, Key::Enter);
    let caller = project(&window).connections.values().last().unwrap();
    assert_eq!((caller.to.as_str(), caller.protocol), ("store", Protocol::Database));
    assert_eq!(project(&window).components[caller.from.as_str()].kind, ComponentKind::RestApi);
    while depth(&window) > 0 {
        key(&mut window, Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(bytes(&window), before);
}

#[test]
fn c_asks_what_to_connect_with_nearest_first_and_enter_connects() {
    let mut window = open(PLAN);
    press(&mut window, Key::Tab);
    press(&mut window, Key::C);
    on(&window, "Store");
    assert!(window.query_by_label_contains("Connect Shop to").is_some());
    let offered = window.query_all_by_role(Role::ListBoxOption).count();
    assert_eq!(offered, project(&window).components.len(), "what it calls already and itself come last");
    assert!(window.query_all_by_label_contains("connected already").next().is_some());
    assert!(window.query_all_by_label_contains("itself").next().is_some());
    type_text(&mut window, "sto");
    press(&mut window, Key::Enter);
    on(&window, "Shop,");
    let link = project(&window).connections.values().last().unwrap();
    assert_eq!((link.from.as_str(), link.to.as_str(), link.protocol), ("shop", "store", Protocol::Database));
    assert_eq!(session(&window).history().undo_name(), Some("Connect Shop to Store"));
    assert!(window.state().said().starts_with("Done: Connect Shop to Store"), "{}", window.state().said());

    key(&mut window, Modifiers::SHIFT, Key::C);
    assert!(window.query_by_label_contains("Connect to Shop from").is_some());
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::Escape);
    on(&window, "Shop,");
    assert_eq!(depth(&window), 1, "Esc connects nothing");

    // Several at once, one step; what is there already stays as it is.
    key(&mut window, Modifiers::COMMAND, Key::A);
    press(&mut window, Key::C);
    type_text(&mut window, "mailer");
    press(&mut window, Key::Enter);
    let to_mailer = project(&window).connections.values().filter(|link| link.to.as_str() == "mailer").count();
    assert_eq!(to_mailer, 3);
    assert_eq!(session(&window).history().undo_name(), Some("Connect 2 components to Mailer"));
}

#[test]
fn full_stop_and_comma_go_through_connections_to_change_and_delete_them() {
    let mut window = open(PLAN);
    press(&mut window, Key::Tab);
    press(&mut window, Key::Period);
    on(&window, "Connection: Shop to API");
    press(&mut window, Key::Period);
    on(&window, "Connection: Shop to Mailer");
    press(&mut window, Key::Period);
    on(&window, "Connection: Shop to API");
    press(&mut window, Key::Comma);
    on(&window, "Connection: Shop to Mailer");
    // Its label and what it carries.
    press(&mut window, Key::F2);
    on(&window, "Words of Shop to Mailer");
    type_text(&mut window, "orders");
    press(&mut window, Key::Enter);
    on(&window, "Connection: Shop to Mailer");
    assert_eq!(project(&window).connections["shop-to-mailer"].label, "orders");
    press(&mut window, Key::Enter);
    on(&window, "Protocol");
    press(&mut window, Key::Escape);
    on(&window, "Connection: Shop to Mailer");
    // Along it, and back.
    key(&mut window, Modifiers::ALT, Key::ArrowDown);
    on(&window, "Mailer,");
    press(&mut window, Key::Comma);
    press(&mut window, Key::Delete);
    assert!(!project(&window).connections.contains_key("shop-to-mailer"));
    on(&window, "Mailer,");
    press(&mut window, Key::Period);
    assert!(window.state().said().starts_with("Mailer has no connections"), "{}", window.state().said());
}

#[test]
fn what_is_deleted_leaves_the_keyboard_to_what_is_nearest() {
    let mut window = open(PLAN);
    press(&mut window, Key::Tab);
    press(&mut window, Key::Tab);
    on(&window, "API,");
    press(&mut window, Key::Delete);
    on(&window, "Store,");
    assert!(selected(&window).is_empty(), "nothing else is selected by that");
    key(&mut window, Modifiers::COMMAND, Key::Z);
    press(&mut window, Key::Enter);
    assert!(project(&window).components.contains_key("api"));
}

#[test]
fn a_component_is_renamed_and_tagged_by_keys_and_esc_comes_back_to_it() {
    let mut window = open(PLAN);
    press(&mut window, Key::Tab);
    press(&mut window, Key::F2);
    on(&window, "Name");
    type_text(&mut window, "Webshop");
    press(&mut window, Key::Enter);
    assert_eq!(project(&window).components["shop"].name, "Webshop");
    on(&window, "Webshop,");

    press(&mut window, Key::Enter);
    on(&window, "Find a trait");
    type_text(&mut window, "user accounts");
    tab_to(&mut window, "User accounts");
    press(&mut window, Key::Space);
    let tagged = |window: &Window| project(window).components["shop"].traits.contains_key("user-accounts");
    assert!(tagged(&window));
    press(&mut window, Key::Escape);
    on(&window, "Webshop,");
    assert_eq!(selected(&window), ["shop"], "Esc in a field is not for the selection");
    press(&mut window, Key::Escape);
    assert!(selected(&window).is_empty());
    on(&window, "Webshop,");

    // Back to the first name by keys alone.
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(!tagged(&window));
    assert!(window.state().said().starts_with("Taken back: Set user accounts"), "{}", window.state().said());
    key(&mut window, Modifiers::COMMAND, Key::Y);
    assert!(tagged(&window) && window.state().said().starts_with("Brought again: "), "{}", window.state().said());
}

#[test]
fn what_tab_comes_to_in_the_panel_at_the_side_is_scrolled_into_view() {
    let mut window = open(PLAN);
    tab_to(&mut window, "Shop");
    press(&mut window, Key::Enter);
    let panel = window.get_by_label("Find a trait").rect().x_range();
    let whole = window.ctx.content_rect();
    let mut seen = 0;
    for _ in 0..60 {
        press(&mut window, Key::Tab);
        let node = window.query_all_by(|node| node.is_focused()).next();
        let rect = node.map(|node| node.rect()).filter(|rect| panel.contains(rect.center().x));
        if let Some(rect) = rect {
            assert!(whole.shrink(1.0).contains_rect(rect), "{:?} at {rect:?}", focused(&window));
            seen += 1;
        }
    }
    assert!(seen > 40, "the panel is longer than the window: {seen}");
}

#[test]
fn enter_leads_to_the_kind_of_what_has_no_traits() {
    let mut window = open(PLAN);
    tab_to(&mut window, "Store");
    press(&mut window, Key::Enter);
    on(&window, "Kind");
}

#[test]
fn arrows_nudge_what_the_keyboard_is_on() {
    let mut window = open(PLAN);
    press(&mut window, Key::Tab);
    press(&mut window, Key::ArrowRight);
    assert!(project(&window).components["shop"].pos_world.unwrap().x > 0.0);
    on(&window, "Shop,");
    assert!(window.state().said().starts_with("Done: "), "{}", window.state().said());
}

#[test]
fn the_context_menu_opens_by_key_and_esc_closes_it_before_all_else() {
    let mut window = open(PLAN);
    press(&mut window, Key::Tab);
    key(&mut window, Modifiers::SHIFT, Key::F10);
    let rename = window.query_all_by_role(Role::Button).find(|node| node.is_focused());
    assert!(rename.and_then(|node| node.accesskit_node().label()).is_some_and(|label| label.starts_with("Rename")));
    press(&mut window, Key::Escape);
    on(&window, "Shop,");
    assert_eq!(selected(&window), ["shop"]);
    key(&mut window, Modifiers::SHIFT, Key::F10);
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::Enter);
    on(&window, "Find a trait");
}

#[test]
fn the_palette_of_commands_gives_the_keyboard_back() {
    let mut window = open(PLAN);
    press(&mut window, Key::Tab);
    key(&mut window, Modifiers::COMMAND, Key::K);
    press(&mut window, Key::Escape);
    on(&window, "Shop,");
    assert_eq!(selected(&window), ["shop"]);
}

#[test]
fn letters_in_a_field_are_letters() {
    let mut window = open(PLAN);
    press(&mut window, Key::Tab);
    press(&mut window, Key::F2);
    for pressed in [Key::C, Key::D, Key::Comma, Key::Period] {
        press(&mut window, pressed);
    }
    key(&mut window, Modifiers::COMMAND, Key::ArrowRight);
    key(&mut window, Modifiers::ALT, Key::ArrowRight);
    on(&window, "Name");
    press(&mut window, Key::Escape);
    assert_eq!(depth(&window), 0);
}

#[test]
fn each_element_says_what_it_is_and_on_request_what_it_is_connected_with() {
    let text = PLAN
        .replace("kind: rest_api, pos: (400, 0)", "kind: rest_api, pos: (400, 0), locked: true")
        .replace("kind: worker, pos: (0, 200)", "kind: worker, pos: (0, 200), deferred: true")
        .replace(
            "    connections:",
            r#"    boundaries: {"team": (name: "Team", pos: (-40, -60), size: (280, 380))},
    sticky_notes: {"note": (text: "Later", pos: (800, 0), size: (192, 96))},
    connections:"#,
        );
    let mut window = open(&text);
    window.get_by_label("Boundary: Team, 2 components, 1 of 6");
    window.get_by_label("Note: Later, 4 of 6");
    window.get_by(|node| {
        let label = node.label().unwrap_or_default();
        label.starts_with("Mailer, Background worker, put off to later, ") && label.ends_with(", 5 of 6")
    });
    let shop = window.get_by_label_contains("Shop, Web application, ");
    let label = shop.accesskit_node().label().unwrap();
    assert!(label.contains(" %") && label.ends_with(", 2 of 6"), "{label}");
    let findings = session(&window).assessment().open_findings();
    let api = groundplan::project::ElementId::Component("api".into());
    let count = findings.filter(|finding| finding.elements.contains(&api)).count();
    let told = match count {
        0 => String::new(),
        1 => ", 1 finding".to_owned(),
        count => format!(", {count} findings"),
    };
    window.get_by(|node| {
        let label = node.label().unwrap_or_default();
        label.starts_with("API, REST API, ") && label.ends_with(&format!("{told}, locked, 3 of 6"))
    });

    press(&mut window, Key::Tab);
    press(&mut window, Key::Tab);
    let shop = window.query_all_by(|node| node.is_focused()).next().unwrap();
    assert_eq!(shop.accesskit_node().description().as_deref(), Some("In Team. Calls API and Mailer"));
    press(&mut window, Key::D);
    let said = window.get_by_role(Role::Status);
    assert_eq!(said.accesskit_node().live(), Live::Polite);
    assert!(
        said.accesskit_node().label().unwrap().starts_with("Shop: In Team. Calls API and Mailer"),
        "{:?}",
        said.accesskit_node().label()
    );
    assert!(
        window
            .query_all_by_role(Role::Label)
            .any(|node| node.value().as_deref() == Some("Shop: In Team. Calls API and Mailer")),
        "the status bar shows it"
    );
    press(&mut window, Key::Tab);
    assert!(
        !window
            .query_all_by_role(Role::Label)
            .any(|node| node.value().as_deref() == Some("Shop: In Team. Calls API and Mailer")),
        "and only for the moment"
    );
}

/// Asks for something as a screen reader does.
fn ask(window: &mut Window, role: Role, beginning: &str, action: Asked) {
    let target_node = window
        .get_by(|node| node.role() == role && node.label().is_some_and(|label| label.starts_with(beginning)))
        .accesskit_node()
        .locate()
        .0;
    window.event(Event::AccessKitActionRequest(ActionRequest {
        action,
        target_tree: TreeId::ROOT,
        target_node,
        data: None,
    }));
    settle(window);
}

#[test]
fn the_main_job_by_what_a_screen_reader_can_ask_for() {
    let mut window = open(PLAN);
    ask(&mut window, Role::Button, "Shop, Web application", Asked::Focus);
    on(&window, "Shop,");
    assert_eq!(selected(&window), ["shop"]);
    ask(&mut window, Role::Button, "Store, ", Asked::Click);
    on(&window, "Store,");
    ask(&mut window, Role::Button, "Connection: Shop to API", Asked::Focus);
    on(&window, "Connection: Shop to API");
    // A name, a trait, a connection, and all of it back.
    ask(&mut window, Role::Button, "Shop, Web application", Asked::Focus);
    press(&mut window, Key::F2);
    press(&mut window, Key::Escape);
    let before = bytes(&window);
    press(&mut window, Key::C);
    ask(&mut window, Role::ListBoxOption, "Store, Relational database", Asked::Click);
    assert!(project(&window).connections.contains_key("shop-to-store"), "the row of the list is what was clicked");
    press(&mut window, Key::Enter);
    ask(&mut window, Role::Switch, "User accounts", Asked::Click);
    assert!(project(&window).components["shop"].traits.contains_key("user-accounts"));
    ask(&mut window, Role::Button, "Undo", Asked::Click);
    ask(&mut window, Role::Button, "Undo", Asked::Click);
    assert_eq!(bytes(&window), before);
}

#[test]
fn whatever_can_be_used_has_a_role_and_a_name() {
    let mut window = open(PLAN);
    for pressed in [None, Some(Key::Tab), Some(Key::Period)] {
        if let Some(pressed) = pressed {
            press(&mut window, pressed);
        }
        let nameless: Vec<String> = window
            .query_all_by(|node| {
                let role = node.role();
                let used = matches!(
                    role,
                    Role::Button
                        | Role::CheckBox
                        | Role::TextInput
                        | Role::ComboBox
                        | Role::Slider
                        | Role::Switch
                        | Role::Canvas
                        | Role::ListBoxOption
                );
                used && node.label().is_none_or(|label| label.trim().is_empty())
            })
            .map(|node| format!("{:?} at {}", node.accesskit_node().role(), node.rect()))
            .collect();
        assert!(nameless.is_empty(), "{nameless:#?}");
    }
}

/// The keys of the design, with the command that each runs.
const KEYS: &[(&str, &str)] = &[
    ("Tab", "go.next"),
    ("Shift+Tab", "go.previous"),
    ("Alt+ArrowLeft", "go.left"),
    ("Alt+ArrowRight", "go.right"),
    ("Alt+ArrowUp", "go.up"),
    ("Alt+ArrowDown", "go.down"),
    ("Ctrl+ArrowLeft", "insert.connected-left"),
    ("Ctrl+ArrowRight", "insert.connected-right"),
    ("Ctrl+ArrowUp", "insert.connected-above"),
    ("Ctrl+ArrowDown", "insert.connected-below"),
    ("F2", "edit.rename"),
    ("Enter", "edit.traits"),
    ("ArrowLeft", "edit.nudge-left"),
    ("ArrowRight", "edit.nudge-right"),
    ("ArrowUp", "edit.nudge-up"),
    ("ArrowDown", "edit.nudge-down"),
    ("Ctrl+D", "edit.duplicate"),
    ("Ctrl+0", "view.zoom-actual"),
    ("Shift+1", "view.fit"),
    ("Shift+2", "view.fit-selection"),
    ("Ctrl+K", "help.commands"),
    ("Shift+F10", "go.menu"),
    ("Escape", "edit.select-none"),
    ("C", "connect.to"),
    ("Shift+C", "connect.from"),
];

#[test]
fn each_key_of_the_design_has_its_command() {
    for (keys, id) in KEYS {
        let command = commands::find(id).unwrap_or_else(|| panic!("there is no command {id}"));
        let written = |shortcut: &commands::Shortcut| {
            let held = [(shortcut.ctrl, "Ctrl+"), (shortcut.alt, "Alt+"), (shortcut.shift, "Shift+")];
            let held: String = held.into_iter().filter(|(held, _)| *held).map(|(_, name)| name).collect();
            format!("{held}{}", shortcut.key.trim_start_matches("Num"))
        };
        assert!(command.shortcuts.iter().any(|shortcut| written(shortcut) == *keys), "{id} has not {keys}");
    }
}

#[test]
fn the_sheet_of_keys_shows_each_command_and_the_gestures() {
    let mut window = open(PLAN);
    key(&mut window, Modifiers::SHIFT, Key::Slash);
    for command in TABLE.iter() {
        assert!(window.query_all_by_label(command.text).next().is_some(), "{} is not on the sheet", command.id);
    }
    assert!(window.query_by_label("Mouse and trackpad").is_some());
}
