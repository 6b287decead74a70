//! The edits of the session, newest first, each with what it did.

use egui::{Align2, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::super::{
    super::{
        DockState,
        parts::{lead, remark},
        titled,
    },
    ScenarioTopic,
};
use crate::{
    assess::Totals,
    figures,
    session::{Log, LogEntry},
    ui::{
        View, icons,
        theme::{Face, Tokens},
        widgets::{icon_button, one_line},
    },
};

const ROW: f32 = 20.0;
/// From this width on, P80 stands beside P50.
const BOTH_FROM: f32 = 400.0;
const BAR: f32 = 44.0;
/// Rows that are shown at once where something stands below them.
const ROWS_STACKED: f32 = 8.0;

/// A column of figures: its head, what that means, its width where P80 stands beside P50, and where it does not.
struct Figures {
    head: [&'static str; 2],
    hover: &'static str,
    widths: [f32; 2],
}

const FIGURES: [Figures; 4] = [
    Figures { head: ["Weeks P50", "Weeks"], hover: "Change of the median calendar weeks", widths: [62.0, 46.0] },
    Figures { head: ["P80", ""], hover: "Change of the weeks that hold four times out of five", widths: [44.0, 0.0] },
    Figures { head: ["Budget P50", "Budget"], hover: "Change of the median budget", widths: [76.0, 64.0] },
    Figures { head: ["P80", ""], hover: "Change of the budget that holds four times out of five", widths: [62.0, 0.0] },
];

/// The list; where the baselines stand below it, it is kept short.
pub(super) fn edits_ui(ui: &mut Ui, view: &View<'_>, state: &mut DockState, stacked: bool) {
    let log = view.session.log();
    let sentence = sentence(view, &log);
    if log.entries.is_empty() {
        lead(ui, sentence);
        remark(ui, "Every edit is listed here with what it did to weeks and budget, until the project is closed");
        return;
    }
    titled(ui, &sentence, |ui| {
        let only = &mut state.log.only_what_counts;
        let (glyph, name) = if *only {
            (icons::FILTER, "Only what changed the estimate; click for every edit")
        } else {
            (icons::LIST, "Every edit; click for only what changed the estimate")
        };
        if icon_button(ui, glyph, name).clicked() {
            *only = !*only;
        }
    });
    let shown: Vec<&LogEntry> =
        log.entries.iter().filter(|entry| !(state.log.only_what_counts && entry.left_the_estimate)).collect();
    if shown.is_empty() {
        remark(ui, "No edit has changed the estimate yet");
        return;
    }
    let columns = Columns::new(ui, &shown);
    head_ui(ui, &columns);
    let mut asked = None;
    ui.spacing_mut().item_spacing.y = 0.0;
    let height = if stacked { ROWS_STACKED * ROW } else { ui.available_height().max(4.0 * ROW) };
    ScrollArea::vertical().id_salt("edits").max_height(height).auto_shrink([false, true]).show_rows(
        ui,
        ROW,
        shown.len(),
        |ui, rows| {
            for entry in &shown[rows] {
                if entry_ui(ui, view, &columns, entry) {
                    asked = Some(entry.step);
                }
            }
        },
    );
    if let Some(step) = asked {
        state.causes.of_step(step);
        state.scenario = ScenarioTopic::Causes;
    }
}

/// What all edits did together.
fn sentence(view: &View<'_>, log: &Log) -> String {
    let done = log.entries.iter().filter(|entry| !entry.undone).count();
    let edits = match done {
        0 => return "No edits yet".to_owned(),
        1 => "1 edit".to_owned(),
        count => format!("{count} edits"),
    };
    let sum = log.sums[0];
    let known = if log.unknown > 0 { ", as far as is known" } else { "" };
    match figures::change(view.money(), sum.weeks, sum.usd) {
        Some(change) => format!("{edits}: {change} at P50{known}"),
        None => format!("{edits}: no change{known}"),
    }
}

/// Where things stand in a row.
struct Columns {
    name: f32,
    /// Whether P80 is shown.
    both: bool,
    /// The largest change of the budget in US dollars, either way.
    most_usd: f64,
}

impl Columns {
    fn new(ui: &Ui, shown: &[&LogEntry]) -> Self {
        let width = ui.available_width() - ui.spacing().scroll.allocated_width();
        let both = width >= BOTH_FROM;
        let figures: f32 = FIGURES.iter().map(|column| column.widths[usize::from(!both)]).sum();
        let most_usd = shown.iter().filter_map(|entry| Some(entry.effects?[0].usd.abs())).fold(1.0, f64::max);
        Self { name: (width - figures - BAR).max(60.0), both, most_usd }
    }

    /// The columns of figures that are shown, each with its place and where it ends, from the left end of a row.
    fn ends(&self) -> impl Iterator<Item = (usize, f32)> {
        let (which, mut end) = (usize::from(!self.both), self.name + BAR);
        FIGURES.iter().enumerate().filter_map(move |(at, column)| {
            end += column.widths[which];
            (column.widths[which] > 0.0).then_some((at, end))
        })
    }
}

fn head_ui(ui: &mut Ui, columns: &Columns) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 16.0), Sense::hover());
    let (faint, font) = (Tokens::of(ui).faint, Face::SemiBold.at(11.0));
    ui.painter().text(rect.left_center(), Align2::LEFT_CENTER, "Edit", font.clone(), faint);
    for (at, end) in columns.ends() {
        let place = pos2(rect.left() + end, rect.center().y);
        let head = FIGURES[at].head[usize::from(!columns.both)];
        let words = ui.painter().text(place, Align2::RIGHT_CENTER, head, font.clone(), faint);
        let response = ui.interact(words, ui.scope_id().with(("head", at)), Sense::hover());
        response.on_hover_text(FIGURES[at].hover);
    }
}

