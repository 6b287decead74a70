//! Two baselines beside each other, in words and figures: the same on the command line and in the report.

use super::framework;
use crate::{
    assess::{ComparedPart, Distribution, PartChange, PartThen, compared},
    figures::{Money, ThenAndNow},
    lang::{t, tr},
    playbook::Playbook,
    project::{Baseline, Confidence, Project, Spread},
};

/// Two estimates as they stood, ready to be written side by side.
pub struct BaselineTable {
    /// Weeks and budget at P50 and P80: what it is, and the earlier, the later and the change.
    pub totals: Vec<(String, [String; 3])>,
    /// The parts that differ, those that differ most in cost first.
    pub parts: Vec<BaselineRow>,
    /// All parts together.
    pub total: BaselineRow,
}

/// A part of two baselines at its median.
pub struct BaselineRow {
    /// The component, the project's own work, or the parts that did not change.
    pub name: String,
    /// What became of it; empty if it only comes to something else.
    pub note: String,
    /// Money: the earlier, the later and the change.
    pub budget: [String; 3],
    /// Weeks: the earlier, the later and the change.
    pub weeks: [String; 3],
}

impl BaselineTable {
    /// The table of what changed from one to the other. `project` knows which parts are only put off.
    pub fn new(playbook: &Playbook, project: &Project, from: &Baseline, to: &Baseline) -> Self {
        let money = Money::of(project);
        let (listed, same): (Vec<ComparedPart>, Vec<ComparedPart>) =
            compared(from, to).into_iter().partition(|part| part.change() != PartChange::Same);
        let column = |at: usize, value: fn(&PartThen) -> f64| -> Vec<f64> {
            let of = |part: &ComparedPart| part.then[at].as_ref().map_or(0.0, value);
            let rest = (!same.is_empty()).then(|| same.iter().map(of).sum());
            listed.iter().map(of).chain(rest).collect()
        };
        let budget = ThenAndNow::of_money(money, &column(0, |then| then.usd), &column(1, |then| then.usd));
        let weeks = ThenAndNow::of_weeks(&column(0, |then| then.weeks), &column(1, |then| then.weeks));
        let unchanged = match same.len() {
            1 => t("1 part as it was").to_owned(),
            count => tr!("{count} parts as they were", count),
        };
        let names = listed.iter().map(|part| (part.name.clone(), note(playbook, project, part)));
        let names = names.chain((!same.is_empty()).then_some((unchanged, String::new())));
        let figures = budget.rows.into_iter().zip(weeks.rows);
        let parts = names.zip(figures).map(|((name, note), (budget, weeks))| BaselineRow { name, note, budget, weeks });
        Self {
            totals: totals(money, from, to),
            parts: parts.collect(),
            total: BaselineRow {
                name: t("Total").to_owned(),
                note: String::new(),
                budget: budget.total,
                weeks: weeks.total,
            },
        }
    }
}

fn totals(money: Money<'_>, from: &Baseline, to: &Baseline) -> Vec<(String, [String; 3])> {
    let at = |spread: Spread, level: Confidence| [Distribution::from(spread).quantile(level.probability())];
    let rows = [Confidence::P50, Confidence::P80].into_iter().flat_map(|level| {
        let weeks = ThenAndNow::of_weeks(&at(from.weeks, level), &at(to.weeks, level)).total;
        let budget = ThenAndNow::of_money(money, &at(from.budget_usd, level), &at(to.budget_usd, level)).total;
        [(tr!("Weeks, {}", level.label()), weeks), (tr!("Budget, {}", level.label()), budget)]
    });
    rows.collect()
}

/// What became of a part: `new`, `gone`, `put off`, `Django → FastAPI`; empty if nothing but its figures changed.
fn note(playbook: &Playbook, project: &Project, part: &ComparedPart) -> String {
    let is_deferred =
        part.component.as_ref().and_then(|id| project.components.get(id)).is_some_and(|component| component.deferred);
    let [from, to] = part.then.each_ref().map(|then| then.as_ref().and_then(|then| then.framework.as_ref()));
    match (part.change(), from, to) {
        (PartChange::New, ..) => t("new").to_owned(),
        (PartChange::Gone, ..) if is_deferred => t("put off").to_owned(),
        (PartChange::Gone, ..) => t("gone").to_owned(),
        (_, Some(from), Some(to)) if from != to => {
            format!("{} → {}", framework(playbook, from), framework(playbook, to))
        }
        _ => String::new(),
    }
}
