//! What goes with each service, and with each resource that can wait: its own work, and the work that its connections cause on
//! others. With that any set of them is priced by subtraction, on the frameworks of the present verdict.

use super::{Cancelled, Distribution, Goal, Work, meter::Meter};
use crate::{
    assess::{
        engine::Engine,
        estimate::Estimator,
        evaluate::Values,
        graph::{Graph, Link},
        sharing::Sharing,
        verdict::Assignment,
    },
    playbook::Scope,
    project::{Assumptions, Project},
};

/// Ways to leave a smallest plan that are looked at, for each service of it.
const MOST_LEFT: usize = 4;

/// Prior person-weeks by work item, only those that are not 0.
type Amounts = Vec<(usize, f64)>;

/// Adds a share of some amounts to sums by work item.
fn add(amounts: &Amounts, share: f64, sums: &mut [f64]) {
    for (item, amount) in amounts {
        sums[*item] += share * amount;
    }
}

/// A service, or a resource that can wait, by what goes with it.
struct Part {
    /// All the work on it and on its connections; none on a resource.
    own: Amounts,
    /// The parts it is connected with, each with the work on this one that goes if only that one goes.
    beside: Vec<(usize, Amounts)>,
    /// The work on this one that goes if all of them go.
    at_most: Amounts,
    /// Whether the single amounts do not add up, so that several neighbours that go have to be looked at together.
    entangled: bool,
}

impl Part {
    /// The work on it that goes if only one of those beside it goes.
    fn lost_with(&self, position: usize) -> Option<&Amounts> {
        self.beside.iter().find(|(other, _)| *other == position).map(|(_, lost)| lost)
    }
}

/// Every part of a plan by what goes with it.
pub(super) struct Parts<'a> {
    engine: &'a Engine,
    pub(super) graph: &'a Graph<'a>,
    pub(super) sharing: Sharing<'a>,
    assignment: &'a Assignment,
    /// Prior person-weeks of the whole plan by work item.
    base: Vec<f64>,
    /// By position; `None` for resources that services cannot do without.
    by_position: Vec<Option<Part>>,
    /// The services on each root framework.
    on_root: Vec<usize>,
    /// What each family after the first costs.
    family: Amounts,
}

impl<'a> Parts<'a> {
    /// Takes a plan apart, whose verdict and work these are. `None` once cancelled.
    pub(super) fn new(
        engine: &'a Engine,
        graph: &'a Graph<'a>,
        assignment: &'a Assignment,
        work: &Work<'_>,
        meter: &Meter<'_>,
    ) -> Result<Self, Cancelled> {
        let mut on_root = vec![0; engine.tables.root.len()];
        for framework in assignment.iter().flatten() {
            on_root[engine.tables.root[*framework]] += 1;
        }
        let further = on_root.iter().filter(|services| **services > 0).count().saturating_sub(1) as f64;
        let mut family = Amounts::new();
        work.for_each(assignment, |piece| {
            if engine.playbook.work_items[piece.item].scope == Scope::ExtraFramework {
                family.push((piece.item, piece.prior_person_weeks / further.max(1.0)));
            }
        });
        let base = work.totals(assignment);
        let sharing = Sharing::new(&engine.playbook, graph);
        let mut parts = Self { engine, graph, sharing, assignment, base, by_position: Vec::new(), on_root, family };
        for position in 0..graph.components.len() {
            meter.at(position as f64 / graph.components.len() as f64)?;
            let part = parts.can_go(position).then(|| parts.part(position));
            parts.by_position.push(part);
        }
        Ok(parts)
    }

    fn part(&self, position: usize) -> Part {
        let beside = self.neighbours(position);
        let own = self.without(position, &[]);
        let bare = self.without(position, &beside);
        let at_most = amounts(own.iter().zip(&bare).map(|(all, left)| all - left));
        let mut sum = vec![0.0; own.len()];
        let mut lost = |other: usize| {
            let left = self.without(position, &[other]);
            let lost = amounts(own.iter().zip(&left).map(|(all, left)| all - left));
            add(&lost, 1.0, &mut sum);
            (other, lost)
        };
        let none = at_most.is_empty();
        let beside: Vec<(usize, Amounts)> =
            beside.into_iter().map(|other| if none { (other, Amounts::new()) } else { lost(other) }).collect();
        add(&at_most, -1.0, &mut sum);
        let entangled = sum.iter().any(|rest| rest.abs() > 1e-9);
        Part { own: amounts(own.into_iter()), beside, at_most, entangled }
    }

