//! What the tables of the dock are put together from.

use egui::{Align, Layout, Ui};

use crate::ui::theme::{Face, Tokens, text};

/// Below this width a table does without what is said on hover as well.
pub(super) const ROOMY: f32 = 620.0;

/// A sentence over a table.
pub(super) fn lead(ui: &mut Ui, words: impl Into<String>) {
    ui.add(egui::Label::new(text(words, Face::SemiBold, 13.0)).wrap());
}

/// A line of explanation under a sentence.
pub(super) fn remark(ui: &mut Ui, words: impl Into<String>) {
    let muted = Tokens::of(ui).muted;
    ui.add(egui::Label::new(text(words, Face::Regular, 12.0).color(muted)).wrap());
}

/// The head of a column.
pub(super) fn head(ui: &mut Ui, title: &str, hover: &str) {
    let response = ui.label(text(title, Face::SemiBold, 11.0).color(Tokens::of(ui).faint));
    if !hover.is_empty() {
        response.on_hover_text(hover);
    }
}

pub(super) fn left<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) {
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| drop(add(ui)));
}

pub(super) fn right<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) {
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| drop(add(ui)));
}

/// A cell with one line of words, cut where there is no more room.
pub(super) fn cell(ui: &mut Ui, words: &str, face: Face, ink: egui::Color32) {
    ui.add(egui::Label::new(text(words, face, 12.5).color(ink)).truncate());
}
