//! The entries of the playbook, each kind a list in a file of its own.

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

use super::{
    condition::{Amount, Condition},
    model_case::ModelCase,
    swings::Swing,
};
use crate::{
    lang::t,
    project::{Assumptions, ComponentId, ComponentKind, FrameworkId, Role, RoleId, TraitId, WEEKS_A_MONTH, slug_id},
};

slug_id!(
    /// Names a [`Criterion`].
    CriterionId
);
slug_id!(
    /// Names a [`WorkItem`].
    WorkItemId
);
slug_id!(
    /// Names a [`Phase`].
    PhaseId
);
slug_id!(
    /// Names a [`CaseStudy`]; also the name of its preset.
    CaseId
);

/// Where a piece of knowledge comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provenance {
    /// The page says so.
    Claim,
    /// Ours; editable.
    Assumption,
    /// We measured it; how is written beside it.
    Measured,
    /// The page is dated here; what holds today, with the date it was checked.
    Update,
}

/// A framework that a service can be built on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Framework {
    /// Its id, as files and the command line write it.
    pub id: FrameworkId,
    /// Its name.
    pub name: String,
    /// Its name where there is little room.
    pub short_name: String,
    /// Its character in one line.
    pub character: String,
    /// The framework it is built on. It inherits that one's weights and person-weeks where it has none of its own, and the
    /// two together do not make a system mixed.
    #[serde(default)]
    pub extends: Option<FrameworkId>,
    /// The framework it is like. It takes that one's weights and person-weeks where it has none of its own, and what that one
    /// brings along, but it is a choice of its own: the two together make a system mixed.
    #[serde(default)]
    pub resembles: Option<FrameworkId>,
    /// Person-weeks on this framework for each on the one it resembles, for prices it takes from there.
    #[serde(default = "one")]
    pub effort_factor: f64,
    /// Traits it covers by itself, without a further package.
    #[serde(default)]
    pub brings: Vec<TraitId>,
    /// Points before any evidence, in decibans.
    pub prior_db: f64,
    /// Which of the window's framework colours it takes: `green`, `olive`, `teal`, `violet`, `rose`, `blue`.
    pub colour: String,
    /// Its home on the web.
    pub home: String,
    /// Packages that every service on it needs.
    pub base_packages: Vec<String>,
    /// Paragraphs of the page that speak of it.
    pub paragraphs: Vec<u8>,
}

fn one() -> f64 {
    1.0
}

/// What makes a folder a layer over another playbook.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct House {
    /// What people call the layer.
    pub name: String,
    /// What it lies over.
    pub extends: HouseBase,
    /// What it is for, in a sentence.
    #[serde(default)]
    pub about: String,
}

/// What a layer can lie over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HouseBase {
    /// The playbook that is built in.
    Builtin,
}

/// What values a trait takes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TraitKind {
    /// Yes or no.
    Flag,
    /// A number from `least` to `most`, in the trait's unit.
    Number {
        /// Smallest value that makes sense.
        least: f64,
        /// Largest value that makes sense.
        most: f64,
        /// Values that a person is most likely to choose between (low, typical, high).
        plausible: (f64, f64, f64),
        /// Whether only whole numbers make sense.
        #[serde(default)]
        whole: bool,
    },
    /// One of these options, weakest first.
    Choice(Vec<String>),
}

