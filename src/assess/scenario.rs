//! Ways to build the same plan: as it stands, as advised, on one framework throughout, and those that people keep.

use std::sync::Arc;

use super::{
    engine::Engine,
    evaluate::Values,
    graph::Graph,
    types::{Assessment, VerdictKind},
    verdict::{MixingPrices, Weighing},
};
use crate::project::{FrameworkId, Project, ScenarioId};

/// One way to build a plan.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Choice {
    /// As it stands, pins included.
    Plan,
    /// As advised: nothing is pinned.
    Recommended,
    /// Every service on this root framework, or on what extends it where that is better.
    All(FrameworkId),
    /// One that the project keeps.
    Saved(ScenarioId),
}

impl Choice {
    /// How files and the command line call it: `plan`, `recommended`, `all-django`, or the id of a kept one.
    pub fn slug(&self) -> String {
        match self {
            Self::Plan => "plan".to_owned(),
            Self::Recommended => "recommended".to_owned(),
            Self::All(framework) => format!("all-{}", framework.as_str().replace('_', "-")),
            Self::Saved(id) => id.to_string(),
        }
    }
}

impl Engine {
    /// Every way there is to build a project, the built-in ones first.
    pub fn choices(&self, project: &Project) -> Vec<Choice> {
        let roots = self.tables.roots.iter().filter_map(|root| self.playbook.frameworks.get_index(*root));
        let all = roots.map(|(id, _)| Choice::All(id.clone()));
        let saved = project.scenarios.keys().map(|id| Choice::Saved(id.clone()));
        [Choice::Plan, Choice::Recommended].into_iter().chain(all).chain(saved).collect()
    }

    /// What people call a way to build it.
    pub fn choice_name(&self, project: &Project, choice: &Choice) -> String {
        match choice {
            Choice::Plan => "This plan".to_owned(),
            Choice::Recommended => "Recommended".to_owned(),
            Choice::All(framework) => {
                let known = self.playbook.frameworks.get(framework);
                format!("All {}", known.map_or(framework.as_str(), |framework| &framework.short_name))
            }
            Choice::Saved(id) => project.scenarios.get(id).map_or_else(|| id.to_string(), |kept| kept.name.clone()),
        }
    }

    /// The project built in this way; `None` if it keeps no such scenario. What is the same in both is the same allocation.
    pub fn project_under(&self, project: &Project, choice: &Choice) -> Option<Project> {
        match choice {
            Choice::Plan => Some(project.clone()),
            Choice::Recommended => Some(pinned(project, |_| None)),
            Choice::All(framework) => self.all_on(project, framework),
            Choice::Saved(id) => Some(project.scenarios.get(id)?.applied_to(project)),
        }
    }

    /// What a plan is most usefully held against: the advice if it is built otherwise, else all of it on a framework of which the
    /// verdict is not.
    pub fn usual_contrast(&self, project: &Project, assessment: &Assessment) -> Choice {
        if project.components.values().any(|component| component.pin.is_some()) {
            return Choice::Recommended;
        }
        let mut others = assessment.alternatives.iter().map(|other| &other.framework);
        let differs = |id: &&FrameworkId| match &assessment.verdict.kind {
            VerdictKind::Single(framework) => self.playbook.root(framework) != *id,
            VerdictKind::Mixed | VerdictKind::Nothing => true,
        };
        others.find(differs).map_or(Choice::Recommended, |id| Choice::All(id.clone()))
    }

    fn all_on(&self, project: &Project, framework: &FrameworkId) -> Option<Project> {
        let root = self.playbook.frameworks.get_index_of(framework)?;
        let graph = Graph::new(project);
        let values = Values::new(&self.playbook, &graph);
        let evidence: Vec<_> = (0..graph.components.len())
            .map(|position| graph.is_service(position).then(|| self.evidence(&graph, &values, position)))
            .collect();
        let prices = MixingPrices::new(&self.playbook, &self.tables);
        let weighing =
            Weighing { prices, playbook: &self.playbook, tables: &self.tables, graph: &graph, evidence: &evidence };
        let assignment = weighing.alone(root);
        Some(pinned(project, |position| {
            let (id, _) = self.playbook.frameworks.get_index(assignment[position]?)?;
            Some(id.clone())
        }))
    }
}

/// The project with other pins, by position.
fn pinned(project: &Project, pin: impl Fn(usize) -> Option<FrameworkId>) -> Project {
    let mut other = project.clone();
    for (position, component) in other.components.values_mut().enumerate() {
        let pin = pin(position);
        if component.pin != pin {
            Arc::make_mut(component).pin = pin;
        }
    }
    other
}
