//! What the system is made of.

use egui::Ui;

use crate::ui::{Actions, View};

pub(super) fn stack_ui(ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
    let _ = (ui, view, actions);
}
