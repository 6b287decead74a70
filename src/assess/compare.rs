//! Ways to build a plan, side by side: what each of them comes to, as plain figures.

use std::cell::OnceCell;

use indexmap::IndexMap;
use jiff::civil::Date;

use super::{
    capacity::Holds,
    engine::Engine,
    estimate::Sums,
    scenario::Choice,
    stack::{GlueSheet, GlueTaken},
    target::{Chances, Targets},
    types::{Assessment, Distribution, VerdictKind},
};
use crate::{
    playbook::{Assumption, EstimateSettings, Severity},
    progress::Progress,
    project::{Assumptions, ComponentId, FrameworkId, Project},
};

/// Some ways to build a plan.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// A column for each.
    pub columns: Vec<Column>,
}

/// What one way to build a plan comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Which way it is.
    pub choice: Choice,
    /// How files and the command line call it.
    pub slug: String,
    /// What people call it.
    pub name: String,
    /// The verdict on the whole.
    pub verdict: VerdictKind,
    /// Services by framework, in the playbook's order.
    pub counts: Vec<(FrameworkId, usize)>,
    /// What each service is built on, in document order; those that are put off are not in it.
    pub assignment: IndexMap<ComponentId, FrameworkId>,
    /// Calendar weeks.
    pub weeks: Distribution,
    /// US dollars.
    pub budget_usd: Distribution,
    /// Median effort in person-weeks.
    pub person_weeks: f64,
    /// When it ends by the project's calendar; `None` without a first day.
    pub ends: Option<Ends>,
    /// What is to hold: the project's targets, in every column.
    pub targets: Targets,
    /// How likely that is.
    pub chances: Chances,
    /// What it leaves to assemble.
    pub glue: GlueTaken,
    /// Open findings.
    pub findings: FindingCounts,
    /// Connections that cross from one family of frameworks to another.
    pub crossings: usize,
    /// The work that only the seam causes; it is in the figures above.
    pub seam: Sums,
    /// Evidence given up and what mixing weighs, in decibans.
    pub cost_db: f64,
    /// What it puts off to later.
    pub deferred: Vec<ComponentId>,
    /// The services that it builds on something else than the plan pins them to.
    pub overruled: Vec<ComponentId>,
    /// What it takes of machines, and whether it holds; `None` where nobody states a load.
    pub capacity: Option<Holds>,
    /// What its figures rest on.
    pub basis: Basis,
}

/// The days on which the work is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ends {
    /// As likely before as after.
    pub p50: Date,
    /// Four times out of five before.
    pub p80: Date,
}

/// Open findings by severity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FindingCounts {
    /// What will not work.
    pub errors: usize,
    /// What is likely to hurt.
    pub warnings: usize,
    /// What is worth a thought.
    pub hints: usize,
}

/// Assumptions in which ways to build a plan may differ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Basis {
    /// People working on it at the same time.
    pub team_size: f64,
    /// In US dollars.
    pub rate_usd_per_person_week: f64,
    /// Added to weeks and budget, as a share.
    pub contingency: f64,
    /// Share of everybody's time that each further colleague costs.
    pub communication_share: f64,
}

/// A service that stands elsewhere in another column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Differs {
    /// The service.
    pub component: ComponentId,
    /// What it is built on in the one; `None` where it is put off.
    pub from: Option<FrameworkId>,
    /// What it is built on in the other.
    pub to: Option<FrameworkId>,
}

impl Ends {
    fn of(assumptions: &Assumptions, weeks: &Distribution) -> Option<Self> {
        let timetable = assumptions.timetable()?;
        Some(Self { p50: timetable.finish_of(weeks.median), p80: timetable.finish_of(weeks.quantile(0.8)) })
    }
}

impl FindingCounts {
    fn of(assessment: &Assessment) -> Self {
        let count = |severity| assessment.open_findings().filter(|finding| finding.severity == severity).count();
        Self { errors: count(Severity::Error), warnings: count(Severity::Warning), hints: count(Severity::Hint) }
    }

    /// All of them.
    pub fn total(self) -> usize {
        self.errors + self.warnings + self.hints
    }
}

impl Basis {
    fn of(assumptions: &Assumptions, settings: &EstimateSettings) -> Self {
        Self {
            team_size: assumptions.team_size,
            rate_usd_per_person_week: assumptions.mean_rate_usd_per_person_week(),
            contingency: assumptions.contingency,
            communication_share: Assumption::CommunicationShare.of(settings, assumptions),
        }
    }
}

