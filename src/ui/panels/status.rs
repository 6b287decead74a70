//! The status bar: verdict, time, money, what the last edit did to them, and the state of the window.

mod price;

use egui::{Align, Color32, Layout, Response, Role, Sense, Ui, WidgetInfo, vec2};

use self::price::Price;
use super::phrases;
use crate::{
    figures::{self, Durations},
    lang::{later, t, tr},
    project::{Confidence, Edit},
    session::{Action, DockTab, Request},
    ui::{
        Actions, View,
        canvas::Offer,
        theme::{Face, Tokens, text},
        widgets::{Pulse, dot, framework_look, text_size},
    },
};

/// What the status bar shows and no project knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StatusLine {
    /// Whether the work is safe: `Saved`, `Draft kept 10:42`.
    pub saved: String,
    /// Why the project is not written back to its file, if it is not.
    pub read_only: Option<String>,
    /// Magnification of the canvas, 1 is 100 %.
    pub zoom: f64,
    /// What the playbook in use is called, if it is not the one that is built in.
    pub playbook: Option<String>,
    /// What would be done if what hangs at the pointer were let go.
    pub offer: Option<Offer>,
    /// What a command answered just now.
    pub said: Option<String>,
    /// How many errors nobody has looked at.
    pub errors: usize,
}

const SIZE: f32 = 12.0;
const READ_ONLY: &str = later("Read-only");

/// A run of text in the bar.
struct Run<'a> {
    words: &'a str,
    face: Face,
    colour: Color32,
}

/// The status bar.
pub fn status_bar_ui(ui: &mut Ui, view: &View<'_>, status: &StatusLine, actions: &mut Actions) {
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = 18.0;
        ui.add_space(2.0);
        let right = right_width(ui, view, status);
        let end = ui.max_rect().right() - right;
        verdict_ui(ui, view, actions);
        let figures = figures(ui, view, end - ui.cursor().left() > 760.0);
        let offered = Price::of_offer(view, status.offer.as_ref());
        // Weeks and budget are always there. Where there is no room for their ranges, as in a narrow window beside what hangs at the
        // pointer, the ranges wait.
        let wanted: f32 = figures.iter().map(|figure| figure.width(ui) + 18.0).sum();
        let beside = offered.as_ref().map_or(0.0, |price| price.width(ui));
        let crowded = ui.cursor().left() + wanted + beside > end;
        for figure in &figures {
            if figure_ui(ui, figure, crowded) {
                actions.push(next_confidence(view));
            }
        }
        match offered.or_else(|| Price::of_gesture(view)) {
            Some(price) => price.ui(ui, end),
            None => match &status.said {
                Some(words) => said_ui(ui, words, end, actions),
                None => change_ui(ui, view, end),
            },
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| right_ui(ui, view, status, actions));
    });
}

fn verdict_ui(ui: &mut Ui, view: &View<'_>, actions: &mut Actions) {
    let (session, tokens) = (view.session, Tokens::of(ui));
    let playbook = &session.engine().playbook;
    let verdict = &session.assessment().verdict;
    let counts = phrases::verdict_counts(playbook, verdict);
    let word = phrases::verdict_word(playbook, verdict);
    let used = verdict.counts.iter().filter(|(_, count)| *count > 0);
    for (framework, _) in used {
        let (_, pair) = framework_look(ui, playbook, framework);
        dot(ui, pair.ink);
        ui.add_space(-15.0);
    }
    ui.add_space(5.0);
    let several = verdict.counts.iter().filter(|(_, count)| *count > 0).count() > 1;
    let rest = if several { format!(": {counts}") } else { String::new() };
    let colour = Pulse { animate: view.animate }.colour(ui, "verdict", word);
    let runs = [
        Run { words: word, face: Face::SemiBold, colour },
        Run { words: &rest, face: Face::Regular, colour: tokens.muted },
    ];
    let margin = crate::explain::margin(playbook, view.session.project(), verdict);
    let hover = format!("{}\n{}", phrases::verdict_sentence(playbook, verdict), margin);
    if runs_ui(ui, &tr!("Verdict: {word}{rest}", word, rest), &runs).on_hover_text(hover).clicked() {
        actions.push(Action::Request(Request::Dock(DockTab::Recommendation)));
    }
}

/// A figure of the plan: its range, and the point shown first.
struct Figure {
    name: &'static str,
    range: String,
    point: String,
    colour: Color32,
    hover: String,
}

impl Figure {
    fn width(&self, ui: &Ui) -> f32 {
        text_size(ui, &self.range, Face::SemiBold.at(SIZE)).x + text_size(ui, &self.point, Face::Regular.at(SIZE)).x
    }
}

