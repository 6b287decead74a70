//! Drawings with any boxes and connections, and what somebody may do to them.
#![allow(dead_code, reason = "each test uses some of them")]

use groundplan::{
    geometry::{hit, route::Side},
    project::{
        Boundary, BoundaryId, Component, ComponentId, ComponentKind, Connection, ConnectionId, Course, Edit, ElementId,
        LineKind, NoteId, Project, Protocol, StickyNote,
    },
};
use kurbo::{Point, Rect, Size, Vec2};
use proptest::prelude::*;

pub fn component_id(index: usize) -> ComponentId {
    ComponentId::new(&format!("c{index}"))
}

pub fn link_id(index: usize) -> ConnectionId {
    ConnectionId::new(&format!("l{index}"))
}

pub fn boundary_id(index: usize) -> BoundaryId {
    BoundaryId::new(&format!("b{index}"))
}

pub fn note_id(index: usize) -> NoteId {
    NoteId::new(&format!("n{index}"))
}

/// On a coarse grid as often as not, so that boxes stand in line and ends face each other.
pub fn point(reach: f64) -> impl Strategy<Value = Point> {
    let free = (-reach..reach, -reach..reach);
    let coarse = (-reach..reach, -reach..reach)
        .prop_map(|(x, y): (f64, f64)| ((x / 140.0).round() * 140.0, (y / 110.0).round() * 110.0));
    prop_oneof![free, coarse].prop_map(Point::from)
}

pub fn course() -> impl Strategy<Value = Course> {
    let line = prop_oneof![6 => Just(LineKind::Orthogonal), 1 => Just(LineKind::Straight), 1 => Just(LineKind::Curved)];
    let side = || prop::option::weighted(0.2, (0_usize..4).prop_map(|index| Side::ALL[index]));
    let via = prop_oneof![5 => Just(Vec::new()), 1 => prop::collection::vec(point(900.0), 1..4)];
    (line, side(), side(), via).prop_map(|(line, from_side, to_side, via)| Course {
        line,
        from_side,
        to_side,
        via,
        label_at: None,
    })
}

pub fn put(project: &mut Project, index: usize, kind: usize, at: Point) {
    let kind = ComponentKind::ALL[kind % ComponentKind::ALL.len()];
    let component = Component::new(&format!("C{index}"), kind, Some(at));
    project.apply(&Edit::PutComponent(component_id(index), component));
}

pub fn connect(project: &mut Project, number: usize, from: usize, to: usize, course: Course) {
    let mut link = Connection::new(component_id(from), component_id(to), Protocol::Http);
    link.course = course;
    project.apply(&Edit::PutConnection(link_id(number), link));
}

/// Up to 14 components with any connections between them, drawn as `course` says.
pub fn drawing(reach: f64, course: impl Strategy<Value = Course>) -> impl Strategy<Value = Project> {
    let components = prop::collection::vec((0_usize..20, point(reach)), 2..14);
    (components, prop::collection::vec((0_usize..14, 0_usize..14, course), 0..24)).prop_map(|(components, links)| {
        let mut project = Project::new("Any");
        for (index, (kind, at)) in components.iter().enumerate() {
            put(&mut project, index, *kind, *at);
        }
        for (number, (from, to, course)) in links.into_iter().enumerate() {
            connect(&mut project, number, from % components.len(), to % components.len(), course);
        }
        project
    })
}

/// What somebody may do to a drawing.
#[derive(Clone, Debug)]
pub enum Change {
    Move(usize, Vec2),
    Kind(usize, usize),
    Add(usize, Point),
    Remove(usize),
    Connect(usize, usize, usize, Course),
    Disconnect(usize),
    Draw(usize, Course),
    Frame(usize, Point),
    Fold(usize),
    Unfold(usize),
    Rename(usize),
    MoveFrame(usize, Vec2),
    RemoveFrame(usize),
    Note(usize, Point),
    RemoveNote(usize),
}

