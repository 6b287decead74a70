//! A page as it is read.

use egui::{
    Align, Id, Label, Rect, Role, ScrollArea, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, style::ScrollAnimation,
    vec2,
};

use super::{
    HelpState, Part, Seek,
    pages::{Target, pages},
    read::{Block, Span},
    runs::{Look, Telling, code_font, width_of},
    search::words_of,
};
use crate::{
    lang::{t, tr},
    ui::{
        icons,
        theme::{Face, Tokens, radius, space, text},
        widgets::icon_button,
    },
};

/// Most width of running text: longer lines are hard to follow.
const MEASURE: f32 = 700.0;
/// Size of running text, and from line to line.
const SIZE: f32 = 13.5;
const LINE: f32 = 20.0;
/// How far entries of a list stand to the right.
const INDENT: f32 = 22.0;
/// Between two columns of a table.
const GUTTER: f32 = 16.0;
/// Room for the button that copies lines.
const COPY: f32 = 20.0;
/// Least width of a column that does not fit.
const LEAST: f32 = 90.0;

/// The node that has the keyboard while somebody reads.
pub(super) fn reader_id() -> Id {
    Id::unique("the text of the help")
}

/// Shows the open page; gives the link that was followed.
pub(super) fn reader_ui(ui: &mut Ui, state: &mut HelpState) -> Option<Target> {
    let page = &pages()[state.page];
    let view = ui.available_rect_before_wrap();
    let response = ui.interact(view, reader_id(), Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::Document, true, tr!("Text of {}", page.title())));
    if state.wants.takes(Part::Reader) {
        response.request_focus();
    }
    let words = words_of(&state.query);
    let mut telling = Telling { page: state.page, words: &words, seeks: false, followed: None, focused: false };
    let seek = state.wants.seek.take();
    let mut area = ScrollArea::vertical().id_salt(page.id).auto_shrink([false, false]);
    if let Some(offset) = state.wants.offset.take() {
        area = area.vertical_scroll_offset(offset);
    }
    let by_keys = std::mem::take(&mut state.wants.scroll);
    let shown = area.show(ui, |ui| {
        ui.scroll_with_delta_animation(vec2(0.0, -by_keys), ScrollAnimation::none());
        let margin = egui::Margin { left: 20, right: 20, top: 4, bottom: 24 };
        egui::Frame::new().inner_margin(margin).show(ui, |ui| {
            ui.set_width(ui.available_width().min(MEASURE));
            ui.spacing_mut().item_spacing.y = 0.0;
            blocks_ui(ui, page, &mut telling, seek)
        })
    });
    let headings = shown.inner.inner;
    let (offset, followed) = (shown.state.clamped_offset().y, telling.followed);
    state.link_has_keyboard = telling.focused;
    note_section(ui, state, &headings, view);
    state.offset = offset;
    state.page_height = view.height();
    if response.has_focus() {
        // Quieter than a frame around what is read.
        let line = Stroke::new(2.0, Tokens::of(ui).accent.ink);
        ui.painter().vline(view.left() + 1.0, view.y_range(), line);
    }
    followed
}

/// Notes which section stands at the upper edge, unless the text is on its way to one.
fn note_section(ui: &Ui, state: &mut HelpState, headings: &[f32], view: Rect) {
    let scrolled = view.top() - headings.first().copied().unwrap_or_default();
    if state.settling > 0 {
        state.settling -= 1;
        ui.ctx().request_repaint();
    } else if (scrolled - state.section_at).abs() > 0.5 {
        let top = view.top() + LINE;
        state.section = headings.partition_point(|y| *y <= top).saturating_sub(1);
    }
    state.section_at = scrolled;
}

