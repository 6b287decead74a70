//! What would turn a verdict, in words: the same in the window, in exports and on the command line.

mod answers;
pub mod baselines;
pub mod capacity;
pub mod causes;
pub mod difference;
mod gathered;
pub mod goal;
mod load_mark;
pub mod merge;
mod modelled;
mod neighbours;
pub mod schedule;
pub mod side_by_side;
mod step;

/// What the project's own work is called where it stands beside components.
pub use crate::assess::PROJECT_PART as OWN_WORK;

pub use answers::open_answers;
pub use load_mark::{LoadMark, load_mark};
pub use modelled::{ModelRow, agreement, model_row};
pub use neighbours::{holds, neighbours};

use std::fmt::Write as _;

pub use gathered::{gathered_contents, gathered_in_short, gathered_sums};
pub use step::assumptions_changed;

use crate::{
    assess::{
        Change, Crossing, Flip, Knob, Mover, NextBest, PartOf, Question, SystemVerdict, TornadoRest, Turned,
        VerdictKind, Weakest,
    },
    figures,
    lang::{self, later, t, tr},
    playbook::{Assumption, Playbook, Trait, TraitKind},
    project::{Assumptions, Deadline, FrameworkId, Project, TraitId, TraitValue},
};

/// The short name of a framework; its id if the playbook does not know it.
pub fn framework<'a>(playbook: &'a Playbook, id: &'a FrameworkId) -> &'a str {
    playbook.frameworks.get(id).map_or(id.as_str(), |framework| &framework.short_name)
}

/// What people call a part of an estimate: the component, the work item, the phase, the role.
pub fn part_of(playbook: &Playbook, project: &Project, part: &PartOf) -> String {
    match part {
        PartOf::Component(id) => project.component_name(id),
        PartOf::Project => t(OWN_WORK).to_owned(),
        PartOf::WorkItem(id) => playbook.work_items.get(id).map_or(id.as_str(), |item| &item.label).to_owned(),
        PartOf::Phase(id) => {
            let phase = playbook.estimate.phases.iter().find(|phase| phase.id == *id);
            phase.map_or(id.as_str(), |phase| &phase.label).to_owned()
        }
        PartOf::Role(id) => project.assumptions.roles.get(id).map_or(id.as_str(), |role| &role.name).to_owned(),
        PartOf::Everybody => t("Everybody, at one rate").to_owned(),
        PartOf::Framework(id) => framework(playbook, id).to_owned(),
    }
}

/// What people call what moves an estimate.
pub fn mover(playbook: &Playbook, mover: &Mover) -> String {
    match mover {
        Mover::WorkItem { id, .. } => playbook.work_items.get(id).map_or(id.as_str(), |item| &item.label).to_owned(),
        Mover::Assumption { assumption, .. } => assumption.label().to_owned(),
    }
}

/// What has no bar of its own in a sensitivity: `The other 23 work items`.
pub fn rest(rest: &TornadoRest) -> String {
    let items = match rest.items {
        0 => String::new(),
        1 => t("1 work item").to_owned(),
        items => tr!("{items} work items", items),
    };
    let assumptions = match rest.assumptions {
        0 => String::new(),
        1 => t("1 assumption").to_owned(),
        assumptions => tr!("{assumptions} assumptions", assumptions),
    };
    let both = if items.is_empty() || assumptions.is_empty() { "" } else { t(" and ") };
    tr!("The rest: {items}{both}{assumptions}", items, both, assumptions)
}

/// The value of an assumption: `$4,500 a person-week`, `2 people`, `6 %`.
pub fn assumption(money: figures::Money<'_>, assumption: Assumption, value: f64) -> String {
    match assumption {
        Assumption::Rate => tr!("{} a person-week", money.full(value)),
        Assumption::TeamSize => figures::people(value),
        Assumption::CommunicationShare | Assumption::Contingency => format!("{} %", figures::number(value * 100.0)),
    }
}

/// The deadline in a sentence: `by 30 September 2026`, `within 5 months`, `within 22 weeks`.
pub fn deadline(assumptions: &Assumptions) -> Option<String> {
    Some(match assumptions.deadline? {
        Deadline::Date(date) => tr!("by {}", figures::full_date(date)),
        Deadline::Weeks(weeks) => tr!("within {}", figures::span_on(weeks, assumptions.timetable().as_ref())),
    })
}

/// A share of a whole that may be more than all of it: `98 %`, `112 %`.
pub fn ratio(ratio: f64) -> String {
    format!("{:.0} %", ratio * 100.0)
}

/// The weight of a case's published figure in an estimate: `+62 %`, `−14 %`, `0 %`.
pub fn lean(weight: f64) -> String {
    let size = format!("{:.0} %", weight.abs() * 100.0);
    match weight {
        _ if size == "0 %" => size,
        _ if weight < 0.0 => format!("−{size}"),
        _ => format!("+{size}"),
    }
}

