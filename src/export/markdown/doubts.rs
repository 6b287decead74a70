//! What a sceptic asks: what the seam costs, what would turn the verdict, what nobody has said yet.

use super::text::{Report, amount, escape};
use crate::{
    assess::{Answers, Crossing, Question, SeamPrice, Sums},
    explain,
    export::ExportInput,
    figures::{self, Columns, tenths},
    lang::{t, tr},
    project::ElementId,
};

/// Changes and questions that are listed.
const SHOWN: usize = 10;

/// The price of the seam, crossing by crossing.
pub(super) fn seam(input: &ExportInput, report: &mut Report) {
    let seam: &SeamPrice = &input.assessment.estimate.seam;
    if seam.is_empty() {
        return;
    }
    report.heading(t("Seam"));
    let money = input.money();
    let works = seam.crossings.iter().map(Crossing::sums).chain(seam.mixing.iter().map(|work| work.sums));
    let columns = Columns::new(money, &works.collect::<Vec<Sums>>());
    let weighs: Vec<f64> = seam.crossings.iter().map(|crossing| crossing.cost_db).chain([seam.mixing_db]).collect();
    let mut weighs = tenths(&weighs).0.into_iter();
    report.line(&tr!(
        "Mixing frameworks weighs {0} dB in the verdict and takes {1} and {2}, all of it within the estimate.",
        format_args!("{:.1}", seam.cost_db()),
        figures::counted(&columns.total.person_weeks(), figures::Unit::PersonWeek),
        amount(&columns.total.amount(money))
    ));
    let framework = |id| escape(explain::framework(input.playbook, id));
    let mut figures = columns.rows.iter().map(|row| [row.person_weeks(), amount(&row.amount(money))]);
    let mut row = |what: String, way: String, weighs: Option<String>, works: bool| {
        let [person_weeks, budget] = if works { figures.next().unwrap_or_default() } else { Default::default() };
        vec![what, way, weighs.unwrap_or_default(), person_weeks, budget]
    };
    let mut rows: Vec<Vec<String>> = Vec::new();
    for crossing in &seam.crossings {
        let name = input.project.name_of(&ElementId::Connection(crossing.connection.clone()));
        let way = format!("{} → {}", framework(&crossing.from), framework(&crossing.to));
        rows.push(row(escape(&name), way, weighs.next(), true));
    }
    rows.push(row(t("One framework more").to_owned(), String::new(), weighs.next(), false));
    for work in &seam.mixing {
        let item = input.playbook.work_items.get(&work.work_item);
        let label = escape(item.map_or(work.work_item.as_str(), |item| &item.label));
        rows.push(row(label, String::new(), None, true));
    }
    report.table(&[t("What"), t("From, to"), ">dB", t(">Person-weeks"), t(">Budget")], rows.into_iter());
}

/// What would turn the verdict, and what is worth asking next.
pub(super) fn doubts(input: &ExportInput, answers: &Answers, report: &mut Report) {
    if input.assessment.components.is_empty() {
        return;
    }
    report.heading(t("What would turn it"));
    if answers.system.is_empty() {
        report.line(t("No single change of one trait of one service turns the verdict on the whole."));
    } else {
        report.line(t("Single changes of one service's traits, smallest first; a step less does not turn it."));
        let rows = answers.system.iter().take(SHOWN).map(|flip| {
            vec![
                escape(&input.project.component_name(&flip.component)),
                escape(&explain::changes(input.playbook, flip)),
                escape(&explain::flip_to(input.playbook, flip)),
                escape(&explain::verdict(input.playbook, &flip.verdict)),
            ]
        });
        report.table(&[t("Service"), t("Change"), t("Then on"), t("The whole becomes")], rows);
    }
    if answers.ask_next.is_empty() {
        return;
    }
    report.heading(t("Ask next"));
    report.line(t("Traits nobody has answered yet, what hangs most on them first; unknown is not no."));
    let row = |question: &Question| {
        let now = input.assessment.verdict.assignment.get(&question.component);
        let known = input.playbook.traits.get(&question.trait_id);
        vec![
            escape(&input.project.component_name(&question.component)),
            escape(explain::trait_label(input.playbook, &question.trait_id)),
            escape(&known.map(explain::plausible).unwrap_or_default()),
            escape(&explain::question_moves(input.playbook, now, question)),
            amount(&input.money().full(question.budget_swing_usd)),
        ]
    };
    let rows = answers.ask_next.iter().take(SHOWN).map(row);
    report.table(&[t("Service"), t("Trait"), t("Plausible answers"), t("An answer"), t(">Budget between them")], rows);
}
