//! What can be read of a file that is damaged, or of a newer format: a sound project, and a list of what is missing from it.

mod around;
mod bounds;
pub(super) mod conflict;
pub(super) mod encoding;
pub(super) mod foreign;
mod head;
mod ids;
mod lines;
mod mailed;
mod prefix;
pub(super) mod sections;
mod stump;
mod summed;
mod twice;
mod unseen;
mod western;

use std::{borrow::Cow, ops::Range, path::Path};

use bounds::Bounded;

use super::{
    FORMAT,
    files::{OpenError, read_bytes},
    locate::outline,
    mend::{
        mended, with_known_fields, with_known_traits, with_known_words, with_own_marks, without_some, without_strays,
    },
    migrate::Migrated,
    pieces::{Fault, Faults, Pieces, StandIns},
    problem::ReadError,
    read::{MAX_FILE_BYTES, newer_format, no_text, read_project, read_sound},
};
use crate::{
    lang::tr,
    progress::Progress,
    project::{Problem, Project},
    ron_text::{LocatedProblem, Note, Pieced, located},
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

/// What can be read of a file. `check` knows the playbook, see [`read_project`]. The file stays as it is. `None` if it was cancelled.
///
/// # Errors
/// [`OpenError`] if it cannot be read at all, or if nothing in it makes sense.
pub fn open_what_can_be(
    path: &Path,
    check: &dyn Fn(&Project) -> Vec<Problem>,
    progress: &Progress,
) -> Result<Option<Repaired>, OpenError> {
    let bytes = read_bytes(path)?;
    read_what_can_be_while(&bytes, check, progress).map_err(|source| OpenError::Read { path: path.to_owned(), source })
}

/// What can be read of the bytes of a file: each field and each entry by itself, so that what is damaged does not take the rest. Marks that are
/// missing are supplied. Of sound bytes it is what [`read_project`] gives, and nothing is noted; only if their texts are broken as mails are,
/// they are put together, and that is noted.
///
/// # Errors
/// [`ReadError`] if they are larger than any project, or if nothing in them makes sense.
pub fn read_what_can_be(bytes: &[u8], check: &dyn Fn(&Project) -> Vec<Problem>) -> Result<Repaired, ReadError> {
    read_what_can_be_while(bytes, check, &Progress::default())?.ok_or_else(|| no_text("cancelled"))
}

/// The same while somebody waits for it; `None` if it was cancelled.
///
/// # Errors
/// As [`read_what_can_be`].
pub fn read_what_can_be_while(
    bytes: &[u8],
    check: &dyn Fn(&Project) -> Vec<Problem>,
    progress: &Progress,
) -> Result<Option<Repaired>, ReadError> {
    progress.begin(share::ALL);
    if let Some(message) = foreign::is_no_text(bytes) {
        return Err(no_text(message));
    }
    let (text, mut notes) = encoding::as_text(bytes);
    if let Some(project) = read_sound(&text, check) {
        let sent = mailed::sound_as_it_was_sent(&text).and_then(|(sent, faults)| {
            let project = read_sound(&sent.text, check)?;
            notes.extend(faults.into_iter().map(in_words));
            Some(project)
        });
        return Ok(Some(Repaired { project: sent.unwrap_or(project), notes: located(&text, notes), newer: None }));
    }
    if text.len() > MAX_FILE_BYTES {
        return Err(why(&text, check)); // it is not damaged
    }
    progress.step(share::SOUND);
    // Lines that end as those of old systems do are lines.
    let text: Cow<'_, str> = if text.contains('\n') { text } else { text.replace('\r', "\n").into() };
    let Some(Part { project, faults, more, too_many, newer }) = readable(&text, check, progress) else {
        return if progress.is_cancelled() { Ok(None) } else { Err(why(&text, check)) };
    };
    let unseen = unseen::unseen(&text, &project, &faults, &too_many);
    notes.extend(summed::summed(faults, text.len()).into_iter().map(in_words));
    if more > 0 {
        let message = tr!("and {more} more are left out that are not told one by one", more);
        notes.push(Note { offset: text.len(), message });
    }
    notes.extend(unseen);
    let mut notes = located(&text, notes);
    let newer = newer_format(&text).or(newer);
    if notes.is_empty() {
        // Something was wrong with the text that cost nothing.
        notes.extend(why(&text, check).problems);
    }
    Ok((!progress.is_cancelled()).then_some(Repaired { project, notes, newer }))
}

/// What is wrong with a text that is no sound project. To say it takes as long as to mend it, and few want to hear it.
fn why(text: &str, check: &dyn Fn(&Project) -> Vec<Problem>) -> ReadError {
    read_project(text, check).err().unwrap_or_else(|| no_text("nothing"))
}

/// Steps of the work, of so many in all.
mod share {
    pub(super) const ALL: u64 = 100;
    /// To see that a text is no sound project.
    pub(super) const SOUND: u64 = 10;
    /// To put it together.
    pub(super) const MENDED: u64 = 40;
    /// To read its pieces, the first time and again without what does not fit.
    pub(super) const READ: u64 = 20;
    pub(super) const AGAIN: u64 = 5;
}

/// What can be read of a text.
struct Part {
    project: Project,
    faults: Vec<Fault>,
    /// How many faults there are besides.
    more: usize,
    /// Where there stands what is more than a project can hold.
    too_many: Vec<Range<usize>>,
    /// The format it says it is in, if that is a newer one.
    newer: Option<u32>,
}

/// What can be read of a text, put together as far as it can be; `None` if that is nothing, or it was cancelled.
fn readable(text: &str, check: &dyn Fn(&Project) -> Vec<Problem>, progress: &Progress) -> Option<Part> {
    let (mut steps, mut faults) = put_together(text, check, progress);
    let too_many = steps.within_bounds(&mut faults);
    let outline = outline(steps.text());
    let (changed, repeated) = twice::without_repeated(steps.text());
    faults.extend(steps.faults(repeated));
    steps.changed.extend(changed);
    progress.step(0)?;
    let said: Option<u32> = outline.format.and_then(|(_, format)| format.parse().ok());
    // Without a format it is most likely of today; of a newer one there is nothing to change.
    let migrated = Migrated::new(steps.text(), said.unwrap_or(FORMAT));
    let origin = |offset| steps.before(migrated.before(offset));
    let (project, Faults { told, more }) = sound_part(migrated.text(), check, progress)?;
    faults.extend(told.into_iter().map(|fault| Fault { offset: origin(fault.offset), ..fault }));
    Some(Part { project, faults, more, too_many, newer: said.filter(|format| *format > FORMAT) })
}

/// A text and what became of it step by step.
struct Steps<'t> {
    original: &'t str,
    changed: Vec<Pieced<()>>,
}

