//! So many clients, each of whom asks again as soon as it is answered: the machine repairman.

use super::server::Server;

/// Terms smaller than this share of the sum do not change it any more.
const NEGLIGIBLE: f64 = 1e-17;
/// From here on a step of computing is felt by what shares a processor with it, in seconds (measured: threads and spare processes lost
/// what the exact model promises from 5 ms on).
const LONG_STEP_S: f64 = 0.005;

/// A service under so many clients that ask without a pause.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Closed {
    /// The clients.
    pub clients: u64,
    /// Answers a second, exact for the model.
    pub throughput_per_s: f64,
    /// The least it can be: everybody in turn.
    pub low_per_s: f64,
    /// The most it can be: nobody in the way of anybody.
    pub high_per_s: f64,
    /// What to plan on.
    pub planned_per_s: f64,
}

impl Closed {
    /// Mean response in seconds at the planned throughput, `R = N / X` (Little's law).
    pub fn response_s(&self) -> f64 {
        self.clients as f64 / self.planned_per_s
    }
}

impl Server {
    /// Throughput under `clients` who ask without a pause: `n = min(N, S)` of them are in work, each waits `Z` and computes `D'` on one of
    /// `m` processors. Exact: the birth-death chain of the machine repairman (Palm, 1947; the same as exact mean value analysis for these
    /// two stations, Reiser and Lavenberg, 1980).
    ///
    /// Plan on the low end for threads, or for more processes than processors, where a step of computing takes 5 ms or more.
    pub fn closed(&self, clients: u64) -> Closed {
        let n = self.deployment.slots().map_or(clients, |slots| slots.min(clients));
        let (z, d, m) = (self.demand.wait_s, self.demand.cpu_s, self.deployment.busy_cpus());
        let (count, busy) = (n as f64, m as f64);
        let throughput_per_s = if n == 0 {
            0.0
        } else if d <= 0.0 {
            count / z
        } else if z <= 0.0 {
            count.min(busy) / d
        } else {
            mean_busy(n, m, d / z) / d
        };
        let low_per_s = count / (z + (count / busy).max(1.0) * d);
        let high_per_s = (count / (z + d)).min(busy / d);
        let shared = self.deployment.slots_per_process.is_some_and(|slots| slots > 1)
            || self.deployment.processes > self.deployment.cpus;
        let planned_per_s = if shared && self.demand.cpu_step_s >= LONG_STEP_S { low_per_s } else { throughput_per_s };
        Closed { clients, throughput_per_s, low_per_s, high_per_s, planned_per_s }
    }
}

/// The mean number of busy processors of `m`, with `n` in work and `ratio` the computing for each second of waiting.
///
/// `p_j = p_(j-1) * (n-j+1)/Z / (min(j,m)/D')` has one summit. The sums begin there and go both ways until terms die out, so neither size
/// nor load can overflow them.
fn mean_busy(n: u64, m: u64, ratio: f64) -> f64 {
    let growth = |j: u64| (n - j + 1) as f64 * ratio / j.min(m) as f64;
    let (mut summit, mut beyond) = (0, n + 1);
    while beyond - summit > 1 {
        let middle = summit + (beyond - summit) / 2;
        if growth(middle) >= 1.0 { summit = middle } else { beyond = middle }
    }
    let busy = |j: u64| j.min(m) as f64;
    let (mut weights, mut sum) = (1.0, busy(summit));
    let mut add = |term: f64, j: u64| {
        weights += term;
        sum += term * busy(j);
        term >= weights * NEGLIGIBLE
    };
    let mut term = 1.0;
    for j in summit + 1..=n {
        term *= growth(j);
        if !add(term, j) {
            break;
        }
    }
    term = 1.0;
    for j in (0..summit).rev() {
        term /= growth(j + 1);
        if !add(term, j) {
            break;
        }
    }
    sum / weights
}
