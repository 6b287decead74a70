//! One service on every server there is: how busy, how fast, with what, and for how much.

use egui::{Label, Ui};

use super::{
    super::{
        parts::{column as part, longest_fit, remark},
        table::{Column, RowView, Table, in_full, table_towards_ui},
    },
    CapacityState, Key, Sorted,
    columns::{BUSY, COST, MEAN, MEMORY, P50, P95, P99, PROCESSORS, TARGET, WORKERS, all, columns},
    order,
    state::{joined, p95},
    time_key,
};
use crate::{
    assess::capacity::{Answers, Missing, Performance, ServerCapacity, ServiceCapacity, TargetVerdict},
    explain::{self, capacity as words},
    figures,
    lang::{t, tr},
    playbook::Slots,
    project::{ComponentId, ElementId, TraitId},
    session::{Action, Request},
    ui::{
        Actions, View, icons,
        theme::{Face, Tokens, text},
        widgets::{framework_look, text_button},
    },
};

/// From this width on, buttons stand beside what is said of the target.
const BUTTONS_BESIDE_FROM: f32 = 420.0;
/// Below this height a service has one line of words over its table.
const LOW: f32 = 150.0;
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
    // Where there is little room, rows of the table are worth more than words, which a hover has.
    let low = !scrolls && ui.available_height() < LOW;
    ui.spacing_mut().item_spacing.y = 2.0;
    head_ui(ui, view, (id, service), low, actions);
    if let Some(why) = words::why_stuck(project, service) {
        remark(ui, why);
    }
    let area = ui.available_rect_before_wrap();
    let mut notes = Notes::of(area.width(), state, service);
    notes.prices &= !low;
    let foot_height = if notes.prices || notes.small_p99 { FOOT } else { 0.0 };
    if scrolls {
        table(ui, view, state, (id, service));
    } else {
        let bottom = area.bottom() - foot_height;
        table(&mut part(ui, "servers", area.with_max_y(bottom)), view, state, (id, service));
        ui.advance_cursor_after_rect(area.with_max_y(bottom));
    }
    if foot_height > 0.0 {
        foot(ui, view, notes);
    }
}

/// What is said under the table of what it shows.
#[derive(Clone, Copy)]
struct Notes {
    /// Costs, which come of prices.
    prices: bool,
    /// A p99 that is too small to be trusted.
    small_p99: bool,
}

impl Notes {
    fn of(width: f32, state: &CapacityState, service: &ServiceCapacity) -> Self {
        let shown = columns(width, state.figures, service.target_s.is_some());
        let shows = |id: usize| shown.iter().any(|column| column.id == id);
        let small = |server: &ServerCapacity| words::is_small_p99(&server.planned().answers);
        Self { prices: shows(COST), small_p99: shows(P99) && service.servers.iter().any(small) }
    }
}

/// What comes to a service, what is to hold, and what to tag so that more is known.
fn head_ui(
    ui: &mut Ui,
    view: &View<'_>,
    (id, service): (&ComponentId, &ServiceCapacity),
    low: bool,
    actions: &mut Actions,
) {
    let (playbook, project) = (&view.session.engine().playbook, view.session.project());
    let offers = offers(view, id, service);
    let name = project.component_name(id);
    let load = words::load(playbook, project, &service.load);
    // Where buttons say what to tag, words need not.
    let short = if service.load.rate_per_s.is_none() { t("load unknown") } else { load.as_str() };
    let said = [words::workers(service), words::target_of(playbook, project, service)];
    let said: Vec<String> = said.into_iter().flatten().collect();
    let target = (!said.is_empty()).then(|| said.join("; "));
    let unknown = service.chosen().filter(|server| server.target == TargetVerdict::Unknown).zip(service.target_s);
    let short_target = unknown
        .filter(|_| !offers.is_empty())
        .map(|(server, target_s)| tr!("p95 within {0}: {1}", words::seconds(target_s), words::target(server)));
    let line = short_target.or_else(|| target.clone());
    if low {
        // Whose words they are is marked in the list.
        let told = match line.filter(|_| offers.is_empty()) {
            Some(line) => format!("{short}; {line}"),
            None => format!("{name}: {short}"),
        };
        let hover = [Some(name), Some(load.clone()), target].into_iter().flatten().collect::<Vec<_>>().join("\n");
        ui.add(Label::new(text(told, Face::Medium, 12.5)).truncate()).on_hover_text(hover);
        if !offers.is_empty() {
            ui.horizontal_wrapped(|ui| offers_ui(ui, offers, actions));
        }
        return;
    }
    let shown = ui.add(Label::new(text(format!("{name}: {short}"), Face::SemiBold, 13.0)).truncate());
    shown.on_hover_text(&load);
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
    // Who sends something unknown besides is asked as well.
    let (unknown, least) = (service.load.rate_per_s.is_none(), service.load.is_least());
    if let (true, Some(peak)) = (unknown || least, peak) {
        if unknown {
            offers.push(tag(view, id, &peak, true));
        }
        offers.extend(service.load.silent_callers.iter().map(|caller| tag(view, caller, &peak, false)));
    }
    offers.extend(service.missing.iter().map(|missing| missing_offer(view, id, missing)));
    offers
}

