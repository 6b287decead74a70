//! How much hangs on any one of our weights.

use egui::{Align, Layout, Role, ScrollArea, Sense, Ui, WidgetInfo};
use egui_extras::{Column, TableBuilder, TableRow};

use super::{cell, copy_as, head, is_ready, lead, remark, right};
use crate::{
    assess::{Robustness, Weakest},
    explain, figures,
    lang::{t, tr},
    project::ElementId,
    session::{Action, Deep},
    ui::{
        Actions, View, icons,
        theme::{Face, Tokens, icon, text},
    },
};

/// Services that are listed, the most delicate first.
const MOST: usize = 200;

pub(super) fn robust_ui(ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
    if !is_ready(ui, view, Deep::Robustness) {
        return;
    }
    let report = view.session.robustness();
    let share = figures::share(report.share);
    let words = match report.turned.len() {
        0 => tr!("No weight decides alone: {share} more or less of any of them changes no framework", share),
        1 => tr!("One number decides: moved by {share}, it changes a framework", share),
        count => {
            tr!("{count} of {} trials with a number moved by {share} change a framework", report.trials, count, share)
        }
    };
    lead(ui, words);
    let trials = report.trials;
    remark(ui, tr!("{trials} verdicts worked out anew, each with one weight, prior or price of mixing moved", trials));
    ScrollArea::vertical().id_salt("robust").auto_shrink([false, false]).min_scrolled_height(60.0).show(ui, |ui| {
        turned_ui(ui, view, report);
        table_ui(ui, view, &report.weakest[..report.weakest.len().min(MOST)], actions);
        if report.weakest.len() > MOST {
            let more = report.weakest.len() - MOST;
            remark(ui, tr!("{} more services hang less on any one weight", figures::number(more as f64)));
        }
    });
}

fn turned_ui(ui: &mut Ui, view: &View<'_>, report: &Robustness) {
    let tokens = Tokens::of(ui);
    let (playbook, project) = (&view.session.engine().playbook, view.session.project());
    for turned in &report.turned {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            ui.label(icon(icons::TRIANGLE_ALERT, 12.0).color(tokens.warning.ink));
            cell(ui, &explain::turned(playbook, project, turned), Face::Regular, tokens.text);
        });
    }
}

fn table_ui(ui: &mut Ui, view: &View<'_>, weakest: &[Weakest], actions: &mut Actions) {
    let place = ui.available_rect_before_wrap();
    ui.spacing_mut().item_spacing.x = 10.0;
    let table = TableBuilder::new(ui)
        .id_salt("robust")
        .sense(Sense::click())
        .vscroll(false)
        .auto_shrink([false, true])
        .cell_layout(Layout::left_to_right(Align::Center))
        .column(Column::exact(140.0).clip(true))
        .column(Column::exact(60.0))
        .column(Column::remainder().at_least(110.0).clip(true))
        .column(Column::exact(140.0).clip(true));
    let lead_of = t("Over the strongest framework of another family, by its own evidence");
    let wrong = t("How much less that criterion would have to count for the lead to be gone");
    table
        .header(20.0, |mut header| {
            header.col(|ui| head(ui, t("Service"), t("The most delicate first")));
            header.col(|ui| right(ui, |ui| head(ui, t("Lead, dB"), lead_of)));
            header.col(|ui| head(ui, t("Hangs most on"), t("The criterion that brings most of the lead")));
            header.col(|ui| head(ui, t("If that counted less"), wrong));
        })
        .body(|mut body| {
            for one in weakest {
                body.row(26.0, |mut row| weakest_row(&mut row, view, one, actions));
            }
        });
    let row = |one: &Weakest| {
        let name = view.session.project().component_name(&one.component);
        vec![name, figures::decibans(one.margin_db), reason_label(view, one), explain::turns_if(one)]
    };
    let rows = || weakest.iter().map(row).collect();
    copy_as(
        ui,
        place,
        "robustness",
        &[t("Service"), t("Lead, dB"), t("Hangs most on"), t("If that counted less")],
        &rows,
    );
}

fn weakest_row(row: &mut TableRow<'_, '_>, view: &View<'_>, one: &Weakest, actions: &mut Actions) {
    let playbook = &view.session.engine().playbook;
    let name = view.session.project().component_name(&one.component);
    let criterion = one.criterion.as_ref().and_then(|id| playbook.criteria.get(id));
    let label = reason_label(view, one);
    row.col(|ui| cell(ui, &name, Face::Medium, Tokens::of(ui).text));
    row.col(|ui| right(ui, |ui| ui.label(text(figures::decibans(one.margin_db), Face::Regular, 12.5))));
    row.col(|ui| {
        let words = egui::Label::new(text(label, Face::Regular, 12.5)).truncate();
        ui.add(words).on_hover_text(criterion.map_or("", |criterion| &criterion.weight_reason));
    });
    row.col(|ui| cell(ui, &explain::turns_if(one), Face::Regular, Tokens::of(ui).muted));
    let response = row.response();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, tr!("Show {name}", name)));
    if response.clicked() {
        actions.push(Action::Reveal(ElementId::Component(one.component.clone())));
    }
}

fn reason_label(view: &View<'_>, one: &Weakest) -> String {
    let advice = view.session.assessment().components.get(&one.component);
    let mut reasons = advice.into_iter().flat_map(|advice| &advice.reasons);
    let reason = reasons.find(|reason| Some(&reason.criterion) == one.criterion.as_ref());
    reason.map_or_else(|| t("nothing speaks for it yet").to_owned(), |reason| reason.label.clone())
}
