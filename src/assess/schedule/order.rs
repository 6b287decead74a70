//! What comes after what, and what is most urgent.
//!
//! - A component goes through its phases in the playbook's order, and so does the project's own work.
//! - A caller is integrated after what it calls is built: the callee's last phase up to `build` comes before the caller's first
//!   phase from `integration` on, for every connection from service to service that is built now.
//! - A caller goes live after what it calls: the callee's last phase up to `rollout` comes before the caller's first one from
//!   there on. Where calls go round in a circle this asks for nothing among those in it.
//! - The project's own phases up to `foundations` come before what components do in later phases, and its phases after `build`
//!   each come after what components do in the phases before.
//!
//! Which phases these are the playbook says ([`PhaseRole`]). Every step leads to a later phase, or in the same phase from who is
//! called to who calls, circles apart: so the order has no circle even where calls go round in one.

use petgraph::{algo::kosaraju_scc, graph::DiGraph};

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
    let calls = calls(project, lanes);
    let ranks = ranks(lanes.len(), &calls);
    let mut steps = Steps { lanes, tasks, ranks: &ranks };
    steps.within_lanes();
    for [caller, callee] in calls {
        if let (Some(build), Some(integration)) = (build, phase_with(PhaseRole::Integration)) {
            steps.add(steps.up_to(&lanes[callee], build), steps.starting_at(&lanes[caller], integration));
        }
        if let Some(rollout) = phase_with(PhaseRole::Rollout).filter(|_| ranks[callee] < ranks[caller]) {
            steps.add(steps.up_to(&lanes[callee], rollout), steps.starting_at(&lanes[caller], rollout));
        }
    }
    steps.around_components(phase_with(PhaseRole::Foundations), build);
    let mut before = vec![Vec::new(); tasks.len()];
    for (at, task) in tasks.iter_mut().enumerate() {
        task.after.sort_unstable();
        task.after.dedup();
        task.after.iter().for_each(|earlier| before[*earlier].push(at));
    }
    let priority = priorities(tasks, &before, &ranks);
    Order { before, priority }
}

/// Who calls whom, by lane: caller and callee of every connection between two components that are built.
fn calls(project: &Project, lanes: &[Lane]) -> Vec<[usize; 2]> {
    let mut lane_at = vec![None; project.components.len()];
    for (at, lane) in lanes.iter().enumerate() {
        if let Some(position) = lane.component.as_ref().and_then(|id| project.components.get_index_of(id)) {
            lane_at[position] = Some(at);
        }
    }
    let lane_of = |id| lane_at[project.components.get_index_of(id)?];
    let between = project.connections.values().filter(|connection| connection.from != connection.to);
    between.filter_map(|connection| Some([lane_of(&connection.from)?, lane_of(&connection.to)?])).collect()
}

/// A number for each lane: lower for who is called than for who calls, the same for those that call each other in a circle.
fn ranks(lanes: usize, calls: &[[usize; 2]]) -> Vec<usize> {
    let mut graph = DiGraph::<(), ()>::with_capacity(lanes, calls.len());
    let nodes: Vec<_> = (0..lanes).map(|_| graph.add_node(())).collect();
    for [caller, callee] in calls {
        graph.add_edge(nodes[*caller], nodes[*callee], ());
    }
    let mut ranks = vec![0; lanes];
    // It yields groups that lead to others after those others.
    for (rank, group) in kosaraju_scc(&graph).into_iter().enumerate() {
        for node in group {
            ranks[node.index()] = rank;
        }
    }
    ranks
}

struct Steps<'a> {
    lanes: &'a [Lane],
    tasks: &'a mut [Task],
    /// By lane.
    ranks: &'a [usize],
}

impl Steps<'_> {
    fn add(&mut self, first: Option<usize>, then: Option<usize>) {
        let (Some(first), Some(then)) = (first, then) else { return };
        // What keeps the order free of circles, whatever a playbook says.
        let place = |task: usize| (self.tasks[task].phase, self.ranks[self.tasks[task].lane]);
        if place(first) < place(then) {
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

    fn around_components(&mut self, foundations: Option<usize>, build: Option<usize>) {
        let lanes = self.lanes;
        let Some((own, components)) = lanes.split_first().filter(|(own, _)| own.component.is_none()) else { return };
        for task in own.tasks.clone() {
            let phase = self.tasks[task].phase;
            for lane in components {
                if foundations.is_some_and(|foundations| phase <= foundations) {
                    self.add(Some(task), self.starting_at(lane, phase + 1));
                } else if build.is_some_and(|build| phase > build) {
                    self.add(self.up_to(lane, phase - 1), Some(task));
                }
            }
        }
    }
}

/// The longest paths, found from the end back: every step leads to a later phase, or within one to a higher rank.
fn priorities(tasks: &[Task], before: &[Vec<usize>], ranks: &[usize]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..tasks.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse((tasks[*at].phase, ranks[tasks[*at].lane])));
    let mut longest = vec![0.0; tasks.len()];
    for at in order {
        let rest = before[at].iter().map(|later| longest[*later]).fold(0.0, f64::max);
        longest[at] = tasks[at].team_weeks + rest;
    }
    longest
}