impl Steps<'_> {
    fn text(&self) -> &str {
        self.changed.last().map_or(self.original, |changed| &changed.text)
    }

    /// Where a byte of it stood in the original text.
    fn before(&self, offset: usize) -> usize {
        self.changed.iter().rev().fold(offset, |offset, changed| changed.before(offset))
    }

    fn notes(&self, notes: Vec<Note>) -> impl Iterator<Item = Fault> {
        notes.into_iter().map(|Note { offset, message }| Fault {
            offset: self.before(offset),
            message,
            ..Fault::default()
        })
    }

    /// Takes a step, if it has anything to do.
    fn take(&mut self, step: impl Fn(&str) -> Option<(Pieced<()>, Vec<Fault>)>, told: &mut Vec<Fault>) {
        if let Some((changed, found)) = step(self.text()) {
            told.extend(self.faults(found));
            self.changed.push(changed);
        }
    }

    /// Leaves out what is more than a project can hold, and gives where that stands in the original text.
    fn within_bounds(&mut self, told: &mut Vec<Fault>) -> Vec<Range<usize>> {
        let Some(Bounded { text, faults, left_out }) = bounds::within_bounds(self.text()) else { return Vec::new() };
        told.extend(self.faults(faults));
        let ranges = left_out.into_iter().map(|range| self.before(range.start)..self.before(range.end)).collect();
        self.changed.push(text);
        ranges
    }

    fn faults(&self, faults: Vec<Fault>) -> impl Iterator<Item = Fault> {
        faults.into_iter().map(|fault| Fault { offset: self.before(fault.offset), ..fault })
    }
}

/// So often something may stand before each line of a text: what was quoted may be a listing.
const MOST_PREFIXES: usize = 3;

/// A step that gives another text with what it did for that; `None` if it has nothing to do.
type Step = fn(&str) -> Option<(Pieced<()>, Vec<Fault>)>;

/// A text put together as far as it can be, and what was wrong with it in places of the text as it was.
fn put_together<'t>(
    text: &'t str,
    check: &dyn Fn(&Project) -> Vec<Problem>,
    progress: &Progress,
) -> (Steps<'t>, Vec<Fault>) {
    let mut steps = Steps { original: text, changed: Vec::new() };
    let mut faults = Vec::new();
    steps.take(mailed::as_it_was_sent, &mut faults);
    for _ in 0..MOST_PREFIXES {
        let Some((changed, found)) = prefix::without_prefixes(steps.text()) else { break };
        faults.extend(steps.faults(found));
        steps.changed.push(changed);
    }
    let first: [Step; 6] = [
        conflict::first_sides,
        stump::without_smaller,
        around::without_surroundings,
        without_strays,
        with_own_marks,
        head::without_torn,
    ];
    for step in first {
        steps.take(step, &mut faults);
    }
    // Of a newer format nobody can say which words there are.
    if !is_newer(steps.text()) {
        for step in [with_known_fields as Step, without_some, with_known_words] {
            steps.take(step, &mut faults);
        }
        steps.take(|text| with_known_traits(text, check), &mut faults);
    }
    let watched = (progress, share::MENDED);
    if let Some(mended) = mended(steps.text(), || is_newer(steps.text()), watched) {
        faults.extend(steps.faults(mended.faults));
        steps.changed.push(mended.text);
    }
    if let Some((changed, notes)) = sections::with_known_names(steps.text()) {
        faults.extend(steps.notes(notes));
        steps.changed.push(changed);
    }
    let before = steps.changed.len();
    steps.take(ids::with_sound_ids, &mut faults);
    if steps.changed.len() > before {
        steps.take(ids::with_near_ids, &mut faults);
    }
    (steps, faults)
}

/// Whether a text says that it is of a newer format.
fn is_newer(text: &str) -> bool {
    let format = outline(text).format.and_then(|(_, format)| format.parse::<u32>().ok());
    format.is_some_and(|format| format > FORMAT)
}

/// The sound pieces of a text as a project that is sound as a whole, and what was left out for that; `None` if there are none.
fn sound_part(text: &str, check: &dyn Fn(&Project) -> Vec<Problem>, progress: &Progress) -> Option<(Project, Faults)> {
    let mut pieces = Pieces::of(text, StandIns::Names);
    for round in 0..MOST_ROUNDS {
        let project = pieces.read();
        progress.step(if round == 0 { share::READ } else { share::AGAIN })?;
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
fn in_words(fault: Fault) -> Note {
    let Fault { offset, message, left_out, .. } = fault;
    let message = if left_out.is_empty() {
        message
    } else {
        tr!("{message} (left out: {keys})", message, keys = left_out.join(" > "))
    };
    Note { offset, message }
}
