//! Everything that is known of a plan's capacity.

use indexmap::IndexMap;

use super::{
    closed::Closed,
    demand::{Call, Request},
    load::Load,
    open::Response,
    paths::RequestPath,
    server::{Demand, Deployment, Server},
    work::Missing,
};
use crate::{
    playbook::ServerId,
    project::{ComponentId, ConnectionId, FrameworkId},
};

/// The capacity of a plan under an assessment: what a window, a report or a program shows of it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Capacity {
    /// Every service in scope, in document order.
    pub services: IndexMap<ComponentId, ServiceCapacity>,
    /// Requests a second over each connection in scope; `None` where unknown.
    pub rates_per_s: IndexMap<ConnectionId, Option<f64>>,
    /// Connections that close a circle of calls. What goes round is added up, unless it has no end.
    pub circles: Vec<ConnectionId>,
    /// Services that calls go round between without end: each brings back one or more. There is no bound to what comes to them and to those
    /// they call.
    pub endless: Vec<ComponentId>,
    /// The ways of requests from outside through the plan, the slowest first.
    pub paths: Vec<RequestPath>,
    /// The service that breaks first when all loads grow together, as planned: what it calls takes longer then as well. A target that is missed
    /// already is not waited for. `None` while no load is known.
    pub bottleneck: Option<Bottleneck>,
    /// All planned deployments together.
    pub totals: Totals,
}

/// The service that breaks first.
#[derive(Clone, Debug, PartialEq)]
pub struct Bottleneck {
    /// The service.
    pub component: ComponentId,
    /// How many times the present load it holds, as planned; below 1 it does not hold the present one.
    pub headroom: f64,
    /// Not all that comes to it, or that it does, is known: it holds so much at most.
    pub at_most: bool,
}

/// What planned deployments come to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Totals {
    /// Services with a plan.
    pub services: usize,
    /// Services whose load is unknown, which are in none of the sums.
    pub unknown: usize,
    /// Processes.
    pub processes: u64,
    /// Processors.
    pub cpus: u64,
    /// Megabytes of memory.
    pub memory_mb: f64,
    /// US dollars a month for machines (prices of the playbook).
    pub usd_per_month: f64,
}

impl Totals {
    /// What the planned deployments of these come to.
    pub(super) fn of(services: &IndexMap<ComponentId, ServiceCapacity>) -> Self {
        let mut totals = Self::default();
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
}

/// What a plan takes of machines and whether it holds, as figures to be compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Holds {
    /// All planned deployments together.
    pub totals: Totals,
    /// Services that cannot answer what comes, or answer too late.
    pub late: usize,
    /// The service that breaks first.
    pub bottleneck: Option<Bottleneck>,
}

impl Capacity {
    /// Services that answer too late as planned, in the order of the document.
    pub fn late(&self) -> impl Iterator<Item = &ComponentId> {
        let late = |service: &ServiceCapacity| {
            let chosen = service.chosen();
            chosen.is_some_and(|server| {
                server.target == TargetVerdict::Missed && server.planned().answers != Answers::Unbounded
            })
        };
        self.services.iter().filter(move |(_, service)| late(service)).map(|(id, _)| id)
    }

    /// The same in a few figures.
    pub fn holds(&self) -> Holds {
        let late = self.services.values().filter(|service| service.fails()).count();
        Holds { totals: self.totals, late, bottleneck: self.bottleneck.clone() }
    }
}

/// The capacity of one service.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceCapacity {
    /// What comes to it.
    pub load: Load,
    /// Requests that may be open at the same moment, as tagged.
    pub clients: Option<u64>,
    /// Processes that it has, where somebody says so: these are planned with.
    pub workers: Option<u64>,
    /// The p95 it is to keep, in seconds, as tagged.
    pub target_s: Option<f64>,
    /// What one request does.
    pub request: Request,
    /// Its calls that are waited for, in the order of the document.
    pub calls: Vec<ServiceCall>,
    /// What nobody has said: with some of it, times are the least they can be.
    pub missing: Vec<Missing>,
    /// Connections on which one call for each request was assumed.
    pub assumed_once: Vec<ConnectionId>,
    /// A service that it waits for and that cannot answer its own load.
    pub held_up_by: Option<ComponentId>,
    /// How many requests come at a time, oneself included, seen from one of them: more than one where a caller makes several calls at once.
    pub batch: f64,
    /// The most requests that can be there at the same moment, where the workers of all that call it are settled; else infinite.
    pub most_at_once: f64,
    /// It on every server: those of the framework it is on in the verdict first.
    pub servers: Vec<ServerCapacity>,
    /// Which of these is taken for the plan: of the framework in the verdict, the first that meets the target at no more than a tenth
    /// above the least cost. `None` if the playbook knows no server for that framework.
    pub chosen: Option<usize>,
}

impl ServiceCapacity {
    /// The server that is taken for the plan.
    pub fn chosen(&self) -> Option<&ServerCapacity> {
        self.servers.get(self.chosen?)
    }

    /// The deployment on it that is planned for its load, else one process.
    pub fn planned(&self) -> Option<&Performance> {
        self.chosen().map(ServerCapacity::planned)
    }

    /// Whether all is known that its times depend on; else they are the least they can be.
    pub fn is_complete(&self) -> bool {
        self.missing.is_empty() && !self.load.is_least()
    }

