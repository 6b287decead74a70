//! The cells: a figure, what belongs to it, how it differs from the base column, and where its range lies.

use egui::{Align2, Painter, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::{
    Contents, SideBySideState,
    place::{FIRST_LINE, NEXT_LINE, has_range},
};
use crate::{
    assess::{Column, Distribution, FindingCounts, Severity},
    explain::side_by_side::{Cell, Change, Metric},
    lang::tr,
    ui::{
        theme::{Face, Tokens},
        widgets::{one_line, severity_look, text_size},
    },
};

/// From the border of a column to its contents.
pub(super) const INSET: f32 = 10.0;
const FIGURE: f32 = 12.5;
const SMALL: f32 = 11.0;
/// An arrow and the gap behind it.
const ARROW: f32 = 10.0;

/// Everything that is seen of the cells.
pub(super) fn cells_ui(ui: &mut Ui, contents: &Contents<'_>, state: &SideBySideState) {
    let (place, tokens, columns) = (&contents.place, Tokens::of(ui), &contents.table.comparison.columns);
    let body = place.cells();
    let mut sheet = ui.new_child(egui::UiBuilder::new().id_salt("cells").max_rect(body));
    sheet.set_clip_rect(body.intersect(ui.clip_rect()));
    let scales: Vec<Option<Scale>> = contents.rows.iter().map(|row| Scale::of(columns, row.metric)).collect();
    for (at, column) in place.order().filter_map(|at| Some((at, columns.get(at)?))) {
        let ground = place.column(at);
        if !ground.intersects(body) {
            continue;
        }
        let floats = at == contents.table.base && place.base_floats();
        if floats {
            // The others pass under it.
            sheet.painter().rect_filled(ground, 0.0, tokens.panel);
        }
        if state.selected.as_ref() == Some(&column.choice) {
            let tint = tokens.panel.lerp_to_gamma(tokens.accent.surface, 0.55);
            sheet.painter().rect_filled(ground, 0.0, tint);
        }
        for (row, scale) in scales.iter().enumerate() {
            let rect = place.cell(at, row);
            if rect.intersects(body) {
                cell_ui(&mut sheet, contents, (at, row), rect.intersect(body), scale.as_ref());
            }
        }
        sheet.painter().vline(ground.right(), ground.y_range(), Stroke::new(1.0, tokens.line));
        if floats {
            sheet.painter().vline(ground.left(), ground.y_range(), Stroke::new(1.0, tokens.line_strong));
        }
    }
}

fn cell_ui(ui: &mut Ui, contents: &Contents<'_>, (at, row): (usize, usize), seen: Rect, scale: Option<&Scale>) {
    let (column, rows, tokens) = (&contents.table.comparison.columns[at], contents.rows, Tokens::of(ui));
    let (metric, cell, rect) = (rows[row].metric, &rows[row].cells[at], contents.place.cell(at, row));
    let response = ui.interact(seen, ui.scope_id().with((column.slug.as_str(), row)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, in_words(&column.name, &rows[row].label, cell)));
    let inner = rect.shrink2(vec2(INSET, 0.0));
    let first = inner.top() + FIRST_LINE;
    let mut room = inner.width();
    if let Some(change) = &cell.change {
        let width = ARROW + text_size(ui, &change.words, Face::Regular.at(SMALL)).x;
        if contents.place.is_roomy() {
            room -= width + INSET;
            change_ui(ui, pos2(inner.right() - width, first), width, change);
        } else {
            change_ui(ui, pos2(inner.left(), first + NEXT_LINE), inner.width(), change);
        }
    }
    match metric {
        Metric::Findings if column.findings.total() > 0 => {
            findings_ui(ui, pos2(inner.left(), first), column.findings, cell.best);
        }
        _ => figure_ui(ui, pos2(inner.left(), first), room, cell),
    }
    if let Some(scale) = scale {
        let track =
            Rect::from_min_max(pos2(inner.left(), rect.bottom() - 11.0), pos2(inner.right(), rect.bottom() - 3.0));
        let base = contents.table.comparison.columns.get(contents.table.base).filter(|_| at != contents.table.base);
        scale.paint(ui.painter(), tokens, track, column, base);
    }
    ui.painter().hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, tokens.line));
    response.on_hover_ui(|ui| {
        ui.set_max_width(420.0);
        ui.label(crate::ui::theme::text(in_words(&column.name, &rows[row].label, cell), Face::Medium, 12.5));
        for line in contents.table.detail(metric, at) {
            ui.label(line);
        }
        ui.label(crate::ui::theme::text(metric.help(), Face::Regular, 12.0).color(Tokens::of(ui).muted));
    });
}

