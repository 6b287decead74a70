//! Results for a person at a terminal.

use std::fmt::Write as _;

use crate::{
    assess::{Assessment, Engine, Finding, Severity, Targets, VerdictKind},
    explain,
    export::{
        ExportInput, main_reasons, margin_in_words, percent, range_in_words, summary_of_leans, verdict_in_words,
        weeks_in_words, weeks_range_in_words, where_it_lies,
    },
    figures::{self, Money},
    playbook::Playbook,
    project::{Confidence, Currency, Project},
    storage::presets as all_presets,
    text::paragraphs,
};

pub(super) use crate::text::one_line;

/// Most reasons that a component names.
const REASONS_SHOWN: usize = 3;

/// The assessment: verdict, components, weeks, budget, findings.
pub(super) fn assessment(input: &ExportInput) -> String {
    let mut text = String::new();
    let assessment = input.assessment;
    let verdict = verdict_in_words(input.playbook, &assessment.verdict);
    push(&mut text, &format!("{}\n", one_line(input.project.title())));
    push(&mut text, &format!("Verdict     {verdict}"));
    if assessment.verdict.kind != VerdictKind::Nothing {
        push(
            &mut text,
            &format!("Margin      {}", one_line(&explain::margin(input.playbook, input.project, &assessment.verdict))),
        );
        let (weeks, budget) = (assessment.estimate.weeks.quantiles(), assessment.estimate.budget_usd.quantiles());
        let (spread, money, assumptions) = ("8 times out of 10", input.money(), &input.project.assumptions);
        push(
            &mut text,
            &format!(
                "Timeline    {}, {spread}; median {}",
                weeks_range_in_words(assumptions, weeks),
                weeks_in_words(assumptions, weeks.p50)
            ),
        );
        push(
            &mut text,
            &format!(
                "Budget      {}, {spread}; median {}",
                range_in_words(budget, |usd| money.full(usd)),
                money.full(budget.p50)
            ),
        );
        sure(&mut text, input);
        push(&mut text, &format!("Effort      {}, median", figures::person_weeks(assessment.estimate.person_weeks)));
        push(&mut text, &format!("Stands on   {}", where_it_lies(&assessment.estimate)));
        if let Some(open) = explain::open_answers(assessment.answers) {
            push(&mut text, &format!("Leaves out  {open}."));
        }
        let leans = summary_of_leans(input.playbook, assessment);
        if !leans.is_empty() {
            push(&mut text, &format!("Leans on    {leans}"));
        }
        components(&mut text, input);
        alternatives(&mut text, input);
    }
    later(&mut text, input);
    if !assessment.findings.is_empty() {
        push(&mut text, &format!("\nFindings    {}", counts(assessment)));
        findings(input.project, assessment).lines().for_each(|line| push(&mut text, &format!("  {line}")));
    }
    text
}

/// What holds surely enough, when it is done, and how likely what is to hold does.
fn sure(text: &mut String, input: &ExportInput) {
    let (estimate, assumptions, money) = (&input.assessment.estimate, &input.project.assumptions, input.money());
    let mut levels = vec![Confidence::P80];
    if assumptions.confidence == Confidence::P90 {
        levels.push(Confidence::P90);
    }
    for level in levels {
        let at = level.probability();
        let (weeks, usd) = (estimate.weeks.quantile(at), estimate.budget_usd.quantile(at));
        push(text, &format!("{:12}{}, {}", level.label(), weeks_in_words(assumptions, weeks), money.full(usd)));
    }
    if let Some(timetable) = assumptions.timetable() {
        let done = |level: Confidence| {
            let day = timetable.finish_of(estimate.weeks.quantile(level.probability()));
            format!("{} at {}", figures::full_date(day), level.label())
        };
        let first = figures::full_date(timetable.first());
        let days: Vec<String> = Confidence::ALL.into_iter().map(done).collect();
        push(text, &format!("Done        {}; first day {first}", days.join(", ")));
    }
    let chances = Targets::of(assumptions).chance(estimate);
    let budget = assumptions.target_budget_usd.zip(chances.budget);
    let budget = budget.map(|(usd, chance)| format!("{} to stay under {}", figures::share(chance), money.full(usd)));
    let deadline = explain::deadline(assumptions).map(|by| match chances.deadline {
        Some(chance) => format!("{} to be done {by}", figures::share(chance)),
        None => format!("to be done {by}, which counts once there is a first day"),
    });
    let both = chances.both.map(|chance| format!("{} for both", figures::share(chance)));
    let holds: Vec<String> = budget.into_iter().chain(deadline).chain(both).collect();
    if !holds.is_empty() {
        push(text, &format!("Holds       {}", holds.join("; ")));
    }
}

