//! Shortcuts of the command table in the toolkit's words.

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::session::commands::{Command, Shortcut};

/// A shortcut in the toolkit's words; `None` if the toolkit has no such key.
pub fn toolkit_shortcut(shortcut: &Shortcut) -> Option<KeyboardShortcut> {
    let key = Key::from_name(shortcut.key)?;
    let mut modifiers = Modifiers::NONE;
    if shortcut.ctrl {
        modifiers = modifiers.plus(Modifiers::COMMAND);
    }
    if shortcut.shift {
        modifiers = modifiers.plus(Modifiers::SHIFT);
    }
    if shortcut.alt {
        modifiers = modifiers.plus(Modifiers::ALT);
    }
    Some(KeyboardShortcut::new(modifiers, key))
}

/// The keys of a command as menus show them: `Ctrl+Shift+S`; empty if it has none.
pub fn shortcut_text(ctx: &egui::Context, command: &Command) -> String {
    command.shortcuts.first().and_then(toolkit_shortcut).map(|keys| ctx.format_shortcut(&keys)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::commands::TABLE;

    #[test]
    fn every_shortcut_of_the_table_is_a_key_the_toolkit_has() {
        for command in TABLE.iter() {
            for shortcut in command.shortcuts {
                assert!(toolkit_shortcut(shortcut).is_some(), "{}: {shortcut:?}", command.id);
            }
        }
    }
}
