//! What moves an estimate, for other programs (`docs/sensitivity-json.md`).

use serde::Serialize;

use crate::{
    assess::{Mover, Sensitivity, Tornado, TornadoBar, TornadoEnd, TornadoRest},
    explain,
    playbook::Playbook,
};

/// What moves weeks and budget.
#[derive(Serialize)]
pub struct SensitivityJson<'a> {
    weeks: TornadoJson<'a>,
    budget_usd: TornadoJson<'a>,
}

#[derive(Serialize)]
struct TornadoJson<'a> {
    median: f64,
    bars: Vec<BarJson<'a>>,
    rest: Option<RestJson>,
}

#[derive(Serialize)]
struct BarJson<'a> {
    kind: &'static str,
    id: &'a str,
    label: String,
    value: f64,
    low: EndJson,
    high: EndJson,
    swing: f64,
    outcome_log_sd: Option<f64>,
    price_log_sd: Option<f64>,
    reason: Option<&'a str>,
}

#[derive(Serialize)]
struct EndJson {
    value: f64,
    total: f64,
}

#[derive(Serialize)]
struct RestJson {
    items: usize,
    assumptions: usize,
    low: f64,
    high: f64,
}

impl<'a> SensitivityJson<'a> {
    /// What moves an estimate, with the names of a playbook.
    pub fn new(playbook: &Playbook, sensitivity: &'a Sensitivity) -> Self {
        Self { weeks: tornado(playbook, &sensitivity.weeks), budget_usd: tornado(playbook, &sensitivity.budget_usd) }
    }
}

fn tornado<'a>(playbook: &Playbook, tornado: &'a Tornado) -> TornadoJson<'a> {
    TornadoJson {
        median: tornado.median,
        bars: tornado.bars.iter().map(|one| bar(playbook, one)).collect(),
        rest: tornado.rest.map(|TornadoRest { items, assumptions, low, high }| RestJson {
            items,
            assumptions,
            low,
            high,
        }),
    }
}

fn bar<'a>(playbook: &Playbook, bar: &'a TornadoBar) -> BarJson<'a> {
    let end = |TornadoEnd { value, total }: TornadoEnd| EndJson { value, total };
    let (kind, id, spreads, reason) = match &bar.mover {
        Mover::WorkItem { id, outcome_log_sd, price_log_sd } => {
            ("work_item", id.as_str(), Some((*outcome_log_sd, *price_log_sd)), None)
        }
        Mover::Assumption { assumption, reason } => ("assumption", assumption.slug(), None, Some(reason.as_str())),
    };
    BarJson {
        kind,
        id,
        label: explain::mover(playbook, &bar.mover),
        value: bar.value,
        low: end(bar.low),
        high: end(bar.high),
        swing: bar.swing(),
        outcome_log_sd: spreads.map(|(outcome, _)| outcome),
        price_log_sd: spreads.map(|(_, price)| price),
        reason,
    }
}
