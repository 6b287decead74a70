//! Reading a project: bounds, format, types and sense, in this order, with all that is wrong at once.

use std::{collections::HashSet, ops::Range};

use ron::error::{Error, SpannedError};

use super::{
    FORMAT,
    blame::missing_quote,
    format::from_text,
    locate::{Outline, outline},
    mend::{Mended, mended, without_strays},
    migrate::Migrated,
    pieces::{Fault, Pieces, StandIns, is_list, known_names, no_numbers},
    problem::{ReadError, format_in_words},
    repair::{conflict, encoding, foreign, sections},
    watched::watching,
};
use crate::{
    lang::{t, tr},
    progress::Progress,
    project::{Problem, Project},
    ron_text::{
        Balance, Note, Token, Tokens, balance, explain, is_of_signs, item_around, located, offsets, unclosed_note,
    },
    text::quoted,
};

/// Largest file that is read, in bytes.
pub const MAX_FILE_BYTES: usize = 64 * 1024 * 1024;

/// The project in `text`, if it is sound as a document and for `check`, which knows the playbook. Older formats are read as the present one.
///
/// Fails with everything that is wrong, each with line and column, and the nearest known name where there is one.
pub fn read_project(text: &str, check: &dyn Fn(&Project) -> Vec<Problem>) -> Result<Project, ReadError> {
    // Nobody cancels it.
    read_project_while(text, check, &Progress::default()).unwrap_or_else(|| Err(no_text("cancelled")))
}

/// The same while somebody waits for it; `None` if it was cancelled. Some steps are left for what becomes of a project that was read.
pub fn read_project_while(
    text: &str,
    check: &dyn Fn(&Project) -> Vec<Problem>,
    progress: &Progress,
) -> Option<Result<Project, ReadError>> {
    progress.begin(share::ALL);
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let read = read_whole(text, check, progress).map_err(|error| match conflict::told(text) {
        // Whatever else is said follows from them.
        Some(note) if text.len() <= MAX_FILE_BYTES => fail(text, vec![note]),
        _ if progress.step(0).is_none() => error,
        _ => told_with_strays(text, check).unwrap_or(error),
    });
    progress.step(0).map(|()| read)
}

/// The share of the work after which all of a project is read and checked.
pub const READ_SHARE: f32 = 0.6;

/// Steps of the work, of so many in all, of which the rest is left for who has it read: about what each takes of the time.
mod share {
    pub(super) const ALL: u64 = 1_500;
    /// To go through the text once.
    pub(super) const OUTLINE: u64 = 250;
    /// To read it into types.
    pub(super) const TYPES: u64 = 450;
    /// To see whether it makes sense as a document, and for the playbook.
    pub(super) const SOUND: u64 = 100;
    pub(super) const CHECKED: u64 = 100;
}

/// What is wrong with a text in which marks stand that belong to nothing: these, each where it stands, and what is wrong without them. What a reader
/// stumbles over who takes them for what they seem only follows from them. `None` if there are none.
fn told_with_strays(text: &str, check: &dyn Fn(&Project) -> Vec<Problem>) -> Option<ReadError> {
    if text.len() > MAX_FILE_BYTES {
        return None;
    }
    let (without, faults) = without_strays(text)?;
    let mut notes: Vec<Note> =
        faults.iter().map(|fault| Note { offset: fault.offset, message: fault.to_do() }).collect();
    let rest = read_whole(&without.text, check, &Progress::default()).err();
    let newer = rest.as_ref().and_then(|rest| rest.newer);
    let lines: Vec<usize> =
        std::iter::once(0).chain(without.text.match_indices('\n').map(|(end, _)| end + 1)).collect();
    for problem in rest.into_iter().flat_map(|rest| rest.problems) {
        let line = lines.get(problem.line.saturating_sub(1)).copied().unwrap_or_default();
        let column = without.text.get(line..).unwrap_or_default().char_indices().nth(problem.column.saturating_sub(1));
        let offset = column.map_or(without.text.len(), |(column, _)| line + column);
        notes.push(Note { offset: without.before(offset), message: problem.message });
    }
    Some(ReadError { newer, ..fail(text, notes) })
}

