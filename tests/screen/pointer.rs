//! The pointer's machine: what pans and zooms, what scrolls at the border, what locked things do, and that nothing gets stuck.

use egui::{
    Event, Key, Modifiers, MouseWheelUnit, PointerButton, Pos2, TouchDeviceId, TouchId, TouchPhase, pos2, vec2,
};
use egui_kittest::{Harness, kittest::Queryable as _};
use groundplan::{
    geometry::camera::Camera,
    project::{Boundary, Component, ComponentKind, Connection, Edit, ElementId, Protocol},
    session::{Action, Request, Select},
};
use kurbo::Point;

use crate::common::canvas as sheet;
use sheet::*;

fn camera(harness: &Harness<'_, App>) -> Camera {
    harness.state().canvas.camera
}

fn wheel(harness: &mut Harness<'_, App>, delta: egui::Vec2, modifiers: Modifiers) {
    harness.event(Event::ModifiersChanged(modifiers));
    harness.event(Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta,
        phase: TouchPhase::Move,
        source: egui::MouseWheelSource::Unknown,
        modifiers,
    });
    harness.run_steps(30);
    harness.event(Event::ModifiersChanged(Modifiers::NONE));
    harness.run();
}

fn finger(harness: &Harness<'_, App>, id: u64, phase: TouchPhase, pos: Pos2) {
    harness.event(Event::Touch { device_id: TouchDeviceId(1), id: TouchId(id), phase, pos, force: None });
}

fn locked(id: &str) -> Edit {
    Edit::SetLocked([ElementId::Component(id.into())].into(), true)
}

#[test]
fn the_wheel_pans_up_and_down_with_shift_sideways_and_with_ctrl_it_zooms_at_the_pointer() {
    let mut harness = open(three());
    let at = screen(&harness, 300.0, 150.0);
    hover(&mut harness, at);
    let before = camera(&harness);
    wheel(&mut harness, vec2(0.0, -60.0), Modifiers::NONE);
    let down = camera(&harness).translation - before.translation;
    assert!(down.y < -40.0 && down.x == 0.0, "{down:?}");
    let before = camera(&harness);
    wheel(&mut harness, vec2(0.0, -60.0), Modifiers::SHIFT);
    let sideways = camera(&harness).translation - before.translation;
    assert!(sideways.x < -40.0 && sideways.y == 0.0, "{sideways:?}");
    let before = camera(&harness);
    wheel(&mut harness, vec2(-30.0, 20.0), Modifiers::NONE);
    let both = camera(&harness).translation - before.translation;
    assert!(both.x < -20.0 && both.y > 10.0, "a trackpad moves both ways: {both:?}");
    let (zoom, there) = (camera(&harness).zoom, harness.state().canvas.world_at(at));
    wheel(&mut harness, vec2(0.0, 120.0), Modifiers::CTRL);
    assert!(camera(&harness).zoom > zoom * 1.1);
    assert!((harness.state().canvas.world_at(at) - there).hypot() < 0.1, "what is under the pointer stays");
}

#[test]
fn zoom_ends_at_5_and_at_800_percent() {
    let mut harness = open(three());
    let middle = screen(&harness, 300.0, 150.0);
    hover(&mut harness, middle);
    for (factor, end) in [(1.9, 8.0), (0.4, 0.05)] {
        for _ in 0..30 {
            harness.event(Event::Zoom(factor));
        }
        harness.run();
        assert_eq!(camera(&harness).zoom, end);
    }
}

#[test]
fn middle_drag_and_space_drag_pan_also_from_a_card_and_change_nothing() {
    let mut harness = open(three());
    let before = text(&harness);
    let card = screen(&harness, 98.0, 40.0);
    for with_space in [false, true] {
        let from = camera(&harness).translation;
        harness.hover_at(card);
        harness.run();
        let held = if with_space { PointerButton::Primary } else { PointerButton::Middle };
        if with_space {
            harness.key_down(Key::Space);
            harness.run();
        }
        button(&harness, card, true, held, Modifiers::NONE);
        for step in 1..=6 {
            harness.hover_at(card + vec2(30.0, 15.0) * step as f32);
            harness.run();
        }
        button(&harness, card + vec2(180.0, 90.0), false, held, Modifiers::NONE);
        harness.run();
        if with_space {
            harness.key_up(Key::Space);
        }
        harness.run();
        let by = camera(&harness).translation - from;
        assert!((by - kurbo::Vec2::new(180.0, 90.0)).hypot() < 1.0, "space {with_space}: {by:?}");
        harness.state_mut().canvas.camera.translation = from;
        harness.run();
    }
    assert_eq!((text(&harness), depth(&harness)), (before, 0));
    assert!(selected(&harness).is_empty());
}

