//! Connections bent by hand: the points they are led through, their segments, their words and what commands do to them.

use egui::{CursorIcon, Event, Key, Modifiers, PointerButton, Pos2, vec2};
use egui_kittest::{Harness, kittest::Queryable as _};
use groundplan::{
    geometry::route::Routes,
    project::{Connection, Course, Edit, ElementId, LineKind, Project, Protocol, Side},
    session::{Action, Select},
};
use kurbo::Point;

use crate::common::canvas as sheet;
use sheet::*;

/// The three with a connection from the shop to the worker that is drawn so.
fn linked(course: Course) -> Project {
    let mut project = three();
    let link = Connection::new("shop".into(), "worker".into(), Protocol::Http);
    project.apply(&Edit::PutConnection("l".into(), Connection { course, ..link }));
    project
}

/// Opens it with the connection selected.
fn open_selected(course: Course) -> Harness<'static, App> {
    let mut harness = open(linked(course));
    harness.state_mut().session.select(Select::Only(vec![ElementId::Connection("l".into())]));
    harness.run();
    harness
}

fn course(harness: &Harness<'_, App>) -> Course {
    harness.state().session.project().connections["l"].course.clone()
}

fn grip(harness: &Harness<'_, App>, start: &str) -> Pos2 {
    harness.get_by_label_contains(start).rect().center()
}

fn pull(harness: &mut Harness<'_, App>, from: Pos2, by: egui::Vec2) {
    drag(harness, from, from + by);
    drop_at(harness, from + by);
}

fn cursor(harness: &Harness<'_, App>) -> CursorIcon {
    harness.output().platform_output.cursor_icon
}

fn straight() -> Course {
    Course { line: LineKind::Straight, ..Course::default() }
}

#[test]
fn a_segment_of_an_orthogonal_line_moves_sideways_and_the_way_back_is_one_step() {
    let mut harness = open_selected(Course::default());
    let before = text(&harness);
    let at = grip(&harness, "Bend Shop to Worker here");
    pull(&mut harness, at, vec2(40.0, 120.0));
    let via = course(&harness).via;
    let zoom = harness.state().canvas.camera.zoom;
    // The line runs from left to right, so it moves down only.
    let moved = 40.0 + 120.0 / zoom;
    assert_eq!(via.len(), 1);
    assert!((via[0].y - moved).abs() <= 7.0, "{via:?}, not {moved}");
    assert!((196.0..=400.0).contains(&via[0].x), "{via:?}");
    assert_eq!((depth(&harness), last_step(&harness).as_str()), (1, "Bend Shop to Worker"));
    undo(&mut harness);
    assert_eq!(text(&harness), before);
}

#[test]
fn a_straight_line_gets_a_point_where_it_is_taken_and_a_point_can_be_moved_and_removed() {
    let mut harness = open_selected(straight());
    let at = grip(&harness, "Bend Shop to Worker here");
    let before = harness.state().canvas.world_at(at);
    pull(&mut harness, at, vec2(30.0, 90.0));
    let via = course(&harness).via;
    assert_eq!(via.len(), 1);
    assert!(via[0].x > before.x + 10.0 && via[0].y > before.y + 40.0, "{before:?} {via:?}");
    let point = grip(&harness, "Point 1 of Shop to Worker");
    harness.event(Event::ModifiersChanged(Modifiers::CTRL));
    pull(&mut harness, point, vec2(-20.0, 10.0));
    harness.event(Event::ModifiersChanged(Modifiers::NONE));
    let moved = course(&harness).via;
    assert!(moved[0].x < via[0].x && moved[0].y > via[0].y, "{via:?} {moved:?}");
    // The point that was moved is chosen: Delete takes it away, and not the connection.
    run_command(&mut harness, "edit.delete");
    assert!(course(&harness).via.is_empty());
    assert_eq!(selected(&harness), ["l"]);
    assert_eq!(depth(&harness), 3);
    harness.state_mut().session.apply(Action::Run("edit.delete"));
    assert!(harness.state().session.project().connections.is_empty(), "then the connection itself goes");
}

#[test]
fn a_double_click_removes_a_point_however_its_clicks_fall_into_frames() {
    for clicks_a_frame in [1, 2] {
        let mut harness = open_selected(Course { via: vec![Point::new(300.0, 140.0)], ..straight() });
        let point = grip(&harness, "Point 1 of Shop to Worker");
        hover(&mut harness, point);
        for click in 1..=2 {
            for pressed in [true, false] {
                button(&harness, point, pressed, PointerButton::Primary, Modifiers::NONE);
            }
            if click % clicks_a_frame == 0 {
                harness.step();
            }
        }
        harness.run();
        assert!(course(&harness).via.is_empty(), "{clicks_a_frame} clicks a frame");
        assert_eq!(last_step(&harness), "Remove a point of Shop to Worker");
    }
}

