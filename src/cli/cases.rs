//! `groundplan cases`: the case studies that every estimate stands on, in the open.

use std::{fmt::Write as _, path::Path};

use super::{
    Streams, emit, emit_json,
    failure::Failure,
    read,
    report::{one_line, push},
};
use crate::{
    assess::{CaseReport, Engine, Estimate, Multiplier},
    explain,
    export::{CasesJson, where_it_lies},
    figures::{self, Money},
    project::{Currency, Project},
    storage::load_engine,
};

/// The cases, the multipliers, and what the plan in `file` leans on.
pub(super) fn cases(
    file: Option<&Path>,
    json: bool,
    playbook: Option<&Path>,
    streams: &mut Streams,
) -> Result<u8, Failure> {
    let engine = load_engine(playbook)?;
    let project = file.map(|file| read(file, &engine, streams)).transpose()?;
    let assessed = project.map(|project| (engine.assess(&project).estimate, project));
    let plan = assessed.as_ref().map(|(estimate, project)| (project, estimate));
    let (reports, multipliers) = (engine.case_report(), engine.multipliers());
    if json {
        let report = CasesJson::new(&engine, &reports, &multipliers, plan);
        return emit_json(streams, &report);
    }
    let mut text = String::new();
    for report in &reports {
        case(&mut text, &engine, report);
    }
    if let Some((project, estimate)) = plan {
        leans(&mut text, &engine, project, estimate);
    }
    prices(&mut text, &engine, &multipliers);
    emit(streams, text.as_bytes())
}

fn case(text: &mut String, engine: &Engine, report: &CaseReport) {
    // The page's own figures are in US dollars, whatever a project is written in.
    let currency = Currency::default();
    let dollars = Money::new(&currency);
    let known = engine.playbook.cases.get(&report.case);
    let name = known.map_or(report.case.as_str(), |case| &case.name);
    let paragraph = known.map(|case| format!(" (¶{})", case.paragraph)).unwrap_or_default();
    push(text, &format!("{}{paragraph}", one_line(name)));
    let line = |what: &str, budget: &str, weeks: &str| format!("  {what:<24}{budget:<22}{weeks}");
    let full = |usd: f64| dollars.full(usd);
    let ((low, high), (first, last)) = (report.published_budget_usd, report.published_weeks);
    let published = format!("{}–{}", full(low), full(high));
    push(text, &line("published", &published, &figures::months_or_weeks(first, last)));
    let (budget, weeks) = (full(report.prior_budget_usd), figures::month_or_week(report.prior_weeks));
    push(text, &line("our prices before", &budget, &weeks));
    let (budget, weeks) = (full(report.budget_usd.p50), figures::month_or_week(report.weeks.p50));
    push(text, &line("calibrated, P50", &budget, &weeks));
    let share = |left_out: f64, middle: f64| explain::ratio(left_out / middle);
    let budget =
        format!("{} ({})", full(report.left_out_budget_usd), share(report.left_out_budget_usd, report.budget_usd.p50));
    let weeks = format!(
        "{} ({})",
        figures::month_or_week(report.left_out_weeks),
        share(report.left_out_weeks, report.weeks.p50)
    );
    push(text, &line("predicted by the others", &budget, &weeks));
}

fn leans(text: &mut String, engine: &Engine, project: &Project, estimate: &Estimate) {
    let name = project.title();
    push(text, &format!("\n{} leans on", one_line(name)));
    if estimate.breakdown.is_empty() {
        push(text, "  nothing yet: there is no service in it");
        return;
    }
    let named = |lean: &crate::assess::Lean| {
        engine.playbook.cases.get(&lean.case).map_or(lean.case.to_string(), |case| one_line(&case.name))
    };
    let width = estimate.leans.iter().map(|lean| named(lean).chars().count()).max().unwrap_or(0);
    for lean in &estimate.leans {
        let _ = writeln!(text, "  {:width$}  {:>6}", named(lean), explain::lean(lean.weight));
    }
    if estimate.leans.iter().any(|lean| explain::lean(lean.weight).starts_with('−')) {
        push(text, &format!("  {}", explain::NEGATIVE_LEAN));
    }
    push(text, &format!("  {}", where_it_lies(estimate)));
}

fn prices(text: &mut String, engine: &Engine, multipliers: &[Multiplier]) {
    let playbook = &engine.playbook;
    push(
        text,
        "\nWhat the cases multiply our prices by (effort, weeks), how far outcomes scatter, cases with such work",
    );
    let label = |one: &Multiplier| {
        let item = playbook.work_items.get(&one.work_item);
        one_line(item.map_or(one.work_item.as_str(), |item| &item.label))
    };
    let width = multipliers.iter().map(|one| label(one).chars().count()).max().unwrap_or(0);
    for one in multipliers {
        let _ = writeln!(
            text,
            "  {:width$}  x {:.2}  x {:.2}  {:>6}  {}",
            label(one),
            one.effort,
            one.weeks,
            explain::spread(one.effort_spread),
            one.cases.len()
        );
    }
}
