//! From the older formats to the present one: each step changes the text where the next format writes something otherwise, before anything
//! is read into types. Every byte still knows where it stood in the person's own text, so problems are told there.

mod steps;

use std::ops::Range;

use crate::ron_text::{Pieced, items};

/// Places of a text with what the next format has there; in order, not overlapping.
type Changes = Vec<(Range<usize>, String)>;
/// A step from one format to the next.
type Step = fn(&str) -> Changes;

/// The newest format this program reads, and the one it writes.
pub const FORMAT: u32 = 1 + STEPS.len() as u32;

/// The first leads from format 1 to format 2, and so on. What a step does stays what it was when its format was new.
const STEPS: [Step; 1] = [steps::from_1];

/// A text of an older format as the present one has it.
pub(super) struct Migrated<'t> {
    original: &'t str,
    /// The text after each step that changed it.
    changed: Vec<Pieced<()>>,
}

impl<'t> Migrated<'t> {
    /// Takes the steps from `format` to the present one; from a newer or unknown format there are none.
    pub(super) fn new(text: &'t str, format: u32) -> Self {
        let done = usize::try_from(format).ok().and_then(|format| format.checked_sub(1));
        Self::by(text, done.and_then(|done| STEPS.get(done..)).unwrap_or_default())
    }

    fn by(original: &'t str, steps: &[Step]) -> Self {
        let mut this = Self { original, changed: Vec::new() };
        for step in steps {
            let changes = step(this.text());
            if !changes.is_empty() {
                this.changed.push(Pieced::changed(this.text(), &changes));
            }
        }
        this
    }

    /// The text as the present format has it.
    pub(super) fn text(&self) -> &str {
        self.changed.last().map_or(self.original, |changed| &changed.text)
    }

    /// Where a byte of it stood in the original text.
    pub(super) fn before(&self, offset: usize) -> usize {
        self.changed.iter().rev().fold(offset, |offset, changed| changed.before(offset))
    }
}

/// Where the values stand that a path of keys leads to from the top; `*` stands for every key.
fn values_at(text: &str, path: &[&str]) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> = std::iter::once(0..text.len()).collect();
    for name in path {
        let inside = |range: &Range<usize>| {
            let inner = items(text.get(range.clone()).unwrap_or_default()).map(|(items, _)| items).unwrap_or_default();
            let wanted = inner.into_iter().filter(|item| *name == "*" || item.is(name));
            wanted.map(|item| range.start + item.value.start..range.start + item.value.end).collect::<Vec<_>>()
        };
        ranges = ranges.iter().flat_map(inside).collect();
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A step as a format might need it: `latency_s` becomes `latency_ms`, in another unit.
    fn in_milliseconds(text: &str) -> Changes {
        let mut changes = Changes::new();
        for range in values_at(text, &["connections", "*"]) {
            let Some((fields, _)) = items(&text[range.clone()]) else { continue };
            for field in fields.iter().filter(|field| field.is("latency_s")) {
                let place = |inner: &Range<usize>| range.start + inner.start..range.start + inner.end;
                let value = place(&field.value);
                let milliseconds = text[value.clone()].parse::<f64>().map(|seconds| (seconds * 1_000.0).to_string());
                changes.extend(field.key.as_ref().map(|(_, key)| (place(key), "latency_ms".to_owned())));
                changes.extend(milliseconds.map(|milliseconds| (value, milliseconds)));
            }
        }
        changes
    }

    /// Another one after it: links are called `links`.
    fn renamed(text: &str) -> Changes {
        let (fields, _) = items(text).unwrap();
        let keys = fields.into_iter().filter_map(|field| field.key.filter(|(name, _)| name == "connections"));
        keys.map(|(_, range)| (range, "links".to_owned())).collect()
    }

    #[test]
    fn steps_follow_each_other_and_every_place_is_found_again() {
        let text = "(format: 0, // first\n connections: {\n  \"a\": (latency_s: 0.25, to: \"b\"),\n  \"c\": (latency_s: oops, to: \"d\"),\n})";
        let migrated = Migrated::by(text, &[in_milliseconds, renamed]);
        assert_eq!(
            migrated.text(),
            "(format: 0, // first\n links: {\n  \"a\": (latency_ms: 250, to: \"b\"),\n  \"c\": (latency_ms: oops, to: \"d\"),\n})"
        );
        for (new, old) in
            [("links", "connections"), ("\"a\"", "\"a\""), ("250", "0.25"), ("oops", "oops"), ("\"d\"", "\"d\"")]
        {
            let place = migrated.before(migrated.text().find(new).unwrap());
            assert_eq!(place, text.find(old).unwrap(), "{new}");
        }
        assert_eq!(
            Migrated::by("(name: (", &[in_milliseconds]).text(),
            "(name: (",
            "what is broken is left to the reader"
        );
    }

    #[test]
    fn only_older_formats_are_changed() {
        let text = "(format: 2, scenarios: {\"s\": (name: \"S\", assumptions: (team_size: 4))})";
        for format in [0, FORMAT, FORMAT + 1, u32::MAX] {
            assert_eq!(Migrated::new(text, format).text(), text);
        }
        assert_ne!(Migrated::new(text, 1).text(), text);
    }
}
