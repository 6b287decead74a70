//! What is written on the sheet beside the boxes.

use std::sync::Arc;

use indexmap::IndexMap;
use kurbo::Rect;

use crate::{
    geometry::grid::Grid,
    project::{Boundary, BoundaryId, ElementId, Project, StickyNote},
};

/// How far to the left and right of the corner of a frame its name stands, for each of its letters, and how high: about as it is painted.
const CAPTION_LEFT_WORLD: f64 = 12.0;
const CAPTION_LETTER_WORLD: f64 = 7.0;
const CAPTION_MORE_WORLD: f64 = 28.0;
const CAPTION_HALF_WORLD: f64 = 8.0;

/// What is written on the sheet beside the boxes: sticky notes, and the names of open frames. The words of lines keep off it.
#[derive(Clone, Debug, Default)]
pub(super) struct Writing {
    pub places: Grid,
    /// Open frames: words rather keep off their lines.
    pub frames_open: Grid,
    /// What it was found from.
    notes: Vec<Arc<StickyNote>>,
    frames: Vec<Arc<Boundary>>,
}

impl Writing {
    /// Follows a drawing; while nothing but components moves, nothing is looked for.
    pub(super) fn follow(&mut self, project: &Project) {
        let (notes, frames) = (&project.sticky_notes, &project.boundaries);
        if is_same(&self.notes, notes) && is_same(&self.frames, frames) {
            return;
        }
        (self.notes, self.frames) = (notes.values().cloned().collect(), frames.values().cloned().collect());
        let hidden = project.hidden();
        let is_seen = |element: ElementId| hidden.is_empty() || !hidden.contains_key(&element);
        let notes = notes.iter().filter(|(id, _)| is_seen(ElementId::Note((*id).clone())));
        let is_open = |(id, frame): &(&BoundaryId, &Arc<Boundary>)| {
            frame.folded.is_none() && is_seen(ElementId::Boundary((*id).clone()))
        };
        let open = frames.iter().filter(is_open);
        self.frames_open = Grid::new(open.clone().map(|(_, frame)| frame.rect_world()));
        self.places =
            Grid::new(notes.map(|(_, note)| note.rect_world()).chain(open.map(|(_, frame)| caption_world(frame))));
    }
}

fn is_same<K, T>(known: &[Arc<T>], now: &IndexMap<K, Arc<T>>) -> bool {
    known.len() == now.len() && known.iter().zip(now.values()).all(|(a, b)| Arc::ptr_eq(a, b))
}

/// About where the name of a frame stands: on its upper line.
fn caption_world(frame: &Boundary) -> Rect {
    let rect = frame.rect_world();
    let length = CAPTION_MORE_WORLD + frame.name.chars().count() as f64 * CAPTION_LETTER_WORLD;
    let left = rect.x0 + CAPTION_LEFT_WORLD;
    Rect::new(left, rect.y0 - CAPTION_HALF_WORLD, (left + length).min(rect.x1.max(left)), rect.y0 + CAPTION_HALF_WORLD)
}
