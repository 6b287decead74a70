//! The typed reader's errors in plain words.

use std::ops::ControlFlow;

use ron::error::{Error, SpannedError};

use super::{
    locate::{Note, in_words, offset_of},
    scan::{Open, Tokens, closing, walk},
    unclosed::{Unclosed, is_of_signs, unclosed},
    words::{as_name, seen, wanted},
};
use crate::{
    lang::{t, tr},
    text::nearest,
};

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
            Some((key, outer)) => Note { offset: 0, message: tr!("`{key}`{} has no value", in_words(outer), key) },
        };
    }
    let (offset, open) = open_at(text, error);
    if let Error::MissingStructField { field, .. } = &error.code {
        return missing_field(text, field, offset, &open, outer);
    }
    let open = within(open, outer);
    if let Some(message) = too_early(text, offset, error, &open) {
        return Note { offset, message };
    }
    let behind = error.code == Error::TrailingCharacters && !outer.is_empty();
    let code = if behind { &Error::ExpectedComma } else { &error.code };
    Note { offset, message: in_plain_words(code, &open) }
}

/// Where the reader stumbled, and what was open there.
pub(crate) fn open_at(text: &str, error: &SpannedError) -> (usize, Open) {
    let offset = offset_of(text, error.span.start.line, error.span.start.col);
    // The reader counts the blanks before what it stumbled over as part of it.
    let offset = match text.get(offset..) {
        Some(rest) if rest.starts_with(char::is_whitespace) => {
            Tokens::from(text, offset).next().map_or(offset, |(token, _)| token)
        }
        _ => offset,
    };
    (offset, walk(text, offset, |_| ControlFlow::Continue(())))
}

/// What to say where a bracket closes while another one is still open.
fn too_early(text: &str, offset: usize, error: &SpannedError, open: &Open) -> Option<String> {
    let found = text.get(offset..)?.chars().next().filter(|sign| [')', ']', '}'].contains(sign))?;
    let missing = closing_of(open.bracket?.0);
    let says_so = is_of_signs(&error.code) && found != missing;
    says_so.then(|| tr!("a closing `{missing}` is missing before this{}", in_words(&open.container), missing))
}

fn closing_of(bracket: char) -> char {
    u8::try_from(bracket).map_or(bracket, |bracket| char::from(closing(bracket)))
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
    let bracket = unclosed(text).map(|found| (found.bracket, found.offset));
    let bracket = bracket.or_else(|| walk(text, usize::MAX, |_| ControlFlow::Continue(())).bracket);
    let message = match bracket {
        Some((bracket, offset)) => {
            let (line, place) = (line_of(text, offset), place_of(text, offset));
            tr!("the text ends too early: the `{bracket}` of line {line}{place} is never closed", bracket, line, place)
        }
        None => t("the text ends too early").to_owned(),
    };
    Note { offset: text.trim_end().len(), message }
}

/// Points at the first bracket that is not closed, in a text with too few closing ones. Where the reader came to the end of the text and only
/// that shows it, that is told there: see [`ended_early`].
pub(crate) fn unclosed_note(text: &str, came_to_the_end: bool) -> Option<Note> {
    let Unclosed { bracket, offset, until } = unclosed(text)?;
    if came_to_the_end && until == text.len() {
        return None;
    }
    let closing = closing_of(bracket);
    let missing =
        if until == text.len() { t("at the end").to_owned() } else { tr!("before line {}", line_of(text, until)) };
    let place = place_of(text, offset);
    let message = tr!(
        "this `{bracket}`{place} is never closed: put the missing `{closing}` {missing}",
        bracket,
        place,
        closing,
        missing
    );
    Some(Note { offset, message })
}

fn line_of(text: &str, offset: usize) -> usize {
    1 + text.get(..offset).unwrap_or_default().matches('\n').count()
}

