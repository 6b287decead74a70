//! "I want to be 80 % sure of $150K and 5 months": fields in a sentence, each with how likely it holds now.

use egui::{Button, Rect, RichText, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::TargetState;
use crate::{
    assess::{Goal, Outlook},
    figures::{self, budget_in_field, deadline_in_field, typed_deadline, typed_usd},
    lang::{t, tr},
    project::{ComponentId, Deadline},
    session::assume,
    ui::{
        Actions, View, icons,
        theme::{Face, Tokens, icon, space, text},
        widgets::{Draft, TextKind, draft_field, link_button, one_line, segmented},
    },
};

const WORDS: f32 = 78.0;
/// A date in full, or an amount of eight digits.
const FIELD: f32 = 108.0;
const ROW: f32 = 28.0;
/// What the probability can be.
const SURE: [(f64, &str); 3] = [(0.5, "50 %"), (0.8, "80 %"), (0.9, "90 %")];

/// What is filled in, and how likely it holds now.
pub(super) struct Sentence<'a> {
    pub(super) goal: &'a Goal,
    pub(super) now: &'a Outlook,
    /// Whether it stands in two lines rather than in four.
    pub(super) two_lines: bool,
}

pub(super) fn sentence_ui(
    ui: &mut Ui,
    view: &View<'_>,
    state: &mut TargetState,
    sentence: &Sentence<'_>,
    actions: &mut Actions,
) {
    let by_date = matches!(view.session.project().assumptions.deadline, Some(Deadline::Date(_)));
    if sentence.two_lines {
        row_ui(ui, t("I want to be"), |ui| {
            sure_ui(ui, state);
            let of = if sentence.now.chances.both.is_some() { t("sure of both") } else { t("sure of") };
            ui.label(text(of, Face::Regular, 13.0).color(Tokens::of(ui).muted));
            both_ui(ui, sentence);
        });
        row_ui(ui, t("a budget of"), |ui| {
            budget_ui(ui, view, state, sentence, actions);
            ui.label(text(if by_date { t("by") } else { t("in") }, Face::Regular, 13.0).color(Tokens::of(ui).muted));
            deadline_ui(ui, view, state, sentence, actions);
        });
    } else {
        row_ui(ui, t("I want to be"), |ui| {
            sure_ui(ui, state);
            ui.label(text(t("sure of"), Face::Regular, 13.0).color(Tokens::of(ui).muted));
        });
        row_ui(ui, t("a budget of"), |ui| budget_ui(ui, view, state, sentence, actions));
        row_ui(ui, if by_date { t("done by") } else { t("a time of") }, |ui| {
            deadline_ui(ui, view, state, sentence, actions);
        });
        if sentence.now.chances.both.is_some() {
            row_ui(ui, t("so both"), |ui| {
                ui.add_space(FIELD + space::SMALL);
                both_ui(ui, sentence);
            });
        }
    }
    if let Some(refused) = &state.refused {
        let warning = Tokens::of(ui).warning.ink;
        ui.add(egui::Label::new(text(refused, Face::Regular, 12.0).color(warning)).wrap());
    }
    first_day_ui(ui, view, actions);
    kept_ui(ui, view, state);
}

fn row_ui(ui: &mut Ui, words: &str, fields: impl FnOnce(&mut Ui)) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    one_line(ui, rect.left_center(), WORDS - 4.0, words, Face::Regular.at(13.0), Tokens::of(ui).muted);
    let place = rect.with_min_x(rect.left() + WORDS);
    let layout = egui::Layout::left_to_right(egui::Align::Center);
    ui.scope_builder(egui::UiBuilder::new().id_salt(words).max_rect(place).layout(layout), |ui| {
        ui.spacing_mut().item_spacing.x = space::SMALL;
        fields(ui);
    });
}

/// A field of the sentence; gives what was typed into it.
fn field_ui(ui: &mut Ui, name: &str, shown: &str, hint: &str) -> Option<String> {
    let draft = Draft { name, text: shown, hint, kind: TextKind::Line, may_be_empty: true };
    ui.allocate_ui(vec2(FIELD, 24.0), |ui| draft_field(ui, &draft, false)).inner
}

fn sure_ui(ui: &mut Ui, state: &mut TargetState) {
    if let Some(sure) = segmented(ui, "sure", 132.0, state.sure, &SURE) {
        state.sure = sure;
    }
}

fn both_ui(ui: &mut Ui, sentence: &Sentence<'_>) {
    let chances = sentence.now.chances;
    let (Some(both), Some(least)) = (chances.both, chances.both_at_least) else { return };
    let words = tr!(
        "Weeks and money are taken to rise and fall with the same effort; however they hang together, it is at least {}",
        figures::share(least)
    );
    ui.scope(|ui| gauge_ui(ui, t("Both"), Some(both), sentence)).response.on_hover_text(words);
}

