//! Reading a project: bounds, format, types and sense, in this order, with all that is wrong at once.

use super::{
    FORMAT, from_text,
    locate::{Outline, outline},
    problem::ReadError,
};
use crate::{
    project::{Problem, Project},
    ron_text::{Note, Token, Tokens, explain, located, offsets},
};

/// Largest file that is read, in bytes.
pub const MAX_FILE_BYTES: usize = 64 * 1024 * 1024;

/// The project in `text`, if it is sound as a document and for `check`, which knows the playbook.
///
/// Fails with everything that is wrong, each with line and column, and the nearest known name where there is one.
pub fn read_project(text: &str, check: &dyn Fn(&Project) -> Vec<Problem>) -> Result<Project, ReadError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
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
        _ => return refuse(0, "this is not a project: a project starts with `(format: 1, name: \"...\"`".to_owned()),
    }
    let outline = outline(text);
    if let Some(note) = unreadable_format(&outline).or(outline.too_many) {
        return Err(fail(text, vec![note]));
    }
    let mut notes = outline.notes;
    let project = match from_text(text) {
        Ok(project) => project,
        Err(error) => {
            notes.push(explain(text, &error));
            return Err(fail(text, notes));
        }
    };
    let mut problems = project.validate();
    problems.extend(check(&project));
    let paths: Vec<&[String]> = problems.iter().map(|problem| problem.path.as_slice()).collect();
    let places = offsets(text, &paths);
    notes
        .extend(problems.iter().zip(places).map(|(problem, offset)| Note { offset, message: problem.message.clone() }));
    if notes.is_empty() { Ok(project) } else { Err(ReadError { is_project: true, ..fail(text, notes) }) }
}

fn fail(text: &str, notes: Vec<Note>) -> ReadError {
    ReadError { problems: located(text, notes), is_project: false }
}

fn unreadable_format(outline: &Outline) -> Option<Note> {
    let Some((offset, format)) = &outline.format else {
        if outline.open.bracket.is_some() {
            return None; // broken before it could say: the typed reader knows where
        }
        let message = format!("the file does not say its format; put `format: {FORMAT},` first");
        return Some(Note { offset: 0, message });
    };
    let message = match format.parse::<u32>() {
        Ok(FORMAT) => return None,
        Ok(newer) if newer > FORMAT => format!(
            "this file is in format {newer}; this version of Groundplan reads up to format {FORMAT}. Open it with a newer one"
        ),
        _ => format!("there is no format {format}; the formats go from 1 to {FORMAT}"),
    };
    Some(Note { offset: *offset, message })
}
