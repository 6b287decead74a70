//! Names for what is added without being asked for one.

use std::collections::HashSet;

use super::{ComponentId, MAX_NAME_BYTES, Project, Protocol, kind::ComponentKind};
use crate::lang::t;

impl Project {
    /// What a new component of a kind is called: like its kind, with the first number that is free if another one is called so.
    pub fn new_component_name(&self, kind: ComponentKind) -> String {
        free_name(kind.label(), self.components.values().map(|component| component.name.as_str()))
    }

    /// What a new boundary is called: `Boundary`, with the first number that is free if another one is called so.
    pub fn new_boundary_name(&self) -> String {
        free_name(t("Boundary"), self.boundaries.values().map(|boundary| boundary.name.as_str()))
    }
}

impl Project {
    /// What a new connection between two components says: what is likely, else what none between them says yet; `None` if everything is said.
    pub fn free_protocol(&self, from: &ComponentId, to: &ComponentId) -> Option<Protocol> {
        let likely = Protocol::likely_to(self.components.get(to)?.kind);
        let links = self.connections.values().filter(|link| link.from == *from && link.to == *to);
        let taken: Vec<Protocol> = links.map(|link| link.protocol).collect();
        std::iter::once(likely).chain(Protocol::ALL).find(|protocol| !taken.contains(protocol))
    }
}

/// Names that are taken, for what is copied beside its original.
#[derive(Debug)]
pub struct Names(HashSet<String>);

impl Names {
    /// The names that are taken.
    pub fn new(taken: impl IntoIterator<Item = String>) -> Self {
        Self(taken.into_iter().collect())
    }

    /// What a copy is called: as its original, with the first number that is free if another one is called so. It is taken then.
    pub fn of_copy(&mut self, name: &str) -> String {
        let numbered = name.rsplit_once(' ').filter(|(word, number)| !word.is_empty() && number.parse::<u32>().is_ok());
        let word = numbered.map_or(name, |(word, _)| word);
        let mut next = (2_usize..).map(|number| format!("{word} {number}")).filter(|name| !self.0.contains(name));
        let free = if self.0.contains(name) { next.next() } else { None };
        let free = free.unwrap_or_else(|| name.to_owned());
        self.0.insert(free.clone());
        free
    }
}

/// A name as it is if it is free, or with the first number behind it with which it is. As much of it as fits is kept.
pub fn own_name(name: &str, is_free: impl Fn(&str) -> bool) -> String {
    // Room for the number.
    const SPARE_BYTES: usize = 8;
    let fitting = |most: usize| name.get(..name.floor_char_boundary(most)).unwrap_or(name).trim_end();
    let numbered = (2_usize..).map(|number| format!("{} {number}", fitting(MAX_NAME_BYTES - SPARE_BYTES)));
    std::iter::once(fitting(MAX_NAME_BYTES).to_owned()).chain(numbered).find(|name| is_free(name)).unwrap_or_default()
}

fn free_name<'a>(word: &str, taken: impl Iterator<Item = &'a str>) -> String {
    let taken: HashSet<&str> = taken.collect();
    let numbered = (2_usize..).map(|number| format!("{word} {number}"));
    std::iter::once(word.to_owned()).chain(numbered).find(|name| !taken.contains(name.as_str())).unwrap_or_default()
}
