//! The accessible side of the sheet: every visible component, connection, boundary, note and handle is a node with a name.
//! Also tells whether the pointer is at the sheet, or at something that lies over it.

use egui::{Event, Id, PointerButton, Pos2, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

use super::{
    CanvasState,
    convert::{from_rect, to_pos, to_rect},
    describe,
    focus::{self, Heard},
    frames,
    gesture::{Gesture, HANDLES_FROM, handle_world},
    link_grips, marks, reach, tip,
};
use crate::{
    geometry::{grid::touches, route::Side},
    lang::{t, tr},
    project::{ComponentId, ElementId},
    session::{Action, CanvasRequest, Request, Select},
    ui::{Actions, View},
};

/// Radius of a connection handle, in points.
pub(super) const HANDLE_RADIUS: f32 = 5.0;
/// How far around a handle the pointer catches it, in points.
const HANDLE_REACH: f32 = 10.0;

/// Where a connection can be drawn from.
pub(super) struct Handle {
    pub component: ComponentId,
    pub side: Side,
    pub pos: Pos2,
    pub hovered: bool,
}

impl Handle {
    /// Whether a place of the screen takes hold of it.
    pub(super) fn is_at(&self, pos: Pos2) -> bool {
        self.pos.distance(pos) <= HANDLE_REACH
    }
}

/// What the nodes of this frame say.
#[derive(Default)]
pub(super) struct Nodes {
    /// The pointer is at the sheet, not at a button, a menu or a panel's edge.
    pub over: bool,
    /// The pointer went down at the sheet.
    pub down: bool,
    /// What a button went down on that was let go within this frame.
    pub pressed_on: Option<Id>,
    /// A screen reader asks for an element: the keyboard goes there.
    pub asked: bool,
    /// The handles that are shown.
    pub handles: Vec<Handle>,
    /// The grips that are shown; earlier ones lie over later ones.
    pub link_grips: Vec<link_grips::Placed>,
    /// The grips of what is selected.
    pub grips: Vec<frames::GripAt>,
}

impl Nodes {
    pub(super) fn take(&mut self, response: &Response) {
        self.over |= response.contains_pointer();
        self.down |= self.is_pressed(response);
    }

    /// Whether a button went down on it.
    pub(super) fn is_pressed(&self, response: &Response) -> bool {
        // A tap goes down and up within one frame, and so does a drag in a slow one; then it is over by the time it is asked for.
        response.is_pointer_button_down_on()
            || response.clicked_by(PointerButton::Primary)
            || self.pressed_on == Some(response.id)
    }
}

/// The topmost thing that a button went down on and was let go of within this frame. The toolkit tells of a press that lasts and of a
/// click, and not of a drag that is all in one frame.
fn pressed_within_frame(ui: &Ui) -> Option<Id> {
    let at = ui.input(|i| {
        let mut down = None;
        for event in &i.events {
            let Event::PointerButton { pos, button, pressed, .. } = event else { continue };
            if *pressed && matches!(button, PointerButton::Primary | PointerButton::Middle) {
                down = Some((*button, *pos));
            } else if !*pressed && down.is_some_and(|(of, _)| of == *button) {
                return down.map(|(_, pos)| pos);
            }
        }
        None
    })?;
    let layer = ui.layer_id();
    if ui.ctx().layer_id_at(at).is_some_and(|top| top != layer) {
        return None;
    }
    ui.ctx().viewport(|viewport| {
        let there = viewport.prev_pass.widgets.get_layer(layer);
        let there = there.filter(|widget| widget.enabled && widget.sense.interactive());
        there.filter(|widget| widget.interact_rect.contains(at)).last().map(|widget| widget.id)
    })
}

/// Adds the nodes of everything that can be seen.
pub(super) fn add(ui: &Ui, view: &View<'_>, state: &CanvasState, sheet: &Response, actions: &mut Actions) -> Nodes {
    let mut nodes = Nodes { pressed_on: pressed_within_frame(ui), ..Nodes::default() };
    nodes.take(sheet);
    let seen = state.camera.visible_world(from_rect(state.viewport));
    let base = ui.scope_id();
    let mut stop_is_seen = false;
    let mut added = |response: &Response, element: &ElementId, nodes: &mut Nodes| {
        stop_is_seen |= state.focus.stop() == Some(element);
        listen(view, state, (response, element), nodes, actions);
    };
    frames_and_notes(ui, view, state, seen, |response, element| added(response, element, &mut nodes));
    let links = reach::links(view, state);
    let lines_seen = links.iter().map(|index| &state.scene.links[*index]);
    let lines_seen = lines_seen.filter(|link| touches(link.area_world, seen));
    connections(ui, view, state, lines_seen, |response, element| added(response, element, &mut nodes));
    let cards = reach::cards(view, state);
    let cards_seen = cards.iter().map(|index| &state.scene.cards[*index]);
    for card in cards_seen.filter(|card| touches(card.rect_world, seen)) {
        let rect = to_rect(state.camera.rect_screen(card.rect_world)).intersect(state.viewport);
        let sense = Sense::CLICK | state.focus.sense(&card.element);
        let response = ui.interact(rect, focus::node_id(base, &card.element), sense);
        nodes.take(&response);
        let selected = view.session.selection().contains(&card.element);
        let proposed = if state.proposed.contains(&card.id) { t(", proposed to be put off") } else { "" };
        let label = || describe::component(view, card) + proposed;
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, label()));
        added(&response, &card.element, &mut nodes);
        tip::share_tip(ui, &response, view, state, card);
    }
    if let Some(stop) = state.focus.stop().filter(|_| !stop_is_seen)
        && let Some(response) = focus::unseen_stop(ui, state, || describe::unseen(view, state, stop))
    {
        listen(view, state, (&response, stop), &mut nodes, actions);
    }
    marks::nodes(ui, state, base, (&cards, &links), |response| nodes.take(response));
    // While a boundary is to be drawn nothing else can be taken hold of or pressed.
    let draws = state.draws_boundary();
    if !draws {
        frames::buttons(ui, state, base, seen, actions);
    }
    // A drawing that is shown is not one that is worked on, unless something hangs at the pointer already.
    if !draws && (!state.alone || state.in_gesture()) {
        handles(ui, view, state, base, &mut nodes);
        link_grips::add(ui, view, state, base, &mut nodes);
        nodes.grips = frames::grips(ui, view, state, base, |response| nodes.is_pressed(response));
    }
    nodes.over |= nodes.grips.iter().any(|grip| grip.hovered);
    nodes.down |= nodes.grips.iter().any(|grip| grip.pressed);
    // Where the overview lay in the frame before, nothing below it is meant.
    nodes.over &= !ui.input(|i| i.pointer.hover_pos()).is_some_and(|pos| state.minimap_rect.contains(pos));
    nodes
}

