//! Words on connections as they are painted: beside their line where there is no room on it, whole for who is at it.

use egui::{Rect, Shape, vec2};
use egui_kittest::Harness;
use groundplan::{
    project::{Component, ComponentKind, Connection, Edit, ElementId, Project, Protocol},
    session::Select,
};
use kurbo::Point;

use crate::common::canvas as sheet;
use sheet::*;

/// The texts that are painted, each with where it is, and whether it is cut.
fn painted(harness: &Harness<'_, App>) -> Vec<(String, Rect, bool)> {
    fn add(shape: &Shape, texts: &mut Vec<(String, Rect, bool)>) {
        match shape {
            Shape::Text(text) => {
                let rect = Rect::from_min_size(text.pos, text.galley.size());
                texts.push((text.galley.text().to_owned(), rect, text.galley.elided));
            }
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| add(shape, texts)),
            _ => {}
        }
    }
    let mut texts = Vec::new();
    harness.output().shapes.iter().for_each(|clipped| add(&clipped.shape, &mut texts));
    texts
}

/// A shop and a worker close to it, with a connection that says something.
fn close(label: &str, apart: f64) -> Project {
    let mut project = Project::new("Close");
    for (id, name, x) in [("shop", "Shop", 0.0), ("worker", "Worker", 196.0 + apart)] {
        let component = Component::new(name, ComponentKind::WebApplication, Some(Point::new(x, 0.0)));
        project.apply(&Edit::PutComponent(id.into(), component));
    }
    let link = Connection::new("shop".into(), "worker".into(), Protocol::Http);
    project.apply(&Edit::PutConnection("l".into(), Connection { label: label.to_owned(), ..link }));
    project
}

#[test]
fn words_that_are_longer_than_their_line_are_whole_only_for_who_is_at_it() {
    let label = "places orders for everybody";
    let mut harness = open(close(label, 90.0));
    run_command(&mut harness, "view.zoom-actual");
    let camera = harness.state().canvas.camera;
    let at = |x: f64, y: f64| {
        let at = camera.screen_from_world(Point::new(x, y));
        egui::pos2(at.x as f32, at.y as f32)
    };
    let (start, end) = (at(196.0, 40.0), at(286.0, 40.0));
    let cards =
        [Rect::from_two_pos(at(0.0, 0.0), at(196.0, 80.0)), Rect::from_two_pos(at(286.0, 0.0), at(482.0, 80.0))];
    let clear = |rect: Rect| cards.iter().all(|card| !card.intersects(rect));
    let words = |harness: &Harness<'_, App>, text: &str| {
        painted(harness).into_iter().find(|(painted, ..)| painted == text).map(|(_, rect, cut)| (rect, cut))
    };
    let (rect, cut) = words(&harness, label).expect("its beginning has room");
    assert!(cut && clear(rect), "{rect:?}");
    assert!(rect.left() >= start.x + 12.0 && rect.right() <= end.x - 20.0, "the line is seen: {rect:?}");
    // The pointer at the line: all that it says, beside the line and over no card.
    hover(&mut harness, start + vec2(7.0, 0.0));
    let (rect, cut) = words(&harness, &format!("{label}, HTTP")).expect("it says all");
    assert!(!cut && clear(rect), "{rect:?}");
    assert!(!rect.expand(1.0).contains(start + vec2(40.0, 0.0)), "not over its line: {rect:?}");
}

#[test]
fn words_are_painted_at_the_same_place_of_the_sheet_at_any_zoom() {
    let mut places = Vec::new();
    for zoom in [0.5, 1.0, 2.0] {
        let mut harness = open(close("orders", 120.0));
        run_command(&mut harness, "view.zoom-actual");
        let canvas = &mut harness.state_mut().canvas;
        let middle = canvas.camera.screen_from_world(Point::new(240.0, 40.0));
        canvas.camera.zoom_at(middle, zoom);
        harness.run();
        let (_, rect, cut) = painted(&harness).into_iter().find(|(text, ..)| text == "orders").expect("it has room");
        assert!(!cut);
        places.push(harness.state().canvas.world_at(rect.center()));
    }
    assert!(places.iter().all(|place| (*place - places[0]).hypot() < 1.5), "{places:?}");
}

