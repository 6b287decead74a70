//! Capacity in words: the same in the window and on the command line.

mod now;

pub use now::{SMALL_P99, SMALL_P99_SHORT, circles, headline, is_small_p99, path_target, why_stuck, why_unbounded};

use super::{goal::names_up_to, trait_label};
use crate::{
    assess::capacity::{
        Answers, Bottleneck, Capacity, Closed, Deployment, Fallout, Fate, Load, LoadSource, MOST_SILENT, Missing,
        OutOfReachBy, RequestPath, ServerCapacity, ServiceCapacity, TargetVerdict,
    },
    figures::{self, Money, Unit, amount, counted},
    lang::{later, t, tr},
    playbook::{CapacitySettings, Playbook, ServerId, Slots},
    project::{ComponentId, Project},
    text::decimal,
};

/// Names that one line lists.
const NAMES: usize = 3;

/// What all of it takes for granted, one sentence each.
pub const ASSUMPTIONS: [&str; 13] = [
    later("Requests come at random around their rate; each is checked like a payload of twelve fields."),
    later("A connection that does not say how many calls it carries for each request carries one."),
    later(
        "Where the server lets calls be under way at once, none needs the answer of another; elsewhere they are made in a row. Queries are always made in a row.",
    ),
    later(
        "Calls to one service that go out at once come there at once: the last of them waits behind the others. Beyond that service they count as coming one by one.",
    ),
    later("Fewer calls than one for each request are made by that share of the requests, and whole."),
    later(
        "Means and the low end of p99 are those of service times that do not vary; p50, p95 and the high end of times that vary as much as exponential ones.",
    ),
    later(
        "Percentiles take the processor time of the request itself as its mean: what varies is how long it waits, in its own queues and for those it calls, independently of each other.",
    ),
    later("What is outside of the plan always takes the time it is said to take."),
    later(
        "Databases, queues, caches and external systems hold any load: each answers in the time of its connection, however much comes.",
    ),
    later(
        "Everything that reads from a queue reads all that is put into it; where workers share a queue, say on each connection what part it carries.",
    ),
    later("What a service is tagged with as its own load goes before what its callers send."),
    later(
        "Under clients who ask without a pause, threads and spare processes that compute for 5 ms or more at a time are planned on the low end: just there the figure drops by up to a quarter.",
    ),
    later("Open WebSocket connections cost nothing here: they were not measured."),
];

/// Requests a second, in three figures or a little more: `0.25/s`, `41.7/s`, `794/s`, `2,500/s`.
pub fn rate(per_s: f64) -> String {
    match per_s {
        small if small > 0.0 && small < 0.005 => "< 0.01/s".to_owned(),
        small if small < 10.0 => format!("{}/s", decimal(small, 2)),
        small if small < 100.0 => format!("{}/s", decimal(small, 1)),
        large => format!("{}/s", amount(large.round())),
    }
}

/// A time in the unit that suits it: `0.35 ms`, `24.5 ms`, `203 ms`, `1.2 s`, `2 min`.
pub fn seconds(seconds: f64) -> String {
    let ms = seconds * 1e3;
    match ms {
        _ if !ms.is_finite() => t("unbounded").to_owned(),
        small if small < 10.0 => format!("{} ms", decimal(small, 2)),
        small if small < 100.0 => format!("{} ms", decimal(small, 1)),
        small if small < 1e3 => format!("{} ms", decimal(small, 0)),
        _ if seconds < 120.0 => format!("{} s", decimal(seconds, 2)),
        _ => tr!("{} min", decimal(seconds / 60.0, 1)),
    }
}

/// A time that may have no bound.
pub fn bounded(time_s: Option<f64>) -> String {
    time_s.map_or_else(|| t("unbounded").to_owned(), seconds)
}

/// Memory: `110 MB`, `2.1 GB`.
pub fn memory(mb: f64) -> String {
    if mb < 1024.0 { format!("{} MB", decimal(mb, 0)) } else { format!("{} GB", decimal(mb / 1024.0, 1)) }
}

/// How busy: `24 %`, `140 %`.
pub fn utilisation(share: Option<f64>) -> String {
    share.map_or_else(|| "–".to_owned(), figures::share)
}

/// `1 process`, `1,200 processes`.
pub fn processes(count: u64) -> String {
    if count == 1 { t("1 process").to_owned() } else { tr!("{} processes", amount(count as f64)) }
}

/// What a request asks of a server, in seconds, and what one process does at most, in requests a second: in a sentence.
pub fn demand(server: &ServerCapacity) -> String {
    let in_a_row = if server.gathers && server.in_a_row_s > server.demand.wait_s * 1.001 {
        tr!(" ({} in a row)", seconds(server.in_a_row_s))
    } else {
        String::new()
    };
    let (low, high) = server.single.saturation_range_per_s;
    tr!(
        "A request waits {0}{in_a_row} and computes {1}; one process does at most {2} ({3} to {4})",
        seconds(server.demand.wait_s),
        seconds(server.demand.cpu_s),
        rate(server.single.saturation_per_s),
        rate(low),
        rate(high),
        in_a_row
    )
}

