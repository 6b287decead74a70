//! What was supplied, taken out and left out, in words.

use super::{
    super::pieces::{Fault, IN_AN_ENTRY},
    Mender,
    lexer::Mark,
    slip::Slip,
};
use crate::{
    lang::{later, t, tr},
    ron_text::in_words,
};

pub(super) const OTHER_BRACKETS: &str = later("brackets of another sort than those that belong there; changed");
pub(super) const QUOTED_FIELD: &str = later("quotes around the names of fields; taken out");
pub(super) const QUOTED_VALUE: &str = later("quotes around values that are no text; taken out");
pub(super) const BARE_TEXT: &str = later("texts without quotes; supplied");
pub(super) const GROUPED: &str = later("numbers in groups of digits; read without the marks between them");
pub(super) const OTHER_NUMBERS: &str =
    later("numbers with a comma before the fraction or in per cent; read as what they stand for");

/// A number of which only a part could be read.
pub(super) fn no_number(key: &str, written: &str, place: &str) -> String {
    if written.ends_with('%') {
        tr!("`{key}` was `{written}`{place}; a number in per cent fits only a share", key, written, place)
    } else {
        tr!("`{key}` was `{written}`{place}; that is no plain number", key, written, place)
    }
}

/// So many things of one sort are told one by one; of more only the first.
const FEW: usize = 3;

/// What is wrong in the same way in many places, and is told once then.
#[derive(Default)]
pub(super) struct Habits(Vec<Habit>);

struct Habit {
    what: &'static str,
    first: Vec<Fault>,
    count: usize,
}

impl Habits {
    pub(super) fn add(&mut self, what: &'static str, fault: Fault) {
        let at = self.0.iter().position(|habit| habit.what == what);
        let at = at.unwrap_or_else(|| {
            self.0.push(Habit { what, first: Vec::new(), count: 0 });
            self.0.len() - 1
        });
        let habit = &mut self.0[at];
        habit.count += 1;
        if habit.first.len() < FEW {
            habit.first.push(fault);
        }
    }

    pub(super) fn told(self) -> Vec<Fault> {
        let told = |habit: Habit| match habit.count {
            0..=FEW => habit.first,
            count => {
                let (what, places) = (t(habit.what), crate::text::count(count));
                let message = tr!("{what} (in {places} places; this is the first)", what, places);
                habit
                    .first
                    .into_iter()
                    .take(1)
                    .map(|first| Fault { message: message.clone(), about: Vec::new(), slip: None, ..first })
                    .collect()
            }
        };
        self.0.into_iter().flat_map(told).collect()
    }
}

/// Where the text is cut in the middle of something.
pub(super) fn cut(key: &str, place: &str, default: &str) -> String {
    tr!(
        "the file ends in the middle of `{key}`{place}: everything from there on is missing{default}",
        key,
        place,
        default
    )
}

impl Mender<'_> {
    /// Says which brackets are missing at the very end, where others are closed.
    pub(super) fn tell_end(&mut self, offset: usize, missing: &[u8]) {
        let of = self.frames.get(missing.len() - 1).map(|frame| frame.key.clone()).unwrap_or_default();
        let slip = Slip::End { of, missing: missing.to_vec() };
        self.faults.push(Fault::of_slip(offset, slip, String::new()));
    }

    /// Notes something about what is open.
    pub(super) fn tell(&mut self, offset: usize, slip: Slip) {
        let fault = self.placed(offset, slip);
        self.faults.push(fault);
    }

    /// The same of something that is often wrong in the same way.
    pub(super) fn tell_habit(&mut self, offset: usize, what: &'static str, slip: Slip) {
        let fault = self.placed(offset, slip);
        self.habits.add(what, fault);
    }

    fn placed(&self, offset: usize, slip: Slip) -> Fault {
        let mut about = self.path();
        let place = in_words(&about);
        about.truncate(IN_AN_ENTRY);
        Fault { about, ..Fault::of_slip(offset, slip, place) }
    }

    pub(super) fn tell_instead(&mut self, offset: usize, found: u8, right: char) {
        self.tell(offset, Slip::instead(Mark::Open(found), right));
    }

    /// Notes what is left out of what is open.
    pub(super) fn tell_left_out(&mut self, offset: usize, message: String, key: String) {
        let left_out = self.path().into_iter().chain([key]).collect();
        self.faults.push(Fault { offset, message, left_out, ..Fault::default() });
    }
}
