//! Where the keyboard is in the drawing, and where it goes from there.

use std::{cell::RefCell, sync::Arc};

use super::{
    Session,
    action::{CanvasRequest, Request, Select},
};
use crate::{
    explain,
    geometry::walk::{self, Order},
    lang::{t, tr},
    project::{ElementId, Project, Side},
};

/// The cursor of the keyboard. It goes where the selection goes and stays when nothing is selected, so that Esc loses no place.
#[derive(Debug, Default)]
pub(super) struct Walk {
    at: Option<ElementId>,
    /// Whose connections are gone through.
    origin: Option<ElementId>,
    /// The order of the project it was asked for last.
    order: RefCell<Option<(Arc<Project>, Arc<Order>)>>,
}

impl Walk {
    /// Goes where the selection goes, if that is there: a click may end on what a key deleted meanwhile.
    pub(super) fn follow(&mut self, change: &Select, project: &Project) {
        let to = match change {
            Select::Only(elements) if self.at.as_ref().is_some_and(|at| elements.contains(at)) => None,
            Select::Only(elements) => elements.first(),
            Select::Add(elements) => elements.last(),
            Select::Toggle(element) => Some(element),
            // It selects its connection first.
            Select::Nothing | Select::Waypoint(..) => None,
        };
        if let Some(to) = to.filter(|to| project.contains(to)) {
            self.at = Some(to.clone());
        }
        if !matches!(self.at, Some(ElementId::Connection(_))) {
            self.origin = None;
        }
    }
}

impl Session {
    /// The element the keyboard is at: what was selected last, or what is nearest to it if that is gone.
    pub fn cursor(&self) -> Option<&ElementId> {
        self.walk.at.as_ref()
    }

    /// The drawing in the order in which it is read. While something is dragged it is the order from before.
    pub fn order(&self) -> Arc<Order> {
        let project = self.history().gesture_base().unwrap_or(self.project());
        let mut known = self.walk.order.borrow_mut();
        match &*known {
            Some((of, order)) if Arc::ptr_eq(of, project) => Arc::clone(order),
            _ => {
                let order = Arc::new(Order::new(project));
                *known = Some((Arc::clone(project), Arc::clone(&order)));
                order
            }
        }
    }

    /// Finds another place for the cursor if what it is at is not in `next` any more.
    pub(super) fn keep_cursor(&mut self, next: &Project) {
        let Some(at) = self.walk.at.as_ref().filter(|at| !next.contains(at)) else { return };
        let before = self.assessed();
        let end = match at {
            ElementId::Connection(id) => {
                let origin = self.walk.origin.clone();
                origin.or_else(|| before.connections.get(id).map(|link| ElementId::Component(link.from.clone())))
            }
            _ => None,
        };
        let place = walk::rect_world(before, at).map(|rect| rect.center());
        let end = end.filter(|end| next.contains(end));
        self.walk.at = end.or_else(|| place.and_then(|place| walk::nearest(next, place)));
        self.walk.origin = None;
    }

    /// Where [`Session::step`] would go.
    pub(super) fn next_stop(&self, forward: bool) -> Option<ElementId> {
        // From a connection one goes on from the component whose connections are gone through.
        let from = match self.cursor() {
            Some(ElementId::Connection(_)) => self.origin_of_cursor(),
            other => other.map(|at| walk::shown(self.project(), at)),
        };
        self.order().step(from.as_ref(), forward).cloned()
    }

    fn origin_of_cursor(&self) -> Option<ElementId> {
        let Some(ElementId::Connection(id)) = self.cursor() else { return None };
        let link = self.project().connections.get(id)?;
        let ends = [&link.from, &link.to].map(|end| walk::shown(self.project(), &ElementId::Component(end.clone())));
        let origin = self.walk.origin.clone().filter(|origin| ends.contains(origin));
        origin.or_else(|| ends.into_iter().next())
    }

    /// Goes to the next element in reading order, or to the one before.
    pub(super) fn step(&mut self, forward: bool) {
        if let Some(next) = self.next_stop(forward) {
            self.go_to(next);
        }
    }

    /// Goes to what lies that way; with `extend`, what was selected stays so.
    pub(super) fn walk_towards(&mut self, towards: Side, extend: bool) {
        let Some(from) = self.cursor().map(|at| walk::shown(self.project(), at)) else { return };
        match walk::neighbour(self.project(), &from, towards) {
            Some(next) if extend => {
                self.select(Select::Add(vec![next]));
                self.request(Request::Canvas(CanvasRequest::SeeSelection));
            }
            Some(next) => self.go_to(next),
            None => self.request(Request::Say(tr!(
                "Nothing is connected with {0} {1}",
                self.project().name_of(&from),
                way(towards)
            ))),
        }
    }

    /// Goes to the next connection of the component the keyboard is at, or to the one before; round and round.
    pub(super) fn step_connection(&mut self, forward: bool) {
        let here = match self.cursor() {
            Some(ElementId::Connection(_)) => self.origin_of_cursor(),
            other => other.map(|at| walk::shown(self.project(), at)),
        };
        let Some(origin) = here else { return };
        let links = walk::connections_of(self.project(), &origin);
        let at = links.iter().position(|(id, ..)| self.cursor() == Some(&ElementId::Connection(id.clone())));
        let next = match (at, forward) {
            (None, true) => 0,
            (None, false) => links.len().saturating_sub(1),
            (Some(at), true) => (at + 1) % links.len(),
            (Some(at), false) => (at + links.len() - 1) % links.len(),
        };
        if let Some((id, ..)) = links.into_iter().nth(next) {
            self.go_to(ElementId::Connection(id));
            self.walk.origin = Some(origin);
        } else {
            let name = self.project().name_of(&origin);
            self.request(Request::Say(tr!("{name} has no connections", name)));
        }
    }

    /// Says what the element the keyboard is at is connected with.
    pub(super) fn describe_cursor(&mut self) {
        let Some(at) = self.cursor() else { return };
        let words = match at {
            ElementId::Connection(_) | ElementId::Note(_) => explain::neighbours(self.project(), at),
            _ => format!("{}: {}", self.project().name_of(at), explain::neighbours(self.project(), at)),
        };
        self.request(Request::Say(words));
    }

    /// Selects the element the keyboard is at.
    pub fn select_cursor(&mut self) {
        let at = self.cursor().map(|at| walk::shown(self.project(), at));
        if let Some(at) = at {
            self.select(Select::Only(vec![at]));
        }
    }

    /// Goes to where the keyboard was last in the drawing, else to its first element; gives whether there is one.
    pub fn enter_drawing(&mut self) -> bool {
        let at = self.cursor().map(|at| walk::shown(self.project(), at));
        let to = at.or_else(|| self.next_stop(true));
        let Some(to) = to else { return false };
        self.go_to(to);
        true
    }

    fn go_to(&mut self, element: ElementId) {
        self.select(Select::Only(vec![element]));
        self.request(Request::Canvas(CanvasRequest::SeeSelection));
    }
}

fn way(towards: Side) -> &'static str {
    match towards {
        Side::Left => t("to the left"),
        Side::Right => t("to the right"),
        Side::Top => t("above"),
        Side::Bottom => t("below"),
    }
}
