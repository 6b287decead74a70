//! What everybody is built on once something is changed, for those who try changes out.

use super::{
    engine::{Engine, same_ground},
    evaluate::Values,
    graph::Graph,
    recommend::Evidence,
    verdict::{MixingPrices, Weighing},
};
use crate::project::{Edit, FrameworkId};

/// A plan whose evidence is known.
pub(super) struct Known<'a> {
    pub(super) engine: &'a Engine,
    pub(super) graph: &'a Graph<'a>,
    /// By position; `None` for resources.
    pub(super) evidence: &'a [Option<Evidence>],
}

impl Known<'_> {
    /// The frameworks of the verdict with these changes, by the positions of the graph as it is. A changed target is evidence as well, and a
    /// pin changes what mixing costs, so either may move a service that nobody touched.
    pub(super) fn with(&self, edits: &[Edit]) -> Vec<Option<FrameworkId>> {
        let Self { engine, graph, evidence } = *self;
        let mut changed = graph.project.clone();
        for edit in edits {
            changed.apply(edit);
        }
        let then = Graph::new(&changed);
        let values = Values::new(&engine.playbook, &then);
        let same_ground = same_ground(&graph.project.assumptions, &changed.assumptions);
        let of = |position: usize| {
            let id = then.components[position].0;
            let before = graph.project.components.get_index_of(id);
            let same = |before: &usize| same_ground && then.same_surroundings(position, graph, *before);
            match before.filter(same).and_then(|before| evidence[before].as_ref()) {
                Some(known) => known.for_weighing(&engine.playbook, &then, position),
                None => engine.evidence(&then, &values, position),
            }
        };
        let found: Vec<Option<Evidence>> =
            (0..then.components.len()).map(|position| then.is_service(position).then(|| of(position))).collect();
        let prices = MixingPrices::new(&engine.playbook, &engine.tables);
        let (playbook, tables) = (&engine.playbook, &engine.tables);
        let weighing = Weighing { prices, playbook, tables, graph: &then, evidence: &found };
        let (_, assignment) = weighing.verdict();
        let now = |(id, _): &(&crate::project::ComponentId, _)| {
            let framework = assignment[changed.components.get_index_of(*id)?]?;
            Some(playbook.frameworks.get_index(framework)?.0.clone())
        };
        graph.components.iter().map(now).collect()
    }
}
