//! What this plan's estimate leans on, and how far it lies from everything known.

use egui::{Align2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, vec2};

use indexmap::IndexMap;

use crate::{
    assess::Lean,
    explain,
    export::where_it_lies,
    lang::t,
    playbook::{CaseId, CaseStudy},
    ui::{
        View,
        theme::{Face, Tokens, space, text},
        widgets::{one_line, text_size},
    },
};

const ROW: f32 = 20.0;

/// Shows a bar for each case, and a sentence.
pub(super) fn leans_ui(ui: &mut Ui, view: &View<'_>) {
    let tokens = Tokens::of(ui);
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.label(text(t("This plan leans on"), Face::SemiBold, 13.0))
        .on_hover_text(t("The weight of each case's published figure in the median effort of this plan"));
    ui.add_space(space::TINY / 2.0);
    let estimate = &view.session.assessment().estimate;
    if estimate.breakdown.is_empty() {
        ui.label(
            text(t("Add a service, and its estimate leans on some of them"), Face::Regular, 12.0).color(tokens.muted),
        );
        return;
    }
    let cases = &view.session.engine().playbook.cases;
    let name = |lean| name_of(cases, lean);
    let longest = estimate.leans.iter().map(|lean| text_size(ui, name(lean), Face::Regular.at(12.5)).x);
    let label = longest.fold(40.0, f32::max).min(ui.available_width() * 0.5) + 12.0;
    let least = estimate.leans.iter().map(|lean| lean.weight).fold(0.0, f64::min);
    let most = estimate.leans.iter().map(|lean| lean.weight).fold(1e-9, f64::max);
    for lean in &estimate.leans {
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
        let figure = explain::lean(lean.weight);
        let below = figure.starts_with('−');
        let words = format!("{}: {figure}", name(lean));
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
        let y = rect.center().y;
        one_line(ui, rect.left_center(), label - 10.0, name(lean), Face::Regular.at(12.5), tokens.text);
        let track = (rect.left() + label)..=(rect.right() - 56.0);
        let x =
            |weight: f64| track.start() + (track.end() - track.start()) * ((weight - least) / (most - least)) as f32;
        let (from, to) = (x(lean.weight.min(0.0)), x(lean.weight.max(0.0)));
        let bar = Rect::from_x_y_ranges(from..=to.max(from + 1.0), (y - 5.0)..=(y + 5.0));
        let colour = if below { tokens.warning.ink } else { tokens.accent.ink };
        ui.painter().rect_filled(bar, 2, colour);
        ui.painter().vline(x(0.0), rect.y_range(), Stroke::new(1.0, tokens.line_strong));
        ui.painter().text(rect.right_center(), Align2::RIGHT_CENTER, figure, Face::Regular.at(12.5), tokens.text);
        let more = t("So much of a change in its published figure would show in this plan's median effort");
        let meaning = if below { t(explain::NEGATIVE_LEAN) } else { more };
        response.on_hover_ui(|ui| drop(ui.label(format!("{words}\n{meaning}"))));
    }
    ui.add_space(space::TINY);
    let ink = if estimate.is_outside_cases() { tokens.warning.ink } else { tokens.muted };
    let words = where_it_lies(estimate);
    ui.add(egui::Label::new(text(words.trim_end_matches('.'), Face::Regular, 12.0).color(ink)).wrap());
    if let Some(open) = explain::open_answers(view.session.assessment().answers) {
        ui.add_space(space::TINY);
        ui.add(egui::Label::new(text(open, Face::Regular, 12.0).color(tokens.muted)).wrap());
    }
}

fn name_of<'a>(cases: &'a IndexMap<CaseId, CaseStudy>, lean: &'a Lean) -> &'a str {
    cases.get(&lean.case).map_or(lean.case.as_str(), |case| &case.name)
}
