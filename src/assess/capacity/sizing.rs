//! How many processes, slots and processors a load takes.

use std::cell::Cell;

use super::{
    batches::Arrivals,
    flow::{Flow, Waiting},
    open::{Open, Shape},
    server::{Demand, Deployment},
};
use crate::playbook::Slots;

/// The share of requests that a latency target speaks of.
pub const TARGET_SHARE: f64 = 0.95;

/// No deployment answers in time: what a request waits and computes by itself takes longer than the target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OutOfReach {
    /// Z + D' in seconds.
    pub alone_s: f64,
}

/// The smallest deployment that keeps processors and slots at most `utilisation` busy under `rate_per_s` and, if there is a target (p95,
/// seconds), meets it: processors `ceil(L D' / u)`, slots the fewest with `L H / S <= u`, both more where the target asks for it.
///
/// # Errors
/// [`OutOfReach`] if no number of them meets the target.
pub fn size(
    demand: Demand,
    slots: Slots,
    rate_per_s: f64,
    utilisation: f64,
    target_s: Option<f64>,
) -> Result<Deployment, OutOfReach> {
    let waiting = Waiting::fixed(demand.wait_s);
    size_waiting(
        demand,
        slots,
        utilisation,
        target_s,
        &Comes { rate_per_s, arrivals: Arrivals::ALONE, waiting: &waiting },
    )
}

/// What comes to a service, and what its requests wait for.
#[derive(Clone, Copy)]
pub(super) struct Comes<'w> {
    pub(super) rate_per_s: f64,
    pub(super) arrivals: Arrivals,
    /// What a request waits for others, as it varies.
    pub(super) waiting: &'w Waiting,
}

/// The same where waiting varies, and requests come several at a time. No number of workers makes up for what 95 of 100 wait for others.
pub(super) fn size_waiting(
    demand: Demand,
    slots: Slots,
    utilisation: f64,
    target_s: Option<f64>,
    comes: &Comes<'_>,
) -> Result<Deployment, OutOfReach> {
    let alone_s = comes.waiting.p95_s().map_or(f64::INFINITY, |p95_s| p95_s + demand.cpu_s);
    if target_s.is_some_and(|target_s| alone_s > target_s) {
        return Err(OutOfReach { alone_s });
    }
    let asked = Asked { demand, utilisation, target_s, comes, known: Cell::new(None) };
    let least = whole(comes.rate_per_s * demand.cpu_s / utilisation);
    let cpus = smallest(least, |busy| asked.is_met(Shape { slots: None, busy, own_processor: false }));
    let found = asked.with_slots(slots, cpus);
    // Where times of others lie at the very edge of the target, no queue is short enough; the search ends far beyond any deployment.
    if found.processes > MOST_PROCESSES && target_s.is_some() { Err(OutOfReach { alone_s }) } else { Ok(found) }
}

/// More than anybody will run.
const MOST_PROCESSES: u64 = 1 << 40;

/// A whole number of at least one.
fn whole(number: f64) -> u64 {
    // A quotient that is off by a rounding error is not one more.
    (number * (1.0 - 1e-12)).ceil().max(1.0) as u64
}

/// The smallest number from `least` on for which `holds`, which stays true once it is.
fn smallest(least: u64, holds: impl Fn(u64) -> bool) -> u64 {
    if holds(least) {
        return least;
    }
    let (mut low, mut step) = (least, 1_u64);
    // Waits vanish with ever more servers, so the steps end; the bound is for figures that are no numbers.
    while !holds(low.saturating_add(step)) && step < u64::MAX / 4 {
        low = low.saturating_add(step);
        step *= 2;
    }
    let mut high = low.saturating_add(step);
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if holds(middle) { high = middle } else { low = middle }
    }
    high
}

struct Asked<'a> {
    demand: Demand,
    utilisation: f64,
    target_s: Option<f64>,
    comes: &'a Comes<'a>,
    /// What was found of the shape before: of many slots on the same processors these are asked only once.
    known: Cell<Option<Open>>,
}

impl Asked<'_> {
    /// Whether it is in time and no slot is too busy.
    fn is_met(&self, shape: Shape) -> bool {
        let Comes { rate_per_s, arrivals, waiting } = *self.comes;
        let has_room = |open: &Open| {
            let room = |slots: u64| rate_per_s * open.held_s <= self.utilisation * slots as f64 * (1.0 + 1e-12);
            shape.slots.is_none_or(room)
        };
        let known = self.known.get();
        let enough = |open: &Open| {
            self.known.set(Some(*open));
            has_room(open)
        };
        let flow = Flow::while_even(&self.demand, shape, (rate_per_s, arrivals), waiting, (known.as_ref(), enough));
        let Some(flow) = flow.filter(Flow::is_bounded) else { return false };
        let in_time = |target_s| flow.p95_s().is_some_and(|p95_s| p95_s <= target_s);
        self.target_s.is_none_or(in_time)
    }

    /// Processes and slots on so many processors.
    fn with_slots(&self, slots: Slots, cpus: u64) -> Deployment {
        // A slot is held for no less than the request takes alone.
        let least = whole(self.comes.rate_per_s * self.demand.alone_s() / self.utilisation);
        let fewest = |from: u64, own: bool| {
            smallest(from.max(least), |slots| {
                self.is_met(Shape { slots: Some(slots), busy: cpus, own_processor: own && slots <= cpus })
            })
        };
        match slots {
            Slots::One => Deployment { processes: fewest(cpus, true), slots_per_process: Some(1), cpus },
            Slots::Threads(most) => {
                let slots = fewest(1, false);
                let processes = cpus.max(slots.div_ceil(u64::from(most.max(1))));
                Deployment { processes, slots_per_process: Some(slots.div_ceil(processes).max(2)), cpus }
            }
            Slots::Pool(size) => {
                let size = u64::from(size.max(1));
                let processes = cpus.max(fewest(1, false).div_ceil(size));
                Deployment { processes, slots_per_process: Some(size), cpus }
            }
            Slots::Unlimited => Deployment { processes: cpus, slots_per_process: None, cpus },
        }
    }
}
