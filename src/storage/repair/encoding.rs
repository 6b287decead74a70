//! Bytes as text: UTF-8, what editors of Windows call Unicode, and what is neither.

use std::borrow::Cow;

use crate::ron_text::Note;

/// Which half of each two bytes comes first, if bytes are UTF-16 text: it begins with its mark, or every second byte of ours is empty.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::storage) enum Utf16 {
    Little,
    Big,
}

/// Characters that are looked at where no mark says what a text is.
const LOOKED_AT: usize = 64;
/// The fewest that say something.
const FEWEST: usize = 4;

/// Whether bytes are UTF-16 text.
pub(in crate::storage) fn utf16(bytes: &[u8]) -> Option<Utf16> {
    match bytes {
        [0xff, 0xfe, ..] => return Some(Utf16::Little),
        [0xfe, 0xff, ..] => return Some(Utf16::Big),
        _ => {}
    }
    let (pairs, _) = bytes.as_chunks::<2>();
    let pairs = &pairs[..pairs.len().min(LOOKED_AT)];
    let all = |test: fn(&[u8; 2]) -> bool| pairs.len() >= FEWEST && pairs.iter().all(test);
    if all(|[first, second]| *first != 0 && *second == 0) {
        Some(Utf16::Little)
    } else if all(|[first, second]| *first == 0 && *second != 0) {
        Some(Utf16::Big)
    } else {
        None
    }
}

/// What to say where UTF-8 is needed.
pub(in crate::storage) const IS_UTF16: &str = "this file is UTF-16 text, and project files are UTF-8; save it as UTF-8 in an editor, or let `groundplan repair` read it (in the window: open what can be read)";
/// The same of empty bytes.
pub(in crate::storage) const HAS_NUL: &str = "this is not a text file: there is an empty byte (NUL) here, as a disk that was full or a broken copy leaves them; take another copy of it, or let `groundplan repair` read what is left";

/// The bytes as text, and where they are none.
pub(super) fn as_text(bytes: &[u8]) -> (Cow<'_, str>, Vec<Note>) {
    let mut notes = Vec::new();
    let mut text = match utf16(bytes) {
        Some(order) => {
            let message = "the file is UTF-16 text; it is read as such, and written as UTF-8".to_owned();
            notes.push(Note { offset: 0, message });
            Cow::Owned(decoded(bytes, order))
        }
        None => String::from_utf8_lossy(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)),
    };
    if let Cow::Owned(lossy) = &text {
        let places = lossy.match_indices('\u{fffd}').map(|(offset, _)| offset);
        notes.extend(gathered(places, '\u{fffd}'.len_utf8(), "is not UTF-8 text; it is shown as \u{fffd}"));
    }
    if text.contains('\0') {
        notes.extend(gathered(text.match_indices('\0').map(|(offset, _)| offset), 1, "is empty (NUL); it is left out"));
        text = Cow::Owned(text.replace('\0', " "));
    }
    (text, notes)
}

fn decoded(bytes: &[u8], order: Utf16) -> String {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let unit = |pair: &[u8; 2]| match order {
        Utf16::Little => u16::from_le_bytes(*pair),
        Utf16::Big => u16::from_be_bytes(*pair),
    };
    // Half a character at the end is one that is cut off.
    let cut = (!odd.is_empty()).then_some(char::REPLACEMENT_CHARACTER);
    let characters = char::decode_utf16(pairs.iter().map(unit)).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER));
    characters.chain(cut).skip_while(|c| *c == '\u{feff}').collect()
}

/// Most runs of bytes that are no text that are told.
const MOST_RUNS: usize = 1_000;

/// A note for each run of bytes that are no text.
fn gathered(places: impl Iterator<Item = usize>, length: usize, what: &str) -> Vec<Note> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for place in places {
        let has_room = runs.len() < MOST_RUNS;
        match runs.last_mut() {
            Some((start, count)) if *start + *count * length == place => *count += 1,
            _ if has_room => runs.push((place, 1)),
            _ => {}
        }
    }
    let words = |count| if count == 1 { "one byte here".to_owned() } else { format!("a run of {count} bytes here") };
    runs.into_iter().map(|(offset, count)| Note { offset, message: format!("{} {what}", words(count)) }).collect()
}
