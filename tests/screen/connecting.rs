//! Drawing connections with the pointer: from handles to bodies and handles, to the same component, to where nothing is yet.

use egui::{CursorIcon, Event, Key, Modifiers, PointerButton};
use egui_kittest::{Harness, kittest::Queryable as _};
use groundplan::{
    project::{Boundary, ComponentKind, Connection, Edit, ElementId, LineKind, Project, Protocol, Side},
    session::{Action, Request, Select},
};
use kurbo::Point;

use crate::common::canvas as sheet;
use sheet::*;

/// Draws from a handle of the shop and stays at a place of the sheet.
fn pull(harness: &mut Harness<'_, App>, side: &str, to: (f64, f64)) {
    let shop = screen(harness, 98.0, 40.0);
    hover(harness, shop);
    let handle = harness.get_by_label(&format!("Connect Shop from the {side} side")).rect().center();
    let to = screen(harness, to.0, to.1);
    drag(harness, handle, to);
}

fn connect(harness: &mut Harness<'_, App>, side: &str, to: (f64, f64)) {
    pull(harness, side, to);
    let to = screen(harness, to.0, to.1);
    drop_at(harness, to);
}

fn links(harness: &Harness<'_, App>) -> Vec<Connection> {
    harness.state().session.project().connections.values().map(|link| (**link).clone()).collect()
}

fn cursor(harness: &Harness<'_, App>) -> CursorIcon {
    harness.output().platform_output.cursor_icon
}

#[test]
fn dropped_on_the_body_it_floats_where_it_would_leave_there_anyway_and_is_held_where_it_would_not() {
    let mut harness = open(three());
    // The worker is to the right of the shop.
    connect(&mut harness, "right", (500.0, 40.0));
    assert!(links(&harness)[0].course.is_free(), "{:?}", links(&harness)[0].course);
    undo(&mut harness);
    connect(&mut harness, "top", (500.0, 40.0));
    let course = &links(&harness)[0].course;
    assert_eq!((course.from_side, course.to_side), (Some(Side::Top), None));
}

#[test]
fn from_handle_to_handle_both_ends_are_held() {
    let mut harness = open(three());
    // A little off the handle that stands above the worker: it has a magnet.
    connect(&mut harness, "right", (503.0, -18.0));
    let link = &links(&harness)[0];
    assert_eq!((link.from.as_str(), link.to.as_str()), ("shop", "worker"));
    assert_eq!((link.course.from_side, link.course.to_side), (Some(Side::Right), Some(Side::Top)));
    assert_eq!(depth(&harness), 1);
}

#[test]
fn the_handles_of_the_target_show_while_a_connection_comes() {
    let mut harness = open(three());
    assert!(harness.query_by_label("Connect Worker from the top side").is_none());
    pull(&mut harness, "right", (420.0, 40.0));
    harness.get_by_label("Connect Worker from the top side");
    assert_eq!(cursor(&harness), CursorIcon::Crosshair);
}

#[test]
fn a_second_connection_between_two_says_something_else_until_all_is_said() {
    let mut harness = open(three());
    for _ in 0..=Protocol::ALL.len() {
        connect(&mut harness, "bottom", (80.0, 220.0));
    }
    let protocols: Vec<Protocol> = links(&harness).iter().map(|link| link.protocol).collect();
    assert_eq!(protocols[0], Protocol::Database, "the likely one comes first");
    assert_eq!(protocols.len(), Protocol::ALL.len(), "a further one would only repeat: {protocols:?}");
    pull(&mut harness, "bottom", (80.0, 220.0));
    assert_eq!(cursor(&harness), CursorIcon::NotAllowed);
}

#[test]
fn back_on_its_own_card_it_leads_to_itself_and_never_having_left_it_is_none() {
    let mut harness = open(three());
    connect(&mut harness, "right", (150.0, 40.0));
    assert!(links(&harness).is_empty(), "it never left");
    assert!(harness.query_by_label("Find a component to add").is_none());
    pull(&mut harness, "right", (290.0, 120.0));
    let back = screen(&harness, 98.0, 40.0);
    hover(&mut harness, back);
    drop_at(&mut harness, back);
    let link = &links(&harness)[0];
    assert_eq!((link.from.as_str(), link.to.as_str()), ("shop", "shop"));
    assert!(link.course.is_free());
    assert_eq!(last_step(&harness), "Connect Shop to Shop");
}

