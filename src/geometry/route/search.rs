//! The cheapest way along the lines that a few boxes draw on the sheet: length, bends, and what it runs over.

use std::{cmp::Reverse, collections::BinaryHeap};

use kurbo::{Point, Rect};

use super::{
    BEND_WORLD, CLEARANCE_WORLD,
    shape::simplified,
    side::{Side, opposite},
};

/// What a unit of the way costs more within the clearance of a box.
const NEAR_A_BOX: f64 = 8.0;
/// What a unit of the way costs more in a box.
const IN_A_BOX: f64 = 100.0;
/// What a unit of the way costs more for each unit that it is off the middle: of equal ways, the one in the middle.
const OFF_THE_MIDDLE: f64 = 1.0e-7;

/// Where a way may begin or end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Terminal {
    pub at: Point,
    /// The direction in which it leads away from here: a way begins with it and ends against it. `None` if any will do.
    pub way: Option<Side>,
    /// What it costs to choose this one.
    pub cost: f64,
}

/// A way, and which of the terminals it joins.
pub(super) struct Found {
    pub from: usize,
    pub to: usize,
    pub points: Vec<Point>,
}

/// What a line costs that may run over boxes.
pub(super) fn penalty(a: Point, b: Point, boxes: &[Rect]) -> f64 {
    let line = Rect::from_points(a, b);
    let over = |rect: Rect| {
        let within = |low: f64, high: f64, from: f64, to: f64| (high.min(to) - low.max(from)).max(0.0);
        if line.width() > line.height() {
            if rect.y0 < line.y0 && line.y0 < rect.y1 { within(line.x0, line.x1, rect.x0, rect.x1) } else { 0.0 }
        } else if rect.x0 < line.x0 && line.x0 < rect.x1 {
            within(line.y0, line.y1, rect.y0, rect.y1)
        } else {
            0.0
        }
    };
    let cost = |rect: &Rect| {
        let near = over(rect.inflate(CLEARANCE_WORLD, CLEARANCE_WORLD));
        if near == 0.0 { 0.0 } else { near * NEAR_A_BOX + over(*rect) * IN_A_BOX }
    };
    boxes.iter().map(cost).sum()
}

/// What is to be looked at: the cheapest on the whole first, of equal ones what has come farthest, of those the last state. Costs are no
/// less than nothing, and the bits of such numbers have their order.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Open {
    whole: Reverse<u64>,
    cost: u64,
    state: u32,
}

/// For each line across the sheet the boxes in whose clearance it lies.
struct Crossed {
    first: Vec<u32>,
    boxes: Vec<Rect>,
}

impl Crossed {
    fn new(lines: &[f64], boxes: &[Rect], range: impl Fn(&Rect) -> (f64, f64)) -> Self {
        let mut crossed = Self { first: vec![0], boxes: Vec::new() };
        for line in lines {
            let near = |rect: &&Rect| {
                let (low, high) = range(rect);
                low - CLEARANCE_WORLD < *line && *line < high + CLEARANCE_WORLD
            };
            crossed.boxes.extend(boxes.iter().filter(near));
            crossed.first.push(crossed.boxes.len() as u32);
        }
        crossed
    }

    fn on(&self, line: usize) -> &[Rect] {
        &self.boxes[self.first[line] as usize..self.first[line + 1] as usize]
    }
}

/// The lines of the sheet, and how cheap it is to be where on them. A state is a crossing and the direction in which it was reached.
struct Lines<'a> {
    xs: Vec<f64>,
    ys: Vec<f64>,
    /// The boxes that the upright lines cross, and those that the level ones do.
    upright: Crossed,
    level: Crossed,
    goals: &'a [Terminal],
    middle: Point,
    best: Vec<f64>,
    before: Vec<u32>,
    open: BinaryHeap<Open>,
}

/// The cheapest way from one of the `starts` to one of the `goals` among `boxes`.
pub(super) fn search(starts: &[Terminal], goals: &[Terminal], boxes: &[Rect]) -> Option<Found> {
    let mut lines = Lines::new(starts, goals, boxes)?;
    for start in starts {
        for way in Side::ALL.into_iter().filter(|way| start.way.is_none_or(|only| only == *way)) {
            if let Some(state) = lines.state(start.at, way) {
                lines.reach(state, start.cost, u32::MAX);
            }
        }
    }
    let (to, last) = lines.run()?;
    let mut states = vec![last];
    while let Some(&before) = states.last().and_then(|state| lines.before.get(*state as usize)) {
        if before == u32::MAX {
            break;
        }
        states.push(before);
    }
    let first = *states.last()?;
    let begun = lines.point(first);
    let from =
        starts.iter().position(|start| start.at == begun && start.way.is_none_or(|way| way == direction(first)))?;
    let points = simplified(states.iter().rev().map(|state| lines.point(*state)));
    Some(Found { from, to, points })
}

fn direction(state: u32) -> Side {
    Side::ALL[state as usize % 4]
}

fn sorted(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_by(f64::total_cmp);
    values.dedup();
    values
}