/// The keyboard that comes to an element by itself takes the selection along; so does a screen reader that asks for it.
fn listen(
    view: &View<'_>,
    state: &CanvasState,
    (response, element): (&Response, &ElementId),
    nodes: &mut Nodes,
    actions: &mut Actions,
) {
    describe::place(view, &state.known, response, (element, state.focus.element() == Some(element)));
    match focus::listen(&state.focus, response) {
        Heard::Nothing => return,
        Heard::Arrived => {}
        Heard::Asked => nodes.asked = true,
    }
    actions.push(Action::Select(Select::Only(vec![element.clone()])));
    actions.push(Action::Request(Request::Canvas(CanvasRequest::SeeSelection)));
}

fn connections<'a>(
    ui: &Ui,
    view: &View<'_>,
    state: &CanvasState,
    links: impl Iterator<Item = &'a super::scene::Link>,
    mut added: impl FnMut(&Response, &ElementId),
) {
    let project = view.session.project();
    for link in links {
        let rect = to_rect(state.camera.rect_screen(link.area_world)).expand(2.0).intersect(state.viewport);
        let id = focus::node_id(ui.scope_id(), &link.element);
        let response = ui.interact(rect, id, state.focus.sense(&link.element));
        let selected = view.session.selection().contains(&link.element);
        response
            .widget_info(|| WidgetInfo::selected(Role::Button, true, selected, describe::connection(project, link)));
        added(&response, &link.element);
        tip::crossing_tip(ui, state, link);
    }
}

fn frames_and_notes(
    ui: &Ui,
    view: &View<'_>,
    state: &CanvasState,
    seen: kurbo::Rect,
    mut added: impl FnMut(&Response, &ElementId),
) {
    let mut node = |element: &ElementId, rect_world: kurbo::Rect, name: &dyn Fn() -> String| {
        let rect = to_rect(state.camera.rect_screen(rect_world)).intersect(state.viewport);
        let response = ui.interact(rect, focus::node_id(ui.scope_id(), element), state.focus.sense(element));
        let selected = view.session.selection().contains(element);
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, name()));
        added(&response, element);
    };
    for frame in state.scene.frames_in(seen).take(reach::MOST_NODES) {
        node(&frame.element, frame.rect_world, &|| describe::boundary(view, &state.known, frame));
    }
    let notes = state.scene.note_positions(seen).into_iter().take(reach::MOST_NODES);
    for (id, note) in notes.filter_map(|index| view.session.project().sticky_notes.get_index(index)) {
        let element = ElementId::Note(id.clone());
        node(&element, note.rect_world(), &|| describe::note(view, &element, note));
    }
}

fn handles(ui: &Ui, view: &View<'_>, state: &CanvasState, base: Id, nodes: &mut Nodes) {
    let near = match &state.gesture {
        Gesture::Idle | Gesture::Pressed(_) => state.hovered.as_ref().and_then(ElementId::component),
        gesture => gesture.near(),
    };
    let Some(id) = near else { return };
    let held_at = state.gesture.target().and_then(|target| target.side);
    if state.scene.hidden.contains_key(&ElementId::Component(id.clone())) {
        return;
    }
    let Some(component) = view.session.project().components.get(id) else { return };
    let rect = to_rect(state.camera.rect_screen(component.rect_world()));
    let pointer = ui.input(|i| i.pointer.hover_pos()).filter(|_| !state.in_gesture() || state.gesture.is_pressed());
    for side in Side::ALL {
        let pos = handle_pos(component.rect_world(), side, state);
        // Far out, a handle lies on what stands beside the card: that is meant then.
        let on_another = state.scene.card_at(state.world_at(pos)).is_some_and(|other| other != id);
        if !state.viewport.contains(pos) || f64::from(rect.width()) < HANDLES_FROM || on_another {
            continue;
        }
        let area = Rect::from_center_size(pos, vec2(HANDLE_REACH, HANDLE_REACH) * 2.0);
        let response = ui
            .interact(area, base.with(("handle", id.as_str(), side.label())), Sense::CLICK | Sense::DRAG)
            .on_hover_cursor(egui::CursorIcon::Crosshair);
        nodes.take(&response);
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Button, true, tr!("Connect {0} from the {1} side", component.name, side.label()))
        });
        let hovered = pointer.is_some_and(|pointer| pointer.distance(pos) <= HANDLE_REACH) || held_at == Some(side);
        nodes.handles.push(Handle { component: id.clone(), side, pos, hovered });
    }
}

fn handle_pos(rect_world: kurbo::Rect, side: Side, state: &CanvasState) -> Pos2 {
    to_pos(state.camera.screen_from_world(handle_world(rect_world, side, state.camera.zoom)))
}
