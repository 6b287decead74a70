//! Every key on one sheet, made from the command table, with the gestures of the mouse beside it.

use egui::{Grid, ScrollArea};

use super::modal;
use crate::{
    session::commands::{Menu, TABLE},
    ui::{
        shortcut::toolkit_shortcut,
        theme::{Face, Tokens, text},
    },
};

/// What the mouse does on the canvas; the keys come from the table.
const GESTURES: &[(&str, &str)] = &[
    ("Drag a component", "Move it; Shift keeps to one axis, Ctrl lets go of the guides"),
    ("Drag on empty canvas", "Select: rightwards what is enclosed, leftwards what is touched"),
    ("Drag a side handle", "Connect to another component"),
    ("Wheel, Shift+wheel", "Pan"),
    ("Ctrl+wheel, pinch", "Zoom at the pointer"),
    ("Middle drag, Space+drag", "Pan"),
    ("Double click", "Rename"),
    ("Esc in a drag", "Everything as before"),
];

/// Shows the sheet; returns whether it is to be closed.
pub fn shortcuts_ui(ctx: &egui::Context) -> bool {
    let response = modal(ctx, "shortcuts", "Keyboard shortcuts", 560.0, |ui| {
        let tokens = Tokens::of(ui);
        let height = (ctx.content_rect().height() - 220.0).max(200.0);
        ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
            for menu in Menu::ALL {
                let rows: Vec<_> =
                    TABLE.iter().filter(|command| command.menu == menu && !command.shortcuts.is_empty()).collect();
                if rows.is_empty() {
                    continue;
                }
                ui.label(text(menu.label(), Face::SemiBold, 12.0).color(tokens.muted));
                Grid::new(("keys", menu.label())).num_columns(2).min_col_width(240.0).show(ui, |ui| {
                    for command in rows {
                        ui.label(command.text);
                        let keys: Vec<String> = command
                            .shortcuts
                            .iter()
                            .filter_map(toolkit_shortcut)
                            .map(|keys| ctx.format_shortcut(&keys))
                            .collect();
                        ui.label(text(keys.join("  or  "), Face::Medium, 12.0));
                        ui.end_row();
                    }
                });
                ui.add_space(8.0);
            }
            ui.label(text("Mouse", Face::SemiBold, 12.0).color(tokens.muted));
            Grid::new("gestures").num_columns(2).min_col_width(240.0).show(ui, |ui| {
                for (gesture, effect) in GESTURES {
                    ui.label(text(*gesture, Face::Medium, 12.0));
                    ui.label(*effect);
                    ui.end_row();
                }
            });
        });
        ui.add_space(8.0);
        ui.button("Close").clicked()
    });
    response.should_close() || response.inner
}
