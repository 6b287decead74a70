//! Several elements in the inspector: what they have in common is shown and set on all of them in one step.

use egui_kittest::kittest::{NodeT as _, Queryable as _};
use groundplan::{
    project::{ComponentKind, Edit, ElementId, Project, Protocol, StickyNote, TraitId, TraitValue},
    session::Action,
    storage::to_text,
    ui::panels::inspector::{InspectorState, inspector_ui},
};

use crate::common::{bench, payments, session};
use bench::{Window, window};
use payments::payments;
use session::{boundary, component, connection, select, session_of};

/// Ledger has 12 tables and an admin, Payout 30 tables, Shop neither.
fn tagged() -> Project {
    let mut project = payments();
    let tag = |id: &str, key: &str, value| Edit::SetTrait(id.into(), TraitId::new(key), Some(value));
    project.apply(&tag("ledger", "tables", TraitValue::Number(12.0)));
    project.apply(&tag("payout", "tables", TraitValue::Number(30.0)));
    project.apply(&tag("ledger", "admin-interface", TraitValue::Flag(true)));
    project
}

fn inspecting(project: Project, elements: &[ElementId]) -> Window<InspectorState> {
    let mut session = session_of(project);
    select(&mut session, elements);
    let mut window = window(session, InspectorState::default(), [340.0, 1600.0], inspector_ui);
    window.run();
    window
}

fn value(window: &Window<InspectorState>, id: &str, key: &str) -> Option<TraitValue> {
    window.state().session.project().components[id].traits.get(key).cloned()
}

fn step(window: &Window<InspectorState>) -> (usize, String) {
    let history = window.state().session.history();
    (history.depth(), history.undo_name().unwrap_or_default().to_owned())
}

fn label_of(window: &Window<InspectorState>, id: &str) -> String {
    window.state().session.engine().playbook.traits[id].label.clone()
}

#[test]
fn one_service_is_told_as_one() {
    let window = inspecting(tagged(), &["ledger", "books"].map(component));
    let painted = |words: &str| {
        let mut shapes = window.output().shapes.iter();
        shapes.any(|clipped| matches!(&clipped.shape, egui::Shape::Text(text) if text.galley.text() == words))
    };
    assert!(painted("1 service") && !painted("1 services"));
}

#[test]
fn a_number_that_differs_shows_mixed_and_is_set_on_all_in_one_step() {
    let mut window = inspecting(tagged(), &["ledger", "payout", "shop", "books"].map(component));
    let label = label_of(&window, "tables");
    let shown = window.get_by_label(&label).accesskit_node().value().unwrap_or_default();
    assert!(shown.contains("Mixed"), "{shown}");
    window.get_by_label(&label).click();
    window.run();
    window.get_by_label(&label).type_text("20");
    window.key_press(egui::Key::Enter);
    window.run();
    for id in ["ledger", "payout", "shop"] {
        assert_eq!(value(&window, id, "tables"), Some(TraitValue::Number(20.0)), "{id}");
    }
    assert_eq!(value(&window, "books", "tables"), None, "a database has no traits to set");
    assert_eq!(step(&window), (1, format!("Set {} on 3 components", label.to_lowercase())));
}

#[test]
fn a_switch_that_differs_says_so_in_words_and_can_be_set_and_cleared_on_all() {
    let before = to_text(&tagged()).unwrap();
    let mut window = inspecting(tagged(), &["ledger", "payout"].map(component));
    let label = label_of(&window, "admin-interface");
    window.get_by_label(&format!("{label}, mixed")).click();
    window.run();
    assert_eq!(value(&window, "ledger", "admin-interface"), Some(TraitValue::Flag(true)));
    assert_eq!(value(&window, "payout", "admin-interface"), Some(TraitValue::Flag(true)));
    assert!(window.query_by_label(&format!("{label}, mixed")).is_none());
    window.get_by_label(&format!("Clear {}", label.to_lowercase())).click();
    window.run();
    assert_eq!(
        (value(&window, "ledger", "admin-interface"), value(&window, "payout", "admin-interface")),
        (None, None)
    );
    assert_eq!(step(&window), (2, format!("Clear {} on 2 components", label.to_lowercase())));
    window.state_mut().session.undo();
    window.state_mut().session.undo();
    assert_eq!(to_text(window.state().session.project()).unwrap(), before);
}

#[test]
fn a_trait_that_none_of_them_has_is_found_and_given_to_all() {
    let mut window = inspecting(tagged(), &["ledger", "payout"].map(component));
    let known = window.state().session.engine().playbook.traits.values();
    let flag = |known: &&groundplan::playbook::Trait| {
        known.value == groundplan::playbook::TraitKind::Flag && known.id.as_str() != "admin-interface"
    };
    let (id, label) = known.filter(flag).map(|known| (known.id.clone(), known.label.clone())).next().unwrap();
    assert!(window.query_by_label(&label).is_none(), "only what some of them have is listed at first");
    window.get_by_label("Find a trait").click();
    window.run();
    window.get_by_label("Find a trait").type_text(&label);
    window.run();
    window.get_by_label(&label).click();
    window.run();
    for component in ["ledger", "payout"] {
        assert_eq!(value(&window, component, id.as_str()), Some(TraitValue::Flag(true)));
    }
    assert_eq!(step(&window).0, 1);
}

