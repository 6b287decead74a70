//! The whole sheet, back to front. Paints what can be seen and computes nothing else.

use std::{rc::Rc, sync::Arc};

use egui::{DragAndDrop, Mesh, Painter, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

use super::{
    CanvasState, card,
    convert::{from_rect, to_point, to_pos, to_rect},
    far, focus, frames,
    gesture::Gesture,
    guides, label, link_grips, links, marks,
    nodes::{HANDLE_RADIUS, Nodes},
    pen::Pen,
    scene::{Card, Link},
};
use crate::{
    geometry::camera::Camera,
    lang::t,
    project::{ComponentKind, ElementId, LineKind, StickyNote, card_size},
    ui::{
        View, icons,
        theme::{Face, Tokens},
    },
};

/// Distance of the dots at 100 %, in world units.
const DOTS_WORLD: f64 = 24.0;

/// Paints the sheet.
pub(super) fn sheet(painter: &Painter, view: &View<'_>, state: &CanvasState, nodes: &Nodes, tokens: &'static Tokens) {
    let viewport = state.viewport;
    let mut pen = Pen::new(painter, tokens, state.camera.zoom).with_texts(&state.texts);
    pen.add(Shape::rect_filled(viewport, 0.0, tokens.canvas));
    grounds(&mut pen, view, state);
    dots(&mut pen, &state.camera, viewport);
    elements(&mut pen, view, state);
    gesture(&mut pen, view, state);
    handles(&mut pen, nodes);
    link_grips::paint(&mut pen, nodes, tokens);
    frames::paint_grips(&mut pen, &nodes.grips);
    focus::paint(&mut pen, view, state);
    super::find::rings(&mut pen, view, state);
    if is_to_be_started(painter, state) {
        let text = t("Double-click to add a component, or drag one here from the palette");
        let galley = pen.line(text, Face::Regular.at(13.0), tokens.muted, viewport.width() - 32.0);
        pen.put_centred(galley, viewport.center());
    }
    pen.finish();
}

/// Whether the sheet is empty and nothing is on its way to it.
fn is_to_be_started(painter: &Painter, state: &CanvasState) -> bool {
    let empty = state.scene.cards.is_empty() && state.scene.bounds_world.is_none();
    let busy = state.in_gesture() || state.waits_for_boundary() || state.quick_add.is_some();
    empty && !busy && !DragAndDrop::has_any_payload(painter.ctx())
}

/// The frameworks' grounds: overlapping rectangles of one colour that read as one shape, with an outline of the same kind
/// below them.
fn grounds(pen: &mut Pen<'_>, view: &View<'_>, state: &CanvasState) {
    let Some(grounds) = &state.scene.grounds else { return };
    let (camera, frameworks) = (&state.camera, &view.session.engine().playbook.frameworks);
    let seen = camera.visible_world(from_rect(state.viewport.expand(4.0)));
    let radius = (16.0 * pen.zoom).clamp(2.0, 28.0);
    let parts: Vec<(usize, Rect)> =
        grounds.within(seen).map(|(group, rect)| (group, to_rect(camera.rect_screen(rect)))).collect();
    let colours: Vec<_> = frameworks.values().map(|framework| pen.tokens.zone(&framework.colour)).collect();
    if pen.zoom < card::BOX_ZOOM && parts.len() > far::MOST_SHAPES {
        far::grounds(
            pen,
            &state.meshes,
            parts.iter().filter_map(|(group, rect)| Some((*rect, colours.get(*group)?.0))),
        );
        return;
    }
    for (group, (fill, line)) in colours.into_iter().enumerate() {
        for (grow, colour) in [(1.0, line), (0.0, fill)] {
            for (_, rect) in parts.iter().filter(|(of, _)| *of == group) {
                pen.add(Shape::rect_filled(rect.expand(grow), radius + grow, colour));
            }
        }
    }
}

fn dots(pen: &mut Pen<'_>, camera: &Camera, viewport: Rect) {
    let mut step = DOTS_WORLD;
    while step * camera.zoom < 16.0 {
        step *= 2.0;
    }
    let seen = camera.visible_world(from_rect(viewport));
    let mut mesh = Mesh::default();
    let colour = pen.tokens.line_strong.gamma_multiply(0.7);
    let columns = (seen.x0 / step).floor() as i64..=(seen.x1 / step).ceil() as i64;
    for column in columns {
        for row in (seen.y0 / step).floor() as i64..=(seen.y1 / step).ceil() as i64 {
            let at = to_pos(camera.screen_from_world(kurbo::Point::new(column as f64 * step, row as f64 * step)));
            // On whole points, or every dot would look different.
            mesh.add_colored_rect(Rect::from_center_size(at.round(), vec2(2.0, 2.0)), colour);
        }
    }
    pen.add(Shape::mesh(mesh));
}

fn elements(pen: &mut Pen<'_>, view: &View<'_>, state: &CanvasState) {
    let (scene, camera) = (&state.scene, &state.camera);
    let (selection, project) = (view.session.selection(), view.session.project());
    let playbook = &view.session.engine().playbook;
    let seen = state.painted_world();
    let hovered = |element: &ElementId| state.hovered.as_ref() == Some(element);
    let chosen = |element: &ElementId| state.gesture.marks(element, selection.contains(element));
    for frame in scene.frames_in(seen) {
        let within = frame.folded.is_some() && scene.stands_for(&frame.id, selection);
        let marks = (chosen(&frame.element), hovered(&frame.element) || within);
        let shifted = state.glide.camera(camera, &frame.element);
        frames::boundary(pen, &shifted, frame, playbook, marks);
        if within {
            frames::holds_selected(pen, &shifted, frame);
        }
    }
    let links = scene.link_positions(seen);
    connections(pen, view, state, &links);
    let above = cards(pen, view, state, &scene.card_positions(seen));
    let notes = scene.note_positions(seen).into_iter().filter_map(|index| project.sticky_notes.get_index(index));
    let notes = notes.map(|(id, note)| (ElementId::Note(id.clone()), note));
    let (notes_above, notes): (Vec<_>, Vec<_>) = notes.partition(|(element, _)| chosen(element));
    let note = |pen: &mut Pen<'_>, (element, note): (ElementId, &Arc<StickyNote>)| {
        let camera = state.glide.camera(camera, &element);
        frames::note(pen, &camera, note, (chosen(&element), hovered(&element)));
    };
    for each in notes {
        note(pen, each);
    }
    // What the person is at lies above what it covers or is covered by.
    for card in above.iter().map(|index| &scene.cards[*index]) {
        one_card(pen, view, state, card);
    }
    for each in notes_above {
        note(pen, each);
    }
    if is_plain(pen, &links) {
        for (index, ..) in attended_links(pen, view, state, &links) {
            words(pen, view, state, index);
        }
        return;
    }
    // What belongs to the way of a line has no place on one that only stands for it.
    let laid = |index: &usize| !state.glide.is_makeshift(&state.scene.links[*index]);
    let attended = |index: &usize| label::is_attended(view, state, &state.scene.links[*index]);
    let (above, below): (Vec<usize>, Vec<usize>) = links.iter().copied().filter(laid).partition(attended);
    for index in below.into_iter().chain(above) {
        words(pen, view, state, index);
        let link = &scene.links[index];
        marks::on_link(pen, &state.glide.line_camera(camera, link), link);
    }
}

