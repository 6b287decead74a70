//! A file is being written that something else waits for.

use super::{default_button, modal};
use crate::lang::{t, tr};

/// What the person decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WaitingAnswer {
    /// Not to go on at all.
    Stay,
    /// To go on at once.
    Leave,
}

/// Says what is waited for; `None` while nothing is decided.
pub fn waiting_ui(ctx: &egui::Context, file: &str, quits: bool) -> Option<WaitingAnswer> {
    let response = modal(ctx, "waiting", &tr!("Saving {file}...", file), 440.0, |ui| {
        let then = if quits { t("The window closes") } else { t("This goes on") };
        ui.label(tr!("The disk is slow. {then} as soon as everything is written.", then));
        ui.add_space(14.0);
        let mut answer = None;
        ui.horizontal(|ui| {
            if default_button(ui, t("Stay")).clicked() {
                answer = Some(WaitingAnswer::Stay);
            }
            let leave = if quits { t("Close without waiting") } else { t("Go on without waiting") };
            let hover = t("The file may stay as it was before this save; it is never half written");
            if ui.button(leave).on_hover_text(hover).clicked() {
                answer = Some(WaitingAnswer::Leave);
            }
        });
        answer
    });
    let closed = response.should_close();
    response.inner.or(closed.then_some(WaitingAnswer::Stay))
}