/// Time and money, the time in weeks as well where there is room; nothing while there is no service.
fn figures(ui: &Ui, view: &View<'_>, wide: bool) -> Vec<Figure> {
    let session = view.session;
    if session.assessment().verdict.assignment.is_empty() {
        return Vec::new();
    }
    let assumptions = &session.project().assumptions;
    let estimate = &session.assessment().estimate;
    let (weeks, budget) = (estimate.weeks.quantiles(), estimate.budget_usd.quantiles());
    let (at_weeks, at_usd) = phrases::at_confidence(estimate, assumptions);
    let label = assumptions.confidence.label();
    let pulse = Pulse { animate: view.animate };
    let durations = Durations::from(weeks.p10, session.timetable());
    let time = durations.range(weeks.p10, weeks.p90);
    let in_weeks = figures::weeks_range(weeks.p10, weeks.p90);
    let both = if time == in_weeks { time.clone() } else { format!("{time} / {in_weeks}") };
    let hover = |range: &str| {
        tr!(
            "{range}, nine times out of ten within the range's end. Click for another confidence than {label}",
            range,
            label
        )
    };
    let point = format!(" · {label} {}", durations.one(at_weeks));
    let (colour, hover_time) = (pulse.colour(ui, "time", &format!("{both}{point}")), hover(&both));
    let range = if wide { both } else { time };
    let time = Figure { name: t("Time"), range, point, colour, hover: hover_time };
    let range = view.money().range(budget.p10, budget.p90);
    let point = format!(" · {label} {}", view.money().short(at_usd));
    let colour = pulse.colour(ui, "budget", &format!("{range}{point}"));
    let hover = hover(&range);
    vec![time, Figure { name: t("Budget"), range, point, colour, hover }]
}

/// What the last edit did, if there is room for it before `end`.
fn change_ui(ui: &mut Ui, view: &View<'_>, end: f32) {
    let (change, tokens) = (view.session.change(), Tokens::of(ui));
    let Some(words) = figures::change(view.money(), change.weeks, change.budget_usd) else { return };
    let (sign, colour) = price::sign(tokens, change);
    let words = tr!("{words} at {}", view.session.project().assumptions.confidence.label(), words);
    let in_full = tr!("{words} since last edit", words);
    let fits = |words: &str| ui.cursor().left() + text_size(ui, words, Face::Regular.at(SIZE)).x + 20.0 < end;
    let words = if fits(&in_full) { in_full.clone() } else { words };
    let shown = fits(&words);
    let runs = [Run { words: sign, face: Face::Regular, colour }, Run { words: &words, face: Face::Regular, colour }];
    if shown {
        note_ui(ui, &in_full, &runs).on_hover_text(&in_full);
    }
}

/// What a command answered, cut where the room ends.
fn said_ui(ui: &mut Ui, words: &str, end: f32, actions: &mut Actions) {
    let room = end - ui.cursor().left() - 20.0;
    let words_shown = text(words, Face::Regular, SIZE).color(Tokens::of(ui).text);
    // No stop of Tab, where it would be gone by the next key: the command leads there as well.
    let label = egui::Label::new(words_shown).truncate().sense(Sense::CLICK);
    let response = ui.add_sized(vec2(room.max(0.0), 20.0), label);
    if response.on_hover_text(format!("{words}\n{}", t(TO_MESSAGES))).clicked() {
        actions.push(Action::Run(MESSAGES));
    }
}

/// What a click on words that were said leads to.
const TO_MESSAGES: &str = later("Click for all messages of this run");
const MESSAGES: &str = "help.messages";

fn errors_words(status: &StatusLine) -> Option<String> {
    match status.errors {
        0 => None,
        1 => Some(t("1 error").to_owned()),
        count => Some(tr!("{count} errors", count)),
    }
}

/// Shows a figure, of a `short` one only the point; says whether it was clicked.
fn figure_ui(ui: &mut Ui, figure: &Figure, short: bool) -> bool {
    let Figure { name, range, point, colour, hover } = figure;
    let words = if short { "" } else { range };
    let point_shown = if short { point.trim_start_matches([' ', '·']) } else { point };
    let runs = [
        Run { words, face: Face::SemiBold, colour: *colour },
        Run { words: point_shown, face: Face::Regular, colour: Tokens::of(ui).muted },
    ];
    runs_ui(ui, &format!("{name}: {range}{point}"), &runs).on_hover_text(hover).clicked()
}

fn next_confidence(view: &View<'_>) -> Action {
    let mut assumptions = view.session.project().assumptions.clone();
    let at = Confidence::ALL.iter().position(|level| *level == assumptions.confidence).unwrap_or(0);
    assumptions.confidence = Confidence::ALL[(at + 1) % Confidence::ALL.len()];
    let name = tr!("Show {} first", assumptions.confidence.label());
    Action::edit(name, vec![Edit::SetAssumptions(assumptions)])
}

