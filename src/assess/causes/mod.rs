//! What leads from one assessed plan to another: causes that add up exactly to the difference of their estimates.
//!
//! A cause is something that differs between the two plans as they were assessed. The value of some causes together is the
//! estimate of the plan that takes the later version of those and the earlier version of all else, with every service on the
//! framework that the verdicts gave it: no verdict is weighed again, so a framework that follows from a trait is a cause of its
//! own. The difference is then shared out by Shapley's value: each cause gets its mean effect over every order in which the
//! causes could have come, which adds up and depends on no order. It is exact for [`MOST_CAUSES`] causes; where more differs,
//! the smallest are put together first, and the game of what is left is exact again.

mod game;
mod group;
mod local;
mod union;

use std::cmp::Reverse;

use super::{
    engine::Engine,
    types::{Assessment, Distribution},
};
use crate::{
    progress::Progress,
    project::{ComponentKind, Connection, ElementId, FrameworkId, Project, TraitId, TraitValue},
};
use local::Ground;
use union::Union;

/// Most causes between which a difference is shared out: 4,096 plans are estimated for them.
pub const MOST_CAUSES: usize = 12;

/// A plan and what was said about it.
#[derive(Clone, Copy, Debug)]
pub struct Assessed<'a> {
    /// The plan.
    pub project: &'a Project,
    /// The assessment of it, by the engine that is asked.
    pub assessment: &'a Assessment,
}

/// A value of a trait that is not the same in both plans; `None` where nobody has said.
#[derive(Clone, Debug, PartialEq)]
pub struct TraitDifference {
    /// The trait.
    pub trait_id: TraitId,
    /// What it was.
    pub from: Option<TraitValue>,
    /// What it is.
    pub to: Option<TraitValue>,
}

/// Why a service is on another framework.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// It is pinned otherwise.
    Pin,
    /// Its own traits or its kind are others, and no pin changed.
    Contents,
    /// Something else in the plan is different.
    Plan,
}

/// How two plans differ in one thing.
#[derive(Clone, Debug, PartialEq)]
pub enum DifferenceKind {
    /// A component that is only in the later plan, with its connections.
    Added,
    /// A component that was put off and is to be built now.
    TakenIn,
    /// A component that is only in the earlier plan.
    Removed,
    /// A component that is put off to later.
    PutOff,
    /// What a component is, or must cope with.
    Contents {
        /// Its kind, if that differs.
        kind: Option<(ComponentKind, ComponentKind)>,
        /// Its traits, those that differ.
        traits: Vec<TraitDifference>,
    },
    /// What a service is built on, as the verdicts say.
    Framework {
        /// What it was on.
        from: FrameworkId,
        /// What it is on.
        to: FrameworkId,
        /// Why.
        because: Because,
    },
    /// A connection between components of both plans that is only in the later one.
    Linked,
    /// A connection between components of both plans that is only in the earlier one.
    Unlinked,
    /// A connection with another protocol, with other figures, or to or from another component.
    Relinked {
        /// What it was.
        from: Box<Connection>,
        /// What it is.
        to: Box<Connection>,
    },
    /// What a person-week costs on average, in US dollars.
    Rate {
        /// What it was.
        from_usd: f64,
        /// What it is.
        to_usd: f64,
    },
    /// How many people there are, and what share of everybody's time each further one costs.
    Team {
        /// People.
        people: (f64, f64),
        /// Shares of a week.
        communication: (f64, f64),
    },
    /// What is added on top, as a share.
    Contingency {
        /// What it was.
        from: f64,
        /// What it is.
        to: f64,
    },
}

/// What sort of thing a difference is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sort {
    /// Components that are only in the later plan.
    Arrival,
    /// Components that are only in the earlier plan.
    Departure,
    /// Kinds and traits.
    Contents,
    /// Frameworks.
    Framework,
    /// Connections.
    Connection,
    /// Rate, team, contingency.
    Assumption,
}

impl DifferenceKind {
    /// What sort of thing it is about.
    pub fn sort(&self) -> Sort {
        match self {
            Self::Added | Self::TakenIn => Sort::Arrival,
            Self::Removed | Self::PutOff => Sort::Departure,
            Self::Contents { .. } => Sort::Contents,
            Self::Framework { .. } => Sort::Framework,
            Self::Linked | Self::Unlinked | Self::Relinked { .. } => Sort::Connection,
            Self::Rate { .. } | Self::Team { .. } | Self::Contingency { .. } => Sort::Assumption,
        }
    }
}

/// One thing that differs between two plans.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// What it is about; `None` for the plan as a whole.
    pub element: Option<ElementId>,
    /// What people call that; empty for the plan as a whole.
    pub name: String,
    /// How it differs.
    pub kind: DifferenceKind,
}

/// Weeks and money at the probability that was asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Totals {
    /// Weeks of work.
    pub weeks: f64,
    /// US dollars.
    pub usd: f64,
}

