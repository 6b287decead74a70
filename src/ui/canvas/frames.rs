//! Boundaries (dashed frames with a caption on the line, or the boxes they are folded to) and sticky notes.

mod facts;
mod folded;
mod in_place;
mod nodes;
mod tools;

use egui::{Color32, Rect, Shape, Stroke, StrokeKind, Ui, pos2, vec2};

pub(super) use facts::{FoldedBox, Frame};
pub(super) use in_place::InPlace;
pub(super) use nodes::{GripAt, buttons, cursor as grip_cursor, grip_at, grips};
pub(super) use tools::{Tools, update};

use super::{
    CanvasState,
    convert::to_rect,
    pen::{LEAST_TEXT, Pen},
    scene::Scene,
};
use crate::{
    geometry::{camera::Camera, hit::encloses},
    playbook::Playbook,
    project::{BoundaryId, ElementId, Project, StickyNote},
    ui::{
        icons,
        theme::{Face, radius},
    },
};

/// Where the caption begins, in world units from the left edge.
const CAPTION_LEFT: f32 = 22.0;
/// Where its words begin, behind the button that folds.
const WORDS_LEFT: f32 = 32.0;
/// Inside a note, in world units.
const NOTE_PADDING: f32 = 10.0;
/// The size of the name of a frame, in world units.
const CAPTION: f32 = 11.0;
/// It is not written smaller than this where there is room for it, in points.
const LEAST_NAME: f32 = 9.0;
/// Letters are measured in this size, in points, since smaller ones have round widths.
const MEASURED: f32 = 40.0;
/// Frames narrower than this have no name, in points.
const LEAST_NAMED: f32 = 48.0;
/// Half the side of a grip, in points.
const GRIP: f32 = 4.0;

/// Paints a boundary that is seen.
pub(super) fn boundary(
    pen: &mut Pen<'_>,
    camera: &Camera,
    frame: &Frame,
    playbook: &Playbook,
    (selected, hovered): (bool, bool),
) {
    if let Some(folded) = &frame.folded {
        folded::paint(pen, camera, (frame, folded), playbook, (selected, hovered));
        return;
    }
    let rect = to_rect(camera.rect_screen(frame.rect_world));
    let tokens = pen.tokens;
    let framework = frame.framework.as_ref().and_then(|id| playbook.frameworks.get(id));
    let ink = framework.map_or(tokens.muted, |framework| tokens.framework(&framework.colour).ink);
    let colour = if selected { tokens.accent.ink } else { ink };
    let width = if selected || hovered { 2.0 } else { 1.0 };
    pen.dashed_frame(rect, f32::from(radius::CARD) * pen.zoom.min(1.5), Stroke::new(width, colour));
    caption(pen, camera, frame, colour);
}

/// The name of an open boundary, with what can be pressed beside it. It interrupts the line.
fn caption(pen: &mut Pen<'_>, camera: &Camera, frame: &Frame, colour: Color32) {
    let rect = to_rect(camera.rect_screen(frame.rect_world));
    if rect.width() < LEAST_NAMED {
        return;
    }
    let button = folded::button_rect(camera, frame);
    let left = rect.left() + if button.is_some() { WORDS_LEFT } else { CAPTION_LEFT } * pen.zoom;
    let lock = if frame.locked { 16.0 * pen.zoom } else { 0.0 };
    let room = rect.right() - left - CAPTION_LEFT * pen.zoom - lock;
    let font = Face::SemiBold.at(caption_size(pen, &frame.name, room));
    let galley = pen.line(&frame.name, font, colour, room);
    let ground = Rect::from_min_max(
        pos2(rect.left() + (CAPTION_LEFT - 8.0) * pen.zoom, rect.top() - galley.size().y / 2.0),
        pos2(left + galley.size().x + lock + 6.0 * pen.zoom, rect.top() + galley.size().y / 2.0),
    );
    pen.add(Shape::rect_filled(ground, 0.0, pen.tokens.canvas));
    let end = left + galley.size().x;
    pen.put(galley, pos2(left, rect.top()));
    if let Some(button) = button {
        pen.icon(icons::CHEVRON_DOWN, 11.0, colour, button.center());
    }
    if frame.locked {
        pen.icon(icons::LOCK, 10.0, colour, pos2(end + 9.0 * pen.zoom, rect.top()));
    }
}

