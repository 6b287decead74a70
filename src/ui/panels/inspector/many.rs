//! Several elements at once.

use egui::Ui;

use super::{
    advice::{Choices, pin_menu_ui},
    later::later_ui,
};
use crate::{
    project::{ComponentId, Edit, ElementId, FrameworkId},
    session::Action,
    ui::{
        Actions, View, icons,
        panels::phrases::short_name,
        theme::{Face, Tokens, space, text},
        widgets::{caption, icon_tile, labelled, text_button},
    },
};

/// Names that are listed before the rest is only counted.
const NAMES: usize = 12;

pub(super) fn many_ui(ui: &mut Ui, view: &View<'_>, elements: &[ElementId], actions: &mut Actions) {
    let project = view.session.project();
    let tokens = Tokens::of(ui);
    ui.horizontal(|ui| {
        icon_tile(ui, icons::BOXES, 30.0);
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.label(text(format!("{} elements", elements.len()), Face::SemiBold, 15.0));
            ui.label(text(kinds(elements), Face::Regular, 12.0).color(tokens.muted));
        });
    });
    ui.add_space(space::SMALL);
    ui.horizontal(|ui| {
        if text_button(ui, icons::COPY, "Duplicate").clicked() {
            actions.push(Action::Run("edit.duplicate"));
        }
        if text_button(ui, icons::TRASH, "Delete").clicked() {
            actions.push(Action::Run("edit.delete"));
        }
    });
    let components: Vec<ComponentId> = elements.iter().filter_map(ElementId::component).cloned().collect();
    later_ui(ui, view, &components, actions);
    pin_all_ui(ui, view, elements, actions);
    caption(ui, "Selected");
    ui.scope(|ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        for element in elements.iter().take(NAMES) {
            let name = project.name_of(element);
            ui.add(egui::Label::new(text(name.lines().next().unwrap_or_default(), Face::Regular, 13.0)).truncate());
        }
        if elements.len() > NAMES {
            let rest = format!("and {} more", elements.len() - NAMES);
            ui.label(text(rest, Face::Regular, 12.0).color(tokens.muted));
        }
    });
}

fn kinds(elements: &[ElementId]) -> String {
    let count = |is: fn(&ElementId) -> bool| elements.iter().filter(|element| is(element)).count();
    let counts = [
        (count(|e| matches!(e, ElementId::Component(_))), "component"),
        (count(|e| matches!(e, ElementId::Connection(_))), "connection"),
        (count(|e| matches!(e, ElementId::Boundary(_))), "boundary"),
        (count(|e| matches!(e, ElementId::Note(_))), "note"),
    ];
    let some = counts.iter().filter(|(count, _)| *count > 0);
    let words = some.map(|(count, word)| match (*count, *word) {
        (1, word) => format!("1 {word}"),
        (count, "boundary") => format!("{count} boundaries"),
        (count, word) => format!("{count} {word}s"),
    });
    words.collect::<Vec<_>>().join(", ")
}

fn pin_all_ui(ui: &mut Ui, view: &View<'_>, elements: &[ElementId], actions: &mut Actions) {
    let project = view.session.project();
    let playbook = &view.session.engine().playbook;
    let services: Vec<&ComponentId> = elements
        .iter()
        .filter_map(|element| match element {
            ElementId::Component(id) => project.components.get_key_value(id),
            _ => None,
        })
        .filter(|(_, component)| component.kind.is_service())
        .map(|(id, _)| id)
        .collect();
    if services.is_empty() {
        return;
    }
    let pins: Vec<_> = services.iter().map(|id| project.components[*id].pin.as_ref()).collect();
    let same = pins.iter().all(|pin| *pin == pins[0]);
    caption(ui, "Framework");
    let label = format!("{} services", services.len());
    let choices = Choices { playbook, current: if same { pins[0] } else { None }, word: Some("Pin all") };
    let choose = |pin: Option<FrameworkId>| {
        let step = match &pin {
            Some(pin) => format!("Pin {label} to {}", short_name(playbook, pin)),
            None => format!("Let the advice decide on {label}"),
        };
        let edits = services.iter().map(|id| Edit::SetPin((*id).clone(), pin.clone())).collect();
        actions.push(Action::edit(step, edits));
    };
    labelled(ui, &label, "", 110.0, |ui| pin_menu_ui(ui, &choices, choose));
}
