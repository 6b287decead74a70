//! What commands do to how connections are drawn.

use super::effects::Enabled;
use crate::{
    lang::{lower, t, tr},
    project::{ConnectionId, Course, Edit, ElementId, LineKind},
    session::Session,
};

/// The selected connections and how they are drawn.
fn selected(session: &Session) -> impl Iterator<Item = (&ConnectionId, &Course)> {
    let links = &session.project().connections;
    session.selection().iter().filter_map(|element| match element {
        ElementId::Connection(id) => links.get(id).map(|link| (id, &link.course)),
        _ => None,
    })
}

pub(super) fn has_connection(session: &Session) -> Enabled {
    selected(session).next().map(|_| ()).ok_or(t("Select a connection first"))
}

/// Whether there is something for [`reset`] to forget.
pub(super) fn has_course(session: &Session) -> Enabled {
    has_connection(session)?;
    let by_hand = selected(session).any(|(_, course)| *course != freed(course));
    if by_hand { Ok(()) } else { Err(t("Nothing about its route was chosen by hand")) }
}

/// The kind of line stays: it is no part of the way.
fn freed(course: &Course) -> Course {
    Course { line: course.line, ..Course::default() }
}

/// All selected connections become what comes after the first of them.
pub(super) fn next_kind(session: &mut Session) {
    let kind = selected(session).next().map(|(_, course)| course.line.next());
    if let Some(kind) = kind {
        set_kind(session, kind);
    }
}

pub(super) fn set_kind(session: &mut Session, kind: LineKind) {
    let verb = tr!("Draw {{}} {}", lower(kind.label()));
    change(session, &verb, |course| Course { line: kind, ..course.clone() });
}

pub(super) fn reset(session: &mut Session) {
    change(session, t("Reset the route of {}"), freed);
}

/// Gives every selected connection another course, as one step; `{}` in its name stands for which.
fn change(session: &mut Session, name: &str, make: impl Fn(&Course) -> Course) {
    let edits: Vec<Edit> = selected(session).map(|(id, course)| Edit::SetCourse(id.clone(), make(course))).collect();
    let what = match edits.as_slice() {
        [Edit::SetCourse(id, _)] => session.project().name_of(&ElementId::Connection(id.clone())),
        several => tr!("{} connections", several.len()),
    };
    session.edit(&name.replace("{}", &what), &edits);
}
