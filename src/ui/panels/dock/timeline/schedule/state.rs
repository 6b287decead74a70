//! What the chart remembers, and where weeks lie on the screen.

use std::{collections::BTreeSet, sync::Arc};

use egui::Rangef;

use crate::{
    assess::{Assessment, Schedule},
    project::{ComponentId, ElementId},
    ui::View,
};

/// The shortest stretch of time that can be looked at, in weeks.
const LEAST_SPAN_WEEKS: f64 = 0.8;

/// A row of the chart: a lane, or one of its tasks under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) lane: usize,
    pub(super) task: Option<usize>,
}

/// A stretch of time in weeks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Window {
    pub(super) from_weeks: f64,
    pub(super) span_weeks: f64,
}

/// Weeks below which a phase has no row.
const LEAST_WEEKS: f64 = 0.05;

/// What the schedule remembers.
#[derive(Clone, Debug, Default)]
pub struct ScheduleState {
    /// The lanes whose phases are shown; `None` is the project's own work.
    open: BTreeSet<Option<ComponentId>>,
    /// What is looked at; `None` for everything.
    window: Option<Window>,
    /// The lanes in the order of their rows, and what the order was made for.
    order: Vec<usize>,
    ordered_for: Option<Arc<Assessment>>,
    /// What was selected in the last frame.
    pub(super) selected: Option<ElementId>,
    /// How far the rows were scrolled in the last frame, in points.
    pub(super) offset: f32,
    /// Where the rows are to be scrolled to in the next frame, in points.
    pub(super) scroll_to: Option<f32>,
}

impl ScheduleState {
    /// The rows as they stand: the project's own work first, then components as they are begun. While something is dragged or
    /// held no row changes its place.
    pub(super) fn rows(&mut self, view: &View<'_>, made: &Schedule) -> Vec<Row> {
        let assessment = view.session.assessment();
        let known = self.ordered_for.as_ref().is_some_and(|known| Arc::ptr_eq(known, assessment));
        let held = view.session.history().in_gesture() && self.order.len() == made.lanes.len();
        if !known && !held {
            self.order = (0..made.lanes.len()).collect();
            self.order.sort_by(|a, b| {
                let key = |lane: usize| (made.lanes[lane].component.is_some(), made.lanes[lane].start_weeks);
                let ((a_component, a_start), (b_component, b_start)) = (key(*a), key(*b));
                a_component.cmp(&b_component).then(a_start.total_cmp(&b_start))
            });
            self.ordered_for = Some(Arc::clone(assessment));
        }
        let mut rows = Vec::with_capacity(self.order.len());
        for lane in &self.order {
            rows.push(Row { lane: *lane, task: None });
            let known = &made.lanes[*lane];
            if self.open.contains(&known.component) {
                // What reads as 0.0 weeks is no row of its own.
                let seen = known.tasks.clone().filter(|task| made.tasks[*task].duration_weeks() >= LEAST_WEEKS);
                rows.extend(seen.map(|task| Row { lane: *lane, task: Some(task) }));
            }
        }
        rows
    }

    pub(super) fn is_open(&self, component: Option<&ComponentId>) -> bool {
        self.open.contains(&component.cloned())
    }

    pub(super) fn set_open(&mut self, component: Option<&ComponentId>, open: bool) {
        if open {
            self.open.insert(component.cloned());
        } else {
            self.open.remove(&component.cloned());
        }
    }

    /// Whether the phases of every lane are shown.
    pub(super) fn all_open(&self, made: &Schedule) -> bool {
        made.lanes.iter().all(|lane| self.open.contains(&lane.component))
    }

    pub(super) fn set_all_open(&mut self, made: &Schedule, open: bool) {
        self.open.clear();
        if open {
            self.open = made.lanes.iter().map(|lane| lane.component.clone()).collect();
        }
    }

    /// Scrolls so that a row that begins at `top` points is in a view of `height`; not if it is already.
    pub(super) fn show_row(&mut self, top: f32, height: f32) {
        let seen = self.offset..=(self.offset + height - super::ROW).max(self.offset);
        if !seen.contains(&top) {
            self.scroll_to = Some((top - (height - super::ROW) / 2.0).max(0.0));
        }
    }

