//! Estimates that were kept, for other programs, as documented in `docs/assess-json.md`.

use serde::Serialize;

use super::json::{Range, range};
use crate::{
    assess::{PartChange, compared},
    project::{Baseline, BaselineEdit, BaselineId, BaselinePart, ComponentId, FrameworkId, Project},
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
        weeks: range(&baseline.weeks.into()),
        budget_usd: range(&baseline.budget_usd.into()),
        parts: baseline.parts.iter().map(part).collect(),
        edits: baseline.edits.iter().map(edit).collect(),
    }
}

/// The schema of [`BaselinesJson`].
const BASELINES_SCHEMA: u32 = 1;

/// What became of one baseline until another, as documented in `docs/baselines-json.md`.
#[derive(Serialize)]
pub struct BaselinesJson<'a> {
    schema: u32,
    project: &'a str,
    from: End<'a>,
    to: End<'a>,
    parts: Vec<ChangedJson>,
}

#[derive(Serialize)]
struct End<'a> {
    id: Option<&'a str>,
    name: &'a str,
    date: Option<String>,
    weeks: Range,
    budget_usd: Range,
}

#[derive(Serialize)]
struct ChangedJson {
    component: Option<String>,
    name: String,
    change: &'static str,
    from: Option<ThenJson>,
    to: Option<ThenJson>,
}

#[derive(Serialize)]
struct ThenJson {
    framework: Option<String>,
    weeks: f64,
    usd: f64,
}

/// A baseline, and the id it is kept under; `None` for the estimate of the moment.
type Named<'a> = (Option<&'a BaselineId>, &'a Baseline);

impl<'a> BaselinesJson<'a> {
    /// What became of `from` until `to`.
    pub fn new(project: &'a Project, from: Named<'a>, to: Named<'a>) -> Self {
        let end = |(id, kept): Named<'a>| End {
            id: id.map(BaselineId::as_str),
            name: &kept.name,
            date: kept.date.map(|date| date.to_string()),
            weeks: range(&kept.weeks.into()),
            budget_usd: range(&kept.budget_usd.into()),
        };
        let parts = compared(from.1, to.1).into_iter().map(|part| {
            let change = match part.change() {
                PartChange::New => "new",
                PartChange::Gone => "gone",
                PartChange::Changed => "changed",
                PartChange::Same => "same",
            };
            let [from, to] = part.then.map(|then| {
                let framework = |id: FrameworkId| id.to_string();
                then.map(|then| ThenJson { framework: then.framework.map(framework), weeks: then.weeks, usd: then.usd })
            });
            ChangedJson { component: part.component.map(|id| id.to_string()), name: part.name, change, from, to }
        });
        Self { schema: BASELINES_SCHEMA, project: &project.name, from: end(from), to: end(to), parts: parts.collect() }
    }
}
