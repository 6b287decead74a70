//! Loads on the cards of the canvas: what is said, when it is worked out, and that it costs nothing where nobody states one.

#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use std::sync::{Arc, Mutex};

use egui_kittest::kittest::{NodeT as _, Queryable as _};
use groundplan::{
    explain::load_mark,
    project::{Component, ComponentKind, Edit, Project, TraitValue},
    session::{Action, Background, Handed, Session},
};
use kurbo::Point;

use crate::common::{builtin, canvas as sheet};
use sheet::{App, open_alone};

fn session(project: Project) -> Session {
    Session::new(Arc::new(builtin::engine()), project, None)
}

fn set(project: &mut Project, id: &str, known: &str, value: f64) {
    project.apply(&Edit::SetTrait(id.into(), known.into(), Some(TraitValue::Number(value))));
}

/// So many services beside each other, the first with a load.
fn many(count: usize) -> Project {
    let mut project = Project::new("Many");
    for at in 0..count {
        let place = Point::new((at % 100) as f64 * 240.0, (at / 100) as f64 * 120.0);
        let component = Component::new(&format!("S{at}"), ComponentKind::RestApi, Some(place));
        project.apply(&Edit::PutComponent(format!("s{at}").as_str().into(), component));
    }
    set(&mut project, "s0", "requests-peak", 50.0);
    project
}

fn said(project: Project, zoom: f64) -> Vec<String> {
    let mut app = App::new(Project::new("Empty"));
    app.session = session(project);
    let mut harness = open_alone(app, [1280.0, 720.0]);
    harness.state_mut().canvas.camera.zoom = zoom;
    harness.run();
    harness.query_all_by(|_| true).filter_map(|node| node.accesskit_node().label()).collect()
}

#[test]
fn a_card_says_how_busy_it_is_and_what_is_wrong() {
    let telemetry = builtin::preset("factory-telemetry");
    assert!(
        said(telemetry.clone(), 1.0)
            .iter()
            .any(|words| words.contains("Telemetry ingestion") && words.contains("% busy"))
    );
    let mut late = builtin::preset("delivery-prediction");
    set(&mut late, "prediction-api", "latency-target", 100.0);
    for zoom in [1.0, 0.4] {
        let words = said(late.clone(), zoom);
        assert!(words.iter().any(|words| words.contains("misses 100 ms")), "{zoom}: {words:?}");
    }
    // Whoever states no load hears nothing of it.
    let construction = said(builtin::preset("construction-saas"), 1.0);
    assert!(!construction.iter().any(|words| words.contains("busy")), "{construction:?}");
}

#[test]
fn the_first_to_break_is_marked_where_there_are_several() {
    let mut project = many(2);
    set(&mut project, "s1", "requests-peak", 5.0);
    set(&mut project, "s1", "cpu-per-request", 120.0);
    let session = session(project);
    let capacity = session.capacity_in_sight().unwrap();
    let first = capacity.bottleneck.clone().unwrap().component;
    for id in ["s0", "s1"] {
        let mark = load_mark(&capacity, &id.into()).unwrap();
        assert_eq!(mark.first, first.as_str() == id);
        assert_eq!(mark.short.contains("breaks first"), mark.first, "{}", mark.short);
        assert!(mark.busy.unwrap() > 0.0 && !mark.fails && mark.words.contains("% busy"));
    }
    let alone = load_mark(&session_of_one().capacity_in_sight().unwrap(), &"s0".into()).unwrap();
    assert!(!alone.first, "of one alone it goes without saying");
}

fn session_of_one() -> Session {
    session(many(1))
}

#[test]
fn nothing_is_worked_out_where_nobody_states_a_load() {
    let mut session = session(builtin::preset("construction-saas"));
    assert_eq!(session.capacity_in_sight(), None);
    let peak = Edit::SetTrait("web-application".into(), "requests-peak".into(), Some(TraitValue::Number(30.0)));
    session.apply(Action::edit("Set the peak", vec![peak]));
    let known = session.capacity_in_sight().unwrap();
    assert!(Arc::ptr_eq(&known, &session.capacity_in_sight().unwrap()), "once for the plan as it stands");
    session.undo();
    assert_eq!(session.capacity_in_sight(), None);
}

#[test]
fn while_something_is_dragged_it_is_what_it_was() {
    let mut session = session(builtin::preset("factory-telemetry"));
    let before = session.capacity_in_sight().unwrap();
    let drag = |rate: f64| Action::Gesture {
        name: "Set the peak".to_owned(),
        edits: vec![Edit::SetTrait(
            "telemetry-ingestion".into(),
            "requests-peak".into(),
            Some(TraitValue::Number(rate)),
        )],
    };
    for rate in [200.0, 300.0, 400.0] {
        session.apply(drag(rate));
        assert!(Arc::ptr_eq(&session.capacity_in_sight().unwrap(), &before));
        assert_eq!(session.capacity(), &*before, "the tab does not jump either");
    }
    session.apply(Action::CommitGesture);
    let after = session.capacity_in_sight().unwrap();
    assert_eq!(after.services["telemetry-ingestion"].load.rate_per_s, Some(400.0));
    assert_eq!(session.capacity(), &*after);
}

#[test]
fn of_a_large_plan_it_comes_from_beside_the_window() {
    let handed: Arc<Mutex<Vec<Handed>>> = Arc::default();
    let taken = Arc::clone(&handed);
    let mut session = session(many(600));
    session.set_background(Background::Handed(Arc::new(move |work| taken.lock().unwrap().push(work))));
    assert_eq!(session.capacity_in_sight(), None, "it is on its way");
    assert_eq!(session.capacity_in_sight(), None);
    let work = handed.lock().unwrap().pop().unwrap();
    assert!(handed.lock().unwrap().is_empty(), "asked for once");
    work();
    let known = session.capacity_in_sight().unwrap();
    assert_eq!(known.services.len(), 600);
    // The next one is on its way, and what was known is shown until it is there.
    let peak = Edit::SetTrait("s0".into(), "requests-peak".into(), Some(TraitValue::Number(70.0)));
    session.apply(Action::edit("Set the peak", vec![peak]));
    assert!(Arc::ptr_eq(&session.capacity_in_sight().unwrap(), &known));
    let work = handed.lock().unwrap().pop().unwrap();
    work();
    assert_eq!(session.capacity_in_sight().unwrap().services["s0"].load.rate_per_s, Some(70.0));
}
