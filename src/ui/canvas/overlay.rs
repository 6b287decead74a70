//! What lies over the sheet: the buttons at the upper right and the overview at the lower right.

use std::sync::Arc;

use egui::{
    Align, Button, Layout, Mesh, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui, UiBuilder, WidgetInfo, vec2,
};

use kurbo::Vec2;

use super::{
    CanvasState, colour_by,
    convert::{from_rect, to_point, to_rect},
};
use crate::{
    assess::Perspective,
    geometry::{camera::Camera, hit},
    session::CanvasRequest,
    ui::{
        Actions, View,
        theme::{Face, Tokens, text},
    },
};

/// From the border of the canvas.
pub(super) const MARGIN: f32 = 12.0;
/// Size of the overview.
const MINIMAP: egui::Vec2 = vec2(150.0, 96.0);
/// Free room inside the overview, in points.
const MINIMAP_PADDING: f64 = 10.0;

/// Colour, fit and zoom.
pub(super) fn buttons(ui: &mut Ui, view: &View<'_>, state: &mut CanvasState, actions: &mut Actions) {
    let tokens = Tokens::of(ui);
    let strip = Rect::from_min_max(
        egui::pos2(state.viewport.left(), state.viewport.top() + MARGIN),
        egui::pos2(state.viewport.right() - MARGIN, state.viewport.top() + MARGIN + 28.0),
    );
    let builder =
        UiBuilder::new().id_salt("canvas buttons").max_rect(strip).layout(Layout::right_to_left(Align::Center));
    let mut child = ui.new_child(builder);
    child.spacing_mut().item_spacing.x = 6.0;
    let button = |label: String| {
        Button::new(text(label, Face::Regular, 12.5)).fill(tokens.card).stroke(Stroke::new(1.0, tokens.line_strong))
    };
    let zoom = format!("{:.0} %", state.camera.zoom * 100.0);
    if child.add(button(zoom)).on_hover_text("Zoom, click for 100 %").clicked() {
        state.request(CanvasRequest::ZoomActual);
        child.request_repaint();
    }
    if child.add(button("Fit".to_owned())).on_hover_text("Show the whole drawing").clicked() {
        state.request(CanvasRequest::FitAll);
        child.request_repaint();
    }
    colour_by::colour_by_ui(&mut child, view, state, actions);
}

/// The overview: everything small, and what is seen as a frame that can be dragged.
pub(super) fn minimap(ui: &Ui, view: &View<'_>, state: &mut CanvasState) {
    state.minimap_rect = Rect::NOTHING;
    let Some(bounds) = state.scene.bounds_world.filter(|_| state.show_minimap) else { return };
    if state.viewport.width() < 3.0 * MINIMAP.x || state.viewport.height() < 3.0 * MINIMAP.y {
        return;
    }
    let rect = Rect::from_min_size(state.viewport.right_bottom() - MINIMAP - vec2(MARGIN, MARGIN), MINIMAP);
    let seen = state.camera.visible_world(from_rect(state.viewport));
    if state.minimap.is_none() && seen.union(bounds) == seen && covers_a_card(state, rect) {
        return;
    }
    state.minimap_rect = rect;
    let fitted = Camera::overview(bounds.union(seen), from_rect(rect), MINIMAP_PADDING);
    let response = ui.interact(rect, ui.scope_id().with("minimap"), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, "Overview map"));
    let held = response.is_pointer_button_down_on().then(|| response.interact_pointer_pos()).flatten();
    match held {
        Some(pos) => {
            let held = state.minimap.get_or_insert_with(|| Held::new(fitted, seen, pos));
            let middle = held.map.world_from_screen(to_point(pos)) + held.offset_world;
            state.camera.centre_on(middle, from_rect(state.viewport));
        }
        None => state.minimap = None,
    }
    let map = state.minimap.as_ref().map_or(fitted, |held| held.map);
    let mesh = overview_mesh(ui, view, state, &map, rect);
    paint_minimap(ui, state, &map, (rect, mesh));
}

/// The overview's boxes, and what they were made from. They are made anew only when something of that changes.
pub(super) struct Overview {
    version: u64,
    map: Camera,
    dark: bool,
    mesh: Arc<Mesh>,
}

