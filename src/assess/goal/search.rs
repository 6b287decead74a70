//! The search for sets of services, size by size.

use std::collections::HashSet;

use super::{
    Cancelled, Distribution, Extent, Least, MOST_PROPOSALS, Outlook, Question,
    descent::{Descent, Purse, Set, Wanted, by_gain, least_size},
    parts::{Aim, Parts},
    trial::Trial,
};
use crate::project::Assumptions;

/// Every set of a size is tried with the verdict weighed anew while there are so few of them, counted in services looked at.
const MOST_WEIGHED_ANEW: usize = 100_000;
/// What pricing sets on the frameworks of the present verdict may cost (see [`Purse`]), and services that are looked at for it, in one
/// search: more than a hundred thousand sets of three, eight thousand of two hundred.
const PRICING: u64 = 1_500_000;
const MOST_LOOKED_AT: u64 = 20_000_000;
/// Sets of one size that are taken from there to be tried with the verdict weighed anew.
const MOST_TRIED: usize = 60;
/// By this share of its services at least a set differs from those that are proposed before it: choices, and not one set over and over.
const NEW: f64 = 1.0 / 3.0;
/// Sizes beyond the first possible one at which sets are looked for, before whole heads of the list are tried instead.
const SIZES: usize = 6;
/// A set of one service more is worth naming if it takes away no more than this share of the best smaller one.
const CLEARLY_LESS: f64 = 0.95;
/// How many of the proposals those can be.
const MOST_LARGER: usize = 2;

/// A search under some assumptions.
pub(super) struct Search<'a> {
    question: &'a Question<'a>,
    aim: Aim<'a>,
    trial: &'a Trial<'a>,
    assumptions: &'a Assumptions,
    /// The median budget of the whole plan, in US dollars.
    whole_usd: f64,
    purse: Purse,
    weighed_anew: usize,
    /// Whether the purse is what progress is told by at the moment.
    descending: bool,
    /// The share of the whole question at which it ends.
    until: f64,
    /// Sets that were priced or tried.
    pub(super) tried: u64,
}

/// What was found.
pub(super) struct Found {
    /// Positions in order; the fewest first, among them those that take away least.
    pub(super) sets: Vec<Vec<usize>>,
    pub(super) extent: Extent,
}

impl Found {
    fn nothing() -> Self {
        Self { sets: Vec::new(), extent: Extent { complete: true, assessed_all: true, built_up: false } }
    }
}

impl<'a> Search<'a> {
    pub(super) fn new(
        question: &'a Question<'a>,
        parts: &'a Parts<'a>,
        trial: &'a Trial<'a>,
        assumptions: &'a Assumptions,
        until: f64,
    ) -> Self {
        let aim = Aim::new(parts, question.goal, assumptions);
        let (_, whole) = trial.totals(&[], assumptions);
        let purse = Purse::new(PRICING, MOST_LOOKED_AT);
        let weighed_anew = MOST_WEIGHED_ANEW;
        Self {
            question,
            aim,
            trial,
            assumptions,
            whole_usd: whole.median,
            purse,
            weighed_anew,
            descending: false,
            until,
            tried: 0,
        }
    }

    /// A search that gives up sooner.
    pub(super) fn in_haste(mut self) -> Self {
        self.purse = Purse::new(PRICING / 20, MOST_LOOKED_AT / 20);
        self.weighed_anew /= 20;
        self
    }

    /// The smallest sets that keep the goal, of `most` services at most. One service stays at least.
    pub(super) fn sets(&mut self, most: usize) -> Result<Found, Cancelled> {
        let most = most.min(self.aim.candidates.len());
        let mut found = Found::nothing();
        let first = least_size(&self.aim);
        for size in 1..=most {
            let all = self.all_can_be_weighed(size);
            if !all && first.is_none_or(|first| size < first) {
                found.extent.assessed_all = false;
                continue;
            }
            if first.is_some_and(|first| size > first + SIZES) && !all {
                break;
            }
            let sets = self.of_size(size, f64::INFINITY, &mut found)?;
            if !sets.is_empty() {
                self.take(sets, most, &mut found)?;
                return Ok(found);
            }
        }
        found.sets.extend(self.head_of_the_list(most)?);
        found.extent.built_up = !found.sets.is_empty();
        found.extent.complete &= !found.extent.built_up;
        Ok(found)
    }

