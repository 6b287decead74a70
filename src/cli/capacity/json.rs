//! The report for programs; `docs/capacity-json.md` says what is in it.

use serde::Serialize;

use super::{Asked, Runs, Then};
use crate::{
    assess::capacity::{Estimate, Observed},
    export::{CAPACITY_SCHEMA, CapacityJson, FalloutJson},
};

#[derive(Serialize)]
pub(super) struct Report<'a> {
    schema: u32,
    project: &'a str,
    #[serde(flatten)]
    capacity: CapacityJson<'a>,
    what_if: Option<WhatIfJson<'a>>,
    fallout: Option<FalloutJson<'a>>,
    simulated: Option<SimulatedJson<'a>>,
}

#[derive(Serialize)]
struct WhatIfJson<'a> {
    load_factor: f64,
    latencies: Vec<LatencyJson<'a>>,
    more_processes: Vec<MoreJson<'a>>,
    #[serde(flatten)]
    capacity: CapacityJson<'a>,
}

#[derive(Serialize)]
struct LatencyJson<'a> {
    connection: &'a str,
    ms: f64,
}

#[derive(Serialize)]
struct MoreJson<'a> {
    component: &'a str,
    processes: u64,
}

#[derive(Serialize)]
struct SimulatedJson<'a> {
    seconds: f64,
    cut_short: bool,
    seed: u64,
    services: Vec<ObservedJson<'a>>,
}

#[derive(Serialize)]
struct ObservedJson<'a> {
    component: &'a str,
    even: Option<RunJson>,
    varying: Option<RunJson>,
}

#[derive(Serialize)]
struct RunJson {
    requests: u64,
    mean_ms: EstimateJson,
    p95_ms: EstimateJson,
}

#[derive(Serialize)]
struct EstimateJson {
    value: f64,
    /// `null` where there were too few requests to say.
    half_width: Option<f64>,
}

pub(super) fn report<'a>(asked: &'a Asked<'_>) -> Report<'a> {
    Report {
        schema: CAPACITY_SCHEMA,
        project: &asked.project.name,
        capacity: CapacityJson::new(asked.project, &asked.now, asked.only.as_ref()),
        what_if: asked.then.as_ref().map(|then| what_if(asked, then)),
        fallout: asked.gone.as_ref().map(|(id, fallout)| FalloutJson::new(id.as_str(), fallout)),
        simulated: asked.simulated.as_ref().map(|runs| simulated(asked, runs)),
    }
}

fn what_if<'a>(asked: &'a Asked<'_>, then: &'a Then) -> WhatIfJson<'a> {
    let latencies = then.what_if.latencies_s.iter();
    let more = then.what_if.more_processes.iter();
    WhatIfJson {
        load_factor: then.what_if.load_factor,
        latencies: latencies.map(|(id, s)| LatencyJson { connection: id.as_str(), ms: s * 1e3 }).collect(),
        more_processes: more.map(|(id, count)| MoreJson { component: id.as_str(), processes: *count }).collect(),
        capacity: CapacityJson::new(asked.project, &then.capacity, asked.only.as_ref()),
    }
}

fn simulated<'a>(asked: &'a Asked<'_>, runs: &'a Runs) -> SimulatedJson<'a> {
    let shown = asked.now.services.keys().filter(|id| asked.only.as_ref().is_none_or(|only| only == *id));
    let services = shown.map(|id| ObservedJson {
        component: id.as_str(),
        even: runs.even.services.get(id).map(run),
        varying: runs.varying.services.get(id).map(run),
    });
    SimulatedJson {
        seconds: runs.even.seconds,
        cut_short: runs.even.cut_short,
        seed: runs.seed,
        services: services.collect(),
    }
}

fn run(observed: &Observed) -> RunJson {
    let estimate = |estimate: Estimate| EstimateJson {
        value: estimate.value * 1e3,
        half_width: Some(estimate.half_width * 1e3).filter(|width| width.is_finite()),
    };
    RunJson { requests: observed.requests, mean_ms: estimate(observed.mean_s), p95_ms: estimate(observed.p95_s) }
}
