//! What stands between two items: commas and closing brackets, and whatever does not belong there.

use super::{
    super::pieces::{Fault, IN_AN_ENTRY},
    Mender,
    lexer::{Literal, Mark, Placed},
    shape::Shape,
    slip::{Quote, Slip},
    words,
};
use crate::ron_text::in_words;

/// What an item begins with.
#[derive(Clone, Debug)]
pub(super) enum What {
    /// The name of a field.
    Field(String),
    /// The id of an entry.
    Entry(String),
    /// No key.
    Value,
}

/// An item that begins.
#[derive(Clone, Debug)]
pub(super) struct Item<'t> {
    pub what: What,
    pub start: usize,
    /// Past its key.
    pub key_end: usize,
    /// The first of its value.
    pub value: Option<Placed<'t>>,
}

/// What stands before an item, or before the end.
#[derive(Debug, Default)]
pub(super) struct Gap<'t> {
    pub marks: Vec<Placed<'t>>,
    /// The closing brackets among them.
    pub closers: Vec<u8>,
    pub item: Option<Item<'t>>,
    /// Where a second project begins.
    pub second: Option<usize>,
}

/// Words and marks that may stand between two projects.
const MOST_BETWEEN: usize = 60;
/// More marks in a row than these are no accident.
const MOST_MARKS: usize = 10_000;

