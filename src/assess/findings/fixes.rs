//! Ways to mend what was found, as edits that are one undoable step together.

use std::collections::BTreeSet;

use super::Subject;
use crate::{
    assess::{
        capacity::Otherwise,
        evaluate::{Site, TraitAt},
        types::Fix,
    },
    lang::{t, tr},
    playbook::{Amount, Measure, RuleFix, Trait, TraitKind},
    project::{
        Component, ComponentId, ComponentKind, Connection, ConnectionId, Edit, ElementId, Protocol, TraitId, TraitValue,
    },
    text::number,
};

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
        RuleFix::Pin(framework) if component.pin.as_ref() != Some(framework) => {
            let to = &subject.playbook.frameworks.get(framework)?.short_name;
            let edits = vec![Edit::SetPin(id.clone(), Some(framework.clone()))];
            Some(Fix { label: tr!("Pin to {}", to), edits })
        }
        RuleFix::Unpin if component.pin.is_some() => {
            Some(Fix { label: t("Let the advice decide").to_owned(), edits: vec![Edit::SetPin(id.clone(), None)] })
        }
        RuleFix::Pin(_) | RuleFix::Unpin => None,
        RuleFix::Connect { kind, name, protocol } => Some(connect(subject, id, *kind, name, *protocol)),
    }
}

/// A fix with what becomes of what it is offered for; `None` where that is not enough.
pub(super) fn measured(
    subject: &Subject<'_>,
    measure: Measure,
    fix: &RuleFix,
    position: usize,
    offer: Fix,
) -> Option<Fix> {
    let (alone, framework) = (subject.alone?, subject.framework(position)?);
    let otherwise = match fix {
        RuleFix::Pin(framework) => Otherwise { framework: Some(framework), together: None },
        RuleFix::Set(id, TraitValue::Flag(together)) if alone.says_together(id) => {
            Otherwise { framework: None, together: Some(*together) }
        }
        _ => return Some(offer),
    };
    let (then, now, enough, unit) = match measure {
        Measure::AnswerTime => (
            alone.ms_if(position, framework, otherwise)?,
            alone.usual_ms(position, framework)?,
            alone.target_ms(position)?,
            "ms",
        ),
        Measure::Workers => (
            alone.workers_if(position, framework, otherwise)?.0,
            alone.needs(position, framework)?.0,
            alone.workers(position)?,
            t("at least"),
        ),
    };
    let told = match measure {
        Measure::AnswerTime => tr!("{0} {unit} instead of {1}", number(then), number(now), unit),
        Measure::Workers => tr!("{unit} {0} instead of {1}", number(then), number(now), unit),
    };
    let label = format!("{}: {told}", offer.label);
    (then <= enough && then < now).then_some(Fix { label, ..offer })
}

/// Gives a trait a value.
pub(super) fn set(id: &ComponentId, known: &Trait, value: TraitValue) -> Fix {
    let label = match &value {
        TraitValue::Flag(true) => tr!("Tag \"{}\"", known.label),
        TraitValue::Flag(false) => tr!("Say no to \"{}\"", known.label),
        TraitValue::Number(amount) => {
            // A rate is written close to its number: `50/s`.
            let space = if known.unit.is_empty() || known.unit.starts_with('/') { "" } else { " " };
            tr!("Set \"{0}\" to {1}{space}{2}", known.label, number(*amount), known.unit, space)
        }
        option @ TraitValue::Choice(_) => tr!("Set \"{}\" to {option}", known.label, option),
    };
    Fix { label, edits: vec![Edit::SetTrait(id.clone(), known.id.clone(), Some(value))] }
}

/// Makes a trait unknown again.
pub(super) fn clear(id: &ComponentId, known: &Trait) -> Fix {
    Fix { label: tr!("Drop \"{}\"", known.label), edits: vec![Edit::SetTrait(id.clone(), known.id.clone(), None)] }
}

/// Connects a component to the first of a kind, or to a new one. Where that stands is for whoever applies it to say.
fn connect(subject: &Subject<'_>, from: &ComponentId, kind: ComponentKind, name: &str, protocol: Protocol) -> Fix {
    let project = subject.graph.project;
    let (to, label, new) = if let Some(there) = subject.first_of(kind) {
        (subject.id(there).clone(), tr!("Connect it to {}", subject.name(there)), None)
    } else {
        let new = Component::new(name, kind, None);
        (project.new_component_id(name), tr!("Add \"{name}\"", name), Some(new))
    };
    let link = project.new_connection_id(from, &to);
    let put = new.map(|component| Edit::PutComponent(to.clone(), component));
    let connection = Edit::PutConnection(link, Connection::new(from.clone(), to, protocol));
    Fix { label, edits: put.into_iter().chain([connection]).collect() }
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
