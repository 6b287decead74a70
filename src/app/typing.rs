//! Who types is never ahead of what is saved: a field gives what stands in it before the project is saved or left, and all that is typed in
//! one go is one step.

use egui::Id;

use super::window::Groundplan;
use crate::{session::Request, ui::typing};

/// The field of free text that the cursor is in, from one frame to the next.
#[derive(Default)]
pub(super) struct Typing {
    field: Option<Id>,
    /// Counts the times the cursor came into a field.
    run: u64,
    /// The field that gets the cursor back once what stands in it is taken.
    back: Option<Id>,
}

impl Groundplan {
    /// Before anything is shown: if the project is about to be saved or left, what stands in the field with the cursor becomes the project's,
    /// mostly by taking the cursor out of it.
    pub(super) fn begin_typing(&mut self, ctx: &egui::Context) {
        self.session.set_typing(self.typing.field.map(|_| self.typing.run));
        let Some(field) = ctx.memory(egui::Memory::focused).filter(|_| ctx.text_edit_focused()) else { return };
        let mut requests = self.session.requests().iter().filter(|request| request.needs_all()).peekable();
        let closes = ctx.input(|input| input.viewport().close_requested());
        if requests.peek().is_none() && !closes {
            return;
        }
        if typing::take_now(ctx, field) {
            return;
        }
        let stays = requests.all(|request| matches!(request, Request::Save)) && !closes;
        ctx.memory_mut(|memory| memory.surrender_focus(field));
        self.typing.back = stays.then_some(field);
    }

    /// After everything is shown: follows the cursor, and gives it back.
    pub(super) fn end_typing(&mut self, ctx: &egui::Context) {
        if let Some(field) = self.typing.back.take() {
            // Unless something else was clicked with the same breath.
            ctx.memory_mut(|memory| {
                if memory.focused().is_none() {
                    memory.request_focus(field);
                }
            });
        }
        let field = typing::field(ctx);
        if field != self.typing.field {
            self.typing.field = field;
            self.typing.run += 1;
        }
    }
}
