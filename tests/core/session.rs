//! An editing session: one door for changes, one step a gesture, and every way back.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "helpers of a test")]

use std::sync::{Arc, Mutex};

use groundplan::{
    assess::Engine,
    project::{
        Boundary, Component, ComponentId, ComponentKind, Connection, Edit, ElementId, Project, Protocol, TraitId,
        TraitValue,
    },
    session::{
        Action, Background, Deep, Handed, Request, Select, Session,
        commands::{self, TABLE},
    },
    storage::{self, to_text},
};

fn engine() -> Arc<Engine> {
    Arc::new(storage::load_engine(None).unwrap())
}

fn preset(id: &str) -> Project {
    storage::presets().iter().find(|preset| preset.id == id).unwrap().project().unwrap()
}

fn component(id: &str) -> ElementId {
    ElementId::Component(ComponentId::new(id))
}

/// The session's clipboard: what the copy command asked the screen to keep.
fn copied(session: &mut Session) -> String {
    session.apply(Action::Run("edit.copy"));
    let requests = session.take_requests();
    requests
        .into_iter()
        .find_map(|request| match request {
            Request::CopyText(text) => Some(text),
            _ => None,
        })
        .expect("nothing was copied")
}

#[test]
fn what_only_moves_keeps_its_assessment() {
    let mut session = Session::new(engine(), preset("construction-saas"), None);
    let before = Arc::clone(session.assessment());
    let moved = Edit::Move([component("web-application")].into(), kurbo::Vec2::new(48.0, 0.0));
    session.apply(Action::edit("Move", vec![moved]));
    assert!(Arc::ptr_eq(&before, session.assessment()));
    assert_eq!(*before, session.engine().assess(session.project()));
    // A name is part of what is said, so it is read again.
    session.apply(Action::edit("Rename", vec![Edit::Rename("web-application".into(), "Shop".into())]));
    assert!(!Arc::ptr_eq(&before, session.assessment()));
}

#[test]
fn each_further_connection_between_two_says_something_else_until_all_is_said() {
    let mut project = Project::new("Plan");
    for (id, kind) in [("api", ComponentKind::RestApi), ("db", ComponentKind::RelationalDatabase)] {
        project.apply(&Edit::PutComponent(id.into(), Component::new(id, kind, None)));
    }
    let mut session = Session::new(engine(), project, None);
    session.apply(Action::Select(Select::Only(vec![component("api")])));
    let all = Protocol::ALL.len();
    for _ in 0..all {
        session.connect(&"db".into(), false);
    }
    let said: Vec<Protocol> = session.project().connections.values().map(|link| link.protocol).collect();
    assert_eq!(said[0], Protocol::Database, "the likely one first");
    assert!(Protocol::ALL.iter().all(|protocol| said.contains(protocol)) && said.len() == all, "{said:?}");
    let depth = session.history().depth();
    session.take_requests();
    session.connect(&"db".into(), false);
    assert_eq!((session.history().depth(), session.project().connections.len()), (depth, all));
    assert!(
        matches!(session.take_requests().as_slice(), [Request::Say(why)] if why.starts_with("All that can be said"))
    );
}

/// A frame around two that call each other, and one beside it.
fn framed() -> Session {
    let mut project = Project::new("Plan");
    for (id, x) in [("a", 40.0), ("b", 340.0), ("c", 1_200.0)] {
        project
            .apply(&Edit::PutComponent(id.into(), Component::new(id, ComponentKind::Worker, Some((x, 40.0).into()))));
    }
    let frame = Boundary::new("Team", kurbo::Rect::new(0.0, 0.0, 700.0, 300.0));
    project.apply(&Edit::PutBoundary("team".into(), frame));
    project.apply(&Edit::PutConnection("a-to-b".into(), Connection::new("a".into(), "b".into(), Protocol::Http)));
    Session::new(engine(), project, None)
}

#[test]
fn undo_leaves_what_was_at_hand_and_never_selects_what_only_moved_along() {
    let team = ElementId::Boundary("team".into());
    let mut session = framed();
    session.apply(Action::Select(Select::Only(vec![team.clone()])));
    let moved = session.project().moving_with(session.selection());
    assert!(moved.len() > 2, "what is in it goes with it: {moved:?}");
    let step = Action::edit("Move", vec![Edit::Move(moved, kurbo::Vec2::new(80.0, 50.0))]);
    session.apply(step.clone());
    session.apply(Action::Run("edit.undo"));
    assert_eq!(*session.selection(), [team.clone()].into());
    // With something else selected it leads to what was moved by hand.
    session.apply(Action::Run("edit.redo"));
    session.apply(Action::Select(Select::Only(vec![component("c")])));
    session.apply(Action::Run("edit.undo"));
    assert_eq!(*session.selection(), [team].into());
    // What was deleted is selected when it is there again.
    session.apply(Action::Select(Select::Only(vec![component("c")])));
    session.apply(Action::Run("edit.delete"));
    session.apply(Action::Run("edit.undo"));
    assert_eq!(*session.selection(), [component("c")].into());
}

