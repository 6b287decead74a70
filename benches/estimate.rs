//! How long what follows from an estimate takes, at the sizes of a large plan and of the largest.

#[path = "../tests/common/builtin.rs"]
mod builtin;
#[path = "common/plan.rs"]
#[allow(dead_code, reason = "the other benchmarks name components")]
mod plan;

use divan::{Bencher, black_box};
use plan::plan;

const COMPONENTS: [usize; 2] = [200, 2_000];

fn main() {
    divan::main();
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
