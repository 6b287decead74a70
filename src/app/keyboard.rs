//! Who has the keyboard: never nobody, for who works without a pointer.

use egui::DragAndDrop;

use super::{
    keys::{self, Keyboard},
    window::Groundplan,
};
use crate::{session::CanvasRequest, ui::InOrder};

/// What was so in the frame before.
#[derive(Debug, Default)]
pub(super) struct Before {
    /// Some widget had the keyboard.
    focused: bool,
    /// A dialog or a menu had it.
    in_front: bool,
    /// A command was run that puts the cursor into a field: for so many frames at most that is waited for.
    opening: u8,
}

/// How many frames it takes from a key to the cursor in a field at most: what is to be named is put on the sheet first.
const OPENING: u8 = 4;

impl Before {
    /// No field is waited for any more.
    pub(super) fn forget_opening(&mut self) {
        self.opening = 0;
    }
}

impl Groundplan {
    /// Where the keyboard is at the beginning of a frame.
    pub(super) fn keyboard(&self, ctx: &egui::Context) -> Keyboard {
        let canvas = &self.screen.canvas;
        // Esc is the search's as well, wherever the keyboard is.
        let dragging = canvas.is_finding()
            || canvas.waits_for_boundary()
            || canvas.in_gesture()
            || self.session.history().in_gesture()
            || DragAndDrop::has_any_payload(ctx);
        let ringed = self.screen.canvas.is_ringed();
        let canvas = self.screen.canvas.keyboard();
        Keyboard {
            ringed,
            welcome: self.welcome,
            canvas,
            dragging,
            had_focus: self.before.focused,
            opening: self.before.opening > 0,
        }
    }

    /// Runs the commands of this frame's keys.
    pub(super) fn run_keys(&mut self, ctx: &egui::Context) {
        let keyboard = self.keyboard(ctx);
        let was = self.before.opening;
        let pressed = keys::run(ctx, &mut self.session, keyboard);
        if pressed.enters {
            // In this frame already: the next key is for where it is by then.
            self.screen.canvas.request(CanvasRequest::TakeKeyboard);
        }
        self.before.opening = match (pressed.opens, was) {
            _ if ctx.text_edit_focused() => 0,
            (true, 0) => OPENING,
            _ => was.saturating_sub(1),
        };
    }

    /// A field, a menu or a dialog that is left by key leaves the keyboard to the drawing.
    pub(super) fn keep_keyboard(&mut self, ctx: &egui::Context) {
        let focused = ctx.memory(|memory| memory.focused().is_some());
        let in_front = self.dialogs.any_open() || egui::Popup::is_any_open(ctx);
        let pointer = ctx.input(|input| input.pointer.any_down() || input.pointer.any_released());
        let had = self.before.focused || self.before.in_front;
        if had && !focused && !in_front && !pointer && !self.welcome {
            self.screen.canvas.request(CanvasRequest::TakeKeyboard);
            ctx.request_repaint();
        }
        InOrder::in_front(ctx, in_front);
        self.before = Before { focused, in_front, ..self.before };
    }
}
