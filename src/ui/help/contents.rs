//! What there is to read, at the left: pages and sections, or what was found.

use egui::{
    Align, Id, Rect, Response, Role, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, style::ScrollAnimation, vec2,
};

use super::{
    HelpState, Part, Seek,
    pages::{Place, Shelf, pages},
    runs::Look,
    search::{Hit, marks, words_of},
};
use crate::{
    lang::{t, tr},
    ui::{
        theme::{Face, Tokens, radius, space, text},
        widgets::{caption, one_line},
    },
};

/// Height of a row of the contents, and of one of the hits.
const ROW: f32 = 26.0;
const HIT: f32 = 52.0;

/// A row of the contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    Shelf(Shelf),
    Place(Place),
}

/// The rows as they stand: of the open page its sections as well.
pub(super) fn rows(page: usize) -> Vec<Row> {
    let mut rows = Vec::new();
    for shelf in Shelf::ALL {
        rows.push(Row::Shelf(shelf));
        for (number, _) in pages().iter().enumerate().filter(|(_, page)| page.shelf == shelf) {
            let sections = if number == page { pages()[number].sections.len() } else { 1 };
            rows.extend((0..sections).map(|section| Row::Place(Place { page: number, section })));
        }
    }
    rows
}

/// The node of the row that Tab stops at.
pub(super) fn stop_id() -> Id {
    Id::unique("the contents of the help")
}

/// Shows the contents; gives where the person wants to go.
pub(super) fn contents_ui(ui: &mut Ui, state: &mut HelpState) -> Option<Place> {
    let here = Place { page: state.page, section: state.section };
    let stop = state.row.unwrap_or(here);
    let follow = state.contents_at != Some(stop);
    let mut wanted = None;
    ScrollArea::vertical().id_salt("contents").auto_shrink([false, false]).min_scrolled_height(0.0).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for row in rows(state.page) {
            let place = match row {
                Row::Shelf(shelf) => {
                    ui.add_space(space::TINY);
                    caption(ui, shelf.label());
                    ui.add_space(2.0);
                    continue;
                }
                Row::Place(place) => place,
            };
            let response = row_ui(ui, place, here, stop == place);
            if stop == place {
                if state.wants.takes(Part::Contents) {
                    response.request_focus();
                }
                if follow {
                    response.scroll_to_me_animation(None, ScrollAnimation::none());
                }
            }
            if response.clicked() {
                wanted = Some(place);
            }
        }
        ui.add_space(space::MEDIUM);
    });
    state.contents_at = Some(stop);
    wanted
}

/// A row of a page or a section.
fn row_ui(ui: &mut Ui, place: Place, here: Place, stop: bool) -> Response {
    let tokens = Tokens::of(ui);
    let (page, section) = (&pages()[place.page], &pages()[place.page].sections[place.section]);
    let is_page = place.section == 0;
    let title = if is_page { page.short_title() } else { section.title.clone() };
    let (rect, response) = row_at(ui, ROW, stop);
    let (open, at) = (place.page == here.page, place == here);
    response.widget_info(|| WidgetInfo::selected(Role::TreeItem, true, at, &title));
    ground(ui, rect, at, &response);
    let indent = space::SMALL + if is_page { 0.0 } else { 12.0 * f32::from(section.depth - 1) };
    let face = if at || is_page && open { Face::Medium } else { Face::Regular };
    let ink = if at || is_page || response.hovered() { tokens.text } else { tokens.muted };
    let size = if is_page { 13.0 } else { 12.5 };
    let room = rect.width() - indent - space::TINY;
    let width = one_line(ui, pos2(rect.left() + indent, rect.center().y), room, &title, face.at(size), ink);
    if width >= room - 1.0 { response.on_hover_text(title) } else { response }
}

/// Room for a row; only one of them is a stop of Tab, the arrows lead to the others.
fn row_at(ui: &mut Ui, height: f32, stop: bool) -> (Rect, Response) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    let (id, sense) = if stop { (stop_id(), Sense::click()) } else { (response.id.with("row"), Sense::CLICK) };
    (rect, ui.interact(rect, id, sense))
}

