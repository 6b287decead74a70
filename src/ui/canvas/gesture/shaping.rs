//! Bending a connection by hand: the points it is led through, its segments, and the place of its words.

use std::{collections::BTreeSet, sync::Arc};

use egui::Modifiers;
use kurbo::{Point, Rect, Vec2};

use super::line::{segment_at, share_at};
use crate::{
    geometry::{
        axis::Axis,
        camera::Camera,
        hit, route,
        snap::{Bend, Guide, Says, snap_piece},
    },
    lang::{t, tr},
    project::{ComponentId, Connection, ConnectionId, Course, Edit, ElementId, LineKind, MAX_WAYPOINTS, Project, Side},
    session::{Action, Select},
    ui::{Actions, View, canvas::guides::SNAP_REACH},
};

/// Where nothing is near, points lie on this grid, in world units: half a step between the dots.
const GRID_WORLD: f64 = 12.0;
/// A point this near to a segment lies on it, in world units.
const ON_SEGMENT_WORLD: f64 = 0.5;
/// An end stays at its side while the point beside it is at least so far ahead of that, in world units.
const LEAST_AHEAD_WORLD: f64 = 8.0;
/// Where a line turns that goes on beside its side, so far from it, in world units.
const STUB_WORLD: f64 = 24.0;
/// Words keep this share of the line clear of its ends.
const LABEL_INSET: f64 = 0.04;

/// What of a connection is at the pointer.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    /// Points it is led through, from this number on, and along which axes they move.
    Points { first: usize, count: usize, free: (bool, bool) },
    /// Its words.
    Label,
}

/// A connection that is being bent.
pub(in crate::ui::canvas) struct Shaping {
    pub(in crate::ui::canvas) id: ConnectionId,
    /// The selection before the gesture.
    pub(super) before: BTreeSet<ElementId>,
    name: String,
    part: Part,
    /// The course the gesture changes; a new point is in it already.
    course: Course,
    shown: Course,
    /// The route before the gesture.
    route: Vec<Point>,
    /// The boxes at its ends with the sides it leaves and arrives at, where a segment is moved: it moves, and the ends stay.
    ends: [Option<(Rect, Side)>; 2],
    /// Which of the ends nobody holds at a side.
    loose: [bool; 2],
    /// The end whose piece is moved: it goes along its side, as far as that is.
    slides: Option<usize>,
    /// The number of the point that was moved, among those that are shown.
    moved: usize,
    from_world: Point,
    /// What the points snap to: x and y of everything they can be level with.
    stops: Vec<Point>,
    /// What stands on the sheet as it is seen: the middles and the gaps of it.
    standing: Vec<Rect>,
    /// What shows what it snapped to.
    pub(in crate::ui::canvas) guides: Vec<Guide>,
}

impl Shaping {
    fn new(view: &View<'_>, id: &ConnectionId, route: &[Point], from_world: Point, verb: &str) -> Option<Self> {
        let project = view.session.project();
        let link = project.connections.get(id)?;
        Some(Self {
            id: id.clone(),
            before: view.session.selection().clone(),
            name: tr!("{verb} {what}", verb, what = project.name_of(&ElementId::Connection(id.clone()))),
            part: Part::Label,
            course: link.course.clone(),
            shown: link.course.clone(),
            route: route.to_vec(),
            ends: [None; 2],
            loose: [link.course.from_side.is_none(), link.course.to_side.is_none()],
            slides: None,
            moved: 0,
            from_world,
            stops: stops(project, link),
            standing: Vec::new(),
            guides: Vec::new(),
        })
    }

    /// The same among what stands on the sheet.
    pub(super) fn among(self, standing: Vec<Rect>) -> Self {
        Self { standing, ..self }
    }

    /// The words, along the line.
    pub(super) fn label(view: &View<'_>, id: &ConnectionId, route: &[Point], from_world: Point) -> Option<Self> {
        Self::new(view, id, route, from_world, t("Move the words of"))
    }

    /// One of the points it is led through.
    pub(super) fn waypoint(
        view: &View<'_>,
        id: &ConnectionId,
        route: &[Point],
        (index, from_world): (usize, Point),
    ) -> Option<Self> {
        let mut shaping = Self::new(view, id, route, from_world, t("Bend"))?;
        shaping.part = Part::Points { first: index, count: 1, free: (true, true) };
        (index < shaping.course.via.len()).then_some(shaping)
    }

