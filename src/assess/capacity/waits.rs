//! What a service waits for those it calls, as it makes its calls.

use std::cell::OnceCell;

use super::{
    flow::{Answer, Part, Takes, Waiting, waiting},
    paths::Node,
    work::Work,
};

/// How often services that call each other are looked at, over all of them.
const LOOKED_AT: usize = 4_000;
/// The fewest and the most rounds of these.
const ROUNDS: (usize, usize) = (4, 200);
/// Times that differ by less than this share are alike.
const ALIKE: f64 = 1e-7;
/// Times that still change by more than this share after all rounds are the least they can be, as they only become longer.
const SETTLED: f64 = 1e-5;

/// How many rounds so many services are looked at that call each other.
pub(super) fn rounds(members: usize) -> usize {
    (LOOKED_AT / members.max(1)).clamp(ROUNDS.0, ROUNDS.1)
}

/// By which share times changed.
pub(super) fn change(before: Option<[f64; 2]>, after: Option<[f64; 2]>) -> f64 {
    match (before, after) {
        (Some(before), Some(after)) => {
            let changes = before.iter().zip(&after).map(|(a, b)| if a == b { 0.0 } else { (a - b).abs() / b.abs() });
            changes.fold(0.0, f64::max)
        }
        (None, None) => 0.0,
        _ => f64::INFINITY,
    }
}

/// Looks at each of these again and again until nobody's times change, at most so often; whether they came to rest. `one` says by which share
/// they changed.
pub(super) fn settle(rounds: usize, members: &[usize], mut one: impl FnMut(usize) -> f64) -> bool {
    let mut most = 0.0;
    for round in 0..rounds {
        // Every one of them, also after the first that changed.
        most = members.iter().map(|member| one(*member)).fold(0.0, f64::max);
        // In the first round nobody knows yet of those who come after him.
        if round > 0 && most <= ALIKE {
            break;
        }
    }
    most <= SETTLED
}

/// A service's calls with the answers to them.
pub(super) struct Waits<'n> {
    work: &'n Work,
    nodes: &'n [Option<Node>],
    at_once: OnceCell<Waiting>,
    in_a_row: OnceCell<Waiting>,
}

impl<'n> Waits<'n> {
    pub(super) fn new(work: &'n Work, nodes: &'n [Option<Node>]) -> Self {
        Self { work, nodes, at_once: OnceCell::new(), in_a_row: OnceCell::new() }
    }

    /// With calls at once, or in a row; round trips are in it.
    pub(super) fn on(&self, gathers: bool) -> &Waiting {
        let cell = if gathers { &self.at_once } else { &self.in_a_row };
        cell.get_or_init(|| {
            let parts = self.work.waited.iter().map(|waited| {
                let answer = waited.callee.and_then(|callee| self.answer(callee));
                let takes = answer.map_or(Takes::Fixed(waited.call.latency_s), Takes::Answer);
                Part { count: waited.call.count, takes }
            });
            waiting(parts, gathers).and(self.work.request.trips_s)
        })
    }

    fn answer(&self, callee: usize) -> Option<&'n Answer> {
        self.nodes[callee].as_ref()?.answer.as_ref()
    }

    /// The first of those it calls that cannot answer what comes.
    pub(super) fn held_up_by(&self, position: usize) -> Option<usize> {
        let callees = self.work.waited.iter().filter(|waited| waited.call.count > 0.0);
        let overloaded = callees
            .filter_map(|waited| waited.callee)
            .filter(|callee| *callee != position && self.nodes[*callee].as_ref().is_some_and(Node::is_overloaded));
        overloaded.min()
    }
}
