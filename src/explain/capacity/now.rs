//! What is to be known before any figure: who is late now, what goes in circles, and how far to trust a p99.

use super::{NAMES, breaks, names_up_to, rate};
use crate::{
    assess::capacity::{Answers, Capacity, RequestPath, ServiceCapacity, TargetVerdict},
    lang::{later, t, tr},
    project::{ComponentId, ConnectionId, ElementId, Project},
};

/// A p99 below this was measured far higher than computed, in seconds.
const SMALL_P99_S: f64 = 0.02;

/// How far to trust a p99 of a few milliseconds.
pub const SMALL_P99: &str =
    later("A p99 of a few milliseconds was measured at two to three times as much on a busy shared machine");

/// The same in fewer words.
pub const SMALL_P99_SHORT: &str = later("p99 of a few ms: 2 to 3 times as much was measured");

/// Whether a p99 is so small that [`SMALL_P99`] is to stand beside it.
pub fn is_small_p99(answers: &Answers) -> bool {
    matches!(answers, Answers::Within(response) if response.p99_low_s < SMALL_P99_S)
}

/// The answer to "does it hold", with who is too late first: `Too late: Pricing`, `Holds 1.7 times this load; Orders breaks first`.
pub fn headline(project: &Project, capacity: &Capacity) -> String {
    let (locked, overloaded): (Vec<ComponentId>, Vec<ComponentId>) = overloaded(capacity)
        .into_iter()
        .partition(|id| capacity.services.get(id).is_some_and(ServiceCapacity::locks_up));
    let late: Vec<ComponentId> = capacity.late().cloned().collect();
    let mut parts = Vec::new();
    if !capacity.endless.is_empty() {
        let who = names_up_to(project, &capacity.endless, NAMES);
        parts.push(tr!("Calls go round without end between {who}: each brings back one or more, and no number of workers holds that", who));
    }
    match (overloaded.as_slice(), &capacity.bottleneck) {
        ([], _) => {}
        ([one], Some(first)) if first.component == *one && first.headroom <= 1.0 => parts.push(breaks(project, first)),
        (names, _) => parts.push(tr!("Does not hold: {}", names_up_to(project, names, NAMES))),
    }
    if !locked.is_empty() {
        let who = names_up_to(project, &locked, NAMES);
        parts.push(tr!("Can lock up, as all workers may wait for each other: {who}", who));
    }
    if !late.is_empty() {
        parts.push(tr!("Too late: {}", names_up_to(project, &late, NAMES)));
    }
    if parts.is_empty() {
        return super::holds(project, capacity);
    }
    parts.join("; ")
}

fn is_unbounded(service: &ServiceCapacity) -> bool {
    service.planned().is_some_and(|planned| planned.answers == Answers::Unbounded)
}

/// Services to which more comes than they can answer; those that only wait for them do not count, unless there is nobody else.
fn overloaded(capacity: &Capacity) -> Vec<ComponentId> {
    let unbounded = || capacity.services.iter().filter(|(_, service)| is_unbounded(service));
    let own: Vec<ComponentId> =
        unbounded().filter(|(_, service)| service.held_up_by.is_none()).map(|(id, _)| id.clone()).collect();
    if own.is_empty() { unbounded().map(|(id, _)| id.clone()).collect() } else { own }
}

/// Whether a way as a whole is in time for the target of its first service, in a word: `met`, `missed`, `unknown`, `none`.
pub fn path_target(path: &RequestPath) -> &'static str {
    match path.target {
        TargetVerdict::None => t("none"),
        TargetVerdict::Met => t("met"),
        TargetVerdict::Missed => t("missed"),
        TargetVerdict::Unknown => t("unknown"),
    }
}

/// The connections that close a circle of calls; nothing where there is none.
pub fn circles(project: &Project, capacity: &Capacity) -> Option<String> {
    let (first, rest) = capacity.circles.split_at(capacity.circles.len().min(NAMES));
    let names: Vec<String> = first.iter().map(|id| project.name_of(&ElementId::Connection(id.clone()))).collect();
    let more = if rest.is_empty() { String::new() } else { tr!(" and {} more", rest.len()) };
    let link = if capacity.circles.len() == 1 { t("this link closes") } else { t("these links close") };
    let unsaid = |id: &&ConnectionId| {
        project.connections.get(*id).is_some_and(|connection| connection.calls_per_request.is_none())
    };
    let unsaid = match capacity.circles.iter().filter(unsaid).count() {
        0 => "",
        _ if capacity.circles.len() == 1 => {
            t("; what it brings back is not counted until its calls per request are said")
        }
        _ => t("; what those bring back is not counted whose calls per request are not said"),
    };
    (!names.is_empty())
        .then(|| tr!("Calls go in a circle, which {link}: {}{more}{unsaid}", names.join(", "), link, more, unsaid))
}

/// Why a service that could carry its load by itself answers nobody, as a sentence; `None` where it is not so: `Waits for Orders, which cannot
/// answer its load`.
pub fn why_stuck(project: &Project, service: &ServiceCapacity) -> Option<String> {
    if let Some(other) = &service.held_up_by {
        return Some(tr!("Waits for {}, which cannot answer its load", project.component_name(other)));
    }
    let [_, why] = why_unbounded(project, service).filter(|_| service.locks_up())?;
    Some(tr!("Can lock up: {why}", why))
}

/// Why answers of a service have no bound, in a few words and in a sentence: `waits for Orders`.
pub fn why_unbounded(project: &Project, service: &ServiceCapacity) -> Option<[String; 2]> {
    let chosen = service.chosen().filter(|_| is_unbounded(service))?;
    Some(if let Some(other) = &service.held_up_by {
        let waits = tr!("waits for {}", project.component_name(other));
        let full = tr!("{waits}, which cannot answer its load", waits);
        [waits, full]
    } else if service.locks_up() {
        let full = t(
            "its requests wait, by way of others, for workers of its own; so few of them are all held before long, and if all of these wait nobody is answered any more",
        );
        [t("can lock up").to_owned(), full.to_owned()]
    } else {
        let comes = service.load.rate_per_s.map_or_else(|| t("more than it can").to_owned(), rate);
        let most = rate(chosen.bounded_up_to_per_s());
        [t("overloaded").to_owned(), tr!("gets {comes}, and answers {most} at most", comes, most)]
    })
}