/// The same without a word about why not.
pub(super) fn read_sound(text: &str, check: &dyn Fn(&Project) -> Vec<Problem>) -> Option<Project> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (_, format) = begin(text).ok().filter(|(outline, _)| outline.twice.is_empty())?;
    let project = from_text(Migrated::new(text, format).text()).ok()?;
    (project.validate().is_empty() && check(&project).is_empty()).then_some(project)
}

/// The format that a text says it is in, if that is a newer one.
pub(super) fn newer_format(text: &str) -> Option<u32> {
    match begin(text) {
        Err(Refusal::Said(error)) => error.newer,
        _ => None,
    }
}

fn read_whole(text: &str, check: &dyn Fn(&Project) -> Vec<Problem>, progress: &Progress) -> Result<Project, ReadError> {
    // What is said once it is cancelled is thrown away.
    let cancelled = || no_text("cancelled");
    let (outline, format) = match begin(text) {
        Ok(begin) => begin,
        Err(Refusal::Said(error)) => return Err(error),
        Err(Refusal::TooMuch(note)) => return Err(too_much(text, note, check)),
    };
    progress.step(share::OUTLINE).ok_or_else(cancelled)?;
    let migrated = Migrated::new(text, format);
    let mut notes: Vec<Note> = outline.twice;
    let project = match watching(progress, outline.entries, share::TYPES, || from_text(migrated.text())) {
        Ok(project) => project,
        Err(_) if progress.is_cancelled() => return Err(cancelled()),
        Err(error) => {
            let closed = outline.open.bracket.is_none();
            let mut first = explain(migrated.text(), &error);
            let mut text_read = migrated.text();
            if error.code == Error::TrailingCharacters && begins_project(text_read, first.offset) {
                text_read = text_read.get(..first.offset).unwrap_or_default();
                t("there is something after the end: a second project begins here; keep one of them")
                    .clone_into(&mut first.message);
            }
            notes.extend(
                everything_wrong(text_read, &error, first, closed, check)
                    .into_iter()
                    .map(|note| Note { offset: migrated.before(note.offset), ..note }),
            );
            return Err(fail(text, notes));
        }
    };
    let mut problems = project.validate();
    progress.step(share::SOUND).ok_or_else(cancelled)?;
    problems.extend(check(&project));
    progress.step(share::CHECKED).ok_or_else(cancelled)?;
    notes.extend(placed(migrated.text(), problems).map(|note| Note { offset: migrated.before(note.offset), ..note }));
    if notes.is_empty() { Ok(project) } else { Err(ReadError { is_project: true, ..fail(text, notes) }) }
}

/// Whether a project begins at a place of a text.
fn begins_project(text: &str, offset: usize) -> bool {
    let mut tokens = Tokens::from(text, offset).map(|(_, token)| token);
    matches!(tokens.next(), Some(Token::Open(_)))
        && tokens.next() == Some(Token::Word("format"))
        && tokens.next() == Some(Token::Colon)
}

/// Why nothing of a text is read into types.
enum Refusal {
    Said(ReadError),
    /// Something in it is larger than in any project.
    TooMuch(Note),
}

impl From<ReadError> for Refusal {
    fn from(error: ReadError) -> Self {
        Self::Said(error)
    }
}

