//! What changed between two documents, in meaning and not in text: by id and by field. What has another id is another thing.

use std::{hash::Hash, sync::Arc};

use indexmap::IndexMap;
use serde::Serialize;
use serde_json::Value;

use super::{
    Project,
    id::{ElementId, FindingKey},
    leaves::{Leaves, Path, leaves, leaves_of_assumptions},
    order::woven,
    scenario::{BaselineId, ScenarioId},
};

/// What a change is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Thing {
    /// The name of the plan and the text on it.
    Plan,
    /// Rates, team, calendar, currency, targets.
    Assumptions,
    /// Something on the sheet.
    Element(ElementId),
    /// A finding that is set aside.
    Finding(FindingKey),
    /// A way to build it that is kept.
    Scenario(ScenarioId),
    /// An estimate that is kept.
    Baseline(BaselineId),
}

/// What became of a thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Change {
    /// Only the later document has it.
    Added,
    /// Only the earlier document has it.
    Removed,
    /// Both have it, and it is not the same.
    Changed,
}

/// A part of a thing that is not the same in both documents, as files write it.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The keys that lead to it from the thing: `["traits", "tables"]`.
    pub path: Vec<String>,
    /// What it was; `None` where it was not there or as usual.
    pub from: Option<Value>,
    /// What it is.
    pub to: Option<Value>,
}

/// What is about the drawing alone: where something stands, how large it is, how a line is led, what is folded and locked, and the
/// paper of a note.
const DRAWING: [&str; 6] = ["pos", "size", "course", "folded", "locked", "colour"];

impl Field {
    /// Whether it says only how a thing is drawn.
    pub fn is_drawn_of(&self, thing: &Thing) -> bool {
        matches!(thing, Thing::Element(_)) && self.path.first().is_some_and(|key| DRAWING.contains(&key.as_str()))
    }
}

/// One thing that is not the same in both documents.
#[derive(Clone, Debug, PartialEq)]
pub struct Changed {
    /// What it is.
    pub thing: Thing,
    /// What became of it.
    pub change: Change,
    /// Its parts that differ, in its order; of what was added or removed, all of them.
    pub fields: Vec<Field>,
}

impl Changed {
    /// The fields that mean something beyond the drawing.
    pub fn meant(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| !field.is_drawn_of(&self.thing))
    }

    /// The fields that say how an element is drawn.
    pub fn drawn(&self) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(|field| field.is_drawn_of(&self.thing))
    }

    /// Whether nothing but the drawing of it differs.
    pub fn is_drawing_only(&self) -> bool {
        self.change == Change::Changed && self.meant().next().is_none()
    }
}

/// Everything that changed between two documents.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// In the order of the document: what was removed stands behind what it stood behind.
    pub list: Vec<Changed>,
    /// Whether what both have stands in another order.
    pub reordered: bool,
}

impl Changes {
    /// What leads from one document to another.
    pub fn between(from: &Project, to: &Project) -> Self {
        let mut changes = Self::default();
        changes.whole(Thing::Plan, &leaves_of_plan(from), &leaves_of_plan(to));
        if from.assumptions != to.assumptions {
            let [from, to] = [from, to].map(|project| leaves_of_assumptions(&project.assumptions));
            changes.whole(Thing::Assumptions, &from, &to);
        }
        changes.shared(&from.components, &to.components, |id| Thing::Element(ElementId::Component(id.clone())));
        changes.shared(&from.connections, &to.connections, |id| Thing::Element(ElementId::Connection(id.clone())));
        changes.shared(&from.boundaries, &to.boundaries, |id| Thing::Element(ElementId::Boundary(id.clone())));
        changes.shared(&from.sticky_notes, &to.sticky_notes, |id| Thing::Element(ElementId::Note(id.clone())));
        let reason = |reason: &String| Leaves::from([(vec!["reason".to_owned()], Value::String(reason.clone()))]);
        changes.entries((&from.suppressed, &to.suppressed), |a, b| a == b, |key| Thing::Finding(key.clone()), reason);
        changes.shared(&from.scenarios, &to.scenarios, |id| Thing::Scenario(id.clone()));
        changes.shared(&from.baselines, &to.baselines, |id| Thing::Baseline(id.clone()));
        changes
    }

    /// Whether the documents are the same but for the order of what is in them.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether they differ in the drawing alone, or not at all.
    pub fn is_drawing_only(&self) -> bool {
        self.list.iter().all(Changed::is_drawing_only)
    }

    fn shared<K: Eq + Hash, V: PartialEq + Serialize>(
        &mut self,
        from: &IndexMap<K, Arc<V>>,
        to: &IndexMap<K, Arc<V>>,
        thing: impl Fn(&K) -> Thing,
    ) {
        let same = |a: &Arc<V>, b: &Arc<V>| Arc::ptr_eq(a, b) || a == b;
        self.entries((from, to), same, thing, |entry| leaves(&**entry));
    }

    fn entries<K: Eq + Hash, V>(
        &mut self,
        (from, to): (&IndexMap<K, V>, &IndexMap<K, V>),
        same: impl Fn(&V, &V) -> bool,
        thing: impl Fn(&K) -> Thing,
        parts: impl Fn(&V) -> Leaves,
    ) {
        if from.len() == to.len() && from.iter().zip(to).all(|((k, v), (l, w))| k == l && same(v, w)) {
            return;
        }
        let common = |a: &'_ IndexMap<K, V>, b: &'_ IndexMap<K, V>| -> Vec<usize> {
            a.keys().filter_map(|key| b.get_index_of(key)).collect()
        };
        self.reordered |= !common(from, to).is_sorted();
        for key in woven(to.keys(), from.keys()) {
            match (from.get(key), to.get(key)) {
                (Some(a), Some(b)) if same(a, b) => {}
                (a, b) => self.entry(thing(key), a.map(&parts).as_ref(), b.map(&parts).as_ref()),
            }
        }
    }

    fn whole(&mut self, thing: Thing, from: &Leaves, to: &Leaves) {
        self.entry(thing, Some(from), Some(to));
    }

    fn entry(&mut self, thing: Thing, from: Option<&Leaves>, to: Option<&Leaves>) {
        let none = Leaves::new();
        let fields = fields(from.unwrap_or(&none), to.unwrap_or(&none));
        let change = match (from, to) {
            (None, Some(_)) => Change::Added,
            (Some(_), None) => Change::Removed,
            _ if fields.is_empty() => return,
            _ => Change::Changed,
        };
        self.list.push(Changed { thing, change, fields });
    }
}

/// The plan's own fields.
pub(super) fn leaves_of_plan(project: &Project) -> Leaves {
    let texts = [("name", &project.name), ("notes", &project.notes)];
    let told = texts.into_iter().filter(|(_, text)| !text.is_empty());
    told.map(|(key, text)| (vec![key.to_owned()], Value::String(text.clone()))).collect()
}

fn fields(from: &Leaves, to: &Leaves) -> Vec<Field> {
    let field = |path: &Path| {
        let (from, to) = (from.get(path), to.get(path));
        (from != to).then(|| Field { path: path.clone(), from: from.cloned(), to: to.cloned() })
    };
    woven(to.keys(), from.keys()).into_iter().filter_map(field).collect()
}
