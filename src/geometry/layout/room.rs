//! Where there is room: the place nearest to a wanted one at which a box covers nothing.

use kurbo::{Point, Rect, Size, Vec2};

use super::{STEP_WORLD, to_step};
use crate::geometry::{grid::Grid, hit::encloses};

/// Free room kept around what stands there already, in world units.
const CLEARANCE_WORLD: f64 = 24.0;
/// How far around the wanted place is looked, in steps.
const RINGS: i32 = 90;

/// What stands on the sheet already.
pub(super) struct Taken {
    grid: Grid,
    all: Option<Rect>,
}

impl Taken {
    pub(super) fn new(rects: impl IntoIterator<Item = Rect>) -> Self {
        let rects: Vec<Rect> = rects.into_iter().collect();
        let all = rects.iter().copied().reduce(|a, b| a.union(b));
        Self { grid: Grid::new(rects), all }
    }

    pub(super) fn add(&mut self, rect: Rect) {
        self.all = Some(self.all.map_or(rect, |all| all.union(rect)));
        self.grid.insert(rect);
    }

    /// Whether a rectangle covers something, or comes too near to it.
    fn covers(&self, rect: Rect) -> bool {
        let reach = CLEARANCE_WORLD - 1.0;
        self.grid.any(rect.inflate(reach, reach), |_, _| true)
    }

    /// Whether a rectangle lies on something.
    pub(super) fn lies_under(&self, rect: Rect) -> bool {
        self.grid.any(rect, |_, _| true)
    }

    /// The place on the grid nearest to `wanted` where a box of this size covers nothing.
    pub(super) fn nearest_free(&self, wanted: Point, size: Size) -> Point {
        self.find(wanted, size, None).unwrap_or_else(|| {
            let beside = |all: Rect| {
                let far = 2.0 * CLEARANCE_WORLD;
                [
                    Point::new(to_step(all.x1 + far), wanted.y),
                    Point::new(wanted.x, to_step(all.y1 + far)),
                    Point::new(to_step(all.x0 - far - size.width - STEP_WORLD), wanted.y),
                    Point::new(wanted.x, to_step(all.y0 - far - size.height - STEP_WORLD)),
                ]
                .into_iter()
                .min_by(|a, b| (*a - wanted).hypot2().total_cmp(&(*b - wanted).hypot2()))
            };
            self.all.and_then(beside).unwrap_or(wanted)
        })
    }

    /// The same within a frame; `None` if there is no room in it.
    pub(super) fn nearest_free_in(&self, wanted: Point, size: Size, frame: Rect) -> Option<Point> {
        self.find(wanted, size, Some(frame))
    }

    fn find(&self, wanted: Point, size: Size, frame: Option<Rect>) -> Option<Point> {
        let wanted =
            Point::new((wanted.x / STEP_WORLD).round() * STEP_WORLD, (wanted.y / STEP_WORLD).round() * STEP_WORLD);
        let free = |place: &Point| {
            let rect = Rect::from_origin_size(*place, size);
            frame.is_none_or(|frame| encloses(frame, rect)) && !self.covers(rect)
        };
        (0..RINGS).find_map(|ring| {
            let places = ring_of(ring).map(|(x, y)| wanted + Vec2::new(f64::from(x), f64::from(y)) * 2.0 * STEP_WORLD);
            let near = |place: &Point| (*place - wanted).hypot2();
            places.filter(free).min_by(|a, b| near(a).total_cmp(&near(b)))
        })
    }
}

/// The places of a square ring around the origin.
fn ring_of(ring: i32) -> impl Iterator<Item = (i32, i32)> {
    let row = move |y: i32| (-ring..=ring).map(move |x| (x, y));
    let column = move |x: i32| (1 - ring..ring).map(move |y| (x, y));
    let sides = (ring > 0).then(|| row(ring).chain(column(-ring)).chain(column(ring)));
    row(-ring).chain(sides.into_iter().flatten())
}