    fn can_go(&self, position: usize) -> bool {
        self.graph.is_service(position) || self.graph.component(position).kind.can_wait()
    }

    /// The parts at the other ends of a part's connections, one of the two being a service.
    fn neighbours(&self, position: usize) -> Vec<usize> {
        let out = self.graph.out(position).map(|link| link.to);
        let mut others: Vec<usize> = out.chain(self.graph.into(position).map(|link| link.from)).collect();
        let service = self.graph.is_service(position);
        others.retain(|other| {
            *other != position && if service { self.can_go(*other) } else { self.graph.is_service(*other) }
        });
        others.sort_unstable();
        others.dedup();
        others
    }

    /// The prior person-weeks on one part by work item if some others were not there. Read off the service and what it is
    /// connected with alone: work looks no further.
    fn without(&self, position: usize, gone: &[usize]) -> Vec<f64> {
        let mut project = Project::default();
        project.assumptions.team_size = self.graph.project.assumptions.team_size;
        let mut assignment = Assignment::new();
        let mut add = |position: usize| {
            let (id, component) = self.graph.components[position];
            if project.components.insert(id.clone(), component.clone()).is_none() {
                assignment.push(self.assignment[position]);
            }
        };
        let stays = |link: &&Link<'_>| !gone.contains(&link.from) && !gone.contains(&link.to);
        let links = || self.graph.out(position).chain(self.graph.into(position)).filter(stays);
        add(position);
        links().for_each(|link| {
            add(link.from);
            add(link.to);
        });
        project.connections = links().map(|link| (link.id.clone(), link.connection.clone())).collect();
        let graph = Graph::new(&project);
        let (playbook, tables) = (&self.engine.playbook, &self.engine.tables);
        let work = Work::new(playbook, tables, &graph, &Values::new(playbook, &graph));
        let mut totals = vec![0.0; playbook.work_items.len()];
        work.add_service(&assignment, 0, 1.0, &mut totals);
        totals
    }

    /// Services in the plan.
    pub(super) fn services(&self) -> usize {
        self.graph.services().count()
    }

    /// Whether a set can go: a service stays, and nobody who stays works on the tables of what goes. The set is in order.
    pub(super) fn may_go(&self, set: &[usize]) -> bool {
        let leaves = self.graph.services().any(|position| set.binary_search(&position).is_err());
        leaves && self.sharing.is_closed(set)
    }

    /// The prior person-weeks of the plan without a set of parts, which is in order, by work item.
    fn left(&self, set: &[usize]) -> Vec<f64> {
        let mut left = self.base.clone();
        let mut together: Vec<usize> = Vec::new();
        let mut on_root = self.on_root.clone();
        for position in set {
            let Some(part) = &self.by_position[*position] else { continue };
            add(&part.own, -1.0, &mut left);
            if let Some(framework) = self.assignment[*position] {
                on_root[self.engine.tables.root[framework]] -= 1;
            }
            for (other, _) in part.beside.iter().filter(|(other, _)| set.binary_search(other).is_err()) {
                let Some(beside) = &self.by_position[*other] else { continue };
                if beside.entangled {
                    together.push(*other);
                } else if let Some(lost) = beside.lost_with(*position) {
                    add(lost, -1.0, &mut left);
                }
            }
        }
        together.sort_unstable();
        together.dedup();
        for other in together {
            let Some(part) = &self.by_position[other] else { continue };
            let after = self.without(other, set);
            add(&part.own, -1.0, &mut left);
            left.iter_mut().zip(after).for_each(|(left, after)| *left += after);
        }
        let families = |counts: &[usize]| counts.iter().filter(|count| **count > 0).count();
        let fewer = (families(&self.on_root).saturating_sub(families(&on_root).max(1))) as f64;
        add(&self.family, -fewer, &mut left);
        left
    }

