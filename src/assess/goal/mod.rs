//! Goal seek: what would have to go, or who would have to come, for a budget and a deadline to hold.
//!
//! Sets of services are tried by size, the smallest first, and within a size those that take away least. Where there are few sets of
//! a size, each is tried with the verdict weighed anew ([`trial`]). Where there are many, they are priced on the frameworks of the
//! present verdict ([`parts`]), whole branches are left out that a bound rules out ([`descent`]), and what is found is tried anew.

mod descent;
mod meter;
mod parts;
mod search;
mod team;
#[cfg(test)]
mod tests;
mod trial;

use std::collections::BTreeSet;

use self::{meter::Meter, parts::Parts, search::Search, trial::Trial};
use super::{
    effort::Work,
    engine::Engine,
    evaluate::Values,
    graph::Graph,
    target::{Chances, Targets},
    types::{Assessment, Distribution, Estimate},
    verdict::{MixingPrices, Weighing},
};
use crate::{
    progress::Progress,
    project::{Assumptions, ComponentId, Edit, FrameworkId, Project},
};

pub use team::{NoTeam, TeamChange};

/// Most proposals that are made.
pub const MOST_PROPOSALS: usize = 5;

/// What is to hold, how surely, and what may not be touched for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Goal {
    /// The budget and the deadline.
    pub targets: Targets,
    /// The probability with which each of them is to hold, 0 to 1.
    pub sure: f64,
    /// Services that stay in any case, with what they work on the tables of.
    pub keep: BTreeSet<ComponentId>,
}

impl Goal {
    /// What a project's assumptions say is to hold, this surely, with nothing that has to stay.
    pub fn of(assumptions: &Assumptions, sure: f64) -> Self {
        Self { targets: Targets::of(assumptions), sure, keep: BTreeSet::new() }
    }

    /// Whether these weeks and US dollars keep it.
    fn is_kept_by(&self, weeks: Distribution, budget_usd: Distribution) -> bool {
        let within = |target: Option<f64>, distribution: Distribution| {
            target.is_none_or(|target| distribution.quantile(self.sure) <= target * (1.0 + 1e-9))
        };
        within(self.targets.budget_usd, budget_usd) && within(self.targets.deadline_weeks, weeks)
    }
}

/// What a plan comes to, and how likely it keeps the goal.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Outlook {
    /// Calendar weeks.
    pub weeks: Distribution,
    /// US dollars.
    pub budget_usd: Distribution,
    /// How likely budget and deadline hold.
    pub chances: Chances,
}

impl Outlook {
    fn new(goal: &Goal, weeks: Distribution, budget_usd: Distribution) -> Self {
        let estimate = Estimate { weeks, budget_usd, ..Estimate::default() };
        Self { weeks, budget_usd, chances: goal.targets.chance(&estimate) }
    }

    /// How likely all of the goal holds, 0 to 1; certain if nothing is to hold.
    pub fn chance(&self) -> f64 {
        let Chances { budget, deadline, both, .. } = self.chances;
        both.or(budget).or(deadline).unwrap_or(1.0)
    }
}

/// A change of the plan that makes the goal hold.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// The services that are left out, and the resources that are with the work of connecting them, in document order.
    pub leaves_out: Vec<ComponentId>,
    /// Those of them that work on the tables of others of them, so that they go along (see `Protocol::binds` and
    /// `Trait::shares_tables`).
    pub along: Vec<ComponentId>,
    /// Those on whose tables they work, without those that go along themselves.
    pub tables_of: Vec<ComponentId>,
    /// The size of the team, where it changes.
    pub team_size: Option<f64>,
    /// The plan with the change made.
    pub outlook: Outlook,
    /// What the services left out would have taken, in US dollars at even odds and with the present team.
    pub takes_away_usd: f64,
    /// The services that stay and would be built on another framework then, in document order.
    pub moves: Vec<(ComponentId, FrameworkId)>,
}

impl Proposal {
    /// The edits that put its services off to later and set its team.
    pub fn put_off(&self, assumptions: &Assumptions) -> Vec<Edit> {
        let later = self.leaves_out.iter().map(|id| Edit::SetDeferred(id.clone(), true));
        let team = self.team_size.map(|team_size| {
            let assumptions = Assumptions { team_size, ..assumptions.clone() };
            Edit::SetAssumptions(assumptions)
        });
        later.chain(team).collect()
    }
}

