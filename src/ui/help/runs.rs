//! Spans as one text that can be selected, with links in it that can be followed.

use std::ops::Range;

use egui::{
    Align, Color32, CursorIcon, FontId, Galley, Id, Label, Pos2, Rect, Response, Role, Sense, Stroke, TextFormat, Ui,
    WidgetInfo, text::LayoutJob, text_selection::LabelSelectionState, vec2,
};

use super::{
    pages::{Target, leads},
    read::Span,
    search::marks,
};
use crate::{
    lang::tr,
    ui::theme::{Face, Tokens},
};

/// How running text is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    /// Its weight, where nothing else is said.
    pub face: Face,
    /// Its size.
    pub size: f32,
    /// From line to line.
    pub line: f32,
    /// Its colour.
    pub ink: Color32,
}

/// What is the same for all texts of a page.
pub struct Telling<'a> {
    /// The page.
    pub page: usize,
    /// The words that are looked for.
    pub words: &'a [String],
    /// The next text with one of the words is to be scrolled to.
    pub seeks: bool,
    /// The link that was followed.
    pub followed: Option<Target>,
    /// A link has the keyboard.
    pub focused: bool,
}

/// A link of a text: the characters it is written with.
struct Linked {
    chars: Range<usize>,
    words: String,
    target: Target,
}

impl Telling<'_> {
    /// Shows spans as wide as there is room.
    pub fn ui(&mut self, ui: &mut Ui, spans: &[Span], look: Look) -> Response {
        let (job, links) = self.job(ui, spans, look);
        let (at, galley, response) = Label::new(job).wrap().selectable(true).layout_in_ui(ui);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, galley.text()));
        if self.seeks && spans.iter().any(|span| !marks(&span.text, self.words).is_empty()) {
            self.seeks = false;
            ui.scroll_to_rect_animation(response.rect, Some(Align::Center), egui::style::ScrollAnimation::none());
        }
        if ui.is_rect_visible(response.rect) {
            let ink = look.ink;
            LabelSelectionState::label_text_selection(ui, &response, at, galley.clone(), ink, Stroke::NONE);
        }
        for (number, link) in links.into_iter().enumerate() {
            let id = response.id.with(("link", number));
            let shown = link_ui(ui, id, &link, &places(&galley, at, &link.chars));
            self.focused |= ui.memory(|memory| memory.has_focus(id));
            if shown {
                self.followed = Some(link.target);
            }
        }
        response
    }

    fn job(&self, ui: &Ui, spans: &[Span], look: Look) -> (LayoutJob, Vec<Linked>) {
        let tokens = Tokens::of(ui);
        let (mut job, mut links, mut chars) = (LayoutJob::default(), Vec::new(), 0);
        for span in spans {
            let target = leads(self.page, span);
            let mut format = format_of(tokens, span, look);
            let count = span.text.chars().count();
            if let Some(target) = target {
                format.color = tokens.accent.ink;
                let strength = if tokens.is_high() { 1.0 } else { 0.5 };
                format.underline = Stroke::new(1.0, tokens.accent.ink.gamma_multiply(strength));
                let words = span.text.clone();
                // A link that is written in several ways is one link.
                match links.last_mut() {
                    Some(Linked { chars: before, words: said, target: same })
                        if before.end == chars && *same == target =>
                    {
                        before.end += count;
                        said.push_str(&words);
                    }
                    _ => links.push(Linked { chars: chars..chars + count, words, target }),
                }
            }
            let mut done = 0;
            for mark in marks(&span.text, self.words) {
                job.append(&span.text[done..mark.start], 0.0, format.clone());
                let marked = marked(tokens, format.clone());
                job.append(&span.text[mark.clone()], 0.0, marked);
                done = mark.end;
            }
            job.append(&span.text[done..], 0.0, format);
            chars += count;
        }
        (job, links)
    }
}

