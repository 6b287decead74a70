//! The brackets that are open, and which of them an item belongs into.

use super::{
    Mender,
    gap::{Gap, Item, What},
    lexer::{Mark, Placed},
    shape::{PROJECT, Shape},
};
use crate::ron_text::closing;

/// A bracket that is open.
pub(super) struct Frame {
    pub shape: &'static Shape,
    /// The closing bracket.
    pub close: u8,
    /// The key that leads to it.
    pub key: String,
    /// Past the opening bracket.
    pub start: usize,
    /// Which fields are there.
    seen: u32,
    /// The key of the item that was last.
    pub last: String,
    /// Whether an item is behind which a comma is needed.
    pub has_item: bool,
    /// The column in which its keys stand, where they begin their lines.
    column: Option<usize>,
}

impl Frame {
    pub(super) fn new(shape: &'static Shape, open: u8, key: String, start: usize) -> Self {
        let (last, column) = (String::new(), None);
        Self { shape, close: closing(open), key, start, seen: 0, last, has_item: false, column }
    }

    pub(super) fn has(&self, place: usize) -> bool {
        self.seen & (1 << place) != 0
    }

    /// Whether a field is there.
    pub(super) fn has_field(&self, name: &str) -> bool {
        self.shape.field(name).is_some_and(|(place, _)| self.has(place))
    }

    /// Whether it is a project's of which the format was told and something else.
    pub(super) fn is_begun(&self) -> bool {
        self.has_field("format") && self.seen.count_ones() > 1
    }

    /// Remembers a key of it.
    pub(super) fn add(&mut self, key: &str, column: Option<usize>) {
        if let Some((place, _)) = self.shape.field(key) {
            self.seen |= 1 << place;
        }
        key.clone_into(&mut self.last);
        self.column = self.column.or(column);
    }
}

/// What a bracket costs that is not there or too many.
const BRACKET: usize = 4;
/// Brackets that are compared one by one.
const MOST_COMPARED: usize = 12;

