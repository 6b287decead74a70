//! What moves an estimate: every work item and every assumption at its ends, each alone from where the plan stands.
//!
//! Closed form and without an order. A work item by itself is a quantity like the whole, so its ends are P10 and P90 of the
//! prediction for its work alone: how far its outcomes spread, and what the cases leave unsure of its price. The ends of an
//! assumption are the playbook's (`swings`).
//!
//! How ends combine follows from `Calibration::predict`. Outcomes of all items rise and fall together: their log-spreads are
//! added by their shares of the median, so swings of outcomes add. What is unsure of the prices does not add: `x^T S' x` lets
//! errors offset each other, along the cases completely. "The rest" is therefore not a sum of bars but the prediction for all
//! of its work as if it were one item; with every item in it, it is the estimate itself.

use super::{
    calibrate::{Calibration, Prediction},
    engine::Engine,
    estimate::Factors,
    types::Estimate,
};
use crate::{
    playbook::{Assumption, Swing, WorkItemId},
    project::Assumptions,
};

/// Most bars that are shown by themselves.
pub const MOST_BARS: usize = 15;

/// What moves the medians of an estimate.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sensitivity {
    /// Calendar weeks.
    pub weeks: Tornado,
    /// US dollars.
    pub budget_usd: Tornado,
}

/// What moves one median, in its unit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tornado {
    /// The median as the plan stands.
    pub median: f64,
    /// What moves it, widest first.
    pub bars: Vec<TornadoBar>,
    /// What else there is, together.
    pub rest: Option<TornadoRest>,
}

/// One thing that moves a median.
#[derive(Clone, Debug, PartialEq)]
pub struct TornadoBar {
    /// What moves it.
    pub mover: Mover,
    /// What it is in the plan: weeks or US dollars of a work item, an assumption in its own unit.
    pub value: f64,
    /// At its low end.
    pub low: TornadoEnd,
    /// At its high end.
    pub high: TornadoEnd,
}

/// One end of a bar.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TornadoEnd {
    /// What the thing itself is there, in the unit of [`TornadoBar::value`].
    pub value: f64,
    /// The median of the whole with it.
    pub total: f64,
}

/// What moves a median.
#[derive(Clone, Debug, PartialEq)]
pub enum Mover {
    /// A work item, at its P10 and P90.
    WorkItem {
        /// The item.
        id: WorkItemId,
        /// How far outcomes of such work spread: the calibrated log-spread.
        outcome_log_sd: f64,
        /// What the cases leave unsure of its price, as a log-spread.
        price_log_sd: f64,
    },
    /// An assumption of the project, at the ends that the playbook gives it.
    Assumption {
        /// The assumption.
        assumption: Assumption,
        /// Why its ends are where they are.
        reason: String,
    },
}

/// What has no bar of its own.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct TornadoRest {
    /// Work items in it.
    pub items: usize,
    /// Assumptions in it.
    pub assumptions: usize,
    /// The median of the whole with all of it at its low end: P10 of the items' work together, and the lower end of each
    /// assumption.
    pub low: f64,
    /// The same at its high end.
    pub high: f64,
}

impl TornadoBar {
    /// How far apart the two ends put the median of the whole.
    pub fn swing(&self) -> f64 {
        (self.high.total - self.low.total).abs()
    }
}

impl Engine {
    /// What moves an estimate that this engine made under these assumptions: at most `most` bars for weeks and for the budget,
    /// and the rest of each together. What cannot move them has no bar.
    pub fn sensitivity(&self, assumptions: &Assumptions, estimate: &Estimate, most: usize) -> Sensitivity {
        let factors = Factors::new(&self.playbook.estimate, assumptions);
        let (effort, weeks) = (&self.calibrations.effort, &self.calibrations.weeks);
        let prior = self.prior_person_weeks(estimate, &factors);
        let prior_weeks: Vec<f64> =
            prior.iter().map(|person_weeks| person_weeks / self.playbook.estimate.reference_team_size).collect();
        let subject = |calibration, prior, factor, factor_of| Subject {
            engine: self,
            assumptions,
            calibration,
            prior,
            factor,
            factor_of,
        };
        let usd_of = |factors: &Factors| factors.effort * factors.rate_usd_per_person_week;
        Sensitivity {
            weeks: subject(weeks, prior_weeks, factors.weeks, |factors| factors.weeks)
                .tornado(estimate.weeks.median, most),
            budget_usd: subject(effort, prior, usd_of(&factors), usd_of).tornado(estimate.budget_usd.median, most),
        }
    }

