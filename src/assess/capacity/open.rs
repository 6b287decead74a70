//! Requests that come whether or not others are answered: two queues, one for a slot and one for a processor.

use super::{
    batches::Arrivals,
    flow::{Flow, Waiting},
    lock_up::locks_up,
    queue::{Offered, Queue},
    server::{Demand, Deployment, Server},
    sizing::TARGET_SHARE,
    times::Times,
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

/// What comes to the two queues.
#[derive(Clone, Copy, Debug)]
pub(super) struct Coming {
    pub(super) rate_per_s: f64,
    /// The squared coefficient of variation of service times.
    pub(super) cs2: f64,
    /// How many requests come at a time.
    pub(super) batch: f64,
    /// The most that can be there at the same moment, since those who call it hold no more.
    pub(super) most: f64,
    /// How far the waiting for others varies, in seconds squared.
    pub(super) waiting_s2: f64,
}

impl Default for Coming {
    fn default() -> Self {
        Self { rate_per_s: 0.0, cs2: 1.0, batch: 1.0, most: f64::INFINITY, waiting_s2: 0.0 }
    }
}

impl Shape {
    pub(super) fn of(deployment: &Deployment) -> Self {
        let busy = deployment.busy_cpus();
        let own_processor = deployment.is_synchronous() && deployment.processes <= busy;
        Self { slots: deployment.slots(), busy, own_processor }
    }
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
    /// For those of the same batch.
    pub(super) mates: Mates,
    /// The part of that wait that is for a slot, in seconds.
    for_slot_s: f64,
    /// To processors and to slots.
    offered: [Offered; 2],
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
    /// Under `rate_per_s`, with `cs2` the squared coefficient of variation of service times. `None` where a queue grows
    /// without bound: `L D' >= m` or `L H >= S`; or where requests that wait for others of their own kind would hold all slots too often,
    /// as then they lock each other up in the end.
    ///
    /// First the queue for a processor, `Wc = W(L D', m, D')`, then the one for a slot, which is held meanwhile: `H = Z + D' + Wc`,
    /// `Ws = W(L H, S, H)`. Without slots there is no second queue; synchronous workers that have a processor each only
    /// have that one.
    pub fn new(server: &Server, rate_per_s: f64, cs2: f64) -> Option<Self> {
        Self::of(&server.demand, Shape::of(&server.deployment), &Coming { rate_per_s, cs2, ..Coming::default() }, None)
    }

    /// The same with more said of what comes. `known` is the same service under the same load with other service times.
    pub(super) fn of(demand: &Demand, shape: Shape, coming: &Coming, known: Option<&Self>) -> Option<Self> {
        let alone_s = demand.alone_s();
        let Coming { rate_per_s, cs2, batch, most, waiting_s2 } = *coming;
        // What comes back comes in bunches (an assumption, held to the simulation).
        let cs2 = cs2 + demand.comes_back;
        let [to_cpus, to_slots] = [0, 1].map(|which| known.map(|known| &known.offered[which]));
        let (mut cpu, mut mates) = (Queue::default(), Mates::none(demand.cpu_s));
        // Whoever has a slot of these has a processor, so that for slots is the only queue.
        let offered = if shape.own_processor {
            Offered::new(0.0, shape.busy, 1.0, to_cpus)
        } else {
            let offered = Offered::new(rate_per_s * demand.cpu_s, shape.busy, batch, to_cpus);
            cpu = Queue::in_batches(&offered, demand.cpu_s, cs2)?.among(most, shape.busy, demand.cpu_s);
            mates = Mates::of(&offered, demand.cpu_s, cpu.delayed);
            offered
        };
        let held_s = alone_s + cpu.wait_s() + mates.mean_s();
        let (mut slot, mut for_slot_s, mut of_slots) = (Queue::default(), 0.0, offered);
        if let Some(slots) = shape.slots {
            // A slot is held for as long as others take to answer, however much that varies.
            let cs2 = if held_s > 0.0 { cs2.max(waiting_s2 / held_s.powi(2)) } else { cs2 };
            of_slots = Offered::new(rate_per_s * held_s, slots, batch, to_slots);
            slot = Queue::in_batches(&of_slots, held_s, cs2)?.among(most, slots, held_s);
            if locks_up(of_slots.load, slots, demand.comes_back) {
                return None;
            }
            let of_slot = Mates::of(&of_slots, held_s, slot.delayed);
            // Whoever has waited for a slot behind the others of its batch finds them gone at the processors.
            if of_slot.mean_s() > mates.mean_s() {
                for_slot_s = of_slot.mean_s();
                mates = of_slot;
            }
        }
        Some(Self { alone_s, held_s, cpu, slot, mates, for_slot_s, offered: [offered, of_slots] })
    }

    /// Mean response in seconds, `R = H + Ws`.
    pub fn mean_s(&self) -> f64 {
        self.held_s + self.slot.wait_s() + self.for_slot_s
    }

    /// The response that a share `p` of the requests stays under, in seconds: `R_p = Z + D'` and the longer of the two waits (the two
    /// queues are seldom long at once).
    pub fn percentile_s(&self, p: f64) -> f64 {
        self.alone_s + self.mates.mean_s() + self.cpu.percentile_s(p).max(self.slot.percentile_s(p))
    }

    /// The same where `base` is what a request takes that finds nobody before it. No less than where everybody waits as long as they do on
    /// average.
    pub(super) fn percentile_over_s(&self, base: &Times, p: f64) -> f64 {
        let with = |queue: &Queue| base.percentile_with_wait_s(queue.delayed, queue.wait_of_delayed_s, p);
        let found_s = with(&self.cpu).max(with(&self.slot));
        // Of the slow ones only: a median may well lie below the mean.
        if p < TARGET_SHARE { found_s } else { found_s.max(base.percentile_s(p) + self.queues_s()) }
    }

    /// Both queues on average, in seconds, without those of the same batch.
    fn queues_s(&self) -> f64 {
        self.cpu.wait_s() + self.slot.wait_s()
    }

    /// Both queues: the longer one as it varies, the other as it is on average.
    pub(super) fn waits(&self) -> Times {
        let (long, short) =
            if self.cpu.wait_s() >= self.slot.wait_s() { (&self.cpu, &self.slot) } else { (&self.slot, &self.cpu) };
        Times::wait(long.delayed, long.wait_of_delayed_s).and(short.wait_s())
    }
}

/// Those who come at the same moment and are served before.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Mates {
    /// How many come at a time, oneself included.
    batch: f64,
    servers: f64,
    service_s: f64,
    delayed: f64,
}

