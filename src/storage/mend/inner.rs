//! Quotes within a text, where nobody put backslashes before them; and signs as pages write them, `&quot;` for one.

use super::{
    habits::{Cleaner, MOST_CLOSING},
    shape::is_field_name,
};
use crate::lang::later;

const INNER_QUOTES: &str = later("quotes within a text; they are kept in it");
const ENTITIES: &str = later("signs as pages write them (`&quot;` and the like); read as what they stand for");

/// Signs as pages write them, and what they stand for; first the quotes.
const SIGNS: [(&str, &str); 8] = [
    ("&quot;", "\\\""),
    ("&#34;", "\\\""),
    ("&#39;", "'"),
    ("&apos;", "'"),
    ("&amp;", "&"),
    ("&lt;", "<"),
    ("&gt;", ">"),
    ("&nbsp;", " "),
];
/// How many of them are quotes.
const QUOTES: usize = 4;

/// The sign that a text begins with, as pages write it, and what it stands for.
fn sign(text: &str) -> Option<(&'static str, &'static str)> {
    SIGNS.into_iter().find(|(sign, _)| text.starts_with(sign))
}

/// Whether a text begins with a quote as pages write it.
pub(super) fn begins_with_quote(text: &str) -> bool {
    SIGNS[..QUOTES].iter().any(|(sign, _)| text.starts_with(sign))
}

/// Whether the rest of a line behind a text, or behind a sign that may end it, goes on with what comes after a text: closing brackets, a comma, the
/// next field or entry, or nothing.
pub(super) fn goes_on(rest: &str, in_list: bool) -> bool {
    let rest = rest.trim_start();
    let behind = rest.trim_start_matches([')', ']', '}', ',', ' ', '\t', '\r']);
    let is_over = behind.is_empty() || behind.starts_with("//") || behind.starts_with("/*");
    is_over || behind.len() < rest.len() && begins_key(behind, in_list)
}

/// Whether a key begins here: a name with a colon, or something in quotes with one. In a list it is the next text.
fn begins_key(rest: &str, in_list: bool) -> bool {
    if let Some(quoted) = rest.strip_prefix('"') {
        let behind = quoted.split_once('"').map(|(_, behind)| behind.trim_start());
        return in_list || behind.is_some_and(|behind| behind.starts_with(':'));
    }
    let behind = rest.trim_start_matches(|c: char| c.is_ascii_lowercase() || c == '_');
    behind.len() < rest.len() && behind.trim_start().starts_with(':') && !behind.starts_with("://")
}

/// Whether some field begins within a text.
fn has_field(text: &str) -> bool {
    text.match_indices(':').any(|(colon, _)| {
        let before = text[..colon].trim_end();
        let start = before.trim_end_matches(|c: char| c.is_ascii_lowercase() || c == '_').len();
        is_field_name(&before[start..])
    })
}

/// Whether the key of some entry ends within a text.
fn has_key(text: &str) -> bool {
    text.match_indices('"').any(|(quote, _)| text[quote + 1..].trim_start().starts_with(':'))
}

/// Where quotes stand in a text that have no backslash before them; of very many the first ones.
fn bare_quotes(text: &str) -> impl Iterator<Item = usize> {
    text.match_indices('"').map(|(at, _)| at).filter(|at| !text[..*at].ends_with('\\')).take(MOST_CLOSING)
}

