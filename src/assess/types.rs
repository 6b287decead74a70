//! What an assessment consists of: plain results, ready to be shown, exported or compared.

use indexmap::IndexMap;
use statrs::distribution::{ContinuousCDF as _, Normal};

use super::estimate::Sums;
use crate::{
    playbook::{CaseId, CriterionId, RuleId, Severity, WorkItemId},
    project::{ComponentId, ConnectionId, Edit, ElementId, FindingKey, FrameworkId},
};

/// Project x playbook: everything the program says about a project.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Assessment {
    /// The advice for each service, in document order.
    pub components: IndexMap<ComponentId, ComponentAdvice>,
    /// The advice for the whole.
    pub verdict: SystemVerdict,
    /// Effort, time and money under the verdict's assignment.
    pub estimate: Estimate,
    /// The same system with every service on one framework (and what extends it), for comparison.
    pub alternatives: Vec<Alternative>,
    /// What should be looked at, worst first, what was set aside included.
    pub findings: Vec<Finding>,
    /// How much of what the work is counted from somebody has said.
    pub answers: AnswerCount,
}

/// Traits that some work item reads and that suit the service, over all services.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AnswerCount {
    /// Those that somebody has answered, or that the kind of the service implies.
    pub given: usize,
    /// Those that nobody has answered: each counts as no work.
    pub open: usize,
}

/// The advice for one service.
#[derive(Clone, Debug, PartialEq)]
pub struct ComponentAdvice {
    /// What the service is built on in the verdict: the pin, or what serves the whole best.
    pub framework: FrameworkId,
    /// What its own evidence says, before the rest of the system is looked at.
    pub best: FrameworkId,
    /// Whether the person pinned it.
    pub pinned: bool,
    /// Share of `framework` among all (softmax of the scores), 0 to 1.
    pub share: f64,
    /// The strongest framework that is not in the same `extends` chain as `framework`; `None` if there is no other.
    pub rival: Option<FrameworkId>,
    /// Score of `framework` less score of `rival`, in decibans; below zero if pin or seam overrule the evidence.
    pub margin_db: f64,
    /// The score of each framework, in the playbook's order.
    pub scores: Vec<FrameworkScore>,
    /// Every criterion that holds, strongest first.
    pub reasons: Vec<Reason>,
}

/// The points of one framework for one service: prior + sum of its reasons.
#[derive(Clone, Debug, PartialEq)]
pub struct FrameworkScore {
    /// The framework.
    pub framework: FrameworkId,
    /// Points before any evidence, in decibans.
    pub prior_db: f64,
    /// All points, in decibans.
    pub score_db: f64,
    /// Share among all frameworks, 0 to 1.
    pub share: f64,
}

/// One criterion speaking for (or against) one framework on one service. A framework inherits the reasons of what it extends.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// The criterion.
    pub criterion: CriterionId,
    /// The framework it speaks for, as the playbook writes it.
    pub framework: FrameworkId,
    /// How far the criterion holds, 0 to 1.
    pub strength: f64,
    /// Weight x strength, in decibans.
    pub decibans: f64,
    /// The reason in a few words with its value filled in: `38 linked tables`.
    pub label: String,
    /// The paragraph of the page it stands on.
    pub paragraph: u8,
}

/// What the whole system should be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SystemVerdict {
    /// One framework, or a mix.
    pub kind: VerdictKind,
    /// The framework of each service.
    pub assignment: IndexMap<ComponentId, FrameworkId>,
    /// How many services are on each framework, in the playbook's order.
    pub counts: Vec<(FrameworkId, usize)>,
    /// Connections that cross from one framework to another.
    pub seam: Vec<ConnectionId>,
    /// How much better the assignment is than the best one of another kind, in decibans.
    pub margin_db: f64,
    /// Evidence given up plus the price of mixing, of this assignment, in decibans.
    pub cost_db: f64,
    /// What `margin_db` is measured against; `None` where pins (or a playbook with one family) leave no other choice.
    pub next: Option<NextBest>,
}

