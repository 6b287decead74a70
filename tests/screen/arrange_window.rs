//! Arranging as it is seen: guides with distances, cards that glide to their places, the menu of several elements.

use egui::{Modifiers, PointerButton, Pos2, Shape};
use egui_kittest::{Harness, kittest::Queryable as _};
use groundplan::{
    project::{Component, ComponentKind, Connection, Edit, Project, Protocol},
    session::{Action, CanvasRequest},
};
use kurbo::Point;

use crate::common::canvas as sheet;
use sheet::{session::*, *};

/// Workers (196 × 80) at these places on a canvas of their own.
fn open(places: &[(&str, f64, f64)], animate: bool) -> Harness<'static, App> {
    let mut project = Project::new("Plan");
    for (name, x, y) in places {
        let component = Component::new(name, ComponentKind::Worker, Some(Point::new(*x, *y)));
        project.apply(&Edit::PutComponent((*name).into(), component));
    }
    let mut app = App { animate, ..App::new(project) };
    app.canvas.show_minimap = false;
    let mut harness = open_alone(app, [1000.0, 700.0]);
    // Tests have nothing move by itself, unless that is what they are about.
    harness.ctx.all_styles_mut(|style| style.animation_time = if animate { 0.1 } else { 0.0 });
    harness.run();
    harness
}

fn choose(harness: &mut Harness<'_, App>, names: &[&str]) {
    select(&mut harness.state_mut().session, &names.iter().map(|name| component(name)).collect::<Vec<_>>());
    harness.run();
}

