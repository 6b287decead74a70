//! Horizontal bars in rows: a label, a bar cut into parts, a figure. Only the rows that are seen are made.

use egui::{Color32, Rect, Response, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::parts::{Listed, listed_row, name_in_room, row_height};
use crate::{
    export::shown_table,
    lang::t,
    playbook::{Citation, Playbook},
    project::{ComponentId, ElementId},
    session::{Action, Request},
    ui::{
        copying::{self, Offer},
        theme::{Face, Tokens},
        widgets::{one_line, paragraph_link_at, paragraph_size, text_size},
    },
};

/// A part of a bar.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    /// Its length in the quantity's unit.
    pub(super) length: f64,
    /// Its colour.
    pub(super) colour: Color32,
}

/// A row.
#[derive(Clone, Debug)]
pub(super) struct Row<'a> {
    /// What it is.
    pub(super) label: &'a str,
    /// Where its bar begins, in the quantity's unit.
    pub(super) start: f64,
    /// The bar, part by part.
    pub(super) parts: Vec<Part>,
    /// The figure at the right.
    pub(super) figure: String,
    /// The share behind it.
    pub(super) share: Option<String>,
    /// The component a click leads to.
    pub(super) component: Option<ComponentId>,
    /// The paragraph behind it, which a click on its mark leads to.
    pub(super) citation: Option<Citation>,
}

/// What of the bars was clicked.
#[derive(Clone, Debug)]
pub(super) enum Clicked {
    /// A row that is a component.
    Component(ComponentId),
    /// The mark of a paragraph.
    Citation(Citation),
}

/// The lines behind the bars.
#[derive(Clone, Copy)]
pub(super) struct Axis {
    /// Distance between two lines, in the quantity's unit.
    pub(super) step: f64,
    /// How a value is written.
    pub(super) write: fn(f64) -> String,
    /// A value that is marked, with its line over the bars.
    pub(super) mark: Option<f64>,
}

/// Rows with their axis.
pub(super) struct Bars<'a> {
    /// What marks of paragraphs are explained from.
    pub(super) playbook: &'a Playbook,
    /// What tells them from other rows.
    pub(super) salt: &'a str,
    /// How many rows there are.
    pub(super) rows: usize,
    /// Makes one; asked only for those that are seen.
    pub(super) row: &'a dyn Fn(&Ui, usize) -> Row<'a>,
    /// What is said of a row, and of its part under the pointer if there is one; asked only under the pointer.
    pub(super) hover: &'a dyn Fn(usize, Option<usize>) -> String,
    /// What the rows are called, in any order: the longest takes the room for all.
    pub(super) labels: &'a [String],
    /// Whether rows bear the marks of paragraphs.
    pub(super) marked: bool,
    /// Where the longest bar ends, in the quantity's unit.
    pub(super) end: f64,
    /// The last row: what the figures sum to.
    pub(super) total: Option<(&'a str, String, Option<String>)>,
    /// The axis under the bars, if they have one.
    pub(super) axis: Option<Axis>,
    /// Width of the figures.
    pub(super) figure_width: f32,
}

const ROW: f32 = 18.0;
/// Where that brings all rows into view.
const LEAST_ROW: f32 = 15.0;
const TOTAL: f32 = 22.0;
const AXIS: f32 = 15.0;
/// Labels that are measured: those of the most letters.
const MEASURED: usize = 24;
/// Room that names leave to the bars.
const LEAST_BARS: f32 = 88.0;
/// Before the figure of a row that has a share behind it.
const SHARE: f32 = 58.0;

