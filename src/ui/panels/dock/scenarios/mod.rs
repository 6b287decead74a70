//! Other ways to build the plan: side by side, what makes the difference, what would reach a target, and what edits did.

mod causes;
mod log;
mod side_by_side;
mod target;

pub use causes::CausesState;
pub use side_by_side::SideBySideState;

use egui::Ui;
pub use log::LogState;

pub use target::TargetState;

use super::{DockState, rail::rail_ui};
use crate::{
    lang::t,
    ui::{Actions, View, icons, widgets::empty_state},
};

/// The questions the tab answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ScenarioTopic {
    /// Every scenario in a column.
    #[default]
    SideBySide,
    /// What leads from one to another.
    Causes,
    /// What would reach the targets.
    Target,
    /// What each edit did, and what was kept.
    Log,
}

impl ScenarioTopic {
    /// Every question in its order.
    pub const ALL: [Self; 4] = [Self::SideBySide, Self::Causes, Self::Target, Self::Log];
}

pub(super) fn scenarios_ui(ui: &mut Ui, view: &View<'_>, state: &mut DockState, actions: &mut Actions) {
    if view.session.assessment().verdict.assignment.is_empty() && state.scenario != ScenarioTopic::Log {
        empty_state(ui, icons::LAYERS, t("Add a service, and other ways to build it stand beside it"), None);
        return;
    }
    let topics = [
        (ScenarioTopic::SideBySide, t("Side by side")),
        (ScenarioTopic::Causes, t("What differs")),
        (ScenarioTopic::Target, t("Reach a target")),
        (ScenarioTopic::Log, t("Edits and baselines")),
    ];
    let before = state.scenario;
    let mut topic = before;
    rail_ui(ui, &mut topic, &topics, |ui, topic| match topic {
        ScenarioTopic::SideBySide => side_by_side::side_by_side_ui(ui, view, state, actions),
        ScenarioTopic::Causes => causes::causes_ui(ui, view, state, actions),
        ScenarioTopic::Target => target::target_ui(ui, view, state, actions),
        ScenarioTopic::Log => log::log_ui(ui, view, state, actions),
    });
    // An answer may lead on to another question.
    if state.scenario == before {
        state.scenario = topic;
    }
}
