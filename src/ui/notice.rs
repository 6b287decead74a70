//! A line above the sheet about the project's file, with what can be done about it.

use egui::{Align, Layout, Ui};

use super::{
    icons,
    theme::{Face, Tokens, icon, text},
    widgets::icon_button,
};
use crate::lang::{t, tr};

/// What happened to the project's file behind its back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// Something else wrote to it.
    Changed,
    /// It is no longer there.
    Gone,
}

/// What the person decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeAnswer {
    /// Take what stands there.
    Reload,
    /// Look at what differs.
    Difference,
    /// Save what is here to the file.
    Save,
    /// Save what is here as another file.
    SaveAs,
    /// Leave it as it is.
    Dismiss,
}

/// The line; `None` while nothing is decided.
pub fn notice_ui(ui: &mut Ui, file: &str, notice: Notice, dirty: bool) -> Option<NoticeAnswer> {
    let tokens = Tokens::of(ui);
    let words = match (notice, dirty) {
        (Notice::Changed, false) => tr!("{file} was changed by another program", file),
        (Notice::Changed, true) => {
            tr!("{file} was changed by another program, and there are unsaved changes here as well", file)
        }
        (Notice::Gone, _) => tr!("{file} is no longer there: moved, renamed or deleted", file),
    };
    let choices: &[(&str, &str, NoticeAnswer)] = match notice {
        Notice::Changed => &[
            (t("Reload"), t("Take what stands in the file; undo brings back what is here"), NoticeAnswer::Reload),
            (t("Show the difference"), t("Compare the file with what is here"), NoticeAnswer::Difference),
            (t("Save as..."), t("Keep both: what is here goes to another file"), NoticeAnswer::SaveAs),
        ],
        Notice::Gone => &[
            (t("Save it again"), t("Write what is here to where the file was"), NoticeAnswer::Save),
            (t("Save as..."), t("Write what is here to another file"), NoticeAnswer::SaveAs),
        ],
    };
    let mut answer = None;
    ui.horizontal_centered(|ui| {
        ui.label(icon(icons::CIRCLE_ALERT, 15.0).color(tokens.warning.ink));
        ui.label(text(words, Face::Medium, 13.0).color(tokens.text));
        ui.add_space(6.0);
        for (label, help, meaning) in choices {
            if ui.button(*label).on_hover_text(*help).clicked() {
                answer = Some(*meaning);
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if icon_button(ui, icons::X, t("Leave it as it is")).clicked() {
                answer = Some(NoticeAnswer::Dismiss);
            }
        });
    });
    answer
}
