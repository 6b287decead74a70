//! The person's own assumptions: rate, team, contingency. Defaults reproduce the page's figures.

use serde::{Deserialize, Serialize};

use super::value::serialize_number;

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

/// Assumptions of a project about money and people (kind `assumption`; all editable).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Assumptions {
    /// One blended rate, in US dollars a person-week.
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
}

// The signature is serde's: `serialize_with` hands over a reference.
#[expect(clippy::trivially_copy_pass_by_ref)]
fn number<S: serde::Serializer>(number: &f64, serializer: S) -> Result<S::Ok, S::Error> {
    serialize_number(*number, serializer)
}

impl Default for Assumptions {
    fn default() -> Self {
        Self { rate_usd_per_person_week: 4500.0, team_size: 2.0, contingency: 0.0, confidence: Confidence::P50 }
    }
}
