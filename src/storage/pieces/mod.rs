//! A project's text read piece by piece, each field and each entry of a list by itself: so that all that is wrong is told at once, and so
//! that what is sound can be had where the whole cannot.

mod piece;
mod segments;
mod stand_in;

use std::{
    borrow::Borrow,
    collections::{HashMap, HashSet},
    hash::Hash,
};

use indexmap::IndexMap;
use serde::de::{DeserializeOwned, IgnoredAny};

use piece::Piece;
pub(super) use piece::{Fault, Faults, StandIns, no_numbers};
use segments::segments;

use crate::{
    lang::tr,
    project::{MAX_SCENARIOS, Problem, Project, unique_slug},
    text::nearest,
};

/// The lists of a project.
const LISTS: [&str; 7] =
    ["components", "connections", "boundaries", "sticky_notes", "suppressed", "scenarios", "baselines"];
/// What stands beside them.
const FIELDS: [&str; 4] = ["format", "name", "notes", "assumptions"];

/// Keys that lead to an entry: the name of its list and its id.
pub(super) const IN_AN_ENTRY: usize = 2;
/// Brackets around an entry: those of the project and of the list.
pub(super) const IN_A_LIST: usize = 2;

/// What a project's sections and fields are called.
pub(super) fn known_names() -> impl Iterator<Item = &'static str> {
    FIELDS.into_iter().chain(LISTS)
}

/// Whether a section is a list of entries.
pub(super) fn is_list(name: &str) -> bool {
    list_named(name).is_some()
}

/// The list of this name.
pub(super) fn list_named(name: &str) -> Option<&'static str> {
    LISTS.into_iter().find(|list| *list == name)
}

/// A text as pieces.
pub(super) struct Pieces<'t> {
    pieces: Vec<Piece<'t>>,
    /// What could not be read so far.
    pub faults: Faults,
}

impl<'t> Pieces<'t> {
    /// The pieces of a text, not read yet.
    pub(super) fn of(text: &'t str, stand_ins: StandIns) -> Self {
        let (segments, more) = segments(text);
        let pieces = segments.into_iter().map(|segment| Piece::new(text, segment, stand_ins)).collect();
        Self { pieces, faults: Faults { told: Vec::new(), more } }
    }

    /// What the sound pieces are together; what is not sound is told once, and left out from then on.
    pub(super) fn read(&mut self) -> Project {
        let mut project = Project::default();
        let mut fields: HashSet<String> = HashSet::new();
        let own = self.pieces.iter().filter_map(|piece| Some((piece.list?, piece.key.clone())));
        let ids: HashSet<(&str, String)> = own.collect();
        for piece in self.pieces.iter_mut().filter(|piece| !piece.gone) {
            if piece.list.is_none() && !fields.insert(piece.key.clone()) {
                let message = tr!("`{}` is there twice; keep one", piece.key);
                piece.leave_out(&[], &message, true, &mut self.faults);
            } else {
                take(piece, &mut project, &ids, &mut self.faults);
            }
        }
        project
    }

    /// Whether nothing of it is left.
    pub(super) fn is_empty(&self) -> bool {
        self.pieces.iter().all(|piece| piece.gone || piece.key == "format")
    }

    /// Ids and names of what could not be read, and of what stands in sections that nobody knows.
    pub(super) fn gone(&self) -> HashSet<String> {
        let gone = self.pieces.iter().filter(|piece| piece.gone);
        gone.flat_map(|piece| std::iter::once(piece.key.clone()).chain(piece.entries().into_iter().flatten())).collect()
    }

    /// Leaves out what problems are about: as little as possible, or the whole piece if `wholly`. Whether anything could be.
    pub(super) fn leave_out(&mut self, problems: &[Problem], wholly: bool) -> bool {
        let places = self.by_key();
        let mut any = false;
        for problem in problems {
            match About::of(&problem.path) {
                Some(About::List(list)) => any |= self.shorten(list, &problem.message),
                Some(About::Piece(list, key, inner)) => {
                    let place = places.get(&(list, key.to_owned()));
                    let piece = place.and_then(|i| self.pieces.get_mut(*i)).filter(|piece| !piece.gone);
                    if let Some(piece) = piece {
                        piece.leave_out(inner, &problem.message, wholly, &mut self.faults);
                        any = true;
                    }
                }
                None => {}
            }
        }
        any
    }

    /// Where what a problem is about stands in the text; `None` if that is in no piece. Of two entries with one id only the pieces know which one is
    /// called so by now.
    pub(super) fn places(&self, problems: &[Problem]) -> Vec<Option<usize>> {
        let places = self.by_key();
        let place = |problem: &Problem| {
            let Some(About::Piece(list, key, inner)) = About::of(&problem.path) else { return None };
            let piece = places.get(&(list, key.to_owned())).and_then(|i| self.pieces.get(*i));
            piece.map(|piece| piece.place_of(inner))
        };
        problems.iter().map(place).collect()
    }

    /// The pieces that are left, by their lists and keys.
    fn by_key(&self) -> HashMap<(Option<&'static str>, String), usize> {
        let left = self.pieces.iter().enumerate().filter(|(_, piece)| !piece.gone);
        left.map(|(i, piece)| ((piece.list, piece.key.clone()), i)).collect()
    }

    /// Leaves out what is too many in a list; whether anything was.
    fn shorten(&mut self, list: &str, message: &str) -> bool {
        let of_list = self.pieces.iter_mut().filter(|piece| !piece.gone && piece.list == Some(list));
        let mut any = false;
        for piece in of_list.skip(MAX_SCENARIOS) {
            piece.leave_out(&[], message, true, &mut self.faults);
            any = true;
        }
        any
    }
}

