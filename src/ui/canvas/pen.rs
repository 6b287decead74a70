//! Painting helpers: text at its final size, pills, dashes, all collected into one list of shapes.

use std::{cell::RefCell, rc::Rc, sync::Arc};

use egui::{Color32, FontId, Galley, Painter, Pos2, Rect, Shape, Stroke, Vec2, pos2, vec2};

use super::{
    names,
    texts::{Texts, Wanted},
};
use crate::{
    text::names::Words,
    ui::theme::{Face, Tokens},
};

/// Length of a dash, and of what is left between two, in points.
const DASH: f32 = 4.0;
const GAP: f32 = 3.0;

/// Text smaller than this is not readable: a bar is painted instead.
pub(super) const LEAST_TEXT: f32 = 5.0;

/// Collects what is painted in one frame.
pub(super) struct Pen<'a> {
    painter: &'a Painter,
    pub tokens: &'static Tokens,
    /// Screen points per world unit.
    pub zoom: f32,
    /// The texts that are laid out already; without them each is laid out at once.
    texts: Option<&'a RefCell<Texts>>,
    /// The view is being zoomed: sizes of text need not be round.
    zooming: bool,
    shapes: Vec<Shape>,
}

impl<'a> Pen<'a> {
    pub(super) fn new(painter: &'a Painter, tokens: &'static Tokens, zoom: f64) -> Self {
        Self { painter, tokens, zoom: zoom as f32, texts: None, zooming: false, shapes: Vec::with_capacity(256) }
    }

    /// With the texts that are laid out already.
    pub(super) fn with_texts(self, texts: &'a RefCell<Texts>) -> Self {
        let zooming = texts.borrow().is_zooming();
        Self { texts: Some(texts), zooming, ..self }
    }

    /// Pixels of the screen in a point.
    pub(super) fn pixels_per_point(&self) -> f32 {
        self.painter.pixels_per_point()
    }

    /// Where painting is visible.
    pub(super) fn clip(&self) -> Rect {
        self.painter.clip_rect()
    }

    pub(super) fn add(&mut self, shape: impl Into<Shape>) {
        self.shapes.push(shape.into());
    }

    /// Adds a shape that is painted by itself: put together with others, a mesh of megabytes would grow by being copied over and over.
    /// The toolkit puts together what is clipped alike, so it is clipped a hair closer, by another hair for each `number`.
    pub(super) fn add_apart(&mut self, shape: Shape, number: u8) {
        self.painter.extend(std::mem::take(&mut self.shapes));
        let hair = 0.01 * (f32::from(number) + 1.0);
        self.painter.with_clip_rect(self.clip().shrink(hair)).add(shape);
    }

    /// Hands everything to the painter.
    pub(super) fn finish(self) {
        self.painter.extend(self.shapes);
    }

    /// The font for a size in world units, in steps of half a point so that a slow zoom does not fill the glyph atlas;
    /// `None` if it could not be read.
    pub(super) fn font(&self, face: Face, size_world: f32) -> Option<FontId> {
        let size = size_world * self.zoom;
        let round = readable(size)?;
        Some(face.at(if self.zooming { size } else { round }))
    }

    /// How high a row of text is, in points.
    pub(super) fn row_height(&self, font: &FontId) -> f32 {
        // Of a round size: one that is not would be known to the toolkit for this frame alone.
        let round = FontId::new((font.size * 2.0).round().max(1.0) / 2.0, font.family.clone());
        self.painter.fonts_mut(|fonts| fonts.row_height(&round)) * font.size / round.size
    }

    /// How large a line of text of a size in world units is about, in world units: the same at any zoom, and nothing is laid out.
    pub(super) fn measure(&self, text: &str, face: Face, size_world: f32) -> Vec2 {
        let font = face.at(size_world);
        let measured = || {
            self.painter.fonts_mut(|fonts| {
                let width: f32 = text.chars().map(|character| fonts.glyph_width(&font, character)).sum();
                vec2(width, fonts.row_height(&font))
            })
        };
        match self.texts {
            Some(texts) => texts.borrow_mut().measured.line((text, &font), measured),
            None => measured(),
        }
    }

    /// A line of text no wider than `room` points, cut with an ellipsis.
    pub(super) fn line(&self, text: &str, font: FontId, colour: Color32, room: f32) -> Arc<Galley> {
        self.lay(&Wanted { text, font, colour, room, rows: None })
    }

    /// A paragraph no wider than `room` points and no longer than `max_rows`.
    pub(super) fn paragraph(
        &self,
        text: &str,
        font: FontId,
        colour: Color32,
        (room, max_rows): (f32, usize),
    ) -> Arc<Galley> {
        self.lay(&Wanted { text, font, colour, room, rows: Some(max_rows) })
    }

    /// The words of a name, measured.
    pub(super) fn words(&self, name: &str) -> Rc<Words> {
        match self.texts {
            Some(texts) => texts.borrow_mut().measured.words(self.painter, name),
            None => Rc::new(names::measured(self.painter, name)),
        }
    }

    /// How a name is written, made only if it is not known for this zoom.
    pub(super) fn kept_name(&self, key: u64, make: impl FnOnce() -> names::Placed) -> Rc<names::Placed> {
        let Some(texts) = self.texts else { return Rc::new(make()) };
        let known = texts.borrow_mut().measured.placed(key, (self.zoom, self.zooming));
        known.unwrap_or_else(|| {
            let placed = Rc::new(make());
            texts.borrow_mut().measured.keep(key, &placed);
            placed
        })
    }

