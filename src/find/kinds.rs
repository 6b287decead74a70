//! Kinds of component by words: their own, and those of the knowledge that speaks of them.

use crate::{
    playbook::{Amount, Condition, Playbook},
    project::{ComponentKind, TraitId},
    text::matching::{Fit, Wanted, folded},
};

/// The kinds that fit a query, best first: by name, by what they are for, by products and packages that go with connections to them,
/// by traits that suit them. Every kind in its order if nothing is asked for.
pub fn kinds(playbook: &Playbook, query: &str) -> Vec<ComponentKind> {
    let wanted = Wanted::new(query);
    if wanted.is_empty() {
        return ComponentKind::ALL.to_vec();
    }
    let mut found: Vec<((u8, Fit), usize)> = Vec::new();
    for (place, kind) in ComponentKind::ALL.iter().enumerate() {
        if let Some(rank) = rank(playbook, &wanted, *kind) {
            found.push((rank, place));
        }
    }
    // What is only near to the words is left out where something has them.
    let near = |(_, fit): (u8, Fit)| fit == Fit::Near;
    if found.iter().any(|(rank, _)| !near(*rank)) {
        found.retain(|(rank, _)| !near(*rank));
    }
    found.sort_unstable();
    found.into_iter().map(|(_, place)| ComponentKind::ALL[place]).collect()
}

fn rank(playbook: &Playbook, wanted: &Wanted, kind: ComponentKind) -> Option<(u8, Fit)> {
    let fit = |text: &str| wanted.fit(&folded(text));
    let whole = |text: &str| fit(text).filter(|fit| *fit != Fit::Near && *fit != Fit::Inside);
    if let Some(fit) = fit(kind.label()) {
        return Some((if fit == Fit::Near { 4 } else { 0 }, fit));
    }
    if let Some(fit) = whole(kind.help()) {
        return Some((1, fit));
    }
    let goes_with = |when: &Condition<TraitId>| {
        let mut kinds = Vec::new();
        of_condition(when, &mut kinds);
        kinds.contains(&kind)
    };
    let packages = playbook.packages.iter().filter(|package| goes_with(&package.when));
    if let Some(fit) = packages.filter_map(|package| whole(&package.name)).min() {
        return Some((2, fit));
    }
    let traits = playbook.traits.values().filter(|one| one.suits.contains(&kind));
    traits.filter_map(|one| whole(&one.label)).min().map(|fit| (3, fit))
}

/// The kinds that a condition is about.
fn of_condition(when: &Condition<TraitId>, kinds: &mut Vec<ComponentKind>) {
    match when {
        Condition::Kind(of) => kinds.extend(of),
        Condition::AtLeast(amount, _) | Condition::Ramp(amount, _) => of_amount(amount, kinds),
        Condition::Any(parts) | Condition::All(parts) => {
            for part in parts {
                of_condition(part, kinds);
            }
        }
        _ => {}
    }
}

fn of_amount(amount: &Amount<TraitId>, kinds: &mut Vec<ComponentKind>) {
    match amount {
        Amount::Links(filter) | Amount::Calls(filter) => kinds.extend(&filter.kinds),
        Amount::Max(parts) | Amount::Sum(parts) | Amount::Product(parts) => {
            for part in parts {
                of_amount(part, kinds);
            }
        }
        _ => {}
    }
}