/// What is written on a connection; where there are very many, only on the one that the person is at.
fn words(pen: &mut Pen<'_>, view: &View<'_>, state: &CanvasState, index: usize) {
    let link = &state.scene.links[index];
    let camera = &state.glide.line_camera(&state.camera, link);
    let attended = label::is_attended(view, state, link);
    let placed = links::placed(pen, (camera, &state.scene), (index, attended));
    links::label(pen, camera, link, placed);
}

/// Whether there are so many connections that each is only a hairline.
pub(super) fn is_plain(pen: &Pen<'_>, links: &[usize]) -> bool {
    pen.zoom < card::DETAIL_ZOOM && links.len() > far::MOST_SHAPES
}

/// The cards at these positions, without those that lie above everything; says which those are.
fn cards(pen: &mut Pen<'_>, view: &View<'_>, state: &CanvasState, positions: &Rc<[usize]>) -> Vec<usize> {
    let playbook = &view.session.engine().playbook;
    if pen.zoom < card::BOX_ZOOM && positions.len() > far::MOST_SHAPES {
        let attended: Vec<_> = attended_cards(view, state, positions)
            .into_iter()
            .map(|index| (index, emphasis_of(view, state, &state.scene.cards[index])))
            .map(|(index, (emphasis, proposed))| (index, emphasis, proposed))
            .collect();
        far::cards(pen, sight(state), playbook, positions, &attended);
        return Vec::new();
    }
    let chosen = |index: &usize| {
        let element = &state.scene.cards[*index].element;
        state.gesture.marks(element, view.session.selection().contains(element))
    };
    let (above, below): (Vec<usize>, Vec<usize>) = positions.iter().partition(|index| chosen(index));
    for index in below {
        one_card(pen, view, state, &state.scene.cards[index]);
    }
    above
}

fn one_card(pen: &mut Pen<'_>, view: &View<'_>, state: &CanvasState, card: &Card) {
    let (emphasis, proposed) = emphasis_of(view, state, card);
    let camera = state.glide.camera(&state.camera, &card.element);
    card::paint(pen, &camera, card, &view.session.engine().playbook, emphasis);
    if proposed {
        card::proposed(pen, &camera, card);
    }
}

