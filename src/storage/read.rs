//! Reading a project: bounds, format, types and sense, in this order, with all that is wrong at once.

use std::collections::HashSet;

use super::{
    FORMAT,
    format::from_text,
    locate::{Outline, outline},
    migrate::Migrated,
    pieces::Pieces,
    problem::ReadError,
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
    let (outline, format) = begin(text)?;
    let migrated = Migrated::new(text, format);
    let mut notes: Vec<Note> = outline.twice.into_iter().map(|twice| twice.note).collect();
    let project = match from_text(migrated.text()) {
        Ok(project) => project,
        Err(error) => {
            let closed = outline.open.bracket.is_none();
            notes.extend(
                everything_wrong(migrated.text(), explain(migrated.text(), &error), closed, check)
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
    let refuse = |offset, message| Err(fail(text, vec![Note { offset, message }]));
    if text.len() > MAX_FILE_BYTES {
        let message = format!("{} MB are more than any project: at most 64 MB are read", text.len() / 1_048_576);
        return Err(fail("", vec![Note { offset: 0, message }]));
    }
    if let Some(offset) = text.find('\0') {
        return refuse(offset, "this is not a text file".to_owned());
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
        let mut pieces = Pieces::of(text, false);
        let project = pieces.read();
        let gone = pieces.gone();
        let mut problems = project.validate();
        problems.extend(check(&project));
        problems.retain(|problem| !follows(problem, &gone));
        notes.extend(placed(text, problems));
        notes.extend(
            pieces
                .faults
                .told
                .iter()
                .filter(|fault| fault.offset != first.offset)
                .map(|fault| Note { offset: fault.offset, message: fault.message.clone() }),
        );
    }
    notes.push(first);
    notes.into_iter()
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
    ReadError { problems: located(text, notes), is_project: false, newer: None }
}