#[test]
fn tidying_says_so_where_there_is_nothing_to_tidy_and_its_undo_selects_nothing() {
    let said = |session: &mut Session| {
        let requests = session.take_requests();
        requests.into_iter().find_map(|request| if let Request::Say(words) = request { Some(words) } else { None })
    };
    let mut session = framed();
    session.apply(Action::Run("edit.tidy"));
    assert_eq!(said(&mut session), None);
    let depth = session.history().depth();
    assert_eq!(depth, 1);
    session.apply(Action::Run("edit.tidy"));
    let requests = session.take_requests();
    assert!(matches!(requests.as_slice(), [Request::Say(words)] if words.starts_with("Everything stands in order")));
    // What calls nothing of each other has no order.
    session.apply(Action::Select(Select::Only(vec![component("a"), component("c")])));
    session.apply(Action::Run("edit.tidy"));
    assert!(said(&mut session).is_some_and(|words| words.contains("not connected")));
    assert_eq!(session.history().depth(), depth);
    session.apply(Action::Select(Select::Nothing));
    session.apply(Action::Run("edit.undo"));
    assert!(session.selection().is_empty(), "{:?}", session.selection());
}

#[test]
fn a_trait_moves_the_figures_and_undo_brings_back_the_same_bytes() {
    let mut session = Session::new(engine(), preset("construction-saas"), None);
    let before = to_text(session.project()).unwrap();
    let weeks_before = session.assessment().estimate.weeks.median;
    let id = ComponentId::new("web-application");
    let edit = Edit::SetTrait(id, TraitId::new("tables"), Some(TraitValue::Number(80.0)));
    session.apply(Action::edit("Set tables", vec![edit]));
    assert!(session.assessment().estimate.weeks.median > weeks_before);
    assert!(session.change().weeks > 0.0 && session.change().budget_usd > 0.0);
    assert!(session.is_dirty());
    session.apply(Action::Run("edit.undo"));
    assert_eq!(to_text(session.project()).unwrap(), before);
    assert_eq!(session.assessment().estimate.weeks.median, weeks_before);
    assert!(!session.is_dirty());
}

#[test]
fn what_is_copied_pastes_into_another_project_under_fresh_ids() {
    let engine = engine();
    let mut from = Session::new(Arc::clone(&engine), preset("factory-telemetry"), None);
    from.apply(Action::Run("edit.select-all"));
    let text = copied(&mut from);
    let mut to = Session::new(engine, preset("factory-telemetry"), None);
    let (components, links) = (to.project().components.len(), to.project().connections.len());
    to.paste(&text).unwrap();
    assert_eq!(to.project().components.len(), 2 * components);
    assert_eq!(to.project().connections.len(), 2 * links);
    assert!(to.project().validate().is_empty());
    assert_eq!(to.history().depth(), 1, "one paste is one step");
    assert!(to.paste("(format: 1, components: {\"a\": (name:").is_err(), "elements that are damaged are no text");
    assert!(to.paste(" \n").is_err());
    assert_eq!(to.history().depth(), 1);
}

#[test]
fn a_duplicate_takes_the_connections_inside_the_selection_along_and_no_others() {
    let mut project = Project::new("Plan");
    for id in ["a", "b", "c"] {
        let new = Component::new(id, ComponentKind::DomainService, Some((0.0, 0.0).into()));
        project.apply(&Edit::PutComponent(ComponentId::new(id), new));
    }
    for (from, to) in [("a", "b"), ("b", "c")] {
        let link = Connection::new(from.into(), to.into(), Protocol::Http);
        let id = project.new_connection_id(&from.into(), &to.into());
        project.apply(&Edit::PutConnection(id, link));
    }
    let mut session = Session::new(engine(), project, None);
    session.apply(Action::Select(Select::Only(vec![component("a"), component("b")])));
    session.apply(Action::Run("edit.duplicate"));
    assert_eq!(session.project().components.len(), 5);
    assert_eq!(session.project().connections.len(), 3);
    assert!(session.selection().contains(&component("a-2")), "{:?}", session.selection());
}

#[test]
fn deleting_a_component_takes_its_connections_along_and_nothing_else() {
    let mut session = Session::new(engine(), preset("delivery-prediction"), None);
    session.apply(Action::Select(Select::Only(vec![component("weather-api")])));
    session.apply(Action::Run("edit.delete"));
    assert!(session.selection().is_empty());
    assert_eq!(session.project().components.len(), 4);
    assert_eq!(session.project().connections.len(), 3);
    assert_eq!(session.history().undo_name(), Some("Delete Weather API"));
}

