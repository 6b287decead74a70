//! The marks of a damaged text, one by one: strings only as far as their line, since a quote that is lost would turn all after it inside out.

use super::names::is_known;
use crate::ron_text::{Token, Tokens};

/// A piece of the text. Of a string it is only the quote.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Mark<'t> {
    Open(u8),
    Close(u8),
    Comma,
    Colon,
    /// A double quote: where it leads to depends on what is expected.
    Quote,
    /// A name, a number or a string of another kind.
    Word(&'t str),
}

/// A mark with where it begins and ends.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Placed<'t> {
    pub start: usize,
    pub mark: Mark<'t>,
    pub end: usize,
}

/// How a string that begins at a quote goes on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Literal {
    /// It is closed on its line; past the closing quote.
    Closed(usize),
    /// The line, or the text, ends before it is closed.
    LineEnd(usize),
}

pub(super) struct Lexer<'t> {
    pub text: &'t str,
    /// Where the next mark is looked for.
    pub at: usize,
    /// Bytes that may still be looked at: what has to be looked at again and again is given up.
    budget: usize,
}

/// How often each byte may be looked at on average.
const LOOKS: usize = 64;

impl<'t> Lexer<'t> {
    pub(super) fn new(text: &'t str, at: usize) -> Self {
        Self { text, at, budget: text.len().saturating_mul(LOOKS).saturating_add(100_000) }
    }

    pub(super) fn spend(&mut self, bytes: usize) {
        self.budget = self.budget.saturating_sub(bytes + 1);
    }

    /// Whether too much was looked at.
    pub(super) fn is_spent(&self) -> bool {
        self.budget == 0
    }

