//! `groundplan sensitivity`: what moves weeks and budget most, for a terminal and for programs.

use std::{fmt::Write as _, path::Path};

use serde::Serialize;

use super::{
    Streams, assessed, emit, emit_json,
    failure::Failure,
    report::{one_line, push, wrapped},
};
use crate::{
    assess::{Mover, Tornado},
    explain,
    export::{ESTIMATE_SCHEMA, SensitivityJson},
    figures::{self, Money},
    playbook::Playbook,
};

#[derive(Serialize)]
struct Report<'a> {
    schema: u32,
    project: &'a str,
    #[serde(flatten)]
    sensitivity: SensitivityJson<'a>,
}

/// What moves the estimate of a project: at most `most` bars each for weeks and budget, and the rest.
pub(super) fn sensitivity(
    file: &Path,
    most: usize,
    json: bool,
    playbook: Option<&Path>,
    streams: &mut Streams,
) -> Result<u8, Failure> {
    let (engine, project, assessment) = assessed(file, playbook, streams)?;
    let sensitivity = engine.sensitivity(&project.assumptions, &assessment.estimate, most);
    if json {
        let report = Report {
            schema: ESTIMATE_SCHEMA,
            project: &project.name,
            sensitivity: SensitivityJson::new(&engine.playbook, &sensitivity),
        };
        return emit_json(streams, &report);
    }
    let money = Money::of(&project);
    let mut text = String::new();
    if assessment.estimate.breakdown.is_empty() {
        push(&mut text, "Nothing moves it: there is no work in this plan yet.");
        return emit(streams, text.as_bytes());
    }
    let playbook = &engine.playbook;
    let budget = Writing { whole: &|usd| money.full(usd), change: &|usd| money.signed_full(usd) };
    let weeks = Writing { whole: &in_weeks, change: &figures::signed_weeks };
    tornado(&mut text, playbook, "Budget", &sensitivity.budget_usd, &budget);
    push(&mut text, "");
    tornado(&mut text, playbook, "Weeks", &sensitivity.weeks, &weeks);
    push(&mut text, "");
    wrapped(
        &mut text,
        "",
        0,
        "Each alone, from the median: work at its P10 and P90, assumptions as far as the playbook finds them likely to move. \
         Outcomes of all work rise and fall together, so swings of outcomes add; what is unsure of prices does not.",
    );
    let mut told: Vec<&str> = Vec::new();
    for bar in sensitivity.budget_usd.bars.iter().chain(&sensitivity.weeks.bars) {
        let Mover::Assumption { assumption, reason } = &bar.mover else { continue };
        if told.contains(&assumption.slug()) {
            continue;
        }
        told.push(assumption.slug());
        let [low, high] = [bar.low.value, bar.high.value].map(|value| explain::assumption(money, *assumption, value));
        push(&mut text, &format!("\n{}, {low} to {high}", assumption.label()));
        wrapped(&mut text, "  ", 2, reason);
    }
    emit(streams, text.as_bytes())
}

/// With a decimal, as everywhere else on the command line.
fn in_weeks(weeks: f64) -> String {
    figures::counted(&figures::number((weeks * 10.0).round() / 10.0), figures::Unit::Week)
}

/// How figures of a measure are written.
struct Writing<'a> {
    whole: &'a dyn Fn(f64) -> String,
    change: &'a dyn Fn(f64) -> String,
}

fn tornado(text: &mut String, playbook: &Playbook, title: &str, tornado: &Tornado, writing: &Writing<'_>) {
    let bars = tornado.bars.iter().map(|bar| (explain::mover(playbook, &bar.mover), bar.low.total, bar.high.total));
    let rest = tornado.rest.iter().map(|rest| (explain::rest(rest), rest.low, rest.high));
    let rows: Vec<[String; 3]> = bars
        .chain(rest)
        .map(|(name, low, high)| {
            let change = |end: f64| (writing.change)(end - tornado.median);
            [one_line(&name), change(low), change(high)]
        })
        .collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let heading = format!("{title}, median {}", (writing.whole)(tornado.median));
    let name_width = width(0).max(heading.chars().count().saturating_sub(2));
    let (low_width, high_width) = (width(1).max("at low".len()), width(2).max("at high".len()));
    let _ = writeln!(
        text,
        "{heading:width$}  {:>low_width$}  {:>high_width$}",
        "at low",
        "at high",
        width = name_width + 2
    );
    for [name, low, high] in &rows {
        let _ = writeln!(text, "  {name:name_width$}  {low:>low_width$}  {high:>high_width$}");
    }
}
