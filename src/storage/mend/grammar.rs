//! Whether a text is put together as RON is, whatever it says: then nothing in it has to be mended.

use super::{
    super::pieces::IN_A_LIST,
    numbers::is_written_otherwise,
    shape::{PROJECT, Shape},
};
use crate::ron_text::{Token, Tokens, closing, key_text};

/// What may come next.
#[derive(Clone, Copy, Default, PartialEq)]
enum Next {
    /// The first of a bracket or the one behind a comma.
    #[default]
    Item,
    /// What belongs to a key.
    Value,
    /// A comma or a closing bracket; where a key may have stood, a colon.
    Behind { key: bool },
    /// Whatever there is: what stood before did not fit.
    Anything,
}

#[derive(Clone, Copy)]
struct Frame {
    close: u8,
    /// Whether its items have keys; not known yet of an empty one.
    keyed: Option<bool>,
    /// Whether the present one has its key.
    has_key: bool,
}

/// Deeper than the typed reader goes.
const MAX_DEPTH: usize = 128;

/// Whether brackets, commas, colons and quotes of a text are where they belong.
pub(super) fn is_grammatical(text: &str) -> bool {
    let mut grammar = Grammar::default();
    Tokens::from(text, attributes_end(text)).all(|(offset, token)| grammar.takes(offset, token)) && grammar.is_whole()
}

/// How a text is put together up to some token.
#[derive(Default)]
pub(super) struct Grammar {
    frames: Vec<Frame>,
    next: Next,
    word_end: Option<usize>,
}

impl Clone for Grammar {
    fn clone(&self) -> Self {
        Self { frames: self.frames.clone(), next: self.next, word_end: self.word_end }
    }

    /// One that is copied for every token takes no memory anew.
    fn clone_from(&mut self, other: &Self) {
        self.frames.clone_from(&other.frames);
        (self.next, self.word_end) = (other.next, other.word_end);
    }
}

impl Grammar {
    /// Goes on to a token; whether it is where it belongs. After one that is not, nothing more can be asked before [`Self::go_on_anyhow`].
    pub(super) fn takes(&mut self, offset: usize, token: Token<'_>) -> bool {
        if self.next == Next::Anything {
            self.takes_anything(token);
            return true;
        }
        let called = self.word_end.take() == Some(offset);
        match token {
            Token::Open(bracket) => {
                if !may_open(&self.frames, self.next, called) {
                    return false;
                }
                self.open(bracket);
            }
            Token::Close(bracket) => {
                if self.frames.last().is_none_or(|frame| frame.close != bracket)
                    || self.next == Next::Value
                    || !end_item(&mut self.frames, self.next)
                {
                    return false;
                }
                self.frames.pop();
                self.next = Next::Behind { key: false };
            }
            Token::Comma => {
                if !matches!(self.next, Next::Behind { .. }) || !end_item(&mut self.frames, self.next) {
                    return false;
                }
                self.next = Next::Item;
            }
            Token::Colon => {
                let is_due = self.next == Next::Behind { key: true };
                let Some(frame) = self.frames.last_mut().filter(|frame| !frame.has_key && is_due) else { return false };
                frame.has_key = true;
                self.next = Next::Value;
            }
            Token::Quoted { closed, .. } => {
                if self.frames.is_empty() || !closed || matches!(self.next, Next::Behind { .. }) {
                    return false;
                }
                self.next = Next::Behind { key: self.next == Next::Item };
            }
            Token::Word(word) => {
                if self.frames.is_empty() || matches!(self.next, Next::Behind { .. }) {
                    return false;
                }
                self.word_end = Some(offset + word.len());
                // A number is no key.
                let is_name = !word.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c));
                self.next = Next::Behind { key: is_name && self.next == Next::Item };
            }
        }
        true
    }

    /// Whether all is closed.
    pub(super) fn is_whole(&self) -> bool {
        self.frames.is_empty() && self.next != Next::Item
    }

    /// Takes whatever comes next: what came last does not fit.
    pub(super) fn go_on_anyhow(&mut self) {
        self.next = Next::Anything;
        self.word_end = None;
    }

    fn open(&mut self, bracket: u8) {
        self.frames.push(Frame { close: closing(bracket), keyed: None, has_key: false });
        self.next = Next::Item;
    }

    fn takes_anything(&mut self, token: Token<'_>) {
        let has_room = self.frames.len() < MAX_DEPTH;
        let frame = self.frames.last_mut();
        let set_key = |frame: Option<&mut Frame>, has_key| {
            if let Some(frame) = frame {
                frame.has_key = has_key;
            }
        };
        self.next = match token {
            // Deeper than anything is, it is left as it stands.
            Token::Open(bracket) if has_room => return self.open(bracket),
            Token::Open(_) => Next::Anything,
            Token::Close(bracket) => {
                if let Some(place) = self.frames.iter().rposition(|frame| frame.close == bracket) {
                    self.frames.truncate(place);
                }
                Next::Behind { key: false }
            }
            Token::Comma => {
                set_key(frame, false);
                Next::Item
            }
            Token::Colon => {
                set_key(frame, true);
                Next::Value
            }
            Token::Quoted { .. } | Token::Word(_) => {
                set_key(frame, false);
                Next::Behind { key: true }
            }
        };
    }
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

