//! One service, questioned: what it would be built on if something about it were otherwise.
//!
//! The rest of the system is asked once: what the whole costs at best with the service on each family of frameworks, apart from
//! the service's own evidence. From then on a change of the service's traits only moves its own scores, so the verdict
//! under the change is a comparison of a few sums, and exact for two families.

use std::collections::BTreeSet;

use super::{
    curve::Curve,
    engine::Engine,
    evaluate::{Site, Values},
    graph::Graph,
    recommend::Evidence,
    verdict::{Assignment, Weighing},
};
use crate::project::TraitValue;

/// Sums closer than this are equal in the eyes of the verdict, which counts in nano-decibans.
const TIE_DB: f64 = 2e-9;

/// What the verdict was made of, kept for questions.
pub(super) struct Inquiry<'a> {
    pub(super) engine: &'a Engine,
    pub(super) graph: &'a Graph<'a>,
    pub(super) values: &'a Values<'a>,
    pub(super) weighing: Weighing<'a>,
    /// The verdict's assignment.
    pub(super) assignment: &'a Assignment,
}

/// The values of one component, by trait.
pub(super) type Cells<'v> = Vec<Option<&'v TraitValue>>;

/// The system at its best with the service on one family.
pub(super) struct Standing {
    /// Its cost apart from the service's own evidence, in decibans.
    pub(super) rest_db: f64,
    /// Of equals the verdict prefers a single family, then the one listed first.
    rank: usize,
    pub(super) assignment: Assignment,
}

/// A service and what the rest of the system makes of its choice.
pub(super) struct Probe<'a> {
    pub(super) inquiry: &'a Inquiry<'a>,
    pub(super) position: usize,
    strengths: Vec<f64>,
    scores_db: Vec<f64>,
    /// By family, in the order of the tables' roots; `None` where pins forbid it.
    pub(super) standings: Vec<Option<Standing>>,
    /// The framework it is on.
    pub(super) framework: usize,
    /// Whether it stays where it is between equals: with more than two families the verdict may have taken another of them
    /// than the order here would.
    stays: bool,
}

impl Inquiry<'_> {
    /// Whether the person chose the service's framework.
    pub(super) fn is_pinned(&self, position: usize) -> bool {
        let evidence = self.weighing.evidence.get(position).and_then(Option::as_ref);
        evidence.is_some_and(|evidence| evidence.pin.is_some())
    }

    /// The services with the smallest leads over another family by their own evidence, at most so many, in document order.
    pub(super) fn closest(&self, most: usize) -> Vec<usize> {
        let mut services: Vec<usize> = self.graph.services().collect();
        if services.len() > most {
            services.sort_by(|a, b| self.own_lead_db(*a).total_cmp(&self.own_lead_db(*b)));
            services.truncate(most);
            services.sort_unstable();
        }
        services
    }

    fn own_lead_db(&self, position: usize) -> f64 {
        let tables = &self.engine.tables;
        let Some(evidence) = &self.weighing.evidence[position] else { return f64::INFINITY };
        let own = tables.root[evidence.best];
        let others = tables.roots.iter().filter(|root| **root != own);
        others.map(|root| evidence.given_up_db(evidence.best_on(tables, *root))).fold(f64::INFINITY, f64::min)
    }

    /// A question about the service at `position`; `None` if it is none, or pinned: then nothing about it turns anything.
    pub(super) fn probe(&self, position: usize) -> Option<Probe<'_>> {
        let evidence = self.weighing.evidence.get(position)?.as_ref()?;
        if evidence.pin.is_some() {
            return None;
        }
        let site = Site::at(self.graph, self.values, position);
        let tables = &self.engine.tables;
        let mut probe = Probe {
            inquiry: self,
            position,
            strengths: tables.criteria.iter().map(|when| site.strength(when)).collect(),
            scores_db: evidence.scores.iter().map(|score| score.score_db).collect(),
            standings: tables.roots.iter().map(|root| self.standing(position, evidence, *root)).collect(),
            framework: self.assignment[position]?,
            stays: false,
        };
        probe.stays = probe.chosen(&probe.scores_db) != Some(probe.framework);
        // With more than two families the search may have missed something; then it had better say nothing.
        (probe.chosen(&probe.scores_db) == Some(probe.framework)).then_some(probe)
    }

    fn standing(&self, position: usize, evidence: &Evidence, root: usize) -> Option<Standing> {
        let tables = &self.engine.tables;
        let here = self.assignment[position].filter(|framework| tables.root[*framework] == root);
        let (assignment, cost_db) = match here {
            Some(_) => (self.assignment.clone(), self.weighing.cost_db(self.assignment)),
            None => self.weighing.cheapest(Some((position, evidence.best_on(tables, root))))?,
        };
        let families: BTreeSet<usize> = assignment.iter().flatten().map(|framework| tables.root[*framework]).collect();
        let rank = match families.iter().collect::<Vec<_>>().as_slice() {
            [one] => tables.roots.iter().position(|root| root == *one).unwrap_or(0),
            _ => tables.roots.len(),
        };
        Some(Standing { rest_db: cost_db - evidence.given_up_db(assignment[position]?), rank, assignment })
    }
}

