//! The cases that estimates stand on, for other programs (`docs/sensitivity-json.md`).

use indexmap::IndexMap;
use serde::Serialize;

use super::{json::Range, words::where_it_lies};
use crate::{
    assess::{CaseReport, Engine, Estimate, Multiplier},
    playbook::Playbook,
    project::Project,
};

/// The version of the schema of the sensitivity and of the cases.
pub const ESTIMATE_SCHEMA: u32 = 1;

/// The cases, the multipliers, and what a plan leans on.
#[derive(Serialize)]
pub struct CasesJson<'a> {
    schema: u32,
    cases: Vec<CaseJson<'a>>,
    multipliers: Vec<MultiplierJson<'a>>,
    plan: Option<PlanJson<'a>>,
}

#[derive(Serialize)]
struct CaseJson<'a> {
    id: &'a str,
    name: &'a str,
    paragraph: u8,
    published: Both<Ends>,
    prior: Both<f64>,
    calibrated: Both<Range>,
    left_out: Both<f64>,
}

#[derive(Serialize)]
struct Both<T> {
    weeks: T,
    budget_usd: T,
}

#[derive(Serialize)]
struct Ends {
    low: f64,
    high: f64,
}

#[derive(Serialize)]
struct MultiplierJson<'a> {
    work_item: &'a str,
    label: &'a str,
    person_weeks: IndexMap<&'a str, f64>,
    effort: f64,
    weeks: f64,
    effort_log_spread: f64,
    weeks_log_spread: f64,
    effort_sd_before: f64,
    effort_sd_left: f64,
    cases: Vec<&'a str>,
}

#[derive(Serialize)]
struct PlanJson<'a> {
    project: &'a str,
    leans: Vec<Lean<'a>>,
    extrapolation: f64,
    where_it_lies: String,
}

#[derive(Serialize)]
struct Lean<'a> {
    case: &'a str,
    weight: f64,
}

impl<'a> CasesJson<'a> {
    /// The cases of an engine, and what the estimate of a plan leans on, if there is one.
    pub fn new(
        engine: &'a Engine,
        reports: &'a [CaseReport],
        multipliers: &'a [Multiplier],
        plan: Option<(&'a Project, &'a Estimate)>,
    ) -> Self {
        let playbook = &engine.playbook;
        Self {
            schema: ESTIMATE_SCHEMA,
            cases: reports.iter().map(|report| case(playbook, report)).collect(),
            multipliers: multipliers.iter().map(|one| multiplier(playbook, one)).collect(),
            plan: plan.map(|(project, estimate)| PlanJson {
                project: &project.name,
                leans: estimate.leans.iter().map(|l| Lean { case: l.case.as_str(), weight: l.weight }).collect(),
                extrapolation: estimate.extrapolation,
                where_it_lies: where_it_lies(estimate),
            }),
        }
    }
}

fn case<'a>(playbook: &'a Playbook, report: &'a CaseReport) -> CaseJson<'a> {
    let known = playbook.cases.get(&report.case);
    let ends = |(low, high)| Ends { low, high };
    let range = Range::from;
    CaseJson {
        id: report.case.as_str(),
        name: known.map_or(report.case.as_str(), |known| &known.name),
        paragraph: known.map_or(0, |known| known.paragraph),
        published: Both { weeks: ends(report.published_weeks), budget_usd: ends(report.published_budget_usd) },
        prior: Both { weeks: report.prior_weeks, budget_usd: report.prior_budget_usd },
        calibrated: Both { weeks: range(report.weeks), budget_usd: range(report.budget_usd) },
        left_out: Both { weeks: report.left_out_weeks, budget_usd: report.left_out_budget_usd },
    }
}

fn multiplier<'a>(playbook: &'a Playbook, multiplier: &'a Multiplier) -> MultiplierJson<'a> {
    let item = playbook.work_items.get(&multiplier.work_item);
    let price = |id| Some((crate::project::FrameworkId::as_str(id), playbook.person_weeks(item?, id)?));
    MultiplierJson {
        work_item: multiplier.work_item.as_str(),
        label: item.map_or(multiplier.work_item.as_str(), |item| &item.label),
        person_weeks: playbook.frameworks.keys().filter_map(price).collect(),
        effort: multiplier.effort,
        weeks: multiplier.weeks,
        effort_log_spread: multiplier.effort_spread,
        weeks_log_spread: multiplier.weeks_spread,
        effort_sd_before: multiplier.effort_before,
        effort_sd_left: multiplier.effort_left,
        cases: multiplier.cases.iter().map(crate::playbook::CaseId::as_str).collect(),
    }
}
