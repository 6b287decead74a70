//! Taking down what can be found.

use std::{collections::HashMap, sync::Arc};

use super::{Group, Index, Item, Role, What};
use crate::{
    assess::Assessment,
    explain,
    lang::t,
    playbook::Playbook,
    project::{Component, ComponentId, Connection, ElementId, Project, TraitId, TraitValue},
    text::matching::folded,
};

/// Bytes of a note or a text that are looked at.
const MOST_BYTES: usize = 4_000;

/// The index while it is made.
struct Maker<'a> {
    index: Index,
    playbook: &'a Playbook,
    /// Where each text is.
    known: HashMap<String, u32>,
}

impl Index {
    /// The index of a plan.
    pub fn new(project: &Arc<Project>, assessment: &Arc<Assessment>, playbook: &Playbook) -> Self {
        let index = Self {
            project: Arc::clone(project),
            assessment: Arc::clone(assessment),
            texts: Vec::new(),
            names: Vec::new(),
            fields: Vec::new(),
            items: Vec::new(),
            hidden: project.hidden(),
        };
        let mut maker = Maker { index, playbook, known: HashMap::new() };
        for (id, component) in &project.components {
            maker.component(id, component);
        }
        for (id, link) in &project.connections {
            maker.connection(ElementId::Connection(id.clone()), link, project);
        }
        for (id, boundary) in &project.boundaries {
            let fields = [(boundary.name.as_str(), Role::Name), (id.as_str(), Role::Also)];
            maker.put(Group::Boundaries, What::Other(ElementId::Boundary(id.clone())), &fields, false);
        }
        for (id, note) in &project.sticky_notes {
            let what = What::Other(ElementId::Note(id.clone()));
            maker.put(Group::Notes, what, &[(start_of(&note.text), Role::Name)], false);
        }
        for (at, finding) in assessment.findings.iter().enumerate() {
            let names: Vec<String> = finding.elements.iter().take(4).map(|element| project.name_of(element)).collect();
            let mut fields = vec![(finding.message.as_str(), Role::Name), (finding.why.as_str(), Role::Also)];
            fields.push((finding.severity.label(), Role::Also));
            fields.extend(names.iter().map(|name| (start_of(name), Role::Whose)));
            maker.put(Group::Findings, What::Finding(at), &fields, finding.suppressed.is_some());
        }
        maker.index
    }
}

impl Maker<'_> {
    fn component(&mut self, id: &ComponentId, component: &Component) {
        let name = component.name.as_str();
        let mut fields = vec![(name, Role::Name), (id.as_str(), Role::Also), (component.kind.label(), Role::Also)];
        if !component.notes.is_empty() {
            fields.push((start_of(&component.notes), Role::Also));
        }
        self.put(Group::Components, What::Component(id.clone()), &fields, false);
        for (trait_id, value) in &component.traits {
            self.carried(id, name, trait_id, value);
        }
        let advice = self.index.assessment.components.get(id).map(|advice| advice.framework.clone());
        if let Some(framework) = advice {
            let known = self.playbook.frameworks.get(&framework);
            let short = known.map_or("", |known| known.short_name.as_str());
            let title = self.playbook.framework_name(&framework);
            let pinned = if component.pin.is_some() { t("pinned") } else { "" };
            let fields = [
                (title, Role::Name),
                (framework.as_str(), Role::Also),
                (short, Role::Also),
                (pinned, Role::Whose),
                (name, Role::Whose),
            ];
            self.put(Group::Frameworks, What::Framework(id.clone()), &fields, false);
        }
    }

    /// A trait that a component carries: found by its label with the bare value, and by what the chip says.
    fn carried(&mut self, id: &ComponentId, name: &str, trait_id: &TraitId, value: &TraitValue) {
        let label = explain::trait_label(self.playbook, trait_id);
        let bare = format!("{label} {value}");
        let written = explain::value(self.playbook, trait_id, value);
        let fields = [
            (bare.as_str(), Role::Name),
            (trait_id.as_str(), Role::Also),
            (written.as_str(), Role::Also),
            (name, Role::Whose),
        ];
        self.put(Group::Traits, What::Trait(id.clone(), trait_id.clone()), &fields, !value.is_on());
    }

    fn connection(&mut self, element: ElementId, link: &Connection, project: &Project) {
        let (from, to) = (project.component_name(&link.from), project.component_name(&link.to));
        let fields = [
            (link.label.as_str(), Role::Name),
            (from.as_str(), Role::Also),
            (to.as_str(), Role::Also),
            (link.protocol.label(), Role::Also),
        ];
        self.put(Group::Connections, What::Other(element), &fields, false);
    }

    fn put(&mut self, group: Group, what: What, fields: &[(&str, Role)], behind: bool) {
        let begin = self.index.fields.len() as u32;
        for (text, role) in fields.iter().filter(|(text, _)| !text.is_empty()) {
            let at = self.text(text, *role == Role::Name && group != Group::Notes && group != Group::Findings);
            self.index.fields.push((at, *role));
        }
        let fields = begin..self.index.fields.len() as u32;
        self.index.items.push(Item { group, what, fields, behind });
    }

    /// The place of a text, which is the same for all that have it.
    fn text(&mut self, text: &str, is_name: bool) -> u32 {
        let folded = folded(text);
        let index = &mut self.index;
        let at = *self.known.entry(folded).or_insert_with_key(|folded| {
            index.texts.push(folded.clone());
            index.names.push(false);
            index.texts.len() as u32 - 1
        });
        self.index.names[at as usize] |= is_name;
        at
    }
}

/// The beginning of a long text.
fn start_of(text: &str) -> &str {
    &text[..text.floor_char_boundary(MOST_BYTES)]
}
