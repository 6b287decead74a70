//! How long: the schedule, how sure the weeks are, and where they go.

mod breakdown;
mod range;
mod schedule;

pub use schedule::ScheduleState;

use egui::Ui;

use super::{DockState, rail::rail_ui};
use crate::{
    lang::t,
    ui::{Actions, View, icons, widgets::empty_state},
};

/// The questions the tab answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimelineTopic {
    /// What is done when.
    #[default]
    Schedule,
    /// How sure the weeks are.
    Range,
    /// Where the weeks go.
    Breakdown,
}

impl TimelineTopic {
    /// Every question in its order.
    pub const ALL: [Self; 3] = [Self::Schedule, Self::Range, Self::Breakdown];
}

pub(super) fn timeline_ui(ui: &mut Ui, view: &View<'_>, state: &mut DockState, actions: &mut Actions) {
    if view.session.assessment().verdict.assignment.is_empty() {
        empty_state(ui, icons::CALENDAR, t("Add a service, and its weeks are estimated at once"), None);
        return;
    }
    let topics = [
        (TimelineTopic::Schedule, t("Schedule")),
        (TimelineTopic::Range, t("How sure")),
        (TimelineTopic::Breakdown, t("Where it goes")),
    ];
    let mut topic = state.timeline;
    rail_ui(ui, &mut topic, &topics, |ui, topic| match topic {
        TimelineTopic::Schedule => schedule::schedule_ui(ui, view, state, actions),
        TimelineTopic::Range => range::range_ui(ui, view, state, actions),
        TimelineTopic::Breakdown => breakdown::breakdown_ui(ui, view, state, actions),
    });
    state.timeline = topic;
}
