//! Plans of any size, for what has to be quick.
#![allow(dead_code, reason = "not every test needs each of them")]

use groundplan::{
    playbook::{Playbook, TraitKind},
    project::{
        Component, ComponentId, ComponentKind, Connection, Edit, ElementId, Project, Protocol, TraitId, TraitValue,
    },
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

/// The same with something said on every connection, and names of several words.
pub fn worded(playbook: &Playbook, components: usize) -> Project {
    const NAMES: [&str; 5] = [
        "Customer notification and preference management",
        "Billing",
        "Identity and access gateway for partners (v2)",
        "Order fulfilment",
        "Regulatory reporting and reconciliation batches",
    ];
    const SAID: [&str; 5] = ["orders", "places orders for everybody", "invoices", "who may see what", "events"];
    let mut project = drawing(playbook, components);
    let ids: Vec<ComponentId> = project.components.keys().cloned().collect();
    for (i, id) in ids.into_iter().enumerate() {
        project.apply(&Edit::Rename(id, format!("{} {i}", NAMES[i % NAMES.len()])));
    }
    let links: Vec<_> = project.connections.iter().map(|(id, link)| (id.clone(), (**link).clone())).collect();
    for (i, (id, link)) in links.into_iter().enumerate() {
        project.apply(&Edit::PutConnection(id, Connection { label: SAID[i % SAID.len()].to_owned(), ..link }));
    }
    project
}

/// One that is called by as many others as are near it, with something said on each line.
pub fn hub(playbook: &Playbook, callers: usize) -> Project {
    let mut project = worded(playbook, callers + 1);
    let calls: Vec<_> = project.connections.keys().cloned().map(ElementId::Connection).collect();
    project.apply(&Edit::Remove(calls.into_iter().collect()));
    let columns = ((callers + 1) as f64).sqrt().ceil() as usize;
    let middle = callers / 2 + columns / 2;
    for i in (0..=callers).filter(|i| *i != middle) {
        let link = Connection::new(id(i), id(middle), Protocol::Http);
        let link = Connection { label: format!("calls {i}"), ..link };
        project.apply(&Edit::PutConnection(format!("call-{i}").as_str().into(), link));
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
