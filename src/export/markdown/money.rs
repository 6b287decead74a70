//! The sections on time and money.

use super::{
    super::words::{months, percent, summary_of_leans, tenths, where_it_lies},
    ExportInput,
    text::{Report, escape},
};
use crate::{
    assess::{Quantiles, Sums, round_to_cents},
    figures::Money,
    text::number,
};

pub(super) fn timeline_and_budget(input: &ExportInput, report: &mut Report) {
    let estimate = &input.assessment.estimate;
    report.heading("Timeline and budget");
    let (weeks, budget) = (estimate.weeks.quantiles(), estimate.budget_usd.quantiles());
    let row = |title: &str, q: Quantiles, words: &dyn Fn(f64) -> String| {
        vec![title.to_owned(), words(q.p10), words(q.p50), words(q.p80), words(q.p90)]
    };
    let rows = [
        row("Weeks", weeks, &tenths),
        row("Months", weeks, &|weeks| tenths(months(weeks))),
        row("Budget", budget, &|usd| input.money().full(usd)),
    ];
    report.table(&["", ">P10", ">P50", ">P80", ">P90"], rows.into_iter());
    let confidence = input.project.assumptions.confidence;
    let at = confidence.probability();
    report.line(&format!(
        "At {}: {} weeks ({} months) and {}. Median effort: {} person-weeks.",
        confidence.label(),
        tenths(estimate.weeks.quantile(at)),
        tenths(months(estimate.weeks.quantile(at))),
        input.money().full(estimate.budget_usd.quantile(at)),
        tenths(estimate.person_weeks),
    ));
}

pub(super) fn breakdown(input: &ExportInput, report: &mut Report) {
    let estimate = &input.assessment.estimate;
    if estimate.breakdown.is_empty() {
        return;
    }
    report.heading("Breakdown by component");
    let by_component = estimate.by_component().into_iter().map(|(id, sums)| {
        let name = id.map_or_else(|| "The project as a whole".to_owned(), |id| input.project.component_name(&id));
        (name, sums)
    });
    sums_table(input.money(), report, "Component", &by_component.collect::<Vec<_>>());
    report.heading("Breakdown by work item");
    let by_work_item = estimate.by_work_item().into_iter().map(|(id, sums)| {
        (input.playbook.work_items.get(&id).map_or_else(|| id.to_string(), |item| item.label.clone()), sums)
    });
    sums_table(input.money(), report, "Work item", &by_work_item.collect::<Vec<_>>());
}

/// A table of medians whose shown figures sum to the shown total.
fn sums_table(money: Money<'_>, report: &mut Report, title: &str, rows: &[(String, Sums)]) {
    let tenths_of = |value: fn(&Sums) -> f64| -> Vec<i64> {
        let parts: Vec<f64> = rows.iter().map(|(_, sums)| value(sums) / 10.0).collect();
        round_to_cents(&parts)
    };
    let person_weeks = tenths_of(|sums| sums.person_weeks);
    let weeks = tenths_of(|sums| sums.weeks);
    let dollars: Vec<f64> = rows.iter().map(|(_, sums)| sums.usd).collect();
    let total: f64 = dollars.iter().sum();
    let tenth = |tenths: i64| number(tenths as f64 / 10.0);
    let row = |name: String, person_weeks: i64, weeks: i64, amount: String, usd: f64| {
        let share = if total == 0.0 { 0.0 } else { usd / total };
        vec![name, tenth(person_weeks), tenth(weeks), amount, percent(share)]
    };
    let amounts = money.parts(&dollars);
    let shown = rows
        .iter()
        .zip(amounts)
        .enumerate()
        .map(|(i, ((name, sums), amount))| row(escape(name), person_weeks[i], weeks[i], amount, sums.usd));
    let (all_person_weeks, all_weeks) = (person_weeks.iter().sum(), weeks.iter().sum());
    let sum = row("**Total**".to_owned(), all_person_weeks, all_weeks, money.total(&dollars), total);
    let titles = [title, ">Person-weeks", ">Weeks", ">Budget", ">Share"];
    report.table(&titles, shown.chain(std::iter::once(sum)));
}

pub(super) fn footing(input: &ExportInput, report: &mut Report) {
    if input.assessment.estimate.breakdown.is_empty() {
        return;
    }
    report.heading("What the estimate stands on");
    let leans = summary_of_leans(input.playbook, input.assessment);
    if !leans.is_empty() {
        let words = "Weight of each case's published figure in the median effort";
        report.line(&format!("{words}: {}.", escape(&leans)));
    }
    report.line(&where_it_lies(&input.assessment.estimate));
}

pub(super) fn assumptions(input: &ExportInput, report: &mut Report) {
    let assumptions = &input.project.assumptions;
    report.heading("Assumptions");
    let pins: Vec<String> = input
        .project
        .services()
        .filter_map(|(_, component)| Some((component, component.pin.as_ref()?)))
        .map(|(component, pin)| {
            format!("Pinned by hand: {} on {}", escape(&component.name), escape(input.playbook.framework_name(pin)))
        })
        .collect();
    let lines = [
        format!("Rate: {} a person-week", input.money().full(assumptions.mean_rate_usd_per_person_week())),
        format!("Team: {} people", number(assumptions.team_size)),
        format!("Contingency: {} on top of weeks and budget", percent(assumptions.contingency)),
    ];
    report.list(lines.into_iter().chain(pins));
}
