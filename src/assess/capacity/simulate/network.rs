//! What is played: services by number, with what their requests do.

use std::collections::HashMap;

use super::Spread;
use crate::{
    assess::capacity::results::{Capacity, ServiceCapacity},
    project::ComponentId,
};

/// Requests of one service may make so many calls of a kind; more are played as that many.
const MOST_CALLS: f64 = 10_000.0;

pub(super) enum Callee {
    Service(usize),
    /// Somebody else, who takes so many seconds.
    Outside(f64),
}

pub(super) struct Station {
    /// Requests a second from outside.
    pub(super) outside_per_s: f64,
    pub(super) slots: u64,
    pub(super) cpus: u64,
    pub(super) cpu_s: f64,
    pub(super) trips_s: f64,
    pub(super) gathers: bool,
    pub(super) calls: Vec<(f64, Callee)>,
}

pub(super) struct Network<'a> {
    pub(super) names: Vec<&'a ComponentId>,
    pub(super) stations: Vec<Station>,
    pub(super) spread: Spread,
    /// Requests a second over all services, calls to others counted as such.
    pub(super) total_per_s: f64,
}

impl<'a> Network<'a> {
    pub(super) fn new(capacity: &'a Capacity, spread: Spread) -> Self {
        let served: Vec<(&ComponentId, &ServiceCapacity)> =
            capacity.services.iter().filter(|(_, service)| service.chosen().is_some()).collect();
        let places: HashMap<&ComponentId, usize> = served.iter().enumerate().map(|(at, (id, _))| (*id, at)).collect();
        let stations = served.iter().filter_map(|(_, service)| station(service, &places)).collect();
        let mut network = Self {
            names: served.iter().map(|(id, _)| *id).collect(),
            stations,
            spread,
            total_per_s: Self::events_per_s(&served),
        };
        network.outside(&served);
        network
    }

    /// What comes from outside is what simulated callers do not send.
    fn outside(&mut self, served: &[(&ComponentId, &ServiceCapacity)]) {
        let mut inside_per_s = vec![0.0; self.stations.len()];
        for (station, (_, service)) in self.stations.iter().zip(served) {
            for (count, callee) in &station.calls {
                if let Callee::Service(at) = callee {
                    inside_per_s[*at] += count * service.load.rate_per_s.unwrap_or(0.0);
                }
            }
        }
        for ((station, (_, service)), inside_per_s) in self.stations.iter_mut().zip(served).zip(inside_per_s) {
            let rest_per_s = service.load.rate_per_s.unwrap_or(0.0) - inside_per_s;
            // What is left by rounding is nothing.
            station.outside_per_s = if rest_per_s > inside_per_s * 1e-9 { rest_per_s } else { 0.0 };
        }
    }

    /// Requests a second over all services, calls to others counted as such.
    fn events_per_s(served: &[(&ComponentId, &ServiceCapacity)]) -> f64 {
        let calls = |service: &ServiceCapacity| 1.0 + service.request.call_count();
        served.iter().map(|(_, service)| service.load.rate_per_s.unwrap_or(0.0) * calls(service)).sum()
    }
}

fn station(service: &ServiceCapacity, places: &HashMap<&ComponentId, usize>) -> Option<Station> {
    let (server, planned) = (service.chosen()?, service.planned()?);
    let calls = service.calls.iter().map(|call| {
        let callee = call.callee.as_ref().and_then(|callee| places.get(callee));
        let callee = callee.map_or(Callee::Outside(call.call.latency_s), |at| Callee::Service(*at));
        (call.call.count.min(MOST_CALLS), callee)
    });
    Some(Station {
        outside_per_s: 0.0,
        slots: planned.deployment.slots().unwrap_or(u64::MAX),
        cpus: planned.deployment.busy_cpus(),
        cpu_s: server.demand.cpu_s,
        trips_s: service.request.trips_s,
        gathers: server.gathers,
        calls: calls.collect(),
    })
}
