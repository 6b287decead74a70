//! What lies in a boundary: what a frame encloses, what a folded box stands for.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use kurbo::{Point, Rect, Size, Vec2};

use super::{
    Project,
    edit::Edit,
    element::{Boundary, Connection, Folded},
    id::{BoundaryId, ComponentId, ElementId, NoteId},
    validate::Problem,
};
use crate::lang::tr;

/// Free room around what is put into a folded boundary, in world units.
const ROOM_WORLD: f64 = 24.0;

impl Project {
    /// The elements in a boundary, however deep: those it stands for while it is folded, those its frame encloses otherwise. A frame
    /// that is folded away encloses what is folded away with it, not what stands there now. Connections are not among them.
    pub fn contents(&self, id: &BoundaryId) -> BTreeSet<ElementId> {
        let Some(boundary) = self.boundaries.get(id) else { return BTreeSet::new() };
        if boundary.folded.is_some() {
            return self.folded_into(id);
        }
        let frame = boundary.frame_world();
        let components = self.components.iter().filter(|(_, c)| frame.contains_rect(c.rect_world()));
        let components = components.map(|(id, _)| ElementId::Component(id.clone()));
        let boundaries =
            self.boundaries.iter().filter(|(other, b)| *other != id && frame.contains_rect(b.rect_world()));
        let boundaries = boundaries.map(|(id, _)| ElementId::Boundary(id.clone()));
        let notes = self.sticky_notes.iter().filter(|(_, n)| frame.contains_rect(n.rect_world()));
        let notes = notes.map(|(id, _)| ElementId::Note(id.clone()));
        let hidden = self.hidden();
        let seen_as = hidden.get(&ElementId::Boundary(id.clone()));
        let all = components.chain(boundaries).chain(notes);
        let mut found: BTreeSet<ElementId> = all.filter(|element| hidden.get(element) == seen_as).collect();
        let inner: Vec<BoundaryId> = found
            .iter()
            .filter_map(|element| if let ElementId::Boundary(id) = element { Some(id.clone()) } else { None })
            .collect();
        for inner in inner {
            found.extend(self.folded_into(&inner));
        }
        found
    }

    /// Everything that a boundary and the folded ones in it stand for; nothing if it is not folded.
    fn folded_into(&self, id: &BoundaryId) -> BTreeSet<ElementId> {
        let mut all = BTreeSet::new();
        let mut open = vec![id.clone()];
        while let Some(at) = open.pop() {
            let Some(folded) = self.boundaries.get(&at).and_then(|boundary| boundary.folded.as_ref()) else { continue };
            for element in folded.elements() {
                let inner = if let ElementId::Boundary(inner) = &element { Some(inner.clone()) } else { None };
                if all.insert(element) {
                    open.extend(inner);
                }
            }
        }
        all
    }

    /// The boundary folded around what is in it now; what a folded one in it stands for stays that one's. `None` if it is not there,
    /// or folded away itself: what is in it is another one's then.
    pub fn fold(&self, id: &BoundaryId) -> Option<Boundary> {
        let boundary = self.boundaries.get(id).filter(|_| !self.is_boundary_hidden(id))?;
        let all = self.contents(id);
        let inner = all.iter().filter_map(|element| match element {
            ElementId::Boundary(id) => self.boundaries.get(id)?.folded.as_ref(),
            _ => None,
        });
        let inner: Vec<&Folded> = inner.collect();
        let own = |element: &&ElementId| !inner.iter().any(|folded| folded.holds(element));
        let folded = all.iter().filter(own).cloned().collect();
        Some(Boundary { folded: Some(folded), ..(**boundary).clone() })
    }

