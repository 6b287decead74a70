//! What is worth asking next: unanswered traits by what hangs on them.

use egui::{Align, Layout, Role, Sense, Ui, WidgetInfo};
use egui_extras::{Column, TableBuilder, TableRow};

use super::{ROOMY, cell, copy_as, head, is_ready, lead, part_only, remark, right};
use crate::{
    assess::Question,
    explain, figures,
    lang::{t, tr},
    playbook::{Trait, TraitKind},
    session::{Action, Deep, Request},
    ui::{
        Actions, View, icons,
        theme::{Face, Tokens, icon, text},
        widgets::{framework_badge, link_button, text_size},
    },
};

/// Questions that are listed; little hangs on further ones.
const MOST: usize = 200;
/// Between two columns.
const GAP: f32 = 10.0;
const BUDGET: f32 = 82.0;
const ANSWER: f32 = 50.0;
/// Room that the question keeps before the plausible answers have a column.
const LEAST_QUESTION: f32 = 150.0;

pub(super) fn asking_ui(ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
    if !is_ready(ui, view, Deep::Questions) {
        return;
    }
    let questions = view.session.questions();
    if questions.is_empty() {
        lead(ui, t("Nothing is left to ask: every trait that matters has an answer"));
        return;
    }
    let turning = questions.iter().filter(|question| question.turns).count();
    let count = |count: usize| figures::number(count as f64);
    let words = match turning {
        0 => tr!("{} traits are unknown; no single answer would turn a framework", count(questions.len())),
        1 => t("One answer could still turn a framework").to_owned(),
        _ => tr!("{} answers could still turn a framework", count(turning)),
    };
    lead(ui, words);
    remark(ui, t("Unknown is not no: nobody has answered these. What matters most comes first"));
    part_only(ui, view);
    table_ui(ui, view, &questions[..questions.len().min(MOST)], actions);
}

/// How wide the columns are beside the question, which has what is left.
struct Widths {
    service: f32,
    /// `None` where there is no room for it: the hover of the question says it too.
    plausible: Option<f32>,
    effect: f32,
}

impl Widths {
    fn new(ui: &Ui, view: &View<'_>, questions: &[Question]) -> Self {
        let playbook = &view.session.engine().playbook;
        let width = |words: &str, face: Face, size: f32| text_size(ui, words, face.at(size)).x.ceil();
        let service = if ui.available_width() >= ROOMY { 124.0 } else { 96.0 };
        // Sign, arrow and the pill around the word, with what stands between them.
        let badges = playbook.frameworks.values().map(|one| width(&one.short_name, Face::SemiBold, 11.0) + 52.0);
        let effect = badges.fold(width(t("verdict stays"), Face::Regular, 12.5) + 4.0, f32::max);
        let answers = questions.iter().filter_map(|question| playbook.traits.get(&question.trait_id));
        let answers = answers.map(|known| width(&short_answers(known), Face::Regular, 12.5) + 4.0);
        let plausible = answers.fold(100.0, f32::max).min(190.0);
        let question = ui.available_width() - service - plausible - effect - BUDGET - ANSWER - 6.0 * GAP;
        Self { service, plausible: (question >= LEAST_QUESTION).then_some(plausible), effect }
    }
}

/// The plausible answers without their unit.
fn short_answers(known: &Trait) -> String {
    match &known.value {
        TraitKind::Number { plausible: (low, typical, high), .. } => {
            tr!("{0}, {1} or {2}", figures::number(*low), figures::number(*typical), figures::number(*high))
        }
        _ => explain::plausible(known),
    }
}

fn table_ui(ui: &mut Ui, view: &View<'_>, questions: &[Question], actions: &mut Actions) {
    let place = ui.available_rect_before_wrap();
    ui.spacing_mut().item_spacing.x = GAP;
    let widths = Widths::new(ui, view, questions);
    let mut table = TableBuilder::new(ui)
        .id_salt(("asking", widths.plausible.is_some()))
        .sense(Sense::click())
        .auto_shrink([false, false])
        .min_scrolled_height(60.0)
        .cell_layout(Layout::left_to_right(Align::Center))
        .column(Column::exact(widths.service).clip(true))
        .column(Column::remainder().at_least(80.0).clip(true));
    if let Some(plausible) = widths.plausible {
        table = table.column(Column::exact(plausible).clip(true));
    }
    let table = table.column(Column::exact(widths.effect)).column(Column::exact(BUDGET)).column(Column::exact(ANSWER));
    let furthest = t("What the answer furthest from the present could do to its framework");
    table
        .header(20.0, |mut header| {
            header.col(|ui| head(ui, t("Service"), ""));
            header.col(|ui| head(ui, t("What nobody has said yet"), ""));
            if widths.plausible.is_some() {
                header.col(|ui| head(ui, t("Plausible answers"), t("The playbook's low, typical and high value")));
            }
            header.col(|ui| head(ui, t("An answer"), furthest));
            header.col(|ui| {
                right(ui, |ui| head(ui, t("Budget moves"), t("From the cheapest to the dearest answer, P50")));
            });
            header.col(|_| {});
        })
        .body(|body| {
            body.rows(26.0, questions.len(), |mut row| {
                let question = &questions[row.index()];
                question_row(&mut row, view, question, widths.plausible, actions);
            });
        });
    let rows = || questions.iter().map(|question| copied_row(view, question)).collect();
    copy_as(
        ui,
        place,
        "ask-next",
        &[t("Service"), t("Trait"), t("Plausible answers"), t("An answer"), t("Budget moves")],
        &rows,
    );
}

