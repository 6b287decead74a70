//! The bar on top: menus made from the command table, undo and redo, the title, the way to all commands and to exports.

mod menus;

use egui::{Align, Align2, Button, Layout, Rect, Response, Role, Ui, UiBuilder, WidgetInfo, vec2};

use menus::menus_ui;
pub use menus::open_menus;

use super::{
    Actions, View, anchor, icons,
    shortcut::shortcut_text,
    theme::{Face, Tokens, icon, radius, size, text},
    widgets::menu_row,
};
use crate::{
    lang::t,
    session::{
        Action, Anchor, Request, Session,
        commands::{self, Command, Needs, TABLE},
    },
};

/// What the bar shows beside the session.
pub struct TopBar<'a> {
    /// The file's name, or what to say if there is none.
    pub file_name: &'a str,
    /// Whether the welcome page is on the screen.
    pub welcome: bool,
    /// The commands whose setting is on.
    pub on: &'a [&'static str],
    /// Commands that the window cannot carry out now, each with the reason.
    pub unavailable: &'a [(&'static str, &'static str)],
}

/// The whole bar.
pub fn top_bar_ui(ui: &mut Ui, view: &View<'_>, bar: &TopBar<'_>, actions: &mut Actions) {
    let full = Rect::from_min_size(ui.max_rect().min, vec2(ui.available_width(), size::TOP_BAR));
    ui.allocate_rect(full, egui::Sense::hover());
    // Both sides are laid out from their own end, so that neither can push the other out of the window.
    let left = UiBuilder::new().id_salt("left").max_rect(full).layout(Layout::left_to_right(Align::Center));
    let mut left = ui.new_child(left);
    left.spacing_mut().item_spacing.x = 2.0;
    menus_ui(&mut left, view.session, bar, actions);
    if !bar.welcome {
        left.add_space(8.0);
        tool_button(&mut left, view.session, "edit.undo", icons::UNDO, actions);
        tool_button(&mut left, view.session, "edit.redo", icons::REDO, actions);
        tool_button(&mut left, view.session, "file.save", icons::SAVE, actions);
    }
    let right = UiBuilder::new().id_salt("right").max_rect(full).layout(Layout::right_to_left(Align::Center));
    let mut right = ui.new_child(right);
    right.add_space(4.0);
    if !bar.welcome {
        export_menu(&mut right, view.session, bar, full.width() >= KEYS_FROM, actions);
    }
    commands_button(&mut right, full.width() >= KEYS_FROM, actions);
    if !bar.welcome {
        title_ui(ui, view.session, bar.file_name, full, (left.min_rect().right(), right.min_rect().left()));
    }
}

/// A row of a menu for one command: its text, its keys, whether it is on, and why it cannot be run if it cannot.
fn command_entry(
    ui: &mut Ui,
    session: &Session,
    bar: &TopBar<'_>,
    command: &'static Command,
    actions: &mut Actions,
) -> Response {
    let unavailable = bar.unavailable.iter().find(|(id, _)| *id == command.id);
    let state = if bar.welcome && command.needs == Needs::Project {
        Err(t("Open a project first"))
    } else {
        unavailable.map_or_else(|| (command.enabled)(session), |(_, why)| Err(*why))
    };
    let on = bar.on.contains(&command.id);
    let mut label = command.text.to_owned();
    match command.id {
        "edit.undo" => label.extend(session.history().undo_name().map(|name| format!(": {name}"))),
        "edit.redo" => label.extend(session.history().redo_name().map(|name| format!(": {name}"))),
        _ => {}
    }
    let keys = shortcut_text(ui.ctx(), command);
    let state = state.map(|()| command.help);
    let response = if on {
        menu_row(ui, &label, (label.as_str(), icon(icons::CHECK, 13.0)), keys, state)
    } else {
        menu_row(ui, &label, label.as_str(), keys, state)
    };
    if on {
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, state.is_ok(), true, &label));
    }
    if response.clicked() {
        actions.push(run_or_say(command.id, state));
        ui.close();
    }
    response
}

