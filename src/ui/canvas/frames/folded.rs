//! A folded boundary: one box that stands for what is in it, on top of a hint of more boxes.

use egui::{Pos2, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

use super::{CAPTION_LEFT, Frame, facts::FoldedBox};
use crate::{
    geometry::camera::Camera,
    playbook::Playbook,
    ui::{
        canvas::{convert::to_rect, marks, pen::Pen},
        icons,
        theme::{Face, radius},
    },
};

/// Below this zoom there is only a box and a name.
const DETAIL_ZOOM: f32 = 0.35;
/// Inside the border, in world units.
const PADDING: f32 = 11.0;
/// How far each of the boxes below reaches out, in world units.
const BELOW: f32 = 4.0;
/// Half the side of the button that folds, in world units.
const BUTTON: f32 = 9.0;

/// Where the button that folds or unfolds is on the screen; nothing where it would be too small to be hit.
pub(in crate::ui::canvas) fn button_rect(camera: &Camera, frame: &Frame) -> Option<Rect> {
    let zoom = camera.zoom as f32;
    (zoom >= DETAIL_ZOOM).then(|| {
        let rect = to_rect(camera.rect_screen(frame.rect_world));
        let middle = if frame.folded.is_some() {
            rect.right_top() + vec2(-PADDING - 5.0, 19.0) * zoom
        } else {
            rect.left_top() + vec2(CAPTION_LEFT - 2.0, 0.0) * zoom
        };
        Rect::from_center_size(middle, vec2(2.0, 2.0) * BUTTON * zoom)
    })
}

/// Paints the box.
pub(super) fn paint(
    pen: &mut Pen<'_>,
    camera: &Camera,
    (frame, folded): (&Frame, &FoldedBox),
    playbook: &Playbook,
    (selected, hovered): (bool, bool),
) {
    let rect = to_rect(camera.rect_screen(frame.rect_world));
    surface(pen, rect, (selected, hovered));
    let zoom = pen.zoom;
    if zoom < DETAIL_ZOOM {
        let inside = rect.shrink(4.0_f32.min(rect.width() * 0.1));
        match pen.font(Face::SemiBold, 26.0) {
            Some(font) => {
                let galley = pen.line(&frame.name, font, pen.tokens.text, inside.width());
                pen.put(galley, inside.left_center());
            }
            None => pen.bar(inside.left_center(), vec2(inside.width() * 0.6, 2.0), pen.tokens.muted),
        }
        return;
    }
    let at = |x: f32, y: f32| rect.min + vec2(x, y) * zoom;
    tile(pen, at(PADDING + 12.5, 24.0));
    let right = signs(pen, camera, (frame, folded), at(0.0, 19.0).y);
    let left = at(45.0, 19.0);
    if let Some(font) = pen.font(Face::SemiBold, 13.0) {
        let galley = pen.line(&frame.name, font, pen.tokens.text, right - left.x);
        pen.put(galley, left);
    }
    if let Some(font) = pen.font(Face::Regular, 11.0) {
        let room = rect.right() - PADDING * zoom - left.x;
        let galley = pen.line(&folded.contents, font.clone(), pen.tokens.muted, room);
        pen.put(galley, at(45.0, 35.0));
        let galley = pen.line(&folded.sums, font, pen.tokens.text, rect.width() - 2.0 * PADDING * zoom);
        pen.put(galley, at(PADDING, 53.0));
    }
    badges(pen, (at(PADDING, 60.0), rect.right() - PADDING * zoom), folded, playbook);
}

fn surface(pen: &mut Pen<'_>, rect: Rect, (selected, hovered): (bool, bool)) {
    let (tokens, zoom) = (pen.tokens, pen.zoom);
    let corner = (f32::from(radius::CARD) * zoom).clamp(2.0, 24.0);
    let line = Stroke::new(1.0, if hovered { tokens.muted } else { tokens.line_strong });
    for below in [2.0, 1.0] {
        let lower = rect.translate(vec2(0.0, BELOW * below * zoom)).shrink2(vec2(BELOW * below * zoom, 0.0));
        pen.add(egui::epaint::RectShape::new(lower, corner, tokens.sunken, line, StrokeKind::Inside));
    }
    pen.add(egui::epaint::RectShape::new(rect, corner, tokens.card, line, StrokeKind::Inside));
    if selected {
        let ring = Stroke::new(2.5, tokens.accent.ink);
        pen.add(Shape::rect_stroke(rect, corner, ring, StrokeKind::Middle));
    }
}

fn tile(pen: &mut Pen<'_>, middle: Pos2) {
    let side = 25.0 * pen.zoom;
    let tile = Rect::from_center_size(middle, vec2(side, side));
    pen.add(Shape::rect_filled(tile, 6.0 * pen.zoom, pen.tokens.sunken));
    pen.icon(icons::BOXES, 14.0, pen.tokens.muted, middle);
}

/// The button, the findings' mark and the lock; gives where the name has to end.
fn signs(pen: &mut Pen<'_>, camera: &Camera, (frame, folded): (&Frame, &FoldedBox), middle_y: f32) -> f32 {
    let zoom = pen.zoom;
    let Some(button) = button_rect(camera, frame) else { return f32::INFINITY };
    pen.icon(icons::CHEVRON_RIGHT, 13.0, pen.tokens.muted, button.center());
    let mut right = button.left() - 1.0 * zoom;
    let finding = folded.worst.map(|worst| marks::sign(pen.tokens, worst));
    let lock = frame.locked.then_some((icons::LOCK, pen.tokens.muted));
    for (glyph, colour) in finding.into_iter().chain(lock) {
        pen.icon(glyph, 12.0, colour, pos2(right - 6.0 * zoom, middle_y));
        right -= 16.0 * zoom;
    }
    right
}

/// What the services in it are built on, as many as fit.
fn badges(pen: &mut Pen<'_>, (at, right): (Pos2, f32), folded: &FoldedBox, playbook: &Playbook) {
    let Some(font) = pen.font(Face::SemiBold, 9.5) else { return };
    let (zoom, mut left) = (pen.zoom, at.x);
    for (id, count) in &folded.frameworks {
        let Some(framework) = playbook.frameworks.get(id) else { continue };
        let pair = pen.tokens.framework(&framework.colour);
        let words = format!("{} {count}", framework.short_name);
        let galley = pen.line(&words, font.clone(), pair.ink, f32::INFINITY);
        let pill = Rect::from_min_size(pos2(left, at.y), vec2(galley.size().x + 12.0 * zoom, 14.0 * zoom));
        if pill.right() > right {
            return;
        }
        pen.add(Shape::rect_filled(pill, pill.height() / 2.0, pair.surface));
        pen.put_centred(galley, pill.center());
        left = pill.right() + 4.0 * zoom;
    }
}
