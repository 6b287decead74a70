//! A layered layout from left to right of boxes that hang together, and of several such groups beside and below each other.

use kurbo::{Point, Rect, Size};

use super::{
    bands::{put_down, strips},
    columns::Columns,
    compact::{compact, cost},
    heights::heights,
    order::{SWEEPS, order},
    rows, to_step,
};
use crate::progress::Progress;

/// Free room between columns, in world units: enough for a bend and an arrow head on each side.
const COLUMN_GAP_WORLD: f64 = 96.0;
/// Room for one more link that bends between two columns.
const LANE_WORLD: f64 = 12.0;
/// So many bends find room between columns as they are, and for no more than so many room is made.
const LANES: (usize, usize) = (4, 16);
/// Free room between groups that do not hang together, in world units.
const GROUP_GAP_WORLD: f64 = 72.0;
/// How much wider than high groups are put together.
const ASPECT: f64 = 1.8;
/// Heights are multiples of this, so that a low and a high box stand on one line.
const FINE_STEP_WORLD: f64 = 4.0;
/// Nothing is laid out farther away than this: a file could not hold it.
const FARTHEST_WORLD: f64 = 4_000_000.0;

/// Steps that [`lay_out`] reports for each box.
pub(super) const STEPS: u64 = SWEEPS as u64 + 4;

/// Places of all boxes by number, upper left corner of the whole at the origin, and the size of the whole. `links` lead from
/// caller to callee. `None` if nobody waits for it any more.
pub(super) fn lay_out(sizes: &[Size], links: &[(usize, usize)], progress: &Progress) -> Option<(Vec<Point>, Size)> {
    let mut blocks: Vec<(Vec<usize>, Vec<Point>)> = Vec::new();
    let mut alone: Vec<usize> = Vec::new();
    let (groups, group_links) = groups(sizes.len(), links);
    for (members, links) in groups.into_iter().zip(group_links) {
        if let [one] = members.as_slice() {
            alone.push(*one);
            continue;
        }
        let sizes: Vec<Size> = members.iter().map(|number| sizes[*number]).collect();
        blocks.push((members, group(&sizes, &links, progress)?));
    }
    let mut places = vec![Point::ORIGIN; sizes.len()];
    let extents: Vec<Size> = blocks.iter().map(|(members, at)| extent(members, at, sizes)).collect();
    let area: f64 = extents.iter().map(|size| (size.width + GROUP_GAP_WORLD) * (size.height + GROUP_GAP_WORLD)).sum();
    let widest = extents.iter().map(|size| size.width).fold(0.0, f64::max);
    let corners = rows(&extents, widest.max((area * ASPECT).sqrt()), GROUP_GAP_WORLD);
    for ((members, at), corner) in blocks.iter().zip(&corners) {
        for (number, place) in members.iter().zip(at) {
            places[*number] = *corner + place.to_vec2();
        }
    }
    let ends = corners.iter().zip(&extents).map(|(corner, size)| Rect::from_origin_size(*corner, *size));
    let all = ends.reduce(|a, b| a.union(b)).unwrap_or(Rect::ZERO);
    let below = if blocks.is_empty() { 0.0 } else { to_step(all.y1 + GROUP_GAP_WORLD) };
    let alone_sizes: Vec<Size> = alone.iter().map(|number| sizes[*number]).collect();
    for (number, place) in alone.iter().zip(rows_of_boxes(&alone_sizes, all.width())) {
        places[*number] = place + kurbo::Vec2::new(0.0, below);
        progress.step(STEPS)?;
    }
    let all: Vec<usize> = (0..sizes.len()).collect();
    let size = extent(&all, &places, sizes);
    Some((places, size))
}

/// Boxes without connections: in rows as wide as what is above, or nearly square together.
fn rows_of_boxes(sizes: &[Size], width_world: f64) -> Vec<Point> {
    const GAP_WORLD: f64 = 36.0;
    let area: f64 = sizes.iter().map(|size| (size.width + GAP_WORLD) * (size.height + GAP_WORLD)).sum();
    rows(sizes, width_world.max((area * ASPECT).sqrt()).max(4.0 * (196.0 + GAP_WORLD)), GAP_WORLD)
}