    /// What is looked at of a plan of `whole_weeks`.
    pub(super) fn window(&self, whole_weeks: f64) -> Window {
        let everything = Window { from_weeks: 0.0, span_weeks: whole_weeks.max(1e-6) };
        // A plan that became shorter is not left looking at nothing.
        self.window.filter(|window| window.from_weeks < whole_weeks).unwrap_or(everything)
    }

    /// Looks at a stretch of a plan of `whole_weeks`, kept within it.
    pub(super) fn look_at(&mut self, window: Window, whole_weeks: f64) {
        let span_weeks = window.span_weeks.max(LEAST_SPAN_WEEKS.min(whole_weeks));
        let from_weeks = window.from_weeks.min(whole_weeks - span_weeks).max(0.0);
        self.window = (span_weeks < whole_weeks * 0.999).then_some(Window { from_weeks, span_weeks });
    }

    /// Looks at everything.
    pub(super) fn fit(&mut self) {
        self.window = None;
    }

    /// Looks at less (`factor` over 1) or more, with the moment `around_weeks` where it is.
    pub(super) fn zoom(&mut self, factor: f64, around_weeks: f64, whole_weeks: f64) {
        let window = self.window(whole_weeks);
        let least = LEAST_SPAN_WEEKS.min(whole_weeks);
        let span_weeks = (window.span_weeks / factor).clamp(least, whole_weeks.max(least));
        let from_weeks = around_weeks - (around_weeks - window.from_weeks) * span_weeks / window.span_weeks;
        self.look_at(Window { from_weeks, span_weeks }, whole_weeks);
    }

    /// Goes on in time by so many weeks.
    pub(super) fn pan(&mut self, weeks: f64, whole_weeks: f64) {
        let window = self.window(whole_weeks);
        self.look_at(Window { from_weeks: window.from_weeks + weeks, ..window }, whole_weeks);
    }
}

/// Where weeks lie on the screen.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    left: f32,
    points_a_week: f64,
    pub(super) window: Window,
}

impl Scale {
    pub(super) fn new(x: Rangef, window: Window) -> Self {
        Self { left: x.min, points_a_week: f64::from(x.span().max(1.0)) / window.span_weeks, window }
    }

    pub(super) fn x_of(&self, weeks: f64) -> f32 {
        let points = (weeks - self.window.from_weeks) * self.points_a_week;
        // Far outside is as good as near outside, and painters do not like huge numbers.
        self.left + points.clamp(-1e4, 1e5) as f32
    }

    pub(super) fn weeks_at(&self, x: f32) -> f64 {
        self.window.from_weeks + f64::from(x - self.left) / self.points_a_week
    }

    pub(super) fn points_a_week(&self) -> f64 {
        self.points_a_week
    }

    /// The end of what is looked at, in weeks.
    pub(super) fn end_weeks(&self) -> f64 {
        self.window.from_weeks + self.window.span_weeks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_zoomed_at_a_moment_and_never_leaves_the_plan() {
        let mut state = ScheduleState::default();
        assert_eq!(state.window(20.0), Window { from_weeks: 0.0, span_weeks: 20.0 });
        let x = Rangef::new(100.0, 900.0);
        let before = Scale::new(x, state.window(20.0)).x_of(5.0);
        state.zoom(2.0, 5.0, 20.0);
        let scale = Scale::new(x, state.window(20.0));
        assert_eq!((scale.window.span_weeks, scale.x_of(5.0)), (10.0, before));
        assert!((scale.weeks_at(scale.x_of(7.25)) - 7.25).abs() < 1e-4);
        state.pan(100.0, 20.0);
        assert_eq!(state.window(20.0), Window { from_weeks: 10.0, span_weeks: 10.0 });
        state.pan(-100.0, 20.0);
        assert_eq!(state.window(20.0).from_weeks, 0.0);
        state.zoom(1e9, 5.0, 20.0);
        assert_eq!(state.window(20.0).span_weeks, LEAST_SPAN_WEEKS);
        state.zoom(1e-9, 5.0, 20.0);
        assert_eq!(state.window(20.0), Window { from_weeks: 0.0, span_weeks: 20.0 });
        // A plan shorter than the least stretch is looked at as a whole.
        state.zoom(3.0, 0.1, 0.5);
        assert_eq!(state.window(0.5).span_weeks, 0.5);
    }
}
