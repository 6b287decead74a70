//! `groundplan schedule`: what is done when.

use std::path::Path;

use super::{
    Streams, assessed, emit,
    failure::Failure,
    report::{one_line, push},
};
use crate::{
    assess::{Lane, Schedule, Task, schedule as made_of},
    explain::schedule as words,
    export::{ExportInput, schedule_json},
    figures::{When, tenths, tenths_of},
    project::{Confidence, Timetable},
};

pub(super) fn schedule(file: &Path, json: bool, playbook: Option<&Path>, streams: &mut Streams) -> Result<u8, Failure> {
    let (engine, project, assessment) = assessed(file, playbook, streams)?;
    let input = ExportInput::new(&project, &assessment, &engine.playbook);
    if json {
        return emit(streams, &schedule_json(&input)?);
    }
    let made = made_of(&engine.playbook, &project, &assessment);
    let timetable = project.assumptions.timetable();
    emit(streams, Text { input: &input, made: &made, timetable: timetable.as_ref() }.written().as_bytes())
}

struct Text<'a> {
    input: &'a ExportInput<'a>,
    made: &'a Schedule,
    timetable: Option<&'a Timetable>,
}

impl Text<'_> {
    fn written(&self) -> String {
        let mut text = String::new();
        if self.made.tasks.is_empty() {
            push(&mut text, "Nothing to do: there is no service yet");
            return text;
        }
        let name = self.input.project.title();
        push(&mut text, &format!("{}\n", one_line(name)));
        let team = crate::figures::number(self.made.team_size);
        push(
            &mut text,
            &format!("{}, a team of {team} throughout", words::ending(self.made, When::new(self.timetable))),
        );
        if let Some(chain) = words::chain(self.input.project, self.made) {
            push(&mut text, &one_line(&format!("* {chain}")));
        }
        self.table(&mut text);
        self.milestones(&mut text);
        text
    }

    fn table(&self, text: &mut String) {
        let mut rows = Vec::new();
        // Components sum to the whole as they are written, and the phases of each to it.
        let efforts: Vec<f64> = self.made.lanes.iter().map(|lane| lane.person_weeks).collect();
        for (lane, effort) in self.made.lanes.iter().zip(tenths(&efforts).0) {
            let tasks = self.made.tasks_of(lane);
            let parts = tenths_of(&tasks.iter().map(|task| task.person_weeks).collect::<Vec<f64>>(), &effort);
            rows.push(self.lane_row(lane, effort));
            rows.extend(tasks.iter().zip(parts).map(|(task, effort)| self.task_row(task, effort)));
        }
        let width = rows.iter().map(|row| row[0].chars().count()).max().unwrap_or(0);
        let [begins, done, late] =
            if self.timetable.is_some() { ["Begins", "Done", "Done, P80"] } else { ["From", "To", "To, P80"] };
        let line = |text: &mut String, row: [&str; 6]| {
            let [name, from, to, late, people, effort] = row;
            let line = format!("{name:width$}  {from:>10}  {to:>10}  {late:>10}  {people:>7}  {effort:>12}");
            push(text, line.trim_end());
        };
        text.push('\n');
        line(
            text,
            [if self.timetable.is_some() { "" } else { "Weeks of work" }, begins, done, late, "People", "Person-weeks"],
        );
        for row in &rows {
            line(text, row.each_ref().map(String::as_str));
        }
    }

    fn lane_row(&self, lane: &Lane, effort: String) -> [String; 6] {
        let name = one_line(&words::lane(self.input.project, lane));
        let mark = if lane.chain_weeks > 0.0 { "*" } else { " " };
        let [from, to, late] = self.times(lane.start_weeks, lane.end_weeks);
        [format!("{mark} {name}"), from, to, late, String::new(), effort]
    }

    fn task_row(&self, task: &Task, effort: String) -> [String; 6] {
        let mark = if task.on_chain { "*" } else { " " };
        let name = one_line(words::phase(self.input.playbook, task.phase));
        let [from, to, late] = self.times(task.start_weeks, task.end_weeks);
        let (least, most) = task.people();
        let count = |people: f64| crate::figures::number((people * 10.0).round() / 10.0);
        let people = if most - least < 0.05 { count(most) } else { format!("{}–{}", count(least), count(most)) };
        [format!("  {mark} {name}"), from, to, late, people, effort]
    }

    /// Begin, end, and end at P80.
    fn times(&self, from_weeks: f64, to_weeks: f64) -> [String; 3] {
        let late = self.made.at(to_weeks, Confidence::P80.probability());
        match self.timetable {
            Some(timetable) => {
                [timetable.date_of(from_weeks), timetable.finish_of(to_weeks), timetable.finish_of(late)]
                    .map(|date| date.to_string())
            }
            None => [from_weeks, to_weeks, late].map(|weeks| format!("{weeks:.1}")),
        }
    }

    fn milestones(&self, text: &mut String) {
        push(text, "\nMilestones");
        let when = When::new(self.timetable);
        let rows: Vec<(String, String)> = self
            .made
            .milestones
            .iter()
            .map(|milestone| {
                let name = words::milestone(self.input.playbook, self.input.project, self.made, milestone);
                (when.ends(milestone.weeks), one_line(&name))
            })
            .collect();
        let width = rows.iter().map(|(when, _)| when.len()).max().unwrap_or(0);
        for (when, name) in rows {
            push(text, &format!("  {when:width$}  {name}"));
        }
    }
}
