//! Clipboard and dropped files: what is copied pastes anywhere, what cannot be taken is said, and nothing is lost.

#![expect(clippy::unwrap_used, reason = "helpers of a test")]

use std::{collections::BTreeSet, fs, path::Path};

use egui::{Event, Key, Modifiers, pos2};
use egui_kittest::kittest::Queryable as _;
use groundplan::{
    project::{Boundary, Component, ComponentKind, Connection, Edit, ElementId, Project, Protocol},
    session::{Action, PasteAt, pictured_part},
    storage,
};
use kurbo::Point;

use crate::common::{session, window};
use session::{component, connection, copied, preset, run, session_of};
use window::*;

fn bounds(project: &Project) -> kurbo::Rect {
    groundplan::geometry::layout::bounds(project).unwrap()
}

#[test]
fn cut_and_pasted_in_place_everything_is_as_it_was() {
    for id in ["factory-telemetry", "monolith-decomposition"] {
        let mut session = session_of(preset(id));
        let first = session.project().components.keys().next().unwrap().clone();
        session.apply(Action::edit("Pin", vec![Edit::SetComponentNotes(first.clone(), "Ask Ada".to_owned())]));
        let before = (**session.project()).clone();
        run(&mut session, "edit.select-all");
        let text = copied(&mut session, "edit.cut");
        assert!(session.project().components.is_empty());
        session.paste_at(&text, PasteAt::InPlace).unwrap();
        let after = session.project();
        assert_eq!(after.components, before.components, "traits, pins, notes and ids");
        assert_eq!(after.connections, before.connections);
        assert_eq!((&after.boundaries, &after.sticky_notes), (&before.boundaries, &before.sticky_notes));
        assert_eq!(session.history().undo_name().unwrap().split(' ').next(), Some("Paste"));
    }
}

#[test]
fn the_middle_of_what_is_pasted_lies_at_the_pointer_on_the_grid() {
    let mut from = session_of(preset("factory-telemetry"));
    run(&mut from, "edit.select-all");
    let text = copied(&mut from, "edit.copy");
    let mut to = session_of(Project::new("Other"));
    to.paste_at(&text, PasteAt::Centre(Point::new(5_000.0, -3_000.0))).unwrap();
    let all = bounds(to.project());
    assert!((all.center() - Point::new(5_000.0, -3_000.0)).hypot() < 24.0, "{all:?}");
    assert_eq!((all.x0.rem_euclid(24.0), all.y0.rem_euclid(24.0)), (0.0, 0.0));
    assert_eq!(all.size(), bounds(from.project()).size(), "nothing moved beside the others");
    assert_eq!(to.project().connections.len(), from.project().connections.len());
    assert_eq!(
        to.selection().len(),
        to.project().components.len()
            + to.project().connections.len()
            + to.project().boundaries.len()
            + to.project().sticky_notes.len()
    );
    assert_eq!(to.history().depth(), 1);
}

#[test]
fn pasted_again_at_the_same_place_it_steps_aside() {
    let mut project = Project::new("Plan");
    let component = Component::new("Shop", ComponentKind::Worker, Some((0.0, 0.0).into()));
    project.apply(&Edit::PutComponent("shop".into(), component));
    let mut session = session_of(project);
    run(&mut session, "edit.select-all");
    let text = copied(&mut session, "edit.copy");
    for _ in 0..5 {
        session.paste_at(&text, PasteAt::Centre(Point::new(240.0, 240.0))).unwrap();
        session.paste(&text).unwrap();
    }
    let places: BTreeSet<(i64, i64)> = session
        .project()
        .components
        .values()
        .map(|component| component.pos_world.unwrap())
        .map(|at| (at.x as i64, at.y as i64))
        .collect();
    assert_eq!(places.len(), 11, "each can be seen: {places:?}");
    assert!(session.project().validate().is_empty());
}

