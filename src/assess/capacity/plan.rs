//! A plan's services on every server there is, under the loads that come along its connections.

use std::borrow::Cow;

use indexmap::IndexMap;

use super::{
    batches::Batches,
    flow::{Answer, Flow},
    holding::bottleneck,
    knowledge::Knowledge,
    load::{CALLS, Load, loads, number, states_load},
    order::Order,
    paths::{Node, paths},
    results::{Answers, Capacity, Performance, ServerCapacity, ServiceCall, ServiceCapacity, TargetVerdict, Totals},
    server::{Demand, Deployment, Server},
    sizing::{Comes, size_waiting},
    waits::{Waits, alike, rounds},
    what_if::WhatIf,
    work::{Answered, Waited, Work, is_waited_for, work},
};
use crate::{
    assess::{engine::Engine, graph::Graph, types::Assessment},
    playbook::{CapacitySettings, Figure, ServerKind},
    project::{ComponentId, FrameworkId, Project, TraitValue},
};

const MS: f64 = 1e-3;
const MB_PER_GB: f64 = 1024.0;
/// A server further down the list has to be cheaper by this much to be taken.
const WORTH_IT: f64 = 1.1;

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
        let settings = &*knowledge.settings;
        let project = what_if.applied(project.in_scope());
        let graph = Graph::new(&project);
        let order = Order::new(&graph);
        let loads = loads(&graph, &order, settings, what_if.load_factor);
        let advised = |id: &ComponentId| assessment.components.get(id).map(|advice| advice.framework.clone());
        let frameworks: Vec<Option<FrameworkId>> = graph.components.iter().map(|(id, _)| advised(id)).collect();
        let (graph, order, loads, frameworks) = (&graph, &order, &loads, &frameworks);
        let narrow = None;
        Asking { knowledge: &knowledge, settings, graph, order, loads, frameworks, what_if, planned, narrow }.answer()
    }
}

pub(super) struct Asking<'a> {
    knowledge: &'a Knowledge<'a>,
    settings: &'a CapacitySettings,
    pub(super) graph: &'a Graph<'a>,
    order: &'a Order,
    pub(super) loads: &'a [Load],
    frameworks: &'a [Option<FrameworkId>],
    what_if: &'a WhatIf,
    planned: Option<&'a Capacity>,
    /// By position, who is looked at; then only on the servers of its framework, and what the plan holds as a whole is not asked.
    narrow: Option<&'a [bool]>,
}

type Nodes = Vec<Option<Node>>;

