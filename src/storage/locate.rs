//! What can be said of a project's text before it is read into types.

use std::{collections::HashMap, ops::ControlFlow};

use crate::{
    project::MAX_ELEMENTS,
    ron_text::{Note, Open, Token, Tokens, in_words, located, offsets, walk},
};

/// What can be said of a text before it is read into types.
#[derive(Default)]
pub(super) struct Outline {
    /// Where the value of the key `format` stands, and what it says.
    pub format: Option<(usize, String)>,
    /// Ids that are used twice.
    pub notes: Vec<Note>,
    /// Where a list gets longer than any project.
    pub too_many: Option<Note>,
    /// What is not closed at the end.
    pub open: Open,
}

/// Goes through the text once, before anything is allocated for its contents.
pub(super) fn outline(text: &str) -> Outline {
    let mut outline = Outline::default();
    let mut counts: HashMap<String, usize> = HashMap::new();
    outline.open = walk(text, usize::MAX, |key| {
        match key.path {
            [only] if only == "format" => outline.format = value_after(text, key.offset),
            [list, _] => {
                let count = counts.entry(list.clone()).or_default();
                *count += 1;
                if *count == MAX_ELEMENTS + 1 {
                    let message = format!("more than the {MAX_ELEMENTS} {list} that a project can hold");
                    outline.too_many = Some(Note { offset: key.offset, message });
                    return ControlFlow::Break(());
                }
            }
            _ => {}
        }
        if let (true, Some(id)) = (key.repeated, key.path.last()) {
            let place = key.path.split_last().map_or_else(String::new, |(_, outer)| in_words(outer));
            outline.notes.push(Note {
                offset: key.offset,
                message: format!("\"{id}\" is there twice{place}; give one of them another id"),
            });
        }
        ControlFlow::Continue(())
    });
    outline
}

fn value_after(text: &str, key_offset: usize) -> Option<(usize, String)> {
    let mut tokens = Tokens::from(text, key_offset).skip(1);
    match (tokens.next()?, tokens.next()?) {
        ((_, Token::Colon), (offset, Token::Word(word) | Token::Quoted { literal: word, .. })) => {
            Some((offset, word.to_owned()))
        }
        _ => None,
    }
}

/// Line and column, from 1 and in characters, of each key path in the text of a project: `["components", "shop"]`; of the longest
/// beginning of it that is there, or of the start of the text.
pub fn places(text: &str, paths: &[Vec<String>]) -> Vec<(usize, usize)> {
    let paths: Vec<&[String]> = paths.iter().map(Vec::as_slice).collect();
    let offsets = offsets(text, &paths);
    let mut order: Vec<usize> = (0..offsets.len()).collect();
    order.sort_by_key(|path| offsets[*path]);
    let notes = order.iter().map(|path| Note { offset: offsets[*path], message: String::new() }).collect();
    let mut places = vec![(1, 1); offsets.len()];
    for (path, place) in order.into_iter().zip(located(text, notes)) {
        places[path] = (place.line, place.column);
    }
    places
}
