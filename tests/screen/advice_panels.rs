//! A sceptic at the window: why not another, what would turn it, what to ask next, what the seam costs, how robust it is.

use std::sync::{Arc, LazyLock};

use egui_kittest::{
    Node,
    kittest::{NodeT as _, Queryable as _},
};
use groundplan::{
    assess::{Engine, VerdictKind},
    explain,
    project::{Component, ComponentKind, Edit, ElementId, Project, TraitValue},
    session::{Action, DockTab, Request, Select, Session},
    ui::panels::{
        dock::{DockState, Topic, dock_ui},
        inspector::{InspectorState, inspector_ui},
    },
};

use crate::common::{bench, builtin};
use bench::{Window, window};

static ENGINE: LazyLock<Arc<Engine>> = LazyLock::new(|| Arc::new(builtin::engine()));

/// The dock on one question about a project.
fn asking(project: Project, topic: Topic) -> Window<DockState> {
    let session = Session::new(Arc::clone(&ENGINE), project, None);
    let state = DockState { tab: DockTab::Recommendation, topic, ..DockState::default() };
    let mut window = window(session, state, [1100.0, 420.0], dock_ui);
    window.run();
    window
}

/// One REST API with few traits: a call that can still go either way.
fn close_call() -> Project {
    let mut project = Project::new("Close call");
    let mut api = Component::new("API", ComponentKind::RestApi, None);
    api.traits.insert("tables".into(), TraitValue::Number(14.0));
    api.traits.insert("io-bound".into(), TraitValue::Flag(true));
    project.apply(&Edit::PutComponent("api".into(), api));
    project
}

fn labels<S>(window: &Window<S>, start: &str) -> Vec<String> {
    let mut found = Vec::new();
    for node in window.query_all_by_role(egui::accesskit::Role::Button) {
        found.extend(node.accesskit_node().label().filter(|label| label.starts_with(start)));
    }
    found
}

#[test]
fn the_topics_are_a_list_that_leads_through_the_questions() {
    let mut window = asking(builtin::preset("monolith-decomposition"), Topic::Verdict);
    for topic in Topic::ALL {
        window.get_by_label(topic.label()).click();
        window.run();
        assert_eq!(window.state().state.topic, topic);
    }
}

#[test]
fn the_smallest_change_is_tried_with_one_click_and_taken_back_with_one_step() {
    let mut window = asking(close_call(), Topic::Turning);
    let before = window.state().session.assessment().verdict.kind.clone();
    let flip = window.state().session.system_flips()[0].clone();
    assert_ne!(flip.verdict, before);
    let words = explain::changes(&ENGINE.playbook, &flip);
    window.get_by_label(&format!("Try: API: {words}")).click();
    window.run();
    assert_eq!(window.state().session.assessment().verdict.kind, flip.verdict);
    window.state_mut().session.undo();
    assert_eq!(window.state().session.assessment().verdict.kind, before);
    assert!(!window.state().session.is_dirty());
}

#[test]
fn a_question_leads_to_its_field() {
    let mut window = asking(close_call(), Topic::Asking);
    let question = window.state().session.questions()[0].clone();
    let label = explain::trait_label(&ENGINE.playbook, &question.trait_id);
    window.get_by_label(&format!("Answer: API: {label}")).click();
    window.run();
    let asked = Request::AnswerTrait(question.component, question.trait_id);
    assert!(window.state().requests.contains(&asked), "{:?}", window.state().requests);
}

#[test]
fn the_field_that_was_asked_for_has_the_cursor() {
    for (trait_id, label) in
        [("object-permissions", "Rights on single records"), ("endpoints", "Endpoints"), ("tables", "Tables")]
    {
        let mut session = Session::new(Arc::clone(&ENGINE), close_call(), None);
        session.select(Select::Only(vec![ElementId::Component("api".into())]));
        let mut state = InspectorState::default();
        state.focus_trait(trait_id.into());
        let mut window = window(session, state, [340.0, 700.0], inspector_ui);
        window.run();
        let focused = |node: &Node<'_>| node.accesskit_node().is_focused();
        assert!(window.query_all_by_label(label).any(|node| focused(&node)), "{trait_id}");
    }
}

