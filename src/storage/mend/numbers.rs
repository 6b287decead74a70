//! Numbers as other languages and other programs write them: in groups of digits, with a comma before the fraction, in per cent. Each is read whole
//! or not at all.

use super::{
    Mender,
    lexer::{Mark, Placed},
    shape::Shape,
    slip::Slip,
    words,
};

/// Fields that say how much of something: in per cent they mean a hundredth of the number.
const SHARES: [&str; 4] = ["contingency", "share", "communication_share", "utilisation"];

/// No number is longer than this, in bytes.
const LONGEST: usize = 80;

/// A number that is not written as project files do.
struct Written<'t> {
    text: &'t str,
    /// What it stands for; nothing if that cannot be said.
    read: Option<String>,
    is_grouped: bool,
}

impl<'t> Mender<'t> {
    /// Changes the number that begins with a word into what it stands for, if it is written otherwise: `1,500` is one, and so is `2,5`.
    pub(super) fn grouped(&mut self, first: Placed<'t>, word: &'t str, key: &str) {
        let Some(Written { text, read: Some(read), is_grouped }) = self.written(first, word, key) else { return };
        let end = first.start + text.len();
        self.edit(first.start..end, &read);
        let what = if is_grouped { words::GROUPED } else { words::OTHER_NUMBERS };
        self.tell_habit(first.start, what, Slip::Number { key: key.to_owned(), written: text.to_owned(), read });
        self.took_string(end);
    }

    /// The number that comes next, if nobody can say what it stands for, and where it ends, with the comma behind it.
    pub(super) fn lost_number(&mut self, shape: &'static Shape, key: &str) -> Option<(&'t str, usize)> {
        let first = self.lexer.next().filter(|_| matches!(shape, Shape::Plain | Shape::Trait))?;
        let Mark::Word(word) = first.mark else { return None };
        let Written { text, read: None, .. } = self.written(first, word, key)? else { return None };
        let end = first.start + text.len();
        let comma = self.lexer.peek(end).filter(|behind| behind.mark == Mark::Comma);
        Some((text, comma.map_or(end, |comma| comma.end)))
    }

    /// The number that begins with a word; `None` if that is no number, or one as project files have it.
    fn written(&mut self, first: Placed<'t>, word: &'t str, key: &str) -> Option<Written<'t>> {
        if !matches!(self.top(), Shape::Fields(_) | Shape::Map(_)) || !begins_number(word) {
            return None;
        }
        let rest = self.lexer.rest(first.start);
        let text = &rest[..length(rest, word.len())];
        self.lexer.spend(text.len());
        // What goes on like this is the key of something.
        if text.len() > LONGEST || rest[text.len()..].starts_with(['"', ':', '-']) {
            return None;
        }
        if text == word && !is_written_otherwise(word) {
            return None;
        }
        let Some(hundredths) = text.strip_suffix('%') else {
            let is_grouped = !text.contains(['.', ',']) || as_number(text).is_some_and(|read| !read.contains('.'));
            return Some(Written { text, read: as_number(text), is_grouped });
        };
        let share = as_number(hundredths.trim_end()).filter(|_| SHARES.contains(&key));
        let read = share.and_then(|number| number.parse::<f64>().ok()).map(|number| (number / 100.0).to_string());
        Some(Written { text, read, is_grouped: false })
    }
}

fn begins_number(word: &str) -> bool {
    word.trim_start_matches(['-', '+']).starts_with(|c: char| c.is_ascii_digit())
}

/// Whether a word is a number of digits, points and `%` that project files have not.
pub(super) fn is_written_otherwise(word: &str) -> bool {
    let digits = word.trim_start_matches(['-', '+']);
    begins_number(word)
        && digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'%'))
        && word.parse::<f64>().is_err()
}

/// The length of the number that a text begins with, of which the first word is known: with all groups of digits and a `%` behind it.
fn length(text: &str, word: usize) -> usize {
    let mut end = word;
    while end <= LONGEST
        && let Some(behind) = text.get(end..).and_then(|rest| rest.strip_prefix([',', ' ', '\'']))
        && behind.starts_with(|c: char| c.is_ascii_digit())
    {
        let is_of_word = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '%');
        end += 1 + behind.find(|c| !is_of_word(c)).unwrap_or(behind.len());
    }
    let rest = text.get(end..).unwrap_or_default();
    let behind = rest.trim_start_matches([' ', '\t']);
    if behind.starts_with('%') { text.len() - behind.len() + 1 } else { end }
}

/// What a number stands for that may be in groups of digits, with a point or a comma before its fraction; `None` if it is not in any such form.
fn as_number(text: &str) -> Option<String> {
    let unsigned = text.trim_start_matches(['-', '+']);
    let sign = if text.starts_with('-') { "-" } else { "" };
    let groups: Vec<&str> = unsigned.split(|c: char| !c.is_ascii_digit()).collect();
    let marks: Vec<char> = unsigned.chars().filter(|c| !c.is_ascii_digit()).collect();
    if groups.contains(&"") || marks.iter().any(|mark| !matches!(mark, ',' | '.' | ' ' | '\'')) {
        return None;
    }
    let has_fraction = match (marks.as_slice(), groups.as_slice()) {
        ([] | ['.'], _) => !marks.is_empty(),
        // `1,500` is in groups; `2,5`, `0,125` and `1234,567` are not.
        ([','], [first, second]) => second.len() != 3 || first.len() > 3 || first.starts_with('0'),
        ([.., before, last], _) => before != last && matches!(last, ',' | '.'),
        _ => false,
    };
    let whole = groups.len() - usize::from(has_fraction);
    let between = &marks[..whole - 1];
    let is_in_groups = groups[0].len() <= 3 && groups[1..whole].iter().all(|group| group.len() == 3);
    if whole > 1 && !is_in_groups || between.iter().any(|mark| *mark != between[0]) {
        return None;
    }
    // A mark between groups is none before the fraction.
    if has_fraction && between.first() == marks.last() && !between.is_empty() {
        return None;
    }
    let fraction = groups[whole..].concat();
    let fraction = fraction.trim_end_matches('0');
    let number = format!("{sign}{}", groups[..whole].concat());
    Some(if fraction.is_empty() { number } else { format!("{number}.{fraction}") })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_whole_or_not_at_all() {
        for (text, read) in [
            ("6.000,00", Some("6000")),
            ("6,000.50", Some("6000.5")),
            ("6 000,5", Some("6000.5")),
            ("-1.234.567", Some("-1234567")),
            ("1,500", Some("1500")),
            ("1 500", Some("1500")),
            ("2,5", Some("2.5")),
            ("0,125", Some("0.125")),
            ("1234,567", Some("1234.567")),
            ("75", Some("75")),
            ("12,345,67", None),
            ("1,23,456.7", None),
            ("1 500,000,000", None),
            ("1234 567", None),
            ("1.5.2", None),
            ("1,5k", None),
        ] {
            assert_eq!(as_number(text).as_deref(), read, "{text}");
        }
    }
}
