//! Whose tables a service works on, and so who has to wait along with whom.

use super::graph::Graph;
use crate::{
    playbook::Playbook,
    project::{ComponentKind, TraitId, TraitValue},
};

/// Whose tables one service works on, by position.
enum WorksOn {
    /// Nobody else's, or nothing can be said.
    Nobodys,
    /// Those its connections lead to: it needs every one of them.
    Connected(Vec<usize>),
    /// It says that it works on an application's tables, and these services use the same database: one of them has to be there
    /// (assumption, as the drawing does not say which one).
    SameDatabase(Vec<usize>),
}

impl WorksOn {
    fn owners(&self) -> &[usize] {
        match self {
            Self::Nobodys => &[],
            Self::Connected(owners) | Self::SameDatabase(owners) => owners,
        }
    }
}

/// Whose tables every service of a graph works on.
///
/// A connection that binds (see `Protocol::binds`) says it. Where a service has none and a trait of it says that it works on an
/// application's tables (see `Trait::shares_tables`), it is the services that use a relational database with it, without those that
/// say the same of themselves: they have no tables to share. Where there are none of them, nothing can be said.
pub(super) struct Sharing<'a> {
    graph: &'a Graph<'a>,
    /// By position.
    works_on: Vec<WorksOn>,
    /// The services that work on the tables of each component, by position and in order.
    sharers: Vec<Vec<usize>>,
}

impl<'a> Sharing<'a> {
    pub(super) fn new(playbook: &Playbook, graph: &'a Graph<'a>) -> Self {
        let marked: Vec<&TraitId> =
            playbook.traits.iter().filter(|(_, known)| known.shares_tables).map(|(id, _)| id).collect();
        let says_so: Vec<bool> = (0..graph.components.len())
            .map(|position| {
                let traits = &graph.component(position).traits;
                graph.is_service(position) && marked.iter().any(|id| traits.get(*id) == Some(&TraitValue::Flag(true)))
            })
            .collect();
        let works_on: Vec<WorksOn> =
            (0..graph.components.len()).map(|position| works_on(graph, &says_so, position)).collect();
        let mut sharers = vec![Vec::new(); works_on.len()];
        for (position, works_on) in works_on.iter().enumerate() {
            works_on.owners().iter().for_each(|owner| sharers[*owner].push(position));
        }
        Self { graph, works_on, sharers }
    }

    /// The services that work on the tables of a component, in order; with each whether only its trait says so.
    pub(super) fn sharers(&self, position: usize) -> impl Iterator<Item = (usize, bool)> {
        let by_trait = |from: usize| matches!(self.works_on[from], WorksOn::SameDatabase(_));
        self.sharers[position].iter().map(move |from| (*from, by_trait(*from)))
    }

    /// Whether a service misses the tables it works on while these components are not built; what is put off is not built either.
    pub(super) fn misses(&self, position: usize, gone: impl Fn(usize) -> bool) -> bool {
        let gone = |owner: &usize| *owner != position && (gone(*owner) || self.graph.component(*owner).deferred);
        match &self.works_on[position] {
            WorksOn::Nobodys => false,
            WorksOn::Connected(owners) => owners.iter().any(gone),
            WorksOn::SameDatabase(owners) => owners.iter().all(gone),
        }
    }

    /// What has to be given back of the components that are gone, for a service to have its tables: each way by itself.
    pub(super) fn given_back_for(&self, position: usize, gone: impl Fn(usize) -> bool) -> Vec<Vec<usize>> {
        let back: Vec<usize> = self.works_on[position].owners().iter().copied().filter(|owner| gone(*owner)).collect();
        match &self.works_on[position] {
            WorksOn::SameDatabase(_) => back.into_iter().map(|owner| vec![owner]).collect(),
            WorksOn::Nobodys | WorksOn::Connected(_) if back.is_empty() => Vec::new(),
            WorksOn::Nobodys | WorksOn::Connected(_) => vec![back],
        }
    }

    /// The services that cannot be built without these components, directly or through others of them: they are put off with them.
    /// In order, and without those that are among them.
    pub(super) fn bound_to(&self, positions: &[usize]) -> Vec<usize> {
        let (mut gone, mut next) = (positions.to_vec(), positions.to_vec());
        while let Some(position) = next.pop() {
            for from in self.sharers[position].iter().copied() {
                if !gone.contains(&from) && self.misses(from, |owner| gone.contains(&owner)) {
                    gone.push(from);
                    next.push(from);
                }
            }
        }
        let mut bound = gone.split_off(positions.len());
        bound.sort_unstable();
        bound
    }

    /// Whether nobody who stays misses one of these components, which are in order.
    pub(super) fn is_closed(&self, set: &[usize]) -> bool {
        self.first_missing(set).is_none()
    }

    /// A service that stays and misses its tables without these components, which are in order.
    pub(super) fn first_missing(&self, set: &[usize]) -> Option<usize> {
        let gone = |position: usize| set.binary_search(&position).is_ok();
        let sharers = set.iter().flat_map(|position| self.sharers[*position].iter().copied());
        sharers.into_iter().find(|from| !gone(*from) && self.misses(*from, gone))
    }
}

fn works_on(graph: &Graph<'_>, says_so: &[bool], position: usize) -> WorksOn {
    if !graph.is_service(position) {
        return WorksOn::Nobodys;
    }
    let ordered = |mut owners: Vec<usize>| {
        owners.sort_unstable();
        owners.dedup();
        owners
    };
    let binding = graph.out(position).filter(|link| link.connection.protocol.binds() && link.to != position);
    let connected = ordered(binding.map(|link| link.to).collect());
    if !connected.is_empty() {
        return WorksOn::Connected(connected);
    }
    if !says_so[position] {
        return WorksOn::Nobodys;
    }
    let others = beside(graph, position)
        .filter(|store| graph.component(*store).kind == ComponentKind::RelationalDatabase)
        .flat_map(|store| beside(graph, store))
        .filter(|other| *other != position && graph.is_service(*other) && !says_so[*other]);
    let owners = ordered(others.collect());
    if owners.is_empty() { WorksOn::Nobodys } else { WorksOn::SameDatabase(owners) }
}

/// What is at the other ends of a component's connections.
fn beside(graph: &Graph<'_>, position: usize) -> impl Iterator<Item = usize> {
    graph.out(position).map(|link| link.to).chain(graph.into(position).map(|link| link.from))
}
