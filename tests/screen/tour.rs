//! The tour of the first plan: walked without a pointer on the real window, left at any step, and never in anybody's way.

#![expect(clippy::unwrap_used, reason = "helpers of a test")]
#![allow(
    clippy::redundant_closure_for_method_calls,
    reason = "the method by itself is not general enough for the search"
)]

use std::{fs, path::Path};

use egui::{Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use groundplan::{
    app::Setup,
    lang::Language,
    session::{STEPS, commands},
    storage::Recent,
};

use crate::common::window;
use window::{Window, bytes, depth, drop_files, key, open_setup, press, project, session, settle, setup};

fn open(folder: &Path) -> Window {
    open_setup(setup(None, Some(Recent::in_folder(&folder.join("state")))))
}

/// In the tour, from the welcome page.
fn begin(folder: &Path) -> Window {
    let mut window = open(folder);
    act(&mut window, Role::Button, "Take the tour");
    assert!(is_at(&window, 0), "{}", window.state().said());
    window
}

/// What a screen reader does with a thing.
fn act(window: &mut Window, role: Role, label: &str) {
    window.get_by_role_and_label(role, label).click_accesskit();
    settle(window);
}

fn run(window: &mut Window, command: &str) {
    key(window, Modifiers::COMMAND, Key::K);
    let words = commands::find(command).unwrap().text;
    window.get_by_label("Find a command").type_text(words);
    settle(window);
    press(window, Key::Enter);
}

fn is_at(window: &Window, step: usize) -> bool {
    let seen = format!("Step {} of 6", step + 1);
    session(window).tour().is_some_and(|tour| tour.at() == step)
        && window.query_by_label_contains(&seen).is_some()
        && window.query_by_label(STEPS[step].title).is_some()
}

/// Does what a step asks for.
fn walk(window: &mut Window, step: usize) {
    match step {
        0 => {
            key(window, Modifiers::COMMAND | Modifiers::SHIFT, Key::A);
            window.get_by_label("Find a component").type_text("REST API");
            settle(window);
            press(window, Key::Enter);
        }
        1 => {
            press(window, Key::F6);
            key(window, Modifiers::COMMAND, Key::ArrowRight);
            press(window, Key::Enter);
        }
        2 => {
            window.get_by_label("Tables").focus();
            settle(window);
            window.key_press_modifiers(Modifiers::COMMAND, Key::A);
            window.get_by_label("Tables").type_text("40");
            settle(window);
            press(window, Key::Enter);
        }
        3 => act(window, Role::Tab, "Why not another"),
        4 => act(window, Role::Tab, "Budget"),
        _ => {
            key(window, Modifiers::COMMAND, Key::S);
            press(window, Key::Enter);
        }
    }
    window.run_steps(8);
}

#[test]
fn all_six_steps_are_done_on_a_real_plan_without_a_pointer() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = begin(folder.path());
    assert!(
        project(&window).components.is_empty() && !session(&window).is_dirty() && session(&window).path().is_none()
    );
    for step in 0..5 {
        assert!(is_at(&window, step), "step {step}");
        assert!(window.query_by_label("Show where").is_none(), "what step {step} points to is seen");
        walk(&mut window, step);
        assert!(is_at(&window, step + 1), "after step {step}: {}", window.state().said());
        assert!(window.state().said().contains(STEPS[step + 1].words), "{}", window.state().said());
    }
    let path = folder.path().join("kept.ron");
    key(&mut window, Modifiers::COMMAND, Key::S);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(1);
    window.get_by_label("Path").type_text(&path.to_string_lossy());
    settle(&mut window);
    press(&mut window, Key::Enter);
    window.run_steps(8);
    assert!(window.query_by_label("That is a plan").is_some(), "{}", window.state().said());
    assert_eq!(fs::read_to_string(&path).unwrap(), bytes(&window), "it is an ordinary plan");
    act(&mut window, Role::Button, "Close (Esc)");
    assert!(session(&window).tour().is_none() && window.query_by_label("That is a plan").is_none());
    assert_eq!((project(&window).components.len(), project(&window).connections.len()), (2, 1));
}

