//! Connections: rounded orthogonal lines with an arrow head at the callee, their labels and the seam's pills.

use std::sync::Arc;

use egui::{Color32, Galley, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2, vec2};
use kurbo::{ParamCurveNearest as _, Point};

use super::{
    convert::{from_rect, to_pos},
    pen::Pen,
    scene::Link,
};
use crate::{
    geometry::{camera::Camera, route},
    project::LineKind,
    ui::theme::Face,
};

/// Below this zoom a connection is a plain line.
pub(super) const PLAIN_ZOOM: f32 = 0.2;
/// Below this zoom there are no pills on connections.
const LABEL_ZOOM: f32 = 0.35;

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

/// What is written on a connection: its label and what crossing the seam costs; of one that the person is at also what it is. Empty
/// if it says nothing.
pub(super) fn words(link: &Link, attended: bool) -> String {
    let connection = &link.connection;
    let kind = if link.seam { link.tag.as_str() } else { connection.protocol.label() };
    match connection.label.trim() {
        "" if attended || link.seam => kind.to_owned(),
        label if attended || link.seam => format!("{label}, {kind}"),
        label => label.to_owned(),
    }
}

/// The words in the face they are written in, and the size of the pill they stand in; nothing where they would be too small to read.
pub(super) fn pill(pen: &Pen<'_>, link: &Link, attended: bool) -> Option<(Arc<Galley>, Vec2)> {
    let font = pen.font(Face::SemiBold, 10.5).filter(|_| pen.zoom >= LABEL_ZOOM)?;
    let words = words(link, attended);
    if words.is_empty() {
        return None;
    }
    let ink = if link.seam { pen.tokens.warning.ink } else { pen.tokens.text };
    let galley = pen.line(&words, font, ink, 220.0);
    let room = vec2(if link.seam { 26.0 } else { 14.0 }, 5.0) * pen.zoom;
    let size = galley.size() + room;
    Some((galley, size))
}

/// Paints what is written on a connection: what a person wrote, the seam's mark, and what one is that the person is at.
/// `place_world` says where words of a size in world units stand on it.
pub(super) fn label(
    pen: &mut Pen<'_>,
    camera: &Camera,
    (link, attended): (&Link, bool),
    place_world: impl Fn(kurbo::Size) -> Point,
) {
    let tokens = pen.tokens;
    let Some((galley, size)) = pill(pen, link, attended) else {
        if link.seam {
            let middle = to_pos(camera.screen_from_world(link.middle_world));
            cut(pen, middle, along(camera, link), tokens.warning.ink);
        }
        return;
    };
    let size_world = kurbo::Size::new(f64::from(size.x), f64::from(size.y)) / camera.zoom;
    let middle = to_pos(camera.screen_from_world(place_world(size_world)));
    let rect = Rect::from_center_size(middle, size);
    let (surface, line) = match (link.seam, attended) {
        (true, true) => (tokens.warning.surface, Stroke::new(1.0, tokens.warning.ink)),
        (true, false) => (tokens.warning.surface, Stroke::NONE),
        (false, _) => (tokens.card, Stroke::new(1.0, tokens.line_strong)),
    };
    pen.add(egui::epaint::RectShape::new(rect, rect.height() / 2.0, surface, line, StrokeKind::Inside));
    if link.seam {
        let mark = rect.left_center() + vec2(10.0 * pen.zoom, 0.0);
        cut(pen, mark, vec2(1.0, 0.0), tokens.warning.ink);
        pen.put(galley, mark + vec2(8.0 * pen.zoom, 0.0));
    } else {
        pen.put_centred(galley, middle);
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

/// The direction of a connection where its label goes.
fn along(camera: &Camera, link: &Link) -> Vec2 {
    let segment = link.points.windows(2).min_by(|a, b| {
        let distance = |ends: &[Point]| kurbo::Line::new(ends[0], ends[1]).nearest(link.middle_world, 1e-3).distance_sq;
        distance(a).total_cmp(&distance(b))
    });
    segment.map_or(vec2(1.0, 0.0), |ends| {
        (to_pos(camera.screen_from_world(ends[1])) - to_pos(camera.screen_from_world(ends[0]))).normalized()
    })
}
