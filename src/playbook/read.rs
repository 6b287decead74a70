//! From the text of a playbook's files to its entries, each by itself, so that one slip does not hide the next.

use std::{fmt, hash::Hash, ops::ControlFlow};

use indexmap::IndexMap;
use serde::de::DeserializeOwned;

use super::{
    House,
    layer::{Layer, Place, Raw, Text, entries, place_in, structure},
    load::{HOUSE_FILE, PlaybookFile, PlaybookProblem},
};
use crate::{
    lang::{t, tr},
    ron_dialect::ron_options,
    ron_text::{Note, Token, Tokens, ended_early, explain, located, walk},
    text::nearest,
};

/// Most entries of one file.
const MAX_ENTRIES: usize = 5_000;

/// What holds the ids of a file's entries.
fn id_key(file: &str) -> &'static str {
    if file == "packages.ron" { "name" } else { "id" }
}

/// An entry as it was read, for whoever has to say where something in it stands.
struct Entry {
    file: &'static str,
    id: String,
    /// Where its id is written last.
    place: Place,
    text: Text,
}

/// Reads files, keeps what was wrong with them, and knows where everything stands.
pub(super) struct Reader<'a> {
    own: &'a [PlaybookFile],
    below: &'a [PlaybookFile],
    read: Vec<Entry>,
    /// Ids of entries that could not be read: what refers to them is not wrong.
    broken: Vec<String>,
    /// Ids of built-in entries that the layer takes away.
    removed: Vec<String>,
    pub(super) problems: Vec<PlaybookProblem>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(own: &'a [PlaybookFile], below: &'a [PlaybookFile]) -> Self {
        Self { own, below, read: Vec::new(), broken: Vec::new(), removed: Vec::new(), problems: Vec::new() }
    }

    fn file(&self, name: &str, layer: Layer) -> Option<&'a PlaybookFile> {
        let files = if layer == Layer::Own { self.own } else { self.below };
        files.iter().find(|file| file.name == name)
    }

    /// Whether there is such a file, handed in or built in.
    pub(super) fn has(&self, name: &str) -> bool {
        [Layer::Own, Layer::Below].into_iter().any(|layer| self.file(name, layer).is_some())
    }

    /// What makes the files a layer, if they are one.
    pub(super) fn house(&mut self) -> Option<House> {
        self.file(HOUSE_FILE, Layer::Own)?;
        self.structure(HOUSE_FILE)
    }

    /// A file that is one entry.
    pub(super) fn structure<T: DeserializeOwned>(&mut self, file: &'static str) -> Option<T> {
        let raw = |reader: &mut Self, layer| {
            let text = &reader.file(file, layer)?.text;
            let raw = structure(text, layer);
            if raw.is_none() {
                reader.unreadable::<T>(file, text, layer);
            }
            raw
        };
        let (below, own) = (raw(self, Layer::Below), raw(self, Layer::Own));
        let text = match (below, own) {
            (Some(below), Some(own)) => below.overlaid(&own),
            (Some(one), None) | (None, Some(one)) => one.text(),
            (None, None) => {
                self.missing(file);
                return None;
            }
        };
        let place = place_in(&text, 0)?;
        let value = self.parse(file, "", &text, "");
        self.read.push(Entry { file, id: String::new(), place, text });
        value
    }

    /// A file that is a list of entries, by their ids. Entries that cannot be read are left out.
    pub(super) fn list<T: DeserializeOwned, K: Hash + Eq + fmt::Display>(
        &mut self,
        file: &'static str,
        id: impl Fn(&T) -> K,
    ) -> Option<IndexMap<K, T>> {
        let below = self.raw_list::<T>(file, Layer::Below)?;
        let own = self.raw_list::<T>(file, Layer::Own)?;
        let (below, own) = match (below, own) {
            (Some(below), Some(own)) => (below, own),
            (Some(one), None) | (None, Some(one)) => {
                let mut map = IndexMap::new();
                for raw in &one {
                    self.take(file, raw, raw.text(), "", &id, &mut map);
                }
                return Some(map);
            }
            (None, None) => {
                self.missing(file);
                return None;
            }
        };
        self.removals(file, &below, &own);
        let over = |raw: &Raw<'_>| own.iter().find(|over| !over.id.is_empty() && over.id == raw.id);
        let mut map = IndexMap::new();
        for raw in &below {
            match over(raw) {
                None => self.take(file, raw, raw.text(), "", &id, &mut map),
                Some(over) if over.field("remove").is_some() => self.removed.push(raw.id.clone()),
                Some(over) => self.take(file, over, raw.overlaid(over), "", &id, &mut map),
            }
        }
        let known = |raw: &&Raw<'_>| !below.iter().any(|other| other.id == raw.id);
        for raw in own.iter().filter(known).filter(|raw| raw.field("remove").is_none()) {
            let near = nearest(&raw.id, below.iter().map(|raw| raw.id.as_str()));
            let hint = near.map(|near| tr!(", did you mean \"{near}\"?", near)).unwrap_or_default();
            let hint =
                tr!("; a new entry needs it, and there is no built-in \"{}\" to take it from{hint}", raw.id, hint);
            self.take(file, raw, raw.text(), &hint, &id, &mut map);
        }
        Some(map)
    }

    /// The entries of one file, each id once. The outer `None` is a file that is no list, the inner one that it is not there.
    #[expect(clippy::option_option, reason = "both are said above, and nobody else sees them")]
    fn raw_list<T: DeserializeOwned>(&mut self, file: &'static str, layer: Layer) -> Option<Option<Vec<Raw<'a>>>> {
        let Some(found) = self.file(file, layer) else { return Some(None) };
        let Some(raws) = entries(&found.text, id_key(file), layer) else {
            self.unreadable::<Vec<T>>(file, &found.text, layer);
            return None;
        };
        if raws.len() > MAX_ENTRIES {
            let message = tr!("{} entries are more than the {MAX_ENTRIES} that are read", raws.len(), MAX_ENTRIES);
            self.problem(file, None, message);
            return None;
        }
        let mut once: Vec<Raw<'a>> = Vec::with_capacity(raws.len());
        for raw in raws {
            if !raw.id.is_empty() && once.iter().any(|other| other.id == raw.id) {
                let message = tr!("the {0} \"{1}\" is used twice; every one must be its own", id_key(file), raw.id);
                self.problem(file, Some(raw.place), message);
            } else {
                once.push(raw);
            }
        }
        Some(Some(once))
    }

    fn take<T: DeserializeOwned, K: Hash + Eq + fmt::Display>(
        &mut self,
        file: &'static str,
        raw: &Raw<'_>,
        text: Text,
        hint: &str,
        id: &impl Fn(&T) -> K,
        map: &mut IndexMap<K, T>,
    ) {
        if let Some(entry) = self.parse::<T>(file, &raw.id, &text, hint) {
            map.insert(id(&entry), entry);
        }
        self.read.push(Entry { file, id: raw.id.clone(), place: raw.place, text });
    }

    /// Entries that are only there to take one away must say nothing else, and there must be one.
    fn removals(&mut self, file: &'static str, below: &[Raw<'_>], own: &[Raw<'_>]) {
        for raw in own {
            let Some((value, place)) = raw.field("remove") else { continue };
            if value != "true" || raw.len() != 2 {
                let message = t("`remove: true` stands alone beside the id; what is not to be removed does not say it");
                self.problem(file, Some(place), format!("\"{}\": {message}", raw.id));
            } else if !below.iter().any(|other| other.id == raw.id) {
                let near = nearest(&raw.id, below.iter().map(|raw| raw.id.as_str()));
                let hint = near.map(|near| tr!("; did you mean \"{near}\"?", near)).unwrap_or_default();
                self.problem(file, Some(raw.place), tr!("there is no built-in \"{}\" to remove{hint}", raw.id, hint));
            }
        }
    }

    fn parse<T: DeserializeOwned>(&mut self, file: &'static str, id: &str, text: &Text, hint: &str) -> Option<T> {
        match ron_options().from_str(&text.text) {
            Ok(value) => Some(value),
            Err(error) => {
                let note = explain(&text.text, &error);
                let lacks = matches!(error.code, ron::error::Error::MissingStructField { .. });
                let subject = if id.is_empty() { String::new() } else { format!("\"{id}\": ") };
                let hint = if lacks { hint } else { "" };
                self.problem(file, place_in(text, note.offset), format!("{subject}{}{hint}", note.message));
                self.broken.push(id.to_owned());
                None
            }
        }
    }

    /// Says why a file is not what it should be as a whole.
    fn unreadable<T: DeserializeOwned>(&mut self, file: &'static str, text: &str, layer: Layer) {
        let open = walk(text, usize::MAX, |_| ControlFlow::Continue(()));
        let note = match ron_options().from_str::<T>(text) {
            _ if open.bracket.is_some() => ended_early(text),
            Err(error) => explain(text, &error),
            Ok(_) => Note {
                offset: Tokens::from(text, 0).next().map_or(0, |(offset, _): (usize, Token<'_>)| offset),
                message: t("this file must be nothing but its brackets and what is in them").to_owned(),
            },
        };
        self.problem(file, Some(Place { layer, offset: note.offset }), note.message);
    }

    fn missing(&mut self, file: &str) {
        if self.problems.iter().any(|problem| problem.file == file) {
            return; // it is there, and what is wrong with it has been said
        }
        let message = tr!(
            "this file is missing; a playbook needs it, unless a {HOUSE_FILE} makes it a layer over the built-in one",
            HOUSE_FILE
        );
        self.problems.push(PlaybookProblem::of_file(file, message));
    }

    fn problem(&mut self, file: &str, place: Option<Place>, message: String) {
        let problem = self.at(file, place, message);
        self.problems.push(problem);
    }

    /// A problem at a place of a file.
    fn at(&self, file: &str, place: Option<Place>, message: String) -> PlaybookProblem {
        let text = place.and_then(|place| Some((self.file(file, place.layer)?, place)));
        let Some((source, place)) = text else { return PlaybookProblem::of_file(file, message) };
        let found = located(&source.text, vec![Note { offset: place.offset, message: String::new() }]);
        let built_in = place.layer == Layer::Below;
        PlaybookProblem {
            file: if built_in { tr!("{file} (built in)", file) } else { file.to_owned() },
            at: found.first().map(|found| (found.line, found.column)),
            excerpt: found.first().map(crate::ron_text::LocatedProblem::excerpt).unwrap_or_default(),
            message,
        }
    }

    /// A problem in an entry: at `quoted` in its `field` if that stands there, else at the field, else at the id.
    pub(super) fn in_entry(
        &self,
        (file, id, field): (&str, &str, &str),
        quoted: Option<&str>,
        message: String,
    ) -> PlaybookProblem {
        let Some(entry) = self.read.iter().find(|entry| entry.file == file && entry.id == id) else {
            return PlaybookProblem::of_file(file, message);
        };
        let text = &entry.text.text;
        let mut field_at = None;
        walk(text, usize::MAX, |key| {
            if !field.is_empty() && key.path.len() == 1 && key.path.first().is_some_and(|name| name == field) {
                field_at = Some(key.offset);
                return ControlFlow::Break(());
            }
            ControlFlow::Continue(())
        });
        let from = field_at.unwrap_or(0);
        let word = quoted.and_then(|word| text.get(from..)?.find(&format!("\"{word}\"")));
        let offset = word.map(|word| from + word).or(field_at);
        // What a layer's entry takes over from below is to be mended in the layer.
        let mendable = |place: &Place| place.layer == entry.place.layer;
        let place = offset.and_then(|offset| place_in(&entry.text, offset)).filter(mendable).unwrap_or(entry.place);
        self.at(file, Some(place), message)
    }

    /// Whether an entry of this id is there and could not be read.
    pub(super) fn is_broken(&self, id: &str) -> bool {
        self.broken.iter().any(|broken| broken == id)
    }

    /// Whether an entry that a layer took away is referred to by one that the layer leaves as it was.
    pub(super) fn is_removed_for(&self, name: &str, file: &str, id: &str) -> bool {
        let entry = self.read.iter().find(|entry| entry.file == file && entry.id == id);
        self.removed.iter().any(|removed| removed == name) && entry.is_some_and(|e| e.place.layer == Layer::Below)
    }
}
