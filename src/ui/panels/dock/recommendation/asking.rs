//! What is worth asking next: unanswered traits by what hangs on them.

use egui::{Align, Layout, Role, Sense, Ui, WidgetInfo};
use egui_extras::{Column, TableBuilder, TableRow};

use super::{ROOMY, cell, head, lead, part_only, remark, right};
use crate::{
    assess::Question,
    explain, figures,
    session::{Action, Request},
    ui::{
        Actions, View, icons,
        theme::{Face, Tokens, icon, text},
        widgets::link_button,
    },
};

/// Questions that are listed; little hangs on further ones.
const MOST: usize = 200;

pub(super) fn asking_ui(ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
    let questions = view.session.questions();
    if questions.is_empty() {
        lead(ui, "Nothing is left to ask: every trait that matters has an answer");
        return;
    }
    let turning = questions.iter().filter(|question| question.turns).count();
    let count = |count: usize| figures::number(count as f64);
    let words = match turning {
        0 => format!("{} traits are unknown; no single answer would turn a framework", count(questions.len())),
        1 => "One answer could still turn a framework".to_owned(),
        _ => format!("{} answers could still turn a framework", count(turning)),
    };
    lead(ui, words);
    remark(ui, "Unknown is not no: nobody has answered these. What matters most comes first");
    part_only(ui, view);
    table_ui(ui, view, &questions[..questions.len().min(MOST)], actions);
}

fn table_ui(ui: &mut Ui, view: &View<'_>, questions: &[Question], actions: &mut Actions) {
    ui.spacing_mut().item_spacing.x = 10.0;
    let roomy = ui.available_width() >= ROOMY;
    let plausible = if roomy { 128.0 } else { 0.0 };
    let table = TableBuilder::new(ui)
        .id_salt("asking")
        .sense(Sense::click())
        .auto_shrink([false, false])
        .min_scrolled_height(60.0)
        .cell_layout(Layout::left_to_right(Align::Center))
        .column(Column::exact(if roomy { 124.0 } else { 96.0 }).clip(true))
        .column(Column::remainder().at_least(80.0).clip(true))
        .column(Column::exact(plausible).clip(true))
        .column(Column::exact(140.0).clip(true))
        .column(Column::exact(58.0))
        .column(Column::exact(50.0));
    let furthest = "What the answer furthest from the present could do to its framework";
    table
        .header(20.0, |mut header| {
            header.col(|ui| head(ui, "Service", ""));
            header.col(|ui| head(ui, "What nobody has said yet", ""));
            header.col(|ui| {
                if roomy {
                    head(ui, "Plausible answers", "The playbook's low, typical and high value");
                }
            });
            header.col(|ui| head(ui, "An answer", furthest));
            header.col(|ui| right(ui, |ui| head(ui, "Budget", "From the cheapest to the dearest answer, P50")));
            header.col(|_| {});
        })
        .body(|body| {
            body.rows(26.0, questions.len(), |mut row| {
                let question = &questions[row.index()];
                question_row(&mut row, view, question, roomy, actions);
            });
        });
}

fn question_row(row: &mut TableRow<'_, '_>, view: &View<'_>, question: &Question, roomy: bool, actions: &mut Actions) {
    let session = view.session;
    let playbook = &session.engine().playbook;
    let name = session.project().component_name(&question.component);
    let label = explain::trait_label(playbook, &question.trait_id);
    let known = playbook.traits.get(&question.trait_id);
    let plausible = known.map(explain::plausible).unwrap_or_default();
    let now = session.assessment().verdict.assignment.get(&question.component);
    row.col(|ui| cell(ui, &name, Face::Medium, Tokens::of(ui).text));
    row.col(|ui| {
        let words = egui::Label::new(text(label, Face::Regular, 12.5)).truncate();
        let help = known.map_or("", |known| &known.help);
        ui.add(words).on_hover_text(format!("{label}: {plausible}\n{help}"));
    });
    row.col(|ui| {
        if roomy {
            cell(ui, &plausible, Face::Regular, Tokens::of(ui).muted);
        }
    });
    row.col(|ui| {
        let tokens = Tokens::of(ui);
        let ink = if question.turns { tokens.warning.ink } else { tokens.muted };
        if question.turns {
            ui.spacing_mut().item_spacing.x = 4.0;
            ui.label(icon(icons::TRIANGLE_ALERT, 12.0).color(ink));
        }
        cell(ui, &explain::question_moves(playbook, now, question), Face::Regular, ink);
    });
    row.col(|ui| {
        let swing_usd = question.budget_swing_usd;
        let words = if swing_usd < 50.0 { "–".to_owned() } else { figures::usd_short(swing_usd) };
        right(ui, |ui| ui.label(text(words, Face::Regular, 12.5)));
    });
    let mut open = false;
    row.col(|ui| open = link_button(ui, "Answer").accessible_name(format!("Answer: {name}: {label}")).clicked());
    let response = row.response();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("{name}: {label}")));
    if open || response.clicked() {
        actions.push(Action::Request(Request::AnswerTrait(question.component.clone(), question.trait_id.clone())));
    }
}
