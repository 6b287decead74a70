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
const ROUNDS: (usize, usize) = (4, 60);
/// Times that differ by less than this share are alike.
const ALIKE: f64 = 1e-7;

/// How many rounds so many services are looked at that call each other.
pub(super) fn rounds(members: usize) -> usize {
    (LOOKED_AT / members.max(1)).clamp(ROUNDS.0, ROUNDS.1)
}

/// Whether times did not change any more.
pub(super) fn alike(before: Option<[f64; 2]>, after: Option<[f64; 2]>) -> bool {
    match (before, after) {
        (Some(before), Some(after)) => before.iter().zip(&after).all(|(a, b)| (a - b).abs() <= ALIKE * b.abs()),
        (before, after) => before.is_none() && after.is_none(),
    }
}

/// Looks at each of these again and again until nobody's times change; at most so often. `one` says whether they stayed.
pub(super) fn settle(rounds: usize, members: &[usize], mut one: impl FnMut(usize) -> bool) {
    for _ in 0..rounds {
        // Every one of them, also after the first that changed.
        if members.iter().filter(|member| !one(**member)).count() == 0 {
            break;
        }
    }
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
