//! Boundaries and sticky notes on the sheet, as a person uses them: drawn, named, resized, folded, dropped into.

use egui::{Key, Modifiers, pos2};
use egui_kittest::{Harness, kittest::Queryable as _};
use groundplan::{
    project::{BoundaryId, Edit, ElementId, NoteColour, Project, StickyNote},
    session::{Action, CanvasRequest, Select},
    ui::theme,
};
use kurbo::{Point, Rect, Size};

use crate::common::{canvas as sheet, payments};
use payments::payments;
use sheet::{
    session::{boundary, bytes, component, fold},
    *,
};

/// A window with the canvas alone.
fn open(project: Project) -> Harness<'static, App> {
    open_alone(App::new(project), [1200.0, 800.0])
}

fn frame(harness: &Harness<'_, App>, id: &str) -> Rect {
    harness.state().session.project().boundaries[id].frame_world()
}

#[test]
fn a_boundary_is_drawn_with_a_drag_and_named_at_once() {
    let mut harness = open(payments());
    run_command(&mut harness, "insert.draw-boundary");
    let (from, to) = (screen(&harness, 672.0, -48.0), screen(&harness, 948.0, 132.0));
    drag(&mut harness, from, to);
    assert_eq!(harness.state().session.project().boundaries.len(), 1, "nothing is added before the button is let go");
    drop_at(&mut harness, to);
    assert_eq!(frame(&harness, "boundary"), Rect::new(672.0, -48.0, 948.0, 132.0));
    assert_eq!(depth(&harness), 1);
    harness.get_by_label("Name on the sheet").type_text("Front");
    harness.run();
    press(&mut harness, Key::Enter);
    assert_eq!(harness.state().session.project().boundaries["boundary"].name, "Front");
    assert!(harness.query_by_label("Name on the sheet").is_none());
    // The shop lies in it and goes with it.
    let grip = screen(&harness, 672.0, 100.0);
    let aside = grip + egui::vec2(0.0, 90.0);
    drag(&mut harness, grip, aside);
    drop_at(&mut harness, aside);
    let shop = harness.state().session.project().components["shop"].pos_world.unwrap();
    assert!(shop.y > 40.0, "{shop:?}");
}

#[test]
fn each_new_boundary_has_a_name_of_its_own() {
    let mut session = sheet::session::session_of(Project::new("Plan"));
    for _ in 0..3 {
        session.apply(Action::Run("insert.boundary"));
    }
    let names: Vec<&str> = session.project().boundaries.values().map(|boundary| boundary.name.as_str()).collect();
    assert_eq!(names, ["Boundary", "Boundary 2", "Boundary 3"]);
}

#[test]
fn what_a_boundary_says_it_holds_follows_the_drawing() {
    let mut harness = open(payments());
    harness.get_by_label_contains("Boundary: Payments, 3 components and 1 note");
    let out = Edit::Place("payout".into(), Point::new(700.0, 300.0));
    harness.state_mut().session.apply(Action::edit("Move Payout", vec![out]));
    harness.run();
    harness.get_by_label_contains("Boundary: Payments, 2 components and 1 note");
}

#[test]
fn esc_leaves_the_drawing_of_a_boundary_before_and_during_it() {
    let mut harness = open(payments());
    let before = bytes(&harness.state().session);
    run_command(&mut harness, "insert.draw-boundary");
    press(&mut harness, Key::Escape);
    let (from, to) = (screen(&harness, 672.0, -48.0), screen(&harness, 948.0, 132.0));
    drag(&mut harness, from, to);
    drop_at(&mut harness, to);
    assert_eq!(bytes(&harness.state().session), before, "it was a marquee");
    run_command(&mut harness, "insert.draw-boundary");
    drag(&mut harness, from, to);
    press(&mut harness, Key::Escape);
    drop_at(&mut harness, to);
    assert_eq!((bytes(&harness.state().session), depth(&harness)), (before, 0));
}

