//! The work on one service as some of the differences make it, read off its own surroundings.

use std::cell::RefCell;

use super::{
    super::{
        effort,
        engine::Engine,
        estimate::Estimator,
        evaluate::Site,
        graph::{Graph, Link},
        types::Distribution,
    },
    Totals,
    union::Union,
};
use crate::project::Assumptions;

/// Which differences are there: those the plan takes the later version of.
pub(super) type Inside<'f> = &'f dyn Fn(usize) -> bool;

/// Work on some services.
#[derive(Clone, Debug)]
pub(super) struct Sum {
    /// Prior person-weeks by work item.
    pub(super) person_weeks: Vec<f64>,
    /// How many services stand on each root framework.
    pub(super) on_root: Vec<i32>,
}

impl Sum {
    /// Adds some work, or takes it away again.
    pub(super) fn add(&mut self, other: &Self, times: i32) {
        for (sum, more) in self.person_weeks.iter_mut().zip(&other.person_weeks) {
            *sum += more * f64::from(times);
        }
        for (sum, more) in self.on_root.iter_mut().zip(&other.on_root) {
            *sum += more * times;
        }
    }
}

/// Two plans laid over each other, and what estimates them.
pub(super) struct Ground<'e, 'a> {
    engine: &'e Engine,
    pub(super) union: &'e Union<'a>,
    probability: f64,
    /// With the earlier or the later rate (1), team (2) and contingency (4).
    estimators: Vec<Estimator<'e>>,
    reads_team: bool,
    /// Room for the prior person-weeks of a plan.
    scratch: RefCell<Vec<f64>>,
}

impl<'e, 'a> Ground<'e, 'a> {
    pub(super) fn new(engine: &'e Engine, union: &'e Union<'a>, probability: f64) -> Self {
        let reads_team =
            engine.playbook.work_items.values().any(|item| item.when.reads_team() || item.amount.reads_team());
        let estimators = (0..8).map(|set| engine.estimator(&assumptions(union, set))).collect();
        Self { engine, union, probability, estimators, reads_team, scratch: RefCell::default() }
    }

    pub(super) fn nothing(&self) -> Sum {
        Sum {
            person_weeks: vec![0.0; self.engine.playbook.work_items.len()],
            on_root: vec![0; self.engine.playbook.frameworks.len()],
        }
    }

    /// Which version of a component stands in the plan, if any.
    fn version(&self, place: usize, inside: Inside<'_>) -> Option<usize> {
        let place = &self.union.places[place];
        let later = |difference: Option<usize>| difference.is_some_and(inside);
        match place.versions {
            [Some(_), Some(_)] => Some(usize::from(later(place.contents))),
            [Some(_), None] => (!later(place.presence)).then_some(0),
            [None, _] => later(place.presence).then_some(1),
        }
    }

    /// What a version of a component is built on; `None` for resources.
    fn framework(&self, place: usize, version: usize, inside: Inside<'_>) -> Option<usize> {
        let place = &self.union.places[place];
        if !place.versions[version]?.kind.is_service() {
            return None;
        }
        match place.frameworks {
            [Some(earlier), Some(later)] => Some(if place.framework.is_some_and(inside) { later } else { earlier }),
            [one, other] => one.or(other),
        }
    }

    /// Adds the work on a service; none for a resource, and for what is not there.
    pub(super) fn add(&self, place: usize, inside: Inside<'_>, sum: &mut Sum) {
        let Some(version) = self.version(place, inside) else { return };
        let Some(framework) = self.framework(place, version, inside) else { return };
        let here = &self.union.places[place];
        let Some(component) = here.versions[version] else { return };
        let (mut components, mut assignment) = (vec![(here.id, component)], vec![Some(framework)]);
        let mut links = Vec::new();
        for wire in here.wires.iter().map(|wire| &self.union.wires[*wire]) {
            let connection = match (wire.versions, wire.difference) {
                ([Some(a), Some(b)], difference) => {
                    if difference.is_some_and(inside) {
                        b
                    } else {
                        a
                    }
                }
                ([Some(a), None], difference) if !difference.is_some_and(inside) => a,
                ([None, Some(b)], difference) if difference.is_none_or(inside) => b,
                _ => continue,
            };
            let other = if wire.from == place { wire.to } else { wire.from };
            let mut end = 0;
            if other != place {
                let Some(version) = self.version(other, inside) else { continue };
                let neighbour = &self.union.places[other];
                let Some(component) = neighbour.versions[version] else { continue };
                end = components.len();
                components.push((neighbour.id, component));
                assignment.push(self.framework(other, version, inside));
            }
            let (from, to) = if wire.from == place { (0, end) } else { (end, 0) };
            links.push(Link { id: wire.id, connection, from, to });
        }
        let project = self.union.projects[usize::from(self.union.team.is_some_and(inside))];
        let graph = Graph::of_parts(project, components, links);
        let site = Site::otherwise(&graph, &here.rows[version], 0);
        let (playbook, tables) = (&self.engine.playbook, &self.engine.tables);
        effort::Place { playbook, tables, graph: &graph, position: 0, site }.for_each(
            &assignment,
            |item, person_weeks| {
                sum.person_weeks[item] += person_weeks;
            },
        );
        sum.on_root[self.engine.tables.root[framework]] += 1;
    }

    /// The differences that the work on a service depends on.
    pub(super) fn relevant(&self, place: usize) -> Vec<usize> {
        let here = &self.union.places[place];
        if !here.may_be_service() {
            return Vec::new();
        }
        let mut found: Vec<usize> = [here.presence, here.contents, here.framework].into_iter().flatten().collect();
        for wire in here.wires.iter().map(|wire| &self.union.wires[*wire]) {
            let other = &self.union.places[if wire.from == place { wire.to } else { wire.from }];
            found.extend(wire.difference);
            found.extend(other.presence);
            found.extend(other.contents.filter(|_| other.has_other_kind()));
            // What crosses is the caller's work.
            found.extend(other.framework.filter(|_| wire.from == place));
        }
        found.extend(self.union.team.filter(|_| self.reads_team));
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The estimate of a plan with this work on its services.
    pub(super) fn totals(&self, sum: &Sum, inside: Inside<'_>) -> Totals {
        let mut person_weeks = self.scratch.borrow_mut();
        person_weeks.clone_from(&sum.person_weeks);
        let families = sum.on_root.iter().filter(|services| **services > 0).count();
        effort::of_project(&self.engine.playbook, &self.engine.tables, families, |piece| {
            person_weeks[piece.item] += piece.prior_person_weeks;
        });
        let chosen = [self.union.rate, self.union.team, self.union.contingency];
        let set = chosen.iter().enumerate().filter(|(_, difference)| difference.is_some_and(inside));
        let estimator = &self.estimators[set.map(|(bit, _)| 1 << bit).sum::<usize>()];
        let (weeks, budget_usd): (Distribution, Distribution) = estimator.totals(&person_weeks);
        Totals::at(weeks, budget_usd, self.probability)
    }
}

/// The earlier assumptions with the later rate (1), team (2) and contingency (4).
fn assumptions(union: &Union<'_>, set: usize) -> Assumptions {
    let [earlier, later] = union.projects.map(|project| &project.assumptions);
    let mut mixed = earlier.clone();
    if set & 1 != 0 {
        mixed.rate_usd_per_person_week = later.rate_usd_per_person_week;
        mixed.roles.clone_from(&later.roles);
    }
    if set & 2 != 0 {
        mixed.team_size = later.team_size;
        mixed.communication_share = later.communication_share;
    }
    if set & 4 != 0 {
        mixed.contingency = later.contingency;
    }
    mixed
}
