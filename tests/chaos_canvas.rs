//! The canvas at the mercy of chance: thousands of frames of pointer, wheel and keys, the same on every run. Whatever comes in whatever
//! order, no gesture is left behind, what is selected is there, and undo leads back to the first bytes.

#![expect(clippy::unwrap_used, reason = "helpers of a test")]

use std::{
    collections::{BTreeSet, VecDeque},
    sync::Arc,
};

use egui::{
    Context, Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, RawInput, Rect, TouchPhase,
    Vec2, pos2, vec2,
};
use groundplan::{
    project::{Boundary, Component, ComponentKind, Connection, Edit, ElementId, Project, Protocol, StickyNote},
    session::{Action, Request, Session, commands::TABLE},
    storage,
    ui::{
        View,
        canvas::{CanvasState, canvas_ui},
        shortcut::toolkit_shortcut,
        theme,
    },
};
use kurbo::Point;

#[path = "common/chance.rs"]
mod chance;
#[path = "common/small_playbook.rs"]
#[allow(dead_code)]
mod small_playbook;

use chance::Chance;

const SIZE: Vec2 = vec2(1000.0, 700.0);
const MOST: usize = 9;
const TOLD: usize = 30;
const BUTTONS: [PointerButton; 3] = [PointerButton::Primary, PointerButton::Secondary, PointerButton::Middle];

fn few() -> Project {
    let mut project = Project::new("Chaos");
    for (id, kind, x, y) in [
        ("shop", ComponentKind::WebApplication, 0.0, 0.0),
        ("api", ComponentKind::RestApi, 300.0, 0.0),
        ("worker", ComponentKind::Worker, 300.0, 160.0),
        ("store", ComponentKind::RelationalDatabase, 0.0, 180.0),
    ] {
        project.apply(&Edit::PutComponent(id.into(), Component::new(kind.label(), kind, Some(Point::new(x, y)))));
    }
    for (from, to) in [("shop", "api"), ("api", "store"), ("api", "worker")] {
        let id = project.new_connection_id(&from.into(), &to.into());
        project.apply(&Edit::PutConnection(id, Connection::new(from.into(), to.into(), Protocol::Http)));
    }
    let team = kurbo::Rect::new(260.0, -60.0, 540.0, 280.0);
    project.apply(&Edit::PutBoundary("team".into(), Boundary::new("Team", team)));
    let note = kurbo::Rect::new(600.0, 0.0, 792.0, 96.0);
    project.apply(&Edit::PutNote("note".into(), StickyNote::new("Note", note)));
    project
}

/// The canvas alone in a window, fed by chance.
struct Chaos {
    seed: u64,
    chance: Chance,
    ctx: Context,
    session: Session,
    canvas: CanvasState,
    clipboard: Option<String>,
    pointer: Pos2,
    down: [bool; 3],
    modifiers: Modifiers,
    seconds: f64,
    frames: usize,
    last: VecDeque<String>,
}

impl Drop for Chaos {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("seed {}, frame {}; the last events and actions:", self.seed, self.frames);
            for line in &self.last {
                eprintln!("  {line}");
            }
        }
    }
}

impl Chaos {
    fn new(seed: u64) -> Self {
        let ctx = Context::default();
        theme::install(&ctx);
        let mut chaos = Self {
            seed,
            chance: Chance::new(seed),
            ctx,
            session: Session::new(Arc::new(small_playbook::engine()), few(), None),
            canvas: CanvasState::default(),
            clipboard: None,
            pointer: pos2(500.0, 350.0),
            down: [false; 3],
            modifiers: Modifiers::NONE,
            seconds: 0.0,
            frames: 0,
            last: VecDeque::new(),
        };
        for _ in 0..3 {
            chaos.frame(Vec::new());
        }
        chaos
    }

    #[expect(clippy::needless_pass_by_value, reason = "most callers make the line for it")]
    fn tell(&mut self, line: String) {
        if self.last.len() == TOLD {
            self.last.pop_front();
        }
        self.last.push_back(line.chars().take(300).collect());
    }

    fn bytes(&self) -> String {
        storage::to_text(self.session.project()).unwrap()
    }