/// ` in components > shop` of the bracket at an offset: what leads to it is open right before it.
fn place_of(text: &str, offset: usize) -> String {
    let before = walk(text, offset, |_| ControlFlow::Continue(()));
    in_words(&before.container.into_iter().chain(before.key).collect::<Vec<_>>())
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
    Note { offset: place, message: tr!("`{field}` is missing{}", in_words(&container), field) }
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
    let subject = open.key.as_deref().map_or_else(|| t("this value").to_owned(), |key| format!("`{key}`"));
    if let Some(form) = form_of(error, open) {
        return tr!("{subject}{container} says what its figure is: write {form}", subject, container, form);
    }
    let needs = |what: &str| tr!("{subject}{container} needs {what}", subject, container, what);
    match error {
        Error::NoSuchStructField { expected, found, .. } => {
            tr!("unknown field `{found}`{container}{}", meant(found, expected), found, container)
        }
        Error::NoSuchEnumVariant { expected, found, .. } => {
            tr!("`{found}` is not a value of {subject}{container}{}", meant(found, expected), found, subject, container)
        }
        Error::DuplicateStructField { field, .. } => {
            tr!("`{field}` is there twice{container}; keep one", field, container)
        }
        Error::InvalidValueForType { expected, found } => needs(&tr!("{0}, not {1}", wanted(expected), seen(found))),
        Error::ExpectedDifferentLength { expected, found } => needs(&tr!("{0}, not {1}", wanted(expected), found)),
        Error::ExpectedString | Error::ExpectedStringEnd if open.key.is_none() => {
            tr!("an id in double quotes is needed here{container}", container)
        }
        Error::ExpectedString => needs(t("text in double quotes")),
        Error::ExpectedStringEnd => {
            tr!("the text of {subject}{container} has no closing quote; put one behind it", subject, container)
        }
        Error::ExpectedFloat | Error::ExpectedInteger => needs(t("a number")),
        Error::IntegerOutOfBounds => needs(t("a smaller number")),
        Error::FloatUnderscore | Error::UnderscoreAtBeginning => needs(t("a number without underscores")),
        Error::InvalidIntegerDigit { digit, .. } => needs(&tr!("a number, and `{digit}` is no digit of it", digit)),
        Error::ExpectedBoolean => needs(t("`true` or `false`")),
        Error::ExpectedIdentifier if open.key.is_none() => {
            tr!("the name of a field is needed here{container}, without quotes", container)
        }
        Error::ExpectedIdentifier => needs(t("a name without quotes")),
        Error::InvalidIdentifier(word) | Error::SuggestRawIdentifier(word) => match as_name(word) {
            Some(name) => {
                tr!(
                    "`{word}` is no name{container}: write `{name}`, or double quotes around it if it is text",
                    word,
                    container,
                    name
                )
            }
            None if open.key.is_some() => needs(&tr!("a name without quotes, not `{word}`", word)),
            None => tr!("`{word}` is no name{container}: put double quotes around it if it is text", word, container),
        },
        Error::ExpectedMap => needs(t("a list of entries in curly brackets: { ... }")),
        Error::ExpectedStructLike | Error::ExpectedNamedStructLike(_) | Error::ExpectedStructName(_) => {
            needs(t("its fields in round brackets: ( ... )"))
        }
        Error::ExpectedDifferentStructName { found, .. } => {
            tr!("`{found}` stands before the bracket of {subject}{container}; take it out", found, subject, container)
        }
        Error::ExpectedArray => needs(t("values in square brackets: [ ... ]")),
        other => of_signs(other, &subject, &container),
    }
}

/// What is wrong with brackets, commas, comments and the like.
fn of_signs(error: &Error, subject: &str, container: &str) -> String {
    match error {
        Error::ExpectedComma => tr!("a comma is missing before this{container}", container),
        Error::ExpectedMapColon => tr!("a colon is missing before this{container}", container),
        Error::ExpectedMapEnd => tr!("a closing `{missing}` is missing before this{}", container, missing = '}'),
        Error::ExpectedArrayEnd => tr!("a closing `{missing}` is missing before this{}", container, missing = ']'),
        Error::ExpectedStructLikeEnd | Error::ExpectedOptionEnd => {
            tr!("a closing `{missing}` is missing before this{}", container, missing = ')')
        }
        Error::TrailingCharacters => t("there is something after the end; take it out").to_owned(),
        Error::ExceededRecursionLimit => {
            tr!("brackets are nested too deep{container}; take some of them out", container)
        }
        Error::InvalidEscape(_) => {
            tr!("unknown escape in the text of {subject}{container}; write a backslash as \\\\", subject, container)
        }
        Error::UnclosedBlockComment => tr!("a comment is never closed{container}; end it with */", container),
        Error::ExpectedAttribute | Error::ExpectedAttributeEnd | Error::NoSuchExtension(_) => {
            t("the line that begins with `#!` is not known here; take it out").to_owned()
        }
        Error::UnexpectedChar(sign) => {
            tr!("`{sign}` cannot stand here{container}; take it out, or put text in double quotes", sign, container)
        }
        Error::Utf8Error(_) => tr!("the text of {subject}{container} is not UTF-8; write it anew", subject, container),
        // Ours, said by a value that was refused.
        Error::Message(message) => format!("{subject}{container}: {message}"),
        _ => tr!(
            "{subject}{container} is written in a way that is not read; write it as other entries have it",
            subject,
            container
        ),
    }
}

/// The nearest known name, or all of them if none is near.
fn meant(found: &str, known: &[&str]) -> String {
    match nearest(found, known.iter().copied()) {
        Some(name) => tr!("; did you mean `{near}`?", near = name),
        None => tr!("; known here: {}", known.join(", ")),
    }
}
