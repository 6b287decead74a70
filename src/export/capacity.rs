//! Capacity for other programs: what `groundplan capacity --json` writes. The schema is documented in `docs/capacity-json.md`; a change
//! that would break a reader raises its number.

use serde::Serialize;

use crate::{
    assess::capacity::{
        Answers, Capacity, Closed, Demand, Fallout, Fate, Holds, LoadSource, Missing, Performance, RequestPath, Server,
        ServerCapacity, ServiceCapacity, TargetVerdict,
    },
    project::{ComponentId, ConnectionId, Project},
};

/// The version of the schema of `groundplan capacity --json`.
pub const CAPACITY_SCHEMA: u32 = 1;

/// A capacity as other programs read it. Times are in milliseconds, rates in 1/s, memory in MB, money in US dollars a month.
#[derive(Debug, Serialize)]
pub struct CapacityJson<'a> {
    bottleneck: Option<BottleneckJson<'a>>,
    totals: TotalsJson,
    services: Vec<ServiceJson<'a>>,
    connections: Vec<LinkJson<'a>>,
    circles: Vec<&'a str>,
    endless: Vec<&'a str>,
    paths: Vec<PathJson<'a>>,
}

#[derive(Debug, Serialize)]
struct BottleneckJson<'a> {
    component: &'a str,
    headroom: f64,
}

#[derive(Debug, Serialize)]
struct TotalsJson {
    services: usize,
    unknown: usize,
    processes: u64,
    cpus: u64,
    memory_mb: f64,
    usd_per_month: f64,
}

#[derive(Debug, Serialize)]
struct ServiceJson<'a> {
    component: &'a str,
    name: String,
    load: LoadJson<'a>,
    clients: Option<u64>,
    workers: Option<u64>,
    target_ms: Option<f64>,
    missing: Vec<MissingJson<'a>>,
    assumed_once: Vec<&'a str>,
    held_up_by: Option<&'a str>,
    locks_up: bool,
    chosen: Option<&'a str>,
    servers: Vec<ServerJson<'a>>,
}

#[derive(Debug, Serialize)]
struct LoadJson<'a> {
    per_s: Option<f64>,
    source: &'static str,
    is_least: bool,
    silent_callers: Vec<&'a str>,
    callers_per_s: Option<f64>,
}

#[derive(Debug, Serialize)]
struct MissingJson<'a> {
    kind: &'static str,
    id: &'a str,
}

#[derive(Debug, Serialize)]
struct ServerJson<'a> {
    server: &'a str,
    framework: &'a str,
    gathers: bool,
    wait_ms: f64,
    wait_in_a_row_ms: f64,
    cpu_ms: f64,
    target: &'static str,
    single: PerformanceJson,
    plan: Option<PerformanceJson>,
    needed_processes: Option<u64>,
    closed: Option<ClosedJson>,
}

#[derive(Debug, Serialize)]
struct PerformanceJson {
    processes: u64,
    slots_per_process: Option<u64>,
    cpus: u64,
    saturation_per_s: f64,
    saturation_low_per_s: f64,
    saturation_high_per_s: f64,
    bounded_up_to_per_s: f64,
    utilisation: Option<f64>,
    state: &'static str,
    mean_ms: Option<f64>,
    p50_ms: Option<f64>,
    p95_ms: Option<f64>,
    p99_low_ms: Option<f64>,
    p99_high_ms: Option<f64>,
    memory_mb: f64,
    usd_per_month: f64,
}

#[derive(Debug, Serialize)]
struct ClosedJson {
    clients: u64,
    throughput_per_s: f64,
    low_per_s: f64,
    high_per_s: f64,
    planned_per_s: f64,
    response_ms: f64,
}

#[derive(Debug, Serialize)]
struct LinkJson<'a> {
    connection: &'a str,
    per_s: Option<f64>,
}

#[derive(Debug, Serialize)]
struct PathJson<'a> {
    caller: Option<&'a str>,
    steps: Vec<StepJson<'a>>,
    mean_ms: Option<f64>,
    p95_ms: Option<f64>,
    p99_ms: Option<f64>,
    target_ms: Option<f64>,
    complete: bool,
}

#[derive(Debug, Serialize)]
struct StepJson<'a> {
    component: &'a str,
    by: Option<&'a str>,
    own_ms: f64,
}

/// Who fails when something is gone, as other programs read it.
#[derive(Debug, Serialize)]
pub struct FalloutJson<'a> {
    gone: &'a str,
    fails: Vec<&'a str>,
    fails_in_part: Vec<&'a str>,
    survives: Vec<&'a str>,
    against_isolation: Vec<&'a str>,
}

