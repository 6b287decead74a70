//! One deployment under other loads than the present one: how long answers take as more comes.

use super::{
    results::{Performance, ServerCapacity},
    server::Server,
};

/// How many points a curve has at most.
const POINTS: u32 = 96;
/// The share of where queues lose their bound up to which it is followed.
const FURTHEST: f64 = 0.995;
/// Halvings in which the load is found that a target just holds under: more than the digits anybody reads.
const HALVINGS: u32 = 24;

/// How long answers take under a load.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LoadPoint {
    /// Requests a second.
    pub rate_per_s: f64,
    /// Mean in seconds.
    pub mean_s: f64,
    /// 95th percentile in seconds.
    pub p95_s: f64,
}

/// A deployment under every load that it can answer. Its calls take as long as they do under that load where the whole plan is asked
/// ([`Capacity::load_curve`](super::Capacity::load_curve)), and as long as under the present one where a server alone is
/// ([`ServerCapacity::under_load`]).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LoadCurve {
    /// From next to no load up to where answers have no bound, closer to each other towards the end.
    pub points: Vec<LoadPoint>,
    /// The most it answers, in requests a second.
    pub saturation_per_s: f64,
    /// The load from which on queues grow without bound, in requests a second: at most that.
    pub bounded_up_to_per_s: f64,
    /// The load up to which the p95 stays within the target, in requests a second; `None` without a target, or where it never does.
    pub in_time_up_to_per_s: Option<f64>,
}

impl ServerCapacity {
    /// The planned deployment, else a single process, under other loads, with calls that take as long as they do now; `target_s` is the p95
    /// that is to hold, in seconds.
    pub fn under_load(&self, target_s: Option<f64>) -> LoadCurve {
        let Performance { deployment, saturation_per_s, .. } = *self.planned();
        let server = Server { demand: self.demand, deployment };
        if !saturation_per_s.is_finite() {
            return LoadCurve { saturation_per_s, bounded_up_to_per_s: saturation_per_s, ..LoadCurve::default() };
        }
        let bounded_up_to_per_s = server.bounded_up_to_per_s();
        let at = |rate_per_s: f64| {
            let response = server.response(rate_per_s)?;
            Some(LoadPoint { rate_per_s, mean_s: response.mean_s, p95_s: response.p95_s? })
        };
        let share = |step: u32| {
            let left = 1.0 - f64::from(step) / f64::from(POINTS);
            FURTHEST * (1.0 - left * left)
        };
        let points: Vec<LoadPoint> = (0..=POINTS).map_while(|step| at(share(step) * bounded_up_to_per_s)).collect();
        let in_time_up_to_per_s = target_s.and_then(|target_s| in_time_up_to(&server, bounded_up_to_per_s, target_s));
        LoadCurve { points, saturation_per_s, bounded_up_to_per_s, in_time_up_to_per_s }
    }
}

/// The load up to which the p95 stays within a target, in requests a second; `None` where it never does.
fn in_time_up_to(server: &Server, bounded_up_to_per_s: f64, target_s: f64) -> Option<f64> {
    let in_time = |rate_per_s: f64| {
        let p95_s = server.response(rate_per_s).and_then(|response| response.p95_s);
        p95_s.is_some_and(|p95_s| p95_s <= target_s)
    };
    if !in_time(0.0) {
        return None;
    }
    let (mut low, mut high) = (0.0, bounded_up_to_per_s);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        *(if in_time(middle) { &mut low } else { &mut high }) = middle;
    }
    Some(low)
}
