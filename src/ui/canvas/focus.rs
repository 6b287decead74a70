//! The keyboard on the sheet. The sheet is one stop of Tab and the element the cursor is at the other; Tab goes on within the drawing in
//! reading order, and leaves it behind the last element, or with Shift before the first. So thousands of components are as many stops,
//! and no more nodes than can be seen.

use egui::{
    EventFilter, FocusDirection, Id, Key, Modifiers, Rect, Response, Role, Sense, Shape, Stroke, StrokeKind, Ui,
    WidgetInfo, accesskit,
};

use super::{CanvasState, convert::to_rect, nodes::Nodes, pen::Pen};
use crate::{geometry::walk, project::ElementId, ui::View};

/// What the canvas has of the keyboard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Held {
    /// Another part of the window has it, or nobody.
    #[default]
    Elsewhere,
    /// The sheet as a whole.
    Sheet,
    /// An element of the drawing.
    Element,
}

/// The keyboard's side of the canvas between frames.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the frame")]
pub(super) struct Focus {
    /// The element that can have the keyboard: the one stop of Tab in the drawing.
    stop: Option<ElementId>,
    /// Where the session's cursor was in the frame before.
    followed: Option<ElementId>,
    pub(super) held: Held,
    /// Take the keyboard with the next frame.
    wanted: bool,
    /// And take it from a field that is typed in.
    insists: bool,
    /// It was put on the stop in this frame, and did not come there by itself.
    put: bool,
    /// The revision of the project that the stop belongs to.
    revision: Option<u64>,
    /// It was the keyboard that led there: only then the ring is shown.
    pub(super) ring: bool,
    /// What a screen reader asked for in this frame.
    asked: Vec<(accesskit::NodeId, accesskit::Action)>,
}

impl Focus {
    /// Takes the keyboard with the next frame.
    pub(super) fn want(&mut self) {
        self.wanted = true;
        self.insists = true;
    }

    /// Whether it takes the keyboard with the next frame.
    pub(super) fn wants(&self) -> bool {
        self.wanted
    }

    /// The element that can have the keyboard.
    pub(super) fn stop(&self) -> Option<&ElementId> {
        self.stop.as_ref()
    }

    /// The element that has the keyboard.
    pub(super) fn element(&self) -> Option<&ElementId> {
        self.stop.as_ref().filter(|_| self.held == Held::Element)
    }

    /// How the node of an element listens: the stop can have the keyboard, the others need nothing of it.
    pub(super) fn sense(&self, element: &ElementId) -> Sense {
        if self.stop() == Some(element) { Sense::FOCUSABLE } else { Sense::empty() }
    }
}

/// The node of an element.
pub(super) fn node_id(base: Id, element: &ElementId) -> Id {
    base.with(("element", element))
}

/// Finds out who has the keyboard, lets it follow the session's cursor, and lets Tab in and out.
pub(super) fn update(ui: &Ui, view: &View<'_>, state: &mut CanvasState, sheet: &Response) {
    let base = ui.scope_id();
    let focused = ui.memory(egui::Memory::focused);
    let focus = &mut state.focus;
    focus.asked = ui.input(|input| {
        input
            .events
            .iter()
            .filter_map(|event| match event {
                egui::Event::AccessKitActionRequest(request) => Some((request.target_node, request.action)),
                _ => None,
            })
            .collect()
    });
    let on = |element: &Option<ElementId>| element.as_ref().is_some_and(|at| focused == Some(node_id(base, at)));
    focus.held = if focused == Some(sheet.id) {
        Held::Sheet
    } else if on(&focus.stop) {
        Held::Element
    } else {
        Held::Elsewhere
    };
    // Commands have taken their keys out of the events by now.
    let (walks, points) = ui.input(|input| (input.raw.events.iter().any(walks), input.pointer.any_pressed()));
    focus.ring = (focus.ring || walks || !focus.asked.is_empty()) && !points;
    follow(ui, view, focus, sheet);
    tab(ui, focus);
    keep_keys(ui, focus, sheet);
}

/// Lets the keyboard go where the session's cursor goes, if it is on the sheet or was asked here.
fn follow(ui: &Ui, view: &View<'_>, focus: &mut Focus, sheet: &Response) {
    let cursor = view.session.cursor();
    let moved = cursor != focus.followed.as_ref();
    focus.followed = cursor.cloned();
    let revision = Some(view.session.revision());
    if moved || focus.revision != revision || cursor.is_none() {
        focus.revision = revision;
        let before = focus.stop.take();
        // With Tab the sheet has let go already in this frame.
        let from_sheet = focus.held == Held::Sheet || ui.memory(|memory| memory.had_focus_last_frame(sheet.id));
        focus.stop = stop(view, from_sheet);
        if before != focus.stop && focus.held == Held::Element {
            focus.wanted = true;
        }
    }
    // Whoever types is not interrupted by a click that came before.
    let free = focus.insists || !ui.text_edit_focused();
    focus.put = (focus.wanted || moved && focus.held != Held::Elsewhere) && free;
    (focus.wanted, focus.insists) = (false, false);
    if focus.put {
        let at = cursor.and(focus.stop.as_ref());
        focus.held = if at.is_some() { Held::Element } else { Held::Sheet };
        let id = at.map_or(sheet.id, |at| node_id(ui.scope_id(), at));
        ui.memory_mut(|memory| memory.request_focus(id));
    }
}

