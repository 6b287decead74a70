//! The person's own assumptions: rates, team, calendar, currency, targets. Defaults reproduce the page's figures.

mod calendar;
mod currency;
mod day;
mod holidays;
mod machines;
mod months;
mod target;
mod team;

use std::ops::RangeInclusive;

use indexmap::IndexMap;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::value::serialize_number;

pub use calendar::{Calendar, DAYS_A_WEEK, MAX_HOLIDAYS, Timetable, Weekday};
pub use currency::{Currency, Grouping, MAX_SIGN_BYTES};
pub(super) use day::optional_day;
pub use holidays::{holidays_text, parse_holidays};
pub use machines::{MAX_SERVERS, Machines, ServerFigures};
pub use months::{WEEKS_A_MONTH, months_of, weeks_of_months};
pub use target::Deadline;
pub use team::{MAX_ROLES, Role, RoleId};

/// Which point of the range is shown first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Confidence {
    /// As likely under as over.
    #[default]
    #[serde(rename = "p50")]
    P50,
    /// Four times out of five under.
    #[serde(rename = "p80")]
    P80,
    /// Nine times out of ten under.
    #[serde(rename = "p90")]
    P90,
}

impl Confidence {
    /// Every level that can be chosen.
    pub const ALL: [Self; 3] = [Self::P50, Self::P80, Self::P90];

    /// The probability of staying at or under the figure, 0 to 1.
    pub fn probability(self) -> f64 {
        match self {
            Self::P50 => 0.5,
            Self::P80 => 0.8,
            Self::P90 => 0.9,
        }
    }

    /// `P50`, `P80`, `P90`.
    pub fn label(self) -> &'static str {
        match self {
            Self::P50 => "P50",
            Self::P80 => "P80",
            Self::P90 => "P90",
        }
    }
}

/// What a person-week can cost, in US dollars.
pub const RATE_USD: RangeInclusive<f64> = 1.0..=1e6;
/// How many people can work on a plan at the same time.
pub const TEAM_SIZE: RangeInclusive<f64> = 1.0..=1_000.0;
/// What can be put on top of weeks and budget, as a share.
pub const CONTINGENCY: RangeInclusive<f64> = 0.0..=10.0;
/// Share of everybody's time that a further colleague can cost.
pub const COMMUNICATION_SHARE: RangeInclusive<f64> = 0.0..=1.0;
/// What a budget that is to hold can be, in US dollars.
pub const BUDGET_USD: RangeInclusive<f64> = 1.0..=1e12;
/// How much time there can be, in weeks of work.
pub const DEADLINE_WEEKS: RangeInclusive<f64> = 0.1..=100_000.0;
/// What a US dollar can buy of a currency.
pub const PER_USD: RangeInclusive<f64> = 1e-6..=1e9;

/// How busy a proposed deployment can be planned, as a share.
pub const UTILISATION: RangeInclusive<f64> = 0.05..=0.95;
/// What a round trip can take in milliseconds, and a request can cost in milliseconds or megabytes.
pub const SERVER_FIGURE: RangeInclusive<f64> = 0.0..=1e6;

/// How many threads a process may have.
pub const THREADS: RangeInclusive<f64> = 1.0..=10_000.0;
/// What a processor or a gigabyte can cost, in US dollars a month.
pub const MACHINE_USD: RangeInclusive<f64> = 0.0..=1e6;

/// Assumptions of a project about money, people and time (kind `assumption`; all editable).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Assumptions {
    /// One blended rate, in US dollars a person-week; holds while there are no roles.
    #[serde(serialize_with = "number")]
    pub rate_usd_per_person_week: f64,
    /// People working on it at the same time.
    #[serde(serialize_with = "number")]
    pub team_size: f64,
    /// Added to weeks and budget, as a share (0.1 is 10 %).
    #[serde(serialize_with = "number")]
    pub contingency: f64,
    /// The point of the range shown first.
    pub confidence: Confidence,
    /// The rate card: who works on it at which rate and share. Empty for one blended rate.
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    pub roles: IndexMap<RoleId, Role>,
    /// Share of everybody's time that each further colleague costs (0.06 is 6 %); `None` for the playbook's.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "optional_number")]
    pub communication_share: Option<f64>,
    /// The first day of work; without one the plan counts in weeks.
    #[serde(skip_serializing_if = "Option::is_none", deserialize_with = "optional_day")]
    pub start: Option<Date>,
    /// On which days people work.
    #[serde(skip_serializing_if = "Calendar::is_default")]
    pub calendar: Calendar,
    /// How money is written; all of it is kept in US dollars.
    #[serde(skip_serializing_if = "Currency::is_default")]
    pub currency: Currency,
    /// The budget that is to hold, in US dollars.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "optional_number")]
    pub target_budget_usd: Option<f64>,
    /// When it is to be done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deadline: Option<Deadline>,
    /// What is assumed of servers and machines otherwise than the playbook has it.
    #[serde(skip_serializing_if = "Machines::is_default")]
    pub machines: Machines,
}

