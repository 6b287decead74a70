//! What follows from the times of the tasks.

use super::{Lane, Milestone, MilestoneKind, Task};
use crate::{playbook::Playbook, project::FrameworkId};

/// What people are counted by: the project's own work, then the frameworks in the playbook's order, as far as there is any.
pub(super) fn groups(playbook: &Playbook, lanes: &[Lane]) -> Vec<Option<FrameworkId>> {
    let mut used = vec![false; playbook.frameworks.len()];
    let mut own = false;
    for lane in lanes {
        match lane.framework.as_ref().and_then(|id| playbook.frameworks.get_index_of(id)) {
            Some(framework) => used[framework] = true,
            None => own = true,
        }
    }
    let frameworks = playbook.frameworks.keys().zip(used).filter(|(_, used)| *used).map(|(id, _)| Some(id.clone()));
    own.then_some(None).into_iter().chain(frameworks).collect()
}

/// From the task that ended last back through what each one waited for.
pub(super) fn chain(tasks: &mut [Task], last: Option<usize>) -> Vec<usize> {
    let mut chain: Vec<usize> = std::iter::successors(last, |task| tasks[*task].waited_for.task()).collect();
    chain.reverse();
    for task in &chain {
        tasks[*task].on_chain = true;
    }
    chain
}

/// Gives the lanes their times.
pub(super) fn close_lanes(lanes: &mut [Lane], tasks: &[Task]) {
    for lane in lanes {
        let tasks = &tasks[lane.tasks.clone()];
        lane.start_weeks = tasks.first().map_or(0.0, |task| task.start_weeks);
        lane.end_weeks = tasks.last().map_or(0.0, |task| task.end_weeks);
        // A sum of nothing would be minus zero.
        let on_chain = tasks.iter().filter(|task| task.on_chain);
        lane.chain_weeks = on_chain.map(Task::duration_weeks).fold(0.0, |sum, weeks| sum + weeks);
    }
}

/// The lanes that the longest chain runs through, those it spends most time in first.
pub(super) fn chain_lanes(lanes: &[Lane]) -> Vec<usize> {
    let mut through: Vec<usize> = (0..lanes.len()).filter(|lane| lanes[*lane].chain_weeks > 0.0).collect();
    through.sort_by(|a, b| lanes[*b].chain_weeks.total_cmp(&lanes[*a].chain_weeks));
    through
}

/// What work reads as 0.0 weeks, in weeks: that it is done is nothing that is reached.
const LEAST_WEEKS: f64 = 0.05;

/// What is reached when, earliest first. A phase that next to nothing is done in is none of it.
pub(super) fn milestones(phases: usize, lanes: &[Lane], tasks: &[Task]) -> Vec<Milestone> {
    let mut ends: Vec<Option<f64>> = vec![None; phases];
    let mut contents = vec![0.0; phases];
    for task in tasks {
        contents[task.phase] += task.team_weeks;
        let end = ends[task.phase].get_or_insert(0.0);
        *end = end.max(task.end_weeks);
    }
    let of_phase = |(phase, end): (usize, &Option<f64>)| {
        let weeks = end.filter(|_| contents[phase] >= LEAST_WEEKS)?;
        Some(Milestone { kind: MilestoneKind::Phase(phase), weeks })
    };
    let mut milestones: Vec<Milestone> = ends.iter().enumerate().filter_map(of_phase).collect();
    let components = lanes.iter().enumerate().filter(|(_, lane)| lane.component.is_some());
    if let Some((first, lane)) = components.min_by(|(_, a), (_, b)| a.end_weeks.total_cmp(&b.end_weeks)) {
        milestones.push(Milestone { kind: MilestoneKind::FirstLive(first), weeks: lane.end_weeks });
    }
    if let Some(end) = lanes.iter().map(|lane| lane.end_weeks).max_by(f64::total_cmp) {
        milestones.push(Milestone { kind: MilestoneKind::Done, weeks: end });
    }
    milestones.sort_by(|a, b| a.weeks.total_cmp(&b.weeks));
    milestones
}
