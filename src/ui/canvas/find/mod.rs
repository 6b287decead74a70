//! The search over the canvas: what is typed, what was found, and going there.

mod panel;
mod rings;

use std::{
    collections::{BTreeSet, HashSet},
    sync::Arc,
};

use egui::{Key, Modifiers, Rect, Ui};

pub(super) use panel::panel;
pub(super) use rings::rings;

use super::{CanvasState, Held, convert::from_rect, gesture::Gesture};
use crate::{
    find::{Found, Hit, Index, Target},
    geometry::camera::Camera,
    lang::{t, tr},
    project::ElementId,
    session::{Action, Request, Select, Session},
    ui::{Actions, View},
};

/// From the border of the canvas to what is brought into view, in points.
const PADDING: f64 = 40.0;
/// What is gone to is shown at least this large: smaller cards cannot be read.
const READABLE: f64 = 0.4;
/// How large it is shown if it was smaller.
const COMFORTABLE: f64 = 0.8;
/// Hits that a page of the keyboard goes over.
const PAGE: isize = 8;

/// The search between frames.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a state of its own that the others do not exclude")]
pub(super) struct Find {
    open: bool,
    query: String,
    /// The cursor goes into the field, in so many frames, and all that stands there is selected for as long as it is this.
    wants_cursor: u8,
    selects: Option<String>,
    /// The cursor was in the field in the last frame.
    had_cursor: bool,
    /// The hit that Enter goes to.
    chosen: usize,
    /// The choice was moved: the list shows it.
    moved: bool,
    /// How far the list is scrolled, and how much of it is seen, in points.
    scrolled: (f32, f32),
    index: Option<Arc<Index>>,
    /// The query that was searched for in the index.
    searched: Option<String>,
    found: Found,
    /// Everything that has a ring.
    elements: HashSet<ElementId>,
    /// Where Esc returns to.
    before: Option<(Camera, BTreeSet<ElementId>)>,
    /// To the next hit (or the one before) by a command.
    step: Option<bool>,
    /// The chosen hit was gone to: the next one comes next, and Esc leaves the view where it is.
    visited: bool,
    /// The last step went round.
    round: Option<Round>,
}

/// Where the hits went on when there was none left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Round {
    /// Behind the last one.
    FromTheStart,
    /// Before the first one.
    FromTheEnd,
}

impl Round {
    fn words(self) -> &'static str {
        match self {
            Self::FromTheStart => t("from the start"),
            Self::FromTheEnd => t("from the end"),
        }
    }
}

impl Find {
    /// Opens the box, or brings the cursor back into it.
    pub(super) fn open(&mut self, camera: Camera, session: &Session) {
        if !std::mem::replace(&mut self.open, true) {
            self.before = Some((camera, session.selection().clone()));
            self.visited = false;
            self.round = None;
        }
        self.want_cursor(1);
    }

    fn want_cursor(&mut self, frames: u8) {
        (self.wants_cursor, self.selects) = (frames, Some(self.query.clone()));
    }

    /// Asks for the next hit, or the one before; opens the box if nothing was searched for yet.
    pub(super) fn step(&mut self, forward: bool, camera: Camera, session: &Session) {
        if self.query.trim().is_empty() {
            self.open(camera, session);
        } else {
            self.step = Some(forward);
        }
    }

    /// Whether the box is on the screen.
    pub(super) fn is_open(&self) -> bool {
        self.open
    }

    fn close(&mut self) {
        (self.open, self.had_cursor, self.before) = (false, false, None);
    }