/// Whether it is a key that goes from one thing to another: who uses those wants to see where the keyboard is.
fn walks(event: &egui::Event) -> bool {
    let egui::Event::Key { key, pressed: true, .. } = event else { return false };
    let arrow = matches!(key, Key::ArrowLeft | Key::ArrowRight | Key::ArrowUp | Key::ArrowDown);
    arrow || matches!(key, Key::Tab | Key::F6 | Key::Period | Key::Comma)
}

/// The element that Tab comes to: where the cursor is; else the first one from the sheet, and the last one from behind.
fn stop(view: &View<'_>, from_sheet: bool) -> Option<ElementId> {
    let project = view.session.project();
    match view.session.cursor().filter(|at| project.contains(at)) {
        Some(at @ ElementId::Connection(_)) => Some(at.clone()),
        Some(at) => Some(walk::shown(project, at)),
        None => view.session.order().step(None, from_sheet).cloned(),
    }
}

/// Tab that no command took leaves the drawing: there is nothing more that way.
fn tab(ui: &Ui, focus: &Focus) {
    if focus.held != Held::Element || focus.put {
        return;
    }
    let (next, previous) = ui.input_mut(|input| {
        let previous = input.consume_key(Modifiers::SHIFT, Key::Tab);
        (input.consume_key(Modifiers::NONE, Key::Tab), previous)
    });
    // What the toolkit made of the keys by itself is forgotten.
    let leaves = match (next, previous) {
        (true, _) => FocusDirection::Next,
        (_, true) => FocusDirection::Previous,
        _ => FocusDirection::None,
    };
    ui.memory_mut(|memory| memory.move_focus(leaves));
}

/// Tab, arrows and Esc of who is in the drawing are for the drawing, not for the window.
fn keep_keys(ui: &Ui, focus: &Focus, sheet: &Response) {
    let (id, tab) = match (focus.held, focus.stop()) {
        (Held::Elsewhere, _) => return,
        (Held::Element, Some(stop)) => (node_id(ui.scope_id(), stop), true),
        _ => (sheet.id, false),
    };
    let filter = EventFilter { tab, horizontal_arrows: true, vertical_arrows: true, escape: true };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
}

/// A press on the sheet brings the keyboard along.
pub(super) fn after(ui: &Ui, state: &mut CanvasState, nodes: &Nodes) {
    if nodes.down && ui.input(|input| input.pointer.any_pressed()) {
        state.focus.wanted = true;
    }
    if nodes.asked {
        state.focus.want();
    }
}

/// What a node's response means for the keyboard: it came here by itself, or a screen reader asks for it.
pub(super) fn listen(focus: &Focus, response: &Response) -> Heard {
    let id = response.id.accesskit_id();
    let wanted = |action: &accesskit::Action| matches!(action, accesskit::Action::Focus | accesskit::Action::Click);
    if focus.asked.iter().any(|(node, action)| *node == id && wanted(action)) {
        Heard::Asked
    } else if response.gained_focus() && !focus.put {
        Heard::Arrived
    } else {
        Heard::Nothing
    }
}

/// What came of [`listen`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// Nothing.
    Nothing,
    /// The keyboard came to the element.
    Arrived,
    /// A screen reader wants to go there.
    Asked,
}

/// A node for the stop where nothing of it can be seen: who is on it stays on it when the view moves away.
pub(super) fn unseen_stop(ui: &Ui, state: &CanvasState, name: impl Fn() -> String) -> Option<Response> {
    let stop = state.focus.stop()?;
    let rect = Rect::from_min_size(state.viewport.min, egui::Vec2::ZERO);
    let response = ui.interact(rect, node_id(ui.scope_id(), stop), Sense::FOCUSABLE);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, true, name()));
    Some(response)
}

/// The ring around what has the keyboard, clear of the line that shows what is selected.
pub(super) fn paint(pen: &mut Pen<'_>, view: &View<'_>, state: &CanvasState) {
    if !state.focus.ring || state.focus.held == Held::Elsewhere {
        return;
    }
    let stroke = Stroke::new(2.0, pen.tokens.text);
    let rect = match state.focus.element() {
        None => {
            // The sheet itself.
            pen.add(Shape::rect_stroke(state.viewport.shrink(1.0), 2.0, stroke, StrokeKind::Inside));
            return;
        }
        Some(ElementId::Connection(id)) => state.scene.link(view.session.project(), id).map(|link| {
            let camera = state.glide.line_camera(&state.camera, link);
            let at = super::convert::to_pos(camera.screen_from_world(link.middle_world));
            let around = Rect::from_center_size(at, egui::vec2(20.0, 20.0));
            super::label::rect_on(pen, view, state, link).unwrap_or(around)
        }),
        Some(element) => {
            let rect = walk::rect_world(view.session.project(), element);
            // The name of a frame stands on its line, and the ring passes above that.
            let caption = if matches!(element, ElementId::Boundary(_)) { 5.0 * pen.zoom } else { 0.0 };
            let rect = rect.map(|rect| to_rect(state.glide.camera(&state.camera, element).rect_screen(rect)));
            rect.map(|rect| Rect::from_min_max(rect.min - egui::vec2(0.0, caption), rect.max))
        }
    };
    if let Some(rect) = rect.filter(|rect| rect.expand(8.0).intersects(state.viewport)) {
        pen.add(Shape::rect_stroke(rect.expand(5.0), 10.0, stroke, StrokeKind::Middle));
    }
}