/// A row; says whether it was clicked.
fn entry_ui(ui: &mut Ui, view: &View<'_>, columns: &Columns, entry: &LogEntry) -> bool {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let change = |effect: Totals| {
        figures::change(view.money(), effect.weeks, effect.usd).unwrap_or_else(|| "no change".to_owned())
    };
    let told = match entry.effects {
        Some([p50, _]) if entry.left_the_estimate => change(p50),
        Some([p50, p80]) => format!("P50 {}; P80 {}", change(p50), change(p80)),
        None => "effect not known".to_owned(),
    };
    let undone = if entry.undone { ", taken back" } else { "" };
    let spoken = format!("{}{undone}: {told}", entry.name);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &spoken));
    if response.hovered() {
        ui.painter().rect_filled(rect, 4, tokens.sunken);
    }
    if response.has_focus() {
        ui.painter().rect_stroke(rect, 4, Stroke::new(1.0, tokens.accent.ink), StrokeKind::Inside);
    }
    let ink = if entry.undone { tokens.faint } else { tokens.text };
    let y = rect.center().y;
    let name = if entry.undone { format!("{} (taken back)", entry.name) } else { entry.name.clone() };
    one_line(ui, pos2(rect.left(), y), columns.name - 8.0, &name, Face::Regular.at(12.5), ink);
    bar_ui(ui, columns, entry, pos2(rect.left() + columns.name, y));
    let figures = figures_of(view, entry);
    for (at, end) in columns.ends() {
        let place = pos2(rect.left() + end, y);
        ui.painter().text(place, Align2::RIGHT_CENTER, &figures[at], Face::Regular.at(12.5), ink);
    }
    let why = if entry.effects.is_none() { "\nThe playbook changed since; go back to it to know" } else { "" };
    let hover = format!("{spoken}{why}\nClick for what made the difference");
    response.on_hover_text(hover).clicked()
}

/// Weeks at P50 and P80, money at P50 and P80.
fn figures_of(view: &View<'_>, entry: &LogEntry) -> [String; 4] {
    let Some([p50, p80]) = entry.effects else { return ["–", "–", "–", "–"].map(str::to_owned) };
    let weeks = |weeks: f64| {
        let words = figures::signed_weeks(weeks);
        words.split(' ').next().unwrap_or_default().to_owned()
    };
    [weeks(p50.weeks), weeks(p80.weeks), view.money().signed(p50.usd), view.money().signed(p80.usd)]
}

/// A small bar to the left or to the right of a middle: less or more money.
fn bar_ui(ui: &Ui, columns: &Columns, entry: &LogEntry, at: egui::Pos2) {
    let tokens = Tokens::of(ui);
    let middle = at.x + BAR / 2.0;
    ui.painter().vline(middle, at.y - 7.0..=at.y + 7.0, Stroke::new(1.0, tokens.line_strong));
    let Some([p50, _]) = entry.effects else { return };
    let length = (f64::from(BAR / 2.0 - 2.0) * p50.usd / columns.most_usd) as f32;
    if length.abs() < 0.5 {
        return;
    }
    let colour = match (entry.undone, length > 0.0) {
        (true, _) => tokens.faint,
        (false, true) => tokens.warning.ink,
        (false, false) => tokens.accent.ink,
    };
    let bar = Rect::from_two_pos(pos2(middle, at.y - 4.0), pos2(middle + length, at.y + 4.0));
    ui.painter().rect_filled(bar, 1, colour);
}
