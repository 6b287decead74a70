//! Rings around what was found, while the box is open.

use egui::{Mesh, Rect, Shape, Stroke, StrokeKind, vec2};

use super::super::{
    CanvasState,
    convert::{from_rect, to_pos, to_rect},
    pen::Pen,
};
use crate::{project::ElementId, ui::View};

/// Between a card and its ring, in points.
const GAP: f32 = 5.0;
/// However far away: a ring is at least this large.
const LEAST: f32 = 12.0;
/// Of more than so many at a time each is only a patch: rings would touch, and take longer to paint than a frame may.
const MOST_RINGS: usize = 400;

/// Rings around the hits that can be seen, and a strong one around the chosen hit.
pub(in crate::ui::canvas) fn rings(pen: &mut Pen<'_>, view: &View<'_>, state: &CanvasState) {
    if !state.find.open || state.find.elements.is_empty() {
        return;
    }
    let found = found_in_view(view, state);
    let ink = pen.tokens.accent.ink;
    if found.len() > MOST_RINGS {
        let mut mesh = Mesh::default();
        for (_, rect) in &found {
            mesh.add_colored_rect(rect.expand(1.0), ink.gamma_multiply(0.45));
        }
        pen.add(Shape::mesh(mesh));
    }
    let chosen = state.find.chosen_element();
    let few = found.len() <= MOST_RINGS;
    for (element, rect) in &found {
        let is_chosen = chosen.as_ref() == Some(element);
        if few || is_chosen {
            ring(pen, *rect, is_chosen);
        }
    }
}

/// What was found of what is seen, with its place on the screen.
fn found_in_view(view: &View<'_>, state: &CanvasState) -> Vec<(ElementId, Rect)> {
    let (scene, camera) = (&state.scene, &state.camera);
    let seen = camera.visible_world(from_rect(state.viewport.expand(2.0 * GAP)));
    let project = view.session.project();
    let at = |rect: kurbo::Rect| to_rect(camera.rect_screen(rect));
    let mut found: Vec<(ElementId, Rect)> = Vec::new();
    let mut take = |element: &ElementId, rect: Rect| {
        if state.find.elements.contains(element) {
            found.push((element.clone(), rect));
        }
    };
    for frame in scene.frames_in(seen) {
        take(&frame.element, at(frame.rect_world));
    }
    for card in scene.card_positions(seen).iter().map(|index| &scene.cards[*index]) {
        take(&card.element, at(card.rect_world));
    }
    for link in scene.link_positions(seen).iter().map(|index| &scene.links[*index]) {
        let middle = to_pos(camera.screen_from_world(link.middle_world));
        take(&link.element, Rect::from_center_size(middle, vec2(LEAST, LEAST)));
    }
    for (id, note) in scene.note_positions(seen).into_iter().filter_map(|index| project.sticky_notes.get_index(index)) {
        take(&ElementId::Note(id.clone()), at(note.rect_world()));
    }
    found
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
