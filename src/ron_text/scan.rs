//! A scanner over RON text that only knows where keys are: it works on text that the typed reader refuses, and it finds
//! again the place that a problem of the read project came from.

use std::{borrow::Cow, collections::HashSet, ops::ControlFlow};

/// Deeper nesting than the typed reader follows is not looked at.
const MAX_DEPTH: usize = 128;

/// A piece of RON text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Token<'a> {
    /// `(`, `[` or `{`.
    Open(u8),
    /// `)`, `]` or `}`.
    Close(u8),
    /// `,`.
    Comma,
    /// `:`.
    Colon,
    /// A string or character with its quotes; `closed` is false if the text ends inside it.
    Quoted { literal: &'a str, closed: bool },
    /// A name, number or anything else without blanks.
    Word(&'a str),
}

impl Token<'_> {
    /// How many bytes it takes.
    pub(crate) fn length(self) -> usize {
        match self {
            Self::Quoted { literal: text, .. } | Self::Word(text) => text.len(),
            _ => 1,
        }
    }
}

/// The closing bracket of an opening one.
pub(crate) fn closing(open: u8) -> u8 {
    match open {
        b'(' => b')',
        b'[' => b']',
        _ => b'}',
    }
}

/// The tokens of a text with their byte offsets; comments and blanks are skipped.
pub(crate) struct Tokens<'a> {
    text: &'a str,
    at: usize,
    /// Whether a comment was skipped.
    commented: bool,
    /// Where a comment begins that is never closed.
    open_comment: Option<usize>,
}

/// Whether there are comments in a text.
pub(crate) fn has_comments(text: &str) -> bool {
    let mut tokens = Tokens::from(text, 0);
    tokens.by_ref().for_each(drop);
    tokens.commented
}

impl<'a> Tokens<'a> {
    /// Starts at a byte offset, which must be at a character and outside of strings and comments.
    pub(crate) fn from(text: &'a str, offset: usize) -> Self {
        Self { text, at: offset, commented: false, open_comment: None }
    }

    /// Skips blanks and comments; where the next token begins, or the end of the text.
    pub(crate) fn skip_to_next(&mut self) -> usize {
        self.skip_blanks();
        self.at
    }

    /// Where a comment begins that was skipped and is never closed.
    pub(crate) fn open_comment(&self) -> Option<usize> {
        self.open_comment
    }

    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn skip_blanks(&mut self) {
        // All that is read of files comes through here, some dozen times: mostly these are lines and indents.
        let bytes = self.text.as_bytes();
        loop {
            while matches!(bytes.get(self.at), Some(b' ' | b'\n' | b'\r' | b'\t')) {
                self.at += 1;
            }
            match bytes.get(self.at..) {
                Some([b'/', b'/', rest @ ..]) => {
                    let line = rest.iter().position(|b| *b == b'\n');
                    self.at = line.map_or(bytes.len(), |length| self.at + 2 + length);
                }
                Some(rest @ [b'/', b'*', ..]) => {
                    let (length, closed) = block_comment_length(rest);
                    if !closed {
                        self.open_comment = Some(self.at);
                    }
                    self.at += length;
                }
                // Other blanks there are: of old systems, and beyond ASCII.
                Some([0x0b | 0x0c | 0x80.., ..]) => {
                    let rest = self.text.get(self.at..).unwrap_or_default();
                    let blanks = rest.len() - rest.trim_start().len();
                    if blanks == 0 {
                        return;
                    }
                    self.at += blanks;
                    continue;
                }
                _ => return,
            }
            self.commented = true;
        }
    }

