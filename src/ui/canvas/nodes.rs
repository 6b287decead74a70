//! The accessible side of the sheet: every visible component, connection, boundary, note and handle is a node with a name.
//! Also tells whether the pointer is at the sheet, or at something that lies over it.

use egui::{Id, Pos2, Rect, Response, Role, Sense, Ui, WidgetInfo, vec2};

use super::{
    CanvasState, chips,
    convert::{from_rect, to_pos, to_rect},
    gesture::Gesture,
    marks, reach,
    scene::Card,
    tip,
};
use crate::{
    geometry::route::Side,
    project::{ComponentId, ElementId},
    session::{Action, Select},
    ui::{Actions, View},
};

/// Radius of a connection handle, in points.
pub(super) const HANDLE_RADIUS: f32 = 5.0;
/// How far a handle stands off its card, in points.
const HANDLE_DISTANCE: f32 = 12.0;
/// How far around a handle the pointer catches it, in points.
const HANDLE_REACH: f32 = 10.0;

/// Where a connection can be drawn from.
pub(super) struct Handle {
    pub component: ComponentId,
    pub side: Side,
    pub pos: Pos2,
    pub hovered: bool,
}

/// What the nodes of this frame say.
#[derive(Default)]
pub(super) struct Nodes {
    /// The pointer is at the sheet, not at a button, a menu or a panel's edge.
    pub over: bool,
    /// The pointer went down at the sheet.
    pub down: bool,
    /// The component that has the keyboard.
    pub focused: Option<ComponentId>,
    /// The handles that are shown.
    pub handles: Vec<Handle>,
}

impl Nodes {
    fn take(&mut self, response: &Response) {
        self.over |= response.contains_pointer();
        // A tap goes down and up within one frame; then it is over by the time it is asked for.
        self.down |= response.is_pointer_button_down_on() || response.clicked_by(egui::PointerButton::Primary);
    }
}

/// Adds the nodes of everything that can be seen.
pub(super) fn add(ui: &Ui, view: &View<'_>, state: &CanvasState, sheet: &Response, actions: &mut Actions) -> Nodes {
    let mut nodes = Nodes::default();
    nodes.take(sheet);
    let seen = state.camera.visible_world(from_rect(state.viewport));
    let base = ui.scope_id();
    frames_and_notes(ui, view, state, base, seen);
    let links = reach::links(view, state, seen);
    connections(ui, view, state, base, &links);
    let cards = reach::cards(view, state, seen);
    for card in cards.iter().map(|index| &state.scene.cards[*index]) {
        let rect = to_rect(state.camera.rect_screen(card.rect_world)).intersect(state.viewport);
        let response = ui.interact(rect, base.with(("component", card.id.as_str())), Sense::click());
        nodes.take(&response);
        let selected = view.session.selection().contains(&card.element);
        let proposed = if state.proposed.contains(&card.id) { ", proposed to be put off" } else { "" };
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, selected, label(view, card) + proposed));
        keyboard(ui, &response, card, &mut nodes, actions);
        tip::share_tip(&response, view, state, card);
    }
    marks::nodes(ui, state, base, (&cards, &links), |response| nodes.take(response));
    handles(ui, view, state, base, &mut nodes);
    nodes
}

/// `NAME, KIND, FRAMEWORK 94 %, VALUE`, or `NAME, KIND, put off to later`.
fn label(view: &View<'_>, card: &Card) -> String {
    let mut label = format!("{}, {}", card.component.name, card.component.kind.label());
    if card.component.deferred {
        return label + ", put off to later";
    }
    let badge = chips::badge_text(card, &view.session.engine().playbook);
    for part in badge.iter().chain(card.mark.as_ref().map(|mark| &mark.text)) {
        label.push_str(", ");
        label.push_str(part);
    }
    label
}

