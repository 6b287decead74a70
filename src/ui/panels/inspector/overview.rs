//! Nothing is selected: the project itself, its headline and its assumptions.

use egui::Ui;

use super::{InspectorState, assumptions::assumptions_ui};
use crate::{
    figures::{self, Durations},
    lang::{t, tr},
    project::Edit,
    session::Action,
    ui::{
        Actions, View, icons,
        panels::phrases,
        theme::{Face, Tokens, space, text},
        widgets::{Draft, TextKind, caption, draft_field, icon_tile, row_label},
    },
};

pub(super) fn project_ui(ui: &mut Ui, view: &View<'_>, state: &mut InspectorState, actions: &mut Actions) {
    let project = view.session.project();
    ui.horizontal(|ui| {
        icon_tile(ui, icons::FILE, 30.0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let draft = Draft {
                name: t("Name"),
                text: &project.name,
                hint: t("Name"),
                kind: TextKind::Title,
                may_be_empty: false,
            };
            if let Some(name) = draft_field(ui, &draft, false) {
                actions.push(Action::edit(t("Rename project"), vec![Edit::SetName(name)]));
            }
            let services = project.services().count();
            let counts = match (project.components.len(), services) {
                (1, _) => t("1 component").to_owned(),
                (all, 1) => tr!("{all} components, 1 of them a service", all),
                (all, services) => tr!("{all} components, {services} of them services", all, services),
            };
            let counts = match project.deferred().count() {
                0 => counts,
                later => tr!("{counts}; {later} put off to later", counts, later),
            };
            ui.label(text(counts, Face::Regular, 12.0).color(Tokens::of(ui).muted));
        });
    });
    headline_ui(ui, view);
    assumptions_ui(ui, view, state, actions);
    caption(ui, t("Notes"));
    let hint = t("What the plan is about");
    let draft = Draft { name: t("Notes"), text: &project.notes, hint, kind: TextKind::Lines(4), may_be_empty: true };
    if let Some(notes) = draft_field(ui, &draft, false) {
        actions.push(Action::edit(t("Edit notes"), vec![Edit::SetNotes(notes)]));
    }
}

fn headline_ui(ui: &mut Ui, view: &View<'_>) {
    let session = view.session;
    let (assessment, playbook) = (session.assessment(), &session.engine().playbook);
    let tokens = Tokens::of(ui);
    ui.add_space(space::TINY);
    ui.label(text(phrases::verdict_sentence(playbook, &assessment.verdict), Face::Medium, 13.0));
    if assessment.verdict.assignment.is_empty() {
        return;
    }
    let margin = crate::explain::margin(playbook, view.session.project(), &assessment.verdict);
    ui.add(egui::Label::new(text(margin, Face::Regular, 12.0).color(tokens.muted)).wrap());
    let estimate = &assessment.estimate;
    let (weeks, budget) = (estimate.weeks.quantiles(), estimate.budget_usd.quantiles());
    let level = session.project().assumptions.confidence.label();
    let (at_weeks, at_usd) = phrases::at_confidence(estimate, &session.project().assumptions);
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        let durations = Durations::from(weeks.p10, session.timetable());
        row_label(ui, t("Time, P10 to P90"), &durations.range(weeks.p10, weeks.p90));
        row_label(ui, &tr!("Time, {level}", level), &durations.one(at_weeks));
        row_label(ui, t("Budget, P10 to P90"), &view.money().range(budget.p10, budget.p90));
        row_label(ui, &tr!("Budget, {level}", level), &view.money().short(at_usd));
        row_label(ui, t("Effort, P50"), &figures::person_weeks(estimate.person_weeks))
            .on_hover_text(t(crate::explain::EFFORT_AND_WEEKS));
        if let Some(words) = crate::explain::open_answers(assessment.answers) {
            ui.add(egui::Label::new(text(words, Face::Regular, 12.0).color(tokens.muted)).wrap())
                .on_hover_text(t("Recommendation > Ask next lists what hangs most on it"));
        }
    });
}
