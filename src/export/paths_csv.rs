//! The ways of requests for a spreadsheet: one row a stop, with the times of the whole way on each of its rows.

use super::{ExportError, ExportInput, capacity_csv::ms, csv::text_cell};
use crate::{
    assess::capacity::RequestPath,
    explain::capacity as words,
    project::{ComponentId, ConnectionId},
};

const HEADER: [&str; 16] = [
    "path",
    "stops",
    "caller_id",
    "caller",
    "mean_ms",
    "p95_ms",
    "p99_ms",
    "target_ms",
    "target",
    "state",
    "complete",
    "stop",
    "component_id",
    "component",
    "by_connection_id",
    "own_ms",
];

/// Writes UTF-8 with a header, the slowest way first; nothing but the header where nobody asks a service for anything.
pub(super) fn write(input: &ExportInput) -> Result<Vec<u8>, ExportError> {
    let capacity = input.capacity();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADER)?;
    for (at, path) in capacity.paths.iter().enumerate() {
        let whole = whole(input, at, path);
        for (stop, step) in path.steps.iter().enumerate() {
            let own = [
                (stop + 1).to_string(),
                text_cell(step.component.as_str()),
                text_cell(&input.project.component_name(&step.component)),
                text_cell(step.by.as_ref().map_or("", ConnectionId::as_str)),
                ms(Some(step.own_s)),
            ];
            writer.write_record(whole.iter().cloned().chain(own))?;
        }
    }
    writer.into_inner().map_err(|error| ExportError::Csv(error.into_error().into()))
}

/// What stands on every row of a way.
fn whole(input: &ExportInput, at: usize, path: &RequestPath) -> Vec<String> {
    let caller = path.caller.as_ref();
    vec![
        (at + 1).to_string(),
        text_cell(&words::path(input.project, path)),
        text_cell(caller.map_or("", ComponentId::as_str)),
        text_cell(&caller.map_or_else(String::new, |id| input.project.component_name(id))),
        ms(path.mean_s),
        ms(path.p95_s),
        ms(path.p99_s),
        ms(path.target_s),
        words::path_target(path).to_owned(),
        if path.p95_s.is_some() { "bounded" } else { "unbounded" }.to_owned(),
        if path.complete { "yes" } else { "no" }.to_owned(),
    ]
}
