//! The whole window over a folder of its own, by what is seen, named and typed: helpers of its tests.
#![allow(dead_code, reason = "each test uses some of them")]
#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use egui::{Key, Modifiers};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use groundplan::{
    app::{Groundplan, Setup},
    lang::Language,
    project::Project,
    session::Session,
    storage::{self, Recent},
};

use super::session;

pub type Window = Harness<'static, Groundplan>;

/// Opened over a project with this text, in a folder where it can be saved.
pub fn open(folder: &Path, text: &str) -> Window {
    let file = folder.join("plan.ron");
    fs::write(&file, text).unwrap();
    open_file(Some(&file), None)
}

/// Opened over a file or over nothing; without the desktop's dialogs, other threads and a clock.
pub fn open_file(file: Option<&Path>, recent: Option<Recent>) -> Window {
    open_setup(setup(file, recent))
}

/// What such a window starts with.
pub fn setup(file: Option<&Path>, recent: Option<Recent>) -> Setup {
    Setup {
        engine: session::engine(),
        file: file.map(Path::to_owned),
        recent,
        drafts: None,
        native_dialogs: false,
        today: Some(jiff::civil::date(2027, 3, 1)),
        threads: false,
        language: Language::English,
    }
}

/// The window that starts with this.
pub fn open_setup(setup: Setup) -> Window {
    let mut window =
        Harness::builder().with_size([1440.0, 900.0]).with_max_steps(40).build_eframe(|cc| Groundplan::new(cc, setup));
    settle(&mut window);
    window
}

/// A few frames: messages keep the clock running, so waiting for silence would wait for them to go.
pub fn settle(window: &mut Window) {
    window.run_steps(6);
}

pub fn key(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    settle(window);
}

pub fn press(window: &mut Window, pressed: Key) {
    key(window, Modifiers::NONE, pressed);
}

pub fn session(window: &Window) -> &Session {
    window.state().session()
}

pub fn project(window: &Window) -> &Project {
    session(window).project()
}

/// The project as it would be saved.
pub fn bytes(window: &Window) -> String {
    storage::to_text(project(window)).unwrap()
}

pub fn selected(window: &Window) -> Vec<String> {
    session(window).selection().iter().map(|element| element.as_str().to_owned()).collect()
}

/// How many steps undo could take back.
pub fn depth(window: &Window) -> usize {
    session(window).history().depth()
}

/// Whether a message on the screen has these words.
pub fn says(window: &Window, words: &str) -> bool {
    window.state().messages().iter().any(|message| message.contains(words))
}

/// The name of the node that has the keyboard.
#[allow(clippy::redundant_closure_for_method_calls, reason = "the method is for one lifetime, a closure for any")]
pub fn focused(window: &Window) -> String {
    let node = window.query_all_by(|node| node.is_focused()).next();
    node.and_then(|node| node.accesskit_node().label()).unwrap_or_default()
}

/// Holds the keyboard to be on what is called so.
#[track_caller]
pub fn on(window: &Window, beginning: &str) {
    let name = focused(window);
    assert!(name.starts_with(beginning), "the keyboard is on {name:?} and not on {beginning:?}");
}

/// A file as the desktop hands it over.
#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        fs::read(&self.0).map_err(|error| error.to_string())
    }
}

/// Drops files on the window.
pub fn drop_files(window: &mut Window, paths: &[&Path]) {
    for path in paths {
        window.input_mut().dropped_files.push(Arc::new(Dropped(path.to_path_buf())));
    }
    settle(window);
}