#[test]
fn every_command_runs_on_an_empty_and_on_a_full_sheet_and_can_be_taken_back() {
    let engine = engine();
    for project in [Project::new("Empty"), preset("monolith-decomposition")] {
        for command in TABLE.iter() {
            let mut session = Session::new(Arc::clone(&engine), project.clone(), None);
            let bytes = to_text(session.project()).unwrap();
            session.apply(Action::Run("edit.select-all"));
            session.apply(Action::Run(command.id));
            assert!(session.project().validate().is_empty(), "{}", command.id);
            assert!(session.history().depth() <= 1, "{} took more than one step", command.id);
            session.apply(Action::Run("edit.undo"));
            assert_eq!(to_text(session.project()).unwrap(), bytes, "{}", command.id);
        }
    }
}

#[test]
fn a_command_that_is_not_enabled_says_why_and_does_nothing() {
    let mut session = Session::new(engine(), Project::new("Empty"), None);
    let delete = commands::find("edit.delete").unwrap();
    assert_eq!((delete.enabled)(&session), Err("Select something first"));
    session.apply(Action::Run("edit.delete"));
    assert_eq!(session.history().depth(), 0);
}

/// A small generator with a fixed seed, so that a failure is the same on every machine.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }
}

fn random_action(dice: &mut Dice, session: &Session) -> Action {
    let project = session.project();
    let ids: Vec<ComponentId> = project.components.keys().cloned().collect();
    let any = |dice: &mut Dice| ids[dice.roll(ids.len())].clone();
    if ids.is_empty() || dice.roll(6) == 0 {
        let kind = ComponentKind::ALL[dice.roll(ComponentKind::ALL.len())];
        let pos = (dice.roll(900) as f64, dice.roll(600) as f64);
        let id = project.new_component_id(kind.label());
        let new = Component::new(kind.label(), kind, Some(pos.into()));
        return Action::edit("Add", vec![Edit::PutComponent(id, new)]);
    }
    match dice.roll(9) {
        0 => Action::Select(Select::Toggle(ElementId::Component(any(dice)))),
        1 => {
            let delta = (dice.roll(90) as f64 - 45.0, dice.roll(90) as f64 - 45.0);
            Action::Gesture {
                name: "Move".to_owned(),
                edits: vec![Edit::Move([ElementId::Component(any(dice))].into(), delta.into())],
            }
        }
        2 => Action::CommitGesture,
        3 => Action::CancelGesture,
        4 => {
            let (from, to) = (any(dice), any(dice));
            let id = project.new_connection_id(&from, &to);
            Action::edit("Connect", vec![Edit::PutConnection(id, Connection::new(from, to, Protocol::Queue))])
        }
        5 => {
            let value = TraitValue::Number(dice.roll(60) as f64);
            Action::edit("Tag", vec![Edit::SetTrait(any(dice), TraitId::new("tables"), Some(value))])
        }
        _ => {
            let commands = [
                "edit.undo",
                "edit.redo",
                "edit.delete",
                "edit.duplicate",
                "edit.nudge-left",
                "insert.boundary",
                "edit.fold",
                "edit.select-all",
            ];
            Action::Run(commands[dice.roll(commands.len())])
        }
    }
}

#[test]
fn chaos_breaks_no_invariant_and_all_of_it_can_be_taken_back_and_done_again() {
    let mut dice = Dice(20_260_101);
    let mut session = Session::new(engine(), Project::new("Chaos"), None);
    let first = to_text(session.project()).unwrap();
    for step in 0..3_000 {
        // Beyond 500 steps the oldest are forgotten, and there would be no way back to the first bytes.
        if session.history().depth() >= 450 {
            break;
        }
        let action = random_action(&mut dice, &session);
        session.apply(action);
        assert!(session.project().validate().is_empty(), "step {step}");
        if session.project().components.len() > 60 {
            session.apply(Action::Run("edit.select-all"));
            session.apply(Action::Run("edit.delete"));
        }
    }
    session.apply(Action::CommitGesture);
    let last = to_text(session.project()).unwrap();
    let depth = session.history().depth();
    assert!(depth >= 450, "only {depth} steps: the test does nothing");
    while session.history().undo_name().is_some() {
        session.apply(Action::Run("edit.undo"));
    }
    assert_eq!(to_text(session.project()).unwrap(), first);
    while session.history().redo_name().is_some() {
        session.apply(Action::Run("edit.redo"));
    }
    assert_eq!(to_text(session.project()).unwrap(), last);
    let fresh = session.engine().assess(session.project());
    assert_eq!(*session.assessment().as_ref(), fresh, "the cached assessment is not the one of the project");
}

