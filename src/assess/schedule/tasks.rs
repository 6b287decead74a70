//! From the lines of an estimate to tasks.

use super::{Lane, Task, Wait};
use crate::{
    assess::types::Assessment,
    playbook::Playbook,
    project::{ComponentId, Project},
};

/// The lanes and tasks that have any content, without times. The content of all is the sum of the estimate's weeks.
pub(super) fn tasks(playbook: &Playbook, project: &Project, assessment: &Assessment) -> (Vec<Lane>, Vec<Task>) {
    let phases = playbook.estimate.phases.len();
    // Row 0 is the project's own work, row i + 1 that of the component at position i.
    let mut contents = vec![(0.0, 0.0); (project.components.len() + 1) * phases];
    // Lines of a component stand together: its row is looked up once.
    let mut known: (Option<&ComponentId>, Option<usize>) = (None, Some(0));
    for line in &assessment.estimate.breakdown {
        if line.component.as_ref() != known.0 {
            let row = |id: &ComponentId| project.components.get_index_of(id).map(|position| position + 1);
            known = (line.component.as_ref(), line.component.as_ref().map_or(Some(0), row));
        }
        let Some(row) = known.1 else { continue };
        for (content, share) in contents[row * phases..][..phases].iter_mut().zip(&line.phases) {
            content.0 += line.weeks * share;
            content.1 += line.person_weeks * share;
        }
    }
    let (mut lanes, mut tasks) = (Vec::new(), Vec::new());
    for (row, contents) in contents.chunks(phases.max(1)).enumerate() {
        let first = tasks.len();
        for (phase, (team_weeks, person_weeks)) in contents.iter().enumerate() {
            if *team_weeks > 0.0 {
                tasks.push(task(lanes.len(), phase, *team_weeks, *person_weeks));
            }
        }
        if tasks.len() > first {
            let component = row.checked_sub(1).and_then(|at| project.components.get_index(at)).map(|(id, _)| id);
            lanes.push(Lane {
                framework: component.and_then(|id| assessment.verdict.assignment.get(id)).cloned(),
                component: component.cloned(),
                tasks: first..tasks.len(),
                start_weeks: 0.0,
                end_weeks: 0.0,
                person_weeks: tasks[first..].iter().map(|task| task.person_weeks).sum(),
                chain_weeks: 0.0,
            });
        }
    }
    (lanes, tasks)
}

fn task(lane: usize, phase: usize, team_weeks: f64, person_weeks: f64) -> Task {
    Task {
        lane,
        phase,
        team_weeks,
        person_weeks,
        start_weeks: 0.0,
        end_weeks: 0.0,
        segments: Vec::new(),
        after: Vec::new(),
        waited_for: Wait::Nothing,
        on_chain: false,
    }
}
