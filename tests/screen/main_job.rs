//! The main job in one sitting, in the whole window, by what is seen and named: open a case, draw, connect, tag, watch the
//! figures move, take it back, save, open again, export.

#![expect(clippy::unwrap_used, reason = "helpers of a test")]

use std::{fs, path::Path};

use egui::{Event, Key, Modifiers, Pos2, pos2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use groundplan::{
    project::{ComponentKind, TraitId, TraitValue},
    storage::Recent,
    ui::theme::{DARK, LIGHT},
};

use crate::common::window;
use window::{Window, bytes, drop_files, key, open_file, settle};

/// The window over folders of its own.
fn open(folder: &Path, file: Option<&Path>) -> Window {
    open_file(file, Some(Recent::in_folder(&folder.join("state"))))
}

fn weeks(window: &Window) -> f64 {
    window.state().session().assessment().estimate.weeks.median
}

fn click(window: &mut Window, label: &str) {
    window.get_by_label(label).click();
    settle(window);
}

fn drag(window: &mut Window, from: Pos2, to: Pos2) {
    window.hover_at(from);
    settle(window);
    window.drag_at(from);
    settle(window);
    window.hover_at(from.lerp(to, 0.3));
    window.hover_at(from.lerp(to, 0.8));
    window.hover_at(to);
    settle(window);
    window.drop_at(to);
    settle(window);
}

/// Writes into a field that has the focus, over what stands there.
fn type_over(window: &mut Window, label: &str, words: &str) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(1);
    window.get_by_label(label).type_text(words);
    settle(window);
    key(window, Modifiers::NONE, Key::Enter);
}

fn has_card(window: &Window, beginning: &str) -> bool {
    window.query_by_label_contains(beginning).is_some()
}

#[test]
fn the_main_job_in_one_sitting() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), None);

    click(&mut window, "Delivery-time prediction");
    assert!(has_card(&window, "Prediction API, ML inference service, FastAPI"));
    let (opened, weeks_opened) = (bytes(&window), weeks(&window));

    // Draw: from the palette onto an empty place of the canvas.
    let row = window.get_by_label("REST API").rect().center();
    drag(&mut window, row, pos2(380.0, 530.0));
    let (id, _) = window.state().session().selected_component().expect("what was dropped is selected");
    let id = id.clone();
    assert_eq!(window.state().session().project().components[&id].kind, ComponentKind::RestApi);
    assert!(weeks(&window) > weeks_opened, "a service more takes time");

    // Connect: by the handle at its right side.
    let card = window.get_by_label_contains("REST API, REST API").rect();
    window.hover_at(card.center());
    settle(&mut window);
    let handle = window.get_by_label("Connect REST API from the right side").rect().center();
    let target = window.get_by_label_contains("Traffic API, External API").rect().center();
    drag(&mut window, handle, target);
    let connected = |window: &Window| {
        window
            .state()
            .session()
            .project()
            .connections
            .values()
            .any(|link| link.from == id && link.to.as_str() == "traffic-api")
    };
    assert!(connected(&window));

    // Tag: a number in the inspector moves weeks and dollars, and the status bar says by how much.
    let weeks_before = weeks(&window);
    window.get_by_label_contains("REST API, REST API").click();
    settle(&mut window);
    click(&mut window, "Tables");
    type_over(&mut window, "Tables", "40");
    let component = window.state().session().project().components[&id].clone();
    assert_eq!(component.traits.get(&TraitId::new("tables")), Some(&TraitValue::Number(40.0)));
    assert!(weeks(&window) > weeks_before);
    assert!(window.query_by_label_contains("since last edit").is_some());
    let finished = bytes(&window);

    // Back to the first bytes, and forth again.
    for _ in 0..3 {
        key(&mut window, Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(bytes(&window), opened);
    for _ in 0..3 {
        key(&mut window, Modifiers::COMMAND, Key::Y);
    }
    assert_eq!(bytes(&window), finished);

    // Save, by the built-in question for a path; open again from the recent projects.
    let path = folder.path().join("plan.ron");
    key(&mut window, Modifiers::COMMAND, Key::S);
    type_over(&mut window, "Path", &path.to_string_lossy());
    assert_eq!(fs::read_to_string(&path).unwrap(), finished);
    assert!(!window.state().session().is_dirty());

    // Export, beside the project.
    key(&mut window, Modifiers::COMMAND, Key::E);
    key(&mut window, Modifiers::NONE, Key::Enter);
    let report = fs::read_to_string(folder.path().join("plan.md")).unwrap();
    assert!(report.contains("Delivery-time prediction"), "{report}");

    drop(window);
    let window = open(folder.path(), Some(&path));
    assert_eq!(bytes(&window), finished);
}

#[test]
fn changes_are_not_lost_by_opening_something_else() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), None);
    click(&mut window, "Construction SaaS");
    window.get_by_label_contains("QuickBooks, External API").click();
    settle(&mut window);
    key(&mut window, Modifiers::NONE, Key::Delete);
    let changed = bytes(&window);

    key(&mut window, Modifiers::COMMAND, Key::N);
    click(&mut window, "Cancel");
    assert_eq!(bytes(&window), changed);

    let path = folder.path().join("kept.ron");
    key(&mut window, Modifiers::COMMAND, Key::N);
    // The toolbar behind the question has a button of this name too; the question's comes later.
    window.get_all_by_role_and_label(egui::Role::Button, "Save").last().unwrap().click();
    settle(&mut window);
    type_over(&mut window, "Path", &path.to_string_lossy());
    assert_eq!(fs::read_to_string(&path).unwrap(), changed);
    assert!(window.state().session().project().components.is_empty(), "then the new sheet came");
}