impl Asking<'_> {
    fn answer(&self) -> Capacity {
        let assumed = Batches::guessed(self);
        let mut nodes = self.nodes(&assumed, None);
        // Whether a service makes its calls at once is known once its server is.
        let known = Batches::known(self, &nodes);
        if known != assumed {
            nodes = self.nodes(&known, Some(&nodes));
        }
        self.told(nodes)
    }

    fn nodes(&self, batches: &Batches, kept: Option<&Nodes>) -> Nodes {
        let mut nodes: Nodes = (0..self.graph.components.len()).map(|_| None).collect();
        // Whoever is called comes first: its answer is part of the caller's waiting.
        for group in self.order.groups.iter().rev() {
            if group.circle {
                self.circle(&mut nodes, &group.members, batches, kept);
            } else {
                self.node(&mut nodes, group.members[0], batches, kept);
            }
        }
        nodes
    }

    /// Services that call each other: again and again, until times do not change any more.
    fn circle(&self, nodes: &mut Nodes, members: &[usize], batches: &Batches, kept: Option<&Nodes>) {
        let mut members = members.to_vec();
        members.sort_by_key(|position| std::cmp::Reverse(self.order.rank[*position]));
        let endless = members.iter().any(|position| self.loads[*position].endless);
        let rounds = if endless { 1 } else { rounds(members.len()) };
        for _ in 0..rounds {
            let mut settled = true;
            for position in &members {
                let before = nodes[*position].as_ref().and_then(Node::times_s);
                self.node(nodes, *position, batches, kept);
                settled &= alike(before, nodes[*position].as_ref().and_then(Node::times_s));
            }
            if settled {
                break;
            }
        }
    }

    fn node(&self, nodes: &mut Nodes, position: usize, batches: &Batches, kept: Option<&Nodes>) {
        let graph = self.graph;
        if !graph.is_service(position) || self.narrow.is_some_and(|narrow| !narrow[position]) {
            return;
        }
        let answered = |place: usize| {
            // What closes a circle without end, or does not say how often, is left out.
            let to = graph.links[place].to;
            if self.order.unsaid[place] || !self.order.forward[place] && self.loads[to].endless {
                return None;
            }
            nodes[to].as_ref().map(Node::answered)
        };
        let work = work(graph, self.order, self.settings, position, answered);
        let waits = Waits::new(&work, nodes);
        // Whoever cannot do it by itself is not held up by those who wait for it in turn.
        let itself =
            nodes[position].as_ref().is_some_and(|node| node.is_overloaded() && node.service.held_up_by.is_none());
        let held_up_by = waits.held_up_by(position).filter(|_| !itself);
        let held_up_by = held_up_by.map(|callee| graph.components[callee].0.clone());
        let batch = batches.of(position);
        let kept = kept.and_then(|kept| kept[position].as_ref()?.service.chosen);
        let service = self.service(position, &work, (&waits, batch), (held_up_by, kept));
        let called = graph.into(position).any(|link| graph.is_service(link.from));
        let answer = if called { self.answer_of(position, &service, &waits, batch) } else { None };
        drop(waits);
        nodes[position] = Some(Node { service, waited: work.waited, answer });
    }

    fn answer_of(&self, position: usize, service: &ServiceCapacity, waits: &Waits<'_>, batch: f64) -> Option<Answer> {
        let (chosen, load) = (service.chosen()?, &self.loads[position]);
        let waiting = waits.on(chosen.gathers);
        match &chosen.planned().answers {
            Answers::Alone(_) => Some(Answer::alone(waiting, chosen.demand.cpu_s)),
            Answers::Unbounded => None,
            Answers::Within(response) => {
                let server = Server { demand: chosen.demand, deployment: chosen.planned().deployment };
                Some(Flow::new(&server, load.rate_per_s?, batch, waiting)?.answer(response))
            }
        }
    }

    /// Whether a service's calls are under way at once on the server that it is planned on, or is usual for its framework.
    pub(super) fn likely_gathers(&self, position: usize) -> bool {
        if !self.graph.is_service(position) {
            return false;
        }
        let (id, component) = (self.graph.components[position].0, self.graph.component(position));
        let kept = self.planned.and_then(|planned| planned.services.get(id)?.chosen());
        if let Some(kept) = kept {
            return kept.gathers;
        }
        let together = self.settings.traits.together.as_ref().and_then(|id| component.traits.get(id));
        if let Some(TraitValue::Flag(together)) = together {
            return *together;
        }
        let framework = self.frameworks[position].as_ref();
        let kinds = framework.map(|framework| self.knowledge.servers_of(framework)).unwrap_or_default();
        kinds.first().is_some_and(|kind| kind.gathers)
    }

    fn told(&self, nodes: Nodes) -> Capacity {
        let graph = self.graph;
        let paths = paths(graph, &nodes);
        let services: IndexMap<ComponentId, ServiceCapacity> = nodes
            .into_iter()
            .zip(&graph.components)
            .filter_map(|(node, (id, _))| Some(((*id).clone(), node?.service)))
            .collect();
        let rate = |(link, unsaid): (&crate::assess::graph::Link<'_>, &bool)| {
            let from = self.loads[link.from].rate_per_s.filter(|_| !unsaid);
            (link.id.clone(), from.map(|rate| rate * link.connection.calls_per_request.unwrap_or(CALLS)))
        };
        let closing = graph.links.iter().zip(&self.order.forward).filter(|(_, forward)| !**forward);
        let round = self.order.groups.iter().filter(|group| group.circle).flat_map(|group| &group.members);
        let endless = round.filter(|position| self.loads[**position].endless && graph.is_service(**position));
        let mut endless: Vec<usize> = endless.copied().collect();
        endless.sort_unstable();
        Capacity {
            rates_per_s: graph.links.iter().zip(&self.order.unsaid).map(rate).collect(),
            circles: closing.map(|(link, _)| link.id.clone()).collect(),
            endless: endless.into_iter().map(|position| graph.components[position].0.clone()).collect(),
            bottleneck: if self.narrow.is_none() { bottleneck(&services) } else { None },
            totals: totals(&services),
            paths,
            services,
        }
    }

    fn service(
        &self,
        position: usize,
        work: &Work,
        (waits, batch): (&Waits<'_>, f64),
        (held_up_by, settled): (Option<ComponentId>, Option<usize>),
    ) -> ServiceCapacity {
        let (id, component) = (self.graph.components[position].0, self.graph.component(position));
        let traits = &self.settings.traits;
        let target_s = number(component, traits.target.as_ref()).map(|ms| ms * MS).filter(|seconds| *seconds > 0.0);
        let clients =
            number(component, traits.connections.as_ref()).map(|count| count as u64).filter(|count| *count > 0);
        let workers = number(component, traits.workers.as_ref()).map(|count| count as u64).filter(|count| *count > 0);
        let advised = self.frameworks[position].as_ref();
        let kept = self.planned.and_then(|planned| planned.services.get(id));
        let case = Case {
            id,
            work,
            waits,
            batch,
            rate_per_s: self.loads[position].rate_per_s,
            least: self.loads[position].is_least(),
            target_s,
            clients,
            workers,
            held_up: held_up_by.is_some(),
            kept,
        };
        let mut servers: Vec<ServerCapacity> = Vec::new();
        let others = self.knowledge.playbook().frameworks.keys().filter(|_| self.narrow.is_none());
        for framework in advised.into_iter().chain(others) {
            for kind in self.knowledge.servers_of(framework) {
                if servers.iter().all(|known| known.server != kind.id) {
                    servers.push(self.on_server(&case, framework, kind));
                }
            }
        }
        let chosen = match kept.and_then(ServiceCapacity::chosen) {
            Some(kept) => servers.iter().position(|server| server.server == kept.server),
            None => settled.or_else(|| choose(&servers, advised, held_up_by.is_some())),
        };
        ServiceCapacity {
            load: self.loads[position].clone(),
            clients,
            workers,
            target_s,
            request: work.request.clone(),
            calls: work.waited.iter().map(|waited| self.call(waited)).collect(),
            missing: work.missing.clone(),
            assumed_once: work.assumed_once.clone(),
            held_up_by,
            servers,
            chosen,
        }
    }

    fn call(&self, waited: &Waited) -> ServiceCall {
        let id = |position: usize| self.graph.components[position].0.clone();
        ServiceCall {
            connection: waited.link.map(|place| self.graph.links[place].id.clone()),
            callee: waited.callee.map(id),
            call: waited.call,
        }
    }

    fn on_server(&self, case: &Case<'_>, framework: &FrameworkId, kind: &ServerKind) -> ServerCapacity {
        let gathers = case.work.request.gathers(kind);
        let waiting = case.waits.on(gathers);
        let demand = case.demand(kind, |figure| figure.typical);
        let single = self.performance(case, kind, Deployment::single(kind.slots.most()));
        let further = self.what_if.further_processes(case.id);
        let kept = case.kept.and_then(|kept| kept.servers.iter().find(|server| server.server == kind.id));
        let kept = kept.and_then(|kept| kept.plan).map(|plan| Deployment {
            processes: plan.deployment.processes.saturating_add(further),
            cpus: plan.deployment.cpus.saturating_add(further),
            ..plan.deployment
        });
        let sized = || {
            let rate_per_s = case.rate_per_s?;
            let room = self.settings.utilisation;
            let comes = Comes { rate_per_s, batch: case.batch, waiting };
            let size = |target_s| size_waiting(demand, kind.slots, room, target_s, &comes);
            // Without a target every load has its size.
            Some(size(case.target_s).or_else(|_| size(None)).unwrap_or(Deployment::single(kind.slots.most())))
        };
        // What somebody has settled stays, whatever comes.
        let settled = case.workers.filter(|_| case.rate_per_s.is_some()).map(|processes| Deployment {
            processes,
            slots_per_process: kind.slots.most(),
            cpus: processes,
        });
        let needs = settled.and_then(|_| sized());
        let plan = kept.or(settled).or_else(sized).map(|deployment| self.performance(case, kind, deployment));
        let deployment = plan.as_ref().map_or(single.deployment, |plan| plan.deployment);
        ServerCapacity {
            framework: framework.clone(),
            server: kind.id.clone(),
            demand,
            in_a_row_s: case.work.request.calls_in_a_row_s() + case.work.request.trips_s,
            alone_p95_s: waiting.p95_s().unwrap_or(f64::INFINITY) + demand.cpu_s,
            gathers,
            target: case.target(kind, plan.as_ref()),
            closed: case.clients.map(|clients| Server { demand, deployment }.closed(clients)),
            single,
            plan,
            needs,
        }
    }

    fn performance(&self, case: &Case<'_>, kind: &ServerKind, deployment: Deployment) -> Performance {
        let at = |end: fn(&Figure) -> f64| Server { demand: case.demand(kind, end), deployment };
        let server = at(|figure| figure.typical);
        let answers = match case.rate_per_s {
            _ if case.held_up => Answers::Unbounded,
            None => Answers::Alone(server.demand.alone_s()),
            Some(rate_per_s) => {
                let waiting = case.waits.on(case.work.request.gathers(kind));
                let flow = Flow::new(&server, rate_per_s, case.batch, waiting);
                flow.map_or(Answers::Unbounded, |flow| Answers::Within(flow.response()))
            }
        };
        let master_mb = kind.rss_master.as_ref().map_or(0.0, |figure| figure.typical);
        let memory_mb = kind.rss_per_process.typical * deployment.processes as f64 + master_mb;
        Performance {
            deployment,
            saturation_per_s: server.saturation_per_s(),
            saturation_range_per_s: (
                at(|figure| figure.high).saturation_per_s(),
                at(|figure| figure.low).saturation_per_s(),
            ),
            utilisation: case.rate_per_s.map(|rate_per_s| server.utilisation(rate_per_s)),
            answers,
            memory_mb,
            usd_per_month: deployment.cpus as f64 * self.settings.usd_per_cpu_month
                + memory_mb / MB_PER_GB * self.settings.usd_per_gb_month,
        }
    }
}

