//! Going through a drawing without a pointer: orders, ways and free places, on random drawings.

use std::collections::BTreeSet;

use groundplan::{
    geometry::{grid::touches, room, walk},
    project::{
        Boundary, Component, ComponentId, ComponentKind, Connection, Edit, ElementId, Project, Protocol, Side,
        StickyNote, card_size,
    },
};
use kurbo::{Point, Rect};
use proptest::prelude::*;

fn drawing() -> impl Strategy<Value = Project> {
    let places = prop::collection::vec((-20_i32..20, -20_i32..20, 0..ComponentKind::ALL.len()), 1..14);
    let links = prop::collection::vec((0_usize..14, 0_usize..14), 0..20);
    let notes = prop::collection::vec((-20_i32..20, -20_i32..20), 0..4);
    (places, links, notes, any::<bool>()).prop_map(|(places, links, notes, folded)| {
        let mut project = Project::new("Drawing");
        let at = |x: i32, y: i32| Point::new(f64::from(x) * 37.0, f64::from(y) * 29.0);
        for (index, (x, y, kind)) in places.iter().enumerate() {
            let component = Component::new("C", ComponentKind::ALL[*kind], Some(at(*x, *y)));
            project.apply(&Edit::PutComponent(id(index), component));
        }
        for (from, to) in links {
            let (from, to) = (id(from % places.len()), id(to % places.len()));
            let link = project.new_connection_id(&from, &to);
            project.apply(&Edit::PutConnection(link, Connection::new(from, to, Protocol::Http)));
        }
        for (x, y) in notes {
            let note = StickyNote::new("N", Rect::from_origin_size(at(x, y), (192.0, 96.0)));
            project.apply(&Edit::PutNote(project.new_note_id(), note));
        }
        let frame = Boundary::new("B", Rect::new(-200.0, -200.0, 260.0, 240.0));
        project.apply(&Edit::PutBoundary("b".into(), frame));
        if folded && let Some(boundary) = project.fold(&"b".into()) {
            project.apply(&Edit::PutBoundary("b".into(), boundary));
        }
        project
    })
}

fn id(index: usize) -> ComponentId {
    ComponentId::new(&format!("c{index}"))
}

proptest! {
    #[test]
    fn the_order_has_everything_drawn_once_and_is_the_same_backwards(project in drawing()) {
        let order = walk::Order::new(&project);
        let drawn: BTreeSet<ElementId> = walk::drawn(&project).map(|(element, _)| element).collect();
        let stops: BTreeSet<ElementId> = order.stops().iter().cloned().collect();
        prop_assert_eq!(&stops, &drawn);
        prop_assert_eq!(stops.len(), order.stops().len());
        let walked = |forward: bool| {
            std::iter::successors(order.step(None, forward), |at| order.step(Some(at), forward)).cloned().collect::<Vec<_>>()
        };
        let mut back = walked(false);
        back.reverse();
        prop_assert_eq!(walked(true), back);
        for (index, element) in order.stops().iter().enumerate() {
            prop_assert_eq!(order.position(element), Some(index));
        }
    }

    #[test]
    fn a_way_leads_to_what_is_connected_and_lies_that_way(project in drawing()) {
        for (from, rect) in walk::drawn(&project) {
            let links = walk::connections_of(&project, &from);
            let ends: BTreeSet<&ElementId> =
                links.iter().flat_map(|(_, a, b)| [a, b]).filter(|end| **end != from).collect();
            if ends.is_empty() {
                continue;
            }
            for side in Side::ALL {
                let ahead = |element: &ElementId| {
                    walk::rect_world(&project, element).is_some_and(|other| (other.center() - rect.center()).dot(side.outward()) > 0.0)
                };
                match walk::neighbour(&project, &from, side) {
                    Some(to) => prop_assert!(ends.contains(&to) && ahead(&to), "{from:?} {side:?} {to:?}"),
                    None => prop_assert!(!ends.iter().any(|end| ahead(end)), "{from:?} {side:?}"),
                }
            }
        }
    }

    #[test]
    fn a_free_place_covers_nothing_and_lies_that_way(project in drawing(), kind in 0..ComponentKind::ALL.len()) {
        let size = card_size(ComponentKind::ALL[kind]);
        for (from, rect) in walk::drawn(&project).take(3) {
            for side in Side::ALL {
                let corner = room::beside(&project, rect, side, size);
                let place = Rect::from_origin_size(corner, size);
                let ahead = (place.center() - rect.center()).dot(side.outward());
                prop_assert!(ahead > 0.0, "{from:?} {side:?} {place}");
                for (element, other) in walk::drawn(&project) {
                    let open = matches!(&element, ElementId::Boundary(id) if project.boundaries[id].folded.is_none());
                    prop_assert!(open || !touches(place, other), "{place} covers {element:?} at {other}");
                }
            }
        }
    }
}

#[test]
fn rows_are_read_from_left_to_right_though_they_are_not_quite_level() {
    let mut project = Project::new("Rows");
    for (index, (x, y)) in
        [(600.0, 12.0), (0.0, 0.0), (300.0, -10.0), (10.0, 130.0), (300.0, 120.0)].into_iter().enumerate()
    {
        let component = Component::new("C", ComponentKind::RestApi, Some(Point::new(x, y)));
        project.apply(&Edit::PutComponent(id(index), component));
    }
    let order = walk::Order::new(&project);
    let order: Vec<&str> = order.stops().iter().map(ElementId::as_str).collect();
    assert_eq!(order, ["c1", "c2", "c0", "c3", "c4"]);
}

#[test]
fn one_that_is_connected_with_itself_alone_is_no_dead_end() {
    let mut project = Project::new("Loop");
    for (index, x) in [0.0, 400.0].into_iter().enumerate() {
        let component = Component::new("C", ComponentKind::RestApi, Some(Point::new(x, 0.0)));
        project.apply(&Edit::PutComponent(id(index), component));
    }
    project.apply(&Edit::PutConnection("loop".into(), Connection::new(id(0), id(0), Protocol::Http)));
    let [first, second] = [0, 1].map(|index| ElementId::Component(id(index)));
    assert_eq!(walk::neighbour(&project, &first, Side::Right), Some(second));
}

#[test]
fn a_boundary_is_read_before_what_is_in_it() {
    let mut project = Project::new("Frame");
    project.apply(&Edit::PutComponent(id(0), Component::new("C", ComponentKind::RestApi, Some(Point::new(0.0, 0.0)))));
    let frame = Boundary::new("B", Rect::new(-40.0, -60.0, 240.0, 600.0));
    project.apply(&Edit::PutBoundary("b".into(), frame));
    let order = walk::Order::new(&project);
    let order: Vec<&str> = order.stops().iter().map(ElementId::as_str).collect();
    assert_eq!(order, ["b", "c0"]);
}