fn findings_words(view: &View<'_>) -> String {
    match view.session.assessment().open_findings().count() {
        0 => t("No findings").to_owned(),
        1 => t("1 finding").to_owned(),
        count => tr!("{count} findings", count),
    }
}

fn zoom_words(status: &StatusLine) -> String {
    format!("{:.0} %", status.zoom * 100.0)
}

fn right_width(ui: &Ui, view: &View<'_>, status: &StatusLine) -> f32 {
    let read_only = status.read_only.as_ref().map(|_| t(READ_ONLY).to_owned());
    let words = [findings_words(view), status.saved.clone(), "400 %".to_owned()];
    let errors = errors_words(status);
    words
        .iter()
        .chain(&read_only)
        .chain(&errors)
        .chain(&status.playbook)
        .map(|words| text_size(ui, words, Face::Regular.at(SIZE)).x + 18.0)
        .sum::<f32>()
        + 12.0
}

fn right_ui(ui: &mut Ui, view: &View<'_>, status: &StatusLine, actions: &mut Actions) {
    let tokens = Tokens::of(ui);
    let worst = view.session.assessment().open_findings().map(|finding| finding.severity).min();
    let finding_ink =
        if worst.is_some_and(|s| s < crate::assess::Severity::Hint) { tokens.warning.ink } else { tokens.muted };
    ui.add_space(2.0);
    let zoom = zoom_words(status);
    note_ui(ui, &tr!("Zoom {zoom}", zoom), &[Run { words: &zoom, face: Face::Regular, colour: tokens.muted }]);
    let saved = note_ui(ui, &status.saved, &[Run { words: &status.saved, face: Face::Regular, colour: tokens.muted }]);
    if saved.interact(Sense::CLICK).on_hover_text(t(TO_MESSAGES)).clicked() {
        actions.push(Action::Run(MESSAGES));
    }
    if let Some(words) = errors_words(status) {
        let runs = [Run { words: &words, face: Face::Medium, colour: tokens.error.ink }];
        if runs_ui(ui, &tr!("{words} not looked at", words), &runs).on_hover_text(t(TO_MESSAGES)).clicked() {
            actions.push(Action::Run(MESSAGES));
        }
    }
    if let Some(why) = &status.read_only {
        let runs = [Run { words: t(READ_ONLY), face: Face::Regular, colour: tokens.warning.ink }];
        note_ui(ui, &format!("{}: {why}", t(READ_ONLY)), &runs).on_hover_text(tr!(
            "{READ_ONLY}: {why}. Save puts what you have into another file",
            READ_ONLY = t(READ_ONLY),
            why
        ));
    }
    let words = findings_words(view);
    let runs = [Run { words: &words, face: Face::Regular, colour: finding_ink }];
    if runs_ui(ui, &words, &runs).on_hover_text(t("Show what should be looked at")).clicked() {
        actions.push(Action::Request(Request::Dock(DockTab::Findings)));
    }
    if let Some(name) = &status.playbook {
        let runs = [Run { words: name, face: Face::Regular, colour: tokens.accent.ink }];
        note_ui(ui, &tr!("Playbook: {name}", name), &runs)
            .on_hover_text(tr!("Assessed with the playbook {name}, not with the built-in one", name));
    }
}

/// Several runs of text as one thing that can be clicked.
fn runs_ui(ui: &mut Ui, name: &str, runs: &[Run<'_>]) -> Response {
    painted_ui(ui, name, runs, Role::Button)
}

/// Several runs of text that are only to be read.
fn note_ui(ui: &mut Ui, name: &str, runs: &[Run<'_>]) -> Response {
    painted_ui(ui, name, runs, Role::Label)
}

fn painted_ui(ui: &mut Ui, name: &str, runs: &[Run<'_>], role: Role) -> Response {
    let mut job = egui::text::LayoutJob::default();
    for run in runs {
        let mut format = egui::TextFormat::simple(run.face.at(SIZE), run.colour);
        format.valign = Align::Center;
        job.append(run.words, 0.0, format);
    }
    let galley = ui.painter().layout_job(job);
    let sense = if role == Role::Button { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x, 20.0), sense);
    let at = egui::pos2(rect.left(), rect.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, Tokens::of(ui).text);
    if response.has_focus() {
        let line = egui::Stroke::new(1.0, Tokens::of(ui).accent.ink);
        ui.painter().rect_stroke(rect.expand(3.0), 4, line, egui::StrokeKind::Inside);
    }
    response.widget_info(|| WidgetInfo::labeled(role, true, name));
    response
}