/// Shows the blocks, those out of sight as well: who listens hears the whole page, and Tab goes to every link. The toolkit keeps texts as they
/// were laid out, so a frame costs little more than what it shows. Gives where each heading stands on the screen.
fn blocks_ui(ui: &mut Ui, page: &super::pages::Page, telling: &mut Telling<'_>, seek: Option<Seek>) -> Vec<f32> {
    let mut headings = Vec::new();
    for (number, block) in page.blocks.iter().enumerate() {
        ui.add_space(space_before(block, number.checked_sub(1).map(|before| &page.blocks[before])));
        let top = ui.cursor().min;
        if seek == Some(Seek::Word(number)) {
            telling.seeks = true;
        }
        if let Block::Heading(..) = block {
            headings.push(top.y);
        }
        ui.push_id(number, |ui| block_ui(ui, block, telling));
        if number == 0 && !page.translated {
            ui.add_space(space::TINY);
            let words = text(t("This page is there in English only"), Face::Regular, 12.5);
            ui.label(words.color(Tokens::of(ui).muted));
        }
        let sought = seek == Some(Seek::Heading(number));
        if sought || telling.seeks && seek == Some(Seek::Word(number)) {
            // A heading, or a block whose word stands where it cannot be marked.
            telling.seeks = false;
            let place = Rect::from_min_size(top - vec2(0.0, space::SMALL), vec2(1.0, 1.0));
            ui.scroll_to_rect_animation(place, Some(Align::TOP), ScrollAnimation::none());
        }
    }
    headings
}

fn space_before(block: &Block, before: Option<&Block>) -> f32 {
    match (block, before) {
        (_, None) => space::TINY,
        (Block::Heading(2, _), _) => 26.0,
        (Block::Heading(..), _) => space::LARGE,
        (Block::Item(..), Some(Block::Item(..))) => 5.0,
        (_, Some(Block::Heading(..))) => space::SMALL,
        _ => 10.0,
    }
}

fn body(ui: &Ui) -> Look {
    Look { face: Face::Regular, size: SIZE, line: LINE, ink: Tokens::of(ui).text }
}

fn block_ui(ui: &mut Ui, block: &Block, telling: &mut Telling<'_>) {
    match block {
        Block::Heading(depth, spans) => {
            let (size, line) = [(21.0, 28.0), (16.0, 22.0), (14.0, 20.0)][usize::from(*depth - 1).min(2)];
            let look = Look { face: Face::SemiBold, size, line, ..body(ui) };
            telling.ui(ui, spans, look);
        }
        Block::Paragraph(spans) => drop(telling.ui(ui, spans, body(ui))),
        Block::Item(depth, mark, spans) => {
            let left = *depth as f32 * INDENT;
            let top = ui.cursor().min;
            let font = Face::Medium.at(SIZE);
            let at = top + vec2(left + INDENT - 6.0, LINE / 2.0);
            ui.painter().text(at, egui::Align2::RIGHT_CENTER, mark, font, Tokens::of(ui).muted);
            indented(ui, left + INDENT, |ui| drop(telling.ui(ui, spans, body(ui))));
        }
        Block::Code(depth, lines) => indented(ui, *depth as f32 * INDENT, |ui| code_ui(ui, lines)),
        Block::Table(rows) => table_ui(ui, rows, telling),
    }
}

fn indented(ui: &mut Ui, left: f32, add: impl FnOnce(&mut Ui)) {
    let room = ui.available_rect_before_wrap();
    let place = Rect::from_min_max(pos2(room.left() + left, room.top()), pos2(room.right(), f32::INFINITY));
    ui.scope_builder(UiBuilder::new().max_rect(place), add);
}