    /// Whether its answers have no bound since they wait, by way of others, for slots of its own, and these are all held too often: in the end
    /// everybody who holds one waits.
    pub fn locks_up(&self) -> bool {
        self.held_up_by.is_none() && self.chosen().is_some_and(|chosen| chosen.locks_up)
    }

    /// Whether it cannot answer what comes as planned, or answers too late.
    pub fn fails(&self) -> bool {
        self.chosen().is_some_and(|server| {
            server.target == TargetVerdict::Missed || server.planned().answers == Answers::Unbounded
        })
    }
}

/// A call that a service waits for.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceCall {
    /// The connection; `None` for calls that only a trait tells of.
    pub connection: Option<ConnectionId>,
    /// The service whose own answer is waited for; `None` for what is outside, or where the connection says how long a call takes.
    pub callee: Option<ComponentId>,
    /// How many for each request, and how long each takes.
    pub call: Call,
}

/// A service on one kind of server.
#[derive(Clone, Debug, PartialEq)]
pub struct ServerCapacity {
    /// The framework.
    pub framework: FrameworkId,
    /// The server.
    pub server: ServerId,
    /// What a request asks of it.
    pub demand: Demand,
    /// What it would wait if calls were made one after the other, in seconds; the same as it waits where they are.
    pub in_a_row_s: f64,
    /// What 95 of 100 requests take, in seconds, however many workers it has: what they wait for others as planned, and computing.
    pub alone_p95_s: f64,
    /// Whether calls are under way at once here.
    pub gathers: bool,
    /// A single process on a processor of its own.
    pub single: Performance,
    /// The smallest deployment with the playbook's room that meets the target, or that has the room where none meets it; the processes that
    /// there are, where somebody says so; `None` while the load is unknown.
    pub plan: Option<Performance>,
    /// Where somebody says how many processes there are: the deployment that would be planned otherwise.
    pub needs: Option<Deployment>,
    /// Whether it has no bound as planned for the one reason that its requests wait for each other's slots.
    pub locks_up: bool,
    /// Whether the target is met as planned.
    pub target: TargetVerdict,
    /// As planned (or on a single process) under the tagged number of clients who ask without a pause.
    pub closed: Option<Closed>,
}

impl ServerCapacity {
    /// The deployment that is planned for the load, else one process.
    pub fn planned(&self) -> &Performance {
        self.plan.as_ref().unwrap_or(&self.single)
    }

    /// Why no number of its own workers meets a target of so many seconds; `None` where some number may.
    pub fn out_of_reach(&self, target_s: f64) -> Option<OutOfReachBy> {
        let cpu_s = self.demand.cpu_s;
        if self.alone_p95_s <= target_s {
            None
        } else if cpu_s > target_s {
            Some(OutOfReachBy::Computing)
        } else if self.alone_p95_s - cpu_s > target_s {
            Some(OutOfReachBy::Waiting)
        } else {
            Some(OutOfReachBy::Both)
        }
    }

    /// The load in requests a second from which on queues of that deployment grow without bound: at most the most it answers.
    pub fn bounded_up_to_per_s(&self) -> f64 {
        Server { demand: self.demand, deployment: self.planned().deployment }.bounded_up_to_per_s()
    }
}

/// Why no number of its own workers brings a service in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutOfReachBy {
    /// Its own computing alone takes longer.
    Computing,
    /// What it waits for takes longer.
    Waiting,
    /// One after the other they do.
    Both,
}

/// Whether a latency target is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetVerdict {
    /// There is none.
    None,
    /// It is, as planned.
    Met,
    /// It is not. Where the deployment was sized for it: by no number of workers.
    Missed,
    /// Load or times are not known well enough.
    Unknown,
}

/// How a deployment does under the load.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Performance {
    /// The deployment.
    pub deployment: Deployment,
    /// The most it answers, in requests a second.
    pub saturation_per_s: f64,
    /// The same at the ends of the server's figures.
    pub saturation_range_per_s: (f64, f64),
    /// The share of what is scarcest that the load keeps busy; `None` while the load is unknown.
    pub utilisation: Option<f64>,
    /// How long answers take.
    pub answers: Answers,
    /// Megabytes of memory.
    pub memory_mb: f64,
    /// US dollars a month for machines (prices of the playbook).
    pub usd_per_month: f64,
}

/// How long answers take.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Answers {
    /// The load is unknown; without any other request an answer takes so many seconds.
    Alone(f64),
    /// Longer and longer: more comes than can be answered.
    Unbounded,
    /// So long.
    Within(Response),
}

impl Answers {
    /// Mean in seconds; `None` where it is unbounded.
    pub fn mean_s(&self) -> Option<f64> {
        match self {
            Self::Alone(seconds) => Some(*seconds),
            Self::Unbounded => None,
            Self::Within(response) => Some(response.mean_s),
        }
    }

    /// The 95th percentile in seconds; `None` where it is unbounded.
    pub fn p95_s(&self) -> Option<f64> {
        match self {
            Self::Alone(seconds) => Some(*seconds),
            Self::Unbounded => None,
            Self::Within(response) => response.p95_s,
        }
    }

    /// The high end of the 99th percentile in seconds; `None` where it is unbounded.
    pub fn p99_s(&self) -> Option<f64> {
        match self {
            Self::Alone(seconds) => Some(*seconds),
            Self::Unbounded => None,
            Self::Within(response) => response.p99_high_s,
        }
    }
}