/// The best assignment on another set of framework families.
#[derive(Clone, Debug, PartialEq)]
pub struct NextBest {
    /// Its kind.
    pub kind: VerdictKind,
    /// The services that would be on another framework than in the verdict, in document order.
    pub moves: Vec<(ComponentId, FrameworkId)>,
    /// Evidence given up plus the price of mixing, in decibans.
    pub cost_db: f64,
}

/// The kind of a system verdict.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum VerdictKind {
    /// There is no service yet.
    #[default]
    Nothing,
    /// Every service on this framework or on what it extends.
    Single(FrameworkId),
    /// More than one framework.
    Mixed,
}

/// What lies far beyond a median is not certain to hold all the same.
const NEARLY_CERTAIN: f64 = 1.0 - 1e-12;

/// A lognormal quantity: `ln` of it is normal with median `ln(median)` and standard deviation `log_sd`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Distribution {
    /// As likely under as over.
    pub median: f64,
    /// Standard deviation of its natural logarithm.
    pub log_sd: f64,
}

impl Distribution {
    /// The figure that is not exceeded with this probability (0 < `probability` < 1).
    pub fn quantile(&self, probability: f64) -> f64 {
        if self.median <= 0.0 {
            return 0.0;
        }
        self.median * (Normal::standard().inverse_cdf(probability) * self.log_sd).exp()
    }

    /// The probability of staying at or under `value`: never 0 or 1 where it is not certain, however far off the value lies.
    pub fn probability_up_to(&self, value: f64) -> f64 {
        if value <= 0.0 {
            return 0.0;
        }
        if self.median <= 0.0 || self.log_sd <= 0.0 {
            return if value >= self.median { 1.0 } else { 0.0 };
        }
        let probability = Normal::standard().cdf((value / self.median).ln() / self.log_sd);
        probability.clamp(f64::MIN_POSITIVE, NEARLY_CERTAIN)
    }

    /// The distribution of so many times the quantity.
    #[must_use]
    pub fn times(&self, factor: f64) -> Self {
        Self { median: self.median * factor, log_sd: self.log_sd }
    }

    /// P10, P50, P80 and P90.
    pub fn quantiles(&self) -> Quantiles {
        Quantiles { p10: self.quantile(0.1), p50: self.median, p80: self.quantile(0.8), p90: self.quantile(0.9) }
    }
}

/// Four points of a range, in the quantity's unit.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Quantiles {
    /// One time in ten under.
    pub p10: f64,
    /// As likely under as over.
    pub p50: f64,
    /// Four times out of five under.
    pub p80: f64,
    /// Nine times out of ten under.
    pub p90: f64,
}

/// Effort, time and money.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Estimate {
    /// Median effort in person-weeks, with the project's team and contingency.
    pub person_weeks: f64,
    /// Calendar weeks.
    pub weeks: Distribution,
    /// US dollars.
    pub budget_usd: Distribution,
    /// Every piece of work; the columns sum to the medians above.
    pub breakdown: Vec<EstimateLine>,
    /// The part of it that mixing frameworks costs; its work is in the breakdown too.
    pub seam: SeamPrice,
    /// How much the estimate leans on each case, weights of its published figures in the median effort.
    pub leans: Vec<Lean>,
    /// Share of the variance of the budget that comes from lying outside the cases, 0 to 1.
    pub extrapolation: f64,
}

impl Estimate {
    /// Whether the range comes mostly from lying outside the four cases.
    pub fn is_outside_cases(&self) -> bool {
        self.extrapolation > 0.5
    }
}

