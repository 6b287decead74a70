//! What an element is connected with and what it holds, for whoever cannot see the lines.

use std::collections::BTreeSet;

use crate::{
    geometry::{hit, walk},
    lang::{t, tr},
    project::{ElementId, Project},
};

/// Names that are told one by one; the rest is a number.
const MOST_NAMES: usize = 6;

/// What there is to say about an element beyond its name: `Calls Store and Mailer. Called by Gateway`.
pub fn neighbours(project: &Project, element: &ElementId) -> String {
    match element {
        ElementId::Connection(id) => project.connections.get(id).map_or_else(String::new, |link| {
            let (from, to) = (project.component_name(&link.from), project.component_name(&link.to));
            let label = if link.label.is_empty() { String::new() } else { tr!(", labelled {}", link.label) };
            tr!("{from} calls {to}, {}{label}", link.protocol.label(), from, to, label)
        }),
        ElementId::Note(id) => project.sticky_notes.get(id).map_or_else(String::new, |note| note.text.clone()),
        ElementId::Component(_) => {
            let frame = around(project, element).map_or_else(String::new, |name| tr!("In {name}. ", name));
            format!("{frame}{}", calls(project, element))
        }
        ElementId::Boundary(id) => {
            let held = holds(project, id);
            let folded = project.boundaries.get(id).is_some_and(|boundary| boundary.folded.is_some());
            if folded { format!("{held}. {}", calls(project, element)) } else { held }
        }
    }
}

/// The name of the innermost boundary that an element lies in.
fn around<'a>(project: &'a Project, element: &ElementId) -> Option<&'a str> {
    let rect = walk::rect_world(project, element)?;
    let frames = project.boundaries.values().filter(|frame| hit::encloses(frame.rect_world(), rect));
    let inmost = frames.min_by(|a, b| a.rect_world().area().total_cmp(&b.rect_world().area()));
    inmost.map(|frame| frame.name.as_str())
}

/// What lies in a boundary, counted: `3 components and 1 note`.
pub fn holds(project: &Project, id: &crate::project::BoundaryId) -> String {
    let all = project.contents(id);
    let count = |wanted: fn(&ElementId) -> bool| all.iter().filter(|element| wanted(element)).count();
    let several = |count: usize, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{count} {many}")),
    };
    let parts = [
        several(count(|e| matches!(e, ElementId::Component(_))), t("component"), t("components")),
        several(count(|e| matches!(e, ElementId::Boundary(_))), t("boundary"), t("boundaries")),
        several(count(|e| matches!(e, ElementId::Note(_))), t("note"), t("notes")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { t("empty").to_owned() } else { list(&parts) }
}

fn calls(project: &Project, element: &ElementId) -> String {
    let links = walk::connections_of(project, element);
    let named = |wanted: &dyn Fn(&ElementId, &ElementId) -> bool, callee: bool| -> Vec<String> {
        let of_it = links.iter().filter(|(_, from, to)| wanted(from, to));
        let mut told = BTreeSet::new();
        let others = of_it.map(|(_, from, to)| if callee { to } else { from }).filter(|other| told.insert(*other));
        others.map(|other| project.name_of(other)).collect()
    };
    let callees = named(&|from, _| from == element, true);
    let callers = named(&|from, to| to == element && from != element, false);
    match (callees.is_empty(), callers.is_empty()) {
        (true, true) => t("No connections").to_owned(),
        (false, true) => tr!("Calls {}", list(&callees)),
        (true, false) => tr!("Called by {}", list(&callers)),
        (false, false) => tr!("Calls {0}. Called by {1}", list(&callees), list(&callers)),
    }
}

/// `A, B and C`, or `A, B, C and 4 more`.
fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        many if many.len() > MOST_NAMES => {
            tr!("{0} and {1} more", many[..MOST_NAMES - 1].join(", "), many.len() - MOST_NAMES + 1)
        }
        [firsts @ .., last] => tr!("{} and {last}", firsts.join(", "), last),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Component, ComponentKind, Connection, Edit, Protocol};

    #[test]
    fn each_neighbour_is_told_once_however_many_connections_lead_there() {
        let mut project = Project::new("Plan");
        for name in ["Shop", "Store", "Mailer"] {
            let component = Component::new(name, ComponentKind::Worker, Some((0.0, 0.0).into()));
            project.apply(&Edit::PutComponent(name.into(), component));
        }
        for (number, to) in ["Store", "Mailer", "Store"].into_iter().enumerate() {
            let link = Connection::new("Shop".into(), to.into(), Protocol::Http);
            project.apply(&Edit::PutConnection(format!("l{number}").as_str().into(), link));
        }
        assert_eq!(neighbours(&project, &ElementId::Component("Shop".into())), "Calls Store and Mailer");
        assert_eq!(neighbours(&project, &ElementId::Component("Store".into())), "Called by Shop");
    }
}
