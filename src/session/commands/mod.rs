//! Every command in one table: menus, toolbar, context menus, command palette, shortcut sheet and tests are made from it.
//! Adding a command is one row in [`TABLE`]'s module plus the function it runs.

mod arrange;
mod back;
mod boundaries;
mod effects;
mod keyboard;
mod lines;
mod notes;
mod table;

pub use effects::deferring;
pub use table::TABLE;

use super::{Session, action::Request};
use crate::lang::{self, Language, t};

/// A key with its modifiers, without a toolkit: the window turns it into its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Shortcut {
    /// Ctrl (Command on a Mac).
    pub ctrl: bool,
    /// Shift.
    pub shift: bool,
    /// Alt.
    pub alt: bool,
    /// The key as the toolkit names it: `S`, `Delete`, `F2`, `Plus`.
    pub key: &'static str,
}

/// The menu a command stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    /// Projects and exports.
    File,
    /// Undo, clipboard, selection.
    Edit,
    /// What the window shows.
    View,
    /// What can be added.
    Insert,
    /// Where things stand.
    Arrange,
    /// Ways through the drawing.
    Go,
    /// Where to find things out.
    Help,
}

impl Menu {
    /// Every menu in its order.
    pub const ALL: [Self; 7] = [Self::File, Self::Edit, Self::View, Self::Insert, Self::Arrange, Self::Go, Self::Help];

    /// The letter of its caption that opens it, with Alt. None of them is a key of a command.
    pub fn letter(self) -> char {
        let german = lang::current() == Language::German;
        match self {
            // F is none of the letters of "Datei", and this is the only one of them that another menu can spare.
            Self::File if german => 'E',
            Self::File => 'F',
            Self::Edit if german => 'B',
            Self::Edit => 'E',
            Self::View => 'I',
            Self::Insert => 'N',
            Self::Arrange => 'R',
            Self::Go => 'G',
            Self::Help => 'L',
        }
    }

    /// The caption of the menu.
    pub fn label(self) -> &'static str {
        match self {
            Self::File => t("File"),
            Self::Edit => t("Edit"),
            Self::View => t("View"),
            Self::Insert => t("Insert"),
            Self::Arrange => t("Arrange"),
            Self::Go => t("Go"),
            Self::Help => t("Help"),
        }
    }
}

/// Where a command makes sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Needs {
    /// Nothing: also on the welcome page.
    Nothing,
    /// An open project.
    Project,
}

/// What a command does.
#[derive(Clone, Debug)]
pub enum Run {
    /// A change of the session.
    Do(fn(&mut Session)),
    /// Something that the window does.
    Ask(Request),
}

/// One command.
#[derive(Clone, Debug)]
pub struct Command {
    /// Its id, a slug with a room: `edit.undo`.
    pub id: &'static str,
    /// What people call it: sentence case, `...` where a dialog follows.
    pub text: &'static str,
    /// What it does, in a line.
    pub help: &'static str,
    /// Its menu.
    pub menu: Menu,
    /// Commands of one group stand together, with a line between groups.
    pub group: u8,
    /// Its keys, the first shown in menus.
    pub shortcuts: &'static [Shortcut],
    /// Whether it needs an open project.
    pub needs: Needs,
    /// `Err` with the reason if it cannot be run now.
    pub enabled: fn(&Session) -> Result<(), &'static str>,
    /// What it does.
    pub run: Run,
}

/// The command with this id.
pub fn find(id: &str) -> Option<&'static Command> {
    TABLE.iter().find(|command| command.id == id)
}

/// Runs a command if it is enabled; an unknown or disabled one does nothing.
pub(super) fn run(id: &str, session: &mut Session) {
    if let Some(command) = find(id)
        && (command.enabled)(session).is_ok()
    {
        match &command.run {
            Run::Do(run) => run(session),
            Run::Ask(request) => session.request(request.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn ids_and_shortcuts_do_not_clash_and_every_text_is_written() {
        let mut ids = HashSet::new();
        let mut keys = HashSet::new();
        for command in TABLE.iter() {
            assert!(ids.insert(command.id), "{} twice", command.id);
            assert!(!command.text.is_empty() && !command.help.is_empty(), "{} says nothing", command.id);
            assert!(!command.text.ends_with('.') || command.text.ends_with("..."), "{}", command.text);
            for shortcut in command.shortcuts {
                assert!(keys.insert(*shortcut), "{} shares {shortcut:?}", command.id);
            }
        }
        for (language, menu) in Language::ALL.into_iter().flat_map(|one| Menu::ALL.map(|menu| (one, menu))) {
            lang::with(language, || one_letter(menu, &keys));
        }
    }

    /// A menu is opened by a letter that stands in its caption and opens nothing else.
    fn one_letter(menu: Menu, keys: &HashSet<Shortcut>) {
        assert!(menu.label().to_uppercase().contains(menu.letter()), "{}", menu.label());
        let alt = |shortcut: &Shortcut| shortcut.alt && shortcut.key == menu.letter().to_string();
        assert!(!keys.iter().any(alt), "{} shares its letter", menu.label());
        let letters = Menu::ALL.iter().filter(|other| other.letter() == menu.letter());
        assert_eq!(letters.count(), 1, "{} shares its letter", menu.label());
    }
}
