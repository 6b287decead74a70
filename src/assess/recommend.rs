//! What the evidence says of each service by itself: weight of evidence in decibans.

use std::f64::consts::LN_10;

use indexmap::IndexMap;

use super::{
    evaluate::{Site, Values},
    graph::Graph,
    tables::Tables,
    types::{Assessment, ComponentAdvice, FrameworkScore, Reason},
};
use crate::{
    playbook::{CriterionId, Playbook},
    project::{ComponentId, FrameworkId},
};

/// The evidence on one service, before the rest of the system is looked at.
pub(super) struct Evidence {
    /// In the playbook's order of frameworks.
    pub(super) scores: Vec<FrameworkScore>,
    /// Strongest first.
    pub(super) reasons: Vec<Reason>,
    /// The position of the best framework.
    pub(super) best: usize,
    /// The position of the framework the person chose; a pin the playbook does not know is none.
    pub(super) pin: Option<usize>,
}

impl Evidence {
    /// Reads every criterion off the service.
    pub(super) fn new(
        playbook: &Playbook,
        tables: &Tables,
        graph: &Graph<'_>,
        values: &Values<'_>,
        position: usize,
    ) -> Self {
        let site = Site::at(graph, values, position);
        let mut scores_db: Vec<f64> = playbook.frameworks.values().map(|framework| framework.prior_db).collect();
        let mut reasons = Vec::new();
        for (at, criterion) in playbook.criteria.values().enumerate() {
            let (when, weights_db) = (&tables.criteria[at], &tables.weights_db[at]);
            let strength = site.strength(when);
            if strength <= 0.0 {
                continue;
            }
            for (score_db, weight_db) in scores_db.iter_mut().zip(weights_db) {
                *score_db += weight_db * strength;
            }
            let label = if criterion.label.contains("{}") {
                criterion.label.replace("{}", &site.first_value(when).unwrap_or_default())
            } else {
                criterion.label.clone()
            };
            for (framework, weight_db) in criterion.weights_db.iter().filter(|(_, weight_db)| **weight_db != 0.0) {
                reasons.push(Reason {
                    criterion: criterion.id.clone(),
                    framework: framework.clone(),
                    strength,
                    decibans: weight_db * strength,
                    label: label.clone(),
                    paragraph: criterion.paragraphs.first().copied().unwrap_or_default(),
                });
            }
        }
        reasons.sort_by(|a, b| b.decibans.abs().total_cmp(&a.decibans.abs()));
        Self::from_parts(playbook, graph, position, framework_scores(playbook, &scores_db), reasons)
    }

    /// The same evidence with other points for each framework. Its reasons are left out: it is for weighing only.
    pub(super) fn moved(&self, playbook: &Playbook, more_db: impl Fn(usize) -> f64) -> Self {
        let scores_db: Vec<f64> =
            self.scores.iter().enumerate().map(|(framework, score)| score.score_db + more_db(framework)).collect();
        let scores = framework_scores(playbook, &scores_db);
        let best = best_of(&scores, 0..scores.len()).unwrap_or(0);
        Self { scores, reasons: Vec::new(), best, pin: self.pin }
    }

    /// The evidence as it was found before, for a service whose surroundings have not changed.
    pub(super) fn again(playbook: &Playbook, graph: &Graph<'_>, position: usize, advice: &ComponentAdvice) -> Self {
        Self::from_parts(playbook, graph, position, advice.scores.clone(), advice.reasons.clone())
    }

    /// The same for a service of whom only the pin has changed. Its reasons are left out: it is for weighing only.
    pub(super) fn for_weighing(&self, playbook: &Playbook, graph: &Graph<'_>, position: usize) -> Self {
        Self::from_parts(playbook, graph, position, self.scores.clone(), Vec::new())
    }

    fn from_parts(
        playbook: &Playbook,
        graph: &Graph<'_>,
        position: usize,
        scores: Vec<FrameworkScore>,
        reasons: Vec<Reason>,
    ) -> Self {
        let pin = graph.component(position).pin.as_ref().and_then(|pin| playbook.frameworks.get_index_of(pin));
        let best = best_of(&scores, 0..scores.len()).unwrap_or(0);
        Self { scores, reasons, best, pin }
    }

    /// The best framework of those in one `extends` chain.
    pub(super) fn best_on(&self, tables: &Tables, root: usize) -> usize {
        best_of_family(tables, &self.scores, root)
    }

    /// Evidence given up by building the service on this framework, in decibans.
    pub(super) fn given_up_db(&self, framework: usize) -> f64 {
        self.scores[self.best].score_db - self.scores[framework].score_db
    }