/// What the table says of a question, all of it.
fn copied_row(view: &View<'_>, question: &Question) -> Vec<String> {
    let playbook = &view.session.engine().playbook;
    let now = view.session.assessment().verdict.assignment.get(&question.component);
    vec![
        view.session.project().component_name(&question.component),
        explain::trait_label(playbook, &question.trait_id).to_owned(),
        playbook.traits.get(&question.trait_id).map(explain::plausible).unwrap_or_default(),
        explain::question_moves(playbook, now, question),
        view.money().short(question.budget_swing_usd),
    ]
}

fn question_row(
    row: &mut TableRow<'_, '_>,
    view: &View<'_>,
    question: &Question,
    room: Option<f32>,
    actions: &mut Actions,
) {
    let session = view.session;
    let playbook = &session.engine().playbook;
    let name = session.project().component_name(&question.component);
    let label = explain::trait_label(playbook, &question.trait_id);
    let known = playbook.traits.get(&question.trait_id);
    let plausible = known.map(explain::plausible).unwrap_or_default();
    row.col(|ui| cell(ui, &name, Face::Medium, Tokens::of(ui).text));
    row.col(|ui| {
        let words = egui::Label::new(text(label, Face::Regular, 12.5)).truncate();
        let help = known.map_or("", |known| &known.help);
        ui.add(words).on_hover_text(format!("{label}: {plausible}\n{help}"));
    });
    if let Some(room) = room {
        row.col(|ui| {
            let fits = text_size(ui, &plausible, Face::Regular.at(12.5)).x <= room;
            let words = known.filter(|_| !fits).map_or_else(|| plausible.clone(), short_answers);
            let answers = egui::Label::new(text(words, Face::Regular, 12.5).color(Tokens::of(ui).muted)).truncate();
            ui.add(answers).on_hover_text(&plausible);
        });
    }
    row.col(|ui| effect_ui(ui, view, question));
    row.col(|ui| {
        let swing_usd = question.budget_swing_usd;
        let words = if swing_usd < 50.0 { "–".to_owned() } else { view.money().short(swing_usd) };
        right(ui, |ui| ui.label(text(words, Face::Regular, 12.5)));
    });
    let mut open = false;
    row.col(|ui| {
        open = link_button(ui, t("Answer")).accessible_name(tr!("Answer: {name}: {label}", name, label)).clicked();
    });
    let response = row.response();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{name}: {label}")));
    if open || response.clicked() {
        actions.push(Action::Request(Request::AnswerTrait(question.component.clone(), question.trait_id.clone())));
    }
}

/// What an answer could do: the framework it leads to, or how far it moves the lead.
fn effect_ui(ui: &mut Ui, view: &View<'_>, question: &Question) {
    let playbook = &view.session.engine().playbook;
    let now = view.session.assessment().verdict.assignment.get(&question.component);
    let sentence = explain::question_moves(playbook, now, question);
    let other = question.answers.iter().find(|answer| Some(&answer.framework) != now);
    let tokens = Tokens::of(ui);
    let Some(other) = other.filter(|_| question.turns) else {
        ui.label(text(sentence, Face::Regular, 12.5).color(tokens.muted));
        return;
    };
    ui.spacing_mut().item_spacing.x = 4.0;
    let sign = ui.label(icon(icons::TRIANGLE_ALERT, 12.0).color(tokens.warning.ink));
    sign.widget_info(|| WidgetInfo::labeled(Role::Label, true, &sentence));
    let hover = tr!("An answer {sentence}", sentence);
    sign.on_hover_text(&hover);
    ui.label(text("→", Face::Regular, 12.5).color(tokens.warning.ink)).on_hover_text(&hover);
    framework_badge(ui, playbook, &other.framework).on_hover_text(hover);
}
