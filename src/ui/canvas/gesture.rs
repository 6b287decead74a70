//! What the pointer is doing to the drawing: one machine for click, drag, marquee and connecting. It looks at the pointer
//! itself instead of asking each card, so that a drag goes on over and outside of everything.

mod aim;
mod attach;
mod click;
mod connect;
mod cursor;
mod draw_frame;
mod edge;
mod hit;
mod line;
mod marquee;
mod moving;
mod pointer;
mod resize;
mod shaping;

use egui::{Key, Modifiers, PointerButton, Pos2, Ui};

pub(super) use aim::{HANDLES_FROM, Target, handle_world};
pub(super) use attach::End;
pub(super) use connect::kept_side;
pub(super) use hit::{Hit, hit};
pub(super) use line::share_at;

use self::{
    attach::Attaching,
    connect::Connecting,
    draw_frame::DrawFrame,
    marquee::Marquee,
    moving::Moving,
    pointer::{Button, Pointer},
    resize::Resizing,
    shaping::Shaping,
};
use super::{
    CanvasState,
    convert::{from_rect, to_vector},
    guides,
    link_grips::Grip,
    nodes::Nodes,
    state::Offer,
};
use crate::{
    geometry::align::is_locked,
    lang::{t, tr},
    project::{ComponentId, ConnectionId, ElementId, Project},
    session::{Action, Request, Select},
    ui::{Actions, View},
};

/// A press becomes a drag after so many points: of a mouse, and of a finger.
const DRAG_AFTER: (f32, f32) = (4.0, 6.0);

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
    /// An end of a connection hangs at the pointer.
    Attaching(Box<Attaching>),
    /// A connection is bent, or its words are moved along it.
    Shaping(Box<Shaping>),
    /// A boundary is drawn.
    Drawing(DrawFrame),
    /// A frame or a note hangs at the pointer by a grip.
    Resizing(Box<Resizing>),
    /// The sheet hangs at the pointer, held by this button.
    Panning(PointerButton),
    /// Taken back with Esc or by something else; the button is still down.
    Over,
}

/// Where the button went down.
pub(super) struct Press {
    at: Pos2,
    hit: Hit,
    touch: bool,
}

impl Gesture {
    /// Whether the button is down and nothing has come of it yet.
    pub(super) fn is_pressed(&self) -> bool {
        matches!(self, Self::Pressed(_))
    }

    /// Where the end of a connection that is drawn or moved would go.
    pub(super) fn target(&self) -> Option<&Target> {
        match self {
            Self::Connecting(connecting) => connecting.target.as_ref(),
            Self::Attaching(attaching) => attaching.target.as_ref(),
            _ => None,
        }
    }

    /// The component whose handles an end of a connection could go to.
    pub(super) fn near(&self) -> Option<&ComponentId> {
        match self {
            Self::Connecting(connecting) => connecting.near.as_ref(),
            Self::Attaching(attaching) => attaching.near.as_ref(),
            _ => None,
        }
    }

    /// The connection an end of which is on its way.
    pub(super) fn detached(&self) -> Option<&ConnectionId> {
        match self {
            Self::Attaching(attaching) if attaching.is_loose() => Some(&attaching.id),
            _ => None,
        }
    }

    /// Whether an element is marked as selected: while copies hang at the pointer, it is they and not what they are copies of.
    pub(super) fn marks(&self, element: &ElementId, selected: bool) -> bool {
        match self {
            Self::Moving(moving) if moving.copies() => moving.holds(element),
            _ => selected,
        }
    }

    /// The copies that hang at the pointer.
    pub(super) fn copied(&self) -> impl Iterator<Item = &ElementId> {
        let moving = if let Self::Moving(moving) = self { Some(moving) } else { None };
        moving.into_iter().flat_map(|moving| moving.added())
    }

    /// What letting go now would add, where the project does not show it yet.
    pub(super) fn offer(&self, project: &Project) -> Option<Offer> {
        let Self::Connecting(connecting) = self else { return None };
        let (_, edit) = connecting.connection(project)?;
        Some(Offer { words: t("if connected"), edits: vec![edit] })
    }
}

