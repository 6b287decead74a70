//! The estimates that were kept: a row each, and the one looked at compared with another.

use std::sync::Arc;

use egui::{Align, Button, Layout, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::{LogState, compared::compared_ui};
use crate::{
    assess::Distribution,
    figures,
    lang::{t, tr},
    project::{Baseline, BaselineId},
    session::{Action, BaselineAction, commands},
    ui::{
        Actions, View, icons,
        panels::dock::{parts::remark, titled},
        theme::{Face, Tokens, icon, space},
        widgets::{icon_button, one_line, rename_field, text_size},
    },
};

const ROW: f32 = 26.0;
const COMMAND: &str = "baseline.keep";

pub(super) fn baselines_ui(ui: &mut Ui, view: &View<'_>, state: &mut LogState, stacked: bool, actions: &mut Actions) {
    titled(ui, t("Baselines"), |ui| keep_ui(ui, view, actions));
    let kept = &view.session.project().baselines;
    if kept.is_empty() {
        let words =
            t("A baseline keeps the estimate as it stands, with its parts and the edits that led to it, in the \
                     project: to see later what became of it");
        remark(ui, words);
        return;
    }
    if stacked {
        list_ui(ui, view, state, actions);
    } else {
        ScrollArea::vertical().id_salt("baselines").auto_shrink([false, false]).show(ui, |ui| {
            list_ui(ui, view, state, actions);
        });
    }
}

fn keep_ui(ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
    let Some(command) = commands::find(COMMAND) else { return };
    let state = (command.enabled)(view.session);
    let muted = Tokens::of(ui).muted;
    let button = Button::new((icon(icons::PLUS, 14.0).color(muted), command.text));
    let response = ui.add_enabled(state.is_ok(), button);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, state.is_ok(), command.text));
    let response = match state {
        Ok(()) => response.on_hover_text(command.help),
        Err(why) => response.on_disabled_hover_text(why),
    };
    if response.clicked() {
        actions.push(Action::Run(COMMAND));
    }
}

/// The baseline that is looked at: the chosen one while it is kept, else the latest.
pub(super) fn looked_at(view: &View<'_>, state: &LogState) -> Option<BaselineId> {
    let kept = &view.session.project().baselines;
    let chosen = state.baseline.clone().filter(|id| kept.contains_key(id));
    chosen.or_else(|| kept.keys().next_back().cloned())
}

fn list_ui(ui: &mut Ui, view: &View<'_>, state: &mut LogState, actions: &mut Actions) {
    let chosen = looked_at(view, state);
    ui.spacing_mut().item_spacing.y = 1.0;
    for (id, kept) in view.session.project().baselines.iter().rev() {
        ui.push_id(id.as_str(), |ui| row_ui(ui, view, state, (id, kept), chosen.as_ref() == Some(id), actions));
    }
    ui.add_space(space::SMALL);
    if let Some(id) = chosen {
        compared_ui(ui, view, state, &id);
    }
}

fn row_ui(
    ui: &mut Ui,
    view: &View<'_>,
    state: &mut LogState,
    (id, kept): (&BaselineId, &Arc<Baseline>),
    chosen: bool,
    actions: &mut Actions,
) {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let told = told(view, kept);
    response.widget_info(|| {
        WidgetInfo::selected(Role::ListItem, true, chosen, format!("{}: {}", kept.name, told.join(", ")))
    });
    if chosen || response.hovered() {
        let fill = if chosen { tokens.accent.surface } else { tokens.sunken };
        ui.painter().rect_filled(rect, 5, fill);
    }
    if response.has_focus() {
        let line = Stroke::new(1.5, tokens.accent.ink);
        ui.painter().rect_stroke(rect, 5, line, StrokeKind::Inside);
    }
    let buttons = 56.0;
    let name_width = (rect.width() * 0.36).min(180.0);
    let left = rect.shrink2(vec2(8.0, 0.0));
    if state.renaming.as_ref() == Some(id) {
        rename_ui(ui, view, state, (id, kept), rect.with_max_x(rect.right() - buttons), actions);
    } else {
        let ink = if chosen { tokens.accent.ink } else { tokens.text };
        one_line(ui, pos2(left.left(), rect.center().y), name_width - 8.0, &kept.name, Face::Medium.at(12.5), ink);
        let at = pos2(left.left() + name_width, rect.center().y);
        let room = rect.right() - buttons - at.x;
        one_line(ui, at, room, &in_short(ui, view, kept, room), Face::Regular.at(12.5), tokens.muted);
    }
    if response.clicked() {
        state.baseline = Some(id.clone());
    }
    response.on_hover_text(told.join("\n"));
    let place = rect.with_min_x(rect.right() - buttons);
    let builder = UiBuilder::new().id_salt("buttons").max_rect(place).layout(Layout::right_to_left(Align::Center));
    ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        if icon_button(ui, icons::TRASH, &tr!("Delete {}", kept.name)).clicked() {
            actions.push(Action::Baseline(BaselineAction::Delete(id.clone())));
        }
        if icon_button(ui, icons::PENCIL, &tr!("Rename {}", kept.name)).clicked() {
            state.renaming = if state.renaming.as_ref() == Some(id) { None } else { Some(id.clone()) };
        }
    });
}

/// The field for another name.
fn rename_ui(
    ui: &mut Ui,
    view: &View<'_>,
    state: &mut LogState,
    (id, kept): (&BaselineId, &Arc<Baseline>),
    place: egui::Rect,
    actions: &mut Actions,
) {
    let mut field = ui.new_child(UiBuilder::new().id_salt("name").max_rect(place.shrink2(vec2(4.0, 1.0))));
    let given = |wanted: &str| view.session.baseline_name(id, wanted);
    let renaming = rename_field(&mut field, t("Name of the baseline"), &kept.name, &given);
    if renaming.is_done() {
        state.renaming = None;
    }
    let name = renaming.name();
    actions.extend(name.map(|name| Action::Baseline(BaselineAction::Rename(id.clone(), name))));
}

/// Its medians and its day, the most telling first; what there is no room for is left out.
fn in_short(ui: &Ui, view: &View<'_>, kept: &Baseline, room: f32) -> String {
    let (weeks, budget) = (figures::weeks(kept.weeks.median), view.money().short(kept.budget_usd.median));
    let medians = format!("P50 {budget} · {weeks}");
    let dated = kept.date.map(|date| format!("{medians} · {date}"));
    let fits = |words: &String| text_size(ui, words, Face::Regular.at(12.5)).x <= room;
    dated.into_iter().chain([medians]).find(fits).unwrap_or_else(|| format!("P50 {budget}"))
}

/// When it was kept, and its figures.
fn told(view: &View<'_>, kept: &Baseline) -> Vec<String> {
    let (weeks, budget) = (Distribution::from(kept.weeks), Distribution::from(kept.budget_usd));
    let money = view.money();
    let date = kept.date.map(|date| date.to_string());
    let figures = [
        format!("P50 {}, {}", figures::weeks(weeks.median), money.short(budget.median)),
        format!("P80 {}, {}", figures::weeks(weeks.quantile(0.8)), money.short(budget.quantile(0.8))),
    ];
    date.into_iter().chain(figures).collect()
}
