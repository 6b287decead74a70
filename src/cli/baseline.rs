//! `groundplan baseline`: keeps the estimate of a project in the project, without a window.

use std::path::Path;

use super::{
    Streams, arguments::BaselineArguments, failure::Failure, mind_comments, read_with_comments, write_project,
};
use crate::{
    assess::baseline,
    project::{Edit, MAX_SCENARIOS},
    storage::load_engine,
};

pub(super) fn keep(wanted: &BaselineArguments, playbook: Option<&Path>, streams: &mut Streams) -> Result<u8, Failure> {
    if wanted.name.trim().is_empty() {
        return Err(Failure::Unknown("A baseline needs a name".to_owned()));
    }
    let engine = load_engine(playbook)?;
    let (mut project, has_comments) = read_with_comments(&wanted.file, &engine, streams)?;
    let assessment = engine.assess(&project);
    if assessment.verdict.assignment.is_empty() {
        return Err(Failure::Unknown("There is nothing to keep yet: the project has no service".to_owned()));
    }
    if project.baselines.len() >= MAX_SCENARIOS {
        return Err(Failure::Unknown(format!("A project keeps at most {MAX_SCENARIOS} baselines; delete one first")));
    }
    let id = project.new_baseline_id(&wanted.name);
    let kept = baseline(&project, &assessment, &wanted.name, wanted.date, Vec::new());
    project.apply(&Edit::PutBaseline(id, Some(kept)));
    if let Some(problem) = project.validate().first() {
        return Err(Failure::Unknown(problem.message.clone()));
    }
    if has_comments {
        mind_comments(&wanted.file, wanted.out.as_deref(), streams)?;
    }
    write_project(&project, wanted.out.as_deref(), streams)
}
