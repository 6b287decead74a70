//! From calibrated work to weeks and dollars.

use super::{
    calibrate::{Calibrations, CaseRow},
    effort::{Piece, Work},
    tables::Tables,
    types::{Distribution, Estimate, EstimateLine, Lean},
    verdict::Assignment,
};
use crate::{
    playbook::{EstimateSettings, Playbook, WorkItemId},
    project::{Assumptions, ComponentId},
};

/// What the project's team, rate and contingency make of the reference team's effort and weeks.
#[derive(Clone, Copy)]
pub(super) struct Factors {
    /// Person-weeks for each person-week of the reference team.
    pub(super) effort: f64,
    /// Weeks for each week of the reference team.
    pub(super) weeks: f64,
    pub(super) rate_usd_per_person_week: f64,
}

impl Factors {
    pub(super) fn new(settings: &EstimateSettings, assumptions: &Assumptions) -> Self {
        let (reference, team) = (settings.reference_team_size, assumptions.team_size.clamp(1.0, 1e4));
        // The reference team is what the page's teams were like, whatever the person's own team is like.
        let reference_productive = productive(reference, settings.communication_share);
        let own_share = assumptions.communication_share.unwrap_or(settings.communication_share).clamp(0.0, 1.0);
        let own_productive = productive(team, own_share);
        let contingency = 1.0 + assumptions.contingency.clamp(0.0, 1e4);
        Self {
            effort: reference_productive / own_productive * contingency,
            weeks: work_of(reference, settings.communication_share) / work_of(team, own_share) * contingency,
            rate_usd_per_person_week: assumptions.mean_rate_usd_per_person_week().clamp(0.0, 1e9),
        }
    }
}

/// What is left of a person's week: each further colleague costs everybody a share of their time.
fn productive(team_size: f64, communication_share: f64) -> f64 {
    1.0 / (1.0 + communication_share * (team_size - 1.0))
}

/// How many people who need not agree with anybody get done what a team does.
pub fn work_of(team_size: f64, communication_share: f64) -> f64 {
    team_size * productive(team_size, communication_share)
}

/// Everything an estimate is made with.
pub(super) struct Estimator<'a> {
    pub(super) playbook: &'a Playbook,
    pub(super) tables: &'a Tables,
    pub(super) calibrations: &'a Calibrations,
    pub(super) cases: &'a [CaseRow],
    pub(super) factors: Factors,
}

impl Estimator<'_> {
    /// Calendar weeks and US dollars for prior person-weeks by work item.
    pub(super) fn totals(&self, prior_person_weeks: &[f64]) -> (Distribution, Distribution) {
        let effort = self.calibrations.effort.predict(prior_person_weeks).distribution;
        (self.weeks(prior_person_weeks), effort.times(self.factors.effort * self.factors.rate_usd_per_person_week))
    }

    fn weeks(&self, prior_person_weeks: &[f64]) -> Distribution {
        let team = self.playbook.estimate.reference_team_size;
        let prior_weeks: Vec<f64> = prior_person_weeks.iter().map(|person_weeks| person_weeks / team).collect();
        self.calibrations.weeks.predict(&prior_weeks).distribution.times(self.factors.weeks)
    }

    /// The estimate in full, with its breakdown.
    pub(super) fn estimate(&self, work: &Work<'_>, assignment: &Assignment, ids: &[&ComponentId]) -> Estimate {
        let mut prior_person_weeks = vec![0.0; self.playbook.work_items.len()];
        let mut breakdown = Vec::new();
        work.for_each(assignment, |piece| {
            prior_person_weeks[piece.item] += piece.prior_person_weeks;
            breakdown.push(self.line(&piece, assignment, ids));
        });
        let prediction = self.calibrations.effort.predict(&prior_person_weeks);
        let effort = prediction.distribution.times(self.factors.effort);
        let leans = self.cases.iter().zip(&prediction.weights);
        Estimate {
            person_weeks: effort.median,
            weeks: self.weeks(&prior_person_weeks),
            budget_usd: effort.times(self.factors.rate_usd_per_person_week),
            breakdown,
            seam: self.seam(work, assignment),
            leans: leans.map(|(case, weight)| Lean { case: case.id.clone(), weight: *weight }).collect(),
            extrapolation: prediction.extrapolation,
        }
    }

    /// What some prior work on an item comes to.
    pub(super) fn sums(&self, item: usize, prior_person_weeks: f64) -> Sums {
        let prior_weeks = prior_person_weeks / self.playbook.estimate.reference_team_size;
        let person_weeks = prior_person_weeks * self.calibrations.effort.multipliers()[item] * self.factors.effort;
        Sums {
            person_weeks,
            usd: person_weeks * self.factors.rate_usd_per_person_week,
            weeks: prior_weeks * self.calibrations.weeks.multipliers()[item] * self.factors.weeks,
        }
    }

    fn line(&self, piece: &Piece, assignment: &Assignment, ids: &[&ComponentId]) -> EstimateLine {
        let Sums { person_weeks, usd, weeks } = self.sums(piece.item, piece.prior_person_weeks);
        let work_item = self.playbook.work_items.get_index(piece.item).map(|(id, _)| id.clone());
        let framework = piece.component.and_then(|position| assignment[position]);
        EstimateLine {
            component: piece.component.map(|position| ids[position].clone()),
            framework: framework.and_then(|at| self.playbook.frameworks.get_index(at)).map(|(id, _)| id.clone()),
            work_item: work_item.unwrap_or_else(|| WorkItemId::new("")),
            quantity: piece.quantity,
            person_weeks,
            usd,
            weeks,
            phases: self.tables.phases[piece.item].clone(),
        }
    }
}

