//! A reader of XML that is stricter than it has to be.

#![allow(clippy::unwrap_used)] // a helper of tests

/// The names of the elements in order, and all text between tags; fails where a reader of XML would.
pub fn read(text: &str) -> (Vec<String>, String) {
    let body = text.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").unwrap();
    let (mut open, mut names, mut words): (Vec<&str>, Vec<String>, String) = Default::default();
    let allowed =
        |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    assert!(body.chars().all(allowed), "a character that XML cannot hold");
    let entities = |part: &str| {
        for (at, _) in part.match_indices('&') {
            let known = ["&amp;", "&lt;", "&gt;", "&quot;", "&apos;"];
            assert!(known.iter().any(|entity| part[at..].starts_with(entity)), "{part}");
        }
    };
    for piece in body.split('<').skip(1) {
        let (tag, between) = piece.split_once('>').unwrap();
        entities(tag);
        entities(between);
        assert!(!between.contains('>'), "{between}");
        words.push_str(between);
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
            continue;
        }
        let name = tag.split([' ', '/']).next().unwrap();
        // What stands behind the name is attributes: a quote opens after an equals sign and closes again.
        let quotes: Vec<&str> = tag[name.len()..].trim_end_matches('/').split('"').collect();
        assert_eq!(quotes.len() % 2, 1, "{tag}");
        assert!(quotes.iter().step_by(2).all(|part| part.trim().is_empty() || part.ends_with('=')), "{tag}");
        names.push(name.to_owned());
        if !tag.ends_with('/') {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?} are never closed");
    (names, words)
}
