//! Ids that cannot be ids: with capitals, spaces or underscores. Each is written as one, wherever it stands for its thing. And ids with a slip, which
//! lead nowhere: each is brought together with the one it plainly means.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use super::super::pieces::{Fault, IN_AN_ENTRY, list_named};
use crate::{
    lang::tr,
    project::{ElementId, FindingKey, is_sound_id, unique_slug},
    ron_text::{Pieced, Token, Tokens, in_words},
    text::nearest,
};

/// A text with sound ids in the place of those that are not, and which they are; if all are, with those that are plainly meant in the place of those
/// that lead nowhere. `None` if none do.
pub(super) fn with_sound_ids(text: &str) -> Option<(Pieced<()>, Vec<Fault>)> {
    let places = Places::of(text);
    sound(text, &places).or_else(|| near(text, &places))
}

/// A text in which each id that leads nowhere is the one it plainly means, and which they are; `None` if there is none of them.
pub(super) fn with_near_ids(text: &str) -> Option<(Pieced<()>, Vec<Fault>)> {
    near(text, &Places::of(text))
}

fn sound(text: &str, places: &Places<'_>) -> Option<(Pieced<()>, Vec<Fault>)> {
    // What only leads to an id does not take it: it may well mean the one that is written wrong.
    let own = || places.named.iter().filter(|place| place.is_own);
    let mut taken: HashSet<(&str, String)> = own().map(|place| (place.list, place.written.to_owned())).collect();
    let mut meant: HashMap<(&str, &str), String> = HashMap::new();
    let mut faults = Vec::new();
    for Place { range, list, written, .. } in own() {
        if is_sound_id(written) || written.contains('\\') || meant.contains_key(&(*list, *written)) {
            continue;
        }
        // What leads to it may well be written as it should be.
        let orphan = if meant.len() < MOST_SOUGHT { places.orphan_near(list, written) } else { None };
        let sound = orphan.filter(|orphan| !taken.contains(&(*list, orphan.clone()))).unwrap_or_else(|| {
            unique_slug(&without_marks(written), "renamed", |other| taken.contains(&(*list, other.to_owned())))
        });
        let message = tr!(
            "\"{written}\" cannot be an id; it is kept as \"{sound}\"{place}",
            written,
            sound,
            place = in_words(&[*list])
        );
        faults.push(Fault { offset: range.start, message, about: vec![(*written).to_owned()], ..Fault::default() });
        taken.insert((*list, sound.clone()));
        meant.insert((*list, *written), sound);
    }
    if meant.is_empty() {
        return None;
    }
    let quoted = |place: &Place, sound: &str| (place.range.clone(), format!("\"{sound}\""));
    let ids = places.named.iter().filter_map(|place| Some(quoted(place, meant.get(&(place.list, place.written))?)));
    let other = |element: &ElementId| {
        let sound = |list: &'static str| meant.get(&(list, element.as_str())).map(String::as_str);
        Some(match element {
            ElementId::Component(_) => ElementId::Component(sound("components")?.into()),
            ElementId::Connection(_) => ElementId::Connection(sound("connections")?.into()),
            ElementId::Boundary(_) => ElementId::Boundary(sound("boundaries")?.into()),
            ElementId::Note(_) => ElementId::Note(sound("sticky_notes")?.into()),
        })
    };
    let keys = places.findings.iter().filter_map(|place| {
        let (key, others) = (place.written, FindingKey::new(place.written).with_other_ids(other));
        (others.as_str() != key && !key.contains('\\')).then(|| quoted(place, others.as_str()))
    });
    let mut changes: Vec<(Range<usize>, String)> = ids.chain(keys).collect();
    changes.sort_by_key(|(range, _)| range.start);
    Some((Pieced::changed(text, &changes), faults))
}

