//! The section on other ways to build the plan.

use super::text::{Report, amount, escape};
use crate::{
    assess::{Column, Comparison, Differs},
    explain::side_by_side::{Cell, Metric, Row, Table},
    export::ExportInput,
    lang::{self, t, tr},
};

/// Up to so many scenarios stand side by side; more of them below each other, with the rows that matter most.
const SIDE_BY_SIDE: usize = 6;

/// What is said of each of many scenarios.
const ESSENTIAL: [Metric; 12] = [
    Metric::Verdict,
    Metric::WeeksP50,
    Metric::WeeksP80,
    Metric::BudgetP50,
    Metric::BudgetP80,
    Metric::BudgetChance,
    Metric::DeadlineChance,
    Metric::Findings,
    Metric::Seam,
    Metric::Evidence,
    Metric::Machines,
    Metric::Late,
];

pub(super) fn scenarios(input: &ExportInput, comparison: &Comparison, report: &mut Report) {
    let Some(base) = comparison.columns.first().filter(|_| !input.assessment.components.is_empty()) else { return };
    let differing: Vec<Vec<Differs>> = comparison.columns.iter().map(|column| column.differs_from(base)).collect();
    let table = Table {
        playbook: input.playbook,
        project: input.project,
        comparison,
        base: 0,
        differing: &differing,
        in_full: true,
    };
    let rows = table.rows();
    report.heading(t("Other ways to build it"));
    report.line(&tr!(
        "The same plan under other choices. In brackets the difference from {}; the best of a row is bold.",
        name(comparison, base)
    ));
    if comparison.columns.len() <= SIDE_BY_SIDE {
        side_by_side(comparison, &rows, report);
    } else {
        below_each_other(comparison, &rows, report);
    }
    if rows.iter().any(|row| row.metric == Metric::BothChance) {
        report.line(&tr!("\"Holds both\" is {}.", lower(Metric::BothChance.help())));
    }
}

fn side_by_side(comparison: &Comparison, rows: &[Row], report: &mut Report) {
    let names: Vec<String> = comparison.columns.iter().map(|column| format!(">{}", name(comparison, column))).collect();
    let titles: Vec<&str> = std::iter::once("").chain(names.iter().map(String::as_str)).collect();
    let line = |row: &Row| std::iter::once(label(row)).chain(row.cells.iter().map(cell)).collect();
    report.table(&titles, rows.iter().map(line));
}

fn below_each_other(comparison: &Comparison, rows: &[Row], report: &mut Report) {
    let rows: Vec<&Row> = rows.iter().filter(|row| ESSENTIAL.contains(&row.metric)).collect();
    let labels: Vec<String> = rows.iter().map(|row| format!(">{}", label(row))).collect();
    let titles: Vec<&str> = std::iter::once(t("Scenario")).chain(labels.iter().map(String::as_str)).collect();
    let line = |(at, column): (usize, &Column)| {
        std::iter::once(name(comparison, column)).chain(rows.iter().map(|row| cell(&row.cells[at]))).collect()
    };
    report.table(&titles, comparison.columns.iter().enumerate().map(line));
}

/// The name of a column, with its id where another one has the same name.
fn name(comparison: &Comparison, column: &Column) -> String {
    let same = comparison.columns.iter().filter(|other| other.name.trim() == column.name.trim()).count();
    let name = escape(&column.name);
    if same > 1 { format!("{name} ({})", escape(&column.slug)) } else { name }
}

fn label(row: &Row) -> String {
    amount(&row.label)
}

fn cell(cell: &Cell) -> String {
    let words = amount(&cell.figure_with_note());
    let words = if cell.best { format!("**{words}**") } else { words };
    match &cell.change {
        Some(change) => format!("{words} ({})", amount(&change.words)),
        None => words,
    }
}

fn lower(words: &str) -> String {
    if !lang::current().has_small_nouns() {
        return words.to_owned();
    }
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
