//! The section on loads and machines; only where somebody states a load.

use super::text::{Report, amount, escape};
use crate::{
    assess::capacity::{Answers, Capacity, Performance, RequestPath, ServiceCapacity, TargetVerdict},
    explain::capacity as words,
    export::ExportInput,
    lang::{later, t, tr},
    project::ComponentId,
};

const TITLES: [&str; 12] = [
    later("Service"),
    later(">Load"),
    later("Server"),
    later("Workers"),
    later(">Busy"),
    later(">Mean"),
    ">p50",
    ">p95",
    ">p99",
    later(">Target"),
    later(">Memory"),
    later(">Machines a month"),
];
/// Ways of requests that are listed.
const MOST_PATHS: usize = 20;

pub(super) fn capacity(input: &ExportInput, report: &mut Report) {
    let Some(capacity) = input.stated_capacity() else { return };
    report.heading(t("Capacity"));
    report.line(&format!("{}.", escape(&words::headline(input.project, &capacity))));
    if let Some(circles) = words::circles(input.project, &capacity) {
        report.line(&format!("{}.", escape(&circles)));
    }
    report.table(&TITLES.map(t), capacity.services.iter().map(|(id, service)| row(input, id, service)));
    let why = capacity.services.iter().filter_map(|(id, service)| {
        let [_, why] = words::why_unbounded(input.project, service)?;
        Some(escape(&format!("{}: {why}", input.project.component_name(id))))
    });
    let why: Vec<String> = why.collect();
    if !why.is_empty() {
        report.line(t("Answers without a bound:"));
        report.list(why.into_iter());
    }
    let totals = &capacity.totals;
    if totals.services > 0 {
        let cost = amount(&input.money().full(totals.usd_per_month));
        let (processes, memory) = (words::processes(totals.processes), words::memory(totals.memory_mb));
        report.line(&tr!("Together {processes}, {memory}, {cost} a month.", processes, memory, cost));
    }
    if let Some(settings) = input.further.engine.and_then(|engine| engine.capacity_settings(input.project)) {
        let prices = amount(&words::prices(input.project, &settings));
        let room = words::utilisation(Some(settings.utilisation));
        let figures = if input.project.assumptions.machines.servers.is_empty() {
            t("Figures of servers were measured elsewhere")
        } else {
            t("Figures of servers are the project's own where it has some, else measured elsewhere")
        };
        report.line(&tr!("Planned to be at most {room} busy; machines at {prices}. {figures}.", room, prices, figures));
    }
    notes(report, &capacity);
    paths(input, report, &capacity);
}

/// How to read the times.
fn notes(report: &mut Report, capacity: &Capacity) {
    let answers = || capacity.services.values().filter_map(|service| Some(service.planned()?.answers));
    if answers().any(|answers| matches!(answers, Answers::Within(_))) {
        report.line(t("p99 is a range: from times that do not vary to times that vary much."));
    }
    if answers().any(|answers| words::is_small_p99(&answers)) {
        report.line(&format!("{}.", t(words::SMALL_P99)));
    }
}

/// How long requests from outside take as a whole, the slowest first.
fn paths(input: &ExportInput, report: &mut Report, capacity: &Capacity) {
    if capacity.paths.is_empty() {
        return;
    }
    report.heading(t("Request paths"));
    report.line(t(
        "How long requests from outside take as a whole, the slowest first; the target is that of the first service.",
    ));
    let row = |path: &RequestPath| {
        let target = path.target_s.map_or_else(
            || "–".to_owned(),
            |target_s| verdict(target_s, words::path_target(path), path.target == TargetVerdict::Missed),
        );
        let time = |time_s: Option<f64>| least(time_s, path.complete);
        let name = escape(&words::path(input.project, path));
        vec![name, time(path.mean_s), time(path.p95_s), time(path.p99_s), target]
    };
    let titles = [t("Path"), t(">Mean"), ">p95", ">p99", t(">Target")];
    report.table(&titles, capacity.paths.iter().take(MOST_PATHS).map(row));
    let rest = capacity.paths.len().saturating_sub(MOST_PATHS);
    if rest > 0 {
        report.line(&tr!("And {rest} more, none of them slower; `paths-csv` has all of them.", rest));
    }
}

/// A time that may have no bound, and may be the least it can be.
fn least(time_s: Option<f64>, complete: bool) -> String {
    let sign = if complete || time_s.is_none() { "" } else { "≥ " };
    format!("{sign}{}", words::bounded(time_s))
}

fn verdict(target_s: f64, word: &str, missed: bool) -> String {
    let within = words::seconds(target_s);
    if missed { format!("{within}: **{word}**") } else { format!("{within}: {word}") }
}

/// Mean, p50, p95 and p99 of a service as planned.
fn times(plan: Option<&Performance>, complete: bool) -> [String; 4] {
    let none = || "–".to_owned();
    match plan.map(|plan| plan.answers) {
        Some(Answers::Within(response)) => {
            let (low, high) = (least(Some(response.p99_low_s), complete), words::bounded(response.p99_high_s));
            let [mean, p50, p95] =
                [Some(response.mean_s), response.p50_s, response.p95_s].map(|time_s| least(time_s, complete));
            [mean, p50, p95, tr!("{low} to {high}", low, high)]
        }
        Some(Answers::Unbounded) => [none(), none(), words::bounded(None), none()],
        Some(Answers::Alone(_)) | None => [none(), none(), none(), none()],
    }
}

fn row(input: &ExportInput, id: &ComponentId, service: &ServiceCapacity) -> Vec<String> {
    let chosen = service.chosen();
    let plan = chosen.and_then(|chosen| chosen.plan.as_ref());
    let none = || "–".to_owned();
    let slots = chosen.and_then(|chosen| input.playbook.servers.get(&chosen.server)).map(|kind| kind.slots);
    let load = match service.load.rate_per_s {
        Some(rate) if service.load.is_least() => tr!("at least {}", words::rate(rate)),
        Some(rate) => words::rate(rate),
        None => t("no load stated").to_owned(),
    };
    let target = service.target_s.zip(chosen).map_or_else(none, |(target_s, chosen)| {
        verdict(target_s, words::target(chosen), chosen.target == TargetVerdict::Missed)
    });
    let [mean, p50, p95, p99] = times(plan, service.is_complete());
    vec![
        escape(&input.project.component_name(id)),
        load,
        escape(chosen.map_or(t("none known"), |chosen| words::server(input.playbook, &chosen.server))),
        plan.map_or_else(none, |plan| words::deployment(slots, &plan.deployment)),
        plan.map_or_else(none, |plan| words::utilisation(plan.utilisation)),
        mean,
        p50,
        p95,
        p99,
        target,
        plan.map_or_else(none, |plan| words::memory(plan.memory_mb)),
        plan.map_or_else(none, |plan| amount(&input.money().full(plan.usd_per_month))),
    ]
}
