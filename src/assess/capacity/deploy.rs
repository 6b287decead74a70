//! A service on every server there is: how many workers it takes, and how it does with them.

use super::{
    batches::Arrivals,
    choose::choose,
    flow::Flow,
    load::number,
    open::Shape,
    plan::Asking,
    results::{Answers, Performance, ServerCapacity, ServiceCall, ServiceCapacity, TargetVerdict},
    server::{Demand, Deployment, Server},
    sizing::{Comes, size_waiting},
    waits::Waits,
    work::{Waited, Work},
};
use crate::{
    playbook::{Figure, ServerKind},
    project::{ComponentId, FrameworkId},
};

const MS: f64 = 1e-3;
const MB_PER_GB: f64 = 1024.0;

impl Asking<'_> {
    pub(super) fn service(
        &self,
        position: usize,
        work: &Work,
        (waits, arrivals, comes_back): (&Waits<'_>, Arrivals, f64),
        (held_up_by, settled, before): (Option<ComponentId>, Option<usize>, Option<&ServiceCapacity>),
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
            arrivals,
            comes_back,
            rate_per_s: self.loads[position].rate_per_s,
            least: self.loads[position].is_least(),
            target_s,
            clients,
            workers,
            held_up: held_up_by.is_some(),
            kept,
            before,
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
            batch: arrivals.batch,
            most_at_once: arrivals.most,
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
            let comes = Comes { rate_per_s, arrivals: case.arrivals, waiting };
            let size = |target_s| size_waiting(demand, kind.slots, room, target_s, &comes);
            // Without a target every load has its size.
            let found = size(case.target_s).or_else(|_| size(None)).unwrap_or(Deployment::single(kind.slots.most()));
            let before = case.before.and_then(|before| before.servers.iter().find(|server| server.server == kind.id));
            let before = before.and_then(|before| before.needs.or(Some(before.plan?.deployment)));
            Some(before.map_or(found, |before| found.no_less_than(&before)))
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
        let locks_up = plan.as_ref().zip(case.rate_per_s).is_some_and(|(plan, rate_per_s)| {
            let goes_on = Demand { comes_back: 0.0, ..demand };
            plan.answers == Answers::Unbounded
                && demand.comes_back > 0.0
                && !case.held_up
                && Flow::of(&goes_on, Shape::of(&plan.deployment), (rate_per_s, case.arrivals), waiting).is_some()
        });
        ServerCapacity {
            framework: framework.clone(),
            server: kind.id.clone(),
            locks_up,
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
        let waiting = case.waits.on(case.work.request.gathers(kind));
        let flow = case.rate_per_s.filter(|_| !case.held_up);
        let flow = flow.and_then(|rate_per_s| Flow::new(&server, rate_per_s, case.arrivals, waiting));
        let answers = match (&flow, case.rate_per_s) {
            (Some(flow), _) => Answers::Within(flow.response()),
            (None, None) if !case.held_up => Answers::Alone(server.demand.alone_s()),
            (None, _) => Answers::Unbounded,
        };
        let busy = |rate_per_s: f64| {
            flow.as_ref().map_or_else(|| server.utilisation(rate_per_s), |flow| flow.busy(&server, rate_per_s))
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
            utilisation: case.rate_per_s.map(busy),
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
    waits: &'a Waits<'a>,
    arrivals: Arrivals,
    /// The share of requests that wait for one more of their kind, by way of those it calls.
    comes_back: f64,
    rate_per_s: Option<f64>,
    /// More may come: not all callers say what they send.
    least: bool,
    target_s: Option<f64>,
    clients: Option<u64>,
    workers: Option<u64>,
    held_up: bool,
    kept: Option<&'a ServiceCapacity>,
    /// In the round before, where services call each other.
    before: Option<&'a ServiceCapacity>,
}

impl Case<'_> {
    /// What a request asks of a server, waiting for others as they answer under their loads.
    fn demand(&self, kind: &ServerKind, end: impl Fn(&Figure) -> f64) -> Demand {
        let request = &self.work.request;
        let wait_s = self.waits.on(request.gathers(kind)).even.mean_s();
        Demand { wait_s, comes_back: self.comes_back, ..request.demand(kind, end) }
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