#[test]
fn dropped_where_nothing_is_it_asks_what_is_to_be_there_and_adds_it_connected_in_one_step() {
    let mut harness = open(three());
    let before = text(&harness);
    connect(&mut harness, "right", (300.0, 200.0));
    assert_eq!(text(&harness), before, "nothing is added before it is chosen");
    harness.get_by_label("Find a component to add");
    harness.event(Event::Text("queue".to_owned()));
    harness.run();
    assert_eq!(harness.state().canvas.offer().map(|offer| offer.edits.len()), Some(2), "it is priced before");
    press(&mut harness, Key::Enter);
    let project = std::sync::Arc::clone(harness.state().session.project());
    let (id, queue) = project.components.last().unwrap();
    assert_eq!(queue.kind, ComponentKind::MessageQueue);
    // Its near side is at the place of the drop.
    let rect = queue.rect_world();
    assert!((Side::Left.middle(rect) - Point::new(300.0, 200.0)).hypot() < 2.0, "{rect:?}");
    let link = &links(&harness)[0];
    assert_eq!((link.from.as_str(), &link.to, link.protocol), ("shop", id, Protocol::Queue));
    assert_eq!(depth(&harness), 1);
    assert_eq!(selected(&harness), [id.as_str()]);
    assert!(harness.query_by_label("Find a component to add").is_none());
    harness.state_mut().session.undo();
    assert_eq!(text(&harness), before);
}

#[test]
fn the_list_covers_neither_what_the_line_comes_from_nor_what_it_would_add_and_says_all_it_asks() {
    let name = "Order management and shipping service";
    for (side, to) in
        [("right", (330.0, 40.0)), ("left", (-130.0, 40.0)), ("bottom", (98.0, 190.0)), ("top", (98.0, -120.0))]
    {
        let mut project = Project::new("One");
        let at = Some(Point::ORIGIN);
        let component = groundplan::project::Component::new(name, ComponentKind::WebApplication, at);
        project.apply(&Edit::PutComponent("shop".into(), component));
        let mut harness = open_alone(App::new(project), [1280.0, 720.0]);
        let shop = screen(&harness, 98.0, 40.0);
        hover(&mut harness, shop);
        let handle = harness.get_by_label(&format!("Connect {name} from the {side} side")).rect().center();
        let to = screen(&harness, to.0, to.1);
        drag(&mut harness, handle, to);
        drop_at(&mut harness, to);
        let list = harness.get_by_role_and_label(egui::accesskit::Role::Dialog, "Add a component").rect();
        let (a, b) = (screen(&harness, 0.0, 0.0), screen(&harness, 196.0, 80.0));
        let source = egui::Rect::from_min_max(a, b);
        assert!(!list.intersects(source), "{side}: {list} covers {source}");
        assert!(!list.contains(to), "{side}: {list} covers the end of the line at {to}");
        let prompt = harness.get_by_label(&format!("Connect {name} to...")).rect();
        assert!(list.contains_rect(prompt), "{side}: {prompt} is cut off by {list}");
    }
}

#[test]
fn the_list_is_walked_by_arrows_taken_by_click_and_left_by_escape_or_a_click_elsewhere() {
    let mut harness = open(three());
    let before = text(&harness);
    let empty = screen(&harness, 300.0, 300.0);
    double_click(&mut harness, empty);
    harness.get_by_label("Find a component to add");
    press(&mut harness, Key::Escape);
    assert!(harness.query_by_label("Find a component to add").is_none());
    double_click(&mut harness, empty);
    let elsewhere = screen(&harness, 300.0, -60.0);
    click(&mut harness, elsewhere, Modifiers::NONE);
    assert!(harness.query_by_label("Find a component to add").is_none());
    assert_eq!(text(&harness), before, "both add nothing");
    double_click(&mut harness, empty);
    for key in [Key::ArrowDown, Key::ArrowDown, Key::ArrowUp, Key::Enter] {
        harness.key_press(key);
        harness.run();
    }
    let project = harness.state().session.project();
    let added = project.components.last().unwrap().1;
    assert_eq!(added.kind, ComponentKind::ALL[1]);
    assert!((added.rect_world().center() - Point::new(300.0, 300.0)).hypot() < 2.0, "around the pointer");
    assert_eq!(last_step(&harness), "Add REST API");
    let empty = screen(&harness, 300.0, -80.0);
    double_click(&mut harness, empty);
    harness.get_by_label("Add API gateway").click();
    harness.run();
    assert_eq!(harness.state().session.project().components.last().unwrap().1.kind, ComponentKind::ApiGateway);
}

