//! A short list of services with a framework and a figure each, for topics that have nothing else to show.

use egui::{Align, Layout, Role, Sense, Ui, WidgetInfo};
use egui_extras::{Column, TableBuilder, TableRow};

use super::{cell, copy_as, head, right};
use crate::{
    lang::{t, tr},
    project::{ComponentId, ElementId, FrameworkId},
    session::Action,
    ui::{
        Actions, View,
        theme::{Face, Tokens, text},
        widgets::framework_badge,
    },
};

/// Services that such a list names.
pub(super) const SHOWN: usize = 8;

/// A service, a framework and a figure.
pub(super) struct Entry<'a> {
    pub(super) component: &'a ComponentId,
    pub(super) framework: &'a FrameworkId,
    pub(super) figure: String,
}

/// Below this width the columns are narrower.
const NARROW: f32 = 340.0;

/// The list; the heads are of the framework and of the figure.
pub(super) fn short_list_ui(
    ui: &mut Ui,
    view: &View<'_>,
    entries: &[Entry<'_>],
    heads: [(&str, &str); 2],
    actions: &mut Actions,
) {
    let place = ui.available_rect_before_wrap();
    ui.spacing_mut().item_spacing.x = 10.0;
    let (badge, figure) = if ui.available_width() < NARROW { (92.0, 66.0) } else { (130.0, 76.0) };
    let name = (ui.available_width() - badge - figure - 40.0).clamp(60.0, 220.0);
    let table = TableBuilder::new(ui)
        .id_salt("short list")
        .sense(Sense::click())
        .auto_shrink([false, false])
        .min_scrolled_height(60.0)
        .cell_layout(Layout::left_to_right(Align::Center))
        .column(Column::exact(name).clip(true))
        .column(Column::exact(badge).clip(true))
        .column(Column::exact(figure));
    table
        .header(20.0, |mut header| {
            header.col(|ui| head(ui, t("Service"), ""));
            header.col(|ui| head(ui, heads[0].0, heads[0].1));
            header.col(|ui| right(ui, |ui| head(ui, heads[1].0, heads[1].1)));
        })
        .body(|body| {
            body.rows(26.0, entries.len(), |mut row| {
                let entry = &entries[row.index()];
                entry_row(&mut row, view, entry, actions);
            });
        });
    let playbook = &view.session.engine().playbook;
    let row = |entry: &Entry<'_>| {
        let name = view.session.project().component_name(entry.component);
        vec![name, crate::explain::framework(playbook, entry.framework).to_owned(), entry.figure.clone()]
    };
    let rows = || entries.iter().map(row).collect();
    copy_as(ui, place, "services", &[t("Service"), heads[0].0, heads[1].0], &rows);
}

fn entry_row(row: &mut TableRow<'_, '_>, view: &View<'_>, entry: &Entry<'_>, actions: &mut Actions) {
    let name = view.session.project().component_name(entry.component);
    let element = ElementId::Component(entry.component.clone());
    row.set_selected(view.session.selection().contains(&element));
    row.col(|ui| cell(ui, &name, Face::Medium, Tokens::of(ui).text));
    row.col(|ui| drop(framework_badge(ui, &view.session.engine().playbook, entry.framework)));
    row.col(|ui| right(ui, |ui| ui.label(text(&entry.figure, Face::Regular, 12.5))));
    let response = row.response();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, tr!("Show {name}", name)));
    if response.clicked() {
        actions.push(Action::Reveal(element));
    }
}