    /// Prior person-weeks by work item, read back from the calibrated ones.
    fn prior_person_weeks(&self, estimate: &Estimate, factors: &Factors) -> Vec<f64> {
        let mut prior = vec![0.0; self.playbook.work_items.len()];
        for line in &estimate.breakdown {
            if let Some(item) = self.playbook.work_items.get_index_of(&line.work_item) {
                prior[item] += line.person_weeks;
            }
        }
        let each = prior.iter_mut().zip(self.calibrations.effort.multipliers());
        each.for_each(|(person_weeks, multiplier)| *person_weeks /= multiplier * factors.effort);
        prior
    }
}

/// One of the two medians, and what it is made of.
struct Subject<'a> {
    engine: &'a Engine,
    assumptions: &'a Assumptions,
    calibration: &'a Calibration,
    /// Prior quantity by work item.
    prior: Vec<f64>,
    /// From the calibrated quantity to the median.
    factor: f64,
    /// The same under other assumptions.
    factor_of: fn(&Factors) -> f64,
}

impl Subject<'_> {
    fn tornado(&self, median: f64, most: usize) -> Tornado {
        // With a rate of nothing there is nothing that could move.
        if median <= 0.0 {
            return Tornado::default();
        }
        let items = (0..self.prior.len()).filter(|item| self.prior[*item] > 0.0);
        let items = items.map(|item| (Some(item), self.item(median, item)));
        let swings = self.engine.playbook.estimate.swings.iter();
        let mut bars: Vec<(Option<usize>, TornadoBar)> =
            items.chain(swings.map(|swing| (None, self.assumption(median, swing)))).collect();
        bars.retain(|(_, bar)| bar.swing() > median * 1e-9);
        bars.sort_by(|(_, a), (_, b)| b.swing().total_cmp(&a.swing()));
        let rest = if bars.len() > most { bars.split_off(most) } else { Vec::new() };
        let rest = (!rest.is_empty()).then(|| self.rest(median, &rest));
        Tornado { median, bars: bars.into_iter().map(|(_, bar)| bar).collect(), rest }
    }

    /// The prediction for the work on some items alone.
    fn alone(&self, items: impl Iterator<Item = usize>) -> Prediction {
        let mut prior = vec![0.0; self.prior.len()];
        items.for_each(|item| prior[item] = self.prior[item]);
        self.calibration.predict(&prior)
    }

    fn item(&self, median: f64, item: usize) -> TornadoBar {
        let alone = self.alone(std::iter::once(item)).distribution;
        let value = alone.median * self.factor;
        let end = |probability: f64| {
            let value_there = alone.quantile(probability) * self.factor;
            TornadoEnd { value: value_there, total: median - value + value_there }
        };
        let outcome_log_sd = self.calibration.spread()[item];
        let id = self.engine.playbook.work_items.get_index(item).map(|(id, _)| id.clone());
        let mover = Mover::WorkItem {
            id: id.unwrap_or_else(|| WorkItemId::new("")),
            outcome_log_sd,
            price_log_sd: (alone.log_sd.powi(2) - outcome_log_sd.powi(2)).max(0.0).sqrt(),
        };
        TornadoBar { mover, value, low: end(0.1), high: end(0.9) }
    }

    fn assumption(&self, median: f64, swing: &Swing) -> TornadoBar {
        let settings = &self.engine.playbook.estimate;
        let value = swing.assumption.of(settings, self.assumptions);
        let end = |value: f64| {
            let moved = swing.assumption.at(value, self.assumptions);
            TornadoEnd { value, total: median * (self.factor_of)(&Factors::new(settings, &moved)) / self.factor }
        };
        let (low, high) = swing.ends(value);
        let mover = Mover::Assumption { assumption: swing.assumption, reason: swing.reason.clone() };
        TornadoBar { mover, value, low: end(low), high: end(high) }
    }

    fn rest(&self, median: f64, bars: &[(Option<usize>, TornadoBar)]) -> TornadoRest {
        let alone = self.alone(bars.iter().filter_map(|(item, _)| *item)).distribution;
        let items = bars.iter().filter(|(item, _)| item.is_some()).count();
        let own = |probability: f64| median + (alone.quantile(probability) - alone.median) * self.factor;
        let mut rest = TornadoRest { items, assumptions: bars.len() - items, low: own(0.1), high: own(0.9) };
        for (_, bar) in bars.iter().filter(|(item, _)| item.is_none()) {
            rest.low += bar.low.total.min(bar.high.total) - median;
            rest.high += bar.low.total.max(bar.high.total) - median;
        }
        rest
    }
}
