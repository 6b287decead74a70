//! Small helpers on text that several rooms share.

mod day;
pub mod matching;

pub use day::{YEARS, read_day};

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

/// Paragraphs of the page: `¶5, ¶14`; nothing for none.
pub fn paragraphs(paragraphs: &[u8]) -> String {
    paragraphs.iter().map(|paragraph| format!("¶{paragraph}")).collect::<Vec<_>>().join(", ")
}

/// Text that stays where it is put: no line breaks, no control characters, and none that turn the direction of writing. Names come from
/// files of others; they must not move a terminal's cursor, nor make a line read as something else.
pub fn one_line(text: &str) -> String {
    let shown = |character: char| match character {
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => None,
        '\u{2028}' | '\u{2029}' => Some(' '),
        character if character.is_control() => Some(' '),
        character => Some(character),
    };
    text.chars().filter_map(shown).collect()
}

/// A number for people: thousands separated, at most two decimals and none that say nothing (`50,000`, `13.9`).
pub fn number(value: f64) -> String {
    decimal(value, 2)
}

/// `value` with at most `decimals` decimals, none that say nothing, and thousands separated; a real minus below zero.
pub(crate) fn decimal(value: f64, decimals: usize) -> String {
    let text = fixed(value, decimals);
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.').to_owned() } else { text }
}

/// `value` with so many decimals, thousands separated; a real minus below zero.
pub(crate) fn fixed(value: f64, decimals: usize) -> String {
    if !value.is_finite() {
        return "unknown".to_owned();
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
    fn numbers_read_as_people_write_them() {
        let numbers = [0.0, 7.0, 13.888, 50_000.0, 1_234_567.5, -0.001, -1200.0].map(number);
        assert_eq!(numbers, ["0", "7", "13.89", "50,000", "1,234,567.5", "0", "−1,200"]);
    }
}
