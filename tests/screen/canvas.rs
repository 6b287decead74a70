//! The canvas as a person uses it: by what is seen and named, with the pointer.

use std::sync::Arc;

use egui::{CursorIcon, DragAndDrop, Event, Key, Modifiers, PointerButton, pos2, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use groundplan::{
    project::{Boundary, Component, ComponentKind, Connection, Edit, ElementId, Project, Protocol},
    session::{Action, CanvasRequest},
    ui::{View, canvas::add_in_view, theme},
};
use kurbo::Point;

use crate::common::canvas as sheet;
use sheet::*;

#[test]
fn a_tap_that_goes_down_and_up_within_one_frame_selects() {
    let mut harness = open(three());
    let at = screen(&harness, 60.0, 40.0);
    harness.hover_at(at);
    harness.run();
    for pressed in [true, false] {
        let event =
            Event::PointerButton { pos: at, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE };
        harness.input_mut().events.push(event);
    }
    harness.run();
    assert_eq!(selected(&harness), ["shop"]);
}

#[test]
fn in_a_slow_frame_a_click_is_where_it_was_made_and_moves_nothing() {
    let mut harness = open(three());
    let before = text(&harness);
    let at = screen(&harness, 60.0, 40.0);
    harness.hover_at(at);
    harness.run();
    // Down, up, and away to the other end of the canvas, all before the next frame.
    let events = &mut harness.input_mut().events;
    for pressed in [true, false] {
        let modifiers = Modifiers::NONE;
        events.push(Event::PointerButton { pos: at, button: PointerButton::Primary, pressed, modifiers });
    }
    events.push(Event::PointerMoved(pos2(900.0, 60.0)));
    harness.run();
    assert_eq!(text(&harness), before);
    assert_eq!(selected(&harness), ["shop"]);
}

#[test]
fn an_emptied_sheet_keeps_its_camera_for_undo() {
    let mut harness = open(three());
    let camera = harness.state().canvas.camera;
    for command in ["edit.select-all", "edit.delete"] {
        harness.state_mut().session.apply(Action::Run(command));
    }
    harness.set_size(vec2(1000.0, 640.0));
    harness.run();
    harness.set_size(vec2(1000.0, 700.0));
    harness.run();
    harness.state_mut().session.apply(Action::Run("edit.undo"));
    harness.run();
    assert_eq!(harness.state().canvas.camera, camera);
}

#[test]
fn dragging_from_the_palette_adds_what_was_dragged_where_it_is_dropped() {
    let mut harness = open(Project::new("Blank"));
    let before = text(&harness);
    let source = harness.get_by_label("Source").rect().center();
    let target = pos2(600.0, 300.0);
    drag(&mut harness, source, target);
    assert_eq!(text(&harness), before, "nothing is added before it is dropped");
    drop_at(&mut harness, target);
    let session = &harness.state().session;
    let (id, component) = session.project().components.first().unwrap();
    assert_eq!((component.name.as_str(), component.kind), ("REST API", ComponentKind::RestApi));
    let middle = harness.state().canvas.camera.screen_from_world(component.rect_world().center());
    assert!((middle - Point::new(600.0, 300.0)).hypot() < 1.0, "{middle:?}");
    assert_eq!(session.selection().iter().next(), Some(&ElementId::Component(id.clone())));
    assert_eq!(session.history().undo_name(), Some("Add REST API"));
    harness.get_by_label_contains("REST API, REST API");
    assert!(!DragAndDrop::has_any_payload(&harness.ctx), "the payload is used up");
}

#[test]
fn a_drop_beside_the_canvas_adds_nothing() {
    let mut harness = open(three());
    let before = text(&harness);
    let source = harness.get_by_label("Source").rect().center();
    drag(&mut harness, source, pos2(60.0, 500.0));
    drop_at(&mut harness, pos2(60.0, 500.0));
    assert_eq!(text(&harness), before);
}

#[test]
fn adding_without_a_drag_covers_nothing_and_takes_a_name_of_its_own() {
    let mut harness = open(Project::new("Blank"));
    for _ in 0..3 {
        let app = harness.state_mut();
        let view = View { session: &app.session, animate: false };
        let actions = add_in_view(ComponentKind::Worker, &view, &app.canvas);
        for action in actions {
            app.session.apply(action);
        }
    }
    harness.run();
    let components: Vec<_> = harness.state().session.project().components.values().cloned().collect();
    let names: Vec<&str> = components.iter().map(|component| component.name.as_str()).collect();
    assert_eq!(names, ["Background worker", "Background worker 2", "Background worker 3"]);
    for (index, a) in components.iter().enumerate() {
        for b in &components[index + 1..] {
            assert!(!groundplan::geometry::grid::touches(a.rect_world(), b.rect_world()));
        }
    }
}

#[test]
fn a_move_is_one_step_and_undo_gives_back_the_same_bytes() {
    let mut harness = open(three());
    let before = text(&harness);
    let from = screen(&harness, 98.0, 40.0);
    drag(&mut harness, from, from + vec2(37.0, 91.0));
    drop_at(&mut harness, from + vec2(37.0, 91.0));
    let moved = place(&harness, "shop");
    assert!(moved.x > 20.0 && moved.y > 60.0, "{moved:?}");
    assert_eq!(selected(&harness), ["shop"], "what was dragged is selected");
    assert_eq!(harness.state().session.history().depth(), 1);
    assert_eq!(harness.state().session.history().undo_name(), Some("Move Shop"));
    harness.state_mut().session.undo();
    harness.run();
    assert_eq!(text(&harness), before);
}

#[test]
fn a_move_snaps_to_what_is_level_with_it_unless_ctrl_is_held() {
    let mut harness = open(three());
    let from = screen(&harness, 498.0, 40.0);
    drag(&mut harness, from, from + vec2(30.0, 5.0));
    drop_at(&mut harness, from + vec2(30.0, 5.0));
    assert_eq!(place(&harness, "worker").y, 0.0, "level with the shop again");
    harness.state_mut().session.undo();
    harness.run();
    harness.event(Event::ModifiersChanged(Modifiers::CTRL));
    drag(&mut harness, from, from + vec2(30.0, 5.0));
    drop_at(&mut harness, from + vec2(30.0, 5.0));
    assert!(place(&harness, "worker").y > 3.0, "{:?}", place(&harness, "worker"));
}

#[test]
fn escape_during_a_drag_leaves_no_trace() {
    let mut harness = open(three());
    let (before, selection) = (text(&harness), selected(&harness));
    let from = screen(&harness, 98.0, 40.0);
    drag(&mut harness, from, from + vec2(120.0, 60.0));
    assert_ne!(text(&harness), before, "the move shows while it lasts");
    harness.key_press(Key::Escape);
    harness.run();
    harness.hover_at(from + vec2(150.0, 60.0));
    drop_at(&mut harness, from + vec2(150.0, 60.0));
    assert_eq!(text(&harness), before);
    assert_eq!(harness.state().session.history().depth(), 0);
    assert_eq!(selected(&harness), selection);
}

#[test]
fn a_marquee_to_the_right_encloses_and_to_the_left_touches() {
    let mut harness = open(three());
    let (above, across) = (screen(&harness, -40.0, -40.0), screen(&harness, 450.0, 100.0));
    drag(&mut harness, above, across);
    drop_at(&mut harness, across);
    assert_eq!(selected(&harness), ["shop"]);
    drag(&mut harness, across, above);
    drop_at(&mut harness, above);
    assert_eq!(selected(&harness), ["shop", "worker"]);
    assert_eq!(harness.state().session.history().depth(), 0, "selecting is no edit");
}

#[test]
fn clicks_select_shift_toggles_and_the_empty_sheet_clears() {
    let mut harness = open(three());
    let (shop, worker) = (screen(&harness, 98.0, 40.0), screen(&harness, 498.0, 40.0));
    click(&mut harness, shop, Modifiers::NONE);
    assert_eq!(selected(&harness), ["shop"]);
    let node = harness.get_by_label_contains("Shop, Web application");
    assert_eq!(node.accesskit_node().toggled(), Some(egui::accesskit::Toggled::True));
    click(&mut harness, worker, Modifiers::SHIFT);
    assert_eq!(selected(&harness), ["shop", "worker"]);
    click(&mut harness, shop, Modifiers::SHIFT);
    assert_eq!(selected(&harness), ["worker"]);
    let empty = screen(&harness, 300.0, 150.0);
    click(&mut harness, empty, Modifiers::NONE);
    assert!(selected(&harness).is_empty());
}

#[test]
fn a_handle_connects_two_components() {
    let mut harness = open(three());
    let shop = screen(&harness, 98.0, 40.0);
    harness.hover_at(shop);
    harness.run();
    let handle = harness.get_by_label("Connect Shop from the bottom side").rect().center();
    let store = screen(&harness, 80.0, 220.0);
    drag(&mut harness, handle, store);
    drop_at(&mut harness, store);
    let project = Arc::clone(harness.state().session.project());
    assert_eq!(project.connections.len(), 1);
    let link = &project.connections[0];
    assert_eq!((link.from.as_str(), link.to.as_str(), link.protocol), ("shop", "db", Protocol::Database));
    assert_eq!(harness.state().session.history().undo_name(), Some("Connect Shop to Store"));
    harness.get_by_label("Connection: Shop to Store, Database");
}

#[test]
fn zooming_keeps_what_is_under_the_pointer() {
    let mut harness = open(three());
    let at = screen(&harness, 498.0, 40.0);
    harness.hover_at(at);
    harness.run();
    let before = harness.state().canvas.camera.zoom;
    harness.event(Event::Zoom(1.6));
    harness.run();
    assert!(harness.state().canvas.camera.zoom > before * 1.3);
    assert!(screen(&harness, 498.0, 40.0).distance(at) < 0.5);
    let world = harness.state().canvas.world_at(at);
    button(&harness, at, true, PointerButton::Middle, Modifiers::NONE);
    harness.hover_at(at + vec2(80.0, 30.0));
    button(&harness, at + vec2(80.0, 30.0), false, PointerButton::Middle, Modifiers::NONE);
    harness.run();
    let after = harness.state().canvas.world_at(at + vec2(80.0, 30.0));
    assert!((after - world).hypot() < 1e-3, "the sheet hangs at the pointer");
}

#[test]
fn deleting_takes_the_connections_along_and_everything_off_the_screen_stays_unbuilt() {
    let mut project = three();
    project.apply(&Edit::PutConnection("l".into(), Connection::new("shop".into(), "db".into(), Protocol::Database)));
    let mut harness = open(project);
    let shop = screen(&harness, 98.0, 40.0);
    click(&mut harness, shop, Modifiers::NONE);
    harness.state_mut().session.apply(Action::Run("edit.delete"));
    harness.run();
    assert!(harness.query_by_label_contains("Shop, Web application").is_none());
    assert!(harness.state().session.project().connections.is_empty());
    harness.state_mut().canvas.camera.pan((5_000.0, 0.0).into());
    harness.run();
    assert!(harness.query_by_label_contains("Worker, Background worker").is_none());
    harness.state_mut().canvas.request(CanvasRequest::FitAll);
    harness.run();
    harness.get_by_label_contains("Worker, Background worker");
}

#[test]
fn a_boundary_takes_what_is_in_it_along() {
    let mut project = three();
    let frame = Boundary::new("Team", kurbo::Rect::from_origin_size((-40.0, -40.0), (276.0, 160.0)));
    project.apply(&Edit::PutBoundary("team".into(), frame));
    let mut harness = open(project);
    harness.event(Event::ModifiersChanged(Modifiers::CTRL));
    let caption = screen(&harness, 0.0, -40.0);
    drag(&mut harness, caption, caption + vec2(0.0, -50.0));
    drop_at(&mut harness, caption + vec2(0.0, -50.0));
    let moved = place(&harness, "shop").y;
    assert!(moved < -40.0, "{moved}");
    assert_eq!(harness.state().session.project().boundaries["team"].pos_world.y, -40.0 + moved);
    assert_eq!(place(&harness, "db"), Point::new(0.0, 200.0));
    assert_eq!(harness.state().session.history().undo_name(), Some("Move Team"));
}

#[test]
fn alt_drag_leaves_a_copy_in_one_step() {
    let mut harness = open(three());
    let before = text(&harness);
    let from = screen(&harness, 98.0, 40.0);
    harness.event(Event::ModifiersChanged(Modifiers::ALT));
    drag(&mut harness, from, from + vec2(60.0, -150.0));
    drop_at(&mut harness, from + vec2(60.0, -150.0));
    harness.event(Event::ModifiersChanged(Modifiers::NONE));
    assert_eq!(harness.state().session.project().components.len(), 4);
    assert_eq!(place(&harness, "shop"), Point::ORIGIN);
    assert_eq!(selected(&harness), ["shop-2"]);
    harness.state_mut().session.undo();
    assert_eq!(text(&harness), before);
}

#[test]
fn escape_during_an_alt_drag_leaves_no_copy() {
    let mut harness = open(three());
    let before = text(&harness);
    let worker = screen(&harness, 498.0, 40.0);
    click(&mut harness, worker, Modifiers::NONE);
    let from = screen(&harness, 98.0, 40.0);
    harness.event(Event::ModifiersChanged(Modifiers::ALT));
    drag(&mut harness, from, from + vec2(60.0, -150.0));
    assert_eq!(harness.state().session.project().components.len(), 4);
    harness.event(Event::ModifiersChanged(Modifiers::NONE));
    harness.key_press(Key::Escape);
    harness.run();
    drop_at(&mut harness, from + vec2(60.0, -150.0));
    assert_eq!((text(&harness), harness.state().session.history().depth()), (before, 0));
    assert_eq!(selected(&harness), ["worker"], "and the selection is the one from before");
}

#[test]
fn alt_makes_a_drag_a_copy_for_as_long_as_it_is_held() {
    let mut harness = open(three());
    let before = text(&harness);
    let cursor = |harness: &Harness<'_, App>| harness.output().platform_output.cursor_icon;
    let count = |harness: &Harness<'_, App>| harness.state().session.project().components.len();
    let from = screen(&harness, 98.0, 40.0);
    let to = from + vec2(60.0, -150.0);
    drag(&mut harness, from, to);
    assert_eq!((cursor(&harness), count(&harness)), (CursorIcon::Move, 3));
    harness.event(Event::ModifiersChanged(Modifiers::ALT));
    harness.run();
    assert_eq!((cursor(&harness), count(&harness)), (CursorIcon::Copy, 4));
    assert_eq!(place(&harness, "shop"), Point::ORIGIN, "the original is back");
    harness.event(Event::ModifiersChanged(Modifiers::NONE));
    harness.run();
    assert_eq!((cursor(&harness), count(&harness)), (CursorIcon::Move, 3));
    assert_ne!(place(&harness, "shop"), Point::ORIGIN);
    harness.event(Event::ModifiersChanged(Modifiers::ALT));
    harness.run();
    drop_at(&mut harness, to);
    harness.event(Event::ModifiersChanged(Modifiers::NONE));
    assert_eq!((count(&harness), depth(&harness)), (4, 1));
    assert_eq!(last_step(&harness), "Duplicate Shop");
    assert_eq!(harness.state().session.project().components["shop-2"].name, "Shop 2");
    undo(&mut harness);
    assert_eq!(text(&harness), before);
}

#[test]
fn what_the_palette_drags_over_a_card_shows_nothing_of_that() {
    let mut harness = open(three());
    let source = harness.get_by_label("Source").rect().center();
    let shop = screen(&harness, 98.0, 40.0);
    drag(&mut harness, source, shop);
    harness.run_steps(20);
    assert!(harness.query_by_label("Connect Shop from the right side").is_none());
    drop_at(&mut harness, shop);
    assert!(harness.query_by_label("Shop").is_none(), "nothing is said of what lies beneath");
}

#[test]
fn the_context_menu_runs_commands_of_the_table() {
    let mut harness = open(three());
    let shop = screen(&harness, 98.0, 40.0);
    harness.hover_at(shop);
    button(&harness, shop, true, PointerButton::Secondary, Modifiers::NONE);
    button(&harness, shop, false, PointerButton::Secondary, Modifiers::NONE);
    harness.run();
    assert_eq!(selected(&harness), ["shop"], "a right click selects what it is on");
    harness.get_by_label_contains("Duplicate").click();
    harness.run();
    assert_eq!(harness.state().session.project().components.len(), 4);
}

#[test]
fn below_what_suits_a_thing_its_menu_has_everything_else_that_can_be_done() {
    let mut harness = open(three());
    let shop = screen(&harness, 98.0, 40.0);
    harness.hover_at(shop);
    button(&harness, shop, true, PointerButton::Secondary, Modifiers::NONE);
    button(&harness, shop, false, PointerButton::Secondary, Modifiers::NONE);
    harness.run();
    harness.get_by_label("More").click();
    harness.run();
    for menu in ["Edit", "Insert", "Arrange", "Go", "View"] {
        harness.get_by_label(menu);
    }
    harness.get_by_label("Arrange").click();
    harness.run();
    assert!(harness.query_by_label_contains("Align left").is_none(), "one thing cannot be aligned");
    harness.get_by_label_contains("Nudge right").click();
    harness.run();
    assert_eq!(last_step(&harness), "Nudge Shop");
    assert!(harness.query_by_label_contains("Rename").is_none(), "the menus are closed");
}

#[test]
fn taking_a_tidying_back_shows_what_was_seen_before_and_bringing_it_again_what_was_seen_after() {
    let mut harness = open(three());
    harness.state_mut().canvas.camera.zoom_at(Point::new(400.0, 300.0), 1.7);
    harness.run();
    let before = harness.state().canvas.camera;
    run_command(&mut harness, "edit.tidy");
    let after = harness.state().canvas.camera;
    assert_ne!(after, before, "all of it is seen");
    for (command, wanted) in [("edit.undo", before), ("edit.redo", after), ("edit.undo", before)] {
        run_command(&mut harness, command);
        assert_eq!(harness.state().canvas.camera, wanted, "{command}");
    }
}

#[test]
fn a_double_click_asks_for_the_name() {
    let mut harness = open(three());
    let shop = screen(&harness, 98.0, 40.0);
    harness.hover_at(shop);
    for pressed in [true, false, true, false] {
        button(&harness, shop, pressed, PointerButton::Primary, Modifiers::NONE);
    }
    harness.run();
    harness.run();
    assert_eq!(harness.get_by_label("Name on the sheet").accesskit_node().value().as_deref(), Some("Shop"));
}

#[test]
fn the_overview_and_the_buttons_move_the_view() {
    let mut harness = open(three());
    harness.get_by_label("Canvas");
    let before = harness.state().canvas.camera;
    let map = harness.get_by_label("Overview map").rect();
    let edge = map.left_center() + vec2(12.0, 0.0);
    drag(&mut harness, map.center(), edge);
    let there = harness.state().canvas.camera;
    assert!(there.translation.x > before.translation.x, "what is at the left comes into view");
    harness.hover_at(edge);
    harness.run();
    assert_eq!(harness.state().canvas.camera, there, "a pointer at rest moves nothing");
    drop_at(&mut harness, edge);
    assert!(selected(&harness).is_empty(), "a drag on the overview is none on the sheet");
    harness.get_by_label("Fit").click();
    harness.run();
    assert_eq!(harness.state().canvas.camera, before);
}

#[test]
fn the_overview_marks_whatever_a_finding_is_about_and_no_mark_lies_on_another() {
    // One circle of calls through all of them is one finding about all of them.
    let mut project = Project::new("Circle");
    for at in 0..400 {
        let corner = Point::new(f64::from(at % 20) * 280.0, f64::from(at / 20) * 150.0);
        let component = Component::new("Service", ComponentKind::RestApi, Some(corner));
        project.apply(&Edit::PutComponent(format!("c{at}").as_str().into(), component));
        let (from, to) = (format!("c{at}"), format!("c{}", (at + 1) % 400));
        let link = Connection::new(from.as_str().into(), to.as_str().into(), Protocol::Http);
        project.apply(&Edit::PutConnection(format!("l{at}").as_str().into(), link));
    }
    let mut harness = open_alone(App::new(project), [1000.0, 700.0]);
    ask(&mut harness, CanvasRequest::ZoomTo(0.5));
    let map = harness.get_by_label("Overview map").rect();
    let marks: Vec<egui::Rect> = rects_of(&harness, map, theme::DARK.warning.ink);
    assert!(marks.len() > 100, "{} marks", marks.len());
    let all = marks.iter().fold(egui::Rect::NOTHING, |all, mark| all.union(*mark));
    assert!(all.height() > 0.6 * map.height(), "{all} of {map}");
    for (index, a) in marks.iter().enumerate() {
        assert!(marks[index + 1..].iter().all(|b| !a.expand(0.5).intersects(*b)), "{a}");
    }
}

/// The rectangles of a colour in meshes that lie within a part of the screen.
fn rects_of(harness: &Harness<'_, App>, within: egui::Rect, colour: egui::Color32) -> Vec<egui::Rect> {
    let mut found = Vec::new();
    for shape in harness.output().shapes.iter().map(|clipped| &clipped.shape) {
        let egui::Shape::Mesh(mesh) = shape else { continue };
        for corners in mesh.vertices.chunks_exact(4).filter(|corners| corners[0].color == colour) {
            let rect =
                corners.iter().fold(egui::Rect::NOTHING, |all, corner| all.union(egui::Rect::from_pos(corner.pos)));
            found.extend(within.contains_rect(rect).then_some(rect));
        }
    }
    found
}

#[test]
fn an_idle_frame_asks_for_nothing() {
    let mut harness = open(three());
    harness.hover_at(pos2(500.0, 300.0));
    harness.run();
    assert_eq!(harness.run(), 1, "no further frame is asked for");
    assert_eq!(harness.state().session.history().depth(), 0);
}

/// Rows of workers that fill the view, and no pointer.
fn full() -> Harness<'static, App> {
    let mut project = Project::new("Full");
    for (row, column) in (0..4).flat_map(|row| (0..4).map(move |column| (row, column))) {
        let at = Point::new(f64::from(column) * 230.0, f64::from(row) * 110.0);
        let component = Component::new("Worker", ComponentKind::Worker, Some(at));
        project.apply(&Edit::PutComponent(format!("w{row}{column}").as_str().into(), component));
    }
    open_alone(App::new(project), [1000.0, 700.0])
}

