//! Lines made of segments: rounding, shortening, the point in the middle.

use kurbo::Point;

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

/// The line without its last `length`, at most without its last segment.
pub fn shortened(points: &[Point], length: f64) -> Vec<Point> {
    let mut line = points.to_vec();
    if let [.., before, last] = line.as_mut_slice() {
        let whole = (*last - *before).hypot();
        if whole > 0.0 {
            *last = last.lerp(*before, (length / whole).min(1.0));
        }
    }
    line
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