    /// The most that can go with a part, whatever goes beside it, and the least.
    fn bounds(&self, position: usize) -> (Vec<f64>, Vec<f64>) {
        let (mut most, mut least) = (vec![0.0; self.base.len()], vec![0.0; self.base.len()]);
        let Some(part) = &self.by_position[position] else { return (most, least) };
        add(&part.own, 1.0, &mut most);
        add(&part.own, 1.0, &mut least);
        for (other, _) in &part.beside {
            let Some(beside) = &self.by_position[*other] else { continue };
            let Some(lost) = beside.lost_with(position) else { continue };
            // Where several that go have to be looked at together, any of them may be the one that makes the difference.
            let entangled = if beside.entangled { beside.at_most.as_slice() } else { &[] };
            let mut both = vec![(0.0_f64, 0.0_f64); self.base.len()];
            for (item, amount) in lost.iter().chain(entangled) {
                let (low, high) = &mut both[*item];
                (*low, *high) = (low.min(*amount), high.max(*amount));
            }
            for ((most, least), (low, high)) in most.iter_mut().zip(&mut least).zip(both) {
                *most += high;
                *least += low;
            }
        }
        // A family goes with the last of its services; each is counted with its share of it.
        if let Some(framework) = self.assignment[position] {
            let services = self.on_root[self.engine.tables.root[framework]].max(1);
            add(&self.family, 1.0 / services as f64, &mut most);
        }
        (most, least)
    }

    /// Whether anybody works on a part, or on connecting it.
    fn carries_work(&self, position: usize) -> bool {
        let Some(part) = &self.by_position[position] else { return false };
        let on_others = |(other, _): &(usize, Amounts)| {
            let lost = self.by_position[*other].as_ref().and_then(|beside| beside.lost_with(position));
            lost.is_some_and(|lost| lost.iter().any(|(_, amount)| *amount > 0.0))
        };
        self.graph.is_service(position) || part.beside.iter().any(on_others)
    }
}

fn amounts(by_item: impl Iterator<Item = f64>) -> Amounts {
    by_item.enumerate().filter(|(_, amount)| amount.abs() > 1e-12).collect()
}

/// A goal for a plan that was taken apart: what must go at least, and how much of it can go with each service.
pub(super) struct Aim<'a> {
    parts: &'a Parts<'a>,
    estimator: Estimator<'a>,
    goal: &'a Goal,
    budget_usd: f64,
    /// Of each target, US dollars and weeks: how much has to go.
    pub(super) needs: [f64; 2],
    /// The parts that may go.
    pub(super) candidates: Vec<Candidate>,
}

/// A service that may go, or a resource with the work of connecting it.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// Its position in the plan.
    pub(super) position: usize,
    /// What can go with it at most, of each target.
    pub(super) gains: [f64; 2],
    /// What goes with it at least, in US dollars at even odds.
    pub(super) takes_away_usd: f64,
    /// The candidates that cannot be built without it and go with it, by position and in order. More may go with several together.
    pub(super) bound: Vec<usize>,
}

impl<'a> Aim<'a> {
    /// Aims at a goal under some assumptions.
    ///
    /// A figure that holds with a probability of a half or more is (to all that matters here) a convex function of the work, so it
    /// lies nowhere under its tangent at the whole plan: no set of services takes more away than the sum of what the tangent gives
    /// to each.
    pub(super) fn new(parts: &'a Parts<'a>, goal: &'a Goal, assumptions: &Assumptions) -> Self {
        let estimator = parts.engine.estimator(assumptions);
        let (weeks, budget_usd) = estimator.totals(&parts.base);
        let slopes = slopes(&estimator, &parts.base, goal.sure);
        let targets = [goal.targets.budget_usd, goal.targets.deadline_weeks];
        let figures = [budget_usd.quantile(goal.sure), weeks.quantile(goal.sure)];
        let need = |at: usize| targets[at].map_or(0.0, |target| (figures[at] - target).max(0.0));
        let median = |amounts: &[f64]| {
            let amounts = amounts.iter().enumerate().filter(|(_, amount)| **amount != 0.0);
            amounts.map(|(item, amount)| estimator.sums(item, *amount).usd).sum()
        };
        let kept = |position: &usize| goal.keep.contains(parts.graph.components[*position].0);
        let mut candidates = Vec::new();
        for (position, part) in parts.by_position.iter().enumerate() {
            let bound = parts.sharing.bound_to(&[position]);
            // What is kept keeps what it works on.
            if part.is_none() || kept(&position) || bound.iter().any(kept) || !parts.carries_work(position) {
                continue;
            }
            let (most, least) = parts.bounds(position);
            // Work that would make the range narrower goes at least as far as the least that goes.
            let gain = |slopes: &Vec<f64>| {
                let amounts = most.iter().zip(&least).zip(slopes);
                let gains = amounts.map(|((most, least), slope)| slope * if *slope > 0.0 { most } else { least });
                gains.sum::<f64>() * (1.0 + 1e-6)
            };
            let gains = slopes.each_ref().map(gain);
            candidates.push(Candidate { position, gains, takes_away_usd: median(&least), bound });
        }
        let needs = [need(0), need(1)];
        Self { parts, budget_usd: budget_usd.median, estimator, goal, needs, candidates }
    }

