//! What the pointer is at, and how its picture says what it would do there.

use egui::{CursorIcon, DragAndDrop, Ui};

use super::{
    Gesture, Hit,
    hit::{self, hit},
    pointer::Pointer,
};
use crate::{
    geometry::align::is_locked,
    project::{ElementId, Project},
    ui::{
        View,
        canvas::{CanvasState, frames, link_grips::Grip, nodes::Nodes},
    },
};

/// Notes what the pointer is at, and shows it by the cursor.
pub(super) fn hover(ui: &Ui, view: &View<'_>, state: &mut CanvasState, nodes: &Nodes, pointer: &Pointer) {
    if let Some(icon) = of_gesture(&state.gesture) {
        ui.set_cursor_icon(icon);
    }
    if !matches!(state.gesture, Gesture::Idle) {
        return;
    }
    let before = state.hovered.clone();
    look(ui, view, state, nodes, pointer);
    if state.hovered != before {
        // What shows what it is at was added before this was known.
        ui.request_repaint();
    }
}

fn look(ui: &Ui, view: &View<'_>, state: &mut CanvasState, nodes: &Nodes, pointer: &Pointer) {
    state.pointer_world = nodes.over.then_some(pointer.world);
    // What the palette drags over the sheet is shown by itself; what lies beneath says nothing.
    if !nodes.over || DragAndDrop::has_any_payload(ui.ctx()) {
        state.hovered = None;
        return;
    }
    if state.draws_boundary() {
        ui.set_cursor_icon(if pointer.space { CursorIcon::Grab } else { CursorIcon::Crosshair });
        state.hovered = None;
        return;
    }
    let at = hit(ui, view, state, nodes, pointer.pos);
    if let Some(icon) = if pointer.space { Some(CursorIcon::Grab) } else { of_hit(view.session.project(), &at) } {
        ui.set_cursor_icon(icon);
    }
    state.hovered = match at {
        Hit::Handle(component, _) => Some(ElementId::Component(component)),
        Hit::LinkGrip(connection, _) | Hit::Label(connection) => Some(ElementId::Connection(connection)),
        Hit::Element(element) => Some(element),
        Hit::Grip(..) => None,
        Hit::Sheet => state.hovered.take().filter(|last| hit::still_near(view, state, last, pointer.pos)),
    };
}

fn of_gesture(gesture: &Gesture) -> Option<CursorIcon> {
    match gesture {
        Gesture::Connecting(connecting) if connecting.is_refused() => Some(CursorIcon::NotAllowed),
        Gesture::Attaching(attaching) if attaching.is_refused() => Some(CursorIcon::NotAllowed),
        Gesture::Connecting(_) | Gesture::Marquee(_) | Gesture::Drawing(_) => Some(CursorIcon::Crosshair),
        Gesture::Moving(moving) if moving.copies() => Some(CursorIcon::Copy),
        Gesture::Moving(_) => Some(CursorIcon::Move),
        Gesture::Panning(_) | Gesture::Attaching(_) | Gesture::Shaping(_) => Some(CursorIcon::Grabbing),
        Gesture::Resizing(resizing) => Some(frames::grip_cursor(resizing.grip)),
        Gesture::Idle | Gesture::Pressed(_) | Gesture::Over => None,
    }
}

fn of_hit(project: &Project, hit: &Hit) -> Option<CursorIcon> {
    match hit {
        Hit::Handle(..) => Some(CursorIcon::Crosshair),
        Hit::LinkGrip(_, Grip::Segment(Some(true))) => Some(CursorIcon::ResizeHorizontal),
        Hit::LinkGrip(_, Grip::Segment(Some(false))) => Some(CursorIcon::ResizeVertical),
        Hit::LinkGrip(..) | Hit::Label(_) => Some(CursorIcon::Grab),
        Hit::Element(ElementId::Connection(_)) => Some(CursorIcon::PointingHand),
        Hit::Element(element) if is_locked(project, element) => None,
        Hit::Element(_) => Some(CursorIcon::Move),
        Hit::Grip(..) | Hit::Sheet => None,
    }
}