/// A tag that a component can carry.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trait {
    /// Its id, as files write it.
    pub id: TraitId,
    /// What people call it, sentence case.
    pub label: String,
    /// Its chip on a card, with `{}` for the value: `{} tables`.
    pub chip: String,
    /// The same for one, `{} Tabelle`, in a language that has it from a catalogue; empty: made of the other.
    #[serde(skip)]
    pub chip_for_one: String,
    /// The unit of a number: `tables`, `/s`, `ms`; empty for flags and choices.
    #[serde(default)]
    pub unit: String,
    /// Its values.
    pub value: TraitKind,
    /// The group it is listed in.
    pub group: String,
    /// What it means and how to answer it, one or two sentences.
    pub help: String,
    /// The kinds of component it suits best; empty for every service. Others may carry it all the same.
    #[serde(default)]
    pub suits: Vec<ComponentKind>,
    /// Whether one service answers it for the whole plan: once one carries it, the others are not asked.
    #[serde(default)]
    pub once: bool,
    /// Whether it says of a service that it works on the tables of another one. Flags only. Where no connection says which, it is
    /// the services that use the same relational database: it is put off with them.
    #[serde(default)]
    pub shares_tables: bool,
    /// Traits that make no sense beside it on the same component; one direction is enough.
    #[serde(default)]
    pub contradicts: Vec<TraitId>,
    /// Paragraphs of the page that bring it up.
    pub paragraphs: Vec<u8>,
}

/// A reason for or against a framework.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Its id.
    pub id: CriterionId,
    /// The reason in a few words, with `{}` for the value of its first amount or flag if it has one: `{} linked tables`.
    pub label: String,
    /// The reason in a sentence of our own.
    pub reason: String,
    /// When it holds and how far.
    pub when: Condition,
    /// Decibans at full strength for each framework it speaks for (or, below zero, against).
    pub weights_db: IndexMap<FrameworkId, f64>,
    /// Why the weight is as large as it is beside the others.
    pub weight_reason: String,
    /// Paragraphs of the page it stands on.
    pub paragraphs: Vec<u8>,
    /// What kind of knowledge it is.
    pub provenance: Provenance,
}

/// Where the quantity of a work item is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// On each service by itself.
    Service,
    /// On each connection that leaves a service: `when` and `amount` see the caller, `protocols` limits the links.
    Link,
    /// On each connection that crosses from one framework to another (not within one `extends` chain).
    Seam,
    /// On the project: once for each framework after the first that its services use.
    ExtraFramework,
    /// On the project: once if there is any service at all.
    Project,
}

/// Something that has to be done, with its prior price.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkItem {
    /// Its id.
    pub id: WorkItemId,
    /// What people call it.
    pub label: String,
    /// Why it costs what it costs, in a sentence of our own.
    pub reason: String,
    /// Where its quantity is read.
    pub scope: Scope,
    /// The quantity is `when` x `amount` (after `curve`).
    pub when: Condition,
    /// How much of it there is.
    pub amount: Amount,
    /// Turns the amount into units of work by straight lines through these (amount, units) points, both rising; beyond the last
    /// point the last slope goes on. Empty: a unit for each.
    #[serde(default)]
    pub curve: Vec<(f64, f64)>,
    /// For [`Scope::Link`] and [`Scope::Seam`]: only links of these protocols; empty for any.
    #[serde(default)]
    pub protocols: Vec<crate::project::Protocol>,
    /// For [`Scope::Link`] and [`Scope::Seam`]: only links to components of these kinds; empty for any.
    #[serde(default)]
    pub kinds: Vec<ComponentKind>,
    /// Prior person-weeks for a unit on each framework. A framework that is not here takes the value of the one it extends, then
    /// `any`; every framework must find one.
    pub person_weeks: IndexMap<FrameworkId, f64>,
    /// Prior person-weeks for a unit on any framework that has none of its own.
    #[serde(default)]
    pub any: Option<f64>,
    /// How the effort falls into phases, shares that sum to 1.
    pub phases: IndexMap<PhaseId, f64>,
    /// Coefficient of variation of the prior multiplier.
    pub cv: f64,
    /// Prior log-spread of the item's own outcome.
    pub log_spread: f64,
    /// Paragraphs of the page it stands on.
    pub paragraphs: Vec<u8>,
    /// What kind of knowledge it is.
    pub provenance: Provenance,
}

/// A phase of the work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Phase {
    /// Its id.
    pub id: PhaseId,
    /// What people call it.
    pub label: String,
    /// What a schedule takes it for; `None` if only its place among the others matters.
    #[serde(default)]
    pub role: Option<PhaseRole>,
}