/// How a card is emphasised, and whether a proposal puts it off.
fn emphasis_of(view: &View<'_>, state: &CanvasState, card: &Card) -> (card::Emphasis, bool) {
    let selection = view.session.selection();
    let emphasis = card::Emphasis {
        chosen: !selection.is_empty() && state.gesture.marks(&card.element, selection.contains(&card.element))
            || state.gesture.target().is_some_and(|target| target.component == card.id),
        hovered: state.hovered.as_ref() == Some(&card.element),
        focused: state.focus.element() == Some(&card.element),
    };
    (emphasis, !state.proposed.is_empty() && state.proposed.contains(&card.id))
}

fn sight(state: &CanvasState) -> far::Sight<'_> {
    let (scene, camera, meshes) = (&state.scene, &state.camera, &state.meshes);
    far::Sight { scene, camera, meshes, area_world: state.painted_world() }
}

/// The positions of the cards that are painted in a way of their own since the person is at them, ascending.
fn attended_cards(view: &View<'_>, state: &CanvasState, seen: &[usize]) -> Vec<usize> {
    let components = &view.session.project().components;
    let component = |element: &ElementId| match element {
        ElementId::Component(id) => components.get_index_of(id),
        _ => None,
    };
    let marked = view.session.selection().iter().chain(&state.hovered).chain(state.focus.element());
    let mut attended: Vec<usize> = marked.filter_map(component).collect();
    attended.extend(state.gesture.copied().filter_map(component));
    let ids = state.proposed.iter().chain(state.gesture.target().map(|target| &target.component));
    attended.extend(ids.filter_map(|id| components.get_index_of(id)));
    among(attended, seen)
}

/// The positions of the connections that the person is at, ascending, with their looks.
fn attended_links(pen: &Pen<'_>, view: &View<'_>, state: &CanvasState, seen: &[usize]) -> Vec<(usize, links::Look)> {
    let (selection, connections) = (view.session.selection(), &view.session.project().connections);
    let marked = selection.iter().chain(&state.hovered).filter_map(|element| match element {
        ElementId::Connection(id) => connections.get_index_of(id),
        _ => None,
    });
    let look = |index: usize| {
        let link = &state.scene.links[index];
        links::Look::of(pen, link, selection.contains(&link.element), state.hovered.as_ref() == Some(&link.element))
    };
    among(marked.collect(), seen).into_iter().map(|index| (index, look(index))).collect()
}

/// Those of these positions that are among others, ascending.
fn among(mut positions: Vec<usize>, seen: &[usize]) -> Vec<usize> {
    positions.sort_unstable();
    positions.dedup();
    positions.retain(|position| seen.binary_search(position).is_ok());
    positions
}

/// Below this zoom lines do not hop over each other.
const HOP_ZOOM: f32 = 0.5;

/// The tiles that cover a part of the sheet: the same for as long as the view moves only a little.
fn tiles(area_world: kurbo::Rect) -> kurbo::Rect {
    const TILE_WORLD: f64 = 1_024.0;
    let (min, max) = (area_world.origin(), kurbo::Point::new(area_world.x1, area_world.y1));
    let min = (min.to_vec2() / TILE_WORLD).floor() * TILE_WORLD;
    let max = (max.to_vec2() / TILE_WORLD).ceil() * TILE_WORLD;
    kurbo::Rect::from_points(min.to_point(), max.to_point())
}

/// Connections, those the person is at on top.
fn connections(pen: &mut Pen<'_>, view: &View<'_>, state: &CanvasState, positions: &[usize]) {
    if is_plain(pen, positions) {
        far::connections(pen, sight(state), &attended_links(pen, view, state, positions));
        return;
    }
    let selection = view.session.selection();
    let hovered = |link: &Link| state.hovered.as_ref() == Some(&link.element);
    let selected = |link: &Link| !selection.is_empty() && selection.contains(&link.element);
    let moved = |open: &super::quick_add::QuickAdd| open.moved().cloned();
    let detached = state.gesture.detached().cloned().or_else(|| state.quick_add.as_ref().and_then(moved));
    let mut looks = Vec::with_capacity(positions.len());
    let mut above = Vec::new();
    for (index, link) in positions.iter().map(|index| (*index, &state.scene.links[*index])) {
        let (selected, hovered) = (selected(link), hovered(link));
        let mut look = links::Look::of(pen, link, selected, hovered);
        look.dashed |= detached.as_ref() == Some(&link.id);
        if !state.proposed.is_empty() {
            let ends = [&link.connection.from, &link.connection.to];
            look.dashed |= ends.into_iter().any(|end| state.proposed.contains(end));
        }
        if selected || hovered { above.push((index, look)) } else { looks.push((index, look)) }
    }
    let hops = pen.zoom >= HOP_ZOOM && positions.len() <= far::MOST_SHAPES;
    let around = tiles(state.painted_world());
    for (index, look) in looks.into_iter().chain(above) {
        let link = &state.scene.links[index];
        let gliding = state.glide.line_world(link, |id| {
            let there = !state.scene.hidden.contains_key(&ElementId::Component(id.clone()));
            view.session.project().components.get(id).filter(|_| there).map(|component| component.rect_world())
        });
        let hops = hops && gliding.is_none();
        let hops_world = if hops { state.scene.hops_world(index, around) } else { [].into() };
        let makeshift = gliding.is_some() && state.glide.is_makeshift(link);
        let kind = if makeshift { LineKind::Straight } else { link.connection.course.line };
        let points_world = gliding.as_deref().unwrap_or(&link.points);
        links::paint(pen, &state.camera, &links::Way { points_world, kind, hops_world: &hops_world }, look);
    }
}

