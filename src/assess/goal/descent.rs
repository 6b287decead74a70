//! Every set of a size that keeps the goal at the prices of the present verdict, the cheapest ones: a descent through the sets, service
//! by service, that leaves out whole branches which cannot be enough, or cannot be cheaper than what is known. A service that goes takes
//! along what is bound to it.

use std::collections::HashMap;

use super::{
    Cancelled,
    meter::Meter,
    parts::{Aim, Candidate},
};

/// A set of positions, in order, and what it takes away in US dollars at even odds.
pub(super) type Set = (Vec<usize>, f64);

/// A set costs this much to price, and one more for each service in it.
const PRICING: u64 = 8;

/// What may be spent on a descent.
pub(super) struct Purse {
    /// For sets that are priced: large ones cost more.
    pricing: u64,
    /// Services that may still be looked at.
    looked_at: u64,
    /// Both as they were in the beginning.
    whole: (u64, u64),
}

impl Purse {
    pub(super) fn new(pricing: u64, looked_at: u64) -> Self {
        Self { pricing, looked_at, whole: (pricing, looked_at) }
    }

    fn price(&mut self, set: &[usize]) {
        self.pricing = self.pricing.saturating_sub(PRICING + set.len() as u64);
    }

    /// How much of it is spent, 0 to 1.
    pub(super) fn spent(&self) -> f64 {
        let (pricing, looked_at) =
            (self.pricing as f64 / self.whole.0 as f64, self.looked_at as f64 / self.whole.1 as f64);
        1.0 - pricing.min(looked_at)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.pricing == 0 || self.looked_at == 0
    }
}

/// What a descent looks for.
#[derive(Clone, Copy)]
pub(super) struct Wanted {
    /// Components in a set.
    pub(super) size: usize,
    /// Sets that are kept, the cheapest.
    pub(super) most_kept: usize,
    /// Nothing that takes away as much as this is looked for.
    pub(super) ceiling_usd: f64,
}

/// What a descent found.
pub(super) struct Priced {
    /// Cheapest first.
    pub(super) sets: Vec<Set>,
    /// Sets that were priced.
    pub(super) tried: u64,
}

/// A descent to the sets of one size.
pub(super) struct Descent<'a, 'p> {
    aim: &'a Aim<'a>,
    meter: &'p Meter<'p>,
    purse: &'p mut Purse,
    /// What can go with most first, by the target that is further off.
    order: Vec<&'a Candidate>,
    lead: usize,
    /// The sum of what can go of that target with all before each place.
    before: Vec<f64>,
    /// The most of the other target that can go with so many services from a place on, `[place][services]`.
    other: Vec<Vec<f64>>,
    /// The least that so many of them take away.
    cheapest: Vec<Vec<f64>>,
    /// The least that any of them takes away for what goes with it.
    ratio: Vec<f64>,
    /// By position in the plan: its place in the order.
    place_of: HashMap<usize, usize>,
    /// Which places are chosen.
    chosen: Vec<bool>,
    wanted: Wanted,
    /// The cheapest sets so far.
    found: Priced,
}

/// The sums of what is chosen on the way down.
#[derive(Clone, Copy, Default)]
struct Sums {
    gains: [f64; 2],
    takes_away_usd: f64,
}

/// The fewest services with which enough of every target can go at all; `None` if all of them are not enough.
pub(super) fn least_size(aim: &Aim<'_>) -> Option<usize> {
    let enough = |size: usize| {
        (0..2).all(|at| {
            let small = aim.candidates.iter().filter(|candidate| candidate.bound.len() < size);
            let mut gains: Vec<f64> = small.map(|candidate| candidate.gains[at]).collect();
            gains.sort_by(|a, b| b.total_cmp(a));
            // A loss is never taken, so more services promise no less: what the search by halves relies on.
            let gains = gains.iter().take(size).filter(|gain| **gain > 0.0);
            aim.needs[at] <= 0.0 || gains.sum::<f64>() >= aim.needs[at]
        })
    };
    let all: Vec<usize> = (1..=aim.candidates.len()).collect();
    all.get(all.partition_point(|size| !enough(*size))).copied()
}

