//! A row of choices of which exactly one holds.

use egui::{CornerRadius, Key, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use crate::ui::theme::{Face, Tokens, radius};

/// Shows the choices as one control of `width` points; gives the one that was clicked.
pub fn segmented<T: Copy + PartialEq>(
    ui: &mut Ui,
    salt: &str,
    width: f32,
    current: T,
    choices: &[(T, &str)],
) -> Option<T> {
    let tokens = Tokens::of(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(width, 28.0), Sense::hover());
    let track = if tokens.dark { tokens.app } else { tokens.sunken };
    ui.painter().rect_filled(rect, CornerRadius::same(radius::CONTROL + 2), track);
    let each = (width - 4.0) / choices.len() as f32;
    let mut chosen = None;
    for (i, (value, label)) in choices.iter().enumerate() {
        let min = rect.min + vec2(2.0 + each * i as f32, 2.0);
        let part = egui::Rect::from_min_size(min, vec2(each, rect.height() - 4.0));
        let response = ui.interact(part, ui.scope_id().with((salt, i)), Sense::click());
        let selected = *value == current;
        if selected {
            let line = Stroke::new(1.0, tokens.line);
            ui.painter().rect(part, CornerRadius::same(radius::CONTROL), tokens.card, line, StrokeKind::Inside);
        }
        if response.has_focus() {
            let line = Stroke::new(1.5, tokens.accent.ink);
            ui.painter().rect_stroke(part, CornerRadius::same(radius::CONTROL), line, StrokeKind::Inside);
        }
        let ink = if selected || response.hovered() { tokens.text } else { tokens.muted };
        let face = if selected { Face::Medium } else { Face::Regular };
        ui.painter().text(part.center(), egui::Align2::CENTER_CENTER, *label, face.at(12.5), ink);
        response.widget_info(|| WidgetInfo::selected(Role::Tab, true, selected, *label));
        let by_key = response.has_focus() && ui.input(|input| input.key_pressed(Key::Space));
        if response.clicked() || by_key {
            chosen = Some(*value);
        }
    }
    chosen.filter(|value| *value != current)
}
