//! What is done when: a Gantt chart that is painted, as it has to be read at a glance and moved under the hand.
//!
//! From the top: a sentence and the first day (`header`), the axis (`axis`), milestones (`milestones`), a row for each
//! component that opens to its phases (`rows`, `bars`, `arrows`), who works on what (`people`), a legend. Time is moved and
//! zoomed in `navigate`.

mod arrows;
mod axis;
mod bars;
mod header;
mod hover;
mod legend;
mod milestones;
mod navigate;
mod people;
mod rows;
mod state;

use egui::{Rect, Ui, pos2};

pub use state::ScheduleState;

use self::state::Scale;
use super::super::{DockState, parts::written};
use crate::{
    assess::{Lane, Schedule},
    figures::When,
    lang::t,
    project::{Confidence, FrameworkId},
    ui::{
        Actions, View,
        copying::{self, Offer},
        icons,
        theme::{Pair, Tokens, space},
        widgets::empty_state,
    },
};

/// Height of a row in points.
const ROW: f32 = 18.0;
/// Height of the axis: two lines of words, closer together where the chart is low.
const AXIS: f32 = 30.0;
const LOW_AXIS: f32 = 26.0;
/// Height of the row of milestones, and of each further line of their names.
const MILESTONES: f32 = 18.0;
const MILESTONE_NAMES: f32 = 13.0;
/// From these heights of the chart on, names of milestones have a second and a third line; below, where rows leave room for them.
const MORE_NAMES_FROM: [f32; 2] = [215.0, 290.0];
/// Height of the row that says who works on what; only where there is room for it.
const PEOPLE: f32 = 38.0;
/// From this height of the chart on there is.
const PEOPLE_FROM: f32 = 250.0;
/// Height of the legend; only where there is room for it.
const LEGEND: f32 = 17.0;
/// From this height of the chart on there is.
const LEGEND_FROM: f32 = 150.0;
/// Beyond the last whisker, as a share of the whole.
const MARGIN: f64 = 0.02;

/// What every part of the chart is painted with.
struct Chart<'a> {
    view: &'a View<'a>,
    made: &'a Schedule,
    when: When<'a>,
    scale: Scale,
    /// Where rows are: names at the left, time at the right.
    names: egui::Rangef,
    time: egui::Rangef,
    tokens: &'static Tokens,
}

impl Chart<'_> {
    /// When what ends after `weeks` at P50 ends at P80.
    fn late(&self, weeks: f64) -> f64 {
        self.made.at(weeks, Confidence::P80.probability())
    }

    /// The colours of what is built on a framework, or of the project's own work.
    fn colours(&self, framework: Option<&FrameworkId>) -> Pair {
        let known = framework.and_then(|id| self.view.session.engine().playbook.frameworks.get(id));
        self.tokens.framework(known.map_or("", |framework| &framework.colour))
    }

    fn colours_of(&self, lane: &Lane) -> Pair {
        self.colours(lane.framework.as_ref())
    }

    /// How far the day it is lies in the plan; `None` if it does not, or if nobody knows.
    fn today(&self) -> Option<f64> {
        let (timetable, today) = (self.when.timetable()?, self.view.session.today()?);
        let weeks = timetable.weeks_before(today);
        (today >= timetable.first() && weeks <= self.late(self.made.end_weeks())).then_some(weeks)
    }
}

/// Where the parts of the chart are on the screen.
struct Places {
    corner: Rect,
    axis: Rect,
    milestones: Rect,
    rows: Rect,
    people: Option<Rect>,
    legend: Option<Rect>,
    /// Everything that lies in time.
    time: Rect,
}

