//! What the ways of connections promise, for any drawing.

use std::sync::Arc;

use groundplan::{
    geometry::{
        grid::touches,
        hit,
        route::{CLEARANCE_WORLD, Changed, Routes, Side, along, route_held, share_at},
    },
    progress::Progress,
    project::{
        Boundary, ComponentId, ConnectionId, Course, Edit, ElementId, LineKind, Project, StickyNote, TraitValue,
    },
};
use kurbo::{Point, Rect, Size, Vec2};
use proptest::prelude::*;

use crate::common::drawings;
use drawings::{
    boundary_id, change, change_it, component_id, connect, course, drawing, link_id, note_id, on_border, orthogonal,
    point, put, runs_through, three,
};

/// The box in which a component is seen.
fn seen(project: &Project, id: &ComponentId) -> Rect {
    project
        .hidden_in(id)
        .map_or_else(|| project.components[id].rect_world(), |fold| project.boundaries[&fold].rect_world())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn routes_that_were_behind_for_a_while_come_to_be_those_that_would_be_laid_anew(
        mut project in drawing(900.0, course()), changes in prop::collection::vec(prop::collection::vec(change(), 1..3), 1..10),
    ) {
        let mut routes = Routes::new(&project);
        for together in changes {
            for change in together {
                change_it(&mut project, change);
            }
            routes.bring_some_to(&project, 1);
        }
        let mut rounds = 0;
        while routes.is_behind() {
            routes.bring_some_to(&project, 2);
            rounds += 1;
            prop_assert!(rounds <= project.connections.len(), "it does not come to an end");
        }
        prop_assert_eq!(&routes.points, &Routes::new(&project).points);
    }

    #[test]
    fn routes_that_follow_a_drawing_are_those_that_would_be_laid_anew(
        mut project in drawing(900.0, course()), changes in prop::collection::vec(prop::collection::vec(change(), 1..3), 1..10),
    ) {
        let mut routes = Routes::new(&project);
        for together in changes {
            let before = routes.points.clone();
            let keys: Vec<ConnectionId> = project.connections.keys().cloned().collect();
            let said = format!("{together:?}");
            for change in together {
                change_it(&mut project, change);
            }
            let changed = routes.bring_to(&project);
            let anew = Routes::new(&project);
            for (index, (a, b)) in routes.points.iter().zip(&anew.points).enumerate() {
                prop_assert_eq!(a, b, "connection {} after {}", index, said);
            }
            prop_assert_eq!(routes.points.len(), anew.points.len());
            if let Changed::These(these) = changed {
                prop_assert!(project.connections.keys().eq(&keys));
                for (index, (old, new)) in before.iter().zip(&routes.points).enumerate() {
                    prop_assert_eq!(these.contains(&index), old != new, "{} of {:?}", index, these);
                    prop_assert_eq!(these.contains(&index), !Arc::ptr_eq(old, new));
                }
            }
        }
    }

    #[test]
    fn routes_end_on_the_borders_of_their_boxes_and_run_as_they_are_drawn(
        mut project in drawing(900.0, course()), changes in prop::collection::vec(change(), 0..6),
    ) {
        for change in changes {
            change_it(&mut project, change);
        }
        let routes = Routes::new(&project);
        prop_assert_eq!(routes.points.len(), project.connections.len());
        for (link, points) in project.connections.values().zip(&routes.points) {
            let (from, to) = (seen(&project, &link.from), seen(&project, &link.to));
            let folds = [&link.from, &link.to].map(|id| project.hidden_in(id));
            if folds[0].is_some() && folds[0] == folds[1] {
                prop_assert!(points.is_empty(), "both ends are in one box");
                continue;
            }
            prop_assert!(points.len() >= 2, "{points:?}");
            prop_assert!(on_border(from, points[0]), "{points:?} leaves {from:?}");
            prop_assert!(on_border(to, points[points.len() - 1]), "{points:?} arrives at {to:?}");
            if link.course.line == LineKind::Orthogonal {
                prop_assert!(orthogonal(points), "{points:?}");
            }
            for (held, rect, end) in [(link.course.from_side, from, points[0]), (link.course.to_side, to, points[points.len() - 1])] {
                let away = |side: Side| hit::distance_to_polyline(&{
                    let (low, high) = side.range(rect);
                    [side.at(rect, low), side.at(rect, high)]
                }, end);
                prop_assert!(held.is_none_or(|side| away(side) < 1e-6), "{held:?} {points:?} {rect:?}");
            }
            let mut least = 0.0;
            for via in &link.course.via {
                prop_assert!(hit::distance_to_polyline(points, *via) < 1e-6, "{points:?} passes {via:?}");
                if link.course.line != LineKind::Orthogonal {
                    let share = share_at(points, *via);
                    prop_assert!(share >= least - 1e-6 || (along(points, share).unwrap() - *via).hypot() < 1e-6);
                    least = share;
                }
            }
        }
    }

    #[test]
    fn what_is_said_of_a_plan_lays_nothing(project in drawing(900.0, course())) {
        let first = project.components.keys().next().unwrap().clone();
        let mut said = project.clone();
        said.apply(&Edit::Rename(first.clone(), "Another name".to_owned()));
        said.apply(&Edit::SetTrait(first.clone(), "tables".into(), Some(TraitValue::Number(40.0))));
        said.apply(&Edit::SetDeferred(first, true));
        let mut routes = Routes::new(&project);
        prop_assert_eq!(routes.bring_to(&said), Changed::These(Vec::new()));
        prop_assert_eq!(routes.bring_to(&project), Changed::These(Vec::new()));
    }

    #[test]
    fn what_happens_far_away_changes_nothing(
        project in drawing(900.0, course()), other in drawing(900.0, course()), by in (-300.0..300.0, -300.0..300.0),
    ) {
        // The same drawing with another one far beside it.
        let far = Vec2::new(40_000.0, 0.0);
        let mut both = project.clone();
        for (index, component) in other.components.values().enumerate() {
            let at = component.rect_world().origin() + far;
            put(&mut both, 100 + index, index, at);
        }
        for (number, link) in other.connections.values().enumerate() {
            let place = |id: &ComponentId| 100 + other.components.get_index_of(id).unwrap();
            let mut course = link.course.clone();
            course.via.iter_mut().for_each(|point| *point += far);
            connect(&mut both, 100 + number, place(&link.from), place(&link.to), course);
        }
        let alone = Routes::new(&project);
        let mut routes = Routes::new(&both);
        prop_assert_eq!(&routes.points[..alone.points.len()], &alone.points[..]);
        let kept = routes.points.clone();
        both.apply(&Edit::Move([ElementId::Component(component_id(100))].into(), by.into()));
        routes.bring_to(&both);
        for (old, new) in kept.iter().zip(&routes.points).take(alone.points.len()) {
            prop_assert!(Arc::ptr_eq(old, new));
        }
    }

    #[test]
    fn a_route_does_not_cross_the_boxes_it_joins(a in point(900.0), b in point(900.0), tall in any::<bool>()) {
        let from = Rect::from_origin_size(a, Size::new(196.0, if tall { 80.0 } else { 40.0 }));
        let to = Rect::from_origin_size(b, Size::new(160.0, 40.0));
        prop_assume!(!touches(from.inflate(20.0, 20.0), to));
        let points = route_held([from, to], [None, None]);
        for rect in [from, to] {
            prop_assert!(!runs_through(&points, rect), "{points:?} runs through {rect:?}");
        }
        for sides in Side::ALL.into_iter().flat_map(|a| Side::ALL.map(|b| [Some(a), Some(b)])) {
            let points = route_held([from, to], sides);
            prop_assert!(orthogonal(&points) && points.len() >= 2);
            prop_assert!(on_border(from, points[0]) && on_border(to, points[points.len() - 1]));
            for rect in [from, to] {
                prop_assert!(!runs_through(&points, rect), "{sides:?}: {points:?} runs through {rect:?}");
            }
        }
        // To the pointer.
        let points = route_held([from, Rect::from_points(b, b)], [Some(Side::Left), None]);
        prop_assert!(orthogonal(&points) && points.last() == Some(&b) && points[0].x == from.x0);
    }
}

