//! What the seam costs: the work that only crossing connections and further families cause, and what they weigh.

use super::{
    effort::Work,
    estimate::{Estimator, Sums},
    types::{Crossing, SeamPrice, SeamWork},
    verdict::Assignment,
};
use crate::{
    playbook::{Scope, WorkItemId},
    project::FrameworkId,
};

impl Estimator<'_> {
    /// The price of the seam of an assignment.
    pub(super) fn seam(&self, work: &Work<'_>, assignment: &Assignment) -> SeamPrice {
        let mut price = SeamPrice::default();
        let mut roots: Vec<usize> = assignment.iter().flatten().map(|framework| self.tables.root[*framework]).collect();
        roots.sort_unstable();
        roots.dedup();
        if roots.len() < 2 {
            return price;
        }
        price.mixing_db = self.playbook.estimate.second_framework_db * (roots.len() - 1) as f64;
        work.for_each(assignment, |piece| {
            if self.playbook.work_items[piece.item].scope == Scope::ExtraFramework {
                price.mixing.push(self.seam_work(piece.item, piece.prior_person_weeks));
            }
        });
        for link in work.crossing_links(assignment) {
            let framework = |at: usize| assignment[at].map_or_else(|| FrameworkId::new(""), |at| self.framework(at));
            price.crossings.push(Crossing {
                connection: link.id.clone(),
                from: framework(link.from),
                to: framework(link.to),
                cost_db: self.tables.seam_db(link.connection.protocol),
                work: work
                    .on_crossing(assignment, link)
                    .map(|(item, prior_person_weeks)| self.seam_work(item, prior_person_weeks))
                    .collect(),
            });
        }
        price
    }

    fn framework(&self, at: usize) -> FrameworkId {
        self.playbook.frameworks.get_index(at).map_or_else(|| FrameworkId::new(""), |(id, _)| id.clone())
    }

    fn seam_work(&self, item: usize, prior_person_weeks: f64) -> SeamWork {
        let work_item = self.playbook.work_items.get_index(item).map(|(id, _)| id.clone());
        SeamWork {
            work_item: work_item.unwrap_or_else(|| WorkItemId::new("")),
            sums: self.sums(item, prior_person_weeks),
        }
    }
}

fn total<'a>(work: impl Iterator<Item = &'a SeamWork>) -> Sums {
    let mut sums = Sums::default();
    work.for_each(|work| sums += work.sums);
    sums
}

impl Crossing {
    /// The work it causes, together.
    pub fn sums(&self) -> Sums {
        total(self.work.iter())
    }
}

impl SeamPrice {
    /// Whether there is no seam: one family serves the whole.
    pub fn is_empty(&self) -> bool {
        self.mixing_db == 0.0 && self.mixing.is_empty() && self.crossings.is_empty()
    }

    /// Everything the seam causes, together; all of it is in the estimate's breakdown.
    pub fn sums(&self) -> Sums {
        total(self.mixing.iter().chain(self.crossings.iter().flat_map(|crossing| &crossing.work)))
    }

    /// What it weighs in the verdict, in decibans: further families and crossing connections.
    pub fn cost_db(&self) -> f64 {
        self.mixing_db + self.crossings.iter().map(|crossing| crossing.cost_db).sum::<f64>()
    }
}
