//! Marks that belong to nothing and would hide what is behind them: a quote of another sort, two quotes, the mark of a comment, the beginning of a text
//! without escapes. One is taken out where the text does not fit together with it, and does without.

use std::ops::Range;

use super::{
    grammar::{Grammar, attributes_end},
    habits::{APOSTROPHE, is_remark},
    shape::is_text_name,
    slip::Slip,
    words::Habits,
};
use crate::{
    lang::later,
    ron_text::{Pieced, Token, Tokens},
    storage::pieces::Fault,
};

const STRAYS: &str = later("marks that belong to nothing; taken out");

/// So many tokens before the one that does not fit may be what does not.
const BEFORE: usize = 4;
/// So many tokens have to fit behind a mark that was taken out, unless the text ends before that; and after so many it is clear.
const LEAST_BEHIND: usize = 6;
const MOST_BEHIND: usize = 14;
/// Bytes behind what does not fit that are looked at.
const MOST_LOOK: usize = 4_000;
/// Bytes of a token that may be in the way.
const MOST_OF_TOKEN: usize = 400;
/// Marks in a row that are looked at.
const MOST_RUN: usize = 6;
/// So many marks are tried in all: a text in which many more do not fit is written in another way.
const MOST_TRIED: usize = 100_000;
/// How often each byte may be looked at on average.
const LOOKS: usize = 24;

/// A text without marks that belong to nothing, and which they were; `None` if there are none.
pub(in crate::storage) fn without_strays(text: &str) -> Option<(Pieced<()>, Vec<Fault>)> {
    let mut seeker = Seeker {
        text,
        at: attributes_end(text),
        grammar: Grammar::default(),
        before: Vec::with_capacity(BEFORE),
        resumed: 0,
        tried: 0,
        budget: text.len().saturating_mul(LOOKS).saturating_add(1_000_000),
        changes: Vec::new(),
        habits: Habits::default(),
    };
    seeker.seek();
    let Seeker { changes, habits, .. } = seeker;
    (!changes.is_empty()).then(|| (Pieced::changed(text, &changes), habits.told()))
}

struct Seeker<'t> {
    text: &'t str,
    at: usize,
    grammar: Grammar,
    /// Where the last tokens began, with how the text was put together before them; the oldest first.
    before: Vec<(usize, Grammar)>,
    /// Where the search went on behind what did not fit.
    resumed: usize,
    tried: usize,
    /// Bytes that may still be looked at: what has to be looked at again and again is given up.
    budget: usize,
    changes: Vec<(Range<usize>, String)>,
    habits: Habits,
}

/// A mark that may be taken out, and how far the text fits together without it.
struct Candidate {
    range: Range<usize>,
    fitting: usize,
    /// Where to go on, and how the text is put together there.
    snapshot: usize,
}

impl<'t> Seeker<'t> {
    fn seek(&mut self) {
        while self.tried < MOST_TRIED && self.budget > 0 {
            let mut tokens = Tokens::from(self.text, self.at);
            let start = tokens.skip_to_next();
            if let Some(open) = tokens.open_comment() {
                self.spend(self.text.len() - self.at);
                self.at = self.past_open_comment(open);
                continue;
            }
            let Some((offset, token)) = tokens.next() else { break };
            self.spend(offset + token.length() - self.at);
            self.remember(start);
            if is_written_so(token) && self.grammar.takes(offset, token) {
                self.at = offset + token.length();
            } else if !self.takes_out(offset, token) {
                self.resume(offset, token);
            }
        }
    }

    /// Goes past the beginning of a comment that is never closed, or past its line.
    fn past_open_comment(&self, open: usize) -> usize {
        let tail = self.text.get(open + 2..).unwrap_or_default();
        let line = tail.find('\n').unwrap_or(tail.len());
        open + 2 + if is_remark(&tail[..line]) { line } else { 0 }
    }

    fn spend(&mut self, bytes: usize) {
        self.budget = self.budget.saturating_sub(bytes);
    }

    fn remember(&mut self, start: usize) {
        if self.before.len() < BEFORE {
            return self.before.push((start, self.grammar.clone()));
        }
        self.before.rotate_left(1);
        if let Some((place, grammar)) = self.before.last_mut() {
            *place = start;
            grammar.clone_from(&self.grammar);
        }
    }