/// Carries the gesture on by one frame.
pub(super) fn update(ui: &Ui, view: &View<'_>, state: &mut CanvasState, nodes: &Nodes, actions: &mut Actions) {
    let before = actions.len();
    take_notice(ui, view, state, actions);
    // Wherever the pointer is: what it holds is taken back while it is away as well.
    let busy = !matches!(state.gesture, Gesture::Idle | Gesture::Over);
    if busy && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape)) {
        cancel(state, actions);
    }
    let Some(pointer) = pointer::read(ui, state) else {
        // With the button down it will come back.
        if !pointer::any_down(ui) {
            finish(view, state, None, actions);
        }
        (state.hovered, state.pointer_world) = (None, None);
        return;
    };
    press(ui, view, state, nodes, &pointer, actions);
    let begins = match &state.gesture {
        Gesture::Pressed(press) => {
            let after = if press.touch { DRAG_AFTER.1 } else { DRAG_AFTER.0 };
            press.at.distance(pointer.pos) > after
        }
        _ => false,
    };
    if begins && let Gesture::Pressed(press) = std::mem::take(&mut state.gesture) {
        state.gesture = begin(view, state, &press, &pointer, actions);
    }
    edge::scroll(ui, state, pointer.pos);
    // What is dragged out of the canvas stays at its edge: under a panel nobody would see where it is.
    let holds = matches!(state.gesture, Gesture::Moving(_) | Gesture::Resizing(_) | Gesture::Shaping(_));
    let at = if holds { state.viewport.clamp(pointer.pos) } else { pointer.pos };
    let pointer = Pointer { world: state.world_at(at), ..pointer };
    carry_on(view, state, &pointer, actions);
    state.in_flight |= actions[before..].iter().any(|action| matches!(action, Action::Gesture { .. }));
    let down = match state.gesture {
        Gesture::Panning(PointerButton::Middle) => pointer.middle_down,
        Gesture::Over => pointer::any_down(ui),
        _ => pointer.button.down,
    };
    let let_go = !down && !matches!(state.gesture, Gesture::Idle | Gesture::Pressed(_));
    let moved =
        if let (Gesture::Moving(moving), true) = (&state.gesture, let_go) { Some(moving.grabbed()) } else { None };
    let moved = moved.cloned();
    if !down {
        finish(view, state, Some(&pointer), actions);
    }
    cursor::hover(ui, view, state, nodes, &pointer);
    if let_go {
        // Who has just let go looks at the drawing: what would be said would lie over it. In a quick drag what moved is seen there only
        // in the next frame.
        state.hushed = state.hovered.clone().or(moved);
    } else if state.hushed != state.hovered {
        state.hushed = None;
    }
}

/// Lets go of a gesture that is no longer the pointer's: undo, a command or another edit ended it, what it is about is gone, or the
/// window lost the pointer.
fn take_notice(ui: &Ui, view: &View<'_>, state: &mut CanvasState, actions: &mut Actions) {
    let project = view.session.project();
    let ended = match &state.gesture {
        Gesture::Idle | Gesture::Over => false,
        Gesture::Connecting(connecting) => !connecting.stands(project),
        _ => state.in_flight && !view.session.history().in_gesture(),
    };
    if ended {
        state.gesture = Gesture::Over;
        state.in_flight = false;
    } else if !matches!(state.gesture, Gesture::Idle | Gesture::Over) && pointer::is_lost(ui) {
        cancel(state, actions);
    }
}

/// A button goes down.
fn press(ui: &Ui, view: &View<'_>, state: &mut CanvasState, nodes: &Nodes, pointer: &Pointer, actions: &mut Actions) {
    let at = pointer.button.pressed_at.filter(|_| nodes.down);
    if at.is_some() && !matches!(state.gesture, Gesture::Idle) {
        // The button cannot go down twice: that it was let go came in this frame as well, or never. If both clicks of a double
        // click end in this frame, this is the first of them.
        let first = Pointer { button: Button { double: false, ..pointer.button }, ..*pointer };
        finish(view, state, Some(&first), actions);
    }
    if !matches!(state.gesture, Gesture::Idle) {
        return;
    }
    let beside_the_list = (at.is_some() || pointer.middle_pressed && nodes.down) && state.quick_add.take().is_some();
    state.gesture = match at {
        _ if beside_the_list => Gesture::Over,
        Some(_) if pointer.space => Gesture::Panning(PointerButton::Primary),
        Some(at) if state.tools.take_draw() => Gesture::Drawing(DrawFrame::begin(state.world_at(at))),
        Some(at) => Gesture::Pressed(Press { at, hit: hit(ui, view, state, nodes, at), touch: pointer.touch }),
        None if pointer.middle_pressed && nodes.down => Gesture::Panning(PointerButton::Middle),
        None => Gesture::Idle,
    };
}

