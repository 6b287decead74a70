//! Items of a damaged text: their keys, the mark between, and their values.

use std::ops::Range;

use super::{
    Mender,
    entries::is_field_of,
    frames::Frame,
    gap::{Item, What},
    lexer::{Mark, Placed},
    shape::Shape,
    slip::{Quote, Slip},
    words,
};
use crate::{
    lang::{t, tr},
    ron_text::in_words,
    storage::pieces::Fault,
    text::nearest,
};

/// So many characters of a key are told.
const MOST_OF_KEY: usize = 200;
/// Deeper than any project is nested.
const MAX_DEPTH: usize = 60;

/// Changes of one gap that are looked through.
pub(super) const MOST_OF_GAP: usize = 16;

impl<'t> Mender<'t> {
    /// Takes an item into the bracket that is open.
    pub(super) fn take(&mut self, item: &Item<'t>) {
        let shape = self.top();
        self.lexer.at = item.start;
        match (shape, item.what.clone()) {
            (Shape::Fields(_), What::Field(name)) => {
                self.bare_key(item);
                let inner = shape.field(&name).map_or_else(|| likely(shape, &name), |(_, inner)| inner);
                self.keyed((item.start, item.key_end), &name, inner);
            }
            (Shape::Fields(_), What::Entry(id)) if self.goes_on(item) => {
                self.keyed((item.start, item.key_end), &id, self.top().inner());
            }
            (Shape::Fields(_), What::Entry(id)) if self.begin_map(item) => {
                self.keyed((item.start, item.key_end), &id, self.top().inner());
            }
            (Shape::Map(inner), What::Entry(id)) => self.keyed((item.start, item.key_end), &id, inner),
            (Shape::Map(inner @ Shape::Fields(_)), What::Field(name)) if is_field_of(inner, &name, item) => {
                self.begin_entry(inner, item);
                self.take(item);
            }
            (Shape::Map(inner), What::Field(name)) => {
                self.edit(item.start..item.start, "\"");
                self.edit(item.key_end..item.key_end, "\"");
                self.tell(item.start, Slip::quote(Quote::Both, &name));
                self.keyed((item.start, item.key_end), &name, inner);
            }
            (Shape::Unknown, What::Field(name) | What::Entry(name)) => {
                self.keyed((item.start, item.key_end), &name, &Shape::Unknown);
            }
            (Shape::List(inner), What::Field(_)) if inner.bracket().is_some() => self.compound(inner, ""),
            (Shape::List(_) | Shape::Point | Shape::Call | Shape::Unknown, What::Value) => {
                self.value(shape.inner(), "");
            }
            _ => self.leave_out_junk(),
        }
    }

    /// Takes a key, what stands behind it, and its value.
    fn keyed(&mut self, (start, key_end): (usize, usize), key: &str, shape: &'static Shape) {
        let column = self.column_of(start);
        let edits = self.edits.len();
        let faults = self.faults.len();
        self.key_start = start;
        self.lexer.at = key_end;
        self.last_end = key_end;
        self.colon(key_end, key, shape);
        let number = self.lost_number(shape, key);
        if number.is_none() && self.begins_value(shape) {
            if let Some(frame) = self.frames.last_mut() {
                frame.add(key, column);
            }
            self.value(shape, key);
            return;
        }
        // Nothing of it is there, or nothing that can be read.
        self.edits.truncate(edits);
        self.faults.truncate(faults);
        // What was told of its quotes goes with it.
        while self.faults.last().is_some_and(|fault| fault.offset > start && fault.left_out.is_empty()) {
            self.faults.pop();
        }
        self.cut.is_told = number.is_none() && self.lexer.next().is_none() && self.frames.len() > 1;
        let place = in_words(&self.path());
        let message = match number {
            Some((written, end)) => {
                self.lexer.at = end;
                words::no_number(key, written, &place)
            }
            None if self.cut.is_told => words::cut(key, &place, ""),
            None => tr!("`{key}`{place} has no value", key, place),
        };
        self.tell_left_out(start, message, key.to_owned());
        // What was done to the quotes of the key goes with it.
        let tail = self.edits.len().saturating_sub(MOST_OF_GAP);
        let tail = self.edits.split_off(tail);
        let stays = |(range, words): &(Range<usize>, String)| {
            range.start < start || range.start == start && range.is_empty() && words != "\""
        };
        self.edits.extend(tail.into_iter().filter(stays));
        let end = self.lexer.at;
        self.take_out(start..end);
        self.last_end = end;
    }

