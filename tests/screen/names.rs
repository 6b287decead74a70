//! Names on cards: whole wherever they could be read, and under the pointer where they have no room.

use std::sync::Arc;

use egui::{Galley, Rect, Shape};
use egui_kittest::{Harness, kittest::Queryable as _};
use groundplan::{
    project::{Boundary, Component, ComponentKind, Edit, Project},
    session::CanvasRequest,
};
use kurbo::Point;

use crate::common::canvas as sheet;
use sheet::*;

/// As people call things, with what each is.
const LONG: [(&str, ComponentKind); 7] = [
    ("Customer notification and preference management service (legacy)", ComponentKind::RestApi),
    ("Identity and access management gateway for partners (v2)", ComponentKind::ApiGateway),
    ("Regulatory reporting and reconciliation batch processor", ComponentKind::Worker),
    ("Warehouse inventory synchronisation and forecasting worker", ComponentKind::Worker),
    ("Order fulfilment orchestration and carrier dispatch service", ComponentKind::DomainService),
    ("Subscription billing and dunning", ComponentKind::RestApi),
    ("PostgreSQL primary for orders, customers and reporting", ComponentKind::RelationalDatabase),
];

fn plan() -> Project {
    let mut project = Project::new("Long names");
    for (place, (name, kind)) in LONG.into_iter().enumerate() {
        let at = Point::new((place % 3) as f64 * 260.0, (place / 3) as f64 * 140.0);
        project.apply(&Edit::PutComponent(format!("c{place}").as_str().into(), Component::new(name, kind, Some(at))));
    }
    project
}

fn open_at(project: Project, zoom: f64) -> Harness<'static, App> {
    let mut app = App::new(project);
    app.canvas.show_minimap = false;
    let mut harness = open_alone(app, [1280.0, 800.0]);
    harness.state_mut().canvas.request(CanvasRequest::ZoomTo(zoom));
    harness.run();
    harness.run();
    harness
}

/// Every text that is painted, and where.
fn texts(harness: &Harness<'_, App>) -> Vec<(Arc<Galley>, Rect)> {
    fn add(shape: &Shape, texts: &mut Vec<(Arc<Galley>, Rect)>) {
        match shape {
            Shape::Text(text) => {
                texts.push((Arc::clone(&text.galley), Rect::from_min_size(text.pos, text.galley.size())));
            }
            Shape::Vec(shapes) => shapes.iter().for_each(|shape| add(shape, texts)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    harness.output().shapes.iter().for_each(|clipped| add(&clipped.shape, &mut found));
    found
}

fn card(harness: &Harness<'_, App>, place: usize) -> Rect {
    let canvas = &harness.state().canvas;
    let rect = harness.state().session.project().components[format!("c{place}").as_str()].rect_world();
    let rect = canvas.camera.rect_screen(rect);
    Rect::from_min_max(egui::pos2(rect.x0 as f32, rect.y0 as f32), egui::pos2(rect.x1 as f32, rect.y1 as f32))
}

/// Where the whole of a name is painted.
fn whole(harness: &Harness<'_, App>, name: &str) -> Option<Rect> {
    let same = |galley: &Galley| !galley.elided && galley.text().split_whitespace().eq(name.split_whitespace());
    texts(harness).into_iter().find(|(galley, _)| same(galley)).map(|(_, rect)| rect)
}

#[test]
fn a_long_name_is_whole_at_every_zoom_at_which_there_are_details_and_a_little_below() {
    for zoom in [0.5, 0.51, 0.54, 0.64, 0.8, 1.0, 1.3, 2.0] {
        let harness = open_at(plan(), zoom);
        let seen = harness.state().canvas.viewport();
        let mut met = 0;
        for (place, (name, _)) in LONG.into_iter().enumerate() {
            let card = card(&harness, place);
            if !seen.contains_rect(card) {
                continue;
            }
            let at = whole(&harness, name).unwrap_or_else(|| panic!("{name} is cut at {zoom}"));
            assert!(card.expand(0.5).contains_rect(at), "{name} at {zoom}: {at} sticks out of {card}");
            met += 1;
        }
        assert!(met > 0, "some are seen at {zoom}");
    }
}

#[test]
fn nothing_on_a_card_lies_on_its_long_name() {
    for zoom in [0.51, 0.64, 1.0] {
        let mut project = plan();
        project.apply(&Edit::SetLocked([session::component("c0")].into(), true));
        let harness = open_at(project, zoom);
        let (name, card) = (LONG[0].0, card(&harness, 0));
        let at = whole(&harness, name).unwrap_or_else(|| panic!("{name} is cut at {zoom}"));
        for (galley, rect) in texts(&harness) {
            let other = !galley.text().split_whitespace().eq(name.split_whitespace());
            if other && card.contains_rect(rect) {
                assert!(!rect.shrink(1.0).intersects(at.shrink(1.0)), "{} at {rect} on {at}, {zoom}", galley.text());
            }
        }
    }
}

#[test]
fn the_same_name_on_cards_with_more_and_less_room_settles_at_rest() {
    let mut project = plan();
    for (id, locked) in [("c0", true), ("twin", false)] {
        let name = LONG[0].0;
        let component =
            Component::new(name, ComponentKind::RestApi, Some(Point::new(0.0, if locked { 0.0 } else { 420.0 })));
        project.apply(&Edit::PutComponent(id.into(), Component { locked, ..component }));
    }
    let mut harness = open_at(project, 0.7);
    let before = harness.state().canvas.work().glyphs;
    harness.hover_at(egui::pos2(5.0, 5.0));
    harness.run();
    harness.run();
    assert_eq!(harness.state().canvas.work().glyphs, before, "nothing is laid out at rest");
}

#[test]
fn where_it_has_no_room_the_whole_name_comes_with_the_pointer() {
    let database = LONG[6].0;
    let mut harness = open_at(plan(), 0.3);
    assert!(whole(&harness, database).is_none());
    let at = card(&harness, 6).center();
    hover(&mut harness, at);
    harness.run_steps(20);
    assert!(harness.query_by_label(database).is_some(), "the tip says it");
    let mut harness = open_at(plan(), 1.0);
    let at = card(&harness, 6).center();
    hover(&mut harness, at);
    harness.run_steps(20);
    assert!(harness.query_by_label(database).is_none(), "what is read anyway is not said again");
}

#[test]
fn the_name_of_a_frame_that_is_whole_at_100_percent_is_whole_further_away() {
    let name = "Payments and settlement, regulated zone";
    for zoom in [0.5, 0.51, 0.6, 0.75, 1.0] {
        let mut project = plan();
        let rect = kurbo::Rect::new(-20.0, -40.0, 280.0, 360.0);
        project.apply(&Edit::PutBoundary("zone".into(), Boundary::new(name, rect)));
        let harness = open_at(project, zoom);
        let at = whole(&harness, name).unwrap_or_else(|| panic!("{name} is cut at {zoom}"));
        assert!(f64::from(at.height()) >= 5.0, "it can be read at {zoom}");
    }
}
