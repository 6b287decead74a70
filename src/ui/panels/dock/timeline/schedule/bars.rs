//! Bars: solid and light in turn as the phases follow each other, a thin line on to where they end at P80, a line under
//! what is on the longest chain.

use egui::{Align2, Color32, Painter, Rect, Stroke, StrokeKind, Ui, pos2};

use super::Chart;
use crate::{
    assess::{Lane, Task},
    explain::schedule as words,
    ui::{
        theme::{Face, Pair},
        widgets::text_size,
    },
};

/// Half the height of the bar of a phase.
pub(super) const PHASE_HEIGHT: f32 = 5.5;
/// Half the height of the bar of a component whose phases are shown below it.
const OPEN_HEIGHT: f32 = 2.5;
/// Half the height of a bar that a single one of many works on.
const THIN: f32 = 3.0;
/// How far below the middle of a row the longest chain runs.
pub(super) const CHAIN_BELOW: f32 = 7.5;
/// How wide it is.
pub(super) const CHAIN_WIDTH: f32 = 2.0;
/// Room around the words in a bar.
const PAD: f32 = 4.0;

/// What the bars of a row are painted with.
pub(super) struct Bars<'a> {
    ui: &'a Ui,
    painter: Painter,
    chart: &'a Chart<'a>,
    y: f32,
}

impl<'a> Bars<'a> {
    pub(super) fn new(ui: &'a Ui, chart: &'a Chart<'a>, y: f32) -> Self {
        let clip = Rect::from_x_y_ranges(chart.time, y - super::ROW / 2.0..=y + super::ROW / 2.0);
        Self { ui, painter: ui.painter_at(clip), chart, y }
    }

    /// All phases of a lane in one row; a slim bar if they have rows of their own.
    pub(super) fn lane(&self, lane: &Lane, open: bool) {
        let colours = self.chart.colours_of(lane);
        self.whisker(lane.end_weeks, colours);
        let half = if open { OPEN_HEIGHT } else { PHASE_HEIGHT };
        let whole = self.rect(lane.start_weeks, lane.end_weeks, half);
        // Fainter than what leads on to P80: here nothing is done.
        self.painter.hline(whole.x_range(), self.y, Stroke::new(1.0, colours.ink.gamma_multiply(0.4)));
        if open {
            for task in self.chart.made.tasks_of(lane) {
                self.painter.rect_filled(self.rect(task.start_weeks, task.end_weeks, half), 1, colours.ink);
            }
            return;
        }
        for task in self.chart.made.tasks_of(lane) {
            let rect = self.rect(task.start_weeks, task.end_weeks, half);
            self.bar(rect, task.phase, colours);
            let label = words::phase(&self.chart.view.session.engine().playbook, task.phase);
            self.label(rect, label, task.phase, colours);
        }
        for task in self.chart.made.tasks_of(lane).iter().filter(|task| task.on_chain) {
            self.underline(self.rect(task.start_weeks, task.end_weeks, PHASE_HEIGHT));
        }
    }

    /// One phase in a row of its own: the thicker, the more people work on it.
    pub(super) fn task(&self, lane: &Lane, task: &Task) {
        let colours = self.chart.colours_of(lane);
        self.whisker(task.end_weeks, colours);
        for segment in &task.segments {
            let share = (segment.people / self.chart.made.team_size) as f32;
            let half = THIN + (PHASE_HEIGHT - THIN) * share;
            self.bar(self.rect(segment.from_weeks, segment.to_weeks, half), task.phase, colours);
        }
        let rect = self.rect(task.start_weeks, task.end_weeks, PHASE_HEIGHT);
        if task.on_chain {
            self.underline(rect);
        }
    }

    fn rect(&self, from_weeks: f64, to_weeks: f64, half: f32) -> Rect {
        let (from, to) = (self.chart.scale.x_of(from_weeks), self.chart.scale.x_of(to_weeks));
        Rect::from_min_max(pos2(from, self.y - half), pos2(to.max(from + 2.0), self.y + half))
    }

    fn bar(&self, rect: Rect, phase: usize, colours: Pair) {
        if is_solid(phase) {
            self.painter.rect_filled(rect, 2, colours.ink);
        } else {
            self.painter.rect(rect, 2, colours.surface, Stroke::new(1.0, colours.ink), StrokeKind::Inside);
        }
    }

    /// The words in a bar, where there is room for them in the part that is in view.
    fn label(&self, rect: Rect, words: &str, phase: usize, colours: Pair) {
        let seen = rect.intersect(Rect::from_x_y_ranges(self.chart.time, rect.y_range()));
        let font = Face::Regular.at(10.5);
        if seen.width() > 20.0 && text_size(self.ui, words, font.clone()).x + 2.0 * PAD <= seen.width() {
            let ink = if is_solid(phase) { colours.surface } else { colours.ink };
            self.painter.text(pos2(seen.left() + PAD, self.y), Align2::LEFT_CENTER, words, font, ink);
        }
    }

    /// The mark of the longest chain, under a bar.
    fn underline(&self, rect: Rect) {
        let line = Stroke::new(CHAIN_WIDTH, self.chart.tokens.accent.ink);
        self.painter.hline(rect.x_range(), self.y + CHAIN_BELOW, line);
    }

    /// From the end at P50 on to that at P80.
    fn whisker(&self, end_weeks: f64, colours: Pair) {
        let (from, to) = (self.chart.scale.x_of(end_weeks), self.chart.scale.x_of(self.chart.late(end_weeks)));
        let stroke = Stroke::new(1.0, colours.ink);
        whisker(&self.painter, from, to, self.y, stroke);
    }
}

/// Whether a phase is solid or light: the next one is the other.
fn is_solid(phase: usize) -> bool {
    phase.is_multiple_of(2)
}

/// A thin line with an end.
pub(super) fn whisker(painter: &Painter, from: f32, to: f32, y: f32, stroke: impl Into<Stroke>) {
    let stroke: Stroke = stroke.into();
    painter.hline(from..=to, y, stroke);
    painter.vline(to, y - 3.0..=y + 3.0, stroke);
}

/// A diamond around a point.
pub(super) fn diamond(painter: &Painter, centre: egui::Pos2, half: f32, fill: Color32, line: Stroke) {
    let [x, y] = [centre.x, centre.y];
    let corners = vec![pos2(x, y - half), pos2(x + half, y), pos2(x, y + half), pos2(x - half, y)];
    painter.add(egui::Shape::convex_polygon(corners, fill, line));
}
