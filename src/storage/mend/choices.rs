//! Kinds, protocols and the like in other words than project files have: as the screen calls them, or as programs would write them.

use std::{ops::Range, sync::LazyLock};

use serde::Serialize;

use super::{
    lexer::{Lexer, Literal, Mark, Placed},
    words::Habits,
};
use crate::{
    lang::{later, tr},
    project::{ComponentKind, Confidence, Grouping, LineKind, NoteColour, Protocol, Side, Weekday},
    ron_dialect::ron_options,
    ron_text::Pieced,
    storage::pieces::Fault,
};

/// Fields of which the value is one of a few words. No two sorts of entries have one of the same name with other words.
struct Choice {
    field: &'static str,
    /// Each word as it is written, and what else is read as it, folded.
    words: Vec<(String, [String; 2])>,
}

static CHOICES: LazyLock<Vec<Choice>> = LazyLock::new(|| {
    vec![
        choice("kind", ComponentKind::ALL, |kind| kind.label()),
        choice("protocol", &Protocol::ALL, |protocol| protocol.label()),
        choice("line", &LineKind::ALL, |line| line.label()),
        choice("from_side", &Side::ALL, |side| side.label()),
        choice("to_side", &Side::ALL, |side| side.label()),
        choice("workdays", &Weekday::ALL, |day| day.label()),
        choice("confidence", &Confidence::ALL, |confidence| confidence.label()),
        choice("grouping", &Grouping::ALL, |_| ""),
        choice("colour", &NoteColour::ALL, |colour| colour.label()),
        choice("locked", &[true, false], |yes| if *yes { "yes" } else { "no" }),
        choice("deferred", &[true, false], |yes| if *yes { "yes" } else { "no" }),
        choice("symbol_behind", &[true, false], |yes| if *yes { "yes" } else { "no" }),
    ]
});

fn choice<T: Serialize>(field: &'static str, all: &[T], label: fn(&T) -> &'static str) -> Choice {
    let words = all.iter().map(|one| {
        let word = ron_options().to_string(one).unwrap_or_default();
        let alike = [folded(&word), folded(label(one))];
        (word, alike)
    });
    Choice { field, words: words.collect() }
}

/// The letters and digits of a word, all of them small.
pub(super) fn folded(word: &str) -> String {
    word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl Choice {
    /// The word that another one plainly is; `None` if it is one already, or none.
    fn meant(&self, written: &str) -> Option<&str> {
        if written.len() > MOST_WORD || self.words.iter().any(|(word, _)| word == written) {
            return None;
        }
        let folded = Some(folded(written)).filter(|folded| !folded.is_empty())?;
        self.words.iter().find(|(_, alike)| alike.contains(&folded)).map(|(word, _)| word.as_str())
    }
}

/// Longer than any word with what may stand between its letters.
const MOST_WORD: usize = 60;

const OTHER_WORDS: &str =
    later("kinds, protocols and the like are written in other words; they are read as what they plainly are");

/// A text with the words of project files for what is plainly one of them; `None` if there is nothing else.
pub(in crate::storage) fn with_known_words(text: &str) -> Option<(Pieced<()>, Vec<Fault>)> {
    let mut reader = Reader { lexer: Lexer::new(text, 0), changes: Vec::new(), habits: Habits::default() };
    let mut at = 0;
    while let Some(mark) = reader.lexer.peek(at) {
        at = reader.lexer.past(mark);
        if let Some(choice) = reader.choice(mark, at)
            && let Some(colon) = reader.lexer.peek(at).filter(|behind| behind.mark == Mark::Colon)
        {
            at = reader.values(choice, colon.end);
        }
    }
    let Reader { changes, habits, .. } = reader;
    (!changes.is_empty()).then(|| (Pieced::changed(text, &changes), habits.told()))
}

struct Reader<'t> {
    lexer: Lexer<'t>,
    changes: Vec<(Range<usize>, String)>,
    habits: Habits,
}

impl Reader<'_> {
    /// The choice that a field offers; its name may be in quotes.
    fn choice(&self, mark: Placed, past: usize) -> Option<&'static Choice> {
        let name = match mark.mark {
            Mark::Word(word) => word,
            Mark::Quote => self.lexer.text.get(mark.end..past.checked_sub(1)?)?,
            _ => return None,
        };
        CHOICES.iter().find(|choice| choice.field == name)
    }

    /// Reads the value behind a colon, or all of a list; where what comes next begins.
    fn values(&mut self, choice: &'static Choice, at: usize) -> usize {
        let Some(open) = self.lexer.peek(at).filter(|open| open.mark == Mark::Open(b'[')) else {
            return self.value(choice, at).unwrap_or(at);
        };
        let mut at = open.end;
        while let Some(end) = self.value(choice, at) {
            at = end;
            match self.lexer.peek(at) {
                Some(comma) if comma.mark == Mark::Comma => at = comma.end,
                _ => break,
            }
        }
        at
    }

    /// Reads a value; past it, if there is one.
    fn value(&mut self, choice: &'static Choice, at: usize) -> Option<usize> {
        let first = self.lexer.peek(at)?;
        match first.mark {
            Mark::Quote => {
                let Literal::Closed(end) = self.lexer.literal(first.start) else { return None };
                let written = self.lexer.text.get(first.end..end - 1)?;
                if let Some(word) = choice.meant(written) {
                    self.change(first.start..end, written, word, choice);
                }
                Some(end)
            }
            Mark::Word(word) => {
                // Several words may stand there without quotes.
                let rest = self.lexer.rest(first.start);
                let is_end = |(at, c): &(usize, char)| {
                    ",()[]{}\":\n\r".contains(*c) || rest[*at..].starts_with("//") || rest[*at..].starts_with("/*")
                };
                let end = rest.char_indices().take(MOST_WORD).find(is_end).map_or(word.len(), |(at, _)| at);
                self.lexer.spend(end);
                for written in [rest[..end].trim_end(), word] {
                    if let Some(meant) = choice.meant(written) {
                        let end = first.start + written.len();
                        self.change(first.start..end, written, meant, choice);
                        return Some(end);
                    }
                }
                Some(first.end)
            }
            _ => None,
        }
    }

    fn change(&mut self, range: Range<usize>, written: &str, word: &str, choice: &Choice) {
        let message = tr!("{field} `{written}` is read as `{word}`", field = choice.field, written, word);
        self.habits.add(OTHER_WORDS, Fault { offset: range.start, message, ..Fault::default() });
        self.changes.push((range, word.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_known_by_its_name_and_its_label_and_by_no_other() {
        for choice in CHOICES.iter() {
            let mut seen = std::collections::HashMap::new();
            for (word, alike) in &choice.words {
                assert!(!word.is_empty() && choice.meant(word).is_none(), "{}: {word}", choice.field);
                assert_eq!(choice.meant(&word.to_uppercase().replace('_', " ")), Some(word.as_str()), "{word}");
                for alike in alike.iter().filter(|alike| !alike.is_empty()) {
                    assert_eq!(*seen.entry(alike.clone()).or_insert(word), word, "{alike}");
                }
            }
        }
        assert!(
            CHOICES[0].meant("").is_none() && CHOICES[0].meant("--").is_none() && CHOICES[0].meant("web").is_none()
        );
    }
}
