//! Where the words of connections stand: over nothing, and never so that nothing is seen of their line.

use groundplan::{
    geometry::{
        grid::{Grid, touches},
        hit,
        route::{Forms, Routes, Stand, Words, Written, along, bounds, length, share_at},
    },
    project::{Boundary, BoundaryId, Course, Edit, ElementId, LineKind, NoteId, Project, StickyNote},
};
use kurbo::{Point, Rect, Size, Vec2};
use proptest::prelude::*;

use crate::common::drawings;
use drawings::{connect, course, drawing, note_id, point, put, three};

/// Words of one size on all lines.
fn alike(size: Size) -> impl Fn(usize) -> Forms {
    move |_| [Some(size), None]
}

fn stand(routes: &Routes, size: Size) -> Option<Stand> {
    routes.words(alike(size))[0]
}

/// How long the pieces of a line before and behind some words are, as far as they are seen.
fn seen(points: &[Point], words: Rect) -> [f64; 2] {
    let seen = |points: &mut dyn Iterator<Item = Point>| {
        let points: Vec<Point> = points.collect();
        let length = length(&points);
        let steps = (length * 4.0).ceil().max(1.0) as usize;
        let share = (0..=steps).map(|step| step as f64 / steps as f64);
        let covered = share
            .into_iter()
            .find(|share| along(&points, *share).is_some_and(|at| hit::contains(words.inset(-0.01), at)));
        covered.unwrap_or(1.0) * length
    };
    [seen(&mut points.iter().copied()), seen(&mut points.iter().rev().copied())]
}

