//! How long it takes to go further than an estimate: what an offer costs, how a goal can be reached.

#[path = "../tests/common/builtin.rs"]
mod builtin;

use std::{cell::Cell, sync::Arc};

use divan::{Bencher, black_box};
use groundplan::{
    assess::{Goal, Targets},
    playbook::{Playbook, TraitKind},
    progress::Progress,
    project::{Component, ComponentId, ComponentKind, Connection, Edit, Project, Protocol, TraitId, TraitValue},
    session::Session,
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

/// What hangs at the pointer, priced for the first time: from then on it is known.
#[divan::bench(args = COMPONENTS)]
fn price(bencher: Bencher<'_, '_>, components: usize) {
    let engine = Arc::new(builtin::engine());
    let project = plan(&engine.playbook, components);
    let session = Session::new(engine, project, None);
    let kinds = [ComponentKind::RestApi, ComponentKind::Worker];
    let turn = Cell::new(0);
    bencher.bench_local(|| {
        // Another offer each time, or the answer would be the one from before.
        turn.set(turn.get() + 1);
        let component = Component::new("New", kinds[turn.get() % 2], None);
        session.price(black_box(&[Edit::PutComponent("new".into(), component)]))
    });
}

/// The same offer in the next frame.
#[divan::bench(args = COMPONENTS)]
fn price_in_the_next_frame(bencher: Bencher<'_, '_>, components: usize) {
    let engine = Arc::new(builtin::engine());
    let project = plan(&engine.playbook, components);
    let session = Session::new(engine, project, None);
    let offer = [Edit::PutComponent("new".into(), Component::new("New", ComponentKind::RestApi, None))];
    bencher.bench_local(|| session.price(black_box(&offer)));
}

/// A goal that so many percent of the budget and the weeks are to be enough for: off the window's thread, with progress.
#[divan::bench(args = COMPONENTS, consts = [98, 90, 60], sample_count = 3, sample_size = 1)]
fn goal<const PERCENT: u32>(bencher: Bencher<'_, '_>, components: usize) {
    let engine = builtin::engine();
    let project = plan(&engine.playbook, components);
    let estimate = engine.assess(&project).estimate;
    let share = f64::from(PERCENT) / 100.0;
    let targets = Targets {
        budget_usd: Some(estimate.budget_usd.quantile(0.8) * share),
        deadline_weeks: Some(estimate.weeks.quantile(0.8) * share),
    };
    let goal = Goal { targets, sure: 0.8, keep: std::collections::BTreeSet::new() };
    bencher.bench(|| engine.reach(black_box(&project), &goal, &Progress::default()));
}
