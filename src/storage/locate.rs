//! What can be said of a project's text before it is read into types.

use std::{cell::Cell, collections::HashMap, ops::ControlFlow};

use crate::{
    lang::{t, tr},
    project::{MAX_CONNECTIONS, MAX_ELEMENTS, MAX_NAME_BYTES, MAX_REASON_BYTES, MAX_TEXT_BYTES, MAX_TRAITS},
    ron_text::{Note, Open, Token, Tokens, in_words, located, offsets, walk_tokens},
    text::count,
};

/// What can be said of a text before it is read into types.
#[derive(Default)]
pub(super) struct Outline {
    /// Where the value of the key `format` stands, and what it says.
    pub format: Option<(usize, String)>,
    /// Keys that are there twice.
    pub twice: Vec<Note>,
    /// Where something gets larger than in any project.
    pub too_much: Option<Note>,
    /// What is not closed at the end.
    pub open: Open,
    /// How many entries the lists have together.
    pub entries: usize,
}

/// Most keys that are told for being there twice.
const MOST_TOLD: usize = 1_000;

/// Longest string as it is written, in bytes: each byte of a text may be an escape of six.
const MAX_LITERAL_BYTES: usize = 6 * MAX_TEXT_BYTES + 16;

/// Goes through the text once, before anything is allocated for its contents.
pub(super) fn outline(text: &str) -> Outline {
    let mut outline = Outline::default();
    let mut too_much = None;
    let mut too_long = None;
    let mut counts = Counts::default();
    // What is kept of the text that comes next, which its key says.
    let most = Cell::new(MAX_TEXT_BYTES);
    outline.open = walk_tokens(
        text,
        usize::MAX,
        |key| {
            most.set(most_bytes(key.path));
            let name = key.path.last().map_or(0, String::len);
            if name > MAX_NAME_BYTES {
                let message = tr!("this key has {0} bytes; none has more than {1}", count(name), count(MAX_NAME_BYTES));
                too_much = Some(Note { offset: key.offset, message });
                return ControlFlow::Break(());
            }
            match key.path {
                [only] if only == "format" => {
                    if outline.format.is_none() {
                        outline.format = value_after(text, key.offset);
                    }
                }
                path => {
                    if let Some(message) = counts.too_many(path) {
                        too_much = Some(Note { offset: key.offset, message });
                        return ControlFlow::Break(());
                    }
                }
            }
            if let (true, Some(id)) = (key.repeated && outline.twice.len() < MOST_TOLD, key.path.last()) {
                let place = key.path.split_last().map_or_else(String::new, |(_, outer)| in_words(outer));
                let is_id = key.path.len() == 2;
                let remedy = if is_id { t("give one of them another id") } else { t("keep one") };
                let message = tr!("\"{id}\" is there twice{place}; {remedy}", id, place, remedy);
                outline.twice.push(Note { offset: key.offset, message });
            }
            ControlFlow::Continue(())
        },
        |offset, token| match token {
            Token::Quoted { literal, closed: true } if literal.len() > MAX_LITERAL_BYTES => {
                let message =
                    tr!("this text has {0} bytes; at most {1} are kept", count(literal.len()), count(most.get()));
                too_long = Some(Note { offset, message });
                ControlFlow::Break(())
            }
            _ => ControlFlow::Continue(()),
        },
    );
    outline.too_much = too_much.or(too_long);
    outline.entries = counts.lists.values().sum();
    outline
}

/// How much is kept of a text behind a key, in bytes.
fn most_bytes(path: &[String]) -> usize {
    match path {
        [list, _] if list == "suppressed" => MAX_REASON_BYTES,
        [.., key] if key == "name" || key == "label" => MAX_NAME_BYTES,
        _ => MAX_TEXT_BYTES,
    }
}

/// More keys at the top than any project has.
const MOST_FIELDS: usize = 100;

/// How many there are so far of what is counted before it is read.
#[derive(Default)]
struct Counts {
    /// Of the keys at the top.
    fields: usize,
    /// Of each list at the top.
    lists: HashMap<String, usize>,
    /// Of the map inside an entry that is being gone through: its path, and its keys so far.
    inner: (Vec<String>, usize),
}

impl Counts {
    /// Says so if the key at the end of a path is one too many.
    fn too_many(&mut self, path: &[String]) -> Option<String> {
        let (_, outer) = path.split_last()?;
        let (so_far, most) = match outer {
            [] => (&mut self.fields, MOST_FIELDS),
            [list] => {
                if !self.lists.contains_key(list) {
                    self.lists.insert(list.clone(), 0);
                }
                let most = if list == "connections" { MAX_CONNECTIONS } else { MAX_ELEMENTS };
                (self.lists.get_mut(list)?, most)
            }
            [.., map] if ["traits", "pins", "roles"].contains(&map.as_str()) => {
                if self.inner.0 != outer {
                    self.inner = (outer.to_vec(), 0);
                }
                (&mut self.inner.1, if map == "pins" { MAX_ELEMENTS } else { MAX_TRAITS })
            }
            _ => return None,
        };
        *so_far += 1;
        let list = outer.last().map_or("keys", String::as_str);
        (*so_far > most).then(|| match outer.split_last() {
            Some((_, above)) if !above.is_empty() => {
                tr!("more than the {0} {list} that are kept{1}", count(most), in_words(above), list)
            }
            _ => tr!("more than the {} {list} that a project can hold", count(most), list),
        })
    }
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
