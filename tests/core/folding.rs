//! Boundaries and what lies in them, without a screen: folded to one box and opened again, moved, copied, removed, drawn in exports.

#![expect(clippy::unwrap_used, reason = "helpers of a test")]

use std::{collections::BTreeSet, sync::Arc};

use groundplan::{
    assess::{Engine, Gather, Perspective},
    export::{self, ExportInput, Look},
    project::{Boundary, Component, ComponentId, ComponentKind, ConnectionId, Edit, ElementId, Folded, Project},
    session::{Action, Select, Session},
    storage::{self, to_text},
};
use kurbo::{Point, Rect, Size, Vec2};

use crate::common::{chance, payments, session};
use chance::Chance;
use payments::payments;
use session::*;

#[test]
fn folding_is_one_step_and_unfolding_brings_back_the_same_bytes() {
    let mut session = session_of(payments());
    let before = bytes(&session);
    let assessment = Arc::clone(session.assessment());
    fold(&mut session, "payments");
    assert_eq!(last_step(&session), "Fold Payments");
    let hidden: BTreeSet<String> = session.project().hidden().into_keys().map(|e| e.as_str().to_owned()).collect();
    assert_eq!(hidden, ["books", "ledger", "note", "payout"].map(String::from).into());
    assert!(Arc::ptr_eq(session.assessment(), &assessment), "a fold changes no figure, so nothing is assessed");
    fold(&mut session, "payments");
    assert_eq!((last_step(&session).as_str(), bytes(&session)), ("Unfold Payments", before.clone()));
    session.undo();
    session.undo();
    assert_eq!(bytes(&session), before);
    assert_eq!(session.history().depth(), 0);
}

#[test]
fn a_folded_boundary_moves_what_it_stands_for_and_nothing_hidden_moves_by_itself() {
    let mut session = session_of(payments());
    fold(&mut session, "payments");
    run(&mut session, "edit.nudge-right");
    let step = session.project().boundaries["payments"].pos_world.x + 36.0;
    assert!(step > 0.0);
    assert_eq!(session.project().components["ledger"].pos_world, Some(Point::new(step, 0.0)));
    assert_eq!(session.project().sticky_notes["note"].pos_world, Point::new(240.0 + step, 120.0));
    let before = bytes(&session);
    select(&mut session, &[component("ledger")]);
    run(&mut session, "edit.nudge-right");
    assert_eq!(bytes(&session), before);
}

#[test]
fn an_open_boundary_goes_alone_and_a_folded_one_with_what_it_stands_for() {
    let mut session = session_of(payments());
    select(&mut session, &[boundary("payments")]);
    run(&mut session, "edit.delete");
    assert_eq!((last_step(&session).as_str(), session.project().components.len()), ("Delete Payments", 4));
    session.undo();
    fold(&mut session, "payments");
    run(&mut session, "edit.delete");
    assert_eq!(last_step(&session), "Delete Payments and 4 elements in it");
    let left: Vec<&str> = session.project().components.keys().map(ComponentId::as_str).collect();
    assert_eq!(left, ["shop"]);
    assert!(session.project().sticky_notes.is_empty() && session.project().connections.is_empty());
    assert!(session.project().validate().is_empty());
}

#[test]
fn a_folded_boundary_is_copied_whole_into_another_project() {
    let mut from = session_of(payments());
    fold(&mut from, "payments");
    let text = copied(&mut from, "edit.copy");
    // The other project has some of these ids already.
    let mut into = session_of(payments());
    into.paste(&text).unwrap();
    assert!(into.project().validate().is_empty(), "{:?}", into.project().validate());
    let copy = into.project().boundaries.iter().find(|(_, boundary)| boundary.folded.is_some()).unwrap().0.clone();
    assert_ne!(copy.as_str(), "payments");
    let selected: Vec<&ElementId> = into.selection().iter().collect();
    assert!(selected.contains(&&ElementId::Boundary(copy.clone())), "{selected:?}");
    assert!(selected.iter().all(|e| !matches!(e, ElementId::Component(_))), "what is not seen is not selected");
    let within = into.project().contents(&copy);
    assert_eq!(within.len(), 4);
    assert!(!within.contains(&component("ledger")), "the copy stands for copies");
    assert_eq!(into.project().components.len(), 7);
    // The connections inside came along.
    assert_eq!(into.project().connections.len(), 5);
    // What it looks like opened is what was copied, moved by one offset.
    let ledger =
        within.iter().filter_map(ElementId::component).find(|id| into.project().components[*id].name == "Ledger 2");
    let moved = into.project().boundaries[&copy].pos_world - Point::new(-36.0, -36.0);
    assert_eq!(into.project().components[ledger.unwrap()].pos_world, Some(Point::ZERO + moved));
}

