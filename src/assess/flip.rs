//! What would turn a verdict: the smallest change of one trait, or of two, found exactly on the ramps.

use super::{
    curve::Curve,
    probe::{Cells, Inquiry, Probe},
    types::VerdictKind,
};
use crate::{
    playbook::{Trait, TraitKind},
    project::{ComponentId, FrameworkId, TraitId, TraitValue},
};

/// Most values of a number that are tried when two traits change together.
const MOST_VALUES: usize = 8;
/// Pairs of changes that are made as small as they can be before the smallest is taken.
const PAIRS_REFINED: usize = 6;

/// Most rounds in which both changes of a pair are made smaller in turn.
const MOST_ROUNDS: usize = 8;

/// A trait that is set to something else.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The trait.
    pub trait_id: TraitId,
    /// What it is now; `None` if nobody has said.
    pub from: Option<TraitValue>,
    /// What it would be.
    pub to: TraitValue,
    /// How large a change that is: 1 is a flag the other way, or a number across its plausible range. To answer a number that
    /// nobody has said is 1, and how far the answer lies from a usual one comes on top.
    pub size: f64,
}

/// Changes of one service that turn a verdict.
#[derive(Clone, Debug, PartialEq)]
pub struct Flip {
    /// The service.
    pub component: ComponentId,
    /// One change, or two that do it together.
    pub changes: Vec<Change>,
    /// The framework it is on.
    pub from: FrameworkId,
    /// The framework it would be on.
    pub to: FrameworkId,
    /// The verdict on the whole afterwards.
    pub verdict: VerdictKind,
    /// Other services that would change their framework with it.
    pub others: Vec<(ComponentId, FrameworkId)>,
}

impl Flip {
    /// The sizes of its changes, together.
    pub fn size(&self) -> f64 {
        self.changes.iter().map(|change| change.size).sum()
    }
}

/// What would turn the verdict on one service.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Turning {
    /// The smallest single changes of its traits that put it on another framework in the verdict, one for each trait and
    /// framework, smallest first.
    pub single: Vec<Flip>,
    /// Where no single change leads to another family: two that do together. For numbers a few values are tried and then made
    /// as small as they can be, so it shows that a pair would do it, and is small.
    pub pair: Option<Flip>,
    /// The numbers its verdict depends on, in the playbook's order.
    pub quantities: Vec<TraitId>,
}

/// A trait set to another value, by position.
#[derive(Clone, Debug)]
struct Candidate {
    at: usize,
    to: TraitValue,
    size: f64,
}

/// The step in which a number is moved: 1 for whole numbers, else a hundredth of the decade of its typical value.
pub fn step_of(value: &TraitKind) -> f64 {
    match value {
        TraitKind::Number { whole: false, plausible: (_, typical, _), .. } if *typical > 0.0 => {
            10_f64.powi(typical.log10().floor() as i32 - 1).min(1.0)
        }
        _ => 1.0,
    }
}

/// A number on the grid of its steps.
fn on_grid(steps: f64, step: f64) -> f64 {
    // Dividing by a whole number keeps 0.3 from becoming 0.30000000000000004.
    if step < 1.0 { steps / (1.0 / step).round() } else { steps * step }
}

impl Inquiry<'_> {
    /// The smallest single changes of a service that put it on another framework, one for each trait and framework, smallest
    /// first.
    pub(super) fn flips(&self, position: usize) -> Vec<Flip> {
        self.probe(position).map_or_else(Vec::new, |probe| probe.flips())
    }

    /// What would turn the verdict on a service.
    pub(super) fn turning(&self, position: usize) -> Turning {
        let Some(probe) = self.probe(position) else { return Turning::default() };
        let single = probe.flips();
        let playbook = &self.engine.playbook;
        let other_family = |flip: &Flip| playbook.root(&flip.from) != playbook.root(&flip.to);
        let pair = if single.iter().any(other_family) { None } else { probe.pair() };
        Turning { single, pair, quantities: probe.quantities() }
    }
}

