//! Pills, dots and tiles: small coloured things that carry a word.

use egui::{Color32, CornerRadius, Response, Sense, Ui, Vec2, WidgetInfo, vec2};
use indexmap::IndexMap;

use crate::{
    playbook::{Framework, Playbook},
    project::FrameworkId,
    ui::theme::{Face, Pair, Tokens, radius},
};

/// A pill with a word in it; the name is what a screen reader says.
pub fn badge(ui: &mut Ui, text: &str, pair: Pair) -> Response {
    let galley = ui.painter().layout_no_wrap(text.to_owned(), Face::SemiBold.at(11.0), pair.ink);
    let (rect, response) = ui.allocate_exact_size(galley.size() + vec2(16.0, 5.0), Sense::hover());
    let painter = ui.painter();
    painter.rect_filled(rect, CornerRadius::same(radius::PILL), pair.surface);
    painter.galley(rect.center() - galley.size() / 2.0, galley, pair.ink);
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Label, true, text));
    response
}

/// A pill that leads somewhere.
#[derive(Clone, Copy, Debug)]
pub struct Chip<'a> {
    /// What it leads to.
    pub words: &'a str,
    /// The figure behind it; may be empty.
    pub figure: &'a str,
    /// Its colours.
    pub pair: Pair,
    /// What a screen reader says.
    pub name: &'a str,
}

/// Shows a [`Chip`]; long words end in an ellipsis.
pub fn chip(ui: &mut Ui, chip: &Chip<'_>) -> Response {
    let ink = chip.pair.ink;
    let figure = ui.painter().layout_no_wrap(chip.figure.to_owned(), Face::Regular.at(11.5), ink);
    let gap = if chip.figure.is_empty() { 0.0 } else { 6.0 };
    let room = ui.max_rect().width() - figure.size().x - gap - 16.0;
    let mut job = egui::text::LayoutJob::simple_singleline(chip.words.to_owned(), Face::Medium.at(11.5), ink);
    job.wrap = egui::text::TextWrapping::truncate_at_width(room.clamp(24.0, 170.0));
    let words = ui.painter().layout_job(job);
    let size = vec2(words.size().x + gap + figure.size().x + 16.0, 20.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, chip.name));
    let line = if response.has_focus() {
        egui::Stroke::new(1.5, Tokens::of(ui).accent.ink)
    } else {
        egui::Stroke::new(1.0, if response.hovered() { ink } else { Color32::TRANSPARENT })
    };
    let painter = ui.painter();
    painter.rect(rect, CornerRadius::same(radius::PILL), chip.pair.surface, line, egui::StrokeKind::Inside);
    let middle = |galley: &egui::Galley| rect.center().y - galley.size().y / 2.0;
    let left = rect.left() + 8.0;
    let (words_at, figure_at) =
        (egui::pos2(left, middle(&words)), egui::pos2(left + words.size().x + gap, middle(&figure)));
    painter.galley(words_at, words, ink);
    painter.galley(figure_at, figure, ink);
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

/// The short name and the colours of a framework; its id in neutral colours if the playbook does not know it.
pub fn framework_look<'a>(ui: &Ui, playbook: &'a Playbook, id: &'a FrameworkId) -> (&'a str, Pair) {
    look_among(ui, &playbook.frameworks, id)
}

/// The same with the frameworks alone.
pub fn look_among<'a>(
    ui: &Ui,
    frameworks: &'a IndexMap<FrameworkId, Framework>,
    id: &'a FrameworkId,
) -> (&'a str, Pair) {
    let tokens = Tokens::of(ui);
    match frameworks.get(id) {
        Some(framework) => (&framework.short_name, tokens.framework(&framework.colour)),
        None => (id.as_str(), tokens.framework("")),
    }
}

/// The badge of a framework.
pub fn framework_badge(ui: &mut Ui, playbook: &Playbook, id: &FrameworkId) -> Response {
    let (name, pair) = framework_look(ui, playbook, id);
    badge(ui, name, pair)
}

/// A dot in a framework's colour; the word beside it says the same.
pub fn dot(ui: &mut Ui, colour: Color32) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(9.0), Sense::hover());
    ui.painter().circle_filled(rect.center(), 4.5, colour);
    response
}

/// An icon on a small tile.
pub fn icon_tile(ui: &mut Ui, glyph: char, side: f32) -> Response {
    let (rect, response) = ui.allocate_exact_size(Vec2::splat(side), Sense::hover());
    paint_icon_tile(ui, rect, glyph);
    response
}

/// Paints an icon tile into a rectangle.
pub(in crate::ui) fn paint_icon_tile(ui: &Ui, rect: egui::Rect, glyph: char) {
    let tokens = Tokens::of(ui);
    let fill = if tokens.dark { tokens.app } else { tokens.sunken };
    ui.painter().rect_filled(rect, CornerRadius::same(radius::CONTROL), fill);
    let font = Face::Icons.at(rect.width() * 0.56);
    ui.painter().text(rect.center(), egui::Align2::CENTER_CENTER, glyph, font, tokens.muted);
}