/// What a phase is to a schedule. A playbook gives each role to at most one phase, in this order; what a role would order is left
/// open where no phase has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PhaseRole {
    /// The last phase in which the project's own work lays the ground for that of the components.
    Foundations,
    /// What a component can do is there at its end: others can be integrated with it.
    Build,
    /// The first phase that needs the components that are called.
    Integration,
    /// A component goes live, which needs what it calls to be live.
    Rollout,
}

impl PhaseRole {
    /// Every role in its order.
    pub const ALL: [Self; 4] = [Self::Foundations, Self::Build, Self::Integration, Self::Rollout];

    /// How files write it.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Foundations => "foundations",
            Self::Build => "build",
            Self::Integration => "integration",
            Self::Rollout => "rollout",
        }
    }
}

/// Constants of the estimate (all assumptions, with a reason).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EstimateSettings {
    /// The blended rate the published budgets are read with, in US dollars a person-week.
    pub reference_rate_usd_per_person_week: f64,
    /// The team the published timelines are read with.
    pub reference_team_size: f64,
    /// Share of a person's time that each further colleague costs (pairwise communication).
    pub communication_share: f64,
    /// The phases in their order.
    pub phases: Vec<Phase>,
    /// Cost of running a second framework when verdicts are weighed, in decibans.
    pub second_framework_db: f64,
    /// Cost of a connection that crosses frameworks when verdicts are weighed, in decibans by protocol; every protocol is here.
    pub seam_db: IndexMap<crate::project::Protocol, f64>,
    /// Roles with rates and shares for whoever wants more than one rate; their blend is scaled to the project's own.
    #[serde(default)]
    pub rate_card: IndexMap<RoleId, Role>,
    /// How far the assumptions of a project may lie from what comes true, for the sensitivity.
    #[serde(default)]
    pub swings: Vec<Swing>,
    /// The largest team that is proposed to reach a goal.
    #[serde(default)]
    pub largest_team: LargestTeam,
    /// What a new project starts with: rate, team, contingency.
    #[serde(default)]
    pub new_projects: Assumptions,
    /// Why these are as they are.
    pub reason: String,
}

/// How many people a plan can use: so many for each service it builds, but so many in any case (assumption).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LargestTeam {
    /// People in any case.
    pub people: u32,
    /// People for each service.
    pub people_per_service: u32,
}

impl Default for LargestTeam {
    fn default() -> Self {
        Self { people: 4, people_per_service: 3 }
    }
}

impl LargestTeam {
    /// The largest team for so many services, in people.
    pub fn of(self, services: usize) -> u32 {
        let services = u32::try_from(services).unwrap_or(u32::MAX);
        self.people_per_service.saturating_mul(services).max(self.people)
    }
}

impl EstimateSettings {
    /// The place among the phases of the one that has a role.
    pub fn phase_with(&self, role: PhaseRole) -> Option<usize> {
        self.phases.iter().position(|phase| phase.role == Some(role))
    }
}

/// A case study of the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CaseStudy {
    /// Its id: also the name of the preset that draws it.
    pub id: CaseId,
    /// What people call it.
    pub name: String,
    /// What it is about, in one or two sentences of our own.
    pub summary: String,
    /// Its paragraph.
    pub paragraph: u8,
    /// The framework of each component the page names.
    pub frameworks: IndexMap<ComponentId, FrameworkId>,
    /// The published range of time and money; `None` for a case that has none (then it does not calibrate anything).
    #[serde(default)]
    pub published: Option<Published>,
}

/// What the page says a case took.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Published {
    /// Low and high of the timeline, in `unit`.
    pub timeline: (f64, f64),
    /// The unit of the timeline.
    pub unit: TimeUnit,
    /// Low and high of the budget in US dollars.
    pub budget_usd: (f64, f64),
}

/// A unit of calendar time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeUnit {
    /// Seven days.
    Weeks,
    /// 52/12 weeks.
    Months,
}

