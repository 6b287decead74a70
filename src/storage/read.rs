//! Reading a project: bounds, format, types and sense, in this order, with all that is wrong at once.

use std::collections::HashSet;

use super::{
    FORMAT,
    format::from_text,
    locate::{Outline, outline},
    migrate::Migrated,
    pieces::Pieces,
    problem::ReadError,
    repair::{conflict, encoding, sections},
};
use crate::{
    project::{Problem, Project},
    ron_text::{Note, Token, Tokens, explain, located, offsets},
};

/// Largest file that is read, in bytes.
pub const MAX_FILE_BYTES: usize = 64 * 1024 * 1024;

/// The project in `text`, if it is sound as a document and for `check`, which knows the playbook. Older formats are read as the present one.
///
/// Fails with everything that is wrong, each with line and column, and the nearest known name where there is one.
pub fn read_project(text: &str, check: &dyn Fn(&Project) -> Vec<Problem>) -> Result<Project, ReadError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    read_whole(text, check).map_err(|error| match conflict::told(text) {
        // Whatever else is said follows from them.
        Some(note) if text.len() <= MAX_FILE_BYTES => fail(text, vec![note]),
        _ => error,
    })
}

fn read_whole(text: &str, check: &dyn Fn(&Project) -> Vec<Problem>) -> Result<Project, ReadError> {
    let (outline, format) = begin(text)?;
    let migrated = Migrated::new(text, format);
    let mut notes: Vec<Note> = outline.twice;
    let project = match from_text(migrated.text()) {
        Ok(project) => project,
        Err(error) => {
            let closed = outline.open.bracket.is_none();
            let mut first = explain(migrated.text(), &error);
            let mut text_read = migrated.text();
            if error.code == ron::error::Error::TrailingCharacters && begins_project(text_read, first.offset) {
                text_read = text_read.get(..first.offset).unwrap_or_default();
                first.message = format!("{}: a second project begins here; keep one of them", first.message);
            }
            notes.extend(
                everything_wrong(text_read, first, closed, check)
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

/// Whether a project begins at a place of a text.
fn begins_project(text: &str, offset: usize) -> bool {
    let mut tokens = Tokens::from(text, offset).map(|(_, token)| token);
    matches!(tokens.next(), Some(Token::Open(_)))
        && tokens.next() == Some(Token::Word("format"))
        && tokens.next() == Some(Token::Colon)
}

/// What can be said before anything is read into types, and the format; fails if nothing should be.
fn begin(text: &str) -> Result<(Outline, u32), ReadError> {
    let refuse = |offset, message| Err(fail(text, vec![Note { offset, message }]));
    if text.len() > MAX_FILE_BYTES {
        let message = format!("{} MB are more than any project: at most 64 MB are read", text.len() / 1_048_576);
        return Err(fail("", vec![Note { offset: 0, message }]));
    }
    if let Some(offset) = text.find('\0') {
        let message = if encoding::utf16(text.as_bytes()).is_some() { encoding::IS_UTF16 } else { encoding::HAS_NUL };
        return refuse(offset, message.to_owned());
    }
    match Tokens::from(text, 0).find(|(_, token)| !matches!(token, Token::Word(_))) {
        None if text.trim().is_empty() => return refuse(0, "the file is empty".to_owned()),
        Some((_, Token::Open(b'(' | b'['))) => {}
        _ => {
            let message = format!("this is not a project: a project starts with `(format: {FORMAT}, name: \"...\"`");
            return refuse(0, message);
        }
    }
    let mut outline = outline(text);
    let format =
        format(&outline).and_then(|format| outline.too_much.take().map_or(Ok(format), |note| Err((note, None))));
    match format {
        Ok(format) => Ok((outline, format)),
        Err((note, newer)) => Err(ReadError { newer, ..fail(text, vec![note]) }),
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
    match format.parse::<u32>() {
        Ok(format @ 1..=FORMAT) => Ok(format),
        Ok(newer) if newer > FORMAT => told(
            format!(
                "this file is in format {newer}; this version of Groundplan reads up to format {FORMAT}. Open it with a newer one"
            ),
            Some(newer),
        ),
        _ => told(format!("there is no format {format}; the formats go from 1 to {FORMAT}"), None),
    }
}

/// What the typed reader stopped at, and, in a text that is closed everywhere, whatever else is wrong with it. What only follows from something
/// that could not be read is not told.
fn everything_wrong(
    text: &str,
    first: Note,
    closed: bool,
    check: &dyn Fn(&Project) -> Vec<Problem>,
) -> impl Iterator<Item = Note> {
    let mut notes = Vec::new();
    if closed {
        let renamed = sections::with_known_names(text);
        let (read, before) = match &renamed {
            Some((changed, _)) => (changed.text.as_str(), Some(changed)),
            None => (text, None),
        };
        let origin = |offset: usize| before.map_or(offset, |changed| changed.before(offset));
        let mut pieces = Pieces::of(read);
        let project = pieces.read();
        let gone = pieces.gone();
        let mut problems = project.validate();
        problems.extend(check(&project));
        problems.retain(|problem| !follows(problem, &gone));
        let told = pieces.faults.told.iter().map(|fault| Note { offset: fault.offset, message: fault.message.clone() });
        let all = placed(read, problems).chain(told);
        notes.extend(all.map(|note| Note { offset: origin(note.offset), ..note }));
        // Of one place what is said of the whole section is more.
        if notes.iter().any(|note| note.offset == first.offset && note.message.starts_with("unknown field")) {
            return notes.into_iter();
        }
        notes.retain(|note| note.offset != first.offset);
    }
    notes.push(first);
    notes.into_iter()
}

/// Whether a problem names something that could not be read.
fn follows(problem: &Problem, gone: &HashSet<String>) -> bool {
    !gone.is_empty() && problem.message.split('"').skip(1).step_by(2).any(|name| gone.contains(name))
}

/// Problems of a project where their keys stand in its text.
fn placed(text: &str, problems: Vec<Problem>) -> impl Iterator<Item = Note> {
    let paths: Vec<&[String]> = problems.iter().map(|problem| problem.path.as_slice()).collect();
    let places = offsets(text, &paths);
    problems.into_iter().zip(places).map(|(problem, offset)| Note { offset, message: problem.message })
}

pub(super) fn fail(text: &str, notes: Vec<Note>) -> ReadError {
    ReadError { problems: located(text, notes), is_project: false, newer: None }
}
