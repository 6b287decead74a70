//! The document: components, connections, boundaries, notes, assumptions and pins. Knows no playbook and no screen.
//!
//! A [`Project`] shares structure: a copy has the same maps of `Arc`s until one of them changes, so a snapshot before every edit is
//! cheap, and an element that did not change is the same allocation in both.

mod assumptions;
mod contents;
mod course;
pub mod difference;
mod edit;
mod element;
mod finding_key;
mod id;
mod kind;
mod leaves;
pub mod merge;
mod names;
mod order;
mod scenario;
mod shared;
mod validate;
mod value;

use std::{borrow::Cow, hash::Hash, sync::Arc};

use indexmap::IndexMap;

use crate::lang::{t, tr};
pub use assumptions::{
    Assumptions, BUDGET_USD, COMMUNICATION_SHARE, CONTINGENCY, Calendar, Confidence, Currency, DAYS_A_WEEK,
    DEADLINE_WEEKS, Deadline, Grouping, MACHINE_USD, MAX_HOLIDAYS, MAX_ROLES, MAX_SERVERS, MAX_SIGN_BYTES, Machines,
    PER_USD, RATE_USD, Role, RoleId, RoleShare, SERVER_FIGURE, ServerFigures, TEAM_SIZE, THREADS, Timetable,
    UTILISATION, WEEKS_A_MONTH, Weekday, holidays_text, months_of, parse_holidays, weeks_of_months,
};
pub use course::{Course, LineKind, MAX_WAYPOINTS, Side};
pub use edit::Edit;
pub use element::{Boundary, Component, Connection, FOLDED_SIZE, Folded, NoteColour, Protocol, StickyNote, card_size};
pub(crate) use id::slug_id;
pub use id::{
    BoundaryId, ComponentId, ConnectionId, ElementId, FindingKey, FrameworkId, NoteId, TraitId, slug, unique_slug,
};
pub use kind::{ComponentKind, KindGroup};
pub use names::{Names, own_name};
pub use scenario::{
    Baseline, BaselineEdit, BaselineId, BaselinePart, MAX_BASELINE_EDITS, MAX_SCENARIOS, Means, NOW, Scenario,
    ScenarioId, Spread,
};
pub use shared::Shared;
pub use validate::{
    MAX_CONNECTIONS, MAX_ELEMENTS, MAX_KEY_BYTES, MAX_NAME_BYTES, MAX_REASON_BYTES, MAX_TEXT_BYTES, MAX_TRAITS,
    Problem, is_sound_id,
};
pub use value::TraitValue;

/// The document.
#[derive(Clone, Debug, Default)]
pub struct Project {
    /// What people call the plan.
    pub name: String,
    /// Free text on the plan.
    pub notes: String,
    /// Rates, team, calendar, currency, targets.
    pub assumptions: Assumptions,
    /// The boxes, in the order they were added.
    pub components: Shared<ComponentId, Arc<Component>>,
    /// The links between them.
    pub connections: Shared<ConnectionId, Arc<Connection>>,
    /// Named frames.
    pub boundaries: Shared<BoundaryId, Arc<Boundary>>,
    /// Sticky notes.
    pub sticky_notes: Shared<NoteId, Arc<StickyNote>>,
    /// Findings that were looked at and are to stay, each with the reason.
    pub suppressed: IndexMap<FindingKey, String>,
    /// Other ways to build it.
    pub scenarios: IndexMap<ScenarioId, Arc<Scenario>>,
    /// Estimates as they stood at some moment.
    pub baselines: IndexMap<BaselineId, Arc<Baseline>>,
}

impl Project {
    /// What it is called where it has to be called something.
    pub fn title(&self) -> &str {
        if self.name.trim().is_empty() { t("Untitled") } else { &self.name }
    }

    /// An empty sheet with a name.
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// The components that are ours to build, in document order; not those that are put off to later.
    pub fn services(&self) -> impl Iterator<Item = (&ComponentId, &Arc<Component>)> {
        self.components.iter().filter(|(_, component)| component.kind.is_service() && !component.deferred)
    }

