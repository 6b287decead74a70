//! What crosses between frameworks and what a second one brings, with its price.

use egui::{Align, Layout, Role, Sense, Ui, WidgetInfo};
use egui_extras::{Column, TableBuilder, TableRow};

use super::{
    cell, head, lead, remark, right,
    short_list::{self, Entry, short_list_ui},
};
use crate::{
    assess::{ComponentAdvice, Crossing, SeamWork, Sums},
    explain, figures,
    project::{ComponentId, ElementId},
    session::Action,
    ui::{
        Actions, View, icons,
        panels::shares,
        theme::{Face, Tokens, icon, text},
    },
};

/// A line of the table.
enum Line<'a> {
    Crossing(&'a Crossing),
    Mixing(&'a SeamWork),
    Sum,
}

pub(super) fn seam_ui(ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
    let seam = &view.session.assessment().estimate.seam;
    if seam.is_empty() {
        lead(ui, "There is no seam: one framework serves the whole");
        without_ui(ui, view, actions);
        return;
    }
    let sums = seam.sums();
    let count = match seam.crossings.len() {
        0 => "No connection crosses".to_owned(),
        1 => "1 connection crosses".to_owned(),
        count => format!("{count} connections cross"),
    };
    let work = figures::person_weeks(sums.person_weeks);
    lead(ui, format!("{count}. The seam costs {work} and {} of the budget", view.money().short(sums.usd)));
    let weight = format!("It weighs {:.1} dB in the verdict, {:.1} of them for", seam.cost_db(), seam.mixing_db);
    remark(ui, format!("{weight} a second framework. All of its work is in the estimate already"));
    let mut lines: Vec<Line<'_>> = seam.crossings.iter().map(Line::Crossing).collect();
    lines.extend(seam.mixing.iter().map(Line::Mixing));
    lines.push(Line::Sum);
    table_ui(ui, view, &lines, actions);
}

/// Without a seam: who would want one.
fn without_ui(ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
    let mut leaning: Vec<(&ComponentId, &ComponentAdvice)> =
        view.session.assessment().components.iter().filter(|(_, advice)| shares::overruled(advice)).collect();
    leaning.sort_by(|a, b| shares::given_up_db(b.1).total_cmp(&shares::given_up_db(a.1)));
    if leaning.is_empty() {
        remark(ui, "No service leans to another one. Pin one to another framework to see what a seam would cost");
        return;
    }
    remark(ui, "These lean to another one. Choose one and pin it to that to see what the seam would cost");
    let entries = leaning.iter().take(short_list::SHOWN).map(|(component, advice)| Entry {
        component,
        framework: &advice.best,
        figure: format!("{:.1}", shares::given_up_db(advice)),
    });
    let entries: Vec<Entry<'_>> = entries.collect();
    let heads = [("Leans to", "What its own evidence favours"), ("By, dB", "What it gives up for the whole system")];
    short_list_ui(ui, view, &entries, heads, actions);
}

fn table_ui(ui: &mut Ui, view: &View<'_>, lines: &[Line<'_>], actions: &mut Actions) {
    ui.spacing_mut().item_spacing.x = 10.0;
    let table = TableBuilder::new(ui)
        .id_salt("seam")
        .sense(Sense::click())
        .auto_shrink([false, false])
        .min_scrolled_height(60.0)
        .cell_layout(Layout::left_to_right(Align::Center))
        .column(Column::remainder().at_least(110.0).clip(true))
        .column(Column::exact(136.0).clip(true))
        .column(Column::exact(84.0).clip(true))
        .column(Column::exact(32.0))
        .columns(Column::exact(76.0), 2);
    table
        .header(20.0, |mut header| {
            header.col(|ui| head(ui, "What", ""));
            header.col(|ui| head(ui, "From, to", ""));
            header.col(|ui| head(ui, "By", "Protocol of the connection"));
            header.col(|ui| right(ui, |ui| head(ui, "dB", "What it weighs in the verdict")));
            header.col(|ui| right(ui, |ui| head(ui, "Person-weeks", "")));
            header.col(|ui| right(ui, |ui| head(ui, "Budget", &format!("{}, P50", view.money().unit()))));
        })
        .body(|body| {
            body.rows(26.0, lines.len(), |mut row| match &lines[row.index()] {
                Line::Crossing(crossing) => crossing_row(&mut row, view, crossing, actions),
                Line::Mixing(work) => mixing_row(&mut row, view, work),
                Line::Sum => {
                    let seam = &view.session.assessment().estimate.seam;
                    row.col(|ui| cell(ui, "Together", Face::SemiBold, Tokens::of(ui).text));
                    row.col(|_| {});
                    row.col(|_| {});
                    figures_ui(&mut row, view, Some(seam.cost_db()), seam.sums(), Face::SemiBold);
                }
            });
        });
}

fn mixing_row(row: &mut TableRow<'_, '_>, view: &View<'_>, work: &SeamWork) {
    let item = view.session.engine().playbook.work_items.get(&work.work_item);
    let label = item.map_or(work.work_item.as_str(), |item| &item.label);
    row.col(|ui| {
        let words = egui::Label::new(text(label, Face::Regular, 12.5)).truncate();
        ui.add(words).on_hover_text(item.map_or("", |item| &item.reason));
    });
    row.col(|_| {});
    row.col(|_| {});
    figures_ui(row, view, None, work.sums, Face::Regular);
}

fn crossing_row(row: &mut TableRow<'_, '_>, view: &View<'_>, crossing: &Crossing, actions: &mut Actions) {
    let session = view.session;
    let playbook = &session.engine().playbook;
    let element = ElementId::Connection(crossing.connection.clone());
    let name = session.project().name_of(&element);
    row.set_selected(session.selection().contains(&element));
    row.col(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.label(icon(icons::LINK, 12.0).color(Tokens::of(ui).warning.ink));
        cell(ui, &name, Face::Medium, Tokens::of(ui).text);
    });
    let (from, to) = (explain::framework(playbook, &crossing.from), explain::framework(playbook, &crossing.to));
    row.col(|ui| cell(ui, &format!("{from} → {to}"), Face::Regular, Tokens::of(ui).text));
    let link = session.project().connections.get(&crossing.connection);
    let protocol = link.map_or("", |link| link.protocol.label());
    row.col(|ui| cell(ui, protocol, Face::Regular, Tokens::of(ui).muted));
    figures_ui(row, view, Some(crossing.cost_db), crossing.sums(), Face::Regular);
    let response = row.response();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Show {name}")));
    if response.clicked() {
        actions.push(Action::Reveal(element));
    }
}

fn figures_ui(row: &mut TableRow<'_, '_>, view: &View<'_>, cost_db: Option<f64>, sums: Sums, face: Face) {
    let db = cost_db.map_or_else(String::new, |db| format!("{db:.1}"));
    for words in [db, format!("{:.1}", sums.person_weeks), view.money().short(sums.usd)] {
        row.col(|ui| right(ui, |ui| ui.label(text(words, face, 12.5))));
    }
}
