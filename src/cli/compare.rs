//! `groundplan compare`: the ways to build a plan, side by side.

use std::{fmt::Write as _, path::Path};

use super::{
    Streams, assessed,
    choice::named,
    emit,
    failure::Failure,
    report::{one_line, push},
};
use crate::{
    assess::{Choice, Comparison, Differs, Engine},
    explain::side_by_side::{Cell, Row, Table},
    export::comparison_json,
    project::Project,
};

/// Most characters of a scenario's name over its column.
const NAME: usize = 32;

/// What is asked for.
pub(super) struct Wanted<'a> {
    pub(super) scenarios: &'a [String],
    pub(super) base: Option<&'a str>,
    pub(super) json: bool,
}

pub(super) fn compare(
    file: &Path,
    wanted: &Wanted<'_>,
    playbook: Option<&Path>,
    streams: &mut Streams,
) -> Result<u8, Failure> {
    let (engine, project, assessment) = assessed(file, playbook, streams)?;
    let (choices, base) = chosen(&engine, &project, wanted)?;
    let comparison = engine.compare(&project, &assessment, &choices);
    if wanted.json {
        return emit(streams, &comparison_json(&project, &comparison, base)?);
    }
    emit(streams, in_words(&engine, &project, &comparison, base).as_bytes())
}

/// What is compared, each once, and the position of what it is compared with.
fn chosen(engine: &Engine, project: &Project, wanted: &Wanted<'_>) -> Result<(Vec<Choice>, usize), Failure> {
    let mut choices = Vec::new();
    for name in wanted.scenarios.iter().map(|name| name.trim()).filter(|name| !name.is_empty()) {
        let choice = named(engine, project, name, "")?;
        if !choices.contains(&choice) {
            choices.push(choice);
        }
    }
    if choices.is_empty() {
        choices = engine.choices(project);
    }
    let base = wanted.base.map(|name| named(engine, project, name.trim(), "")).transpose()?;
    // A base that nobody listed stands before what is compared with it.
    if let Some(base) = base.as_ref().filter(|base| !choices.contains(base)) {
        choices.insert(0, base.clone());
    }
    let base = base.unwrap_or(Choice::Plan);
    let at = choices.iter().position(|choice| *choice == base).unwrap_or(0);
    Ok((choices, at))
}

/// A column for each scenario, with what differs under the figure.
fn in_words(engine: &Engine, project: &Project, comparison: &Comparison, base: usize) -> String {
    let columns = &comparison.columns;
    let differs =
        |column: &crate::assess::Column| columns.get(base).map_or_else(Vec::new, |base| column.differs_from(base));
    let differing: Vec<Vec<Differs>> = columns.iter().map(differs).collect();
    let table = Table { playbook: &engine.playbook, project, comparison, base, differing: &differing, in_full: true };
    let rows = table.rows();
    let names: Vec<String> = columns.iter().map(|column| short(&one_line(&column.name))).collect();
    let cells: Vec<Vec<[String; 2]>> = rows.iter().map(|row| row.cells.iter().map(lines).collect()).collect();
    let width = |at: usize| {
        let figures = cells.iter().flat_map(|row| row[at].iter()).map(|line| line.chars().count());
        figures.chain([names[at].chars().count(), columns[at].slug.chars().count()]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns.len()).map(width).collect();
    let first = rows.iter().map(|row: &Row| row.label.chars().count()).max().unwrap_or(0);
    let line = |label: &str, cells: &mut dyn Iterator<Item = &str>| {
        let mut line = format!("{label:first$}");
        for (cell, width) in cells.zip(&widths) {
            let _ = write!(line, "  {cell:width$}");
        }
        line.trim_end().to_owned() + "\n"
    };
    let mut text = String::new();
    let name = project.title();
    push(&mut text, &format!("{}\n", one_line(name)));
    text += &line("", &mut names.iter().map(String::as_str));
    text += &line("", &mut columns.iter().map(|column| column.slug.as_str()));
    for (row, cells) in rows.iter().zip(&cells) {
        text += &line(&one_line(&row.label), &mut cells.iter().map(|[figure, _]| figure.as_str()));
        if cells.iter().any(|[_, change]| !change.is_empty()) {
            text += &line("", &mut cells.iter().map(|[_, change]| change.as_str()));
        }
    }
    push(&mut text, &foot(&table, columns.get(base).map_or("", |_| names[base].as_str())));
    text
}

/// The figure with its note, and the difference; the best of a row has a star.
fn lines(cell: &Cell) -> [String; 2] {
    let best = if cell.best { " *" } else { "" };
    let change = cell.change.as_ref().map_or_else(String::new, |change| match change.arrow() {
        Some(arrow) => format!("{arrow} {}", change.words),
        None => change.words.clone(),
    });
    [one_line(&format!("{}{best}", cell.figure_with_note())), one_line(&change)]
}

fn foot(table: &Table<'_>, base: &str) -> String {
    let mut foot = match table.comparison.columns.len() {
        0 | 1 => "\nThere is nothing to compare it with".to_owned(),
        _ => format!("\nDifferences from {base}; * best of the row"),
    };
    if !table.has_targets() {
        foot += "\nWith target_budget_usd or deadline among its assumptions, the chances to hold them stand here too";
    }
    foot
}

fn short(name: &str) -> String {
    if name.chars().count() <= NAME {
        return name.to_owned();
    }
    name.chars().take(NAME - 1).chain(['…']).collect()
}
