//! Pieces of routes by place. What matters of a piece is what runs along it close by, so they are kept in strips along either
//! direction: asking one for its neighbours looks into one or two strips, however long it is.

use std::{
    collections::HashMap,
    hash::BuildHasherDefault,
    ops::{Range, RangeInclusive},
};

use super::lanes::Piece;
use crate::geometry::grid::{CellHasher, FAR_WORLD};

/// How broad a strip is: a few lanes.
const BREADTH_WORLD: f64 = 48.0;
/// How long one is.
const LENGTH_WORLD: f64 = 1_024.0;
/// A piece over more strips than this is kept with all that are as long.
const MOST_STRIPS: i64 = 64;
/// Where the pieces of a row are that are longer than that.
const LONG: i64 = i64::MIN;

/// What of a piece decides whether it is near.
#[derive(Clone, Copy, Debug)]
struct Entry {
    at: f64,
    span: (f64, f64),
    number: u32,
}

type Cells = HashMap<(i64, i64), Vec<Entry>, BuildHasherDefault<CellHasher>>;

/// Numbered pieces; a number is used again once its piece is gone.
#[derive(Clone, Debug, Default)]
pub(super) struct Strips {
    pieces: Vec<Option<Piece>>,
    free: Vec<usize>,
    /// Those that lie, and those that stand upright.
    cells: [Cells; 2],
}

fn row(at: f64) -> i64 {
    (at.clamp(-FAR_WORLD, FAR_WORLD) / BREADTH_WORLD).floor() as i64
}

fn columns(span: (f64, f64)) -> RangeInclusive<i64> {
    let column = |along: f64| (along.clamp(-FAR_WORLD, FAR_WORLD) / LENGTH_WORLD).floor() as i64;
    column(span.0)..=column(span.1)
}

/// The cells that a piece is in.
fn places(piece: &Piece) -> impl Iterator<Item = (i64, i64)> {
    let row = row(piece.at);
    let columns = columns(piece.span);
    let long = columns.end() - columns.start() >= MOST_STRIPS;
    let few: Range<i64> = if long { 0..0 } else { *columns.start()..columns.end() + 1 };
    long.then_some((row, LONG)).into_iter().chain(few.map(move |column| (row, column)))
}

impl Strips {
    pub fn add(&mut self, piece: Piece) -> usize {
        let number = self.free.pop().unwrap_or(self.pieces.len());
        if number == self.pieces.len() {
            self.pieces.push(None);
        }
        let cells = &mut self.cells[usize::from(piece.upright)];
        for place in places(&piece) {
            let entry = Entry { at: piece.at, span: piece.span, number: number as u32 };
            cells.entry(place).or_default().push(entry);
        }
        self.pieces[number] = Some(piece);
        number
    }

    pub fn remove(&mut self, number: usize) -> Option<Piece> {
        let piece = self.pieces.get_mut(number)?.take()?;
        let cells = &mut self.cells[usize::from(piece.upright)];
        for place in places(&piece) {
            let Some(entries) = cells.get_mut(&place) else { continue };
            if let Some(at) = entries.iter().position(|entry| entry.number as usize == number) {
                entries.swap_remove(at);
            }
            if entries.is_empty() {
                cells.remove(&place);
            }
        }
        self.free.push(number);
        Some(piece)
    }

    pub fn get(&self, number: usize) -> Option<&Piece> {
        self.pieces.get(number)?.as_ref()
    }

    pub fn get_mut(&mut self, number: usize) -> Option<&mut Piece> {
        self.pieces.get_mut(number)?.as_mut()
    }

    /// Calls `visit` with each piece of a direction that is across within `at` and touches `span` along it, maybe more than once, in
    /// no order that means anything.
    pub fn each(&self, upright: bool, at: (f64, f64), span: (f64, f64), mut visit: impl FnMut(usize, &Piece)) {
        let cells = &self.cells[usize::from(upright)];
        let mut ask = |entries: &Vec<Entry>| {
            let near = |entry: &&Entry| {
                at.0 <= entry.at && entry.at <= at.1 && entry.span.0 <= span.1 && span.0 <= entry.span.1
            };
            for entry in entries.iter().filter(near) {
                if let Some(piece) = self.get(entry.number as usize) {
                    visit(entry.number as usize, piece);
                }
            }
        };
        let (rows, columns) = (row(at.0)..=row(at.1), columns(span));
        let length = |range: &RangeInclusive<i64>| range.end().saturating_sub(*range.start()).saturating_add(1);
        let asked = length(&rows).saturating_mul(length(&columns).saturating_add(1));
        if usize::try_from(asked).unwrap_or(usize::MAX) > cells.len() {
            let near = |(row, column): &(i64, i64)| rows.contains(row) && (*column == LONG || columns.contains(column));
            cells.iter().filter(|(place, _)| near(place)).for_each(|(_, entries)| ask(entries));
            return;
        }
        for row in rows {
            for column in columns.clone().chain([LONG]) {
                if let Some(entries) = cells.get(&(row, column)) {
                    ask(entries);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use kurbo::Point;
    use proptest::prelude::*;

    use super::*;

    fn piece() -> impl Strategy<Value = Piece> {
        let length = prop_oneof![0.0..300.0, 0.0..9_000.0, Just(1.0e6)];
        (any::<bool>(), -3_000.0..3_000.0, -3_000.0..3_000.0, length).prop_map(|(upright, at, from, length)| {
            let ends: [(f64, f64); 2] = [(at, from), (at, from + length)];
            let point = |(x, y)| if upright { Point::new(x, y) } else { Point::new(y, x) };
            Piece::new(0, 0, &ends.map(point), None)
        })
    }

    proptest! {
        #[test]
        fn what_is_found_is_what_is_near(
            steps in proptest::collection::vec((piece(), any::<bool>()), 1..60),
            asked in proptest::collection::vec(piece(), 1..6),
        ) {
            let mut strips = Strips::default();
            let mut known: Vec<(usize, Piece)> = Vec::new();
            for (piece, removes) in steps {
                if removes && !known.is_empty() {
                    let (number, piece) = known.swap_remove(known.len() / 2);
                    prop_assert_eq!(strips.remove(number), Some(piece));
                } else {
                    known.push((strips.add(piece.clone()), piece));
                }
            }
            for around in asked {
                let at = (around.at - 24.0, around.at + 24.0);
                let mut found = Vec::new();
                strips.each(around.upright, at, around.span, |number, _| found.push(number));
                found.sort_unstable();
                found.dedup();
                let near = |piece: &Piece| {
                    piece.upright == around.upright
                        && (at.0..=at.1).contains(&piece.at)
                        && piece.span.0 <= around.span.1
                        && around.span.0 <= piece.span.1
                };
                let mut expected: Vec<usize> =
                    known.iter().filter(|(_, piece)| near(piece)).map(|(number, _)| *number).collect();
                expected.sort_unstable();
                prop_assert_eq!(found, expected);
            }
        }
    }
}
