//! Work that was not saved when the window ended, without a window.

use std::{fmt::Write as _, path::Path};

use super::{DONE, Streams, arguments::DraftsCommand, emit, failure::Failure, must_be_free, say};
use crate::storage::{
    self,
    drafts::{Content, Draft, DraftError, Drafts, Owner},
};

/// Lists the drafts, or does something with one.
pub(super) fn drafts(command: Option<&DraftsCommand>, streams: &mut Streams) -> Result<u8, Failure> {
    let drafts = Drafts::of_user()
        .ok_or_else(|| Failure::Unknown("There is no home folder, so there are no drafts; set HOME".to_owned()))?;
    match command {
        None => list(&drafts, streams),
        Some(DraftsCommand::Restore { id, out }) => restore(&drafts, id, out, streams),
        Some(DraftsCommand::Discard { id }) => {
            drafts.discard(id)?;
            let message = format!("Discarded; to have it back: groundplan drafts restore {id} -o OUT");
            let _ = writeln!(streams.messages, "{message}");
            Ok(DONE)
        }
    }
}

fn list(drafts: &Drafts, streams: &mut Streams) -> Result<u8, Failure> {
    let (mut there, discarded) = (drafts.list(), drafts.discarded());
    there.sort_by_cached_key(|draft| drafts.is_unreadable(draft));
    if there.is_empty() {
        say(streams, "There is no unsaved work");
    }
    let mut text = String::new();
    for draft in &there {
        entry(&mut text, draft);
    }
    if !discarded.is_empty() {
        let gap = if there.is_empty() { "" } else { "\n" };
        let _ = writeln!(text, "{gap}Discarded:");
        for draft in &discarded {
            entry(&mut text, draft);
        }
    }
    emit(streams, text.as_bytes())
}

fn entry(text: &mut String, draft: &Draft) {
    let _ = writeln!(text, "{}  {}, {}, {}", draft.id, draft.title(), draft.extent(), draft.moment());
    let _ = writeln!(text, "          {}", draft.belonging());
    if let Content::Damaged(why) = &draft.content {
        let first = why.lines().next().unwrap_or_default();
        let _ = writeln!(text, "          It cannot be opened as it is: {first}");
    }
    if let Owner::Alive(process) = draft.owner {
        let process = process.map_or_else(String::new, |process| format!(" (process {process})"));
        let _ = writeln!(text, "          It belongs to a window that is open{process}");
    }
}

/// Writes what a draft holds. Nothing that is there is replaced: whoever restores has lost enough.
fn restore(drafts: &Drafts, id: &str, out: &Path, streams: &mut Streams) -> Result<u8, Failure> {
    let claimed = match drafts.claim(id) {
        Ok((place, draft)) => Some((place, draft)),
        Err(DraftError::NotThere) => None,
        Err(error) => return Err(error.into()),
    };
    let text = drafts.text(id)?;
    if out == Path::new("-") {
        emit(streams, &text)?;
    } else {
        must_be_free(out)?;
        storage::write_file(out, &text)?;
    }
    if let Some((place, draft)) = claimed {
        if let Content::Damaged(why) = &draft.content {
            let _ = writeln!(streams.messages, "Note: the draft is damaged, and its text was written as it is: {why}");
        }
        drafts.retire(place)?;
    }
    Ok(DONE)
}