/// Paints the rows into the room there is, scrolling if there are more; says what was clicked.
pub(super) fn bars_ui(ui: &mut Ui, bars: &Bars<'_>) -> Option<Clicked> {
    ui.spacing_mut().item_spacing.y = 0.0;
    let (begin, width) = (ui.cursor().min, ui.available_width());
    let full = width;
    let label_width = (label_width(ui, bars) + 14.0).min((width * 0.36).max(width - bars.figure_width - LEAST_BARS));
    let end = bars.end.max(1e-9);
    let total = if bars.total.is_some() { TOTAL } else { 0.0 };
    let axis = if bars.axis.is_some() { AXIS } else { 0.0 };
    // However little room there is, the total stays in it.
    let height = (ui.available_height() - total - axis).max(ROW);
    let row_height = row_height(height, bars.rows, (LEAST_ROW, ROW));
    let wanted = row_height * bars.rows as f32;
    let scroll_bar = if wanted > height { ui.spacing().scroll.allocated_width() } else { 0.0 };
    let width = width - scroll_bar;
    let top = ui.cursor().top();
    let (left, right) = (ui.cursor().left() + label_width, ui.cursor().left() + width - bars.figure_width);
    let x_of = |value: f64| left + (right - left) * (value / end) as f32;
    if let Some(axis) = bars.axis {
        axis_ui(ui, axis, end, top + wanted.min(height), &x_of);
    }
    let mut clicked = None;
    let scroll = ScrollArea::vertical().id_salt(bars.salt).max_height(height).auto_shrink([false, true]);
    // Else it would reach over its axis where there is little room.
    let scroll = scroll.min_scrolled_height(0.0);
    scroll.show_rows(ui, row_height, bars.rows, |ui, range| {
        for at in range {
            let row = (bars.row)(ui, at);
            let (rect, response) = take_row(ui, &row, row_height);
            if let Some(what) = row_ui(ui, bars, (at, &row, rect, response), label_width, &x_of) {
                clicked = Some(what);
            }
        }
    });
    if let Some(mark) = bars.axis.and_then(|axis| axis.mark).filter(|mark| *mark <= end) {
        let line = Stroke::new(1.5, Tokens::of(ui).muted);
        let (x, bottom) = (x_of(mark), top + wanted.min(height) + 3.0);
        ui.painter().extend(egui::Shape::dashed_line(&[pos2(x, top), pos2(x, bottom)], line, 3.0, 3.0));
    }
    ui.add_space(axis);
    if let Some((label, figure, share)) = &bars.total {
        total_ui(ui, width, label, figure, share.as_deref());
    }
    let csv = || csv(ui, bars);
    let place = Rect::from_min_max(begin, pos2(begin.x + full, ui.cursor().top()));
    copying::menu(ui, place, Offer::plot(bars.salt, &csv));
    clicked
}

/// All rows for a spreadsheet, with their figures as shown.
fn csv(ui: &Ui, bars: &Bars<'_>) -> String {
    let rows = (0..bars.rows).map(|at| {
        let row = (bars.row)(ui, at);
        vec![row.label.to_owned(), row.figure, row.share.unwrap_or_default()]
    });
    let total = bars
        .total
        .iter()
        .map(|(label, figure, share)| vec![(*label).to_owned(), figure.clone(), share.clone().unwrap_or_default()]);
    shown_table([t("What"), t("Figure"), t("Share")], rows.chain(total))
}

/// How wide the longest label is, with the mark behind it.
fn label_width(ui: &Ui, bars: &Bars<'_>) -> f32 {
    let most = bars.labels.iter().map(String::len).max().unwrap_or(0);
    let long = bars.labels.iter().filter(|label| label.len() * 5 >= most * 4).take(MEASURED);
    let widths = long.map(|label| text_size(ui, label, Face::Regular.at(12.5)).x);
    widths.fold(60.0, f32::max) + if bars.marked { paragraph_size(ui, 18).x + 5.0 } else { 0.0 }
}

fn axis_ui(ui: &Ui, axis: Axis, end: f64, bottom: f32, x_of: &dyn Fn(f64) -> f32) {
    let tokens = Tokens::of(ui);
    let top = ui.cursor().top();
    let mut at = 0.0;
    let write = |value: f64, face: Face, ink: Color32| {
        let place = pos2(x_of(value).round() + 0.5, bottom + 1.0);
        ui.painter().text(place, egui::Align2::CENTER_TOP, (axis.write)(value), face.at(11.0), ink)
    };
    let marked = axis.mark.filter(|mark| *mark <= end).map(|mark| write(mark, Face::SemiBold, tokens.muted));
    while at <= end * 1.0001 {
        let x = x_of(at).round() + 0.5;
        ui.painter().vline(x, top..=bottom, Stroke::new(1.0, tokens.line));
        // What is marked is written over what lies under it.
        let words = text_size(ui, &(axis.write)(at), Face::Regular.at(11.0)).x;
        if marked.is_none_or(|mark| (mark.center().x - x).abs() > f32::midpoint(mark.width(), words) + 4.0) {
            write(at, Face::Regular, tokens.faint);
        }
        at += axis.step;
    }
}

/// The room that the mark of a row takes, with the gap before it.
fn mark_width(ui: &Ui, row: &Row<'_>) -> f32 {
    row.citation.as_ref().map_or(0.0, |citation| paragraph_size(ui, citation.paragraph).x + 5.0)
}

/// Takes the room of a row.
fn take_row(ui: &mut Ui, row: &Row<'_>, height: f32) -> (Rect, Response) {
    let listed = Listed { height, leads: row.component.is_some(), selected: false };
    listed_row(ui, listed, || format!("{}: {}", row.label, row.figure))
}

