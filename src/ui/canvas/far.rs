//! The sheet from far away, with so much in view that nobody can read it: one mesh of plain rectangles instead of a shape for
//! each thing. What is selected, pointed at or found fault with can still be told.

mod bundles;
mod quads;
#[cfg(test)]
mod tests;

use std::{cell::RefCell, rc::Rc, sync::Arc};

use egui::{Color32, Mesh, Pos2, Rect, Shape, vec2};

use self::{
    bundles::{Bundles, Changes, Subject},
    quads::{Quads, joined},
};
use super::{
    card::{self, Emphasis},
    convert::{to_pos, to_rect},
    links, marks,
    pen::Pen,
    scene::{Card, Link, Scene},
};
use crate::{
    assess::Severity,
    geometry::camera::Camera,
    palette::Tone,
    playbook::Playbook,
    project::{ComponentKind, FrameworkId},
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
/// How large the square that marks a finding is, in world units, where that is less than three points.
const SIGN_WORLD: f32 = 30.0;
/// The tiles for which rectangles are kept are no smaller than this, in points.
const LEAST_TILE: f64 = 128.0;

/// What lasts between frames: the rectangles that stayed as they are, and the room of the last meshes, since megabytes that come and
/// go in every frame cost more than what is written into them.
#[derive(Default)]
pub(super) struct Meshes {
    grounds: RefCell<Arc<Mesh>>,
    connections: RefCell<Bundles>,
    cards: RefCell<Bundles>,
}

/// Which of them.
#[derive(Clone, Copy)]
enum Layer {
    Grounds,
    Connections,
    Cards,
}

impl Meshes {
    /// How many bundles of rectangles were made so far.
    pub(super) fn work(&self) -> usize {
        self.connections.borrow().work + self.cards.borrow().work
    }
}

fn paint(pen: &mut Pen<'_>, layer: Layer, mesh: Arc<Mesh>) {
    if !mesh.vertices.is_empty() {
        pen.add_apart(Shape::Mesh(mesh), layer as u8);
    }
}

/// What is seen of a scene.
#[derive(Clone, Copy)]
pub(super) struct Sight<'a> {
    pub scene: &'a Scene,
    pub camera: &'a Camera,
    pub meshes: &'a Meshes,
    /// The part of the sheet that is painted.
    pub area_world: kurbo::Rect,
}

impl Sight<'_> {
    /// What bundles are made for: the tiles around what is seen, so that they last while the view moves.
    fn subject(&self, pen: &Pen<'_>) -> Subject {
        Subject {
            area_world: self.scene.tiles_around(self.area_world, LEAST_TILE / self.camera.zoom),
            zoom: self.camera.zoom,
            pixels_per_point: pen.pixels_per_point(),
            tokens: pen.tokens,
        }
    }
}

/// The grounds of frameworks, without round corners and outlines.
pub(super) fn grounds(pen: &mut Pen<'_>, meshes: &Meshes, rects: impl Iterator<Item = (Rect, Color32)>) {
    let mut last = meshes.grounds.borrow_mut();
    let mut mesh = Arc::try_unwrap(std::mem::take(&mut *last)).unwrap_or_default();
    mesh.vertices.clear();
    let mut quads = Quads::new(std::mem::take(&mut mesh.vertices), pen.pixels_per_point());
    rects.for_each(|(rect, colour)| quads.rect(rect, colour));
    mesh.vertices = quads.vertices;
    joined(&mut mesh);
    *last = Arc::new(mesh);
    paint(pen, Layer::Grounds, Arc::clone(&last));
}

/// Connections as hairlines; `attended` are the positions of those that the person is at, with their looks.
pub(super) fn connections(pen: &mut Pen<'_>, sight: Sight<'_>, attended: &[(usize, links::Look)]) {
    let Sight { scene, camera, meshes, .. } = sight;
    let mut bundles = meshes.connections.borrow_mut();
    let apart = attended.iter().map(|(position, _)| *position).collect();
    let changes = Changes { version: scene.version, since: &|version| scene.links_since(version) };
    let subject = sight.subject(pen);
    bundles.refresh(
        (subject, camera),
        &changes,
        apart,
        |area| scene.links_within(area),
        |quads, camera, position| {
            let link = &scene.links[position];
            hairline(pen, quads, camera, link, (links::Look::of(pen, link, false, false), 1.0));
        },
    );
    let mesh = bundles.mesh(camera, |quads| {
        for (position, look) in attended {
            hairline(pen, quads, camera, &scene.links[*position], (*look, 2.0));
        }
    });
    paint(pen, Layer::Connections, mesh);
}

