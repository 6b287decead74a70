//! The canvas alone, as a person uses it with the pointer: helpers of its tests.
#![allow(dead_code, reason = "each test uses some of them")]
#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use egui::{Event, Key, Modifiers, PointerButton, Pos2, Sense, pos2, vec2};
use egui_kittest::Harness;
use groundplan::{
    project::{Component, ComponentKind, Edit, Project},
    session::{Action, Request, Session},
    ui::{
        View,
        canvas::{CanvasState, PaletteItem, canvas_ui},
        theme,
    },
};
use kurbo::Point;

pub use super::session;

/// The canvas with what it asked of others.
pub struct App {
    pub session: Session,
    pub canvas: CanvasState,
    pub requests: Vec<Request>,
    /// Whether cards glide.
    pub animate: bool,
}

impl App {
    pub fn new(project: Project) -> Self {
        let session = session::session_of(project);
        Self { session, canvas: CanvasState::default(), requests: Vec::new(), animate: false }
    }
}

/// Three components: a shop at the left, a worker at the right, a database below the shop.
pub fn three() -> Project {
    let mut project = Project::new("Three");
    for (id, name, kind, x, y) in [
        ("shop", "Shop", ComponentKind::WebApplication, 0.0, 0.0),
        ("worker", "Worker", ComponentKind::Worker, 400.0, 0.0),
        ("db", "Store", ComponentKind::RelationalDatabase, 0.0, 200.0),
    ] {
        let component = Component::new(name, kind, Some(Point::new(x, y)));
        project.apply(&Edit::PutComponent(id.into(), component));
    }
    project
}

/// A window with a source to drag from at the left and the canvas beside it.
pub fn open(project: Project) -> Harness<'static, App> {
    window(App::new(project), [1000.0, 700.0], |ui| {
        egui::Panel::left("source").exact_size(120.0).show(ui, |ui| {
            let source = ui.allocate_response(vec2(100.0, 24.0), Sense::drag());
            source.dnd_set_drag_payload(PaletteItem(ComponentKind::RestApi));
            source.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Source"));
            ui.take_available_space();
        });
    })
}

/// A window with nothing but the canvas.
pub fn open_alone(app: App, size: [f32; 2]) -> Harness<'static, App> {
    window(app, size, |_| {})
}

fn window(app: App, size: [f32; 2], beside: impl Fn(&mut egui::Ui) + 'static) -> Harness<'static, App> {
    let step_s = if app.animate { 0.02 } else { 0.05 };
    let mut harness = Harness::builder()
        .with_size(size)
        .with_theme(egui::Theme::Dark)
        .with_step_dt(step_s)
        .with_max_steps(40)
        .with_context_setup(theme::install)
        .build_ui_state(
            move |ui, app: &mut App| {
                let mut actions = Vec::new();
                beside(ui);
                egui::CentralPanel::no_frame().show(ui, |ui| {
                    let view = View { session: &app.session, animate: app.animate };
                    canvas_ui(ui, &view, &mut app.canvas, &mut actions);
                });
                for action in actions {
                    app.session.apply(action);
                }
                for request in app.session.take_requests() {
                    match request {
                        Request::Canvas(request) => app.canvas.request(request),
                        other => app.requests.push(other),
                    }
                    ui.request_repaint();
                }
            },
            app,
        );
    harness.run();
    harness
}

pub fn button(harness: &Harness<'_, App>, pos: Pos2, pressed: bool, button: PointerButton, modifiers: Modifiers) {
    harness.event(Event::PointerButton { pos, button, pressed, modifiers });
}

pub fn hover(harness: &mut Harness<'_, App>, pos: Pos2) {
    harness.hover_at(pos);
    harness.run();
}

pub fn press(harness: &mut Harness<'_, App>, key: Key) {
    harness.key_press(key);
    harness.run();
}

/// A command, and what it asks of the canvas.
pub fn run_command(harness: &mut Harness<'_, App>, id: &'static str) {
    harness.state_mut().session.apply(Action::Run(id));
    harness.run();
    harness.run();
}

/// Presses at `from` and moves to `to` without letting go.
pub fn drag(harness: &mut Harness<'_, App>, from: Pos2, to: Pos2) {
    hover(harness, from);
    harness.drag_at(from);
    harness.run();
    harness.hover_at(from.lerp(to, 0.5));
    harness.hover_at(to);
    harness.run();
}

pub fn drop_at(harness: &mut Harness<'_, App>, pos: Pos2) {
    harness.drop_at(pos);
    harness.run();
}

pub fn click(harness: &mut Harness<'_, App>, pos: Pos2, modifiers: Modifiers) {
    hover(harness, pos);
    harness.event(Event::ModifiersChanged(modifiers));
    button(harness, pos, true, PointerButton::Primary, modifiers);
    button(harness, pos, false, PointerButton::Primary, modifiers);
    harness.run();
    harness.event(Event::ModifiersChanged(Modifiers::NONE));
    // Two clicks in a row shall not be a double click.
    harness.run_steps(10);
}

pub fn screen(harness: &Harness<'_, App>, x: f64, y: f64) -> Pos2 {
    let at = harness.state().canvas.camera.screen_from_world(Point::new(x, y));
    pos2(at.x as f32, at.y as f32)
}

pub fn text(harness: &Harness<'_, App>) -> String {
    session::bytes(&harness.state().session)
}

/// How many steps undo could take back.
pub fn depth(harness: &Harness<'_, App>) -> usize {
    harness.state().session.history().depth()
}

/// What undo would take back.
pub fn last_step(harness: &Harness<'_, App>) -> String {
    session::last_step(&harness.state().session)
}

pub fn undo(harness: &mut Harness<'_, App>) {
    harness.state_mut().session.undo();
    harness.run();
}

pub fn selected(harness: &Harness<'_, App>) -> Vec<String> {
    harness.state().session.selection().iter().map(|element| element.as_str().to_owned()).collect()
}

pub fn place(harness: &Harness<'_, App>, id: &str) -> Point {
    harness.state().session.project().components[id].pos_world.unwrap()
}

/// Two clicks at a place, as quick as a double click is.
pub fn double_click(harness: &mut Harness<'_, App>, pos: Pos2) {
    hover(harness, pos);
    for pressed in [true, false, true, false] {
        button(harness, pos, pressed, PointerButton::Primary, Modifiers::NONE);
    }
    harness.run();
    harness.run_steps(10);
}
