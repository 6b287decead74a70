//! How long answers take where nothing else is asked of anybody: what no number of workers can better.

use std::cell::OnceCell;

use super::{
    demand::Request,
    knowledge::Knowledge,
    load::number,
    sizing::size,
    times::{p95_at_once, p95_in_a_row},
    traffic::Traffic,
    work::{Answered, work},
};
#[cfg(test)]
use super::{
    order::Order,
    server::{Deployment, Server},
};
use crate::{
    assess::{evaluate::whole_up, graph::Graph},
    playbook::{Figure, Playbook, ServerKind},
    project::{FrameworkId, TraitId},
};

/// The answers of every service by themselves. What nobody has said counts nothing, so each is the least it can be.
pub(in crate::assess) struct Alone<'a> {
    knowledge: Knowledge<'a>,
    graph: &'a Graph<'a>,
    traffic: &'a Traffic,
    /// On average and for 95 of 100, at best, on the servers of the framework that each service is on, by position.
    best_s: Vec<Option<(f64, f64)>>,
    /// What each needs on the framework that it is on, once somebody asks.
    needs: Vec<OnceCell<Option<(f64, f64)>>>,
}

/// What somebody may change about one service.
#[derive(Clone, Copy, Default)]
pub(in crate::assess) struct Otherwise<'f> {
    /// It is on another framework.
    pub(in crate::assess) framework: Option<&'f FrameworkId>,
    /// Its calls go out together, or not.
    pub(in crate::assess) together: Option<bool>,
}