    /// The advice once it is known what the service is built on.
    pub(super) fn into_advice(self, tables: &Tables, framework: usize) -> ComponentAdvice {
        let others = (0..self.scores.len()).filter(|f| tables.root[*f] != tables.root[framework]);
        let rival = best_of(&self.scores, others);
        ComponentAdvice {
            framework: self.scores[framework].framework.clone(),
            best: self.scores[self.best].framework.clone(),
            pinned: self.pin.is_some(),
            share: self.scores[framework].share,
            margin_db: rival.map_or(0.0, |rival| self.scores[framework].score_db - self.scores[rival].score_db),
            rival: rival.map(|rival| self.scores[rival].framework.clone()),
            scores: self.scores,
            reasons: self.reasons,
        }
    }
}

/// The framework with the most points of those in one `extends` chain.
pub(super) fn best_of_family(tables: &Tables, scores: &[FrameworkScore], root: usize) -> usize {
    best_of(scores, (0..scores.len()).filter(|f| tables.root[*f] == root)).unwrap_or(root)
}

/// The framework with the most points; of equals the one the playbook lists first.
fn best_of(scores: &[FrameworkScore], among: impl Iterator<Item = usize>) -> Option<usize> {
    among.reduce(|best, next| if scores[next].score_db > scores[best].score_db { next } else { best })
}

/// The shares of scores in decibans: odds of ten for each 10 dB, summing to 1.
pub(super) fn shares(scores_db: &[f64]) -> Vec<f64> {
    let highest_db = scores_db.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let odds: Vec<f64> = scores_db.iter().map(|score_db| ((score_db - highest_db) * LN_10 / 10.0).exp()).collect();
    let sum: f64 = odds.iter().sum();
    odds.into_iter().map(|odds| odds / sum).collect()
}

fn framework_scores(playbook: &Playbook, scores_db: &[f64]) -> Vec<FrameworkScore> {
    let frameworks = playbook.frameworks.values();
    frameworks
        .zip(scores_db.iter().zip(shares(scores_db)))
        .map(|(framework, (score_db, share))| FrameworkScore {
            framework: framework.id.clone(),
            prior_db: framework.prior_db,
            score_db: *score_db,
            share,
        })
        .collect()
}

/// The reasons that make up the score of one framework: its own, and those it inherits from what it extends unless the
/// criterion has a weight of its own for it. Their decibans and the prior sum to its score.
pub fn reasons_for<'a>(playbook: &Playbook, advice: &'a ComponentAdvice, framework: &FrameworkId) -> Vec<&'a Reason> {
    let counts = |reason: &&Reason| {
        let criterion = playbook.criteria.get(&reason.criterion)?;
        let weighed = playbook.chain(framework).find(|id| criterion.weights_db.contains_key(*id))?;
        Some(*weighed == reason.framework)
    };
    advice.reasons.iter().filter(|reason| counts(reason).unwrap_or(false)).collect()
}

/// What one service gives up where the whole is built on one family of frameworks.
#[derive(Clone, Debug, PartialEq)]
pub struct GivenUp {
    /// The service.
    pub component: ComponentId,
    /// What its own evidence favours.
    pub best: FrameworkId,
    /// What it would be on.
    pub instead: FrameworkId,
    /// The evidence against it, in decibans: the score of the one less the score of the other.
    pub decibans: f64,
    /// The criteria that speak against it, with their labels and decibans, strongest first.
    pub reasons: Vec<(CriterionId, String, f64)>,
}

/// What each service would give up if the whole were built on the family of `root`, the most first; services that would lose
/// nothing are left out.
pub fn given_up(playbook: &Playbook, assessment: &Assessment, root: &FrameworkId) -> Vec<GivenUp> {
    let of_service = |(component, advice): (&ComponentId, &ComponentAdvice)| {
        let family = advice.scores.iter().filter(|score| playbook.root(&score.framework) == root);
        let instead = family.reduce(|a, b| if b.score_db > a.score_db { b } else { a })?;
        let best = advice.scores.iter().find(|score| score.framework == advice.best)?;
        let decibans = best.score_db - instead.score_db;
        let mut reasons: IndexMap<&CriterionId, (String, f64)> = IndexMap::new();
        for (framework, sign) in [(&best.framework, 1.0), (&instead.framework, -1.0)] {
            for reason in reasons_for(playbook, advice, framework) {
                let entry = reasons.entry(&reason.criterion).or_insert_with(|| (reason.label.clone(), 0.0));
                entry.1 += sign * reason.decibans;
            }
        }
        let against = reasons.into_iter().filter(|(_, (_, decibans))| *decibans > 1e-9);
        let mut reasons: Vec<_> = against.map(|(id, (label, decibans))| (id.clone(), label, decibans)).collect();
        reasons.sort_by(|a, b| b.2.total_cmp(&a.2));
        (decibans > 1e-9).then(|| GivenUp {
            component: component.clone(),
            best: best.framework.clone(),
            instead: instead.framework.clone(),
            decibans,
            reasons,
        })
    };
    let mut given_up: Vec<GivenUp> = assessment.components.iter().filter_map(of_service).collect();
    given_up.sort_by(|a, b| b.decibans.total_cmp(&a.decibans));
    given_up
}
