//! The badge and the trait chips of a card: as many as fit, the rest as a number.

use std::sync::Arc;

use egui::{Galley, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

use super::{pen::Pen, scene::Card, tint};
use crate::{
    assess::Mark,
    figures,
    playbook::Playbook,
    project::TraitValue,
    ui::theme::{Face, Pair},
};

/// Most chips on a card.
const MOST_CHIPS: usize = 3;
/// How many traits are measured for the room that is left.
const MOST_TRIED: usize = 6;
/// Text in badges and chips, in world units.
const TEXT: f32 = 10.5;
/// Text in the badge where there are no chips beside it, in world units.
const LONE_TEXT: f32 = 14.5;
/// Left and right inside a pill, in world units.
pub(super) const INSIDE: f32 = 7.0;
/// Between pills, in world units.
const BETWEEN: f32 = 4.0;

/// What the badge of a card says: the framework's short name and its share.
pub(super) fn badge_text(card: &Card, playbook: &Playbook) -> Option<String> {
    let advice = card.advice.as_ref()?;
    let name = playbook.frameworks.get(&advice.framework).map_or(advice.framework.as_str(), |f| &f.short_name);
    Some(format!("{name} {}", figures::share(advice.share)))
}

/// Paints the badge and, if there is room, chips within `row`. In a perspective its value comes first, and the framework is
/// a chip like the others.
pub(super) fn row(pen: &mut Pen<'_>, row: Rect, card: &Card, playbook: &Playbook, colours: Option<Pair>, chips: bool) {
    let mut cursor = Cursor { left: row.left(), row };
    let size = if chips { TEXT } else { LONE_TEXT };
    if let Some(mark) = &card.mark {
        cursor.left += tint::tag(pen, row, mark, size) + BETWEEN * pen.zoom;
        if let (true, Some(advice), Some(font)) = (chips, &card.advice, pen.font(Face::Medium, TEXT)) {
            let name = playbook.frameworks.get(&advice.framework).map_or(advice.framework.as_str(), |f| &f.short_name);
            let galley = pen.line(name, font, pen.tokens.muted, f32::INFINITY);
            if cursor.fits(pen, &[galley.size().x]) {
                outlined(pen, &mut cursor, galley);
            }
        }
    } else if let (Some(text), Some(pair), Some(font)) =
        (badge_text(card, playbook), colours, pen.font(Face::SemiBold, size))
    {
        let galley = pen.line(&text, font, pair.ink, row.width() - 2.0 * INSIDE * pen.zoom);
        let pill = cursor.pill(pen, &galley);
        pen.add(Shape::rect_filled(pill, pill.height() / 2.0, pair.surface));
        pen.put_centred(galley, pill.center());
    }
    if chips {
        trait_chips(pen, &mut cursor, card, playbook);
    }
}

fn outlined(pen: &mut Pen<'_>, cursor: &mut Cursor, galley: Arc<Galley>) {
    let pill = cursor.pill(pen, &galley);
    let stroke = Stroke::new(1.0, pen.tokens.line_strong);
    pen.add(Shape::rect_stroke(pill, pill.height() / 2.0, stroke, StrokeKind::Inside));
    pen.put_centred(galley, pill.center());
}

/// Where the next pill goes.
struct Cursor {
    left: f32,
    row: Rect,
}

impl Cursor {
    fn pill(&mut self, pen: &Pen<'_>, galley: &Galley) -> Rect {
        let size = vec2(galley.size().x + 2.0 * INSIDE * pen.zoom, self.row.height());
        let rect = Rect::from_min_size(pos2(self.left, self.row.top()), size);
        self.left += size.x + BETWEEN * pen.zoom;
        rect
    }

    fn fits(&self, pen: &Pen<'_>, widths: &[f32]) -> bool {
        let pills: f32 = widths.iter().map(|width| width + 2.0 * INSIDE * pen.zoom).sum();
        let gaps = widths.len().saturating_sub(1) as f32 * BETWEEN * pen.zoom;
        self.left + pills + gaps <= self.row.right() + 0.5
    }
}

fn trait_chips(pen: &mut Pen<'_>, cursor: &mut Cursor, card: &Card, playbook: &Playbook) {
    let Some(font) = pen.font(Face::Regular, TEXT) else { return };
    let set = card.component.traits.iter().filter(|(id, value)| {
        // What the perspective says already is not said again.
        let said = |mark: &Mark| figures::trait_chip(playbook, id, value) == mark.text;
        **value != TraitValue::Flag(false) && !card.mark.as_ref().is_some_and(said)
    });
    let total = set.clone().count();
    if total == 0 {
        return;
    }
    let more =
        |pen: &Pen<'_>, count: usize| pen.line(&format!("+{count}"), font.clone(), pen.tokens.muted, f32::INFINITY);
    let mut shown: Vec<Arc<Galley>> = Vec::new();
    for (id, value) in set.take(MOST_TRIED) {
        let galley = pen.line(&figures::trait_chip(playbook, id, value), font.clone(), pen.tokens.muted, f32::INFINITY);
        let mut widths: Vec<f32> = shown.iter().map(|galley| galley.size().x).collect();
        widths.push(galley.size().x);
        if total > widths.len() {
            widths.push(more(pen, total - widths.len()).size().x);
        }
        if cursor.fits(pen, &widths) {
            shown.push(galley);
        }
        if shown.len() == MOST_CHIPS {
            break;
        }
    }
    if total > shown.len() {
        let rest = more(pen, total - shown.len());
        if cursor.fits(pen, &shown.iter().chain([&rest]).map(|galley| galley.size().x).collect::<Vec<_>>()) {
            shown.push(rest);
        }
    }
    for galley in shown {
        outlined(pen, cursor, galley);
    }
}
