//! Traits in other words than project files have: a `Yes` for a `true`, and words that may be chosen, without their quotes. Which of them are
//! meant, whoever knows the traits says.

use std::{collections::HashMap, ops::Range};

use super::{
    lexer::{Lexer, Literal, Mark},
    words::Habits,
};
use crate::{
    lang::{later, tr},
    project::{Component, ComponentKind, Edit, Problem, Project, TraitValue},
    ron_text::Pieced,
    storage::pieces::Fault,
};

const OTHER_WORDS: &str = later("traits are written in other words; they are read as what they plainly are");

/// Longer than any word that may be chosen.
const MOST_WORD: usize = 60;
/// So many traits with other words are asked about; who has more has made them up.
const MOST_ASKED: usize = 1_000;

/// A text with the values of traits as project files have them; `None` if it has no others. `check` knows the traits.
pub(in crate::storage) fn with_known_traits(
    text: &str,
    check: &dyn Fn(&Project) -> Vec<Problem>,
) -> Option<(Pieced<()>, Vec<Fault>)> {
    let mut reader = Reader {
        lexer: Lexer::new(text, 0),
        traits: Traits { check, asked: HashMap::new() },
        changes: Vec::new(),
        habits: Habits::default(),
    };
    let mut at = 0;
    while let Some(mark) = reader.lexer.peek(at) {
        at = reader.lexer.past(mark);
        let is_traits = match mark.mark {
            Mark::Word(word) => word == "traits",
            Mark::Quote => text.get(mark.end..at.saturating_sub(1)) == Some("traits"),
            _ => false,
        };
        if is_traits
            && let Some(colon) = reader.lexer.peek(at).filter(|behind| behind.mark == Mark::Colon)
            && let Some(open) = reader.lexer.peek(colon.end).filter(|behind| matches!(behind.mark, Mark::Open(_)))
        {
            at = reader.entries(open.end);
        }
    }
    let Reader { changes, habits, .. } = reader;
    (!changes.is_empty()).then(|| (Pieced::changed(text, &changes), habits.told()))
}

struct Reader<'t, 'c> {
    lexer: Lexer<'t>,
    traits: Traits<'c>,
    changes: Vec<(Range<usize>, String)>,
    habits: Habits,
}

impl Reader<'_, '_> {
    /// Reads the traits of a component as far as they are plain; where what comes next begins.
    fn entries(&mut self, start: usize) -> usize {
        let mut at = start;
        while let Some(key) = self.lexer.peek(at).filter(|key| key.mark == Mark::Quote) {
            let Literal::Closed(end) = self.lexer.literal(key.start) else { return at };
            let Some(colon) = self.lexer.peek(end).filter(|behind| behind.mark == Mark::Colon) else { return at };
            let Some(value) = self.lexer.peek(colon.end) else { return at };
            let past = self.lexer.past(value);
            let id = self.lexer.text.get(key.end..end - 1).unwrap_or_default();
            let (written, is_bare) = match value.mark {
                // Where more stands behind it, it is a part of something.
                Mark::Word(word) if self.lexer.is_end_of_value(past) => (word, true),
                Mark::Quote if past > value.end => {
                    (self.lexer.text.get(value.end..past - 1).unwrap_or_default(), false)
                }
                _ => return at,
            };
            if let Some(meant) = self.traits.meant(id, written, is_bare) {
                let message = tr!("trait \"{id}\": `{written}` is read as `{meant}`", id, written, meant);
                self.habits.add(OTHER_WORDS, Fault { offset: value.start, message, ..Fault::default() });
                self.changes.push((value.start..past, meant));
            }
            at = past;
            match self.lexer.peek(at) {
                Some(comma) if comma.mark == Mark::Comma => at = comma.end,
                _ => return at,
            }
        }
        at
    }
}

/// What is known of traits, and what was asked of them already.
struct Traits<'c> {
    check: &'c dyn Fn(&Project) -> Vec<Problem>,
    asked: HashMap<(String, String, bool), Option<String>>,
}

impl Traits<'_> {
    /// How a value is written that plainly stands for another one.
    fn meant(&mut self, id: &str, written: &str, is_bare: bool) -> Option<String> {
        let is_own = is_bare && (matches!(written, "true" | "false") || written.parse::<f64>().is_ok());
        let is_word = written.len() <= MOST_WORD && written.starts_with(char::is_alphabetic);
        if is_own || !is_word || written.ends_with('"') {
            return None;
        }
        let asked = (id.to_owned(), written.to_owned(), is_bare);
        if let Some(known) = self.asked.get(&asked) {
            return known.clone();
        }
        if self.asked.len() >= MOST_ASKED {
            return None;
        }
        let meant = self.of(id, written, is_bare);
        self.asked.insert(asked, meant.clone());
        meant
    }

    fn of(&self, id: &str, written: &str, is_bare: bool) -> Option<String> {
        let word = TraitValue::Choice(written.to_owned());
        let may_be_chosen = self.fits(id, word);
        if is_bare && may_be_chosen && !self.fits(id, TraitValue::Choice(String::new())) {
            return Some(format!("\"{written}\""));
        }
        let flag = match written.to_lowercase().as_str() {
            "yes" | "on" | "true" => true,
            "no" | "off" | "false" => false,
            _ => return None,
        };
        // In quotes, and nobody knows better, it may be a word.
        let is_flag = self.fits(id, TraitValue::Flag(flag)) && (is_bare || !may_be_chosen);
        is_flag.then(|| flag.to_string())
    }

    /// Whether nothing is wrong with a trait of this value.
    fn fits(&self, id: &str, value: TraitValue) -> bool {
        let mut component = Component::new("a", ComponentKind::WebApplication, None);
        component.traits.insert(id.into(), value);
        let mut project = Project::new("a");
        project.apply(&Edit::PutComponent("a".into(), component));
        (self.check)(&project).is_empty()
    }
}
