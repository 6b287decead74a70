//! What a step of the history did to the assumptions, in words.

use super::assumption;
use crate::{
    figures::{self, Money, deadline_in_field},
    lang::{lower, t},
    playbook::{Assumption, Playbook},
    project::{Assumptions, Project},
};

/// What the engine reads.
const ALL: [Assumption; 4] =
    [Assumption::Rate, Assumption::TeamSize, Assumption::CommunicationShare, Assumption::Contingency];

/// The assumptions that a step changed, each from what to what: `2 → 4 people`, `rate $4,500 → $5,000 a person-week, contingency
/// 10 → 20 %`. `None` if it changed none that can be told so. Where a step did one thing only, its name says which.
pub fn assumptions_changed(playbook: &Playbook, before: &Project, after: &Project) -> Option<String> {
    let (old, new) = (&before.assumptions, &after.assumptions);
    if old == new {
        return None;
    }
    let of_engine = ALL.into_iter().filter_map(|one| {
        let (from, to) = (one.of(&playbook.estimate, old), one.of(&playbook.estimate, new));
        let money = Money::of(after);
        (from != to)
            .then(|| (lower(one.label()), shortened(&assumption(money, one, from), &assumption(money, one, to))))
    });
    let targets = targets_changed(old, new).into_iter().map(|(label, words)| (label.to_owned(), words));
    let told: Vec<(String, String)> = of_engine.chain(targets).collect();
    let only_these = before.components.len() == after.components.len()
        && before.components.values().zip(after.components.values()).all(|(a, b)| std::sync::Arc::ptr_eq(a, b));
    match told.as_slice() {
        [] => None,
        [(_, words)] if only_these => Some(words.clone()),
        told => Some(told.iter().map(|(label, words)| format!("{label} {words}")).collect::<Vec<_>>().join(", ")),
    }
}

/// What is to hold, and from when on.
fn targets_changed(old: &Assumptions, new: &Assumptions) -> Vec<(&'static str, String)> {
    let or_none = |words: Option<String>| words.unwrap_or_else(|| t("none").to_owned());
    let budget = |of: &Assumptions| or_none(of.target_budget_usd.map(|usd| Money::new(&of.currency).full(usd)));
    let deadline =
        |of: &Assumptions| or_none(of.deadline.map(|deadline| deadline_in_field(deadline, of.timetable().as_ref())));
    let first_day = |of: &Assumptions| or_none(of.start.map(figures::date));
    let mut told = Vec::new();
    if old.target_budget_usd != new.target_budget_usd {
        told.push((t("budget to hold"), format!("{} → {}", budget(old), budget(new))));
    }
    if old.deadline != new.deadline {
        told.push((t("deadline"), format!("{} → {}", deadline(old), deadline(new))));
    }
    if old.start != new.start {
        told.push((t("first day"), format!("{} → {}", first_day(old), first_day(new))));
    }
    told
}

/// `2 → 4 people`: the unit once, behind the later figure.
fn shortened(from: &str, to: &str) -> String {
    let unit = |words: &str| words.split_once(' ').map(|(_, unit)| unit.to_owned());
    let figure = match (unit(from), unit(to)) {
        (Some(a), Some(b)) if a == b || (a.as_str(), b.as_str()) == ("person", "people") => from.split(' ').next(),
        _ => None,
    };
    format!("{} → {to}", figure.unwrap_or(from))
}
