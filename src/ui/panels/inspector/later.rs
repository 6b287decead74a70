//! Whether what is selected is put off to later: drawn, but neither built nor estimated now.

use egui::Ui;

use super::{advice::remark, lock::shared_switch};
use crate::{
    lang::{later, t},
    project::{ComponentId, Edit},
    session::{Action, commands::deferring},
    ui::{Actions, View, icons, theme::Tokens},
};

const HELP: &str =
    later("It stays on the sheet, but is neither built nor estimated now, and nothing counts its connections");

/// The row with the switch, for one component or several; between them it shows neither yes nor no.
pub(super) fn later_ui(ui: &mut Ui, view: &View<'_>, ids: &[ComponentId], actions: &mut Actions) {
    let project = view.session.project();
    let Some(first) = ids.first() else { return };
    let put_off = project.is_deferred(first);
    let mut state = ids.iter().all(|id| project.is_deferred(id) == put_off).then_some(put_off);
    let changed = shared_switch(ui, (t("Put off to later"), t(HELP)), &mut state);
    if let Some(deferred) = state.filter(|_| changed) {
        let moved: Vec<ComponentId> = ids.iter().filter(|id| project.is_deferred(id) != deferred).cloned().collect();
        let step = deferring(project, &moved, deferred);
        actions.push(Action::edit(step, moved.into_iter().map(|id| Edit::SetDeferred(id, deferred)).collect()));
    }
}

/// Says of one component that it is put off, in place of what would be said of it.
pub(super) fn remark_ui(ui: &mut Ui) {
    let words = t("Put off to later: it is in no figure, and no advice is given on it");
    remark(ui, icons::CLOCK, words, Tokens::of(ui).accent);
}