#[test]
fn two_fingers_pan_and_pinch_and_what_one_had_begun_is_taken_back() {
    let mut harness = open(three());
    let before = text(&harness);
    let (card, other) = (screen(&harness, 98.0, 40.0), screen(&harness, 300.0, 250.0));
    finger(&harness, 1, TouchPhase::Start, card);
    harness.drag_at(card);
    harness.run();
    harness.hover_at(card + vec2(40.0, 0.0));
    finger(&harness, 1, TouchPhase::Move, card + vec2(40.0, 0.0));
    harness.run();
    assert_ne!(text(&harness), before, "one finger moves a card");
    finger(&harness, 2, TouchPhase::Start, other);
    harness.run();
    assert_eq!(text(&harness), before);
    let zoom = camera(&harness).zoom;
    for step in 1..=8 {
        finger(&harness, 2, TouchPhase::Move, other + vec2(20.0, 20.0) * step as f32);
        harness.run();
    }
    assert!(camera(&harness).zoom > zoom * 1.2, "{} of {zoom}", camera(&harness).zoom);
    finger(&harness, 2, TouchPhase::End, other);
    finger(&harness, 1, TouchPhase::End, card);
    drop_at(&mut harness, card);
    assert_eq!((text(&harness), depth(&harness)), (before, 0));
}

#[test]
fn a_finger_has_to_go_further_than_a_mouse_before_it_drags() {
    for (touch, far, moves) in [(false, 5.0, true), (true, 5.0, false), (true, 7.0, true)] {
        let mut harness = open(three());
        let before = text(&harness);
        let at = screen(&harness, 98.0, 40.0);
        harness.hover_at(at);
        harness.run();
        if touch {
            finger(&harness, 1, TouchPhase::Start, at);
        }
        harness.event(Event::ModifiersChanged(Modifiers::CTRL));
        harness.drag_at(at);
        harness.run();
        harness.hover_at(at + vec2(0.0, far));
        harness.run();
        assert_eq!(text(&harness) != before, moves, "touch {touch}, {far} points");
    }
}

#[test]
fn at_the_border_the_sheet_comes_along_after_a_moment_and_stands_still_when_the_pointer_leaves_it() {
    let mut harness = open(three());
    let from = screen(&harness, 98.0, 40.0);
    let viewport = harness.state().canvas.viewport();
    hover(&mut harness, from);
    harness.event(Event::ModifiersChanged(Modifiers::CTRL));
    harness.drag_at(from);
    harness.run();
    let border = pos2(viewport.right() - 2.0, from.y);
    harness.hover_at(border);
    harness.step();
    let before = camera(&harness);
    // 0.05 s a step.
    harness.run_steps(2);
    assert_eq!(camera(&harness), before, "not at once");
    harness.run_steps(10);
    let gone = camera(&harness).translation.x - before.translation.x;
    assert!(gone < -100.0, "{gone}");
    // What is dragged is still at the pointer.
    let middle =
        harness.state().canvas.camera.screen_from_world(place(&harness, "shop") + kurbo::Vec2::new(98.0, 40.0));
    assert!((middle.x - f64::from(border.x)).abs() < 60.0, "{middle:?}");
    harness.hover_at(viewport.center());
    harness.run();
    let rest = camera(&harness);
    harness.run_steps(5);
    assert_eq!(camera(&harness), rest);
    drop_at(&mut harness, viewport.center());
    assert_eq!(depth(&harness), 1);
    assert_eq!(harness.run(), 1, "nothing goes on by itself");
}

