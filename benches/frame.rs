//! A change under the hand, and the whole frame that follows it: assessment, what is derived from it, and every panel, without a
//! window. What people call live: at 200 components it has to stay within 16.7 ms in a release build.

#[path = "../tests/common/builtin.rs"]
mod builtin;
#[path = "../tests/common/large.rs"]
mod large;

use std::sync::Arc;

use divan::Bencher;
use egui::{CentralPanel, Context, Panel, RawInput, Rect, pos2, vec2};
use groundplan::{
    project::{Edit, ElementId, TraitValue},
    session::{Action, DockTab, Select, Session},
    ui::{
        View,
        canvas::{CanvasState, canvas_ui},
        panels::{
            dock::{BudgetTopic, DockState, ScenarioTopic, TimelineTopic, dock_ui},
            inspector::{InspectorState, inspector_ui},
            status::{StatusLine, status_bar_ui},
        },
        theme,
    },
};
use kurbo::Point;
use large::{id, plan};

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

const COMPONENTS: [usize; 2] = [200, 2_000];

/// The window's parts over a plan, with one question of the dock open and a service selected.
struct Bench {
    ctx: Context,
    session: Session,
    canvas: CanvasState,
    inspector: InspectorState,
    dock: DockState,
}

impl Bench {
    fn new(components: usize, dock: DockState) -> Self {
        let ctx = Context::default();
        theme::install(&ctx);
        let engine = Arc::new(builtin::engine());
        let mut project = plan(&engine.playbook, components);
        // In rows, as somebody would draw them.
        let columns = (components as f64).sqrt().ceil() as usize;
        for at in 0..components {
            let place = Point::new((at % columns) as f64 * 280.0, (at / columns) as f64 * 150.0);
            project.apply(&Edit::Place(id(at), place));
        }
        project.assumptions.start = Some(jiff::civil::date(2027, 3, 1));
        project.assumptions.target_budget_usd = Some(5e6);
        let mut session = Session::new(engine, project, None);
        session.select(Select::Only(vec![ElementId::Component(id(3))]));
        let (canvas, inspector) = (CanvasState::default(), InspectorState::default());
        let mut bench = Self { ctx, session, canvas, inspector, dock };
        for _ in 0..3 {
            bench.frame();
        }
        bench
    }

    fn frame(&mut self) -> usize {
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(1440.0, 900.0))),
            ..RawInput::default()
        };
        let mut actions = Vec::new();
        let mut output = self.ctx.run_ui(input, |ui| {
            let view = View { session: &self.session, animate: false };
            let status = StatusLine::default();
            Panel::bottom("status").exact_size(28.0).show(ui, |ui| status_bar_ui(ui, &view, &status, &mut actions));
            Panel::right("inspector")
                .exact_size(328.0)
                .show(ui, |ui| inspector_ui(ui, &view, &mut self.inspector, &mut actions));
            Panel::bottom("dock").exact_size(250.0).show(ui, |ui| dock_ui(ui, &view, &mut self.dock, &mut actions));
            CentralPanel::no_frame().show(ui, |ui| canvas_ui(ui, &view, &mut self.canvas, &mut actions));
        });
        output.textures_delta.clear();
        self.ctx.tessellate(output.shapes, output.pixels_per_point).len()
    }
}

/// A trait of the selected service moves under the hand, a step a frame.
fn held(bencher: Bencher<'_, '_>, components: usize, dock: DockState) {
    let mut bench = Bench::new(components, dock);
    let mut tables = 0.0;
    bencher.bench_local(|| {
        tables = if tables > 80.0 { 1.0 } else { tables + 1.0 };
        let edits = vec![Edit::SetTrait(id(3), "tables".into(), Some(TraitValue::Number(tables)))];
        bench.session.apply(Action::Gesture { name: "Set tables".to_owned(), edits });
        bench.frame()
    });
}

/// The same as an edit of its own: what waits for the end of a gesture is made anew as well.
fn edited(bencher: Bencher<'_, '_>, components: usize, dock: DockState) {
    let mut bench = Bench::new(components, dock);
    let mut tables = 0.0;
    bencher.bench_local(|| {
        tables = if tables > 80.0 { 1.0 } else { tables + 1.0 };
        let edits = vec![Edit::SetTrait(id(3), "tables".into(), Some(TraitValue::Number(tables)))];
        bench.session.apply(Action::edit("Set tables", edits));
        bench.frame()
    });
}

/// A question of the dock with the way to open it.
macro_rules! questions {
    ($($held:ident $edited:ident $state:expr;)*) => {$(
        #[divan::bench(args = COMPONENTS, sample_count = 20)]
        fn $held(bencher: Bencher<'_, '_>, components: usize) {
            held(bencher, components, $state);
        }
        #[divan::bench(args = COMPONENTS, sample_count = 20)]
        fn $edited(bencher: Bencher<'_, '_>, components: usize) {
            edited(bencher, components, $state);
        }
    )*};
}

fn timeline(timeline: TimelineTopic) -> DockState {
    DockState { tab: DockTab::Timeline, timeline, ..DockState::default() }
}

fn budget(budget: BudgetTopic) -> DockState {
    DockState { tab: DockTab::Budget, budget, ..DockState::default() }
}

fn scenarios(scenario: ScenarioTopic) -> DockState {
    DockState { tab: DockTab::Scenarios, scenario, ..DockState::default() }
}

questions! {
    held_recommendation edited_recommendation DockState::default();
    held_schedule edited_schedule timeline(TimelineTopic::Schedule);
    held_weeks edited_weeks timeline(TimelineTopic::Range);
    held_budget edited_budget budget(BudgetTopic::Range);
    held_breakdown edited_breakdown budget(BudgetTopic::Breakdown);
    held_sensitivity edited_sensitivity budget(BudgetTopic::Sensitivity);
    held_side_by_side edited_side_by_side scenarios(ScenarioTopic::SideBySide);
    held_log edited_log scenarios(ScenarioTopic::Log);
}
