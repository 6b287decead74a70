//! What the desktop's clipboard hands over, and where it goes.

use std::collections::VecDeque;

use egui::{Context, ViewportCommand};

use super::{keys, window::Groundplan};
use crate::{session::PasteAt, ui::dialogs::Attempt};

/// The desktop answers some frames later, or never if it has nothing to paste: after so long nothing is waited for, in seconds.
const PATIENCE_S: f64 = 1.0;

/// What the desktop was asked to hand over and has not yet, oldest first.
#[derive(Debug, Default)]
pub(super) struct Pasting(VecDeque<Asked>);

#[derive(Debug)]
struct Asked {
    /// It goes where it came from.
    in_place: bool,
    at_s: f64,
}

impl Pasting {
    /// Asks the desktop for what it has.
    pub(super) fn ask(&mut self, ctx: &Context, in_place: bool) {
        self.0.push_back(Asked { in_place, at_s: ctx.input(|input| input.time) });
        ctx.send_viewport_cmd(ViewportCommand::RequestPaste);
    }

    /// Whether what comes now was asked for in place. What nobody asked for was pasted by the desktop's own keys.
    fn take(&mut self) -> bool {
        self.0.pop_front().is_some_and(|asked| asked.in_place)
    }

    /// Gives up on what does not come. While something is waited for the window stays awake: the answer alone does not wake it.
    fn wait(&mut self, ctx: &Context) {
        let now_s = ctx.input(|input| input.time);
        self.0.retain(|asked| now_s - asked.at_s < PATIENCE_S);
        if !self.0.is_empty() {
            ctx.request_repaint();
        }
    }
}

impl Groundplan {
    /// Pastes what the desktop hands over in this frame, with its middle at the pointer if that is on the sheet.
    pub(super) fn paste(&mut self, ctx: &Context) {
        self.pasting.wait(ctx);
        if self.welcome {
            return;
        }
        for text in keys::pasted(ctx) {
            let canvas = &self.screen.canvas;
            let pointer = ctx.input(|input| input.pointer.hover_pos()).filter(|pos| canvas.viewport().contains(*pos));
            let at = match pointer {
                _ if self.pasting.take() => PasteAt::InPlace,
                Some(pos) if !canvas.in_gesture() => PasteAt::Near(canvas.world_at(pos)),
                _ => PasteAt::BesideOr(canvas.world_at(canvas.viewport().center())),
            };
            match self.session.paste_at(&text, at) {
                Ok(()) => self.toasts.done(Attempt::Paste),
                Err(message) => self.toasts.failed(Attempt::Paste, message),
            }
        }
    }
}
