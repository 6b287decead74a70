//! Where the knowledge is used in a plan: the services a criterion counts for, the work an item prices, the findings of a paragraph.

use std::collections::BTreeMap;

use indexmap::{IndexMap, IndexSet};

use super::types::Assessment;
use crate::{
    playbook::{Claim, CriterionId, WorkItemId},
    project::{ComponentId, FrameworkId},
};

/// What of the playbook a plan stands on now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Uses {
    criteria: IndexMap<CriterionId, Vec<ServiceUse>>,
    work_items: IndexMap<WorkItemId, WorkUse>,
    findings: BTreeMap<u8, Vec<usize>>,
}

/// A service whose score a criterion moves.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceUse {
    /// The service.
    pub component: ComponentId,
    /// The framework it speaks for (or, below zero, against).
    pub framework: FrameworkId,
    /// What it adds to that framework's score, in decibans.
    pub decibans: f64,
}

/// What a work item comes to in the whole plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WorkUse {
    /// Median effort in person-weeks.
    pub person_weeks: f64,
    /// Median cost in US dollars.
    pub usd: f64,
    /// The components that need it, in document order; none for the project's own work.
    pub components: IndexSet<ComponentId>,
}

/// Gathers from an assessment what it made of each criterion and work item, and which findings cite which paragraph.
pub fn uses(assessment: &Assessment) -> Uses {
    let mut uses = Uses::default();
    for (component, advice) in &assessment.components {
        for reason in &advice.reasons {
            uses.criteria.entry(reason.criterion.clone()).or_default().push(ServiceUse {
                component: component.clone(),
                framework: reason.framework.clone(),
                decibans: reason.decibans,
            });
        }
    }
    for services in uses.criteria.values_mut() {
        // Stable: equal points stay in document order.
        services.sort_by(|a, b| b.decibans.abs().total_cmp(&a.decibans.abs()));
    }
    for line in assessment.estimate.breakdown.iter().filter(|line| line.person_weeks > 0.0) {
        let work = uses.work_items.entry(line.work_item.clone()).or_default();
        work.person_weeks += line.person_weeks;
        work.usd += line.usd;
        work.components.extend(line.component.clone());
    }
    let findings = assessment.findings.iter().enumerate();
    for (at, finding) in findings.filter(|(_, finding)| finding.suppressed.is_none()) {
        for paragraph in finding.paragraphs.iter().copied() {
            uses.findings.entry(paragraph).or_default().push(at);
        }
    }
    uses
}

impl Uses {
    /// The services a criterion counts for, strongest first.
    pub fn of_criterion(&self, id: &CriterionId) -> &[ServiceUse] {
        self.criteria.get(id).map_or(&[], Vec::as_slice)
    }

    /// What a work item comes to, if the plan needs it.
    pub fn of_work_item(&self, id: &WorkItemId) -> Option<&WorkUse> {
        self.work_items.get(id)
    }

    /// The findings that cite a paragraph: their places in [`Assessment::findings`].
    pub fn findings_of(&self, paragraph: u8) -> &[usize] {
        self.findings.get(&paragraph).map_or(&[], Vec::as_slice)
    }

    /// Whether the plan stands on a claim: one of its criteria counts, or one of its work items is needed.
    pub fn stand_on(&self, claim: &Claim) -> bool {
        claim.criteria.iter().any(|id| self.criteria.contains_key(id))
            || claim.work_items.iter().any(|id| self.work_items.contains_key(id))
    }
}
