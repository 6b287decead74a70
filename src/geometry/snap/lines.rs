//! The lines on which edges and centres meet, and how far it is to the next thing that is level.

use kurbo::Rect;

use super::{Guide, LEAST_GAP_WORLD, SAME_WORLD, Says, stops};
use crate::geometry::axis::Axis;

/// A place along the axis that something shares with the rectangle.
struct Level {
    at: f64,
    /// From the nearest before it that shares the place to the nearest behind it, across the axis: the line goes to those that the
    /// distances are about.
    span: (f64, f64),
    /// The end of the nearest one before the rectangle, across the axis, and the beginning of the nearest behind it.
    before: Option<f64>,
    behind: Option<f64>,
}

impl Level {
    /// The line through `at` with what is nearest in `others` of that whose places satisfy `shares`.
    fn of(axis: Axis, at: f64, rect: Rect, others: &[Rect], shares: impl Fn([f64; 3]) -> bool) -> Option<Self> {
        let own = axis.other().range(rect);
        let mut before: Option<(f64, f64)> = None;
        let mut behind: Option<(f64, f64)> = None;
        let mut level = Self { at, span: own, before: None, behind: None };
        let mut any = false;
        let ranges = others.iter().filter(|other| shares(stops(axis.range(**other))));
        for range in ranges.map(|other| axis.other().range(*other)) {
            any = true;
            if range.1 <= own.0 {
                before = before.filter(|known| known.1 >= range.1).or(Some(range));
            } else if range.0 >= own.1 {
                behind = behind.filter(|known| known.0 <= range.0).or(Some(range));
            } else {
                level.span = (level.span.0.min(range.0), level.span.1.max(range.1));
            }
        }
        for (low, high) in before.into_iter().chain(behind) {
            level.span = (level.span.0.min(low), level.span.1.max(high));
        }
        (level.before, level.behind) = (before.map(|range| range.1), behind.map(|range| range.0));
        any.then_some(level)
    }

    fn guides(&self, axis: Axis, rect: Rect) -> Vec<Guide> {
        let own = axis.other().range(rect);
        let guide = |from: f64, to: f64, says: Says| Guide {
            from: axis.point(self.at, from),
            to: axis.point(self.at, to),
            says,
            holds: axis,
        };
        let mut guides = vec![guide(self.span.0, self.span.1, Says::Level)];
        let before = self.before.map(|end| (end, own.0));
        let behind = self.behind.map(|start| (own.1, start));
        let distances = before.into_iter().chain(behind).filter(|(from, to)| to - from > LEAST_GAP_WORLD);
        guides.extend(distances.map(|(from, to)| guide(from, to, Says::Distance)));
        guides
    }
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() < SAME_WORLD
}

/// What shows where `rect` is level with others along the axis.
pub(super) fn guides(axis: Axis, rect: Rect, others: &[Rect]) -> Vec<Guide> {
    let level = |(index, at): (usize, f64)| {
        Level::of(axis, at, rect, others, |places| {
            if index == 1 { same(places[1], at) } else { same(places[0], at) || same(places[2], at) }
        })
    };
    let places = stops(axis.range(rect));
    // Boxes of one size share all three places: one line says it.
    if let Some(centre) = level((1, places[1])) {
        return centre.guides(axis, rect);
    }
    let edges = [(0, places[0]), (2, places[2])].into_iter().filter_map(level);
    edges.flat_map(|level| level.guides(axis, rect)).collect()
}

/// What shows where an edge (a rectangle without a width) is level with the edges of others.
pub(super) fn of_edges(axis: Axis, edge: Rect, others: &[Rect]) -> Vec<Guide> {
    let at = axis.range(edge).0;
    let level = Level::of(axis, at, edge, others, |places| same(places[0], at) || same(places[2], at));
    level.map_or_else(Vec::new, |level| level.guides(axis, edge))
}
