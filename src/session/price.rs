//! What a change costs: the one that was made last, the one under the hand, and one that is only on offer.

use std::sync::Arc;

use super::Session;
use crate::{
    assess::{Assessment, Engine, Estimate},
    project::{Edit, Project},
};

/// How far the last edit, the gesture in flight or an offer moves the figures.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Change {
    /// Difference of the weeks of work at the project's confidence.
    pub weeks: f64,
    /// Difference of the budget in US dollars at the project's confidence.
    pub budget_usd: f64,
    /// The same at even odds.
    pub p50: Moved,
    /// The same at four out of five.
    pub p80: Moved,
}

/// Differences at one probability.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Moved {
    /// Of the weeks of work.
    pub weeks: f64,
    /// Of the budget in US dollars.
    pub budget_usd: f64,
}

impl Moved {
    fn between(before: &Estimate, after: &Estimate, probability: f64) -> Self {
        Self {
            weeks: after.weeks.quantile(probability) - before.weeks.quantile(probability),
            budget_usd: after.budget_usd.quantile(probability) - before.budget_usd.quantile(probability),
        }
    }
}

impl Change {
    /// From one assessment to another, the figures of the first pair at this probability.
    pub(super) fn between(before: &Assessment, after: &Assessment, probability: f64) -> Self {
        let at = |probability| Moved::between(&before.estimate, &after.estimate, probability);
        let Moved { weeks, budget_usd } = at(probability);
        Self { weeks, budget_usd, p50: at(0.5), p80: at(0.8) }
    }
}

/// The offer that was priced last.
#[derive(Debug)]
pub(super) struct Priced {
    edits: Vec<Edit>,
    /// The assessment it was compared with, counted.
    assessed: u64,
    change: Change,
}

impl Session {
    /// What these edits would change if they were made now. Worked out once for an offer, so that it may be asked for in every frame:
    /// leave out of the edits what moves with the pointer and costs nothing, such as places.
    pub fn price(&self, edits: &[Edit]) -> Change {
        let mut priced = self.priced.borrow_mut();
        let known = priced.as_ref().filter(|known| known.assessed == self.assessed_count && known.edits == edits);
        if let Some(known) = known {
            return known.change;
        }
        let mut project = Project::clone(self.project());
        for edit in edits {
            project.apply(edit);
        }
        let change = if Engine::says_the_same(&project, self.project()) {
            Change::default()
        } else {
            let after = self.assessed_again(&project);
            Change::between(self.assessment(), &after, project.assumptions.confidence.probability())
        };
        *priced = Some(Priced { edits: edits.to_vec(), assessed: self.assessed_count, change });
        change
    }

    /// Another project, assessed from the present one.
    pub(super) fn assessed_again(&self, project: &Project) -> Assessment {
        self.assessments.set(self.assessments.get() + 1);
        self.engine().assess_again(project, self.project(), self.assessment())
    }

    /// How many times this session has assessed a project: what is free must not move it.
    pub fn assessments(&self) -> u64 {
        self.assessments.get()
    }

    /// What the gesture in flight changes so far. Its beginning is assessed once.
    pub(super) fn change_of_gesture(&mut self, base: &Arc<Project>) -> Change {
        if Engine::says_the_same(base, self.project()) {
            return Change::default();
        }
        let known = self.gesture_from.take().filter(|(known, _)| Arc::ptr_eq(known, base));
        let from = known.map_or_else(|| Arc::new(self.assessed_again(base)), |(_, assessment)| assessment);
        let change = self.change_from(&from);
        self.gesture_from = Some((Arc::clone(base), from));
        change
    }

    /// From an earlier assessment to the present one.
    pub(super) fn change_from(&self, before: &Assessment) -> Change {
        let probability = self.project().assumptions.confidence.probability();
        Change::between(before, self.assessment(), probability)
    }
}
