//! Requests that come whether or not others are answered: two queues, one for a slot and one for a processor.

use super::{
    queue::Queue,
    server::{Demand, Server},
};

/// What of a deployment the two queues depend on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    /// S; `None` without a limit.
    pub(super) slots: Option<u64>,
    /// m: processors that can be busy.
    pub(super) busy: u64,
    /// Synchronous workers with a processor each: whoever has a slot has a processor.
    pub(super) own_processor: bool,
}

/// A service under a steady rate of requests.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Open {
    /// Z + D': the response to a request that meets no other, in seconds.
    alone_s: f64,
    /// H: how long a request keeps its slot, in seconds.
    pub held_s: f64,
    /// For a processor.
    pub cpu: Queue,
    /// For a slot.
    pub slot: Queue,
}

/// How long answers take, in seconds. `None` is "unbounded", which is no number.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Response {
    /// On average (service times that do not vary, as the measured ones hardly did).
    pub mean_s: f64,
    /// As many under as over (service times that vary as much as exponential ones, to be on the safe side).
    pub p50_s: Option<f64>,
    /// 95 of 100 stay under it (as for the median).
    pub p95_s: Option<f64>,
    /// 99 of 100 stay under it, where service times do not vary.
    pub p99_low_s: f64,
    /// 99 of 100 stay under it, where they vary as much as exponential ones.
    pub p99_high_s: Option<f64>,
}

impl Response {
    /// The response where nobody meets anybody.
    pub fn alone(seconds: f64) -> Self {
        let known = Some(seconds);
        Self { mean_s: seconds, p50_s: known, p95_s: known, p99_low_s: seconds, p99_high_s: known }
    }
}

impl Open {
    /// The service under `rate_per_s`, with service times of a squared coefficient of variation `cs2`; `None` where the queue grows
    /// without bound: `L D' >= m` or `L H >= S`.
    ///
    /// First the queue for a processor, `Wc = W(L D', m, D')`, then the one for a slot, which is held meanwhile: `H = Z + D' + Wc`,
    /// `Ws = W(L H, S, H)`. Without slots there is no second queue; synchronous workers that have a processor each only
    /// have that one.
    pub fn new(server: &Server, rate_per_s: f64, cs2: f64) -> Option<Self> {
        let deployment = &server.deployment;
        let busy = deployment.busy_cpus();
        let own_processor = deployment.is_synchronous() && deployment.processes <= busy;
        Self::of(&server.demand, Shape { slots: deployment.slots(), busy, own_processor }, rate_per_s, cs2)
    }

    pub(super) fn of(demand: &Demand, shape: Shape, rate_per_s: f64, cs2: f64) -> Option<Self> {
        let alone_s = demand.alone_s();
        let cpu = Queue::new(rate_per_s * demand.cpu_s, shape.busy, demand.cpu_s, cs2)?;
        let cpu = if shape.own_processor { Queue::default() } else { cpu };
        let held_s = alone_s + cpu.wait_s();
        let slot = match shape.slots {
            Some(slots) => Queue::new(rate_per_s * held_s, slots, held_s, cs2)?,
            None => Queue::default(),
        };
        Some(Self { alone_s, held_s, cpu, slot })
    }

    /// Mean response in seconds, `R = H + Ws`.
    pub fn mean_s(&self) -> f64 {
        self.held_s + self.slot.wait_s()
    }

    /// The response that a share `p` of the requests stays under, in seconds: `R_p = Z + D'` and the longer of the two waits (the two
    /// queues are seldom long at once).
    pub fn percentile_s(&self, p: f64) -> f64 {
        self.alone_s + self.cpu.percentile_s(p).max(self.slot.percentile_s(p))
    }
}

impl Server {
    /// How long answers take under `rate_per_s`; `None` where the queue grows without bound (say so, and give the saturation).
    pub fn response(&self, rate_per_s: f64) -> Option<Response> {
        let even = Open::new(self, rate_per_s, 0.0)?;
        let varying = Open::new(self, rate_per_s, 1.0);
        Some(Response {
            mean_s: even.mean_s(),
            p50_s: varying.map(|open| open.percentile_s(0.5)),
            p95_s: varying.map(|open| open.percentile_s(0.95)),
            p99_low_s: even.percentile_s(0.99),
            p99_high_s: varying.map(|open| open.percentile_s(0.99)),
        })
    }

    /// The share of what is scarcest that `rate_per_s` keeps busy: processors, or slots (with the time they are held). 1 or more is
    /// unbounded.
    pub fn utilisation(&self, rate_per_s: f64) -> f64 {
        let cpus = self.cpu_utilisation(rate_per_s);
        let open = Open::new(self, rate_per_s, 0.0);
        let share = |held_s: f64| self.deployment.slots().map_or(0.0, |slots| rate_per_s * held_s / slots as f64);
        // Where a queue has no bound its waits are no number, and something is busy all the time.
        let slots = open.map_or_else(|| share(self.demand.alone_s()).max(1.0), |open| share(open.held_s));
        cpus.max(slots)
    }

    /// The load in requests a second from which on a queue grows without bound (`L D' >= m` or `L H >= S`, with `H` the time that a slot is
    /// held, waits for a processor included): at most the saturation, and below it where slots are held while processors are waited for.
    pub fn bounded_up_to_per_s(&self) -> f64 {
        let most = self.saturation_per_s();
        let holds = |rate_per_s: f64| Open::new(self, rate_per_s, 0.0).is_some();
        if !most.is_finite() || holds(most * (1.0 - 1e-6)) {
            return most;
        }
        let (mut low, mut high) = (0.0, most);
        for _ in 0..40 {
            let middle = f64::midpoint(low, high);
            if holds(middle) { low = middle } else { high = middle }
        }
        low
    }
}