#[test]
fn the_seam_lists_what_crosses_and_leads_there() {
    let mut window = asking(builtin::preset("monolith-decomposition"), Topic::Seam);
    let seam = window.state().session.assessment().verdict.seam.clone();
    assert_eq!(labels(&window, "Show ").len(), seam.len());
    // What a second framework weighs in itself has a row, so that the decibans sum.
    assert!(window.query_by_label("A second framework in itself").is_some());
    let name = window.state().session.project().name_of(&ElementId::Connection(seam[0].clone()));
    window.get_by_label(&format!("Show {name}")).click();
    window.run();
    assert!(window.state().session.selection().contains(&ElementId::Connection(seam[0].clone())));
    // A system on one framework says that there is none.
    let window = asking(builtin::preset("factory-telemetry"), Topic::Seam);
    assert!(window.query_by_label_contains("There is no seam").is_some());
}

#[test]
fn every_service_is_told_what_it_would_give_up_and_what_it_hangs_on() {
    let project = builtin::preset("monolith-decomposition");
    for topic in [Topic::Against, Topic::Robust] {
        let window = asking(project.clone(), topic);
        for (id, _) in project.services() {
            let name = format!("Show {}", project.component_name(id));
            assert!(window.query_all_by_label(&name).count() >= 1, "{topic:?}: {name}");
        }
    }
    let window = asking(project, Topic::Robust);
    assert!(window.query_by_label_contains("No weight decides alone").is_some());
}

#[test]
fn a_service_says_what_would_turn_it_and_follows_the_slider_in_one_step() {
    let mut session = Session::new(Arc::clone(&ENGINE), close_call(), None);
    session.select(Select::Only(vec![ElementId::Component("api".into())]));
    let mut window = window(session, InspectorState::default(), [340.0, 1600.0], inspector_ui);
    window.run();
    let turning = window.state().session.turning(&"api".into());
    assert!(!turning.single.is_empty());
    let before = window.state().session.assessment().components["api"].framework.clone();
    let words = explain::changes(&ENGINE.playbook, &turning.single[0]);
    window.get_by_label(&format!("Try: {words}")).click();
    window.run();
    assert_ne!(window.state().session.assessment().components["api"].framework, before);
    window.state_mut().session.undo();
    window.run();
    // The slider moves the number itself.
    let rail = window.get_by_label("Move tables").rect();
    let at = |share: f32| rail.left_center() + egui::vec2(rail.width() * share, 0.0);
    window.drag_at(at(0.1));
    window.run();
    for share in [0.2, 0.3, 0.6] {
        window.hover_at(at(share));
        window.run();
        // Whatever it turns on the way, the same number stays under the pointer.
        assert!(window.query_by_label("Move tables").is_some(), "{share}");
    }
    window.drop_at(at(0.6));
    window.run();
    let tables = window.state().session.project().components["api"].traits["tables"].clone();
    assert!(tables.as_number().is_some_and(|tables| tables > 30.0), "{tables}");
    assert_ne!(window.state().session.assessment().components["api"].framework, before);
    // However far it was dragged, it is one step.
    window.state_mut().session.undo();
    assert!(!window.state().session.is_dirty());
}

#[test]
fn a_pinned_service_has_nothing_to_turn() {
    let mut session = Session::new(Arc::clone(&ENGINE), close_call(), None);
    session.apply(Action::edit("Pin", vec![Edit::SetPin("api".into(), Some("django".into()))]));
    assert_eq!(session.assessment().verdict.kind, VerdictKind::Single("django".into()));
    session.select(Select::Only(vec![ElementId::Component("api".into())]));
    let mut window = window(session, InspectorState::default(), [340.0, 1600.0], inspector_ui);
    window.run();
    assert!(window.query_by_label("What would turn it").is_none());
}