/// How it does under as many clients as are tagged: `With 200 clients asking without a pause: 390/s, 513 ms each`.
pub fn closed(closed: &Closed) -> String {
    tr!(
        "With {0} asking without a pause: {1}, {2} each",
        counted(&amount(closed.clients as f64), Unit::Client),
        rate(closed.planned_per_s),
        seconds(closed.response_s())
    )
}

/// The name of a server.
pub fn server<'a>(playbook: &'a Playbook, id: &'a ServerId) -> &'a str {
    playbook.servers.get(id).map_or(id.as_str(), |kind| &kind.label)
}

/// Its name where there is little room.
pub fn server_in_short<'a>(playbook: &'a Playbook, id: &'a ServerId) -> &'a str {
    playbook.servers.get(id).map_or(id.as_str(), crate::playbook::ServerKind::in_short)
}

/// What comes to a service and what that is known from: `41.7/s at peak, its own trait`. What is unknown says what to tag, and on whom.
pub fn load(playbook: &Playbook, project: &Project, load: &Load) -> String {
    let Some(per_s) = load.rate_per_s else {
        let peak = playbook.capacity.as_ref().and_then(|settings| settings.traits.peak.as_ref());
        let tag = peak.map_or_else(|| t("its load").to_owned(), |id| format!("\"{}\"", trait_label(playbook, id)));
        let or_else = match load.silent_callers.as_slice() {
            [] => String::new(),
            callers => tr!(", or on {}", names_up_to(project, callers, NAMES)),
        };
        return tr!("Load unknown; tag {tag} on it{or_else}", tag, or_else);
    };
    let known = rate(per_s);
    let text = match &load.source {
        LoadSource::Peak => tr!("{known} at peak, its own trait", known),
        LoadSource::Mean => tr!("{known} on average, its own trait; no peak is tagged", known),
        LoadSource::Devices { devices, interval_s } => {
            tr!("{known}, {0} every {1}", counted(&amount(*devices), Unit::Device), seconds(*interval_s), known)
        }
        LoadSource::LiveClients { clients, interval_s } => {
            tr!(
                "{known}, {0} told something every {1} (assumption)",
                counted(&amount(*clients), Unit::LiveClient),
                seconds(*interval_s),
                known
            )
        }
        _ if load.endless => tr!(
            "At least {known}; calls go round in a circle and bring back no less than goes out, so there is no bound",
            known
        ),
        LoadSource::Callers if load.is_least() => {
            let silent = silent(project, &load.silent_callers);
            let lack = if load.silent_callers.len() == 1 {
                t("does not say what it sends")
            } else {
                t("do not say what they send")
            };
            tr!("At least {known} from its callers; {silent} {lack}", known, silent, lack)
        }
        LoadSource::Callers => tr!("{known} from its callers", known),
        LoadSource::Unknown => known,
    };
    match load.callers_per_s {
        Some(callers) => tr!("{text}; its callers would send {}", rate(callers), text),
        None => text,
    }
}

/// Callers who say nothing; where not all are known, that there are many.
fn silent(project: &Project, callers: &[ComponentId]) -> String {
    if callers.len() < MOST_SILENT {
        return names_up_to(project, callers, NAMES);
    }
    let first: Vec<String> = callers.iter().take(NAMES).map(|id| project.component_name(id)).collect();
    tr!("{} and many more", first.join(", "))
}

/// What nobody has said, in words: `how long a call from Shop to Maps takes`.
pub fn missing(playbook: &Playbook, project: &Project, missing: &Missing) -> String {
    match missing {
        Missing::Latency(id) => match project.connections.get(id) {
            Some(link) => tr!(
                "how long a call from {0} to {1} takes",
                project.component_name(&link.from),
                project.component_name(&link.to)
            ),
            None => tr!("how long a call over {id} takes", id),
        },
        Missing::Trait(id) => format!("\"{}\"", trait_label(playbook, id)),
        Missing::Callee(id) => tr!("what {} lacks", project.component_name(id)),
        Missing::Calls(id) => match project.connections.get(id) {
            Some(link) => {
                let ends = [&link.from, &link.to].map(|end| project.component_name(end));
                let what = if link.calls_per_request.is_some() { t("what ends the") } else { t("how many") };
                let each = if link.calls_per_request.is_some() { "" } else { t(" for each request") };
                tr!("{what} calls that {0} makes to {1}{each}", ends[0], ends[1], what, each)
            }
            None => tr!("how many calls go over {id}", id),
        },
    }
}

