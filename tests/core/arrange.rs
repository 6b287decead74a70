//! Arranging: nudge, align, distribute, one size, lock; each by its command, one step each.

#![expect(clippy::unwrap_used, reason = "helpers of a test")]

use std::{collections::BTreeSet, sync::Arc};

use groundplan::{
    project::{Boundary, Component, ComponentKind, Connection, Edit, ElementId, Project, Protocol, StickyNote},
    session::{Action, CanvasRequest, Request, Select, Session, commands},
};
use kurbo::{Point, Rect, Size};
use proptest::prelude::*;

use crate::common::session;
use session::*;

/// Workers (196 × 80) at these places, called a, b, c...
fn workers(places: &[(f64, f64)]) -> Project {
    let mut project = Project::new("Plan");
    for (name, place) in ["a", "b", "c", "d", "e", "f"].into_iter().zip(places) {
        let component = Component::new(name, ComponentKind::Worker, Some(Point::from(*place)));
        project.apply(&Edit::PutComponent(name.into(), component));
    }
    project
}

fn frame(project: &mut Project, id: &str, rect: Rect) {
    project.apply(&Edit::PutBoundary(id.into(), Boundary::new(id, rect)));
}

fn open(project: Project, selected: &[ElementId]) -> Session {
    let mut session = session_of(project);
    select(&mut session, selected);
    session
}

fn why_not(session: &Session, command: &str) -> Option<&'static str> {
    (commands::find(command).unwrap().enabled)(session).err()
}

fn rect(session: &Session, id: &str) -> Rect {
    session.project().components[id].rect_world()
}

/// A place of a rectangle along an axis.
type Place = fn(Rect) -> f64;

#[test]
fn aligning_lines_edges_and_centres_up_in_one_step_and_undo_brings_the_bytes_back() {
    let project = workers(&[(0.0, 0.0), (310.0, 150.0), (700.0, 410.0)]);
    let all = [component("a"), component("b"), component("c")];
    let cases: [(&str, Place, f64); 6] = [
        ("arrange.left", |r| r.x0, 0.0),
        ("arrange.right", |r| r.x1, 896.0),
        ("arrange.centre", |r| r.center().x, 448.0),
        ("arrange.top", |r| r.y0, 0.0),
        ("arrange.bottom", |r| r.y1, 490.0),
        ("arrange.middle", |r| r.center().y, 245.0),
    ];
    for (command, place, wanted) in cases {
        let mut session = open(project.clone(), &all);
        let before = bytes(&session);
        run(&mut session, command);
        for id in ["a", "b", "c"] {
            assert_eq!(place(rect(&session, id)), wanted, "{command}: {id}");
        }
        assert_eq!((session.history().depth(), session.history().undo_name()), (1, Some("Align 3 elements")));
        session.undo();
        assert_eq!(bytes(&session), before);
    }
}

#[test]
fn what_is_locked_stays_and_the_others_go_by_it() {
    let mut project = workers(&[(0.0, 0.0), (310.0, 150.0), (700.0, 410.0)]);
    project.apply(&Edit::SetLocked([component("b")].into(), true));
    let all = [component("a"), component("b"), component("c")];
    let mut session = open(project.clone(), &all);
    run(&mut session, "arrange.left");
    assert_eq!(["a", "b", "c"].map(|id| rect(&session, id).x0), [310.0; 3]);
    let mut session = open(project.clone(), &all[1..2]);
    assert_eq!(why_not(&session, "edit.nudge-left"), Some("What is selected is locked"));
    run(&mut session, "edit.nudge-left");
    assert_eq!(session.history().depth(), 0);
    let mut session = open(project, &all);
    run(&mut session, "edit.nudge-down");
    assert_eq!(["a", "b", "c"].map(|id| rect(&session, id).y0), [24.0, 150.0, 434.0]);
}

#[test]
fn a_boundary_is_aligned_with_all_that_is_in_it_but_what_is_locked() {
    let mut project = workers(&[(40.0, 40.0), (300.0, 40.0), (900.0, 500.0)]);
    frame(&mut project, "team", Rect::new(20.0, 0.0, 520.0, 140.0));
    project.apply(&Edit::SetLocked([component("b")].into(), true));
    // What is in the frame goes with the frame, also if it is selected by itself.
    let mut session = open(project, &[boundary("team"), component("a"), component("c")]);
    run(&mut session, "arrange.bottom");
    assert_eq!(session.project().boundaries["team"].rect_world().y1, 580.0);
    assert_eq!(["a", "b", "c"].map(|id| rect(&session, id).y0), [480.0, 40.0, 500.0]);
}

