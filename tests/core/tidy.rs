//! Tidying: layers from left to right, boundaries as blocks, and nothing touched that may not move.

#![expect(clippy::unwrap_used, reason = "helpers of a test")]

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
};

use groundplan::{
    geometry::{grid::touches, hit::encloses, layout},
    progress::Progress,
    project::{
        Boundary, BoundaryId, Component, ComponentId, ComponentKind, Connection, ConnectionId, Edit, ElementId,
        Project, Protocol, Side, StickyNote,
    },
    session::{Action, Background, Handed, Select, Session},
    storage,
};
use kurbo::{Point, Rect, Size};
use proptest::prelude::*;

use crate::common::{cli, large};

fn component(id: &str) -> ElementId {
    ElementId::Component(id.into())
}

fn put(project: &mut Project, id: &str, x: f64, y: f64) {
    let component = Component::new(id, ComponentKind::Worker, Some(Point::new(x, y)));
    project.apply(&Edit::PutComponent(id.into(), component));
}

fn frame(project: &mut Project, id: &str, rect: Rect) {
    project.apply(&Edit::PutBoundary(id.into(), Boundary::new(id, rect)));
}

fn link(project: &mut Project, from: &str, to: &str) -> ConnectionId {
    let id = ConnectionId::new(&format!("{from}-to-{to}"));
    project.apply(&Edit::PutConnection(id.clone(), Connection::new(from.into(), to.into(), Protocol::Http)));
    id
}

fn tidied(project: &Project, chosen: Option<&BTreeSet<ElementId>>) -> Project {
    let mut after = project.clone();
    for edit in layout::tidy_part(project, chosen, &Progress::default()).unwrap() {
        after.apply(&edit);
    }
    assert_eq!(after.validate(), []);
    after
}

fn rect(project: &Project, id: &str) -> Rect {
    project.components[id].rect_world()
}

/// A shop with its two parts in a team's frame within a firm's, a database outside, everything far from being tidy.
fn nested() -> Project {
    let mut project = Project::new("Nested");
    for (id, x, y) in [("cart", 40.0, 60.0), ("shop", 300.0, 60.0), ("mailer", 700.0, 60.0), ("db", -400.0, 0.0)] {
        put(&mut project, id, x, y);
    }
    frame(&mut project, "team", Rect::new(20.0, 20.0, 520.0, 180.0));
    frame(&mut project, "firm", Rect::new(-20.0, -40.0, 940.0, 240.0));
    for (from, to) in [("shop", "cart"), ("shop", "mailer"), ("shop", "db"), ("cart", "db")] {
        link(&mut project, from, to);
    }
    project
}

#[test]
fn members_of_a_boundary_stay_together_however_deep_and_others_stay_out() {
    let after = tidied(&nested(), None);
    let [team, firm] = ["team", "firm"].map(|id| after.boundaries[id].rect_world());
    assert!(encloses(firm, team));
    for (id, in_team, in_firm) in
        [("cart", true, true), ("shop", true, true), ("mailer", false, true), ("db", false, false)]
    {
        let card = rect(&after, id);
        assert_eq!((encloses(team, card), encloses(firm, card)), (in_team, in_firm), "{id}");
        assert_eq!((touches(team, card), touches(firm, card)), (in_team, in_firm), "{id} is clear of the frames");
    }
    assert!(rect(&after, "shop").x1 < rect(&after, "cart").x0, "callers stand left of callees");
    assert!(firm.x1 < rect(&after, "db").x0, "so do blocks");
    assert_eq!(tidied(&after, None), after, "what is tidy stays as it is");
}

