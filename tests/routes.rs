//! What routes of connections promise, for any drawing.

#[path = "common/drawings.rs"]
mod drawings;

use std::sync::Arc;

use groundplan::{
    geometry::{
        grid::touches,
        hit,
        route::{
            CLEARANCE_WORLD, Changed, Routes, Side, along, drawn, rounded, route_between, route_held, share_at,
            shortened,
        },
    },
    progress::Progress,
    project::{
        Component, ComponentId, ComponentKind, ConnectionId, Course, Edit, ElementId, LineKind, Project, TraitValue,
    },
};
use kurbo::{Point, Rect, Size, Vec2};
use proptest::prelude::*;

use drawings::{
    change, change_it, component_id, connect, course, drawing, link_id, on_border, orthogonal, point, put,
    runs_through, seen,
};

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

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
        let points = route_between(from, to);
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
        for (index, one) in routes.points.iter().enumerate() {
            for other in &routes.points[index + 1..] {
                for (a, b) in one.windows(2).flat_map(|a| other.windows(2).map(move |b| (a, b))) {
                    let (a, b) = (Rect::from_points(a[0], a[1]), Rect::from_points(b[0], b[1]));
                    let both = a.intersect(b);
                    let together = touches(a, b) && (both.width() > 1.0 || both.height() > 1.0);
                    prop_assert!(!together, "{a:?} and {b:?}");
                }
            }
        }
    }

    #[test]
    fn words_stand_on_their_line_and_cover_no_box_if_they_can(
        project in drawing(700.0, course()), width in 10.0..160.0, height in 10.0..30.0,
    ) {
        let routes = Routes::new(&project);
        let size = Size::new(width, height);
        let covers = |at: Point| {
            let label = Rect::from_center_size(at, size).inset(-1e-4);
            project.components.values().any(|component| touches(component.rect_world(), label))
        };
        for (index, points) in routes.points.iter().enumerate() {
            let at = routes.label_pos_world(index, size).unwrap();
            prop_assert!(hit::distance_to_polyline(points, at) < 1e-6);
            let places = || (0..=200).map(|step| f64::from(step) / 200.0);
            let free = |share: &f64| !covers(along(points, *share).unwrap());
            if covers(at) {
                prop_assert!(!places().any(|share| free(&share)), "there is a free place on {points:?}");
            } else {
                let off = (share_at(points, at) - 0.5).abs();
                // A margin of 2 units is kept where that is possible.
                let nearer = |share: &f64| {
                    let wide = Rect::from_center_size(along(points, *share).unwrap(), size + Size::new(5.0, 5.0));
                    !project.components.values().any(|component| touches(component.rect_world(), wide))
                };
                let better = places().filter(nearer).map(|share| (share - 0.5).abs()).fold(f64::INFINITY, f64::min);
                prop_assert!(off <= better + 1e-6 || share_at(points, at).is_nan() || crosses_itself(points), "{off} {better} {points:?}");
            }
        }
    }

    #[test]
    fn the_share_of_a_point_leads_back_to_it(points in prop::collection::vec(point(900.0), 2..8), share in 0.0..1.0) {
        let at = along(&points, share).unwrap();
        let back = along(&points, share_at(&points, at)).unwrap();
        prop_assert!((back - at).hypot() < 1e-6);
    }

    #[test]
    fn hops_are_where_lines_cross_and_one_of_the_two_makes_them(project in drawing(900.0, course())) {
        let routes = Routes::new(&project);
        let clear = 13.0;
        let mut crossings = 0_usize;
        for (index, points) in routes.points.iter().enumerate() {
            for hop in routes.jumps(index) {
                let on = points.windows(2).any(|ends| {
                    ends[0].y == hop.y && ends[1].y == hop.y
                        && ends[0].x.min(ends[1].x) + clear <= hop.x && hop.x <= ends[0].x.max(ends[1].x) - clear
                });
                prop_assert!(on, "{hop:?} is on a level piece of {points:?}");
                let over = routes.points.iter().enumerate().filter(|(other, _)| *other != index).any(|(_, other)| {
                    other.windows(2).any(|ends| {
                        ends[0].x == ends[1].x && (ends[0].x - hop.x).abs() <= 1.0
                            && ends[0].y.min(ends[1].y) + clear <= hop.y && hop.y <= ends[0].y.max(ends[1].y) - clear
                    })
                });
                prop_assert!(over, "something crosses at {hop:?}");
                crossings += 1;
            }
        }
        let level = |project: &Project, index: usize| {
            let link = &project.connections[index];
            let looped = link.from == link.to && link.course.via.is_empty() && link.course.line == LineKind::Straight;
            link.course.line == LineKind::Orthogonal || looped
        };
        let mut expected = 0;
        for (index, points) in routes.points.iter().enumerate().filter(|(index, _)| level(&project, *index)) {
            let mut found: Vec<Point> = Vec::new();
            for ends in points.windows(2).filter(|ends| ends[0].y == ends[1].y) {
                for (_, other) in routes.points.iter().enumerate().filter(|(other, _)| *other != index && level(&project, *other)) {
                    for up in other.windows(2).filter(|up| up[0].x == up[1].x) {
                        let (x, y) = (up[0].x, ends[0].y);
                        let within = |at: f64, a: f64, b: f64| a.min(b) + clear <= at && at <= a.max(b) - clear;
                        if within(x, ends[0].x, ends[1].x) && within(y, up[0].y, up[1].y)
                            && !found.iter().any(|known| known.y == y && (known.x - x).abs() < 1.0)
                        {
                            found.push(Point::new(x, y));
                        }
                    }
                }
            }
            expected += found.len();
        }
        prop_assert!(crossings.abs_diff(expected) <= expected / 4, "{crossings} of {expected}");
    }
}

