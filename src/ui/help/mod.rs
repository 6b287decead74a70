//! The help: the documents of `docs/` in a window of its own, which stands beside the drawing and stops nobody from going on.

mod contents;
mod keys;
mod pages;
mod read;
mod reader;
mod runs;
mod search;

use egui::{
    Align, Context, Id, Layout, OpenUrl, Rect, TextEdit, Ui, UiBuilder, Window, pos2,
    text::{CCursor, CCursorRange},
    vec2,
};

use self::{
    contents::{contents_ui, hits_ui, seek_of, stop_id},
    pages::{Place, Target, pages},
    reader::{reader_id, reader_ui},
    search::Hit,
};
use super::{
    icons,
    theme::{Face, Tokens, size, space, text},
    widgets::{hairline, icon_button, search_field},
};
use crate::lang::t;

/// Width of the contents, and from which width on they stand beside the text and not above it.
const CONTENTS: f32 = 208.0;
const BESIDE_FROM: f32 = 520.0;
/// In a low window, as one at 200 % is, there is no room above the text: they are slimmer then, as a share of the width.
const LOW: f32 = 280.0;
const LOW_BESIDE_FROM: f32 = 400.0;
const SLIM: f32 = 0.36;
/// How many frames it takes until a text stands where it was led.
const SETTLING: u8 = 3;
/// Least size of the window.
const LEAST: egui::Vec2 = vec2(360.0, 240.0);

/// What the next frame is to show.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Seek {
    /// The heading that is this block.
    Heading(usize),
    /// The first word that is looked for in this block.
    Word(usize),
}

/// What the next frame is to do.
#[derive(Clone, Debug, Default)]
struct Wants {
    /// The part that the keyboard goes to; to the search, behind what stands there.
    keyboard: Option<Part>,
    seek: Option<Seek>,
    /// How far the text is scrolled.
    offset: Option<f32>,
    /// By how much it is scrolled further.
    scroll: f32,
    /// The chosen hit is to be seen.
    see_hit: bool,
}

impl Wants {
    /// Whether the keyboard is to go to this part, once.
    fn takes(&mut self, part: Part) -> bool {
        self.keyboard.take_if(|wanted| *wanted == part).is_some()
    }
}

/// Which part of the help has the keyboard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Part {
    /// None of it.
    #[default]
    Elsewhere,
    Search,
    Contents,
    /// The text.
    Reader,
    /// A link in the text.
    Link,
    /// A button.
    Button,
}

/// Where somebody was.
#[derive(Clone, Copy, Debug)]
struct Visit {
    page: usize,
    section: usize,
    offset: f32,
}

/// What the help remembers while the program runs, whether it is shown or not.
#[derive(Clone, Debug, Default)]
pub struct HelpState {
    open: bool,
    page: usize,
    /// The section at the upper edge of the text.
    section: usize,
    /// How far the text was scrolled when that was told, by where its first line stands.
    section_at: f32,
    /// For so many frames more the text is on its way to where it was led, and its section is known.
    settling: u8,
    /// How far the text is scrolled.
    offset: f32,
    page_height: f32,
    back: Vec<Visit>,
    forward: Vec<Visit>,
    query: String,
    /// The query that the hits are of.
    found: String,
    hits: Vec<Hit>,
    chosen: usize,
    /// The row of the contents that the arrows have come to, if they have left the one of the text.
    row: Option<Place>,
    /// The row that the contents were scrolled to.
    contents_at: Option<Place>,
    has_keyboard: Part,
    /// A link of the text had the keyboard in this frame.
    link_has_keyboard: bool,
    wants: Wants,
}

impl HelpState {
    /// Opens the help where it was left, or closes it; one that is open without the keyboard gets it.
    pub fn toggle(&mut self) {
        if self.open && self.has_keyboard != Part::Elsewhere {
            self.close();
        } else {
            self.open = true;
            self.wants.keyboard = Some(Part::Reader);
        }
    }

    /// Opens the help at a place: a page, or a page and a section like `guide#capacity`. One that there is not is where it was left.
    pub fn show(&mut self, name: &str) {
        self.open = true;
        self.query.clear();
        self.wants.keyboard = Some(Part::Reader);
        if let Some(place) = pages::place(name) {
            self.go(place);
        }
    }

    /// Whether there is such a place to open the help at.
    pub fn has(name: &str) -> bool {
        pages::place(name).is_some()
    }

    /// Whether it is shown.
    pub fn is_open(&self) -> bool {
        self.open
    }

    fn close(&mut self) {
        self.open = false;
        self.has_keyboard = Part::Elsewhere;
        self.row = None;
    }

