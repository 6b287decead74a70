//! Estimates as they stood at some moment: what is kept of one, and one compared with another part by part.

use indexmap::IndexMap;
use jiff::civil::Date;

use super::types::{Assessment, Distribution};
use crate::{
    lang::{later, t},
    project::{Baseline, BaselineEdit, BaselinePart, ComponentId, FrameworkId, Project, Spread},
};

/// What the project's own work is called among the parts.
pub const PROJECT_PART: &str = later("The project as a whole");
/// What the parts of a baseline leave unnamed is called: only files that were written by hand do.
const UNNAMED_PART: &str = later("Not broken down");

impl From<Distribution> for Spread {
    fn from(distribution: Distribution) -> Self {
        Self { median: distribution.median, log_sd: distribution.log_sd }
    }
}

impl From<Spread> for Distribution {
    fn from(spread: Spread) -> Self {
        Self { median: spread.median, log_sd: spread.log_sd }
    }
}

/// The estimate of a plan, to be kept: its figures, what each component comes to, and the edits that led to it.
pub fn baseline(
    project: &Project,
    assessment: &Assessment,
    name: &str,
    date: Option<Date>,
    edits: Vec<BaselineEdit>,
) -> Baseline {
    let estimate = &assessment.estimate;
    let part = |(component, sums): (Option<ComponentId>, super::estimate::Sums)| BaselinePart {
        name: component.as_ref().map_or_else(|| t(PROJECT_PART).to_owned(), |id| project.component_name(id)),
        framework: component.as_ref().and_then(|id| assessment.verdict.assignment.get(id).cloned()),
        component,
        weeks: sums.weeks,
        usd: sums.usd,
    };
    Baseline {
        name: name.to_owned(),
        date,
        weeks: estimate.weeks.into(),
        budget_usd: estimate.budget_usd.into(),
        parts: estimate.by_component().into_iter().map(part).collect(),
        edits,
    }
}

/// What became of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartChange {
    /// It is only in the later one.
    New,
    /// It is only in the earlier one.
    Gone,
    /// It comes to something else, or is built on something else.
    Changed,
    /// It is as it was.
    Same,
}

/// What a part came to in one of two baselines.
#[derive(Clone, Debug, PartialEq)]
pub struct PartThen {
    /// Median share of the calendar, in weeks.
    pub weeks: f64,
    /// Median cost, in US dollars.
    pub usd: f64,
    /// The framework it was on.
    pub framework: Option<FrameworkId>,
}

/// A part of two baselines.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparedPart {
    /// The component; `None` for the project's own work.
    pub component: Option<ComponentId>,
    /// What it is called in the later one that has it.
    pub name: String,
    /// What it came to in the earlier and in the later one.
    pub then: [Option<PartThen>; 2],
}

impl ComparedPart {
    /// What became of it.
    pub fn change(&self) -> PartChange {
        let near = |a: f64, b: f64| (a - b).abs() <= 1e-6 * a.abs().max(b.abs()).max(1.0);
        match &self.then {
            [None, _] => PartChange::New,
            [_, None] => PartChange::Gone,
            [Some(a), Some(b)] if near(a.usd, b.usd) && near(a.weeks, b.weeks) && a.framework == b.framework => {
                PartChange::Same
            }
            _ => PartChange::Changed,
        }
    }

    /// By how much its cost differs, in US dollars.
    pub fn change_usd(&self) -> f64 {
        let usd = |at: usize| self.then[at].as_ref().map_or(0.0, |then| then.usd);
        usd(1) - usd(0)
    }
}

/// Two baselines part by part: the parts of each sum to its medians. Those that differ most in cost come first.
pub fn compared(earlier: &Baseline, later: &Baseline) -> Vec<ComparedPart> {
    let rest = [earlier, later].map(unnamed);
    let mut rows: IndexMap<(Option<&ComponentId>, bool), ComparedPart> = IndexMap::new();
    for (at, baseline) in [earlier, later].into_iter().enumerate() {
        let named = baseline.parts.iter().map(|part| (part, true));
        for (part, named) in named.chain(rest[at].iter().map(|part| (part, false))) {
            let row = rows.entry((part.component.as_ref(), named)).or_insert_with(|| ComparedPart {
                component: part.component.clone(),
                name: String::new(),
                then: [None, None],
            });
            row.name.clone_from(&part.name);
            match &mut row.then[at] {
                // The same component twice: only a file written by hand has that.
                Some(known) => (known.weeks, known.usd) = (known.weeks + part.weeks, known.usd + part.usd),
                none => {
                    let framework = part.framework.clone();
                    *none = Some(PartThen { weeks: part.weeks, usd: part.usd, framework });
                }
            }
        }
    }
    let mut parts: Vec<ComparedPart> = rows.into_values().collect();
    parts.sort_by(|a, b| b.change_usd().abs().total_cmp(&a.change_usd().abs()).then(a.change().cmp(&b.change())));
    parts
}

/// What is left of a baseline's medians beyond its parts.
fn unnamed(baseline: &Baseline) -> Option<BaselinePart> {
    let weeks = baseline.weeks.median - baseline.parts.iter().map(|part| part.weeks).sum::<f64>();
    let usd = baseline.budget_usd.median - baseline.parts.iter().map(|part| part.usd).sum::<f64>();
    // Files keep six decimals of each part.
    (weeks.abs() > 0.01 || usd.abs() > 0.1).then(|| BaselinePart {
        component: None,
        name: t(UNNAMED_PART).to_owned(),
        framework: None,
        weeks,
        usd,
    })
}
