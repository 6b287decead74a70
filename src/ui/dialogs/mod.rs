//! What comes in front of the window: decisions, lists of commands and keys, messages.

mod about;
mod command_palette;
mod connect;
mod damaged;
mod difference;
mod dropped;
mod faults;
mod message_log;
mod messages;
mod path_prompt;
mod reading;
mod recovery;
mod settings;
mod shortcuts;
mod standing;
mod toasts;
mod unsaved;
mod waiting;

pub use about::about_ui;
pub use command_palette::CommandPalette;
pub use connect::ConnectPicker;
pub use damaged::{DamagedAnswer, DamagedFile, News};
pub use difference::DifferenceDialog;
pub use dropped::{DroppedAnswer, dropped_ui};
pub use faults::{Fault, Faults};
pub use message_log::{MOST_MESSAGES, Message, MessageLog, Sort};
pub use messages::MessagesDialog;
pub use path_prompt::{PathPrompt, PromptAnswer};
pub use reading::reading_ui;
pub use recovery::{Recovery, RecoveryAnswer, RecoveryRow, RecoveryState};
pub use settings::{Preferences, SCALES_PERCENT, SettingsDialog};
pub use shortcuts::shortcuts_ui;
pub use standing::{Standing, StandingAnswer, standing_ui};
pub use toasts::{Attempt, Toast, Toasts};
pub use unsaved::{UnsavedAnswer, unsaved_ui};
pub use waiting::{WaitingAnswer, waiting_ui};

use egui::{Id, Modal, ModalResponse, Response, Ui};

use super::{
    theme::{Face, text},
    widgets::primary_button,
};

/// A modal with a title. Esc and a click outside close it.
fn modal<R>(
    ctx: &egui::Context,
    id: &str,
    title: &str,
    width: f32,
    add: impl FnOnce(&mut Ui) -> R,
) -> ModalResponse<R> {
    let frame = egui::Frame::popup(&ctx.global_style()).inner_margin(20.0).corner_radius(10.0);
    Modal::new(Id::unique(id)).frame(frame).show(ctx, |ui| {
        ui.set_width(width.min(ctx.content_rect().width() - 80.0));
        ui.label(text(title, Face::SemiBold, 16.0));
        ui.add_space(8.0);
        add(ui)
    })
}

/// The button of what is mostly wanted. It has the keyboard as long as nothing else in its dialog does, so that Return takes it.
fn default_button(ui: &mut Ui, label: &str) -> Response {
    let response = primary_button(ui, label);
    let focused = ui.memory(egui::Memory::focused).and_then(|id| ui.ctx().read_response(id));
    if focused.is_none_or(|focused| focused.layer_id != response.layer_id) {
        response.request_focus();
    }
    response
}
