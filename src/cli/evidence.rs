//! The claims of the page beside what was measured, for a terminal and for programs.

use std::fmt::Write as _;

use serde::Serialize;

use super::report::wrapped;
use crate::{
    assess::{
        Assessment, Uses,
        capacity::{Modelled, modelled},
        uses,
    },
    explain, figures,
    playbook::{CaseFigure, Claim, CriterionId, Playbook, Provenance, WorkItemId},
    project::Project,
    text,
};

/// Schema of the JSON.
const SCHEMA: u32 = 1;
/// Most services that one criterion names on a terminal.
const SERVICES_SHOWN: usize = 6;

/// A plan to say for where the claims are used.
pub(super) struct Plan<'a> {
    pub(super) project: &'a Project,
    pub(super) assessment: &'a Assessment,
}

/// The claims with every word in them, of one paragraph if one is asked for.
pub(super) fn found<'a>(playbook: &'a Playbook, words: &[String], paragraph: Option<u8>) -> Vec<&'a Claim> {
    let mut found = playbook.find_claims(&words.join(" "));
    found.retain(|claim| paragraph.is_none_or(|paragraph| claim.paragraph == paragraph));
    found
}

/// For a person: by paragraph, each claim with what was found and what stands on it.
pub(super) fn text(playbook: &Playbook, claims: &[&Claim], plan: Option<&Plan<'_>>) -> String {
    let uses = plan.map(|plan| uses(plan.assessment));
    let mut text = String::new();
    let mut paragraph = 0;
    for claim in claims {
        if claim.paragraph != paragraph {
            if paragraph != 0 {
                text.push('\n');
            }
            paragraph = claim.paragraph;
            let title = playbook.paragraph_title(paragraph);
            let _ = writeln!(text, "{}", format!("¶{paragraph}  {title}").trim_end());
        }
        text.push('\n');
        push(&mut text, "", &claim.claim);
        push(&mut text, "Page", &claim.page_figure);
        let found = if claim.provenance == Provenance::Claim { "Computed" } else { "Measured" };
        push(&mut text, found, &claim.measured);
        push(&mut text, "How", &claim.how);
        for row in modelled(playbook, claim).iter().map(explain::model_row) {
            let why = if row.why.is_empty() { String::new() } else { format!(": {}", row.why) };
            let words = format!("{}: {}; measured {}; {}{why}", row.label, row.model, row.measured, row.word);
            push(&mut text, "Model", &words);
        }
        push(&mut text, if claim.provenance == Provenance::Update { "Today" } else { "Verdict" }, &claim.verdict);
        let kind = claim.provenance.label();
        let checked =
            if claim.checked.is_empty() { kind.to_owned() } else { format!("{kind}, checked {}", claim.checked) };
        push(&mut text, "Kind", &checked);
        used(&mut text, playbook, claim, plan.zip(uses.as_ref()));
    }
    text
}

/// What stands on a claim, and with a plan what of it counts there.
fn used(text: &mut String, playbook: &Playbook, claim: &Claim, plan: Option<(&Plan<'_>, &Uses)>) {
    let criteria = claim.criteria.iter().filter_map(|id| playbook.criteria.get(id));
    let mut reasons: Vec<String> = Vec::new();
    for criterion in criteria {
        let label = criterion.label.replace("{}", "N");
        reasons.push(match plan.map(|(plan, uses)| (plan, uses.of_criterion(&criterion.id))) {
            None => label,
            Some((_, [])) => format!("{label}: not in this plan"),
            Some((plan, services)) => {
                let mut said: Vec<String> = services
                    .iter()
                    .take(SERVICES_SHOWN)
                    .map(|service| {
                        let name = plan.project.component_name(&service.component);
                        let framework = playbook.framework_name(&service.framework);
                        format!("{name} {} dB for {framework}", figures::decibans(service.decibans))
                    })
                    .collect();
                let rest = services.len().saturating_sub(SERVICES_SHOWN);
                if rest > 0 {
                    said.push(format!("{rest} more"));
                }
                format!("{label}: {}", said.join(", "))
            }
        });
    }
    push(text, "Reasons", &reasons.join("; "));
    let items = claim.work_items.iter().filter_map(|id| playbook.work_items.get(id));
    let work = items.map(|item| match plan.map(|(plan, uses)| (plan, uses.of_work_item(&item.id))) {
        None => item.label.clone(),
        Some((_, None)) => format!("{}: not in this plan", item.label),
        Some((plan, Some(work))) => format!("{}: {}", item.label, figures::Money::of(plan.project).short(work.usd)),
    });
    push(text, "Work", &work.collect::<Vec<_>>().join("; "));
    push(text, "Packages", &claim.packages.join(", "));
}

/// A caption and words behind it, broken into lines; nothing if there are no words.
fn push(text: &mut String, caption: &str, words: &str) {
    let (first, indent) = if caption.is_empty() { ("  ".to_owned(), 2) } else { (format!("    {caption:<10}"), 14) };
    wrapped(text, &first, indent, words);
}

#[derive(Serialize)]
struct Report<'a> {
    schema: u32,
    claims: Vec<ClaimJson<'a>>,
}

