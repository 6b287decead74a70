//! Bytes as text: UTF-8, what editors of Windows call Unicode, and what is neither.

use std::borrow::Cow;

use super::western;
use crate::{
    lang::{later, t, tr},
    ron_text::Note,
};

/// Which of the bytes of a character comes first.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Order {
    Little,
    Big,
}

/// Whether bytes are UTF-32 text: its mark, or three empty bytes of every four.
fn utf32(bytes: &[u8]) -> Option<Order> {
    match bytes {
        [0xff, 0xfe, 0, 0, ..] => return Some(Order::Little),
        [0, 0, 0xfe, 0xff, ..] => return Some(Order::Big),
        _ => {}
    }
    let (fours, _) = bytes.as_chunks::<4>();
    let fours = &fours[..fours.len().min(LOOKED_AT)];
    let all = |test: fn(&[u8; 4]) -> bool| fours.len() >= FEWEST && fours.iter().all(test);
    if all(|[a, _, c, d]| *a != 0 && *c == 0 && *d == 0) && all(|[_, b, _, _]| *b == 0) {
        Some(Order::Little)
    } else if all(|[a, b, c, d]| *a == 0 && *b == 0 && *c == 0 && *d != 0) {
        Some(Order::Big)
    } else {
        None
    }
}

/// What some editors begin UTF-8 with.
pub(in crate::storage) const MARK: &[u8] = b"\xef\xbb\xbf";

/// Characters that are looked at where no mark says what a text is.
const LOOKED_AT: usize = 64;
/// The fewest that say something.
const FEWEST: usize = 4;

/// Whether bytes are UTF-16 text: it begins with its mark, or every second byte of ours is empty.
fn utf16(bytes: &[u8]) -> Option<Order> {
    match bytes {
        [0xff, 0xfe, ..] => return Some(Order::Little),
        [0xfe, 0xff, ..] => return Some(Order::Big),
        _ => {}
    }
    let (pairs, _) = bytes.as_chunks::<2>();
    let pairs = &pairs[..pairs.len().min(LOOKED_AT)];
    let all = |test: fn(&[u8; 2]) -> bool| pairs.len() >= FEWEST && pairs.iter().all(test);
    if all(|[first, second]| *first != 0 && *second == 0) {
        Some(Order::Little)
    } else if all(|[first, second]| *first == 0 && *second != 0) {
        Some(Order::Big)
    } else {
        None
    }
}

/// What to say where UTF-8 is needed.
const IS_UTF16: &str = later(
    "this file is UTF-16 text, and project files are UTF-8; save it as UTF-8 in an editor, or let `groundplan repair` read it (in the window: open what can be read)",
);
/// The same of UTF-32.
const IS_UTF32: &str = later(
    "this file is UTF-32 text, and project files are UTF-8; save it as UTF-8 in an editor, or let `groundplan repair` read it (in the window: open what can be read)",
);
/// The same of empty bytes.
const HAS_NUL: &str = later(
    "this is not a text file: there is an empty byte (NUL) here, as a disk that was full or a broken copy leaves them; take another copy of it, or let `groundplan repair` read what is left",
);

/// What is no text: one byte, and several.
pub(super) fn not_text(count: usize) -> String {
    let sign = char::REPLACEMENT_CHARACTER;
    match count {
        1 => tr!("one byte here is not UTF-8 text; it is shown as {sign}", sign),
        _ => tr!("a run of {count} bytes here is not UTF-8 text; it is shown as {sign}", count, sign),
    }
}

/// The same of empty bytes.
fn is_empty(count: usize) -> String {
    match count {
        1 => t("one byte here is empty (NUL); it is left out").to_owned(),
        _ => tr!("a run of {count} bytes here is empty (NUL); it is left out", count),
    }
}

/// The bytes as text, and where they are none.
pub(in crate::storage) fn as_text(bytes: &[u8]) -> (Cow<'_, str>, Vec<Note>) {
    let (mut text, mut notes) = match (utf32(bytes), utf16(bytes)) {
        (Some(order), _) => wide("UTF-32", decoded_32(bytes, order)),
        (None, Some(order)) => wide("UTF-16", decoded(bytes, order)),
        (None, None) => western::as_text(bytes.strip_prefix(MARK).unwrap_or(bytes)),
    };
    if text.contains('\0') {
        let places = text.match_indices('\0').map(|(offset, _)| offset);
        notes.extend(gathered(places, '\0', is_empty));
        text = Cow::Owned(text.replace('\0', " "));
    }
    (text, notes)
}

/// What is said of a text of several bytes a character.
fn wide(what: &str, text: String) -> (Cow<'static, str>, Vec<Note>) {
    let message = tr!("the file is {what} text; it is read as such, and written as UTF-8", what);
    let unknown = text.match_indices(char::REPLACEMENT_CHARACTER).map(|(offset, _)| offset);
    let notes = std::iter::once(Note { offset: 0, message })
        .chain(gathered(unknown, char::REPLACEMENT_CHARACTER, not_text))
        .collect();
    (text.into(), notes)
}

fn decoded(bytes: &[u8], order: Order) -> String {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let unit = |pair: &[u8; 2]| match order {
        Order::Little => u16::from_le_bytes(*pair),
        Order::Big => u16::from_be_bytes(*pair),
    };
    // Half a character at the end is one that is cut off.
    let cut = (!odd.is_empty()).then_some(char::REPLACEMENT_CHARACTER);
    let characters = char::decode_utf16(pairs.iter().map(unit)).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER));
    characters.chain(cut).skip_while(|c| *c == '\u{feff}').collect()
}

fn decoded_32(bytes: &[u8], order: Order) -> String {
    let (fours, odd) = bytes.as_chunks::<4>();
    let unit = |four: &[u8; 4]| match order {
        Order::Little => u32::from_le_bytes(*four),
        Order::Big => u32::from_be_bytes(*four),
    };
    let cut = (!odd.is_empty()).then_some(char::REPLACEMENT_CHARACTER);
    let characters = fours.iter().map(|four| char::from_u32(unit(four)).unwrap_or(char::REPLACEMENT_CHARACTER));
    characters.chain(cut).skip_while(|c| *c == '\u{feff}').collect()
}

/// Why bytes are not read as they are, if it can be said what they are: where, and what to say.
pub(in crate::storage) fn why_not_utf8(bytes: &[u8]) -> Option<(usize, &'static str)> {
    if utf32(bytes).is_some() {
        Some((0, t(IS_UTF32)))
    } else if utf16(bytes).is_some() {
        Some((0, t(IS_UTF16)))
    } else {
        let empty = bytes.iter().position(|byte| *byte == 0).map(|place| (place, t(HAS_NUL)));
        empty.or_else(|| western::why_not_utf8(bytes))
    }
}

/// Most runs of bytes that are no text that are told.
const MOST_RUNS: usize = 1_000;

/// A note for each run of bytes that are no text, and for which a sign stands.
pub(super) fn gathered(places: impl Iterator<Item = usize>, sign: char, words: fn(usize) -> String) -> Vec<Note> {
    let length = sign.len_utf8();
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for place in places {
        let has_room = runs.len() < MOST_RUNS;
        match runs.last_mut() {
            Some((start, count)) if *start + *count * length == place => *count += 1,
            _ if has_room => runs.push((place, 1)),
            _ => {}
        }
    }
    runs.into_iter().map(|(offset, count)| Note { offset, message: words(count) }).collect()
}