#[test]
fn whatever_ends_the_writing_of_a_name_takes_it() {
    for ends in ["escape", "enter", "a click elsewhere"] {
        let mut harness = open(payments());
        let before = bytes(&harness.state().session);
        let caption = screen(&harness, 40.0, -36.0);
        double_click(&mut harness, caption);
        harness.get_by_label("Name on the sheet").type_text("Money");
        harness.run();
        let empty = screen(&harness, 600.0, 200.0);
        match ends {
            "escape" => press(&mut harness, Key::Escape),
            "enter" => press(&mut harness, Key::Enter),
            _ => click(&mut harness, empty, Modifiers::NONE),
        }
        assert_eq!(harness.state().session.project().boundaries["payments"].name, "Money", "{ends}");
        assert_eq!((last_step(&harness).as_str(), depth(&harness)), ("Rename Payments", 1), "{ends}");
        assert!(!harness.state().canvas.is_editing(), "{ends}");
        undo(&mut harness);
        assert_eq!(bytes(&harness.state().session), before, "{ends}");
    }
}

#[test]
fn a_note_about_what_is_pointed_at_does_not_lie_over_it() {
    let mut harness = open(payments());
    let cards: Vec<Rect> = harness.state().session.project().components.values().map(|c| c.rect_world()).collect();
    let at = screen(&harness, cards[0].center().x, cards[0].center().y);
    hover(&mut harness, at);
    run_command(&mut harness, "insert.note");
    let rect = harness.state().session.project().sticky_notes.last().unwrap().1.rect_world();
    assert!(cards.iter().all(|card| card.intersect(rect).area() == 0.0), "{rect:?}");
}

#[test]
fn a_note_is_added_in_free_room_and_written_on_at_once() {
    let mut harness = open(payments());
    run_command(&mut harness, "insert.note");
    let (id, added) = harness.state().session.project().sticky_notes.last().unwrap();
    let (id, rect) = (id.clone(), added.rect_world());
    let cards: Vec<Rect> = harness.state().session.project().components.values().map(|c| c.rect_world()).collect();
    assert!(cards.iter().all(|card| card.intersect(rect).area() == 0.0), "{rect:?}");
    harness.get_by_label("Text on the sheet").type_text("Two\nlines");
    harness.run();
    harness.key_press_modifiers(Modifiers::COMMAND, Key::Enter);
    harness.run();
    assert_eq!(harness.state().session.project().sticky_notes[&id].text, "Two\nlines");
    assert!(!harness.state().canvas.is_editing());
    let before = bytes(&harness.state().session);
    let middle = screen(&harness, rect.center().x, rect.center().y);
    double_click(&mut harness, middle);
    harness.get_by_label("Text on the sheet").type_text("Another");
    harness.run();
    press(&mut harness, Key::Escape);
    assert_eq!(harness.state().session.project().sticky_notes[&id].text, "Another", "Esc only ends the writing");
    undo(&mut harness);
    assert_eq!(bytes(&harness.state().session), before);
}

#[test]
fn a_note_is_of_the_paper_that_keys_go_on_to_and_says_so() {
    let mut harness = open(payments());
    run_command(&mut harness, "insert.note");
    press(&mut harness, Key::Escape);
    harness.run();
    let id = harness.state().session.project().sticky_notes.last().unwrap().0.clone();
    harness.get_by_label_contains("Note: Note, ");
    run_command(&mut harness, "note.colour");
    assert_eq!(harness.state().session.project().sticky_notes[&id].colour, NoteColour::Rose);
    harness.get_by_label_contains("Note: Note, paper: Rose, ");
    let paper = theme::DARK.paper(NoteColour::Rose).surface;
    let filled = |shape: &egui::Shape| matches!(shape, egui::Shape::Rect(rect) if rect.fill == paper);
    assert!(harness.output().shapes.iter().any(|clipped| filled(&clipped.shape)), "it is painted on that paper");
}