#[test]
fn cutting_a_boundary_takes_what_lies_in_it_and_pasting_brings_it_back() {
    let mut session = session_of(payments());
    select(&mut session, &[boundary("payments")]);
    let text = copied(&mut session, "edit.cut");
    assert_eq!(session.project().components.len(), 1);
    session.paste(&text).unwrap();
    let project = session.project();
    assert_eq!((project.components.len(), project.boundaries.len(), project.sticky_notes.len()), (4, 1, 1));
    // The shop's link to the ledger led out of what was cut.
    let links: Vec<&str> = project.connections.keys().map(ConnectionId::as_str).collect();
    assert_eq!(links, ["ledger-to-books", "ledger-to-payout"]);
    assert_eq!(project.contents(&"payments".into()).len(), 4);
}

#[test]
fn nested_boundaries_fold_together_and_open_one_by_one() {
    let mut project = payments();
    let inner = Boundary::new("Core", Rect::new(-12.0, -12.0, 450.0, 100.0));
    project.apply(&Edit::PutBoundary("core".into(), inner));
    let mut session = session_of(project);
    select(&mut session, &[boundary("payments"), boundary("core")]);
    run(&mut session, "edit.fold");
    assert_eq!(last_step(&session), "Fold 2 boundaries");
    assert_eq!(session.project().hidden_in(&"ledger".into()), Some("payments".into()));
    assert_eq!(session.selection().iter().cloned().collect::<Vec<_>>(), [boundary("payments")]);
    run(&mut session, "edit.fold");
    assert_eq!(session.project().hidden_in(&"ledger".into()), Some("core".into()));
    assert_eq!(session.project().hidden_in(&"books".into()), None);
    assert!(session.project().validate().is_empty());
}

/// What a boundary says is the sum of what the cards in it say, to the last bit of it.
#[test]
fn the_figures_of_a_boundary_add_up_to_those_of_the_cards_in_it() {
    let engine = engine();
    for name in ["monolith-decomposition", "construction-saas", "factory-telemetry"] {
        let mut project = preset(name);
        let first = project.services().next().unwrap().0.clone();
        project.apply(&Edit::SetDeferred(first.clone(), true));
        let assessment = engine.assess(&project);
        let all: BTreeSet<ElementId> = project.components.keys().cloned().map(ElementId::Component).collect();
        let gather = Gather::new(&project, &assessment);
        let whole = gather.of(&all);
        let lines = assessment.estimate.breakdown.iter().filter(|line| line.component.is_some());
        let (weeks, usd) = lines.fold((0.0, 0.0), |(w, u), line| (w + line.person_weeks, u + line.usd));
        assert!((whole.sums.person_weeks - weeks).abs() < 1e-9 && (whole.sums.usd - usd).abs() < 1e-6, "{name}");
        let parts = all.iter().map(|element| gather.of(&[element.clone()].into()).sums.person_weeks).sum::<f64>();
        assert!((whole.sums.person_weeks - parts).abs() < 1e-9, "{name}");
        assert_eq!(gather.of(&[ElementId::Component(first)].into()).sums.person_weeks, 0.0, "put off, so in no sum");
        assert_eq!((whole.deferred, whole.components), (1, project.components.len()));
        let services: usize = whole.frameworks.iter().map(|(_, count)| count).sum();
        assert_eq!((services, whole.services), (project.services().count(), project.services().count()));
        assert_eq!(whole.findings, assessment.open_findings().filter(|f| !f.elements.is_empty()).count(), "{name}");
    }
}