#[test]
fn only_what_is_chosen_moves_and_nothing_is_laid_over_the_rest() {
    let mut project = Project::new("Part");
    for (id, x, y) in [("a", 0.0, 0.0), ("b", 10.0, 20.0), ("c", 30.0, 300.0), ("x", 250.0, 0.0), ("y", 250.0, 400.0)] {
        put(&mut project, id, x, y);
    }
    for (from, to) in [("a", "b"), ("b", "c"), ("x", "a")] {
        link(&mut project, from, to);
    }
    frame(&mut project, "apart", Rect::new(600.0, -60.0, 900.0, 140.0));
    let chosen: BTreeSet<ElementId> = ["a", "b", "c"].map(component).into();
    let after = tidied(&project, Some(&chosen));
    for id in ["x", "y"] {
        assert!(Arc::ptr_eq(&after.components[id], &project.components[id]), "{id} is not touched");
    }
    assert_eq!(after.boundaries, project.boundaries);
    let [a, b, c] = ["a", "b", "c"].map(|id| rect(&after, id));
    assert!(a.x1 < b.x0 && b.x1 < c.x0 && a.y0 == b.y0 && b.y0 == c.y0, "{a:?} {b:?} {c:?}");
    let others = [rect(&after, "x"), rect(&after, "y"), after.boundaries["apart"].rect_world()];
    for card in [a, b, c] {
        assert!(others.iter().all(|other| !touches(card, *other)), "{card:?} covers something");
    }
}

#[test]
fn what_is_locked_stays_and_keeps_the_frame_around_it() {
    let mut project = nested();
    project.apply(&Edit::SetLocked([component("mailer")].into(), true));
    let after = tidied(&project, None);
    assert_eq!(rect(&after, "mailer"), rect(&project, "mailer"));
    assert_eq!(after.boundaries["firm"], project.boundaries["firm"], "a frame cannot leave without what is in it");
    let [team, firm] = ["team", "firm"].map(|id| after.boundaries[id].rect_world());
    assert!(encloses(firm, team) && !touches(team, rect(&after, "mailer")));
    assert!(!touches(firm, rect(&after, "db")));
}

#[test]
fn a_folded_boundary_is_one_box_that_takes_its_contents_along() {
    let mut project = nested();
    let inner = link(&mut project, "cart", "mailer");
    project.apply(&Edit::SetCourse(inner.clone(), course((500.0, 500.0))));
    let folded = project.fold(&BoundaryId::new("firm")).unwrap();
    project.apply(&Edit::PutBoundary("firm".into(), folded));
    let after = tidied(&project, None);
    let (firm, was) = (after.boundaries["firm"].rect_world(), project.boundaries["firm"].rect_world());
    let delta = firm.origin() - was.origin();
    assert!(firm.x1 < rect(&after, "db").x0, "its links are those of what is in it");
    for id in ["cart", "shop", "mailer"] {
        assert_eq!(rect(&after, id), rect(&project, id) + delta, "{id}");
    }
    assert_eq!(after.connections[&inner].course.via, [Point::new(500.0, 500.0) + delta]);
}

fn course(via: (f64, f64)) -> groundplan::project::Course {
    groundplan::project::Course {
        from_side: Some(Side::Top),
        via: vec![Point::from(via)],
        ..groundplan::project::Course::default()
    }
}

#[test]
fn hand_points_between_what_moved_are_dropped_and_fixed_sides_are_kept() {
    let mut project = Project::new("Hand");
    for (id, x, y) in [("a", 0.0, 0.0), ("b", 10.0, 20.0), ("x", 900.0, 0.0)] {
        put(&mut project, id, x, y);
    }
    let (ab, bx) = (link(&mut project, "a", "b"), link(&mut project, "b", "x"));
    for id in [&ab, &bx] {
        project.apply(&Edit::SetCourse(id.clone(), course((5.0, 5.0))));
    }
    let chosen: BTreeSet<ElementId> = ["a", "b"].map(component).into();
    let after = tidied(&project, Some(&chosen));
    let course = &after.connections[&ab].course;
    assert_eq!((course.via.len(), course.from_side), (0, Some(Side::Top)));
    assert_eq!(after.connections[&bx], project.connections[&bx], "an end that stays keeps its line");
}