impl<'t> Mender<'t> {
    /// Goes to the next item.
    pub(super) fn gap(&mut self) -> Gap<'t> {
        let mut gap = Gap::default();
        while let Some(next) = self.lexer.next() {
            if gap.marks.len() > MOST_MARKS {
                self.lexer.spend(usize::MAX - 1);
                break;
            }
            if self.begins_second_project(next) || self.leads_to_second_project(next, &gap) {
                gap.second = Some(next.start);
                break;
            }
            let item = match next.mark {
                Mark::Comma | Mark::Colon => None,
                Mark::Close(bracket) => {
                    gap.closers.push(bracket);
                    None
                }
                Mark::Open(bracket) => self.opened(next, bracket, &gap),
                Mark::Quote => self.quoted(next, &gap),
                Mark::Word(word) => Some(self.word(next, word, &gap)),
            };
            if item.is_some() {
                gap.item = item;
                break;
            }
            self.lexer.at = next.end;
            gap.marks.push(next);
        }
        gap
    }

    /// Whether the project's format is told a second time here, and more of another project behind it.
    fn begins_second_project(&mut self, next: Placed) -> bool {
        if !self.frames.first().is_some_and(super::frames::Frame::is_begun) {
            return false;
        }
        let word = match next.mark {
            Mark::Open(_) => self.lexer.peek(next.end),
            Mark::Word("format") => Some(next),
            _ => None,
        };
        let Some(format) = word.filter(|word| word.mark == Mark::Word("format") && self.is_key(*word)) else {
            return false;
        };
        // A line that is there twice is no project.
        let behind = self.lookahead(format.start);
        let repeats = |field: &str| self.frames.first().is_some_and(|root| root.has_field(field));
        matches!(next.mark, Mark::Open(_)) || behind.iter().skip(1).take(1).any(|(field, _)| repeats(field))
    }

    /// Whether this is a word between two projects: the first one is closed, and another one begins soon behind it.
    fn leads_to_second_project(&mut self, next: Placed, gap: &Gap) -> bool {
        let is_word = matches!(next.mark, Mark::Word(_)) && !self.is_key(next);
        let is_closed = self.frames.iter().rev().map(|frame| &frame.close).eq(&gap.closers);
        if !is_word || !is_closed {
            return false;
        }
        let mut at = next.end;
        for _ in 0..MOST_BETWEEN {
            let Some(mark) = self.lexer.peek(at) else { return false };
            at = self.lexer.past(mark);
            if matches!(mark.mark, Mark::Open(_)) && self.begins_second_project(mark) {
                return true;
            }
        }
        false
    }

    /// The innermost frame behind the closing brackets of a gap, if these are the right ones.
    fn behind(&self, gap: &Gap) -> Option<&'static Shape> {
        let mut open = self.frames.iter().rev();
        let fits = gap.closers.iter().all(|bracket| open.next().is_some_and(|frame| frame.close == *bracket));
        open.next().filter(|_| fits).map(|frame| frame.shape)
    }

    /// Whether the frames allow what a test asks of one: the one behind the closing brackets, or any if these are not the right ones.
    fn any_open(&self, gap: &Gap, test: impl Fn(&'static Shape) -> bool) -> bool {
        match self.behind(gap) {
            Some(shape) => test(shape),
            None => self.frames.iter().any(|frame| test(frame.shape)),
        }
    }

    /// The one that holds values without keys, if that is expected.
    fn expects_values(&self, gap: &Gap) -> Option<&'static Shape> {
        self.behind(gap).filter(|shape| shape.holds_values())
    }

    fn opened(&mut self, next: Placed<'t>, bracket: u8, gap: &Gap) -> Option<Item<'t>> {
        let fits = |shape: &'static Shape| match shape {
            Shape::List(inner) => inner.bracket() == Some(bracket),
            Shape::Unknown => true,
            _ => false,
        };
        let mut begins = self.any_open(gap, fits) && self.behind(gap).is_some();
        if !begins && let Some(behind) = self.lexer.peek(next.end) {
            // A closing bracket may be missing before it, or it stands in the place of the right one.
            let is_next = gap.marks.iter().any(|mark| mark.mark == Mark::Comma);
            let lists: Vec<&'static Shape> = if gap.closers.is_empty() && !is_next {
                vec![self.top()]
            } else {
                self.frames.iter().map(|frame| frame.shape).collect()
            };
            begins = lists.into_iter().any(|shape| match shape {
                Shape::Unknown => fits(shape) && !gap.closers.is_empty(),
                Shape::List(inner) => {
                    (fits(shape) || gap.closers.is_empty())
                        && inner.bracket().is_some()
                        && self.is_content(inner, behind)
                }
                _ => false,
            });
        }
        begins.then_some(Item { what: What::Value, start: next.start, key_end: next.start, value: Some(next) })
    }

    /// A string: the id of an entry, a value, or a quote that does not belong here.
    fn quoted(&mut self, next: Placed<'t>, gap: &Gap) -> Option<Item<'t>> {
        if let Some(field) = self.quoted_field(next, gap) {
            return Some(field);
        }
        let values = self.expects_values(gap);
        let is_text = values.is_some_and(|shape| {
            matches!(shape, Shape::Unknown | Shape::Call)
                || matches!((shape, shape.inner()), (Shape::List(_), Shape::Text))
        }) || self.behind(gap).is_none() && self.is_listed(next);
        let expects_key = match self.behind(gap) {
            Some(shape) => matches!(shape, Shape::Map(_)),
            None => self.frames.iter().any(|frame| matches!(frame.shape, Shape::Map(_) | Shape::Unknown)),
        };
        // Directly behind what was taken it is one too many, or stands for a comma.
        let is_adjacent = next.start == self.last_end && self.frames.last().is_some_and(|frame| frame.has_item);
        if is_adjacent && !self.closes_before_colon(next) {
            return None;
        }
        let real = self.past_doubled_mark(next.start);
        if !self.begins_string(real) {
            return None;
        }
        let start = self.past_doubled(next.start);
        if is_text {
            let closes = matches!(self.lexer.literal(start), Literal::Closed(_));
            let key = closes && self.closes_before_colon(Placed { start, ..next });
            if !key {
                return Some(Item {
                    what: What::Value,
                    start,
                    key_end: start,
                    value: Some(Placed { start, end: start + 1, ..next }),
                });
            }
        }
        if !expects_key && !self.closes_before_colon(Placed { start, ..next }) {
            if start != next.start {
                self.lexer.at = start;
            }
            return None;
        }
        let (key, end) = self.key_in_quotes(start);
        let value = self.value_behind_key(end);
        Some(Item { what: What::Entry(key), start, key_end: end, value })
    }

    /// Whether we are in a list of texts and this is one of them: whatever stands before it, what comes next goes on with the list.
    fn is_listed(&mut self, quote: Placed) -> bool {
        if !matches!((self.top(), self.top().inner()), (Shape::List(_), Shape::Text)) {
            return false;
        }
        let Literal::Closed(end) = self.lexer.literal(quote.start) else { return false };
        self.lexer.peek(end).is_some_and(|behind| matches!(behind.mark, Mark::Comma | Mark::Close(b']')))
    }

    /// The name of a field that is written in quotes.
    fn quoted_field(&mut self, next: Placed<'t>, gap: &Gap) -> Option<Item<'t>> {
        let name = self.quoted_name(next)?;
        let is_field = match self.behind(gap) {
            Some(shape) => shape.field(name).is_some(),
            None => self.frames.iter().any(|frame| frame.shape.field(name).is_some()),
        };
        let key_end = next.end + name.len() + 1;
        let colon = self.lexer.peek(key_end)?;
        let value = self.lexer.peek(colon.end);
        let is_entry = value.is_some_and(|value| value.mark == Mark::Open(b'(')) && self.behind(gap).is_none();
        (is_field && !is_entry).then(|| Item { what: What::Field(name.to_owned()), start: next.start, key_end, value })
    }

    /// What a string says that is closed on its line with a colon behind it, if that may be a name.
    pub(super) fn quoted_name(&mut self, quote: Placed) -> Option<&'t str> {
        let Literal::Closed(end) = self.lexer.literal(quote.start) else { return None };
        let name = self.lexer.text.get(quote.start + 1..end - 1)?;
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        (is_name && self.lexer.peek(end).is_some_and(|behind| behind.mark == Mark::Colon)).then_some(name)
    }

    /// Whether a string is closed on its line, with a colon behind it.
    fn closes_before_colon(&mut self, quote: Placed) -> bool {
        match self.lexer.literal(quote.start) {
            Literal::Closed(end) => self.lexer.peek(end).is_some_and(|behind| behind.mark == Mark::Colon),
            Literal::LineEnd(_) => false,
        }
    }

    /// The first of the value behind an entry's key; the mark between may be missing or another one. `None` if nothing speaks for a value.
    fn value_behind_key(&mut self, end: usize) -> Option<Placed<'t>> {
        let behind = self.lexer.peek(end)?;
        match behind.mark {
            Mark::Colon => {
                let mut value = self.lexer.peek(behind.end);
                // One colon too many.
                if let Some(again) = value.filter(|value| value.mark == Mark::Colon) {
                    value = self.lexer.peek(again.end);
                }
                value
            }
            Mark::Comma | Mark::Close(_) => {
                let value = self.lexer.peek(behind.end)?;
                let is_entry = value.mark == Mark::Quote && self.closes_before_colon(value);
                let is_value = matches!(value.mark, Mark::Open(_) | Mark::Word(_) | Mark::Quote)
                    && !is_entry
                    && !self.is_key(value);
                is_value.then_some(value)
            }
            _ => Some(behind),
        }
    }

    /// A word: the name of a field, an id without its first quote, or a value.
    fn word(&mut self, next: Placed<'t>, word: &'t str, gap: &Gap) -> Item<'t> {
        let is_known = |shape: &'static Shape| shape.field(word).is_some();
        let behind = self.lexer.peek(next.end);
        if !self.any_open(gap, is_known)
            && self.frames.iter().any(|frame| matches!(frame.shape, Shape::Map(_) | Shape::Unknown))
            && let Some(quote) = self.quote_of_key(next.start)
        {
            let key = self.lexer.text.get(next.start..quote).unwrap_or_default().to_owned();
            self.edit(next.start..next.start, "\"");
            self.tell(next.start, Slip::quote(Quote::AnOpening, &key));
            let value = self.value_behind_key(quote + 1);
            return Item { what: What::Entry(key), start: next.start, key_end: quote + 1, value };
        }
        let has_colon = behind.is_some_and(|behind| behind.mark == Mark::Colon);
        let in_lists = |shape: &'static Shape| matches!(shape, Shape::List(inner) if inner.field(word).is_some());
        let values = self.expects_values(gap);
        // In a list of numbers or names a colon behind one of them is no sign of a key.
        let holds_words =
            values.is_some_and(|shape| matches!((shape, shape.inner()), (Shape::Point, _) | (_, Shape::Plain)));
        let is_key = has_colon && (!holds_words || self.frames.iter().any(|frame| is_known(frame.shape)));
        let is_field = is_key
            || values.is_none() && self.frames.iter().any(|frame| is_known(frame.shape) || in_lists(frame.shape));
        if !is_field {
            return Item { what: What::Value, start: next.start, key_end: next.start, value: Some(next) };
        }
        let value = if has_colon { behind.and_then(|colon| self.lexer.peek(colon.end)) } else { behind };
        Item { what: What::Field(word.to_owned()), start: next.start, key_end: next.end, value }
    }

    /// Makes what stands in a gap what belongs there: the closing brackets of all but the first `keep` frames, and a comma before an item.
    pub(super) fn settle(&mut self, gap: &Gap, keep: usize, item: Option<usize>) {
        let needed: Vec<u8> = self.frames[keep..].iter().rev().map(|frame| frame.close).collect();
        if !self.is_sound(gap, &needed, keep, item.is_some()) {
            self.tell_gap(gap, &needed, item);
            let mut between: String = needed.iter().map(|bracket| char::from(*bracket)).collect();
            let had_items = !needed.is_empty() || self.frames.last().is_some_and(|frame| frame.has_item);
            if item.is_some() && had_items {
                between.push(',');
            }
            if !between.is_empty() {
                let at = self.last_end;
                self.edit(at..at, &between);
            }
            for mark in &gap.marks {
                self.take_out(mark.start..mark.end);
            }
        }
        if let Some(last) = gap.marks.last() {
            self.last_end = last.end;
        }
        if let Some(section) = self.frames.get(1).filter(|frame| keep <= 1 && matches!(frame.shape, Shape::Map(_))) {
            self.last_section.clone_from(&section.key);
        }
        self.frames.truncate(keep);
        if let Some(frame) = self.frames.last_mut() {
            frame.has_item = false;
        }
    }

    /// Whether a gap is as it should be.
    fn is_sound(&self, gap: &Gap, needed: &[u8], keep: usize, has_item: bool) -> bool {
        let mut may_have_comma = self.frames.last().is_some_and(|frame| frame.has_item);
        let mut closed = 0;
        for mark in &gap.marks {
            match mark.mark {
                Mark::Comma if may_have_comma && (closed < needed.len() || keep > 0) => may_have_comma = false,
                Mark::Close(bracket) if needed.get(closed) == Some(&bracket) => {
                    closed += 1;
                    may_have_comma = true;
                }
                _ => return false,
            }
        }
        closed == needed.len() && !(has_item && may_have_comma)
    }

    /// Says what is wrong with the closing brackets of a gap.
    fn tell_closing(&mut self, gap: &Gap, needed: &[u8], (item, at): (Option<usize>, usize)) {
        if let Some(surplus) = self.surplus(gap, needed) {
            return self.faults.push(surplus);
        }
        let offset = gap.marks.iter().find(|mark| matches!(mark.mark, Mark::Close(_))).map_or(at, |mark| mark.start);
        let keep = self.frames.len() - needed.len().min(self.frames.len());
        let what = self.frames.get(keep).map(|frame| frame.key.clone()).unwrap_or_default();
        let slip = Slip::Closing { found: gap.closers.clone(), needed: needed.to_vec(), of: what };
        if item.is_none() && !gap.closers.is_empty() && needed.starts_with(&gap.closers) {
            self.tell_end(at, &needed[gap.closers.len()..]);
        } else if gap.closers.len() == needed.len() {
            self.tell_habit(offset, words::OTHER_BRACKETS, slip);
        } else {
            self.tell(offset, slip);
        }
    }

    /// What to say where one closing bracket is too many and the others are the right ones: of that one.
    fn surplus(&self, gap: &Gap, needed: &[u8]) -> Option<Fault> {
        let right = gap.closers.iter().zip(needed).take_while(|(found, needed)| found == needed).count();
        if gap.closers.get(right + 1..)? != &needed[right..] {
            return None;
        }
        let mut closing = gap.marks.iter().filter(|mark| matches!(mark.mark, Mark::Close(_)));
        let mark = closing.nth(right)?;
        // What is still open there.
        let mut about: Vec<String> = self.path();
        about.truncate(self.frames.len().saturating_sub(right + 1));
        let bracket = char::from(*gap.closers.get(right)?);
        let place = in_words(&about);
        about.truncate(IN_AN_ENTRY);
        Some(Fault { about, ..Fault::of_slip(mark.start, Slip::Surplus(bracket), place) })
    }

    /// Says what is wrong with a gap.
    fn tell_gap(&mut self, gap: &Gap, needed: &[u8], item: Option<usize>) {
        let at = item.unwrap_or(self.lexer.text.trim_end().len());
        let mut told = false;
        for junk in &gap.marks {
            if matches!(junk.mark, Mark::Colon | Mark::Open(_) | Mark::Quote) {
                told = true;
                self.tell(junk.start, Slip::too_many(junk.mark));
            }
        }
        if gap.closers != needed && self.cut.is_one {
            return;
        }
        if gap.closers != needed {
            told = true;
            self.tell_closing(gap, needed, (item, at));
        }
        let commas: Vec<usize> =
            gap.marks.iter().filter(|mark| mark.mark == Mark::Comma).map(|mark| mark.start).collect();
        let last = self.frames.last().map(|frame| frame.last.clone()).unwrap_or_default();
        match commas.as_slice() {
            [] if item.is_some() && needed.is_empty() => self.tell(self.last_end, Slip::NoComma { last }),
            [] if item.is_some() && !told => self.tell(at, Slip::NoComma { last }),
            [.., too_many] if !told => self.tell(*too_many, Slip::too_many(Mark::Comma)),
            _ => {}
        }
    }
}