    /// The mark between a key and its value.
    fn colon(&mut self, key_end: usize, key: &str, shape: &'static Shape) {
        let mut next = self.lexer.next();
        // A quote right behind the key is one too many, or stands for the colon.
        if let Some(quote) = next.filter(|next| next.mark == Mark::Quote && next.start == key_end) {
            let behind = self.lexer.peek(quote.end);
            let stands_alone = behind.is_some_and(|behind| behind.mark == Mark::Colon || behind.start > quote.end);
            if stands_alone || shape.bracket().is_some() || matches!(shape, Shape::Plain) {
                self.take_out(quote.start..quote.end);
                self.tell(quote.start, Slip::too_many(Mark::Quote));
                self.lexer.at = quote.end;
                self.last_end = quote.end;
                next = self.lexer.next();
            }
        }
        if let Some(colon) = next.filter(|next| next.mark == Mark::Colon) {
            self.lexer.at = colon.end;
            while let Some(again) = self.lexer.next().filter(|next| next.mark == Mark::Colon) {
                self.take_out(again.start..again.end);
                self.tell(again.start, Slip::too_many(Mark::Colon));
                self.lexer.at = again.end;
            }
            self.last_end = self.lexer.at;
            return;
        }
        if let Some(other) = next.filter(|next| !matches!(next.mark, Mark::Quote | Mark::Word(_)))
            && let Some(behind) = self.lexer.peek(other.end)
            && self.stands_for_colon(shape, other, behind)
        {
            self.edit(other.start..other.end, ":");
            self.tell(other.start, Slip::instead(other.mark, ':'));
            self.lexer.at = other.end;
            self.last_end = other.end;
            return;
        }
        let at = self.last_end;
        self.edit(at..at, ":");
        self.tell(at, Slip::NoColon { key: key.to_owned() });
    }

    fn stands_for_colon(&mut self, shape: &'static Shape, mark: Placed<'t>, behind: Placed<'t>) -> bool {
        match shape.bracket() {
            Some(bracket) => behind.mark == Mark::Open(bracket),
            None if matches!(shape, Shape::Unknown) => {
                !matches!(mark.mark, Mark::Open(_)) && self.begins(shape, behind)
            }
            None => match behind.mark {
                Mark::Word(_) => !self.is_key(behind),
                Mark::Quote => !self.lexer.behind(behind).is_some_and(|behind| behind.mark == Mark::Colon),
                _ => false,
            },
        }
    }

    /// Whether a value stands here; its first mark may be missing or another one.
    fn begins_value(&mut self, shape: &'static Shape) -> bool {
        if matches!(shape, Shape::Text | Shape::Trait) && self.text_like_comment().is_some() {
            return true;
        }
        let Some(next) = self.lexer.next() else { return false };
        match next.mark {
            Mark::Open(_) | Mark::Quote => true,
            Mark::Word(word) => {
                let is_field = self.frames.iter().any(|frame| frame.shape.field(word).is_some());
                !(self.is_key(next) && is_field) || self.is_content(shape, next)
            }
            mark => {
                let Some(behind) = self.lexer.peek(next.end) else { return false };
                match shape {
                    Shape::Text | Shape::Trait => {
                        self.quote_of_text(next.end).is_some()
                            || mark == Mark::Comma
                                && behind.mark == Mark::Quote
                                && !self.lexer.behind(behind).is_some_and(|behind| behind.mark == Mark::Colon)
                    }
                    _ => shape.bracket().is_some() && self.is_content(shape, behind),
                }
            }
        }
    }

