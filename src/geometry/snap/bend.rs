//! Snapping of a piece of a line that is moved sideways: into the middle between what stands on both sides of it, and level with the
//! centres of boxes. Not to edges: along one, a line would not be told from it.

use kurbo::Rect;

use super::{Guide, LEAST_GAP_WORLD, SAME_WORLD, Says};
use crate::geometry::axis::{Axis, shared};

/// What is farther from a line than this is not beside it.
const FAR_WORLD: f64 = 600.0;

/// Where a piece snaps to, and what shows that.
#[derive(Clone, Debug, PartialEq)]
pub struct Bend {
    /// How far it has to be moved along the axis, in world units.
    pub delta: f64,
    /// The line that it is level with, or the gaps to both sides; and how far it is to what stands there.
    pub guides: Vec<Guide>,
}

/// Snaps a piece without a breadth along `axis` to `others` within `reach_world`; `None` where nothing is near.
pub fn snap_piece(axis: Axis, piece: Rect, others: &[Rect], reach_world: f64) -> Option<Bend> {
    let at = axis.range(piece).0;
    let middle = between(axis, piece, others).map(|(before, behind)| f64::midpoint(before, behind));
    let centres = others.iter().map(|other| middle_of(axis.range(*other)));
    // Of equal ones the middle of the gap.
    let near = middle.into_iter().chain(centres).filter(|stop| (stop - at).abs() <= reach_world);
    let stop = near.min_by(|a, b| (a - at).abs().total_cmp(&(b - at).abs()))?;
    let delta = stop - at;
    Some(Bend { delta, guides: guides(axis, piece + axis.vector(delta), others) })
}

fn middle_of((low, high): (f64, f64)) -> f64 {
    f64::midpoint(low, high)
}

/// The ends of what stands next to a piece on either side.
fn beside(axis: Axis, piece: Rect, others: &[Rect]) -> [Option<f64>; 2] {
    let (at, across) = (axis.range(piece).0, axis.other().range(piece));
    let row = || {
        let in_row = |other: &&Rect| {
            let both = shared(axis.other().range(**other), across);
            both.0 <= both.1
        };
        others.iter().filter(in_row).map(|other| axis.range(*other))
    };
    let before = row().map(|(_, high)| high).filter(|high| *high <= at && at - high <= FAR_WORLD).reduce(f64::max);
    let behind = row().map(|(low, _)| low).filter(|low| *low >= at && low - at <= FAR_WORLD).reduce(f64::min);
    [before, behind]
}

fn between(axis: Axis, piece: Rect, others: &[Rect]) -> Option<(f64, f64)> {
    let [before, behind] = beside(axis, piece, others);
    before.zip(behind).filter(|(before, behind)| behind - before > 2.0 * LEAST_GAP_WORLD)
}

fn guides(axis: Axis, piece: Rect, others: &[Rect]) -> Vec<Guide> {
    let (at, across) = (axis.range(piece).0, axis.other().range(piece));
    let place = middle_of(across);
    let [before, behind] = beside(axis, piece, others);
    let is_middle = before.zip(behind).is_some_and(|(a, b)| (f64::midpoint(a, b) - at).abs() < SAME_WORLD);
    let says = if is_middle { Says::Gap } else { Says::Distance };
    let bar =
        |from: f64, to: f64| Guide { from: axis.point(from, place), to: axis.point(to, place), says, holds: axis };
    let bars = before.map(|before| bar(before, at)).into_iter().chain(behind.map(|behind| bar(at, behind)));
    let mut guides: Vec<Guide> = bars.filter(|bar| bar.length_world() > LEAST_GAP_WORLD).collect();
    let level = |other: &&Rect| (middle_of(axis.range(**other)) - at).abs() < SAME_WORLD;
    let centres = others.iter().filter(level).map(|other| middle_of(axis.other().range(*other)));
    let (low, high) = centres.fold(across, |(low, high), centre| (low.min(centre), high.max(centre)));
    if (low, high) != across {
        let says = Says::Level;
        guides.push(Guide { from: axis.point(at, low), to: axis.point(at, high), says, holds: axis });
    }
    guides
}