#[test]
fn a_file_that_makes_no_sense_is_refused_in_words_and_what_is_open_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("broken.ron");
    fs::write(&path, "(format: 1, name: \"x\", components: {\"a\": (name: \"A\", kind: web_aplication)})").unwrap();
    let mut window = open(folder.path(), Some(&path));
    assert!(window.query_by_label_contains("did you mean `web_application`?").is_some());
    assert!(window.query_by_label("Line 1, column 60").is_some());
    click(&mut window, "Close");
    assert!(window.query_by_label_contains("web_application").is_none());
    assert!(window.query_by_label("Construction SaaS").is_some(), "the welcome page is still there");
}

#[test]
fn what_can_be_read_of_a_damaged_or_newer_file_opens_as_a_copy() {
    let folder = tempfile::tempdir().unwrap();
    let sound = "\"a\": (name: \"Shop\", kind: worker, pos: (0, 0))";
    for (name, text, title, missing, is_copy) in [
        (
            "cut.ron",
            format!("(format: 2, name: \"x\", components: {{{sound}, \"b\": (name: \"B\","),
            "This file cannot be read as it is",
            "left out: components > b",
            true,
        ),
        (
            "newer.ron",
            format!("(format: 99, name: \"x\", components: {{{sound}}}, risks: {{}})"),
            "This file is from a newer version",
            "left out: risks",
            false,
        ),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, &text).unwrap();
        let mut window = open(folder.path(), Some(&path));
        assert!(window.query_by_label(title).is_some(), "{name}");
        click(&mut window, "Open what can be read as a copy");
        let session = window.state().session();
        // A newer file stays the project's, and is never written over.
        let own = (!is_copy).then_some(&path);
        assert_eq!((session.project().components.len(), session.path(), session.is_dirty()), (1, own, is_copy));
        assert_eq!(session.read_only().is_some(), !is_copy);
        assert!(window.query_by_label_contains(missing).is_some(), "{name}");
        click(&mut window, "Go on");
        assert!(window.query_by_label_contains(missing).is_none());
        let guess = window.state().session().original().cloned();
        assert_eq!(guess, is_copy.then(|| path.with_file_name("cut-copy.ron")), "what is damaged is not written over");
        key(&mut window, Modifiers::COMMAND, Key::N);
        assert_eq!(window.query_by_label("Don't save").is_some(), is_copy, "whether there is something to lose");
        assert_eq!(fs::read_to_string(&path).unwrap(), text, "the file is as it was");
    }
}

#[test]
fn a_file_dropped_on_the_window_is_opened_once_changes_are_safe() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dropped.ron");
    fs::write(&path, "(format: 1, name: \"Dropped\", components: {\"a\": (name: \"A\", kind: worker, pos: (0, 0))})")
        .unwrap();
    let mut window = open(folder.path(), None);
    drop_files(&mut window, &[&path]);
    assert_eq!(window.state().session().project().name, "Dropped");

    window.get_by_label_contains("A, Background worker").click();
    settle(&mut window);
    key(&mut window, Modifiers::NONE, Key::Delete);
    drop_files(&mut window, &[&path]);
    assert!(window.state().session().project().components.is_empty(), "it asks first");
    click(&mut window, "Don't save");
    assert_eq!(window.state().session().project().components.len(), 1);
}

