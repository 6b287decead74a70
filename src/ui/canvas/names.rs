//! Names on the sheet: the way of writing one in which all of it can be read, and its text in that way.

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash as _, Hasher as _},
    rc::Rc,
    sync::Arc,
};

use egui::{Color32, FontId, Galley, Painter};

use super::pen::{Pen, readable};
use crate::{
    text::names::{Setting, Words},
    ui::theme::Face,
};

/// Names that are kept measured; with more of them all are measured again.
const MOST_KEPT: usize = 50_000;
/// The size at which letters are measured, in points: large, so that nothing is rounded.
const MEASURED_AT: f32 = 100.0;

/// The names that were measured. How wide letters are beside each other does not hang on the zoom.
#[derive(Default)]
pub(super) struct Measured {
    known: HashMap<u64, Rc<Words>>,
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
}

/// Measures a name.
pub(super) fn measured(painter: &Painter, name: &str) -> Words {
    let font = Face::SemiBold.at(MEASURED_AT);
    painter.fonts_mut(|fonts| {
        Words::measured(name, |character| f64::from(fonts.glyph_width(&font, character) / MEASURED_AT))
    })
}

/// How a name is written.
pub(super) struct Chosen {
    font: FontId,
    rows: usize,
    /// A row may be so many sizes of its letters wide, if the name is broken into rows by that.
    broken_at: Option<f64>,
}

impl Chosen {
    /// Whether all of the name is seen.
    pub(super) fn is_whole(&self) -> bool {
        self.broken_at.is_some()
    }

    /// Whether it is one row.
    pub(super) fn is_one_row(&self) -> bool {
        self.rows == 1
    }

    /// The text of the name. One that is whole is laid out as it is broken, so that its text hangs on nothing else.
    pub(super) fn lay(&self, pen: &Pen<'_>, (name, words): (&str, &Words), ink: Color32, room: f32) -> Arc<Galley> {
        let font = self.font.clone();
        match self.broken_at {
            Some(_) if self.rows == 1 => pen.line(name, font, ink, f32::INFINITY),
            Some(at) => pen.paragraph(&words.broken(name, at), font, ink, (f32::INFINITY, self.rows)),
            None if self.rows == 1 => pen.line(name, font, ink, room),
            None => pen.paragraph(name, font, ink, (room, self.rows)),
        }
    }
}

/// The first of these ways in which all of a name is seen in a room so many points wide; else the last one, cut. `None` if it could not
/// be read in any.
pub(super) fn choose(pen: &Pen<'_>, words: &Words, settings: &[Setting], room: f32) -> Option<Chosen> {
    let mut last = None;
    for setting in settings {
        let Some(font) = pen.font(Face::SemiBold, setting.size as f32) else { continue };
        // The same whether the view is being zoomed or at rest: sizes are round only at rest.
        let exact = setting.size as f32 * pen.zoom;
        let size = exact.max(readable(exact).unwrap_or(exact));
        let at = f64::from(room / size);
        if let Some(rows) = words.rows(at).filter(|rows| *rows <= setting.rows) {
            return Some(Chosen { font, rows: rows.max(1), broken_at: Some(at) });
        }
        last = Some(Chosen { font, rows: setting.rows, broken_at: None });
    }
    last
}
