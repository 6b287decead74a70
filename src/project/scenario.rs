//! Other ways to build the same plan, kept beside it, and what was estimated at some moment.

use std::{collections::BTreeSet, sync::Arc};

use indexmap::IndexMap;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    Project,
    assumptions::Assumptions,
    id::{ComponentId, FrameworkId, slug_id},
    value::serialize_number,
};

slug_id!(
    /// Names a [`Scenario`] of a project.
    ScenarioId
);
slug_id!(
    /// Names a [`Baseline`] of a project.
    BaselineId
);

/// Most scenarios, and most baselines, that a project keeps.
pub const MAX_SCENARIOS: usize = 200;
/// Most edits that a baseline keeps.
pub const MAX_BASELINE_EDITS: usize = 500;

/// A named way to build the plan: the same drawing under other pins and assumptions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario {
    /// What people call it.
    pub name: String,
    /// What is pinned; every other service is left to the advice.
    #[serde(default, skip_serializing_if = "IndexMap::is_empty")]
    pub pins: IndexMap<ComponentId, FrameworkId>,
    /// What is put off to later.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub deferred: BTreeSet<ComponentId>,
    /// Rates, team and the rest; `None` for those of the project.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assumptions: Option<Assumptions>,
}

impl Scenario {
    /// The choices that a project stands for now, its assumptions included.
    pub fn of(project: &Project, name: &str) -> Self {
        let components = || project.components.iter();
        Self {
            name: name.to_owned(),
            pins: components().filter_map(|(id, c)| Some((id.clone(), c.pin.clone()?))).collect(),
            deferred: components().filter(|(_, c)| c.deferred).map(|(id, _)| id.clone()).collect(),
            assumptions: Some(project.assumptions.clone()),
        }
    }

    /// What `project` is under this scenario. Components that are the same in both share their allocation.
    pub fn applied_to(&self, project: &Project) -> Project {
        let mut other = project.clone();
        for (id, component) in &mut other.components {
            let (pin, deferred) = (self.pins.get(id), self.deferred.contains(id));
            if component.pin.as_ref() != pin || component.deferred != deferred {
                let component = Arc::make_mut(component);
                component.pin = pin.cloned();
                component.deferred = deferred;
            }
        }
        if let Some(assumptions) = &self.assumptions {
            other.assumptions = assumptions.clone();
        }
        other
    }

    /// Forgets what it says of components that are gone.
    pub(super) fn without(&mut self, gone: impl Fn(&ComponentId) -> bool) {
        self.pins.retain(|id, _| !gone(id));
        self.deferred.retain(|id| !gone(id));
    }
}

/// An estimate as it stood at some moment, kept to be compared with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// What people call it.
    pub name: String,
    /// The day it was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// Calendar weeks.
    pub weeks: Spread,
    /// US dollars.
    pub budget_usd: Spread,
    /// What each part came to, the project's own work last, without a component.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<BaselinePart>,
    /// The edits that led to it since the one before (or since the project was opened), with their effects.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub edits: Vec<BaselineEdit>,
}

/// A lognormal range: its median and the standard deviation of its natural logarithm.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spread {
    /// As likely under as over, in the quantity's unit.
    #[serde(serialize_with = "rounded")]
    pub median: f64,
    /// Standard deviation of the natural logarithm.
    #[serde(serialize_with = "rounded")]
    pub log_sd: f64,
}

/// What one component came to in a baseline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaselinePart {
    /// The component; `None` for the project's own work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub component: Option<ComponentId>,
    /// What it was called then.
    pub name: String,
    /// The framework it was on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub framework: Option<FrameworkId>,
    /// Median share of the calendar, in weeks.
    #[serde(serialize_with = "rounded")]
    pub weeks: f64,
    /// Median cost, in US dollars.
    #[serde(serialize_with = "rounded")]
    pub usd: f64,
}

/// A named edit and what it did to the medians.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaselineEdit {
    /// What the edit was called.
    pub name: String,
    /// Change of the calendar weeks.
    #[serde(serialize_with = "rounded")]
    pub weeks: f64,
    /// Change of the budget in US dollars.
    #[serde(serialize_with = "rounded")]
    pub usd: f64,
}

/// Six decimals are more than anybody can tell apart, and do not differ between machines.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature is serde's")]
fn rounded<S: serde::Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serialize_number((value * 1e6).round() / 1e6, serializer)
}
