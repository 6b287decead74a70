//! How much: how sure the money is, where it goes, what moves it, and the cases it stands on.

mod breakdown;
mod cases;
mod range;
mod sensitivity;

pub use breakdown::BreakdownState;
pub use cases::CasesState;

use egui::Ui;

use super::{DockState, rail::rail_ui};
use crate::{
    lang::t,
    ui::{Actions, View, icons, widgets::empty_state},
};

/// The questions the tab answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BudgetTopic {
    /// How sure the money is, and where it goes.
    #[default]
    Range,
    /// Every part of it in a table.
    Breakdown,
    /// Which assumption and which work moves it most.
    Sensitivity,
    /// The cases the estimate stands on.
    Cases,
}

impl BudgetTopic {
    /// Every question in its order.
    pub const ALL: [Self; 4] = [Self::Range, Self::Breakdown, Self::Sensitivity, Self::Cases];
}

pub(super) fn budget_ui(ui: &mut Ui, view: &View<'_>, state: &mut DockState, actions: &mut Actions) {
    let empty = view.session.assessment().verdict.assignment.is_empty();
    let topics = [
        (BudgetTopic::Range, t("How sure")),
        (BudgetTopic::Breakdown, t("Where it goes")),
        (BudgetTopic::Sensitivity, t("What moves it")),
        (BudgetTopic::Cases, t("Cases behind it")),
    ];
    let mut topic = state.budget;
    rail_ui(ui, &mut topic, &topics, |ui, topic| match topic {
        // The cases are there before anything is drawn.
        BudgetTopic::Cases => cases::cases_ui(ui, view, state, actions),
        _ if empty => {
            empty_state(ui, icons::WALLET, t("Add a service, and its price is estimated at once"), None);
        }
        BudgetTopic::Range => range::range_ui(ui, view, state, actions),
        BudgetTopic::Breakdown => breakdown::breakdown_ui(ui, view, state, actions),
        BudgetTopic::Sensitivity => sensitivity::sensitivity_ui(ui, view, state, actions),
    });
    state.budget = topic;
}