/// Sums over some lines of a breakdown.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Sums {
    /// Median effort in person-weeks.
    pub person_weeks: f64,
    /// Median cost in US dollars.
    pub usd: f64,
    /// Median share of the calendar in weeks.
    pub weeks: f64,
}

impl std::ops::AddAssign for Sums {
    fn add_assign(&mut self, other: Self) {
        self.person_weeks += other.person_weeks;
        self.usd += other.usd;
        self.weeks += other.weeks;
    }
}

/// Each part in whole cents, so that the cents sum to the rounded total: the largest remainders are rounded up.
///
/// Cents of a currency of which a dollar buys a billion are more than an `i64` holds.
pub fn round_to_cents(parts_usd: &[f64]) -> Vec<i128> {
    let total_cents = (parts_usd.iter().sum::<f64>() * 100.0).round() as i128;
    let floors = || parts_usd.iter().map(|part| (part * 100.0).floor() as i128);
    let count = (parts_usd.len() as i128).max(1);
    // Beyond 2^53 the sum of the parts and their rounded total may lie far apart: each takes its share of that.
    let each = (total_cents - floors().sum::<i128>()) / count;
    let mut cents: Vec<i128> = floors().map(|floor| floor + each).collect();
    let mut order: Vec<usize> = (0..parts_usd.len()).collect();
    let remainder = |i: &usize| parts_usd[*i] * 100.0 - (parts_usd[*i] * 100.0).floor();
    order.sort_by(|a, b| remainder(b).total_cmp(&remainder(a)));
    let missing = total_cents - cents.iter().sum::<i128>();
    let step = missing.signum();
    for i in order.iter().cycle().take(usize::try_from(missing.abs()).unwrap_or(0)) {
        cents[*i] += step;
    }
    cents
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cents_sum_to_the_rounded_total() {
        for parts in [vec![1.0 / 3.0; 3], vec![0.005; 7], vec![1234.567, 0.001, 99.999], vec![], vec![10.0, 20.0]] {
            let cents = round_to_cents(&parts);
            assert_eq!(cents.iter().sum::<i128>(), (parts.iter().sum::<f64>() * 100.0).round() as i128, "{parts:?}");
            assert!(cents.iter().zip(&parts).all(|(cents, part)| (*cents as f64 - part * 100.0).abs() <= 1.0));
        }
        let large = [1.7e22, 3.1e21, 0.5, 9.9e23];
        let sum = round_to_cents(&large).iter().sum::<i128>();
        assert_eq!(sum, (large.iter().sum::<f64>() * 100.0).round() as i128);
    }
}