#[test]
fn hand_points_go_along_where_both_ends_move_the_same_way() {
    let mut project = workers(&[(0.0, 0.0), (0.0, 200.0), (700.0, 400.0)]);
    let mut link = Connection::new("a".into(), "b".into(), Protocol::Http);
    link.course.via = vec![(300.0, 100.0).into()];
    project.apply(&Edit::PutConnection("link".into(), link));
    let mut session = open(project, &[component("a"), component("b"), component("c")]);
    run(&mut session, "arrange.right");
    assert_eq!(session.project().connections["link"].course.via, [Point::new(1_000.0, 100.0)]);
    session.undo();
    select(&mut session, &[component("a"), component("c")]);
    run(&mut session, "arrange.right");
    assert_eq!(session.project().connections["link"].course.via, [Point::new(300.0, 100.0)]);
}

#[test]
fn distributing_makes_gaps_equal_between_what_stays() {
    let mut project = workers(&[(0.0, 0.0), (220.0, 90.0), (250.0, 10.0), (1_000.0, 0.0), (600.0, 0.0)]);
    let all: Vec<ElementId> = ["a", "b", "c", "d", "e"].map(component).to_vec();
    let mut session = open(project.clone(), &all);
    run(&mut session, "arrange.distribute-across");
    // 1196 wide, five of 196: gaps of 54.
    assert_eq!(["a", "b", "c", "e", "d"].map(|id| rect(&session, id).x0), [0.0, 250.0, 500.0, 750.0, 1_000.0]);
    project.apply(&Edit::SetLocked([component("e")].into(), true));
    let mut session = open(project, &all);
    run(&mut session, "arrange.distribute-across");
    assert_eq!(["a", "b", "c", "e", "d"].map(|id| rect(&session, id).x0), [0.0, 200.0, 400.0, 600.0, 1_000.0]);
}

#[test]
fn one_size_is_for_boundaries_and_notes_and_says_so() {
    let mut project = workers(&[(0.0, 0.0), (300.0, 0.0)]);
    frame(&mut project, "team", Rect::new(0.0, 200.0, 300.0, 400.0));
    let paper = StickyNote::new("Note", Rect::from_origin_size((500.0, 0.0), (192.0, 260.0)));
    project.apply(&Edit::PutNote("note".into(), paper));
    let session = open(project.clone(), &[component("a"), component("b"), note("note")]);
    let reason = why_not(&session, "arrange.same-size").unwrap();
    assert!(reason.contains("components have one size"), "{reason}");
    let sizes = |session: &Session| {
        let project = session.project();
        (project.boundaries["team"].size_world, project.sticky_notes["note"].size_world)
    };
    for (command, frame, paper) in [
        ("arrange.same-width", (300.0, 200.0), (300.0, 260.0)),
        ("arrange.same-height", (300.0, 260.0), (192.0, 260.0)),
        ("arrange.same-size", (300.0, 260.0), (300.0, 260.0)),
    ] {
        let mut session = open(project.clone(), &[boundary("team"), note("note"), component("a")]);
        run(&mut session, command);
        assert_eq!(sizes(&session), (Size::from(frame), Size::from(paper)), "{command}");
        assert_eq!(session.history().depth(), 1);
    }
    project.apply(&Edit::SetLocked([note("note")].into(), true));
    let mut session = open(project, &[boundary("team"), note("note")]);
    run(&mut session, "arrange.same-size");
    assert_eq!(sizes(&session), (Size::new(192.0, 260.0), Size::new(192.0, 260.0)), "as what is locked");
}

#[test]
fn commands_say_what_has_to_be_selected() {
    let project = workers(&[(0.0, 0.0), (300.0, 0.0)]);
    let session = open(project.clone(), &[component("a")]);
    for (command, reason) in [
        ("arrange.left", "Select at least two components, boundaries or notes"),
        ("arrange.distribute-down", "Select at least three components, boundaries or notes"),
        ("edit.unlock-all", "Nothing is locked"),
    ] {
        assert_eq!(why_not(&session, command), Some(reason), "{command}");
    }
    let session = open(project, &[]);
    for command in ["edit.nudge-up", "edit.lock"] {
        assert_eq!(why_not(&session, command), Some("Select a component, boundary or note first"));
    }
}

