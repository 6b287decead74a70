//! What of a document is another one than in an earlier snapshot of it.

use std::{hash::Hash, sync::Arc};

use crate::project::{Project, Shared};

/// The positions of what is another one. Components and connections are the same ones in the same order.
#[derive(Debug)]
pub(super) struct Changes {
    pub components: Vec<usize>,
    pub connections: Vec<usize>,
    /// `None` if some came, went or changed their order.
    pub boundaries: Option<Vec<usize>>,
    /// The same of the sticky notes.
    pub notes: Option<Vec<usize>>,
}

impl Changes {
    /// `None` if components or connections came, went or changed their order. Snapshots share what did not change, so this compares
    /// allocations and looks into none.
    pub(super) fn between(before: &Arc<Project>, now: &Arc<Project>) -> Option<Self> {
        if Arc::ptr_eq(before, now) {
            return Some(Self {
                components: Vec::new(),
                connections: Vec::new(),
                boundaries: Some(Vec::new()),
                notes: Some(Vec::new()),
            });
        }
        Some(Self {
            components: replaced(&before.components, &now.components)?,
            connections: replaced(&before.connections, &now.connections)?,
            boundaries: replaced(&before.boundaries, &now.boundaries),
            notes: replaced(&before.sticky_notes, &now.sticky_notes),
        })
    }

    pub(super) fn are_none(&self) -> bool {
        let none = |changed: &Option<Vec<usize>>| changed.as_ref().is_some_and(Vec::is_empty);
        self.components.is_empty() && self.connections.is_empty() && none(&self.boundaries) && none(&self.notes)
    }
}

fn replaced<K: Eq + Hash, V>(before: &Shared<K, Arc<V>>, now: &Shared<K, Arc<V>>) -> Option<Vec<usize>> {
    if let Some(mut places) = before.differing(now) {
        places.retain(|at| !Arc::ptr_eq(&before[*at], &now[*at]));
        places.sort_unstable();
        places.dedup();
        return Some(places);
    }
    let mut replaced = Vec::new();
    for (index, ((id, thing), (other_id, other))) in before.iter().zip(now).enumerate() {
        if id != other_id {
            return None;
        }
        if !Arc::ptr_eq(thing, other) {
            replaced.push(index);
        }
    }
    (before.len() == now.len()).then_some(replaced)
}