/// A plan as far as some of its services go, for those who look for what is wrong with it: on the servers of these frameworks, by position.
pub(super) fn narrow(
    knowledge: &Knowledge<'_>,
    graph: &Graph<'_>,
    frameworks: &[Option<FrameworkId>],
    wanted: impl Fn(usize) -> bool,
) -> Capacity {
    let order = &Order::new(graph);
    let settings = &*knowledge.settings;
    let mut looked_at = vec![false; graph.components.len()];
    let mut open: Vec<usize> = graph.services().filter(|position| wanted(*position)).collect();
    while let Some(position) = open.pop() {
        if !std::mem::replace(&mut looked_at[position], true) {
            open.extend(graph.out(position).filter(|link| is_waited_for(graph, link)).map(|link| link.to));
        }
    }
    let loads = &loads(graph, order, settings, 1.0);
    let (what_if, narrow) = (&WhatIf::default(), Some(looked_at.as_slice()));
    Asking { knowledge, settings, graph, order, loads, frameworks, what_if, planned: None, narrow }.answer()
}

/// What is the same for a service on every server.
struct Case<'a> {
    id: &'a ComponentId,
    work: &'a Work,
    waits: &'a Waits<'a>,
    /// How many requests come at a time.
    batch: f64,
    rate_per_s: Option<f64>,
    /// More may come: not all callers say what they send.
    least: bool,
    target_s: Option<f64>,
    clients: Option<u64>,
    workers: Option<u64>,
    held_up: bool,
    kept: Option<&'a ServiceCapacity>,
}

