//! Questions to an assessment: what would turn it, and what is worth asking next.

use super::{
    ask::Question,
    effort::Work,
    engine::Engine,
    evaluate::Values,
    flip::{Flip, Turning},
    graph::Graph,
    probe::Inquiry,
    response::Response,
    verdict::{MixingPrices, Weighing},
};
use crate::project::{ComponentId, Project, TraitId};

/// Questions about the whole look at this many services at most: those whose lead is smallest.
pub(super) const MOST_SERVICES: usize = 120;

impl Engine {
    /// Makes everything a question needs once, and asks it.
    pub(super) fn inquire<R>(&self, project: &Project, ask: impl FnOnce(&Inquiry<'_>) -> R) -> R {
        let project = &*project.in_scope();
        let graph = Graph::new(project);
        let values = Values::new(&self.playbook, &graph);
        let evidence: Vec<_> = (0..graph.components.len())
            .map(|position| graph.is_service(position).then(|| self.evidence(&graph, &values, position)))
            .collect();
        let prices = MixingPrices::new(&self.playbook, &self.tables);
        let weighing =
            Weighing { prices, playbook: &self.playbook, tables: &self.tables, graph: &graph, evidence: &evidence };
        let (_, assignment) = weighing.verdict();
        ask(&Inquiry { engine: self, graph: &graph, values: &values, weighing, assignment: &assignment })
    }

    /// Whether questions about the whole look at every service, or only at the ones with the smallest leads.
    pub fn looks_at_all(&self, project: &Project) -> bool {
        project.services().count() <= MOST_SERVICES
    }

    /// What would turn the verdict on a service; nothing turns a pinned one.
    pub fn turning(&self, project: &Project, component: &ComponentId) -> Turning {
        self.inquire(project, |inquiry| {
            let position = inquiry.graph.project.components.get_index_of(component);
            position.map_or_else(Turning::default, |position| inquiry.turning(position))
        })
    }

    /// The single changes of any service that turn the verdict on the whole into another, smallest first.
    pub fn system_flips(&self, project: &Project) -> Vec<Flip> {
        self.inquire(project, |inquiry| {
            let now = inquiry.weighing.kind(inquiry.assignment);
            let services = inquiry.closest(MOST_SERVICES).into_iter();
            let mut flips: Vec<Flip> = services.flat_map(|position| inquiry.flips(position)).collect();
            flips.retain(|flip| flip.verdict != now);
            flips.sort_by(|a, b| a.size().total_cmp(&b.size()));
            flips
        })
    }

    /// Every unanswered trait of a service that could move its verdict or the budget, the weightiest first.
    pub fn questions(&self, project: &Project) -> Vec<Question> {
        self.inquire(project, |inquiry| self.ask(project, inquiry))
    }

    pub(super) fn ask(&self, project: &Project, inquiry: &Inquiry<'_>) -> Vec<Question> {
        let work = Work::new(&self.playbook, &self.tables, inquiry.graph, inquiry.values);
        let estimator = self.estimator(&project.assumptions);
        let services = inquiry.closest(MOST_SERVICES).into_iter();
        let mut questions: Vec<Question> =
            services.flat_map(|position| inquiry.questions(position, &work, &estimator)).collect();
        questions.sort_by(|a, b| {
            let weight = b.weight.total_cmp(&a.weight);
            weight.then(b.turns.cmp(&a.turns)).then(b.budget_swing_usd.total_cmp(&a.budget_swing_usd))
        });
        questions
    }

    /// How a service's shares follow one of its numbers; `None` for a flag, a choice, or a pinned service.
    pub fn response(&self, project: &Project, component: &ComponentId, trait_id: &TraitId) -> Option<Response> {
        self.inquire(project, |inquiry| {
            let position = inquiry.graph.project.components.get_index_of(component)?;
            inquiry.response(position, trait_id)
        })
    }
}
