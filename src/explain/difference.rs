//! What changed between two documents, in words: the same in the window and on the command line.

mod drawn;
mod fields;
mod numbers;

use crate::{
    figures,
    lang::{lower, t, tr},
    playbook::Playbook,
    project::{
        Component, ComponentId, Connection, ElementId, Project, TraitValue,
        difference::{Change, Changed, Changes, Field, Thing},
    },
    text::one_line,
};
pub use drawn::Drawn;
use drawn::drawing;
use fields::FieldWords;
pub use numbers::numbers;

/// Letters of a text that are shown of it.
const MOST_LETTERS: usize = 60;

/// The difference of two documents, ready to be shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Told {
    /// What means something beyond the drawing, by what sort of thing it is.
    pub groups: Vec<Group>,
    /// What differs on the drawing alone, by what was done to what.
    pub drawing: Vec<Drawn>,
    /// Whether entries stand in another order.
    pub reordered: bool,
}

/// Changes of things of one sort.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// What sort it is: `Components`.
    pub title: &'static str,
    /// The changes in the order of the document.
    pub rows: Vec<Row>,
}

/// One thing that is not the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it is.
    pub thing: Thing,
    /// What became of it.
    pub change: Change,
    /// What people call it.
    pub name: String,
    /// What differs about it, or what it is if it came or went.
    pub details: Vec<String>,
}

impl Row {
    /// The row in a line: `Shop: tables 12 → 40, pinned to FastAPI`.
    pub fn line(&self) -> String {
        let what = match self.change {
            Change::Added => t("new"),
            Change::Removed => t("gone"),
            Change::Changed => "",
        };
        let details = self.details.join(", ");
        match (what.is_empty(), details.is_empty()) {
            (true, true) => self.name.clone(),
            (true, false) => format!("{}: {details}", self.name),
            (false, true) => format!("{}: {what}", self.name),
            (false, false) => format!("{}: {what} ({details})", self.name),
        }
    }
}

impl Change {
    /// The sign before a row: `+`, `−`, `~`.
    pub fn sign(self) -> &'static str {
        match self {
            Self::Added => "+",
            Self::Removed => "−",
            Self::Changed => "~",
        }
    }

    /// The change in a word, for whoever hears it: `New`, `Gone`, `Changed`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Added => t("New"),
            Self::Removed => t("Gone"),
            Self::Changed => t("Changed"),
        }
    }
}

impl Told {
    /// The difference between two documents in words.
    pub fn new(playbook: &Playbook, from: &Project, to: &Project) -> Self {
        Self::of(&Changes::between(from, to), playbook, from, to)
    }

    /// Changes that are known already, in words.
    pub fn of(changes: &Changes, playbook: &Playbook, from: &Project, to: &Project) -> Self {
        let words = Words { playbook, from, to };
        let mut told = Self { drawing: drawing(changes, &[to, from]), reordered: changes.reordered, ..Self::default() };
        for changed in changes.list.iter().filter(|changed| !changed.is_drawing_only()) {
            let title = title(&changed.thing);
            let row = words.row(changed);
            match told.groups.last_mut().filter(|group| group.title == title) {
                Some(group) => group.rows.push(row),
                None => told.groups.push(Group { title, rows: vec![row] }),
            }
        }
        told
    }

