//! What is wrong with a text, and where.

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

/// A text that is not a sound project: everything that was found, in the order of the text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", summary(.problems))]
pub struct ReadError {
    /// What was found; never empty.
    pub problems: Vec<LocatedProblem>,
    /// Whether the text is a project all the same: only ids and values in it do not fit.
    pub is_project: bool,
}

/// Most problems that are written out in one message.
const SHOWN: usize = 20;

fn summary(problems: &[LocatedProblem]) -> String {
    let mut lines: Vec<String> = problems.iter().take(SHOWN).map(ToString::to_string).collect();
    if problems.len() > SHOWN {
        lines.push(format!("and {} more", problems.len() - SHOWN));
    }
    lines.join("\n")
}
