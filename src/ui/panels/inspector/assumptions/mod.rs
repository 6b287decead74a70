//! The assumptions of the project: rates, team, time, currency, targets, and the confidence shown first.

mod currency;
mod rates;
mod targets;
mod team;
mod time;

use egui::Ui;

use super::{InspectorState, push_number};
use crate::{
    figures::{self, Money},
    project::{Assumptions, Confidence, Edit},
    session::Action,
    ui::{
        Actions, View, icons,
        theme::{Face, Tokens, space, text},
        widgets::{NumberStyle, caption, icon_button, labelled, number_field, segmented},
    },
};

/// Fields are as wide as this; beside them is room for the button that resets one.
const FIELD_WIDTH: f32 = 104.0;
const RESET_WIDTH: f32 = 28.0;
/// Room for a day with its buttons.
const DATE_WIDTH: f32 = 164.0;

pub(super) fn assumptions_ui(ui: &mut Ui, view: &View<'_>, state: &InspectorState, actions: &mut Actions) {
    let wanted = state.wanted_assumption();
    caption(ui, "Shown first");
    confidence_ui(ui, view, actions);
    caption(ui, "Rates");
    rates::rates_ui(ui, view, wanted, actions);
    caption(ui, "Team");
    team::team_ui(ui, view, wanted, actions);
    caption(ui, "Time");
    time::time_ui(ui, view, actions);
    caption(ui, "Targets");
    targets::targets_ui(ui, view, actions);
    caption(ui, "Currency");
    currency::currency_ui(ui, view, actions);
}

fn confidence_ui(ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
    let assumptions = &view.session.project().assumptions;
    let levels: Vec<(Confidence, &str)> = Confidence::ALL.iter().map(|level| (*level, level.label())).collect();
    let width = ui.available_width();
    if let Some(confidence) = segmented(ui, "confidence", width, assumptions.confidence, &levels) {
        let step = format!("Show {} first", confidence.label());
        actions.push(Action::edit(step, vec![put(view, |changed| changed.confidence = confidence)]));
    }
    let share = figures::share(assumptions.confidence.probability());
    remark(ui, &format!("{share} of outcomes stay under the figure shown first"));
}

/// The edit that changes the assumptions of the project.
fn put(view: &View<'_>, change: impl FnOnce(&mut Assumptions)) -> Edit {
    let mut changed = view.session.project().assumptions.clone();
    change(&mut changed);
    Edit::SetAssumptions(changed)
}

/// A small line under a field.
fn remark(ui: &mut Ui, words: &str) {
    ui.add_space(-space::TINY / 2.0);
    let line = text(words, Face::Regular, 11.0).color(Tokens::of(ui).faint);
    ui.add(egui::Label::new(line).wrap());
}

/// A number of the assumptions on a row of its own.
struct Row<'a> {
    name: &'a str,
    hover: &'a str,
    value: Option<f64>,
    /// What a reset brings back; `None` where there is nothing to reset to.
    default: Option<f64>,
    /// Where dragging begins when there is no value.
    typical: f64,
    range: std::ops::RangeInclusive<f64>,
    affixes: (String, String),
    decimals: usize,
    /// Whether the cursor goes into it now.
    focus: bool,
    /// The name of the step.
    step: &'a str,
}

/// Shows the row; `set` writes a new value, `None` is what a reset brings where there is no default.
fn row_ui(ui: &mut Ui, view: &View<'_>, row: &Row<'_>, actions: &mut Actions, set: fn(&mut Assumptions, Option<f64>)) {
    let style = NumberStyle {
        name: row.name,
        absent: "none",
        typical: row.typical,
        range: row.range.clone(),
        prefix: &row.affixes.0,
        suffix: &row.affixes.1,
        decimals: row.decimals,
        focus: row.focus,
    };
    labelled(ui, row.name, row.hover, FIELD_WIDTH + RESET_WIDTH, |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        let number = number_field(ui, &style, row.value, FIELD_WIDTH);
        push_number(number, row.step, |value| put(view, |changed| set(changed, Some(value))), actions);
        let same = match (row.value, row.default) {
            (Some(value), Some(default)) => (value - default).abs() < 1e-9,
            (None, None) => true,
            _ => false,
        };
        let verb = if row.default.is_some() { "Reset" } else { "Clear" };
        let glyph = if row.default.is_some() { icons::RESET } else { icons::X };
        if !same && icon_button(ui, glyph, &format!("{verb} {}", row.name.to_lowercase())).clicked() {
            actions.push(Action::edit(row.step, vec![put(view, |changed| set(changed, row.default))]));
        }
    });
}

/// What stands before and behind a number of money.
fn affixes(money: Money<'_>) -> (String, String) {
    let currency = money.currency();
    let symbol = &currency.symbol;
    if currency.symbol_behind {
        (String::new(), format!("\u{a0}{symbol}"))
    } else if symbol.chars().any(char::is_alphabetic) {
        (format!("{symbol}\u{a0}"), String::new())
    } else {
        (symbol.clone(), String::new())
    }
}