    fn here(&self) -> Visit {
        Visit { page: self.page, section: self.section, offset: self.offset }
    }

    /// Leads to a section, with a way back.
    fn go(&mut self, place: Place) {
        self.leave();
        self.arrive(place);
        self.wants.seek = Some(Seek::Heading(pages()[place.page].sections[place.section].block));
    }

    /// Remembers where one was.
    fn leave(&mut self) {
        self.back.push(self.here());
        self.forward.clear();
    }

    fn arrive(&mut self, place: Place) {
        (self.page, self.section, self.row) = (place.page, place.section, None);
        self.settling = SETTLING;
    }

    /// Goes back to where one was before, or forward again.
    fn turn(&mut self, back: bool) {
        let from = if back { self.back.pop() } else { self.forward.pop() };
        let Some(visit) = from else { return };
        let here = self.here();
        if back {
            self.forward.push(here);
        } else {
            self.back.push(here);
        }
        self.arrive(Place { page: visit.page, section: visit.section });
        self.wants.offset = Some(visit.offset);
        self.wants.keyboard = Some(Part::Reader);
    }

    /// Shows a hit beside the others.
    fn choose(&mut self, number: usize) {
        let Some(hit) = self.hits.get(number) else { return };
        let (place, seek) = (hit.place, seek_of(hit));
        self.chosen = number;
        self.arrive(place);
        (self.wants.seek, self.wants.see_hit) = (Some(seek), true);
    }

    /// Looks for what was typed; the first hit is shown at once.
    fn search(&mut self) {
        if self.query == self.found {
            return;
        }
        if self.found.is_empty() {
            self.leave();
        }
        self.found.clone_from(&self.query);
        self.hits = search::find(&self.query);
        self.choose(0);
    }

    fn follow(&mut self, ctx: &Context, target: Target) {
        match target {
            Target::Place(place) => {
                self.go(place);
                self.wants.keyboard = Some(Part::Reader);
            }
            Target::Web(address) => ctx.open_url(OpenUrl::new_tab(address)),
            Target::Source(file) => ctx.copy_text(file),
        }
    }

    /// Shows the window if it is open; says whether it was closed in this frame, by pointer or by key.
    pub fn ui(&mut self, ctx: &Context) -> bool {
        if !self.open {
            return false;
        }
        let frame = egui::Frame::window(&ctx.global_style()).inner_margin(0.0);
        let mut closed = false;
        let room = ctx.content_rect().shrink2(vec2(4.0, 4.0));
        let mut search = None;
        let shown = Window::new(t("Groundplan help"))
            .id(Id::unique("help"))
            .title_bar(false)
            .frame(frame)
            .default_rect(first_place(ctx))
            .min_size(LEAST.min(room.size()))
            .constrain_to(room)
            .resizable(true)
            .show(ctx, |ui| {
                ui.spacing_mut().item_spacing = vec2(space::TINY, 0.0);
                closed = self.head_ui(ui, &mut search);
                hairline(ui);
                self.parts_ui(ui);
            });
        let layer = shown.map(|shown| shown.response.layer_id);
        self.note_keyboard(ctx, layer, search);
        if closed {
            self.close();
        }
        closed
    }

