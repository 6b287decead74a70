//! Names of fields and sections in capitals, or as programs write them: `Name`, `KIND`, `callsPerRequest`.

use std::{collections::HashMap, ops::Range, sync::LazyLock};

use super::{
    choices::folded,
    lexer::{Lexer, Mark},
    shape::{PROJECT, Shape},
    words::Habits,
};
use crate::{
    lang::{later, tr},
    ron_text::Pieced,
    storage::pieces::Fault,
};

/// A field by its letters, and which brackets its value may have.
struct Known {
    name: &'static str,
    brackets: Vec<Option<u8>>,
}

static KNOWN: LazyLock<HashMap<String, Known>> = LazyLock::new(|| {
    let mut known = HashMap::new();
    collect(&PROJECT, &mut known);
    known
});

fn collect(shape: &'static Shape, known: &mut HashMap<String, Known>) {
    match shape {
        Shape::Fields(fields) => {
            for (name, inner) in *fields {
                let one = known.entry(folded(name)).or_insert_with(|| Known { name, brackets: Vec::new() });
                one.brackets.push(inner.bracket());
                collect(inner, known);
            }
        }
        Shape::Map(inner) | Shape::List(inner) | Shape::Maybe(inner) => collect(inner, known),
        Shape::Point | Shape::Text | Shape::Plain | Shape::Trait | Shape::Call | Shape::Unknown => {}
    }
}

/// Longer than any name of a field with what may stand between its letters.
const MOST_NAME: usize = 60;

/// Whether a name is that of some field, be it in capitals.
pub(super) fn is_known(name: &str) -> bool {
    name.len() <= MOST_NAME && KNOWN.contains_key(&folded(name))
}

/// The field that a name plainly is which is written otherwise.
fn meant(written: &str) -> Option<&'static Known> {
    // One that is written small is a slip of another sort.
    if written.len() > MOST_NAME || !written.contains(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    KNOWN.get(&folded(written))
}

const CAPITALS: &str = later("names of fields are written in capitals; they are read as the fields that they are");

/// A text with the names of fields as project files have them; `None` if there is nothing else.
pub(in crate::storage) fn with_known_fields(text: &str) -> Option<(Pieced<()>, Vec<Fault>)> {
    let mut lexer = Lexer::new(text, 0);
    let mut habits = Habits::default();
    let mut changes: Vec<(Range<usize>, String)> = Vec::new();
    let mut at = 0;
    while let Some(mark) = lexer.peek(at) {
        at = lexer.past_text(mark);
        let written = match mark.mark {
            Mark::Word(word) => mark.start..mark.start + word.len(),
            Mark::Quote if at > mark.end => mark.end..at - 1,
            _ => continue,
        };
        let name = text.get(written.clone()).unwrap_or_default();
        let Some(known) = meant(name) else { continue };
        let Some(colon) = lexer.peek(at).filter(|behind| matches!(behind.mark, Mark::Colon)) else { continue };
        let bracket = lexer.peek(colon.end).and_then(|value| match value.mark {
            Mark::Open(bracket) => Some(bracket),
            _ => None,
        });
        if bracket.is_some() && !known.brackets.contains(&bracket) {
            continue; // the id of an entry
        }
        let message = tr!("field `{name}` is read as `{meant}`", name, meant = known.name);
        habits.add(CAPITALS, Fault { offset: mark.start, message, ..Fault::default() });
        changes.push((written, known.name.to_owned()));
    }
    (!changes.is_empty()).then(|| (Pieced::changed(text, &changes), habits.told()))
}
