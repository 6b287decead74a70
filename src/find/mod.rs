//! Finds things of a plan by words: components, what they carry and are built on, connections, boundaries, notes, findings.
//!
//! An [`Index`] is made once for a plan and its assessment. Each text is in it once, however many things have it, so that a query is
//! compared with a few thousand texts where there are ten thousand components.

mod index;
mod kinds;
mod line;
mod search;

use std::{collections::HashMap, ops::Range, sync::Arc};

pub use kinds::kinds;
pub use line::Line;

use crate::{
    assess::Assessment,
    lang::t,
    project::{BoundaryId, ComponentId, ElementId, FindingKey, Project, TraitId},
    text::matching::Fit,
};

/// What was found by what.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Group {
    /// Components by name, id, kind or notes.
    Components,
    /// Components by a trait they carry and its value.
    Traits,
    /// Services by the framework they are built on.
    Frameworks,
    /// Connections by their ends, label or protocol.
    Connections,
    /// Boundaries by name.
    Boundaries,
    /// Sticky notes by what they say.
    Notes,
    /// Findings by what they say.
    Findings,
}

impl Group {
    /// Every group, in the order in which equally good ones are listed.
    pub const ALL: [Self; 7] = [
        Self::Components,
        Self::Traits,
        Self::Frameworks,
        Self::Connections,
        Self::Boundaries,
        Self::Notes,
        Self::Findings,
    ];

    /// The caption over the group.
    pub fn label(self) -> &'static str {
        match self {
            Self::Components => t("Components"),
            Self::Traits => t("Traits"),
            Self::Frameworks => t("Frameworks"),
            Self::Connections => t("Connections"),
            Self::Boundaries => t("Boundaries"),
            Self::Notes => t("Notes"),
            Self::Findings => t("Findings"),
        }
    }
}

/// Where a hit leads to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// Something on the sheet.
    Element(ElementId),
    /// A finding, about one or several elements or about the plan as a whole.
    Finding(FindingKey),
}

/// One thing that can be found.
#[derive(Clone, Debug)]
enum What {
    Component(ComponentId),
    Trait(ComponentId, TraitId),
    Framework(ComponentId),
    Other(ElementId),
    /// Its place in the assessment's list.
    Finding(usize),
}

/// What a text is to the thing that has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// What it is found by first.
    Name,
    /// What it is found by as well.
    Also,
    /// What narrows a search down, but is found by itself elsewhere: the component that carries a trait.
    Whose,
}

#[derive(Debug)]
struct Item {
    group: Group,
    what: What,
    /// In `fields` of the index.
    fields: Range<u32>,
    /// Behind others that fit equally well: a trait that was answered with no.
    behind: bool,
}

/// Everything that can be found in a plan.
#[derive(Debug)]
pub struct Index {
    project: Arc<Project>,
    assessment: Arc<Assessment>,
    texts: Vec<String>,
    /// Whether a text is a name, where slips of the hand are forgiven.
    names: Vec<bool>,
    fields: Vec<(u32, Role)>,
    items: Vec<Item>,
    hidden: HashMap<ElementId, BoundaryId>,
}

/// Names one thing of the index it was found in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit(u32);

/// What was found: groups, the best one first, each with its hits, the best first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// Every hit, group by group.
    pub hits: Vec<Hit>,
    /// The groups, with their places among the hits.
    pub groups: Vec<(Group, Range<usize>)>,
    /// Nothing has the words as they were typed; this is what they may have been meant for.
    pub near: bool,
}

impl Index {
    /// Whether this is the index of that plan and assessment.
    pub fn is_of(&self, project: &Arc<Project>, assessment: &Arc<Assessment>) -> bool {
        Arc::ptr_eq(&self.project, project) && Arc::ptr_eq(&self.assessment, assessment)
    }

    /// How many texts a query is compared with.
    pub fn distinct_texts(&self) -> usize {
        self.texts.len()
    }

    /// Where a hit leads to.
    pub fn target(&self, hit: Hit) -> Option<Target> {
        Some(match &self.items.get(hit.0 as usize)?.what {
            What::Component(id) | What::Trait(id, _) | What::Framework(id) => {
                Target::Element(ElementId::Component(id.clone()))
            }
            What::Other(element) => Target::Element(element.clone()),
            What::Finding(at) => Target::Finding(self.assessment.findings.get(*at)?.key.clone()),
        })
    }

    /// The elements that a hit is about, the most telling first.
    pub fn elements(&self, hit: Hit) -> Vec<ElementId> {
        match self.items.get(hit.0 as usize).map(|item| &item.what) {
            Some(What::Component(id) | What::Trait(id, _) | What::Framework(id)) => {
                vec![ElementId::Component(id.clone())]
            }
            Some(What::Other(element)) => vec![element.clone()],
            Some(What::Finding(at)) => self.assessment.findings.get(*at).map_or_else(Vec::new, |f| f.elements.clone()),
            None => Vec::new(),
        }
    }

    /// The element itself, or the folded boundary that is seen in its place.
    pub fn seen_as(&self, element: &ElementId) -> ElementId {
        self.hidden.get(element).map_or_else(|| element.clone(), |id| ElementId::Boundary(id.clone()))
    }
}

/// How good a hit is; smaller is better.
type Rank = (Fit, bool, usize, u32);
