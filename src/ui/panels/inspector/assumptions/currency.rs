//! The currency that money is shown in.

use egui::{ComboBox, Ui};

use super::{super::push_number, AssumptionsState, FIELD_WIDTH, RESET_WIDTH, put, refuse, remark};
use crate::{
    lang::{t, tr},
    project::{Currency, Grouping, MAX_SIGN_BYTES, PER_USD},
    session::Action,
    ui::{
        Actions, View,
        widgets::{Draft, Form, NumberStyle, TextKind, draft_field, labelled, number_field, tri_state},
    },
};

const WIDTH: f32 = FIELD_WIDTH + RESET_WIDTH;

pub(super) fn currency_ui(ui: &mut Ui, view: &View<'_>, state: &mut AssumptionsState, actions: &mut Actions) {
    let currency = &view.session.project().assumptions.currency;
    // Once its rate is known, it is the project's.
    let chosen = state.currency.take().filter(|chosen| chosen.code != currency.code);
    let shown = chosen.as_ref().unwrap_or(currency);
    let mut next = chosen.clone();
    labelled(ui, t("Shown in"), t("All amounts are kept in US dollars and shown in this currency"), WIDTH, |ui| {
        let combo = ComboBox::from_id_salt("currency").selected_text(&shown.code).width(WIDTH - 8.0);
        let response = combo.show_ui(ui, |ui| {
            for known in Currency::KNOWN {
                let known = known();
                let here = known.code == shown.code;
                if ui.selectable_label(here, format!("{} {}", known.code, known.symbol)).clicked() && !here {
                    next = None;
                    if known.is_usd() {
                        set(view, t("Show US dollars"), known, actions);
                    } else if known.code != currency.code {
                        next = Some(known);
                    }
                }
            }
        });
        response.response.accessible_name(t("Shown in"));
    });
    state.currency = next;
    if shown.is_usd() {
        return;
    }
    rate_ui(ui, view, shown, chosen.is_some(), actions);
    if chosen.is_none() {
        writing_ui(ui, view, state, actions);
    }
}

fn set(view: &View<'_>, step: &str, currency: Currency, actions: &mut Actions) {
    actions.push(Action::edit(step, vec![put(view, |changed| changed.currency = currency)]));
}

/// What a dollar buys. A currency that was only just chosen is shown once this is known: nobody else knows it.
fn rate_ui(ui: &mut Ui, view: &View<'_>, shown: &Currency, pending: bool, actions: &mut Actions) {
    let name = tr!("{} for $1", shown.code);
    let style = NumberStyle {
        absent: t("unknown"),
        name: &name,
        typical: 1.0,
        range: PER_USD,
        form: Form::Plain(""),
        decimals: 6,
        focus: false,
    };
    labelled(ui, &name, t("The rate of exchange you want to plan with"), WIDTH, |ui| {
        let number = number_field(ui, &style, (!pending).then_some(shown.per_usd), FIELD_WIDTH + RESET_WIDTH - 4.0);
        let step = tr!("Show {}", shown.code);
        let with = |per_usd| put(view, |changed| changed.currency = Currency { per_usd, ..shown.clone() });
        push_number(number, &step, with, actions);
    });
    if pending {
        remark(ui, &tr!("Amounts stay in {} until the rate is known", view.money().code()));
    }
}

/// Sign, its place, and how digits are grouped.
fn writing_ui(ui: &mut Ui, view: &View<'_>, state: &mut AssumptionsState, actions: &mut Actions) {
    let currency = &view.session.project().assumptions.currency;
    labelled(ui, t("Sign"), "", WIDTH, |ui| {
        let draft = Draft {
            name: t("Sign"),
            text: &currency.symbol,
            hint: t("Sign"),
            kind: TextKind::Line,
            may_be_empty: false,
        };
        match draft_field(ui, &draft, false) {
            Some(symbol) if Currency::is_sign(&symbol) => {
                state.sign = None;
                set(view, t("Set the sign of money"), Currency { symbol, ..currency.clone() }, actions);
            }
            Some(symbol) => state.sign = Some((symbol, currency.symbol.clone())),
            None => {}
        }
    });
    state.sign = state.sign.take().filter(|(_, over)| *over == currency.symbol);
    if let Some((refused, _)) = &state.sign {
        let refused: String = refused.chars().take(24).collect();
        let most = tr!("{MAX_SIGN_BYTES} plain letters or {} signs like €", MAX_SIGN_BYTES / 3, MAX_SIGN_BYTES);
        refuse(ui, &tr!("\"{refused}\" is too long for a sign: it has at most {most}. It is as before", refused, most));
    }
    labelled(ui, t("Sign behind the amount"), "", 30.0, |ui| {
        let mut behind = Some(currency.symbol_behind);
        if tri_state(ui, t("Sign behind the amount"), &mut behind).changed() {
            let symbol_behind = behind.unwrap_or(false);
            set(view, t("Place the sign of money"), Currency { symbol_behind, ..currency.clone() }, actions);
        }
    });
    labelled(ui, t("Digits"), "", WIDTH, |ui| {
        let combo = ComboBox::from_id_salt("digits").selected_text(currency.grouping.example()).width(WIDTH - 8.0);
        let response = combo.show_ui(ui, |ui| {
            for grouping in Grouping::ALL {
                let here = grouping == currency.grouping;
                if ui.selectable_label(here, grouping.example()).clicked() && !here {
                    set(view, t("Group the digits of money"), Currency { grouping, ..currency.clone() }, actions);
                }
            }
        });
        response.response.accessible_name(t("Digits"));
    });
}
