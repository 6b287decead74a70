//! How a hit is shown.

use super::{Hit, Index, What};
use crate::{
    assess::Finding,
    explain,
    lang::{t, tr},
    playbook::Playbook,
    project::{Component, ComponentId, ComponentKind, ElementId},
    text::{
        matching::{Wanted, folded},
        one_line,
    },
};

/// Letters of a text that are shown around the words that were found in it.
const EXCERPT: usize = 60;

/// A hit in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What it is called.
    pub title: String,
    /// What it is, or what was found about it: `REST API`, `Tables: 40 tables`, `Built on ...`.
    pub detail: String,
    /// The folded boundary that is seen in its place.
    pub hidden_in: Option<String>,
    /// Its kind, if it is a component.
    pub kind: Option<ComponentKind>,
}

impl Index {
    /// A hit in words; `query` says which part of a long text is shown.
    pub fn line(&self, hit: Hit, query: &str, playbook: &Playbook) -> Option<Line> {
        let item = self.items.get(hit.0 as usize)?;
        Some(match &item.what {
            What::Component(id) => self.of_component(id, |component| found_in(component, id, query)),
            What::Trait(id, trait_id) => self.of_component(id, |component| {
                let label = explain::trait_label(playbook, trait_id);
                let value = component.traits.get(trait_id).map(|value| explain::value(playbook, trait_id, value));
                format!("{label}: {}", value.unwrap_or_default())
            }),
            What::Framework(id) => self.of_component(id, |component| {
                let advice = self.assessment.components.get(id);
                let name = advice.map_or("", |advice| playbook.framework_name(&advice.framework));
                let pinned = if component.pin.is_some() { t(", pinned") } else { "" };
                tr!("On {name}{pinned}", name, pinned)
            }),
            What::Other(element) => self.of_element(element, query),
            What::Finding(at) => of_finding(self.assessment.findings.get(*at)?),
        })
    }

    fn of_component(&self, id: &ComponentId, detail: impl FnOnce(&Component) -> String) -> Line {
        let component = self.project.components.get(id);
        Line {
            title: one_line(&self.project.component_name(id)),
            detail: component.map_or_else(String::new, |component| one_line(&detail(component))),
            hidden_in: self.hidden_in(&ElementId::Component(id.clone())),
            kind: component.map(|component| component.kind),
        }
    }

    fn of_element(&self, element: &ElementId, query: &str) -> Line {
        let project = &self.project;
        let (title, detail) = match element {
            ElementId::Connection(id) => {
                let link = project.connections.get(id);
                let protocol = link.map_or("", |link| link.protocol.label());
                let label = link.map_or("", |link| link.label.as_str());
                let detail = if label.is_empty() { protocol.to_owned() } else { format!("{label} · {protocol}") };
                (project.name_of(element), detail)
            }
            ElementId::Boundary(id) => {
                let folded = project.boundaries.get(id).is_some_and(|boundary| boundary.folded.is_some());
                (project.name_of(element), if folded { t("Folded boundary") } else { t("Boundary") }.to_owned())
            }
            _ => (excerpt(&project.name_of(element), query), t("Note").to_owned()),
        };
        let ends = match element {
            ElementId::Connection(id) => project.connections.get(id).map(|link| link.from.clone()),
            _ => None,
        };
        let hidden = self.hidden_in(element).or_else(|| self.hidden_in(&ElementId::Component(ends?)));
        Line { title: one_line(&title), detail: one_line(&detail), hidden_in: hidden, kind: None }
    }

    fn hidden_in(&self, element: &ElementId) -> Option<String> {
        let boundary = self.project.boundaries.get(self.hidden.get(element)?)?;
        Some(one_line(&boundary.name))
    }
}

fn of_finding(finding: &Finding) -> Line {
    let aside = if finding.suppressed.is_some() { t(", set aside") } else { "" };
    let detail = format!("{}{aside}", finding.severity.label());
    Line { title: one_line(&finding.message), detail, hidden_in: None, kind: None }
}

/// What a component was found by: its kind, unless the words stand in its notes.
fn found_in(component: &Component, id: &ComponentId, query: &str) -> String {
    let kind = component.kind.label();
    let shown = folded(&format!("{} {id} {kind}", component.name));
    let missing = Wanted::new(query).words.into_iter().find(|word| !shown.contains(word.as_str()));
    match missing.filter(|word| folded(&component.notes).contains(word.as_str())) {
        Some(word) => format!("{kind} · {}", excerpt(&component.notes, &word)),
        None => kind.to_owned(),
    }
}

/// The part of a text around the first word that is in it.
fn excerpt(text: &str, query: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let letters: Vec<char> = text.chars().collect();
    if letters.len() <= EXCERPT {
        return text;
    }
    let lower = folded(&text);
    let found = Wanted::new(query).words.iter().find_map(|word| lower.find(word.as_str()));
    let at = found.map_or(0, |at| lower[..at].chars().count()).min(letters.len());
    let begin = at.saturating_sub(EXCERPT / 3);
    let end = (begin + EXCERPT).min(letters.len());
    let part: String = letters[begin..end].iter().collect();
    let (before, after) = (if begin > 0 { "…" } else { "" }, if end < letters.len() { "…" } else { "" });
    format!("{before}{}{after}", part.trim())
}
