//! When a criterion holds and how much of a work item there is: conditions and amounts as data.

use serde::{Deserialize, Serialize};

use super::servers::ServerId;
use crate::project::{ComponentKind, FrameworkId, Protocol, TraitId};

/// Which connections of a component are counted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LinkFilter {
    /// Seen from the component: links it makes, links made to it, or both.
    pub direction: Direction,
    /// Only these protocols; empty for any.
    pub protocols: Vec<Protocol>,
    /// Only if the component at the other end is one of these kinds; empty for any.
    pub kinds: Vec<ComponentKind>,
}

/// The direction of a connection seen from one of its ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// The component is the caller.
    #[default]
    Out,
    /// The component is the callee.
    In,
    /// Either.
    Both,
}

/// A number read off a component. `T` names traits: by id in a playbook, by position where it is computed with.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Amount<T = TraitId> {
    /// The same everywhere.
    Const(f64),
    /// The value of a trait in its unit; flags count 1 or 0, unknown counts 0.
    Trait(T),
    /// How many connections pass the filter.
    Links(LinkFilter),
    /// The sum of calls per request over the connections that pass the filter (1 where it is not said).
    Calls(LinkFilter),
    /// The largest of these.
    Max(Vec<Amount<T>>),
    /// All of these together.
    Sum(Vec<Amount<T>>),
    /// Each times the next.
    Product(Vec<Amount<T>>),
    /// Milliseconds that 95 of 100 requests wait for the connections that pass the filter, one after the other: calls x latency where both
    /// are said (one call where only the latency is), of a part of a call that share of the requests makes it whole.
    Waiting(LinkFilter),
    /// Milliseconds that 95 of 100 requests wait for the slowest single call over the connections that pass the filter, where it is said.
    SlowestCall(LinkFilter),
    /// People who work on the project at the same time, from its assumptions.
    TeamSize,
    /// Milliseconds in which 95 of 100 answers are there at best on the framework of the verdict, where nothing else is asked of anybody, rounded up: what
    /// no number of workers can better. Only in rules.
    AnswerTime,
    /// Processes that the service's load takes at least on the framework of the verdict, in time for its target; 0 where that is unknown,
    /// or no number of them is in time. Only in rules.
    LeastWorkers,
    /// The same with the room that is planned with. Only in rules.
    PlannedWorkers,
}

/// How far a condition holds for a component: a strength from 0 to 1. `T` names traits, as in [`Amount`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition<T = TraitId> {
    /// 1 always.
    Always,
    /// 1 if the flag is set; 0 if it is not or unknown.
    Has(T),
    /// 1 if the flag is known to be off; 0 if it is on or unknown.
    Lacks(T),
    /// 1 if the choice is this option.
    Is(T, String),
    /// 1 from this amount on, else 0.
    AtLeast(Amount<T>, f64),
    /// Straight lines between these (amount, strength) points, level outside them; amounts rise, strengths are in 0..=1.
    Ramp(Amount<T>, Vec<(f64, f64)>),
    /// 1 if the component is one of these kinds.
    Kind(Vec<ComponentKind>),
    /// The strongest of these.
    Any(Vec<Condition<T>>),
    /// The weakest of these.
    All(Vec<Condition<T>>),
    /// 1 less the strength.
    Not(Box<Condition<T>>),
    /// How late an answer of the service is at best on these servers (the quickest of them), with nothing else asked of anybody, against
    /// its latency target: a ramp of (milliseconds late, strength). 0 where it has no target. Reads the service and its own connections;
    /// a service that it calls counts nothing unless the connection says how long a call takes, so what is late is so whatever the
    /// others are built on.
    MissesTarget {
        /// The servers, by their ids.
        on: Vec<ServerId>,
        /// Straight lines between these points, level outside them.
        late_ms: Vec<(f64, f64)>,
    },
    /// How many more processes than it has a service takes at least on these servers (the one that takes the fewest), for the requests a
    /// second that it is tagged with itself: a ramp of (processes, strength). 0 where nobody says how many it has. Otherwise as
    /// `misses_target`.
    LacksWorkers {
        /// The servers, by their ids.
        on: Vec<ServerId>,
        /// Straight lines between these points, level outside them.
        by: Vec<(f64, f64)>,
    },
    /// 1 if the first amount is larger than the second. Only in rules.
    Exceeds(Amount<T>, Amount<T>),
    /// 1 if the service is built on one of these frameworks, or on what extends one, in the verdict. Only in rules.
    OnFramework(Vec<FrameworkId>),
    /// 1 if the verdict is a mixed system. Only in rules.
    Mixed,
}

