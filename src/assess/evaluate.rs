//! Amounts and conditions of the playbook, read off one component of a project.

use super::{
    capacity::{Late, Spot, p95_at_once, p95_in_a_row},
    curve::Curve,
    graph::{Graph, Link},
};
use crate::{
    lang::of_playbook,
    playbook::{Amount, Condition, Direction, LinkFilter, Playbook, ServerId},
    project::{Component, ComponentKind, FrameworkId, TraitValue},
    text::number,
};

/// Amounts stay within this, so that a slip of the keyboard cannot make a sum infinite.
const MOST: f64 = 1e12;

/// From here on a number is a target in milliseconds, or a count of workers.
const LEAST_BOUND: f64 = 1e-9;

/// A trait by its position in the playbook; `None` for one it does not know, which is then unknown everywhere.
pub(super) type TraitAt = Option<usize>;

/// The traits of every component by position, so that conditions find them without a search.
pub(super) struct Values<'a> {
    traits: usize,
    cells: Vec<Option<&'a TraitValue>>,
    /// How long answers take, as far as evidence knows.
    late: Option<Late>,
}

impl<'a> Values<'a> {
    pub(super) fn new(playbook: &Playbook, graph: &Graph<'a>) -> Self {
        let traits = playbook.traits.len();
        let mut cells = vec![None; traits * graph.components.len()];
        for (position, (_, component)) in graph.components.iter().enumerate() {
            fill(playbook, component, &mut cells[position * traits..(position + 1) * traits]);
        }
        Self { traits, cells, late: Late::new(playbook, &graph.project.assumptions.machines) }
    }

    /// The values on one component by itself, in the playbook's order of traits.
    pub(super) fn row(playbook: &Playbook, component: &'a Component) -> Vec<Option<&'a TraitValue>> {
        let mut cells = vec![None; playbook.traits.len()];
        fill(playbook, component, &mut cells);
        cells
    }

    /// The values on one component, in the playbook's order of traits.
    pub(super) fn of(&self, position: usize) -> &[Option<&'a TraitValue>] {
        &self.cells[position * self.traits..(position + 1) * self.traits]
    }
}

fn fill<'a>(playbook: &Playbook, component: &'a Component, cells: &mut [Option<&'a TraitValue>]) {
    for (id, value) in &component.traits {
        if let Some(at) = playbook.traits.get_index_of(id) {
            cells[at] = Some(value);
        }
    }
}

/// Where conditions are read: a component in its graph, or nowhere (for the work of the project as a whole).
#[derive(Clone, Copy)]
pub(super) struct Site<'g, 'a> {
    place: Option<(&'g Graph<'a>, usize)>,
    values: &'g [Option<&'a TraitValue>],
    /// What the verdict says; only rules know it.
    verdict: Option<Ruling<'g>>,
    /// How long answers take.
    late: Option<&'g Late>,
}

/// What a verdict says of one service.
#[derive(Clone, Copy)]
pub(super) struct Ruling<'g> {
    pub(super) playbook: &'g Playbook,
    pub(super) framework: &'g FrameworkId,
    /// Whether the whole system is a mixed one.
    pub(super) mixed: bool,
    /// How long an answer of the service takes at best, in milliseconds; 0 if nobody asks.
    pub(super) answer_ms: f64,
    /// Processes that its load takes at least, and with the room that is planned with; 0 if nobody asks.
    pub(super) workers: (f64, f64),
}

impl<'g, 'a> Site<'g, 'a> {
    pub(super) fn at(graph: &'g Graph<'a>, values: &'g Values<'a>, position: usize) -> Self {
        let late = values.late.as_ref();
        Self { place: Some((graph, position)), values: values.of(position), verdict: None, late }
    }