    fn quoted(&mut self, end: usize, closed: bool) -> Token<'a> {
        let literal = self.text.get(self.at..end).unwrap_or_default();
        self.at = end;
        Token::Quoted { literal, closed }
    }

    fn word(&mut self) -> Token<'a> {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let bytes = rest.as_bytes();
        let mut length = rest.chars().next().map_or(0, char::len_utf8);
        while let Some(byte) = bytes.get(length) {
            let (ends, width) = match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-' | b'.' => (false, 1),
                b'(' | b')' | b'[' | b']' | b'{' | b'}' | b',' | b':' | b'"' | b'\'' => (true, 1),
                b'/' => (matches!(bytes.get(length + 1), Some(b'/' | b'*')), 1),
                0..0x80 => (char::from(*byte).is_whitespace(), 1),
                _ => match rest.get(length..).and_then(|rest| rest.chars().next()) {
                    Some(c) => (c.is_whitespace(), c.len_utf8()),
                    None => (false, 1),
                },
            };
            if ends {
                break;
            }
            length += width;
        }
        self.at += length;
        Token::Word(&rest[..length])
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = (usize, Token<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        self.skip_blanks();
        let start = self.at;
        let rest = self.rest();
        let single = |token| Some((start, token));
        let token = match *rest.first()? {
            open @ (b'(' | b'[' | b'{') => single(Token::Open(open)),
            close @ (b')' | b']' | b'}') => single(Token::Close(close)),
            b',' => single(Token::Comma),
            b':' => single(Token::Colon),
            _ => None,
        };
        if token.is_some() {
            self.at += 1;
            return token;
        }
        let token = match literal_at_start(rest) {
            Literal::Closed(length) => self.quoted(start + length, true),
            Literal::Unclosed => self.quoted(self.text.len(), false),
            Literal::None => self.word(),
        };
        Some((start, token))
    }
}

/// The length of the block comment that `text` starts with, and whether it is closed; comments nest.
fn block_comment_length(text: &[u8]) -> (usize, bool) {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < text.len() {
        if text[at..].starts_with(b"/*") {
            depth += 1;
            at += 2;
        } else if text[at..].starts_with(b"*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return (at, true);
            }
        } else {
            at += 1;
        }
    }
    (text.len(), false)
}

/// Whether `text` starts with a literal in quotes.
enum Literal {
    /// It does; its length with quotes.
    Closed(usize),
    /// It does, and the text ends inside it.
    Unclosed,
    /// It does not.
    None,
}

fn literal_at_start(text: &[u8]) -> Literal {
    let after_b = text.strip_prefix(b"b").unwrap_or(text);
    let prefix = text.len() - after_b.len();
    if let Some(raw) = after_b.strip_prefix(b"r") {
        let hashes = raw.iter().take_while(|b| **b == b'#').count();
        if raw.get(hashes) == Some(&b'"') {
            let body = &raw[hashes + 1..];
            let close: Vec<u8> = std::iter::once(b'"').chain(std::iter::repeat_n(b'#', hashes)).collect();
            let end = body.windows(close.len()).position(|window| window == close);
            return end.map_or(Literal::Unclosed, |end| Literal::Closed(prefix + 1 + hashes + 1 + end + close.len()));
        }
    }
    let Some(quote @ (b'"' | b'\'')) = after_b.first() else {
        return Literal::None;
    };
    let mut at = 1;
    while let Some(byte) = after_b.get(at) {
        match byte {
            b'\\' => at += 2,
            byte if byte == quote => return Literal::Closed(prefix + at + 1),
            _ => at += 1,
        }
    }
    Literal::Unclosed
}

/// A key of a map or a field of a struct, where it stands.
pub(crate) struct Key<'k> {
    /// The keys that lead here from the top, this one last.
    pub path: &'k [String],
    /// Byte offset of the key.
    pub offset: usize,
    /// Whether the same map already had this key.
    pub repeated: bool,
}

struct Frame {
    bracket: u8,
    offset: usize,
    has_key: bool,
    seen: HashSet<String>,
}

/// What is still open where a walk ended.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Open {
    /// The keys that lead to the innermost open bracket.
    pub container: Vec<String>,
    /// The key inside it whose value was being read.
    pub key: Option<String>,
    /// The innermost open bracket and its byte offset.
    pub bracket: Option<(char, usize)>,
}

/// Visits every key in the order of the text, until `visit` breaks off, the token at `end` is reached, or the nesting
/// gets deeper than any project.
pub(crate) fn walk(text: &str, end: usize, visit: impl FnMut(&Key) -> ControlFlow<()>) -> Open {
    walk_tokens(text, end, visit, |_, _| ControlFlow::Continue(()))
}

