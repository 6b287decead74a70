//! Lines that do not run along the axes: straight ones, smooth ones; and the loop of a connection from a component to itself.

use kurbo::{CubicBez, ParamCurve as _, Point, Rect, Vec2};

use super::side::{End, Side};
use crate::geometry::hit::segment_within;

/// How far the first loop goes out of its box, and how far from the corner it begins.
const LOOP_WORLD: f64 = 24.0;
const LOOP_INSET_WORLD: f64 = 14.0;
/// How much farther out the next one goes: words have room between them. And how far beside it it begins.
const NEXT_LOOP_WORLD: f64 = 27.0;
const NEXT_INSET_WORLD: f64 = 10.0;
/// A piece of a flattened curve is about this long.
const STEP_WORLD: f64 = 8.0;
/// Pieces of one curve.
const MAX_STEPS: f64 = 48.0;

/// A straight line between two boxes, through points, clipped at their borders; `aside` is how far it keeps from the line between the
/// centres. `held` are the sides in whose middle it is held.
pub(super) fn straight(rects: [Rect; 2], held: [Option<Side>; 2], via: &[Point], aside: f64) -> Vec<Point> {
    let mut centres = rects.map(|rect| rect.center());
    if via.is_empty() && held == [None, None] {
        let across = across(centres) * aside;
        centres = centres.map(|centre| centre + across);
    }
    let aims = [0, 1].map(|end: usize| held[end].map_or(centres[end], |side| side.middle(rects[end])));
    let leave = |end: usize, toward: Point| {
        if held[end].is_some() {
            return aims[end];
        }
        // On to where the box surely ends, since what it leads to may be in the box.
        let by = toward - aims[end];
        let way = if by.hypot() > 0.0 { by.normalize() } else { Vec2::new(1.0, 0.0) };
        let beyond = aims[end] + way * (rects[end].width() + rects[end].height());
        segment_within(aims[end], beyond, rects[end]).map_or(aims[end], |(_, leaves)| aims[end].lerp(beyond, leaves))
    };
    let first = leave(0, via.first().copied().unwrap_or(aims[1]));
    let last = leave(1, via.last().copied().unwrap_or(aims[0]));
    [first].into_iter().chain(via.iter().copied()).chain([last]).collect()
}

/// At a right angle to the line between two points, the same whichever comes first.
fn across(ends: [Point; 2]) -> Vec2 {
    let by = if (ends[0].x, ends[0].y) <= (ends[1].x, ends[1].y) { ends[1] - ends[0] } else { ends[0] - ends[1] };
    if by.hypot() > 0.0 { by.normalize().turn_90() } else { Vec2::ZERO }
}

/// A smooth curve between two ends, through points, in short pieces.
pub(super) fn curved(from: End, via: &[Point], to: End) -> Vec<Point> {
    let knots: Vec<Point> = [from.at].into_iter().chain(via.iter().copied()).chain([to.at]).collect();
    let last = knots.len() - 1;
    // Three times the way to the handle of the curve: half of the chord at the ends, as Catmull and Rom have it between.
    let tangent = |index: usize, chord: f64| {
        let reach = (chord * 1.5).clamp(60.0, 600.0);
        if index == 0 {
            from.side.outward() * reach
        } else if index == last {
            -to.side.outward() * reach
        } else {
            (knots[index + 1] - knots[index - 1]) * 0.5
        }
    };
    let mut line = vec![from.at];
    for (index, ends) in knots.windows(2).enumerate() {
        let chord = (ends[1] - ends[0]).hypot();
        let handles = [ends[0] + tangent(index, chord) / 3.0, ends[1] - tangent(index + 1, chord) / 3.0];
        flatten(CubicBez::new(ends[0], handles[0], handles[1], ends[1]), &mut line);
    }
    line
}

fn flatten(curve: CubicBez, line: &mut Vec<Point>) {
    let length = (curve.p1 - curve.p0).hypot() + (curve.p2 - curve.p1).hypot() + (curve.p3 - curve.p2).hypot();
    let steps = (length / STEP_WORLD).ceil().clamp(8.0, MAX_STEPS) as usize;
    line.extend((1..steps).map(|step| curve.eval(step as f64 / steps as f64)));
    line.push(curve.p3);
}

/// The corners of a box in the order in which a loop takes one, as the sides it leaves and arrives at.
pub(super) const CORNERS: [[Side; 2]; 4] =
    [[Side::Right, Side::Top], [Side::Right, Side::Bottom], [Side::Left, Side::Top], [Side::Left, Side::Bottom]];

/// The loop of a component at a corner (or on one side), the `rank`-th around it.
pub(super) fn looped(rect: Rect, sides: [Side; 2], rank: f64) -> Vec<Point> {
    let out = LOOP_WORLD + NEXT_LOOP_WORLD * rank;
    let end = |side: Side, other: Side| {
        let (low, high) = side.range(rect);
        let inset = (LOOP_INSET_WORLD + NEXT_INSET_WORLD * rank).min((high - low) / 2.0);
        let toward_low = matches!(other, Side::Left | Side::Top);
        side.at(rect, if toward_low { low + inset } else { high - inset })
    };
    if sides[0] == sides[1] {
        let middle = sides[0].middle(rect);
        let (low, high) = sides[0].range(rect);
        let apart = (LOOP_INSET_WORLD / 2.0 + NEXT_INSET_WORLD / 2.0 * rank).min((high - low) / 2.0);
        let apart = sides[0].outward().turn_90() * apart;
        let out = sides[0].outward() * out;
        return vec![middle - apart, middle - apart + out, middle + apart + out, middle + apart];
    }
    let (a, b) = (end(sides[0], sides[1]), end(sides[1], sides[0]));
    let (first, last) = (a + sides[0].outward() * out, b + sides[1].outward() * out);
    let corner = if sides[0].is_upright() { Point::new(first.x, last.y) } else { Point::new(last.x, first.y) };
    vec![a, first, corner, last, b]
}

/// The same loop as a smooth curve.
pub(super) fn round(line: &[Point], sides: [Side; 2]) -> Vec<Point> {
    let [first, .., last] = line else { return line.to_vec() };
    let out = line.iter().map(|point| (*point - *first).hypot()).fold(LOOP_WORLD, f64::max) * 1.3;
    let mut round = vec![*first];
    flatten(
        CubicBez::new(*first, *first + sides[0].outward() * out, *last + sides[1].outward() * out, *last),
        &mut round,
    );
    round
}

/// Everything that the first loop at any corner may touch.
pub(super) fn loop_area(rect: Rect) -> Rect {
    rect.inflate(LOOP_WORLD, LOOP_WORLD)
}

/// Which of the loops of its box one is: each has both its ends there.
pub(super) fn loop_rank(rank_of_end: u32) -> f64 {
    f64::from(rank_of_end / 2)
}
