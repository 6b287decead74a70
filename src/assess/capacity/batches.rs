//! Requests that come at the same moment, as one caller makes several calls at once.

use super::{
    load::{CALLS, LoadSource, carries},
    paths::Node,
    plan::Asking,
    results::ServiceCapacity,
    work::is_waited_for,
};

/// How requests come to each component, by position.
#[derive(Debug)]
pub(super) struct Batches(Vec<Arrivals>);

/// How requests come to a component.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Arrivals {
    /// How many at a time, oneself included, seen from one of them.
    pub(super) batch: f64,
    /// The most that can be there at the same moment: the slots of those who call it, where these are settled. Infinite where others come as well.
    pub(super) most: f64,
}

impl Arrivals {
    /// Each by itself, as many as come.
    pub(super) const ALONE: Self = Self { batch: 1.0, most: f64::INFINITY };
}

/// How many there are in the batch of a request on average, where a caller makes so many calls at once: of 2.5 calls one in 2 or 3.
fn in_batch(calls: f64) -> f64 {
    if calls <= 1.0 {
        return 1.0;
    }
    let (less, more) = (calls.floor(), calls - calls.floor());
    (less.powi(2) * (1.0 - more) + (less + 1.0).powi(2) * more) / calls
}

impl Batches {
    pub(super) fn of(&self, position: usize) -> Arrivals {
        self.0[position]
    }

    /// By position, whether others come at a time than there.
    pub(super) fn differ(&self, other: &Self) -> Vec<bool> {
        self.0.iter().zip(&other.0).map(|(one, other)| one != other).collect()
    }

    /// As the usual server of a service makes its calls, or the one that is planned with.
    pub(super) fn guessed(asking: &Asking<'_>) -> Self {
        let settled = |position: usize| {
            let id = asking.graph.components[position].0;
            slots(asking.planned?.services.get(id)?)
        };
        Self::new(asking, |position| asking.likely_gathers(position), settled)
    }

    /// As the server makes its calls that is taken.
    pub(super) fn known(asking: &Asking<'_>, nodes: &[Option<Node>]) -> Self {
        let gathers = |position: usize| match &nodes[position] {
            Some(node) => node.gathers(),
            None => asking.likely_gathers(position),
        };
        Self::new(asking, gathers, |position| slots(&nodes[position].as_ref()?.service))
    }

    fn new(asking: &Asking<'_>, gathers: impl Fn(usize) -> bool, settled_slots: impl Fn(usize) -> Option<u64>) -> Self {
        let graph = asking.graph;
        let callers = |position: usize| {
            let own = asking.loads[position].source != LoadSource::Callers;
            if own { f64::INFINITY } else { 0.0 }
        };
        let alone = |position: usize| Arrivals { most: callers(position), ..Arrivals::ALONE };
        let mut all: Vec<Arrivals> = (0..graph.components.len()).map(alone).collect();
        for link in graph.links.iter().filter(|link| carries(link)) {
            let calls = link.connection.calls_per_request.unwrap_or(CALLS);
            let waits = graph.is_service(link.from) && is_waited_for(graph, link);
            let slots = if waits { settled_slots(link.from) } else { None };
            let at_once = if waits && gathers(link.from) { calls.ceil() } else { 1.0 };
            let arrivals = &mut all[link.to];
            arrivals.most += slots.map_or(f64::INFINITY, |slots| slots as f64 * at_once);
            if calls <= 1.0 || !graph.is_service(link.to) || !waits || !gathers(link.from) {
                continue;
            }
            let (from, to) = (asking.loads[link.from].rate_per_s, asking.loads[link.to].rate_per_s);
            let Some((from, to)) = from.zip(to).filter(|(_, to)| *to > 0.0) else { continue };
            // Where somebody says that less comes, what comes is not all of this caller's.
            arrivals.batch += (from * calls / to).min(1.0) * (in_batch(calls) - 1.0);
        }
        // Of whom nobody is known to call there is nothing to say.
        all.iter_mut().filter(|arrivals| arrivals.most == 0.0).for_each(|arrivals| arrivals.most = f64::INFINITY);
        Self(all)
    }
}

/// The slots of a service whose workers somebody has settled.
fn slots(service: &ServiceCapacity) -> Option<u64> {
    service.workers?;
    service.planned()?.deployment.slots()
}
