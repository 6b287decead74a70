//! The schedule for a spreadsheet or a planning tool: one row a component and phase.

use super::{
    ExportError, ExportInput,
    csv::{decimal, text_cell},
};
use crate::{
    assess::{Schedule, Task, round_to_cents, schedule},
    explain::{self, schedule as words},
    lang::t,
    project::{ComponentId, Confidence, Timetable},
};

const HEADER: [&str; 15] = [
    "component_id",
    "component",
    "framework",
    "phase",
    "begin_weeks",
    "end_weeks",
    "end_weeks_p80",
    "begin_date",
    "end_date",
    "end_date_p80",
    "mean_people",
    "person_weeks",
    "on_longest_chain",
    "waited_for",
    "after",
];

/// Writes UTF-8 with a header; dates are empty where the plan has no first day. Person-weeks sum to the rounded effort exactly.
pub(super) fn write(input: &ExportInput) -> Result<Vec<u8>, ExportError> {
    let made = schedule(input.playbook, input.project, input.assessment);
    let timetable = input.project.assumptions.timetable();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(HEADER)?;
    let effort: Vec<f64> = made.tasks.iter().map(|task| task.person_weeks).collect();
    for (task, effort) in made.tasks.iter().zip(round_to_cents(&effort)) {
        writer.write_record(record(input, &made, timetable.as_ref(), (task, effort)))?;
    }
    writer.into_inner().map_err(|error| ExportError::Csv(error.into_error().into()))
}

fn record(
    input: &ExportInput,
    made: &Schedule,
    timetable: Option<&Timetable>,
    (task, effort_hundredths): (&Task, i128),
) -> [String; HEADER.len()] {
    let lane = &made.lanes[task.lane];
    let framework = lane.framework.as_ref().map_or("", |id| input.playbook.framework_name(id));
    let late = made.at(task.end_weeks, Confidence::P80.probability());
    let finish = |weeks| timetable.map_or_else(String::new, |timetable| timetable.finish_of(weeks).to_string());
    let begin = timetable.map_or_else(String::new, |timetable| timetable.date_of(task.start_weeks).to_string());
    let name = |at: usize| words::task(input.playbook, input.project, made, &made.tasks[at]);
    let after: Vec<String> = task.after.iter().map(|before| name(*before)).collect();
    [
        text_cell(lane.component.as_ref().map_or("", ComponentId::as_str)),
        text_cell(
            &lane
                .component
                .as_ref()
                .map_or_else(|| t(explain::OWN_WORK).to_owned(), |id| input.project.component_name(id)),
        ),
        text_cell(framework),
        text_cell(words::phase(input.playbook, task.phase)),
        hundredths(task.start_weeks),
        hundredths(task.end_weeks),
        hundredths(late),
        begin,
        finish(task.end_weeks),
        finish(late),
        hundredths(task.mean_people(made.team_size)),
        decimal(effort_hundredths),
        if task.on_chain { "yes" } else { "no" }.to_owned(),
        text_cell(&task.waited_for.task().map_or_else(String::new, name)),
        text_cell(&after.join("; ")),
    ]
}

fn hundredths(value: f64) -> String {
    decimal((value * 100.0).round() as i128)
}
