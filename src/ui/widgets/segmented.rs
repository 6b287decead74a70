//! A row of choices of which exactly one holds.

use egui::{CornerRadius, Key, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::caption::text_size;
use crate::ui::theme::{Face, Tokens, radius};

/// Room at both sides of the words of a choice.
const PAD: f32 = 6.0;

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
    let widths = widths(ui, width - 4.0, choices);
    let mut left = rect.left() + 2.0;
    let mut chosen = None;
    for (i, ((value, label), width)) in choices.iter().zip(widths).enumerate() {
        let part = egui::Rect::from_min_size(pos2(left, rect.top() + 2.0), vec2(width, rect.height() - 4.0));
        left += width;
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

/// How wide each choice is: all the same, or, where that is too little for one of them, as their words are, with the same room around
/// each.
fn widths<T>(ui: &Ui, width: f32, choices: &[(T, &str)]) -> Vec<f32> {
    let words: Vec<f32> = choices.iter().map(|(_, label)| text_size(ui, label, Face::Medium.at(12.5)).x).collect();
    let each = width / choices.len() as f32;
    if words.iter().all(|words| words + 2.0 * PAD <= each) {
        return vec![each; choices.len()];
    }
    let around = (width - words.iter().sum::<f32>()) / choices.len() as f32;
    words.into_iter().map(|words| words + around).collect()
}
