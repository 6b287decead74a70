//! Whose traits are shown: those of one component, or what several services have in common.

use std::sync::Arc;

use indexmap::{IndexMap, IndexSet};

use crate::{
    lang::tr,
    project::{Component, ComponentId, ComponentKind, Edit, Project, TraitId, TraitValue},
};

/// A value that everybody has, or not.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Held {
    /// All of them have this one.
    Same(TraitValue),
    /// They differ, or some have none.
    Mixed,
}

/// The components whose traits are shown and set together.
#[derive(Clone, Debug, Default)]
pub(super) struct Subject {
    pub(super) ids: Vec<ComponentId>,
    /// The name of the one, else nothing.
    name: Option<String>,
    /// What they are, each kind once.
    pub(super) kinds: IndexSet<ComponentKind>,
    /// Every trait that at least one of them has, in the order in which they were met.
    pub(super) values: IndexMap<TraitId, Held>,
}

impl Subject {
    /// One component.
    pub(super) fn one(id: &ComponentId, component: &Component) -> Self {
        let values = component.traits.iter().map(|(id, value)| (id.clone(), Held::Same(value.clone()))).collect();
        Self {
            ids: vec![id.clone()],
            name: Some(component.name.clone()),
            kinds: [component.kind].into_iter().collect(),
            values,
        }
    }

    /// Several: their traits together.
    fn several(project: &Project, ids: &[ComponentId]) -> Self {
        let mut subject = Self { ids: ids.to_vec(), ..Self::default() };
        let mut had: IndexMap<&TraitId, (usize, Held)> = IndexMap::new();
        let components = ids.iter().filter_map(|id| project.components.get(id));
        for component in components {
            subject.kinds.insert(component.kind);
            for (id, value) in &component.traits {
                let (count, held) = had.entry(id).or_insert_with(|| (0, Held::Same(value.clone())));
                *count += 1;
                if !matches!(held, Held::Same(known) if known == value) {
                    *held = Held::Mixed;
                }
            }
        }
        let whole = |(count, held): (usize, Held)| if count == ids.len() { held } else { Held::Mixed };
        subject.values = had.into_iter().map(|(id, held)| (id.clone(), whole(held))).collect();
        subject
    }

    /// Whether it is more than one.
    pub(super) fn is_several(&self) -> bool {
        self.name.is_none()
    }

    /// Whether a trait that suits these kinds suits all of it.
    pub(super) fn suits(&self, suits: &[ComponentKind]) -> bool {
        suits.is_empty() || self.kinds.iter().all(|kind| suits.contains(kind))
    }

    /// What a step is called: `Set tables of Shop`, `Set tables on 5 components`.
    pub(super) fn step(&self, verb: &str, what: &str) -> String {
        match &self.name {
            Some(name) => tr!("{verb} {what} of {name}", verb, what, name),
            None => tr!("{verb} {what} on {} components", self.ids.len(), verb, what),
        }
    }

    /// The edits that give all of it a value, or none.
    pub(super) fn set(&self, id: &TraitId, value: Option<&TraitValue>) -> Vec<Edit> {
        let set = |component: &ComponentId| Edit::SetTrait(component.clone(), id.clone(), value.cloned());
        self.ids.iter().map(set).collect()
    }
}

/// What several services have in common, kept for as long as they and the project are the same.
#[derive(Clone, Debug, Default)]
pub(super) struct Shared {
    of: Option<Arc<Project>>,
    subject: Subject,
}

impl Shared {
    /// Takes it out, up to date; to be put back once it was shown.
    pub(super) fn take(&mut self, project: &Arc<Project>, ids: &[ComponentId]) -> Subject {
        let same = self.of.as_ref().is_some_and(|of| Arc::ptr_eq(of, project)) && self.subject.ids == ids;
        if !same {
            self.subject = Subject::several(project, ids);
            self.of = Some(Arc::clone(project));
        }
        std::mem::take(&mut self.subject)
    }

    /// Keeps it until the next frame.
    pub(super) fn put_back(&mut self, subject: Subject) {
        self.subject = subject;
    }
}
