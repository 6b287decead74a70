//! Bytes that are no UTF-8, as the letters that they are in Windows-1252, which holds all of Latin-1: what editors and mails of the West write that
//! know no Unicode. What can be no letter there is not guessed.

use std::borrow::Cow;

use super::encoding::{gathered, not_text};
use crate::{
    lang::{later, t},
    ron_text::Note,
};

const READ_AS: &str = later(
    "letters here are not UTF-8; they are read as Windows-1252 (Latin-1), as many an editor and mail program writes them, and written as UTF-8. Look at them: if they are others than there were, save the file as UTF-8 in the program that wrote it",
);

/// The bytes 0x80 to 0x9f; those that stand for nothing are blank.
const SIGNS: [char; 32] = [
    '€', ' ', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', ' ', 'Ž', ' ', ' ', '‘', '’', '“', '”', '•', '–',
    '—', '˜', '™', 'š', '›', 'œ', ' ', 'ž', 'Ÿ',
];

/// The sign that a byte beyond ASCII stands for.
fn sign(byte: u8) -> Option<char> {
    match byte {
        0x80..=0x9f => SIGNS.get(usize::from(byte - 0x80)).copied().filter(|sign| *sign != ' '),
        _ => Some(char::from(byte)),
    }
}

/// Bytes as text, of which those that are no UTF-8 are read so where they may be letters; else they are the sign for what is unknown. Both is told.
pub(super) fn as_text(bytes: &[u8]) -> (Cow<'_, str>, Vec<Note>) {
    if let Ok(text) = str::from_utf8(bytes) {
        return (text.into(), Vec::new());
    }
    let (mut letters, mut has_unicode) = (Letters::default(), false);
    for chunk in bytes.utf8_chunks() {
        if !chunk.valid().is_empty() {
            letters.end_run(false);
            has_unicode |= !chunk.valid().is_ascii();
            letters.text.push_str(chunk.valid());
        }
        letters.run.extend_from_slice(chunk.invalid());
    }
    letters.end_run(has_unicode);
    let mut notes: Vec<Note> =
        letters.first.into_iter().map(|offset| Note { offset, message: t(READ_AS).to_owned() }).collect();
    notes.extend(gathered(letters.unknown.into_iter(), char::REPLACEMENT_CHARACTER, not_text));
    (letters.text.into(), notes)
}

/// The same of a few bytes that stand for one text, of which nothing is told.
pub(super) fn letters_of(bytes: &[u8]) -> String {
    as_text(bytes).0.into_owned()
}

/// Where the first byte is that is no UTF-8, and what to say, if all that are none may be letters.
pub(super) fn why_not_utf8(bytes: &[u8]) -> Option<(usize, &'static str)> {
    let first = str::from_utf8(bytes).err()?.valid_up_to();
    let (_, notes) = as_text(bytes);
    let is_all = matches!(notes.as_slice(), [only] if only.message == t(READ_AS));
    is_all.then_some((first, t(IS_WESTERN)))
}

/// What to say where UTF-8 is needed.
const IS_WESTERN: &str = later(
    "a letter here is not UTF-8, as project files are: the file was saved in another encoding, such as Windows-1252 (Latin-1). Save it as UTF-8 in an editor, or let `groundplan repair` read it (in the window: open what can be read)",
);

#[derive(Default)]
struct Letters {
    text: String,
    /// Bytes in a row that are no UTF-8.
    run: Vec<u8>,
    /// Where the first of them is that was read as a letter.
    first: Option<usize>,
    /// Where signs for what is unknown were put.
    unknown: Vec<usize>,
}

impl Letters {
    fn end_run(&mut self, may_be_cut: bool) {
        if self.run.is_empty() {
            return;
        }
        let run = std::mem::take(&mut self.run);
        // Of a text in UTF-8 the last character may be cut through.
        let is_cut = may_be_cut && str::from_utf8(&run).is_err_and(|error| error.error_len().is_none());
        let signs: Option<String> = run.iter().map(|byte| sign(*byte)).collect();
        match signs.filter(|_| !is_cut && !is_filled(&run)) {
            Some(signs) => {
                self.first = self.first.or(Some(self.text.len()));
                self.text.push_str(&signs);
            }
            None => {
                for _ in run {
                    self.unknown.push(self.text.len());
                    self.text.push(char::REPLACEMENT_CHARACTER);
                }
            }
        }
    }
}

/// Whether bytes are what a disk leaves where nothing was written.
fn is_filled(run: &[u8]) -> bool {
    run.iter().all(|byte| *byte == 0xff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_come_out_as_they_were_and_what_is_none_is_not_guessed() {
        for (bytes, text, notes) in [
            (
                b"M\xfcller, 5 \x80, \x93so\x94 \x96 na\xefve \xc4\xd6\xdc".as_slice(),
                "Müller, 5 €, “so” – naïve ÄÖÜ",
                1,
            ),
            ("Müller".as_bytes(), "Müller", 0),
            (b"M\xc3\xbcller und M\xfcller", "Müller und Müller", 1),
            // Nothing stands for some, a disk leaves others, and the end may be cut through.
            (b"a\x81b", "a\u{fffd}b", 1),
            (b"a\xff\xff\xff\xffb", "a\u{fffd}\u{fffd}\u{fffd}\u{fffd}b", 1),
            (b"M\xc3\xbcller \xc3", "Müller \u{fffd}", 1),
            (b"M\xfcller \xe9\x81", "Müller \u{fffd}\u{fffd}", 2),
        ] {
            let (read, told) = as_text(bytes);
            assert_eq!((&*read, told.len()), (text, notes));
        }
    }
}
