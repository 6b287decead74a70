//! A component's card. Zoomed out it sheds detail: chips and second line, then the badge's text, then all but colour and name.

use egui::{Color32, Pos2, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

use super::{chips, convert::to_rect, load, marks, pen::Pen, scene::Card, tint};
use crate::{
    geometry::camera::Camera,
    palette::Tone,
    playbook::Playbook,
    project::{ComponentKind, card_size},
    ui::{
        icons,
        theme::{Face, Pair, radius},
    },
};

/// Below this zoom: no chips and no second line.
pub(super) const DETAIL_ZOOM: f32 = 0.55;
/// Below this zoom: no text in the badge.
const BADGE_ZOOM: f32 = 0.35;
/// Below this zoom: only a coloured box and a name.
pub(super) const BOX_ZOOM: f32 = 0.2;
/// Inside a card's border, in world units.
const PADDING: f32 = 11.0;

/// The same on a resource's card, which is smaller.
const RESOURCE_PADDING: f32 = 8.0;

/// How a card is emphasised.
#[derive(Clone, Copy, Default)]
pub(super) struct Emphasis {
    /// It is selected, or would take the connection that is being drawn.
    pub chosen: bool,
    pub hovered: bool,
    pub focused: bool,
}

/// Paints a card.
pub(super) fn paint(pen: &mut Pen<'_>, camera: &Camera, card: &Card, playbook: &Playbook, emphasis: Emphasis) {
    let rect = to_rect(camera.rect_screen(card.rect_world));
    let colours = colours(pen, card, playbook);
    if pen.zoom < BOX_ZOOM {
        far(pen, rect, card, colours, emphasis);
        return;
    }
    let service = card.component.kind.is_service();
    surface(pen, rect, card, emphasis);
    if service {
        service_body(pen, rect, card, playbook, colours);
    } else {
        resource_body(pen, rect, card);
    }
}

/// Paints over the card of what a proposal would put off: a veil, a dashed line around it, and the question.
pub(super) fn proposed(pen: &mut Pen<'_>, camera: &Camera, card: &Card) {
    let rect = to_rect(camera.rect_screen(card.rect_world));
    let (tokens, corner) = (pen.tokens, corner(pen.zoom));
    pen.add(Shape::rect_filled(rect, corner, tokens.canvas.gamma_multiply(0.62)));
    pen.dashed_frame(rect.expand(2.0), corner + 2.0, Stroke::new(2.0, tokens.accent.ink));
    if pen.zoom < BADGE_ZOOM {
        return;
    }
    // In the size of the window's text where the sheet is small: it is what is asked.
    let galley = pen.line("Later?", Face::SemiBold.at((11.0 * pen.zoom).max(10.0)), tokens.accent.ink, f32::INFINITY);
    let size = galley.size() + vec2(14.0, 5.0);
    // On the border, and above what the card says.
    let middle = pos2(rect.right() - size.x / 2.0 - 6.0, rect.top() - size.y / 2.0 + 5.0);
    let pill = Rect::from_center_size(middle, size);
    let line = Stroke::new(1.0, tokens.accent.ink);
    pen.add(egui::epaint::RectShape::new(pill, size.y / 2.0, tokens.accent.surface, line, StrokeKind::Inside));
    pen.put_centred(galley, pill.center());
}

/// The colours of the card's framework.
fn colours(pen: &Pen<'_>, card: &Card, playbook: &Playbook) -> Option<Pair> {
    let framework = playbook.frameworks.get(&card.advice.as_ref()?.framework)?;
    Some(pen.tokens.framework(&framework.colour))
}

fn corner(zoom: f32) -> f32 {
    (f32::from(radius::CARD) * zoom).clamp(2.0, 24.0)
}

fn surface(pen: &mut Pen<'_>, rect: Rect, card: &Card, emphasis: Emphasis) {
    let (tokens, corner) = (pen.tokens, corner(pen.zoom));
    let service = card.component.kind.is_service();
    let fill = card.mark.as_ref().map_or(tokens.card, |mark| tokens.card_in(&mark.tone));
    let strong = emphasis.hovered || emphasis.focused;
    let border = Stroke::new(1.0, if strong { tokens.muted } else { tokens.line_strong });
    let solid = service && !card.component.deferred;
    if solid && pen.zoom >= BADGE_ZOOM {
        let scale = pen.zoom.min(1.5);
        let shadow = egui::Shadow {
            offset: [0, (2.0 * scale).round() as i8],
            blur: (9.0 * scale).round() as u8,
            spread: 0,
            color: tokens.shadow,
        };
        pen.add(shadow.as_shape(rect, corner));
    }
    if solid || pen.zoom < BADGE_ZOOM && !card.component.deferred {
        pen.add(egui::epaint::RectShape::new(rect, corner, fill, border, StrokeKind::Inside));
    } else {
        pen.add(Shape::rect_filled(rect, corner, fill));
        let later =
            Stroke::new(1.25, if strong { tokens.muted } else { tokens.canvas.lerp_to_gamma(tokens.faint, 0.75) });
        pen.dashed_frame(rect.shrink(0.5), corner, if card.component.deferred { later } else { border });
    }
    if let Some(mark) = card.mark.as_ref().filter(|_| !card.component.deferred) {
        tint::band(pen, rect, corner, &mark.tone);
    }
    ring(pen, rect, corner, emphasis);
}

fn ring(pen: &mut Pen<'_>, rect: Rect, corner: f32, emphasis: Emphasis) {
    if emphasis.chosen {
        let stroke = Stroke::new(2.5, pen.tokens.accent.ink);
        pen.add(Shape::rect_stroke(rect, corner, stroke, StrokeKind::Middle));
    }
}

/// The icon on its tile, with its left edge at the card's padding.
fn icon_tile(pen: &mut Pen<'_>, rect: Rect, card: &Card, (left, size): (f32, f32), middle_y: f32) {
    let zoom = pen.zoom;
    let tile = Rect::from_center_size(
        pos2(rect.left() + (left + size / 2.0) * zoom, middle_y),
        vec2(size * zoom, size * zoom),
    );
    pen.add(Shape::rect_filled(tile, 6.0 * zoom, pen.tokens.sunken));
    let ink = if card.component.deferred { pen.tokens.faint } else { pen.tokens.muted };
    pen.icon(icons::of_kind(card.component.kind), 14.0, ink, tile.center());
}

fn service_body(pen: &mut Pen<'_>, rect: Rect, card: &Card, playbook: &Playbook, colours: Option<Pair>) {
    let zoom = pen.zoom;
    let at = |x: f32, y: f32| rect.min + vec2(x, y) * zoom;
    let detailed = zoom >= DETAIL_ZOOM;
    let with_icon = zoom >= BADGE_ZOOM;
    if with_icon {
        icon_tile(pen, rect, card, (PADDING, 25.0), at(0.0, 24.0).y);
    }
    let right = corner_marks(pen, rect, card, at(0.0, 20.0).y);
    let text_left = if with_icon { 45.0 } else { PADDING };
    let left_middle = at(text_left, if detailed { if card.load.is_some() { 17.0 } else { 19.0 } } else { 25.0 });
    let room = right - left_middle.x;
    let size = size_at(card.component.kind, zoom);
    let in_one_line = !detailed || one_line(pen, card, left_middle, size, room);
    if !detailed {
        name(pen, card, left_middle, size, room);
    } else if !in_one_line {
        // What tells long names apart is often at their end: it counts more than the kind, which the icon shows as well.
        two_lines(pen, card, at(text_left, 25.0), 12.0, room);
    } else if let Some(font) = pen.font(Face::Regular, 11.0) {
        let kind =
            pen.line(card.component.kind.label(), font, pen.tokens.muted, rect.right() - left_middle.x - 8.0 * zoom);
        pen.put(kind, at(text_left, if card.load.is_some() { 33.0 } else { 35.0 }));
    }
    // Badge and chips make room for the load below them.
    let (top, bottom) = if card.load.is_some() && with_icon { (43.0, 61.0) } else { (50.0, 69.0) };
    let row = Rect::from_min_max(at(PADDING, top), pos2(rect.right() - PADDING * zoom, at(0.0, bottom).y));
    if with_icon {
        chips::row(pen, row, card, playbook, colours, detailed);
        if let Some(load) = &card.load {
            let (from, to) = (at(PADDING, 64.0), at(0.0, 77.0));
            load::bar(pen, Rect::from_min_max(from, pos2(rect.right() - PADDING * zoom, to.y)), load);
        }
    } else if let Some(mark) = &card.mark {
        pen.bar(row.left_center(), vec2(row.width() * 0.6, 12.0 * zoom), pen.tokens.paint(&mark.tone).strong);
    } else if let Some(colours) = colours {
        pen.bar(row.left_center(), vec2(row.width() * 0.6, 12.0 * zoom), colours.ink);
    }
}

/// The middle of the mark of findings on a card: the rightmost of its marks.
pub(super) fn mark_middle(rect: Rect, service: bool, zoom: f32) -> Pos2 {
    let y = if service { rect.top() + 20.0 * zoom } else { rect.center().y };
    pos2(rect.right() - (PADDING + 6.0) * zoom, y)
}

/// Pin and findings in the upper right corner; returns where the name has to end.
fn corner_marks(pen: &mut Pen<'_>, rect: Rect, card: &Card, middle_y: f32) -> f32 {
    let zoom = pen.zoom;
    let mut right = rect.right() - PADDING * zoom;
    let mut mark = |pen: &mut Pen<'_>, glyph: char, colour: Color32| {
        pen.icon(glyph, 12.0, colour, pos2(right - 6.0 * zoom, middle_y));
        right -= 16.0 * zoom;
    };
    if let Some(found) = &card.sign {
        let (glyph, colour) = marks::sign(pen.tokens, found.severity);
        mark(pen, glyph, colour);
    }
    if card.advice.as_ref().is_some_and(|advice| advice.pinned) {
        mark(pen, icons::PIN, pen.tokens.accent.ink);
    }
    if card.component.locked {
        mark(pen, icons::LOCK, pen.tokens.muted);
    }
    right
}