    /// The segment at a place: an orthogonal line moves it sideways, another kind gets a new point there.
    pub(super) fn segment(view: &View<'_>, id: &ConnectionId, route: &[Point], at_world: Point) -> Option<Self> {
        let mut shaping = Self::new(view, id, route, at_world, t("Bend"))?;
        let at = share_at(route, at_world);
        let index = shaping.course.via.iter().filter(|via| share_at(route, **via) < at).count();
        let free = (shaping.course.line == LineKind::Orthogonal).then(|| segment_at(route, at_world)).flatten();
        let Some(segment) = free else {
            shaping.insert(index, at_world)?;
            shaping.part = Part::Points { first: index, count: 1, free: (true, true) };
            return Some(shaping);
        };
        shaping.ends = shaping.sides(view.session.project());
        // A line of one piece has to bend somewhere.
        shaping.slides = match segment {
            _ if route.len() < 3 => None,
            0 => Some(0),
            last if last + 2 == route.len() => Some(1),
            _ => None,
        };
        let ends = [route[segment], route[segment + 1]];
        let upright = (ends[1] - ends[0]).x.abs() < (ends[1] - ends[0]).y.abs();
        let on = |via: &Point| hit::distance_to_polyline(&ends, *via) < ON_SEGMENT_WORLD;
        let first = shaping.course.via.iter().position(on);
        let count = shaping.course.via.iter().skip(first.unwrap_or(0)).take_while(|via| on(via)).count();
        let first = if let Some(first) = first {
            first
        } else {
            let middle = ends[0].midpoint(ends[1]);
            shaping.insert(index, Point::new(middle.x.round(), middle.y.round()))?;
            index
        };
        shaping.part = Part::Points { first, count: count.max(1), free: (upright, !upright) };
        Some(shaping)
    }

    /// The boxes at the ends, with the sides they are at now.
    fn sides(&self, project: &Project) -> [Option<(Rect, Side)>; 2] {
        let Some(link) = project.connections.get(&self.id).filter(|link| link.from != link.to) else {
            return [None; 2];
        };
        let end = |id: &ComponentId, at: Option<(&Point, &Point)>| {
            let rect = project.components.get(id).filter(|_| !project.is_component_hidden(id))?;
            let by = at.map(|(end, next)| *next - *end)?;
            let side = Side::ALL.into_iter().find(|side| side.outward().dot(by) > 0.0)?;
            Some((rect.rect_world(), side))
        };
        [
            end(&link.from, self.route.first().zip(self.route.get(1))),
            end(&link.to, self.route.last().zip(self.route.iter().rev().nth(1))),
        ]
    }

    /// Holds the ends at the sides they are at, where the points would take them to others; not where a point lies behind its side.
    fn hold_ends(&self, course: &mut Course) {
        let kept = |end: usize, via: Option<&Point>| {
            let ((rect, side), via) = self.ends[end].zip(via)?;
            let ahead = (*via - side.middle(rect)).dot(side.outward());
            let leaves = route::sides(rect, Rect::from_points(*via, *via)).0;
            (leaves != side && ahead >= LEAST_AHEAD_WORLD).then_some(side)
        };
        if self.ends[0].is_some() && self.loose[0] {
            course.from_side = kept(0, course.via.first());
        }
        if self.ends[1].is_some() && self.loose[1] {
            course.to_side = kept(1, course.via.last());
        }
    }

