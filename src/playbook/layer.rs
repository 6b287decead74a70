//! The files of a playbook as text, entry by entry: what a layer changes of the entries below it, and where in which file
//! each piece of the result stands.

use std::ops::Range;

use crate::{
    ron_dialect::ron_options,
    ron_text::{self, Pieced, Token, Tokens},
};

/// Which of two files of the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layer {
    /// The built-in one, under a layer.
    Below,
    /// The one that was handed in.
    Own,
}

/// A byte offset in one of the files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) layer: Layer,
    pub(super) offset: usize,
}

/// Text put together from pieces of files.
pub(super) type Text = Pieced<Layer>;

/// Where a byte of the text is from.
pub(super) fn place_in(text: &Text, offset: usize) -> Option<Place> {
    text.origin(offset).map(|(layer, offset)| Place { layer, offset })
}

/// Adds what stands at a place, or is to be mended there.
fn push_at(text: &mut Text, piece: &str, place: Place) {
    text.push(piece, place.layer, place.offset);
}

/// A key or value with the place it begins at.
#[derive(Clone, Debug)]
struct Piece<'a> {
    text: &'a str,
    place: Place,
}

/// A field, a pair of a map, or a value of a list (then without a key).
#[derive(Clone, Debug)]
struct Item<'a> {
    key: Option<(String, Piece<'a>)>,
    value: Piece<'a>,
}

/// One entry of a file before it is read into a type.
#[derive(Clone, Debug)]
pub(super) struct Raw<'a> {
    /// What it is called; empty if it does not say.
    pub(super) id: String,
    /// Where the id stands, else where the entry begins.
    pub(super) place: Place,
    whole: Piece<'a>,
    fields: Vec<Item<'a>>,
}

impl Raw<'_> {
    /// The value of a field as it is written.
    pub(super) fn field(&self, name: &str) -> Option<(&str, Place)> {
        let item = self.fields.iter().find(|item| item.key.as_ref().is_some_and(|(key, _)| key == name))?;
        Some((item.value.text, item.value.place))
    }

    /// How many fields it has.
    pub(super) fn len(&self) -> usize {
        self.fields.len()
    }

    /// The entry as it stands.
    pub(super) fn text(&self) -> Text {
        let mut text = Text::default();
        push_at(&mut text, self.whole.text, self.whole.place);
        text
    }

    /// The entry with the fields of `over` in place of its own; of maps, single keys.
    pub(super) fn overlaid(&self, over: &Self) -> Text {
        let mut text = Text::default();
        push_at(&mut text, "(", over.whole.place);
        merge(&mut text, &self.fields, &over.fields, true);
        push_at(&mut text, ")", over.whole.place);
        text
    }
}

/// The items below, each replaced by the one of the same key above; then what only stands above.
fn merge(text: &mut Text, below: &[Item<'_>], above: &[Item<'_>], maps: bool) {
    let same = |a: &Item<'_>, b: &Item<'_>| match (&a.key, &b.key) {
        (Some((a, _)), Some((b, _))) => a == b,
        _ => false,
    };
    for item in below {
        let over = above.iter().find(|over| same(over, item));
        match over.and_then(|over| Some((pairs(&item.value)?, pairs(&over.value)?, over))) {
            Some((low, high, over)) if maps => {
                push_key(text, over);
                push_at(text, "{", over.value.place);
                merge(text, &low, &high, false);
                push_at(text, "}, ", over.value.place);
            }
            _ => push(text, over.unwrap_or(item)),
        }
    }
    above.iter().filter(|over| !below.iter().any(|item| same(over, item))).for_each(|over| push(text, over));
}

fn push_key(text: &mut Text, item: &Item<'_>) {
    if let Some((_, key)) = &item.key {
        push_at(text, key.text, key.place);
        push_at(text, ": ", key.place);
    }
}

fn push(text: &mut Text, item: &Item<'_>) {
    push_key(text, item);
    push_at(text, item.value.text, item.value.place);
    push_at(text, ", ", item.value.place);
}

