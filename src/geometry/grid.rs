//! A grid of buckets over rectangles: what is near a place, without asking everything. Rectangles come, move and go; what is found
//! depends on those that are there alone.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    hash::{BuildHasherDefault, Hasher},
    ops::RangeInclusive,
    sync::OnceLock,
};

use kurbo::Rect;

/// Edge of the smallest buckets in world units: a little over a card's width.
const CELL_WORLD: f64 = 240.0;
/// How many times larger the buckets of the next layer are.
const LAYER_FACTOR: f64 = 8.0;
/// A rectangle over more buckets than this goes into a layer of larger ones.
const MAX_CELLS: i64 = 256;
/// The last layer: a few of its buckets cover everything up to [`FAR_WORLD`].
const LAST_LAYER: u8 = 13;
/// What is farther out is kept at this distance.
pub(super) const FAR_WORLD: f64 = 1.0e15;

/// Numbered rectangles by place, in world units.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    /// `None` where a number is free.
    rects: Vec<Option<Rect>>,
    layers: BTreeMap<u8, Cells>,
    /// What encloses all of them, once somebody asked and until what reached its borders leaves.
    bounds: OnceLock<Option<Rect>>,
}

type Cells = HashMap<(i64, i64), Vec<u32>, BuildHasherDefault<CellHasher>>;

/// Mixes the two coordinates of a bucket, or a number: nobody chooses them to collide, and the usual hash takes longer than the look.
#[derive(Clone, Copy, Default)]
pub(super) struct CellHasher(u64);

impl Hasher for CellHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = (self.0.rotate_left(26) ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 ^= self.0 >> 32;
    }

    fn write_i64(&mut self, value: i64) {
        self.write_u64(value.cast_unsigned());
    }

    fn write_usize(&mut self, value: usize) {
        self.write_u64(value as u64);
    }
}

/// Sets and maps by numbers that are given out one after the other: the usual hash takes longer than what is done with them.
pub(super) type NumberSet = HashSet<usize, BuildHasherDefault<CellHasher>>;
/// The same with something for each.
pub(super) type NumberMap<V> = HashMap<usize, V, BuildHasherDefault<CellHasher>>;

type Span = (RangeInclusive<i64>, RangeInclusive<i64>);

/// How many buckets of each layer there are in a unit.
const BUCKETS_IN_A_UNIT: [f64; LAST_LAYER as usize + 1] = {
    let mut layers = [1.0 / CELL_WORLD; LAST_LAYER as usize + 1];
    let mut layer = 1;
    while layer < layers.len() {
        layers[layer] = layers[layer - 1] / LAYER_FACTOR;
        layer += 1;
    }
    layers
};

/// The bucket of a layer in which a coordinate lies.
fn cell(at: f64, layer: u8) -> i64 {
    let buckets = at.clamp(-FAR_WORLD, FAR_WORLD) * BUCKETS_IN_A_UNIT[usize::from(layer)];
    // Rounded down; the function for that is a call on processors without an instruction for it.
    let whole = buckets as i64;
    whole - i64::from(whole as f64 > buckets)
}

fn span(rect: Rect, layer: u8) -> Span {
    (cell(rect.x0, layer)..=cell(rect.x1, layer), cell(rect.y0, layer)..=cell(rect.y1, layer))
}

/// The bucket at which a rectangle is met first of those that an area has: in this one it is visited, so that each comes once.
fn first(rect: Rect, layer: u8, (columns, rows): &Span) -> (i64, i64) {
    (cell(rect.x0, layer).max(*columns.start()), cell(rect.y0, layer).max(*rows.start()))
}

fn count((columns, rows): &Span) -> i64 {
    let length = |range: &RangeInclusive<i64>| range.end().saturating_sub(*range.start()).saturating_add(1);
    length(columns).saturating_mul(length(rows))
}

/// The layer with the smallest buckets of which a rectangle takes few.
fn place(rect: Rect) -> (u8, Span) {
    let fits = |layer: &u8| count(&span(rect, *layer)) <= MAX_CELLS;
    let layer = (0..LAST_LAYER).find(fits).unwrap_or(LAST_LAYER);
    (layer, span(rect, layer))
}

fn cells((columns, rows): Span) -> impl Iterator<Item = (i64, i64)> {
    columns.flat_map(move |x| rows.clone().map(move |y| (x, y)))
}

impl Grid {
    /// A grid over these rectangles; they are numbered in their order.
    pub fn new(rects: impl IntoIterator<Item = Rect>) -> Self {
        let mut grid = Self::default();
        for rect in rects {
            grid.insert(rect);
        }
        grid
    }

    /// Adds a rectangle under the number after the largest one, and says which that is.
    pub fn insert(&mut self, rect: Rect) -> usize {
        let index = self.rects.len();
        self.set(index, rect);
        index
    }

    /// Puts a rectangle under a number; one that is there moves.
    pub fn set(&mut self, index: usize, rect: Rect) {
        if index >= self.rects.len() {
            self.rects.resize(index + 1, None);
        }
        let (layer, span) = place(rect);
        let old = self.rects[index].replace(rect);
        self.follow_bounds(old, Some(rect));
        if let Some(old) = old {
            if place(old) == (layer, span.clone()) {
                return;
            }
            self.forget(index, old);
        }
        let layer = self.layers.entry(layer).or_default();
        for key in cells(span) {
            layer.entry(key).or_default().push(index as u32);
        }
    }