impl Probe<'_> {
    fn flips(&self) -> Vec<Flip> {
        let mut flips: Vec<Flip> = self.single().iter().filter_map(|(to, change)| self.flip(*to, &[change])).collect();
        flips.sort_by(|a, b| a.size().total_cmp(&b.size()));
        flips
    }

    fn component(&self) -> &ComponentId {
        self.inquiry.graph.components[self.position].0
    }

    pub(super) fn known(&self, at: usize) -> Option<&Trait> {
        self.inquiry.engine.playbook.traits.get_index(at).map(|(_, known)| known)
    }

    /// The traits that could be said of the service and that anything depends on.
    pub(super) fn open_traits(&self) -> Vec<usize> {
        let (tables, cells) = (&self.inquiry.engine.tables, self.cells());
        let kind = self.inquiry.graph.component(self.position).kind;
        let suits = |known: &Trait| known.suits.is_empty() || known.suits.contains(&kind);
        (0..cells.len())
            .filter(|at| !tables.criteria_of[*at].is_empty())
            .filter(|at| cells[*at].is_some() || self.known(*at).is_some_and(suits))
            .collect()
    }

    /// Whether a value stands beside one that contradicts it.
    pub(super) fn contradicts(&self, cells: &Cells<'_>, at: usize) -> bool {
        let on = |at: usize| cells[at].is_some_and(TraitValue::is_on);
        let pairs = &self.inquiry.engine.tables.contradictions;
        pairs.iter().any(|(a, b)| (*a == at || *b == at) && on(*a) && on(*b))
    }

    /// The other values of a flag or a choice.
    fn other_values(&self, at: usize, now: Option<&TraitValue>) -> Vec<Candidate> {
        let values: Vec<(TraitValue, f64)> = match self.known(at).map(|known| &known.value) {
            Some(TraitKind::Flag) => [true, false].map(|flag| (TraitValue::Flag(flag), 1.0)).to_vec(),
            Some(TraitKind::Choice(options)) => {
                let place = |option: &String| options.iter().position(|other| other == option);
                let here = now.and_then(|value| if let TraitValue::Choice(o) = value { place(o) } else { None });
                let far = |to: usize| here.map_or(1.0, |from| from.abs_diff(to) as f64 / (options.len() - 1) as f64);
                let values = options.iter().enumerate();
                values.map(|(to, option)| (TraitValue::Choice(option.clone()), far(to))).collect()
            }
            Some(TraitKind::Number { .. }) | None => Vec::new(),
        };
        values.into_iter().filter(|(to, _)| now != Some(to)).map(|(to, size)| Candidate { at, to, size }).collect()
    }

    /// Every smallest single change, with the framework it leads to.
    fn single(&self) -> Vec<(usize, Candidate)> {
        let cells = self.cells();
        let mut found = Vec::new();
        for at in self.open_traits() {
            found.extend(self.turning_points(&cells, &[], at));
            for candidate in self.other_values(at, cells[at]) {
                let mut other = cells.clone();
                other[at] = Some(&candidate.to);
                let to = self.chosen(&self.scores_db(&other, &[at])).filter(|to| *to != self.framework);
                if let Some(to) = to.filter(|_| !self.contradicts(&other, at)) {
                    found.push((to, candidate));
                }
            }
        }
        found
    }

    /// The nearest values of a number at which the service would be on another framework, one for each framework, with
    /// everything else as in `cells`, in which the `changed` traits are not what they are.
    fn turning_points(&self, cells: &Cells<'_>, changed: &[usize], at: usize) -> Vec<(usize, Candidate)> {
        let Some(known) = self.known(at) else { return Vec::new() };
        let TraitKind::Number { least, most, plausible: (low, typical, high), .. } = known.value else {
            return Vec::new();
        };
        let now = cells[at].and_then(TraitValue::as_number).unwrap_or(0.0);
        // Nobody has said 0 where nobody has said anything: then the nearest value is the one nearest to a usual answer.
        let start = if cells[at].is_some() { now } else { typical };
        let scan = Scan {
            probe: self,
            curves: self.score_curves(cells, changed, at, least.min(now)),
            step: step_of(&known.value),
        };
        let mut nearest: Vec<(usize, f64)> = Vec::new();
        for (to, x) in scan.turns(start, least, most) {
            let closer = |other: f64| (x - start).abs() < (other - start).abs();
            match nearest.iter_mut().find(|(other, _)| *other == to) {
                Some((_, other)) if closer(*other) => *other = x,
                Some(_) => {}
                None => nearest.push((to, x)),
            }
        }
        let range = (high - low).max(f64::MIN_POSITIVE);
        let known_now = cells[at].is_some();
        // To answer is a step of its own; how far the answer lies from a usual one comes on top.
        let size = |x: f64| if known_now { (x - now).abs() / range } else { 1.0 + (x - start).abs() / range };
        let candidate = |x: f64| Candidate { at, to: TraitValue::Number(x), size: size(x) };
        let found = nearest.into_iter().map(|(to, x)| (to, candidate(x)));
        found.filter(|(_, candidate)| !self.contradicts(&with(cells, candidate), at)).collect()
    }

    /// A few values of a number that could matter: where its ramps bend, and the plausible ones.
    fn few_values(&self, cells: &Cells<'_>, at: usize) -> Vec<Candidate> {
        let Some(known) = self.known(at) else { return Vec::new() };
        let TraitKind::Number { least, most, plausible: (low, typical, high), .. } = known.value else {
            return self.other_values(at, cells[at]);
        };
        let now = cells[at].and_then(TraitValue::as_number).unwrap_or(0.0);
        let step = step_of(&known.value);
        let curves = self.score_curves(cells, &[], at, least.min(now));
        let bends = curves.iter().flat_map(|curve| curve.breaks().collect::<Vec<_>>());
        let mut values: Vec<f64> = bends
            .chain([low, typical, high])
            .map(|x| on_grid((x / step).ceil(), step))
            .filter(|x| (least..=most).contains(x) && *x != now)
            .collect();
        values.sort_by(f64::total_cmp);
        values.dedup();
        values.truncate(MOST_VALUES);
        let range = (high - low).max(f64::MIN_POSITIVE);
        let start = if cells[at].is_some() { now } else { typical };
        let answered = if cells[at].is_some() { 0.0 } else { 1.0 };
        let size = |x: f64| answered + (x - start).abs() / range;
        values.into_iter().map(|x| Candidate { at, to: TraitValue::Number(x), size: size(x) }).collect()
    }

    fn pair(&self) -> Option<Flip> {
        let (cells, family) = (self.cells(), self.inquiry.engine.tables.root[self.framework]);
        let roots = &self.inquiry.engine.tables.root;
        let values: Vec<Vec<Candidate>> =
            self.open_traits().into_iter().map(|at| self.few_values(&cells, at)).collect();
        let mut pairs: Vec<(&Candidate, &Candidate)> = Vec::new();
        for (nth, ones) in values.iter().enumerate() {
            for one in ones {
                let with_one = with(&cells, one);
                for other in values[nth + 1..].iter().flatten() {
                    let both = with(&with_one, other);
                    let to = self.chosen(&self.scores_db(&both, &[one.at, other.at]));
                    let turns = to.is_some_and(|to| roots[to] != family);
                    if turns && !self.contradicts(&both, one.at) && !self.contradicts(&both, other.at) {
                        pairs.push((one, other));
                    }
                }
            }
        }
        pairs.sort_by(|a, b| (a.0.size + a.1.size).total_cmp(&(b.0.size + b.1.size)));
        let refined = pairs.into_iter().take(PAIRS_REFINED).filter_map(|(one, other)| {
            let (mut one, mut other) = (one.clone(), other.clone());
            // A smaller change of one may leave less to do for the other.
            for _ in 0..MOST_ROUNDS {
                let before = one.size + other.size;
                other = self.smaller(&cells, &one, &other);
                one = self.smaller(&cells, &other, &one);
                if one.size + other.size >= before {
                    break;
                }
            }
            let scores_db = self.scores_db(&with(&with(&cells, &one), &other), &[one.at, other.at]);
            self.flip(self.chosen(&scores_db)?, &[&one, &other])
        });
        refined.min_by(|a, b| a.size().total_cmp(&b.size()))
    }

    /// The smallest change like `moving` that still turns the family while `fixed` holds.
    fn smaller(&self, cells: &Cells<'_>, fixed: &Candidate, moving: &Candidate) -> Candidate {
        let roots = &self.inquiry.engine.tables.root;
        let turns = self.turning_points(&with(cells, fixed), &[fixed.at], moving.at);
        let family = turns.into_iter().filter(|(to, _)| roots[*to] != roots[self.framework]).map(|(_, found)| found);
        let smallest = family.min_by(|a, b| a.size.total_cmp(&b.size));
        smallest.filter(|smallest| smallest.size < moving.size).unwrap_or_else(|| moving.clone())
    }

    fn flip(&self, to: usize, candidates: &[&Candidate]) -> Option<Flip> {
        let (playbook, cells) = (&self.inquiry.engine.playbook, self.cells());
        let id = |framework: usize| playbook.frameworks.get_index(framework).map(|(id, _)| id.clone());
        let mut assignment = self.standing(to)?.assignment.clone();
        assignment[self.position] = Some(to);
        let change = |candidate: &&Candidate| {
            Some(Change {
                trait_id: self.known(candidate.at)?.id.clone(),
                from: cells[candidate.at].cloned(),
                to: candidate.to.clone(),
                size: candidate.size,
            })
        };
        let components = self.inquiry.graph.components.iter().enumerate();
        let others = components.filter(|(at, _)| *at != self.position).filter_map(|(at, (component, _))| {
            let moved = assignment[at].filter(|framework| self.inquiry.assignment[at] != Some(*framework))?;
            Some(((*component).clone(), id(moved)?))
        });
        Some(Flip {
            component: self.component().clone(),
            changes: candidates.iter().filter_map(change).collect(),
            from: id(self.framework)?,
            to: id(to)?,
            verdict: self.inquiry.weighing.kind(&assignment),
            others: others.collect(),
        })
    }
}