/// Components in rows and columns with room for several lines between them, each with a little freedom.
fn spacious() -> impl Strategy<Value = Project> {
    let jitter = prop::collection::vec((0.0..50.0, 0.0..40.0, prop::bool::weighted(0.8)), 25);
    (jitter, prop::collection::vec((0_usize..25, 0_usize..25), 0..14)).prop_map(|(jitter, links)| {
        let mut project = Project::new("Spacious");
        for (index, (dx, dy, there)) in jitter.into_iter().enumerate() {
            let at = Point::new((index % 5) as f64 * 400.0 + dx, (index / 5) as f64 * 260.0 + dy);
            if there {
                put(&mut project, index, index, at);
            }
        }
        for (number, (from, to)) in links.into_iter().enumerate() {
            if from != to && [from, to].iter().all(|end| project.components.contains_key(&component_id(*end))) {
                connect(&mut project, number, from, to, Course::default());
            }
        }
        project
    })
}

proptest! {
    #[test]
    fn routes_go_around_boxes_and_keep_off_them_where_there_is_room(project in spacious()) {
        let routes = Routes::new(&project);
        for (link, points) in project.connections.values().zip(&routes.points) {
            for (id, component) in &project.components {
                let rect = component.rect_world();
                let own = *id == link.from || *id == link.to;
                prop_assert!(!runs_through(points, rect), "{points:?} runs through {id}");
                let room = rect.inflate(CLEARANCE_WORLD - 0.1, CLEARANCE_WORLD - 0.1);
                prop_assert!(own || !runs_through(points, room), "{points:?} comes near {id}: {rect:?}");
            }
            prop_assert!(points.len() <= 6, "few bends: {points:?}");
        }
    }

    #[test]
    fn lines_do_not_run_along_each_other_where_there_is_room(project in spacious()) {
        let routes = Routes::new(&project);
        let callers: Vec<&ComponentId> = project.connections.values().map(|link| &link.from).collect();
        for (index, one) in routes.points.iter().enumerate() {
            let strangers = (index + 1..routes.points.len()).filter(|other| callers[*other] != callers[index]);
            for other in strangers.map(|other| &routes.points[other]) {
                for (a, b) in one.windows(2).flat_map(|a| other.windows(2).map(move |b| (a, b))) {
                    let (a, b) = (Rect::from_points(a[0], a[1]), Rect::from_points(b[0], b[1]));
                    let both = a.intersect(b);
                    let together = touches(a, b) && (both.width() > 1.0 || both.height() > 1.0);
                    prop_assert!(!together, "{a:?} and {b:?}");
                }
            }
        }
    }
}