#[test]
fn several_become_one_kind_and_are_locked_together() {
    let mut window = inspecting(tagged(), &["ledger", "payout"].map(component));
    window.get_by_label("Kind").click();
    window.run();
    window.get_by_label("Reporting service").click();
    window.run();
    let kinds: Vec<ComponentKind> =
        ["ledger", "payout"].map(|id| window.state().session.project().components[id].kind).into();
    assert_eq!(kinds, [ComponentKind::Reporting; 2]);
    assert_eq!(step(&window), (1, "Set kind on 2 components".to_owned()));
    window.get_by_label("Locked").click();
    window.run();
    assert_eq!(["ledger", "payout"].map(|id| window.state().session.project().components[id].locked), [true; 2]);
    assert_eq!(step(&window), (2, "Lock 2 elements".to_owned()));
}

#[test]
fn several_are_arranged_from_the_inspector() {
    let mut project = tagged();
    let note = StickyNote::new("Wide", kurbo::Rect::new(0.0, 400.0, 400.0, 440.0));
    project.apply(&Edit::PutNote("wide".into(), note));
    let notes = ["note", "wide"].map(|id| ElementId::Note(id.into()));
    let mut window = inspecting(project, &notes);
    window.get_by_label("Arrange").click();
    window.run();
    window.get_by_label_contains("Same size").click();
    window.run();
    let sizes = window.state().session.project().sticky_notes.values().map(|note| note.size_world);
    assert_eq!(sizes.collect::<Vec<_>>(), [kurbo::Size::new(400.0, 70.0); 2]);
    // Lines have no place to arrange.
    let links = ["ledger-to-books", "ledger-to-payout"].map(|id| ElementId::Connection(id.into()));
    assert!(inspecting(tagged(), &links).query_by_label("Arrange").is_none());
}

#[test]
fn connections_are_set_together() {
    let links = ["ledger-to-books", "ledger-to-payout"].map(connection);
    let mut project = tagged();
    let mut other = (*project.connections["ledger-to-books"]).clone();
    (other.protocol, other.latency_ms) = (Protocol::Database, Some(4.0));
    project.apply(&Edit::PutConnection("ledger-to-books".into(), other));
    let mut window = inspecting(project, &links);
    assert_eq!(window.get_by_label("Protocol").accesskit_node().value().as_deref(), Some("Mixed"));
    window.get_by_label("Protocol").click();
    window.run();
    window.get_by_label("Queue").click();
    window.run();
    let latency = window.get_by_label("Latency per call").accesskit_node().value().unwrap_or_default();
    assert!(latency.contains("Mixed"), "{latency}");
    window.get_by_label("Clear latency per call").click();
    window.run();
    let links = &window.state().session.project().connections;
    for id in ["ledger-to-books", "ledger-to-payout"] {
        assert_eq!((links[id].protocol, links[id].latency_ms), (Protocol::Queue, None), "{id}");
    }
    assert_eq!(step(&window), (2, "Clear latency per call of 2 connections".to_owned()));
}

#[test]
fn a_boundary_tells_what_is_in_it_and_folds() {
    let mut window = inspecting(tagged(), &[boundary("payments")]);
    let session = &window.state().session;
    let lines = session.assessment().estimate.breakdown.iter();
    let within = |id: &str| ["ledger", "payout", "books"].contains(&id);
    let sum: f64 =
        lines.filter(|l| l.component.as_ref().is_some_and(|id| within(id.as_str()))).map(|l| l.person_weeks).sum();
    let effort = format!("Effort: {}", groundplan::figures::person_weeks(sum));
    assert!(sum > 0.0 && window.query_by_label(&effort).is_some(), "{effort}");
    window.get_by_label("Fold").click();
    window.run();
    assert!(window.state().session.project().boundaries["payments"].folded.is_some());
    assert!(window.query_by_label(&effort).is_some(), "it says the same folded");
    window.get_by_label("In it: Ledger").click();
    window.run();
    // What is not drawn can still be looked at and edited, and says where it is.
    assert!(window.state().session.selection().contains(&component("ledger")));
    window.get_by_label("Unfold Payments and go there").click();
    window.run();
    window.run();
    assert!(window.state().session.project().boundaries["payments"].folded.is_none());
    assert!(window.state().session.selection().contains(&component("ledger")));
    window.state_mut().session.apply(Action::Run("edit.undo"));
    window.run();
    assert!(window.state().session.project().boundaries["payments"].folded.is_some());
    assert!(window.state().session.selection().contains(&boundary("payments")), "what undo folded is what is selected");
}