#[test]
fn a_quick_click_chooses_a_point_so_that_delete_takes_it_and_not_the_connection() {
    let mut harness = open_selected(Course { via: vec![Point::new(300.0, 140.0)], ..straight() });
    let point = grip(&harness, "Point 1 of Shop to Worker");
    click(&mut harness, point, Modifiers::NONE);
    run_command(&mut harness, "edit.delete");
    assert!(course(&harness).via.is_empty());
    assert_eq!(selected(&harness), ["l"]);
}

#[test]
fn a_segment_that_is_moved_leaves_the_ends_at_their_sides() {
    // Into the reach in which a line to that point would leave by the upper or lower side.
    for by in [-60.0, -80.0, 60.0, 80.0] {
        let mut project = three();
        project.apply(&Edit::Place("worker".into(), Point::new(400.0, 300.0)));
        let link = Connection::new("shop".into(), "worker".into(), Protocol::Http);
        project.apply(&Edit::PutConnection("l".into(), link));
        let mut harness = open(project);
        harness.state_mut().session.select(Select::Only(vec![ElementId::Connection("l".into())]));
        harness.run();
        let zoom = harness.state().canvas.camera.zoom as f32;
        // Beside its words.
        let middle = screen(&harness, 298.0, 115.0);
        let before = Routes::new(harness.state().session.project()).points[0].to_vec();
        drag(&mut harness, middle, middle + vec2(by * zoom, 0.0));
        drop_at(&mut harness, middle + vec2(by * zoom, 0.0));
        let after = Routes::new(harness.state().session.project()).points[0].to_vec();
        assert_eq!((before.len(), after.len()), (4, 4), "{by}: {before:?} {after:?}");
        assert_eq!((before[0], before[3]), (after[0], after[3]), "{by}");
        let moved = after[1].x - before[1].x - f64::from(by);
        assert!(moved.abs() <= 8.0, "{by}: {before:?} {after:?}");
    }
}

/// A line of three pieces from the shop to the worker, selected, and maybe one more from the same side.
fn stepped(worker: Point, beside: bool) -> Harness<'static, App> {
    let mut project = three();
    project.apply(&Edit::Place("worker".into(), worker));
    let link = |to: &str| Connection::new("shop".into(), to.into(), Protocol::Http);
    project.apply(&Edit::PutConnection("l".into(), link("worker")));
    if beside {
        project.apply(&Edit::Place("db".into(), Point::new(420.0, -160.0)));
        project.apply(&Edit::PutConnection("m".into(), link("db")));
    }
    let mut harness = open(project);
    harness.state_mut().session.select(Select::Only(vec![ElementId::Connection("l".into())]));
    harness.run();
    harness
}

fn route(harness: &Harness<'_, App>) -> Vec<Point> {
    Routes::new(harness.state().session.project()).points[0].to_vec()
}

/// Drags a piece of the line sideways by so much of the sheet.
fn shift(harness: &mut Harness<'_, App>, piece: usize, share: f64, by: (f64, f64)) {
    let route = route(harness);
    let from = route[piece].lerp(route[piece + 1], share);
    let (from, to) = (screen(harness, from.x, from.y), screen(harness, from.x + by.0, from.y + by.1));
    drag(harness, from, to);
    drop_at(harness, to);
}

#[test]
fn the_last_piece_of_a_line_moves_with_its_end_along_the_side() {
    for beside in [false, true] {
        for (piece, by) in [(0, 24.0), (2, -24.0)] {
            let mut harness = stepped(Point::new(500.0, 300.0), beside);
            let before = route(&harness);
            assert_eq!(before.len(), 4, "{before:?}");
            shift(&mut harness, piece, 0.6, (0.0, by));
            let after = route(&harness);
            assert_eq!(after.len(), 4, "no stairs: {before:?} {after:?}");
            let (own, other) = if piece == 0 { (0, 3) } else { (3, 0) };
            assert_eq!(after[other], before[other], "the other end stays");
            assert_eq!(after[own].x, before[own].x, "it stays on its side");
            assert!((after[own].y - before[own].y - by).abs() <= 6.0, "{piece} {by}: {before:?} {after:?}");
            assert_eq!(depth(&harness), 1);
        }
    }
}

