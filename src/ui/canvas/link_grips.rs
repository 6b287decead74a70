//! What a selected connection can be taken hold of by: its ends, the points it is led through, the middles of its segments.

use egui::{Id, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, WidgetInfo, vec2};
use kurbo::Point;

use super::{
    CanvasState,
    convert::to_pos,
    gesture::{End, Gesture, share_at},
    label,
    nodes::Nodes,
    pen::Pen,
    scene::Link,
};
use crate::{
    geometry::route,
    lang::tr,
    project::{ConnectionId, Course, ElementId, LineKind, MAX_WAYPOINTS},
    ui::{View, theme::Tokens},
};

/// How far around a grip the pointer catches it, in points.
const REACH: f32 = 9.0;
/// A segment shorter than this has no grip in its middle, in points.
const LEAST_SEGMENT: f64 = 36.0;
/// How far from words a grip has to be, in points.
const OFF_LABEL: f32 = 10.0;

/// What a grip takes hold of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Grip {
    /// An end.
    End(End),
    /// A point it is led through, by its number.
    Waypoint(usize),
    /// A segment; of an orthogonal line, whether it runs up and down.
    Segment(Option<bool>),
}

/// A grip on the screen.
pub(super) struct Placed {
    pub connection: ConnectionId,
    pub grip: Grip,
    pub pos: Pos2,
    pub hovered: bool,
    /// Delete takes it away.
    pub chosen: bool,
}

/// The connection that is selected, if it is all that is.
fn selected<'a>(view: &View<'_>, state: &'a CanvasState) -> Option<&'a Link> {
    let selection = view.session.selection();
    match (selection.len(), selection.first()) {
        (1, Some(ElementId::Connection(id))) => state.scene.link(view.session.project(), id),
        _ => None,
    }
}

/// Adds a node for each grip of the selected connection.
pub(super) fn add(ui: &Ui, view: &View<'_>, state: &CanvasState, base: Id, nodes: &mut Nodes) {
    let bending = matches!(state.gesture, Gesture::Shaping(_));
    if !matches!(state.gesture, Gesture::Idle | Gesture::Pressed(_)) && !bending {
        return;
    }
    let Some(link) = selected(view, state) else { return };
    let Some(connection) = view.session.project().connections.get(&link.id) else { return };
    let words = label::rect(ui, view, state, link).map(|rect| rect.expand(OFF_LABEL));
    let pointer = ui.input(|i| i.pointer.hover_pos());
    let name = view.session.project().name_of(&link.element);
    let chosen = view.session.waypoint().map(|(_, index)| index);
    for (number, (grip, at_world)) in places(state, link, &connection.course, words).into_iter().enumerate() {
        let pos = to_pos(state.camera.screen_from_world(at_world));
        if !state.viewport.contains(pos) || bending && !matches!(grip, Grip::Waypoint(_)) {
            continue;
        }
        let area = Rect::from_center_size(pos, vec2(REACH, REACH) * 2.0);
        let response = ui.interact(area, base.with(("grip", link.id.as_str(), number)), Sense::CLICK | Sense::DRAG);
        nodes.take(&response);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, words_of(grip, number, &name)));
        let chosen = matches!(grip, Grip::Waypoint(index) if chosen == Some(index));
        nodes.link_grips.push(Placed { connection: link.id.clone(), grip, pos, hovered: false, chosen });
    }
    if let Some(at) = pointer.and_then(|pointer| at(&nodes.link_grips, pointer)) {
        nodes.link_grips[at].hovered = true;
    }
}

/// The grip that a place of the screen takes hold of: the nearest one.
pub(super) fn at(grips: &[Placed], pos: Pos2) -> Option<usize> {
    let near = grips.iter().enumerate().map(|(index, placed)| (placed.pos.distance(pos), index));
    let near = near.filter(|(distance, _)| *distance <= REACH).min_by(|a, b| a.0.total_cmp(&b.0));
    near.map(|(_, index)| index)
}

