//! What is late in a plan, and what becomes of it when something is changed.

use std::{cell::Cell, collections::HashSet, sync::Arc};

use super::{
    knowledge::Knowledge,
    load::{Load, number},
    plan::narrow,
    results::{Answers, Capacity, ServiceCapacity, TargetVerdict},
    traffic::Traffic,
};
use crate::{
    assess::graph::{Graph, Link},
    playbook::Playbook,
    project::{Component, ComponentId, Edit, FrameworkId, Project, TraitId, TraitValue},
};

/// Services that are looked at for all fixes of a plan: an assessment is made with every change.
const LOOKED_AT: usize = 250;
/// One question costs no less than looking at so many.
const LEAST: usize = 3;
/// So many connections cost as much as one service.
const LINKS: usize = 8;
/// So many components of a plan cost as much, each time the verdict is found anew.
const WEIGHED: usize = 100;

/// The services of a plan that have a target or a number of workers, with what they wait for.
pub(in crate::assess) struct Check<'a> {
    playbook: &'a Playbook,
    graph: &'a Graph<'a>,
    peak: &'a TraitId,
    workers: Option<&'a TraitId>,
    /// What comes to whom, a second, where it is known; by position.
    rates: Vec<Option<f64>>,
    capacity: Capacity,
    /// What everybody is on in the verdict after changes.
    then_on: &'a ThenOn<'a>,
    left: Cell<usize>,
}

/// The frameworks of the verdict with changes, by position.
pub(in crate::assess) type ThenOn<'a> = dyn Fn(&[Edit]) -> Vec<Option<FrameworkId>> + 'a;

/// What comes of trying a change.
pub(in crate::assess) enum Tried {
    /// This becomes of the service.
    Then(Then),
    /// That is not known: no server is.
    Unknown,
    /// It was not tried: an assessment does not look at more of a plan than so much.
    Not,
}

/// What becomes of a service.
pub(in crate::assess) struct Then {
    /// Whether it is in time.
    pub(in crate::assess) in_time: bool,
    /// What 95 of 100 take, in seconds.
    pub(in crate::assess) p95_s: Option<f64>,
    /// What it and those it waits for cost more, in US dollars a month.
    pub(in crate::assess) more_usd: f64,
}

/// A service and all that it waits for, also by way of others.
pub(in crate::assess) struct Behind {
    /// Itself first, then as they are called.
    pub(in crate::assess) ids: Vec<ComponentId>,
    /// These and whoever calls them, each with the load that is known of it.
    part: Project,
    cost: usize,
}