    /// A component with other values than it has.
    pub(super) fn otherwise(graph: &'g Graph<'a>, values: &'g [Option<&'a TraitValue>], position: usize) -> Self {
        Self { place: Some((graph, position)), values, verdict: None, late: None }
    }

    /// The same place with what is known of how long answers take.
    pub(super) fn knowing(self, values: &'g Values<'a>) -> Self {
        Self { late: values.late.as_ref(), ..self }
    }

    pub(super) fn nowhere() -> Self {
        Self { place: None, values: &[], verdict: None, late: None }
    }

    /// The same place under a verdict.
    pub(super) fn under(self, ruling: Ruling<'g>) -> Self {
        Self { verdict: Some(ruling), ..self }
    }

    /// The kind of the component, if there is one.
    pub(super) fn kind(self) -> Option<ComponentKind> {
        self.component().map(|component| component.kind)
    }

    fn component(self) -> Option<&'a Component> {
        self.place.map(|(graph, position)| graph.component(position))
    }

    fn value(self, at: TraitAt) -> Option<&'a TraitValue> {
        self.values.get(at?).copied().flatten()
    }

    /// The links that pass the filter.
    fn links(self, filter: &LinkFilter) -> impl Iterator<Item = &'g Link<'a>> {
        let (goes_out, comes_in) = (filter.direction != Direction::In, filter.direction != Direction::Out);
        let place = self.place.into_iter();
        let out = place
            .clone()
            .filter(move |_| goes_out)
            .flat_map(|(graph, position)| graph.out(position).map(move |link| (link, graph.component(link.to).kind)));
        let into = place.filter(move |_| comes_in).flat_map(|(graph, position)| {
            graph.into(position).map(move |link| (link, graph.component(link.from).kind))
        });
        let passes = |(link, other): &(&Link<'_>, ComponentKind)| {
            (filter.protocols.is_empty() || filter.protocols.contains(&link.connection.protocol))
                && (filter.kinds.is_empty() || filter.kinds.contains(other))
        };
        out.chain(into).filter(passes).map(|(link, _)| link)
    }

    /// How many calls go over each of the links that pass the filter (one where it is not said), and how many milliseconds one takes (0 where
    /// it is not said).
    fn calls(self, filter: &LinkFilter) -> impl Iterator<Item = (f64, f64)> {
        let said = |link: &Link<'_>| {
            (link.connection.calls_per_request.unwrap_or(1.0), link.connection.latency_ms.unwrap_or(0.0))
        };
        self.links(filter).map(said)
    }

    /// The number; what is unknown counts 0.
    pub(super) fn amount(self, amount: &Amount<TraitAt>) -> f64 {
        let value = match amount {
            Amount::Const(number) => *number,
            Amount::Trait(at) => self.value(*at).and_then(TraitValue::as_number).unwrap_or(0.0),
            Amount::Links(filter) => self.links(filter).count() as f64,
            Amount::Calls(filter) => self.calls(filter).map(|(count, _)| count).fold(0.0, |sum, count| sum + count),
            Amount::Max(parts) => parts.iter().map(|part| self.amount(part)).reduce(f64::max).unwrap_or(0.0),
            Amount::Sum(parts) => parts.iter().map(|part| self.amount(part)).sum(),
            Amount::Product(parts) => parts.iter().map(|part| self.amount(part)).product(),
            Amount::Waiting(filter) => p95_in_a_row(self.calls(filter)),
            Amount::SlowestCall(filter) => p95_at_once(self.calls(filter)),
            Amount::TeamSize => self.place.map_or(0.0, |(graph, _)| graph.project.assumptions.team_size),
            Amount::AnswerTime => self.verdict.map_or(0.0, |verdict| verdict.answer_ms),
            Amount::LeastWorkers => self.verdict.map_or(0.0, |verdict| verdict.workers.0),
            Amount::PlannedWorkers => self.verdict.map_or(0.0, |verdict| verdict.workers.1),
        };
        if value.is_nan() { 0.0 } else { value.clamp(-MOST, MOST) }
    }

    /// How far the condition holds, 0 to 1.
    pub(super) fn strength(self, condition: &Condition<TraitAt>) -> f64 {
        let flag = |at: &TraitAt, wanted| if self.value(*at) == Some(&TraitValue::Flag(wanted)) { 1.0 } else { 0.0 };
        let when = |holds| if holds { 1.0 } else { 0.0 };
        match condition {
            Condition::Always => 1.0,
            Condition::Has(at) => flag(at, true),
            Condition::Lacks(at) => flag(at, false),
            Condition::Is(at, option) => {
                when(matches!(self.value(*at), Some(TraitValue::Choice(chosen)) if chosen == option))
            }
            Condition::AtLeast(amount, least) => when(self.amount(amount) >= *least),
            Condition::Ramp(amount, points) => level_line(points, self.amount(amount)).clamp(0.0, 1.0),
            Condition::Kind(kinds) => when(self.component().is_some_and(|component| kinds.contains(&component.kind))),
            Condition::Any(parts) => parts.iter().map(|part| self.strength(part)).fold(0.0, f64::max),
            Condition::All(parts) => self.weakest(parts),
            Condition::Not(part) => 1.0 - self.strength(part),
            Condition::MissesTarget { on, late_ms } => self.on_servers(Asked::Late, (on, late_ms)),
            Condition::LacksWorkers { on, by } => self.on_servers(Asked::Lacking, (on, by)),
            Condition::Exceeds(more, less) => when(self.amount(more) > self.amount(less)),
            Condition::OnFramework(frameworks) => when(self.verdict.is_some_and(|verdict| {
                frameworks.iter().any(|one| verdict.playbook.stands_on(verdict.framework, one))
            })),
            Condition::Mixed => when(self.verdict.is_some_and(|verdict| verdict.mixed)),
        }
    }

    /// The amount as a function of one trait from `least` on, with everything else as it is.
    fn amount_curve(self, amount: &Amount<TraitAt>, open: usize, least: f64) -> Curve {
        let fold = |parts: &[Amount<TraitAt>], join: fn(&Curve, &Curve) -> Curve| {
            let curves = parts.iter().map(|part| self.amount_curve(part, open, least));
            curves.reduce(|a, b| join(&a, &b)).unwrap_or(Curve::level(least, 0.0))
        };
        match amount {
            Amount::Trait(at) if *at == Some(open) => Curve::itself(least),
            Amount::Max(parts) => fold(parts, Curve::max),
            Amount::Sum(parts) => fold(parts, |a, b| a.plus(1.0, b)),
            Amount::Product(parts) => fold(parts, Curve::times),
            Amount::Const(_)
            | Amount::Trait(_)
            | Amount::Links(_)
            | Amount::Calls(_)
            | Amount::Waiting(_)
            | Amount::SlowestCall(_)
            | Amount::TeamSize
            | Amount::AnswerTime
            | Amount::LeastWorkers
            | Amount::PlannedWorkers => Curve::level(least, self.amount(amount)),
        }
    }

    /// How far the condition holds as a function of one trait from `least` on, with everything else as it is.
    pub(super) fn strength_curve(self, condition: &Condition<TraitAt>, open: usize, least: f64) -> Curve {
        let fold = |parts: &[Condition<TraitAt>], join: fn(&Curve, &Curve) -> Curve, start: f64| {
            let curves = parts.iter().map(|part| self.strength_curve(part, open, least));
            curves.fold(Curve::level(least, start), |a, b| join(&a, &b))
        };
        match condition {
            Condition::AtLeast(amount, from) => self.amount_curve(amount, open, least).at_least(*from),
            Condition::Ramp(amount, points) => self.amount_curve(amount, open, least).ramp(points),
            Condition::Any(parts) => fold(parts, Curve::max, 0.0),
            Condition::All(parts) => fold(parts, Curve::min, 1.0),
            Condition::Not(part) => self.strength_curve(part, open, least).complement(),
            Condition::MissesTarget { on, late_ms } => self.on_servers_curve(Asked::Late, (on, late_ms), open, least),
            Condition::LacksWorkers { on, by } => self.on_servers_curve(Asked::Lacking, (on, by), open, least),
            Condition::Always
            | Condition::Has(_)
            | Condition::Lacks(_)
            | Condition::Is(..)
            | Condition::Kind(_)
            | Condition::Exceeds(..)
            | Condition::OnFramework(_)
            | Condition::Mixed => Curve::level(least, self.strength(condition)),
        }
    }

    /// What a service takes on one of these servers at best, and what it is held against, as amounts of the traits.
    fn asked(self, asked: Asked, on: &[ServerId]) -> Option<(Amount<TraitAt>, Amount<TraitAt>)> {
        let (late, (graph, position)) = (self.late?, self.place?);
        let [together, writes] = late.flags().map(|at| match self.value(at) {
            Some(TraitValue::Flag(flag)) => Some(*flag),
            _ => None,
        });
        let spot = Spot { graph, position, together, writes: writes == Some(true) };
        let takes = match asked {
            Asked::Late => late.best_ms(spot, on),
            Asked::Lacking => late.least_workers(spot, on),
        };
        Some((takes?, Amount::Trait(asked.bound(late))))
    }

    fn on_servers(self, asked: Asked, (on, ramp): (&[ServerId], &[(f64, f64)])) -> f64 {
        let bound = self.late.map_or(0.0, |late| self.amount(&Amount::Trait(asked.bound(late))));
        // Most services have none: nothing is worked out for them.
        if bound < LEAST_BOUND {
            return 0.0;
        }
        self.asked(asked, on).map_or(0.0, |(takes, _)| level_line(ramp, self.amount(&takes) - bound).clamp(0.0, 1.0))
    }

    fn on_servers_curve(
        self,
        asked: Asked,
        (on, ramp): (&[ServerId], &[(f64, f64)]),
        open: usize,
        least: f64,
    ) -> Curve {
        let at = self.late.and_then(|late| asked.bound(late));
        // Where nobody says what to hold it against, nothing else about it matters.
        if at != Some(open) && self.amount(&Amount::Trait(at)) < LEAST_BOUND {
            return Curve::level(least, 0.0);
        }
        let Some((takes, bound)) = self.asked(asked, on) else { return Curve::level(least, 0.0) };
        let bound = self.amount_curve(&bound, open, least);
        let beyond = self.amount_curve(&takes, open, least).plus(-1.0, &bound).ramp(ramp);
        beyond.min(&bound.at_least(LEAST_BOUND))
    }

    /// The least strength; what comes after a condition that does not hold at all is not looked at.
    fn weakest(self, parts: &[Condition<TraitAt>]) -> f64 {
        let mut least = 1.0_f64;
        for part in parts {
            least = least.min(self.strength(part));
            if least <= 0.0 {
                break;
            }
        }
        least
    }

    /// What to put for `{}` in a label: the value of the first trait or amount the condition reads; of alternatives, the
    /// strongest.
    pub(super) fn first_value(self, condition: &Condition<TraitAt>) -> Option<String> {
        match condition {
            Condition::Has(at) | Condition::Lacks(at) => Some(self.value(*at)?.to_string()),
            Condition::Is(_, option) => Some(of_playbook(option).to_owned()),
            Condition::AtLeast(amount, _) | Condition::Ramp(amount, _) | Condition::Exceeds(amount, _) => {
                Some(number(self.amount(amount)))
            }
            Condition::All(parts) => parts.iter().find_map(|part| self.first_value(part)),
            Condition::Any(parts) => parts
                .iter()
                .filter_map(|part| Some((self.strength(part), self.first_value(part)?)))
                .reduce(|best, next| if next.0 > best.0 { next } else { best })
                .map(|(_, value)| value),
            Condition::Not(part) => self.first_value(part),
            Condition::MissesTarget { on, .. } => Some(number(whole_up(self.amount(&self.asked(Asked::Late, on)?.0)))),
            Condition::LacksWorkers { on, .. } => {
                let (needed, has) = self.asked(Asked::Lacking, on)?;
                Some(number(whole_up(self.amount(&needed) - self.amount(&has))))
            }
            Condition::Always | Condition::Kind(_) | Condition::OnFramework(_) | Condition::Mixed => None,
        }
    }
}