impl Column {
    /// The services that this column builds on something else than `base` does, in document order; what only one of them puts
    /// off stands last.
    pub fn differs_from(&self, base: &Self) -> Vec<Differs> {
        let here = |id: &ComponentId| self.assignment.get(id).cloned();
        let common = base.assignment.iter().map(|(id, from)| (id, Some(from.clone()), here(id)));
        let more = self.assignment.iter().filter(|(id, _)| !base.assignment.contains_key(*id));
        common
            .chain(more.map(|(id, to)| (id, None, Some(to.clone()))))
            .filter(|(_, from, to)| from != to)
            .map(|(id, from, to)| Differs { component: id.clone(), from, to })
            .collect()
    }
}

impl Comparison {
    /// The column of this choice.
    pub fn column(&self, choice: &Choice) -> Option<&Column> {
        self.columns.iter().find(|column| column.choice == *choice)
    }
}

/// What the ways to build a plan are compared with.
struct Plan<'a> {
    project: &'a Project,
    assessment: &'a Assessment,
    /// For everything that builds the same services with the same team.
    glue: OnceCell<GlueSheet>,
}

impl Engine {
    /// The ways `choices` to build a project, side by side; those the project does not keep are left out. `assessment` must be
    /// this engine's assessment of the project.
    pub fn compare(&self, project: &Project, assessment: &Assessment, choices: &[Choice]) -> Comparison {
        self.compare_while(project, assessment, choices, &Progress::default()).unwrap_or_default()
    }

    /// The same, a step of `progress` for each of them; `None` once that is cancelled.
    pub fn compare_while(
        &self,
        project: &Project,
        assessment: &Assessment,
        choices: &[Choice],
        progress: &Progress,
    ) -> Option<Comparison> {
        let plan = Plan { project, assessment, glue: OnceCell::new() };
        let column = |choice: &Choice| {
            let other = self.under(project, Some(assessment), choice)?;
            let same = *choice == Choice::Plan || Self::says_the_same(&other, project);
            let again = (!same).then(|| self.assess_again(&other, project, assessment));
            Some(self.column(&plan, choice, &other, again.as_ref().unwrap_or(assessment)))
        };
        progress.begin(choices.len() as u64);
        let mut columns = Vec::new();
        for choice in choices {
            columns.extend(column(choice));
            progress.step(1)?;
        }
        Some(Comparison { columns })
    }

    fn column(&self, plan: &Plan<'_>, choice: &Choice, project: &Project, assessment: &Assessment) -> Column {
        let (assumptions, estimate) = (&project.assumptions, &assessment.estimate);
        let targets = Targets::of(assumptions);
        let assignment = assessment.verdict.assignment.clone();
        let overruled = |(id, framework): (&ComponentId, &FrameworkId)| {
            let pin = plan.project.components.get(id)?.pin.as_ref()?;
            (pin != framework && self.playbook.frameworks.contains_key(pin)).then(|| id.clone())
        };
        Column {
            choice: choice.clone(),
            slug: self.choice_slug(choice),
            name: self.choice_name(plan.project, choice),
            verdict: assessment.verdict.kind.clone(),
            counts: assessment.verdict.counts.clone(),
            weeks: estimate.weeks,
            budget_usd: estimate.budget_usd,
            person_weeks: estimate.person_weeks,
            ends: Ends::of(assumptions, &estimate.weeks),
            targets,
            chances: targets.chance(estimate),
            glue: self.glue_of(plan, project, assessment),
            findings: FindingCounts::of(assessment),
            crossings: estimate.seam.crossings.len(),
            seam: estimate.seam.sums(),
            cost_db: assessment.verdict.cost_db,
            deferred: project.components.iter().filter(|(_, c)| c.deferred).map(|(id, _)| id.clone()).collect(),
            overruled: assignment.iter().filter_map(overruled).collect(),
            capacity: self.states_loads(project).then(|| self.capacity(project, assessment).holds()),
            basis: Basis::of(assumptions, &self.playbook.estimate),
            assignment,
        }
    }

    fn glue_of(&self, plan: &Plan<'_>, project: &Project, assessment: &Assessment) -> GlueTaken {
        let assignment = &assessment.verdict.assignment;
        let mut components = project.components.values().zip(plan.project.components.values());
        let same_services = components.all(|(a, b)| a.deferred == b.deferred);
        // A condition may read the size of the team; nothing else that differs is read by packages or points.
        if same_services && project.assumptions.team_size == plan.project.assumptions.team_size {
            let sheet = || GlueSheet::new(&self.playbook, plan.project, plan.assessment);
            return plan.glue.get_or_init(sheet).taken(assignment);
        }
        GlueSheet::new(&self.playbook, project, assessment).taken(assignment)
    }
}
