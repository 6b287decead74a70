//! Free room beside something: where what is new goes so that it covers nothing.

use kurbo::{Point, Rect, Size, Vec2};

use super::{
    grid::{Grid, touches},
    hit::encloses,
    layout,
    walk::solid,
};
use crate::project::{Project, Side};

/// Free room between two boxes side by side, in world units: a column of the layered layout.
const COLUMN_GAP_WORLD: f64 = 96.0;
/// Free room between two boxes one above the other, in world units.
const ROW_GAP_WORLD: f64 = 60.0;
/// Free room around what is new, in world units.
const CLEARANCE_WORLD: f64 = 24.0;
/// Places are multiples of this, in world units.
const STEP_WORLD: f64 = 12.0;
/// What is new joins a row or a column whose middle is no further than this, in world units.
const LEVEL_WORLD: f64 = 24.0;
/// So much further aside than ahead it still lies that way.
const MOST_ASIDE: f64 = 2.2;
/// What a place one column or row aside counts for, where one further ahead counts 1: siblings lie beside each other before they queue up.
const ASIDE: f64 = 0.9;
/// With how far it is aside that grows faster than the way: rather two further ahead than two aside.
const ASIDE_EXPONENT: f64 = 1.5;
/// For more boxes at once no room is looked for.
const MOST_BOXES: usize = 1_000;
/// Places around one that are tried.
const MOST_PLACES: usize = 10_000;
/// Rows and columns that are tried.
const TRIED: i32 = 64;

/// The upper left corner of a free place for a box of this size one column or row beside another: the nearest one, where it counts for
/// more to be aside than to be further ahead. It lies on the line of no open boundary if there is such a place.
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
    let mut steps: Vec<(i32, i32)> = (0..TRIED).flat_map(|far| offsets().map(move |off| (far, off))).collect();
    let counts = |(far, off): (i32, i32)| f64::from(far) + ASIDE * f64::from(off.abs()).powf(ASIDE_EXPONENT);
    steps.sort_by(|a, b| counts(*a).total_cmp(&counts(*b)));
    // Too far aside it would not lie that way any more.
    let that_way = |corner: &Point| {
        let way = *corner + size.to_vec2() / 2.0 - rect.center();
        let (along, across) = (way.dot(ahead), way.cross(ahead).abs());
        across <= along * MOST_ASIDE
    };
    let centres: Vec<Point> = solid(project).map(|(_, rect)| rect.center()).collect();
    let in_line = |corner: Point| {
        let level = levelled(corner + size.to_vec2() / 2.0, &centres) - size.to_vec2() / 2.0;
        if free(&level) { level } else { corner }
    };
    let lines: Vec<Rect> =
        project.boundaries.values().filter(|it| it.folded.is_none()).map(|it| it.frame_world()).collect();
    let on_a_line = |corner: Point| {
        let place = Rect::from_origin_size(corner, size);
        lines.iter().any(|frame| touches(*frame, place) && !encloses(*frame, place))
    };
    let places = || steps.iter().copied().map(place).filter(that_way).map(in_line).filter(free);
    places().find(|corner| !on_a_line(*corner)).or_else(|| places().next()).unwrap_or(first)
}

/// A middle moved onto the row and the column that it nearly lies in.
fn levelled(middle: Point, centres: &[Point]) -> Point {
    let nearest = |at: f64, of: fn(&Point) -> f64| {
        let others = centres.iter().map(of).filter(|other| (other - at).abs() <= LEVEL_WORLD);
        others.min_by(|a, b| (a - at).abs().total_cmp(&(b - at).abs())).unwrap_or(at)
    };
    Point::new(nearest(middle.x, |point| point.x), nearest(middle.y, |point| point.y))
}

/// The upper left corner of the nearest free place around one for a box of this size; of those that are wanted if there is any.
pub fn around(project: &Project, corner: Point, size: Size, wanted: impl Fn(Rect) -> bool) -> Point {
    let taken = Grid::new(solid(project).map(|(_, rect)| rect));
    let free = |corner: &Point| {
        let room = Rect::from_origin_size(*corner, size).inflate(CLEARANCE_WORLD - 1.0, CLEARANCE_WORLD - 1.0);
        !taken.any(room, |_, _| true)
    };
    let mut near: Vec<Vec2> = rings().take(MOST_PLACES).map(|(x, y)| Vec2::new(x, y) * CLEARANCE_WORLD).collect();
    near.sort_by(|a, b| a.hypot2().total_cmp(&b.hypot2()));
    // Further away by larger steps.
    let step = (size.to_vec2() + Vec2::new(CLEARANCE_WORLD, CLEARANCE_WORLD)) / 2.0;
    let far: Vec<Vec2> = rings().take(MOST_PLACES).map(|(x, y)| Vec2::new(x * step.x, y * step.y)).collect();
    let places = || near.iter().chain(&far).map(|by| corner + *by);
    let best = places().filter(|corner| wanted(Rect::from_origin_size(*corner, size))).find(free);
    best.or_else(|| places().find(free)).unwrap_or(corner)
}

/// Steps around the origin, nearest rings first.
fn rings() -> impl Iterator<Item = (f64, f64)> {
    (0_i32..200).flat_map(|ring| {
        let edge = -ring..=ring;
        edge.clone()
            .flat_map(move |y| edge.clone().map(move |x| (x, y)))
            .filter(move |(x, y)| x.abs().max(y.abs()) == ring)
            .map(|(x, y)| (f64::from(x), f64::from(y)))
    })
}

/// How far a part of the drawing moves to lie in the nearest free room below itself, on a grid of `step_world`; of a part that is too
/// large to look for room it is only made sure that it does not lie on itself.
pub fn below(project: &Project, part: &Project, step_world: f64) -> Vec2 {
    let Some(bounds) = layout::bounds(part) else { return Vec2::ZERO };
    let down = Vec2::new(0.0, bounds.height() + step_world);
    let boxes: Vec<Rect> = solid(part).map(|(_, rect)| rect).collect();
    if boxes.len() > MOST_BOXES {
        return down;
    }
    let taken = Grid::new(solid(project).map(|(_, rect)| rect));
    let covers =
        |rect: &Rect, by: Vec2| taken.any((*rect + by).inflate(step_world / 2.0, step_world / 2.0), |_, _| true);
    let free = |by: &Vec2| !boxes.iter().any(|rect| covers(rect, *by));
    (0..TRIED * 4).map(|steps| down + Vec2::new(0.0, step_world * f64::from(steps))).find(free).unwrap_or(down)
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
