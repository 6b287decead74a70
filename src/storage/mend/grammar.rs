//! Whether a text is put together as RON is, whatever it says: then nothing in it has to be mended.

use crate::ron_text::{Token, Tokens};

/// What may come next.
#[derive(Clone, Copy, PartialEq)]
enum Next {
    /// The first of a bracket or the one behind a comma.
    Item,
    /// What belongs to a key.
    Value,
    /// A comma or a closing bracket; where a key may have stood, a colon.
    Behind { key: bool },
}

struct Frame {
    close: u8,
    /// Whether its items have keys; not known yet of an empty one.
    keyed: Option<bool>,
    /// Whether the present one has its key.
    has_key: bool,
}

/// Deeper than the typed reader goes.
const MAX_DEPTH: usize = 128;

/// The closing bracket of an opening one.
pub(super) fn closing(open: u8) -> u8 {
    match open {
        b'(' => b')',
        b'[' => b']',
        _ => b'}',
    }
}

/// Whether brackets, commas, colons and quotes of a text are where they belong.
pub(super) fn is_grammatical(text: &str) -> bool {
    let mut frames: Vec<Frame> = Vec::new();
    let mut next = Next::Item;
    let mut word_end = None;
    for (offset, token) in Tokens::from(text, attributes_end(text)) {
        let called = word_end.take() == Some(offset);
        match token {
            Token::Open(bracket) => {
                if !may_open(&frames, next, called) {
                    return false;
                }
                frames.push(Frame { close: closing(bracket), keyed: None, has_key: false });
                next = Next::Item;
            }
            Token::Close(bracket) => {
                if frames.last().is_none_or(|frame| frame.close != bracket)
                    || next == Next::Value
                    || !end_item(&mut frames, next)
                {
                    return false;
                }
                frames.pop();
                next = Next::Behind { key: false };
            }
            Token::Comma => {
                if !matches!(next, Next::Behind { .. }) || !end_item(&mut frames, next) {
                    return false;
                }
                next = Next::Item;
            }
            Token::Colon => {
                let Some(frame) =
                    frames.last_mut().filter(|frame| !frame.has_key && next == Next::Behind { key: true })
                else {
                    return false;
                };
                frame.has_key = true;
                next = Next::Value;
            }
            Token::Quoted { closed, .. } => {
                if frames.is_empty() || !closed || matches!(next, Next::Behind { .. }) {
                    return false;
                }
                next = Next::Behind { key: next == Next::Item };
            }
            Token::Word(word) => {
                if frames.is_empty() || matches!(next, Next::Behind { .. }) {
                    return false;
                }
                word_end = Some(offset + word.len());
                // A number is no key.
                let is_name = !word.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c));
                next = Next::Behind { key: is_name && next == Next::Item };
            }
        }
    }
    frames.is_empty() && next != Next::Item
}

/// Whether a bracket may be opened: directly behind a word, or where a value is due.
fn may_open(frames: &[Frame], next: Next, called: bool) -> bool {
    let is_due = if frames.is_empty() { next == Next::Item } else { called || !matches!(next, Next::Behind { .. }) };
    is_due && frames.len() < MAX_DEPTH
}

/// Ends an item, if there is one; whether it is like the others of its bracket.
fn end_item(frames: &mut [Frame], next: Next) -> bool {
    let Some(frame) = frames.last_mut() else { return false };
    if next == Next::Item {
        return true;
    }
    let has_key = std::mem::take(&mut frame.has_key);
    let fits = match frame.close {
        b'}' => has_key,
        b']' => !has_key,
        _ => frame.keyed.is_none_or(|keyed| keyed == has_key),
    };
    frame.keyed = Some(has_key);
    fits
}

/// Where the text begins behind `#![enable(...)]`.
pub(super) fn attributes_end(text: &str) -> usize {
    let mut at = text.len() - text.trim_start().len();
    while text.get(at..).is_some_and(|rest| rest.starts_with("#!")) {
        let Some(end) = text[at..].find(']') else { return at };
        at += end + 1;
        at += text[at..].len() - text[at..].trim_start().len();
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_together_well_is_told_from_what_is_not() {
        for text in [
            "()",
            "(a: 1)",
            "(a: 1,)",
            "(a: weeks(20), b: {\"c\": [1, 2,], \"d\": (1, 2)}, e: [])",
            "[]",
            "#![enable(implicit_some)]\n(a: 1)",
            "(a: \"b: (\", c: ())",
        ] {
            assert!(is_grammatical(text), "{text}");
        }
        for text in [
            "",
            "a",
            "(",
            ")",
            "(a: 1",
            "(a 1)",
            "(a:: 1)",
            "(a: 1,,)",
            "(,)",
            "(a: 1 b: 2)",
            "(a: )",
            "(a: {b})",
            "(a: [b: 1])",
            "(a, b: 1)",
            "(a: \"b)",
            "(a: 1))",
            "(a: 1},",
            "(a: (1 2))",
            "(a: 1)(b: 2)",
            "(a: 1),",
            "(a: b: 1)",
            "(a: (1: 2))",
            "((1) (2))",
        ] {
            assert!(!is_grammatical(text), "{text}");
        }
    }
}
