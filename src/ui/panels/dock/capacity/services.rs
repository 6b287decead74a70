//! Every service with its load, how busy it is and whether it is in time; beside them one of them on every server.

use egui::Ui;

use super::{
    super::{
        parts::{ROOMY, lead},
        table::{Clicked, Column, RowView, Table, in_full, table_ui},
        two_columns_from,
    },
    CapacityState, Key, Sorted, column,
    columns::{self, GAP, width_of},
    order, room, servers,
    state::{State, p95_of},
    time_key,
};
use crate::{
    assess::capacity::{Capacity, ServiceCapacity},
    explain::capacity as words,
    figures,
    lang::{t, tr},
    project::ComponentId,
    ui::{
        Actions, View, icons,
        theme::{Face, Tokens, space, text},
        widgets::{framework_look, text_size},
    },
};

const NAME: usize = 0;
const LOAD: usize = 1;
const P95: usize = 2;
const STATE: usize = 3;
const BUSY: usize = 4;
/// Room for a name of some fourteen signs, with the signs before it.
const LEAST_NAME: f32 = 124.0;
/// A name that needs more room than this is cut rather than that figures go.
const MOST_NAME: f32 = 190.0;
/// The sign before the name of the service that breaks first.
const SIGN: f32 = 17.0;
/// Of very many services only the first ones say how much room names need.
const MOST_MEASURED: usize = 100;
/// The share of the width that the list takes beside a service.
const LIST: f32 = 0.385;
/// The same where there is little room.
const SLIM_LIST: f32 = 0.38;
/// From this width on, a service stands beside the list: else it would be out of sight below it.
const BESIDE_FROM: f32 = 520.0;

pub(super) fn services_ui(ui: &mut Ui, view: &View<'_>, state: &mut CapacityState, actions: &mut Actions) {
    let capacity = view.session.capacity();
    let looked_at = state.looked_at(view, capacity).cloned();
    let width = ui.available_width();
    let services: Vec<(&ComponentId, &ServiceCapacity)> = capacity.services.iter().collect();
    let with_target = looked_at.as_ref().and_then(|id| capacity.services.get(id)?.target_s).is_some();
    let wanted = names_width(ui, view, &services) + GAP + state_width(ui, &services);
    let share = list_share(width, wanted, columns::least(state.figures, with_target));
    let beside = if width < BESIDE_FROM { width } else { width - (width * share).round() };
    let offered = !columns::all_fit(beside, with_target);
    head_ui(ui, view, offered.then_some(&mut state.figures));
    let mut subject = (state, actions);
    two_columns_from(
        ui,
        (BESIDE_FROM, share),
        &mut subject,
        |ui, (state, actions)| list_ui(ui, view, state, looked_at.as_ref(), actions),
        |ui, (state, actions), scrolls| {
            let found = looked_at.as_ref().and_then(|id| capacity.services.get_key_value(id));
            if let Some((id, service)) = found {
                servers::service_ui(ui, view, state, (id, service), scrolls, actions);
            }
        },
    );
}

/// The answer in a sentence, beside it the choice of figures where there is no room for all of them, and what is left out.
fn head_ui(ui: &mut Ui, view: &View<'_>, figures: Option<&mut columns::Figures>) {
    let (project, capacity) = (view.session.project(), view.session.capacity());
    let headline = words::headline(project, capacity);
    match figures {
        None => {
            lead(ui, headline);
        }
        Some(figures) => {
            let room = ui.available_width() - columns::choice_width(ui) - space::SMALL;
            ui.horizontal_top(|ui| {
                ui.allocate_ui(egui::vec2(room, 0.0), |ui| {
                    ui.set_width(room);
                    lead(ui, headline);
                });
                columns::choice_ui(ui, figures);
            });
        }
    }
    if let Some(circles) = words::circles(project, capacity) {
        let ink = Tokens::of(ui).warning.ink;
        ui.add(egui::Label::new(text(circles, Face::Regular, 12.0).color(ink)).wrap());
    }
}

/// The share of the width that the list takes: more where names would be cut otherwise, and what stands beside it keeps the room it needs.
fn list_share(width: f32, wanted: f32, beside: f32) -> f32 {
    let share = if width < ROOMY { SLIM_LIST } else { LIST };
    let most = ((width - beside) / width).max(share);
    ((wanted + space::LARGE) / width).clamp(share, most)
}

