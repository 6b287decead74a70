//! One piece of a project's text, read into its type; what cannot be read of it is told and left out.

use std::borrow::Cow;
use std::ops::{ControlFlow, Range};

use ron::error::Error;
use serde::de::DeserializeOwned;

use super::segments::Segment;
use crate::{
    ron_dialect::ron_options,
    ron_text::{Tokens, explain_in, item_around, item_at, items, key_text, walk},
    text::nearest,
};

/// Something in a text that cannot be read.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::storage) struct Fault {
    pub offset: usize,
    pub message: String,
    /// The keys of what is left out for it.
    pub left_out: Vec<String>,
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
    text: Cow<'t, str>,
    pub gone: bool,
    /// Which faults were told of it.
    told: Vec<usize>,
    /// Keys that it lacks for what was told.
    lost: Vec<String>,
}

/// Most faults that are told of one piece.
const MOST_FAULTS: usize = 40;

impl<'t> Piece<'t> {
    /// The piece of a segment.
    pub(super) fn new(text: &'t str, segment: Segment) -> Self {
        let value = text.get(segment.value.clone()).unwrap_or_default();
        Self {
            list: segment.list,
            key: segment.key,
            at: segment.at,
            base: segment.value.start,
            text: Cow::Borrowed(value),
            gone: false,
            told: Vec::new(),
            lost: Vec::new(),
        }
    }

    /// A text that is one value.
    pub(super) fn of_value(text: &'t str) -> Self {
        Self {
            list: None,
            key: "the text".to_owned(),
            at: 0,
            base: 0,
            text: Cow::Borrowed(text),
            gone: false,
            told: Vec::new(),
            lost: Vec::new(),
        }
    }

    /// The keys that lead to it.
    pub(super) fn path(&self) -> Vec<&str> {
        self.list.into_iter().chain([self.key.as_str()]).collect()
    }

    fn fault(&self, offset: usize, message: String, inner: Vec<String>) -> Fault {
        let left_out = self.path().into_iter().map(str::to_owned).chain(inner).collect();
        Fault { offset: self.base + offset, message, left_out }
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
            match &error.code {
                // What lacks it was there, and was told of already.
                Error::MissingStructField { field, .. } if self.lost.iter().any(|lost| *lost == **field) => {}
                Error::MissingStructField { .. } if around.is_none() => {
                    self.tell(Fault { offset: self.at, ..self.fault(0, note.message, Vec::new()) }, faults);
                }
                code => {
                    if let Error::NoSuchStructField { found, expected, .. } = code {
                        self.lost.extend(nearest(found, expected.iter().copied()).map(str::to_owned));
                    }
                    self.tell(self.fault(note.offset, note.message, way), faults);
                }
            }
            self.lost.extend(key);
            if !around.is_some_and(|range| self.blank(&range)) {
                break;
            }
        }
        self.go(faults);
        None
    }

    fn tell(&mut self, fault: Fault, faults: &mut Faults) {
        self.told.extend(faults.push(fault));
    }

    /// Leaves all of it out, whatever of it was told before.
    fn go(&mut self, faults: &mut Faults) {
        self.gone = true;
        let whole: Vec<String> = self.path().into_iter().map(str::to_owned).collect();
        for told in &self.told {
            if let Some(fault) = faults.told.get_mut(*told) {
                fault.left_out.clone_from(&whole);
            }
        }
    }

    /// Leaves out what `path` leads to in it, or all of it, and tells why.
    pub(super) fn leave_out(&mut self, path: &[String], message: &str, wholly: bool, faults: &mut Faults) {
        let range = item_at(&self.text, path).filter(|_| !wholly);
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

    /// Puts blanks over a range; whether anything was there.
    fn blank(&mut self, range: &Range<usize>) -> bool {
        let Some(old) = self.text.get(range.clone()).filter(|old| !old.trim().is_empty()) else { return false };
        let blanks: String = old.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
        self.text.to_mut().replace_range(range.clone(), &blanks);
        true
    }
}
