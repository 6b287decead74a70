//! The comparison for other programs, as documented in `docs/compare-json.md`.

use jiff::civil::Date;
use serde::Serialize;

use super::super::{
    ExportError,
    answers::kind_of_verdict,
    capacity::HoldsJson,
    json::{Range, range},
};
use crate::{
    assess::{Choice, Column, Comparison, Differs},
    project::{ComponentId, FrameworkId, Project, TraitId},
    text,
};

/// The version of the schema of [`comparison_json`].
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Report<'a> {
    schema: u32,
    project: &'a str,
    base: &'a str,
    scenarios: Vec<Scenario<'a>>,
}

/// One way to build a plan.
#[derive(Serialize)]
pub(in crate::export) struct Scenario<'a> {
    id: &'a str,
    name: &'a str,
    kind: &'static str,
    verdict: &'a str,
    frameworks: Vec<Count<'a>>,
    weeks: Range,
    budget_usd: Range,
    person_weeks: f64,
    ends: Option<Ends>,
    targets: Targets,
    chances: Chances,
    findings: Findings,
    glue: Glue<'a>,
    seam: Seam,
    cost_db: f64,
    deferred: Vec<&'a str>,
    overruled: Vec<&'a str>,
    team_size: f64,
    rate_usd_per_person_week: f64,
    contingency: f64,
    communication_share: f64,
    capacity: Option<HoldsJson<'a>>,
    against_base: Option<Against<'a>>,
}

#[derive(Serialize)]
struct Count<'a> {
    framework: &'a str,
    services: usize,
}

#[derive(Serialize)]
struct Ends {
    p50: Date,
    p80: Date,
}

#[derive(Serialize)]
struct Targets {
    budget_usd: Option<f64>,
    deadline_weeks: Option<f64>,
}

#[derive(Serialize)]
struct Chances {
    budget: Option<f64>,
    deadline: Option<f64>,
    both: Option<f64>,
    both_at_least: Option<f64>,
}

#[derive(Serialize)]
struct Findings {
    errors: usize,
    warnings: usize,
    hints: usize,
}

#[derive(Serialize)]
struct Glue<'a> {
    packages: &'a [String],
    by_hand: Vec<&'a str>,
}

#[derive(Serialize)]
struct Seam {
    crossings: usize,
    person_weeks: f64,
    usd: f64,
    weeks: f64,
}

/// What is more or less than in the base, P50, and which services stand elsewhere.
#[derive(Serialize)]
struct Against<'a> {
    weeks: f64,
    budget_usd: f64,
    person_weeks: f64,
    services: Vec<Moved<'a>>,
}

#[derive(Serialize)]
struct Moved<'a> {
    component: &'a ComponentId,
    from: Option<&'a FrameworkId>,
    to: Option<&'a FrameworkId>,
}

/// The comparison as a document, indented, with a line break at its end. `base` is the position of the column that the others are
/// compared with.
pub fn comparison_json(project: &Project, comparison: &Comparison, base: usize) -> Result<Vec<u8>, ExportError> {
    let id = comparison.columns.get(base).map_or("", |column| &column.slug);
    let scenarios = scenarios(comparison, base);
    let report = Report { schema: SCHEMA, project: &project.name, base: id, scenarios };
    Ok(text::json(&report)?.into_bytes())
}

/// Every column, compared with the one at `base`.
pub(in crate::export) fn scenarios(comparison: &Comparison, base: usize) -> Vec<Scenario<'_>> {
    let base = comparison.columns.get(base);
    comparison.columns.iter().map(|column| scenario(column, base.filter(|base| base.choice != column.choice))).collect()
}

fn scenario<'a>(column: &'a Column, base: Option<&'a Column>) -> Scenario<'a> {
    let Column { targets, chances, findings, glue, seam, basis, .. } = column;
    Scenario {
        id: &column.slug,
        name: &column.name,
        kind: match column.choice {
            Choice::Plan => "plan",
            Choice::Recommended => "recommended",
            Choice::All(_) => "all",
            Choice::Saved(_) => "saved",
        },
        verdict: kind_of_verdict(&column.verdict),
        frameworks: column
            .counts
            .iter()
            .map(|(framework, services)| Count { framework: framework.as_str(), services: *services })
            .collect(),
        weeks: range(&column.weeks),
        budget_usd: range(&column.budget_usd),
        person_weeks: column.person_weeks,
        ends: column.ends.map(|ends| Ends { p50: ends.p50, p80: ends.p80 }),
        targets: Targets { budget_usd: targets.budget_usd, deadline_weeks: targets.deadline_weeks },
        chances: Chances {
            budget: chances.budget,
            deadline: chances.deadline,
            both: chances.both,
            both_at_least: chances.both_at_least,
        },
        findings: Findings { errors: findings.errors, warnings: findings.warnings, hints: findings.hints },
        glue: Glue { packages: &glue.packages, by_hand: glue.by_hand.iter().map(TraitId::as_str).collect() },
        seam: Seam { crossings: column.crossings, person_weeks: seam.person_weeks, usd: seam.usd, weeks: seam.weeks },
        cost_db: column.cost_db,
        deferred: column.deferred.iter().map(ComponentId::as_str).collect(),
        overruled: column.overruled.iter().map(ComponentId::as_str).collect(),
        team_size: basis.team_size,
        rate_usd_per_person_week: basis.rate_usd_per_person_week,
        contingency: basis.contingency,
        communication_share: basis.communication_share,
        capacity: column.capacity.as_ref().map(HoldsJson::from),
        against_base: base.map(|base| against(column, base)),
    }
}

fn against<'a>(column: &'a Column, base: &'a Column) -> Against<'a> {
    let framework = |column: &'a Column, id: &ComponentId| column.assignment.get(id);
    let component = |id: &ComponentId| {
        let known = base.assignment.get_key_value(id).or_else(|| column.assignment.get_key_value(id));
        known.map(|(id, _)| id)
    };
    let moved = |differs: &Differs| {
        let id = &differs.component;
        Some(Moved { component: component(id)?, from: framework(base, id), to: framework(column, id) })
    };
    Against {
        weeks: column.weeks.median - base.weeks.median,
        budget_usd: column.budget_usd.median - base.budget_usd.median,
        person_weeks: column.person_weeks - base.person_weeks,
        services: column.differs_from(base).iter().filter_map(moved).collect(),
    }
}
