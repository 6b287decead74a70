//! Keys that are there twice: the first is kept, and the others are listed. An entry with the id of another one is kept under an id of its own.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use super::super::pieces::{Fault, IN_A_LIST, is_list};
use crate::{
    lang::{t, tr},
    project::MAX_CONNECTIONS,
    ron_text::{Pieced, Token, Tokens, in_words, key_text},
    text::count,
};

#[derive(Default)]
struct Frame {
    is_map: bool,
    seen: HashSet<String>,
    /// Where the present item begins.
    start: Option<usize>,
    /// Its key.
    key: Option<String>,
    /// Whether the key was there before.
    again: bool,
}

/// A text without what has the key of something before it, and what that was; `None` if nothing had.
pub(super) fn without_repeated(text: &str) -> (Option<Pieced<()>>, Vec<Fault>) {
    let mut reader =
        Reader { text, frames: Vec::new(), entries: HashMap::new(), changes: Vec::new(), faults: Vec::new(), more: 0 };
    for (offset, token) in Tokens::from(text, 0) {
        reader.read(offset, token);
    }
    if reader.more > 0 {
        let message = tr!("and {more} more keys are there twice; the first of each is kept", more = count(reader.more));
        reader.faults.push(Fault { offset: text.len(), message, ..Fault::default() });
    }
    let changed = (!reader.changes.is_empty()).then(|| Pieced::changed(text, &reader.changes));
    (changed, reader.faults)
}

struct Reader<'t> {
    text: &'t str,
    frames: Vec<Frame>,
    /// The entries of each list so far, with where their values stand.
    entries: HashMap<String, HashMap<String, Option<Range<usize>>>>,
    changes: Vec<(Range<usize>, String)>,
    faults: Vec<Fault>,
    /// How many there are that are not told one by one.
    more: usize,
}

/// Most keys that are told for being there twice.
const MOST_TOLD: usize = 2_000;

impl Reader<'_> {
    fn read(&mut self, offset: usize, token: Token) {
        match token {
            Token::Open(bracket) => {
                self.begin(offset);
                self.frames.push(Frame { is_map: bracket == b'{', ..Frame::default() });
            }
            Token::Close(_) => {
                self.end_item(offset, offset);
                self.frames.pop();
            }
            Token::Comma => self.end_item(offset, offset + 1),
            Token::Colon => self.key(offset),
            Token::Quoted { .. } | Token::Word(_) => self.begin(offset),
        }
    }

    fn begin(&mut self, offset: usize) {
        if let Some(frame) = self.frames.last_mut() {
            frame.start = frame.start.or(Some(offset));
        }
    }

    fn tell(&mut self, fault: Fault) {
        if self.faults.len() < MOST_TOLD {
            self.faults.push(fault);
        } else {
            self.more += 1;
        }
    }

    /// The keys that lead to the innermost bracket.
    fn path(&self) -> Vec<String> {
        let outer = self.frames.len().saturating_sub(1);
        self.frames.iter().take(outer).filter_map(|frame| frame.key.clone()).collect()
    }

    fn key(&mut self, colon: usize) {
        let depth = self.frames.len();
        let section = self.frames.first().and_then(|root| root.key.as_deref());
        let section = section.filter(|section| depth == IN_A_LIST && is_list(section)).map(str::to_owned);
        let Some(frame) = self.frames.last_mut() else { return };
        let (Some(start), None) = (frame.start, frame.key.as_ref()) else { return };
        let Some((_, token)) = Tokens::from(self.text.get(..colon).unwrap_or_default(), start).next() else { return };
        let key = key_text(token).into_owned();
        frame.again = match section {
            Some(section) => self.entries.get(&section).is_some_and(|entries| entries.contains_key(&key)),
            None if frame.is_map && frame.seen.len() <= MAX_CONNECTIONS => !frame.seen.insert(key.clone()),
            None => depth == 1 && is_list(&key) && !frame.seen.insert(key.clone()),
        };
        frame.key = Some(key);
    }

    fn end_item(&mut self, value_end: usize, end: usize) {
        let depth = self.frames.len();
        let Some(frame) = self.frames.last_mut() else { return };
        let (start, key, again) = (frame.start.take(), frame.key.take(), std::mem::take(&mut frame.again));
        let (Some(start), Some(key)) = (start, key) else { return };
        let section = self.frames.first().and_then(|root| root.key.as_deref());
        let list = section.filter(|section| depth == IN_A_LIST && is_list(section)).map(str::to_owned);
        if let (Some(list), false) = (&list, again) {
            let entries = self.entries.entry(list.clone()).or_default();
            if entries.len() <= MAX_CONNECTIONS {
                entries.insert(key, Some(start..value_end));
            }
            return;
        }
        if !again {
            return;
        }
        let path = self.path();
        let place = in_words(&path);
        if depth == 1 {
            let message = tr!("`{key}` is there twice; the entries of both are kept", key);
            self.tell(Fault { offset: start, message, ..Fault::default() });
            return;
        }
        let first = list.as_ref().and_then(|list| self.entries.get(list)?.get(&key)?.clone());
        let words = |range: Range<usize>| self.text.get(range).unwrap_or_default().trim();
        let is_same = first.is_some_and(|first| words(first) == words(start..value_end));
        if list.as_deref().is_some_and(|list| list != "suppressed") && !is_same {
            // It is kept under another id; whoever gives it that tells of it.
            return;
        }
        let what = if is_same { t(", and says the same") } else { "" };
        let message = tr!("\"{key}\" is there twice{place}{what}; the first one is kept", key, place, what);
        let left_out = if is_same { Vec::new() } else { path.into_iter().chain([key]).collect() };
        self.tell(Fault { offset: start, message, left_out, ..Fault::default() });
        // What is inside of it goes with it.
        while self.changes.last().is_some_and(|(range, _)| range.start >= start) {
            self.changes.pop();
        }
        self.changes.push((start..end, String::new()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_of_two_is_kept() {
        let text = "(components: {\"a\": (traits: {\"x\": 1, \"y\": 2, \"x\": 3}), \"a\": (), \"b\": (), \"b\": (),}, suppressed: {\"k\": \"1\", \"k\": \"2\"})";
        let (changed, faults) = without_repeated(text);
        assert_eq!(
            changed.unwrap().text,
            "(components: {\"a\": (traits: {\"x\": 1, \"y\": 2, }), \"a\": (), \"b\": (), }, suppressed: {\"k\": \"1\", })"
        );
        let left: Vec<String> = faults.iter().map(|fault| fault.left_out.join("/")).collect();
        assert_eq!(left, ["components/a/traits/x", "", "suppressed/k"]);
        assert!(without_repeated("(name: \"x\", components: {\"a\": ()}, risks: [1, (2)])").0.is_none());
    }
}