fn hairline(pen: &Pen<'_>, quads: &mut Quads, camera: &Camera, link: &Link, (look, width): (links::Look, f32)) {
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
        let side = if pen.zoom >= links::PLAIN_ZOOM { 5.0 } else { sign_side(pen) };
        let (_, colour) = marks::sign(pen.tokens, sign.severity);
        quads.rect(Rect::from_center_size(middle, vec2(side, side)), colour);
    }
}

/// Cards as boxes with a bar for a name, or the name while it can be read. `positions` are all that are seen, `attended` those of
/// them that the person is at; the flag says whether a proposal puts one off.
pub(super) fn cards(
    pen: &mut Pen<'_>,
    sight: Sight<'_>,
    playbook: &Playbook,
    positions: &Rc<[usize]>,
    attended: &[(usize, Emphasis, bool)],
) {
    let Sight { scene, camera, meshes, .. } = sight;
    let mut bundles = meshes.cards.borrow_mut();
    let mut colours = Colours { playbook, known: Vec::new() };
    let apart = attended.iter().map(|(position, ..)| *position).collect();
    let changes = Changes { version: scene.version, since: &|version| scene.cards_since(version) };
    let subject = sight.subject(pen);
    bundles.refresh(
        (subject, camera),
        &changes,
        apart,
        |area| scene.cards_within(area),
        |quads, camera, position| {
            plain_card(pen, quads, camera, &scene.cards[position], (&mut colours, Emphasis::default(), false));
        },
    );
    let mesh = bundles.mesh(camera, |quads| {
        for (position, emphasis, proposed) in attended {
            plain_card(pen, quads, camera, &scene.cards[*position], (&mut colours, *emphasis, *proposed));
        }
    });
    paint(pen, Layer::Cards, mesh);
    if !can_be_named(pen) {
        return;
    }
    for (index, card) in positions.iter().map(|index| (*index, &scene.cards[*index])) {
        if let Some(rect) = named(pen, camera, card) {
            let at = attended.binary_search_by_key(&index, |(position, ..)| *position);
            let proposed = at.is_ok_and(|at| attended[at].2);
            let [ink, ..] = colours.of(pen, card, proposed);
            card::far_name(pen, card, rect, ink);
        }
    }
}

/// The side of the square that marks a finding, in points: from far away less, or the marks of a column would run together.
fn sign_side(pen: &Pen<'_>) -> f32 {
    (SIGN_WORLD * pen.zoom).clamp(1.0, 3.0)
}

fn plain_card(
    pen: &Pen<'_>,
    quads: &mut Quads,
    camera: &Camera,
    card: &Card,
    (colours, emphasis, proposed): (&mut Colours<'_>, Emphasis, bool),
) {
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
    if rect.width() >= LEAST_NAME && named(pen, camera, card).is_none() {
        let inside = 4.0_f32.min(rect.width() * 0.1);
        let height = (card::far_name_size(card) * pen.zoom * 0.6).max(1.0);
        let bar = vec2((rect.width() - 2.0 * inside) * 0.7, height);
        let left_top = egui::pos2(rect.left() + inside, rect.center().y - height / 2.0);
        quads.rect(Rect::from_min_size(left_top, bar), ink.gamma_multiply(0.6));
    }
    if let Some(sign) = card.sign.as_ref().filter(|sign| sign.severity < Severity::Hint) {
        let (_, colour) = marks::sign(pen.tokens, sign.severity);
        quads.rect(Rect::from_center_size(rect.right_top(), vec2(1.0, 1.0) * sign_side(pen)), colour);
    }
}

/// Whether the names of any cards can be read.
fn can_be_named(pen: &Pen<'_>) -> bool {
    ComponentKind::ALL.iter().any(|kind| pen.font(Face::SemiBold, card::far_size(*kind)).is_some())
}

/// Where a card is on the screen if its name can be read there.
fn named(pen: &Pen<'_>, camera: &Camera, card: &Card) -> Option<Rect> {
    pen.font(Face::SemiBold, card::far_name_size(card))?;
    let rect = to_rect(camera.rect_screen(card.rect_world));
    (rect.width() >= LEAST_NAME).then_some(rect)
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
