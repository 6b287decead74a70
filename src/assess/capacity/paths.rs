//! The ways of requests from outside through a plan.

use super::{
    results::{Answers, ServiceCapacity},
    work::Waited,
};
use crate::{
    assess::graph::Graph,
    project::{ComponentId, ComponentKind, ConnectionId},
};

/// A request's way from where it comes in to the service or outside system that it waits for longest.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestPath {
    /// Who asks; `None` for a service that nobody is drawn to call.
    pub caller: Option<ComponentId>,
    /// The services it goes through, the first one first, and the one it waits for longest at each of them.
    pub steps: Vec<PathStep>,
    /// Mean time of the whole answer, in seconds; `None` where a service on the way cannot answer its load.
    pub mean_s: Option<f64>,
    /// 95 of 100 are answered within this time.
    pub p95_s: Option<f64>,
    /// 99 of 100 are answered within this time, where service times vary as much as exponential ones.
    pub p99_s: Option<f64>,
    /// The p95 that the first service is to keep, in seconds.
    pub target_s: Option<f64>,
    /// Whether loads and times of everything on the way are known; else the times are the least they can be.
    pub complete: bool,
}

/// A stop of a request on its way.
#[derive(Clone, Debug, PartialEq)]
pub struct PathStep {
    /// The service, or what is outside of the plan's services.
    pub component: ComponentId,
    /// The connection that leads here; `None` for the first.
    pub by: Option<ConnectionId>,
    /// Seconds spent here and on what is not shown as a stop of its own.
    pub own_s: f64,
}

/// A service with what it waits for.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) service: ServiceCapacity,
    pub(super) waited: Vec<Waited>,
}

impl Node {
    fn gathers(&self) -> bool {
        self.service.chosen().is_some_and(|server| server.gathers)
    }

    /// What one of its calls adds to its waiting, in seconds.
    fn adds_s(&self, waited: &Waited) -> f64 {
        let count = if self.gathers() { waited.call.count.min(1.0) } else { waited.call.count };
        count * waited.call.latency_s
    }

    /// The call that it waits for longest.
    fn slowest(&self) -> Option<&Waited> {
        let named = self.waited.iter().filter(|waited| waited.link.is_some() && self.adds_s(waited) > 0.0);
        named.max_by(|a, b| self.adds_s(a).total_cmp(&self.adds_s(b)))
    }
}

/// How far percentiles lie above means, in seconds: of the service itself and of all it waits for.
#[derive(Clone, Copy, Debug, Default)]
struct Above {
    p95_s: Option<f64>,
    p99_s: Option<f64>,
}

/// The way of every kind of request that comes from outside, the slowest first.
///
/// The mean of an answer holds all that is waited for: the sum of what is called in a row, the longest of what is called at once (which
/// is a little less than the mean of the longest: an approximation). How far percentiles lie above the mean is taken together as of
/// independent parts, by the root of the sum of squares; of calls at once only what is later than the slowest is on average counts. Waiting for things outside has no
/// spread, as nobody has said one.
pub(super) fn paths(graph: &Graph<'_>, nodes: &[Option<Node>]) -> Vec<RequestPath> {
    let above = all_above(nodes);
    let mut paths = Vec::new();
    for position in graph.services() {
        let outside =
            |from: usize| matches!(graph.component(from).kind, ComponentKind::Client | ComponentKind::DeviceFleet);
        let callers: Vec<usize> = graph.into(position).map(|link| link.from).filter(|from| outside(*from)).collect();
        let uncalled = graph.into(position).next().is_none();
        for caller in callers.iter().map(|caller| Some(*caller)).chain(uncalled.then_some(None)) {
            let caller = caller.map(|caller| graph.components[caller].0.clone());
            paths.extend(path(graph, nodes, &above, position, caller));
        }
    }
    // What has no bound is the slowest of all.
    let slow = |path: &RequestPath| path.p95_s.unwrap_or(f64::INFINITY);
    paths.sort_by(|a, b| slow(b).total_cmp(&slow(a)));
    paths
}

