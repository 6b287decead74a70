//! Small helpers on text that several rooms share.

mod day;
pub mod matching;
pub mod names;
pub mod on_lines;
mod system;

use std::fmt::Write as _;

use serde::Serialize;

use crate::lang::{self, NumberSigns, t};

pub use day::{YEARS, day_as, read_day};
pub use system::io_words;

/// Longest name that is compared with others, in bytes; comparing two takes as long as both lengths multiplied.
const NAME_BYTES: usize = 200;

/// The known name that is most likely meant by `word`, if one is close enough to be worth saying.
pub fn nearest<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > NAME_BYTES {
        return None;
    }
    known
        .filter(|name| name.len() <= NAME_BYTES)
        .map(|name| (strsim::jaro_winkler(word, name), name))
        .filter(|(likeness, _)| *likeness >= 0.75)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

/// The known name of which `word` differs by one slip: a letter too many, missing or another one, or two that changed places.
pub fn one_slip<'a>(word: &str, mut known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    if word.len() > NAME_BYTES {
        return None;
    }
    known.find(|name| strsim::osa_distance(word, name) == 1)
}

/// The names in a message: what stands between quotes, in whichever language it is (`"shop"`, `„shop“`).
pub fn quoted(message: &str) -> impl Iterator<Item = &str> {
    message.split(['"', '„', '“']).skip(1).step_by(2)
}

/// Paragraphs of the page: `¶5, ¶14`; nothing for none.
pub fn paragraphs(paragraphs: &[u8]) -> String {
    paragraphs.iter().map(|paragraph| format!("¶{paragraph}")).collect::<Vec<_>>().join(", ")
}

