//! Other ways to build the same plan, kept beside it, and what was estimated at some moment.

use std::{collections::BTreeSet, sync::Arc};

use indexmap::IndexMap;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{
    Project,
    assumptions::{Assumptions, Role, RoleId, number, optional_day, optional_number},
    id::{ComponentId, FrameworkId, slug_id},
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

/// What the estimate of the moment is called beside the baselines; none of them is called so.
pub const NOW: &str = "now";

/// A named way to build the plan: the same drawing under other pins, with other parts put off, by other means. What is to hold, the
/// first day, the calendar, the currency and the confidence are always those of the project.
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
    /// Who builds it at which price.
    #[serde(default, skip_serializing_if = "Means::is_empty")]
    pub means: Means,
}

/// What a plan is built with: the part of [`Assumptions`] that is a choice of how to build it. What it does not say is as in the
/// project.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Means {
    /// One blended rate, in US dollars a person-week. Where no roles are named beside it, it takes the place of the project's rate card.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "optional_number")]
    pub rate_usd_per_person_week: Option<f64>,
    /// People working on it at the same time.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "optional_number")]
    pub team_size: Option<f64>,
    /// Added to weeks and budget, as a share (0.1 is 10 %).
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "optional_number")]
    pub contingency: Option<f64>,
    /// The rate card; an empty one for one blended rate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub roles: Option<IndexMap<RoleId, Role>>,
    /// Share of everybody's time that each further colleague costs. The playbook's cannot be kept: where a project says nothing, its
    /// scenarios say nothing either.
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "optional_number")]
    pub communication_share: Option<f64>,
}

impl Means {
    /// All that some assumptions say.
    pub fn of(assumptions: &Assumptions) -> Self {
        Self {
            rate_usd_per_person_week: Some(assumptions.rate_usd_per_person_week),
            team_size: Some(assumptions.team_size),
            contingency: Some(assumptions.contingency),
            roles: Some(assumptions.roles.clone()),
            communication_share: assumptions.communication_share,
        }
    }

    /// Whether all of them are the project's.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl Assumptions {
    /// The same with other means. A rate without roles stands for one rate: it takes the place of a rate card.
    #[must_use]
    pub fn with(&self, means: &Means) -> Self {
        let roles = match (&means.roles, means.rate_usd_per_person_week) {
            (Some(roles), _) => roles.clone(),
            (None, Some(_)) => IndexMap::new(),
            (None, None) => self.roles.clone(),
        };
        Self {
            rate_usd_per_person_week: means.rate_usd_per_person_week.unwrap_or(self.rate_usd_per_person_week),
            team_size: means.team_size.unwrap_or(self.team_size),
            contingency: means.contingency.unwrap_or(self.contingency),
            roles,
            communication_share: means.communication_share.or(self.communication_share),
            ..self.clone()
        }
    }
}

impl Scenario {
    /// The choices that a project stands for now, its means included.
    pub fn of(project: &Project, name: &str) -> Self {
        let components = || project.components.iter();
        Self {
            name: name.to_owned(),
            pins: components().filter_map(|(id, c)| Some((id.clone(), c.pin.clone()?))).collect(),
            deferred: components().filter(|(_, c)| c.deferred).map(|(id, _)| id.clone()).collect(),
            means: Means::of(&project.assumptions),
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
        other.assumptions = other.assumptions.with(&self.means);
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
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "optional_day")]
    pub date: Option<Date>,
    /// Weeks of work.
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

impl Baseline {
    /// Whether a baseline may be called so; not like the estimate of the moment.
    pub fn may_be_called(name: &str) -> bool {
        !name.trim().eq_ignore_ascii_case(NOW)
    }
}

/// A lognormal range: its median and the standard deviation of its natural logarithm. Kept with all their digits: a plan that nobody
/// touched is at every point of its range what its baseline is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spread {
    /// As likely under as over, in the quantity's unit.
    #[serde(serialize_with = "number")]
    pub median: f64,
    /// Standard deviation of the natural logarithm.
    #[serde(serialize_with = "number")]
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
    #[serde(serialize_with = "number")]
    pub weeks: f64,
    /// Median cost, in US dollars.
    #[serde(serialize_with = "number")]
    pub usd: f64,
}

/// A named edit and what it did to the medians.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BaselineEdit {
    /// What the edit was called.
    pub name: String,
    /// Change of the weeks of work.
    #[serde(serialize_with = "number")]
    pub weeks: f64,
    /// Change of the budget in US dollars.
    #[serde(serialize_with = "number")]
    pub usd: f64,
}
