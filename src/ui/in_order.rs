//! Keys in the order they were pressed. The toolkit moves the keyboard at the beginning of a frame, and a field that a key opens is there
//! some frames later: letters that came in the same frame before Esc, Tab or a click elsewhere, or behind F2, would find no field to go into,
//! and those before a command not be part of what it is about. A dialog has all keys of its last frame, those behind the one that closes it
//! included. What would come too early waits.
//!
//! The same of the pointer: the toolkit looks once a frame where it is and which modifiers are held, so in a slow frame a press would be one on
//! what the pointer came to afterwards, and a button be let go without the modifiers that were still held.

use egui::{Context, Event, Id, Key, Plugin, RawInput};

/// How many frames letters wait at most for the field that the key before them may have opened: what is to be named is put on the sheet
/// first.
const FRAMES_TO_OPEN: u64 = 4;

/// Holds back what comes behind letters and moves the keyboard, letters that come behind what may open a field, and what becomes of the pointer
/// and of modifiers behind a button.
#[derive(Default)]
pub struct InOrder {
    held: Vec<Event>,
    opening: Option<Opening>,
    /// Whether a dialog or a menu stands in front of the window.
    in_front: bool,
}

/// A key that may open a field.
#[derive(Clone, Copy)]
struct Opening {
    frame: u64,
    /// What had the keyboard then.
    from: Option<Id>,
}

impl InOrder {
    /// Notes that a key opened a field, and keeps what came in this frame behind it until the field is there.
    pub fn hold(ctx: &Context, events: Vec<Event>) {
        let (frame, from) = now(ctx);
        let plugin = ctx.plugin_or_default::<Self>();
        let mut order = plugin.lock();
        order.held.splice(0..0, events);
        order.opening = Some(Opening { frame, from });
        ctx.request_repaint();
    }

    /// Notes whether a dialog or a menu stands in front of the window. What comes behind a key that may close it is for what is behind it by then,
    /// and waits for that.
    pub fn in_front(ctx: &Context, in_front: bool) {
        ctx.plugin_or_default::<Self>().lock().in_front = in_front;
    }

    /// The first event that has to wait.
    fn first_that_waits(&mut self, ctx: &Context, events: &[Event]) -> Option<usize> {
        let (frame, from) = now(ctx);
        let in_a_field = ctx.text_edit_focused();
        self.opening = self
            .opening
            .filter(|opening| frame <= opening.frame + FRAMES_TO_OPEN && !(in_a_field && from != opening.from));
        let mut typed = false;
        for (at, event) in events.iter().enumerate() {
            let moves = moves_the_keyboard(event);
            if typed && in_a_field && moves {
                return Some(at);
            }
            if self.opening.is_some() && is_written(event) {
                // A letter comes as a key and as text, and the key may be a command: the two stay together.
                return Some(if at > 0 && is_key(&events[at - 1]) && !may_open(&events[at - 1]) { at - 1 } else { at });
            }
            typed |= is_text(event) || is_key(event) && !moves;
            if may_open(event) {
                self.opening = Some(Opening { frame, from });
            }
            if self.in_front && may_close(event, in_a_field) && at + 1 < events.len() {
                return Some(at + 1);
            }
        }
        None
    }
}

impl Plugin for InOrder {
    fn debug_name(&self) -> &'static str {
        "keys in order"
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        if !self.held.is_empty() {
            input.events.splice(0..0, self.held.drain(..));
        }
        let keys = self.first_that_waits(ctx, &input.events);
        if let Some(at) = keys.into_iter().chain(first_of_the_pointer(ctx, &input.events)).min() {
            self.held = input.events.split_off(at);
            ctx.request_repaint();
        }
    }
}

/// The first event that has to wait for what the pointer did before.
fn first_of_the_pointer(ctx: &Context, events: &[Event]) -> Option<usize> {
    let origin = ctx.input(|input| input.pointer.press_origin().filter(|_| !input.pointer.is_decidedly_dragging()));
    let farthest = ctx.options(|options| options.input_options.max_click_dist);
    let (mut pressed_at, mut is_button, mut begins_drag) = (None, false, false);
    events.iter().position(|event| match event {
        Event::PointerMoved(pos) => {
            begins_drag |= origin.is_some_and(|origin| origin.distance(*pos) > farthest);
            pressed_at.is_some_and(|pressed_at| pressed_at != *pos)
        }
        // A drag has to be seen before it ends.
        Event::PointerButton { pressed: false, .. } if begins_drag => true,
        Event::PointerButton { pos, pressed, .. } => {
            pressed_at = pressed.then_some(*pos);
            is_button = true;
            false
        }
        Event::ModifiersChanged(_) => is_button,
        _ => false,
    })
}

fn now(ctx: &Context) -> (u64, Option<Id>) {
    (ctx.cumulative_frame_nr(), ctx.memory(egui::Memory::focused))
}

fn is_key(event: &Event) -> bool {
    matches!(event, Event::Key { pressed: true, .. })
}

/// Whether it is meant for a field.
fn is_text(event: &Event) -> bool {
    is_written(event) || matches!(event, Event::Paste(_))
}

/// The same, but for what the desktop hands over: that answers a command, which waits for it.
fn is_written(event: &Event) -> bool {
    matches!(event, Event::Text(_) | Event::Ime(_))
}

/// What takes the keyboard elsewhere or runs a command. A press of the pointer does so at the beginning of its frame.
fn moves_the_keyboard(event: &Event) -> bool {
    match event {
        Event::PointerButton { pressed: true, .. } | Event::Key { key: Key::Escape | Key::Tab, pressed: true, .. } => {
            true
        }
        Event::Key { modifiers, pressed: true, .. } => modifiers.command,
        _ => false,
    }
}

/// What closes a dialog or a menu: a click, a key that takes or leaves it, or one that runs a command.
fn may_close(event: &Event, in_a_field: bool) -> bool {
    match event {
        Event::PointerButton { pressed: false, .. } => true,
        Event::Key { key, modifiers, pressed: true, .. } => {
            matches!(key, Key::Escape | Key::Enter) || *key == Key::Space && !in_a_field || modifiers.command
        }
        _ => false,
    }
}

/// What opens a field: a click, a key that runs a command, or takes one from a list. A letter that does so tells by [`InOrder::hold`].
fn may_open(event: &Event) -> bool {
    match event {
        Event::PointerButton { pressed: false, .. } | Event::Key { key: Key::Enter | Key::F2, pressed: true, .. } => {
            true
        }
        Event::Key { modifiers, pressed: true, .. } => modifiers.command && !modifiers.alt,
        _ => false,
    }
}
