//! How long an assessment takes, from a sketch to the largest plan anybody will draw.

#[path = "../tests/common/builtin.rs"]
mod builtin;
#[path = "../tests/common/large.rs"]
mod large;

use divan::{Bencher, black_box};
use groundplan::project::{Edit, TraitValue};
use large::{id, plan};

const COMPONENTS: [usize; 4] = [10, 100, 1_000, 10_000];
/// Components of the plans that questions are asked about.
const QUESTIONED: [usize; 3] = [10, 100, 1_000];

fn main() {
    divan::main();
}

#[divan::bench(args = COMPONENTS)]
fn assess(bencher: Bencher<'_, '_>, components: usize) {
    let engine = builtin::engine();
    let project = plan(&engine.playbook, components);
    bencher.bench(|| engine.assess(black_box(&project)));
}

#[divan::bench(args = COMPONENTS)]
fn assess_again_after_one_trait(bencher: Bencher<'_, '_>, components: usize) {
    let engine = builtin::engine();
    let before = plan(&engine.playbook, components);
    let assessment = engine.assess(&before);
    let mut after = before.clone();
    after.apply(&Edit::SetTrait(id(3), "tables".into(), Some(TraitValue::Number(77.0))));
    bencher.bench(|| engine.assess_again(black_box(&after), &before, &assessment));
}

/// Loads, sizes and times of everything on every server.
#[divan::bench(args = COMPONENTS, sample_count = 10)]
fn capacity(bencher: Bencher<'_, '_>, components: usize) {
    let engine = builtin::engine();
    let mut project = plan(&engine.playbook, components);
    for at in (0..components * 4 / 5).step_by(3) {
        project.apply(&Edit::SetTrait(id(at), "requests-peak".into(), Some(TraitValue::Number(40.0))));
    }
    let assessment = engine.assess(&project);
    bencher.bench(|| engine.capacity(black_box(&project), &assessment));
}

/// What would turn one service: asked again with every change while it is selected.
#[divan::bench(args = QUESTIONED)]
fn turning_of_one_service(bencher: Bencher<'_, '_>, components: usize) {
    let engine = builtin::engine();
    let project = plan(&engine.playbook, components);
    bencher.bench(|| engine.turning(black_box(&project), &id(3)));
}

#[divan::bench(args = QUESTIONED, sample_count = 10)]
fn system_flips(bencher: Bencher<'_, '_>, components: usize) {
    let engine = builtin::engine();
    let project = plan(&engine.playbook, components);
    bencher.bench(|| engine.system_flips(black_box(&project)));
}

#[divan::bench(args = QUESTIONED, sample_count = 10)]
fn questions(bencher: Bencher<'_, '_>, components: usize) {
    let engine = builtin::engine();
    let project = plan(&engine.playbook, components);
    bencher.bench(|| engine.questions(black_box(&project)));
}

#[divan::bench(args = QUESTIONED, sample_count = 10)]
fn robustness(bencher: Bencher<'_, '_>, components: usize) {
    let engine = builtin::engine();
    let project = plan(&engine.playbook, components);
    let assessment = engine.assess(&project);
    bencher.bench(|| engine.robustness(black_box(&project), &assessment, 0.25));
}