fn begin(view: &View<'_>, state: &CanvasState, press: &Press, pointer: &Pointer, actions: &mut Actions) -> Gesture {
    let from_world = state.world_at(press.at);
    let project = view.session.project();
    let route = |id: &ConnectionId| state.scene.link(project, id).map_or(&[][..], |link| &link.points);
    let standing = || {
        let seen = state.camera.visible_world(from_rect(state.viewport));
        guides::standing(&state.scene, project, seen, |_| true)
    };
    let shaping = |shaping: Option<Shaping>| {
        shaping.map_or(Gesture::Over, |shaping| Gesture::Shaping(Box::new(shaping.among(standing()))))
    };
    match &press.hit {
        Hit::Handle(component, side) => Gesture::Connecting(Connecting::new(component.clone(), *side, pointer.world)),
        Hit::Grip(element, grip) if !is_locked(project, element) => Resizing::begin(view, element, *grip, from_world)
            .map_or(Gesture::Over, |resizing| Gesture::Resizing(Box::new(resizing))),
        Hit::LinkGrip(id, Grip::End(end)) => Attaching::begin(view, id, *end, pointer.world)
            .map_or(Gesture::Over, |attaching| Gesture::Attaching(Box::new(attaching))),
        Hit::LinkGrip(id, Grip::Waypoint(index)) => {
            shaping(Shaping::waypoint(view, id, route(id), (*index, from_world)))
        }
        Hit::LinkGrip(id, Grip::Segment(_)) => shaping(Shaping::segment(view, id, route(id), from_world)),
        Hit::Label(id) => {
            let element = ElementId::Connection(id.clone());
            if !view.session.selection().contains(&element) {
                actions.push(Action::Select(Select::Only(vec![element])));
            }
            shaping(Shaping::label(view, id, route(id), from_world))
        }
        Hit::Element(element @ ElementId::Connection(id)) if view.session.selection().contains(element) => {
            shaping(Shaping::segment(view, id, route(id), from_world))
        }
        Hit::Element(element) if is_locked(project, element) => {
            let name = project.name_of(element);
            let words = tr!("{} is locked and stays where it is", name.lines().next().unwrap_or_default());
            actions.push(Action::Request(Request::Say(words)));
            Gesture::Over
        }
        Hit::Element(element) if !matches!(element, ElementId::Connection(_)) => {
            Gesture::Moving(Box::new(Moving::begin(view, element, from_world, pointer.modifiers, actions)))
        }
        Hit::Element(_) | Hit::Grip(..) | Hit::Sheet => {
            Gesture::Marquee(Marquee::begin(view, from_world, pointer.modifiers.shift))
        }
    }
}

fn carry_on(view: &View<'_>, state: &mut CanvasState, pointer: &Pointer, actions: &mut Actions) {
    match &mut state.gesture {
        Gesture::Moving(moving) => {
            let sheet = (&state.scene, &state.camera, state.viewport);
            moving.update(sheet, pointer.world, pointer.modifiers, actions);
        }
        Gesture::Marquee(marquee) => marquee.update(view, &state.scene, pointer.world, actions),
        Gesture::Connecting(connecting) => {
            connecting.update((view.session.project(), &state.scene), pointer.world, &state.camera);
        }
        Gesture::Attaching(attaching) => attaching.update(&state.scene, &state.camera, pointer.world, actions),
        Gesture::Shaping(shaping) => shaping.update(&state.camera, pointer.world, pointer.modifiers, actions),
        Gesture::Drawing(drawing) => drawing.update(pointer.world, pointer.modifiers),
        Gesture::Resizing(resizing) => {
            let seen = state.camera.visible_world(from_rect(state.viewport));
            let sheet = (&**view.session.project(), &state.scene, &state.camera);
            resizing.update(sheet, seen, pointer.world, pointer.modifiers, actions);
        }
        Gesture::Panning(_) => state.camera.pan(to_vector(pointer.moved)),
        Gesture::Idle | Gesture::Pressed(_) | Gesture::Over => {}
    }
}

/// The button is up.
fn finish(view: &View<'_>, state: &mut CanvasState, pointer: Option<&Pointer>, actions: &mut Actions) {
    state.in_flight = false;
    state.before_scroll = None;
    match std::mem::take(&mut state.gesture) {
        Gesture::Pressed(press) => {
            if let Some(pointer) = pointer {
                click::click(view, state, &press.hit, pointer, actions);
            }
        }
        Gesture::Moving(moving) => moving.finish(actions),
        Gesture::Connecting(connecting) => {
            state.quick_add = connecting.finish(view.session.project(), &state.camera, state.viewport, actions);
        }
        Gesture::Drawing(drawing) => drawing.finish(view.session.project(), state.camera.zoom, actions),
        Gesture::Resizing(_) => actions.push(Action::CommitGesture),
        Gesture::Attaching(attaching) => {
            state.quick_add = attaching.finish(&state.camera, state.viewport, actions);
        }
        Gesture::Shaping(shaping) => shaping.finish(actions),
        Gesture::Idle | Gesture::Marquee(_) | Gesture::Panning(_) | Gesture::Over => {}
    }
}

/// Everything is as before the gesture.
fn cancel(state: &mut CanvasState, actions: &mut Actions) {
    state.in_flight = false;
    if let Some(camera) = state.before_scroll.take() {
        state.camera = camera;
    }
    let before = match std::mem::replace(&mut state.gesture, Gesture::Over) {
        Gesture::Moving(moving) => {
            actions.push(Action::CancelGesture);
            moving.before
        }
        Gesture::Shaping(shaping) => {
            actions.push(Action::CancelGesture);
            shaping.before
        }
        Gesture::Attaching(_) | Gesture::Resizing(_) => {
            actions.push(Action::CancelGesture);
            return;
        }
        Gesture::Marquee(marquee) => marquee.before,
        _ => return,
    };
    actions.push(Action::Select(Select::Only(before.into_iter().collect())));
}
