//! The work items' prior prices, conditioned on what the case studies took: a linear-Gaussian model.

use std::fmt::Write as _;

use statrs::distribution::{ContinuousCDF as _, Normal};

use super::{
    linear::{Collinear, Conditioned, dot},
    types::Distribution,
};
use crate::{
    lang::{t, tr},
    playbook::{CaseId, Playbook, WorkItemId},
    project::ComponentId,
};

/// Why no assessment can be made with a playbook and its cases.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum EngineError {
    /// A drawing was handed over for a case that the playbook does not have.
    #[error("{}", tr!("there is a drawing for the case \"{}\", and the playbook has no such case", .0))]
    UnknownCase(CaseId),
    /// A case with published figures has no drawing.
    #[error("{}", tr!("the case \"{}\" has published figures and no drawing to calibrate with", .0))]
    NoDrawing(CaseId),
    /// A case names components that its drawing does not have, or that are no services.
    #[error("{}", tr!("the case \"{0}\" names services that its drawing does not have: {1}", .case, list(.components)))]
    NotDrawn {
        /// The case.
        case: CaseId,
        /// The components it names in vain.
        components: Vec<ComponentId>,
    },
    /// Services of a case's drawing have neither a framework in the case nor a pin.
    #[error("{}", tr!("in the case \"{0}\" these services have no framework; name it in the case or pin it: {1}", .case, list(.components)))]
    NoFramework {
        /// The case.
        case: CaseId,
        /// The services.
        components: Vec<ComponentId>,
    },
    /// A case has no work, or the same work as the cases before it in other proportions.
    #[error("{}", tr!("the case \"{}\" has no work that tells it from the other cases, so its published figures cannot be met", .0))]
    Collinear(CaseId),
    /// Meeting the published figures takes multipliers of 0 or less.
    #[error("{}", tr!("{0} cannot be calibrated: these work items would have to be 0 or less: {1}", .what, values(.items)))]
    NotPositive {
        /// What was calibrated: effort or weeks, multipliers or spread.
        what: &'static str,
        /// The items and what they would have to be.
        items: Vec<(WorkItemId, f64)>,
    },
}

fn list(components: &[ComponentId]) -> String {
    components.iter().map(ComponentId::as_str).collect::<Vec<_>>().join(", ")
}

fn values(items: &[(WorkItemId, f64)]) -> String {
    let mut text = String::new();
    for (item, value) in items {
        let separator = if text.is_empty() { "" } else { ", " };
        let _ = write!(text, "{separator}{item} ({value:.2})");
    }
    text
}

/// A case as the calibration sees it.
#[derive(Clone, Debug)]
pub(super) struct CaseRow {
    pub(super) id: CaseId,
    /// Prior person-weeks by work item.
    pub(super) person_weeks: Vec<f64>,
    /// Published effort in person-weeks, low and high.
    pub(super) effort: (f64, f64),
    /// Published calendar time in weeks, low and high.
    pub(super) weeks: (f64, f64),
}

/// What one quantity (effort, or weeks) was found to be per unit of prior work, and how sure that is.
#[derive(Clone, Debug)]
pub(super) struct Calibration {
    multipliers: Conditioned,
    /// Log-spread of each item's own outcome.
    spread: Vec<f64>,
}

/// What the model says of a quantity of work.
pub(super) struct Prediction {
    pub(super) distribution: Distribution,
    /// How much it leans on each case.
    pub(super) weights: Vec<f64>,
    /// Share of the variance that comes from lying outside the cases.
    pub(super) extrapolation: f64,
}

impl Calibration {
    /// Conditions the multipliers on the middle of each published range and the spreads on its width. `rows` are the prior
    /// quantities by item.
    fn new(playbook: &Playbook, rows: &[Vec<f64>], published: &[(f64, f64)]) -> Result<Self, Collinear> {
        let items = || playbook.work_items.values();
        let middles: Vec<f64> = published.iter().map(|(low, high)| (low * high).sqrt()).collect();
        let variance = items().map(|item| item.cv * item.cv).collect();
        let multipliers = Conditioned::new(&vec![1.0; playbook.work_items.len()], variance, rows.to_vec(), &middles)?;
        let shares: Vec<Vec<f64>> = rows.iter().map(|row| shares(row, &multipliers.mean)).collect();
        let z90 = Normal::standard().inverse_cdf(0.9);
        let widths: Vec<f64> = published.iter().map(|(low, high)| (high / low).ln() / (2.0 * z90)).collect();
        let prior: Vec<f64> = items().map(|item| item.log_spread).collect();
        let variance = prior.iter().map(|spread| (0.5 * spread).powi(2)).collect();
        let spread = Conditioned::new(&prior, variance, shares, &widths)?.mean;
        Ok(Self { multipliers, spread })
    }

