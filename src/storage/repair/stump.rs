//! The beginning of a project that stands before the project itself, as where it was pasted twice and the first time not all of it.

use super::super::{
    mend::{FIRST_PROJECT, ids},
    pieces::Fault,
};
use crate::{
    lang::{t, tr},
    ron_text::Pieced,
    text::count,
};

/// So many projects of a text are looked at.
const MOST_PROJECTS: usize = 50;

/// A text from the project on that has the most entries, and what is left out before it; `None` if that is the first one.
pub(super) fn without_smaller(text: &str) -> Option<(Pieced<()>, Vec<Fault>)> {
    let begins: Vec<usize> = begins(text).take(MOST_PROJECTS).collect();
    if begins.len() < 2 {
        return None;
    }
    let ends = begins.iter().skip(1).copied().chain([text.len()]);
    let entries = |range: std::ops::Range<usize>| text.get(range).map_or(0, |text| ids(text).count());
    let parts: Vec<(usize, usize, usize)> =
        begins.iter().zip(ends).map(|(begin, end)| (*begin, end, entries(*begin..end))).collect();
    let (_, _, first) = *parts.first()?;
    // Of those with as many, the first.
    let (begin, end, most) = parts.iter().rev().copied().max_by_key(|(_, _, entries)| *entries)?;
    if most <= first {
        return None;
    }
    let lines = |range: std::ops::Range<usize>| text.get(range).map_or(0, |text| text.trim_end().lines().count());
    let line = 1 + text.get(..begin)?.matches('\n').count();
    let message = tr!(
        "a second project begins at line {line}, {lines} lines with {entries}; it is kept, since what stands before it has {first_entries} on {first_lines} lines; keep one of them",
        line,
        lines = lines(begin..end),
        entries = counted(most),
        first_entries = counted(entries(0..begin)),
        first_lines = lines(0..begin)
    );
    let fault = Fault { offset: begin, message, left_out: vec![FIRST_PROJECT.to_owned()], ..Fault::default() };
    Some((Pieced::changed(text, &[(0..begin, String::new())]), vec![fault]))
}

fn counted(entries: usize) -> String {
    match entries {
        1 => t("1 entry").to_owned(),
        entries => tr!("{entries} entries", entries = count(entries)),
    }
}

/// Where projects begin: at a bracket that begins its line, with the format behind it. One that is told in a text has its quotes escaped.
fn begins(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices("format").filter_map(|(at, word)| {
        let before = text[..at].trim_end().strip_suffix('(')?;
        let behind = &text[at + word.len()..];
        let is_key = behind.trim_start().starts_with(':');
        let is_escaped = behind.split_once('"').is_some_and(|(before, _)| before.ends_with('\\'));
        (is_key && !is_escaped && (before.is_empty() || before.ends_with('\n'))).then_some(before.len())
    })
}