/// A line that touches itself has points with more than one share.
fn crosses_itself(points: &[Point]) -> bool {
    let pieces: Vec<&[Point]> = points.windows(2).collect();
    pieces.iter().enumerate().any(|(index, a)| {
        pieces.iter().skip(index + 2).any(|b| hit::segment_touches(a[0], a[1], Rect::from_points(b[0], b[1])))
    })
}

fn three() -> Project {
    let mut project = Project::new("Three");
    for (index, (x, y)) in [(0.0, 0.0), (400.0, 0.0), (400.0, 200.0)].into_iter().enumerate() {
        let component = Component::new("Any", ComponentKind::Worker, Some(Point::new(x, y)));
        project.apply(&Edit::PutComponent(component_id(index), component));
    }
    project
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
fn parallel_connections_spread_whatever_their_line() {
    for line in LineKind::ALL {
        let mut project = three();
        for number in 0..3 {
            let (from, to) = if number == 1 { (1, 0) } else { (0, 1) };
            connect(&mut project, number, from, to, Course { line, ..Course::default() });
        }
        let routes = Routes::new(&project).points;
        let mut levels: Vec<f64> = routes.iter().map(|points| points[0].y).collect();
        levels.sort_by(f64::total_cmp);
        assert!(levels.windows(2).all(|two| two[1] - two[0] >= 10.0), "{line:?}: {levels:?}");
        if line != LineKind::Curved {
            assert!(routes.iter().all(|points| points.len() == 2), "{line:?}: all go straight across");
        }
    }
}

#[test]
fn a_connection_to_itself_is_a_loop_beside_the_box() {
    let mut project = three();
    for (number, line) in [(0, LineKind::Orthogonal), (1, LineKind::Orthogonal), (2, LineKind::Curved)] {
        connect(&mut project, number, 0, 0, Course { line, ..Course::default() });
    }
    let rect = project.components[0].rect_world();
    let routes = Routes::new(&project).points;
    for points in &routes {
        assert!(points.len() >= 5);
        assert!(on_border(rect, points[0]) && on_border(rect, points[points.len() - 1]));
        assert!(!runs_through(points, rect));
    }
    assert_ne!(routes[0], routes[1], "two loops are told apart");
    // Where something stands at its corner it takes another.
    let before = routes[0].clone();
    put(&mut project, 9, 0, Point::new(rect.x1 - 10.0, rect.y0 - 90.0));
    assert_ne!(Routes::new(&project).points[0], before);
}

#[test]
fn lines_side_by_side_take_lanes_in_an_order_in_which_they_do_not_cross() {
    // Three callers above each other, three callees: all go from left to right through one gap.
    let mut project = Project::new("Stairs");
    for row in 0..3 {
        put(&mut project, row, 3, Point::new(0.0, row as f64 * 200.0));
        put(&mut project, 3 + row, 3, Point::new(500.0, row as f64 * 200.0 + 100.0));
    }
    for row in 0..3 {
        connect(&mut project, row, row, 3 + row, Course::default());
    }
    let routes = Routes::new(&project).points;
    let mut lanes: Vec<f64> = routes.iter().map(|points| points[1].x).collect();
    assert!(routes.iter().all(|points| points.len() == 4));
    lanes.sort_by(f64::total_cmp);
    for (index, points) in routes.iter().enumerate() {
        assert!(Routes::new(&project).jumps(index).is_empty(), "{points:?}");
    }
    // Down to the far callee and up to the near one would cross anyway; two that go the same way do not.
    let mut project = three();
    put(&mut project, 4, 3, Point::new(0.0, 100.0));
    connect(&mut project, 0, 0, 2, Course::default());
    connect(&mut project, 1, 4, 2, Course::default());
    let routes = Routes::new(&project);
    assert!((0..2).all(|index| routes.jumps(index).is_empty()), "{:?}", routes.points);
    assert!(
        (routes.points[0][1].x - routes.points[1][1].x).abs() >= 12.0 || routes.points[1].len() == 2,
        "{:?}",
        routes.points
    );
}

#[test]
fn a_long_row_of_lines_in_one_gap_has_a_lane_each() {
    let mut project = Project::new("Bus");
    put(&mut project, 0, 3, Point::new(600.0, 600.0));
    for row in 1..12 {
        put(&mut project, row, 3, Point::new(0.0, row as f64 * 110.0));
        connect(&mut project, row, row, 0, Course::default());
    }
    let routes = Routes::new(&project).points;
    let mut lanes: Vec<f64> =
        routes.iter().filter(|points| points.len() == 4 && points[1].y < points[2].y).map(|p| p[1].x).collect();
    lanes.sort_by(f64::total_cmp);
    assert!(lanes.len() >= 4 && lanes.windows(2).all(|two| two[1] - two[0] >= 11.9), "{lanes:?}");
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
    assert!(routes.is_provisional() && routes.points.iter().all(|points| points.len() == 2));
    assert_eq!(routes.bring_to(&project), Changed::All);
    assert_eq!(routes.points, Routes::new(&project).points);
    assert!(!routes.is_provisional());
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
fn lines_are_drawn_with_rounded_corners_and_hops() {
    let line = [Point::new(0.0, 0.0), Point::new(200.0, 0.0), Point::new(200.0, 100.0)];
    let plain = drawn(&line, LineKind::Orthogonal, &[]);
    assert_eq!(plain, rounded(&line, 10.0));
    let hopped =
        drawn(&line, LineKind::Orthogonal, &[Point::new(60.0, 0.0), Point::new(66.0, 0.0), Point::new(120.0, 0.0)]);
    let tops: Vec<&Point> = hopped.iter().filter(|point| point.y < -4.9).collect();
    assert!(tops.iter().all(|top| (59.0..=121.0).contains(&top.x)));
    let over = |x: f64| {
        hopped.windows(2).any(|two| two[0].x.min(two[1].x) <= x && x <= two[0].x.max(two[1].x) && two[0].y < -4.0)
    };
    assert!(over(60.0) && over(63.0) && over(66.0) && over(120.0) && !over(90.0));
    assert!(hopped.windows(2).all(|two| two[1].x >= two[0].x - 1e-9), "it never goes back");
    let back: Vec<Point> = line.iter().rev().copied().collect();
    assert!(drawn(&back, LineKind::Orthogonal, &[Point::new(60.0, 0.0)]).iter().any(|point| point.y < -4.9));
    assert_eq!(drawn(&line, LineKind::Curved, &[]), line, "a curve has no corners");
    let short = shortened(&[Point::new(0.0, 0.0), Point::new(10.0, 0.0), Point::new(12.0, 0.0)], 5.0);
    assert_eq!(short, [Point::new(0.0, 0.0), Point::new(7.0, 0.0)], "also over a corner");
}
