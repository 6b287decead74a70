//! One service on every server there is: how busy, how fast, with what, and for how much.

use egui::{Label, Ui};

use super::{
    super::{
        parts::{column as part, longest_fit, remark},
        table::{Column, RowView, Table, table_ui},
    },
    CapacityState, Key, Sorted, column, order,
    state::{joined, p95},
    time_key,
};
use crate::{
    assess::capacity::{Answers, Missing, Performance, ServerCapacity, ServiceCapacity, TargetVerdict},
    explain::{self, capacity as words},
    figures,
    playbook::Slots,
    project::{ComponentId, ElementId, TraitId},
    session::{Action, Request},
    ui::{
        Actions, View, icons,
        theme::{Face, Tokens, text},
        widgets::{framework_look, text_button},
    },
};

const SERVER: usize = 0;
const BUSY: usize = 1;
const MEAN: usize = 2;
const P50: usize = 3;
const P95: usize = 4;
const P99: usize = 5;
const TARGET: usize = 6;
const WORKERS: usize = 7;
const MEMORY: usize = 8;
const COST: usize = 9;
/// From this width on, buttons stand beside what is said of the target.
const BUTTONS_BESIDE_FROM: f32 = 420.0;
/// Width of the column of the target, with the gap before it.
const TARGET_WIDTH: f32 = 68.0;
/// Height of the line under the table.
const FOOT: f32 = 18.0;
/// Things to tag that are offered.
const OFFERED: usize = 3;

pub(super) fn service_ui(
    ui: &mut Ui,
    view: &View<'_>,
    state: &mut CapacityState,
    (id, service): (&ComponentId, &ServiceCapacity),
    scrolls: bool,
    actions: &mut Actions,
) {
    let project = view.session.project();
    head_ui(ui, view, (id, service), actions);
    if let Some(other) = &service.held_up_by {
        remark(ui, format!("Waits for {}, which cannot answer its load", project.component_name(other)));
    }
    let area = ui.available_rect_before_wrap();
    // Prices are explained where they are shown.
    let shown = columns(area.width(), service.target_s.is_some());
    let foot_height = if shown.iter().any(|column| column.id == COST) { FOOT } else { 0.0 };
    if scrolls {
        table(ui, view, state, service);
    } else {
        let bottom = area.bottom() - foot_height;
        table(&mut part(ui, "servers", area.with_max_y(bottom)), view, state, service);
        ui.advance_cursor_after_rect(area.with_max_y(bottom));
    }
    if foot_height > 0.0 {
        foot(ui, view);
    }
}

/// What comes to a service, what is to hold, and what to tag so that more is known.
fn head_ui(ui: &mut Ui, view: &View<'_>, (id, service): (&ComponentId, &ServiceCapacity), actions: &mut Actions) {
    let (playbook, project) = (&view.session.engine().playbook, view.session.project());
    let offers = offers(view, id, service);
    let name = project.component_name(id);
    let load = words::load(playbook, project, &service.load);
    // Where buttons say what to tag, words need not.
    let short = if service.load.rate_per_s.is_none() { "load unknown" } else { load.as_str() };
    let shown = ui.add(Label::new(text(format!("{name}: {short}"), Face::SemiBold, 13.0)).truncate());
    shown.on_hover_text(&load);
    let said = [words::workers(service), words::target_of(playbook, project, service)];
    let said: Vec<String> = said.into_iter().flatten().collect();
    let target = (!said.is_empty()).then(|| said.join("; "));
    let unknown = service.chosen().filter(|server| server.target == TargetVerdict::Unknown).zip(service.target_s);
    let short = unknown
        .filter(|_| !offers.is_empty())
        .map(|(server, target_s)| format!("p95 within {}: {}", words::seconds(target_s), words::target(server)));
    let line = short.or_else(|| target.clone());
    let told = |ui: &mut Ui, line: String| {
        let label = Label::new(text(line, Face::Regular, 12.0).color(Tokens::of(ui).muted)).wrap();
        ui.add(label).on_hover_text(target.as_deref().unwrap_or_default());
    };
    if ui.available_width() < BUTTONS_BESIDE_FROM || offers.is_empty() {
        if let Some(line) = line {
            told(ui, line);
        }
        if !offers.is_empty() {
            ui.horizontal_wrapped(|ui| offers_ui(ui, offers, actions));
        }
        return;
    }
    ui.horizontal_wrapped(|ui| {
        if let Some(line) = line {
            told(ui, line);
        }
        offers_ui(ui, offers, actions);
    });
}

fn offers_ui(ui: &mut Ui, offers: Vec<(String, Action)>, actions: &mut Actions) {
    for (words, action) in offers.into_iter().take(OFFERED) {
        if text_button(ui, icons::PENCIL, &words).clicked() {
            actions.push(action);
        }
    }
}

