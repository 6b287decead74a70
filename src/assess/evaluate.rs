//! Amounts and conditions of the playbook, read off one component of a project.

use super::graph::{Graph, Link};
use crate::{
    playbook::{Amount, Condition, Direction, LinkFilter, Playbook},
    project::{Component, ComponentKind, TraitValue},
    text::number,
};

/// Amounts stay within this, so that a slip of the keyboard cannot make a sum infinite.
const MOST: f64 = 1e12;

/// A trait by its position in the playbook; `None` for one it does not know, which is then unknown everywhere.
pub(super) type TraitAt = Option<usize>;

/// The traits of every component by position, so that conditions find them without a search.
pub(super) struct Values<'a> {
    traits: usize,
    cells: Vec<Option<&'a TraitValue>>,
}

impl<'a> Values<'a> {
    pub(super) fn new(playbook: &Playbook, graph: &Graph<'a>) -> Self {
        let traits = playbook.traits.len();
        let mut cells = vec![None; traits * graph.components.len()];
        for (position, (_, component)) in graph.components.iter().enumerate() {
            for (id, value) in &component.traits {
                if let Some(at) = playbook.traits.get_index_of(id) {
                    cells[position * traits + at] = Some(value);
                }
            }
        }
        Self { traits, cells }
    }

    /// The values on one component, in the playbook's order of traits.
    pub(super) fn of(&self, position: usize) -> &[Option<&'a TraitValue>] {
        &self.cells[position * self.traits..(position + 1) * self.traits]
    }
}

/// Where conditions are read: a component in its graph, or nowhere (for the work of the project as a whole).
#[derive(Clone, Copy)]
pub(super) struct Site<'g, 'a> {
    place: Option<(&'g Graph<'a>, usize)>,
    values: &'g [Option<&'a TraitValue>],
}

impl<'g, 'a> Site<'g, 'a> {
    pub(super) fn at(graph: &'g Graph<'a>, values: &'g Values<'a>, position: usize) -> Self {
        Self { place: Some((graph, position)), values: values.of(position) }
    }

    pub(super) fn nowhere() -> Self {
        Self { place: None, values: &[] }
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

    /// Sums `figure` over the links that pass the filter.
    fn sum_links(self, filter: &LinkFilter, figure: impl Fn(&Link<'_>) -> f64) -> f64 {
        let Some((graph, position)) = self.place else { return 0.0 };
        let passes = |link: &Link<'_>, other: usize| {
            (filter.protocols.is_empty() || filter.protocols.contains(&link.connection.protocol))
                && (filter.kinds.is_empty() || filter.kinds.contains(&graph.component(other).kind))
        };
        let mut sum = 0.0;
        if filter.direction != Direction::In {
            sum += graph.out(position).filter(|link| passes(link, link.to)).map(&figure).sum::<f64>();
        }
        if filter.direction != Direction::Out {
            sum += graph.into(position).filter(|link| passes(link, link.from)).map(&figure).sum::<f64>();
        }
        sum
    }

    /// The number; what is unknown counts 0.
    pub(super) fn amount(self, amount: &Amount<TraitAt>) -> f64 {
        let value = match amount {
            Amount::Const(number) => *number,
            Amount::Trait(at) => self.value(*at).and_then(TraitValue::as_number).unwrap_or(0.0),
            Amount::Links(filter) => self.sum_links(filter, |_| 1.0),
            Amount::Calls(filter) => self.sum_links(filter, |link| link.connection.calls_per_request.unwrap_or(1.0)),
            Amount::Max(parts) => parts.iter().map(|part| self.amount(part)).reduce(f64::max).unwrap_or(0.0),
            Amount::Sum(parts) => parts.iter().map(|part| self.amount(part)).sum(),
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
            Condition::All(parts) => parts.iter().map(|part| self.strength(part)).fold(1.0, f64::min),
            Condition::Not(part) => 1.0 - self.strength(part),
        }
    }

    /// What to put for `{}` in a label: the value of the first trait or amount the condition reads; of alternatives, the
    /// strongest.
    pub(super) fn first_value(self, condition: &Condition<TraitAt>) -> Option<String> {
        match condition {
            Condition::Has(at) | Condition::Lacks(at) => Some(self.value(*at)?.to_string()),
            Condition::Is(_, option) => Some(option.clone()),
            Condition::AtLeast(amount, _) | Condition::Ramp(amount, _) => Some(number(self.amount(amount))),
            Condition::All(parts) => parts.iter().find_map(|part| self.first_value(part)),
            Condition::Any(parts) => parts
                .iter()
                .filter_map(|part| Some((self.strength(part), self.first_value(part)?)))
                .reduce(|best, next| if next.0 > best.0 { next } else { best })
                .map(|(_, value)| value),
            Condition::Not(part) => self.first_value(part),
            Condition::Always | Condition::Kind(_) => None,
        }
    }
}

/// Straight lines between points, level outside them.
fn level_line(points: &[(f64, f64)], x: f64) -> f64 {
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