proptest! {
    #[test]
    fn words_cover_no_box_no_note_no_other_words_and_not_the_ends_of_their_line(
        mut project in drawing(700.0, course()), notes in prop::collection::vec(point(700.0), 0..4),
        width in 10.0..160.0, height in 10.0..24.0,
    ) {
        for (index, at) in notes.into_iter().enumerate() {
            let note = StickyNote::new("Note", Rect::from_origin_size(at, (120.0, 80.0)));
            project.apply(&Edit::PutNote(note_id(index), note));
        }
        let routes = Routes::new(&project);
        let size = Size::new(width, height);
        let few = Size::new(30.0_f64.min(width), height);
        let stands = routes.words(|_| [Some(size), Some(few)]);
        prop_assert_eq!(stands.len(), routes.points.len());
        let boxes = || {
            let notes = project.sticky_notes.values().map(|note| note.rect_world());
            project.components.values().map(|component| component.rect_world()).chain(notes)
        };
        let rects: Vec<Option<Rect>> = stands.iter().map(|stand| stand.map(|stand| stand.rect_world())).collect();
        for (index, (rect, points)) in rects.iter().zip(&routes.points).enumerate() {
            let Some(rect) = *rect else { continue };
            let form = if stands[index].unwrap().form == 0 { size } else { few };
            prop_assert!((rect.size() - form).to_vec2().hypot() < 1e-6);
            for other in boxes().chain(rects[..index].iter().flatten().copied()) {
                prop_assert!(!touches(rect.inset(-0.01), other), "{rect:?} is over {other:?}");
            }
            let [before, behind] = seen(points, rect);
            prop_assert!(before >= 11.0 && behind >= 20.0, "{before} {behind} {rect:?} {points:?}");
            // Those of loops stand farther out where the next loop has the place.
            let link = &project.connections[index];
            let off = hit::distance_to_polyline(points, rect.center());
            let most = if link.from == link.to { 220.0 } else { 5.0 };
            prop_assert!(off <= width / 2.0 + height / 2.0 + most, "{off} off {points:?}");
        }
    }

    #[test]
    fn words_that_were_put_somewhere_stay_near_it(mut project in drawing(700.0, course()), share in 0.0..=1.0_f64) {
        let size = Size::new(60.0, 18.0);
        // Others may share a part of its way, and words keep off that.
        let others = project.connections.keys().skip(1).map(|id| ElementId::Connection(id.clone())).collect();
        project.apply(&Edit::Remove(others));
        let mut put = project.clone();
        for (id, link) in project.connections.iter().take(1) {
            put.apply(&Edit::SetCourse(id.clone(), Course { label_at: Some(share), ..link.course.clone() }));
        }
        let routes = Routes::new(&put);
        for (points, link) in routes.points.iter().zip(put.connections.values()).take(1) {
            // Where a line runs over itself, a place on it has more than one share.
            if link.from == link.to || !link.course.via.is_empty() || link.course.line == LineKind::Curved {
                continue;
            }
            let at = routes.words(|index| [Some(size).filter(|_| index == 0), None])[0];
            let free = |share: f64| {
                let label = Rect::from_center_size(along(points, share).unwrap(), size);
                let boxes = || project.components.values().map(|component| component.rect_world());
                let [before, behind] = seen(points, label);
                boxes().all(|rect| !touches(rect, label.inflate(2.5, 2.5)))
                    && before >= 14.0 && behind >= 23.0
            };
            let length = length(points);
            let off = |at: f64| (at - share).abs();
            let shares = (0..=200).map(|step| f64::from(step) / 200.0).filter(|at| off(*at) * length < 310.0);
            let nearest = shares.filter(|at| free(*at)).map(off).fold(f64::INFINITY, f64::min);
            let Some(at) = at else {
                prop_assert!(nearest.is_infinite(), "there is a free place at {nearest} of {points:?}");
                continue;
            };
            let now = share_at(points, at.middle_world);
            let on = hit::distance_to_polyline(points, at.middle_world) < 1e-6;
            prop_assert!(nearest.is_infinite() || on && off(now) <= nearest + 1e-6 || crosses_itself(points), "{now} {share} {nearest} {points:?}");
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

/// Two components beside each other, the second so far below the first, and so much room between them.
fn two(apart: f64, below: f64) -> Project {
    let mut project = Project::new("Two");
    put(&mut project, 0, 1, Point::ORIGIN);
    let right = project.components[0].rect_world().x1;
    put(&mut project, 1, 1, Point::new(right + apart, below));
    project
}

#[test]
fn words_stand_in_the_middle_of_a_line_with_room_for_them() {
    let mut project = two(200.0, 0.0);
    connect(&mut project, 0, 0, 1, Course::default());
    let routes = Routes::new(&project);
    let middle = along(&routes.points[0], 0.5).unwrap();
    assert_eq!(stand(&routes, Size::new(60.0, 18.0)).unwrap().middle_world, middle);
}

#[test]
fn words_that_are_as_long_as_their_line_leave_it_to_be_seen() {
    // Straight across there is no room beside the line either: few words, or none.
    let mut project = two(80.0, 0.0);
    connect(&mut project, 0, 0, 1, Course::default());
    let routes = Routes::new(&project);
    let (all, few) = (Size::new(96.0, 18.0), Size::new(40.0, 18.0));
    assert_eq!(routes.words(|_| [Some(all), None]), [None]);
    let short = routes.words(|_| [Some(all), Some(few)])[0].unwrap();
    assert_eq!(short.form, 1);
    let [before, behind] = seen(&routes.points[0], short.rect_world());
    assert!(before >= 12.0 && behind >= 21.0, "{before} {behind}");
    // A longer one than the line has room beside it where its boxes are lower than they are apart.
    let mut project = two(80.0, 0.0);
    connect(&mut project, 0, 0, 1, Course::default());
    let beside = Size::new(70.0, 18.0);
    let routes = Routes::new(&project);
    let rect = stand(&routes, beside).unwrap().rect_world();
    let line = routes.points[0][0].y;
    assert!(rect.y1 <= line - 3.0 && rect.y1 >= line - 6.0, "close above the line: {rect:?} {line}");
}

#[test]
fn words_of_lines_side_by_side_all_have_room_whatever_their_kind() {
    for line in LineKind::ALL {
        for count in 2..=5 {
            let mut project = two(300.0, 0.0);
            for number in 0..count {
                let (from, to) = if number % 2 == 1 { (1, 0) } else { (0, 1) };
                connect(&mut project, number, from, to, Course { line, ..Course::default() });
            }
            let stands = Routes::new(&project).words(alike(Size::new(70.0, 18.0)));
            let there = stands.iter().flatten().count();
            assert_eq!(there, count, "{line:?}: {stands:?}");
        }
    }
}

#[test]
fn words_of_loops_stand_outside_of_them_and_all_have_room() {
    for line in LineKind::ALL {
        let mut project = three();
        for number in 0..3 {
            connect(&mut project, number, 0, 0, Course { line, ..Course::default() });
        }
        let routes = Routes::new(&project);
        let stands = routes.words(alike(Size::new(44.0, 18.0)));
        for (stand, points) in stands.iter().zip(&routes.points) {
            let rect = stand.unwrap_or_else(|| panic!("{line:?} {stands:?}")).rect_world();
            assert!(!points.windows(2).any(|ends| hit::segment_touches(ends[0], ends[1], rect)), "{line:?} {rect:?}");
        }
    }
}

#[test]
fn words_of_lines_that_a_hand_led_through_one_place_do_not_lie_over_each_other() {
    let mut project = three();
    put(&mut project, 4, 3, Point::new(0.0, 300.0));
    let via = vec![Point::new(300.0, 150.0)];
    connect(&mut project, 0, 0, 2, Course { via: via.clone(), ..Course::default() });
    connect(&mut project, 1, 4, 2, Course { via: via.clone(), ..Course::default() });
    connect(&mut project, 2, 4, 1, Course { via, line: LineKind::Straight, ..Course::default() });
    let routes = Routes::new(&project);
    let rects: Vec<Rect> =
        routes.words(alike(Size::new(60.0, 18.0))).into_iter().map(|stand| stand.unwrap().rect_world()).collect();
    for (index, rect) in rects.iter().enumerate() {
        assert!(rects[..index].iter().all(|other| !touches(*rect, *other)), "{rects:?}");
    }
}

#[test]
fn words_move_only_where_they_must() {
    let mut project = two(300.0, 0.0);
    put(&mut project, 2, 3, Point::new(0.0, 2_000.0));
    put(&mut project, 3, 3, Point::new(500.0, 2_200.0));
    connect(&mut project, 0, 0, 1, Course::default());
    connect(&mut project, 1, 2, 3, Course::default());
    let size = Size::new(60.0, 18.0);
    let before = Routes::new(&project).words(alike(size));
    // A line that crosses the first one, its words put beside those of that: it and the far one stay, and the new one yields.
    let cross = before[0].unwrap().middle_world + (45.0, 0.0);
    put(&mut project, 4, 3, cross - (80.0, 320.0));
    put(&mut project, 5, 3, cross - (80.0, -280.0));
    let straight = Course { line: LineKind::Straight, ..Course::default() };
    connect(&mut project, 2, 4, 5, straight.clone());
    let share = share_at(&Routes::new(&project).points[2], cross);
    connect(&mut project, 2, 4, 5, Course { label_at: Some(share), ..straight });
    let after = Routes::new(&project).words(alike(size));
    assert_eq!(before[..2], after[..2]);
    assert!(!touches(after[2].unwrap().rect_world(), after[0].unwrap().rect_world()));
}

#[test]
fn words_keep_off_sticky_notes_as_well() {
    let mut project = three();
    connect(&mut project, 0, 0, 1, Course::default());
    let size = Size::new(60.0, 18.0);
    let before = stand(&Routes::new(&project), size).unwrap();
    let note = Rect::from_center_size(before.middle_world, (40.0, 40.0));
    let id = NoteId::new("note");
    let mut routes = Routes::new(&project);
    project.apply(&Edit::PutNote(id.clone(), StickyNote::new("Note", note)));
    routes.bring_to(&project);
    let at = stand(&routes, size).unwrap();
    assert!(!touches(at.rect_world(), note), "{at:?} {note:?}");
    assert_eq!(Some(at), stand(&Routes::new(&project), size));
    project.apply(&Edit::Remove([ElementId::Note(id)].into()));
    routes.bring_to(&project);
    assert_eq!(stand(&routes, size), Some(before));
}

#[test]
fn words_keep_off_the_names_of_frames_and_come_back_when_the_frame_goes() {
    let mut project = three();
    connect(&mut project, 0, 0, 1, Course::default());
    let size = Size::new(20.0, 18.0);
    let before = stand(&Routes::new(&project), size).unwrap();
    // Its name is written over the place where the words stood.
    let at = before.middle_world;
    let frame = Boundary::new("Y", Rect::from_origin_size((at.x - 20.0, at.y), (400.0, 300.0)));
    let id = BoundaryId::new("frame");
    let mut routes = Routes::new(&project);
    project.apply(&Edit::PutBoundary(id.clone(), frame));
    routes.bring_to(&project);
    let after = stand(&routes, size).unwrap();
    assert!((after.middle_world - at).hypot() > 1.0, "{after:?} is where the name is");
    assert_eq!(Some(after), stand(&Routes::new(&project), size));
    project.apply(&Edit::Remove([ElementId::Boundary(id)].into()));
    routes.bring_to(&project);
    assert_eq!(stand(&routes, size), Some(before));
}

/// So many straight lines between two boxes.
fn bundle(count: usize) -> Routes {
    let mut project = two(300.0, 0.0);
    for number in 0..count {
        connect(&mut project, number, 0, 1, Course { line: LineKind::Straight, ..Course::default() });
    }
    Routes::new(&project)
}

#[test]
fn of_many_lines_between_two_boxes_no_words_lie_on_others() {
    for count in [6, 12, 40, 100] {
        let stands = bundle(count).words(alike(Size::new(60.0, 18.0)));
        let rects: Vec<Rect> = stands.iter().flatten().map(Stand::rect_world).collect();
        assert!(rects.len() >= 6, "{} of {count}", rects.len());
        for (index, rect) in rects.iter().enumerate() {
            assert!(rects[..index].iter().all(|other| !touches(*rect, *other)), "{index} of {count}");
        }
    }
}

/// What is written on some lines, all of one size.
struct Sheet {
    lines: Grid,
    size: Size,
}

impl Sheet {
    fn new(routes: &Routes, size: Size) -> Self {
        let lines = Grid::new(routes.points.iter().map(|points| bounds(points).unwrap_or_default()));
        Self { lines, size }
    }
}

impl Written for Sheet {
    fn forms(&self, _: usize) -> Forms {
        [Some(self.size), None]
    }

    fn near(&self, area_world: Rect) -> Vec<usize> {
        self.lines.query(area_world)
    }

    fn mark(&self, _: usize) -> Option<Rect> {
        None
    }
}

#[test]
fn lines_that_nobody_can_tell_apart_say_nothing_until_somebody_is_at_one() {
    // A thousand within the height of a card: words would stand at all of them alike.
    let routes = bundle(1_000);
    let size = Size::new(60.0, 18.0);
    assert!(routes.words(alike(size)).iter().all(Option::is_none));
    let sheet = Sheet::new(&routes, size);
    for index in [0, 500, 999] {
        let stand = Words::default().of_attended(&routes, &sheet, (index, size)).expect("it is said");
        let (rect, points) = (stand.rect_world(), &routes.points[index]);
        let over = points.windows(2).any(|ends| hit::segment_touches(ends[0], ends[1], rect));
        assert!(!over, "{rect:?} is over its own line {points:?}");
    }
}

/// A hub in the middle of many that call it.
fn hub(count: usize) -> Project {
    let mut project = Project::new("Hub");
    put(&mut project, 0, 1, Point::new(2_400.0, 900.0));
    for number in 0..count {
        let at = Point::new((number % 18) as f64 * 290.0, (number / 18) as f64 * 170.0 - 400.0);
        put(&mut project, number + 1, 1, at);
        connect(&mut project, number, number + 1, 0, Course::default());
    }
    project
}

#[test]
fn a_frame_takes_no_more_looks_than_it_has_and_all_words_are_there_in_the_end() {
    let routes = Routes::new(&hub(160));
    let size = Size::new(60.0, 18.0);
    let sheet = Sheet::new(&routes, size);
    let most = 200_000;
    let mut words = Words::default();
    let mut frames = 0;
    loop {
        words.begin(most);
        let before = words.looked();
        let stands: Vec<Option<Stand>> =
            (0..routes.points.len()).map(|index| words.of(&routes, &sheet, index)).collect();
        // A search is not broken off.
        let looked = words.looked() - before;
        assert!(looked < most + most / 2, "{looked} looks in frame {frames}");
        frames += 1;
        assert!(frames < 400, "it comes to an end");
        if !words.is_pending() {
            assert_eq!(stands, routes.words(alike(size)));
            assert!(stands.iter().flatten().count() > 20);
            break;
        }
    }
    assert!(frames > 2, "it is more than one frame has time for: {frames}");
    // The second time it costs nothing, and of whoever the person is at it is known as well.
    let attended = |words: &mut Words| words.of_attended(&routes, &sheet, (7, Size::new(120.0, 18.0)));
    words.begin(usize::MAX);
    let first = attended(&mut words);
    let before = words.looked();
    for index in 0..routes.points.len() {
        words.of(&routes, &sheet, index);
    }
    assert_eq!((attended(&mut words), words.looked()), (first, before));
}

proptest! {
    #[test]
    fn words_found_again_around_what_changed_are_those_that_would_be_found_anew(
        mut project in drawing(700.0, course()), changes in prop::collection::vec((0_usize..14, -300.0..300.0, -200.0..200.0), 1..6),
        most in prop_oneof![Just(usize::MAX), Just(4_000_usize)],
    ) {
        let size = Size::new(70.0, 18.0);
        let mut routes = Routes::new(&project);
        let mut words = Words::default();
        for index in 0..routes.points.len() {
            words.of(&routes, &Sheet::new(&routes, size), index);
        }
        for (index, x, y) in changes {
            let moved = drawings::component_id(index % project.components.len());
            let rect = |project: &Project| project.components[&moved].rect_world();
            let mut areas = vec![rect(&project)];
            let before = routes.points.clone();
            project.apply(&Edit::Move([ElementId::Component(moved.clone())].into(), Vec2::new(x, y)));
            areas.push(rect(&project));
            routes.bring_to(&project);
            for (index, (old, new)) in before.iter().zip(&routes.points).enumerate().filter(|(_, (old, new))| old != new) {
                words.forget_one(index);
                let pieces = old.windows(2).chain(new.windows(2));
                areas.extend(pieces.map(|ends| Rect::from_points(ends[0], ends[1])));
            }
            let sheet = Sheet::new(&routes, size);
            words.forget_near(areas);
            // Frame by frame; somebody may look away before all are there.
            for _ in 0..=index {
                words.begin(most);
                for index in 0..routes.points.len() {
                    words.of(&routes, &sheet, index);
                }
            }
        }
        let sheet = Sheet::new(&routes, size);
        let mut rounds = 0;
        let stands = loop {
            words.begin(most.max(20_000));
            let stands: Vec<_> = (0..routes.points.len()).map(|index| words.of(&routes, &sheet, index)).collect();
            rounds += 1;
            prop_assert!(rounds < 500, "it does not come to an end");
            if !words.is_pending() {
                break stands;
            }
        };
        prop_assert_eq!(stands, routes.words(alike(size)));
    }
}
