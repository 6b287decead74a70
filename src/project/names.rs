//! Names for what is added without being asked for one.

use std::collections::HashSet;

use super::{Project, kind::ComponentKind};

impl Project {
    /// What a new component of a kind is called: like its kind, with the first number that is free if another one is called so.
    pub fn new_component_name(&self, kind: ComponentKind) -> String {
        free_name(kind.label(), self.components.values().map(|component| component.name.as_str()))
    }

    /// What a new boundary is called: `Boundary`, with the first number that is free if another one is called so.
    pub fn new_boundary_name(&self) -> String {
        free_name("Boundary", self.boundaries.values().map(|boundary| boundary.name.as_str()))
    }
}

fn free_name<'a>(word: &str, taken: impl Iterator<Item = &'a str>) -> String {
    let taken: HashSet<&str> = taken.collect();
    let numbered = (2_usize..).map(|number| format!("{word} {number}"));
    std::iter::once(word.to_owned()).chain(numbered).find(|name| !taken.contains(name.as_str())).unwrap_or_default()
}
