//! Rings around what was found, while the box is open.

use egui::{Rect, Shape, Stroke, StrokeKind, vec2};

use super::super::{
    CanvasState,
    convert::{from_rect, to_pos, to_rect},
    pen::Pen,
};
use crate::{geometry::grid::touches, project::ElementId};

/// Between a card and its ring, in points.
const GAP: f32 = 5.0;
/// However far away: a ring is at least this large.
const LEAST: f32 = 12.0;

/// Rings around the hits that can be seen, and a strong one around the chosen hit.
pub(in crate::ui::canvas) fn rings(pen: &mut Pen<'_>, state: &CanvasState) {
    if !state.find.open || state.find.elements.is_empty() {
        return;
    }
    let camera = state.camera;
    let seen = camera.visible_world(from_rect(state.viewport.expand(2.0 * GAP)));
    let chosen = state.find.chosen_element();
    let is_found = |element: &ElementId| state.find.elements.contains(element);
    let is_chosen = |element: &ElementId| chosen.as_ref() == Some(element);
    for card in state.scene.cards.iter().filter(|card| touches(card.rect_world, seen) && is_found(&card.element)) {
        ring(pen, to_rect(camera.rect_screen(card.rect_world)), is_chosen(&card.element));
    }
    for frame in state.scene.frames.iter().filter(|frame| touches(frame.rect_world, seen) && is_found(&frame.element)) {
        ring(pen, to_rect(camera.rect_screen(frame.rect_world)), is_chosen(&frame.element));
    }
    for link in state.scene.links.iter().filter(|link| touches(link.area_world, seen) && is_found(&link.element)) {
        let middle = to_pos(camera.screen_from_world(link.middle_world));
        ring(pen, Rect::from_center_size(middle, vec2(LEAST, LEAST)), is_chosen(&link.element));
    }
    let Some((index, _)) = state.find.hit() else { return };
    for (element, rect_world) in index.notes().filter(|(element, rect)| touches(*rect, seen) && is_found(element)) {
        ring(pen, to_rect(camera.rect_screen(rect_world)), is_chosen(&element));
    }
}

fn ring(pen: &mut Pen<'_>, rect: Rect, chosen: bool) {
    let size = rect.size().max(vec2(LEAST, LEAST));
    let rect = Rect::from_center_size(rect.center(), size).expand(GAP);
    let ink = pen.tokens.accent.ink;
    let radius = (9.0 * pen.zoom).clamp(2.0, 12.0) + GAP;
    if chosen {
        pen.add(Shape::rect_filled(rect, radius, ink.gamma_multiply(0.12)));
        pen.add(Shape::rect_stroke(rect, radius, Stroke::new(3.0, ink), StrokeKind::Outside));
    } else {
        pen.add(Shape::rect_stroke(rect, radius, Stroke::new(1.5, ink.gamma_multiply(0.8)), StrokeKind::Outside));
    }
}
