//! What would turn the verdict on the whole: single changes of one trait, smallest first.

use egui::{Align, Layout, Role, Sense, Ui, WidgetInfo};
use egui_extras::{Column, TableBuilder, TableRow};

use super::{
    cell, copy_as, head, is_ready, lead, part_only, remark,
    short_list::{self, Entry, short_list_ui},
};
use crate::{
    assess::{Change, Flip, Weakest},
    explain, figures,
    lang::{later, t, tr},
    project::{Edit, ElementId},
    session::{Action, Deep},
    ui::{
        Actions, View,
        theme::{Face, Tokens},
        widgets::{framework_badge, link_button},
    },
};

/// Flips that are listed; further ones take larger changes.
const MOST: usize = 60;
const SIZE: &str = later("Size 1 is a flag the other way, or a number across its plausible range");

pub(super) fn turning_ui(ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
    if !is_ready(ui, view, Deep::Flips) {
        return;
    }
    let flips = view.session.system_flips();
    let playbook = &view.session.engine().playbook;
    let Some(first) = flips.first() else {
        lead(ui, t("No single change of one trait turns the verdict on the whole"));
        part_only(ui, view);
        remark(
            ui,
            t("These have the smallest leads. Choose one to see what would turn it, alone or with a second change"),
        );
        if is_ready(ui, view, Deep::Robustness) {
            weakest_ui(ui, view, actions);
        }
        return;
    };
    let name = view.session.project().component_name(&first.component);
    let verdict = explain::verdict(playbook, &first.verdict);
    let changes = explain::in_sentence(&explain::changes(playbook, first));
    lead(ui, tr!("The smallest change that makes the whole {verdict}: {name}, {changes}", verdict, name, changes));
    remark(ui, tr!("Solved on the ramps of the criteria: a step less does not turn it. {SIZE}", SIZE = t(SIZE)));
    part_only(ui, view);
    table_ui(ui, view, &flips[..flips.len().min(MOST)], actions);
}

/// Where nothing turns the whole: the services that come nearest to it.
fn weakest_ui(ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
    let components = &view.session.assessment().components;
    let mut weakest: Vec<&Weakest> = view.session.robustness().weakest.iter().collect();
    weakest.sort_by(|a, b| a.margin_db.total_cmp(&b.margin_db));
    let entries = weakest.iter().take(short_list::SHOWN).filter_map(|one| {
        let framework = &components.get(&one.component)?.framework;
        Some(Entry { component: &one.component, framework, figure: figures::decibans(one.margin_db) })
    });
    let entries: Vec<Entry<'_>> = entries.collect();
    let lead_of = t("Over the strongest framework of another family, by its own evidence");
    short_list_ui(ui, view, &entries, [(t("Framework"), ""), (t("Lead, dB"), lead_of)], actions);
}

fn table_ui(ui: &mut Ui, view: &View<'_>, flips: &[Flip], actions: &mut Actions) {
    let place = ui.available_rect_before_wrap();
    ui.spacing_mut().item_spacing.x = 10.0;
    let table = TableBuilder::new(ui)
        .id_salt("turning")
        .sense(Sense::click())
        .auto_shrink([false, false])
        .min_scrolled_height(60.0)
        .cell_layout(Layout::left_to_right(Align::Center))
        .column(Column::exact(112.0).clip(true))
        .column(Column::remainder().at_least(120.0).clip(true))
        .column(Column::exact(100.0).clip(true))
        .column(Column::exact(112.0).clip(true))
        .column(Column::exact(36.0))
        .column(Column::exact(34.0));
    table
        .header(20.0, |mut header| {
            header.col(|ui| head(ui, t("Service"), ""));
            header.col(|ui| head(ui, t("Change"), t("The smallest one of this trait")));
            header.col(|ui| head(ui, t("Then on"), t("What the service would be built on")));
            header.col(|ui| head(ui, t("The whole becomes"), ""));
            header.col(|ui| head(ui, t("Size"), t(SIZE)));
            header.col(|_| {});
        })
        .body(|body| {
            body.rows(26.0, flips.len(), |mut row| {
                let flip = &flips[row.index()];
                flip_row(&mut row, view, flip, actions);
            });
        });
    let playbook = &view.session.engine().playbook;
    let row = |flip: &Flip| {
        vec![
            view.session.project().component_name(&flip.component),
            explain::changes(playbook, flip),
            explain::framework(playbook, &flip.to).to_owned(),
            explain::verdict(playbook, &flip.verdict),
            crate::text::figure(flip.size(), 2),
        ]
    };
    let rows = || flips.iter().map(row).collect();
    copy_as(ui, place, "turning", &[t("Service"), t("Change"), t("Then on"), t("The whole becomes"), t("Size")], &rows);
}

fn flip_row(row: &mut TableRow<'_, '_>, view: &View<'_>, flip: &Flip, actions: &mut Actions) {
    let playbook = &view.session.engine().playbook;
    let name = view.session.project().component_name(&flip.component);
    let words = explain::changes(playbook, flip);
    row.col(|ui| cell(ui, &name, Face::Medium, Tokens::of(ui).text));
    row.col(|ui| cell(ui, &words, Face::Regular, Tokens::of(ui).text));
    row.col(|ui| drop(framework_badge(ui, playbook, &flip.to).on_hover_text(explain::flip_to(playbook, flip))));
    row.col(|ui| cell(ui, &explain::verdict(playbook, &flip.verdict), Face::Regular, Tokens::of(ui).text));
    row.col(|ui| cell(ui, &crate::text::figure(flip.size(), 2), Face::Regular, Tokens::of(ui).muted));
    row.col(|ui| {
        let hover = t("Make this change; undo takes it back");
        if link_button(ui, t("Try"))
            .accessible_name(tr!("Try: {name}: {words}", name, words))
            .on_hover_text(hover)
            .clicked()
        {
            actions.push(apply(flip, &name, &words));
        }
    });
    let response = row.response();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{name}: {words}")));
    if response.clicked() {
        actions.push(Action::Reveal(ElementId::Component(flip.component.clone())));
    }
}

/// The changes of a flip as one step.
pub(in crate::ui::panels) fn apply(flip: &Flip, name: &str, words: &str) -> Action {
    let set =
        |change: &Change| Edit::SetTrait(flip.component.clone(), change.trait_id.clone(), Some(change.to.clone()));
    Action::edit(format!("{name}: {}", explain::in_sentence(words)), flip.changes.iter().map(set).collect())
}
