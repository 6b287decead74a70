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

    /// The same where requests come `batch` at a time, until the first of a batch is served: a batch keeps `c / k` groups of servers busy like
    /// one long request (exact for M^[X]/M/1; an approximation of ours for more servers, held to the simulation by a test).
    pub(super) fn in_batches(load: f64, servers: u64, service_s: f64, cs2: f64, batch: f64) -> Option<Self> {
        let alone = Self::new(load, servers, service_s, cs2)?;
        if batch <= 1.0 {
            return Some(alone);
        }
        let groups = (servers as f64 / batch).round().max(1.0);
        let delayed = erlang_c(groups as u64, load / servers as f64 * groups).max(alone.delayed);
        let free = servers as f64 - load;
        Some(Self { delayed, wait_of_delayed_s: service_s / free * f64::midpoint(batch, cs2) })
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
