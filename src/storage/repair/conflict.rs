//! The marks that version control leaves in a file where two sides changed the same lines.

use std::{collections::HashSet, ops::Range};

use super::{super::pieces::Fault, around::is_part_of_project, lines::LostLines};
use crate::{
    lang::{t, tr},
    ron_text::{Note, Pieced},
};

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Line {
    Ours,
    Base,
    Middle,
    Theirs,
    Plain,
}

/// What a line is; a mark may be indented, where an editor or a program has put the text in order.
fn line(text: &str) -> Line {
    let text = text.trim_start_matches([' ', '\t']);
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
    /// Where it begins.
    start: usize,
    /// The lines that go: marks and what stood there before, and the other side.
    gone: Vec<Range<usize>>,
    /// The side that is kept, as far as it is known.
    ours: Range<usize>,
    theirs: Range<usize>,
    /// Whether all of its marks are there.
    is_whole: bool,
}

/// A line that is a mark.
struct Mark {
    line: Line,
    range: Range<usize>,
    /// Whether the lines around it are those of a project: in the middle of a text such a line underlines a title.
    is_in_project: bool,
}

fn marks(text: &str) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let (mut at, mut before) = (0, "");
    // The mark that waits for what stands behind it.
    let mut waits = false;
    for words in text.split_inclusive('\n') {
        let range = at..at + words.len();
        at = range.end;
        let line = line(words);
        if line != Line::Plain {
            marks.push(Mark { line, range, is_in_project: is_part_of_project(before) });
            waits = true;
        } else if !words.trim().is_empty() {
            if let Some(mark) = marks.last_mut().filter(|_| waits) {
                mark.is_in_project |= is_part_of_project(words);
            }
            (before, waits) = (words, false);
        }
    }
    marks
}

fn conflicts(text: &str) -> Vec<Conflict> {
    let marks = marks(text);
    let mut found = Vec::new();
    let mut rest = marks.as_slice();
    while let Some(first) = rest.first() {
        let lines: Vec<Line> = rest.iter().take(4).map(|mark| mark.line).collect();
        let length = match lines.as_slice() {
            [Line::Ours, Line::Base, Line::Middle, Line::Theirs] => 4,
            [Line::Ours, Line::Middle, Line::Theirs, ..] => 3,
            _ => 0,
        };
        let (these, behind) = rest.split_at(length.max(1));
        let is_whole = length > 0;
        rest = behind;
        if let (true, [ours, .., middle, theirs]) = (is_whole, these) {
            let ours = ours.range.end..these[1].range.start;
            found.push(Conflict {
                start: first.range.start,
                gone: vec![first.range.clone(), ours.end..theirs.range.end],
                ours,
                theirs: middle.range.end..theirs.range.start,
                is_whole,
            });
        } else if first.is_in_project {
            // Of the mark in the middle and the last one it is known where the other side stands.
            let end = rest.first().filter(|mark| first.line == Line::Middle && mark.line == Line::Theirs);
            let (gone, theirs) = match end {
                Some(end) => (first.range.start..end.range.end, first.range.end..end.range.start),
                None => (alone(text, first.range.clone()), first.range.end..first.range.end),
            };
            rest = if end.is_some() { &rest[1..] } else { rest };
            found.push(Conflict {
                start: first.range.start,
                gone: vec![gone],
                ours: first.range.start..first.range.start,
                theirs,
                is_whole,
            });
        }
    }
    found
}

/// What goes of the line of a mark that stands alone: only the mark where a line of a project is behind it, and no name of a branch.
fn alone(text: &str, range: Range<usize>) -> Range<usize> {
    let line = &text[range.clone()];
    let (blanks, mark) = (line.len() - line.trim_start().len(), "<<<<<<<".len());
    let rest = line.get(blanks + mark..).unwrap_or_default().trim();
    let is_key = |words: &str| {
        let word = words.trim_start_matches(|c: char| c.is_ascii_lowercase() || c == '_');
        word.len() < words.len() && word.starts_with(": ")
    };
    let begins = rest.starts_with(['"', '(', ')', '{', '}', '[', ']']) || is_key(rest);
    if begins && rest.ends_with([',', '(', '{', '[', ')', '}', ']']) {
        range.start + blanks..range.start + blanks + mark
    } else {
        range
    }
}

/// What to say of a text with conflicts in it; `None` if there are none.
pub(in crate::storage) fn told(text: &str) -> Option<Note> {
    let conflicts = conflicts(text);
    let first = conflicts.first()?;
    if conflicts.iter().all(|conflict| !conflict.is_whole) {
        let message = t(
            "a mark of a merge is left in this file (<<<<<<<, ======= or >>>>>>>), without the others that belong to it; take the line out and look at what stands around it, or merge the two versions with `groundplan merge` (`groundplan repair` keeps what stands there)",
        );
        return Some(Note { offset: first.start, message: message.to_owned() });
    }
    let count = match conflicts.iter().filter(|conflict| conflict.is_whole).count() {
        1 => t("a conflict of a merge is").to_owned(),
        count => tr!("{count} conflicts of a merge are", count),
    };
    let message = tr!(
        "{count} left in this file, between the marks <<<<<<< and >>>>>>>; keep one side of each, or merge the two versions with `groundplan merge` (`groundplan repair` keeps the first side)",
        count
    );
    Some(Note { offset: first.start, message })
}