/// What the gesture in flight shows: guides, the marquee, the connection being drawn.
fn gesture(pen: &mut Pen<'_>, view: &View<'_>, state: &CanvasState) {
    let (camera, accent) = (&state.camera, pen.tokens.accent);
    let line = links::Look { colour: accent.ink, width: 2.0, dashed: false };
    match &state.gesture {
        Gesture::Moving(moving) => {
            let place = (moving.rect_now(), moving.goes_into());
            frames::drop_target(pen, camera, &state.scene, place, &|element| moving.holds(element));
            guides::paint(pen, camera, &moving.guides);
        }
        Gesture::Resizing(resizing) => {
            if let Some((element, area_world)) = resizing.frame() {
                frames::held(pen, state, view.session.project(), area_world, Some(element));
            }
            guides::paint(pen, camera, &resizing.guides);
        }
        Gesture::Drawing(drawing) => frames::draft(pen, state, view.session.project(), drawing.area_world()),
        Gesture::Marquee(marquee) => {
            let rect = to_rect(camera.rect_screen(marquee.area_world()));
            let stroke = Stroke::new(1.0, accent.ink);
            pen.add(Shape::rect_filled(rect, 2.0, accent.ink.gamma_multiply(0.12)));
            if marquee.encloses() {
                pen.add(Shape::rect_stroke(rect, 2.0, stroke, StrokeKind::Inside));
            } else {
                pen.dashed_frame(rect, 2.0, stroke);
            }
        }
        Gesture::Connecting(connecting) => {
            links::paint(
                pen,
                camera,
                &links::Way::plain(&connecting.points_world(view.session.project(), &state.scene)),
                line,
            );
        }
        Gesture::Attaching(attaching) => {
            links::paint(pen, camera, &links::Way::plain(&attaching.points_world(&state.scene)), line);
        }
        Gesture::Shaping(shaping) => guides::paint(pen, camera, &shaping.guides),
        _ => {}
    }
}

fn handles(pen: &mut Pen<'_>, nodes: &Nodes) {
    for handle in &nodes.handles {
        let fill = if handle.hovered { pen.tokens.accent.ink } else { pen.tokens.card };
        let radius = if handle.hovered { HANDLE_RADIUS + 1.5 } else { HANDLE_RADIUS };
        let stroke = Stroke::new(1.5, pen.tokens.accent.ink);
        pen.add(egui::epaint::CircleShape { center: handle.pos, radius, fill, stroke });
    }
}

/// A card that is not there yet: a component of this kind at the pointer.
pub(super) fn ghost(pen: &mut Pen<'_>, camera: &Camera, kind: ComponentKind, pos_world: kurbo::Point) {
    let rect = to_rect(camera.rect_screen(kurbo::Rect::from_origin_size(pos_world, card_size(kind))));
    let accent = pen.tokens.accent;
    let zoom = pen.zoom;
    pen.add(Shape::rect_filled(rect, 9.0 * zoom, accent.surface.gamma_multiply(0.85)));
    pen.add(Shape::rect_stroke(rect, 9.0 * zoom, Stroke::new(1.5, accent.ink), StrokeKind::Inside));
    let middle = if kind.is_service() { rect.top() + 24.0 * zoom } else { rect.center().y };
    pen.icon(icons::of_kind(kind), 14.0, accent.ink, pos2(rect.left() + 23.0 * zoom, middle));
    if let Some(font) = pen.font(Face::SemiBold, 13.0) {
        let left = rect.left() + 44.0 * zoom;
        let galley = pen.line(kind.label(), font, pen.tokens.text, rect.right() - left - 8.0 * zoom);
        pen.put(galley, pos2(left, middle));
    }
}

/// The visible middle of the sheet, in world units.
pub(super) fn middle_world(state: &CanvasState) -> kurbo::Point {
    state.camera.world_from_screen(to_point(state.viewport.center()))
}
