//! Connections: rounded orthogonal lines with an arrow head at the callee, their labels and the seam's pills.

use std::sync::Arc;

use egui::{Color32, FontId, Galley, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2, vec2};
use kurbo::{ParamCurveNearest as _, Point};

use super::{
    convert::{from_rect, to_pos},
    pen::Pen,
    scene::{Link, Scene},
};
use crate::{
    geometry::{
        camera::Camera,
        route::{self, Forms},
    },
    project::LineKind,
    text::on_lines,
    ui::theme::Face,
};

/// Below this zoom a connection is a plain line.
pub(super) const PLAIN_ZOOM: f32 = 0.2;

/// The colour and width of a connection.
#[derive(Clone, Copy)]
pub(super) struct Look {
    pub colour: Color32,
    pub width: f32,
    /// It waits for what is put off.
    pub dashed: bool,
}

impl Look {
    /// How a connection looks by what it is and whether the person is at it.
    pub(super) fn of(pen: &Pen<'_>, link: &Link, selected: bool, hovered: bool) -> Self {
        let tokens = pen.tokens;
        let (colour, width) = match (selected, link.seam, hovered) {
            (true, _, _) => (tokens.accent.ink, 2.25),
            (_, true, _) => (tokens.warning.ink, if hovered { 2.25 } else { 1.75 }),
            (_, _, true) => (tokens.text, 2.0),
            _ if link.later => (tokens.canvas.lerp_to_gamma(tokens.wire, 0.7), 1.25),
            _ => (tokens.wire, 1.5),
        };
        Self { colour, width, dashed: link.later }
    }
}

/// Lines are cut off so far outside of what is seen: no corner that is seen has less than its radius on either side.
const OUTSIDE_WORLD: f64 = 3.0 * route::CORNER_RADIUS_WORLD;

/// The way of a line, and where it hops over others.
pub(super) struct Way<'a> {
    pub points_world: &'a [Point],
    pub kind: LineKind,
    pub hops_world: &'a [Point],
}

impl<'a> Way<'a> {
    /// A line that is not there yet: orthogonal, and without hops.
    pub(super) fn plain(points_world: &'a [Point]) -> Self {
        Self { points_world, kind: LineKind::Orthogonal, hops_world: &[] }
    }
}

/// Paints the line and its arrow head.
pub(super) fn paint(pen: &mut Pen<'_>, camera: &Camera, way: &Way<'_>, look: Look) {
    let points: Vec<Point> = way.points_world.iter().map(|point| camera.screen_from_world(*point)).collect();
    let [.., before, tip] = points.as_slice() else { return };
    let stroke = Stroke::new(look.width * pen.zoom.clamp(0.8, 1.6), look.colour);
    if pen.zoom < PLAIN_ZOOM {
        pen.add(Shape::line(points.into_iter().map(to_pos).collect(), Stroke::new(1.0, look.colour)));
        return;
    }
    let scale = f64::from(pen.zoom).clamp(0.5, 1.4);
    let length = 9.0 * scale;
    head(pen, *before, *tip, length, look.colour);
    // The line stops inside the head, so that its end does not show beside the tip.
    let line = route::shortened(way.points_world, length * 0.8 / camera.zoom);
    let drawn = |part: &[Point]| -> Vec<Pos2> {
        let part = route::drawn_at(part, way.kind, way.hops_world, camera.zoom);
        part.into_iter().map(|point| to_pos(camera.screen_from_world(point))).collect()
    };
    if look.dashed {
        // Dashes are counted from the beginning; only those that are seen are painted.
        pen.dashed_line(&drawn(&line), stroke);
        return;
    }
    let seen = camera.visible_world(from_rect(pen.clip())).inflate(OUTSIDE_WORLD, OUTSIDE_WORLD);
    for part in route::passing(&line, seen) {
        pen.add(Shape::line(drawn(&part), stroke));
    }
}

fn head(pen: &mut Pen<'_>, before: Point, tip: Point, length: f64, colour: Color32) {
    let along = tip - before;
    if along.hypot() <= 0.0 {
        return;
    }
    let back = -along.normalize() * length;
    let side = back.turn_90() * 0.5;
    let corners = [tip, tip + back + side, tip + back - side].map(to_pos).to_vec();
    pen.add(Shape::convex_polygon(corners, colour, Stroke::NONE));
}

/// What is written on a connection that the person is at: all there is to say.
fn all_words(link: &Link) -> String {
    let kind = if link.seam { link.tag.as_str() } else { link.connection.protocol.label() };
    let [all, _] = on_lines::words(&link.connection.label, Some(kind));
    all
}

/// What is written on any other one, in all words and in few.
fn words(link: &Link) -> [String; 2] {
    on_lines::words(&link.connection.label, link.seam.then_some(link.tag.as_str()))
}

/// How large the words of a connection are at 100 %, all and few.
pub(super) fn forms(pen: &Pen<'_>, link: &Link) -> Forms {
    let [all, few] = words(link);
    if all.is_empty() {
        return [None; 2];
    }
    let [all, few] = [all, few].map(|words| pen.measure(&words, Face::SemiBold, on_lines::SIZE as f32));
    on_lines::forms([f64::from(all.x), f64::from(few.x)], link.seam, f64::from(all.y + AROUND_Y))
}

/// The same of all words of one that the person is at.
fn attended_form(pen: &Pen<'_>, link: &Link) -> Option<kurbo::Size> {
    let all = pen.measure(&all_words(link), Face::SemiBold, on_lines::SIZE as f32);
    let [form, _] = on_lines::forms([f64::from(all.x); 2], link.seam, f64::from(all.y + AROUND_Y));
    form
}

