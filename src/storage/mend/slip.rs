//! What is wrong with the marks of a text: each kind with what was done about it, for those who read what repair says, and what to do about it, for
//! those who are to do it themselves. Both are worded here and nowhere else.

use std::cmp::Ordering;

use super::lexer::Mark;
use crate::lang::{t, tr};

/// A slip in the marks of a text.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::storage) enum Slip {
    /// A mark that is there twice or belongs elsewhere.
    TooMany(String),
    /// One that belongs to nothing.
    Stray(String),
    /// A mark in the place of another one.
    Instead {
        found: String,
        right: char,
    },
    /// A mark in the place of the first quote of a key's text.
    InsteadOfQuote {
        found: String,
        key: String,
    },
    /// No comma behind a key, or before what comes next.
    NoComma {
        last: String,
    },
    NoColon {
        key: String,
    },
    /// A quote that is missing of a key, or of what a key leads to; without a name of a value.
    NoQuote {
        which: Quote,
        of: String,
    },
    /// No opening bracket before a key's value, or before what comes next.
    NoOpening {
        bracket: char,
        of: String,
    },
    /// No beginning of a section or of a list within an entry.
    NoHead {
        of: String,
    },
    /// A closing bracket too many before an entry, with which a section goes on.
    ClosedEarly {
        section: String,
    },
    /// Closing brackets that are not those that belong there.
    Closing {
        found: Vec<u8>,
        needed: Vec<u8>,
        of: String,
    },
    /// One closing bracket among the right ones.
    Surplus(char),
    /// The file ends before the closing brackets of what is named, or of the project.
    End {
        of: String,
        missing: Vec<u8>,
    },
    /// An entry without its id.
    NoId {
        kept_as: String,
    },
    QuotedField {
        name: String,
    },
    QuotedValue {
        key: String,
    },
    BareText {
        key: String,
    },
    /// A number that is written otherwise.
    Number {
        key: String,
        written: String,
        read: String,
    },
}

/// Which quote is missing.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::storage) enum Quote {
    Opening,
    Closing,
    Both,
    /// That of something that may be a key or a text.
    AnOpening,
}

/// What mends a slip.
enum Remedy {
    Supply,
    /// The same at the end of a file that may have been longer.
    SupplyAndLook,
    TakeOut,
    Change,
    /// Nothing that has a general word.
    None,
}

/// So many brackets are shown.
const SHOWN: usize = 8;

/// Brackets as they are shown.
pub(super) fn shown_brackets(brackets: &[u8]) -> String {
    brackets.iter().take(SHOWN).map(|bracket| char::from(*bracket)).collect()
}

/// A mark as it is shown.
pub(super) fn shown(mark: Mark) -> String {
    match mark {
        Mark::Open(bracket) | Mark::Close(bracket) => char::from(bracket).to_string(),
        Mark::Comma => ",".to_owned(),
        Mark::Colon => ":".to_owned(),
        Mark::Quote => "\"".to_owned(),
        Mark::Word(word) => word.to_owned(),
    }
}

impl Slip {
    pub(super) fn too_many(mark: Mark) -> Self {
        Self::TooMany(shown(mark))
    }

    pub(super) fn instead(mark: Mark, right: char) -> Self {
        Self::Instead { found: shown(mark), right }
    }

    pub(super) fn quote(which: Quote, of: &str) -> Self {
        Self::NoQuote { which, of: of.to_owned() }
    }

    /// Whether a closing bracket is missing.
    pub(in crate::storage) fn lacks_closing(&self) -> bool {
        match self {
            Self::Closing { found, needed, .. } => found.len() < needed.len(),
            Self::End { .. } => true,
            _ => false,
        }
    }

    /// What is wrong in a place, ` in components > shop`, and what was done about it.
    pub(in crate::storage) fn done(&self, place: &str) -> String {
        let what = self.what(place);
        match self.remedy() {
            Remedy::Supply => tr!("{what}; supplied", what),
            Remedy::SupplyAndLook => tr!("{what}; supplied, but what came after this may be missing too", what),
            Remedy::TakeOut => tr!("{what}; taken out", what),
            Remedy::Change => tr!("{what}; changed", what),
            Remedy::None => self.kept(&what),
        }
    }

    /// The same with what to do about it.
    pub(in crate::storage) fn to_do(&self, place: &str) -> String {
        let what = self.what(place);
        match self.remedy() {
            _ if matches!(self, Self::ClosedEarly { .. }) => tr!("{what}; take it out", what),
            Remedy::Supply => tr!("{what}; put it there", what),
            Remedy::SupplyAndLook => tr!("{what}; put it there, and look whether more is missing", what),
            Remedy::TakeOut => tr!("{what}; take it out", what),
            Remedy::Change => tr!("{what}; put the right one there", what),
            Remedy::None => self.kept(&what),
        }
    }