/// What to tag so that more is known: the words of a button, and what it does.
fn offers(view: &View<'_>, id: &ComponentId, service: &ServiceCapacity) -> Vec<(String, Action)> {
    let mut offers: Vec<(String, Action)> = Vec::new();
    let playbook = &view.session.engine().playbook;
    let peak = playbook.capacity.as_ref().and_then(|settings| settings.traits.peak.clone());
    if let (None, Some(peak)) = (service.load.rate_per_s, peak) {
        offers.push(tag(view, id, &peak, true));
        offers.extend(service.load.silent_callers.iter().map(|caller| tag(view, caller, &peak, false)));
    }
    offers.extend(service.missing.iter().map(|missing| missing_offer(view, id, missing)));
    offers
}

/// A trait to be tagged, on the service itself or on another component.
fn tag(view: &View<'_>, id: &ComponentId, trait_id: &TraitId, own: bool) -> (String, Action) {
    let label = explain::trait_label(&view.session.engine().playbook, trait_id);
    let name = view.session.project().component_name(id);
    let words = if own { format!("Tag \"{label}\"") } else { format!("Tag \"{label}\" on {name}") };
    (words, Action::Request(Request::AnswerTrait(id.clone(), trait_id.clone())))
}

fn missing_offer(view: &View<'_>, id: &ComponentId, missing: &Missing) -> (String, Action) {
    let project = view.session.project();
    match missing {
        Missing::Trait(trait_id) => tag(view, id, trait_id, true),
        Missing::Latency(link) => {
            let ends = project.name_of(&ElementId::Connection(link.clone()));
            (format!("Say how long {ends} takes"), Action::Reveal(ElementId::Connection(link.clone())))
        }
        Missing::Callee(callee) => {
            let name = project.component_name(callee);
            (format!("See what {name} lacks"), Action::Reveal(ElementId::Component(callee.clone())))
        }
    }
}

fn foot(ui: &mut Ui, view: &View<'_>) {
    let Some(settings) = view.session.engine().capacity_settings(view.session.project()) else { return };
    let prices = words::prices(view.session.project(), &settings);
    let full = format!(
        "Shaded: taken for the plan. At most {} busy; machines at {prices}",
        figures::share(settings.utilisation)
    );
    let (shorter, short) = (format!("At most {} busy; {prices}", figures::share(settings.utilisation)), prices);
    let font = Face::Regular.at(12.0);
    if let Some(words) = longest_fit(ui, &[&full, &shorter, &short], &font) {
        let label = Label::new(text(words, Face::Regular, 12.0).color(Tokens::of(ui).muted)).truncate();
        ui.add(label).on_hover_ui(|ui| {
            ui.set_max_width(460.0);
            ui.label(&full);
            ui.label(&settings.reason);
            for one in words::ASSUMPTIONS {
                ui.label(one);
            }
        });
    }
}

fn columns(width: f32, with_target: bool) -> Vec<Column<'static>> {
    // Names that begin alike are told apart by their ends: they keep some room.
    let width = if with_target { width } else { width + TARGET_WIDTH };
    let all = [
        (0.0, column(SERVER, "Server", "server", 0.0, "")),
        (0.0, column(BUSY, "Busy", "how busy", 40.0, "Of what is scarcest, processors or slots")),
        (850.0, column(MEAN, "Mean", "mean", 54.0, "Where service times do not vary")),
        (780.0, column(P50, "p50", "p50", 54.0, "Half of the answers come within it")),
        (0.0, column(P95, "p95", "p95", 66.0, "95 of 100 answers come within it")),
        (
            600.0,
            column(
                P99,
                "p99",
                "p99",
                92.0,
                "99 of 100 answers come within it: where times do not vary, and where they vary much",
            ),
        ),
        (0.0, column(TARGET, "Target", "target", TARGET_WIDTH - 12.0, "Whether the p95 is within what is to hold")),
        (
            400.0,
            column(
                WORKERS,
                "Workers",
                "workers",
                64.0,
                "Processes, or processes × threads, with the room that is planned",
            ),
        ),
        (690.0, column(MEMORY, "Memory", "memory", 56.0, "Of all processes together")),
        (470.0, column(COST, "A month", "cost a month", 56.0, "Of its machines at the prices below")),
    ];
    let shown = all.into_iter().filter(|(from, column)| width >= *from && (column.id != TARGET || with_target));
    shown.map(|(_, column)| column).collect()
}

fn table(ui: &mut Ui, view: &View<'_>, state: &mut CapacityState, service: &ServiceCapacity) {
    let columns = columns(ui.available_width(), service.target_s.is_some());
    let sorting = state.sorting(Sorted::Servers);
    let order = order(service.servers.len(), *sorting, |row, column| key(view, &service.servers[row], column));
    let row = |ui: &Ui, at: usize| {
        let known = (service.chosen == Some(order[at]), service.missing.is_empty());
        row_of(ui, view, &service.servers[order[at]], known, &columns)
    };
    let playbook = &view.session.engine().playbook;
    let rows = service.servers.len();
    let shown = Table { salt: "servers", playbook, columns: &columns, rows, row: &row, total: None, csv: None };
    table_ui(ui, &shown, sorting);
}