/// Where the last quote of a text stands in what may be all of it, if what seems to close it at `end` rather stands within it.
fn last_quote(text: &str, start: usize, end: usize, in_list: bool) -> Option<usize> {
    let closes = end.checked_sub(start + 2)?;
    let (before, behind) = (text.get(..closes)?, text.get(closes + 1..)?);
    let is_of_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    // A quote behind a figure is an inch mark, if it is not the last of its text.
    let goes_on_behind = behind.starts_with(|c: char| c == ' ' || c.is_alphanumeric());
    let is_inch = !in_list && before.ends_with(|c: char| c.is_ascii_digit()) && goes_on_behind;
    let opens = is_inch || !before.ends_with(char::is_alphanumeric) && is_of_word(behind.chars().next());
    // What seems to end a text may be the first quote of the next one, of which a mark before it is lost.
    let bare = before.trim_end();
    let leads_on = bare.ends_with([',', '[', '{']) || bare.ends_with(':') && !bare.contains(' ');
    if !opens || leads_on {
        return None;
    }
    let rest_of_line = |at: usize| text[at + 1..].lines().next().unwrap_or_default();
    // Where nothing is behind it and another line of the text follows, it is the last of its line alone.
    let ends_line = |at: usize| rest_of_line(at).trim().is_empty() && text[at..].contains('\n');
    let is_last = |at: usize| at > closes && goes_on(rest_of_line(at), in_list) && !ends_line(at);
    let (place, last) = bare_quotes(text).enumerate().find(|(_, at)| is_last(*at))?;
    // One right behind the first is that one again.
    let is_doubled = place % 2 == 1 && closes == 0;
    (!is_doubled && !has_field(&text[..last]) && !has_key(&text[..last])).then_some(last)
}

impl Cleaner<'_> {
    /// Past the last quote of a text that begins at `start` and seems to be closed at `end`, where quotes stand within it; they are kept.
    pub(super) fn inner_end(&mut self, start: usize, end: usize) -> Option<usize> {
        if !self.may_begin() {
            return None;
        }
        let in_list = matches!(self.last, Some('[' | ','));
        let line = self.line_from(start + 1);
        let last = last_quote(line, start, end, in_list);
        let is_over = last.is_some_and(|last| !line[last + 1..].trim().is_empty());
        let (text, last) = match last {
            Some(last) if is_over || in_list => (line, last),
            None if in_list => return None,
            // It may have been pasted with the ends of its lines.
            last => {
                let lines = self.lines_from(start + 1);
                (lines, last_quote(lines, start, end, in_list).or(last)?)
            }
        };
        let quotes: Vec<usize> = bare_quotes(text).take_while(|at| *at < last).collect();
        self.tell(end - 1, INNER_QUOTES);
        let inside = self.changes.len();
        self.escape(start + 1, start + 1 + last);
        let escaped = quotes.into_iter().map(|at| (start + 1 + at..start + 1 + at, "\\".to_owned()));
        self.changes.extend(escaped);
        self.changes[inside..].sort_by_key(|(range, _)| range.start);
        Some(start + 2 + last)
    }

    /// Reads a text in quotes as pages write them, with the signs in it; whether there is one here.
    pub(super) fn entity(&mut self) -> bool {
        let Some((open, _)) = sign(self.lexer.rest(self.at)).filter(|_| self.may_begin()) else { return false };
        let start = self.at + open.len();
        let line = self.line_from(start);
        let signs: Vec<(usize, &str, &str)> = line
            .match_indices('&')
            .filter_map(|(at, _)| sign(&line[at..]).map(|(sign, stands_for)| (at, sign, stands_for)))
            .take(MOST_CLOSING)
            .collect();
        let is_last = |(at, sign, _): &(usize, &str, &str)| {
            *sign == open && !line[..*at].ends_with('\\') && self.may_end(start + at + sign.len())
        };
        let Some(last) = signs.iter().position(is_last) else { return false };
        self.tell(self.at, ENTITIES);
        self.changes.push((self.at..start, "\"".to_owned()));
        for (at, sign, stands_for) in &signs[..last] {
            // Where somebody put a backslash before a quote, it stays one.
            let is_escaped = stands_for.starts_with('\\') && line[..*at].ends_with('\\');
            let stands_for = if is_escaped { &stands_for[1..] } else { stands_for };
            self.changes.push((start + at..start + at + sign.len(), stands_for.to_owned()));
        }
        let (at, sign, _) = signs[last];
        let past = start + at + sign.len();
        self.changes.push((start + at..past, "\"".to_owned()));
        self.took(past);
        true
    }
}
