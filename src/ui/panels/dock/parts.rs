//! What the pages of the dock are put together from.

use std::sync::Arc;

use egui::{
    Align, Id, Label, Layout, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, vec2,
};

use crate::{
    export::{self, ExportInput, Further, shown_table},
    ui::{
        View,
        copying::{self, Offer},
        theme::{Face, Tokens, radius, text},
        widgets::text_size,
    },
};

/// Below this width a table does without what is said on hover as well.
pub(super) const ROOMY: f32 = 620.0;
/// Below this height a page does without what is said on hover as well.
pub(super) const TALL: f32 = 180.0;
/// Height of a line of controls.
const TITLE: f32 = 28.0;

/// A title at the left, the longest that there is room for beside its controls at the right; a hover has the first, which says it
/// in full.
pub(super) fn titled_as(ui: &mut Ui, titles: &[&str], controls: impl FnOnce(&mut Ui)) {
    let title = |ui: &mut Ui| {
        longest_title(ui, titles);
    };
    egui::Sides::new().height(TITLE).shrink_left().truncate().show(ui, title, controls);
}

/// The first of some words, the longest first, that there is room for, else the last.
pub(super) fn longest_fit<'a>(ui: &Ui, words: &[&'a str], font: &egui::FontId) -> Option<&'a str> {
    let room = ui.available_width();
    let fits = |words: &&&str| text_size(ui, words, font.clone()).x <= room;
    words.iter().find(fits).or(words.last()).copied()
}

/// Words without some of their middle, as few as fit: both ends stay, as names that begin alike are told apart by how they end.
fn cut_in_the_middle(words: &str, fits: impl Fn(&str) -> bool) -> String {
    if fits(words) {
        return words.to_owned();
    }
    let letters: Vec<char> = words.chars().collect();
    let cut = |kept: usize| {
        let (head, tail) = letters.split_at(kept.div_ceil(2).min(letters.len()));
        let tail = &tail[tail.len().saturating_sub(kept / 2)..];
        let [head, tail] = [head, tail].map(|part| part.iter().collect::<String>());
        format!("{}…{}", head.trim_end(), tail.trim_start())
    };
    let (mut fitting, mut too_many) = (2.min(letters.len()), letters.len());
    while fitting + 1 < too_many {
        let kept = usize::midpoint(fitting, too_many);
        *(if fits(&cut(kept)) { &mut fitting } else { &mut too_many }) = kept;
    }
    cut(fitting)
}

/// A name as it was cut last, and what for.
#[derive(Clone)]
struct Cut {
    words: u64,
    room: f32,
    pixels_per_point: f32,
    name: Arc<str>,
}

/// A name cut in its middle to the room of its row, at 12.5 points; what it comes to is remembered by the row until something of it changes.
pub(super) fn name_in_room(ui: &Ui, row: Id, words: &str, room: f32) -> Arc<str> {
    let (id, hashed, pixels_per_point) = (row.with("name"), egui::epaint::util::hash(words), ui.pixels_per_point());
    let before: Option<Cut> = ui.data(|data| data.get_temp(id));
    if let Some(cut) = before
        && cut.words == hashed
        && cut.room == room
        && cut.pixels_per_point == pixels_per_point
    {
        return cut.name;
    }
    let fits = |words: &str| text_size(ui, words, Face::Regular.at(12.5)).x <= room;
    let name: Arc<str> = cut_in_the_middle(words, fits).into();
    let cut = Cut { words: hashed, room, pixels_per_point, name: Arc::clone(&name) };
    ui.data_mut(|data| data.insert_temp(id, cut));
    name
}

/// The longest title that there is room for; a hover has the first, which says it in full. Gives whether that is the one shown.
pub(super) fn longest_title(ui: &mut Ui, titles: &[&str]) -> bool {
    let (Some(full), Some(title)) = (titles.first(), longest_fit(ui, titles, &Face::SemiBold.at(13.0))) else {
        return false;
    };
    let shown = ui.add(Label::new(text(title, Face::SemiBold, 13.0)).truncate());
    if title != *full {
        shown.on_hover_text(*full);
    }
    title == *full
}

/// How high rows are that would be `wanted`: as little as `least` where that brings all of them into the room there is.
pub(super) fn row_height(room: f32, rows: usize, (least, wanted): (f32, f32)) -> f32 {
    let each = room / rows.max(1) as f32;
    if each >= least { each.min(wanted).floor() } else { wanted }
}

