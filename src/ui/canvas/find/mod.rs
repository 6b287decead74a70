//! The search over the canvas: what is typed, what was found, and going there.

mod panel;
mod rings;

use std::{
    collections::{BTreeSet, HashSet},
    sync::Arc,
};

use egui::{Key, Modifiers, Ui};

pub(super) use panel::panel;
pub(super) use rings::rings;

use super::{CanvasState, Held, convert::from_rect, gesture::Gesture};
use crate::{
    find::{Found, Hit, Index, Target},
    geometry::camera::Camera,
    project::ElementId,
    session::{Action, Select, Session},
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
    /// The cursor goes into the field.
    wants_cursor: bool,
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
    /// To the next hit (or the one before) without the box.
    step: Option<bool>,
}

impl Find {
    /// Opens the box, or brings the cursor back into it.
    pub(super) fn open(&mut self, camera: Camera, session: &Session) {
        if !std::mem::replace(&mut self.open, true) {
            self.before = Some((camera, session.selection().clone()));
        }
        self.wants_cursor = true;
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
        self.searched = Some(self.query.clone());
        self.found = found;
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
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let (back, go) = (pressed(Key::Escape), pressed(Key::Enter));
    let moves = [(Key::ArrowUp, -1), (Key::ArrowDown, 1), (Key::PageUp, -PAGE), (Key::PageDown, PAGE)];
    let by: isize = moves.into_iter().filter(|(key, _)| pressed(*key)).map(|(_, by)| by).sum();
    if back {
        let before = state.find.before.take();
        state.find.close();
        if let Some((camera, selection)) = before {
            state.camera = camera;
            actions.push(Action::Select(Select::Only(selection.into_iter().collect())));
        }
    } else if go {
        go_there(view, state, actions);
    } else if by != 0 && !state.find.found.hits.is_empty() {
        let last = state.find.found.hits.len() - 1;
        state.find.chosen = state.find.chosen.saturating_add_signed(by).min(last);
        state.find.moved = true;
        show_chosen(view, state);
    }
}

/// Selects the chosen hit, brings it into view and closes the box.
fn go_there(view: &View<'_>, state: &mut CanvasState, actions: &mut Actions) {
    let Some((index, hit)) = state.find.hit() else { return };
    match index.target(hit) {
        Some(Target::Finding(key)) => actions.push(Action::ShowFinding(key)),
        Some(Target::Element(element)) => {
            actions.push(Action::Select(Select::Only(vec![element])));
            state.find.open = false;
            if state.camera.zoom < READABLE {
                let viewport = from_rect(state.viewport);
                state.camera.zoom_at(viewport.center(), COMFORTABLE / state.camera.zoom);
            }
            show_chosen(view, state);
        }
        None => return,
    }
    state.find.close();
}

/// The next hit without the box, round in a circle.
fn step(view: &View<'_>, state: &mut CanvasState, forward: bool, actions: &mut Actions) {
    state.find.refresh(view.session);
    let hits = state.find.found.hits.len();
    if hits == 0 {
        state.find.open(state.camera, view.session);
        return;
    }
    state.find.chosen = (state.find.chosen + if forward { 1 } else { hits - 1 }) % hits;
    state.find.moved = true;
    if state.find.open {
        show_chosen(view, state);
    } else {
        go_there(view, state, actions);
    }
}

/// Brings the chosen hit into view: nothing moves if it is seen, and the zoom stays unless there is no room.
fn show_chosen(view: &View<'_>, state: &mut CanvasState) {
    let Some(element) = state.find.chosen_element() else { return };
    let Some(rect_world) = state.rect_of(view.session.project(), &element) else { return };
    let viewport = from_rect(state.viewport);
    let beside = if state.find.open { f64::from(panel::width(state.viewport)) } else { 0.0 };
    let beside = if viewport.width() > 2.0 * beside { beside } else { 0.0 };
    let room = kurbo::Rect::new(viewport.x0 + beside, viewport.y0, viewport.x1, viewport.y1);
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
