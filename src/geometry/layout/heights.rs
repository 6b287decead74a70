//! How high each box stands, after Brandes and Köpf: boxes are strung on straight lines with the middle one of their neighbours,
//! once from each of the four corners, and stand in the middle of the four.

use std::collections::HashSet;

use super::columns::Columns;

/// Free room between two boxes of a column, in world units.
const BOX_GAP_WORLD: f64 = 36.0;
/// Free room between a box and a link that passes it.
const LINK_GAP_WORLD: f64 = 20.0;
/// Free room between two links that pass a column.
const LINKS_GAP_WORLD: f64 = 12.0;

/// The height of the middle of each number. `heights_world` are those of the boxes.
pub(super) fn heights(columns: &Columns, heights_world: &[f64]) -> Vec<f64> {
    let crossed = crossed(columns);
    let mut found: Vec<(bool, Vec<f64>)> = Vec::with_capacity(4);
    for (from_left, from_top) in [(true, true), (true, false), (false, true), (false, false)] {
        let corner = Corner { columns, crossed: &crossed, heights_world, from_left, from_top };
        found.push((from_top, corner.heights()));
    }
    middle_of(columns, heights_world, &found)
}

/// Places of numbers in their columns.
fn places(columns: &Columns) -> Vec<usize> {
    let mut places = vec![0; columns.count()];
    for column in &columns.order {
        for (place, number) in column.iter().enumerate() {
            places[*number] = place;
        }
    }
    places
}

/// The pieces of links that cross a piece between two stand-ins: long links are kept straight at their expense.
fn crossed(columns: &Columns) -> HashSet<(usize, usize)> {
    let places = places(columns);
    let mut crossed = HashSet::new();
    for pair in columns.order.windows(2) {
        let (before, column) = (&pair[0], &pair[1]);
        let (mut least, mut seen) = (0, 0);
        for (at, number) in column.iter().enumerate() {
            let inner = columns.before[*number]
                .first()
                .filter(|other| columns.is_stand_in(*number) && columns.is_stand_in(**other));
            if inner.is_none() && at + 1 < column.len() {
                continue;
            }
            let most = inner.map_or(before.len(), |other| places[*other]);
            for scanned in &column[seen..=at] {
                for other in &columns.before[*scanned] {
                    let both = columns.is_stand_in(*scanned) && columns.is_stand_in(*other);
                    if (places[*other] < least || places[*other] > most) && !both {
                        crossed.insert((*other, *scanned));
                    }
                }
            }
            (least, seen) = (most, at + 1);
        }
    }
    crossed
}

/// The heights as they come out if one begins at one corner.
struct Corner<'a> {
    columns: &'a Columns,
    crossed: &'a HashSet<(usize, usize)>,
    heights_world: &'a [f64],
    from_left: bool,
    from_top: bool,
}