    fn frame(&mut self, events: Vec<Event>) {
        self.frames += 1;
        self.seconds += 0.016;
        if !events.is_empty() {
            self.tell(format!("{events:?}"));
        }
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE)),
            time: Some(self.seconds),
            events,
            ..RawInput::default()
        };
        let mut actions = Vec::new();
        let mut output = self.ctx.run_ui(input, |ui| {
            // A further pass of the same frame asks for the same.
            actions.clear();
            canvas_ui(ui, &View { session: &self.session, animate: false }, &mut self.canvas, &mut actions);
        });
        output.textures_delta.clear();
        for action in actions {
            self.apply(action);
        }
    }

    fn apply(&mut self, action: Action) {
        self.tell(format!("-> {action:?}"));
        self.session.apply(action);
        for request in self.session.take_requests() {
            match request {
                Request::Canvas(request) => self.canvas.request(request),
                Request::CopyText(text) => self.clipboard = Some(text),
                Request::Paste => {
                    if let Some(text) = self.clipboard.clone() {
                        self.session.paste(&text).unwrap();
                    }
                }
                _ => {}
            }
        }
        let project = self.session.project();
        assert_eq!(project.validate(), []);
        assert!(self.session.selection().iter().all(|element| project.contains(element)));
        assert!(self.session.cursor().is_none_or(|at| project.contains(at)));
    }

    /// Somewhere, mostly where something is.
    fn somewhere(&mut self) -> Pos2 {
        if self.chance.one_in(4) {
            let x = self.chance.between(-20.0, 1020.0) as f32;
            return pos2(x, self.chance.between(-20.0, 720.0) as f32);
        }
        let rects: Vec<kurbo::Rect> = self.session.project().components.values().map(|c| c.rect_world()).collect();
        let Some(rect) = self.chance.of(&rects).copied() else { return pos2(500.0, 350.0) };
        let camera = self.canvas.camera;
        // On the card, at its edge, at the handles beside it.
        let out = self.chance.between(-0.2, 1.2);
        let along = self.chance.between(0.0, 1.0);
        let at = camera.screen_from_world(Point::new(rect.x0 + rect.width() * out, rect.y0 + rect.height() * along));
        pos2(at.x as f32, at.y as f32)
    }

    fn events(&mut self) -> Vec<Event> {
        let modifiers = self.modifiers;
        match self.chance.below(20) {
            0..=7 => {
                self.pointer = self.somewhere();
                vec![Event::PointerMoved(self.pointer)]
            }
            8..=12 => {
                let index = [0, 0, 0, 0, 1, 2][self.chance.below(6)];
                self.down[index] = !self.down[index];
                let (button, pressed) = (BUTTONS[index], self.down[index]);
                vec![Event::PointerButton { pos: self.pointer, button, pressed, modifiers }]
            }
            13 => {
                let button = |pressed| Event::PointerButton {
                    pos: self.pointer,
                    button: PointerButton::Primary,
                    pressed,
                    modifiers,
                };
                self.down[0] = false;
                vec![button(true), button(false), button(true), button(false)]
            }
            14 => {
                let delta = vec2(self.chance.between(-80.0, 80.0) as f32, self.chance.between(-80.0, 80.0) as f32);
                let unit = MouseWheelUnit::Point;
                vec![Event::MouseWheel {
                    unit,
                    delta,
                    phase: TouchPhase::Move,
                    source: MouseWheelSource::Wheel,
                    modifiers,
                }]
            }
            15 => vec![Event::Zoom(self.chance.between(0.7, 1.4) as f32)],
            16 => {
                let all = [Modifiers::NONE, Modifiers::NONE, Modifiers::SHIFT, Modifiers::ALT, Modifiers::COMMAND];
                self.modifiers = *self.chance.of(&all).unwrap();
                vec![Event::ModifiersChanged(self.modifiers)]
            }
            17 => {
                let keys = [Key::Escape, Key::Escape, Key::Space, Key::Tab, Key::Enter, Key::R, Key::ArrowLeft];
                let key = *self.chance.of(&keys).unwrap();
                self.key(key, modifiers)
            }
            18 => {
                let all: Vec<_> =
                    TABLE.iter().flat_map(|command| command.shortcuts).filter_map(toolkit_shortcut).collect();
                let keys = *self.chance.of(&all).unwrap();
                self.key(keys.logical_key, keys.modifiers)
            }
            _ => vec![if self.chance.one_in(2) {
                Event::PointerGone
            } else {
                Event::WindowFocused(self.chance.one_in(2))
            }],
        }
    }

    fn key(&mut self, key: Key, modifiers: Modifiers) -> Vec<Event> {
        let event = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
        if self.chance.one_in(3) { vec![event(true)] } else { vec![event(true), event(false)] }
    }

    fn happen(&mut self) {
        let mut events = self.events();
        if self.chance.one_in(4) {
            events.extend(self.events());
        }
        self.frame(events);
        if self.chance.one_in(12) {
            let command = self.chance.of(&TABLE).unwrap().id;
            self.apply(Action::Run(command));
        }
        let project = self.session.project();
        let mut gone: BTreeSet<ElementId> =
            project.components.keys().skip(MOST).cloned().map(ElementId::Component).collect();
        gone.extend(project.boundaries.keys().skip(3).cloned().map(ElementId::Boundary));
        gone.extend(project.sticky_notes.keys().skip(3).cloned().map(ElementId::Note));
        if !gone.is_empty() && !self.canvas.in_gesture() {
            self.apply(Action::edit("Trim", vec![Edit::Remove(gone)]));
        }
    }

    /// Lets go of everything.
    fn rest(&mut self) {
        self.modifiers = Modifiers::NONE;
        let mut events = vec![Event::ModifiersChanged(Modifiers::NONE)];
        for (button, pressed) in BUTTONS.into_iter().zip(&mut self.down) {
            if std::mem::take(pressed) {
                let modifiers = Modifiers::NONE;
                events.push(Event::PointerButton { pos: self.pointer, button, pressed: false, modifiers });
            }
        }
        self.frame(events);
        for _ in 0..3 {
            self.frame(Vec::new());
        }
    }
}

