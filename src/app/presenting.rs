//! The drawing alone: everything around it is put aside and comes back as it was.

use std::time::Duration;

use egui::{Align2, Area, Button, CentralPanel, Id, Key, Modifiers, Order, Popup, Ui, Vec2, vec2};

use super::window::Groundplan;
use crate::{
    lang::t,
    session::{Action, Part, Request},
    ui::{
        Actions,
        canvas::Held,
        theme::{Face, Tokens, radius, text},
    },
};

/// So long the way out is shown once the pointer rests, in seconds.
const STAYS_S: f64 = 4.0;
/// And so long it fades then.
const FADES_S: f64 = 0.6;

impl Groundplan {
    /// Whether the drawing is shown alone.
    pub fn is_presenting(&self) -> bool {
        self.presenting && !self.welcome
    }

    /// Esc leaves, unless something else has it: a dialog, a menu, the search, a gesture, a field.
    pub(super) fn leave_presentation(&self, ctx: &egui::Context, actions: &mut Actions) {
        let canvas = &self.screen.canvas;
        let keyboard = self.keyboard(ctx);
        let taken = keyboard.had_focus && keyboard.canvas == Held::Elsewhere
            || self.dialogs.any_open()
            || canvas.in_gesture()
            || canvas.is_finding()
            || Popup::is_any_open(ctx)
            || ctx.text_edit_focused();
        if self.is_presenting() && !taken && ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            actions.push(leave());
        }
    }

    /// The sheet over the whole window.
    pub(super) fn presentation_ui(&mut self, ui: &mut Ui, actions: &mut Actions) {
        CentralPanel::no_frame().show(ui, |ui| self.sheet_ui(ui, actions));
        let tokens = Tokens::of(ui);
        let (now, points) = ui.input(|input| (input.time, input.pointer.delta() != Vec2::ZERO));
        if points {
            self.at_rest_since = None;
        }
        let rested = now - *self.at_rest_since.get_or_insert(now);
        if rested >= STAYS_S + FADES_S {
            return;
        }
        if rested < STAYS_S {
            ui.request_repaint_after(Duration::from_secs_f64(STAYS_S - rested));
        } else {
            ui.request_repaint();
        }
        let opacity = (1.0 - (rested - STAYS_S) / FADES_S).clamp(0.0, 1.0) as f32;
        Area::new(Id::unique("leave presentation"))
            .order(Order::Middle)
            .anchor(Align2::CENTER_TOP, vec2(0.0, 10.0))
            .show(ui.ctx(), |ui| {
                ui.set_opacity(opacity);
                let words = text(t("Esc leaves"), Face::Regular, 12.0).color(tokens.faint);
                let button = Button::new(words).fill(tokens.canvas).corner_radius(radius::CONTROL);
                if ui.add(button).on_hover_text(t("Bring the panels back")).clicked() {
                    actions.push(leave());
                }
            });
    }
}

fn leave() -> Action {
    Action::Request(Request::Toggle(Part::Presentation))
}
