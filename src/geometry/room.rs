//! Free room beside something: where what is new goes so that it covers nothing.

use kurbo::{Point, Rect, Size, Vec2};

use super::{grid::Grid, walk::solid};
use crate::project::{Project, Side};

/// Free room between two boxes side by side, in world units: a column of the layered layout.
const COLUMN_GAP_WORLD: f64 = 96.0;
/// Free room between two boxes one above the other, in world units.
const ROW_GAP_WORLD: f64 = 60.0;
/// Free room around what is new, in world units.
const CLEARANCE_WORLD: f64 = 24.0;
/// Places are multiples of this, in world units.
const STEP_WORLD: f64 = 12.0;
/// Rows and columns that are tried.
const TRIED: i32 = 64;

/// The upper left corner of a free place for a box of this size one column or row beside another, as near to straight that way as there
/// is room: next to it first, then alternately to both sides of there, then a column or row further.
pub fn beside(project: &Project, rect: Rect, towards: Side, size: Size) -> Point {
    let taken = Grid::new(solid(project).map(|(_, rect)| rect));
    let free = |corner: &Point| {
        let room = Rect::from_origin_size(*corner, size).inflate(CLEARANCE_WORLD - 1.0, CLEARANCE_WORLD - 1.0);
        !taken.any(room, |_, _| true)
    };
    let first = first_corner(rect, towards, size);
    let ahead = towards.outward();
    let pitch = Vec2::new(size.width + COLUMN_GAP_WORLD, size.height + ROW_GAP_WORLD);
    let aside = if ahead.x == 0.0 { Vec2::new(pitch.x, 0.0) } else { Vec2::new(0.0, pitch.y) };
    let further = Vec2::new(ahead.x * pitch.x, ahead.y * pitch.y);
    let place = |(far, off): (i32, i32)| first + further * f64::from(far) + aside * f64::from(off);
    let offsets = || std::iter::once(0).chain((1..=4).flat_map(|off| [off, -off]));
    let tried = (0..TRIED).flat_map(|far| offsets().map(move |off| (far, off)));
    tried.map(place).find(free).unwrap_or(first)
}

/// Straight that way, on whole steps, with the middles level.
fn first_corner(rect: Rect, towards: Side, size: Size) -> Point {
    let middle = rect.center() - size.to_vec2() / 2.0;
    let corner = match towards {
        Side::Left => Point::new(rect.x0 - COLUMN_GAP_WORLD - size.width, middle.y),
        Side::Right => Point::new(rect.x1 + COLUMN_GAP_WORLD, middle.y),
        Side::Top => Point::new(middle.x, rect.y0 - ROW_GAP_WORLD - size.height),
        Side::Bottom => Point::new(middle.x, rect.y1 + ROW_GAP_WORLD),
    };
    // Level with the other comes before the grid: a connection between the two is then straight.
    let step = |length: f64| (length / STEP_WORLD).round() * STEP_WORLD;
    match towards {
        Side::Left | Side::Right => Point::new(step(corner.x), corner.y),
        Side::Top | Side::Bottom => Point::new(corner.x, step(corner.y)),
    }
}
