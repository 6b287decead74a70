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
    figures,
    lang::{later, t, tr},
    project::Confidence,
    session::{LOGGED, Log, LogEntry},
    ui::{
        View,
        theme::{Face, Tokens},
        widgets::{one_line, segmented, text_size},
    },
};

const ROW: f32 = 20.0;
/// What a second line adds to a row, where names and what was changed do not fit on one.
const SECOND_LINE: f32 = 15.0;
/// From this width on, P80 stands beside P50.
const BOTH_FROM: f32 = 400.0;
const BAR: f32 = 44.0;
/// Width of the choice of what is shown.
const FILTER: f32 = 108.0;
/// Rows that are shown at once where something stands below them.
const ROWS_STACKED: f32 = 8.0;

/// Between one column of figures and the next.
const GAP: f32 = 14.0;

/// A column of figures: its head where P50 and P80 stand side by side, its head where it stands alone, and what it means.
struct Figures {
    head: [&'static str; 2],
    hover: &'static str,
}

const FIGURES: [Figures; 4] = [
    Figures { head: [later("Weeks P50"); 2], hover: later("Change of the median weeks of work") },
    Figures { head: ["P80", later("Weeks P80")], hover: later("Change of the weeks that hold four times out of five") },
    Figures { head: [later("Budget P50"); 2], hover: later("Change of the median budget") },
    Figures {
        head: ["P80", later("Budget P80")],
        hover: later("Change of the budget that holds four times out of five"),
    },
];

/// Which of [`LOGGED`] is told where there is room for one: the one that the plan shows first, if it is among them.
fn first(view: &View<'_>) -> usize {
    usize::from(view.session.project().assumptions.confidence == Confidence::P80)
}

/// The list; where the baselines stand below it, it is kept short.
pub(super) fn edits_ui(ui: &mut Ui, view: &View<'_>, state: &mut DockState, stacked: bool) {
    let log = view.session.log();
    if log.entries.is_empty() {
        lead(ui, t("No edits yet"));
        remark(ui, t("Every edit is listed here with what it did to weeks and budget, until the project is closed"));
        return;
    }
    let only = state.log.only_what_counts;
    let first = first(view);
    titled(ui, &sentence(&log, only, first), |ui| {
        let choices = [(true, t("Changes")), (false, t("All"))];
        let chosen = ui.scope(|ui| segmented(ui, "edits-shown", FILTER, only, &choices));
        let hover = t("Edits that changed the estimate, or every edit of the session");
        if let Some(only) = chosen.inner {
            state.log.only_what_counts = only;
        }
        chosen.response.on_hover_text(hover);
    });
    let shown: Vec<&LogEntry> = log.entries.iter().filter(|entry| !(only && entry.left_the_estimate)).collect();
    if shown.is_empty() {
        remark(ui, t("No edit has changed the estimate yet"));
        return;
    }
    let columns = Columns::new(ui, &shown, &log.totals, first);
    head_ui(ui, &columns);
    let mut asked = None;
    ui.spacing_mut().item_spacing.y = 0.0;
    let height = if stacked { ROWS_STACKED * columns.row } else { ui.available_height().max(4.0 * columns.row) };
    ScrollArea::vertical().id_salt("edits").max_height(height).auto_shrink([false, true]).show_rows(
        ui,
        columns.row,
        shown.len(),
        |ui, rows| {
            for entry in &shown[rows] {
                if entry_ui(ui, &columns, entry) {
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

/// What all edits did together at one of [`LOGGED`], and how many of them are shown.
fn sentence(log: &Log, only: bool, first: usize) -> String {
    let done = || log.entries.iter().filter(|entry| !entry.undone);
    let (all, shown) = (done().count(), done().filter(|entry| !(only && entry.left_the_estimate)).count());
    let edits = match (shown, all) {
        (1, 1) => t("1 edit").to_owned(),
        (shown, all) if shown == all => tr!("{all} edits", all),
        (shown, all) => tr!("{shown} of {all} edits", shown, all),
    };
    let known = if log.unknown > 0 { t(", as far as is known") } else { "" };
    match change(&log.totals[first], &log.totals[2 + first]) {
        Some(change) => {
            tr!("{edits}: {change} at P{}{known}", format_args!("{:.0}", LOGGED[first] * 100.0), edits, change, known)
        }
        None => tr!("{edits}: no change{known}", edits, known),
    }
}

/// A change of weeks and money as both are written; `None` if neither shows.
fn change(weeks: &str, amount: &str) -> Option<String> {
    let shows = |words: &str| words.contains(|c: char| ('1'..='9').contains(&c));
    let weeks = shows(weeks).then(|| figures::in_weeks(weeks));
    let parts: Vec<String> = weeks.into_iter().chain(shows(amount).then(|| amount.to_owned())).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// Where things stand in a row.
struct Columns {
    name: f32,
    /// Whether a row has a second line for what was changed.
    two_lines: bool,
    /// The height of a row.
    row: f32,
    /// Whether P50 and P80 stand side by side.
    both: bool,
    /// Which of the two the bars tell.
    first: usize,
    /// How wide each column of figures is; nothing for one that is not shown.
    widths: [f32; 4],
    /// The largest change of the budget in US dollars, either way.
    most_usd: f64,
}

impl Columns {
    fn new(ui: &Ui, shown: &[&LogEntry], totals: &[String; 4], first: usize) -> Self {
        let width = ui.available_width() - ui.spacing().scroll.allocated_width();
        let both = width >= BOTH_FROM;
        let widths = [0, 1, 2, 3].map(|at| {
            if !both && at % 2 != first {
                return 0.0;
            }
            let told = shown.iter().filter_map(|entry| Some(&entry.figures.as_ref()?[at]));
            // Digits are of one width, so that the longest text is the widest.
            let longest = told.chain([&totals[at]]).max_by_key(|text| text.chars().count()).map_or("", String::as_str);
            let head = text_size(ui, t(FIGURES[at].head[usize::from(!both)]), Face::SemiBold.at(11.0)).x;
            text_size(ui, longest, Face::Regular.at(12.5)).x.max(head) + GAP
        });
        let most_usd = shown.iter().filter_map(|entry| Some(entry.effects?[first].usd.abs())).fold(1.0, f64::max);
        let name = (width - widths.iter().sum::<f32>() - BAR).max(60.0);
        let titles = shown.iter().filter(|entry| entry.detail.is_some()).map(|entry| title(entry).concat());
        let longest = titles.max_by_key(|title| title.chars().count()).unwrap_or_default();
        let fits = text_size(ui, &longest, Face::Regular.at(12.5)).x <= name - 8.0;
        let row = if fits { ROW } else { ROW + SECOND_LINE };
        Self { name, two_lines: !fits, row, both, first, widths, most_usd }
    }

    /// The columns of figures that are shown, each with its place and where it ends, from the left end of a row.
    fn ends(&self) -> impl Iterator<Item = (usize, f32)> {
        let mut end = self.name + BAR;
        self.widths.iter().enumerate().filter_map(move |(at, width)| {
            end += width;
            (*width > 0.0).then_some((at, end))
        })
    }
}

fn head_ui(ui: &mut Ui, columns: &Columns) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 16.0), Sense::hover());
    let (faint, font) = (Tokens::of(ui).faint, Face::SemiBold.at(11.0));
    ui.painter().text(rect.left_center(), Align2::LEFT_CENTER, t("Edit"), font.clone(), faint);
    for (at, end) in columns.ends() {
        let place = pos2(rect.left() + end, rect.center().y);
        let head = t(FIGURES[at].head[usize::from(!columns.both)]);
        let words = ui.painter().text(place, Align2::RIGHT_CENTER, head, font.clone(), faint);
        let response = ui.interact(words, ui.scope_id().with(("head", at)), Sense::hover());
        response.on_hover_text(t(FIGURES[at].hover));
    }
}

/// A row; says whether it was clicked.
fn entry_ui(ui: &mut Ui, columns: &Columns, entry: &LogEntry) -> bool {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), columns.row), Sense::click());
    let told = match &entry.figures {
        Some([weeks, weeks_80, amount, amount_80]) => {
            let change = |weeks, amount| change(weeks, amount).unwrap_or_else(|| t("no change").to_owned());
            let (p50, p80) = (change(weeks, amount), change(weeks_80, amount_80));
            if entry.left_the_estimate { p50 } else { format!("P50 {p50}; P80 {p80}") }
        }
        None => t("effect not known").to_owned(),
    };
    let detail = entry.detail.as_ref().map_or_else(String::new, |detail| format!(": {detail}"));
    let undone = if entry.undone { t(", taken back") } else { "" };
    let spoken = format!("{}{detail}{undone}: {told}", entry.name);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &spoken));
    if response.hovered() {
        ui.painter().rect_filled(rect, 4, tokens.sunken);
    }
    if response.has_focus() {
        ui.painter().rect_stroke(rect, 4, Stroke::new(1.0, tokens.accent.ink), StrokeKind::Inside);
    }
    let ink = if entry.undone { tokens.faint } else { tokens.text };
    let y = rect.top() + ROW / 2.0;
    title_ui(ui, columns, rect, entry, ink);
    bar_ui(ui, columns, entry, pos2(rect.left() + columns.name, y));
    for (at, end) in columns.ends() {
        let place = pos2(rect.left() + end, y);
        let figure = entry.figures.as_ref().map_or("–", |figures| &figures[at]);
        ui.painter().text(place, Align2::RIGHT_CENTER, figure, Face::Regular.at(12.5), ink);
    }
    let why = if entry.effects.is_none() { t("\nThe playbook changed since; go back to it to know") } else { "" };
    let hover = tr!("{spoken}{why}\nClick for what made the difference", spoken, why);
    response.on_hover_text(hover).clicked()
}

