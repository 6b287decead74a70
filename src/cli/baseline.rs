//! `groundplan baseline`: keeps the estimate of a project in the project, without a window.

use std::path::Path;

use jiff::civil::Date;

use super::{Streams, assessed, emit, failure::Failure};
use crate::{
    assess::baseline,
    project::{Edit, MAX_SCENARIOS},
    storage,
};

/// What is asked.
pub(super) struct Wanted<'a> {
    pub(super) name: &'a str,
    pub(super) date: Option<Date>,
    pub(super) out: Option<&'a Path>,
}

pub(super) fn keep(
    file: &Path,
    wanted: &Wanted<'_>,
    playbook: Option<&Path>,
    streams: &mut Streams,
) -> Result<u8, Failure> {
    if wanted.name.trim().is_empty() {
        return Err(Failure::Unknown("A baseline needs a name".to_owned()));
    }
    let (_, mut project, assessment) = assessed(file, playbook, streams)?;
    if assessment.verdict.assignment.is_empty() {
        return Err(Failure::Unknown("There is nothing to keep yet: the project has no service".to_owned()));
    }
    if project.baselines.len() >= MAX_SCENARIOS {
        return Err(Failure::Unknown(format!("A project keeps at most {MAX_SCENARIOS} baselines; delete one first")));
    }
    let id = project.new_baseline_id(wanted.name);
    let kept = baseline(&project, &assessment, wanted.name, wanted.date, Vec::new());
    project.apply(&Edit::PutBaseline(id, Some(kept)));
    if let Some(problem) = project.validate().first() {
        return Err(Failure::Unknown(problem.message.clone()));
    }
    if let Some(out) = wanted.out.filter(|out| *out != Path::new("-")) {
        storage::save_project(out, &project)?;
        return Ok(super::DONE);
    }
    let text = storage::to_text(&project).map_err(|error| Failure::Unknown(error.to_string()))?;
    emit(streams, text.as_bytes())
}