    /// Searches again if the plan or the words are others. While something is dragged the hits stay those from before.
    fn refresh(&mut self, session: &Session) {
        let (project, assessment) = (session.project(), session.assessment());
        let current = self.index.as_ref().is_some_and(|index| index.is_of(project, assessment));
        if !current && (self.index.is_none() || !session.history().in_gesture()) {
            self.index = Some(Arc::new(Index::new(project, assessment, &session.engine().playbook)));
            self.searched = None;
        }
        let (Some(index), true) = (&self.index, self.searched.as_ref() != Some(&self.query)) else { return };
        let found = index.search(&self.query);
        let elements = found.hits.iter().flat_map(|hit| index.elements(*hit));
        self.elements = elements.map(|element| index.seen_as(&element)).collect();
        // The same words in a changed plan keep their place in the list.
        let same_words = self.searched.is_none() && found.hits.len() == self.found.hits.len();
        (self.chosen, self.moved) = if same_words { (self.chosen, false) } else { (0, true) };
        if !same_words {
            (self.visited, self.round) = (false, None);
        }
        self.searched = Some(self.query.clone());
        self.found = found;
    }

    /// Chooses the next hit or the one before, round in a circle.
    fn turn(&mut self, forward: bool) {
        let hits = self.found.hits.len();
        if hits == 0 {
            return;
        }
        let (from, last) = (self.chosen, hits - 1);
        (self.chosen, self.round) = match forward {
            true if from >= last => (0, Some(Round::FromTheStart)),
            true => (from + 1, None),
            false if from == 0 => (last, Some(Round::FromTheEnd)),
            false => (from - 1, None),
        };
        self.moved = true;
    }

    /// Which of how many hits is chosen: `3 of 12`, with where it went on if it went round.
    fn counter(&self) -> String {
        let number = |count: usize| crate::text::number(count as f64);
        let round = self.round.map(|round| format!(", {}", round.words())).unwrap_or_default();
        tr!("{0} of {1}{round}", number(self.chosen + 1), number(self.found.hits.len()), round)
    }

    fn hit(&self) -> Option<(&Index, Hit)> {
        Some((self.index.as_deref()?, *self.found.hits.get(self.chosen)?))
    }

    /// What is seen of the chosen hit: its first element, or the folded boundary in its place.
    fn chosen_element(&self) -> Option<ElementId> {
        let (index, hit) = self.hit()?;
        Some(index.seen_as(index.elements(hit).first()?))
    }
}

/// Carries out what the keys say, before anything else of the canvas sees them.
pub(super) fn update(ui: &Ui, view: &View<'_>, state: &mut CanvasState, actions: &mut Actions) {
    if let Some(forward) = state.find.step.take() {
        step(view, state, forward, actions);
    }
    if !state.find.open {
        return;
    }
    state.find.refresh(view.session);
    let idle = matches!(state.gesture, Gesture::Idle);
    let on_the_sheet = state.focus.held != Held::Elsewhere || ui.memory(|memory| memory.focused().is_none());
    if idle && !state.find.had_cursor && on_the_sheet {
        // The person went on to the sheet: it stays as it is.
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            state.find.close();
        }
        return;
    }
    if !state.find.had_cursor {
        return;
    }
    let with = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    let pressed = |key| with(Modifiers::NONE, key);
    // With Shift first: without it would be taken to mean both.
    let (before, back, next) = (with(Modifiers::SHIFT, Key::Enter), pressed(Key::Escape), pressed(Key::Enter));
    let moves = [(Key::ArrowUp, -1), (Key::ArrowDown, 1), (Key::PageUp, -PAGE), (Key::PageDown, PAGE)];
    let by: isize = moves.into_iter().filter(|(key, _)| pressed(*key)).map(|(_, by)| by).sum();
    if back {
        let visited = state.find.visited;
        let before = state.find.before.take().filter(|_| !visited);
        state.find.close();
        if let Some((camera, selection)) = before {
            state.camera = camera;
            actions.push(Action::Select(Select::Only(selection.into_iter().collect())));
        }
    } else if before || next {
        go_on(view, state, next, actions);
    } else if by != 0 && !state.find.found.hits.is_empty() {
        let last = state.find.found.hits.len() - 1;
        state.find.chosen = state.find.chosen.saturating_add_signed(by).min(last);
        (state.find.moved, state.find.visited, state.find.round) = (true, false, None);
        show_chosen(view, state);
    }
}

