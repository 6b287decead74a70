//! Names on the sheet: the way of writing one in which all of it can be read, and its text in that way.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    rc::Rc,
    sync::Arc,
};

use egui::{Color32, FontId, Galley, Painter, Vec2};

use super::pen::{Pen, readable};
use crate::{
    text::names::{self, Around, Place, Setting, Words},
    ui::theme::Face,
};

/// Names that are kept measured; with more of them all are measured again.
const MOST_KEPT: usize = 50_000;
/// The size at which letters are measured, in points: large, so that nothing is rounded.
const MEASURED_AT: f32 = 100.0;

/// The names that were measured, and how they are written. How wide letters are beside each other does not hang on the zoom; how a name
/// is written does.
#[derive(Default)]
pub(super) struct Measured {
    known: HashMap<u64, Rc<Words>>,
    /// How large lines of text are.
    lines: HashMap<u64, Vec2>,
    placed: HashMap<u64, Rc<Placed>>,
    /// The zoom of those, and whether that is changing.
    at: (f32, bool),
    /// How many names were placed, in all: what it costs.
    pub work: usize,
}

impl Measured {
    /// A name's words.
    pub(super) fn words(&mut self, painter: &Painter, name: &str) -> Rc<Words> {
        let mut hasher = DefaultHasher::new();
        name.hash(&mut hasher);
        let key = hasher.finish();
        if let Some(known) = self.known.get(&key) {
            return Rc::clone(known);
        }
        if self.known.len() >= MOST_KEPT {
            self.known.clear();
        }
        let words = Rc::new(measured(painter, name));
        self.known.insert(key, Rc::clone(&words));
        words
    }

    /// How large a line of text is, measured only once.
    pub(super) fn line(&mut self, what: (&str, &FontId), measure: impl FnOnce() -> Vec2) -> Vec2 {
        let mut hasher = DefaultHasher::new();
        what.hash(&mut hasher);
        if self.lines.len() >= MOST_KEPT {
            self.lines.clear();
        }
        *self.lines.entry(hasher.finish()).or_insert_with(measure)
    }

    /// The fonts are others: how large lines are is to be measured again.
    pub(super) fn forget_lines(&mut self) {
        self.lines.clear();
    }

    /// How a name is written, if that is known at this zoom.
    pub(super) fn placed(&mut self, key: u64, at: (f32, bool)) -> Option<Rc<Placed>> {
        if self.at != at || self.placed.len() >= MOST_KEPT {
            self.placed.clear();
            self.at = at;
        }
        self.placed.get(&key).cloned()
    }

    /// Keeps how a name is written.
    pub(super) fn keep(&mut self, key: u64, placed: &Rc<Placed>) {
        self.work += 1;
        self.placed.insert(key, Rc::clone(placed));
    }
}

/// Measures a name.
pub(super) fn measured(painter: &Painter, name: &str) -> Words {
    let font = Face::SemiBold.at(MEASURED_AT);
    painter.fonts_mut(|fonts| {
        Words::measured(name, |character| f64::from(fonts.glyph_width(&font, character) / MEASURED_AT))
    })
}

/// How a name is written on its card.
pub(super) struct Placed {
    /// From the card's left edge, in world units.
    pub left: f32,
    /// How wide it may be, in points.
    pub room: f32,
    /// The marks stand below each other, so that a long name has more room.
    pub stacked: bool,
    /// `None` if it could not be read.
    pub name: Option<Chosen>,
}

/// The way in which a name is written.
pub(super) struct Chosen {
    font: FontId,
    rows: usize,
    /// The name, with a line break behind each row if all of it is seen in several.
    text: String,
    whole: bool,
}

impl Chosen {
    /// Whether all of the name is seen.
    pub(super) fn is_whole(&self) -> bool {
        self.whole
    }

    /// Whether it is one row.
    pub(super) fn is_one_row(&self) -> bool {
        self.rows == 1
    }

    /// The text of the name. One that is whole is laid out as it is broken, so that its text hangs on nothing else.
    pub(super) fn lay(&self, pen: &Pen<'_>, ink: Color32, room: f32) -> Arc<Galley> {
        let (font, room) = (self.font.clone(), if self.whole { f32::INFINITY } else { room });
        if self.rows == 1 {
            pen.line(&self.text, font, ink, room)
        } else {
            pen.paragraph(&self.text, font, ink, (room, self.rows))
        }
    }
}

/// Chooses how a name is written on a card that has this around it: in the first of some ways in which all of it is seen, beside all
/// marks if it is the first of all.
pub(super) fn place(pen: &Pen<'_>, name: &str, around: Around, ways: &'static [Setting]) -> Rc<Placed> {
    let mut hasher = DefaultHasher::new();
    let Around { service, width, icon, marks } = around;
    (name, service, width.to_bits(), icon, marks, ways.as_ptr() as usize).hash(&mut hasher);
    pen.kept_name(hasher.finish(), || {
        let words = pen.words(name);
        let points = |room_world: f64| room_world as f32 * pen.zoom;
        let whole = |room_world: f64| {
            choose(pen, (name, &words), &ways[..1], points(room_world)).is_some_and(|name| name.is_whole())
        };
        let Place { left, room, stacked } = names::place(around, whole);
        let name = choose(pen, (name, &words), ways, points(room));
        Placed { left: left as f32, room: points(room), stacked, name }
    })
}

/// The first of these ways in which all of a name is seen in a room so many points wide; else the last one, cut. `None` if it could not
/// be read in any.
fn choose(pen: &Pen<'_>, (name, words): (&str, &Words), settings: &[Setting], room: f32) -> Option<Chosen> {
    let mut last = None;
    for setting in settings {
        let Some(font) = pen.font(Face::SemiBold, setting.size as f32) else { continue };
        // The same whether the view is being zoomed or at rest: sizes are round only at rest.
        let exact = setting.size as f32 * pen.zoom;
        let size = exact.max(readable(exact).unwrap_or(exact));
        let at = f64::from(room / size);
        if let Some(rows) = words.rows(at).filter(|rows| *rows <= setting.rows) {
            let text = if rows <= 1 { name.to_owned() } else { words.broken(name, at) };
            return Some(Chosen { font, rows: rows.max(1), text, whole: true });
        }
        last = Some(Chosen { font, rows: setting.rows, text: String::new(), whole: false });
    }
    last.map(|last| Chosen { text: name.to_owned(), ..last })
}
