//! Marks that other languages and other programs put into a text: quotes of word processors and single ones, semicolons, equals signs, blanks that
//! are none, backslashes that stand for nothing; and strings and comments that are never closed, which would hide all that comes after.

use std::ops::Range;

use super::{
    grammar::{attributes_end, is_grammatical},
    inner::begins_with_quote,
    lexer::{Lexer, Literal},
    words::{GROUPED, Habits},
};
use crate::{
    lang::{later, t},
    ron_text::{Pieced, Tokens},
    storage::pieces::Fault,
};

/// A text with the marks of project files; `None` if it has no others.
pub(in crate::storage) fn with_own_marks(text: &str) -> Option<(Pieced<()>, Vec<Fault>)> {
    let mut cleaner = Cleaner {
        lexer: Lexer::new(text, 0),
        is_sound: is_grammatical(text),
        at: attributes_end(text),
        last: None,
        changes: Vec::new(),
        habits: Habits::default(),
    };
    cleaner.clean();
    let Cleaner { changes, habits, .. } = cleaner;
    (!changes.is_empty()).then(|| (Pieced::changed(text, &changes), habits.told()))
}

const OTHER_QUOTES: &str = later("quotes that are not `\"` around a text; changed");
const BACKSLASH: &str = later("a backslash that stands for nothing in a text; it is kept as a backslash");
const SEMICOLON: &str = later("a `;` stands where a comma belongs; changed");
const EQUALS: &str = later("a `=` stands where a colon belongs; changed");
const OTHER_SIGN: &str = later("a sign that looks like a mark or a blank and is none; changed");
pub(super) const APOSTROPHE: &str = later("a `'` that belongs to nothing; taken out");
const COMMENT: &str = later("a comment that is never closed begins here; it ends with its line");
const COMMENT_MARK: &str = later("a `/*` that begins no comment; taken out");
const RAW: &str = later("a text that begins with `r#` is never closed so; it is read as one in plain quotes");

/// Bytes of a line in which the end of a text is looked for.
const MOST_LINE: usize = 8_000;

pub(super) fn is_single(c: char) -> bool {
    matches!(c, '\'' | '`' | '\u{b4}' | '\u{2018}'..='\u{201b}' | '\u{2039}' | '\u{203a}')
}

pub(super) fn is_double(c: char) -> bool {
    matches!(c, '\u{201c}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{2033}' | '\u{ff02}')
}

/// What stands in files for a sign that only looks like it.
fn own_sign(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{ff1a}' => ":",
        '\u{ff0c}' | '\u{ff1b}' | '\u{3001}' => ",",
        '\u{ff08}' => "(",
        '\u{ff09}' => ")",
        '\u{ff3b}' => "[",
        '\u{ff3d}' => "]",
        '\u{ff5b}' => "{",
        '\u{ff5d}' => "}",
        '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => "",
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => " ",
        _ => return None,
    })
}

pub(super) struct Cleaner<'t> {
    pub(super) lexer: Lexer<'t>,
    /// Whether strings can be trusted, since all is closed.
    is_sound: bool,
    pub(super) at: usize,
    /// The last sign on this line that is no blank.
    pub(super) last: Option<char>,
    /// In the order of the text.
    pub(super) changes: Vec<(Range<usize>, String)>,
    habits: Habits,
}

impl<'t> Cleaner<'t> {
    fn clean(&mut self) {
        while !self.lexer.is_spent() {
            self.pass_plain();
            let rest = self.lexer.rest(self.at);
            let Some(c) = rest.chars().next() else { break };
            let may_be_text = matches!(c, ';' | '=') || is_double(c) || is_single(c) || own_sign(c).is_some();
            let is_quote = is_double(c) || is_single(c);
            if may_be_text && !(is_quote && self.may_begin()) && self.passes_text() {
                continue;
            }
            match c {
                '"' => self.string(),
                '/' if rest.starts_with("//") => self.at += rest.find('\n').unwrap_or(rest.len()),
                '/' if rest.starts_with("/*") => self.comment(),
                'r' if self.begins_raw(rest) => self.raw(),
                ';' => self.semicolon(),
                '=' => self.equals(),
                '&' if begins_with_quote(rest) && self.entity() => {}
                c if is_single(c) => self.single(c),
                c if is_double(c) => self.double(c),
                c => match own_sign(c) {
                    Some(sign) => self.change(self.at..self.at + c.len_utf8(), sign, OTHER_SIGN),
                    None => self.pass(c),
                },
            }
        }
    }