#[test]
fn a_route_does_not_shave_the_corner_of_a_box_it_joins() {
    // The upright piece of the simplest way is less than half a unit within the box above.
    let from = Rect::from_origin_size((-136.704_252_4, 0.0), (196.0, 40.0));
    let to = Rect::from_origin_size((-198.299_982_3, -301.284_640_7), (160.0, 40.0));
    let points = route_held([from, to], [Some(Side::Top); 2]);
    assert!(!runs_through(&points, from) && !runs_through(&points, to), "{points:?}");
}

#[test]
fn ends_on_one_side_keep_apart_and_face_each_other_straight() {
    let mut project = three();
    connect(&mut project, 0, 0, 1, Course::default());
    connect(&mut project, 1, 0, 2, Course::default());
    let routes = Routes::new(&project).points;
    assert_eq!(routes[0].len(), 2, "nothing is in the way of a straight line");
    assert!((routes[0][0] - routes[1][0]).hypot() >= 12.0, "two ends on a side are told apart");
    assert!(routes[0][0].y < routes[1][0].y, "the upper target is left from the upper end");
    let way = Vec2::new(1.0, 0.0);
    assert_eq!((routes[1][1] - routes[1][0]).normalize(), way, "a route leaves at a right angle");
}

#[test]
fn a_line_of_many_together_is_still_the_same_by_any_way() {
    // More lines in one gap than get their lanes together.
    let mut project = Project::new("Crowd");
    for row in 0..160 {
        put(&mut project, row, 3, Point::new(0.0, row as f64 * 90.0));
        put(&mut project, 200 + row, 3, Point::new(600.0, row as f64 * 90.0));
    }
    for row in 0..160 {
        connect(&mut project, row, row, 200 + (row * 7 + 40) % 160, Course::default());
    }
    let mut routes = Routes::new(&project);
    for step in 0..12_usize {
        let before = project.clone();
        match step % 4 {
            0 => project.apply(&Edit::Remove((0..50).map(|row| ElementId::Connection(link_id(row * 3))).collect())),
            1 => (0..50)
                .for_each(|row| connect(&mut project, row * 3, row * 3, 200 + (row * 7 + 40) % 160, Course::default())),
            2 => {
                project
                    .apply(&Edit::Move([ElementId::Component(component_id(step * 9))].into(), Vec2::new(-9.0, 31.0)));
            }
            _ => project.apply(&Edit::Remove((0..140).map(|row| ElementId::Connection(link_id(row))).collect())),
        }
        routes.bring_to(&project);
        assert_eq!(routes.points, Routes::new(&project).points, "step {step}");
        if step % 4 == 3 {
            project = before;
            routes.bring_to(&project);
            assert_eq!(routes.points, Routes::new(&project).points, "back after step {step}");
        }
    }
}