impl<'a> Check<'a> {
    /// `None` where no service has a target, or a number of workers: nobody asks then.
    pub(in crate::assess) fn new<'f>(
        playbook: &'a Playbook,
        graph: &'a Graph<'a>,
        traffic: &Traffic,
        framework: impl Fn(usize) -> Option<&'f FrameworkId>,
        then_on: &'a ThenOn<'a>,
    ) -> Option<Self> {
        let settings = playbook.capacity.as_ref()?;
        let (peak, target) = (settings.traits.peak.as_ref()?, settings.traits.target.as_ref());
        let workers = settings.traits.workers.as_ref();
        let says =
            |position: usize, of: Option<&TraitId>| number(graph.component(position), of).is_some_and(|it| it > 0.0);
        let due = |position: usize| says(position, target) || says(position, workers);
        if !graph.services().any(due) {
            return None;
        }
        let knowledge = Knowledge::new(playbook, &graph.project.assumptions.machines)?;
        let frameworks: Vec<Option<FrameworkId>> =
            (0..graph.components.len()).map(|position| framework(position).cloned()).collect();
        let capacity = narrow(&knowledge, graph, traffic, &frameworks, due);
        let rates = traffic.loads.iter().map(|load| load.rate_per_s).collect();
        let left = Cell::new(LOOKED_AT);
        Some(Self { playbook, graph, peak, workers, rates, capacity, then_on, left })
    }

    /// A service that has a target or a number of workers, or that one waits for which has.
    pub(in crate::assess) fn service(&self, id: &ComponentId) -> Option<&ServiceCapacity> {
        self.capacity.services.get(id)
    }

    /// The trait that says how many processes a service has.
    pub(in crate::assess) fn workers(&self) -> Option<&'a TraitId> {
        self.workers
    }

    /// What a change of a service is tried on; `None` where that is more than is looked at. It goes no further than that to find out.
    pub(in crate::assess) fn behind(&self, position: usize) -> Option<Behind> {
        let (graph, most) = (self.graph, self.left.get());
        let (mut behind, mut seen, mut next) = (vec![position], HashSet::from([position]), 0);
        let mut links: Vec<&Link<'_>> = Vec::new();
        while let Some(position) = behind.get(next).copied() {
            let calls = self.service(graph.components[position].0).map_or(&[][..], |service| &service.calls);
            let callees = calls.iter().filter_map(|call| graph.project.components.get_index_of(call.callee.as_ref()?));
            behind.extend(callees.filter(|callee| seen.insert(*callee)));
            let calling = graph.into(position).filter(|link| graph.is_service(link.from));
            links.extend(graph.out(position).chain(calling).take(most * LINKS + 1));
            next += 1;
            if behind.len().max(LEAST).max(links.len() / LINKS) > most {
                return None;
            }
        }
        let cost = behind.len().max(LEAST).max(links.len() / LINKS) + graph.components.len() / WEIGHED;
        let ids = behind.iter().map(|position| graph.components[*position].0.clone()).collect();
        Some(Behind { ids, part: self.part(behind, &links), cost })
    }

    /// What becomes of the first of these with these changes.
    pub(in crate::assess) fn then(&self, behind: &Behind, edits: &[Edit]) -> Tried {
        let Some(left) = self.left.get().checked_sub(behind.cost) else { return Tried::Not };
        self.left.set(left);
        self.tried(behind, edits).map_or(Tried::Unknown, Tried::Then)
    }

    fn tried(&self, behind: &Behind, edits: &[Edit]) -> Option<Then> {
        let id = behind.ids.first()?;
        let mut part = behind.part.clone();
        for edit in edits {
            part.apply(edit);
        }
        let knowledge = Knowledge::new(self.playbook, &part.assumptions.machines)?;
        let graph = Graph::new(&part);
        let then_on = (self.then_on)(edits);
        let on = |(id, _): &(&ComponentId, &Arc<Component>)| {
            then_on[self.graph.project.components.get_index_of(*id)?].clone()
        };
        let on: Vec<Option<FrameworkId>> = graph.components.iter().map(on).collect();
        let own = |position: usize| graph.components[position].0 == id;
        let traffic = Traffic::new(&graph, &knowledge.settings, 1.0);
        let capacity = narrow(&knowledge, &graph, &traffic, &on, own);
        let service = capacity.services.get(id)?;
        let (chosen, planned) = (service.chosen()?, service.planned()?);
        let usd = |capacity: &Capacity| -> f64 {
            let of = |id: &ComponentId| capacity.services.get(id)?.planned().map(|planned| planned.usd_per_month);
            behind.ids.iter().filter_map(of).sum()
        };
        Some(Then {
            in_time: chosen.target != TargetVerdict::Missed && planned.answers != Answers::Unbounded,
            p95_s: planned.answers.p95_s(),
            more_usd: usd(&capacity) - usd(&self.capacity),
        })
    }

    /// These services and the ends of these links, as they stand in the document.
    fn part(&self, services: Vec<usize>, links: &[&Link<'_>]) -> Project {
        let project = self.graph.project;
        let mut part = Project::new("");
        part.assumptions = project.assumptions.clone();
        let mut positions = services;
        positions.extend(links.iter().flat_map(|link| [link.from, link.to]));
        positions.sort_unstable();
        positions.dedup();
        for position in positions {
            let (id, component) = self.graph.components[position];
            let mut component = Arc::clone(component);
            if let Some(rate) = self.rates[position] {
                Arc::make_mut(&mut component).traits.insert(self.peak.clone(), TraitValue::Number(rate));
            }
            part.components.insert(id.clone(), component);
        }
        let mut places: Vec<usize> =
            links.iter().filter_map(|link| project.connections.get_index_of(link.id)).collect();
        places.sort_unstable();
        places.dedup();
        let links = places.into_iter().filter_map(|place| project.connections.get_index(place));
        part.connections = links.map(|(id, link)| (id.clone(), Arc::clone(link))).collect();
        part
    }
}

/// Services that are tagged with less than their callers send: their ids, what they say and what the callers send, a second.
pub(in crate::assess) fn contradicted(graph: &Graph<'_>, traffic: &Traffic) -> Vec<(usize, f64, f64)> {
    let less = |(position, load): (usize, &Load)| {
        let (own, callers) = (load.rate_per_s?, load.callers_per_s?);
        (callers > own && graph.is_service(position)).then_some((position, own, callers))
    };
    traffic.loads.iter().enumerate().filter_map(less).collect()
}