    /// What is to be built now: the project without the components that are put off, and without their connections. Scenarios and
    /// baselines are those of the whole: where something is put off they are left behind as well.
    pub fn in_scope(&self) -> Cow<'_, Self> {
        if self.components.values().all(|component| !component.deferred) {
            return Cow::Borrowed(self);
        }
        let mut now = Self { scenarios: IndexMap::new(), baselines: IndexMap::new(), ..self.clone() };
        now.components.retain(|_, component| !component.deferred);
        let there = |id: &ComponentId| now.components.contains_key(id);
        now.connections.retain(|_, link| there(&link.from) && there(&link.to));
        Cow::Owned(now)
    }

    /// The components that are put off to later, in document order.
    pub fn deferred(&self) -> impl Iterator<Item = (&ComponentId, &Arc<Component>)> {
        self.components.iter().filter(|(_, component)| component.deferred)
    }

    /// Whether a component is put off to later.
    pub fn is_deferred(&self, id: &ComponentId) -> bool {
        self.components.get(id).is_some_and(|component| component.deferred)
    }

    /// Whether a connection waits for a component that is put off to later.
    pub fn waits(&self, link: &Connection) -> bool {
        self.is_deferred(&link.from) || self.is_deferred(&link.to)
    }

    /// Takes what scenarios say of components that are gone out of them.
    fn forget_in_scenarios(&mut self, gone: impl Fn(&ComponentId) -> bool) {
        for scenario in self.scenarios.values_mut() {
            if scenario.pins.keys().chain(&scenario.deferred).any(&gone) {
                Arc::make_mut(scenario).without(&gone);
            }
        }
    }

    /// An id for a new component of this name.
    pub fn new_component_id(&self, name: &str) -> ComponentId {
        ComponentId::new(&unique_slug(name, "component", |s| self.components.contains_key(s)))
    }

    /// An id for a new connection between these two.
    pub fn new_connection_id(&self, from: &ComponentId, to: &ComponentId) -> ConnectionId {
        let name = format!("{from}-to-{to}");
        // A slug is cut at 40 characters; two long names would then always end in numbers, so the whole is tried first.
        if name.len() <= 100 && !self.connections.contains_key(name.as_str()) {
            return ConnectionId::new(&name);
        }
        ConnectionId::new(&unique_slug(&name, "connection", |s| self.connections.contains_key(s)))
    }

    /// An id for a new boundary of this name.
    pub fn new_boundary_id(&self, name: &str) -> BoundaryId {
        BoundaryId::new(&unique_slug(name, "boundary", |s| self.boundaries.contains_key(s)))
    }

    /// An id for a new sticky note.
    pub fn new_note_id(&self) -> NoteId {
        NoteId::new(&unique_slug("note", "note", |s| self.sticky_notes.contains_key(s)))
    }

    /// An id for a new scenario of this name.
    pub fn new_scenario_id(&self, name: &str) -> ScenarioId {
        ScenarioId::new(&unique_slug(name, "scenario", |s| self.scenarios.contains_key(s)))
    }

    /// An id for a new baseline of this name.
    pub fn new_baseline_id(&self, name: &str) -> BaselineId {
        BaselineId::new(&unique_slug(name, "baseline", |s| s == NOW || self.baselines.contains_key(s)))
    }

    /// Whether the element is there.
    pub fn contains(&self, element: &ElementId) -> bool {
        match element {
            ElementId::Component(id) => self.components.contains_key(id),
            ElementId::Connection(id) => self.connections.contains_key(id),
            ElementId::Boundary(id) => self.boundaries.contains_key(id),
            ElementId::Note(id) => self.sticky_notes.contains_key(id),
        }
    }

    /// What people call the element: its name, its text, or its two ends.
    pub fn name_of(&self, element: &ElementId) -> String {
        match element {
            ElementId::Component(id) => self.component_name(id),
            ElementId::Connection(id) => self.connections.get(id).map_or_else(
                || id.to_string(),
                |link| tr!("{0} to {1}", self.component_name(&link.from), self.component_name(&link.to)),
            ),
            ElementId::Boundary(id) => self.boundaries.get(id).map_or_else(|| id.to_string(), |b| b.name.clone()),
            ElementId::Note(id) => self.sticky_notes.get(id).map_or_else(|| id.to_string(), |n| n.text.clone()),
        }
    }

    /// The name of a component, or its id if it is not there.
    pub fn component_name(&self, id: &ComponentId) -> String {
        self.components.get(id).map_or_else(|| id.to_string(), |component| component.name.clone())
    }

    /// Whether two snapshots are the same allocations throughout: true only if nothing changed between them.
    pub fn same_as(&self, other: &Self) -> bool {
        fn same<K: Eq + Hash, V>(a: &IndexMap<K, Arc<V>>, b: &IndexMap<K, Arc<V>>) -> bool {
            a.len() == b.len() && a.iter().zip(b).all(|((k, v), (l, w))| Arc::ptr_eq(v, w) && k == l)
        }
        fn shared<K: Eq + Hash, V>(a: &Shared<K, Arc<V>>, b: &Shared<K, Arc<V>>) -> bool {
            match a.differing(b) {
                Some(places) => places.into_iter().all(|at| Arc::ptr_eq(&a[at], &b[at])),
                None => same(a, b),
            }
        }
        self.name == other.name
            && self.notes == other.notes
            && self.assumptions == other.assumptions
            && self.suppressed == other.suppressed
            && shared(&self.components, &other.components)
            && shared(&self.connections, &other.connections)
            && shared(&self.boundaries, &other.boundaries)
            && shared(&self.sticky_notes, &other.sticky_notes)
            && same(&self.scenarios, &other.scenarios)
            && same(&self.baselines, &other.baselines)
    }
}

