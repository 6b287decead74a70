//! Documents that are sound by themselves may not be so together: one removes what the other one leads to.

use std::{hash::Hash, sync::Arc};

use indexmap::IndexMap;

use super::{
    super::{
        Project,
        difference::Thing,
        element::{Boundary, Folded},
        id::{ComponentId, ConnectionId, ElementId},
        order::woven,
        scenario::ScenarioId,
    },
    Clash, Merge, Version,
};

impl Merge<'_> {
    /// Makes a document of what was put together; each time something has to give way is a conflict.
    pub(super) fn make_sound(&mut self, project: &mut Project) {
        let before = project.components.len();
        self.keep_ends(project);
        self.keep_choices(project);
        if project.components.len() != before {
            project.components = in_order_of(&self.preferred().components, &project.components).into();
        }
        self.keep_folds(project);
        if let Some(problem) = project.assumptions.validate().into_iter().next() {
            self.unsound(Thing::Assumptions, problem.message);
            project.assumptions = self.preferred().assumptions.clone();
        }
        if let Some(problem) = project.validate().into_iter().next() {
            self.unsound(Thing::Plan, problem.message);
            *project = self.preferred().clone();
        }
    }

    /// Connections of which one removed an end. The preferred document has the connection with both its ends, or not at all.
    fn keep_ends(&mut self, project: &mut Project) {
        let is_loose = |project: &Project, id: &ConnectionId| {
            let link = &project.connections[id];
            [&link.from, &link.to].into_iter().find(|end| !project.components.contains_key(*end)).cloned()
        };
        let ids: Vec<ConnectionId> = project.connections.keys().cloned().collect();
        for id in ids {
            let Some(end) = is_loose(project, &id) else { continue };
            self.needed(&end, Thing::Element(ElementId::Connection(id.clone())));
            match self.preferred().connections.get(&id) {
                Some(link) => {
                    project.connections.insert(id, Arc::clone(link));
                    for end in [&link.from, &link.to] {
                        self.bring_back(project, end);
                    }
                }
                None => drop(project.connections.shift_remove(&id)),
            }
        }
    }

    /// Scenarios that pin or put off what one removed.
    fn keep_choices(&mut self, project: &mut Project) {
        let ids: Vec<ScenarioId> = project.scenarios.keys().cloned().collect();
        for id in ids {
            let scenario = &project.scenarios[&id];
            let named = scenario.pins.keys().chain(&scenario.deferred);
            let missing: Vec<ComponentId> =
                named.filter(|component| !project.components.contains_key(*component)).cloned().collect();
            for component in missing {
                self.needed(&component, Thing::Scenario(id.clone()));
                self.bring_back(project, &component);
                if !project.components.contains_key(&component)
                    && let Some(scenario) = project.scenarios.get_mut(&id)
                {
                    Arc::make_mut(scenario).without(|gone| *gone == component);
                }
            }
        }
    }

    /// What boundaries are folded around: what is gone is out of it, and where the two do not go together, all folds are the preferred ones.
    fn keep_folds(&mut self, project: &mut Project) {
        let of_elements = |elements: &mut dyn Iterator<Item = ElementId>, project: &Project| -> Folded {
            elements.filter(|element| project.contains(element)).collect()
        };
        let there = project.clone();
        for boundary in project.boundaries.values_mut() {
            let Some(folded) = &boundary.folded else { continue };
            if folded.elements().any(|element| !there.contains(&element)) {
                let left = of_elements(&mut folded.elements(), &there);
                Arc::<Boundary>::make_mut(boundary).folded = Some(left);
            }
        }
        let mut problems = Vec::new();
        let mut holders = std::collections::HashMap::new();
        for id in project.boundaries.keys() {
            project.check_folded(id, &mut holders, &mut problems);
        }
        let Some(problem) = problems.into_iter().next() else { return };
        let thing = problem.element.map_or(Thing::Plan, Thing::Element);
        self.unsound(thing, problem.message);
        let preferred = self.preferred();
        for (id, boundary) in &mut project.boundaries {
            let folded = preferred.boundaries.get(id).and_then(|boundary| boundary.folded.as_ref());
            let folded = folded.map(|folded| of_elements(&mut folded.elements(), &there));
            if boundary.folded != folded {
                Arc::<Boundary>::make_mut(boundary).folded = folded;
            }
        }
    }

    /// Notes that something that is gone is needed.
    fn needed(&mut self, gone: &ComponentId, by: Thing) {
        let removed_by = if self.ours.components.contains_key(gone) { Version::Theirs } else { Version::Ours };
        let thing = Thing::Element(ElementId::Component(gone.clone()));
        self.conflict(thing, Clash::Needed { removed_by, by });
    }

    /// Puts a component back, if the preferred document has it.
    fn bring_back(&self, project: &mut Project, id: &ComponentId) {
        if project.components.contains_key(id) {
            return;
        }
        if let Some(component) = self.preferred().components.get(id) {
            project.components.insert(id.clone(), Arc::clone(component));
        }
    }
}

/// The entries of a map with those that are in `model` in the order in which they stand there.
fn in_order_of<K: Clone + Eq + Hash, V: Clone>(model: &IndexMap<K, V>, map: &IndexMap<K, V>) -> IndexMap<K, V> {
    let keys = woven(model.keys(), map.keys());
    keys.into_iter().filter_map(|key| Some((key.clone(), map.get(key)?.clone()))).collect()
}
