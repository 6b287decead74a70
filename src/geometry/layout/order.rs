//! The order within columns, so that few links cross: barycentres in sweeps, neighbours that change places, the best is kept.

use super::columns::Columns;
use crate::progress::Progress;

/// Sweeps at most, to the right and to the left in turn.
pub(super) const SWEEPS: usize = 24;
/// Sweeps without a better order after which it is left at that.
const IN_VAIN: usize = 6;
/// Rounds in which neighbours of a column change places.
const ROUNDS: usize = 4;

/// Sorts the columns. `None` if nobody waits for it any more.
pub(super) fn order(columns: &mut Columns, progress: &Progress) -> Option<()> {
    first(columns);
    let mut places = vec![0_usize; columns.count()];
    for column in &columns.order {
        note(&mut places, column);
    }
    let mut best = (crossings(columns, &places), columns.order.clone());
    let mut in_vain = 0;
    for sweep in 0..SWEEPS {
        if best.0 == 0 || in_vain > IN_VAIN {
            break;
        }
        let rightwards = sweep % 2 == 0;
        for step in 0..columns.order.len() {
            let at = if rightwards { step } else { columns.order.len() - 1 - step };
            let sides = if rightwards { &columns.before } else { &columns.after };
            by_barycentre(&mut columns.order[at], sides, &mut places, sweep % 4 >= 2);
        }
        for at in 0..columns.order.len() {
            let mut column = std::mem::take(&mut columns.order[at]);
            swap_neighbours(&mut column, columns, &mut places);
            columns.order[at] = column;
        }
        progress.step(columns.boxes as u64)?;
        let found = crossings(columns, &places);
        if found < best.0 {
            best = (found, columns.order.clone());
            in_vain = 0;
        } else {
            in_vain += 1;
        }
    }
    columns.order = best.1;
    Some(())
}

/// The order in which a walk from the first column meets the numbers: what hangs together stands together.
fn first(columns: &mut Columns) {
    let mut rank = vec![usize::MAX; columns.count()];
    let mut met = 0;
    let roots: Vec<usize> = columns.order.iter().flatten().copied().collect();
    for root in roots {
        let mut stack = vec![root];
        while let Some(number) = stack.pop() {
            if rank[number] != usize::MAX {
                continue;
            }
            rank[number] = met;
            met += 1;
            stack.extend(columns.before[number].iter().rev());
            stack.extend(columns.after[number].iter().rev());
        }
    }
    for column in &mut columns.order {
        column.sort_by_key(|number| rank[*number]);
    }
}

fn note(places: &mut [usize], column: &[usize]) {
    for (place, number) in column.iter().enumerate() {
        places[*number] = place;
    }
}

/// Sorts a column by the mean place of the neighbours on one side. What has none there stays where it is.
fn by_barycentre(column: &mut [usize], sides: &[Vec<usize>], places: &mut [usize], last_first: bool) {
    let mean = |number: usize| {
        let of = &sides[number];
        let sum: usize = of.iter().map(|other| places[*other]).sum();
        (!of.is_empty()).then(|| sum as f64 / of.len() as f64)
    };
    let slots: Vec<usize> = (0..column.len()).filter(|at| !sides[column[*at]].is_empty()).collect();
    let mut held: Vec<(f64, usize)> = slots.iter().filter_map(|at| Some((mean(column[*at])?, column[*at]))).collect();
    if last_first {
        held.reverse();
    }
    held.sort_by(|a, b| a.0.total_cmp(&b.0));
    for (at, (_, number)) in slots.into_iter().zip(held) {
        column[at] = number;
    }
    note(places, column);
}

/// Lets neighbours of a column change places for as long as that takes crossings away.
fn swap_neighbours(column: &mut [usize], columns: &Columns, places: &mut [usize]) {
    let sorted = |of: &[usize]| {
        let mut at: Vec<usize> = of.iter().map(|other| places[*other]).collect();
        at.sort_unstable();
        at
    };
    // Where the neighbours of each stand, on both sides; they do not move meanwhile.
    let mut seen: Vec<(usize, [Vec<usize>; 2])> = column
        .iter()
        .map(|number| (*number, [sorted(&columns.before[*number]), sorted(&columns.after[*number])]))
        .collect();
    for _ in 0..ROUNDS {
        let mut swapped = false;
        for at in 1..seen.len() {
            let (upper, lower) = (&seen[at - 1].1, &seen[at].1);
            let now = crossed(&upper[0], &lower[0]) + crossed(&upper[1], &lower[1]);
            let then = crossed(&lower[0], &upper[0]) + crossed(&lower[1], &upper[1]);
            if then < now {
                seen.swap(at - 1, at);
                swapped = true;
            }
        }
        if !swapped {
            break;
        }
    }
    for (slot, (number, _)) in column.iter_mut().zip(&seen) {
        *slot = *number;
    }
    note(places, column);
}

/// How many links of an upper box cross some of a lower one, by the sorted places of their ends.
fn crossed(upper: &[usize], lower: &[usize]) -> u64 {
    let (mut count, mut below) = (0, 0);
    for end in upper {
        while below < lower.len() && lower[below] < *end {
            below += 1;
        }
        count += below as u64;
    }
    count
}

/// How many links cross between all columns (counted with a tree of sums, so that it takes no square of the links).
pub(super) fn crossings(columns: &Columns, places: &[usize]) -> u64 {
    let mut total = 0;
    for pair in columns.order.windows(2) {
        let mut tree = vec![0_u64; pair[1].len() + 1];
        let mut met = 0;
        for number in &pair[0] {
            let mut ends: Vec<usize> = columns.after[*number].iter().map(|other| places[*other]).collect();
            ends.sort_unstable();
            for end in &ends {
                let (mut at, mut up_to) = (end + 1, 0);
                while at > 0 {
                    up_to += tree[at];
                    at &= at - 1;
                }
                total += met - up_to;
            }
            for end in ends {
                met += 1;
                let mut at = end + 1;
                while at < tree.len() {
                    tree[at] += 1;
                    at += at & at.wrapping_neg();
                }
            }
        }
    }
    total
}
