//! The section on what is done when.

use super::{
    ExportInput,
    text::{Report, escape},
};
use crate::{
    assess::{Lane, schedule},
    explain::schedule as words,
    figures::{When, people, tenths},
    lang::{t, tr},
    project::Confidence,
};

pub(super) fn timeline(input: &ExportInput, report: &mut Report) {
    let made = schedule(input.playbook, input.project, input.assessment);
    if made.tasks.is_empty() {
        return;
    }
    let timetable = input.project.assumptions.timetable();
    let when = When::new(timetable.as_ref());
    let late = |weeks| made.at(weeks, Confidence::P80.probability());
    report.heading(t("Schedule"));
    let chain = words::chain(input.project, &made).map_or_else(String::new, |chain| format!("; {chain}"));
    report.line(&tr!(
        "{0}{1}. {2} on it throughout.",
        words::ending(&made, when),
        escape(&chain),
        if made.team_size == 1.0 { t("1 person works").to_owned() } else { tr!("{} work", people(made.team_size)) }
    ));
    let column = |value: &dyn Fn(&Lane) -> f64| tenths(&made.lanes.iter().map(value).collect::<Vec<f64>>()).0;
    let (effort, chain) = (column(&|lane| lane.person_weeks), column(&|lane| lane.chain_weeks));
    let end = tenths(&[made.end_weeks()]).1;
    let row = |(at, lane): (usize, &Lane)| {
        vec![
            escape(&words::lane(input.project, lane)),
            when.begins(lane.start_weeks),
            when.ends(lane.end_weeks),
            when.ends(late(lane.end_weeks)),
            effort[at].clone(),
            if lane.chain_weeks > 0.0 { tr!("{} of {end}", chain[at], end) } else { String::new() },
        ]
    };
    let titles = [
        t("Component"),
        t("Begins"),
        t("Done, P50"),
        t("Done, P80"),
        t(">Person-weeks"),
        t(">Weeks of the longest chain"),
    ];
    report.table(&titles, made.lanes.iter().enumerate().map(row));
    let milestones = made.milestones.iter().map(|milestone| {
        vec![
            escape(&words::milestone(input.playbook, input.project, &made, milestone)),
            when.ends(milestone.weeks),
            when.ends(late(milestone.weeks)),
        ]
    });
    report.table(&[t("Milestone"), "P50", "P80"], milestones);
}
