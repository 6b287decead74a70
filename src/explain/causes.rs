//! What leads from one plan to another, in words: the same in the window and on the command line.

pub use crate::figures::Measure;

use super::{assumption, framework, trait_label, value};
use crate::{
    assess::{Because, Cause, Causes, Choice, Difference, DifferenceKind, Sort, TraitDifference},
    figures::{self, Money, Steps},
    lang::{self, t, tr},
    playbook::{Assumption, Playbook},
    project::{Connection, TraitId, TraitValue},
};

/// Traits that a label names; the rest are counted.
const TRAITS_NAMED: usize = 3;
/// A cause that brings at least this share of the difference is what it is mostly about.
const MOSTLY: f64 = 0.5;
/// A cause that brings less than this share of it is not worth a word.
const WORTH_A_WORD: f64 = 0.2;

/// What the words are made with.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    /// The knowledge: names of traits and frameworks.
    pub playbook: &'a Playbook,
    /// Money as the plan writes it.
    pub money: Money<'a>,
}

impl Measure {
    /// What causes come to in this measure.
    pub fn steps(self, causes: &Causes, money: Money<'_>) -> Steps {
        let effects: Vec<f64> = causes.causes.iter().map(|cause| self.of(cause)).collect();
        match self {
            Self::Budget => Steps::of_money(money, causes.from.usd, &effects, causes.to.usd),
            Self::Weeks => Steps::of_weeks(causes.from.weeks, &effects, causes.to.weeks),
        }
    }

    /// What a cause adds.
    pub fn of(self, cause: &Cause) -> f64 {
        match self {
            Self::Budget => cause.effect.usd,
            Self::Weeks => cause.effect.weeks,
        }
    }

    /// A step of [`Self::steps`] with its unit: `+$23,410`, `−1.0 week`.
    fn with_unit(self, step: &str) -> String {
        match self {
            Self::Budget => step.to_owned(),
            Self::Weeks => figures::in_weeks(step),
        }
    }

    fn total(self, causes: &Causes) -> f64 {
        match self {
            Self::Budget => causes.to.usd - causes.from.usd,
            Self::Weeks => causes.to.weeks - causes.from.weeks,
        }
    }
}

/// How a way to build the plan is called in a sentence: `the plan as advised`, `all Django`, `"Lean start"`.
pub fn choice_in_sentence(choice: &Choice, name: &str) -> String {
    match choice {
        Choice::Plan => t("this plan").to_owned(),
        Choice::Recommended => t("the plan as recommended").to_owned(),
        Choice::All(_) => in_sentence(name),
        Choice::Saved(_) => format!("\"{name}\""),
    }
}

