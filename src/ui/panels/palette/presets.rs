//! The presets as a list: name, verdict, time and money.

use egui::{CornerRadius, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::{
    figures,
    lang::t,
    session::{Action, Request},
    ui::{
        Actions, icons,
        panels::welcome::PresetCard,
        theme::{Face, Tokens, radius, space},
        widgets::{empty_state, look_among, one_line},
    },
};

const HEIGHT: f32 = 74.0;

pub(super) fn presets_ui(ui: &mut Ui, cards: &[PresetCard], actions: &mut Actions) {
    if cards.is_empty() {
        empty_state(ui, icons::BOOK_OPEN, t("No presets came with this program"), None);
        return;
    }
    ScrollArea::vertical().id_salt("presets").auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = space::SMALL;
        for card in cards.iter().filter(|card| card.is_drawn()) {
            if row_ui(ui, card) {
                actions.push(Action::Request(Request::OpenPreset(card.id.clone())));
            }
        }
    });
}

fn row_ui(ui: &mut Ui, card: &PresetCard) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), HEIGHT), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &card.name));
    let tokens = Tokens::of(ui);
    let touched = response.hovered() || response.has_focus();
    let line = Stroke::new(1.0, if touched { tokens.accent.ink } else { tokens.line });
    ui.painter().rect(rect, CornerRadius::same(radius::CONTROL + 2), tokens.card, line, StrokeKind::Inside);
    let (left, room) = (rect.left() + 10.0, rect.width() - 20.0);
    one_line(ui, pos2(left, rect.top() + 16.0), room, &card.name, Face::SemiBold.at(13.0), tokens.text);
    let verdict = &card.assessment.verdict;
    let mut x = left;
    for (framework, _) in verdict.counts.iter().filter(|(_, count)| *count > 0) {
        let (_, pair) = look_among(ui, &card.frameworks, framework);
        ui.painter().circle_filled(pos2(x + 4.0, rect.top() + 37.0), 4.0, pair.ink);
        x += 12.0;
    }
    let at = pos2(x + 2.0, rect.top() + 37.0);
    one_line(ui, at, rect.right() - 10.0 - x, &card.counts, Face::Regular.at(12.0), tokens.muted);
    let (weeks, budget) = (card.assessment.estimate.weeks.quantiles(), card.assessment.estimate.budget_usd.quantiles());
    let time = figures::months_or_weeks(weeks.p10, weeks.p90);
    let words = format!("{time} · {}", figures::Money::of(&card.project).range(budget.p10, budget.p90));
    one_line(ui, pos2(left, rect.top() + 57.0), room, &words, Face::Medium.at(11.5), tokens.text);
    response
        .on_hover_ui(|ui| {
            ui.set_max_width(280.0);
            ui.label(&card.summary);
            ui.label(t("Click to open a copy"));
        })
        .clicked()
}