/// Equal documents. Snapshots of one document share nearly everything, so what is the same allocation is not looked into.
impl PartialEq for Project {
    fn eq(&self, other: &Self) -> bool {
        fn equal<K: Eq + Hash, V: PartialEq>(a: &IndexMap<K, Arc<V>>, b: &IndexMap<K, Arc<V>>) -> bool {
            let same = |v: &Arc<V>, w: &Arc<V>| Arc::ptr_eq(v, w) || v == w;
            let in_order = || a.iter().zip(b).all(|((k, v), (l, w))| k == l && same(v, w));
            let by_key = || a.iter().all(|(k, v)| b.get(k).is_some_and(|w| same(v, w)));
            a.len() == b.len() && (in_order() || a.keys().ne(b.keys()) && by_key())
        }
        fn shared<K: Eq + Hash, V: PartialEq>(a: &Shared<K, Arc<V>>, b: &Shared<K, Arc<V>>) -> bool {
            match a.differing(b) {
                Some(places) => places.into_iter().all(|at| Arc::ptr_eq(&a[at], &b[at]) || a[at] == b[at]),
                None => equal(a, b),
            }
        }
        self.name == other.name
            && self.notes == other.notes
            && self.assumptions == other.assumptions
            && self.suppressed == other.suppressed
            && shared(&self.components, &other.components)
            && shared(&self.connections, &other.connections)
            && shared(&self.boundaries, &other.boundaries)
            && shared(&self.sticky_notes, &other.sticky_notes)
            && equal(&self.scenarios, &other.scenarios)
            && equal(&self.baselines, &other.baselines)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Components of these names.
    fn named(names: &[&str]) -> Project {
        let mut project = Project::new("Plan");
        for name in names {
            let component = Component::new(name, ComponentKind::Worker, Some((0.0, 0.0).into()));
            project.apply(&Edit::PutComponent((*name).into(), component));
        }
        project
    }

    #[test]
    fn equality_looks_at_contents_and_not_at_allocations_or_order() {
        assert_eq!(named(&["a", "b"]), named(&["a", "b"]));
        assert_eq!(named(&["a", "b"]), named(&["b", "a"]));
        assert_ne!(named(&["a", "b"]), named(&["a", "c"]));
        assert_ne!(named(&["a"]), named(&["a", "b"]));
        let mut moved = named(&["a", "b"]);
        moved.apply(&Edit::Place("b".into(), (1.0, 0.0).into()));
        assert_ne!(named(&["a", "b"]), moved);
        assert_ne!(named(&["b", "a"]), moved);
        assert!(!named(&["a"]).same_as(&named(&["a"])));
    }
}