impl Case<'_> {
    /// What a request asks of a server, waiting for others as they answer under their loads.
    fn demand(&self, kind: &ServerKind, end: impl Fn(&Figure) -> f64) -> Demand {
        let request = &self.work.request;
        let wait_s = self.waits.on(request.gathers(kind)).even.mean_s();
        Demand { wait_s, ..request.demand(kind, end) }
    }

    /// A target that is missed with the least there can be is missed; one that is met is so only if nothing is left out.
    fn target(&self, kind: &ServerKind, plan: Option<&Performance>) -> TargetVerdict {
        let Some(target_s) = self.target_s else { return TargetVerdict::None };
        let waiting = self.waits.on(self.work.request.gathers(kind));
        let alone_s = || Some(waiting.p95_s()? + self.demand(kind, |figure| figure.typical).cpu_s);
        let p95_s = plan.map_or_else(alone_s, |plan| plan.answers.p95_s());
        match p95_s {
            Some(p95_s) if p95_s <= target_s => {
                let known = plan.is_some() && self.work.missing.is_empty() && !self.least;
                if known { TargetVerdict::Met } else { TargetVerdict::Unknown }
            }
            _ => TargetVerdict::Missed,
        }
    }
}

/// The first server of a framework that does it at no more than a tenth above the least cost; where none does, the one that falls short the
/// least: the soonest of those that hold, else the one that holds most.
fn choose(servers: &[ServerCapacity], framework: Option<&FrameworkId>, held_up: bool) -> Option<usize> {
    let own = servers.iter().enumerate().filter(|(_, server)| Some(&server.framework) == framework);
    let in_time = |(_, server): &(usize, &ServerCapacity)| {
        server.target != TargetVerdict::Missed && server.planned().answers != Answers::Unbounded
    };
    let all: Vec<(usize, &ServerCapacity)> = own.collect();
    let fit: Vec<(usize, &ServerCapacity)> = all.iter().copied().filter(in_time).collect();
    // Where somebody else holds it up, none of them is better than another but by its price.
    let fit = if fit.is_empty() && held_up { all.clone() } else { fit };
    if fit.is_empty() {
        return least_short(&all);
    }
    let least = fit.iter().map(|(_, server)| cost(server)).fold(f64::INFINITY, f64::min);
    fit.iter().find(|(_, server)| cost(server) <= least * WORTH_IT).map(|(at, _)| *at)
}

