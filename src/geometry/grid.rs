//! A grid of buckets over rectangles: what is near a place, without asking everything.

use std::collections::HashMap;

use kurbo::Rect;

/// Edge of a bucket in world units: a little over a card's width.
const CELL_WORLD: f64 = 240.0;
/// A rectangle over more buckets than this goes on a list that is always asked.
const MAX_CELLS: i64 = 64;

/// The place of a number that has none: it touches nothing, and adds nothing to a union.
const NOWHERE: Rect = Rect::new(f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY);

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
        self.rects.push(rect);
        self.enter(self.rects.len() - 1);
    }

    /// Moves the rectangle of a number, or gives the number its first one.
    pub fn set(&mut self, index: usize, rect: Rect) {
        if index >= self.rects.len() {
            self.rects.resize(index + 1, NOWHERE);
        }
        if self.rects[index] != rect {
            self.leave(index);
            self.rects[index] = rect;
            self.enter(index);
        }
    }

    /// Takes the rectangle of a number away; the others keep theirs.
    pub fn remove(&mut self, index: usize) {
        if index < self.rects.len() {
            self.leave(index);
            self.rects[index] = NOWHERE;
        }
    }

    /// The rectangle of a number, if it has one.
    pub fn rect(&self, index: usize) -> Option<Rect> {
        self.rects.get(index).copied().filter(|rect| *rect != NOWHERE)
    }

    /// What encloses all of them.
    pub fn bounds(&self) -> Option<Rect> {
        let all = self.rects.iter().fold(NOWHERE, |all, rect| all.union(*rect));
        (all != NOWHERE).then_some(all)
    }

    fn enter(&mut self, index: usize) {
        let rect = self.rects[index];
        if rect == NOWHERE {
            return;
        }
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

    fn leave(&mut self, index: usize) {
        let rect = self.rects[index];
        if rect == NOWHERE {
            return;
        }
        let span = span(rect);
        if count(&span) > MAX_CELLS {
            self.large.retain(|other| *other != index);
            return;
        }
        for x in span.0 {
            for y in span.1.clone() {
                if let Some(cell) = self.cells.get_mut(&(x, y)) {
                    cell.retain(|other| *other != index);
                    if cell.is_empty() {
                        self.cells.remove(&(x, y));
                    }
                }
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
        if usize::try_from(count(&span)).unwrap_or(usize::MAX) > self.cells.len() {
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
        if !found.is_sorted() {
            found.sort_unstable();
        }
        found.dedup();
        found
    }
}

/// Whether two rectangles overlap or touch.
pub fn touches(a: Rect, b: Rect) -> bool {
    a.x0 <= b.x1 && b.x0 <= a.x1 && a.y0 <= b.y1 && b.y0 <= a.y1
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rect() -> impl Strategy<Value = Rect> {
        let size = prop_oneof![0.0..400.0, 0.0..6_000.0];
        (-3_000.0..3_000.0, -3_000.0..3_000.0, size.clone(), size)
            .prop_map(|(x, y, width, height)| Rect::new(x, y, x + width, y + height))
    }

    proptest! {
        #[test]
        fn a_grid_after_changes_finds_what_one_made_anew_finds(
            first in proptest::collection::vec(rect(), 1..40),
            changes in proptest::collection::vec((0_usize..44, proptest::option::weighted(0.8, rect())), 0..60),
            areas in proptest::collection::vec(rect(), 1..8),
        ) {
            let mut grid = Grid::new(first.iter().copied());
            let mut known: Vec<Option<Rect>> = first.into_iter().map(Some).collect();
            for (index, change) in changes {
                known.resize(known.len().max(index + 1), None);
                known[index] = change;
                match change {
                    Some(rect) => grid.set(index, rect),
                    None => grid.remove(index),
                }
            }
            for area in areas {
                let there = |(index, rect): (usize, &Option<Rect>)| rect.filter(|rect| touches(*rect, area)).map(|_| index);
                let expected: Vec<usize> = known.iter().enumerate().filter_map(there).collect();
                prop_assert_eq!(grid.query(area), expected);
            }
            prop_assert_eq!(grid.bounds(), known.iter().flatten().copied().reduce(|a, b| a.union(b)));
            let left: Vec<Option<Rect>> = (0..known.len()).map(|index| grid.rect(index)).collect();
            prop_assert_eq!(left, known);
        }
    }
}
