//! The currency that money is shown in.

use egui::{ComboBox, Ui};

use super::{super::push_number, FIELD_WIDTH, RESET_WIDTH, put, remark};
use crate::{
    project::{Currency, Grouping},
    session::Action,
    ui::{
        Actions, View,
        widgets::{Draft, NumberStyle, TextKind, draft_field, labelled, number_field, tri_state},
    },
};

const WIDTH: f32 = FIELD_WIDTH + RESET_WIDTH;

pub(super) fn currency_ui(ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
    let currency = &view.session.project().assumptions.currency;
    let pending = ui.make_persistent_id("pending currency");
    let chosen: Option<usize> = ui.data(|data| data.get_temp(pending));
    let chosen = chosen.and_then(|at| Currency::KNOWN.get(at)).map(|known| known());
    let shown = chosen.as_ref().unwrap_or(currency);
    labelled(ui, "Shown in", "All amounts are kept in US dollars and shown in this currency", WIDTH, |ui| {
        let combo = ComboBox::from_id_salt("currency").selected_text(&shown.code).width(WIDTH - 8.0);
        let response = combo.show_ui(ui, |ui| {
            for (at, known) in Currency::KNOWN.iter().enumerate() {
                let known = known();
                let here = known.code == shown.code;
                if ui.selectable_label(here, format!("{} {}", known.code, known.symbol)).clicked() && !here {
                    if known.is_usd() {
                        ui.data_mut(|data| data.remove_temp::<usize>(pending));
                        set(view, "Show US dollars", known, actions);
                    } else {
                        ui.data_mut(|data| data.insert_temp(pending, at));
                    }
                }
            }
        });
        response.response.accessible_name("Shown in");
    });
    if shown.is_usd() && shown.code == "USD" {
        return;
    }
    rate_ui(ui, view, shown, chosen.is_some(), actions);
    if chosen.as_ref().is_some_and(|chosen| chosen.code == currency.code) {
        ui.data_mut(|data| data.remove_temp::<usize>(pending));
    } else if *shown == *currency {
        writing_ui(ui, view, currency, actions);
    }
}

fn set(view: &View<'_>, step: &str, currency: Currency, actions: &mut Actions) {
    actions.push(Action::edit(step, vec![put(view, |changed| changed.currency = currency)]));
}

/// What a dollar buys. A currency that was only just chosen is shown once this is known: nobody else knows it.
fn rate_ui(ui: &mut Ui, view: &View<'_>, shown: &Currency, pending: bool, actions: &mut Actions) {
    let name = format!("{} for $1", shown.code);
    let style = NumberStyle {
        absent: "unknown",
        name: &name,
        typical: 1.0,
        range: 1e-6..=1e9,
        prefix: "",
        suffix: "",
        decimals: 6,
        focus: false,
    };
    labelled(ui, &name, "The rate of exchange you want to plan with", WIDTH, |ui| {
        let number = number_field(ui, &style, (!pending).then_some(shown.per_usd), FIELD_WIDTH + RESET_WIDTH - 4.0);
        let step = format!("Show {}", shown.code);
        let with = |per_usd| put(view, |changed| changed.currency = Currency { per_usd, ..shown.clone() });
        push_number(number, &step, with, actions);
    });
    if pending {
        remark(ui, &format!("Amounts stay in {} until the rate is known", view.money().code()));
    }
}

/// Sign, its place, and how digits are grouped.
fn writing_ui(ui: &mut Ui, view: &View<'_>, currency: &Currency, actions: &mut Actions) {
    labelled(ui, "Sign", "", WIDTH, |ui| {
        let draft =
            Draft { name: "Sign", text: &currency.symbol, hint: "Sign", kind: TextKind::Line, may_be_empty: false };
        if let Some(symbol) = draft_field(ui, &draft, false).filter(|symbol| symbol.len() <= 12) {
            set(view, "Set the sign of money", Currency { symbol, ..currency.clone() }, actions);
        }
    });
    labelled(ui, "Sign behind the amount", "", 30.0, |ui| {
        let mut behind = Some(currency.symbol_behind);
        if tri_state(ui, "Sign behind the amount", &mut behind).changed() {
            let symbol_behind = behind.unwrap_or(false);
            set(view, "Place the sign of money", Currency { symbol_behind, ..currency.clone() }, actions);
        }
    });
    labelled(ui, "Digits", "", WIDTH, |ui| {
        let combo = ComboBox::from_id_salt("digits").selected_text(currency.grouping.example()).width(WIDTH - 8.0);
        let response = combo.show_ui(ui, |ui| {
            for grouping in Grouping::ALL {
                let here = grouping == currency.grouping;
                if ui.selectable_label(here, grouping.example()).clicked() && !here {
                    set(view, "Group the digits of money", Currency { grouping, ..currency.clone() }, actions);
                }
            }
        });
        response.response.accessible_name("Digits");
    });
}
