//! The assumptions of the project: rates, team, time, currency, targets, and the confidence shown first.

mod card;
mod currency;
mod machines;
mod rates;
mod targets;
mod team;
mod time;

use std::ops::RangeInclusive;

use egui::Ui;
use indexmap::IndexMap;

use super::{InspectorState, push_number};
use crate::{
    figures,
    lang::{lower, t, tr},
    playbook::ServerId,
    project::{Assumptions, Confidence, Currency, Edit, Role, RoleId},
    session::Action,
    ui::{
        Actions, View, icons,
        theme::{Face, Tokens, space, text},
        widgets::{Form, NumberStyle, caption, icon_button, labelled, number_field, segmented},
    },
};

/// Fields are as wide as this; beside them is room for the button that resets one.
const FIELD_WIDTH: f32 = 104.0;
const RESET_WIDTH: f32 = 28.0;
/// Room for a day with its buttons.
const DATE_WIDTH: f32 = 164.0;

/// What is remembered of a project's assumptions until another one is opened.
#[derive(Clone, Debug, Default)]
pub(super) struct AssumptionsState {
    /// The rate card that was there before one rate took its place; empty if there was none.
    card: IndexMap<RoleId, Role>,
    /// The currency that was chosen, while nobody has said yet what a dollar buys of it.
    currency: Option<Currency>,
    /// The sign that was refused, and the one it was to replace.
    sign: Option<(String, String)>,
    /// Holidays that could not be read.
    holidays: Option<time::Unreadable>,
    /// How the deadline is to be said, while it is not.
    deadline: Option<targets::Pending>,
    /// The server whose figures are shown.
    server: Option<ServerId>,
}

pub(super) fn assumptions_ui(ui: &mut Ui, view: &View<'_>, state: &mut InspectorState, actions: &mut Actions) {
    let wanted = state.wanted_assumption();
    let state = &mut state.assumptions;
    caption(ui, t("Shown first"));
    confidence_ui(ui, view, actions);
    caption(ui, t("Rates"));
    rates::rates_ui(ui, view, state, wanted, actions);
    caption(ui, t("Team"));
    team::team_ui(ui, view, wanted, actions);
    caption(ui, t("Time"));
    time::time_ui(ui, view, state, actions);
    caption(ui, t("Targets"));
    targets::targets_ui(ui, view, state, actions);
    caption(ui, t("Currency"));
    currency::currency_ui(ui, view, state, actions);
    if view.session.engine().playbook.capacity.is_some() {
        caption(ui, t("Machines"));
        machines::machines_ui(ui, view, state, actions);
    }
}

fn confidence_ui(ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
    let assumptions = &view.session.project().assumptions;
    let levels: Vec<(Confidence, &str)> = Confidence::ALL.iter().map(|level| (*level, level.label())).collect();
    let width = ui.available_width();
    if let Some(confidence) = segmented(ui, "confidence", width, assumptions.confidence, &levels) {
        let step = tr!("Show {} first", confidence.label());
        actions.push(Action::edit(step, vec![put(view, |changed| changed.confidence = confidence)]));
    }
    let share = figures::share(assumptions.confidence.probability());
    remark(ui, &tr!("{share} of outcomes stay under the figure shown first", share));
}

/// The edit that changes the assumptions of the project.
fn put(view: &View<'_>, change: impl FnOnce(&mut Assumptions)) -> Edit {
    let mut changed = view.session.project().assumptions.clone();
    change(&mut changed);
    Edit::SetAssumptions(changed)
}

/// A small line under a field.
fn remark(ui: &mut Ui, words: &str) {
    small(ui, words, Tokens::of(ui).faint);
}

/// A small line under a field about something that can hardly be meant.
fn warn(ui: &mut Ui, words: &str) {
    small(ui, words, Tokens::of(ui).warning.ink);
}

/// A small line under a field about something that was not taken.
fn refuse(ui: &mut Ui, words: &str) {
    small(ui, words, Tokens::of(ui).error.ink);
}

fn small(ui: &mut Ui, words: &str, ink: egui::Color32) {
    ui.add_space(-space::TINY / 2.0);
    ui.add(egui::Label::new(text(words, Face::Regular, 11.0).color(ink)).wrap());
}

/// The range of amounts in a currency that are in a range of US dollars.
fn amounts(currency: &Currency, usd: &RangeInclusive<f64>) -> RangeInclusive<f64> {
    currency.from_usd(*usd.start())..=currency.from_usd(*usd.end())
}

/// An amount of a currency in US dollars, within a range of them: rounding may not carry it over an end.
fn usd_within(currency: &Currency, amount: f64, usd: &RangeInclusive<f64>) -> f64 {
    currency.to_usd(amount).clamp(*usd.start(), *usd.end())
}

/// A number of the assumptions on a row of its own.
struct Row<'a> {
    name: &'a str,
    hover: &'a str,
    value: Option<f64>,
    reset: Reset,
    /// Where dragging begins when there is no value.
    typical: f64,
    range: RangeInclusive<f64>,
    form: Form<'a>,
    decimals: usize,
    /// Whether the cursor goes into it now.
    focus: bool,
    /// The name of the step.
    step: &'a str,
}

/// What the button beside a number does.
#[derive(Clone, Copy)]
enum Reset {
    /// Nothing: there is nothing to take back.
    Idle,
    /// Brings this back.
    To(f64),
    /// Forgets that somebody said a number: what the playbook says holds.
    Forget,
    /// Takes the number away.
    Clear,
}

impl Reset {
    /// What it writes, what it is called and its sign.
    fn button(self) -> Option<(Option<f64>, &'static str, char)> {
        match self {
            Self::Idle => None,
            Self::To(value) => Some((Some(value), t("Reset"), icons::RESET)),
            Self::Forget => Some((None, t("Reset"), icons::RESET)),
            Self::Clear => Some((None, t("Clear"), icons::X)),
        }
    }
}

/// Shows the row; `set` writes a new value, `None` that there is none.
fn row_ui(
    ui: &mut Ui,
    view: &View<'_>,
    row: &Row<'_>,
    actions: &mut Actions,
    set: impl Fn(&mut Assumptions, Option<f64>),
) {
    let style = NumberStyle {
        name: row.name,
        absent: t("none"),
        typical: row.typical,
        range: row.range.clone(),
        form: row.form,
        decimals: row.decimals,
        focus: row.focus,
    };
    labelled(ui, row.name, row.hover, FIELD_WIDTH + RESET_WIDTH, |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let number = number_field(ui, &style, row.value, FIELD_WIDTH);
        push_number(number, row.step, |value| put(view, |changed| set(changed, Some(value))), actions);
        if let Some((value, verb, glyph)) = row.reset.button()
            && icon_button(ui, glyph, &tr!("{verb} {what}", verb, what = lower(row.name))).clicked()
        {
            actions.push(Action::edit(row.step, vec![put(view, |changed| set(changed, value))]));
        }
    });
}
