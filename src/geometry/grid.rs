//! A grid of buckets over rectangles: what is near a place, without asking everything.

use std::collections::HashMap;

use kurbo::Rect;

/// Edge of a bucket in world units: a little over a card's width.
const CELL_WORLD: f64 = 240.0;
/// A rectangle over more buckets than this goes on a list that is always asked.
const MAX_CELLS: i64 = 64;

/// Numbered rectangles by place.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    rects: Vec<Rect>,
    cells: HashMap<(i64, i64), Vec<usize>>,
    large: Vec<usize>,
}

fn span(rect: Rect) -> (std::ops::RangeInclusive<i64>, std::ops::RangeInclusive<i64>) {
    let cell = |x: f64| (x / CELL_WORLD).floor() as i64;
    (cell(rect.x0)..=cell(rect.x1), cell(rect.y0)..=cell(rect.y1))
}

fn count((columns, rows): &(std::ops::RangeInclusive<i64>, std::ops::RangeInclusive<i64>)) -> i64 {
    (columns.end() - columns.start() + 1).saturating_mul(rows.end() - rows.start() + 1)
}

impl Grid {
    /// A grid over these rectangles; they are numbered in their order.
    pub fn new(rects: impl IntoIterator<Item = Rect>) -> Self {
        let mut grid = Self::default();
        rects.into_iter().for_each(|rect| grid.insert(rect));
        grid
    }

    /// Adds a rectangle; its number is how many there were.
    pub fn insert(&mut self, rect: Rect) {
        let index = self.rects.len();
        self.rects.push(rect);
        let span = span(rect);
        if count(&span) > MAX_CELLS {
            self.large.push(index);
            return;
        }
        for x in span.0 {
            for y in span.1.clone() {
                self.cells.entry((x, y)).or_default().push(index);
            }
        }
    }

    /// Calls `visit` with each rectangle that overlaps `area` (borders count) and its number; one over several buckets may
    /// come more than once. Stops as soon as `visit` returns true, and says whether it did.
    pub fn any(&self, area: Rect, mut visit: impl FnMut(usize, Rect) -> bool) -> bool {
        let mut ask = |index: &usize| {
            let rect = self.rects[*index];
            touches(rect, area) && visit(*index, rect)
        };
        if self.large.iter().any(&mut ask) {
            return true;
        }
        let span = span(area);
        if count(&span) > self.cells.len() as i64 {
            return (0..self.rects.len()).any(|index| ask(&index));
        }
        span.0
            .flat_map(|x| span.1.clone().map(move |y| (x, y)))
            .filter_map(|key| self.cells.get(&key))
            .any(|cell| cell.iter().any(&mut ask))
    }

    /// The numbers of the rectangles that overlap `area` (borders count), ascending.
    pub fn query(&self, area: Rect) -> Vec<usize> {
        let mut found = Vec::new();
        self.any(area, |index, _| {
            found.push(index);
            false
        });
        found.sort_unstable();
        found.dedup();
        found
    }
}

/// Whether two rectangles overlap or touch.
pub fn touches(a: Rect, b: Rect) -> bool {
    a.x0 <= b.x1 && b.x0 <= a.x1 && a.y0 <= b.y1 && b.y0 <= a.y1
}
