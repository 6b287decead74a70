//! Lines made of segments: rounding, shortening, the point in the middle.

use kurbo::Point;

use super::CORNER_RADIUS_WORLD;
use crate::project::LineKind;

/// Segments in one rounded corner.
const CORNER_STEPS: usize = 5;

/// The line with its corners rounded by `radius`, less where a segment is too short for it.
pub fn rounded(points: &[Point], radius: f64) -> Vec<Point> {
    let mut line = Vec::with_capacity(points.len() * (CORNER_STEPS + 1));
    line.extend(points.first());
    for corner in points.windows(3) {
        let (before, at, after) = (corner[0], corner[1], corner[2]);
        let (back, on) = (before - at, after - at);
        let reach = radius.min(back.hypot() / 2.0).min(on.hypot() / 2.0);
        if reach < 0.01 {
            line.push(at);
            continue;
        }
        let (start, end) = (at + back.normalize() * reach, at + on.normalize() * reach);
        for step in 0..=CORNER_STEPS {
            let t = step as f64 / CORNER_STEPS as f64;
            line.push(start.lerp(at, t).lerp(at.lerp(end, t), t));
        }
    }
    if points.len() > 1 {
        line.extend(points.last());
    }
    line
}

/// The line without its last `length`; a point is left of it at least.
pub fn shortened(points: &[Point], length: f64) -> Vec<Point> {
    let mut line = points.to_vec();
    let mut left = length;
    while let [.., before, last] = line.as_mut_slice() {
        let whole = (*last - *before).hypot();
        if whole > left {
            *last = last.lerp(*before, left / whole);
            break;
        }
        left -= whole;
        line.pop();
    }
    line
}

/// How high a line hops over another.
const HOP_WORLD: f64 = 5.0;
/// Pieces of a quarter of a hop.
const HOP_STEPS: usize = 4;

/// The line as it is drawn: rounded corners if it is one of right angles, and a hop at each of `hops`, which lie on horizontal
/// pieces.
pub fn drawn(points: &[Point], kind: LineKind, hops: &[Point]) -> Vec<Point> {
    let line = if kind == LineKind::Orthogonal { rounded(points, CORNER_RADIUS_WORLD) } else { points.to_vec() };
    if hops.is_empty() {
        return line;
    }
    let mut hopped: Vec<Point> = line.first().copied().into_iter().collect();
    for ends in line.windows(2) {
        let (a, b) = (ends[0], ends[1]);
        let way = (b.x - a.x).signum();
        let on = |hop: &&Point| a.y == b.y && hop.y == a.y && a.x.min(b.x) < hop.x && hop.x < a.x.max(b.x);
        let mut here: Vec<f64> = hops.iter().filter(on).map(|hop| hop.x * way).collect();
        here.sort_by(f64::total_cmp);
        // Hops that would run into each other are one over all.
        for group in here.chunk_by(|one, next| next - one <= 2.0 * HOP_WORLD) {
            for (from, middle) in [(0.0, group[0]), (1.0, group[group.len() - 1])] {
                hopped.extend((0..=HOP_STEPS).map(|step| {
                    let turn = (from + step as f64 / HOP_STEPS as f64) * std::f64::consts::FRAC_PI_2;
                    Point::new((middle - HOP_WORLD * turn.cos()) * way, a.y - HOP_WORLD * turn.sin())
                }));
            }
        }
        hopped.push(b);
    }
    hopped
}

/// The share of the line, measured along it, that is nearest to a point.
pub fn share_at(points: &[Point], pos_world: Point) -> f64 {
    let (mut walked, mut best) = (0.0, (f64::INFINITY, 0.0));
    for ends in points.windows(2) {
        let by = ends[1] - ends[0];
        let length = by.hypot();
        if length > 0.0 {
            let share = ((pos_world - ends[0]).dot(by) / (length * length)).clamp(0.0, 1.0);
            let distance = (ends[0].lerp(ends[1], share) - pos_world).hypot();
            if distance < best.0 {
                best = (distance, walked + share * length);
            }
            walked += length;
        }
    }
    if walked > 0.0 { best.1 / walked } else { 0.0 }
}

/// The point in the middle of the line, measured along it.
pub fn halfway(points: &[Point]) -> Option<Point> {
    along(points, 0.5)
}

/// The point at a share of the line, measured along it: 0 is its start, 1 its end.
pub fn along(points: &[Point], share: f64) -> Option<Point> {
    let total: f64 = points.windows(2).map(|ends| (ends[1] - ends[0]).hypot()).sum();
    let mut left = total * share;
    for ends in points.windows(2) {
        let length = (ends[1] - ends[0]).hypot();
        if length >= left && length > 0.0 {
            return Some(ends[0].lerp(ends[1], left / length));
        }
        left -= length;
    }
    points.first().copied()
}
