//! `groundplan baselines`: the estimates that a project keeps, and what became of one of them.

use std::{fmt::Write as _, path::Path};

use super::{
    Streams,
    arguments::BaselinesArguments,
    assessed, emit, emit_json,
    failure::Failure,
    report::{one_line, push},
};
use crate::{
    assess::{Assessment, Distribution, baseline},
    explain::baselines::{BaselineRow, BaselineTable},
    export::BaselinesJson,
    figures::{self, Money},
    playbook::Playbook,
    project::{Baseline, BaselineId, NOW, Project},
    text::nearest,
};

/// One of the two that are compared: kept under an id, or the estimate of the moment.
struct End<'a> {
    id: Option<&'a BaselineId>,
    kept: &'a Baseline,
}

impl End<'_> {
    fn name(&self) -> String {
        if self.id.is_none() { NOW.to_owned() } else { format!("\"{}\"", one_line(&self.kept.name)) }
    }
}

pub(super) fn baselines(
    wanted: &BaselinesArguments,
    playbook: Option<&Path>,
    streams: &mut Streams,
) -> Result<u8, Failure> {
    let (engine, project, assessment) = assessed(&wanted.file, playbook, streams)?;
    if project.baselines.is_empty() {
        return Err(Failure::Unknown(
            "The project keeps no baseline; `groundplan baseline FILE --name NAME -o FILE` keeps one".to_owned(),
        ));
    }
    let now = now(&project, &assessment);
    let last = project.baselines.last().map(|(id, kept)| End { id: Some(id), kept });
    let from = wanted.from.as_deref().map(|name| end(&project, &now, name)).transpose()?.or(last);
    let to = wanted.to.as_deref().map(|name| end(&project, &now, name)).transpose()?;
    let (Some(from), to) = (from, to.unwrap_or(End { id: None, kept: &now })) else { return Ok(super::DONE) };
    if wanted.json {
        return emit_json(streams, &BaselinesJson::new(&project, (from.id, from.kept), (to.id, to.kept)));
    }
    emit(streams, in_words(&engine.playbook, &project, &now, &from, &to).as_bytes())
}

/// The estimate of the moment, as one would keep it.
fn now(project: &Project, assessment: &Assessment) -> Baseline {
    baseline(project, assessment, NOW, None, Vec::new())
}

/// The baseline with this id or name.
fn end<'a>(project: &'a Project, now: &'a Baseline, asked: &str) -> Result<End<'a>, Failure> {
    let kept = &project.baselines;
    if asked == NOW {
        return Ok(End { id: None, kept: now });
    }
    if let Some((id, kept)) = kept.iter().find(|(id, _)| id.as_str() == asked) {
        return Ok(End { id: Some(id), kept });
    }
    let called: Vec<_> = kept.iter().filter(|(_, kept)| kept.name.trim() == asked.trim()).collect();
    match called.as_slice() {
        [] => {}
        [(id, kept)] => return Ok(End { id: Some(id), kept }),
        several => {
            let ids: Vec<&str> = several.iter().map(|(id, _)| id.as_str()).collect();
            return Err(Failure::Unknown(format!(
                "{} baselines are called \"{}\"; name one by its id: {}",
                several.len(),
                one_line(asked),
                ids.join(", ")
            )));
        }
    }
    let names = || kept.keys().map(BaselineId::as_str).chain([NOW]);
    let hint = match nearest(asked, names().chain(kept.values().map(|kept| kept.name.as_str()))) {
        Some(near) => format!("; did you mean \"{}\"?", one_line(near)),
        None => format!("; there are {}", names().collect::<Vec<_>>().join(", ")),
    };
    Err(Failure::Unknown(format!("There is no baseline \"{}\"{hint}", one_line(asked))))
}

fn in_words(playbook: &Playbook, project: &Project, now: &Baseline, from: &End, to: &End) -> String {
    let mut text = String::new();
    push(&mut text, &format!("{}\n", one_line(project.title())));
    kept(&mut text, project, now);
    let table = BaselineTable::new(playbook, project, from.kept, to.kept);
    push(&mut text, &format!("\nFrom {} to {}\n", from.name(), to.name()));
    let heads = |first: &str| [first, "from", "to", "change"].map(str::to_owned).to_vec();
    let totals = table.totals.iter().map(|(name, figures)| [std::slice::from_ref(name), figures].concat());
    lines(&mut text, std::iter::once(heads("")).chain(totals).collect());
    for (title, figures) in [
        ("Budget of its parts, P50", (|row| &row.budget) as fn(&BaselineRow) -> &[String; 3]),
        ("Weeks of its parts, P50", |row| &row.weeks),
    ] {
        text.push('\n');
        let row = |row: &BaselineRow| {
            let note = if row.note.is_empty() { String::new() } else { format!(" ({})", row.note) };
            [&[one_line(&format!("  {}{note}", row.name))], figures(row).as_slice()].concat()
        };
        let rows = table.parts.iter().chain([&table.total]).map(row);
        lines(&mut text, std::iter::once(heads(title)).chain(rows).collect());
    }
    text
}

/// Every baseline with its date and figures, and the estimate of the moment.
fn kept(text: &mut String, project: &Project, now: &Baseline) {
    let money = Money::of(project);
    let row = |id: &str, kept: &Baseline| {
        let (weeks, budget) = (Distribution::from(kept.weeks), Distribution::from(kept.budget_usd));
        let name = if id == NOW { "This plan".to_owned() } else { one_line(&kept.name) };
        let in_weeks = |weeks: f64| figures::in_weeks(&figures::tenths(&[weeks]).1);
        let p80 = (in_weeks(weeks.quantile(0.8)), money.full(budget.quantile(0.8)));
        vec![
            format!("{name} [{id}]"),
            kept.date.map_or_else(String::new, figures::date),
            in_weeks(weeks.median),
            p80.0,
            money.full(budget.median),
            p80.1,
        ]
    };
    let heads = ["Kept", "on", "P50", "P80", "P50", "P80"].map(str::to_owned).to_vec();
    let rows = project.baselines.iter().map(|(id, kept)| row(id.as_str(), kept));
    lines(text, std::iter::once(heads).chain(rows).chain([row(NOW, now)]).collect());
}

/// Rows in columns: the first to the left, figures to the right.
fn lines(text: &mut String, rows: Vec<Vec<String>>) {
    let width = |at: usize| rows.iter().filter_map(|row| row.get(at)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..).map_while(width).collect();
    for row in rows {
        let mut line = String::new();
        for (at, (cell, width)) in row.iter().zip(&widths).enumerate() {
            let _ = if at == 0 { write!(line, "{cell:width$}") } else { write!(line, "  {cell:>width$}") };
        }
        push(text, line.trim_end());
    }
}