/// The room that names need with the sign before one of them, as far as it is to be had.
fn names_width(ui: &Ui, view: &View<'_>, services: &[(&ComponentId, &ServiceCapacity)]) -> f32 {
    let first = view.session.capacity().bottleneck.as_ref().map(|bottleneck| &bottleneck.component);
    let width = |id: &ComponentId| {
        let words = text_size(ui, &view.session.project().component_name(id), Face::Regular.at(12.5)).x;
        words.ceil() + if first == Some(id) { SIGN } else { 0.0 }
    };
    services.iter().take(MOST_MEASURED).map(|(id, _)| width(id)).fold(0.0, f32::max).min(MOST_NAME)
}

/// The columns that there is room for: a name that cannot be told from another is worth less than any figure of it.
fn list_columns(width: f32, state_width: f32, names: f32) -> Vec<Column<'static>> {
    let all = [
        (0.0, column(NAME, t("Service"), t("service"), 0.0, "")),
        (520.0, column(LOAD, t("Load"), t("load"), 62.0, t("Requests a second"))),
        (
            360.0,
            column(
                P95,
                t("p95 / target"),
                "p95",
                88.0,
                t("95 of 100 answers come within it as planned; behind it what is to hold"),
            ),
        ),
        (
            0.0,
            column(
                STATE,
                t("State"),
                t("state"),
                state_width,
                t("Whether it holds its load and its target as planned"),
            ),
        ),
        (
            300.0,
            column(
                BUSY,
                t("Busy"),
                t("how busy"),
                84.0,
                t("The share of what is scarcest, processors or slots, as planned"),
            ),
        ),
    ];
    let mut shown: Vec<_> = all.into_iter().filter(|(from, _)| width >= *from).map(|(_, column)| column).collect();
    for least in [LOAD, P95, BUSY] {
        if width - width_of(&shown) >= names.clamp(LEAST_NAME, MOST_NAME) {
            break;
        }
        shown.retain(|column| column.id != least);
    }
    shown
}

/// What the states of these services need, and their head with the sign of what is sorted by it.
fn state_width(ui: &Ui, services: &[(&ComponentId, &ServiceCapacity)]) -> f32 {
    const SIGN: f32 = 13.0;
    let words = |state: State| text_size(ui, state.word(), Face::Medium.at(12.5)).x;
    let head = text_size(ui, t("State"), Face::SemiBold.at(11.0)).x + SIGN;
    services.iter().map(|(_, service)| words(State::of(service))).fold(head, f32::max).ceil()
}

fn list_ui(
    ui: &mut Ui,
    view: &View<'_>,
    state: &mut CapacityState,
    looked_at: Option<&ComponentId>,
    actions: &mut Actions,
) {
    let (capacity, room) = (view.session.capacity(), room(view));
    let services: Vec<(&ComponentId, &ServiceCapacity)> = capacity.services.iter().collect();
    let names = names_width(ui, view, &services);
    let columns = list_columns(ui.available_width(), state_width(ui, &services), names);
    let sorting = state.sorting(Sorted::Services);
    let order = order(services.len(), *sorting, |row, column| key(view, services[row], column));
    let row = |ui: &Ui, at: usize| {
        let (id, service) = services[order[at]];
        RowView { selected: looked_at == Some(id), ..row_of(ui, view, (capacity, room), (id, service), &columns) }
    };
    let total = total(view, capacity, ui.available_width());
    let said = total.as_ref().map(|total| vec![total.said.clone()]);
    let csv = |ui: &Ui| {
        let all = list_columns(f32::INFINITY, 0.0, 0.0);
        let of = |at: &usize| row_of(ui, view, (capacity, room), services[*at], &all).cells;
        in_full(&all, order.iter().map(of).chain(said.clone()))
    };
    let table = Table {
        salt: "services",
        playbook: &view.session.engine().playbook,
        columns: &columns,
        rows: services.len(),
        row: &row,
        total,
        csv: Some(&csv),
    };
    if let Some(Clicked::Row(at)) = table_ui(ui, &table, sorting) {
        let id = services[order[at]].0.clone();
        state.look_at(&id, actions);
    }
}