#[test]
fn a_project_without_positions_is_laid_out_on_opening() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("by-hand.ron");
    let text = r#"(format: 1, name: "By hand",
        components: {"a": (name: "Shop", kind: web_application), "b": (name: "Store", kind: relational_database)},
        connections: {"a-to-b": (from: "a", to: "b", protocol: database)})"#;
    fs::write(&path, text).unwrap();
    let window = open(folder.path(), Some(&path));
    let project = window.state().session().project();
    let rects: Vec<_> = project.components.values().map(|component| component.rect_world()).collect();
    assert!(rects[0].intersect(rects[1]).area() <= 0.0, "{rects:?}");
    assert!(project.components.values().all(|component| component.pos_world.is_some()));
    assert!(!window.state().session().is_dirty(), "laying out is not a change of the person's");
}

#[test]
fn every_command_is_in_the_list_and_a_few_letters_run_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), None);
    click(&mut window, "Factory telemetry");
    key(&mut window, Modifiers::COMMAND, Key::K);
    window.get_by_label("Find a command").type_text("select all");
    settle(&mut window);
    key(&mut window, Modifiers::NONE, Key::Enter);
    let session = window.state().session();
    assert_eq!(
        session.selection().len(),
        session.project().components.len()
            + session.project().connections.len()
            + session.project().boundaries.len()
            + session.project().sticky_notes.len()
    );
}

#[test]
fn comments_that_saving_would_lose_are_told_when_the_file_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    for (text, told) in [("(format: 2, name: \"x\")", false), ("// Why\n(format: 2, name: \"x\")", true)] {
        let path = folder.path().join("plan.ron");
        fs::write(&path, text).unwrap();
        let window = open(folder.path(), Some(&path));
        let messages = window.state().messages();
        assert_eq!(messages.iter().any(|message| message.contains("comments")), told, "{text}: {messages:?}");
    }
}

#[test]
fn comments_are_asked_about_before_the_save_that_would_lose_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.ron");
    let text = "// Why\n(format: 2, name: \"x\", components: {\"a\": (name: \"A\", kind: rest_api, pos: (0, 0))})";
    fs::write(&path, text).unwrap();
    let mut window = open(folder.path(), Some(&path));
    key(&mut window, Modifiers::COMMAND, Key::A);
    key(&mut window, Modifiers::NONE, Key::Delete);

    key(&mut window, Modifiers::COMMAND, Key::S);
    assert!(window.query_by_label("plan.ron has comments").is_some());
    click(&mut window, "Cancel");
    assert_eq!(fs::read_to_string(&path).unwrap(), text, "nothing was written");
    assert!(window.state().session().is_dirty());

    // The way out: another file, beside this one.
    key(&mut window, Modifiers::COMMAND, Key::S);
    click(&mut window, "Save as...");
    let copy = folder.path().join("plan-copy.ron");
    let field = window.get_by_label("Path").accesskit_node().value();
    assert_eq!(field.as_deref(), copy.to_str());
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert!(copy.is_file() && !window.state().session().is_dirty());
    assert_eq!(fs::read_to_string(&path).unwrap(), text, "which keeps its comments");

    // Who wants it saved here is asked once.
    let mut window = open(folder.path(), Some(&path));
    key(&mut window, Modifiers::COMMAND, Key::S);
    click(&mut window, "Save without comments");
    assert!(!fs::read_to_string(&path).unwrap().contains("Why"));
    key(&mut window, Modifiers::COMMAND, Key::A);
    key(&mut window, Modifiers::NONE, Key::Delete);
    key(&mut window, Modifiers::COMMAND, Key::S);
    assert!(window.query_by_label("plan.ron has comments").is_none());
    assert!(!window.state().session().is_dirty());
}

#[test]
fn enter_in_an_untouched_list_of_commands_runs_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), None);
    click(&mut window, "Factory telemetry");
    let before = bytes(&window);
    key(&mut window, Modifiers::COMMAND, Key::K);
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert_eq!(bytes(&window), before);
}

