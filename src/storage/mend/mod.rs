//! A damaged text put together again: marks that are missing are supplied, those too many are taken out, and each of it is told. What stands
//! next decides which brackets are closed before it, since fields and entries are known better than any mark.

mod choices;
mod entries;
mod flags;
mod frames;
mod gap;
mod grammar;
mod habits;
mod inner;
mod lexer;
mod names;
mod numbers;
mod optional;
mod quotes;
mod shape;
mod slip;
mod strays;
mod values;
mod words;

use std::{collections::HashSet, ops::Range};

pub(super) use choices::with_known_words;
pub(super) use entries::ids;
pub(super) use flags::with_known_traits;
use frames::Frame;
use grammar::{attributes_end, is_grammatical, is_in_form};
pub(super) use habits::with_own_marks;
use lexer::{Lexer, Mark};
pub(super) use names::with_known_fields;
pub(super) use optional::without_some;
use shape::PROJECT;
pub(super) use slip::Slip;
pub(super) use strays::without_strays;
use words::Habits;

use super::pieces::Fault;
use crate::{
    lang::{t, tr},
    progress::Progress,
    ron_text::Pieced,
};

/// A text that is put together well.
pub(super) struct Mended {
    /// It, and where each of its bytes stood before.
    pub text: Pieced<()>,
    /// What was supplied, taken out and left out; at places of the text as it was.
    pub faults: Vec<Fault>,
}

/// Puts a text together; `None` if nothing is wrong with it in that way. Of one that `may_be_newer` than what is known here, nobody can say how its
/// values are to be written. Whoever waits for it is told how far it has come, by so many `steps` in all; once it is cancelled, the result is none.
pub(super) fn mended(
    text: &str,
    may_be_newer: impl FnOnce() -> bool,
    (progress, steps): (&Progress, u64),
) -> Option<Mended> {
    let is_wrong = !is_grammatical(text) || !is_in_form(text) && !may_be_newer();
    if !is_wrong {
        progress.step(steps)?;
        return None;
    }
    let mut mender = Mender::new(text);
    mender.begin();
    let mut told = 0;
    while mender.item() {
        let done = steps * mender.lexer.at as u64 / text.len().max(1) as u64;
        progress.step(done.saturating_sub(told))?;
        told = told.max(done);
    }
    progress.step(steps.saturating_sub(told))?;
    Some(mender.mended())
}

/// What is left out where another project stands behind the first one.
pub(super) const SECOND_PROJECT: &str = "the second project";

/// What is left out where the first of two projects is the smaller one.
pub(super) const FIRST_PROJECT: &str = "the first project";

/// More changes than these are given up: what comes after is left out.
const MOST_EDITS: usize = 50_000;

/// The end of a text that was cut.
#[derive(Default)]
struct Cut {
    /// Whether it is in a string.
    in_string: bool,
    /// Whether it is where nothing is closed.
    is_one: bool,
    is_told: bool,
}

struct Mender<'t> {
    lexer: Lexer<'t>,
    /// The brackets that are open, the project's first.
    frames: Vec<Frame>,
    /// What is changed, in any order; ranges do not overlap.
    edits: Vec<(Range<usize>, String)>,
    faults: Vec<Fault>,
    /// Where what was taken last ends; closing marks that are missing go there.
    last_end: usize,
    /// Whether that was a word at the very end of the text, of which some may be cut off.
    may_be_cut: bool,
    /// Where the key and the word begin that were taken last.
    key_start: usize,
    word_start: usize,
    cut: Cut,
    /// The section that was closed last.
    last_section: String,
    habits: Habits,
    /// The ids that stand in the text, once they are needed.
    ids: Option<HashSet<String>>,
}

