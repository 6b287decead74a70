//! What is to hold: a budget, and a time.

use egui::Ui;

use super::{Row, affixes, remark, row_ui};
use crate::{
    figures,
    project::Deadline,
    ui::{Actions, View},
};

pub(super) fn targets_ui(ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
    let (assumptions, money) = (&view.session.project().assumptions, view.money());
    let estimate = &view.session.assessment().estimate;
    let budget = Row {
        name: "Budget to hold",
        hover: "The money there is; the curves and the scenarios say how likely it is to be enough",
        value: assumptions.target_budget_usd.map(|usd| money.currency().from_usd(usd)),
        default: None,
        typical: money.currency().from_usd(estimate.budget_usd.median.max(1_000.0)).round(),
        range: 1.0..=1e12 * money.currency().per_usd,
        affixes: affixes(money),
        decimals: 0,
        step: "Set the budget to hold",
    };
    row_ui(ui, view, &budget, actions, |changed, amount| {
        changed.target_budget_usd = amount.map(|amount| changed.currency.to_usd(amount));
    });
    if let Some(usd) = assumptions.target_budget_usd {
        let sure = figures::share(estimate.budget_usd.probability_up_to(usd));
        remark(ui, &format!("{sure} to stay under {}", money.short(usd)));
    }
    let weeks = Row {
        name: "Weeks to hold",
        hover: "The time there is, in weeks of work; a date can be set instead once there is a first day",
        value: if let Some(Deadline::Weeks(weeks)) = assumptions.deadline { Some(weeks) } else { None },
        default: None,
        typical: estimate.weeks.median.max(1.0).round(),
        range: 0.1..=100_000.0,
        affixes: (String::new(), " w".to_owned()),
        decimals: 1,
        step: "Set the weeks to hold",
    };
    row_ui(ui, view, &weeks, actions, |changed, weeks| changed.deadline = weeks.map(Deadline::Weeks));
    if let Some(weeks) = assumptions.deadline_weeks() {
        let sure = figures::share(estimate.weeks.probability_up_to(weeks));
        remark(ui, &format!("{sure} to be done within {}", figures::month_or_week(weeks)));
    }
}
