//! Keys to commands. One place consumes shortcuts, the most specific first.

use egui::{Event, InputState, KeyboardShortcut};

use crate::{
    session::{
        Action, Session,
        commands::{Command, Needs, Shortcut, TABLE},
    },
    ui::shortcut::toolkit_shortcut,
};

/// Keys that belong to a text field while one has the focus, with or without Ctrl.
fn belongs_to_text(shortcut: &Shortcut) -> bool {
    !shortcut.ctrl && !shortcut.key.starts_with('F') || matches!(shortcut.key, "Z" | "Y" | "A" | "X" | "C" | "V")
}

/// Keys that belong to whatever widget has the focus.
fn belongs_to_focus(shortcut: &Shortcut) -> bool {
    !shortcut.ctrl && (shortcut.key.starts_with("Arrow") || matches!(shortcut.key, "Enter" | "Space"))
}

/// Turns the keys of this frame into actions. `welcome`: no project is on the screen.
pub(super) fn actions(ctx: &egui::Context, session: &Session, welcome: bool) -> Vec<Action> {
    let typing = ctx.text_edit_focused();
    let focused = ctx.memory(|memory| memory.focused().is_some());
    let mut candidates: Vec<(&Command, &Shortcut)> =
        TABLE.iter().flat_map(|command| command.shortcuts.iter().map(move |shortcut| (command, shortcut))).collect();
    // The toolkit takes Ctrl+Shift+S for Ctrl+S as well, so those with more modifiers are asked first.
    candidates.sort_by_key(|(_, shortcut)| std::cmp::Reverse(u8::from(shortcut.shift) + u8::from(shortcut.alt)));
    let mut actions = Vec::new();
    for (command, shortcut) in candidates {
        if typing && belongs_to_text(shortcut) || focused && belongs_to_focus(shortcut) {
            continue;
        }
        if welcome && command.needs == Needs::Project {
            continue;
        }
        let Some(keys) = toolkit_shortcut(shortcut) else { continue };
        let pressed = |input: &mut InputState| input.consume_shortcut(&keys) || consume_shifted_digit(input, keys);
        if (command.enabled)(session).is_ok() && ctx.input_mut(pressed) {
            actions.push(Action::Run(command.id));
        }
    }
    if !typing && !welcome {
        ctx.input(|input| actions.extend(input.events.iter().filter_map(clipboard_action)));
    }
    actions
}

/// Shift+1 arrives as whatever sign the keyboard has above its 1, so digits with Shift are known by where the key lies.
fn consume_shifted_digit(input: &mut InputState, keys: KeyboardShortcut) -> bool {
    let digit = matches!(keys.logical_key.name().as_bytes(), [b'0'..=b'9']);
    if !digit || !keys.modifiers.shift_only() {
        return false;
    }
    let wanted = |event: &Event| match event {
        Event::Key { physical_key, pressed: true, modifiers, .. } => {
            *physical_key == Some(keys.logical_key) && modifiers.shift_only()
        }
        _ => false,
    };
    let before = input.events.len();
    input.events.retain(|event| !wanted(event));
    input.events.len() < before
}

/// Ctrl+C and Ctrl+X never arrive as keys, the toolkit makes events of them. Pasting needs the text, see [`pasted`].
fn clipboard_action(event: &Event) -> Option<Action> {
    match event {
        Event::Copy => Some(Action::Run("edit.copy")),
        Event::Cut => Some(Action::Run("edit.cut")),
        _ => None,
    }
}

/// The text that was pasted in this frame, if it was not meant for a text field.
pub(super) fn pasted(ctx: &egui::Context) -> Option<String> {
    if ctx.text_edit_focused() {
        return None;
    }
    ctx.input(|input| {
        input.events.iter().find_map(|event| match event {
            Event::Paste(text) => Some(text.clone()),
            _ => None,
        })
    })
}