/// A part of the room, in which nothing reaches over to its neighbours.
pub(super) fn column(ui: &mut Ui, salt: &str, rect: Rect) -> Ui {
    let mut column = ui.new_child(UiBuilder::new().id_salt(salt).max_rect(rect));
    column.shrink_clip_rect(rect.expand(2.0));
    column
}

/// A row of a list that is painted.
#[derive(Clone, Copy)]
pub(super) struct Listed {
    pub(super) height: f32,
    /// Whether a click on it leads somewhere.
    pub(super) leads: bool,
    /// Whether it is what is looked at.
    pub(super) selected: bool,
}

impl Listed {
    /// Whether the pointer or the focus is on a row that leads somewhere.
    pub(super) fn is_touched(self, response: &Response) -> bool {
        self.leads && (response.hovered() || response.has_focus())
    }
}

/// Takes the room of a row and paints what lies under it: that it is looked at, pointed at, or has the focus. `said` is what a
/// screen reader says of it.
pub(super) fn listed_row(ui: &mut Ui, row: Listed, said: impl Fn() -> String) -> (Rect, Response) {
    let tokens = Tokens::of(ui);
    let sense = if row.leads { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), row.height), sense);
    let role = if row.leads { Role::Button } else { Role::Label };
    response.widget_info(|| WidgetInfo::labeled(role, true, said()));
    if row.selected || row.is_touched(&response) {
        let fill = if row.selected { tokens.accent.surface } else { tokens.sunken };
        ui.painter().rect_filled(rect, radius::ROW, fill);
    }
    focus_ring(ui, rect, &response);
    (rect, response)
}

/// A line around what has the focus.
pub(super) fn focus_ring(ui: &Ui, rect: Rect, response: &Response) {
    if response.has_focus() {
        let line = Stroke::new(1.5, Tokens::of(ui).accent.ink);
        ui.painter().rect_stroke(rect, radius::ROW, line, StrokeKind::Inside);
    }
}

/// A sentence over a table.
pub(super) fn lead(ui: &mut Ui, words: impl Into<String>) -> Response {
    ui.add(egui::Label::new(text(words, Face::SemiBold, 13.0)).wrap())
}

/// A line of explanation under a sentence.
pub(super) fn remark(ui: &mut Ui, words: impl Into<String>) {
    let muted = Tokens::of(ui).muted;
    ui.add(egui::Label::new(text(words, Face::Regular, 12.0).color(muted)).wrap());
}

/// The head of a column.
pub(super) fn head(ui: &mut Ui, title: &str, hover: &str) {
    let response = ui.label(text(title, Face::SemiBold, 11.0).color(Tokens::of(ui).faint));
    if !hover.is_empty() {
        response.on_hover_text(hover);
    }
}

pub(super) fn left<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) {
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| drop(add(ui)));
}

pub(super) fn right<R>(ui: &mut Ui, add: impl FnOnce(&mut Ui) -> R) {
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| drop(add(ui)));
}

/// A cell with one line of words, cut where there is no more room.
pub(super) fn cell(ui: &mut Ui, words: &str, face: Face, ink: egui::Color32) {
    ui.add(egui::Label::new(text(words, face, 12.5).color(ink)).truncate());
}

/// An export that is text, as it would be written to a file.
pub(super) fn written(view: &View<'_>, format: &str) -> String {
    let session = view.session;
    let engine = session.engine();
    let further = Further::ask(engine);
    let input = ExportInput { further, ..ExportInput::new(session.project(), session.assessment(), &engine.playbook) };
    let bytes = export::format(format).and_then(|format| (format.write)(&input).ok());
    bytes.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}

/// A table that is made elsewhere, for a spreadsheet, in the menu over all of it: its heads, and its rows once somebody wants them.
pub(super) fn copy_as(ui: &Ui, place: Rect, name: &str, heads: &[&str], rows: &dyn Fn() -> Vec<Vec<String>>) {
    let csv = || shown_table(heads.iter().copied(), rows());
    copying::menu(ui, place, Offer::table(name, &csv));
}

#[cfg(test)]
mod tests {
    use super::cut_in_the_middle;

    #[test]
    fn names_keep_both_ends() {
        let within = |most: usize| move |words: &str| words.chars().count() <= most;
        assert_eq!(cut_in_the_middle("Orders async", within(12)), "Orders async");
        assert_eq!(cut_in_the_middle("Orders asynchronous", within(11)), "Order…onous");
        assert_eq!(cut_in_the_middle("Größe über alles", within(7)), "Grö…les");
        assert_eq!(cut_in_the_middle("ab", within(0)), "a…b");
        assert_eq!(cut_in_the_middle("", within(0)), "");
    }
}