#[test]
fn a_note_that_would_be_covered_goes_where_there_is_room() {
    let mut project = Project::new("Notes");
    put(&mut project, "a", 0.0, 0.0);
    put(&mut project, "b", 0.0, 300.0);
    link(&mut project, "a", "b");
    let paper = |x: f64| StickyNote::new("N", Rect::from_origin_size((x, 0.0), Size::new(120.0, 60.0)));
    project.apply(&Edit::PutNote("covered".into(), paper(330.0)));
    project.apply(&Edit::PutNote("free".into(), paper(2_000.0)));
    let after = tidied(&project, None);
    assert_eq!(after.sticky_notes["free"], project.sticky_notes["free"]);
    let note = after.sticky_notes["covered"].rect_world();
    assert!(after.components.values().all(|component| !touches(component.rect_world(), note)), "{note:?}");
}

#[test]
fn a_note_in_a_frame_that_stays_is_not_covered() {
    let mut project = nested();
    project.apply(&Edit::SetLocked([component("mailer")].into(), true));
    let note = StickyNote::new("N", Rect::new(540.0, 0.0, 640.0, 36.0));
    let bare = tidied(&project, None);
    assert!(touches(bare.boundaries["team"].rect_world(), note.rect_world()), "it stands where the team would go");
    project.apply(&Edit::PutNote("note".into(), note.clone()));
    let after = tidied(&project, None);
    assert_eq!(*after.sticky_notes["note"], note);
    assert_ne!(after.boundaries["team"], project.boundaries["team"]);
    assert!(!touches(after.boundaries["team"].rect_world(), note.rect_world()));
}

/// A drawing of some boxes in some frames, some of them locked, with any links.
fn drawing() -> impl Strategy<Value = Project> {
    let place = || (-40_i32..40, -40_i32..40).prop_map(|(x, y)| Point::new(f64::from(x) * 24.0, f64::from(y) * 24.0));
    let cards = prop::collection::vec((0..ComponentKind::ALL.len(), place(), prop::bool::weighted(0.1)), 1..24);
    let frames = prop::collection::vec(
        (place(), 8_i32..60, 8_i32..40, prop::bool::weighted(0.1), prop::bool::weighted(0.2)),
        0..5,
    );
    let links = prop::collection::vec((0_usize..24, 0_usize..24), 0..40);
    (cards, frames, links).prop_map(|(cards, frames, links)| {
        let mut project = Project::new("Any");
        let id = |index: usize| ComponentId::new(&format!("c{index}"));
        for (index, (kind, at, locked)) in cards.iter().enumerate() {
            let component = Component::new(&format!("C{index}"), ComponentKind::ALL[*kind], Some(*at));
            project.apply(&Edit::PutComponent(id(index), Component { locked: *locked, ..component }));
        }
        for (index, (at, w, h, locked, folded)) in frames.iter().enumerate() {
            let name = BoundaryId::new(&format!("f{index}"));
            let rect = Rect::from_origin_size(*at, Size::new(f64::from(*w) * 24.0, f64::from(*h) * 24.0));
            let boundary = Boundary { locked: *locked, ..Boundary::new("Frame", rect) };
            project.apply(&Edit::PutBoundary(name.clone(), boundary));
            if *folded {
                let folded = project.fold(&name).unwrap();
                project.apply(&Edit::PutBoundary(name, folded));
            }
        }
        for (number, (from, to)) in links.into_iter().enumerate() {
            let link = Connection::new(id(from % cards.len()), id(to % cards.len()), Protocol::Http);
            project.apply(&Edit::PutConnection(ConnectionId::new(&format!("l{number}")), link));
        }
        project
    })
}