/// What can be said before anything is read into types, and the format; fails if nothing should be.
fn begin(text: &str) -> Result<(Outline, u32), Refusal> {
    if text.len() > MAX_FILE_BYTES {
        let message = tr!("{} MB are more than any project: at most 64 MB are read", text.len() / 1_048_576);
        return Err(no_text(&message).into());
    }
    if let Some(message) = foreign::is_no_text(text.as_bytes()) {
        return Err(no_text(message).into());
    }
    if let (Some(offset), Some((_, message))) = (text.find('\0'), encoding::why_not_utf8(text.as_bytes())) {
        return Err(fail(text, vec![Note { offset, message: message.to_owned() }]).into());
    }
    match Tokens::from(text, 0).find(|(_, token)| !matches!(token, Token::Word(_))) {
        Some((_, Token::Open(b'(' | b'['))) => {}
        begin => {
            let what = match begin {
                None if text.trim().is_empty() => t("the file is empty"),
                None if Tokens::from(text, 0).next().is_none() => t("there is nothing in this file but comments"),
                _ => t("this is not a project"),
            };
            let message = tr!("{what}: a project starts with `(format: {FORMAT}, name: \"...\"`", what, FORMAT);
            let error = fail(text, vec![Note { offset: 0, message }]);
            return Err(if names_sections(text) { error } else { nothing_of_it(error) }.into());
        }
    }
    let mut outline = outline(text);
    let format = format(&outline).map_err(|(note, newer)| ReadError { newer, ..fail(text, vec![note]) })?;
    match outline.too_much.take() {
        None => Ok((outline, format)),
        Some(note) => Err(Refusal::TooMuch(note)),
    }
}

/// What to say of a text that holds more than a project can. Where brackets do not come out even nobody can count what stands in them: then that is
/// told, and what there is too much of if it is so all the same.
fn too_much(text: &str, note: Note, check: &dyn Fn(&Project) -> Vec<Problem>) -> ReadError {
    let Some(slips) = slips(text) else { return fail(text, vec![note]) };
    let mut notes = told_of(&slips);
    match outline(&slips.text.text).too_much {
        Some(note) => notes.push(Note { offset: slips.text.before(note.offset), ..note }),
        None if slips.faults.len() <= MOST_SLIPS => notes.extend(wrong_elsewhere(text, &slips, &notes, check)),
        None => {}
    }
    fail(text, notes)
}

/// Whether a text that does not begin as projects do may have one in it, as a mail has.
fn names_sections(text: &str) -> bool {
    known_names().filter(|name| is_list(name)).any(|name| text.contains(name))
}

/// The format that a text says it is in; else what to say, and the newer format it is in.
fn format(outline: &Outline) -> Result<u32, (Note, Option<u32>)> {
    let Some((offset, format)) = &outline.format else {
        if outline.open.bracket.is_some() {
            return Ok(FORMAT); // broken before it could say: the typed reader knows where
        }
        let message = tr!("the file does not say its format; put `format: {FORMAT},` first", FORMAT);
        return Err((Note { offset: 0, message }, None));
    };
    let told = |message, newer| Err((Note { offset: *offset, message }, newer));
    let is_number = !format.is_empty() && format.bytes().all(|byte| byte.is_ascii_digit());
    // A number that is too large for a format is one that is newer still.
    match format.parse::<u32>().ok().or(is_number.then_some(u32::MAX)) {
        Some(format @ 1..=FORMAT) => Ok(format),
        Some(newer) if newer > FORMAT => {
            let name = format_in_words(newer);
            let message = tr!(
                "this file is in {name}; this version of Groundplan reads up to format {FORMAT}. Open it with a newer one",
                name,
                FORMAT
            );
            told(message, Some(newer))
        }
        _ => told(tr!("there is no format {format}; the formats go from 1 to {FORMAT}", format, FORMAT), None),
    }
}

