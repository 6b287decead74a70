//! Where components go: the bounds of a drawing, a layered layout from left to right, places for those that have none.

mod layers;

use std::{collections::BTreeMap, sync::Arc};

use kurbo::{Point, Rect, Size, Vec2};

use super::{grid::touches, hit::encloses};
use crate::project::{Boundary, BoundaryId, ComponentId, Edit, ElementId, Project, card_size};

/// Places are multiples of this, in world units.
const STEP_WORLD: f64 = 12.0;
/// Room between the frame of a boundary and what is in it; above there is the caption as well.
const FRAME_WORLD: f64 = 24.0;
/// Free room between rows of components that have no place in the layers, and between columns.
const ROW_GAP_WORLD: f64 = 36.0;

/// The smallest rectangle around everything that is seen on the sheet, in world units; `None` for an empty one.
pub fn bounds(project: &Project) -> Option<Rect> {
    let hidden = project.hidden();
    let seen = |element: ElementId| hidden.is_empty() || !hidden.contains_key(&element);
    let components = project.components.iter().filter(|(id, _)| seen(ElementId::Component((*id).clone())));
    let boundaries = project.boundaries.iter().filter(|(id, _)| seen(ElementId::Boundary((*id).clone())));
    let notes = project.sticky_notes.iter().filter(|(id, _)| seen(ElementId::Note((*id).clone())));
    let components = components.map(|(_, component)| component.rect_world());
    let boundaries = boundaries.map(|(_, boundary)| boundary.rect_world());
    let notes = notes.map(|(_, note)| note.rect_world());
    components.chain(boundaries).chain(notes).reduce(|a, b| a.union(b))
}

/// The edits that lay the whole drawing out in layers, left to right: callers left of callees, components without
/// connections in rows below. Boundaries follow what they enclose; notes that would be covered go below everything.
pub fn tidy(project: &Project) -> Vec<Edit> {
    let places = places(project);
    let origin = bounds(project).map_or(Point::ORIGIN, |all| Point::new(to_step(all.x0), to_step(all.y0)));
    let places: BTreeMap<&ComponentId, Point> =
        places.into_iter().map(|(id, place)| (id, place + origin.to_vec2())).collect();
    let moved = |(id, place): (&&ComponentId, &Point)| {
        let stays = project.components.get(*id).is_none_or(|component| component.pos_world == Some(*place));
        (!stays).then(|| Edit::Place((*id).clone(), *place))
    };
    let mut edits: Vec<Edit> = places.iter().filter_map(moved).collect();
    edits.extend(follow_boundaries(project, &places));
    let mut after = project.clone();
    for edit in &edits {
        after.apply(edit);
    }
    edits.extend(clear_notes(&after));
    edits
}

/// Gives a place to every component that has none: if none has one, the whole drawing is laid out, else the missing ones
/// go in rows under everything.
pub fn place_missing(project: &mut Project) {
    let missing: Vec<ComponentId> =
        project.components.iter().filter(|(_, c)| c.pos_world.is_none()).map(|(id, _)| id.clone()).collect();
    if missing.is_empty() {
        return;
    }
    if missing.len() == project.components.len() {
        let edits = tidy(project);
        for edit in &edits {
            project.apply(edit);
        }
        return;
    }
    let placed = project.components.values().filter(|c| c.pos_world.is_some()).map(|c| c.rect_world());
    let others = project.boundaries.values().map(|b| b.rect_world());
    let notes = project.sticky_notes.values().map(|n| n.rect_world());
    let taken = placed.chain(others).chain(notes).reduce(|a, b| a.union(b)).unwrap_or(Rect::ZERO);
    let corner = Point::new(taken.x0, to_step(taken.y1 + 2.0 * ROW_GAP_WORLD));
    let sizes: Vec<Size> =
        missing.iter().filter_map(|id| project.components.get(id)).map(|c| card_size(c.kind)).collect();
    for (id, place) in missing.into_iter().zip(rows(&sizes, taken.width())) {
        project.apply(&Edit::Place(id, corner + place.to_vec2()));
    }
}

/// Rounded up to a multiple of the step.
fn to_step(length_world: f64) -> f64 {
    (length_world / STEP_WORLD).ceil() * STEP_WORLD
}

