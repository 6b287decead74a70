//! How long requests from outside take on their ways through the plan.

use std::collections::BTreeSet;

use egui::Ui;

use super::{
    super::{
        parts::lead,
        table::{Clicked, Column, RowView, Table, first_width, in_full, table_of_lines_ui},
    },
    CapacityState, Key, Sorted, column, order, time_key,
};
use crate::{
    assess::capacity::{RequestPath, TargetVerdict},
    explain::capacity as words,
    lang::{t, tr},
    project::{ComponentId, ElementId, Project},
    session::{Action, CanvasRequest, Request, Select},
    ui::{
        Actions, View, icons,
        theme::{Face, Tokens},
        widgets::{empty_state, text_size},
    },
};

const PATH: usize = 0;
const MEAN: usize = 1;
const P95: usize = 2;
const P99: usize = 3;
const STATE: usize = 4;
/// Most lines of a path in the table, how many paths are measured for that, and the room of the sign before the slowest.
const MOST_LINES: usize = 3;
const MEASURED: usize = 24;
const SIGN: f32 = 17.0;

pub(super) fn paths_ui(ui: &mut Ui, view: &View<'_>, state: &mut CapacityState, actions: &mut Actions) {
    let (project, paths) = (view.session.project(), &view.session.capacity().paths);
    let Some(slowest) = paths.first() else {
        empty_state(
            ui,
            icons::ROUTE,
            t("Draw who calls a service, and the ways of their requests are listed here"),
            None,
        );
        return;
    };
    lead(ui, sentence(slowest));
    let columns = columns(ui.available_width());
    let selection = view.session.selection();
    let sorting = state.sorting(Sorted::Paths);
    let order = order(paths.len(), *sorting, |row, column| key(view, &paths[row], column));
    let row = |ui: &Ui, at: usize| {
        let path = &paths[order[at]];
        let selected = is_selected(path, selection);
        RowView { selected, ..row_of(ui, view, (path, order[at] == 0), &columns) }
    };
    let csv = |ui: &Ui| {
        let all = self::columns(f32::INFINITY);
        in_full(&all, order.iter().map(|at| row_of(ui, view, (&paths[*at], *at == 0), &all).cells))
    };
    let table = Table {
        salt: "paths",
        playbook: &view.session.engine().playbook,
        columns: &columns,
        rows: paths.len(),
        row: &row,
        total: None,
        csv: Some(&csv),
    };
    let lines = lines(ui, view, &columns);
    if let Some(Clicked::Row(at)) = table_of_lines_ui(ui, &table, lines, sorting) {
        let path = &paths[order[at]];
        actions.push(Action::Select(Select::Only(elements(project, path).into_iter().collect())));
        actions.push(Action::Request(Request::Canvas(CanvasRequest::SeeSelection)));
        actions.push(Action::Request(Request::Say(tr!("Selected: {}", words::path(project, path)))));
    }
}

/// How many lines the paths take: those with the most stops are measured.
fn lines(ui: &Ui, view: &View<'_>, columns: &[Column<'_>]) -> usize {
    let paths = &view.session.capacity().paths;
    let room = first_width(ui, columns) - SIGN;
    let most = paths.iter().map(|path| path.steps.len()).max().unwrap_or(0);
    let longest = paths.iter().filter(|path| path.steps.len() + 1 >= most).take(MEASURED);
    let lines = longest.map(|path| {
        let width = text_size(ui, &words::path(view.session.project(), path), Face::Regular.at(12.5)).x;
        // Lines end between words, so that some of their room is lost.
        if width <= room { 1 } else { (width * 1.15 / room.max(1.0)).ceil() as usize }
    });
    lines.max().unwrap_or(1).clamp(1, MOST_LINES)
}

fn stops(path: &RequestPath) -> impl Iterator<Item = &ComponentId> {
    path.caller.iter().chain(path.steps.iter().map(|step| &step.component))
}

/// Whether exactly the components on a path are selected, whatever else is.
fn is_selected(path: &RequestPath, selection: &BTreeSet<ElementId>) -> bool {
    let selected = || selection.iter().filter(|element| matches!(element, ElementId::Component(_)));
    let count = stops(path).count();
    selected().take(count + 1).count() == count
        && stops(path).all(|id| selection.contains(&ElementId::Component(id.clone())))
}

