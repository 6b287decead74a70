//! Boundaries (dashed frames with a caption on the line) and sticky notes.

use egui::{Rect, Shape, Stroke, StrokeKind, pos2, vec2};

use super::{convert::to_rect, pen::Pen, scene::Frame};
use crate::{
    geometry::camera::Camera,
    playbook::Playbook,
    project::StickyNote,
    ui::theme::{Face, radius},
};

/// Where the caption begins, in world units from the left edge.
const CAPTION_LEFT: f32 = 22.0;

/// Paints a boundary.
pub(super) fn boundary(
    pen: &mut Pen<'_>,
    camera: &Camera,
    frame: &Frame,
    playbook: &Playbook,
    (selected, hovered): (bool, bool),
) {
    let rect = to_rect(camera.rect_screen(frame.rect_world));
    let tokens = pen.tokens;
    let framework = frame.framework.as_ref().and_then(|id| playbook.frameworks.get(id));
    let ink = framework.map_or(tokens.muted, |framework| tokens.framework(&framework.colour).ink);
    let colour = if selected { tokens.accent.ink } else { ink };
    let width = if selected || hovered { 2.0 } else { 1.0 };
    pen.dashed_frame(rect, f32::from(radius::CARD) * pen.zoom.min(1.5), Stroke::new(width, colour));
    let Some(font) = pen.font(Face::SemiBold, 11.0) else { return };
    let left = rect.left() + CAPTION_LEFT * pen.zoom;
    let galley = pen.line(&frame.name, font, colour, rect.right() - left - CAPTION_LEFT * pen.zoom);
    // The caption interrupts the line.
    let ground = Rect::from_min_size(
        pos2(left - 6.0 * pen.zoom, rect.top() - galley.size().y / 2.0),
        galley.size() + vec2(12.0 * pen.zoom, 0.0),
    );
    pen.add(Shape::rect_filled(ground, 0.0, tokens.canvas));
    pen.put(galley, pos2(left, rect.top()));
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
    let inside = rect.shrink(10.0 * pen.zoom);
    if let Some(font) = pen.font(Face::Regular, 12.0) {
        let rows = (inside.height() / (font.size * 1.3)).floor().max(1.0) as usize;
        let galley = pen.paragraph(&note.text, font, tokens.sticky.ink, (inside.width(), rows));
        pen.add(Shape::galley(inside.min, galley, tokens.sticky.ink));
    } else if inside.width() > 4.0 {
        pen.bar(inside.left_top(), vec2(inside.width() * 0.7, 2.0), tokens.sticky.ink);
    }
}
