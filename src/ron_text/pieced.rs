//! Text put together from pieces of others, that knows where each of its bytes is from.

use std::ops::Range;

/// Text made of pieces; `S` says which text a piece is from.
#[derive(Debug)]
pub(crate) struct Pieced<S> {
    pub(crate) text: String,
    /// Where each piece begins here, which text it is from, and where it begins there.
    pieces: Vec<(usize, S, usize)>,
}

impl<S> Default for Pieced<S> {
    fn default() -> Self {
        Self { text: String::new(), pieces: Vec::new() }
    }
}

impl<S: Copy> Pieced<S> {
    /// Adds text that stands, or is to be mended, at `offset` of `source`.
    pub(crate) fn push(&mut self, text: &str, source: S, offset: usize) {
        self.pieces.push((self.text.len(), source, offset));
        self.text.push_str(text);
    }

    /// Where a byte of the text is from.
    pub(crate) fn origin(&self, offset: usize) -> Option<(S, usize)> {
        let behind = self.pieces.partition_point(|(start, ..)| *start <= offset);
        let (start, source, origin) = self.pieces.get(behind.checked_sub(1)?)?;
        Some((*source, origin + (offset - start)))
    }
}

impl Pieced<()> {
    /// A text with other words in some places; the ranges are in order and do not overlap.
    pub(crate) fn changed(text: &str, changes: &[(Range<usize>, String)]) -> Self {
        let mut pieced = Self::default();
        let mut at = 0;
        for (range, words) in changes {
            pieced.push(text.get(at..range.start).unwrap_or_default(), (), at);
            pieced.push(words, (), range.start);
            at = range.end;
        }
        pieced.push(text.get(at..).unwrap_or_default(), (), at);
        pieced
    }

    /// Where a byte is from, in the text that was changed.
    pub(crate) fn before(&self, offset: usize) -> usize {
        self.origin(offset).map_or(offset, |((), origin)| origin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_knows_where_it_is_from() {
        let text = "(a: 1, b: 2, c: 3)";
        let changed =
            Pieced::changed(text, &[(1..2, "long".to_owned()), (7..13, String::new()), (16..17, "33".to_owned())]);
        assert_eq!(changed.text, "(long: 1, c: 33)");
        for (word, at) in [("(", 0), ("long", 1), (": 1", 2), ("c: ", 13), ("33", 16), (")", 17)] {
            assert_eq!(changed.before(changed.text.find(word).unwrap()), at, "{word}");
        }
        assert_eq!(Pieced::changed(text, &[]).text, text);
    }
}
