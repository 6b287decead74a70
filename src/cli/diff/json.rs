//! The difference of two projects for programs (docs/diff-json.md).

use serde::Serialize;
use serde_json::Value;

use super::{super::failure::Failure, Answer};
use crate::{
    assess::{Causes, Finding, Impact, Totals, VerdictKind},
    explain::{
        causes::Words,
        difference::{Told, id_of, name_of},
    },
    export::kind_of,
    figures::Money,
    project::{
        Confidence,
        difference::{Change, Changed, Field, Thing},
    },
};

#[derive(Serialize)]
struct ReportJson<'a> {
    schema: u32,
    from: &'a str,
    to: &'a str,
    same: bool,
    drawing_only: bool,
    reordered: bool,
    changes: Vec<ChangeJson<'a>>,
    numbers: Option<NumbersJson<'a>>,
}

#[derive(Serialize)]
struct ChangeJson<'a> {
    kind: &'static str,
    id: Option<&'a str>,
    name: String,
    change: &'static str,
    drawing_only: bool,
    words: Vec<String>,
    fields: Vec<FieldJson<'a>>,
}

#[derive(Serialize)]
struct FieldJson<'a> {
    path: &'a [String],
    from: &'a Option<Value>,
    to: &'a Option<Value>,
    drawing: bool,
}

#[derive(Serialize)]
struct NumbersJson<'a> {
    confidence: String,
    from: EndJson<'a>,
    to: EndJson<'a>,
    causes: Option<Vec<CauseJson>>,
    turned: Vec<TurnedJson<'a>>,
    findings: FindingsJson<'a>,
}

#[derive(Serialize)]
struct EndJson<'a> {
    weeks: f64,
    budget_usd: f64,
    verdict: &'a str,
}

#[derive(Serialize)]
struct CauseJson {
    label: String,
    weeks: f64,
    budget_usd: f64,
}

#[derive(Serialize)]
struct TurnedJson<'a> {
    component: &'a str,
    name: String,
    from: &'a str,
    to: &'a str,
}

#[derive(Serialize)]
struct FindingsJson<'a> {
    came: Vec<FindingJson<'a>>,
    went: Vec<FindingJson<'a>>,
}

#[derive(Serialize)]
struct FindingJson<'a> {
    key: &'a str,
    severity: &'static str,
    message: &'a str,
}

impl Answer<'_> {
    pub(super) fn json(&self) -> Result<String, Failure> {
        let report = ReportJson {
            schema: 1,
            from: &self.from.title,
            to: &self.to.title,
            same: self.changes.is_empty(),
            drawing_only: !self.changes.is_empty() && self.changes.is_drawing_only(),
            reordered: self.changes.reordered,
            changes: self.changes.list.iter().map(|changed| self.change(changed)).collect(),
            numbers: self.impact.as_ref().map(|impact| self.numbers(impact)),
        };
        super::super::json_text(&report)
    }

    fn change<'a>(&'a self, changed: &'a Changed) -> ChangeJson<'a> {
        let documents = match changed.change {
            Change::Removed => [&self.from.project, &self.to.project],
            Change::Added | Change::Changed => [&self.to.project, &self.from.project],
        };
        let field = |field: &'a Field| FieldJson {
            path: &field.path,
            from: &field.from,
            to: &field.to,
            drawing: field.is_drawn_of(&changed.thing),
        };
        ChangeJson {
            kind: kind_of_thing(&changed.thing),
            id: Some(id_of(&changed.thing)).filter(|id| !id.is_empty()),
            name: name_of(&changed.thing, &documents),
            change: match changed.change {
                Change::Added => "added",
                Change::Removed => "removed",
                Change::Changed => "changed",
            },
            drawing_only: changed.is_drawing_only(),
            words: words_of(&self.told, &changed.thing),
            fields: changed.fields.iter().map(field).collect(),
        }
    }

    fn numbers<'a>(&'a self, impact: &'a Impact) -> NumbersJson<'a> {
        let confidence: Confidence = self.to.project.assumptions.confidence;
        let end = |totals: Totals, verdict: &'a VerdictKind| EndJson {
            weeks: totals.weeks,
            budget_usd: totals.usd,
            verdict: match verdict {
                VerdictKind::Nothing => "none",
                VerdictKind::Single(id) => id.as_str(),
                VerdictKind::Mixed => "mixed",
            },
        };
        let turned = impact.turned.iter().map(|one| TurnedJson {
            component: one.component.as_str(),
            name: self.to.project.component_name(&one.component),
            from: one.from.as_str(),
            to: one.to.as_str(),
        });
        NumbersJson {
            confidence: confidence.label().to_lowercase(),
            from: end(impact.from, &impact.verdicts[0]),
            to: end(impact.to, &impact.verdicts[1]),
            causes: impact.causes.as_ref().map(|causes| self.causes(causes)),
            turned: turned.collect(),
            findings: FindingsJson { came: findings(&impact.came), went: findings(&impact.went) },
        }
    }

    fn causes(&self, causes: &Causes) -> Vec<CauseJson> {
        let words = Words { playbook: &self.engine.playbook, money: Money::of(&self.to.project) };
        let all = causes.causes.iter();
        all.map(|cause| CauseJson {
            label: words.cause(cause),
            weeks: cause.effect.weeks,
            budget_usd: cause.effect.usd,
        })
        .collect()
    }
}

fn findings(findings: &[Finding]) -> Vec<FindingJson<'_>> {
    let told = findings.iter().map(|finding| FindingJson {
        key: finding.key.as_str(),
        severity: finding.severity.slug(),
        message: &finding.message,
    });
    told.collect()
}

/// What is said of a thing; nothing of what differs on the drawing alone.
fn words_of(told: &Told, thing: &Thing) -> Vec<String> {
    let mut rows = told.groups.iter().flat_map(|group| &group.rows);
    rows.find(|row| row.thing == *thing).map(|row| row.details.clone()).unwrap_or_default()
}

/// What sort of thing a change is about.
pub(in crate::cli) fn kind_of_thing(thing: &Thing) -> &'static str {
    match thing {
        Thing::Plan => "plan",
        Thing::Assumptions => "assumptions",
        Thing::Element(element) => kind_of(element),
        Thing::Finding(_) => "finding",
        Thing::Scenario(_) => "scenario",
        Thing::Baseline(_) => "baseline",
    }
}
