//! `Some(...)` around a value, as RON itself writes one that may be missing. Project files have none, and only where a value may be missing are
//! they read with one.

use std::ops::Range;

use super::{
    lexer::{Lexer, Mark, Placed},
    shape::may_be_missing,
    words::Habits,
};
use crate::{
    lang::{later, t},
    ron_text::Pieced,
    storage::pieces::Fault,
};

const WRAPPED: &str = later("`Some(...)` around a value; it is read as the value in it");

/// A text without `Some(...)`, and where that is a mistake; `None` if there is none.
pub(in crate::storage) fn without_some(text: &str) -> Option<(Pieced<()>, Vec<Fault>)> {
    if !text.contains("Some") {
        return None;
    }
    let mut lexer = Lexer::new(text, 0);
    let mut habits = Habits::default();
    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
    let mut before: [Option<Mark<'_>>; 2] = [None; 2];
    let mut at = 0;
    while let Some(mark) = lexer.peek(at) {
        at = lexer.past_text(mark);
        if mark.mark == Mark::Word("Some")
            && let Some(open) = lexer.peek(mark.end).filter(|open| open.mark == Mark::Open(b'('))
            && let Some(close) = closing(&mut lexer, open)
        {
            changes.push((mark.start..open.end, String::new()));
            changes.push((close, String::new()));
            let is_optional = matches!(before, [Some(Mark::Word(key)), Some(Mark::Colon)] if may_be_missing(key));
            if !is_optional {
                habits.add(WRAPPED, Fault { offset: mark.start, message: t(WRAPPED).to_owned(), ..Fault::default() });
            }
            at = open.end;
            continue;
        }
        before = [before[1], Some(mark.mark)];
    }
    changes.sort_by_key(|(range, _)| range.start);
    (!changes.is_empty()).then(|| (Pieced::changed(text, &changes), habits.told()))
}

/// Where the bracket stands that closes one, with the comma before it.
fn closing(lexer: &mut Lexer<'_>, open: Placed<'_>) -> Option<Range<usize>> {
    let (mut depth, mut at, mut comma) = (0_usize, open.end, None);
    while let Some(mark) = lexer.peek(at) {
        at = lexer.past_text(mark);
        match mark.mark {
            Mark::Open(_) => depth += 1,
            Mark::Close(b')') if depth == 0 => return Some(comma.unwrap_or(mark.start)..mark.end),
            Mark::Close(_) => depth = depth.checked_sub(1)?,
            _ => {}
        }
        comma = (mark.mark == Mark::Comma).then_some(mark.start);
    }
    None
}
