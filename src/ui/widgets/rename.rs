//! Giving something another name where it stands.

use egui::{TextEdit, Ui, text::CCursorRange};

use super::field::{Draft, TextKind, draft_id, name_field};
use crate::lang::t;

/// What came of a [`rename_field`] so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Renaming {
    /// The cursor is in it; what was written so far, where somebody paused.
    Still(Option<String>),
    /// The cursor has left; `None` if the name stays as it was.
    Done(Option<String>),
}

impl Renaming {
    /// Whether the cursor has left.
    pub fn is_done(&self) -> bool {
        matches!(self, Self::Done(_))
    }

    /// The other name, if there is one.
    pub fn name(self) -> Option<String> {
        match self {
            Self::Still(name) | Self::Done(name) => name,
        }
    }
}

/// A field for another name. It has the cursor from the first pass on, with the whole name selected, and is done when the cursor
/// leaves. `given` says what it is called if somebody wants to call it so. `ui`'s ids must tell what the name belongs to.
pub fn rename_field(ui: &mut Ui, name: &str, text: &str, given: &dyn Fn(&str) -> String) -> Renaming {
    let id = draft_id(ui, name);
    let (seen, pass) = (id.with("seen"), ui.ctx().cumulative_pass_nr());
    // A field that was away in between begins anew: the cursor is no longer in it.
    let first = ui.data(|data| data.get_temp::<u64>(seen)).is_none_or(|last| last + 1 < pass);
    ui.data_mut(|data| data.insert_temp(seen, pass));
    let draft = Draft { name, text, hint: t("Name"), kind: TextKind::Words, may_be_empty: false };
    let taken = name_field(ui, name, &draft, first, given);
    if first {
        // Afterwards: a field without the cursor drops what is selected in it.
        let mut state = TextEdit::load_state(ui.ctx(), id).unwrap_or_default();
        state.cursor.set_char_range(Some(CCursorRange::select_all_str(text)));
        TextEdit::store_state(ui.ctx(), id, state);
    }
    if first || ui.memory(|memory| memory.has_focus(id)) {
        return Renaming::Still(taken);
    }
    ui.data_mut(|data| data.remove_temp::<u64>(seen));
    Renaming::Done(taken)
}