    /// Keeps an end where it is that the moved points would draw along its side, by a point on its own piece.
    fn anchor_ends(&mut self, course: &mut Course, (first, count): (usize, usize)) {
        self.moved = first;
        // A line of one piece moves with both its ends, as far as they go.
        let ends: &[usize] = if self.route.len() > 2 { &[1, 0] } else { &[] };
        for &end in ends {
            let beside = if end == 0 { first == 0 } else { first + count == self.course.via.len() };
            let Some((rect, side)) = self.ends[end].filter(|_| beside && self.slides != Some(end)) else { continue };
            let (Some(at), Some(next)) =
                (self.end_point(end), course.via.get(if end == 0 { 0 } else { course.via.len() - 1 }))
            else {
                continue;
            };
            let level = |point: Point| if side.is_upright() { point.y } else { point.x };
            let (low, high) = route::end_range(rect, side);
            let draws = (low..=high).contains(&level(*next)) && (level(*next) - level(at)).abs() > ON_SEGMENT_WORLD;
            if !draws || course.via.len() >= MAX_WAYPOINTS {
                continue;
            }
            let half = at.midpoint(*next);
            let anchor = if side.is_upright() { Point::new(half.x, at.y) } else { Point::new(at.x, half.y) };
            if end == 0 {
                course.via.insert(0, anchor);
                self.moved += 1;
            } else {
                course.via.push(anchor);
            }
        }
    }

    /// Where an end was before the gesture.
    fn end_point(&self, end: usize) -> Option<Point> {
        if end == 0 { self.route.first().copied() } else { self.route.last().copied() }
    }

    /// Where an end's piece lies that is moved further than its side is long, from the bend close to the end to its other one: the end stays on
    /// the side, and the line goes on from there. `None` while the end can slide along.
    fn beyond_side(&self, moved: Point) -> Option<[Point; 2]> {
        let end = self.slides?;
        let ((rect, side), at) = self.ends[end].zip(self.end_point(end))?;
        let (low, high) = route::end_range(rect, side);
        let level = if side.is_upright() { moved.y } else { moved.x };
        if (low..=high).contains(&level) {
            return None;
        }
        let next = if end == 0 { self.route.get(1) } else { self.route.iter().rev().nth(1) }?;
        let ahead = STUB_WORLD.min((*next - at).hypot() / 2.0);
        let bend = at + side.outward() * ahead;
        let on_level = |at: Point| if side.is_upright() { Point::new(at.x, level) } else { Point::new(level, at.y) };
        Some([bend, *next].map(on_level))
    }

    fn insert(&mut self, index: usize, at_world: Point) -> Option<()> {
        (self.course.via.len() < MAX_WAYPOINTS).then(|| self.course.via.insert(index, at_world))
    }

    pub(super) fn update(&mut self, camera: &Camera, at_world: Point, modifiers: Modifiers, actions: &mut Actions) {
        let course = match self.part {
            Part::Label => {
                let share = share_at(&self.route, at_world).clamp(LABEL_INSET, 1.0 - LABEL_INSET);
                Course { label_at: Some((share * 1000.0).round() / 1000.0), ..self.course.clone() }
            }
            Part::Points { first, count, free } => {
                let reach = (!modifiers.ctrl && !modifiers.command).then_some(SNAP_REACH / camera.zoom);
                let delta = self.snapped(first, free, at_world - self.from_world, reach);
                let mut course = self.course.clone();
                course.via[first..first + count].iter_mut().for_each(|via| *via += delta);
                let beyond = self.beyond_side(course.via[first]).filter(|_| count == 1);
                if let Some([bend, far]) = beyond {
                    course.via[first] = bend;
                    if course.via.len() < MAX_WAYPOINTS {
                        course.via.insert(if self.slides == Some(0) { first + 1 } else { first }, far);
                    }
                }
                self.anchor_ends(&mut course, (first, count));
                if let Some(at) = beyond.and_then(|[bend, _]| course.via.iter().position(|via| *via == bend)) {
                    self.moved = at;
                }
                self.hold_ends(&mut course);
                course
            }
        };
        if course != self.shown {
            self.shown = course.clone();
            let edits = vec![Edit::SetCourse(self.id.clone(), course)];
            actions.push(Action::Gesture { name: self.name.clone(), edits });
        }
    }

