//! Buttons.

use egui::{AtomExt as _, Button, CursorIcon, Response, RichText, Role, Ui, WidgetInfo, vec2};

use super::caption::text_size;
use crate::ui::theme::{Face, Tokens, icon, radius, text};

/// A button that is only an icon: the name is read out and shown on hover.
pub fn icon_button(ui: &mut Ui, glyph: char, name: &str) -> Response {
    let muted = Tokens::of(ui).muted;
    let button = Button::new(icon(glyph, 14.0).color(muted)).min_size(vec2(24.0, 24.0)).frame_when_inactive(false);
    let response = ui
        .scope(|ui| {
            ui.spacing_mut().button_padding = vec2(4.0, 4.0);
            ui.add(button)
        })
        .inner;
    named(&response, name);
    response.on_hover_text(name)
}

/// The one button that leads on.
pub fn primary_button(ui: &mut Ui, label: &str) -> Response {
    let tokens = Tokens::of(ui);
    let response = ui.add(Button::new(text(label, Face::Medium, 13.0).color(tokens.on_accent)).fill(tokens.accent.ink));
    if response.has_focus() {
        // The usual ring has the colour of the button.
        let line = egui::Stroke::new(1.5, tokens.on_accent);
        let rect = response.rect.shrink(2.5);
        ui.painter().rect_stroke(rect, f32::from(radius::ROW), line, egui::StrokeKind::Inside);
    }
    response
}

/// An ordinary button with an icon before its words. Words that are wider than a whole row are cut, and whole under the pointer.
pub fn text_button(ui: &mut Ui, glyph: char, label: &str) -> Response {
    let muted = Tokens::of(ui).muted;
    let button = Button::new((icon(glyph, ICON).color(muted), RichText::new(label).atom_shrink(true)));
    let words = text_size(ui, label, egui::TextStyle::Button.resolve(ui.style())).x;
    let around = 2.0 * ui.spacing().button_padding.x + ICON + ui.spacing().icon_spacing;
    let response = if words + around <= ui.max_rect().width() {
        ui.add(button)
    } else {
        if ui.layout().main_wrap() && ui.cursor().left() > ui.max_rect().left() + 1.0 {
            ui.end_row();
        }
        ui.add(button.truncate()).on_hover_text(label)
    };
    named(&response, label);
    response
}

/// Size of the icon before the words of a button.
const ICON: f32 = 14.0;

/// Words that do something, without a frame.
pub fn link_button(ui: &mut Ui, label: &str) -> Response {
    let accent = Tokens::of(ui).accent.ink;
    let words = text(label, Face::Medium, 12.0).color(accent);
    ui.add(Button::new(words).frame(false)).on_hover_cursor(CursorIcon::PointingHand)
}

fn named(response: &Response, name: &str) {
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
}
