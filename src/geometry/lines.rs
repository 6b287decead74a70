//! Lines by place: which of them pass a part of the sheet. What encloses a line that goes far, or around a corner, holds much that the
//! line never comes near; so each of its pieces has its own place in a grid.

use kurbo::{Point, Rect};

use super::{
    grid::{Grid, touches},
    hit::encloses,
};

/// About so many pieces are found where somebody looks.
const USUAL: usize = 128;

/// Numbered lines, in world units. They come, change and go; what is found depends on those that are there alone.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    /// What encloses each, for parts of the sheet that most lines pass.
    whole: Grid,
    pieces: Grid,
    /// The line that each piece is of.
    owners: Vec<u32>,
    /// The numbers of the pieces of each line, one after the other along it.
    of: Vec<Vec<u32>>,
    free: Vec<u32>,
}

/// What encloses a piece of a line.
fn piece(ends: &[Point]) -> Rect {
    Rect::from_points(ends[0], ends[1])
}

/// Whether a piece of a line may touch a part of the sheet, in world units: a line that goes far is around more than it passes.
pub fn passes(points: &[Point], area_world: Rect) -> bool {
    points.windows(2).any(|ends| touches(piece(ends), area_world))
}

impl Lines {
    /// Lays a line with these corners under a number; one that is there runs otherwise now. Less than two corners are no line.
    pub fn set(&mut self, index: usize, points: &[Point]) {
        if index >= self.of.len() {
            self.of.resize(index + 1, Vec::new());
        }
        let count = points.len().saturating_sub(1);
        while self.of[index].len() > count {
            if let Some(number) = self.of[index].pop() {
                self.pieces.remove(number as usize);
                self.free.push(number);
            }
        }
        for (at, ends) in points.windows(2).enumerate() {
            if at == self.of[index].len() {
                let number = self.free.pop().unwrap_or(self.owners.len() as u32);
                if number as usize == self.owners.len() {
                    self.owners.push(0);
                }
                self.owners[number as usize] = index as u32;
                self.of[index].push(number);
            }
            self.pieces.set(self.of[index][at] as usize, piece(ends));
        }
        match points.windows(2).map(piece).reduce(|all, piece| all.union(piece)) {
            Some(whole) => self.whole.set(index, whole),
            None => self.whole.remove(index),
        }
    }

    /// What encloses the line under a number.
    pub fn rect(&self, index: usize) -> Option<Rect> {
        self.whole.rect(index)
    }

    /// The numbers of the lines of which what encloses them overlaps `area_world`, ascending.
    pub fn around(&self, area_world: Rect) -> Vec<usize> {
        self.whole.query(area_world)
    }

    /// The numbers of the lines that [pass](passes) a part of the sheet, ascending.
    pub fn passing(&self, area_world: Rect) -> Vec<usize> {
        if self.whole.is_much(area_world) {
            let mut found = self.whole.query(area_world);
            let within = |index: &usize| self.rect(*index).is_some_and(|whole| encloses(area_world, whole));
            let comes =
                |number: &u32| self.pieces.rect(*number as usize).is_some_and(|piece| touches(piece, area_world));
            found.retain(|index| within(index) || self.of[*index].iter().any(comes));
            return found;
        }
        let mut found = Vec::with_capacity(USUAL);
        self.pieces.any(area_world, |number, _| {
            found.push(self.owners[number] as usize);
            false
        });
        found.sort_unstable();
        found.dedup();
        found
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn points() -> impl Strategy<Value = Vec<Point>> {
        let near = prop_oneof![-1_000.0..1_000.0, -20_000.0..20_000.0];
        proptest::collection::vec((near.clone(), near).prop_map(Point::from), 0..7)
    }

    fn area() -> impl Strategy<Value = Rect> {
        let size = prop_oneof![0.0..400.0, 0.0..30_000.0];
        (-3_000.0..3_000.0, -3_000.0..3_000.0, size.clone(), size)
            .prop_map(|(x, y, width, height)| Rect::new(x, y, x + width, y + height))
    }

    proptest! {
        #[test]
        fn lines_after_changes_are_found_where_they_pass(
            changes in proptest::collection::vec((0_usize..30, points()), 1..60),
            areas in proptest::collection::vec(area(), 1..8),
        ) {
            let mut lines = Lines::default();
            let mut known: Vec<Vec<Point>> = vec![Vec::new(); 30];
            for (index, points) in changes {
                lines.set(index, &points);
                known[index] = points;
            }
            let mut anew = Lines::default();
            known.iter().enumerate().for_each(|(index, points)| anew.set(index, points));
            for area in areas {
                let there = |(index, points): (usize, &Vec<Point>)| passes(points, area).then_some(index);
                let expected: Vec<usize> = known.iter().enumerate().filter_map(there).collect();
                prop_assert_eq!(lines.passing(area), expected);
                prop_assert_eq!(lines.around(area), anew.around(area));
            }
            for (index, points) in known.iter().enumerate() {
                prop_assert_eq!(lines.rect(index).is_some(), points.len() > 1);
            }
        }
    }
}
