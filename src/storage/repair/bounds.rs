//! What is more than a project can hold: as much of it is kept as there is room for, and the rest is named. It still stands in the file, which
//! nobody touches.

use std::ops::Range;

use super::super::pieces::Fault;
use crate::{
    lang::{t, tr},
    project::{
        MAX_BASELINE_EDITS, MAX_CONNECTIONS, MAX_ELEMENTS, MAX_HOLIDAYS, MAX_NAME_BYTES, MAX_ROLES, MAX_SCENARIOS,
        MAX_SERVERS, MAX_TRAITS, MAX_WAYPOINTS,
    },
    ron_text::{Pieced, Token, Tokens, in_words, key_text},
    text::count,
};

/// A text within bounds.
pub(super) struct Bounded {
    pub(super) text: Pieced<()>,
    pub(super) faults: Vec<Fault>,
    /// Where what is left out stands in the text as it was.
    pub(super) left_out: Vec<Range<usize>>,
}

/// A text of which no list is longer than a project can hold, and no key; `None` if all of it is so.
pub(super) fn within_bounds(text: &str) -> Option<Bounded> {
    let mut reader = Reader::default();
    let mut before: Option<(usize, Token<'_>)> = None;
    for (offset, token) in Tokens::from(text, 0) {
        match token {
            Token::Open(_) => {
                reader.begin(offset, token);
                reader.open();
            }
            Token::Close(_) => reader.close(offset),
            Token::Comma => reader.end_item(),
            Token::Colon => {
                if let Some((at, key @ (Token::Quoted { .. } | Token::Word(_)))) = before {
                    reader.key(at, key);
                }
            }
            Token::Quoted { .. } | Token::Word(_) => reader.begin(offset, token),
        }
        before = Some((offset, token));
    }
    while !reader.frames.is_empty() {
        reader.close(text.len());
    }
    let Reader { mut changes, faults, left_out, .. } = reader;
    if changes.is_empty() {
        return None;
    }
    // A list is cut when it ends, and what is within it was looked at before.
    changes.sort_by_key(|(range, _)| (range.start, usize::MAX - range.end));
    let mut at = 0;
    changes.retain(|(range, _)| {
        let is_behind = range.start >= at;
        at = at.max(range.end);
        is_behind
    });
    Some(Bounded { text: Pieced::changed(text, &changes), faults, left_out })
}

/// How many there may be in the list that these keys lead to.
fn most_of(path: &[&str]) -> Option<usize> {
    match path {
        ["components" | "boundaries" | "sticky_notes" | "suppressed"] | [_, .., "pins"] => Some(MAX_ELEMENTS),
        ["connections"] => Some(MAX_CONNECTIONS),
        ["scenarios" | "baselines"] => Some(MAX_SCENARIOS),
        [_, .., "traits"] => Some(MAX_TRAITS),
        [_, .., "roles"] => Some(MAX_ROLES),
        [_, .., "holidays"] => Some(MAX_HOLIDAYS),
        [_, .., "servers"] => Some(MAX_SERVERS),
        [_, .., "via"] => Some(MAX_WAYPOINTS),
        ["baselines", _, "edits"] => Some(MAX_BASELINE_EDITS),
        _ => None,
    }
}

/// Deeper than anything stands that is counted.
const DEEPEST: usize = 8;

/// So many names of a list are told.
const MOST_NAMED: usize = 5;

/// So much of a name is told, in characters.
const MOST_OF_NAME: usize = 60;

/// Bytes of a key that are kept of one that is too long: enough to know it by.
const KEPT_OF_KEY: usize = 100;

#[derive(Default)]
struct Reader {
    frames: Vec<Frame>,
    changes: Vec<(Range<usize>, String)>,
    faults: Vec<Fault>,
    left_out: Vec<Range<usize>>,
}

/// A bracket that is open.
#[derive(Default)]
struct Frame {
    /// How many items it may have, and how many began.
    most: Option<usize>,
    count: usize,
    /// Whether one is open, and its key, as much of it as is told.
    is_open: bool,
    key: Option<String>,
    /// Where the first begins that is too many, and the first names of those that are.
    past: Option<(usize, Vec<String>)>,
}

impl Reader {
    fn path(&self) -> Vec<&str> {
        let outer = self.frames.len().saturating_sub(1);
        self.frames[..outer].iter().filter_map(|frame| frame.key.as_deref()).collect()
    }

    fn open(&mut self) {
        self.frames.push(Frame::default());
        if self.frames.len() <= DEEPEST {
            let most = most_of(&self.path());
            if let Some(frame) = self.frames.last_mut() {
                frame.most = most;
            }
        }
    }

    /// Something begins: an item, or the value of one.
    fn begin(&mut self, offset: usize, token: Token<'_>) {
        let Some(frame) = self.frames.last_mut().filter(|frame| !frame.is_open) else { return };
        frame.is_open = true;
        frame.count += 1;
        if frame.most.is_none_or(|most| frame.count <= most) {
            return;
        }
        let (_, names) = frame.past.get_or_insert_with(|| (offset, Vec::new()));
        if names.len() < MOST_NAMED && matches!(token, Token::Quoted { .. } | Token::Word(_)) {
            names.push(key_text(token).chars().take(MOST_OF_NAME).collect());
        }
    }

    fn end_item(&mut self) {
        if let Some(frame) = self.frames.last_mut() {
            (frame.is_open, frame.key) = (false, None);
        }
    }

    fn key(&mut self, at: usize, key: Token<'_>) {
        let Some(frame) = self.frames.last_mut().filter(|frame| frame.key.is_none()) else { return };
        let name = key_text(key);
        frame.key = Some(name.chars().take(MOST_OF_NAME).collect());
        if name.len() <= MAX_NAME_BYTES || frame.past.is_some() {
            return;
        }
        let kept = &name[..name.floor_char_boundary(KEPT_OF_KEY)];
        let is_name = matches!(key, Token::Word(_));
        let short = if is_name { kept.to_owned() } else { format!("\"{}\"", kept.replace(['\\', '"'], " ")) };
        let path = self.path();
        let message = tr!(
            "this key has {bytes} bytes{place}; none has more than {most}, so only its beginning is kept",
            bytes = count(name.len()),
            place = in_words(&path),
            most = count(MAX_NAME_BYTES)
        );
        let about = path.into_iter().map(str::to_owned).collect();
        self.faults.push(Fault { offset: at, message, about, ..Fault::default() });
        self.changes.push((at..at + key.length(), short));
    }

    fn close(&mut self, offset: usize) {
        self.cut(offset);
        self.frames.pop();
    }

    /// Leaves out what is too many in the bracket that ends here.
    fn cut(&mut self, end: usize) {
        let Some(frame) = self.frames.last_mut() else { return };
        let (Some((start, names)), Some(most)) = (frame.past.take(), frame.most) else { return };
        let too_many = frame.count - most;
        let path: Vec<String> = self.path().into_iter().map(str::to_owned).collect();
        let (list, place) = match path.split_last() {
            Some((list, outer)) => (list.as_str(), in_words(outer)),
            None => (t("entries"), String::new()),
        };
        let message = tr!(
            "these are {all} {list}{place}, and a project holds no more than {most} of them; what is beyond that stays in the damaged file only",
            all = count(most + too_many),
            list,
            place,
            most = count(most)
        );
        let told = match (names.len(), too_many) {
            (0, _) => count(too_many),
            (named, _) if named == too_many => names.join(", "),
            (named, _) => tr!("{names} and {more} more", names = names.join(", "), more = count(too_many - named)),
        };
        let left_out = path.iter().cloned().chain([told]).collect();
        self.faults.push(Fault { offset: start, message, left_out, ..Fault::default() });
        self.changes.push((start..end, String::new()));
        self.left_out.push(start..end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_too_many_is_cut_at_the_end_of_its_list() {
        let roles = (0..53).map(|i| format!("\"r{i}\": (name: \"R\"), ")).collect::<Vec<_>>().concat();
        let text = format!("(assumptions: (roles: {{{roles}}}), roles: 1, components: {{\"a\": (pos: (1, 2))}})");
        let Bounded { text: cut, faults, left_out } = within_bounds(&text).unwrap();
        assert!(cut.text.contains("\"r49\": (name: \"R\"), }), roles: 1"), "{}", cut.text);
        assert_eq!(faults[0].left_out, ["assumptions", "roles", "r50, r51, r52"]);
        assert_eq!(
            (faults[0].offset, left_out[0].start),
            (text.find("\"r50\"").unwrap(), text.find("\"r50\"").unwrap())
        );
        assert!(within_bounds("(components: {\"a\": (pos: (1, 2))}, name: \"P\")").is_none());
        let long = format!("(traits: {{\"{}\": 1}})", "k".repeat(2_000));
        let Bounded { text: cut, faults, .. } = within_bounds(&long).unwrap();
        assert_eq!(cut.text, format!("(traits: {{\"{}\": 1}})", "k".repeat(100)));
        assert!(faults[0].message.contains("this key has 2,000 bytes"));
    }
}
