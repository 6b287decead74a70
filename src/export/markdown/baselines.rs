//! The section on the estimates that were kept.

use super::{
    super::words::tenths,
    ExportInput,
    text::{Report, escape},
};
use crate::{
    assess::{Distribution, VerdictKind},
    project::Baseline,
};

/// A row for each baseline, and one for the plan as it stands.
pub(super) fn baselines(input: &ExportInput, report: &mut Report) {
    let kept = &input.project.baselines;
    if kept.is_empty() {
        return;
    }
    report.heading("Baselines");
    report.line("Estimates as they were kept, each with what the plan as it stands differs by.");
    let estimate = &input.assessment.estimate;
    let now = (estimate.weeks, estimate.budget_usd);
    let rows = kept.values().map(|kept| row(input, kept, now));
    let is_estimated = input.assessment.verdict.kind != VerdictKind::Nothing;
    let own = is_estimated.then(|| cells(input, "This plan", "", now, None));
    let titles = ["Baseline", "Kept on", ">Weeks, P50", ">P80", ">Budget, P50", ">P80", ">Since then, P50"];
    report.table(&titles, rows.chain(own));
}

fn row(input: &ExportInput, kept: &Baseline, now: (Distribution, Distribution)) -> Vec<String> {
    let then = (Distribution::from(kept.weeks), Distribution::from(kept.budget_usd));
    let date = kept.date.map_or_else(|| "no date".to_owned(), |date| date.to_string());
    cells(input, &kept.name, &date, then, Some(now.1.median - then.1.median))
}

fn cells(
    input: &ExportInput,
    name: &str,
    date: &str,
    (weeks, budget): (Distribution, Distribution),
    since_usd: Option<f64>,
) -> Vec<String> {
    let money = input.money();
    vec![
        escape(name),
        date.to_owned(),
        tenths(weeks.median),
        tenths(weeks.quantile(0.8)),
        money.full(budget.median),
        money.full(budget.quantile(0.8)),
        since_usd.map_or_else(String::new, |usd| money.signed_full(usd)),
    ]
}
