//! What lies under the pointer, and what a marquee catches.

use kurbo::{Point, Rect};

use super::grid::touches;
use crate::project::{Boundary, BoundaryId, ConnectionId, ElementId, NoteId, Project};

/// Height of a boundary's caption, in world units; it sits on the upper edge.
pub const CAPTION_HEIGHT_WORLD: f64 = 20.0;
/// Width of a boundary's caption that can be grabbed, in world units.
pub const CAPTION_WIDTH_WORLD: f64 = 160.0;

/// The topmost sticky note at a point.
pub fn note_at(project: &Project, point_world: Point) -> Option<&NoteId> {
    let mut at = project.sticky_notes.iter().rev().filter(|(_, n)| contains(n.rect_world(), point_world));
    at.find(|(id, _)| !project.is_note_hidden(id)).map(|(id, _)| id)
}

/// The topmost folded boundary at a point: its box is solid, like a component.
pub fn folded_at(project: &Project, point_world: Point) -> Option<&BoundaryId> {
    let folded = project.boundaries.iter().rev().filter(|(_, b)| b.folded.is_some());
    let mut at = folded.filter(|(_, b)| contains(b.rect_world(), point_world));
    at.find(|(id, _)| !project.is_boundary_hidden(id)).map(|(id, _)| id)
}

/// The boundary whose frame is at most `reach_world` away from a point, or whose caption or folded box is at it. The inside of a
/// frame is empty sheet.
pub fn boundary_at(project: &Project, point_world: Point, reach_world: f64) -> Option<&BoundaryId> {
    let hit = |rect: Rect| {
        let on_edge = contains(rect.inflate(reach_world, reach_world), point_world)
            && !contains(rect.inset(-reach_world), point_world);
        on_edge || contains(caption_rect_world(rect), point_world)
    };
    let mut at = project.boundaries.iter().rev().filter(|(_, b)| b.folded.is_none() && hit(b.rect_world()));
    at.find(|(id, _)| !project.is_boundary_hidden(id)).map(|(id, _)| id).or_else(|| folded_at(project, point_world))
}

/// Where the caption of a boundary can be grabbed.
pub fn caption_rect_world(boundary: Rect) -> Rect {
    let width = CAPTION_WIDTH_WORLD.min((boundary.width() - 24.0).max(0.0));
    let half = CAPTION_HEIGHT_WORLD / 2.0;
    Rect::new(boundary.x0 + 12.0, boundary.y0 - half, boundary.x0 + 12.0 + width, boundary.y0 + half)
}

/// What a marquee over a part of the sheet, in world units, catches of what is seen: everything it encloses, or everything it touches.
/// Of an open frame only the line can be touched: its inside is empty sheet.
pub fn marquee<'a>(
    project: &Project,
    routes: impl Iterator<Item = (&'a ConnectionId, &'a [Point])>,
    area_world: Rect,
    enclose: bool,
) -> Vec<ElementId> {
    let hidden = project.hidden();
    let caught = |rect: Rect| if enclose { encloses(area_world, rect) } else { touches(area_world, rect) };
    let components = project.components.iter().filter(|(_, c)| caught(c.rect_world()));
    let notes = project.sticky_notes.iter().filter(|(_, n)| caught(n.rect_world()));
    let frame_caught = |b: &Boundary| {
        let rect = b.rect_world();
        let inside = b.folded.is_none() && within(rect, area_world);
        caught(rect) && !inside
    };
    let boundaries = project.boundaries.iter().filter(|(_, b)| frame_caught(b));
    let links = routes.filter(|(_, points)| {
        if enclose {
            points.iter().all(|point| contains(area_world, *point))
        } else {
            points.windows(2).any(|ends| segment_touches(ends[0], ends[1], area_world))
        }
    });
    components
        .map(|(id, _)| ElementId::Component(id.clone()))
        .chain(links.map(|(id, _)| ElementId::Connection(id.clone())))
        .chain(boundaries.map(|(id, _)| ElementId::Boundary(id.clone())))
        .chain(notes.map(|(id, _)| ElementId::Note(id.clone())))
        .filter(|element| !hidden.contains_key(element))
        .collect()
}

/// Whether `inner` lies within `outer`; borders may coincide.
pub fn encloses(outer: Rect, inner: Rect) -> bool {
    outer.x0 <= inner.x0 && outer.y0 <= inner.y0 && outer.x1 >= inner.x1 && outer.y1 >= inner.y1
}

/// Whether `inner` lies within `outer` and off its border.
fn within(outer: Rect, inner: Rect) -> bool {
    outer.x0 < inner.x0 && outer.y0 < inner.y0 && outer.x1 > inner.x1 && outer.y1 > inner.y1
}

/// Whether a point lies in a rectangle or on its border.
pub fn contains(rect: Rect, point: Point) -> bool {
    rect.x0 <= point.x && point.x <= rect.x1 && rect.y0 <= point.y && point.y <= rect.y1
}

/// How far a point is from a rectangle; 0 inside.
pub fn distance_to_rect(rect: Rect, point: Point) -> f64 {
    let dx = (rect.x0 - point.x).max(point.x - rect.x1).max(0.0);
    let dy = (rect.y0 - point.y).max(point.y - rect.y1).max(0.0);
    dx.hypot(dy)
}

/// How far a point is from a line of segments; infinitely far from none.
pub fn distance_to_polyline(points: &[Point], point: Point) -> f64 {
    points.windows(2).map(|ends| distance_to_segment(ends[0], ends[1], point)).fold(f64::INFINITY, f64::min)
}

fn distance_to_segment(a: Point, b: Point, point: Point) -> f64 {
    let along = b - a;
    let length_squared = along.hypot2();
    let share = if length_squared > 0.0 { ((point - a).dot(along) / length_squared).clamp(0.0, 1.0) } else { 0.0 };
    (point - (a + along * share)).hypot()
}

/// Whether a segment touches a rectangle.
pub fn segment_touches(a: Point, b: Point, area: Rect) -> bool {
    segment_within(a, b, area).is_some()
}

/// The shares of a segment between which it lies in a rectangle or on its border.
pub fn segment_within(a: Point, b: Point, area: Rect) -> Option<(f64, f64)> {
    let (mut enters, mut leaves) = (0.0_f64, 1.0_f64);
    for (from, by, low, high) in [(a.x, b.x - a.x, area.x0, area.x1), (a.y, b.y - a.y, area.y0, area.y1)] {
        if by == 0.0 {
            if from < low || from > high {
                return None;
            }
            continue;
        }
        let (near, far) = ((low - from) / by, (high - from) / by);
        enters = enters.max(near.min(far));
        leaves = leaves.min(near.max(far));
    }
    (enters <= leaves).then_some((enters, leaves))
}
