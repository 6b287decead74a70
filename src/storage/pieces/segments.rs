//! Where the fields of a project and the entries of its lists stand in its text, also where brackets are missing or too many.

use std::ops::Range;

use super::LISTS;
use crate::ron_text::{Token, Tokens, key_text};

/// Lists whose entries hold nothing that looks like an entry: another `"id": (` is the next one, whatever is not closed before it.
const FLAT: [&str; 4] = ["components", "connections", "boundaries", "sticky_notes"];

/// A field of the project, or an entry of one of its lists.
#[derive(Debug, PartialEq)]
pub(super) struct Segment {
    /// The list it is an entry of; `None` for a field at the top.
    pub list: Option<&'static str>,
    /// Its name or id.
    pub key: String,
    /// Where the key stands.
    pub at: usize,
    /// Where the value stands.
    pub value: Range<usize>,
    /// Whether something else began, or the text ended, before it was closed.
    pub cut: bool,
}

/// The segments of a text, in its order. Where `mended`, brackets are not trusted: what looks like an entry begins one.
pub(super) fn segments(text: &str, mended: bool) -> Vec<Segment> {
    let mut segmenter = Segmenter { mended, ..Segmenter::default() };
    let mut before: [Option<(usize, Token)>; 3] = [None; 3];
    for (offset, token) in Tokens::from(text, 0) {
        if before[2].is_none() && !matches!(token, Token::Open(_)) {
            segmenter.depth = 1; // the beginning of the text is lost
        }
        if let [previous, Some((at, key @ (Token::Quoted { .. } | Token::Word(_)))), Some((_, Token::Colon))] = before {
            let end = previous.map_or(at, |(start, token)| start + token.length());
            let entry = mended && matches!(key, Token::Quoted { .. }) && begins_entry(text, offset);
            segmenter.pair(end, (at, key), (offset, token), entry);
        }
        match token {
            Token::Comma => segmenter.end_item(),
            Token::Close(_) => segmenter.close(),
            Token::Open(_) => segmenter.depth += 1,
            _ => {}
        }
        if let Some((open, _)) = &mut segmenter.open {
            open.value.end = offset + token.length();
        }
        before = [before[1], before[2], Some((offset, token))];
        if segmenter.fields > MOST_FIELDS {
            break;
        }
    }
    segmenter.finish(None, segmenter.is_inside());
    segmenter.done
}

/// Whether an entry may begin here: a bracket, and a field in it.
fn begins_entry(text: &str, offset: usize) -> bool {
    let mut tokens = Tokens::from(text, offset).map(|(_, token)| token);
    tokens.next() == Some(Token::Open(b'('))
        && matches!(tokens.next(), Some(Token::Word(_)))
        && tokens.next() == Some(Token::Colon)
}

#[derive(Default)]
struct Segmenter {
    mended: bool,
    /// Brackets that are open.
    depth: usize,
    /// The list that is open, and the depth of its entries.
    list: Option<(&'static str, usize)>,
    /// The flat list that was open last.
    last: Option<&'static str>,
    /// The segment that is open, and the depth of its key.
    open: Option<(Segment, usize)>,
    done: Vec<Segment>,
    /// How many of them are fields at the top.
    fields: usize,
}

/// More fields at the top than any project has: what comes after is not looked at.
const MOST_FIELDS: usize = 100;
/// How deep entries are.
const IN_A_LIST: usize = 2;

impl Segmenter {
    /// A key with the first token of its value; `end` is where the token before the key ended.
    fn pair(&mut self, end: usize, (at, key): (usize, Token), (offset, value): (usize, Token), entry: bool) {
        let list = match key {
            Token::Word(word) if value == Token::Open(b'{') && (self.mended || self.depth == 1) => {
                LISTS.into_iter().find(|list| *list == word)
            }
            _ => None,
        };
        if let Some(list) = list {
            self.finish(Some(end), self.is_inside());
            (self.depth, self.list) = (IN_A_LIST - 1, Some((list, IN_A_LIST)));
            self.last = FLAT.contains(&list).then_some(list);
            return;
        }
        match self.list {
            Some((_, depth)) if self.depth == depth => self.finish(Some(end), false),
            Some((list, depth)) if FLAT.contains(&list) && entry => {
                self.finish(Some(end), true);
                self.depth = depth;
            }
            Some(_) => return,
            None => match self.last.filter(|_| entry && self.depth <= IN_A_LIST) {
                // A bracket too many closed the list.
                Some(list) => {
                    self.finish(Some(end), self.is_inside());
                    (self.depth, self.list) = (IN_A_LIST, Some((list, IN_A_LIST)));
                }
                None if self.depth == 1 => self.finish(Some(end), false),
                None => return,
            },
        }
        let list = self.list.map(|(list, _)| list);
        self.fields += usize::from(list.is_none());
        let segment = Segment { list, key: key_text(key).into_owned(), at, value: offset..offset, cut: false };
        self.open = Some((segment, self.depth));
    }

