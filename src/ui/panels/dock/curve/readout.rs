//! Beside a curve: a field for a figure or a probability, what it says, and the points of the range under each other.

use egui::{Align2, Role, Sense, Ui, WidgetInfo, vec2};

use super::{Curve, CurveState, MARKS, Wish};
use crate::{
    figures::{self, Typed},
    lang::{lower, t, tr},
    session::{Action, Request},
    ui::{
        Actions, icons,
        theme::{Face, Tokens, space, text},
        widgets::{Draft, TextKind, draft_field, icon_button, link_button, one_line, text_size},
    },
};

const ROW: f32 = 19.0;
/// Width of the names at the left of the table.
const NAMES: f32 = 56.0;

/// The field, the answer, and the table.
pub(super) fn readout_ui(
    ui: &mut Ui,
    curve: &Curve<'_>,
    state: &mut CurveState,
    actions: &mut Actions,
) -> Option<Wish> {
    ui.spacing_mut().item_spacing.y = 2.0;
    question_ui(ui, curve, state, actions);
    let asked = answer_ui(ui, curve, state);
    ui.add_space(space::TINY);
    for (probability, name) in MARKS {
        let figure = curve.distribution.quantile(probability);
        let first = probability == curve.confidence.probability();
        row_ui(ui, name, &(curve.full)(figure), &(curve.beside)(figure), first);
    }
    let asked = asked.or(target_ui(ui, curve));
    if let Some(note) = curve.note {
        ui.add(egui::Label::new(text(note, Face::Regular, 12.0).color(Tokens::of(ui).muted)).wrap());
    }
    asked
}

fn question_ui(ui: &mut Ui, curve: &Curve<'_>, state: &mut CurveState, actions: &mut Actions) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.label(text(t("How sure is"), Face::Regular, 12.5).color(Tokens::of(ui).muted));
        let pinned = state.pinned.map_or_else(String::new, |figure| {
            let typed = state.typed_for(figure).filter(|_| curve.keeps_words);
            typed.map_or_else(|| (curve.full)(figure), str::to_owned)
        });
        let room = ui.available_width() - 30.0;
        // As many examples as there is room for.
        let both = curve.examples.join(t(" or "));
        let fits = text_size(ui, &both, Face::Regular.at(13.0)).x + 22.0 <= room;
        let hint = if fits { both } else { curve.examples[0].to_owned() };
        let draft = Draft {
            name: &tr!("{}: how sure is this figure?", curve.target.0),
            text: &pinned,
            hint: &hint,
            kind: TextKind::Line,
            may_be_empty: true,
        };
        let typed = ui.scope(|ui| {
            ui.set_max_width(room);
            draft_field(ui, &draft, false)
        });
        if let Some(typed) = typed.inner {
            take(&typed, curve, state);
        }
        if icon_button(ui, icons::COPY, t("Copy the curve as CSV")).clicked() {
            actions.push(Action::Request(Request::CopyText(curve.csv())));
        }
    });
}

/// Takes what was typed: a figure is pinned, a probability pins the figure that holds with it.
fn take(typed: &str, curve: &Curve<'_>, state: &mut CurveState) {
    state.refused = None;
    match (curve.read)(typed) {
        Ok(Typed::Figure(figure)) => {
            // A bare number gets its unit.
            let words = typed.parse::<f64>().map_or_else(|_| typed.to_owned(), |_| (curve.full)(figure));
            state.typed = Some((words, figure));
            state.pinned = Some(figure);
        }
        Ok(Typed::Chance(chance)) => state.pinned = Some(curve.distribution.quantile(chance)),
        Err(_) if typed.is_empty() => state.pinned = None,
        Err(why) => state.refused = Some(why),
    }
}

/// How sure the pinned figure is, with its day if there is a first one: `80 % in 5 months, by 30 Jul 2027`.
fn answer(curve: &Curve<'_>, state: &CurveState, figure: f64) -> String {
    if curve.date.is_none() && !curve.keeps_words {
        return curve.sentence(figure);
    }
    let share = figures::share(curve.distribution.probability_up_to(figure));
    // A day that was typed stands behind the weeks in any case.
    let typed = state.typed_for(figure).filter(|typed| typed.contains(char::is_alphabetic));
    let figure_in_words = typed.map_or_else(|| (curve.full)(figure), str::to_owned);
    match curve.date {
        Some(_) => tr!("{share} in {figure_in_words}, by {}", (curve.beside)(figure), share, figure_in_words),
        None => format!("{share} {} {figure_in_words}", curve.up_to),
    }
}

