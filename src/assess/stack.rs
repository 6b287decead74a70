//! The stack: which packages each service needs on its framework, why, and how much glue each framework leaves to assemble.

use std::sync::Arc;

use indexmap::{IndexMap, IndexSet};

use super::{
    evaluate::{Site, TraitAt, Values},
    graph::Graph,
    types::{Assessment, ComponentAdvice},
};
use crate::{
    figures,
    lang::{of_playbook, t, tr},
    playbook::{Amount, Condition, LinkFilter, Package, Playbook},
    project::{ComponentId, FrameworkId, Project, TraitId, TraitValue},
};

/// What a system is made of, service by service and as a whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stack {
    /// The packages of each service on the framework it has in the verdict, in document order.
    pub components: IndexMap<ComponentId, ComponentStack>,
    /// Every package once, with the services that need it; products last.
    pub system: Vec<SystemPackage>,
    /// What each root framework would leave to assemble for all services together, in the playbook's order.
    pub glue: Vec<Glue>,
}

/// The packages of one service.
#[derive(Clone, Debug, PartialEq)]
pub struct ComponentStack {
    /// The framework it is built on.
    pub framework: FrameworkId,
    /// What it needs: the framework's own packages first, products last.
    pub packages: Vec<StackPackage>,
    /// What each root framework would leave to assemble for it, in the playbook's order.
    pub glue: Vec<Glue>,
}

/// A package in the stack of a service.
#[derive(Clone, Debug, PartialEq)]
pub struct StackPackage {
    /// What is taken.
    pub package: Arc<Package>,
    /// Whether every service on the framework has it.
    pub base: bool,
    /// What called for it, in words: `WebSocket`, `Tables: 40`, `a connection to Redis`.
    pub because: Vec<String>,
    /// Packages that were called for and are no longer to be taken, with this one in their place.
    pub in_place_of: Vec<Arc<Package>>,
    /// Packages that can be taken instead.
    pub alternatives: Vec<Arc<Package>>,
}

/// A package in the stack of the whole system.
#[derive(Clone, Debug, PartialEq)]
pub struct SystemPackage {
    /// The package, with everything that called for it anywhere.
    pub entry: StackPackage,
    /// The services that need it, in document order.
    pub components: Vec<ComponentId>,
}

/// What a root framework leaves to assemble for the tagged traits.
#[derive(Clone, Debug, PartialEq)]
pub struct Glue {
    /// The root framework.
    pub framework: FrameworkId,
    /// Python packages beyond the base ones of the root, without what only helps those who develop.
    pub packages: Vec<String>,
    /// Tagged traits that another root covers by itself or with a package and this one does not.
    pub by_hand: Vec<TraitId>,
}

/// What a system leaves to assemble as it is built, each service on the framework it has in the verdict.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GlueTaken {
    /// Python packages beyond the base ones of each service's family, once each, without what only helps those who develop.
    pub packages: Vec<String>,
    /// Tagged traits of a service that another family covers and its own does not.
    pub by_hand: Vec<TraitId>,
}

impl GlueTaken {
    /// Packages and traits together.
    pub fn count(&self) -> usize {
        self.packages.len() + self.by_hand.len()
    }
}

/// Everything that follows from the assessment's frameworks and the project's traits.
pub fn stack(playbook: &Playbook, project: &Project, assessment: &Assessment) -> Stack {
    let components = of_components(playbook, project, assessment, &mut assessment.components.keys());
    Stack { system: Shelf::new(playbook).system(&components), glue: whole_glue(playbook, &components), components }
}

/// The packages of one service; the same as in [`stack()`].
pub fn component_stack(
    playbook: &Playbook,
    project: &Project,
    assessment: &Assessment,
    id: &ComponentId,
) -> Option<ComponentStack> {
    of_components(playbook, project, assessment, &mut std::iter::once(id)).swap_remove(id)
}

