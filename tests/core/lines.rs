//! What is seen of connections: parallel lines, loops, lanes, hops, and where words stand.

use groundplan::{
    geometry::{
        grid::touches,
        hit,
        route::{Routes, Side, along, drawn, rounded, share_at, shortened},
    },
    project::{Boundary, BoundaryId, Course, Edit, ElementId, LineKind, NoteId, Project, StickyNote},
};
use kurbo::{Point, Rect, Size};
use proptest::prelude::*;

use crate::common::drawings;
use drawings::{connect, course, drawing, on_border, point, put, runs_through, three};

proptest! {
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
    fn words_that_were_put_somewhere_stay_near_it_but_off_the_boxes_at_the_ends(
        project in drawing(700.0, course()), share in 0.0..=1.0_f64,
    ) {
        let size = Size::new(60.0, 18.0);
        let mut put = project.clone();
        for (id, link) in &project.connections {
            let course = Course { label_at: Some(share), ..link.course.clone() };
            put.apply(&Edit::SetCourse(id.clone(), course));
        }
        let routes = Routes::new(&put);
        for (index, points) in routes.points.iter().enumerate() {
            // Where a line runs over itself, a place on it has more than one share.
            let link = &project.connections[index];
            if link.from == link.to || !link.course.via.is_empty() {
                continue;
            }
            let at = routes.label_pos_world(index, size).unwrap();
            prop_assert!(hit::distance_to_polyline(points, at) < 1e-6);
            let free = |share: f64| {
                let label = Rect::from_center_size(along(points, share).unwrap(), size);
                let clear = |end: &Point| !hit::contains(label.inflate(10.5, 10.5), *end);
                let boxes = || project.components.values().map(|component| component.rect_world());
                boxes().all(|rect| !touches(rect, label.inflate(2.5, 2.5))) && clear(&points[0]) && clear(points.last().unwrap())
            };
            let off = |at: f64| (at - share).abs();
            let nearest = (0..=200).map(|step| f64::from(step) / 200.0).filter(|at| free(*at)).map(off).fold(f64::INFINITY, f64::min);
            let now = share_at(points, at);
            prop_assert!(nearest.is_infinite() || off(now) <= nearest + 1e-6 || crosses_itself(points), "{now} {share} {nearest} {points:?}");
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

/// A line that touches itself has points with more than one share.
fn crosses_itself(points: &[Point]) -> bool {
    let pieces: Vec<&[Point]> = points.windows(2).collect();
    pieces.iter().enumerate().any(|(index, a)| {
        pieces.iter().skip(index + 2).any(|b| hit::segment_touches(a[0], a[1], Rect::from_points(b[0], b[1])))
    })
}

#[test]
fn words_keep_off_sticky_notes_as_well() {
    let mut project = three();
    connect(&mut project, 0, 0, 1, Course::default());
    let size = Size::new(60.0, 18.0);
    let before = Routes::new(&project).label_pos_world(0, size).unwrap();
    let note = Rect::from_center_size(before, (40.0, 40.0));
    let id = NoteId::new("note");
    let mut routes = Routes::new(&project);
    project.apply(&Edit::PutNote(id.clone(), StickyNote::new("Note", note)));
    routes.bring_to(&project);
    let at = routes.label_pos_world(0, size).unwrap();
    assert!(!touches(Rect::from_center_size(at, size), note), "{at:?} {note:?}");
    assert_eq!(routes.label_pos_world(0, size), Routes::new(&project).label_pos_world(0, size));
    project.apply(&Edit::Remove([ElementId::Note(id)].into()));
    routes.bring_to(&project);
    assert_eq!(routes.label_pos_world(0, size), Some(before));
}

#[test]
fn words_keep_off_the_names_of_frames_and_come_back_when_the_frame_goes() {
    let mut project = three();
    connect(&mut project, 0, 0, 1, Course::default());
    let size = Size::new(20.0, 18.0);
    let before = Routes::new(&project).label_pos_world(0, size).unwrap();
    // Its name is written over the place where the words stood.
    let frame = Boundary::new("Y", Rect::from_origin_size((before.x - 20.0, before.y), (400.0, 300.0)));
    let id = BoundaryId::new("frame");
    let mut routes = Routes::new(&project);
    project.apply(&Edit::PutBoundary(id.clone(), frame));
    routes.bring_to(&project);
    let at = routes.label_pos_world(0, size).unwrap();
    assert!((at - before).hypot() > 1.0, "{at:?} is where the name is");
    assert_eq!(routes.label_pos_world(0, size), Routes::new(&project).label_pos_world(0, size));
    project.apply(&Edit::Remove([ElementId::Boundary(id)].into()));
    routes.bring_to(&project);
    assert_eq!(routes.label_pos_world(0, size), Some(before));
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
