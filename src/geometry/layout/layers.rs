//! A layered layout: longest paths make the columns, barycentres the order within them, neighbours' middles the heights.

use kurbo::{Point, Size};

/// Free room between columns, in world units: enough for a bend and an arrow head on each side.
const COLUMN_GAP_WORLD: f64 = 96.0;
/// Free room between the boxes of a column, in world units.
const BOX_GAP_WORLD: f64 = 36.0;
/// Sweeps over the columns; later ones hardly change anything.
const SWEEPS: usize = 6;
const STEP_WORLD: f64 = 12.0;

/// Places of all boxes with `linked[i]`, by number, upper left corner of the whole at the origin. `links` lead from
/// caller to callee.
pub(super) fn lay_out(sizes: &[Size], links: &[(usize, usize)], linked: &[bool]) -> Vec<(usize, Point)> {
    let forward = without_cycles(sizes.len(), links);
    let layers = layers(sizes.len(), &forward, linked);
    let neighbours = Neighbours::new(sizes.len(), &forward);
    let mut columns: Vec<Vec<usize>> = Vec::new();
    for (index, layer) in layers.iter().enumerate().filter(|(index, _)| linked[*index]) {
        columns.resize((*layer + 1).max(columns.len()), Vec::new());
        columns[*layer].push(index);
    }
    order(&mut columns, &neighbours);
    let centres = heights(&columns, sizes, &neighbours);
    let mut places = Vec::new();
    let mut x = 0.0;
    for column in &columns {
        let width = column.iter().map(|index| sizes[*index].width).fold(0.0, f64::max);
        for index in column {
            let inset = ((width - sizes[*index].width) / 2.0 / STEP_WORLD).floor() * STEP_WORLD;
            places.push((*index, Point::new(x + inset, centres[*index] - sizes[*index].height / 2.0)));
        }
        x = up(x + width + COLUMN_GAP_WORLD);
    }
    at_origin(places)
}

fn up(length_world: f64) -> f64 {
    (length_world / STEP_WORLD).ceil() * STEP_WORLD
}

/// Heights become multiples of the step, the least of them 0. Rounding down keeps the gaps above their least size less
/// one step.
fn at_origin(mut places: Vec<(usize, Point)>) -> Vec<(usize, Point)> {
    let top = places.iter().map(|(_, place)| place.y).fold(f64::INFINITY, f64::min);
    for (_, place) in &mut places {
        place.y = ((place.y - top) / STEP_WORLD).floor() * STEP_WORLD;
    }
    places
}

/// The links with those turned around that would close a cycle.
fn without_cycles(count: usize, links: &[(usize, usize)]) -> Vec<(usize, usize)> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let mut outgoing = vec![Vec::new(); count];
    for (from, to) in links {
        outgoing[*from].push(*to);
    }
    let mut marks = vec![Mark::New; count];
    let mut forward = Vec::with_capacity(links.len());
    for root in 0..count {
        // A stack of its own instead of recursion: a chain may be as long as a project.
        let mut stack = vec![(root, 0)];
        while let Some((node, next)) = stack.pop() {
            if next == 0 {
                if marks[node] != Mark::New {
                    continue;
                }
                marks[node] = Mark::Open;
            }
            let Some(target) = outgoing[node].get(next).copied() else {
                marks[node] = Mark::Done;
                continue;
            };
            stack.push((node, next + 1));
            forward.push(if marks[target] == Mark::Open { (target, node) } else { (node, target) });
            if marks[target] == Mark::New {
                stack.push((target, 0));
            }
        }
    }
    forward
}

/// The longest path from a source to each box; sources then move right up to their nearest callee.
fn layers(count: usize, forward: &[(usize, usize)], linked: &[bool]) -> Vec<usize> {
    let mut incoming = vec![0_usize; count];
    let mut outgoing = vec![Vec::new(); count];
    for (from, to) in forward {
        incoming[*to] += 1;
        outgoing[*from].push(*to);
    }
    let sources: Vec<usize> = (0..count).filter(|index| linked[*index] && incoming[*index] == 0).collect();
    let mut layers = vec![0_usize; count];
    let mut ready = sources.clone();
    while let Some(node) = ready.pop() {
        for target in &outgoing[node] {
            layers[*target] = layers[*target].max(layers[node] + 1);
            incoming[*target] -= 1;
            if incoming[*target] == 0 {
                ready.push(*target);
            }
        }
    }
    for source in sources {
        if let Some(nearest) = outgoing[source].iter().map(|target| layers[*target]).min() {
            layers[source] = nearest.saturating_sub(1);
        }
    }
    layers
}

