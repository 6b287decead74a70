//! What each edit did, and what was kept.

use egui::Ui;

use super::super::DockState;
use crate::ui::{Actions, View, icons, widgets::empty_state};

pub(super) fn log_ui(ui: &mut Ui, _view: &View<'_>, _state: &mut DockState, _actions: &mut Actions) {
    empty_state(ui, icons::LAYERS, "To come", None);
}