fn row_ui(
    ui: &mut Ui,
    bars: &Bars<'_>,
    (at, row, rect, response): (usize, &Row<'_>, Rect, Response),
    label_width: f32,
    x_of: &dyn Fn(f64) -> f32,
) -> Option<Clicked> {
    let tokens = Tokens::of(ui);
    let y = rect.center().y;
    let touched = row.component.is_some() && (response.hovered() || response.has_focus());
    let ink = if touched { tokens.accent.ink } else { tokens.text };
    let room = label_width - 10.0 - mark_width(ui, row);
    let font = Face::Regular.at(12.5);
    // Names that people gave are told apart by their ends as well.
    let cut = row.component.is_some().then(|| name_in_room(ui, response.id, row.label, room));
    let words = cut.as_deref().unwrap_or(row.label);
    let label = one_line(ui, pos2(rect.left(), y), room + 1.0, words, font, ink);
    let pointed = parts_ui(ui, row, y, &response, x_of);
    figure_ui(ui, rect, &row.figure, row.share.as_deref(), Face::Regular);
    let mut clicked = None;
    let response = response.on_hover_ui(|ui| drop(ui.label((bars.hover)(at, pointed))));
    if response.clicked() {
        clicked = row.component.clone().map(Clicked::Component);
    }
    if let Some(citation) = &row.citation {
        let mark = pos2(rect.left() + label + 5.0, y - paragraph_size(ui, citation.paragraph).y / 2.0);
        if paragraph_link_at(ui, mark, bars.playbook, citation) {
            clicked = Some(Clicked::Citation(citation.clone()));
        }
    }
    clicked
}

/// Paints the bar of a row; gives its part under the pointer.
fn parts_ui(ui: &Ui, row: &Row<'_>, y: f32, response: &Response, x_of: &dyn Fn(f64) -> f32) -> Option<usize> {
    let pointer = response.hover_pos();
    let (mut at, mut pointed) = (row.start, None);
    for (i, part) in row.parts.iter().enumerate() {
        let (from, to) = (x_of(at), x_of(at + part.length));
        let bar = Rect::from_min_max(pos2(from, y - 5.5), pos2(to.max(from + 1.0), y + 5.5));
        ui.painter().rect_filled(bar, if row.parts.len() == 1 { 3 } else { 1 }, part.colour);
        if pointer.is_some_and(|pointer| (from..=to).contains(&pointer.x)) {
            pointed = Some(i);
        }
        at += part.length;
    }
    pointed
}

/// What a click on a bar asks for.
pub(super) fn lead_to(clicked: Clicked) -> Action {
    match clicked {
        Clicked::Component(id) => Action::Reveal(ElementId::Component(id)),
        Clicked::Citation(citation) => Action::Request(Request::Evidence(citation)),
    }
}

/// The figure at the right of a row, and the share behind it in a column of its own.
fn figure_ui(ui: &Ui, rect: Rect, figure: &str, share: Option<&str>, face: Face) {
    let (tokens, align) = (Tokens::of(ui), egui::Align2::RIGHT_CENTER);
    let mut at = rect.right_center();
    if let Some(share) = share {
        ui.painter().text(at, align, share, face.at(12.5), tokens.muted);
        at.x -= SHARE;
    }
    ui.painter().text(at, align, figure, face.at(12.5), tokens.text);
}

fn total_ui(ui: &mut Ui, width: f32, label: &str, figure: &str, share: Option<&str>) {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(width, TOTAL), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{label}: {figure}")));
    ui.painter().hline(rect.x_range(), rect.top() + 1.0, Stroke::new(1.0, tokens.line_strong));
    let font = Face::SemiBold.at(12.5);
    one_line(ui, rect.left_center(), width * 0.5, label, font, tokens.text);
    figure_ui(ui, rect, figure, share, Face::SemiBold);
}

/// A step of an axis that gives at most `lines` lines over `length`: 1, 2 or 5 times a power of ten.
pub(super) fn step_for(length: f64, lines: f64) -> f64 {
    let rough = (length / lines.max(1.0)).max(1e-9);
    let power = 10_f64.powf(rough.log10().floor());
    let factor = [1.0, 2.0, 5.0, 10.0].into_iter().find(|factor| rough <= factor * power).unwrap_or(10.0);
    factor * power
}

#[cfg(test)]
mod tests {
    use super::step_for;

    #[test]
    fn the_axis_has_few_round_lines() {
        for end in [0.4, 1.0, 7.3, 48.0, 61.0, 1234.0] {
            let lines = end / step_for(end, 6.0);
            assert!((2.0..=6.0).contains(&lines), "{end}: {lines} lines");
        }
    }
}
