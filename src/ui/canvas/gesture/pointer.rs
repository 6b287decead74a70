//! What the pointer does in this frame.

use egui::{Event, Key, Modifiers, PointerButton, Pos2, TouchPhase, Ui};
use kurbo::Point;

use super::super::CanvasState;

/// The pointer in this frame.
#[derive(Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the frame")]
pub(super) struct Pointer {
    pub pos: Pos2,
    pub world: Point,
    pub button: Button,
    /// The middle button went down.
    pub middle_pressed: bool,
    pub middle_down: bool,
    pub modifiers: Modifiers,
    pub space: bool,
    /// It is a finger.
    pub touch: bool,
    pub moved: egui::Vec2,
}

/// The primary button in this frame.
#[derive(Clone, Copy)]
pub(super) struct Button {
    /// Where it went down, if it did. In a slow frame the pointer is somewhere else by now.
    pub pressed_at: Option<Pos2>,
    pub down: bool,
    pub double: bool,
    /// Both clicks of a double click came in this frame.
    pub both: bool,
}

/// Reads the pointer; nothing while it is away.
pub(super) fn read(ui: &Ui, state: &CanvasState) -> Option<Pointer> {
    let typing = ui.text_edit_focused();
    ui.input(|i| {
        let at = |wanted: bool, of: PointerButton| {
            i.events.iter().rev().find_map(|event| match event {
                Event::PointerButton { pos, button, pressed, .. } if *pressed == wanted && *button == of => Some(*pos),
                _ => None,
            })
        };
        // What ends in this frame ends where the button was let go, wherever the pointer went afterwards.
        let let_go_at = at(false, PointerButton::Primary).filter(|_| !i.pointer.primary_down());
        let pos = let_go_at.or(i.pointer.interact_pos())?;
        Some(Pointer {
            pos,
            world: state.world_at(pos),
            button: Button {
                pressed_at: at(true, PointerButton::Primary),
                down: i.pointer.primary_down(),
                double: i.pointer.button_double_clicked(PointerButton::Primary),
                both: i.events.iter().filter(|event| is_press(event)).count() > 1,
            },
            middle_pressed: at(true, PointerButton::Middle).is_some(),
            middle_down: i.pointer.middle_down(),
            modifiers: i.modifiers,
            space: i.key_down(Key::Space) && !typing,
            touch: i.any_touches(),
            moved: i.pointer.delta(),
        })
    })
}

fn is_press(event: &Event) -> bool {
    matches!(event, Event::PointerButton { button: PointerButton::Primary, pressed: true, .. })
}

/// Whether what the pointer was doing is no longer its own: the window lost the focus, the system took a finger away, or a
/// second finger came.
pub(super) fn is_lost(ui: &Ui) -> bool {
    ui.input(|i| {
        let taken = |event: &Event| {
            matches!(event, Event::WindowFocused(false) | Event::Touch { phase: TouchPhase::Cancel, .. })
        };
        i.multi_touch().is_some() || i.events.iter().any(taken)
    })
}

/// Whether a button is down, wherever the pointer is.
pub(super) fn any_down(ui: &Ui) -> bool {
    ui.input(|i| i.pointer.any_down())
}
