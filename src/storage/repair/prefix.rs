//! What stands before every line where a text was copied from a mail, from a difference of two versions or from a listing with line numbers.

use std::ops::Range;

use super::{super::pieces::Fault, lines::LostLines};
use crate::{lang::t, ron_text::Pieced};

/// Fewer lines than these say nothing.
const FEWEST: usize = 4;
/// Of so many lines all but one have the prefix: one that was broken in two, or one of whoever sent it.
const OF: usize = 10;

/// A text without what stands before each of its lines, and what that was; `None` if nothing does.
pub(super) fn without_prefixes(text: &str) -> Option<(Pieced<()>, Vec<Fault>)> {
    let lines = Lines::of(text);
    lines.quoted().or_else(|| lines.numbered()).or_else(|| lines.difference())
}

struct Lines<'t> {
    text: &'t str,
    /// Each line, without its end, and where it begins.
    all: Vec<(usize, &'t str)>,
    /// How many of them are not blank.
    count: usize,
}

impl<'t> Lines<'t> {
    fn of(text: &'t str) -> Self {
        let mut at = 0;
        let all: Vec<(usize, &str)> = text
            .split_inclusive('\n')
            .map(|line| {
                let start = at;
                at += line.len();
                (start, line.trim_end_matches(['\n', '\r']))
            })
            .collect();
        let count = all.iter().filter(|(_, line)| !line.trim().is_empty()).count();
        Self { text, all, count }
    }

    /// Whether so many are nearly all lines.
    fn are_nearly_all(&self, found: usize) -> bool {
        found >= FEWEST && found + self.count / OF >= self.count
    }

    fn without(&self, cuts: Vec<Range<usize>>, message: &str, lost: Vec<Fault>) -> (Pieced<()>, Vec<Fault>) {
        let offset = cuts.first().map_or(0, |cut| cut.start);
        let changes: Vec<(Range<usize>, String)> = cuts.into_iter().map(|cut| (cut, String::new())).collect();
        let first = Fault { offset, message: message.to_owned(), ..Fault::default() };
        let faults = std::iter::once(first).chain(lost).collect();
        (Pieced::changed(self.text, &changes), faults)
    }

    /// `> ` of mails, also of those that were answered more than once.
    fn quoted(&self) -> Option<(Pieced<()>, Vec<Fault>)> {
        let prefix = |line: &str| {
            let rest = line.trim_start_matches(['>', ' ']);
            let marks = line[..line.len() - rest.len()].rfind('>')? + 1;
            let blank = usize::from(line[marks..].starts_with(' '));
            line.trim_start().starts_with('>').then_some(marks + blank)
        };
        let cuts: Vec<Range<usize>> = self.all.iter().filter_map(|(at, line)| Some(*at..at + prefix(line)?)).collect();
        // Around what is quoted there may be an answer: lines in one piece.
        let first = cuts.first()?.start;
        let last = cuts.last()?.end;
        let inside = self.all.iter().filter(|(at, line)| (first..last).contains(at) && !line.trim().is_empty()).count();
        (cuts.len() >= FEWEST && cuts.len() + inside / OF >= inside && 2 * cuts.len() >= self.count)
            .then(|| self.without(cuts, t("every line is quoted as in a mail; the `>` are taken out"), Vec::new()))
    }

    /// Numbers that count the lines.
    fn numbered(&self) -> Option<(Pieced<()>, Vec<Fault>)> {
        let mut cuts = Vec::new();
        let (mut next, mut in_order) = (None, 0);
        for (at, line) in &self.all {
            let Some((number, length)) = number_of(line) else { continue };
            in_order += usize::from(next.is_none_or(|next| next == number));
            next = number.checked_add(1);
            cuts.push(*at..at + length);
        }
        (self.are_nearly_all(cuts.len()) && self.are_nearly_all(in_order)).then(|| {
            self.without(cuts, t("every line has its number before it; the numbers are taken out"), Vec::new())
        })
    }

