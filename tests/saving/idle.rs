//! A window that nobody works in.

use std::{
    collections::BTreeMap,
    time::{Duration, SystemTime},
};

use eframe::App as _;
use groundplan::storage::Recent;

use super::*;

/// Names, contents and times of everything in a folder, and in the folders in it.
fn state_of(folder: &Path) -> BTreeMap<PathBuf, (Option<Vec<u8>>, SystemTime)> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(state_of(&path));
        }
        let modified = fs::metadata(&path).unwrap().modified().unwrap();
        found.insert(path.clone(), (fs::read(&path).ok(), modified));
    }
    found
}

/// Keeps what it is given; whether it would write to a disk is the window's to say.
#[derive(Default)]
struct Store(BTreeMap<String, String>);

impl eframe::Storage for Store {
    fn get_string(&self, key: &str) -> Option<String> {
        self.0.get(key).cloned()
    }

    fn set_string(&mut self, key: &str, value: String) {
        self.0.insert(key.to_owned(), value);
    }

    fn remove_string(&mut self, key: &str) {
        self.0.remove(key);
    }

    fn flush(&mut self) {}
}

const DAY: Duration = Duration::from_hours(24);

#[test]
fn an_idle_window_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plan.ron");
    fs::write(&file, PLAN).unwrap();
    let recent = Recent::in_folder(&folder.path().join("state"));
    let mut window = open_file(Some(&file), Some(recent));
    for after in ["start", "an edit", "a save"] {
        match after {
            "an edit" => edit(&mut window),
            "a save" => save(&mut window),
            _ => {}
        }
        window.remove_cursor();
        window.run_steps(30);
        let before = state_of(folder.path());
        window.run_steps(60);
        come_back(&mut window);
        assert_eq!(state_of(folder.path()), before, "after {after} the folder stays as it is");
        assert!(window.state().auto_save_interval() > DAY, "after {after} there are no settings to keep");
    }
}

#[test]
fn settings_are_kept_soon_after_they_change_and_not_again() {
    let folder = tempfile::tempdir().unwrap();
    let (mut window, _) = open(folder.path());
    let mut store = Store::default();
    for _ in 0..2 {
        // The palette goes, and comes back.
        key(&mut window, Modifiers::COMMAND, Key::B);
        assert!(window.state().auto_save_interval() < Duration::from_mins(1));
        let before = store.0.clone();
        window.state_mut().save(&mut store);
        assert_ne!(store.0, before);
        assert!(window.state().auto_save_interval() > DAY);
    }
}