/// The candidates, what can go with most of the target that is further off first.
pub(super) fn by_gain<'a>(aim: &'a Aim<'_>) -> (Vec<&'a Candidate>, usize) {
    let whole = |at: usize| aim.candidates.iter().map(|candidate| candidate.gains[at]).sum::<f64>().max(1e-12);
    let lead = usize::from(aim.needs[1] / whole(1) > aim.needs[0] / whole(0));
    let mut order: Vec<&Candidate> = aim.candidates.iter().collect();
    order.sort_by(|a, b| b.gains[lead].total_cmp(&a.gains[lead]).then(a.position.cmp(&b.position)));
    (order, lead)
}

impl<'a, 'p> Descent<'a, 'p> {
    /// The cheapest of the sets that are wanted and keep the goal; all of them unless the purse is empty in the end.
    pub(super) fn sets(
        aim: &'a Aim<'a>,
        wanted: Wanted,
        purse: &'p mut Purse,
        meter: &'p Meter<'p>,
    ) -> Result<Priced, Cancelled> {
        let (mut order, lead) = by_gain(aim);
        let size = wanted.size;
        order.retain(|candidate| candidate.bound.len() < size);
        let found = Priced { sets: Vec::new(), tried: 0 };
        if size == 0 || size > order.len() {
            return Ok(found);
        }
        let sums = |figure: &dyn Fn(&Candidate) -> f64, least: bool| sums_from(&order, size, figure, least);
        let other = sums(&|candidate| candidate.gains[1 - lead], false);
        let cheapest = sums(&|candidate| candidate.takes_away_usd, true);
        let mut ratio = vec![f64::INFINITY; order.len() + 1];
        for (place, candidate) in order.iter().enumerate().rev() {
            ratio[place] = ratio[place + 1].min(candidate.takes_away_usd / candidate.gains[lead].max(1e-12));
        }
        let mut before = vec![0.0];
        before.extend(order.iter().scan(0.0, |sum, candidate| {
            *sum += candidate.gains[lead];
            Some(*sum)
        }));
        let place_of = order.iter().enumerate().map(|(place, candidate)| (candidate.position, place)).collect();
        let chosen = vec![false; order.len()];
        let mut descent =
            Self { aim, meter, purse, order, lead, before, other, cheapest, ratio, place_of, chosen, wanted, found };
        descent.down(0, &mut Vec::with_capacity(size), Sums::default(), size)?;
        Ok(descent.found)
    }

    /// What a set may take away at most to be of interest.
    fn worst_usd(&self) -> f64 {
        let full = self.found.sets.len() >= self.wanted.most_kept;
        self.found.sets.last().filter(|_| full).map_or(self.wanted.ceiling_usd, |(_, usd)| *usd)
    }

    /// Whether no choice of `missing` services from `place` on can help: for what goes with them, or for what they take away.
    fn is_in_vain(&self, place: usize, sums: Sums, missing: usize) -> bool {
        let [lead, other] = [self.lead, 1 - self.lead];
        let end = (place + missing).min(self.order.len());
        // What can go with most comes first in the order. The sums are of many figures: a hair is left for their rounding.
        let most = (self.before[end] - self.before[place]) * (1.0 + 1e-9);
        let need = self.aim.needs[lead] - sums.gains[lead];
        // Where something takes away less than nothing, more of it is not dearer.
        let ratio = if self.ratio[place] >= 0.0 { self.ratio[place] } else { f64::NEG_INFINITY };
        let cost = self.cheapest[place][missing].max(need.max(0.0) * ratio);
        end - place < missing
            || most < need
            || self.other[place][missing] < self.aim.needs[other] - sums.gains[other]
            || sums.takes_away_usd + cost >= self.worst_usd()
    }

