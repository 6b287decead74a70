//! What would reach the targets.

use egui::Ui;

use super::super::DockState;
use crate::ui::{Actions, View, icons, widgets::empty_state};

pub(super) fn target_ui(ui: &mut Ui, _view: &View<'_>, _state: &mut DockState, _actions: &mut Actions) {
    empty_state(ui, icons::LAYERS, "To come", None);
}
