//! `groundplan why` and `groundplan robust`: the answers to what a sceptic asks, for a terminal.

use std::path::Path;

use serde::Serialize;

use super::{
    Streams, assessed, emit,
    failure::Failure,
    report::{one_line, push},
};
use crate::{
    assess::{Answers, Assessment, ComponentAdvice, Crossing, Engine, Reason, Robustness, Sums, given_up, reasons_for},
    explain,
    export::verdict_in_words,
    figures::{self, Columns, Money, Row, Unit, counted, tenths},
    project::{ComponentId, ElementId, FrameworkId, Project},
    text::nearest,
};

/// Changes, questions and reasons that are listed for each.
const SHOWN: usize = 5;

/// A project and everything that was said about it.
struct Case<'a> {
    engine: &'a Engine,
    project: &'a Project,
    assessment: &'a Assessment,
    answers: &'a Answers,
}

/// Why this verdict, why not another, what would turn it, and what to ask next.
pub(super) fn why(
    file: &Path,
    component: Option<&str>,
    playbook: Option<&Path>,
    streams: &mut Streams,
) -> Result<u8, Failure> {
    let (engine, project, assessment) = assessed(file, playbook, streams)?;
    let answers = engine.answers(&project);
    let case = Case { engine: &engine, project: &project, assessment: &assessment, answers: &answers };
    let mut text = String::new();
    match component {
        Some(id) => case.service(&mut text, case.find(id)?),
        None => case.whole(&mut text),
    }
    emit(streams, text.as_bytes())
}

