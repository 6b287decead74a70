//! The rate card: roles with what they cost and how much of the work is theirs.

use serde::{Deserialize, Serialize};

use super::{super::id::slug_id, number};

slug_id!(
    /// Names a [`Role`] of a rate card, for example `engineer`.
    RoleId
);

/// Most roles that a rate card holds.
pub const MAX_ROLES: usize = 50;

/// Somebody who works on the plan.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role {
    /// What people call it.
    pub name: String,
    /// In US dollars a person-week.
    #[serde(serialize_with = "number")]
    pub rate_usd_per_person_week: f64,
    /// Its part of the effort, beside those of the others: 0.4 and 0.6 say the same as 2 and 3.
    #[serde(serialize_with = "number")]
    pub share: f64,
}

impl Role {
    /// A role with its rate in US dollars a person-week and its part of the effort.
    pub fn new(name: &str, rate_usd_per_person_week: f64, share: f64) -> Self {
        Self { name: name.to_owned(), rate_usd_per_person_week, share }
    }
}
