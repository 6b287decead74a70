//! The planned network under other loads than the present one: how much it holds, and who breaks first.

use std::collections::HashMap;

use indexmap::IndexMap;

use super::{
    batches::Arrivals,
    circles::{Groups, depth_first},
    curve::{LoadCurve, LoadPoint},
    flow::{Answer, Flow, Part, Takes, Waiting, waiting},
    results::{Bottleneck, Capacity, ServiceCapacity, TargetVerdict},
    server::{Demand, Deployment, Server},
    waits::{change, rounds, settle},
};
use crate::project::ComponentId;

/// Services that are looked at, over all loads that are tried.
const LOOKED_AT: usize = 6_000;
/// The fewest and the most loads that are tried.
const TRIED: (usize, usize) = (6, 32);
/// Points of a curve, at least and at most, and the share of where queues lose their bound up to which it is followed.
const POINTS: (usize, usize) = (12, 96);
const FURTHEST: f64 = 0.995;
/// What times may be off that were found step by step.
const BEYOND: f64 = 1.0 + 1e-6;
/// A little below where a queue loses its bound.
const BELOW: f64 = 1.0 - 2e-6;
/// Loads nearer to each other than this share are the same.
const SAME: f64 = 1e-6;
/// So many times less is tried where nothing is known to hold yet.
const LESS: f64 = 4.0;

/// A service as planned, whatever comes.
struct Station {
    /// Without waiting for others.
    demand: Demand,
    deployment: Deployment,
    rate_per_s: Option<f64>,
    /// The target that it keeps now.
    target_s: Option<f64>,
    arrivals: Arrivals,
    trips_s: f64,
    gathers: bool,
    calls: Vec<(f64, To)>,
    /// Whether another of them waits for it.
    called: bool,
    /// How many times the present load it can answer at most, even if nobody else takes longer.
    most: f64,
}

enum To {
    /// A station by its number.
    Station(usize),
    /// Somebody who takes so many seconds.
    Fixed(f64),
}

/// All stations of a plan, those that are called after those that call them.
pub(super) struct Planned {
    stations: Vec<Station>,
    groups: Groups,
}

/// Who cannot do it, by number.
type Broken = usize;

impl Planned {
    pub(super) fn new(services: &IndexMap<ComponentId, ServiceCapacity>) -> Self {
        let places: HashMap<&ComponentId, usize> = services.keys().enumerate().map(|(at, id)| (id, at)).collect();
        let mut stations: Vec<Station> = services.values().map(|service| Station::new(service, &places)).collect();
        let to = |station: &Station| station.callees().collect();
        let out: Vec<Vec<usize>> = stations.iter().map(to).collect();
        out.iter().flatten().for_each(|to| stations[*to].called = true);
        let groups = Groups::new(&depth_first(&out), &out);
        Self { stations, groups }
    }

