//! What is to become of a project file that was dropped on the sheet.

use super::{default_button, modal};
use crate::lang::{t, tr};

/// What the person decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DroppedAnswer {
    /// Open it in place of the plan.
    Open,
    /// Put what is in it into the plan.
    Insert,
    /// Nothing.
    Cancel,
}

/// Shows the question; `None` while nothing is decided.
pub fn dropped_ui(ctx: &egui::Context, file: &str, elements: usize) -> Option<DroppedAnswer> {
    let response = modal(ctx, "dropped", &tr!("What is to become of {file}?", file), 440.0, |ui| {
        let what = if elements == 1 { t("1 element").to_owned() } else { tr!("{elements} elements", elements) };
        ui.label(tr!("It holds {what}. They can be put into the open plan, which is one step to undo", what));
        ui.add_space(14.0);
        let mut answer = None;
        ui.horizontal(|ui| {
            if default_button(ui, t("Open")).clicked() {
                answer = Some(DroppedAnswer::Open);
            }
            if ui.button(t("Insert here")).clicked() {
                answer = Some(DroppedAnswer::Insert);
            }
            if ui.button(t("Cancel")).clicked() {
                answer = Some(DroppedAnswer::Cancel);
            }
        });
        answer
    });
    let closed = response.should_close();
    response.inner.or(closed.then_some(DroppedAnswer::Cancel))
}