fn figure_ui(ui: &Ui, at: egui::Pos2, room: f32, cell: &Cell) {
    let tokens = Tokens::of(ui);
    let face = if cell.best { Face::SemiBold } else { Face::Regular };
    let width = one_line(ui, at, room, &cell.figure, face.at(FIGURE), tokens.text);
    let rest = room - width - 5.0;
    // A word that is cut says less than none: the hover text has it.
    if !cell.note.is_empty() && text_size(ui, &cell.note, Face::Regular.at(SMALL)).x <= rest {
        one_line(ui, at + vec2(width + 5.0, 0.0), rest, &cell.note, Face::Regular.at(SMALL), tokens.muted);
    }
}

/// A small arrow and the difference in words.
fn change_ui(ui: &Ui, at: egui::Pos2, room: f32, change: &Change) {
    let tokens = Tokens::of(ui);
    let ink = match change.better {
        Some(true) => tokens.accent.ink,
        Some(false) => tokens.warning.ink,
        None => tokens.muted,
    };
    let mut left = at;
    if let Some(arrow) = change.arrow() {
        ui.painter().text(at, Align2::LEFT_CENTER, arrow, Face::Regular.at(8.0), ink);
        left.x += ARROW;
    }
    one_line(ui, left, room - (left.x - at.x) + 1.0, &change.words, Face::Regular.at(SMALL), ink);
}

/// A sign and a count for each severity there is.
fn findings_ui(ui: &Ui, at: egui::Pos2, counts: FindingCounts, best: bool) {
    let tokens = Tokens::of(ui);
    let face = if best { Face::SemiBold } else { Face::Regular };
    let mut x = at.x;
    for severity in Severity::ALL {
        let count = match severity {
            Severity::Error => counts.errors,
            Severity::Warning => counts.warnings,
            Severity::Hint => counts.hints,
        };
        if count > 0 {
            let (glyph, pair) = severity_look(tokens, severity);
            x += one_line(ui, pos2(x, at.y), 20.0, &glyph.to_string(), Face::Icons.at(12.0), pair.ink) + 3.0;
            x += one_line(ui, pos2(x, at.y), 60.0, &count.to_string(), face.at(FIGURE), tokens.text) + 8.0;
        }
    }
}

/// What a reader hears: `All Django, Time, P50: 34.2 weeks, 3.2 longer, best`.
fn in_words(column: &str, row: &str, cell: &Cell) -> String {
    let mut words = format!("{column}, {row}: {}", cell.figure_with_note());
    if let Some(change) = &cell.change {
        words = format!("{words}, {}", change.words);
    }
    if cell.best { tr!("{words}, best", words) } else { words }
}

/// The range of a row over all columns, so that their lines can be compared.
struct Scale {
    low: f64,
    high: f64,
    of: fn(&Column) -> Distribution,
}

impl Scale {
    fn of(columns: &[Column], metric: Metric) -> Option<Self> {
        let of: fn(&Column) -> Distribution = match metric {
            _ if !has_range(metric) => return None,
            Metric::WeeksP50 => |column| column.weeks,
            _ => |column| column.budget_usd,
        };
        let ends = columns.iter().map(|column| (of(column).quantile(0.1), of(column).quantile(0.9)));
        let (low, high) = ends.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))?;
        (high > low).then_some(Self { low, high, of })
    }

    /// A line from P10 to P90 with a mark at P80 and a dot at P50; the dot of the base column is a fine line across.
    fn paint(&self, painter: &Painter, tokens: &Tokens, track: Rect, column: &Column, base: Option<&Column>) {
        let x = |value: f64| {
            let share = (value - self.low) / (self.high - self.low);
            // Half a dot of room at each end.
            track.left() + 3.0 + (track.width() - 6.0) * share as f32
        };
        let (distribution, y) = ((self.of)(column), track.center().y);
        if let Some(base) = base {
            let at = x((self.of)(base).median);
            painter.vline(at, track.y_range(), Stroke::new(1.0, tokens.line_strong));
        }
        let ends = x(distribution.quantile(0.1))..=x(distribution.quantile(0.9));
        painter.hline(ends, y, Stroke::new(2.0, tokens.faint));
        let p80 = x(distribution.quantile(0.8));
        painter.vline(p80, y - 3.0..=y + 3.0, Stroke::new(1.5, tokens.faint));
        painter.circle_filled(pos2(x(distribution.median), y), 3.0, tokens.accent.ink);
    }
}
