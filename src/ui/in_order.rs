//! Keys in the order they were pressed. The toolkit moves the keyboard at the beginning of a frame: letters that came in the same frame
//! before Esc or Tab would find no field to go into, and those before a command not be part of what it is about. Such a key waits for the
//! next frame.

use egui::{Context, Event, Key, Plugin, RawInput};

/// Holds back what comes behind letters and moves the keyboard.
#[derive(Default)]
pub struct InOrder {
    held: Vec<Event>,
}

impl Plugin for InOrder {
    fn debug_name(&self) -> &'static str {
        "keys in order"
    }

    fn input_hook(&mut self, ctx: &Context, input: &mut RawInput) {
        if !self.held.is_empty() {
            input.events.splice(0..0, self.held.drain(..));
        }
        if ctx.text_edit_focused()
            && let Some(at) = first_that_waits(&input.events)
        {
            self.held = input.events.split_off(at);
            ctx.request_repaint();
        }
    }
}

/// The first event that moves the keyboard after something was typed.
fn first_that_waits(events: &[Event]) -> Option<usize> {
    let types = |event: &Event| matches!(event, Event::Text(_) | Event::Paste(_) | Event::Ime(_));
    let typed = events.iter().position(types)?;
    let moves = |event: &Event| match event {
        Event::Key { key: Key::Escape | Key::Tab, pressed: true, .. } => true,
        Event::Key { modifiers, pressed: true, .. } => modifiers.command,
        _ => false,
    };
    events.iter().skip(typed).position(moves).map(|at| typed + at)
}