#[test]
fn the_last_piece_of_a_line_that_is_moved_beyond_the_side_turns_close_to_its_end() {
    for beside in [false, true] {
        for (piece, by) in [(0, 400.0), (0, -160.0), (2, 100.0), (2, -250.0)] {
            let mut harness = stepped(Point::new(500.0, 300.0), beside);
            let before = route(&harness);
            shift(&mut harness, piece, 0.6, (0.0, by));
            let after = route(&harness);
            let (own, other) = if piece == 0 { (0, after.len() - 1) } else { (after.len() - 1, 0) };
            let (was, other_was) = if piece == 0 { (0, 3) } else { (3, 0) };
            assert_eq!(after[other], before[other_was], "the other end stays");
            assert_eq!(after[own].x, before[was].x, "it stays on its side");
            let wanted = before[was].y + by;
            let level = |ends: &[Point]| (ends[0].y - ends[1].y).abs() < 0.5 && (ends[0].y - wanted).abs() <= 7.0;
            assert!(after.windows(2).any(level), "a piece is where it was moved to, {wanted}: {after:?}");
            assert!(after.len() <= 6, "no stairs: {after:?}");
            let turn = if piece == 0 { after[1] } else { after[after.len() - 2] };
            assert!((turn.x - after[own].x).abs() <= 25.0, "{after:?}");
            run_command(&mut harness, "line.reset");
            assert_eq!(route(&harness), before, "what was held by hand is let go of");
        }
    }
}

#[test]
fn a_piece_in_the_middle_that_is_moved_leaves_ends_that_are_nearly_level_where_they_are() {
    // With another line beside it the middle of the piece is level with a place on the worker's side.
    let mut harness = stepped(Point::new(500.0, 66.0), true);
    let before = route(&harness);
    assert_eq!(before.len(), 4, "{before:?}");
    // Beside its words.
    shift(&mut harness, 1, 0.15, (60.0, 0.0));
    let after = route(&harness);
    assert_eq!((before[0], before[3]), (after[0], after[3]), "{after:?}");
    assert_eq!(after.len(), 4, "{after:?}");
    assert!((after[1].x - before[1].x - 60.0).abs() <= 7.0, "{before:?} {after:?}");
    run_command(&mut harness, "line.reset");
    assert_eq!(route(&harness), before, "what was held by hand is let go of");
}

#[test]
fn what_is_written_on_a_connection_stands_there_and_takes_hold_of_it_without_being_chosen_first() {
    let mut project = linked(straight());
    let mut link = (*project.connections["l"]).clone();
    link.label = "orders".to_owned();
    project.apply(&Edit::PutConnection("l".into(), link));
    let mut harness = open(project);
    let node = harness.get_by_label_contains("Connection: Shop to Worker, orders, ");
    // Beside the line, and on its words.
    let beside = node.rect().center() + vec2(12.0, -7.0);
    hover(&mut harness, beside + vec2(0.0, 60.0));
    assert_eq!(cursor(&harness), CursorIcon::Default);
    hover(&mut harness, beside);
    assert_eq!(cursor(&harness), CursorIcon::Grab);
    drag(&mut harness, beside, beside + vec2(40.0, 0.0));
    drop_at(&mut harness, beside + vec2(40.0, 0.0));
    assert!(course(&harness).label_at.is_some_and(|at| at > 0.5));
    assert_eq!(selected(&harness), ["l"]);
}

#[test]
fn a_point_snaps_level_with_what_it_hangs_on_unless_ctrl_is_held() {
    let mut harness = open_selected(Course { via: vec![Point::new(300.0, 140.0)], ..straight() });
    let level = harness.state().canvas.camera.screen_from_world(Point::new(300.0, 40.0));
    let point = grip(&harness, "Point 1 of Shop to Worker");
    pull(&mut harness, point, vec2(0.0, level.y as f32 + 5.0 - point.y));
    assert_eq!(course(&harness).via[0].y, 40.0, "level with the middles of both");
}

#[test]
fn escape_while_bending_leaves_bytes_and_history_as_they_were() {
    for start in ["Bend Shop to Worker here", "Point 1 of Shop to Worker"] {
        let mut harness = open_selected(Course { via: vec![Point::new(300.0, 140.0)], ..straight() });
        let before = text(&harness);
        let at = harness.get_all_by_label_contains(start).next().unwrap().rect().center();
        drag(&mut harness, at, at + vec2(50.0, 80.0));
        assert_ne!(text(&harness), before, "{start} shows while it lasts");
        press(&mut harness, Key::Escape);
        drop_at(&mut harness, at + vec2(60.0, 90.0));
        assert_eq!((text(&harness), depth(&harness)), (before, 0), "{start}");
        assert_eq!(selected(&harness), ["l"]);
    }
}

