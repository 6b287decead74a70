//! `groundplan tidy`: lays a project out anew, without a window.

use std::path::Path;

use super::{Streams, failure::Failure, mind_comments, read_with_comments, write_project};
use crate::{geometry::layout, storage::load_engine};

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
        mind_comments(file, out, streams)?;
    }
    write_project(&project, out, streams)
}