fn ask(harness: &mut Harness<'_, App>, request: CanvasRequest) {
    harness.state_mut().canvas.request(request);
    harness.run();
    harness.run();
}

#[test]
fn what_is_added_without_a_pointer_is_whole_in_view_and_covers_nothing() {
    let mut harness = full();
    ask(&mut harness, CanvasRequest::AddNote);
    let note = harness.get_by_label_contains("Note: Note").rect();
    let view = harness.state().canvas.viewport();
    assert!(view.contains_rect(note) && note.width() > 60.0, "{note} in {view}");
    press(&mut harness, Key::Escape);
    ask(&mut harness, CanvasRequest::QuickAdd);
    press(&mut harness, Key::Enter);
    let app = harness.state();
    let view = View { session: &app.session, animate: false };
    let actions = add_in_view(ComponentKind::Redis, &view, &app.canvas);
    for action in actions {
        harness.state_mut().session.apply(action);
    }
    let project = harness.state().session.project();
    assert_eq!(project.components.len(), 18);
    let notes = project.sticky_notes.values().map(|note| note.rect_world());
    let all: Vec<kurbo::Rect> =
        project.components.values().map(|component| component.rect_world()).chain(notes).collect();
    for (index, a) in all.iter().enumerate() {
        assert!(all[index + 1..].iter().all(|b| a.intersect(*b).area() == 0.0), "{a} lies on another");
    }
}

