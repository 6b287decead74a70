//! How many people, what agreeing costs them, and what is put on top.

use egui::Ui;

use super::{Reset, Row, remark, row_ui};
use crate::{
    assess::work_of,
    figures,
    lang::{t, tr},
    playbook::Assumption,
    project::{Assumptions, COMMUNICATION_SHARE, CONTINGENCY, TEAM_SIZE},
    ui::{Actions, View, widgets::Form},
};

pub(super) fn team_ui(ui: &mut Ui, view: &View<'_>, wanted: Option<Assumption>, actions: &mut Actions) {
    team_size_ui(ui, view, wanted, actions);
    agreement_ui(ui, view, wanted, actions);
    contingency_ui(ui, view, wanted, actions);
}

fn team_size_ui(ui: &mut Ui, view: &View<'_>, wanted: Option<Assumption>, actions: &mut Actions) {
    let now = view.session.project().assumptions.team_size;
    let default = Assumptions::default().team_size;
    let row = Row {
        name: Assumption::TeamSize.label(),
        hover: &view.session.engine().playbook.estimate.reason,
        value: Some(now),
        reset: if now == default { Reset::Idle } else { Reset::To(default) },
        typical: default,
        range: TEAM_SIZE,
        form: Form::Plain(""),
        decimals: 1,
        focus: wanted == Some(Assumption::TeamSize),
        step: t("Set the team size"),
    };
    row_ui(ui, view, &row, actions, |changed, value| changed.team_size = value.unwrap_or(changed.team_size));
    remark(ui, &team_words(view));
}

fn agreement_ui(ui: &mut Ui, view: &View<'_>, wanted: Option<Assumption>, actions: &mut Actions) {
    let said = view.session.project().assumptions.communication_share;
    let standard = view.session.engine().playbook.estimate.communication_share;
    let row = Row {
        name: Assumption::CommunicationShare.label(),
        hover: t(
            "What each further colleague takes of everybody's time: more people finish earlier, but not by as much, and cost more",
        ),
        value: Some(said.unwrap_or(standard) * 100.0),
        reset: if said.is_some() { Reset::Forget } else { Reset::Idle },
        typical: standard * 100.0,
        range: COMMUNICATION_SHARE.start() * 100.0..=COMMUNICATION_SHARE.end() * 100.0,
        form: Form::Plain(" %"),
        decimals: 1,
        focus: wanted == Some(Assumption::CommunicationShare),
        step: t("Set the time lost to agreement"),
    };
    row_ui(ui, view, &row, actions, |changed, value| {
        changed.communication_share = value.map(|percent| percent / 100.0);
    });
}

fn contingency_ui(ui: &mut Ui, view: &View<'_>, wanted: Option<Assumption>, actions: &mut Actions) {
    let now = view.session.project().assumptions.contingency;
    let row = Row {
        name: Assumption::Contingency.label(),
        hover: t("Put on top of weeks and budget"),
        value: Some(now * 100.0),
        reset: if now == 0.0 { Reset::Idle } else { Reset::To(0.0) },
        typical: 10.0,
        range: CONTINGENCY.start() * 100.0..=CONTINGENCY.end() * 100.0,
        form: Form::Plain(" %"),
        decimals: 1,
        focus: wanted == Some(Assumption::Contingency),
        step: t("Set the contingency"),
    };
    row_ui(ui, view, &row, actions, |changed, value| changed.contingency = value.unwrap_or(0.0) / 100.0);
    remark(ui, t("Ours: none, as the ranges hold the published spread"));
}

/// What a team gets done: `3 people do the work of 2.7; the published timelines are read with 2`.
fn team_words(view: &View<'_>) -> String {
    let assumptions = &view.session.project().assumptions;
    let settings = &view.session.engine().playbook.estimate;
    let team = assumptions.team_size;
    let done = work_of(team, assumptions.communication_share.unwrap_or(settings.communication_share));
    let people = if team == 1.0 { t("1 person does").to_owned() } else { tr!("{} people do", figures::number(team)) };
    let read = figures::number(settings.reference_team_size);
    tr!(
        "{people} the work of {}; the published timelines are read with {read}",
        figures::number((done * 10.0).round() / 10.0),
        people,
        read
    )
}
