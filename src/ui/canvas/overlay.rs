//! What lies over the sheet: the buttons at the upper right and the overview at the lower right.

use std::sync::Arc;

use egui::{
    Align, Button, Color32, Layout, Mesh, Painter, Popup, Pos2, Rect, Role, Sense, Shape, Stroke, StrokeKind, Ui,
    UiBuilder, Vec2, WidgetInfo, vec2,
};

use super::{
    CanvasState, colour_by,
    convert::{from_rect, to_point, to_rect},
    frames::Frame,
};
use crate::{
    assess::{Perspective, Severity},
    geometry::{camera::Camera, hit},
    lang::{t, tr},
    project::ElementId,
    session::{Action, Anchor, CanvasRequest, commands},
    ui::{
        Actions, View, anchor,
        shortcut::shortcut_text,
        theme::{Face, Tokens, text},
    },
};

/// From the border of the canvas.
pub(super) const MARGIN: f32 = 12.0;
/// Size of the overview.
const MINIMAP: Vec2 = vec2(150.0, 96.0);
/// How far a point of the wheel zooms on the overview.
pub(super) const WHEEL_ZOOM: f64 = 1.0 / 200.0;
/// Of what is selected no more marks than that are put on the overview.
const MOST_MARKS: usize = 500;
/// Findings are marked once for each square of the overview of this size, in points, so that marks can be told apart.
const MARK_CELL: f32 = 5.0;
/// The side of such a mark, in points.
const MARK: f32 = 3.0;
/// An overview of more cards than these follows a drag once it is over.
const MOST_LIVE: usize = 1_000;
/// Free room inside the overview, in points.
const MINIMAP_PADDING: f64 = 10.0;

/// Says where the selected component is.
pub(super) fn mark_selected(ui: &Ui, view: &View<'_>, state: &CanvasState) {
    if let Some((_, component)) = view.session.selected_component() {
        let place = to_rect(state.camera.rect_screen(component.rect_world()));
        anchor::mark(ui, Anchor::Selected, place.intersect(state.viewport));
    }
}

/// Colour, fit and zoom.
pub(super) fn buttons(ui: &mut Ui, view: &View<'_>, state: &mut CanvasState, actions: &mut Actions) {
    if state.alone {
        return;
    }
    let tokens = Tokens::of(ui);
    let strip = Rect::from_min_max(
        egui::pos2(state.viewport.left(), state.viewport.top() + MARGIN),
        egui::pos2(state.viewport.right() - MARGIN, state.viewport.top() + MARGIN + 28.0),
    );
    let builder =
        UiBuilder::new().id_salt("canvas buttons").max_rect(strip).layout(Layout::right_to_left(Align::Center));
    let mut child = ui.new_child(builder);
    child.spacing_mut().item_spacing.x = 6.0;
    // What is dragged from a button is not dragged from the sheet below it.
    let button = |label: String| {
        let words = text(label, Face::Regular, 12.5);
        let stroke = Stroke::new(1.0, tokens.line_strong);
        Button::new(words).fill(tokens.card).stroke(stroke).sense(Sense::click_and_drag())
    };
    zoom_menu(&mut child, view, state, button);
    if child.add(button(t("Fit").to_owned())).on_hover_text(t("Show the whole drawing")).clicked() {
        state.request(CanvasRequest::FitAll);
        child.request_repaint();
    }
    colour_by::colour_by_ui(&mut child, view, state, actions);
}

