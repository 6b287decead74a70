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
/// What it costs to take the head of a section for something within another one: more than any brackets that may be lost before it.
const HEAD: usize = 60;
/// What it costs to take an entry of a section for one of a map within another.
const ELSEWHERE: usize = 20;
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
        if let Some(place) = self.plain_place_of(gap, item, &sections, column) {
            return place;
        }
        let mut best = (usize::MAX, self.frames.len().saturating_sub(1));
        for place in (0..self.frames.len()).rev() {
            let needed: Vec<u8> = self.frames[place + 1..].iter().rev().map(|frame| frame.close).collect();
            let distance = distance(&gap.closers, &needed);
            let mut cost = BRACKET * distance + self.misfit(place, item, (gap, distance), &sections);
            let frame = &self.frames[place];
            cost += usize::from(column.is_some() && frame.column.is_some() && column != frame.column);
            if cost < best.0 {
                best = (cost, place);
            }
        }
        best.1
    }

    /// The same where nothing is wrong: the closing brackets are those that are open, and what is behind them takes the item. No other place can be
    /// as good.
    fn plain_place_of(
        &mut self,
        gap: &Gap,
        item: &Item,
        sections: &[&'static str],
        column: Option<usize>,
    ) -> Option<usize> {
        let place = self.frames.len().checked_sub(gap.closers.len() + 1)?;
        let is_closed = self.frames[place + 1..].iter().rev().map(|frame| &frame.close).eq(&gap.closers);
        let own = self.frames[place].column;
        let is_under = column.is_none() || own.is_none() || column == own;
        (is_closed && is_under && self.misfit(place, item, (gap, 0), sections) == 0).then_some(place)
    }

    /// How badly an item fits into a bracket, of which the closing brackets before it differ so much.
    fn misfit(
        &mut self,
        place: usize,
        item: &Item,
        (gap, distance): (&Gap, usize),
        sections: &[&'static str],
    ) -> usize {
        let shape = self.frames[place].shape;
        let is_of_section = matches!(item.what, What::Entry(_)) && !sections.is_empty();
        let holds_none = is_of_section && !matches!(shape, Shape::Map(_) | Shape::Unknown);
        if place > 0 && (holds_none || self.is_head_of_section(place, item)) {
            return HEAD;
        }
        match (shape, &item.what) {
            // Whose brackets are not those that stand there.
            (Shape::Unknown, _) if distance > 0 && !gap.closers.is_empty() => 9,
            (_, What::Field(name)) => self.misfit_of_field(place, name, item, gap),
            (_, What::Entry(_)) => self.misfit_of_entry(place, item, gap, sections),
            (_, What::Value) => self.misfit_of_value(shape, item),
        }
    }

    fn misfit_of_field(&mut self, place: usize, name: &str, item: &Item, gap: &Gap) -> usize {
        let shape = self.frames[place].shape;
        match shape {
            Shape::Fields(_) => {
                match shape.field(name) {
                    Some((field, inner)) if !self.frames[place].has(field) => {
                        if place == 0 && self.is_other(inner, item) { 10 } else { 0 }
                    }
                    Some(_) => 7,
                    None => 9,
                }
            }
            Shape::Map(inner) if self.begins_entry(place, inner, name, item, gap) => 0,
            Shape::Map(_) => 10,
            Shape::List(inner) if inner.field(name).is_some() => 2,
            Shape::Unknown => {
                let is_section = self.frames.first().is_some_and(|root| {
                    root.shape.field(name).is_some_and(|(field, shape)| shape.bracket().is_some() && !root.has(field))
                });
                if is_section && matches!(item.value.map(|value| value.mark), Some(Mark::Open(_))) { 6 } else { 1 }
            }
            _ => 12,
        }
    }

    fn misfit_of_entry(&mut self, place: usize, item: &Item, gap: &Gap, sections: &[&'static str]) -> usize {
        let shape = self.frames[place].shape;
        let is_of = |shape: &Shape| {
            sections.iter().filter_map(|name| PROJECT.field(name)).any(|(_, section)| std::ptr::eq(section, shape))
        };
        match shape {
            Shape::Map(inner) => {
                let fits = match item.value {
                    Some(value) if self.begins(inner, value) => 0,
                    Some(value) if self.is_content_behind(inner, value) => 0,
                    _ => 6,
                };
                fits + match place {
                    _ if sections.is_empty() => 0,
                    1 if is_of(shape) => 0,
                    1 => 8,
                    _ if self.is_as_good_in(inner, item, sections) => 0,
                    _ => ELSEWHERE,
                }
            }
            Shape::Fields(_) if place > 0 && gap.closers.is_empty() && self.lost_map(place, item).is_some() => 2,
            Shape::Fields(_) if place == 0 && !sections.is_empty() => {
                let goes_on = self.frames.get(1).is_some_and(|section| is_of(section.shape));
                if goes_on { 12 } else { 1 }
            }
            Shape::Unknown => 1,
            _ => 12,
        }
    }

    fn misfit_of_value(&mut self, shape: &'static Shape, item: &Item) -> usize {
        match shape {
            Shape::Unknown => 1,
            Shape::List(inner) => match item.value {
                Some(value) if self.begins(inner, value) => 0,
                _ => 8,
            },
            Shape::Point if matches!(item.value.map(|value| value.mark), Some(Mark::Word(_))) => 0,
            Shape::Call => 0,
            _ => 12,
        }
    }

    /// Whether an item is the head of a section, which is known by its name however many brackets are lost before it. Where something else may have
    /// that name, it is by what stands in it.
    fn is_head_of_section(&mut self, place: usize, item: &Item) -> bool {
        let (What::Field(name), Some(value)) = (&item.what, item.value) else { return false };
        let Some((_, section)) = PROJECT.field(name).filter(|(_, section)| section.bracket().is_some()) else {
            return false;
        };
        let shape = self.frames[place].shape;
        match shape {
            Shape::Unknown => false,
            _ if shape.field(name).is_none() => self.begins(section, value),
            _ => matches!(section, Shape::Map(_)) && self.has_entry(value),
        }
    }

    /// Whether an entry in round brackets stands here, or is the first of what is opened here.
    fn has_entry(&mut self, value: Placed) -> bool {
        let first = if matches!(value.mark, Mark::Open(_)) { self.lexer.peek(value.end) } else { Some(value) };
        let colon = first.filter(|first| first.mark == Mark::Quote).and_then(|first| self.lexer.behind(first));
        let open = colon.filter(|colon| colon.mark == Mark::Colon).and_then(|colon| self.lexer.peek(colon.end));
        open.is_some_and(|open| open.mark == Mark::Open(b'('))
    }

    /// Whether the value of an item stands in brackets, and is no section of this shape.
    fn is_other(&mut self, section: &'static Shape, item: &Item) -> bool {
        let value = item.value.filter(|value| matches!(value.mark, Mark::Open(_)));
        matches!(section, Shape::Map(_))
            && value.is_some_and(|value| !self.begins(section, value) && !self.is_content_behind(section, value))
    }

    /// Whether an entry says as much within some brackets as it does in the sections that it may be of.
    fn is_as_good_in(&mut self, inner: &'static Shape, item: &Item, sections: &[&'static str]) -> bool {
        let Some(value) = item.value.filter(|_| matches!(inner, Shape::Fields(_))) else { return false };
        let fields = self.lookahead(value.end);
        let known = |shape: &Shape| fields.iter().filter(|(field, _)| shape.field(field).is_some()).count();
        let there = sections.iter().filter_map(|section| PROJECT.field(section)).map(|(_, shape)| known(shape.inner()));
        there.max().is_none_or(|most| known(inner) >= most)
    }

    /// The map in a bracket that an entry is of, of which the head is lost: `traits`, if `"tables": 40` comes next.
    pub(super) fn lost_map(&mut self, place: usize, item: &Item) -> Option<(&'static str, &'static Shape)> {
        let (What::Entry(_), Some(value)) = (&item.what, item.value) else { return None };
        let (Shape::Fields(fields), start) = (self.frames[place].shape, self.frames[place].start) else { return None };
        // In JSON it is a field with a name that nobody knows.
        if !self.lexer.text.get(..start)?.ends_with('(') || self.column_of(item.start).is_none() {
            return None;
        }
        let frame = &self.frames[place];
        let lost: Vec<(&'static str, &'static Shape)> = fields
            .iter()
            .filter_map(|(name, _)| Some((*name, frame.shape.field(name)?.1)))
            .filter(|(name, shape)| matches!(shape, Shape::Map(_)) && !frame.has_field(name))
            .collect();
        lost.into_iter().find(|(_, shape)| match shape.inner() {
            inner @ Shape::Fields(_) => self.is_wholly(inner, value),
            inner => matches!(value.mark, Mark::Word(_) | Mark::Quote) && self.begins(inner, value),
        })
    }

    /// Whether brackets begin with some fields, all of which are known in a shape.
    pub(super) fn is_wholly(&mut self, inner: &'static Shape, open: Placed) -> bool {
        let fields = if matches!(open.mark, Mark::Open(b'(')) { self.lookahead(open.end) } else { Vec::new() };
        fields.len() > 1 && fields.iter().all(|(field, _)| inner.field(field).is_some())
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