#[derive(Serialize)]
struct ClaimJson<'a> {
    id: &'a str,
    paragraph: u8,
    title: &'a str,
    claim: &'a str,
    page_figure: Option<&'a str>,
    measured: Option<&'a str>,
    how: Option<&'a str>,
    verdict: Option<&'a str>,
    model: Vec<ModelJson<'a>>,
    kind: Provenance,
    checked: Option<&'a str>,
    criteria: Vec<&'a str>,
    work_items: Vec<&'a str>,
    packages: &'a [String],
    /// Only with a plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    used_by: Option<Vec<UseJson<'a>>>,
}

/// A set-up of the measurement with what the capacity model gives for it.
#[derive(Serialize)]
struct ModelJson<'a> {
    label: &'a str,
    figure: CaseFigure,
    is_ratio: bool,
    model_low: Option<f64>,
    model_high: Option<f64>,
    measured: f64,
    agrees: bool,
    why: Option<&'a str>,
}

impl<'a> From<&Modelled<'a>> for ModelJson<'a> {
    fn from(modelled: &Modelled<'a>) -> Self {
        let case = modelled.case;
        Self {
            label: &case.label,
            figure: case.figure,
            is_ratio: case.against.is_some(),
            model_low: modelled.model.map(|(low, _)| low),
            model_high: modelled.model.map(|(_, high)| high),
            measured: case.measured,
            agrees: modelled.agrees,
            why: given(&case.why).filter(|_| !modelled.agrees),
        }
    }
}

#[derive(Serialize)]
struct UseJson<'a> {
    criterion: &'a str,
    component: String,
    framework: String,
    decibans: f64,
}

/// For a program: the same, ids instead of labels.
pub(super) fn json(
    playbook: &Playbook,
    claims: &[&Claim],
    plan: Option<&Plan<'_>>,
) -> Result<Vec<u8>, serde_json::Error> {
    let uses = plan.map(|plan| uses(plan.assessment));
    let claims = claims.iter().map(|claim| claim_json(playbook, claim, uses.as_ref())).collect();
    Ok(text::json(&Report { schema: SCHEMA, claims })?.into_bytes())
}

fn claim_json<'a>(playbook: &'a Playbook, claim: &'a Claim, uses: Option<&Uses>) -> ClaimJson<'a> {
    ClaimJson {
        id: &claim.id,
        paragraph: claim.paragraph,
        title: playbook.paragraph_title(claim.paragraph),
        claim: &claim.claim,
        page_figure: given(&claim.page_figure),
        measured: given(&claim.measured),
        how: given(&claim.how),
        verdict: given(&claim.verdict),
        model: modelled(playbook, claim).iter().map(ModelJson::from).collect(),
        kind: claim.provenance,
        checked: given(&claim.checked),
        criteria: claim.criteria.iter().map(CriterionId::as_str).collect(),
        work_items: claim.work_items.iter().map(WorkItemId::as_str).collect(),
        packages: &claim.packages,
        used_by: uses.map(|uses| {
            let of = |id: &'a CriterionId| {
                uses.of_criterion(id).iter().map(|service| UseJson {
                    criterion: id.as_str(),
                    component: service.component.to_string(),
                    framework: service.framework.to_string(),
                    decibans: service.decibans,
                })
            };
            claim.criteria.iter().flat_map(of).collect()
        }),
    }
}

fn given(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}