impl Amount {
    /// Every trait the amount reads.
    pub fn traits<'a>(&'a self, found: &mut Vec<&'a TraitId>) {
        match self {
            Self::Trait(id) => found.push(id),
            Self::Max(parts) | Self::Sum(parts) | Self::Product(parts) => {
                for part in parts {
                    part.traits(found);
                }
            }
            Self::Const(_)
            | Self::Links(_)
            | Self::Calls(_)
            | Self::Waiting(_)
            | Self::SlowestCall(_)
            | Self::TeamSize
            | Self::AnswerTime
            | Self::LeastWorkers
            | Self::PlannedWorkers => {}
        }
    }

    /// Whether the amount depends on how many people work on the project.
    pub fn reads_team(&self) -> bool {
        match self {
            Self::TeamSize => true,
            Self::Max(parts) | Self::Sum(parts) | Self::Product(parts) => parts.iter().any(Self::reads_team),
            _ => false,
        }
    }

    /// Whether the amount depends on the verdict.
    pub fn reads_verdict(&self) -> bool {
        match self {
            Self::AnswerTime | Self::LeastWorkers | Self::PlannedWorkers => true,
            Self::Max(parts) | Self::Sum(parts) | Self::Product(parts) => parts.iter().any(Self::reads_verdict),
            _ => false,
        }
    }

    /// The same amount with its traits named otherwise.
    pub fn renamed<U>(&self, name: &impl Fn(&TraitId) -> U) -> Amount<U> {
        let renamed = |parts: &[Self]| parts.iter().map(|part| part.renamed(name)).collect();
        match self {
            Self::Const(number) => Amount::Const(*number),
            Self::Trait(id) => Amount::Trait(name(id)),
            Self::Links(filter) => Amount::Links(filter.clone()),
            Self::Calls(filter) => Amount::Calls(filter.clone()),
            Self::Max(parts) => Amount::Max(renamed(parts)),
            Self::Sum(parts) => Amount::Sum(renamed(parts)),
            Self::Product(parts) => Amount::Product(renamed(parts)),
            Self::Waiting(filter) => Amount::Waiting(filter.clone()),
            Self::SlowestCall(filter) => Amount::SlowestCall(filter.clone()),
            Self::TeamSize => Amount::TeamSize,
            Self::AnswerTime => Amount::AnswerTime,
            Self::LeastWorkers => Amount::LeastWorkers,
            Self::PlannedWorkers => Amount::PlannedWorkers,
        }
    }
}

impl Condition {
    /// Every trait the condition reads.
    pub fn traits<'a>(&'a self, found: &mut Vec<&'a TraitId>) {
        match self {
            Self::Has(id) | Self::Lacks(id) | Self::Is(id, _) => found.push(id),
            Self::AtLeast(amount, _) | Self::Ramp(amount, _) => amount.traits(found),
            Self::Any(parts) | Self::All(parts) => parts.iter().for_each(|part| part.traits(found)),
            Self::Not(part) => part.traits(found),
            Self::Exceeds(more, less) => {
                more.traits(found);
                less.traits(found);
            }
            // What those about servers read is said by `capacity.ron`.
            Self::MissesTarget { .. }
            | Self::LacksWorkers { .. }
            | Self::Always
            | Self::Kind(_)
            | Self::OnFramework(_)
            | Self::Mixed => {}
        }
    }

    /// Whether the condition depends on how long answers of the service itself take, or on how many workers that takes.
    pub fn reads_lateness(&self) -> bool {
        match self {
            Self::MissesTarget { .. } | Self::LacksWorkers { .. } => true,
            Self::Any(parts) | Self::All(parts) => parts.iter().any(Self::reads_lateness),
            Self::Not(part) => part.reads_lateness(),
            _ => false,
        }
    }

    /// Whether the condition depends on how many people work on the project.
    pub fn reads_team(&self) -> bool {
        match self {
            Self::AtLeast(amount, _) | Self::Ramp(amount, _) => amount.reads_team(),
            Self::Any(parts) | Self::All(parts) => parts.iter().any(Self::reads_team),
            Self::Not(part) => part.reads_team(),
            Self::Exceeds(more, less) => more.reads_team() || less.reads_team(),
            _ => false,
        }
    }

    /// The same condition with its traits named otherwise.
    pub fn renamed<U>(&self, name: &impl Fn(&TraitId) -> U) -> Condition<U> {
        let renamed = |parts: &[Self]| parts.iter().map(|part| part.renamed(name)).collect();
        match self {
            Self::Always => Condition::Always,
            Self::Has(id) => Condition::Has(name(id)),
            Self::Lacks(id) => Condition::Lacks(name(id)),
            Self::Is(id, option) => Condition::Is(name(id), option.clone()),
            Self::AtLeast(amount, least) => Condition::AtLeast(amount.renamed(name), *least),
            Self::Ramp(amount, points) => Condition::Ramp(amount.renamed(name), points.clone()),
            Self::Kind(kinds) => Condition::Kind(kinds.clone()),
            Self::Any(parts) => Condition::Any(renamed(parts)),
            Self::All(parts) => Condition::All(renamed(parts)),
            Self::Not(part) => Condition::Not(Box::new(part.renamed(name))),
            Self::MissesTarget { on, late_ms } => Condition::MissesTarget { on: on.clone(), late_ms: late_ms.clone() },
            Self::LacksWorkers { on, by } => Condition::LacksWorkers { on: on.clone(), by: by.clone() },
            Self::Exceeds(more, less) => Condition::Exceeds(more.renamed(name), less.renamed(name)),
            Self::OnFramework(frameworks) => Condition::OnFramework(frameworks.clone()),
            Self::Mixed => Condition::Mixed,
        }
    }
}