/// What it means that an estimate leans on a case by less than nothing.
pub const NEGATIVE_LEAN: &str = later(
    "Below 0: had that case taken more, this plan would be estimated lower, as more would be put down \
     to work that it has less of",
);

/// How effort, people and weeks go together, in short.
pub const NEAR_NOT_EXACT: &str = later("People times weeks only comes near the effort: both are calibrated apart");

/// Why effort, people and weeks do not multiply out exactly.
pub const EFFORT_AND_WEEKS: &str = later(
    "Effort and weeks are calibrated apart, on the published budgets and on the published timelines, \
     which agree within about a tenth: people times weeks comes near the effort, not exactly to it",
);

/// How far something scatters, from the standard deviation of its logarithm: its coefficient of variation, `±14 %`.
pub fn spread(log_sd: f64) -> String {
    format!("±{:.0} %", log_sd.powi(2).exp_m1().sqrt() * 100.0)
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

/// A change in a few words: `Tables 12 → 36`, `Add "Forms"`, `Say no to "Nothing but an API"`, `Answer "Latency target" with 200 ms`.
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
        (_, TraitValue::Flag(true)) => tr!("Add \"{label}\"", label),
        (_, TraitValue::Flag(false)) => tr!("Say no to \"{label}\"", label),
        (Some(TraitValue::Number(from)), TraitValue::Number(to)) => {
            format!("{label} {} → {}", figures::number(*from), unit(*to))
        }
        (_, TraitValue::Number(to)) => tr!("Answer \"{label}\" with {}", unit(*to), label),
        (Some(from @ TraitValue::Choice(_)), to @ TraitValue::Choice(_)) => format!("{label} {from} → {to}"),
        (_, to @ TraitValue::Choice(_)) => tr!("Answer \"{label}\" with {to}", label, to),
    }
}

/// The changes of a flip: `Tables 12 → 36 and say no to "Nothing but an API"`.
pub fn changes(playbook: &Playbook, flip: &Flip) -> String {
    let mut words = flip.changes.iter().map(|one| change(playbook, one));
    let first = words.next().unwrap_or_default();
    words.fold(first, |all, next| tr!("{all} and {}", in_sentence(&next), all))
}

/// A change in mid-sentence: verbs of ours in small letters, labels as they are.
pub fn in_sentence(words: &str) -> String {
    let verb = [t("Add "), t("Say "), t("Answer ")].iter().any(|verb| words.starts_with(verb));
    if verb && lang::current().has_small_nouns() { words[..1].to_lowercase() + &words[1..] } else { words.to_owned() }
}

/// The kind of a verdict in a word or two.
pub fn verdict(playbook: &Playbook, kind: &VerdictKind) -> String {
    match kind {
        VerdictKind::Nothing => t("Nothing").to_owned(),
        VerdictKind::Single(id) => framework(playbook, id).to_owned(),
        VerdictKind::Mixed => t("Mixed").to_owned(),
    }
}

/// The next best way to build the whole: `All Django`, `Background worker on FastAPI`; empty where it is not known.
pub fn next_best(playbook: &Playbook, project: &Project, next: &NextBest) -> String {
    if let VerdictKind::Single(id) = &next.kind {
        return tr!("all on {}", framework(playbook, id));
    }
    let mut moves: Vec<String> = next
        .moves
        .iter()
        .take(2)
        .map(|(id, to)| tr!("{0} on {1}", project.component_name(id), framework(playbook, to)))
        .collect();
    if next.moves.len() > 2 {
        moves.push(tr!("{} more moved", next.moves.len() - 2));
    }
    moves.join(", ")
}

/// How far a verdict is ahead, of what, and what that means: `+23.2 dB over the next best (Worker on FastAPI), about 209 to 1`.
pub fn margin(playbook: &Playbook, project: &Project, verdict: &SystemVerdict) -> String {
    let Some(next) = &verdict.next else {
        return t("No other choice: pins, or a playbook with one family, decide").to_owned();
    };
    let name = next_best(playbook, project, next);
    let name = if name.is_empty() { String::new() } else { format!(" ({name})") };
    let lead = tr!("{} dB over the next best{name}", figures::decibans(verdict.margin_db), name);
    match verdict.margin_db {
        db if db <= 0.05 => tr!("As good as the next best{name}: a toss-up", name),
        db if db < 3.0 => tr!("{lead}: close to a toss-up", lead),
        db => format!("{lead}, {}", figures::odds(db)),
    }
}

/// What a flip leads to: `FastAPI`, or `FastAPI, and 2 others with it`.
pub fn flip_to(playbook: &Playbook, flip: &Flip) -> String {
    let to = framework(playbook, &flip.to);
    match flip.others.len() {
        0 => to.to_owned(),
        1 => tr!("{to}, and another with it", to),
        count => tr!("{to}, and {count} others with it", to, count),
    }
}

