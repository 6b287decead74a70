//! `groundplan capacity`: will it hold, with how many workers, and what if.

mod json;
mod text;
mod wanted;

use std::path::Path;

use super::{Streams, arguments::CapacityArguments, assessed, emit, emit_json, failure::Failure};
use crate::{
    assess::{
        Assessment, Engine,
        capacity::{Capacity, Fallout, Simulated, Spread, WhatIf, simulate},
    },
    project::{ComponentId, Project},
};

/// Everything that was asked for.
struct Asked<'a> {
    engine: &'a Engine,
    project: &'a Project,
    now: Capacity,
    then: Option<Then>,
    gone: Option<(ComponentId, Fallout)>,
    simulated: Option<Runs>,
    /// Only this service.
    only: Option<ComponentId>,
}

/// The plan under other circumstances.
struct Then {
    what_if: WhatIf,
    capacity: Capacity,
}

/// The same network played twice: with times that do not vary, and with exponential ones.
struct Runs {
    seed: u64,
    even: Simulated,
    varying: Simulated,
}

/// Says what the plan holds.
pub(super) fn capacity(
    wanted: &CapacityArguments,
    playbook: Option<&Path>,
    streams: &mut Streams,
) -> Result<u8, Failure> {
    let (engine, project, assessment) = assessed(&wanted.file, playbook, streams)?;
    let asked = asked(&engine, &project, &assessment, wanted)?;
    if wanted.json {
        return emit_json(streams, &json::report(&asked));
    }
    emit(streams, text::written(&asked).as_bytes())
}

fn asked<'a>(
    engine: &'a Engine,
    project: &'a Project,
    assessment: &Assessment,
    wanted: &CapacityArguments,
) -> Result<Asked<'a>, Failure> {
    if engine.playbook.capacity.is_none() {
        return Err(Failure::Unknown(
            "This playbook says nothing of capacity: it has no capacity.ron (docs/playbook.md)".to_owned(),
        ));
    }
    let component = |id: &String| wanted::component(project, id);
    let only = wanted.component.as_ref().map(|id| wanted::service(project, id)).transpose()?;
    let gone = wanted.gone.as_ref().map(component).transpose()?;
    let now = engine.capacity(project, assessment);
    let what_if = wanted::what_if(project, wanted)?;
    let then =
        what_if.map(|what_if| Then { capacity: engine.capacity_if(project, assessment, &what_if, &now), what_if });
    let simulated = wanted.simulate.map(|seconds| {
        let under = then.as_ref().map_or(&now, |then| &then.capacity);
        let run = |spread| simulate(under, seconds, wanted.seed, spread);
        Runs { seed: wanted.seed, even: run(Spread::Even), varying: run(Spread::Exponential) }
    });
    let gone = gone.map(|id| {
        let fallout = engine.fallout(project, &id);
        (id, fallout)
    });
    Ok(Asked { engine, project, now, then, gone, simulated, only })
}