#[test]
fn a_marquee_and_a_connection_go_on_beyond_the_border() {
    // What is far below comes into reach only because the sheet comes along.
    let mut project = three();
    let far = Component::new("Far", ComponentKind::Worker, Some(Point::new(0.0, 900.0)));
    project.apply(&Edit::PutComponent("far".into(), far));
    let mut harness = open(project);
    harness.state_mut().canvas.camera = Camera::default();
    harness.state_mut().canvas.camera.centre_on(Point::new(200.0, 200.0), kurbo::Rect::new(120.0, 0.0, 1000.0, 700.0));
    harness.run();
    let viewport = harness.state().canvas.viewport();
    let begins = screen(&harness, -60.0, -60.0);
    let border = screen(&harness, 300.0, 0.0);
    let border = pos2(border.x, viewport.bottom() - 2.0);
    drag(&mut harness, begins, border);
    assert_eq!(selected(&harness), ["db", "shop"]);
    for _ in 0..100 {
        harness.step();
    }
    assert_eq!(selected(&harness), ["db", "far", "shop"], "it still begins where it began");
    drop_at(&mut harness, border);

    harness.state_mut().canvas.camera.centre_on(Point::new(200.0, 200.0), kurbo::Rect::new(120.0, 0.0, 1000.0, 700.0));
    let store = screen(&harness, 98.0, 240.0);
    harness.hover_at(store);
    harness.run();
    let handle = harness.get_by_label("Connect Store from the bottom side").rect().center();
    let border = pos2(store.x, viewport.bottom() - 2.0);
    drag(&mut harness, handle, border);
    for _ in 0..100 {
        if screen(&harness, 0.0, 900.0).y > viewport.bottom() - 100.0 {
            harness.step();
        }
    }
    let body = screen(&harness, 98.0, 930.0);
    harness.hover_at(body);
    harness.run();
    drop_at(&mut harness, body);
    let ends: Vec<_> =
        harness.state().session.project().connections.values().map(|l| (l.from.clone(), l.to.clone())).collect();
    assert_eq!(ends, [("db".into(), "far".into())]);
}

#[test]
fn a_locked_card_is_selected_by_a_click_and_a_drag_on_it_says_why_it_stays() {
    let mut project = three();
    project.apply(&locked("shop"));
    let mut harness = open(project);
    let before = text(&harness);
    let shop = screen(&harness, 98.0, 40.0);
    click(&mut harness, shop, Modifiers::NONE);
    let beyond = screen(&harness, 60.0, 230.0);
    drag(&mut harness, shop, beyond);
    assert_eq!(selected(&harness), ["shop"], "no rectangle selects something else");
    drop_at(&mut harness, beyond);
    assert_eq!((text(&harness), depth(&harness)), (before, 0));
    assert_eq!(harness.state().requests, [Request::Say("Shop is locked and stays where it is".to_owned())]);
}

#[test]
fn a_press_takes_what_it_was_made_on_wherever_the_pointer_is_by_the_end_of_the_frame() {
    let mut project = three();
    let link = Connection::new("shop".into(), "worker".into(), Protocol::Http);
    project.apply(&Edit::PutConnection("l".into(), link));
    let frame = Boundary::new("Frame", kurbo::Rect::new(-40.0, 400.0, 300.0, 600.0));
    project.apply(&Edit::PutBoundary("frame".into(), frame));
    let link = ElementId::Connection("l".into());
    let frame = ElementId::Boundary("frame".into());
    for (selected, over, label, step) in [
        (None, (80.0, 220.0), "Connect Store from the right side", None),
        (Some(&link), (300.0, 40.0), "End of Shop to Worker", Some("Attach Shop to Worker")),
        (Some(&link), (300.0, 40.0), "Bend Shop to Worker here", Some("Bend Shop to Worker")),
        (Some(&frame), (98.0, 500.0), "Resize Frame by its right side", Some("Resize Frame")),
    ] {
        let mut harness = open(project.clone());
        harness.state_mut().session.select(Select::Only(selected.into_iter().cloned().collect()));
        harness.run();
        let over = screen(&harness, over.0, over.1);
        hover(&mut harness, over);
        let grip = harness.get_all_by_label_contains(label).next().unwrap().rect().center();
        hover(&mut harness, grip);
        let far = grip + vec2(60.0, 90.0);
        button(&harness, grip, true, PointerButton::Primary, Modifiers::NONE);
        harness.hover_at(far);
        harness.run();
        let gripped = harness.state().session.history().in_gesture();
        assert_eq!(gripped, step.is_some_and(|step| !step.starts_with("Attach")), "{label}");
        let store = screen(&harness, 98.0, 240.0);
        if label.starts_with("End") {
            hover(&mut harness, store);
            drop_at(&mut harness, store);
        } else {
            drop_at(&mut harness, far);
        }
        match step {
            Some(step) => assert_eq!(last_step(&harness), step, "{label}"),
            None => drop(harness.get_by_label("Find a component to add")),
        }
    }
}

