//! What stands between a bracket and its closing one, item by item, also where the closing one is missing.

use std::ops::Range;

use super::scan::{Token, Tokens, key_text};

/// A field of a struct, a pair of a map, or a value of a list (then without a key).
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Item {
    /// What the key says, and where it stands.
    pub key: Option<(String, Range<usize>)>,
    /// Where the value stands.
    pub value: Range<usize>,
    /// Past the comma behind it; the closing bracket, where there is none.
    pub end: usize,
}

impl Item {
    /// Where the item begins.
    pub(crate) fn start(&self) -> usize {
        self.key.as_ref().map_or(self.value.start, |(_, key)| key.start)
    }

    /// Whether its key is this one.
    pub(crate) fn is(&self, name: &str) -> bool {
        self.key.as_ref().is_some_and(|(key, _)| key == name)
    }
}

/// The items between the bracket that `text` starts with (blanks and comments apart) and its closing one, with the byte past that; `None` if there is no
/// bracket, if it is not closed, or if something stands in it that is no item.
pub(crate) fn items(text: &str) -> Option<(Vec<Item>, usize)> {
    let mut items = Vec::new();
    let mut depth = 0_usize;
    let mut key: Option<(String, Range<usize>)> = None;
    let mut value: Option<Range<usize>> = None;
    let mut before = None;
    for (offset, token) in Tokens::from(text, 0) {
        let end = offset + token.length();
        match token {
            Token::Open(_) => depth += 1,
            Token::Close(_) => depth = depth.checked_sub(1)?,
            _ if depth == 0 => return None,
            Token::Colon if depth == 1 && key.is_none() => {
                let range = value.take()?;
                key = Some((key_text(before?).into_owned(), range));
                continue;
            }
            _ => {}
        }
        before = Some(token);
        if depth == 0 || (depth == 1 && token == Token::Comma) {
            let past = if depth == 0 { offset } else { end };
            let key = key.take();
            items.extend(value.take().map(|value| Item { key, value, end: past }));
        } else if depth > 1 || !matches!(token, Token::Open(_)) {
            value = Some(value.map_or(offset, |range| range.start)..end);
        }
        if depth == 0 {
            return Some((items, end));
        }
    }
    None
}

/// The innermost `key: value` around a byte, with the comma behind it.
pub(crate) fn item_around(text: &str, offset: usize) -> Option<Range<usize>> {
    let mut frames: Vec<Option<usize>> = Vec::new();
    let mut before = None;
    for (at, token) in Tokens::from(text, 0) {
        match token {
            Token::Open(_) => frames.push(None),
            Token::Colon => {
                if let (Some(frame @ None), Some(key)) = (frames.last_mut(), before) {
                    *frame = Some(key);
                }
            }
            Token::Comma | Token::Close(_) => {
                let end = if token == Token::Comma { at + 1 } else { at };
                let start = if token == Token::Comma { frames.last_mut()?.take() } else { frames.pop()? };
                if let Some(start) = start.filter(|start| (*start..end).contains(&offset)) {
                    return Some(start..end);
                }
            }
            Token::Quoted { .. } | Token::Word(_) => before = Some(at),
        }
        if frames.is_empty() {
            return None;
        }
    }
    None
}

/// The innermost item on the way that `path` names from the bracket at the start of a text, with the comma behind it; the last name may be that
/// of a value in a list.
pub(crate) fn item_at(text: &str, path: &[String]) -> Option<Range<usize>> {
    let (name, rest) = path.split_first()?;
    let (items, _) = items(text)?;
    let listed = |item: &&Item| {
        let token = item.key.is_none().then(|| Tokens::from(text, item.value.start).next()).flatten();
        token.is_some_and(|(_, token)| key_text(token) == name.as_str())
    };
    let Some(item) = items.iter().rfind(|item| item.is(name)) else {
        return items.iter().find(listed).map(|item| item.start()..item.end);
    };
    let inner = item_at(text.get(item.value.clone())?, rest);
    Some(inner.map_or(item.start()..item.end, |range| range.start + item.value.start..range.end + item.value.start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_stand_where_they_are_said_to() {
        let text = " ( a: 1, /* b: */ \"c d\": {\"e\": (1, 2)} , f: [3, 4,],)";
        let (found, end) = items(text).unwrap();
        let shown: Vec<_> =
            found.iter().map(|item| (item.key.as_ref().unwrap().0.as_str(), &text[item.value.clone()])).collect();
        assert_eq!(shown, [("a", "1"), ("c d", "{\"e\": (1, 2)}"), ("f", "[3, 4,]")]);
        assert_eq!((end, &text[found[0].start()..found[0].end]), (text.len(), "a: 1,"));
        for text in ["", "(", "x", "(a: 1", "(a:", ")", "(:)"] {
            assert_eq!(items(text), None, "{text}");
        }
    }

    #[test]
    fn the_innermost_item_around_a_place_is_found() {
        let text = "(name: \"S\", traits: {\"x\": 1, \"y\": oops}, pos: (1, z), last: 4)";
        for (word, item) in [
            ("oops", "\"y\": oops"),
            ("1,", "\"x\": 1,"),
            ("z", "pos: (1, z),"),
            ("4", "last: 4"),
            ("{", "traits: {\"x\": 1, \"y\": oops},"),
        ] {
            assert_eq!(item_around(text, text.find(word).unwrap()).map(|range| &text[range]), Some(item), "{word}");
        }
        assert_eq!(item_around(text, 0), None);
        assert_eq!(item_around("((((", 3), None);
    }

    #[test]
    fn an_item_is_found_by_its_path_as_far_as_that_is_there() {
        let text = "(pins: {\"a\": \"x\", \"b\": \"y\"}, deferred: [\"a\", \"b\"], name: \"N\")";
        for (path, item) in [
            (&["pins", "b"][..], "\"b\": \"y\""),
            (&["pins", "c"], "pins: {\"a\": \"x\", \"b\": \"y\"},"),
            (&["deferred", "a"], "\"a\","),
            (&["name", "x"], "name: \"N\""),
        ] {
            let path: Vec<String> = path.iter().map(|name| (*name).to_owned()).collect();
            assert_eq!(item_at(text, &path).map(|range| &text[range]), Some(item));
        }
        assert_eq!(item_at(text, &["gone".to_owned()]), None);
    }
}
