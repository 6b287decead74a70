//! Where everything stands: heads on top and names at the left stay, the sheet of cells moves under them.

use egui::{Pos2, Rect, Ui, Vec2, pos2, vec2};

use crate::{
    explain::side_by_side::{Metric, Row},
    ui::{
        theme::{Face, space},
        widgets::text_size,
    },
};

/// From the top of a row to the middle of its first line.
pub(super) const FIRST_LINE: f32 = 11.5;
/// From the middle of the first line to that of the second.
pub(super) const NEXT_LINE: f32 = 13.5;
/// Height of the heads.
const HEAD: f32 = 44.0;
/// A row of one line, and one of two.
const ROW: [f32; 2] = [24.0, 34.0];
/// What the range under a figure takes.
const RANGE: f32 = 10.0;
/// The row that says how to set targets.
const ADVICE: f32 = 38.0;
/// Widths of a column: what a figure and its difference need, what a name needs as well, and what looks lost.
const COLUMN: (f32, f32, f32) = (112.0, 130.0, 270.0);
/// From this width on, there is room for names.
const NAMES_FROM: f32 = 480.0;
/// From this width on, figure and difference stand on one line.
const ONE_LINE_FROM: f32 = 216.0;

/// The places of the parts of the table, in points of the screen.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// What is seen of the table.
    area: Rect,
    /// Where the sheet of heads, names and cells begins; outside of what is seen once it is scrolled.
    origin: Pos2,
    names_width: f32,
    column_width: f32,
    columns: usize,
    /// The column that the others are compared with.
    base: usize,
    /// The top of each row under the heads, and the bottom of the last.
    tops: Vec<f32>,
    advice: bool,
}

impl Place {
    pub(super) fn new(ui: &Ui, area: Rect, rows: &[Row], (columns, base): (usize, usize), has_targets: bool) -> Self {
        let name = |row: &Row| text_size(ui, &row.label, Face::Regular.at(12.0)).x;
        let names_width = rows.iter().map(name).fold(96.0, f32::max) + space::MEDIUM;
        let names_width = names_width.min((area.width() * 0.4).max(108.0)).round();
        let room = area.width() - names_width - ui.spacing().scroll.allocated_width();
        let least = if area.width() < NAMES_FROM { COLUMN.0 } else { COLUMN.1 };
        // As many columns as there is room for, and no part of another.
        let seen = ((room / least).floor().max(1.0) as usize).min(columns.max(1));
        let column_width = (room / seen as f32).clamp(least, COLUMN.2).floor();
        let height = |row: &Row| {
            let differs = row.cells.iter().any(|cell| cell.change.is_some());
            let lines = if differs && column_width < ONE_LINE_FROM { ROW[1] } else { ROW[0] };
            lines + if has_range(row.metric) { RANGE } else { 0.0 }
        };
        let mut tops = vec![0.0];
        let mut bottom = 0.0;
        for row in rows {
            bottom += height(row);
            tops.push(bottom);
        }
        Self { area, origin: area.min, names_width, column_width, columns, base, tops, advice: !has_targets }
    }

    /// The size of everything.
    pub(super) fn sheet(&self) -> Vec2 {
        let advice = if self.advice { ADVICE } else { 0.0 };
        vec2(self.names_width + self.columns as f32 * self.column_width, HEAD + self.bottom() + advice)
    }

    /// Takes up where the sheet was put, and what is seen of it.
    pub(super) fn scrolled(&mut self, sheet: Rect, viewport: Rect) {
        self.origin = sheet.min;
        self.area = Rect::from_min_size(sheet.min + viewport.min.to_vec2(), viewport.size());
    }

    /// Whether a figure and its difference stand on one line.
    pub(super) fn is_roomy(&self) -> bool {
        self.column_width >= ONE_LINE_FROM
    }

    /// What is seen of the table.
    pub(super) fn area(&self) -> Rect {
        self.area
    }