fn key(view: &View<'_>, server: &ServerCapacity, column: usize) -> Key {
    let (plan, answers) = (server.planned(), &server.planned().answers);
    match column {
        BUSY => Key::Figure(plan.utilisation.unwrap_or(f64::NEG_INFINITY)),
        MEAN => time_key(answers.mean_s()),
        P50 => time_key(match answers {
            Answers::Within(response) => response.p50_s,
            other => other.mean_s(),
        }),
        P95 => time_key(answers.p95_s()),
        P99 => time_key(answers.p99_s()),
        TARGET => Key::Words(words::target(server).to_owned()),
        WORKERS => Key::Figure(plan.deployment.slots().unwrap_or(plan.deployment.processes) as f64),
        MEMORY => Key::Figure(plan.memory_mb),
        COST => Key::Figure(plan.usd_per_month),
        _ => Key::Words(words::server(&view.session.engine().playbook, &server.server).to_owned()),
    }
}

/// `15`, `2 × 8`: processes, and threads where they have some.
fn workers(slots: Option<Slots>, plan: &Performance) -> String {
    let processes = figures::amount(plan.deployment.processes as f64);
    match (slots, plan.deployment.slots_per_process) {
        (Some(Slots::Threads(_) | Slots::Pool(_)), Some(threads)) => format!("{processes} × {threads}"),
        _ => processes,
    }
}

/// `122–149 ms`: the 99th percentile from even to much varying times.
fn p99(answers: &Answers) -> String {
    let Answers::Within(response) = answers else { return words::bounded(answers.p99_s()) };
    let (low, high) = (words::seconds(response.p99_low_s), words::bounded(response.p99_high_s));
    if low == high { low } else { joined(&low, "–", &high) }
}

/// `chosen`: it is taken for the plan; `complete`: all that it does is known.
fn row_of(
    ui: &Ui,
    view: &View<'_>,
    server: &ServerCapacity,
    (chosen, complete): (bool, bool),
    columns: &[Column<'_>],
) -> RowView {
    let (tokens, playbook) = (Tokens::of(ui), &view.session.engine().playbook);
    let (plan, slots) = (server.planned(), playbook.servers.get(&server.server).map(|kind| kind.slots));
    let label = words::server(playbook, &server.server);
    let unbounded = plan.answers == Answers::Unbounded;
    let p50 = match &plan.answers {
        Answers::Within(response) => words::bounded(response.p50_s),
        other => words::bounded(other.mean_s()),
    };
    let cell = |column: &Column<'_>| match column.id {
        BUSY => words::utilisation(plan.utilisation),
        MEAN => words::bounded(plan.answers.mean_s()),
        P50 => p50.clone(),
        // What has no bound says what there is at most.
        P95 if unbounded => format!("≤ {}", words::rate(server.bounded_up_to_per_s())),
        P95 => p95(plan, complete),
        P99 => p99(&plan.answers),
        TARGET if server.target == TargetVerdict::None => "–".to_owned(),
        TARGET => words::target(server).to_owned(),
        WORKERS => workers(slots, plan),
        MEMORY => words::memory(plan.memory_mb),
        COST => view.money().full(plan.usd_per_month),
        _ => label.to_owned(),
    };
    let ink = |column: &Column<'_>| match (column.id, server.target) {
        (TARGET, TargetVerdict::Missed) => Some(tokens.error.ink),
        (TARGET, TargetVerdict::Met) => Some(tokens.accent.ink),
        (TARGET, TargetVerdict::Unknown) => Some(tokens.warning.ink),
        (P95, _) if unbounded => Some(tokens.error.ink),
        _ => None,
    };
    let deployment = words::deployment(slots, &plan.deployment);
    let mark = if chosen { "taken for the plan, " } else { "" };
    RowView {
        cells: columns.iter().map(cell).collect(),
        said: format!("{label}: {mark}{deployment}, {}, target {}", words::answers(server), words::target(server)),
        inks: columns.iter().map(ink).collect(),
        dot: Some(framework_look(ui, playbook, &server.framework).1.ink),
        hover: hover(view, server, &deployment),
        selected: chosen,
        ..RowView::default()
    }
}

fn hover(view: &View<'_>, server: &ServerCapacity, deployment: &str) -> String {
    let (playbook, plan) = (&view.session.engine().playbook, server.planned());
    let mut lines = vec![
        words::server(playbook, &server.server).to_owned(),
        format!("{deployment}, {}, {} a month", words::memory(plan.memory_mb), view.money().full(plan.usd_per_month)),
        format!("{} busy, {}", words::utilisation(plan.utilisation), words::answers(server)),
        words::demand(server),
    ];
    lines.extend(server.closed.as_ref().map(words::closed));
    lines.join("\n")
}