    fn remedy(&self) -> Remedy {
        match self {
            Self::TooMany(_) | Self::Stray(_) | Self::Surplus(_) | Self::QuotedField { .. } => Remedy::TakeOut,
            Self::Instead { .. } | Self::InsteadOfQuote { .. } => Remedy::Change,
            Self::NoComma { .. }
            | Self::NoColon { .. }
            | Self::NoQuote { .. }
            | Self::NoOpening { .. }
            | Self::NoHead { .. }
            | Self::BareText { .. } => Remedy::Supply,
            Self::Closing { found, needed, .. } => match found.len().cmp(&needed.len()) {
                Ordering::Less => Remedy::Supply,
                Ordering::Greater => Remedy::TakeOut,
                Ordering::Equal => Remedy::Change,
            },
            Self::End { .. } => Remedy::SupplyAndLook,
            Self::ClosedEarly { .. } | Self::NoId { .. } | Self::QuotedValue { .. } | Self::Number { .. } => {
                Remedy::None
            }
        }
    }

    /// What became of a slip for which there is no general word.
    fn kept(&self, what: &str) -> String {
        match self {
            Self::ClosedEarly { section } => tr!("{what}; `{section}` goes on", what, section),
            Self::NoId { kept_as } => tr!("{what}; it is kept as \"{kept_as}\"", what, kept_as),
            Self::QuotedValue { .. } => tr!("{what}; taken out, since it is no text", what),
            Self::Number { read, .. } => tr!("{what}; taken as {read}", what, read),
            _ => what.to_owned(),
        }
    }

    /// What is wrong, in words, with the place.
    fn what(&self, place: &str) -> String {
        let what = match self {
            Self::TooMany(mark) => tr!("a `{mark}` too many", mark),
            Self::Stray(mark) => tr!("a `{mark}` that belongs to nothing", mark),
            Self::Instead { found, right } => tr!("`{found}` stands where `{right}` belongs", found, right),
            Self::InsteadOfQuote { found, key } => {
                tr!("`{found}` stands where the opening quote of `{key}` belongs", found, key)
            }
            Self::NoComma { last } if last.is_empty() => t("a comma is missing before this").to_owned(),
            Self::NoComma { last } => tr!("a comma is missing after `{last}`", last),
            Self::NoColon { key } => tr!("a colon is missing after `{key}`", key),
            Self::NoQuote { which, of } => which.is_missing(of),
            Self::NoOpening { bracket, of } if of.is_empty() => {
                tr!("the opening `{bracket}` is missing before this", bracket)
            }
            Self::NoOpening { bracket, of } => tr!("the opening `{bracket}` of `{of}` is missing", bracket, of),
            Self::NoHead { of } => tr!("the beginning of `{of}` is missing before this", of),
            Self::ClosedEarly { .. } => t("a closing bracket too many before this").to_owned(),
            Self::Closing { found, needed, of } => closing(found, needed, of),
            Self::Surplus(bracket) => tr!("a closing bracket too many, this `{bracket}`", bracket),
            Self::End { of, missing } if of.is_empty() => {
                let missing = shown_brackets(missing);
                tr!("the file ends before the project does: a closing bracket is missing, the `{missing}`", missing)
            }
            Self::End { of, missing } => {
                let missing = shown_brackets(missing);
                tr!("the file ends before `{of}` does: a closing bracket is missing, the `{missing}`", of, missing)
            }
            Self::NoId { .. } => t("an entry begins here without its id").to_owned(),
            Self::QuotedField { name } => tr!("quotes around the name of the field `{name}`", name),
            Self::QuotedValue { key } => tr!("quotes around the value of `{key}`", key),
            Self::BareText { key } => tr!("the text of `{key}` has no quotes around it", key),
            Self::Number { key, written, .. } => tr!("`{key}` was `{written}`", key, written),
        };
        what + place
    }
}

impl Quote {
    fn is_missing(self, of: &str) -> String {
        match (self, of.is_empty()) {
            (Self::Opening, false) => tr!("the opening quote of `{of}` is missing", of),
            (Self::Closing, false) => tr!("the closing quote of `{of}` is missing", of),
            (Self::Both, false) => tr!("the quote of `{of}` is missing", of),
            (Self::AnOpening, false) => tr!("an opening quote of `{of}` is missing", of),
            (Self::Opening, true) => t("the opening quote of a value is missing").to_owned(),
            (Self::Closing, true) => t("the closing quote of a value is missing").to_owned(),
            (Self::Both, true) => t("the quote of a value is missing").to_owned(),
            (Self::AnOpening, true) => t("an opening quote of a value is missing").to_owned(),
        }
    }
}

/// What is wrong with closing brackets.
fn closing(found: &[u8], needed: &[u8], of: &str) -> String {
    let of = if of.is_empty() { String::new() } else { tr!(" of `{of}`", of) };
    let (less, none) = (found.len() < needed.len(), found.is_empty());
    let more = found.len() > needed.len();
    let (found, needed) = (shown_brackets(found), shown_brackets(needed));
    if less && none {
        return tr!("a closing bracket is missing before this: the `{needed}`{of}", needed, of);
    }
    if more && needed.is_empty() {
        return tr!("a closing bracket too many: `{found}`", found);
    }
    let instead = tr!("`{found}` stands where `{needed}`{of} belongs", found, needed, of);
    if less {
        tr!("a closing bracket is missing before this: {instead}", instead)
    } else if more {
        tr!("a closing bracket too many: {instead}", instead)
    } else {
        instead
    }
}
