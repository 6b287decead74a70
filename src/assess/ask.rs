//! What is worth asking next: unanswered traits by how far their plausible answers could move the verdict or the budget.

use super::{
    effort::Work,
    estimate::Estimator,
    evaluate::{Site, Values},
    graph::Graph,
    probe::{Cells, Inquiry, Probe},
    tables::Tables,
    types::AnswerCount,
};
use crate::{
    playbook::{Playbook, Trait, TraitKind},
    project::{ComponentId, FrameworkId, TraitId, TraitValue},
};

/// An unanswered trait of a service, and what its answers would do.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The service.
    pub component: ComponentId,
    /// The trait nobody has answered.
    pub trait_id: TraitId,
    /// What each plausible answer would make of it.
    pub answers: Vec<Answer>,
    /// Whether an answer turns the service's framework.
    pub turns: bool,
    /// How far an answer moves the lead of the service's framework over another family at most, in decibans.
    pub moves_db: f64,
    /// From the cheapest to the dearest answer, the present estimate among them: US dollars, as likely under as over.
    pub budget_swing_usd: f64,
    /// What it is ranked by: the larger of two shares, of the lead that an answer could take away (1 if it turns the
    /// framework) and of the budget that hangs on it (at most 1).
    pub weight: f64,
}

/// A plausible answer and its effect.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The answer.
    pub value: TraitValue,
    /// The framework the service would be on.
    pub framework: FrameworkId,
    /// The budget of the whole, in US dollars, as likely under as over.
    pub budget_usd: f64,
}

/// The budget of the whole while the answers of one service are tried.
struct Budgets<'b, 'a> {
    probe: &'b Probe<'a>,
    work: &'b Work<'a>,
    estimator: &'b Estimator<'a>,
    /// Prior person-weeks by work item with the service on each family.
    totals: Vec<Option<Vec<f64>>>,
}

/// How many of the traits that work is counted from are answered, and how many not.
pub(super) fn answers(playbook: &Playbook, tables: &Tables, graph: &Graph<'_>, values: &Values<'_>) -> AnswerCount {
    let mut count = AnswerCount::default();
    for (at, known) in playbook.traits.values().enumerate().filter(|(at, _)| !tables.work_of[*at].is_empty()) {
        let suited =
            |position: &usize| known.suits.is_empty() || known.suits.contains(&graph.component(*position).kind);
        let answered = |position: usize| values.of(position)[at].is_some();
        if known.once {
            // One service answers it for the whole plan.
            if (0..graph.components.len()).any(answered) {
                count.given += 1;
            } else if graph.services().any(|position| suited(&position)) {
                count.open += 1;
            }
            continue;
        }
        for position in graph.services().filter(suited) {
            if answered(position) { count.given += 1 } else { count.open += 1 }
        }
    }
    count
}

impl<'a> Inquiry<'a> {
    /// Whether any component carries the trait.
    fn answered(&self, at: usize) -> bool {
        (0..self.graph.components.len()).any(|position| self.values.of(position)[at].is_some())
    }

    /// The questions worth asking about one service, in the playbook's order of traits.
    pub(super) fn questions(&self, position: usize, work: &Work<'a>, estimator: &Estimator<'a>) -> Vec<Question> {
        let Some(probe) = self.probe(position) else { return Vec::new() };
        let totals = probe.standings.iter().map(|standing| Some(work.totals(&standing.as_ref()?.assignment))).collect();
        let budgets = Budgets { probe: &probe, work, estimator, totals };
        let cells = probe.cells();
        let kind = self.graph.component(position).kind;
        let tables = &self.engine.tables;
        let traits = self.engine.playbook.traits.values().enumerate();
        traits
            .filter(|(at, known)| cells[*at].is_none() && (known.suits.is_empty() || known.suits.contains(&kind)))
            .filter(|(at, _)| !(tables.criteria_of[*at].is_empty() && tables.work_of[*at].is_empty()))
            .filter(|(at, known)| !(known.once && self.answered(*at)))
            .filter_map(|(at, known)| budgets.question(&cells, at, known))
            .collect()
    }
}

impl Budgets<'_, '_> {
    fn question(&self, cells: &Cells<'_>, at: usize, known: &Trait) -> Option<Question> {
        let inquiry = self.probe.inquiry;
        let tables = &inquiry.engine.tables;
        let now_db = self.probe.lead_db(&self.probe.scores_db(cells, &[])).unwrap_or(f64::INFINITY);
        let now_usd = self.budget_usd(cells, at, self.probe.framework)?;
        let (mut turns, mut moves_db, mut range_usd) = (false, 0.0_f64, (now_usd, now_usd));
        let mut answers = Vec::new();
        for value in plausible(&known.value) {
            let mut answered = cells.clone();
            answered[at] = Some(&value);
            if self.probe.contradicts(&answered, at) {
                continue;
            }
            let scores_db = self.probe.scores_db(&answered, &[at]);
            let framework = self.probe.chosen(&scores_db)?;
            let budget_usd = self.budget_usd(&answered, at, framework)?;
            turns |= tables.root[framework] != tables.root[self.probe.framework];
            if now_db.is_finite() {
                moves_db = moves_db.max((self.probe.lead_db(&scores_db)? - now_db).abs());
            }
            range_usd = (range_usd.0.min(budget_usd), range_usd.1.max(budget_usd));
            let framework = inquiry.engine.playbook.frameworks.get_index(framework)?.0.clone();
            answers.push(Answer { value, framework, budget_usd });
        }
        let budget_swing_usd = range_usd.1 - range_usd.0;
        let of_lead = if turns { 1.0 } else { (moves_db / now_db.max(1e-9)).min(1.0) };
        let of_budget = if now_usd > 0.0 { (budget_swing_usd / now_usd).min(1.0) } else { 0.0 };
        let weight = of_lead.max(of_budget);
        (weight > 0.0).then(|| Question {
            component: inquiry.graph.components[self.probe.position].0.clone(),
            trait_id: known.id.clone(),
            answers,
            turns,
            moves_db,
            budget_swing_usd,
            weight,
        })
    }

    /// The budget with the service on `framework` and its trait `at` as in `cells`.
    fn budget_usd(&self, cells: &Cells<'_>, at: usize, framework: usize) -> Option<f64> {
        let inquiry = self.probe.inquiry;
        let tables = &inquiry.engine.tables;
        let root = tables.roots.iter().position(|root| *root == tables.root[framework])?;
        let mut totals = self.totals[root].clone()?;
        let standing = self.probe.standings[root].as_ref()?;
        let position = self.probe.position;
        // Within a family another framework has other prices for all the work on the service.
        let mut assignment = standing.assignment.clone();
        if assignment[position] != Some(framework) {
            self.work.add_service(&assignment, position, -1.0, &mut totals);
            assignment[position] = Some(framework);
            self.work.add_service(&assignment, position, 1.0, &mut totals);
        }
        let site = Site::otherwise(inquiry.graph, cells, position).knowing(inquiry.values);
        for item in &tables.work_of[at] {
            totals[*item] += self.work.more_person_weeks(&assignment, position, site, *item);
        }
        Some(self.estimator.totals(&totals).1.median)
    }
}

/// The answers a person is most likely to give.
fn plausible(value: &TraitKind) -> Vec<TraitValue> {
    match value {
        TraitKind::Flag => vec![TraitValue::Flag(false), TraitValue::Flag(true)],
        TraitKind::Number { plausible: (low, typical, high), .. } => {
            [*low, *typical, *high].map(TraitValue::Number).to_vec()
        }
        TraitKind::Choice(options) => options.iter().cloned().map(TraitValue::Choice).collect(),
    }
}
