//! The marks that version control leaves in a file where two sides changed the same lines.

use std::{collections::HashSet, ops::Range};

use crate::ron_text::{Note, Pieced};

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Line {
    Ours,
    Base,
    Middle,
    Theirs,
    Plain,
}

fn line(text: &str) -> Line {
    let is =
        |mark: &str| text.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\r', '\n']));
    match text.as_bytes().first() {
        Some(b'<') if is("<<<<<<<") => Line::Ours,
        Some(b'|') if is("|||||||") => Line::Base,
        Some(b'=') if is("=======") => Line::Middle,
        Some(b'>') if is(">>>>>>>") => Line::Theirs,
        _ => Line::Plain,
    }
}

/// A conflict: where its marks and sides stand.
#[derive(Debug, PartialEq)]
struct Conflict {
    /// From the first mark to past the last one.
    all: Range<usize>,
    ours: Range<usize>,
    theirs: Range<usize>,
}

fn conflicts(text: &str) -> Vec<Conflict> {
    let mut found = Vec::new();
    let mut begun: Option<(usize, usize)> = None; // the mark, and past it
    let mut ours_end: Option<usize> = None;
    let mut middle: Option<usize> = None;
    let mut at = 0;
    for text in text.split_inclusive('\n') {
        let (start, end) = (at, at + text.len());
        at = end;
        match line(text) {
            Line::Ours => (begun, ours_end, middle) = (Some((start, end)), None, None),
            Line::Base if begun.is_some() => ours_end = ours_end.or(Some(start)),
            Line::Middle if begun.is_some() => {
                ours_end = ours_end.or(Some(start));
                middle = middle.or(Some(end));
            }
            Line::Theirs => {
                if let (Some((mark, ours)), Some(ours_end), Some(theirs)) =
                    (begun.take(), ours_end.take(), middle.take())
                {
                    found.push(Conflict { all: mark..end, ours: ours..ours_end, theirs: theirs..start });
                }
            }
            _ => {}
        }
    }
    found
}

/// What to say of a text with conflicts in it; `None` if there are none.
pub(in crate::storage) fn told(text: &str) -> Option<Note> {
    let conflicts = conflicts(text);
    let first = conflicts.first()?;
    let count = match conflicts.len() {
        1 => "a conflict of a merge is".to_owned(),
        count => format!("{count} conflicts of a merge are"),
    };
    let message = format!(
        "{count} left in this file, between the marks <<<<<<< and >>>>>>>; keep one side of each, or merge the two versions with `groundplan merge` (`groundplan repair` keeps the first side)"
    );
    Some(Note { offset: first.all.start, message })
}

/// Most lines of other sides that are told one by one.
const MOST_LINES: usize = 500;

/// The text with the first side of each conflict, and what of the other sides is left out for it; `None` if there are no conflicts.
pub(super) fn first_sides(text: &str) -> Option<(Pieced<()>, Vec<Note>)> {
    let conflicts = conflicts(text);
    if conflicts.is_empty() {
        return None;
    }
    let (mut changes, mut notes) = (Vec::new(), Vec::new());
    let mut more = 0;
    for Conflict { all, ours, theirs } in &conflicts {
        changes.push((all.start..ours.start, String::new()));
        changes.push((ours.end..all.end, String::new()));
        let message = "a conflict of a merge; its first side is kept".to_owned();
        notes.push(Note { offset: all.start, message });
        let kept: HashSet<&str> = text.get(ours.clone()).unwrap_or_default().lines().map(str::trim).collect();
        let mut at = theirs.start;
        for line in text.get(theirs.clone()).unwrap_or_default().split_inclusive('\n') {
            let words = line.trim();
            let offset = at + (line.len() - line.trim_start().len());
            at += line.len();
            if !words.chars().any(char::is_alphanumeric) || kept.contains(words) {
                continue;
            }
            if notes.len() < MOST_LINES {
                let shown: String = words.chars().take(120).collect();
                notes.push(Note { offset, message: format!("of the other side of the conflict (left out: {shown})") });
            } else {
                more += 1;
            }
        }
    }
    if more > 0 {
        let message = format!("and {more} more lines of the other sides of conflicts (left out)");
        notes.push(Note { offset: text.len(), message });
    }
    Some((Pieced::changed(text, &changes), notes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_side_is_kept_and_the_other_told() {
        let text = "a\n<<<<<<< HEAD\nb: 1,\nc: 2,\n||||||| base\nb: 0,\n=======\nb: 3,\nc: 2,\n>>>>>>> other\nd\n";
        let (kept, notes) = first_sides(text).unwrap();
        assert_eq!(kept.text, "a\nb: 1,\nc: 2,\nd\n");
        let notes: Vec<&str> = notes.iter().map(|note| note.message.as_str()).collect();
        assert_eq!(
            notes,
            ["a conflict of a merge; its first side is kept", "of the other side of the conflict (left out: b: 3,)"]
        );
        for text in [
            "=======\n",
            "<<<<<<< HEAD\na\n",
            "<<<<<<< HEAD\n>>>>>>> x\n",
            "x <<<<<<<\n=======\n>>>>>>>\n",
            "<<<<<<<<<\n=======\n>>>>>>>",
        ] {
            assert!(first_sides(text).is_none(), "{text}");
        }
    }
}