/// Lines as they are typed, with a button that copies them.
fn code_ui(ui: &mut Ui, lines: &str) {
    let tokens = Tokens::of(ui);
    let frame = egui::Frame::new().fill(tokens.sunken).corner_radius(radius::CONTROL);
    let width = ui.available_width();
    let margin = egui::Margin { left: 12, right: 12 + COPY as i8, top: 8, bottom: 8 };
    let shown = frame.inner_margin(margin).show(ui, |ui| {
        // Beside the button.
        ui.set_width(width - 24.0 - COPY);
        ScrollArea::horizontal().id_salt("lines").auto_shrink([false, true]).show(ui, |ui| {
            let words =
                egui::RichText::new(lines).font(code_font(SIZE - 1.0)).color(tokens.text).line_height(Some(18.0));
            ui.add(Label::new(words).extend().selectable(true));
        });
    });
    let corner = shown.response.rect.right_top() + vec2(-28.0, 4.0);
    let place = UiBuilder::new().max_rect(Rect::from_min_size(corner, vec2(24.0, 24.0)));
    if ui.new_child(place).scope(|ui| icon_button(ui, icons::COPY, t("Copy these lines")).clicked()).inner {
        ui.copy_text(lines.to_owned());
    }
}

/// A table, its columns as wide as they have to be and there is room.
fn table_ui(ui: &mut Ui, rows: &[Vec<Vec<Span>>], telling: &mut Telling<'_>) {
    let tokens = Tokens::of(ui);
    let look = Look { size: 13.0, line: 18.0, ..body(ui) };
    let head = Look { face: Face::SemiBold, size: 12.0, ink: tokens.muted, ..look };
    let widths = widths(ui, rows, look);
    for (number, row) in rows.iter().enumerate() {
        let top = ui.cursor().min;
        if row.iter().all(Vec::is_empty) {
            continue;
        }
        let (mut left, mut bottom) = (top.x, top.y + look.line);
        for (column, cell) in row.iter().enumerate().filter(|(_, cell)| !cell.is_empty()) {
            left = top.x + widths[..column].iter().sum::<f32>() + GUTTER * column as f32;
            let place = Rect::from_min_size(pos2(left, top.y + 4.0), vec2(widths[column], f32::INFINITY));
            let mut child = ui.new_child(UiBuilder::new().id_salt((number, column)).max_rect(place));
            telling.ui(&mut child, cell, if number == 0 { head } else { look });
            bottom = bottom.max(child.min_rect().bottom());
        }
        let right = (left + widths.last().copied().unwrap_or_default()).max(top.x + ui.available_width());
        let whole = Rect::from_min_max(top, pos2(right, bottom + 5.0));
        ui.painter().hline(whole.x_range(), whole.bottom(), Stroke::new(1.0, tokens.line));
        ui.advance_cursor_after_rect(whole);
    }
}

/// How wide each column is: narrow ones as they are, the others share what is left.
fn widths(ui: &Ui, rows: &[Vec<Vec<Span>>], look: Look) -> Vec<f32> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let natural = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| width_of(ui, cell, look)).fold(0.0, f32::max).ceil() + 1.0
    };
    let natural: Vec<f32> = (0..columns).map(natural).collect();
    shared(&natural, ui.available_width() - GUTTER * columns.saturating_sub(1) as f32)
}

/// Shares a width among columns that want some.
fn shared(natural: &[f32], width: f32) -> Vec<f32> {
    let (mut open, mut left) = (natural.len(), width);
    let mut given = vec![None; natural.len()];
    // Whoever wants no more than an equal share gets it, and the others share the rest.
    while let Some(column) =
        (0..natural.len()).find(|column| given[*column].is_none() && natural[*column] <= left / open as f32)
    {
        given[column] = Some(natural[column]);
        (open, left) = (open - 1, left - natural[column]);
    }
    let share = (left / open.max(1) as f32).max(LEAST);
    given.into_iter().map(|width| width.unwrap_or(share)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn narrow_columns_keep_their_width_and_the_others_share_the_rest() {
        assert_eq!(shared(&[50.0, 60.0], 300.0), [50.0, 60.0]);
        assert_eq!(shared(&[50.0, 900.0], 300.0), [50.0, 250.0]);
        assert_eq!(shared(&[140.0, 900.0, 20.0, 800.0], 380.0), [120.0, 120.0, 20.0, 120.0]);
        assert_eq!(shared(&[500.0, 900.0], 100.0), [LEAST, LEAST]);
        assert!(shared(&[], 100.0).is_empty());
    }
}
