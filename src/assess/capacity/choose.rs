//! Which server of its framework a service is planned on.

use super::results::{Answers, ServerCapacity, TargetVerdict};
use crate::project::FrameworkId;

/// A server further down the list has to be cheaper by this much to be taken.
const WORTH_IT: f64 = 1.1;

/// The first server of a framework that does it at no more than a tenth above the least cost; where none does, the one that falls short the
/// least: the soonest of those that hold, else the one that holds most.
pub(super) fn choose(servers: &[ServerCapacity], framework: Option<&FrameworkId>, held_up: bool) -> Option<usize> {
    let own = servers.iter().enumerate().filter(|(_, server)| Some(&server.framework) == framework);
    let in_time = |(_, server): &(usize, &ServerCapacity)| {
        server.target != TargetVerdict::Missed && server.planned().answers != Answers::Unbounded
    };
    let all: Vec<(usize, &ServerCapacity)> = own.collect();
    let fit: Vec<(usize, &ServerCapacity)> = all.iter().copied().filter(in_time).collect();
    // Where somebody else holds it up, none of them is better than another but by its price.
    let fit = if fit.is_empty() && held_up { all.clone() } else { fit };
    if fit.is_empty() {
        return least_short(&all);
    }
    let least = fit.iter().map(|(_, server)| cost(server)).fold(f64::INFINITY, f64::min);
    fit.iter().find(|(_, server)| cost(server) <= least * WORTH_IT).map(|(at, _)| *at)
}

/// Of those that do not do it: the cheapest of those that are hardly later than the soonest, else the one that holds most.
fn least_short(all: &[(usize, &ServerCapacity)]) -> Option<usize> {
    let p95_s = |server: &ServerCapacity| server.planned().answers.p95_s();
    let soonest = all.iter().filter_map(|(_, server)| p95_s(server)).reduce(f64::min);
    let Some(soonest_s) = soonest else {
        let most = |server: &ServerCapacity| server.bounded_up_to_per_s();
        return all.iter().min_by(|(_, a), (_, b)| most(b).total_cmp(&most(a))).map(|(at, _)| *at);
    };
    let soon = all.iter().filter(|(_, server)| p95_s(server).is_some_and(|p95_s| p95_s <= soonest_s * WORTH_IT));
    soon.min_by(|(_, a), (_, b)| cost(a).total_cmp(&cost(b))).map(|(at, _)| *at)
}

fn cost(server: &ServerCapacity) -> f64 {
    server.plan.as_ref().map_or(0.0, |plan| plan.usd_per_month)
}
