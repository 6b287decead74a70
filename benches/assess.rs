//! How long an assessment takes, from a sketch to the largest plan anybody will draw.

#[path = "../tests/common/builtin.rs"]
mod builtin;

use divan::{Bencher, black_box};
use groundplan::{
    playbook::{Playbook, TraitKind},
    project::{Component, ComponentId, ComponentKind, Connection, Edit, Project, Protocol, TraitId, TraitValue},
};

const COMPONENTS: [usize; 4] = [10, 100, 1_000, 10_000];
/// Components of the plans that questions are asked about.
const QUESTIONED: [usize; 3] = [10, 100, 1_000];

fn main() {
    divan::main();
}

/// Traits on each service: about what a preset has.
const TRAITS: usize = 8;

/// A plan in which each service has some traits, and calls two others and a resource.
fn plan(playbook: &Playbook, components: usize) -> Project {
    let mut project = Project::new("Plan");
    let services = components * 4 / 5;
    let service_kinds: Vec<ComponentKind> =
        ComponentKind::ALL.iter().copied().filter(|kind| kind.is_service()).collect();
    for i in 0..components {
        let kind = if i < services {
            service_kinds[i % service_kinds.len()]
        } else {
            [ComponentKind::ExternalApi, ComponentKind::RelationalDatabase][i % 2]
        };
        let mut component = Component::new(kind.label(), kind, None);
        if i < services {
            component.traits = (0..TRAITS).map(|j| trait_at(playbook, i, i * 5 + j * 7)).collect();
        }
        project.apply(&Edit::PutComponent(id(i), component));
    }
    for i in 0..services {
        let resource = services + i % (components - services);
        for (to, protocol) in [
            ((i + 1) % services, Protocol::Http),
            ((i * 3 + 7) % services, Protocol::Queue),
            (resource, Protocol::Http),
        ] {
            let connection = Connection::new(id(i), id(to), protocol);
            project.apply(&Edit::PutConnection(format!("{i}-to-{to}").as_str().into(), connection));
        }
    }
    project
}

fn id(component: usize) -> ComponentId {
    ComponentId::new(&format!("component-{component}"))
}

fn trait_at(playbook: &Playbook, component: usize, at: usize) -> (TraitId, TraitValue) {
    let known = &playbook.traits[at % playbook.traits.len()];
    let value = match &known.value {
        TraitKind::Flag => TraitValue::Flag(!component.is_multiple_of(3)),
        TraitKind::Number { plausible: (low, typical, high), .. } => {
            TraitValue::Number([*low, *typical, *high][component % 3])
        }
        TraitKind::Choice(options) => TraitValue::Choice(options[component % options.len()].clone()),
    };
    (known.id.clone(), value)
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
