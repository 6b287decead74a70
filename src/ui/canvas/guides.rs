//! What shows where something snapped: lines on which things are level, bars in equal gaps, and how wide those are.

use egui::{Pos2, Rect, Shape, Stroke, Vec2, vec2};

use super::{convert::to_pos, pen::Pen, scene::Scene};
use crate::{
    geometry::{
        camera::Camera,
        snap::{Guide, Says},
    },
    project::{ComponentKind, ElementId, Project, card_size},
    ui::theme::Face,
};

/// How near an edge or a point has to be to what it snaps to, in points at any zoom.
pub(super) const SNAP_REACH: f64 = 8.0;
/// Half the length of the strokes at the ends of a bar, in points.
const TICK: f32 = 4.0;
/// Between a bar and its figure, in points.
const STAND_OFF: f32 = 5.0;

/// What can be snapped to in a part of the sheet: components, frames and notes, if `stands` says that they stand still.
pub(super) fn standing(
    scene: &Scene,
    project: &Project,
    seen_world: kurbo::Rect,
    stands: impl Fn(&ElementId) -> bool,
) -> Vec<kurbo::Rect> {
    let cards = scene.cards_in(seen_world).filter(|card| stands(&card.element)).map(|card| card.rect_world);
    let frames = scene.frames_in(seen_world).filter(|frame| stands(&frame.element)).map(|frame| frame.rect_world);
    let notes = scene.note_positions(seen_world).into_iter().filter_map(|index| project.sticky_notes.get_index(index));
    let notes = notes.filter(|(id, _)| stands(&ElementId::Note((*id).clone()))).map(|(_, note)| note.rect_world());
    cards.chain(frames).chain(notes).collect()
}

/// Paints what shows a snap; over everything else, figures over lines.
pub(super) fn paint(pen: &mut Pen<'_>, camera: &Camera, guides: &[Guide]) {
    let stroke = Stroke::new(1.0, pen.tokens.accent.ink);
    let ends = |guide: &Guide| [guide.from, guide.to].map(|end| to_pos(camera.screen_from_world(end)));
    for guide in guides {
        match guide.says {
            Says::Level => pen.add(Shape::line_segment(ends(guide), stroke)),
            Says::Distance | Says::Gap => bar(pen, ends(guide), stroke),
        }
    }
    let card = camera.zoom * card_size(ComponentKind::WebApplication);
    let card = vec2(card.width as f32, card.height as f32);
    // Gaps come first: where two figures would lie on each other, the one that says more is written.
    let mut written: Vec<Rect> = Vec::new();
    for says in [Says::Gap, Says::Distance] {
        for guide in guides.iter().filter(|guide| guide.says == says) {
            figure(pen, (ends(guide), card), guide.length_world(), &mut written);
        }
    }
}

/// A line with a stroke across each of its ends.
fn bar(pen: &mut Pen<'_>, [from, to]: [Pos2; 2], stroke: Stroke) {
    let along = (to - from).normalized();
    // From far away a bar is shorter than its strokes would be.
    let tick = along.rot90() * TICK.min((to - from).length() / 2.0);
    pen.add(Shape::line_segment([from, to], stroke));
    for end in [from, to] {
        pen.add(Shape::line_segment([end - tick, end + tick], stroke));
    }
}

/// The distance in world units beside the middle of what can be seen of a bar; not where it would be larger than the bar or than a `card`
/// and cover what it is about.
fn figure(pen: &mut Pen<'_>, ([from, to], card): ([Pos2; 2], Vec2), length_world: f64, written: &mut Vec<Rect>) {
    let seen = Rect::from_two_pos(from, to).intersect(pen.clip());
    if seen.is_negative() {
        return;
    }
    let galley = pen.line(&format!("{length_world:.0}"), Face::Medium.at(11.0), pen.tokens.on_accent, f32::INFINITY);
    let size = galley.size() + vec2(8.0, 2.0);
    let lies = (to.x - from.x).abs() > (to.y - from.y).abs();
    let needs = if lies { size.x } else { size.y };
    if needs > (to - from).length() || size.x > card.x || size.y > card.y {
        return;
    }
    let off: Vec2 = if lies { vec2(0.0, STAND_OFF + size.y / 2.0) } else { vec2(STAND_OFF + size.x / 2.0, 0.0) };
    let middle = (seen.center() + off).round();
    let rect = Rect::from_center_size(middle, size);
    if written.iter().any(|other| other.intersects(rect)) {
        return;
    }
    written.push(rect);
    pen.add(Shape::rect_filled(rect, 3.0, pen.tokens.accent.ink));
    pen.put_centred(galley, middle);
}
