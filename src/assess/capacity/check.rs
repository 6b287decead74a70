//! What is late in a plan, and what becomes of it when something is changed.

use std::{
    cell::Cell,
    collections::{HashMap, HashSet},
};

use super::{
    knowledge::Knowledge,
    load::{Load, loads, number},
    order::Order,
    plan::narrow,
    results::{Answers, Capacity, ServiceCapacity, TargetVerdict},
};
use crate::{
    assess::graph::Graph,
    playbook::Playbook,
    project::{ComponentId, Edit, FrameworkId, Project, TraitId, TraitValue},
};

/// Services that are looked at for all fixes of a plan: an assessment is made with every change.
const LOOKED_AT: usize = 250;
/// One question costs no less than looking at so many.
const LEAST: usize = 3;

/// The services of a plan that have a target, with what they wait for.
pub(in crate::assess) struct Check<'a> {
    playbook: &'a Playbook,
    project: &'a Project,
    peak: &'a TraitId,
    workers: Option<&'a TraitId>,
    frameworks: HashMap<&'a ComponentId, FrameworkId>,
    /// What comes to whom, a second, where it is known.
    rates: HashMap<&'a ComponentId, f64>,
    capacity: Capacity,
    left: Cell<usize>,
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

impl<'a> Check<'a> {
    /// `None` where no service has a target: nobody asks then.
    pub(in crate::assess) fn new<'f>(
        playbook: &'a Playbook,
        graph: &Graph<'a>,
        framework: impl Fn(usize) -> Option<&'f FrameworkId>,
    ) -> Option<Self> {
        let settings = playbook.capacity.as_ref()?;
        let (peak, target) = (settings.traits.peak.as_ref()?, settings.traits.target.as_ref());
        let due = |position: usize| number(graph.component(position), target).is_some_and(|ms| ms > 0.0);
        if !graph.services().any(due) {
            return None;
        }
        let knowledge = Knowledge::new(playbook, &graph.project.assumptions.machines)?;
        let on: Vec<Option<FrameworkId>> =
            (0..graph.components.len()).map(|position| framework(position).cloned()).collect();
        let capacity = narrow(&knowledge, graph, &on, due);
        let frameworks = graph.components.iter().zip(on).filter_map(|((id, _), on)| Some((*id, on?))).collect();
        let told = loads(graph, &Order::new(graph), &knowledge.settings, 1.0);
        let rates = graph.components.iter().zip(&told).filter_map(|((id, _), load)| Some((*id, load.rate_per_s?)));
        let (rates, workers) = (rates.collect(), settings.traits.workers.as_ref());
        let left = Cell::new(LOOKED_AT);
        Some(Self { playbook, project: graph.project, peak, workers, frameworks, rates, capacity, left })
    }

    /// A service that has a target, or that one waits for which has.
    pub(in crate::assess) fn service(&self, id: &ComponentId) -> Option<&ServiceCapacity> {
        self.capacity.services.get(id)
    }

    /// The trait that says how many processes a service has.
    pub(in crate::assess) fn workers(&self) -> Option<&'a TraitId> {
        self.workers
    }

    /// A service and all that it waits for, also by way of others: itself first, then as they are called.
    pub(in crate::assess) fn behind(&self, id: &ComponentId) -> Vec<ComponentId> {
        let (mut behind, mut seen, mut next) = (vec![id.clone()], HashSet::from([id.clone()]), 0);
        while let Some(id) = behind.get(next) {
            let calls = self.service(id).map_or(&[][..], |service| &service.calls);
            let callees: Vec<ComponentId> = calls.iter().filter_map(|call| call.callee.clone()).collect();
            behind.extend(callees.into_iter().filter(|callee| seen.insert(callee.clone())));
            next += 1;
        }
        behind
    }

    /// What becomes of a service with these changes; `None` where that is not known, or was asked too often of a plan this large.
    pub(in crate::assess) fn then(&self, id: &ComponentId, edits: &[Edit]) -> Option<Then> {
        let behind = self.behind(id);
        let mut part = self.part(&behind);
        self.left.set(self.left.get().checked_sub(behind.len().max(LEAST))?);
        for edit in edits {
            part.apply(edit);
        }
        let knowledge = Knowledge::new(self.playbook, &part.assumptions.machines)?;
        let graph = Graph::new(&part);
        let on = |(id, component): &(&ComponentId, &std::sync::Arc<crate::project::Component>)| {
            component.pin.clone().or_else(|| self.frameworks.get(*id).cloned())
        };
        let on: Vec<Option<FrameworkId>> = graph.components.iter().map(on).collect();
        let own = |position: usize| graph.components[position].0 == id;
        let capacity = narrow(&knowledge, &graph, &on, own);
        let service = capacity.services.get(id)?;
        let (chosen, planned) = (service.chosen()?, service.planned()?);
        let usd = |capacity: &Capacity| -> f64 {
            let of = |id: &ComponentId| capacity.services.get(id)?.planned().map(|planned| planned.usd_per_month);
            behind.iter().filter_map(of).sum()
        };
        Some(Then {
            in_time: chosen.target != TargetVerdict::Missed && planned.answers != Answers::Unbounded,
            p95_s: planned.answers.p95_s(),
            more_usd: usd(&capacity) - usd(&self.capacity),
        })
    }

    /// These services and whoever calls them, each with the load that is known of it.
    fn part(&self, services: &[ComponentId]) -> Project {
        let mut part = Project::new("");
        part.assumptions = self.project.assumptions.clone();
        let wanted: HashSet<&ComponentId> = services.iter().collect();
        let is_service = |id: &ComponentId| self.project.components.get(id).is_some_and(|one| one.kind.is_service());
        let links =
            self.project.connections.iter().filter(|(_, link)| {
                wanted.contains(&link.from) || (wanted.contains(&link.to) && is_service(&link.from))
            });
        let links: Vec<_> = links.collect();
        let ends: HashSet<&ComponentId> =
            links.iter().flat_map(|(_, link)| [&link.from, &link.to]).chain(services).collect();
        for (id, component) in self.project.components.iter().filter(|(id, _)| ends.contains(id)) {
            let mut component = std::sync::Arc::clone(component);
            if let Some(rate) = self.rates.get(id) {
                std::sync::Arc::make_mut(&mut component).traits.insert(self.peak.clone(), TraitValue::Number(*rate));
            }
            part.components.insert(id.clone(), component);
        }
        part.connections = links.into_iter().map(|(id, link)| (id.clone(), std::sync::Arc::clone(link))).collect();
        part
    }
}

/// Services that are tagged with less than their callers send: their ids, what they say and what the callers send, a second.
pub(in crate::assess) fn contradicted<'a>(playbook: &'a Playbook, graph: &Graph<'a>) -> Vec<(usize, f64, f64)> {
    let Some(settings) = &playbook.capacity else { return Vec::new() };
    let told = loads(graph, &Order::new(graph), settings, 1.0);
    let less = |(position, load): (usize, &Load)| {
        let (own, callers) = (load.rate_per_s?, load.callers_per_s?);
        (callers > own && graph.is_service(position)).then_some((position, own, callers))
    };
    told.iter().enumerate().filter_map(less).collect()
}