    /// Takes the cheapest of these sets, and such with a service more as take away clearly less.
    fn take(&mut self, sets: Vec<Set>, most: usize, found: &mut Found) -> Result<(), Cancelled> {
        let (size, best_usd) = (sets[0].0.len(), sets[0].1);
        let mut larger = Vec::new();
        if size < most && size > 0 && (self.all_can_be_weighed(size + 1) || found.extent.complete) {
            let known: HashSet<Vec<usize>> = sets.iter().map(|(set, _)| set.clone()).collect();
            let mut aside = Found::nothing();
            // They are an addition, and not to take longer than what was asked for.
            self.purse = Purse::new(PRICING / 10, MOST_LOOKED_AT / 10);
            self.descending = false;
            for (set, usd) in self.of_size(size + 1, best_usd * CLEARLY_LESS, &mut aside)? {
                if larger.len() < MOST_LARGER && self.is_needed_whole(&set, &known)? {
                    larger.push((set, usd));
                }
            }
        }
        for (set, _) in sets {
            if found.sets.len() + larger.len() < MOST_PROPOSALS && is_new(&set, &found.sets) {
                found.sets.push(set);
            }
        }
        found.sets.extend(larger.into_iter().map(|(set, _)| set));
        Ok(())
    }

    /// Whether none of the services of a set could as well stay.
    fn is_needed_whole(&mut self, set: &[usize], known: &HashSet<Vec<usize>>) -> Result<bool, Cancelled> {
        let without = |left: &usize| set.iter().copied().filter(|position| position != left).collect::<Vec<usize>>();
        let smaller = set.iter().map(without).filter(|smaller| self.aim.may_go(smaller));
        let smaller: Vec<Vec<usize>> = smaller.collect();
        if smaller.iter().any(|smaller| known.contains(smaller)) {
            return Ok(false);
        }
        if self.all_can_be_weighed(set.len() - 1) {
            return Ok(true);
        }
        for smaller in smaller {
            if self.weigh_anew(&smaller)?.is_some() {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// What a set takes away if the goal holds without it, the verdict weighed anew.
    fn weigh_anew(&mut self, set: &[usize]) -> Result<Option<f64>, Cancelled> {
        self.tried += 1;
        self.question.meter.go_on()?;
        let (weeks, budget_usd) = self.trial.totals(set, self.assumptions);
        let holds = self.question.goal.is_kept_by(weeks, budget_usd);
        Ok(holds.then_some(self.whole_usd - budget_usd.median))
    }

    fn all_can_be_weighed(&self, size: usize) -> bool {
        combinations(self.aim.candidates.len(), size)
            .is_some_and(|sets| sets.saturating_mul(self.aim.services()) <= self.weighed_anew)
    }

    /// The sets of a size that keep the goal and take away less than `ceiling_usd`, cheapest first.
    fn of_size(&mut self, size: usize, ceiling_usd: f64, found: &mut Found) -> Result<Vec<Set>, Cancelled> {
        let mut sets = Vec::new();
        if self.all_can_be_weighed(size) {
            self.question.meter.half_until(self.until);
            self.descending = false;
            let all = combinations(self.aim.candidates.len(), size).unwrap_or(usize::MAX);
            let mut done = 0.0;
            let candidates: Vec<usize> = self.aim.candidates.iter().map(|candidate| candidate.position).collect();
            let mut places: Vec<usize> = (0..size).collect();
            loop {
                self.question.meter.at(done / all as f64)?;
                done += 1.0;
                let set: Vec<usize> = places.iter().map(|place| candidates[*place]).collect();
                if self.aim.may_go(&set)
                    && let Some(usd) = self.weigh_anew(&set)?.filter(|usd| *usd < ceiling_usd)
                {
                    sets.push((set, usd));
                }
                if !step_on(&mut places, candidates.len()) {
                    break;
                }
            }
        } else {
            found.extent.assessed_all = false;
            // All descents draw on one purse, and it tells how far they are.
            if !std::mem::replace(&mut self.descending, true) {
                self.question.meter.until(self.until);
            }
            let wanted = Wanted { size, most_kept: MOST_TRIED, ceiling_usd };
            let priced = Descent::sets(&self.aim, wanted, &mut self.purse, &self.question.meter)?;
            self.tried += priced.tried;
            let full = priced.sets.len() == MOST_TRIED;
            let mut known: Vec<Vec<usize>> = Vec::new();
            for (set, _) in priced.sets {
                if !is_new(&set, &known) {
                    continue;
                }
                if let Some(usd) = self.weigh_anew(&set)?.filter(|usd| *usd < ceiling_usd) {
                    known.push(set.clone());
                    sets.push((set, usd));
                }
                if sets.len() == MOST_PROPOSALS {
                    break;
                }
            }
            found.extent.complete &= !self.purse.is_empty() && (!full || !sets.is_empty());
        }
        sets.sort_by(|a, b| a.1.total_cmp(&b.1).then_with(|| a.0.cmp(&b.0)));
        Ok(sets)
    }

    /// The shortest head of the list, what goes with most first, that is enough: where a goal is so far off that sets cannot be gone
    /// through. What can stay of it after all is taken out again. `None` if all of it is not enough.
    fn head_of_the_list(&mut self, most: usize) -> Result<Option<Vec<usize>>, Cancelled> {
        let Some((all, _)) = self.nearest()? else { return Ok(None) };
        let (mut order, _) = by_gain(&self.aim);
        order.retain(|candidate| all.binary_search(&candidate.position).is_ok());
        let order: Vec<usize> = order.iter().map(|candidate| candidate.position).collect();
        let head = |search: &Self, count: usize| -> Vec<usize> { search.aim.with_bound(order[..count].to_vec()) };
        if self.weigh_anew(&all)?.is_none() {
            return Ok(None);
        }
        let (mut short, mut long) = (0, order.len());
        while long - short > 1 {
            let middle = usize::midpoint(short, long);
            if self.weigh_anew(&head(self, middle))?.is_some() { long = middle } else { short = middle }
        }
        let mut set = head(self, long);
        if set.len().saturating_mul(self.aim.services()) <= self.weighed_anew {
            for position in order[..long].iter().rev() {
                let less: Vec<usize> = set.iter().copied().filter(|other| other != position).collect();
                if !less.is_empty() && self.aim.may_go(&less) && self.weigh_anew(&less)?.is_some() {
                    set = less;
                }
            }
        }
        Ok((set.len() <= most).then_some(set))
    }

    /// Of the smallest plans that can be left, the one nearest to the goal: what goes for it, and what is left then. `None` if nothing
    /// may go.
    fn nearest(&self) -> Result<Option<(Vec<usize>, Outlook)>, Cancelled> {
        let goal = self.question.goal;
        let mut best: Option<(f64, Vec<usize>, Outlook)> = None;
        for set in self.aim.all_that_can_go().into_iter().filter(|set| !set.is_empty()) {
            self.question.meter.go_on()?;
            let (weeks, budget_usd) = self.trial.totals(&set, self.assumptions);
            let share =
                |of: Distribution, target: Option<f64>| target.map_or(0.0, |target| of.quantile(goal.sure) / target);
            let far = share(budget_usd, goal.targets.budget_usd).max(share(weeks, goal.targets.deadline_weeks));
            if best.as_ref().is_none_or(|(nearest, ..)| far < *nearest) {
                best = Some((far, set, Outlook::new(goal, weeks, budget_usd)));
            }
        }
        Ok(best.map(|(_, set, outlook)| (set, outlook)))
    }

    /// What is left at least, where no set is enough.
    pub(super) fn least(&self) -> Result<Option<Least>, Cancelled> {
        let least = |(gone, outlook): (Vec<usize>, Outlook)| {
            let stays = self.trial.graph.services().filter(|position| gone.binary_search(position).is_err());
            let stays = stays.map(|position| self.trial.graph.components[position].0.clone()).collect();
            Least { stays, outlook }
        };
        Ok(self.nearest()?.map(least))
    }
}

/// Whether a set differs enough from each of those that are known.
fn is_new(set: &[usize], known: &[Vec<usize>]) -> bool {
    let others = |known: &Vec<usize>| set.iter().filter(|position| !known.contains(position)).count();
    known.iter().all(|known| others(known) as f64 >= NEW * set.len() as f64)
}

/// How many sets of `size` there are of `all`; `None` for more than anybody could count.
fn combinations(all: usize, size: usize) -> Option<usize> {
    let mut count: usize = 1;
    for taken in 0..size.min(all.saturating_sub(size)) {
        count = count.checked_mul(all - taken)? / (taken + 1);
    }
    Some(if size > all { 0 } else { count })
}

/// The next combination in order; false after the last one.
fn step_on(places: &mut [usize], all: usize) -> bool {
    let size = places.len();
    let Some(at) = (0..size).rev().find(|at| places[*at] < all - size + at) else { return false };
    places[at] += 1;
    for next in at + 1..size {
        places[next] = places[next - 1] + 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_combination_comes_once() {
        for (all, size) in [(5, 1), (5, 3), (5, 5), (7, 2)] {
            let mut places: Vec<usize> = (0..size).collect();
            let mut seen = HashSet::from([places.clone()]);
            while step_on(&mut places, all) {
                assert!(places.windows(2).all(|pair| pair[0] < pair[1]) && places[size - 1] < all);
                assert!(seen.insert(places.clone()));
            }
            assert_eq!(Some(seen.len()), combinations(all, size));
        }
        assert_eq!(combinations(1_600, 600), None);
        assert_eq!(combinations(3, 4), Some(0));
    }
}
