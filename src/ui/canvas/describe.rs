//! What the nodes of the sheet say.

use std::{
    cell::{RefCell, RefMut},
    collections::HashMap,
    sync::Arc,
};

use egui::{Response, accesskit};

use super::{
    CanvasState, chips,
    frames::Frame,
    scene::{Card, Link},
};
use crate::{
    explain,
    lang::{t, tr},
    project::{BoundaryId, ElementId, Project, StickyNote},
    ui::View,
};

/// What has to be looked for in the whole project. While a screen reader listens it is asked for in every frame, and looked for once.
#[derive(Default)]
pub(super) struct Known(RefCell<OfProject>);

#[derive(Default)]
struct OfProject {
    of: Option<Arc<Project>>,
    holds: HashMap<BoundaryId, String>,
    neighbours: HashMap<ElementId, String>,
}

impl Known {
    /// What is known of the project. While something is dragged it is what was before, like the order in which things are told.
    fn of<'a>(&self, view: &View<'a>) -> (&'a Project, RefMut<'_, OfProject>) {
        let project = view.session.history().gesture_base().unwrap_or(view.session.project());
        let mut known = self.0.borrow_mut();
        if !known.of.as_ref().is_some_and(|of| Arc::ptr_eq(of, project)) {
            *known = OfProject { of: Some(Arc::clone(project)), ..OfProject::default() };
        }
        (project, known)
    }

    fn holds(&self, view: &View<'_>, id: &BoundaryId) -> String {
        let (project, mut known) = self.of(view);
        known.holds.entry(id.clone()).or_insert_with(|| explain::holds(project, id)).clone()
    }

    fn neighbours(&self, view: &View<'_>, element: &ElementId) -> String {
        let (project, mut known) = self.of(view);
        known.neighbours.entry(element.clone()).or_insert_with(|| explain::neighbours(project, element)).clone()
    }
}

/// `NAME, KIND, FRAMEWORK 94 %, VALUE, 61 % busy, 2 findings, locked, 3 of 12`, or `NAME, KIND, put off to later, 3 of 12`.
pub(super) fn component(view: &View<'_>, card: &Card) -> String {
    let component = &card.component;
    let mut parts = vec![component.name.clone(), component.kind.label().to_owned()];
    if component.deferred {
        parts.push(t("put off to later").to_owned());
    } else {
        parts.extend(chips::badge_text(card, &view.session.engine().playbook));
        parts.extend(card.mark.as_ref().map(|mark| mark.text.clone()));
        parts.extend(card.load.as_ref().map(|load| load.words.clone()));
    }
    parts.extend(card.sign.as_ref().map(|sign| several(sign.count, t("finding"), t("findings"))));
    finish(view, parts, component.locked, &card.element)
}

/// `Boundary: NAME, 3 components and 1 note, folded, 12.4 person-weeks · $84K, 2 findings, locked, 2 of 12`.
pub(super) fn boundary(view: &View<'_>, known: &Known, frame: &Frame) -> String {
    let mut parts = vec![tr!("Boundary: {}", frame.name), known.holds(view, &frame.id)];
    if let Some(folded) = &frame.folded {
        parts.extend([t("folded").to_owned(), folded.sums.clone()]);
        if folded.findings > 0 {
            parts.push(several(folded.findings, t("finding"), t("findings")));
        }
    }
    finish(view, parts, frame.locked, &frame.element)
}

/// `Note: TEXT, paper: Rose, locked, 2 of 12`; of yellow paper nothing is said.
pub(super) fn note(view: &View<'_>, element: &ElementId, note: &StickyNote) -> String {
    let mut parts = vec![tr!("Note: {words}", words = note.text)];
    if !note.colour.is_usual() {
        parts.push(tr!("paper: {}", note.colour.label()));
    }
    finish(view, parts, note.locked, element)
}

/// `Connection: SHOP to STORE, LABEL, Database`, and what else is to be known of it.
pub(super) fn connection(project: &Project, link: &Link) -> String {
    let ends = project.name_of(&link.element);
    let protocol = project.connections.get(&link.id).map_or("", |connection| connection.protocol.label());
    let mut text = match link.connection.label.trim() {
        "" => tr!("Connection: {ends}, {protocol}", ends, protocol),
        label => tr!("Connection: {ends}, {label}, {protocol}", ends, label, protocol),
    };
    if link.seam {
        text.push_str(". ");
        text.push_str(&link.crossing);
    }
    if link.later {
        text.push_str(t(", waits for what is put off to later"));
    }
    text
}

/// What is said of an element that cannot be seen: the same as if it could be.
pub(super) fn unseen(view: &View<'_>, state: &CanvasState, element: &ElementId) -> String {
    let (project, scene) = (view.session.project(), &state.scene);
    let said = match element {
        ElementId::Component(id) => {
            let at = project.components.get_index_of(id);
            at.and_then(|at| scene.cards.get(at)).map(|card| component(view, card))
        }
        ElementId::Boundary(id) => {
            let frame = scene.seen_frames().find(|frame| frame.id == *id);
            frame.map(|frame| boundary(view, &state.known, frame))
        }
        ElementId::Note(id) => project.sticky_notes.get(id).map(|sticky| note(view, element, sticky)),
        ElementId::Connection(id) => scene.link(project, id).map(|link| connection(project, link)),
    };
    said.unwrap_or_else(|| project.name_of(element))
}

fn finish(view: &View<'_>, mut parts: Vec<String>, locked: bool, element: &ElementId) -> String {
    if locked {
        parts.push(t("locked").to_owned());
    }
    let order = view.session.order();
    if let Some(at) = order.position(element) {
        parts.push(tr!("{0} of {1}", at + 1, order.stops().len()));
    }
    parts.join(", ")
}

fn several(count: usize, one: &str, many: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {many}") }
}

/// Tells a screen reader where the element stands, that it can be gone to, and, for the one that has the keyboard, what it is
/// connected with.
pub(super) fn place(view: &View<'_>, known: &Known, response: &Response, (element, focused): (&ElementId, bool)) {
    response.ctx.accesskit_node_builder(response.id, |node| {
        node.add_action(accesskit::Action::Focus);
        node.add_action(accesskit::Action::Click);
        let order = view.session.order();
        if let Some(at) = order.position(element) {
            node.set_position_in_set(at);
            node.set_size_of_set(order.stops().len());
        }
        if focused {
            node.set_description(known.neighbours(view, element));
        }
    });
}