impl<'a> Alone<'a> {
    /// `None` where no service has a target or so many workers, as nobody reads it then.
    pub(in crate::assess) fn new<'f>(
        playbook: &'a Playbook,
        graph: &'a Graph<'a>,
        traffic: &'a Traffic,
        framework: impl Fn(usize) -> Option<&'f FrameworkId>,
    ) -> Option<Self> {
        let knowledge = Knowledge::new(playbook, &graph.project.assumptions.machines)?;
        let traits = &knowledge.settings.traits;
        let says = |id: &Option<TraitId>| {
            graph.services().any(|position| number(graph.component(position), id.as_ref()).is_some())
        };
        if !says(&traits.workers) && !says(&traits.target) {
            return None;
        }
        let best_s = vec![None; graph.components.len()];
        let needs = vec![OnceCell::new(); graph.components.len()];
        let mut alone = Self { knowledge, graph, traffic, best_s, needs };
        for position in traffic.order.positions.iter().rev().copied() {
            if graph.is_service(position) {
                alone.best_s[position] = alone.request(position).and_then(|request| {
                    let framework = framework(position)?;
                    let least = |a: (f64, f64), b: (f64, f64)| (a.0.min(b.0), a.1.min(b.1));
                    alone.seconds(&request, framework).reduce(least)
                });
            }
        }
        Some(alone)
    }

    /// Milliseconds in which 95 of 100 are answered at best, rounded up; 0 if no server is known for it.
    pub(in crate::assess) fn ms(&self, position: usize) -> f64 {
        self.best_s[position].map_or(0.0, |(_, p95_s)| whole_up(p95_s * 1e3))
    }

    /// The same on the server that the playbook names first for a framework, on which most of it runs.
    pub(in crate::assess) fn usual_ms(&self, position: usize, framework: &FrameworkId) -> Option<f64> {
        let request = self.request(position)?;
        self.seconds(&request, framework).next().map(|(_, p95_s)| whole_up(p95_s * 1e3))
    }

    /// The same at best, with something changed.
    pub(in crate::assess) fn ms_if(
        &self,
        position: usize,
        framework: &FrameworkId,
        otherwise: Otherwise<'_>,
    ) -> Option<f64> {
        let mut request = self.request(position)?;
        request.together = otherwise.together.or(request.together);
        let all = self.seconds(&request, otherwise.framework.unwrap_or(framework));
        all.map(|(_, p95_s)| p95_s).reduce(f64::min).map(|p95_s| whole_up(p95_s * 1e3))
    }

    /// Processes that what comes to a service takes on the framework that it is on: see [`Self::workers_if`]. It is asked for by every rule and
    /// every fix.
    pub(in crate::assess) fn needs(&self, position: usize, framework: &FrameworkId) -> Option<(f64, f64)> {
        *self.needs[position].get_or_init(|| self.workers_if(position, framework, Otherwise::default()))
    }

    /// Processes that what comes to a service takes on a framework, with something changed: at least, and with the room that is planned
    /// with. `None` where nobody says what comes or how many there are, or where no number of them is in time.
    pub(in crate::assess) fn workers_if(
        &self,
        position: usize,
        framework: &FrameworkId,
        otherwise: Otherwise<'_>,
    ) -> Option<(f64, f64)> {
        self.workers(position)?;
        let rate_per_s = self.traffic.loads[position].rate_per_s?;
        let target_s = self.target_ms(position).map(|ms| ms * 1e-3).filter(|seconds| *seconds > 0.0);
        let mut request = self.request(position)?;
        request.together = otherwise.together.or(request.together);
        let kinds = self.knowledge.servers_of(otherwise.framework.unwrap_or(framework));
        let least = |room: f64| {
            let processes = |kind: &&ServerKind| {
                let demand = request.demand(kind, |figure: &Figure| figure.typical);
                size(demand, kind.slots, rate_per_s, room, target_s).ok().map(|sized| sized.processes as f64)
            };
            kinds.iter().filter_map(processes).reduce(f64::min)
        };
        // Processes that fill fewer processors to the brim wait for them and hold their slots for longer: that may take more of them.
        let planned = least(self.knowledge.settings.utilisation)?;
        Some((least(1.0).map_or(planned, |full| full.min(planned)), planned))
    }

    /// Processes that a service has, where somebody says so.
    pub(in crate::assess) fn workers(&self, position: usize) -> Option<f64> {
        number(self.graph.component(position), self.knowledge.settings.traits.workers.as_ref())
    }

    /// The target of a service, in milliseconds.
    pub(in crate::assess) fn target_ms(&self, position: usize) -> Option<f64> {
        number(self.graph.component(position), self.knowledge.settings.traits.target.as_ref())
    }

    /// Whether a trait says that calls go out together.
    pub(in crate::assess) fn says_together(&self, id: &TraitId) -> bool {
        self.knowledge.settings.traits.together.as_ref() == Some(id)
    }

    fn request(&self, position: usize) -> Option<Request> {
        let order = &self.traffic.order;
        let answer = |place: usize| {
            let callee = order.forward[place].then_some(self.graph.links[place].to)?;
            self.best_s[callee].map(|(mean_s, _)| Answered { mean_s, complete: true })
        };
        let settings = &*self.knowledge.settings;
        self.graph.is_service(position).then(|| work(self.graph, order, settings, position, answer).request)
    }

    /// On average and for 95 of 100, with those it calls answering as they do on average.
    fn seconds<'s>(&'s self, request: &'s Request, framework: &FrameworkId) -> impl Iterator<Item = (f64, f64)> + 's {
        let of = |kind: &ServerKind| {
            let demand = request.demand(kind, |figure: &Figure| figure.typical);
            let calls = request.calls.iter().map(|call| (call.count, call.latency_s));
            let waits_s = if request.gathers(kind) { p95_at_once(calls) } else { p95_in_a_row(calls) };
            (demand.alone_s(), waits_s + request.trips_s + demand.cpu_s)
        };
        self.knowledge.servers_of(framework).into_iter().map(of)
    }
}

/// One process of a service on a server, if everybody it calls answers at once.
#[cfg(test)]
pub(super) fn own_process(playbook: &Playbook, graph: &Graph<'_>, position: usize, server: &str) -> Option<Server> {
    let knowledge = Knowledge::new(playbook, &graph.project.assumptions.machines)?;
    let at_once = |_| Some(Answered { mean_s: 0.0, complete: true });
    let work = work(graph, &Order::new(graph, &knowledge.settings), &knowledge.settings, position, at_once);
    let (_, kind) = knowledge.servers().find(|(known, _)| known.as_str() == server)?;
    let demand = work.request.demand(kind, |figure| figure.typical);
    Some(Server { demand, deployment: Deployment::single(kind.slots.most()) })
}
