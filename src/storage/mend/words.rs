//! What was supplied, taken out and left out, in words.

use super::{super::pieces::Fault, Mender, lexer::Mark};
use crate::ron_text::in_words;

/// A mark as it is shown.
fn shown(mark: Mark) -> String {
    match mark {
        Mark::Open(bracket) | Mark::Close(bracket) => char::from(bracket).to_string(),
        Mark::Comma => ",".to_owned(),
        Mark::Colon => ":".to_owned(),
        Mark::Quote => "\"".to_owned(),
        Mark::Word(word) => word.to_owned(),
    }
}

pub(super) fn too_many(mark: Mark) -> String {
    format!("a `{}` too many; taken out", shown(mark))
}

pub(super) fn instead(mark: Mark, right: char) -> String {
    format!("`{}` stands where `{right}` belongs; changed", shown(mark))
}

pub(super) fn instead_of_quote(mark: Mark, key: &str) -> String {
    format!("`{}` stands where the opening quote of `{key}` belongs; changed", shown(mark))
}

pub(super) fn comma_missing(last: &str) -> String {
    if last.is_empty() {
        "a comma is missing before this; supplied".to_owned()
    } else {
        format!("a comma is missing after `{last}`; supplied")
    }
}

pub(super) fn colon_missing(key: &str) -> String {
    format!("a colon is missing after `{key}`; supplied")
}

pub(super) fn quote(which: &str, key: &str) -> String {
    let of = if key.is_empty() { "a value".to_owned() } else { format!("`{key}`") };
    format!("{which} quote of {of} is missing; supplied")
}

/// Closing brackets that are not those that belong there.
pub(super) fn brackets(found: &[u8], needed: &[u8], of: &str) -> String {
    let list = |brackets: &[u8]| {
        let shown: Vec<String> = brackets.iter().take(8).map(|bracket| char::from(*bracket).to_string()).collect();
        format!("`{}`", shown.concat())
    };
    let of = if of.is_empty() { String::new() } else { format!(" of `{of}`") };
    if found.len() < needed.len() && found.is_empty() {
        format!("a closing bracket is missing before this: the {}{of}; supplied", list(needed))
    } else if found.len() < needed.len() {
        format!(
            "a closing bracket is missing before this: {} stands where {}{of} belongs; supplied",
            list(found),
            list(needed)
        )
    } else if needed.is_empty() {
        format!("a closing bracket too many: {}; taken out", list(found))
    } else if found.len() > needed.len() {
        format!("a closing bracket too many: {} stands where {}{of} belongs; taken out", list(found), list(needed))
    } else {
        format!("{} stands where {}{of} belongs; changed", list(found), list(needed))
    }
}

impl Mender<'_> {
    /// Notes something about what is open.
    pub(super) fn tell(&mut self, offset: usize, message: String) {
        let path = self.path();
        let message = match message.split_once("; ") {
            Some((what, done)) => format!("{what}{}; {done}", in_words(&path)),
            None => message,
        };
        self.faults.push(Fault { offset, message, left_out: Vec::new() });
    }

    pub(super) fn tell_instead(&mut self, offset: usize, found: u8, right: char) {
        self.tell(offset, instead(Mark::Open(found), right));
    }

    /// Notes what is left out of what is open.
    pub(super) fn tell_left_out(&mut self, offset: usize, message: String, key: Option<String>) {
        let left_out = self.path().into_iter().chain(key).collect();
        self.faults.push(Fault { offset, message, left_out });
    }
}
