//! The result of a check for other programs, as `docs/check.md` says.

use serde_json::{Value, json};

use super::{Checked, Placed, UNREADABLE};
use crate::{
    assess::Severity,
    export::{Remark, kind_of},
};

/// The version of the schema.
const SCHEMA: u32 = 1;

pub(super) fn report(checked: &Checked<'_>) -> Value {
    let problems = checked.problems.iter().map(|problem| {
        json!({
            "key": UNREADABLE,
            "rule": UNREADABLE,
            "severity": Severity::Error.slug(),
            "message": problem.message,
            "why": "",
            "elements": [],
            "paragraph": null,
            "paragraphs": [],
            "fixes": [],
            "suppressed": null,
            "line": problem.line,
            "column": problem.column,
        })
    });
    let findings: Vec<Value> = problems.chain(checked.findings.iter().map(finding)).collect();
    json!({
        "schema": SCHEMA,
        "file": checked.file.as_ref().map(|file| file.to_string_lossy()),
        "project": checked.project.map(|project| &project.name),
        "counts": {
            "error": checked.count(Severity::Error),
            "warning": checked.count(Severity::Warning),
            "hint": checked.count(Severity::Hint),
            "suppressed": checked.findings.iter().filter(|placed| placed.finding.suppressed.is_some()).count(),
        },
        "deny": checked.deny.slug(),
        "passed": checked.is_clean(),
        "findings": findings,
    })
}

/// What every report says of a finding, and where it stands in the file.
fn finding(placed: &Placed<'_>) -> Value {
    let mut value = serde_json::to_value(Remark::from(placed.finding)).unwrap_or_default();
    let elements: Vec<Value> = placed
        .elements
        .iter()
        .map(|(element, name, (line, column))| {
            json!({ "kind": kind_of(element), "id": element.as_str(), "name": name, "line": line, "column": column })
        })
        .collect();
    value["elements"] = Value::Array(elements);
    value["line"] = json!(placed.at.0);
    value["column"] = json!(placed.at.1);
    value
}