/// One work item on one component (or, without one, on the project or on a seam).
#[derive(Clone, Debug, PartialEq)]
pub struct EstimateLine {
    /// The component the work belongs to; `None` for the project's own.
    pub component: Option<ComponentId>,
    /// What that component is built on.
    pub framework: Option<FrameworkId>,
    /// The work item.
    pub work_item: WorkItemId,
    /// Units of work.
    pub quantity: f64,
    /// Median effort in person-weeks.
    pub person_weeks: f64,
    /// Median cost in US dollars.
    pub usd: f64,
    /// Median share of the calendar in weeks.
    pub weeks: f64,
    /// How effort falls into the playbook's phases: shares in its order, summing to 1.
    pub phases: Vec<f64>,
}

/// What it takes to build one system on more than one family of frameworks (¶14, ¶17); nothing for a system on one. The prices are
/// assumptions of the playbook: work items of scope `seam` and `extra_framework`, and `seam_db`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SeamPrice {
    /// The connections that cross, in document order.
    pub crossings: Vec<Crossing>,
    /// The work that comes with each family after the first: conventions, log-in, deployment.
    pub mixing: Vec<SeamWork>,
    /// What each family after the first weighs in the verdict, together, in decibans.
    pub mixing_db: f64,
}

/// A connection that crosses from one family of frameworks to another.
#[derive(Clone, Debug, PartialEq)]
pub struct Crossing {
    /// The connection.
    pub connection: ConnectionId,
    /// The framework of the caller.
    pub from: FrameworkId,
    /// The framework of the called.
    pub to: FrameworkId,
    /// What it weighs in the verdict, by its protocol, in decibans.
    pub cost_db: f64,
    /// The work it causes.
    pub work: Vec<SeamWork>,
}

/// A piece of work that only the seam causes.
#[derive(Clone, Debug, PartialEq)]
pub struct SeamWork {
    /// The work item.
    pub work_item: WorkItemId,
    /// Its medians.
    pub sums: Sums,
}

/// How much an estimate leans on one case.
#[derive(Clone, Debug, PartialEq)]
pub struct Lean {
    /// The case.
    pub case: CaseId,
    /// The weight of the case's published figure in the median effort.
    pub weight: f64,
}

/// A whole system on one framework, beside the verdict.
#[derive(Clone, Debug, PartialEq)]
pub struct Alternative {
    /// The framework (services may use what extends it where that is better).
    pub framework: FrameworkId,
    /// Calendar weeks.
    pub weeks: Distribution,
    /// US dollars.
    pub budget_usd: Distribution,
    /// Evidence given up, in decibans.
    pub cost_db: f64,
}

/// Something that should be looked at.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// Names it from one assessment to the next: its rule and what it is about.
    pub key: FindingKey,
    /// The rule that found it.
    pub rule: RuleId,
    /// How bad it is.
    pub severity: Severity,
    /// What and what to do, one line.
    pub message: String,
    /// Why it matters, in a sentence; empty where the message says all.
    pub why: String,
    /// The elements concerned, the most telling first.
    pub elements: Vec<ElementId>,
    /// The paragraphs behind it.
    pub paragraphs: Vec<u8>,
    /// Ways to mend it.
    pub fixes: Vec<Fix>,
    /// Why it is to stay, if somebody said so.
    pub suppressed: Option<String>,
}

/// A way to mend a finding.
#[derive(Clone, Debug, PartialEq)]
pub struct Fix {
    /// What it does, in a few words: `Pin to ...`.
    pub label: String,
    /// The changes, one undoable step together. New components have no place yet.
    pub edits: Vec<Edit>,
}

impl Assessment {
    /// The findings that nobody has set aside, worst first.
    pub fn open_findings(&self) -> impl Iterator<Item = &Finding> + Clone {
        self.findings.iter().filter(|finding| finding.suppressed.is_none())
    }

    /// The findings that were set aside, each with its reason.
    pub fn suppressed_findings(&self) -> impl Iterator<Item = &Finding> + Clone {
        self.findings.iter().filter(|finding| finding.suppressed.is_some())
    }
}