/// What lies under a row.
fn ground(ui: &Ui, rect: Rect, chosen: bool, response: &Response) {
    let tokens = Tokens::of(ui);
    let radius = f32::from(radius::ROW);
    let fill = match (chosen, response.hovered()) {
        (true, _) => tokens.accent.surface,
        (_, true) => tokens.sunken,
        _ => egui::Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(rect, radius, fill);
    if chosen && tokens.is_high() {
        // Surfaces are close to each other there.
        ui.painter().rect_filled(rect.with_max_x(rect.left() + 3.0), 1, tokens.accent.ink);
    }
    if response.has_focus() {
        let line = Stroke::new(1.5, tokens.accent.ink);
        ui.painter().rect_stroke(rect, radius, line, egui::StrokeKind::Inside);
    }
}

/// Shows what was found; gives the number of the hit that was clicked.
pub(super) fn hits_ui(ui: &mut Ui, state: &mut HelpState) -> Option<usize> {
    let tokens = Tokens::of(ui);
    let count = match state.hits.len() {
        0 => t("Nothing has all these words").to_owned(),
        1 => t("1 section").to_owned(),
        count => tr!("{count} sections", count),
    };
    ui.add_space(space::SMALL);
    ui.label(text(count, Face::Regular, 12.0).color(tokens.muted));
    ui.add_space(space::TINY);
    let words = words_of(&state.query);
    let follow = std::mem::take(&mut state.wants.see_hit);
    let mut wanted = None;
    ScrollArea::vertical().id_salt("hits").auto_shrink([false, false]).min_scrolled_height(0.0).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (number, hit) in state.hits.iter().enumerate() {
            let response = hit_ui(ui, hit, &words, number == state.chosen);
            if follow && number == state.chosen {
                response.scroll_to_me_animation(Some(Align::Center), ScrollAnimation::none());
            }
            if response.clicked() {
                wanted = Some(number);
            }
        }
    });
    wanted
}

fn hit_ui(ui: &mut Ui, hit: &Hit, words: &[String], chosen: bool) -> Response {
    let tokens = Tokens::of(ui);
    let page = &pages()[hit.place.page];
    let title = &page.sections[hit.place.section].title;
    let of = if hit.place.section == 0 { String::new() } else { format!("  {}", page.short_title()) };
    let (rect, response) = row_at(ui, HIT, false);
    response.widget_info(|| {
        WidgetInfo::selected(
            Role::ListBoxOption,
            true,
            chosen,
            format!("{}: {}", super::name_of(hit.place), hit.around),
        )
    });
    ground(ui, rect, chosen, &response);
    let mut job = egui::text::LayoutJob::default();
    let format =
        |face: Face, size: f32, color| egui::TextFormat { font_id: face.at(size), color, ..Default::default() };
    job.append(title, 0.0, format(Face::Medium, 12.5, tokens.text));
    job.append(&of, 0.0, format(Face::Regular, 11.5, tokens.muted));
    job.wrap = egui::text::TextWrapping::truncate_at_width(rect.width() - 2.0 * space::SMALL);
    let galley = ui.painter().layout_job(job);
    ui.painter().galley(rect.min + vec2(space::SMALL, 4.0), galley, tokens.text);
    let look = Look { face: Face::Regular, size: 11.5, line: 14.0, ink: tokens.muted };
    around_ui(ui, rect, &hit.around, words, look);
    response
}

/// Two lines of what stands around a word.
fn around_ui(ui: &Ui, rect: Rect, around: &str, words: &[String], look: Look) {
    let mut job = egui::text::LayoutJob::default();
    let format = |face: Face, color| egui::TextFormat {
        font_id: face.at(look.size),
        line_height: Some(look.line),
        color,
        ..Default::default()
    };
    let mut done = 0;
    for mark in marks(around, words) {
        job.append(&around[done..mark.start], 0.0, format(look.face, look.ink));
        job.append(&around[mark.clone()], 0.0, format(Face::SemiBold, Tokens::of(ui).text));
        done = mark.end;
    }
    job.append(&around[done..], 0.0, format(look.face, look.ink));
    job.wrap.max_width = rect.width() - 2.0 * space::SMALL;
    job.wrap.max_rows = 2;
    let galley = ui.painter().layout_job(job);
    ui.painter().galley(rect.min + vec2(space::SMALL, 21.0), galley, look.ink);
}

/// What a hit is shown by.
pub(super) fn seek_of(hit: &Hit) -> Seek {
    let heading = pages()[hit.place.page].sections[hit.place.section].block;
    if hit.block == heading { Seek::Heading(heading) } else { Seek::Word(hit.block) }
}