#[test]
fn what_comes_from_another_plan_goes_where_people_look_and_covers_nothing() {
    let worker = |name: &str, at: Point| {
        let mut project = Project::new("Plan");
        let component = Component::new(name, ComponentKind::Worker, Some(at));
        project.apply(&Edit::PutComponent(name.to_lowercase().as_str().into(), component));
        project
    };
    let mut from = session_of(worker("Shop", Point::new(9_000.0, 9_000.0)));
    run(&mut from, "edit.select-all");
    let text = copied(&mut from, "edit.copy");
    let looked_at = Point::new(98.0, 40.0);
    for at in [PasteAt::Near(looked_at), PasteAt::BesideOr(looked_at)] {
        let mut to = session_of(worker("Desk", Point::ORIGIN));
        to.paste_at(&text, at).unwrap();
        let [desk, shop] = ["desk", "shop"].map(|id| to.project().components[id].rect_world());
        assert_eq!(desk.intersect(shop).area(), 0.0, "{shop:?} covers {desk:?}");
        assert!((shop.center() - looked_at).hypot() < 300.0, "{shop:?}");
        to.paste_at(&text, at).unwrap();
        let all: Vec<kurbo::Rect> = to.project().components.values().map(|component| component.rect_world()).collect();
        for (index, a) in all.iter().enumerate() {
            assert!(all[index + 1..].iter().all(|b| a.intersect(*b).area() == 0.0), "{all:?}");
        }
    }
    for (at, wanted) in [(PasteAt::BesideOr(looked_at), 9_000.0), (PasteAt::Near(looked_at), 0.0)] {
        from.paste_at(&text, at).unwrap();
        let copy = from.project().components.last().unwrap().1.rect_world();
        assert!((copy.center() - Point::new(wanted, wanted)).hypot() < 300.0, "within a plan as ever: {copy:?}");
    }
}

#[test]
fn a_duplicate_goes_into_free_room_below_and_is_seen() {
    let mut project = Project::new("Plan");
    for (id, y) in [("shop", 0.0), ("desk", 100.0), ("mail", 220.0)] {
        let component = Component::new(id, ComponentKind::Worker, Some((0.0, y).into()));
        project.apply(&Edit::PutComponent(id.into(), component));
    }
    let mut session = session_of(project);
    session.apply(Action::Select(groundplan::session::Select::Only(vec![component("shop")])));
    run(&mut session, "edit.duplicate");
    let all: Vec<kurbo::Rect> = session.project().components.values().map(|component| component.rect_world()).collect();
    for (index, a) in all.iter().enumerate() {
        assert!(all[index + 1..].iter().all(|b| a.intersect(*b).area() == 0.0), "{all:?}");
    }
    let see = groundplan::session::Request::Canvas(groundplan::session::CanvasRequest::SeeSelection);
    assert!(session.take_requests().contains(&see));
}

#[test]
fn copies_of_components_and_boundaries_are_numbered_alike() {
    let mut project = Project::new("Plan");
    let component = Component::new("Shop", ComponentKind::Worker, Some((40.0, 40.0).into()));
    project.apply(&Edit::PutComponent("shop".into(), component));
    let frame = groundplan::project::Boundary::new("Front", kurbo::Rect::new(0.0, 0.0, 300.0, 200.0));
    project.apply(&Edit::PutBoundary("front".into(), frame));
    let mut session = session_of(project);
    session.apply(Action::Select(groundplan::session::Select::Only(vec![ElementId::Boundary("front".into())])));
    run(&mut session, "edit.duplicate");
    let project = session.project();
    let names: Vec<&str> = project.boundaries.values().map(|boundary| boundary.name.as_str()).collect();
    assert_eq!(names, ["Front", "Front 2"]);
    assert!(project.components.values().any(|component| component.name == "Shop 2"));
}

#[test]
fn two_thousand_of_one_name_are_pasted_with_ids_of_their_own() {
    let mut part = Project::new("Clipboard");
    for i in 0..2_000 {
        let at = Point::new(f64::from(i % 50) * 220.0, f64::from(i / 50) * 100.0);
        let id = part.new_component_id("Redis");
        part.apply(&Edit::PutComponent(id, Component::new("Redis", ComponentKind::Redis, Some(at))));
    }
    assert!(part.components.contains_key("redis-2000"));
    let mut session = session_of(part.clone());
    session.paste(&storage::to_text(&part).unwrap()).unwrap();
    assert_eq!(session.project().components.len(), 4_000);
    let names: std::collections::BTreeSet<&str> =
        session.project().components.values().map(|component| component.name.as_str()).collect();
    assert_eq!(names.len(), 2_001, "each copy has a name of its own");
}