fn near(text: &str, places: &Places<'_>) -> Option<(Pieced<()>, Vec<Fault>)> {
    let own: HashSet<(&str, &str)> = places.own().collect();
    let mut meant: HashMap<(&str, &str), Option<&str>> = HashMap::new();
    let (mut changes, mut faults) = (Vec::new(), Vec::new());
    for Place { range, list, written, is_own, path } in &places.named {
        if *is_own || own.contains(&(*list, *written)) || written.contains('\\') {
            continue;
        }
        if meant.len() == MOST_SOUGHT && !meant.contains_key(&(*list, *written)) {
            break;
        }
        let near = meant.entry((*list, *written)).or_insert_with(|| {
            let known = own.iter().filter(|(other, _)| other == list).map(|(_, id)| *id);
            plainly_meant(written, known)
        });
        let Some(near) = near else { continue };
        let message =
            tr!("\"{written}\" leads nowhere; it is read as \"{near}\"{place}", written, near, place = in_words(path));
        let about = path.iter().take(IN_AN_ENTRY).map(|key| (*key).to_owned()).collect();
        faults.push(Fault { offset: range.start, message, about, ..Fault::default() });
        changes.push((range.clone(), format!("\"{near}\"")));
    }
    (!changes.is_empty()).then(|| (Pieced::changed(text, &changes), faults))
}

/// An id without marks that slipped in, and tell no words of it apart.
fn without_marks(written: &str) -> String {
    ["/*", "*/", "'", "`", "\"", "#"].iter().fold(written.to_owned(), |id, mark| id.replace(mark, ""))
}

/// So many ids that lead nowhere are sought among the others: each is compared with all of them.
const MOST_SOUGHT: usize = 50;
/// By how much another id has to be less like what is written.
const CLEARLY: f64 = 0.04;

/// The one id of which another one differs by a slip: a letter too many, missing or another one, two that changed places, or a mark. No other may be
/// nearly as near, and no digit may differ: those tell one thing from the next.
fn plainly_meant<'a>(written: &str, mut known: impl Iterator<Item = &'a str> + Clone) -> Option<&'a str> {
    let bare: String = written.chars().filter(|c| c.is_alphanumeric() || *c == '-').collect();
    let near = nearest(&bare, known.clone())?;
    let digits = |id: &str| -> String { id.chars().filter(char::is_ascii_digit).collect() };
    let distance = |id: &str| strsim::osa_distance(&bare, id);
    let likeness = |id: &str| strsim::jaro_winkler(&bare, id);
    let is_clear = |other: &str| {
        other == near
            || other.len().abs_diff(near.len()) > 2 + written.len() / 4
            || distance(other) > 1 && likeness(other) + CLEARLY <= likeness(near)
    };
    (distance(near) <= 1 && digits(written) == digits(near) && known.all(is_clear)).then_some(near)
}

/// Where an id stands, or the key of a finding.
struct Place<'t> {
    range: Range<usize>,
    /// The list of what it names.
    list: &'static str,
    written: &'t str,
    /// Whether what it names stands behind it; else it leads there.
    is_own: bool,
    /// The keys around it.
    path: Vec<&'t str>,
}

/// All ids of a text and all keys of findings, in its order.
#[derive(Default)]
struct Places<'t> {
    named: Vec<Place<'t>>,
    findings: Vec<Place<'t>>,
}

/// Longer ids are not compared with others.
const MOST_OF_ID: usize = 200;

/// So many brackets are around the id that stands deepest: a role of a scenario's.
const DEEPEST: usize = 5;

impl<'t> Places<'t> {
    fn of(text: &'t str) -> Self {
        let mut places = Self::default();
        // The keys of the brackets that are open; of one without keys there is none.
        let mut keys: Vec<Option<&str>> = Vec::new();
        let mut tokens = Tokens::from(text, 0).peekable();
        while let Some((offset, token)) = tokens.next() {
            match token {
                Token::Open(_) => keys.push(None),
                Token::Close(_) => drop(keys.pop()),
                Token::Comma => keys.iter_mut().next_back().into_iter().for_each(|key| *key = None),
                Token::Colon => {}
                Token::Quoted { literal: word, .. } | Token::Word(word) => {
                    let bare = word.strip_prefix('"').and_then(|word| word.strip_suffix('"'));
                    let is_key = tokens.peek().is_some_and(|(_, next)| *next == Token::Colon);
                    if is_key && let Some(key) = keys.last_mut() {
                        *key = Some(bare.unwrap_or(word));
                    }
                    if let Some(written) = bare.filter(|_| keys.len() <= DEEPEST) {
                        let path: Vec<&str> = keys.iter().filter_map(|key| *key).collect();
                        places.add(offset..offset + word.len(), written, path, is_key);
                    }
                }
            }
        }
        places
    }

