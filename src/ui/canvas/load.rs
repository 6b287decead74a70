//! The load of a service on its card: a bar, how busy it is in figures, and in words what is wrong.

use egui::{Rect, Shape, pos2, vec2};

use super::{card::DETAIL_ZOOM, pen::Pen};
use crate::{
    explain::LoadMark,
    ui::{icons, theme::Face},
};

/// Text beside the bar, in world units.
const TEXT: f32 = 10.0;
/// The bar, in world units.
const HEIGHT: f32 = 4.0;
const LEAST_WIDTH: f32 = 30.0;
const GAP: f32 = 6.0;

/// Paints the bar within `row`; with text where that can be read.
pub(super) fn bar(pen: &mut Pen<'_>, row: Rect, load: &LoadMark) {
    let (zoom, tokens) = (pen.zoom, pen.tokens);
    let ink = if load.fails { tokens.error.ink } else { tokens.muted };
    let middle = row.center().y;
    let (mut left, mut right) = (row.left(), row.right());
    // A sign and not the colour alone tells what fails and what breaks first, also where there is no room for words.
    let signs = [(load.fails, icons::TRIANGLE_ALERT, ink), (load.first, icons::GAUGE, tokens.text)];
    for (_, glyph, ink) in signs.into_iter().filter(|(shown, ..)| *shown) {
        pen.icon(glyph, 10.5, ink, pos2(left + 5.5 * zoom, middle));
        left += 14.0 * zoom;
    }
    let face = if load.fails { Face::SemiBold } else { Face::Medium };
    if let Some(font) = pen.font(face, TEXT).filter(|_| zoom >= DETAIL_ZOOM) {
        let room = right - left - (LEAST_WIDTH + GAP) * zoom;
        let galley = pen.line(&load.short, font, ink, room.max(0.0));
        right -= galley.size().x;
        pen.put(galley, pos2(right, middle));
        right -= GAP * zoom;
    }
    let Some(busy) = load.busy else { return };
    let height = (HEIGHT * zoom).max(2.0);
    let track = Rect::from_min_max(pos2(left, middle - height / 2.0), pos2(right, middle + height / 2.0));
    pen.add(Shape::rect_filled(track, height / 2.0, tokens.line));
    let share = (busy as f32).clamp(0.0, 1.0);
    if share > 0.0 {
        let filled = Rect::from_min_size(track.min, vec2((track.width() * share).max(height), height));
        let paint = if load.fails { tokens.error.ink } else { tokens.accent.ink };
        pen.add(Shape::rect_filled(filled, height / 2.0, paint));
    }
}
