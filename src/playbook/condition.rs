//! When a criterion holds and how much of a work item there is: conditions and amounts as data.

use serde::{Deserialize, Serialize};

use crate::project::{ComponentKind, Protocol, TraitId};

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

/// A number read off a component.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Amount {
    /// The same everywhere.
    Const(f64),
    /// The value of a trait in its unit; flags count 1 or 0, unknown counts 0.
    Trait(TraitId),
    /// How many connections pass the filter.
    Links(LinkFilter),
    /// The sum of calls per request over the connections that pass the filter (1 where it is not said).
    Calls(LinkFilter),
    /// The largest of these.
    Max(Vec<Amount>),
    /// All of these together.
    Sum(Vec<Amount>),
}

/// How far a condition holds for a component: a strength from 0 to 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// 1 always.
    Always,
    /// 1 if the flag is set; 0 if it is not or unknown.
    Has(TraitId),
    /// 1 if the flag is known to be off; 0 if it is on or unknown.
    Lacks(TraitId),
    /// 1 if the choice is this option.
    Is(TraitId, String),
    /// 1 from this amount on, else 0.
    AtLeast(Amount, f64),
    /// Straight lines between these (amount, strength) points, level outside them; amounts rise, strengths are in 0..=1.
    Ramp(Amount, Vec<(f64, f64)>),
    /// 1 if the component is one of these kinds.
    Kind(Vec<ComponentKind>),
    /// The strongest of these.
    Any(Vec<Condition>),
    /// The weakest of these.
    All(Vec<Condition>),
    /// 1 less the strength.
    Not(Box<Condition>),
}

impl Amount {
    /// Every trait the amount reads.
    pub fn traits<'a>(&'a self, found: &mut Vec<&'a TraitId>) {
        match self {
            Self::Trait(id) => found.push(id),
            Self::Max(parts) | Self::Sum(parts) => parts.iter().for_each(|part| part.traits(found)),
            Self::Const(_) | Self::Links(_) | Self::Calls(_) => {}
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
            Self::Always | Self::Kind(_) => {}
        }
    }
}
