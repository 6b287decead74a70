//! The list of findings, in the dock, in the inspector and on the sheet, by what a person finds and does there.

#![expect(clippy::unwrap_used, reason = "the helpers of a test fail it with what they were given")]

use std::sync::Arc;

use egui_kittest::{Node, kittest::Queryable as _};
use groundplan::{
    project::{ElementId, TraitValue},
    session::{CanvasRequest, DockTab, Request, Select, Session},
    storage,
    ui::{
        canvas::{CanvasState, canvas_ui},
        panels::{
            dock::{DockState, dock_ui},
            inspector::{InspectorState, inspector_ui},
        },
    },
};

use crate::common::{bench, builtin};
use bench::{Window, window};

fn value<S>(window: &Window<S>, id: &str, trait_id: &str) -> Option<TraitValue> {
    window.state().session.project().components[id].traits.get(trait_id).cloned()
}

fn steps<S>(window: &Window<S>) -> usize {
    window.state().session.history().depth()
}

/// Every text that is shown.
fn texts(window: &Window<InspectorState>) -> Vec<String> {
    let all: Vec<Node<'_>> = window.query_all_by(|_| true).collect();
    all.iter().filter_map(Node::value).collect()
}

/// A plan with a contradiction, a client on a database, and a service without traits.
fn odd_session() -> Session {
    let text = r#"(format: 1, name: "Odd", components: {
        "app": (name: "App", kind: client),
        "api": (name: "API", kind: rest_api, traits: {"pure-api": true, "forms": true}),
        "bare": (name: "Bare", kind: worker),
        "db": (name: "Database", kind: relational_database),
    }, connections: {
        "x": (from: "app", to: "db", protocol: database),
        "y": (from: "app", to: "api"),
        "z": (from: "api", to: "bare", protocol: queue),
    })"#;
    Session::new(Arc::new(builtin::engine()), storage::from_text(text).unwrap(), None)
}

fn listing(session: Session) -> Window<DockState> {
    let state = DockState { tab: DockTab::Findings, ..DockState::default() };
    let mut window = window(session, state, [1000.0, 500.0], dock_ui);
    window.run();
    window
}

fn open_keys<S>(window: &Window<S>) -> Vec<String> {
    window.state().session.assessment().open_findings().map(|finding| finding.key.to_string()).collect()
}

#[test]
fn a_finding_is_shown_mended_and_brought_back_from_the_dock() {
    let mut window = listing(odd_session());
    assert_eq!(open_keys(&window).len(), 3, "{:?}", open_keys(&window));
    window.get_by_label_contains("Warning: App reaches Database").click();
    window.run();
    let about = ["app", "db"].map(|id| ElementId::Component(id.into()));
    assert!(about.iter().all(|element| window.state().session.selection().contains(element)));
    assert!(window.state().requests.contains(&Request::Canvas(CanvasRequest::CentreSelection)));
    let before = window.state().session.project().clone();
    window.get_by_label("Fix: Drop \"Forms\"").click();
    window.run();
    assert_eq!((open_keys(&window).len(), steps(&window)), (2, 1));
    assert_eq!(value(&window, "api", "forms"), None);
    window.state_mut().session.undo();
    assert_eq!(*window.state().session.project(), before);
}

#[test]
fn a_finding_is_set_aside_with_a_reason_and_shown_again() {
    let mut window = listing(odd_session());
    window.get_by_label_contains("Suppress... Bare has no traits").click();
    window.run();
    window.get_by_label("Suppress").click();
    window.run();
    assert_eq!(steps(&window), 0, "a reason is needed");
    window.get_by_label("Reason").type_text("Asked on Monday");
    window.run();
    window.get_by_label("Suppress").click();
    window.run();
    assert_eq!((open_keys(&window).len(), steps(&window)), (2, 1));
    let kept = &window.state().session.project().suppressed;
    assert_eq!(kept.values().collect::<Vec<_>>(), ["Asked on Monday"]);
    assert!(window.query_by_label_contains("Bare has no traits").is_none());
    window.get_by_label("1 suppressed").click();
    window.run();
    assert!(window.query_by_label("Suppressed: Asked on Monday").is_some());
    window.get_by_label("Show again").click();
    window.run();
    assert_eq!((open_keys(&window).len(), window.state().session.project().suppressed.len()), (3, 0));
}

