//! What the commands do that arrange what is on the sheet: nudge, align, distribute, one size, lock, tidy.

use std::{collections::BTreeSet, sync::Arc};

use kurbo::Vec2;

use super::effects::Enabled;
use crate::{
    geometry::{
        align::{self, Align, Piece, SameSize},
        axis::Axis,
    },
    lang::{t, tr},
    project::{Edit, ElementId, Project},
    session::{
        GRID_WORLD, Session,
        action::{CanvasRequest, Request},
    },
};

/// `Shop`, or `3 elements`.
fn what(project: &Project, elements: &BTreeSet<ElementId>) -> String {
    match (elements.len(), elements.first()) {
        (1, Some(element)) => project.name_of(element),
        (count, _) => tr!("{count} elements", count),
    }
}

/// The selected elements that have a place of their own. Not collected: whether commands can be run is asked in every frame.
fn placed(session: &Session) -> impl Iterator<Item = &ElementId> {
    session.selection().iter().filter(|element| !matches!(element, ElementId::Connection(_)))
}

fn placed_set(session: &Session) -> BTreeSet<ElementId> {
    placed(session).cloned().collect()
}

pub(super) fn has_movable(session: &Session) -> Enabled {
    if placed(session).next().is_none() {
        return Err(t("Select a component, boundary or note first"));
    }
    if placed(session).all(|element| align::is_locked(session.project(), element)) {
        return Err(t("What is selected is locked"));
    }
    Ok(())
}

/// Enough pieces, and one of them that may move.
fn has_pieces(session: &Session, least: usize, reason: &'static str) -> Enabled {
    if placed(session).take(least).count() < least {
        return Err(reason);
    }
    has_movable(session)
}

pub(super) fn can_align(session: &Session) -> Enabled {
    has_pieces(session, 2, t("Select at least two components, boundaries or notes"))
}

pub(super) fn can_distribute(session: &Session) -> Enabled {
    has_pieces(session, 3, t("Select at least three components, boundaries or notes"))
}

pub(super) fn can_size(session: &Session) -> Enabled {
    let project = session.project();
    let free = |element: &&ElementId| match element {
        ElementId::Boundary(id) => project.boundaries.get(id).is_some_and(|boundary| boundary.folded.is_none()),
        ElementId::Note(_) => true,
        ElementId::Component(_) | ElementId::Connection(_) => false,
    };
    let sized = || session.selection().iter().filter(free);
    if sized().take(2).count() < 2 {
        return Err(t("Select at least two boundaries or notes: components have one size"));
    }
    if sized().all(|element| align::is_locked(project, element)) {
        return Err(t("What is selected is locked"));
    }
    Ok(())
}

pub(super) fn nudge(session: &mut Session, x: f64, y: f64) {
    let name = tr!("Nudge {}", what(session.project(), &placed_set(session)));
    let moving = align::movable(session.project(), session.selection());
    session.edit(&name, &[Edit::Move(moving, Vec2::new(x, y) * GRID_WORLD)]);
}

/// One step that moves pieces, shown as a glide.
fn arrange(session: &mut Session, verb: &str, edits: impl FnOnce(&Project, &[Piece]) -> Vec<Edit>) {
    let project = Arc::clone(session.project());
    let pieces = align::pieces(&project, session.selection());
    let name = tr!("{verb} {} elements", pieces.len(), verb);
    session.edit(&name, &edits(&project, &pieces));
    glide(session, project);
}

/// Lets what has moved since `before` glide to its place on the screen.
pub(super) fn glide(session: &mut Session, before: Arc<Project>) {
    if !Arc::ptr_eq(&before, session.project()) {
        session.request(Request::Canvas(CanvasRequest::Glide(before)));
    }
}

pub(super) fn align(session: &mut Session, axis: Axis, by: Align) {
    arrange(session, t("Align"), |project, pieces| align::align(project, pieces, axis, by));
}

pub(super) fn distribute(session: &mut Session, axis: Axis) {
    arrange(session, t("Distribute"), |project, pieces| align::distribute(project, pieces, axis));
}

pub(super) fn same_size(session: &mut Session, same: SameSize) {
    let edits = align::same_size(session.project(), session.selection(), same);
    let verb = match same {
        SameSize::Width => t("Give one width to"),
        SameSize::Height => t("Give one height to"),
        SameSize::Both => t("Give one size to"),
    };
    let count = align::sized(session.project(), session.selection()).len();
    session.edit(&tr!("{verb} {count} elements", verb, count), &edits);
}

pub(super) fn can_lock(session: &Session) -> Enabled {
    placed(session).next().map(|_| ()).ok_or(t("Select a component, boundary or note first"))
}

/// Locks what is selected, or lets go of it where all of it is locked.
pub(super) fn lock(session: &mut Session) {
    let chosen = placed_set(session);
    let project = session.project();
    let locks = !chosen.iter().all(|element| align::is_locked(project, element));
    let name = format!("{} {}", if locks { t("Lock") } else { t("Unlock") }, what(project, &chosen));
    session.edit(&name, &[Edit::SetLocked(chosen, locks)]);
}

/// Everything that is locked.
fn locked(project: &Project) -> impl Iterator<Item = ElementId> {
    let components = project.components.iter().filter(|(_, c)| c.locked);
    let boundaries = project.boundaries.iter().filter(|(_, b)| b.locked);
    let notes = project.sticky_notes.iter().filter(|(_, n)| n.locked);
    let components = components.map(|(id, _)| ElementId::Component(id.clone()));
    let boundaries = boundaries.map(|(id, _)| ElementId::Boundary(id.clone()));
    components.chain(boundaries).chain(notes.map(|(id, _)| ElementId::Note(id.clone())))
}

pub(super) fn has_locked(session: &Session) -> Enabled {
    locked(session.project()).next().map(|_| ()).ok_or(t("Nothing is locked"))
}

pub(super) fn unlock_all(session: &mut Session) {
    let locked: BTreeSet<ElementId> = locked(session.project()).collect();
    let name = tr!("Unlock {}", what(session.project(), &locked));
    session.edit(&name, &[Edit::SetLocked(locked, false)]);
}

pub(super) fn is_tidying(session: &Session) -> Enabled {
    session.tidying().map(|_| ()).ok_or(t("Nothing is being tidied"))
}
