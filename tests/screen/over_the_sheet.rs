//! What lies over the sheet: the overview, hints and tips, and that the drawing is fitted beside it.

use egui::{Color32, CursorIcon, Key, Modifiers, Rect, pos2};
use egui_kittest::{Harness, kittest::Queryable as _};
use groundplan::{
    project::{Boundary, BoundaryId, Component, ComponentKind, Edit, Project, StickyNote},
    session::CanvasRequest,
    ui::theme,
};
use kurbo::Point;

use crate::common::canvas as sheet;
use sheet::*;

/// Workers in rows, `across` of them in each, in a boundary with a note below it.
fn rows(count: usize, across: usize) -> Project {
    let mut project = Project::new("Rows");
    let at = |place: usize| Point::new((place % across) as f64 * 260.0, (place / across) as f64 * 140.0);
    for place in 0..count {
        let component = Component::new("Worker", ComponentKind::Worker, Some(at(place)));
        project.apply(&Edit::PutComponent(format!("c{place}").as_str().into(), component));
    }
    let end = at(across - 1).x + 196.0;
    let low = at(count - 1).y + 80.0;
    let frame = kurbo::Rect::new(-36.0, -48.0, end + 36.0, low + 36.0);
    project.apply(&Edit::PutBoundary("all".into(), Boundary::new("All", frame)));
    let note = StickyNote::new("Ask", kurbo::Rect::new(end - 160.0, low + 80.0, end, low + 160.0));
    project.apply(&Edit::PutNote("note".into(), note));
    project
}

fn on_screen(harness: &Harness<'_, App>, rect: kurbo::Rect) -> Rect {
    let rect = harness.state().canvas.camera.rect_screen(rect);
    Rect::from_min_max(pos2(rect.x0 as f32, rect.y0 as f32), pos2(rect.x1 as f32, rect.y1 as f32))
}

/// Rectangles of a colour in meshes within a part of the screen.
fn quads(harness: &Harness<'_, App>, within: Rect, colour: Color32) -> Vec<Rect> {
    let mut found = Vec::new();
    for shape in harness.output().shapes.iter().map(|clipped| &clipped.shape) {
        let egui::Shape::Mesh(mesh) = shape else { continue };
        for corners in mesh.vertices.chunks_exact(4).filter(|corners| corners[0].color == colour) {
            let rect = corners.iter().fold(Rect::NOTHING, |all, corner| all.union(Rect::from_pos(corner.pos)));
            found.extend(within.contains_rect(rect).then_some(rect));
        }
    }
    found
}

#[test]
fn a_fitted_drawing_lies_beside_the_overview_where_there_is_room() {
    for (size, count, across) in
        [([1000.0, 700.0], 24, 8), ([1000.0, 700.0], 60, 8), ([1280.0, 720.0], 12, 3), ([700.0, 900.0], 40, 2)]
    {
        let mut harness = open_alone(App::new(rows(count, across)), size);
        harness.state_mut().canvas.request(CanvasRequest::FitAll);
        harness.run();
        let map = harness.get_by_label("Overview map").rect();
        let project = harness.state().session.project();
        let frames = project.boundaries.values().map(|boundary| boundary.rect_world());
        let notes = project.sticky_notes.values().map(|note| note.rect_world());
        for rect in frames.chain(notes).map(|rect| on_screen(&harness, rect)) {
            assert!(harness.state().canvas.viewport().contains_rect(rect), "{rect} is not in view");
            assert!(!rect.intersects(map), "{rect} lies under {map}, {count} in rows of {across}");
        }
    }
}

#[test]
fn the_drawing_is_larger_once_the_overview_is_hidden() {
    let mut harness = open_alone(App::new(rows(60, 8)), [1000.0, 700.0]);
    let beside = harness.state().canvas.camera.zoom;
    harness.state_mut().canvas.show_minimap = false;
    harness.run();
    harness.run();
    assert!(harness.state().canvas.camera.zoom >= beside, "what was fitted is fitted anew");
}