/// How far tidying has come, while that takes its time, and a way to stop it.
pub(super) fn tidying(ui: &mut Ui, view: &View<'_>, state: &CanvasState, actions: &mut Actions) {
    let Some(share) = view.session.tidying() else { return };
    let tokens = Tokens::of(ui);
    let size = vec2(300.0, 36.0);
    let rect = Rect::from_center_size(
        egui::pos2(state.viewport.center().x, state.viewport.top() + 2.0 * MARGIN + 28.0 + size.y / 2.0),
        size,
    );
    let painter = ui.painter_at(state.viewport);
    painter.rect(rect, 8.0, tokens.panel, Stroke::new(1.0, tokens.line_strong), StrokeKind::Inside);
    let builder = UiBuilder::new()
        .id_salt("tidying")
        .max_rect(rect.shrink2(vec2(12.0, 4.0)))
        .layout(Layout::right_to_left(Align::Center));
    let mut child = ui.new_child(builder);
    if child.button(t("Stop")).on_hover_text(t("Leave everything as it stands")).clicked() {
        actions.push(Action::Run("edit.stop-tidy"));
    }
    let words = tr!("Tidying the layout, {} %", format_args!("{:.0}", share * 100.0));
    child.with_layout(Layout::left_to_right(Align::Center), |ui| ui.label(text(words, Face::Regular, 12.5)));
    // The work says how far it is only to who asks.
    ui.request_repaint_after(std::time::Duration::from_millis(100));
}

/// The zoom, and a menu to change it.
fn zoom_menu(ui: &mut Ui, view: &View<'_>, state: &mut CanvasState, button: impl Fn(String) -> Button<'static>) {
    let zoom = format!("{:.0} %", state.camera.zoom * 100.0);
    let mut wish = None;
    let anchor = ui.add(button(zoom)).on_hover_text(t("Zoom"));
    Popup::menu(&anchor).show(|ui| {
        ui.set_min_width(180.0);
        for share in [0.5, 1.0, 2.0] {
            let words = format!("{:.0} %", share * 100.0);
            let keys = if share == 1.0 { keys_of(ui, "view.zoom-actual") } else { String::new() };
            if ui.add(Button::new(tr!("Zoom to {words}", words)).shortcut_text(keys)).clicked() {
                wish = Some(CanvasRequest::ZoomTo(share));
            }
        }
        ui.separator();
        if ui.add(Button::new(t("Fit everything")).shortcut_text(keys_of(ui, "view.fit"))).clicked() {
            wish = Some(CanvasRequest::FitAll);
        }
        let selection = Button::new(t("Fit the selection")).shortcut_text(keys_of(ui, "view.fit-selection"));
        let any = !view.session.selection().is_empty();
        if ui.add_enabled(any, selection).on_disabled_hover_text(t("Select something first")).clicked() {
            wish = Some(CanvasRequest::FitSelection);
        }
    });
    if let Some(wish) = wish {
        state.request(wish);
        ui.request_repaint();
    }
}

/// The keys of a command.
fn keys_of(ui: &Ui, id: &str) -> String {
    commands::find(id).map(|command| shortcut_text(ui.ctx(), command)).unwrap_or_default()
}

/// Where the overview is, if it is to be shown and there is room for it.
pub(super) fn minimap_place(state: &CanvasState) -> Option<Rect> {
    let viewport = state.viewport;
    let room = viewport.width() >= 3.0 * MINIMAP.x && viewport.height() >= 3.0 * MINIMAP.y;
    let rect = Rect::from_min_size(viewport.right_bottom() - MINIMAP - vec2(MARGIN, MARGIN), MINIMAP);
    (state.show_minimap && !state.alone && room).then_some(rect)
}

/// The overview: everything small, and what is seen as a frame that can be dragged.
pub(super) fn minimap(ui: &Ui, view: &View<'_>, state: &mut CanvasState) {
    state.minimap_rect = Rect::NOTHING;
    let (Some(bounds), Some(rect)) = (state.scene.bounds_world, minimap_place(state)) else { return };
    let seen = state.camera.visible_world(from_rect(state.viewport));
    if state.minimap.is_none() && seen.union(bounds) == seen && covers_something(state, rect) {
        return;
    }
    state.minimap_rect = rect;
    let fitted = Camera::overview(bounds.union(seen), from_rect(rect), MINIMAP_PADDING);
    let response = ui.interact(rect, ui.scope_id().with("minimap"), Sense::CLICK | Sense::DRAG);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, t("Overview map")));
    let held = response.is_pointer_button_down_on().then(|| response.interact_pointer_pos()).flatten();
    match held {
        Some(pos) => {
            let held = state.minimap.get_or_insert_with(|| Held::new(fitted, seen, pos));
            let middle = held.map.world_from_screen(to_point(pos)) + held.offset_world;
            state.camera.centre_on(middle, from_rect(state.viewport));
        }
        None => state.minimap = None,
    }
    if response.contains_pointer() {
        zoom_on_minimap(ui, state);
    }
    let map = state.minimap.as_ref().map_or(fitted, |held| held.map);
    let [boxes, marks] = overview_meshes(ui, view, state, &map, rect);
    paint_minimap(ui, view, state, &map, (rect, boxes, marks));
}