impl<'t> Mender<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            lexer: Lexer::new(text, attributes_end(text)),
            frames: Vec::new(),
            edits: Vec::new(),
            faults: Vec::new(),
            last_end: 0,
            may_be_cut: false,
            key_start: 0,
            word_start: 0,
            cut: Cut::default(),
            last_section: String::new(),
            habits: Habits::default(),
            ids: None,
        }
    }

    fn mended(mut self) -> Mended {
        self.faults.extend(std::mem::take(&mut self.habits).told());
        // What is supplied in a place comes before what is taken out from there on.
        self.edits.sort_by_key(|(range, _)| (range.start, !range.is_empty()));
        // What is left out takes what was changed inside of it.
        let mut at = 0;
        self.edits.retain(|(range, _)| {
            let is_behind = range.start >= at;
            at = at.max(range.end);
            is_behind
        });
        Mended { text: Pieced::changed(self.lexer.text, &self.edits), faults: self.faults }
    }

    fn is_given_up(&self) -> bool {
        self.lexer.is_spent() || self.edits.len() > MOST_EDITS
    }

    fn edit(&mut self, range: Range<usize>, words: &str) {
        self.edits.push((range, words.to_owned()));
    }

    fn take_out(&mut self, range: Range<usize>) {
        // Neighbours are one change.
        if let Some((last, words)) =
            self.edits.last_mut().filter(|(last, _)| last.end == range.start && !last.is_empty())
            && words.is_empty()
        {
            last.end = range.end;
            return;
        }
        self.edit(range, "");
    }

    /// The bracket of the project itself.
    fn begin(&mut self) {
        let start = self.lexer.at;
        let first = self.lexer.next();
        let mut at = start;
        match first.map(|first| (first, first.mark)) {
            Some((first, Mark::Open(bracket))) => {
                at = first.end;
                if bracket != b'(' {
                    self.edit(first.start..first.end, "(");
                    self.tell_instead(first.start, bracket, '(');
                }
            }
            Some((first, Mark::Word(word))) => {
                let behind = self.lexer.peek(first.end);
                match behind.filter(|behind| behind.mark == Mark::Open(b'(')) {
                    // The name of the type, which may be written.
                    Some(open) if PROJECT.field(word).is_none() => at = open.end,
                    _ => self.supply(first.start),
                }
            }
            Some((first, mark)) => {
                if mark == Mark::Quote && !matches!(self.lexer.literal(first.start), lexer::Literal::LineEnd(_)) {
                    self.supply(first.start);
                } else {
                    // It stands where the bracket belongs.
                    at = first.end;
                    self.edit(first.start..first.end, "(");
                    self.tell(first.start, Slip::instead(mark, '('));
                }
            }
            None => self.supply(start),
        }
        self.frames.push(Frame::new(&PROJECT, b'(', String::new(), at));
        self.lexer.at = at;
        self.last_end = at;
    }

    /// Supplies the bracket that opens the project.
    fn supply(&mut self, at: usize) {
        self.edit(at..at, "(");
        self.tell(at, Slip::NoOpening { bracket: '(', of: String::new() });
    }

    /// Reads what comes next into its place; whether something did.
    fn item(&mut self) -> bool {
        let mut gap = self.gap();
        let given_up = self.is_given_up();
        let Some(item) = gap.item.take().filter(|_| !given_up) else {
            self.end(&gap, given_up);
            return false;
        };
        let place = self.place_of(&gap, &item);
        self.settle(&gap, place + 1, Some(item.start));
        self.take(&item);
        true
    }

    /// Closes whatever is open; what stands behind is left out.
    fn end(&mut self, gap: &gap::Gap, given_up: bool) {
        self.cut.is_one = !given_up
            && gap.second.is_none()
            && gap.closers.is_empty()
            && (self.frames.len() > 1 || self.cut.in_string || self.may_be_cut);
        if self.may_be_cut && gap.marks.is_empty() {
            self.leave_out_last();
        } else if self.cut.is_one && !self.cut.is_told {
            self.tell_cut();
        }
        let text = self.lexer.text;
        let rest = gap.second.filter(|_| !given_up).or_else(|| given_up.then_some(self.lexer.at));
        self.settle(gap, 0, None);
        let Some(rest) = rest.filter(|rest| *rest < text.len()) else { return };
        let line = |at: usize| 1 + text.get(..at).unwrap_or_default().matches('\n').count();
        let lines = line(text.trim_end().len()) - line(rest) + 1;
        let (message, what) = if given_up {
            (tr!("from here on nothing fits together; {lines} lines", lines), "the rest of the text")
        } else {
            let entries = match ids(text.get(rest..).unwrap_or_default()).count() {
                1 => t("1 entry").to_owned(),
                entries => tr!("{entries} entries", entries = crate::text::count(entries)),
            };
            let line = line(rest);
            let message = tr!(
                "a second project begins at line {line}, {lines} lines with {entries}; keep one of them",
                line,
                lines,
                entries
            );
            (message, SECOND_PROJECT)
        };
        self.faults.push(Fault { offset: rest, message, left_out: vec![what.to_owned()], ..Fault::default() });
        self.edit(rest..text.len(), "\n");
    }
}
