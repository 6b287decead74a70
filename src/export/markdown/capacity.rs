//! The section on loads and machines; only where somebody states a load.

use super::text::{Report, amount, escape};
use crate::{
    assess::capacity::{ServiceCapacity, TargetVerdict},
    explain::capacity as words,
    export::ExportInput,
    project::ComponentId,
};

pub(super) fn capacity(input: &ExportInput, report: &mut Report) {
    let Some(capacity) = input.stated_capacity() else { return };
    report.heading("Capacity");
    report.line(&format!("{}.", escape(&words::bottleneck(input.project, &capacity))));
    let titles = ["Service", ">Load", "Server", "Workers", ">Busy", ">p95", ">Target", ">Machines a month"];
    report.table(&titles, capacity.services.iter().map(|(id, service)| row(input, id, service)));
    let totals = &capacity.totals;
    if totals.services > 0 {
        let cost = amount(&input.money().full(totals.usd_per_month));
        let (processes, memory) = (words::processes(totals.processes), words::memory(totals.memory_mb));
        report.line(&format!("Together {processes}, {memory}, {cost} a month."));
    }
    if let Some(settings) = input.further.engine.and_then(|engine| engine.capacity_settings(input.project)) {
        let prices = amount(&words::prices(input.project, &settings));
        let room = words::utilisation(Some(settings.utilisation));
        let figures = if input.project.assumptions.machines.servers.is_empty() {
            "Figures of servers were measured elsewhere"
        } else {
            "Figures of servers are the project's own where it has some, else measured elsewhere"
        };
        report.line(&format!("Planned to be at most {room} busy; machines at {prices}. {figures}."));
    }
}

fn row(input: &ExportInput, id: &ComponentId, service: &ServiceCapacity) -> Vec<String> {
    let chosen = service.chosen();
    let plan = chosen.and_then(|chosen| chosen.plan.as_ref());
    let none = || "–".to_owned();
    let slots = chosen.and_then(|chosen| input.playbook.servers.get(&chosen.server)).map(|kind| kind.slots);
    let load = match service.load.rate_per_s {
        Some(rate) if service.load.is_least() => format!("at least {}", words::rate(rate)),
        Some(rate) => words::rate(rate),
        None => "no load stated".to_owned(),
    };
    let target = service.target_s.zip(chosen).map_or_else(none, |(target_s, chosen)| {
        let verdict = words::target(chosen);
        let within = words::seconds(target_s);
        if chosen.target == TargetVerdict::Missed {
            format!("{within}: **{verdict}**")
        } else {
            format!("{within}: {verdict}")
        }
    });
    vec![
        escape(&input.project.component_name(id)),
        load,
        escape(chosen.map_or("none known", |chosen| words::server(input.playbook, &chosen.server))),
        plan.map_or_else(none, |plan| words::deployment(slots, &plan.deployment)),
        plan.map_or_else(none, |plan| words::utilisation(plan.utilisation)),
        plan.map_or_else(none, |plan| words::bounded(plan.answers.p95_s())),
        target,
        plan.map_or_else(none, |plan| amount(&input.money().full(plan.usd_per_month))),
    ]
}