    /// `+`, `-` and blanks of a difference: what was added and what stayed is kept; of one in which everything went, what went.
    fn difference(&self) -> Option<(Pieced<()>, Vec<Fault>)> {
        let is_head = |line: &str| {
            ["diff ", "index ", "--- ", "+++ ", "@@", "\\ No newline", "new file", "deleted file", "similarity "]
                .iter()
                .any(|head| line.starts_with(head))
        };
        let begins = |with: char| self.all.iter().filter(|(_, line)| !is_head(line) && line.starts_with(with)).count();
        let (added, gone, kept) = (begins('+'), begins('-'), begins(' '));
        let heads = self.all.iter().filter(|(_, line)| is_head(line)).count();
        // A project's own lines begin with blanks too, but for its brackets.
        let is_one = added + gone > 0 && self.are_nearly_all(added + gone + kept + heads);
        let brackets = self.all.iter().any(|(_, line)| line.starts_with(['(', ')', '{', '}']));
        if !is_one || brackets {
            return None;
        }
        let drops = if added + kept == 0 { '+' } else { '-' };
        let mut cuts = Vec::new();
        let mut lost = LostLines::new(t("a line that the difference takes away"), MOST_LINES);
        for (at, line) in &self.all {
            if is_head(line) {
                cuts.push(*at..at + line.len());
            } else if line.starts_with(drops) {
                cuts.push(*at..at + line.len());
                lost.add(*at, &line[1..]);
            } else if line.starts_with(['+', '-', ' ']) {
                cuts.push(*at..at + 1);
            }
        }
        let end = cuts.last().map_or(0, |cut| cut.start);
        let message = t("this is a difference of two versions; the marks before its lines are taken out");
        Some(self.without(cuts, message, lost.told(end, t("lines that the difference takes away"))))
    }
}

/// Most lines that are told one by one.
const MOST_LINES: usize = 200;

/// The number that a line begins with, and the bytes that it takes with what parts it from the line.
fn number_of(line: &str) -> Option<(u32, usize)> {
    let rest = line.trim_start_matches([' ', '\t']);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let number = rest.get(..digits).filter(|digits| !digits.is_empty())?.parse().ok()?;
    let behind = &rest[digits..];
    let bare = behind.strip_prefix(' ').unwrap_or(behind);
    let sign = [':', '|', '.', ')', '\u{2502}', '\u{2192}', '-'].into_iter().find(|sign| bare.starts_with(*sign));
    let (parted, had_sign) = match sign {
        Some(sign) => (&bare[sign.len_utf8()..], true),
        None => (behind, false),
    };
    let parted_by_blank = parted.strip_prefix([' ', '\t']);
    if !had_sign && parted_by_blank.is_none() && !parted.is_empty() {
        return None;
    }
    let left = parted_by_blank.unwrap_or(parted);
    Some((number, line.len() - left.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_before_every_line_goes_and_nothing_else_does() {
        let whole = "(\n    format: 2,\n    name: \"P\",\n    notes: \"x\",\n\n    components: {},\n)";
        let each = |with: &dyn Fn(usize, &str) -> String| {
            whole.lines().enumerate().map(|(i, line)| with(i + 1, line)).collect::<Vec<_>>().join("\n")
        };
        for text in [
            each(&|_, line| format!("> {line}")),
            each(&|_, line| format!("> > {line}")),
            each(&|_, line| format!(">> {line}")),
            each(&|_, line| format!("+{line}")),
            each(&|_, line| format!("-{line}")),
            each(&|i, line| format!("{i}: {line}")),
            each(&|i, line| format!("  {i}  {line}")),
            each(&|i, line| format!("{i:6}\t{line}")),
            each(&|i, line| format!("{i:3} | {line}")),
            format!("@@ -1 +1 @@\n{}", each(&|i, line| format!("{}{line}", if i == 2 { '+' } else { ' ' }))),
        ] {
            let (bare, notes) = without_prefixes(&text).unwrap();
            let squeeze = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!((squeeze(&bare.text), notes.len()), (squeeze(whole), 1), "{text}");
        }
        for text in [whole, "", "a\nb\nc\nd\n", "1\n5\n9\n2\n7\n", "> a\n> b\n", &whole.replace("    ", "  ")] {
            assert!(without_prefixes(text).is_none(), "{text}");
        }
    }
}
