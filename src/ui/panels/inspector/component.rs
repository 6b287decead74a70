//! One component: who it is, its advice, its traits, what it costs.

use egui::{ComboBox, Ui};

use super::{
    Focus, InspectorState, MIXED, advice, effort, findings, later, link, lock, stack, subject::Subject, traits, turning,
};
use crate::{
    lang::{lower, t, tr},
    project::{Component, ComponentId, ComponentKind, Edit, ElementId, KindGroup},
    session::Action,
    ui::{
        Actions, View, icons,
        theme::{Face, Tokens, space, text},
        widgets::{Draft, TextKind, caption, draft_field, icon_tile},
    },
};

pub(super) fn component_ui(
    ui: &mut Ui,
    view: &View<'_>,
    id: &ComponentId,
    state: &mut InspectorState,
    actions: &mut Actions,
) {
    let Some(component) = view.session.project().components.get(id) else { return };
    let has_traits = view.session.assessment().components.contains_key(id)
        || component.kind.is_service()
        || !component.traits.is_empty();
    // What comes first of what there is to edit.
    let to_kind = !has_traits && state.focus == Some(Focus::Traits);
    identity_ui(ui, id, component, (state.focus == Some(Focus::Name), to_kind), actions);
    if component.deferred {
        later::remark_ui(ui);
    }
    let element = ElementId::Component(id.clone());
    lock::folded_ui(ui, view, &element, actions);
    later::later_ui(ui, view, std::slice::from_ref(id), actions);
    lock::lock_ui(ui, view, std::slice::from_ref(&element), actions);
    findings::findings_of_ui(ui, view, &element, actions);
    if let Some(advice) = view.session.assessment().components.get(id) {
        advice::advice_ui(ui, view, id, component, advice, actions);
        turning::turning_ui(ui, view, id, component, state, actions);
        traits::traits_ui(ui, view, &Subject::one(id, component), state, actions);
        effort::effort_ui(ui, view, id, actions);
        stack::stack_ui(ui, view, id, actions);
    } else if has_traits {
        traits::traits_ui(ui, view, &Subject::one(id, component), state, actions);
    }
    link::links_of_ui(ui, view, id, actions);
    notes_ui(ui, id, component, actions);
}

/// Icon, name, kind and id; the keyboard goes to the name or to the kind if that is wanted.
fn identity_ui(
    ui: &mut Ui,
    id: &ComponentId,
    component: &Component,
    (to_name, to_kind): (bool, bool),
    actions: &mut Actions,
) {
    let tokens = Tokens::of(ui);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 10.0;
        ui.vertical(|ui| {
            ui.add_space(4.0);
            icon_tile(ui, icons::of_kind(component.kind), 30.0);
        });
        ui.vertical(|ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.spacing_mut().interact_size.y = 18.0;
            let draft = Draft {
                name: t("Name"),
                text: &component.name,
                hint: t("Name"),
                kind: TextKind::Title,
                may_be_empty: false,
            };
            if let Some(name) = draft_field(ui, &draft, to_name) {
                let step = tr!("Rename {}", component.name);
                actions.push(Action::edit(step, vec![Edit::Rename(id.clone(), name)]));
            }
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 4.0;
                kind_ui(ui, Some(component.kind), to_kind, |kind| {
                    let step = tr!("Make {0} a {1}", component.name, lower(kind.label()));
                    actions.push(Action::edit(step, vec![Edit::SetKind(id.clone(), kind)]));
                });
                let slug = text(format!("· {id}"), Face::Regular, 12.0).color(tokens.faint);
                ui.add(egui::Label::new(slug).truncate()).on_hover_text(t("Its name in files and on the command line"));
            });
        });
    });
    ui.add_space(space::TINY);
}

/// The choice of a kind; without a current one several components differ in it.
pub(super) fn kind_ui(ui: &mut Ui, current: Option<ComponentKind>, focus: bool, mut choose: impl FnMut(ComponentKind)) {
    let tokens = Tokens::of(ui);
    ui.scope(|ui| {
        let widgets = &mut ui.visuals_mut().widgets;
        widgets.inactive.weak_bg_fill = egui::Color32::TRANSPARENT;
        widgets.inactive.bg_stroke = egui::Stroke::NONE;
        ui.spacing_mut().button_padding = egui::vec2(0.0, 1.0);
        ui.spacing_mut().interact_size.y = 18.0;
        ui.spacing_mut().icon_width = 11.0;
        let label = text(current.map_or(t(MIXED), ComponentKind::label), Face::Regular, 12.5).color(tokens.muted);
        let combo = ComboBox::from_id_salt("kind").selected_text(label).width(0.0).height(420.0).show_ui(ui, |ui| {
            ui.set_min_width(180.0);
            for group in KindGroup::ALL {
                caption(ui, group.label());
                for kind in ComponentKind::ALL.iter().copied().filter(|kind| kind.group() == group) {
                    let here = current == Some(kind);
                    if ui.selectable_label(here, kind.label()).on_hover_text(kind.help()).clicked() && !here {
                        choose(kind);
                    }
                }
            }
        });
        if focus {
            combo.response.request_focus();
        }
        let help = current.map_or(t("They are of several kinds"), ComponentKind::help);
        combo.response.accessible_name(t("Kind")).on_hover_text(help);
    });
}

fn notes_ui(ui: &mut Ui, id: &ComponentId, component: &Component, actions: &mut Actions) {
    caption(ui, t("Notes"));
    let hint = t("What else should be known");
    let draft = Draft { name: t("Notes"), text: &component.notes, hint, kind: TextKind::Lines(3), may_be_empty: true };
    if let Some(notes) = draft_field(ui, &draft, false) {
        let step = tr!("Edit notes of {}", component.name);
        actions.push(Action::edit(step, vec![Edit::SetComponentNotes(id.clone(), notes)]));
    }
}
