//! The canvas alone, as a person uses it with the pointer: helpers of its tests.
#![allow(dead_code, reason = "each test uses some of them")]
#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use std::sync::Arc;

use egui::{Event, Modifiers, PointerButton, Pos2, Sense, pos2, vec2};
use egui_kittest::Harness;
use groundplan::{
    assess::Engine,
    project::{Component, ComponentKind, Edit, Project},
    session::{Request, Session},
    storage,
    ui::{
        View,
        canvas::{CanvasState, PaletteItem, canvas_ui},
        theme,
    },
};
use kurbo::Point;

pub struct App {
    pub session: Session,
    pub canvas: CanvasState,
    pub requests: Vec<Request>,
}

pub fn engine() -> Arc<Engine> {
    Arc::new(storage::load_engine(None).unwrap())
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
    let app =
        App { session: Session::new(engine(), project, None), canvas: CanvasState::default(), requests: Vec::new() };
    let mut harness = Harness::builder()
        .with_size([1000.0, 700.0])
        .with_theme(egui::Theme::Dark)
        .with_step_dt(0.05)
        .with_context_setup(theme::install)
        .build_ui_state(
            |ui, app: &mut App| {
                let mut actions = Vec::new();
                egui::Panel::left("source").exact_size(120.0).show(ui, |ui| {
                    let source = ui.allocate_response(vec2(100.0, 24.0), Sense::drag());
                    source.dnd_set_drag_payload(PaletteItem(ComponentKind::RestApi));
                    source.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Source"));
                    ui.take_available_space();
                });
                egui::CentralPanel::no_frame().show(ui, |ui| {
                    let view = View { session: &app.session, animate: false };
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

/// Presses at `from` and moves to `to` without letting go.
pub fn drag(harness: &mut Harness<'_, App>, from: Pos2, to: Pos2) {
    harness.hover_at(from);
    harness.run();
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
    harness.hover_at(pos);
    harness.run();
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
    storage::to_text(harness.state().session.project()).unwrap()
}

pub fn selected(harness: &Harness<'_, App>) -> Vec<String> {
    harness.state().session.selection().iter().map(|element| element.as_str().to_owned()).collect()
}

pub fn place(harness: &Harness<'_, App>, id: &str) -> Point {
    harness.state().session.project().components[id].pos_world.unwrap()
}

/// Two clicks at a place, as quick as a double click is.
pub fn double_click(harness: &mut Harness<'_, App>, pos: Pos2) {
    harness.hover_at(pos);
    harness.run();
    for pressed in [true, false, true, false] {
        button(harness, pos, pressed, PointerButton::Primary, Modifiers::NONE);
    }
    harness.run();
    harness.run_steps(10);
}