/// What an answer could do: `could turn it to FastAPI`, `moves 8.0 dB`.
pub fn question_moves(playbook: &Playbook, now: Option<&FrameworkId>, question: &Question) -> String {
    let other = question.answers.iter().find(|answer| Some(&answer.framework) != now);
    match other.filter(|_| question.turns) {
        Some(answer) => tr!("could turn it to {}", framework(playbook, &answer.framework)),
        None if question.moves_db >= 0.05 => tr!("moves {} dB", crate::text::figure(question.moves_db, 1)),
        None => t("verdict stays").to_owned(),
    }
}

/// The plausible answers of a trait: `yes or no`, `5, 20 or 80 tables`, `rare, regular or frequent`.
pub fn plausible(known: &Trait) -> String {
    match &known.value {
        TraitKind::Flag => t("yes or no").to_owned(),
        TraitKind::Number { plausible: (low, typical, high), .. } => {
            tr!("{0}, {1} or {2}", figures::number(*low), figures::number(*typical), with_unit(Some(known), *high))
        }
        TraitKind::Choice(options) => {
            let options: Vec<&str> = options.iter().map(|option| lang::of_playbook(option)).collect();
            match options.split_last() {
                Some((last, rest)) if !rest.is_empty() => tr!("{} or {last}", rest.join(", "), last),
                _ => options.join(", "),
            }
        }
    }
}

/// A number that a verdict rests on: `Weight of "38 linked tables"`.
pub fn knob(playbook: &Playbook, knob: &Knob) -> String {
    match knob {
        Knob::Criterion(id) => {
            let label = playbook.criteria.get(id).map_or(id.as_str(), |criterion| &criterion.label);
            tr!("Weight of \"{}\"", label.replace("{} ", "").replace("{}", "…"))
        }
        Knob::Prior(id) => tr!("Points of {} before any evidence", framework(playbook, id)),
        Knob::Crossing(protocol) => tr!("Price of a crossing by {}", protocol.label()),
        Knob::SecondFramework => t("Price of a second framework").to_owned(),
    }
}

/// What turned in a trial: `Weight of "Tables" 25 % larger`.
pub fn trial(playbook: &Playbook, turned: &Turned) -> String {
    let share = figures::share((turned.factor - 1.0).abs());
    let way = if turned.factor > 1.0 { t("larger") } else { t("smaller") };
    format!("{} {share} {way}", knob(playbook, &turned.knob))
}

/// What turned in a trial and what became of it: `Weight of "Tables" 25 % larger: API to Django`.
pub fn turned(playbook: &Playbook, project: &Project, turned: &Turned) -> String {
    const SHOWN: usize = 3;
    let moved = turned.components.iter().take(SHOWN);
    let moved: Vec<String> =
        moved.map(|(id, _, to)| tr!("{0} to {1}", project.component_name(id), framework(playbook, to))).collect();
    let more = turned.components.len().saturating_sub(SHOWN);
    let more = if more > 0 { tr!(" and {more} more", more) } else { String::new() };
    format!("{}: {}{more}", trial(playbook, turned), moved.join(", "))
}

/// How much less the criterion that a service hangs on most would have to count: `turns at 41 % less`.
pub fn turns_if(one: &Weakest) -> String {
    match one.share_to_turn {
        _ if one.criterion.is_none() => String::new(),
        share if share > 1.0 => t("holds without it").to_owned(),
        share => tr!("turns at {} less", figures::share(share)),
    }
}

/// What a crossing costs, where there is room for two words: `0.8 pw`; `seam` if it costs no work.
pub fn crossing_tag(crossing: &Crossing) -> String {
    let person_weeks = crossing.sums().person_weeks;
    if person_weeks >= 0.05 {
        tr!("{} pw", figures::number((person_weeks * 10.0).round() / 10.0))
    } else {
        t("seam").to_owned()
    }
}

/// `Crosses from A to B: HTTP`.
pub fn crossing_way(playbook: &Playbook, project: &Project, crossing: &Crossing) -> String {
    let protocol = project.connections.get(&crossing.connection).map_or("", |link| link.protocol.label());
    let (from, to) = (framework(playbook, &crossing.from), framework(playbook, &crossing.to));
    tr!("Crosses from {from} to {to}: {protocol}", from, to, protocol)
}

/// A crossing that stands alone: `Crosses from A to B: HTTP, 1.5 dB, 0.9 person-weeks, $4,100`.
pub fn crossing(playbook: &Playbook, project: &Project, crossing: &Crossing) -> String {
    let mut words = crossing_way(playbook, project, crossing);
    if crossing.cost_db > 0.0 {
        let _ = write!(words, ", {} dB", figures::number((crossing.cost_db * 10.0).round() / 10.0));
    }
    let sums = crossing.sums();
    if sums.person_weeks > 0.0 {
        let _ = write!(
            words,
            ", {}, {}",
            figures::person_weeks(sums.person_weeks),
            figures::Money::of(project).full(sums.usd)
        );
    }
    words
}
