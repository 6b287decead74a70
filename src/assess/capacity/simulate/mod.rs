//! The same network played event by event: what the formulas are worth.
//!
//! Requests from outside come at random (Poisson) to each service at the rate that its simulated callers do not account for. A request
//! takes a slot, computes on a processor, then waits for its calls (other services are called for real) and its round trips, and lets
//! go of the slot. The same seed gives the same run on every machine.

mod chance;
mod network;
mod observe;
mod run;

use indexmap::IndexMap;

use super::results::Capacity;
use crate::{progress::Progress, project::ComponentId};
use network::Network;
use run::Run;

/// Most requests that are played; a longer time is cut short.
const MOST_REQUESTS: f64 = 5e6;

/// What a run that tells how far it has come counts up to.
pub const SIMULATION_STEPS: u64 = 200;

/// How the processor time of requests varies around its mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spread {
    /// Not at all.
    Even,
    /// As much as exponential times do.
    Exponential,
}

/// What was seen in a simulation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Simulated {
    /// Every service that was asked anything, in document order.
    pub services: IndexMap<ComponentId, Observed>,
    /// Seconds that were played.
    pub seconds: f64,
    /// Whether that is less than was asked for, as it would have been too many requests.
    pub cut_short: bool,
}

/// A figure with the half width of its 95 % confidence interval (batch means).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Estimate {
    /// The figure.
    pub value: f64,
    /// The interval reaches so far to both sides; infinite where there were too few requests to say.
    pub half_width: f64,
}

impl Estimate {
    /// Whether the interval holds a value, with a further tolerance as a share of it.
    pub fn holds(&self, value: f64, tolerance: f64) -> bool {
        (self.value - value).abs() <= self.half_width + tolerance * value.abs()
    }
}

/// What was seen of one service.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Observed {
    /// Requests that were answered after the warm-up.
    pub requests: u64,
    /// Mean response, in seconds.
    pub mean_s: Estimate,
    /// 95 of 100 were answered within this time, in seconds.
    pub p95_s: Estimate,
    /// Mean wait for slot and processor, in seconds.
    pub wait_mean_s: Estimate,
    /// 95 of 100 waited no longer for slot and processor, in seconds.
    pub wait_p95_s: Estimate,
}

/// Plays the planned deployments (a single process where the load is unknown, which is then asked by its callers alone) for so many seconds,
/// of which the first tenth is not looked at.
pub fn simulate(capacity: &Capacity, seconds: f64, seed: u64, spread: Spread) -> Simulated {
    simulate_while(capacity, seconds, seed, spread, &Progress::default()).unwrap_or_default()
}

/// The same for somebody who waits: counts [`SIMULATION_STEPS`] steps; `None` once it is cancelled.
pub fn simulate_while(
    capacity: &Capacity,
    seconds: f64,
    seed: u64,
    spread: Spread,
    progress: &Progress,
) -> Option<Simulated> {
    let network = Network::new(capacity, spread);
    let most_s = MOST_REQUESTS / network.total_per_s.max(f64::MIN_POSITIVE);
    let played_s = if seconds.is_finite() { seconds.clamp(0.0, most_s) } else { 0.0 };
    let seen = Run::new(&network, seed).until(played_s, progress)?;
    let observed = network.names.iter().zip(seen).filter_map(|(id, seen)| Some(((*id).clone(), seen.observed()?)));
    Some(Simulated { services: observed.collect(), seconds: played_s, cut_short: played_s < seconds })
}

/// The seconds in which about so many requests come, over all services; `None` where nothing comes.
pub fn seconds_for(capacity: &Capacity, requests: f64) -> Option<f64> {
    let per_s = Network::new(capacity, Spread::Even).total_per_s;
    (per_s > 0.0).then(|| requests / per_s)
}