/// What an edit is called, and what it changed.
fn title(entry: &LogEntry) -> [String; 2] {
    let detail = entry.detail.as_ref().map_or_else(String::new, |detail| format!(": {detail}"));
    let undone = if entry.undone { t(" (taken back)") } else { "" };
    [entry.name.clone(), format!("{detail}{undone}")]
}

/// The title in a line; in two where what was changed would be cut, as that line has the whole width.
fn title_ui(ui: &Ui, columns: &Columns, rect: Rect, entry: &LogEntry, ink: egui::Color32) {
    let ([name, rest], font) = (title(entry), Face::Regular.at(12.5));
    let at = pos2(rect.left(), rect.top() + ROW / 2.0);
    if !columns.two_lines || entry.detail.is_none() {
        one_line(ui, at, columns.name - 8.0, &format!("{name}{rest}"), font, ink);
        return;
    }
    one_line(ui, at, columns.name - 8.0, &name, font, ink);
    let (below, muted) = (at + vec2(0.0, SECOND_LINE), Tokens::of(ui).muted);
    one_line(ui, below, rect.width(), rest.trim_start_matches(": "), Face::Regular.at(11.5), muted);
}

/// A small bar to the left or to the right of a middle: less or more money.
fn bar_ui(ui: &Ui, columns: &Columns, entry: &LogEntry, at: egui::Pos2) {
    let tokens = Tokens::of(ui);
    let middle = at.x + BAR / 2.0;
    ui.painter().vline(middle, at.y - 7.0..=at.y + 7.0, Stroke::new(1.0, tokens.line_strong));
    let Some(effect) = entry.effects.map(|effects| effects[columns.first]) else { return };
    let length = (f64::from(BAR / 2.0 - 2.0) * effect.usd / columns.most_usd) as f32;
    if length.abs() < 0.5 {
        return;
    }
    // Less money for more weeks is neither better nor worse.
    let shows_weeks = if effect.weeks.abs() < 0.05 { 0.0 } else { effect.weeks };
    let colour = match (effect.usd > 0.0, shows_weeks) {
        _ if entry.undone => tokens.faint,
        (true, weeks) if weeks >= 0.0 => tokens.warning.ink,
        (false, weeks) if weeks <= 0.0 => tokens.accent.ink,
        _ => tokens.muted,
    };
    let bar = Rect::from_two_pos(pos2(middle, at.y - 4.0), pos2(middle + length, at.y + 4.0));
    ui.painter().rect_filled(bar, 1, colour);
}