#[test]
fn a_right_click_while_something_is_dragged_does_nothing() {
    let mut harness = open(three());
    let from = screen(&harness, 98.0, 40.0);
    let to = screen(&harness, 200.0, 400.0);
    drag(&mut harness, from, to);
    for pressed in [true, false] {
        button(&harness, to, pressed, PointerButton::Secondary, Modifiers::NONE);
    }
    harness.run();
    assert!(harness.query_by_label_contains("Duplicate").is_none(), "no menu opens");
    drop_at(&mut harness, to);
    assert_eq!(last_step(&harness), "Move Shop");
}

#[test]
fn what_is_dragged_over_a_panel_stays_at_the_edge_and_escape_brings_the_view_back_as_well() {
    let mut harness = open(three());
    let (from, viewport) = (screen(&harness, 98.0, 40.0), harness.state().canvas.viewport());
    let before = camera(&harness);
    harness.event(Event::ModifiersChanged(Modifiers::CTRL));
    let panel = pos2(viewport.left() - 80.0, from.y);
    drag(&mut harness, from, panel);
    harness.run_steps(20);
    assert_eq!(camera(&harness), before, "so far outside the sheet stands still");
    let at = screen(&harness, place(&harness, "shop").x + 98.0, 40.0);
    assert!((at.x - viewport.left()).abs() < 2.0, "{at:?}");
    harness.hover_at(pos2(viewport.left() - 10.0, from.y));
    harness.run_steps(20);
    assert!(camera(&harness).translation.x > before.translation.x + 50.0, "beside the border it comes along");
    press(&mut harness, Key::Escape);
    assert_eq!((camera(&harness), depth(&harness)), (before, 0));
}

#[test]
fn what_is_locked_stays_behind_when_a_selection_moves_and_the_step_says_so() {
    let mut project = three();
    project.apply(&locked("worker"));
    let mut harness = open(project);
    run_command(&mut harness, "edit.select-all");
    let shop = screen(&harness, 98.0, 40.0);
    harness.event(Event::ModifiersChanged(Modifiers::CTRL));
    drag(&mut harness, shop, shop + vec2(0.0, -60.0));
    drop_at(&mut harness, shop + vec2(0.0, -60.0));
    assert_eq!(place(&harness, "worker"), Point::new(400.0, 0.0));
    assert!(place(&harness, "shop").y < -20.0 && place(&harness, "db").y < 180.0);
    assert_eq!(last_step(&harness), "Move 2 elements, 1 locked left behind");
}

#[test]
fn ctrl_toggles_too_and_a_click_on_one_of_several_leaves_it_alone_when_let_go() {
    let mut harness = open(three());
    let (shop, worker) = (screen(&harness, 98.0, 40.0), screen(&harness, 498.0, 40.0));
    click(&mut harness, shop, Modifiers::NONE);
    click(&mut harness, worker, Modifiers::CTRL);
    assert_eq!(selected(&harness), ["shop", "worker"]);
    hover(&mut harness, shop);
    button(&harness, shop, true, PointerButton::Primary, Modifiers::NONE);
    harness.run();
    assert_eq!(selected(&harness), ["shop", "worker"], "a press may still become a drag of both");
    button(&harness, shop, false, PointerButton::Primary, Modifiers::NONE);
    harness.run();
    assert_eq!(selected(&harness), ["shop"]);
}

#[test]
fn a_marquee_to_the_left_takes_a_frame_whose_line_it_touches() {
    let mut project = three();
    let frame = Boundary::new("Frame", kurbo::Rect::new(-60.0, -60.0, 260.0, 340.0));
    project.apply(&Edit::PutBoundary("frame".into(), frame));
    for (from, to, caught) in [
        ((240.0, 330.0), (220.0, 20.0), vec![]),
        ((240.0, 330.0), (-30.0, 300.0), vec![]),
        ((300.0, 330.0), (220.0, 300.0), vec!["frame"]),
        ((300.0, 400.0), (-100.0, -100.0), vec!["db", "shop", "frame"]),
        // To the right it has to be enclosed.
        ((220.0, 300.0), (300.0, 330.0), vec![]),
    ] {
        let mut harness = open(project.clone());
        let (from, to) = (screen(&harness, from.0, from.1), screen(&harness, to.0, to.1));
        drag(&mut harness, from, to);
        drop_at(&mut harness, to);
        assert_eq!(selected(&harness), caught, "{from:?} {to:?}");
    }
}

