//! An estimate cut into parts: by component, work item, phase, role and framework, and each of them within another.

use std::collections::{BTreeMap, HashMap};

use indexmap::{IndexMap, IndexSet};

use super::{
    estimate::Sums,
    types::{Estimate, EstimateLine},
};
use crate::{
    lang::t,
    playbook::{PhaseId, Playbook, WorkItemId},
    project::{Assumptions, ComponentId, FrameworkId, Role, RoleId, RoleShare},
};

/// How an estimate is cut.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Cut {
    /// By component; the project's own work is a part of its own.
    #[default]
    Component,
    /// By work item, in the playbook's order.
    WorkItem,
    /// By phase, in the playbook's order.
    Phase,
    /// By role of the rate card; one part where there is one rate.
    Role,
    /// By what it is built on, in the playbook's order; the project's own work is a part of its own.
    Framework,
}

impl Cut {
    /// Every cut.
    pub const ALL: [Self; 5] = [Self::Component, Self::WorkItem, Self::Phase, Self::Role, Self::Framework];
    /// Those that have a table of their own.
    pub const TABLES: [Self; 4] = [Self::Component, Self::WorkItem, Self::Phase, Self::Role];

    /// What one part is.
    pub fn label(self) -> &'static str {
        match self {
            Self::Component => t("Component"),
            Self::WorkItem => t("Work item"),
            Self::Phase => t("Phase"),
            Self::Role => t("Role"),
            Self::Framework => t("Framework"),
        }
    }
}

/// What a part of an estimate is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum PartOf {
    /// The work on a component.
    Component(ComponentId),
    /// The work that belongs to no component.
    Project,
    /// The work of one kind.
    WorkItem(WorkItemId),
    /// The work of one phase.
    Phase(PhaseId),
    /// What one role does.
    Role(RoleId),
    /// What everybody does, at one rate.
    Everybody,
    /// The work on what is built on a framework.
    Framework(FrameworkId),
}

/// A part of an estimate.
#[derive(Clone, Debug, PartialEq)]
pub struct Slice {
    /// What it is.
    pub of: PartOf,
    /// Its medians.
    pub sums: Sums,
    /// Its own parts by the next cut; empty if there is none. They sum to it.
    pub within: Vec<Slice>,
}

/// Cuts an estimate by the first cut, each part by the second, and so on. The parts stand in the order of the document or of the
/// playbook, none without work is among them (but every role is), and each column of [`Sums`] sums to the estimate's median.
pub fn breakdown(estimate: &Estimate, playbook: &Playbook, assumptions: &Assumptions, cuts: &[Cut]) -> Vec<Slice> {
    let lines = &estimate.breakdown;
    let shares: Vec<Share> = (0..lines.len()).map(|line| Share { line, effort: 1.0, money: 1.0 }).collect();
    if shares.is_empty() {
        return Vec::new();
    }
    Cutter::new(lines, playbook, assumptions).cut(&shares, cuts)
}

/// A share of a line of the breakdown.
#[derive(Clone, Copy)]
struct Share {
    line: usize,
    /// Of its person-weeks and weeks.
    effort: f64,
    /// Of its money.
    money: f64,
}

struct Cutter<'a> {
    lines: &'a [EstimateLine],
    playbook: &'a Playbook,
    roles: Vec<(&'a RoleId, &'a Role, RoleShare)>,
    components: IndexSet<Option<&'a ComponentId>>,
    /// The component and the work item of each line, by position.
    places: Vec<[usize; 2]>,
}

