//! Copy and paste as RON text: a selection is a small project, so it pastes into another project or into a mail.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use kurbo::Vec2;

use super::{Session, action::Select};
use crate::{
    geometry::layout,
    project::{BoundaryId, ComponentId, Connection, Edit, ElementId, Project},
    storage,
};

/// One step of the grid, in world units.
pub(super) const GRID_WORLD: f64 = 24.0;
/// How far a copy lies from its original, in world units.
const PASTE_OFFSET_WORLD: Vec2 = Vec2::new(GRID_WORLD, GRID_WORLD);

/// The selected elements as a project of their own, with the connections between them.
pub fn selected_part(project: &Project, selection: &BTreeSet<ElementId>) -> Project {
    let mut part = Project::new("Clipboard");
    let chosen = |id: &ComponentId| selection.contains(&ElementId::Component(id.clone()));
    let pick = |element: ElementId| selection.contains(&element);
    part.components = project.components.iter().filter(|(id, _)| chosen(id)).map(clone_pair).collect();
    part.connections =
        project.connections.iter().filter(|(_, link)| chosen(&link.from) && chosen(&link.to)).map(clone_pair).collect();
    part.boundaries =
        project.boundaries.iter().filter(|(id, _)| pick(ElementId::Boundary((*id).clone()))).map(clone_pair).collect();
    part.sticky_notes =
        project.sticky_notes.iter().filter(|(id, _)| pick(ElementId::Note((*id).clone()))).map(clone_pair).collect();
    part
}

/// What a picture of the selection shows: its elements with the connections between them and the boundaries that hold nothing else.
/// A connection by itself is shown with its ends.
pub fn pictured_part(project: &Project, selection: &BTreeSet<ElementId>) -> Project {
    let mut shown = selection.clone();
    let links = selection.iter().filter_map(|element| match element {
        ElementId::Connection(id) => project.connections.get(id),
        _ => None,
    });
    shown.extend(links.flat_map(|link| [&link.from, &link.to]).cloned().map(ElementId::Component));
    let mut shown = project.with_contents(&shown);
    let around = |id: &BoundaryId| {
        let inside = project.contents(id);
        !inside.is_empty()
            && inside.iter().all(|element| shown.contains(element) || is_boundary(element))
            && inside.iter().any(|element| !is_boundary(element))
    };
    let frames: Vec<BoundaryId> = project.boundaries.keys().filter(|id| around(id)).cloned().collect();
    shown.extend(frames.into_iter().map(ElementId::Boundary));
    selected_part(project, &shown)
}

fn is_boundary(element: &ElementId) -> bool {
    matches!(element, ElementId::Boundary(_))
}

fn clone_pair<K: Clone, V>((id, value): (&K, &Arc<V>)) -> (K, Arc<V>) {
    (id.clone(), Arc::clone(value))
}

/// The selection as text, or `None` if nothing is selected that can be copied.
pub(super) fn copy(session: &Session) -> Option<String> {
    let part = selected_part(session.project(), session.selection());
    let empty = part.components.is_empty() && part.boundaries.is_empty() && part.sticky_notes.is_empty();
    if empty { None } else { storage::to_text(&part).ok() }
}

/// The edits that put `part` into `project` under fresh ids, moved by `offset_world`, and what they add.
pub fn insertion(project: &Project, part: &Project, offset_world: Vec2) -> (Vec<Edit>, Vec<ElementId>) {
    // Applied one by one to a scratch copy, so that every fresh id sees those before it.
    let mut scratch = project.clone();
    let mut edits = Vec::new();
    let mut added = Vec::new();
    let mut put = |scratch: &mut Project, edit: Edit, element: ElementId| {
        scratch.apply(&edit);
        edits.push(edit);
        added.push(element);
    };
    let mut names: BTreeMap<&ComponentId, ComponentId> = BTreeMap::new();
    for (old, component) in &part.components {
        let id = scratch.new_component_id(&component.name);
        let mut copy = (**component).clone();
        copy.pos_world = copy.pos_world.map(|pos| pos + offset_world);
        names.insert(old, id.clone());
        put(&mut scratch, Edit::PutComponent(id.clone(), copy), ElementId::Component(id));
    }
    for link in part.connections.values() {
        let (Some(from), Some(to)) = (names.get(&link.from), names.get(&link.to)) else { continue };
        let id = scratch.new_connection_id(from, to);
        let mut copy = Connection { from: from.clone(), to: to.clone(), ..(**link).clone() };
        copy.course.via.iter_mut().for_each(|point| *point += offset_world);
        put(&mut scratch, Edit::PutConnection(id.clone(), copy), ElementId::Connection(id));
    }
    for boundary in part.boundaries.values() {
        let id = scratch.new_boundary_id(&boundary.name);
        let mut copy = (**boundary).clone();
        copy.pos_world += offset_world;
        put(&mut scratch, Edit::PutBoundary(id.clone(), copy), ElementId::Boundary(id));
    }
    for note in part.sticky_notes.values() {
        let id = scratch.new_note_id();
        let mut copy = (**note).clone();
        copy.pos_world += offset_world;
        put(&mut scratch, Edit::PutNote(id.clone(), copy), ElementId::Note(id));
    }
    (edits, added)
}

impl Session {
    /// Duplicates the selection with the connections inside it, as one step.
    pub fn duplicate(&mut self) {
        let part = selected_part(self.project(), self.selection());
        // Below the originals, where it covers none of them.
        let height = layout::bounds(&part).map_or(0.0, |bounds| bounds.height());
        self.insert("Duplicate", &part, Vec2::new(0.0, height + PASTE_OFFSET_WORLD.y));
    }

    /// Puts a part into the project as one step, moved by this much, and selects it.
    pub(super) fn insert(&mut self, verb: &str, part: &Project, offset_world: Vec2) {
        let (edits, added) = insertion(self.project(), part, offset_world);
        let count = added.iter().filter(|e| !matches!(e, ElementId::Connection(_))).count();
        self.edit(&format!("{verb} {count} {}", if count == 1 { "element" } else { "elements" }), &edits);
        self.select(Select::Only(added));
    }
}
