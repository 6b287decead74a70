//! From key paths and byte offsets to lines and columns.

use std::{collections::HashMap, ops::ControlFlow};

use super::{problem::LocatedProblem, scan::walk};
use crate::{lang::tr, text::one_line};

/// A message about the text from a byte offset on.
pub(crate) struct Note {
    pub offset: usize,
    pub message: String,
}

/// ` in components > shop`, or nothing at the top.
pub(crate) fn in_words(path: &[impl AsRef<str>]) -> String {
    if path.is_empty() {
        return String::new();
    }
    let parts: Vec<&str> = path.iter().map(AsRef::as_ref).collect();
    tr!(" in {}", parts.join(" > "))
}

/// The byte offset of each key path, or of the longest beginning of it that is in the text; 0 if not even that is.
pub(crate) fn offsets(text: &str, paths: &[&[String]]) -> Vec<usize> {
    let mut wanted: HashMap<&[String], Option<usize>> = HashMap::new();
    for path in paths {
        for length in 1..=path.len() {
            wanted.insert(&path[..length], None);
        }
    }
    if !wanted.is_empty() {
        walk(text, usize::MAX, |key| {
            if let Some(place) = wanted.get_mut(key.path) {
                *place = Some(key.offset); // of two with the same id the later one is what was read
            }
            ControlFlow::Continue(())
        });
    }
    let found = |path: &&[String]| (1..=path.len()).rev().find_map(|length| wanted.get(&path[..length]).copied()?);
    paths.iter().map(|path| found(path).unwrap_or(0)).collect()
}

/// The byte offset of a line and column, both from 1; columns count characters.
pub(crate) fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(start..).unwrap_or_default();
    start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at)
}

/// The notes in the order of the text, with lines, columns and the lines they are about; one pass, however many.
pub(crate) fn located(text: &str, mut notes: Vec<Note>) -> Vec<LocatedProblem> {
    notes.sort_by_key(|note| note.offset);
    let (mut line, mut column, mut line_start, mut at) = (1, 1, 0, 0);
    let mut problems = Vec::with_capacity(notes.len());
    for note in notes {
        let until = note.offset.min(text.len());
        for (offset, character) in text.get(at..until).unwrap_or_default().char_indices() {
            if character == '\n' {
                (line, column, line_start) = (line + 1, 1, at + offset + 1);
            } else {
                column += 1;
            }
        }
        at = until;
        let (source, caret) = source_around(text, line_start, at);
        problems.push(LocatedProblem { line, column, message: brief(&note.message), source, caret });
    }
    problems
}

/// Bytes of a message that are shown whole.
const MESSAGE_BYTES: usize = 600;

/// A message as one line of some length, whatever names of the file are in it: these may be a megabyte, or turn the direction of writing.
fn brief(message: &str) -> String {
    if message.len() <= MESSAGE_BYTES {
        return one_line(message);
    }
    let kept = |end: usize| message.get(..end);
    let begin = (0..=MESSAGE_BYTES / 2).rev().find_map(kept).unwrap_or_default();
    let end = (message.len() - MESSAGE_BYTES / 2..message.len()).find_map(|start| message.get(start..));
    format!("{} ... {}", one_line(begin), one_line(end.unwrap_or_default()))
}

/// The line around an offset, cut to what fits on a screen, and how many characters of it come before the offset.
fn source_around(text: &str, line_start: usize, offset: usize) -> (String, usize) {
    const BEFORE: usize = 60;
    const AFTER: usize = 60;
    let before = text.get(line_start..offset).unwrap_or_default();
    let skipped = before.char_indices().rev().nth(BEFORE).map_or(0, |(at, c)| at + c.len_utf8());
    let shown_before = before[skipped..].trim_start();
    let rest = text.get(offset..).unwrap_or_default();
    let shown_after: String = rest.chars().take(AFTER).take_while(|c| !matches!(c, '\n' | '\r')).collect();
    let (before, after) = (one_line(shown_before), one_line(&shown_after));
    (format!("{before}{after}"), before.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_found_where_its_key_stands() {
        let text = "(\n  components: {\n    \"shop\": (traits: {\n      \"tabels\": 4 }),\n  },\n)";
        let full: Vec<String> = ["components", "shop", "traits", "tabels"].map(String::from).to_vec();
        let partly: Vec<String> = ["components", "shop", "pin"].map(String::from).to_vec();
        let places = offsets(text, &[&full, &partly]);
        let notes = places.iter().map(|offset| Note { offset: *offset, message: "x".into() }).collect();
        let found: Vec<_> = located(text, notes).iter().map(|p| (p.line, p.column)).collect();
        assert_eq!(found, [(3, 5), (4, 7)]);
        assert_eq!(offset_of(text, 4, 7), places[0]);
    }

    #[test]
    fn columns_count_characters() {
        let text = "(name: \"é\", x: 1)";
        let problems = located(text, vec![Note { offset: text.find('x').unwrap(), message: String::new() }]);
        assert_eq!((problems[0].line, problems[0].column), (1, 13));
        assert_eq!(problems[0].excerpt(), "1 | (name: \"é\", x: 1)\n  |             ^");
    }
}
