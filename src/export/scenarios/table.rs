//! The comparison for a spreadsheet: one row for each way to build the plan.

use super::super::{ExportError, ExportInput, answers::kind_of_verdict, csv::text_cell};
use crate::{
    assess::{Column, Quantiles},
    explain,
};

const HEADER: [&str; 45] = [
    "scenario_id",
    "scenario",
    "verdict",
    "frameworks",
    "weeks_p10",
    "weeks_p50",
    "weeks_p80",
    "weeks_p90",
    "ends_p50",
    "ends_p80",
    "usd_p10",
    "usd_p50",
    "usd_p80",
    "usd_p90",
    "person_weeks",
    "target_usd",
    "deadline_weeks",
    "chance_budget",
    "chance_deadline",
    "chance_both",
    "chance_both_at_least",
    "errors",
    "warnings",
    "hints",
    "glue_packages",
    "glue_by_hand",
    "crossings",
    "seam_person_weeks",
    "seam_usd",
    "evidence_given_up_db",
    "services_that_differ",
    "deferred",
    "pins_overruled",
    "team_size",
    "rate_usd_per_person_week",
    "contingency",
    "difference_weeks_p50",
    "difference_usd_p50",
    "communication_share",
    "machine_processes",
    "machine_cpus",
    "machine_usd_per_month",
    "services_late",
    "headroom",
    "breaks_first",
];

/// What stands in the project's currency as well, where that is not the US dollar: `eur_p10`.
const IN_CURRENCY: [&str; 9] =
    ["p10", "p50", "p80", "p90", "target", "seam", "rate_per_person_week", "machines_per_month", "difference_p50"];

/// Writes UTF-8 with a header; differences are from the first row, which is the plan.
pub(in crate::export) fn write_csv(input: &ExportInput) -> Result<Vec<u8>, ExportError> {
    let comparison = input.comparison();
    let mut writer = csv::Writer::from_writer(Vec::new());
    let code = input.money().code().to_lowercase();
    let is_taken = HEADER.iter().any(|column| column.starts_with(&format!("{code}_")));
    let code = text_cell(&if is_taken { format!("amount_{code}") } else { code });
    // A spreadsheet that reads the file today finds the same columns; another currency stands behind them.
    let in_currency = IN_CURRENCY.map(|column| format!("{code}_{column}"));
    let shown = if input.money().currency().is_usd() { &[][..] } else { &in_currency[..] };
    writer.write_record(HEADER.into_iter().chain(shown.iter().map(String::as_str)))?;
    if let Some(base) = comparison.columns.first() {
        for column in &comparison.columns {
            let amounts = shown.first().map(|_| amounts(input, column, base));
            writer.write_record(record(input, column, base).into_iter().chain(amounts.into_iter().flatten()))?;
        }
    }
    writer.into_inner().map_err(|error| ExportError::Csv(error.into_error().into()))
}

fn record(input: &ExportInput, column: &Column, base: &Column) -> Vec<String> {
    let counts = column.counts.iter().filter(|(_, count)| *count > 0);
    let frameworks: Vec<String> =
        counts.map(|(id, count)| format!("{count} {}", explain::framework(input.playbook, id))).collect();
    let mut cells = vec![
        text_cell(&column.slug),
        text_cell(&column.name),
        text_cell(kind_of_verdict(&column.verdict)),
        text_cell(&frameworks.join("; ")),
    ];
    cells.extend(quantiles(column.weeks.quantiles()));
    let ends = column.ends.map(|ends| [ends.p50.to_string(), ends.p80.to_string()]);
    cells.extend(ends.unwrap_or_default());
    cells.extend(quantiles(column.budget_usd.quantiles()));
    cells.push(hundredths(column.person_weeks));
    cells.push(perhaps(column.targets.budget_usd, hundredths));
    cells.push(perhaps(column.targets.deadline_weeks, hundredths));
    let chances = [column.chances.budget, column.chances.deadline, column.chances.both, column.chances.both_at_least];
    cells.extend(chances.map(|chance| perhaps(chance, |share| format!("{share:.4}"))));
    let counts = [
        column.findings.errors,
        column.findings.warnings,
        column.findings.hints,
        column.glue.packages.len(),
        column.glue.by_hand.len(),
        column.crossings,
    ];
    cells.extend(counts.map(|count| count.to_string()));
    cells.extend([column.seam.person_weeks, column.seam.usd, column.cost_db].map(hundredths));
    let lists = [column.differs_from(base).len(), column.deferred.len(), column.overruled.len()];
    cells.extend(lists.map(|count| count.to_string()));
    cells.extend([column.basis.team_size, column.basis.rate_usd_per_person_week].map(hundredths));
    cells.push(share(column.basis.contingency));
    let between = |of: fn(&Column) -> f64| written(of(column)) - written(of(base));
    let difference = [between(|column| column.weeks.median), between(|column| column.budget_usd.median)];
    cells.extend(difference.map(hundredths));
    cells.push(share(column.basis.communication_share));
    cells.extend(machines(input, column));
    cells
}

/// What it takes of machines; empty cells where nobody states a load.
fn machines(input: &ExportInput, column: &Column) -> [String; 6] {
    let Some(holds) = &column.capacity else { return Default::default() };
    let first = holds.bottleneck.as_ref();
    [
        holds.totals.processes.to_string(),
        holds.totals.cpus.to_string(),
        hundredths(holds.totals.usd_per_month),
        holds.late.to_string(),
        perhaps(first.map(|first| first.headroom), hundredths),
        text_cell(&first.map_or_else(String::new, |first| input.project.component_name(&first.component))),
    ]
}

fn amounts(input: &ExportInput, column: &Column, base: &Column) -> [String; IN_CURRENCY.len()] {
    let currency = input.money().currency();
    let Quantiles { p10, p50, p80, p90 } = column.budget_usd.quantiles();
    let median = |of: &Column| written(currency.from_usd(of.budget_usd.median));
    let (seam, rate) = (column.seam.usd, column.basis.rate_usd_per_person_week);
    let target = column.targets.budget_usd;
    let machines = column.capacity.as_ref().map(|holds| holds.totals.usd_per_month);
    let all = [Some(p10), Some(p50), Some(p80), Some(p90), target, Some(seam), Some(rate), machines];
    let difference = perhaps(Some(median(column) - median(base)), hundredths);
    let all = all.map(|usd| perhaps(usd.map(|usd| currency.from_usd(usd)), hundredths));
    let mut cells = all.into_iter().chain([difference]);
    std::array::from_fn(|_| cells.next().unwrap_or_default())
}

/// As it stands in a cell. Differences are taken of that: a spreadsheet that subtracts the cells finds the same.
fn written(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

/// A share that may be less than a per cent, in four decimals.
fn share(share: f64) -> String {
    format!("{share:.4}")
}

fn quantiles(quantiles: Quantiles) -> [String; 4] {
    [quantiles.p10, quantiles.p50, quantiles.p80, quantiles.p90].map(hundredths)
}

fn perhaps(number: Option<f64>, write: impl Fn(f64) -> String) -> String {
    number.map(write).unwrap_or_default()
}

/// Two decimals; nothing is not less than nothing.
fn hundredths(number: f64) -> String {
    let text = format!("{number:.2}");
    if text == "-0.00" { "0.00".to_owned() } else { text }
}