impl<'a> FalloutJson<'a> {
    /// The fallout of what is gone.
    pub fn new(gone: &'a str, fallout: &'a Fallout) -> Self {
        let with =
            |fate: Fate| fallout.fates.iter().filter(|(_, other)| *other == fate).map(|(id, _)| id.as_str()).collect();
        Self {
            gone,
            fails: with(Fate::Fails),
            fails_in_part: with(Fate::FailsInPart),
            survives: with(Fate::Survives),
            against_isolation: fallout.against_isolation.iter().map(ComponentId::as_str).collect(),
        }
    }
}

impl<'a> CapacityJson<'a> {
    /// The capacity of a project; of its services `only` one, if one is named.
    pub fn new(project: &Project, capacity: &'a Capacity, only: Option<&ComponentId>) -> Self {
        let shown = |id: &ComponentId| only.is_none_or(|only| only == id);
        let totals = &capacity.totals;
        Self {
            bottleneck: capacity.bottleneck.as_ref().map(|bottleneck| BottleneckJson {
                component: bottleneck.component.as_str(),
                headroom: bottleneck.headroom,
            }),
            totals: TotalsJson {
                services: totals.services,
                unknown: totals.unknown,
                processes: totals.processes,
                cpus: totals.cpus,
                memory_mb: totals.memory_mb,
                usd_per_month: totals.usd_per_month,
            },
            services: capacity
                .services
                .iter()
                .filter(|(id, _)| shown(id))
                .map(|(id, service)| service_json(id.as_str(), project.component_name(id), service))
                .collect(),
            connections: capacity
                .rates_per_s
                .iter()
                .map(|(id, per_s)| LinkJson { connection: id.as_str(), per_s: *per_s })
                .collect(),
            circles: capacity.circles.iter().map(ConnectionId::as_str).collect(),
            endless: capacity.endless.iter().map(ComponentId::as_str).collect(),
            paths: capacity.paths.iter().map(path_json).collect(),
        }
    }
}

/// What a load is known from, for other programs.
pub(super) fn source_word(source: &LoadSource) -> &'static str {
    match source {
        LoadSource::Peak => "peak",
        LoadSource::Mean => "mean",
        LoadSource::Devices { .. } => "devices",
        LoadSource::LiveClients { .. } => "live_clients",
        LoadSource::Callers => "callers",
        LoadSource::Unknown => "unknown",
    }
}

/// Whether a target is met, for other programs.
pub(super) fn target_word(target: TargetVerdict) -> &'static str {
    match target {
        TargetVerdict::None => "none",
        TargetVerdict::Met => "met",
        TargetVerdict::Missed => "missed",
        TargetVerdict::Unknown => "unknown",
    }
}

/// Whether answers have a bound, for other programs.
pub(super) fn state_word(answers: &Answers) -> &'static str {
    match answers {
        Answers::Alone(_) => "unknown",
        Answers::Unbounded => "unbounded",
        Answers::Within(_) => "bounded",
    }
}

/// What a plan takes of machines and whether it holds, beside other figures of the plan.
#[derive(Debug, Serialize)]
pub(super) struct HoldsJson<'a> {
    processes: u64,
    cpus: u64,
    memory_mb: f64,
    usd_per_month: f64,
    unknown: usize,
    late: usize,
    headroom: Option<f64>,
    bottleneck: Option<&'a str>,
}

impl<'a> From<&'a Holds> for HoldsJson<'a> {
    fn from(Holds { totals, late, bottleneck }: &'a Holds) -> Self {
        Self {
            processes: totals.processes,
            cpus: totals.cpus,
            memory_mb: totals.memory_mb,
            usd_per_month: totals.usd_per_month,
            unknown: totals.unknown,
            late: *late,
            headroom: bottleneck.as_ref().map(|first| first.headroom),
            bottleneck: bottleneck.as_ref().map(|first| first.component.as_str()),
        }
    }
}

/// The same with the ways of requests, where there is but one plan.
#[derive(Debug, Serialize)]
pub(super) struct StatedJson<'a> {
    #[serde(flatten)]
    holds: HoldsJson<'a>,
    circles: Vec<&'a str>,
    endless: Vec<&'a str>,
    paths: Vec<PathJson<'a>>,
}

impl<'a> From<(&'a Holds, &'a Capacity)> for StatedJson<'a> {
    fn from((holds, capacity): (&'a Holds, &'a Capacity)) -> Self {
        Self {
            holds: holds.into(),
            circles: capacity.circles.iter().map(ConnectionId::as_str).collect(),
            endless: capacity.endless.iter().map(ComponentId::as_str).collect(),
            paths: capacity.paths.iter().map(path_json).collect(),
        }
    }
}

/// A service as it is planned, beside the other figures of a component.
#[derive(Debug, Serialize)]
pub(super) struct PlannedJson<'a> {
    load_per_s: Option<f64>,
    server: Option<&'a str>,
    target_ms: Option<f64>,
    target: Option<&'static str>,
    plan: Option<PerformanceJson>,
}

