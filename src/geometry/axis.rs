//! The two directions of the sheet, so that what holds for one is written once.

use kurbo::{Point, Rect, Vec2};

/// A direction of the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    /// Left to right.
    X,
    /// Top to bottom.
    Y,
}

impl Axis {
    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::X => Self::Y,
            Self::Y => Self::X,
        }
    }

    /// From where to where a rectangle reaches along the axis, in its own unit.
    pub fn range(self, rect: Rect) -> (f64, f64) {
        match self {
            Self::X => (rect.x0, rect.x1),
            Self::Y => (rect.y0, rect.y1),
        }
    }

    /// The length of a rectangle along the axis, in its own unit.
    pub fn length(self, rect: Rect) -> f64 {
        let (low, high) = self.range(rect);
        high - low
    }

    /// The point at a place along the axis and one across it.
    pub fn point(self, along: f64, across: f64) -> Point {
        match self {
            Self::X => Point::new(along, across),
            Self::Y => Point::new(across, along),
        }
    }

    /// The vector of a length along the axis.
    pub fn vector(self, length: f64) -> Vec2 {
        match self {
            Self::X => Vec2::new(length, 0.0),
            Self::Y => Vec2::new(0.0, length),
        }
    }
}

/// What two ranges share; the second end is below the first where they share nothing.
pub fn shared(a: (f64, f64), b: (f64, f64)) -> (f64, f64) {
    (a.0.max(b.0), a.1.min(b.1))
}