    /// Goes past letters, digits, blanks and marks that mean what they are.
    fn pass_plain(&mut self) {
        let bytes = self.lexer.rest(self.at).as_bytes();
        let mut length = 0;
        while let Some(byte) = bytes.get(length) {
            match byte {
                b'r' if matches!(bytes.get(length + 1), Some(b'#' | b'"')) => break,
                b'a'..=b'z'
                | b'A'..=b'Z'
                | b'0'..=b'9'
                | b'_'
                | b'-'
                | b'.'
                | b'('
                | b')'
                | b'['
                | b']'
                | b'{'
                | b'}'
                | b','
                | b':' => self.last = Some(char::from(*byte)),
                b' ' => {}
                b'\n' => self.last = None,
                _ => break,
            }
            length += 1;
        }
        self.at += length;
    }

    /// Goes past a text of which the first quote is lost, if we are within one: its last quote is the next one on this line.
    fn passes_text(&mut self) -> bool {
        let start = self.at;
        let line = self.line_from(start);
        let Some(quote) = line.find('"').filter(|_| !self.is_sound) else { return false };
        let begins = line[..quote].trim_end().ends_with([':', ',', '(', '[', '{', '=']);
        if begins || !self.may_end(start + quote + 1) {
            return false;
        }
        self.at = start + quote + 1;
        self.last = Some('"');
        true
    }

    fn pass(&mut self, c: char) {
        self.at += c.len_utf8();
        match c {
            '\n' => self.last = None,
            c if c.is_whitespace() => {}
            c => self.last = Some(c),
        }
    }

    /// Changes what stands here and goes on behind it.
    fn change(&mut self, range: Range<usize>, words: &str, what: &'static str) {
        self.tell(range.start, what);
        self.at = range.end;
        self.last = words.chars().rfind(|c| !c.is_whitespace()).or(self.last);
        self.changes.push((range, words.to_owned()));
    }

    pub(super) fn tell(&mut self, offset: usize, what: &'static str) {
        self.habits.add(what, Fault { offset, message: t(what).to_owned(), ..Fault::default() });
    }