    /// How far the points move: level with something within `reach`, else onto the grid; without a reach where the pointer is.
    fn snapped(&mut self, first: usize, free: (bool, bool), delta: Vec2, reach: Option<f64>) -> Vec2 {
        self.guides.clear();
        let (from, wanted) = (self.course.via[first], self.course.via[first] + delta);
        let Some(reach) = reach else {
            let to = Point::new(wanted.x.round(), wanted.y.round());
            return axes(to - from, free);
        };
        let neighbours = self.course.via.iter().enumerate().filter(|(index, _)| *index != first).map(|(_, via)| *via);
        let stops: Vec<Point> = self.stops.iter().copied().chain(neighbours).collect();
        let nearest = |of: fn(Point) -> f64| {
            let near = stops.iter().filter(|stop| (of(**stop) - of(wanted)).abs() <= reach);
            near.min_by(|a, b| (of(**a) - of(wanted)).abs().total_cmp(&(of(**b) - of(wanted)).abs())).copied()
        };
        let grid = |at: f64| (at / GRID_WORLD).round() * GRID_WORLD;
        let (x, y) = (nearest(|point| point.x).filter(|_| free.0), nearest(|point| point.y).filter(|_| free.1));
        let piece = self.moved_piece(first, free, wanted);
        let bend = |axis: Axis, off: Option<f64>| {
            let may = if axis == Axis::X { free.0 } else { free.1 };
            let bend = may.then(|| snap_piece(axis, piece, &self.standing, reach)).flatten();
            bend.filter(|bend| off.is_none_or(|off| bend.delta.abs() < off))
        };
        let bends = [
            bend(Axis::X, x.map(|stop| (stop.x - wanted.x).abs())),
            bend(Axis::Y, y.map(|stop| (stop.y - wanted.y).abs())),
        ];
        let place = |bend: &Option<Bend>, stop: Option<f64>, wanted: f64| {
            bend.as_ref().map(|bend| wanted + bend.delta).or(stop).unwrap_or_else(|| grid(wanted))
        };
        let to = Point::new(
            place(&bends[0], x.map(|stop| stop.x), wanted.x),
            place(&bends[1], y.map(|stop| stop.y), wanted.y),
        );
        let delta = axes(to - from, free);
        let at = from + delta;
        let level = |to: Point, holds: Axis| Guide { from: at, to, says: Says::Level, holds };
        let [along_x, along_y] = bends.map(|bend| bend.map(|bend| bend.guides));
        self.guides.extend(
            along_x.unwrap_or_else(|| x.map(|stop| level(Point::new(at.x, stop.y), Axis::X)).into_iter().collect()),
        );
        self.guides.extend(
            along_y.unwrap_or_else(|| y.map(|stop| level(Point::new(stop.x, at.y), Axis::Y)).into_iter().collect()),
        );
        delta
    }

    /// The piece of the line that is moved, where the point on it is wanted: of a line at right angles as long as it was, otherwise
    /// the point alone.
    fn moved_piece(&self, first: usize, free: (bool, bool), wanted: Point) -> Rect {
        let point = Rect::from_points(wanted, wanted);
        if free.0 == free.1 {
            return point;
        }
        let Some(segment) = segment_at(&self.route, self.course.via[first]) else { return point };
        let (a, b) = (self.route[segment], self.route[segment + 1]);
        if free.0 {
            Rect::new(wanted.x, a.y.min(b.y), wanted.x, a.y.max(b.y))
        } else {
            Rect::new(a.x.min(b.x), wanted.y, a.x.max(b.x), wanted.y)
        }
    }

    /// Whether it is the place of the words that changes.
    pub(super) fn is_label(&self) -> bool {
        self.part == Part::Label
    }

    /// Lets go; a point that was bent stays chosen.
    pub(super) fn finish(self, actions: &mut Actions) {
        actions.push(Action::CommitGesture);
        if let Part::Points { count: 1, .. } = self.part
            && self.shown.via.len() > self.moved
        {
            actions.push(Action::Select(Select::Waypoint(self.id, self.moved)));
        }
    }
}

/// A vector along the axes that are free.
fn axes(delta: Vec2, free: (bool, bool)) -> Vec2 {
    Vec2::new(if free.0 { delta.x } else { 0.0 }, if free.1 { delta.y } else { 0.0 })
}

/// What points of a connection can be level with: the middles of the components at its ends.
fn stops(project: &Project, link: &Arc<Connection>) -> Vec<Point> {
    let middle = |id: &ComponentId| project.components.get(id).map(|component| component.rect_world().center());
    [&link.from, &link.to].into_iter().filter_map(middle).collect()
}
