//! What is done when: the estimate's weeks as tasks in time, worked on by the team there is.
//!
//! A task is one phase of one component (or of the project as a whole). Its content is counted in *team-weeks*: the weeks that
//! the estimate's lines give to it. All tasks together are therefore the calibrated median weeks, which hold the team's size,
//! its talking to each other and the contingency already; nothing of that is counted a second time here.
//!
//! The team of n people (n may be 2.5) moves through the tasks:
//!
//! - A task can be begun once those it comes after are done (`order`).
//! - Free people begin what can be begun in order of priority: the longest path of team-weeks from a task to the end of the
//!   plan, its own included; of equals the first in the document. About n tasks run at once, each begun by one person; half of
//!   a person or more begins one too, less than that only helps.
//! - Whoever began a task stays on it until it is done. People for whom there is nothing to begin join the running tasks in
//!   order of priority, in the end the whole team on one, and leave again when something can be begun.
//! - A task on which d of n people work progresses by d / n team-weeks a week.
//!
//! So nobody is idle while there is work, and since every moment of the team does a moment's share of the content, the last
//! task ends exactly at the calibrated median weeks. That is what "scaled so that its end equals the calibrated weeks" asks
//! for, met without a factor: with a factor bars would be stretched by the gaps between them, and people times weeks would no
//! longer be the team times its weeks. A task that cannot be split among many is not known to this model; the price of many
//! on one thing is in the weeks already, as the time that colleagues cost each other.
//!
//! The spread of the weeks is one factor on all of them, so what ends after `w` weeks at P50 ends after `w` x P80 / P50 of the
//! whole at P80 (see [`Schedule::at`]).

mod order;
mod staff;
mod summary;
mod tasks;

use std::ops::Range;

use super::types::{Assessment, Distribution};
use crate::{
    playbook::Playbook,
    project::{ComponentId, FrameworkId, Project},
};

/// Tasks in time. Times are weeks of work from the first day on, at P50.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schedule {
    /// The project's own work first, then each component that has any, in document order.
    pub lanes: Vec<Lane>,
    /// Every task; those of a lane stand together, in the order of the phases.
    pub tasks: Vec<Task>,
    /// From the first task to the last: each begins when the one before it ends, and waited for it.
    pub chain: Vec<usize>,
    /// The lanes it runs through, those it spends most time in first.
    pub chain_lanes: Vec<usize>,
    /// What is reached when, earliest first.
    pub milestones: Vec<Milestone>,
    /// What the columns of [`Stretch::people`] are: frameworks in the playbook's order, `None` for the project's own work.
    pub groups: Vec<Option<FrameworkId>>,
    /// Who works on what, without a gap from the first day to the end.
    pub staffing: Vec<Stretch>,
    /// People in the team, full-time equivalents.
    pub team_size: f64,
    /// The calendar weeks of the whole, as estimated.
    pub weeks: Distribution,
}

/// The tasks of one component, or those of the project as a whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// The component; `None` for the project's own work.
    pub component: Option<ComponentId>,
    /// What the component is built on.
    pub framework: Option<FrameworkId>,
    /// Its tasks.
    pub tasks: Range<usize>,
    /// Beginning of its first task, in weeks.
    pub start_weeks: f64,
    /// End of its last task, in weeks.
    pub end_weeks: f64,
    /// Median effort in person-weeks, as estimated.
    pub person_weeks: f64,
    /// How many weeks of the longest chain run through it.
    pub chain_weeks: f64,
}

/// One phase of a lane.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// Its lane.
    pub lane: usize,
    /// Its phase, by place in the playbook.
    pub phase: usize,
    /// Content: weeks that the whole team would take for it.
    pub team_weeks: f64,
    /// Median effort in person-weeks, as estimated. Effort and weeks are calibrated apart, so this is near, but not exactly,
    /// people times weeks.
    pub person_weeks: f64,
    /// When it is begun, in weeks.
    pub start_weeks: f64,
    /// When it is done, in weeks.
    pub end_weeks: f64,
    /// How many work on it when, without a gap.
    pub segments: Vec<Segment>,
    /// The tasks it comes after, in document order.
    pub after: Vec<usize>,
    /// What it began after.
    pub waited_for: Wait,
    /// Whether it is on the longest chain.
    pub on_chain: bool,
}