/// A deployment: `3 processes on 2 processors`, `2 processes with 8 threads each on 2 processors`.
pub fn deployment(slots: Option<Slots>, deployment: &Deployment) -> String {
    let processes = if deployment.processes == 1 {
        t("1 process").to_owned()
    } else {
        tr!("{} processes", amount(deployment.processes as f64))
    };
    let threads = match (slots, deployment.slots_per_process) {
        (Some(Slots::Threads(_) | Slots::Pool(_)), Some(count)) if deployment.processes == 1 => {
            tr!(" with {count} threads", count)
        }
        (Some(Slots::Threads(_) | Slots::Pool(_)), Some(count)) => tr!(" with {count} threads each", count),
        _ => String::new(),
    };
    tr!("{processes}{threads} on {}", counted(&amount(deployment.cpus as f64), Unit::Processor), processes, threads)
}

/// How long answers take as planned, or up to which load they have a bound: `mean 12 ms, p50 10 ms, p95 30 ms, p99 35–60 ms`.
pub fn answers(server: &ServerCapacity) -> String {
    match &server.planned().answers {
        Answers::Alone(time_s) => tr!("{} without other requests", seconds(*time_s)),
        Answers::Unbounded if server.locks_up => t("can lock up").to_owned(),
        Answers::Unbounded => tr!("unbounded: at most {}", rate(server.bounded_up_to_per_s())),
        Answers::Within(response) => tr!(
            "mean {0}, p50 {1}, p95 {2}, p99 {3} to {4}",
            seconds(response.mean_s),
            bounded(response.p50_s),
            bounded(response.p95_s),
            seconds(response.p99_low_s),
            bounded(response.p99_high_s)
        ),
    }
}

/// Whether the target is met, in a word or two.
pub fn target(server: &ServerCapacity) -> &'static str {
    match server.target {
        TargetVerdict::None => t("no target"),
        TargetVerdict::Met => t("met"),
        TargetVerdict::Missed => t("missed"),
        TargetVerdict::Unknown => t("unknown"),
    }
}

/// The target of a service and what becomes of it as planned: `p95 within 200 ms: met`.
pub fn target_of(playbook: &Playbook, project: &Project, service: &ServiceCapacity) -> Option<String> {
    let target_s = service.target_s?;
    let chosen = service.chosen()?;
    let (alone_s, own_s) = (chosen.alone_p95_s, chosen.demand.alone_s());
    let verdict = match (chosen.target, chosen.out_of_reach(target_s)) {
        (TargetVerdict::Missed, Some(OutOfReachBy::Computing)) => {
            tr!("missed by any number of workers, as computing alone takes {}", seconds(chosen.demand.cpu_s))
        }
        (TargetVerdict::Missed, _) if own_s > target_s => {
            tr!("missed by any number of workers, as one request alone takes {}", seconds(own_s))
        }
        (TargetVerdict::Missed, Some(by)) if service.held_up_by.is_none() => {
            let what =
                if by == OutOfReachBy::Both { t("what it waits for and computes") } else { t("what it waits for") };
            tr!("missed by any number of its own workers, as {what} takes that long: p95 {}", seconds(alone_s), what)
        }
        (TargetVerdict::Unknown, _) if service.load.endless => t("unknown, as calls go round without end").to_owned(),
        (TargetVerdict::Unknown, _) if service.missing.is_empty() => t("unknown, as the load is").to_owned(),
        (TargetVerdict::Unknown, _) => {
            let all: Vec<String> = service.missing.iter().map(|one| missing(playbook, project, one)).collect();
            tr!("unknown until somebody says {}", all.join(t(" and ")))
        }
        _ => target(chosen).to_owned(),
    };
    Some(tr!("p95 within {}: {verdict}", seconds(target_s), verdict))
}

/// How many workers a service has and would take, where somebody says how many there are: `Has 2 processes; 4 would be planned for what
/// comes`.
pub fn workers(service: &ServiceCapacity) -> Option<String> {
    let (has, needs) = (service.workers?, service.chosen()?.needs?);
    Some(tr!("Has {0}; {1} would be planned for what comes", processes(has), amount(needs.processes as f64)))
}

/// What breaks first where nobody is late: `Holds 1.7 times this load; Orders breaks first`.
fn holds(project: &Project, capacity: &Capacity) -> String {
    if let Some(first) = &capacity.bottleneck {
        return breaks(project, first);
    }
    let mut known = capacity.services.values().filter_map(|service| service.load.rate_per_s).peekable();
    let told = if known.peek().is_none() {
        t("No load is known yet")
    } else if known.all(|per_s| per_s == 0.0) {
        t("Nothing comes: every load that is known is 0")
    } else {
        t("How much it holds is not known: no server is known for what is called")
    };
    told.to_owned()
}

