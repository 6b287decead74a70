//! Ways to mend what was found, as edits that are one undoable step together.

use std::collections::BTreeSet;

use kurbo::{Point, Rect, Vec2};

use super::Subject;
use crate::{
    assess::{
        evaluate::{Site, TraitAt},
        types::Fix,
    },
    playbook::{Amount, RuleFix, Trait, TraitKind},
    project::{
        Component, ComponentId, ComponentKind, Connection, ConnectionId, Edit, ElementId, Project, Protocol, TraitId,
        TraitValue, card_size,
    },
    text::number,
};

/// Room between a service and what is put beside it, in world units.
const GAP_WORLD: f64 = 72.0;
/// Room around a new component, in world units.
const CLEARANCE_WORLD: f64 = 24.0;
/// Places that are tried for a new component, one below the other.
const PLACES: usize = 100;

/// A fix of a rule on one service; `None` where it would change nothing or cannot be done.
pub(super) fn of_rule(
    subject: &Subject<'_>,
    fix: &RuleFix,
    amount: Option<&Amount<TraitAt>>,
    position: usize,
    site: Site<'_, '_>,
) -> Option<Fix> {
    let (id, component) = subject.graph.components[position];
    let known = |id: &TraitId| subject.playbook.traits.get(id);
    match fix {
        RuleFix::Set(of, value) => Some(set(id, known(of)?, value.clone())),
        RuleFix::SetTo(of, _) => {
            let (known, value) = (known(of)?, site.amount(amount?));
            let TraitKind::Number { least, most, whole, .. } = &known.value else { return None };
            let value = if *whole { value.ceil() } else { value };
            (least..=most).contains(&&value).then(|| set(id, known, TraitValue::Number(value)))
        }
        RuleFix::Clear(of) => component.traits.contains_key(of).then(|| known(of).map(|known| clear(id, known)))?,
        RuleFix::Pin(framework) if component.pin.as_ref() != Some(framework) => Some(Fix {
            label: format!("Pin to {}", subject.playbook.frameworks.get(framework)?.short_name),
            edits: vec![Edit::SetPin(id.clone(), Some(framework.clone()))],
        }),
        RuleFix::Unpin if component.pin.is_some() => {
            Some(Fix { label: "Let the advice decide".to_owned(), edits: vec![Edit::SetPin(id.clone(), None)] })
        }
        RuleFix::Pin(_) | RuleFix::Unpin => None,
        RuleFix::Connect { kind, name, protocol } => Some(connect(subject.graph.project, id, *kind, name, *protocol)),
    }
}

fn set(id: &ComponentId, known: &Trait, value: TraitValue) -> Fix {
    let label = match &value {
        TraitValue::Flag(true) => format!("Tag \"{}\"", known.label),
        TraitValue::Flag(false) => format!("Say no to \"{}\"", known.label),
        TraitValue::Number(amount) => {
            // A rate is written close to its number: `50/s`.
            let space = if known.unit.is_empty() || known.unit.starts_with('/') { "" } else { " " };
            format!("Set \"{}\" to {}{space}{}", known.label, number(*amount), known.unit)
        }
        TraitValue::Choice(option) => format!("Set \"{}\" to {option}", known.label),
    };
    Fix { label, edits: vec![Edit::SetTrait(id.clone(), known.id.clone(), Some(value))] }
}

/// Makes a trait unknown again.
pub(super) fn clear(id: &ComponentId, known: &Trait) -> Fix {
    Fix { label: format!("Drop \"{}\"", known.label), edits: vec![Edit::SetTrait(id.clone(), known.id.clone(), None)] }
}

/// Connects a component to the first of a kind, or to a new one beside it.
fn connect(project: &Project, from: &ComponentId, kind: ComponentKind, name: &str, protocol: Protocol) -> Fix {
    let there = project.components.iter().find(|(_, component)| component.kind == kind);
    let (to, label, new) = if let Some((to, component)) = there {
        (to.clone(), format!("Connect it to {}", component.name), None)
    } else {
        let new = Component::new(name, kind, place_beside(project, from, kind));
        (project.new_component_id(name), format!("Add \"{name}\""), Some(new))
    };
    let link = project.new_connection_id(from, &to);
    let put = new.map(|component| Edit::PutComponent(to.clone(), component));
    let connection = Edit::PutConnection(link, Connection::new(from.clone(), to, protocol));
    Fix { label, edits: put.into_iter().chain([connection]).collect() }
}

/// A free place to the right of a component, or below that; `None` if the component itself has no place yet.
pub(super) fn place_beside(project: &Project, beside: &ComponentId, kind: ComponentKind) -> Option<Point> {
    let beside = project.components.get(beside)?;
    let origin = beside.pos_world? + Vec2::new(card_size(beside.kind).width + GAP_WORLD, 0.0);
    let size = card_size(kind);
    let step = size.height + CLEARANCE_WORLD;
    let free = |place: &Point| {
        let room = Rect::from_origin_size(*place, size).inflate(CLEARANCE_WORLD - 1.0, CLEARANCE_WORLD - 1.0);
        project.components.values().all(|component| {
            let both = component.rect_world().intersect(room);
            both.width() <= 0.0 || both.height() <= 0.0
        })
    };
    let places = (0..PLACES).map(|i| origin + Vec2::new(0.0, step * i as f64));
    Some(places.clone().find(free).unwrap_or(origin))
}

/// Gives a connection another protocol.
pub(super) fn protocol(id: &ConnectionId, link: &Connection, protocol: Protocol, label: String) -> Fix {
    let link = Connection { protocol, ..link.clone() };
    Fix { label, edits: vec![Edit::PutConnection(id.clone(), link)] }
}

/// Removes an element.
pub(super) fn remove(element: ElementId, label: String) -> Fix {
    Fix { label, edits: vec![Edit::Remove(BTreeSet::from([element]))] }
}