/// The same, with a look at every token before it counts.
pub(crate) fn walk_tokens(
    text: &str,
    end: usize,
    mut visit: impl FnMut(&Key) -> ControlFlow<()>,
    mut look: impl FnMut(usize, Token) -> ControlFlow<()>,
) -> Open {
    let mut frames: Vec<Frame> = Vec::new();
    let mut path: Vec<String> = Vec::new();
    let mut pending: Option<(usize, Token)> = None;
    for (offset, token) in Tokens::from(text, 0) {
        if offset >= end || frames.len() > MAX_DEPTH || look(offset, token).is_break() {
            break;
        }
        match token {
            Token::Quoted { .. } | Token::Word(_) => {
                pending = Some((offset, token));
                continue;
            }
            Token::Open(bracket) => {
                frames.push(Frame { bracket, offset, has_key: false, seen: HashSet::new() });
            }
            Token::Close(_) => {
                if frames.pop().is_some_and(|frame| frame.has_key) {
                    path.pop();
                }
            }
            Token::Comma => {
                if let Some(frame) = frames.last_mut().filter(|frame| frame.has_key) {
                    frame.has_key = false;
                    path.pop();
                }
            }
            Token::Colon => {
                if let (Some((offset, token)), Some(frame)) = (pending, frames.last_mut()) {
                    let name = key_text(token).into_owned();
                    let repeated = frame.bracket == b'{' && !frame.seen.insert(name.clone());
                    if frame.has_key {
                        path.pop();
                    }
                    frame.has_key = true;
                    path.push(name);
                    if visit(&Key { path: &path, offset, repeated }).is_break() {
                        break;
                    }
                }
            }
        }
        pending = None;
    }
    let key = frames.last().filter(|frame| frame.has_key).and_then(|_| path.pop());
    Open { container: path, key, bracket: frames.last().map(|frame| (char::from(frame.bracket), frame.offset)) }
}

/// What a key says, without quotes, escapes and `r#`.
pub(crate) fn key_text(token: Token<'_>) -> Cow<'_, str> {
    match token {
        Token::Quoted { literal, .. } => {
            let plain = literal.strip_prefix('"').and_then(|l| l.strip_suffix('"')).filter(|l| !l.contains('\\'));
            match plain {
                Some(plain) => Cow::Borrowed(plain),
                None => crate::ron_dialect::ron_options()
                    .from_str::<String>(literal)
                    .map_or(Cow::Borrowed(literal), Cow::Owned),
            }
        }
        Token::Word(word) => Cow::Borrowed(word.strip_prefix("r#").unwrap_or(word)),
        _ => Cow::Borrowed(""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(text: &str) -> Vec<(String, usize)> {
        let mut found = Vec::new();
        walk(text, usize::MAX, |key| {
            found.push((key.path.join("/"), key.offset));
            ControlFlow::Continue(())
        });
        found
    }

    #[test]
    fn comments_are_told_from_what_looks_like_them() {
        for (text, has) in
            [("( // a\n)", true), ("(/* a */)", true), ("(name: \"http://a /* b */\")", false), ("()", false)]
        {
            assert_eq!(has_comments(text), has, "{text}");
        }
    }

    #[test]
    fn keys_are_found_past_strings_and_comments_that_look_like_keys() {
        let text = r##"( // a: (
            /* b: { /* c: */ d: */ name: "e: \" f: {", notes: r#"g: " h: ("#, sign: '"',
            map: {"k\"1": (x: 1, y: Some((z: 2))), r"k2": [ (w: 3), (w: 4) ]}, last: 5)"##;
        let paths: Vec<String> = keys(text).into_iter().map(|(path, _)| path).collect();
        assert_eq!(
            paths,
            [
                "name",
                "notes",
                "sign",
                "map",
                "map/k\"1",
                "map/k\"1/x",
                "map/k\"1/y",
                "map/k\"1/y/z",
                "map/k2",
                "map/k2/w",
                "map/k2/w",
                "last"
            ]
        );
        for (path, offset) in keys(text) {
            let first_letter = &path.rsplit('/').next().unwrap()[..1];
            let place = text[offset..].trim_start_matches("r\"").trim_start_matches('"');
            assert!(place.starts_with(first_letter), "{path}: {place}");
        }
    }

    #[test]
    fn any_text_ends_the_walk_without_harm() {
        for text in ["", "(", ")))", "\"", "r##\"x\"#", "'", "/*", "((((", ":::", "({\"a\": é’ :})", "b", "r#", "/"]
        {
            walk(text, usize::MAX, |_| ControlFlow::Continue(()));
        }
        walk(&"(".repeat(1_000_000), usize::MAX, |_| ControlFlow::Continue(()));
    }

    #[test]
    fn what_is_open_is_told() {
        let open = walk("(a: {\"b\": (c: 1", usize::MAX, |_| ControlFlow::Continue(()));
        assert_eq!(
            open,
            Open { container: vec!["a".into(), "b".into()], key: Some("c".into()), bracket: Some(('(', 10)) }
        );
    }
}