/// Most lines of other sides that are told one by one.
const MOST_LINES: usize = 500;

/// The text with the first side of each conflict, and what of the other sides is left out for it; `None` if there are no conflicts.
pub(super) fn first_sides(text: &str) -> Option<(Pieced<()>, Vec<Fault>)> {
    let conflicts = conflicts(text);
    if conflicts.is_empty() {
        return None;
    }
    let (mut changes, mut faults) = (Vec::new(), Vec::new());
    let mut lost = LostLines::new(t("of the other side of the conflict"), MOST_LINES);
    for Conflict { start, gone, ours, theirs, is_whole } in &conflicts {
        changes.extend(gone.iter().map(|range| (range.clone(), String::new())));
        let message = match (is_whole, theirs.is_empty()) {
            (true, _) => t("a conflict of a merge; its first side is kept"),
            (false, false) => {
                t("a conflict of a merge without its first mark; what stands before its other side is kept")
            }
            (false, true) => {
                t("a mark of a merge without the others; it is taken out, and what stands around it is kept")
            }
        };
        faults.push(Fault { offset: *start, message: message.to_owned(), ..Fault::default() });
        let kept: HashSet<&str> = text.get(ours.clone()).unwrap_or_default().lines().map(str::trim).collect();
        let mut at = theirs.start;
        // How deep in something that our side does not have: all of that is lost, however much alike it is.
        let mut foreign = 0_usize;
        for line in text.get(theirs.clone()).unwrap_or_default().split_inclusive('\n') {
            let words = line.trim();
            let offset = at + (line.len() - line.trim_start().len());
            at += line.len();
            let is_kept = foreign == 0 && kept.contains(words);
            if !is_kept && words.ends_with(['(', '{', '[']) {
                foreign += 1;
            } else if foreign > 0 && words.starts_with([')', '}', ']']) {
                foreign -= 1;
            }
            if !is_kept {
                lost.add(offset, words);
            }
        }
    }
    faults.extend(lost.told(text.len(), "lines of the other sides of conflicts"));
    Some((Pieced::changed(text, &changes), faults))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_an_entry_that_only_the_other_side_has_every_line_is_told() {
        let entry = |id: &str| format!("\"{id}\": (\nkind: worker,\ntraits: {{\n\"x\": 1,\n}},\n),\n");
        let text = format!("<<<<<<< HEAD\n{}=======\n{}>>>>>>> other\n", entry("audit"), entry("billing"));
        let (_, notes) = first_sides(&text).unwrap();
        let told = |words: &str| notes.iter().any(|note| note.left_out.iter().any(|line| line.contains(words)));
        for words in ["billing", "kind: worker", "\"x\": 1"] {
            assert!(told(words), "{words}");
        }
    }

    #[test]
    fn the_first_side_is_kept_and_the_other_told() {
        let text = "a\n<<<<<<< HEAD\nb: 1,\nc: 2,\n||||||| base\nb: 0,\n=======\nb: 3,\nc: 2,\n>>>>>>> other\nd\n";
        let (kept, notes) = first_sides(text).unwrap();
        assert_eq!(kept.text, "a\nb: 1,\nc: 2,\nd\n");
        let notes: Vec<(&str, String)> =
            notes.iter().map(|note| (note.message.as_str(), note.left_out.concat())).collect();
        assert_eq!(
            notes,
            [
                ("a conflict of a merge; its first side is kept", String::new()),
                ("of the other side of the conflict", "b: 3,".to_owned())
            ]
        );
        for text in ["=======\n", "Title\n=======\nwords\n", "x <<<<<<<\nx\n", "<<<<<<<<<\na: 1,\n"] {
            assert!(first_sides(text).is_none(), "{text}");
        }
        for (text, whole) in [
            ("a: 1,\n<<<<<<< HEAD\nb: 1,\n", "a: 1,\nb: 1,\n"),
            ("a: 1,\n=======\nb: 1,\n", "a: 1,\nb: 1,\n"),
            ("a: 1,\n=======\nb: 1,\n>>>>>>> x\nc: 1,\n", "a: 1,\nc: 1,\n"),
            ("<<<<<<< HEAD\na: 1,\n=======\nb: 1,\n", "a: 1,\nb: 1,\n"),
            ("<<<<<<< HEAD\na: 1,\n>>>>>>> x\n", "a: 1,\n"),
            ("a: 1,\n<<<<<<<  label: \"x\",\n", "a: 1,\n  label: \"x\",\n"),
            ("a: 1,\n>>>>>>> \"shop\": (\n", "a: 1,\n \"shop\": (\n"),
            ("a: 1,\n>>>>>>> 1a2b3c4 (add b: 2)\nb: 1,\n", "a: 1,\nb: 1,\n"),
            ("a: 1,\n<<<<<<< HEAD:plan.ron\nb: 1,\n", "a: 1,\nb: 1,\n"),
        ] {
            let (kept, notes) = first_sides(text).unwrap();
            assert_eq!(kept.text, whole);
            assert!(notes.iter().any(|note| note.message.contains("of a merge without")));
        }
    }
}