#[test]
fn a_double_click_opens_the_list_however_its_clicks_fall_into_frames() {
    let mut harness = open(three());
    let empty = screen(&harness, 300.0, 300.0);
    harness.hover_at(empty);
    harness.run();
    // The longer a frame takes, the more of a double click is in it. From the second time on the list is there at once.
    for frames in [&[1, 1, 1, 1][..], &[2, 2], &[1, 3], &[3, 1], &[4], &[2, 2], &[1, 3], &[3, 1], &[4]] {
        let mut parts = [true, false, true, false].into_iter();
        for count in frames {
            for pressed in parts.by_ref().take(*count) {
                let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
                harness.input_mut().events.push(Event::PointerButton { pos: empty, button, pressed, modifiers });
            }
            harness.step();
        }
        harness.run();
        assert!(harness.query_by_label("Find a component to add").is_some(), "{frames:?}");
        harness.key_press(Key::Escape);
        harness.run();
        assert!(harness.query_by_label("Find a component to add").is_none());
        // The next click is no third one.
        harness.run_steps(20);
    }
}

#[test]
fn the_command_opens_the_list_at_the_pointer_or_in_the_middle_of_the_view() {
    let mut harness = open(three());
    let at = screen(&harness, 300.0, 250.0);
    hover(&mut harness, at);
    run_command(&mut harness, "insert.component");
    press(&mut harness, Key::Enter);
    let added = |harness: &Harness<'_, App>| {
        harness.state().session.project().components.last().unwrap().1.rect_world().center()
    };
    assert!((added(&harness) - Point::new(300.0, 250.0)).hypot() < 2.0, "{:?}", added(&harness));
    harness.event(Event::PointerGone);
    harness.run();
    run_command(&mut harness, "insert.component");
    press(&mut harness, Key::Enter);
    let middle = harness.state().canvas.world_at(harness.state().canvas.viewport().center());
    // As near as there is room for it.
    assert!((added(&harness) - middle).hypot() < 40.0, "{:?}", added(&harness));
}

#[test]
fn escape_while_a_connection_is_drawn_leaves_nothing() {
    let mut harness = open(three());
    let before = text(&harness);
    pull(&mut harness, "right", (500.0, 40.0));
    press(&mut harness, Key::Escape);
    let worker = screen(&harness, 500.0, 40.0);
    drop_at(&mut harness, worker);
    assert_eq!((text(&harness), depth(&harness)), (before, 0));
    assert!(harness.query_by_label("Find a component to add").is_none());
}

#[test]
fn an_end_is_taken_to_another_component_or_handle_in_one_step() {
    let mut harness = open(linked());
    let before = text(&harness);
    let middle = middle_of_link(&harness);
    click(&mut harness, middle, Modifiers::NONE);
    assert_eq!(selected(&harness), ["l"]);
    let end = harness.get_by_label("End of Shop to Worker").rect().center();
    let store = screen(&harness, 80.0, 220.0);
    drag(&mut harness, end, store);
    assert_eq!(links(&harness)[0].to.as_str(), "db", "it shows while it lasts");
    drop_at(&mut harness, store);
    assert_eq!(links(&harness)[0].to.as_str(), "db");
    assert_eq!(depth(&harness), 1);
    assert_eq!(last_step(&harness), "Attach Shop to Worker");
    undo(&mut harness);
    assert_eq!(text(&harness), before);
    // To a handle of the component it is at.
    let end = harness.get_by_label("End of Shop to Worker").rect().center();
    let handle = screen(&harness, 498.0, -12.0);
    drag(&mut harness, end, handle);
    drop_at(&mut harness, handle);
    assert_eq!(links(&harness)[0].course.to_side, Some(Side::Top));
}

