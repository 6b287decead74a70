//! Horizontal bars in rows: a label, a bar cut into parts, a figure.

use egui::{Color32, Rect, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::{
    project::ComponentId,
    ui::{
        theme::{Face, Tokens},
        widgets::{one_line, text_size},
    },
};

/// A part of a bar.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// Its length in the quantity's unit.
    pub(super) length: f64,
    /// Its colour.
    pub(super) colour: Color32,
    /// What is said of it on hover.
    pub(super) hover: String,
}

/// A row.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// What it is.
    pub(super) label: String,
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
}

impl Row {
    /// The length of the whole bar.
    pub(super) fn length(&self) -> f64 {
        self.parts.iter().map(|part| part.length).sum()
    }
}

/// The lines behind the bars.
#[derive(Clone, Copy)]
pub(super) struct Axis {
    /// Distance between two lines, in the quantity's unit.
    pub(super) step: f64,
    /// How a value is written.
    pub(super) write: fn(f64) -> String,
}

/// Rows with their axis.
pub(super) struct Bars<'a> {
    /// What tells them from other rows.
    pub(super) salt: &'a str,
    /// The rows.
    pub(super) rows: &'a [Row],
    /// The last row: what the figures sum to.
    pub(super) total: Option<(&'a str, String, Option<String>)>,
    /// The axis under the bars, if they have one.
    pub(super) axis: Option<Axis>,
    /// Width of the figures.
    pub(super) figure_width: f32,
    /// Whether the rows scroll by themselves; if not, all are shown.
    pub(super) scrolls: bool,
}

const ROW: f32 = 20.0;

/// Paints the rows into the room there is, scrolling if there are more; gives the component of the clicked row.
pub(super) fn bars_ui(ui: &mut Ui, bars: &Bars<'_>) -> Option<ComponentId> {
    let width = ui.available_width();
    let font = Face::Regular.at(12.5);
    let longest = bars.rows.iter().map(|row| text_size(ui, &row.label, font.clone()).x).fold(60.0, f32::max);
    let label_width = (longest + 14.0).min(width * 0.36);
    let end = bars.rows.iter().map(|row| row.start + row.length()).fold(0.0, f64::max).max(1e-9);
    let total_height = if bars.total.is_some() { ROW + 4.0 } else { 0.0 };
    let axis_height = if bars.axis.is_some() { 18.0 } else { 0.0 };
    let wanted = ROW * bars.rows.len() as f32;
    let room = (ui.available_height() - total_height - axis_height).max(ROW * 3.0);
    let height = if bars.scrolls { room } else { wanted };
    let bar_width = if wanted > height { ui.spacing().scroll.allocated_width() } else { 0.0 };
    let width = width - bar_width;
    let top = ui.cursor().top();
    let (left, right) = (ui.cursor().left() + label_width, ui.cursor().left() + width - bars.figure_width);
    let x_of = |value: f64| left + (right - left) * (value / end) as f32;
    if let Some(axis) = bars.axis {
        axis_ui(ui, axis, end, top + wanted.min(height), &x_of);
    }
    let mut clicked = None;
    ScrollArea::vertical().id_salt(bars.salt).max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for row in bars.rows {
            if row_ui(ui, row, label_width, &x_of) {
                clicked.clone_from(&row.component);
            }
        }
    });
    ui.add_space(axis_height);
    if let Some((label, figure, share)) = &bars.total {
        total_ui(ui, width, label, figure, share.as_deref());
    }
    clicked
}

fn axis_ui(ui: &Ui, axis: Axis, end: f64, bottom: f32, x_of: &dyn Fn(f64) -> f32) {
    let tokens = Tokens::of(ui);
    let top = ui.cursor().top();
    let mut at = 0.0;
    while at <= end * 1.0001 {
        let x = x_of(at).round() + 0.5;
        ui.painter().vline(x, top..=bottom, Stroke::new(1.0, tokens.line));
        let align = egui::Align2::CENTER_TOP;
        ui.painter().text(pos2(x, bottom + 3.0), align, (axis.write)(at), Face::Regular.at(11.0), tokens.faint);
        at += axis.step;
    }
}

fn row_ui(ui: &mut Ui, row: &Row, label_width: f32, x_of: &dyn Fn(f64) -> f32) -> bool {
    let tokens = Tokens::of(ui);
    let sense = if row.component.is_some() { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), sense);
    let role = if row.component.is_some() { Role::Button } else { Role::Label };
    response.widget_info(|| WidgetInfo::labeled(role, true, format!("{}: {}", row.label, row.figure)));
    if !ui.is_rect_visible(rect) {
        return false;
    }
    if response.has_focus() {
        ui.painter().rect_stroke(rect, 4, Stroke::new(1.0, tokens.accent.ink), egui::StrokeKind::Inside);
    }
    let y = rect.center().y;
    let ink = if response.hovered() && row.component.is_some() { tokens.accent.ink } else { tokens.text };
    one_line(ui, pos2(rect.left(), y), label_width - 10.0, &row.label, Face::Regular.at(12.5), ink);
    let mut at = row.start;
    let pointer = response.hover_pos();
    let mut hover = format!("{}: {}", row.label, row.figure);
    for part in &row.parts {
        let (from, to) = (x_of(at), x_of(at + part.length));
        let bar = Rect::from_min_max(pos2(from, y - 6.0), pos2(to.max(from + 1.0), y + 6.0));
        ui.painter().rect_filled(bar, if row.parts.len() == 1 { 3 } else { 1 }, part.colour);
        if pointer.is_some_and(|pointer| (from..=to).contains(&pointer.x)) {
            hover = format!("{}\n{}", row.label, part.hover);
        }
        at += part.length;
    }
    figure_ui(ui, rect, &row.figure, row.share.as_deref(), Face::Regular);
    response.on_hover_text(hover).clicked()
}

/// The figure at the right of a row, and the share behind it in a column of its own.
fn figure_ui(ui: &Ui, rect: Rect, figure: &str, share: Option<&str>, face: Face) {
    let (tokens, align) = (Tokens::of(ui), egui::Align2::RIGHT_CENTER);
    let mut at = rect.right_center();
    if let Some(share) = share {
        ui.painter().text(at, align, share, face.at(12.5), tokens.muted);
        at.x -= 48.0;
    }
    ui.painter().text(at, align, figure, face.at(12.5), tokens.text);
}

fn total_ui(ui: &mut Ui, width: f32, label: &str, figure: &str, share: Option<&str>) {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(width, ROW + 4.0), Sense::hover());
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
