//! What some elements come to together: the part of the estimate that is theirs, what they are built on, what was found about them.

use std::collections::{BTreeSet, HashMap};

use super::{
    estimate::Sums,
    types::{Assessment, Finding},
};
use crate::{
    playbook::Severity,
    project::{ComponentId, ElementId, FrameworkId, Project},
};

/// What a set of elements comes to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gathered {
    /// Components among them, those that are put off included.
    pub components: usize,
    /// Those that are ours to build, and are built now.
    pub services: usize,
    /// Components that are put off to later: in none of the sums.
    pub deferred: usize,
    /// Boundaries among them.
    pub boundaries: usize,
    /// Sticky notes among them.
    pub notes: usize,
    /// The medians of the work on the components: the sum of what the estimate says of each.
    pub sums: Sums,
    /// What the services are built on and how many on each, the one of most services first.
    pub frameworks: Vec<(FrameworkId, usize)>,
    /// How many open findings are about them.
    pub findings: usize,
    /// The worst of those.
    pub worst: Option<Severity>,
}

/// Gathers from one assessment for as many sets as are asked for: the lines of the estimate are gone through once.
pub struct Gather<'a> {
    project: &'a Project,
    assessment: &'a Assessment,
    sums: HashMap<&'a ComponentId, Sums>,
}

impl<'a> Gather<'a> {
    /// From the assessment of a project.
    pub fn new(project: &'a Project, assessment: &'a Assessment) -> Self {
        let mut sums: HashMap<&ComponentId, Sums> = HashMap::new();
        for line in &assessment.estimate.breakdown {
            if let Some(component) = &line.component {
                *sums.entry(component).or_default() +=
                    Sums { person_weeks: line.person_weeks, usd: line.usd, weeks: line.weeks };
            }
        }
        Self { project, assessment, sums }
    }

    /// What these elements come to; connections among them count for nothing but their findings.
    pub fn of(&self, elements: &BTreeSet<ElementId>) -> Gathered {
        let mut gathered = Gathered::default();
        for element in elements {
            match element {
                ElementId::Component(id) => self.add(id, &mut gathered),
                ElementId::Boundary(_) => gathered.boundaries += 1,
                ElementId::Note(_) => gathered.notes += 1,
                ElementId::Connection(_) => {}
            }
        }
        // Stable: of equally many the one that was met first.
        gathered.frameworks.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        for finding in self.assessment.open_findings().filter(|finding| self.is_about(finding, elements)) {
            gathered.findings += 1;
            // Worst first.
            gathered.worst.get_or_insert(finding.severity);
        }
        gathered
    }

    fn add(&self, id: &ComponentId, gathered: &mut Gathered) {
        gathered.components += 1;
        if self.project.is_deferred(id) {
            gathered.deferred += 1;
            return;
        }
        if let Some(sums) = self.sums.get(id) {
            gathered.sums += *sums;
        }
        if let Some(framework) = self.assessment.verdict.assignment.get(id) {
            gathered.services += 1;
            match gathered.frameworks.iter_mut().find(|(known, _)| known == framework) {
                Some((_, count)) => *count += 1,
                None => gathered.frameworks.push((framework.clone(), 1)),
            }
        }
    }

    /// Whether a finding is about one of the elements, or about a connection between two of them.
    fn is_about(&self, finding: &Finding, elements: &BTreeSet<ElementId>) -> bool {
        let within = |id: &ComponentId| elements.contains(&ElementId::Component(id.clone()));
        finding.elements.iter().any(|element| match element {
            ElementId::Connection(id) => {
                self.project.connections.get(id).is_some_and(|link| within(&link.from) && within(&link.to))
            }
            other => elements.contains(other),
        })
    }
}