#[test]
fn a_hub_with_hundreds_of_ends_follows_one_of_them() {
    let mut project = Project::new("Hub");
    put(&mut project, 0, 3, Point::new(3_000.0, 3_000.0));
    for index in 1..300 {
        put(&mut project, index, 3, Point::new((index % 20) as f64 * 300.0, (index / 20) as f64 * 160.0));
        connect(&mut project, index, index, 0, Course::default());
    }
    let mut routes = Routes::new(&project);
    project.apply(&Edit::Move([ElementId::Component(component_id(7))].into(), Vec2::new(40.0, 20.0)));
    routes.bring_to(&project);
    assert_eq!(routes.points, Routes::new(&project).points);
}

#[test]
fn straight_lines_are_there_at_once_and_give_way_to_routes() {
    let mut project = three();
    connect(&mut project, 0, 0, 1, Course::default());
    connect(&mut project, 1, 0, 2, Course::default());
    let mut routes = Routes::straight(&project);
    assert!(routes.points.iter().all(|points| points.len() == 2));
    assert_eq!(routes.bring_to(&project), Changed::All);
    assert_eq!(routes.points, Routes::new(&project).points);
}

#[test]
fn laying_is_counted_and_can_be_given_up() {
    fn sendable<T: Send + Sync>(_: &T) {}
    let mut project = three();
    connect(&mut project, 0, 0, 1, Course::default());
    let progress = Progress::default();
    let routes = Routes::new_counted(&project, &progress).unwrap();
    sendable(&routes);
    assert!((progress.share() - 1.0).abs() < 0.01);
    progress.cancel();
    assert!(Routes::new_counted(&project, &progress).is_none());
}

#[test]
fn the_line_that_is_being_drawn_goes_the_way_that_the_connection_will() {
    let mut project = Project::new("Row");
    for (index, x) in [0.0, 300.0, 600.0].into_iter().enumerate() {
        put(&mut project, index, 0, Point::new(x, 0.0));
    }
    let rect = |index: usize| project.components[&component_id(index)].rect_world();
    let (ends, held) = ([rect(0), rect(2)], [Some(Side::Right), Some(Side::Left)]);
    let draft = Routes::new(&project).between(ends, held);
    assert!(!runs_through(&draft, rect(1)), "{draft:?}");
    let course = Course { from_side: held[0], to_side: held[1], ..Course::default() };
    connect(&mut project, 0, 0, 2, course);
    assert_eq!(*Routes::new(&project).points[0], *draft);
}

