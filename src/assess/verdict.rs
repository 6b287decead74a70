//! What the whole system should be built on: the evidence given up against the price of mixing.

use super::{
    graph::{Graph, Link},
    recommend::Evidence,
    tables::Tables,
    types::{SystemVerdict, VerdictKind},
};
use crate::playbook::Playbook;

/// The framework of each component by position; `None` for resources.
pub(super) type Assignment = Vec<Option<usize>>;

/// Rounds of improvement; each needs at least one service to move to a cheaper place, so few are ever used.
const MOST_ROUNDS: usize = 50;
/// Costs closer than this are equal, so that rounding does not decide.
const TOLERANCE_DB: f64 = 1e-9;

/// Everything a verdict is weighed with.
pub(super) struct Weighing<'a> {
    pub(super) playbook: &'a Playbook,
    pub(super) tables: &'a Tables,
    pub(super) graph: &'a Graph<'a>,
    /// By position; `None` for resources.
    pub(super) evidence: &'a [Option<Evidence>],
}

impl Weighing<'_> {
    /// Every service on the best of one root's frameworks.
    pub(super) fn alone(&self, root: usize, keep_pins: bool) -> Assignment {
        let choose = |evidence: &Evidence| match evidence.pin {
            Some(pin) if keep_pins => pin,
            _ => evidence.best_on(self.tables, root),
        };
        self.evidence.iter().map(|evidence| evidence.as_ref().map(choose)).collect()
    }

    fn split(&self) -> Assignment {
        let choose = |evidence: &Evidence| evidence.pin.unwrap_or(evidence.best);
        self.evidence.iter().map(|evidence| evidence.as_ref().map(choose)).collect()
    }

    /// Evidence given up plus the price of mixing, in decibans.
    pub(super) fn cost_db(&self, assignment: &Assignment) -> f64 {
        let given_up_db: f64 = self
            .evidence
            .iter()
            .zip(assignment)
            .filter_map(|(evidence, framework)| Some(evidence.as_ref()?.given_up_db((*framework)?)))
            .sum();
        let crossings_db: f64 = self.seam(assignment).map(|link| self.crossing_db(link)).sum();
        given_up_db + self.mixing_db(&self.root_counts(assignment)) + crossings_db
    }

    fn crossing_db(&self, link: &Link<'_>) -> f64 {
        self.tables.seam_db(link.connection.protocol)
    }

    fn mixing_db(&self, root_counts: &[usize]) -> f64 {
        let used = root_counts.iter().filter(|count| **count > 0).count();
        self.playbook.estimate.second_framework_db * used.saturating_sub(1) as f64
    }

    /// Services by root, `[framework]` (0 for frameworks that are not roots).
    fn root_counts(&self, assignment: &Assignment) -> Vec<usize> {
        let mut counts = vec![0; self.tables.root.len()];
        for framework in assignment.iter().flatten() {
            counts[self.tables.root[*framework]] += 1;
        }
        counts
    }

    fn roots_used(&self, assignment: &Assignment) -> Vec<bool> {
        self.root_counts(assignment).iter().map(|count| *count > 0).collect()
    }

    /// The connections that cross from one root to another.
    fn seam<'s>(&'s self, assignment: &'s Assignment) -> impl Iterator<Item = &'s Link<'s>> {
        self.graph.links.iter().filter(|link| crosses(self.tables, assignment, link))
    }

    /// What the links of a service cost if it were on a framework of this root.
    fn links_db(&self, assignment: &Assignment, position: usize, root: usize) -> f64 {
        let out = self.graph.out(position).map(|link| (link, link.to));
        let into = self.graph.into(position).map(|link| (link, link.from));
        out.chain(into)
            .filter(|(_, other)| *other != position)
            .filter(|(_, other)| assignment[*other].is_some_and(|other| self.tables.root[other] != root))
            .map(|(link, _)| self.crossing_db(link))
            .sum()
    }

    /// Moves single services to another root for as long as that is cheaper.
    fn improve(&self, assignment: &mut Assignment) {
        let mut counts = self.root_counts(assignment);
        for _ in 0..MOST_ROUNDS {
            let mut moved = false;
            for (position, evidence) in self.evidence.iter().enumerate() {
                let (Some(evidence), Some(now)) = (evidence, assignment[position]) else { continue };
                if evidence.pin.is_some() {
                    continue;
                }
                let root_now = self.tables.root[now];
                let mut cheapest = (now, self.place_db(assignment, &mut counts, position, now) - TOLERANCE_DB);
                for root in self.tables.roots.iter().copied().filter(|root| *root != root_now) {
                    let framework = evidence.best_on(self.tables, root);
                    let cost_db = self.place_db(assignment, &mut counts, position, framework);
                    if cost_db < cheapest.1 {
                        cheapest = (framework, cost_db);
                    }
                }
                if cheapest.0 != now {
                    counts[root_now] -= 1;
                    counts[self.tables.root[cheapest.0]] += 1;
                    assignment[position] = Some(cheapest.0);
                    moved = true;
                }
            }
            if !moved {
                break;
            }
        }
    }

    /// The part of the cost that hangs on one service, if it were on `framework`.
    fn place_db(&self, assignment: &Assignment, counts: &mut [usize], position: usize, framework: usize) -> f64 {
        let (Some(evidence), Some(now)) = (&self.evidence[position], assignment[position]) else { return 0.0 };
        let (root_now, root) = (self.tables.root[now], self.tables.root[framework]);
        counts[root_now] -= 1;
        counts[root] += 1;
        let mixing_db = self.mixing_db(counts);
        counts[root] -= 1;
        counts[root_now] += 1;
        evidence.given_up_db(framework) + mixing_db + self.links_db(assignment, position, root)
    }

    /// The cheapest assignment with its cost, and how much dearer the best one on another set of roots is.
    fn cheapest(&self) -> (Assignment, f64, f64) {
        let mut candidates: Vec<Assignment> = self.tables.roots.iter().map(|root| self.alone(*root, true)).collect();
        let split = self.split();
        let mut improved = split.clone();
        self.improve(&mut improved);
        candidates.extend([improved, split]);
        let costs_db: Vec<f64> = candidates.iter().map(|candidate| self.cost_db(candidate)).collect();
        let cheapest = (0..candidates.len())
            .reduce(|best, next| if costs_db[next] < costs_db[best] - TOLERANCE_DB { next } else { best })
            .unwrap_or(0);
        let used = self.roots_used(&candidates[cheapest]);
        let other_db = (0..candidates.len())
            .filter(|other| self.roots_used(&candidates[*other]) != used)
            .map(|other| costs_db[other])
            .reduce(f64::min);
        let cost_db = costs_db[cheapest];
        // Where pins or a single framework leave nothing to choose, there is nothing to be better than.
        (candidates.swap_remove(cheapest), cost_db, other_db.map_or(0.0, |other_db| other_db - cost_db))
    }

    /// The verdict and the assignment it stands for.
    pub(super) fn verdict(&self) -> (SystemVerdict, Assignment) {
        if self.evidence.iter().all(Option::is_none) {
            return (SystemVerdict::default(), vec![None; self.evidence.len()]);
        }
        let (assignment, cost_db, margin_db) = self.cheapest();
        let ids: Vec<_> = self.playbook.frameworks.keys().collect();
        let mut counts = vec![0; ids.len()];
        for framework in assignment.iter().flatten() {
            counts[*framework] += 1;
        }
        let named = self.graph.components.iter().zip(&assignment);
        let verdict = SystemVerdict {
            kind: self.kind(&assignment),
            assignment: named
                .filter_map(|((id, _), framework)| Some(((*id).clone(), ids[(*framework)?].clone())))
                .collect(),
            counts: ids.iter().zip(&counts).map(|(id, count)| ((*id).clone(), *count)).collect(),
            seam: self.seam(&assignment).map(|link| link.id.clone()).collect(),
            margin_db,
            cost_db,
        };
        (verdict, assignment)
    }

    fn kind(&self, assignment: &Assignment) -> VerdictKind {
        if self.roots_used(assignment).iter().filter(|used| **used).count() > 1 {
            return VerdictKind::Mixed;
        }
        let deepest = assignment.iter().flatten().copied().reduce(|deepest, next| {
            let key = |framework: usize| (self.tables.depth[framework], std::cmp::Reverse(framework));
            if key(next) > key(deepest) { next } else { deepest }
        });
        deepest
            .and_then(|framework| self.playbook.frameworks.get_index(framework))
            .map_or(VerdictKind::Nothing, |(id, _)| VerdictKind::Single(id.clone()))
    }
}

/// Whether a link leads from a service on one root to a service on another.
pub(super) fn crosses(tables: &Tables, assignment: &Assignment, link: &Link<'_>) -> bool {
    match (assignment[link.from], assignment[link.to]) {
        (Some(from), Some(to)) => tables.root[from] != tables.root[to],
        _ => false,
    }
}
