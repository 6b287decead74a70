//! What lies at a place of the screen.

use egui::{Pos2, Rect, Ui};
use kurbo::{Point, Rect as WorldRect};

use crate::{
    geometry::{hit, resize::Grip, route::Side},
    project::{ComponentId, ConnectionId, ElementId},
    text::on_lines,
    ui::{
        View,
        canvas::{
            CanvasState,
            convert::to_rect,
            frames, label,
            link_grips::{self, Grip as LinkGrip},
            links,
            nodes::Nodes,
            paint,
            pen::Pen,
        },
        theme::Tokens,
    },
};

/// How near to a line the pointer has to be, in points.
const LINE_REACH: f64 = 6.0;
/// Letters have round sizes, so that words are larger on the screen than at 100 % by up to this share of them.
const ROUNDED: f64 = 0.1;
/// How far from a card its handles stay, in points: a little beyond them.
const HANDLE_ZONE: f32 = 24.0;

/// What a press is on.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::ui::canvas) enum Hit {
    /// A connection handle of a component.
    Handle(ComponentId, Side),
    /// A grip of the selected connection.
    LinkGrip(ConnectionId, LinkGrip),
    /// The words of a connection that the person is at.
    Label(ConnectionId),
    /// A grip of a frame or a note.
    Grip(ElementId, Grip),
    /// Something of the drawing.
    Element(ElementId),
    /// Nothing.
    Sheet,
}

/// The topmost thing at a place: grips, handles, words, notes, components, connections, boundaries.
pub(in crate::ui::canvas) fn hit(ui: &Ui, view: &View<'_>, state: &CanvasState, nodes: &Nodes, pos: Pos2) -> Hit {
    // By the place that was asked for: the pointer may be elsewhere by now.
    if let Some(placed) = link_grips::at(&nodes.link_grips, pos).map(|at| &nodes.link_grips[at]) {
        return Hit::LinkGrip(placed.connection.clone(), placed.grip);
    }
    if let Some(grip) = frames::grip_at(&nodes.grips, pos).map(|at| &nodes.grips[at]) {
        return Hit::Grip(grip.element.clone(), grip.grip);
    }
    if let Some(handle) = nodes.handles.iter().find(|handle| handle.is_at(pos)) {
        return Hit::Handle(handle.component.clone(), handle.side);
    }
    if let Some(id) = label_at(ui, view, state, pos) {
        return Hit::Label(id);
    }
    let project = view.session.project();
    let point = state.world_at(pos);
    let reach = LINE_REACH / state.camera.zoom;
    let found = selected_at(view, state, point)
        .or_else(|| hit::note_at(project, point).map(|id| ElementId::Note(id.clone())))
        .or_else(|| state.scene.card_at(point).map(|id| ElementId::Component(id.clone())))
        .or_else(|| hit::folded_at(project, point).map(|id| ElementId::Boundary(id.clone())))
        .or_else(|| state.scene.link_at(point, reach).map(|id| ElementId::Connection(id.clone())))
        .or_else(|| hit::boundary_at(project, point, reach).map(|id| ElementId::Boundary(id.clone())));
    found.map_or(Hit::Sheet, Hit::Element)
}

/// The topmost selected note or component at a point: they are painted above everything else.
fn selected_at(view: &View<'_>, state: &CanvasState, point_world: Point) -> Option<ElementId> {
    let selection = view.session.selection();
    if selection.is_empty() {
        return None;
    }
    let spot = WorldRect::from_points(point_world, point_world);
    let notes = state.scene.note_positions(spot).into_iter();
    let notes = notes.filter_map(|index| view.session.project().sticky_notes.get_index(index));
    let notes = notes.map(|(id, _)| ElementId::Note(id.clone()));
    let cards = state.scene.cards_in(spot).map(|card| card.element.clone());
    cards.chain(notes).filter(|element| selection.contains(element)).last()
}

/// The connection whose words are painted at a place. Those of the one that the person is at lie over others.
fn label_at(ui: &Ui, view: &View<'_>, state: &CanvasState, pos: Pos2) -> Option<ConnectionId> {
    let pen = Pen::new(ui.painter(), Tokens::of(ui), state.camera.zoom).with_texts(&state.texts);
    if !links::are_worded(&pen) {
        return None;
    }
    let (scene, point) = (&state.scene, state.world_at(pos));
    let painted = scene.link_positions(state.painted_world());
    let only_attended = paint::is_plain(&pen, &painted);
    let near_pointer = |index: usize| {
        let area = links::area_world(&pen, scene, index);
        area.is_some_and(|area| hit::contains(area.inflate(area.width() * ROUNDED, area.height() * ROUNDED), point))
    };
    // Few of those near are at the pointer: of the others nothing is laid out.
    let at = |index: &usize| {
        let link = &scene.links[*index];
        let attended = label::is_attended(view, state, link);
        // Until lines have their ways, words stand in the middle of each.
        let in_the_middle = || scene.is_routing() && (link.middle_world - point).hypot() < on_lines::WIDEST;
        let may_be = attended || !only_attended && (in_the_middle() || near_pointer(*index));
        may_be
            && !state.glide.is_makeshift(link)
            && painted.binary_search(index).is_ok()
            && label::rect_on(&pen, view, state, link).is_some_and(|rect| rect.contains(pos))
    };
    let topmost = scene.links_worded_at(point).into_iter().filter(at);
    let topmost = topmost.max_by_key(|index| (label::is_attended(view, state, &scene.links[*index]), *index));
    topmost.map(|index| scene.links[index].id.clone())
}

/// Whether the pointer is still so near to the component it was at that its handles stay.
pub(super) fn still_near(view: &View<'_>, state: &CanvasState, last: &ElementId, pos: Pos2) -> bool {
    let ElementId::Component(id) = last else { return false };
    let Some(component) = view.session.project().components.get(id) else { return false };
    let rect: Rect = to_rect(state.camera.rect_screen(component.rect_world()));
    rect.expand(HANDLE_ZONE).contains(pos)
}
