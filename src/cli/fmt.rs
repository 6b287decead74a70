//! `groundplan fmt`: the form in which the program writes projects, for files that were written or merged by hand.

use std::path::{Path, PathBuf};

use super::{DONE, FOUND, Streams, emit, failure::Failure, read_text, say};
use crate::{
    ron_text::has_comments,
    storage::{self, OpenError, read_project},
};

/// Brings files into form; each by itself, so that one that cannot be read keeps no other from it. The exit code is that of the worst.
pub(super) fn fmt(files: &[PathBuf], check: bool, drop_comments: bool, streams: &mut Streams) -> u8 {
    let mut worst = DONE;
    for file in files {
        let done = one(file, check, drop_comments, streams);
        worst = worst.max(done.unwrap_or_else(|failure| say(streams, &failure.to_string())));
    }
    worst
}

fn one(file: &Path, check: bool, drop_comments: bool, streams: &mut Streams) -> Result<u8, Failure> {
    let (name, text) = read_text(file, streams)?;
    // What the playbook knows is no matter of form.
    let project = read_project(&text, &|_| Vec::new())
        .map_err(|source| Failure::Open(OpenError::Read { path: name.clone(), source }))?;
    let formed = storage::to_text(&project).map_err(|error| Failure::Unknown(error.to_string()))?;
    let in_form = formed == text;
    if check {
        if in_form {
            return Ok(DONE);
        }
        emit(streams, format!("{}\n", name.display()).as_bytes())?;
        return Ok(FOUND);
    }
    if !in_form && !drop_comments && has_comments(&text) {
        return Err(Failure::Unknown(format!(
            "This file has comments, which would be lost; put them into `notes`, or say --drop-comments: {}",
            name.display()
        )));
    }
    if file == Path::new("-") {
        return emit(streams, formed.as_bytes());
    }
    if !in_form {
        storage::write_file(file, formed.as_bytes())?;
        let _ = writeln!(streams.messages, "Rewritten: {}", name.display());
    }
    Ok(DONE)
}
