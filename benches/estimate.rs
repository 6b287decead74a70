//! How long it takes to go further than an estimate: to take it apart, and to say what moves it.

#[path = "../tests/common/builtin.rs"]
mod builtin;

use divan::{Bencher, black_box};
use groundplan::{
    assess::{Cut, MOST_BARS, Sums, breakdown},
    figures::{Columns, Money},
    playbook::{Playbook, TraitKind},
    project::{Component, ComponentId, ComponentKind, Connection, Edit, Project, Protocol, TraitId, TraitValue},
};

/// A plan that is large, and one that is larger than anybody draws.
const COMPONENTS: [usize; 2] = [200, 2_000];
/// Traits on each service: about what a preset has.
const TRAITS: usize = 8;

fn main() {
    divan::main();
}

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

/// Every part by component and, for the map, by work item within it, with the figures as a table shows them: made anew after
/// every change while it is looked at.
#[divan::bench(args = COMPONENTS)]
fn breakdown_by_component(bencher: Bencher<'_, '_>, components: usize) {
    let engine = builtin::engine();
    let project = plan(&engine.playbook, components);
    let estimate = engine.assess(&project).estimate;
    bencher.bench(|| {
        let cuts = [Cut::Component, Cut::WorkItem];
        let slices = breakdown(black_box(&estimate), &engine.playbook, &project.assumptions, &cuts);
        let sums: Vec<Sums> = slices.iter().map(|slice| slice.sums).collect();
        Columns::new(Money::of(&project), &sums)
    });
}

/// The same by phase, which each line falls into several of.
#[divan::bench(args = COMPONENTS)]
fn breakdown_by_phase(bencher: Bencher<'_, '_>, components: usize) {
    let engine = builtin::engine();
    let project = plan(&engine.playbook, components);
    let estimate = engine.assess(&project).estimate;
    let cuts = [Cut::Phase, Cut::Component];
    bencher.bench(|| breakdown(black_box(&estimate), &engine.playbook, &project.assumptions, &cuts));
}

/// What moves weeks and budget: made anew after every change while it is looked at.
#[divan::bench(args = COMPONENTS)]
fn sensitivity(bencher: Bencher<'_, '_>, components: usize) {
    let engine = builtin::engine();
    let project = plan(&engine.playbook, components);
    let estimate = engine.assess(&project).estimate;
    bencher.bench(|| engine.sensitivity(&project.assumptions, black_box(&estimate), MOST_BARS));
}

/// The cases and the multipliers: the same for every plan, made once they are looked at.
#[divan::bench]
fn cases(bencher: Bencher<'_, '_>) {
    let engine = builtin::engine();
    bencher.bench(|| (black_box(&engine).case_report(), engine.multipliers()));
}