#[test]
fn a_marquee_can_begin_inside_a_boundary_and_escape_brings_the_selection_back() {
    let mut project = three();
    let frame = Boundary::new("All", kurbo::Rect::new(-60.0, -60.0, 640.0, 320.0));
    project.apply(&Edit::PutBoundary("all".into(), frame));
    let mut harness = open(project);
    let worker = screen(&harness, 498.0, 40.0);
    click(&mut harness, worker, Modifiers::NONE);
    let (from, to) = (screen(&harness, -40.0, -30.0), screen(&harness, 240.0, 300.0));
    drag(&mut harness, from, to);
    assert_eq!(selected(&harness), ["db", "shop"]);
    press(&mut harness, Key::Escape);
    drop_at(&mut harness, to);
    assert_eq!(selected(&harness), ["worker"]);
    drag(&mut harness, from, to);
    drop_at(&mut harness, to);
    assert_eq!(selected(&harness), ["db", "shop"]);
    assert_eq!(depth(&harness), 0);
}

#[test]
fn undo_in_the_middle_of_a_drag_ends_it() {
    let mut harness = open(three());
    let before = text(&harness);
    let from = screen(&harness, 98.0, 40.0);
    drag(&mut harness, from, from + vec2(60.0, 90.0));
    run_command(&mut harness, "edit.undo");
    harness.hover_at(from + vec2(90.0, 120.0));
    harness.run();
    assert_eq!(text(&harness), before, "the pointer no longer moves it");
    drop_at(&mut harness, from + vec2(90.0, 120.0));
    assert_eq!((text(&harness), depth(&harness)), (before, 0));
    usable(&mut harness);
}

#[test]
fn what_vanishes_under_a_drag_ends_it_and_both_are_steps() {
    let mut harness = open(three());
    let from = screen(&harness, 98.0, 40.0);
    drag(&mut harness, from, from + vec2(60.0, 90.0));
    let gone = Edit::Remove([ElementId::Component("shop".into())].into());
    harness.state_mut().session.apply(Action::edit("Delete Shop", vec![gone]));
    harness.run();
    let now = text(&harness);
    drop_at(&mut harness, from + vec2(90.0, 120.0));
    assert_eq!((text(&harness), depth(&harness)), (now, 2));
    assert_eq!(last_step(&harness), "Delete Shop");
    usable(&mut harness);
}

#[test]
fn a_window_that_loses_the_focus_takes_the_drag_back() {
    let mut harness = open(three());
    let before = text(&harness);
    let from = screen(&harness, 98.0, 40.0);
    drag(&mut harness, from, from + vec2(60.0, 90.0));
    harness.event(Event::WindowFocused(false));
    harness.run();
    assert_eq!(text(&harness), before);
    drop_at(&mut harness, from + vec2(60.0, 90.0));
    assert_eq!((text(&harness), depth(&harness)), (before, 0));
    usable(&mut harness);
}

#[test]
fn a_pointer_that_leaves_the_window_with_the_button_down_goes_on_when_it_comes_back() {
    let mut harness = open(three());
    let from = screen(&harness, 98.0, 40.0);
    drag(&mut harness, from, from + vec2(60.0, 90.0));
    harness.event(Event::PointerGone);
    harness.run();
    harness.run_steps(3);
    assert_eq!(depth(&harness), 0, "it is not let go");
    harness.hover_at(from + vec2(0.0, 100.0));
    harness.run();
    drop_at(&mut harness, from + vec2(0.0, 100.0));
    assert_eq!(depth(&harness), 1);
    usable(&mut harness);
}

#[test]
fn escape_takes_a_drag_back_while_the_pointer_is_away_as_well() {
    let mut harness = open(three());
    let before = text(&harness);
    let from = screen(&harness, 98.0, 40.0);
    drag(&mut harness, from, from + vec2(60.0, 90.0));
    harness.event(Event::PointerGone);
    harness.run();
    harness.key_press(Key::Escape);
    harness.run();
    assert_eq!(text(&harness), before);
    harness.hover_at(from + vec2(0.0, 100.0));
    harness.run();
    drop_at(&mut harness, from + vec2(0.0, 100.0));
    assert_eq!((text(&harness), depth(&harness)), (before, 0));
    usable(&mut harness);
}