/// The wheel over the overview zooms what is seen, around its middle.
fn zoom_on_minimap(ui: &Ui, state: &mut CanvasState) {
    let (scroll, zoom) = ui.input(|input| (f64::from(input.smooth_scroll_delta().y), f64::from(input.zoom_delta())));
    let factor = if zoom == 1.0 { (scroll * WHEEL_ZOOM).exp() } else { zoom };
    if factor != 1.0 {
        state.camera.zoom_at(from_rect(state.viewport).center(), factor);
    }
}

/// The overview's boxes and the marks on them, and what they were made from. They are made anew only when something of that changes.
pub(super) struct Overview {
    version: u64,
    map: Camera,
    tokens: *const Tokens,
    meshes: [Arc<Mesh>; 2],
}

fn overview_meshes(ui: &Ui, view: &View<'_>, state: &mut CanvasState, map: &Camera, rect: Rect) -> [Arc<Mesh>; 2] {
    let (version, tokens) = (state.scene.version, Tokens::of(ui));
    // While something hangs at the pointer, thousands of boxes are not made anew for the one that moves.
    let holds = state.in_gesture() && state.scene.cards.len() > MOST_LIVE;
    let same = |known: &&Overview| {
        (known.version == version || holds) && known.map == *map && std::ptr::eq(known.tokens, tokens)
    };
    if let Some(known) = state.overview.as_ref().filter(same) {
        return known.meshes.clone();
    }
    let meshes = [make_overview(tokens, view, state, map, rect), make_marks(tokens, state, map, rect)].map(Arc::new);
    state.overview = Some(Overview { version, map: *map, tokens, meshes: meshes.clone() });
    meshes
}

