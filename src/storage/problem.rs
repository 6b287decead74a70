//! What is wrong with a project's text.

use crate::{
    lang::{t, tr},
    ron_text::LocatedProblem,
    text::count,
};

/// A text that is not a sound project: everything that was found, in the order of the text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", summary(.problems))]
pub struct ReadError {
    /// What was found; never empty.
    pub problems: Vec<LocatedProblem>,
    /// Whether the text is a project all the same: only ids and values in it do not fit.
    pub is_project: bool,
    /// The format it is in, if that is a newer one than this program knows; see [`format_in_words`].
    pub newer: Option<u32>,
    /// Whether something of it may be read by itself: see [`super::read_what_can_be`].
    pub repairable: bool,
}

/// What a format is called. A number that no format will ever have is not told.
pub fn format_in_words(format: u32) -> String {
    if format == u32::MAX { t("a format far ahead").to_owned() } else { tr!("format {}", count(format as usize)) }
}

/// Most problems that are written out in one message.
const SHOWN: usize = 20;

fn summary(problems: &[LocatedProblem]) -> String {
    let mut lines: Vec<String> = problems.iter().take(SHOWN).map(ToString::to_string).collect();
    if problems.len() > SHOWN {
        lines.push(tr!("and {} more", problems.len() - SHOWN));
    }
    lines.join("\n")
}
