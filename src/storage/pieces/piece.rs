//! One piece of a project's text, read into its type; what cannot be read of it is told and left out.

use std::borrow::Cow;
use std::ops::{ControlFlow, Range};

use ron::error::Error;
use serde::de::DeserializeOwned;

use super::super::mend::Slip;
use super::{
    segments::Segment,
    stand_in::{Lacking, StandIn, stand_in},
};
use crate::{
    lang::{t, tr},
    project::{MAX_NAME_BYTES, MAX_REASON_BYTES, MAX_TEXT_BYTES, Protocol},
    ron_dialect::ron_options,
    ron_text::{Note, Token, Tokens, explain_in, in_words, item_around, item_at, items, key_text, walk},
    text::{nearest, one_line},
};

/// Something in a text that cannot be read.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::storage) struct Fault {
    pub offset: usize,
    pub message: String,
    /// The keys of what is left out for it.
    pub left_out: Vec<String>,
    /// The keys of what it is about, where nothing is left out.
    pub about: Vec<String>,
    /// What is wrong with the marks there, if it is that, and in which place as it is told.
    pub slip: Option<(Slip, String)>,
}

impl Fault {
    /// A slip that was mended.
    pub(in crate::storage) fn of_slip(offset: usize, slip: Slip, place: String) -> Self {
        Self { offset, message: slip.done(&place), slip: Some((slip, place)), ..Self::default() }
    }

    /// What to do about it, for those who are to do it themselves.
    pub(in crate::storage) fn to_do(&self) -> String {
        self.slip.as_ref().map_or_else(|| self.message.clone(), |(slip, place)| slip.to_do(place))
    }

    /// Whether it is that a closing bracket is missing.
    pub(in crate::storage) fn lacks_closing(&self) -> bool {
        self.slip.as_ref().is_some_and(|(slip, _)| slip.lacks_closing())
    }
}

/// What stands in for what an entry cannot be without.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::storage) enum StandIns {
    /// Nothing: it goes with what it lacks.
    #[default]
    None,
    /// For a name the id, for a place or a figure a usual one, for a kind the nearest. What is kept so is told.
    Names,
    /// For a component's name its id, and for its kind the nearest one: only to see what else is wrong with it.
    ToLookOn,
}

/// What cannot be read, up to some number.
#[derive(Debug, Default)]
pub(in crate::storage) struct Faults {
    pub told: Vec<Fault>,
    /// How many more there are.
    pub more: usize,
}

/// Most faults that are told of one file.
const MOST_TOLD: usize = 10_000;

impl Faults {
    /// Keeps a fault, and says where; `None` if there are too many to be told.
    pub(super) fn push(&mut self, fault: Fault) -> Option<usize> {
        if self.told.len() < MOST_TOLD {
            self.told.push(fault);
            return Some(self.told.len() - 1);
        }
        self.more += 1;
        None
    }
}

/// A field of a project or an entry of one of its lists.
pub(super) struct Piece<'t> {
    pub list: Option<&'static str>,
    pub key: String,
    /// Where the key stands in the whole text.
    pub at: usize,
    /// Where the value stands in the whole text.
    base: usize,
    /// The value; what is left out of it is blank.
    pub(super) text: Cow<'t, str>,
    pub gone: bool,
    /// Which faults were told of it.
    told: Vec<usize>,
    /// Keys that it lacks for what was told.
    lost: Vec<String>,
    pub(super) stand_ins: StandIns,
    /// Where something was put into the text that stands in, and how many bytes, one after the other.
    put_in: Vec<(usize, usize)>,
    /// Of which faults it was said what stands in, and how long their messages were before.
    said: Vec<(usize, usize)>,
    /// What stood there as its kind.
    pub(super) kind: Option<String>,
}

/// A value that is left out is told if it is no longer than this, in bytes.
const MOST_SAID: usize = 120;

/// Most faults that are told of one piece.
const MOST_FAULTS: usize = 40;

