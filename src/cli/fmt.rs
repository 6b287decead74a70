//! `groundplan fmt`: the form in which the program writes projects, for files that were written or merged by hand.

use std::path::{Path, PathBuf};

use super::{DONE, FOUND, Streams, emit, failure::Failure, read_text, say};
use crate::{
    ron_text::has_comments,
    storage::{self, OpenError, read_project},
    text::one_line,
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
        emit(streams, &listed(&name))?;
        return Ok(FOUND);
    }
    if !in_form && !drop_comments && has_comments(&text) {
        return Err(Failure::Unknown(format!(
            "This file has comments, which would be lost; put them into `notes`, or say --drop-comments: {}",
            one_line(&name.to_string_lossy())
        )));
    }
    if file == Path::new("-") {
        return emit(streams, formed.as_bytes());
    }
    if !in_form {
        storage::write_file(file, formed.as_bytes())?;
        let _ = writeln!(streams.messages, "Rewritten: {}", one_line(&name.to_string_lossy()));
    }
    Ok(DONE)
}

/// The name of a file as a line of its own: byte for byte, as who reads the list opens it, but nothing that moves a terminal's cursor.
fn listed(name: &Path) -> Vec<u8> {
    let shown = name.to_string_lossy();
    let moves = shown.chars().any(char::is_control) || one_line(&shown) != shown;
    let mut line = if moves { one_line(&shown).into_bytes() } else { name.as_os_str().as_encoded_bytes().to_vec() };
    line.push(b'\n');
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_of_files_moves_no_cursor_and_names_what_can_be_opened() {
        assert_eq!(listed(Path::new("a\nb\u{1b}[31m.ron")), b"a b [31m.ron\n");
        assert_eq!(listed(Path::new("plan \u{e9}.ron")), "plan \u{e9}.ron\n".as_bytes());
        #[cfg(unix)]
        {
            use std::os::unix::ffi::OsStrExt as _;
            let latin = std::ffi::OsStr::from_bytes(b"caf\xe9.ron");
            assert_eq!(listed(Path::new(latin)), b"caf\xe9.ron\n");
        }
    }
}
