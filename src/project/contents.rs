//! What lies in a boundary: what a frame encloses, what a folded box stands for.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use super::{
    Project,
    element::{Boundary, Folded},
    id::{BoundaryId, ComponentId, ElementId},
    validate::Problem,
};

impl Project {
    /// The elements in a boundary, however deep: those it stands for while it is folded, those its frame encloses otherwise.
    /// Connections are not among them.
    pub fn contents(&self, id: &BoundaryId) -> BTreeSet<ElementId> {
        let Some(boundary) = self.boundaries.get(id) else { return BTreeSet::new() };
        if boundary.folded.is_some() {
            return self.folded_into(id);
        }
        let frame = boundary.frame_world();
        let hidden = self.hidden();
        let within =
            |rect: kurbo::Rect, element: &ElementId| frame.contains_rect(rect) && !hidden.contains_key(element);
        let components = self.components.iter().map(|(id, c)| (ElementId::Component(id.clone()), c.rect_world()));
        let boundaries = self.boundaries.iter().filter(|(other, _)| *other != id);
        let boundaries = boundaries.map(|(id, b)| (ElementId::Boundary(id.clone()), b.rect_world()));
        let notes = self.sticky_notes.iter().map(|(id, n)| (ElementId::Note(id.clone()), n.rect_world()));
        let all = components.chain(boundaries).chain(notes);
        let mut found: BTreeSet<ElementId> =
            all.filter(|(element, rect)| within(*rect, element)).map(|(element, _)| element).collect();
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

    /// The boundary folded around what is in it now; what a folded one in it stands for stays that one's. `None` if it is not there.
    pub fn fold(&self, id: &BoundaryId) -> Option<Boundary> {
        let boundary = self.boundaries.get(id)?;
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

    /// The elements with everything that lies in the boundaries among them.
    pub fn with_contents(&self, elements: &BTreeSet<ElementId>) -> BTreeSet<ElementId> {
        let mut all = elements.clone();
        for element in elements {
            if let ElementId::Boundary(id) = element {
                all.extend(self.contents(id));
            }
        }
        all
    }

    /// Takes elements that are gone out of what folded boundaries stand for.
    pub(super) fn forget_in_folded(&mut self, gone: &BTreeSet<ElementId>) {
        for boundary in self.boundaries.values_mut() {
            let Some(folded) = &boundary.folded else { continue };
            if folded.elements().any(|element| gone.contains(&element)) {
                let left: Folded = folded.elements().filter(|element| !gone.contains(element)).collect();
                Arc::<Boundary>::make_mut(boundary).folded = Some(left);
            }
        }
    }

    pub(super) fn check_folded(&self, id: &BoundaryId, problems: &mut Vec<Problem>) {
        let Some(folded) = self.boundaries.get(id).and_then(|boundary| boundary.folded.as_ref()) else { return };
        let about = Some(ElementId::Boundary(id.clone()));
        for element in folded.elements().filter(|element| !self.contains(element)) {
            let key = match element {
                ElementId::Component(_) | ElementId::Connection(_) => "components",
                ElementId::Boundary(_) => "boundaries",
                ElementId::Note(_) => "sticky_notes",
            };
            let message =
                format!("boundary \"{id}\" is folded around something that is not there: \"{}\"", element.as_str());
            problems.push(Problem::new(message, about.clone(), &["boundaries", id.as_str(), "folded", key]));
        }
        if self.folded_into(id).contains(&ElementId::Boundary(id.clone())) {
            let message = format!("boundary \"{id}\" is folded around itself");
            problems.push(Problem::new(message, about.clone(), &["boundaries", id.as_str(), "folded", "boundaries"]));
        }
        for (other, boundary) in self.boundaries.iter().take_while(|(other, _)| *other != id) {
            let Some(theirs) = &boundary.folded else { continue };
            if let Some(twice) = folded.elements().find(|element| theirs.holds(element)) {
                let message = format!("\"{}\" is folded into both \"{other}\" and \"{id}\"", twice.as_str());
                problems.push(Problem::new(message, about.clone(), &["boundaries", id.as_str(), "folded"]));
            }
        }
    }

    /// The folded boundary that is seen in a component's place, if one is.
    pub fn hidden_in(&self, id: &ComponentId) -> Option<BoundaryId> {
        self.hidden().remove(&ElementId::Component(id.clone()))
    }
}

#[cfg(test)]
mod tests {
    use kurbo::{Rect, Vec2};

    use super::*;
    use crate::project::{Component, ComponentKind, Connection, Edit, Protocol};

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
