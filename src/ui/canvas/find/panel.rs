//! The box with the field and the list.

use egui::{
    Area, Frame, Id, Margin, Order, Rect, Response, Role, ScrollArea, Sense, Shadow, Stroke, Ui, UiBuilder, WidgetInfo,
    pos2, vec2,
};

use super::{super::CanvasState, Find, go_there};
use crate::{
    find::{Group, Hit, Line},
    lang::{later, t, tr},
    ui::{
        Actions, View, icons,
        theme::{Face, Tokens, radius, text},
        widgets::{one_line, search_field},
    },
};

const WIDTH: f32 = 380.0;
const MARGIN: f32 = 12.0;
const ROW: f32 = 30.0;
/// Most of the list that is seen at a time.
const LIST: f32 = 13.0 * ROW;
const HINT: &str = later("Names, kinds, traits and values, frameworks, connections, notes, findings");

/// How much of the canvas the box takes from the left, in points.
pub(super) fn width(viewport: Rect) -> f32 {
    WIDTH.min(viewport.width() - 2.0 * MARGIN) + MARGIN
}

/// Shows the box while it is open.
pub(in crate::ui::canvas) fn panel(ui: &Ui, view: &View<'_>, state: &mut CanvasState, actions: &mut Actions) {
    if !state.find.open {
        return;
    }
    let tokens = Tokens::of(ui);
    let viewport = state.viewport;
    let mut clicked = false;
    let frame = Frame::new()
        .fill(tokens.card)
        .stroke(Stroke::new(1.0, tokens.line_strong))
        .corner_radius(radius::CARD)
        .inner_margin(Margin::same(10))
        .shadow(Shadow { offset: [0, 4], blur: 14, spread: 0, color: tokens.shadow });
    Area::new(Id::unique("find"))
        .order(Order::Middle)
        .fixed_pos(viewport.left_top() + vec2(MARGIN, MARGIN))
        .constrain_to(viewport)
        .show(ui.ctx(), |ui| {
            frame.show(ui, |ui| {
                ui.set_width(width(viewport) - MARGIN - 22.0);
                ui.spacing_mut().item_spacing.y = 4.0;
                let field = search_field(ui, &mut state.find.query, t("Find in the plan..."));
                cursor(ui, &mut state.find, &field);
                state.find.refresh(view.session);
                status(ui, &state.find);
                let room = (viewport.height() - 130.0).clamp(3.0 * ROW, LIST);
                clicked = list(ui, view, &mut state.find, &field, room);
            });
        });
    if clicked {
        go_there(view, state, false, actions);
    }
}

/// Puts the cursor into the field when it is asked for, with all that stands there selected; but nothing that was typed since.
fn cursor(ui: &Ui, find: &mut Find, field: &Response) {
    if find.wants_cursor > 0 {
        find.wants_cursor -= 1;
        field.request_focus();
        if find.selects.as_ref() == Some(&find.query) {
            let mut edit = egui::TextEdit::load_state(ui.ctx(), field.id).unwrap_or_default();
            let end = egui::text::CCursor::new(find.query.chars().count());
            edit.cursor.set_char_range(Some(egui::text::CCursorRange::two(egui::text::CCursor::new(0), end)));
            edit.store(ui.ctx(), field.id);
        }
    }
    find.had_cursor = field.has_focus() || ui.memory(|memory| memory.has_focus(field.id));
}

/// How many there are, and which one of them is chosen; read out whenever it changes.
fn status(ui: &mut Ui, find: &Find) {
    let tokens = Tokens::of(ui);
    let hits = find.found.hits.len();
    let counter = find.counter();
    let words = match (find.query.trim().is_empty(), hits, find.found.near) {
        (true, ..) => t(HINT).to_owned(),
        (_, 0, _) => t("Nothing has these words").to_owned(),
        (_, _, true) => tr!("Nothing has these words; near to them: {counter}", counter),
        (_, 1, _) => tr!("{counter} · Enter goes there, Esc returns", counter),
        _ if find.visited => tr!("{counter} · Enter: next, Shift+Enter: back, Esc closes", counter),
        _ => tr!("{counter} · Enter goes there, again to the next", counter),
    };
    let label = ui.label(text(&words, Face::Regular, 12.0).color(tokens.muted));
    ui.ctx().accesskit_node_builder(label.id, |node| node.set_live(egui::accesskit::Live::Polite));
}

/// A row of the list.
enum Row {
    Caption(Group, usize),
    Hit(usize),
}

fn row_at(find: &Find, row: usize) -> Option<Row> {
    let groups = find.found.groups.iter().enumerate();
    groups.rev().find(|(place, (_, range))| range.start + place <= row).map(|(place, (group, range))| {
        let inside = row - (range.start + place);
        if inside == 0 { Row::Caption(*group, range.len()) } else { Row::Hit(range.start + inside - 1) }
    })
}

/// The row that a hit is in.
fn row_of(find: &Find, hit: usize) -> usize {
    hit + find.found.groups.iter().filter(|(_, range)| range.start <= hit).count()
}

