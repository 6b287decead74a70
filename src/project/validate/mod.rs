//! The invariants of a project as a function: run after each edit in debug builds, in property tests, and after each load.

mod plan;

use std::{collections::HashMap, fmt};

use super::{
    Project,
    course::{Course, MAX_WAYPOINTS},
    id::{ComponentId, ElementId},
};
use crate::{
    lang::{t, tr},
    text::{self, exact},
};

/// Most components, boundaries or notes a project may hold.
pub const MAX_ELEMENTS: usize = 100_000;
/// Most connections a project may hold.
pub const MAX_CONNECTIONS: usize = 200_000;
/// Most traits a component may have.
pub const MAX_TRAITS: usize = 1_000;
/// Longest name in bytes.
pub const MAX_NAME_BYTES: usize = 1_000;
/// Longest free text in bytes.
pub const MAX_TEXT_BYTES: usize = 100_000;
/// Longest reason for keeping a finding out of the way, in bytes.
pub const MAX_REASON_BYTES: usize = 1_000;
/// Longest key of a finding in bytes.
pub const MAX_KEY_BYTES: usize = 300;

/// Something that is wrong with a project as a document, whatever the playbook says.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// What is wrong and what to do, one line.
    pub message: String,
    /// What it is about, if it is one element.
    pub element: Option<ElementId>,
    /// The keys that lead to the place in the file, from the top: `["connections", "a-to-b", "to"]`.
    pub path: Vec<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Problem {
    /// A problem at the place named by `path`.
    pub fn new(message: impl Into<String>, element: Option<ElementId>, path: &[&str]) -> Self {
        Self { message: message.into(), element, path: path.iter().map(ToString::to_string).collect() }
    }
}

/// Most names that are sought for what was meant by them: among a hundred thousand components it takes a while, and nobody reads on.
const MOST_HINTS: usize = 50;

/// What was probably meant, for the first names that nothing is called by.
struct Hints<'a> {
    project: &'a Project,
    left: usize,
}

impl Hints<'_> {
    /// `; did you mean "shop"?`, if there is a component of a name like this.
    fn nearest_component(&mut self, id: &ComponentId) -> String {
        let Some(left) = self.left.checked_sub(1) else { return String::new() };
        self.left = left;
        let near = text::nearest(id.as_str(), self.project.components.keys().map(ComponentId::as_str));
        near.map(|near| tr!("; did you mean \"{near}\"?", near)).unwrap_or_default()
    }
}

impl Project {
    /// Everything that is wrong with the document itself, all at once; empty for a sound project.
    pub fn validate(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut hints = Hints { project: self, left: MOST_HINTS };
        self.check_sizes(&mut problems);
        self.check_components(&mut problems);
        self.check_connections(&mut hints, &mut problems);
        self.check_frames(&mut problems);
        self.check_suppressed(&mut problems);
        plan::check_assumptions(&self.assumptions, &["assumptions"], &mut problems);
        plan::check_scenarios(self, &mut hints, &mut problems);
        plan::check_baselines(self, &mut problems);
        problems
    }

    fn check_sizes(&self, problems: &mut Vec<Problem>) {
        for (key, count, most) in [
            ("components", self.components.len(), MAX_ELEMENTS),
            ("connections", self.connections.len(), MAX_CONNECTIONS),
            ("boundaries", self.boundaries.len(), MAX_ELEMENTS),
            ("sticky_notes", self.sticky_notes.len(), MAX_ELEMENTS),
            ("suppressed", self.suppressed.len(), MAX_ELEMENTS),
        ] {
            if count > most {
                let message = tr!(
                    "{0} {key} are more than the {1} a project can hold",
                    text::count(count),
                    text::count(most),
                    key
                );
                problems.push(Problem::new(message, None, &[key]));
            }
        }
        check_text(problems, &self.name, MAX_NAME_BYTES, None, &["name"]);
        check_text(problems, &self.notes, MAX_TEXT_BYTES, None, &["notes"]);
    }

    fn check_components(&self, problems: &mut Vec<Problem>) {
        for (id, component) in &self.components {
            let element = Some(ElementId::Component(id.clone()));
            check_id(problems, id.as_str(), element.clone(), "components");
            check_text(
                problems,
                &component.name,
                MAX_NAME_BYTES,
                element.clone(),
                &["components", id.as_str(), "name"],
            );
            if component.name.trim().is_empty() {
                let message = tr!("component \"{id}\" has no name; give it one", id);
                problems.push(Problem::new(message, element.clone(), &["components", id.as_str(), "name"]));
            }
            if component.traits.len() > MAX_TRAITS {
                let message = tr!(
                    "component \"{id}\" has {0} traits; keep at most {1}",
                    text::count(component.traits.len()),
                    text::count(MAX_TRAITS),
                    id
                );
                problems.push(Problem::new(message, element.clone(), &["components", id.as_str(), "traits"]));
            }
            check_text(problems, &component.notes, MAX_TEXT_BYTES, element, &["components", id.as_str(), "notes"]);
        }
    }

