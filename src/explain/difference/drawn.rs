//! What differs on the drawing alone: counted, and by name as long as there are few.

use super::name_of;
use crate::{
    lang::{later, t, tr},
    project::{
        ElementId, Project,
        difference::{Change, Changes, Thing},
    },
    text::count,
};

/// The same was done to several things of one sort on the drawing.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// What, counted: `3 components moved`.
    pub counted: String,
    /// What they are called, in the order of the document; not all of them, if they are many.
    pub names: Vec<String>,
    /// How many they are.
    pub count: usize,
}

/// So many names are told of what was done on the drawing; of more, one less than that.
const MOST_NAMES: usize = 4;

impl Drawn {
    /// The whole in a line: `10 components moved: Shop, Database, Mailer and 7 more`.
    pub fn line(&self) -> String {
        let shown = if self.count > MOST_NAMES { MOST_NAMES - 1 } else { self.count };
        let names = self.names.iter().take(shown).map(String::as_str).collect::<Vec<_>>().join(", ");
        let more = self.count.saturating_sub(shown);
        let more = if more > 0 { tr!(" and {} more", count(more)) } else { String::new() };
        format!("{}: {names}{more}", self.counted)
    }
}

/// What differs on the drawing alone, by what was done to what.
pub(super) fn drawing(changes: &Changes, documents: &[&Project]) -> Vec<Drawn> {
    const DONE: [(&str, &str); 6] = [
        ("pos", later("moved")),
        ("size", later("resized")),
        ("course", later("led another way")),
        ("folded", later("folded or unfolded")),
        ("locked", later("locked or let go of")),
        ("colour", later("on other paper")),
    ];
    const SORTS: [(&str, &str); 4] = [
        (later("component"), later("components")),
        (later("connection"), later("connections")),
        (later("boundary"), later("boundaries")),
        (later("sticky note"), later("sticky notes")),
    ];
    let mut done_to: [[Vec<&Thing>; SORTS.len()]; DONE.len()] = Default::default();
    for changed in changes.list.iter().filter(|changed| changed.change == Change::Changed) {
        let Thing::Element(element) = &changed.thing else { continue };
        let sort = match element {
            ElementId::Component(_) => 0,
            ElementId::Connection(_) => 1,
            ElementId::Boundary(_) => 2,
            ElementId::Note(_) => 3,
        };
        for (done, (key, _)) in DONE.iter().enumerate() {
            if changed.drawn().any(|field| field.path[0] == *key) {
                done_to[done][sort].push(&changed.thing);
            }
        }
    }
    let mut drawing = Vec::new();
    for ((_, done), of_sorts) in DONE.iter().zip(done_to) {
        for ((one, many), things) in SORTS.iter().zip(of_sorts) {
            let (one, many, done) = (t(one), t(many), t(done));
            let counted = match things.len() {
                0 => continue,
                1 => format!("1 {one} {done}"),
                length => format!("{} {many} {done}", count(length)),
            };
            let names = things.iter().take(MOST_NAMES).map(|thing| name_of(thing, documents)).collect();
            drawing.push(Drawn { counted, names, count: things.len() });
        }
    }
    drawing
}