/// What the typed reader stopped at, the sign whose lack it may be that it stopped at, and, in a text that is closed everywhere, whatever else is
/// wrong with it. What only follows from something that could not be read is not told.
fn everything_wrong(
    text: &str,
    error: &SpannedError,
    first: Note,
    closed: bool,
    check: &dyn Fn(&Project) -> Vec<Problem>,
) -> Vec<Note> {
    let cause = is_of_signs(&error.code).then(|| missing_quote(text, first.offset)).flatten();
    let slips = slips(text).filter(|slips| (1..=MOST_SLIPS).contains(&slips.faults.len()));
    let mut notes = Vec::new();
    if closed && cause.is_none() && slips.is_none() {
        let is_told;
        (notes, is_told) = wrong_in_pieces(text, error, &first, check);
        if is_told {
            return notes;
        }
        notes.retain(|note| note.offset != first.offset);
    }
    let is_quote = cause.is_some();
    let cause = cause
        .or_else(|| unclosed_note(text, first.offset >= text.trim_end().len()))
        .filter(|cause| cause.offset != first.offset);
    // Over what a lost quote makes of the text behind it the reader stumbles, and nobody else.
    let first = Some(first).filter(|_| !is_quote || cause.is_none());
    let Some(slips) = slips else {
        notes.extend(cause.into_iter().chain(first));
        return notes;
    };
    // The reader goes by brackets: where one is missing that opens, or is there twice, it only sees what follows from that.
    let lacks_closing = slips.faults.iter().any(Fault::lacks_closing);
    let by_reader = is_quote
        || error.code == Error::UnclosedBlockComment
        || match (balance(text), &cause) {
            (Balance::Even, _) | (Balance::TooFew, None) => true,
            (Balance::TooFew, Some(_)) => lacks_closing,
            (Balance::Odd, _) => false,
        };
    let told = if by_reader { cause.into_iter().chain(first).collect() } else { told_of(&slips) };
    notes.extend(wrong_elsewhere(text, &slips, &told, check));
    notes.extend(told);
    notes
}

/// What is wrong with the pieces of a text, each read by itself, and whether that says what the typed reader stopped at `first`.
fn wrong_in_pieces(
    text: &str,
    error: &SpannedError,
    first: &Note,
    check: &dyn Fn(&Project) -> Vec<Problem>,
) -> (Vec<Note>, bool) {
    let renamed = sections::with_known_names(text);
    let (read, before) = match &renamed {
        Some((changed, _)) => (changed.text.as_str(), Some(changed)),
        None => (text, None),
    };
    let origin = |offset: usize| before.map_or(offset, |changed| changed.before(offset));
    let mut pieces = Pieces::of(read, StandIns::ToLookOn);
    let project = pieces.read();
    let of_sense = wrong_beside(read, &project, &pieces, check).into_iter().map(|(_, note)| note);
    let mut faults = pieces.faults.told;
    // Where a sign is missing an entry ends too early: what it lacks then may well be behind that.
    let cut = faults.iter().find(|fault| origin(fault.offset) == first.offset).map(entry_of);
    if let Some(cut) = cut.filter(|cut| cut.len() == 2 && is_of_signs(&error.code)) {
        faults.retain(|fault| entry_of(fault) != cut);
    }
    // Of one place what is said of the whole section is more.
    let of_section = |fault: &Fault| {
        origin(fault.offset) == first.offset
            && matches!(fault.left_out.as_slice(), [section] if known_names().all(|known| known != section))
    };
    // And of numbers that are none each is told, and not the bracket around them.
    let of_numbers = || item_around(text, first.offset).is_some_and(|range| !no_numbers(text, &range).is_empty());
    let is_told = faults.iter().any(of_section) || of_numbers();
    let of_types = faults.into_iter().map(|fault| Note { offset: fault.offset, message: fault.message });
    let notes = of_sense.chain(of_types).map(|note| Note { offset: origin(note.offset), ..note }).collect();
    (notes, is_told)
}

/// A text of which marks are missing or too many, as it is meant; `None` if none are.
fn slips(text: &str) -> Option<Mended> {
    mended(text, || true, (&Progress::default(), 1))
}

/// Which marks are missing or too many, and what to do about them.
fn told_of(slips: &Mended) -> Vec<Note> {
    slips.faults.iter().map(|fault| Note { offset: fault.offset, message: fault.to_do() }).collect()
}

/// The line around a place.
fn line_around(text: &str, offset: usize) -> Range<usize> {
    let start = text.get(..offset).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let end = text.get(offset..).and_then(|rest| rest.find('\n')).map_or(text.len(), |length| offset + length);
    start..end
}

