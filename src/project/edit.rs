//! The primitive edits: every change of a project is a list of these.

use std::{collections::BTreeSet, sync::Arc};

use indexmap::IndexMap;
use kurbo::{Point, Vec2};

use super::{
    Project,
    assumptions::Assumptions,
    course::Course,
    element::{Boundary, Component, Connection, StickyNote},
    id::{BoundaryId, ComponentId, ConnectionId, ElementId, FindingKey, FrameworkId, NoteId, TraitId},
    kind::ComponentKind,
    scenario::{Baseline, BaselineId, Scenario, ScenarioId},
    value::TraitValue,
};

/// One primitive change. Ids of new elements are chosen by the caller (see [`Project::new_component_id`] and its like),
/// so that a gesture can name what it adds.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// Adds a component, or replaces the one with this id.
    PutComponent(ComponentId, Component),
    /// Adds or replaces a connection.
    PutConnection(ConnectionId, Connection),
    /// Adds or replaces a boundary.
    PutBoundary(BoundaryId, Boundary),
    /// Adds or replaces a sticky note.
    PutNote(NoteId, StickyNote),
    /// Removes elements, and the connections that hang on removed components.
    Remove(BTreeSet<ElementId>),
    /// Moves components, boundaries and notes by a vector in world units.
    Move(BTreeSet<ElementId>, Vec2),
    /// Puts a component at a place (upper left corner, world units).
    Place(ComponentId, Point),
    /// Gives a component another name; its id stays.
    Rename(ComponentId, String),
    /// Makes a component another kind.
    SetKind(ComponentId, ComponentKind),
    /// Sets a trait, or makes it unknown again.
    SetTrait(ComponentId, TraitId, Option<TraitValue>),
    /// Pins a component to a framework, or lets the advice choose again.
    SetPin(ComponentId, Option<FrameworkId>),
    /// Puts a component off to later, or takes it in again.
    SetDeferred(ComponentId, bool),
    /// Holds elements where they are, or lets go of them.
    SetLocked(BTreeSet<ElementId>, bool),
    /// Sets how a connection is drawn.
    SetCourse(ConnectionId, Course),
    /// Replaces the free text of a component.
    SetComponentNotes(ComponentId, String),
    /// Replaces the project's assumptions.
    SetAssumptions(Assumptions),
    /// Gives the project another name.
    SetName(String),
    /// Replaces the project's free text.
    SetNotes(String),
    /// Keeps a finding out of the way for a reason, or shows it again.
    Suppress(FindingKey, Option<String>),
    /// Adds or replaces a scenario, or removes it.
    PutScenario(ScenarioId, Option<Scenario>),
    /// Adds or replaces a baseline, or removes it.
    PutBaseline(BaselineId, Option<Baseline>),
}

/// Puts a thing under its id, or takes away what is there.
fn put<K: Clone + Eq + std::hash::Hash, V: Clone>(map: &mut IndexMap<K, Arc<V>>, id: &K, thing: Option<&V>) {
    match thing {
        Some(thing) => drop(map.insert(id.clone(), Arc::new(thing.clone()))),
        None => drop(map.shift_remove(id)),
    }
}

