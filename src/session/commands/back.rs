//! Undo and redo: the change glides, and what it brought is selected, so that one sees what became of the drawing.

use std::{cmp::Ordering, collections::BTreeSet, hash::Hash, sync::Arc};

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
    if !in_gesture && tidied.is_none() && !brought.elements.is_empty() && brought.elements.len() <= MOST {
        if let Some(chosen) = chosen(session, brought) {
            session.select(Select::Only(chosen));
        }
        session.request(Request::Canvas(CanvasRequest::MeetSelection));
    }
}

/// What a step that brought this selects; `None` if all that is selected stays so. What comes next, a drag or Delete, is about what was at hand
/// before: never about what only moved along.
fn chosen(session: &Session, brought: Brought) -> Option<Vec<ElementId>> {
    let selection = session.selection();
    if brought.elements.iter().all(|element| selection.contains(element)) {
        return None;
    }
    if brought.is_new {
        return Some(brought.elements);
    }
    if !selection.is_empty() && selection.iter().all(|element| brought.elements.contains(element)) {
        return None;
    }
    let project = session.project();
    let frames = brought.elements.iter().filter_map(|element| match element {
        ElementId::Boundary(id) => Some(project.contents(id)),
        _ => None,
    });
    let inside: BTreeSet<ElementId> = frames.flatten().collect();
    Some(brought.elements.into_iter().filter(|element| !inside.contains(element)).collect())
}

/// What a step brought.
#[derive(Default)]
struct Brought {
    elements: Vec<ElementId>,
    /// They were not there before.
    is_new: bool,
}

/// What is there again; if there is nothing, what is another one than before.
fn brought(before: &Project, now: &Project) -> Brought {
    let mut found = Found::default();
    found.look(&before.components, &now.components, ElementId::Component);
    found.look(&before.boundaries, &now.boundaries, ElementId::Boundary);
    found.look(&before.sticky_notes, &now.sticky_notes, ElementId::Note);
    let places = found.clone();
    found.look(&before.connections, &now.connections, ElementId::Connection);
    let hidden = now.hidden();
    // Connections come and go with their ends: they are told where nothing else is.
    let told = [(places.new, true), (found.new, true), (places.other, false), (found.other, false)].into_iter();
    let mut told = told.map(|(mut elements, is_new)| {
        elements.retain(|element| !hidden.contains_key(element));
        Brought { elements, is_new }
    });
    told.find(|brought| !brought.elements.is_empty()).unwrap_or_default()
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