#[test]
fn letters_typed_in_the_frame_the_list_of_commands_opens_in_are_its_query() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), None);
    click(&mut window, "Factory telemetry");
    let key_event =
        |pressed| Event::Key { key: Key::K, physical_key: None, pressed, repeat: false, modifiers: Modifiers::COMMAND };
    window.input_mut().events.extend([key_event(true), key_event(false), Event::Text("select all".to_owned())]);
    settle(&mut window);
    key(&mut window, Modifiers::NONE, Key::Enter);
    assert!(window.state().session().selection().len() > 5);
}

#[test]
fn an_export_never_replaces_the_project_it_is_made_from() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("plan.ron");
    let text = "(format: 1, name: \"Plan\", components: {\"a\": (name: \"A\", kind: worker, pos: (0, 0))})";
    fs::write(&path, text).unwrap();
    let mut window = open(folder.path(), Some(&path));
    key(&mut window, Modifiers::COMMAND, Key::E);
    type_over(&mut window, "Path", &path.to_string_lossy());
    click(&mut window, "Replace");
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
    assert!(window.state().messages().iter().any(|message| message.contains("choose another file")));
}

#[test]
fn a_digit_with_shift_is_known_by_where_its_key_lies() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), None);
    click(&mut window, "Factory telemetry");
    let fitted = zoom(&window);
    key(&mut window, Modifiers::COMMAND, Key::Plus);
    assert_ne!(zoom(&window), fitted);
    // As an American keyboard sends Shift+1.
    window.event(Event::Key {
        key: Key::Exclamationmark,
        physical_key: Some(Key::Num1),
        pressed: true,
        repeat: false,
        modifiers: Modifiers::SHIFT,
    });
    settle(&mut window);
    assert_eq!(zoom(&window), fitted);
}

/// What the button at the upper right of the canvas says.
fn zoom(window: &Window) -> String {
    let buttons = window.get_all_by_role(egui::Role::Button);
    buttons
        .filter_map(|button| button.accesskit_node().label())
        .find(|label| label.ends_with('%') && label.len() < 7)
        .unwrap()
}

#[test]
fn both_themes_reach_the_screen() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), None);
    click(&mut window, "Factory telemetry");
    for (name, tokens) in [("light theme", &LIGHT), ("dark theme", &DARK)] {
        key(&mut window, Modifiers::COMMAND, Key::K);
        window.get_by_label("Find a command").type_text(name);
        settle(&mut window);
        key(&mut window, Modifiers::NONE, Key::Enter);
        window.run_steps(10);
        let picture = window.render().unwrap();
        let (panel, card) = (picture.get_pixel(720, 4).0, tokens.panel.to_array());
        assert_eq!(panel, card, "{name}: the top bar is painted in the panel's colour");
        // The sheet beside its dots, far from any card.
        let sheet =
            (0..4).map(|x| picture.get_pixel(600 + 5 * x, 60).0).filter(|p| *p == tokens.canvas.to_array()).count();
        assert!(sheet >= 2, "{name}: the sheet is not painted in its colour");
    }
}

#[test]
fn text_from_the_clipboard_pastes_components_but_not_into_a_text_field() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), None);
    click(&mut window, "Delivery-time prediction");
    let part =
        "(format: 1, name: \"Clipboard\", components: {\"mail\": (name: \"Mail\", kind: notification, pos: (0, 400))})";
    let before = window.state().session().project().components.len();
    window.event(Event::Paste(part.to_owned()));
    settle(&mut window);
    assert_eq!(window.state().session().project().components.len(), before + 1);
    window.get_by_label("Find a component").click();
    settle(&mut window);
    window.event(Event::Paste(part.to_owned()));
    settle(&mut window);
    assert_eq!(window.state().session().project().components.len(), before + 1);
}

#[test]
fn an_idle_window_changes_nothing_and_asks_for_no_frame() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), None);
    click(&mut window, "Monolith decomposition");
    window.remove_cursor();
    window.run_steps(20);
    let (revision, depth) = (window.state().session().revision(), window.state().session().history().depth());
    window.run_steps(20);
    assert_eq!(window.state().session().revision(), revision);
    assert_eq!(window.state().session().history().depth(), depth);
    let wait = window.output().viewport_output[&egui::ViewportId::ROOT].repaint_delay;
    assert!(wait > std::time::Duration::from_secs(1), "the next frame is asked for in {wait:?}");
    assert!(window.root().accesskit_node().role() != egui::accesskit::Role::Unknown);
}