impl Mender<'_> {
    /// The keys that lead to what is open.
    pub(super) fn path(&self) -> Vec<String> {
        self.frames.iter().skip(1).filter(|frame| !frame.key.is_empty()).map(|frame| frame.key.clone()).collect()
    }

    pub(super) fn top(&self) -> &'static Shape {
        self.frames.last().map_or(&PROJECT, |frame| frame.shape)
    }

    /// The bracket that an item belongs into: the one that it fits and that the closing brackets before it speak for.
    pub(super) fn place_of(&mut self, gap: &Gap, item: &Item) -> usize {
        let column = self.column_of(item.start);
        let sections = self.sections_of(item);
        let mut best = (usize::MAX, self.frames.len().saturating_sub(1));
        for place in (0..self.frames.len()).rev() {
            let needed: Vec<u8> = self.frames[place + 1..].iter().rev().map(|frame| frame.close).collect();
            let mut cost = BRACKET * distance(&gap.closers, &needed) + self.misfit(place, item, gap, &sections);
            let frame = &self.frames[place];
            cost += usize::from(column.is_some() && frame.column.is_some() && column != frame.column);
            if cost < best.0 {
                best = (cost, place);
            }
        }
        best.1
    }

    /// How badly an item fits into a bracket.
    fn misfit(&mut self, place: usize, item: &Item, gap: &Gap, sections: &[&'static str]) -> usize {
        let frame = &self.frames[place];
        let shape = frame.shape;
        let is_of = |shape: &Shape| {
            sections.iter().filter_map(|name| PROJECT.field(name)).any(|(_, section)| std::ptr::eq(section, shape))
        };
        let belongs_elsewhere = place == 1 && !sections.is_empty() && !is_of(shape);
        let goes_on = self.frames.get(1).is_some_and(|section| is_of(section.shape));
        match (shape, &item.what) {
            (Shape::Fields(_), What::Field(name)) => match shape.field(name) {
                Some((field, _)) if !frame.has(field) => 0,
                Some(_) => 7,
                None => 9,
            },
            (Shape::Map(_), What::Entry(_)) => {
                let inner = shape.inner();
                let fits = match item.value {
                    Some(value) if self.begins(inner, value) => 0,
                    Some(value) if self.is_content_behind(inner, value) => 0,
                    _ => 6,
                };
                fits + if belongs_elsewhere { 8 } else { 0 }
            }
            (Shape::Fields(_), What::Entry(_)) if place == 0 && !sections.is_empty() && !goes_on => 1,
            // The head of a section is no entry of another one.
            (Shape::Map(_), What::Field(name))
                if PROJECT.field(name).is_some_and(|(_, shape)| matches!(shape, Shape::Map(_)))
                    && matches!(item.value.map(|value| value.mark), Some(Mark::Open(b'{'))) =>
            {
                14
            }
            (Shape::Map(inner), What::Field(name)) if self.begins_entry(place, inner, name, item, gap) => 0,
            (Shape::Map(_), What::Field(_)) => 10,
            (Shape::List(inner), What::Field(name)) if inner.field(name).is_some() => 2,
            (Shape::Unknown, What::Field(name)) => {
                let is_section = self.frames.first().is_some_and(|root| {
                    root.shape.field(name).is_some_and(|(field, shape)| shape.bracket().is_some() && !root.has(field))
                });
                if is_section && matches!(item.value.map(|value| value.mark), Some(Mark::Open(_))) { 6 } else { 1 }
            }
            (Shape::Unknown, _) => 1,
            (Shape::List(inner), What::Value) => match item.value {
                Some(value) if self.begins(inner, value) => 0,
                _ => 8,
            },
            (Shape::Point | Shape::Call, What::Value)
                if matches!(item.value.map(|value| value.mark), Some(Mark::Word(_))) =>
            {
                0
            }
            (Shape::Call, What::Value) => 0,
            _ => 12,
        }
    }

    /// Whether a value of some shape may begin with this; its bracket may be missing.
    pub(super) fn begins(&mut self, shape: &'static Shape, first: Placed) -> bool {
        match (shape, first.mark) {
            (_, Mark::Comma | Mark::Colon | Mark::Close(_)) => false,
            (Shape::Unknown, _) | (Shape::Text | Shape::Trait, Mark::Quote) => true,
            (Shape::Plain | Shape::Call | Shape::Trait, Mark::Word(_)) => !self.is_key(first),
            (Shape::Text | Shape::Trait | Shape::Plain | Shape::Call, _) => false,
            (_, Mark::Open(bracket)) => shape.bracket() == Some(bracket),
            (_, _) => self.is_content(shape, first),
        }
    }

    /// Whether this is a bracket, be it another one, with what stands inside of such brackets.
    fn is_content_behind(&mut self, shape: &'static Shape, open: Placed) -> bool {
        let is_open = matches!(open.mark, Mark::Open(_)) && shape.bracket().is_some();
        is_open && self.lexer.peek(open.end).is_some_and(|behind| self.is_content(shape, behind))
    }

    /// Whether what stands here stands inside of such brackets.
    pub(super) fn is_content(&mut self, shape: &'static Shape, first: Placed) -> bool {
        match (shape, first.mark) {
            (Shape::Fields(_), Mark::Word(word)) => {
                shape.field(word).is_some() && self.lexer.behind(first).is_some_and(|behind| behind.mark == Mark::Colon)
            }
            (Shape::Fields(_), Mark::Quote) => self.quoted_name(first).is_some_and(|name| shape.field(name).is_some()),
            (Shape::Map(_), Mark::Quote) => self.lexer.behind(first).is_some_and(|behind| behind.mark == Mark::Colon),
            (Shape::Point, Mark::Word(word)) => word.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)),
            (Shape::List(inner), _) => match inner.bracket() {
                Some(bracket) if first.mark == Mark::Open(bracket) => true,
                Some(_) => self.is_content(inner, first),
                None => self.begins(inner, first),
            },
            _ => false,
        }
    }

    /// Whether a word is a key: a colon is behind it.
    pub(super) fn is_key(&mut self, word: Placed) -> bool {
        matches!(word.mark, Mark::Word(_)) && self.lexer.peek(word.end).is_some_and(|behind| behind.mark == Mark::Colon)
    }

    /// The column of what begins its line.
    pub(super) fn column_of(&mut self, start: usize) -> Option<usize> {
        let before = self.lexer.text.get(..start)?;
        let blanks = before.bytes().rev().take(MOST_COLUMNS).take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        self.lexer.spend(blanks);
        before[..start - blanks].ends_with('\n').then_some(blanks)
    }
}

/// Deeper than anybody indents.
const MOST_COLUMNS: usize = 200;

/// How many brackets have to be changed, added or taken away to make one run of them the other.
fn distance(found: &[u8], needed: &[u8]) -> usize {
    let same = found.iter().zip(needed).take_while(|(a, b)| a == b).count();
    let (found, needed) = (&found[same..], &needed[same..]);
    if found.len() > MOST_COMPARED || needed.len() > MOST_COMPARED {
        return found.len().max(needed.len());
    }
    let mut row: Vec<usize> = (0..=needed.len()).collect();
    for (i, bracket) in found.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, other) in needed.iter().enumerate() {
            let change = diagonal + usize::from(bracket != other);
            diagonal = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_brackets_are_compared() {
        for (found, needed, changes) in [
            ("", "", 0),
            (")}", ")}", 0),
            (")", ")}", 1),
            ("}", ")}", 1),
            (")))", "))", 1),
            ("]", ")", 1),
            ("})", ")}", 2),
        ] {
            assert_eq!(distance(found.as_bytes(), needed.as_bytes()), changes, "{found} {needed}");
        }
    }
}
