//! What the pointer is doing to the drawing: one machine for click, drag, marquee and connecting. It looks at the pointer
//! itself instead of asking each card, so that a drag goes on over and outside of everything.

mod connect;
mod draw_frame;
mod hit;
mod marquee;
mod moving;
mod resize;

use egui::{Event, Key, Modifiers, PointerButton, Pos2, Ui};
use kurbo::Point;

pub(super) use hit::{Hit, hit, rect_world};

use self::{connect::Connecting, draw_frame::DrawFrame, marquee::Marquee, moving::Moving, resize::Resizing};
use super::{
    CanvasState,
    convert::{from_rect, to_vector},
    nodes::Nodes,
    state::Offer,
};
use crate::{
    project::{ComponentId, ElementId, Project},
    session::{Action, CanvasRequest, Request, Select},
    ui::{Actions, View},
};

/// A press becomes a drag after so many points.
const DRAG_AFTER: f32 = 4.0;

/// What is going on.
#[derive(Default)]
pub(super) enum Gesture {
    /// Nothing.
    #[default]
    Idle,
    /// The button went down and the pointer has not moved yet.
    Pressed(Press),
    /// Elements, or copies of them, hang at the pointer.
    Moving(Box<Moving>),
    /// A rectangle is drawn around what is to be selected.
    Marquee(Marquee),
    /// A connection is drawn.
    Connecting(Connecting),
    /// A boundary is drawn.
    Drawing(DrawFrame),
    /// A frame or a note hangs at the pointer by a grip.
    Resizing(Box<Resizing>),
    /// The sheet hangs at the pointer.
    Panning,
    /// Taken back with Esc; the button is still down.
    Over,
}

/// Where the button went down.
pub(super) struct Press {
    at: Pos2,
    hit: Hit,
}

impl Gesture {
    /// The component that would take the connection being drawn.
    pub(super) fn target(&self) -> Option<&ComponentId> {
        match self {
            Self::Connecting(connecting) => connecting.target.as_ref(),
            _ => None,
        }
    }
}

impl Gesture {
    /// What letting go now would add, where the project does not show it yet.
    pub(super) fn offer(&self, project: &Project) -> Option<Offer> {
        let Self::Connecting(connecting) = self else { return None };
        let (_, edit) = connecting.connection(project)?;
        Some(Offer { words: "if connected", edits: vec![edit] })
    }
}

/// The pointer in this frame.
struct Pointer {
    pos: Pos2,
    world: Point,
    button: Button,
    modifiers: Modifiers,
    space: bool,
    moved: egui::Vec2,
}

/// The primary button in this frame.
struct Button {
    /// Where it went down, if it did. In a slow frame the pointer is somewhere else by now.
    pressed_at: Option<Pos2>,
    down: bool,
    double: bool,
}

/// Carries the gesture on by one frame.
pub(super) fn update(ui: &Ui, view: &View<'_>, state: &mut CanvasState, nodes: &Nodes, actions: &mut Actions) {
    let Some(pointer) = read(ui, state) else {
        if !matches!(state.gesture, Gesture::Idle) {
            finish(view, state, None, actions);
        }
        state.hovered = None;
        return;
    };
    let busy = !matches!(state.gesture, Gesture::Idle | Gesture::Over);
    if busy && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape)) {
        cancel(state, actions);
    }
    if let Some(at) = pointer.button.pressed_at.filter(|_| nodes.down && matches!(state.gesture, Gesture::Idle)) {
        state.gesture = if pointer.space {
            Gesture::Panning
        } else if state.tools.take_draw() {
            Gesture::Drawing(DrawFrame::begin(state.world_at(at)))
        } else {
            Gesture::Pressed(Press { at, hit: hit(view, state, nodes, at) })
        };
    }
    let begins = match &state.gesture {
        Gesture::Pressed(press) => press.at.distance(pointer.pos) > DRAG_AFTER,
        _ => false,
    };
    if begins && let Gesture::Pressed(press) = std::mem::take(&mut state.gesture) {
        begin(view, state, &press, &pointer, actions);
    }
    carry_on(view, state, &pointer, actions);
    if !pointer.button.down {
        finish(view, state, Some(&pointer), actions);
    }
    hover(ui, view, state, nodes, &pointer);
}

fn read(ui: &Ui, state: &CanvasState) -> Option<Pointer> {
    let typing = ui.text_edit_focused();
    ui.input(|i| {
        let at = |wanted: bool| {
            i.events.iter().rev().find_map(|event| match event {
                Event::PointerButton { pos, button: PointerButton::Primary, pressed, .. } if *pressed == wanted => {
                    Some(*pos)
                }
                _ => None,
            })
        };
        // What ends in this frame ends where the button was let go, wherever the pointer went afterwards.
        let let_go_at = at(false).filter(|_| !i.pointer.primary_down());
        let pos = let_go_at.or(i.pointer.interact_pos())?;
        Some(Pointer {
            pos,
            world: state.world_at(pos),
            button: Button {
                pressed_at: at(true),
                down: i.pointer.primary_down(),
                double: i.pointer.button_double_clicked(PointerButton::Primary),
            },
            modifiers: i.modifiers,
            space: i.key_down(Key::Space) && !typing,
            moved: i.pointer.delta(),
        })
    })
}

