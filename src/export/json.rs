//! The assessment for other programs. The schema is documented in `docs/assess-json.md`; a change that would break a
//! reader raises [`SCHEMA`].

use indexmap::IndexMap;
use serde::Serialize;

use super::{
    ExportError, ExportInput, SensitivityJson,
    answers::{Ask, Next, Seam, Turn, ask_next, kind_of_verdict, turns},
    baselines::{Kept, kept},
    capacity::{PlannedJson, StatedJson},
    scenarios::{Scenario, scenarios},
    schedule,
    stack::{Parts, parts},
};
use crate::{
    assess::{
        self, Alternative, Answers, Assessment, ComponentAdvice, Cut, Distribution, EstimateLine, Finding, MOST_BARS,
        PartOf, Quantiles, Slice, Stack, Sums, breakdown,
    },
    project::{ComponentId, ElementId, FrameworkId, Project},
    text,
};

/// The version of the schema.
pub const SCHEMA: u32 = 2;

#[derive(Serialize)]
struct Report<'a> {
    schema: u32,
    project: &'a str,
    verdict: Verdict<'a>,
    components: Vec<Component<'a>>,
    capacity: Option<StatedJson<'a>>,
    deferred: Vec<&'a str>,
    estimate: Estimate<'a>,
    alternatives: Vec<Choice<'a>>,
    scenarios: Vec<Scenario<'a>>,
    ask_next: Vec<Ask<'a>>,
    findings: Vec<Remark<'a>>,
    stack: Parts<'a>,
    schedule: Option<schedule::Parts<'a>>,
    sensitivity: Option<SensitivityJson<'a>>,
    baselines: Vec<Kept<'a>>,
}

#[derive(Serialize)]
struct Verdict<'a> {
    kind: &'a str,
    margin_db: f64,
    cost_db: f64,
    next: Option<Next<'a>>,
    assignment: IndexMap<&'a str, &'a str>,
    seam: Seam<'a>,
    flips: Vec<Turn<'a>>,
}

#[derive(Serialize)]
struct Component<'a> {
    id: &'a str,
    name: &'a str,
    framework: &'a str,
    best: &'a str,
    rival: Option<&'a str>,
    share: f64,
    margin_db: f64,
    pinned: bool,
    flip: Option<Turn<'a>>,
    flips: Vec<Turn<'a>>,
    scores: Vec<Score<'a>>,
    reasons: Vec<Because<'a>>,
    capacity: Option<PlannedJson<'a>>,
}

#[derive(Serialize)]
#[expect(clippy::struct_field_names, reason = "the names are the schema's")]
struct Score<'a> {
    framework: &'a str,
    prior_db: f64,
    score_db: f64,
    share: f64,
}

#[derive(Serialize)]
struct Because<'a> {
    criterion: &'a str,
    framework: &'a str,
    decibans: f64,
    strength: f64,
    label: &'a str,
    paragraph: u8,
}

#[derive(Serialize)]
pub(super) struct Range {
    p10: f64,
    p50: f64,
    p80: f64,
    p90: f64,
}

#[derive(Serialize)]
struct AnswersJson {
    given: usize,
    open: usize,
}

#[derive(Serialize)]
struct Estimate<'a> {
    weeks: Range,
    budget_usd: Range,
    person_weeks: f64,
    breakdown: Vec<Line<'a>>,
    leans: Vec<Lean<'a>>,
    extrapolation: f64,
    answers: AnswersJson,
    by_phase: Vec<OfPhase>,
    by_role: Vec<OfRole>,
}

#[derive(Serialize)]
struct OfPhase {
    phase: String,
    #[serde(flatten)]
    sums: SumsJson,
}

#[derive(Serialize)]
struct OfRole {
    role: String,
    #[serde(flatten)]
    sums: SumsJson,
}

#[derive(Serialize)]
struct SumsJson {
    person_weeks: f64,
    usd: f64,
    weeks: f64,
}

#[derive(Serialize)]
struct Line<'a> {
    component: Option<&'a str>,
    work_item: &'a str,
    quantity: f64,
    person_weeks: f64,
    usd: f64,
    weeks: f64,
}