    /// Multipliers of the prior prices, by work item.
    pub(super) fn multipliers(&self) -> &[f64] {
        &self.multipliers.mean
    }

    /// Log-spreads by work item.
    pub(super) fn spread(&self) -> &[f64] {
        &self.spread
    }

    /// How unsure the multiplier of one item is after the cases were heard: its standard deviation.
    pub(super) fn left(&self, item: usize) -> f64 {
        let mut alone = vec![0.0; self.spread.len()];
        alone[item] = 1.0;
        self.multipliers.variance(&alone, &self.multipliers.weights(&alone)).sqrt()
    }

    /// The quantity for prior quantities by item.
    pub(super) fn predict(&self, x: &[f64]) -> Prediction {
        let median = dot(x, self.multipliers());
        let weights = self.multipliers.weights(x);
        if median <= 0.0 {
            return Prediction { distribution: Distribution::default(), weights, extrapolation: 0.0 };
        }
        let own = dot(&shares(x, self.multipliers()), &self.spread).powi(2);
        let outside = (self.multipliers.variance(x, &weights) / (median * median)).ln_1p();
        let total = own + outside;
        Prediction {
            distribution: Distribution { median, log_sd: total.sqrt() },
            weights,
            extrapolation: if total > 0.0 { outside / total } else { 0.0 },
        }
    }

    fn check_positive(&self, playbook: &Playbook, what: [&'static str; 2]) -> Result<(), EngineError> {
        for (what, values) in what.into_iter().zip([self.multipliers(), &self.spread]) {
            let items: Vec<_> = playbook
                .work_items
                .keys()
                .zip(values)
                .filter(|(_, value)| value.is_nan() || **value <= 0.0)
                .map(|(item, value)| (item.clone(), *value))
                .collect();
            if !items.is_empty() {
                return Err(EngineError::NotPositive { what, items });
            }
        }
        Ok(())
    }
}

fn shares(x: &[f64], multipliers: &[f64]) -> Vec<f64> {
    let sum = dot(x, multipliers);
    x.iter().zip(multipliers).map(|(x, multiplier)| x * multiplier / sum).collect()
}

/// The calibrations of effort and of calendar weeks.
#[derive(Clone, Debug)]
pub(super) struct Calibrations {
    /// Person-weeks per prior person-week.
    pub(super) effort: Calibration,
    /// Weeks per prior week of the reference team.
    pub(super) weeks: Calibration,
}

impl Calibrations {
    pub(super) fn new(playbook: &Playbook, cases: &[CaseRow]) -> Result<Self, EngineError> {
        let collinear = |Collinear(at): Collinear| EngineError::Collinear(cases[at].id.clone());
        let team = playbook.estimate.reference_team_size;
        let effort_rows: Vec<_> = cases.iter().map(|case| case.person_weeks.clone()).collect();
        let weeks_rows: Vec<Vec<f64>> = cases
            .iter()
            .map(|case| case.person_weeks.iter().map(|person_weeks| person_weeks / team).collect())
            .collect();
        let effort: Vec<_> = cases.iter().map(|case| case.effort).collect();
        let weeks: Vec<_> = cases.iter().map(|case| case.weeks).collect();
        Ok(Self {
            effort: Calibration::new(playbook, &effort_rows, &effort).map_err(collinear)?,
            weeks: Calibration::new(playbook, &weeks_rows, &weeks).map_err(collinear)?,
        })
    }

    /// Every multiplier and spread must be above 0: a price of nothing or less would make more work cheaper.
    pub(super) fn check_positive(&self, playbook: &Playbook) -> Result<(), EngineError> {
        self.effort.check_positive(playbook, ["effort", t("the spread of effort")])?;
        self.weeks.check_positive(playbook, ["weeks", t("the spread of weeks")])
    }
}