/// A batch is told in so many times at most.
const MATES: usize = 8;

impl Mates {
    fn of(offered: &Offered, service_s: f64, delayed: f64) -> Self {
        Self { batch: offered.batch, servers: offered.servers as f64, service_s, delayed }
    }

    /// Everybody comes alone.
    fn none(service_s: f64) -> Self {
        Self { batch: 1.0, servers: 1.0, service_s, delayed: 0.0 }
    }

    pub(super) fn any(&self) -> bool {
        self.batch > 1.0
    }

    /// The wait behind so many of them: they are served as many at a time as there are servers, whole rounds of them where all are free.
    fn behind_s(&self, others: f64) -> f64 {
        let rounds = others / self.servers;
        self.service_s * (self.delayed * rounds + (1.0 - self.delayed) * (rounds + SLIP).floor())
    }

    /// The wait of the last of `count` that come at once, in seconds.
    pub(super) fn last_s(&self, count: f64) -> f64 {
        if count > 1.0 { self.behind_s(count - 1.0) } else { 0.0 }
    }

    /// The mean over all of a batch, in seconds.
    pub(super) fn mean_s(&self) -> f64 {
        if self.any() { self.times().mean_s() } else { 0.0 }
    }

    /// As it varies over a batch.
    pub(super) fn times(&self) -> Times {
        if !self.any() {
            return Times::always(0.0);
        }
        let count = (self.batch.ceil() as usize).clamp(2, MATES);
        let step = (self.batch - 1.0) / (count - 1) as f64;
        Times::evenly((0..count).map(|at| self.behind_s(step * at as f64)))
    }
}

/// What a quotient may be off by rounding.
const SLIP: f64 = 1e-9;

impl Server {
    /// How long answers take under `rate_per_s`; `None` where the queue grows without bound (say so, and give the saturation).
    pub fn response(&self, rate_per_s: f64) -> Option<Response> {
        Some(Flow::new(self, rate_per_s, Arrivals::ALONE, &Waiting::fixed(self.demand.wait_s))?.response())
    }

    /// The share of what is scarcest that `rate_per_s` keeps busy: processors, or slots (with the time they are held). 1 or more is
    /// unbounded.
    pub fn utilisation(&self, rate_per_s: f64) -> f64 {
        let cpus = self.cpu_utilisation(rate_per_s);
        // How busy slots are until they lock each other up.
        let goes_on = Self { demand: Demand { comes_back: 0.0, ..self.demand }, ..*self };
        let open = Open::new(&goes_on, rate_per_s, 0.0);
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