/// A trait to be tagged, on the service itself or on another component.
fn tag(view: &View<'_>, id: &ComponentId, trait_id: &TraitId, own: bool) -> (String, Action) {
    let label = explain::trait_label(&view.session.engine().playbook, trait_id);
    let name = view.session.project().component_name(id);
    let words = if own { tr!("Tag \"{label}\"", label) } else { tr!("Tag \"{label}\" on {name}", label, name) };
    (words, Action::Request(Request::AnswerTrait(id.clone(), trait_id.clone())))
}

fn missing_offer(view: &View<'_>, id: &ComponentId, missing: &Missing) -> (String, Action) {
    let project = view.session.project();
    match missing {
        Missing::Trait(trait_id) => tag(view, id, trait_id, true),
        Missing::Latency(link) => {
            let ends = project.name_of(&ElementId::Connection(link.clone()));
            (tr!("Say how long {ends} takes", ends), Action::Reveal(ElementId::Connection(link.clone())))
        }
        Missing::Calls(link) => {
            let ends = project.name_of(&ElementId::Connection(link.clone()));
            (tr!("Say how many calls go from {ends}", ends), Action::Reveal(ElementId::Connection(link.clone())))
        }
        Missing::Callee(callee) => {
            let name = project.component_name(callee);
            (tr!("See what {name} lacks", name), Action::Reveal(ElementId::Component(callee.clone())))
        }
    }
}

fn foot(ui: &mut Ui, view: &View<'_>, notes: Notes) {
    let Some(settings) = view.session.engine().capacity_settings(view.session.project()) else { return };
    let prices = words::prices(view.session.project(), &settings);
    let busy = tr!("at most {} busy", figures::share(settings.utilisation));
    let full = tr!("Shaded: taken for the plan, {busy}; machines at {prices}", busy, prices);
    let (shorter, caution) = (format!("{busy}; {prices}"), t(words::SMALL_P99_SHORT));
    let variants = match (notes.prices, notes.small_p99) {
        (true, true) => vec![
            format!("{full}. {}", t(words::SMALL_P99)),
            format!("{full}; {caution}"),
            format!("{prices}; {caution}"),
            caution.to_owned(),
        ],
        (false, true) => vec![t(words::SMALL_P99).to_owned(), caution.to_owned()],
        _ => vec![full.clone(), shorter, prices],
    };
    let variants: Vec<&str> = variants.iter().map(String::as_str).collect();
    if let Some(words) = longest_fit(ui, &variants, &Face::Regular.at(12.0)) {
        let label = Label::new(text(words, Face::Regular, 12.0).color(Tokens::of(ui).muted)).truncate();
        ui.add(label).on_hover_ui(|ui| {
            ui.set_max_width(460.0);
            ui.label(&full);
            ui.label(&settings.reason);
            ui.label(t(words::SMALL_P99));
            for one in words::ASSUMPTIONS {
                ui.label(t(one));
            }
        });
    }
}