/// The ink of a card's name: what is put off stands back.
fn name_ink(pen: &Pen<'_>, card: &Card) -> Color32 {
    if card.component.deferred { pen.tokens.muted } else { pen.tokens.text }
}

fn name(pen: &mut Pen<'_>, card: &Card, left_middle: Pos2, size_world: f32, max_width: f32) {
    name_in(pen, card, left_middle, (size_world, name_ink(pen, card)), max_width);
}

fn name_in(pen: &mut Pen<'_>, card: &Card, left_middle: Pos2, (size_world, ink): (f32, Color32), max_width: f32) {
    if let Some(font) = pen.font(Face::SemiBold, size_world) {
        let galley = pen.line(&card.component.name, font, ink, max_width);
        pen.put(galley, left_middle);
    } else {
        let bar = if ink == pen.tokens.text { pen.tokens.muted } else { ink.gamma_multiply(0.7) };
        pen.bar(left_middle, vec2(max_width * 0.7, (size_world * pen.zoom * 0.6).max(1.0)), bar);
    }
}

fn resource_body(pen: &mut Pen<'_>, rect: Rect, card: &Card) {
    let zoom = pen.zoom;
    let with_icon = zoom >= BADGE_ZOOM;
    let middle = rect.center().y;
    if with_icon {
        icon_tile(pen, rect, card, (RESOURCE_PADDING, 24.0), middle);
    }
    let left = rect.left() + if with_icon { 40.0 } else { PADDING } * zoom;
    let right = corner_marks(pen, rect, card, middle) + 3.0 * zoom;
    let left_middle = pos2(left, middle);
    let size = size_at(card.component.kind, zoom);
    if let Some(mark) = card.mark.as_ref().filter(|_| zoom >= DETAIL_ZOOM) {
        name(pen, card, pos2(left, middle - 8.0 * zoom), 12.0, right - left);
        let tag = Rect::from_min_max(pos2(left, middle), pos2(right, middle + 15.0 * zoom));
        tint::tag(pen, tag, mark, 10.0);
    } else if zoom < DETAIL_ZOOM {
        name(pen, card, left_middle, size, right - left);
    } else if !one_line(pen, card, left_middle, size, right - left) {
        two_lines(pen, card, left_middle, 11.5, right - left);
    }
}