impl<'t> Piece<'t> {
    /// The piece of a segment.
    pub(super) fn new(text: &'t str, segment: Segment, stand_ins: StandIns) -> Self {
        let value = text.get(segment.value.clone()).unwrap_or_default();
        Self {
            list: segment.list,
            at: segment.at,
            base: segment.value.start,
            stand_ins,
            ..Self::named(segment.key, value)
        }
    }

    /// A text that is one value.
    pub(super) fn of_value(text: &'t str) -> Self {
        Self::named("the text".to_owned(), text)
    }

    fn named(key: String, text: &'t str) -> Self {
        Self {
            list: None,
            key,
            at: 0,
            base: 0,
            text: Cow::Borrowed(text),
            gone: false,
            told: Vec::new(),
            lost: Vec::new(),
            stand_ins: StandIns::None,
            put_in: Vec::new(),
            said: Vec::new(),
            kind: None,
        }
    }

    /// The keys that lead to it.
    pub(super) fn path(&self) -> Vec<&str> {
        self.list.into_iter().chain([self.key.as_str()]).collect()
    }

    fn fault(&self, offset: usize, message: String, inner: Vec<String>) -> Fault {
        let left_out = self.path().into_iter().map(str::to_owned).chain(inner).collect();
        Fault { offset: self.place(offset), message, left_out, ..Fault::default() }
    }

    /// Where in the whole text stands what a path in it leads to, or the longest beginning of it.
    pub(super) fn place_of(&self, path: &[String]) -> usize {
        item_at(&self.text, path).map_or(self.at, |range| self.place(range.start))
    }

    /// Where a byte of it stands in the whole text.
    fn place(&self, offset: usize) -> usize {
        let before = |offset: usize, (at, length): &(usize, usize)| {
            if offset <= *at { offset } else { offset.saturating_sub(*length).max(*at) }
        };
        self.base + self.put_in.iter().rev().fold(offset, before)
    }

    /// The piece as a value. Each thing in it that cannot be read is left out and told; `None` if nothing can be made of what is left.
    pub(super) fn read<T: DeserializeOwned>(&mut self, faults: &mut Faults) -> Option<T> {
        for _ in 0..MOST_FAULTS {
            let error = match ron_options().from_str::<T>(&self.text) {
                Ok(value) => return Some(value),
                Err(error) => error,
            };
            let note = explain_in(&self.text, &error, &self.path());
            let around = item_around(&self.text, note.offset);
            let way = around.as_ref().map(|range| self.way_to(range)).unwrap_or_default();
            let key = way.last().cloned();
            if let Error::MissingStructField { field, .. } = &error.code
                && let Some(lacking) = Lacking::of(&self.text, &error)
                && let Some(value) = stand_in(self, field, &lacking)
            {
                self.put_in(field, &lacking, value, note, faults);
                continue;
            }
            match &error.code {
                // What lacks it was there, and was told of already.
                Error::MissingStructField { field, .. } if self.lost.iter().any(|lost| *lost == **field) => {
                    if around.is_some() && !self.goes_with_more(&way, faults) && self.stand_ins == StandIns::Names {
                        self.tell(self.fault(note.offset, note.message, way), faults);
                    }
                }
                Error::MissingStructField { .. } if around.is_none() => {
                    self.tell(Fault { offset: self.at, ..self.fault(0, note.message, Vec::new()) }, faults);
                }
                code => self.tell_unread(code, note, (around.as_ref(), way), faults),
            }
            self.lost.extend(key);
            if !around.is_some_and(|range| self.blank(&range)) {
                break;
            }
        }
        self.go(faults);
        None
    }

    /// Tells of something that cannot be read, and that is left out with the item around it.
    fn tell_unread(
        &mut self,
        code: &Error,
        note: Note,
        (around, way): (Option<&Range<usize>>, Vec<String>),
        faults: &mut Faults,
    ) {
        let meant = Self::meant(code, &way);
        if let (Some("kind"), [_], Some(range)) = (meant.as_deref(), way.as_slice(), around) {
            self.kind = word_behind_colon(self.text.get(range.clone()).unwrap_or_default());
        }
        self.lost.extend(meant);
        let no_numbers = around.map(|range| no_numbers(&self.text, range)).unwrap_or_default();
        if let Some((key, outer)) = way.split_last().filter(|_| !no_numbers.is_empty()) {
            let outer: Vec<&str> = self.path().into_iter().chain(outer.iter().map(String::as_str)).collect();
            let place = in_words(&outer);
            for (offset, word) in no_numbers {
                let message = tr!("`{key}`{place} needs a finite number, and `{word}` is none", key, place, word);
                self.tell(self.fault(offset, message, way.clone()), faults);
            }
            return;
        }
        let said = around.map(|range| self.said_there(range, &note.message)).unwrap_or_default();
        let message = note.message + &said + self.taken_instead(&way);
        self.tell(self.fault(note.offset, message, way), faults);
    }

