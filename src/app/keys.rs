//! Keys to commands. One place consumes shortcuts, the most specific first.

use egui::{Event, InputState, Key, KeyboardShortcut};

use crate::{
    session::{
        Action, Session,
        commands::{Command, Needs, Shortcut, TABLE},
    },
    ui::{canvas::Held, shortcut::toolkit_shortcut},
};

/// Where the keyboard is.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own about the frame")]
pub(super) struct Keyboard {
    /// A field was asked for in the frame before, and is not there yet.
    pub opening: bool,
    /// No project is on the screen.
    pub welcome: bool,
    /// What the canvas has of it.
    pub canvas: Held,
    /// Something is dragged, and Esc is for that.
    pub dragging: bool,
    /// Some widget had it in the frame before: Esc was for that one, though it has let go by now.
    pub had_focus: bool,
}

/// Keys that belong to a text field while one has the focus, with whatever is held besides.
fn belongs_to_text(shortcut: &Shortcut) -> bool {
    let edits = moves(shortcut) || matches!(shortcut.key, "Delete" | "Backspace" | "Enter" | "Tab");
    let clipboard = matches!(shortcut.key, "Z" | "Y" | "A" | "X" | "C" | "V");
    edits || clipboard || !shortcut.ctrl && !is_function_key(shortcut)
}

fn moves(shortcut: &Shortcut) -> bool {
    shortcut.key.starts_with("Arrow") || matches!(shortcut.key, "Home" | "End" | "PageUp" | "PageDown")
}

fn is_function_key(shortcut: &Shortcut) -> bool {
    shortcut.key.strip_prefix('F').is_some_and(|number| number.parse::<u8>().is_ok())
}

/// Keys that belong to whatever widget has the focus.
fn belongs_to_focus(shortcut: &Shortcut) -> bool {
    moves(shortcut) || !shortcut.ctrl && matches!(shortcut.key, "Enter" | "Space" | "Escape")
}

/// Turns the keys of this frame into actions.
pub(super) fn actions(ctx: &egui::Context, session: &Session, keyboard: Keyboard) -> Vec<Action> {
    let typing = ctx.text_edit_focused();
    let mut actions = Vec::new();
    if ctx.input(|input| input.events.iter().any(|event| matches!(event, Event::Key { pressed: true, .. }))) {
        let elsewhere = ctx.memory(|memory| memory.focused().is_some()) && keyboard.canvas == Held::Elsewhere;
        let taken = |shortcut: &Shortcut| {
            let busy = keyboard.dragging || egui::Popup::is_any_open(ctx);
            typing && belongs_to_text(shortcut)
                || elsewhere && belongs_to_focus(shortcut)
                || shortcut.key == "Escape" && (busy || keyboard.had_focus && keyboard.canvas == Held::Elsewhere)
                // Tab goes through the window; through the drawing only for who is in it.
                || shortcut.key == "Tab" && (keyboard.canvas != Held::Element || busy)
                || busy && egui::Popup::is_any_open(ctx) && belongs_to_focus(shortcut)
        };
        actions.extend(pressed(ctx, session, (keyboard.welcome, keyboard.opening), taken));
    }
    if !typing && !keyboard.welcome {
        ctx.input(|input| actions.extend(input.events.iter().filter_map(clipboard_action)));
    }
    actions
}

/// Commands that put the cursor into a field which is there only in the next frame.
const OPEN_A_FIELD: [&str; 7] =
    ["edit.find", "edit.rename", "help.commands", "insert.component", "insert.search", "connect.to", "connect.from"];

fn opens_a_field(id: &str) -> bool {
    OPEN_A_FIELD.contains(&id)
}

/// Whether one of these opens a field: what is typed until it is there is meant for it and runs no command.
pub(super) fn open_a_field(actions: &[Action]) -> bool {
    actions.iter().any(|action| matches!(action, Action::Run(id) if opens_a_field(id)))
}

/// Whether it is what people type: a letter by itself, or with Shift.
fn is_letter(shortcut: &Shortcut) -> bool {
    !shortcut.ctrl && !shortcut.alt && shortcut.key.len() == 1
}

fn pressed(
    ctx: &egui::Context,
    session: &Session,
    (welcome, opening): (bool, bool),
    taken: impl Fn(&Shortcut) -> bool,
) -> impl Iterator<Item = Action> {
    let mut candidates: Vec<(&Command, &Shortcut)> =
        TABLE.iter().flat_map(|command| command.shortcuts.iter().map(move |shortcut| (command, shortcut))).collect();
    // The toolkit takes Ctrl+Shift+S for Ctrl+S as well, so those with more modifiers are asked first.
    // Plain letters last: they may be the first words of a field that another key of this frame opens.
    candidates.sort_by_key(|(_, shortcut)| {
        let modifiers = u8::from(shortcut.shift) + u8::from(shortcut.alt);
        (!shortcut.ctrl && modifiers == 0, std::cmp::Reverse(modifiers))
    });
    let mut actions = Vec::new();
    let mut opens = opening;
    for (command, shortcut) in candidates {
        if taken(shortcut) || opens && is_letter(shortcut) || welcome && command.needs == Needs::Project {
            continue;
        }
        let Some(keys) = toolkit_shortcut(shortcut) else { continue };
        if is_down(ctx, keys) && (command.enabled)(session).is_ok() && ctx.input_mut(|input| consume(input, keys)) {
            actions.push(Action::Run(command.id));
            opens |= opens_a_field(command.id);
        }
    }
    actions.into_iter()
}

/// Whether the key was pressed, with whatever else is held: asks nothing of the session.
fn is_down(ctx: &egui::Context, keys: KeyboardShortcut) -> bool {
    ctx.input(|input| {
        input.events.iter().any(|event| match event {
            Event::Key { key, physical_key, pressed: true, .. } => {
                *key == keys.logical_key || *physical_key == Some(keys.logical_key)
            }
            _ => false,
        })
    })
}

/// Whether the shortcut was pressed; it is then nobody else's.
fn consume(input: &mut InputState, keys: KeyboardShortcut) -> bool {
    // The toolkit lets Shift go unseen, as it may be what makes a sign. Of other keys it makes another shortcut.
    let sign = matches!(
        keys.logical_key,
        Key::Plus | Key::Minus | Key::Equals | Key::Slash | Key::Questionmark | Key::Period | Key::Comma
    );
    let as_held = input.events.iter().any(|event| match event {
        Event::Key { key, pressed: true, modifiers, .. } => {
            *key == keys.logical_key && modifiers.shift == keys.modifiers.shift && modifiers.alt == keys.modifiers.alt
        }
        _ => false,
    });
    (sign || as_held) && input.consume_shortcut(&keys) || consume_shifted_digit(input, keys)
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
