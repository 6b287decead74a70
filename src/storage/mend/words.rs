//! What was supplied, taken out and left out, in words.

use super::{
    super::pieces::{Fault, IN_AN_ENTRY},
    Mender,
    lexer::Mark,
};
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

pub(super) const OTHER_BRACKETS: &str = "brackets of another sort than those that belong there; changed";
pub(super) const QUOTED_FIELD: &str = "quotes around the names of fields; taken out";
pub(super) const QUOTED_VALUE: &str = "quotes around values that are no text; taken out";
pub(super) const BARE_TEXT: &str = "texts without quotes; supplied";
pub(super) const GROUPED: &str = "numbers in groups of digits; read without the marks between them";
pub(super) const OTHER_NUMBERS: &str =
    "numbers with a comma before the fraction or in per cent; read as what they stand for";

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

/// A number of which only a part could be read.
pub(super) fn no_number(key: &str, written: &str, place: &str) -> String {
    let why = if written.ends_with('%') { "a number in per cent fits only a share" } else { "that is no plain number" };
    format!("`{key}` was `{written}`{place}; {why}")
}

/// What is said wherever one of the closing brackets is missing.
const LACKS_CLOSING: &str = "a closing bracket is missing";

/// Whether that is said.
pub(in crate::storage) fn lacks_closing(message: &str) -> bool {
    message.contains(LACKS_CLOSING)
}

/// Closing brackets that are not those that belong there.
pub(super) fn brackets(found: &[u8], needed: &[u8], of: &str) -> String {
    let list = |brackets: &[u8]| {
        let shown: Vec<String> = brackets.iter().take(8).map(|bracket| char::from(*bracket).to_string()).collect();
        format!("`{}`", shown.concat())
    };
    let of = if of.is_empty() { String::new() } else { format!(" of `{of}`") };
    if found.len() < needed.len() && found.is_empty() {
        format!("{LACKS_CLOSING} before this: the {}{of}; supplied", list(needed))
    } else if found.len() < needed.len() {
        format!("{LACKS_CLOSING} before this: {} stands where {}{of} belongs; supplied", list(found), list(needed))
    } else if needed.is_empty() {
        format!("a closing bracket too many: {}; taken out", list(found))
    } else if found.len() > needed.len() {
        format!("a closing bracket too many: {} stands where {}{of} belongs; taken out", list(found), list(needed))
    } else {
        format!("{} stands where {}{of} belongs; changed", list(found), list(needed))
    }
}

/// What was done about marks, and what to do about them where nobody did it.
const TO_DO: [(&str, &str); 4] = [
    ("; supplied, but what came after this may be missing too", "; put it there, and look whether more is missing"),
    ("; supplied", "; put it there"),
    ("; taken out", "; take it out"),
    ("; changed", "; put the right one there"),
];

/// What is said of a mark that was mended, as what is to be done about it.
pub(in crate::storage) fn to_do(message: &str) -> String {
    let told = TO_DO.iter().find_map(|(done, to_do)| Some(format!("{}{to_do}", message.strip_suffix(done)?)));
    let goes_on = || message.strip_suffix(" goes on").and_then(|message| message.rsplit_once("; "));
    told.or_else(|| goes_on().map(|(what, _)| format!("{what}; take it out"))).unwrap_or_else(|| message.to_owned())
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
                let message = format!("{} (in {} places; this is the first)", habit.what, crate::text::count(count));
                habit
                    .first
                    .into_iter()
                    .take(1)
                    .map(|first| Fault { message: message.clone(), about: Vec::new(), ..first })
                    .collect()
            }
        };
        self.0.into_iter().flat_map(told).collect()
    }
}

/// Where the text is cut in the middle of something.
pub(super) fn cut(key: &str, place: &str, default: &str) -> String {
    format!("the file ends in the middle of `{key}`{place}: everything from there on is missing{default}")
}

impl Mender<'_> {
    /// Says which brackets are missing at the very end, where others are closed.
    pub(super) fn tell_end(&mut self, offset: usize, missing: &[u8]) {
        let shown: String = missing.iter().take(8).map(|bracket| char::from(*bracket)).collect();
        let open = self.frames.get(missing.len() - 1).map(|frame| frame.key.as_str()).filter(|key| !key.is_empty());
        let of = open.map_or_else(|| "the project".to_owned(), |key| format!("`{key}`"));
        let message = format!(
            "the file ends before {of} does: {LACKS_CLOSING}, the `{shown}`; supplied, but what came after this may be missing too"
        );
        self.faults.push(Fault { offset, message, ..Fault::default() });
    }

    /// Notes something about what is open.
    pub(super) fn tell(&mut self, offset: usize, message: String) {
        let fault = self.placed(offset, message);
        self.faults.push(fault);
    }

    /// The same of something that is often wrong in the same way.
    pub(super) fn tell_habit(&mut self, offset: usize, what: &'static str, message: &str) {
        let fault = self.placed(offset, message.to_owned());
        self.habits.add(what, fault);
    }

    fn placed(&self, offset: usize, message: String) -> Fault {
        let mut about = self.path();
        let message = match message.split_once("; ") {
            Some((what, done)) => format!("{what}{}; {done}", in_words(&about)),
            None => message,
        };
        about.truncate(IN_AN_ENTRY);
        Fault { offset, message, left_out: Vec::new(), about }
    }

    pub(super) fn tell_instead(&mut self, offset: usize, found: u8, right: char) {
        self.tell(offset, instead(Mark::Open(found), right));
    }

    /// Notes what is left out of what is open.
    pub(super) fn tell_left_out(&mut self, offset: usize, message: String, key: String) {
        let left_out = self.path().into_iter().chain([key]).collect();
        self.faults.push(Fault { offset, message, left_out, about: Vec::new() });
    }
}