    /// What stands in an item that is left out, if that is not told already: so it can be written anew.
    fn said_there(&self, range: &Range<usize>, message: &str) -> String {
        let item = self.text.get(range.clone()).filter(|_| self.stand_ins == StandIns::Names).unwrap_or_default();
        let value = item.split_once(':').map_or("", |(_, value)| value.trim().trim_end_matches(',').trim_end());
        let is_told = message.contains(value.trim_matches('"'));
        if is_told || value.len() > MOST_SAID { String::new() } else { tr!("; it says {}", one_line(value)) }
    }

    /// What is read in the place of a value that is left out, where that is not nothing.
    fn taken_instead(&self, way: &[String]) -> &'static str {
        debug_assert!(Protocol::default() == Protocol::Http, "as it is told");
        match way {
            [only] if only == "protocol" && self.list == Some("connections") && self.stand_ins == StandIns::Names => {
                t("; it is taken as `http`")
            }
            _ => "",
        }
    }

    /// The field that cannot be read: the one at the end of the way, or the one that is nearest to a name that nobody knows.
    fn meant(code: &Error, way: &[String]) -> Option<String> {
        match code {
            Error::NoSuchStructField { found, expected, .. } => {
                nearest(found, expected.iter().copied()).map(str::to_owned)
            }
            _ => way.last().cloned(),
        }
    }

    /// Lists what holds something that was told of as lost, since it goes as a whole; whether there is such a thing.
    fn goes_with_more(&self, way: &[String], faults: &mut Faults) -> bool {
        let whole: Vec<String> =
            self.path().into_iter().chain(way.iter().map(String::as_str)).map(str::to_owned).collect();
        let mut any = false;
        for told in &self.told {
            if let Some(fault) = faults.told.get_mut(*told).filter(|fault| fault.left_out.starts_with(&whole)) {
                fault.left_out.clone_from(&whole);
                any = true;
            }
        }
        any
    }

    /// Puts into the text what stands in for a field, and tells of it, at the fault that its loss was told by if there is one.
    fn put_in(&mut self, field: &str, lacking: &Lacking, stand_in: StandIn, note: Note, faults: &mut Faults) {
        let StandIn { value, told: words, listed } = stand_in;
        let told = if lacking.way.is_empty() {
            self.lost.iter().any(|lost| lost == field).then(|| self.told_of(field, faults)).flatten()
        } else {
            self.told_within(field, lacking, faults)
        };
        match told.map(|told| (told, faults.told.get_mut(told))) {
            Some((told, Some(fault))) => {
                self.said.push((told, fault.message.len()));
                add(&mut fault.message, &words);
            }
            Some((_, None)) => {}
            None => {
                let offset = if lacking.way.is_empty() { self.at } else { self.place(note.offset) };
                let mut message = note.message;
                let before = message.len();
                add(&mut message, &words);
                let of = |inner: Vec<String>| self.fault(0, String::new(), inner).left_out;
                let (left_out, about) = match (listed, words.is_empty()) {
                    (false, _) => (Vec::new(), of(lacking.way.clone())),
                    (true, true) => (of(Vec::new()), of(Vec::new())),
                    (true, false) => (of([lacking.way.as_slice(), &[field.to_owned()]].concat()), Vec::new()),
                };
                let told = faults.push(Fault { offset, message, left_out, about, ..Fault::default() });
                self.told.extend(told);
                self.said.extend(told.map(|told| (told, before)));
            }
        }
        let words = format!("{field}: {value},");
        self.text.to_mut().insert_str(lacking.bracket + 1, &words);
        self.put_in.push((lacking.bracket + 1, words.len()));
    }

    /// The fault that the loss of a field was told by.
    fn told_of(&self, field: &str, faults: &Faults) -> Option<usize> {
        let names = |at: &&usize| {
            let is_it = |keys: &Vec<String>| keys.last().is_some_and(|last| last == field);
            faults.told.get(**at).is_some_and(|fault| is_it(&fault.left_out) || is_it(&fault.about))
        };
        self.told.iter().rev().find(names).or(self.told.last()).copied()
    }

    /// The fault that the loss of a field was told by, of something within the piece.
    fn told_within(&self, field: &str, lacking: &Lacking, faults: &Faults) -> Option<usize> {
        let place = self.place(lacking.bracket)..=self.place(lacking.end);
        let length = self.path().len() + lacking.way.len() + 1;
        let is_it = |fault: &Fault| {
            let last = fault.left_out.last().filter(|_| fault.left_out.len() == length);
            place.contains(&fault.offset) && last.is_some_and(|last| nearest(last, std::iter::once(field)).is_some())
        };
        self.told.iter().rev().find(|at| faults.told.get(**at).is_some_and(is_it)).copied()
    }

    fn tell(&mut self, fault: Fault, faults: &mut Faults) {
        self.told.extend(faults.push(fault));
    }

    /// Gives it another id, since its own is taken.
    pub(super) fn kept_as(&mut self, id: String, faults: &mut Faults) {
        if self.stand_ins == StandIns::Names {
            let list = self.list.unwrap_or_default();
            let message = tr!("\"{}\" is there twice in {list}; this one is kept as \"{id}\"", self.key, list, id);
            let about = self.path().into_iter().map(str::to_owned).collect();
            self.tell(Fault { offset: self.at, message, about, ..Fault::default() }, faults);
        }
        self.key = id;
    }

    /// Leaves all of it out, whatever of it was told before.
    fn go(&mut self, faults: &mut Faults) {
        self.gone = true;
        let whole: Vec<String> = self.path().into_iter().map(str::to_owned).collect();
        for (told, before) in self.said.drain(..).rev() {
            if let Some(fault) = faults.told.get_mut(told) {
                fault.message.truncate(before);
            }
        }
        for told in &self.told {
            if let Some(fault) = faults.told.get_mut(*told) {
                fault.left_out.clone_from(&whole);
            }
        }
    }

    /// Leaves out what `path` leads to in it, or all of it, and tells why.
    pub(super) fn leave_out(&mut self, path: &[String], message: &str, wholly: bool, faults: &mut Faults) {
        let range = item_at(&self.text, path).filter(|_| !wholly);
        if self.stand_ins == StandIns::Names && !wholly && self.shorten(range.as_ref(), path.last()) {
            let start = range.map_or(0, |range| range.start);
            let of = self.fault(start, tr!("{message}; it is shortened", message), path.to_vec());
            let message = format!("{}{}", of.message, in_words(&of.left_out));
            self.tell(Fault { offset: of.offset, message, about: of.left_out, ..Fault::default() }, faults);
            return;
        }
        let offset = range.as_ref().map(|range| range.start);
        let left = range.filter(|range| self.blank(range)).and(offset);
        if let Some(offset) = left {
            self.lost.extend(path.last().cloned());
            self.tell(self.fault(offset, message.to_owned(), path.to_vec()), faults);
        } else {
            self.tell(Fault { offset: self.at, ..self.fault(0, message.to_owned(), Vec::new()) }, faults);
            self.go(faults);
        }
    }

    /// The keys that lead to an item, its own last.
    fn way_to(&self, range: &Range<usize>) -> Vec<String> {
        let outer = walk(&self.text, range.start, |_| ControlFlow::Continue(()));
        let text = self.text.get(range.clone()).unwrap_or_default();
        let key = Tokens::from(text, 0).next().map(|(_, token)| key_text(token).into_owned());
        outer.container.into_iter().chain(outer.key).chain(key).collect()
    }

    /// The keys of its entries, if it is a list of any.
    pub(super) fn entries(&self) -> Option<Vec<String>> {
        let text = self.text.trim_start().strip_prefix('{').and(Some(&*self.text))?;
        let (items, _) = items(text)?;
        Some(items.into_iter().filter_map(|item| item.key.map(|(key, _)| key)).collect())
    }

    /// Cuts a text that is too long to what is kept of it; whether it was.
    fn shorten(&mut self, item: Option<&Range<usize>>, field: Option<&String>) -> bool {
        let is_reason = self.list == Some("suppressed") && field.is_none();
        let most = match field.unwrap_or(&self.key).as_str() {
            _ if is_reason => MAX_REASON_BYTES,
            "notes" | "text" => MAX_TEXT_BYTES,
            "name" | "label" => MAX_NAME_BYTES,
            _ => return false,
        };
        let value = match item {
            Some(item) => value_in(&self.text, item),
            None if self.list.is_none() || is_reason => Tokens::from(&self.text, 0).next(),
            None => None,
        };
        let Some((start, Token::Quoted { literal, closed: true })) = value else { return false };
        if literal.len() <= most + 2 || !literal.starts_with('"') {
            return false;
        }
        let (end, cut) = (start + literal.len(), start + cut_at(literal, most));
        let blanks = format!("\"{}", " ".repeat(end - cut - 1));
        self.text.to_mut().replace_range(cut..end, &blanks);
        true
    }

    /// Puts blanks over a range; whether anything was there.
    fn blank(&mut self, range: &Range<usize>) -> bool {
        let Some(old) = self.text.get(range.clone()).filter(|old| !old.trim().is_empty()) else { return false };
        let blanks: String = old.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
        self.text.to_mut().replace_range(range.clone(), &blanks);
        true
    }
}