/// The pairs of a value that is a map.
fn pairs<'a>(value: &Piece<'a>) -> Option<Vec<Item<'a>>> {
    let map = value.text.starts_with('{');
    map.then(|| split(value.text, b'{', value.place)).flatten().map(|(items, _)| items)
}

/// The entries of a file that is a list; `key` is what holds their ids. `None` if its brackets do not make a list.
pub(super) fn entries<'a>(text: &'a str, key: &str, layer: Layer) -> Option<Vec<Raw<'a>>> {
    let (items, end) = split(text, b'[', Place { layer, offset: 0 })?;
    let ends = Tokens::from(text, end).next().is_none();
    ends.then(|| items.iter().map(|item| raw(&item.value, key)).collect())
}

/// The one entry of a file that is a struct.
pub(super) fn structure(text: &str, layer: Layer) -> Option<Raw<'_>> {
    let (start, _) = Tokens::from(text, 0).next()?;
    let (_, end) = split(&text[start..], b'(', Place { layer, offset: start })?;
    let whole = Piece { text: &text[start..start + end], place: Place { layer, offset: start } };
    Tokens::from(text, start + end).next().is_none().then(|| raw(&whole, ""))
}

fn raw<'a>(whole: &Piece<'a>, key: &str) -> Raw<'a> {
    let fields = split(whole.text, b'(', whole.place).map(|(items, _)| items).unwrap_or_default();
    let id = fields.iter().find(|item| item.key.as_ref().is_some_and(|(name, _)| name == key));
    let named = id.and_then(|item| Some((ron_options().from_str::<String>(item.value.text).ok()?, item.value.place)));
    let (id, place) = named.unwrap_or((String::new(), whole.place));
    Raw { id, place, whole: whole.clone(), fields }
}

/// What stands between the bracket at the start of `text` and its closing one, and where that ends.
fn split(text: &str, open: u8, at: Place) -> Option<(Vec<Item<'_>>, usize)> {
    let piece =
        |range: Range<usize>| Piece { place: Place { offset: at.offset + range.start, ..at }, text: &text[range] };
    let (_, Token::Open(bracket)) = Tokens::from(text, 0).next()? else { return None };
    let (items, end) = (bracket == open).then(|| ron_text::items(text)).flatten()?;
    let item =
        |item: ron_text::Item| Item { key: item.key.map(|(key, range)| (key, piece(range))), value: piece(item.value) };
    Some((items.into_iter().map(item).collect(), end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str, layer: Layer) -> Vec<Raw<'_>> {
        entries(text, "id", layer).unwrap()
    }

    #[test]
    fn a_layer_replaces_fields_and_single_keys_of_maps() {
        let below = "[(id: \"a\", weights: {\"x\": 1, \"y\": 2}, when: has(\"t\"), list: [1, 2]), (id: \"b\")]";
        let above = "[ // ours\n (id: \"a\", weights: {\"y\": 3, \"z\": 4}, list: [(5, 6)], more: 7) ]";
        let merged = list(below, Layer::Below)[0].overlaid(&list(above, Layer::Own)[0]);
        assert_eq!(
            merged.text,
            "(id: \"a\", weights: {\"x\": 1, \"y\": 3, \"z\": 4, }, when: has(\"t\"), list: [(5, 6)], more: 7, )"
        );
        for (piece, layer, text) in [("has", Layer::Below, below), ("3", Layer::Own, above), ("6)", Layer::Own, above)]
        {
            let place = place_in(&merged, merged.text.find(piece).unwrap()).unwrap();
            assert_eq!(place.layer, layer);
            assert!(text[place.offset..].starts_with(piece), "{piece}: {}", &text[place.offset..]);
        }
    }

    #[test]
    fn what_is_no_list_is_not_taken_for_one() {
        for text in ["", "[", "[(id: 1)", "(id: 1)", "[] []", "[)", "x", "[(]"] {
            assert!(entries(text, "id", Layer::Own).is_none() || text == "[)" || text == "[(]", "{text}");
        }
        assert_eq!(list("[]", Layer::Own).len(), 0);
        assert!(structure("(a: 1, b: {c: 2})", Layer::Own).is_some_and(|raw| raw.field("b").is_some()));
    }
}
