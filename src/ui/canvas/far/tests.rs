use egui::{CentralPanel, Context, Event, Pos2, RawInput, Rect, Shape, pos2, vec2};

use crate::{
    project::ElementId,
    session::{Background, Select, Session},
    ui::{
        View,
        canvas::{
            CanvasState, canvas_ui,
            scene::tests::{Dice, drawn, engine, some_action},
        },
        theme,
    },
};

/// More than have shapes of their own.
const COMPONENTS: usize = 1_000;

/// A window on a session.
struct Window {
    ctx: Context,
    state: CanvasState,
}

/// A rectangle that was painted: its colour and its corners in sixteenths of a point.
type Quad = (u32, [[i64; 2]; 4]);

impl Window {
    fn new() -> Self {
        let ctx = Context::default();
        theme::install(&ctx);
        let mut state = CanvasState::default();
        state.show_minimap = false;
        Self { ctx, state }
    }

    fn frame(&mut self, session: &Session, pointer: Pos2) -> Vec<Quad> {
        let screen_rect = Some(Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 800.0)));
        let input = RawInput { screen_rect, events: vec![Event::PointerMoved(pointer)], ..RawInput::default() };
        let mut output = self.ctx.run_ui(input, |ui| {
            CentralPanel::no_frame().show(ui, |ui| {
                canvas_ui(ui, &View { session, animate: false }, &mut self.state, &mut Vec::new());
            });
        });
        output.textures_delta.clear();
        let mut painted = Vec::new();
        for shape in std::mem::take(&mut output.shapes) {
            let Shape::Mesh(mesh) = shape.shape else { continue };
            for corners in mesh.vertices.chunks_exact(4) {
                let at = |pos: Pos2| [(pos.x * 16.0).round() as i64, (pos.y * 16.0).round() as i64];
                let quad = [0, 1, 2, 3].map(|corner| at(corners[corner].pos));
                if quad.iter().any(|corner| *corner != quad[0]) {
                    painted.push((u32::from_le_bytes(corners[0].color.to_array()), quad));
                }
            }
        }
        painted.sort_unstable();
        painted
    }

    /// What is seen of a session once nothing is left to follow.
    fn settled(&mut self, session: &Session, pointer: Pos2) -> Vec<Quad> {
        self.frame(session, pointer);
        while self.state.scene.is_behind() {
            self.frame(session, pointer);
        }
        self.frame(session, pointer)
    }
}

fn session() -> Session {
    let mut session = Session::new(engine(), drawn(COMPONENTS), None);
    session.set_background(Background::Inline);
    session
}

#[test]
fn what_is_kept_from_frame_to_frame_is_what_would_be_painted_anew() {
    let mut session = session();
    let mut dice = Dice(11);
    let mut kept = Window::new();
    kept.settled(&session, Pos2::ZERO);
    // At a zoom and places at which nothing is lost by rounding.
    kept.state.camera.zoom = 0.0625;
    kept.state.camera.translation = kurbo::Vec2::new(64.0, 64.0);
    for step in 0..24 {
        for action in some_action(&mut dice, &session.project().clone()) {
            session.apply(action);
        }
        match dice.below(4) {
            0 => {
                let at = dice.below(session.project().components.len());
                let component = session.project().components.get_index(at).map(|(id, _)| id.clone());
                session.select(Select::Only(component.map(ElementId::Component).into_iter().collect()));
            }
            1 => {
                let at = dice.below(session.project().connections.len());
                let link = session.project().connections.get_index(at).map(|(id, _)| id.clone());
                session.select(Select::Only(link.map(ElementId::Connection).into_iter().collect()));
            }
            _ => kept.state.camera.pan(kurbo::Vec2::new(dice.below(9) as f64 - 4.0, dice.below(9) as f64 - 4.0)),
        }
        let pointer = pos2(100.0 + dice.below(500) as f32, 80.0 + dice.below(300) as f32);
        let shown = kept.settled(&session, pointer);
        let mut anew = Window::new();
        anew.frame(&session, pointer);
        anew.state.camera = kept.state.camera;
        let expected = anew.settled(&session, pointer);
        assert!(shown.len() > 2 * COMPONENTS, "they are seen from far away");
        assert!(shown == expected, "after step {step}: {} rectangles instead of {}", shown.len(), expected.len());
    }
}

#[test]
fn what_stays_as_it_is_is_not_made_again() {
    let mut session = session();
    let mut window = Window::new();
    window.settled(&session, Pos2::ZERO);
    window.state.camera.zoom = 0.0625;
    window.state.camera.translation = kurbo::Vec2::new(64.0, 64.0);
    window.settled(&session, Pos2::ZERO);
    let all = window.state.work().bundles;
    window.state.camera.pan(kurbo::Vec2::new(7.0, -5.0));
    window.settled(&session, Pos2::ZERO);
    assert_eq!(window.state.work().bundles, all, "a view that moves takes what is there with it");
    let moved = ElementId::Component(session.project().components.keys()[COMPONENTS / 2].clone());
    let edits = vec![crate::project::Edit::Move([moved].into(), kurbo::Vec2::new(40.0, 24.0))];
    session.apply(crate::session::Action::edit("Move", edits));
    window.frame(&session, Pos2::ZERO);
    let made = window.state.work().bundles - all;
    assert!((1..=20).contains(&made), "{made} of about {} for one component", COMPONENTS * 5 / 2 / 64);
}