#[test]
fn a_nudge_is_a_step_of_the_grid_with_shift_ten_and_takes_the_contents_along() {
    let mut project = workers(&[(40.0, 40.0), (900.0, 0.0)]);
    frame(&mut project, "team", Rect::new(20.0, 0.0, 280.0, 140.0));
    let mut session = open(project, &[boundary("team")]);
    run(&mut session, "edit.nudge-right");
    run(&mut session, "edit.nudge-far-down");
    assert_eq!(session.project().boundaries["team"].pos_world, Point::new(44.0, 240.0));
    assert_eq!(rect(&session, "a").origin(), Point::new(64.0, 280.0));
    assert_eq!(rect(&session, "b").origin(), Point::new(900.0, 0.0));
    assert_eq!((session.history().depth(), session.history().undo_name()), (2, Some("Nudge team")));
}

#[test]
fn locking_holds_and_lets_go_and_everything_can_be_let_go_of() {
    let project = workers(&[(0.0, 0.0), (300.0, 0.0)]);
    let mut session = open(project, &[component("a"), component("b")]);
    let locked = |session: &Session| session.project().components.values().map(|c| c.locked).collect::<Vec<_>>();
    run(&mut session, "edit.lock");
    assert_eq!((locked(&session), session.history().undo_name()), (vec![true, true], Some("Lock 2 elements")));
    run(&mut session, "edit.lock");
    assert_eq!((locked(&session), session.history().undo_name()), (vec![false, false], Some("Unlock 2 elements")));
    select(&mut session, &[component("a")]);
    run(&mut session, "edit.lock");
    select(&mut session, &[component("a"), component("b")]);
    run(&mut session, "edit.lock");
    assert_eq!(locked(&session), [true, true], "where some are not locked, all of them are");
    session.apply(Action::Select(Select::Nothing));
    run(&mut session, "edit.unlock-all");
    assert_eq!((locked(&session), session.history().undo_name()), (vec![false, false], Some("Unlock 2 elements")));
}

#[test]
fn what_a_command_moved_is_asked_to_glide_and_so_is_what_undo_moves_back() {
    let mut session = open(workers(&[(0.0, 0.0), (300.0, 70.0)]), &[component("a"), component("b")]);
    for command in ["arrange.top", "edit.undo", "edit.redo"] {
        let before = Arc::clone(session.project());
        run(&mut session, command);
        // What is out of view is seen again.
        let sees = (command != "arrange.top").then_some(Request::Canvas(CanvasRequest::MeetSelection));
        let glides = [Request::Canvas(CanvasRequest::Glide(before))];
        assert_eq!(session.take_requests(), glides.into_iter().chain(sees).collect::<Vec<_>>(), "{command}");
        assert_eq!(session.selection().len(), 2, "both stay at hand");
    }
    run(&mut session, "arrange.top");
    assert_eq!(session.take_requests(), [], "nothing was moved");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn distributed_gaps_are_equal_and_the_outermost_stay(
        places in prop::collection::vec((-3_000.0..3_000.0_f64, -3_000.0..3_000.0_f64), 3..6),
    ) {
        let places: Vec<(f64, f64)> = places.iter().map(|(x, y)| (x.round(), y.round())).collect();
        let project = workers(&places);
        let chosen: BTreeSet<ElementId> = project.components.keys().cloned().map(ElementId::Component).collect();
        let pieces = groundplan::geometry::align::pieces(&project, &chosen);
        let edits = groundplan::geometry::align::distribute(&project, &pieces, groundplan::geometry::axis::Axis::X);
        let mut after = project.clone();
        for edit in &edits {
            after.apply(edit);
        }
        let row = |project: &Project| {
            let mut row: Vec<Rect> = project.components.values().map(|c| c.rect_world()).collect();
            row.sort_by(|a, b| a.x0.total_cmp(&b.x0));
            row
        };
        let (old, new) = (row(&project), row(&after));
        prop_assert_eq!((old[0].x0, old[old.len() - 1].x1), (new[0].x0, new[new.len() - 1].x1));
        let gaps: Vec<f64> = new.windows(2).map(|pair| pair[1].x0 - pair[0].x1).collect();
        prop_assert!(gaps.iter().all(|gap| (gap - gaps[0]).abs() < 0.03), "{gaps:?}");
        let heights = |project: &Project| project.components.values().map(|c| c.rect_world().y0).collect::<Vec<_>>();
        prop_assert_eq!(heights(&project), heights(&after));
    }
}
