//! What geometry promises, for any drawing: nothing here needs a screen.

use groundplan::{
    geometry::{
        axis::Axis,
        camera::Camera,
        grid::{Grid, touches},
        hit, layout, room,
        snap::{Guide, Says, snap, snap_edge, snap_piece},
        treemap::squarified,
    },
    project::{
        Boundary, Component, ComponentId, ComponentKind, Connection, ConnectionId, Edit, ElementId, Project, Protocol,
        Side, StickyNote,
    },
};
use kurbo::{Point, Rect, Size};
use proptest::prelude::*;

fn point() -> impl Strategy<Value = Point> {
    (-5_000.0..5_000.0, -5_000.0..5_000.0).prop_map(Point::from)
}

fn rect() -> impl Strategy<Value = Rect> {
    (point(), 1.0..2_000.0, 1.0..2_000.0).prop_map(|(at, w, h)| Rect::from_origin_size(at, Size::new(w, h)))
}

fn camera() -> impl Strategy<Value = Camera> {
    (Camera::ZOOM_MIN..Camera::ZOOM_MAX, point()).prop_map(|(zoom, at)| Camera { zoom, translation: at.to_vec2() })
}

/// A drawing of up to 14 components with any links between them; all placed, or none.
fn project(placed: bool) -> impl Strategy<Value = Project> {
    let components = prop::collection::vec((0..ComponentKind::ALL.len(), point()), 1..14);
    (components, prop::collection::vec((0_usize..14, 0_usize..14), 0..24)).prop_map(move |(components, links)| {
        let mut project = Project::new("Any");
        let id = |index: usize| ComponentId::new(&format!("c{index}"));
        for (index, (kind, at)) in components.iter().enumerate() {
            let component = Component::new(&format!("C{index}"), ComponentKind::ALL[*kind], placed.then_some(*at));
            project.apply(&Edit::PutComponent(id(index), component));
        }
        for (number, (from, to)) in links.into_iter().enumerate() {
            let (from, to) = (from % components.len(), to % components.len());
            if from != to {
                let link = Connection::new(id(from), id(to), Protocol::Http);
                project.apply(&Edit::PutConnection(ConnectionId::new(&format!("l{number}")), link));
            }
        }
        project
    })
}

fn apply(project: &mut Project, edits: &[Edit]) {
    for edit in edits {
        project.apply(edit);
    }
}

fn no_two_overlap(project: &Project) -> Result<(), TestCaseError> {
    let rects: Vec<Rect> = project.components.values().map(|component| component.rect_world()).collect();
    for (index, a) in rects.iter().enumerate() {
        for b in &rects[index + 1..] {
            prop_assert!(!touches(*a, *b), "{a:?} touches {b:?}");
        }
    }
    Ok(())
}