/// A plan from which everything is left out that may go: of the services that could stay alone, with those whose tables they work on,
/// the one nearest to the goal.
#[derive(Clone, Debug, PartialEq)]
pub struct Least {
    /// The services that are left, in document order.
    pub stays: Vec<ComponentId>,
    /// What they come to.
    pub outlook: Outlook,
}

/// How far a search for sets went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// Whether everything was tried that could have been better. If not, there may be a set that takes away a little less.
    pub complete: bool,
    /// Whether every set up to the size of the proposals was tried with the verdict weighed anew. If not, sets that only a turn of the
    /// verdict would make cheap enough may have been passed over.
    pub assessed_all: bool,
    /// Whether there were too many sets of the sizes that come into question, so that the one proposal is built up from the components
    /// with which most goes, without those that can stay after all. Then a smaller set may exist.
    pub built_up: bool,
}

/// Everything there is to say on how a goal can be reached.
#[derive(Clone, Debug, PartialEq)]
pub struct Reached {
    /// The plan as it stands.
    pub now: Outlook,
    /// Whether the goal holds already; then nothing is proposed.
    pub holds: bool,
    /// Sets of services (and resources) to leave out: those with the fewest services first, and among them those that take away least. Each differs
    /// from those before it in a third of its services at least. Where one service more takes away clearly less, such sets follow.
    pub proposals: Vec<Proposal>,
    /// What is left at least, where no set of services is enough.
    pub least: Option<Least>,
    /// The smallest change of the team that makes it hold, or why none does; `None` if it holds already.
    pub team: Option<Result<TeamChange, NoTeam>>,
    /// A small change of the team with fewer services left out than without it.
    pub together: Option<Proposal>,
    /// How far the search went.
    pub extent: Extent,
    /// Sets that were priced or tried.
    pub tried: u64,
}

/// Nobody waits for the answer any more.
struct Cancelled;

/// Shares of the whole at which its parts end: taking the plan apart, and the search for sets of services. The rest is for teams.
const TAKEN_APART: f64 = 0.25;
const SEARCHED: f64 = 0.85;

/// A plan made ready for questions about what it would be without some services.
struct Question<'a> {
    engine: &'a Engine,
    project: &'a Project,
    goal: &'a Goal,
    assessment: &'a Assessment,
    meter: Meter<'a>,
}

impl Engine {
    /// How a goal can be reached: what would have to be left out of the plan, or which team it takes. `None` once `progress` is
    /// cancelled.
    pub fn reach(&self, project: &Project, goal: &Goal, progress: &Progress) -> Option<Reached> {
        let project = &*project.in_scope();
        let goal = &Goal { sure: goal.sure.clamp(0.01, 0.99), ..goal.clone() };
        let assessment = &self.assess(project);
        let now = Outlook::new(goal, assessment.estimate.weeks, assessment.estimate.budget_usd);
        let holds = goal.is_kept_by(now.weeks, now.budget_usd);
        let mut reached = Reached {
            now,
            holds,
            proposals: Vec::new(),
            least: None,
            team: None,
            together: None,
            extent: Extent { complete: true, assessed_all: true, built_up: false },
            tried: 0,
        };
        if holds {
            return Some(reached);
        }
        let question = Question { engine: self, project, goal, assessment, meter: Meter::new(progress) };
        question.answer(&mut reached).ok()?;
        Some(reached)
    }
}

