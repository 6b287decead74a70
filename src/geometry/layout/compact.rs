//! Heights for columns that hold a lot: each number as near to the middle of its neighbours as the others let it, so that columns
//! are no higher than they have to be. Long chains are straighter after Brandes and Köpf; which is better is measured.

use super::{columns::Columns, heights::apart};

/// Sweeps over the columns, by the neighbours before and behind in turn; the last ones by both.
const SWEEPS: usize = 10;
/// A bend costs as much as so much of a way up or down, in world units.
const BEND_WORLD: f64 = 320.0;
/// A link that passes a column is bent last.
const STAND_IN_WEIGHT: f64 = 3.0;

/// Heights of the middles. All begin at one height, and nothing is farther from there than it is pushed or called.
pub(super) fn compact(columns: &Columns, heights_world: &[f64]) -> Vec<f64> {
    let mut middles = vec![0.0; columns.count()];
    for sweep in 0..SWEEPS {
        let count = columns.order.len();
        for step in 0..count {
            let column = &columns.order[if sweep % 2 == 0 { step } else { count - 1 - step }];
            let wanted: Vec<f64> = column
                .iter()
                .map(|number| {
                    let (before, after) = (&columns.before[*number], &columns.after[*number]);
                    let sides: [&[usize]; 2] = match sweep {
                        _ if sweep + 3 > SWEEPS => [before, after],
                        _ if sweep % 2 == 0 => [before, &[]],
                        _ => [after, &[]],
                    };
                    mean(sides, &middles).unwrap_or(middles[*number])
                })
                .collect();
            stack(columns, column, &wanted, heights_world, &mut middles);
        }
    }
    middles
}

/// What heights cost: the ways up and down, and the bends.
pub(super) fn cost(columns: &Columns, middles: &[f64]) -> f64 {
    let piece = |from: usize, to: usize| {
        let way = (middles[from] - middles[to]).abs();
        way + if way > 1.0 { BEND_WORLD } else { 0.0 }
    };
    columns.after.iter().enumerate().flat_map(|(from, after)| after.iter().map(move |to| piece(from, *to))).sum()
}

fn mean(of: [&[usize]; 2], middles: &[f64]) -> Option<f64> {
    let count = of[0].len() + of[1].len();
    let sum: f64 = of.iter().flat_map(|side| side.iter()).map(|other| middles[*other]).sum();
    (count > 0).then(|| sum / count as f64)
}

/// Puts the numbers of a column as near as possible to where they want to be (least squares, by pooling neighbours that push
/// each other).
fn stack(columns: &Columns, column: &[usize], wanted: &[f64], heights_world: &[f64], middles: &mut [f64]) {
    // Each one's distance below the first if all stand shoulder to shoulder.
    let mut offsets = Vec::with_capacity(column.len());
    let mut below = 0.0;
    for (place, number) in column.iter().enumerate() {
        if place > 0 {
            below += apart(columns, heights_world, column[place - 1], *number);
        }
        offsets.push(below);
    }
    // Pools that touch: what their first one would want times its weight, the weight, and how many there are.
    let mut pools: Vec<(f64, f64, usize)> = Vec::new();
    for ((number, want), offset) in column.iter().zip(wanted).zip(&offsets) {
        let weight = if columns.is_stand_in(*number) { STAND_IN_WEIGHT } else { 1.0 };
        pools.push(((want - offset) * weight, weight, 1));
        while let [.., (sum_a, weight_a, count_a), (sum_b, weight_b, count_b)] = pools.as_slice() {
            if sum_a / weight_a <= sum_b / weight_b {
                break;
            }
            let merged = (sum_a + sum_b, weight_a + weight_b, count_a + count_b);
            pools.truncate(pools.len() - 2);
            pools.push(merged);
        }
    }
    let starts = pools.iter().flat_map(|(sum, weight, count)| std::iter::repeat_n(sum / weight, *count));
    for ((number, start), offset) in column.iter().zip(starts).zip(offsets) {
        middles[*number] = start + offset;
    }
}
