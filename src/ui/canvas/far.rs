//! The sheet from far away, with so much in view that nobody can read it: one mesh of plain rectangles instead of a shape for
//! each thing. What is selected, pointed at or found fault with can still be told.

use std::{cell::RefCell, sync::Arc};

use egui::{Color32, Mesh, Pos2, Rect, Shape, pos2, vec2};

use super::{
    card::{self, Emphasis},
    convert::{to_pos, to_rect},
    links, marks,
    pen::Pen,
    scene::{Card, Link},
};
use crate::{
    assess::Severity,
    geometry::camera::Camera,
    palette::Tone,
    playbook::Playbook,
    project::FrameworkId,
    ui::theme::{Face, Pair},
};

/// So many things of a kind in view have shapes of their own; more are one mesh.
pub(super) const MOST_SHAPES: usize = 900;
/// Names shorter than this have no bar, in points.
const LEAST_NAME: f32 = 12.0;

/// Cards lower than this have no border of their own, in points.
const LEAST_BORDERED: f32 = 5.0;
/// Pieces of a line shorter than this are left out, in points.
const LEAST_PIECE: f32 = 0.75;

/// The meshes of the last frame: their room is used again, since megabytes that come and go in every frame cost more than what
/// is written into them.
#[derive(Default)]
pub(super) struct Meshes(RefCell<[Arc<Mesh>; 3]>);

/// Which of them.
#[derive(Clone, Copy)]
enum Layer {
    Grounds,
    Connections,
    Cards,
}

impl Meshes {
    /// An empty mesh, with the room of the last one if nobody paints that any more.
    fn take(&self, layer: Layer) -> Mesh {
        let mut mesh = Arc::try_unwrap(std::mem::take(&mut self.0.borrow_mut()[layer as usize])).unwrap_or_default();
        mesh.clear();
        mesh
    }

    fn paint(&self, layer: Layer, mesh: Mesh, pen: &mut Pen<'_>) {
        let mesh = Arc::new(mesh);
        if !mesh.is_empty() {
            pen.add_apart(Shape::Mesh(Arc::clone(&mesh)), layer as u8);
        }
        self.0.borrow_mut()[layer as usize] = mesh;
    }
}

/// Rectangles on whole pixels, in one mesh.
struct Quads {
    mesh: Mesh,
    pixels_per_point: f32,
}

impl Quads {
    fn new(pen: &Pen<'_>, meshes: &Meshes, layer: Layer) -> Self {
        Self { mesh: meshes.take(layer), pixels_per_point: pen.pixels_per_point() }
    }

    fn pixel(&self, points: f32) -> f32 {
        (points * self.pixels_per_point).floor() / self.pixels_per_point
    }

    /// A width of so many points in whole pixels, at least one.
    fn width(&self, points: f32) -> f32 {
        (points * self.pixels_per_point).round().max(1.0) / self.pixels_per_point
    }

    pub(super) fn rect(&mut self, rect: Rect, colour: Color32) {
        let min = pos2(self.pixel(rect.left()), self.pixel(rect.top()));
        let size = vec2(self.width(rect.width()), self.width(rect.height()));
        self.mesh.add_colored_rect(Rect::from_min_size(min, size), colour);
    }

    /// A line along an axis sharp on whole pixels, any other one as it comes.
    pub(super) fn line(&mut self, from: Pos2, to: Pos2, width: f32, colour: Color32) {
        let along = to - from;
        if along.x.abs() < 0.01 || along.y.abs() < 0.01 {
            let line = Rect::from_two_pos(from, to);
            let width = self.width(width);
            self.rect(Rect::from_min_max(line.min, line.max + vec2(width, width)), colour);
            return;
        }
        let side = along.normalized().rot90() * width / 2.0;
        let first = self.mesh.vertices.len() as u32;
        for corner in [from + side, to + side, to - side, from - side] {
            self.mesh.colored_vertex(corner, colour);
        }
        self.mesh.add_triangle(first, first + 1, first + 2);
        self.mesh.add_triangle(first, first + 2, first + 3);
    }
}

/// The grounds of frameworks, without round corners and outlines.
pub(super) fn grounds(pen: &mut Pen<'_>, meshes: &Meshes, rects: impl Iterator<Item = (Rect, Color32)>) {
    let mut quads = Quads::new(pen, meshes, Layer::Grounds);
    rects.for_each(|(rect, colour)| quads.rect(rect, colour));
    meshes.paint(Layer::Grounds, quads.mesh, pen);
}