    fn check_connections(&self, hints: &mut Hints<'_>, problems: &mut Vec<Problem>) {
        for (id, link) in &self.connections {
            let element = Some(ElementId::Connection(id.clone()));
            check_id(problems, id.as_str(), element.clone(), "connections");
            for (key, end) in [("from", &link.from), ("to", &link.to)] {
                if !self.components.contains_key(end) {
                    let hint = hints.nearest_component(end);
                    let message =
                        tr!("connection \"{id}\" names a component that is not there: \"{end}\"{hint}", id, end, hint);
                    problems.push(Problem::new(message, element.clone(), &["connections", id.as_str(), key]));
                }
            }
            for (key, value, most) in
                [("calls_per_request", link.calls_per_request, 1e6), ("latency_ms", link.latency_ms, 1e9)]
            {
                if let Some(value) = value.filter(|v| !(0.0..=most).contains(v)) {
                    let message = tr!(
                        "connection \"{id}\": {key} is {0}; it must be from 0 to {1}",
                        exact(value),
                        exact(most),
                        id,
                        key
                    );
                    problems.push(Problem::new(message, element.clone(), &["connections", id.as_str(), key]));
                }
            }
            check_text(problems, &link.label, MAX_NAME_BYTES, element.clone(), &["connections", id.as_str(), "label"]);
            check_course(problems, id.as_str(), &link.course, element.as_ref());
        }
    }

    fn check_frames(&self, problems: &mut Vec<Problem>) {
        let mut holders = HashMap::new();
        for (id, boundary) in &self.boundaries {
            let element = Some(ElementId::Boundary(id.clone()));
            check_id(problems, id.as_str(), element.clone(), "boundaries");
            check_size(problems, boundary.size_world, element.clone(), &["boundaries", id.as_str(), "size"]);
            check_text(problems, &boundary.name, MAX_NAME_BYTES, element, &["boundaries", id.as_str(), "name"]);
            self.check_folded(id, &mut holders, problems);
        }
        self.check_circles(problems);
        for (id, note) in &self.sticky_notes {
            let element = Some(ElementId::Note(id.clone()));
            check_id(problems, id.as_str(), element.clone(), "sticky_notes");
            check_size(problems, note.size_world, element.clone(), &["sticky_notes", id.as_str(), "size"]);
            check_text(problems, &note.text, MAX_TEXT_BYTES, element, &["sticky_notes", id.as_str(), "text"]);
        }
    }

    fn check_suppressed(&self, problems: &mut Vec<Problem>) {
        for (key, reason) in &self.suppressed {
            let path = ["suppressed", key.as_str()];
            let sound =
                (1..=MAX_KEY_BYTES).contains(&key.as_str().len()) && key.as_str().bytes().all(|b| b.is_ascii_graphic());
            if !sound {
                let message = tr!(
                    "\"{key}\" cannot be the key of a finding; `groundplan check --json` says the keys of a plan's findings",
                    key
                );
                problems.push(Problem::new(message, None, &path));
            }
            if reason.trim().is_empty() {
                let message = tr!("the suppression of \"{key}\" has no reason; say why it is to stay", key);
                problems.push(Problem::new(message, None, &path));
            }
            check_text(problems, reason, MAX_REASON_BYTES, None, &path);
        }
    }
}

fn check_course(problems: &mut Vec<Problem>, id: &str, course: &Course, element: Option<&ElementId>) {
    if course.via.len() > MAX_WAYPOINTS {
        let message = tr!(
            "connection \"{id}\" is led through {} points; keep at most {MAX_WAYPOINTS}",
            text::count(course.via.len()),
            id,
            MAX_WAYPOINTS
        );
        problems.push(Problem::new(message, element.cloned(), &["connections", id, "course", "via"]));
    }
    if let Some(share) = course.label_at.filter(|share| !(0.0..=1.0).contains(share)) {
        let message = tr!("connection \"{id}\": label_at is {}; it must be from 0 to 1", exact(share), id);
        problems.push(Problem::new(message, element.cloned(), &["connections", id, "course", "label_at"]));
    }
}

/// Whether a text can be an id: lower-case letters, digits and hyphens, at most 100.
pub fn is_sound_id(id: &str) -> bool {
    !id.is_empty()
        && id.len() <= 100
        && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        && !id.starts_with('-')
}

fn check_id(problems: &mut Vec<Problem>, id: &str, element: Option<ElementId>, key: &str) {
    if !is_sound_id(id) {
        let message = tr!("\"{id}\" cannot be an id: use lower-case letters, digits and hyphens, at most 100", id);
        problems.push(Problem::new(message, element, &[key, id]));
    }
}

fn check_text(problems: &mut Vec<Problem>, words: &str, most: usize, element: Option<ElementId>, path: &[&str]) {
    if words.len() > most {
        let message = tr!("this text has {0} bytes; at most {1} are kept", text::count(words.len()), text::count(most));
        problems.push(Problem::new(message, element, path));
    }
}

fn check_size(problems: &mut Vec<Problem>, size: kurbo::Size, element: Option<ElementId>, path: &[&str]) {
    if !(size.width > 0.0 && size.height > 0.0) {
        problems.push(Problem::new(t("width and height must be more than 0"), element, path));
    }
}
