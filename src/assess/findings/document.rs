//! What the document says that it, or the playbook, does not allow.

use super::{Subject, found};
use crate::{
    assess::types::Finding,
    lang::{t, tr},
    playbook::{Playbook, ServerId, Severity, Slots, TraitKind},
    project::{ElementId, FrameworkId, MAX_NAME_BYTES, Problem, Project, ServerFigures, TraitId, TraitValue},
    text::{exact, nearest},
};

pub(super) fn find(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let of_document = subject.graph.project.validate().into_iter().map(|problem| ("document", problem));
    for (rule, problem) in of_document.chain(in_components(subject.playbook, subject.graph.project)) {
        let why = t("The figures cannot be trusted until this is mended.");
        findings.push(
            found(rule, Severity::Error, problem.message, problem.element.into_iter().collect())
                .about(&problem.path.join("/"))
                .because(why, &[]),
        );
    }
}

/// What the project says that the playbook does not know or allow.
pub(in crate::assess) fn check(playbook: &Playbook, project: &Project) -> Vec<Problem> {
    let problems = in_components(playbook, project).into_iter().map(|(_, problem)| problem);
    problems.chain(in_scenarios(playbook, project)).chain(in_machines(playbook, project)).collect()
}

/// What components say that the playbook does not know or allow, with the rule that found it.
fn in_components(playbook: &Playbook, project: &Project) -> Vec<(&'static str, Problem)> {
    let mut problems = Vec::new();
    for (id, component) in &project.components {
        let element = || Some(ElementId::Component(id.clone()));
        for (trait_id, value) in &component.traits {
            if let Some((rule, wrong)) = trait_problem(playbook, trait_id, value) {
                let path = ["components", id.as_str(), "traits", trait_id.as_str()];
                problems.push((rule, Problem::new(format!("{}: {wrong}", called(&component.name)), element(), &path)));
            }
        }
        if let Some(wrong) = component.pin.as_ref().and_then(|pin| pin_problem(playbook, pin)) {
            let message = format!("{}: {wrong}", called(&component.name));
            problems.push(("unknown-framework", Problem::new(message, element(), &["components", id.as_str(), "pin"])));
        }
    }
    problems
}

/// Frameworks that scenarios pin to and nobody knows. A pin on what carries no framework is let be, here as in components: it
/// says nothing, and is there again when the kind is changed back.
fn in_scenarios(playbook: &Playbook, project: &Project) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (scenario_id, scenario) in &project.scenarios {
        for (id, pin) in &scenario.pins {
            if let Some(wrong) = pin_problem(playbook, pin) {
                let name = project.components.get(id).map_or(id.as_str(), |component| &component.name);
                let message = tr!("{0} in the scenario {1}: {wrong}", called(name), called(&scenario.name), wrong);
                let path = ["scenarios", scenario_id.as_str(), "pins", id.as_str()];
                problems.push(Problem::new(message, None, &path));
            }
        }
    }
    problems
}

/// Servers that the project has figures for and nobody knows, and threads of such as have none.
fn in_machines(playbook: &Playbook, project: &Project) -> Vec<Problem> {
    let say = |(id, own): (&String, &ServerFigures)| {
        let path = ["assumptions", "machines", "servers", id];
        let Some(kind) = playbook.servers.get(id.as_str()) else {
            let hint = did_you_mean(id, playbook.servers.keys().map(ServerId::as_str));
            let message = tr!("there is no server \"{}\"{hint}", called(id), hint);
            return Some(Problem::new(message, None, &path));
        };
        let has_threads = matches!(kind.slots, Slots::Threads(_) | Slots::Pool(_));
        let message = tr!("server \"{id}\" has no threads to be counted; leave threads out", id);
        (own.threads.is_some() && !has_threads)
            .then(|| Problem::new(message, None, &[&path[..], &["threads"]].concat()))
    };
    project.assumptions.machines.servers.iter().filter_map(say).collect()
}

/// A name, if it is not too long to be one: of a hostile file it is in a thousand messages.
fn called(name: &str) -> &str {
    if name.len() <= MAX_NAME_BYTES { name } else { t("what has too long a name") }
}

fn pin_problem(playbook: &Playbook, pin: &FrameworkId) -> Option<String> {
    if playbook.frameworks.contains_key(pin) {
        return None;
    }
    let hint = did_you_mean(pin.as_str(), playbook.frameworks.keys().map(FrameworkId::as_str));
    Some(tr!("there is no framework \"{pin}\" to pin it to{hint}", pin, hint))
}

fn did_you_mean<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> String {
    nearest(word, known).map(|near| tr!("; did you mean \"{near}\"?", near)).unwrap_or_default()
}

fn trait_problem(playbook: &Playbook, id: &TraitId, value: &TraitValue) -> Option<(&'static str, String)> {
    let Some(known) = playbook.traits.get(id) else {
        let hint = did_you_mean(id.as_str(), playbook.traits.keys().map(TraitId::as_str));
        return Some(("unknown-trait", tr!("there is no trait \"{id}\"{hint}", id, hint)));
    };
    let wrong = match (&known.value, value) {
        (TraitKind::Flag, TraitValue::Flag(_)) => None,
        (TraitKind::Number { least, most, whole, .. }, TraitValue::Number(n)) => {
            if !(least..=most).contains(&n) {
                let (least, most) = (exact(*least), exact(*most));
                Some(tr!(
                    "\"{id}\" is {0}; it must be from {least} to {most} {1}",
                    exact(*n),
                    known.unit,
                    id,
                    least,
                    most
                ))
            } else if *whole && n.fract() != 0.0 {
                Some(tr!("\"{id}\" is {}; it must be a whole number", exact(*n), id))
            } else {
                None
            }
        }
        (TraitKind::Choice(options), TraitValue::Choice(chosen)) => (!options.contains(chosen)).then(|| {
            let hint = did_you_mean(chosen, options.iter().map(String::as_str));
            tr!("\"{id}\" has no option \"{chosen}\"{hint} (it has: {})", options.join(", "), id, chosen, hint)
        }),
        (TraitKind::Flag, _) => Some(tr!("\"{id}\" is {}; it must be true or false", shown(value), id)),
        (TraitKind::Number { .. }, _) => {
            Some(tr!("\"{id}\" is {0}; it must be a number ({1})", shown(value), known.unit, id))
        }
        (TraitKind::Choice(options), _) => {
            Some(tr!("\"{id}\" is {0}; it must be one of: {1}", shown(value), options.join(", "), id))
        }
    };
    wrong.map(|message| ("trait-value", message))
}

/// A value in a message, as a file has it but for numbers, which are grouped.
fn shown(value: &TraitValue) -> String {
    match value {
        TraitValue::Flag(flag) => flag.to_string(),
        TraitValue::Number(number) => exact(*number),
        TraitValue::Choice(option) => format!("\"{option}\""),
    }
}