impl Question<'_> {
    fn answer(&self, reached: &mut Reached) -> Result<(), Cancelled> {
        let graph = Graph::new(self.project);
        let values = Values::new(&self.engine.playbook, &graph);
        let evidence: Vec<_> = (0..graph.components.len())
            .map(|position| graph.is_service(position).then(|| self.engine.evidence(&graph, &values, position)))
            .collect();
        let (playbook, tables) = (&self.engine.playbook, &self.engine.tables);
        let prices = MixingPrices::new(playbook, tables);
        let (_, assignment) = Weighing { prices, playbook, tables, graph: &graph, evidence: &evidence }.verdict();
        let work = Work::new(playbook, tables, &graph, &values);
        self.meter.until(TAKEN_APART);
        let parts = Parts::new(self.engine, &graph, &assignment, &work, &self.meter)?;
        let trial = Trial { engine: self.engine, project: self.project, graph: &graph, evidence: &evidence };
        reached.team = Some(self.team(&work.totals(&assignment)));
        let mut search = Search::new(self, &parts, &trial, &self.project.assumptions, SEARCHED);
        let found = search.sets(usize::MAX)?;
        reached.extent = found.extent;
        reached.tried = search.tried;
        let sets = found.sets.iter().map(|set| self.proposal(&parts, set, None));
        reached.proposals = sets.flatten().collect();
        if reached.proposals.is_empty() {
            reached.least = search.least()?;
        }
        reached.together = self.together(reached, &parts, &trial)?;
        Ok(())
    }

    /// A small change of the team that spares services, where neither the team nor one service alone is enough.
    fn together(&self, reached: &Reached, parts: &Parts<'_>, trial: &Trial<'_>) -> Result<Option<Proposal>, Cancelled> {
        let size = reached.proposals.first().map(|best| best.leaves_out.len());
        let present = self.project.assumptions.team_size;
        let alone = match &reached.team {
            Some(Ok(change)) => (change.team_size - present).abs(),
            _ => f64::INFINITY,
        };
        if size.is_some_and(|size| size < 2) || alone <= 1.0 {
            return Ok(None);
        }
        let mut best: Option<(f64, Proposal)> = None;
        // With the team that would do alone, nothing has to be left out.
        let most = self.largest_team(trial.graph.services().count());
        let teams =
            team::near(present).into_iter().filter(|size| (size - present).abs() < alone && *size <= most.max(present));
        let teams: Vec<f64> = teams.collect();
        for (at, team_size) in teams.iter().copied().enumerate() {
            let people = (team_size - present).abs();
            // A combination is worth more the less it changes; people and services are counted alike.
            let most = best.as_ref().map_or(f64::INFINITY, |(changes, _)| *changes - people);
            let most = most.min(size.map_or(f64::INFINITY, |size| size as f64));
            if most <= 1.0 {
                continue;
            }
            let assumptions = Assumptions { team_size, ..self.project.assumptions.clone() };
            let until = SEARCHED + (1.0 - SEARCHED) * (at + 1) as f64 / teams.len() as f64;
            let mut search = Search::new(self, parts, trial, &assumptions, until).in_haste();
            let sets = search.sets((most.ceil() as usize).saturating_sub(1))?.sets;
            let Some(set) = sets.into_iter().next() else { continue };
            let left = trial.graph.services().filter(|position| set.binary_search(position).is_err()).count();
            if team_size > present && team_size > self.largest_team(left) {
                continue;
            }
            if let Some(proposal) = self.proposal(parts, &set, Some(team_size)) {
                best = Some((people + set.len() as f64, proposal));
            }
        }
        Ok(best.map(|(_, proposal)| proposal))
    }

    /// The plan without a set of services, assessed in full; `None` if the goal does not hold for it after all.
    fn proposal(&self, parts: &Parts<'_>, set: &[usize], team_size: Option<f64>) -> Option<Proposal> {
        let (graph, sharing) = (parts.graph, &parts.sharing);
        let ids = || set.iter().map(|position| graph.components[*position].0);
        let named = |positions: Vec<usize>| positions.into_iter().map(|at| graph.components[at].0.clone()).collect();
        let gone = |position: usize| set.binary_search(&position).is_ok();
        let (along, others): (Vec<usize>, Vec<usize>) =
            set.iter().partition(|position| sharing.misses(**position, gone));
        let owns = |position: &usize| sharing.sharers(*position).any(|(from, _)| along.binary_search(&from).is_ok());
        let tables_of = others.into_iter().filter(owns).collect();
        let mut without = self.project.clone();
        for id in ids() {
            without.apply(&Edit::SetDeferred(id.clone(), true));
        }
        let budget_before = self.assessment.estimate.budget_usd.median;
        let alike = self.engine.assess_again(&without, self.project, self.assessment);
        let takes_away_usd = budget_before - alike.estimate.budget_usd.median;
        let after = match team_size {
            Some(team_size) => {
                without.assumptions.team_size = team_size;
                self.engine.assess(&without)
            }
            None => alike,
        };
        let (weeks, budget_usd) = (after.estimate.weeks, after.estimate.budget_usd);
        let before = &self.assessment.verdict.assignment;
        let moved = after.verdict.assignment.iter().filter(|(id, framework)| before.get(*id) != Some(framework));
        self.goal.is_kept_by(weeks, budget_usd).then(|| Proposal {
            leaves_out: ids().cloned().collect(),
            tables_of: named(tables_of),
            along: named(along),
            team_size,
            outlook: Outlook::new(self.goal, weeks, budget_usd),
            takes_away_usd,
            moves: moved.map(|(id, framework)| (id.clone(), framework.clone())).collect(),
        })
    }
}