/// Enter in the box: to the chosen hit, and from there to the next one, or with Shift to the one before. The box stays for as long as
/// there is another one to go to.
fn go_on(view: &View<'_>, state: &mut CanvasState, forward: bool, actions: &mut Actions) {
    if state.find.visited || !forward {
        state.find.turn(forward);
    }
    let stays = state.find.found.hits.len() > 1;
    go_there(view, state, stays, actions);
}

/// Selects the chosen hit and brings it into view; the box is closed unless it `stays`. A finding is gone to in its panel.
fn go_there(view: &View<'_>, state: &mut CanvasState, stays: bool, actions: &mut Actions) {
    let Some((index, hit)) = state.find.hit() else { return };
    let stays = match index.target(hit) {
        Some(Target::Finding(key)) => {
            actions.push(Action::ShowFinding(key));
            false
        }
        Some(Target::Element(element)) => {
            actions.push(Action::Select(Select::Only(vec![element.clone()])));
            state.find.open = stays;
            if state.camera.zoom < READABLE {
                let viewport = from_rect(state.viewport);
                state.camera.zoom_at(viewport.center(), COMFORTABLE / state.camera.zoom);
            }
            show_chosen(view, state);
            // Who looks for something else from here comes back to here.
            state.find.before = Some((state.camera, BTreeSet::from([element])));
            // What is selected calls the keyboard, and the next Enter is still for the box.
            state.find.want_cursor(if stays { 3 } else { 0 });
            stays
        }
        None => return,
    };
    if !stays {
        state.find.close();
    }
    state.find.visited = true;
}

/// The next hit by a command, round in a circle: within the box if it is open, else with which one it is said in words.
fn step(view: &View<'_>, state: &mut CanvasState, forward: bool, actions: &mut Actions) {
    state.find.refresh(view.session);
    if state.find.found.hits.is_empty() {
        state.find.open(state.camera, view.session);
        return;
    }
    state.find.turn(forward);
    let stays = state.find.open;
    let is_finding = |(index, hit): (&Index, Hit)| matches!(index.target(hit), Some(Target::Finding(_)));
    if stays && state.find.hit().is_some_and(is_finding) {
        // Its panel would take the keyboard away from the box.
        show_chosen(view, state);
    } else {
        go_there(view, state, stays, actions);
    }
    if !stays {
        actions.push(Action::Request(Request::Say(format!("{}: {}", state.find.query.trim(), state.find.counter()))));
    }
}

/// How much of the canvas the box takes from the left while it is open, in points.
pub(super) fn width(state: &CanvasState) -> f32 {
    if state.find.open { panel::width(state.viewport) } else { 0.0 }
}

/// What is found is shown beside the box if so much is left there, in points: a card and what is around it.
const LEAST_ROOM: f32 = 260.0;

/// What the box leaves of the canvas.
pub(super) fn room(state: &CanvasState) -> Rect {
    let (mut room, beside) = (state.viewport, width(state));
    if room.width() > beside + LEAST_ROOM {
        room.min.x += beside;
    }
    room
}

/// Brings the chosen hit into view: nothing moves if it is seen, and the zoom stays unless there is no room.
fn show_chosen(view: &View<'_>, state: &mut CanvasState) {
    let Some(element) = state.find.chosen_element() else { return };
    let Some(rect_world) = state.rect_of(view.session.project(), &element) else { return };
    let room = from_rect(room(state));
    let inner = room.inflate(-PADDING.min(room.width() / 4.0), -PADDING.min(room.height() / 4.0));
    let seen = state.camera.rect_screen(rect_world);
    if inner.union(seen) == inner {
        return;
    }
    if seen.width() > inner.width() || seen.height() > inner.height() {
        state.camera = Camera::fit(rect_world, room, PADDING, state.camera.zoom);
    } else {
        state.camera.centre_on(rect_world.center(), inner);
    }
}