/// Places seen from the upper left corner of the drawing.
fn places(project: &Project) -> Vec<(&ComponentId, Point)> {
    let ids: Vec<&ComponentId> = project.components.keys().collect();
    let sizes: Vec<Size> = project.components.values().map(|component| card_size(component.kind)).collect();
    let links: Vec<(usize, usize)> = project
        .connections
        .values()
        .filter_map(|link| {
            Some((project.components.get_index_of(&link.from)?, project.components.get_index_of(&link.to)?))
        })
        .filter(|(from, to)| from != to)
        .collect();
    let mut linked = vec![false; ids.len()];
    for (from, to) in &links {
        (linked[*from], linked[*to]) = (true, true);
    }
    let layered = layers::lay_out(&sizes, &links, &linked);
    let mut all: Vec<(usize, Point)> = layered;
    let extent = all
        .iter()
        .map(|(index, place)| Rect::from_origin_size(*place, sizes[*index]))
        .reduce(|a, b| a.union(b))
        .unwrap_or(Rect::ZERO);
    let below = if all.is_empty() { 0.0 } else { to_step(extent.y1 + 2.0 * ROW_GAP_WORLD) };
    let alone: Vec<usize> = (0..ids.len()).filter(|index| !linked[*index]).collect();
    let alone_sizes: Vec<Size> = alone.iter().map(|index| sizes[*index]).collect();
    let row_places = rows(&alone_sizes, extent.width());
    all.extend(alone.into_iter().zip(row_places).map(|(index, place)| (index, place + Vec2::new(0.0, below))));
    all.sort_by_key(|(index, _)| *index);
    all.into_iter().map(|(index, place)| (ids[index], place)).collect()
}

/// Places in rows from left to right, as wide as what is above but at least four cards.
fn rows(sizes: &[Size], width_world: f64) -> Vec<Point> {
    let width = width_world.max(4.0 * (196.0 + ROW_GAP_WORLD));
    let (mut x, mut y, mut row_height) = (0.0_f64, 0.0_f64, 0.0_f64);
    let mut places = Vec::with_capacity(sizes.len());
    for size in sizes {
        if x > 0.0 && x + size.width > width {
            (x, y, row_height) = (0.0, to_step(y + row_height + ROW_GAP_WORLD), 0.0);
        }
        places.push(Point::new(x, y));
        x = to_step(x + size.width + ROW_GAP_WORLD);
        row_height = row_height.max(size.height);
    }
    places
}

/// Frames around the same components as before, where those go.
fn follow_boundaries(project: &Project, places: &BTreeMap<&ComponentId, Point>) -> Vec<Edit> {
    let frame = |boundary: &Boundary| {
        members(project, boundary.rect_world())
            .filter_map(|id| {
                let component = project.components.get(id)?;
                Some(Rect::from_origin_size(*places.get(id)?, card_size(component.kind)))
            })
            .reduce(|a, b| a.union(b))
            .map(|all| {
                Rect::new(all.x0 - FRAME_WORLD, all.y0 - FRAME_WORLD, all.x1 + FRAME_WORLD, all.y1 + FRAME_WORLD)
            })
    };
    let put = |(id, boundary): (&BoundaryId, &Arc<Boundary>)| {
        let rect = frame(boundary)?;
        let moved = Boundary { pos_world: rect.origin(), size_world: rect.size(), ..(**boundary).clone() };
        (moved != **boundary).then(|| Edit::PutBoundary(id.clone(), moved))
    };
    project.boundaries.iter().filter_map(put).collect()
}

/// The components that lie wholly within a rectangle, of those that are seen.
pub fn members(project: &Project, rect_world: Rect) -> impl Iterator<Item = &ComponentId> {
    let within = project.components.iter().filter(move |(_, c)| encloses(rect_world, c.rect_world()));
    within.map(|(id, _)| id).filter(|id| !project.is_component_hidden(id))
}

/// Moves notes that lie on something else under everything.
fn clear_notes(project: &Project) -> Vec<Edit> {
    let Some(all) = bounds(project) else { return Vec::new() };
    let covered = |rect: Rect| project.components.values().any(|component| touches(component.rect_world(), rect));
    let mut x = all.x0;
    let mut edits = Vec::new();
    for (id, note) in project.sticky_notes.iter().filter(|(_, note)| covered(note.rect_world())) {
        let place = Point::new(x, to_step(all.y1 + 2.0 * ROW_GAP_WORLD));
        edits.push(Edit::Move([ElementId::Note(id.clone())].into(), place - note.pos_world));
        x = to_step(x + note.size_world.width + ROW_GAP_WORLD);
    }
    edits
}
