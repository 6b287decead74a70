//! What is wrong with a playbook that was to be used.

use egui::{RichText, ScrollArea, Ui};

use super::{default_button, modal};
use crate::{
    lang::t,
    session::{Action, Request},
    ui::{
        Actions,
        theme::{Face, Tokens, text},
    },
};

/// A fault with its place and the line it is in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong and what to do.
    pub message: String,
    /// File, line and column; empty where they are not known.
    pub place: String,
    /// The line with a caret under the place; empty where it is not known.
    pub excerpt: String,
}

/// The dialog while it is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Faults {
    /// The folder that was to be used.
    pub folder: String,
    /// Everything that is wrong, in the order of the files.
    pub faults: Vec<Fault>,
}

impl Faults {
    /// Shows the dialog; returns whether it is to be closed.
    pub fn ui(&self, ctx: &egui::Context, actions: &mut Actions) -> bool {
        let response = modal(ctx, "faults", t("This playbook cannot be used"), 640.0, |ui| {
            let muted = Tokens::of(ui).muted;
            ui.label(text(&self.folder, Face::Regular, 12.5).color(muted));
            ui.label(text(t("Everything stays assessed as it was until these are mended"), Face::Regular, 13.0));
            ui.add_space(8.0);
            faults_ui(ui, &self.faults);
            ui.add_space(12.0);
            ui.horizontal(|ui| {
                let again =
                    default_button(ui, t("Try again")).on_hover_text(t("Read the folder again once they are mended"));
                let mut closed = again.clicked();
                if closed {
                    actions.push(Action::Run("playbook.reload"));
                }
                closed |= ui.button(t("Close")).clicked();
                if ui.button(t("Copy")).on_hover_text(t("Copy all of it as text")).clicked() {
                    actions.push(Action::Request(Request::CopyText(in_words(&self.faults))));
                }
                closed
            })
            .inner
        });
        response.should_close() || response.inner
    }
}

/// The faults one below the other, in a list of some height.
pub(super) fn faults_ui(ui: &mut Ui, faults: &[Fault]) {
    let muted = Tokens::of(ui).muted;
    let height = (ui.ctx().content_rect().height() - 320.0).clamp(120.0, 420.0);
    ScrollArea::both().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        for fault in faults {
            ui.add(egui::Label::new(text(&fault.message, Face::Medium, 13.0)).wrap());
            if !fault.place.is_empty() {
                ui.label(text(&fault.place, Face::Regular, 12.0).color(muted));
            }
            if !fault.excerpt.is_empty() {
                let excerpt = RichText::new(&fault.excerpt).monospace().size(12.0);
                ui.add(egui::Label::new(excerpt).extend());
            }
            ui.add_space(8.0);
        }
    });
}

/// The faults as text, to be sent to somebody.
pub(super) fn in_words(faults: &[Fault]) -> String {
    let one = |fault: &Fault| format!("{}\n{}\n{}\n", fault.message, fault.place, fault.excerpt);
    faults.iter().map(one).collect::<Vec<_>>().join("\n")
}