/// Of those that do not do it: the cheapest of those that are hardly later than the soonest, else the one that holds most.
fn least_short(all: &[(usize, &ServerCapacity)]) -> Option<usize> {
    let p95_s = |server: &ServerCapacity| server.planned().answers.p95_s();
    let soonest = all.iter().filter_map(|(_, server)| p95_s(server)).reduce(f64::min);
    let Some(soonest_s) = soonest else {
        let most = |server: &ServerCapacity| server.bounded_up_to_per_s();
        return all.iter().min_by(|(_, a), (_, b)| most(b).total_cmp(&most(a))).map(|(at, _)| *at);
    };
    let soon = all.iter().filter(|(_, server)| p95_s(server).is_some_and(|p95_s| p95_s <= soonest_s * WORTH_IT));
    soon.min_by(|(_, a), (_, b)| cost(a).total_cmp(&cost(b))).map(|(at, _)| *at)
}

fn cost(server: &ServerCapacity) -> f64 {
    server.plan.as_ref().map_or(0.0, |plan| plan.usd_per_month)
}

fn totals(services: &IndexMap<ComponentId, ServiceCapacity>) -> Totals {
    let mut totals = Totals::default();
    for service in services.values() {
        let Some(plan) = service.chosen().and_then(|server| server.plan.as_ref()) else {
            totals.unknown += 1;
            continue;
        };
        totals.services += 1;
        totals.processes = totals.processes.saturating_add(plan.deployment.processes);
        totals.cpus = totals.cpus.saturating_add(plan.deployment.cpus);
        totals.memory_mb += plan.memory_mb;
        totals.usd_per_month += plan.usd_per_month;
    }
    totals
}

impl Node {
    /// What a caller of the service waits for, on average.
    fn answered(&self) -> Answered {
        let planned = self.service.planned();
        let alone_s = self.service.chosen().map_or(0.0, |server| server.demand.alone_s());
        let known =
            self.service.missing.is_empty() && self.service.chosen().is_some_and(|chosen| chosen.plan.is_some());
        Answered {
            mean_s: planned.and_then(|planned| planned.answers.mean_s()).unwrap_or(alone_s),
            complete: known && !self.service.load.endless,
        }
    }

    /// Mean and 95th percentile.
    fn times_s(&self) -> Option<[f64; 2]> {
        let answers = self.service.planned()?.answers;
        Some([answers.mean_s()?, answers.p95_s()?])
    }

    /// Whether it, or one that it waits for, cannot answer its load.
    pub(super) fn is_overloaded(&self) -> bool {
        self.service.planned().is_some_and(|planned| planned.answers == Answers::Unbounded)
    }
}

/// A project as it is under other circumstances.
impl WhatIf {
    fn applied<'p>(&self, project: Cow<'p, Project>) -> Cow<'p, Project> {
        if self.latencies_s.is_empty() {
            return project;
        }
        let mut changed = project.into_owned();
        for (id, seconds) in &self.latencies_s {
            if let Some(link) = changed.connections.get_mut(id) {
                std::sync::Arc::make_mut(link).latency_ms = Some(seconds / MS);
            }
        }
        Cow::Owned(changed)
    }
}
