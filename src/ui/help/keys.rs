//! The keys of the help while it has the keyboard. They are looked at before those of commands.

use egui::{Context, Event, FocusDirection, Key, Modifiers};

use super::{
    HelpState, Part,
    contents::{Row, rows},
    pages::Place,
};

/// A step of the arrows, in points.
const STEP: f32 = 60.0;
/// What is far enough to be at an end.
const FAR: f32 = 1.0e6;

impl HelpState {
    /// Takes the keys of this frame that are for the help; says whether one of them closed it.
    pub fn take_keys(&mut self, ctx: &Context) -> bool {
        if !self.open || self.has_keyboard == Part::Elsewhere || egui::Popup::is_any_open(ctx) {
            return false;
        }
        let mut used = false;
        let mut left = Vec::new();
        for event in ctx.input_mut(|input| std::mem::take(&mut input.events)) {
            if self.open && self.take(&event) {
                used = true;
            } else {
                left.push(event);
            }
        }
        ctx.input_mut(|input| input.events = left);
        if used {
            // What the toolkit made of a key by itself is forgotten.
            ctx.memory_mut(|memory| memory.move_focus(FocusDirection::None));
            ctx.request_repaint();
        }
        if !self.open {
            ctx.memory_mut(|memory| {
                if let Some(id) = memory.focused() {
                    memory.surrender_focus(id);
                }
            });
        }
        !self.open
    }

    /// Takes one event if it is for the help.
    fn take(&mut self, event: &Event) -> bool {
        match event {
            // Whoever types looks for something.
            Event::Text(words) if self.has_keyboard != Part::Search && !words.trim().is_empty() => {
                self.query.push_str(words);
                (self.has_keyboard, self.wants.keyboard) = (Part::Search, Some(Part::Search));
                true
            }
            Event::Key { key, pressed: true, modifiers, .. } => self.take_key(*key, *modifiers),
            _ => false,
        }
    }

    fn take_key(&mut self, key: Key, modifiers: Modifiers) -> bool {
        match (key, modifiers) {
            (Key::Escape, Modifiers::NONE) => self.escape(),
            (Key::F, held) if held.command && !held.shift && !held.alt => self.wants.keyboard = Some(Part::Search),
            (Key::ArrowLeft, Modifiers::ALT) => self.turn(true),
            (Key::ArrowRight, Modifiers::ALT) => self.turn(false),
            (_, Modifiers::NONE) if self.moves(key) => {}
            // By themselves they would run commands on a drawing that nobody looks at.
            (key, held) => {
                let runs = key.name().chars().count() == 1 || matches!(key, Key::Delete | Key::Backspace | Key::Insert);
                let sign = matches!(
                    key,
                    Key::Slash | Key::Questionmark | Key::Period | Key::Comma | Key::Plus | Key::Minus | Key::Equals
                );
                return self.has_keyboard != Part::Search && (runs || sign) && !held.command && !held.ctrl && !held.alt;
            }
        }
        true
    }

    /// Out of the search first, then out of the help.
    fn escape(&mut self) {
        if self.query.is_empty() {
            self.close();
        } else {
            self.query.clear();
            self.found.clear();
            self.wants.keyboard = Some(Part::Reader);
        }
    }

    /// What scrolls, or leads from row to row.
    fn moves(&mut self, key: Key) -> bool {
        let page = (self.page_height - 2.0 * STEP / 3.0).max(STEP);
        match (self.has_keyboard, key) {
            (Part::Search, Key::ArrowDown) => self.choose_further(1),
            (Part::Search, Key::ArrowUp) => self.choose_further(-1),
            (Part::Search, Key::Enter) | (Part::Contents, Key::ArrowRight) => self.wants.keyboard = Some(Part::Reader),
            (Part::Contents, Key::ArrowDown) => self.row_further(1),
            (Part::Contents, Key::ArrowUp) => self.row_further(-1),
            (Part::Contents, Key::Home) => self.row_further(-1000),
            (Part::Contents, Key::End) => self.row_further(1000),
            (Part::Reader | Part::Link | Part::Button, Key::ArrowDown) => self.wants.scroll += STEP,
            (Part::Reader | Part::Link | Part::Button, Key::ArrowUp) => self.wants.scroll -= STEP,
            (Part::Reader | Part::Link, Key::ArrowLeft) if self.query.is_empty() => {
                self.wants.keyboard = Some(Part::Contents);
            }
            (Part::Reader | Part::Link, Key::ArrowLeft) => self.wants.keyboard = Some(Part::Search),
            (Part::Reader | Part::Link, Key::ArrowRight) => {}
            (Part::Reader, Key::Space) | (_, Key::PageDown) => self.wants.scroll += page,
            (_, Key::PageUp) => self.wants.scroll -= page,
            (Part::Reader | Part::Link | Part::Button, Key::Home) => self.wants.scroll -= FAR,
            (Part::Reader | Part::Link | Part::Button, Key::End) => self.wants.scroll += FAR,
            _ => return false,
        }
        true
    }

    fn choose_further(&mut self, by: isize) {
        let last = self.hits.len().saturating_sub(1);
        self.choose(self.chosen.saturating_add_signed(by).min(last));
    }

    fn row_further(&mut self, by: isize) {
        let places: Vec<Place> = rows(self.page)
            .into_iter()
            .filter_map(|row| if let Row::Place(place) = row { Some(place) } else { None })
            .collect();
        let here = self.row.unwrap_or(Place { page: self.page, section: self.section });
        let at = places.iter().position(|place| *place == here).unwrap_or(0);
        let to = at.saturating_add_signed(by).min(places.len().saturating_sub(1));
        (self.row, self.wants.keyboard) = (places.get(to).copied(), Some(Part::Contents));
    }
}
