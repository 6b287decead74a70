//! The verdict, what else could be done, beside the advice on each service.

use egui::{Align, Align2, Layout, Role, ScrollArea, Sense, Ui, WidgetInfo};
use egui_extras::{Column, TableBuilder, TableRow};

use super::{copy_as, head, left, services::services_ui};
use crate::{
    assess::Distribution,
    figures,
    lang::{t, tr},
    project::{Confidence, FrameworkId},
    ui::{
        Actions, View, icons,
        panels::{dock::two_columns, phrases},
        theme::{Face, Tokens, icon, text},
        widgets::framework_look,
    },
};

pub(super) fn verdict_ui(ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
    // The table of ways to build it needs this much; what is left is for the services.
    let share = (362.0 / ui.available_width()).clamp(0.4, 0.53);
    two_columns(ui, share, actions, |ui, _| whole_ui(ui, view), |ui, actions, _| services_ui(ui, view, actions));
}

/// The verdict and the ways to build it. With every framework that the playbook knows there are more of them than a low
/// panel has room for.
fn whole_ui(ui: &mut Ui, view: &View<'_>) {
    ScrollArea::both().id_salt("whole").auto_shrink([false, true]).min_scrolled_height(48.0).show(ui, |ui| {
        let session = view.session;
        let (verdict, playbook) = (&session.assessment().verdict, &session.engine().playbook);
        let tokens = Tokens::of(ui);
        ui.spacing_mut().item_spacing.y = 2.0;
        let muted = |words| egui::Label::new(text(words, Face::Regular, 12.0).color(tokens.muted)).wrap();
        ui.add(egui::Label::new(text(phrases::verdict_sentence(playbook, verdict), Face::SemiBold, 14.0)).wrap());
        ui.add(muted(crate::explain::margin(playbook, session.project(), verdict)));
        if let Some(line) = phrases::dearer_sentence(playbook, view.money(), session.assessment()) {
            ui.add(muted(line));
        }
        alternatives_ui(ui, view);
    });
}

/// A way to build the whole system.
struct Candidate<'a> {
    label: String,
    framework: Option<&'a FrameworkId>,
    weeks: Distribution,
    budget_usd: Distribution,
    cost_db: f64,
    /// Another way to build it that comes to the same as the plan.
    is_plan: bool,
}

fn candidates<'a>(view: &View<'a>) -> Vec<Candidate<'a>> {
    let assessment = view.session.assessment();
    let estimate = &assessment.estimate;
    let same = |a: f64, b: f64| (a - b).abs() < 1e-6 * a.abs().max(1.0);
    let mut candidates = vec![Candidate {
        label: t("This plan").to_owned(),
        framework: None,
        weeks: estimate.weeks,
        budget_usd: estimate.budget_usd,
        cost_db: assessment.verdict.cost_db,
        is_plan: false,
    }];
    candidates.extend(assessment.alternatives.iter().map(|alternative| Candidate {
        label: tr!("All {}", phrases::short_name(&view.session.engine().playbook, &alternative.framework)),
        framework: Some(&alternative.framework),
        weeks: alternative.weeks,
        budget_usd: alternative.budget_usd,
        cost_db: alternative.cost_db,
        is_plan: same(alternative.cost_db, assessment.verdict.cost_db)
            && same(alternative.weeks.median, estimate.weeks.median)
            && same(alternative.budget_usd.median, estimate.budget_usd.median),
    }));
    candidates
}

/// Width of a figure, and the width of the table from which on it has all of them.
const FIGURE: f32 = 54.0;
const ALL_FROM: f32 = 320.0;

fn alternatives_ui(ui: &mut Ui, view: &View<'_>) {
    let place = ui.available_rect_before_wrap();
    let candidates = candidates(view);
    let figure = |width| Column::exact(width);
    ui.spacing_mut().item_spacing.x = 4.0;
    let all = ui.available_width() >= ALL_FROM;
    // With room for one budget only, the one that is shown first stays.
    let first = view.session.project().assumptions.confidence;
    let second = if first == Confidence::P50 { Confidence::P80 } else { first };
    let levels = if all { vec![Confidence::P50, second] } else { vec![first] };
    let figures = levels.len() + 2;
    let names = (ui.available_width() - figures as f32 * (FIGURE + 4.0) - 4.0).max(80.0);
    let table = TableBuilder::new(ui)
        .id_salt("alternatives")
        .vscroll(false)
        .cell_layout(Layout::right_to_left(Align::Center))
        .column(figure(names).clip(true))
        .columns(figure(FIGURE), figures);
    table
        .header(18.0, |mut header| {
            header.col(|ui| left(ui, |ui| head(ui, t("Way to build it"), "")));
            header.col(|ui| head(ui, t("Weeks"), t("Weeks of work at P50, as likely under as over")));
            for level in &levels {
                let share = figures::share(level.probability());
                let hover = tr!("Budget, {}: {share} of outcomes stay under it", view.money().unit(), share);
                header.col(|ui| head(ui, level.label(), &hover));
            }
            header.col(|ui| head(ui, t("Cost, dB"), t("Evidence given up, plus the price of mixing frameworks, in decibans; the plan with the least is advised")));
        })
        .body(|mut body| {
            for candidate in &candidates {
                body.row(22.0, |mut row| candidate_ui(&mut row, view, candidate, &levels));
            }
        });
    let row = |candidate: &Candidate<'_>| {
        let budget = levels.iter().map(|level| view.money().short(candidate.budget_usd.quantile(level.probability())));
        let weeks = figures::number((candidate.weeks.median * 10.0).round() / 10.0);
        let words = [candidate.label.clone(), weeks].into_iter().chain(budget);
        words.chain([crate::text::figure(candidate.cost_db, 1)]).collect()
    };
    let rows = || candidates.iter().map(row).collect();
    let budgets = levels.iter().map(|level| level.label());
    let heads: Vec<&str> =
        [t("Way to build it"), t("Weeks")].into_iter().chain(budgets).chain([t("Cost, dB")]).collect();
    copy_as(ui, place, "ways-to-build-it", &heads, &rows);
}

fn candidate_ui(row: &mut TableRow<'_, '_>, view: &View<'_>, candidate: &Candidate<'_>, levels: &[Confidence]) {
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
    if candidate.is_plan {
        for _ in 0..=levels.len() {
            row.col(|_| {});
        }
        row.col(|ui| same_ui(ui, &candidate.label));
        return;
    }
    let mut figures = vec![figures::number((candidate.weeks.median * 10.0).round() / 10.0)];
    let budget = |level: &Confidence| view.money().short(candidate.budget_usd.quantile(level.probability()));
    figures.extend(levels.iter().map(budget));
    figures.push(crate::text::figure(candidate.cost_db, 1));
    for figure in figures {
        row.col(|ui| drop(ui.label(text(figure, face, 12.5))));
    }
}

/// Instead of the plan's figures once more, across the columns that are left empty for it.
fn same_ui(ui: &mut Ui, label: &str) {
    let words = t("= this plan");
    let muted = Tokens::of(ui).muted;
    let end = ui.max_rect().right_center();
    // The columns at its left are empty, and the words may reach into them: out of what the cell is cut to.
    let (seen, mut painter) = (ui.clip_rect(), ui.painter().clone());
    painter.set_clip_rect(seen.with_min_x(seen.left() - 60.0));
    let rect = painter.text(end, Align2::RIGHT_CENTER, words, Face::Regular.at(12.5), muted);
    let response = ui.interact(rect, ui.scope_id().with("same"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{label} {words}")));
    response.on_hover_text(t("The same cost, weeks and budget as this plan"));
}