#[test]
fn an_end_dropped_where_nothing_is_asks_what_is_to_be_there_and_goes_back_with_escape() {
    let mut harness = open(linked());
    let before = text(&harness);
    let middle = middle_of_link(&harness);
    click(&mut harness, middle, Modifiers::NONE);
    let end = harness.get_by_label("End of Shop to Worker").rect().center();
    let nowhere = screen(&harness, 300.0, 300.0);
    drag(&mut harness, end, nowhere);
    drop_at(&mut harness, nowhere);
    assert_eq!((text(&harness), depth(&harness)), (before.clone(), 0), "nothing is added before it is chosen");
    harness.get_by_label("Find a component to add");
    press(&mut harness, Key::Escape);
    assert_eq!((text(&harness), depth(&harness)), (before.clone(), 0));
    drag(&mut harness, end, nowhere);
    drop_at(&mut harness, nowhere);
    harness.event(Event::Text("queue".to_owned()));
    harness.run();
    press(&mut harness, Key::Enter);
    let (id, queue) = harness.state().session.project().components.last().unwrap();
    assert_eq!((queue.kind, &links(&harness)[0].to), (ComponentKind::MessageQueue, id));
    assert_eq!((links(&harness).len(), depth(&harness)), (1, 1), "it is the connection that was there");
    assert_eq!(last_step(&harness), "Attach Shop to Worker to new Message queue");
    undo(&mut harness);
    assert_eq!(text(&harness), before);
    click(&mut harness, middle, Modifiers::NONE);
    let store = screen(&harness, 80.0, 220.0);
    drag(&mut harness, end, store);
    assert_ne!(text(&harness), before);
    press(&mut harness, Key::Escape);
    drop_at(&mut harness, store);
    assert_eq!((text(&harness), depth(&harness)), (before, 0));
    assert_eq!(selected(&harness), ["l"]);
}

#[test]
fn a_folded_box_takes_no_end_and_says_so() {
    let mut project = linked();
    let frame = Boundary::new("Back", kurbo::Rect::new(-40.0, 160.0, 260.0, 330.0));
    project.apply(&Edit::PutBoundary("back".into(), frame));
    let folded = project.fold(&"back".into()).unwrap();
    project.apply(&Edit::PutBoundary("back".into(), folded));
    let within = project.boundaries["back"].rect_world().center();
    let mut harness = open(project);
    let before = text(&harness);
    let refused = "Unfold Back first, to connect with something in it";
    let say = |harness: &mut Harness<'_, App>| std::mem::take(&mut harness.state_mut().requests);
    pull(&mut harness, "bottom", (within.x, within.y));
    assert_eq!(cursor(&harness), CursorIcon::NotAllowed);
    let at = screen(&harness, within.x, within.y);
    drop_at(&mut harness, at);
    assert!(harness.query_by_label("Find a component to add").is_none(), "it is no empty place");
    assert_eq!(say(&mut harness), [Request::Say(refused.to_owned())]);
    // The same for an end that is there already.
    let link = middle_of_link(&harness);
    click(&mut harness, link, Modifiers::NONE);
    let end = harness.get_by_label("End of Shop to Worker").rect().center();
    drag(&mut harness, end, at);
    assert_eq!(cursor(&harness), CursorIcon::NotAllowed);
    drop_at(&mut harness, at);
    assert_eq!(say(&mut harness), [Request::Say(refused.to_owned())]);
    assert_eq!((text(&harness), depth(&harness)), (before, 0));
}

#[test]
fn a_right_click_on_one_of_several_connections_offers_what_lines_have() {
    let mut project = linked();
    let link = Connection::new("shop".into(), "db".into(), Protocol::Database);
    project.apply(&Edit::PutConnection("m".into(), link));
    let mut harness = open(project);
    let both = ["l", "m"].map(|id| ElementId::Connection(id.into())).into();
    harness.state_mut().session.select(Select::Only(both));
    harness.run();
    let at = middle_of_link(&harness);
    harness.hover_at(at);
    harness.run();
    for pressed in [true, false] {
        button(&harness, at, pressed, PointerButton::Secondary, Modifiers::NONE);
    }
    harness.run();
    harness.get_by_label_contains("Straight line").click();
    harness.run();
    assert!(links(&harness).iter().all(|link| link.course.line == LineKind::Straight));
}

#[test]
fn what_vanishes_while_a_connection_is_drawn_from_it_ends_that() {
    let mut harness = open(three());
    pull(&mut harness, "right", (500.0, 40.0));
    let gone = Edit::Remove([ElementId::Component("shop".into())].into());
    harness.state_mut().session.apply(Action::edit("Delete Shop", vec![gone]));
    harness.run();
    let worker = screen(&harness, 500.0, 40.0);
    drop_at(&mut harness, worker);
    assert!(links(&harness).is_empty());
    click(&mut harness, worker, Modifiers::NONE);
    assert_eq!(selected(&harness), ["worker"], "the pointer is free again");
}

/// The three with a connection from the shop to the worker.
fn linked() -> Project {
    let mut project = three();
    project.apply(&Edit::PutConnection("l".into(), Connection::new("shop".into(), "worker".into(), Protocol::Http)));
    project
}

fn middle_of_link(harness: &Harness<'_, App>) -> egui::Pos2 {
    harness.get_by_label_contains("Connection: Shop to Worker").rect().center()
}
