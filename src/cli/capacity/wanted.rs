//! From arguments to circumstances.

use crate::{
    assess::capacity::WhatIf,
    cli::{arguments::CapacityArguments, failure::Failure, report::one_line},
    project::{ComponentId, ConnectionId, Project},
    text::nearest,
};

/// The component in scope with this id.
pub(super) fn component(project: &Project, id: &str) -> Result<ComponentId, Failure> {
    match project.components.get_key_value(id) {
        Some((known, component)) if !component.deferred => Ok(known.clone()),
        Some(_) => {
            Err(Failure::Unknown(format!("\"{}\" is put off to later, so nothing depends on it now", one_line(id))))
        }
        None => Err(unknown("component", id, project.components.keys().map(ComponentId::as_str))),
    }
}

/// The same for a service.
pub(super) fn service(project: &Project, id: &str) -> Result<ComponentId, Failure> {
    let known = component(project, id)?;
    if project.components.get(&known).is_some_and(|component| component.kind.is_service()) {
        return Ok(known);
    }
    Err(Failure::Unknown(format!("\"{}\" is no service of ours; it has no workers", one_line(id))))
}

fn unknown<'a>(what: &str, id: &str, known: impl Iterator<Item = &'a str>) -> Failure {
    let hint = nearest(id, known).map(|near| format!("; did you mean \"{near}\"?")).unwrap_or_default();
    Failure::Unknown(format!("There is no {what} \"{}\"{hint}", one_line(id)))
}

/// The circumstances that were asked for; `None` if there are none.
pub(super) fn what_if(project: &Project, wanted: &CapacityArguments) -> Result<Option<WhatIf>, Failure> {
    let mut what_if = WhatIf { load_factor: wanted.peak.unwrap_or(1.0), ..WhatIf::default() };
    for slow in &wanted.slow {
        let (id, ms) = slow.split_once('=').unwrap_or((slow, ""));
        let ms: f64 = ms.trim().parse().ok().filter(|ms| (0.0..=1e9).contains(ms)).ok_or_else(|| {
            Failure::Unknown(format!(
                "--slow takes an id and milliseconds, such as weather-api=1000, not \"{}\"",
                one_line(slow)
            ))
        })?;
        if let Some((connection, _)) = project.connections.get_key_value(id) {
            what_if.latencies_s.push((connection.clone(), ms / 1e3));
            continue;
        }
        let known = project.connections.keys().map(ConnectionId::as_str);
        let known = known.chain(project.components.keys().map(ComponentId::as_str));
        if !project.components.contains_key(id) {
            return Err(unknown("component or connection", id, known));
        }
        what_if = what_if.with_slow(project, &component(project, id)?, ms / 1e3);
    }
    for more in &wanted.more {
        let (id, count) = more.split_once('=').unwrap_or((more, "1"));
        let count: u64 =
            count.trim().parse().ok().filter(|count| (1..=1_000_000).contains(count)).ok_or_else(|| {
                Failure::Unknown(format!(
                    "--more takes an id and a number of processes, such as shop=2, not \"{}\"",
                    one_line(more)
                ))
            })?;
        what_if.more_processes.push((service(project, id)?, count));
    }
    Ok((what_if != WhatIf::default()).then_some(what_if))
}
