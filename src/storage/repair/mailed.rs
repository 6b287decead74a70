//! A text in the form that mails are sent in (quoted-printable): lines of at most 76 signs with soft breaks, and bytes that are not plain as numbers.

use std::ops::Range;

use super::{super::pieces::Fault, western};
use crate::{
    lang::{later, t},
    ron_text::Pieced,
};

/// A soft break of a line that has fewer signs than these is none.
const SHORTEST: usize = 50;

const MESSAGE: &str = later(
    "this text is in the form that mails are sent in (quoted-printable), with `=` at the ends of lines or before numbers of bytes; it is read as what that stands for",
);

/// A text without soft breaks, and with what numbers of bytes stand for; `None` if it has no such form.
pub(super) fn as_it_was_sent(text: &str) -> Option<(Pieced<()>, Vec<Fault>)> {
    let coded = Coded::of(text)?;
    let offset = coded.runs.first()?.0.start;
    let fault = Fault { offset, message: t(MESSAGE).to_owned(), ..Fault::default() };
    (coded.signs >= FEWEST).then(|| (Pieced::changed(text, &coded.runs), vec![fault]))
}

/// A text has so many such signs at least if it is one that was sent, and a sound one so many soft breaks.
const FEWEST: usize = 3;

/// The same of a text that is sound as it stands, with breaks and numbers within its own texts.
pub(super) fn sound_as_it_was_sent(text: &str) -> Option<(Pieced<()>, Vec<Fault>)> {
    let breaks = text.lines().filter(|line| line.ends_with('=')).count();
    if breaks < FEWEST { None } else { as_it_was_sent(text) }
}

/// What of a text is not as it was sent.
#[derive(Default)]
struct Coded {
    /// What stands in one behind the other, and what for.
    runs: Vec<(Range<usize>, String)>,
    /// How much speaks for it that it is that: a name may end in `=3D`, or in `=A0`.
    signs: usize,
}

impl Coded {
    /// `None` if some equals sign begins neither a soft break nor the number of a byte: then none does.
    fn of(text: &str) -> Option<Self> {
        let mut coded = Self::default();
        let mut at = 0;
        while let Some(found) = text.get(at..)?.find('=') {
            let start = at + found;
            let (mut end, mut bytes) = (start, Vec::new());
            while let Some(rest) = text.get(end..)?.strip_prefix('=') {
                if let Some(byte) = number(rest) {
                    // An equals sign that was one, or a letter that is not plain: few write that by hand.
                    coded.signs += usize::from(byte == b'=' || byte >= 0x80);
                    bytes.push(byte);
                    end += 3;
                } else {
                    let line = end - text[..end].rfind('\n').map_or(0, |before| before + 1);
                    coded.signs += if line >= SHORTEST { FEWEST } else { 0 };
                    end += 1 + soft_break(rest)?;
                }
            }
            if bytes.len() > 1 && !bytes.is_ascii() && str::from_utf8(&bytes).is_ok() {
                coded.signs += FEWEST; // the parts of one character
            }
            coded.runs.push((start..end, western::letters_of(&bytes)));
            at = end;
        }
        Some(coded)
    }
}

/// The byte whose number a text begins with.
fn number(text: &str) -> Option<u8> {
    let digits = text.get(..2).filter(|digits| digits.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'A'..=b'F')))?;
    u8::from_str_radix(digits, 16).ok()
}

/// The length of the line end that a text begins with.
fn soft_break(text: &str) -> Option<usize> {
    let rest = text.trim_start_matches([' ', '\t']);
    let behind = if rest.is_empty() { rest } else { rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n'))? };
    Some(text.len() - behind.len())
}