/// What choosing a row comes to: its command, or why that cannot be run.
pub(super) fn run_or_say(id: &'static str, state: Result<&'static str, &'static str>) -> Action {
    match state {
        Ok(_) => Action::Run(id),
        Err(why) => Action::Request(Request::Say(why.to_owned())),
    }
}

fn tool_button(ui: &mut Ui, session: &Session, id: &'static str, glyph: char, actions: &mut Actions) {
    let Some(command) = commands::find(id) else { return };
    let state = (command.enabled)(session);
    let button = Button::new(icon(glyph, 16.0)).frame_when_inactive(false).min_size(vec2(30.0, 28.0));
    let response = ui.add_enabled(state.is_ok(), button);
    let keys = shortcut_text(ui.ctx(), command);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, state.is_ok(), command.text));
    let response = match state {
        Ok(()) => response.on_hover_text(format!("{} ({keys})", command.text)),
        Err(why) => response.on_disabled_hover_text(why),
    };
    if response.clicked() {
        actions.push(Action::Run(id));
    }
}

/// From this width on the bar has room for the keys of all commands and for whole words, beside the menus.
const KEYS_FROM: f32 = 600.0;

fn commands_button(ui: &mut Ui, with_keys: bool, actions: &mut Actions) {
    let Some(command) = commands::find("help.commands") else { return };
    let keys = text(shortcut_text(ui.ctx(), command), Face::Regular, 11.0).color(Tokens::of(ui).muted);
    let button =
        if with_keys { Button::new(t("Commands")).right_text(keys) } else { Button::new(icon(icons::SEARCH, 14.0)) };
    let response = ui.add(button.corner_radius(radius::CONTROL).min_size(vec2(28.0, 28.0))).on_hover_text(command.help);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, t("Commands")));
    if response.clicked() {
        actions.push(Action::Run(command.id));
    }
}

fn export_menu(ui: &mut Ui, session: &Session, bar: &TopBar<'_>, roomy: bool, actions: &mut Actions) {
    let tokens = Tokens::of(ui);
    let words = if roomy { t("Export...") } else { t("Export") };
    let label = text(words, Face::Medium, 13.0).color(tokens.on_accent);
    let button = Button::new(label).fill(tokens.accent.ink).corner_radius(radius::CONTROL).min_size(vec2(72.0, 28.0));
    let (shown, _) = egui::containers::menu::MenuButton::from_button(button).ui(ui, |ui| {
        ui.set_min_width(260.0);
        for command in TABLE.iter().filter(|command| command.id.starts_with("export.")) {
            drop(command_entry(ui, session, bar, command, actions));
        }
    });
    anchor::mark(ui, Anchor::Exports, shown.rect);
}

/// The project's name and its file in the middle of the bar, or of what is left of it.
fn title_ui(ui: &Ui, session: &Session, file_name: &str, full: Rect, (left, right): (f32, f32)) {
    let tokens = Tokens::of(ui);
    let room = Rect::from_x_y_ranges((left + 16.0)..=(right - 16.0), full.y_range());
    if room.width() < 120.0 {
        return;
    }
    let edited = if session.is_dirty() { t(", edited") } else { "" };
    let mut job = egui::text::LayoutJob::default();
    let format = |face: Face, color| egui::TextFormat { font_id: face.at(13.0), color, ..Default::default() };
    job.append(&session.project().name, 0.0, format(Face::SemiBold, tokens.text));
    job.append(&format!("  {file_name}{edited}"), 0.0, format(Face::Regular, tokens.muted));
    job.wrap = egui::text::TextWrapping::truncate_at_width(room.width());
    let galley = ui.painter().layout_job(job);
    let half = galley.size().x / 2.0;
    let centre = full.center().x.clamp(room.left() + half, (room.right() - half).max(room.left() + half));
    let place = Align2::CENTER_CENTER.anchor_size(egui::pos2(centre, full.center().y), galley.size());
    ui.painter().galley(place.min, galley, tokens.text);
}