fn table(ui: &mut Ui, view: &View<'_>, state: &mut CapacityState, (id, service): (&ComponentId, &ServiceCapacity)) {
    let columns = columns(ui.available_width(), state.figures, service.target_s.is_some());
    let sorting = state.sorting(Sorted::Servers);
    let order = order(service.servers.len(), *sorting, |row, column| key(view, &service.servers[row], column));
    let of = |ui: &Ui, at: usize, columns: &[Column<'_>]| {
        let known = (service.chosen == Some(order[at]), service.is_complete());
        row_of(ui, view, &service.servers[order[at]], known, columns)
    };
    let row = |ui: &Ui, at: usize| of(ui, at, &columns);
    let csv = |ui: &Ui| in_full(&all(), (0..order.len()).map(|at| of(ui, at, &all()).cells));
    let playbook = &view.session.engine().playbook;
    let rows = service.servers.len();
    let shown = Table { salt: "servers", playbook, columns: &columns, rows, row: &row, total: None, csv: Some(&csv) };
    // Once for each choice: whoever scrolls on is not called back.
    let chosen = service.chosen.and_then(|chosen| order.iter().position(|row| *row == chosen));
    let about = service.chosen().map(|server| egui::epaint::util::hash((id, &server.server)));
    table_towards_ui(ui, &shown, 1, sorting, chosen.zip(about));
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
        PROCESSORS => Key::Figure(plan.deployment.cpus as f64),
        MEMORY => Key::Figure(plan.memory_mb),
        COST => Key::Figure(plan.usd_per_month),
        _ => Key::Words(words::server_in_short(&view.session.engine().playbook, &server.server).to_owned()),
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
    let (label, short) = (words::server(playbook, &server.server), words::server_in_short(playbook, &server.server));
    let unbounded = plan.answers == Answers::Unbounded;
    let p50 = match &plan.answers {
        Answers::Within(response) => words::bounded(response.p50_s),
        other => words::bounded(other.mean_s()),
    };
    let cell = |column: &Column<'_>| match column.id {
        BUSY => words::utilisation(plan.utilisation),
        // What has no bound says what there is at most.
        MEAN | P50 if unbounded => "–".to_owned(),
        MEAN => words::bounded(plan.answers.mean_s()),
        P50 => p50.clone(),
        P95 if server.locks_up => t("locks up").to_owned(),
        P95 if unbounded => format!("≤ {}", words::rate(server.bounded_up_to_per_s())),
        P95 => p95(plan, complete),
        P99 => p99(&plan.answers),
        TARGET if server.target == TargetVerdict::None => "–".to_owned(),
        TARGET => words::target(server).to_owned(),
        WORKERS => workers(slots, plan),
        PROCESSORS => figures::amount(plan.deployment.cpus as f64),
        MEMORY => words::memory(plan.memory_mb),
        COST => view.money().full(plan.usd_per_month),
        _ => short.to_owned(),
    };
    let ink = |column: &Column<'_>| match (column.id, server.target) {
        (TARGET, TargetVerdict::Missed) => Some(tokens.error.ink),
        (TARGET, TargetVerdict::Met) => Some(tokens.accent.ink),
        (TARGET, TargetVerdict::Unknown) => Some(tokens.warning.ink),
        (P95, _) if unbounded => Some(tokens.error.ink),
        _ => None,
    };
    let deployment = words::deployment(slots, &plan.deployment);
    let mark = if chosen { t("taken for the plan, ") } else { "" };
    RowView {
        cells: columns.iter().map(cell).collect(),
        said: tr!(
            "{label}: {mark}{deployment}, {0}, target {1}",
            words::answers(server),
            words::target(server),
            label,
            mark,
            deployment
        ),
        inks: columns.iter().map(ink).collect(),
        dot: Some(framework_look(ui, playbook, &server.framework).1.ink),
        hover: hover(view, server, &deployment),
        selected: chosen,
        keeps_ends: true,
        ..RowView::default()
    }
}

fn hover(view: &View<'_>, server: &ServerCapacity, deployment: &str) -> String {
    let (playbook, plan) = (&view.session.engine().playbook, server.planned());
    let mut lines = vec![
        words::server(playbook, &server.server).to_owned(),
        tr!(
            "{deployment}, {0}, {1} a month",
            words::memory(plan.memory_mb),
            view.money().full(plan.usd_per_month),
            deployment
        ),
        tr!("{0} busy, {1}", words::utilisation(plan.utilisation), words::answers(server)),
        words::demand(server),
    ];
    lines.extend(server.closed.as_ref().map(words::closed));
    lines.join("\n")
}
