//! Estimates that were kept, for other programs, as documented in `docs/assess-json.md`.

use serde::Serialize;

use crate::{
    assess::{Distribution, Quantiles},
    project::{Baseline, BaselineEdit, BaselineId, BaselinePart, ComponentId, FrameworkId, Project, Spread},
};

#[derive(Serialize)]
pub(super) struct Kept<'a> {
    id: &'a str,
    name: &'a str,
    date: Option<String>,
    weeks: Range,
    budget_usd: Range,
    parts: Vec<Part<'a>>,
    edits: Vec<Edit<'a>>,
}

#[derive(Serialize)]
struct Range {
    p10: f64,
    p50: f64,
    p80: f64,
    p90: f64,
}

#[derive(Serialize)]
struct Part<'a> {
    component: Option<&'a str>,
    name: &'a str,
    framework: Option<&'a str>,
    weeks: f64,
    usd: f64,
}

#[derive(Serialize)]
struct Edit<'a> {
    name: &'a str,
    weeks: f64,
    usd: f64,
}

/// Every baseline of a project.
pub(super) fn kept(project: &Project) -> Vec<Kept<'_>> {
    project.baselines.iter().map(|(id, baseline)| of_baseline(id, baseline)).collect()
}

fn of_baseline<'a>(id: &'a BaselineId, baseline: &'a Baseline) -> Kept<'a> {
    let part = |part: &'a BaselinePart| Part {
        component: part.component.as_ref().map(ComponentId::as_str),
        name: &part.name,
        framework: part.framework.as_ref().map(FrameworkId::as_str),
        weeks: part.weeks,
        usd: part.usd,
    };
    let edit = |edit: &'a BaselineEdit| Edit { name: &edit.name, weeks: edit.weeks, usd: edit.usd };
    Kept {
        id: id.as_str(),
        name: &baseline.name,
        date: baseline.date.map(|date| date.to_string()),
        weeks: range(baseline.weeks),
        budget_usd: range(baseline.budget_usd),
        parts: baseline.parts.iter().map(part).collect(),
        edits: baseline.edits.iter().map(edit).collect(),
    }
}

fn range(spread: Spread) -> Range {
    let Quantiles { p10, p50, p80, p90 } = Distribution::from(spread).quantiles();
    Range { p10, p50, p80, p90 }
}
