//! What is to hold: a budget, and a time.

use egui::Ui;

use super::{DATE_WIDTH, Row, affixes, put, remark, row_ui};
use crate::{
    figures,
    project::Deadline,
    session::Action,
    ui::{
        Actions, View,
        widgets::{date_field, labelled},
    },
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
        focus: false,
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
        hover: "The time there is, in weeks of work",
        value: if let Some(Deadline::Weeks(weeks)) = assumptions.deadline { Some(weeks) } else { None },
        default: None,
        typical: estimate.weeks.median.max(1.0).round(),
        range: 0.1..=100_000.0,
        affixes: (String::new(), " w".to_owned()),
        decimals: 1,
        focus: false,
        step: "Set the weeks to hold",
    };
    row_ui(ui, view, &weeks, actions, |changed, weeks| changed.deadline = weeks.map(Deadline::Weeks));
    by_date_ui(ui, view, actions);
    if let Some(weeks) = view.session.targets().deadline_weeks {
        let sure = figures::share(estimate.weeks.probability_up_to(weeks));
        remark(ui, &format!("{sure} to be done within {}", figures::month_or_week(weeks)));
    }
}

/// The last day there is, in place of the weeks. It says something once there is a first day.
fn by_date_ui(ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
    let assumptions = &view.session.project().assumptions;
    let by = if let Some(Deadline::Date(date)) = assumptions.deadline { Some(date) } else { None };
    if by.is_none() && assumptions.start.is_none() {
        return;
    }
    labelled(ui, "Done by", "The last day there is, in place of the weeks", DATE_WIDTH, |ui| {
        if let Some(date) = date_field(ui, "Done by", by) {
            let edit = put(view, |changed| changed.deadline = date.map(Deadline::Date));
            actions.push(Action::edit("Set the deadline", vec![edit]));
        }
    });
    if by.is_some() && assumptions.start.is_none() {
        remark(ui, "A date says how much time there is once there is a first day");
    }
}
