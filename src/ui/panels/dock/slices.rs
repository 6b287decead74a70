//! How parts of an estimate look, and where a click on one leads.

use egui::Ui;

use crate::{
    assess::PartOf,
    playbook::Citation,
    project::{ComponentId, ElementId, FrameworkId},
    session::{Action, Request},
    ui::{
        View,
        theme::{Pair, Tokens},
        widgets::framework_look,
    },
};

/// The framework that a component is built on.
fn framework_of<'a>(view: &'a View<'_>, component: &ComponentId) -> Option<&'a FrameworkId> {
    view.session.assessment().verdict.assignment.get(component)
}

/// The colours of a framework, and of what has none.
fn colours_of_framework(ui: &Ui, view: &View<'_>, framework: Option<&FrameworkId>) -> Pair {
    let tokens = Tokens::of(ui);
    framework.map_or(Pair { ink: tokens.muted, surface: tokens.sunken }, |id| {
        framework_look(ui, &view.session.engine().playbook, id).1
    })
}

/// The colours of a part: those of its framework if it has one.
pub(super) fn colours_of(ui: &Ui, view: &View<'_>, part: &PartOf) -> Pair {
    match part {
        PartOf::Component(id) => colours_of_framework(ui, view, framework_of(view, id)),
        PartOf::Framework(id) => colours_of_framework(ui, view, Some(id)),
        PartOf::Project => colours_of_framework(ui, view, None),
        _ => Tokens::of(ui).accent,
    }
}

/// The paragraph behind a part, if it is work of one kind.
pub(super) fn citation_of(view: &View<'_>, part: &PartOf) -> Option<Citation> {
    let PartOf::WorkItem(id) = part else { return None };
    Citation::work_item(view.session.engine().playbook.work_items.get(id)?)
}

/// Where a click on a part leads: to its component, or to the claims behind its price.
pub(super) fn lead_of(view: &View<'_>, part: &PartOf) -> Option<Action> {
    match part {
        PartOf::Component(id) => Some(Action::Reveal(ElementId::Component(id.clone()))),
        PartOf::WorkItem(_) => citation_of(view, part).map(|citation| Action::Request(Request::Evidence(citation))),
        _ => None,
    }
}