impl Project {
    /// Applies one edit. An edit that names something that is not there changes nothing: a gesture may outlive its subject.
    pub fn apply(&mut self, edit: &Edit) {
        match edit {
            Edit::PutComponent(id, component) => drop(self.components.insert(id.clone(), Arc::new(component.clone()))),
            Edit::PutConnection(id, link) => drop(self.connections.insert(id.clone(), Arc::new(link.clone()))),
            Edit::PutBoundary(id, boundary) => drop(self.boundaries.insert(id.clone(), Arc::new(boundary.clone()))),
            Edit::PutNote(id, note) => drop(self.sticky_notes.insert(id.clone(), Arc::new(note.clone()))),
            Edit::Remove(elements) => self.remove(elements),
            Edit::Move(elements, delta_world) => self.shift(elements, *delta_world),
            Edit::Place(id, pos_world) => self.with_component(id, |c| c.pos_world = Some(*pos_world)),
            Edit::Rename(id, name) => self.with_component(id, |c| c.name.clone_from(name)),
            Edit::SetKind(id, kind) => self.with_component(id, |c| c.kind = *kind),
            Edit::SetTrait(id, trait_id, value) => self.with_component(id, |c| match value {
                Some(value) => drop(c.traits.insert(trait_id.clone(), value.clone())),
                None => drop(c.traits.shift_remove(trait_id)),
            }),
            Edit::SetPin(id, pin) => self.with_component(id, |c| c.pin.clone_from(pin)),
            Edit::SetDeferred(id, deferred) => self.with_component(id, |c| c.deferred = *deferred),
            Edit::SetLocked(elements, locked) => self.set_locked(elements, *locked),
            Edit::SetCourse(id, course) => {
                if let Some(link) = self.connections.get_mut(id) {
                    Arc::make_mut(link).course.clone_from(course);
                }
            }
            Edit::SetComponentNotes(id, notes) => self.with_component(id, |c| c.notes.clone_from(notes)),
            Edit::SetAssumptions(assumptions) => self.assumptions = assumptions.clone(),
            Edit::SetName(name) => self.name.clone_from(name),
            Edit::SetNotes(notes) => self.notes.clone_from(notes),
            Edit::Suppress(key, Some(reason)) => drop(self.suppressed.insert(key.clone(), reason.clone())),
            Edit::Suppress(key, None) => drop(self.suppressed.shift_remove(key)),
            Edit::PutScenario(id, scenario) => put(&mut self.scenarios, id, scenario.as_ref()),
            Edit::PutBaseline(id, baseline) => put(&mut self.baselines, id, baseline.as_ref()),
        }
    }

    fn with_component(&mut self, id: &ComponentId, change: impl FnOnce(&mut Component)) {
        if let Some(component) = self.components.get_mut(id) {
            change(Arc::make_mut(component));
        }
    }

    fn remove(&mut self, elements: &BTreeSet<ElementId>) {
        let gone = |id: &ComponentId| elements.contains(&ElementId::Component(id.clone()));
        self.connections.keep(|id, link| {
            !elements.contains(&ElementId::Connection(id.clone())) && !gone(&link.from) && !gone(&link.to)
        });
        self.components.keep(|id, _| !gone(id));
        self.forget_in_scenarios(gone);
        self.boundaries.keep(|id, _| !elements.contains(&ElementId::Boundary(id.clone())));
        self.sticky_notes.keep(|id, _| !elements.contains(&ElementId::Note(id.clone())));
        self.forget_in_folded(elements);
    }

    fn set_locked(&mut self, elements: &BTreeSet<ElementId>, locked: bool) {
        for element in elements {
            match element {
                ElementId::Component(id) => self.with_component(id, |c| c.locked = locked),
                ElementId::Boundary(id) => {
                    if let Some(boundary) = self.boundaries.get_mut(id) {
                        Arc::make_mut(boundary).locked = locked;
                    }
                }
                ElementId::Note(id) => {
                    if let Some(note) = self.sticky_notes.get_mut(id) {
                        Arc::make_mut(note).locked = locked;
                    }
                }
                ElementId::Connection(_) => {}
            }
        }
    }

    fn shift(&mut self, elements: &BTreeSet<ElementId>, delta_world: Vec2) {
        for element in elements {
            match element {
                ElementId::Component(id) => self.with_component(id, |c| {
                    c.pos_world = Some(c.pos_world.unwrap_or(Point::ORIGIN) + delta_world);
                }),
                ElementId::Boundary(id) => {
                    if let Some(boundary) = self.boundaries.get_mut(id) {
                        Arc::make_mut(boundary).pos_world += delta_world;
                    }
                }
                ElementId::Note(id) => {
                    if let Some(note) = self.sticky_notes.get_mut(id) {
                        Arc::make_mut(note).pos_world += delta_world;
                    }
                }
                ElementId::Connection(_) => {}
            }
        }
        self.shift_waypoints(elements, delta_world);
    }

    /// Points a connection is led through go with it where both of its ends do.
    fn shift_waypoints(&mut self, elements: &BTreeSet<ElementId>, delta_world: Vec2) {
        let moves = |id: &ComponentId| elements.contains(&ElementId::Component(id.clone()));
        let follows = |link: &Connection| !link.course.via.is_empty() && moves(&link.from) && moves(&link.to);
        // Most moves move no point, and leave the map to the snapshots that share it.
        if !self.connections.values().any(|link| follows(link)) {
            return;
        }
        for link in self.connections.values_mut().filter(|link| follows(link)) {
            Arc::make_mut(link).course.via.iter_mut().for_each(|point| *point += delta_world);
        }
    }
}