#[test]
fn words_slide_along_the_line_in_one_step() {
    let mut harness = open_selected(straight());
    let before = text(&harness);
    let link = harness.get_by_label_contains("Connection: Shop to Worker").rect();
    drag(&mut harness, link.center(), link.right_center() - vec2(20.0, 0.0));
    let at = course(&harness).label_at;
    assert!(at.is_some_and(|at| at > 0.7), "{at:?}");
    drop_at(&mut harness, link.right_center() - vec2(20.0, 0.0));
    assert_eq!((depth(&harness), course(&harness).via.len()), (1, 0));
    undo(&mut harness);
    assert_eq!(text(&harness), before);
    drag(&mut harness, link.center(), link.left_center());
    press(&mut harness, Key::Escape);
    drop_at(&mut harness, link.left_center());
    assert_eq!((text(&harness), depth(&harness)), (before, 0));
}

#[test]
fn a_double_click_on_a_connection_writes_its_words_where_they_stand() {
    for end in [Key::Enter, Key::Escape] {
        let mut harness = open(linked(Course::default()));
        let before = text(&harness);
        let at = harness.get_by_label_contains("Connection: Shop to Worker").rect().center();
        double_click(&mut harness, at);
        harness.get_by_label("Words of Shop to Worker");
        harness.event(Event::Text("orders".to_owned()));
        harness.run();
        assert_eq!(text(&harness), before, "nothing is written before it is done");
        harness.key_press(end);
        harness.run();
        let label = harness.state().session.project().connections["l"].label.clone();
        assert_eq!((label.as_str(), depth(&harness)), ("orders", 1), "{end:?}");
        assert!(harness.query_by_label("Words of Shop to Worker").is_none());
        assert_eq!(selected(&harness), ["l"]);
    }
}

#[test]
fn the_kind_of_line_goes_round_and_of_several_all_become_what_follows_the_first() {
    let mut project = linked(Course::default());
    let other = Connection::new("shop".into(), "db".into(), Protocol::Database);
    project.apply(&Edit::PutConnection("m".into(), Connection { course: straight(), ..other }));
    let mut harness = open(project);
    let kinds = |harness: &Harness<'_, App>| -> Vec<LineKind> {
        harness.state().session.project().connections.values().map(|link| link.course.line).collect()
    };
    let session = &mut harness.state_mut().session;
    session.select(Select::Only(vec![ElementId::Connection("l".into()), ElementId::Connection("m".into())]));
    session.apply(Action::Run("line.next"));
    assert_eq!(session.history().depth(), 1);
    assert_eq!(kinds(&harness), [LineKind::Straight, LineKind::Straight]);
    for expected in [LineKind::Curved, LineKind::Orthogonal] {
        harness.state_mut().session.apply(Action::Run("line.next"));
        assert_eq!(kinds(&harness), [expected, expected]);
    }
    harness.run();
}

#[test]
fn reset_forgets_what_was_chosen_by_hand_but_not_the_kind_of_line() {
    let by_hand = Course {
        line: LineKind::Curved,
        from_side: Some(Side::Top),
        to_side: Some(Side::Bottom),
        via: vec![Point::new(300.0, 140.0)],
        label_at: Some(0.2),
    };
    let mut harness = open_selected(by_hand);
    run_command(&mut harness, "line.reset");
    assert_eq!(course(&harness), Course { line: LineKind::Curved, ..Course::default() });
    let reset = groundplan::session::commands::find("line.reset").unwrap();
    assert!((reset.enabled)(&harness.state().session).is_err(), "there is nothing left to forget");
}

#[test]
fn the_pointer_shows_what_it_would_do() {
    let mut harness = open_selected(Course::default());
    let icon = |harness: &mut Harness<'_, App>, at: Pos2| {
        harness.hover_at(at);
        harness.run();
        harness.output().platform_output.cursor_icon
    };
    let segment = grip(&harness, "Bend Shop to Worker here");
    assert_eq!(icon(&mut harness, segment), CursorIcon::ResizeVertical);
    let end = grip(&harness, "End of Shop to Worker");
    assert_eq!(icon(&mut harness, end), CursorIcon::Grab);
    let card = screen(&harness, 60.0, 40.0);
    assert_eq!(icon(&mut harness, card), CursorIcon::Move);
    let empty = screen(&harness, 300.0, 300.0);
    assert_eq!(icon(&mut harness, empty), CursorIcon::Default);
}
