//! `groundplan repair`: what can be read of a damaged project, as another file.

use std::path::Path;

use super::{DONE, Streams, failure::Failure, must_be_free, name_of, write_project};
use crate::{
    storage::{self, OpenError, format_in_words, load_engine, read_what_can_be},
    text::{count, one_line},
};

pub(super) fn repair(
    file: &Path,
    out: Option<&Path>,
    playbook: Option<&Path>,
    streams: &mut Streams,
) -> Result<u8, Failure> {
    if out.is_some_and(|out| storage::same_file(file, out)) {
        let message = "The damaged file itself is not written over; choose another name for what can be read of it";
        return Err(Failure::Unknown(format!("{message}: {}", file.display())));
    }
    out.map_or(Ok(()), must_be_free)?;
    let engine = load_engine(playbook)?;
    let name = name_of(file);
    let bytes = if file == Path::new("-") {
        storage::read_bytes_from(&mut streams.input, &name)?
    } else {
        storage::read_bytes(file)?
    };
    let repaired = read_what_can_be(&bytes, &|project| engine.check(project)).map_err(|mut source| {
        source.repairable = false; // that was tried just now
        OpenError::Read { path: name.clone(), source }
    })?;
    let shown = one_line(&name.display().to_string());
    for note in &repaired.notes {
        let _ = writeln!(streams.messages, "{shown}:{note}");
    }
    if let Some(format) = repaired.newer {
        let _ = writeln!(
            streams.messages,
            "This file is in {}, which this version does not know; what it does not know is left out",
            format_in_words(format)
        );
    }
    let words = match repaired.notes.len() {
        0 => "Nothing is wrong with this file".to_owned(),
        1 => "1 problem; see above".to_owned(),
        many => format!("{} problems; see above", count(many)),
    };
    let _ = writeln!(streams.messages, "{words}: {shown}");
    write_project(&repaired.project, out, streams)?;
    Ok(DONE)
}
