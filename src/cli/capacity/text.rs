//! The report for a terminal.

use super::{Asked, Runs, Then};
use crate::{
    assess::capacity::{Capacity, Estimate, Performance, RequestPath, ServerCapacity, ServiceCapacity, TargetVerdict},
    cli::report::{one_line, push, wrapped},
    explain::{self, capacity as words},
    figures::{self, Money},
    project::ComponentId,
};

/// Paths that are listed before the others are only counted.
const PATHS: usize = 12;

pub(super) fn written(asked: &Asked<'_>) -> String {
    let mut text = String::new();
    push(&mut text, &format!("{}\n", one_line(asked.project.title())));
    if asked.now.services.is_empty() {
        push(&mut text, "Nothing to size: there is no service yet");
        return text;
    }
    Writer { asked, text }.all()
}

struct Writer<'a> {
    asked: &'a Asked<'a>,
    text: String,
}

impl Writer<'_> {
    fn all(mut self) -> String {
        self.whole();
        for (id, service) in self.shown(&self.asked.now) {
            self.service(id, service);
        }
        self.paths();
        if let Some(then) = &self.asked.then {
            self.then(then);
        }
        if let Some((id, fallout)) = &self.asked.gone {
            self.text.push('\n');
            for line in words::fallout(self.asked.project, id, fallout) {
                wrapped(&mut self.text, "", 2, &line);
            }
        }
        if let Some(runs) = &self.asked.simulated {
            self.simulated(runs);
        }
        push(&mut self.text, "\nTaken for granted");
        for assumption in words::ASSUMPTIONS {
            wrapped(&mut self.text, "  ", 2, assumption);
        }
        if let Some(settings) = self.asked.engine.capacity_settings(self.asked.project) {
            wrapped(&mut self.text, "  ", 2, &settings.reason);
        }
        self.text
    }

    fn push(&mut self, line: &str) {
        push(&mut self.text, &one_line(line));
    }

    fn name(&self, id: &ComponentId) -> String {
        self.asked.project.component_name(id)
    }

    fn money(&self, usd: f64) -> String {
        Money::of(self.asked.project).full(usd)
    }

    fn shown<'c>(&self, capacity: &'c Capacity) -> Vec<(&'c ComponentId, &'c ServiceCapacity)> {
        let only = |id: &ComponentId| self.asked.only.as_ref().is_none_or(|only| only == id);
        capacity.services.iter().filter(|(id, _)| only(id)).collect()
    }

    fn whole(&mut self) {
        let (now, project) = (&self.asked.now, self.asked.project);
        self.push(&words::headline(project, now));
        let totals = &now.totals;
        if totals.services > 0 {
            let unknown = match totals.unknown {
                0 => String::new(),
                count => format!(
                    "; {} of unknown load not in it",
                    figures::counted(&count.to_string(), figures::Unit::Service)
                ),
            };
            self.push(&format!(
                "As planned: {} on {}, {}, {} a month{unknown}",
                words::processes(totals.processes),
                figures::counted(&figures::amount(totals.cpus as f64), figures::Unit::Processor),
                words::memory(totals.memory_mb),
                self.money(totals.usd_per_month)
            ));
        }
        if let Some(settings) = self.asked.engine.capacity_settings(self.asked.project) {
            self.push(&format!("Prices: {}", words::prices(self.asked.project, &settings)));
        }
        if let Some(line) = words::circles(self.asked.project, now) {
            wrapped(&mut self.text, "", 0, &line);
        }
    }

    fn service(&mut self, id: &ComponentId, service: &ServiceCapacity) {
        let (playbook, project) = (&self.asked.engine.playbook, self.asked.project);
        self.push("");
        self.push(&self.name(id));
        let indented = |text: &mut String, line: &str| wrapped(text, "  ", 2, line);
        indented(&mut self.text, &words::load(playbook, project, &service.load));
        if let Some(workers) = words::workers(service) {
            indented(&mut self.text, &workers);
        }
        match words::target_of(playbook, project, service) {
            Some(target) => indented(&mut self.text, &target),
            None if !service.missing.is_empty() => {
                let all: Vec<String> =
                    service.missing.iter().map(|one| words::missing(playbook, project, one)).collect();
                indented(&mut self.text, &format!("Times leave out {}", all.join(" and ")));
            }
            None => {}
        }
        if let Some(why) = words::why_stuck(project, service) {
            indented(&mut self.text, &why);
        }
        for (at, server) in service.servers.iter().enumerate() {
            self.server(server, service.chosen == Some(at));
        }
    }

    fn server(&mut self, server: &ServerCapacity, chosen: bool) {
        let playbook = &self.asked.engine.playbook;
        let kind = playbook.servers.get(&server.server);
        let planned = server.planned();
        let mark = if chosen { "*" } else { " " };
        let deployment = words::deployment(kind.map(|kind| kind.slots), &planned.deployment);
        let cost = if server.plan.is_some() {
            format!("{deployment}, {}, {} a month", words::memory(planned.memory_mb), self.money(planned.usd_per_month))
        } else {
            format!("{} a process", words::memory(server.single.memory_mb))
        };
        self.push(&format!("  {mark} {}: {cost}", words::server(playbook, &server.server)));
        let busy = planned
            .utilisation
            .map_or_else(String::new, |_| format!("{} busy, ", words::utilisation(planned.utilisation)));
        let target = match server.target {
            TargetVerdict::None => String::new(),
            _ => format!("; target {}", words::target(server)),
        };
        self.push(&format!("      {busy}{}{target}", words::answers(server)));
        self.push(&format!("      {}", words::demand(server)));
        if let Some(closed) = &server.closed {
            self.push(&format!(
                "      {} ({} to {})",
                words::closed(closed),
                words::rate(closed.low_per_s),
                words::rate(closed.high_per_s)
            ));
        }
    }

    fn paths(&mut self) {
        let paths: Vec<&RequestPath> = self.asked.now.paths.iter().filter(|path| self.is_shown(path)).collect();
        if paths.is_empty() {
            return;
        }
        self.push("");
        self.push("Requests from outside, the slowest first, by what they wait for longest");
        for path in paths.iter().take(PATHS) {
            self.push(&format!("  {}", words::path(self.asked.project, path)));
            let least = if path.complete { "" } else { "; at least, as not all is known" };
            let target = match (path.target_s, path.p95_s) {
                (Some(target_s), Some(p95_s)) if p95_s <= target_s && path.complete => "; in time",
                (Some(target_s), Some(p95_s)) if p95_s <= target_s => "",
                (Some(_), _) => "; too late",
                (None, _) => "",
            };
            self.push(&format!(
                "      mean {}, p95 {}, p99 {}{target}{least}",
                words::bounded(path.mean_s),
                words::bounded(path.p95_s),
                words::bounded(path.p99_s)
            ));
        }
        if paths.len() > PATHS {
            self.push(&format!("  and {} more", paths.len() - PATHS));
        }
    }

    fn is_shown(&self, path: &RequestPath) -> bool {
        let only = self.asked.only.as_ref();
        only.is_none_or(|only| path.steps.iter().any(|step| step.component == *only))
    }

    fn then(&mut self, then: &Then) {
        let what_if = &then.what_if;
        let mut parts = Vec::new();
        if what_if.load_factor != 1.0 {
            parts.push(format!("every load is {} times as large", figures::number(what_if.load_factor)));
        }
        for (id, seconds) in &what_if.latencies_s {
            parts.push(format!("a call over {id} takes {}", words::seconds(*seconds)));
        }
        for (id, count) in &what_if.more_processes {
            let more = format!("{} more, each on a processor of its own", words::processes(*count));
            parts.push(format!("{} has {more}", self.name(id)));
        }
        self.push("");
        wrapped(&mut self.text, "", 2, &format!("What if {}, on the workers planned above", parts.join(", ")));
        let mut rows = vec![[String::new(), "Now".to_owned(), "Then".to_owned()]];
        for (id, before) in self.shown(&self.asked.now) {
            let after = then.capacity.services.get(id);
            rows.push([self.name(id), in_short(before), after.map_or_else(String::new, in_short)]);
        }
        let holds = |capacity: &Capacity| words::headline(self.asked.project, capacity);
        rows.push([String::new(), holds(&self.asked.now), holds(&then.capacity)]);
        let rows: Vec<[String; 3]> = rows.into_iter().map(|row| row.map(|cell| one_line(&cell))).collect();
        let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
        let (first, second) = (width(0), width(1));
        for [name, now, after] in &rows {
            push(&mut self.text, format!("  {name:first$}  {now:second$}  {after}").trim_end());
        }
    }

    fn simulated(&mut self, runs: &Runs) {
        let under = self.asked.then.as_ref().map_or(&self.asked.now, |then| &then.capacity);
        self.push("");
        let cut = if runs.even.cut_short { ", cut short as it would be too many requests" } else { "" };
        let seconds = words::seconds(runs.even.seconds);
        let which = if self.asked.then.is_some() { "What if, simulated" } else { "Simulated" };
        self.push(&format!("{which} for {seconds} with seed {}{cut}", runs.seed));
        for (id, service) in self.shown(under) {
            let name = self.name(id);
            let Some((even, varying)) = runs.even.services.get(id).zip(runs.varying.services.get(id)) else {
                self.push(&format!("  {name}: nobody who came after the first tenth was answered"));
                continue;
            };
            let formula = service.planned().map(|planned| planned.answers);
            let formula_s = |time_s: Option<f64>| explain::capacity::bounded(time_s);
            self.push(&format!(
                "  {name}: {} requests, mean {} (formula {}), p95 {}, or {} if computing varies (formula {})",
                figures::amount(even.requests as f64),
                estimate(even.mean_s),
                formula_s(formula.and_then(|answers| answers.mean_s())),
                estimate(even.p95_s),
                estimate(varying.p95_s),
                formula_s(formula.and_then(|answers| answers.p95_s()))
            ));
        }
    }
}

fn estimate(estimate: Estimate) -> String {
    if estimate.half_width.is_finite() {
        format!("{} ± {}", words::seconds(estimate.value), words::seconds(estimate.half_width))
    } else {
        words::seconds(estimate.value)
    }
}

/// Load, how busy, p95 and target in one cell.
fn in_short(service: &ServiceCapacity) -> String {
    let Some(planned) = service.planned() else { return "no server known".to_owned() };
    let Some(load) = service.load.rate_per_s.map(words::rate) else { return "load unknown".to_owned() };
    let target = match service.chosen().map(|server| server.target) {
        Some(TargetVerdict::Met) => ", in time",
        Some(TargetVerdict::Missed) => ", too late",
        _ => "",
    };
    format!("{load}, {} busy, {}{target}", words::utilisation(planned.utilisation), time(planned))
}

fn time(planned: &Performance) -> String {
    format!("p95 {}", words::bounded(planned.answers.p95_s()))
}
