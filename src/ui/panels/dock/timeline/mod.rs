//! How long: the schedule, and how sure the weeks are.

mod range;
mod schedule;

pub use schedule::ScheduleState;

use egui::Ui;

use super::{DockState, rail::rail_ui};
use crate::ui::{Actions, View, icons, widgets::empty_state};

/// The questions the tab answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimelineTopic {
    /// What is done when.
    #[default]
    Schedule,
    /// How sure the weeks are, and where they go.
    Range,
}

impl TimelineTopic {
    /// Every question in its order.
    pub const ALL: [Self; 2] = [Self::Schedule, Self::Range];
}

pub(super) fn timeline_ui(ui: &mut Ui, view: &View<'_>, state: &mut DockState, actions: &mut Actions) {
    if view.session.assessment().verdict.assignment.is_empty() {
        empty_state(ui, icons::CALENDAR, "Add a service, and its weeks are estimated at once", None);
        return;
    }
    let topics = [(TimelineTopic::Schedule, "Schedule"), (TimelineTopic::Range, "How sure")];
    let mut topic = state.timeline;
    rail_ui(ui, &mut topic, &topics, |ui, topic| match topic {
        TimelineTopic::Schedule => schedule::schedule_ui(ui, view, state, actions),
        TimelineTopic::Range => range::range_ui(ui, view, state, actions),
    });
    state.timeline = topic;
}