struct Neighbours {
    before: Vec<Vec<usize>>,
    after: Vec<Vec<usize>>,
}

impl Neighbours {
    fn new(count: usize, forward: &[(usize, usize)]) -> Self {
        let mut neighbours = Self { before: vec![Vec::new(); count], after: vec![Vec::new(); count] };
        for (from, to) in forward {
            neighbours.after[*from].push(*to);
            neighbours.before[*to].push(*from);
        }
        neighbours
    }
}

/// Sorts each column by the mean position of its neighbours, sweeping right and left in turn.
fn order(columns: &mut [Vec<usize>], neighbours: &Neighbours) {
    let count = neighbours.before.len();
    let mut rank = vec![0.0; count];
    let note = |rank: &mut Vec<f64>, column: &[usize]| {
        for (position, index) in column.iter().enumerate() {
            rank[*index] = (position as f64 + 0.5) / column.len() as f64;
        }
    };
    columns.iter().for_each(|column| note(&mut rank, column));
    for sweep in 0..SWEEPS {
        let rightwards = sweep % 2 == 0;
        let sides = if rightwards { &neighbours.before } else { &neighbours.after };
        let mut visit = |column: &mut Vec<usize>| {
            let key = |index: &usize| mean(&sides[*index], &rank).unwrap_or(rank[*index]);
            column.sort_by(|a, b| key(a).total_cmp(&key(b)));
            note(&mut rank, column);
        };
        if rightwards {
            columns.iter_mut().for_each(&mut visit);
        } else {
            columns.iter_mut().rev().for_each(&mut visit);
        }
    }
}

fn mean(of: &[usize], values: &[f64]) -> Option<f64> {
    if of.is_empty() { None } else { Some(of.iter().map(|index| values[*index]).sum::<f64>() / of.len() as f64) }
}

/// The height of each box's middle: near the middles of its neighbours, in order, without overlap.
fn heights(columns: &[Vec<usize>], sizes: &[Size], neighbours: &Neighbours) -> Vec<f64> {
    let mut centres = vec![0.0; sizes.len()];
    for column in columns {
        let wanted = vec![0.0; column.len()];
        stack(column, &wanted, sizes, &mut centres);
    }
    for sweep in 0..SWEEPS {
        let sides = if sweep % 2 == 0 { &neighbours.before } else { &neighbours.after };
        for position in 0..columns.len() {
            let column = &columns[if sweep % 2 == 0 { position } else { columns.len() - 1 - position }];
            let wanted: Vec<f64> =
                column.iter().map(|index| mean(&sides[*index], &centres).unwrap_or(centres[*index])).collect();
            stack(column, &wanted, sizes, &mut centres);
        }
    }
    centres
}

/// Puts the boxes of a column as near as possible to where they want to be (least squares, by pooling neighbours that
/// push each other).
fn stack(column: &[usize], wanted: &[f64], sizes: &[Size], centres: &mut [f64]) {
    // Each box's distance below the first one if all stand shoulder to shoulder.
    let mut offsets = Vec::with_capacity(column.len());
    let mut below = 0.0;
    for (position, index) in column.iter().enumerate() {
        if position > 0 {
            let before = sizes[column[position - 1]].height;
            below += up(before / 2.0 + sizes[*index].height / 2.0 + BOX_GAP_WORLD);
        }
        offsets.push(below);
    }
    // Pools of boxes that touch: sum of what their first box would want, and how many they are.
    let mut pools: Vec<(f64, usize)> = Vec::new();
    for (want, offset) in wanted.iter().zip(&offsets) {
        pools.push((want - offset, 1));
        while let [.., (sum_a, count_a), (sum_b, count_b)] = pools.as_slice() {
            if sum_a / *count_a as f64 <= sum_b / *count_b as f64 {
                break;
            }
            let merged = (sum_a + sum_b, count_a + count_b);
            pools.truncate(pools.len() - 2);
            pools.push(merged);
        }
    }
    let starts = pools.iter().flat_map(|(sum, count)| std::iter::repeat_n(sum / *count as f64, *count));
    for ((index, start), offset) in column.iter().zip(starts).zip(offsets) {
        centres[*index] = start + offset;
    }
}
