//! Several elements at once.

use egui::{Popup, Ui};

use super::{
    InspectorState, MIXED,
    advice::{Choices, pin_menu_ui},
    component::kind_ui,
    later::later_ui,
    lock::lock_ui,
    many_links::links_ui,
    traits::traits_ui,
};
use crate::{
    figures::{Unit, counted},
    lang::{t, tr},
    project::{ComponentId, ConnectionId, Edit, ElementId, FrameworkId},
    session::Action,
    ui::{
        Actions, View,
        canvas::{ARRANGE, command_rows},
        icons,
        panels::phrases::short_name,
        theme::{Face, Tokens, space, text},
        widgets::{caption, icon_tile, labelled, text_button},
    },
};

/// Names that are listed before the rest is only counted.
const NAMES: usize = 12;

pub(super) fn many_ui(
    ui: &mut Ui,
    view: &View<'_>,
    elements: &[ElementId],
    state: &mut InspectorState,
    actions: &mut Actions,
) {
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        icon_tile(ui, icons::BOXES, 30.0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.label(text(tr!("{} elements", elements.len()), Face::SemiBold, 15.0));
            ui.label(text(kinds(elements), Face::Regular, 12.0).color(tokens.muted));
        });
    });
    ui.add_space(space::SMALL);
    ui.horizontal(|ui| {
        if text_button(ui, icons::COPY, t("Duplicate")).clicked() {
            actions.push(Action::Run("edit.duplicate"));
        }
        if text_button(ui, icons::TRASH, t("Delete")).clicked() {
            actions.push(Action::Run("edit.delete"));
        }
        if elements.iter().any(|element| !matches!(element, ElementId::Connection(_))) {
            let button = text_button(ui, icons::GROUP, t("Arrange"));
            Popup::menu(&button).show(|ui| command_rows(ui, view, ARRANGE, &mut false, actions));
        }
    });
    let components: Vec<ComponentId> = elements.iter().filter_map(ElementId::component).cloned().collect();
    kind_of_all_ui(ui, view, &components, actions);
    later_ui(ui, view, &components, actions);
    lock_ui(ui, view, elements, actions);
    let services = services(view, &components);
    pin_all_ui(ui, view, &services, actions);
    traits_of_all_ui(ui, view, &services, state, actions);
    let connections: Vec<ConnectionId> = elements.iter().filter_map(connection).cloned().collect();
    links_ui(ui, view, &connections, actions);
    names_ui(ui, view, elements, actions);
}

fn connection(element: &ElementId) -> Option<&ConnectionId> {
    if let ElementId::Connection(id) = element { Some(id) } else { None }
}

fn services(view: &View<'_>, components: &[ComponentId]) -> Vec<ComponentId> {
    let all = &view.session.project().components;
    let service = |id: &&ComponentId| all.get(*id).is_some_and(|component| component.kind.is_service());
    components.iter().filter(service).cloned().collect()
}

/// What they are, and making all of them one kind.
fn kind_of_all_ui(ui: &mut Ui, view: &View<'_>, components: &[ComponentId], actions: &mut Actions) {
    let project = view.session.project();
    let mut kinds = components.iter().filter_map(|id| project.components.get(id)).map(|component| component.kind);
    let Some(first) = kinds.next() else { return };
    let same = kinds.all(|kind| kind == first).then_some(first);
    labelled(ui, t("Kind"), "", 150.0, |ui| {
        kind_ui(ui, same, false, |kind| {
            let step = tr!("Set kind on {} components", components.len());
            let edits = components.iter().map(|id| Edit::SetKind(id.clone(), kind)).collect();
            actions.push(Action::edit(step, edits));
        });
    });
}

/// The traits that some of the services have, and a search for others to give to all.
fn traits_of_all_ui(
    ui: &mut Ui,
    view: &View<'_>,
    services: &[ComponentId],
    state: &mut InspectorState,
    actions: &mut Actions,
) {
    if services.is_empty() {
        return;
    }
    let of = counted(&services.len().to_string(), Unit::Service);
    caption(ui, &tr!("Traits of {of}", of));
    let subject = state.shared.take(view.session.project(), services);
    traits_ui(ui, view, &subject, state, actions);
    state.shared.put_back(subject);
}

/// What is selected, each a way there.
fn names_ui(ui: &mut Ui, view: &View<'_>, elements: &[ElementId], actions: &mut Actions) {
    let (project, tokens) = (view.session.project(), Tokens::of(ui));
    caption(ui, t("Selected"));
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        for element in elements.iter().take(NAMES) {
            let name = project.name_of(element);
            let name = name.lines().next().unwrap_or_default();
            let words = egui::Button::new(text(name, Face::Regular, 13.0)).frame(false).truncate();
            if ui.add(words).on_hover_text(t("Select it alone")).clicked() {
                actions.push(Action::Reveal(element.clone()));
            }
        }
        if elements.len() > NAMES {
            let rest = tr!("and {} more", elements.len() - NAMES);
            ui.label(text(rest, Face::Regular, 12.0).color(tokens.muted));
        }
    });
}

fn kinds(elements: &[ElementId]) -> String {
    let count = |is: fn(&ElementId) -> bool| elements.iter().filter(|element| is(element)).count();
    let counts = [
        (count(|e| matches!(e, ElementId::Component(_))), Unit::Component),
        (count(|e| matches!(e, ElementId::Connection(_))), Unit::Connection),
        (count(|e| matches!(e, ElementId::Boundary(_))), Unit::Boundary),
        (count(|e| matches!(e, ElementId::Note(_))), Unit::Note),
    ];
    let some = counts.iter().filter(|(count, _)| *count > 0);
    some.map(|(count, unit)| counted(&count.to_string(), *unit)).collect::<Vec<_>>().join(", ")
}

fn pin_all_ui(ui: &mut Ui, view: &View<'_>, services: &[ComponentId], actions: &mut Actions) {
    let project = view.session.project();
    let playbook = &view.session.engine().playbook;
    if services.is_empty() {
        return;
    }
    let pins: Vec<_> = services.iter().map(|id| project.components.get(id).and_then(|c| c.pin.as_ref())).collect();
    let same = pins.iter().all(|pin| *pin == pins[0]);
    caption(ui, t("Framework"));
    let label = counted(&services.len().to_string(), Unit::Service);
    // "Pinned" is said where all are pinned to the same.
    let word = if same { t("Pin all") } else { t(MIXED) };
    let choices = Choices { playbook, current: if same { pins[0] } else { None }, word: Some(word) };
    let choose = |pin: Option<FrameworkId>| {
        let step = match &pin {
            Some(pin) => tr!("Pin {label} to {}", short_name(playbook, pin), label),
            None => tr!("Let the advice decide on {label}", label),
        };
        let edits = services.iter().map(|id| Edit::SetPin(id.clone(), pin.clone())).collect();
        actions.push(Action::edit(step, edits));
    };
    labelled(ui, &label, "", 110.0, |ui| pin_menu_ui(ui, &choices, choose));
}
