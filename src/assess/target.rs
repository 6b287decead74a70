//! What is to hold, a budget and a deadline, and how likely an estimate keeps it.

use super::types::Estimate;
use crate::project::Assumptions;

/// What a person wants to keep to; each of the two may be left open.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Targets {
    /// In US dollars.
    pub budget_usd: Option<f64>,
    /// In weeks of work; a deadline by date counts from the first day.
    pub deadline_weeks: Option<f64>,
}

/// How likely targets are kept, each from 0 to 1; `None` where there is none.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Chances {
    /// To stay at or under the budget.
    pub budget: Option<f64>,
    /// To be done by the deadline.
    pub deadline: Option<f64>,
    /// To keep both; `None` unless both are set. Assumption: weeks and money rise and fall with the same effort, so that what keeps
    /// the harder of the two keeps the other as well, and the chance is the smaller one.
    pub both: Option<f64>,
    /// What `both` is at least, however weeks and money hang together; no assumption is in it.
    pub both_at_least: Option<f64>,
}

impl Targets {
    /// What a project's assumptions say is to hold. A deadline by date counts for nothing without a first day.
    pub fn of(assumptions: &Assumptions) -> Self {
        Self { budget_usd: assumptions.target_budget_usd, deadline_weeks: assumptions.deadline_weeks() }
    }

    /// Whether nothing is to hold.
    pub fn is_empty(&self) -> bool {
        self.budget_usd.is_none() && self.deadline_weeks.is_none()
    }

    /// How likely an estimate keeps them.
    pub fn chance(&self, estimate: &Estimate) -> Chances {
        let budget = self.budget_usd.map(|usd| estimate.budget_usd.probability_up_to(usd));
        let deadline = self.deadline_weeks.map(|weeks| estimate.weeks.probability_up_to(weeks));
        let both = budget.zip(deadline);
        Chances {
            budget,
            deadline,
            both: both.map(|(budget, deadline)| budget.min(deadline)),
            both_at_least: both.map(|(budget, deadline)| (budget + deadline - 1.0).max(0.0)),
        }
    }
}
