//! How long it takes to go further than an estimate: ways to build a plan, side by side.

#[path = "../tests/common/builtin.rs"]
mod builtin;

use divan::{Bencher, black_box};
use groundplan::{
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