impl<'a> Cutter<'a> {
    fn new(lines: &'a [EstimateLine], playbook: &'a Playbook, assumptions: &'a Assumptions) -> Self {
        let items: HashMap<&WorkItemId, usize> = playbook.work_items.keys().zip(0..).collect();
        let mut components: IndexSet<Option<&ComponentId>> = IndexSet::new();
        let mut last = None;
        let mut place = |line: &'a EstimateLine| {
            // The lines of a component stand together.
            let component = match last {
                Some((known, at)) if known == line.component.as_ref() => at,
                _ => components.insert_full(line.component.as_ref()).0,
            };
            last = Some((line.component.as_ref(), component));
            [component, items.get(&line.work_item).copied().unwrap_or(usize::MAX)]
        };
        let places = lines.iter().map(&mut place).collect();
        Self { lines, playbook, roles: assumptions.role_shares(), components, places }
    }

    fn cut(&self, shares: &[Share], cuts: &[Cut]) -> Vec<Slice> {
        let Some((first, rest)) = cuts.split_first() else { return Vec::new() };
        let mut parts: BTreeMap<usize, Vec<Share>> = BTreeMap::new();
        for share in shares {
            self.each_part(*first, *share, |part, share| parts.entry(part).or_default().push(share));
        }
        let slice = |(part, shares): (usize, Vec<Share>)| Slice {
            of: self.part_of(*first, part),
            sums: self.sums(&shares),
            within: self.cut(&shares, rest),
        };
        parts.into_iter().map(slice).collect()
    }

    /// The parts that a share of a line falls into, and how much of it.
    fn each_part(&self, cut: Cut, share: Share, mut put: impl FnMut(usize, Share)) {
        let of = |part: f64, money: f64| Share { effort: share.effort * part, money: share.money * money, ..share };
        match cut {
            Cut::Component => put(self.places[share.line][0], share),
            Cut::WorkItem => put(self.places[share.line][1], share),
            Cut::Phase => {
                for (phase, part) in self.lines[share.line].phases.iter().enumerate().filter(|(_, part)| **part > 0.0) {
                    put(phase, of(*part, *part));
                }
            }
            // The project's own work comes first, like a framework before all others.
            Cut::Framework => put(self.framework_at(share.line).map_or(0, |at| at + 1), share),
            Cut::Role if self.roles.is_empty() => put(0, share),
            Cut::Role => {
                for (role, (_, _, part)) in self.roles.iter().enumerate() {
                    put(role, of(part.effort, part.money));
                }
            }
        }
    }

    /// The place of a line's framework in the playbook.
    fn framework_at(&self, line: usize) -> Option<usize> {
        self.playbook.frameworks.get_index_of(self.lines[line].framework.as_ref()?)
    }

    fn part_of(&self, cut: Cut, part: usize) -> PartOf {
        match cut {
            Cut::Component => {
                let id = self.components.get_index(part).copied().flatten();
                id.map_or(PartOf::Project, |id| PartOf::Component(id.clone()))
            }
            Cut::WorkItem => {
                let id = self.playbook.work_items.get_index(part).map(|(id, _)| id.clone());
                PartOf::WorkItem(id.unwrap_or_else(|| WorkItemId::new("")))
            }
            Cut::Phase => {
                let id = self.playbook.estimate.phases.get(part).map(|phase| phase.id.clone());
                PartOf::Phase(id.unwrap_or_else(|| PhaseId::new("")))
            }
            Cut::Framework => {
                let known = part.checked_sub(1).and_then(|at| self.playbook.frameworks.get_index(at));
                known.map_or(PartOf::Project, |(id, _)| PartOf::Framework(id.clone()))
            }
            Cut::Role => self.roles.get(part).map_or(PartOf::Everybody, |(id, _, _)| PartOf::Role((*id).clone())),
        }
    }

    fn sums(&self, shares: &[Share]) -> Sums {
        let mut sums = Sums::default();
        for Share { line, effort, money } in shares {
            let line = &self.lines[*line];
            sums +=
                Sums { person_weeks: line.person_weeks * effort, usd: line.usd * money, weeks: line.weeks * effort };
        }
        sums
    }
}

impl Estimate {
    /// The medians of each component (`None` for the project's own work), in document order.
    pub fn by_component(&self) -> IndexMap<Option<ComponentId>, Sums> {
        let mut sums: IndexMap<_, Sums> = IndexMap::new();
        for line in &self.breakdown {
            let line_sums = Sums { person_weeks: line.person_weeks, usd: line.usd, weeks: line.weeks };
            *sums.entry(line.component.clone()).or_default() += line_sums;
        }
        sums
    }

    /// The medians of everything.
    pub fn sums(&self) -> Sums {
        Sums { person_weeks: self.person_weeks, usd: self.budget_usd.median, weeks: self.weeks.median }
    }
}