#[test]
fn a_note_grows_for_what_is_written_on_it_and_never_shrinks() {
    let mut harness = open(payments());
    let size = |harness: &Harness<'_, App>| harness.state().session.project().sticky_notes["note"].size_world;
    let write = |harness: &mut Harness<'static, App>, words: &str| {
        let middle = screen(harness, 336.0, 155.0);
        double_click(harness, middle);
        harness.get_by_label("Text on the sheet").type_text(words);
        harness.run();
        press(harness, Key::Escape);
    };
    let before = size(&harness);
    write(&mut harness, "One");
    assert_eq!(size(&harness), before);
    write(&mut harness, "1\n2\n3\n4\n5\n6\n7\n8");
    let grown = size(&harness);
    // Eight rows of a face of 12 units.
    assert!(grown.width == before.width && (8.0 * 12.0..8.0 * 20.0 + 20.0).contains(&grown.height), "{grown:?}");
    assert_eq!(last_step(&harness), "Edit note");
    write(&mut harness, "One");
    assert_eq!(size(&harness), grown);
}

#[test]
fn the_view_moves_no_further_than_a_new_note_needs() {
    let mut harness = open(payments());
    let view = harness.state().canvas.viewport();
    let before = harness.state().canvas.camera;
    for (at, least, most) in [(pos2(300.0, 200.0), 0.0, 0.0), (pos2(600.0, view.bottom() - 60.0), 10.0, 90.0)] {
        harness.state_mut().canvas.camera = before;
        hover(&mut harness, at);
        run_command(&mut harness, "insert.note");
        let moved = harness.state().canvas.camera.translation - before.translation;
        assert_eq!((harness.state().canvas.camera.zoom, moved.x), (before.zoom, 0.0), "{at}");
        assert!((least..=most).contains(&-moved.y), "{at} {moved:?}");
        let field = harness.get_by_label("Text on the sheet").rect();
        assert!(view.contains_rect(field), "{field} in {view}");
        press(&mut harness, Key::Escape);
    }
}

#[test]
fn what_is_written_on_a_note_stands_where_it_will_stand() {
    for zoom in [0.55, 1.0, 1.7] {
        let mut project = payments();
        let words = "Forty tables and four roles: admin, project manager, field worker, read-only";
        let note = StickyNote::new(words, Rect::new(240.0, 120.0, 432.0, 216.0));
        project.apply(&Edit::PutNote("note".into(), note));
        let mut harness = open(project);
        harness.state_mut().canvas.request(CanvasRequest::ZoomTo(zoom));
        harness.run();
        let [before] = painted(&harness, words)[..] else { panic!("painted once at {zoom}") };
        let middle = screen(&harness, 336.0, 160.0);
        double_click(&mut harness, middle);
        let all = painted(&harness, words);
        assert!(all.len() >= 2, "the note, and the field over it");
        for (place, rows, font) in all {
            assert!(place.min.distance(before.0.min) < 0.6, "{zoom}: {place} for {}", before.0);
            assert_eq!((rows, font), (before.1, before.2), "{zoom}");
        }
        let field = harness.get_by_label("Text on the sheet").rect();
        let (min, max) = (screen(&harness, 240.0, 120.0), screen(&harness, 432.0, 216.0));
        assert!(egui::Rect::from_min_max(min, max).expand(0.6).contains_rect(field), "{zoom}: {field}");
    }
}

/// Where a text is painted, in how many rows and at which size in points.
fn painted(harness: &Harness<'_, App>, words: &str) -> Vec<(egui::Rect, usize, f32)> {
    fn add(shape: &egui::Shape, words: &str, found: &mut Vec<(egui::Rect, usize, f32)>) {
        match shape {
            egui::Shape::Text(text) if text.galley.text() == words => {
                let place = text.galley.rect.translate(text.pos.to_vec2());
                found.push((place, text.galley.rows.len(), text.galley.job.sections[0].format.font_id.size));
            }
            egui::Shape::Vec(shapes) => shapes.iter().for_each(|shape| add(shape, words, found)),
            _ => {}
        }
    }
    let mut found = Vec::new();
    harness.output().shapes.iter().for_each(|clipped| add(&clipped.shape, words, &mut found));
    found
}