#[test]
fn the_tour_is_left_at_each_step_by_key_and_by_button_and_what_was_done_stays() {
    let folder = tempfile::tempdir().unwrap();
    for step in 0..6 {
        let mut window = begin(folder.path());
        for done in 0..step {
            walk(&mut window, done);
        }
        assert!(is_at(&window, step), "step {step}");
        let before = bytes(&window);
        if step % 2 == 0 {
            key(&mut window, Modifiers::SHIFT, Key::F6);
            press(&mut window, Key::Escape);
        } else {
            act(&mut window, Role::Button, "Leave the tour (Esc)");
        }
        assert!(session(&window).tour().is_none(), "step {step}");
        assert!(window.query_by_label_contains("of 6").is_none(), "step {step}");
        assert_eq!(bytes(&window), before, "step {step}");
        // Who left by mistake goes on.
        run(&mut window, "help.tour");
        assert!(is_at(&window, step), "step {step}");
        assert_eq!(bytes(&window), before, "step {step}");
    }
}

#[test]
fn steps_are_skipped_and_gone_back_to_and_say_what_they_lack() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = begin(folder.path());
    assert!(window.get_by_label("Back").accesskit_node().is_disabled());
    act(&mut window, Role::Button, "Skip this step");
    assert!(is_at(&window, 1));
    assert!(window.query_by_label("There is no component yet: add one first").is_some());
    act(&mut window, Role::Button, "Back");
    walk(&mut window, 0);
    assert!(is_at(&window, 1));
    assert!(window.query_by_label("There is no component yet: add one first").is_none());
    act(&mut window, Role::Button, "Back");
    assert!(window.query_by_label("Step 1 of 6, done").is_some());
    act(&mut window, Role::Button, "Next step");
    assert!(is_at(&window, 1));
    for step in 1..6 {
        assert!(is_at(&window, step));
        act(&mut window, Role::Button, "Skip this step");
    }
    assert!(window.query_by_label("That is a plan").is_some());
    press(&mut window, Key::F6);
    press(&mut window, Key::Escape);
    assert!(session(&window).tour().is_none(), "Esc leaves from the drawing as well");
}

#[test]
fn undo_takes_back_what_was_done_and_is_never_taken_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = begin(folder.path());
    walk(&mut window, 0);
    walk(&mut window, 1);
    assert!(is_at(&window, 2));
    for _ in 0..depth(&window) {
        key(&mut window, Modifiers::COMMAND, Key::Z);
    }
    assert!(project(&window).components.is_empty() && is_at(&window, 2), "the tour goes its own way");
    act(&mut window, Role::Button, "Back");
    key(&mut window, Modifiers::COMMAND, Key::Y);
    assert!(is_at(&window, 1), "a component that came again is no connection");
    while session(&window).history().redo_name().is_some() {
        key(&mut window, Modifiers::COMMAND, Key::Y);
    }
    assert!(is_at(&window, 2), "the connection is there again");
    // A trait that is taken back is not tagged.
    walk(&mut window, 2);
    assert!(is_at(&window, 3));
    act(&mut window, Role::Button, "Back");
    press(&mut window, Key::F6);
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(is_at(&window, 2));
}

#[test]
fn a_closed_panel_that_a_step_points_to_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path());
    // Everything is folded away before.
    act(&mut window, Role::Button, "Blank sheet");
    for letter in [Key::B, Key::I, Key::J] {
        key(&mut window, Modifiers::COMMAND, letter);
    }
    window.run_steps(10);
    assert!(window.query_by_label("Find a component").is_none());
    run(&mut window, "help.tour");
    window.run_steps(10);
    assert!(is_at(&window, 0) && window.query_by_label("Find a component").is_some());
    walk(&mut window, 0);
    walk(&mut window, 1);
    window.run_steps(10);
    assert!(is_at(&window, 2) && window.query_by_label("Tables").is_some());
    walk(&mut window, 2);
    window.run_steps(10);
    assert!(window.query_by_role_and_label(Role::Tab, "Why not another").is_some());
    // One that is closed meanwhile is shown again on request.
    key(&mut window, Modifiers::COMMAND, Key::J);
    window.run_steps(10);
    act(&mut window, Role::Button, "Show where");
    window.run_steps(10);
    assert!(window.query_by_role_and_label(Role::Tab, "Why not another").is_some() && is_at(&window, 3));
}

