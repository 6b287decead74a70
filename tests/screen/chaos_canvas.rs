//! The canvas at the mercy of chance: thousands of frames of pointer, wheel and keys, the same on every run. Whatever comes in whatever
//! order, no gesture is left behind, what is selected is there, and undo leads back to the first bytes.

#![expect(clippy::unwrap_used, reason = "helpers of a test")]

use std::{
    collections::BTreeSet,
    ops::{Range, RangeInclusive},
    sync::Arc,
    thread,
};

use egui::{
    Context, Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, RawInput, Rect, TouchPhase,
    Vec2, accesskit::Node, pos2, vec2,
};
use groundplan::{
    assess::Engine,
    project::{Boundary, Component, ComponentKind, Connection, Edit, Project, Protocol, StickyNote},
    session::{Action, commands::TABLE},
    ui::{
        View,
        canvas::{CanvasState, canvas_ui},
        shortcut::toolkit_shortcut,
        theme,
    },
};
use kurbo::Point;

use crate::common::{chance, chaos, small_playbook};
use chance::Chance;
use chaos::Chaos;

const SIZE: Vec2 = vec2(1000.0, 700.0);
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

/// What of a drawing can be taken hold of, by how its accessible name begins; cards are told by how theirs ends. The handles and
/// grips come first.
const HOLDS: [&str; 9] =
    ["Connect ", "Resize ", "Beginning of ", "End of ", "Point ", "Bend ", "Connection: ", "Boundary: ", "Note: "];
/// How many of [`HOLDS`] are handles and grips: they are there only while something is pointed at or selected.
const GRIPS: usize = 6;
/// One more than [`HOLDS`]: the cards.
const KINDS: usize = HOLDS.len() + 1;

/// The canvas alone in a window, fed by chance.
struct Canvas {
    chaos: Chaos,
    ctx: Context,
    state: CanvasState,
    /// What could be taken hold of in the last frame, by its place in [`HOLDS`]; the cards come after those.
    holds: Vec<(usize, Rect)>,
    pointer: Pos2,
    down: [bool; 3],
    modifiers: Modifiers,
    seconds: f64,
    frames: usize,
}

impl Canvas {
    fn new(seed: u64, engine: &Arc<Engine>) -> Self {
        let ctx = Context::default();
        ctx.enable_accesskit();
        theme::install(&ctx);
        let mut canvas = Self {
            chaos: Chaos::new(seed, engine, few()),
            ctx,
            state: CanvasState::default(),
            holds: Vec::new(),
            pointer: pos2(500.0, 350.0),
            down: [false; 3],
            modifiers: Modifiers::NONE,
            seconds: 0.0,
            frames: 0,
        };
        for _ in 0..3 {
            canvas.frame(Vec::new());
        }
        canvas
    }

