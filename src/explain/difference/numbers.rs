//! What a difference comes to, in lines.

use super::super::{causes::Words, framework, verdict};
use crate::{
    assess::{Finding, Impact},
    figures::{self, Measure, Money, Steps},
    lang::{t, tr},
    playbook::Playbook,
    project::{Confidence, Project},
    text::one_line,
};

/// Findings, and services on another framework, that are told one by one.
const LISTED: usize = 10;

/// Weeks, money and what moved them, the verdict, frameworks, findings: a line each, those of a cause or a finding behind two spaces.
pub fn numbers(playbook: &Playbook, to: &Project, impact: &Impact, confidence: Confidence) -> Vec<String> {
    let money = Money::of(to);
    let mut lines = totals(money, impact, confidence);
    lines.extend(causes(Words { playbook, money }, impact));
    let [earlier, later] = impact.verdicts.each_ref().map(|kind| verdict(playbook, kind));
    if impact.verdicts[0] == impact.verdicts[1] {
        lines.push(tr!("Verdict as it was: {later}", later));
    } else {
        lines.push(tr!("Verdict {earlier} → {later}", earlier, later));
    }
    let turned = impact.turned.iter().map(|one| {
        let (from, to_framework) = (framework(playbook, &one.from), framework(playbook, &one.to));
        format!("{}: {from} → {to_framework}", one_line(&to.component_name(&one.component)))
    });
    listed(&mut lines, t("On another framework"), turned.collect());
    let told = |findings: &[Finding]| findings.iter().map(finding).collect::<Vec<_>>();
    listed(&mut lines, t("Findings that came"), told(&impact.came));
    listed(&mut lines, t("Findings that went"), told(&impact.went));
    lines
}

fn totals(money: Money<'_>, impact: &Impact, confidence: Confidence) -> Vec<String> {
    let (from, to) = (impact.from, impact.to);
    let weeks = Steps::of_weeks(from.weeks, &[], to.weeks);
    let budget = Steps::of_money(money, from.usd, &[], to.usd);
    let line = |label: &str, steps: &Steps, unit: &str, change: &str| {
        if steps.from == steps.to {
            tr!("{label} as before: {}{unit}", steps.to, label, unit)
        } else {
            format!("{label} {} → {}{unit} ({change})", steps.from, steps.to)
        }
    };
    let level = confidence.label();
    vec![
        line(t("Budget"), &budget, "", &format!("{}, {level}", budget.change)),
        line(t("Timeline"), &weeks, t(" weeks"), &format!("{}, {level}", figures::in_weeks(&weeks.change))),
    ]
}

/// What makes the difference: each line adds up to it with the others.
fn causes(words: Words<'_>, impact: &Impact) -> Vec<String> {
    let Some(causes) = &impact.causes else {
        return vec![t("The plans are too large to say what each change comes to").to_owned()];
    };
    let (money, weeks) = (Measure::Budget.steps(causes, words.money), Measure::Weeks.steps(causes, words.money));
    let mut lines = Vec::new();
    for (at, cause) in causes.causes.iter().enumerate() {
        let parts = [(&money, money.steps[at].clone()), (&weeks, figures::in_weeks(&weeks.steps[at]))];
        let parts: Vec<String> =
            parts.into_iter().filter(|(steps, _)| !steps.is_nothing[at]).map(|(_, words)| words).collect();
        let effect = if parts.is_empty() { t("next to nothing").to_owned() } else { parts.join(", ") };
        lines.push(format!("  {effect}: {}", one_line(&words.cause(cause))));
    }
    lines
}

fn finding(finding: &Finding) -> String {
    format!("{}: {}", finding.severity.slug(), one_line(&finding.message))
}

fn listed(lines: &mut Vec<String>, title: &str, words: Vec<String>) {
    if words.is_empty() {
        return;
    }
    let more = words.len().saturating_sub(LISTED);
    lines.push(title.to_owned());
    lines.extend(words.into_iter().take(LISTED).map(|words| format!("  {words}")));
    if more > 0 {
        lines.push(tr!("  and {more} more", more));
    }
}
