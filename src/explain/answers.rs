//! How much of what the work is counted from somebody has said.

use crate::assess::AnswerCount;

/// What an estimate leaves out because nobody has said it; `None` where everything is said.
pub fn open_answers(count: AnswerCount) -> Option<String> {
    let AnswerCount { given, open } = count;
    match open {
        0 => None,
        1 => Some(format!("1 of {} answers the work is counted from is open and counts as no work", given + open)),
        _ => Some(format!("{open} of {} answers the work is counted from are open and count as no work", given + open)),
    }
}
