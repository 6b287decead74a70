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

/// What mouse and trackpad do on the canvas; the keys come from the table.
const GESTURES: &[(&str, &str)] = &[
    ("Click, Shift+click", "Select; add to the selection or take from it"),
    ("Drag an element", "Move it, snapping to what is near"),
    ("Ctrl while dragging", "No snapping"),
    ("Shift while dragging", "One axis only"),
    ("Alt+drag", "Move a copy, with the connections inside"),
    ("Esc while dragging", "Everything as before"),
    ("Drag on empty canvas", "Select: rightwards what is enclosed, leftwards what is touched; Shift adds"),
    ("Drag a side handle", "Connect with another component, or add one where there is none"),
    ("Double click an element", "Rename it"),
    ("Double click empty canvas", "Add a component there"),
    ("Right click", "The commands for what is there"),
    ("Wheel, Shift+wheel, two fingers", "Pan"),
    ("Middle drag, Space+drag", "Pan"),
    ("Ctrl+wheel, pinch", "Zoom at the pointer"),
    ("Drag the overview map", "Pan"),
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
            ui.label(text("Mouse and trackpad", Face::SemiBold, 12.0).color(tokens.muted));
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
