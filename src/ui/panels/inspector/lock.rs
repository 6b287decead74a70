//! Whether what is selected is held where it is.

use egui::Ui;

use super::{MIXED, advice::remark};
use crate::{
    geometry::align::is_locked,
    lang::{later, t, tr},
    project::{BoundaryId, Edit, ElementId},
    session::{Action, Select},
    ui::{
        Actions, View, icons,
        theme::{Face, Tokens, text},
        widgets::{labelled, link_button, tri_state},
    },
};

const SWITCH_WIDTH: f32 = 30.0;
/// Room for the word beside a switch on which several elements differ.
const MIXED_WIDTH: f32 = 48.0;
const HELP: &str = later("The pointer and the layout leave it where it is; it can still be edited");

/// The row with the switch, for one element or several; between them it shows neither yes nor no. Connections have no place to hold.
pub(super) fn lock_ui(ui: &mut Ui, view: &View<'_>, elements: &[ElementId], actions: &mut Actions) {
    let project = view.session.project();
    let mut placed = elements.iter().filter(|element| !matches!(element, ElementId::Connection(_)));
    let Some(first) = placed.clone().next() else { return };
    let locked = is_locked(project, first);
    let mut state = placed.clone().all(|element| is_locked(project, element) == locked).then_some(locked);
    let changed = shared_switch(ui, (t("Locked"), t(HELP)), &mut state);
    let Some(lock) = state.filter(|_| changed) else { return };
    let verb = if lock { t("Lock") } else { t("Unlock") };
    let step = match placed.clone().count() {
        1 => tr!("{verb} {what}", verb, what = project.name_of(first).lines().next().unwrap_or_default()),
        count => tr!("{verb} {count} elements", verb, count),
    };
    let all = placed.by_ref().cloned().collect();
    actions.push(Action::edit(step, vec![Edit::SetLocked(all, lock)]));
}

/// A row with a switch for something that several elements may differ in, which is said in words; whether it was changed.
pub(super) fn shared_switch(ui: &mut Ui, (name, help): (&str, &str), state: &mut Option<bool>) -> bool {
    let mixed = state.is_none();
    labelled(ui, name, help, SWITCH_WIDTH + if mixed { MIXED_WIDTH } else { 0.0 }, |ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        let spoken = if mixed { tr!("{name}, mixed", name) } else { name.to_owned() };
        let changed = tri_state(ui, &spoken, state).changed();
        if mixed {
            ui.label(text(t(MIXED), Face::Regular, 12.0).color(Tokens::of(ui).muted));
        }
        changed
    })
}

/// Says of something that a folded boundary stands for it, and leads to it.
pub(super) fn folded_ui(ui: &mut Ui, view: &View<'_>, element: &ElementId, actions: &mut Actions) {
    let project = view.session.project();
    let Some(boundary) = project.seen_as(element) else { return };
    let name = project.name_of(&ElementId::Boundary(boundary.clone()));
    let words = tr!("Folded into {name}: it counts as before, and the sheet shows the box in its place", name);
    remark(ui, icons::BOXES, &words, Tokens::of(ui).accent);
    if link_button(ui, &tr!("Unfold {name} and go there", name)).clicked() {
        unfold(boundary, actions);
        actions.push(Action::Reveal(element.clone()));
    }
}

/// Folds or unfolds one boundary, and leaves it selected.
pub(super) fn unfold(boundary: BoundaryId, actions: &mut Actions) {
    actions.push(Action::Select(Select::Only(vec![ElementId::Boundary(boundary)])));
    actions.push(Action::Run("edit.fold"));
}
