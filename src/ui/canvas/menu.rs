//! Context menus: rows of the command table that suit what was clicked, and below them menus with everything else that can be done.

use std::collections::BTreeSet;

use egui::{
    Align, DragAndDrop, Layout, Popup, PopupAnchor, PopupCloseBehavior, PopupKind, Response, ScrollArea,
    SetOpenCommand, Ui, containers::menu::menu_style,
};

use super::{
    CanvasState,
    gesture::{Hit, hit},
    link_grips::Grip,
    nodes::Nodes,
};
use crate::{
    lang::{later, t},
    project::ElementId,
    session::{
        Action, Select,
        commands::{self, Command, Menu, TABLE},
    },
    ui::{Actions, View, bars::run_or_say, shortcut::shortcut_text, widgets::menu_row},
};

/// Command ids in groups, with a line between groups.
pub(in crate::ui) type Entries = &'static [&'static [&'static str]];

/// The way to everything else.
const ALL: Entries = &[&["help.commands"]];
/// What opens the menus below what suits the thing.
const MORE: &str = later("More");
/// The menus of the table whose commands are below what suits the thing: of those, the ones that can be run.
const BELOW: [Menu; 5] = [Menu::Edit, Menu::Insert, Menu::Arrange, Menu::Go, Menu::View];
/// Room for the captions above and below the rows of such a menu, in points.
const AROUND: f32 = 24.0;
const COMPONENT: Entries = &[
    &["edit.rename", "edit.traits"],
    &["connect.to", "connect.from"],
    &["edit.defer", "edit.take-in"],
    &["edit.cut", "edit.copy", "edit.copy-picture", "edit.duplicate", "edit.delete"],
    &["insert.boundary", "edit.lock"],
    &["view.fit-selection"],
];
/// Several elements.
const SEVERAL: Entries = &[
    &["connect.to", "connect.from"],
    &["edit.cut", "edit.copy", "edit.copy-picture", "edit.duplicate", "edit.delete"],
    &["edit.defer", "edit.take-in"],
    &["insert.boundary", "edit.fold", "edit.lock"],
    &["view.fit-selection"],
];
/// What puts several elements in order.
pub(in crate::ui) const ARRANGE: Entries = &[
    &["arrange.left", "arrange.centre", "arrange.right", "arrange.top", "arrange.middle", "arrange.bottom"],
    &["arrange.distribute-across", "arrange.distribute-down"],
    &["arrange.same-width", "arrange.same-height", "arrange.same-size"],
    &["edit.tidy"],
];
const NOTE: Entries = &[
    &["edit.rename", "note.colour"],
    &["edit.cut", "edit.copy", "edit.copy-picture", "edit.duplicate", "edit.delete"],
    &["insert.boundary", "edit.lock"],
    &["view.fit-selection"],
];
const BOUNDARY: Entries = &[
    &["edit.fold", "edit.rename"],
    &["edit.cut", "edit.copy", "edit.copy-picture", "edit.duplicate", "edit.delete"],
    &["insert.boundary", "edit.lock"],
    &["view.fit-selection"],
];
const CONNECTION: Entries = &[
    &["edit.rename", "edit.traits"],
    &["line.next", "line.orthogonal", "line.straight", "line.curved", "line.reset"],
    &["edit.copy-picture", "edit.delete"],
    &["view.fit-selection"],
];
const SHEET: Entries = &[
    &["edit.paste", "edit.paste-in-place", "edit.copy-picture", "edit.select-all", "edit.find"],
    &["insert.component", "insert.draw-boundary", "insert.boundary", "insert.note"],
    &["edit.tidy", "edit.unlock-all"],
    &["view.fit", "view.zoom-actual", "view.present"],
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
        .show(|ui| {
            rows(ui, view, state.menu, &mut focus, actions);
            if state.menu == SEVERAL {
                // What several are mostly chosen for; in the same menu it would be higher than a small window.
                ui.menu_button(Menu::Arrange.label(), |ui| rows(ui, view, ARRANGE, &mut false, actions));
            }
            ui.separator();
            // One row: on a small window there is no room for more.
            ui.menu_button(t(MORE), |ui| below(ui, view, state.menu, actions));
            rows(ui, view, ALL, &mut false, actions);
        });
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
        Hit::Element(ElementId::Note(_)) | Hit::Grip(..) => NOTE,
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
        for command in group.iter().filter_map(|id| commands::find(id)) {
            let response = row(ui, view, command, actions);
            if *focus && !ui.is_sizing_pass() {
                *focus = false;
                response.request_focus();
            }
        }
    }
}

