//! How long answers take where nothing else is asked of anybody: what no number of workers can better.

use super::{
    order::Order,
    work::{Answer, work},
};
use crate::{
    assess::graph::Graph,
    playbook::Playbook,
    project::{FrameworkId, TraitValue},
};

/// Milliseconds of an answer, rounded up, by position: at best, on the servers of the framework that each service is on. What nobody
/// has said counts nothing, so it is the least it can be. Empty where no service has a target, as nobody reads it then.
pub(in crate::assess) fn answers_ms<'f>(
    playbook: &Playbook,
    graph: &Graph<'_>,
    framework: impl Fn(usize) -> Option<&'f FrameworkId>,
) -> Vec<f64> {
    let Some(settings) = &playbook.capacity else { return Vec::new() };
    let target = |position: usize| {
        let id = settings.traits.target.as_ref()?;
        graph.component(position).traits.get(id).and_then(TraitValue::as_number)
    };
    if graph.services().all(|position| target(position).is_none()) {
        return Vec::new();
    }
    let order = Order::new(graph);
    let mut best_s: Vec<Option<f64>> = vec![None; graph.components.len()];
    for position in order.positions.iter().rev().filter(|position| graph.is_service(**position)) {
        let answer = |callee: usize| best_s[callee].map(|mean_s| Answer { mean_s, complete: true });
        let request = work(graph, &order, settings, *position, answer).request;
        let kinds = framework(*position).map(|framework| playbook.servers_of(framework)).unwrap_or_default();
        let alone = kinds.iter().map(|kind| request.demand(kind, |figure| figure.typical).alone_s());
        best_s[*position] = alone.reduce(f64::min);
    }
    // A target that is set to the answer's own time is met.
    best_s.into_iter().map(|seconds| seconds.map_or(0.0, |seconds| (seconds * 1e3 - 1e-6).ceil())).collect()
}
