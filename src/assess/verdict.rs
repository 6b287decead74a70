//! What the whole system should be built on: the evidence given up against the price of mixing, the least of all assignments.

use super::{
    cut::{BothUsed, Labelling, Labels},
    graph::{Graph, Link},
    recommend::Evidence,
    tables::Tables,
    types::{NextBest, SystemVerdict, VerdictKind},
};
use crate::{playbook::Playbook, project::Protocol};

/// The framework of each component by position; `None` for resources.
pub(super) type Assignment = Vec<Option<usize>>;

/// Most framework families whose every combination is weighed; beyond, only one, two and all of them.
const MOST_COMBINED: usize = 5;
/// Most services of a plan whose next best assignment is worked out service by service.
const MOST_NAMED: usize = 1_000;
/// Nano-decibans in a deciban.
const NANO: f64 = 1e9;

/// What mixing frameworks costs in the weighing, in decibans.
#[derive(Clone, Copy, Debug)]
pub(super) struct MixingPrices {
    pub(super) second_framework_db: f64,
    /// By protocol in the order of [`Protocol::ALL`].
    pub(super) crossing_db: [f64; Protocol::ALL.len()],
}

impl MixingPrices {
    pub(super) fn new(playbook: &Playbook, tables: &Tables) -> Self {
        Self {
            second_framework_db: playbook.estimate.second_framework_db,
            crossing_db: Protocol::ALL.map(|protocol| tables.seam_db(protocol)),
        }
    }
}

/// Everything a verdict is weighed with.
pub(super) struct Weighing<'a> {
    pub(super) prices: MixingPrices,
    pub(super) playbook: &'a Playbook,
    pub(super) tables: &'a Tables,
    pub(super) graph: &'a Graph<'a>,
    /// By position; `None` for resources.
    pub(super) evidence: &'a [Option<Evidence>],
}

/// The best assignment on another set of roots.
struct Rival {
    /// How much dearer it is, in decibans.
    margin_db: f64,
    assignment: Option<Assignment>,
}

