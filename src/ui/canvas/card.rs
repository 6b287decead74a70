//! A component's card. Zoomed out it sheds detail: chips and second line, then the badge's text, then all but colour and name.

use std::rc::Rc;

use egui::{Color32, Pos2, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

use super::{chips, convert::to_rect, load, marks, names, pen::Pen, scene::Card, tint};
use crate::{
    geometry::camera::Camera,
    lang::t,
    palette::Tone,
    playbook::Playbook,
    project::{ComponentKind, card_size},
    text::names::{self as settings, Setting},
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
const PADDING: f32 = settings::PADDING as f32;

/// The same on a resource's card, which is smaller.
const RESOURCE_PADDING: f32 = 8.0;

/// Marks at the right of a card stand so far apart, beside and below each other, in world units.
const MARK: f32 = settings::MARK as f32;
const MARK_ROW: f32 = settings::MARK_ROW as f32;

/// Names without chips below them, and names in boxes. Each goes down to letters as small as those of the next closer view, as far as
/// they can be read: what is whole there is whole here.
const MIDDLE_SERVICE: [Setting; 6] = [
    settings::setting(15.0, 1),
    settings::setting(14.0, 2),
    settings::setting(12.5, 3),
    settings::setting(11.0, 3),
    settings::setting(10.0, 3),
    settings::setting(9.5, 3),
];
const FAR_SERVICE: [Setting; 5] = [
    settings::setting(33.6, 1),
    settings::setting(28.0, 1),
    settings::setting(24.0, 1),
    settings::setting(20.0, 2),
    settings::setting(17.0, 2),
];
const MIDDLE_RESOURCE: [Setting; 5] = [
    settings::setting(14.5, 1),
    settings::setting(14.0, 2),
    settings::setting(12.0, 2),
    settings::setting(10.0, 3),
    settings::setting(9.5, 3),
];
const FAR_RESOURCE: [Setting; 3] = [settings::setting(24.0, 1), settings::setting(20.0, 1), settings::setting(16.0, 2)];

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
    let galley =
        pen.line(t("Later?"), Face::SemiBold.at((11.0 * pen.zoom).max(10.0)), tokens.accent.ink, f32::INFINITY);
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
    let placed = place_name(pen, card);
    corner_marks(pen, rect, card, placed.stacked);
    let (left, one_row) = (at(placed.left, 0.0).x, placed.name.as_ref().is_none_or(names::Chosen::is_one_row));
    let loaded = card.load.is_some();
    // What tells long names apart is often at their end: it counts more than the kind, which the icon shows as well.
    let middle = match (detailed && one_row, loaded && with_icon) {
        (true, false) => 19.0,
        (true, true) => 17.0,
        (false, false) => 25.0,
        (false, true) => 22.0,
    };
    write_name(pen, card, pos2(left, at(0.0, middle).y), &placed);
    if let (true, Some(font)) = (detailed && one_row, pen.font(Face::Regular, 11.0)) {
        let room = if placed.stacked { placed.room } else { rect.right() - left - 8.0 * zoom };
        let kind = pen.line(card.component.kind.label(), font, pen.tokens.muted, room);
        pen.put(kind, pos2(left, at(0.0, middle + 16.0).y));
    }
    // Badge and chips make room for the load below them.
    let (top, bottom) = if loaded && with_icon { (43.0, 61.0) } else { (50.0, 69.0) };
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

/// Chooses how the name is written: as large as it can be with all of it seen, beside all marks if that is possible. Kept for as long as
/// the zoom stays.
fn place_name(pen: &Pen<'_>, card: &Card) -> Rc<names::Placed> {
    let (kind, zoom) = (card.component.kind, pen.zoom);
    let card_has = settings::Around {
        service: kind.is_service(),
        width: card_size(kind).width,
        icon: zoom >= BADGE_ZOOM,
        marks: marks_of(pen, card).into_iter().flatten().count(),
    };
    let ways = settings_at(kind, zoom, card.mark.is_some());
    names::place(pen, &card.component.name, card_has, ways)
}

/// Whether not all of a card's name can be read on it.
pub(super) fn is_name_cut(pen: &Pen<'_>, card: &Card) -> bool {
    pen.zoom < BOX_ZOOM || !place_name(pen, card).name.as_ref().is_some_and(names::Chosen::is_whole)
}

fn write_name(pen: &mut Pen<'_>, card: &Card, left_middle: Pos2, placed: &names::Placed) {
    let ink = name_ink(pen, card);
    match &placed.name {
        Some(name) => {
            let galley = name.lay(pen, ink, placed.room);
            pen.put(galley, left_middle);
        }
        None => name_bar(pen, left_middle, far_size(card.component.kind), ink, placed.room),
    }
}

/// The middle of the mark of findings on a card: the rightmost of its marks.
pub(super) fn mark_middle(rect: Rect, service: bool, zoom: f32) -> Pos2 {
    let y = if service { rect.top() + 20.0 * zoom } else { rect.center().y };
    pos2(rect.right() - (PADDING + 6.0) * zoom, y)
}

/// The signs of a card: its findings, its pin, its lock.
fn marks_of(pen: &Pen<'_>, card: &Card) -> [Option<(char, Color32)>; 3] {
    let tokens = pen.tokens;
    let found = card.sign.as_ref().map(|found| marks::sign(tokens, found.severity));
    let pinned = card.advice.as_ref().is_some_and(|advice| advice.pinned);
    [
        found,
        pinned.then_some((icons::PIN, tokens.accent.ink)),
        card.component.locked.then_some((icons::LOCK, tokens.muted)),
    ]
}

/// Paints the signs beside each other from the right, or two below each other.
fn corner_marks(pen: &mut Pen<'_>, rect: Rect, card: &Card, stacked: bool) {
    let zoom = pen.zoom;
    let first = mark_middle(rect, card.component.kind.is_service(), zoom);
    for (place, (glyph, colour)) in marks_of(pen, card).into_iter().flatten().enumerate() {
        let (column, row) = if stacked { (place / 2, place % 2) } else { (place, 0) };
        pen.icon(glyph, 12.0, colour, first + vec2(-MARK * column as f32, MARK_ROW * row as f32) * zoom);
    }
}

/// The ink of a card's name: what is put off stands back.
fn name_ink(pen: &Pen<'_>, card: &Card) -> Color32 {
    if card.component.deferred { pen.tokens.muted } else { pen.tokens.text }
}

fn name_in(pen: &mut Pen<'_>, card: &Card, left_middle: Pos2, (size_world, ink): (f32, Color32), max_width: f32) {
    if let Some(font) = pen.font(Face::SemiBold, size_world) {
        let galley = pen.line(&card.component.name, font, ink, max_width);
        pen.put(galley, left_middle);
    } else {
        name_bar(pen, left_middle, size_world, ink, max_width);
    }
}

/// What stands for a name that could not be read.
fn name_bar(pen: &mut Pen<'_>, left_middle: Pos2, size_world: f32, ink: Color32, room: f32) {
    let bar = if ink == pen.tokens.text { pen.tokens.muted } else { ink.gamma_multiply(0.7) };
    pen.bar(left_middle, vec2(room * 0.7, (size_world * pen.zoom * 0.6).max(1.0)), bar);
}

fn resource_body(pen: &mut Pen<'_>, rect: Rect, card: &Card) {
    let zoom = pen.zoom;
    let middle = rect.center().y;
    if zoom >= BADGE_ZOOM {
        icon_tile(pen, rect, card, (RESOURCE_PADDING, 24.0), middle);
    }
    let placed = place_name(pen, card);
    corner_marks(pen, rect, card, false);
    let left = rect.left() + placed.left * zoom;
    if let Some(mark) = card.mark.as_ref().filter(|_| zoom >= DETAIL_ZOOM) {
        write_name(pen, card, pos2(left, middle - 8.0 * zoom), &placed);
        let tag = Rect::from_min_max(pos2(left, middle), pos2(left + placed.room, middle + 15.0 * zoom));
        tint::tag(pen, tag, mark, 10.0);
    } else {
        write_name(pen, card, pos2(left, middle), &placed);
    }
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

/// How a name may be written at a zoom, from the best way to the last: the less else is shown, the larger. What was too small to be read
/// once does not become readable again further away. A value that a perspective `tags` a resource with takes half of its card.
fn settings_at(kind: ComponentKind, zoom: f32, tagged: bool) -> &'static [Setting] {
    match (kind.is_service(), zoom < BADGE_ZOOM, zoom < DETAIL_ZOOM) {
        (true, true, _) => &FAR_SERVICE,
        (true, false, true) => &MIDDLE_SERVICE,
        (true, false, false) => &settings::SERVICE,
        (false, true, _) => &FAR_RESOURCE,
        (false, false, true) => &MIDDLE_RESOURCE,
        (false, false, false) if tagged => &settings::TAGGED_RESOURCE,
        (false, false, false) => &settings::RESOURCE,
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
            let any =
                |zoom: f32| settings_at(kind, zoom, false).iter().any(|s| readable(s.size as f32 * zoom).is_some());
            let shown: Vec<bool> = zooms.map(any).collect();
            assert!(shown[0] && !shown[190]);
            assert!(shown.windows(2).all(|pair| pair[0] || !pair[1]), "{kind:?}: {shown:?}");
        }
    }
}