#[test]
fn the_overview_shows_notes_and_boundaries_of_large_plans_within_its_budget() {
    // In rows of boundaries of 25 cards each, with a note in every hundredth.
    let mut project = Project::new("Large");
    for place in 0..2_500_usize {
        let (team, inside) = (place / 25, place % 25);
        let corner = Point::new((team % 10) as f64 * 1_500.0, (team / 10) as f64 * 900.0);
        let at = corner + ((inside % 5) as f64 * 260.0, (inside / 5) as f64 * 140.0);
        let component = Component::new("Worker", ComponentKind::Worker, Some(at));
        project.apply(&Edit::PutComponent(format!("c{place}").as_str().into(), component));
        if inside == 0 {
            let frame = kurbo::Rect::from_origin_size(corner - kurbo::Vec2::new(36.0, 48.0), (1_320.0, 760.0));
            project.apply(&Edit::PutBoundary(format!("b{team}").as_str().into(), Boundary::new("Team", frame)));
        }
    }
    let note = StickyNote::new("Ask", kurbo::Rect::new(0.0, -900.0, 192.0, -804.0));
    project.apply(&Edit::PutNote("note".into(), note));
    let mut harness = open_alone(App::new(project), [1000.0, 700.0]);
    harness.state_mut().canvas.request(CanvasRequest::ZoomTo(0.3));
    harness.run();
    harness.run();
    let map = harness.get_by_label("Overview map").rect();
    let lines = quads(&harness, map, theme::DARK.muted);
    assert!(lines.len() >= 400, "four sides of a hundred boundaries, not {}", lines.len());
    assert!(
        lines.iter().all(|line| line.width() >= 0.9 && line.height() >= 0.9),
        "a thinner line is seen here and not there"
    );
    let notes = quads(&harness, map, theme::DARK.sticky.ink.gamma_multiply(0.6));
    assert_eq!(notes.len(), 1);
    assert!(notes[0].width() >= 0.9 && notes[0].height() >= 0.9, "{}", notes[0]);
    let vertices: usize = harness
        .output()
        .shapes
        .iter()
        .map(|clipped| match &clipped.shape {
            egui::Shape::Mesh(mesh) if clipped.clip_rect == map => mesh.vertices.len(),
            _ => 0,
        })
        .sum();
    assert!(vertices < 40_000, "{vertices}");
}

#[test]
fn the_hint_of_the_empty_sheet_goes_while_something_is_on_its_way_to_it() {
    let hint = |harness: &Harness<'_, App>| {
        fn says(shape: &egui::Shape) -> bool {
            match shape {
                egui::Shape::Text(text) => text.galley.text().starts_with("Double-click to add"),
                egui::Shape::Vec(shapes) => shapes.iter().any(says),
                _ => false,
            }
        }
        harness.output().shapes.iter().any(|clipped| says(&clipped.shape))
    };
    let mut harness = open(Project::new("Empty"));
    assert!(hint(&harness));
    let source = harness.get_by_label("Source").rect().center();
    drag(&mut harness, source, pos2(520.0, 350.0));
    assert!(!hint(&harness), "the card at the pointer is seen and not the hint");
    press(&mut harness, Key::Escape);
    harness.drop_at(pos2(60.0, 600.0));
    harness.run();
    assert!(hint(&harness));
    run_command(&mut harness, "insert.draw-boundary");
    assert!(!hint(&harness));
}

#[test]
fn while_a_boundary_is_to_be_drawn_nothing_else_takes_the_pointer() {
    let mut harness = open(three());
    let over = screen(&harness, 98.0, 40.0);
    hover(&mut harness, over);
    assert!(harness.query_by_label("Connect Shop from the right side").is_some());
    run_command(&mut harness, "insert.draw-boundary");
    hover(&mut harness, over + egui::vec2(6.0, 2.0));
    harness.run_steps(20);
    assert!(harness.query_by_label("Connect Shop from the right side").is_none());
    assert!(harness.query_by_label("Shop").is_none(), "nor is anything told of the card");
    assert_eq!(harness.output().platform_output.cursor_icon, CursorIcon::Crosshair);
    // Where the handle would be, a boundary is begun and no connection.
    let (from, to) = (screen(&harness, 210.0, 40.0), screen(&harness, 330.0, 160.0));
    drag(&mut harness, from, to);
    assert_eq!(harness.output().platform_output.cursor_icon, CursorIcon::Crosshair);
    drop_at(&mut harness, to);
    let project = harness.state().session.project();
    assert_eq!((project.boundaries.len(), project.connections.len()), (1, 0));
    assert_eq!(selected(&harness), ["boundary"]);
    press(&mut harness, Key::Escape);
    press(&mut harness, Key::Escape);
    let over = screen(&harness, 98.0, 40.0);
    hover(&mut harness, over);
    assert!(harness.query_by_label("Connect Shop from the right side").is_some(), "the mode is over");
}