/// Paints a name in two lines.
fn two_lines(pen: &mut Pen<'_>, card: &Card, left_middle: Pos2, size_world: f32, max_width: f32) {
    if let Some(font) = pen.font(Face::SemiBold, size_world) {
        let galley = pen.paragraph(&card.component.name, font, name_ink(pen, card), (max_width, 2));
        pen.put(galley, left_middle);
    }
}

/// Paints a name in one line if there is room for it.
fn one_line(pen: &mut Pen<'_>, card: &Card, left_middle: Pos2, size_world: f32, max_width: f32) -> bool {
    let Some(font) = pen.font(Face::SemiBold, size_world) else { return true };
    let galley = pen.line(&card.component.name, font, name_ink(pen, card), f32::INFINITY);
    let fits = galley.size().x <= max_width;
    if fits {
        pen.put(galley, left_middle);
    }
    fits
}

/// A coloured box and, while it can be read, a name.
fn far(pen: &mut Pen<'_>, rect: Rect, card: &Card, colours: Option<Pair>, emphasis: Emphasis) {
    let pair = colours.unwrap_or(Pair { ink: pen.tokens.line_strong, surface: pen.tokens.card });
    let (mut ink, mut fill, mut border) = (pen.tokens.text, pair.surface, pair.ink);
    if let Some(mark) = &card.mark {
        let paint = pen.tokens.paint(&mark.tone);
        (ink, fill, border) = (paint.ink, paint.fill, paint.strong);
    }
    let border = Stroke::new(1.0, border);
    if card.component.deferred {
        pen.add(Shape::rect_filled(rect, 2.0, fill));
        pen.dashed_frame(rect.shrink(0.5), 2.0, border);
    } else {
        pen.add(egui::epaint::RectShape::new(rect, 2.0, fill, border, StrokeKind::Inside));
    }
    if card.mark.as_ref().is_some_and(|mark| mark.tone == Tone::Unknown) {
        tint::hatch(pen, rect.shrink(1.0), 5.0);
    }
    ring(pen, rect, 2.0, emphasis);
    if rect.width() >= 12.0 {
        far_name(pen, card, rect, ink);
    }
}