#[test]
fn what_was_worked_out_is_kept_while_things_only_move() {
    let mut session = Session::new(engine(), preset("construction-saas"), None);
    let id: ComponentId = "web-application".into();
    let turning = session.turning(&id);
    let moved = Edit::Move([component("web-application")].into(), kurbo::Vec2::new(24.0, 0.0));
    session.apply(Action::edit("Move", vec![moved]));
    assert!(Arc::ptr_eq(&turning, &session.turning(&id)));
    let tables = Edit::SetTrait(id.clone(), "tables".into(), Some(TraitValue::Number(3.0)));
    session.apply(Action::edit("Fewer tables", vec![tables]));
    assert!(!Arc::ptr_eq(&turning, &session.turning(&id)));
    assert_eq!(*session.turning(&id), session.engine().turning(session.project(), &id));
    assert_eq!(session.questions(), session.engine().questions(session.project()));
}

#[test]
fn what_takes_long_in_a_large_plan_is_worked_out_beside_the_window_and_comes_to_the_same() {
    let mut project = preset("construction-saas");
    for _ in 0..500 {
        let id = project.new_component_id("Cache");
        project.apply(&Edit::PutComponent(id, Component::new("Cache", ComponentKind::Redis, None)));
    }
    let inline = Session::new(engine(), project.clone(), None);
    let mut session = Session::new(engine(), project, None);
    let waiting: Arc<Mutex<Vec<Handed>>> = Arc::default();
    let queue = Arc::clone(&waiting);
    session.set_background(Background::Handed(Arc::new(move |work| queue.lock().unwrap().push(work))));
    let worked = || {
        let works: Vec<Handed> = waiting.lock().unwrap().drain(..).collect();
        let count = works.len();
        for work in works {
            work();
        }
        count
    };
    for deep in [Deep::Flips, Deep::Questions, Deep::Robustness] {
        assert!(inline.is_ready(deep), "worked out by whoever asks");
        assert!(!session.is_ready(deep) && !session.is_ready(deep), "{deep:?} is asked for in every frame");
        assert_eq!(worked(), 1, "{deep:?} is worked on once");
        assert!(session.is_ready(deep), "{deep:?}");
    }
    assert_eq!(session.system_flips(), inline.system_flips());
    assert_eq!(session.questions(), inline.questions());
    assert_eq!(session.robustness(), inline.robustness());
    assert!(!session.questions().is_empty() && session.robustness().trials > 0);
    assert_eq!(worked(), 0, "nothing is left to do");

    // What was asked about the plan as it was is no answer about the plan as it is.
    let change = |tables| {
        let edit = Edit::SetTrait("web-application".into(), "tables".into(), Some(TraitValue::Number(tables)));
        Action::edit("Tables", vec![edit])
    };
    session.apply(change(3.0));
    assert!(!session.is_ready(Deep::Questions));
    session.apply(change(300.0));
    assert!(!session.is_ready(Deep::Questions));
    assert_eq!(worked(), 2);
    assert!(session.is_ready(Deep::Questions));
    assert_eq!(session.questions(), session.engine().questions(session.project()));
}

#[test]
fn many_are_connected_with_one_in_a_step_and_none_twice() {
    let mut project = Project::new("Plan");
    for name in ["Hub", "Shop", "Desk", "Mail"] {
        let id = project.new_component_id(name);
        project.apply(&Edit::PutComponent(id, Component::new(name, ComponentKind::RestApi, None)));
    }
    let link = Connection::new("shop".into(), "hub".into(), Protocol::Http);
    project.apply(&Edit::PutConnection("shop-to-hub".into(), link));
    let mut session = Session::new(engine(), project, None);
    session.apply(Action::Run("edit.select-all"));
    session.connect(&"hub".into(), false);
    let links: Vec<&str> =
        session.project().connections.keys().map(groundplan::project::ConnectionId::as_str).collect();
    assert_eq!(links, ["shop-to-hub", "desk-to-hub", "mail-to-hub"]);
    assert_eq!(session.history().undo_name(), Some("Connect 2 components to Hub"));
}

#[test]
fn tidying_counts_what_it_moves_as_nudging_does() {
    let mut session = Session::new(engine(), preset("construction-saas"), None);
    session.apply(Action::Run("edit.select-all"));
    session.apply(Action::Run("edit.nudge-left"));
    let nudged = session.history().undo_name().map(|name| name.replace("Nudge", "Tidy"));
    session.apply(Action::Run("edit.tidy"));
    assert_eq!(session.history().undo_name().map(str::to_owned), nudged);
}
