//! Large plans: how long frames take, the slow ones included, and what opening takes. Prints percentiles instead of means, since
//! it is the one slow frame in a hundred that a hand feels. `cargo bench --bench scale -- 10000 100000` for other sizes.

#![expect(clippy::expect_used, reason = "helpers of a bench")]

#[path = "../tests/common/builtin.rs"]
mod builtin;
#[path = "../tests/common/large.rs"]
mod large;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use cpu_time::ThreadTime;
use egui::{CentralPanel, Context, Event, Modifiers, Panel, PointerButton, Pos2, RawInput, Rect, Vec2, pos2, vec2};
use groundplan::{
    assess::Engine,
    geometry::route::Routes,
    project::{ElementId, Project},
    session::{Background, DockTab, Select, Session},
    storage,
    ui::{
        View,
        canvas::{CanvasState, canvas_ui},
        panels::{
            dock::{BudgetTopic, DockState, ScenarioTopic, TimelineTopic, dock_ui},
            inspector::{InspectorState, inspector_ui},
            palette::{PaletteState, PaletteTab, palette_ui},
            status::{StatusLine, status_bar_ui},
        },
        theme,
    },
};

/// Frames of which percentiles are taken.
const FRAMES: usize = 300;
const SIZE: Vec2 = vec2(1440.0, 900.0);

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let mut sizes: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    if sizes.is_empty() {
        sizes = vec![100, 1_000, 10_000];
    }
    let engine = Arc::new(builtin::engine());
    for size in sizes {
        println!("\n{size} components, {} connections", size * 3 / 2);
        if wanted("opening") {
            opening(&engine, size);
        }
        moving(&engine, size);
        words(&engine, size);
        if wanted("panels") {
            panels(&engine, size);
        }
    }
}

/// Whether a part was asked for: any word among the arguments that is in its name; all are if there is no word.
fn wanted(what: &str) -> bool {
    let mut words = std::env::args().skip(1).filter(|word| !word.starts_with('-') && word.parse::<usize>().is_err());
    let mut any = false;
    words.any(|word| {
        any = true;
        what.contains(&word)
    }) || !any
}

fn once<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let begin = Instant::now();
    let made = work();
    println!("  {what:<34} {:>9.1} ms", begin.elapsed().as_secs_f64() * 1e3);
    made
}

/// Says how long frames took, and which were the slowest ones: where in a movement it is slow.
fn percentiles(what: &str, times: &[Duration]) {
    let mut order: Vec<usize> = (0..times.len()).collect();
    order.sort_unstable_by_key(|frame| times[*frame]);
    let at = |share: f64| times[order[((times.len() - 1) as f64 * share) as usize]].as_secs_f64() * 1e3;
    let slowest: Vec<String> = order.iter().rev().take(6).map(ToString::to_string).collect();
    println!(
        "  {what:<34} p50 {:>7.2}  p99 {:>7.2}  most {:>7.2} ms  (frames {})",
        at(0.5),
        at(0.99),
        at(1.0),
        slowest.join(" ")
    );
}

/// From a text to a window.
fn opening(engine: &Arc<Engine>, size: usize) {
    let project = large::drawing(&engine.playbook, size);
    let text = once("write", || storage::to_text(&project).expect("it can be written"));
    println!("  {:<34} {:>9.1} MB", "file", text.len() as f64 / 1e6);
    let read = once("read and check", || storage::read_project(&text, &|project| engine.check(project)));
    let project = read.expect("it can be read");
    once("validate", || project.validate());
    once("routes, all anew", || Routes::new(&project));
    once("assess", || engine.assess(&project));
    let session = once("open a session", || Session::new(Arc::clone(engine), project.clone(), None));
    once("stack", || session.stack().clone());
    once("schedule", || session.schedule().clone());
    once("flips", || session.system_flips().len());
    once("questions", || session.questions().len());
    once("robustness", || session.robustness().clone());
}

/// The canvas over a plan.
struct Bench {
    ctx: Context,
    session: Session,
    state: CanvasState,
    pointer: Pos2,
}

impl Bench {
    fn new(engine: &Arc<Engine>, project: Project) -> Self {
        let ctx = Context::default();
        theme::install(&ctx);
        let mut session = Session::new(Arc::clone(engine), project, None);
        // Where there are threads, the first frames have straight lines; here they are not what is measured.
        session.set_background(Background::Inline);
        let mut bench = Self { ctx, session, state: CanvasState::default(), pointer: pos2(720.0, 450.0) };
        once("first frame, routes included", || bench.frame(Vec::new()));
        for _ in 0..5 {
            bench.frame(Vec::new());
        }
        bench
    }