#[test]
fn a_line_keeps_off_the_border_of_a_boundary_that_it_would_run_along() {
    let mut project = Project::new("Frame");
    put(&mut project, 0, 0, Point::ORIGIN);
    put(&mut project, 1, 0, Point::new(600.0, 400.0));
    connect(&mut project, 0, 0, 1, Course::default());
    let before = Routes::new(&project).points[0].to_vec();
    assert_eq!(before.len(), 4, "{before:?}");
    for off in [-6.0, 0.0, 6.0] {
        let mut framed = project.clone();
        let corner = Point::new(before[1].x + off, -100.0);
        let frame = Boundary::new("Frame", Rect::from_origin_size(corner, Size::new(900.0, 900.0)));
        framed.apply(&Edit::PutBoundary(boundary_id(0), frame));
        let after = Routes::new(&framed).points[0].to_vec();
        assert_eq!(after.len(), 4, "{after:?}");
        assert_eq!((before[0], before[3]), (after[0], after[3]), "only the piece beside it moves");
        assert!((after[1].x - corner.x).abs() >= 11.9, "{after:?} runs along {}", corner.x);
        assert!((after[1].x - before[1].x).abs() <= 18.1, "and only a little: {after:?}");
        goes_there_and_back([&project, &framed], [&before, &after]);
    }
}

/// The first line runs so in either plan also where the one becomes the other.
#[track_caller]
fn goes_there_and_back([plan, other]: [&Project; 2], [before, after]: [&[Point]; 2]) {
    let mut routes = Routes::new(plan);
    routes.bring_to(other);
    assert_eq!(*routes.points[0], *after);
    routes.bring_to(plan);
    assert_eq!(*routes.points[0], *before);
}

/// The first and the last piece go along the sides that they end at.
#[test]
fn the_ends_of_a_line_go_aside_of_a_border_that_they_would_run_along() {
    let by_hand = |via: Vec<Point>| Course { via, ..Course::default() };
    let across = Point::new(600.0, 0.0);
    let below = Point::new(600.0, 400.0);
    // Straight across; first piece; last piece; one that a hand holds stays.
    for (to, course, top, aside) in [
        (across, Course::default(), 40.0, [true, true]),
        (below, Course::default(), 40.0, [true, false]),
        (below, Course::default(), 440.0, [false, true]),
        (across, by_hand(vec![Point::new(400.0, 40.0)]), 40.0, [false, false]),
    ] {
        for off in [-5.0, 0.0, 5.0] {
            let mut project = Project::new("Frame");
            put(&mut project, 0, 0, Point::ORIGIN);
            put(&mut project, 1, 0, to);
            connect(&mut project, 0, 0, 1, course.clone());
            let before = Routes::new(&project).points[0].to_vec();
            let mut framed = project.clone();
            let rect = Rect::new(210.0, top + off, 590.0, top + off + 900.0);
            framed.apply(&Edit::PutBoundary(boundary_id(0), Boundary::new("Frame", rect)));
            let after = Routes::new(&framed).points[0].to_vec();
            assert_eq!(after.len(), before.len(), "{after:?}");
            for (end, at) in [0, before.len() - 1].into_iter().enumerate() {
                let stays = !aside[end];
                let far = (after[at].y - rect.y0).abs() >= 11.9;
                assert!(if stays { after[at] == before[at] } else { far }, "{after:?} at {}", rect.y0);
                assert!((after[at].y - before[at].y).abs() <= 17.1, "and only a little: {after:?}");
                assert!(on_border(framed.components[&component_id(end)].rect_world(), after[at]), "{after:?}");
            }
            goes_there_and_back([&project, &framed], [&before, &after]);
        }
    }
}

/// A note at the left of the line leaves it no room there.
#[test]
fn a_line_goes_to_that_side_of_a_border_on_which_it_has_room() {
    let mut project = Project::new("Frame");
    put(&mut project, 0, 0, Point::new(0.0, 60.0));
    put(&mut project, 1, 0, Point::new(376.0, 273.0));
    connect(&mut project, 0, 0, 1, Course::default());
    let middle = Routes::new(&project).points[0][1].x;
    let frame = Boundary::new("Frame", Rect::new(middle + 2.0, 36.0, middle + 500.0, 284.0));
    project.apply(&Edit::PutBoundary(boundary_id(0), frame));
    let at_the_left = Routes::new(&project).points[0][1].x;
    assert!(at_the_left <= middle - 9.9, "{at_the_left} beside {middle}");
    let rect = Rect::new(100.0, 290.0, middle - 16.0, 384.0);
    project.apply(&Edit::PutNote(note_id(0), StickyNote::new("Note", rect)));
    let at_the_right = Routes::new(&project).points[0][1].x;
    assert!(at_the_right >= middle + 13.9, "{at_the_right} beside {middle}");
}