/// Guides lie where they say: lines on a place of the rectangle and of another, bars between the borders of two, each as long
/// as another one.
fn guides_say_the_truth(there: Rect, others: &[Rect], guides: &[Guide]) -> Result<(), TestCaseError> {
    let all: Vec<Rect> = others.iter().copied().chain([there]).collect();
    let near = |a: f64, b: f64| (a - b).abs() < 0.1;
    for guide in guides {
        let range = |rect: &Rect| guide.holds.range(*rect);
        let at = |point: Point| guide.holds.range(Rect::from_points(point, point)).0;
        let across = |point: Point| guide.holds.other().range(Rect::from_points(point, point)).0;
        if guide.says == Says::Gap {
            let touches = |point: Point, high: bool| {
                all.iter().any(|rect| {
                    let (low, end) = range(rect);
                    let span = guide.holds.other().range(*rect);
                    near(if high { end } else { low }, at(point)) && (span.0..=span.1).contains(&across(point))
                })
            };
            prop_assert!(touches(guide.from, true) && touches(guide.to, false), "{guide:?}");
            let alike = |other: &&Guide| {
                other.says == Says::Gap
                    && other.holds == guide.holds
                    && near(other.length_world(), guide.length_world())
            };
            prop_assert!(guides.iter().filter(alike).count() >= 2, "{guide:?} of {guides:?}");
        } else {
            let on = |rect: &Rect| {
                let (low, high) = range(rect);
                [low, high, f64::midpoint(low, high)].iter().any(|place| near(*place, at(guide.from)))
            };
            prop_assert!(on(&there) && others.iter().any(on), "{guide:?}");
            prop_assert_eq!(at(guide.from), at(guide.to));
            // A distance is that to what is level, and the line leads to the same thing.
            let spans = |rect: &Rect| guide.holds.other().range(*rect);
            let ends = [across(guide.from), across(guide.to)];
            let meets =
                |rect: &Rect| on(rect) && ends.iter().any(|end| near(*end, spans(rect).0) || near(*end, spans(rect).1));
            if guide.says == Says::Distance {
                prop_assert!(others.iter().any(meets), "{guide:?}");
                let line = |line: &&Guide| {
                    let same =
                        line.says == Says::Level && line.holds == guide.holds && near(at(line.from), at(guide.from));
                    same && across(line.from) <= ends[0] && ends[1] <= across(line.to)
                };
                prop_assert!(guides.iter().any(|guide| line(&guide)), "{guide:?} of {guides:?}");
            } else {
                let of = |end: f64| {
                    all.iter().any(|rect| on(rect) && (near(end, spans(rect).0) || near(end, spans(rect).1)))
                };
                prop_assert!(ends.into_iter().all(of), "{guide:?}");
            }
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn the_camera_leads_there_and_back(camera in camera(), point in point()) {
        let back = camera.world_from_screen(camera.screen_from_world(point));
        prop_assert!((back - point).hypot() < 1e-6);
    }

    #[test]
    fn zooming_keeps_what_is_under_the_pointer(mut camera in camera(), anchor in point(), factor in 0.01..100.0) {
        let before = camera.world_from_screen(anchor);
        camera.zoom_at(anchor, factor);
        prop_assert!((camera.world_from_screen(anchor) - before).hypot() < 1e-6 * before.to_vec2().hypot().max(1.0));
        prop_assert!((Camera::ZOOM_MIN..=Camera::ZOOM_MAX).contains(&camera.zoom));
    }

    #[test]
    fn fitting_shows_the_whole_within_the_padding(rect in rect(), width in 300.0..2_000.0, height in 300.0..1_200.0) {
        let viewport = Rect::from_origin_size((230.0, 40.0), (width, height));
        let camera = Camera::fit(rect, viewport, 40.0, 1.0);
        let shown = camera.rect_screen(rect);
        prop_assert!(hit::encloses(viewport.inset(-39.99), shown), "{shown:?} in {viewport:?}");
        prop_assert!(camera.zoom <= 1.0);
    }

    #[test]
    fn a_piece_of_a_line_snaps_within_its_reach_and_says_how_far_it_is_to_what_is_beside_it(
        at in -200.0..200.0, from in -200.0..200.0, length in 0.0..200.0, others in prop::collection::vec(rect(), 0..12),
        reach in 0.0..40.0, upright in any::<bool>(),
    ) {
        let axis = if upright { Axis::X } else { Axis::Y };
        let piece = Rect::from_points(axis.point(at, from), axis.point(at, from + length));
        if let Some(bend) = snap_piece(axis, piece, &others, reach) {
            prop_assert!(bend.delta.abs() <= reach);
            let there = at + bend.delta;
            prop_assert!(!bend.guides.is_empty() || others.iter().any(|other| hit::segment_touches(
                axis.point(there, from), axis.point(there, from + length), *other)), "a snap shows its guide");
            for guide in &bend.guides {
                let along = [guide.from, guide.to].map(|end| axis.range(Rect::from_points(end, end)).0);
                prop_assert!(along.iter().any(|end| (end - there).abs() < 1e-6), "{guide:?} is not at {there}");
            }
            let again = snap_piece(axis, piece + axis.vector(bend.delta), &others, reach).unwrap();
            prop_assert!(again.delta.abs() < 1e-6, "what is snapped stays where it is");
        }
    }

    #[test]
    fn snapping_moves_no_farther_than_its_reach_and_shows_what_holds_it(
        moving in rect(), others in prop::collection::vec(rect(), 0..8), reach in 1.0..40.0,
    ) {
        let snapped = snap(moving, &others, reach);
        prop_assert!(snapped.delta.x.abs() <= reach && snapped.delta.y.abs() <= reach);
        let there = moving + snapped.delta;
        for (axis, held, delta) in [(Axis::X, snapped.held.0, snapped.delta.x), (Axis::Y, snapped.held.1, snapped.delta.y)] {
            if held {
                prop_assert!(snapped.guides.iter().any(|guide| guide.holds == axis), "a snap shows its guide");
                // What is snapped stays where it is.
                prop_assert!(snap(there, &others, reach).delta.dot(axis.vector(1.0)).abs() < 1e-6);
            } else {
                prop_assert_eq!(delta, 0.0);
            }
        }
        guides_say_the_truth(there, &others, &snapped.guides)?;
    }

    #[test]
    fn cards_in_rows_snap_into_gaps_that_are_equal(
        gaps in prop::collection::vec(20.0..90.0_f64, 2..5), off in -7.0..7.0_f64, at in 0_usize..5,
    ) {
        // A row of cards with room for one more at each place in it.
        let mut x = 0.0;
        let mut row = Vec::new();
        for (index, gap) in gaps.iter().enumerate() {
            row.push(Rect::from_origin_size((x, 0.0), (196.0, 80.0)));
            x += 196.0 + gap + if index == at % gaps.len() { 196.0 + gap } else { 0.0 };
        }
        row.push(Rect::from_origin_size((x, 0.0), (196.0, 80.0)));
        let free = row[at % gaps.len()].x1 + gaps[at % gaps.len()];
        let moving = Rect::from_origin_size((free + off, 3.0), (196.0, 80.0));
        let snapped = snap(moving, &row, 8.0);
        prop_assert!(snapped.held == (true, true), "{snapped:?}");
        guides_say_the_truth(moving + snapped.delta, &row, &snapped.guides)?;
        prop_assert!(snapped.guides.iter().any(|guide| guide.says == Says::Gap));
    }

    #[test]
    fn an_edge_that_is_resized_meets_an_edge(rect in rect(), others in prop::collection::vec(rect(), 0..8), reach in 1.0..40.0, side in 0_usize..4) {
        let side = Side::ALL[side];
        let snapped = snap_edge(rect, side, &others, reach);
        let along = |rect: Rect| if side.is_upright() { [rect.x0, rect.x1] } else { [rect.y0, rect.y1] };
        let edge = side.middle(rect) + snapped.delta;
        let edge = if side.is_upright() { edge.x } else { edge.y };
        prop_assert!(snapped.delta.hypot() <= reach);
        let meets = others.iter().any(|other| along(*other).iter().any(|at| (at - edge).abs() < 1e-6));
        prop_assert_eq!(meets, snapped.held.0 || snapped.held.1);
        prop_assert_eq!(meets, !snapped.guides.is_empty());
    }

    #[test]
    fn a_tidy_drawing_has_no_overlaps_and_lies_on_the_grid(mut project in project(true)) {
        let edits = layout::tidy(&project);
        apply(&mut project, &edits);
        no_two_overlap(&project)?;
        for component in project.components.values() {
            let at = component.pos_world.unwrap();
            prop_assert!(at.x % 12.0 == 0.0 && at.y % 4.0 == 0.0, "{at:?}");
        }
    }

    #[test]
    fn every_component_gets_a_place_of_its_own(project in project(false), placed in prop::collection::vec(any::<bool>(), 14)) {
        let mut project = project;
        let fixed: Vec<ComponentId> =
            project.components.keys().zip(&placed).filter(|(_, placed)| **placed).map(|(id, _)| id.clone()).collect();
        for (index, id) in fixed.iter().enumerate() {
            project.apply(&Edit::Place(id.clone(), Point::new(300.0 * index as f64, 0.0)));
        }
        let before = project.clone();
        layout::place_missing(&mut project);
        no_two_overlap(&project)?;
        let placed = project.components.values().all(|component| component.pos_world.is_some());
        prop_assert!(placed);
        for id in &fixed {
            prop_assert_eq!(project.components[id].pos_world, before.components[id].pos_world, "a given place stays");
        }
    }

    #[test]
    fn the_grid_finds_what_a_plain_search_finds(rects in prop::collection::vec(rect(), 0..40), area in rect()) {
        let expected: Vec<usize> = (0..rects.len()).filter(|index| touches(rects[*index], area)).collect();
        prop_assert_eq!(Grid::new(rects).query(area), expected);
    }
}

#[test]
fn callers_stand_left_of_callees_and_cycles_do_no_harm() {
    let mut project = Project::new("Chain");
    for name in ["c", "b", "a"] {
        project.apply(&Edit::PutComponent(name.into(), Component::new(name, ComponentKind::Worker, None)));
    }
    for (from, to) in [("a", "b"), ("b", "c"), ("c", "a")] {
        let link = Connection::new(from.into(), to.into(), Protocol::Http);
        project.apply(&Edit::PutConnection(format!("{from}{to}").as_str().into(), link));
    }
    layout::place_missing(&mut project);
    let mut columns: Vec<f64> = project.components.values().map(|component| component.pos_world.unwrap().x).collect();
    columns.sort_by(f64::total_cmp);
    columns.dedup();
    assert_eq!(columns.len(), 3, "a chain takes a column for each of its components");
}

#[test]
fn a_boundary_follows_what_it_encloses() {
    let mut project = Project::new("Framed");
    let at = |x: f64, y: f64| Some(Point::new(x, y));
    project.apply(&Edit::PutComponent("a".into(), Component::new("A", ComponentKind::Worker, at(1_000.0, 1_000.0))));
    project.apply(&Edit::PutComponent("b".into(), Component::new("B", ComponentKind::Worker, at(0.0, 0.0))));
    project.apply(&Edit::PutConnection("b-to-a".into(), Connection::new("b".into(), "a".into(), Protocol::Http)));
    let frame = Boundary::new("Team", Rect::from_origin_size((960.0, 960.0), (280.0, 160.0)));
    project.apply(&Edit::PutBoundary("team".into(), frame));
    let edits = layout::tidy(&project);
    apply(&mut project, &edits);
    let frame = project.boundaries["team"].rect_world();
    assert!(hit::encloses(frame, project.components["a"].rect_world()));
    assert!(!touches(frame, project.components["b"].rect_world()));
}

#[test]
fn the_topmost_is_hit_first_and_the_inside_of_a_boundary_is_empty_sheet() {
    let mut project = Project::new("Stack");
    let frame = Boundary::new("F", Rect::from_origin_size((500.0, 0.0), (300.0, 200.0)));
    project.apply(&Edit::PutBoundary("frame".into(), frame));
    for id in ["under", "over"] {
        let note = StickyNote::new("N", Rect::from_origin_size((900.0, 0.0), (50.0, 50.0)));
        project.apply(&Edit::PutNote(id.into(), note));
    }
    assert!(hit::boundary_at(&project, Point::new(650.0, 100.0), 5.0).is_none());
    assert!(hit::boundary_at(&project, Point::new(503.0, 100.0), 5.0).is_some());
    assert!(hit::boundary_at(&project, Point::new(560.0, 8.0), 5.0).is_some(), "the caption can be grabbed");
    assert_eq!(hit::note_at(&project, Point::new(925.0, 25.0)).unwrap().as_str(), "over");
}

#[test]
fn a_marquee_touches_or_encloses() {
    let mut project = Project::new("Two");
    for (id, x) in [("a", 0.0), ("b", 400.0)] {
        let component = Component::new(id, ComponentKind::Worker, Some(Point::new(x, 0.0)));
        project.apply(&Edit::PutComponent(id.into(), component));
    }
    let area = Rect::new(-10.0, -10.0, 420.0, 100.0);
    let caught = |enclose| hit::marquee(&project, std::iter::empty(), area, enclose);
    assert_eq!(caught(true), [ElementId::Component("a".into())]);
    assert_eq!(caught(false).len(), 2);
}

fn amounts() -> impl Strategy<Value = Vec<f64>> {
    let amount = prop_oneof![4 => 0.01..1_000.0, 1 => Just(0.0), 1 => 1.0e-6..0.01, 1 => Just(7.0)];
    prop::collection::vec(amount, 1..60)
}

proptest! {
    #[test]
    fn a_treemap_fills_its_frame_with_areas_like_the_amounts(amounts in amounts(), frame in rect()) {
        let tiles = squarified(&amounts, frame);
        prop_assert_eq!(tiles.len(), amounts.len());
        let total: f64 = amounts.iter().sum();
        let grain = frame.area() * 1e-9;
        for (amount, tile) in amounts.iter().zip(&tiles) {
            let wanted = if total > 0.0 { frame.area() * amount / total } else { 0.0 };
            prop_assert!((tile.area() - wanted).abs() <= wanted * 1e-6 + grain, "{amount}: {} {wanted}", tile.area());
            prop_assert!(tile.width() >= 0.0 && tile.height() >= 0.0);
            let inside = tile.x0 >= frame.x0 - 1e-9 && tile.y0 >= frame.y0 - 1e-9;
            prop_assert!(inside && tile.x1 <= frame.x1 + 1e-9 && tile.y1 <= frame.y1 + 1e-9, "{tile:?} in {frame:?}");
        }
        for (i, a) in tiles.iter().enumerate() {
            for b in &tiles[i + 1..] {
                prop_assert!(a.intersect(*b).area() <= grain, "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn equal_amounts_make_tiles_that_are_nearly_square(count in 1_usize..80, frame in rect()) {
        // A frame that is itself a strip can only be cut into a row.
        let ratio = frame.width() / frame.height();
        prop_assume!((0.4..2.5).contains(&ratio));
        for tile in squarified(&vec![1.0; count], frame) {
            let ratio = (tile.width() / tile.height()).max(tile.height() / tile.width());
            prop_assert!(ratio <= 4.0, "{tile:?}: {ratio}");
        }
    }
}

#[test]
fn a_treemap_of_nothing_or_in_no_room_has_no_areas() {
    let frame = Rect::new(0.0, 0.0, 100.0, 50.0);
    assert!(squarified(&[], frame).is_empty());
    for amounts in [[0.0, -1.0], [f64::NAN, f64::INFINITY]] {
        assert!(squarified(&amounts, frame).iter().all(|tile| tile.area() == 0.0));
    }
    assert!(squarified(&[1.0, 2.0], Rect::new(0.0, 0.0, 0.0, 50.0)).iter().all(|tile| tile.area() == 0.0));
    assert_eq!(squarified(&[3.0, 1.0], frame), [Rect::new(0.0, 0.0, 75.0, 50.0), Rect::new(75.0, 0.0, 100.0, 50.0)]);
}

/// What `room::beside` finds in a preset, beside one of its components.
fn grown(project: &Project, id: &str, towards: Side) -> (Rect, Rect) {
    let from = project.components[id].rect_world();
    (from, Rect::from_origin_size(room::beside(project, from, towards, from.size()), from.size()))
}

#[test]
fn what_grows_lies_straight_that_way_rather_than_far_aside() {
    let presets = groundplan::storage::presets();
    let project = presets.iter().find(|preset| preset.id == "construction-saas").unwrap().project().unwrap();
    // Two cards stand below it already, and things to both sides of them.
    let (from, below) = grown(&project, "mobile-api", Side::Bottom);
    assert!(below.x0 == from.x0 && (470.0..490.0).contains(&below.y0), "{below}");
    // A column of three stands at its right, and what lies farther that way stands in two more.
    let (from, right) = grown(&project, "web-application", Side::Right);
    assert_eq!(right.y0, from.y0, "{right}");
    assert!(right.x0 > 1060.0 && right.x0 < 1200.0, "{right}");
}

#[test]
fn what_grows_fans_out_one_beside_the_other_before_it_queues_up() {
    let mut project = Project::new("Fan");
    let root = Rect::from_origin_size((0.0, 0.0), (196.0, 80.0));
    let mut places = Vec::new();
    for count in 0..5 {
        let at = room::beside(&project, root, Side::Right, root.size());
        let component = Component::new("Worker", ComponentKind::Worker, Some(at));
        project.apply(&Edit::PutComponent(format!("w{count}").as_str().into(), component));
        places.push((at.x, at.y));
    }
    let x = places[0].0;
    assert_eq!(places[..3], [(x, 0.0), (x, 140.0), (x, -140.0)]);
    assert!(places[3..].iter().all(|(far, off)| *far <= x + 292.0 && off.abs() <= 280.0), "{places:?}");
}

#[test]
fn what_grows_lies_in_a_frame_or_outside_of_it_but_not_on_its_line() {
    let mut project = Project::new("Framed");
    let root = Component::new("Root", ComponentKind::Worker, Some(Point::new(0.0, 0.0)));
    project.apply(&Edit::PutComponent("root".into(), root));
    let frame = Rect::new(-30.0, -30.0, 400.0, 110.0);
    project.apply(&Edit::PutBoundary("frame".into(), Boundary::new("Frame", frame)));
    for side in Side::ALL {
        let (_, place) = grown(&project, "root", side);
        assert!(place.intersect(frame).area() == 0.0, "{side:?} {place}");
    }
    project.apply(&Edit::PutBoundary("frame".into(), Boundary::new("Frame", frame.inflate(400.0, 400.0))));
    for side in Side::ALL {
        let (_, place) = grown(&project, "root", side);
        assert!(hit::encloses(frame.inflate(400.0, 400.0), place), "{side:?} {place}");
    }
}

#[test]
fn a_distance_is_that_to_the_thing_the_line_goes_to() {
    let card = |x: f64, y: f64| Rect::from_origin_size((x, y), (196.0, 80.0));
    // Level and far, level and near, and nearer still one that only lies across the line.
    let others = [card(0.0, -600.0), card(0.0, 0.0), card(-60.0, 140.0)];
    let snapped = snap(card(3.0, 400.0), &others, 8.0);
    let said = |says: Says| {
        let guides = snapped.guides.iter().filter(|guide| guide.says == says && guide.holds == Axis::X);
        guides.map(|guide| (guide.from, guide.to)).collect::<Vec<_>>()
    };
    assert_eq!(said(Says::Distance), [(Point::new(98.0, 80.0), Point::new(98.0, 400.0))]);
    assert_eq!(
        said(Says::Level),
        [(Point::new(98.0, 0.0), Point::new(98.0, 480.0))],
        "from the same thing to the card"
    );
}

#[test]
fn of_many_equal_gaps_the_nearest_on_each_side_are_shown() {
    // A row and a column of twelve each, all 70 apart, with room for one more where they cross.
    let line = |at: i32| f64::from(at) * 266.0;
    let mut others: Vec<Rect> = Vec::new();
    for at in (-6..=6).filter(|at| *at != 0) {
        others.push(Rect::from_origin_size((line(at), 0.0), (196.0, 80.0)));
        others.push(Rect::from_origin_size((0.0, f64::from(at) * 150.0), (196.0, 80.0)));
    }
    let moving = Rect::from_origin_size((3.0, 3.0), (196.0, 80.0));
    let snapped = snap(moving, &others, 8.0);
    let gaps: Vec<&Guide> = snapped.guides.iter().filter(|guide| guide.says == Says::Gap).collect();
    assert_eq!(gaps.len(), 4, "{gaps:?}");
    assert!(gaps.iter().all(|guide| guide.from.to_vec2().hypot() < 300.0), "{gaps:?}");
    // At the end of a row, the one beside it and the next one like it.
    let row: Vec<Rect> = (0..6).map(|at| Rect::from_origin_size((line(at), 0.0), (196.0, 80.0))).collect();
    let snapped = snap(Rect::from_origin_size((line(6) + 3.0, 2.0), (196.0, 80.0)), &row, 8.0);
    let gaps: Vec<f64> =
        snapped.guides.iter().filter(|guide| guide.says == Says::Gap).map(|guide| guide.from.x).collect();
    assert_eq!(gaps, [line(5) + 196.0, line(4) + 196.0]);
}

#[test]
fn what_grows_joins_the_row_it_comes_into_and_lies_the_way_it_was_asked_for() {
    let mut project = Project::new("Rows");
    let put = |project: &mut Project, id: &str, x: f64, y: f64| {
        let component = Component::new(id, ComponentKind::Worker, Some(Point::new(x, y)));
        project.apply(&Edit::PutComponent(id.into(), component));
    };
    put(&mut project, "root", 0.0, 100.0);
    put(&mut project, "neighbour", 288.0, -50.0);
    let root = project.components["root"].rect_world();
    for count in 0..12 {
        for towards in [Side::Top, Side::Right, Side::Bottom, Side::Left] {
            let at = room::beside(&project, root, towards, root.size());
            let way = Rect::from_origin_size(at, root.size()).center() - root.center();
            let (along, across) = (way.dot(towards.outward()), way.cross(towards.outward()).abs());
            assert!(along > 0.0 && across <= 2.3 * along, "{towards:?} is not at {at}");
            put(&mut project, &format!("{count}{towards:?}"), at.x, at.y);
        }
    }
    // The first one above is in the row of its neighbour, and not some steps beside it.
    assert_eq!(project.components["0Top"].rect_world().y0, -50.0);
    assert!(no_two_overlap(&project).is_ok());
}

#[test]
fn a_piece_of_a_line_snaps_into_the_middle_of_a_gap_and_not_to_edges() {
    let others = [Rect::new(0.0, 0.0, 100.0, 60.0), Rect::new(220.0, 20.0, 320.0, 90.0)];
    let piece = |x: f64| Rect::new(x, 30.0, x, 50.0);
    let bend = snap_piece(Axis::X, piece(157.0), &others, 8.0).unwrap();
    assert_eq!(bend.delta, 3.0);
    let gaps: Vec<f64> = bend.guides.iter().filter(|g| g.says == Says::Gap).map(Guide::length_world).collect();
    assert_eq!(gaps, [60.0, 60.0]);
    assert_eq!(snap_piece(Axis::X, piece(103.0), &others, 8.0), None, "along an edge nobody would see it");
}