#[test]
fn plain_text_becomes_a_note_and_damaged_elements_a_message() {
    let mut session = session_of(preset("factory-telemetry"));
    let before = session.project().sticky_notes.len();
    session.paste_at("  Talk to the plant\nabout shifts ", PasteAt::Centre(Point::new(0.0, -900.0))).unwrap();
    let (id, note) = session.project().sticky_notes.last().unwrap();
    assert_eq!(note.text, "Talk to the plant\nabout shifts");
    assert!((note.rect_world().center() - Point::new(0.0, -900.0)).hypot() < 40.0);
    assert_eq!(*session.selection(), BTreeSet::from([ElementId::Note(id.clone())]));
    assert_eq!((session.project().sticky_notes.len(), session.history().depth()), (before + 1, 1));
    let long = "x".repeat(1_000_000);
    session.paste(&long).unwrap();
    assert!(session.project().sticky_notes.last().unwrap().1.text.len() < 10_000);
    assert!(session.project().validate().is_empty());
    let steps = session.history().depth();
    for damaged in ["(format: 1, components: {\"a\": (name: \"A\", kind: wor", "(format: 99, components: {})"] {
        let message = session.paste(damaged).unwrap_err();
        assert!(message.starts_with("The clipboard's elements are damaged"), "{message}");
        assert!(message.contains("copy them again") && message.len() < 120, "{message}");
    }
    assert_eq!(session.history().depth(), steps);
}

#[test]
fn a_picture_of_the_selection_shows_what_lies_between_and_no_more() {
    let mut project = Project::new("Plan");
    for (id, x) in [("a", 0.0), ("b", 300.0), ("c", 1_200.0)] {
        project.apply(&Edit::PutComponent(id.into(), Component::new(id, ComponentKind::Worker, Some((x, 0.0).into()))));
    }
    for (from, to) in [("a", "b"), ("b", "c")] {
        let link = Connection::new(from.into(), to.into(), Protocol::Http);
        project.apply(&Edit::PutConnection(format!("{from}-to-{to}").as_str().into(), link));
    }
    let put = |id: &str, rect| Edit::PutBoundary(id.into(), Boundary::new(id, rect));
    project.apply(&put("both", kurbo::Rect::new(-20.0, -20.0, 520.0, 120.0)));
    project.apply(&put("all", kurbo::Rect::new(-60.0, -60.0, 1_500.0, 200.0)));
    let part = pictured_part(&project, &["a", "b"].map(component).into());
    assert_eq!(part.components.len(), 2);
    assert_eq!(part.connections.keys().map(groundplan::project::ConnectionId::as_str).collect::<Vec<_>>(), ["a-to-b"]);
    assert_eq!(part.boundaries.keys().map(groundplan::project::BoundaryId::as_str).collect::<Vec<_>>(), ["both"]);
    let part = pictured_part(&project, &[connection("b-to-c")].into());
    assert_eq!(part.components.keys().map(groundplan::project::ComponentId::as_str).collect::<Vec<_>>(), ["b", "c"]);
}

const PLAN: &str = r#"(format: 1, name: "Plan", components: {
    "shop": (name: "Shop", kind: web_application, pos: (0, 0), traits: {"tables": 40}),
    "desk": (name: "Desk", kind: back_office, pos: (300, 0)),
}, connections: {"desk-to-shop": (from: "desk", to: "shop")})"#;
const PART: &str =
    r#"(format: 1, name: "Clipboard", components: {"mail": (name: "Mail", kind: notification, pos: (4000, 4000))})"#;

fn components(window: &Window) -> usize {
    project(window).components.len()
}

#[test]
fn a_paste_comes_to_the_pointer_and_in_place_to_where_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), PLAN);
    window.hover_at(pos2(500.0, 500.0));
    window.run_steps(2);
    window.event(Event::Paste(PART.to_owned()));
    settle(&mut window);
    let card = window.get_by_label_contains("Mail, Notification service").rect();
    assert!(card.center().distance(pos2(500.0, 500.0)) < 40.0, "{card:?}");
    // However soon or late the desktop answers.
    for frames in [0, 1, 2] {
        let before = components(&window);
        ask_to_paste_in_place(&mut window);
        window.run_steps(frames);
        window.event(Event::Paste(PART.to_owned()));
        window.run_steps(6);
        assert_eq!(components(&window), before + 1);
        assert_eq!(last_place(&window), Point::new(4_000.0, 4_000.0), "after {frames} frames");
    }
    // Asked twice before it answers, it answers twice; what is pasted then goes to the pointer again.
    ask_to_paste_in_place(&mut window);
    ask_to_paste_in_place(&mut window);
    for expected in [true, true, false] {
        window.event(Event::Paste(PART.to_owned()));
        window.run_steps(2);
        assert_eq!(last_place(&window) == Point::new(4_000.0, 4_000.0), expected);
    }
}