    /// What is seen of the cells.
    pub(super) fn cells(&self) -> Rect {
        Rect::from_min_max(self.area.min + vec2(self.names_width, HEAD), self.area.max)
    }

    pub(super) fn cell(&self, column: usize, row: usize) -> Rect {
        Rect::from_x_y_ranges(self.column(column).x_range(), self.row(row))
    }

    /// The columns in the order in which they are painted: what is compared with stays in view, over the others.
    pub(super) fn order(&self) -> impl Iterator<Item = usize> + use<> {
        let (base, columns) = (self.base, self.columns);
        (0..columns).filter(move |at| *at != base).chain((base < columns).then_some(base))
    }

    /// Whether the column that the others are compared with stands still at a border, over others.
    pub(super) fn base_floats(&self) -> bool {
        self.column(self.base).left() != self.at_rest(self.base)
    }

    /// Whether there is room for another column beside the one that stays in view.
    fn keeps_base(&self) -> bool {
        self.area.width() - self.names_width >= 2.0 * self.column_width
    }

    /// Where a column begins that moves with the sheet.
    fn at_rest(&self, column: usize) -> f32 {
        self.origin.x + self.names_width + column as f32 * self.column_width
    }

    /// A column from the top of its head to what is seen of its last row.
    pub(super) fn column(&self, column: usize) -> Rect {
        let mut left = self.at_rest(column);
        if column == self.base && self.keeps_base() {
            let first = self.area.left() + self.names_width;
            left = left.clamp(first, (self.area.right() - self.column_width).max(first));
        }
        Rect::from_min_max(pos2(left, self.area.top()), pos2(left + self.column_width, self.area.bottom()))
    }

    /// What is seen of the heads.
    pub(super) fn heads(&self) -> Rect {
        Rect::from_min_max(self.area.min + vec2(self.names_width, 0.0), pos2(self.area.right(), self.area.top() + HEAD))
    }

    pub(super) fn head(&self, column: usize) -> Rect {
        self.column(column).with_max_y(self.area.top() + HEAD)
    }

    /// What is seen of the names of the rows.
    pub(super) fn names(&self) -> Rect {
        let min = self.area.min + vec2(0.0, HEAD);
        Rect::from_min_max(min, pos2(min.x + self.names_width, self.area.bottom()))
    }

    pub(super) fn name(&self, row: usize) -> Rect {
        Rect::from_x_y_ranges(self.names().x_range(), self.row(row))
    }

    /// What stands over the names.
    pub(super) fn corner(&self) -> Rect {
        Rect::from_min_size(self.area.min, vec2(self.names_width, HEAD))
    }

    /// Where it says how to set targets, if there are none; it does not move to the side.
    pub(super) fn advice(&self) -> Option<Rect> {
        let top = self.origin.y + HEAD + self.bottom();
        let rect = Rect::from_min_size(pos2(self.area.left(), top), vec2(self.area.width(), ADVICE));
        self.advice.then_some(rect)
    }

    /// Scrolls sideways until a column is seen; names and the column that stays in view must not cover it.
    pub(super) fn bring_into_view(&self, ui: &Ui, column: usize) {
        let (rect, covered) = (self.head(column), if self.keeps_base() { self.column_width } else { 0.0 });
        let left = self.names_width + if column > self.base { covered } else { 0.0 };
        let right = if column < self.base { covered } else { 0.0 };
        ui.scroll_to_rect(Rect::from_min_max(rect.min - vec2(left, 0.0), rect.max + vec2(right, 0.0)), None);
    }

    fn row(&self, row: usize) -> egui::Rangef {
        let top = self.origin.y + HEAD;
        egui::Rangef::new(top + self.tops[row], top + self.tops[row + 1])
    }

    fn bottom(&self) -> f32 {
        self.tops.last().copied().unwrap_or_default()
    }
}

/// Whether a row shows the whole range under its figure.
pub(super) fn has_range(metric: Metric) -> bool {
    matches!(metric, Metric::WeeksP50 | Metric::BudgetP50)
}
