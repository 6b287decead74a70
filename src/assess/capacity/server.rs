//! A service on its server, as the model sees it.

/// What one request asks of its server, in seconds.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Demand {
    /// Z: waiting for others, while no processor is needed.
    pub wait_s: f64,
    /// D': processor time, what the server itself loses included.
    pub cpu_s: f64,
    /// The part of `cpu_s` that is one piece of computing of the service's own, during which nothing else gets its turn.
    pub cpu_step_s: f64,
    /// The share of requests that wait, by way of those they call, for one more request of their own kind, which holds a slot as well; 0 where
    /// none does. With all slots held by such as wait, none is ever free again.
    pub comes_back: f64,
}

impl Demand {
    /// The response to a request that meets no other, in seconds.
    pub fn alone_s(&self) -> f64 {
        self.wait_s + self.cpu_s
    }
}

/// How many processes with how many slots on how many processors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deployment {
    /// P: processes.
    pub processes: u64,
    /// T: requests that a process can have in work at the same time; `None` for as many as come.
    pub slots_per_process: Option<u64>,
    /// C: processors the service has to itself.
    pub cpus: u64,
}

impl Deployment {
    /// One process on one processor.
    pub fn single(slots_per_process: Option<u64>) -> Self {
        Self { processes: 1, slots_per_process, cpus: 1 }
    }

    /// As much of everything as another, or more.
    pub(super) fn no_less_than(&self, other: &Self) -> Self {
        Self {
            processes: self.processes.max(other.processes),
            slots_per_process: self.slots_per_process.max(other.slots_per_process),
            cpus: self.cpus.max(other.cpus),
        }
    }

    /// S: requests in work at the same time, over all processes.
    pub fn slots(&self) -> Option<u64> {
        self.slots_per_process.map(|slots| slots.saturating_mul(self.processes))
    }

    /// m: processors that can be busy, as a process computes on one at a time.
    pub fn busy_cpus(&self) -> u64 {
        self.processes.min(self.cpus)
    }

    /// Whether processes serve one request after the other.
    pub fn is_synchronous(&self) -> bool {
        self.slots_per_process == Some(1)
    }
}

/// A demand on a deployment: what all questions of the model are asked of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Server {
    /// What a request asks.
    pub demand: Demand,
    /// What there is.
    pub deployment: Deployment,
}

impl Server {
    /// `X_max = min(S / (Z + D'), m / D')`, in requests a second: no load beyond it can be served for long (Little's law for the slots,
    /// the utilisation law for the processors).
    pub fn saturation_per_s(&self) -> f64 {
        let slots = self.deployment.slots().map_or(f64::INFINITY, |slots| slots as f64 / self.demand.alone_s());
        slots.min(self.deployment.busy_cpus() as f64 / self.demand.cpu_s)
    }

    /// The share of the processors that `rate_per_s` keeps busy, `L * D' / m`.
    pub fn cpu_utilisation(&self, rate_per_s: f64) -> f64 {
        rate_per_s * self.demand.cpu_s / self.deployment.busy_cpus() as f64
    }
}
