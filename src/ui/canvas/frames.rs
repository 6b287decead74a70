//! Boundaries (dashed frames with a caption on the line, or the boxes they are folded to) and sticky notes.

mod facts;
mod folded;
mod in_place;
mod nodes;
mod tools;

use egui::{Rect, Shape, Stroke, StrokeKind, pos2, vec2};

pub(super) use facts::{FoldedBox, Frame};
pub(super) use in_place::InPlace;
pub(super) use nodes::{GripAt, buttons, cursor as grip_cursor, grips};
pub(super) use tools::{Tools, update};

use super::{CanvasState, convert::to_rect, pen::Pen, scene::Scene};
use crate::{
    geometry::{camera::Camera, hit::encloses},
    playbook::Playbook,
    project::{ElementId, StickyNote},
    ui::{
        icons,
        theme::{Face, radius},
    },
};

/// Where the caption begins, in world units from the left edge.
const CAPTION_LEFT: f32 = 22.0;
/// Where its words begin, behind the button that folds.
const WORDS_LEFT: f32 = 32.0;
/// Inside a note, in world units.
const NOTE_PADDING: f32 = 10.0;
/// The name of a frame is not written smaller than this, in points.
const LEAST_NAME: f32 = 9.0;
/// Frames narrower than this have no name, in points.
const LEAST_NAMED: f32 = 48.0;
/// Half the side of a grip, in points.
const GRIP: f32 = 4.0;

/// Paints a boundary that is seen.
pub(super) fn boundary(
    pen: &mut Pen<'_>,
    camera: &Camera,
    frame: &Frame,
    playbook: &Playbook,
    (selected, hovered): (bool, bool),
) {
    if let Some(folded) = &frame.folded {
        folded::paint(pen, camera, (frame, folded), playbook, (selected, hovered));
        return;
    }
    let rect = to_rect(camera.rect_screen(frame.rect_world));
    let tokens = pen.tokens;
    let framework = frame.framework.as_ref().and_then(|id| playbook.frameworks.get(id));
    let ink = framework.map_or(tokens.muted, |framework| tokens.framework(&framework.colour).ink);
    let colour = if selected { tokens.accent.ink } else { ink };
    let width = if selected || hovered { 2.0 } else { 1.0 };
    pen.dashed_frame(rect, f32::from(radius::CARD) * pen.zoom.min(1.5), Stroke::new(width, colour));
    // From far away the names are what one finds one's way by: they stay as large as can be read, where there is room for them.
    let font = Face::SemiBold.at(pen.font(Face::SemiBold, 11.0).map_or(LEAST_NAME, |font| font.size.max(LEAST_NAME)));
    if rect.width() < LEAST_NAMED {
        return;
    }
    let button = folded::button_rect(camera, frame);
    let left = rect.left() + if button.is_some() { WORDS_LEFT } else { CAPTION_LEFT } * pen.zoom;
    let lock = if frame.locked { 16.0 * pen.zoom } else { 0.0 };
    let galley = pen.line(&frame.name, font, colour, rect.right() - left - CAPTION_LEFT * pen.zoom - lock);
    // The caption interrupts the line.
    let ground = Rect::from_min_max(
        pos2(rect.left() + (CAPTION_LEFT - 8.0) * pen.zoom, rect.top() - galley.size().y / 2.0),
        pos2(left + galley.size().x + lock + 6.0 * pen.zoom, rect.top() + galley.size().y / 2.0),
    );
    pen.add(Shape::rect_filled(ground, 0.0, tokens.canvas));
    let end = left + galley.size().x;
    pen.put(galley, pos2(left, rect.top()));
    if let Some(button) = button {
        pen.icon(icons::CHEVRON_DOWN, 11.0, colour, button.center());
    }
    if frame.locked {
        pen.icon(icons::LOCK, 10.0, colour, pos2(end + 9.0 * pen.zoom, rect.top()));
    }
}

