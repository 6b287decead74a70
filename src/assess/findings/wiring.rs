//! Connections that say something other than was meant: drawn twice, one half of a queue, a store that calls.

use indexmap::IndexMap;

use super::{Subject, fixes, found};
use crate::{
    assess::{
        graph::Link,
        types::{Finding, Fix},
    },
    lang::{t, tr},
    playbook::Severity,
    project::{Component, ComponentKind, Connection, Edit, ElementId, Protocol, TraitId},
};

/// Work that processes of a service's own take from its queue, so that a queue only that service touches is whole.
const WORK_OF_ITS_OWN: [&str; 3] = ["background-jobs", "reports", "notifications"];

pub(super) fn find(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    drawn_twice(subject, findings);
    for position in 0..subject.graph.components.len() {
        half_a_queue(subject, position, findings);
    }
    for link in &subject.graph.links {
        store_calls(subject, link, findings);
    }
}

/// Connections with the same ends and protocol count twice wherever connections count: as evidence, as work and at the seam.
fn drawn_twice(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let mut alike: IndexMap<(usize, usize, Protocol), Vec<&Link<'_>>> = IndexMap::new();
    for link in &subject.graph.links {
        alike.entry((link.from, link.to, link.connection.protocol)).or_default().push(link);
    }
    for ((from, to, protocol), links) in alike.into_iter().filter(|(_, links)| links.len() > 1) {
        let times = if links.len() == 2 { "twice".to_owned() } else { tr!("{} times", links.len()) };
        let (from, to) = (subject.name(from), subject.name(to));
        let message = tr!("{from} to {to} by {} is drawn {times}", protocol.label(), from, to, times);
        let element = |link: &&Link<'_>| ElementId::Connection(link.id.clone());
        let label = if links.len() == 2 { t("Remove the second") } else { t("Remove all but the first") };
        let rest = links.iter().skip(1).map(element).collect();
        findings.push(
            found("connection-twice", Severity::Hint, message, links.iter().map(element).collect())
                .because(
                    t("Each connection counts as evidence and as work, and at the seam it is priced; say how often it is called on the one."),
                    &[],
                )
                .mended_by([Fix { label: label.to_owned(), edits: vec![Edit::Remove(rest)] }]),
        );
    }
}

/// A queue that is connected on one side only: an arrow to it is somebody who writes, an arrow from it somebody who reads.
fn half_a_queue(subject: &Subject<'_>, queue: usize, findings: &mut Vec<Finding>) {
    if subject.graph.component(queue).kind != ComponentKind::MessageQueue {
        return;
    }
    let mut writers: Vec<usize> = subject.graph.into(queue).map(|link| link.from).collect();
    writers.sort_unstable();
    writers.dedup();
    let mut readers: Vec<usize> = subject.graph.out(queue).map(|link| link.to).collect();
    readers.sort_unstable();
    readers.dedup();
    let (name, elements) = (subject.name(queue), vec![subject.element(queue)]);
    let finding = if writers.is_empty() && !readers.is_empty() {
        let message = tr!("Nothing writes to {name}, and {} waits at its end", subject.names(&readers), name);
        found("queue-without-writer", Severity::Hint, message, elements)
    } else if readers.is_empty() && writers.len() == 1 && leaves_it_to_others(subject, writers[0]) {
        let message = tr!("{} writes to {name}, and nothing reads from it", subject.name(writers[0]), name);
        found("queue-without-reader", Severity::Hint, message, elements).mended_by([read_by_worker(subject, queue)])
    } else {
        return;
    };
    findings.push(finding.because(
        t("A queue joins two sides; with one of them missing, its work and its connection are missing from the plan as well."),
        &[],
    ));
}

/// Whether a component that writes to a queue surely does not read from it too. Several that point at one may be both sides of it.
fn leaves_it_to_others(subject: &Subject<'_>, writer: usize) -> bool {
    let component = subject.graph.component(writer);
    let has_work = |id: &str| component.traits.contains_key(&TraitId::new(id));
    component.kind != ComponentKind::Worker && !WORK_OF_ITS_OWN.into_iter().any(has_work)
}

/// Leads a queue to the first worker of the plan, or to a new one.
fn read_by_worker(subject: &Subject<'_>, queue: usize) -> Fix {
    let project = subject.graph.project;
    let kind = ComponentKind::Worker;
    let (worker, label, new) = if let Some(there) = subject.first_of(kind) {
        (subject.id(there).clone(), tr!("Lead it to {}", subject.name(there)), None)
    } else {
        let name = kind.label();
        (project.new_component_id(name), tr!("Add \"{name}\"", name), Some(Component::new(name, kind, None)))
    };
    let from = subject.id(queue).clone();
    let link = project.new_connection_id(&from, &worker);
    let put = new.map(|component| Edit::PutComponent(worker.clone(), component));
    let connection = Edit::PutConnection(link, Connection::new(from, worker, Protocol::Queue));
    Fix { label, edits: put.into_iter().chain([connection]).collect() }
}

/// Whether a store cannot be the caller by this protocol. Stores do tell others of changes, by events and over hooks.
fn only_answers(kind: ComponentKind, protocol: Protocol) -> bool {
    use ComponentKind::{ObjectStorage, Redis, RelationalDatabase, SearchEngine, TimeSeriesDatabase};
    match protocol {
        Protocol::Database => {
            matches!(kind, RelationalDatabase | TimeSeriesDatabase | ObjectStorage | SearchEngine | Redis)
        }
        Protocol::Http => matches!(kind, RelationalDatabase | TimeSeriesDatabase | SearchEngine),
        Protocol::WebSocket | Protocol::Queue | Protocol::PubSub | Protocol::SharedTables => false,
    }
}

fn store_calls(subject: &Subject<'_>, link: &Link<'_>, findings: &mut Vec<Finding>) {
    let kind = subject.graph.component(link.from).kind;
    if !only_answers(kind, link.connection.protocol) || !subject.graph.is_service(link.to) {
        return;
    }
    let (store, service) = (subject.name(link.from), subject.name(link.to));
    let message =
        tr!("{store} calls {service}: a store answers, so the arrow should start at {service}", store, service);
    let elements = vec![ElementId::Connection(link.id.clone()), subject.element(link.from), subject.element(link.to)];
    let (from, to) = (link.connection.to.clone(), link.connection.from.clone());
    let turned = Connection { from, to, ..(**link.connection).clone() };
    let there = subject
        .graph
        .out(link.to)
        .any(|other| other.to == link.from && other.connection.protocol == link.connection.protocol);
    let fix = if there {
        fixes::remove(ElementId::Connection(link.id.clone()), t("Remove it; the right one is there").to_owned())
    } else {
        Fix { label: t("Turn it round").to_owned(), edits: vec![Edit::PutConnection(link.id.clone(), turned)] }
    };
    findings.push(
        found("store-calls-service", Severity::Hint, message, elements)
            .because(
                t("An arrow starts at the caller; the wrong way round the store is missing from what the service needs."),
                &[],
            )
            .mended_by([fix]),
    );
}
