//! Copy and paste as RON text: a selection is a small project, so it pastes into another project or into a mail.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use kurbo::Vec2;

use super::{
    GRID_WORLD, Session,
    action::{CanvasRequest, Request, Select},
};
use crate::{
    geometry::room,
    lang::{t, tr},
    project::{BoundaryId, ComponentId, Connection, Edit, ElementId, Folded, Names, Project},
    storage,
};

/// The selected elements as a project of their own, with what lies in the boundaries among them and the connections between them.
pub fn selected_part(project: &Project, selection: &BTreeSet<ElementId>) -> Project {
    let mut part = Project::new(t("Clipboard"));
    let selection = project.with_contents(selection);
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

/// The edits that put `part` into `project`, under its own ids where they are free (what was cut comes back as it was) and fresh ones
/// otherwise, moved by `offset_world`, and what is seen of what they add: not what folded boundaries stand for.
pub fn insertion(project: &Project, part: &Project, offset_world: Vec2) -> (Vec<Edit>, Vec<ElementId>) {
    let mut insertion = Insertion {
        scratch: project.clone(),
        taken: Names::new(project.components.values().map(|component| component.name.clone())),
        taken_by_boundaries: Names::new(project.boundaries.values().map(|boundary| boundary.name.clone())),
        hidden: part.hidden(),
        names: HashMap::new(),
        edits: Vec::new(),
        seen: Vec::new(),
    };
    insertion.components(part, offset_world);
    insertion.connections(part, offset_world);
    insertion.notes(part, offset_world);
    insertion.boundaries(part, offset_world);
    (insertion.edits, insertion.seen)
}

/// A part on its way into a project.
struct Insertion {
    /// What is put in is applied here one by one, so that every fresh id sees those before it.
    scratch: Project,
    /// The names of components that are taken.
    taken: Names,
    taken_by_boundaries: Names,
    /// What is not seen of the part.
    hidden: HashMap<ElementId, BoundaryId>,
    /// What each element of the part is called from now on.
    names: HashMap<ElementId, ElementId>,
    edits: Vec<Edit>,
    seen: Vec<ElementId>,
}

impl Insertion {
    fn put(&mut self, old: ElementId, new: ElementId, edit: Edit) {
        self.scratch.apply(&edit);
        self.edits.push(edit);
        if !self.hidden.contains_key(&old) {
            self.seen.push(new.clone());
        }
        self.names.insert(old, new);
    }

    fn component(&self, old: &ComponentId) -> Option<ComponentId> {
        self.names.get(&ElementId::Component(old.clone()))?.component().cloned()
    }

    fn components(&mut self, part: &Project, offset_world: Vec2) {
        for (old, component) in &part.components {
            let mut copy = (**component).clone();
            copy.name = self.taken.of_copy(&component.name);
            let kept = !self.scratch.components.contains_key(old);
            let id = if kept { old.clone() } else { self.scratch.new_component_id(&copy.name) };
            copy.pos_world = copy.pos_world.map(|pos| pos + offset_world);
            let new = ElementId::Component(id.clone());
            self.put(ElementId::Component(old.clone()), new, Edit::PutComponent(id, copy));
        }
    }

    fn connections(&mut self, part: &Project, offset_world: Vec2) {
        for (old, link) in &part.connections {
            let (Some(from), Some(to)) = (self.component(&link.from), self.component(&link.to)) else { continue };
            let kept = !self.scratch.connections.contains_key(old) && (&from, &to) == (&link.from, &link.to);
            let id = if kept { old.clone() } else { self.scratch.new_connection_id(&from, &to) };
            let mut copy = Connection { from, to, ..(**link).clone() };
            copy.course.via.iter_mut().for_each(|point| *point += offset_world);
            let new = ElementId::Connection(id.clone());
            self.put(ElementId::Connection(old.clone()), new, Edit::PutConnection(id, copy));
        }
    }

    fn notes(&mut self, part: &Project, offset_world: Vec2) {
        for (old, note) in &part.sticky_notes {
            let kept = !self.scratch.sticky_notes.contains_key(old);
            let id = if kept { old.clone() } else { self.scratch.new_note_id() };
            let mut copy = (**note).clone();
            copy.pos_world += offset_world;
            let new = ElementId::Note(id.clone());
            self.put(ElementId::Note(old.clone()), new, Edit::PutNote(id, copy));
        }
    }

    /// Last, since folded ones name everything else, and each other.
    fn boundaries(&mut self, part: &Project, offset_world: Vec2) {
        let mut fresh = Vec::new();
        for (old, boundary) in &part.boundaries {
            let kept = !self.scratch.boundaries.contains_key(old);
            let mut copy = (**boundary).clone();
            copy.name = self.taken_by_boundaries.of_copy(&boundary.name);
            let id = if kept { old.clone() } else { self.scratch.new_boundary_id(&copy.name) };
            copy.pos_world += offset_world;
            copy.folded = None;
            self.scratch.apply(&Edit::PutBoundary(id.clone(), copy.clone()));
            self.names.insert(ElementId::Boundary(old.clone()), ElementId::Boundary(id.clone()));
            fresh.push((old, id, copy));
        }
        for (old, id, mut copy) in fresh {
            let folded = part.boundaries.get(old).and_then(|boundary| boundary.folded.as_ref());
            let renamed = |folded: &Folded| folded.elements().filter_map(|e| self.names.get(&e).cloned()).collect();
            copy.folded = folded.map(renamed);
            let new = ElementId::Boundary(id.clone());
            self.put(ElementId::Boundary(old.clone()), new, Edit::PutBoundary(id, copy));
        }
    }
}

impl Session {
    /// Duplicates the selection with the connections inside it, as one step.
    pub fn duplicate(&mut self) {
        let part = selected_part(self.project(), self.selection());
        let offset_world = room::below(self.project(), &part, GRID_WORLD);
        self.insert(t("Duplicate"), &part, offset_world);
        self.request(Request::Canvas(CanvasRequest::SeeSelection));
    }

    /// Puts a part into the project as one step, moved by this much, and selects it.
    pub(super) fn insert(&mut self, verb: &str, part: &Project, offset_world: Vec2) {
        let (edits, added) = insertion(self.project(), part, offset_world);
        let count = edits.iter().filter(|edit| !matches!(edit, Edit::PutConnection(..))).count();
        self.edit(
            &if count == 1 { tr!("{verb} 1 element", verb) } else { tr!("{verb} {count} elements", verb, count) },
            &edits,
        );
        self.select(Select::Only(added));
    }
}
