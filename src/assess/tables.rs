//! The playbook by position instead of by name: what the inner loops of an assessment read.

use super::evaluate::TraitAt;
use crate::{
    playbook::{Amount, Condition, Criterion, Package, PackageStatus, Playbook, Rule, RuleFix, WorkItem},
    project::{FrameworkId, Protocol, TraitId},
};

/// Frameworks, weights and prices with `extends` resolved.
#[derive(Clone, Debug)]
pub(super) struct Tables {
    /// The frameworks that extend no other, in the playbook's order.
    pub(super) roots: Vec<usize>,
    /// The root of each framework.
    pub(super) root: Vec<usize>,
    /// How many frameworks each one stands on.
    pub(super) depth: Vec<usize>,
    /// When each criterion holds.
    pub(super) criteria: Vec<Condition<TraitAt>>,
    /// The criteria that read each trait, `[trait]`.
    pub(super) criteria_of: Vec<Vec<usize>>,
    /// The work items that read each trait, `[trait]`.
    pub(super) work_of: Vec<Vec<usize>>,
    /// Decibans at full strength, `[criterion][framework]`.
    pub(super) weights_db: Vec<Vec<f64>>,
    /// When there is work of each item, and how much.
    pub(super) work: Vec<(Condition<TraitAt>, Amount<TraitAt>)>,
    /// Prior person-weeks for a unit, `[work item][framework]`.
    pub(super) person_weeks: Vec<Vec<f64>>,
    /// Prior person-weeks for a unit of work that belongs to no component, by work item.
    pub(super) person_weeks_of_project: Vec<f64>,
    /// How each work item falls into the phases, `[work item][phase]`.
    pub(super) phases: Vec<Vec<f64>>,
    /// What each rule reads, by rule.
    pub(super) rules: Vec<RuleAt>,
    /// When a service needs each package of the page that is no longer kept and has no replacement, with the package's position.
    pub(super) unmaintained: Vec<(usize, Condition<TraitAt>)>,
    /// Pairs of traits that make no sense together.
    pub(super) contradictions: Vec<(usize, usize)>,
    /// The price of a link that crosses, by protocol in the order of [`Protocol::ALL`].
    seam_db: [f64; Protocol::ALL.len()],
}

/// Whether the page's advice leads nowhere: the stack takes a replacement where one is known, and nobody needs an alternative.
fn is_dead_end(package: &Package) -> bool {
    package.on_page
        && package.status == PackageStatus::Unmaintained
        && package.replacement.is_none()
        && package.alternative_to.is_none()
}

/// The conditions and amounts of a rule.
#[derive(Clone, Debug)]
pub(super) struct RuleAt {
    pub(super) when: Condition<TraitAt>,
    pub(super) given: Option<Condition<TraitAt>>,
    pub(super) unless: Option<Condition<TraitAt>>,
    pub(super) values: Vec<Amount<TraitAt>>,
    /// The amount of each fix that reads one, by fix.
    pub(super) fixes: Vec<Option<Amount<TraitAt>>>,
}

impl RuleAt {
    fn new(rule: &Rule, trait_at: &impl Fn(&TraitId) -> TraitAt) -> Self {
        let amount = |fix: &RuleFix| match fix {
            RuleFix::SetTo(_, amount) => Some(amount.renamed(trait_at)),
            _ => None,
        };
        Self {
            when: rule.when.renamed(trait_at),
            given: rule.given.as_ref().map(|condition| condition.renamed(trait_at)),
            unless: rule.unless.as_ref().map(|condition| condition.renamed(trait_at)),
            values: rule.values.iter().map(|amount| amount.renamed(trait_at)).collect(),
            fixes: rule.fixes.iter().map(amount).collect(),
        }
    }
}

