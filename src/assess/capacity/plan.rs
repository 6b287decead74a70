//! A plan's services on every server there is, under the loads that come along its connections.

use std::borrow::Cow;

use indexmap::IndexMap;

use super::{
    knowledge::Knowledge,
    load::{CALLS, Load, loads, number, states_load},
    order::Order,
    paths::{Node, paths},
    results::{
        Answers, Bottleneck, Capacity, Performance, ServerCapacity, ServiceCall, ServiceCapacity, TargetVerdict, Totals,
    },
    server::{Demand, Deployment, Server},
    sizing::size,
    what_if::WhatIf,
    work::{Answer, Waited, Work, work},
};
use crate::{
    assess::{engine::Engine, graph::Graph, types::Assessment},
    playbook::{CapacitySettings, Figure, ServerKind},
    project::{ComponentId, FrameworkId, Project},
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
        let asking =
            Asking { knowledge: &knowledge, settings, graph: &graph, loads: &loads, assessment, what_if, planned };
        asking.answer(&order)
    }
}

struct Asking<'a> {
    knowledge: &'a Knowledge<'a>,
    settings: &'a CapacitySettings,
    graph: &'a Graph<'a>,
    loads: &'a [Load],
    assessment: &'a Assessment,
    what_if: &'a WhatIf,
    planned: Option<&'a Capacity>,
}

