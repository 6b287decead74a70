//! The result of a check as SARIF 2.1.0, which code hosts and editors show beside the lines it is about.

use std::{fmt::Write as _, path::Path};

use serde_json::{Value, json};

use super::{Checked, Placed, UNREADABLE, qualified};
use crate::{assess::Severity, export::kind_of, storage::LocatedProblem, text::paragraphs};

const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// The name of the fingerprint; raised if keys are ever made another way.
const FINGERPRINT: &str = "groundplanFindingKey/v1";

pub(super) fn log(checked: &Checked<'_>) -> Value {
    let rules = rules(checked);
    let index = |id: &str| rules.iter().position(|rule| rule["id"] == id);
    let uri = checked.file.as_deref().map(uri);
    let problems = checked.problems.iter().map(|problem| unreadable(problem, uri.as_deref(), index(UNREADABLE)));
    let findings =
        checked.findings.iter().map(|placed| result(placed, uri.as_deref(), index(placed.finding.rule.as_str())));
    let results: Vec<Value> = problems.chain(findings).collect();
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "groundplan",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

/// The rules that have results, in the order of their first one.
fn rules(checked: &Checked<'_>) -> Vec<Value> {
    let mut rules: Vec<Value> = Vec::new();
    if !checked.problems.is_empty() {
        rules.push(json!({
            "id": UNREADABLE,
            "shortDescription": { "text": "The file is not a sound project" },
            "defaultConfiguration": { "level": "error" },
        }));
    }
    for placed in &checked.findings {
        let finding = placed.finding;
        if rules.iter().any(|rule| rule["id"] == finding.rule.as_str()) {
            continue;
        }
        let why = if finding.why.is_empty() { &finding.message } else { &finding.why };
        let sources = match paragraphs(&finding.paragraphs) {
            none if none.is_empty() => none,
            some => format!(" ({some})"),
        };
        rules.push(json!({
            "id": finding.rule.as_str(),
            "shortDescription": { "text": words(finding.rule.as_str()) },
            "fullDescription": { "text": why },
            "help": { "text": format!("{why}{sources}") },
            "defaultConfiguration": { "level": level(finding.severity) },
        }));
    }
    rules
}

/// `no-traits` as `No traits`.
fn words(slug: &str) -> String {
    let words = slug.replace('-', " ");
    let mut letters = words.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "note",
    }
}

fn unreadable(problem: &LocatedProblem, uri: Option<&str>, rule: Option<usize>) -> Value {
    let mut location = json!({});
    if let Some(place) = physical(uri, (problem.line, problem.column)) {
        location["physicalLocation"] = place;
    }
    json!({
        "ruleId": UNREADABLE,
        "ruleIndex": rule,
        "level": "error",
        "message": { "text": problem.message },
        "locations": if location.get("physicalLocation").is_some() { vec![location] } else { Vec::new() },
        "partialFingerprints": { FINGERPRINT: format!("{UNREADABLE}:{}", problem.message) },
        "suppressions": [],
    })
}

fn result(placed: &Placed<'_>, uri: Option<&str>, rule: Option<usize>) -> Value {
    let finding = placed.finding;
    let mut location = json!({});
    if let Some(place) = physical(uri, placed.at) {
        location["physicalLocation"] = place;
    }
    if let Some((element, name, _)) = placed.elements.first() {
        location["logicalLocations"] = json!([{
            "name": name,
            "fullyQualifiedName": qualified(element),
            "kind": kind_of(element),
        }]);
    }
    // Results without a suppression say so: where some have one, the absence of the list would mean "unknown".
    let suppressions: Vec<Value> = finding
        .suppressed
        .iter()
        .map(|reason| json!({ "kind": "inSource", "status": "accepted", "justification": reason }))
        .collect();
    json!({
        "ruleId": finding.rule.as_str(),
        "ruleIndex": rule,
        "level": level(finding.severity),
        "message": { "text": finding.message },
        "locations": if location == json!({}) { Vec::new() } else { vec![location] },
        "relatedLocations": related(placed, uri),
        "partialFingerprints": { FINGERPRINT: finding.key.as_str() },
        "suppressions": suppressions,
    })
}

/// The other elements of a finding.
fn related(placed: &Placed<'_>, uri: Option<&str>) -> Vec<Value> {
    let other = |(number, (element, name, at)): (usize, &(&crate::project::ElementId, String, (usize, usize)))| {
        let mut location = json!({
            "id": number,
            "message": { "text": name },
            "logicalLocations": [{ "name": name, "fullyQualifiedName": qualified(element), "kind": kind_of(element) }],
        });
        if let Some(place) = physical(uri, *at) {
            location["physicalLocation"] = place;
        }
        location
    };
    placed.elements.iter().enumerate().skip(1).map(other).collect()
}

/// A place in the file; standard input has no address, so there is none.
fn physical(uri: Option<&str>, (line, column): (usize, usize)) -> Option<Value> {
    let uri = uri?;
    Some(json!({
        "artifactLocation": { "uri": uri },
        "region": { "startLine": line, "startColumn": column },
    }))
}

/// A path as a URI reference: relative as it was given, or `file:///...`.
fn uri(path: &Path) -> String {
    let mut text = if path.is_absolute() { "file://".to_owned() } else { String::new() };
    for byte in path.to_string_lossy().bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => text.push(char::from(byte)),
            _ => {
                let _ = write!(text, "%{byte:02X}");
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri(Path::new("plans/my plan.ron")), "plans/my%20plan.ron");
        assert_eq!(uri(Path::new("/tmp/é:a.ron")), "file:///tmp/%C3%A9%3Aa.ron");
        assert_eq!(words("no-traits"), "No traits");
    }
}
