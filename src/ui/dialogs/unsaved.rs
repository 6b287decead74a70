//! The question before changes would be lost.

use super::{default_button, modal};
use crate::lang::{t, tr};

/// What the person decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnsavedAnswer {
    /// Save first, then go on.
    Save,
    /// Go on without saving.
    Discard,
    /// Stay.
    Cancel,
}

/// Shows the question; `None` while nothing is decided. `kept` says how many discarded drafts are kept, if any are.
pub fn unsaved_ui(ctx: &egui::Context, project_name: &str, kept: Option<usize>) -> Option<UnsavedAnswer> {
    let response = modal(ctx, t("unsaved"), &tr!("Save changes to \"{project_name}\"?", project_name), 420.0, |ui| {
        ui.label(match kept {
            Some(most) => tr!(
                "Otherwise the plan as it is goes among the discarded drafts, of which the last {most} are kept. \
                 File, Unsaved work... brings it back.",
                most
            ),
            None => t("What was changed since the last save is lost otherwise").to_owned(),
        });
        ui.add_space(14.0);
        let mut answer = None;
        ui.horizontal(|ui| {
            if default_button(ui, t("Save")).clicked() {
                answer = Some(UnsavedAnswer::Save);
            }
            if ui.button(t("Don't save")).clicked() {
                answer = Some(UnsavedAnswer::Discard);
            }
            if ui.button(t("Cancel")).clicked() {
                answer = Some(UnsavedAnswer::Cancel);
            }
        });
        answer
    });
    let closed = response.should_close();
    response.inner.or(closed.then_some(UnsavedAnswer::Cancel))
}
