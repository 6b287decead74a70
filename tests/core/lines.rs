//! What is seen of connections: parallel lines, loops, lanes, and hops.

use groundplan::{
    geometry::{
        hit,
        route::{Routes, Side, along, drawn, rounded, share_at, shortened},
    },
    project::{Course, Edit, LineKind, Project},
};
use kurbo::{Point, Size};
use proptest::prelude::*;

use crate::common::drawings;
use drawings::{connect, course, drawing, on_border, point, put, runs_through, three};

proptest! {
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
            }
        }
        let level = |project: &Project, index: usize| {
            let link = &project.connections[index];
            let looped = link.from == link.to && link.course.via.is_empty() && link.course.line == LineKind::Straight;
            link.course.line == LineKind::Orthogonal || looped
        };
        let axial = |ends: &&[Point], level: bool| if level { ends[0].y == ends[1].y } else { ends[0].x == ends[1].x };
        let within = |at: f64, a: f64, b: f64| a.min(b) + clear <= at && at <= a.max(b) - clear;
        for (index, points) in routes.points.iter().enumerate().filter(|(index, _)| level(&project, *index)) {
            let hops = routes.jumps(index);
            let others = routes.points.iter().enumerate().filter(|(other, _)| *other != index && level(&project, *other));
            let upright: Vec<&[Point]> =
                others.flat_map(|(_, other)| other.windows(2)).filter(|ends| axial(ends, false)).collect();
            for ends in points.windows(2).filter(|ends| axial(ends, true)) {
                for up in &upright {
                    let (x, y) = (up[0].x, ends[0].y);
                    if within(x, ends[0].x, ends[1].x) && within(y, up[0].y, up[1].y) {
                        let hopped = hops.iter().any(|hop| hop.y == y && (hop.x - x).abs() <= 1.0);
                        prop_assert!(hopped, "{points:?} crosses at {x}, {y} and hops at {hops:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn lines_that_leave_by_one_side_to_one_box_do_not_cross_at_once() {
    use Side::{Bottom, Left, Right, Top};
    let below = [(Right, Top), (Right, Left), (Bottom, Left), (Bottom, Top), (Right, Right), (Bottom, Bottom)];
    let above = [(Right, Bottom), (Right, Left), (Top, Left), (Top, Bottom), (Right, Right), (Top, Top)];
    for (y, pairs) in [(300.0, below), (-300.0, above)] {
        for (leave, arrive) in pairs {
            let mut project = Project::new("Two");
            put(&mut project, 0, 3, Point::new(0.0, 0.0));
            put(&mut project, 1, 3, Point::new(400.0, y));
            let held = |from, to| Course { from_side: Some(from), to_side: Some(to), ..Course::default() };
            connect(&mut project, 0, 0, 1, held(leave, arrive));
            connect(&mut project, 1, 1, 0, held(arrive, leave));
            let routes = Routes::new(&project);
            let hops = (0..2).map(|index| routes.jumps(index).len()).sum::<usize>();
            assert_eq!(hops, 0, "{leave:?} to {arrive:?} at {y}: {:?}", routes.points);
        }
    }
}

#[test]
fn lines_that_leave_by_one_side_to_several_of_one_box_do_not_cross_whatever_their_order() {
    for (x, y) in [(400.0, 200.0), (400.0, -200.0)] {
        let vertical = if y > 0.0 { Side::Top } else { Side::Bottom };
        for order in [[vertical, Side::Left], [Side::Left, vertical]] {
            let mut project = Project::new("Two");
            put(&mut project, 0, 3, Point::new(0.0, 0.0));
            put(&mut project, 1, 3, Point::new(x, y));
            for (number, side) in order.into_iter().enumerate() {
                let course = Course { from_side: Some(Side::Right), to_side: Some(side), ..Course::default() };
                connect(&mut project, number, 0, 1, course);
            }
            let routes = Routes::new(&project);
            let hops = (0..2).map(|index| routes.jumps(index).len()).sum::<usize>();
            assert_eq!(hops, 0, "{order:?} at {x}, {y}: {:?}", routes.points);
        }
    }
}

#[test]
fn a_line_that_is_led_through_points_does_not_run_past_one_and_back_beside_itself() {
    for via in [
        vec![(300.0, 300.0)],
        vec![(300.0, -200.0)],
        vec![(150.0, 250.0), (450.0, 250.0)],
        vec![(300.0, 300.0), (300.0, 100.0)],
        vec![(250.0, 200.0), (250.0, -200.0)],
    ] {
        let mut project = three();
        let via: Vec<Point> = via.into_iter().map(Point::from).collect();
        connect(&mut project, 0, 0, 1, Course { via, ..Course::default() });
        let points = &Routes::new(&project).points[0];
        let backs = points.windows(4).filter(|corners| {
            let [a, b, c, d] = [corners[0], corners[1], corners[2], corners[3]];
            (c - b).hypot() < 12.0 && (b - a).dot(d - c) < 0.0
        });
        assert_eq!(backs.count(), 0, "{points:?}");
        assert!(points.windows(3).all(|c| (c[1] - c[0]).dot(c[2] - c[1]) >= 0.0), "straight back: {points:?}");
    }
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
    // Three callers above each other, three callees further down: all go from left to right and down through one gap.
    let mut project = Project::new("Stairs");
    for row in 0..3 {
        put(&mut project, row, 3, Point::new(0.0, row as f64 * 200.0));
        put(&mut project, 3 + row, 3, Point::new(500.0, row as f64 * 200.0 + 500.0));
    }
    for row in 0..3 {
        connect(&mut project, row, row, 3 + row, Course::default());
    }
    let routes = Routes::new(&project).points;
    let mut lanes: Vec<f64> = routes.iter().map(|points| points[1].x).collect();
    assert!(routes.iter().all(|points| points.len() == 4));
    lanes.sort_by(f64::total_cmp);
    assert!(lanes.windows(2).all(|two| two[1] - two[0] >= 11.9), "a lane each: {lanes:?}");
    let laid = Routes::new(&project);
    for (index, points) in routes.iter().enumerate() {
        assert!(laid.jumps(index).is_empty(), "{points:?}");
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

/// A caller, and so many callees in a column to its right or in a row below it.
fn siblings(count: usize, in_row: bool) -> Project {
    let mut project = Project::new("Siblings");
    let along = (count - 1) as f64 / 2.0;
    let caller = if in_row { Point::new(along * 260.0, 0.0) } else { Point::new(0.0, along * 120.0) };
    put(&mut project, 0, 1, caller);
    for number in 0..count {
        let at = number as f64;
        let place = if in_row { Point::new(at * 260.0, 300.0) } else { Point::new(400.0, at * 120.0) };
        put(&mut project, number + 1, 1, place);
        let held = |side: Side| Some(side).filter(|_| in_row);
        let course = Course { from_side: held(Side::Bottom), to_side: held(Side::Top), ..Course::default() };
        connect(&mut project, number, 0, number + 1, course);
    }
    project
}

#[test]
fn lines_to_siblings_share_one_trunk_and_part_from_it_side_by_side() {
    for in_row in [false, true] {
        for count in 3..=6 {
            let project = siblings(count, in_row);
            let routes = Routes::new(&project);
            let starts: Vec<Point> = routes.points.iter().map(|points| points[0]).collect();
            assert!(starts.iter().all(|start| *start == starts[0]), "one place: {starts:?}");
            let turn = |point: Point| if in_row { point.y } else { point.x };
            let turns: Vec<f64> =
                routes.points.iter().filter(|points| points.len() > 2).map(|points| turn(points[1])).collect();
            assert!(turns.len() >= count - 1);
            assert!(turns.iter().all(|at| (at - turns[0]).abs() < 0.5), "one trunk: {turns:?}");
            assert!(routes.points.iter().all(|points| points.len() <= 4), "{:?}", routes.points);
            let hops: usize = (0..count).map(|index| routes.jumps(index).len()).sum();
            assert_eq!(hops, 0);
            // Nobody could tell whose words on the trunk are.
            let stands = routes.words(|_| [Some(Size::new(40.0, 18.0)), None]);
            for (index, stand) in stands.iter().enumerate() {
                let rect = stand.unwrap_or_else(|| panic!("{count} {in_row} {stands:?}")).rect_world();
                for (other, points) in routes.points.iter().enumerate().filter(|(other, _)| *other != index) {
                    let over = points.windows(2).any(|ends| hit::segment_touches(ends[0], ends[1], rect));
                    assert!(!over, "the words of {index} are on {other}: {rect:?} {points:?}");
                }
            }
        }
    }
}

#[test]
fn two_callees_and_callees_out_of_line_have_lines_of_their_own() {
    let mut project = siblings(3, false);
    project.apply(&Edit::Place(drawings::component_id(2), Point::new(460.0, 120.0)));
    for project in [project, siblings(2, false)] {
        let routes = Routes::new(&project);
        let mut starts: Vec<f64> = routes.points.iter().map(|points| points[0].y).collect();
        starts.sort_by(f64::total_cmp);
        assert!(starts.windows(2).all(|two| two[1] - two[0] >= 10.0), "{starts:?}");
    }
}

#[test]
fn a_line_beside_a_trunk_goes_straight_across_as_beside_one_other_line() {
    // The trunk is one place on the side, however many lines there are on it.
    for count in [3, 6] {
        let mut project = Project::new("Trunk");
        put(&mut project, 0, 1, Point::ORIGIN);
        let height = project.components[0].rect_world().height();
        put(&mut project, 1, 1, Point::new(400.0, height * 0.45));
        let course = || Course { from_side: Some(Side::Right), to_side: Some(Side::Left), ..Course::default() };
        connect(&mut project, 0, 0, 1, course());
        for number in 1..=count {
            put(&mut project, number + 1, 1, Point::new(900.0, -200.0 * number as f64));
            connect(&mut project, number, 0, number + 1, course());
        }
        let routes = Routes::new(&project).points;
        assert!(routes[2..].iter().all(|points| points[0] == routes[1][0]), "they have one trunk: {routes:?}");
        assert_eq!(routes[0].len(), 2, "beside {count} on a trunk: {:?}", routes[0]);
    }
}