/// Whether two projects, each with its assessment, have the same stack for sure: what only moves or renames changes none.
pub fn same_stack(before: (&Project, &Assessment), after: (&Project, &Assessment)) -> bool {
    let (projects, assessments) = ((before.0, after.0), (before.1, after.1));
    let (components, connections) =
        ((&projects.0.components, &projects.1.components), (&projects.0.connections, &projects.1.connections));
    components.0.len() == components.1.len()
        && connections.0.len() == connections.1.len()
        && assessments.0.components.len() == assessments.1.components.len()
        && components.0.iter().zip(components.1).all(|((id, a), (other, b))| {
            id == other && (Arc::ptr_eq(a, b) || (a.kind == b.kind && a.traits == b.traits && a.deferred == b.deferred))
        })
        && connections.0.iter().zip(connections.1).all(|((_, a), (_, b))| Arc::ptr_eq(a, b) || a == b)
        && assessments
            .0
            .components
            .values()
            .zip(assessments.1.components.values())
            .all(|(a, b)| a.framework == b.framework)
}

fn of_components(
    playbook: &Playbook,
    project: &Project,
    assessment: &Assessment,
    ids: &mut dyn Iterator<Item = &ComponentId>,
) -> IndexMap<ComponentId, ComponentStack> {
    let project = &*project.in_scope();
    let graph = Graph::new(project);
    let values = Values::new(playbook, &graph);
    let shelf = Shelf::new(playbook);
    let one = |id: &ComponentId| {
        let (advice, position) = (assessment.components.get(id)?, project.components.get_index_of(id)?);
        let site = Site::at(&graph, &values, position);
        let held = shelf.held(site);
        let component = ComponentStack {
            framework: advice.framework.clone(),
            packages: shelf.packages(&held, &advice.framework),
            glue: shelf.glue(&held, &graph, position, advice),
        };
        Some((id.clone(), component))
    };
    ids.filter_map(one).collect()
}

/// What each service leaves to assemble on each framework: worked out once, and read for every way to build the same services.
pub(super) struct GlueSheet(IndexMap<ComponentId, Vec<Glue>>);

impl GlueSheet {
    pub(super) fn new(playbook: &Playbook, project: &Project, assessment: &Assessment) -> Self {
        let project = &*project.in_scope();
        let graph = Graph::new(project);
        let values = Values::new(playbook, &graph);
        let shelf = Shelf::new(playbook);
        let of_service = |(position, (id, _)): (usize, &(&ComponentId, _))| {
            let advice = assessment.components.get(*id)?;
            let held = shelf.held(Site::at(&graph, &values, position));
            Some(((*id).clone(), shelf.glue_by_framework(&held, &graph, position, advice)))
        };
        Self(graph.components.iter().enumerate().filter_map(of_service).collect())
    }

    /// What an assignment leaves to assemble.
    pub(super) fn taken(&self, assignment: &IndexMap<ComponentId, FrameworkId>) -> GlueTaken {
        let (mut packages, mut by_hand) = (IndexSet::new(), IndexSet::new());
        for (id, framework) in assignment {
            let glue = self.0.get(id).and_then(|glue| glue.iter().find(|glue| glue.framework == *framework));
            let Some(glue) = glue else { continue };
            packages.extend(glue.packages.iter());
            by_hand.extend(glue.by_hand.iter());
        }
        GlueTaken { packages: packages.into_iter().cloned().collect(), by_hand: by_hand.into_iter().cloned().collect() }
    }
}

/// What called for a package.
struct Cause {
    words: String,
    trait_at: TraitAt,
}

/// What called for each package on one service, by position; `None` where its condition does not hold.
type Held = [Option<Vec<Cause>>];

/// Why a package is there.
#[derive(Clone, Copy)]
enum Why {
    /// The framework's own.
    Base,
    /// Its condition holds.
    Held,
    /// The package at this position needs it.
    NeededBy(usize),
}

/// The packages of a playbook, ready to be asked for.
struct Shelf<'a> {
    playbook: &'a Playbook,
    packages: Vec<(Arc<Package>, Condition<TraitAt>)>,
}

impl<'a> Shelf<'a> {
    fn new(playbook: &'a Playbook) -> Self {
        let trait_at = |id: &TraitId| playbook.traits.get_index_of(id);
        let entry = |package: &Package| (Arc::new(package.clone()), package.when.renamed(&trait_at));
        Self { playbook, packages: playbook.packages.iter().map(entry).collect() }
    }

