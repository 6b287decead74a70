//! The texts of one project after the other. From one to the next nearly all of it is the same: what is, is not put into words again.

use std::{hash::Hash, sync::Arc};

use indexmap::IndexMap;
use ron::ser::PrettyConfig;
use serde::{Serialize, Serializer, ser::SerializeMap as _};

use super::{format::is_default, migrate::FORMAT, ron_options};
use crate::{
    lang::t,
    project::{
        Assumptions, Baseline, BaselineId, Boundary, BoundaryId, Component, ComponentId, Connection, ConnectionId,
        FindingKey, NoteId, Project, Scenario, ScenarioId, StickyNote,
    },
};

/// Writes a project again and again as it changes: the same bytes as [`super::to_text`], at the cost of what is new in it.
#[derive(Debug, Default)]
pub struct Texts {
    components: Section<ComponentId, Component>,
    connections: Section<ConnectionId, Connection>,
    boundaries: Section<BoundaryId, Boundary>,
    sticky_notes: Section<NoteId, StickyNote>,
    scenarios: Section<ScenarioId, Scenario>,
    baselines: Section<BaselineId, Baseline>,
}

impl Texts {
    /// The project as the text of a file.
    ///
    /// # Errors
    /// What [`super::to_text`] would say.
    pub fn of(&mut self, project: &Project) -> Result<String, ron::Error> {
        let (name, notes, assumptions) = (&project.name, &project.notes, &project.assumptions);
        let head = fields(&Head { format: FORMAT, name, notes, assumptions })?;
        let suppressed = fields(&Suppressed { suppressed: &project.suppressed })?;
        self.components.follow(&project.components)?;
        self.connections.follow(&project.connections)?;
        self.boundaries.follow(&project.boundaries)?;
        self.sticky_notes.follow(&project.sticky_notes)?;
        self.scenarios.follow(&project.scenarios)?;
        self.baselines.follow(&project.baselines)?;
        let mut text = format!("(\n{head}");
        self.components.write("components", &mut text);
        self.connections.write("connections", &mut text);
        self.boundaries.write("boundaries", &mut text);
        self.sticky_notes.write("sticky_notes", &mut text);
        text.push_str(&suppressed);
        self.scenarios.write("scenarios", &mut text);
        self.baselines.write("baselines", &mut text);
        text.push_str(")\n");
        Ok(text)
    }
}

/// The fields of a file before its sections.
#[derive(Serialize)]
struct Head<'a> {
    format: u32,
    name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    notes: &'a str,
    #[serde(skip_serializing_if = "is_default")]
    assumptions: &'a Assumptions,
}

#[derive(Serialize)]
struct Suppressed<'a> {
    #[serde(skip_serializing_if = "IndexMap::is_empty")]
    suppressed: &'a IndexMap<FindingKey, String>,
}

/// A section of a file as it was written last.
#[derive(Debug)]
struct Section<K, V> {
    entries: IndexMap<K, Arc<V>>,
    /// All entries, one behind the other, and where each of them ends.
    text: String,
    ends: Vec<usize>,
}

impl<K, V> Default for Section<K, V> {
    fn default() -> Self {
        Self { entries: IndexMap::new(), text: String::new(), ends: Vec::new() }
    }
}

impl<K: Hash + Eq + Clone + Serialize, V: Serialize> Section<K, V> {
    /// Becomes the text of these entries. Those that are the same allocation as before are copied.
    fn follow(&mut self, entries: &IndexMap<K, Arc<V>>) -> Result<(), ron::Error> {
        // Whatever goes wrong, nothing stale is left.
        let before = std::mem::take(self);
        self.text.reserve(before.text.len());
        self.ends.reserve(entries.len());
        for (at, (id, value)) in entries.iter().enumerate() {
            match before.entry(at, id, value) {
                Some(known) => self.text.push_str(known),
                None => self.text.push_str(&entry(id, value)?),
            }
            self.ends.push(self.text.len());
        }
        self.entries.clone_from(entries);
        Ok(())
    }

    /// The text of an entry that stood here, most likely in the same place.
    fn entry(&self, at: usize, id: &K, value: &Arc<V>) -> Option<&str> {
        let same = |(known_id, known): &(&K, &Arc<V>)| Arc::ptr_eq(known, value) && *known_id == id;
        let at = match self.entries.get_index(at).filter(same) {
            Some(_) => at,
            None => self.entries.get_full(id).filter(|(_, id, known)| same(&(id, known)))?.0,
        };
        let start = if at == 0 { 0 } else { *self.ends.get(at - 1)? };
        self.text.get(start..*self.ends.get(at)?)
    }

    fn write(&self, name: &str, text: &mut String) {
        if !self.entries.is_empty() {
            text.extend(["    ", name, ": {\n", &self.text, "    },\n"]);
        }
    }
}

/// The fields of something as they stand in a file, without the brackets around them.
fn fields(of: &impl Serialize) -> Result<String, ron::Error> {
    let pretty = PrettyConfig::new().new_line("\n".to_owned()).indentor("    ".to_owned());
    let text = ron_options().to_string_pretty(of, pretty)?;
    inside(&text, "(", ")").map(|fields| fields.trim_start_matches('\n').to_owned())
}

/// An entry of a section as it stands in a file.
fn entry<K: Serialize, V: Serialize>(id: &K, value: &V) -> Result<String, ron::Error> {
    let text = fields(&One { entries: Entry(id, value) })?;
    inside(&text, "    entries: {\n", "    },\n").map(str::to_owned)
}

fn inside<'t>(text: &'t str, before: &str, behind: &str) -> Result<&'t str, ron::Error> {
    let inside = text.strip_prefix(before).and_then(|text| text.strip_suffix(behind));
    inside.ok_or_else(|| ron::Error::Message(t("a part of the project is written otherwise than expected").to_owned()))
}

#[derive(Serialize)]
struct One<'a, K, V> {
    entries: Entry<'a, K, V>,
}

/// A map with one entry.
struct Entry<'a, K, V>(&'a K, &'a V);

impl<K: Serialize, V: Serialize> Serialize for Entry<'_, K, V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry(self.0, self.1)?;
        map.end()
    }
}
