//! Lines while they are drawn and bent: the draft of a route, and where along a route a place is.

use kurbo::{Point, Rect};

use crate::geometry::route::{self, Side};

/// How far a draft goes straight on from a side that it is held at, in world units.
const STUB_WORLD: f64 = 20.0;

/// The route from a box to a box that is not there yet, with the sides it is held at.
pub(in crate::ui::canvas) fn draft(from: Rect, to: Rect, sides: [Option<Side>; 2]) -> Vec<Point> {
    if sides == [None, None] && from != to {
        return route::route_between(from, to);
    }
    let free = if from == to { (Side::Right, Side::Top) } else { route::sides(from, to) };
    let (leave, arrive) = (sides[0].unwrap_or(free.0), sides[1].unwrap_or(free.1));
    let (start, end) = (leave.middle(from), arrive.middle(to));
    let (out, into) = (start + outward(leave) * STUB_WORLD, end + outward(arrive) * STUB_WORLD);
    let corner = if leave.is_upright() { Point::new(out.x, into.y) } else { Point::new(into.x, out.y) };
    let mut points = vec![start, out, corner, into, end];
    points.dedup_by(|a, b| (*a - *b).hypot() < 0.01);
    points
}

/// Away from the box at a side.
fn outward(side: Side) -> kurbo::Vec2 {
    match side {
        Side::Left => kurbo::Vec2::new(-1.0, 0.0),
        Side::Right => kurbo::Vec2::new(1.0, 0.0),
        Side::Top => kurbo::Vec2::new(0.0, -1.0),
        Side::Bottom => kurbo::Vec2::new(0.0, 1.0),
    }
}

/// Where along a line the point nearest to a place is, as a share of its length; the middle of a line without length.
pub(in crate::ui::canvas) fn share_at(points: &[Point], place: Point) -> f64 {
    let mut walked = 0.0;
    let mut best = (f64::INFINITY, 0.0);
    for ends in points.windows(2) {
        let along = ends[1] - ends[0];
        let length = along.hypot();
        let share = if length > 0.0 { ((place - ends[0]).dot(along) / length.powi(2)).clamp(0.0, 1.0) } else { 0.0 };
        let distance = (place - (ends[0] + along * share)).hypot();
        if distance < best.0 {
            best = (distance, walked + length * share);
        }
        walked += length;
    }
    if walked > 0.0 { best.1 / walked } else { 0.5 }
}

/// The number of the segment nearest to a place.
pub(in crate::ui::canvas) fn segment_at(points: &[Point], place: Point) -> Option<usize> {
    let distance = |index: &usize| crate::geometry::hit::distance_to_polyline(&points[*index..=*index + 1], place);
    (0..points.len().saturating_sub(1)).min_by(|a, b| distance(a).total_cmp(&distance(b)))
}
