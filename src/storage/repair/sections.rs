//! Sections of a project whose names are misspelt.

use super::super::pieces::known_names;
use crate::{
    lang::tr,
    ron_text::{Note, Pieced, items},
    text::one_slip,
};

/// A text in which each section whose name is one slip from a known one that is missing has that name, and what was read so.
pub(in crate::storage) fn with_known_names(text: &str) -> Option<(Pieced<()>, Vec<Note>)> {
    let (fields, _) = items(text)?;
    let names: Vec<(&str, std::ops::Range<usize>)> = fields
        .iter()
        .filter_map(|field| field.key.as_ref())
        .map(|(name, place)| (name.as_str(), place.clone()))
        .collect();
    let mut missing: Vec<&str> = known_names().filter(|known| names.iter().all(|(name, _)| name != known)).collect();
    let (mut changes, mut notes) = (Vec::new(), Vec::new());
    for (name, place) in names {
        if known_names().any(|known| known == name) {
            continue;
        }
        let Some(meant) = one_slip(name, missing.iter().copied()) else { continue };
        missing.retain(|other| *other != meant);
        notes.push(Note {
            offset: place.start,
            message: tr!("unknown field `{name}`; it is read as `{meant}`", name, meant),
        });
        changes.push((place, meant.to_owned()));
    }
    (!changes.is_empty()).then(|| (Pieced::changed(text, &changes), notes))
}