/// So many people for so long.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Segment {
    /// From when, in weeks.
    pub from_weeks: f64,
    /// Until when, in weeks.
    pub to_weeks: f64,
    /// Full-time equivalents.
    pub people: f64,
}

/// Why a task did not begin earlier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Wait {
    /// It begins on the first day.
    #[default]
    Nothing,
    /// It needs this task to be done.
    Work(usize),
    /// It could have begun earlier, but nobody was free before this task was done.
    People(usize),
}

impl Wait {
    /// The task that ended when the waiting did.
    pub fn task(self) -> Option<usize> {
        match self {
            Self::Nothing => None,
            Self::Work(task) | Self::People(task) => Some(task),
        }
    }
}

/// Something that is reached.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Milestone {
    /// What.
    pub kind: MilestoneKind,
    /// When, in weeks.
    pub weeks: f64,
}

/// What is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MilestoneKind {
    /// Everybody has done with this phase, by place in the playbook.
    Phase(usize),
    /// The first component is through all its phases, by lane.
    FirstLive(usize),
    /// Everything is done.
    Done,
}

/// A stretch of time in which nobody changes what they work on.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    /// From when, in weeks.
    pub from_weeks: f64,
    /// Until when, in weeks.
    pub to_weeks: f64,
    /// People by [`Schedule::groups`].
    pub people: Vec<f64>,
}

impl Schedule {
    /// The end of the last task, in weeks: the median of the estimate.
    pub fn end_weeks(&self) -> f64 {
        self.lanes.iter().map(|lane| lane.end_weeks).fold(0.0, f64::max)
    }

    /// When what ends after `weeks` at P50 ends with another probability.
    pub fn at(&self, weeks: f64, probability: f64) -> f64 {
        if self.weeks.median <= 0.0 { weeks } else { weeks * self.weeks.quantile(probability) / self.weeks.median }
    }

    /// The lane of a component (`None`: of the project's own work), if it has one.
    pub fn lane_of(&self, component: Option<&ComponentId>) -> Option<usize> {
        self.lanes.iter().position(|lane| lane.component.as_ref() == component)
    }

    /// The tasks of a lane.
    pub fn tasks_of(&self, lane: &Lane) -> &[Task] {
        &self.tasks[lane.tasks.clone()]
    }
}

impl Task {
    /// How long it takes, in weeks.
    pub fn duration_weeks(&self) -> f64 {
        self.end_weeks - self.start_weeks
    }

    /// How many of a team of `team_size` work on it on average.
    pub fn mean_people(&self, team_size: f64) -> f64 {
        let duration_weeks = self.duration_weeks();
        if duration_weeks > 0.0 { self.team_weeks * team_size / duration_weeks } else { team_size }
    }

    /// The fewest and the most that work on it at a time.
    pub fn people(&self) -> (f64, f64) {
        let people = self.segments.iter().map(|segment| segment.people);
        people.fold((f64::MAX, 0.0), |(least, most), people| (people.min(least), people.max(most)))
    }
}

/// The schedule of a project that was assessed with this playbook.
pub fn schedule(playbook: &Playbook, project: &Project, assessment: &Assessment) -> Schedule {
    // The estimate knows no team of less than one.
    let team_size = project.assumptions.team_size.clamp(1.0, 1e4);
    let (mut lanes, mut tasks) = tasks::tasks(playbook, project, assessment);
    let order = order::order(playbook, project, &lanes, &mut tasks);
    let groups = summary::groups(playbook, &lanes);
    let group_of: Vec<usize> =
        lanes.iter().map(|lane| groups.iter().position(|group| *group == lane.framework).unwrap_or_default()).collect();
    let staffed = staff::staff(&mut tasks, &order, team_size, &|task: &Task| group_of[task.lane], groups.len());
    let chain = summary::chain(&mut tasks, staffed.last);
    summary::close_lanes(&mut lanes, &tasks);
    let milestones = summary::milestones(playbook.estimate.phases.len(), &lanes, &tasks);
    Schedule {
        chain,
        chain_lanes: summary::chain_lanes(&lanes),
        milestones,
        groups,
        staffing: staffed.stretches,
        team_size,
        weeks: assessment.estimate.weeks,
        lanes,
        tasks,
    }
}
