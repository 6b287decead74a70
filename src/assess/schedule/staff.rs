//! The team moves through the tasks, from one moment at which something is done to the next.

use std::{cmp::Ordering, collections::BinaryHeap};

use super::{Segment, Stretch, Task, Wait, order::Order};

/// From this share of a person on, somebody begins a task alone.
const BEGINS_ALONE: f64 = 0.5;

/// What came of it besides the times of the tasks.
pub(super) struct Staffed {
    pub(super) stretches: Vec<Stretch>,
    /// The task that ended last.
    pub(super) last: Option<usize>,
}

/// A task that can be begun.
#[derive(PartialEq)]
struct Ready {
    priority: f64,
    task: usize,
}

impl Eq for Ready {}

impl Ord for Ready {
    /// The most urgent is the greatest; of equals, the first in the document.
    fn cmp(&self, other: &Self) -> Ordering {
        self.priority.total_cmp(&other.priority).then(other.task.cmp(&self.task))
    }
}

impl PartialOrd for Ready {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A task that is worked on.
struct Running {
    task: usize,
    /// Team-weeks that are left.
    left: f64,
    /// The how manieth task it was that was begun.
    begun: usize,
    people: f64,
}

/// Gives every task its times and people.
pub(super) fn staff(
    tasks: &mut [Task],
    order: &Order,
    team_size: f64,
    group_of: &dyn Fn(&Task) -> usize,
    groups: usize,
) -> Staffed {
    let mut team = Team::new(tasks, order, team_size);
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut last = None;
    loop {
        team.begin();
        if team.running.is_empty() {
            return Staffed { stretches, last };
        }
        team.share_out();
        let from_weeks = team.now;
        let mut people = vec![0.0; groups];
        for running in &team.running {
            people[group_of(&team.tasks[running.task])] += running.people;
        }
        team.work();
        match stretches.last_mut().filter(|stretch| stretch.people == people) {
            Some(stretch) => stretch.to_weeks = team.now,
            None => stretches.push(Stretch { from_weeks, to_weeks: team.now, people }),
        }
        last = team.done.first().copied();
    }
}

struct Team<'a> {
    tasks: &'a mut [Task],
    order: &'a Order,
    size: f64,
    /// People who are there the whole week.
    whole: usize,
    /// What the last one is there.
    part: f64,
    /// Moments closer together than this are one.
    instant: f64,
    now: f64,
    ready: BinaryHeap<Ready>,
    /// What each task still waits for.
    waiting_for: Vec<usize>,
    /// When each task could be begun, and after which it can.
    ready_since: Vec<(f64, Option<usize>)>,
    /// What is worked on, most urgent first.
    running: Vec<Running>,
    /// What was done at this moment, most urgent first.
    done: Vec<usize>,
    begun: usize,
}

impl<'a> Team<'a> {
    fn new(tasks: &'a mut [Task], order: &'a Order, team_size: f64) -> Self {
        let whole = (team_size + 1e-9).floor();
        let ready = |(task, _): (usize, &Task)| Ready { priority: order.priority[task], task };
        Self {
            size: team_size,
            whole: whole as usize,
            part: (team_size - whole).max(0.0),
            instant: tasks.iter().map(|task| task.team_weeks).sum::<f64>() * 1e-12,
            now: 0.0,
            ready: tasks.iter().enumerate().filter(|(_, task)| task.after.is_empty()).map(ready).collect(),
            waiting_for: tasks.iter().map(|task| task.after.len()).collect(),
            ready_since: vec![(0.0, None); tasks.len()],
            running: Vec::new(),
            done: Vec::new(),
            begun: 0,
            tasks,
            order,
        }
    }

    /// Begins what can be begun, as far as there are people.
    fn begin(&mut self) {
        let most = self.whole + usize::from(self.part >= BEGINS_ALONE);
        while self.running.len() < most {
            let Some(Ready { task, .. }) = self.ready.pop() else { break };
            let (since, after) = self.ready_since[task];
            self.tasks[task].start_weeks = self.now;
            self.tasks[task].waited_for = match (after, self.done.first()) {
                (Some(after), _) if since == self.now => Wait::Work(after),
                (_, Some(freed)) => Wait::People(*freed),
                _ => Wait::Nothing,
            };
            let key = |running: &Running| Ready { priority: self.order.priority[running.task], task: running.task };
            let urgency = Ready { priority: self.order.priority[task], task };
            let place = self.running.partition_point(|running| key(running) > urgency);
            let left = self.tasks[task].team_weeks;
            self.running.insert(place, Running { task, left, begun: self.begun, people: 0.0 });
            self.begun += 1;
        }
    }

    /// One person for each task, the rest in turn to the most urgent ones.
    fn share_out(&mut self) {
        let count = self.running.len();
        let (each, more) = (self.whole / count, self.whole % count);
        if each == 0 {
            // As many tasks as people, and one more for whoever is there for a part of the week: the one begun last.
            let youngest = self.running.iter().map(|running| running.begun).max();
            for running in &mut self.running {
                running.people = if Some(running.begun) == youngest { self.part } else { 1.0 };
            }
            return;
        }
        for (rank, running) in self.running.iter_mut().enumerate() {
            let part = if rank == more { self.part } else { 0.0 };
            running.people = each as f64 + f64::from(u8::from(rank < more)) + part;
        }
    }

    /// Goes on until something is done.
    fn work(&mut self) {
        let per_person = 1.0 / self.size;
        let takes = |running: &Running| running.left / (running.people * per_person);
        let span = self.running.iter().map(takes).fold(f64::INFINITY, f64::min);
        let (from_weeks, to_weeks) = (self.now, self.now + span);
        self.now = to_weeks;
        self.done.clear();
        let (tasks, done, instant) = (&mut *self.tasks, &mut self.done, self.instant);
        self.running.retain_mut(|running| {
            let is_done = takes(running) <= span + instant;
            running.left -= span * running.people * per_person;
            let task = &mut tasks[running.task];
            match task.segments.last_mut().filter(|segment| segment.people == running.people) {
                Some(segment) => segment.to_weeks = to_weeks,
                None => task.segments.push(Segment { from_weeks, to_weeks, people: running.people }),
            }
            if is_done {
                task.end_weeks = to_weeks;
                done.push(running.task);
            }
            !is_done
        });
        self.release();
    }

    /// What waited for what is done now can be begun.
    fn release(&mut self) {
        for done in &self.done {
            for later in &self.order.before[*done] {
                self.waiting_for[*later] -= 1;
                let (since, after) = &mut self.ready_since[*later];
                if *since != self.now || after.is_none() {
                    (*since, *after) = (self.now, Some(*done));
                }
                if self.waiting_for[*later] == 0 {
                    self.ready.push(Ready { priority: self.order.priority[*later], task: *later });
                }
            }
        }
    }
}