    /// Whether the open segment has brackets open.
    fn is_inside(&self) -> bool {
        self.open.as_ref().is_some_and(|(_, depth)| self.depth > *depth)
    }

    fn end_item(&mut self) {
        if !self.is_inside() {
            self.finish(None, false);
        }
    }

    fn close(&mut self) {
        self.end_item();
        self.depth = self.depth.saturating_sub(1);
        if self.list.is_some_and(|(_, depth)| depth > self.depth) {
            self.list = None;
        }
    }

    /// Puts the open segment to the others; it ended at `end`, or with the token before.
    fn finish(&mut self, end: Option<usize>, cut: bool) {
        let Some((mut segment, _)) = self.open.take() else { return };
        segment.value.end = end.unwrap_or(segment.value.end).max(segment.value.start);
        segment.cut = cut;
        self.done.push(segment);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let list = |segment: &Segment| segment.list.map(|list| format!("{list}/")).unwrap_or_default();
        let cut = |segment: &Segment| if segment.cut { " (cut)" } else { "" };
        segments(text, true)
            .iter()
            .map(|s| format!("{}{} = {}{}", list(s), s.key, text[s.value.clone()].trim(), cut(s)))
            .collect()
    }

    #[test]
    fn a_whole_text_is_its_fields_and_entries() {
        let text = r#"(format: 2, name: "P", assumptions: (roles: {"lead": (name: "L")}),
            components: {"a": (name: "A", traits: {"x": 1}), "b": (kind: worker),},
            suppressed: {"k": "why"}, colour: [1, (2)],
            scenarios: {"s": (name: "S", means: (roles: {"lead": (name: "L")}))})"#;
        assert_eq!(
            shown(text),
            [
                "format = 2",
                "name = \"P\"",
                "assumptions = (roles: {\"lead\": (name: \"L\")})",
                "components/a = (name: \"A\", traits: {\"x\": 1})",
                "components/b = (kind: worker)",
                "suppressed/k = \"why\"",
                "colour = [1, (2)]",
                "scenarios/s = (name: \"S\", means: (roles: {\"lead\": (name: \"L\")}))",
            ]
        );
    }

    #[test]
    fn what_looks_like_an_entry_is_none_where_brackets_are_trusted() {
        let text = "(components: {\"a\": (traits: {\"x\": (name: 1), \"y\": ()})})";
        let keys = |mended| segments(text, mended).into_iter().map(|segment| segment.key).collect::<Vec<_>>();
        assert_eq!(keys(false), ["a"]);
        assert_eq!(keys(true), ["a", "x", "y"]);
    }

    #[test]
    fn what_is_not_closed_takes_nothing_of_what_comes_after() {
        let text = "(format: 2, components: {\"a\": (name: \"A\", traits: {\"x\": 1, \"b\": (name: \"B\"), \"c\": (name: \"C\")), \"d\": (name: \"D\"), connections: {\"l\": (from: \"a\",";
        assert_eq!(
            shown(text),
            [
                "format = 2",
                "components/a = (name: \"A\", traits: {\"x\": 1, (cut)",
                "components/b = (name: \"B\")",
                "components/c = (name: \"C\")",
                "components/d = (name: \"D\")",
                "connections/l = (from: \"a\", (cut)",
            ]
        );
        assert_eq!(shown("components: {\"a\": (name: \"A\")"), ["components/a = (name: \"A\")"]);
        assert_eq!(shown("(name: \"N\" notes: \"x\")"), ["name = \"N\"", "notes = \"x\""]);
    }
}
