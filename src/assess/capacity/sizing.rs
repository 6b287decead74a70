//! How many processes, slots and processors a load takes.

use super::{
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
    let alone_s = demand.alone_s();
    if target_s.is_some_and(|target_s| alone_s > target_s) {
        return Err(OutOfReach { alone_s });
    }
    let asked = Asked { demand, rate_per_s, utilisation, target_s };
    let least = whole(rate_per_s * demand.cpu_s / utilisation);
    let cpus = smallest(least, |busy| asked.is_met(Shape { slots: None, busy, own_processor: false }));
    Ok(asked.with_slots(slots, cpus))
}

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

struct Asked {
    demand: Demand,
    rate_per_s: f64,
    utilisation: f64,
    target_s: Option<f64>,
}

impl Asked {
    /// Whether it is in time and no slot is too busy.
    fn is_met(&self, shape: Shape) -> bool {
        let open = |cs2| Open::of(&self.demand, shape, self.rate_per_s, cs2);
        let (Some(even), Some(varying)) = (open(0.0), open(1.0)) else { return false };
        let room = |slots: u64| self.rate_per_s * even.held_s <= self.utilisation * slots as f64 * (1.0 + 1e-12);
        shape.slots.is_none_or(room)
            && self.target_s.is_none_or(|target_s| varying.percentile_s(TARGET_SHARE) <= target_s)
    }

    /// Processes and slots on so many processors.
    fn with_slots(&self, slots: Slots, cpus: u64) -> Deployment {
        let fewest = |from: u64, own: bool| {
            smallest(from, |slots| {
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
