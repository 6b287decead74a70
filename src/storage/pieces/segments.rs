//! Where the fields of a project and the entries of its lists stand in its text, also where brackets are missing or too many.

use std::ops::Range;

use super::{IN_A_LIST, known_names, list_named};
use crate::ron_text::{Token, Tokens, key_text};

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
}

/// The segments of a text, in its order, and how many fields of the project are not among them, as there are too many.
pub(super) fn segments(text: &str) -> (Vec<Segment>, usize) {
    let mut segmenter = Segmenter::default();
    let mut before: [Option<(usize, Token)>; 2] = [None; 2];
    for (offset, token) in Tokens::from(text, 0) {
        if let [Some((at, key @ (Token::Quoted { .. } | Token::Word(_)))), Some((_, Token::Colon))] = before {
            segmenter.pair((at, key), (offset, token));
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
        before = [before[1], Some((offset, token))];
    }
    segmenter.finish();
    (segmenter.done, segmenter.more)
}

#[derive(Default)]
struct Segmenter {
    /// Brackets that are open.
    depth: usize,
    /// The list that is open.
    list: Option<&'static str>,
    /// The segment that is open, and the depth of its key.
    open: Option<(Segment, usize)>,
    done: Vec<Segment>,
    /// The fields of a project that were there.
    known: Vec<&'static str>,
    /// How many others of them there are, and how many more that are not looked at.
    others: usize,
    more: usize,
}

/// So many fields at the top are looked at that no project has, or that are there again.
const MOST_OTHERS: usize = 100;

impl Segmenter {
    /// A key with the first token of its value.
    fn pair(&mut self, (at, key): (usize, Token), (offset, value): (usize, Token)) {
        let list = match key {
            Token::Word(word) if value == Token::Open(b'{') && self.depth == 1 => list_named(word),
            _ => None,
        };
        if list.is_some() {
            self.finish();
            self.list = list;
            return;
        }
        if self.depth != if self.list.is_some() { IN_A_LIST } else { 1 } {
            return;
        }
        self.finish();
        if self.list.is_none() && !self.is_looked_at(&key_text(key)) {
            return;
        }
        let segment = Segment { list: self.list, key: key_text(key).into_owned(), at, value: offset..offset };
        self.open = Some((segment, self.depth));
    }

    /// Whether a field of the project is one of its own, or not too many beside these.
    fn is_looked_at(&mut self, name: &str) -> bool {
        let known = known_names().find(|known| *known == name && !self.known.contains(known));
        self.known.extend(known);
        if known.is_none() {
            self.others += 1;
            self.more = self.others.saturating_sub(MOST_OTHERS);
        }
        known.is_some() || self.more == 0
    }

    fn end_item(&mut self) {
        if self.open.as_ref().is_none_or(|(_, depth)| self.depth <= *depth) {
            self.finish();
        }
    }

    fn close(&mut self) {
        self.end_item();
        self.depth = self.depth.saturating_sub(1);
        if self.depth < IN_A_LIST {
            self.list = None;
        }
    }

    /// Puts the open segment to the others.
    fn finish(&mut self) {
        self.done.extend(self.open.take().map(|(segment, _)| segment));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_its_fields_and_entries() {
        let text = r#"(format: 2, name: "P", assumptions: (roles: {"lead": (name: "L")}),
            components: {"a": (name: "A", traits: {"x": 1}), "b": (kind: worker),},
            suppressed: {"k": "why"}, colour: [1, (2)],
            scenarios: {"s": (name: "S", means: (roles: {"lead": (name: "L")}))})"#;
        let list = |segment: &Segment| segment.list.map(|list| format!("{list}/")).unwrap_or_default();
        let shown: Vec<String> = segments(text)
            .0
            .iter()
            .map(|segment| format!("{}{} = {}", list(segment), segment.key, &text[segment.value.clone()]))
            .collect();
        assert_eq!(
            shown,
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
        let text = format!("({} name: \"P\", notes: \"N\", name: \"P\")", "x: 1, ".repeat(150));
        let (read, more) = segments(&text);
        assert_eq!((read.len(), more), (102, 51), "those of a project are found behind as many others as there are");
    }
}