#[derive(Serialize)]
struct Lean<'a> {
    case: &'a str,
    weight: f64,
}

#[derive(Serialize)]
struct Choice<'a> {
    framework: &'a str,
    weeks: Range,
    budget_usd: Range,
    cost_db: f64,
}

/// A finding as other programs read it.
#[derive(Serialize)]
pub struct Remark<'a> {
    key: &'a str,
    rule: &'a str,
    severity: &'static str,
    message: &'a str,
    why: &'a str,
    elements: Vec<Element<'a>>,
    paragraph: Option<u8>,
    paragraphs: &'a [u8],
    fixes: Vec<&'a str>,
    suppressed: Option<&'a str>,
}

#[derive(Serialize)]
struct Element<'a> {
    kind: &'static str,
    id: &'a str,
}

/// Writes the report, indented, with a line break at its end.
pub(super) fn write(input: &ExportInput) -> Result<Vec<u8>, ExportError> {
    let stack = assess::stack(input.playbook, input.project, input.assessment);
    let (answers, comparison) = (input.answers(), input.comparison());
    let schedule = assess::schedule(input.playbook, input.project, input.assessment);
    let sensitivity = input.sensitivity(MOST_BARS);
    let capacity = input.stated_capacity();
    let holds = capacity.as_ref().map(|capacity| capacity.holds());
    let mut report = report(input, &answers, &stack);
    report.capacity = holds.as_ref().zip(capacity.as_deref()).map(StatedJson::from);
    for (component, id) in report.components.iter_mut().zip(input.assessment.components.keys()) {
        component.capacity = capacity.as_ref().and_then(|known| known.services.get(id)).map(PlannedJson::from);
    }
    report.scenarios = scenarios(&comparison, 0);
    report.schedule = Some(schedule::parts(input, &schedule));
    report.sensitivity = sensitivity.as_ref().map(|known| SensitivityJson::new(input.playbook, known));
    Ok(text::json(&report)?.into_bytes())
}

fn report<'a>(input: &ExportInput<'a>, answers: &'a Answers, stack: &'a Stack) -> Report<'a> {
    let (project, assessment) = (input.project, input.assessment);
    Report {
        schema: SCHEMA,
        project: &project.name,
        verdict: verdict(assessment, answers),
        components: assessment.components.iter().map(|(id, advice)| component(project, answers, id, advice)).collect(),
        capacity: None,
        deferred: project.deferred().map(|(id, _)| id.as_str()).collect(),
        estimate: estimate(input),
        alternatives: assessment.alternatives.iter().map(alternative).collect(),
        scenarios: Vec::new(),
        ask_next: ask_next(answers),
        findings: assessment.findings.iter().map(Remark::from).collect(),
        stack: parts(stack, None),
        schedule: None,
        sensitivity: None,
        baselines: kept(project),
    }
}

fn verdict<'a>(assessment: &'a Assessment, answers: &'a Answers) -> Verdict<'a> {
    let verdict = &assessment.verdict;
    Verdict {
        kind: kind_of_verdict(&verdict.kind),
        margin_db: verdict.margin_db,
        cost_db: verdict.cost_db,
        next: verdict.next.as_ref().map(Next::from),
        assignment: verdict.assignment.iter().map(|(id, framework)| (id.as_str(), framework.as_str())).collect(),
        seam: Seam::from(&assessment.estimate.seam),
        flips: answers.system.iter().map(Turn::from).collect(),
    }
}