/// How large a name is written, in points. From far away names are what one finds one's way by: they stay as large as can be read well,
/// as far as there is room for all of the name, and are no smaller than what is near to them.
fn caption_size(pen: &Pen<'_>, name: &str, room: f32) -> f32 {
    let near = pen.font(Face::SemiBold, CAPTION).map_or(0.0, |font| font.size);
    if near >= LEAST_NAME {
        return near;
    }
    let width = pen.measure(name, Face::SemiBold, MEASURED).x / MEASURED;
    let whole = (room / width.max(0.1) * 2.0).floor() / 2.0;
    let least = near.max(LEAST_TEXT);
    // What cannot be whole in any size is written as large as it goes.
    if whole < least { LEAST_NAME } else { whole.clamp(least, LEAST_NAME) }
}

/// Paints a sticky note.
pub(super) fn note(pen: &mut Pen<'_>, camera: &Camera, note: &StickyNote, (selected, hovered): (bool, bool)) {
    let rect = to_rect(camera.rect_screen(note.rect_world()));
    let (tokens, paper) = (pen.tokens, pen.tokens.paper(note.colour));
    let corner = (4.0 * pen.zoom).clamp(1.0, 8.0);
    let border = if hovered { Stroke::new(1.0, paper.ink) } else { Stroke::NONE };
    let shadow = egui::Shadow { offset: [0, 1], blur: 6, spread: 0, color: tokens.shadow };
    pen.add(shadow.as_shape(rect, corner));
    pen.add(egui::epaint::RectShape::new(rect, corner, paper.surface, border, StrokeKind::Inside));
    if selected {
        pen.add(Shape::rect_stroke(rect, corner, Stroke::new(2.5, tokens.accent.ink), StrokeKind::Middle));
    }
    let inside = rect.shrink(NOTE_PADDING * pen.zoom);
    if let Some(font) = pen.font(Face::Regular, 12.0) {
        // A row that lacks a hair of its height is still read.
        let row = pen.row_height(&font);
        let rows = (inside.height() / row + 0.3).floor().max(1.0) as usize;
        let galley = pen.paragraph(&note.text, font, paper.ink, (inside.width(), rows));
        pen.add(Shape::galley(inside.min, galley, paper.ink));
    } else if inside.width() > 4.0 {
        pen.bar(inside.left_top(), vec2(inside.width() * 0.7, 2.0), paper.ink);
    }
    if note.locked {
        let middle = rect.right_top() + vec2(-9.0, 9.0) * pen.zoom;
        pen.icon(icons::LOCK, 10.0, paper.ink, middle);
    }
}

/// The height of a note that shows all it says at its width, in world units.
fn note_height_world(ui: &Ui, text: &str, width_world: f64) -> f64 {
    let room = (width_world as f32 - 2.0 * NOTE_PADDING).max(1.0);
    let galley = ui.painter().layout(text.to_owned(), Face::Regular.at(12.0), Color32::PLACEHOLDER, room);
    f64::from((galley.size().y + 2.0 * NOTE_PADDING).ceil())
}

/// The innermost frame that something of this place would lie in, if it is none of those that are `moving`; first the box of a folded
/// one that it is let go `into`.
fn around<'a>(
    scene: &'a Scene,
    rect_world: kurbo::Rect,
    into: Option<&BoundaryId>,
    moving: &dyn Fn(&ElementId) -> bool,
) -> Option<&'a Frame> {
    if let Some(into) = into {
        return scene.seen_frames().find(|frame| frame.id == *into);
    }
    let open = scene.frames_in(rect_world);
    let open = open.filter(|frame| frame.folded.is_none() && encloses(frame.rect_world, rect_world));
    let open = open.filter(|frame| !moving(&frame.element));
    open.min_by(|a, b| a.rect_world.area().total_cmp(&b.rect_world.area()))
}