    /// What is not drawn because a folded boundary stands for it, each with the outermost one: the box that is seen in its place.
    pub fn hidden(&self) -> HashMap<ElementId, BoundaryId> {
        let folded = || self.boundaries.iter().filter_map(|(id, b)| Some((id, b.folded.as_ref()?)));
        if folded().next().is_none() {
            return HashMap::new();
        }
        let inner: BTreeSet<&BoundaryId> = folded().flat_map(|(_, folded)| &folded.boundaries).collect();
        let mut hidden = HashMap::new();
        for (id, _) in folded().filter(|(id, _)| !inner.contains(id)) {
            hidden.extend(self.folded_into(id).into_iter().map(|element| (element, id.clone())));
        }
        hidden
    }

    /// Whether a connection lies wholly in one folded box, so that it is not drawn; `hidden` is [`Project::hidden`].
    pub fn is_within_a_box(hidden: &HashMap<ElementId, BoundaryId>, link: &Connection) -> bool {
        let in_place = |id: &ComponentId| hidden.get(&ElementId::Component(id.clone()));
        !hidden.is_empty() && in_place(&link.from).is_some_and(|seen| in_place(&link.to) == Some(seen))
    }

    /// Whether a folded boundary stands for a component, so that it is not drawn.
    pub fn is_component_hidden(&self, id: &ComponentId) -> bool {
        self.folds().any(|folded| folded.components.contains(id))
    }

    /// Whether a folded boundary stands for another one.
    pub fn is_boundary_hidden(&self, id: &BoundaryId) -> bool {
        self.folds().any(|folded| folded.boundaries.contains(id))
    }

    /// Whether a folded boundary stands for a note.
    pub fn is_note_hidden(&self, id: &NoteId) -> bool {
        self.folds().any(|folded| folded.sticky_notes.contains(id))
    }

    fn folds(&self) -> impl Iterator<Item = &Folded> {
        self.boundaries.values().filter_map(|boundary| boundary.folded.as_ref())
    }

    /// The elements with everything that lies in the boundaries among them.
    pub fn with_contents(&self, elements: &BTreeSet<ElementId>) -> BTreeSet<ElementId> {
        let mut inside = BTreeSet::new();
        for element in elements {
            // What is in a boundary is so with all that it holds.
            if let ElementId::Boundary(id) = element
                && !inside.contains(element)
            {
                inside.extend(self.contents(id));
            }
        }
        inside.extend(elements.iter().cloned());
        inside
    }

    /// What a change of place moves: the elements that are seen, with everything that lies in the boundaries among them. What a
    /// folded boundary stands for moves with that boundary and never by itself, or it would stand elsewhere once it is unfolded.
    pub fn moving_with(&self, elements: &BTreeSet<ElementId>) -> BTreeSet<ElementId> {
        let hidden = self.hidden();
        let seen = elements.iter().filter(|element| !hidden.contains_key(*element)).cloned().collect();
        self.with_contents(&seen)
    }

    /// What goes when elements are removed: they themselves, and what the folded boundaries among them stand for. What lies in an
    /// open frame stays when the frame goes.
    pub fn removed_with(&self, elements: &BTreeSet<ElementId>) -> BTreeSet<ElementId> {
        let mut all = elements.clone();
        for element in elements {
            if let ElementId::Boundary(id) = element {
                all.extend(self.folded_into(id));
            }
        }
        all
    }

    /// The boundaries opened or folded by one command: where one of them is open, all that are open are folded, else all are opened.
    /// Innermost first, so that a folded one is in the next. What is folded away stays as it is: opened, it would leave what it holds
    /// on the sheet without its frame. Gives whether they are folded, and the edits.
    pub fn folding(&self, ids: &[BoundaryId]) -> (bool, Vec<Edit>) {
        let is_open = |id: &&BoundaryId| self.boundaries.get(*id).is_some_and(|boundary| boundary.folded.is_none());
        let mut open: Vec<&BoundaryId> = ids.iter().filter(is_open).collect();
        if open.is_empty() {
            let unfold = |id: &BoundaryId| {
                let boundary = Boundary { folded: None, ..(**self.boundaries.get(id)?).clone() };
                Some(Edit::PutBoundary(id.clone(), boundary))
            };
            let seen = ids.iter().filter(|id| !self.is_boundary_hidden(id));
            return (false, seen.filter_map(unfold).collect());
        }
        let area = |id: &BoundaryId| self.boundaries.get(id).map_or(0.0, |boundary| boundary.frame_world().area());
        open.sort_by(|a, b| area(a).total_cmp(&area(b)));
        let (mut scratch, mut edits) = (self.clone(), Vec::new());
        for id in open {
            let Some(folded) = scratch.fold(id) else { continue };
            let edit = Edit::PutBoundary(id.clone(), folded);
            scratch.apply(&edit);
            edits.push(edit);
        }
        (true, edits)
    }

