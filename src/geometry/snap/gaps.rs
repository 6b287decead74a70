//! Equal gaps: in the middle between two neighbours, or as far from one as others of the row are from each other.

use kurbo::Rect;

use super::{Guide, LEAST_GAP_WORLD, SAME_WORLD, Says};
use crate::geometry::axis::{Axis, shared};

/// Two things stand in one row if they share at least so much across it, in world units.
const LEAST_SHARED_WORLD: f64 = 4.0;

/// What stands in a row with a rectangle along an axis, in its order.
struct Row {
    axis: Axis,
    members: Vec<Rect>,
}

/// Two neighbours of a row with free room between them.
#[derive(Clone, Copy)]
struct Gap {
    ends: [Rect; 2],
    from: f64,
    to: f64,
}

impl Gap {
    fn width(&self) -> f64 {
        self.to - self.from
    }
}

fn level(axis: Axis, a: Rect, b: Rect) -> bool {
    let (low, high) = shared(axis.other().range(a), axis.other().range(b));
    high - low >= LEAST_SHARED_WORLD
}

impl Row {
    fn new(axis: Axis, rect: Rect, others: &[Rect]) -> Self {
        let mut members: Vec<Rect> = others.iter().copied().filter(|other| level(axis, rect, *other)).collect();
        members.sort_by(|a, b| axis.range(*a).0.total_cmp(&axis.range(*b).0));
        Self { axis, members }
    }

    /// The last one that ends at or before a place.
    fn before(&self, at: f64) -> Option<Rect> {
        let end = |rect: &Rect| self.axis.range(*rect).1;
        self.members.iter().copied().filter(|rect| end(rect) <= at).max_by(|a, b| end(a).total_cmp(&end(b)))
    }

    /// The first one that begins at or behind a place.
    fn behind(&self, at: f64) -> Option<Rect> {
        self.members.iter().copied().find(|rect| self.axis.range(*rect).0 >= at)
    }

    /// The gaps between neighbours, without the one that `rect` stands in, give or take `reach_world`.
    fn gaps(&self, rect: Rect, reach_world: f64) -> Vec<Gap> {
        let own = self.axis.range(rect);
        let own = (own.0 - reach_world, own.1 + reach_world);
        let mut gaps = Vec::new();
        let mut last: Option<Rect> = None;
        for member in &self.members {
            let (low, high) = self.axis.range(*member);
            let Some(before) = last else {
                last = Some(*member);
                continue;
            };
            let (from, to) = (self.axis.range(before).1, low);
            let free = shared((from, to), own);
            if to - from > LEAST_GAP_WORLD && free.1 <= free.0 && level(self.axis, before, *member) {
                gaps.push(Gap { ends: [before, *member], from, to });
            }
            if high > from {
                last = Some(*member);
            }
        }
        gaps
    }
}

/// How far it is to each place along the axis at which the rectangle would have a gap like another one.
pub(super) fn offers(axis: Axis, moving: Rect, others: &[Rect], reach_world: f64) -> Vec<f64> {
    let row = Row::new(axis, moving, others);
    let (low, high) = axis.range(moving);
    let before = row.before(low + reach_world).map(|rect| axis.range(rect).1);
    let behind = row.behind(high - reach_world).map(|rect| axis.range(rect).0);
    let mut offers = Vec::new();
    if let (Some(before), Some(behind)) = (before, behind)
        && behind - before - (high - low) > 2.0 * LEAST_GAP_WORLD
    {
        offers.push(f64::midpoint(before, behind) - f64::midpoint(low, high));
    }
    for gap in row.gaps(moving, reach_world) {
        offers.extend(before.map(|before| before + gap.width() - low));
        offers.extend(behind.map(|behind| behind - gap.width() - high));
    }
    offers.retain(|delta| delta.abs() <= reach_world);
    offers
}

/// The bars of the gaps beside the rectangle that are equal, or as wide as others of its row: of those the nearest on each side.
pub(super) fn guides(axis: Axis, rect: Rect, others: &[Rect]) -> Vec<Guide> {
    let row = Row::new(axis, rect, others);
    let (low, high) = axis.range(rect);
    let before =
        row.before(low + SAME_WORLD).map(|other| Gap { ends: [other, rect], from: axis.range(other).1, to: low });
    let behind =
        row.behind(high - SAME_WORLD).map(|other| Gap { ends: [rect, other], from: high, to: axis.range(other).0 });
    let same = |a: &Gap, b: &Gap| (a.width() - b.width()).abs() < SAME_WORLD;
    let wide = |gap: &Gap| gap.width() > LEAST_GAP_WORLD;
    let own: Vec<Gap> = before.into_iter().chain(behind).filter(wide).collect();
    // What overlaps a gap beside it is no other one: the rectangle lies on something that has this gap as well.
    let apart = |gap: &Gap| {
        own.iter().all(|its| {
            let both = shared((gap.from, gap.to), (its.from, its.to));
            both.1 <= both.0
        })
    };
    let mut gaps = row.gaps(rect, 0.0);
    gaps.retain(apart);
    let twins = matches!(own.as_slice(), [a, b] if same(a, b));
    let mut shown: Vec<Gap> = Vec::new();
    for gap in &own {
        let alike = || gaps.iter().filter(|other| same(gap, other));
        let below = alike().filter(|other| other.to <= low).max_by(|a, b| a.to.total_cmp(&b.to));
        let above = alike().filter(|other| other.from >= high).min_by(|a, b| a.from.total_cmp(&b.from));
        // Two equal ones beside it say all there is to say.
        let others: Vec<Gap> = below.into_iter().chain(above).copied().filter(|_| !twins).collect();
        if twins || !others.is_empty() {
            shown.push(*gap);
            shown.extend(others);
        }
    }
    shown.iter().map(|gap| bar(axis, gap, rect)).collect()
}

/// A bar from one end of a gap to the other, where both can be seen to touch it.
fn bar(axis: Axis, gap: &Gap, rect: Rect) -> Guide {
    let across = axis.other();
    let both = shared(across.range(gap.ends[0]), across.range(gap.ends[1]));
    let all = shared(both, across.range(rect));
    let (from, to) = if all.1 > all.0 { all } else { both };
    let at = f64::midpoint(from, to);
    Guide { from: axis.point(gap.from, at), to: axis.point(gap.to, at), says: Says::Gap, holds: axis }
}
