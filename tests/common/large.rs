//! Plans of any size, for what has to be quick.
#![allow(dead_code, reason = "not every test needs each of them")]

use groundplan::{
    playbook::{Playbook, TraitKind},
    project::{Component, ComponentId, ComponentKind, Connection, Edit, Project, Protocol, TraitId, TraitValue},
};

/// Traits on each service: about what a preset has.
const TRAITS: usize = 8;

/// A plan in which each service has some traits, and calls two others and a resource.
pub fn plan(playbook: &Playbook, components: usize) -> Project {
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

/// A plan as somebody would have drawn it: in rows, of every kind, one and a half connections for each component, most of them to
/// a neighbour and some far away.
pub fn drawing(playbook: &Playbook, components: usize) -> Project {
    let mut project = Project::new("Drawing");
    let columns = (components as f64).sqrt().ceil() as usize;
    for i in 0..components {
        let kind = ComponentKind::ALL[i % ComponentKind::ALL.len()];
        let at = ((i % columns) as f64 * 280.0, (i / columns) as f64 * 150.0);
        let mut component = Component::new(&format!("{} {i}", kind.label()), kind, Some(at.into()));
        if kind.is_service() {
            component.traits = (0..3).map(|j| trait_at(playbook, i, i * 5 + j * 7)).collect();
        }
        project.apply(&Edit::PutComponent(id(i), component));
    }
    for i in 0..components * 3 / 2 {
        let from = i % components;
        let away = match i % 20 {
            0 => columns * 5 + 9,
            even if even % 2 == 0 => columns,
            _ => 1,
        };
        let to = (from + away + i / components * 2) % components;
        if from != to {
            let connection = Connection::new(id(from), id(to), Protocol::Http);
            project.apply(&Edit::PutConnection(format!("link-{i}").as_str().into(), connection));
        }
    }
    project
}

pub fn id(component: usize) -> ComponentId {
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
