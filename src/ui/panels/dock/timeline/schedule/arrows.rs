//! What waits for what: arrows from and to the component that is pointed at, else the selected one.

use egui::{Painter, Rect, Stroke, Ui, pos2, vec2};

use super::{
    Chart, ROW,
    bars::{CHAIN_BELOW, PHASE_HEIGHT},
    state::Row,
};
use crate::assess::Wait;

/// Most arrows that still tell something.
const MOST: usize = 60;
/// Most lanes between which the longest chain is drawn.
const LANES_LINKED: usize = 40;
/// Length of an arrow's head.
const HEAD: f32 = 4.0;
/// From this distance on an arrow goes sideways into its bar; nearer, it comes from above or below.
const SIDEWAYS_FROM: f32 = 12.0;

/// Where the rows of lanes and tasks are.
struct Heights<'a> {
    rows: &'a [Row],
    /// The row of each lane.
    lanes: Vec<usize>,
    top: f32,
}

impl<'a> Heights<'a> {
    fn new(chart: &Chart<'_>, rows: &'a [Row], top: f32) -> Self {
        let mut lanes = vec![0; chart.made.lanes.len()];
        for (at, row) in rows.iter().enumerate().filter(|(_, row)| row.task.is_none()) {
            lanes[row.lane] = at;
        }
        Self { rows, lanes, top }
    }

    /// The middle of the row that shows a task: its own, else that of its lane.
    fn of(&self, chart: &Chart<'_>, task: usize) -> f32 {
        let lane = chart.made.tasks[task].lane;
        let of_lane = self.lanes[lane];
        let own = of_lane + 1 + task - chart.made.lanes[lane].tasks.start;
        let is_shown = self.rows.get(own).is_some_and(|row| row.task == Some(task));
        self.top + (if is_shown { own } else { of_lane } as f32 + 0.5) * ROW
    }
}

/// Where the longest chain goes over from one row to another. In a plan with a hundred rows it would be a thicket.
pub(super) fn chain_ui(ui: &Ui, chart: &Chart<'_>, rows: &[Row], top: f32) {
    if chart.made.lanes.len() > LANES_LINKED {
        return;
    }
    let heights = Heights::new(chart, rows, top);
    let painter = ui.painter_at(Rect::from_x_y_ranges(chart.time, ui.clip_rect().y_range()));
    let line = Stroke::new(1.0, chart.tokens.accent.ink);
    for pair in chart.made.chain.windows(2) {
        let (from, to) = (heights.of(chart, pair[0]), heights.of(chart, pair[1]));
        if from != to {
            let x = chart.scale.x_of(chart.made.tasks[pair[1]].start_weeks);
            painter.vline(x, from + CHAIN_BELOW..=to + CHAIN_BELOW, line);
        }
    }
}

/// Paints the arrows; `top` is where the first row begins, `pointed` the lane under the pointer.
pub(super) fn arrows_ui(ui: &Ui, chart: &Chart<'_>, rows: &[Row], top: f32, pointed: Option<usize>) {
    let selected = || chart.made.lane_of(Some(chart.view.session.selected_component()?.0));
    // Everything waits for the project's own work, or the other way round: arrows would say nothing.
    let told = |lane: &usize| chart.made.lanes[*lane].component.is_some();
    let Some(lane) = pointed.or_else(selected).filter(told) else { return };
    let tasks = &chart.made.tasks;
    let mut pairs = Vec::new();
    for (at, task) in tasks.iter().enumerate() {
        let here = task.lane == lane;
        if here || task.after.iter().any(|before| tasks[*before].lane == lane) {
            let others = task.after.iter().filter(|before| {
                let other = tasks[**before].lane;
                other != task.lane && (here || other == lane) && told(&other) && told(&task.lane)
            });
            pairs.extend(others.map(|before| (*before, at)));
        }
        if let Wait::People(before) = task.waited_for
            && here
        {
            pairs.push((before, at));
        }
    }
    if pairs.is_empty() || pairs.len() > MOST {
        return;
    }
    let heights = Heights::new(chart, rows, top);
    let clip = ui.clip_rect();
    let painter = ui.painter_at(Rect::from_x_y_ranges(chart.time, clip.y_range()));
    for (before, after) in pairs {
        let (from_y, to_y) = (heights.of(chart, before), heights.of(chart, after));
        let binding = tasks[after].waited_for.task() == Some(before);
        let ink = if binding { chart.tokens.text } else { chart.tokens.wire };
        let line = Stroke::new(if binding { 1.5 } else { 1.0 }, ink);
        let (from_x, to_x) = (chart.scale.x_of(tasks[before].end_weeks), chart.scale.x_of(tasks[after].start_weeks));
        let people = matches!(tasks[after].waited_for, Wait::People(from) if from == before);
        arrow(&painter, (from_x, from_y), (to_x, to_y), line, people);
    }
}

/// From the end of a bar to the beginning of another one, in another row; dashed where only people go over.
fn arrow(painter: &Painter, (from_x, from_y): (f32, f32), (to_x, to_y): (f32, f32), line: Stroke, dashed: bool) {
    let down = if to_y > from_y { 1.0 } else { -1.0 };
    let mut points = vec![pos2(from_x, from_y)];
    let tip;
    let back;
    if to_x - from_x >= SIDEWAYS_FROM {
        let middle = from_x + SIDEWAYS_FROM / 2.0;
        points.extend([pos2(middle, from_y), pos2(middle, to_y)]);
        (tip, back) = (pos2(to_x, to_y), vec2(-HEAD, 0.0));
    } else {
        let x = to_x.max(from_x);
        points.push(pos2(x, from_y));
        (tip, back) = (pos2(x, to_y - down * (PHASE_HEIGHT + 1.0)), vec2(0.0, -down * HEAD));
    }
    points.push(tip + back);
    if dashed {
        painter.extend(egui::Shape::dashed_line(&points, line, 3.0, 2.0));
    } else {
        painter.line(points, line);
    }
    let side = back.rot90() * 0.8;
    let corners = vec![tip, tip + back + side, tip + back - side];
    painter.add(egui::Shape::convex_polygon(corners, line.color, Stroke::NONE));
}
