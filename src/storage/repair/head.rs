//! A text of which the beginning is cut off, so that it starts in the middle of an entry. What is left of that entry belongs to nothing any more,
//! and least of all to the project, which has a name and notes as well.

use std::ops::Range;

use super::{
    super::pieces::{Fault, is_list},
    lines::LostLines,
};
use crate::{
    lang::{t, tr},
    ron_text::{Pieced, Token, Tokens, key_text},
};

/// What stands before the first bracket that closes without having been opened.
struct Torn<'t> {
    /// Past the last such bracket before something whole begins, and past the comma behind it.
    end: usize,
    closers: Vec<u8>,
    /// The fields before the first of these brackets.
    fields: Vec<&'t str>,
    /// Whether an entry comes next.
    is_in_list: bool,
}

/// Most lines of it that are told one by one.
const MOST_LINES: usize = 200;

/// A text without what is left of an entry whose beginning is cut off, or with the head of a section before it if it can stay; `None` if it
/// begins with something whole.
pub(super) fn without_torn(text: &str) -> Option<(Pieced<()>, Vec<Fault>)> {
    let Torn { end, closers, fields, is_in_list } = torn(text)?;
    let has = |names: &[&str]| names.iter().all(|name| fields.contains(name));
    let is_of_project = fields.iter().all(|field| ["name", "notes"].contains(field));
    if is_of_project && !fields.is_empty() && !is_in_list && closers == [b')'] {
        return None;
    }
    let sections = [
        ("components", ["name", "kind"].as_slice()),
        ("connections", &["from", "to"]),
        ("boundaries", &["name", "pos", "size"]),
        ("sticky_notes", &["text", "pos", "size"]),
    ];
    let section = sections.iter().find(|(_, needed)| closers.first() == Some(&b')') && has(needed));
    let fault = |message: String| Fault { offset: 0, message, ..Fault::default() };
    if let Some((section, _)) = section {
        let told = vec![fault(tr!(
            "the beginning of this file is missing: it starts in the middle of an entry of {section}; what is there of it is kept",
            section
        ))];
        return Some((Pieced::changed(text, &[(0..0, format!("({section}: {{\n"))]), told));
    }
    let mut lost = LostLines::new(t("of an entry whose beginning is missing"), MOST_LINES);
    lost.add_all(0, text.get(..end)?);
    let told = std::iter::once(fault(
        t("the beginning of this file is missing: it starts in the middle of an entry; what is left of that is no part of the project")
            .to_owned(),
    ));
    let told = told.chain(lost.told(end, t("lines of an entry whose beginning is missing"))).collect();
    let range: Range<usize> = 0..end;
    Some((Pieced::changed(text, &[(range, "(".to_owned())]), told))
}

/// Looks for it; `None` if nothing is closed that was not opened.
fn torn(text: &str) -> Option<Torn<'_>> {
    if text.trim_start().starts_with("#!") {
        return None;
    }
    let start = begin(text);
    let mut found = Torn { end: 0, closers: Vec::new(), fields: Vec::new(), is_in_list: false };
    let mut depth = 0_usize;
    let mut before: [Option<Token<'_>>; 2] = [None; 2];
    for (offset, token) in Tokens::from(text, start) {
        match token {
            Token::Open(_) if before == [None; 2] && start == 0 => return None,
            Token::Open(bracket) => {
                if depth == 0
                    && let [Some(key), Some(Token::Colon)] = before
                {
                    let is_entry = matches!(key, Token::Quoted { .. }) && bracket == b'(';
                    let is_section = bracket == b'{' && is_list(&key_text(key));
                    if is_entry || is_section {
                        found.is_in_list = is_entry;
                        break;
                    }
                }
                depth += 1;
            }
            Token::Close(bracket) if depth == 0 => {
                found.end = offset + 1;
                found.closers.push(bracket);
            }
            Token::Close(_) => depth -= 1,
            Token::Colon if depth == 0 => {
                if let Some(Token::Word(name)) = before[1] {
                    if ["format", "assumptions"].contains(&name) {
                        break;
                    }
                    if found.closers.is_empty() {
                        found.fields.push(name);
                    }
                }
            }
            _ => {}
        }
        before = [before[1], Some(token)];
    }
    let rest = text.get(found.end..).unwrap_or_default();
    if let Some(behind) = rest.trim_start().strip_prefix(',') {
        found.end = text.len() - behind.len();
    }
    (!found.closers.is_empty()).then_some(found)
}

/// Where the marks of a text can be trusted: behind the quote of a text that its first line ends.
fn begin(text: &str) -> usize {
    let line = text.lines().next().unwrap_or_default();
    let quotes = || line.match_indices('"').filter(|(at, _)| !line[..*at].ends_with('\\'));
    if quotes().count() % 2 == 1 { quotes().next().map_or(0, |(at, _)| at + 1) } else { 0 }
}
