//! A plan's services on every server there is, under the loads that come along its connections.

use indexmap::IndexMap;

use super::{
    batches::{Arrivals, Batches},
    flow::{Answer, Flow},
    holding::bottleneck,
    knowledge::Knowledge,
    load::{CALLS, Load, said, states_load},
    order::Order,
    paths::{Node, paths},
    results::{Answers, Capacity, ServiceCapacity, Totals},
    rounds::comes_back,
    server::Server,
    traffic::Traffic,
    waits::Waits,
    what_if::WhatIf,
    work::{is_waited_for, work},
};
use crate::{
    assess::{
        engine::Engine,
        graph::{Graph, Link},
        types::Assessment,
    },
    playbook::CapacitySettings,
    project::{ComponentId, FrameworkId, Project},
};

impl Engine {
    /// The capacity of a project under an assessment of this engine. Nothing is known of it in a playbook without `capacity.ron`.
    pub fn capacity(&self, project: &Project, assessment: &Assessment) -> Capacity {
        self.capacity_of(project, assessment, &WhatIf::default(), None)
    }

    /// The same under other circumstances, with the servers and deployments that were `planned` for the present ones.
    pub fn capacity_if(
        &self,
        project: &Project,
        assessment: &Assessment,
        what_if: &WhatIf,
        planned: &Capacity,
    ) -> Capacity {
        self.capacity_of(project, assessment, what_if, Some(planned))
    }

    /// Whether anybody says what comes to something in scope: without it, no load of the plan is known.
    pub fn states_loads(&self, project: &Project) -> bool {
        let Some(settings) = &self.playbook.capacity else { return false };
        project.components.values().any(|component| !component.deferred && states_load(component, settings))
    }

    fn capacity_of(
        &self,
        project: &Project,
        assessment: &Assessment,
        what_if: &WhatIf,
        planned: Option<&Capacity>,
    ) -> Capacity {
        let Some(knowledge) = Knowledge::new(&self.playbook, &project.assumptions.machines) else {
            return Capacity::default();
        };
        let project = what_if.applied(project.in_scope());
        let graph = &Graph::new(&project);
        let traffic = &Traffic::new(graph, &knowledge.settings, what_if.load_factor);
        let advised = |id: &ComponentId| assessment.components.get(id).map(|advice| advice.framework.clone());
        let frameworks: Vec<Option<FrameworkId>> = graph.components.iter().map(|(id, _)| advised(id)).collect();
        let asking = Asking::new(&knowledge, graph, traffic, &frameworks);
        Asking { what_if, planned, ..asking }.answer()
    }
}

/// A plan as far as some of its services go, for those who look for what is wrong with it: on the servers of these frameworks, by position.
pub(super) fn narrow(
    knowledge: &Knowledge<'_>,
    graph: &Graph<'_>,
    traffic: &Traffic,
    frameworks: &[Option<FrameworkId>],
    wanted: impl Fn(usize) -> bool,
) -> Capacity {
    let mut looked_at = vec![false; graph.components.len()];
    let mut open: Vec<usize> = graph.services().filter(|position| wanted(*position)).collect();
    while let Some(position) = open.pop() {
        if !std::mem::replace(&mut looked_at[position], true) {
            open.extend(graph.out(position).filter(|link| is_waited_for(graph, link)).map(|link| link.to));
        }
    }
    let asking = Asking::new(knowledge, graph, traffic, frameworks);
    Asking { narrow: Some(&looked_at), ..asking }.answer()
}

/// As things are.
static NOW: WhatIf = WhatIf { load_factor: 1.0, latencies_s: Vec::new(), more_processes: Vec::new() };

pub(super) struct Asking<'a> {
    pub(super) knowledge: &'a Knowledge<'a>,
    pub(super) settings: &'a CapacitySettings,
    pub(super) graph: &'a Graph<'a>,
    pub(super) order: &'a Order,
    pub(super) loads: &'a [Load],
    /// By position, who is in a circle of calls without end.
    endless: &'a [bool],
    pub(super) frameworks: &'a [Option<FrameworkId>],
    pub(super) what_if: &'a WhatIf,
    pub(super) planned: Option<&'a Capacity>,
    /// By position, who is looked at; then only on the servers of its framework, and what the plan holds as a whole is not asked.
    pub(super) narrow: Option<&'a [bool]>,
}

pub(super) type Nodes = Vec<Option<Node>>;

impl<'a> Asking<'a> {
    fn new(
        knowledge: &'a Knowledge<'a>,
        graph: &'a Graph<'a>,
        traffic: &'a Traffic,
        frameworks: &'a [Option<FrameworkId>],
    ) -> Self {
        let Traffic { order, loads, endless } = traffic;
        let settings = &*knowledge.settings;
        let (what_if, planned, narrow) = (&NOW, None, None);
        Self { knowledge, settings, graph, order, loads, endless, frameworks, what_if, planned, narrow }
    }

    fn answer(&self) -> Capacity {
        let count = self.graph.components.len();
        let assumed = Batches::guessed(self);
        let nodes = self.nodes(&assumed, (0..count).map(|_| None).collect(), vec![true; count]);
        // Whether a service makes its calls at once is known once its server is.
        let known = Batches::known(self, &nodes);
        let others = known.differ(&assumed);
        let nodes = if others.contains(&true) { self.nodes(&known, nodes, others) } else { nodes };
        self.told(nodes)
    }