impl Asking<'_> {
    fn answer(&self, order: &Order) -> Capacity {
        let graph = self.graph;
        let mut nodes: Vec<Option<Node>> = (0..graph.components.len()).map(|_| None).collect();
        // Whoever is called comes first: its answer is part of the caller's waiting.
        for position in order.positions.iter().rev().filter(|position| graph.is_service(**position)) {
            let answer = |callee: usize| nodes[callee].as_ref().map(Node::answer);
            let work = work(graph, order, self.settings, *position, answer);
            let held_up = work.waited.iter().filter_map(|waited| waited.callee);
            let held_up_by = held_up.filter(|callee| nodes[*callee].as_ref().is_some_and(Node::is_overloaded)).min();
            let service = self.service(*position, &work, held_up_by.map(|callee| graph.components[callee].0.clone()));
            nodes[*position] = Some(Node { service, waited: work.waited });
        }
        let paths = paths(graph, &nodes);
        let services: IndexMap<ComponentId, ServiceCapacity> = nodes
            .into_iter()
            .zip(&graph.components)
            .filter_map(|(node, (id, _))| Some(((*id).clone(), node?.service)))
            .collect();
        let rate = |link: &crate::assess::graph::Link<'_>| {
            self.loads[link.from].rate_per_s.map(|rate| rate * link.connection.calls_per_request.unwrap_or(CALLS))
        };
        Capacity {
            rates_per_s: graph.links.iter().map(|link| (link.id.clone(), rate(link))).collect(),
            circles: graph
                .links
                .iter()
                .zip(&order.forward)
                .filter(|(_, forward)| !**forward)
                .map(|(link, _)| link.id.clone())
                .collect(),
            bottleneck: bottleneck(&services),
            totals: totals(&services),
            paths,
            services,
        }
    }

    fn service(&self, position: usize, work: &Work, held_up_by: Option<ComponentId>) -> ServiceCapacity {
        let (id, component) = (self.graph.components[position].0, self.graph.component(position));
        let traits = &self.settings.traits;
        let target_s = number(component, traits.target.as_ref()).map(|ms| ms * MS).filter(|seconds| *seconds > 0.0);
        let clients =
            number(component, traits.connections.as_ref()).map(|count| count as u64).filter(|count| *count > 0);
        let workers = number(component, traits.workers.as_ref()).map(|count| count as u64).filter(|count| *count > 0);
        let advised = self.assessment.components.get(id).map(|advice| &advice.framework);
        let kept = self.planned.and_then(|planned| planned.services.get(id));
        let case = Case {
            id,
            work,
            rate_per_s: self.loads[position].rate_per_s,
            least: self.loads[position].is_least(),
            target_s,
            clients,
            workers,
            held_up: held_up_by.is_some(),
            kept,
        };
        let mut servers: Vec<ServerCapacity> = Vec::new();
        for framework in advised.into_iter().chain(self.knowledge.playbook().frameworks.keys()) {
            for kind in self.knowledge.servers_of(framework) {
                if servers.iter().all(|known| known.server != kind.id) {
                    servers.push(self.on_server(&case, framework, kind));
                }
            }
        }
        let chosen = match kept.and_then(ServiceCapacity::chosen) {
            Some(kept) => servers.iter().position(|server| server.server == kept.server),
            None => choose(&servers, advised, held_up_by.is_some()),
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
        let demand = case.work.request.demand(kind, |figure| figure.typical);
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
            let size = |target_s| size(demand, kind.slots, rate_per_s, room, target_s);
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
            gathers: case.work.request.gathers(kind),
            target: case.target(&demand, plan.as_ref()),
            closed: case.clients.map(|clients| Server { demand, deployment }.closed(clients)),
            single,
            plan,
            needs,
        }
    }

    fn performance(&self, case: &Case<'_>, kind: &ServerKind, deployment: Deployment) -> Performance {
        let at = |end: fn(&Figure) -> f64| Server { demand: case.work.request.demand(kind, end), deployment };
        let server = at(|figure| figure.typical);
        let answers = match case.rate_per_s {
            _ if case.held_up => Answers::Unbounded,
            None => Answers::Alone(server.demand.alone_s()),
            Some(rate_per_s) => server.response(rate_per_s).map_or(Answers::Unbounded, Answers::Within),
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

/// What is the same for a service on every server.
struct Case<'a> {
    id: &'a ComponentId,
    work: &'a Work,
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
    /// A target that is missed with the least there can be is missed; one that is met is so only if nothing is left out.
    fn target(&self, demand: &Demand, plan: Option<&Performance>) -> TargetVerdict {
        let Some(target_s) = self.target_s else { return TargetVerdict::None };
        let p95_s = plan.map_or(Some(demand.alone_s()), |plan| plan.answers.p95_s());
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
        return all.into_iter().min_by(|(_, a), (_, b)| a.falls_short(b)).map(|(at, _)| at);
    }
    let cost = |server: &ServerCapacity| server.plan.as_ref().map_or(0.0, |plan| plan.usd_per_month);
    let least = fit.iter().map(|(_, server)| cost(server)).fold(f64::INFINITY, f64::min);
    fit.iter().find(|(_, server)| cost(server) <= least * WORTH_IT).map(|(at, _)| *at)
}

fn bottleneck(services: &IndexMap<ComponentId, ServiceCapacity>) -> Option<Bottleneck> {
    let headroom = |service: &ServiceCapacity| {
        let rate_per_s = service.load.rate_per_s.filter(|rate_per_s| *rate_per_s > 0.0)?;
        let chosen = service.chosen().filter(|chosen| chosen.plan.is_some())?;
        // What is too late already is told as that; it still answers so much.
        let target_s = service.target_s.filter(|_| chosen.target != TargetVerdict::Missed);
        Some(chosen.holds_up_to_per_s(target_s) / rate_per_s)
    };
    let known = services.iter().filter_map(|(id, service)| Some((id, service, headroom(service)?)));
    let (component, service, headroom) = known.min_by(|a, b| a.2.total_cmp(&b.2))?;
    let at_most = !service.missing.is_empty() || service.load.is_least();
    Some(Bottleneck { component: component.clone(), headroom, at_most })
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
    /// What a caller of the service waits for.
    pub(super) fn answer(&self) -> Answer {
        let planned = self.service.planned();
        let alone_s = self.service.chosen().map_or(0.0, |server| server.demand.alone_s());
        Answer {
            mean_s: planned.and_then(|planned| planned.answers.mean_s()).unwrap_or(alone_s),
            complete: self.service.missing.is_empty() && planned.is_some(),
        }
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
