//! Kinds of component, by group: to drag, to double-click, or to reach by search, arrows and Enter.

use egui::{CursorIcon, Key, Modifiers, Rect, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use super::{PaletteState, matches};
use crate::{
    find,
    lang::{later, t},
    playbook::Playbook,
    project::{ComponentKind, KindGroup},
    session::Action,
    ui::{
        Actions,
        canvas::PaletteItem,
        icons,
        theme::{Face, Tokens, radius, text},
        widgets::{caption, one_line, paint_icon_tile, search_field},
    },
};

const ROW: f32 = 32.0;

pub(super) fn components_ui(ui: &mut Ui, playbook: &Playbook, state: &mut PaletteState, actions: &mut Actions) {
    // Before the field sees them: the arrows walk the list, not the text.
    let pressed = |key| state.had_cursor && ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let (up, down) = (pressed(Key::ArrowUp), pressed(Key::ArrowDown));
    let entered = state.had_cursor && ui.input(|input| input.key_pressed(Key::Enter));
    let search = search_field(ui, &mut state.search, t("Find a component..."));
    if std::mem::take(&mut state.wants_cursor) {
        search.request_focus();
    }
    state.had_cursor = search.has_focus();
    if search.changed() {
        state.walked = 0;
    }
    let found = find::kinds(playbook, &state.search);
    let shown = in_order(&found, state.search.trim().is_empty());
    let last = shown.len().saturating_sub(1);
    state.walked = (state.walked + usize::from(down)).saturating_sub(usize::from(up)).min(last);
    let searching = !state.search.trim().is_empty() || state.walked > 0 || down;
    let marked = shown.get(state.walked).copied().filter(|_| searching);
    if entered && search.lost_focus() && marked.is_some() {
        state.add = marked;
        state.search.clear();
        state.walked = 0;
    }
    ScrollArea::vertical().id_salt("palette").auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        let mut group = None;
        for kind in shown {
            // Found by words, the best stands first, whatever its group.
            if state.search.trim().is_empty() && group != Some(kind.group()) {
                caption(ui, kind.group().label());
                group = Some(kind.group());
            }
            row_ui(ui, kind, (marked == Some(kind), up || down), state);
        }
        let words = state.search.trim().to_lowercase();
        let drawing =
            drawing().into_iter().filter(|(_, label, help, _)| matches(label, &words) || matches(help, &words));
        let mut drawing = drawing.peekable();
        let none = found.is_empty() && drawing.peek().is_none();
        if drawing.peek().is_some() {
            caption(ui, t("Drawing"));
        }
        for (glyph, label, help, command) in drawing {
            if tool_ui(ui, glyph, label, help) {
                actions.push(Action::Run(command));
            }
        }
        if none {
            ui.label(text(t("No component of that name"), Face::Regular, 13.0).color(Tokens::of(ui).muted));
        }
    });
}

/// What is drawn beside components: its icon, its name, what it is for, and the command that draws it.
/// The same in the language that is spoken.
fn drawing() -> [(char, &'static str, &'static str, &'static str); 2] {
    DRAWING.map(|(glyph, label, help, command)| (glyph, t(label), t(help), command))
}

const DRAWING: [(char, &str, &str, &str); 2] = [
    (
        icons::SQUARE_DASHED,
        later("Draw a boundary"),
        later("A named frame around things, for a team or a deployable"),
        "insert.draw-boundary",
    ),
    (icons::STICKY_NOTE, later("Sticky note"), later("A remark on the sheet"), "insert.note"),
];

/// A row that does something at once; whether it is wanted.
fn tool_ui(ui: &mut Ui, glyph: char, label: &str, help: &str) -> bool {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, label));
    let tokens = Tokens::of(ui);
    if response.hovered() || response.has_focus() {
        let fill = if response.has_focus() { tokens.accent.surface } else { tokens.sunken };
        ui.painter().rect_filled(rect, radius::CONTROL, fill);
    }
    let tile = Rect::from_center_size(pos2(rect.left() + 18.0, rect.center().y), vec2(22.0, 22.0));
    paint_icon_tile(ui, tile, glyph);
    let at = pos2(rect.left() + 38.0, rect.center().y);
    one_line(ui, at, rect.width() - 42.0, label, Face::Regular.at(13.0), tokens.text);
    let by_key = response.has_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    response.on_hover_text(help).clicked() || by_key
}

/// As they are listed: by group, or as they were found.
fn in_order(found: &[ComponentKind], all: bool) -> Vec<ComponentKind> {
    if !all {
        return found.to_vec();
    }
    KindGroup::ALL.iter().flat_map(|group| found.iter().copied().filter(move |kind| kind.group() == *group)).collect()
}

fn row_ui(ui: &mut Ui, kind: ComponentKind, (marked, walked): (bool, bool), state: &mut PaletteState) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, marked, kind.label()));
    response.dnd_set_drag_payload(PaletteItem(kind));
    if marked && walked {
        response.scroll_to_me(None);
    }
    let tokens = Tokens::of(ui);
    let held = response.dragged();
    if held || marked || response.hovered() || response.has_focus() {
        let fill = if held || marked || response.has_focus() { tokens.accent.surface } else { tokens.sunken };
        ui.painter().rect_filled(rect, radius::CONTROL, fill);
    }
    let tile = Rect::from_center_size(pos2(rect.left() + 18.0, rect.center().y), vec2(22.0, 22.0));
    paint_icon_tile(ui, tile, icons::of_kind(kind));
    let at = pos2(rect.left() + 38.0, rect.center().y);
    one_line(ui, at, rect.width() - 42.0, kind.label(), Face::Regular.at(13.0), tokens.text);
    let by_key = response.has_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if response.double_clicked() || by_key {
        state.add = Some(kind);
    }
    let response = response.on_hover_cursor(CursorIcon::Grab);
    if !held {
        response.on_hover_ui(|ui| {
            ui.label(kind.help());
            let how = t("Drag it onto the sheet, double-click it, or press Enter");
            ui.label(text(how, Face::Regular, 11.0).color(Tokens::of(ui).faint));
        });
    }
}