/// Whether a text that is put together well writes things as project files do: fields without quotes, values that are names or numbers too,
/// texts with them, and in the brackets that belong around them (JSON does not), and each entry with its own fields, once.
pub(super) fn is_in_form(text: &str) -> bool {
    let mut form = Form { open: Vec::new(), due: &PROJECT };
    let mut tokens = Tokens::from(text, attributes_end(text)).map(|(_, token)| token).peekable();
    while let Some(token) = tokens.next() {
        if !form.takes(token, tokens.peek().copied()) {
            return false;
        }
    }
    true
}

struct Form {
    open: Vec<Fields>,
    /// The shape of the value that is due.
    due: &'static Shape,
}

/// A bracket that is open.
struct Fields {
    shape: &'static Shape,
    /// Which of its fields were there, and how many of them again.
    seen: u32,
    again: usize,
}

/// How many brackets are open in an entry of a section: its own as well.
const WITHIN_AN_ENTRY: usize = IN_A_LIST + 1;

impl Form {
    /// Goes on to a token; whether it is in form.
    fn takes(&mut self, token: Token, next: Option<Token>) -> bool {
        match token {
            Token::Open(bracket) => {
                // The outermost one says nothing by itself.
                if !self.open.is_empty() && self.due.bracket().is_some_and(|own| own != bracket) {
                    return false;
                }
                self.open.push(Fields { shape: self.due, seen: 0, again: 0 });
                self.due = self.due.inner();
            }
            Token::Close(_) | Token::Comma => {
                if token != Token::Comma {
                    self.open.pop();
                }
                self.due = self.open.last().map_or(&Shape::Unknown, |bracket| bracket.shape.inner());
            }
            Token::Colon => {}
            Token::Quoted { .. } | Token::Word(_) if next == Some(Token::Colon) => return self.takes_key(token),
            Token::Quoted { .. } => return !matches!(self.due, Shape::Plain),
            Token::Word(word) => {
                let is_call = matches!(next, Some(Token::Open(_)));
                return match self.due {
                    Shape::Text => is_call || !may_be_text(word),
                    Shape::Plain | Shape::Trait => !is_written_otherwise(word),
                    _ => true,
                };
            }
        }
        true
    }

    fn takes_key(&mut self, key: Token) -> bool {
        let is_entry = self.open.len() == WITHIN_AN_ENTRY;
        let Some(bracket) = self.open.last_mut().filter(|bracket| matches!(bracket.shape, Shape::Fields(_))) else {
            return true;
        };
        let name = key_text(key);
        let Some((place, shape)) = bracket.shape.field(&name) else {
            self.due = &Shape::Unknown;
            return !is_entry || !is_field_of_any_entry(&name);
        };
        self.due = shape;
        bracket.again += usize::from(bracket.seen & (1 << place) != 0);
        bracket.seen |= 1 << place;
        !matches!(key, Token::Quoted { .. }) && (!is_entry || bracket.again < 2)
    }
}

/// Whether entries of some section have such a field.
fn is_field_of_any_entry(name: &str) -> bool {
    let Shape::Fields(sections) = &PROJECT else { return false };
    sections.iter().any(|(_, section)| section.inner().field(name).is_some())
}

/// Whether a word may be a text without its quotes: it is no sign that there is none.
pub(super) fn may_be_text(word: &str) -> bool {
    !matches!(word, "null" | "None" | "nil" | "undefined" | "true" | "false") && word.starts_with(char::is_alphanumeric)
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
        for (text, in_form) in [
            ("(name: \"P\", components: {\"a\": (kind: worker, pos: (1, 2))})", true),
            ("(risks: {\"a\": [\"b\"]}, name: \"P\")", true),
            ("(\"name\": \"P\")", false),
            ("(components: {\"a\": {}})", false),
            ("(components: {\"a\": (kind: \"worker\")})", false),
            ("(components: {\"a\": (pos: [1, 2])})", false),
            ("(name: P)", false),
            ("(components: {\"a\": (from: \"b\", colour: 1)})", false),
            ("(components: {\"a\": (hue: 1)})", true),
            ("(components: {\"a\": (name: \"A\", kind: x, name: \"B\", kind: y)})", false),
            ("(name: null)", true),
        ] {
            assert_eq!(is_in_form(text), in_form, "{text}");
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
