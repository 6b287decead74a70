//! The ways of requests from outside through a plan.

use std::collections::HashSet;

use super::{
    flow::Answer,
    results::{Answers, ServiceCapacity, TargetVerdict},
    work::{Answered, Waited},
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
    /// Whether it keeps it: what is said of that service, since its answer is the whole one.
    pub target: TargetVerdict,
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
    /// What those who call it wait for; `None` where it cannot answer what comes.
    pub(super) answer: Option<Answer>,
}

impl Node {
    /// Whether its calls are under way at once.
    pub(super) fn gathers(&self) -> bool {
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

impl Node {
    /// What a caller of the service waits for, on average.
    pub(super) fn answered(&self) -> Answered {
        let planned = self.service.planned();
        let alone_s = self.service.chosen().map_or(0.0, |server| server.demand.alone_s());
        Answered {
            mean_s: planned.and_then(|planned| planned.answers.mean_s()).unwrap_or(alone_s),
            complete: self.service.chosen().is_some_and(|chosen| chosen.plan.is_some()) && self.service.is_complete(),
        }
    }

    /// Mean and 95th percentile.
    pub(super) fn times_s(&self) -> Option<[f64; 2]> {
        let answers = self.service.planned()?.answers;
        Some([answers.mean_s()?, answers.p95_s()?])
    }

    /// Whether it, or one that it waits for, cannot answer its load.
    pub(super) fn is_overloaded(&self) -> bool {
        self.service.planned().is_some_and(|planned| planned.answers == Answers::Unbounded)
    }
}

/// The way of every kind of request that comes from outside, the slowest first.
///
/// A path takes what the first service on it takes to answer. A service that nobody is drawn to call is one of them where somebody says what
/// comes to it.
pub(super) fn paths(graph: &Graph<'_>, nodes: &[Option<Node>]) -> Vec<RequestPath> {
    let mut paths = Vec::new();
    for position in graph.services() {
        let outside =
            |from: usize| matches!(graph.component(from).kind, ComponentKind::Client | ComponentKind::DeviceFleet);
        let callers: Vec<usize> = graph.into(position).map(|link| link.from).filter(|from| outside(*from)).collect();
        let told = nodes[position].as_ref().is_some_and(|node| node.service.load.rate_per_s.is_some());
        let uncalled = told && graph.into(position).next().is_none();
        for caller in callers.iter().map(|caller| Some(*caller)).chain(uncalled.then_some(None)) {
            let caller = caller.map(|caller| graph.components[caller].0.clone());
            paths.extend(path(graph, nodes, position, caller));
        }
    }
    // What has no bound is the slowest of all.
    let slow = |path: &RequestPath| path.p95_s.unwrap_or(f64::INFINITY);
    paths.sort_by(|a, b| slow(b).total_cmp(&slow(a)));
    paths
}

fn path(graph: &Graph<'_>, nodes: &[Option<Node>], first: usize, caller: Option<ComponentId>) -> Option<RequestPath> {
    let entry = nodes[first].as_ref()?;
    let answers = entry.service.planned()?.answers;
    let mean_s = answers.mean_s();
    let mut steps = Vec::new();
    let mut complete = true;
    let mut gone_through = HashSet::new();
    let (mut position, mut by, mut left_s) = (first, None, mean_s.unwrap_or(0.0));
    loop {
        let node = nodes[position].as_ref();
        complete &= node.is_none_or(|node| {
            let loaded = node.service.planned().is_some_and(|planned| !matches!(planned.answers, Answers::Alone(_)));
            loaded && node.service.is_complete()
        });
        // Where calls go round in a circle the way is told once.
        let node = node.filter(|_| gone_through.insert(position));
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
        p95_s: answers.p95_s(),
        p99_s: answers.p99_s(),
        target_s: entry.service.target_s,
        target: entry.service.chosen()?.target,
        complete,
    })
}