    fn frame(&mut self, events: Vec<Event>) {
        self.frames += 1;
        self.seconds += 0.016;
        if !events.is_empty() {
            self.chaos.tell(events.clone());
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
            let view = View { session: &self.chaos.session, animate: false };
            canvas_ui(ui, &view, &mut self.state, &mut actions);
        });
        output.textures_delta.clear();
        if let Some(tree) = output.platform_output.accesskit_update {
            self.holds = tree.nodes.iter().filter_map(|(_, node)| hold(node)).collect();
        }
        for action in actions {
            self.apply(action);
        }
    }

    fn apply(&mut self, action: Action) {
        for request in self.chaos.apply(action) {
            self.state.request(request);
        }
    }

    /// On something of these kinds that can be taken hold of: each kind is as likely as another, however many there are of it.
    fn on_one_of(&mut self, kinds: Range<usize>) -> Option<Pos2> {
        let kinds: BTreeSet<usize> =
            self.holds.iter().map(|(kind, _)| *kind).filter(|kind| kinds.contains(kind)).collect();
        let kinds: Vec<usize> = kinds.into_iter().collect();
        let kind = self.chaos.chance.of(&kinds).copied()?;
        let rects: Vec<Rect> = self.holds.iter().filter(|(of, _)| *of == kind).map(|(_, rect)| *rect).collect();
        let rect = *self.chaos.chance.of(&rects)?;
        let share = |chance: &mut Chance| chance.between(0.25, 0.75) as f32;
        let (x, y) = (share(&mut self.chaos.chance), share(&mut self.chaos.chance));
        Some(rect.lerp_inside(vec2(x, y)))
    }

    /// Somewhere, mostly where something is.
    fn somewhere(&mut self) -> Pos2 {
        match self.chaos.chance.below(4) {
            0 => {
                let x = self.chaos.chance.between(-20.0, 1020.0) as f32;
                return pos2(x, self.chaos.chance.between(-20.0, 720.0) as f32);
            }
            1 | 2 => {
                if let Some(pos) = self.on_one_of(0..KINDS) {
                    return pos;
                }
            }
            _ => {}
        }
        let rects: Vec<kurbo::Rect> = self.chaos.project().components.values().map(|c| c.rect_world()).collect();
        let Some(rect) = self.chaos.chance.of(&rects).copied() else { return pos2(500.0, 350.0) };
        let camera = self.state.camera;
        // On the card, at its edge, at the handles beside it.
        let out = self.chaos.chance.between(-0.2, 1.2);
        let along = self.chaos.chance.between(0.0, 1.0);
        let at = camera.screen_from_world(Point::new(rect.x0 + rect.width() * out, rect.y0 + rect.height() * along));
        pos2(at.x as f32, at.y as f32)
    }

    fn events(&mut self) -> Vec<Event> {
        let modifiers = self.modifiers;
        match self.chaos.chance.below(20) {
            0..=7 => {
                self.pointer = self.somewhere();
                vec![Event::PointerMoved(self.pointer)]
            }
            8..=12 => {
                let index = [0, 0, 0, 0, 1, 2][self.chaos.chance.below(6)];
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
                let delta =
                    vec2(self.chaos.chance.between(-80.0, 80.0) as f32, self.chaos.chance.between(-80.0, 80.0) as f32);
                let unit = MouseWheelUnit::Point;
                vec![Event::MouseWheel {
                    unit,
                    delta,
                    phase: TouchPhase::Move,
                    source: MouseWheelSource::Wheel,
                    modifiers,
                }]
            }
            15 => vec![Event::Zoom(self.chaos.chance.between(0.7, 1.4) as f32)],
            16 => {
                let all = [Modifiers::NONE, Modifiers::NONE, Modifiers::SHIFT, Modifiers::ALT, Modifiers::COMMAND];
                self.modifiers = *self.chaos.chance.of(&all).unwrap();
                vec![Event::ModifiersChanged(self.modifiers)]
            }
            17 => {
                let keys = [Key::Escape, Key::Escape, Key::Space, Key::Tab, Key::Enter, Key::R, Key::ArrowLeft];
                let key = *self.chaos.chance.of(&keys).unwrap();
                self.key(key, modifiers)
            }
            18 => {
                let all: Vec<_> =
                    TABLE.iter().flat_map(|command| command.shortcuts).filter_map(toolkit_shortcut).collect();
                let keys = *self.chaos.chance.of(&all).unwrap();
                self.key(keys.logical_key, keys.modifiers)
            }
            _ => vec![if self.chaos.chance.one_in(2) {
                Event::PointerGone
            } else {
                Event::WindowFocused(self.chaos.chance.one_in(2))
            }],
        }
    }

    fn key(&mut self, key: Key, modifiers: Modifiers) -> Vec<Event> {
        let event = |pressed| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers };
        if self.chaos.chance.one_in(3) { vec![event(true)] } else { vec![event(true), event(false)] }
    }

    /// A button goes down or up where the pointer is.
    fn press(&mut self, pressed: bool) {
        self.down[0] = pressed;
        let (pos, modifiers) = (self.pointer, self.modifiers);
        self.frame(vec![Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers }]);
    }

    fn move_to(&mut self, pos: Pos2) {
        self.pointer = pos;
        self.frame(vec![Event::PointerMoved(pos)]);
    }

    /// Takes hold of something, which may have to be pointed at or selected before it can be taken hold of.
    fn take_hold(&mut self) {
        self.rest();
        if self.chaos.chance.one_in(3) {
            // Back to a drawing that can be seen, and nothing open over it.
            let events = vec![Event::WindowFocused(true), key_event(Key::Space, false)];
            self.frame(events);
            let events = vec![key_event(Key::Escape, true), key_event(Key::Escape, false)];
            self.frame(events);
            self.apply(Action::Run("view.fit"));
            self.frame(Vec::new());
        }
        if let Some(whole) = self.on_one_of(GRIPS..KINDS) {
            self.move_to(whole);
        }
        if self.chaos.chance.one_in(2) {
            self.press(true);
            self.press(false);
            // The next press is not the second half of a double click.
            self.seconds += 0.5;
            self.frame(Vec::new());
        }
        if self.chaos.chance.one_in(4) {
            let all = [Modifiers::SHIFT, Modifiers::ALT, Modifiers::COMMAND];
            self.modifiers = *self.chaos.chance.of(&all).unwrap();
            self.frame(vec![Event::ModifiersChanged(self.modifiers)]);
        }
        let whole = self.chaos.chance.one_in(3);
        let hold = self.on_one_of(if whole { GRIPS..KINDS } else { 0..GRIPS });
        let hold = hold.unwrap_or_else(|| self.somewhere());
        self.move_to(hold);
        self.press(true);
    }

    /// A drag from its first frame to its last; now and then something comes in between.
    fn gesture(&mut self) {
        self.take_hold();
        for _ in 0..=self.chaos.chance.below(4) {
            let to = self.somewhere();
            self.move_to(to);
            if self.chaos.chance.one_in(8) {
                let events = self.events();
                self.frame(events);
            }
        }
        if self.chaos.chance.one_in(6) {
            let events = self.key(Key::Escape, Modifiers::NONE);
            self.frame(events);
        }
        self.press(false);
    }

    fn happen(&mut self) {
        if self.chaos.chance.one_in(4) {
            self.gesture();
        } else {
            let mut events = self.events();
            if self.chaos.chance.one_in(4) {
                events.extend(self.events());
            }
            self.frame(events);
        }
        if self.chaos.chance.one_in(12) {
            let command = self.chaos.chance.of(&TABLE).unwrap().id;
            self.apply(Action::Run(command));
        }
        if !self.state.in_gesture() {
            self.chaos.trim();
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

fn key_event(key: Key, pressed: bool) -> Event {
    Event::Key { key, physical_key: None, pressed, repeat: false, modifiers: Modifiers::NONE }
}

/// What a node is to take hold of, and where.
fn hold(node: &Node) -> Option<(usize, Rect)> {
    let (label, bounds) = (node.label()?, node.bounds()?);
    let rect = Rect::from_min_max(pos2(bounds.x0 as f32, bounds.y0 as f32), pos2(bounds.x1 as f32, bounds.y1 as f32));
    let is_card = || label.contains(" of ") && label.ends_with(|last: char| last.is_ascii_digit());
    let kind = HOLDS.iter().position(|start| label.starts_with(start));
    kind.or_else(|| is_card().then_some(HOLDS.len())).map(|kind| (kind, rect))
}

/// Many short runs, each back to its first bytes and forth again; gives the frames it took and what the steps were called.
fn short_runs(seeds: RangeInclusive<u64>, engine: &Arc<Engine>) -> (usize, Vec<String>) {
    let (mut frames, mut steps) = (0, Vec::new());
    for seed in seeds {
        let mut canvas = Canvas::new(seed, engine);
        let first = canvas.chaos.bytes();
        for _ in 0..300 {
            canvas.happen();
        }
        canvas.rest();
        assert!(!canvas.state.in_gesture(), "with no button down nothing hangs at the pointer");
        assert!(!canvas.chaos.session.history().in_gesture(), "no gesture is left open");
        frames += canvas.frames;
        let (back, depth) = canvas.chaos.back_and_forth();
        assert!(depth < 500, "{depth} steps: the first ones are forgotten");
        assert_eq!(back, first, "undo leads back to the first bytes");
        steps.extend(canvas.chaos.session.history().done().iter().map(|step| step.name().to_owned()));
    }
    (frames, steps)
}

#[test]
fn whatever_the_pointer_does_undo_gives_the_first_bytes_again() {
    let engine = Arc::new(small_playbook::engine());
    let (mut frames, mut steps) = (0, Vec::new());
    thread::scope(|scope| {
        let halves = [1..=6, 7..=12].map(|seeds| scope.spawn(|| short_runs(seeds, &engine)));
        for half in halves {
            let (more_frames, more_steps) = half.join().unwrap();
            frames += more_frames;
            steps.extend(more_steps);
        }
    });
    assert!(frames > 13_000 && steps.len() > 500, "{frames} frames, {} steps: {steps:#?}", steps.len());
    // Every gesture of the canvas that changes a drawing took place.
    for start in
        ["Add ", "Attach ", "Bend ", "Connect ", "Draw ", "Duplicate ", "Move ", "Move the words of ", "Resize "]
    {
        assert!(steps.iter().any(|step| step.starts_with(start)), "nothing is called {start:?}: {steps:#?}");
    }
}

/// A press, some moves, Esc: as if nothing had been, wherever it began.
#[test]
fn esc_in_whatever_gesture_leaves_the_bytes_and_no_step() {
    let mut canvas = Canvas::new(77, &Arc::new(small_playbook::engine()));
    let (mut caught, mut changed) = (0, 0);
    for _ in 0..250 {
        canvas.take_hold();
        let (before, depth) = (canvas.chaos.bytes(), canvas.chaos.session.history().depth());
        for _ in 0..3 {
            let to = canvas.somewhere();
            canvas.move_to(to);
        }
        caught += usize::from(canvas.state.in_gesture());
        changed += usize::from(canvas.chaos.bytes() != before);
        canvas.frame(vec![key_event(Key::Escape, true)]);
        canvas.rest();
        assert_eq!(canvas.chaos.bytes(), before, "Esc leaves no trace");
        assert_eq!(canvas.chaos.session.history().depth(), depth, "and no step");
    }
    assert!(caught > 200 && changed > 100, "{caught} drags, {changed} of them changed something");
}