/// A box for each card and each note, and the outlines of boundaries. Of those that are smaller than a point, one for each point: nobody
/// could tell them apart.
fn make_overview(tokens: &Tokens, view: &View<'_>, state: &CanvasState, map: &Camera, rect: Rect) -> Mesh {
    let playbook = &view.session.engine().playbook;
    let by_framework = state.scene.colouring.perspective == Perspective::Framework;
    let mut small = Small::new(rect);
    let mut mesh = Mesh::default();
    for (_, card) in state.scene.seen_cards() {
        let Some(place) = small.place(to_rect(map.rect_screen(card.rect_world))) else { continue };
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
    for (note, colour) in state.scene.seen_notes(view.session.project()) {
        if let Some(place) = small.place(to_rect(map.rect_screen(note))) {
            mesh.add_colored_rect(place, tokens.paper(colour).ink.gamma_multiply(0.6));
        }
    }
    let mut small = Small::new(rect);
    for frame in state.scene.seen_frames() {
        let place = to_rect(map.rect_screen(frame.rect_world));
        if frame.folded.is_some() {
            let framework =
                frame.framework.as_ref().filter(|_| by_framework).and_then(|id| playbook.frameworks.get(id));
            let colour = framework.map_or(tokens.muted, |framework| tokens.framework(&framework.colour).ink);
            mesh.add_colored_rect(place, colour.gamma_multiply(0.7));
        } else if let Some(place) = small.place(place) {
            outline(&mut mesh, place, tokens.muted);
        }
    }
    mesh
}

/// A line of a point's width inside a rectangle, on whole points: a thinner one would be seen here and not there.
fn outline(mesh: &mut Mesh, rect: Rect, colour: Color32) {
    let (min, max) = (rect.min.floor(), rect.max.floor().max(rect.min.floor() + Vec2::splat(1.0)));
    let rect = Rect::from_min_max(min, max);
    let line = |from: Pos2, size: Vec2| Rect::from_min_size(from, size);
    mesh.add_colored_rect(line(rect.left_top(), vec2(rect.width(), 1.0)), colour);
    if rect.height() > 1.0 {
        mesh.add_colored_rect(line(rect.left_bottom() - vec2(0.0, 1.0), vec2(rect.width(), 1.0)), colour);
    }
    if rect.height() > 2.0 {
        let size = vec2(1.0, rect.height() - 2.0);
        mesh.add_colored_rect(line(rect.left_top() + vec2(0.0, 1.0), size), colour);
        mesh.add_colored_rect(line(rect.right_top() + vec2(-1.0, 1.0), size), colour);
    }
}

/// What is smaller than a point on the overview: a whole point in its place, once.
struct Small {
    rect: Rect,
    columns: usize,
    taken: Vec<bool>,
}

impl Small {
    fn new(rect: Rect) -> Self {
        let columns = rect.width().ceil() as usize + 1;
        Self { rect, columns, taken: vec![false; columns * (rect.height().ceil() as usize + 1)] }
    }

    /// The place of something as it is drawn; `None` if there is something like it already. Never thinner than a point, since what lies
    /// between the middles of pixels is not seen.
    fn place(&mut self, place: Rect) -> Option<Rect> {
        if place.width() >= 1.0 && place.height() >= 1.0 {
            return Some(place);
        }
        let cell = (place.min - self.rect.min).max(Vec2::ZERO).floor();
        if place.width() < 2.0 && place.height() < 2.0 {
            let taken = self.taken.get_mut(cell.y as usize * self.columns + cell.x as usize)?;
            if std::mem::replace(taken, true) {
                return None;
            }
        }
        Some(Rect::from_min_size(self.rect.min + cell, place.size().max(Vec2::splat(1.0))))
    }
}

/// Whether something would lie under the overview: not worth it where everything is in view anyway.
fn covers_something(state: &CanvasState, rect: Rect) -> bool {
    state.scene.anything_in(state.camera.visible_world(from_rect(rect)))
}

/// The overview while the pointer holds it: its scale stays, or what is held would run away from the pointer.
pub(super) struct Held {
    map: Camera,
    /// From the pointer to the middle of the view; nothing if the pointer came down beside the view's frame.
    offset_world: kurbo::Vec2,
}

impl Held {
    fn new(map: Camera, seen: kurbo::Rect, pos: egui::Pos2) -> Self {
        let at = map.world_from_screen(to_point(pos));
        let offset_world = if hit::contains(seen, at) { seen.center() - at } else { kurbo::Vec2::ZERO };
        Self { map, offset_world }
    }
}

fn paint_minimap(
    ui: &Ui,
    view: &View<'_>,
    state: &CanvasState,
    map: &Camera,
    (rect, boxes, marks): (Rect, Arc<Mesh>, Arc<Mesh>),
) {
    let tokens = Tokens::of(ui);
    let painter = ui.painter_at(rect);
    painter.rect(rect, 6.0, tokens.panel, Stroke::new(1.0, tokens.line_strong), StrokeKind::Inside);
    painter.add(Shape::Mesh(boxes));
    selection_marks(&painter, tokens, view, state, map);
    painter.add(Shape::Mesh(marks));
    let seen = to_rect(map.rect_screen(state.camera.visible_world(from_rect(state.viewport))));
    painter.rect_stroke(seen.intersect(rect.shrink(3.0)), 2.0, Stroke::new(1.0, tokens.accent.ink), StrokeKind::Inside);
}

/// What is selected.
fn selection_marks(painter: &Painter, tokens: &Tokens, view: &View<'_>, state: &CanvasState, map: &Camera) {
    let project = view.session.project();
    let mut mesh = Mesh::default();
    for card in view.session.selection().iter().take(MOST_MARKS).filter_map(ElementId::component).filter_map(|id| {
        let at = project.components.get_index_of(id)?;
        state.scene.cards.get(at).filter(|card| card.id == *id)
    }) {
        mesh.add_colored_rect(to_rect(map.rect_screen(card.rect_world)).expand(1.0), tokens.accent.ink);
    }
    painter.add(Shape::mesh(mesh));
}

/// Where something should be looked at: a mark in the middle of each square of the overview in which a card or a folded box with a finding
/// has its upper right corner.
fn make_marks(tokens: &Tokens, state: &CanvasState, map: &Camera, rect: Rect) -> Mesh {
    let bad = |severity: Option<Severity>| severity.is_some_and(|severity| severity < Severity::Hint);
    let cards =
        state.scene.seen_cards().map(|(_, card)| (card.rect_world, card.sign.as_ref().map(|sign| sign.severity)));
    let worst = |frame: &Frame| frame.folded.as_ref().and_then(|folded| folded.worst);
    let boxes = state.scene.seen_frames().map(|frame| (frame.rect_world, worst(frame)));
    let columns = (rect.width() / MARK_CELL).ceil() as usize;
    let mut marked = vec![false; columns * (rect.height() / MARK_CELL).ceil() as usize];
    let mut mesh = Mesh::default();
    for (rect_world, _) in cards.chain(boxes).filter(|(_, severity)| bad(*severity)) {
        let corner = to_rect(map.rect_screen(rect_world)).right_top() - rect.min;
        let cell = (corner / MARK_CELL).floor();
        if cell.x < 0.0 || cell.y < 0.0 || cell.x >= columns as f32 {
            continue;
        }
        if let Some(marked) = marked.get_mut(cell.y as usize * columns + cell.x as usize).filter(|marked| !**marked) {
            *marked = true;
            let middle = rect.min + (cell + Vec2::splat(0.5)) * MARK_CELL;
            mesh.add_colored_rect(Rect::from_center_size(middle, Vec2::splat(MARK)), tokens.warning.ink);
        }
    }
    mesh
}

/// Where words of a size stand at the lower edge: in its middle, else between what else lies there, else above that.
pub(super) fn at_the_lower_edge(state: &CanvasState, size: Vec2) -> Rect {
    let (viewport, bottom) = (state.viewport, state.viewport.bottom() - MARGIN);
    let over = state.legend.map(super::legend::Placed::rect).into_iter().chain([state.minimap_rect]);
    let over = over.filter(|rect| rect.is_positive() && rect.bottom() > bottom - size.y);
    let over: Vec<Rect> = over.map(|rect| rect.expand(MARGIN)).collect();
    let low = |middle: f32| Rect::from_center_size(egui::pos2(middle, bottom - size.y / 2.0), size);
    let is_free = |rect: &Rect| !over.iter().any(|other| other.intersects(*rect));
    let beside = |right: bool| over.iter().filter(move |other| (other.center().x > viewport.center().x) == right);
    let left = beside(false).map(Rect::right).fold(viewport.left() + MARGIN, f32::max);
    let right = beside(true).map(Rect::left).fold(viewport.right() - MARGIN, f32::min);
    let between = low(f32::midpoint(left, right));
    let fits = between.left() >= left && between.right() <= right;
    let above = || {
        let top = over.iter().map(Rect::top).fold(bottom, f32::min);
        low(viewport.center().x).translate(vec2(0.0, top - bottom))
    };
    let middle = low(viewport.center().x);
    if is_free(&middle) {
        middle
    } else if fits {
        between
    } else {
        above()
    }
}

/// Says that connections are straight lines only until their routes are found.
pub(super) fn routing_note(ui: &Ui, state: &CanvasState) {
    if !state.is_routing() {
        return;
    }
    let tokens = Tokens::of(ui);
    let painter = ui.painter_at(state.viewport);
    let words = t("Routing connections...");
    let galley = painter.layout_no_wrap(words.to_owned(), Face::Regular.at(12.0), tokens.muted);
    let size = galley.size() + vec2(20.0, 10.0);
    let rect = at_the_lower_edge(state, size);
    painter.rect(rect, 6.0, tokens.panel, Stroke::new(1.0, tokens.line_strong), StrokeKind::Inside);
    painter.galley(rect.min + vec2(10.0, 5.0), galley, tokens.muted);
    let response = ui.interact(rect, ui.scope_id().with("routing note"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
}
