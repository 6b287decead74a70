//! What has to be done: quantities of work items, and their prior price under an assignment of frameworks.

use super::{
    evaluate::{Site, Values, units},
    graph::{Graph, Link},
    tables::Tables,
    verdict::{Assignment, crosses},
};
use crate::playbook::{Playbook, Scope, WorkItem};

/// Quantities that do not depend on frameworks, read once for an assessment.
pub(super) struct Work<'a> {
    playbook: &'a Playbook,
    tables: &'a Tables,
    graph: &'a Graph<'a>,
    /// By position: (work item, units) on the service and on its links, in the playbook's order.
    own: Vec<Vec<(usize, f64)>>,
    /// By position: (work item, units for each link that crosses).
    crossing: Vec<Vec<(usize, f64)>>,
}

/// Some units of one work item.
pub(super) struct Piece {
    /// The position of the component it belongs to; `None` for the project's own.
    pub(super) component: Option<usize>,
    pub(super) item: usize,
    pub(super) quantity: f64,
    /// Before calibration.
    pub(super) prior_person_weeks: f64,
}

impl<'a> Work<'a> {
    pub(super) fn new(playbook: &'a Playbook, tables: &'a Tables, graph: &'a Graph<'a>, values: &Values<'_>) -> Self {
        let mut own = vec![Vec::new(); graph.components.len()];
        let mut crossing = own.clone();
        for position in graph.services() {
            let place = Place { playbook, tables, graph, position, site: Site::at(graph, values, position) };
            for (index, item) in playbook.work_items.values().enumerate() {
                let list = if item.scope == Scope::Seam { &mut crossing } else { &mut own };
                let units = place.units(index);
                if units > 0.0 {
                    list[position].push((index, units));
                }
            }
        }
        Self { playbook, tables, graph, own, crossing }
    }

    /// Every piece of work under an assignment: one for each component and work item, services first.
    pub(super) fn for_each(&self, assignment: &Assignment, mut piece: impl FnMut(Piece)) {
        let mut roots = vec![false; self.tables.root.len()];
        for (position, framework) in assignment.iter().enumerate() {
            let Some(framework) = *framework else { continue };
            roots[self.tables.root[framework]] = true;
            let mut tell = |item: usize, quantity: f64| {
                let prior_person_weeks = quantity * self.tables.person_weeks[item][framework];
                if prior_person_weeks > 0.0 {
                    piece(Piece { component: Some(position), item, quantity, prior_person_weeks });
                }
            };
            self.own[position].iter().for_each(|(item, quantity)| tell(*item, *quantity));
            for (item, quantity) in &self.crossing[position] {
                tell(*item, quantity * self.crossings(assignment, position, &self.playbook.work_items[*item]));
            }
        }
        of_project(self.playbook, self.tables, roots.iter().filter(|used| **used).count(), piece);
    }

    /// Prior person-weeks that an item would cost more (or less) on one service if it were as `site` says, under an assignment.
    pub(super) fn more_person_weeks(
        &self,
        assignment: &Assignment,
        position: usize,
        site: Site<'_, '_>,
        item: usize,
    ) -> f64 {
        let Some(framework) = assignment[position] else { return 0.0 };
        let entry = &self.playbook.work_items[item];
        let (list, times) = if entry.scope == Scope::Seam {
            (&self.crossing, self.crossings(assignment, position, entry))
        } else {
            (&self.own, 1.0)
        };
        let before = list[position].iter().find(|(other, _)| *other == item).map_or(0.0, |(_, units)| *units);
        let Self { playbook, tables, graph, .. } = *self;
        let after = Place { playbook, tables, graph, position, site }.units(item);
        (after - before) * times * self.tables.person_weeks[item][framework]
    }

    /// Adds the prior person-weeks on one service under an assignment, times a factor, to sums by work item.
    pub(super) fn add_service(&self, assignment: &Assignment, position: usize, factor: f64, totals: &mut [f64]) {
        let Some(framework) = assignment[position] else { return };
        for (item, units) in &self.own[position] {
            totals[*item] += factor * units * self.tables.person_weeks[*item][framework];
        }
        for (item, units) in &self.crossing[position] {
            let links = self.crossings(assignment, position, &self.playbook.work_items[*item]);
            totals[*item] += factor * units * links * self.tables.person_weeks[*item][framework];
        }
    }

    /// The links of a service that cross and that the item is about.
    fn crossings(&self, assignment: &Assignment, position: usize, item: &WorkItem) -> f64 {
        let crossing = |link: &&Link<'_>| crosses(self.tables, assignment, link) && chosen(item, self.graph, link);
        self.graph.out(position).filter(crossing).count() as f64
    }