/// The components on a path and what connects them.
fn elements(project: &Project, path: &RequestPath) -> BTreeSet<ElementId> {
    let first = path.caller.as_ref().zip(path.steps.first());
    let into_first = first.and_then(|(caller, first)| {
        let mut links = project.connections.iter();
        links.find(|(_, link)| link.from == *caller && link.to == first.component).map(|(id, _)| id.clone())
    });
    let links = path.steps.iter().filter_map(|step| step.by.clone()).chain(into_first);
    stops(path).cloned().map(ElementId::Component).chain(links.map(ElementId::Connection)).collect()
}

fn sentence(slowest: &RequestPath) -> String {
    match slowest.p95_s {
        Some(p95_s) if slowest.complete => tr!("The slowest requests take {} at p95", words::seconds(p95_s)),
        Some(p95_s) => {
            tr!("The slowest requests take at least {} at p95, as not all is known", words::seconds(p95_s))
        }
        None => t("Some requests wait longer and longer: a service on their way gets more than it can do").to_owned(),
    }
}

fn columns(width: f32) -> Vec<Column<'static>> {
    let all = [
        (0.0, column(PATH, t("Request path"), t("path"), 0.0, t("From outside to what it waits for longest"))),
        (0.0, column(MEAN, t("Mean"), t("mean"), 62.0, "")),
        (0.0, column(P95, "p95", "p95", 66.0, t("95 of 100 are answered within it"))),
        (500.0, column(P99, "p99", "p99", 66.0, t("99 of 100 are answered within it, where times vary much"))),
        (0.0, column(STATE, t("Target"), t("target"), 62.0, t("Whether the p95 is within that of the first service"))),
    ];
    all.into_iter().filter(|(from, _)| width >= *from).map(|(_, column)| column).collect()
}

fn key(view: &View<'_>, path: &RequestPath, column: usize) -> Key {
    match column {
        MEAN => time_key(path.mean_s),
        P95 => time_key(path.p95_s),
        P99 => time_key(path.p99_s),
        STATE => Key::Words(verdict(path).0.to_owned()),
        _ => Key::Words(words::path(view.session.project(), path)),
    }
}

/// Whether it is in time, in a word, and whether that is bad.
fn verdict(path: &RequestPath) -> (&'static str, bool) {
    match path.target {
        TargetVerdict::None if path.p95_s.is_none() => (t("unbounded"), true),
        TargetVerdict::None => ("–", false),
        TargetVerdict::Met => (t("meets"), false),
        TargetVerdict::Missed => (t("misses"), true),
        TargetVerdict::Unknown => (t("unknown"), false),
    }
}

fn row_of(ui: &Ui, view: &View<'_>, (path, slowest): (&RequestPath, bool), columns: &[Column<'_>]) -> RowView {
    let (tokens, project) = (Tokens::of(ui), view.session.project());
    let (word, bad) = verdict(path);
    let least = if path.complete { "" } else { "≥ " };
    let time = |time_s: Option<f64>| match time_s {
        Some(time_s) => format!("{least}{}", words::seconds(time_s)),
        None => t("unbounded").to_owned(),
    };
    let name = words::path(project, path);
    let cell = |column: &Column<'_>| match column.id {
        MEAN => time(path.mean_s),
        P95 => time(path.p95_s),
        P99 => time(path.p99_s),
        STATE => word.to_owned(),
        _ => name.clone(),
    };
    let ink = |column: &Column<'_>| match column.id {
        P95 | STATE if bad => Some(tokens.error.ink),
        P95 if slowest => Some(tokens.accent.ink),
        STATE if path.target == TargetVerdict::Unknown => Some(tokens.warning.ink),
        _ => None,
    };
    let mut hover = vec![name.clone()];
    let stop = |step: &crate::assess::capacity::PathStep| {
        tr!("{0}: {1} of its own", project.component_name(&step.component), words::seconds(step.own_s))
    };
    hover.extend(path.steps.iter().map(stop));
    hover.push(t("Click to select it on the sheet").to_owned());
    let mark = if slowest { t(", the slowest") } else { "" };
    RowView {
        cells: columns.iter().map(cell).collect(),
        said: format!("{name}: p95 {}{mark}", time(path.p95_s)),
        inks: columns.iter().map(ink).collect(),
        icon: slowest.then_some(icons::TIMER),
        hover: hover.join("\n"),
        leads: true,
        ..RowView::default()
    }
}