    fn lay(&self, wanted: &Wanted<'_>) -> Arc<Galley> {
        match self.texts {
            Some(texts) => texts.borrow_mut().lay(self.painter, wanted),
            None => wanted.laid_out(self.painter),
        }
    }

    /// Puts text with its left edge and the middle of its height at a place.
    pub(super) fn put(&mut self, galley: Arc<Galley>, left_middle: Pos2) {
        let pos = left_middle - vec2(0.0, galley.size().y / 2.0);
        self.add(Shape::galley(pos, galley, Color32::PLACEHOLDER));
    }

    /// Puts text in the middle of a place.
    pub(super) fn put_centred(&mut self, galley: Arc<Galley>, middle: Pos2) {
        let left = middle.x - galley.size().x / 2.0;
        self.put(galley, pos2(left, middle.y));
    }

    /// An icon in the middle of a place.
    pub(super) fn icon(&mut self, glyph: char, size_world: f32, colour: Color32, middle: Pos2) {
        if let Some(font) = self.font(Face::Icons, size_world) {
            let galley = self.line(glyph.encode_utf8(&mut [0; 4]), font, colour, f32::INFINITY);
            self.put_centred(galley, middle);
        }
    }

    /// A bar where text would be too small to read.
    pub(super) fn bar(&mut self, left_middle: Pos2, size: Vec2, colour: Color32) {
        let rect = Rect::from_min_size(left_middle - vec2(0.0, size.y / 2.0), size);
        self.add(Shape::rect_filled(rect, (size.y / 2.0).min(4.0), colour));
    }

    /// A dashed line through some points. Only what is visible is painted, as of a dashed frame.
    pub(super) fn dashed_line(&mut self, points: &[Pos2], stroke: Stroke) {
        let clip = self.clip().expand(DASH);
        let mut walked = 0.0;
        for ends in points.windows(2) {
            let (along, start) = (ends[1] - ends[0], walked);
            let length = along.length();
            walked += length;
            if length <= 0.0 || !Rect::from_two_pos(ends[0], ends[1]).expand(1.0).intersects(clip) {
                continue;
            }
            let direction = along / length;
            // Dashes go on around corners: they are counted from the beginning of the whole line.
            let mut at = (start / (DASH + GAP)).floor() * (DASH + GAP);
            while at < walked {
                let (from, to) = ((at - start).max(0.0), (at + DASH - start).min(length));
                if from < to && clip.contains(ends[0] + direction * from) {
                    self.add(Shape::line_segment([ends[0] + direction * from, ends[0] + direction * to], stroke));
                }
                at += DASH + GAP;
            }
        }
    }

    /// A dashed frame with rounded corners. Only what is visible is painted: a frame may be far larger than the window.
    pub(super) fn dashed_frame(&mut self, rect: Rect, radius: f32, stroke: Stroke) {
        let radius = radius.min(rect.width() / 2.0).min(rect.height() / 2.0);
        let clip = self.clip().expand(DASH);
        for [from, to] in sides(rect, radius) {
            let along = to - from;
            let length = along.length();
            if length <= 0.0 || !Rect::from_two_pos(from, to).intersects(clip) {
                continue;
            }
            let direction = along / length;
            // The first dash that can be seen, in step with those before it.
            let entry = enter(from, direction, clip);
            let mut at = (entry / (DASH + GAP)).floor() * (DASH + GAP);
            while at < length {
                let start = from + direction * at;
                if at > entry && !clip.contains(start) {
                    break;
                }
                let end = from + direction * (at + DASH).min(length);
                self.add(Shape::line_segment([start, end], stroke));
                at += DASH + GAP;
            }
        }
        for corner in corners(rect, radius) {
            if clip.contains(corner[0]) || clip.contains(corner[4]) {
                self.add(Shape::line(corner.to_vec(), stroke));
            }
        }
    }
}

/// The size in which text of about this size is written, in points; nothing if it could not be read.
pub(super) fn readable(size: f32) -> Option<f32> {
    let size = (size * 2.0).round() / 2.0;
    (size >= LEAST_TEXT).then_some(size)
}

fn sides(rect: Rect, radius: f32) -> [[Pos2; 2]; 4] {
    let (left, right, top, bottom) = (rect.left(), rect.right(), rect.top(), rect.bottom());
    [
        [pos2(left + radius, top), pos2(right - radius, top)],
        [pos2(left + radius, bottom), pos2(right - radius, bottom)],
        [pos2(left, top + radius), pos2(left, bottom - radius)],
        [pos2(right, top + radius), pos2(right, bottom - radius)],
    ]
}

/// The corners' arcs, a little shorter than a quarter so that they read as dashes.
fn corners(rect: Rect, radius: f32) -> [[Pos2; 5]; 4] {
    let arc = |centre: Pos2, towards: f32| {
        [-0.6_f32, -0.3, 0.0, 0.3, 0.6].map(|turn| centre + radius * Vec2::angled(towards + turn))
    };
    let quarter = std::f32::consts::FRAC_PI_4;
    let inner = rect.shrink(radius);
    [
        arc(inner.left_top(), -3.0 * quarter),
        arc(inner.right_top(), -quarter),
        arc(inner.right_bottom(), quarter),
        arc(inner.left_bottom(), 3.0 * quarter),
    ]
}

/// How far along a line to the right or downwards the visible part begins.
fn enter(from: Pos2, direction: Vec2, clip: Rect) -> f32 {
    let before = clip.min - from;
    (before.x * direction.x + before.y * direction.y).max(0.0)
}
