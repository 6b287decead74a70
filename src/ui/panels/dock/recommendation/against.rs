//! Why not another framework: what each service would give up if the whole were built on one.

use egui::{Align, Layout, Role, Sense, Ui, WidgetInfo};
use egui_extras::{Column, TableBuilder, TableRow};

use super::{cell, copy_as, head, lead, remark, right};
use crate::{
    assess::{Alternative, GivenUp},
    explain, figures,
    lang::{t, tr},
    project::ElementId,
    session::Action,
    ui::{
        Actions, View,
        theme::{Face, Tokens, text},
        widgets::framework_badge,
    },
};

pub(super) fn against_ui(ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
    let assessment = view.session.assessment();
    let rows: Vec<(&Alternative, &GivenUp)> = assessment
        .alternatives
        .iter()
        .zip(view.session.given_up())
        .flat_map(|(alternative, given_up)| given_up.iter().map(move |one| (alternative, one)))
        .collect();
    lead(ui, sentence(view));
    if rows.is_empty() {
        remark(ui, t("Nothing that is tagged speaks against any of them yet"));
        return;
    }
    remark(ui, t("What each service would give up on one framework for everything: its own evidence, in decibans"));
    table_ui(ui, view, &rows, actions);
}

fn sentence(view: &View<'_>) -> String {
    let (playbook, assessment) = (&view.session.engine().playbook, view.session.assessment());
    let others = assessment.alternatives.iter().filter_map(|other| {
        let dearer_db = other.cost_db - assessment.verdict.cost_db;
        let name = explain::framework(playbook, &other.framework);
        (dearer_db > 0.05)
            .then(|| tr!("All {name} is {dearer_db} dB worse", name, dearer_db = crate::text::figure(dearer_db, 1)))
    });
    let others: Vec<String> = others.collect();
    if others.is_empty() { t("No other way is worse than this plan").to_owned() } else { others.join("; ") }
}

/// From this width on there are columns for what a service wants and what speaks against the other; else a hover has both.
const ALL_FROM: f32 = 460.0;

fn table_ui(ui: &mut Ui, view: &View<'_>, rows: &[(&Alternative, &GivenUp)], actions: &mut Actions) {
    let place = ui.available_rect_before_wrap();
    let all = ui.available_width() >= ALL_FROM;
    ui.spacing_mut().item_spacing.x = 10.0;
    let table = TableBuilder::new(ui)
        .id_salt("against")
        .sense(Sense::click())
        .auto_shrink([false, false])
        .min_scrolled_height(60.0)
        .cell_layout(Layout::left_to_right(Align::Center))
        .column(Column::exact(if all { 84.0 } else { 62.0 }).clip(true));
    let table = if all {
        let service = table.column(Column::exact(124.0).clip(true)).column(Column::exact(104.0).clip(true));
        service.column(Column::exact(64.0)).column(Column::remainder().at_least(40.0).clip(true))
    } else {
        table.column(Column::remainder().at_least(60.0).clip(true)).column(Column::exact(58.0))
    };
    table
        .header(20.0, |mut header| {
            header.col(|ui| head(ui, t("If all on"), ""));
            header.col(|ui| head(ui, t("Service"), ""));
            if all {
                header.col(|ui| head(ui, t("Wants"), t("What its own evidence favours")));
            }
            header.col(|ui| right(ui, |ui| head(ui, t("Gives up"), t("Decibans: 10 dB are odds of 10 to 1"))));
            if all {
                header.col(|ui| head(ui, t("Speaks against it"), ""));
            }
        })
        .body(|body| {
            body.rows(26.0, rows.len(), |mut row| {
                let (alternative, given_up) = rows[row.index()];
                given_up_row(&mut row, view, (alternative, given_up), all, actions);
            });
        });
    let playbook = &view.session.engine().playbook;
    let row = |(alternative, given_up): &(&Alternative, &GivenUp)| {
        let reasons = given_up.reasons.iter();
        let reasons: Vec<String> =
            reasons.map(|(_, label, decibans)| format!("{label} {}", figures::decibans(*decibans))).collect();
        vec![
            explain::framework(playbook, &alternative.framework).to_owned(),
            view.session.project().component_name(&given_up.component),
            explain::framework(playbook, &given_up.best).to_owned(),
            crate::text::figure(given_up.decibans, 1),
            reasons.join(", "),
        ]
    };
    let copied = || rows.iter().map(row).collect();
    copy_as(
        ui,
        place,
        "given-up",
        &[t("If all on"), t("Service"), t("Wants"), t("Gives up, dB"), t("Speaks against it")],
        &copied,
    );
}

fn given_up_row(
    row: &mut TableRow<'_, '_>,
    view: &View<'_>,
    (alternative, given_up): (&Alternative, &GivenUp),
    all: bool,
    actions: &mut Actions,
) {
    let playbook = &view.session.engine().playbook;
    let name = view.session.project().component_name(&given_up.component);
    let reasons = given_up.reasons.iter().take(4);
    let reasons: Vec<String> =
        reasons.map(|(_, label, decibans)| format!("{label} {}", figures::decibans(*decibans))).collect();
    let alternative = explain::framework(playbook, &alternative.framework);
    row.col(|ui| cell(ui, alternative, Face::Regular, Tokens::of(ui).muted));
    row.col(|ui| cell(ui, &name, Face::Medium, Tokens::of(ui).text));
    if all {
        row.col(|ui| drop(framework_badge(ui, playbook, &given_up.best)));
    }
    row.col(|ui| right(ui, |ui| ui.label(text(crate::text::figure(given_up.decibans, 1), Face::Medium, 12.5))));
    if all {
        row.col(|ui| cell(ui, &reasons.join(", "), Face::Regular, Tokens::of(ui).muted));
    }
    let response = row.response();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, tr!("Show {name}", name)));
    let wants = explain::framework(playbook, &given_up.best);
    let response =
        response.on_hover_ui(|ui| drop(ui.label(tr!("{name} wants {wants}\n{}", reasons.join(", "), name, wants))));
    if response.clicked() {
        actions.push(Action::Reveal(ElementId::Component(given_up.component.clone())));
    }
}