    /// Every condition, read once for a service whatever it is built on.
    fn held(&self, site: Site<'_, '_>) -> Vec<Option<Vec<Cause>>> {
        let read = |(_, when): &(Arc<Package>, Condition<TraitAt>)| {
            (site.strength(when) > 0.0).then(|| {
                let mut causes = Vec::new();
                self.causes(site, when, &mut causes);
                causes
            })
        };
        self.packages.iter().map(read).collect()
    }

    fn at(&self, name: &str) -> Option<usize> {
        self.packages.iter().position(|(package, _)| package.name == name)
    }

    /// Whether a package goes with a framework or with what that one extends.
    fn fits(&self, package: &Package, framework: &FrameworkId) -> bool {
        let below = |id: &&'a FrameworkId| self.playbook.frameworks.get(*id).and_then(|one| one.extends.as_ref());
        let own = self.playbook.frameworks.get_key_value(framework).map(|(id, _)| id);
        let mut chain = std::iter::successors(own, below).take(self.playbook.frameworks.len());
        package.frameworks.is_empty() || chain.any(|id| package.frameworks.contains(id))
    }

    /// Every package that is called for on a framework, and why.
    fn called_for(&self, held: &Held, framework: &FrameworkId) -> Vec<(usize, Why)> {
        let Some(known) = self.playbook.frameworks.get(framework) else { return Vec::new() };
        let base: Vec<usize> = known.base_packages.iter().filter_map(|name| self.at(name)).collect();
        let mut called: Vec<(usize, Why)> = base.iter().map(|at| (*at, Why::Base)).collect();
        for (at, (package, _)) in self.packages.iter().enumerate() {
            let holds = held[at].is_some() && package.alternative_to.is_none();
            if holds && !base.contains(&at) && self.fits(package, framework) {
                called.push((at, Why::Held));
            }
        }
        for (at, _) in called.clone() {
            let needs = self.packages[at].0.needs.iter().filter_map(|name| self.at(name));
            called.extend(needs.map(|need| (need, Why::NeededBy(at))));
        }
        called
    }

    /// The package that is taken for the one at a position.
    fn taken(&self, at: usize) -> usize {
        self.packages[at].0.replacement.as_ref().and_then(|name| self.at(name)).unwrap_or(at)
    }

    /// The stack of one service on a framework.
    fn packages(&self, held: &Held, framework: &FrameworkId) -> Vec<StackPackage> {
        let name = self.playbook.frameworks.get(framework).map_or(framework.as_str(), |one| &one.short_name);
        let mut rows: IndexMap<usize, StackPackage> = IndexMap::new();
        for (at, why) in self.called_for(held, framework) {
            let taken = self.taken(at);
            let row = rows.entry(taken).or_insert_with(|| self.row(held, taken, framework));
            row.base |= matches!(why, Why::Base);
            let causes = match (why, &held[at]) {
                (Why::Held, Some(causes)) if !causes.is_empty() => causes.iter().map(|c| c.words.clone()).collect(),
                (Why::NeededBy(other), _) => vec![self.packages[other].0.name.clone()],
                _ => vec![tr!("every service on {name}", name)],
            };
            add_new(&mut row.because, &causes);
            if taken != at {
                add_new(&mut row.in_place_of, &[Arc::clone(&self.packages[at].0)]);
            }
        }
        let mut rows: Vec<StackPackage> = rows.into_values().collect();
        rows.sort_by_key(|row| (row.package.product, row.package.develop, !row.base));
        rows
    }

    fn row(&self, held: &Held, taken: usize, framework: &FrameworkId) -> StackPackage {
        let package = Arc::clone(&self.packages[taken].0);
        let alternative = |(at, (other, _)): &(usize, &(Arc<Package>, Condition<TraitAt>))| {
            other.alternative_to.as_ref() == Some(&package.name) && held[*at].is_some() && self.fits(other, framework)
        };
        let alternatives = self.packages.iter().enumerate().filter(|entry| alternative(entry));
        let alternatives = alternatives.map(|(_, (other, _))| Arc::clone(other)).collect();
        StackPackage { package, base: false, because: Vec::new(), in_place_of: Vec::new(), alternatives }
    }