/// What the pin says, and what can be done with it.
fn answer_ui(ui: &mut Ui, curve: &Curve<'_>, state: &mut CurveState) -> Option<Wish> {
    let tokens = Tokens::of(ui);
    let mut wish = None;
    // Two lines of room whatever is said, so that nothing below jumps.
    let height = 40.0;
    ui.allocate_ui(vec2(ui.available_width(), height), |ui| {
        ui.set_min_height(height);
        if let Some(refused) = &state.refused {
            ui.add(egui::Label::new(text(refused, Face::Regular, 12.0).color(tokens.warning.ink)).wrap());
            return;
        }
        let Some(figure) = state.pinned else {
            let words = t("Click on the curve or type a figure; a probability works as well");
            ui.add(egui::Label::new(text(words, Face::Regular, 12.0).color(tokens.muted)).wrap());
            return;
        };
        let words = answer(curve, state, figure);
        let line = ui.add(egui::Label::new(text(&words, Face::SemiBold, 12.5)).truncate());
        line.on_hover_text(format!("{words}\n{}", (curve.beside)(figure)));
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = space::MEDIUM;
            let same = curve.target.1.is_some_and(|target| (target - figure).abs() < 1e-9 * figure.abs().max(1.0));
            let holds = curve.holds.contains(&figure);
            if holds && !same && link_button(ui, t("Make it the target")).clicked() {
                wish = Some(Wish::Hold(figure));
            }
            if link_button(ui, t("Take the pin away")).clicked() {
                state.pinned = None;
            }
            if !holds {
                let (least, most) = (*curve.holds.start(), *curve.holds.end());
                let (bound, end) = if figure < least { (t("at least"), least) } else { (t("at most"), most) };
                let words = text(tr!("Target: {bound} {}", (curve.short)(end), bound), Face::Regular, 12.0);
                ui.add(egui::Label::new(words.color(tokens.muted)).truncate());
            }
        });
    });
    wish
}

/// The target with its probability, and the button that removes it.
fn target_ui(ui: &mut Ui, curve: &Curve<'_>) -> Option<Wish> {
    let (name, target) = curve.target;
    let target = target?;
    let tokens = Tokens::of(ui);
    let share = figures::share(curve.distribution.probability_up_to(target));
    let mut wish = None;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 2.0;
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width() - 28.0, ROW + 3.0), Sense::hover());
        let beside = curve.target_beside.map_or_else(|| (curve.beside)(target), str::to_owned);
        let full = (curve.full)(target);
        let both = if beside.is_empty() { full.clone() } else { format!("{full}, {beside}") };
        let words = tr!("{name} target: {share} to hold {both}", name, share, both);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
        let (left, ink) = (rect.left_center(), tokens.warning.ink);
        one_line(ui, left, NAMES, name, Face::Medium.at(12.5), ink);
        // A plan with a first day has to be done by a day.
        let figure = if curve.date.is_some() { beside } else { full };
        let room = rect.width() - NAMES - 44.0;
        one_line(ui, left + vec2(NAMES, 0.0), room, &figure, Face::Medium.at(12.5), tokens.text);
        ui.painter().text(rect.right_center(), Align2::RIGHT_CENTER, share, Face::SemiBold.at(12.5), ink);
        let together = curve.together.map(|both| tr!("\n{} to hold budget and deadline", figures::share(both)));
        response.on_hover_text(format!("{words}{}", together.unwrap_or_default()));
        if icon_button(ui, icons::X, &tr!("Remove the {} target", lower(name))).clicked() {
            wish = Some(Wish::HoldNothing);
        }
    });
    wish
}

/// A point of the range: its name, its figure, and the same in another unit.
fn row_ui(ui: &mut Ui, name: &str, figure: &str, beside: &str, first: bool) {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{name}: {figure} {beside}")));
    let (face, ink) = if first { (Face::SemiBold, tokens.accent.ink) } else { (Face::Regular, tokens.muted) };
    one_line(ui, rect.left_center(), NAMES, name, face.at(12.5), ink);
    let ink = if first { tokens.accent.ink } else { tokens.text };
    let written = one_line(ui, rect.left_center() + vec2(NAMES, 0.0), rect.width() - NAMES, figure, face.at(12.5), ink);
    let font = Face::Regular.at(12.0);
    if NAMES + written + 8.0 + text_size(ui, beside, font.clone()).x <= rect.width() {
        ui.painter().text(rect.right_center(), Align2::RIGHT_CENTER, beside, font, tokens.muted);
    }
}
