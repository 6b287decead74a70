//! Where components go when nobody has put them anywhere.

use kurbo::Rect;

use crate::project::{Edit, Project};

/// The smallest rectangle around everything on the sheet, in world units; `None` for an empty one.
pub fn bounds(project: &Project) -> Option<Rect> {
    let components = project.components.values().map(|component| component.rect_world());
    let boundaries = project.boundaries.values().map(|boundary| boundary.rect_world());
    let notes = project.sticky_notes.values().map(|note| note.rect_world());
    components.chain(boundaries).chain(notes).reduce(|a, b| a.union(b))
}

/// The edits that lay the whole drawing out in layers, left to right.
pub fn tidy(_project: &Project) -> Vec<Edit> {
    Vec::new()
}