    /// The places that a choice adds: its own and those of what is bound to it, as far as they are not chosen yet. `None` where one
    /// of them was passed over, so that the set was looked at before, or there are too many.
    fn adds(&self, place: usize, most: usize) -> Option<Vec<usize>> {
        let mut added = vec![place];
        for position in &self.order[place].bound {
            let bound = *self.place_of.get(position)?;
            if !self.chosen[bound] {
                added.push(bound);
                if bound < place {
                    return None;
                }
            }
        }
        (added.len() <= most).then_some(added)
    }

    fn down(&mut self, from: usize, set: &mut Vec<usize>, sums: Sums, missing: usize) -> Result<(), Cancelled> {
        if missing == 0 {
            return self.price(set);
        }
        if missing == 1 {
            return self.last(from, set, sums);
        }
        for place in from..self.order.len() {
            // What comes later in the order can do even less.
            if self.purse.is_empty() || self.is_in_vain(place, sums, missing) {
                break;
            }
            if self.chosen[place] {
                continue;
            }
            self.purse.looked_at -= 1;
            let Some(added) = self.adds(place, missing) else { continue };
            let mut more = sums;
            for place in &added {
                self.chosen[*place] = true;
                set.push(self.order[*place].position);
                more = more.with(self.order[*place]);
            }
            self.down(place + 1, set, more, missing - added.len())?;
            for place in &added {
                self.chosen[*place] = false;
                set.pop();
            }
        }
        Ok(())
    }

    /// Tries each last service that could make the set enough, from the one with which least goes on.
    fn last(&mut self, from: usize, set: &mut Vec<usize>, sums: Sums) -> Result<(), Cancelled> {
        let [lead, other] = [self.lead, 1 - self.lead];
        let needs = [0, 1].map(|at| self.aim.needs[at] - sums.gains[at]);
        let enough = self.order[from..].partition_point(|candidate| candidate.gains[lead] >= needs[lead]);
        for place in (from..from + enough).rev() {
            if self.purse.is_empty() {
                break;
            }
            self.purse.looked_at -= 1;
            let candidate = self.order[place];
            let usd = sums.takes_away_usd + candidate.takes_away_usd;
            let too_little = candidate.gains[other] < needs[other] || usd >= self.worst_usd();
            if too_little || self.chosen[place] || self.adds(place, 1).is_none() {
                continue;
            }
            set.push(candidate.position);
            self.price(set)?;
            set.pop();
        }
        Ok(())
    }

    /// Prices a set, and keeps it if it is one of the cheapest.
    fn price(&mut self, set: &[usize]) -> Result<(), Cancelled> {
        self.purse.price(set);
        self.found.tried += 1;
        self.meter.at(self.purse.spent())?;
        let mut tried = set.to_owned();
        tried.sort_unstable();
        if !self.aim.may_go(&tried) {
            return Ok(());
        }
        let (holds, usd) = self.aim.weigh(&tried);
        if holds && usd < self.worst_usd() {
            let at = self.found.sets.partition_point(|(_, known)| *known <= usd);
            self.found.sets.insert(at, (tried, usd));
            self.found.sets.truncate(self.wanted.most_kept);
        }
        Ok(())
    }
}

impl Sums {
    fn with(self, candidate: &Candidate) -> Self {
        Self {
            gains: [0, 1].map(|at| self.gains[at] + candidate.gains[at]),
            takes_away_usd: self.takes_away_usd + candidate.takes_away_usd,
        }
    }
}

/// From each place of the order on, the sum of the largest (or least) so many figures, up to `size`; where there are fewer services
/// than that, as many as there are.
fn sums_from(order: &[&Candidate], size: usize, figure: &dyn Fn(&Candidate) -> f64, least: bool) -> Vec<Vec<f64>> {
    let mut sorted: Vec<f64> = Vec::new();
    let mut sums = vec![vec![0.0; size + 1]; order.len() + 1];
    for (place, candidate) in order.iter().enumerate().rev() {
        let figure = figure(candidate);
        let at = sorted.partition_point(|known| if least { *known < figure } else { *known > figure });
        sorted.insert(at, figure);
        sorted.truncate(size);
        for count in 1..=size {
            sums[place][count] = sums[place][count - 1] + sorted.get(count - 1).copied().unwrap_or(0.0);
        }
    }
    sums
}