impl Case<'_> {
    fn find(&self, id: &str) -> Result<&ComponentId, Failure> {
        let services = || self.assessment.components.keys();
        services().find(|known| known.as_str() == id).ok_or_else(|| {
            let near = nearest(id, services().map(ComponentId::as_str));
            let hint = near.map(|near| format!("; did you mean {near}?")).unwrap_or_default();
            Failure::Unknown(format!("There is no service \"{id}\" in this project{hint}"))
        })
    }

    fn name(&self, id: &ComponentId) -> String {
        one_line(&self.project.component_name(id))
    }

    fn whole(&self, text: &mut String) {
        let (playbook, verdict) = (&self.engine.playbook, &self.assessment.verdict);
        push(text, &format!("Verdict     {}", verdict_in_words(playbook, verdict)));
        if self.assessment.components.is_empty() {
            return;
        }
        push(text, &format!("Margin      {}", one_line(&explain::margin(playbook, self.project, verdict))));
        self.against(text);
        self.seam(text);
        push(text, "\nWhat would turn the whole");
        for flip in self.answers.system.iter().take(SHOWN) {
            let (name, changes) = (self.name(&flip.component), explain::changes(playbook, flip));
            push(text, &format!("  {name}: {changes}: then {}", explain::verdict(playbook, &flip.verdict)));
        }
        if self.answers.system.is_empty() {
            push(text, "  no single change of one trait");
        }
        self.ask_next(text, None);
        for id in self.assessment.components.keys() {
            push(text, "");
            self.service(text, id);
        }
    }

    fn against(&self, text: &mut String) {
        let playbook = &self.engine.playbook;
        for other in &self.assessment.alternatives {
            let name = explain::framework(playbook, &other.framework);
            let worse = other.cost_db - self.assessment.verdict.cost_db;
            if worse < 0.05 {
                continue;
            }
            push(text, &format!("\nWhy not all {name}: {worse:.1} dB worse"));
            for one in given_up(playbook, self.assessment, &other.framework).iter().take(SHOWN) {
                let reasons = one.reasons.iter().take(3);
                let reasons: Vec<String> =
                    reasons.map(|(_, label, db)| format!("{} {}", one_line(label), figures::decibans(*db))).collect();
                let name = self.name(&one.component);
                push(text, &format!("  {name} gives up {:.1} dB: {}", one.decibans, reasons.join(", ")));
            }
        }
    }

    fn seam(&self, text: &mut String) {
        let seam = &self.assessment.estimate.seam;
        if seam.is_empty() {
            return;
        }
        let (playbook, money) = (&self.engine.playbook, Money::of(self.project));
        // As in a table: the lines sum to what is said above them.
        let works = seam.mixing.iter().map(|work| work.sums).chain(seam.crossings.iter().map(Crossing::sums));
        let columns = Columns::new(money, &works.collect::<Vec<Sums>>());
        let weighs = [seam.mixing_db].into_iter().chain(seam.crossings.iter().map(|crossing| crossing.cost_db));
        let (weighs, all) = tenths(&weighs.collect::<Vec<f64>>());
        let costs = |row: &Row| format!("{}, {}", counted(&row.person_weeks(), Unit::PersonWeek), row.amount(money));
        push(text, &format!("\nSeam: {all} dB, {}", costs(&columns.total)));
        let (mixing, crossings) = columns.rows.split_at(seam.mixing.len());
        for (work, row) in seam.mixing.iter().zip(mixing) {
            let item = playbook.work_items.get(&work.work_item);
            let label = one_line(item.map_or(work.work_item.as_str(), |item| &item.label));
            push(text, &format!("  A second framework: {label}, {}", costs(row)));
        }
        push(text, &format!("  A second framework weighs {} dB", weighs[0]));
        for ((crossing, row), weighs) in seam.crossings.iter().zip(crossings).zip(&weighs[1..]) {
            let name = self.project.name_of(&ElementId::Connection(crossing.connection.clone()));
            let words = explain::crossing_way(playbook, self.project, crossing);
            let weighs = if crossing.cost_db > 0.0 { format!(", {weighs} dB") } else { String::new() };
            let works = if crossing.work.is_empty() { String::new() } else { format!(", {}", costs(row)) };
            push(text, &format!("  {}: {words}{weighs}{works}", one_line(&name)));
        }
    }

    fn ask_next(&self, text: &mut String, only: Option<&ComponentId>) {
        let playbook = &self.engine.playbook;
        let mut asked =
            self.answers.ask_next.iter().filter(|q| only.is_none_or(|only| q.component == *only)).peekable();
        if asked.peek().is_some() {
            push(text, if only.is_some() { "  ask next" } else { "\nAsk next" });
        }
        for question in asked.take(SHOWN) {
            let now = self.assessment.verdict.assignment.get(&question.component);
            let label = explain::trait_label(playbook, &question.trait_id);
            let plausible = playbook.traits.get(&question.trait_id).map(explain::plausible).unwrap_or_default();
            let moves = explain::question_moves(playbook, now, question);
            let swing = Money::of(self.project).full(question.budget_swing_usd);
            let line = format!("{label} ({plausible}): {moves}, {swing} between the answers");
            match only {
                Some(_) => push(text, &format!("    {line}")),
                None => push(text, &format!("  {}: {line}", self.name(&question.component))),
            }
        }
    }

    fn service(&self, text: &mut String, id: &ComponentId) {
        let playbook = &self.engine.playbook;
        let Some(advice) = self.assessment.components.get(id) else { return };
        let framework = explain::framework(playbook, &advice.framework);
        let over = advice.rival.as_ref().map_or_else(String::new, |rival| {
            format!(", {} dB over {}", figures::decibans(advice.margin_db), explain::framework(playbook, rival))
        });
        let pinned = if advice.pinned { ", pinned" } else { "" };
        push(text, &format!("{} ({id}): {framework}{over}{pinned}", self.name(id)));
        if advice.best != advice.framework && !advice.pinned {
            let best = explain::framework(playbook, &advice.best);
            push(
                text,
                &format!(
                    "  by itself it leans to {best}; for the whole, with what crossings cost, {framework} is better"
                ),
            );
        }
        self.speaks_for(text, advice, &advice.framework);
        if let Some(rival) = &advice.rival {
            self.speaks_for(text, advice, rival);
        }
        let flips = self.answers.flips.get(id).map(Vec::as_slice).unwrap_or_default();
        if !advice.pinned {
            push(
                text,
                if flips.is_empty() {
                    "  nothing turns it: no change of one trait that suits it, nor of two"
                } else {
                    "  would turn it"
                },
            );
        }
        for flip in flips.iter().take(SHOWN) {
            push(text, &format!("    {}: then {}", explain::changes(playbook, flip), explain::flip_to(playbook, flip)));
        }
        self.ask_next(text, Some(id));
    }

    fn speaks_for(&self, text: &mut String, advice: &ComponentAdvice, framework: &FrameworkId) {
        let playbook = &self.engine.playbook;
        let mut reasons = reasons_for(playbook, advice, framework);
        reasons.sort_by(|a, b| b.decibans.total_cmp(&a.decibans));
        let word = |reason: &&Reason| {
            format!("{} {} (¶{})", one_line(&reason.label), figures::decibans(reason.decibans), reason.paragraph)
        };
        let mut words: Vec<String> = reasons.iter().map(word).collect();
        let score = advice.scores.iter().find(|score| score.framework == *framework);
        if let Some(prior) = score.map(|score| score.prior_db).filter(|prior| *prior != 0.0) {
            words.push(format!("before any evidence {}", figures::decibans(prior)));
        }
        let sum = score.map_or_else(String::new, |score| format!(" {} dB", figures::decibans(score.score_db)));
        let words = if words.is_empty() { "nothing yet".to_owned() } else { words.join(", ") };
        push(text, &format!("  for {}{sum}: {words}", explain::framework(playbook, framework)));
    }
}

