//! Keys to commands. One place consumes shortcuts, the most specific first.

use std::sync::LazyLock;

use egui::{Event, FocusDirection, Key, KeyboardShortcut, Modifiers, text_selection::LabelSelectionState};

use crate::{
    session::{
        Action, Request, Select, Session,
        commands::{self, Command, Needs, Shortcut, TABLE},
    },
    ui::{InOrder, canvas::Held, shortcut::toolkit_shortcut},
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
    /// The ring shows which element of the drawing has it.
    pub ringed: bool,
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

/// Runs the commands of the keys of this frame, one after the other as they were pressed: what the first one does is what the next one
/// finds. Gives what they have come to.
pub(super) fn run(ctx: &egui::Context, session: &mut Session, keyboard: Keyboard) -> Pressed {
    let typing = ctx.text_edit_focused();
    let elsewhere = ctx.memory(|memory| memory.focused().is_some()) && keyboard.canvas == Held::Elsewhere;
    let popup = egui::Popup::is_any_open(ctx);
    let reads = ctx.plugin_or_default::<LabelSelectionState>().lock().has_selection();
    let taken = |shortcut: &Shortcut, canvas: Held| {
        let busy = keyboard.dragging || popup;
        typing && belongs_to_text(shortcut)
            || elsewhere && belongs_to_focus(shortcut)
            || shortcut.key == "Escape" && (busy || keyboard.had_focus && keyboard.canvas == Held::Elsewhere)
            // Tab goes through the window; through the drawing only for who is in it.
            || shortcut.key == "Tab" && (canvas != Held::Element || busy)
            || popup && belongs_to_focus(shortcut)
    };
    let may_enter = !keyboard.dragging && !popup && !keyboard.welcome;
    let mut pressed =
        Pressed { canvas: keyboard.canvas, enters: false, opens: keyboard.opening, ringed: keyboard.ringed };
    let mut left = Vec::new();
    let mut events = ctx.input_mut(|input| std::mem::take(&mut input.events)).into_iter();
    while let Some(event) = events.next() {
        let opened = pressed.opens;
        let used = match &event {
            // Words that were marked in a panel are what is copied then.
            Event::Copy if reads => false,
            Event::Copy | Event::Cut if !typing && !keyboard.welcome => {
                let id = if matches!(event, Event::Copy) { "edit.copy" } else { "edit.cut" };
                commands::find(id).is_some_and(|command| pressed.command(command, session))
            }
            Event::Key { key: Key::Tab, pressed: true, modifiers: Modifiers::NONE, .. }
                if may_enter && pressed.canvas == Held::Sheet && session.enter_drawing() =>
            {
                pressed.canvas = Held::Element;
                pressed.enters = true;
                true
            }
            Event::Key { pressed: true, .. } => pressed.key(&event, session, keyboard.welcome, taken),
            _ => false,
        };
        if used {
            // What the toolkit made of the key by itself is forgotten: the next one in a row, or what lies that way.
            ctx.memory_mut(|memory| memory.move_focus(FocusDirection::None));
        } else {
            left.push(event);
        }
        if pressed.opens && !opened {
            // A letter comes as a key and as text: its text is used up with it, what is behind it is for the field.
            let mut behind: Vec<Event> = events.by_ref().collect();
            if matches!(behind.first(), Some(Event::Text(_))) {
                behind.remove(0);
            }
            InOrder::hold(ctx, behind);
        }
    }
    ctx.input_mut(|input| input.events = left);
    pressed
}

/// What the keys of this frame have come to so far.
pub(super) struct Pressed {
    canvas: Held,
    /// The keyboard goes from the sheet to the element it was at.
    pub enters: bool,
    /// A field was asked for that is not there yet.
    pub opens: bool,
    /// The ring shows which element the keyboard is at.
    ringed: bool,
}

/// What is about the sheet whatever the ring is around.
const OF_THE_SHEET: [&str; 3] = ["edit.select-none", "go.next", "go.previous"];

impl Pressed {
    /// Runs the command of a key, if there is one now; gives whether the key is used up.
    fn key(
        &mut self,
        event: &Event,
        session: &mut Session,
        welcome: bool,
        taken: impl Fn(&Shortcut, Held) -> bool,
    ) -> bool {
        let command = CANDIDATES.iter().find(|(command, shortcut, keys)| {
            let waits = self.opens && is_for_a_field(shortcut) || welcome && command.needs == Needs::Project;
            asks_for(event, *keys) && !waits && !taken(shortcut, self.canvas)
        });
        command.is_some_and(|(command, ..)| self.command(command, session))
    }

    fn command(&mut self, command: &'static Command, session: &mut Session) -> bool {
        let of_the_sheet = OF_THE_SHEET.contains(&command.id);
        let mut state = (command.enabled)(session);
        // What lacks a selection is about the element with the ring: it looks as if it were chosen.
        let wants_one = state.is_err() || command.id == "go.menu";
        if wants_one && self.ringed && !of_the_sheet && session.selection().is_empty() {
            session.select_cursor();
            state = (command.enabled)(session);
            if state.is_err() {
                session.apply(Action::Select(Select::Nothing));
            }
        }
        if let Err(why) = state {
            // Behind the last element Tab goes on in the window, and Esc with nothing to leave is no mistake.
            if !of_the_sheet {
                session.apply(Action::Request(Request::Say(why.to_owned())));
            }
            return false;
        }
        self.opens |= OPEN_A_FIELD.contains(&command.id);
        session.apply(Action::Run(command.id));
        true
    }
}

/// Every key of every command, those with more modifiers first: the toolkit takes Ctrl+Shift+S for Ctrl+S as well.
static CANDIDATES: LazyLock<Vec<(&Command, &Shortcut, KeyboardShortcut)>> = LazyLock::new(|| {
    let keys = |command: &'static Command| {
        let known = move |shortcut: &'static Shortcut| Some((command, shortcut, toolkit_shortcut(shortcut)?));
        command.shortcuts.iter().filter_map(known)
    };
    let mut candidates: Vec<_> = TABLE.iter().flat_map(keys).collect();
    candidates.sort_by_key(|(_, shortcut, _)| std::cmp::Reverse(u8::from(shortcut.shift) + u8::from(shortcut.alt)));
    candidates
});