    /// What becomes of everybody who is `new`, and of those who wait for one who is; of all others what is `kept` stays.
    fn nodes(&self, batches: &Batches, mut kept: Nodes, mut new: Vec<bool>) -> Nodes {
        let (graph, order) = (self.graph, self.order);
        let mut nodes: Nodes = (0..graph.components.len()).map(|_| None).collect();
        // Whoever is called comes first: its answer is part of the caller's waiting.
        for group in order.groups.iter().rev() {
            let waits = |place: &usize| new[graph.links[*place].to] && is_waited_for(graph, &graph.links[*place]);
            let is_new = |position: &usize| new[*position] || order.out[*position].iter().any(waits);
            if !group.members.iter().any(is_new) {
                group.members.iter().for_each(|position| nodes[*position] = kept[*position].take());
                continue;
            }
            group.members.iter().for_each(|position| new[*position] = true);
            if group.circle {
                self.circle(&mut nodes, &group.members, batches, &kept);
            } else {
                self.node(&mut nodes, group.members[0], batches, &kept, (false, None));
            }
        }
        nodes
    }

    /// `spreads` says that a request may make several of its circle at once, `stays` which server is taken, if that is settled.
    pub(super) fn node(
        &self,
        nodes: &mut Nodes,
        position: usize,
        batches: &Batches,
        kept: &Nodes,
        (spreads, stays): (bool, Option<usize>),
    ) {
        let graph = self.graph;
        if !graph.is_service(position) || self.narrow.is_some_and(|narrow| !narrow[position]) {
            return;
        }
        let answered = |place: usize| nodes[graph.links[place].to].as_ref().map(Node::answered);
        let work = work(graph, self.order, self.settings, position, answered);
        let waits = Waits::new(&work, nodes);
        // Whoever cannot do it by itself is not held up by those who wait for it in turn.
        let itself =
            nodes[position].as_ref().is_some_and(|node| node.is_overloaded() && node.service.held_up_by.is_none());
        let held_up_by = waits.held_up_by(position).filter(|_| !itself);
        let held_up_by = held_up_by.map(|callee| graph.components[callee].0.clone());
        let arrivals = batches.of(position);
        let kept = kept[position].as_ref().and_then(|kept| kept.service.chosen).or(stays);
        let before = nodes[position].as_ref().map(|before| &before.service);
        let comes_back = comes_back(self.order.comes_back[position], spreads);
        let service = self.service(position, &work, (&waits, arrivals, comes_back), (held_up_by, kept, before));
        let called = graph.into(position).any(|link| graph.is_service(link.from));
        let answer = if called { self.answer_of(position, &service, &waits, arrivals) } else { None };
        drop(waits);
        nodes[position] = Some(Node { service, waited: work.waited, answer });
    }

    fn answer_of(
        &self,
        position: usize,
        service: &ServiceCapacity,
        waits: &Waits<'_>,
        arrivals: Arrivals,
    ) -> Option<Answer> {
        let (chosen, load) = (service.chosen()?, &self.loads[position]);
        let waiting = waits.on(chosen.gathers);
        match &chosen.planned().answers {
            Answers::Alone(_) => Some(Answer::alone(waiting, chosen.demand.cpu_s)),
            Answers::Unbounded => None,
            Answers::Within(response) => {
                let server = Server { demand: chosen.demand, deployment: chosen.planned().deployment };
                Some(Flow::new(&server, load.rate_per_s?, arrivals, waiting)?.answer(response))
            }
        }
    }

    /// Whether a service's calls are under way at once on the server that it is planned on, or is usual for its framework.
    pub(super) fn likely_gathers(&self, position: usize) -> bool {
        if !self.graph.is_service(position) {
            return false;
        }
        let id = self.graph.components[position].0;
        let kept = self.planned.and_then(|planned| planned.services.get(id)?.chosen());
        if let Some(kept) = kept {
            return kept.gathers;
        }
        let component = self.graph.component(position);
        if let Some(together) = said(component, self.settings.traits.together.as_ref()) {
            return together;
        }
        let framework = self.frameworks[position].as_ref();
        let kinds = framework.map(|framework| self.knowledge.servers_of(framework)).unwrap_or_default();
        kinds.first().is_some_and(|kind| kind.gathers)
    }

    fn told(&self, nodes: Nodes) -> Capacity {
        let (graph, order) = (self.graph, self.order);
        let paths = paths(graph, &nodes);
        let services: IndexMap<ComponentId, ServiceCapacity> = nodes
            .into_iter()
            .zip(&graph.components)
            .filter_map(|(node, (id, _))| Some(((*id).clone(), node?.service)))
            .collect();
        let rate = |(link, unsaid): (&Link<'_>, &bool)| {
            let from = self.loads[link.from].rate_per_s.filter(|_| !unsaid);
            (link.id.clone(), from.map(|rate| rate * link.connection.calls_per_request.unwrap_or(CALLS)))
        };
        let closing = graph.links.iter().zip(&order.forward).filter(|(_, forward)| !**forward);
        let endless = graph.services().filter(|position| self.endless[*position]);
        let endless: Vec<ComponentId> = endless.map(|position| graph.components[position].0.clone()).collect();
        Capacity {
            rates_per_s: graph.links.iter().zip(&order.unsaid).map(rate).collect(),
            circles: closing.map(|(link, _)| link.id.clone()).collect(),
            // Where calls go round without end no number of times the load is held.
            bottleneck: if self.narrow.is_none() && endless.is_empty() { bottleneck(&services) } else { None },
            totals: Totals::of(&services),
            paths,
            endless,
            services,
        }
    }
}
