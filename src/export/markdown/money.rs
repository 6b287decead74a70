//! The sections on time and money.

use super::{
    super::words::{in_column, summary_of_leans, tenths, where_it_lies},
    ExportInput,
    text::{Report, amount, escape},
};
use crate::{
    assess::{Cut, Quantiles, Slice, Sums, Tornado, breakdown},
    explain, figures,
    lang::{lower, t, tr},
};

/// Bars that are listed of what moves the estimate.
const MOVERS_SHOWN: usize = 10;

pub(super) fn timeline_and_budget(input: &ExportInput, report: &mut Report) {
    let estimate = &input.assessment.estimate;
    let months = |weeks: f64| input.project.assumptions.months_of(weeks);
    report.heading(t("Timeline and budget"));
    let (weeks, budget) = (estimate.weeks.quantiles(), estimate.budget_usd.quantiles());
    let row = |title: &str, q: Quantiles, words: &dyn Fn(f64) -> String| {
        vec![title.to_owned(), words(q.p10), words(q.p50), words(q.p80), words(q.p90)]
    };
    let rows = [
        row(t("Weeks"), weeks, &in_column),
        row(t("Months"), weeks, &|weeks| in_column(months(weeks))),
        row(t("Budget"), budget, &|usd| amount(&input.money().full(usd))),
    ];
    report.table(&["", ">P10", ">P50", ">P80", ">P90"], rows.into_iter());
    let confidence = input.project.assumptions.confidence;
    let at = confidence.probability();
    report.line(&tr!(
        "At {0}: {1} weeks ({2} months) and {3}. Median effort: {4} person-weeks.",
        confidence.label(),
        tenths(estimate.weeks.quantile(at)),
        tenths(months(estimate.weeks.quantile(at))),
        amount(&input.money().full(estimate.budget_usd.quantile(at))),
        tenths(estimate.person_weeks)
    ));
}

pub(super) fn breakdowns(input: &ExportInput, report: &mut Report) {
    let estimate = &input.assessment.estimate;
    if estimate.breakdown.is_empty() {
        return;
    }
    for cut in Cut::TABLES {
        // Without a rate card there is one row, which says nothing that the total does not say.
        if cut == Cut::Role && input.project.assumptions.roles.is_empty() {
            continue;
        }
        let mut slices = breakdown(estimate, input.playbook, &input.project.assumptions, &[cut]);
        if cut == Cut::WorkItem {
            slices.sort_by(|a, b| b.sums.person_weeks.total_cmp(&a.sums.person_weeks));
        }
        report.heading(&tr!("Breakdown by {}", lower(cut.label())));
        sums_table(input, report, &slices, cut.label());
    }
}

/// A table of medians whose shown figures sum to the shown total.
fn sums_table(input: &ExportInput, report: &mut Report, slices: &[Slice], title: &str) {
    let money = input.money();
    let sums: Vec<Sums> = slices.iter().map(|slice| slice.sums).collect();
    let columns = figures::Columns::new(money, &sums);
    let row = |name: String, row: &figures::Row| {
        vec![name, row.person_weeks(), row.weeks(), amount(&row.amount(money)), row.share()]
    };
    let names = slices.iter().map(|slice| escape(&explain::part_of(input.playbook, input.project, &slice.of)));
    let shown = names.zip(&columns.rows).map(|(name, figures)| row(name, figures));
    let total = row("**Total**".to_owned(), &columns.total);
    let titles = [title, t(">Person-weeks"), t(">Weeks"), t(">Budget"), t(">Share")];
    report.table(&titles, shown.chain(std::iter::once(total)));
}

/// What moves budget and weeks most, widest first; nothing if nobody can work it out.
pub(super) fn sensitivity(input: &ExportInput, report: &mut Report) {
    let Some(sensitivity) = input.sensitivity(MOVERS_SHOWN) else { return };
    if input.assessment.estimate.breakdown.is_empty() {
        return;
    }
    report.heading(t("What moves it"));
    report.line(
        t("One thing at its ends and all else as it is: work at its P10 and P90, assumptions as far as the playbook finds them likely \
         to move. Outcomes of all work rise and fall together, so swings of outcomes add; what is unsure of prices does not."),
    );
    let money = input.money();
    tornado_table(input, report, t("Budget"), &sensitivity.budget_usd, &|usd| amount(&money.signed_full(usd)));
    tornado_table(input, report, t("Time"), &sensitivity.weeks, &figures::signed_weeks);
}

fn tornado_table(
    input: &ExportInput,
    report: &mut Report,
    title: &str,
    tornado: &Tornado,
    change: &dyn Fn(f64) -> String,
) {
    if tornado.bars.is_empty() {
        return;
    }
    let row = |name: String, low: f64, high: f64| {
        vec![escape(&name), change(low - tornado.median), change(high - tornado.median)]
    };
    let bars = tornado.bars.iter();
    let bars = bars.map(|bar| row(explain::mover(input.playbook, &bar.mover), bar.low.total, bar.high.total));
    let rest = tornado.rest.iter().map(|rest| row(explain::rest(rest), rest.low, rest.high));
    report.table(&[title, t(">At its low end"), t(">At its high end")], bars.chain(rest));
}

pub(super) fn footing(input: &ExportInput, report: &mut Report) {
    if input.assessment.estimate.breakdown.is_empty() {
        return;
    }
    report.heading(t("What the estimate stands on"));
    let leans = summary_of_leans(input.playbook, input.assessment);
    if !leans.is_empty() {
        let words = t("Weight of each case's published figure in the median effort");
        report.line(&format!("{words}: {}.", escape(&leans)));
    }
    report.line(&where_it_lies(&input.assessment.estimate));
    if let Some(open) = explain::open_answers(input.assessment.answers) {
        report.line(&format!("{open}."));
    }
}