/// The same of what breaks first.
pub fn breaks(project: &Project, Bottleneck { component, headroom, at_most }: &Bottleneck) -> String {
    let name = project.component_name(component);
    if *headroom >= 1.0 && *at_most {
        tr!("Holds at most {} times this load, as not all is known; {name} breaks first", decimal(*headroom, 1), name)
    } else if *headroom >= 1.0 {
        tr!("Holds {} times this load; {name} breaks first", decimal(*headroom, 1), name)
    } else {
        tr!("Does not hold: {name} can do {} of its load", figures::share(*headroom), name)
    }
}

/// A service as planned, in a line: `41.7/s, 1 process on 1 processor, 42 % busy, p95 121 ms, in time`; `load unknown` where it is.
pub fn in_short(playbook: &Playbook, service: &ServiceCapacity) -> String {
    let Some(chosen) = service.chosen() else { return t("no server known").to_owned() };
    let Some((per_s, plan)) = service.load.rate_per_s.zip(chosen.plan.as_ref()) else {
        return t("load unknown").to_owned();
    };
    let slots = playbook.servers.get(&chosen.server).map(|kind| kind.slots);
    let least = if service.load.is_least() { t("at least ") } else { "" };
    let target = match chosen.target {
        TargetVerdict::Met => t(", in time"),
        TargetVerdict::Missed => t(", too late"),
        TargetVerdict::Unknown => t(", target unknown"),
        TargetVerdict::None => "",
    };
    let time = match plan.answers.p95_s() {
        Some(p95_s) => format!("p95 {}", seconds(p95_s)),
        None => t("unbounded").to_owned(),
    };
    let (deployment, busy) = (deployment(slots, &plan.deployment), utilisation(plan.utilisation));
    tr!("{least}{}, {deployment}, {busy} busy, {time}{target}", rate(per_s), least, deployment, busy, time, target)
}

/// A path by its stops: `Front end > Prediction API > Weather API`.
pub fn path(project: &Project, path: &RequestPath) -> String {
    let stops = path.caller.iter().chain(path.steps.iter().map(|step| &step.component));
    stops.map(|id| project.component_name(id)).collect::<Vec<_>>().join(" > ")
}

/// Who fails when something is gone, in a sentence.
pub fn fallout(project: &Project, gone: &ComponentId, fallout: &Fallout) -> Vec<String> {
    let with = |fate: Fate| -> Vec<ComponentId> {
        fallout.fates.iter().filter(|(_, other)| *other == fate).map(|(id, _)| id.clone()).collect()
    };
    let list = |ids: &[ComponentId]| names_up_to(project, ids, ids.len().max(1));
    let (fails, part, survives) = (with(Fate::Fails), with(Fate::FailsInPart), with(Fate::Survives));
    let mut lines = vec![match fails.as_slice() {
        [] => tr!("Without {} nothing else fails as a whole", project.component_name(gone)),
        ids => tr!("Without {0} these fail: {1}", project.component_name(gone), list(ids)),
    }];
    if !part.is_empty() {
        lines.push(tr!("In part: {}", list(&part)));
    }
    if !survives.is_empty() {
        lines.push(tr!("These go on: {}", list(&survives)));
    }
    if !fallout.against_isolation.is_empty() {
        lines.push(tr!("Tagged to survive others' faults, and fails: {}", list(&fallout.against_isolation)));
    }
    lines
}

/// What machines are priced with, in the project's currency: `$30 a processor and $3.25 a gigabyte a month (assumption)`.
pub fn prices(project: &Project, settings: &CapacitySettings) -> String {
    let money = Money::of(project);
    let exact = |usd: f64| money.exact_of(money.currency().from_usd(usd));
    let (cpu, gb) = (exact(settings.usd_per_cpu_month), exact(settings.usd_per_gb_month));
    let machines = &project.assumptions.machines;
    let own = machines.usd_per_cpu_month.is_some() || machines.usd_per_gb_month.is_some();
    let whose = if own { t("the project's own") } else { t("assumption") };
    tr!("{cpu} a processor and {gb} a gigabyte a month ({whose})", cpu, gb, whose)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_rates_are_told_in_the_unit_that_suits_them() {
        let told = [0.000_35, 0.0245, 0.203_5, 1.2, 150.0, f64::INFINITY].map(seconds);
        assert_eq!(told, ["0.35 ms", "24.5 ms", "204 ms", "1.2 s", "2.5 min", "unbounded"]);
        assert_eq!([0.0, 0.001, 41.7, 150_000.0].map(rate), ["0/s", "< 0.01/s", "41.7/s", "150K/s"]);
        assert_eq!([110.0, 2_150.4].map(memory), ["110 MB", "2.1 GB"]);
    }
}
