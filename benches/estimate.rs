//! How long it takes to go further than an estimate: ways to build a plan, side by side, and what is done when.

#[path = "../tests/common/builtin.rs"]
mod builtin;
#[path = "common/plan.rs"]
mod plan;

use divan::{Bencher, black_box};
use groundplan::project::Edit;
use plan::{id, plan};

/// A plan that is large, and one that is larger than anybody draws.
const COMPONENTS: [usize; 2] = [200, 2_000];

fn main() {
    divan::main();
}

/// The plan, the advice, and each framework throughout: made anew after every change while they are looked at.
#[divan::bench(args = COMPONENTS, sample_count = 20)]
fn comparison(bencher: Bencher<'_, '_>, components: usize) {
    let engine = builtin::engine();
    let mut project = plan(&engine.playbook, components);
    // Some pins, so that no way to build it is another's.
    for i in (0..components / 2).step_by(7) {
        project.apply(&Edit::SetPin(id(i), Some(engine.playbook.frameworks[i % 2].id.clone())));
    }
    let assessment = engine.assess(&project);
    let choices = engine.choices(&project);
    bencher.bench(|| engine.compare(black_box(&project), &assessment, &choices));
}

/// What is done when: follows every change while the schedule is looked at.
#[divan::bench(args = COMPONENTS)]
fn schedule(bencher: Bencher<'_, '_>, components: usize) {
    let engine = builtin::engine();
    let project = plan(&engine.playbook, components);
    let assessment = engine.assess(&project);
    bencher.bench(|| engine.schedule(black_box(&project), &assessment));
}

/// The same with a team for which dozens of tasks run at a time.
#[divan::bench(args = COMPONENTS)]
fn schedule_of_a_large_team(bencher: Bencher<'_, '_>, components: usize) {
    let engine = builtin::engine();
    let mut project = plan(&engine.playbook, components);
    project.assumptions.team_size = 60.0;
    let assessment = engine.assess(&project);
    bencher.bench(|| engine.schedule(black_box(&project), &assessment));
}