    /// Title, ways back and forth, search, the way out. Gives whether it was taken.
    fn head_ui(&mut self, ui: &mut Ui, search: &mut Option<Id>) -> bool {
        let height = 44.0;
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), egui::Sense::hover());
        let place = UiBuilder::new().max_rect(rect.shrink2(vec2(space::SMALL, 0.0)));
        let mut ui = ui.new_child(place.layout(Layout::left_to_right(Align::Center)));
        for (back, glyph, name) in [(true, icons::ARROW_LEFT, t("Back")), (false, icons::ARROW_RIGHT, t("Forward"))] {
            let can = !if back { &self.back } else { &self.forward }.is_empty();
            let turned = ui.add_enabled_ui(can, |ui| icon_button(ui, glyph, name).clicked()).inner;
            if turned {
                self.query.clear();
                self.turn(back);
            }
        }
        ui.add_space(space::TINY);
        if rect.width() > 500.0 {
            ui.label(text(t("Groundplan help"), Face::SemiBold, 14.0));
        }
        let width = (rect.width() - 250.0).clamp(120.0, 320.0);
        let left = rect.right() - space::SMALL - 28.0 - width;
        let place = Rect::from_min_max(pos2(left, rect.top()), pos2(left + width, rect.bottom()));
        let field = ui
            .new_child(UiBuilder::new().id_salt("search").max_rect(place))
            .scope(|ui| search_field(ui, &mut self.query, t("Search the help...")));
        let field = field.inner;
        if self.wants.takes(Part::Search) {
            field.request_focus();
            let mut state = TextEdit::load_state(ui.ctx(), field.id).unwrap_or_default();
            state.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(self.query.chars().count()))));
            state.store(ui.ctx(), field.id);
        }
        *search = Some(field.id);
        self.search();
        let place = Rect::from_min_max(pos2(rect.right() - 32.0, rect.top()), rect.max);
        let mut end = ui.new_child(UiBuilder::new().max_rect(place).layout(Layout::left_to_right(Align::Center)));
        icon_button(&mut end, icons::X, t("Close help")).clicked()
    }

    /// Contents and text, beside each other where there is room.
    fn parts_ui(&mut self, ui: &mut Ui) {
        let all = ui.available_rect_before_wrap();
        let roomy = all.width() >= BESIDE_FROM;
        let beside = roomy || all.width() >= LOW_BESIDE_FROM && all.height() < LOW;
        let contents = if roomy { CONTENTS } else { (all.width() * SLIM).round() };
        let first =
            if beside { vec2(contents, all.height()) } else { vec2(all.width(), (all.height() * 0.3).min(150.0)) };
        let first = Rect::from_min_size(all.min, first);
        let second = if beside { pos2(first.right() + 1.0, all.top()) } else { pos2(all.left(), first.bottom() + 1.0) };
        let second = Rect::from_min_max(second, all.max);
        let line = egui::Stroke::new(1.0, Tokens::of(ui).line);
        if beside {
            ui.painter().vline(first.right() + 0.5, all.y_range(), line);
        } else {
            ui.painter().hline(all.x_range(), first.bottom() + 0.5, line);
        }
        let place = UiBuilder::new().id_salt("list").max_rect(first.shrink2(vec2(space::SMALL, 0.0)));
        let mut list = ui.new_child(place);
        list.shrink_clip_rect(first);
        self.list_ui(&mut list);
        let mut text = ui.new_child(UiBuilder::new().id_salt("text").max_rect(second));
        text.shrink_clip_rect(second);
        if let Some(target) = reader_ui(&mut text, self) {
            self.follow(ui.ctx(), target);
            ui.ctx().request_repaint();
        }
        ui.advance_cursor_after_rect(all);
    }

    fn list_ui(&mut self, ui: &mut Ui) {
        if self.query.trim().is_empty() {
            if let Some(place) = contents_ui(ui, self) {
                self.go(place);
                self.wants.keyboard = Some(Part::Reader);
                ui.ctx().request_repaint();
            }
        } else if let Some(number) = hits_ui(ui, self) {
            self.choose(number);
            self.wants.keyboard = Some(Part::Reader);
            ui.ctx().request_repaint();
        }
    }

    /// Notes who has the keyboard by now; who clicks into the window gets it there.
    fn note_keyboard(&mut self, ctx: &Context, layer: Option<egui::LayerId>, search: Option<Id>) {
        let focused = ctx.memory(egui::Memory::focused);
        let inside = |id: Id| ctx.read_response(id).map(|response| response.layer_id) == layer;
        self.has_keyboard = match focused {
            Some(id) if Some(id) == search => Part::Search,
            Some(id) if id == stop_id() => Part::Contents,
            Some(id) if id == reader_id() => Part::Reader,
            Some(_) if self.link_has_keyboard => Part::Link,
            Some(id) if layer.is_some() && inside(id) => Part::Button,
            _ => Part::Elsewhere,
        };
        let pressed = ctx.input(|input| if input.pointer.any_pressed() { input.pointer.interact_pos() } else { None });
        let pressed_inside = layer.is_some() && pressed.is_some_and(|at| ctx.layer_id_at(at) == layer);
        if focused.is_none() && pressed_inside {
            self.wants.keyboard = Some(Part::Reader);
            ctx.request_repaint();
        }
    }
}

/// What a place is called: page and section.
fn name_of(place: Place) -> String {
    let page = &pages()[place.page];
    match place.section {
        0 => page.title().to_owned(),
        section => format!("{}, {}", page.sections[section].title, page.short_title()),
    }
}

/// Where the window stands at first: at the right, over the inspector, so that the drawing is seen beside it.
fn first_place(ctx: &Context) -> Rect {
    let room = ctx.content_rect();
    let width = (room.width() * 0.5).clamp(600.0, 960.0).min(room.width() - 16.0);
    let right = room.right() - 12.0;
    Rect::from_min_max(
        pos2(right - width, room.top() + size::TOP_BAR + 8.0),
        pos2(right, room.bottom() - size::STATUS - 8.0),
    )
}
