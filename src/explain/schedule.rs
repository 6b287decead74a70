//! What is done when, in words.

use super::OWN_WORK;
use crate::{
    assess::{Lane, Milestone, MilestoneKind, Schedule, Task, Wait},
    figures::{self, When},
    lang::{t, tr},
    playbook::Playbook,
    project::{Confidence, Project},
};

/// Lanes of the longest chain that a sentence names.
const LANES_NAMED: usize = 2;

/// The name of a lane: that of its component.
pub fn lane(project: &Project, lane: &Lane) -> String {
    lane.component.as_ref().map_or_else(|| t(OWN_WORK).to_owned(), |id| project.component_name(id))
}

/// The label of a phase by its place.
pub fn phase(playbook: &Playbook, phase: usize) -> &str {
    playbook.estimate.phases.get(phase).map_or("", |phase| &phase.label)
}

/// Whose phase it is and which: `Orders: Build`, `The project as a whole: Discovery`.
pub fn task(playbook: &Playbook, project: &Project, schedule: &Schedule, task: &Task) -> String {
    let lane = &schedule.lanes[task.lane];
    let whose = lane.component.as_ref().map_or_else(|| t(OWN_WORK).to_owned(), |id| project.component_name(id));
    format!("{whose}: {}", phase(playbook, task.phase))
}

/// What is reached: `Foundations done`, `First service live: Orders`, `Everything done`.
pub fn milestone(playbook: &Playbook, project: &Project, schedule: &Schedule, milestone: &Milestone) -> String {
    match milestone.kind {
        MilestoneKind::Phase(at) => tr!("{} done", phase(playbook, at)),
        MilestoneKind::FirstLive(at) => tr!("First service live: {}", lane(project, &schedule.lanes[at])),
        MilestoneKind::Done => t("Everything done").to_owned(),
    }
}

/// Why a task did not begin earlier.
pub fn wait(playbook: &Playbook, project: &Project, schedule: &Schedule, wait: Wait) -> String {
    let name = |at: usize| task(playbook, project, schedule, &schedule.tasks[at]);
    match wait {
        Wait::Nothing => t("Begins on the first day").to_owned(),
        Wait::Work(at) => tr!("Waits for {}", name(at)),
        Wait::People(at) => tr!("Waits for people, who come from {}", name(at)),
    }
}

/// How many work on a task: `1 person`, `1–2 people`.
pub fn people_on(task: &Task) -> String {
    let (least, most) = task.people();
    if most - least < 0.005 {
        return figures::people(most);
    }
    format!("{}–{}", figures::number((least * 100.0).round() / 100.0), figures::people(most))
}

/// When it ends: `Ends 18 June 2027 at P50, 23 July at P80`, or `Ends after 23.6 weeks at P50, 28.9 at P80`.
pub fn ending(schedule: &Schedule, when: When<'_>) -> String {
    let early = schedule.end_weeks();
    let late = schedule.at(early, Confidence::P80.probability());
    if when.timetable().is_none() {
        let tenths = |weeks: f64| figures::number((weeks * 10.0).round() / 10.0);
        return tr!("Ends after {0} weeks at P50, {1} at P80", tenths(early), tenths(late));
    }
    tr!("Ends {0} at P50, {1} at P80", when.ends(early), when.ends_beside(late, early))
}

/// Where the longest chain runs: `the longest chain runs through Orders and Gateway`; `None` if there is only one lane.
pub fn chain(project: &Project, schedule: &Schedule) -> Option<String> {
    if schedule.lanes.len() < 2 {
        return None;
    }
    let lanes = &schedule.chain_lanes;
    let name = |at: &usize| {
        let one = &schedule.lanes[*at];
        if one.component.is_some() { lane(project, one) } else { t("the project's own work").to_owned() }
    };
    let mut names: Vec<String> = lanes.iter().take(LANES_NAMED).map(name).collect();
    match lanes.len().saturating_sub(names.len()) {
        0 => {}
        1 => names.extend(lanes.last().map(name)),
        rest => names.push(tr!("{rest} others", rest)),
    }
    let last = names.pop()?;
    let names = if names.is_empty() { last } else { tr!("{} and {last}", names.join(", "), last) };
    Some(tr!("the longest chain runs through {names}", names))
}
