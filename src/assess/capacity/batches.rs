//! Requests that come at the same moment, as one caller makes several calls at once.

use super::{load::CALLS, paths::Node, plan::Asking, work::is_waited_for};

/// How many requests come to each component at a time, oneself included, seen from one of them; by position.
#[derive(Debug)]
pub(super) struct Batches(Vec<f64>);

/// How many there are in the batch of a request on average, where a caller makes so many calls at once: of 2.5 calls one in 2 or 3.
fn in_batch(calls: f64) -> f64 {
    if calls <= 1.0 {
        return 1.0;
    }
    let (less, more) = (calls.floor(), calls - calls.floor());
    (less.powi(2) * (1.0 - more) + (less + 1.0).powi(2) * more) / calls
}

impl Batches {
    pub(super) fn of(&self, position: usize) -> f64 {
        self.0[position]
    }

    /// By position, whether others come at a time than there.
    pub(super) fn differ(&self, other: &Self) -> Vec<bool> {
        self.0.iter().zip(&other.0).map(|(one, other)| one != other).collect()
    }

    /// As the usual server of a service makes its calls, or the one that is planned with.
    pub(super) fn guessed(asking: &Asking<'_>) -> Self {
        Self::new(asking, |position| asking.likely_gathers(position))
    }

    /// As the server makes its calls that is taken.
    pub(super) fn known(asking: &Asking<'_>, nodes: &[Option<Node>]) -> Self {
        let gathers = |position: usize| match &nodes[position] {
            Some(node) => node.gathers(),
            None => asking.likely_gathers(position),
        };
        Self::new(asking, gathers)
    }

    fn new(asking: &Asking<'_>, gathers: impl Fn(usize) -> bool) -> Self {
        let graph = asking.graph;
        let mut batches = vec![1.0; graph.components.len()];
        for link in &graph.links {
            let calls = link.connection.calls_per_request.unwrap_or(CALLS);
            if calls <= 1.0 || !graph.is_service(link.to) || !is_waited_for(graph, link) || !gathers(link.from) {
                continue;
            }
            let (from, to) = (asking.loads[link.from].rate_per_s, asking.loads[link.to].rate_per_s);
            let Some((from, to)) = from.zip(to).filter(|(_, to)| *to > 0.0) else { continue };
            // Where somebody says that less comes, what comes is not all of this caller's.
            batches[link.to] += (from * calls / to).min(1.0) * (in_batch(calls) - 1.0);
        }
        Self(batches)
    }
}
