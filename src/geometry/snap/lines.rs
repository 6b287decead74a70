//! The lines on which edges and centres meet, and how far it is to the next thing on them.

use kurbo::Rect;

use super::{Guide, LEAST_GAP_WORLD, SAME_WORLD, Says, stops};
use crate::geometry::axis::Axis;

/// A place along the axis that something shares with the rectangle.
struct Level {
    at: f64,
    /// What all who share it span, across the axis.
    span: (f64, f64),
    /// The end of the nearest one before the rectangle, across the axis, and the beginning of the nearest behind it.
    before: Option<f64>,
    behind: Option<f64>,
}

impl Level {
    /// The line through `at` with everything in `others` whose places satisfy `shares`.
    fn of(axis: Axis, at: f64, rect: Rect, others: &[Rect], shares: impl Fn([f64; 3]) -> bool) -> Option<Self> {
        let own = axis.other().range(rect);
        let mut level = Self { at, span: own, before: None, behind: None };
        let mut any = false;
        for other in others.iter().filter(|other| shares(stops(axis.range(**other)))) {
            any = true;
            let (low, high) = axis.other().range(*other);
            level.span = (level.span.0.min(low), level.span.1.max(high));
        }
        // It is as far as to whatever comes first that way, level or not.
        let on_it = |other: &&Rect| {
            let (low, high) = axis.range(**other);
            low - SAME_WORLD <= at && at <= high + SAME_WORLD
        };
        for other in others.iter().filter(on_it) {
            let (low, high) = axis.other().range(*other);
            if high <= own.0 {
                level.before = Some(level.before.map_or(high, |known| known.max(high)));
            }
            if low >= own.1 {
                level.behind = Some(level.behind.map_or(low, |known| known.min(low)));
            }
        }
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
