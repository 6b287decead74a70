//! What a plan comes to without some of its services, with the verdict weighed anew.

use super::{Distribution, Work};
use crate::{
    assess::{
        engine::{Engine, same_ground},
        evaluate::Values,
        graph::Graph,
        recommend::Evidence,
        verdict::{MixingPrices, Weighing},
    },
    project::{Assumptions, Project},
};

/// A plan and the evidence on its services, kept for trials.
pub(super) struct Trial<'a> {
    pub(super) engine: &'a Engine,
    /// What is to be built now.
    pub(super) project: &'a Project,
    pub(super) graph: &'a Graph<'a>,
    /// By position; `None` for resources.
    pub(super) evidence: &'a [Option<Evidence>],
}

impl Trial<'_> {
    /// Weeks and US dollars of the plan under some assumptions without the services at these positions, which are in order: the same
    /// as an assessment of it gives.
    pub(super) fn totals(&self, left_out: &[usize], assumptions: &Assumptions) -> (Distribution, Distribution) {
        let stays = |position: usize| left_out.binary_search(&position).is_err();
        let kept: Vec<usize> = (0..self.graph.components.len()).filter(|position| stays(*position)).collect();
        let mut less = Project { assumptions: assumptions.clone(), ..Project::default() };
        less.components = kept
            .iter()
            .map(|position| self.graph.components[*position])
            .map(|(id, component)| (id.clone(), component.clone()))
            .collect();
        let links = self.graph.links.iter().filter(|link| stays(link.from) && stays(link.to));
        less.connections = links.map(|link| (link.id.clone(), link.connection.clone())).collect();
        let graph = Graph::new(&less);
        let (playbook, tables) = (&self.engine.playbook, &self.engine.tables);
        let values = Values::new(playbook, &graph);
        let same_ground = same_ground(&self.project.assumptions, assumptions);
        let evidence: Vec<Option<Evidence>> = kept
            .iter()
            .enumerate()
            .map(|(position, before)| {
                let known = self.evidence[*before].as_ref()?;
                Some(if same_ground && graph.same_surroundings(position, self.graph, *before) {
                    known.moved(playbook, |_| 0.0)
                } else {
                    self.engine.evidence(&graph, &values, position)
                })
            })
            .collect();
        let prices = MixingPrices::new(playbook, tables);
        let weighing = Weighing { prices, playbook, tables, graph: &graph, evidence: &evidence };
        let services = evidence.iter().any(Option::is_some);
        let assignment = services.then(|| weighing.cheapest(None)).flatten();
        let Some((assignment, _)) = assignment else { return Default::default() };
        let work = Work::new(playbook, tables, &graph, &values);
        self.engine.estimator(assumptions).totals(&work.totals(&assignment))
    }
}
