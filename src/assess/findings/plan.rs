//! The plan as a whole: how far its estimate can be trusted, and how long it takes.

use super::{Subject, found};
use crate::{
    assess::types::{Finding, VerdictKind},
    figures,
    lang::{t, tr},
    playbook::Severity,
    project::Deadline,
};

/// Plans longer than this at even odds are rarely one plan, in weeks: two years.
const LONG_WEEKS: f64 = 104.0;
/// Plans shorter than this are sketches of which nobody expects a figure yet, in weeks.
const SKETCH_WEEKS: f64 = 4.0;

pub(super) fn find(subject: &Subject<'_>, findings: &mut Vec<Finding>) {
    let estimate = subject.estimate;
    findings.extend(deadline(subject));
    if subject.verdict.kind == VerdictKind::Nothing {
        return;
    }
    if estimate.is_outside_cases() && estimate.weeks.median >= SKETCH_WEEKS {
        let message = tr!(
            "{} of the spread of this estimate comes from work that none of the case studies has: take the range into the meeting, not the median",
            figures::share(estimate.extrapolation)
        );
        findings.push(found("outside-the-cases", Severity::Hint, message, Vec::new()).because(
            t("The figures are calibrated on published cases; far from all of them they rest on prior prices alone."),
            &[],
        ));
    }
    if estimate.weeks.median > LONG_WEEKS {
        let message = tr!(
            "At even odds this takes {0} with a team of {1}: cut it into releases, or plan for another team",
            figures::months_on(estimate.weeks.median, subject.graph.project.assumptions.timetable().as_ref()),
            figures::number(subject.graph.project.assumptions.team_size)
        );
        findings.push(found("long-plan", Severity::Hint, message, Vec::new()).because(
            t("Over more than two years both the plan and the team change; what is released in parts can be corrected on the way."),
            &[17],
        ));
    }
}

/// A deadline by date that the first day says nothing about, or speaks against.
fn deadline(subject: &Subject<'_>) -> Option<Finding> {
    let assumptions = &subject.graph.project.assumptions;
    let Some(Deadline::Date(day)) = assumptions.deadline else { return None };
    let said = figures::full_date(day);
    match assumptions.start {
        None => {
            let message = tr!("The work is to be done by {said}, and nobody has said on which day it begins", said);
            Some(found("deadline-without-first-day", Severity::Hint, message, Vec::new()).because(
                t("Without a first day there are no weeks until the deadline, and no probability of holding it. Set the first day of work."),
                &[],
            ))
        }
        Some(start) if day < start => {
            let message =
                tr!("The deadline, {said}, is before the first day of work, {}", figures::full_date(start), said);
            Some(
                found("deadline-before-first-day", Severity::Warning, message, Vec::new())
                    .because(t("Nothing can be done by then. Move one of the two."), &[]),
            )
        }
        Some(_) => None,
    }
}
