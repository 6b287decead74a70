//! How many people, what agreeing costs them, and what is put on top.

use egui::Ui;

use super::{Row, remark, row_ui};
use crate::{
    figures,
    playbook::Assumption,
    project::Assumptions,
    ui::{Actions, View},
};

pub(super) fn team_ui(ui: &mut Ui, view: &View<'_>, wanted: Option<Assumption>, actions: &mut Actions) {
    let assumptions = &view.session.project().assumptions;
    let settings = &view.session.engine().playbook.estimate;
    let default = Assumptions::default();
    let none = || (String::new(), String::new());
    let percent = || (String::new(), " %".to_owned());
    let team = Row {
        name: Assumption::TeamSize.label(),
        hover: &settings.reason,
        value: Some(assumptions.team_size),
        default: Some(default.team_size),
        typical: default.team_size,
        range: 1.0..=1e3,
        affixes: none(),
        decimals: 1,
        focus: wanted == Some(Assumption::TeamSize),
        step: "Set the team size",
    };
    row_ui(ui, view, &team, actions, |changed, value| {
        if let Some(value) = value {
            changed.team_size = value;
        }
    });
    remark(ui, &team_words(view));
    let share = assumptions.communication_share.unwrap_or(settings.communication_share) * 100.0;
    let standard = settings.communication_share * 100.0;
    let agreement = Row {
        name: Assumption::CommunicationShare.label(),
        hover: "What each further colleague takes of everybody's time: more people finish earlier, but not by as much, and cost more",
        value: Some(share),
        default: Some(standard),
        typical: standard,
        range: 0.0..=100.0,
        affixes: percent(),
        decimals: 1,
        focus: wanted == Some(Assumption::CommunicationShare),
        step: "Set the time lost to agreement",
    };
    row_ui(ui, view, &agreement, actions, |changed, value| {
        changed.communication_share = value.map(|percent| percent / 100.0);
    });
    let contingency = Row {
        name: Assumption::Contingency.label(),
        hover: "Put on top of weeks and budget",
        value: Some(assumptions.contingency * 100.0),
        default: Some(default.contingency * 100.0),
        typical: 10.0,
        range: 0.0..=1e3,
        affixes: percent(),
        decimals: 1,
        focus: wanted == Some(Assumption::Contingency),
        step: "Set the contingency",
    };
    row_ui(ui, view, &contingency, actions, |changed, value| {
        changed.contingency = value.unwrap_or(0.0) / 100.0;
    });
    remark(ui, "Ours: none, as the ranges hold the published spread");
}

/// What a team gets done: `3 people do the work of 2.7; the published timelines are read with 2`.
fn team_words(view: &View<'_>) -> String {
    let assumptions = &view.session.project().assumptions;
    let settings = &view.session.engine().playbook.estimate;
    let share = assumptions.communication_share.unwrap_or(settings.communication_share);
    let team = assumptions.team_size;
    let done = team / (1.0 + share * (team - 1.0));
    let people = if team == 1.0 { "1 person does".to_owned() } else { format!("{} people do", figures::number(team)) };
    let read = figures::number(settings.reference_team_size);
    format!(
        "{people} the work of {}; the published timelines are read with {read}",
        figures::number((done * 10.0).round() / 10.0)
    )
}
