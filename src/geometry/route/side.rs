//! Which sides of its boxes a route leaves and arrives at where nobody said so, and the ends it may have.

use kurbo::{Point, Rect};

use super::{END_INSET_WORLD, LEAST_GAP_WORLD, shape};
pub use crate::project::Side;

/// A gap at least this wide is crossed from left to right even if the other direction has more room.
const EASY_GAP_WORLD: f64 = 40.0;
/// How far a route goes straight off its box before it bends, if there is room.
const STUB_WORLD: f64 = 20.0;
/// And if there is none.
const LEAST_STUB_WORLD: f64 = 8.0;

/// The sides a route from one box to another leaves and arrives at; the boxes are in world units.
pub fn sides(from: Rect, to: Rect) -> (Side, Side) {
    let gap_x = (to.x0 - from.x1).max(from.x0 - to.x1);
    let gap_y = (to.y0 - from.y1).max(from.y0 - to.y1);
    let sideways = if to.x0 >= from.x1 { (Side::Right, Side::Left) } else { (Side::Left, Side::Right) };
    let upright = if to.y0 >= from.y1 { (Side::Bottom, Side::Top) } else { (Side::Top, Side::Bottom) };
    if gap_x >= EASY_GAP_WORLD {
        sideways
    } else if gap_y >= LEAST_GAP_WORLD {
        upright
    } else if gap_x >= LEAST_GAP_WORLD {
        sideways
    } else if gap_x > gap_y {
        (Side::Bottom, Side::Bottom)
    } else {
        (Side::Right, Side::Right)
    }
}

/// The sides a route takes where nothing is in its way: those of [`sides`], or the cheapest ones beside those that are held.
pub(super) fn first_choice(rects: [Rect; 2], held: [Option<Side>; 2]) -> [Side; 2] {
    let (leave, arrive) = sides(rects[0], rects[1]);
    match held {
        [None, None] => [leave, arrive],
        [Some(leave), Some(arrive)] => [leave, arrive],
        _ => {
            // The usual one comes first, so that it wins among equals.
            let usual = if held[0].is_some() { arrive } else { leave };
            let others = Side::ALL.into_iter().filter(|side| *side != usual);
            let pair = |side: Side| [held[0].unwrap_or(side), held[1].unwrap_or(side)];
            let cost = |side: Side| shape::cost_of_simple(rects, pair(side));
            let best = others.fold((cost(usual), usual), |best, side| {
                let cost = cost(side);
                if cost < best.0 { (cost, side) } else { best }
            });
            pair(best.1)
        }
    }
}

/// The side across.
pub(super) fn opposite(side: Side) -> Side {
    match side {
        Side::Left => Side::Right,
        Side::Right => Side::Left,
        Side::Top => Side::Bottom,
        Side::Bottom => Side::Top,
    }
}

/// One end of a route.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct End {
    pub at: Point,
    /// The side of the box it is on.
    pub side: Side,
}

impl End {
    /// Where a route that leaves here may bend first: half way to the other box if that is near.
    pub fn stub(self, own: Rect, other: Rect) -> Point {
        let ahead = match self.side {
            Side::Left => own.x0 - other.x1,
            Side::Right => other.x0 - own.x1,
            Side::Top => own.y0 - other.y1,
            Side::Bottom => other.y0 - own.y1,
        };
        let length = if ahead > 0.0 { (ahead / 2.0).clamp(LEAST_STUB_WORLD, STUB_WORLD) } else { STUB_WORLD };
        self.at + self.side.outward() * length
    }
}

/// The range of a side that ends may take.
pub(super) fn range(rect: Rect, side: Side) -> (f64, f64) {
    let (low, high) = side.range(rect);
    let inset = END_INSET_WORLD.min((high - low) / 2.0);
    (low + inset, high - inset)
}

/// Where ends lie that have their sides to themselves: in the middle, or where they face each other.
pub(super) fn alone(rects: [Rect; 2], sides: [Side; 2]) -> [f64; 2] {
    let along = [0, 1].map(|end: usize| {
        let (low, high) = sides[end].range(rects[end]);
        f64::midpoint(low, high)
    });
    facing(rects, sides).map_or(along, |(low, high)| {
        let length = |end: usize| range(rects[end], sides[end]).1 - range(rects[end], sides[end]).0;
        let place = along[usize::from(length(1) < length(0))].clamp(low, high);
        [place, place]
    })
}

/// The range in which ends on two sides can face each other.
pub(super) fn facing(rects: [Rect; 2], sides: [Side; 2]) -> Option<(f64, f64)> {
    let (a, b) = (range(rects[0], sides[0]), range(rects[1], sides[1]));
    let (low, high) = (a.0.max(b.0), a.1.min(b.1));
    (sides[1] == opposite(sides[0]) && low <= high).then_some((low, high))
}