    /// What puts elements that lie in a rectangle into a folded boundary: how far they move, and the boundary around them. They come to
    /// lie below everything it stands for, and its frame grows around them, so that opening it shows each at a place of its own.
    pub fn put_into_folded(
        &self,
        id: &BoundaryId,
        elements: impl IntoIterator<Item = ElementId>,
        rect_world: Rect,
    ) -> Option<(Vec2, Edit)> {
        let boundary = self.boundaries.get(id)?;
        let held = boundary.folded.as_ref()?;
        let frame = boundary.frame_world();
        let move_by = Point::new(frame.x0 + ROOM_WORLD, frame.y1) - rect_world.origin();
        let width = frame.width().max(rect_world.width() + 2.0 * ROOM_WORLD);
        let size_world = Size::new(width, frame.height() + rect_world.height() + ROOM_WORLD);
        let folded: Folded = held.elements().chain(elements).collect();
        let around = Boundary { size_world, folded: Some(folded), ..(**boundary).clone() };
        Some((move_by, Edit::PutBoundary(id.clone(), around)))
    }

    /// Takes elements that are gone out of what folded boundaries stand for.
    pub(super) fn forget_in_folded(&mut self, gone: &BTreeSet<ElementId>) {
        let stands_for = |boundary: &Boundary| {
            let folded = boundary.folded.as_ref();
            folded.is_some_and(|folded| folded.elements().any(|element| gone.contains(&element)))
        };
        if !self.boundaries.values().any(|boundary| stands_for(boundary)) {
            return;
        }
        for boundary in self.boundaries.values_mut().filter(|boundary| stands_for(boundary)) {
            if let Some(folded) = &boundary.folded {
                let left: Folded = folded.elements().filter(|element| !gone.contains(element)).collect();
                Arc::<Boundary>::make_mut(boundary).folded = Some(left);
            }
        }
    }

