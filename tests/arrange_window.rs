//! Arranging as it is seen: guides with distances, cards that glide to their places, the menu of several elements.

#![expect(clippy::unwrap_used, reason = "helpers of a test")]

use std::sync::Arc;

use egui::{Event, Modifiers, PointerButton, Pos2, Shape, pos2};
use egui_kittest::{Harness, kittest::Queryable as _};
use groundplan::{
    project::{Component, ComponentKind, Edit, ElementId, Project},
    session::{Action, Request, Select, Session},
    storage,
    ui::{
        View,
        canvas::{CanvasState, canvas_ui},
        theme,
    },
};
use kurbo::Point;

struct App {
    session: Session,
    canvas: CanvasState,
    animate: bool,
}

/// Workers (196 × 80) at these places on a canvas of their own.
fn open(places: &[(&str, f64, f64)], animate: bool) -> Harness<'static, App> {
    let mut project = Project::new("Plan");
    for (name, x, y) in places {
        let component = Component::new(name, ComponentKind::Worker, Some(Point::new(*x, *y)));
        project.apply(&Edit::PutComponent((*name).into(), component));
    }
    let session = Session::new(Arc::new(storage::load_engine(None).unwrap()), project, None);
    let mut canvas = CanvasState::default();
    canvas.show_minimap = false;
    let app = App { session, canvas, animate };
    let mut harness = Harness::builder()
        .with_size([1000.0, 700.0])
        .with_step_dt(0.02)
        .with_max_steps(40)
        .with_context_setup(theme::install)
        .build_ui_state(
            |ui, app: &mut App| {
                let mut actions = Vec::new();
                egui::CentralPanel::no_frame().show(ui, |ui| {
                    let view = View { session: &app.session, animate: app.animate };
                    canvas_ui(ui, &view, &mut app.canvas, &mut actions);
                });
                for action in actions {
                    app.session.apply(action);
                }
                for request in app.session.take_requests() {
                    if let Request::Canvas(request) = request {
                        app.canvas.request(request);
                    }
                }
            },
            app,
        );
    // Tests have nothing move by itself, unless that is what they are about.
    harness.ctx.all_styles_mut(|style| style.animation_time = if animate { 0.1 } else { 0.0 });
    harness.run();
    harness
}

fn select(harness: &mut Harness<'_, App>, names: &[&str]) {
    let all = names.iter().map(|name| ElementId::Component((*name).into())).collect();
    harness.state_mut().session.apply(Action::Select(Select::Only(all)));
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

fn screen(harness: &Harness<'_, App>, x: f64, y: f64) -> Pos2 {
    let at = harness.state().canvas.camera.screen_from_world(Point::new(x, y));
    pos2(at.x as f32, at.y as f32)
}

#[test]
fn cards_glide_to_where_a_command_put_them_and_then_nothing_is_asked_for() {
    let places = [("one", 0.0, 0.0), ("two", 300.0, 200.0)];
    let [mut glides, mut jumps] = [true, false].map(|animate| open(&places, animate));
    let from = painted(&glides, "two").unwrap();
    for harness in [&mut glides, &mut jumps] {
        select(harness, &["one", "two"]);
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
    harness.hover_at(from);
    harness.run();
    harness.drag_at(from);
    harness.run();
    harness.hover_at(from.lerp(to, 0.5));
    harness.hover_at(to);
    harness.run();
    let place = |harness: &Harness<'_, App>| harness.state().session.project().components["mover"].pos_world.unwrap();
    assert_eq!(place(&harness).x, 300.0);
    let written = texts(&harness).into_iter().filter(|(text, _)| text == "104").count();
    assert_eq!(written, 2, "{:?}", texts(&harness));
    harness.drop_at(to);
    harness.run();
    assert_eq!(painted(&harness, "104"), None);
    assert_eq!(place(&harness).x, 300.0);
}

#[test]
fn a_right_click_on_one_of_several_offers_to_arrange_them() {
    let mut harness = open(&[("one", 0.0, 0.0), ("two", 300.0, 200.0)], false);
    select(&mut harness, &["one", "two"]);
    let at = screen(&harness, 60.0, 40.0);
    harness.hover_at(at);
    for pressed in [true, false] {
        let (button, modifiers) = (PointerButton::Secondary, Modifiers::NONE);
        harness.event(Event::PointerButton { pos: at, button, pressed, modifiers });
    }
    harness.run();
    harness.get_by_label_contains("Arrange").click();
    harness.run();
    harness.get_by_label_contains("Align left").click();
    harness.run();
    assert_eq!(harness.state().session.project().components["two"].pos_world, Some(Point::new(0.0, 200.0)));
    assert_eq!(harness.state().session.selection().len(), 2, "they stay selected");
}
