//! Connections that should not be, and seams that cannot hold.

use super::{Subject, fixes, found};
use crate::{
    assess::{
        graph::Link,
        types::{Finding, Fix, VerdictKind},
    },
    lang::{t, tr},
    playbook::Severity,
    project::{Component, ComponentKind, Connection, Edit, ElementId, Protocol},
};

pub(super) fn find(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    for link in &subject.graph.links {
        client_on_data_store(subject, link, findings);
        shared_tables_across(subject, link, findings);
    }
    for position in 0..subject.graph.components.len() {
        database_across(subject, position, findings);
    }
    without_contract(subject, findings);
}

/// Whether it holds data that rules of ours protect. Files handed out straight from object storage are ordinary.
fn is_guarded(kind: ComponentKind) -> bool {
    use ComponentKind::{Redis, RelationalDatabase, SearchEngine, TimeSeriesDatabase};
    matches!(kind, RelationalDatabase | TimeSeriesDatabase | Redis | SearchEngine)
}

fn client_on_data_store(subject: &Subject<'_>, link: &Link<'_>, findings: &mut Vec<Finding>) {
    let (from, to) = (subject.graph.component(link.from), subject.graph.component(link.to));
    if from.kind != ComponentKind::Client || !is_guarded(to.kind) {
        return;
    }
    let message = tr!("{0} reaches {1} directly; put a service between them", from.name, to.name);
    let elements = vec![
        ElementId::Connection(link.id.clone()),
        ElementId::Component(link.connection.from.clone()),
        ElementId::Component(link.connection.to.clone()),
    ];
    findings.push(
        found("client-on-data-store", Severity::Warning, message, elements)
            .because(t("Whoever holds the client holds the password, and every rule of the services is bypassed."), &[])
            .mended_by([service_between(subject, link)]),
    );
}

/// Leads the client to a service that uses the store already, or to a new one.
fn service_between(subject: &Subject<'_>, link: &Link<'_>) -> Fix {
    let project = subject.graph.project;
    let user = subject.graph.into(link.to).map(|link| link.from).find(|user| subject.graph.is_service(*user));
    let lead_to = |to| Connection { to, protocol: Protocol::Http, ..(**link.connection).clone() };
    if let Some(user) = user {
        return Fix {
            label: tr!("Lead it to {}", subject.name(user)),
            edits: vec![Edit::PutConnection(link.id.clone(), lead_to(subject.id(user).clone()))],
        };
    }
    let (kind, store) = (ComponentKind::RestApi, subject.id(link.to).clone());
    let name = kind.label();
    let id = project.new_component_id(name);
    let protocol = link.connection.protocol;
    Fix {
        label: tr!("Add \"{name}\" between them", name),
        edits: vec![
            Edit::PutComponent(id.clone(), Component::new(name, kind, None)),
            Edit::PutConnection(link.id.clone(), lead_to(id.clone())),
            Edit::PutConnection(project.new_connection_id(&id, &store), Connection::new(id, store, protocol)),
        ],
    }
}

/// Tables that both sides of the seam would have to model.
fn shared_tables_across(subject: &Subject<'_>, link: &Link<'_>, findings: &mut Vec<Finding>) {
    let shares = matches!(link.connection.protocol, Protocol::SharedTables | Protocol::Database);
    let crosses = match (subject.root(link.from), subject.root(link.to)) {
        (Some(from), Some(to)) => from != to,
        _ => false,
    };
    if !shares || !crosses {
        return;
    }
    let (from, to) = (subject.name(link.from), subject.name(link.to));
    let message =
        tr!("{from} and {to} share tables across two frameworks: every model would be written twice", from, to);
    let elements = vec![ElementId::Connection(link.id.clone()), subject.element(link.from), subject.element(link.to)];
    let other = |protocol: Protocol| {
        let label = if protocol == Protocol::Http { t("Make it HTTP") } else { t("Make it a queue") }.to_owned();
        fixes::protocol(link.id, link.connection, protocol, label)
    };
    findings.push(
        found("shared-tables-across-seam", Severity::Warning, message, elements)
            .because(t("Two models of the same tables drift apart with the first migration; a contract or a queue keeps the sides apart."), &[9, 17])
            .mended_by([Protocol::Http, Protocol::Queue].map(other)),
    );
}