impl<'a> Probe<'a> {
    /// The values of the service as they are.
    pub(super) fn cells(&self) -> Cells<'a> {
        self.inquiry.values.of(self.position).to_vec()
    }

    /// The scores with other values; only what reads the `changed` traits is read again.
    pub(super) fn scores_db(&self, cells: &Cells<'_>, changed: &[usize]) -> Vec<f64> {
        let tables = &self.inquiry.engine.tables;
        let site = Site::otherwise(self.inquiry.graph, cells, self.position).knowing(self.inquiry.values);
        let mut scores_db = self.scores_db.clone();
        for criterion in self.readers(changed) {
            let more = site.strength(&tables.criteria[criterion]) - self.strengths[criterion];
            for (score_db, weight_db) in scores_db.iter_mut().zip(&tables.weights_db[criterion]) {
                *score_db += weight_db * more;
            }
        }
        scores_db
    }

    fn readers(&self, changed: &[usize]) -> BTreeSet<usize> {
        changed.iter().flat_map(|at| self.inquiry.engine.tables.criteria_of[*at].iter().copied()).collect()
    }

    /// The score of each framework as a function of one number, with everything else as in `cells`.
    pub(super) fn score_curves(&self, cells: &Cells<'_>, changed: &[usize], open: usize, least: f64) -> Vec<Curve> {
        let tables = &self.inquiry.engine.tables;
        let site = Site::otherwise(self.inquiry.graph, cells, self.position).knowing(self.inquiry.values);
        let fixed_db = self.scores_db(cells, changed);
        let mut curves: Vec<Curve> = fixed_db.iter().map(|score_db| Curve::level(least, *score_db)).collect();
        for criterion in &tables.criteria_of[open] {
            let when = &tables.criteria[*criterion];
            // Its part in the fixed scores goes, its curve comes.
            let strength = site.strength_curve(when, open, least).plus(-site.strength(when), &Curve::level(least, 1.0));
            for (curve, weight_db) in curves.iter_mut().zip(&tables.weights_db[*criterion]) {
                if *weight_db != 0.0 {
                    *curve = curve.plus(*weight_db, &strength);
                }
            }
        }
        curves
    }

    /// What a framework is worth to the whole: its score less the cost of the rest with the service on its family.
    pub(super) fn worth_db(&self, framework: usize, score_db: f64) -> Option<f64> {
        let tables = &self.inquiry.engine.tables;
        let root = tables.roots.iter().position(|root| *root == tables.root[framework])?;
        Some(score_db - self.standings[root].as_ref()?.rest_db)
    }

    /// The standing of the family of a framework.
    pub(super) fn standing(&self, framework: usize) -> Option<&Standing> {
        let tables = &self.inquiry.engine.tables;
        let root = tables.roots.iter().position(|root| *root == tables.root[framework])?;
        self.standings[root].as_ref()
    }

    /// The framework the verdict would put the service on with these scores.
    pub(super) fn chosen(&self, scores_db: &[f64]) -> Option<usize> {
        let tables = &self.inquiry.engine.tables;
        let mut best: Option<(usize, f64, usize)> = None;
        for (root, standing) in tables.roots.iter().zip(&self.standings) {
            let Some(standing) = standing else { continue };
            let family = (0..scores_db.len()).filter(|framework| tables.root[*framework] == *root);
            let Some(framework) = family.reduce(|a, b| if scores_db[b] > scores_db[a] { b } else { a }) else {
                continue;
            };
            let worth_db = scores_db[framework] - standing.rest_db;
            let wins = best.is_none_or(|(_, best_db, rank)| {
                let first = if self.stays { framework == self.framework } else { standing.rank < rank };
                worth_db > best_db + TIE_DB || (worth_db > best_db - TIE_DB && first)
            });
            if wins {
                best = Some((framework, worth_db, standing.rank));
            }
        }
        best.map(|(framework, ..)| framework)
    }

    /// How far the framework it is on is ahead of the best of another family, in the whole, in decibans.
    pub(super) fn lead_db(&self, scores_db: &[f64]) -> Option<f64> {
        let (ahead, behind) = self.rivals(scores_db)?;
        Some(self.worth_db(ahead, scores_db[ahead])? - self.worth_db(behind, scores_db[behind])?)
    }

    /// The best framework of its own family and the best of another, in the whole.
    pub(super) fn rivals(&self, scores_db: &[f64]) -> Option<(usize, usize)> {
        let tables = &self.inquiry.engine.tables;
        let best = |ours: bool| {
            let family = |framework: &usize| (tables.root[*framework] == tables.root[self.framework]) == ours;
            let worths = (0..scores_db.len()).filter(family).filter_map(|f| Some((f, self.worth_db(f, scores_db[f])?)));
            worths.reduce(|a, b| if b.1 > a.1 { b } else { a }).map(|(framework, _)| framework)
        };
        Some((best(true)?, best(false)?))
    }

    /// The scores as they are.
    pub(super) fn now_db(&self) -> &[f64] {
        &self.scores_db
    }
}
