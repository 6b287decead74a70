//! What a person-week costs: one blended rate, or a rate card of roles.

use egui::Ui;
use indexmap::IndexMap;

use super::{AssumptionsState, Reset, Row, amounts, card::card_ui, put, remark, row_ui, usd_within};
use crate::{
    lang::{t, tr},
    playbook::Assumption,
    project::{Assumptions, RATE_USD, Role, RoleId},
    session::Action,
    ui::{
        Actions, View,
        widgets::{Form, segmented},
    },
};

pub(super) fn rates_ui(
    ui: &mut Ui,
    view: &View<'_>,
    state: &mut AssumptionsState,
    wanted: Option<Assumption>,
    actions: &mut Actions,
) {
    let assumptions = &view.session.project().assumptions;
    let by_role = !assumptions.roles.is_empty();
    let width = ui.available_width();
    match segmented(ui, "rates", width, by_role, &[(false, t("One rate")), (true, t("Rate card"))]) {
        Some(true) => {
            let roles = if state.card.is_empty() { card_of(view) } else { state.card.clone() };
            actions.push(Action::edit(t("Use a rate card"), vec![put(view, |changed| changed.roles = roles)]));
        }
        Some(false) => {
            state.card.clone_from(&assumptions.roles);
            // What the roles came to stays, so that the switch by itself changes no figure.
            let rate = cents(assumptions.mean_rate_usd_per_person_week());
            let edit = put(view, |changed| {
                changed.roles.clear();
                changed.rate_usd_per_person_week = rate;
            });
            actions.push(Action::edit(t("Use one rate"), vec![edit]));
        }
        None => {}
    }
    let focus = wanted == Some(Assumption::Rate);
    if by_role { card_ui(ui, view, focus, actions) } else { one_rate_ui(ui, view, focus, actions) }
}

/// A rate in whole cents that can be one.
pub(super) fn cents(usd: f64) -> f64 {
    ((usd * 100.0).round() / 100.0).clamp(*RATE_USD.start(), *RATE_USD.end())
}

fn one_rate_ui(ui: &mut Ui, view: &View<'_>, focus: bool, actions: &mut Actions) {
    let money = view.money();
    let settings = &view.session.engine().playbook.estimate;
    let (now, default) = (&view.session.project().assumptions, Assumptions::default());
    let [now, default] = [now, &default].map(|assumptions| assumptions.rate_usd_per_person_week);
    let amount = |usd: f64| money.currency().from_usd(usd);
    let row = Row {
        name: Assumption::Rate.label(),
        hover: &settings.reason,
        value: Some(amount(now)),
        reset: if now == default { Reset::Idle } else { Reset::To(amount(default)) },
        typical: amount(default),
        range: amounts(money.currency(), &RATE_USD),
        form: Form::Money(money),
        decimals: 0,
        focus,
        step: t("Set the rate"),
    };
    row_ui(ui, view, &row, actions, |changed, amount| {
        if let Some(amount) = amount {
            changed.rate_usd_per_person_week = usd_within(&changed.currency, amount, &RATE_USD);
        }
    });
    let read = money.full(settings.reference_rate_usd_per_person_week);
    remark(ui, &tr!("The published budgets are read at {read}", read));
}

/// The playbook's rate card, its rates scaled so that it blends to the project's one rate.
fn card_of(view: &View<'_>) -> IndexMap<RoleId, Role> {
    let mut roles = view.session.engine().playbook.estimate.rate_card.clone();
    if roles.is_empty() {
        roles.insert(RoleId::new("engineer"), Role::new(t("Engineer"), 1.0, 1.0));
    }
    let rate = view.session.project().assumptions.rate_usd_per_person_week;
    let card = Assumptions { roles, ..Assumptions::default() };
    let mut roles = Assumption::Rate.at(rate, &card).roles;
    roles.values_mut().for_each(|role| role.rate_usd_per_person_week = cents(role.rate_usd_per_person_week));
    roles
}