/// In one frame; the desktop answers in a later one.
fn ask_to_paste_in_place(window: &mut Window) {
    let modifiers = Modifiers::COMMAND | Modifiers::SHIFT;
    let press = Event::Key { key: Key::V, physical_key: None, pressed: true, repeat: false, modifiers };
    window.input_mut().events.push(press);
    window.run_steps(1);
}

/// Where the component stands that was added last.
fn last_place(window: &Window) -> Point {
    window.state().session().project().components.values().last().unwrap().pos_world.unwrap()
}

#[test]
fn what_was_not_there_to_be_pasted_in_place_does_not_place_the_next_paste() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), PLAN);
    window.hover_at(pos2(500.0, 500.0));
    window.run_steps(2);
    ask_to_paste_in_place(&mut window);
    // The clipboard was empty, or held a picture: no answer came for more than a second.
    window.run_steps(8);
    window.event(Event::Paste(PART.to_owned()));
    window.run_steps(6);
    let card = window.get_by_label_contains("Mail, Notification service").rect();
    assert!(card.center().distance(pos2(500.0, 500.0)) < 40.0, "{card:?}, {}", last_place(&window));
}

#[test]
fn two_windows_exchange_elements_through_the_clipboard() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let mut from = open(folders[0].path(), PLAN);
    let mut to = open(folders[1].path(), PART);
    key(&mut from, Modifiers::COMMAND, Key::A);
    from.event(Event::Copy);
    from.run_steps(1);
    let copied = from.output().platform_output.commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    to.event(Event::Paste(copied.unwrap()));
    settle(&mut to);
    let project = to.state().session().project();
    assert_eq!((project.components.len(), project.connections.len()), (3, 1));
    assert_eq!(project.components["shop"].traits, from.state().session().project().components["shop"].traits);
}

#[test]
fn a_picture_goes_on_the_clipboard_at_twice_the_size() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), PLAN);
    window.get_by_label_contains("Shop, Web application").click();
    window.run_steps(4);
    let modifiers = Modifiers::COMMAND | Modifiers::SHIFT;
    // Into one frame, so that each frame after it can be looked at.
    let press = Event::Key { key: Key::C, physical_key: None, pressed: true, repeat: false, modifiers };
    window.input_mut().events.push(press);
    let mut image = None;
    for _ in 0..4 {
        window.run_steps(1);
        image = image.or_else(|| {
            window.output().platform_output.commands.iter().find_map(|command| match command {
                egui::OutputCommand::CopyImage(image) => Some(image.clone()),
                _ => None,
            })
        });
    }
    let image = image.unwrap_or_else(|| panic!("{:?}", window.state().messages()));
    assert_eq!(image.size, [2 * (196 + 32), 2 * (80 + 32)], "the card and what is around it");
    assert!(says(&window, "Copied a picture"));
    assert!(image.pixels.iter().all(egui::Color32::is_opaque));
}

#[test]
fn a_file_dropped_on_a_plan_is_put_into_it_or_opened() {
    let folder = tempfile::tempdir().unwrap();
    let part = folder.path().join("part.ron");
    fs::write(&part, PART).unwrap();
    let mut window = open(folder.path(), PLAN);
    window.hover_at(pos2(600.0, 400.0));
    window.run_steps(2);
    drop_files(&mut window, &[&part]);
    assert_eq!(components(&window), 2, "it asks first");
    window.get_by_label("Insert here").click();
    settle(&mut window);
    assert_eq!(components(&window), 3);
    let card = window.get_by_label_contains("Mail, Notification service").rect();
    assert!(card.center().distance(pos2(600.0, 400.0)) < 40.0, "where it was dropped: {card:?}");
    assert_eq!(depth(&window), 1);

    drop_files(&mut window, &[&part]);
    window.get_by_label("Cancel").click();
    settle(&mut window);
    assert_eq!(components(&window), 3);
    drop_files(&mut window, &[&part]);
    window.get_by_label("Open").click();
    settle(&mut window);
    assert_eq!(components(&window), 3, "the change would be lost, so it asks");
    window.get_by_label("Don't save").click();
    settle(&mut window);
    assert_eq!(components(&window), 1);
}

