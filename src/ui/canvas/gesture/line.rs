//! Where along a route a place is.

use kurbo::Point;

pub(in crate::ui::canvas) use crate::geometry::route::share_at;

/// The number of the segment nearest to a place.
pub(in crate::ui::canvas) fn segment_at(points: &[Point], place: Point) -> Option<usize> {
    let distance = |index: &usize| crate::geometry::hit::distance_to_polyline(&points[*index..=*index + 1], place);
    (0..points.len().saturating_sub(1)).min_by(|a, b| distance(a).total_cmp(&distance(b)))
}
