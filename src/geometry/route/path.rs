//! Lines made of segments: rounding, shortening, the point in the middle.

use kurbo::{Point, Rect};

use super::CORNER_RADIUS_WORLD;
use crate::{geometry::hit::segment_touches, project::LineKind};

/// How long a line is, in the unit of its points.
pub fn length(points: &[Point]) -> f64 {
    points.windows(2).map(|ends| (ends[1] - ends[0]).hypot()).sum()
}

/// What encloses a line; nothing where there is none.
pub fn bounds(points: &[Point]) -> Option<Rect> {
    points.iter().map(|point| Rect::from_points(*point, *point)).reduce(|all, point| all.union(point))
}

/// Segments in one rounded corner at 100 %.
const CORNER_STEPS: usize = 5;

/// The line with its corners rounded by `radius`, in the unit of its points, less where a segment is too short for it.
pub fn rounded(points: &[Point], radius: f64) -> Vec<Point> {
    rounded_in(points, radius, CORNER_STEPS)
}

fn rounded_in(points: &[Point], radius: f64, steps: usize) -> Vec<Point> {
    let mut line = Vec::with_capacity(points.len() * (steps + 1));
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
        for step in 0..=steps {
            let t = step as f64 / steps as f64;
            line.push(start.lerp(at, t).lerp(at.lerp(end, t), t));
        }
    }
    if points.len() > 1 {
        line.extend(points.last());
    }
    line
}

/// The line without its last `length`, in the unit of its points; a point is left of it at least.
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

/// The parts of a line that are seen in an area (in the unit of its points), each cut off where it leaves that: what is far outside is
/// neither rounded nor painted. Slanted pieces are left whole.
pub fn passing(points: &[Point], area: Rect) -> Vec<Vec<Point>> {
    let held = |point: Point| Point::new(point.x.clamp(area.x0, area.x1), point.y.clamp(area.y0, area.y1));
    let mut parts: Vec<Vec<Point>> = Vec::new();
    let mut goes_on = false;
    for ends in points.windows(2) {
        if !segment_touches(ends[0], ends[1], area) {
            goes_on = false;
            continue;
        }
        let straight = ends[0].x == ends[1].x || ends[0].y == ends[1].y;
        let [from, to] = if straight { [held(ends[0]), held(ends[1])] } else { [ends[0], ends[1]] };
        match parts.last_mut().filter(|_| goes_on) {
            Some(part) => part.push(to),
            None => parts.push(vec![from, to]),
        }
        goes_on = to == ends[1];
    }
    parts
}

/// How high a line hops over another.
const HOP_WORLD: f64 = 5.0;
/// Pieces of a quarter of a hop.
const HOP_STEPS: usize = 4;

/// The line as it is drawn: rounded corners if it is one of right angles, and a hop at each of `hops`, which lie on horizontal
/// pieces.
pub fn drawn(points: &[Point], kind: LineKind, hops: &[Point]) -> Vec<Point> {
    drawn_at(points, kind, hops, 1.0)
}

/// The same for who looks at it from so close, in points of the screen per world unit: in pieces so short that round things look round.
pub fn drawn_at(points: &[Point], kind: LineKind, hops: &[Point], zoom: f64) -> Vec<Point> {
    // What a piece is off a circle goes with the square of its length.
    let finer = zoom.max(1.0).sqrt().ceil() as usize;
    let steps = CORNER_STEPS * finer;
    let line =
        if kind == LineKind::Orthogonal { rounded_in(points, CORNER_RADIUS_WORLD, steps) } else { points.to_vec() };
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
                let steps = HOP_STEPS * finer;
                hopped.extend((0..=steps).map(|step| {
                    let turn = (from + step as f64 / steps as f64) * std::f64::consts::FRAC_PI_2;
                    Point::new((middle - HOP_WORLD * turn.cos()) * way, a.y - HOP_WORLD * turn.sin())
                }));
            }
        }
        hopped.push(b);
    }
    hopped
}

/// The share of the line, from 0 to 1 and measured along it, that is nearest to a point.
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
    let mut left = length(points) * share;
    for ends in points.windows(2) {
        let length = (ends[1] - ends[0]).hypot();
        if length >= left && length > 0.0 {
            return Some(ends[0].lerp(ends[1], left / length));
        }
        left -= length;
    }
    points.first().copied()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::geometry::{grid::touches, hit::contains};

    /// A line of right angles.
    fn line() -> impl Strategy<Value = Vec<Point>> {
        prop::collection::vec(-900.0..900.0_f64, 3..12).prop_map(|places| {
            let at = |index: usize| Point::new(places[index & !1], places[(index.max(1) - 1) | 1]);
            (0..places.len() - 1).map(at).collect()
        })
    }

    #[test]
    fn round_things_look_round_from_close_by() {
        let line = [Point::new(0.0, 0.0), Point::new(100.0, 0.0), Point::new(100.0, 100.0)];
        for zoom in [1.0, 2.0, 4.0, 8.0] {
            let drawn = drawn_at(&line, LineKind::Orthogonal, &[Point::new(40.0, 0.0)], zoom);
            // Where a piece turns much from the one before, its corner is seen: by how far it is off the curve in points.
            let off = drawn.windows(3).filter_map(|at| {
                let (a, b) = (at[1] - at[0], at[2] - at[1]);
                let turn = a.cross(b).atan2(a.dot(b)).abs();
                // The ends of a hop are corners in any case.
                (turn < 1.2).then(|| a.hypot().min(b.hypot()) * turn / 8.0 * zoom)
            });
            let worst = off.fold(0.0, f64::max);
            assert!(worst < 0.3, "{worst} points off at {zoom}");
        }
    }

    proptest! {
        #[test]
        fn the_parts_of_a_line_that_pass_an_area_are_all_of_it_that_is_there(
            points in line(), x in -900.0..900.0_f64, y in -900.0..900.0_f64, width in 1.0..900.0_f64, height in 1.0..900.0_f64,
            share in 0.0..1.0_f64,
        ) {
            let area = Rect::new(x, y, x + width, y + height);
            let parts = passing(&points, area);
            for part in &parts {
                prop_assert!(part.len() >= 2 && part.iter().all(|point| contains(area, *point)), "{part:?}");
            }
            let inside: f64 = points.windows(2).filter(|ends| touches(Rect::from_points(ends[0], ends[1]), area)).map(|ends| {
                let both = Rect::from_points(ends[0], ends[1]).intersect(area);
                both.width().max(both.height())
            }).sum();
            prop_assert!((parts.iter().map(|part| length(part)).sum::<f64>() - inside).abs() < 1e-6);
            // What is seen of a corner is one part with it.
            if let Some(place) = along(&points, share).filter(|place| contains(area.inset(-0.01), *place)) {
                let near = |part: &Vec<Point>| crate::geometry::hit::distance_to_polyline(part, place) < 1e-6;
                prop_assert!(parts.iter().any(near));
            }
            let whole = passing(&points, Rect::new(-1e4, -1e4, 1e4, 1e4));
            prop_assert_eq!(whole, vec![points]);
        }
    }
}