fn with<'v>(cells: &Cells<'v>, candidate: &'v Candidate) -> Cells<'v> {
    let mut cells = cells.clone();
    cells[candidate.at] = Some(&candidate.to);
    cells
}

/// The search for the values of one number at which another framework is chosen.
pub(super) struct Scan<'p, 'a> {
    pub(super) probe: &'p Probe<'a>,
    /// The score of each framework.
    pub(super) curves: Vec<Curve>,
    pub(super) step: f64,
}

impl Scan<'_, '_> {
    pub(super) fn chosen(&self, x: f64) -> Option<usize> {
        let scores_db: Vec<f64> = self.curves.iter().map(|curve| curve.at(x)).collect();
        self.probe.chosen(&scores_db)
    }

    /// Where anything can turn: the bends of the scores, and where two of them meet. Between two of these places the choice
    /// is the same throughout.
    pub(super) fn places(&self, least: f64, most: f64) -> Vec<f64> {
        let mut places: Vec<f64> = self.curves.iter().flat_map(|curve| curve.breaks().collect::<Vec<_>>()).collect();
        places.extend([least, most]);
        places.retain(|x| (least..=most).contains(x));
        places.sort_by(f64::total_cmp);
        places.dedup();
        let worth = |framework: usize, x: f64| self.probe.worth_db(framework, self.curves[framework].at(x));
        let mut meets = Vec::new();
        for pair in places.windows(2) {
            // From inside the stretch, since at its end the next one begins.
            let (near, far) = (pair[0] + 0.25 * (pair[1] - pair[0]), pair[0] + 0.75 * (pair[1] - pair[0]));
            for a in 0..self.curves.len() {
                for b in a + 1..self.curves.len() {
                    let ahead = |x| Some(worth(a, x)? - worth(b, x)?);
                    let (Some(first), Some(second)) = (ahead(near), ahead(far)) else { continue };
                    let meet = near + first / (first - second) * (far - near);
                    if meet > pair[0] && meet < pair[1] {
                        meets.push(meet);
                    }
                }
            }
        }
        places.extend(meets);
        places.sort_by(f64::total_cmp);
        places
    }

    /// Values on the grid at which another framework is chosen: for each stretch and each place the ones nearest to `now`.
    pub(super) fn turns(&self, now: f64, least: f64, most: f64) -> Vec<(usize, f64)> {
        let places = self.places(least, most);
        let mut tried: Vec<f64> = Vec::new();
        let step = self.step;
        for place in &places {
            // Beside a place rounding may fall to either side, so its neighbours are tried as well.
            let here = (place / step).round();
            tried.extend((-2..=2).map(|off| on_grid(here + f64::from(off), step)));
        }
        // The neighbours of the present value, where a stretch begins in mid-step, and the value itself if it is only thought of.
        tried.extend([-1.0, 0.0, 1.0].map(|off| on_grid((now / step).round() + off, step)));
        tried.sort_by(f64::total_cmp);
        tried.dedup();
        let inside = tried.into_iter().filter(|x| (least..=most).contains(x));
        inside.filter_map(|x| Some((self.chosen(x).filter(|to| *to != self.probe.framework)?, x))).collect()
    }
}