/// Rounded up, so that a target that is set to an answer's own time is met by it.
pub(super) fn whole_up(number: f64) -> f64 {
    (number - 1e-6).ceil()
}

/// What is asked of servers.
#[derive(Clone, Copy)]
enum Asked {
    /// How long an answer takes, against the target.
    Late,
    /// How many processes the load takes, against those there are.
    Lacking,
}

impl Asked {
    /// The trait that it is held against.
    fn bound(self, late: &Late) -> TraitAt {
        match self {
            Self::Late => late.target(),
            Self::Lacking => late.workers(),
        }
    }
}

/// Straight lines between points, level outside them.
pub(super) fn level_line(points: &[(f64, f64)], x: f64) -> f64 {
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return 0.0 };
    if x <= first.0 {
        return first.1;
    }
    if x >= last.0 {
        return last.1;
    }
    points.windows(2).find(|pair| x <= pair[1].0).map_or(last.1, |pair| between(pair[0], pair[1], x))
}

/// Units of work for an amount: straight lines through the points, the last slope going on; without points a unit for each.
pub(super) fn units(curve: &[(f64, f64)], amount: f64) -> f64 {
    let units = match curve {
        [] => amount,
        [.., before, last] if amount > last.0 => between(*before, *last, amount),
        _ => level_line(curve, amount),
    };
    units.max(0.0)
}

fn between((x0, y0): (f64, f64), (x1, y1): (f64, f64), x: f64) -> f64 {
    y0 + (y1 - y0) * (x - x0) / (x1 - x0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ramps_are_level_outside_and_curves_go_on() {
        let points = [(5.0, 0.0), (20.0, 0.5), (40.0, 1.0)];
        assert_eq!(
            [0.0, 5.0, 12.5, 20.0, 30.0, 90.0].map(|x| level_line(&points, x)),
            [0.0, 0.0, 0.25, 0.5, 0.75, 1.0]
        );
        let curve = [(0.0, 0.0), (10.0, 10.0), (30.0, 20.0)];
        assert_eq!([0.0, 5.0, 20.0, 50.0].map(|x| units(&curve, x)), [0.0, 5.0, 15.0, 30.0]);
        assert_eq!(units(&[], 7.0), 7.0);
    }
}