    /// Why a condition holds: those of its parts that do.
    fn causes(&self, site: Site<'_, '_>, condition: &Condition<TraitAt>, causes: &mut Vec<Cause>) {
        let label = |at: TraitAt| Some(self.playbook.traits.get_index(at?)?.1.label.clone());
        let mut tell = |at: TraitAt, words: Option<String>| {
            causes.extend(words.map(|words| Cause { words, trait_at: at }));
        };
        match condition {
            Condition::Has(at) => tell(*at, label(*at)),
            Condition::Lacks(at) => tell(*at, label(*at).map(|label| tr!("not: {label}", label))),
            Condition::Is(at, option) => tell(*at, label(*at).map(|label| format!("{label}: {}", of_playbook(option)))),
            Condition::AtLeast(amount, _) | Condition::Ramp(amount, _) => self.amounts(site, amount, causes),
            Condition::Kind(_) => tell(None, site.kind().map(|kind| kind.label().to_owned())),
            Condition::Any(parts) | Condition::All(parts) => {
                let holding = parts.iter().filter(|part| site.strength(part) > 0.0);
                holding.for_each(|part| self.causes(site, part, causes));
            }
            // The last five are not for packages.
            Condition::Not(_)
            | Condition::Always
            | Condition::MissesTarget { .. }
            | Condition::LacksWorkers { .. }
            | Condition::Exceeds(..)
            | Condition::OnFramework(_)
            | Condition::Mixed => {}
        }
    }

    fn amounts(&self, site: Site<'_, '_>, amount: &Amount<TraitAt>, causes: &mut Vec<Cause>) {
        match amount {
            Amount::Const(_)
            | Amount::TeamSize
            | Amount::AnswerTime
            | Amount::LeastWorkers
            | Amount::PlannedWorkers => {}
            Amount::Trait(at) => {
                let known = at.and_then(|at| self.playbook.traits.get_index(at));
                let words =
                    known.map(|(_, known)| format!("{}: {}", known.label, figures::number(site.amount(amount))));
                causes.extend(words.map(|words| Cause { words, trait_at: *at }));
            }
            Amount::Links(filter) | Amount::Calls(filter) | Amount::Waiting(filter) | Amount::SlowestCall(filter) => {
                causes.push(Cause { words: connection_in_words(filter), trait_at: None });
            }
            Amount::Max(parts) | Amount::Sum(parts) | Amount::Product(parts) => {
                parts.iter().filter(|part| site.amount(part) > 0.0).for_each(|part| self.amounts(site, part, causes));
            }
        }
    }

    /// What each root would leave to assemble for one service, on the best of its frameworks.
    fn glue(&self, held: &Held, graph: &Graph<'_>, position: usize, advice: &ComponentAdvice) -> Vec<Glue> {
        let glue = self.glue_by_framework(held, graph, position, advice);
        let best = self.best_of_roots(advice);
        best.into_iter().map(|(root, at)| Glue { framework: root.clone(), ..glue[at].clone() }).collect()
    }

    /// What each framework would leave to assemble for one service, in the playbook's order.
    fn glue_by_framework(
        &self,
        held: &Held,
        graph: &Graph<'_>,
        position: usize,
        advice: &ComponentAdvice,
    ) -> Vec<Glue> {
        let (mut glue, mut covered) = (Vec::new(), Vec::new());
        for framework in self.playbook.frameworks.keys() {
            let called = self.called_for(held, framework);
            let own = self.playbook.frameworks.get(self.playbook.root(framework)).map(|root| &root.base_packages);
            let mut packages = Vec::new();
            for (at, _) in &called {
                let package = &self.packages[self.taken(*at)].0;
                if !package.product && !package.develop && !own.is_some_and(|own| own.contains(&package.name)) {
                    add_new(&mut packages, std::slice::from_ref(&package.name));
                }
            }
            covered.push(self.covered(held, framework, &called));
            glue.push(Glue { framework: framework.clone(), packages, by_hand: Vec::new() });
        }
        let best = self.best_of_roots(advice);
        for (id, value) in &graph.component(position).traits {
            let tagged = match value {
                TraitValue::Flag(is) => *is,
                TraitValue::Number(number) => *number > 0.0,
                TraitValue::Choice(_) => false,
            };
            let Some(at) = self.playbook.traits.get_index_of(id).filter(|_| tagged) else { continue };
            if best.iter().any(|(_, best)| covered[*best].contains(&at)) {
                let without = glue.iter_mut().zip(&covered).filter(|(_, covered)| !covered.contains(&at));
                without.for_each(|(glue, _)| glue.by_hand.push(id.clone()));
            }
        }
        glue
    }

