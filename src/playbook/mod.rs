//! The knowledge: frameworks, traits, criteria, work items, cases, packages and claims, as data. Knows no project's contents.

mod check;
mod citation;
mod condition;
mod entries;
mod load;

use indexmap::IndexMap;

pub use citation::{Citation, PARAGRAPHS, Subject, Uncarried};
pub use condition::{Amount, Condition, Direction, LinkFilter};
pub use entries::{
    CaseId, CaseStudy, Claim, Criterion, CriterionId, EstimateSettings, Framework, Package, PackageStatus, Phase,
    PhaseId, Provenance, Published, Scope, TimeUnit, Trait, TraitKind, WorkItem, WorkItemId,
};

pub use load::{FILE_NAMES, PlaybookFile, PlaybookProblem, builtin, builtin_files, load, read_dir};

use crate::project::{FrameworkId, TraitId};

/// Everything the program knows.
#[derive(Clone, Debug, PartialEq)]
pub struct Playbook {
    /// Frameworks in the order they are listed.
    pub frameworks: IndexMap<FrameworkId, Framework>,
    /// Traits in the order they are listed.
    pub traits: IndexMap<TraitId, Trait>,
    /// Reasons.
    pub criteria: IndexMap<CriterionId, Criterion>,
    /// Work with prior prices.
    pub work_items: IndexMap<WorkItemId, WorkItem>,
    /// Constants of the estimate.
    pub estimate: EstimateSettings,
    /// Case studies.
    pub cases: IndexMap<CaseId, CaseStudy>,
    /// The stack.
    pub packages: Vec<Package>,
    /// The page's claims beside what was found.
    pub claims: Vec<Claim>,
}

impl Playbook {
    /// The framework at the bottom of the `extends` chain of `id`: frameworks with the same root make one system.
    pub fn root<'a>(&'a self, id: &'a FrameworkId) -> &'a FrameworkId {
        let mut root = id;
        // The load check refuses cycles; the bound keeps a hand-made playbook from hanging here.
        for _ in 0..self.frameworks.len() {
            match self.frameworks.get(root).and_then(|framework| framework.extends.as_ref()) {
                Some(below) => root = below,
                None => break,
            }
        }
        root
    }

    /// The value a map gives to `framework`, else to what it extends, and so on down.
    pub fn inherited<'a, T>(&self, map: &'a IndexMap<FrameworkId, T>, framework: &FrameworkId) -> Option<&'a T> {
        let mut id = framework;
        for _ in 0..=self.frameworks.len() {
            if let Some(value) = map.get(id) {
                return Some(value);
            }
            id = self.frameworks.get(id)?.extends.as_ref()?;
        }
        None
    }

    /// The name of a framework for people; its id if the playbook does not know it.
    pub fn framework_name<'a>(&'a self, id: &'a FrameworkId) -> &'a str {
        self.frameworks.get(id).map_or(id.as_str(), |framework| &framework.name)
    }
}