/// The lines to three boxes in a column have one trunk; it goes aside as one.
#[test]
fn a_trunk_goes_aside_of_a_border_that_it_would_run_along() {
    let mut project = Project::new("Trunk");
    put(&mut project, 0, 0, Point::new(0.0, 200.0));
    for index in 1..4 {
        put(&mut project, index, 0, Point::new(600.0, 200.0 * (index - 1) as f64));
        connect(&mut project, index, 0, index, Course::default());
    }
    let starts = |routes: &Routes| routes.points.iter().map(|points| points[0]).collect::<Vec<_>>();
    let before = starts(&Routes::new(&project));
    assert!(before.iter().all(|start| *start == before[0]), "one trunk: {before:?}");
    for off in [-5.0, 0.0, 5.0] {
        let mut framed = project.clone();
        let rect = Rect::new(210.0, before[0].y + off, 560.0, 900.0);
        framed.apply(&Edit::PutBoundary(boundary_id(0), Boundary::new("Frame", rect)));
        let mut routes = Routes::new(&project);
        routes.bring_to(&framed);
        let after = starts(&routes);
        assert_eq!(after, starts(&Routes::new(&framed)));
        assert!(after.iter().all(|start| *start == after[0]), "still one: {after:?}");
        assert!((after[0].y - rect.y0).abs() >= 11.9, "{after:?} along {}", rect.y0);
        routes.bring_to(&project);
        assert_eq!(starts(&routes), before);
    }
}

#[test]
fn a_line_goes_around_a_sticky_note() {
    let mut project = Project::new("Note");
    put(&mut project, 0, 0, Point::ORIGIN);
    put(&mut project, 1, 0, Point::new(700.0, 0.0));
    connect(&mut project, 0, 0, 1, Course::default());
    let mut routes = Routes::new(&project);
    let straight = routes.points[0].to_vec();
    let rect = Rect::from_origin_size((350.0, -20.0), (160.0, 120.0));
    let mut noted = project.clone();
    noted.apply(&Edit::PutNote(note_id(0), StickyNote::new("Note", rect)));
    assert!(runs_through(&straight, rect));
    routes.bring_to(&noted);
    assert!(!runs_through(&routes.points[0], rect), "{:?}", routes.points[0]);
    routes.bring_to(&project);
    assert_eq!(*routes.points[0], *straight);
}

#[test]
fn a_hub_and_what_is_moved_together_take_their_lines_along_and_these_are_laid_afterwards() {
    let mut project = Project::new("Hub");
    put(&mut project, 0, 3, Point::new(1_400.0, 700.0));
    for index in 1..80 {
        let at = Point::new((index % 10) as f64 * 300.0, (index / 10) as f64 * 160.0 - 30.0);
        put(&mut project, index, 3, at);
        connect(&mut project, index, index, 0, Course::default());
    }
    let together: Vec<ElementId> = (0..80).map(|index| ElementId::Component(component_id(index))).collect();
    for moved in [&together[..1], &together[..]] {
        let before = Routes::new(&project);
        let mut routes = before.clone();
        let mut now = project.clone();
        let by = Vec2::new(24.0, -14.0);
        now.apply(&Edit::Move(moved.iter().cloned().collect(), by));
        let Changed::These(changed) = routes.bring_some_to(&now, 6) else { panic!("nothing came or went") };
        assert_eq!(changed.len(), 79);
        for (link, points) in now.connections.values().zip(&routes.points) {
            assert!(on_border(now.components[&link.from].rect_world(), points[0]), "{points:?}");
            assert!(on_border(now.components[&link.to].rect_world(), points[points.len() - 1]), "{points:?}");
        }
        if moved.len() > 1 {
            for (old, new) in before.points.iter().zip(&routes.points) {
                assert!(
                    old.iter().zip(&**new).all(|(old, new)| (*old + by - *new).hypot() < 1e-9),
                    "it looks the same"
                );
            }
        }
        assert!(routes.is_behind());
        let mut rounds = 0;
        while routes.is_behind() {
            routes.bring_some_to(&now, 24);
            rounds += 1;
        }
        assert!(rounds > 2, "frame by frame: {rounds}");
        assert_eq!(routes.points, Routes::new(&now).points);
    }
}