fn words_of(grip: Grip, number: usize, name: &str) -> String {
    match grip {
        Grip::End(End::From) => tr!("Beginning of {name}", name),
        Grip::End(End::To) => tr!("End of {name}", name),
        Grip::Waypoint(index) => tr!("Point {} of {name}", index + 1, name),
        Grip::Segment(_) => tr!("Bend {name} here ({number})", name, number),
    }
}

/// Every grip of a connection and where it is; those that lie over others come first.
fn places(state: &CanvasState, link: &Link, course: &Course, words: Option<Rect>) -> Vec<(Grip, Point)> {
    let (Some(first), Some(last)) = (link.points.first(), link.points.last()) else { return Vec::new() };
    let mut places = vec![(Grip::End(End::From), *first), (Grip::End(End::To), *last)];
    places.extend(course.via.iter().enumerate().map(|(index, via)| (Grip::Waypoint(index), *via)));
    if course.via.len() < MAX_WAYPOINTS {
        let covered = |at: Point| {
            let pos = to_pos(state.camera.screen_from_world(at));
            words.is_some_and(|words| words.contains(pos))
                || places
                    .iter()
                    .any(|(_, other)| to_pos(state.camera.screen_from_world(*other)).distance(pos) < 2.0 * REACH)
        };
        let free = |(upright, from, to): (Option<bool>, Point, Point)| {
            let length = (to - from).hypot() * state.camera.zoom;
            let places = [0.5, 0.25, 0.75].map(|share| from.lerp(to, share));
            let place = places.into_iter().find(|at| !covered(*at)).filter(|_| length >= LEAST_SEGMENT)?;
            Some((Grip::Segment(upright), place))
        };
        let segments: Vec<_> = segments(&link.points, course).into_iter().filter_map(free).collect();
        places.extend(segments);
    }
    places
}

/// What can be bent: the segments of an orthogonal line, of others what lies between two points that hold it.
fn segments(points: &[Point], course: &Course) -> Vec<(Option<bool>, Point, Point)> {
    if course.line == LineKind::Orthogonal {
        let segment = |ends: &[Point]| {
            let along = ends[1] - ends[0];
            (Some(along.x.abs() < along.y.abs()), ends[0], ends[1])
        };
        return points.windows(2).map(segment).collect();
    }
    let inner = course.via.iter().map(|via| share_at(points, *via));
    let shares: Vec<f64> = std::iter::once(0.0).chain(inner).chain(std::iter::once(1.0)).collect();
    // A curve is left where it is: a grip a little before and after its middle is close enough to it.
    let part = |ends: &[f64]| {
        let at = |share: f64| route::along(points, ends[0] + (ends[1] - ends[0]) * share);
        Some((None, at(0.0)?, at(1.0)?, at(0.5)?))
    };
    let straight = course.line == LineKind::Straight;
    let parts = shares.windows(2).filter_map(part);
    parts.map(|(kind, from, to, middle)| if straight { (kind, from, to) } else { around(middle, from, to) }).collect()
}

/// A short piece around the middle of a curve, as long as what it stands for, so that it is asked for its length alike.
fn around(middle: Point, from: Point, to: Point) -> (Option<bool>, Point, Point) {
    let half = (to - from) / 2.0;
    (None, middle - half, middle + half)
}

/// Paints the grips.
pub(super) fn paint(pen: &mut Pen<'_>, nodes: &Nodes, tokens: &Tokens) {
    for placed in nodes.link_grips.iter().rev() {
        let (accent, card) = (tokens.accent.ink, tokens.card);
        let (radius, fill, width) = match placed.grip {
            Grip::End(_) => (5.5, card, 2.0),
            Grip::Waypoint(_) => (4.5, if placed.chosen { accent } else { card }, 1.75),
            Grip::Segment(_) => (3.5, card, 1.25),
        };
        let grown = if placed.hovered { 1.5 } else { 0.0 };
        let fill = if placed.hovered && matches!(placed.grip, Grip::Segment(_)) { accent } else { fill };
        pen.add(Shape::circle_filled(placed.pos, radius + grown + 1.5, tokens.canvas));
        let stroke = Stroke::new(width, accent);
        pen.add(egui::epaint::CircleShape { center: placed.pos, radius: radius + grown, fill, stroke });
    }
}