    fn add(&mut self, range: Range<usize>, written: &'t str, path: Vec<&'t str>, is_key: bool) {
        if let (["suppressed", _], true) = (path.as_slice(), is_key) {
            self.findings.push(Place { range, list: "suppressed", written, is_own: false, path });
        } else if let Some((list, is_own)) = if is_key { named_by_key(&path) } else { named_by_value(&path) } {
            self.named.push(Place { range, list, written, is_own, path });
        }
    }

    /// The ids of things, with their lists.
    fn own(&self) -> impl Iterator<Item = (&'static str, &'t str)> {
        self.named.iter().filter(|place| place.is_own).map(|place| (place.list, place.written))
    }

    /// The id by which a thing is called elsewhere that has a slip in its own: the only one that is near and leads nowhere.
    fn orphan_near(&self, list: &str, written: &str) -> Option<String> {
        if written.len() > MOST_OF_ID {
            return None;
        }
        let own: HashSet<&str> = self.own().filter(|(other, _)| *other == list).map(|(_, id)| id).collect();
        // What leads to it as it is written means it.
        let leads_here = |place: &&Place| !place.is_own && place.list == list;
        if self.named.iter().filter(leads_here).any(|place| place.written == written) {
            return None;
        }
        let orphans: HashSet<&str> = self.named.iter().filter(leads_here).map(|place| place.written).collect();
        let orphans = orphans.iter().copied().filter(|id| !own.contains(id) && is_sound_id(id));
        plainly_meant(written, orphans).map(str::to_owned)
    }
}

/// What the key at the end of a path names, and whether it is its own.
fn named_by_key(path: &[&str]) -> Option<(&'static str, bool)> {
    match path {
        [list, _] => list_named(list).map(|list| (list, true)),
        ["scenarios", _, "pins", _] => Some(("components", false)),
        [.., "roles", _] => Some(("roles", true)),
        [.., "servers", _] => Some(("servers", true)),
        _ => None,
    }
}

/// What the value at the end of a path names. What stands behind other keys is what people call it.
fn named_by_value(path: &[&str]) -> Option<(&'static str, bool)> {
    let list = match path {
        ["connections", _, "from" | "to"]
        | ["scenarios", _, "deferred"]
        | ["baselines", _, "parts", "component"]
        | ["boundaries", _, "folded", "components"] => "components",
        ["boundaries", _, "folded", "boundaries"] => "boundaries",
        ["boundaries", _, "folded", "sticky_notes"] => "sticky_notes",
        _ => return None,
    };
    Some((list, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_that_is_none_becomes_one_wherever_it_stands_for_its_thing() {
        let text = r#"(components: {"Core App": (name: "Core App", kind: worker), "core-app": (name: "X", kind: worker)},
            connections: {"a_b": (from: "Core App", to: "core-app", label: "Core App")},
            scenarios: {"s": (name: "S", pins: {"Core App": "x"}, deferred: ["Core App"])})"#;
        let (sound, notes) = with_sound_ids(text).unwrap();
        let expected = text
            .replace("\"Core App\": (", "\"core-app-2\": (")
            .replace("\"a_b\"", "\"a-b\"")
            .replace("from: \"Core App\"", "from: \"core-app-2\"")
            .replace("{\"Core App\": \"x\"}", "{\"core-app-2\": \"x\"}")
            .replace("[\"Core App\"]", "[\"core-app-2\"]");
        assert_eq!(sound.text, expected);
        assert_eq!(notes.len(), 2);
        assert!(notes[0].message.contains("it is kept as \"core-app-2\""));
        assert!(with_sound_ids(&sound.text).is_none());
    }
}
