//! What panels say in words about an assessment.

use crate::{
    assess::{Assessment, Estimate, SystemVerdict, VerdictKind},
    figures,
    lang::{t, tr},
    playbook::{Playbook, Provenance},
    project::Assumptions,
};

pub use crate::explain::framework as short_name;

/// The verdict in a word or two: `Mixed`, the name of a framework, or that there is nothing yet.
pub fn verdict_word<'a>(playbook: &'a Playbook, verdict: &'a SystemVerdict) -> &'a str {
    match &verdict.kind {
        VerdictKind::Nothing => t("No services yet"),
        VerdictKind::Single(framework) => short_name(playbook, framework),
        VerdictKind::Mixed => t("Mixed"),
    }
}

/// How many services are on each framework that has any: `2 of one, 3 of the other`.
pub fn verdict_counts(playbook: &Playbook, verdict: &SystemVerdict) -> String {
    let counts = verdict.counts.iter().filter(|(_, count)| *count > 0);
    counts.map(|(id, count)| format!("{count} {}", short_name(playbook, id))).collect::<Vec<_>>().join(", ")
}

/// The verdict as a sentence.
pub fn verdict_sentence(playbook: &Playbook, verdict: &SystemVerdict) -> String {
    let counts = verdict_counts(playbook, verdict);
    match &verdict.kind {
        VerdictKind::Nothing => t("Add a service, and its framework is weighed at once").to_owned(),
        VerdictKind::Single(framework) => {
            let name = short_name(playbook, framework);
            let services: usize = verdict.counts.iter().map(|(_, count)| count).sum();
            match verdict.counts.iter().filter(|(_, count)| *count > 0).count() {
                0 | 1 if services == 1 => tr!("Build it on {name}", name),
                0 | 1 => tr!("Build all {services} services on {name}", services, name),
                _ => tr!("Build it on {name}: {counts}", name, counts),
            }
        }
        VerdictKind::Mixed => {
            let crossing = match verdict.seam.len() {
                0 => t("no connection crosses").to_owned(),
                1 => t("1 connection crosses").to_owned(),
                count => tr!("{count} connections cross", count),
            };
            tr!("Split it: {counts}; {crossing} between them", counts, crossing)
        }
    }
}

/// Why the plan is advised although another way to build the system costs less, if one does.
pub fn dearer_sentence(playbook: &Playbook, money: figures::Money<'_>, assessment: &Assessment) -> Option<String> {
    let plan_usd = assessment.estimate.budget_usd.median;
    let cheaper = assessment.alternatives.iter().filter(|other| other.budget_usd.median < 0.995 * plan_usd);
    let other = cheaper.min_by(|a, b| a.budget_usd.median.total_cmp(&b.budget_usd.median))?;
    let saved = money.short(plan_usd - other.budget_usd.median);
    let ahead_db = other.cost_db - assessment.verdict.cost_db;
    let name = short_name(playbook, &other.framework);
    let weighed = if ahead_db > 0.05 {
        tr!("{} dB of evidence speak against it", figures::decibans(ahead_db).trim_start_matches('+'))
    } else {
        t("pins decide otherwise").to_owned()
    };
    Some(tr!("All {name} would save {saved}, but {weighed}", name, saved, weighed))
}

/// The confidence shown first, with its figures: weeks and dollars.
pub fn at_confidence(estimate: &Estimate, assumptions: &Assumptions) -> (f64, f64) {
    let probability = assumptions.confidence.probability();
    (estimate.weeks.quantile(probability), estimate.budget_usd.quantile(probability))
}

/// What an estimate rests on, in words.
pub fn leans_sentence(playbook: &Playbook, estimate: &Estimate) -> String {
    let mut leans: Vec<_> = estimate.leans.iter().filter(|lean| lean.weight.abs() >= 0.02).collect();
    leans.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
    if leans.is_empty() {
        return t("The estimate rests on the prior prices alone").to_owned();
    }
    let name = |lean: &crate::assess::Lean| {
        let case = playbook.cases.get(&lean.case).map_or(lean.case.as_str(), |case| &case.name);
        format!("{case} ({})", crate::explain::lean(lean.weight))
    };
    let names = leans.into_iter().map(name).collect::<Vec<_>>().join(", ");
    tr!("The estimate leans on {names}", names)
}

/// How far the plan lies from the cases, in words.
pub fn extrapolation_sentence(estimate: &Estimate) -> String {
    let share = figures::share(estimate.extrapolation);
    match estimate.extrapolation {
        e if estimate.is_outside_cases() => {
            tr!("Outside the cases: {} of the spread comes from work they say little about", figures::share(e))
        }
        e if e < 0.005 => t("As close to the published cases as a plan can be").to_owned(),
        _ => tr!("{share} of the spread comes from lying beside the published cases", share),
    }
}

/// Where a piece of knowledge comes from, in a word.
pub fn provenance(provenance: Provenance) -> &'static str {
    provenance.label()
}
