//! The verdict, what else could be done, and the advice on each service.

use egui::{Align, Layout, Role, ScrollArea, Sense, Ui, WidgetInfo};
use egui_extras::{Column, TableBuilder, TableRow};

use super::{head, left, right};
use crate::{
    assess::{ComponentAdvice, Distribution},
    figures,
    project::{ComponentId, ElementId, FrameworkId},
    session::Action,
    ui::{
        Actions, View, icons,
        panels::{
            dock::{reasons::reasons_ui, two_columns},
            phrases,
        },
        theme::{Face, Tokens, icon, space, text},
        widgets::{framework_badge, framework_look, text_size},
    },
};

pub(super) fn verdict_ui(ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
    // The table of ways to build it needs this much; what is left is for the services.
    let share = (362.0 / ui.available_width()).clamp(0.4, 0.53);
    two_columns(ui, share, actions, |ui, _| whole_ui(ui, view), |ui, actions, _| services_ui(ui, view, actions));
}

fn whole_ui(ui: &mut Ui, view: &View<'_>) {
    let session = view.session;
    let (verdict, playbook) = (&session.assessment().verdict, &session.engine().playbook);
    let tokens = Tokens::of(ui);
    ui.add(egui::Label::new(text(phrases::verdict_sentence(playbook, verdict), Face::SemiBold, 14.0)).wrap());
    let margin = crate::explain::margin(playbook, session.project(), verdict);
    ui.add(egui::Label::new(text(margin, Face::Regular, 12.0).color(tokens.muted)).wrap());
    if let Some(line) = phrases::dearer_sentence(playbook, session.assessment()) {
        ui.add(egui::Label::new(text(line, Face::Regular, 12.0).color(tokens.muted)).wrap());
    }
    ui.add_space(space::TINY);
    ScrollArea::horizontal().id_salt("alternatives").show(ui, |ui| alternatives_ui(ui, view));
}

/// A way to build the whole system.
struct Candidate<'a> {
    label: String,
    framework: Option<&'a FrameworkId>,
    weeks: Distribution,
    budget_usd: Distribution,
    cost_db: f64,
}

fn candidates<'a>(view: &View<'a>) -> Vec<Candidate<'a>> {
    let assessment = view.session.assessment();
    let estimate = &assessment.estimate;
    let mut candidates = vec![Candidate {
        label: "This plan".to_owned(),
        framework: None,
        weeks: estimate.weeks,
        budget_usd: estimate.budget_usd,
        cost_db: assessment.verdict.cost_db,
    }];
    candidates.extend(assessment.alternatives.iter().map(|alternative| Candidate {
        label: format!("All {}", phrases::short_name(&view.session.engine().playbook, &alternative.framework)),
        framework: Some(&alternative.framework),
        weeks: alternative.weeks,
        budget_usd: alternative.budget_usd,
        cost_db: alternative.cost_db,
    }));
    candidates
}

fn alternatives_ui(ui: &mut Ui, view: &View<'_>) {
    let candidates = candidates(view);
    let figure = |width| Column::exact(width);
    ui.spacing_mut().item_spacing.x = 4.0;
    let first = (ui.available_width() - 4.0 * 54.0 - 5.0 * 4.0).max(84.0);
    let table = TableBuilder::new(ui)
        .id_salt("alternatives")
        .vscroll(false)
        .cell_layout(Layout::right_to_left(Align::Center))
        .column(figure(first).clip(true))
        .columns(figure(54.0), 4);
    table
        .header(20.0, |mut header| {
            header.col(|ui| left(ui, |ui| head(ui, "Way to build it", "")));
            header.col(|ui| head(ui, "Weeks", "Calendar weeks, as likely under as over"));
            header.col(|ui| head(ui, "P50", "Budget in US dollars, as likely under as over"));
            header.col(|ui| head(ui, "P80", "Budget in US dollars, four times out of five under"));
            header.col(|ui| head(ui, "Cost, dB", "Evidence given up, plus the price of mixing frameworks, in decibans; the plan with the least is advised"));
        })
        .body(|mut body| {
            for candidate in &candidates {
                body.row(25.0, |mut row| candidate_ui(&mut row, view, candidate));
            }
        });
}

