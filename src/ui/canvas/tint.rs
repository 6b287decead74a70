//! How a card shows what a perspective says of it: a band at its left, a tag with the value, hatching where nobody knows.

use egui::{CornerRadius, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

use super::{chips, pen::Pen};
use crate::{assess::Mark, palette::Tone, ui::theme::Face};

/// Width of the band in world units.
const BAND: f32 = 5.0;

/// Paints the band along the left side of a card; `corner` is the radius of its corners.
pub(super) fn band(pen: &mut Pen<'_>, rect: Rect, corner: f32, tone: &Tone) {
    let width = (BAND * pen.zoom).max(2.0);
    let paint = pen.tokens.paint(tone);
    if *tone == Tone::Unknown {
        let inside = Rect::from_min_size(rect.min + vec2(1.0, corner * 0.5), vec2(width, rect.height() - corner));
        hatch(pen, inside, (4.0 * pen.zoom).clamp(3.0, 6.0));
        return;
    }
    // A band as wide as the corners are round would stick out of them: it is rounded like the card and cut off at the right.
    let band = Rect::from_min_size(rect.min, vec2(width.max(corner), rect.height()));
    let round = CornerRadius { nw: corner as u8, sw: corner as u8, ne: 0, se: 0 };
    pen.add(Shape::rect_filled(band, round, paint.strong));
    if band.width() > width {
        let rest = Rect::from_min_max(pos2(rect.left() + width, rect.top() + 1.0), band.max - vec2(0.0, 1.0));
        // Its inner edge is a straight line; only the outer one is the card's.
        pen.add(Shape::rect_filled(rest, 0.0, pen.tokens.card_in(tone)));
        let line = Stroke::new(1.0, pen.tokens.line_strong);
        for y in [rect.top() + 0.5, rect.bottom() - 0.5] {
            pen.add(Shape::line_segment([pos2(rest.left(), y), pos2(rest.right(), y)], line));
        }
    }
}

/// Paints slanted lines within a rectangle, `step` points apart.
pub(super) fn hatch(pen: &mut Pen<'_>, rect: Rect, step: f32) {
    let stroke = Stroke::new(1.0, pen.tokens.paint(&Tone::Unknown).strong.gamma_multiply(0.75));
    let seen = rect.intersect(pen.clip());
    if !seen.is_positive() {
        return;
    }
    // Lines of equal x + y, in step whatever part of them is seen.
    let first = ((seen.left() + seen.top() - rect.left() - rect.top()) / step).ceil() as i32;
    let last = ((seen.right() + seen.bottom() - rect.left() - rect.top()) / step).floor() as i32;
    for line in first..=last {
        let sum = rect.left() + rect.top() + line as f32 * step;
        let from_x = (sum - seen.bottom()).max(seen.left());
        let to_x = (sum - seen.top()).min(seen.right());
        if from_x < to_x {
            pen.add(Shape::line_segment([pos2(from_x, sum - from_x), pos2(to_x, sum - to_x)], stroke));
        }
    }
}

/// Paints the value as a pill at the left of a row; gives its width in points.
pub(super) fn tag(pen: &mut Pen<'_>, row: Rect, mark: &Mark, size_world: f32) -> f32 {
    let Some(font) = pen.font(Face::SemiBold, size_world) else { return 0.0 };
    let paint = pen.tokens.paint(&mark.tone);
    let inside = chips::INSIDE * pen.zoom;
    let galley = pen.line(&mark.text, font, paint.ink, row.width() - 2.0 * inside);
    let pill = Rect::from_min_size(row.min, vec2(galley.size().x + 2.0 * inside, row.height()));
    let round = pill.height() / 2.0;
    pen.add(Shape::rect_filled(pill, round, paint.fill));
    if matches!(mark.tone, Tone::Unknown | Tone::Later) {
        pen.dashed_frame(pill, round, Stroke::new(1.0, paint.strong));
    } else if mark.tone == Tone::Quiet || mark.tone == Tone::Step(0) {
        pen.add(Shape::rect_stroke(pill, round, Stroke::new(1.0, pen.tokens.line_strong), StrokeKind::Inside));
    }
    pen.put_centred(galley, pill.center());
    pill.width()
}