/// Tab goes from component to component, and the selection with it; a screen reader's click selects.
fn keyboard(ui: &Ui, response: &Response, card: &Card, nodes: &mut Nodes, actions: &mut Actions) {
    let by_hand = ui.input(|i| i.pointer.any_released() || i.pointer.any_down());
    if response.gained_focus() || (response.clicked() && !by_hand) {
        actions.push(Action::Select(Select::Only(vec![card.element.clone()])));
    }
    if response.has_focus() {
        nodes.focused = Some(card.id.clone());
        // The arrows move the component, not the focus.
        let filter = egui::EventFilter { horizontal_arrows: true, vertical_arrows: true, ..Default::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
    }
}

fn connections(ui: &Ui, view: &View<'_>, state: &CanvasState, base: Id, links: &[usize]) {
    let project = view.session.project();
    for link in links.iter().map(|index| &state.scene.links[*index]) {
        let rect = to_rect(state.camera.rect_screen(link.area_world)).expand(2.0).intersect(state.viewport);
        let response = ui.interact(rect, base.with(("connection", link.id.as_str())), Sense::hover());
        let selected = view.session.selection().contains(&link.element);
        response.widget_info(|| {
            let ends = project.name_of(&link.element);
            let mut text = format!("Connection: {ends}, {}", link.connection.protocol.label());
            if link.seam {
                text.push_str(". ");
                text.push_str(&link.crossing);
            }
            if link.later {
                text.push_str(", waits for what is put off to later");
            }
            WidgetInfo::selected(Role::Label, true, selected, text)
        });
    }
}

fn frames_and_notes(ui: &Ui, view: &View<'_>, state: &CanvasState, base: Id, seen: kurbo::Rect) {
    let node = |element: &ElementId, kind: &str, rect_world: kurbo::Rect, name: &str| {
        let rect = to_rect(state.camera.rect_screen(rect_world)).intersect(state.viewport);
        let response = ui.interact(rect, base.with((kind, element.as_str())), Sense::hover());
        let selected = view.session.selection().contains(element);
        response.widget_info(|| WidgetInfo::selected(Role::Label, true, selected, format!("{kind}: {name}")));
    };
    for frame in state.scene.frames_in(seen).take(reach::MOST_NODES) {
        node(&frame.element, "Boundary", frame.rect_world, &frame.name);
    }
    let notes = state.scene.note_positions(seen).into_iter().take(reach::MOST_NODES);
    for (id, note) in notes.filter_map(|index| view.session.project().sticky_notes.get_index(index)) {
        node(&ElementId::Note(id.clone()), "Note", note.rect_world(), &note.text);
    }
}

fn handles(ui: &Ui, view: &View<'_>, state: &CanvasState, base: Id, nodes: &mut Nodes) {
    if !matches!(state.gesture, Gesture::Idle | Gesture::Pressed(_)) {
        return;
    }
    let Some(ElementId::Component(id)) = &state.hovered else { return };
    let Some(component) = view.session.project().components.get(id) else { return };
    let rect = to_rect(state.camera.rect_screen(component.rect_world()));
    let pointer = ui.input(|i| i.pointer.hover_pos());
    for side in Side::ALL {
        let pos = handle_pos(rect, side);
        if !state.viewport.contains(pos) || rect.width() < 24.0 {
            continue;
        }
        let area = Rect::from_center_size(pos, vec2(HANDLE_REACH, HANDLE_REACH) * 2.0);
        let response = ui
            .interact(area, base.with(("handle", id.as_str(), side.label())), Sense::DRAG)
            .on_hover_cursor(egui::CursorIcon::Crosshair);
        nodes.take(&response);
        response.widget_info(|| {
            WidgetInfo::labeled(
                Role::Button,
                true,
                format!("Connect {} from the {} side", component.name, side.label()),
            )
        });
        let hovered = pointer.is_some_and(|pointer| pointer.distance(pos) <= HANDLE_REACH);
        nodes.handles.push(Handle { component: id.clone(), side, pos, hovered });
    }
}

fn handle_pos(rect: Rect, side: Side) -> Pos2 {
    let middle = to_pos(side.middle(from_rect(rect)));
    match side {
        Side::Left => middle - vec2(HANDLE_DISTANCE, 0.0),
        Side::Right => middle + vec2(HANDLE_DISTANCE, 0.0),
        Side::Top => middle - vec2(0.0, HANDLE_DISTANCE),
        Side::Bottom => middle + vec2(0.0, HANDLE_DISTANCE),
    }
}
