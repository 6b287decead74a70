//! Saving never loses work: not what is here, not what somebody else wrote, whatever the disk does.

#![allow(clippy::unwrap_used, clippy::expect_used)] // in helpers too: a test that cannot go on fails

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use egui::{Event, Key, Modifiers, ViewportCommand, ViewportEvent, ViewportId};
use egui_kittest::kittest::Queryable as _;
use groundplan::session::{Background, Handed};

/// Helpers, of which the window needs the session.
#[path = "../common"]
mod common {
    pub mod session;
    pub mod window;
}

mod children;
mod damaged;
mod idle;
mod opening;
mod others;
mod places;
mod slow;
mod typing;
mod ways;

use common::window::{
    Window, bytes, depth, drop_files, key, open_file, press, project, says, selected, session, settle,
};

const PLAN: &str = r#"(format: 1, name: "Plan", components: {
    "a": (name: "A", kind: worker, pos: (0, 0)), "b": (name: "B", kind: worker, pos: (300, 0))})"#;

/// What another program makes of it.
const THEIRS: &str = r#"(format: 1, name: "Theirs", components: {
    "b": (name: "B", kind: worker, pos: (300, 0)), "c": (name: "C", kind: worker, pos: (600, 0))})"#;

/// A window over a plan in a folder, and the plan's file.
fn open(folder: &Path) -> (Window, PathBuf) {
    let file = folder.join("plan.ron");
    fs::write(&file, PLAN).unwrap();
    (window_on(&file), file)
}

fn window_on(file: &Path) -> Window {
    open_file(Some(file), None)
}

fn click(window: &mut Window, label: &str) {
    window.get_by_label(label).click();
    settle(window);
}

/// A dialog's button; those of the window behind it come first.
fn answer(window: &mut Window, label: &str) {
    window.get_all_by_role_and_label(egui::Role::Button, label).last().unwrap().click();
    settle(window);
}

/// One step: everything is there twice.
fn edit(window: &mut Window) {
    let before = depth(window);
    key(window, Modifiers::COMMAND, Key::A);
    key(window, Modifiers::COMMAND, Key::D);
    assert_eq!(depth(window), before + 1, "{:?}", window.state().messages());
}

fn save(window: &mut Window) {
    key(window, Modifiers::COMMAND, Key::S);
}

fn come_back(window: &mut Window) {
    window.event(Event::WindowFocused(false));
    settle(window);
    window.event(Event::WindowFocused(true));
    settle(window);
}

fn type_path(window: &mut Window, path: &Path) {
    key(window, Modifiers::COMMAND, Key::A);
    window.get_by_label("Path").type_text(&path.to_string_lossy());
    settle(window);
    press(window, Key::Enter);
}

fn shows(window: &Window, words: &str) -> bool {
    window.query_all_by_label_contains(words).next().is_some()
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap()
}

/// Work that waits until somebody lets it go on.
#[derive(Clone, Default)]
struct Gate(Arc<Mutex<Vec<Handed>>>);

impl Gate {
    fn before(window: &mut Window) -> Self {
        let gate = Self::default();
        let queue = Arc::clone(&gate.0);
        let background = Background::Handed(Arc::new(move |work| queue.lock().unwrap().push(work)));
        window.state_mut().set_background(background);
        gate
    }

    /// Does what waits, and shows the window what came of it.
    fn open(&self, window: &mut Window) {
        let waiting: Vec<Handed> = self.0.lock().unwrap().drain(..).collect();
        for work in waiting {
            work();
        }
        settle(window);
    }
}

/// Frames until the window asks to be closed, or six without.
fn closes(window: &mut Window) -> bool {
    (0..6).any(|_| {
        window.step();
        let commands = &window.output().viewport_output[&ViewportId::ROOT].commands;
        commands.contains(&ViewportCommand::Close)
    })
}

fn press_close_button(window: &mut Window) {
    let viewport = window.input_mut().viewports.entry(ViewportId::ROOT).or_default();
    viewport.events.push(ViewportEvent::Close);
    window.step();
    let commands = &window.output().viewport_output[&ViewportId::ROOT].commands;
    assert!(commands.contains(&ViewportCommand::CancelClose), "it stays open for now");
}
