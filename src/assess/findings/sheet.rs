//! The drawing itself: what nothing is connected to, and names that stand for two things.

use indexmap::IndexMap;

use super::{Subject, found};
use crate::{
    assess::types::{Finding, Fix},
    lang::{t, tr},
    playbook::Severity,
    project::{ComponentKind, Connection, Edit, Protocol},
};

/// Fewer components than this are a sketch that has just begun.
const LEAST_COMPONENTS: usize = 3;

pub(super) fn find(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    unconnected(subject, findings);
    same_names(subject, findings);
}

/// Said only where two thirds of the sheet are connected: while somebody is still drawing, everything stands alone.
fn unconnected(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let count = subject.graph.components.len();
    let is_alone = |position: usize| subject.graph.out(position).chain(subject.graph.into(position)).next().is_none();
    let alone: Vec<usize> = (0..count).filter(|position| is_alone(*position)).collect();
    if count < LEAST_COMPONENTS || 3 * alone.len() > count {
        return;
    }
    for position in alone {
        let (name, kind) = (subject.name(position), subject.graph.component(position).kind);
        let elements = vec![subject.element(position)];
        findings.push(if is_store(kind) {
            found("unused-store", Severity::Hint, tr!("Nobody uses {name}; connect it or leave it out", name), elements)
                .because(
                    t("A store that nobody reads is a cost without a use, or a connection that was forgotten."),
                    &[],
                )
                .mended_by(only_service(subject).map(|service| used_by(subject, service, position)))
        } else {
            let message = tr!("Nothing is connected to {name}; connect it or leave it out", name);
            found("unconnected", Severity::Hint, message, elements).because(
                t("Connections are read as evidence and as work, so a missing one makes the plan too cheap."),
                &[],
            )
        });
    }
}

fn is_store(kind: ComponentKind) -> bool {
    use ComponentKind::{ObjectStorage, RelationalDatabase, SearchEngine, TimeSeriesDatabase};
    matches!(kind, RelationalDatabase | TimeSeriesDatabase | ObjectStorage | SearchEngine)
}

fn only_service(subject: &Subject<'_>) -> Option<usize> {
    let mut services = subject.graph.services();
    let first = services.next();
    first.filter(|_| services.next().is_none())
}

fn used_by(subject: &Subject<'_>, service: usize, store: usize) -> Fix {
    let (from, to) = (subject.id(service).clone(), subject.id(store).clone());
    let link = subject.graph.project.new_connection_id(&from, &to);
    let protocol = Protocol::likely_to(subject.graph.component(store).kind);
    Fix {
        label: tr!("Connect {} to it", subject.name(service)),
        edits: vec![Edit::PutConnection(link, Connection::new(from, to, protocol))],
    }
}

fn same_names(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let mut by_name: IndexMap<String, Vec<usize>> = IndexMap::new();
    for position in 0..subject.graph.components.len() {
        by_name.entry(subject.name(position).trim().to_lowercase()).or_default().push(position);
    }
    let taken = |name: &str| by_name.contains_key(&name.to_lowercase());
    for (folded, positions) in by_name.iter().filter(|(folded, positions)| !folded.is_empty() && positions.len() > 1) {
        let name = subject.name(positions[0]).trim();
        let message = tr!("{} components are called {name}; give each a name of its own", positions.len(), name);
        let free = (2_usize..).map(|number| format!("{name} {number}")).filter(|name| !taken(name));
        let renamed = positions.iter().skip(1).zip(free);
        let edits: Vec<Edit> =
            renamed.map(|(position, name)| Edit::Rename(subject.id(*position).clone(), name)).collect();
        let elements = positions.iter().map(|position| subject.element(*position)).collect();
        findings.push(
            found("same-name", Severity::Hint, message, elements)
                .only_about(&crate::project::slug(folded, "name"))
                .because(t("In reports, tables and conversations nobody can tell them apart."), &[])
                .mended_by([Fix { label: t("Number them").to_owned(), edits }]),
        );
    }
}