fn budget_ui(ui: &mut Ui, view: &View<'_>, state: &mut TargetState, sentence: &Sentence<'_>, actions: &mut Actions) {
    let (money, assumptions) = (view.money(), &view.session.project().assumptions);
    let shown = assumptions.target_budget_usd.map_or_else(String::new, |usd| budget_in_field(money, usd));
    if let Some(typed) = field_ui(ui, t("Target budget"), &shown, t("any")) {
        let usd = if typed.trim().is_empty() { Ok(None) } else { typed_usd(money.currency(), &typed).map(Some) };
        state.refused = usd.as_ref().err().cloned();
        if let Ok(usd) = usd {
            actions.push(assume::budget(assumptions, usd));
        }
    }
    gauge_ui(ui, t("Budget"), sentence.now.chances.budget, sentence);
}

fn deadline_ui(ui: &mut Ui, view: &View<'_>, state: &mut TargetState, sentence: &Sentence<'_>, actions: &mut Actions) {
    let assumptions = &view.session.project().assumptions;
    let timetable = view.session.timetable();
    let shown = assumptions.deadline.map_or_else(String::new, |deadline| deadline_in_field(deadline, timetable));
    if let Some(typed) = field_ui(ui, t("Target time"), &shown, t("any")) {
        let deadline = typed_deadline(&typed, timetable);
        let understood = deadline.is_some() || typed.trim().is_empty();
        let no_time = t("That is no time; write it like 5 months, 22 weeks or 2027-08-31, or nothing for any");
        state.refused = (!understood).then(|| no_time.to_owned());
        if understood {
            actions.push(assume::deadline(assumptions, deadline));
        }
    }
    gauge_ui(ui, t("Time"), sentence.now.chances.deadline, sentence);
}

/// A deadline by date says nothing without a first day; here one is offered.
fn first_day_ui(ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
    let assumptions = &view.session.project().assumptions;
    if !matches!(assumptions.deadline, Some(Deadline::Date(_))) || assumptions.start.is_some() {
        return;
    }
    let warning = Tokens::of(ui).warning.ink;
    let words = t("A date counts from the plan's first day, and none is set");
    ui.add(egui::Label::new(text(words, Face::Regular, 12.0).color(warning)).wrap());
    if let Some(monday) = view.session.today().and_then(assume::offered_first_day)
        && link_button(ui, &tr!("Start on {}", figures::full_date(monday))).clicked()
    {
        actions.push(assume::first_day(assumptions, Some(monday)));
    }
}

/// How likely one of the targets holds, beside how likely it is to.
fn gauge_ui(ui: &mut Ui, name: &str, chance: Option<f64>, sentence: &Sentence<'_>) {
    let Some(chance) = chance else { return };
    let (tokens, sure) = (Tokens::of(ui), sentence.goal.sure);
    let most = if sentence.two_lines { 104.0 } else { 150.0 };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width().min(most), 20.0), Sense::hover());
    let enough = chance >= sure - 1e-9;
    let verdict = if enough { t("enough") } else { t("too little") };
    let words =
        tr!("{name}: {0} likely, {1} wanted: {verdict}", figures::share(chance), figures::share(sure), name, verdict);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &words));
    let ink = if enough { tokens.accent.ink } else { tokens.warning.ink };
    let bar = Rect::from_min_max(
        pos2(rect.left(), rect.center().y - 3.0),
        pos2((rect.right() - 76.0).max(rect.left() + 16.0), rect.center().y + 3.0),
    );
    let painter = ui.painter();
    painter.rect_filled(bar, 3, tokens.line);
    let x = |share: f64| bar.left() + bar.width() * share as f32;
    painter.rect_filled(bar.with_max_x(x(chance)), 3, ink);
    painter.vline(x(sure), (bar.top() - 3.0)..=(bar.bottom() + 3.0), Stroke::new(1.5, tokens.text));
    let sign = if enough { icons::CHECK } else { icons::X };
    let left = pos2(bar.right() + 13.0, rect.center().y);
    painter.text(left, egui::Align2::CENTER_CENTER, sign, Face::Icons.at(12.0), ink);
    one_line(
        ui,
        pos2(bar.right() + 24.0, rect.center().y),
        52.0,
        &figures::share(chance),
        Face::Medium.at(12.5),
        tokens.text,
    );
    response.on_hover_text(words);
}

/// The services that stay in any case, each with a way to let it go again.
fn kept_ui(ui: &mut Ui, view: &View<'_>, state: &mut TargetState) {
    if state.keep.is_empty() {
        return;
    }
    let tokens = Tokens::of(ui);
    let mut free: Option<ComponentId> = None;
    ui.add_space(space::TINY);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(4.0, 4.0);
        ui.label(text(t("Stays in any case:"), Face::Regular, 12.0).color(tokens.muted));
        for id in &state.keep {
            let name = view.session.project().component_name(id);
            let words = RichText::new(&name).font(Face::Medium.at(11.5)).color(tokens.accent.ink);
            let sign = icon(icons::LOCK, 11.0).color(tokens.accent.ink);
            let cross = icon(icons::X, 11.0).color(tokens.accent.ink);
            let button =
                Button::new((sign, words, cross)).fill(tokens.accent.surface).corner_radius(10).gap(3.0).small();
            let response = ui.add(button).on_hover_text(t("Let it go again"));
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, tr!("Let {name} go again", name)));
            if response.clicked() {
                free = Some(id.clone());
            }
        }
    });
    if let Some(id) = free {
        state.keep.remove(&id);
    }
}
