//! A place in a text with what is wrong there.

use std::fmt;

/// Something in a text that cannot be read or does not make sense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocatedProblem {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// What is wrong and what to do, one line.
    pub message: String,
    /// The line, or the part of it around the place.
    pub(super) source: String,
    /// How many characters of `source` come before the place.
    pub(super) caret: usize,
}

impl LocatedProblem {
    /// The line of the file with a caret under the place.
    pub fn excerpt(&self) -> String {
        let number = self.line.to_string();
        let gutter = " ".repeat(number.len());
        format!("{number} | {}\n{gutter} | {}^", self.source, " ".repeat(self.caret))
    }
}

impl fmt::Display for LocatedProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}
