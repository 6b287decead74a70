//! What comes after what, and what is most urgent.
//!
//! - A component goes through its phases in the playbook's order, and so does the project's own work.
//! - A caller is integrated after what it calls is built: the callee's last phase up to `build` comes before the caller's first
//!   phase from `integration` on, for every connection from service to service that is built now.
//! - The project's own phases up to `foundations` come before what components do in later phases, and its phases after `build`
//!   come after everything that components build.
//!
//! Which phases these are the playbook says ([`PhaseRole`]). Every step leads to a later phase, so the order has no circle even
//! where calls go round in one.

use super::{Lane, Task};
use crate::{
    playbook::{PhaseRole, Playbook},
    project::Project,
};

/// The order, ready to be walked.
pub(super) struct Order {
    /// The tasks that come after each one.
    pub(super) before: Vec<Vec<usize>>,
    /// Team-weeks on the longest path from each task to the end, its own included.
    pub(super) priority: Vec<f64>,
}

/// Fills [`Task::after`] and says how urgent each task is.
pub(super) fn order(playbook: &Playbook, project: &Project, lanes: &[Lane], tasks: &mut [Task]) -> Order {
    let phase_with = |role| playbook.estimate.phase_with(role);
    let build = phase_with(PhaseRole::Build);
    let mut steps = Steps { lanes, tasks };
    steps.within_lanes();
    if let (Some(build), Some(integration)) = (build, phase_with(PhaseRole::Integration)) {
        steps.calls(project, build, integration);
    }
    steps.around_components(phase_with(PhaseRole::Foundations), build);
    let mut before = vec![Vec::new(); tasks.len()];
    for (at, task) in tasks.iter_mut().enumerate() {
        task.after.sort_unstable();
        task.after.dedup();
        task.after.iter().for_each(|earlier| before[*earlier].push(at));
    }
    let priority = priorities(tasks, &before, playbook.estimate.phases.len());
    Order { before, priority }
}

struct Steps<'a> {
    lanes: &'a [Lane],
    tasks: &'a mut [Task],
}

impl Steps<'_> {
    fn add(&mut self, first: Option<usize>, then: Option<usize>) {
        let (Some(first), Some(then)) = (first, then) else { return };
        // What keeps the order free of circles, whatever a playbook says.
        if self.tasks[first].phase < self.tasks[then].phase {
            self.tasks[then].after.push(first);
        }
    }

    /// The last task of a lane in a phase up to this one.
    fn up_to(&self, lane: &Lane, phase: usize) -> Option<usize> {
        lane.tasks.clone().rev().find(|task| self.tasks[*task].phase <= phase)
    }

    /// The first task of a lane in a phase from this one on.
    fn starting_at(&self, lane: &Lane, phase: usize) -> Option<usize> {
        lane.tasks.clone().find(|task| self.tasks[*task].phase >= phase)
    }

    fn within_lanes(&mut self) {
        let lanes = self.lanes;
        for lane in lanes {
            for task in lane.tasks.clone().skip(1) {
                self.add(Some(task - 1), Some(task));
            }
        }
    }

    fn calls(&mut self, project: &Project, build: usize, integration: usize) {
        let lanes = self.lanes;
        let mut lane_at = vec![None; project.components.len()];
        for lane in lanes {
            if let Some(position) = lane.component.as_ref().and_then(|id| project.components.get_index_of(id)) {
                lane_at[position] = Some(lane);
            }
        }
        let lane_of = |id| lane_at[project.components.get_index_of(id)?];
        for connection in project.connections.values().filter(|connection| connection.from != connection.to) {
            if let (Some(caller), Some(callee)) = (lane_of(&connection.from), lane_of(&connection.to)) {
                self.add(self.up_to(callee, build), self.starting_at(caller, integration));
            }
        }
    }

    fn around_components(&mut self, foundations: Option<usize>, build: Option<usize>) {
        let lanes = self.lanes;
        let Some((own, components)) = lanes.split_first().filter(|(own, _)| own.component.is_none()) else { return };
        for task in own.tasks.clone() {
            let phase = self.tasks[task].phase;
            if foundations.is_some_and(|foundations| phase <= foundations) {
                for lane in components {
                    self.add(Some(task), self.starting_at(lane, phase + 1));
                }
            }
        }
        if let Some(build) = build {
            let then = self.starting_at(own, build + 1);
            for lane in components {
                self.add(self.up_to(lane, build), then);
            }
        }
    }
}

/// The longest paths, found from the last phase back: every step leads to a later one.
fn priorities(tasks: &[Task], before: &[Vec<usize>], phases: usize) -> Vec<f64> {
    let mut of_phase = vec![Vec::new(); phases];
    for (at, task) in tasks.iter().enumerate() {
        of_phase[task.phase].push(at);
    }
    let mut longest = vec![0.0; tasks.len()];
    for at in of_phase.into_iter().rev().flatten() {
        let rest = before[at].iter().map(|later| longest[*later]).fold(0.0, f64::max);
        longest[at] = tasks[at].team_weeks + rest;
    }
    longest
}