/// Commands that put the cursor into a field which is there only some frames later.
const OPEN_A_FIELD: [&str; 13] = [
    "edit.find",
    "edit.rename",
    "edit.traits",
    "help.commands",
    "insert.component",
    "insert.search",
    "insert.note",
    "insert.connected-right",
    "insert.connected-left",
    "insert.connected-above",
    "insert.connected-below",
    "connect.to",
    "connect.from",
];

/// Whether it is meant for the field that is about to open: a letter by itself or with Shift, and what ends or mends words.
fn is_for_a_field(shortcut: &Shortcut) -> bool {
    let letter = !shortcut.alt && shortcut.key.len() == 1;
    !shortcut.ctrl && (letter || matches!(shortcut.key, "Enter" | "Delete" | "Backspace"))
}

/// Whether a key that went down is a shortcut.
fn asks_for(event: &Event, keys: KeyboardShortcut) -> bool {
    let Event::Key { key, physical_key, pressed: true, modifiers, .. } = event else { return false };
    // The toolkit lets Shift go unseen, as it may be what makes a sign. Of other keys it makes another shortcut.
    let sign = matches!(
        keys.logical_key,
        Key::Plus | Key::Minus | Key::Equals | Key::Slash | Key::Questionmark | Key::Period | Key::Comma
    );
    let as_held = modifiers.shift == keys.modifiers.shift && modifiers.alt == keys.modifiers.alt;
    if *key == keys.logical_key && modifiers.matches_logically(keys.modifiers) && (sign || as_held) {
        return true;
    }
    // Shift+1 arrives as whatever sign the keyboard has above its 1, so digits with Shift are known by where the key lies.
    let digit = matches!(keys.logical_key.name().as_bytes(), [b'0'..=b'9']);
    digit && keys.modifiers.shift_only() && *physical_key == Some(keys.logical_key) && modifiers.shift_only()
}

/// The texts that were pasted in this frame, if they were not meant for a text field.
pub(super) fn pasted(ctx: &egui::Context) -> Vec<String> {
    if ctx.text_edit_focused() {
        return Vec::new();
    }
    let text = |event: &Event| if let Event::Paste(text) = event { Some(text.clone()) } else { None };
    ctx.input(|input| input.events.iter().filter_map(text).collect())
}