    /// Takes a value, with its brackets if it has any.
    fn value(&mut self, shape: &'static Shape, key: &str) {
        let depth = self.frames.len();
        match shape {
            Shape::Unknown => self.anything(key),
            Shape::Text | Shape::Trait => self.text(shape, key),
            Shape::Plain | Shape::Call => self.plain(shape, key),
            Shape::Maybe(inner) => self.value(inner, key),
            Shape::Fields(_) | Shape::Map(_) | Shape::List(_) | Shape::Point => self.compound(shape, key),
        }
        if self.frames.len() == depth {
            self.has_value();
        }
    }

    pub(super) fn open(&mut self, shape: &'static Shape, bracket: u8, key: &str, end: usize) {
        if let Some(frame) = self.frames.last_mut() {
            frame.has_item = true;
        }
        self.lexer.at = end;
        self.last_end = end;
        // Each fault names the keys around it: one that no project has must not fill the memory.
        let key = key.chars().take(MOST_OF_KEY).collect();
        self.frames.push(Frame::new(shape, bracket, key, end));
    }

    /// Opens a value in brackets.
    fn compound(&mut self, shape: &'static Shape, key: &str) {
        let (Some(bracket), Some(first)) = (shape.bracket(), self.lexer.next()) else { return };
        let right = char::from(bracket);
        let behind = self.lexer.peek(first.end);
        let fits_behind = behind.is_some_and(|behind| behind.mark == Mark::Open(bracket));
        match first.mark {
            Mark::Open(found) if found == bracket => {
                self.open(shape, bracket, key, first.end);
                self.drop_doubled(shape, first.end);
            }
            Mark::Open(_) if fits_behind && !matches!(shape, Shape::List(_)) => {
                self.take_out(first.start..first.end);
                self.tell(first.start, Slip::too_many(first.mark));
                let end = behind.map_or(first.end, |behind| behind.end);
                self.open(shape, bracket, key, end);
            }
            Mark::Open(_)
                if behind.is_some_and(|behind| self.is_content(shape, behind)) || self.is_empty_behind(first) =>
            {
                self.replace(first, right);
                self.open(shape, bracket, key, first.end);
            }
            Mark::Open(_) | Mark::Word(_) if !self.is_content(shape, first) => self.value(&Shape::Unknown, key),
            Mark::Quote if !self.is_content(shape, first) || first.start + 1 < self.past_doubled_mark(first.start) => {
                if behind.is_some_and(|behind| self.is_content(shape, behind)) {
                    self.replace(first, right);
                    self.open(shape, bracket, key, first.end);
                } else if fits_behind {
                    self.take_out(first.start..first.end);
                    self.tell(first.start, Slip::too_many(Mark::Quote));
                    self.lexer.at = first.end;
                    self.compound(shape, key);
                } else {
                    self.value(&Shape::Text, key);
                }
            }
            Mark::Comma | Mark::Colon | Mark::Close(_) => {
                self.replace(first, right);
                self.open(shape, bracket, key, first.end);
            }
            Mark::Open(_) | Mark::Quote | Mark::Word(_) => {
                let mut buffer = [0; 4];
                self.edit(self.last_end..self.last_end, right.encode_utf8(&mut buffer));
                self.tell(first.start, Slip::NoOpening { bracket: right, of: key.to_owned() });
                let at = self.last_end;
                self.open(shape, bracket, key, at);
                self.lexer.at = first.start;
            }
        }
    }

    /// Whether the bracket is closed at once.
    fn is_empty_behind(&mut self, open: Placed) -> bool {
        self.lexer.peek(open.end).is_some_and(|behind| matches!(behind.mark, Mark::Close(_)))
    }

