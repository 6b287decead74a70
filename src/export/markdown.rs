//! The report for people: a Markdown document that reads well as it is and rendered.

mod assumptions;
mod baselines;
mod capacity;
mod doubts;
mod money;
mod parts;
mod scenarios;
mod schedule;
mod text;

use super::{
    ExportError, ExportInput,
    words::{decibans, main_reasons, percent, verdict_in_words},
};
use crate::{
    assess::{ComponentAdvice, Finding, VerdictKind},
    explain,
    lang::{lower, t, tr},
    project::ComponentId,
    text::paragraphs,
};
use text::{Report, escape, quote};

/// Most reasons that a row of the table of components names.
const REASONS_SHOWN: usize = 3;

/// Writes the report.
#[expect(clippy::unnecessary_wraps, reason = "the signature is the registry's; other formats can fail")]
pub(super) fn write(input: &ExportInput) -> Result<Vec<u8>, ExportError> {
    let mut report = Report::default();
    opening(input, &mut report);
    components(input, &mut report);
    later(input, &mut report);
    doubts::seam(input, &mut report);
    doubts::doubts(input, &input.answers(), &mut report);
    money::timeline_and_budget(input, &mut report);
    schedule::timeline(input, &mut report);
    capacity::capacity(input, &mut report);
    scenarios::scenarios(input, &input.comparison(), &mut report);
    baselines::baselines(input, &mut report);
    money::breakdowns(input, &mut report);
    money::sensitivity(input, &mut report);
    money::footing(input, &mut report);
    assumptions::assumptions(input, &mut report);
    parts::stack(input, &mut report);
    findings(input, &mut report);
    report.heading(t("Where the figures come from"));
    report.line(
        t("Paragraph numbers (¶) refer to the page that the playbook is drawn from. Weeks and budget follow from work items \
         whose prior prices are assumptions, calibrated so that the page's case studies come out exactly as published; their \
         published ranges are read as P10 to P90. Px is the figure that is not exceeded x times in 100. Points are decibans \
         (dB): 10 dB are odds of 10 to 1. Weeks are weeks of work, of five working days each; a month is one of the calendar \
         once there is a first day, else 52/12 weeks. Medians add up; ranges do not."),
    );
    Ok(report.into_bytes())
}

fn opening(input: &ExportInput, report: &mut Report) {
    let name = input.project.title();
    report.title(&escape(name));
    let verdict = &input.assessment.verdict;
    report.line(&format!("**{}**", escape(&verdict_in_words(input.playbook, verdict))));
    if verdict.kind != VerdictKind::Nothing && input.playbook.frameworks.len() > 1 {
        let margin = explain::margin(input.playbook, input.project, verdict);
        report.line(&tr!("Margin: {}.", escape(&margin)));
    }
    if !input.project.notes.trim().is_empty() {
        report.line(&quote(&input.project.notes));
    }
}

fn components(input: &ExportInput, report: &mut Report) {
    if input.assessment.components.is_empty() {
        return;
    }
    report.heading(t("Components"));
    let rows = input.assessment.components.iter().map(|(id, advice)| component_row(input, id, advice));
    report.table(&[t("Component"), t("Framework"), t(">Share"), t(">Margin"), t("Main reasons")], rows);
}

/// What is drawn and neither built nor estimated now.
fn later(input: &ExportInput, report: &mut Report) {
    if input.project.deferred().next().is_none() {
        return;
    }
    report.heading(t("Put off to later"));
    report.line(t("Drawn, but neither built nor estimated now; no figure of this report counts it."));
    let deferred = input.project.deferred();
    report.list(deferred.map(|(_, c)| format!("{}, {}", escape(&c.name), lower(c.kind.label()))));
}

fn component_row(input: &ExportInput, id: &ComponentId, advice: &ComponentAdvice) -> Vec<String> {
    let mut framework = escape(input.playbook.framework_name(&advice.framework));
    if advice.pinned {
        framework.push_str(t(" (pinned)"));
    }
    let reasons = main_reasons(input.playbook, advice);
    let mut words: Vec<String> = reasons
        .iter()
        .take(REASONS_SHOWN)
        .map(|reason| format!("{} (¶{}, {})", escape(&reason.label), reason.paragraph, decibans(reason.decibans)))
        .collect();
    if reasons.len() > REASONS_SHOWN {
        words.push(tr!("{} more", reasons.len() - REASONS_SHOWN));
    }
    if words.is_empty() {
        words.push(t("none of its own").to_owned());
    }
    vec![
        escape(&input.project.component_name(id)),
        framework,
        percent(advice.share),
        decibans(advice.margin_db),
        words.join("; "),
    ]
}

fn findings(input: &ExportInput, report: &mut Report) {
    report.heading(t("Findings"));
    let line = |finding: &Finding| {
        let paragraphs = match paragraphs(&finding.paragraphs) {
            none if none.is_empty() => none,
            some => format!(" ({some})"),
        };
        format!("**{}:** {}{paragraphs}", finding.severity.label(), escape(&finding.message))
    };
    if input.assessment.open_findings().next().is_none() {
        report.line(t("Nothing was found that needs a look."));
    } else {
        report.list(input.assessment.open_findings().map(line));
    }
    if input.assessment.suppressed_findings().next().is_some() {
        report.line(t("Looked at and left as it is:"));
        report.list(input.assessment.suppressed_findings().map(|finding| {
            tr!("{0}. Reason: {1}", line(finding), escape(finding.suppressed.as_deref().unwrap_or_default()))
        }));
    }
}
