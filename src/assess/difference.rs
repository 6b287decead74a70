//! What the difference of two documents comes to: weeks and money with their causes, verdicts that turned, findings that came and went.

use super::{
    causes::{Assessed, Causes, Totals},
    engine::Engine,
    types::{Finding, VerdictKind},
};
use crate::{
    progress::Progress,
    project::{ComponentId, FrameworkId},
};

/// Up to so many components in either plan, weeks and money are shared out over causes; above that, the totals alone are told.
pub const MOST_SHARED_OUT: usize = 500;

/// A service that both plans build, each on another framework.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OnAnother {
    /// The service.
    pub component: ComponentId,
    /// What it was on.
    pub from: FrameworkId,
    /// What it is on.
    pub to: FrameworkId,
}

/// What the difference of two plans comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Impact {
    /// What is not exceeded with this probability is compared, 0 to 1.
    pub probability: f64,
    /// Weeks and money of the earlier plan.
    pub from: Totals,
    /// Weeks and money of the later plan.
    pub to: Totals,
    /// What makes the difference; `None` where the plans are too large to share it out.
    pub causes: Option<Causes>,
    /// The verdict on the earlier plan and on the later one.
    pub verdicts: [VerdictKind; 2],
    /// The services that are on another framework, in the order of the later plan.
    pub turned: Vec<OnAnother>,
    /// What is found in the later plan alone.
    pub came: Vec<Finding>,
    /// What was found in the earlier plan alone.
    pub went: Vec<Finding>,
}

impl Engine {
    /// What the difference of two plans comes to, at a probability. `None` once it is cancelled.
    pub fn impact(
        &self,
        from: Assessed<'_>,
        to: Assessed<'_>,
        probability: f64,
        progress: &Progress,
    ) -> Option<Impact> {
        let totals = |end: Assessed<'_>| {
            let estimate = &end.assessment.estimate;
            Totals { weeks: estimate.weeks.quantile(probability), usd: estimate.budget_usd.quantile(probability) }
        };
        let is_small = |end: Assessed<'_>| end.project.components.len() <= MOST_SHARED_OUT;
        let causes =
            if is_small(from) && is_small(to) { Some(self.causes(from, to, probability, progress)?) } else { None };
        let (earlier, later) = (&from.assessment.verdict, &to.assessment.verdict);
        let turned = later.assignment.iter().filter_map(|(component, to)| {
            let from = earlier.assignment.get(component).filter(|from| *from != to)?;
            Some(OnAnother { component: component.clone(), from: from.clone(), to: to.clone() })
        });
        let only_in = |here: Assessed<'_>, there: Assessed<'_>| {
            let known: std::collections::HashSet<_> =
                there.assessment.findings.iter().map(|finding| &finding.key).collect();
            let new = here.assessment.findings.iter().filter(|finding| !known.contains(&finding.key));
            new.cloned().collect::<Vec<Finding>>()
        };
        Some(Impact {
            probability,
            from: totals(from),
            to: totals(to),
            causes,
            verdicts: [earlier.kind.clone(), later.kind.clone()],
            turned: turned.collect(),
            came: only_in(to, from),
            went: only_in(from, to),
        })
    }
}