/// What the keys of a problem lead to.
enum About<'k> {
    /// A list as a whole.
    List(&'static str),
    /// A piece of a list, or beside them, by its key, and what is in it.
    Piece(Option<&'static str>, &'k str, &'k [String]),
}

impl<'k> About<'k> {
    fn of(path: &'k [String]) -> Option<Self> {
        let (first, rest) = path.split_first()?;
        Some(match (list_named(first), rest.split_first()) {
            (Some(list), None) => Self::List(list),
            (Some(list), Some((id, inner))) => Self::Piece(Some(list), id, inner),
            (None, _) => Self::Piece(None, first, rest),
        })
    }
}

/// A value of which whatever cannot be read is left out, and so its default; `None` if nothing can be made of what is left.
pub fn read_leniently<T: DeserializeOwned>(text: &str) -> Option<T> {
    let mut faults = Faults::default();
    let value = Piece::of_value(text).read(&mut faults);
    for fault in faults.told {
        log::warn!("{}", fault.message);
    }
    value
}

/// Reads a piece into its place in the project.
fn take(piece: &mut Piece<'_>, project: &mut Project, ids: &HashSet<(&str, String)>, faults: &mut Faults) {
    match piece.list {
        Some("components") => entry(piece, &mut project.components, ids, faults),
        Some("connections") => entry(piece, &mut project.connections, ids, faults),
        Some("boundaries") => entry(piece, &mut project.boundaries, ids, faults),
        Some("sticky_notes") => entry(piece, &mut project.sticky_notes, ids, faults),
        Some("scenarios") => entry(piece, &mut project.scenarios, ids, faults),
        Some("baselines") => entry(piece, &mut project.baselines, ids, faults),
        Some(_) => entry(piece, &mut project.suppressed, ids, faults),
        None => field(piece, project, faults),
    }
}

/// Reads an entry into its list. One whose id is taken gets another, so that nothing is lost; none that stands behind it in the text.
fn entry<K, V>(piece: &mut Piece<'_>, map: &mut IndexMap<K, V>, ids: &HashSet<(&str, String)>, faults: &mut Faults)
where
    K: Hash + Eq + Borrow<str> + for<'a> From<&'a str>,
    V: DeserializeOwned,
{
    let Some(value) = piece.read::<V>(faults) else { return };
    if map.contains_key(piece.key.as_str()) {
        let list = piece.list.unwrap_or_default();
        let is_taken = |id: &str| map.contains_key(id) || ids.contains(&(list, id.to_owned()));
        let other = unique_slug(&piece.key, "copy", is_taken);
        piece.kept_as(other, faults);
    }
    map.insert(K::from(piece.key.as_str()), value);
}

/// Reads a field at the top into its place.
fn field(piece: &mut Piece<'_>, project: &mut Project, faults: &mut Faults) {
    match piece.key.as_str() {
        "format" => {}
        "name" => project.name = piece.read(faults).unwrap_or_default(),
        "notes" => project.notes = piece.read(faults).unwrap_or_default(),
        "assumptions" => project.assumptions = piece.read(faults).unwrap_or_default(),
        // A list in other brackets.
        list if LISTS.contains(&list) => drop(piece.read::<IndexMap<String, IgnoredAny>>(faults)),
        unknown => {
            let hint = match nearest(unknown, LISTS.into_iter().chain(FIELDS)) {
                Some(near) => tr!("; did you mean `{near}`?", near),
                None => tr!("; known here: {}", known_names().collect::<Vec<_>>().join(", ")),
            };
            let entries = match piece.entries().map(|entries| entries.len()) {
                None => String::new(),
                Some(1) => " with 1 entry".to_owned(),
                Some(count) => tr!(" with {count} entries", count),
            };
            let message = tr!("unknown field `{unknown}`{entries}{hint}", unknown, entries, hint);
            piece.leave_out(&[], &message, true, faults);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is read, and `left out: why` of the rest.
    fn read(text: &str) -> (Project, Vec<String>) {
        let mut pieces = Pieces::of(text, StandIns::None);
        let project = pieces.read();
        assert_eq!(pieces.read(), project, "what was told is not told again");
        let told =
            pieces.faults.told.iter().map(|fault| format!("{}: {}", fault.left_out.join("/"), fault.message)).collect();
        (project, told)
    }

    #[test]
    fn every_fault_is_told_and_takes_no_more_than_it_must() {
        let text = r#"(format: 2, nmae: "P", name: "P", components: {
            "a": (name: "A", kind: worker, colour: 5, pos: (1, oops), traits: {"x": yes, "y": 2}),
            "b": (name: 5, kind: wroker), "c": (name: "C", kind: worker), d: (name: "D", kind: worker),
            "c": (name: "C again", kind: worker),
        }, connections: [], boundaries: {"f": (name: "F", pos: (0, 0), size: (1, 1), folded: (componets: ["a"]))})"#;
        let (project, told) = read(text);
        assert_eq!(
            project.components.keys().map(crate::project::ComponentId::as_str).collect::<Vec<_>>(),
            ["a", "c", "d", "c-2"]
        );
        assert_eq!(project.components["a"].traits.len(), 1);
        assert!(project.boundaries["f"].folded.as_ref().is_some_and(|folded| folded.components.is_empty()));
        let told: Vec<&str> = told.iter().map(|told| told.split(" in ").next().unwrap()).collect();
        assert_eq!(
            told,
            [
                "nmae: unknown field `nmae`; did you mean `name`?",
                "components/a/colour: unknown field `colour`",
                "components/a/pos: this value",
                "components/a/traits/x: `x`",
                "components/b: `name`",
                "components/b: `wroker` is not a value of `kind`",
                "connections: `connections` needs a list of entries",
                "boundaries/f/folded/componets: unknown field `componets`",
            ]
        );
    }
}
