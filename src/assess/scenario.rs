//! Ways to build the same plan: as it stands, as advised, on one framework throughout, and those that people keep.

use std::{borrow::Cow, collections::HashMap, sync::Arc};

use super::{
    engine::Engine,
    evaluate::Values,
    graph::Graph,
    recommend::best_of_family,
    types::{Assessment, VerdictKind},
};
use crate::{
    lang::{t, tr},
    project::{ComponentId, Edit, FrameworkId, Project, ScenarioId},
};

/// What stands before the id of a kept one, where it could be taken for another.
const SAVED: &str = "saved:";

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
    /// How files and the command line call it, as long as no built-in one is called so too ([`Engine::choice_slug`]): `plan`, `recommended`, `all-django`, or the id of a kept one.
    pub(super) fn slug(&self) -> String {
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

    /// How files and the command line call a way to build it, so that nothing else is called so: `saved:plan` for a kept one with an
    /// id that a built-in one has.
    pub fn choice_slug(&self, choice: &Choice) -> String {
        let slug = choice.slug();
        let built_in = |root: &usize| self.playbook.frameworks.get_index(*root).map(|(id, _)| Choice::All(id.clone()));
        let mut built_in =
            [Choice::Plan, Choice::Recommended].into_iter().chain(self.tables.roots.iter().filter_map(built_in));
        let taken = matches!(choice, Choice::Saved(_)) && built_in.any(|other| other.slug() == slug);
        if taken { format!("{SAVED}{slug}") } else { slug }
    }

    /// The way to build a project that is called so, as [`Engine::choice_slug`] writes it; `saved:` may stand before the id of any
    /// kept one.
    pub fn choice_named(&self, project: &Project, name: &str) -> Option<Choice> {
        let choices = self.choices(project).into_iter();
        match name.strip_prefix(SAVED) {
            Some(id) => choices.filter(|choice| matches!(choice, Choice::Saved(_))).find(|choice| choice.slug() == id),
            None => choices.into_iter().find(|choice| choice.slug() == name),
        }
    }

    /// What people call a way to build it.
    pub fn choice_name(&self, project: &Project, choice: &Choice) -> String {
        match choice {
            Choice::Plan => t("This plan").to_owned(),
            Choice::Recommended => t("Recommended").to_owned(),
            Choice::All(framework) => {
                let known = self.playbook.frameworks.get(framework);
                tr!("All {}", known.map_or(framework.as_str(), |framework| &framework.short_name))
            }
            Choice::Saved(id) => project.scenarios.get(id).map_or_else(|| id.to_string(), |kept| kept.name.clone()),
        }
    }

    /// The project built in this way; `None` if it keeps no such scenario. What is the same in both is the same allocation.
    pub fn project_under(&self, project: &Project, choice: &Choice) -> Option<Project> {
        self.under(project, None, choice)
    }

    /// The same; what `assessment`, this engine's of the project, says of its services is not worked out again.
    pub(super) fn under(&self, project: &Project, assessment: Option<&Assessment>, choice: &Choice) -> Option<Project> {
        match choice {
            Choice::Plan => Some(project.clone()),
            Choice::Recommended => Some(pinned(project, |_| None)),
            Choice::All(framework) => self.all_on(project, assessment, framework),
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

    /// The edits that make a project what it is under a choice: pins, what is put off, means; `None` if it keeps no such
    /// scenario.
    pub fn edits_to(&self, project: &Project, assessment: &Assessment, choice: &Choice) -> Option<Vec<Edit>> {
        let other = self.under(project, Some(assessment), choice)?;
        let mut edits = Vec::new();
        for ((id, before), after) in project.components.iter().zip(other.components.values()) {
            if before.pin != after.pin {
                edits.push(Edit::SetPin(id.clone(), after.pin.clone()));
            }
            if before.deferred != after.deferred {
                edits.push(Edit::SetDeferred(id.clone(), after.deferred));
            }
        }
        if project.assumptions != other.assumptions {
            edits.push(Edit::SetAssumptions(other.assumptions));
        }
        Some(edits)
    }

    /// Every service on the best framework of one family, as the assessment's alternative has it. What is put off is weighed among
    /// everything, as if it were to be built after all.
    fn all_on(&self, project: &Project, assessment: Option<&Assessment>, framework: &FrameworkId) -> Option<Project> {
        let root = self.playbook.frameworks.get_index_of(framework)?;
        if !self.tables.roots.contains(&root) {
            return None;
        }
        let now = project.in_scope();
        let (now, puts_off) = (self.best_on(&now, assessment, root), matches!(now, Cow::Owned(_)));
        let later = if puts_off { self.best_on(project, None, root) } else { HashMap::new() };
        Some(pinned(project, |id| now.get(id).or_else(|| later.get(id)).cloned()))
    }

    /// The best framework of one family for each service.
    fn best_on(
        &self,
        project: &Project,
        assessment: Option<&Assessment>,
        root: usize,
    ) -> HashMap<ComponentId, FrameworkId> {
        let graph = Graph::new(project);
        let values = Values::new(&self.playbook, &graph);
        let best = |position: usize| {
            let id = graph.components[position].0;
            let best = match assessment.and_then(|assessment| assessment.components.get(id)) {
                Some(advice) => best_of_family(&self.tables, &advice.scores, root),
                None => self.evidence(&graph, &values, position).best_on(&self.tables, root),
            };
            let (framework, _) = self.playbook.frameworks.get_index(best)?;
            Some((id.clone(), framework.clone()))
        };
        graph.services().filter_map(best).collect()
    }
}

/// The project with other pins.
fn pinned(project: &Project, pin: impl Fn(&ComponentId) -> Option<FrameworkId>) -> Project {
    let mut other = project.clone();
    for (id, component) in &mut other.components {
        let pin = pin(id);
        if component.pin != pin {
            Arc::make_mut(component).pin = pin;
        }
    }
    other
}