pub(super) fn push(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

/// Columns that text is broken at.
const WIDTH: usize = 100;

/// Words broken into lines, the first behind `first`, the others behind so many spaces; nothing if there are no words. Control
/// characters become spaces.
pub(super) fn wrapped(text: &mut String, first: &str, indent: usize, words: &str) {
    let mut line = first.to_owned();
    let mut length = indent;
    let mut begun = false;
    for word in one_line(words).split_whitespace() {
        let width = word.chars().count();
        if begun && length + 1 + width > WIDTH {
            push(text, &line);
            line = " ".repeat(indent);
            length = indent;
            begun = false;
        }
        if begun {
            line.push(' ');
            length += 1;
        }
        line.push_str(word);
        length += width;
        begun = true;
    }
    if begun {
        push(text, &line);
    }
}

fn components(text: &mut String, input: &ExportInput) {
    push(text, "\nComponents");
    let names: Vec<String> =
        input.assessment.components.keys().map(|id| one_line(&input.project.component_name(id))).collect();
    let width = names.iter().map(|name| name.chars().count()).max().unwrap_or(0);
    let frameworks = |id| input.playbook.framework_name(id);
    let framework_width =
        input.assessment.components.values().map(|a| frameworks(&a.framework).chars().count()).max().unwrap_or(0);
    let capacity = input.stated_capacity();
    for ((id, advice), name) in input.assessment.components.iter().zip(&names) {
        let reasons = main_reasons(input.playbook, advice);
        let mut words: Vec<String> =
            reasons.iter().take(REASONS_SHOWN).map(|r| format!("{} (¶{})", one_line(&r.label), r.paragraph)).collect();
        if reasons.len() > REASONS_SHOWN {
            words.push(format!("{} more", reasons.len() - REASONS_SHOWN));
        }
        let framework = frameworks(&advice.framework);
        let pinned = if advice.pinned { "  pinned" } else { "" };
        let _ = writeln!(
            text,
            "  {name:width$}  {framework:framework_width$}  {:>6}  {}{pinned}",
            percent(advice.share),
            margin_in_words(advice.margin_db),
        );
        if !words.is_empty() {
            push(text, &format!("  {:width$}  {}", "", words.join("; ")));
        }
        if let Some(service) = capacity.as_ref().and_then(|capacity| capacity.services.get(id)) {
            push(text, &format!("  {:width$}  {}", "", explain::capacity::in_short(input.playbook, service)));
        }
    }
}

fn later(text: &mut String, input: &ExportInput) {
    let names: Vec<String> = input.project.deferred().map(|(_, component)| one_line(&component.name)).collect();
    if !names.is_empty() {
        push(text, &format!("\nPut off to later, and in no figure\n  {}", names.join(", ")));
    }
}

fn alternatives(text: &mut String, input: &ExportInput) {
    if input.assessment.alternatives.is_empty() {
        return;
    }
    let pins =
        if input.assessment.components.values().any(|advice| advice.pinned) { ", whatever is pinned" } else { "" };
    push(text, &format!("\nInstead{pins}"));
    for other in &input.assessment.alternatives {
        let name = input.playbook.framework_name(&other.framework);
        let (weeks, budget) = (
            weeks_in_words(&input.project.assumptions, other.weeks.median),
            input.money().full(other.budget_usd.median),
        );
        push(text, &format!("  All on {name}: {weeks}, {budget}; {:.1} dB given up", other.cost_db));
    }
}

/// A line for each open finding.
pub(super) fn findings(project: &Project, assessment: &Assessment) -> String {
    let mut text = String::new();
    for finding in assessment.open_findings() {
        push(&mut text, &finding_line(project, finding));
    }
    text
}

/// `warning: Shop ... (¶5) [rule: shop]`.
pub(super) fn finding_line(project: &Project, finding: &Finding) -> String {
    let severity = finding.severity.slug();
    let paragraphs = match paragraphs(&finding.paragraphs) {
        none if none.is_empty() => none,
        some => format!(" ({some})"),
    };
    let about: Vec<String> = finding.elements.iter().map(|element| one_line(element.as_str())).collect();
    let about = if about.is_empty() { one_line(&project.name) } else { about.join(", ") };
    format!("{severity}: {}{paragraphs} [{}: {about}]", one_line(&finding.message), finding.rule)
}

/// `1 error, 2 warnings, 0 hints`, and how many were set aside, if any.
pub(super) fn counts(assessment: &Assessment) -> String {
    let count = |severity| assessment.open_findings().filter(|finding| finding.severity == severity).count();
    let counted = |severity: Severity| match count(severity) {
        1 => format!("1 {}", severity.slug()),
        count => format!("{count} {}s", severity.slug()),
    };
    let summary = Severity::ALL.map(counted).join(", ");
    match assessment.suppressed_findings().count() {
        0 => summary,
        count => format!("{summary}; {count} suppressed"),
    }
}

/// The presets with their ids.
pub(super) fn presets(playbook: &Playbook) -> String {
    let width = all_presets().iter().map(|preset| preset.id.len()).max().unwrap_or(0);
    let mut text = String::new();
    for preset in all_presets() {
        let paragraph = preset.paragraph(playbook).map(|paragraph| format!(" (¶{paragraph})")).unwrap_or_default();
        push(&mut text, &format!("{:width$}  {}{paragraph}", preset.id, preset.name(playbook)));
    }
    text
}

/// What a playbook holds, and how well its cases are predicted from each other.
pub(super) fn playbook(engine: &Engine) -> String {
    let book = &engine.playbook;
    let mut text = match &book.house {
        Some(house) if house.about.is_empty() => format!("{}, over the built-in playbook\n", one_line(&house.name)),
        Some(house) => format!("{}, over the built-in playbook: {}\n", one_line(&house.name), one_line(&house.about)),
        None => String::new(),
    };
    let _ = writeln!(
        text,
        "Sound: {} frameworks, {} traits, {} criteria, {} work items, {} cases, {} packages, {} claims, {} rules",
        book.frameworks.len(),
        book.traits.len(),
        book.criteria.len(),
        book.work_items.len(),
        book.cases.len(),
        book.packages.len(),
        book.claims.len(),
        book.rules.len(),
    );
    // The page's own figures are in US dollars, whatever a project is written in.
    let currency = Currency::default();
    let dollars = Money::new(&currency);
    for report in engine.case_report() {
        let (low, high) = report.published_budget_usd;
        let ratio = report.left_out_budget_usd / report.budget_usd.p50;
        let name = book.cases.get(&report.case).map_or(report.case.as_str(), |case| &case.name);
        push(
            &mut text,
            &format!(
                "{}: {} to {}; the other cases predict {ratio:.2} of its median",
                one_line(name),
                dollars.full(low),
                dollars.full(high)
            ),
        );
    }
    text
}