#[test]
fn a_reason_is_taken_with_enter_and_dropped_with_escape() {
    let mut window = listing(odd_session());
    for (key, set_aside) in [(egui::Key::Escape, 0), (egui::Key::Enter, 1)] {
        window.get_by_label_contains("Suppress... Bare has no traits").click();
        window.run();
        window.get_by_label("Reason").type_text("Later");
        window.run();
        window.key_press(key);
        window.run();
        assert_eq!(window.state().session.project().suppressed.len(), set_aside);
        assert!(window.query_by_label("Reason").is_none(), "{key:?}");
    }
}

#[test]
fn findings_are_searched_and_narrowed_and_walked_with_arrows() {
    let mut window = listing(odd_session());
    window.get_by_label("Hints 1").click();
    window.run();
    assert!(window.query_by_label_contains("Hint: Bare").is_none());
    window.get_by_label("Hints 1").click();
    window.run();
    window.get_by_label("Search findings").focus();
    window.run();
    window.get_by_label("Search findings").type_text("database");
    window.run();
    assert!(window.query_by_label_contains("Warning: App reaches").is_some());
    assert!(window.query_by_label_contains("Hint: Bare").is_none());
    window.get_by_label("Clear the search").click();
    window.run();
    window.get_by_label_contains("Warning: API: ").focus();
    window.run();
    for expected in ["Warning: App reaches", "Hint: Bare has no traits"] {
        window.key_press(egui::Key::ArrowDown);
        window.run();
        assert!(window.get_by_label_contains(expected).is_focused(), "{expected}");
    }
    assert_eq!(window.state().session.current_finding().unwrap().key.as_str(), "no-traits:bare");
    window.key_press(egui::Key::ArrowUp);
    window.run();
    window.key_press(egui::Key::Enter);
    window.run();
    assert!(window.state().session.current_finding().unwrap().key.as_str().starts_with("client-on-data-store"));
    assert_eq!(steps(&window), 0, "looking is not editing");
}

#[test]
fn the_inspector_shows_what_is_odd_about_its_subject_and_mends_it() {
    let mut session = odd_session();
    session.select(Select::Only(vec![ElementId::Component("api".into())]));
    let mut window = window(session, InspectorState::default(), [330.0, 1600.0], inspector_ui);
    window.run();
    assert!(texts(&window).iter().any(|text| text.contains("contradict each other")));
    window.get_by_label("Fix: Drop \"Nothing but an API\"").click();
    window.run();
    assert_eq!((value(&window, "api", "pure-api"), steps(&window)), (None, 1));
    assert!(!texts(&window).iter().any(|text| text.contains("contradict each other")));
    window.state_mut().session.select(Select::Only(vec![ElementId::Connection("x".into())]));
    window.run();
    assert!(texts(&window).iter().any(|text| text.contains("App reaches Database directly")));
}

#[test]
fn cards_and_connections_carry_marks_that_say_what_is_odd() {
    let mut session = odd_session();
    let mut project = (**session.project()).clone();
    groundplan::geometry::layout::place_missing(&mut project);
    session = Session::new(Arc::clone(session.engine()), project, None);
    let mut window = window(session, CanvasState::default(), [1200.0, 800.0], canvas_ui);
    window.run();
    window.state_mut().state.request(CanvasRequest::FitAll);
    window.run();
    for mark in
        ["Warning on API: API: \"Forms\"", "Warning on x: App reaches Database", "Hint on Bare: Bare has no traits"]
    {
        assert!(window.query_by_label_contains(mark).is_some(), "{mark}");
    }
    let key = window.state().session.assessment().findings[2].key.clone();
    let aside = groundplan::project::Edit::Suppress(key, Some("Later".to_owned()));
    window.state_mut().session.apply(groundplan::session::Action::edit("Suppress", vec![aside]));
    window.run();
    assert!(window.query_by_label_contains("Hint on Bare").is_none(), "what is set aside leaves the sheet");
}