impl Weighing<'_> {
    /// Every service on the best of one root's frameworks, whatever is pinned.
    pub(super) fn alone(&self, root: usize) -> Assignment {
        let choose = |evidence: &Evidence| evidence.best_on(self.tables, root);
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
        given_up_db + self.mixing_db(self.roots_used(assignment)) + crossings_db
    }

    fn crossing_db(&self, link: &Link<'_>) -> f64 {
        self.prices.crossing_db[link.connection.protocol as usize]
    }

    fn mixing_db(&self, roots_used: usize) -> f64 {
        self.prices.second_framework_db * roots_used.saturating_sub(1) as f64
    }

    fn roots_used(&self, assignment: &Assignment) -> usize {
        let mut used = vec![false; self.tables.root.len()];
        for framework in assignment.iter().flatten() {
            used[self.tables.root[*framework]] = true;
        }
        used.into_iter().filter(|used| *used).count()
    }

    /// The connections that cross from one root to another.
    fn seam<'s>(&'s self, assignment: &'s Assignment) -> impl Iterator<Item = &'s Link<'s>> {
        self.graph.links.iter().filter(|link| crosses(self.tables, assignment, link))
    }

    /// The choice as a labelling: a node for each service, a label for each root. A pin, or the framework `forced` on one
    /// service, leaves a single label.
    fn labelling(&self, forced: Option<(usize, usize)>) -> (Labelling, Vec<usize>) {
        let mut nodes = vec![None; self.evidence.len()];
        let (mut costs, mut positions) = (Vec::new(), Vec::new());
        for (position, evidence) in self.evidence.iter().enumerate() {
            let Some(evidence) = evidence else { continue };
            nodes[position] = Some(positions.len());
            positions.push(position);
            let alone = only(position, evidence, forced);
            let cost = |root: &usize| match alone {
                Some(framework) if self.tables.root[framework] != *root => None,
                Some(framework) => Some(nano(evidence.given_up_db(framework))),
                None => Some(nano(evidence.given_up_db(evidence.best_on(self.tables, *root)))),
            };
            costs.push(self.tables.roots.iter().map(cost).collect());
        }
        let pair = |link: &Link<'_>| Some((nodes[link.from]?, nodes[link.to]?, nano(self.crossing_db(link))));
        let pairs = self.graph.links.iter().filter_map(pair).filter(|(_, _, cost)| *cost > 0).collect();
        (Labelling { costs, pairs }, positions)
    }

    /// The cheapest assignment, with its cost in decibans. With `forced`, the one that has this position on this framework.
    pub(super) fn cheapest(&self, forced: Option<(usize, usize)>) -> Option<(Assignment, f64)> {
        let (labelling, positions) = self.labelling(forced);
        let candidates = self.candidates(&labelling);
        let labels = candidates.into_iter().reduce(|best, next| if next.1 < best.1 { next } else { best })?.0;
        let assignment = self.assignment(&labels, &positions, forced);
        let cost_db = self.cost_db(&assignment);
        Some((assignment, cost_db))
    }

    fn assignment(&self, labels: &Labels, positions: &[usize], forced: Option<(usize, usize)>) -> Assignment {
        let mut assignment = vec![None; self.evidence.len()];
        for (label, position) in labels.iter().zip(positions) {
            let Some(evidence) = &self.evidence[*position] else { continue };
            let alone = only(*position, evidence, forced);
            assignment[*position] = alone.or_else(|| Some(evidence.best_on(self.tables, self.tables.roots[*label])));
        }
        assignment
    }

    /// The best labels of each combination of roots, with what they cost in nano-decibans: single roots first, so that of
    /// equals the simpler one is taken.
    fn candidates(&self, labelling: &Labelling) -> Vec<(Labels, u64)> {
        let roots = self.tables.roots.len();
        let mut found: Vec<(Labels, u64)> = Vec::new();
        let mut add = |labels: Labels| {
            if let Some(cost) = labelling.cost(&labels) {
                let cost = cost + nano(self.mixing_db(used(&labels, roots)));
                found.push((labels, cost));
            }
        };
        (0..roots).for_each(|root| add(vec![root; labelling.costs.len()]));
        for a in 0..roots {
            for b in a + 1..roots {
                labelling.of_two(a, b).into_iter().for_each(&mut add);
            }
        }
        for among in combinations(roots) {
            // Every service starts where it is cheapest by itself.
            let own = |costs: &Vec<Option<u64>>| {
                among.iter().copied().filter(|label| costs[*label].is_some()).min_by_key(|label| costs[*label])
            };
            if let Some(start) = labelling.costs.iter().map(own).collect::<Option<Labels>>() {
                add(labelling.expanded(start, &among));
            }
        }
        found
    }

    /// The cheapest assignment with its cost, and the best one on another set of roots; `None` where pins or a single
    /// family leave nothing else to choose.
    fn best_and_next(&self) -> Option<(Assignment, f64, Option<Rival>)> {
        let (labelling, positions) = self.labelling(None);
        let roots = self.tables.roots.len();
        let candidates = self.candidates(&labelling);
        let (labels, cost) = candidates.iter().reduce(|best, next| if next.1 < best.1 { next } else { best })?;
        let set = |labels: &Labels| (0..roots).map(|root| labels.contains(&root)).collect::<Vec<bool>>();
        let here = set(labels);
        let others = candidates.iter().filter(|(other, _)| set(other) != here);
        let others = others.map(|(labels, cost)| (*cost, BothUsed::Labels(labels.clone())));
        let both_used = (0..roots).flat_map(|a| (a + 1..roots).map(move |b| (a, b))).filter(|(a, b)| {
            let pair: Vec<bool> = (0..roots).map(|root| root == *a || root == *b).collect();
            pair != here
        });
        let mixed = both_used.filter_map(|(a, b)| labelling.of_two_used(a, b));
        let mixed = mixed.map(|(cost, how)| (cost + nano(self.mixing_db(2)), how));
        let next = others.chain(mixed).reduce(|best, next| if next.0 < best.0 { next } else { best });
        let assignment = self.assignment(labels, &positions, None);
        let cost_db = self.cost_db(&assignment);
        let rival = next.map(|(next_cost, how)| Rival {
            margin_db: next_cost.saturating_sub(*cost) as f64 / NANO,
            assignment: self.rival_assignment(how, &positions),
        });
        Some((assignment, cost_db, rival))
    }

    /// The assignment of a rival; of a very large plan only what it costs is known.
    fn rival_assignment(&self, how: BothUsed, positions: &[usize]) -> Option<Assignment> {
        match how {
            BothUsed::Labels(labels) => Some(self.assignment(&labels, positions, None)),
            BothUsed::Leaving(..) if positions.len() > MOST_NAMED => None,
            BothUsed::Leaving(node, label) => {
                let position = *positions.get(node)?;
                let framework = self.evidence[position].as_ref()?.best_on(self.tables, self.tables.roots[label]);
                Some(self.cheapest(Some((position, framework)))?.0)
            }
        }
    }

    /// The rival as the verdict tells it.
    fn next_best(&self, rival: &Rival, assignment: &Assignment, cost_db: f64) -> NextBest {
        let Some(other) = &rival.assignment else {
            return NextBest { kind: VerdictKind::Mixed, moves: Vec::new(), cost_db: cost_db + rival.margin_db };
        };
        let moved = self.graph.components.iter().enumerate().filter(|(at, _)| other[*at] != assignment[*at]);
        let moves = moved.filter_map(|(at, (id, _))| {
            let (framework, _) = self.playbook.frameworks.get_index(other[at]?)?;
            Some(((*id).clone(), framework.clone()))
        });
        NextBest { kind: self.kind(other), moves: moves.collect(), cost_db: cost_db + rival.margin_db }
    }

    /// The verdict and the assignment it stands for.
    pub(super) fn verdict(&self) -> (SystemVerdict, Assignment) {
        let best = if self.evidence.iter().all(Option::is_none) { None } else { self.best_and_next() };
        let Some((assignment, cost_db, rival)) = best else {
            return (SystemVerdict::default(), vec![None; self.evidence.len()]);
        };
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
            // Where nothing else can be chosen, there is nothing to be better than.
            margin_db: rival.as_ref().map_or(0.0, |rival| rival.margin_db),
            cost_db,
            next: rival.map(|rival| self.next_best(&rival, &assignment, cost_db)),
        };
        (verdict, assignment)
    }

    pub(super) fn kind(&self, assignment: &Assignment) -> VerdictKind {
        if self.roots_used(assignment) > 1 {
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

fn nano(db: f64) -> u64 {
    (db.clamp(0.0, 1e5) * NANO).round() as u64
}

/// How many of the labels are used.
fn used(labels: &Labels, count: usize) -> usize {
    (0..count).filter(|label| labels.contains(label)).count()
}

/// Every combination of three and more labels; of very many labels only all together.
fn combinations(count: usize) -> Vec<Vec<usize>> {
    if count > MOST_COMBINED {
        return vec![(0..count).collect()];
    }
    let chosen = |set: u32| (0..count).filter(move |label| set & (1 << label) != 0).collect::<Vec<usize>>();
    (0..1u32 << count).map(chosen).filter(|labels| labels.len() > 2).collect()
}

/// The framework that leaves a service no choice: the one it is held on, else its pin.
fn only(position: usize, evidence: &Evidence, forced: Option<(usize, usize)>) -> Option<usize> {
    forced.filter(|(at, _)| *at == position).map(|(_, framework)| framework).or(evidence.pin)
}
