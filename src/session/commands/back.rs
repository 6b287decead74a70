//! Undo and redo: the change glides, and what it brought is selected, so that one sees what became of the drawing.

use std::{cmp::Ordering, hash::Hash, sync::Arc};

use indexmap::IndexMap;

use super::arrange;
use crate::{
    project::{ElementId, Project},
    session::{
        Session,
        action::{CanvasRequest, Request, Select},
        history::Step,
    },
};

/// A step that brings more than this leaves the selection as it is: nobody looks at so many things.
const MOST: usize = 500;

pub(super) fn undo(session: &mut Session) {
    walk(session, Session::undo);
}

pub(super) fn redo(session: &mut Session) {
    walk(session, Session::redo);
}

fn walk(session: &mut Session, step: fn(&mut Session)) {
    // What was under the hand is as it was: there is nothing to lead to.
    let in_gesture = session.history().in_gesture();
    let before = Arc::clone(session.project());
    let depth = session.history().depth();
    step(session);
    let history = session.history();
    let walked = match history.depth().cmp(&depth) {
        Ordering::Less => history.undone().last(),
        Ordering::Greater => history.done().last(),
        Ordering::Equal => None,
    };
    let tidied = walked.map(Step::id).filter(|step| session.tidied.contains(step));
    if let Some(step) = tidied {
        session.request(Request::Canvas(CanvasRequest::ReturnView(step)));
    }
    let brought = brought(&before, session.project());
    arrange::glide(session, before);
    // The view is as it was and all of the drawing with it: of tidying nothing is left to lead to.
    if !in_gesture && tidied.is_none() && !brought.is_empty() && brought.len() <= MOST {
        // Who took back what was done to several still has all of them at hand.
        if !brought.iter().all(|element| session.selection().contains(element)) {
            session.select(Select::Only(brought));
        }
        session.request(Request::Canvas(CanvasRequest::MeetSelection));
    }
}

/// What is there again; if there is nothing, what is another one than before.
fn brought(before: &Project, now: &Project) -> Vec<ElementId> {
    let mut found = Found::default();
    found.look(&before.components, &now.components, ElementId::Component);
    found.look(&before.boundaries, &now.boundaries, ElementId::Boundary);
    found.look(&before.sticky_notes, &now.sticky_notes, ElementId::Note);
    let places = found.clone();
    found.look(&before.connections, &now.connections, ElementId::Connection);
    let hidden = now.hidden();
    // Connections come and go with their ends: they are told where nothing else is.
    let told = [places.new, found.new, places.other, found.other].into_iter();
    let mut told = told.map(|mut elements| {
        elements.retain(|element| !hidden.contains_key(element));
        elements
    });
    told.find(|elements| !elements.is_empty()).unwrap_or_default()
}

#[derive(Clone, Default)]
struct Found {
    new: Vec<ElementId>,
    other: Vec<ElementId>,
}

impl Found {
    fn look<K: Clone + Eq + Hash, V>(
        &mut self,
        before: &IndexMap<K, Arc<V>>,
        now: &IndexMap<K, Arc<V>>,
        element: fn(K) -> ElementId,
    ) {
        for (id, thing) in now {
            match before.get(id) {
                None => self.new.push(element(id.clone())),
                Some(old) if !Arc::ptr_eq(old, thing) => self.other.push(element(id.clone())),
                Some(_) => {}
            }
        }
    }
}