impl Words<'_> {
    /// A difference in a line: `Orders: tables 12 → 40, roles 3 → 5`, `Gateway: Django → FastAPI`, `Rate $4,500 → $5,000`.
    pub fn difference(self, one: &Difference) -> String {
        let name = &one.name;
        match &one.kind {
            DifferenceKind::Added => tr!("{name}: new", name),
            DifferenceKind::TakenIn => tr!("{name}: taken in again", name),
            DifferenceKind::Removed => tr!("{name}: gone", name),
            DifferenceKind::PutOff => tr!("{name}: put off to later", name),
            DifferenceKind::Contents { kind, traits } => {
                let kind = kind.map(|(from, to)| format!("{} → {}", from.label(), to.label()));
                let named = traits.iter().take(TRAITS_NAMED).map(|one| self.of_trait(one));
                let more = traits.len().saturating_sub(TRAITS_NAMED);
                let more = (more > 0).then(|| tr!("{more} more", more));
                let parts: Vec<String> = kind.into_iter().chain(named).chain(more).collect();
                format!("{name}: {}", parts.join(", "))
            }
            DifferenceKind::Framework { from, to, .. } => {
                format!("{name}: {} → {}", framework(self.playbook, from), framework(self.playbook, to))
            }
            DifferenceKind::Linked => tr!("{name}: new connection", name),
            DifferenceKind::Unlinked => tr!("{name}: connection gone", name),
            DifferenceKind::Relinked { from, to } => format!("{name}: {}", relinked(from, to)),
            DifferenceKind::Rate { from_usd, to_usd } => {
                tr!("Rate {0} → {1} a person-week", self.money.full(*from_usd), self.money.full(*to_usd))
            }
            DifferenceKind::Team { people, communication } => team(*people, *communication),
            DifferenceKind::Contingency { from, to } => {
                let said = |share: f64| assumption(self.money, Assumption::Contingency, share);
                tr!("Contingency {0} → {1}", said(*from), said(*to))
            }
        }
    }

    /// A trait that is not the same: `tables 12 → 40`, `with admin interface`.
    pub(super) fn of_trait(self, one: &TraitDifference) -> String {
        let label = in_sentence(trait_label(self.playbook, &one.trait_id));
        let told = |told: Option<&TraitValue>| {
            told.map_or_else(|| t("unknown").to_owned(), |told| self.short(&one.trait_id, told))
        };
        match (&one.from, &one.to) {
            (_, Some(TraitValue::Flag(true))) => tr!("with {label}", label),
            (Some(TraitValue::Flag(true)), _) => tr!("without {label}", label),
            (Some(TraitValue::Number(from)), Some(to @ TraitValue::Number(_))) => {
                format!("{label} {} → {}", figures::number(*from), self.short(&one.trait_id, to))
            }
            (from, to) => format!("{label} {} → {}", told(from.as_ref()), told(to.as_ref())),
        }
    }

    /// A value with its unit, unless the label says that already.
    fn short(self, id: &TraitId, told: &TraitValue) -> String {
        let said = self.playbook.traits.get(id).is_some_and(|known| {
            !known.unit.is_empty() && known.label.to_lowercase().contains(&known.unit.to_lowercase())
        });
        match told {
            TraitValue::Number(number) if said => figures::number(*number),
            told => value(self.playbook, id, told),
        }
    }

    /// A cause in a line: that of its difference, or what several have in common: `Traits of 12 components`.
    pub fn cause(self, cause: &Cause) -> String {
        if let Some(one) = cause.single() {
            return self.difference(one);
        }
        let count = cause.differences.len();
        match cause.sort() {
            Some(Sort::Arrival) => tr!("{count} smaller components: new", count),
            Some(Sort::Departure) => tr!("{count} smaller components: gone", count),
            Some(Sort::Contents) => tr!("Traits of {count} components", count),
            Some(Sort::Framework) => tr!("Frameworks of {count} services", count),
            Some(Sort::Connection) => tr!("{count} connections", count),
            Some(Sort::Assumption) | None => tr!("{count} smaller changes", count),
        }
    }

    /// A cause in the middle of a sentence: `Orders on FastAPI`, `the traits of Orders`, `the rate`.
    fn in_short(self, cause: &Cause) -> String {
        let Some(one) = cause.single() else { return in_sentence(&self.cause(cause)) };
        let name = &one.name;
        match &one.kind {
            DifferenceKind::Added => tr!("{name}, which is new", name),
            DifferenceKind::TakenIn => tr!("taking {name} in again", name),
            DifferenceKind::Removed => tr!("{name}, which is gone", name),
            DifferenceKind::PutOff => tr!("putting {name} off", name),
            DifferenceKind::Contents { .. } => tr!("what {name} must cope with", name),
            DifferenceKind::Framework { to, .. } => tr!("{name} on {}", framework(self.playbook, to), name),
            DifferenceKind::Linked | DifferenceKind::Unlinked | DifferenceKind::Relinked { .. } => {
                tr!("the connection {name}", name)
            }
            DifferenceKind::Rate { .. } => t("the rate").to_owned(),
            DifferenceKind::Team { .. } => t("the team").to_owned(),
            DifferenceKind::Contingency { .. } => t("contingency").to_owned(),
        }
    }

    /// The whole in a sentence: `From all Django to this plan: +$23.4K, mostly Orders on FastAPI`.
    pub fn statement(self, from: &str, to: &str, causes: &Causes, measure: Measure) -> String {
        if causes.causes.is_empty() {
            return tr!("Nothing that counts differs between {from} and {to}", from, to);
        }
        let total = measure.total(causes);
        // The figures of the sentence are those of the list under it.
        let steps = measure.steps(causes, self.money);
        let change = measure.with_unit(&steps.change);
        let mut ranked: Vec<(usize, &Cause)> = causes.causes.iter().enumerate().collect();
        ranked.sort_by(|(_, a), (_, b)| measure.of(b).abs().total_cmp(&measure.of(a).abs()));
        let said = |(at, cause): &(usize, &Cause)| {
            measure.of(cause).abs() >= WORTH_A_WORD * total.abs() && !steps.is_nothing[*at]
        };
        let with_sign = |sign: f64| {
            let mut found = ranked.iter().copied();
            found.find(|one| measure.of(one.1) * sign > 0.0 && said(one))
        };
        let with = |sign: f64| with_sign(sign).map(|(_, cause)| cause);
        if steps.from == steps.to {
            return match (with(1.0), with(-1.0)) {
                (Some(more), Some(less)) => tr!(
                    "From {from} to {to}: no change, as {0} makes up for {1}",
                    self.in_short(less),
                    self.in_short(more),
                    from,
                    to
                ),
                _ => tr!("From {from} to {to}: no change", from, to),
            };
        }
        let sign = total.signum();
        let moving = steps.is_nothing.iter().filter(|is_nothing| !**is_nothing).count();
        let mostly = with(sign).map_or_else(
            || tr!(", by {} causes of which none stands out", causes.causes.len()),
            |cause| {
                let how = match measure.of(cause).abs() >= MOSTLY * total.abs() {
                    // There is nothing else.
                    _ if moving == 1 => t("all of it"),
                    true => t("mostly"),
                    false => t("most of all"),
                };
                format!(", {how} {}", self.in_short(cause))
            },
        );
        let against = with_sign(-sign)
            .filter(|(_, cause)| measure.of(cause).abs() >= MOSTLY * total.abs())
            .map_or_else(String::new, |(at, cause)| {
                let way = if sign > 0.0 { t("saves") } else { t("takes") };
                let size = measure.with_unit(steps.steps[at].trim_start_matches(['+', '−']));
                format!("; {} {way} {size}", self.in_short(cause))
            });
        tr!("From {from} to {to}: {change}{mostly}{against}", from, to, change, mostly, against)
    }
}