    /// One frame: what was done is carried out as well, as the window does.
    fn frame(&mut self, events: Vec<Event>) -> usize {
        let input =
            RawInput { screen_rect: Some(Rect::from_min_size(Pos2::ZERO, SIZE)), events, ..RawInput::default() };
        let mut actions = Vec::new();
        let mut output = self.ctx.run_ui(input, |ui| {
            canvas_ui(ui, &View { session: &self.session, animate: false }, &mut self.state, &mut actions);
        });
        output.textures_delta.clear();
        let made = self.ctx.tessellate(output.shapes, output.pixels_per_point).len();
        for action in actions {
            self.session.apply(action);
        }
        made
    }

    fn frames(&mut self, what: &str, mut each: impl FnMut(&mut Self, usize) -> Vec<Event>) {
        if !wanted(what) {
            return;
        }
        let mut times = Vec::with_capacity(FRAMES);
        for frame in 0..FRAMES {
            let events = each(self, frame);
            // What this thread computes, whatever else runs on the machine.
            let begin = ThreadTime::now();
            self.frame(events);
            times.push(begin.elapsed());
        }
        percentiles(what, &times);
    }

    fn move_to(&mut self, pos: Pos2) -> Vec<Event> {
        self.pointer = pos;
        vec![Event::PointerMoved(pos)]
    }

    fn press(&self, pressed: bool) -> Vec<Event> {
        let modifiers = Modifiers::NONE;
        vec![Event::PointerButton { pos: self.pointer, button: PointerButton::Primary, pressed, modifiers }]
    }

    fn pan(&mut self, what: &str) {
        self.frames(what, |bench, frame| {
            let turn = frame as f64 * 0.1;
            bench.state.camera.pan(kurbo::Vec2::new(14.0 * turn.cos(), 9.0 * turn.sin()));
            Vec::new()
        });
    }

    /// Zooms to 200 % from this share again and again, at the middle of the view.
    fn zoom(&mut self, what: &str, from: f64) {
        self.frames(what, |bench, frame| {
            let zoom = from * (2.0 / from).powf((frame % 150) as f64 / 150.0);
            let factor = zoom / bench.state.camera.zoom;
            bench.state.camera.zoom_at(kurbo::Point::new(720.0, 450.0), factor);
            Vec::new()
        });
    }

    fn hover(&mut self, what: &str) {
        self.frames(what, |bench, frame| {
            let turn = frame as f32 * 0.05;
            bench.move_to(pos2(720.0, 450.0) + vec2(300.0 * turn.cos(), 200.0 * turn.sin()))
        });
    }

    /// Takes the component in the middle of the plan and moves it about.
    fn drag(&mut self, what: &str) {
        if !wanted(what) {
            return;
        }
        let component = &self.session.project().components[self.central()];
        let middle = self.state.camera.screen_from_world(component.rect_world().center());
        let from = pos2(middle.x as f32, middle.y as f32);
        let to = self.move_to(from);
        self.frame(to);
        let down = self.press(true);
        self.frame(down);
        let depth = self.session.history().depth();
        self.frames(what, |bench, frame| {
            let turn = frame as f32 * 0.05 + 1.0;
            bench.move_to(from + vec2(90.0 * turn.cos(), 70.0 * turn.sin()))
        });
        let up = self.press(false);
        self.frame(up);
        self.frames(&format!("after a {what}"), |_, _| Vec::new());
        assert_eq!(self.session.history().depth(), depth + 1, "a drag is one step");
        self.session.undo();
        self.frame(Vec::new());
    }

    /// The position of the component in the middle of the drawing.
    fn central(&self) -> usize {
        let count = self.session.project().components.len();
        count / 2 + (count as f64).sqrt().ceil() as usize / 2
    }

    fn at_100_percent(&mut self) {
        let middle = self.session.project().components[self.central()].rect_world().center();
        self.state.camera.zoom = 1.0;
        self.state.camera.centre_on(middle, kurbo::Rect::new(0.0, 0.0, f64::from(SIZE.x), f64::from(SIZE.y)));
    }
}

fn moving(engine: &Arc<Engine>, size: usize) {
    let mut bench = Bench::new(engine, large::drawing(&engine.playbook, size));
    bench.pan("pan, everything in view");
    bench.hover("hover, everything in view");
    bench.drag("drag of one, everything in view");
    bench.at_100_percent();
    bench.pan("pan at 100 %");
    bench.hover("hover at 100 %");
    bench.drag("drag of one at 100 %");
    for zoom in [0.12, 0.21, 0.36, 0.56] {
        bench.at_100_percent();
        bench.state.camera.zoom_at(kurbo::Point::new(720.0, 450.0), zoom);
        bench.pan(&format!("pan at {:.0} %", zoom * 100.0));
    }
    bench.at_100_percent();
    bench.zoom("zoom, 5 to 200 %", 0.05);
    bench.frames("nothing", |_, _| Vec::new());
    let all = bench.session.project().components.keys().cloned().map(ElementId::Component).collect();
    bench.session.select(Select::Only(all));
    bench.pan("pan, all selected");
}

