//! One frame of the canvas without a window: layout, shapes, and what the graphics card would be given.

#![expect(clippy::expect_used, reason = "helpers of a test")]

use std::sync::Arc;

use divan::{Bencher, counter::ItemsCount};
use egui::{Context, RawInput, Rect, pos2, vec2};
use groundplan::{
    assess::{Engine, Perspective, zones},
    geometry::route,
    project::{Component, ComponentKind, Connection, Edit, ElementId, Project, Protocol},
    session::{Action, CanvasRequest, Session},
    storage,
    ui::{
        View,
        canvas::{CanvasState, canvas_ui},
        theme,
    },
};
use kurbo::{Point, Vec2};

/// As in the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
}

const SIZES: [usize; 4] = [10, 100, 1_000, 10_000];

fn engine() -> Arc<Engine> {
    Arc::new(storage::load_engine(None).expect("the built-in knowledge loads"))
}

/// `count` components in rows, each third one a resource, one and a half links each.
fn generated(count: usize) -> Project {
    let mut project = Project::new("Generated");
    let columns = (count as f64).sqrt().ceil() as usize;
    for index in 0..count {
        let kind = ComponentKind::ALL[index % ComponentKind::ALL.len()];
        let at = Point::new((index % columns) as f64 * 280.0, (index / columns) as f64 * 150.0);
        let mut component = Component::new(&format!("Component {index}"), kind, Some(at));
        component.traits.insert("tables".into(), groundplan::project::TraitValue::Number((index % 60) as f64));
        component.traits.insert("admin-interface".into(), groundplan::project::TraitValue::Flag(index % 2 == 0));
        project.apply(&Edit::PutComponent(format!("c{index}").as_str().into(), component));
    }
    for index in 0..count * 3 / 2 {
        let (from, to) = (index % count, (index % count + 1 + (index / count) * columns) % count);
        if from != to {
            let id = format!("c{from}").as_str().into();
            let link = Connection::new(id, format!("c{to}").as_str().into(), Protocol::Http);
            project.apply(&Edit::PutConnection(format!("l{index}").as_str().into(), link));
        }
    }
    project
}

struct Bench {
    ctx: Context,
    session: Session,
    state: CanvasState,
}

impl Bench {
    fn new(count: usize) -> Self {
        let ctx = Context::default();
        theme::install(&ctx);
        let session = Session::new(engine(), generated(count), None);
        let mut bench = Self { ctx, session, state: CanvasState::default() };
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
            canvas_ui(ui, &View { session: &self.session, animate: false }, &mut self.state, &mut actions);
        });
        output.textures_delta.clear();
        self.ctx.tessellate(output.shapes, output.pixels_per_point).len()
    }
}

/// Everything in view.
#[divan::bench(args = SIZES, sample_count = 20)]
fn frame_fitted(bencher: Bencher<'_, '_>, count: usize) {
    let mut bench = Bench::new(count);
    bencher.counter(ItemsCount::new(count)).bench_local(|| bench.frame());
}

/// The same in a perspective.
#[divan::bench(args = SIZES, sample_count = 20)]
fn frame_by_effort(bencher: Bencher<'_, '_>, count: usize) {
    let mut bench = Bench::new(count);
    bench.state.perspective = Perspective::Effort;
    bench.frame();
    bencher.counter(ItemsCount::new(count)).bench_local(|| bench.frame());
}

/// A frame in which the perspective changes.
#[divan::bench(args = SIZES, sample_count = 20)]
fn frame_of_a_change_of_perspective(bencher: Bencher<'_, '_>, count: usize) {
    let mut bench = Bench::new(count);
    bencher.counter(ItemsCount::new(count)).bench_local(|| {
        let was = std::mem::replace(&mut bench.state.perspective, Perspective::Cost);
        if was == Perspective::Cost {
            bench.state.perspective = Perspective::Trait("tables".into());
        }
        bench.frame()
    });
}

/// What the seam adds to a new scene: the frameworks' grounds.
#[divan::bench(args = SIZES, sample_count = 20)]
fn seam(bencher: Bencher<'_, '_>, count: usize) {
    let (engine, project) = (engine(), generated(count));
    let assessment = engine.assess(&project);
    bencher.counter(ItemsCount::new(count)).bench_local(|| zones(&engine.playbook, &project, &assessment).len());
}

/// At 100 %: what is off the screen costs next to nothing.
#[divan::bench(args = SIZES, sample_count = 20)]
fn frame_at_100_percent(bencher: Bencher<'_, '_>, count: usize) {
    let mut bench = Bench::new(count);
    bench.state.request(CanvasRequest::ZoomActual);
    bench.frame();
    bencher.counter(ItemsCount::new(count)).bench_local(|| bench.frame());
}

/// All routes, as after an edit that moves something.
#[divan::bench(args = SIZES, sample_count = 20)]
fn routes(bencher: Bencher<'_, '_>, count: usize) {
    let project = generated(count);
    bencher.counter(ItemsCount::new(count)).bench_local(|| route::Routes::new(&project));
}

/// The routes of a frame in which one component moved.
#[divan::bench(args = SIZES, sample_count = 20)]
fn routes_of_a_drag(bencher: Bencher<'_, '_>, count: usize) {
    let mut project = generated(count);
    let routes = route::Routes::new(&project);
    project.apply(&Edit::Move([ElementId::Component("c5".into())].into(), Vec2::new(7.0, 3.0)));
    let bencher = bencher.counter(ItemsCount::new(count)).with_inputs(|| routes.clone());
    bencher.bench_local_values(|routes| routes.brought_to(&project));
}

/// The routes after an edit that moves nothing.
#[divan::bench(args = SIZES, sample_count = 20)]
fn routes_that_stay(bencher: Bencher<'_, '_>, count: usize) {
    let project = generated(count);
    let routes = route::Routes::new(&project);
    let bencher = bencher.counter(ItemsCount::new(count)).with_inputs(|| routes.clone());
    bencher.bench_local_values(|routes| routes.brought_to(&project));
}

/// A frame of a drag with everything that hangs on it: assessment, routes, painting.
#[divan::bench(args = [10, 100, 1_000], sample_count = 20)]
fn frame_of_a_drag(bencher: Bencher<'_, '_>, count: usize) {
    let mut bench = Bench::new(count);
    let moved = ElementId::Component("c5".into());
    let mut x = 0.0;
    bencher.counter(ItemsCount::new(count)).bench_local(|| {
        x += 1.0;
        let edits = vec![Edit::Move([moved.clone()].into(), Vec2::new(x, 0.0))];
        bench.session.apply(Action::Gesture { name: "Move".to_owned(), edits });
        bench.frame()
    });
}