/// Why a service is on another framework; `None` for what is no framework.
pub fn why(one: &Difference) -> Option<&'static str> {
    let DifferenceKind::Framework { because, .. } = &one.kind else { return None };
    Some(match because {
        Because::Pin => t("It is pinned otherwise"),
        Because::Contents => t("It follows from its traits: no pin of its own changed"),
        Because::Plan => t("It follows from the rest of the plan: neither its pin nor its traits changed"),
    })
}

/// What differs and is no work: `2 differences more are no work`; empty if there is none.
pub fn idle(causes: &Causes) -> String {
    match causes.idle.len() {
        0 => String::new(),
        1 => t("1 more difference is no work, so it moves nothing").to_owned(),
        count => tr!("{count} more differences are no work, so they move nothing", count),
    }
}

fn relinked(from: &Connection, to: &Connection) -> String {
    let said = |number: Option<f64>, unit: &str| {
        number.map_or_else(|| t("unknown").to_owned(), |number| format!("{}{unit}", figures::number(number)))
    };
    let mut parts = Vec::new();
    if (&from.from, &from.to) != (&to.from, &to.to) {
        parts.push(t("leads elsewhere").to_owned());
    }
    if from.protocol != to.protocol {
        parts.push(format!("{} → {}", from.protocol.label(), to.protocol.label()));
    }
    if from.calls_per_request != to.calls_per_request {
        let (a, b) = (said(from.calls_per_request, ""), said(to.calls_per_request, ""));
        parts.push(tr!("calls a request {a} → {b}", a, b));
    }
    if from.latency_ms != to.latency_ms {
        parts.push(tr!("a call {0} → {1}", said(from.latency_ms, " ms"), said(to.latency_ms, " ms")));
    }
    parts.join(", ")
}

fn team(people: (f64, f64), communication: (f64, f64)) -> String {
    let mut parts = Vec::new();
    if people.0 != people.1 {
        parts.push(tr!("Team {0} → {1}", figures::number(people.0), figures::people(people.1)));
    }
    if communication.0 != communication.1 {
        let per_cent = |share: f64| format!("{} %", figures::number(share * 100.0));
        let label = Assumption::CommunicationShare.label();
        let label = if parts.is_empty() { label.to_owned() } else { in_sentence(label) };
        parts.push(format!("{label} {} → {}", per_cent(communication.0), per_cent(communication.1)));
    }
    parts.join(", ")
}

/// Words of ours in the middle of a sentence; what begins with an abbreviation stays as it is.
pub(super) fn in_sentence(words: &str) -> String {
    if !lang::current().has_small_nouns() {
        return words.to_owned();
    }
    let mut characters = words.chars();
    match (characters.next(), characters.next()) {
        (Some(first), Some(second)) if !second.is_uppercase() => {
            let rest = &words[first.len_utf8()..];
            first.to_lowercase().chain(rest.chars()).collect()
        }
        _ => words.to_owned(),
    }
}
