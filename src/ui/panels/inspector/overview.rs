//! Nothing is selected: the project itself, its headline and its assumptions.

use egui::Ui;

use super::{InspectorState, push_number};
use crate::{
    figures,
    playbook::Assumption,
    project::{Assumptions, Confidence, Edit},
    session::Action,
    ui::{
        Actions, View, icons,
        panels::phrases,
        theme::{Face, Tokens, space, text},
        widgets::{
            Draft, NumberStyle, TextKind, caption, draft_field, icon_button, icon_tile, labelled, number_field,
            row_label, segmented,
        },
    },
};

pub(super) fn project_ui(ui: &mut Ui, view: &View<'_>, state: &InspectorState, actions: &mut Actions) {
    let project = view.session.project();
    ui.horizontal(|ui| {
        icon_tile(ui, icons::FILE, 30.0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let draft =
                Draft { name: "Name", text: &project.name, hint: "Name", kind: TextKind::Title, may_be_empty: false };
            if let Some(name) = draft_field(ui, &draft, false) {
                actions.push(Action::edit("Rename project", vec![Edit::SetName(name)]));
            }
            let services = project.services().count();
            let counts = match (project.components.len(), services) {
                (1, _) => "1 component".to_owned(),
                (all, 1) => format!("{all} components, 1 of them a service"),
                (all, services) => format!("{all} components, {services} of them services"),
            };
            ui.label(text(counts, Face::Regular, 12.0).color(Tokens::of(ui).muted));
        });
    });
    headline_ui(ui, view);
    caption(ui, "Assumptions");
    assumptions_ui(ui, view, state, actions);
    caption(ui, "Notes");
    let hint = "What the plan is about";
    let draft = Draft { name: "Notes", text: &project.notes, hint, kind: TextKind::Lines(4), may_be_empty: true };
    if let Some(notes) = draft_field(ui, &draft, false) {
        actions.push(Action::edit("Edit notes", vec![Edit::SetNotes(notes)]));
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
        row_label(ui, "Time, P10 to P90", &figures::months_or_weeks(weeks.p10, weeks.p90));
        row_label(ui, &format!("Time, {level}"), &figures::month_or_week(at_weeks));
        row_label(ui, "Budget, P10 to P90", &view.money().range(budget.p10, budget.p90));
        row_label(ui, &format!("Budget, {level}"), &view.money().short(at_usd));
        row_label(ui, "Effort, P50", &figures::person_weeks(estimate.person_weeks));
    });
}

/// One assumption that is a number.
struct Row<'a> {
    style: NumberStyle<'a>,
    /// Where its default comes from.
    source: String,
    value: f64,
    default: f64,
    step: &'a str,
    set: fn(&mut Assumptions, f64),
}

fn assumptions_ui(ui: &mut Ui, view: &View<'_>, state: &InspectorState, actions: &mut Actions) {
    let assumptions = &view.session.project().assumptions;
    let wanted = state.wanted_assumption().map(Assumption::label);
    for mut row in rows(view) {
        row.style.focus = wanted == Some(row.style.name);
        let hover = format!("{}. {}", row.source, view.session.engine().playbook.estimate.reason);
        let put = |value| {
            let mut changed = assumptions.clone();
            (row.set)(&mut changed, value);
            Edit::SetAssumptions(changed)
        };
        labelled(ui, row.style.name, &hover, 136.0, |ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            push_number(number_field(ui, &row.style, Some(row.value), 104.0), row.step, put, actions);
            let changed = (row.value - row.default).abs() > 1e-9;
            if changed && icon_button(ui, icons::RESET, &format!("Reset {}", row.style.name.to_lowercase())).clicked() {
                actions.push(Action::edit(row.step, vec![put(row.default)]));
            }
        });
        let line = text(row.source, Face::Regular, 11.0).color(Tokens::of(ui).faint);
        ui.add_space(-6.0);
        ui.label(line);
    }
    ui.add_space(space::TINY);
    let width = ui.available_width();
    let levels: Vec<(Confidence, &str)> = Confidence::ALL.iter().map(|level| (*level, level.label())).collect();
    if let Some(confidence) = segmented(ui, "confidence", width, assumptions.confidence, &levels) {
        let changed = Assumptions { confidence, ..assumptions.clone() };
        actions.push(Action::edit(format!("Show {} first", confidence.label()), vec![Edit::SetAssumptions(changed)]));
    }
    let words = format!(
        "{} of outcomes stay under the figure shown first",
        figures::share(assumptions.confidence.probability())
    );
    ui.label(text(words, Face::Regular, 11.0).color(Tokens::of(ui).faint));
}

fn rows(view: &View<'_>) -> [Row<'static>; 3] {
    let assumptions = &view.session.project().assumptions;
    let settings = &view.session.engine().playbook.estimate;
    let default = Assumptions::default();
    let style = |name, range, (prefix, suffix), decimals, typical| NumberStyle {
        name,
        typical,
        range,
        prefix,
        suffix,
        decimals,
        focus: false,
    };
    let rate = view.money().full(settings.reference_rate_usd_per_person_week);
    let team = figures::number(settings.reference_team_size);
    [
        Row {
            style: style("Rate per person-week", 1.0..=1e6, ("$", ""), 0, default.rate_usd_per_person_week),
            source: format!("The published budgets are read at {rate}"),
            value: assumptions.rate_usd_per_person_week,
            default: default.rate_usd_per_person_week,
            step: "Set the rate",
            set: |assumptions, value| assumptions.rate_usd_per_person_week = value,
        },
        Row {
            style: style("Team size", 1.0..=1e3, ("", ""), 1, default.team_size),
            source: format!("The published timelines are read with a team of {team}"),
            value: assumptions.team_size,
            default: default.team_size,
            step: "Set the team size",
            set: |assumptions, value| assumptions.team_size = value,
        },
        Row {
            style: style("Contingency", 0.0..=1e3, ("", " %"), 1, 0.0),
            source: "Ours: none, as the ranges hold the published spread".to_owned(),
            value: assumptions.contingency * 100.0,
            default: default.contingency * 100.0,
            step: "Set the contingency",
            set: |assumptions, value| assumptions.contingency = value / 100.0,
        },
    ]
}