    /// Whether nothing differs, on the drawing neither.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty() && self.drawing.is_empty()
    }

    /// The whole in a sentence: `2 new, 1 gone, 3 changed; on the drawing 4 components moved`.
    pub fn summary(&self) -> String {
        if self.is_empty() {
            let order = if self.reordered { t("; entries stand in another order") } else { "" };
            return tr!("Nothing differs{order}", order);
        }
        let rows = || self.groups.iter().flat_map(|group| &group.rows);
        let counted = [Change::Added, Change::Removed, Change::Changed].into_iter().filter_map(|change| {
            let count = rows().filter(|row| row.change == change).count();
            (count > 0).then(|| format!("{count} {}", lower(change.word())))
        });
        let counted = counted.collect::<Vec<_>>().join(", ");
        let drawing = self.drawing.iter().map(|drawn| drawn.counted.as_str()).collect::<Vec<_>>().join(", ");
        match (counted.is_empty(), drawing.is_empty()) {
            (false, false) => tr!("{counted}; on the drawing {drawing}", counted, drawing),
            (false, true) => counted,
            (true, _) => tr!("Only the drawing differs: {drawing}", drawing),
        }
    }

    /// All of it as lines of text.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = Vec::new();
        for group in &self.groups {
            lines.push(group.title.to_owned());
            lines.extend(group.rows.iter().map(|row| format!("  {} {}", row.change.sign(), row.line())));
        }
        if !self.drawing.is_empty() {
            lines.push(t("On the drawing").to_owned());
            lines.extend(self.drawing.iter().map(|drawn| format!("  {} {}", Change::Changed.sign(), drawn.line())));
        }
        if self.reordered {
            lines.push(t("Entries stand in another order").to_owned());
        }
        lines
    }
}

/// What sort of thing it is, as a caption.
fn title(thing: &Thing) -> &'static str {
    match thing {
        Thing::Plan => t("Plan"),
        Thing::Assumptions => t("Assumptions"),
        Thing::Element(ElementId::Component(_)) => t("Components"),
        Thing::Element(ElementId::Connection(_)) => t("Connections"),
        Thing::Element(ElementId::Boundary(_)) => t("Boundaries"),
        Thing::Element(ElementId::Note(_)) => t("Sticky notes"),
        Thing::Finding(_) => t("Findings set aside"),
        Thing::Scenario(_) => t("Scenarios"),
        Thing::Baseline(_) => t("Baselines"),
    }
}

/// What a thing is called in the first of some documents that has it; its id if none does.
pub fn name_of(thing: &Thing, documents: &[&Project]) -> String {
    let name = match thing {
        Thing::Plan => Some(t("Plan").to_owned()),
        Thing::Assumptions => Some(t("Assumptions").to_owned()),
        Thing::Element(id) => documents.iter().find(|one| one.contains(id)).map(|one| one.name_of(id)),
        Thing::Finding(key) => Some(key.to_string()),
        Thing::Scenario(id) => documents.iter().find_map(|one| one.scenarios.get(id)).map(|one| one.name.clone()),
        Thing::Baseline(id) => documents.iter().find_map(|one| one.baselines.get(id)).map(|one| one.name.clone()),
    };
    let name = excerpt(&name.unwrap_or_default());
    if name.is_empty() { id_of(thing).to_owned() } else { name }
}

/// The id of a thing; empty for the plan as a whole.
pub fn id_of(thing: &Thing) -> &str {
    match thing {
        Thing::Plan | Thing::Assumptions => "",
        Thing::Element(id) => id.as_str(),
        Thing::Finding(key) => key.as_str(),
        Thing::Scenario(id) => id.as_str(),
        Thing::Baseline(id) => id.as_str(),
    }
}

/// As much of a text as fits on a line.
fn excerpt(text: &str) -> String {
    // A text of a megabyte is not gone through for its first line.
    let begin: String = text.chars().take(4 * MOST_LETTERS).collect();
    let words = one_line(&begin).split_whitespace().collect::<Vec<_>>().join(" ");
    let mut letters = words.chars();
    let shown: String = letters.by_ref().take(MOST_LETTERS).collect();
    if letters.next().is_none() && begin.len() == text.len() { shown } else { format!("{}…", shown.trim_end()) }
}

/// Whether a text does not fit on a line as it is: then only its beginning is told.
pub fn is_cut(text: &str) -> bool {
    excerpt(text) != text
}

