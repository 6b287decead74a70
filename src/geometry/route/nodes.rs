//! The boxes of a drawing and what changed of them since it was looked at last. A box keeps its number while it is there; a
//! component in a folded boundary is seen as that boundary's box. Sticky notes are boxes at which nothing ends.

use std::{collections::HashMap, sync::Arc};

use kurbo::Rect;

use crate::{
    geometry::grid::Grid,
    project::{Boundary, BoundaryId, Component, ComponentId, ElementId, NoteId, Project, Shared, StickyNote},
};

/// The boxes of a drawing.
#[derive(Clone, Debug, Default)]
pub(super) struct Nodes {
    components: Vec<Known<ComponentId, Component>>,
    /// What those were found from.
    known_components: Option<Shared<ComponentId, Arc<Component>>>,
    boundaries: Vec<(BoundaryId, Arc<Boundary>)>,
    /// The outermost folded boundaries and their boxes.
    folded: HashMap<BoundaryId, usize>,
    /// The notes that are seen and their boxes, and what they were found from.
    notes: HashMap<NoteId, usize>,
    known_notes: Option<Shared<NoteId, Arc<StickyNote>>>,
    known_frames: Option<Shared<BoundaryId, Arc<Boundary>>>,
    /// All boxes by number, seen or not.
    pub rects: Vec<Rect>,
    /// Those that are seen.
    pub boxes: Grid,
    /// The ends of connections at each.
    pub ends: Vec<Vec<(usize, usize)>>,
    free: Vec<usize>,
}

#[derive(Clone, Debug)]
struct Known<K, V> {
    id: K,
    thing: Arc<V>,
    /// The number of its own box.
    own: usize,
    /// The number of the box it is seen as.
    seen: usize,
}

/// What is different.
#[derive(Debug, Default)]
pub(super) struct Moves {
    /// Boxes that came, moved or went, with where they were and are.
    pub boxes: Vec<(usize, [Option<Rect>; 2])>,
    /// Components came or went, or are seen as other boxes: connections may hang on others.
    pub rewired: bool,
    freed: Vec<usize>,
}

/// Whether two ids are the same; almost always they are the same allocation.
pub(super) fn same_id(a: &str, b: &str) -> bool {
    std::ptr::eq(a, b) || a == b
}

impl Nodes {
    /// Follows the boxes of a project. `None` if they stand in another order than before.
    pub fn follow(&mut self, project: &Project) -> Option<Moves> {
        let mut moves = Moves::default();
        let before = self.known_components.replace(project.components.clone());
        let places = before.and_then(|before| before.differing(&project.components));
        let same = |(a, b): (&Known<ComponentId, Component>, &ComponentId)| same_id(a.id.as_str(), b.as_str());
        let known = places.is_some()
            || self.components.len() == project.components.len()
                && self.components.iter().zip(project.components.keys()).all(same);
        if !known {
            self.recount(project, &mut moves)?;
        }
        for index in places.unwrap_or_else(|| (0..project.components.len()).collect()) {
            let component = &project.components[index];
            let at = &mut self.components[index];
            if Arc::ptr_eq(&at.thing, component) {
                continue;
            }
            at.thing = Arc::clone(component);
            let (own, seen) = (at.own, at.own == at.seen);
            self.put(own, component.rect_world(), seen, &mut moves);
        }
        self.follow_folds(project, !known, &mut moves);
        self.follow_notes(project, &mut moves);
        self.free.append(&mut moves.freed);
        Some(moves)
    }

    /// The box that a component is seen as; `None` if the component is not there.
    pub fn seen_as(&self, project: &Project, id: &ComponentId) -> Option<usize> {
        Some(self.components.get(project.components.get_index_of(id)?)?.seen)
    }

    /// Whether a component is seen as itself.
    pub fn is_seen(&self, project: &Project, id: &ComponentId) -> bool {
        let index = project.components.get_index_of(id);
        index.and_then(|index| self.components.get(index)).is_some_and(|known| known.own == known.seen)
    }

