//! The quote that is missing: the reader stumbles somewhere behind it, over words that were meant to be text.

use super::format::from_text;
use crate::{
    lang::t,
    ron_text::{Note, Pieced, Token, Tokens, explain},
};

/// The opening quote of a text whose closing one is missing, if the reader, who stumbled at this byte, would come further with it.
pub(super) fn missing_quote(text: &str, stumbled: usize) -> Option<Note> {
    let lost = |(offset, token)| closing_place(text, offset, token).map(|place| (offset, place));
    let (offset, place) = Tokens::from(text, 0).find_map(lost)?;
    let mended = Pieced::changed(text, &[(place..place, "\"".to_owned())]);
    let gets_further = match from_text(&mended.text) {
        Ok(_) => true,
        Err(error) => {
            let stumbles = mended.before(explain(&mended.text, &error).offset);
            // Of an id whose quote is lost, the colon is within the text that is closed now: nothing else is wrong so far.
            stumbles > stumbled || stumbles == place
        }
    };
    let message = t("the text that begins here has no closing quote; put one at the end of it, on this line");
    gets_further.then(|| Note { offset, message: message.to_owned() })
}

/// Where the closing quote of a string may be missing: it goes on over lines, and the next one looks like a field, an entry or a closing bracket.
fn closing_place(text: &str, offset: usize, token: Token<'_>) -> Option<usize> {
    let Token::Quoted { literal, .. } = token else { return None };
    let (line, rest) = literal.strip_prefix('"')?.split_once('\n')?;
    let next = rest.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let closes = next.starts_with([')', '}', ']']);
    let name = next.trim_start_matches(|letter: char| letter.is_ascii_alphanumeric() || letter == '_');
    let is_field = name.starts_with(':') && name.len() < next.len();
    // The quote before the next entry's id looks like the closing one.
    let behind = text.get(offset + literal.len()..).unwrap_or_default();
    let is_entry = next == "\"" && behind.starts_with(|letter: char| letter.is_ascii_alphanumeric());
    let end = line.trim_end_matches([' ', '\t', '\r', ',', ')', '}', ']']).len();
    (closes || is_field || is_entry).then_some(offset + 1 + end)
}