pub fn change() -> impl Strategy<Value = Change> {
    let by = || (-300.0..300.0, -200.0..200.0).prop_map(Vec2::from);
    prop_oneof![
        6 => (0_usize..16, by()).prop_map(|(index, by)| Change::Move(index, by)),
        1 => (0_usize..16, 0_usize..20).prop_map(|(index, kind)| Change::Kind(index, kind)),
        1 => (0_usize..16, point(900.0)).prop_map(|(index, at)| Change::Add(index, at)),
        1 => (0_usize..16).prop_map(Change::Remove),
        2 => (0_usize..30, 0_usize..16, 0_usize..16, course()).prop_map(|(n, from, to, course)| Change::Connect(n, from, to, course)),
        1 => (0_usize..30).prop_map(Change::Disconnect),
        1 => (0_usize..30, course()).prop_map(|(number, course)| Change::Draw(number, course)),
        1 => (0_usize..3, point(900.0)).prop_map(|(index, at)| Change::Frame(index, at)),
        1 => (0_usize..3).prop_map(Change::Fold),
        1 => (0_usize..3).prop_map(Change::Unfold),
        1 => (0_usize..16).prop_map(Change::Rename),
        1 => (0_usize..3, by()).prop_map(|(index, by)| Change::MoveFrame(index, by)),
        1 => (0_usize..3).prop_map(Change::RemoveFrame),
        1 => (0_usize..3, point(900.0)).prop_map(|(index, at)| Change::Note(index, at)),
        1 => (0_usize..3).prop_map(Change::RemoveNote),
    ]
}

pub fn change_it(project: &mut Project, change: Change) {
    match change {
        Change::Move(index, by) => project.apply(&Edit::Move([ElementId::Component(component_id(index))].into(), by)),
        Change::Kind(index, kind) => {
            project.apply(&Edit::SetKind(component_id(index), ComponentKind::ALL[kind % ComponentKind::ALL.len()]));
        }
        Change::Add(index, at) => put(project, index, index, at),
        Change::Remove(index) => project.apply(&Edit::Remove([ElementId::Component(component_id(index))].into())),
        Change::Connect(number, from, to, course) => {
            if [from, to].iter().all(|end| project.components.contains_key(&component_id(*end))) {
                connect(project, number, from, to, course);
            }
        }
        Change::Disconnect(number) => project.apply(&Edit::Remove([ElementId::Connection(link_id(number))].into())),
        Change::Draw(number, course) => project.apply(&Edit::SetCourse(link_id(number), course)),
        Change::Frame(index, at) => {
            if !project.boundaries.contains_key(&boundary_id(index)) {
                let boundary = Boundary::new("Frame", Rect::from_origin_size(at, Size::new(700.0, 500.0)));
                project.apply(&Edit::PutBoundary(boundary_id(index), boundary));
            }
        }
        Change::Fold(index) => {
            if let Some(folded) = project.fold(&boundary_id(index)) {
                project.apply(&Edit::PutBoundary(boundary_id(index), folded));
            }
        }
        Change::Unfold(index) => {
            if let Some(boundary) = project.boundaries.get(&boundary_id(index)) {
                let open = Boundary { folded: None, ..Boundary::clone(boundary) };
                project.apply(&Edit::PutBoundary(boundary_id(index), open));
            }
        }
        Change::MoveFrame(index, by) => {
            project.apply(&Edit::Move([ElementId::Boundary(boundary_id(index))].into(), by));
        }
        Change::RemoveFrame(index) => project.apply(&Edit::Remove([ElementId::Boundary(boundary_id(index))].into())),
        Change::Note(index, at) => {
            let note = StickyNote::new("Note", Rect::from_origin_size(at, Size::new(180.0, 120.0)));
            project.apply(&Edit::PutNote(note_id(index), note));
        }
        Change::RemoveNote(index) => project.apply(&Edit::Remove([ElementId::Note(note_id(index))].into())),
        Change::Rename(index) => project.apply(&Edit::Rename(component_id(index), "Another".to_owned())),
    }
}

pub fn on_border(rect: Rect, point: Point) -> bool {
    let near = 1e-6;
    hit::contains(rect.inflate(near, near), point) && !hit::contains(rect.inset(-near), point)
}

pub fn orthogonal(points: &[Point]) -> bool {
    points.windows(2).all(|ends| ends[0].x == ends[1].x || ends[0].y == ends[1].y)
}

/// Whether a line is inside a box by more than a hair.
pub fn runs_through(points: &[Point], rect: Rect) -> bool {
    points.windows(2).any(|ends| hit::segment_touches(ends[0], ends[1], rect.inset(-0.01)))
}

pub fn three() -> Project {
    let mut project = Project::new("Three");
    for (index, (x, y)) in [(0.0, 0.0), (400.0, 0.0), (400.0, 200.0)].into_iter().enumerate() {
        let component = Component::new("Any", ComponentKind::Worker, Some(Point::new(x, y)));
        project.apply(&Edit::PutComponent(component_id(index), component));
    }
    project
}
