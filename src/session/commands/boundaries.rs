//! What the commands on boundaries do.

use kurbo::{Point, Rect, Size};

use super::effects::Enabled;
use crate::{
    geometry::{layout, walk},
    lang::{t, tr},
    project::{Boundary, BoundaryId, Edit, ElementId},
    session::{
        GRID_WORLD, Session,
        action::{CanvasRequest, Request, Select},
    },
};

/// The selected boundaries.
fn selected(session: &Session) -> impl Iterator<Item = &BoundaryId> {
    session.selection().iter().filter_map(|element| match element {
        ElementId::Boundary(id) => Some(id),
        _ => None,
    })
}

pub(super) fn has_boundary(session: &Session) -> Enabled {
    selected(session).next().map(|_| ()).ok_or(t("Select a boundary first"))
}

/// Folds the selected boundaries to boxes, or opens them all if none of them is open. What they stand for is selected no longer.
pub(super) fn fold(session: &mut Session) {
    let ids: Vec<BoundaryId> = selected(session).cloned().collect();
    let (folded, edits) = session.project().folding(&ids);
    let verb = if folded { t("Fold") } else { t("Unfold") };
    let step = match edits.as_slice() {
        [Edit::PutBoundary(_, boundary)] => tr!("{verb} {what}", verb, what = boundary.name),
        several => tr!("{verb} {} boundaries", several.len(), verb),
    };
    session.edit(&step, &edits);
    let hidden = session.project().hidden();
    let seen = session.selection().iter().filter(|element| !hidden.contains_key(*element)).cloned().collect();
    session.select(Select::Only(seen));
}

/// Puts a frame around the selection, or an empty one under everything, and the cursor into its name.
pub(super) fn insert(session: &mut Session) {
    let rect_world = selected_rect_world(session).map_or_else(
        || Rect::from_origin_size(free_place_world(session), Size::new(312.0, 216.0)),
        |rect| Rect::new(rect.x0 - GRID_WORLD, rect.y0 - GRID_WORLD - 12.0, rect.x1 + GRID_WORLD, rect.y1 + GRID_WORLD),
    );
    let name = session.project().new_boundary_name();
    let id = session.project().new_boundary_id(&name);
    let boundary = Boundary::new(&name, rect_world);
    let element = ElementId::Boundary(id.clone());
    session.edit(t("Add a boundary"), &[Edit::PutBoundary(id, boundary)]);
    session.select(Select::Only(vec![element.clone()]));
    session.request(Request::Canvas(CanvasRequest::SeeSelection));
    session.request(Request::Canvas(CanvasRequest::EditInPlace(element)));
}

/// What encloses what is selected and seen, in world units.
fn selected_rect_world(session: &Session) -> Option<Rect> {
    let project = session.project();
    let hidden = project.hidden();
    let seen = session.selection().iter().filter(|element| !hidden.contains_key(*element));
    seen.filter_map(|element| walk::rect_world(project, element)).reduce(|a, b| a.union(b))
}

/// A place under everything that is there.
fn free_place_world(session: &Session) -> Point {
    layout::bounds(session.project()).map_or(Point::ORIGIN, |all| Point::new(all.x0, all.y1 + 2.0 * GRID_WORLD))
}
