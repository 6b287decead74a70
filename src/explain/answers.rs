//! How much of what the work is counted from somebody has said.

use crate::{assess::AnswerCount, figures, lang::tr};

/// What an estimate leaves out because nobody has said it; `None` where everything is said.
pub fn open_answers(count: AnswerCount) -> Option<String> {
    let AnswerCount { given, open } = count;
    let [of, count] = [given + open, open].map(|count| figures::number(count as f64));
    match open {
        0 => None,
        1 => Some(tr!("1 of {of} answers the work is counted from is open and counts as no work", of)),
        _ => Some(tr!("{count} of {of} answers the work is counted from are open and count as no work", count, of)),
    }
}
