//! Lines that are left out, each told as lost: so many one by one, and one sum of the others.

use super::super::pieces::Fault;
use crate::lang::{t, tr};

/// Characters of a line that are told.
const MOST_SHOWN: usize = 120;

/// Lines that are left out for one reason.
pub(super) struct LostLines {
    /// What is said of each.
    what: &'static str,
    /// So many are told one by one.
    most: usize,
    faults: Vec<Fault>,
    /// How many there are beyond them.
    further: usize,
}

impl LostLines {
    pub(super) fn new(what: &'static str, most: usize) -> Self {
        Self { what, most, faults: Vec::new(), further: 0 }
    }

    /// Notes a line; one without words says nothing that could be lost.
    pub(super) fn add(&mut self, offset: usize, line: &str) {
        let line = line.trim();
        if !line.chars().any(char::is_alphanumeric) {
            return;
        }
        if self.faults.len() == self.most {
            self.further += 1;
            return;
        }
        let shown = line.chars().take(MOST_SHOWN).collect();
        self.faults.push(Fault { offset, message: self.what.to_owned(), left_out: vec![shown], ..Fault::default() });
    }

    /// All lines of a text that begins at a place.
    pub(super) fn add_all(&mut self, offset: usize, text: &str) {
        let mut at = offset;
        for line in text.split_inclusive('\n') {
            self.add(at + (line.len() - line.trim_start().len()), line);
            at += line.len();
        }
    }

    /// What is to be said of them; of those beyond `most` with these words at a place.
    pub(super) fn told(mut self, offset: usize, of: &str) -> Vec<Fault> {
        if self.further > 0 {
            let message = tr!("and {more} more {of}", more = crate::text::count(self.further), of);
            let left_out = vec![t("these lines").to_owned()];
            self.faults.push(Fault { offset, message, left_out, ..Fault::default() });
        }
        self.faults
    }
}