impl TimeUnit {
    /// Weeks in one of these.
    pub fn weeks(self) -> f64 {
        match self {
            Self::Weeks => 1.0,
            Self::Months => WEEKS_A_MONTH,
        }
    }
}

/// Whether a package is kept today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PackageStatus {
    /// Released and maintained.
    Active,
    /// Fixes only.
    Maintenance,
    /// No longer kept.
    Unmaintained,
}

impl PackageStatus {
    /// The status in a word or two.
    pub fn label(self) -> &'static str {
        match self {
            Self::Active => t("Maintained"),
            Self::Maintenance => t("Fixes only"),
            Self::Unmaintained => t("Not maintained"),
        }
    }
}

/// A package of the stack.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Package {
    /// Its name on the package index, or of the product.
    pub name: String,
    /// The version that is known to resolve together with the others; empty for a product.
    #[serde(default)]
    pub version: String,
    /// Extras of the package to install: `binary`.
    #[serde(default)]
    pub extras: Vec<String>,
    /// Whether it is a program that runs beside the services and not a Python package.
    #[serde(default)]
    pub product: bool,
    /// Whether it only helps those who develop; such a package is no glue.
    #[serde(default)]
    pub develop: bool,
    /// What it is for.
    pub purpose: String,
    /// The frameworks it goes with, and with them those that extend them; empty for all.
    pub frameworks: Vec<FrameworkId>,
    /// When a service needs it.
    pub when: Condition,
    /// What has to be there with it: `Redis` for a queue on Redis.
    #[serde(default)]
    pub needs: Vec<String>,
    /// The package that it can be taken in place of; it is then only shown beside that one.
    #[serde(default)]
    pub alternative_to: Option<String>,
    /// Its status on `checked`.
    pub status: PackageStatus,
    /// What to take instead, where it is no longer kept.
    #[serde(default)]
    pub replacement: Option<String>,
    /// What is to be said of its status.
    #[serde(default)]
    pub note: String,
    /// The date of the check, `2026-11-22`.
    pub checked: String,
    /// Whether the page names it.
    pub on_page: bool,
    /// Paragraphs of the page that name it.
    pub paragraphs: Vec<u8>,
}

impl Package {
    /// Its line in a requirements file: `celery[redis]==5.5.3`.
    pub fn requirement(&self) -> String {
        let extras = if self.extras.is_empty() { String::new() } else { format!("[{}]", self.extras.join(",")) };
        let pin = if self.version.is_empty() { String::new() } else { format!("=={}", self.version) };
        format!("{}{extras}{pin}", self.name)
    }
}

/// What the page claims and what was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// Its id.
    pub id: String,
    /// Its paragraph.
    pub paragraph: u8,
    /// On the first claim of a paragraph: what the paragraph is called, in a few words of our own.
    #[serde(default)]
    pub paragraph_title: String,
    /// The claim in our own words.
    pub claim: String,
    /// The figure of the page, if it has one.
    #[serde(default)]
    pub page_figure: String,
    /// What was measured or computed; empty if nothing was.
    #[serde(default)]
    pub measured: String,
    /// How it was measured or computed: machine and versions.
    #[serde(default)]
    pub how: String,
    /// What to make of it.
    #[serde(default)]
    pub verdict: String,
    /// Set-ups of the measurement, for what the capacity model gives for them.
    #[serde(default)]
    pub model: Vec<ModelCase>,
    /// What kind of knowledge the entry is.
    pub provenance: Provenance,
    /// The date of the check for `measured` and `update`.
    #[serde(default)]
    pub checked: String,
    /// Criteria that stand on it.
    #[serde(default)]
    pub criteria: Vec<CriterionId>,
    /// Work items that stand on it.
    #[serde(default)]
    pub work_items: Vec<WorkItemId>,
    /// Packages that it is about, by name.
    #[serde(default)]
    pub packages: Vec<String>,
}