#[test]
fn a_click_on_a_card_or_a_button_draws_while_a_boundary_is_to_be_drawn() {
    let mut project = three();
    let frame = kurbo::Rect::new(-60.0, -60.0, 660.0, 320.0);
    project.apply(&Edit::PutBoundary(BoundaryId::new("all"), Boundary::new("All", frame)));
    let mut harness = open(project);
    let fold = harness.get_by_label_contains("Fold All").rect().center();
    let card = screen(&harness, 98.0, 40.0);
    for (clicks, at) in [fold, card].into_iter().enumerate() {
        run_command(&mut harness, "insert.draw-boundary");
        click(&mut harness, at, Modifiers::NONE);
        let project = harness.state().session.project();
        assert_eq!(project.boundaries.len(), clicks + 2);
        assert!(project.boundaries["all"].folded.is_none(), "nothing was pressed");
        assert!(!selected(&harness).contains(&"shop".to_owned()));
        press(&mut harness, Key::Escape);
        press(&mut harness, Key::Escape);
    }
}

#[test]
fn nothing_is_told_of_what_was_just_let_go_until_the_pointer_has_left_it() {
    let mut harness = open(three());
    let told = |harness: &Harness<'_, App>| harness.query_by_label("Worker").is_some();
    let worker = screen(&harness, 498.0, 40.0);
    hover(&mut harness, worker);
    harness.run_steps(30);
    assert!(told(&harness), "it is told of what the pointer rests on");
    let there = worker + egui::vec2(40.0, 150.0);
    drag(&mut harness, worker, there);
    drop_at(&mut harness, there);
    harness.run_steps(40);
    assert!(!told(&harness), "who lets go looks at the drawing");
    hover(&mut harness, there + egui::vec2(5.0, 3.0));
    harness.run_steps(40);
    assert!(!told(&harness), "nor when the pointer stirs on it");
    come_back(&mut harness, there);
    assert!(told(&harness), "who comes back is told");
}

/// Points at nothing for a while, and then at something again until it is told of.
fn come_back(harness: &mut Harness<'_, App>, there: egui::Pos2) {
    let aside = screen(harness, 300.0, 330.0);
    hover(harness, aside);
    harness.run_steps(10);
    hover(harness, there);
    harness.run_steps(40);
}

#[test]
fn nothing_is_told_of_what_was_just_dropped_from_the_palette() {
    let mut harness = open(three());
    let told = |harness: &Harness<'_, App>| harness.query_by_label("REST API").is_some();
    let (source, there) = (harness.get_by_label("Source").rect().center(), screen(&harness, 600.0, 260.0));
    drag(&mut harness, source, there);
    drop_at(&mut harness, there);
    harness.run_steps(40);
    harness.get_by_label_contains("REST API, REST API");
    assert!(!told(&harness), "who drops looks at the drawing");
    come_back(&mut harness, there);
    assert!(told(&harness), "who comes back is told");
}

/// Where it is told that a boundary is to be drawn.
fn hint_place(shape: &egui::Shape) -> Option<egui::Rect> {
    match shape {
        egui::Shape::Text(text) if text.galley.text().starts_with("Drag to draw a boundary") => {
            Some(text.galley.rect.translate(text.pos.to_vec2()))
        }
        egui::Shape::Vec(shapes) => shapes.iter().find_map(hint_place),
        _ => None,
    }
}

#[test]
fn what_is_to_be_done_next_is_told_beside_the_overview() {
    let mut harness = open(three());
    for size in [egui::vec2(1000.0, 700.0), egui::vec2(760.0, 560.0), egui::vec2(620.0, 560.0)] {
        harness.set_size(size);
        harness.run();
        // Away from where all is seen, so that the overview shows.
        harness.state_mut().canvas.camera.pan(kurbo::Vec2::new(-300.0, -200.0));
        harness.run();
        run_command(&mut harness, "insert.draw-boundary");
        let words = harness.output().shapes.iter().find_map(|clipped| hint_place(&clipped.shape)).unwrap();
        let map = harness.query_by_label("Overview map").map(|map| map.rect());
        assert!(map.is_none_or(|map| !map.intersects(words)), "{size}: {words} under {map:?}");
        assert!(harness.state().canvas.viewport().contains_rect(words), "{size}: {words}");
        press(&mut harness, Key::Escape);
    }
}