    fn replace(&mut self, found: Placed, right: char) {
        let mut buffer = [0; 4];
        self.edit(found.start..found.end, right.encode_utf8(&mut buffer));
        let slip = Slip::instead(found.mark, right);
        match found.mark {
            Mark::Open(_) => self.tell_habit(found.start, words::OTHER_BRACKETS, slip),
            _ => self.tell(found.start, slip),
        }
    }

    /// Takes out a second opening mark behind the first.
    fn drop_doubled(&mut self, shape: &'static Shape, end: usize) {
        let Some(second) = self.lexer.peek(end) else { return };
        let Mark::Open(bracket) = second.mark else { return };
        let may_begin = match shape {
            Shape::List(inner) => {
                inner.bracket() == Some(bracket)
                    || inner.bracket().is_some()
                        && self.lexer.peek(second.end).is_some_and(|behind| self.is_content(inner, behind))
            }
            _ => false,
        };
        if !may_begin {
            self.take_out(second.start..second.end);
            self.tell(second.start, Slip::too_many(second.mark));
            self.lexer.at = second.end;
            self.last_end = second.end;
        }
    }

    /// A value that nobody knows: as it stands.
    pub(super) fn anything(&mut self, key: &str) {
        let Some(first) = self.lexer.next() else { return };
        match first.mark {
            Mark::Open(bracket) if self.frames.len() < MAX_DEPTH => self.open(&Shape::Unknown, bracket, key, first.end),
            Mark::Quote => {
                self.string(first.start, key);
                self.has_value();
            }
            Mark::Word(word) => {
                self.took_word(first, word);
                self.has_value();
                if let Some(call) = self.lexer.next().filter(|call| {
                    call.mark == Mark::Open(b'(') && call.start == first.end && self.frames.len() < MAX_DEPTH
                }) {
                    self.open(&Shape::Unknown, b'(', key, call.end);
                }
            }
            _ => {
                self.leave_out_junk();
                // A value is needed all the same.
                self.edit(self.last_end..self.last_end, "()");
            }
        }
    }

    fn has_value(&mut self) {
        if let Some(frame) = self.frames.last_mut() {
            frame.has_item = true;
        }
    }

    pub(super) fn took_word(&mut self, word: Placed, text: &str) {
        self.word_start = word.start;
        self.lexer.at = word.end;
        self.last_end = word.end;
        self.may_be_cut = word.end == self.lexer.text.len() && !text.ends_with('"');
    }

    /// A number or a name without quotes.
    fn plain(&mut self, shape: &'static Shape, key: &str) {
        let Some(first) = self.lexer.next() else { return };
        match first.mark {
            Mark::Word(word) => {
                self.took_word(first, word);
                if matches!(shape, Shape::Call) {
                    self.called(key);
                } else {
                    self.grouped(first, word, key);
                }
            }
            Mark::Quote if self.is_whole_string(first.start) => {
                if matches!(shape, Shape::Call) || !self.bare_value(first.start, key) {
                    self.string(first.start, key);
                }
            }
            Mark::Open(_) | Mark::Quote | Mark::Comma | Mark::Colon | Mark::Close(_) => {
                match self.lexer.peek(first.end) {
                    Some(behind) if matches!(behind.mark, Mark::Word(_)) && !self.is_key(behind) => {
                        self.take_out(first.start..first.end);
                        self.tell(first.start, Slip::too_many(first.mark));
                        self.lexer.at = first.end;
                        self.plain(shape, key);
                    }
                    _ => self.anything(key),
                }
            }
        }
    }

