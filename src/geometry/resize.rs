//! Making a rectangle larger and smaller by its grips.

use kurbo::{Point, Rect, Size, Vec2};

use crate::{lang::t, project::Side};

/// A place of a rectangle's border that it is pulled by: -1 is left or top, 1 right or bottom, 0 neither. Not both are 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Grip {
    /// Along x.
    pub x: i8,
    /// Along y.
    pub y: i8,
}

impl Grip {
    /// Every grip: the corners first, so that they win where a rectangle is small.
    pub const ALL: [Self; 8] = [
        Self { x: -1, y: -1 },
        Self { x: 1, y: -1 },
        Self { x: -1, y: 1 },
        Self { x: 1, y: 1 },
        Self { x: -1, y: 0 },
        Self { x: 1, y: 0 },
        Self { x: 0, y: -1 },
        Self { x: 0, y: 1 },
    ];

    /// Where it is.
    pub fn at(self, rect: Rect) -> Point {
        let along = |side: i8, low: f64, high: f64| match side {
            -1 => low,
            1 => high,
            _ => f64::midpoint(low, high),
        };
        Point::new(along(self.x, rect.x0, rect.x1), along(self.y, rect.y0, rect.y1))
    }

    /// The sides that go with it.
    pub fn sides(self) -> impl Iterator<Item = Side> {
        let across = match self.x {
            -1 => Some(Side::Left),
            1 => Some(Side::Right),
            _ => None,
        };
        let down = match self.y {
            -1 => Some(Side::Top),
            1 => Some(Side::Bottom),
            _ => None,
        };
        across.into_iter().chain(down)
    }

    /// `left`, `upper left corner` ...
    pub fn label(self) -> &'static str {
        match (self.x, self.y) {
            (-1, -1) => t("upper left corner"),
            (1, -1) => t("upper right corner"),
            (-1, 1) => t("lower left corner"),
            (1, 1) => t("lower right corner"),
            (-1, _) => t("left side"),
            (1, _) => t("right side"),
            (_, -1) => t("upper side"),
            _ => t("lower side"),
        }
    }
}

/// How a rectangle is resized.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Manner {
    /// Width and height keep their proportion.
    pub proportional: bool,
    /// The middle stays where it is, and the other side moves as far.
    pub centred: bool,
    /// It becomes no smaller than this, in world units.
    pub least: Size,
}

/// The rectangle after its grip was pulled by a vector, both in world units. It never turns over.
pub fn resized(rect: Rect, grip: Grip, delta: Vec2, manner: Manner) -> Rect {
    let twice = if manner.centred { 2.0 } else { 1.0 };
    let least = Size::new(manner.least.width.max(1.0), manner.least.height.max(1.0));
    let width = rect.width() + f64::from(grip.x) * delta.x * twice;
    let height = rect.height() + f64::from(grip.y) * delta.y * twice;
    let size = if manner.proportional && rect.width() > 0.0 && rect.height() > 0.0 {
        let (across, down) = (width / rect.width(), height / rect.height());
        let pulled = match (grip.x, grip.y) {
            (0, _) => down,
            (_, 0) => across,
            _ if (across - 1.0).abs() >= (down - 1.0).abs() => across,
            _ => down,
        };
        let scale = pulled.max(least.width / rect.width()).max(least.height / rect.height());
        rect.size() * scale
    } else {
        // One that is smaller already, from a file, does not jump when its other side is pulled.
        Size::new(
            if grip.x == 0 { rect.width() } else { width.max(least.width) },
            if grip.y == 0 { rect.height() } else { height.max(least.height) },
        )
    };
    let place = |side: i8, low: f64, high: f64, length: f64| match side {
        -1 if !manner.centred => high - length,
        1 if !manner.centred => low,
        _ => f64::midpoint(low, high) - length / 2.0,
    };
    let origin = Point::new(place(grip.x, rect.x0, rect.x1, size.width), place(grip.y, rect.y0, rect.y1, size.height));
    Rect::from_origin_size(origin, size)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LEAST: Size = Size::new(48.0, 36.0);

    fn manner(proportional: bool, centred: bool) -> Manner {
        Manner { proportional, centred, least: LEAST }
    }

    #[test]
    fn a_side_moves_alone_and_stops_at_the_least_size() {
        let rect = Rect::new(0.0, 0.0, 200.0, 100.0);
        let left = Grip { x: -1, y: 0 };
        let pulled = resized(rect, left, Vec2::new(-20.0, 999.0), manner(false, false));
        assert_eq!(pulled, Rect::new(-20.0, 0.0, 200.0, 100.0));
        let pushed = resized(rect, left, Vec2::new(500.0, 0.0), manner(false, false));
        assert_eq!(pushed, Rect::new(152.0, 0.0, 200.0, 100.0));
        let both = resized(rect, left, Vec2::new(-20.0, 0.0), manner(false, true));
        assert_eq!(both, Rect::new(-20.0, 0.0, 220.0, 100.0));
        let corner = resized(rect, Grip { x: 1, y: 1 }, Vec2::new(100.0, 0.0), manner(true, false));
        assert_eq!(corner, Rect::new(0.0, 0.0, 300.0, 150.0));
    }

    proptest! {
        #[test]
        fn whatever_is_pulled_stays_a_rectangle_of_at_least_the_least_size(
            grip in 0_usize..8, x in -900.0..900.0, y in -900.0..900.0, proportional: bool, centred: bool,
        ) {
            let rect = Rect::new(10.0, 20.0, 310.0, 180.0);
            let grip = Grip::ALL[grip];
            let manner = manner(proportional, centred);
            let after = resized(rect, grip, Vec2::new(x, y), manner);
            prop_assert!(after.width() >= LEAST.width - 1e-9 && after.height() >= LEAST.height - 1e-9);
            if proportional {
                prop_assert!((after.width() / after.height() - rect.width() / rect.height()).abs() < 1e-9);
            }
            if centred {
                prop_assert!((after.center() - rect.center()).hypot() < 1e-9);
            } else {
                // What is opposite to the grip stays.
                let opposite = Grip { x: -grip.x, y: -grip.y };
                prop_assert!((opposite.at(after) - opposite.at(rect)).hypot() < 1e-6);
            }
        }
    }
}