/// What a pill has above and below its words together, in world units.
const AROUND_Y: f32 = 5.0;

/// The font of words on connections; nothing where they would be too small to read, and none are shown.
fn font(pen: &Pen<'_>) -> Option<FontId> {
    pen.font(Face::SemiBold, on_lines::SIZE as f32)
}

/// Whether words on connections are shown at this zoom.
pub(super) fn are_worded(pen: &Pen<'_>) -> bool {
    font(pen).is_some()
}

/// Words in the face they are written in, no wider than so many world units, and the size of the pill they stand in.
fn pill(pen: &Pen<'_>, link: &Link, (words, widest): (&str, f64)) -> Option<(Arc<Galley>, Vec2)> {
    let font = font(pen).filter(|_| !words.is_empty())?;
    let ink = if link.seam { pen.tokens.warning.ink } else { pen.tokens.text };
    let galley = pen.line(words, font, ink, widest as f32 * pen.zoom);
    let size = galley.size() + vec2(on_lines::around(link.seam) as f32, AROUND_Y) * pen.zoom;
    Some((galley, size))
}

/// The words of a connection that have their place on the screen.
pub(super) struct Placed {
    galley: Arc<Galley>,
    pub rect: Rect,
    attended: bool,
}

/// The words of a connection and their place; nothing where it says nothing, where they would be too small to read, or where they
/// have no room. One that the person is at says all in any case.
pub(super) fn placed(
    pen: &Pen<'_>,
    (camera, scene): (&Camera, &Scene),
    (index, attended): (usize, bool),
) -> Option<Placed> {
    let link = scene.links.get(index).filter(|link| !link.points.is_empty())?;
    // Nobody looks for places of what is not shown.
    if !are_worded(pen) {
        return None;
    }
    let measure = |link: &Link| forms(pen, link);
    let (galley, size, middle_world) = if attended {
        let size_world = attended_form(pen, link)?;
        let (galley, size) = pill(pen, link, (&all_words(link), on_lines::WIDEST))?;
        (galley, size, scene.attended_words_world((index, size_world), &measure))
    } else if scene.is_routing() {
        let [all, _] = words(link);
        let (galley, size) = pill(pen, link, (&all, on_lines::WIDEST))?;
        (galley, size, link.middle_world)
    } else {
        let stand = scene.words_stand(index, &measure)?;
        let [all, few] = words(link);
        let (galley, size) = match stand.form {
            0 => pill(pen, link, (&all, on_lines::WIDEST)),
            _ => pill(pen, link, (&few, on_lines::few_widest(link.seam))),
        }?;
        (galley, size, stand.middle_world)
    };
    let middle = to_pos(camera.screen_from_world(middle_world));
    Some(Placed { galley, rect: Rect::from_center_size(middle, size), attended })
}

/// The part of the sheet that the words of a connection cover at 100 %, if they have a place.
pub(super) fn area_world(pen: &Pen<'_>, scene: &Scene, index: usize) -> Option<kurbo::Rect> {
    Some(scene.words_stand(index, &|link| forms(pen, link))?.rect_world())
}

/// Paints what is written on a connection: what a person wrote, the seam's mark, and what one is that the person is at.
pub(super) fn label(pen: &mut Pen<'_>, camera: &Camera, link: &Link, placed: Option<Placed>) {
    let tokens = pen.tokens;
    let Some(Placed { galley, rect, attended }) = placed else {
        if let Some(at_world) = route::along(&link.points, on_lines::CUT_AT).filter(|_| link.seam) {
            let middle = to_pos(camera.screen_from_world(at_world));
            cut(pen, middle, along(camera, link, at_world), tokens.warning.ink);
        }
        return;
    };
    let (surface, line) = match (link.seam, attended) {
        (true, true) => (tokens.warning.surface, Stroke::new(1.0, tokens.warning.ink)),
        (true, false) => (tokens.warning.surface, Stroke::NONE),
        (false, _) => (tokens.card, Stroke::new(1.0, tokens.line_strong)),
    };
    pen.add(egui::epaint::RectShape::new(rect, rect.height() / 2.0, surface, line, StrokeKind::Inside));
    if link.seam {
        let behind = |left: f64| rect.left_center() + vec2(left as f32 * pen.zoom, 0.0);
        let (mark, words) = (behind(on_lines::MARK_LEFT), behind(on_lines::WORDS_LEFT));
        cut(pen, mark, vec2(1.0, 0.0), tokens.warning.ink);
        pen.put(galley, words);
    } else {
        pen.put_centred(galley, rect.center());
    }
}

/// Two slanted strokes across a line that runs in direction `along`: here it is cut.
fn cut(pen: &mut Pen<'_>, middle: Pos2, along: Vec2, colour: Color32) {
    let size = (4.5 * pen.zoom).clamp(2.5, 8.0);
    let stroke = Stroke::new((1.5 * pen.zoom).clamp(1.0, 2.0), colour);
    let slant = along.rot90() * size + along * size * 0.4;
    for offset in [-0.45, 0.45] {
        let at = middle + along * size * offset;
        pen.add(Shape::line_segment([at - slant, at + slant], stroke));
    }
}

/// The direction of a connection at a place on it.
fn along(camera: &Camera, link: &Link, at_world: Point) -> Vec2 {
    let segment = link.points.windows(2).min_by(|a, b| {
        let distance = |ends: &[Point]| kurbo::Line::new(ends[0], ends[1]).nearest(at_world, 1e-3).distance_sq;
        distance(a).total_cmp(&distance(b))
    });
    segment.map_or(vec2(1.0, 0.0), |ends| {
        (to_pos(camera.screen_from_world(ends[1])) - to_pos(camera.screen_from_world(ends[0]))).normalized()
    })
}
