//! Seam, flips and questions for other programs, as documented in `docs/assess-json.md`.

use serde::Serialize;

use crate::{
    assess::{Answers, Change, Crossing, Flip, NextBest, Question, SeamPrice, SeamWork, Sums, VerdictKind},
    project::{ComponentId, TraitValue},
};

/// Questions that are written; little hangs on further ones.
const MOST_QUESTIONS: usize = 100;

#[derive(Serialize)]
pub(super) struct Seam<'a> {
    connections: Vec<Crosses<'a>>,
    mixing: Vec<Work<'a>>,
    mixing_db: f64,
    cost_db: f64,
    #[serde(flatten)]
    sums: Price,
}

#[derive(Serialize)]
struct Crosses<'a> {
    id: &'a str,
    from: &'a str,
    to: &'a str,
    cost_db: f64,
    #[serde(flatten)]
    sums: Price,
    work: Vec<Work<'a>>,
}

#[derive(Serialize)]
struct Work<'a> {
    work_item: &'a str,
    #[serde(flatten)]
    sums: Price,
}

#[derive(Serialize)]
struct Price {
    person_weeks: f64,
    usd: f64,
    weeks: f64,
}

/// A change, or two together, that turn something.
#[derive(Serialize)]
pub(super) struct Turn<'a> {
    component: &'a str,
    changes: Vec<Set<'a>>,
    size: f64,
    from: &'a str,
    to: &'a str,
    verdict: &'a str,
    others: Vec<Moved<'a>>,
}

#[derive(Serialize)]
struct Set<'a> {
    #[serde(rename = "trait")]
    trait_id: &'a str,
    from: Option<&'a TraitValue>,
    to: &'a TraitValue,
    size: f64,
}

#[derive(Serialize)]
struct Moved<'a> {
    component: &'a str,
    to: &'a str,
}

#[derive(Serialize)]
pub(super) struct Ask<'a> {
    component: &'a str,
    #[serde(rename = "trait")]
    trait_id: &'a str,
    turns: bool,
    moves_db: f64,
    budget_swing_usd: f64,
    weight: f64,
    answers: Vec<Reply<'a>>,
}

#[derive(Serialize)]
struct Reply<'a> {
    value: &'a TraitValue,
    framework: &'a str,
    budget_usd: f64,
}

/// What the margin is measured against.
#[derive(Serialize)]
pub(super) struct Next<'a> {
    kind: &'a str,
    cost_db: f64,
    moves: Vec<Moved<'a>>,
}

impl<'a> From<&'a NextBest> for Next<'a> {
    fn from(next: &'a NextBest) -> Self {
        let moves = next.moves.iter();
        Self {
            kind: kind_of_verdict(&next.kind),
            cost_db: next.cost_db,
            moves: moves.map(|(id, to)| Moved { component: id.as_str(), to: to.as_str() }).collect(),
        }
    }
}

impl From<Sums> for Price {
    fn from(sums: Sums) -> Self {
        Self { person_weeks: sums.person_weeks, usd: sums.usd, weeks: sums.weeks }
    }
}

impl<'a> From<&'a SeamPrice> for Seam<'a> {
    fn from(seam: &'a SeamPrice) -> Self {
        let work = |work: &'a SeamWork| Work { work_item: work.work_item.as_str(), sums: work.sums.into() };
        let crosses = |crossing: &'a Crossing| Crosses {
            id: crossing.connection.as_str(),
            from: crossing.from.as_str(),
            to: crossing.to.as_str(),
            cost_db: crossing.cost_db,
            sums: crossing.sums().into(),
            work: crossing.work.iter().map(work).collect(),
        };
        Self {
            connections: seam.crossings.iter().map(crosses).collect(),
            mixing: seam.mixing.iter().map(work).collect(),
            mixing_db: seam.mixing_db,
            cost_db: seam.cost_db(),
            sums: seam.sums().into(),
        }
    }
}

/// How the schema writes the kind of a verdict.
pub(super) fn kind_of_verdict(kind: &VerdictKind) -> &str {
    match kind {
        VerdictKind::Nothing => "none",
        VerdictKind::Single(framework) => framework.as_str(),
        VerdictKind::Mixed => "mixed",
    }
}

impl<'a> From<&'a Flip> for Turn<'a> {
    fn from(flip: &'a Flip) -> Self {
        let set = |change: &'a Change| Set {
            trait_id: change.trait_id.as_str(),
            from: change.from.as_ref(),
            to: &change.to,
            size: change.size,
        };
        let others = flip.others.iter();
        Self {
            component: flip.component.as_str(),
            changes: flip.changes.iter().map(set).collect(),
            size: flip.size(),
            from: flip.from.as_str(),
            to: flip.to.as_str(),
            verdict: kind_of_verdict(&flip.verdict),
            others: others.map(|(id, to)| Moved { component: id.as_str(), to: to.as_str() }).collect(),
        }
    }
}

/// The changes that turn one service, smallest first.
pub(super) fn turns<'a>(answers: &'a Answers, component: &ComponentId) -> Vec<Turn<'a>> {
    answers.flips.get(component).into_iter().flatten().map(Turn::from).collect()
}

/// What is worth asking next.
pub(super) fn ask_next(answers: &Answers) -> Vec<Ask<'_>> {
    answers.ask_next.iter().take(MOST_QUESTIONS).map(Ask::from).collect()
}

impl<'a> From<&'a Question> for Ask<'a> {
    fn from(question: &'a Question) -> Self {
        let reply = |answer: &'a crate::assess::Answer| Reply {
            value: &answer.value,
            framework: answer.framework.as_str(),
            budget_usd: answer.budget_usd,
        };
        Self {
            component: question.component.as_str(),
            trait_id: question.trait_id.as_str(),
            turns: question.turns,
            moves_db: question.moves_db,
            budget_swing_usd: question.budget_swing_usd,
            weight: question.weight,
            answers: question.answers.iter().map(reply).collect(),
        }
    }
}
