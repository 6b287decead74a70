//! Which bracket of a text lacks its closing one. A reader only stumbles where something does not fit any more, which may be far behind it.

use ron::error::Error;

use super::scan::{Token, Tokens, closing};

/// A bracket that does not come out even.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Unclosed {
    /// The bracket.
    pub(crate) bracket: char,
    /// Where it stands, in bytes.
    pub(crate) offset: usize,
    /// Where its closing one should have come at the latest; the end of the text, if nothing else came.
    pub(crate) until: usize,
}

/// How the brackets of a text come out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Balance {
    /// Each has its partner.
    Even,
    /// Some are not closed.
    TooFew,
    /// Some close that were not opened, or what another one opened.
    Odd,
}

/// How the brackets of a text come out.
pub(crate) fn balance(text: &str) -> Balance {
    if unclosed(text).is_some() {
        return Balance::TooFew;
    }
    let mut open = Vec::new();
    for (_, token) in Tokens::from(text, 0) {
        match token {
            Token::Open(bracket) => open.push(closing(bracket)),
            Token::Close(bracket) if open.pop() != Some(bracket) => return Balance::Odd,
            _ => {}
        }
    }
    if open.is_empty() { Balance::Even } else { Balance::Odd }
}

/// Deeper nesting than this is not looked at.
const MAX_DEPTH: usize = 128;

/// An open bracket.
struct Open {
    bracket: u8,
    offset: usize,
    /// How far its line is indented. A closing bracket that begins a line stands under the beginning of that one, as files are written.
    indent: usize,
}

/// The first bracket that is not closed, in a text with fewer closing brackets than opening ones. Where the lines are indented, they say which;
/// else it is the innermost one at the first closing bracket of another sort.
pub(crate) fn unclosed(text: &str) -> Option<Unclosed> {
    let brackets = |sort: fn(&Token) -> bool| Tokens::from(text, 0).filter(|(_, token)| sort(token)).count();
    if brackets(|token| matches!(token, Token::Open(_))) <= brackets(|token| matches!(token, Token::Close(_))) {
        return None;
    }
    let mut open: Vec<Open> = Vec::new();
    // Where the line of a token begins and how far it is indented; no byte is looked at twice.
    let (mut at, mut line, mut indented) = (0, 0, None);
    for (offset, token) in Tokens::from(text, 0) {
        if let Some(end) = text.get(at..offset).and_then(|between| between.rfind('\n')) {
            (line, indented) = (at + end + 1, None);
        }
        at = offset;
        let indent = *indented.get_or_insert_with(|| indent(text.get(line..offset).unwrap_or_default()));
        match token {
            Token::Open(bracket) if open.len() < MAX_DEPTH => {
                open.push(Open { bracket, offset, indent });
            }
            Token::Open(_) => return None,
            Token::Close(bracket) => {
                let last = open.pop()?;
                let is_partner = closing(last.bracket) == bracket;
                let is_further_out = line + indent == offset && indent < last.indent;
                if !is_partner || is_further_out {
                    return Some(last.until(offset));
                }
            }
            _ => {}
        }
    }
    open.pop().map(|last| last.until(text.len()))
}

impl Open {
    fn until(&self, until: usize) -> Unclosed {
        Unclosed { bracket: char::from(self.bracket), offset: self.offset, until }
    }
}

fn indent(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// Whether the typed reader stumbled over the signs of a text and not over what is said in it.
pub(crate) fn is_of_signs(error: &Error) -> bool {
    !matches!(
        error,
        Error::NoSuchEnumVariant { .. }
            | Error::NoSuchStructField { .. }
            | Error::MissingStructField { .. }
            | Error::DuplicateStructField { .. }
            | Error::InvalidValueForType { .. }
            | Error::IntegerOutOfBounds
            | Error::Message(_)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The line of what is not closed, and the line where that shows.
    fn lines(text: &str) -> Option<(char, usize, usize)> {
        let line = |offset: usize| 1 + text[..offset].matches('\n').count();
        unclosed(text).map(|found| (found.bracket, line(found.offset), line(found.until)))
    }

    #[test]
    fn the_bracket_is_found_that_lacks_its_partner() {
        let whole = "(\n    components: {\n        \"a\": (\n            traits: {\n                \"x\": 1,\n            },\n        ),\n        \"b\": (\n            pos: (1, 2),\n        ),\n    },\n)\n";
        assert_eq!(lines(whole), None);
        for (sound, damaged, expected) in [
            ("            },\n", "", ('{', 4, 6)),
            ("        ),\n        \"b\"", "        \"b\"", ('(', 3, 10)),
            ("(1, 2),", "(1, 2,", ('(', 9, 10)),
            ("    },\n)", ")", ('{', 2, 11)),
            ("    },\n)\n", "    },\n", ('(', 1, 12)),
        ] {
            assert_eq!(lines(&whole.replacen(sound, damaged, 1)), Some(expected), "{damaged}");
        }
        // In one line only the sorts of brackets tell.
        assert_eq!(lines("(a: {\"b\": (c: 1, \"d\": (e: 2)})"), Some(('(', 1, 1)));
        assert_eq!(lines("(a: {}))"), None, "one too many is no one too few");
        for (text, expected) in [
            ("(a: {})", Balance::Even),
            ("(a: {}", Balance::TooFew),
            ("(a: {}))", Balance::Odd),
            ("(a: })", Balance::Odd),
        ] {
            assert_eq!(balance(text), expected, "{text}");
        }
        assert_eq!(lines(&"(".repeat(1_000_000)), None);
    }
}
