//! Between the document's coordinates (`f64`) and the toolkit's (`f32`).

use egui::{Pos2, Rect, pos2};

/// A point as the toolkit wants it.
pub(super) fn to_pos(point: kurbo::Point) -> Pos2 {
    pos2(point.x as f32, point.y as f32)
}

/// A point as the document wants it.
pub(super) fn to_point(pos: Pos2) -> kurbo::Point {
    kurbo::Point::new(f64::from(pos.x), f64::from(pos.y))
}

/// A vector as the document wants it.
pub(super) fn to_vector(vector: egui::Vec2) -> kurbo::Vec2 {
    kurbo::Vec2::new(f64::from(vector.x), f64::from(vector.y))
}

/// A rectangle as the toolkit wants it.
pub(super) fn to_rect(rect: kurbo::Rect) -> Rect {
    Rect::from_min_max(to_pos(rect.origin()), pos2(rect.x1 as f32, rect.y1 as f32))
}

/// A rectangle as the document wants it.
pub(super) fn from_rect(rect: Rect) -> kurbo::Rect {
    kurbo::Rect::from_points(to_point(rect.min), to_point(rect.max))
}