/// The report on robustness for programs.
#[derive(Serialize)]
struct RobustJson<'a> {
    schema: u32,
    share: f64,
    trials: usize,
    turned: Vec<TurnedJson<'a>>,
    services: Vec<ServiceJson<'a>>,
}

#[derive(Serialize)]
struct TurnedJson<'a> {
    number: String,
    factor: f64,
    components: Vec<(&'a str, &'a str, &'a str)>,
    verdict: Option<String>,
}

#[derive(Serialize)]
struct ServiceJson<'a> {
    component: &'a str,
    margin_db: f64,
    criterion: Option<&'a str>,
    share_to_turn: f64,
}

/// How much hangs on any one weight.
pub(super) fn robust(
    file: &Path,
    percent: f64,
    json: bool,
    playbook: Option<&Path>,
    streams: &mut Streams,
) -> Result<u8, Failure> {
    let (engine, project, assessment) = assessed(file, playbook, streams)?;
    let report = engine.robustness(&project, &assessment, percent / 100.0);
    let text = if json { robust_json(&engine, &report)? } else { robust_words(&engine, &project, &report) };
    emit(streams, text.as_bytes())
}

fn robust_words(engine: &Engine, project: &Project, report: &Robustness) -> String {
    let mut text = String::new();
    let share = figures::share(report.share);
    let trials =
        format!("{} trials, each with one weight, prior or price of mixing {share} larger or smaller", report.trials);
    push(&mut text, &trials);
    match report.turned.len() {
        0 => push(&mut text, "None of them changes a framework or the verdict."),
        count => push(&mut text, &format!("{count} of them change a framework or the verdict:")),
    }
    for turned in &report.turned {
        push(&mut text, &format!("  {}", one_line(&explain::turned(&engine.playbook, project, turned))));
    }
    if !report.weakest.is_empty() {
        push(
            &mut text,
            "\nServices, the most delicate first: lead, the criterion most of it hangs on, what if that counted less",
        );
    }
    for one in &report.weakest {
        let label = one.criterion.as_ref().and_then(|id| engine.playbook.criteria.get(id));
        let label = label.map_or("nothing speaks for it yet", |criterion| criterion.label.as_str()).replace("{} ", "");
        let name = one_line(&project.component_name(&one.component));
        let lead = figures::decibans(one.margin_db);
        push(&mut text, format!("  {name}: {lead} dB, {label}, {}", explain::turns_if(one)).trim_end_matches(", "));
    }
    text
}

fn robust_json(engine: &Engine, report: &Robustness) -> Result<String, Failure> {
    let turned = report.turned.iter().map(|turned| TurnedJson {
        number: explain::knob(&engine.playbook, &turned.knob),
        factor: turned.factor,
        components: turned.components.iter().map(|(id, from, to)| (id.as_str(), from.as_str(), to.as_str())).collect(),
        verdict: turned.verdict.as_ref().map(|kind| explain::verdict(&engine.playbook, kind)),
    });
    let services = report.weakest.iter().map(|one| ServiceJson {
        component: one.component.as_str(),
        margin_db: one.margin_db,
        criterion: one.criterion.as_ref().map(crate::playbook::CriterionId::as_str),
        share_to_turn: one.share_to_turn,
    });
    let report = RobustJson {
        schema: 1,
        share: report.share,
        trials: report.trials,
        turned: turned.collect(),
        services: services.collect(),
    };
    super::json_text(&report)
}