    /// Checks one boundary after those that `holders` names for what they are folded around.
    pub(super) fn check_folded<'a>(
        &'a self,
        id: &'a BoundaryId,
        holders: &mut HashMap<ElementId, &'a BoundaryId>,
        problems: &mut Vec<Problem>,
    ) {
        let Some(folded) = self.boundaries.get(id).and_then(|boundary| boundary.folded.as_ref()) else { return };
        let about = Some(ElementId::Boundary(id.clone()));
        let mut say = |message, element: &ElementId| {
            let key = match element {
                ElementId::Component(_) | ElementId::Connection(_) => "components",
                ElementId::Boundary(_) => "boundaries",
                ElementId::Note(_) => "sticky_notes",
            };
            let path = ["boundaries", id.as_str(), "folded", key, element.as_str()];
            problems.push(Problem::new(message, about.clone(), &path));
        };
        for element in folded.elements() {
            let name = element.as_str();
            if !self.contains(&element) {
                say(
                    tr!("boundary \"{id}\" is folded around something that is not there: \"{name}\"", id, name),
                    &element,
                );
            }
            if let Some(other) = holders.get(&element) {
                say(tr!("\"{name}\" is folded into both \"{other}\" and \"{id}\"", name, other, id), &element);
            } else {
                holders.insert(element, id);
            }
        }
    }

    /// Checks that no boundary is folded around itself, be it by way of others.
    pub(super) fn check_circles(&self, problems: &mut Vec<Problem>) {
        let inner = |id: &BoundaryId| self.boundaries.get(id)?.folded.as_ref().map(|folded| &folded.boundaries);
        // Whatever holds nothing, or only what holds nothing, is in no circle: taken away until nothing can be, circles and what holds them are left.
        let mut holders: HashMap<&BoundaryId, Vec<&BoundaryId>> = HashMap::new();
        let mut held: HashMap<&BoundaryId, usize> = HashMap::new();
        for id in self.boundaries.keys() {
            held.insert(id, 0);
            for other in inner(id).into_iter().flatten().filter(|other| self.boundaries.contains_key(*other)) {
                holders.entry(other).or_default().push(id);
                *held.entry(id).or_default() += 1;
            }
        }
        let mut free: Vec<&BoundaryId> = held.iter().filter(|(_, count)| **count == 0).map(|(id, _)| *id).collect();
        while let Some(id) = free.pop() {
            held.remove(id);
            for holder in holders.remove(id).unwrap_or_default() {
                let Some(count) = held.get_mut(holder) else { continue };
                *count -= 1;
                if *count == 0 {
                    free.push(holder);
                }
            }
        }
        for id in self.boundaries.keys().filter(|id| held.contains_key(id)) {
            let message = tr!("boundary \"{id}\" is folded around itself", id);
            let path = ["boundaries", id.as_str(), "folded", "boundaries"];
            problems.push(Problem::new(message, Some(ElementId::Boundary(id.clone())), &path));
        }
    }

    /// The folded boundary that is seen in a component's place, if one is.
    pub fn hidden_in(&self, id: &ComponentId) -> Option<BoundaryId> {
        self.seen_as(&ElementId::Component(id.clone()))
    }

    /// The folded boundary that is seen in the place of an element, the outermost one, if one is. For many elements
    /// [`Project::hidden`] is quicker.
    pub fn seen_as(&self, element: &ElementId) -> Option<BoundaryId> {
        let holder = |element: &ElementId| {
            let holds = |boundary: &Boundary| boundary.folded.as_ref().is_some_and(|folded| folded.holds(element));
            self.boundaries.iter().find(|(_, boundary)| holds(boundary)).map(|(id, _)| id.clone())
        };
        let mut seen = holder(element)?;
        // A file may hold a circle, which validation tells of.
        for _ in 0..self.boundaries.len() {
            match holder(&ElementId::Boundary(seen.clone())) {
                Some(outer) => seen = outer,
                None => break,
            }
        }
        Some(seen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project::{Component, ComponentKind, Protocol};

    /// A shop and a database in an inner frame, a mailer beside them in the outer one, a client outside.
    fn nested() -> Project {
        let mut project = Project::new("Plan");
        for (id, x) in [("shop", 0.0), ("db", 240.0), ("mailer", 600.0), ("client", 2_000.0)] {
            let component = Component::new(id, ComponentKind::Worker, Some((x, 0.0).into()));
            project.apply(&Edit::PutComponent(id.into(), component));
        }
        let put = |id: &str, rect| Edit::PutBoundary(id.into(), Boundary::new(id, rect));
        project.apply(&put("inner", Rect::new(-20.0, -20.0, 460.0, 100.0)));
        project.apply(&put("outer", Rect::new(-60.0, -60.0, 900.0, 200.0)));
        project
    }

    fn fold(project: &mut Project, id: &str) {
        let folded = project.fold(&id.into()).unwrap();
        project.apply(&Edit::PutBoundary(id.into(), folded));
    }

    fn names(elements: impl IntoIterator<Item = ElementId>) -> Vec<String> {
        elements.into_iter().map(|element| element.as_str().to_owned()).collect()
    }

    #[test]
    fn a_folded_boundary_keeps_what_it_stands_for_whatever_stands_where_its_frame_was() {
        let mut project = nested();
        assert_eq!(names(project.contents(&"outer".into())), ["db", "mailer", "shop", "inner"]);
        fold(&mut project, "outer");
        project.apply(&Edit::Place("client".into(), (300.0, 20.0).into()));
        assert_eq!(names(project.contents(&"outer".into())), ["db", "mailer", "shop", "inner"]);
        assert_eq!(project.hidden_in(&"shop".into()), Some("outer".into()));
        assert_eq!(project.hidden_in(&"client".into()), None);
        assert_eq!(project.validate(), []);
    }

    #[test]
    fn a_frame_that_is_folded_away_holds_what_was_folded_with_it_whatever_stands_there_now() {
        let mut project = nested();
        fold(&mut project, "outer");
        project.apply(&Edit::Place("client".into(), (100.0, 0.0).into()));
        assert_eq!(names(project.contents(&"inner".into())), ["db", "shop"]);
    }

    #[test]
    fn what_is_folded_in_a_folded_boundary_is_seen_as_the_outer_one() {
        let mut project = nested();
        fold(&mut project, "inner");
        fold(&mut project, "outer");
        assert_eq!(project.hidden_in(&"db".into()), Some("outer".into()));
        assert_eq!(project.hidden().len(), 4);
        project.apply(&Edit::Remove([ElementId::Component("db".into())].into()));
        assert_eq!(names(project.contents(&"inner".into())), ["shop"]);
        assert_eq!(project.validate(), []);
    }

    #[test]
    fn what_is_folded_away_is_neither_folded_nor_opened() {
        let mut project = nested();
        fold(&mut project, "outer");
        assert_eq!(project.fold(&"inner".into()), None, "what is in it is the outer one's");
        assert_eq!(project.folding(&["inner".into()]), (true, Vec::new()));
        let mut project = nested();
        fold(&mut project, "inner");
        fold(&mut project, "outer");
        assert_eq!(project.folding(&["inner".into()]), (false, Vec::new()));
    }

    #[test]
    fn a_boundary_folded_around_itself_or_around_nothing_is_a_problem() {
        let mut project = nested();
        fold(&mut project, "inner");
        let mut boundary = (*project.boundaries["inner"]).clone();
        let inside: Folded =
            [ElementId::Boundary("inner".into()), ElementId::Component("ghost".into())].into_iter().collect();
        boundary.folded = Some(inside);
        project.apply(&Edit::PutBoundary("inner".into(), boundary));
        let said: Vec<String> = project.validate().into_iter().map(|problem| problem.message).collect();
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(said[0].contains("ghost") && said[1].contains("around itself"), "{said:?}");
    }

    #[test]
    fn what_two_boundaries_are_folded_around_is_a_problem() {
        let mut project = nested();
        fold(&mut project, "inner");
        let mut outer = (*project.boundaries["outer"]).clone();
        outer.folded = Some([ElementId::Component("db".into())].into_iter().collect());
        project.apply(&Edit::PutBoundary("outer".into(), outer));
        let said: Vec<String> = project.validate().into_iter().map(|problem| problem.message).collect();
        assert_eq!(said, ["\"db\" is folded into both \"inner\" and \"outer\""]);
    }

    #[test]
    fn points_a_connection_is_led_through_move_when_both_of_its_ends_do() {
        let mut project = nested();
        let mut link = Connection::new("shop".into(), "db".into(), Protocol::Http);
        link.course.via = vec![(100.0, 300.0).into()];
        project.apply(&Edit::PutConnection("link".into(), link));
        let both = [ElementId::Component("shop".into()), ElementId::Component("db".into())];
        project.apply(&Edit::Move([both[0].clone()].into(), Vec2::new(5.0, 5.0)));
        assert_eq!(project.connections["link"].course.via, [kurbo::Point::new(100.0, 300.0)]);
        project.apply(&Edit::Move(both.into(), Vec2::new(5.0, 5.0)));
        assert_eq!(project.connections["link"].course.via, [kurbo::Point::new(105.0, 305.0)]);
    }
}
