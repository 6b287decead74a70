//! The typed reader's errors in plain words.

use std::ops::ControlFlow;

use ron::error::{Error, SpannedError};

use super::{
    locate::{Note, in_words, offset_of},
    scan::{Open, Tokens, walk},
};
use crate::text::nearest;

/// Values that are a word with something in brackets: what they look like.
const FORMS: [(&str, &str); 1] = [("deadline", "weeks(20) or date(\"2027-08-01\")")];

/// Says what the reader stumbled over, where, and what was probably meant.
pub(crate) fn explain(text: &str, error: &SpannedError) -> Note {
    explain_in(text, error, &[])
}

/// The same of a text that is the value of the key at the end of `outer`, in a text that is closed everywhere.
pub(crate) fn explain_in(text: &str, error: &SpannedError, outer: &[&str]) -> Note {
    let offset = offset_of(text, error.span.start.line, error.span.start.col);
    if error.code == Error::Eof || text.get(offset..).is_none_or(|rest| rest.trim().is_empty()) {
        return match outer.split_last() {
            None => ended_early(text),
            Some((key, outer)) => Note { offset: 0, message: format!("`{key}`{} has no value", in_words(outer)) },
        };
    }
    // The reader counts the blanks before what it stumbled over as part of it.
    let offset = match text.get(offset..) {
        Some(rest) if rest.starts_with(char::is_whitespace) => {
            Tokens::from(text, offset).next().map_or(offset, |(token, _)| token)
        }
        _ => offset,
    };
    let open = walk(text, offset, |_| ControlFlow::Continue(()));
    if let Error::MissingStructField { field, .. } = &error.code {
        return missing_field(text, field, offset, &open, outer);
    }
    let open = within(open, outer);
    let behind = error.code == Error::TrailingCharacters && !outer.is_empty();
    let code = if behind { &Error::ExpectedComma } else { &error.code };
    Note { offset, message: in_plain_words(code, &open) }
}

/// What is open, seen from where `outer` begins.
fn within(open: Open, outer: &[&str]) -> Open {
    let own = |outer: &[&str]| outer.iter().map(|key| (*key).to_owned()).collect::<Vec<_>>();
    match outer.split_last() {
        Some((key, above)) if open.bracket.is_none() => {
            Open { container: own(above), key: Some((*key).to_owned()), bracket: None }
        }
        _ => Open { container: [own(outer), open.container].concat(), ..open },
    }
}

/// Says which bracket is never closed.
pub(crate) fn ended_early(text: &str) -> Note {
    let open = walk(text, usize::MAX, |_| ControlFlow::Continue(()));
    let message = match open.bracket {
        Some((bracket, offset)) => {
            let line = 1 + text.get(..offset).unwrap_or_default().matches('\n').count();
            let place = in_words(&open.container);
            format!("the text ends too early: the `{bracket}` of line {line}{place} is never closed")
        }
        None => "the text ends too early".to_owned(),
    };
    Note { offset: text.trim_end().len(), message }
}

/// Points at the key of the thing that lacks the field: the reader only noticed at its closing bracket.
fn missing_field(text: &str, field: &str, offset: usize, open: &Open, outer: &[&str]) -> Note {
    let mut place = open.bracket.map_or(offset, |(_, bracket)| bracket);
    if !open.container.is_empty() {
        walk(text, offset, |key| {
            if key.path == open.container.as_slice() {
                place = key.offset;
            }
            ControlFlow::Continue(())
        });
    }
    let container: Vec<&str> = outer.iter().copied().chain(open.container.iter().map(String::as_str)).collect();
    Note { offset: place, message: format!("`{field}` is missing{}", in_words(&container)) }
}

/// What a value is to look like, where something else than its word was found.
fn form_of(error: &Error, open: &Open) -> Option<&'static str> {
    let no_word = matches!(
        error,
        Error::ExpectedIdentifier
            | Error::InvalidIdentifier(_)
            | Error::SuggestRawIdentifier(_)
            | Error::NoSuchEnumVariant { .. }
    );
    let key = open.key.as_deref().filter(|_| no_word)?;
    FORMS.iter().find(|(known, _)| *known == key).map(|(_, form)| *form)
}

fn in_plain_words(error: &Error, open: &Open) -> String {
    let container = in_words(&open.container);
    let subject = open.key.as_deref().map_or_else(|| "this value".to_owned(), |key| format!("`{key}`"));
    if let Some(form) = form_of(error, open) {
        return format!("{subject}{container} says what its figure is: write {form}");
    }
    match error {
        Error::NoSuchStructField { expected, found, .. } => {
            format!("unknown field `{found}`{container}{}", meant(found, expected))
        }
        Error::NoSuchEnumVariant { expected, found, .. } => {
            format!("`{found}` is not a value of {subject}{container}{}", meant(found, expected))
        }
        Error::DuplicateStructField { field, .. } => format!("`{field}` is there twice{container}; keep one"),
        Error::InvalidValueForType { expected, found } => {
            // The reader's word for a name without quotes is "a unit value", which helps nobody.
            let found = found.replace("a unit value", "a word without quotes");
            format!("{subject}{container} needs {expected}, not {found}")
        }
        Error::ExpectedDifferentLength { expected, found } => {
            format!("{subject}{container} needs {expected}, not {found}")
        }
        Error::ExpectedString | Error::ExpectedStringEnd if open.key.is_none() => {
            format!("an id in double quotes is needed here{container}")
        }
        Error::ExpectedString => format!("{subject}{container} needs text in double quotes"),
        Error::ExpectedStringEnd => format!("the text of {subject}{container} has no closing quote"),
        Error::ExpectedFloat | Error::ExpectedInteger => format!("{subject}{container} needs a number"),
        Error::IntegerOutOfBounds => format!("the number of {subject}{container} is out of range"),
        Error::ExpectedBoolean => format!("{subject}{container} needs `true` or `false`"),
        Error::ExpectedIdentifier => format!("{subject}{container} needs a name without quotes"),
        Error::ExpectedMap => format!("{subject}{container} needs a list of entries in curly brackets: {{ ... }}"),
        Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_) => {
            format!("{subject}{container} needs its fields in round brackets: ( ... )")
        }
        Error::ExpectedArray => format!("{subject}{container} needs values in square brackets: [ ... ]"),
        Error::ExpectedComma => format!("a comma is missing before this{container}"),
        Error::ExpectedMapColon => format!("a colon is missing before this{container}"),
        Error::ExpectedMapEnd => format!("a closing `}}` is missing before this{container}"),
        Error::ExpectedStructLikeEnd | Error::ExpectedOptionEnd => {
            format!("a closing `)` is missing before this{container}")
        }
        Error::TrailingCharacters => "there is something after the end".to_owned(),
        Error::ExceededRecursionLimit => format!("brackets are nested too deep{container}"),
        Error::InvalidEscape(_) => {
            format!("unknown escape in the text of {subject}{container}; write a backslash as \\\\")
        }
        Error::Message(message) => format!("{subject}{container}: {message}"),
        other => {
            let words = other.to_string();
            let mut letters = words.chars();
            let first = letters.next().map(|c| c.to_lowercase().to_string()).unwrap_or_default();
            format!("{first}{}{container}", letters.as_str())
        }
    }
}

/// The nearest known name, or all of them if none is near.
fn meant(found: &str, known: &[&str]) -> String {
    match nearest(found, known.iter().copied()) {
        Some(name) => format!("; did you mean `{name}`?"),
        None => format!("; known here: {}", known.join(", ")),
    }
}