fn component<'a>(
    project: &'a Project,
    answers: &'a Answers,
    id: &'a ComponentId,
    advice: &'a ComponentAdvice,
) -> Component<'a> {
    let score = |score: &'a crate::assess::FrameworkScore| Score {
        framework: score.framework.as_str(),
        prior_db: score.prior_db,
        score_db: score.score_db,
        share: score.share,
    };
    let because = |reason: &'a crate::assess::Reason| Because {
        criterion: reason.criterion.as_str(),
        framework: reason.framework.as_str(),
        decibans: reason.decibans,
        strength: reason.strength,
        label: &reason.label,
        paragraph: reason.paragraph,
    };
    Component {
        id: id.as_str(),
        name: project.components.get(id).map_or(id.as_str(), |component| &component.name),
        framework: advice.framework.as_str(),
        best: advice.best.as_str(),
        rival: advice.rival.as_ref().map(FrameworkId::as_str),
        share: advice.share,
        margin_db: advice.margin_db,
        pinned: advice.pinned,
        flip: answers.flips.get(id).and_then(|flips| flips.first()).map(Turn::from),
        flips: turns(answers, id),
        scores: advice.scores.iter().map(score).collect(),
        reasons: advice.reasons.iter().map(because).collect(),
        capacity: None,
    }
}

fn estimate<'a>(input: &ExportInput<'a>) -> Estimate<'a> {
    let estimate = &input.assessment.estimate;
    let cut = |cut: Cut| breakdown(estimate, input.playbook, &input.project.assumptions, &[cut]);
    let sums = |Sums { person_weeks, usd, weeks }: Sums| SumsJson { person_weeks, usd, weeks };
    let phase = |slice: Slice| match slice.of {
        PartOf::Phase(id) => Some(OfPhase { phase: id.to_string(), sums: sums(slice.sums) }),
        _ => None,
    };
    let role = |slice: Slice| match slice.of {
        PartOf::Role(id) => Some(OfRole { role: id.to_string(), sums: sums(slice.sums) }),
        _ => None,
    };
    Estimate {
        weeks: range(&estimate.weeks),
        budget_usd: range(&estimate.budget_usd),
        person_weeks: estimate.person_weeks,
        breakdown: estimate.breakdown.iter().map(line).collect(),
        leans: estimate.leans.iter().map(|lean| Lean { case: lean.case.as_str(), weight: lean.weight }).collect(),
        extrapolation: estimate.extrapolation,
        answers: AnswersJson { given: input.assessment.answers.given, open: input.assessment.answers.open },
        by_phase: cut(Cut::Phase).into_iter().filter_map(phase).collect(),
        by_role: cut(Cut::Role).into_iter().filter_map(role).collect(),
    }
}

pub(super) fn range(distribution: &Distribution) -> Range {
    distribution.quantiles().into()
}

impl From<Quantiles> for Range {
    fn from(Quantiles { p10, p50, p80, p90 }: Quantiles) -> Self {
        Self { p10, p50, p80, p90 }
    }
}

fn line(line: &EstimateLine) -> Line<'_> {
    Line {
        component: line.component.as_ref().map(ComponentId::as_str),
        work_item: line.work_item.as_str(),
        quantity: line.quantity,
        person_weeks: line.person_weeks,
        usd: line.usd,
        weeks: line.weeks,
    }
}

fn alternative(alternative: &Alternative) -> Choice<'_> {
    Choice {
        framework: alternative.framework.as_str(),
        weeks: range(&alternative.weeks),
        budget_usd: range(&alternative.budget_usd),
        cost_db: alternative.cost_db,
    }
}

/// How other programs call what an element is.
pub fn kind_of(element: &ElementId) -> &'static str {
    match element {
        ElementId::Component(_) => "component",
        ElementId::Connection(_) => "connection",
        ElementId::Boundary(_) => "boundary",
        ElementId::Note(_) => "note",
    }
}

impl<'a> From<&'a Finding> for Remark<'a> {
    fn from(finding: &'a Finding) -> Self {
        let element = |element| Element { kind: kind_of(element), id: element.as_str() };
        Self {
            key: finding.key.as_str(),
            rule: finding.rule.as_str(),
            severity: finding.severity.slug(),
            message: &finding.message,
            why: &finding.why,
            elements: finding.elements.iter().map(element).collect(),
            paragraph: finding.paragraphs.first().copied(),
            paragraphs: &finding.paragraphs,
            fixes: finding.fixes.iter().map(|fix| fix.label.as_str()).collect(),
            suppressed: finding.suppressed.as_deref(),
        }
    }
}