impl Corner<'_> {
    fn heights(&self) -> Vec<f64> {
        let order: Vec<Vec<usize>> = self.order();
        let mut places = vec![0; self.columns.count()];
        for column in &order {
            for (place, number) in column.iter().enumerate() {
                places[*number] = place;
            }
        }
        let roots = self.strings(&order, &places);
        let heights = self.compact(&order, &roots);
        roots.iter().map(|root| if self.from_top { heights[*root] } else { -heights[*root] }).collect()
    }

    /// The columns in the order in which they are gone through.
    fn order(&self) -> Vec<Vec<usize>> {
        let turned = |column: &Vec<usize>| {
            let mut column = column.clone();
            if !self.from_top {
                column.reverse();
            }
            column
        };
        let mut order: Vec<Vec<usize>> = self.columns.order.iter().map(turned).collect();
        if !self.from_left {
            order.reverse();
        }
        order
    }

    /// The first number of the straight line that each one is on.
    fn strings(&self, order: &[Vec<usize>], places: &[usize]) -> Vec<usize> {
        let count = self.columns.count();
        let mut roots: Vec<usize> = (0..count).collect();
        let mut taken = vec![false; count];
        let sides = if self.from_left { &self.columns.before } else { &self.columns.after };
        for column in order {
            let mut least = 0;
            for number in column {
                let mut others = sides[*number].clone();
                others.sort_by_key(|other| places[*other]);
                if others.is_empty() {
                    continue;
                }
                for other in others[(others.len() - 1) / 2..=others.len() / 2].iter().copied() {
                    let piece = if self.from_left { (other, *number) } else { (*number, other) };
                    let free = roots[*number] == *number && !taken[other] && places[other] + 1 > least;
                    if free && !self.crossed.contains(&piece) {
                        taken[other] = true;
                        roots[*number] = roots[other];
                        least = places[other] + 1;
                        break;
                    }
                }
            }
        }
        roots
    }

    /// The lines as near to each other as they go, then each as far back towards the next as there is room.
    fn compact(&self, order: &[Vec<usize>], roots: &[usize]) -> Vec<f64> {
        let count = roots.len();
        let mut behind: Vec<Vec<(usize, f64)>> = vec![Vec::new(); count];
        let mut waiting = vec![0_usize; count];
        for column in order {
            for pair in column.windows(2) {
                let (a, b) = (roots[pair[0]], roots[pair[1]]);
                behind[a].push((b, apart(self.columns, self.heights_world, pair[0], pair[1])));
                waiting[b] += 1;
            }
        }
        let mut heights = vec![0.0_f64; count];
        let mut sorted: Vec<usize> = (0..count).filter(|root| roots[*root] == *root && waiting[*root] == 0).collect();
        let mut at = 0;
        while let Some(root) = sorted.get(at).copied() {
            at += 1;
            for (next, apart) in &behind[root] {
                heights[*next] = heights[*next].max(heights[root] + apart);
                waiting[*next] -= 1;
                if waiting[*next] == 0 {
                    sorted.push(*next);
                }
            }
        }
        for root in sorted.into_iter().rev() {
            let room = behind[root].iter().map(|(next, apart)| heights[*next] - apart).reduce(f64::min);
            if let Some(room) = room {
                heights[root] = heights[root].max(room);
            }
        }
        heights
    }
}

/// How far apart the middles of two neighbours of a column have to be.
pub(super) fn apart(columns: &Columns, heights_world: &[f64], a: usize, b: usize) -> f64 {
    let half = |number: usize| heights_world.get(number).map_or(0.0, |height| height / 2.0);
    let gap = match (columns.is_stand_in(a), columns.is_stand_in(b)) {
        (false, false) => BOX_GAP_WORLD,
        (true, true) => LINKS_GAP_WORLD,
        _ => LINK_GAP_WORLD,
    };
    half(a) + half(b) + gap
}

/// The middle of the four, all brought to where the narrowest one is.
fn middle_of(columns: &Columns, heights_world: &[f64], found: &[(bool, Vec<f64>)]) -> Vec<f64> {
    let extent = |heights: &[f64]| {
        heights.iter().enumerate().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), (number, middle)| {
            let half = heights_world.get(number).map_or(0.0, |height| height / 2.0);
            (low.min(middle - half), high.max(middle + half))
        })
    };
    let width = |(low, high): (f64, f64)| high - low;
    let extents: Vec<(f64, f64)> = found.iter().map(|(_, heights)| extent(heights)).collect();
    let Some(narrowest) = extents.iter().copied().min_by(|a, b| width(*a).total_cmp(&width(*b))) else {
        return Vec::new();
    };
    let shifts: Vec<f64> = found
        .iter()
        .zip(&extents)
        .map(|((from_top, _), extent)| if *from_top { narrowest.0 - extent.0 } else { narrowest.1 - extent.1 })
        .collect();
    (0..columns.count())
        .map(|number| {
            let mut four: Vec<f64> =
                found.iter().zip(&shifts).map(|((_, heights), shift)| heights[number] + shift).collect();
            four.sort_by(f64::total_cmp);
            f64::midpoint(four[1], four[2])
        })
        .collect()
}