proptest! {
    #[test]
    fn what_moved_lies_on_nothing_and_what_may_not_move_does_not(project in drawing(), picks in prop::collection::vec(any::<bool>(), 24)) {
        for part in [false, true] {
            let picked = project.components.keys().zip(&picks).filter(|(_, pick)| **pick);
            let chosen: BTreeSet<ElementId> = picked.map(|(id, _)| ElementId::Component(id.clone())).collect();
            let after = tidied(&project, part.then_some(&chosen));
            let hidden = project.hidden();
            let mut moved = Vec::new();
            for (id, component) in &project.components {
                let element = ElementId::Component(id.clone());
                let (old, new) = (component.rect_world(), after.components[id].rect_world());
                if old != new && !hidden.contains_key(&element) {
                    prop_assert!(!component.locked && (!part || chosen.contains(&element)), "{id} may not move");
                    moved.push((id, new));
                }
            }
            let seen = after.components.iter().filter(|(id, _)| !hidden.contains_key(&ElementId::Component((*id).clone())));
            for (id, other) in seen {
                for (mover, rect) in &moved {
                    prop_assert!(mover == &id || !touches(*rect, other.rect_world()), "{mover} lies on {id}");
                }
            }
        }
    }

    #[test]
    fn who_was_in_a_frame_is_in_it_afterwards(project in drawing()) {
        let after = tidied(&project, None);
        for id in project.boundaries.keys() {
            let locked = |element: &ElementId| groundplan::geometry::align::is_locked(&project, element);
            // Frames that cut across each other before have members in common; those are of one of them afterwards.
            let cuts = project.boundaries.iter().any(|(other, boundary)| {
                let (a, b) = (boundary.rect_world(), project.boundaries[id].rect_world());
                other != id && touches(a, b) && !a.contains_rect(b) && !b.contains_rect(a)
            });
            if !cuts && !project.contents(id).iter().any(locked) {
                let before = project.contents(id);
                let now = after.contents(id);
                prop_assert!(before.is_subset(&now) || project.boundaries[id].locked, "{id}: {before:?} {now:?}");
            }
        }
    }
}

fn open(project: Project) -> Session {
    Session::new(Arc::new(storage::load_engine(None).unwrap()), project, None)
}

#[test]
fn the_command_tidies_in_one_step_and_undo_brings_the_bytes_back() {
    let mut session = open(nested());
    let before = storage::to_text(session.project()).unwrap();
    session.apply(Action::Run("edit.tidy"));
    assert_eq!((session.history().depth(), session.history().undo_name()), (1, Some("Tidy the layout")));
    session.undo();
    assert_eq!(storage::to_text(session.project()).unwrap(), before);
    session.apply(Action::Select(Select::Only(vec![component("mailer"), component("db")])));
    session.apply(Action::Run("edit.tidy"));
    assert_eq!(session.history().undo_name(), None, "one in the firm and one outside: nothing to do with each other");
}

#[test]
fn a_large_plan_is_tidied_beside_the_window_for_the_project_as_it_is_then_and_can_be_stopped() {
    let waiting: Arc<Mutex<Vec<Handed>>> = Arc::default();
    let queue = Arc::clone(&waiting);
    let work = || waiting.lock().unwrap().drain(..).collect::<Vec<_>>();
    let mut plan = large::plan(&storage::load_engine(None).unwrap().playbook, 1_200);
    layout::place_missing(&mut plan);
    let shift = Edit::Move([ElementId::Component(large::id(0))].into(), (-5_000.0, 40.0).into());
    plan.apply(&shift);
    let mut session = open(plan);
    session.set_background(Background::Handed(Arc::new(move |work| queue.lock().unwrap().push(work))));
    session.apply(Action::Run("edit.tidy"));
    assert_eq!((session.tidying(), session.history().depth()), (Some(0.0), 0));
    session.apply(Action::Run("edit.stop-tidy"));
    for work in work() {
        work();
    }
    session.carry_on();
    assert_eq!((session.tidying(), session.history().depth()), (None, 0), "nobody waits for it");
    session.apply(Action::Run("edit.tidy"));
    session.apply(Action::edit("Move", vec![shift]));
    session.carry_on();
    for work in work() {
        work();
    }
    session.carry_on();
    assert_eq!((session.tidying(), session.history().undo_name()), (None, Some("Tidy the layout")));
    assert_eq!(session.history().depth(), 2);
}

