//! How a connection is drawn: where its ends are held, which points it passes, what kind of line it is, where its words go.

use kurbo::{Point, Rect, Vec2};
use serde::{Deserialize, Serialize};

use super::element::points;
use crate::lang::t;

/// Most points a connection can be led through by hand.
pub const MAX_WAYPOINTS: usize = 64;

/// A side of a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Where x is least.
    Left,
    /// Where x is greatest.
    Right,
    /// Where y is least.
    Top,
    /// Where y is greatest.
    Bottom,
}

impl Side {
    /// Every side.
    pub const ALL: [Self; 4] = [Self::Left, Self::Right, Self::Top, Self::Bottom];

    /// `left`, `right`, `top`, `bottom`.
    pub fn label(self) -> &'static str {
        match self {
            Self::Left => "left",
            Self::Right => "right",
            Self::Top => "top",
            Self::Bottom => "bottom",
        }
    }

    /// The middle of this side of a box.
    pub fn middle(self, rect: Rect) -> Point {
        self.at(rect, if self.is_upright() { rect.center().y } else { rect.center().x })
    }

    /// Whether the side runs up and down.
    pub fn is_upright(self) -> bool {
        matches!(self, Self::Left | Self::Right)
    }

    /// The direction that leads away from a box at this side, one unit long.
    pub fn outward(self) -> Vec2 {
        match self {
            Self::Left => Vec2::new(-1.0, 0.0),
            Self::Right => Vec2::new(1.0, 0.0),
            Self::Top => Vec2::new(0.0, -1.0),
            Self::Bottom => Vec2::new(0.0, 1.0),
        }
    }

    /// The range of the side along its direction.
    pub fn range(self, rect: Rect) -> (f64, f64) {
        if self.is_upright() { (rect.y0, rect.y1) } else { (rect.x0, rect.x1) }
    }

    /// The point of the side at a place along its direction.
    pub fn at(self, rect: Rect, along: f64) -> Point {
        match self {
            Self::Left => Point::new(rect.x0, along),
            Self::Right => Point::new(rect.x1, along),
            Self::Top => Point::new(along, rect.y0),
            Self::Bottom => Point::new(along, rect.y1),
        }
    }
}

/// What kind of line a connection is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineKind {
    /// Along the axes, around boxes, with rounded corners.
    #[default]
    Orthogonal,
    /// From point to point.
    Straight,
    /// A smooth curve through its points.
    Curved,
}

impl LineKind {
    /// Every kind, in the order in which R goes through them.
    pub const ALL: [Self; 3] = [Self::Orthogonal, Self::Straight, Self::Curved];

    /// How it is written for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Orthogonal => t("Orthogonal"),
            Self::Straight => t("Straight"),
            Self::Curved => t("Curved"),
        }
    }

    /// The one that comes after it.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Orthogonal => Self::Straight,
            Self::Straight => Self::Curved,
            Self::Curved => Self::Orthogonal,
        }
    }
}

/// What a person decided about how a connection is drawn; the default leaves everything to the router.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Course {
    /// What kind of line it is.
    #[serde(skip_serializing_if = "is_default")]
    pub line: LineKind,
    /// The side of the caller it is held at; it chooses one by itself where this is `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_side: Option<Side>,
    /// The side of the callee it is held at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to_side: Option<Side>,
    /// Points it is led through by hand, from the caller to the callee, in world units.
    #[serde(skip_serializing_if = "Vec::is_empty", with = "points")]
    pub via: Vec<Point>,
    /// Where its words stand, as a share of its length: 0 is at the caller, 1 at the callee; a free place is sought near the middle
    /// where this is `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label_at: Option<f64>,
}

impl Course {
    /// Whether everything is left to the router.
    pub fn is_free(&self) -> bool {
        *self == Self::default()
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_default(line: &LineKind) -> bool {
    *line == LineKind::default()
}
