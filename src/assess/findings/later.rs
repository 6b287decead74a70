//! What is put off to later and missed by what is not.

use super::{Subject, found, in_words};
use crate::{
    assess::{
        graph::Graph,
        types::{Finding, Fix},
    },
    playbook::Severity,
    project::{Edit, ElementId},
};

pub(super) fn find(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    if subject.whole.deferred().next().is_none() {
        return;
    }
    let graph = Graph::new(subject.whole);
    for later in (0..graph.components.len()).filter(|position| graph.component(*position).deferred) {
        let (sharing, calling) = missed_by(&graph, later);
        if !sharing.is_empty() {
            findings.push(tables_put_off(&graph, later, &sharing));
        }
        if !calling.is_empty() {
            findings.push(callee_put_off(&graph, later, &calling));
        }
    }
}

/// The services in scope that work on the tables of a component, and those that only call it.
fn missed_by(graph: &Graph<'_>, later: usize) -> (Vec<usize>, Vec<usize>) {
    let mut sharing = Vec::new();
    let mut calling = Vec::new();
    for link in graph.into(later) {
        if graph.is_service(link.from) && !graph.component(link.from).deferred {
            let list = if link.connection.protocol.binds() { &mut sharing } else { &mut calling };
            list.push(link.from);
        }
    }
    for list in [&mut sharing, &mut calling] {
        list.sort_unstable();
        list.dedup();
    }
    calling.retain(|from| !sharing.contains(from));
    (sharing, calling)
}

fn names(graph: &Graph<'_>, positions: &[usize]) -> String {
    let names: Vec<&str> = positions.iter().map(|position| graph.component(*position).name.as_str()).collect();
    in_words(&names)
}

/// The component that is put off names the finding; those that miss it come after it.
fn elements(graph: &Graph<'_>, later: usize, missing_it: &[usize]) -> (Vec<ElementId>, Vec<ElementId>) {
    let element = |position: &usize| ElementId::Component(graph.components[*position].0.clone());
    (vec![element(&later)], missing_it.iter().map(element).collect())
}

/// Taking it in again, or putting off what misses it as well, with whatever works on the tables of that.
fn ways_out(graph: &Graph<'_>, later: usize, missing_it: &[usize]) -> [Fix; 2] {
    let set = |position: &usize, deferred| Edit::SetDeferred(graph.components[*position].0.clone(), deferred);
    let in_scope = |position: &usize| !graph.component(*position).deferred;
    let mut too: Vec<usize> = graph.bound_to(missing_it).into_iter().filter(in_scope).collect();
    too.extend(missing_it);
    too.sort_unstable();
    [
        Fix { label: format!("Take {} in again", graph.component(later).name), edits: vec![set(&later, false)] },
        Fix {
            label: format!("Put {} off too", names(graph, &too)),
            edits: too.iter().map(|position| set(position, true)).collect(),
        },
    ]
}

fn tables_put_off(graph: &Graph<'_>, later: usize, sharing: &[usize]) -> Finding {
    let works = if sharing.len() == 1 { "works" } else { "work" };
    let message = format!(
        "{} {works} on the tables of {}, which is put off to later",
        names(graph, sharing),
        graph.component(later).name
    );
    let (element, others) = elements(graph, later, sharing);
    found("shares-tables-of-later", Severity::Warning, message, element)
        .also(others)
        .because("The tables and their models are its work: until it is built there is nothing to share, and the estimate misses them.", &[9])
        .mended_by(ways_out(graph, later, sharing))
}

fn callee_put_off(graph: &Graph<'_>, later: usize, calling: &[usize]) -> Finding {
    let calls = match (graph.is_service(later), calling.len()) {
        (true, 1) => "calls",
        (true, _) => "call",
        (false, 1) => "uses",
        (false, _) => "use",
    };
    let message =
        format!("{} {calls} {}, which is put off to later", names(graph, calling), graph.component(later).name);
    let (element, others) = elements(graph, later, calling);
    found("calls-what-is-later", Severity::Hint, message, element)
        .also(others)
        .because(
            "Until it is built the caller has to do without it; what that means is a decision, and perhaps work.",
            &[],
        )
        .mended_by(ways_out(graph, later, calling))
}
