//! The strongest reasons of a service on one line, each with its paragraph.

use egui::Ui;

use crate::{
    assess::Reason,
    lang::t,
    playbook::{Citation, Playbook},
    session::{Action, Request},
    ui::{
        Actions,
        theme::{Face, Tokens, text},
        widgets::{paragraph_link, paragraph_size, text_size},
    },
};

/// Most reasons that are named.
const SHOWN: usize = 3;
/// Room below which a reason is not begun.
const LEAST_ROOM: f32 = 44.0;

/// Names as many of the strongest reasons as there is room for; a click on a paragraph leads to its claims.
pub(super) fn reasons_ui(ui: &mut Ui, playbook: &Playbook, reasons: &[&Reason], actions: &mut Actions) {
    let ink = Tokens::of(ui).muted;
    let label = |words: &str| egui::Label::new(text(words, Face::Regular, 12.0).color(ink)).truncate();
    ui.spacing_mut().item_spacing.x = 3.0;
    let speaking: Vec<&&Reason> = reasons.iter().filter(|reason| reason.decibans > 0.0).take(SHOWN).collect();
    if speaking.is_empty() {
        ui.add(label(t("Nothing tagged yet")));
    }
    for (at, reason) in speaking.iter().enumerate() {
        let mark = paragraph_size(ui, reason.paragraph).x;
        let between = if at > 0 { "· " } else { "" };
        let words = format!("{between}{}", reason.label);
        let room = ui.available_width() - mark - 8.0;
        if room < LEAST_ROOM {
            ui.add(label("..."));
            break;
        }
        let width = text_size(ui, &words, Face::Regular.at(12.0)).x.ceil() + 1.0;
        ui.scope(|ui| {
            ui.set_max_width(width.min(room));
            ui.add(label(&words));
        });
        let citation = Citation::criterion(reason.paragraph, &reason.criterion);
        if paragraph_link(ui, playbook, &citation) {
            actions.push(Action::Request(Request::Evidence(citation)));
        }
        if width > room {
            break;
        }
    }
}