fn key(view: &View<'_>, (id, service): (&ComponentId, &ServiceCapacity), column: usize) -> Key {
    let unknown_first = |figure: Option<f64>| Key::Figure(figure.unwrap_or(f64::NEG_INFINITY));
    match column {
        LOAD => unknown_first(service.load.rate_per_s),
        P95 => time_key(service.planned().and_then(|planned| planned.answers.p95_s())),
        STATE => Key::Figure(-f64::from(State::of(service) as u8)),
        BUSY => unknown_first(service.planned().and_then(|planned| planned.utilisation)),
        _ => Key::Words(view.session.project().component_name(id)),
    }
}

fn row_of(
    ui: &Ui,
    view: &View<'_>,
    (capacity, room): (&Capacity, f64),
    (id, service): (&ComponentId, &ServiceCapacity),
    columns: &[Column<'_>],
) -> RowView {
    let (tokens, playbook, project) = (Tokens::of(ui), &view.session.engine().playbook, view.session.project());
    let state = State::of(service);
    let utilisation = service.planned().and_then(|planned| planned.utilisation);
    let name = project.component_name(id);
    let first = capacity.bottleneck.as_ref().is_some_and(|bottleneck| bottleneck.component == *id);
    let load = service.load.rate_per_s.map_or_else(|| "–".to_owned(), words::rate);
    let cell = |column: &Column<'_>| match column.id {
        LOAD => load.clone(),
        P95 => p95_of(service),
        STATE => state.word().to_owned(),
        BUSY => words::utilisation(utilisation),
        _ => name.clone(),
    };
    let with_bar = columns.last().is_some_and(|column| column.id == BUSY);
    let mut said = vec![words::load(playbook, project, &service.load)];
    if let Some(chosen) = service.chosen() {
        said.push(tr!("{0} busy, {1}", words::utilisation(utilisation), words::answers(chosen)));
    }
    said.extend(words::why_unbounded(project, service).map(|[_, full]| full));
    said.extend(words::workers(service));
    said.extend(words::target_of(playbook, project, service));
    if first {
        said.push(t("Breaks first when all loads grow together").to_owned());
    }
    RowView {
        cells: columns.iter().map(cell).collect(),
        said: tr!(
            "{name}: {0}, {1} busy{2}",
            state.word(),
            words::utilisation(utilisation),
            if first { t(", breaks first") } else { "" },
            name
        ),
        inks: columns.iter().map(|column| state.ink(tokens).filter(|_| column.id == STATE)).collect(),
        icon: first.then_some(icons::FILTER),
        // Where there is little room, it is told beside the list.
        dot: service.chosen().filter(|_| with_bar).map(|server| framework_look(ui, playbook, &server.framework).1.ink),
        bar: with_bar.then(|| utilisation.map_or(0.0, |share| share.min(1.0) as f32)),
        bar_ink: Some(state.bar_ink(tokens, utilisation, room)),
        hover: said.join("\n"),
        keeps_ends: true,
        leads: true,
        ..RowView::default()
    }
}

/// What all planned deployments come to, in one line.
fn total(view: &View<'_>, capacity: &Capacity, width: f32) -> Option<RowView> {
    let totals = Some(&capacity.totals).filter(|totals| totals.services > 0)?;
    let cost = tr!("{} a month", view.money().full(totals.usd_per_month));
    let processes = words::processes(totals.processes);
    let unknown = match totals.unknown {
        0 => String::new(),
        count => tr!("; {} of unknown load not in it", figures::counted(&count.to_string(), figures::Unit::Service)),
    };
    let on = tr!("on {}", figures::counted(&figures::amount(totals.cpus as f64), figures::Unit::Processor));
    let memory = words::memory(totals.memory_mb);
    let said = tr!("As planned: {processes} {on}, {memory}, {cost}{unknown}", processes, on, memory, cost, unknown);
    let words = match width {
        slim if slim < ROOMY * 0.6 => format!("{processes}, {cost}"),
        _ => format!("{processes} {on}, {memory}, {cost}"),
    };
    Some(RowView { cells: vec![words], said, ..RowView::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_their_room_before_figures() {
        for state_width in [44.0, 82.0] {
            for width in (190..700).map(|width| width as f32) {
                let shown = list_columns(width, state_width, 0.0);
                let is_left = width - width_of(&shown);
                assert!(is_left >= LEAST_NAME || shown.len() == 2, "{width}: {is_left}");
            }
            assert_eq!(list_columns(560.0, state_width, 0.0).len(), 5, "and all is shown where there is room");
        }
        assert!(
            190.0 - width_of(&list_columns(190.0, 44.0, 0.0)) >= LEAST_NAME,
            "as beside a service on a small screen"
        );
    }
}