    /// Whether a string without escapes begins here. One without a sign before its quote may be the end of an id of which the first quote is lost.
    fn begins_raw(&self, rest: &str) -> bool {
        let before = self.lexer.text.get(..self.at).unwrap_or_default();
        let is_in_word = before.chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '-');
        let signs = rest[1..].trim_start_matches('#');
        !is_in_word && signs.starts_with('"') && (self.is_sound || signs.len() + 1 < rest.len())
    }

    /// Whether a key or a value may begin here.
    pub(super) fn may_begin(&self) -> bool {
        self.last.is_none_or(|last| ":,([{=".contains(last))
    }

    /// Whether what ends here may be a key or a value.
    pub(super) fn may_end(&mut self, past: usize) -> bool {
        self.lexer.is_end_of_value(past)
            || self.lexer.rest(past).trim_start_matches([' ', '\t']).starts_with([':', '=', ';'])
    }

    /// The rest of the line from a place, or as much of it as is looked at.
    pub(super) fn line_from(&mut self, start: usize) -> &'t str {
        let rest = self.lexer.rest(start);
        let length = rest.bytes().take(MOST_LINE).position(|byte| byte == b'\n').unwrap_or(MOST_LINE.min(rest.len()));
        let length = (0..=length).rev().find(|end| rest.is_char_boundary(*end)).unwrap_or_default();
        self.lexer.spend(length);
        rest.get(..length).unwrap_or_default()
    }

    /// The rest of the text from a place up to a line that looks like the next field or entry, or as much of it as is looked at.
    pub(super) fn lines_from(&mut self, start: usize) -> &'t str {
        let rest = self.lexer.rest(start);
        let mut end = 0;
        while end < MOST_LINE {
            end += rest[end..].find('\n').unwrap_or(rest.len() - end);
            if end == rest.len() || self.lexer.goes_on_after(start + end) {
                break;
            }
            end += 1;
        }
        self.lexer.spend(end);
        rest.get(..end).unwrap_or_default()
    }

    fn string(&mut self) {
        let start = self.at;
        let end = match self.lexer.literal(start) {
            Literal::Closed(end) if self.is_sound || self.may_end(end) => end,
            // A quote that is there twice, or the first of a text that begins with one.
            Literal::Closed(end) if end == start + 2 => match self.inner_end(start, end) {
                Some(end) => return self.took(end),
                None => start + 1,
            },
            Literal::Closed(end) => {
                let other = self.other_end(start + 1, end - 1);
                match other.or_else(|| self.inner_end(start, end)) {
                    Some(end) => return self.took(end),
                    None => end,
                }
            }
            Literal::LineEnd(line) if self.is_sound => self.lexer.far_end(line).unwrap_or(line),
            // Whatever closes it there is told where its key is known.
            Literal::LineEnd(line) if self.lexer.goes_on_after(line) => line,
            Literal::LineEnd(line) => match self.lexer.far_end(line) {
                Some(end) if !self.may_end(end) => match self.inner_end(start, end) {
                    Some(end) => return self.took(end),
                    None => end,
                },
                end => end.unwrap_or(line),
            },
        };
        if end > start + 1 {
            self.escape(start + 1, end - 1);
        }
        self.took(end);
    }

    /// Goes on behind a text.
    pub(super) fn took(&mut self, end: usize) {
        self.at = end;
        self.last = Some('"');
    }

    /// Past another sign that closes a text in the place of its quote: the next field may begin behind it.
    fn other_end(&mut self, from: usize, to: usize) -> Option<usize> {
        let content = self.lexer.text.get(from..to.min(from + MOST_LINE))?;
        self.lexer.spend(content.len());
        let mut found = None;
        let mut characters = content.char_indices().peekable();
        while let Some((at, c)) = characters.next() {
            let escaped = (c == '\\').then(|| characters.next()).flatten();
            let is_quote = is_double(c) || escaped.is_some_and(|(_, c)| c == '"');
            if !is_quote {
                continue;
            }
            let past = at + c.len_utf8() + escaped.map_or(0, |_| 1);
            let behind = content[past..].trim_start_matches([' ', '\t']);
            if behind.starts_with([',', ')', ']', '}', ':']) {
                found = Some((from + at, from + past, escaped.is_some()));
                break;
            }
        }
        let (at, past, is_escaped) = found?;
        self.escape(from, at);
        if is_escaped {
            self.tell(at, BACKSLASH);
            self.changes.push((at..at, "\\".to_owned()));
        } else {
            self.tell(at, OTHER_QUOTES);
            self.changes.push((at..past, "\"".to_owned()));
        }
        Some(past)
    }

    /// Doubles backslashes of a text in which one stands for nothing.
    pub(super) fn escape(&mut self, from: usize, to: usize) {
        let Some(content) = self.lexer.text.get(from..to).filter(|content| content.contains('\\')) else { return };
        self.lexer.spend(content.len());
        if escapes(content).all(|(_, is_known)| is_known) {
            return;
        }
        let at: Vec<usize> =
            escapes(content).map(|(at, _)| at).filter(|at| !content[at + 1..].starts_with(['"', '\\'])).collect();
        for at in at {
            self.tell(from + at, BACKSLASH);
            self.changes.push((from + at..from + at, "\\".to_owned()));
        }
    }

    fn single(&mut self, c: char) {
        let past = self.at + c.len_utf8();
        if self.may_begin() && self.quoted(c) {
            return;
        }
        if c != '\'' {
            return self.pass(c);
        }
        let before = self.lexer.text.get(..self.at).unwrap_or_default().chars().next_back();
        let behind = self.lexer.rest(past);
        let is = |c: Option<char>, test: fn(char) -> bool| c.is_some_and(test);
        let digits = behind.bytes().take(4).take_while(u8::is_ascii_digit).count();
        if is(before, |c| c.is_ascii_digit()) && digits == 3 {
            self.change(self.at..past, "", GROUPED);
        } else if is(before, char::is_alphanumeric) && is(behind.chars().next(), char::is_alphabetic) {
            // Within a word it is an apostrophe.
            self.pass(c);
        } else {
            self.change(self.at..past, "", APOSTROPHE);
        }
    }

    fn double(&mut self, c: char) {
        let past = self.at + c.len_utf8();
        if self.may_begin() {
            if !self.quoted(c) {
                self.change(self.at..past, "\"", OTHER_QUOTES);
            }
        } else if self.may_end(past) {
            self.change(self.at..past, "\"", OTHER_QUOTES);
        } else {
            self.pass(c);
        }
    }

    /// Puts our quotes around a text in others that begins here; whether it ends on its line.
    fn quoted(&mut self, open: char) -> bool {
        let start = self.at + open.len_utf8();
        let line = self.line_from(start);
        let closes = |c: char| c == '"' || is_double(c) || is_single(open) && is_single(c);
        let own = |past: usize| line[..past].ends_with('"');
        let candidates: Vec<(usize, usize)> =
            line.char_indices().filter(|(_, c)| closes(*c)).map(|(at, c)| (at, at + c.len_utf8())).collect();
        let Some((at, past)) = candidates.into_iter().take(MOST_CLOSING).find(|(_, past)| self.may_end(start + past))
        else {
            return false;
        };
        if own(past) {
            // It may as well be a text of which the first quote is lost: that is told where its key is known.
            self.at = start + past;
            self.last = Some('"');
            return true;
        }
        self.tell(self.at, OTHER_QUOTES);
        self.changes.push((self.at..start, "\"".to_owned()));
        let inside = self.changes.len();
        self.escape(start, start + at);
        let content = &line[..at];
        let bare = content.match_indices('"').filter(|(quote, _)| !content[..*quote].ends_with('\\'));
        self.changes.extend(bare.map(|(quote, _)| (start + quote..start + quote, "\\".to_owned())));
        self.changes[inside..].sort_by_key(|(range, _)| range.start);
        self.changes.push((start + at..start + past, "\"".to_owned()));
        self.at = start + past;
        self.last = Some('"');
        true
    }

    fn semicolon(&mut self) {
        let behind = self.lexer.rest(self.at + 1);
        let next = behind.trim_start_matches([' ', '\t']);
        let is_last = next.is_empty() || behind.trim_start().is_empty() || next.starts_with(',');
        let behind_name = next.trim_start_matches(|c: char| c.is_ascii_lowercase() || c == '_' || c == '"');
        let is_key = behind_name.len() < next.len() && behind_name.trim_start().starts_with([':', '=']);
        // Between the figures of a place.
        let is_number = |c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '.');
        let is_between = next.starts_with(is_number) && self.last.is_some_and(|last| last.is_ascii_digit());
        if is_key || is_between || next.is_empty() || next.starts_with([',', ')', ']', '}', '/', '\n', '\r']) {
            self.change(self.at..self.at + 1, if is_last { "" } else { "," }, SEMICOLON);
        } else {
            self.pass(';');
        }
    }

    fn equals(&mut self) {
        let rest = self.lexer.rest(self.at);
        let run = rest.len() - rest.trim_start_matches('=').len();
        let length = if rest[run..].starts_with('>') { run + 1 } else { run };
        let is_behind_key = self.last == Some(':') || self.is_behind_key();
        if run <= 2 && is_behind_key {
            let colon = if self.last == Some(':') { "" } else { ":" };
            self.change(self.at..self.at + length, colon, EQUALS);
        } else {
            self.at += run;
            self.last = Some('=');
        }
    }

    /// Whether the word before this place is the first of a line or of an item.
    fn is_behind_key(&mut self) -> bool {
        let before = self.lexer.text.get(..self.at).unwrap_or_default().trim_end_matches([' ', '\t']);
        let bare = before.trim_end_matches(|c: char| c.is_alphanumeric() || "_-\"".contains(c));
        self.lexer.spend(self.at - bare.len());
        let outer = bare.trim_end_matches([' ', '\t']);
        bare.len() < before.len() && (outer.is_empty() || outer.ends_with(['\n', ',', '(', '{', ';']))
    }

    fn comment(&mut self) {
        let mut tokens = Tokens::from(self.lexer.text, self.at);
        let end = tokens.skip_to_next();
        self.lexer.spend(end - self.at);
        let Some(open) = tokens.open_comment() else {
            self.at = end;
            return;
        };
        if open > self.at {
            self.at = open;
            return;
        }
        let start = self.at;
        let tail = self.line_from(start + 2);
        let words = tail.trim_end().len();
        if is_remark(tail) {
            let line = start + 2 + words;
            self.change(line..line, " */", COMMENT);
            self.last = None;
        } else {
            self.change(start..start + 2, "", COMMENT_MARK);
        }
    }

    /// A string without escapes, which ends at a quote with as many signs behind it as before it.
    fn raw(&mut self) {
        let rest = self.lexer.rest(self.at);
        let signs = rest[1..].bytes().take_while(|byte| *byte == b'#').count();
        let body = 1 + signs + 1;
        let close = format!("\"{}", "#".repeat(signs));
        let end = rest.get(body..).and_then(|rest| rest.find(&close)).map(|end| body + end + close.len());
        let length = end.unwrap_or(rest.len());
        self.lexer.spend(length);
        let line = rest.get(..length).and_then(|text| text.find('\n'));
        let runs_away = !self.is_sound && line.is_some_and(|line| self.lexer.goes_on_after(self.at + line));
        match end {
            Some(end) if !runs_away => {
                self.at += end;
                self.last = Some('"');
            }
            _ => self.change(self.at..self.at + 1 + signs, "", RAW),
        }
    }
}

