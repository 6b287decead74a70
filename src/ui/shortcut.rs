//! Shortcuts of the command table in the toolkit's words.

use egui::{Key, KeyboardShortcut, Modifiers};

use crate::{
    lang,
    session::commands::{Command, Shortcut},
};

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
    command.shortcuts.first().and_then(toolkit_shortcut).map(|keys| keys_text(ctx, &keys)).unwrap_or_default()
}

/// Keys as people call them: `Ctrl+Shift+S`, and a sign as it stands on its key instead of its name.
pub fn keys_text(ctx: &egui::Context, keys: &KeyboardShortcut) -> String {
    let text = ctx.format_shortcut(keys);
    let sign = match keys.logical_key {
        Key::Minus => "-",
        // Symbols beyond these, such as those of the arrow keys, are not in our faces.
        key => Some(key.symbol_or_name()).filter(|sign| sign.len() == 1 && *sign != "+").unwrap_or_else(|| key.name()),
    };
    let name = keys.logical_key.name();
    let text = text.strip_suffix(name).map(|modifiers| format!("{modifiers}{sign}")).unwrap_or(text);
    let language = lang::current();
    text.split('+').map(|key| language.key(key)).collect::<Vec<_>>().join("+")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::commands::TABLE;

    #[test]
    fn signs_are_shown_as_signs_and_everything_else_by_name() {
        let text = |keys: Shortcut| keys_text(&egui::Context::default(), &toolkit_shortcut(&keys).unwrap());
        let keys = |ctrl: bool, shift: bool, key| text(Shortcut { ctrl, shift, alt: false, key });
        for (key, shown) in
            [("Slash", "/"), ("Questionmark", "?"), ("Minus", "-"), ("Period", "."), ("Delete", "Delete")]
        {
            assert_eq!(keys(false, false, key), shown);
        }
        assert_eq!(keys(false, true, "ArrowUp"), "Shift+Up");
        assert_eq!(keys(true, true, "S"), "Ctrl+Shift+S");
        assert_eq!(keys(true, false, "Plus"), "Ctrl+Plus");
        let german = lang::with(lang::Language::German, || [keys(true, true, "Delete"), keys(false, false, "Slash")]);
        assert_eq!(german, ["Strg+Umschalt+Entf", "/"]);
    }

    #[test]
    fn every_shortcut_of_the_table_is_a_key_the_toolkit_has() {
        for command in TABLE.iter() {
            for shortcut in command.shortcuts {
                assert!(toolkit_shortcut(shortcut).is_some(), "{}: {shortcut:?}", command.id);
            }
        }
    }
}
