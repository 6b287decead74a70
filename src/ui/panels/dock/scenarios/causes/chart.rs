//! The waterfall: a total, what makes it more and less, the other total. A row each: label, floating bar, figure.

use egui::{Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::rows::{Row, Rows};
use crate::{
    export::shown_table,
    lang::t,
    project::ElementId,
    ui::{
        copying::{self, Offer},
        theme::{Face, Tokens},
        widgets::{one_line, text_size},
    },
};

const ROW: f32 = 20.0;
/// The same where the bar stands below the label.
const ROW_OF_TWO: f32 = 34.0;
const SIZE: f32 = 12.5;
/// Share of the width that labels leave to the bars at least.
const LEAST_BARS: f32 = 0.22;
/// Where what moves is less than this share of the whole, the axis does not begin at nothing: the bars would be slivers.
const CUT_BELOW: f64 = 0.4;

/// Where things stand in a row.
struct Places {
    label_width: f32,
    /// The height of a row, and from its top to the middle of its words and of its bar.
    height: f32,
    words_y: f32,
    bar_y: f32,
    left: f32,
    right: f32,
    /// Where figures end.
    end: f32,
    /// What the axis shows, from its left to its right end.
    low: f64,
    high: f64,
}

impl Places {
    /// Where labels would be cut, bars may stand below them instead.
    fn new(ui: &Ui, rows: &[Row], width: f32, may_stack: bool) -> Self {
        let widest = |words: &dyn Fn(&Row) -> String, least: f32| {
            rows.iter().map(|row| text_size(ui, &words(row), Face::Medium.at(SIZE)).x).fold(least, f32::max)
        };
        let sign = |row: &Row| if row.total { "" } else { "▲ " };
        let figure_width = widest(&|row| format!("{}{}", sign(row), row.figure), 40.0) + 12.0;
        let room = (width * (1.0 - LEAST_BARS) - figure_width).max(60.0);
        let wanted = widest(&|row| row.label.clone(), 60.0) + 14.0;
        let stacked = may_stack && wanted > room;
        let label_width = if stacked { width - figure_width } else { wanted.min(room) };
        let start = ui.cursor().left();
        let (left, right) =
            if stacked { (start, width + start) } else { (start + label_width, start + width - figure_width) };
        let (height, words_y, bar_y) =
            if stacked { (ROW_OF_TWO, 9.0, ROW_OF_TWO - 9.0) } else { (ROW, ROW / 2.0, ROW / 2.0) };
        let high = rows.iter().flat_map(|row| [row.from, row.to]).fold(0.0, f64::max).max(1e-9);
        let lowest = rows.iter().map(|row| if row.total { row.to } else { row.from.min(row.to) });
        let lowest = lowest.fold(f64::INFINITY, f64::min);
        let moving = high - lowest;
        // A quarter of what moves is left of it, so that the totals are seen to be bars.
        let low = if moving < CUT_BELOW * high { lowest - (0.25 * moving).max(0.02 * high) } else { 0.0 };
        let end = ui.cursor().left() + width - 2.0;
        Self { label_width, height, words_y, bar_y, left, right: right.max(left + 24.0), end, low: low.max(0.0), high }
    }

    fn x_of(&self, value: f64) -> f32 {
        let share = (value.max(self.low) - self.low) / (self.high - self.low).max(1e-9);
        self.left + (self.right - self.left) * share as f32
    }
}

/// Paints the rows; if they may scroll, the totals stay where they are. Gives what was clicked.
pub(super) fn waterfall_ui(ui: &mut Ui, rows: &Rows, scrolls: bool) -> Option<ElementId> {
    let begin = ui.cursor().min;
    let end = ui.max_rect().right();
    let Rows { rows, rest } = rows;
    let all = rows;
    let rest_height = if rest.is_empty() { 0.0 } else { ROW };
    let wanted = ROW * (rows.len() as f32) + rest_height;
    let overflows = scrolls && wanted > ui.available_height();
    let bar = if overflows { ui.spacing().scroll.allocated_width() } else { 0.0 };
    let places = Places::new(ui, rows, ui.available_width() - bar, !scrolls);
    let [first, between @ .., last] = rows.as_slice() else { return None };
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut clicked = row_ui(ui, &places, first, Some(first.to));
    let mut middle = |ui: &mut Ui| {
        for row in between {
            clicked = row_ui(ui, &places, row, Some(row.to)).or(clicked.take());
        }
        if !rest.is_empty() {
            rest_ui(ui, rest);
        }
    };
    if overflows {
        // Whole rows only: half a row would lie under the total.
        let room = ((ui.available_height() - ROW - 2.0) / ROW).floor().max(2.0) * ROW;
        ScrollArea::vertical().id_salt("bars").max_height(room).auto_shrink([false, true]).show(ui, middle);
    } else {
        middle(ui);
    }
    ui.painter().hline(ui.cursor().left()..=places.right, ui.cursor().top(), Stroke::new(1.0, Tokens::of(ui).line));
    row_ui(ui, &places, last, None);
    let csv =
        || shown_table([t("What"), t("Figure")], all.iter().map(|row| vec![row.label.clone(), row.figure.clone()]));
    copying::menu(ui, Rect::from_min_max(begin, pos2(end, ui.cursor().top())), Offer::plot("what-changed", &csv));
    clicked
}

fn rest_ui(ui: &mut Ui, words: &str) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    one_line(ui, rect.left_center(), rect.width(), words, Face::Regular.at(12.0), Tokens::of(ui).muted);
}