    /// Plays so many times the present load through the formulas; of the first that breaks, its number. `only` leaves out who is of no
    /// interest.
    fn under(
        &self,
        factor: f64,
        only: impl Fn(usize) -> bool,
        see: &mut impl FnMut(usize, &Flow<'_>),
    ) -> Option<Broken> {
        let mut answers: Vec<Option<Answer>> = (0..self.stations.len()).map(|_| None).collect();
        for group in self.groups.iter().rev() {
            if !group.circle {
                let place = group.members[0];
                if only(place) && self.one(place, factor, &mut answers, see).is_err() {
                    return Some(place);
                }
                continue;
            }
            let members: Vec<usize> = group.members.iter().rev().copied().filter(|place| only(*place)).collect();
            let (mut times, mut broken) = (HashMap::new(), None);
            settle(rounds(members.len()), &members, |place| {
                if broken.is_some() {
                    return 0.0;
                }
                let now = self.one(place, factor, &mut answers, see);
                broken = now.err();
                let now = now.ok().flatten();
                change(times.insert(place, now).flatten(), now)
            });
            if broken.is_some() {
                return broken;
            }
        }
        None
    }

    fn one(
        &self,
        place: usize,
        factor: f64,
        answers: &mut [Option<Answer>],
        see: &mut impl FnMut(usize, &Flow<'_>),
    ) -> Result<Option<[f64; 2]>, Broken> {
        let station = &self.stations[place];
        let waits = station.waiting(answers);
        let demand = Demand { wait_s: waits.even.mean_s(), ..station.demand };
        let Some(rate_per_s) = station.rate_per_s else {
            answers[place] = Some(Answer::alone(&waits, demand.cpu_s));
            return Ok(None);
        };
        let server = Server { demand, deployment: station.deployment };
        let Some(flow) = Flow::new(&server, rate_per_s * factor, station.arrivals, &waits) else { return Err(place) };
        let p95_s = flow.p95_s();
        if station.target_s.is_some_and(|target_s| p95_s.is_none_or(|p95_s| p95_s > target_s * BEYOND)) {
            return Err(place);
        }
        see(place, &flow);
        if station.called {
            answers[place] = Some(flow.answer(&flow.response()));
        }
        Ok(p95_s.map(|p95_s| [flow.mean_s(), p95_s]))
    }

    /// The most of a number of times the present load that nobody breaks under, and who does beyond it.
    fn most(&self, only: impl Fn(usize) -> bool + Copy) -> Option<(f64, Broken)> {
        let known = self.stations.iter().enumerate().filter(|(at, station)| only(*at) && station.most.is_finite());
        let (first, most) = known.map(|(at, station)| (at, station.most)).min_by(|a, b| a.1.total_cmp(&b.1))?;
        let breaks = |factor: f64| self.under(factor, only, &mut |_, _| {});
        // Under less than the present load callees are quicker, so that more may be answered than with their present times.
        let below = if most < 1.0 { 1.0 } else { most * BELOW };
        // As a rule nobody is late or slow before that.
        let Some(mut broken) = breaks(below) else { return Some((below, first)) };
        let looked_at = (0..self.stations.len()).filter(|at| only(*at)).count();
        let (mut low, mut high) = (0.0, below);
        let mut next = if below > 1.0 { 1.0 } else { below / LESS };
        for _ in 0..(LOOKED_AT / looked_at.max(1)).clamp(TRIED.0, TRIED.1) {
            match breaks(next) {
                None => low = next,
                Some(now) => (high, broken) = (next, now),
            }
            if high - low <= SAME * low {
                break;
            }
            // Between so many times the load and so many times more, since it is read as such.
            next = if low > 0.0 { (low * high).sqrt() } else { high / LESS };
        }
        Some((low, broken))
    }

    /// The service and all that it waits for, also by way of others.
    fn behind(&self, place: usize) -> Vec<bool> {
        let mut behind = vec![false; self.stations.len()];
        let mut open = vec![place];
        while let Some(place) = open.pop() {
            if !std::mem::replace(&mut behind[place], true) {
                open.extend(self.stations[place].callees());
            }
        }
        behind
    }

    /// Without targets but, if any, one.
    fn with_target(mut self, place: usize, target_s: Option<f64>) -> Self {
        for (at, station) in self.stations.iter_mut().enumerate() {
            station.target_s = target_s.filter(|_| at == place);
        }
        self
    }
}

impl Station {
    fn new(service: &ServiceCapacity, places: &HashMap<&ComponentId, usize>) -> Self {
        let to = |call: &super::results::ServiceCall| {
            let station = call.callee.as_ref().and_then(|callee| places.get(callee));
            (call.call.count, station.map_or(To::Fixed(call.call.latency_s), |at| To::Station(*at)))
        };
        let calls = service.calls.iter().map(to).collect();
        let arrivals = Arrivals { batch: service.batch, most: service.most_at_once };
        let (trips_s, rate_per_s) = (service.request.trips_s, service.load.rate_per_s);
        let Some((chosen, planned)) = service.chosen().map(|chosen| (chosen, chosen.planned())) else {
            // Whoever no server is known for answers at once.
            let (demand, deployment) = (Demand::default(), Deployment::single(None));
            let (target_s, gathers, most) = (None, false, f64::INFINITY);
            return Self {
                demand,
                deployment,
                rate_per_s: None,
                target_s,
                arrivals,
                trips_s,
                gathers,
                calls,
                called: false,
                most,
            };
        };
        let counts = rate_per_s.filter(|rate_per_s| *rate_per_s > 0.0 && chosen.plan.is_some());
        Self {
            demand: Demand { wait_s: 0.0, ..chosen.demand },
            deployment: planned.deployment,
            rate_per_s,
            target_s: service.target_s.filter(|_| chosen.target != TargetVerdict::Missed && counts.is_some()),
            arrivals,
            trips_s,
            gathers: chosen.gathers,
            calls,
            called: false,
            most: counts.map_or(f64::INFINITY, |rate_per_s| chosen.bounded_up_to_per_s() / rate_per_s),
        }
    }

    fn callees(&self) -> impl Iterator<Item = usize> {
        self.calls.iter().filter_map(|(_, to)| match to {
            To::Station(at) => Some(*at),
            To::Fixed(_) => None,
        })
    }

    fn waiting(&self, answers: &[Option<Answer>]) -> Waiting {
        let parts = self.calls.iter().map(|(count, to)| {
            let takes = match to {
                To::Fixed(seconds) => Takes::Fixed(*seconds),
                To::Station(at) => answers[*at].as_ref().map_or(Takes::Fixed(0.0), Takes::Answer),
            };
            Part { count: *count, takes }
        });
        waiting(parts, self.gathers).and(self.trips_s)
    }
}

/// The service that breaks first when all loads grow together, found by letting them grow.
pub(super) fn bottleneck(services: &IndexMap<ComponentId, ServiceCapacity>) -> Option<Bottleneck> {
    let planned = Planned::new(services);
    // Where what comes has no bound nothing holds it, and that is said of the plan as a whole.
    let endless: Vec<bool> = services.values().map(|service| service.load.endless).collect();
    let (headroom, broken) = planned.most(|at| !endless[at])?;
    let (component, service) = services.get_index(broken)?;
    let at_most = !service.missing.is_empty() || service.load.is_least();
    Some(Bottleneck { component: component.clone(), headroom, at_most })
}

impl Capacity {
    /// How long a service's answers take as planned while all loads grow together: what it calls takes longer then as well. `None` where no
    /// server is known for it.
    pub fn load_curve(&self, id: &ComponentId) -> Option<LoadCurve> {
        let (place, _, service) = self.services.get_full(id)?;
        let chosen = service.chosen()?;
        let rate_per_s = service.load.rate_per_s.filter(|rate_per_s| *rate_per_s > 0.0 && !service.load.endless);
        let (Some(rate_per_s), true) = (rate_per_s, chosen.plan.is_some()) else {
            return Some(chosen.under_load(service.target_s));
        };
        let planned = Planned::new(&self.services);
        let behind = planned.behind(place);
        let planned = planned.with_target(place, None);
        let (most, _) = planned.most(|at| behind[at])?;
        let size = behind.iter().filter(|behind| **behind).count();
        let points = (LOOKED_AT / 2 / size).clamp(POINTS.0, POINTS.1);
        let point = |step: usize| {
            let left = 1.0 - step as f64 / points as f64;
            let factor = FURTHEST * most * (1.0 - left * left);
            let mut found = None;
            let mut see = |at: usize, flow: &Flow<'_>| {
                if at == place {
                    found = Some((flow.mean_s(), flow.p95_s()));
                }
            };
            planned.under(factor, |at| behind[at], &mut see);
            let (mean_s, p95_s) = found?;
            Some(LoadPoint { rate_per_s: rate_per_s * factor, mean_s, p95_s: p95_s? })
        };
        let points = (0..=points).map_while(point).collect();
        let in_time_up_to_per_s = service.target_s.and_then(|target_s| {
            let planned = planned.with_target(place, Some(target_s));
            let holds_at_all = planned.under(1e-9, |at| behind[at], &mut |_, _| {}).is_none();
            let (most, _) = holds_at_all.then(|| planned.most(|at| behind[at])).flatten()?;
            Some(most * rate_per_s)
        });
        Some(LoadCurve {
            points,
            saturation_per_s: chosen.planned().saturation_per_s,
            bounded_up_to_per_s: most * rate_per_s,
            in_time_up_to_per_s,
        })
    }
}