impl<'a> From<&'a ServiceCapacity> for PlannedJson<'a> {
    fn from(service: &'a ServiceCapacity) -> Self {
        let chosen = service.chosen();
        let plan = chosen.and_then(|chosen| Some((chosen.demand, chosen.plan.as_ref()?)));
        Self {
            load_per_s: service.load.rate_per_s,
            server: chosen.map(|chosen| chosen.server.as_str()),
            target_ms: service.target_s.map(ms),
            target: chosen.map(|chosen| target_word(chosen.target)),
            plan: plan.map(|(demand, plan)| performance_json(demand, plan)),
        }
    }
}

fn ms(seconds: f64) -> f64 {
    seconds * 1e3
}

fn service_json<'a>(component: &'a str, name: String, service: &'a ServiceCapacity) -> ServiceJson<'a> {
    let load = &service.load;
    ServiceJson {
        component,
        name,
        load: LoadJson {
            per_s: load.rate_per_s,
            source: source_word(&load.source),
            is_least: load.is_least(),
            silent_callers: load.silent_callers.iter().map(ComponentId::as_str).collect(),
            callers_per_s: load.callers_per_s,
        },
        clients: service.clients,
        workers: service.workers,
        target_ms: service.target_s.map(ms),
        missing: service.missing.iter().map(missing_json).collect(),
        assumed_once: service.assumed_once.iter().map(ConnectionId::as_str).collect(),
        held_up_by: service.held_up_by.as_ref().map(ComponentId::as_str),
        locks_up: service.locks_up(),
        chosen: service.chosen().map(|server| server.server.as_str()),
        servers: service.servers.iter().map(server_json).collect(),
    }
}

fn missing_json(missing: &Missing) -> MissingJson<'_> {
    match missing {
        Missing::Latency(id) => MissingJson { kind: "latency", id: id.as_str() },
        Missing::Trait(id) => MissingJson { kind: "trait", id: id.as_str() },
        Missing::Callee(id) => MissingJson { kind: "callee", id: id.as_str() },
        Missing::Calls(id) => MissingJson { kind: "calls", id: id.as_str() },
    }
}

fn server_json(server: &ServerCapacity) -> ServerJson<'_> {
    ServerJson {
        server: server.server.as_str(),
        framework: server.framework.as_str(),
        gathers: server.gathers,
        wait_ms: ms(server.demand.wait_s),
        wait_in_a_row_ms: ms(server.in_a_row_s),
        cpu_ms: ms(server.demand.cpu_s),
        target: target_word(server.target),
        single: performance_json(server.demand, &server.single),
        plan: server.plan.as_ref().map(|plan| performance_json(server.demand, plan)),
        needed_processes: server.needs.map(|needs| needs.processes),
        closed: server.closed.as_ref().map(closed_json),
    }
}

fn performance_json(demand: Demand, performance: &Performance) -> PerformanceJson {
    let Performance { deployment, answers, .. } = performance;
    let within = match answers {
        Answers::Within(response) => Some(response),
        Answers::Alone(_) | Answers::Unbounded => None,
    };
    PerformanceJson {
        processes: deployment.processes,
        slots_per_process: deployment.slots_per_process,
        cpus: deployment.cpus,
        saturation_per_s: performance.saturation_per_s,
        saturation_low_per_s: performance.saturation_range_per_s.0,
        saturation_high_per_s: performance.saturation_range_per_s.1,
        bounded_up_to_per_s: Server { demand, deployment: *deployment }.bounded_up_to_per_s(),
        utilisation: performance.utilisation,
        state: state_word(answers),
        mean_ms: answers.mean_s().map(ms),
        p50_ms: within.and_then(|response| response.p50_s).map(ms),
        p95_ms: within.and_then(|response| response.p95_s).map(ms),
        p99_low_ms: within.map(|response| ms(response.p99_low_s)),
        p99_high_ms: within.and_then(|response| response.p99_high_s).map(ms),
        memory_mb: performance.memory_mb,
        usd_per_month: performance.usd_per_month,
    }
}

fn closed_json(closed: &Closed) -> ClosedJson {
    ClosedJson {
        clients: closed.clients,
        throughput_per_s: closed.throughput_per_s,
        low_per_s: closed.low_per_s,
        high_per_s: closed.high_per_s,
        planned_per_s: closed.planned_per_s,
        response_ms: ms(closed.response_s()),
    }
}

fn path_json(path: &RequestPath) -> PathJson<'_> {
    PathJson {
        caller: path.caller.as_ref().map(ComponentId::as_str),
        steps: path
            .steps
            .iter()
            .map(|step| StepJson {
                component: step.component.as_str(),
                by: step.by.as_ref().map(ConnectionId::as_str),
                own_ms: ms(step.own_s),
            })
            .collect(),
        mean_ms: path.mean_s.map(ms),
        p95_ms: path.p95_s.map(ms),
        p99_ms: path.p99_s.map(ms),
        target_ms: path.target_s.map(ms),
        complete: path.complete,
    }
}
