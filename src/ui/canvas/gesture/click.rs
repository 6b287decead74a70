//! A press that was no drag.

use super::{Hit, pointer::Pointer};
use crate::{
    lang::tr,
    project::{ConnectionId, Edit, ElementId, Project},
    session::{Action, CanvasRequest, Request, Select},
    ui::{
        Actions, View,
        canvas::{CanvasState, label, link_grips::Grip, quick_add::QuickAdd},
    },
};

/// Selects what was clicked; a double click goes on to what it says.
pub(super) fn click(view: &View<'_>, state: &mut CanvasState, hit: &Hit, pointer: &Pointer, actions: &mut Actions) {
    let toggles = pointer.modifiers.shift || pointer.modifiers.ctrl || pointer.modifiers.command;
    let double = pointer.button.double && !toggles;
    match hit {
        Hit::Element(element) if toggles => actions.push(Action::Select(Select::Toggle(element.clone()))),
        Hit::Label(id) if toggles => {
            actions.push(Action::Select(Select::Toggle(ElementId::Connection(id.clone()))));
        }
        Hit::Element(ElementId::Connection(id)) | Hit::Label(id) if double => label::begin(view, state, id, actions),
        Hit::Label(id) => actions.push(Action::Select(Select::Only(vec![ElementId::Connection(id.clone())]))),
        Hit::Element(element) => {
            actions.push(Action::Select(Select::Only(vec![element.clone()])));
            if double {
                actions.push(on_double_click(view.session.project(), element));
            }
        }
        // Chosen by the first of the two clicks: on a line that was not selected yet, a double click means its words.
        Hit::LinkGrip(id, Grip::Waypoint(index))
            if double && (pointer.button.both || view.session.waypoint() == Some((id, *index))) =>
        {
            remove(view, id, *index, actions);
        }
        Hit::LinkGrip(id, _) if double => label::begin(view, state, id, actions),
        Hit::LinkGrip(id, Grip::Waypoint(index)) => {
            actions.push(Action::Select(Select::Waypoint(id.clone(), *index)));
        }
        Hit::Sheet if double => state.quick_add = Some(QuickAdd::at(pointer.world, None)),
        Hit::Sheet if !toggles && !view.session.selection().is_empty() => {
            actions.push(Action::Select(Select::Nothing));
        }
        Hit::LinkGrip(..) | Hit::Grip(..) | Hit::Handle(..) | Hit::Sheet => {}
    }
}

/// A folded box opens; everything else is named, or written on, where it stands.
fn on_double_click(project: &Project, element: &ElementId) -> Action {
    match element {
        ElementId::Component(_) | ElementId::Connection(_) => Action::Run("edit.rename"),
        ElementId::Boundary(id) if project.boundaries.get(id).is_some_and(|boundary| boundary.folded.is_some()) => {
            Action::Run("edit.fold")
        }
        other => Action::Request(Request::Canvas(CanvasRequest::EditInPlace(other.clone()))),
    }
}

/// Takes a point out of the way of a connection.
fn remove(view: &View<'_>, id: &ConnectionId, index: usize, actions: &mut Actions) {
    let project = view.session.project();
    let Some(link) = project.connections.get(id).filter(|link| index < link.course.via.len()) else { return };
    let mut course = link.course.clone();
    course.via.remove(index);
    let name = tr!("Remove a point of {}", project.name_of(&ElementId::Connection(id.clone())));
    actions.push(Action::edit(name, vec![Edit::SetCourse(id.clone(), course)]));
}
