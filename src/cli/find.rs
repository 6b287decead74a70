//! Finds things of a plan by words, as the search of the window does.

use std::{fmt::Write as _, path::Path, sync::Arc};

use serde::Serialize;

use super::{DONE, Streams, assessed, emit, emit_json, failure::Failure, say};
use crate::{
    export::kind_of,
    find::{Group, Index, Line, Target},
};

/// Schema of the JSON.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Report<'a> {
    schema: u32,
    query: &'a str,
    /// Nothing has the words as typed; this is what they may have been meant for.
    near: bool,
    found: Vec<Entry>,
}

#[derive(Serialize)]
struct Entry {
    group: String,
    /// What it is: component, connection, boundary, note, finding.
    element: &'static str,
    id: String,
    title: String,
    detail: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    folded_into: Option<String>,
}

/// Writes what is found in the plan of a file.
pub(super) fn find(
    file: &Path,
    words: &[String],
    json: bool,
    playbook: Option<&Path>,
    streams: &mut Streams,
) -> Result<u8, Failure> {
    let (engine, project, assessment) = assessed(file, playbook, streams)?;
    let index = Index::new(&Arc::new(project), &Arc::new(assessment), &engine.playbook);
    let query = words.join(" ");
    let found = index.search(&query);
    let lines = found.groups.iter().flat_map(|(group, range)| {
        let hits = found.hits[range.clone()].iter();
        hits.filter_map(|hit| Some((*group, index.target(*hit)?, index.line(*hit, &query, &engine.playbook)?)))
    });
    if json {
        let entries = lines.map(|(group, target, line)| entry(group, &target, line)).collect();
        return emit_json(streams, &Report { schema: SCHEMA, query: &query, near: found.near, found: entries });
    }
    if found.hits.is_empty() {
        say(streams, "Nothing in the plan has these words; try fewer");
        return Ok(DONE);
    }
    if found.near {
        say(streams, "Nothing has these words as typed; what is near to them:");
    }
    emit(streams, text(lines).as_bytes())
}

fn text(lines: impl Iterator<Item = (Group, Target, Line)>) -> String {
    let mut text = String::new();
    let mut last = None;
    for (group, target, line) in lines {
        if last != Some(group) {
            let gap = if last.is_some() { "\n" } else { "" };
            let _ = writeln!(text, "{gap}{}", group.label());
            last = Some(group);
        }
        let hidden = line.hidden_in.map_or_else(String::new, |name| format!("  (in folded {name})"));
        let id = match &target {
            Target::Element(element) => format!("  [{}]", element.as_str()),
            Target::Finding(_) => String::new(),
        };
        let _ = writeln!(text, "  {}  {}{id}{hidden}", line.title, line.detail);
    }
    text
}

fn entry(group: Group, target: &Target, line: Line) -> Entry {
    let (element, id) = match target {
        Target::Element(element) => (kind_of(element), element.as_str().to_owned()),
        Target::Finding(key) => ("finding", key.to_string()),
    };
    let group = group.label().to_lowercase();
    Entry { group, element, id, title: line.title, detail: line.detail, folded_into: line.hidden_in }
}