/// A database that services on both sides of a seam read and write.
fn database_across(subject: &Subject<'_>, store: usize, findings: &mut Vec<Finding>) {
    let kind = subject.graph.component(store).kind;
    if !matches!(kind, ComponentKind::RelationalDatabase | ComponentKind::TimeSeriesDatabase) {
        return;
    }
    let callers = subject.graph.into(store).map(|link| link.from);
    let mut users: Vec<usize> = callers.chain(subject.graph.out(store).map(|link| link.to)).collect();
    users.sort_unstable();
    users.dedup();
    users.retain(|user| subject.root(*user).is_some());
    let Some(first_root) = users.first().and_then(|user| subject.root(*user)) else { return };
    let (one, other): (Vec<usize>, Vec<usize>) =
        users.iter().partition(|user| subject.root(**user) == Some(first_root));
    let Some(second_root) = other.first().and_then(|user| subject.root(*user)) else { return };
    let message = tr!(
        "{0} and {1} use {2} from two frameworks: agree on every column, or give one side its own",
        subject.names(&one),
        subject.names(&other),
        subject.name(store)
    );
    let two_roots = other.iter().all(|user| subject.root(*user) == Some(second_root));
    let alone = [&other, &one].into_iter().find(|side| side.len() == 1).filter(|_| two_roots);
    let fix = alone.map(|side| own_database(subject, side[0], store));
    let elements = std::iter::once(store).chain(users).map(|position| subject.element(position)).collect();
    findings.push(
        found("database-across-seam", Severity::Hint, message, elements)
            .because(t("The side that migrates the tables breaks the other side, which finds out when it runs."), &[17])
            .mended_by(fix),
    );
}

fn own_database(subject: &Subject<'_>, user: usize, store: usize) -> Fix {
    let project = subject.graph.project;
    let kind = subject.graph.component(store).kind;
    let name = tr!("{} database", subject.name(user));
    let id = project.new_component_id(&name);
    let mut edits = vec![Edit::PutComponent(id.clone(), Component::new(&name, kind, None))];
    for link in subject.graph.out(user).filter(|link| link.to == store) {
        edits.push(Edit::PutConnection(link.id.clone(), Connection { to: id.clone(), ..(**link.connection).clone() }));
    }
    for link in subject.graph.into(user).filter(|link| link.from == store) {
        edits
            .push(Edit::PutConnection(link.id.clone(), Connection { from: id.clone(), ..(**link.connection).clone() }));
    }
    Fix { label: tr!("Give {} its own", subject.name(user)), edits }
}

/// A mixed system whose halves have nothing to say to each other.
fn without_contract(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if subject.verdict.kind != VerdictKind::Mixed || !subject.verdict.seam.is_empty() {
        return;
    }
    let services: Vec<usize> = subject.graph.services().collect();
    let Some(first_root) = services.first().and_then(|service| subject.root(*service)) else { return };
    let (one, other): (Vec<usize>, Vec<usize>) =
        services.iter().partition(|service| subject.root(**service) == Some(first_root));
    // What both halves use, a queue or a client that calls both, holds them together well enough.
    let mut sides = vec![[false; 2]; subject.graph.components.len()];
    for (side, services) in [&one, &other].into_iter().enumerate() {
        for service in services {
            subject.graph.out(*service).for_each(|link| sides[link.to][side] = true);
            subject.graph.into(*service).for_each(|link| sides[link.from][side] = true);
        }
    }
    let is_drawn = |side: usize| sides.iter().any(|touched| touched[side]);
    if sides.contains(&[true, true]) || !is_drawn(0) || !is_drawn(1) {
        return;
    }
    let message = tr!(
        "The two halves of this mixed system are not connected: by which contract or queue do {0} and {1} work together?",
        subject.names(&one),
        subject.names(&other)
    );
    let elements = services.iter().map(|service| subject.element(*service)).collect();
    let fix = (one.len() == 1 && other.len() == 1).then(|| by_http(subject, one[0], other[0]));
    findings.push(
        found("mixed-without-contract", Severity::Hint, message, elements)
            .because(
                t("The contract between the halves is what a mixed system costs; leave it out and the plan is too cheap."),
                &[14, 17],
            )
            .mended_by(fix),
    );
}

fn by_http(subject: &Subject<'_>, from: usize, to: usize) -> Fix {
    let (from_id, to_id) = (subject.id(from).clone(), subject.id(to).clone());
    let link = subject.graph.project.new_connection_id(&from_id, &to_id);
    Fix {
        label: tr!("Connect {0} to {1} by HTTP", subject.name(from), subject.name(to)),
        edits: vec![Edit::PutConnection(link, Connection::new(from_id, to_id, Protocol::Http))],
    }
}
