//! Snapping of what is being moved to the edges and centres of what stands still.

use kurbo::{Point, Rect, Vec2};

/// A line to be drawn while the snap holds, parallel to an axis, in world units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guide {
    /// The upper or left end.
    pub from: Point,
    /// The lower or right end.
    pub to: Point,
}

/// What snapping does to a rectangle.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snap {
    /// How far the rectangle has to be moved, in world units; 0 on an axis where nothing is near.
    pub delta: Vec2,
    /// Whether it snapped on x and on y.
    pub held: (bool, bool),
    /// The lines that show what it snapped to.
    pub guides: Vec<Guide>,
}

/// The three places of a rectangle along an axis: its two edges and its centre.
fn stops((low, high): (f64, f64)) -> [f64; 3] {
    [low, f64::midpoint(low, high), high]
}

fn x_range(rect: Rect) -> (f64, f64) {
    (rect.x0, rect.x1)
}

fn y_range(rect: Rect) -> (f64, f64) {
    (rect.y0, rect.y1)
}

/// Edges meet edges and centres meet centres.
fn pairs(moving: (f64, f64), other: (f64, f64)) -> impl Iterator<Item = f64> {
    let (moving, other) = (stops(moving), stops(other));
    [(0, 0), (0, 2), (2, 0), (2, 2), (1, 1)].into_iter().map(move |(m, o)| other[o] - moving[m])
}

/// Snaps `moving` to `others` within `distance_world` on each axis. Of several stops equally near, the one of the nearest
/// rectangle wins.
pub fn snap(moving: Rect, others: &[Rect], distance_world: f64) -> Snap {
    let best = |range: fn(Rect) -> (f64, f64)| -> Option<f64> {
        others
            .iter()
            .flat_map(|other| {
                let away = (other.center() - moving.center()).hypot2();
                pairs(range(moving), range(*other)).map(move |delta| (delta, away))
            })
            .filter(|(delta, _)| delta.abs() <= distance_world)
            .min_by(|a, b| a.0.abs().total_cmp(&b.0.abs()).then(a.1.total_cmp(&b.1)))
            .map(|(delta, _)| delta)
    };
    let (x, y) = (best(x_range), best(y_range));
    let delta = Vec2::new(x.unwrap_or(0.0), y.unwrap_or(0.0));
    let snapped = moving + delta;
    let mut guides = Vec::new();
    if x.is_some() {
        guides.extend(
            lines(snapped, others, x_range, y_range)
                .into_iter()
                .map(|(at, from, to)| Guide { from: Point::new(at, from), to: Point::new(at, to) }),
        );
    }
    if y.is_some() {
        guides.extend(
            lines(snapped, others, y_range, x_range)
                .into_iter()
                .map(|(at, from, to)| Guide { from: Point::new(from, at), to: Point::new(to, at) }),
        );
    }
    Snap { delta, held: (x.is_some(), y.is_some()), guides }
}

/// For each stop of `snapped` that something shares: the place, and the range that spans all who share it.
fn lines(
    snapped: Rect,
    others: &[Rect],
    along: fn(Rect) -> (f64, f64),
    across: fn(Rect) -> (f64, f64),
) -> Vec<(f64, f64, f64)> {
    const SAME_WORLD: f64 = 0.01;
    let mut lines = Vec::new();
    for (index, stop) in stops(along(snapped)).into_iter().enumerate() {
        let shares = |other: &&Rect| {
            let places = stops(along(**other));
            if index == 1 {
                (places[1] - stop).abs() < SAME_WORLD
            } else {
                (places[0] - stop).abs() < SAME_WORLD || (places[2] - stop).abs() < SAME_WORLD
            }
        };
        let span = others.iter().filter(shares).map(|other| across(*other)).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
        if let Some((low, high)) = span {
            let own = across(snapped);
            lines.push((stop, low.min(own.0), high.max(own.1)));
        }
    }
    lines
}
