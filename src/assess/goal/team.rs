//! Which team a goal takes: more people are done earlier and cost more, fewer the other way.

use super::{Outlook, Question};
use crate::project::{Assumptions, Edit};

/// Teams of more people than this are not proposed, however many services there are: the price of talking to each other is an
/// assumption for teams of a few.
pub const MOST_PEOPLE: u32 = 50;
/// By how many people a team is changed where services are left out as well.
const MOST_CHANGED: u32 = 4;

/// Another team with which the goal holds.
#[derive(Clone, Debug, PartialEq)]
pub struct TeamChange {
    /// People.
    pub team_size: f64,
    /// The whole plan with this team.
    pub outlook: Outlook,
}

/// Why no team makes the goal hold.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NoTeam {
    /// The money is not enough for the team that costs least.
    Budget {
        /// Its people.
        team_size: f64,
        /// What it takes, in US dollars, as surely as the goal asks.
        least_usd: f64,
    },
    /// The time is too short for the team that is done first.
    Weeks {
        /// Its people.
        team_size: f64,
        /// What it takes, in weeks, as surely as the goal asks.
        least_weeks: f64,
    },
    /// The deadline takes more people than the budget allows.
    Between {
        /// The fewest people with whom the deadline holds.
        deadline_takes: f64,
        /// The most people with whom the budget holds.
        budget_allows: f64,
    },
}

/// Whole teams near the present one, the nearest first, without the present one itself.
pub(super) fn near(present: f64) -> Vec<f64> {
    let mut sizes: Vec<f64> = (1..=MOST_PEOPLE).map(f64::from).filter(|size| *size != present).collect();
    sizes.retain(|size| (size - present).abs() <= f64::from(MOST_CHANGED));
    sizes.sort_by(|a, b| (a - present).abs().total_cmp(&(b - present).abs()));
    sizes
}

impl Question<'_> {
    /// The largest team that so many services can use, in people (see `EstimateSettings::largest_team`).
    pub(super) fn largest_team(&self, services: usize) -> f64 {
        f64::from(self.engine.playbook.estimate.largest_team.of(services).min(MOST_PEOPLE))
    }

    /// The nearest team of whole people that keeps the goal with everything that is in the plan, whose prior person-weeks by work
    /// item these are.
    pub(super) fn team(&self, prior_person_weeks: &[f64]) -> Result<TeamChange, NoTeam> {
        let present = self.project.assumptions.team_size;
        let most = self.largest_team(self.project.services().count());
        // A team that is larger already may be made smaller step by step.
        let mut sizes: Vec<f64> = (1..=MOST_PEOPLE).map(f64::from).filter(|size| *size <= most.max(present)).collect();
        let of = |team_size: f64| Assumptions { team_size, ..self.project.assumptions.clone() };
        let looks = |team_size: &f64| {
            let (weeks, budget_usd) = self.engine.estimator(&of(*team_size)).totals(prior_person_weeks);
            Outlook::new(self.goal, weeks, budget_usd)
        };
        let why = self.why_none(&sizes.iter().map(|size| (*size, looks(size))).collect::<Vec<_>>());
        sizes.sort_by(|a, b| (a - present).abs().total_cmp(&(b - present).abs()));
        for team_size in sizes.into_iter().filter(|size| *size != present) {
            let outlook = looks(&team_size);
            if !self.goal.is_kept_by(outlook.weeks, outlook.budget_usd) {
                continue;
            }
            // A playbook's conditions may read the size of the team.
            let mut other = self.project.clone();
            other.apply(&Edit::SetAssumptions(of(team_size)));
            let estimate = self.engine.assess_again(&other, self.project, self.assessment).estimate;
            if self.goal.is_kept_by(estimate.weeks, estimate.budget_usd) {
                return Ok(TeamChange {
                    team_size,
                    outlook: Outlook::new(self.goal, estimate.weeks, estimate.budget_usd),
                });
            }
        }
        Err(why)
    }

    /// Why none of these teams does it, which are all there are, in the order of their size.
    fn why_none(&self, teams: &[(f64, Outlook)]) -> NoTeam {
        let (targets, sure) = (self.goal.targets, self.goal.sure);
        let (mut cheapest, mut first) = ((1.0, f64::INFINITY), (1.0, f64::INFINITY));
        let (mut deadline_takes, mut budget_allows) = (None, None);
        for (size, outlook) in teams {
            let (usd, weeks) = (outlook.budget_usd.quantile(sure), outlook.weeks.quantile(sure));
            cheapest = if usd < cheapest.1 { (*size, usd) } else { cheapest };
            first = if weeks < first.1 { (*size, weeks) } else { first };
            if targets.deadline_weeks.is_none_or(|target| weeks <= target) {
                deadline_takes = deadline_takes.or(Some(*size));
            }
            if targets.budget_usd.is_none_or(|target| usd <= target) {
                budget_allows = Some(*size);
            }
        }
        match (deadline_takes, budget_allows) {
            (_, None) => NoTeam::Budget { team_size: cheapest.0, least_usd: cheapest.1 },
            (None, _) => NoTeam::Weeks { team_size: first.0, least_weeks: first.1 },
            (Some(deadline_takes), Some(budget_allows)) => NoTeam::Between { deadline_takes, budget_allows },
        }
    }
}