fn overview_mesh(ui: &Ui, view: &View<'_>, state: &mut CanvasState, map: &Camera, rect: Rect) -> Arc<Mesh> {
    let (version, dark) = (state.scene.version, ui.visuals().dark_mode);
    let same = |known: &&Overview| known.version == version && known.map == *map && known.dark == dark;
    if let Some(known) = state.overview.as_ref().filter(same) {
        return Arc::clone(&known.mesh);
    }
    let mesh = Arc::new(make_overview(Tokens::of(ui), view, state, map, rect));
    state.overview = Some(Overview { version, map: *map, dark, mesh: Arc::clone(&mesh) });
    mesh
}

/// A box for each card. Of those that are smaller than a point, one for each point: nobody could tell them apart.
fn make_overview(tokens: &Tokens, view: &View<'_>, state: &CanvasState, map: &Camera, rect: Rect) -> Mesh {
    let playbook = &view.session.engine().playbook;
    let by_framework = state.scene.colouring.perspective == Perspective::Framework;
    let mut mesh = Mesh::default();
    let columns = rect.width().ceil() as usize + 1;
    let mut taken = vec![false; columns * (rect.height().ceil() as usize + 1)];
    for (_, card) in state.scene.seen_cards() {
        let place = to_rect(map.rect_screen(card.rect_world));
        if place.width() < 1.0 || place.height() < 1.0 {
            let cell = (place.min - rect.min).max(egui::Vec2::ZERO);
            match taken.get_mut(cell.y as usize * columns + cell.x as usize) {
                Some(taken) if *taken => continue,
                Some(taken) => *taken = true,
                None => continue,
            }
        }
        let framework = card.advice.as_ref().filter(|_| by_framework);
        let framework = framework.and_then(|advice| playbook.frameworks.get(&advice.framework));
        let colour = match (&card.mark, framework) {
            (Some(mark), _) => tokens.paint(&mark.tone).strong,
            (None, Some(framework)) => tokens.framework(&framework.colour).ink.gamma_multiply(0.7),
            (None, None) => tokens.line_strong.gamma_multiply(0.7),
        };
        let colour = if card.component.deferred { tokens.line_strong.gamma_multiply(0.35) } else { colour };
        mesh.add_colored_rect(place, colour);
    }
    mesh
}

/// Whether something would lie under the overview: not worth it where everything is in view anyway.
fn covers_a_card(state: &CanvasState, rect: Rect) -> bool {
    state.scene.any_card_in(state.camera.visible_world(from_rect(rect)))
}

/// The overview while the pointer holds it: its scale stays, or what is held would run away from the pointer.
pub(super) struct Held {
    map: Camera,
    /// From the pointer to the middle of the view; nothing if the pointer came down beside the view's frame.
    offset_world: Vec2,
}

impl Held {
    fn new(map: Camera, seen: kurbo::Rect, pos: egui::Pos2) -> Self {
        let at = map.world_from_screen(to_point(pos));
        let offset_world = if hit::contains(seen, at) { seen.center() - at } else { Vec2::ZERO };
        Self { map, offset_world }
    }
}

fn paint_minimap(ui: &Ui, state: &CanvasState, map: &Camera, (rect, mesh): (Rect, Arc<Mesh>)) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter_at(rect);
    painter.rect(rect, 6.0, tokens.panel, Stroke::new(1.0, tokens.line_strong), StrokeKind::Inside);
    painter.add(Shape::Mesh(mesh));
    let seen = to_rect(map.rect_screen(state.camera.visible_world(from_rect(state.viewport))));
    painter.rect_stroke(seen.intersect(rect.shrink(3.0)), 2.0, Stroke::new(1.0, tokens.accent.ink), StrokeKind::Inside);
}

/// Says that connections are straight lines only until their routes are found.
pub(super) fn routing_note(ui: &Ui, state: &CanvasState) {
    if !state.is_routing() {
        return;
    }
    let tokens = Tokens::of(ui);
    let painter = ui.painter_at(state.viewport);
    let words = "Routing connections...";
    let galley = painter.layout_no_wrap(words.to_owned(), Face::Regular.at(12.0), tokens.muted);
    let size = galley.size() + vec2(20.0, 10.0);
    let middle = state.viewport.center_bottom() - vec2(0.0, MARGIN + size.y / 2.0);
    let rect = Rect::from_center_size(middle, size);
    painter.rect(rect, 6.0, tokens.panel, Stroke::new(1.0, tokens.line_strong), StrokeKind::Inside);
    painter.galley(rect.min + vec2(10.0, 5.0), galley, tokens.muted);
    let response = ui.interact(rect, ui.scope_id().with("routing note"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
}