impl Totals {
    fn at(weeks: Distribution, budget_usd: Distribution, probability: f64) -> Self {
        Self { weeks: weeks.quantile(probability), usd: budget_usd.quantile(probability) }
    }

    /// Whether it is nothing but what adding up numbers in another order leaves behind.
    fn is_nothing(self) -> bool {
        self.usd.abs() < 1e-6 && self.weeks.abs() < 1e-10
    }

    /// How far it moves the budget and the weeks, whichever way, in steps so small that nobody sees them and so large that the
    /// order in which numbers were added up does not show: hundredths of a cent and millionths of a week.
    fn size(self) -> (i64, i64) {
        ((self.usd.abs() * 1e4).round() as i64, (self.weeks.abs() * 1e6).round() as i64)
    }
}

/// Some of the difference, and what causes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cause {
    /// What differs: one thing, or several small ones put together.
    pub differences: Vec<Difference>,
    /// What it adds.
    pub effect: Totals,
}

impl Cause {
    /// What sort of thing differs; `None` if several sorts are put together.
    pub fn sort(&self) -> Option<Sort> {
        let first = self.differences.first()?.kind.sort();
        self.differences.iter().all(|one| one.kind.sort() == first).then_some(first)
    }

    /// What decides between causes that move the same: nothing in it depends on which of the plans comes first.
    fn place(&self) -> impl Ord + use<> {
        let first = self.differences.first();
        let element = first.and_then(|one| one.element.as_ref()).map(|element| element.as_str().to_owned());
        (element, first.map(|one| group::side_of(one.kind.sort())))
    }

    /// The one thing that differs; `None` if there are several.
    pub fn single(&self) -> Option<&Difference> {
        if let [one] = self.differences.as_slice() { Some(one) } else { None }
    }
}

/// What leads from one plan to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Causes {
    /// What is not exceeded with this probability is compared, 0 to 1.
    pub probability: f64,
    /// The earlier plan.
    pub from: Totals,
    /// The later plan: the earlier one plus every cause.
    pub to: Totals,
    /// The causes, those that move the budget most first.
    pub causes: Vec<Cause>,
    /// What differs as well and moves nothing: it is no work, or costs as much one way as the other.
    pub idle: Vec<Difference>,
}

impl Causes {
    /// Whether several differences had to be put together.
    pub fn is_grouped(&self) -> bool {
        self.causes.iter().any(|cause| cause.differences.len() > 1)
    }
}

impl Engine {
    /// What leads from one plan to another, at a probability. `None` once it is cancelled.
    pub fn causes(
        &self,
        from: Assessed<'_>,
        to: Assessed<'_>,
        probability: f64,
        progress: &Progress,
    ) -> Option<Causes> {
        let scopes = [from.project.in_scope(), to.project.in_scope()];
        let union = Union::new(self, [&scopes[0], &scopes[1]], [from, to]);
        let ground = Ground::new(self, &union, probability);
        progress.begin(Stage::ALL);
        let grouped = union.differences.len() > MOST_CAUSES;
        let before = if grouped { Stage::ALL * 3 / 10 } else { 0 };
        let players = if grouped {
            group::players(&ground, &Stage::new(progress, before))?
        } else {
            (0..union.differences.len()).map(|difference| vec![difference]).collect()
        };
        let played = game::play(&ground, &players, &Stage::new(progress, Stage::ALL - before))?;
        let cause = |(player, effect): (Vec<usize>, Totals)| Cause {
            differences: player.into_iter().map(|difference| union.differences[difference].clone()).collect(),
            effect,
        };
        let causes: Vec<Cause> = players.into_iter().zip(played.shares).map(cause).collect();
        let (mut causes, without): (Vec<Cause>, Vec<Cause>) =
            causes.into_iter().partition(|cause| !cause.effect.is_nothing());
        causes.sort_by_cached_key(|cause| (Reverse(cause.effect.size()), cause.place()));
        let mut idle = union.idle;
        idle.extend(without.into_iter().flat_map(|cause| cause.differences));
        Some(Causes { probability, from: played.from, to: played.to, causes, idle })
    }
}

/// A part of the work, told to a progress that counts to [`Stage::ALL`] in the end.
struct Stage<'p> {
    progress: &'p Progress,
    /// Ticks of the progress that this part is worth.
    worth: u64,
    steps: std::cell::Cell<u64>,
    done: std::cell::Cell<u64>,
}

impl<'p> Stage<'p> {
    const ALL: u64 = 10_000;

    fn new(progress: &'p Progress, worth: u64) -> Self {
        Self { progress, worth, steps: std::cell::Cell::new(1), done: std::cell::Cell::new(0) }
    }

    /// Says how many steps the part has.
    fn begin(&self, steps: u64) {
        self.steps.set(steps.max(1));
    }

    /// A step is done; `None` once the work is cancelled.
    fn step(&self) -> Option<()> {
        let ticks = |done: u64| self.worth * done / self.steps.get();
        let done = self.done.get();
        self.done.set(done + 1);
        self.progress.step(ticks(done + 1) - ticks(done))
    }
}