    pub(super) fn rest(&self, at: usize) -> &'t str {
        self.text.get(at..).unwrap_or_default()
    }

    /// The next mark at or behind a place, which stays where it is.
    pub(super) fn peek(&mut self, at: usize) -> Option<Placed<'t>> {
        if self.is_spent() {
            return None;
        }
        let mut tokens = Tokens::from(self.text, at);
        let mut start = tokens.skip_to_next();
        self.spend(start.saturating_sub(at));
        if let Some(open) = tokens.open_comment() {
            // A comment that is never closed would take all that is left; it is a word of two signs.
            start = open;
            return Some(Placed { start, mark: Mark::Word(self.text.get(start..start + 2)?), end: start + 2 });
        }
        let rest = self.rest(start);
        if rest.starts_with('"') {
            return Some(Placed { start, mark: Mark::Quote, end: start + 1 });
        }
        if rest.starts_with('\'') {
            let length = rest.char_indices().skip(1).take(12).find(|(_, c)| *c == '\'').map_or(1, |(end, _)| end + 1);
            return Some(Placed { start, mark: Mark::Word(rest.get(..length)?), end: start + length });
        }
        let (start, token) = tokens.next()?;
        let end = start + token.length();
        self.spend(end - start);
        let mark = match token {
            Token::Open(bracket) => Mark::Open(bracket),
            Token::Close(bracket) => Mark::Close(bracket),
            Token::Comma => Mark::Comma,
            Token::Colon => Mark::Colon,
            Token::Quoted { literal: word, .. } | Token::Word(word) => Mark::Word(word),
        };
        Some(Placed { start, mark, end })
    }

    /// The next mark from where we are.
    pub(super) fn next(&mut self) -> Option<Placed<'t>> {
        self.peek(self.at)
    }

    /// How the string that begins at `start` goes on.
    pub(super) fn literal(&mut self, start: usize) -> Literal {
        let bytes = self.text.as_bytes();
        let mut at = start + 1;
        let literal = loop {
            match bytes.get(at) {
                None => break Literal::LineEnd(self.text.len()),
                Some(b'\n') => break Literal::LineEnd(at),
                Some(b'"') => break Literal::Closed(at + 1),
                Some(b'\\') if bytes.get(at + 1).is_some_and(|byte| *byte != b'\n') => at += 2,
                Some(_) => at += 1,
            }
        };
        self.spend(at.min(bytes.len()) - start);
        literal
    }

    /// Past the closing quote of a string that goes on over the end of a line; `None` if it is never closed.
    pub(super) fn far_end(&mut self, line_end: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = line_end;
        let end = loop {
            match bytes.get(at) {
                None => break None,
                Some(b'"') => break Some(at + 1),
                Some(b'\\') => at += 2,
                Some(_) => at += 1,
            }
        };
        self.spend(at.min(bytes.len()).saturating_sub(line_end));
        end
    }

    /// Past the string or other mark that begins at a place that was looked at.
    pub(super) fn past(&mut self, placed: Placed) -> usize {
        match placed.mark {
            Mark::Quote => match self.literal(placed.start) {
                Literal::Closed(end) => end,
                Literal::LineEnd(_) => placed.end,
            },
            _ => placed.end,
        }
    }

    /// The same, past all of a string that goes on over the ends of lines, if nothing speaks for it that its last quote is lost.
    pub(super) fn past_text(&mut self, placed: Placed) -> usize {
        if placed.mark == Mark::Quote
            && let Literal::LineEnd(line) = self.literal(placed.start)
            && !self.goes_on_after(line)
        {
            return self.far_end(line).unwrap_or(placed.end);
        }
        self.past(placed)
    }

    /// The mark behind one that was looked at; of a string, behind all of it.
    pub(super) fn behind(&mut self, placed: Placed) -> Option<Placed<'t>> {
        let past = self.past(placed);
        self.peek(past)
    }

    /// Whether a quote that closed a string is followed, on its line, by what may follow one.
    pub(super) fn is_end_of_value(&mut self, past: usize) -> bool {
        let behind = self.rest(past);
        let rest = behind.trim_start_matches([' ', '\t']);
        self.spend(behind.len() - rest.len());
        rest.is_empty()
            || rest.starts_with([',', ')', ']', '}', '\n', '\r'])
            || rest.starts_with("//")
            || rest.starts_with("/*")
    }

    /// Whether the line after the one that ends at `line_end` looks like the next field, entry or closing bracket, so that a string that is open
    /// there must have been closed before.
    pub(super) fn goes_on_after(&mut self, line_end: usize) -> bool {
        let behind = self.rest(line_end);
        let rest = behind.trim_start();
        let length = rest.bytes().take(MOST_LINE).position(|byte| byte == b'\n').unwrap_or(MOST_LINE.min(rest.len()));
        let length = (0..=length).rev().find(|end| rest.is_char_boundary(*end)).unwrap_or_default();
        let next = rest.get(..length).unwrap_or_default().trim();
        self.spend(behind.len() - rest.len() + next.len());
        let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        let behind_name = next.trim_start_matches(is_name);
        // A word in capitals before a colon is rather one of a text.
        let name = &next[..next.len() - behind_name.len()];
        let value = behind_name.trim_start().strip_prefix(':').map(str::trim_start);
        let ends_text = next.matches('"').count() % 2 == 1 && value.is_some_and(|value| !value.starts_with('"'));
        let is_capital = name.starts_with(|c: char| c.is_ascii_uppercase());
        let is_field = !name.is_empty() && value.is_some() && (!is_capital || is_known(name) && !ends_text);
        let is_entry = next.strip_prefix('"').and_then(|id| id.split_once('"')).is_some_and(|(_, behind)| {
            let behind = behind.trim_start();
            behind.is_empty() || behind.starts_with([':', ',', ']'])
        });
        // So are words in brackets with a quote behind them, which ends a text.
        let is_text = next.starts_with('(') && !next.contains(':') && next.matches('"').count() % 2 == 1;
        let is_bracket = next.starts_with([')', '}', ']', '(', '[']) && !is_text;
        next.is_empty() || is_bracket || is_field || is_entry
    }
}

/// Bytes of a line that are looked at to tell what it is.
const MOST_LINE: usize = 400;