impl Tables {
    pub(super) fn new(playbook: &Playbook) -> Self {
        let ids: Vec<&FrameworkId> = playbook.frameworks.keys().collect();
        let index = |id: &FrameworkId| playbook.frameworks.get_index_of(id).unwrap_or(0);
        let trait_at = |id: &TraitId| playbook.traits.get_index_of(id);
        let root: Vec<usize> = ids.iter().map(|id| index(playbook.root(id))).collect();
        let person_weeks: Vec<Vec<f64>> = playbook
            .work_items
            .values()
            .map(|item| ids.iter().map(|id| playbook.person_weeks(item, id).unwrap_or(0.0)).collect())
            .collect();
        Self {
            roots: (0..ids.len()).filter(|i| root[*i] == *i).collect(),
            depth: ids.iter().map(|id| depth(playbook, id)).collect(),
            root,
            criteria: playbook.criteria.values().map(|criterion| criterion.when.renamed(&trait_at)).collect(),
            criteria_of: readers(
                playbook,
                playbook.criteria.values().map(|criterion| read_by_criterion(playbook, criterion)),
            ),
            work_of: readers(playbook, playbook.work_items.values().map(read_by_work)),
            work: playbook
                .work_items
                .values()
                .map(|item| (item.when.renamed(&trait_at), item.amount.renamed(&trait_at)))
                .collect(),
            rules: playbook.rules.values().map(|rule| RuleAt::new(rule, &trait_at)).collect(),
            unmaintained: playbook
                .packages
                .iter()
                .enumerate()
                .filter(|(_, package)| is_dead_end(package))
                .map(|(at, package)| (at, package.when.renamed(&trait_at)))
                .collect(),
            contradictions: contradictions(playbook),
            seam_db: Protocol::ALL.map(|protocol| playbook.estimate.seam_db.get(&protocol).copied().unwrap_or(0.0)),
            weights_db: weights_db(playbook),
            person_weeks_of_project: playbook
                .work_items
                .values()
                .zip(&person_weeks)
                .map(|(item, prices)| item.any.or(prices.first().copied()).unwrap_or(0.0))
                .collect(),
            person_weeks,
            phases: phases(playbook),
        }
    }

    /// What a link of this protocol costs if it crosses from one root to another, in decibans.
    pub(super) fn seam_db(&self, protocol: Protocol) -> f64 {
        self.seam_db[protocol as usize]
    }
}

/// Decibans at full strength, `[criterion][framework]`.
fn weights_db(playbook: &Playbook) -> Vec<Vec<f64>> {
    let of_criterion = |criterion: &Criterion| {
        let weight = |id| playbook.inherited(&criterion.weights_db, id).copied().unwrap_or(0.0);
        playbook.frameworks.keys().map(weight).collect()
    };
    playbook.criteria.values().map(of_criterion).collect()
}

/// How each work item falls into the phases, `[work item][phase]`.
fn phases(playbook: &Playbook) -> Vec<Vec<f64>> {
    let phases = &playbook.estimate.phases;
    let of_item =
        |item: &WorkItem| phases.iter().map(|phase| item.phases.get(&phase.id).copied().unwrap_or(0.0)).collect();
    playbook.work_items.values().map(of_item).collect()
}

fn read_by_criterion<'a>(playbook: &'a Playbook, criterion: &'a Criterion) -> Vec<&'a TraitId> {
    let mut found = Vec::new();
    criterion.when.traits(&mut found);
    if let Some(capacity) = playbook.capacity.as_ref().filter(|_| criterion.when.reads_lateness()) {
        found.extend(capacity.traits.of_an_answer());
    }
    found
}

fn read_by_work(item: &WorkItem) -> Vec<&TraitId> {
    let mut found = Vec::new();
    item.when.traits(&mut found);
    item.amount.traits(&mut found);
    found
}

/// For each trait the entries that read it.
fn readers<'a>(playbook: &Playbook, entries: impl Iterator<Item = Vec<&'a TraitId>>) -> Vec<Vec<usize>> {
    let mut readers = vec![Vec::new(); playbook.traits.len()];
    for (entry, traits) in entries.enumerate() {
        for at in traits.into_iter().filter_map(|id| playbook.traits.get_index_of(id)) {
            if readers[at].last() != Some(&entry) {
                readers[at].push(entry);
            }
        }
    }
    readers
}

/// Each pair once, whichever of the two names the other.
fn contradictions(playbook: &Playbook) -> Vec<(usize, usize)> {
    let named = playbook.traits.values().enumerate().flat_map(|(at, known)| {
        known.contradicts.iter().filter_map(move |other| Some((at, playbook.traits.get_index_of(other)?)))
    });
    let pairs: std::collections::BTreeSet<(usize, usize)> = named.map(|(a, b)| (a.min(b), a.max(b))).collect();
    pairs.into_iter().collect()
}

fn depth(playbook: &Playbook, id: &FrameworkId) -> usize {
    let below = |id: &FrameworkId| playbook.frameworks.get(id).and_then(|framework| framework.extends.clone());
    std::iter::successors(below(id), below).take(playbook.frameworks.len()).count()
}
