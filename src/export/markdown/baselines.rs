//! The section on the estimates that were kept.

use super::{
    super::words::in_column,
    ExportInput,
    text::{Report, amount, escape},
};
use crate::{
    assess::{Distribution, VerdictKind, baseline},
    explain::baselines::{BaselineRow, BaselineTable},
    figures::{self, ThenAndNow},
    lang::{t, tr},
    project::Baseline,
};

/// A row for each baseline, and one for the plan as it stands.
pub(super) fn baselines(input: &ExportInput, report: &mut Report) {
    let kept = &input.project.baselines;
    if kept.is_empty() {
        return;
    }
    report.heading(t("Baselines"));
    report.line(t("Estimates as they were kept, each with what the plan as it stands differs by."));
    let estimate = &input.assessment.estimate;
    let now = (estimate.weeks, estimate.budget_usd);
    let rows = kept.values().map(|kept| row(input, kept, now));
    let is_estimated = input.assessment.verdict.kind != VerdictKind::Nothing;
    let own = is_estimated.then(|| cells(input, t("This plan"), "", now, None));
    let titles = [
        t("Baseline"),
        t("Kept on"),
        t(">Weeks, P50"),
        ">P80",
        t(">Budget, P50"),
        ">P80",
        t(">Weeks since, P50"),
        t(">Budget since, P50"),
    ];
    report.table(&titles, rows.chain(own));
    if let Some(last) = kept.values().last().filter(|_| is_estimated) {
        parts(input, last, report);
    }
}

/// What became of the last one, part by part.
fn parts(input: &ExportInput, last: &Baseline, report: &mut Report) {
    let now = baseline(input.project, input.assessment, t("This plan"), None, Vec::new());
    let table = BaselineTable::new(input.playbook, input.project, last, &now);
    report.line(&tr!(
        "From \"{}\" to the plan as it stands, medians; parts that differ most come first.",
        escape(&last.name)
    ));
    let name = |row: &BaselineRow| match row.note.as_str() {
        "" => escape(&row.name),
        note => format!("{} ({})", escape(&row.name), escape(note)),
    };
    let row = |row: &BaselineRow, name: String| {
        let figures = row.budget.iter().map(|words| amount(words)).chain(row.weeks.iter().cloned());
        std::iter::once(name).chain(figures).collect::<Vec<String>>()
    };
    let rows = table.parts.iter().map(|part| row(part, name(part)));
    let titles = [t("Part"), t(">Budget then"), t(">Now"), t(">Change"), t(">Weeks then"), t(">Now"), t(">Change")];
    report.table(&titles, rows.chain([row(&table.total, "**Total**".to_owned())]));
}

fn row(input: &ExportInput, kept: &Baseline, now: (Distribution, Distribution)) -> Vec<String> {
    let then = (Distribution::from(kept.weeks), Distribution::from(kept.budget_usd));
    let [_, _, weeks] = ThenAndNow::of_weeks(&[then.0.median], &[now.0.median]).total;
    let [_, _, budget] = ThenAndNow::of_money(input.money(), &[then.1.median], &[now.1.median]).total;
    let since = [weeks, amount(&budget)];
    let date = kept.date.map_or_else(|| t("no date").to_owned(), figures::date);
    cells(input, &kept.name, &date, then, Some(since))
}

fn cells(
    input: &ExportInput,
    name: &str,
    date: &str,
    (weeks, budget): (Distribution, Distribution),
    since: Option<[String; 2]>,
) -> Vec<String> {
    let money = input.money();
    let [since_weeks, since_usd] = since.unwrap_or_default();
    vec![
        escape(name),
        date.to_owned(),
        in_column(weeks.median),
        in_column(weeks.quantile(0.8)),
        amount(&money.full(budget.median)),
        amount(&money.full(budget.quantile(0.8))),
        since_weeks,
        since_usd,
    ]
}
