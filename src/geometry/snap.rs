//! Snapping of what is being moved to what stands still: edges to edges, centres to centres, and into equal gaps.

mod bend;
mod gaps;
mod lines;

use kurbo::{Point, Rect, Vec2};

use super::axis::{Axis, shared};
use crate::project::Side;

pub use bend::{Bend, snap_piece};

/// Places nearer than this are the same one: a file keeps two decimals.
const SAME_WORLD: f64 = 0.05;
/// Gaps up to this are none that anybody would want twice, in world units.
const LEAST_GAP_WORLD: f64 = 2.0;

/// What a guide says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Says {
    /// Edges or centres lie on this line.
    Level,
    /// So far it is to the next thing on that line that is level: the line goes to the same one.
    Distance,
    /// This gap is as wide as another one.
    Gap,
}

/// Something to be drawn while the snap holds, parallel to an axis, in world units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guide {
    /// The upper or left end.
    pub from: Point,
    /// The lower or right end.
    pub to: Point,
    /// What it says.
    pub says: Says,
    /// The direction in which the snap that it shows holds.
    pub holds: Axis,
}

impl Guide {
    /// How long it is: the distance that is written at a gap.
    pub fn length_world(&self) -> f64 {
        (self.to - self.from).hypot()
    }
}

/// What snapping does to a rectangle.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snap {
    /// How far the rectangle has to be moved, in world units; 0 on an axis where nothing is near.
    pub delta: Vec2,
    /// Whether it snapped on x and on y.
    pub held: (bool, bool),
    /// What shows what it snapped to.
    pub guides: Vec<Guide>,
}

/// Snaps `moving` to `others` within `reach_world` on each axis. Of several stops equally near, the one of the nearest
/// rectangle wins.
pub fn snap(moving: Rect, others: &[Rect], reach_world: f64) -> Snap {
    snap_on(moving, others, reach_world, (true, true))
}

/// The same where it may move on some axes only (x, y).
pub fn snap_on(moving: Rect, others: &[Rect], reach_world: f64, free: (bool, bool)) -> Snap {
    let others: &[Rect] = &near_by(moving, others, reach_world);
    let near = |axis: Axis, at: Rect, gaps: bool| {
        let may = if axis == Axis::X { free.0 } else { free.1 };
        may.then(|| nearest(axis, at, others, reach_world, gaps)).flatten()
    };
    let shown = |axis: Axis, at: Rect| {
        let mut guides = lines::guides(axis, at, others);
        guides.extend(gaps::guides(axis, at, others));
        guides
    };
    // A gap that cannot be shown, because the rectangle lies on what stands in it, is no place to hold it at.
    let holds = |axis: Axis, at: Rect| !shown(axis, at).is_empty();
    let place = |x: Option<f64>, y: Option<f64>| moving + Vec2::new(x.unwrap_or(0.0), y.unwrap_or(0.0));
    let mut x = near(Axis::X, moving, true);
    let mut y = near(Axis::Y, place(x, None), true);
    // What stands in a row with it depends on where it is across the row.
    if y.is_some() && (x.is_none() || !holds(Axis::X, place(x, y))) {
        x = near(Axis::X, place(None, y), true);
    }
    let there = place(x, y);
    if x.is_some() && !holds(Axis::X, there) || y.is_some() && !holds(Axis::Y, there) {
        (x, y) = (near(Axis::X, moving, false), near(Axis::Y, moving, false));
    }
    let there = place(x, y);
    let mut guides = Vec::new();
    for axis in [(Axis::X, x), (Axis::Y, y)].into_iter().filter_map(|(axis, held)| held.map(|_| axis)) {
        guides.extend(shown(axis, there));
    }
    Snap { delta: there.origin() - moving.origin(), held: (x.is_some(), y.is_some()), guides }
}

/// What can matter for a rectangle that moves no farther than its reach: what is nearly level with it, and what stands in its row
/// or its column. Of a drawing with thousands of boxes in view that is some dozens.
fn near_by(moving: Rect, others: &[Rect], reach_world: f64) -> Vec<Rect> {
    let around = moving.inflate(reach_world, reach_world);
    let matters = |other: &&Rect| {
        [Axis::X, Axis::Y].into_iter().any(|axis| {
            let (both, own) = (shared(axis.range(around), axis.range(**other)), axis.range(moving));
            both.0 <= both.1 || pairs(own, axis.range(**other)).any(|delta| delta.abs() <= reach_world)
        })
    };
    others.iter().filter(matters).copied().collect()
}

/// Snaps one edge of a rectangle that is being resized to the edges of others.
pub fn snap_edge(rect: Rect, side: Side, others: &[Rect], reach_world: f64) -> Snap {
    let axis = if side.is_upright() { Axis::X } else { Axis::Y };
    let (low, high) = axis.range(rect);
    let edge = if matches!(side, Side::Left | Side::Top) { low } else { high };
    let across = axis.other().range(rect);
    // The edge alone, as a rectangle without a width.
    let line = Rect::from_points(axis.point(edge, across.0), axis.point(edge, across.1));
    let near = others
        .iter()
        .flat_map(|other| {
            let away = (other.center() - line.center()).hypot2();
            let (low, high) = axis.range(*other);
            [low - edge, high - edge].map(|delta| (delta, away))
        })
        .filter(|(delta, _)| delta.abs() <= reach_world)
        .min_by(|a, b| a.0.abs().total_cmp(&b.0.abs()).then(a.1.total_cmp(&b.1)));
    let Some((delta, _)) = near else { return Snap::default() };
    let there = line + axis.vector(delta);
    let guides = lines::of_edges(axis, there, others);
    Snap { delta: axis.vector(delta), held: (axis == Axis::X, axis == Axis::Y), guides }
}

/// The three places of a rectangle along an axis: its two edges and its centre.
fn stops((low, high): (f64, f64)) -> [f64; 3] {
    [low, f64::midpoint(low, high), high]
}

/// Edges meet edges and centres meet centres.
fn pairs(moving: (f64, f64), other: (f64, f64)) -> impl Iterator<Item = f64> {
    let (moving, other) = (stops(moving), stops(other));
    [(0, 0), (0, 2), (2, 0), (2, 2), (1, 1)].into_iter().map(move |(m, o)| other[o] - moving[m])
}

/// The shortest way along an axis to where something is level, or a gap like another one.
fn nearest(axis: Axis, moving: Rect, others: &[Rect], reach_world: f64, gaps: bool) -> Option<f64> {
    let own = axis.range(moving);
    let level = others
        .iter()
        .flat_map(|other| {
            let away = (other.center() - moving.center()).hypot2();
            pairs(own, axis.range(*other)).map(move |delta| (delta, away))
        })
        .filter(|(delta, _)| delta.abs() <= reach_world)
        .min_by(|a, b| a.0.abs().total_cmp(&b.0.abs()).then(a.1.total_cmp(&b.1)))
        .map(|(delta, _)| delta);
    let offers = if gaps { gaps::offers(axis, moving, others, reach_world) } else { Vec::new() };
    level.into_iter().chain(offers).min_by(|a, b| a.abs().total_cmp(&b.abs()))
}
