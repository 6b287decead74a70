//! Every command with its keys on one sheet, made from the command table, with the gestures of the mouse below.

use egui::{Grid, Key, Modifiers, ScrollArea, Ui, style::ScrollAnimation, vec2};

use super::modal;
use crate::{
    lang::{later, t},
    session::commands::{Menu, TABLE},
    ui::{
        shortcut::{keys_text, toolkit_shortcut},
        theme::{Face, Tokens, text},
    },
};

/// What mouse and trackpad do on the canvas; the keys come from the table.
const GESTURES: &[(&str, &str)] = &[
    (later("Click, Shift+click"), later("Select; add to the selection or take from it")),
    (later("Drag an element"), later("Move it, snapping to what is near")),
    (later("Ctrl while dragging"), later("No snapping")),
    (later("Shift while dragging"), later("One axis only")),
    (later("Alt+drag"), later("Move a copy, with the connections inside")),
    (later("Esc while dragging"), later("Everything as before")),
    (
        later("Drag on empty canvas"),
        later("Select: rightwards what is enclosed, leftwards what is touched; Shift adds"),
    ),
    (later("Drag a side handle"), later("Connect with another component, or add one where there is none")),
    (later("Double click an element"), later("Rename it")),
    (later("Double click empty canvas"), later("Add a component there")),
    (later("Right click"), later("The commands for what is there")),
    (later("Wheel, Shift+wheel, two fingers"), later("Pan")),
    (later("Middle drag, Space+drag"), later("Pan")),
    (later("Ctrl+wheel, pinch"), later("Zoom at the pointer")),
    (later("Drag the overview map"), later("Pan")),
];

/// A step of the arrows, in points.
const STEP: f32 = 60.0;

/// Shows the sheet; returns whether it is to be closed.
pub fn shortcuts_ui(ctx: &egui::Context) -> bool {
    let response = modal(ctx, "shortcuts", t("Keyboard shortcuts"), 560.0, |ui| {
        let height = (ctx.content_rect().height() - 220.0).max(200.0);
        let by_keys = scrolled(ctx, height);
        let area = ScrollArea::vertical().max_height(height).min_scrolled_height(height).auto_shrink([false, false]);
        area.show(ui, |ui| {
            // As high from the first frame on, before it is known how much there is.
            ui.set_min_height(height);
            ui.scroll_with_delta_animation(vec2(0.0, -by_keys), ScrollAnimation::none());
            for menu in Menu::ALL {
                menu_ui(ui, menu);
            }
            gestures_ui(ui);
        });
        ui.add_space(8.0);
        let close = ui.button(t("Close"));
        // The keyboard has nowhere else to be, and what is behind the sheet gets it back.
        if ui.memory(|memory| memory.focused().is_none()) {
            close.request_focus();
        }
        close.clicked()
    });
    response.should_close() || response.inner
}

/// How far down the keys of this frame scroll what is `height` high.
fn scrolled(ctx: &egui::Context, height: f32) -> f32 {
    let page = height - STEP;
    let steps = [
        (Key::ArrowDown, STEP),
        (Key::ArrowUp, -STEP),
        (Key::PageDown, page),
        (Key::PageUp, -page),
        (Key::End, 100_000.0),
        (Key::Home, -100_000.0),
    ];
    let times = |key| ctx.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key)) as f32;
    steps.into_iter().map(|(key, step)| step * times(key)).sum()
}

/// The commands of a menu with their keys.
fn menu_ui(ui: &mut Ui, menu: Menu) {
    let tokens = Tokens::of(ui);
    ui.label(text(menu.label(), Face::SemiBold, 12.0).color(tokens.muted));
    Grid::new(("keys", menu.label())).num_columns(2).min_col_width(240.0).show(ui, |ui| {
        for command in TABLE.iter().filter(|command| command.menu == menu) {
            ui.label(command.text).on_hover_text(command.help);
            let keys = command.shortcuts.iter().filter_map(toolkit_shortcut);
            let keys: Vec<String> = keys.map(|keys| keys_text(ui.ctx(), &keys)).collect();
            ui.label(text(keys.join(t("  or  ")), Face::Medium, 12.0));
            ui.end_row();
        }
    });
    ui.add_space(8.0);
}

fn gestures_ui(ui: &mut Ui) {
    ui.label(text(t("Mouse and trackpad"), Face::SemiBold, 12.0).color(Tokens::of(ui).muted));
    Grid::new("gestures").num_columns(2).min_col_width(240.0).show(ui, |ui| {
        for (gesture, effect) in GESTURES.iter().map(|(gesture, effect)| (t(gesture), t(effect))) {
            ui.label(text(gesture, Face::Medium, 12.0));
            ui.label(effect);
            ui.end_row();
        }
    });
}
