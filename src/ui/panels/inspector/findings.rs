//! What should be looked at about the selected element, in short.

use egui::Ui;

use crate::{
    assess::Finding,
    lang::tr,
    project::ElementId,
    session::{Action, DockTab, Request},
    text::paragraphs,
    ui::{
        Actions, View,
        panels::dock::fixes_ui,
        theme::{Face, Tokens, icon, space, text},
        widgets::{link_button, severity_look},
    },
};

/// Most findings that stand here; the dock has them all.
const SHOWN: usize = 3;

pub(super) fn findings_of_ui(ui: &mut Ui, view: &View<'_>, element: &ElementId, actions: &mut Actions) {
    let about: Vec<&Finding> =
        view.session.assessment().open_findings().filter(|finding| finding.elements.contains(element)).collect();
    for finding in about.iter().take(SHOWN) {
        finding_ui(ui, finding, actions);
    }
    if about.len() > SHOWN && link_button(ui, &tr!("{} more findings", about.len() - SHOWN)).clicked() {
        actions.push(Action::Request(Request::Dock(DockTab::Findings)));
    }
}

fn finding_ui(ui: &mut Ui, finding: &Finding, actions: &mut Actions) {
    let tokens = Tokens::of(ui);
    let (glyph, pair) = severity_look(tokens, finding.severity);
    let margin = egui::Margin::symmetric(10, 7);
    egui::Frame::new().fill(pair.surface).corner_radius(6).inner_margin(margin).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_top(|ui| {
            let word = finding.severity.label();
            let sign = ui.label(icon(glyph, 14.0).color(pair.ink)).on_hover_text(word);
            sign.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, word));
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 3.0;
                let sources = paragraphs(&finding.paragraphs);
                let words = if sources.is_empty() {
                    finding.message.clone()
                } else {
                    format!("{} ({sources})", finding.message)
                };
                let label = ui.add(egui::Label::new(text(&words, Face::Regular, 12.5)).wrap());
                if !finding.why.is_empty() {
                    label.on_hover_text(&finding.why);
                }
                if finding.fixes.is_empty() {
                    return;
                }
                ui.horizontal_wrapped(|ui| {
                    let spacing = ui.spacing_mut();
                    spacing.item_spacing = egui::vec2(10.0, 0.0);
                    spacing.button_padding = egui::vec2(0.0, 1.0);
                    spacing.interact_size.y = 18.0;
                    fixes_ui(ui, finding, actions);
                });
            });
        });
    });
    ui.add_space(space::TINY / 2.0);
}
