//! `groundplan tidy`: lays a project out anew, without a window.

use std::path::Path;

use super::{DONE, Streams, emit, failure::Failure, read_with_comments};
use crate::{
    geometry::layout,
    storage::{self, load_engine},
};

pub(super) fn tidy(
    file: &Path,
    out: Option<&Path>,
    playbook: Option<&Path>,
    streams: &mut Streams,
) -> Result<u8, Failure> {
    let engine = load_engine(playbook)?;
    let (mut project, has_comments) = read_with_comments(file, &engine, streams)?;
    for edit in layout::tidy(&project) {
        project.apply(&edit);
    }
    if has_comments {
        let _ = writeln!(streams.messages, "Note: the project is written anew, and its comments are not kept");
    }
    if let Some(out) = out.filter(|out| *out != Path::new("-")) {
        storage::save_project(out, &project)?;
        return Ok(DONE);
    }
    let text = storage::to_text(&project).map_err(|error| Failure::Unknown(error.to_string()))?;
    emit(streams, text.as_bytes())
}