/// Every text that is painted, and where.
fn texts(harness: &Harness<'_, App>) -> Vec<(String, Pos2)> {
    fn add(shape: &Shape, texts: &mut Vec<(String, Pos2)>) {
        match shape {
            Shape::Text(text) => texts.push((text.galley.text().to_owned(), text.pos)),
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| add(shape, texts)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    harness.output().shapes.iter().for_each(|clipped| add(&clipped.shape, &mut found));
    found
}

fn painted(harness: &Harness<'_, App>, text: &str) -> Option<Pos2> {
    texts(harness).into_iter().find(|(written, _)| written == text).map(|(_, pos)| pos)
}

#[test]
fn cards_glide_to_where_a_command_put_them_and_then_nothing_is_asked_for() {
    let places = [("one", 0.0, 0.0), ("two", 300.0, 200.0)];
    let [mut glides, mut jumps] = [true, false].map(|animate| open(&places, animate));
    let from = painted(&glides, "two").unwrap();
    for harness in [&mut glides, &mut jumps] {
        choose(harness, &["one", "two"]);
        harness.state_mut().session.apply(Action::Run("arrange.top"));
        // In the next frame the command is carried out, in the one after that the screen knows of it.
        harness.step();
        harness.step();
        harness.step();
    }
    let end = painted(&jumps, "two").unwrap();
    assert_eq!(jumps.run(), 1, "where nothing is to move by itself it is there at once");
    let way = painted(&glides, "two").unwrap();
    assert!(way.y < from.y && way.y > end.y, "{from:?} {way:?} {end:?}");
    let steps = glides.run();
    assert!((4..20).contains(&steps), "{steps}");
    assert_eq!(painted(&glides, "two"), Some(end));
    assert_eq!(glides.run(), 1, "an idle frame asks for nothing");
    glides.state_mut().session.apply(Action::Run("edit.undo"));
    glides.step();
    glides.step();
    glides.step();
    assert!(painted(&glides, "two").unwrap().y < from.y, "undo glides back");
    glides.run();
    assert_eq!(painted(&glides, "two"), Some(from));
}

#[test]
fn a_card_between_two_others_snaps_to_equal_gaps_and_the_gap_is_written() {
    let places = [("left", 0.0, 0.0), ("right", 600.0, 3.0), ("mover", 200.0, 300.0)];
    let mut harness = open(&places, false);
    let from = screen(&harness, 298.0, 340.0);
    // In the middle it would be at 300, with 104 on both sides.
    let to = screen(&harness, 403.0, 60.0);
    drag(&mut harness, from, to);
    assert_eq!(place(&harness, "mover").x, 300.0);
    let written = texts(&harness).into_iter().filter(|(text, _)| text == "104").count();
    assert_eq!(written, 2, "{:?}", texts(&harness));
    drop_at(&mut harness, to);
    assert_eq!(painted(&harness, "104"), None);
    assert_eq!(place(&harness, "mover").x, 300.0);
}

#[test]
fn no_figure_is_written_that_is_larger_than_its_gap_or_than_a_card() {
    let places = [("left", 0.0, 0.0), ("right", 600.0, 3.0), ("mover", 200.0, 300.0)];
    for zoom in [0.3, 0.2, 0.1] {
        let mut harness = open(&places, false);
        harness.state_mut().canvas.request(CanvasRequest::ZoomTo(zoom));
        harness.run();
        let (from, to) = (screen(&harness, 298.0, 340.0), screen(&harness, 403.0, 60.0));
        drag(&mut harness, from, to);
        let figures: Vec<String> = texts(&harness).into_iter().map(|(text, _)| text).collect();
        let written = figures.iter().filter(|text| *text == "104").count();
        assert_eq!(written, if zoom > 0.25 { 2 } else { 0 }, "{zoom} {figures:?}");
    }
}

#[test]
fn a_right_click_on_one_of_several_offers_to_arrange_them() {
    let mut harness = open(&[("one", 0.0, 0.0), ("two", 300.0, 200.0)], false);
    choose(&mut harness, &["one", "two"]);
    let at = screen(&harness, 60.0, 40.0);
    harness.hover_at(at);
    for pressed in [true, false] {
        button(&harness, at, pressed, PointerButton::Secondary, Modifiers::NONE);
    }
    harness.run();
    harness.get_by_label_contains("Arrange").click();
    harness.run();
    harness.get_by_label_contains("Align left").click();
    harness.run();
    assert_eq!(harness.state().session.project().components["two"].pos_world, Some(Point::new(0.0, 200.0)));
    assert_eq!(harness.state().session.selection().len(), 2, "they stay selected");
}

/// The ends of every line of more than one piece that is painted.
fn line_ends(harness: &Harness<'_, App>) -> Vec<Pos2> {
    fn add(shape: &Shape, ends: &mut Vec<Pos2>) {
        match shape {
            Shape::Path(path) if !path.closed && path.points.len() > 1 => {
                ends.extend([path.points[0], path.points[path.points.len() - 1]]);
            }
            Shape::LineSegment { points, .. } => ends.extend(points),
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| add(shape, ends)),
            _ => {}
        }
    }
    let mut ends = Vec::new();
    harness.output().shapes.iter().for_each(|clipped| add(&clipped.shape, &mut ends));
    ends
}

#[test]
fn a_line_stays_at_its_cards_while_they_glide() {
    let mut harness = open(&[("one", 0.0, 0.0), ("two", 400.0, 240.0)], true);
    let link = Connection::new("one".into(), "two".into(), Protocol::Http);
    harness.state_mut().session.apply(Action::edit("Connect", vec![Edit::PutConnection("link".into(), link)]));
    choose(&mut harness, &["one", "two"]);
    let right_of_one = |harness: &Harness<'_, App>| screen(harness, 196.0, 40.0);
    let ends = line_ends(&harness);
    let at = right_of_one(&harness);
    assert!(ends.iter().any(|end| end.distance(at) < 2.0), "{ends:?} at {at}");
    let rest = painted(&harness, "two").unwrap();
    harness.state_mut().session.apply(Action::Run("edit.nudge-far-right"));
    harness.run();
    harness.state_mut().session.apply(Action::Run("edit.undo"));
    for _ in 0..4 {
        harness.step();
    }
    let off = painted(&harness, "two").unwrap() - rest;
    assert!(off.x > 1.0, "on its way: {off}");
    let (ends, at) = (line_ends(&harness), right_of_one(&harness) + off);
    assert!(ends.iter().any(|end| end.distance(at) < 2.0), "{ends:?} at {at}");
}