/// Paints a sticky note.
pub(super) fn note(pen: &mut Pen<'_>, camera: &Camera, note: &StickyNote, (selected, hovered): (bool, bool)) {
    let rect = to_rect(camera.rect_screen(note.rect_world()));
    let tokens = pen.tokens;
    let corner = (4.0 * pen.zoom).clamp(1.0, 8.0);
    let border = if hovered { Stroke::new(1.0, tokens.sticky.ink) } else { Stroke::NONE };
    let shadow = egui::Shadow { offset: [0, 1], blur: 6, spread: 0, color: tokens.shadow };
    pen.add(shadow.as_shape(rect, corner));
    pen.add(egui::epaint::RectShape::new(rect, corner, tokens.sticky.surface, border, StrokeKind::Inside));
    if selected {
        pen.add(Shape::rect_stroke(rect, corner, Stroke::new(2.5, tokens.accent.ink), StrokeKind::Middle));
    }
    let inside = rect.shrink(NOTE_PADDING * pen.zoom);
    if let Some(font) = pen.font(Face::Regular, 12.0) {
        let rows = (inside.height() / (font.size * 1.3)).floor().max(1.0) as usize;
        let galley = pen.paragraph(&note.text, font, tokens.sticky.ink, (inside.width(), rows));
        pen.add(Shape::galley(inside.min, galley, tokens.sticky.ink));
    } else if inside.width() > 4.0 {
        pen.bar(inside.left_top(), vec2(inside.width() * 0.7, 2.0), tokens.sticky.ink);
    }
    if note.locked {
        let middle = rect.right_top() + vec2(-9.0, 9.0) * pen.zoom;
        pen.icon(icons::LOCK, 10.0, tokens.sticky.ink, middle);
    }
}

/// The innermost frame that something of this place would lie in, if it is none of those that are `moving`.
fn around<'a>(scene: &'a Scene, rect_world: kurbo::Rect, moving: &dyn Fn(&ElementId) -> bool) -> Option<&'a Frame> {
    let open = scene.frames_in(rect_world);
    let open = open.filter(|frame| frame.folded.is_none() && encloses(frame.rect_world, rect_world));
    let open = open.filter(|frame| !moving(&frame.element));
    open.min_by(|a, b| a.rect_world.area().total_cmp(&b.rect_world.area()))
}

/// Shows which frame what hangs at the pointer would be in if it were let go.
pub(super) fn drop_target(
    pen: &mut Pen<'_>,
    camera: &Camera,
    scene: &Scene,
    rect_world: kurbo::Rect,
    moving: &dyn Fn(&ElementId) -> bool,
) {
    let Some(frame) = around(scene, rect_world, moving) else { return };
    let rect = to_rect(camera.rect_screen(frame.rect_world));
    let accent = pen.tokens.accent.ink;
    let corner = f32::from(radius::CARD) * pen.zoom.min(1.5);
    pen.add(Shape::rect_filled(rect, corner, accent.gamma_multiply(0.06)));
    pen.add(Shape::rect_stroke(rect, corner, Stroke::new(2.0, accent), StrokeKind::Middle));
}

/// A frame on its way, and what it would be drawn around.
pub(super) fn draft(pen: &mut Pen<'_>, state: &CanvasState, area_world: kurbo::Rect) {
    let (camera, accent) = (&state.camera, pen.tokens.accent.ink);
    let rect = to_rect(camera.rect_screen(area_world));
    let corner = f32::from(radius::CARD) * pen.zoom.min(1.5);
    pen.add(Shape::rect_filled(rect, corner, accent.gamma_multiply(0.06)));
    pen.dashed_frame(rect, corner, Stroke::new(1.5, accent));
    let cards = state.scene.cards_in(area_world).map(|card| card.rect_world);
    let held = cards.filter(|card| encloses(area_world, *card));
    for card in held {
        let card = to_rect(camera.rect_screen(card)).expand(2.0);
        pen.add(Shape::rect_stroke(card, corner, Stroke::new(1.5, accent), StrokeKind::Middle));
    }
}

/// Shows that something selected is in a folded box.
pub(super) fn holds_selected(pen: &mut Pen<'_>, camera: &Camera, frame: &Frame) {
    let rect = to_rect(camera.rect_screen(frame.rect_world)).expand(3.0);
    let corner = f32::from(radius::CARD) * pen.zoom + 3.0;
    pen.dashed_frame(rect, corner, Stroke::new(2.0, pen.tokens.accent.ink));
}

/// The grips of what is selected.
pub(super) fn paint_grips(pen: &mut Pen<'_>, grips: &[GripAt]) {
    for grip in grips {
        let fill = if grip.hovered { pen.tokens.accent.ink } else { pen.tokens.card };
        let rect = Rect::from_center_size(grip.pos, vec2(2.0, 2.0) * GRIP);
        let line = Stroke::new(1.5, pen.tokens.accent.ink);
        pen.add(egui::epaint::RectShape::new(rect, 2.0, fill, line, StrokeKind::Inside));
    }
}