    /// The best framework of each root for a service, by position.
    fn best_of_roots(&self, advice: &ComponentAdvice) -> Vec<(&'a FrameworkId, usize)> {
        let playbook = self.playbook;
        let best_of = |root: &'a FrameworkId| {
            let of_root = advice.scores.iter().filter(|score| playbook.root(&score.framework) == root);
            let best = of_root.reduce(|best, next| if next.score_db > best.score_db { next } else { best });
            let at = playbook.frameworks.get_index_of(best.map_or(root, |best| &best.framework));
            (root, at.unwrap_or_default())
        };
        playbook.frameworks.keys().filter(|id| playbook.root(id) == *id).map(best_of).collect()
    }

    /// The traits that a framework covers by itself or with the packages that are called for.
    fn covered(&self, held: &Held, framework: &FrameworkId, called: &[(usize, Why)]) -> Vec<usize> {
        let brings = self.playbook.chain(framework).filter_map(|id| self.playbook.frameworks.get(id));
        let brings = brings.flat_map(|one| &one.brings).filter_map(|id| self.playbook.traits.get_index_of(id));
        let called = called.iter().filter(|(_, why)| matches!(why, Why::Held)).filter_map(|(at, _)| held[*at].as_ref());
        brings.chain(called.flatten().filter_map(|cause| cause.trait_at)).collect()
    }

    fn system(&self, components: &IndexMap<ComponentId, ComponentStack>) -> Vec<SystemPackage> {
        let mut rows: IndexMap<usize, SystemPackage> = IndexMap::new();
        for (id, component) in components {
            for entry in &component.packages {
                let Some(at) = self.at(&entry.package.name) else { continue };
                let row = rows.entry(at).or_insert_with(|| SystemPackage {
                    entry: StackPackage { because: Vec::new(), ..entry.clone() },
                    components: Vec::new(),
                });
                row.components.push(id.clone());
                row.entry.base |= entry.base;
                add_new(&mut row.entry.because, &entry.because);
                add_new(&mut row.entry.in_place_of, &entry.in_place_of);
                add_new(&mut row.entry.alternatives, &entry.alternatives);
            }
        }
        rows.sort_by(|a, one, b, other| {
            let key = |at: &usize, row: &SystemPackage| (row.entry.package.product, row.entry.package.develop, *at);
            key(a, one).cmp(&key(b, other))
        });
        rows.into_values().collect()
    }
}

fn add_new<T: Clone + PartialEq>(list: &mut Vec<T>, more: &[T]) {
    for one in more {
        if !list.contains(one) {
            list.push(one.clone());
        }
    }
}

/// The glue of all services together, everything once.
fn whole_glue(playbook: &Playbook, components: &IndexMap<ComponentId, ComponentStack>) -> Vec<Glue> {
    let roots = playbook.frameworks.keys().filter(|id| playbook.root(id) == *id);
    roots
        .map(|root| {
            let mut whole = Glue { framework: root.clone(), packages: Vec::new(), by_hand: Vec::new() };
            for glue in components.values().flat_map(|component| &component.glue).filter(|g| g.framework == *root) {
                add_new(&mut whole.packages, &glue.packages);
                add_new(&mut whole.by_hand, &glue.by_hand);
            }
            whole
        })
        .collect()
}

/// `a WebSocket connection`, `a connection to Redis or Object storage`.
fn connection_in_words(filter: &LinkFilter) -> String {
    let join = |words: Vec<&str>| words.join(t(" or "));
    let protocols = join(filter.protocols.iter().map(|protocol| protocol.label()).collect());
    let kinds = join(filter.kinds.iter().map(|kind| kind.label()).collect());
    let connection =
        if protocols.is_empty() { t("a connection").to_owned() } else { tr!("a {protocols} connection", protocols) };
    if kinds.is_empty() { connection } else { tr!("{connection} to {kinds}", connection, kinds) }
}