/// For every service; whoever is called has to be known before its callers, so each is looked at once its callees are.
fn all_above(nodes: &[Option<Node>]) -> Vec<Above> {
    let mut above = vec![Above::default(); nodes.len()];
    let mut known = vec![false; nodes.len()];
    for start in 0..nodes.len() {
        let mut open = vec![start];
        while let Some(position) = open.last().copied() {
            let Some(node) = nodes[position].as_ref().filter(|_| !known[position]) else {
                open.pop();
                continue;
            };
            let unknown = node.waited.iter().filter_map(|waited| waited.callee).filter(|callee| !known[*callee]);
            let unknown: Vec<usize> = unknown.filter(|callee| nodes[*callee].is_some()).collect();
            if unknown.is_empty() {
                above[position] = of_node(node, &above);
                known[position] = true;
                open.pop();
            } else {
                open.extend(unknown);
            }
        }
    }
    above
}

fn of_node(node: &Node, above: &[Above]) -> Above {
    let Some(planned) = node.service.planned() else { return Above::default() };
    let mean_s = planned.answers.mean_s();
    let own = |percentile_s: Option<f64>| Some((percentile_s? - mean_s?).max(0.0));
    let together = |own: Option<f64>, of: fn(&Above) -> Option<f64>| {
        let mut squares = own?.powi(2);
        let slowest_s = node.waited.iter().map(|waited| node.adds_s(waited)).fold(0.0, f64::max);
        let mut furthest = 0.0_f64;
        for waited in node.waited.iter().filter(|waited| waited.call.count > 0.0) {
            let Some(callee) = waited.callee else { continue };
            let part = waited.call.count.min(1.0) * of(&above[callee])?;
            // What is done long before the slowest may be late without being noticed.
            furthest = furthest.max(node.adds_s(waited) + part - slowest_s);
            // So many calls in a row are so many independent parts.
            squares += if node.gathers() { 0.0 } else { waited.call.count.max(1.0) * part.powi(2) };
        }
        if node.gathers() {
            squares += furthest.powi(2);
        }
        Some(squares.sqrt())
    };
    Above {
        p95_s: together(own(planned.answers.p95_s()), |above| above.p95_s),
        p99_s: together(own(planned.answers.p99_s()), |above| above.p99_s),
    }
}

fn path(
    graph: &Graph<'_>,
    nodes: &[Option<Node>],
    above: &[Above],
    first: usize,
    caller: Option<ComponentId>,
) -> Option<RequestPath> {
    let entry = nodes[first].as_ref()?;
    let mean_s = entry.service.planned()?.answers.mean_s();
    let mut steps = Vec::new();
    let mut complete = true;
    let (mut position, mut by, mut left_s) = (first, None, mean_s.unwrap_or(0.0));
    loop {
        let node = nodes[position].as_ref();
        complete &= node.is_none_or(|node| {
            let loaded = node.service.planned().is_some_and(|planned| !matches!(planned.answers, Answers::Alone(_)));
            loaded && node.service.missing.is_empty() && !node.service.load.is_least()
        });
        let slowest = node.and_then(|node| Some((node.slowest()?, node)));
        let id = graph.components[position].0.clone();
        let Some((place, waited, node)) = slowest.and_then(|(waited, node)| Some((waited.link?, waited, node))) else {
            steps.push(PathStep { component: id, by, own_s: left_s });
            break;
        };
        let adds_s = node.adds_s(waited).min(left_s);
        steps.push(PathStep { component: id, by, own_s: left_s - adds_s });
        let link = &graph.links[place];
        (by, left_s) = (Some(link.id.clone()), adds_s);
        // What is outside, or whose time somebody wrote down, is not taken apart; calls beyond the first stay with the caller's part of the step.
        if waited.callee.is_none() {
            steps.push(PathStep { component: graph.components[link.to].0.clone(), by, own_s: left_s });
            break;
        }
        position = link.to;
    }
    Some(RequestPath {
        caller,
        steps,
        mean_s,
        p95_s: mean_s.zip(above[first].p95_s).map(|(mean_s, above_s)| mean_s + above_s),
        p99_s: mean_s.zip(above[first].p99_s).map(|(mean_s, above_s)| mean_s + above_s),
        target_s: entry.service.target_s,
        complete,
    })
}
