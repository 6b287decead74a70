//! Estimates that are kept beside the plan: taken, renamed, given up, and compared with each other or with the plan as it is now.

use std::sync::Arc;

use super::{
    Session,
    action::{BaselineAction, Request},
    history::{Step, StepId},
};
use crate::{
    assess::{ComparedPart, baseline, compared},
    lang::{t, tr},
    project::{Baseline, BaselineEdit, BaselineId, Edit, MAX_BASELINE_EDITS, MAX_SCENARIOS, own_name},
};

/// The medians, to which the parts of a baseline sum and in which its edits are told.
const MEDIAN: f64 = 0.5;

/// One of two estimates that are compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept {
    /// One that the project keeps.
    Baseline(BaselineId),
    /// The plan as it stands.
    Now,
}

/// Two estimates, and what became of each part from one to the other.
#[derive(Clone, Debug)]
pub struct ComparedBaselines {
    asked: [Kept; 2],
    /// The step after which it was asked.
    after: Option<StepId>,
    /// The estimates.
    pub ends: [Arc<Baseline>; 2],
    /// Their parts, those that differ most in cost first.
    pub parts: Vec<ComparedPart>,
    /// The edits that led to the later one since the baseline before it.
    pub edits: Vec<BaselineEdit>,
}

impl Session {
    /// Whether a further estimate can be kept, and why not.
    pub fn can_keep_baseline(&self) -> Result<(), &'static str> {
        if self.assessment().verdict.assignment.is_empty() {
            return Err(t("There is nothing to keep yet: add a service"));
        }
        if self.project().baselines.len() >= MAX_SCENARIOS {
            return Err(t("As many baselines are kept as a project holds; delete one first"));
        }
        Ok(())
    }

    /// Carries out what is to be done with a baseline, as one step.
    pub(super) fn with_baseline(&mut self, action: BaselineAction) {
        let kept = |session: &Self, id: &BaselineId| session.project().baselines.get(id).cloned();
        match action {
            BaselineAction::Keep => self.keep_baseline(),
            BaselineAction::Rename(id, name) => {
                let name = self.baseline_name(&id, &name);
                if let Some(kept) = kept(self, &id).filter(|_| !name.is_empty()) {
                    let renamed = Baseline { name, ..(*kept).clone() };
                    self.edit_typed(&tr!("Rename {}", kept.name), &[Edit::PutBaseline(id, Some(renamed))]);
                }
            }
            BaselineAction::Delete(id) => {
                if let Some(kept) = kept(self, &id) {
                    self.edit(&tr!("Delete {}", kept.name), &[Edit::PutBaseline(id, None)]);
                }
            }
        }
    }

    /// What a kept estimate is called if somebody wants to call it so: with a number behind it where another one, or the plan as it is now,
    /// is called so already. Empty if nothing is wanted.
    pub fn baseline_name(&self, of: &BaselineId, wanted: &str) -> String {
        let wanted = wanted.trim();
        if wanted.is_empty() {
            return String::new();
        }
        let others: Vec<&str> =
            self.project().baselines.iter().filter(|(id, _)| *id != of).map(|(_, kept)| kept.name.as_str()).collect();
        own_name(wanted, |name| Baseline::may_be_called(name) && !others.contains(&name))
    }

    /// Keeps the estimate as it stands, as one step, and shows it. It is called after its number.
    fn keep_baseline(&mut self) {
        if self.can_keep_baseline().is_err() {
            return;
        }
        self.commit_gesture();
        let project = self.project();
        let taken = |name: &str| project.baselines.values().any(|kept| kept.name == name);
        let mut number = project.baselines.len() + 1;
        while taken(&tr!("Baseline {number}", number)) {
            number += 1;
        }
        let name = tr!("Baseline {number}", number);
        let kept = baseline(project, self.assessment(), &name, self.today(), self.edits_since_baseline());
        let id = project.new_baseline_id(&name);
        self.edit(&tr!("Keep {name}", name), &[Edit::PutBaseline(id.clone(), Some(kept))]);
        self.request(Request::Baseline(id));
    }

    /// The edits since the last baseline was kept (or since the project was opened) that moved the estimate, oldest first, with
    /// what each did to the medians. What an edit did is left out where nobody knows: it was assessed with other knowledge.
    pub fn edits_since_baseline(&self) -> Vec<BaselineEdit> {
        let done = self.history().done();
        let keeps = |step: &Step| step.after().baselines.keys().any(|id| !step.before().baselines.contains_key(id));
        let first = done.iter().rposition(keeps).map_or(0, |at| at + 1);
        let told = |step: &Step| {
            let effect = step.effect(MEDIAN).filter(|_| !step.left_the_estimate())?;
            Some(BaselineEdit { name: step.name().to_owned(), weeks: effect.weeks, usd: effect.usd })
        };
        let mut edits: Vec<BaselineEdit> = done[first..].iter().filter_map(told).collect();
        edits.drain(..edits.len().saturating_sub(MAX_BASELINE_EDITS));
        edits
    }

    /// Two estimates part by part; `None` if one of them is not kept (any more). Made once for each assessment.
    pub fn compared_baselines(&self, earlier: &Kept, later: &Kept) -> Option<Arc<ComparedBaselines>> {
        let ends = [self.kept(earlier)?, self.kept(later)?];
        let asked = [earlier.clone(), later.clone()];
        let after = self.history().done().last().map(Step::id);
        let mut cell = self.insights.baselines.borrow_mut();
        let same = |known: &&Arc<ComparedBaselines>| {
            let same_ends = known.ends.iter().zip(&ends).all(|(a, b)| Arc::ptr_eq(a, b));
            known.asked == asked && known.after == after && same_ends
        };
        if let Some(known) = cell.as_ref().filter(same) {
            return Some(Arc::clone(known));
        }
        let parts = compared(&ends[0], &ends[1]);
        let edits = if *later == Kept::Now { self.edits_since_baseline() } else { ends[1].edits.clone() };
        Some(Arc::clone(cell.insert(Arc::new(ComparedBaselines { asked, after, ends, parts, edits }))))
    }

    fn kept(&self, kept: &Kept) -> Option<Arc<Baseline>> {
        match kept {
            Kept::Baseline(id) => self.project().baselines.get(id).cloned(),
            Kept::Now => Some(Arc::clone(
                self.insights
                    .now
                    .get_or_init(|| Arc::new(baseline(self.project(), self.assessment(), t("Now"), None, Vec::new()))),
            )),
        }
    }
}
