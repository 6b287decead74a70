//! What the nodes of the sheet say.

use egui::{Response, accesskit};

use super::{
    chips,
    frames::Frame,
    scene::{Card, Link},
};
use crate::{
    explain,
    project::{ElementId, Project},
    ui::View,
};

/// `NAME, KIND, FRAMEWORK 94 %, VALUE, 2 findings, locked, 3 of 12`, or `NAME, KIND, put off to later, 3 of 12`.
pub(super) fn component(view: &View<'_>, card: &Card) -> String {
    let component = &card.component;
    let mut parts = vec![component.name.clone(), component.kind.label().to_owned()];
    if component.deferred {
        parts.push("put off to later".to_owned());
    } else {
        parts.extend(chips::badge_text(card, &view.session.engine().playbook));
        parts.extend(card.mark.as_ref().map(|mark| mark.text.clone()));
    }
    parts.extend(card.sign.as_ref().map(|sign| several(sign.count, "finding", "findings")));
    finish(view, parts, component.locked, &card.element)
}

/// `Boundary: NAME, 3 components and 1 note, folded, 12.4 person-weeks · $84K, 2 findings, locked, 2 of 12`.
pub(super) fn boundary(view: &View<'_>, frame: &Frame) -> String {
    let mut parts = vec![format!("Boundary: {}", frame.name), explain::holds(view.session.project(), &frame.id)];
    if let Some(folded) = &frame.folded {
        parts.extend(["folded".to_owned(), folded.sums.clone()]);
        if folded.findings > 0 {
            parts.push(several(folded.findings, "finding", "findings"));
        }
    }
    finish(view, parts, frame.locked, &frame.element)
}

/// `Note: TEXT, locked, 2 of 12`.
pub(super) fn note(view: &View<'_>, element: &ElementId, words: &str, locked: bool) -> String {
    finish(view, vec![format!("Note: {words}")], locked, element)
}

/// `Connection: SHOP to STORE, Database`, and what else is to be known of it.
pub(super) fn connection(project: &Project, link: &Link) -> String {
    let ends = project.name_of(&link.element);
    let protocol = project.connections.get(&link.id).map_or("", |connection| connection.protocol.label());
    let mut text = format!("Connection: {ends}, {protocol}");
    if link.seam {
        text.push_str(". ");
        text.push_str(&link.crossing);
    }
    if link.later {
        text.push_str(", waits for what is put off to later");
    }
    text
}

/// What is said of an element that cannot be seen.
pub(super) fn unseen(view: &View<'_>, element: &ElementId) -> String {
    let project = view.session.project();
    let kind = element.component().and_then(|id| project.components.get(id)).map(|component| component.kind.label());
    let name = project.name_of(element);
    let first = match element {
        ElementId::Connection(_) => format!("Connection: {name}"),
        ElementId::Boundary(_) => format!("Boundary: {name}"),
        ElementId::Note(_) => format!("Note: {name}"),
        ElementId::Component(_) => name,
    };
    finish(view, std::iter::once(first).chain(kind.map(str::to_owned)).collect(), false, element)
}

fn finish(view: &View<'_>, mut parts: Vec<String>, locked: bool, element: &ElementId) -> String {
    if locked {
        parts.push("locked".to_owned());
    }
    let order = view.session.order();
    if let Some(at) = order.position(element) {
        parts.push(format!("{} of {}", at + 1, order.stops().len()));
    }
    parts.join(", ")
}

fn several(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

/// Tells a screen reader where the element stands, that it can be gone to, and, for the one that has the keyboard, what it is
/// connected with.
pub(super) fn place(view: &View<'_>, response: &Response, element: &ElementId, focused: bool) {
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.add_action(accesskit::Action::Focus);
        node.add_action(accesskit::Action::Click);
        let order = view.session.order();
        if let Some(at) = order.position(element) {
            node.set_position_in_set(at);
            node.set_size_of_set(order.stops().len());
        }
        if focused {
            node.set_description(explain::neighbours(view.session.project(), element));
        }
    });
}
