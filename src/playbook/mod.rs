//! The knowledge: frameworks, traits, criteria, work items, cases, packages, claims and servers, as data. Knows no project's contents.

mod check;
mod citation;
mod condition;
mod entries;
mod layer;
mod load;
mod model_case;
mod read;
mod rules;
mod servers;
mod spoken;
mod swings;

use indexmap::IndexMap;

pub use citation::{Citation, PARAGRAPHS, Subject, Uncarried};
pub use condition::{Amount, Condition, Direction, LinkFilter};
pub use entries::{
    CaseId, CaseStudy, Claim, Criterion, CriterionId, EstimateSettings, Framework, House, HouseBase, LargestTeam,
    Package, PackageStatus, Phase, PhaseId, PhaseRole, Provenance, Published, Scope, TimeUnit, Trait, TraitKind,
    WorkItem, WorkItemId,
};

pub use load::{FILE_NAMES, HOUSE_FILE, PlaybookFile, PlaybookProblem, builtin, builtin_files, load, read_dir};
pub use model_case::{CaseFigure, CaseLoad, ModelCase, Setup};
pub use rules::{Measure, Rule, RuleFix, RuleId, RuleSubject, Severity};
pub use servers::{CapacitySettings, ClientLibrary, Figure, LoadTraits, ServerId, ServerKind, ServerUnit, Slots};
pub use spoken::PlaybookText;
pub use swings::{Assumption, Step, Swing};

use crate::project::{FrameworkId, TraitId};

/// Everything the program knows.
#[derive(Clone, Debug, PartialEq)]
pub struct Playbook {
    /// The layer that makes it differ from the built-in one, if it is one.
    pub house: Option<House>,
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
    /// What should be looked at.
    pub rules: IndexMap<RuleId, Rule>,
    /// What services run on; empty in a playbook that says nothing of it.
    pub servers: IndexMap<ServerId, ServerKind>,
    /// What capacity is computed with; `None` in a playbook that says nothing of it.
    pub capacity: Option<CapacitySettings>,
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

    /// The framework that `id` takes from what it does not say itself: the one it extends or resembles.
    pub fn below(&self, id: &FrameworkId) -> Option<&FrameworkId> {
        let framework = self.frameworks.get(id)?;
        framework.extends.as_ref().or(framework.resembles.as_ref())
    }

    /// `id` and everything it takes from, nearest first.
    pub fn chain<'a>(&'a self, id: &'a FrameworkId) -> impl Iterator<Item = &'a FrameworkId> {
        // The load check refuses circles; the bound keeps a hand-made playbook from hanging here.
        std::iter::successors(Some(id), |id| self.below(id)).take(self.frameworks.len().max(1))
    }

    /// The value a map gives to `framework`, else to what it extends or resembles, and so on down.
    pub fn inherited<'a, T>(&'a self, map: &'a IndexMap<FrameworkId, T>, framework: &'a FrameworkId) -> Option<&'a T> {
        self.chain(framework).find_map(|id| map.get(id))
    }

    /// Prior person-weeks for a unit of a work item on a framework: its own, else those of what it extends or resembles (these
    /// times its factor), else those for any.
    pub fn person_weeks(&self, item: &WorkItem, framework: &FrameworkId) -> Option<f64> {
        let mut factor = 1.0;
        for id in self.chain(framework) {
            if let Some(person_weeks) = item.person_weeks.get(id) {
                return Some(person_weeks * factor);
            }
            factor *=
                self.frameworks.get(id).filter(|one| one.resembles.is_some()).map_or(1.0, |one| one.effort_factor);
        }
        item.any
    }

    /// The ways to run a framework: its own, else those of what it extends or resembles.
    pub fn servers_of<'a>(&'a self, framework: &'a FrameworkId) -> Vec<&'a ServerKind> {
        let of = |id: &FrameworkId| -> Vec<&ServerKind> {
            self.servers.values().filter(|kind| kind.frameworks.contains(id)).collect()
        };
        self.chain(framework).map(of).find(|kinds| !kinds.is_empty()).unwrap_or_default()
    }

    /// The package or product of this name.
    pub fn package(&self, name: &str) -> Option<&Package> {
        self.packages.iter().find(|package| package.name == name)
    }

    /// Whether `framework` is `other` or stands on it.
    pub fn stands_on(&self, framework: &FrameworkId, other: &FrameworkId) -> bool {
        let below = |id: &&FrameworkId| self.frameworks.get(*id).and_then(|framework| framework.extends.as_ref());
        std::iter::successors(Some(framework), below).take(self.frameworks.len() + 1).any(|id| id == other)
    }

    /// The name of a framework for people; its id if the playbook does not know it.
    pub fn framework_name<'a>(&'a self, id: &'a FrameworkId) -> &'a str {
        self.frameworks.get(id).map_or(id.as_str(), |framework| &framework.name)
    }
}
