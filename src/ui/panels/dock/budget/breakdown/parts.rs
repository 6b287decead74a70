//! The parts in rows: name, person-weeks, weeks, money, share.

use std::sync::Arc;

use egui::Ui;

use super::{BreakdownState, cuts};
use crate::{
    assess::PartOf,
    export::csv_table,
    figures,
    lang::{t, tr},
    project::{ComponentId, ElementId},
    session::{Action, Request, Table},
    ui::{
        Actions, View,
        panels::dock::{
            order::{BUDGET, EFFORT, NAME, Order, SHARE, WEEKS, sorted},
            slices::{citation_of, colours_of},
            table::{self, Clicked, Column, RowView, table_ui},
        },
        theme::Face,
        widgets::text_size,
    },
};

/// From this width on there is a column for person-weeks, then one for weeks, then room for bars; all is said on hover.
const EFFORT_FROM: f32 = 346.0;
const WEEKS_FROM: f32 = 390.0;
const ROOMY_FROM: f32 = 500.0;
const EFFORT_WIDTH: f32 = 70.0;
/// Names that are measured: those of the most letters.
const MEASURED: usize = 24;
/// Room for the dot before a name and the mark of a paragraph behind it.
const BESIDE_NAME: f32 = 18.0;

/// Shows the table; gives the part that was clicked.
pub(super) fn parts_ui(
    ui: &mut Ui,
    view: &View<'_>,
    table: &Arc<Table>,
    (state, order): (&mut BreakdownState, &mut Order),
    actions: &mut Actions,
) -> Option<PartOf> {
    let money_width = text_size(ui, &table.columns.total.amount(view.money()), Face::SemiBold.at(12.5)).x.max(56.0);
    let names = names_width(ui, &table.names);
    let columns = columns(state, (names, money_width), ui.available_width());
    let order = order.of(view.session, table, state.sorting);
    let largest = table.columns.rows.iter().map(|row| row.share_per_mille).max().unwrap_or(1).max(1);
    let row = |ui: &Ui, at: usize| row_view(ui, view, table, &columns, (order[at], largest));
    let now = state.clone();
    let csv = |_: &Ui| csv(view, table, &now);
    let shown = table::Table {
        salt: "parts",
        playbook: &view.session.engine().playbook,
        columns: &columns,
        rows: order.len(),
        row: &row,
        total: Some(cells(view, t("Sum, P50"), &table.columns.total, &columns)),
        csv: Some(&csv),
    };
    match table_ui(ui, &shown, &mut state.sorting)? {
        Clicked::Row(at) => table.slices.get(*order.get(at)?).map(|slice| slice.of.clone()),
        Clicked::Citation(citation) => {
            actions.push(Action::Request(Request::Evidence(citation)));
            None
        }
    }
}

/// Width of the longest name, with what stands before and behind it.
fn names_width(ui: &Ui, names: &[String]) -> f32 {
    let most = names.iter().map(String::len).max().unwrap_or(0);
    let long = names.iter().filter(|name| name.len() * 5 >= most * 4).take(MEASURED);
    long.map(|name| text_size(ui, name, Face::Regular.at(12.5)).x).fold(0.0, f32::max) + BESIDE_NAME
}

/// The columns there is room for, known by their places among all five. Bars give way to names.
fn columns(state: &BreakdownState, (names, money): (f32, f32), width: f32) -> Vec<Column<'static>> {
    let roomy = width >= ROOMY_FROM;
    let column = |id, title, name, hover, width| Column { id, title, name, hover, width };
    let left = width - names - money - EFFORT_WIDTH - 44.0 - 4.0 * 12.0;
    let share = if roomy { left.clamp(52.0, 110.0) } else { 52.0 };
    let mut columns = vec![
        column(NAME, state.cut.label(), t("name"), "", 0.0),
        column(EFFORT, t("Person-weeks"), t("person-weeks"), t("Median effort"), EFFORT_WIDTH),
        column(WEEKS, t("Weeks"), t("weeks"), t("Its share of the median calendar, in weeks"), 44.0),
        column(BUDGET, t("Budget"), t("budget"), t("Its share of the median budget"), money),
        column(SHARE, t("Share"), t("share"), t("Of the median budget"), share),
    ];
    columns.retain(|column| match column.id {
        EFFORT => width >= EFFORT_FROM,
        WEEKS => width >= WEEKS_FROM,
        _ => true,
    });
    columns
}

/// The cells of a row in the columns that are shown.
fn cells(view: &View<'_>, name: &str, row: &figures::Row, columns: &[Column<'_>]) -> RowView {
    let all = [name.to_owned(), row.person_weeks(), row.weeks(), row.amount(view.money()), row.share()];
    RowView {
        said: all.join(", "),
        cells: columns.iter().filter_map(|column| all.get(column.id).cloned()).collect(),
        ..RowView::default()
    }
}

fn row_view(
    ui: &Ui,
    view: &View<'_>,
    table: &Table,
    columns: &[Column<'_>],
    (at, largest_per_mille): (usize, i128),
) -> RowView {
    let (slice, figures, name) = (&table.slices[at], &table.columns.rows[at], &table.names[at]);
    let framework = matches!(slice.of, PartOf::Component(_) | PartOf::Project);
    let citation = citation_of(view, &slice.of);
    let hover = tr!(
        "{name}\n{0}, {1} of the median budget\n{2} person-weeks, {3} weeks",
        figures.amount(view.money()),
        figures.share(),
        figures.person_weeks(),
        figures.weeks(),
        name
    );
    RowView {
        dot: framework.then(|| colours_of(ui, view, &slice.of).ink),
        leads: matches!(slice.of, PartOf::Component(_)) || citation.is_some(),
        citation,
        selected: matches!(&slice.of, PartOf::Component(id) if is_selected(view, id)),
        bar: Some(figures.share_per_mille as f32 / largest_per_mille as f32),
        hover,
        ..cells(view, name, figures, columns)
    }
}

fn is_selected(view: &View<'_>, id: &ComponentId) -> bool {
    view.session.selection().contains(&ElementId::Component(id.clone()))
}

/// The table for a spreadsheet, in the order it is shown in, with its figures as shown.
pub(super) fn csv(view: &View<'_>, table: &Table, state: &BreakdownState) -> String {
    let amount = view.money().code().to_lowercase();
    let header = [cuts(state.cut)[0].label(), t("person_weeks"), t("weeks"), &amount, t("share")];
    let row = |name: &str, row: &figures::Row| std::iter::once(name.to_owned()).chain(row.plain()).collect();
    let rows = sorted(table, state.sorting).into_iter().map(|i| row(&table.names[i], &table.columns.rows[i]));
    csv_table(&header, rows.chain(std::iter::once(row(t("Sum"), &table.columns.total))))
}