#[test]
fn what_cannot_be_taken_is_said_and_the_plan_stays() {
    let folder = tempfile::tempdir().unwrap();
    let [broken, picture, missing] = ["broken.ron", "picture.png", "gone.ron"].map(|name| folder.path().join(name));
    fs::write(&broken, "(format: 1, components: {").unwrap();
    fs::write(&picture, [0x89, b'P', 0xff, 0x00]).unwrap();
    let mut window = open(folder.path(), PLAN);
    let before = bytes(&window);
    let cases: [(&[&Path], &str); 5] = [
        (&[&broken, &picture], "2 files were dropped"),
        (&[folder.path()], "This is a folder"),
        (&[&broken], "broken.ron"),
        (&[&picture], "not a text file"),
        (&[&missing], "no such file"),
    ];
    for (paths, words) in cases {
        drop_files(&mut window, paths);
        assert!(says(&window, words), "{words}: {:?}", window.state().messages());
    }
    assert_eq!(bytes(&window), before);
    window.input_mut().hovered_files.push(egui::HoveredFile { path: Some(broken), ..Default::default() });
    window.run_steps(3);
    assert!(window.query_by_label_contains("Drop to take broken.ron").is_some());
}

#[test]
fn a_presentation_shows_no_grips_of_what_is_selected() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), PLAN);
    window.hover_at(pos2(560.0, 420.0));
    press(&mut window, Key::N);
    press(&mut window, Key::Escape);
    let grips = |window: &Window| window.query_all_by_label_contains("Resize ").count();
    assert!(grips(&window) > 0);
    press(&mut window, Key::F5);
    assert_eq!(grips(&window), 0);
    press(&mut window, Key::F5);
    assert!(grips(&window) > 0);
}

#[test]
fn presenting_shows_the_drawing_alone_and_the_panels_come_back_as_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), PLAN);
    key(&mut window, Modifiers::COMMAND, Key::J);
    window.get_by_label_contains("Shop, Web application").click();
    settle(&mut window);
    let panels = |window: &Window| {
        [("Find a component", true), ("File", true), ("Recommendation", false)]
            .map(|(label, _)| window.query_all_by_label(label).next().is_some())
    };
    let (before, selected) = (panels(&window), window.state().session().selection().clone());
    assert_eq!(before, [true, true, false]);
    press(&mut window, Key::F5);
    assert!(window.state().is_presenting());
    assert_eq!(panels(&window), [false; 3]);
    assert!(window.query_by_label("Fit").is_none() && window.query_by_label("Overview map").is_none());
    let shop = window.get_by_label_contains("Shop, Web application").rect();
    window.hover_at(shop.center());
    window.run_steps(3);
    assert!(window.query_by_label_contains("Connect Shop").is_none(), "what is shown is not worked on");
    assert!(shop.width() > 300.0, "large enough to be seen from the other end of a room: {shop}");
    assert!(window.query_by_label_contains("Shop, Web application").is_some());
    assert!(window.query_by_label("Esc leaves").is_some());
    key(&mut window, Modifiers::COMMAND, Key::F);
    press(&mut window, Key::Escape);
    assert!(window.state().is_presenting(), "Esc closed the search and no more");
    press(&mut window, Key::Escape);
    assert!(!window.state().is_presenting());
    assert_eq!(panels(&window), before);
    assert_eq!(*window.state().session().selection(), selected);
    press(&mut window, Key::F5);
    window.run_steps(30);
    assert!(window.query_by_label("Esc leaves").is_none(), "nobody points at anything: the drawing is alone");
    window.hover_at(pos2(300.0, 300.0));
    window.run_steps(2);
    assert!(window.query_by_label("Esc leaves").is_some());
    press(&mut window, Key::F5);
    assert_eq!(panels(&window), before, "the same key leaves");
    press(&mut window, Key::F5);
    key(&mut window, Modifiers::COMMAND, Key::J);
    assert_eq!(panels(&window), [true; 3], "whoever asks for a panel sees it");
}