fn random_edit(chance: &mut Chance, session: &Session) -> Action {
    let project = session.project();
    let elements: Vec<ElementId> = (project.components.keys().cloned().map(ElementId::Component))
        .chain(project.boundaries.keys().cloned().map(ElementId::Boundary))
        .chain(project.sticky_notes.keys().cloned().map(ElementId::Note))
        .collect();
    let any = |chance: &mut Chance| elements.get(chance.below(elements.len().max(1))).cloned();
    match chance.below(9) {
        0 => {
            let at = Point::new(chance.below(40) as f64 * 24.0, chance.below(40) as f64 * 24.0);
            let size = Size::new(100.0 + chance.below(30) as f64 * 24.0, 100.0 + chance.below(20) as f64 * 24.0);
            let frame = Boundary::new("Frame", Rect::from_origin_size(at, size));
            Action::edit("Frame", vec![Edit::PutBoundary(project.new_boundary_id("Frame"), frame)])
        }
        1 => {
            let at = Point::new(chance.below(40) as f64 * 24.0, chance.below(40) as f64 * 24.0);
            let component = Component::new("Api", ComponentKind::RestApi, Some(at));
            Action::edit("Add", vec![Edit::PutComponent(project.new_component_id("Api"), component)])
        }
        2 => Action::edit("Remove", vec![Edit::Remove(any(chance).into_iter().collect())]),
        3 | 4 => Action::Run("edit.fold"),
        5 => {
            let delta = Vec2::new(chance.below(9) as f64 * 24.0 - 96.0, chance.below(9) as f64 * 24.0 - 96.0);
            let moved = any(chance).into_iter().collect();
            Action::edit("Move", vec![Edit::Move(project.moving_with(&moved), delta)])
        }
        6 => Action::Run(["edit.duplicate", "edit.delete", "edit.undo", "edit.redo", "edit.cut"][chance.below(5)]),
        7 => Action::Select(Select::Only(any(chance).into_iter().chain(any(chance)).collect())),
        _ => {
            let first = project.boundaries.keys().nth(chance.below(project.boundaries.len().max(1)));
            Action::Select(Select::Only(first.cloned().map(ElementId::Boundary).into_iter().collect()))
        }
    }
}

#[test]
fn no_edit_leaves_a_boundary_folded_around_what_is_not_there() {
    let mut folds = 0;
    for seed in 0..6 {
        let mut chance = Chance::new(seed);
        let mut session = session_of(payments());
        let first = bytes(&session);
        for step in 0..250 {
            let action = random_edit(&mut chance, &session);
            session.apply(action.clone());
            let problems = session.project().validate();
            assert!(problems.is_empty(), "seed {seed}, step {step}, {action:?}: {problems:?}");
            folds += usize::from(session.project().boundaries.values().any(|b| b.folded.is_some()));
            if session.project().components.len() > 40 {
                run(&mut session, "edit.select-all");
                run(&mut session, "edit.delete");
            }
        }
        while session.history().undo_name().is_some() {
            session.undo();
        }
        assert_eq!(bytes(&session), first, "seed {seed}");
    }
    assert!(folds > 200, "hardly anything was folded: {folds}");
}

#[test]
fn a_file_that_names_a_fold_reads_back_as_it_was_written() {
    let mut session = session_of(payments());
    fold(&mut session, "payments");
    let text = bytes(&session);
    let read = storage::from_text(&text).unwrap();
    assert_eq!(to_text(&read).unwrap(), text);
    let folded: &Folded = read.boundaries["payments"].folded.as_ref().unwrap();
    assert_eq!(folded.elements().count(), 4);
}

fn svg(project: &Project, engine: &Engine) -> String {
    let assessment = engine.assess(project);
    let look = Look { perspective: &Perspective::Framework, dark: false, seam: true };
    let input = ExportInput { look, ..ExportInput::new(project, &assessment, &engine.playbook) };
    String::from_utf8((export::format("svg").unwrap().write)(&input).unwrap()).unwrap()
}

#[test]
fn a_drawing_shows_a_folded_boundary_as_its_box_and_hides_what_it_stands_for() {
    let mut session = session_of(payments());
    let open = svg(session.project(), session.engine());
    assert!(open.contains(">Ledger<") && open.contains(">Audited<") && open.contains("Ledger to Books"));
    fold(&mut session, "payments");
    let folded = svg(session.project(), session.engine());
    assert!(folded.contains("Payments, folded: 3 components, 1 note"), "{folded}");
    assert!(folded.contains(">Payments<") && folded.contains(">Shop<"));
    for hidden in [">Ledger<", ">Payout<", ">Books<", ">Audited<", "Ledger to Books", "Ledger to Payout"] {
        assert!(!folded.contains(hidden), "{hidden} is drawn");
    }
    fold(&mut session, "payments");
    assert_eq!(svg(session.project(), session.engine()), open);
}