#[test]
fn a_button_that_goes_down_twice_was_let_go_in_between() {
    let mut harness = open(three());
    let from = screen(&harness, 98.0, 40.0);
    drag(&mut harness, from, from + vec2(0.0, -90.0));
    let worker = screen(&harness, 498.0, 40.0);
    click(&mut harness, worker, Modifiers::NONE);
    assert_eq!(depth(&harness), 1, "the move was one step");
    assert_eq!(selected(&harness), ["shop"], "it was let go over the worker, and lies above it");
    let store = screen(&harness, 80.0, 220.0);
    click(&mut harness, store, Modifiers::NONE);
    assert_eq!(selected(&harness), ["db"]);
}

/// The pointer is free: a click still selects.
fn usable(harness: &mut Harness<'_, App>) {
    let worker = screen(harness, 498.0, 40.0);
    click(harness, worker, Modifiers::NONE);
    assert_eq!(selected(harness), ["worker"]);
}

#[test]
fn escape_while_the_button_is_down_and_nothing_moved_selects_nothing() {
    let mut harness = open(three());
    let shop = screen(&harness, 98.0, 40.0);
    hover(&mut harness, shop);
    harness.drag_at(shop);
    harness.run();
    press(&mut harness, Key::Escape);
    drop_at(&mut harness, shop);
    assert!(selected(&harness).is_empty());
}

/// Whether the name of one component is painted after that of another, so above it.
fn is_above(harness: &Harness<'_, App>, one: &str, other: &str) -> bool {
    let place = |name: &str| {
        harness
            .output()
            .shapes
            .iter()
            .rposition(|shape| matches!(&shape.shape, egui::Shape::Text(text) if text.galley.text() == name))
    };
    place(one).zip(place(other)).is_some_and(|(one, other)| one > other)
}

#[test]
fn what_is_dragged_lies_above_what_it_is_dropped_on_and_can_be_taken_away_again() {
    let mut harness = open(three());
    let (shop, worker) = (screen(&harness, 98.0, 40.0), screen(&harness, 498.0, 40.0));
    hover(&mut harness, shop);
    drag(&mut harness, shop, worker + vec2(0.0, 12.0));
    assert!(is_above(&harness, "Shop", "Worker"), "while it hangs at the pointer");
    drop_at(&mut harness, worker + vec2(0.0, 12.0));
    assert!(is_above(&harness, "Shop", "Worker"), "where it was dropped");
    assert_eq!(selected(&harness), ["shop"]);
    drag(&mut harness, worker, shop);
    drop_at(&mut harness, shop);
    assert_eq!(selected(&harness), ["shop"], "what lies above is what is taken");
    assert!(place(&harness, "worker").x == 400.0 && place(&harness, "shop").x < 40.0);
}

#[test]
fn a_drag_that_is_all_in_one_frame_is_one() {
    for (kind, wanted) in [("card", "Move Shop"), ("handle", "Connect Shop to Worker")] {
        let mut harness = open(three());
        let card = screen(&harness, 98.0, 40.0);
        hover(&mut harness, card);
        let (from, to) = if kind == "card" {
            (card, card + vec2(0.0, -90.0))
        } else {
            let handle = harness.get_by_label("Connect Shop from the right side").rect().center();
            (handle, screen(&harness, 500.0, 40.0))
        };
        hover(&mut harness, from);
        let press = |pos: Pos2, pressed: bool| Event::PointerButton {
            pos,
            button: PointerButton::Primary,
            pressed,
            modifiers: Modifiers::NONE,
        };
        let moves = [0.25, 0.5, 0.75, 1.0].map(|share| Event::PointerMoved(from.lerp(to, share)));
        let events = [press(from, true)].into_iter().chain(moves).chain([press(to, false)]);
        harness.input_mut().events.extend(events.chain([Event::PointerMoved(to + vec2(30.0, 80.0))]));
        harness.run();
        assert_eq!((depth(&harness), last_step(&harness).as_str()), (1, wanted));
        assert!(!harness.state().canvas.in_gesture());
        if kind == "card" {
            assert!(place(&harness, "shop").y < -60.0, "to where it was let go: {:?}", place(&harness, "shop"));
        }
    }
}

#[test]
fn a_drag_in_one_frame_over_something_that_lies_on_the_sheet_is_none_of_the_sheet() {
    let mut harness = open(three());
    let before = text(&harness);
    let from = harness.get_by_label("Fit").rect().center();
    hover(&mut harness, from);
    let press = |pos: Pos2, pressed: bool| Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    let to = screen(&harness, 98.0, 40.0);
    harness.input_mut().events.extend([press(from, true), Event::PointerMoved(to), press(to, false)]);
    harness.run();
    assert_eq!(text(&harness), before);
    assert!(selected(&harness).is_empty());
}