fn row(ui: &mut Ui, view: &View<'_>, command: &'static Command, actions: &mut Actions) -> Response {
    let keys = shortcut_text(ui.ctx(), command);
    let state = (command.enabled)(view.session).map(|()| command.help);
    let response = menu_row(ui, command.text, command.text, keys, state);
    if response.clicked() {
        actions.push(run_or_say(command.id, state));
    }
    response
}

/// A menu for each menu of the table, with all of its commands that can be run now and are not shown above.
fn below(ui: &mut Ui, view: &View<'_>, entries: Entries, actions: &mut Actions) {
    for menu in BELOW {
        ui.menu_button(menu.label(), |ui| {
            let room = ui.ctx().content_rect().height() - AROUND;
            ScrollArea::vertical().max_height(room).min_scrolled_height(room).show(ui, |ui| {
                ui.set_min_width(230.0);
                let mut group = None;
                for command in others(menu, entries).filter(|command| (command.enabled)(view.session).is_ok()) {
                    if group.replace(command.group).is_some_and(|before| before != command.group) {
                        ui.separator();
                    }
                    row(ui, view, command, actions);
                }
            });
        });
    }
}

/// What a menu shows above the menus with everything else.
fn shown(entries: Entries) -> impl Iterator<Item = &'static str> {
    let arrange = if entries == SEVERAL { ARRANGE } else { &[] };
    entries.iter().chain(arrange).chain(ALL).copied().flatten().copied()
}

/// The commands of a menu of the table that are not shown anyway.
fn others(menu: Menu, entries: Entries) -> impl Iterator<Item = &'static Command> {
    let is_shown = move |command: &&Command| shown(entries).any(|id| id == command.id);
    TABLE.iter().filter(move |command| command.menu == menu && !is_shown(command))
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
            (NOTE, &["edit.rename", "note.colour", "edit.duplicate", "edit.delete"]),
            (SEVERAL, &["connect.to", "edit.lock", "edit.delete"]),
            (SHEET, &["edit.paste", "insert.boundary", "insert.note", "edit.tidy", "view.fit"]),
            (ARRANGE, &["arrange.left", "arrange.distribute-down", "arrange.same-width", "arrange.same-size"]),
        ] {
            let all: Vec<&str> = entries.iter().copied().flatten().copied().collect();
            assert!(wanted.iter().all(|id| all.contains(id)), "{wanted:?} in {all:?}");
            assert!(all.iter().all(|id| commands::find(id).is_some()), "{all:?}");
            assert!(entries.iter().all(|group| !group.is_empty()));
            assert!((1..all.len()).all(|at| !all[..at].contains(&all[at])), "{all:?}");
        }
    }

    #[test]
    fn every_command_that_is_about_the_sheet_is_in_the_menu_of_everything_on_it() {
        for entries in [COMPONENT, NOTE, SEVERAL, BOUNDARY, CONNECTION, SHEET] {
            for command in TABLE.iter().filter(|command| !matches!(command.menu, Menu::File | Menu::Help)) {
                let below = BELOW.iter().flat_map(|menu| others(*menu, entries)).filter(|other| other.id == command.id);
                assert_eq!(usize::from(shown(entries).any(|id| id == command.id)) + below.count(), 1, "{}", command.id);
            }
        }
    }
}