fn extent(members: &[usize], places: &[Point], sizes: &[Size]) -> Size {
    members.iter().zip(places).fold(Size::ZERO, |all, (number, place)| {
        Size::new(all.width.max(place.x + sizes[*number].width), all.height.max(place.y + sizes[*number].height))
    })
}

type Links = Vec<(usize, usize)>;

/// The boxes that hang together, in the order of their first ones, and the links of each group by the numbers within it.
fn groups(count: usize, links: &[(usize, usize)]) -> (Vec<Vec<usize>>, Vec<Links>) {
    let mut near = vec![Vec::new(); count];
    for (from, to) in links {
        near[*from].push(*to);
        near[*to].push(*from);
    }
    let mut place: Vec<Option<(usize, usize)>> = vec![None; count];
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for first in 0..count {
        if place[first].is_some() {
            continue;
        }
        let mut members = Vec::new();
        let mut stack = vec![first];
        while let Some(number) = stack.pop() {
            if place[number].is_none() {
                place[number] = Some((groups.len(), 0));
                members.push(number);
                stack.extend(&near[number]);
            }
        }
        members.sort_unstable();
        for (at, number) in members.iter().enumerate() {
            place[*number] = Some((groups.len(), at));
        }
        groups.push(members);
    }
    let mut inner = vec![Vec::new(); groups.len()];
    for (from, to) in links {
        if let (Some((group, from)), Some((_, to))) = (place[*from], place[*to])
            && from != to
        {
            inner[group].push((from, to));
        }
    }
    (groups, inner)
}

/// Places of boxes that hang together.
fn group(sizes: &[Size], links: &[(usize, usize)], progress: &Progress) -> Option<Vec<Point>> {
    let mut columns = Columns::new(sizes.len(), links);
    order(&mut columns, progress)?;
    progress.step(sizes.len() as u64)?;
    let high: Vec<f64> = sizes.iter().map(|size| size.height).collect();
    let straight = on_the_grid(heights(&columns, &high));
    let compact_ones = on_the_grid(compact(&columns, &high));
    let middles = if cost(&columns, &compact_ones) < cost(&columns, &straight) { compact_ones } else { straight };
    progress.step(3 * sizes.len() as u64)?;
    let strips = strips(
        &columns,
        sizes,
        &middles,
        (|column: &[usize]| column_gap(&columns, column, &middles), COLUMN_GAP_WORLD),
    );
    let places = put_down(&columns, strips, sizes);
    let farthest = places.iter().map(|place| place.x.max(place.y)).fold(0.0, f64::max);
    Some(if farthest > FARTHEST_WORLD { in_order(&columns, sizes) } else { places })
}

/// Rounded down: gaps stay as wide as they have to be, as they are multiples of the step.
fn on_the_grid(middles: Vec<f64>) -> Vec<f64> {
    middles.into_iter().map(|y| (y / FINE_STEP_WORLD).floor() * FINE_STEP_WORLD).collect()
}

/// The room behind a column: more where many links bend in it.
fn column_gap(columns: &Columns, column: &[usize], middles: &[f64]) -> f64 {
    let bends = |number: &usize| {
        columns.after[*number].iter().filter(|other| (middles[**other] - middles[*number]).abs() > 1.0).count()
    };
    let bends: usize = column.iter().map(bends).sum();
    COLUMN_GAP_WORLD + LANE_WORLD * bends.saturating_sub(LANES.0).min(LANES.1 - LANES.0) as f64
}

/// Where columns would lead too far away: all boxes in rows, in the order of the columns.
fn in_order(columns: &Columns, sizes: &[Size]) -> Vec<Point> {
    let numbers: Vec<usize> =
        columns.order.iter().flatten().copied().filter(|number| !columns.is_stand_in(*number)).collect();
    let ordered: Vec<Size> = numbers.iter().map(|number| sizes[*number]).collect();
    let mut places = vec![Point::ORIGIN; sizes.len()];
    for (number, place) in numbers.into_iter().zip(rows_of_boxes(&ordered, 0.0)) {
        places[number] = place;
    }
    places
}
