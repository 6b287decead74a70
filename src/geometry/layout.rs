//! Where components go: the bounds of a drawing, a layered layout from left to right, places for those that have none.

mod bands;
mod columns;
mod compact;
mod heights;
mod layers;
mod order;
mod room;
mod tidy;
mod tree;

use std::collections::BTreeSet;

use kurbo::{Point, Rect, Size};

pub use self::tidy::{tidy, tidy_part};
use super::{hit::encloses, walk};
use crate::{
    progress::Progress,
    project::{ComponentId, Edit, ElementId, Project, card_size},
};

/// Places are multiples of this, in world units; heights also of a third of it.
const STEP_WORLD: f64 = 12.0;
/// Free room between rows of components that have no place in the layers, and between columns.
const ROW_GAP_WORLD: f64 = 36.0;

/// The smallest rectangle around everything that is seen on the sheet, in world units; `None` for an empty one.
pub fn bounds(project: &Project) -> Option<Rect> {
    walk::drawn(project).map(|(_, rect)| rect).reduce(|a, b| a.union(b))
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
        let all: BTreeSet<ElementId> = missing.into_iter().map(ElementId::Component).collect();
        let edits = tidy::tidy_part(project, Some(&all), &Progress::default()).unwrap_or_default();
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
    let width = taken.width().max(4.0 * (196.0 + ROW_GAP_WORLD));
    for (id, place) in missing.into_iter().zip(rows(&sizes, width, ROW_GAP_WORLD)) {
        project.apply(&Edit::Place(id, corner + place.to_vec2()));
    }
}

/// Rounded up to a multiple of the step.
fn to_step(length_world: f64) -> f64 {
    (length_world / STEP_WORLD).ceil() * STEP_WORLD
}

/// Places in rows from left to right, no wider than this if it can be.
fn rows(sizes: &[Size], width_world: f64, gap_world: f64) -> Vec<Point> {
    let (mut x, mut y, mut row_height) = (0.0_f64, 0.0_f64, 0.0_f64);
    let mut places = Vec::with_capacity(sizes.len());
    for size in sizes {
        if x > 0.0 && x + size.width > width_world {
            (x, y, row_height) = (0.0, to_step(y + row_height + gap_world), 0.0);
        }
        places.push(Point::new(x, y));
        x = to_step(x + size.width + gap_world);
        row_height = row_height.max(size.height);
    }
    places
}

/// The components that lie wholly within a rectangle, of those that are seen.
pub fn members(project: &Project, rect_world: Rect) -> impl Iterator<Item = &ComponentId> {
    let within = project.components.iter().filter(move |(_, c)| encloses(rect_world, c.rect_world()));
    within.map(|(id, _)| id).filter(|id| !project.is_component_hidden(id))
}
