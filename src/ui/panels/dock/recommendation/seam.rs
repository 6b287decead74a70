//! What crosses between frameworks and what a second one brings, with its price.

use egui::{Align, Layout, Role, Sense, Ui, WidgetInfo, vec2};
use egui_extras::{Column, TableBuilder, TableRow};

use super::{
    cell, copy_as, head, lead, remark, right,
    short_list::{self, Entry, short_list_ui},
};
use crate::{
    assess::{ComponentAdvice, Crossing, SeamWork, Sums},
    explain,
    figures::{self, Columns, Row},
    lang::{t, tr},
    project::{ComponentId, ElementId},
    session::Action,
    ui::{
        Actions, View, icons,
        panels::shares,
        theme::{Face, Tokens, icon, text},
        widgets::hairline,
    },
};

/// A line of the table.
enum Line<'a> {
    Crossing(&'a Crossing),
    /// What each framework after the first weighs in itself, whatever crosses.
    Further,
    Mixing(&'a SeamWork),
}

pub(super) fn seam_ui(ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
    let seam = &view.session.assessment().estimate.seam;
    if seam.is_empty() {
        lead(ui, t("There is no seam: one framework serves the whole"));
        without_ui(ui, view, actions);
        return;
    }
    let sums = seam.sums();
    let count = match seam.crossings.len() {
        0 => t("No connection crosses").to_owned(),
        1 => t("1 connection crosses").to_owned(),
        count => tr!("{count} connections cross", count),
    };
    let work = figures::person_weeks(sums.person_weeks);
    lead(ui, tr!("{count}. The seam costs {work} and {} of the budget", view.money().short(sums.usd), count, work));
    let weight = tr!(
        "It weighs {0} dB in the verdict, {1} of them for",
        crate::text::figure(seam.cost_db(), 1),
        crate::text::figure(seam.mixing_db, 1)
    );
    remark(ui, tr!("{weight} a second framework. All of its work is in the estimate already", weight));
    let crossings = seam.crossings.iter().map(|crossing| (Line::Crossing(crossing), crossing.cost_db, crossing.sums()));
    let further = (seam.mixing_db > 0.0).then_some((Line::Further, seam.mixing_db, Sums::default()));
    let mixing = seam.mixing.iter().map(|work| (Line::Mixing(work), 0.0, work.sums));
    let lines: Vec<(Line<'_>, f64, Sums)> = crossings.chain(further).chain(mixing).collect();
    table_ui(ui, view, &lines, actions);
}

/// Without a seam: who would want one.
fn without_ui(ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
    let mut leaning: Vec<(&ComponentId, &ComponentAdvice)> =
        view.session.assessment().components.iter().filter(|(_, advice)| shares::overruled(advice)).collect();
    leaning.sort_by(|a, b| shares::given_up_db(b.1).total_cmp(&shares::given_up_db(a.1)));
    if leaning.is_empty() {
        remark(ui, t("No service leans to another one. Pin one to another framework to see what a seam would cost"));
        return;
    }
    remark(ui, t("These lean to another one. Choose one and pin it to that to see what the seam would cost"));
    let entries = leaning.iter().take(short_list::SHOWN).map(|(component, advice)| Entry {
        component,
        framework: &advice.best,
        figure: crate::text::figure(shares::given_up_db(advice), 1),
    });
    let entries: Vec<Entry<'_>> = entries.collect();
    let heads = [
        (t("Leans to"), t("What its own evidence favours")),
        (t("By, dB"), t("What it gives up for the whole system")),
    ];
    short_list_ui(ui, view, &entries, heads, actions);
}

/// Height of a row.
const ROW: f32 = 26.0;
const HEAD: f32 = 20.0;

/// From these widths on there are columns for the protocol, and for the frameworks.
const PROTOCOL_FROM: f32 = 600.0;
const FRAMEWORKS_FROM: f32 = 440.0;

/// Which of the columns of words are shown.
#[derive(Clone, Copy)]
struct Shown {
    frameworks: bool,
    protocol: bool,
}

impl Shown {
    /// Leaves the columns of words empty.
    fn none(self, row: &mut TableRow<'_, '_>) {
        for _ in 0..usize::from(self.frameworks) + usize::from(self.protocol) {
            row.col(|_| {});
        }
    }
}

/// A table in the columns of the seam, at most so high.
fn columns<'a>(ui: &'a mut Ui, shown: Shown, salt: &str, height: f32) -> TableBuilder<'a> {
    let narrow = !shown.frameworks;
    let table = TableBuilder::new(ui)
        .id_salt(salt)
        .sense(Sense::click())
        .auto_shrink([false, true])
        .min_scrolled_height(ROW.min(height))
        .max_scroll_height(height)
        .cell_layout(Layout::left_to_right(Align::Center))
        .column(Column::remainder().at_least(60.0).clip(true));
    let table = if shown.frameworks { table.column(Column::exact(136.0).clip(true)) } else { table };
    let table = if shown.protocol { table.column(Column::exact(84.0).clip(true)) } else { table };
    table.column(Column::exact(32.0)).column(Column::exact(76.0)).column(Column::exact(if narrow {
        56.0
    } else {
        76.0
    }))
}

