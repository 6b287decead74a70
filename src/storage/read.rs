//! Reading a project: bounds, format, types and sense, in this order, with all that is wrong at once.

use std::collections::HashSet;

use ron::error::SpannedError;

use super::{
    FORMAT,
    blame::missing_quote,
    format::from_text,
    locate::{Outline, outline},
    migrate::Migrated,
    pieces::{Fault, Pieces},
    problem::{ReadError, format_in_words},
    stand_in::with_stand_ins,
};
use crate::{
    project::{Problem, Project},
    ron_text::{Note, Token, Tokens, explain, is_of_signs, located, offsets, unclosed_note},
};

/// Largest file that is read, in bytes.
pub const MAX_FILE_BYTES: usize = 64 * 1024 * 1024;

/// The project in `text`, if it is sound as a document and for `check`, which knows the playbook. Older formats are read as the present one.
///
/// Fails with everything that is wrong, each with line and column, and the nearest known name where there is one.
pub fn read_project(text: &str, check: &dyn Fn(&Project) -> Vec<Problem>) -> Result<Project, ReadError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (outline, format) = begin(text)?;
    let migrated = Migrated::new(text, format);
    let mut notes: Vec<Note> = outline.twice.into_iter().map(|twice| twice.note).collect();
    let project = match from_text(migrated.text()) {
        Ok(project) => project,
        Err(error) => {
            let closed = outline.open.bracket.is_none();
            notes.extend(
                everything_wrong(migrated.text(), &error, closed, check)
                    .into_iter()
                    .map(|note| Note { offset: migrated.before(note.offset), ..note }),
            );
            return Err(fail(text, notes));
        }
    };
    let mut problems = project.validate();
    problems.extend(check(&project));
    notes.extend(placed(migrated.text(), problems).map(|note| Note { offset: migrated.before(note.offset), ..note }));
    if notes.is_empty() { Ok(project) } else { Err(ReadError { is_project: true, ..fail(text, notes) }) }
}

/// What can be said before anything is read into types, and the format; fails if nothing should be.
fn begin(text: &str) -> Result<(Outline, u32), ReadError> {
    let refuse = |offset, message| Err(nothing_of_it(fail(text, vec![Note { offset, message }])));
    if text.len() > MAX_FILE_BYTES {
        let message = format!("{} MB are more than any project: at most 64 MB are read", text.len() / 1_048_576);
        return Err(nothing_of_it(fail("", vec![Note { offset: 0, message }])));
    }
    if let Some(offset) = text.find('\0') {
        let message = "this is not a text file: an empty byte (NUL) is in it; take it out";
        return Err(fail(text, vec![Note { offset, message: message.to_owned() }]));
    }
    match Tokens::from(text, 0).find(|(_, token)| !matches!(token, Token::Word(_))) {
        Some((_, Token::Open(b'(' | b'['))) => {}
        begin => {
            let what = match begin {
                None if text.trim().is_empty() => "the file is empty",
                None if Tokens::from(text, 0).next().is_none() => "there is nothing in this file but comments",
                _ => "this is not a project",
            };
            return refuse(0, format!("{what}: a project starts with `(format: {FORMAT}, name: \"...\"`"));
        }
    }
    let mut outline = outline(text);
    if let Err((note, newer)) = format(&outline) {
        return Err(ReadError { newer, ..fail(text, vec![note]) });
    }
    match (outline.too_much.take(), format(&outline)) {
        (None, Ok(format)) => Ok((outline, format)),
        (Some(note), _) | (None, Err((note, _))) => Err(nothing_of_it(fail(text, vec![note]))),
    }
}

/// The format that a text says it is in; else what to say, and the newer format it is in.
fn format(outline: &Outline) -> Result<u32, (Note, Option<u32>)> {
    let Some((offset, format)) = &outline.format else {
        if outline.open.bracket.is_some() {
            return Ok(FORMAT); // broken before it could say: the typed reader knows where
        }
        let message = format!("the file does not say its format; put `format: {FORMAT},` first");
        return Err((Note { offset: 0, message }, None));
    };
    let told = |message, newer| Err((Note { offset: *offset, message }, newer));
    let is_number = !format.is_empty() && format.bytes().all(|byte| byte.is_ascii_digit());
    // A number that is too large for a format is one that is newer still.
    match format.parse::<u32>().ok().or(is_number.then_some(u32::MAX)) {
        Some(format @ 1..=FORMAT) => Ok(format),
        Some(newer) if newer > FORMAT => {
            let name = format_in_words(newer);
            let message = format!(
                "this file is in {name}; this version of Groundplan reads up to format {FORMAT}. Open it with a newer one"
            );
            told(message, Some(newer))
        }
        _ => told(format!("there is no format {format}; the formats go from 1 to {FORMAT}"), None),
    }
}

/// What the typed reader stopped at, the sign whose lack it may be that it stopped at, and, in a text that is closed everywhere, whatever else is
/// wrong with it. What only follows from something that could not be read is not told.
fn everything_wrong(
    text: &str,
    error: &SpannedError,
    closed: bool,
    check: &dyn Fn(&Project) -> Vec<Problem>,
) -> Vec<Note> {
    let first = explain(text, error);
    let cause = is_of_signs(&error.code).then(|| missing_quote(text, first.offset)).flatten();
    let mut notes = Vec::new();
    if closed && cause.is_none() {
        let mut pieces = Pieces::of(text, false);
        pieces.read();
        let faults = pieces.faults.told;
        notes.extend(wrong_beside(text, &faults, check));
        let others = faults.into_iter().filter(|fault| fault.offset != first.offset);
        notes.extend(others.map(|fault| Note { offset: fault.offset, message: fault.message }));
    }
    let cause = cause
        .or_else(|| unclosed_note(text, first.offset >= text.trim_end().len()))
        .filter(|cause| cause.offset != first.offset);
    notes.extend(cause);
    notes.push(first);
    notes
}

/// What is wrong with the sense of what can be read of a text, beside these faults.
fn wrong_beside(text: &str, faults: &[Fault], check: &dyn Fn(&Project) -> Vec<Problem>) -> Vec<Note> {
    let whole = with_stand_ins(text, faults);
    let mut pieces = Pieces::of(&whole.text, false);
    let project = pieces.read();
    let gone = pieces.gone();
    let mut problems = project.validate();
    problems.extend(check(&project));
    problems.retain(|problem| !follows(problem, &gone));
    placed(&whole.text, problems).map(|note| Note { offset: whole.before(note.offset), ..note }).collect()
}

/// Whether a problem names something that could not be read.
fn follows(problem: &Problem, gone: &HashSet<&str>) -> bool {
    !gone.is_empty() && problem.message.split('"').skip(1).step_by(2).any(|name| gone.contains(name))
}

/// Problems of a project where their keys stand in its text.
fn placed(text: &str, problems: Vec<Problem>) -> impl Iterator<Item = Note> {
    let paths: Vec<&[String]> = problems.iter().map(|problem| problem.path.as_slice()).collect();
    let places = offsets(text, &paths);
    problems.into_iter().zip(places).map(|(problem, offset)| Note { offset, message: problem.message })
}

fn fail(text: &str, notes: Vec<Note>) -> ReadError {
    ReadError { problems: located(text, notes), is_project: false, newer: None, repairable: true }
}

/// The same of a text of which nothing can be read by itself.
fn nothing_of_it(error: ReadError) -> ReadError {
    ReadError { repairable: false, ..error }
}