    /// What stands in brackets behind a word.
    fn called(&mut self, key: &str) {
        let Some(first) = self.lexer.next() else { return };
        let behind = self.lexer.peek(first.end);
        let is_value =
            |placed: Option<Placed>| matches!(placed.map(|placed| placed.mark), Some(Mark::Quote | Mark::Word(_)));
        match first.mark {
            Mark::Open(b'(') => {
                self.open(&Shape::Call, b'(', key, first.end);
                self.drop_doubled(&Shape::Call, first.end);
            }
            Mark::Quote if first.start == self.last_end && !self.is_whole_string(first.start) => {
                self.replace(first, '(');
                self.open(&Shape::Call, b'(', key, first.end);
            }
            Mark::Comma | Mark::Colon | Mark::Close(_) | Mark::Open(_)
                if is_value(behind) && !behind.is_some_and(|behind| self.is_key(behind)) =>
            {
                self.replace(first, '(');
                self.open(&Shape::Call, b'(', key, first.end);
            }
            Mark::Quote | Mark::Word(_) if !self.is_key(first) => {
                let at = self.last_end;
                self.edit(at..at, "(");
                self.tell(at, Slip::NoOpening { bracket: '(', of: key.to_owned() });
                self.open(&Shape::Call, b'(', key, at);
            }
            _ => {}
        }
    }

    /// Leaves out a mark or word that belongs nowhere.
    fn leave_out_junk(&mut self) {
        let Some(next) = self.lexer.next() else { return };
        let end =
            if next.mark == Mark::Quote && self.is_whole_string(next.start) { self.lexer.past(next) } else { next.end };
        let text: String = self.lexer.text.get(next.start..end).unwrap_or_default().chars().take(60).collect();
        let message = tr!("`{text}` belongs to nothing{place}", text, place = in_words(&self.path()));
        self.tell_left_out(next.start, message, text.trim_matches('"').to_owned());
        self.take_out(next.start..end);
        self.lexer.at = end;
        self.last_end = end;
    }

    /// Leaves out the item that the end of the text may have cut off.
    pub(super) fn leave_out_last(&mut self) {
        let Some(frame) = self.frames.last() else { return };
        let is_keyed = matches!(frame.shape, Shape::Fields(_) | Shape::Map(_));
        let start = if is_keyed { self.key_start } else { self.word_start };
        let key = if is_keyed {
            frame.last.clone()
        } else {
            self.lexer.text.get(start..self.last_end).unwrap_or_default().to_owned()
        };
        let default = self.default_of_cut();
        let place = in_words(&self.path());
        let message = words::cut(&key, &place, default);
        self.tell_left_out(start, message, key);
        let end = self.last_end;
        self.take_out(start..end);
        if let Some(frame) = self.frames.last_mut() {
            frame.has_item = false;
        }
    }

    /// Says where the text ends before what is open was closed.
    pub(super) fn tell_cut(&mut self) {
        let Some(frame) = self.frames.last() else { return };
        let behind = if frame.last.is_empty() { String::new() } else { tr!(", behind `{last}`", last = frame.last) };
        let what = if self.cut.in_string { t("; what is there of its text is kept") } else { "" };
        let path = self.path();
        let place = if path.is_empty() { t("the project").to_owned() } else { path.join(" > ") };
        let default = self.default_of_cut();
        let message = tr!(
            "the file ends in the middle of {place}{behind}: everything after that is missing{what}{default}",
            place,
            behind,
            what,
            default
        );
        let about = path.into_iter().take(2).collect();
        self.faults.push(Fault { offset: self.last_end, message, about, ..Fault::default() });
    }

    /// What is taken for a field that the entry may have had behind the end of the text, where that is not nothing.
    fn default_of_cut(&self) -> &'static str {
        let entry = self.frames.get(2);
        let protocol = entry.and_then(|entry| Some((entry, entry.shape.field("protocol")?.0)));
        match protocol {
            Some((entry, place)) if !entry.has(place) || entry.last == "protocol" && self.may_be_cut => {
                t("; its `protocol` is taken as `http`")
            }
            _ => "",
        }
    }
}

/// The shape of a field that nobody knows: that of the one that is most likely meant.
fn likely(shape: &'static Shape, name: &str) -> &'static Shape {
    let Shape::Fields(fields) = shape else { return &Shape::Unknown };
    let near = nearest(name, fields.iter().map(|(known, _)| *known));
    near.and_then(|near| shape.field(near)).map_or(&Shape::Unknown, |(_, inner)| inner)
}