/// The lines, and below them, however far they are scrolled, what they sum to as they are written.
fn table_ui(ui: &mut Ui, view: &View<'_>, lines: &[(Line<'_>, f64, Sums)], actions: &mut Actions) {
    let place = ui.available_rect_before_wrap();
    ui.spacing_mut().item_spacing = vec2(10.0, 0.0);
    let width = ui.available_width();
    let shown = Shown { frameworks: width >= FRAMEWORKS_FROM, protocol: width >= PROTOCOL_FROM };
    let sums = Columns::new(view.money(), &lines.iter().map(|(_, _, sums)| *sums).collect::<Vec<_>>());
    let decibans: Vec<f64> = lines.iter().map(|(_, db, _)| *db).collect();
    let (db, all_db) = figures::tenths(&decibans);
    let room = (ui.available_height() - HEAD - ROW - 4.0).max(ROW);
    columns(ui, shown, "seam", room)
        .header(HEAD, |mut header| {
            header.col(|ui| head(ui, t("What"), ""));
            if shown.frameworks {
                header.col(|ui| head(ui, t("From, to"), ""));
            }
            if shown.protocol {
                header.col(|ui| head(ui, t("By"), t("Protocol of the connection")));
            }
            header.col(|ui| right(ui, |ui| head(ui, "dB", t("What it weighs in the verdict"))));
            header.col(|ui| right(ui, |ui| head(ui, t("Person-weeks"), t("Median effort"))));
            header.col(|ui| right(ui, |ui| head(ui, t("Budget"), &format!("{}, P50", view.money().unit()))));
        })
        .body(|body| {
            body.rows(ROW, lines.len(), |mut row| {
                let at = row.index();
                let (line, _, of) = &lines[at];
                let db = if matches!(line, Line::Mixing(_)) { "" } else { &db[at] };
                let sums = (*of != Sums::default()).then_some(sums.rows[at]);
                match line {
                    Line::Crossing(crossing) => crossing_row(&mut row, view, crossing, (shown, db, sums), actions),
                    Line::Further => further_row(&mut row, view, (shown, db, sums)),
                    Line::Mixing(work) => mixing_row(&mut row, view, work, (shown, db, sums)),
                }
            });
        });
    hairline(ui);
    columns(ui, shown, "seam-sum", ROW).body(|mut body| {
        body.row(ROW, |mut row| {
            row.col(|ui| cell(ui, t("Together"), Face::SemiBold, Tokens::of(ui).text));
            shown.none(&mut row);
            figures_ui(&mut row, view, (shown, &all_db, Some(sums.total)), Face::SemiBold);
        });
    });
    let rows = || {
        let figures = |db: &str, row: Option<Row>| {
            let work = row.map_or_else(<[String; 2]>::default, |row| [row.person_weeks(), row.amount(view.money())]);
            std::iter::once(db.to_owned()).chain(work).collect::<Vec<_>>()
        };
        let line = |(at, (line, _, of)): (usize, &(Line<'_>, f64, Sums))| {
            let db = if matches!(line, Line::Mixing(_)) { "" } else { &db[at] };
            [copied_words(view, line), figures(db, (*of != Sums::default()).then_some(sums.rows[at]))].concat()
        };
        let together =
            [vec![t("Together").to_owned(); 1], vec![String::new(); 2], figures(&all_db, Some(sums.total))].concat();
        lines.iter().enumerate().map(line).chain([together]).collect()
    };
    copy_as(ui, place, t("seam"), &[t("What"), t("From, to"), t("By"), "dB", t("Person-weeks"), t("Budget")], &rows);
}

/// Which columns of words there are, and what is in those of figures: decibans, and what the work comes to if there is any.
type Figures<'a> = (Shown, &'a str, Option<Row>);

