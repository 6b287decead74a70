//! Context menus: rows of the command table that suit what was clicked.

use std::collections::BTreeSet;

use egui::{
    Align, DragAndDrop, Layout, Popup, PopupAnchor, PopupCloseBehavior, PopupKind, SetOpenCommand, Ui,
    containers::menu::menu_style,
};

use super::{
    CanvasState,
    gesture::{Hit, hit},
    link_grips::Grip,
    nodes::Nodes,
};
use crate::{
    project::ElementId,
    session::{Action, Select, commands},
    ui::{Actions, View, bars::run_or_say, shortcut::shortcut_text, widgets::menu_row},
};

/// Command ids in groups, with a line between groups.
pub(in crate::ui) type Entries = &'static [&'static [&'static str]];

/// The way to everything else.
const ALL: &[&str] = &["help.commands"];
const COMPONENT: Entries = &[
    &["edit.rename", "edit.traits"],
    &["connect.to", "connect.from"],
    &["edit.defer", "edit.take-in"],
    &["edit.cut", "edit.copy", "edit.copy-picture", "edit.duplicate", "edit.delete"],
    &["insert.boundary", "edit.lock"],
    &["view.fit-selection"],
    ALL,
];
const ELEMENT: Entries = &[
    &["edit.rename"],
    &["edit.cut", "edit.copy", "edit.copy-picture", "edit.duplicate", "edit.delete"],
    &["insert.boundary", "edit.lock"],
    &["view.fit-selection"],
    ALL,
];
/// Several elements.
const SEVERAL: Entries = &[
    &["connect.to", "connect.from"],
    &["edit.cut", "edit.copy", "edit.copy-picture", "edit.duplicate", "edit.delete"],
    &[ARRANGE_MENU],
    &["edit.defer", "edit.take-in"],
    &["insert.boundary", "edit.fold", "edit.lock"],
    &["view.fit-selection"],
    ALL,
];
/// Stands for a menu of its own with the rows of [`ARRANGE`]: all in one would be higher than a small window.
const ARRANGE_MENU: &str = "Arrange";
/// What puts several elements in order.
pub(in crate::ui) const ARRANGE: Entries = &[
    &["arrange.left", "arrange.centre", "arrange.right", "arrange.top", "arrange.middle", "arrange.bottom"],
    &["arrange.distribute-across", "arrange.distribute-down"],
    &["arrange.same-width", "arrange.same-height", "arrange.same-size"],
    &["edit.tidy"],
];
const BOUNDARY: Entries = &[
    &["edit.fold", "edit.rename"],
    &["edit.cut", "edit.copy", "edit.copy-picture", "edit.duplicate", "edit.delete"],
    &["insert.boundary", "edit.lock"],
    &["view.fit-selection"],
    ALL,
];
const CONNECTION: Entries = &[
    &["edit.rename", "edit.traits"],
    &["line.next", "line.orthogonal", "line.straight", "line.curved", "line.reset"],
    &["edit.copy-picture", "edit.delete"],
    &["view.fit-selection"],
    ALL,
];
const SHEET: Entries = &[
    &["edit.paste", "edit.paste-in-place", "edit.copy-picture", "edit.select-all", "edit.find"],
    &["insert.component", "insert.draw-boundary", "insert.boundary", "insert.note"],
    &["edit.tidy", "edit.unlock-all"],
    &["view.fit", "view.zoom-actual", "view.present"],
    ALL,
];

/// Opens the menu on a right click and shows it while it is open.
pub(super) fn context_menu(ui: &Ui, view: &View<'_>, state: &mut CanvasState, nodes: &Nodes, actions: &mut Actions) {
    let clicked = ui.input(|i| i.pointer.secondary_clicked().then(|| i.pointer.interact_pos()).flatten());
    // With the other button down something hangs at the pointer, and this one does nothing.
    let busy = state.in_gesture() || DragAndDrop::has_any_payload(ui.ctx());
    let opened = clicked.filter(|_| nodes.over && !busy);
    if let Some(pos) = opened {
        let hit = hit(ui, view, state, nodes, pos);
        let selection = view.session.selection();
        let several = matches!(&hit, Hit::Element(element) if selection.len() > 1 && selection.contains(element));
        state.menu = if several { entries_of(selection) } else { entries(&hit) };
        select(view, hit, actions);
    }
    // By key it opens where the selection is, with the keyboard on its first row.
    let by_key = state.menu_at.take();
    if by_key.is_some() {
        state.menu = entries_of(view.session.selection());
        state.menu_focus = true;
        state.menu_anchor = by_key;
    } else if opened.is_some() {
        state.menu_anchor = None;
    }
    let anchor = state.menu_anchor.map_or(PopupAnchor::PointerFixed, PopupAnchor::Position);
    let open = opened.or(by_key).map(|_| SetOpenCommand::Bool(true));
    let mut focus = std::mem::take(&mut state.menu_focus);
    Popup::new(ui.scope_id().with("context menu"), ui.ctx().clone(), anchor, ui.layer_id())
        .kind(PopupKind::Menu)
        .layout(Layout::top_down_justified(Align::Min))
        .style(menu_style)
        .open_memory(open)
        .close_behavior(PopupCloseBehavior::CloseOnClick)
        .show(|ui| rows(ui, view, state.menu, &mut focus, actions));
    // While it is measured, before it is seen, no row of it can have the keyboard.
    state.menu_focus = focus && Popup::is_id_open(ui.ctx(), ui.scope_id().with("context menu"));
}

/// The menu of what is selected.
fn entries_of(selection: &BTreeSet<ElementId>) -> Entries {
    let all_links = selection.iter().all(|element| matches!(element, ElementId::Connection(_)));
    match selection.first() {
        None => SHEET,
        Some(_) if all_links => CONNECTION,
        Some(_) if selection.len() > 1 => SEVERAL,
        Some(element) => entries(&Hit::Element(element.clone())),
    }
}

/// A right click selects what it is on, unless that is selected already.
fn select(view: &View<'_>, hit: Hit, actions: &mut Actions) {
    let element = match hit {
        Hit::LinkGrip(id, Grip::Waypoint(index)) => {
            actions.push(Action::Select(Select::Waypoint(id, index)));
            return;
        }
        Hit::Element(element) | Hit::Grip(element, _) => element,
        Hit::LinkGrip(id, _) | Hit::Label(id) => ElementId::Connection(id),
        Hit::Handle(..) | Hit::Sheet => return,
    };
    if !view.session.selection().contains(&element) {
        actions.push(Action::Select(Select::Only(vec![element])));
    }
}

fn entries(hit: &Hit) -> Entries {
    match hit {
        Hit::Element(ElementId::Component(_)) => COMPONENT,
        Hit::Element(ElementId::Connection(_)) | Hit::LinkGrip(..) | Hit::Label(_) => CONNECTION,
        Hit::Element(ElementId::Boundary(_)) | Hit::Grip(ElementId::Boundary(_), _) => BOUNDARY,
        Hit::Element(_) | Hit::Grip(..) => ELEMENT,
        Hit::Handle(..) | Hit::Sheet => SHEET,
    }
}

/// A row for each command, with its keys and, where it cannot be run, the reason. With `focus` the keyboard goes to the first.
pub(in crate::ui) fn rows(ui: &mut Ui, view: &View<'_>, entries: Entries, focus: &mut bool, actions: &mut Actions) {
    ui.set_min_width(190.0);
    for (index, group) in entries.iter().enumerate() {
        if index > 0 {
            ui.separator();
        }
        if group.contains(&ARRANGE_MENU) {
            ui.menu_button(ARRANGE_MENU, |ui| rows(ui, view, ARRANGE, &mut false, actions));
        }
        for command in group.iter().filter_map(|id| commands::find(id)) {
            let keys = shortcut_text(ui.ctx(), command);
            let state = (command.enabled)(view.session).map(|()| command.help);
            let response = menu_row(ui, command.text, command.text, keys, state);
            if *focus && !ui.is_sizing_pass() {
                *focus = false;
                response.request_focus();
            }
            if response.clicked() {
                actions.push(run_or_say(command.id, state));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_element_has_its_commands_in_its_menu() {
        for (entries, wanted) in [
            (COMPONENT, &["edit.rename", "edit.traits", "connect.to", "edit.duplicate", "edit.delete"][..]),
            (CONNECTION, &["edit.rename", "edit.traits", "edit.delete"]),
            (BOUNDARY, &["edit.rename", "edit.fold", "edit.duplicate", "edit.delete"]),
            (ELEMENT, &["edit.rename", "edit.duplicate", "edit.delete"]),
            (SEVERAL, &["connect.to", ARRANGE_MENU, "edit.lock", "edit.delete"]),
            (SHEET, &["edit.paste", "insert.boundary", "insert.note", "edit.tidy", "view.fit", "help.commands"]),
            (ARRANGE, &["arrange.left", "arrange.distribute-down", "arrange.same-width", "arrange.same-size"]),
        ] {
            let all: Vec<&str> = entries.iter().copied().flatten().copied().collect();
            assert!(entries.last() == Some(&ALL) || entries == ARRANGE, "the way to everything else: {all:?}");
            assert!(wanted.iter().all(|id| all.contains(id)), "{wanted:?} in {all:?}");
            assert!(all.iter().all(|id| *id == ARRANGE_MENU || commands::find(id).is_some()), "{all:?}");
            assert!(entries.iter().all(|group| !group.is_empty()));
            assert!((1..all.len()).all(|at| !all[..at].contains(&all[at])), "{all:?}");
        }
    }

    /// The rest of the table is a key's own (nudges), one of several that another row stands for, or about the plan and not the sheet.
    #[test]
    fn what_changes_the_sheet_is_in_a_menu_on_it() {
        let elsewhere = |id: &str| {
            id.starts_with("edit.nudge")
                || id.starts_with("edit.find-")
                || id.starts_with("insert.connected-")
                || id.starts_with("scenario.")
                || id.starts_with("baseline.")
                || ["edit.undo", "edit.redo", "edit.select-none", "edit.stop-tidy", "insert.search"].contains(&id)
        };
        let menus = [COMPONENT, ELEMENT, SEVERAL, BOUNDARY, CONNECTION, SHEET, ARRANGE];
        let offered: Vec<&str> = menus.iter().copied().flatten().copied().flatten().copied().collect();
        for command in commands::TABLE.iter().filter(|command| {
            matches!(command.menu, commands::Menu::Edit | commands::Menu::Insert | commands::Menu::Arrange)
        }) {
            assert!(offered.contains(&command.id) != elsewhere(command.id), "{}", command.id);
        }
    }
}
