//! Lines while they are drawn and bent: the draft of a route, and where along a route a place is.

use kurbo::{Point, Rect};

use crate::geometry::route::{self, Side};

pub(in crate::ui::canvas) use crate::geometry::route::share_at;

/// The route from a box to a box that is not there yet, with the sides it is held at.
pub(in crate::ui::canvas) fn draft(from: Rect, to: Rect, sides: [Option<Side>; 2]) -> Vec<Point> {
    route::route_held([from, to], sides)
}

/// The number of the segment nearest to a place.
pub(in crate::ui::canvas) fn segment_at(points: &[Point], place: Point) -> Option<usize> {
    let distance = |index: &usize| crate::geometry::hit::distance_to_polyline(&points[*index..=*index + 1], place);
    (0..points.len().saturating_sub(1)).min_by(|a, b| distance(a).total_cmp(&distance(b)))
}