impl Places {
    fn new(area: Rect, bar_width: f32, lanes: usize) -> Self {
        let split = area.left() + (area.width() * 0.24).clamp(104.0, 190.0).round();
        let below = |rect: Rect, top: f32, height: f32| rect.with_min_y(top).with_max_y(top + height);
        let time = area.with_min_x(split).with_max_x(area.right() - bar_width);
        let axis = below(time, area.top(), if area.height() < LEGEND_FROM { LOW_AXIS } else { AXIS });
        let mut bottom = area.bottom();
        let mut take = |from: f32, height: f32| {
            (area.height() >= from).then(|| {
                bottom -= height;
                below(area.with_max_x(time.right()), bottom, height)
            })
        };
        let legend = take(LEGEND_FROM, LEGEND);
        let people = take(PEOPLE_FROM, PEOPLE);
        // By the rows that are closed: opening one moves nothing above it.
        let spare = bottom - axis.bottom() - MILESTONES - lanes as f32 * ROW;
        let for_spare = (spare / MILESTONE_NAMES).floor().max(0.0) as usize;
        let for_height = MORE_NAMES_FROM.iter().filter(|from| area.height() >= **from).count();
        let names = for_spare.max(for_height).min(MORE_NAMES_FROM.len());
        let height = MILESTONES + MILESTONE_NAMES * names as f32;
        let milestones = below(area.with_max_x(time.right()), axis.bottom(), height);
        let rows = area.with_min_y(milestones.bottom()).with_max_y(bottom);
        let corner = Rect::from_min_max(area.min, pos2(split, axis.bottom()));
        let time = time.with_max_y(people.map_or(rows.bottom(), |people| people.bottom()));
        Self { corner, axis, milestones, rows, people, legend, time }
    }
}

pub(super) fn schedule_ui(ui: &mut Ui, view: &View<'_>, state: &mut DockState, actions: &mut Actions) {
    let made = view.session.schedule();
    if made.tasks.is_empty() {
        empty_state(ui, icons::CHART_GANTT, t("There is no work to put in time yet"), None);
        return;
    }
    let when = When::new(view.session.timetable());
    let chain_told = header::header_ui(ui, view, made, when, actions);
    ui.add_space(space::TINY);
    chart_ui(ui, view, (made, when, chain_told), &mut state.schedule, actions);
}

/// How much time there is to look at: up to the end at P80, and to a deadline that is not far beyond it.
fn whole_weeks(view: &View<'_>, made: &Schedule) -> f64 {
    let late = made.at(made.end_weeks(), Confidence::P80.probability());
    let deadline = view.session.targets().deadline_weeks;
    let deadline = deadline.filter(|weeks| *weeks < late * 1.5).unwrap_or_default();
    late.max(deadline) * (1.0 + MARGIN)
}

fn chart_ui(
    ui: &mut Ui,
    view: &View<'_>,
    (made, when, chain_told): (&Schedule, When<'_>, bool),
    state: &mut ScheduleState,
    actions: &mut Actions,
) {
    let area = ui.available_rect_before_wrap();
    ui.advance_cursor_after_rect(area);
    let rows = state.rows(view, made);
    let mut places = Places::new(area, 0.0, made.lanes.len());
    let overflow = rows.len() as f32 * ROW > places.rows.height();
    if overflow {
        places = Places::new(area, ui.spacing().scroll.allocated_width(), made.lanes.len());
    }
    let whole = whole_weeks(view, made);
    let chart = Chart {
        view,
        made,
        when,
        scale: Scale::new(places.time.x_range(), state.window(whole)),
        names: egui::Rangef::new(area.left(), places.time.left()),
        time: places.time.x_range(),
        tokens: Tokens::of(ui),
    };
    let ground = navigate::ground_ui(ui, &chart, places.time);
    header::corner_ui(ui, &chart, places.corner, state, whole);
    let moments = axis::moments(ui, &chart, places.axis);
    axis::axis_ui(ui, &chart, places.axis, places.milestones.top()..=places.time.bottom(), &moments);
    let lines: Vec<f32> = moments.iter().map(axis::Moment::x).collect();
    milestones::milestones_ui(ui, &chart, places.milestones, &lines);
    rows::rows_ui(ui, &chart, (places.rows, &ground), &rows, state, actions);
    if let Some(place) = places.people {
        people::people_ui(ui, &chart, place);
    }
    for moment in &moments {
        axis::moment_ui(ui, &chart, &places, moment);
    }
    if let Some(place) = places.legend {
        legend::legend_ui(ui, &chart, place, chain_told);
    }
    let free = navigate::Free { whole_weeks: whole, rows_overflow: overflow };
    navigate::navigate(ui, &chart, &ground, places.time, &free, state);
    let csv = || written(view, "schedule-csv");
    copying::menu(ui, area, Offer::plot("schedule", &csv));
}
