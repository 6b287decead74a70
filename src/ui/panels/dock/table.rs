//! A table that is sorted by a click on a head (or Enter on it), scrolls between its head and its total, and leads on from its rows.

use egui::{Align2, Color32, CursorIcon, Id, Rect, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::parts::{Listed, focus_ring, listed_row, name_in_room, row_height};
use crate::{
    export::shown_table,
    lang::{t, tr},
    playbook::{Citation, Playbook},
    ui::{
        copying::{self, Offer},
        icons,
        theme::{Face, Tokens},
        widgets::{one_line, paragraph_link_at, paragraph_size, text_size},
    },
};

/// Height of a row, in points, and the least where that brings all rows into view.
pub(super) const ROW: f32 = 20.0;
const LEAST_ROW: f32 = 16.0;
const HEAD: f32 = 20.0;
/// The same where columns stand together under a head of their own.
const TALL_HEAD: f32 = 31.0;
/// Height of a further line of a row.
const LINE: f32 = 15.0;
const TOTAL: f32 = 22.0;
const GAP: f32 = 12.0;

/// A column.
#[derive(Clone, Copy)]
pub(super) struct Column<'a> {
    /// What it is known by, whichever others are shown.
    pub(super) id: usize,
    /// Its head. With a line break what stands before it is the head of all columns beside each other that have the same there.
    pub(super) title: &'a str,
    /// What a screen reader calls it: `Sort by person-weeks`.
    pub(super) name: &'a str,
    /// What is said of it on hover; may be empty.
    pub(super) hover: &'a str,
    /// Width in points; the first column takes what the others leave.
    pub(super) width: f32,
}

/// What a table is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sorting {
    /// The column, by its id.
    pub column: usize,
    /// Whether the largest stands first.
    pub descending: bool,
}

/// What a row shows.
#[derive(Default)]
pub(super) struct RowView {
    /// The cell of each column that is shown.
    pub(super) cells: Vec<String>,
    /// What a screen reader says of it.
    pub(super) said: String,
    /// The colours of cells that have one of their own, by column.
    pub(super) inks: Vec<Option<Color32>>,
    /// An icon before the first cell.
    pub(super) icon: Option<char>,
    /// The colour that tells its framework, as a dot before the first cell.
    pub(super) dot: Option<Color32>,
    /// The paragraph behind it, as a mark behind the first cell.
    pub(super) citation: Option<Citation>,
    /// The length of the bar in the last column, 0 to 1.
    pub(super) bar: Option<f32>,
    /// Its colour, unless it is that of the dot or the accent.
    pub(super) bar_ink: Option<Color32>,
    /// What is said on hover.
    pub(super) hover: String,
    /// Whether the first cell is cut in its middle where there is no room for it: names that begin alike are told apart by their ends.
    pub(super) keeps_ends: bool,
    /// Whether a click leads somewhere.
    pub(super) leads: bool,
    /// Whether it is what is selected on the sheet.
    pub(super) selected: bool,
}

/// A table.
pub(super) struct Table<'a> {
    pub(super) salt: &'a str,
    /// What marks of paragraphs are explained from.
    pub(super) playbook: &'a Playbook,
    pub(super) columns: &'a [Column<'a>],
    /// How many rows there are.
    pub(super) rows: usize,
    /// Makes one; asked only for those that are seen.
    pub(super) row: &'a dyn Fn(&Ui, usize) -> RowView,
    /// The cells of the row under the table.
    pub(super) total: Option<RowView>,
    /// All of it for a spreadsheet, where that is more than what is shown.
    pub(super) csv: Option<&'a dyn Fn(&Ui) -> String>,
}

impl Table<'_> {
    /// What is shown, for a spreadsheet.
    fn shown(&self, ui: &Ui) -> String {
        let rows = (0..self.rows).map(|at| (self.row)(ui, at).cells);
        let total = self.total.iter().map(|total| total.cells.clone());
        in_full(self.columns, rows.chain(total))
    }
}

