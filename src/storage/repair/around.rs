//! What stands before and behind a project in its text: the words of a mail, the fences of a chat.

use std::ops::Range;

use super::super::pieces::{Fault, known_names};
use crate::{
    lang::{t, tr},
    ron_text::{Pieced, Token, Tokens},
};

/// A text without what stands around the project, and what that is; `None` if nothing does.
pub(super) fn without_surroundings(text: &str) -> Option<(Pieced<()>, Vec<Fault>)> {
    let begin = Some(begin(text)).filter(|begin| !text[..*begin].lines().any(is_of_project)).unwrap_or_default();
    let end = end(text, begin);
    let mut faults = Vec::new();
    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
    for (range, is_before) in [(0..begin, true), (end..text.len(), false)] {
        let Some(words) = text.get(range.clone()).map(str::trim).filter(|words| !words.is_empty()) else { continue };
        if words.starts_with("/*") || words.lines().all(|line| line.trim_start().starts_with("//")) {
            continue;
        }
        let offset = range.start + text[range.clone()].find(words).unwrap_or_default();
        let lines = words.lines().count();
        let shown: String = words.chars().take(MOST_SHOWN).map(|c| if c == '\n' { ' ' } else { c }).collect();
        let more = if shown.len() < words.len() { " ..." } else { "" };
        let message = match (is_before, lines) {
            (true, 1) => t("what stands before the project; it is no part of it").to_owned(),
            (false, 1) => t("what stands after the project; it is no part of it").to_owned(),
            (true, _) => tr!("{lines} lines stand before the project; they are no part of it", lines),
            (false, _) => tr!("{lines} lines stand after the project; they are no part of it", lines),
        };
        faults.push(Fault { offset, message, left_out: vec![format!("{shown}{more}")], ..Fault::default() });
        changes.push((range, String::new()));
    }
    (!changes.is_empty()).then(|| (Pieced::changed(text, &changes), faults))
}

/// So many characters of it are told.
const MOST_SHOWN: usize = 120;

/// Where the project begins: at the bracket before the first of its fields, or at that field.
fn begin(text: &str) -> usize {
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        at += line.len();
        let line = line.trim();
        if line.starts_with("#!") || line.starts_with("//") || line.starts_with("/*") {
            return 0;
        }
        if begins_field(line) || begins_entry(line) {
            // The bracket may stand on the line before, or there is none.
            let before = text[..start].trim_end();
            return before.strip_suffix(['(', '{', '[']).map_or(start, word_before);
        }
        if let Some(bracket) = bracket_before_field(line) {
            let place = start + bracket;
            return word_before(text.get(..place).unwrap_or_default());
        }
    }
    0
}

/// Where the name of a type begins that a text ends with; only one that stands alone on its line.
fn word_before(text: &str) -> usize {
    let line = text.rfind('\n').map_or(0, |end| end + 1);
    let word = text[line..].trim_start();
    let is_name = !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if is_name { text.len() - word.len() } else { text.len() }
}

/// The bracket of a line behind which one of the project's fields begins.
fn bracket_before_field(line: &str) -> Option<usize> {
    let near = |(at, _): &(usize, &str)| begins_field(line[at + 1..].trim_start());
    line.match_indices(['(', '{']).take(MOST_BRACKETS).find(near).map(|(at, _)| at)
}

/// So many brackets of a line are looked behind.
const MOST_BRACKETS: usize = 20;

/// Whether a text begins with one of the project's fields and a colon; the name may be in quotes.
fn begins_field(text: &str) -> bool {
    let bare = text.strip_prefix(['"', '\u{201c}', '\'']).unwrap_or(text);
    known_names().any(|name| {
        // In capitals as well, but for those that stand at the head of a mail.
        let is_it = |word: &str| word == name || !["name", "notes"].contains(&name) && word.eq_ignore_ascii_case(name);
        let behind = bare.split_at_checked(name.len()).filter(|(word, _)| is_it(word)).map(|(_, rest)| rest);
        let behind = behind.map(|rest| rest.strip_prefix(['"', '\u{201d}', '\'']).unwrap_or(rest));
        behind.is_some_and(|rest| rest.trim_start().starts_with([':', '=']))
    })
}

/// Whether a text begins with an id in quotes and a colon.
fn begins_entry(text: &str) -> bool {
    let id = text.strip_prefix('"').and_then(|rest| rest.split_once('"'));
    id.is_some_and(|(id, rest)| !id.is_empty() && id.len() < 200 && rest.trim_start().starts_with(':'))
}

/// Whether a line looks like a part of a project: a field, an entry, or nothing but marks.
fn is_of_project(line: &str) -> bool {
    let line = line.trim();
    let behind_name = line.trim_start_matches(|c: char| c.is_ascii_lowercase() || c == '_');
    let is_field = behind_name.len() < line.len() && behind_name.starts_with(':') && !behind_name.starts_with("://");
    let has_words = line.chars().any(char::is_alphanumeric);
    let is_list = line.starts_with('"') && line.ends_with(['"', ',']);
    is_field || begins_entry(line) || is_list || !has_words && line.starts_with([')', '}', ']', '(', '{', '[', ','])
}

/// The same, or one on which a bracket opens before a field.
pub(super) fn is_part_of_project(line: &str) -> bool {
    is_of_project(line) || bracket_before_field(line.trim()).is_some()
}

/// Where the project ends that begins at a place.
fn end(text: &str, begin: usize) -> usize {
    if let Some(end) = closed_at(text, begin) {
        let rest = text.get(end..).unwrap_or_default();
        let goes_on = rest.trim_start().starts_with([',', ')', '}', ']', '(', '{', '[', '"']);
        if !goes_on && !rest.lines().any(is_part_of_project) {
            return end;
        }
    }
    // From behind: the last line of marks, if whatever follows is words.
    let mut at = text.len();
    for line in text.split_inclusive('\n').rev().take(MOST_LINES) {
        at -= line.len();
        let bare = line.trim();
        let behind = bare.trim_start_matches([')', '}', ']', ',', ';', ' ', '\t']);
        if at < begin || bare.starts_with([')', '}', ']']) && behind.contains(['"', ':', '(', '{']) {
            break;
        }
        if bare.starts_with([')', '}', ']']) && !is_of_project(behind) {
            return at + line.trim_end().len() - behind.len();
        }
        if is_part_of_project(line) {
            break;
        }
    }
    text.len()
}

/// Lines of words behind a project that are looked at.
const MOST_LINES: usize = 2_000;

/// Past the closing bracket of the one that a text opens with.
fn closed_at(text: &str, begin: usize) -> Option<usize> {
    let mut depth = 0_usize;
    for (offset, token) in Tokens::from(text, begin) {
        match token {
            Token::Open(_) => depth += 1,
            Token::Close(_) => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(offset + 1);
                }
            }
            _ => {}
        }
    }
    None
}
