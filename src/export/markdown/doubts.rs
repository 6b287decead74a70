//! What a sceptic asks: what the seam costs, what would turn the verdict, what nobody has said yet.

use super::text::{Report, escape};
use crate::{
    assess::{Answers, Question, SeamPrice},
    explain,
    export::ExportInput,
    figures,
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
    report.heading("Seam");
    let sums = seam.sums();
    report.line(&format!(
        "Mixing frameworks weighs {:.1} dB in the verdict and takes {} and {}, all of it within the estimate.",
        seam.cost_db(),
        figures::person_weeks(sums.person_weeks),
        input.money().full(sums.usd)
    ));
    let framework = |id| escape(explain::framework(input.playbook, id));
    let crossings = seam.crossings.iter().map(|crossing| {
        let name = input.project.name_of(&ElementId::Connection(crossing.connection.clone()));
        let sums = crossing.sums();
        vec![
            escape(&name),
            format!("{} → {}", framework(&crossing.from), framework(&crossing.to)),
            format!("{:.1}", crossing.cost_db),
            format!("{:.1}", sums.person_weeks),
            input.money().full(sums.usd),
        ]
    });
    let mixing = seam.mixing.iter().map(|work| {
        let item = input.playbook.work_items.get(&work.work_item);
        let label = escape(item.map_or(work.work_item.as_str(), |item| &item.label));
        vec![
            label,
            String::new(),
            String::new(),
            format!("{:.1}", work.sums.person_weeks),
            input.money().full(work.sums.usd),
        ]
    });
    report.table(&["What", "From, to", ">dB", ">Person-weeks", ">Budget"], crossings.chain(mixing));
}

/// What would turn the verdict, and what is worth asking next.
pub(super) fn doubts(input: &ExportInput, answers: &Answers, report: &mut Report) {
    if input.assessment.components.is_empty() {
        return;
    }
    report.heading("What would turn it");
    if answers.system.is_empty() {
        report.line("No single change of one trait of one service turns the verdict on the whole.");
    } else {
        report.line("Single changes of one service's traits, smallest first; a step less does not turn it.");
        let rows = answers.system.iter().take(SHOWN).map(|flip| {
            vec![
                escape(&input.project.component_name(&flip.component)),
                escape(&explain::changes(input.playbook, flip)),
                escape(&explain::flip_to(input.playbook, flip)),
                escape(&explain::verdict(input.playbook, &flip.verdict)),
            ]
        });
        report.table(&["Service", "Change", "Then on", "The whole becomes"], rows);
    }
    if answers.ask_next.is_empty() {
        return;
    }
    report.heading("Ask next");
    report.line("Traits nobody has answered yet, what hangs most on them first; unknown is not no.");
    let row = |question: &Question| {
        let now = input.assessment.verdict.assignment.get(&question.component);
        let known = input.playbook.traits.get(&question.trait_id);
        vec![
            escape(&input.project.component_name(&question.component)),
            escape(explain::trait_label(input.playbook, &question.trait_id)),
            escape(&known.map(explain::plausible).unwrap_or_default()),
            escape(&explain::question_moves(input.playbook, now, question)),
            input.money().full(question.budget_swing_usd),
        ]
    };
    let rows = answers.ask_next.iter().take(SHOWN).map(row);
    report.table(&["Service", "Trait", "Plausible answers", "An answer", ">Budget between them"], rows);
}