fn candidate_ui(row: &mut TableRow<'_, '_>, view: &View<'_>, candidate: &Candidate<'_>) {
    let face = if candidate.framework.is_none() { Face::SemiBold } else { Face::Regular };
    row.col(|ui| {
        left(ui, |ui| {
            let tokens = Tokens::of(ui);
            let ink = candidate
                .framework
                .map_or(tokens.accent.ink, |id| framework_look(ui, &view.session.engine().playbook, id).1.ink);
            let glyph = if candidate.framework.is_none() { icons::CHECK } else { icons::CIRCLE };
            ui.label(icon(glyph, 12.0).color(ink));
            ui.label(text(&candidate.label, face, 12.5));
        });
    });
    let figures = [
        figures::number((candidate.weeks.median * 10.0).round() / 10.0),
        figures::usd_short(candidate.budget_usd.median),
        figures::usd_short(candidate.budget_usd.quantile(0.8)),
        format!("{:.1}", candidate.cost_db),
    ];
    for figure in figures {
        row.col(|ui| drop(ui.label(text(figure, face, 12.5))));
    }
}

/// Services whose names decide how wide the columns are.
const MEASURED: usize = 100;

fn services_ui(ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
    let session = view.session;
    let components: Vec<(&ComponentId, &ComponentAdvice)> = session.assessment().components.iter().collect();
    ui.spacing_mut().item_spacing.x = 8.0;
    let widest = |words: &mut dyn Iterator<Item = String>, face: Face, size: f32| {
        words.map(|words| text_size(ui, &words, face.at(size)).x).fold(0.0, f32::max)
    };
    let mut names = components.iter().take(MEASURED).map(|(id, _)| session.project().component_name(id));
    let name = (widest(&mut names, Face::Medium, 12.5) + 4.0).clamp(60.0, (ui.available_width() * 0.34).max(60.0));
    let mut badges = components
        .iter()
        .take(MEASURED)
        .map(|(_, advice)| phrases::short_name(&session.engine().playbook, &advice.framework).to_owned());
    // Room for the pill around the word and for the pin behind it.
    let badge = widest(&mut badges, Face::SemiBold, 11.0).max(54.0) + 36.0;
    let table = TableBuilder::new(ui)
        .id_salt("services")
        .sense(Sense::click())
        .auto_shrink([false, false])
        .min_scrolled_height(72.0)
        .cell_layout(Layout::left_to_right(Align::Center))
        .column(Column::exact(name).clip(true))
        .column(Column::exact(badge))
        .column(Column::exact(46.0))
        .column(Column::exact(48.0))
        .column(Column::remainder().at_least(40.0).clip(true));
    table
        .header(20.0, |mut header| {
            for (title, hover) in [("Service", ""), ("Framework", "What it is built on in this plan")] {
                header.col(|ui| head(ui, title, hover));
            }
            header.col(|ui| right(ui, |ui| head(ui, "Share", "Its share among all frameworks, by the evidence")));
            header.col(|ui| right(ui, |ui| head(ui, "Margin", "Over the strongest other framework, in decibans")));
            header.col(|ui| {
                ui.add_space(space::SMALL);
                head(ui, "Strongest reasons", "");
            });
        })
        .body(|body| {
            body.rows(26.0, components.len(), |mut row| {
                let (id, advice) = components[row.index()];
                service_ui(&mut row, view, id, advice, actions);
            });
        });
}

fn service_ui(
    row: &mut TableRow<'_, '_>,
    view: &View<'_>,
    id: &ComponentId,
    advice: &ComponentAdvice,
    actions: &mut Actions,
) {
    let session = view.session;
    let playbook = &session.engine().playbook;
    let element = ElementId::Component(id.clone());
    let name = session.project().component_name(id);
    row.set_selected(session.selection().contains(&element));
    row.col(|ui| drop(ui.add(egui::Label::new(text(&name, Face::Medium, 12.5)).truncate())));
    row.col(|ui| {
        framework_badge(ui, playbook, &advice.framework);
        if advice.pinned {
            ui.add_space(-4.0);
            let ink = if advice.best == advice.framework { Tokens::of(ui).muted } else { Tokens::of(ui).warning.ink };
            ui.label(icon(icons::PIN, 12.0).color(ink)).on_hover_text("Pinned");
        }
    });
    row.col(|ui| right(ui, |ui| drop(ui.label(text(figures::share(advice.share), Face::Regular, 12.5)))));
    row.col(|ui| right(ui, |ui| drop(ui.label(text(figures::decibans(advice.margin_db), Face::Regular, 12.5)))));
    row.col(|ui| {
        let reasons = crate::assess::reasons_for(playbook, advice, &advice.framework);
        ui.add_space(space::SMALL);
        reasons_ui(ui, playbook, &reasons, actions);
    });
    let response = row.response();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, format!("Show {name}")));
    if response.clicked() {
        actions.push(Action::Reveal(element));
    }
}