    /// Takes the mark out with which a token does not fit; whether there is one.
    fn takes_out(&mut self, offset: usize, token: Token<'t>) -> bool {
        let Some((begin, _)) = self.before.first() else { return false };
        let token_end = floor(self.text, offset + token.length().clamp(1, MOST_OF_TOKEN));
        let mut best: Option<Candidate> = None;
        for range in marks(self.text, *begin..token_end) {
            self.tried += 1;
            // A word that the mark stands in the middle of begins before it.
            let glued = self.text[..range.start].ends_with(is_of_word);
            let fits = |place: usize| place < range.start || place == range.start && !glued;
            let Some(snapshot) = self.before.iter().rposition(|(place, _)| fits(*place)) else { continue };
            self.spend(MOST_LOOK.min(self.text.len()));
            let fitting = self.fitting(snapshot, &range, offset);
            let is_better = |best: &Candidate| {
                (fitting, range.len(), best.range.start) > (best.fitting, best.range.len(), range.start)
            };
            if fitting >= LEAST_BEHIND && best.as_ref().is_none_or(is_better) {
                best = Some(Candidate { range, fitting, snapshot });
            }
        }
        let Some(Candidate { range, snapshot, .. }) = best else { return false };
        let written = &self.text[range.clone()];
        let what = if written == "'" { APOSTROPHE } else { STRAYS };
        self.habits.add(what, Fault::of_slip(range.start, Slip::Stray(written.to_owned()), String::new()));
        // What it stood in was tried above and fits; the search goes on behind that.
        let (place, mut grammar) = self.before[snapshot].clone();
        let (tail, cut) = self.without(place, &range);
        let mut at = range.end;
        for (start, token) in Tokens::from(&tail, 0) {
            if start >= cut {
                break;
            }
            grammar.takes(start, token);
            at = at.max(range.end + (start + token.length()).saturating_sub(cut));
        }
        self.grammar = grammar;
        self.before.clear();
        self.at = at;
        self.resumed = self.resumed.max(at);
        self.changes.push((range, String::new()));
        true
    }

    /// The text from a place on without a mark, as much of it as is looked at; and where in it the mark was.
    fn without(&self, place: usize, range: &Range<usize>) -> (String, usize) {
        let end = floor(self.text, range.end + MOST_LOOK);
        let before = self.text.get(place..range.start).unwrap_or_default();
        (before.to_owned() + self.text.get(range.end..end).unwrap_or_default(), before.len())
    }

    /// How many tokens fit behind the one that does not, if a mark is taken out; as many as are asked for if the text ends before.
    fn fitting(&self, snapshot: usize, range: &Range<usize>, offset: usize) -> usize {
        let (place, grammar) = &self.before[snapshot];
        let (tail, cut) = self.without(*place, range);
        let mut grammar = grammar.clone();
        let mut tokens = Tokens::from(&tail, 0);
        let is_all = range.end + MOST_LOOK >= self.text.len();
        // Where the token stands that did not fit.
        let behind = if offset > range.start { (offset - place).saturating_sub(range.len()).max(cut) } else { cut };
        let mut count = 0;
        while count < MOST_BEHIND {
            let Some((start, token)) = tokens.next() else {
                return if is_all && grammar.is_whole() { MOST_BEHIND } else { count };
            };
            if tokens.open_comment().is_some() || !is_written_so(token) || !grammar.takes(start, token) {
                break;
            }
            count += usize::from(start >= behind);
        }
        count
    }

    /// Goes on behind what does not fit, and would with no mark less: on the next line, where that is not further than we came already.
    fn resume(&mut self, offset: usize, token: Token<'t>) {
        let before = self.before.iter().rev().nth(1).map_or(offset, |(place, _)| *place);
        let line_end = |at: usize| Some(at + self.text.get(at..floor(self.text, at + MOST_LOOK))?.find('\n')?);
        let next_line = line_end(before).filter(|end| *end > self.resumed && *end > self.at.min(offset));
        let behind = offset + token.length().max(1);
        self.at = match (next_line, token) {
            (Some(end), _) => end,
            // What a quote of another sort begins may go on for ever.
            (None, Token::Quoted { literal, .. }) if literal.contains('\n') => line_end(offset).unwrap_or(behind),
            _ => behind,
        };
        self.resumed = self.resumed.max(self.at);
        self.grammar.go_on_anyhow();
        self.before.clear();
    }
}