/// Shows which frame what hangs at the pointer would be in if it were let go.
pub(super) fn drop_target(
    pen: &mut Pen<'_>,
    camera: &Camera,
    scene: &Scene,
    (rect_world, into): (kurbo::Rect, Option<&BoundaryId>),
    moving: &dyn Fn(&ElementId) -> bool,
) {
    let Some(frame) = around(scene, rect_world, into, moving) else { return };
    let rect = to_rect(camera.rect_screen(frame.rect_world));
    let accent = pen.tokens.accent.ink;
    let corner = f32::from(radius::CARD) * pen.zoom.min(1.5);
    pen.add(Shape::rect_filled(rect, corner, accent.gamma_multiply(if into.is_some() { 0.14 } else { 0.06 })));
    pen.add(Shape::rect_stroke(rect, corner, Stroke::new(2.0, accent), StrokeKind::Middle));
    if frame.folded.is_none() {
        caption(pen, camera, frame, accent);
    }
}

/// What lies wholly in an area would be in the frame that is drawn or pulled there: all of it is marked.
pub(super) fn held(
    pen: &mut Pen<'_>,
    state: &CanvasState,
    project: &Project,
    area_world: kurbo::Rect,
    frame: Option<&ElementId>,
) {
    let corner = f32::from(radius::CARD) * pen.zoom.min(1.5);
    let stroke = Stroke::new(1.5, pen.tokens.accent.ink);
    let scene = &state.scene;
    let cards = scene.cards_in(area_world).map(|card| card.rect_world);
    let others =
        scene.frames_in(area_world).filter(|other| Some(&other.element) != frame).map(|other| other.rect_world);
    let notes = scene.note_positions(area_world).into_iter().filter_map(|index| project.sticky_notes.get_index(index));
    let notes = notes.map(|(_, note)| note.rect_world());
    let rects = cards.chain(others).chain(notes).filter(|rect| encloses(area_world, *rect));
    for rect in rects {
        let rect = to_rect(state.camera.rect_screen(rect)).expand(2.0);
        pen.add(Shape::rect_stroke(rect, corner, stroke, StrokeKind::Middle));
    }
    // The mark would strike names through.
    let named = scene.frames_in(area_world).filter(|other| Some(&other.element) != frame && other.folded.is_none());
    for other in named.filter(|other| encloses(area_world, other.rect_world)) {
        caption(pen, &state.camera, other, pen.tokens.accent.ink);
    }
}

/// A frame on its way, and what it would be drawn around.
pub(super) fn draft(pen: &mut Pen<'_>, state: &CanvasState, project: &Project, area_world: kurbo::Rect) {
    let (camera, accent) = (&state.camera, pen.tokens.accent.ink);
    let rect = to_rect(camera.rect_screen(area_world));
    let corner = f32::from(radius::CARD) * pen.zoom.min(1.5);
    pen.add(Shape::rect_filled(rect, corner, accent.gamma_multiply(0.06)));
    pen.dashed_frame(rect, corner, Stroke::new(1.5, accent));
    held(pen, state, project, area_world, None);
}

/// Shows that something selected is in a folded box.
pub(super) fn holds_selected(pen: &mut Pen<'_>, camera: &Camera, frame: &Frame) {
    let rect = to_rect(camera.rect_screen(frame.rect_world)).expand(3.0);
    let corner = f32::from(radius::CARD) * pen.zoom + 3.0;
    pen.dashed_frame(rect, corner, Stroke::new(2.0, pen.tokens.accent.ink));
}

/// The grips of what is selected.
pub(super) fn paint_grips(pen: &mut Pen<'_>, grips: &[GripAt]) {
    for grip in grips {
        let fill = if grip.hovered { pen.tokens.accent.ink } else { pen.tokens.card };
        let rect = Rect::from_center_size(grip.pos, vec2(2.0, 2.0) * GRIP);
        let line = Stroke::new(1.5, pen.tokens.accent.ink);
        pen.add(egui::epaint::RectShape::new(rect, 2.0, fill, line, StrokeKind::Inside));
    }
}
