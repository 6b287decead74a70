//! What commands do to sticky notes.

use super::effects::Enabled;
use crate::{
    lang::{t, tr},
    project::{Edit, ElementId, NoteId, StickyNote},
    session::Session,
};

/// The selected notes.
fn selected(session: &Session) -> impl Iterator<Item = (&NoteId, &StickyNote)> {
    let notes = &session.project().sticky_notes;
    session.selection().iter().filter_map(|element| match element {
        ElementId::Note(id) => notes.get(id).map(|note| (id, &**note)),
        _ => None,
    })
}

pub(super) fn has_note(session: &Session) -> Enabled {
    selected(session).next().map(|_| ()).ok_or(t("Select a note first"))
}

/// All selected notes get the colour after that of the first of them.
pub(super) fn next_colour(session: &mut Session) {
    let Some(colour) = selected(session).next().map(|(_, note)| note.colour.next()) else { return };
    let notes = selected(session).filter(|(_, note)| note.colour != colour);
    let edits: Vec<Edit> =
        notes.map(|(id, note)| Edit::PutNote(id.clone(), StickyNote { colour, ..note.clone() })).collect();
    let step = match edits.len() {
        1 => t("Change the colour of a note").to_owned(),
        count => tr!("Change the colour of {count} notes", count),
    };
    session.edit(&step, &edits);
}