    /// Takes a rectangle away; its number is free then.
    pub fn remove(&mut self, index: usize) {
        if let Some(old) = self.rects.get_mut(index).and_then(Option::take) {
            self.follow_bounds(Some(old), None);
            self.forget(index, old);
        }
    }

    /// The rectangle under a number.
    pub fn rect(&self, index: usize) -> Option<Rect> {
        self.rects.get(index).copied().flatten()
    }

    /// All numbers in use are less than this.
    pub fn numbers(&self) -> usize {
        self.rects.len()
    }

    /// What encloses all of them.
    pub fn bounds(&self) -> Option<Rect> {
        *self.bounds.get_or_init(|| self.rects.iter().flatten().copied().reduce(|a, b| a.union(b)))
    }

    /// A rectangle comes, moves or goes; only when one that held a border leaves it, all are to be asked again.
    fn follow_bounds(&mut self, old: Option<Rect>, now: Option<Rect>) {
        let Some(bounds) = self.bounds.get_mut() else { return };
        let holds = |all: Rect, old: Rect| old.x0 <= all.x0 || old.y0 <= all.y0 || old.x1 >= all.x1 || old.y1 >= all.y1;
        if bounds.zip(old).is_some_and(|(all, old)| holds(all, old)) {
            self.bounds = OnceLock::new();
        } else if let Some(now) = now {
            *bounds = Some(bounds.map_or(now, |all| all.union(now)));
        }
    }

    fn forget(&mut self, index: usize, old: Rect) {
        let (number, span) = place(old);
        let Some(layer) = self.layers.get_mut(&number) else { return };
        for key in cells(span) {
            if let Some(cell) = layer.get_mut(&key) {
                if let Some(at) = cell.iter().position(|other| *other as usize == index) {
                    cell.swap_remove(at);
                }
                if cell.is_empty() {
                    layer.remove(&key);
                }
            }
        }
        if layer.is_empty() {
            self.layers.remove(&number);
        }
    }

    /// Calls `visit` with each rectangle that overlaps `area` (borders count) and its number, once, in no order that means anything.
    /// Stops as soon as `visit` returns true, and says whether it did.
    pub fn any(&self, area: Rect, mut visit: impl FnMut(usize, Rect) -> bool) -> bool {
        self.layers.iter().any(|(layer, buckets)| {
            let span = span(area, *layer);
            let mut ask = |key: (i64, i64), bucket: &Vec<u32>| {
                bucket.iter().any(|index| {
                    let index = *index as usize;
                    let met =
                        self.rects[index].filter(|rect| touches(*rect, area) && first(*rect, *layer, &span) == key);
                    met.is_some_and(|rect| visit(index, rect))
                })
            };
            if usize::try_from(count(&span)).unwrap_or(usize::MAX) > buckets.len() {
                return buckets.iter().any(|(key, bucket)| ask(*key, bucket));
            }
            cells(span.clone()).any(|key| buckets.get(&key).is_some_and(|bucket| ask(key, bucket)))
        })
    }

    /// Whether an area has so many buckets that asking each rectangle is quicker than putting together what they hold.
    pub(super) fn is_much(&self, area: Rect) -> bool {
        let buckets = |(layer, buckets): (&u8, &Cells)| {
            usize::try_from(count(&span(area, *layer))).unwrap_or(usize::MAX).min(buckets.len())
        };
        self.layers.iter().map(buckets).sum::<usize>() > self.rects.len() / 8
    }

    /// The numbers of the rectangles that overlap `area` (borders count), ascending.
    pub fn query(&self, area: Rect) -> Vec<usize> {
        if self.is_much(area) {
            let there = |(index, rect): (usize, &Option<Rect>)| rect.filter(|rect| touches(*rect, area)).map(|_| index);
            return self.rects.iter().enumerate().filter_map(there).collect();
        }
        let mut found = Vec::new();
        self.any(area, |index, _| {
            found.push(index);
            false
        });
        if !found.is_sorted() {
            found.sort_unstable();
        }
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
                prop_assert_eq!(grid.bounds(), known.iter().flatten().copied().reduce(|a, b| a.union(b)));
            }
            for area in areas {
                let there =
                    |(index, rect): (usize, &Option<Rect>)| rect.filter(|rect| touches(*rect, area)).map(|_| index);
                let expected: Vec<usize> = known.iter().enumerate().filter_map(there).collect();
                let mut visited = Vec::new();
                grid.any(area, |index, _| {
                    visited.push(index);
                    false
                });
                visited.sort_unstable();
                prop_assert_eq!(&visited, &expected, "each once");
                prop_assert_eq!(grid.query(area), expected);
            }
            prop_assert_eq!(grid.bounds(), known.iter().flatten().copied().reduce(|a, b| a.union(b)));
            let left: Vec<Option<Rect>> = (0..known.len()).map(|index| grid.rect(index)).collect();
            prop_assert_eq!(left, known);
        }
    }
}