/// How wide spans are on one line.
pub fn width_of(ui: &Ui, spans: &[Span], look: Look) -> f32 {
    let tokens = Tokens::of(ui);
    let mut job = LayoutJob::default();
    for span in spans {
        job.append(&span.text, 0.0, format_of(tokens, span, look));
    }
    job.wrap.max_width = f32::INFINITY;
    ui.painter().layout_job(job).size().x
}

/// The font of what is typed beside text of a size.
pub fn code_font(size: f32) -> FontId {
    FontId::monospace(size - 1.0)
}

/// How a word that is looked for is written. With high contrast the other way round: surfaces are close to each other there.
fn marked(tokens: &Tokens, format: TextFormat) -> TextFormat {
    let pair = tokens.sticky;
    let (background, color) = if tokens.is_high() { (pair.ink, pair.surface) } else { (pair.surface, pair.ink) };
    TextFormat { background, color, ..format }
}

fn format_of(tokens: &Tokens, span: &Span, look: Look) -> TextFormat {
    let face = match (span.strong, span.emphasis) {
        (true, _) => Face::SemiBold,
        (_, true) if look.face == Face::Regular => Face::Medium,
        _ => look.face,
    };
    // In a heading it is a name among words.
    let code = span.code && look.face == Face::Regular;
    let font_id = if code { code_font(look.size) } else { face.at(look.size) };
    let background = if code { tokens.sunken } else { Color32::TRANSPARENT };
    TextFormat { font_id, color: look.ink, background, line_height: Some(look.line), ..TextFormat::default() }
}

/// Where some characters of a text stand: a rectangle a line.
fn places(galley: &Galley, at: Pos2, chars: &Range<usize>) -> Vec<Rect> {
    let mut places = Vec::new();
    let mut first = 0;
    for row in &galley.rows {
        let count = row.glyphs.len();
        let (begin, end) = (chars.start.max(first), chars.end.min(first + count));
        if begin < end {
            let (from, to) = (&row.glyphs[begin - first], &row.glyphs[end - first - 1]);
            let left = at + row.pos.to_vec2();
            places.push(Rect::from_min_max(left + vec2(from.pos.x, 0.0), left + vec2(to.max_x(), row.size.y)));
        }
        first += count + usize::from(row.ends_with_newline);
    }
    places
}

/// A link over its painted words; says whether it was followed.
fn link_ui(ui: &Ui, id: Id, link: &Linked, places: &[Rect]) -> bool {
    let tokens = Tokens::of(ui);
    let Some((first, further)) = places.split_first() else { return false };
    let response = ui.interact(*first, id, Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &link.words));
    let mut clicked = response.clicked();
    let mut hovered = response.hovered();
    for (row, place) in further.iter().enumerate() {
        // Neither a stop of Tab nor a name of its own: it is the same link.
        let rest = ui.interact(*place, id.with(row), Sense::CLICK);
        clicked |= rest.clicked();
        hovered |= rest.hovered();
    }
    if response.gained_focus() {
        ui.scroll_to_rect_animation(first.expand(30.0), None, egui::style::ScrollAnimation::none());
    }
    for place in places {
        if hovered {
            ui.painter().hline(place.x_range(), place.bottom() - 2.0, Stroke::new(1.0, tokens.accent.ink));
        }
        if response.has_focus() {
            let line = Stroke::new(1.5, tokens.accent.ink);
            ui.painter().rect_stroke(place.expand2(vec2(2.0, 0.0)), 3, line, egui::StrokeKind::Outside);
        }
    }
    if hovered {
        ui.set_cursor_icon(CursorIcon::PointingHand);
    }
    let leads_to = match &link.target {
        Target::Place(place) => super::name_of(*place),
        Target::Web(address) => tr!("{address}, in the browser", address),
        Target::Source(file) => tr!("{file}, which comes with the program's source. A click copies where it is", file),
    };
    response.on_hover_text(leads_to);
    clicked
}