/// The same with something said on every line and with long names; and one component with many lines.
fn words(engine: &Arc<Engine>, size: usize) {
    let whats = ["words: pan", "words: zoom", "words: hover", "words: drag", "hub: drag"];
    if !whats.into_iter().any(wanted) {
        return;
    }
    let mut bench = Bench::new(engine, large::worded(&engine.playbook, size));
    for zoom in [0.3, 0.5, 0.7, 1.0] {
        bench.at_100_percent();
        bench.state.camera.zoom_at(kurbo::Point::new(720.0, 450.0), zoom);
        bench.pan(&format!("words: pan at {:.0} %", zoom * 100.0));
    }
    bench.at_100_percent();
    bench.zoom("words: zoom, 30 to 200 %", 0.3);
    bench.at_100_percent();
    bench.hover("words: hover at 100 %");
    bench.drag("words: drag of one at 100 %");
    let middle = kurbo::Point::new(720.0, 450.0);
    bench.state.camera.zoom_at(middle, 0.5);
    bench.drag("words: drag of one at 50 %");
    let mut bench = Bench::new(engine, large::hub(&engine.playbook, (size / 10).clamp(20, 400)));
    bench.at_100_percent();
    bench.state.camera.zoom_at(middle, 0.5);
    bench.drag("hub: drag at 50 %");
}

/// Each panel alone: its first frame and one that follows.
fn panels(engine: &Arc<Engine>, size: usize) {
    let mut session = Session::new(Arc::clone(engine), large::drawing(&engine.playbook, size), None);
    session.set_background(Background::Threads(Arc::new(|| {})));
    session.select(Select::Only(vec![ElementId::Component(large::id(3))]));
    let mut outline = PaletteState { tab: PaletteTab::Outline, ..PaletteState::default() };
    panel("outline", |ui, actions| palette_ui(ui, &view(&session), &mut outline, actions));
    panel("status bar", |ui, actions| status_bar_ui(ui, &view(&session), &StatusLine::default(), actions));
    let mut inspector = InspectorState::default();
    panel("inspector of one", |ui, actions| inspector_ui(ui, &view(&session), &mut inspector, actions));
    let all = session.project().components.keys().cloned().map(ElementId::Component).collect();
    session.select(Select::Only(all));
    panel("inspector of all", |ui, actions| inspector_ui(ui, &view(&session), &mut inspector, actions));
    session.select(Select::Nothing);
    panel("inspector of none", |ui, actions| inspector_ui(ui, &view(&session), &mut inspector, actions));
    let dock = |tab: DockTab| DockState { tab, ..DockState::default() };
    let docks = [
        ("recommendation", dock(DockTab::Recommendation)),
        ("findings", dock(DockTab::Findings)),
        ("evidence", dock(DockTab::Evidence)),
        ("stack", dock(DockTab::Stack)),
        ("timeline", dock(DockTab::Timeline)),
        ("schedule", DockState { timeline: TimelineTopic::Schedule, ..dock(DockTab::Timeline) }),
        ("budget", dock(DockTab::Budget)),
        ("breakdown", DockState { budget: BudgetTopic::Breakdown, ..dock(DockTab::Budget) }),
        ("sensitivity", DockState { budget: BudgetTopic::Sensitivity, ..dock(DockTab::Budget) }),
        ("side by side", DockState { scenario: ScenarioTopic::SideBySide, ..dock(DockTab::Scenarios) }),
        ("log", DockState { scenario: ScenarioTopic::Log, ..dock(DockTab::Scenarios) }),
    ];
    for (name, mut state) in docks {
        panel(name, |ui, actions| dock_ui(ui, &view(&session), &mut state, actions));
    }
}

fn view(session: &Session) -> View<'_> {
    View { session, animate: false }
}

fn panel(name: &str, mut ui_of: impl FnMut(&mut egui::Ui, &mut groundplan::ui::Actions)) {
    let ctx = Context::default();
    theme::install(&ctx);
    let mut frame = || {
        let begin = Instant::now();
        let input =
            RawInput { screen_rect: Some(Rect::from_min_size(Pos2::ZERO, vec2(1100.0, 300.0))), ..RawInput::default() };
        let mut output = ctx.run_ui(input, |ui| {
            Panel::top("top").exact_size(1.0).show(ui, |_| ());
            CentralPanel::no_frame().show(ui, |ui| ui_of(ui, &mut Vec::new()));
        });
        output.textures_delta.clear();
        ctx.tessellate(output.shapes, output.pixels_per_point);
        begin.elapsed().as_secs_f64() * 1e3
    };
    let first = frame();
    let next: Vec<f64> = (0..6).map(|_| frame()).collect();
    let usual = next.iter().copied().fold(f64::INFINITY, f64::min);
    println!("  {name:<34} first {first:>9.1}  then {usual:>7.2} ms");
}
