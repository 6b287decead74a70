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
            let site = Site::at(graph, values, position);
            for (index, item) in playbook.work_items.values().enumerate() {
                let links = || graph.out(position).filter(|link| chosen(item, graph, link)).count() as f64;
                let (list, times) = match item.scope {
                    Scope::Service => (&mut own, 1.0),
                    Scope::Link => (&mut own, links()),
                    Scope::Seam => (&mut crossing, 1.0),
                    Scope::ExtraFramework | Scope::Project => continue,
                };
                let quantity = if times > 0.0 { quantity(tables, item, index, site) * times } else { 0.0 };
                if quantity > 0.0 {
                    list[position].push((index, quantity));
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
                let links = self.graph.out(position).filter(|link| {
                    crosses(self.tables, assignment, link) && chosen(&self.playbook.work_items[*item], self.graph, link)
                });
                tell(*item, quantity * links.count() as f64);
            }
        }
        let used = roots.iter().filter(|used| **used).count();
        for (item, entry) in self.playbook.work_items.values().enumerate() {
            let times = match entry.scope {
                Scope::Project => used.min(1),
                Scope::ExtraFramework => used.saturating_sub(1),
                Scope::Service | Scope::Link | Scope::Seam => 0,
            };
            let quantity = quantity(self.tables, entry, item, Site::nowhere()) * times as f64;
            let prior_person_weeks = quantity * self.tables.person_weeks_of_project[item];
            if prior_person_weeks > 0.0 {
                piece(Piece { component: None, item, quantity, prior_person_weeks });
            }
        }
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
