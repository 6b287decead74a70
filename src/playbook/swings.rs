//! How far the assumptions of a project may lie from what comes true: the ends of their bars in a sensitivity.

use serde::{Deserialize, Serialize};

use super::EstimateSettings;
use crate::{lang::t, project::Assumptions};

/// An assumption of a project that moves its weeks or its budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Assumption {
    /// What a person-week costs on average, in US dollars.
    Rate,
    /// People working on it at the same time.
    TeamSize,
    /// Share of everybody's time that each further colleague costs.
    CommunicationShare,
    /// Added to weeks and budget, as a share.
    Contingency,
}

impl Assumption {
    /// Every one.
    pub const ALL: [Self; 4] = [Self::Rate, Self::TeamSize, Self::CommunicationShare, Self::Contingency];

    /// What people call it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Rate => t("Rate per person-week"),
            Self::TeamSize => t("Team size"),
            Self::CommunicationShare => t("Time lost to agreement"),
            Self::Contingency => t("Contingency"),
        }
    }

    /// How files call it.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Rate => "rate",
            Self::TeamSize => "team_size",
            Self::CommunicationShare => "communication_share",
            Self::Contingency => "contingency",
        }
    }

    /// What a project assumes: US dollars a person-week, people, or a share.
    pub fn of(self, settings: &EstimateSettings, assumptions: &Assumptions) -> f64 {
        match self {
            Self::Rate => assumptions.mean_rate_usd_per_person_week(),
            Self::TeamSize => assumptions.team_size,
            Self::CommunicationShare => assumptions.communication_share.unwrap_or(settings.communication_share),
            Self::Contingency => assumptions.contingency,
        }
    }

    /// The assumptions with this one at another value. A rate card is scaled as a whole.
    #[must_use]
    pub fn at(self, value: f64, assumptions: &Assumptions) -> Assumptions {
        let mut moved = assumptions.clone();
        match self {
            Self::Rate => {
                let before = assumptions.mean_rate_usd_per_person_week();
                let factor = if before > 0.0 { value / before } else { 1.0 };
                moved.rate_usd_per_person_week *= factor;
                moved.roles.values_mut().for_each(|role| role.rate_usd_per_person_week *= factor);
            }
            Self::TeamSize => moved.team_size = value,
            Self::CommunicationShare => moved.communication_share = Some(value),
            Self::Contingency => moved.contingency = value,
        }
        moved
    }

    /// Smallest and largest value it can have.
    fn limits(self) -> (f64, f64) {
        match self {
            Self::Rate | Self::Contingency => (0.0, f64::INFINITY),
            Self::TeamSize => (1.0, f64::INFINITY),
            Self::CommunicationShare => (0.0, 0.999),
        }
    }
}

/// A way from one value to another.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// So many times as much.
    Times(f64),
    /// So much more, in the unit of what is moved.
    Plus(f64),
}

impl Step {
    fn from(self, value: f64) -> f64 {
        match self {
            Self::Times(factor) => value * factor,
            Self::Plus(more) => value + more,
        }
    }

    /// Whether it leads nowhere above its start.
    pub(super) fn is_down(self) -> bool {
        match self {
            Self::Times(factor) => (0.0..=1.0).contains(&factor),
            Self::Plus(more) => more <= 0.0 && more.is_finite(),
        }
    }

    /// Whether it leads nowhere below its start.
    pub(super) fn is_up(self) -> bool {
        match self {
            Self::Times(factor) => factor >= 1.0 && factor.is_finite(),
            Self::Plus(more) => more >= 0.0 && more.is_finite(),
        }
    }
}

/// How far one assumption may lie from what comes true.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Swing {
    /// The assumption.
    pub assumption: Assumption,
    /// From the project's value to one that it is hardly below (P10).
    pub low: Step,
    /// From the project's value to one that it is hardly above (P90).
    pub high: Step,
    /// Why these are as they are.
    pub reason: String,
}

impl Swing {
    /// The ends for an assumption with this value, within what makes sense: the lower one is never above it, the other never
    /// below.
    pub fn ends(&self, value: f64) -> (f64, f64) {
        let (least, most) = self.assumption.limits();
        let within = |end: f64| end.max(least).min(most);
        (within(self.low.from(value)).min(value), within(self.high.from(value)).max(value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_lie_around_the_value_and_within_what_makes_sense() {
        let swing = |assumption, low, high| Swing { assumption, low, high, reason: String::new() };
        let team = swing(Assumption::TeamSize, Step::Plus(-1.0), Step::Times(1.5));
        assert_eq!([team.ends(4.0), team.ends(1.0), team.ends(0.5)], [(3.0, 6.0), (1.0, 1.5), (0.5, 1.0)]);
        let share = swing(Assumption::CommunicationShare, Step::Times(0.5), Step::Times(2.0));
        assert_eq!(share.ends(0.6), (0.3, 0.999));
        let contingency = swing(Assumption::Contingency, Step::Plus(-0.1), Step::Plus(0.1));
        assert_eq!(contingency.ends(0.0), (0.0, 0.1));
    }
}
