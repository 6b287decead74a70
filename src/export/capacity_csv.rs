//! The capacity for a spreadsheet: one row a service, with empty cells where nobody has said what a figure is made of.

use super::{
    ExportError, ExportInput,
    capacity::{source_word, state_word, target_word},
    csv::{currency_head, text_cell},
};
use crate::{
    assess::capacity::{Answers, Performance, Response, ServiceCapacity},
    explain::capacity as words,
    project::ComponentId,
};

const HEADER: [&str; 22] = [
    "component_id",
    "component",
    "framework",
    "load_per_s",
    "load_source",
    "server",
    "processes",
    "slots_per_process",
    "cpus",
    "utilisation",
    "state",
    "held_up_by",
    "mean_ms",
    "p50_ms",
    "p95_ms",
    "p99_low_ms",
    "p99_high_ms",
    "target_ms",
    "target",
    "breaks_first",
    "memory_mb",
    "usd_per_month",
];

/// Writes UTF-8 with a header; a service on no known server has its load and nothing else.
pub(super) fn write(input: &ExportInput) -> Result<Vec<u8>, ExportError> {
    let capacity = input.capacity();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let currency = input.money().currency();
    let head = currency_head(&format!("{}_per_month", currency.code.to_lowercase()), &HEADER);
    let more = (!currency.is_usd()).then_some(head.as_str());
    writer.write_record(HEADER.into_iter().chain(more))?;
    for (id, service) in &capacity.services {
        let first = capacity.bottleneck.as_ref().is_some_and(|first| first.component == *id);
        let plan = service.chosen().and_then(|chosen| chosen.plan.as_ref());
        let amount = more.map(|_| perhaps(plan.map(|plan| currency.from_usd(plan.usd_per_month)), 2));
        writer.write_record(record(input, (id, service), first).into_iter().chain(amount))?;
    }
    writer.into_inner().map_err(|error| ExportError::Csv(error.into_error().into()))
}

fn record(input: &ExportInput, (id, service): (&ComponentId, &ServiceCapacity), first: bool) -> Vec<String> {
    let chosen = service.chosen();
    let plan = chosen.and_then(|chosen| chosen.plan.as_ref());
    let framework = input.assessment.verdict.assignment.get(id);
    let server = chosen.map_or("", |chosen| words::server(input.playbook, &chosen.server));
    let count = |of: fn(&Performance) -> Option<u64>| plan.and_then(of).map_or_else(String::new, |n| n.to_string());
    let share = plan.and_then(|plan| plan.utilisation);
    let within = match plan.map(|plan| plan.answers) {
        Some(Answers::Within(response)) => Some(response),
        _ => None,
    };
    let time = |of: fn(&Response) -> Option<f64>| ms(within.as_ref().and_then(of));
    vec![
        text_cell(id.as_str()),
        text_cell(&input.project.component_name(id)),
        text_cell(framework.map_or("", |framework| input.playbook.framework_name(framework))),
        perhaps(service.load.rate_per_s, 2),
        source_word(&service.load.source).to_owned(),
        text_cell(server),
        count(|plan| Some(plan.deployment.processes)),
        count(|plan| plan.deployment.slots_per_process),
        count(|plan| Some(plan.deployment.cpus)),
        perhaps(share, 4),
        plan.map_or("", |plan| state_word(&plan.answers)).to_owned(),
        text_cell(service.held_up_by.as_ref().map_or("", ComponentId::as_str)),
        time(|response| Some(response.mean_s)),
        time(|response| response.p50_s),
        time(|response| response.p95_s),
        time(|response| Some(response.p99_low_s)),
        time(|response| response.p99_high_s),
        ms(service.target_s),
        chosen.map_or("", |chosen| target_word(chosen.target)).to_owned(),
        if first { "yes" } else { "no" }.to_owned(),
        perhaps(plan.map(|plan| plan.memory_mb), 0),
        perhaps(plan.map(|plan| plan.usd_per_month), 2),
    ]
}

/// Seconds as milliseconds.
pub(super) fn ms(seconds: Option<f64>) -> String {
    perhaps(seconds.map(|seconds| seconds * 1e3), 2)
}

fn perhaps(number: Option<f64>, decimals: usize) -> String {
    number.map_or_else(String::new, |number| format!("{number:.decimals$}"))
}