/// The size of a name in a box, in world units.
pub(super) fn far_name_size(card: &Card) -> f32 {
    far_size(card.component.kind)
}

/// The same by the kind.
pub(super) fn far_size(kind: ComponentKind) -> f32 {
    card_size(kind).height as f32 * if kind.is_service() { 0.42 } else { 0.6 }
}

/// The size of a name at a zoom, in world units: the less else is shown, the larger. What was too small to be read once does not become
/// readable again further away.
fn size_at(kind: ComponentKind, zoom: f32) -> f32 {
    let service = kind.is_service();
    if zoom < BADGE_ZOOM {
        far_size(kind)
    } else {
        match (service, zoom < DETAIL_ZOOM) {
            (true, true) => 15.0,
            (true, false) => 13.0,
            (false, true) => 14.5,
            (false, false) => 12.5,
        }
    }
}

/// The name in a box.
pub(super) fn far_name(pen: &mut Pen<'_>, card: &Card, rect: Rect, ink: Color32) {
    let inside = 4.0_f32.min(rect.width() * 0.1);
    let left_middle = pos2(rect.left() + inside, rect.center().y);
    name_in(pen, card, left_middle, (far_name_size(card), ink), rect.width() - 2.0 * inside);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::canvas::pen::readable;

    #[test]
    fn words_are_shed_once_and_do_not_come_back_further_away() {
        for kind in [ComponentKind::WebApplication, ComponentKind::Redis] {
            let zooms = (0..=190).map(|step| 1.0 - step as f32 * 0.005);
            let shown: Vec<bool> = zooms.map(|zoom| readable(size_at(kind, zoom) * zoom).is_some()).collect();
            assert!(shown[0] && !shown[190]);
            assert!(shown.windows(2).all(|pair| pair[0] || !pair[1]), "{kind:?}: {shown:?}");
        }
    }
}
