//! What would turn a verdict, in words: the same in the window, in exports and on the command line.

use crate::{
    assess::{Change, Flip, Knob, Question, Turned, VerdictKind},
    figures,
    playbook::{Playbook, Trait, TraitKind},
    project::{FrameworkId, TraitId, TraitValue},
};

fn short_name<'a>(playbook: &'a Playbook, id: &'a FrameworkId) -> &'a str {
    playbook.frameworks.get(id).map_or(id.as_str(), |framework| &framework.short_name)
}

/// The label of a trait; its id if the playbook does not know it.
pub fn trait_label<'a>(playbook: &'a Playbook, id: &'a TraitId) -> &'a str {
    playbook.traits.get(id).map_or(id.as_str(), |known| &known.label)
}

/// A value with the unit of its trait: `36 tables`, `200 ms`, `yes`, `frequent`.
pub fn value(playbook: &Playbook, id: &TraitId, value: &TraitValue) -> String {
    match value {
        TraitValue::Number(number) => with_unit(playbook.traits.get(id), *number),
        other => other.to_string(),
    }
}

fn with_unit(known: Option<&Trait>, number: f64) -> String {
    let unit = known.map_or("", |known| known.unit.as_str());
    let number = figures::number(number);
    if unit.is_empty() {
        number
    } else if unit.starts_with('/') {
        format!("{number}{unit}")
    } else {
        format!("{number} {unit}")
    }
}

/// A change in a few words: `Tables 12 → 36`, `Drop "Nothing but an API"`, `Say no to "Forms"`.
pub fn change(playbook: &Playbook, change: &Change) -> String {
    let label = trait_label(playbook, &change.trait_id);
    let unit = |number: f64| {
        let said = playbook
            .traits
            .get(&change.trait_id)
            .is_some_and(|known| known.label.to_lowercase().contains(&known.unit.to_lowercase()));
        if said { figures::number(number) } else { with_unit(playbook.traits.get(&change.trait_id), number) }
    };
    match (&change.from, &change.to) {
        (_, TraitValue::Flag(true)) => format!("Add \"{label}\""),
        (Some(TraitValue::Flag(true)), TraitValue::Flag(false)) => format!("Drop \"{label}\""),
        (_, TraitValue::Flag(false)) => format!("Say no to \"{label}\""),
        (Some(TraitValue::Number(from)), TraitValue::Number(to)) => {
            format!("{label} {} → {}", figures::number(*from), unit(*to))
        }
        (_, TraitValue::Number(to)) => format!("{label}: {}", unit(*to)),
        (Some(TraitValue::Choice(from)), TraitValue::Choice(to)) => format!("{label} {from} → {to}"),
        (_, TraitValue::Choice(to)) => format!("{label}: {to}"),
    }
}

/// The changes of a flip: `Tables 12 → 36 and drop "Nothing but an API"`.
pub fn changes(playbook: &Playbook, flip: &Flip) -> String {
    let mut words = flip.changes.iter().map(|one| change(playbook, one));
    let first = words.next().unwrap_or_default();
    words.fold(first, |all, next| {
        let mut letters = next.chars();
        // Labels keep their case; only the verbs of ours stand in mid-sentence.
        let verb = ["Add ", "Drop ", "Say "].iter().any(|verb| next.starts_with(verb));
        let lower = letters.next().map(|letter| letter.to_lowercase().chain(letters).collect::<String>());
        format!("{all} and {}", if verb { lower.unwrap_or_default() } else { next })
    })
}

/// The kind of a verdict in a word or two.
pub fn verdict(playbook: &Playbook, kind: &VerdictKind) -> String {
    match kind {
        VerdictKind::Nothing => "Nothing".to_owned(),
        VerdictKind::Single(framework) => short_name(playbook, framework).to_owned(),
        VerdictKind::Mixed => "Mixed".to_owned(),
    }
}

/// What a flip leads to: `FastAPI`, or `FastAPI, and 2 others with it`.
pub fn flip_to(playbook: &Playbook, flip: &Flip) -> String {
    let to = short_name(playbook, &flip.to);
    match flip.others.len() {
        0 => to.to_owned(),
        1 => format!("{to}, and another with it"),
        count => format!("{to}, and {count} others with it"),
    }
}

/// What an answer could do: `could turn it to FastAPI`, `moves 8.0 dB`.
pub fn question_moves(playbook: &Playbook, now: Option<&FrameworkId>, question: &Question) -> String {
    let other = question.answers.iter().find(|answer| Some(&answer.framework) != now);
    match other.filter(|_| question.turns) {
        Some(answer) => format!("could turn it to {}", short_name(playbook, &answer.framework)),
        None if question.moves_db >= 0.05 => format!("moves {:.1} dB", question.moves_db),
        None => "verdict stays".to_owned(),
    }
}

/// The plausible answers of a trait: `yes or no`, `5, 20 or 80 tables`, `rare, regular or frequent`.
pub fn plausible(known: &Trait) -> String {
    match &known.value {
        TraitKind::Flag => "yes or no".to_owned(),
        TraitKind::Number { plausible: (low, typical, high), .. } => {
            format!("{}, {} or {}", figures::number(*low), figures::number(*typical), with_unit(Some(known), *high))
        }
        TraitKind::Choice(options) => match options.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
            _ => options.join(", "),
        },
    }
}

/// A number that a verdict rests on: `Weight of "38 linked tables"`.
pub fn knob(playbook: &Playbook, knob: &Knob) -> String {
    match knob {
        Knob::Criterion(id) => {
            let label = playbook.criteria.get(id).map_or(id.as_str(), |criterion| &criterion.label);
            format!("Weight of \"{}\"", label.replace("{} ", "").replace("{}", "…"))
        }
        Knob::Prior(framework) => format!("Points of {} before any evidence", short_name(playbook, framework)),
        Knob::Crossing(protocol) => format!("Price of a crossing by {}", protocol.label()),
        Knob::SecondFramework => "Price of a second framework".to_owned(),
    }
}

/// What turned in a trial: `Weight of "Tables" 25 % larger`.
pub fn trial(playbook: &Playbook, turned: &Turned) -> String {
    let share = figures::share((turned.factor - 1.0).abs());
    let way = if turned.factor > 1.0 { "larger" } else { "smaller" };
    format!("{} {share} {way}", knob(playbook, &turned.knob))
}