/// A text between quotes, as much of it as fits on a line.
fn quoted(text: &str) -> String {
    format!("\"{}\"", excerpt(text))
}

/// A field of a thing that is not the same in two documents, in words, whatever it is: also what is drawn, and what is there together.
pub(super) fn field_in_words(
    playbook: &Playbook,
    (from, to): (&Project, &Project),
    thing: &Thing,
    field: &Field,
) -> String {
    let words = FieldWords { playbook, from, to };
    let drawn = field.is_drawn_of(thing).then(|| fields::drawn(field));
    let told = drawn.or_else(|| words.field(thing, field));
    told.unwrap_or_else(|| fields::plain(&field.path.join(" "), field))
}

/// What the words are made with.
#[derive(Clone, Copy)]
struct Words<'a> {
    playbook: &'a Playbook,
    from: &'a Project,
    to: &'a Project,
}

impl Words<'_> {
    fn row(self, changed: &Changed) -> Row {
        let documents = if changed.change == Change::Removed { [self.from, self.to] } else { [self.to, self.from] };
        let details = match changed.change {
            Change::Changed => {
                let words = FieldWords { playbook: self.playbook, from: self.from, to: self.to };
                changed.meant().filter_map(|field| words.field(&changed.thing, field)).collect()
            }
            Change::Added | Change::Removed => self.what_it_is(changed, documents[0]),
        };
        Row { thing: changed.thing.clone(), change: changed.change, name: name_of(&changed.thing, &documents), details }
    }

    /// What there is to say about something that came or went.
    fn what_it_is(self, changed: &Changed, document: &Project) -> Vec<String> {
        match &changed.thing {
            Thing::Element(ElementId::Component(id)) => {
                document.components.get(id).map(|component| self.component(component)).unwrap_or_default()
            }
            Thing::Element(ElementId::Connection(id)) => {
                document.connections.get(id).map(|link| connection(link)).unwrap_or_default()
            }
            Thing::Finding(key) => document.suppressed.get(key).map(|reason| quoted(reason)).into_iter().collect(),
            Thing::Scenario(_) => {
                let words = FieldWords { playbook: self.playbook, from: document, to: document };
                let parts = changed.fields.iter().filter(|field| field.path != ["name"]).map(|field| Field {
                    path: field.path.clone(),
                    from: None,
                    to: field.to.clone().or_else(|| field.from.clone()),
                });
                parts.filter_map(|field| words.field(&changed.thing, &field)).collect()
            }
            _ => Vec::new(),
        }
    }

    fn component(self, component: &Component) -> Vec<String> {
        let traits = component.traits.iter().map(|(id, value)| match value {
            TraitValue::Flag(false) => tr!("no {}", figures::trait_chip(self.playbook, id, value)),
            value => figures::trait_chip(self.playbook, id, value),
        });
        let pin = component.pin.iter().map(|pin| tr!("pinned to {}", super::framework(self.playbook, pin)));
        let deferred = component.deferred.then(|| t("put off to later").to_owned());
        let notes = (!component.notes.is_empty()).then(|| tr!("notes {}", quoted(&component.notes)));
        let kind = std::iter::once(component.kind.label().to_owned());
        kind.chain(traits).chain(pin).chain(deferred).chain(notes).collect()
    }
}

fn connection(link: &Connection) -> Vec<String> {
    let calls = link.calls_per_request.map(|calls| tr!("{} calls a request", figures::number(calls)));
    let latency = link.latency_ms.map(|latency| tr!("{} ms a call", figures::number(latency)));
    let label = (!link.label.is_empty()).then(|| quoted(&link.label));
    std::iter::once(link.protocol.label().to_owned()).chain(calls).chain(latency).chain(label).collect()
}

/// What people call a component: as the later document says, else as the earlier one did.
fn component_name(from: &Project, to: &Project, id: &ComponentId) -> String {
    name_of(&Thing::Element(ElementId::Component(id.clone())), &[to, from])
}
