//! What can be read of a file that is damaged, or of a newer format: a sound project, and a list of what is missing from it.

mod quotes;

use std::{borrow::Cow, path::Path};

use super::{
    FORMAT,
    files::{OpenError, read_bytes},
    locate::outline,
    migrate::Migrated,
    pieces::{Fault, Faults, Pieces},
    problem::ReadError,
    read::{MAX_FILE_BYTES, read_project},
};
use crate::{
    project::{Problem, Project},
    ron_text::{LocatedProblem, Note, located},
};

/// What could be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Repaired {
    /// A sound project.
    pub project: Project,
    /// What was wrong and what was left out for it, in the order of the text; empty if the file is sound.
    pub notes: Vec<LocatedProblem>,
    /// The format it is in, if that is a newer one than this program knows.
    pub newer: Option<u32>,
}

/// How often what does not fit is left out by itself; then all of the entry goes.
const CAREFUL_ROUNDS: usize = 4;
/// What is left out may leave something else dangling, but not for ever.
const MOST_ROUNDS: usize = 12;

/// What can be read of a file. `check` knows the playbook, see [`read_project`]. The file stays as it is.
///
/// # Errors
/// [`OpenError`] if it cannot be read at all, or if nothing in it makes sense.
pub fn open_what_can_be(path: &Path, check: &dyn Fn(&Project) -> Vec<Problem>) -> Result<Repaired, OpenError> {
    let bytes = read_bytes(path)?;
    read_what_can_be(&bytes, check).map_err(|source| OpenError::Read { path: path.to_owned(), source })
}

/// What can be read of the bytes of a file: each field and each entry by itself, so that what is damaged does not take the rest. Of sound bytes
/// it is what [`read_project`] gives, and nothing is noted.
///
/// # Errors
/// [`ReadError`] if they are larger than any project, or if nothing in them makes sense.
pub fn read_what_can_be(bytes: &[u8], check: &dyn Fn(&Project) -> Vec<Problem>) -> Result<Repaired, ReadError> {
    let (text, mut notes) = as_text(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes));
    let text = &*text;
    let refused = match read_project(text, check) {
        Ok(project) => return Ok(Repaired { project, notes: located(text, notes), newer: None }),
        Err(error) => error,
    };
    let outline = outline(text);
    if text.len() > MAX_FILE_BYTES || outline.too_much.is_some() {
        return Err(refused); // it is not damaged
    }
    let said = outline.format.and_then(|(_, format)| format.parse().ok());
    // Without a format it is most likely of today; of a newer one there is nothing to change.
    let format = said.unwrap_or(FORMAT);
    let mended = quotes::mended(text);
    let migrated = Migrated::new(&mended.text, format);
    let origin = |offset| mended.before(migrated.before(offset));
    let Some((project, faults)) = sound_part(migrated.text(), check) else { return Err(refused) };
    let Faults { told, more } = faults;
    notes.extend(told.into_iter().map(|fault| Note { offset: origin(fault.offset), message: in_words(fault) }));
    if more > 0 {
        let message = format!("and {more} more are left out that are not told one by one");
        notes.push(Note { offset: text.len(), message });
    }
    let kept = |is_id| if is_id { "it is kept under another id" } else { "the last one is kept" };
    // Where brackets are missing, what seems to be one map may be two.
    let twice = outline.twice.into_iter().filter(|_| outline.open.bracket.is_none());
    notes.extend(
        twice.map(|twice| Note { message: format!("{}; {}", twice.note.message, kept(twice.is_id)), ..twice.note }),
    );
    let mut notes = located(text, notes);
    if notes.is_empty() {
        // Something was wrong with the text that cost nothing, such as a comma.
        notes.extend(refused.problems.iter().cloned());
    }
    Ok(Repaired { project, notes, newer: refused.newer })
}

/// The bytes as text, and where they are none.
fn as_text(bytes: &[u8]) -> (Cow<'_, str>, Vec<Note>) {
    let mut notes = Vec::new();
    let mut text = String::from_utf8_lossy(bytes);
    if let Cow::Owned(lossy) = &text {
        let places = lossy.match_indices('\u{fffd}').map(|(offset, _)| offset);
        notes = gathered(places, '\u{fffd}'.len_utf8(), "is not UTF-8 text; it is shown as \u{fffd}");
    }
    if text.contains('\0') {
        notes.extend(gathered(text.match_indices('\0').map(|(offset, _)| offset), 1, "is empty (NUL); it is left out"));
        text = Cow::Owned(text.replace('\0', " "));
    }
    (text, notes)
}

/// Most runs of bytes that are no text that are told.
const MOST_RUNS: usize = 1_000;

/// A note for each run of bytes that are no text.
fn gathered(places: impl Iterator<Item = usize>, length: usize, what: &str) -> Vec<Note> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for place in places {
        let has_room = runs.len() < MOST_RUNS;
        match runs.last_mut() {
            Some((start, count)) if *start + *count * length == place => *count += 1,
            _ if has_room => runs.push((place, 1)),
            _ => {}
        }
    }
    let words = |count| if count == 1 { "one byte here".to_owned() } else { format!("a run of {count} bytes here") };
    runs.into_iter().map(|(offset, count)| Note { offset, message: format!("{} {what}", words(count)) }).collect()
}

/// The sound pieces of a text as a project that is sound as a whole, and what was left out for that; `None` if there are none.
fn sound_part(text: &str, check: &dyn Fn(&Project) -> Vec<Problem>) -> Option<(Project, Faults)> {
    let mut pieces = Pieces::of(text, true);
    for round in 0..MOST_ROUNDS {
        let project = pieces.read();
        if pieces.is_empty() {
            return None;
        }
        let mut problems = project.validate();
        problems.extend(check(&project));
        if problems.is_empty() {
            return Some((project, pieces.faults));
        }
        if !pieces.leave_out(&problems, round >= CAREFUL_ROUNDS) {
            return None;
        }
    }
    None
}

/// What is wrong, and what is missing for it.
fn in_words(fault: Fault) -> String {
    if fault.left_out.is_empty() {
        fault.message
    } else {
        format!("{} (left out: {})", fault.message, fault.left_out.join(" > "))
    }
}