    /// Makes the list of components that of a project.
    fn recount(&mut self, project: &Project, moves: &mut Moves) -> Option<()> {
        moves.rewired = true;
        let mut old: Vec<Option<Known<ComponentId, Component>>> = Vec::new();
        old.resize_with(project.components.len(), || None);
        let mut last = None;
        for known in std::mem::take(&mut self.components) {
            let Some(index) = project.components.get_index_of(&known.id) else {
                self.remove(known.own, moves);
                continue;
            };
            if last.is_some_and(|last| index < last) {
                return None;
            }
            last = Some(index);
            old[index] = Some(known);
        }
        for ((id, component), known) in project.components.iter().zip(old) {
            let known = known.unwrap_or_else(|| {
                let own = self.take_number();
                self.put(own, component.rect_world(), true, moves);
                Known { id: id.clone(), thing: Arc::clone(component), own, seen: own }
            });
            self.components.push(known);
        }
        Some(())
    }

    fn follow_folds(&mut self, project: &Project, recounted: bool, moves: &mut Moves) {
        let same = self.boundaries.len() == project.boundaries.len()
            && self
                .boundaries
                .iter()
                .zip(&project.boundaries)
                .all(|((a, x), (b, y))| Arc::ptr_eq(x, y) && same_id(a.as_str(), b.as_str()));
        if !same {
            self.boundaries = project.boundaries.iter().map(|(id, b)| (id.clone(), Arc::clone(b))).collect();
        } else if !recounted {
            return;
        }
        let any = self.boundaries.iter().any(|(_, boundary)| boundary.folded.is_some());
        if !any && self.folded.is_empty() {
            return;
        }
        let hidden = project.hidden();
        let outermost = |id: &BoundaryId| !hidden.contains_key(&ElementId::Boundary(id.clone()));
        let folded = project.boundaries.iter().filter(|(id, b)| b.folded.is_some() && outermost(id));
        let mut old = std::mem::take(&mut self.folded);
        for (id, boundary) in folded {
            let number = old.remove(id).unwrap_or_else(|| self.take_number());
            self.put(number, boundary.rect_world(), true, moves);
            self.folded.insert(id.clone(), number);
        }
        for index in 0..self.components.len() {
            let Known { id, own, seen, thing } = &self.components[index];
            let (own, before, rect) = (*own, *seen, thing.rect_world());
            let fold = if hidden.is_empty() { None } else { hidden.get(&ElementId::Component(id.clone())) };
            let now = fold.and_then(|fold| self.folded.get(fold)).copied().unwrap_or(own);
            if now != before {
                self.components[index].seen = now;
                moves.rewired = true;
                self.put(own, rect, now == own, moves);
            }
        }
        for number in old.into_values() {
            self.remove(number, moves);
        }
    }

    fn follow_notes(&mut self, project: &Project, moves: &mut Moves) {
        let notes = self.known_notes.replace(project.sticky_notes.clone());
        let frames = self.known_frames.replace(project.boundaries.clone());
        // What is folded hides notes.
        if notes.is_some_and(|known| known.is(&project.sticky_notes))
            && frames.is_some_and(|known| known.is(&project.boundaries))
        {
            return;
        }
        let hidden = if self.folded.is_empty() { HashMap::new() } else { project.hidden() };
        let mut old = std::mem::take(&mut self.notes);
        for (id, note) in &project.sticky_notes {
            if !hidden.is_empty() && hidden.contains_key(&ElementId::Note(id.clone())) {
                continue;
            }
            let number = old.remove(id).unwrap_or_else(|| self.take_number());
            self.put(number, note.rect_world(), true, moves);
            self.notes.insert(id.clone(), number);
        }
        for number in old.into_values() {
            self.take_away(number, moves);
        }
    }

    fn take_number(&mut self) -> usize {
        self.free.pop().unwrap_or_else(|| {
            self.rects.push(Rect::ZERO);
            self.ends.push(Vec::new());
            self.rects.len() - 1
        })
    }

    /// Puts a box where it is now, if it is seen at all.
    fn put(&mut self, number: usize, rect: Rect, seen: bool, moves: &mut Moves) {
        self.rects[number] = rect;
        let (was, is) = (self.boxes.rect(number), seen.then_some(rect));
        if was == is {
            return;
        }
        match is {
            Some(rect) => self.boxes.set(number, rect),
            None => self.boxes.remove(number),
        }
        moves.boxes.push((number, [was, is]));
    }

    fn remove(&mut self, number: usize, moves: &mut Moves) {
        moves.rewired = true;
        self.take_away(number, moves);
    }

    fn take_away(&mut self, number: usize, moves: &mut Moves) {
        moves.freed.push(number);
        let was = self.boxes.rect(number);
        if was.is_some() {
            self.boxes.remove(number);
            moves.boxes.push((number, [was, None]));
        }
    }
}