fn begin(view: &View<'_>, state: &mut CanvasState, press: &Press, pointer: &Pointer, actions: &mut Actions) {
    let from_world = state.world_at(press.at);
    state.gesture = match &press.hit {
        Hit::Handle(component, _) => Gesture::Connecting(Connecting::new(component.clone(), pointer.world)),
        Hit::Grip(element, grip) => Resizing::begin(view, element, *grip, from_world)
            .map_or(Gesture::Over, |resizing| Gesture::Resizing(Box::new(resizing))),
        Hit::Element(element) if !matches!(element, ElementId::Connection(_)) => {
            Gesture::Moving(Box::new(Moving::begin(view, element, from_world, pointer.modifiers, actions)))
        }
        _ => Gesture::Marquee(Marquee::begin(view, from_world, pointer.modifiers.shift)),
    };
}

fn carry_on(view: &View<'_>, state: &mut CanvasState, pointer: &Pointer, actions: &mut Actions) {
    match &mut state.gesture {
        Gesture::Moving(moving) => {
            moving.update(&state.scene, &state.camera, state.viewport, pointer.world, pointer.modifiers, actions);
        }
        Gesture::Marquee(marquee) => marquee.update(view, &state.scene, pointer.world, actions),
        Gesture::Connecting(connecting) => {
            connecting.update(view.session.project(), pointer.world, state.camera.zoom);
        }
        Gesture::Drawing(drawing) => drawing.update(pointer.world, pointer.modifiers),
        Gesture::Resizing(resizing) => {
            let seen = state.camera.visible_world(from_rect(state.viewport));
            let sheet = (&**view.session.project(), &state.scene, &state.camera);
            resizing.update(sheet, seen, pointer.world, pointer.modifiers, actions);
        }
        Gesture::Panning => state.camera.pan(to_vector(pointer.moved)),
        Gesture::Idle | Gesture::Pressed(_) | Gesture::Over => {}
    }
}

/// The button is up.
fn finish(view: &View<'_>, state: &mut CanvasState, pointer: Option<&Pointer>, actions: &mut Actions) {
    match std::mem::take(&mut state.gesture) {
        Gesture::Pressed(press) => {
            if let Some(pointer) = pointer {
                click(view, &press.hit, pointer, actions);
            }
        }
        Gesture::Moving(moving) => moving.finish(actions),
        Gesture::Connecting(connecting) => connecting.finish(view.session.project(), actions),
        Gesture::Drawing(drawing) => drawing.finish(view.session.project(), state.camera.zoom, actions),
        Gesture::Resizing(_) => actions.push(Action::CommitGesture),
        Gesture::Idle | Gesture::Marquee(_) | Gesture::Panning | Gesture::Over => {}
    }
}

/// Everything is as before the gesture.
fn cancel(state: &mut CanvasState, actions: &mut Actions) {
    match std::mem::replace(&mut state.gesture, Gesture::Over) {
        Gesture::Moving(moving) => {
            actions.push(Action::CancelGesture);
            actions.push(Action::Select(Select::Only(moving.before.into_iter().collect())));
        }
        Gesture::Resizing(_) => actions.push(Action::CancelGesture),
        Gesture::Marquee(marquee) => {
            actions.push(Action::Select(Select::Only(marquee.before.into_iter().collect())));
        }
        _ => {}
    }
}

fn click(view: &View<'_>, hit: &Hit, pointer: &Pointer, actions: &mut Actions) {
    match hit {
        Hit::Element(element) if pointer.modifiers.shift => {
            actions.push(Action::Select(Select::Toggle(element.clone())));
        }
        Hit::Element(element) => {
            actions.push(Action::Select(Select::Only(vec![element.clone()])));
            if pointer.button.double {
                actions.push(on_double_click(view.session.project(), element));
            }
        }
        Hit::Sheet if !pointer.modifiers.shift && !view.session.selection().is_empty() => {
            actions.push(Action::Select(Select::Nothing));
        }
        Hit::Handle(..) | Hit::Grip(..) | Hit::Sheet => {}
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

/// Notes what the pointer is at, and shows it by the cursor.
fn hover(ui: &Ui, view: &View<'_>, state: &mut CanvasState, nodes: &Nodes, pointer: &Pointer) {
    match &state.gesture {
        Gesture::Idle => {}
        Gesture::Panning => ui.set_cursor_icon(egui::CursorIcon::Grabbing),
        Gesture::Connecting(_) | Gesture::Drawing(_) => ui.set_cursor_icon(egui::CursorIcon::Crosshair),
        _ => return,
    }
    if !matches!(state.gesture, Gesture::Idle) {
        return;
    }
    if !nodes.over {
        state.hovered = None;
        return;
    }
    let now = match hit(view, state, nodes, pointer.pos) {
        Hit::Handle(component, _) => Some(ElementId::Component(component)),
        Hit::Element(element) => Some(element),
        Hit::Grip(..) => None,
        Hit::Sheet => state.hovered.take().filter(|last| hit::still_near(view, state, last, pointer.pos)),
    };
    if matches!(now, Some(ElementId::Boundary(_))) {
        ui.set_cursor_icon(egui::CursorIcon::Move);
    } else if pointer.space {
        ui.set_cursor_icon(egui::CursorIcon::Grab);
    }
    state.hovered = now;
}