#[test]
fn what_is_let_go_on_the_box_of_a_folded_boundary_goes_into_it() {
    let mut harness = open(payments());
    fold(&mut harness.state_mut().session, "payments");
    harness.run();
    let (before, steps) = (bytes(&harness.state().session), depth(&harness));
    let label = |count: usize| format!("Boundary: Payments, {count} components and 1 note, folded, ");
    harness.get_by_label_contains(&label(3));
    let (shop, on_box) = (screen(&harness, 790.0, 20.0), screen(&harness, 100.0, 20.0));
    drag(&mut harness, shop, on_box);
    drop_at(&mut harness, on_box);
    assert_eq!((last_step(&harness).as_str(), depth(&harness)), ("Move Shop into Payments", steps + 1));
    assert_eq!(harness.state().session.project().validate(), []);
    assert_eq!(selected(&harness), ["payments"]);
    harness.get_by_label_contains(&label(4));
    assert!(harness.query_by_label_contains("Shop, Web application").is_none(), "the box stands for it");
    // Opened, it lies in the frame and on nothing.
    harness.state_mut().session.apply(Action::Run("edit.fold"));
    harness.run();
    let project = std::sync::Arc::clone(harness.state().session.project());
    let id = BoundaryId::new("payments");
    assert!(project.contents(&id).contains(&component("shop")));
    let shop = project.components["shop"].rect_world();
    let others = project.components.iter().filter(|(id, _)| id.as_str() != "shop").map(|(_, c)| c.rect_world());
    assert!(others.chain([Rect::new(240.0, 120.0, 432.0, 190.0)]).all(|other| other.intersect(shop).area() == 0.0));
    undo(&mut harness);
    undo(&mut harness);
    assert_eq!(bytes(&harness.state().session), before);
    // A copy goes in as well, and the original stays.
    harness.event(egui::Event::ModifiersChanged(Modifiers::ALT));
    let shop = screen(&harness, 790.0, 20.0);
    drag(&mut harness, shop, on_box);
    drop_at(&mut harness, on_box);
    harness.event(egui::Event::ModifiersChanged(Modifiers::NONE));
    let project = harness.state().session.project();
    assert!(
        project.contents(&id).contains(&component("shop-2")) && !project.contents(&id).contains(&component("shop"))
    );
}

#[test]
fn a_grip_resizes_in_one_step_and_esc_leaves_no_trace() {
    let mut harness = open(payments());
    harness.state_mut().session.select(Select::Only(vec![boundary("payments")]));
    harness.run();
    let before = bytes(&harness.state().session);
    let grip = harness.get_by_label("Resize Payments by its right side").rect().center();
    let aside = grip + egui::vec2(-60.0, 40.0);
    drag(&mut harness, grip, aside);
    assert!(frame(&harness, "payments").x1 < 480.0);
    // Ahead of what it pulls: the grip stands where the frame snapped to, or is as small as it gets.
    harness.hover_at(aside - egui::vec2(600.0, 0.0));
    harness.run();
    assert_eq!(harness.output().platform_output.cursor_icon, egui::CursorIcon::ResizeHorizontal);
    press(&mut harness, Key::Escape);
    drop_at(&mut harness, aside);
    assert_eq!((bytes(&harness.state().session), depth(&harness)), (before, 0));
    drag(&mut harness, grip, aside);
    drop_at(&mut harness, aside);
    let after = frame(&harness, "payments");
    assert!(after.x1 < 480.0 && (after.x0, after.y0, after.y1) == (-36.0, -36.0, 220.0), "{after:?}");
    let session = &harness.state().session;
    assert_eq!((depth(&harness), last_step(&harness).as_str()), (1, "Resize Payments"));
    assert_eq!(session.project().components["payout"].pos_world, Some(Point::new(240.0, 0.0)), "nothing else moves");
}