/// A row; `next` is where the next bar begins.
fn row_ui(ui: &mut Ui, places: &Places, row: &Row, next: Option<f64>) -> Option<ElementId> {
    let tokens = Tokens::of(ui);
    let sense = if row.element.is_some() { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), places.height), sense);
    let role = if row.element.is_some() { Role::Button } else { Role::Label };
    response.widget_info(|| WidgetInfo::labeled(role, true, format!("{}: {}", row.label, row.figure)));
    if !ui.is_rect_visible(rect) {
        return None;
    }
    if response.hovered() {
        ui.painter().rect_filled(rect, 4, tokens.sunken);
    }
    if response.has_focus() {
        ui.painter().rect_stroke(rect, 4, Stroke::new(1.0, tokens.accent.ink), StrokeKind::Inside);
    }
    let (y, bar_y) = (rect.top() + places.words_y, rect.top() + places.bar_y);
    let face = if row.total { Face::Medium } else { Face::Regular };
    let ink = if response.hovered() && row.element.is_some() { tokens.accent.ink } else { tokens.text };
    one_line(ui, pos2(rect.left(), y), places.label_width - 10.0, &row.label, face.at(SIZE), ink);
    let more = row.to > row.from;
    let colour = match (row.total, more) {
        (true, _) => tokens.faint,
        (false, true) => tokens.warning.ink,
        (false, false) => tokens.accent.ink,
    };
    bar_ui(ui, places, row, bar_y, colour);
    if let Some(level) = next {
        let x = places.x_of(level).round() + 0.5;
        ui.painter().vline(x, bar_y + 6.0..=bar_y + places.height - 6.0, Stroke::new(1.0, tokens.line_strong));
    }
    let galley = ui.painter().layout_no_wrap(row.figure.clone(), face.at(SIZE), tokens.text);
    let at = pos2(places.end - galley.size().x, y - galley.size().y / 2.0);
    if !row.total {
        let sign = if more { "▲" } else { "▼" };
        let align = egui::Align2::RIGHT_CENTER;
        ui.painter().text(pos2(at.x - 3.0, y), align, sign, Face::Regular.at(9.0), colour);
    }
    ui.painter().galley(at, galley, tokens.text);
    let response = response.on_hover_ui(|ui| {
        ui.set_max_width(340.0);
        ui.label(&row.hover);
    });
    if response.clicked() { row.element.clone() } else { None }
}

fn bar_ui(ui: &Ui, places: &Places, row: &Row, y: f32, colour: egui::Color32) {
    let (a, b) = (places.x_of(row.from), places.x_of(row.to));
    let (from, to) = (a.min(b), a.max(b));
    let bar = Rect::from_min_max(pos2(from, y - 6.0), pos2(to.max(from + 1.0), y + 6.0));
    ui.painter().rect_filled(bar, 2, colour);
    // A total whose bar does not begin at nothing is seen to be broken off.
    if row.total && places.low > 0.0 {
        let ground = Tokens::of(ui).panel;
        let marks: &[f32] = if bar.width() > 16.0 { &[5.0, 9.0] } else { &[4.0] };
        for x in marks.iter().map(|mark| places.left + mark) {
            ui.painter().line_segment([pos2(x - 2.0, y + 7.0), pos2(x + 2.0, y - 7.0)], Stroke::new(1.5, ground));
        }
    }
}