// The signatures are serde's: `serialize_with` hands over references.
#[expect(clippy::trivially_copy_pass_by_ref)]
pub(super) fn number<S: serde::Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serialize_number(*number, serializer)
}

#[expect(clippy::ref_option)]
pub(super) fn optional_number<S: serde::Serializer>(number: &Option<f64>, serializer: S) -> Result<S::Ok, S::Error> {
    // The dialect writes no `Some`; `None` is skipped before it comes here.
    serialize_number(number.unwrap_or_default(), serializer)
}

impl Default for Assumptions {
    fn default() -> Self {
        Self {
            rate_usd_per_person_week: 4500.0,
            team_size: 2.0,
            contingency: 0.0,
            confidence: Confidence::P50,
            roles: IndexMap::new(),
            communication_share: None,
            start: None,
            calendar: Calendar::default(),
            currency: Currency::default(),
            target_budget_usd: None,
            deadline: None,
            machines: Machines::default(),
        }
    }
}

impl Assumptions {
    /// What a person-week costs on average, in US dollars: the roles' rates by their shares, or the one blended rate.
    pub fn mean_rate_usd_per_person_week(&self) -> f64 {
        let shares: f64 = self.roles.values().map(|role| role.share).sum();
        if shares <= 0.0 {
            return self.rate_usd_per_person_week;
        }
        self.roles.values().map(|role| role.rate_usd_per_person_week * role.share).sum::<f64>() / shares
    }

    /// Each role with its part of the effort and of the money, both as shares that sum to 1; nothing for one blended rate.
    pub fn role_shares(&self) -> Vec<(&RoleId, &Role, RoleShare)> {
        let shares: f64 = self.roles.values().map(|role| role.share).sum();
        let mean = self.mean_rate_usd_per_person_week();
        if shares <= 0.0 || mean <= 0.0 {
            return Vec::new();
        }
        let part = |role: &Role| RoleShare {
            effort: role.share / shares,
            money: role.share / shares * role.rate_usd_per_person_week / mean,
        };
        self.roles.iter().map(|(id, role)| (id, role, part(role))).collect()
    }

    /// Days and weeks of the plan as dates; `None` without a first day.
    pub fn timetable(&self) -> Option<Timetable> {
        self.start.map(|start| Timetable::new(start, &self.calendar))
    }

    /// The weeks of work that fit before the deadline; `None` if there is none, or one by date without a first day.
    pub fn deadline_weeks(&self) -> Option<f64> {
        match self.deadline? {
            Deadline::Weeks(weeks) => Some(weeks),
            Deadline::Date(date) => Some(self.timetable()?.weeks_through(date)),
        }
    }
}

/// A role's part of a whole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RoleShare {
    /// Of the person-weeks.
    pub effort: f64,
    /// Of the money.
    pub money: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_card_blends_by_its_shares() {
        let mut assumptions = Assumptions::default();
        assert_eq!(assumptions.mean_rate_usd_per_person_week(), 4500.0);
        assumptions.roles.insert("engineer".into(), Role::new("Engineer", 4000.0, 3.0));
        assumptions.roles.insert("architect".into(), Role::new("Architect", 6000.0, 1.0));
        assert_eq!(assumptions.mean_rate_usd_per_person_week(), 4500.0);
        let shares = assumptions.role_shares();
        assert_eq!(shares[1].2.effort, 0.25);
        assert!((shares[1].2.money - 6000.0 / 18_000.0).abs() < 1e-12);
        assert!((shares.iter().map(|(_, _, share)| share.money).sum::<f64>() - 1.0).abs() < 1e-12);
    }
}