/// How many bends are left at least for a goal that lies there.
pub(super) fn bends_to(way: Side, there: kurbo::Vec2) -> f64 {
    let ahead = there.dot(way.outward());
    let across = if way.is_upright() { there.y } else { there.x };
    if ahead < 0.0 {
        2.0
    } else if across != 0.0 {
        1.0
    } else {
        0.0
    }
}

impl<'a> Lines<'a> {
    fn new(starts: &[Terminal], goals: &'a [Terminal], boxes: &[Rect]) -> Option<Self> {
        let middle = starts.first()?.at.midpoint(goals.first()?.at);
        let around = |low: f64, high: f64| [low - CLEARANCE_WORLD, high + CLEARANCE_WORLD];
        let ends = || starts.iter().chain(goals).map(|terminal| terminal.at).chain([middle]);
        let xs = sorted(ends().map(|at| at.x).chain(boxes.iter().flat_map(|b| around(b.x0, b.x1))).collect());
        let ys = sorted(ends().map(|at| at.y).chain(boxes.iter().flat_map(|b| around(b.y0, b.y1))).collect());
        let states = xs.len() * ys.len() * 4;
        let (best, before) = (vec![f64::INFINITY; states], vec![u32::MAX; states]);
        let upright = Crossed::new(&xs, boxes, |rect| (rect.x0, rect.x1));
        let level = Crossed::new(&ys, boxes, |rect| (rect.y0, rect.y1));
        Some(Self { xs, ys, upright, level, goals, middle, best, before, open: BinaryHeap::new() })
    }

    fn state(&self, at: Point, way: Side) -> Option<u32> {
        let x = self.xs.binary_search_by(|x| x.total_cmp(&at.x)).ok()?;
        let y = self.ys.binary_search_by(|y| y.total_cmp(&at.y)).ok()?;
        Some(self.number(x, y, way))
    }

    fn number(&self, x: usize, y: usize, way: Side) -> u32 {
        ((y * self.xs.len() + x) * 4 + way as usize) as u32
    }

    fn place(&self, state: u32) -> (usize, usize) {
        let crossing = state as usize / 4;
        (crossing % self.xs.len(), crossing / self.xs.len())
    }

    fn point(&self, state: u32) -> Point {
        let (x, y) = self.place(state);
        Point::new(self.xs[x], self.ys[y])
    }

    /// What is left at least.
    fn left(&self, at: Point, way: Side) -> f64 {
        let to = |goal: &Terminal| {
            let there = goal.at - at;
            there.x.abs() + there.y.abs() + bends_to(way, there) * BEND_WORLD + goal.cost
        };
        self.goals.iter().map(to).fold(f64::INFINITY, f64::min)
    }

    fn reach(&mut self, state: u32, cost: f64, before: u32) {
        let index = state as usize;
        if cost < self.best[index] {
            self.best[index] = cost;
            self.before[index] = before;
            let whole = cost + self.left(self.point(state), direction(state));
            self.open.push(Open { whole: Reverse(whole.to_bits()), cost: cost.to_bits(), state });
        }
    }

    /// The goal that is reached most cheaply, and the state in which it is.
    fn run(&mut self) -> Option<(usize, u32)> {
        let mut best: Option<(f64, usize, u32)> = None;
        while let Some(Open { whole: Reverse(whole), cost, state }) = self.open.pop() {
            let (whole, cost) = (f64::from_bits(whole), f64::from_bits(cost));
            if best.is_some_and(|(least, ..)| whole >= least) {
                break;
            }
            if cost > self.best[state as usize] {
                continue;
            }
            let (at, way) = (self.point(state), direction(state));
            for (number, goal) in
                self.goals.iter().enumerate().filter(|(_, goal)| goal.at == at && goal.way != Some(way))
            {
                let turn = if goal.way.is_none_or(|out| opposite(out) == way) { 0.0 } else { BEND_WORLD };
                let whole = cost + goal.cost + turn;
                if best.is_none_or(|(least, ..)| whole < least) {
                    best = Some((whole, number, state));
                }
            }
            self.go_on(state, cost);
        }
        best.map(|(_, number, state)| (number, state))
    }

    fn go_on(&mut self, state: u32, cost: f64) {
        let (came, (x, y), here) = (direction(state), self.place(state), self.point(state));
        for way in Side::ALL.into_iter().filter(|way| *way != opposite(came)) {
            let next = match way {
                Side::Left => x.checked_sub(1).map(|x| (x, y)),
                Side::Right => (x + 1 < self.xs.len()).then_some((x + 1, y)),
                Side::Top => y.checked_sub(1).map(|y| (x, y)),
                Side::Bottom => (y + 1 < self.ys.len()).then_some((x, y + 1)),
            };
            let Some((x, y)) = next else { continue };
            let there = Point::new(self.xs[x], self.ys[y]);
            let length = (there.x - here.x).abs() + (there.y - here.y).abs();
            let off = if way.is_upright() { here.y - self.middle.y } else { here.x - self.middle.x };
            let turn = if way == came { 0.0 } else { BEND_WORLD };
            let boxes = if way.is_upright() { self.level.on(y) } else { self.upright.on(x) };
            let dear = length * off.abs() * OFF_THE_MIDDLE + penalty(here, there, boxes);
            self.reach(self.number(x, y, way), cost + length + turn + dear, state);
        }
    }
}