/// More marks than these are no slip, and what is made of a text without them is anybody's guess.
const MOST_SLIPS: usize = 3;

/// The section and the entry that a fault is in, as far as it is in one.
fn entry_of(fault: &Fault) -> Vec<String> {
    let keys = if fault.left_out.is_empty() { &fault.about } else { &fault.left_out };
    keys.iter().take(2).cloned().collect()
}

/// What is wrong with a text in which a mark is missing or too many, on other lines than that is told of and in other entries than it belongs to.
fn wrong_elsewhere(text: &str, mended: &Mended, told: &[Note], check: &dyn Fn(&Project) -> Vec<Problem>) -> Vec<Note> {
    let told: Vec<Range<usize>> = told.iter().map(|note| line_around(text, note.offset)).collect();
    let touched: Vec<Vec<String>> = mended.faults.iter().map(entry_of).filter(|keys| keys.len() == 2).collect();
    let is_touched = |path: &[String]| touched.iter().any(|keys| path.starts_with(keys));
    let mut pieces = Pieces::of(&mended.text.text, StandIns::ToLookOn);
    let project = pieces.read();
    let of_sense = wrong_beside(&mended.text.text, &project, &pieces, check);
    let of_sense = of_sense.into_iter().filter(|(problem, _)| !is_touched(&problem.path)).map(|(_, note)| note);
    let of_types = pieces.faults.told.into_iter().filter(|fault| !is_touched(&fault.left_out));
    let of_types = of_types.map(|fault| Note { offset: fault.offset, message: fault.message });
    let notes = of_sense.chain(of_types).map(|note| Note { offset: mended.text.before(note.offset), ..note });
    notes.filter(|note| !told.iter().any(|line| (line.start..=line.end).contains(&note.offset))).collect()
}

/// What is wrong with the sense of what could be read of a text, beside what is told of the rest; each where it stands.
fn wrong_beside(
    text: &str,
    project: &Project,
    pieces: &Pieces<'_>,
    check: &dyn Fn(&Project) -> Vec<Problem>,
) -> Vec<(Problem, Note)> {
    let mut problems = project.validate();
    problems.extend(check(project));
    let gone = pieces.gone();
    problems.retain(|problem| !follows(problem, &gone));
    let places = pieces.places(&problems);
    let paths: Vec<&[String]> = problems.iter().map(|problem| problem.path.as_slice()).collect();
    let others = offsets(text, &paths);
    let offsets = places.into_iter().zip(others).map(|(place, other)| place.unwrap_or(other));
    let note = |(problem, offset): (Problem, usize)| {
        let message = problem.message.clone();
        (problem, Note { offset, message })
    };
    problems.into_iter().zip(offsets).map(note).collect()
}

/// Whether a problem names something that could not be read.
fn follows(problem: &Problem, gone: &HashSet<String>) -> bool {
    !gone.is_empty() && quoted(&problem.message).any(|name| gone.contains(name))
}

/// Problems of a project where their keys stand in its text.
fn placed(text: &str, problems: Vec<Problem>) -> impl Iterator<Item = Note> {
    let paths: Vec<&[String]> = problems.iter().map(|problem| problem.path.as_slice()).collect();
    let places = offsets(text, &paths);
    problems.into_iter().zip(places).map(|(problem, offset)| Note { offset, message: problem.message })
}

pub(super) fn fail(text: &str, notes: Vec<Note>) -> ReadError {
    ReadError { problems: located(text, notes), is_project: false, newer: None, repairable: true }
}

/// What to say of a file that is no text of ours at all.
pub(super) fn no_text(message: &str) -> ReadError {
    nothing_of_it(fail("", vec![Note { offset: 0, message: message.to_owned() }]))
}

/// The same of a text of which nothing can be read by itself.
fn nothing_of_it(error: ReadError) -> ReadError {
    ReadError { repairable: false, ..error }
}