#[test]
fn unsaved_work_is_asked_about_before_the_tour_begins() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("dropped.ron");
    let text = r#"(format: 1, name: "Mine", components: {"a": (name: "A", kind: worker, pos: (0, 0))})"#;
    fs::write(&path, text).unwrap();
    let mut window = open(folder.path());
    drop_files(&mut window, &[&path]);
    window.get_by_label_contains("A, Background worker").click();
    settle(&mut window);
    press(&mut window, Key::Delete);
    let changed = bytes(&window);
    run(&mut window, "help.tour");
    assert!(session(&window).tour().is_none());
    act(&mut window, Role::Button, "Cancel");
    assert_eq!((bytes(&window), session(&window).tour().is_some()), (changed, false));
    run(&mut window, "help.tour");
    act(&mut window, Role::Button, "Don't save");
    assert!(is_at(&window, 0) && project(&window).components.is_empty());
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn the_card_is_in_the_window_whatever_its_size_and_asks_for_no_frame() {
    let folder = tempfile::tempdir().unwrap();
    for size in [[1024.0, 640.0], [2560.0, 1440.0]] {
        let mut window = begin(folder.path());
        window.set_size(size.into());
        for (step, told) in STEPS.iter().enumerate() {
            window.run_steps(10);
            let window_rect = egui::Rect::from_min_size(egui::Pos2::ZERO, size.into());
            for label in [told.title, "Skip this step", "Leave the tour (Esc)"] {
                let rect = window.get_by_label(label).rect();
                assert!(window_rect.contains_rect(rect), "{size:?}, step {step}: {label} at {rect}");
            }
            let (back, skip) = (window.get_by_label("Back").rect(), window.get_by_label("Skip this step").rect());
            let leave = window.get_by_label("Leave the tour (Esc)").rect();
            assert!(back.right() <= skip.left() && skip.right() <= leave.left(), "{back} {skip} {leave}");
            window.remove_cursor();
            window.run_steps(20);
            let wait = window.output().viewport_output[&egui::ViewportId::ROOT].repaint_delay;
            assert!(wait > std::time::Duration::from_secs(1), "step {step}: the next frame is asked for in {wait:?}");
            if step < 3 {
                walk(&mut window, step);
            } else {
                act(&mut window, Role::Button, "Skip this step");
            }
        }
    }
}

#[test]
fn the_buttons_of_the_card_stand_beside_each_other_in_german_too() {
    let folder = tempfile::tempdir().unwrap();
    let start = setup(None, Some(Recent::in_folder(&folder.path().join("state"))));
    let mut window = open_setup(Setup { language: Language::German, ..start });
    act(&mut window, Role::Button, "Rundgang starten");
    for step in 0..STEPS.len() {
        let ways = ["Zurück", "Überspringen", "Beenden (Esc)"].map(|label| window.get_by_label(label).rect());
        assert!(ways.windows(2).all(|two| two[0].right() <= two[1].left()), "step {step}: {ways:?}");
        act(&mut window, Role::Button, "Überspringen");
    }
    window.get_by_label("Schließen (Esc)");
}

#[test]
fn another_project_and_the_presentation_put_the_tour_aside() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = begin(folder.path());
    press(&mut window, Key::F5);
    assert!(window.query_by_label("Step 1 of 6").is_none() && session(&window).tour().is_some());
    press(&mut window, Key::Escape);
    assert!(is_at(&window, 0), "Esc leaves the presentation first");
    key(&mut window, Modifiers::COMMAND, Key::N);
    assert!(session(&window).tour().is_none() && window.query_by_label("Step 1 of 6").is_none());
}
