//! Every set of a size that keeps the goal at the prices of the present verdict, the cheapest ones: a descent through the sets, service
//! by service, that leaves out whole branches which cannot be enough, or cannot be cheaper than what is known.

use super::{
    Cancelled,
    meter::Meter,
    parts::{Aim, Candidate},
};

/// A set of positions, in order, and what it takes away in US dollars at even odds.
pub(super) type Set = (Vec<usize>, f64);

/// What may be spent on a descent.
pub(super) struct Purse {
    /// Sets that may still be priced.
    pub(super) priced: u64,
    /// Services that may still be looked at.
    pub(super) looked_at: u64,
    /// Both as they were in the beginning.
    whole: (u64, u64),
}

impl Purse {
    pub(super) fn new(priced: u64, looked_at: u64) -> Self {
        Self { priced, looked_at, whole: (priced, looked_at) }
    }

    /// How much of it is spent.
    fn spent(&self) -> f64 {
        let (priced, looked_at) =
            (self.priced as f64 / self.whole.0 as f64, self.looked_at as f64 / self.whole.1 as f64);
        1.0 - priced.min(looked_at)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.priced == 0 || self.looked_at == 0
    }
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
    /// The cheapest sets so far, in order; so many are kept.
    kept: Vec<Set>,
    most_kept: usize,
    /// Nothing that takes away as much as this is looked for.
    ceiling_usd: f64,
}

/// Services chosen on the way down.
#[derive(Clone, Copy, Default)]
struct Chosen {
    gains: [f64; 2],
    takes_away_usd: f64,
}

/// The fewest services with which enough of every target can go at all; `None` if all of them are not enough.
pub(super) fn least_size(aim: &Aim<'_>) -> Option<usize> {
    let of_target = |at: usize| {
        let mut gains: Vec<f64> = aim.candidates.iter().map(|candidate| candidate.gains[at]).collect();
        gains.sort_by(|a, b| b.total_cmp(a));
        let mut sum = 0.0;
        if aim.needs[at] <= 0.0 {
            return Some(0);
        }
        gains
            .iter()
            .position(|gain| {
                sum += gain;
                sum >= aim.needs[at]
            })
            .map(|last| last + 1)
    };
    Some(of_target(0)?.max(of_target(1)?).max(1))
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
    /// The cheapest sets of `size` services that take away less than `ceiling_usd` and keep the goal, at most `most_kept`, cheapest
    /// first; all of them unless the purse is empty in the end.
    pub(super) fn sets(
        aim: &'a Aim<'a>,
        (size, most_kept, ceiling_usd): (usize, usize, f64),
        purse: &'p mut Purse,
        meter: &'p Meter<'p>,
    ) -> Result<Vec<Set>, Cancelled> {
        let (order, lead) = by_gain(aim);
        if size == 0 || size > order.len() {
            return Ok(Vec::new());
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
        let kept = Vec::new();
        let mut descent =
            Self { aim, meter, purse, order, lead, before, other, cheapest, ratio, kept, most_kept, ceiling_usd };
        descent.down(0, &mut Vec::with_capacity(size), Chosen::default(), size)?;
        Ok(descent.kept)
    }

    /// What a set may take away at most to be of interest.
    fn worst_usd(&self) -> f64 {
        let full = self.kept.len() >= self.most_kept;
        self.kept.last().filter(|_| full).map_or(self.ceiling_usd, |(_, usd)| *usd)
    }

    /// Whether no choice of `missing` services from `place` on can help: for what goes with them, or for what they take away.
    fn is_in_vain(&self, place: usize, chosen: Chosen, missing: usize) -> bool {
        let [lead, other] = [self.lead, 1 - self.lead];
        let end = (place + missing).min(self.order.len());
        // What can go with most comes first in the order. The sums are of many figures: a hair is left for their rounding.
        let most = (self.before[end] - self.before[place]) * (1.0 + 1e-9);
        let need = self.aim.needs[lead] - chosen.gains[lead];
        let cost = self.cheapest[place][missing].max(need * self.ratio[place]);
        end - place < missing
            || most < need
            || self.other[place][missing] < self.aim.needs[other] - chosen.gains[other]
            || chosen.takes_away_usd + cost >= self.worst_usd()
    }

    fn down(&mut self, from: usize, set: &mut Vec<usize>, chosen: Chosen, missing: usize) -> Result<(), Cancelled> {
        if missing == 1 {
            return self.last(from, set, chosen);
        }
        for place in from..self.order.len() {
            // What comes later in the order can do even less.
            if self.purse.is_empty() || self.is_in_vain(place, chosen, missing) {
                break;
            }
            self.purse.looked_at -= 1;
            let candidate = self.order[place];
            set.push(candidate.position);
            self.down(place + 1, set, chosen.with(candidate), missing - 1)?;
            set.pop();
        }
        Ok(())
    }

    /// Tries each last service that could make the set enough, from the one with which least goes on.
    fn last(&mut self, from: usize, set: &[usize], chosen: Chosen) -> Result<(), Cancelled> {
        let [lead, other] = [self.lead, 1 - self.lead];
        let needs = [0, 1].map(|at| self.aim.needs[at] - chosen.gains[at]);
        let enough = self.order[from..].partition_point(|candidate| candidate.gains[lead] >= needs[lead]);
        for place in (from..from + enough).rev() {
            if self.purse.is_empty() {
                break;
            }
            self.purse.looked_at -= 1;
            let candidate = self.order[place];
            let usd = chosen.takes_away_usd + candidate.takes_away_usd;
            if candidate.gains[other] < needs[other] || usd >= self.worst_usd() {
                continue;
            }
            self.purse.priced -= 1;
            self.meter.at(self.purse.spent())?;
            let mut tried = set.to_owned();
            tried.push(candidate.position);
            tried.sort_unstable();
            let (holds, usd) = self.aim.weigh(&tried);
            if holds && usd < self.worst_usd() {
                let at = self.kept.partition_point(|(_, known)| *known <= usd);
                self.kept.insert(at, (tried, usd));
                self.kept.truncate(self.most_kept);
            }
        }
        Ok(())
    }
}

impl Chosen {
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