#[test]
fn nothing_becomes_smaller_than_can_be_grabbed_and_what_is_locked_has_no_grips() {
    let mut harness = open(payments());
    harness.state_mut().session.select(Select::Only(vec![ElementId::Note("note".into())]));
    harness.run();
    let grip = harness.get_by_label("Resize Audited by its lower right corner").rect().center();
    let far = grip - egui::vec2(500.0, 300.0);
    drag(&mut harness, grip, far);
    drop_at(&mut harness, far);
    let size = harness.state().session.project().sticky_notes["note"].size_world;
    assert_eq!(size, Size::new(72.0, 48.0));
    let lock = Edit::SetLocked([ElementId::Note("note".into())].into(), true);
    harness.state_mut().session.apply(Action::edit("Lock", vec![lock]));
    harness.run();
    assert!(harness.query_by_label("Resize Audited by its lower right corner").is_none());
    assert!(harness.query_by_label_contains("Note: Audited, locked").is_some());
}

#[test]
fn a_folded_box_stands_for_what_is_in_it_until_a_double_click_opens_it() {
    let mut harness = open(payments());
    let before = bytes(&harness.state().session);
    assert!(harness.query_by_label_contains("Ledger, REST API").is_some());
    harness.get_by_label("Fold Payments").click();
    harness.run();
    harness.run();
    assert!(harness.query_by_label_contains("Ledger, REST API").is_none(), "what is folded is no node");
    assert!(harness.query_by_label_contains("Note: Audited").is_none());
    assert!(harness.query_by_label_contains("Connection: Ledger to Books").is_none());
    let label = "Boundary: Payments, 3 components and 1 note, folded, ";
    assert_eq!(harness.query_all_by_label_contains(label).count(), 1);
    // A marquee around where the ledger would be catches the box alone.
    let (from, to) = (screen(&harness, -60.0, -60.0), screen(&harness, 640.0, 260.0));
    drag(&mut harness, from, to);
    drop_at(&mut harness, to);
    let selected: Vec<&ElementId> = harness.state().session.selection().iter().collect();
    assert_eq!(selected, [&boundary("payments")]);
    let middle = screen(&harness, 100.0, 20.0);
    double_click(&mut harness, middle);
    assert_eq!(bytes(&harness.state().session), before);
}

#[test]
fn what_is_dropped_into_a_frame_goes_with_it_and_what_is_dragged_out_stays() {
    let mut harness = open(payments());
    let to = screen(&harness, 300.0, 150.0);
    harness
        .state_mut()
        .session
        .apply(Action::edit("Away", vec![Edit::Remove([ElementId::Note("note".into())].into())]));
    harness.run();
    let shop = screen(&harness, 790.0, 20.0);
    drag(&mut harness, shop, to);
    drop_at(&mut harness, to);
    let id = BoundaryId::new("payments");
    assert!(harness.state().session.project().contents(&id).contains(&component("shop")));
    let back = screen(&harness, 790.0, 20.0);
    drag(&mut harness, to, back);
    drop_at(&mut harness, back);
    assert!(!harness.state().session.project().contents(&id).contains(&component("shop")));
}

#[test]
fn looking_at_something_hidden_shows_the_box_that_stands_for_it() {
    let mut harness = open(payments());
    fold(&mut harness.state_mut().session, "payments");
    harness.state_mut().canvas.request(CanvasRequest::ZoomIn);
    harness.state_mut().session.apply(Action::Reveal(component("books")));
    harness.run();
    harness.run();
    let boundary = harness.state().session.project().boundaries["payments"].rect_world();
    let middle = screen(&harness, boundary.center().x, boundary.center().y);
    assert!((middle - pos2(600.0, 400.0)).length() < 3.0, "{middle:?}");
}
