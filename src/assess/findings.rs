//! What should be looked at: rules over a project and the playbook.

use super::{
    evaluate::Values,
    graph::Graph,
    tables::Tables,
    types::{Finding, Severity},
};
use crate::{
    playbook::{Playbook, Trait, TraitKind},
    project::{ComponentId, ComponentKind, ElementId, FrameworkId, Problem, Project, TraitId, TraitValue},
    text::{nearest, number},
};

/// What the project says that the playbook does not know or allow, with the rule that found it.
pub(super) fn check(playbook: &Playbook, project: &Project) -> Vec<(&'static str, Problem)> {
    let mut problems = Vec::new();
    for (id, component) in &project.components {
        let element = || Some(ElementId::Component(id.clone()));
        for (trait_id, value) in &component.traits {
            if let Some((rule, wrong)) = trait_problem(playbook, trait_id, value) {
                let path = ["components", id.as_str(), "traits", trait_id.as_str()];
                problems.push((rule, Problem::new(format!("{}: {wrong}", component.name), element(), &path)));
            }
        }
        if let Some(pin) = component.pin.as_ref().filter(|pin| !playbook.frameworks.contains_key(*pin)) {
            let hint = did_you_mean(pin.as_str(), playbook.frameworks.keys().map(FrameworkId::as_str));
            let message = format!("{}: there is no framework \"{pin}\" to pin it to{hint}", component.name);
            problems.push(("unknown-framework", Problem::new(message, element(), &["components", id.as_str(), "pin"])));
        }
    }
    problems
}

fn did_you_mean<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> String {
    nearest(word, known).map(|near| format!("; did you mean \"{near}\"?")).unwrap_or_default()
}

fn trait_problem(playbook: &Playbook, id: &TraitId, value: &TraitValue) -> Option<(&'static str, String)> {
    let Some(known) = playbook.traits.get(id) else {
        let hint = did_you_mean(id.as_str(), playbook.traits.keys().map(TraitId::as_str));
        return Some(("unknown-trait", format!("there is no trait \"{id}\"{hint}")));
    };
    let wrong = match (&known.value, value) {
        (TraitKind::Flag, TraitValue::Flag(_)) => None,
        (TraitKind::Number { least, most, whole, .. }, TraitValue::Number(n)) => {
            if !(least..=most).contains(&n) {
                let (least, most) = (number(*least), number(*most));
                Some(format!("\"{id}\" is {}; it must be from {least} to {most} {}", number(*n), known.unit))
            } else if *whole && n.fract() != 0.0 {
                Some(format!("\"{id}\" is {n}; it must be a whole number"))
            } else {
                None
            }
        }
        (TraitKind::Choice(options), TraitValue::Choice(chosen)) => (!options.contains(chosen)).then(|| {
            let hint = did_you_mean(chosen, options.iter().map(String::as_str));
            format!("\"{id}\" has no option \"{chosen}\"{hint} (it has: {})", options.join(", "))
        }),
        (TraitKind::Flag, _) => Some(format!("\"{id}\" is {value}; it must be true or false")),
        (TraitKind::Number { .. }, _) => Some(format!("\"{id}\" is {value}; it must be a number ({})", known.unit)),
        (TraitKind::Choice(options), _) => {
            Some(format!("\"{id}\" is {value}; it must be one of: {}", options.join(", ")))
        }
    };
    wrong.map(|message| ("trait-value", message))
}

/// Every finding, worst first.
pub(super) fn findings(playbook: &Playbook, tables: &Tables, graph: &Graph<'_>, values: &Values<'_>) -> Vec<Finding> {
    let of_document = graph.project.validate().into_iter().map(|problem| ("document", problem));
    let mut findings: Vec<Finding> = of_document
        .chain(check(playbook, graph.project))
        .map(|(rule, problem)| Finding {
            rule,
            severity: Severity::Error,
            message: problem.message,
            elements: problem.element.into_iter().collect(),
            paragraph: None,
        })
        .collect();
    for (position, (id, component)) in graph.components.iter().enumerate() {
        let on: Vec<bool> = values.of(position).iter().map(|value| value.is_some_and(TraitValue::is_on)).collect();
        for (a, b) in tables.contradictions.iter().filter(|(a, b)| on[*a] && on[*b]) {
            findings.push(contradiction(id, &component.name, &playbook.traits[*a], &playbook.traits[*b]));
        }
        if component.kind.is_service() && component.traits.is_empty() {
            findings.push(Finding {
                rule: "no-traits",
                severity: Severity::Hint,
                message: format!("{} has no traits yet; tag what it must cope with", component.name),
                elements: vec![ElementId::Component((*id).clone())],
                paragraph: None,
            });
        }
    }
    clients_on_data_stores(graph, &mut findings);
    findings.sort_by_key(|finding| finding.severity);
    findings
}

fn contradiction(id: &ComponentId, name: &str, one: &Trait, other: &Trait) -> Finding {
    Finding {
        rule: "contradiction",
        severity: Severity::Warning,
        message: format!("{name}: \"{}\" and \"{}\" contradict each other; drop one", one.label, other.label),
        elements: vec![ElementId::Component(id.clone())],
        paragraph: one.paragraphs.iter().chain(&other.paragraphs).next().copied(),
    }
}

fn clients_on_data_stores(graph: &Graph<'_>, findings: &mut Vec<Finding>) {
    for link in &graph.links {
        let (from, to) = (graph.component(link.from), graph.component(link.to));
        // Files handed out straight from object storage are ordinary; data that bypasses every rule is not.
        let store = matches!(
            to.kind,
            ComponentKind::RelationalDatabase
                | ComponentKind::TimeSeriesDatabase
                | ComponentKind::Redis
                | ComponentKind::SearchEngine
        );
        if from.kind == ComponentKind::Client && store {
            findings.push(Finding {
                rule: "client-on-data-store",
                severity: Severity::Warning,
                message: format!("{} reaches {} directly; put a service between them", from.name, to.name),
                elements: vec![
                    ElementId::Connection(link.id.clone()),
                    ElementId::Component(link.connection.from.clone()),
                    ElementId::Component(link.connection.to.clone()),
                ],
                paragraph: None,
            });
        }
    }
}