    /// The links that cross from one family of frameworks to another.
    pub(super) fn crossing_links(&self, assignment: &Assignment) -> impl Iterator<Item = &Link<'a>> {
        self.graph.links.iter().filter(|link| crosses(self.tables, assignment, link))
    }

    /// The work on a link that crosses: work items and their prior person-weeks.
    pub(super) fn on_crossing(&self, assignment: &Assignment, link: &Link<'_>) -> impl Iterator<Item = (usize, f64)> {
        let items = self.crossing[link.from]
            .iter()
            .filter(|(item, _)| chosen(&self.playbook.work_items[*item], self.graph, link));
        items.filter_map(|(item, quantity)| {
            let prior_person_weeks = quantity * self.tables.person_weeks[*item][assignment[link.from]?];
            (prior_person_weeks > 0.0).then_some((*item, prior_person_weeks))
        })
    }

    /// Prior person-weeks by work item.
    pub(super) fn totals(&self, assignment: &Assignment) -> Vec<f64> {
        let mut totals = vec![0.0; self.playbook.work_items.len()];
        self.for_each(assignment, |piece| totals[piece.item] += piece.prior_person_weeks);
        totals
    }
}

/// The work that belongs to no component, in a system on so many families of frameworks.
pub(super) fn of_project(playbook: &Playbook, tables: &Tables, families: usize, mut piece: impl FnMut(Piece)) {
    for (item, entry) in playbook.work_items.values().enumerate() {
        let times = match entry.scope {
            Scope::Project => families.min(1),
            Scope::ExtraFramework => families.saturating_sub(1),
            Scope::Service | Scope::Link | Scope::Seam => continue,
        };
        let quantity = quantity(tables, entry, item, Site::nowhere()) * times as f64;
        let prior_person_weeks = quantity * tables.person_weeks_of_project[item];
        if prior_person_weeks > 0.0 {
            piece(Piece { component: None, item, quantity, prior_person_weeks });
        }
    }
}

/// One service, and what is read to tell its work: the whole plan need not be there.
#[derive(Clone, Copy)]
pub(super) struct Place<'p, 'a> {
    pub(super) playbook: &'p Playbook,
    pub(super) tables: &'p Tables,
    /// The service with its surroundings.
    pub(super) graph: &'p Graph<'a>,
    /// Where it is in the graph.
    pub(super) position: usize,
    /// What conditions and amounts are read off.
    pub(super) site: Site<'p, 'a>,
}

impl Place<'_, '_> {
    /// Tells its prior person-weeks by work item under an assignment.
    pub(super) fn for_each(&self, assignment: &Assignment, mut tell: impl FnMut(usize, f64)) {
        let Some(framework) = assignment[self.position] else { return };
        for (index, item) in self.playbook.work_items.values().enumerate() {
            let times = if item.scope == Scope::Seam {
                let crosses =
                    |link: &&Link<'_>| crosses(self.tables, assignment, link) && chosen(item, self.graph, link);
                self.graph.out(self.position).filter(crosses).count() as f64
            } else {
                1.0
            };
            if times > 0.0 {
                tell(index, self.units(index) * times * self.tables.person_weeks[index][framework]);
            }
        }
    }

    /// Units of an item on it (for a seam: for each link that crosses); none of what belongs to the project.
    fn units(&self, index: usize) -> f64 {
        let item = &self.playbook.work_items[index];
        let times = match item.scope {
            Scope::Service | Scope::Seam => 1.0,
            Scope::Link => self.graph.out(self.position).filter(|link| chosen(item, self.graph, link)).count() as f64,
            Scope::ExtraFramework | Scope::Project => 0.0,
        };
        if times > 0.0 { quantity(self.tables, item, index, self.site) * times } else { 0.0 }
    }
}

fn quantity(tables: &Tables, item: &WorkItem, at: usize, site: Site<'_, '_>) -> f64 {
    let (when, amount) = &tables.work[at];
    let strength = site.strength(when);
    if strength > 0.0 { strength * units(&item.curve, site.amount(amount)) } else { 0.0 }
}

/// Whether a link is one of those the work item is about.
fn chosen(item: &WorkItem, graph: &Graph<'_>, link: &Link<'_>) -> bool {
    (item.protocols.is_empty() || item.protocols.contains(&link.connection.protocol))
        && (item.kinds.is_empty() || item.kinds.contains(&graph.component(link.to).kind))
}