/// Connections as hairlines; the flag says whether the person is at one.
pub(super) fn connections<'a>(
    pen: &mut Pen<'_>,
    camera: &Camera,
    meshes: &Meshes,
    lines: impl Iterator<Item = (&'a Link, links::Look, bool)>,
) {
    let mut quads = Quads::new(pen, meshes, Layer::Connections);
    for (link, look, attended) in lines {
        let width = if attended { 2.0 } else { 1.0 };
        let mut from: Option<Pos2> = None;
        for corner in link.points.iter() {
            let to = to_pos(camera.screen_from_world(*corner));
            if let Some(from) = from {
                let along = to - from;
                if along.x.abs() < LEAST_PIECE && along.y.abs() < LEAST_PIECE {
                    continue;
                }
                quads.line(from, to, width, look.colour);
            }
            from = Some(to);
        }
        if let (Some(tip), true) = (from, pen.zoom >= links::PLAIN_ZOOM) {
            quads.rect(Rect::from_center_size(tip, vec2(4.0, 4.0)), look.colour);
        }
        if let Some(sign) = link.sign.as_ref().filter(|sign| sign.severity < Severity::Hint) {
            let middle = to_pos(camera.screen_from_world(link.middle_world));
            let side = if pen.zoom >= links::PLAIN_ZOOM { 5.0 } else { 3.0 };
            let (_, colour) = marks::sign(pen.tokens, sign.severity);
            quads.rect(Rect::from_center_size(middle, vec2(side, side)), colour);
        }
    }
    meshes.paint(Layer::Connections, quads.mesh, pen);
}

/// Cards as boxes with a bar for a name, or the name while it can be read; the flag says whether a proposal puts one off.
pub(super) fn cards<'a>(
    pen: &mut Pen<'_>,
    camera: &Camera,
    (meshes, playbook): (&Meshes, &Playbook),
    cards: impl Iterator<Item = (&'a Card, Emphasis, bool)>,
) {
    let mut quads = Quads::new(pen, meshes, Layer::Cards);
    let mut colours = Colours { playbook, known: Vec::new() };
    let mut named = Vec::new();
    for (card, emphasis, proposed) in cards {
        let rect = to_rect(camera.rect_screen(card.rect_world));
        let [ink, fill, border] = colours.of(pen, card, proposed);
        if emphasis.chosen || proposed {
            quads.rect(rect.expand(2.0), pen.tokens.accent.ink);
        } else if emphasis.hovered || emphasis.focused {
            quads.rect(rect.expand(1.0), pen.tokens.text);
        }
        quads.rect(rect, border);
        if rect.height() >= LEAST_BORDERED {
            quads.rect(rect.shrink(1.0), fill);
        }
        name(pen, &mut quads, card, (rect, ink), &mut named);
        if let Some(sign) = card.sign.as_ref().filter(|sign| sign.severity < Severity::Hint) {
            let (_, colour) = marks::sign(pen.tokens, sign.severity);
            quads.rect(Rect::from_center_size(rect.right_top(), vec2(3.0, 3.0)), colour);
        }
    }
    meshes.paint(Layer::Cards, quads.mesh, pen);
    for (card, rect, ink) in named {
        card::far_name(pen, card, rect, ink);
    }
}

fn name<'a>(
    pen: &Pen<'_>,
    quads: &mut Quads,
    card: &'a Card,
    (rect, ink): (Rect, Color32),
    named: &mut Vec<(&'a Card, Rect, Color32)>,
) {
    if rect.width() < LEAST_NAME {
        return;
    }
    let size_world = card::far_name_size(card);
    if pen.font(Face::SemiBold, size_world).is_some() {
        named.push((card, rect, ink));
        return;
    }
    let inside = 4.0_f32.min(rect.width() * 0.1);
    let height = (size_world * pen.zoom * 0.6).max(1.0);
    let bar = vec2((rect.width() - 2.0 * inside) * 0.7, height);
    let left_top = pos2(rect.left() + inside, rect.center().y - height / 2.0);
    quads.rect(Rect::from_min_size(left_top, bar), ink.gamma_multiply(0.6));
}

/// The colours of frameworks, looked up once a frame.
struct Colours<'a> {
    playbook: &'a Playbook,
    known: Vec<(FrameworkId, Pair)>,
}

impl Colours<'_> {
    /// Ink, fill and border of a card.
    fn of(&mut self, pen: &Pen<'_>, card: &Card, proposed: bool) -> [Color32; 3] {
        let tokens = pen.tokens;
        if proposed {
            return [tokens.muted, tokens.canvas, tokens.accent.ink];
        }
        if card.later {
            let line = tokens.paint(&Tone::Later).strong;
            return [tokens.muted, tokens.canvas, line];
        }
        if let Some(mark) = &card.mark {
            let paint = tokens.paint(&mark.tone);
            return [paint.ink, paint.fill, paint.strong];
        }
        let pair = card.advice.as_ref().and_then(|advice| self.framework(pen, &advice.framework));
        pair.map_or([tokens.text, tokens.card, tokens.line_strong], |pair| [tokens.text, pair.surface, pair.ink])
    }

    fn framework(&mut self, pen: &Pen<'_>, id: &FrameworkId) -> Option<Pair> {
        if let Some((_, pair)) = self.known.iter().find(|(known, _)| known == id) {
            return Some(*pair);
        }
        let pair = pen.tokens.framework(&self.playbook.frameworks.get(id)?.colour);
        self.known.push((id.clone(), pair));
        Some(pair)
    }
}
