//! The section on what is done when.

use super::{
    super::words::tenths,
    ExportInput,
    text::{Report, escape},
};
use crate::{
    assess::{Lane, Schedule, schedule},
    explain::schedule as words,
    figures::When,
    project::Confidence,
    text::number,
};

pub(super) fn timeline(input: &ExportInput, report: &mut Report) {
    let made = schedule(input.playbook, input.project, input.assessment);
    if made.tasks.is_empty() {
        return;
    }
    let timetable = input.project.assumptions.timetable();
    let when = When::new(timetable.as_ref());
    let late = |weeks| made.at(weeks, Confidence::P80.probability());
    report.heading("Schedule");
    let chain = words::chain(input.project, &made).map_or_else(String::new, |chain| format!("; {chain}"));
    report.line(&format!(
        "{}{}. A team of {} works on it throughout.",
        words::ending(&made, when),
        escape(&chain),
        number(made.team_size)
    ));
    let row = |lane: &Lane| {
        vec![
            escape(&words::lane(input.project, lane)),
            when.begins(lane.start_weeks),
            when.ends(lane.end_weeks),
            when.ends(late(lane.end_weeks)),
            tenths(lane.person_weeks),
            chain_share(&made, lane),
        ]
    };
    let titles = ["Component", "Begins", "Done, P50", "Done, P80", ">Person-weeks", ">Weeks of the longest chain"];
    report.table(&titles, made.lanes.iter().map(row));
    let milestones = made.milestones.iter().map(|milestone| {
        vec![
            escape(&words::milestone(input.playbook, input.project, &made, milestone)),
            when.ends(milestone.weeks),
            when.ends(late(milestone.weeks)),
        ]
    });
    report.table(&["Milestone", "P50", "P80"], milestones);
}

fn chain_share(made: &Schedule, lane: &Lane) -> String {
    if lane.chain_weeks > 0.0 {
        format!("{} of {}", tenths(lane.chain_weeks), tenths(made.end_weeks()))
    } else {
        String::new()
    }
}