/// The list, of which only what is seen is made; gives whether a hit was clicked, which is then the chosen one.
fn list(ui: &mut Ui, view: &View<'_>, find: &mut Find, field: &Response, room: f32) -> bool {
    if find.found.hits.is_empty() {
        return false;
    }
    let rows = find.found.hits.len() + find.found.groups.len();
    let mut area = ScrollArea::vertical().id_salt("found").max_height(room).auto_shrink([false, true]);
    // The box is as small as its last frame; the list takes the room that it needs all the same.
    area = area.min_scrolled_height(room.min(rows as f32 * ROW));
    if std::mem::take(&mut find.moved) {
        let (at, seen) = (row_of(find, find.chosen) as f32 * ROW, find.scrolled.1.max(ROW));
        // With the caption over it.
        let top = find.scrolled.0.min(at - ROW).max(at + ROW - seen);
        area = area.vertical_scroll_offset(top.max(0.0));
    }
    let mut clicked = None;
    let builder = UiBuilder::new().accessibility_role(Role::ListBox).accessibility_label(t("Found"));
    let output = ui.scope_builder(builder, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        area.show_rows(ui, ROW, rows, |ui, range| {
            for row in range {
                match row_at(find, row) {
                    Some(Row::Caption(group, count)) => caption(ui, group, count),
                    Some(Row::Hit(place)) if hit_row(ui, view, find, field, place) => clicked = Some(place),
                    Some(Row::Hit(_)) | None => {}
                }
            }
        })
    });
    let scroll = output.inner;
    find.scrolled = (scroll.state.clamped_offset().y, scroll.inner_rect.height());
    if let Some(place) = clicked {
        find.chosen = place;
    }
    clicked.is_some()
}

fn caption(ui: &mut Ui, group: Group, count: usize) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    let words = format!("{} ({})", group.label(), crate::text::number(count as f64));
    let at = pos2(rect.left() + 2.0, rect.bottom() - 11.0);
    one_line(ui, at, rect.width(), &words, Face::SemiBold.at(11.0), Tokens::of(ui).faint);
}

fn hit_row(ui: &mut Ui, view: &View<'_>, find: &Find, field: &Response, place: usize) -> bool {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
    // By place, not by order of making: rows that scroll in must not take over from those that scroll out.
    let response = ui.interact(rect, ui.scope_id().with(("hit", place)), Sense::CLICK);
    let Some(hit) = find.found.hits.get(place).copied() else { return false };
    let Some(line) = shown(view, find, hit) else { return false };
    let chosen = find.chosen == place;
    let folded = line.hidden_in.as_ref().map_or_else(String::new, |name| tr!(", in folded {name}", name));
    let said = format!("{}, {}{folded}", line.title, line.detail);
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, chosen, said.as_str()));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_position_in_set(place + 1);
        node.set_size_of_set(find.found.hits.len());
    });
    if chosen {
        let active = response.id.accesskit_id();
        ui.ctx().accesskit_node_builder(field.id, |node| node.set_active_descendant(active));
    }
    paint_row(ui, rect, (&line, &find.query), (chosen, response.hovered()));
    response.clicked()
}

fn shown(view: &View<'_>, find: &Find, hit: Hit) -> Option<Line> {
    find.index.as_ref()?.line(hit, &find.query, &view.session.engine().playbook)
}

fn paint_row(ui: &Ui, rect: Rect, (line, query): (&Line, &str), (chosen, hovered): (bool, bool)) {
    let tokens = Tokens::of(ui);
    if chosen || hovered {
        let fill = if chosen { tokens.accent.surface } else { tokens.sunken };
        ui.painter().rect_filled(rect, radius::CONTROL, fill);
    }
    let y = rect.center().y;
    let glyph = line.kind.map_or(icons::SEARCH, icons::of_kind);
    let centre = egui::Align2::CENTER_CENTER;
    if line.kind.is_some() {
        ui.painter().text(pos2(rect.left() + 14.0, y), centre, glyph, Face::Icons.at(14.0), tokens.muted);
    }
    let left = rect.left() + if line.kind.is_some() { 28.0 } else { 8.0 };
    let detail = match &line.hidden_in {
        Some(name) => tr!("{} · in folded {name}", line.detail, name),
        None => line.detail.clone(),
    };
    let room = rect.right() - 8.0 - left;
    let font = Face::Medium.at(13.0);
    let (wanted, beside) = (text_width(ui, &line.title, &font), text_width(ui, &detail, &Face::Regular.at(12.0)));
    let title_room = if wanted + beside + 10.0 <= room { wanted + 1.0 } else { (room - beside - 10.0).max(room * 0.6) };
    let title = around_match(ui, &line.title, query, (&font, title_room));
    let used = one_line(ui, pos2(left, y), title_room, &title, font, tokens.text);
    let at = left + used + 10.0;
    one_line(ui, pos2(at, y), rect.right() - 8.0 - at, &detail, Face::Regular.at(12.0), tokens.muted);
}

/// A title that is too long, without so much of its beginning that what was looked for is seen.
fn around_match(ui: &Ui, title: &str, query: &str, (font, room): (&egui::FontId, f32)) -> String {
    let lower = title.to_lowercase();
    let found = query.split_whitespace().find_map(|word| {
        let at = lower.find(&word.to_lowercase())?;
        Some(lower[..at].chars().count() + word.chars().count())
    });
    let letters: Vec<char> = title.chars().collect();
    let end = found.unwrap_or(0).min(letters.len());
    let part = |from: usize, to: usize| letters[from..to].iter().collect::<String>();
    let fits = |words: &str| text_width(ui, words, font) <= room;
    if fits(title) || fits(&format!("{}…", part(0, end))) {
        return title.to_owned();
    }
    let begin = (1..end).find(|begin| fits(&format!("…{}…", part(*begin, end)))).unwrap_or(0);
    format!("…{}", part(begin, letters.len()).trim_start())
}

fn text_width(ui: &Ui, words: &str, font: &egui::FontId) -> f32 {
    crate::ui::widgets::text_size(ui, words, font.clone()).x
}