#[test]
fn a_piece_that_is_bent_snaps_into_the_middle_between_its_boxes_and_says_how_far_it_is_to_them() {
    let mut project = close("", 200.0);
    project.apply(&Edit::Place("worker".into(), Point::new(396.0, 300.0)));
    let mut harness = open(project);
    run_command(&mut harness, "view.zoom-actual");
    harness.state_mut().session.select(Select::Only(vec![ElementId::Connection("l".into())]));
    harness.run();
    let camera = harness.state().canvas.camera;
    // Beside its words.
    let upright = camera.screen_from_world(Point::new(296.0, 100.0));
    let upright = egui::pos2(upright.x as f32, upright.y as f32);
    // Away from the middle, and nearly back.
    drag(&mut harness, upright, upright + vec2(60.0, 0.0));
    harness.hover_at(upright + vec2(5.0, 0.0));
    harness.run();
    let via = harness.state().session.project().connections["l"].course.via.clone();
    assert!(via.iter().any(|via| (via.x - 296.0).abs() < 0.01), "{via:?}");
    assert!(painted(&harness).iter().any(|(text, ..)| text == "100"), "it says how far it is to what is beside it");
}

/// The words of the only line, where they are painted.
fn words_of(harness: &Harness<'_, App>, text: &str) -> Rect {
    let found = painted(harness).into_iter().find(|(painted, ..)| painted == text);
    assert!(found.is_some(), "{text} is not painted");
    found.map_or(Rect::NOTHING, |(_, rect, _)| rect)
}

#[test]
fn words_make_room_for_the_points_that_their_line_is_led_through() {
    let mut project = close("", 600.0);
    let id = groundplan::project::ConnectionId::from("l");
    let mut link = (**project.connections.get(&id).expect("it is there")).clone();
    // Where the words of the line would be.
    link.course.via = vec![Point::new(496.0, 40.0)];
    project.apply(&Edit::PutConnection(id.clone(), link));
    let mut harness = open(project);
    run_command(&mut harness, "view.zoom-actual");
    harness.state_mut().session.select(Select::Only(vec![ElementId::Connection(id)]));
    harness.run();
    let grip = screen(&harness, 496.0, 40.0);
    let rect = words_of(&harness, "HTTP");
    assert!(!rect.expand(4.0).contains(grip), "{rect:?} under {grip:?}");
}

#[test]
fn words_are_hit_wherever_they_are_painted_at_any_zoom() {
    let label = "places orders for everybody and more";
    // Upright: from end to end they reach far beyond their line.
    let mut project = close(label, 90.0);
    project.apply(&Edit::Place("worker".into(), Point::new(0.0, 420.0)));
    for zoom in [0.5, 1.0, 2.0, 4.0] {
        let mut harness = open(project.clone());
        run_command(&mut harness, "view.zoom-actual");
        let canvas = &mut harness.state_mut().canvas;
        let middle = canvas.viewport().center();
        canvas.camera.zoom_at(Point::new(f64::from(middle.x), f64::from(middle.y)), zoom);
        let view = canvas.viewport();
        let view = kurbo::Rect::new(view.left().into(), view.top().into(), view.right().into(), view.bottom().into());
        canvas.camera.centre_on(Point::new(98.0, 250.0), view);
        harness.run();
        let rect = words_of(&harness, label);
        for at in [rect.left_center() + vec2(3.0, 0.0), rect.right_center() - vec2(3.0, 0.0)] {
            if !harness.state().canvas.viewport().shrink(4.0).contains(at) {
                assert!(zoom > 2.0, "it is seen at {zoom}");
                continue;
            }
            harness.state_mut().session.select(Select::Nothing);
            click(&mut harness, at, egui::Modifiers::NONE);
            let chosen = harness.state().session.selection();
            assert!(chosen.contains(&ElementId::Connection("l".into())), "{at} of {rect} at {zoom}: {chosen:?}");
        }
    }
}

#[test]
fn where_words_are_too_small_to_be_read_nobody_looks_for_their_places() {
    let mut harness = open(close("orders", 120.0));
    let middle = Point::new(500.0, 350.0);
    let zoom = harness.state().canvas.camera.zoom;
    harness.state_mut().canvas.camera.zoom_at(middle, 0.4 / zoom);
    harness.run();
    let before = harness.state().canvas.work().looks;
    run_command(&mut harness, "edit.select-all");
    harness.state_mut().session.apply(groundplan::session::Action::edit(
        "Move",
        vec![Edit::Move(["worker"].map(|id| ElementId::Component(id.into())).into(), kurbo::Vec2::new(30.0, 40.0))],
    ));
    harness.run();
    assert!(painted(&harness).iter().all(|(text, ..)| text != "orders"));
    assert_eq!(harness.state().canvas.work().looks, before);
    assert!(!harness.state().canvas.is_catching_up());
}