/// Adds to a message what stands in for what it tells of.
fn add(message: &mut String, words: &str) {
    if words.is_empty() {
        return;
    }
    message.push_str(if message.ends_with('?') { " (" } else { "; " });
    let closing = if message.ends_with('(') { ")" } else { "" };
    message.push_str(words);
    message.push_str(closing);
}

/// The value of an item, by its first token.
fn value_in<'a>(text: &'a str, item: &Range<usize>) -> Option<(usize, Token<'a>)> {
    let mut tokens = Tokens::from(text, item.start);
    tokens.find(|(_, token)| *token == Token::Colon)?;
    tokens.next().filter(|(at, _)| *at < item.end)
}

/// The words in the brackets of an item that stand where numbers belong and are none, each with its place.
pub(in crate::storage) fn no_numbers(text: &str, item: &Range<usize>) -> Vec<(usize, String)> {
    let Some((open, Token::Open(b'(' | b'['))) = value_in(text, item) else { return Vec::new() };
    let is_none = |word: &str| {
        let word = word.trim_start_matches(['+', '-']);
        ["nan", "inf", "infinity"].iter().any(|none| word.eq_ignore_ascii_case(none))
    };
    let words = Tokens::from(text, open).take_while(|(at, _)| *at < item.end);
    words
        .filter_map(|(at, token)| if let Token::Word(word) = token { Some((at, word)) } else { None })
        .filter(|(_, word)| is_none(word))
        .take(MOST_FAULTS)
        .map(|(at, word)| (at, word.to_owned()))
        .collect()
}

/// What an item says, without quotes.
fn word_behind_colon(item: &str) -> Option<String> {
    match value_in(item, &(0..item.len()))?.1 {
        Token::Word(word) => Some(word.to_owned()),
        Token::Quoted { literal, .. } => Some(literal.trim_matches('"').to_owned()),
        _ => None,
    }
}

/// Where a string in quotes can be cut, so that no more than so many bytes of it are left and no escape is cut through.
fn cut_at(literal: &str, most: usize) -> usize {
    let mut last = 1;
    let mut characters = literal.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        // The first byte is the quote.
        if at > most + 1 {
            break;
        }
        last = at;
        if character == '\\' && characters.next().is_some_and(|(_, escape)| escape == 'u') {
            characters.find(|(_, closing)| *closing == '}');
        }
    }
    last
}
