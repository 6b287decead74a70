//! What lies at a place of the screen.

use egui::{Pos2, Rect};

use crate::{
    geometry::{hit, resize::Grip, route::Side},
    project::{ComponentId, ElementId, Project},
    ui::{
        View,
        canvas::{CanvasState, convert::to_rect, nodes::Nodes},
    },
};

/// How near to a line the pointer has to be, in points.
const LINE_REACH: f64 = 6.0;
/// How far from a card its handles stay, in points: a little beyond them.
const HANDLE_ZONE: f32 = 24.0;

/// What a press is on.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui::canvas) enum Hit {
    /// A connection handle of a component.
    Handle(ComponentId, Side),
    /// A grip of a frame or a note.
    Grip(ElementId, Grip),
    /// Something of the drawing.
    Element(ElementId),
    /// Nothing.
    Sheet,
}

/// The topmost thing at a place: handles, notes, components, connections, boundaries.
pub(in crate::ui::canvas) fn hit(view: &View<'_>, state: &CanvasState, nodes: &Nodes, pos: Pos2) -> Hit {
    if let Some(grip) = nodes.grips.iter().find(|grip| grip.hovered) {
        return Hit::Grip(grip.element.clone(), grip.grip);
    }
    if let Some(handle) = nodes.handles.iter().find(|handle| handle.hovered) {
        return Hit::Handle(handle.component.clone(), handle.side);
    }
    let project = view.session.project();
    let point = state.world_at(pos);
    let reach = LINE_REACH / state.camera.zoom;
    let found = hit::note_at(project, point)
        .map(|id| ElementId::Note(id.clone()))
        .or_else(|| state.scene.card_at(point).map(|id| ElementId::Component(id.clone())))
        .or_else(|| hit::folded_at(project, point).map(|id| ElementId::Boundary(id.clone())))
        .or_else(|| state.scene.link_at(point, reach).map(|id| ElementId::Connection(id.clone())))
        .or_else(|| hit::boundary_at(project, point, reach).map(|id| ElementId::Boundary(id.clone())));
    found.map_or(Hit::Sheet, Hit::Element)
}

/// Whether the pointer is still so near to the component it was at that its handles stay.
pub(super) fn still_near(view: &View<'_>, state: &CanvasState, last: &ElementId, pos: Pos2) -> bool {
    let ElementId::Component(id) = last else { return false };
    let Some(component) = view.session.project().components.get(id) else { return false };
    let rect: Rect = to_rect(state.camera.rect_screen(component.rect_world()));
    rect.expand(HANDLE_ZONE).contains(pos)
}

/// The rectangle of an element that has one, in world units.
pub(in crate::ui::canvas) fn rect_world(project: &Project, element: &ElementId) -> Option<kurbo::Rect> {
    match element {
        ElementId::Component(id) => project.components.get(id).map(|component| component.rect_world()),
        ElementId::Boundary(id) => project.boundaries.get(id).map(|boundary| boundary.rect_world()),
        ElementId::Note(id) => project.sticky_notes.get(id).map(|note| note.rect_world()),
        ElementId::Connection(_) => None,
    }
}
