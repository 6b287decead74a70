//! Captions, rows of a label with something beside it, hairlines, empty panels, figures that pulse.

use std::sync::Arc;

use egui::{Align, Align2, Color32, Galley, Layout, Response, Sense, Ui, UiBuilder, Vec2, pos2, text::LayoutJob, vec2};

use super::button::text_button;
use crate::ui::theme::{Face, Tokens, icon, space, text};

/// The caption over a group.
pub fn caption(ui: &mut Ui, words: &str) -> Response {
    ui.add_space(space::SMALL);
    ui.label(text(words, Face::SemiBold, 11.0).color(Tokens::of(ui).faint))
}

/// A line across the panel.
pub fn hairline(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), 1.0), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.center().y, egui::Stroke::new(1.0, Tokens::of(ui).line));
}

/// Contents with the margin of a panel around them.
pub fn inset<R>(ui: &mut Ui, contents: impl FnOnce(&mut Ui) -> R) -> R {
    let margin = egui::Margin::symmetric(space::MEDIUM as i8, space::SMALL as i8);
    egui::Frame::new().inner_margin(margin).show(ui, contents).inner
}

/// One line of text that ends in an ellipsis where there is no more room, painted at a place; gives its width.
pub fn one_line(ui: &Ui, at: egui::Pos2, width: f32, words: &str, font: egui::FontId, colour: Color32) -> f32 {
    let mut job = egui::text::LayoutJob::simple_singleline(words.to_owned(), font, colour);
    job.wrap = egui::text::TextWrapping::truncate_at_width(width);
    let galley = ui.painter().layout_job(job);
    let size = galley.size();
    ui.painter().galley(pos2(at.x, at.y - size.y / 2.0), galley, colour);
    size.x
}

/// A row: a muted label at the left, in two lines if it is longer than the room, and `width` points for something at the right. The label
/// is painted only: what stands at the right must carry it as its name. `hover` is shown over the label.
pub fn labelled<R>(ui: &mut Ui, label: &str, hover: &str, width: f32, add: impl FnOnce(&mut Ui) -> R) -> R {
    let tokens = Tokens::of(ui);
    let room = ui.available_width() - width - space::SMALL;
    let words = label_galley(ui, label, room, tokens.muted);
    let height = words.size().y.max(28.0);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    ui.painter().galley(rect.left_center() - vec2(0.0, words.size().y / 2.0), words, tokens.muted);
    if !hover.is_empty() {
        // Beside the row, where it covers none of the fields below.
        let mut tip = egui::Tooltip::for_enabled(&response);
        tip.popup = tip.popup.align(egui::RectAlign::LEFT_START);
        tip.show(|ui| {
            ui.set_max_width(280.0);
            ui.label(hover);
        });
    }
    let place = egui::Rect::from_min_max(pos2(rect.right() - width, rect.top()), rect.max);
    let builder = UiBuilder::new().id_salt(label).max_rect(place).layout(Layout::right_to_left(Align::Center));
    ui.scope_builder(builder, add).inner
}

/// A label that is broken where it is longer than its room, and cut where two lines are not enough.
fn label_galley(ui: &Ui, label: &str, room: f32, ink: Color32) -> Arc<Galley> {
    let mut job = LayoutJob::simple(label.to_owned(), Face::Regular.at(13.0), ink, room.max(1.0));
    job.wrap.max_rows = 2;
    ui.painter().layout_job(job)
}

/// A row: a muted label at the left, a figure at the right.
pub fn row_label(ui: &mut Ui, label: &str, figure: &str) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 22.0), Sense::hover());
    let tokens = Tokens::of(ui);
    let font = Face::Medium.at(13.0);
    let shown = ui.painter().text(rect.right_center(), Align2::RIGHT_CENTER, figure, font, tokens.text);
    let room = rect.width() - shown.width() - space::SMALL;
    one_line(ui, rect.left_center(), room, label, Face::Regular.at(13.0), tokens.muted);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, format!("{label}: {figure}")));
    response
}

/// What stands in an empty panel: what it is for, and the button that fills it, if there is one.
pub fn empty_state(ui: &mut Ui, glyph: char, line: &str, button: Option<(char, &str)>) -> bool {
    let tokens = Tokens::of(ui);
    let mut clicked = false;
    ui.vertical_centered(|ui| {
        ui.add_space((ui.available_height() * 0.18).clamp(12.0, 60.0));
        ui.label(icon(glyph, 22.0).color(tokens.faint));
        ui.add_space(space::TINY);
        ui.label(text(line, Face::Regular, 13.0).color(tokens.muted));
        if let Some((glyph, label)) = button {
            ui.add_space(space::TINY);
            clicked = text_button(ui, glyph, label).clicked();
        }
    });
    clicked
}

/// The colour of a figure: the accent for a moment after it changed, if things may move by themselves.
#[derive(Clone, Copy, Debug)]
pub struct Pulse {
    /// Whether things may move by themselves.
    pub animate: bool,
}

impl Pulse {
    /// How long a pulse takes, in seconds.
    const SECONDS: f64 = 0.9;

    /// The colour of `figure` now; `salt` says which figure of the window it is.
    pub fn colour(self, ui: &Ui, salt: &str, figure: &str) -> Color32 {
        let tokens = Tokens::of(ui);
        let id = egui::Id::unique(("pulse", salt));
        let now = ui.input(|input| input.time);
        let (shown, since): (String, f64) =
            ui.data(|data| data.get_temp(id)).unwrap_or_else(|| (figure.to_owned(), f64::NEG_INFINITY));
        let since = if shown == figure { since } else { now };
        ui.data_mut(|data| data.insert_temp(id, (figure.to_owned(), since)));
        let rest = 1.0 - (now - since) / Self::SECONDS;
        if !self.animate || rest <= 0.0 {
            return tokens.text;
        }
        ui.request_repaint();
        tokens.text.lerp_to_gamma(tokens.accent.ink, rest as f32)
    }
}

/// The size of `words` in a font, on one line.
pub(in crate::ui) fn text_size(ui: &Ui, words: &str, font: egui::FontId) -> Vec2 {
    ui.painter().layout_no_wrap(words.to_owned(), font, Color32::PLACEHOLDER).size()
}