/// A table for a spreadsheet with all of its columns, also those that there is no room for.
pub(super) fn in_full(columns: &[Column<'_>], rows: impl Iterator<Item = Vec<String>>) -> String {
    // A head in two lines is one in a spreadsheet.
    let heads: Vec<String> = columns.iter().map(|column| column.title.replace('\n', " ")).collect();
    shown_table(heads.iter().map(String::as_str), rows)
}

/// What was clicked.
#[derive(Clone, Debug)]
pub(super) enum Clicked {
    /// A row, by its number from the top.
    Row(usize),
    /// The mark of a paragraph.
    Citation(Citation),
}

/// Where the columns are: left and right end of each.
struct Places(Vec<(f32, f32)>);

impl Places {
    fn new(columns: &[Column<'_>], left: f32, width: f32) -> Self {
        let others: f32 = columns.iter().skip(1).map(|column| column.width + GAP).sum();
        let mut at = left;
        let ends = columns.iter().enumerate().map(|(i, column)| {
            let wide = if i == 0 { (width - others).max(40.0) } else { column.width };
            let ends = (at, at + wide);
            at += wide + GAP;
            ends
        });
        Self(ends.collect())
    }
}

/// Shows the table in the room there is.
pub(super) fn table_ui(ui: &mut Ui, table: &Table<'_>, sorting: &mut Sorting) -> Option<Clicked> {
    table_of_lines_ui(ui, table, 1, sorting)
}

/// The same with so many lines for the first cell of each row.
pub(super) fn table_of_lines_ui(
    ui: &mut Ui,
    table: &Table<'_>,
    lines: usize,
    sorting: &mut Sorting,
) -> Option<Clicked> {
    table_towards_ui(ui, table, lines, sorting, None)
}

/// The same, scrolled to a row whenever it is about something else than before: the row from the top, and what it is about, hashed.
pub(super) fn table_towards_ui(
    ui: &mut Ui,
    table: &Table<'_>,
    lines: usize,
    sorting: &mut Sorting,
    towards: Option<(usize, u64)>,
) -> Option<Clicked> {
    ui.spacing_mut().item_spacing.y = 0.0;
    let (top, right) = (ui.cursor().min, ui.max_rect().right());
    let total = if table.total.is_some() { TOTAL } else { 0.0 };
    // However little room there is, the total stays in it.
    let more_lines = LINE * lines.saturating_sub(1) as f32;
    let room = (ui.available_height() - head_height(table.columns) - total).max(ROW + more_lines);
    let height = row_height(room, table.rows, (LEAST_ROW + more_lines, ROW + more_lines));
    let scrolls = height * table.rows as f32 > room;
    let bar = if scrolls { ui.spacing().scroll.allocated_width() } else { 0.0 };
    let places = Places::new(table.columns, ui.cursor().left(), ui.available_width() - bar);
    heads_ui(ui, table, &places, sorting);
    let mut clicked = None;
    let scroll = ScrollArea::vertical().id_salt(table.salt).max_height(room).auto_shrink([false, true]);
    // However little room there is, it reaches no further than that.
    let mut scroll = scroll.min_scrolled_height(0.0);
    if let Some(row) = towards.and_then(|towards| row_to_show(ui, table.salt, towards)) {
        // In the middle, as far as there is anything above and below.
        scroll = scroll.vertical_scroll_offset((height * (row as f32 + 0.5) - room / 2.0).max(0.0));
    }
    scroll.show_rows(ui, height, table.rows, |ui, range| {
        for at in range {
            let view = (table.row)(ui, at);
            if let Some(what) = row_ui(ui, table, &places, (at, height, lines), &view) {
                clicked = Some(what);
            }
        }
    });
    if let Some(total) = &table.total {
        total_ui(ui, &places, total);
    }
    let csv = || table.csv.map_or_else(|| table.shown(ui), |csv| csv(ui));
    copying::menu(ui, Rect::from_min_max(top, pos2(right, ui.cursor().top())), Offer::table(table.salt, &csv));
    clicked
}

/// The row to scroll to, in the frame in which it became about something else.
fn row_to_show(ui: &Ui, salt: &str, (row, about): (usize, u64)) -> Option<usize> {
    let id = egui::Id::unique("table towards").with(salt);
    let before: Option<u64> = ui.data(|data| data.get_temp(id));
    ui.data_mut(|data| data.insert_temp(id, about));
    (before != Some(about)).then_some(row)
}

fn head_height(columns: &[Column<'_>]) -> f32 {
    if columns.iter().any(|column| column.title.contains('\n')) { TALL_HEAD } else { HEAD }
}

/// How wide the first cell of a table in the room there is will be, of `rows` rows.
pub(super) fn first_width(ui: &Ui, columns: &[Column<'_>]) -> f32 {
    let width = ui.available_width() - ui.spacing().scroll.allocated_width();
    Places::new(columns, 0.0, width).0.first().map_or(width, |(left, right)| right - left)
}

/// The heads over columns that stand together, with a line over those they are about.
fn group_heads_ui(ui: &Ui, area: Rect, columns: &[Column<'_>], places: &Places) {
    let tokens = Tokens::of(ui);
    let group = |column: &Column<'_>| column.title.split_once('\n').map(|(group, _)| group.to_owned());
    let mut at = 0;
    while let Some(column) = columns.get(at) {
        let name = group(column);
        let count = columns[at..].iter().take_while(|other| group(other) == name).count();
        if let (Some(name), Some((left, _)), Some((_, right))) = (name, places.0.get(at), places.0.get(at + count - 1))
        {
            let words = text_size(ui, &name, Face::SemiBold.at(11.0)).x;
            let from = (right - words).max(*left - GAP / 2.0);
            one_line(
                ui,
                pos2(from, area.top() + 7.0),
                right - from + 2.0,
                &name,
                Face::SemiBold.at(11.0),
                tokens.muted,
            );
            if count > 1 {
                let line = Stroke::new(1.0, tokens.line);
                ui.painter().hline(*left..=from - 6.0, area.top() + 8.5, line);
            }
        }
        at += count.max(1);
    }
}

fn heads_ui(ui: &mut Ui, table: &Table<'_>, places: &Places, sorting: &mut Sorting) {
    let tokens = Tokens::of(ui);
    let height = head_height(table.columns);
    let (area, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    ui.painter().hline(area.x_range(), area.bottom() - 0.5, Stroke::new(1.0, tokens.line));
    let grouped = height > HEAD;
    if grouped {
        group_heads_ui(ui, area, table.columns, places);
    }
    // The heads themselves stand at the bottom, over their figures.
    let area = if grouped { area.with_min_y(area.top() + 14.0) } else { area };
    for (i, (column, (left, right))) in table.columns.iter().zip(&places.0).enumerate() {
        let sorted = sorting.column == column.id;
        let font = Face::SemiBold.at(11.0);
        let sign = if sorting.descending { "▼" } else { "▲" };
        let title = column.title.split_once('\n').map_or(column.title, |(_, own)| own);
        let words = text_size(ui, title, font.clone()).x;
        let width = words + if sorted { 13.0 } else { 0.0 };
        // Figures stand under the right end of their head.
        let from = if i == 0 { *left } else { right - width };
        let rect = Rect::from_min_max(pos2(from.max(*left - GAP), area.top()), pos2(from + width, area.bottom()));
        let response = ui.interact(rect.expand2(vec2(3.0, 0.0)), ui.scope_id().with((table.salt, i)), Sense::click());
        response.widget_info(|| WidgetInfo::selected(Role::Button, true, sorted, tr!("Sort by {}", column.name)));
        let ink = if sorted || response.hovered() { tokens.text } else { tokens.muted };
        one_line(ui, rect.left_center(), words + 2.0, title, font, ink);
        if sorted {
            ui.painter().text(rect.right_center(), Align2::RIGHT_CENTER, sign, Face::Regular.at(8.0), tokens.muted);
        }
        focus_ring(ui, rect.expand2(vec2(3.0, -2.0)), &response);
        let clicked = response.clicked();
        let response = response.on_hover_cursor(CursorIcon::PointingHand);
        if !column.hover.is_empty() {
            response.on_hover_text(column.hover);
        }
        if clicked {
            // Names begin with the first, figures with the largest.
            let descending = if sorted { !sorting.descending } else { i > 0 };
            *sorting = Sorting { column: column.id, descending };
        }
    }
}

fn row_ui(
    ui: &mut Ui,
    table: &Table<'_>,
    places: &Places,
    (at, height, lines): (usize, f32, usize),
    view: &RowView,
) -> Option<Clicked> {
    let tokens = Tokens::of(ui);
    let listed = Listed { height, leads: view.leads, selected: view.selected };
    let (rect, response) = listed_row(ui, listed, || view.said.clone());
    let (mut left, right) = places.0[0];
    let y = rect.center().y;
    if let Some(colour) = view.dot {
        ui.painter().circle_filled(pos2(left + 4.0, y), 4.0, colour);
        left += 14.0;
    }
    if let Some(icon) = view.icon {
        ui.painter().text(pos2(left + 6.0, y), Align2::CENTER_CENTER, icon, Face::Icons.at(12.0), tokens.accent.ink);
        left += 17.0;
    }
    let mark = view.citation.as_ref().map(|citation| paragraph_size(ui, citation.paragraph));
    let room = right - left - mark.map_or(0.0, |size| size.x + 5.0);
    let ink = if listed.is_touched(&response) { tokens.accent.ink } else { tokens.text };
    let written = name_ui(ui, response.id, pos2(left, y), (room, lines), view, ink);
    for (i, ((from, to), cell)) in places.0.iter().zip(&view.cells).enumerate().skip(1) {
        let own = view.inks.get(i).copied().flatten();
        let face = if own.is_some() { Face::Medium } else { Face::Regular };
        figure(ui, pos2(*to, y), to - from, cell, (face, own.unwrap_or(tokens.text)));
    }
    if let (Some(share), Some((from, to))) = (view.bar, places.0.last()) {
        bar(ui, (*from, to - 50.0), y, share, view.bar_ink.or(view.dot).unwrap_or(tokens.accent.ink));
    }
    let mut clicked = response.clicked().then_some(Clicked::Row(at));
    if !view.hover.is_empty() {
        response.on_hover_text(&view.hover);
    }
    if let (Some(citation), Some(size)) = (&view.citation, mark) {
        let place = pos2(left + written + 5.0, y - size.y / 2.0);
        if paragraph_link_at(ui, place, table.playbook, citation) {
            clicked = Some(Clicked::Citation(citation.clone()));
        }
    }
    clicked
}

/// The first cell of a row; gives how wide it came out.
fn name_ui(
    ui: &Ui,
    row: Id,
    left_middle: egui::Pos2,
    (room, lines): (f32, usize),
    view: &RowView,
    ink: Color32,
) -> f32 {
    let name = view.cells.first().map_or("", String::as_str);
    let font = Face::Regular.at(12.5);
    if lines > 1 {
        let mut job = egui::text::LayoutJob::simple(name.to_owned(), font, ink, room);
        job.wrap.max_rows = lines;
        let galley = ui.painter().layout_job(job);
        let size = galley.size();
        ui.painter().galley(left_middle - vec2(0.0, size.y / 2.0), galley, ink);
        return size.x;
    }
    if !view.keeps_ends {
        return one_line(ui, left_middle, room, name, font, ink);
    }
    one_line(ui, left_middle, room + 1.0, &name_in_room(ui, row, name, room), font, ink)
}

/// A thin bar in its track.
fn bar(ui: &Ui, (from, to): (f32, f32), y: f32, share: f32, colour: Color32) {
    if to - from < 12.0 {
        return;
    }
    let track = Rect::from_min_max(pos2(from, y - 2.0), pos2(to, y + 2.0));
    ui.painter().rect_filled(track, 2, Tokens::of(ui).sunken);
    let length = (track.width() * share.clamp(0.0, 1.0)).max(1.5);
    ui.painter().rect_filled(track.with_max_x(from + length), 2, colour);
}

fn figure(ui: &Ui, right_middle: egui::Pos2, room: f32, words: &str, (face, ink): (Face, Color32)) {
    let width = text_size(ui, words, face.at(12.5)).x;
    if width <= room + GAP {
        ui.painter().text(right_middle, Align2::RIGHT_CENTER, words, face.at(12.5), ink);
    } else {
        one_line(ui, right_middle - vec2(room, 0.0), room, words, face.at(12.5), ink);
    }
}

fn total_ui(ui: &mut Ui, places: &Places, RowView { cells, said, .. }: &RowView) {
    let tokens = Tokens::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), TOTAL), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, said));
    ui.painter().hline(rect.x_range(), rect.top() + 1.0, Stroke::new(1.0, tokens.line_strong));
    let (left, right) = places.0[0];
    // Words alone take the room of the figures as well.
    let right = if cells.len() == 1 { rect.right() } else { right };
    let y = rect.center().y + 1.0;
    let name = cells.first().map_or("", String::as_str);
    one_line(ui, pos2(left, y), right - left, name, Face::SemiBold.at(12.5), tokens.text);
    for ((from, to), cell) in places.0.iter().zip(cells).skip(1) {
        figure(ui, pos2(*to, y), to - from, cell, (Face::SemiBold, tokens.text));
    }
}

/// A button at the end of a title that copies what is shown below it.
pub(super) fn copy_button(ui: &mut Ui) -> bool {
    crate::ui::widgets::icon_button(ui, icons::COPY, t("Copy as CSV")).clicked()
}
