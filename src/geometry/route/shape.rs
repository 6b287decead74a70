//! The simple shapes of a route: straight, one bend, two bends.

use kurbo::{Point, Rect};

use super::{
    BEND_WORLD, LEAST_GAP_WORLD,
    path::length,
    side::{self, End, Side},
};

/// How far a route that comes back to the side it left from goes out.
const DETOUR_WORLD: f64 = 24.0;
/// A line in a box by less than this runs along its border.
pub(super) const HAIR_WORLD: f64 = 0.01;
/// A route with one bend goes at least this far on either side of it.
const LEAST_ARM_WORLD: f64 = 12.0;

/// The simple route between two ends; `None` if they do not lie for one.
pub(super) fn simple(from: End, to: End) -> Option<Vec<Point>> {
    let (a, b) = (from.at, to.at);
    let upright = from.side.is_upright();
    let ahead = (b - a).dot(from.side.outward());
    if to.side == side::opposite(from.side) {
        let across = if upright { b.y - a.y } else { b.x - a.x };
        if ahead < LEAST_GAP_WORLD {
            return None;
        }
        if across == 0.0 {
            return Some(vec![a, b]);
        }
        let middle = a.midpoint(b);
        return Some(bent(a, b, upright, if upright { middle.x } else { middle.y }));
    }
    if to.side == from.side {
        let beyond = match from.side {
            Side::Left => a.x.min(b.x) - DETOUR_WORLD,
            Side::Right => a.x.max(b.x) + DETOUR_WORLD,
            Side::Top => a.y.min(b.y) - DETOUR_WORLD,
            Side::Bottom => a.y.max(b.y) + DETOUR_WORLD,
        };
        return Some(bent(a, b, upright, beyond));
    }
    let corner = if upright { Point::new(b.x, a.y) } else { Point::new(a.x, b.y) };
    let arms = [(corner - a).dot(from.side.outward()), (corner - b).dot(to.side.outward())];
    arms.iter().all(|arm| *arm >= LEAST_ARM_WORLD).then(|| vec![a, corner, b])
}

fn bent(a: Point, b: Point, upright: bool, at: f64) -> Vec<Point> {
    if upright {
        vec![a, Point::new(at, a.y), Point::new(at, b.y), b]
    } else {
        vec![a, Point::new(a.x, at), Point::new(b.x, at), b]
    }
}

/// What the simple route between two sides costs; infinitely much if there is none that leaves the boxes alone.
pub(super) fn cost_of_simple(rects: [Rect; 2], sides: [Side; 2]) -> f64 {
    let along = side::alone(rects, sides);
    let end = |end: usize| End { at: sides[end].at(rects[end], along[end]), side: sides[end] };
    let fits = simple(end(0), end(1)).filter(|points| !rects.iter().any(|rect| crosses(points, *rect)));
    fits.map_or(f64::INFINITY, |points| cost(&points))
}

/// Length and bends.
pub(super) fn cost(points: &[Point]) -> f64 {
    length(points) + BEND_WORLD * points.len().saturating_sub(2) as f64
}

/// Whether a route runs through the inside of a box.
pub(super) fn crosses(points: &[Point], rect: Rect) -> bool {
    let inside = rect.inset(-HAIR_WORLD);
    points.windows(2).any(|ends| overlaps(ends, inside))
}

fn overlaps(ends: &[Point], rect: Rect) -> bool {
    crate::geometry::grid::touches(Rect::from_points(ends[0], ends[1]), rect)
}

/// The same line without points in the middle of a straight piece, and without a point twice.
pub(super) fn simplified(points: impl IntoIterator<Item = Point>) -> Vec<Point> {
    let mut line: Vec<Point> = Vec::new();
    for point in points {
        if line.last() == Some(&point) {
            continue;
        }
        if let [.., before, last] = line.as_slice() {
            let straight = |a: f64, b: f64, c: f64| a == b && b == c;
            let between = (*last - *before).dot(point - *last) > 0.0;
            if between && (straight(before.x, last.x, point.x) || straight(before.y, last.y, point.y)) {
                line.pop();
            }
        }
        line.push(point);
    }
    line
}