/// Many short runs: each goes back to its first bytes.
#[test]
fn whatever_the_pointer_does_undo_gives_the_first_bytes_again() {
    let (mut frames, mut steps) = (0, 0);
    for seed in 1..=12 {
        let mut chaos = Chaos::new(seed);
        let first = chaos.bytes();
        for _ in 0..450 {
            chaos.happen();
        }
        chaos.rest();
        assert!(!chaos.canvas.in_gesture(), "with no button down nothing hangs at the pointer");
        assert!(!chaos.session.history().in_gesture(), "no gesture is left open");
        let last = chaos.bytes();
        let depth = chaos.session.history().depth();
        assert!(depth < 500);
        for _ in 0..depth {
            chaos.apply(Action::Run("edit.undo"));
        }
        assert_eq!(chaos.bytes(), first, "undo leads back to the first bytes");
        for _ in 0..depth {
            chaos.apply(Action::Run("edit.redo"));
        }
        assert_eq!(chaos.bytes(), last, "redo leads to the last bytes");
        frames += chaos.frames;
        steps += depth;
    }
    assert!(frames > 5_000 && steps > 60, "{frames} frames, {steps} steps");
}

/// A press, some moves, Esc: as if nothing had been, wherever it began.
#[test]
fn esc_in_whatever_gesture_leaves_the_bytes_and_no_step() {
    let mut chaos = Chaos::new(77);
    for _ in 0..250 {
        chaos.rest();
        let (before, depth) = (chaos.bytes(), chaos.session.history().depth());
        chaos.pointer = chaos.somewhere();
        let at = chaos.pointer;
        let all = [Modifiers::NONE, Modifiers::SHIFT, Modifiers::ALT, Modifiers::COMMAND];
        let modifiers = *chaos.chance.of(&all).unwrap();
        chaos.frame(vec![Event::ModifiersChanged(modifiers), Event::PointerMoved(at)]);
        chaos.frame(vec![]);
        chaos.frame(vec![Event::PointerButton { pos: at, button: PointerButton::Primary, pressed: true, modifiers }]);
        chaos.down[0] = true;
        for _ in 0..3 {
            chaos.pointer = chaos.somewhere();
            let to = chaos.pointer;
            chaos.frame(vec![Event::PointerMoved(to)]);
        }
        let escape = Event::Key {
            key: Key::Escape,
            physical_key: None,
            pressed: true,
            repeat: false,
            modifiers: Modifiers::NONE,
        };
        chaos.frame(vec![escape]);
        chaos.rest();
        assert_eq!(chaos.bytes(), before, "Esc leaves no trace");
        assert_eq!(chaos.session.history().depth(), depth, "and no step");
    }
}