/// Whether a character turns the direction of writing: what stands behind it would read as something else.
pub fn turns_writing(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Text that stays where it is put: no line breaks, no control characters, and none that turn the direction of writing. Names come from
/// files of others; they must not move a terminal's cursor, nor make a line read as something else.
pub fn one_line(text: &str) -> String {
    let shown = |character: char| match character {
        character if turns_writing(character) => None,
        '\u{2028}' | '\u{2029}' => Some(' '),
        character if character.is_control() => Some(' '),
        character => Some(character),
    };
    text.chars().filter_map(shown).collect()
}

/// Lines that stay where they are put: as [`one_line`], with their line breaks.
pub fn lines(text: &str) -> String {
    text.split('\n').map(one_line).collect::<Vec<_>>().join("\n")
}

/// A report for programs: JSON with indents and a line break at its end. What would move a terminal's cursor or turn the direction of
/// writing is written as `\u`, so that the text is harmless and its meaning exact.
pub fn json(report: &impl Serialize) -> serde_json::Result<String> {
    let text = serde_json::to_string_pretty(report)?;
    let is_plain = |character: char| {
        character == '\n'
            || !(character.is_control() || turns_writing(character) || ('\u{2028}'..='\u{2029}').contains(&character))
    };
    let mut harmless = String::with_capacity(text.len() + 1);
    let mut before = ' ';
    for character in text.chars() {
        // So that no string ends the script of a page that the text is put into.
        if (before, character) == ('<', '/') {
            harmless.push('\\');
        }
        before = character;
        // Outside of the strings there are none of them, and within them this is another way to write the same.
        if is_plain(character) {
            harmless.push(character);
        } else {
            let _ = write!(harmless, "\\u{:04x}", u32::from(character));
        }
    }
    harmless.push('\n');
    Ok(harmless)
}

/// A number for people: thousands separated, at most two decimals and none that say nothing (`50,000`, `13.9`).
pub fn number(value: f64) -> String {
    decimal(value, 2)
}

/// A number as somebody wrote it, for messages: with every decimal it has, thousands separated, and as a power of ten where nobody would count
/// the digits (`1,000,000.5`, `1e300`).
pub fn exact(value: f64) -> String {
    let size = value.abs();
    if !value.is_finite() {
        return if value.is_nan() { t("no number") } else { t("endless") }.to_owned();
    }
    if size >= MOST_DIGITS {
        return fixed(value, 0);
    }
    if size > 0.0 && size < 1e-6 {
        return as_spoken(power_of_ten(value));
    }
    let decimals = format!("{size}").split_once('.').map_or(0, |(_, decimals)| decimals.len());
    fixed(value, decimals)
}

/// A count for people: `1,000,000`.
pub fn count(count: usize) -> String {
    exact(count as f64)
}

/// `1e300`, `−2.5e20`: with seven figures at most.
fn power_of_ten(value: f64) -> String {
    let text = format!("{:.6e}", value.abs());
    let (figures, power) = text.split_once('e').unwrap_or((&text, "0"));
    let figures = figures.trim_end_matches('0').trim_end_matches('.');
    format!("{}{figures}e{power}", if value < 0.0 { "−" } else { "" })
}

/// From here on a number is written as a power of ten.
const MOST_DIGITS: f64 = 1e15;

/// A number that was written as English has it, `1,234.5`, as the language has it that is spoken: `1.234,5`.
pub fn as_spoken(written: String) -> String {
    let NumberSigns { group, point } = lang::current().number_signs();
    if (group, point) == (",", ".") {
        return written;
    }
    let sign = |character: char| match character {
        ',' => group.to_owned(),
        '.' => point.to_owned(),
        other => other.to_string(),
    };
    written.chars().map(sign).collect()
}

/// A number with so many decimals as the language has it, without groups.
pub fn figure(value: impl Into<f64>, decimals: usize) -> String {
    as_spoken(format!("{:.decimals$}", value.into()))
}

/// `value` with at most `decimals` decimals, none that say nothing, and thousands separated; a real minus below zero.
pub(crate) fn decimal(value: f64, decimals: usize) -> String {
    as_spoken(plain_decimal(value, decimals))
}

/// The same as English has it, whatever language is spoken: for what goes on working with the digits.
pub(crate) fn plain_decimal(value: f64, decimals: usize) -> String {
    let text = plain_fixed(value, decimals);
    // The zeros at the end of a power of ten are no decimals.
    if text.contains('.') && !text.contains('e') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// `value` with so many decimals, thousands separated; a real minus below zero.
fn fixed(value: f64, decimals: usize) -> String {
    as_spoken(plain_fixed(value, decimals))
}

/// The same as English has it, whatever language is spoken.
pub(crate) fn plain_fixed(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return t("unknown").to_owned();
    }
    if value.abs() >= MOST_DIGITS {
        return power_of_ten(value);
    }
    let rounded = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = rounded.split_once('.').unwrap_or((&rounded, ""));
    let mut text = String::new();
    if value < 0.0 && rounded.contains(|digit: char| ('1'..='9').contains(&digit)) {
        text.push('−');
    }
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push('.');
        text.push_str(fraction);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_others_neither_moves_the_cursor_nor_turns_the_line() {
        assert_eq!(one_line("a\u{1b}[31mb\nc\0d"), "a [31mb c d");
        assert_eq!(one_line("Shop \u{202e}evil\u{202c} \u{2066}x\u{2069}"), "Shop evil x");
    }

    #[test]
    fn json_is_harmless_and_says_the_same() {
        let hostile = "a\u{1b}[2J\u{9b}1m\u{7f}\u{202e}b\u{2028}c\n\u{0}\"\\ </script>";
        let written = json(&[hostile]).unwrap();
        assert!(written.chars().all(|c| c == '\n' || !c.is_control() && !turns_writing(c)), "{written:?}");
        assert!(!written.contains("</"), "{written:?}");
        assert_eq!(serde_json::from_str::<Vec<String>>(&written).unwrap(), [hostile]);
        assert_eq!(json(&1).unwrap(), "1\n");
    }

    #[test]
    fn numbers_read_as_people_write_them() {
        let numbers = [0.0, 7.0, 13.888, 50_000.0, 1_234_567.5, -0.001, -1200.0].map(number);
        assert_eq!(numbers, ["0", "7", "13.89", "50,000", "1,234,567.5", "0", "−1,200"]);
    }

    #[test]
    fn numbers_are_written_as_the_language_has_them() {
        let numbers = || [number(1_234_567.5), exact(-0.125), number(1e15), number(f64::NAN)];
        assert_eq!(lang::with(lang::Language::German, numbers), ["1.234.567,5", "−0,125", "1e15", "unbekannt"]);
        assert_eq!(numbers(), ["1,234,567.5", "−0.125", "1e15", "unknown"]);
    }

    #[test]
    fn a_number_in_a_message_is_exact_and_never_endless() {
        let numbers = [0.0, -1.0, 1.000_001, 1_234_567.875, 1e300, -2.5e20, 3e-9, f64::MAX].map(exact);
        let expected = ["0", "−1", "1.000001", "1,234,567.875", "1e300", "−2.5e20", "3e-9", "1.797693e308"];
        assert_eq!(numbers, expected);
        assert_eq!((number(1e300).as_str(), count(200_000).as_str()), ("1e300", "200,000"));
        assert_eq!(number(2.484_584e290), "2.484584e290");
    }
}
