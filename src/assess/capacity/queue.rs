//! One queue in front of several equal servers.

use super::erlang::erlang_c;

/// A queue in front of several equal servers, with arrivals at random.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Queue {
    /// The probability of having to wait, 0 to 1.
    pub delayed: f64,
    /// How long those wait on average who have to, in seconds.
    pub wait_of_delayed_s: f64,
}

impl Queue {
    /// A queue with `load` (Erlangs) in front of `servers`, each busy for `service_s` seconds with a request. `cs2` is the squared
    /// coefficient of variation of that time: 1 for exponential, 0 for always the same. `None` where it grows without bound.
    ///
    /// `W = ErlangC(c, a) * T / (c - a) * (1 + cs2) / 2`: exact for M/M/c; Lee and Longton's approximation for M/G/c (1959).
    pub fn new(load: f64, servers: u64, service_s: f64, cs2: f64) -> Option<Self> {
        let free = servers as f64 - load;
        if free.is_nan() || free <= 0.0 {
            return None;
        }
        Some(Self { delayed: erlang_c(servers, load), wait_of_delayed_s: service_s / free * f64::midpoint(1.0, cs2) })
    }

    /// The same where requests come `batch` at a time, until the first of a batch is served. `None` where it grows without bound.
    pub(super) fn in_batches(offered: &Offered, service_s: f64, cs2: f64) -> Option<Self> {
        let (delayed, free) = (offered.delayed?, offered.servers as f64 - offered.load);
        Some(Self { delayed, wait_of_delayed_s: service_s / free * f64::midpoint(offered.batch.max(1.0), cs2) })
    }

    /// The same where no more than `most` can be there at the same moment: nobody has more than the others before him.
    #[must_use]
    pub(super) fn among(self, most: f64, servers: u64, service_s: f64) -> Self {
        let ahead = most - servers as f64;
        if ahead <= 0.0 {
            return Self::default();
        }
        let longest_s = ahead / servers as f64 * service_s;
        Self { wait_of_delayed_s: self.wait_of_delayed_s.min(longest_s), ..self }
    }

    /// Mean wait of all requests, in seconds.
    pub fn wait_s(&self) -> f64 {
        self.delayed * self.wait_of_delayed_s
    }

    /// The wait that a share `p` of all requests stays under, in seconds: `(W/C) ln(C / (1 - p))`, and nothing where not even one in
    /// `1 / (1 - p)` has to wait. The wait of those who have to is exponential in M/M/c.
    pub fn percentile_s(&self, p: f64) -> f64 {
        let beyond = 1.0 - p;
        if self.delayed > beyond { self.wait_of_delayed_s * (self.delayed / beyond).ln() } else { 0.0 }
    }
}

/// What is offered to the servers of a queue. How many have to wait depends on that alone, and is worked out once, whatever service times vary
/// by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Offered {
    /// In Erlangs.
    pub(super) load: f64,
    pub(super) servers: u64,
    /// How many requests come at a time.
    pub(super) batch: f64,
    /// The probability that the first of a batch has to wait; `None` where the queue grows without bound.
    delayed: Option<f64>,
}

impl Offered {
    /// `known` is another queue, which may be the same.
    pub(super) fn new(load: f64, servers: u64, batch: f64, known: Option<&Self>) -> Self {
        let same = |known: &&Self| (known.load, known.servers, known.batch) == (load, servers, batch);
        if let Some(known) = known.filter(same) {
            return *known;
        }
        let offered = Self { load, servers, batch, delayed: None };
        let free = servers as f64 - load;
        let is_bounded = !free.is_nan() && free > 0.0;
        Self { delayed: is_bounded.then(|| offered.first_delayed()), ..offered }
    }

    /// A batch keeps `c / k` groups of servers busy like one long request (exact for M^[X]/M/1; an approximation of ours for more servers, held
    /// to the simulation by a test).
    fn first_delayed(&self) -> f64 {
        let alone = erlang_c(self.servers, self.load);
        if self.batch <= 1.0 {
            return alone;
        }
        let groups = (self.servers as f64 / self.batch).round().max(1.0);
        erlang_c(groups as u64, self.load / self.servers as f64 * groups).max(alone)
    }
}