    /// Services in the plan.
    pub(super) fn services(&self) -> usize {
        self.parts.services()
    }

    /// Whether a set of candidates, which is in order, can go as it is.
    pub(super) fn may_go(&self, set: &[usize]) -> bool {
        self.parts.may_go(set)
    }

    /// A set of candidates with all that goes with them, in order.
    pub(super) fn with_bound(&self, mut set: Vec<usize>) -> Vec<usize> {
        set.extend(self.parts.sharing.bound_to(&set));
        set.sort_unstable();
        set
    }

    /// The smallest plans that can be left, each by what goes: what is kept with what that stands on, or else one service.
    pub(super) fn all_that_can_go(&self) -> Vec<Vec<usize>> {
        let all: Vec<usize> = self.candidates.iter().map(|candidate| candidate.position).collect();
        let any_stays = self.parts.graph.services().any(|position| all.binary_search(&position).is_err());
        let mut sets = Vec::new();
        if any_stays {
            self.give_back(all, &mut sets);
            return sets;
        }
        for one in self.parts.graph.services() {
            let rest = all.iter().copied().filter(|position| *position != one).collect();
            self.give_back(rest, &mut sets);
        }
        sets
    }

    /// Takes out of a set what those who stay cannot be without, in every way there is, up to some number of them.
    fn give_back(&self, set: Vec<usize>, sets: &mut Vec<Vec<usize>>) {
        let Some(missing) = self.parts.sharing.first_missing(&set) else {
            sets.push(set);
            return;
        };
        let gone = |position: usize| set.binary_search(&position).is_ok();
        for back in self.parts.sharing.given_back_for(missing, gone) {
            if sets.len() < MOST_LEFT * self.services() {
                self.give_back(set.iter().copied().filter(|position| !back.contains(position)).collect(), sets);
            }
        }
    }

    /// Whether the goal holds without a set of services, which is in order, and what they take away in US dollars at even odds.
    pub(super) fn weigh(&self, set: &[usize]) -> (bool, f64) {
        let (weeks, budget_usd): (Distribution, Distribution) = self.estimator.totals(&self.parts.left(set));
        (self.goal.is_kept_by(weeks, budget_usd), self.budget_usd - budget_usd.median)
    }
}

/// By how much a prior person-week of each item moves US dollars and weeks that hold this surely.
fn slopes(estimator: &Estimator<'_>, base: &[f64], sure: f64) -> [Vec<f64>; 2] {
    let figures = |at: &[f64]| {
        let (weeks, budget_usd) = estimator.totals(at);
        [budget_usd.quantile(sure), weeks.quantile(sure)]
    };
    let step = 1e-4 * base.iter().sum::<f64>();
    let mut slopes = [vec![0.0; base.len()], vec![0.0; base.len()]];
    let mut at = base.to_vec();
    for (item, amount) in base.iter().enumerate().filter(|(_, amount)| **amount > 0.0) {
        at[item] = amount + step;
        let more = figures(&at);
        at[item] = amount - step;
        let less = figures(&at);
        at[item] = *amount;
        for (slopes, (more, less)) in slopes.iter_mut().zip(more.into_iter().zip(less)) {
            slopes[item] = (more - less) / (2.0 * step);
        }
    }
    slopes
}