/// Whether a token is written as projects write theirs: without single quotes, and words only of what names and numbers are made of.
fn is_written_so(token: Token<'_>) -> bool {
    match token {
        Token::Quoted { literal, closed } => closed && !literal.starts_with(['\'', 'b']),
        Token::Word(word) => {
            !word.contains(['`', '\'', '"', '#', '*', '/']) || word.starts_with("r#") && word.len() > 2
        }
        _ => true,
    }
}

/// The last place up to `at` at which a character begins.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or_default()
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || c == '-'
}

/// The marks that may belong to nothing in a part of a text: quotes of all sorts, and those of comments and raw texts. A single one of ours only
/// within a key: anywhere else it may as well belong to a text.
fn marks(text: &str, part: Range<usize>) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = part.start;
    while at < part.end {
        let rest = &bytes[at..];
        for words in ["*/", "/**/", "r#\""] {
            if rest.starts_with(words.as_bytes()) {
                found.push(at..at + words.len());
            }
        }
        let length = rest.iter().take(MOST_OF_TOKEN).take_while(|byte| b"\"'`#".contains(byte)).count();
        let run = &rest[..length.min(MOST_RUN)];
        for start in 0..run.len() {
            for end in start + 1..=run.len() {
                let (begin, end) = (at + start, at + end);
                // A `#` is one of a text, if it is not what a raw one ends with.
                let may_be = match &bytes[begin..end] {
                    [b'#', ..] => false,
                    [b'"'] => is_within_key(text, begin),
                    [b'\''] => !is_between_groups(text, begin),
                    run if run.iter().any(|byte| *byte != b'"') && leaves_an_empty_text(text, begin..end) => false,
                    run if run.contains(&b'"') => !ends_bare_text(text, begin),
                    _ => true,
                };
                if may_be {
                    found.push(begin..end);
                }
            }
        }
        at += length.max(1);
    }
    found
}

/// Whether what stands before a place on its line is a text without its first quote: then a quote there is its last one.
fn ends_bare_text(text: &str, at: usize) -> bool {
    let least = floor(text, at.saturating_sub(MOST_OF_TOKEN));
    let before = text[least..at].rsplit('\n').next().unwrap_or_default();
    let Some((key, value)) = before.rsplit_once(':') else { return false };
    let key = key.rsplit(|c: char| !is_of_word(c)).next().unwrap_or_default();
    !value.trim().is_empty() && !value.contains('"') && is_text_name(key)
}

/// Whether a text that says nothing would be left without some marks: then they are what it says, and one of its quotes is there twice (`""#"`).
fn leaves_an_empty_text(text: &str, marks: Range<usize>) -> bool {
    let (before, behind) = (&text[..marks.start], &text[marks.end..]);
    let begin = before.trim_end_matches('"');
    let end = behind.trim_start_matches('"');
    before.len() - begin.len() + behind.len() - end.len() == 2
        && begin.ends_with(|c: char| c.is_whitespace() || ":([{,".contains(c))
}

/// Whether a mark stands between groups of digits, as some write large numbers.
fn is_between_groups(text: &str, at: usize) -> bool {
    let digits = text[at + 1..].bytes().take(4).take_while(u8::is_ascii_digit).count();
    text[..at].ends_with(|c: char| c.is_ascii_digit()) && digits == 3
}

/// Whether the quote at a place stands in the middle of a key.
fn is_within_key(text: &str, at: usize) -> bool {
    let behind = text.get(at + 1..floor(text, at + MOST_OF_TOKEN)).unwrap_or_default();
    let rest = behind.trim_start_matches(is_of_word);
    let ends = rest.strip_prefix('"').unwrap_or(rest).trim_start_matches([' ', '\t']).starts_with(':');
    text[..at].ends_with(is_of_word) && rest.len() < behind.len() && ends
}
