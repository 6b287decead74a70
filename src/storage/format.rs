//! How a project is written: RON, format 2, stable bytes.

use std::sync::Arc;

use indexmap::IndexMap;
use ron::ser::PrettyConfig;
use serde::{Deserialize, Serialize};

use super::{migrate::FORMAT, watched::entries};
use crate::project::{
    Assumptions, Baseline, BaselineId, Boundary, BoundaryId, Component, ComponentId, Connection, ConnectionId,
    FindingKey, NoteId, Project, Scenario, ScenarioId, StickyNote,
};

/// The present format as it stands in a file. Defaults are left out, so that a ten-line file written by hand stays ten lines.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ProjectFile {
    format: u32,
    name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    notes: String,
    #[serde(default, skip_serializing_if = "is_default")]
    assumptions: Assumptions,
    #[serde(default, deserialize_with = "entries", skip_serializing_if = "IndexMap::is_empty")]
    components: IndexMap<ComponentId, Arc<Component>>,
    #[serde(default, deserialize_with = "entries", skip_serializing_if = "IndexMap::is_empty")]
    connections: IndexMap<ConnectionId, Arc<Connection>>,
    #[serde(default, deserialize_with = "entries", skip_serializing_if = "IndexMap::is_empty")]
    boundaries: IndexMap<BoundaryId, Arc<Boundary>>,
    #[serde(default, deserialize_with = "entries", skip_serializing_if = "IndexMap::is_empty")]
    sticky_notes: IndexMap<NoteId, Arc<StickyNote>>,
    #[serde(default, deserialize_with = "entries", skip_serializing_if = "IndexMap::is_empty")]
    suppressed: IndexMap<FindingKey, String>,
    #[serde(default, deserialize_with = "entries", skip_serializing_if = "IndexMap::is_empty")]
    scenarios: IndexMap<ScenarioId, Arc<Scenario>>,
    #[serde(default, deserialize_with = "entries", skip_serializing_if = "IndexMap::is_empty")]
    baselines: IndexMap<BaselineId, Arc<Baseline>>,
}

pub(super) fn is_default(assumptions: &Assumptions) -> bool {
    *assumptions == Assumptions::default()
}

pub use crate::ron_dialect::ron_options;

/// The project as the text of a file. The same project gives the same bytes on every machine.
pub fn to_text(project: &Project) -> Result<String, ron::Error> {
    let file = ProjectFile {
        format: FORMAT,
        name: project.name.clone(),
        notes: project.notes.clone(),
        assumptions: project.assumptions.clone(),
        components: (*project.components).clone(),
        connections: (*project.connections).clone(),
        boundaries: (*project.boundaries).clone(),
        sticky_notes: (*project.sticky_notes).clone(),
        suppressed: project.suppressed.clone(),
        scenarios: project.scenarios.clone(),
        baselines: project.baselines.clone(),
    };
    let pretty = PrettyConfig::new().new_line("\n".to_owned()).indentor("    ".to_owned());
    let mut text = ron_options().to_string_pretty(&file, pretty)?;
    text.push('\n');
    Ok(text)
}

/// The project in a text of the present format; says where it stops making sense.
pub fn from_text(text: &str) -> Result<Project, ron::error::SpannedError> {
    let file: ProjectFile = ron_options().from_str(text)?;
    Ok(Project {
        name: file.name,
        notes: file.notes,
        assumptions: file.assumptions,
        components: file.components.into(),
        connections: file.connections.into(),
        boundaries: file.boundaries.into(),
        sticky_notes: file.sticky_notes.into(),
        suppressed: file.suppressed,
        scenarios: file.scenarios,
        baselines: file.baselines,
    })
}

/// Whether a text begins like one of our files, sound or not.
pub fn looks_like_project(text: &str) -> bool {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    let head: String = lines.take(3).collect();
    head.starts_with('(') && ["format:", "components:"].iter().any(|key| head.contains(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_file_by_hand_reads_and_writes_back() {
        let text = r#"(
            format: 2, name: "Plan",
            components: {
                "shop": (name: "Shop", kind: web_application, traits: {"tables": 40, "admin": true, "schema-changes": "frequent"}),
                "db": (name: "Database", kind: relational_database, pos: (10, 20.5)),
            },
            connections: {"shop-to-db": (from: "shop", to: "db", protocol: database, latency_ms: 2)},
        )"#;
        let project = from_text(text).unwrap();
        let written = to_text(&project).unwrap();
        assert_eq!(from_text(&written).unwrap(), project);
        assert!(written.contains("pos: (10, 20.5)"), "{written}");
        assert!(written.contains("\"tables\": 40,"), "{written}");
        assert!(written.contains("latency_ms: 2.0") || written.contains("latency_ms: 2,"), "{written}");
    }
}