#[test]
fn what_has_the_keyboard_comes_out_from_under_the_overview() {
    let mut harness = full();
    for _ in 0..3 {
        ask(&mut harness, CanvasRequest::ZoomIn);
    }
    let map = harness.get_by_label("Overview map").rect();
    // The card whose middle is put under the overview.
    let under = harness.state().canvas.world_at(map.center());
    let middle = Point::new(330.0, 150.0);
    let camera = &mut harness.state_mut().canvas.camera;
    camera.translation += (under - middle) * camera.zoom;
    harness.run();
    let element = ElementId::Component("w11".into());
    harness.state_mut().session.apply(Action::Select(groundplan::session::Select::Only(vec![element])));
    ask(&mut harness, CanvasRequest::SeeSelection);
    let at = screen(&harness, middle.x, middle.y);
    assert!(!map.contains(at), "{at} lies under {map}");
    let camera = harness.state().canvas.camera;
    ask(&mut harness, CanvasRequest::SeeSelection);
    assert_eq!(harness.state().canvas.camera, camera, "what is in view stays where it is");
}

#[test]
fn the_ring_is_for_who_walks_by_key_and_not_for_who_works_with_the_pointer() {
    let mut harness = open(three());
    let at = screen(&harness, 60.0, 40.0);
    click(&mut harness, at, Modifiers::NONE);
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Plus);
    press(&mut harness, Key::F5);
    assert!(!harness.state().canvas.is_ringed());
    press(&mut harness, Key::ArrowRight);
    assert!(harness.state().canvas.is_ringed());
    let at = screen(&harness, 60.0, 40.0);
    click(&mut harness, at, Modifiers::NONE);
    assert!(!harness.state().canvas.is_ringed());
}

#[test]
fn the_field_of_the_list_to_add_from_stays_while_one_types() {
    let mut harness = open(three());
    // Low down, where the whole list would reach beyond the border.
    let low = harness.state().canvas.viewport().right_bottom() - vec2(330.0, 30.0);
    hover(&mut harness, low);
    ask(&mut harness, CanvasRequest::QuickAdd);
    let field = |harness: &Harness<'_, App>| harness.get_by_label("Find a component to add").rect();
    let before = field(&harness);
    harness.get_by_label("Find a component to add").type_text("redis");
    harness.run();
    assert_eq!(field(&harness), before);
    assert!(harness.state().canvas.viewport().contains_rect(before));
}