#[test]
fn the_command_line_tidies_a_file_where_it_stands_or_to_standard_output() {
    let folder = tempfile::tempdir().unwrap();
    let untidy = storage::to_text(&nested()).unwrap();
    let plan = cli::plan_in(folder.path(), &untidy);
    let printed = cli::run(&["tidy", &plan]);
    assert_eq!((printed.status.code(), cli::err(&printed)), (Some(0), ""));
    assert_eq!(storage::from_text(cli::out(&printed)).unwrap(), tidied(&nested(), None));
    assert_eq!(std::fs::read_to_string(&plan).unwrap(), untidy);
    let written = cli::run(&["tidy", &plan, "-o", &plan]);
    assert_eq!((written.status.code(), cli::out(&written), cli::err(&written)), (Some(0), "", ""));
    assert_eq!(std::fs::read_to_string(&plan).unwrap(), cli::out(&printed));
    assert_eq!(cli::out(&cli::run_with_input(&["tidy", "-"], &untidy)), cli::out(&printed));
    assert_eq!(cli::run(&["tidy", "nowhere.ron"]).status.code(), Some(2));
}

/// `count` services that call each other without any order, each of them two others.
fn tangled(count: usize) -> Project {
    let mut project = Project::new("Tangle");
    for number in 0..count {
        put(&mut project, &format!("c{number}"), (number % 40) as f64 * 240.0, (number / 40) as f64 * 120.0);
    }
    for number in 0..count {
        for to in [(number * 7 + 3) % count, (number * 31 + 11) % count] {
            if to != number {
                link(&mut project, &format!("c{number}"), &format!("c{to}"));
            }
        }
    }
    project
}

#[test]
fn a_large_tidy_drawing_has_a_shape_that_can_be_looked_at() {
    let chain = |count: usize| {
        let mut project = Project::new("Chain");
        (0..count).for_each(|number| put(&mut project, &format!("c{number}"), 0.0, number as f64 * 120.0));
        (1..count).for_each(|number| drop(link(&mut project, &format!("c{}", number - 1), &format!("c{number}"))));
        project
    };
    let star = |count: usize| {
        let mut project = Project::new("Star");
        (0..count).for_each(|number| put(&mut project, &format!("c{number}"), 0.0, number as f64 * 120.0));
        (1..count).for_each(|number| drop(link(&mut project, "c0", &format!("c{number}"))));
        project
    };
    for (name, project) in
        [("tangle", tangled(500)), ("tangle", tangled(1_000)), ("chain", chain(300)), ("star", star(400))]
    {
        let after = tidied(&project, None);
        let bounds = layout::bounds(&after).unwrap();
        let count = after.components.len() as f64;
        let aspect = bounds.width() / bounds.height();
        assert!((0.3..=3.0).contains(&aspect), "{name} of {count}: {bounds}");
        // Each card with the room of five around it.
        let wide = (count * 196.0 * 80.0 * 12.0 * aspect.max(1.0)).sqrt();
        assert!(bounds.width() < wide, "{name} of {count}: {bounds} is wider than {wide:.0}");
        let rects: Vec<Rect> = after.components.values().map(|component| component.rect_world()).collect();
        for (index, card) in rects.iter().enumerate() {
            assert!(rects[index + 1..].iter().all(|other| !touches(*card, *other)), "{name}: {card}");
        }
        assert_eq!(tidied(&after, None), after, "{name}: what is tidy stays as it is");
    }
    // What can be taken in at a glance is one row.
    let after = tidied(&chain(12), None);
    assert!((1..12).all(|number| rect(&after, &format!("c{number}")).y0 == rect(&after, "c0").y0));
}
