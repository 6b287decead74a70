//! What is read out and what a hover tells.

use egui::Ui;

use super::Chart;
use crate::{
    assess::{Lane, Task},
    explain::{self, schedule as words},
    figures,
    lang::{later, t, tr},
    ui::{
        panels::phrases,
        theme::{Face, Tokens, text},
    },
};

const ON_CHAIN: &str = later("on the longest chain");

/// `Orders: week 3 to week 21, on the longest chain`.
pub(super) fn lane_name(chart: &Chart<'_>, lane: &Lane) -> String {
    let name = words::lane(chart.view.session.project(), lane);
    let chain = if lane.chain_weeks > 0.0 { format!(", {}", t(ON_CHAIN)) } else { String::new() };
    format!("{name}: {}{chain}", chart.when.span(lane.start_weeks, lane.end_weeks))
}

/// `Orders: Build, week 5 to week 9, 2 people, on the longest chain`.
pub(super) fn task_name(chart: &Chart<'_>, task: &Task) -> String {
    let session = chart.view.session;
    let name = words::task(&session.engine().playbook, session.project(), chart.made, task);
    let chain = if task.on_chain { format!(", {}", t(ON_CHAIN)) } else { String::new() };
    let span = chart.when.span(task.start_weeks, task.end_weeks);
    format!("{name}, {span}, {}{chain}", words::people_on(task))
}

/// What a hover tells of a row: of the phase under the pointer, else of the lane.
pub(super) fn tip_ui(ui: &mut Ui, chart: &Chart<'_>, lane: &Lane, task: Option<usize>) {
    ui.set_max_width(320.0);
    let pointer = ui.input(|input| input.pointer.latest_pos());
    let at = pointer.filter(|at| chart.time.contains(at.x)).map(|at| chart.scale.weeks_at(at.x));
    match task.map(|task| &chart.made.tasks[task]).or_else(|| task_at(chart, lane, at?)) {
        Some(task) => task_tip_ui(ui, chart, lane, task),
        None => lane_tip_ui(ui, chart, lane),
    }
}

/// The task of a lane that is worked on at a moment.
pub(super) fn task_at<'a>(chart: &Chart<'a>, lane: &Lane, weeks: f64) -> Option<&'a Task> {
    chart.made.tasks_of(lane).iter().find(|task| is_at(task, weeks))
}

/// Whether a task is worked on at a moment.
pub(super) fn is_at(task: &Task, weeks: f64) -> bool {
    task.start_weeks <= weeks && weeks <= task.end_weeks
}

fn task_tip_ui(ui: &mut Ui, chart: &Chart<'_>, lane: &Lane, task: &Task) {
    let session = chart.view.session;
    let (playbook, project) = (&session.engine().playbook, session.project());
    title_ui(ui, &words::task(playbook, project, chart.made, task), chart, lane);
    when_ui(ui, chart, task.start_weeks, task.end_weeks);
    line_ui(ui, &tr!("{0}; {1} of effort", words::people_on(task), figures::person_weeks(task.person_weeks)));
    calibrated_apart_ui(ui);
    line_ui(ui, &words::wait(playbook, project, chart.made, task.waited_for));
    if task.on_chain {
        line_ui(ui, t("On the longest chain: what delays it delays the end"));
    }
}

fn lane_tip_ui(ui: &mut Ui, chart: &Chart<'_>, lane: &Lane) {
    title_ui(ui, &words::lane(chart.view.session.project(), lane), chart, lane);
    when_ui(ui, chart, lane.start_weeks, lane.end_weeks);
    line_ui(ui, &tr!("{} of effort", figures::person_weeks(lane.person_weeks)));
    calibrated_apart_ui(ui);
    if lane.chain_weeks > 0.0 {
        line_ui(ui, &tr!("The longest chain runs through it for {}", figures::weeks(lane.chain_weeks)));
    }
    if lane.component.is_some() {
        let faint = Tokens::of(ui).faint;
        ui.label(text(t("Click to go there"), Face::Regular, 11.0).color(faint));
    }
}

fn title_ui(ui: &mut Ui, title: &str, chart: &Chart<'_>, lane: &Lane) {
    let playbook = &chart.view.session.engine().playbook;
    let framework = lane.framework.as_ref().map(|id| phrases::short_name(playbook, id));
    let title = framework.map_or_else(|| title.to_owned(), |framework| format!("{title} ({framework})"));
    ui.label(text(title, Face::SemiBold, 12.5));
}

fn when_ui(ui: &mut Ui, chart: &Chart<'_>, from_weeks: f64, to_weeks: f64) {
    let late = chart.when.ends(chart.late(to_weeks));
    let span = chart.when.span(from_weeks, to_weeks);
    let mut letters = span.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    line_ui(ui, &(first + letters.as_str()));
    line_ui(ui, &tr!("{} at P50; done by {late} at P80", figures::weeks(to_weeks - from_weeks), late));
}

/// Below effort and weeks, which do not multiply out.
fn calibrated_apart_ui(ui: &mut Ui) {
    let faint = Tokens::of(ui).faint;
    ui.label(text(t(explain::NEAR_NOT_EXACT), Face::Regular, 11.0).color(faint));
}

fn line_ui(ui: &mut Ui, words: &str) {
    ui.label(text(words, Face::Regular, 12.5));
}