/// Whether what stands on a line behind the beginning of a comment that is never closed is one all the same, and ends with its line.
pub(super) fn is_remark(tail: &str) -> bool {
    tail.chars().any(char::is_alphabetic) && ![":", "/*", "*/"].iter().any(|mark| tail.contains(mark))
}

/// So many signs of a line are looked at that may close a text.
pub(super) const MOST_CLOSING: usize = 200;

/// The backslashes of a text that begin something, and whether it is known what.
fn escapes(content: &str) -> impl Iterator<Item = (usize, bool)> {
    let bytes = content.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() && bytes[at] != b'\\' {
            at += 1;
        }
        let start = at;
        let escape = bytes.get(start..).filter(|rest| !rest.is_empty())?;
        let is_hex = |bytes: &[u8]| !bytes.is_empty() && bytes.iter().all(u8::is_ascii_hexdigit);
        let is_known = match escape.get(1) {
            Some(b'n' | b'r' | b't' | b'0' | b'\'' | b'"' | b'\\') => true,
            Some(b'x') => escape.get(2..4).is_some_and(is_hex),
            Some(b'u') => {
                let digits = escape.get(3..).and_then(|rest| rest.split(|byte| *byte == b'}').next());
                escape.get(2) == Some(&b'{') && digits.is_some_and(|digits| digits.len() <= 6 && is_hex(digits))
            }
            _ => false,
        };
        at = start + 2;
        Some((start, is_known))
    })
}
