//! Ids that cannot be ids: with capitals, spaces or underscores. Each is written as one, wherever it stands for its thing.

use std::collections::{HashMap, HashSet};

use super::super::{mend::ids, pieces::Fault};
use crate::{
    project::{is_sound_id, unique_slug},
    ron_text::{Pieced, Token, Tokens},
};

/// A text with sound ids in the place of those that are not, and which they are; `None` if all are.
pub(super) fn with_sound_ids(text: &str) -> Option<(Pieced<()>, Vec<Fault>)> {
    let all: Vec<(usize, &str)> = ids(text).collect();
    let mut taken: HashSet<String> = all.iter().map(|(_, id)| (*id).to_owned()).collect();
    let mut meant: HashMap<&str, String> = HashMap::new();
    let mut notes = Vec::new();
    for (offset, id) in all {
        if is_sound_id(id) || id.contains('\\') || meant.contains_key(id) {
            continue;
        }
        let sound = unique_slug(id, "renamed", |other| taken.contains(other));
        let message = format!("\"{id}\" cannot be an id; it is kept as \"{sound}\"");
        notes.push(Fault { offset, message, about: vec![id.to_owned()], ..Fault::default() });
        taken.insert(sound.clone());
        meant.insert(id, sound);
    }
    if meant.is_empty() {
        return None;
    }
    let mut changes = Vec::new();
    let mut before: [Option<(usize, Token<'_>)>; 2] = [None; 2];
    for (offset, token) in Tokens::from(text, 0) {
        if let Token::Quoted { .. } = token
            && stands_for_a_thing(text, before)
        {
            let range = offset..offset + token.length();
            let written = text.get(range.clone()).unwrap_or_default().trim_matches('"');
            if let Some(sound) = meant.get(written) {
                changes.push((range, format!("\"{sound}\"")));
            }
        }
        before = [before[1], Some((offset, token))];
    }
    Some((Pieced::changed(text, &changes), notes))
}

/// Whether a quoted word behind these two names a thing: as a key, in a list, or as an end of a connection. What stands behind another key is
/// what people call it.
fn stands_for_a_thing(text: &str, before: [Option<(usize, Token<'_>)>; 2]) -> bool {
    match before {
        [Some((offset, key @ Token::Word(_))), Some((_, Token::Colon))] => {
            let key = text.get(offset..offset + key.length()).unwrap_or_default();
            matches!(key, "from" | "to")
        }
        [_, Some((_, Token::Colon))] => false,
        _ => true,
    }
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