/// What a line is, between which frameworks, and by which protocol.
fn copied_words(view: &View<'_>, line: &Line<'_>) -> Vec<String> {
    let playbook = &view.session.engine().playbook;
    let project = view.session.project();
    match line {
        Line::Crossing(crossing) => {
            let (from, to) = (explain::framework(playbook, &crossing.from), explain::framework(playbook, &crossing.to));
            let link = project.connections.get(&crossing.connection);
            vec![
                project.name_of(&ElementId::Connection(crossing.connection.clone())),
                format!("{from} → {to}"),
                link.map_or("", |link| link.protocol.label()).to_owned(),
            ]
        }
        Line::Further => vec![t("A second framework in itself").to_owned(), String::new(), String::new()],
        Line::Mixing(work) => {
            let item = playbook.work_items.get(&work.work_item);
            let label = item.map_or(work.work_item.as_str(), |item| &item.label);
            vec![label.to_owned(), String::new(), String::new()]
        }
    }
}

fn further_row(row: &mut TableRow<'_, '_>, view: &View<'_>, figures: Figures<'_>) {
    let each_db = view.session.engine().playbook.estimate.second_framework_db;
    let why = tr!(
        "{each_db} dB for each framework after the first, which is learned, released and kept beside it. What work that makes is \
         counted apart",
        each_db = crate::text::figure(each_db, 1)
    );
    row.col(|ui| {
        let words = egui::Label::new(text(t("A second framework in itself"), Face::Regular, 12.5)).truncate();
        ui.add(words).on_hover_text(why);
    });
    figures.0.none(row);
    figures_ui(row, view, figures, Face::Regular);
}

fn mixing_row(row: &mut TableRow<'_, '_>, view: &View<'_>, work: &SeamWork, figures: Figures<'_>) {
    let item = view.session.engine().playbook.work_items.get(&work.work_item);
    let label = item.map_or(work.work_item.as_str(), |item| &item.label);
    row.col(|ui| {
        let words = egui::Label::new(text(label, Face::Regular, 12.5)).truncate();
        ui.add(words).on_hover_text(item.map_or("", |item| &item.reason));
    });
    figures.0.none(row);
    figures_ui(row, view, figures, Face::Regular);
}

fn crossing_row(
    row: &mut TableRow<'_, '_>,
    view: &View<'_>,
    crossing: &Crossing,
    figures: Figures<'_>,
    actions: &mut Actions,
) {
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
    let shown = figures.0;
    if shown.frameworks {
        row.col(|ui| cell(ui, &format!("{from} → {to}"), Face::Regular, Tokens::of(ui).text));
    }
    let link = session.project().connections.get(&crossing.connection);
    let protocol = link.map_or("", |link| link.protocol.label());
    if shown.protocol {
        row.col(|ui| cell(ui, protocol, Face::Regular, Tokens::of(ui).muted));
    }
    figures_ui(row, view, figures, Face::Regular);
    let response = row.response();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, tr!("Show {name}", name)));
    let response =
        response.on_hover_ui(|ui| drop(ui.label(tr!("{name}\n{from} → {to} by {protocol}", name, from, to, protocol))));
    if response.clicked() {
        actions.push(Action::Reveal(element));
    }
}

fn figures_ui(row: &mut TableRow<'_, '_>, view: &View<'_>, (_, db, sums): Figures<'_>, face: Face) {
    let work = sums.map_or_else(<[String; 2]>::default, |sums| [sums.person_weeks(), sums.amount(view.money())]);
    for words in std::iter::once(db.to_owned()).chain(work) {
        row.col(|ui| right(ui, |ui| ui.label(text(words, face, 12.5))));
    }
}
