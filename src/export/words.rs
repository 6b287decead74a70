//! Figures and verdicts in words, the same in every export and on the command line.

use crate::{
    assess::{Assessment, ComponentAdvice, Estimate, Quantiles, Reason, SystemVerdict, VerdictKind, reasons_for},
    explain, figures,
    lang::{t, tr},
    playbook::Playbook,
    project::{Assumptions, FrameworkId},
    text::number,
};

pub use crate::figures::share as percent;

/// Weeks or months with one decimal.
pub(super) fn tenths(value: f64) -> String {
    number((value * 10.0).round() / 10.0)
}

/// The same in a column, where every figure has its decimal.
pub(super) fn in_column(value: f64) -> String {
    figures::tenths(&[value]).1
}

/// `12.5 weeks (2.9 months)`; months are those of the calendar, once there is a first day.
pub fn weeks_in_words(assumptions: &Assumptions, weeks: f64) -> String {
    tr!("{0} weeks ({1} months)", tenths(weeks), tenths(assumptions.months_of(weeks)))
}

/// Points with one decimal and their sign: `+12.3 dB`.
pub(super) fn decibans(db: f64) -> String {
    format!("{} dB", figures::decibans(db))
}

/// `Django`, or `Mixed: 2 Django, 1 FastAPI, with a seam of 3 connections`.
pub fn verdict_in_words(playbook: &Playbook, verdict: &SystemVerdict) -> String {
    match &verdict.kind {
        VerdictKind::Nothing => t("No verdict: there is no service yet").to_owned(),
        VerdictKind::Single(framework) => playbook.framework_name(framework).to_owned(),
        VerdictKind::Mixed => {
            let counted = |(framework, count): &(FrameworkId, usize)| match count {
                0 => None,
                _ => Some(format!("{count} {}", playbook.framework_name(framework))),
            };
            let counts: Vec<String> = verdict.counts.iter().filter_map(counted).collect();
            let seam = match verdict.seam.len() {
                0 => t("no connection between them").to_owned(),
                1 => t("a seam of 1 connection").to_owned(),
                links => tr!("a seam of {links} connections", links),
            };
            tr!("Mixed: {}, with {seam}", counts.join(", "), seam)
        }
    }
}

/// The reasons for what a component is built on, strongest first.
pub fn main_reasons<'a>(playbook: &Playbook, advice: &'a ComponentAdvice) -> Vec<&'a Reason> {
    let mut reasons = reasons_for(playbook, advice, &advice.framework);
    reasons.retain(|reason| reason.decibans > 0.0);
    reasons.sort_by(|a, b| b.decibans.total_cmp(&a.decibans));
    reasons
}

/// A margin with its odds: `+8.2 dB, about 7 to 1`.
pub fn margin_in_words(margin_db: f64) -> String {
    format!("{}, {}", decibans(margin_db), figures::odds(margin_db))
}

/// The range from P10 to P90 in weeks and months: `17.3 to 26.0 weeks (4 to 6 months)`.
pub fn weeks_range_in_words(assumptions: &Assumptions, weeks: Quantiles) -> String {
    let (low, high) = (weeks.p10, weeks.p90);
    // Both ends with a decimal, or none.
    let range = |low: f64, high: f64| match (tenths(low), tenths(high)) {
        (low, high) if !low.contains('.') && !high.contains('.') => tr!("{low} to {high}", low, high),
        _ => tr!("{0} to {1}", in_column(low), in_column(high)),
    };
    let months = range(assumptions.months_of(low), assumptions.months_of(high));
    tr!("{} weeks ({months} months)", range(low, high), months)
}

/// The range from P10 to P90, each end in words.
pub fn range_in_words(quantiles: Quantiles, in_words: impl Fn(f64) -> String) -> String {
    tr!("{0} to {1}", in_words(quantiles.p10), in_words(quantiles.p90))
}

/// How far the project lies from the cases, in a sentence.
pub fn where_it_lies(estimate: &Estimate) -> String {
    let share = percent(estimate.extrapolation);
    if estimate.is_outside_cases() {
        tr!(
            "Outside the cases: {share} of the spread comes from work that none of them has, so the range is wide.",
            share
        )
    } else if estimate.extrapolation > 0.1 {
        tr!("Partly outside the cases: {share} of the spread comes from work that they say little about.", share)
    } else {
        tr!("Close to the cases: {share} of the spread comes from lying outside them.", share)
    }
}

/// Which cases carry the estimate, strongest first, and what a negative weight means if there is one; empty if none does.
pub fn summary_of_leans(playbook: &Playbook, assessment: &Assessment) -> String {
    let mut leans: Vec<_> = assessment.estimate.leans.iter().filter(|lean| lean.weight.abs() >= 0.005).collect();
    leans.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
    let words = leans.iter().map(|lean| {
        let name = playbook.cases.get(&lean.case).map_or(lean.case.as_str(), |case| &case.name);
        format!("{name} {}", explain::lean(lean.weight))
    });
    let words = words.collect::<Vec<_>>().join(", ");
    if leans.iter().any(|lean| lean.weight < 0.0) { format!("{words}. {}", t(explain::NEGATIVE_LEAN)) } else { words }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_as_people_write_them() {
        assert_eq!(weeks_in_words(&Assumptions::default(), 26.0), "26 weeks (6 months)");
        assert_eq!(margin_in_words(8.2), "+8.2 dB, about 7 to 1");
    }
}
