//! The window speaks the language of who sits before it, and all of its words come from one catalogue.

#![expect(clippy::unwrap_used, reason = "helpers of a test")]

use std::{collections::HashSet, fs, path::Path};

use egui::{Key, Modifiers, Role, Theme};
use egui_kittest::{
    Harness, SnapshotOptions,
    kittest::{NodeT as _, Queryable as _},
};
use groundplan::{
    app::{Groundplan, Setup},
    lang::{self, Language},
    playbook::builtin,
};

use crate::common::window;
use window::{Window, key, open_setup, press, settle, setup};

fn open(language: Language) -> Window {
    open_setup(Setup { language, ..setup(None, None) })
}

/// The names and values of everything that is seen or read out.
fn said(window: &Window) -> Vec<String> {
    // Lines of a text are nodes of their own below it.
    let nodes = window.query_all_by(|node| node.role() != egui::accesskit::Role::TextRun);
    nodes.flat_map(|node| [node.accesskit_node().label(), node.accesskit_node().value()]).flatten().collect()
}

fn click(window: &mut Window, label: &str) {
    window.get_by_label(label).click();
    settle(window);
}

#[test]
fn a_german_desktop_gets_a_german_window() {
    let mut window = open(Language::German);
    for menu in ["Datei", "Bearbeiten", "Ansicht", "Hilfe"] {
        window.get_by_label(menu);
    }
    click(&mut window, "Factory telemetry");
    let said = said(&window);
    let tells = |words: &str| said.iter().any(|name| name.contains(words));
    assert!(tells("Empfehlung") && tells("Budget"), "the tabs are German: {said:#?}");
    assert!(tells("Wochen") && !tells("weeks"), "and so are durations");
    let decimals = |point: char| {
        let near = |name: &String| {
            let characters: Vec<char> = name.chars().collect();
            characters
                .windows(3)
                .any(|three| three[1] == point && three[0].is_ascii_digit() && three[2].is_ascii_digit())
        };
        said.iter().filter(|name| name.ends_with("Monate") || name.ends_with("Wochen")).any(near)
    };
    assert!(decimals(',') && !decimals('.'), "numbers have a comma before their decimals: {said:#?}");
}

#[test]
fn another_language_is_spoken_as_soon_as_it_is_chosen_and_undone_work_stays() {
    let mut window = open(Language::English);
    click(&mut window, "Factory telemetry");
    let before = window::bytes(&window);
    key(&mut window, Modifiers::COMMAND, Key::Comma);
    click(&mut window, "Deutsch");
    window.get_by_label("Einstellungen");
    press(&mut window, Key::Escape);
    window.get_by_label("Datei");
    key(&mut window, Modifiers::ALT, Key::Num8);
    let tells = |window: &Window, words: &str| said(window).iter().any(|name| name.contains(words));
    let of_playbook = ["Eine Plattform und ein Motor", "A platform and an engine"];
    assert_eq!(of_playbook.map(|words| tells(&window, words)), [true, false], "the playbook too");
    assert_eq!(window::bytes(&window), before, "what stands in a file is in no language of the window");
    key(&mut window, Modifiers::COMMAND, Key::Comma);
    click(&mut window, "English");
    press(&mut window, Key::Escape);
    window.get_by_label("File");
    assert_eq!(of_playbook.map(|words| tells(&window, words)), [false, true], "and English is as it was");
}

fn click_row(window: &mut Window, name: &str) {
    window.get_by_role_and_label(Role::TreeItem, name).click();
    window.run_steps(3);
}

/// Words that come with plans, which have a language of their own, and the names that the playbook has for what others made.
fn words_of_data() -> HashSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("presets");
    let read = |entry: std::io::Result<fs::DirEntry>| fs::read_to_string(entry.unwrap().path()).unwrap();
    let mut texts: Vec<String> = fs::read_dir(folder).unwrap().map(read).collect();
    let playbook = builtin().unwrap();
    texts.extend(playbook.frameworks.into_values().flat_map(|one| [one.name, one.short_name]));
    texts.extend(playbook.packages.into_iter().flat_map(|one| [one.name, one.extras.join(" ")]));
    texts.extend(playbook.cases.into_values().map(|one| one.name));
    texts.extend(playbook.servers.into_values().flat_map(|one| one.clients).map(|client| client.library));
    texts.iter().flat_map(|text| words_in(text)).map(str::to_lowercase).collect()
}

fn words_in(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 2)
}

/// What of a name stands outside of the marks of texts from a catalogue.
fn unmarked(name: &str) -> String {
    let (mut depth, mut outside) = (0_usize, String::new());
    for character in name.chars() {
        match character {
            '⟦' => depth += 1,
            '⟧' => {
                depth = depth.saturating_sub(1);
                outside.push(' ');
            }
            other if depth == 0 => outside.push(other),
            _ => {}
        }
    }
    outside
}

/// Names that are the same in every language, of the program and of who made what, and those of keys, which have a table of their own.
const NAMES: [&str; 26] = [
    "groundplan",
    "english",
    "deutsch",
    "plan",
    "usd",
    "untitled",
    "django",
    "ctrl",
    "shift",
    "alt",
    "esc",
    "enter",
    "tab",
    "delete",
    "backspace",
    "escape",
    "insert",
    "menu",
    "plus",
    "left",
    "right",
    "down",
    "home",
    "end",
    "root",
    "space",
];

/// What the toolkit calls edges of panels and windows by itself.
const OF_THE_TOOLKIT: &str = "Resize ";

/// Looks at everything that a window says, for words that come from no catalogue.
struct Look {
    data: HashSet<String>,
    wrong: Vec<String>,
}

impl Look {
    fn at(&mut self, window: &Window) {
        for name in said(window) {
            let outside = unmarked(&name);
            let own = words_in(&outside).map(str::to_lowercase);
            let own = own.filter(|word| !self.data.contains(word) && !NAMES.contains(&word.as_str()));
            let is_path = name.starts_with('/');
            if own.count() > 0 && !is_path && !name.starts_with(OF_THE_TOOLKIT) && !self.wrong.contains(&name) {
                self.wrong.push(name);
            }
        }
    }

    /// After a key.
    fn after(&mut self, window: &mut Window, modifiers: Modifiers, pressed: Key) {
        key(window, modifiers, pressed);
        self.at(window);
    }

    /// After a command, found by its words in the command palette.
    fn running(&mut self, window: &mut Window, words: &str) {
        key(window, Modifiers::COMMAND, Key::K);
        window.event(egui::Event::Text(words.to_owned()));
        settle(window);
        self.after(window, Modifiers::NONE, Key::Enter);
    }

    /// Each topic of what is open, and each choice that stands beside others.
    fn topics(&mut self, window: &mut Window, seen: &mut HashSet<String>) {
        loop {
            let new = window.query_all_by_role(Role::Tab).find_map(|tab| {
                let name = tab.accesskit_node().label().unwrap_or_default();
                seen.insert(name).then(|| tab.click())
            });
            if new.is_none() {
                return;
            }
            settle(window);
            self.at(window);
        }
    }
}

/// The tabs of the panel below, by their keys.
const TABS: [Key; 8] = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8];

#[test]
fn what_the_window_says_comes_from_a_catalogue() {
    let mut look = Look { data: words_of_data(), wrong: Vec::new() };
    lang::marked(|| {
        let mut window = open(Language::English);
        look.at(&window);
        click(&mut window, "Monolith decomposition");
        look.at(&window);
        // The tabs themselves are no topics of each other.
        let tabs: HashSet<String> =
            window.query_all_by_role(Role::Tab).filter_map(|tab| tab.accesskit_node().label()).collect();
        for tab in TABS {
            look.after(&mut window, Modifiers::ALT, tab);
            look.topics(&mut window, &mut tabs.clone());
        }
        look.after(&mut window, Modifiers::COMMAND, Key::A);
        look.after(&mut window, Modifiers::NONE, Key::Escape);
        elements(&mut look, &mut window);
        dialogs(&mut look, &mut window);
    });
    let wrong = look.wrong;
    assert!(wrong.is_empty(), "{} names have words of their own: {wrong:#?}", wrong.len());
}

/// Every sort of element with what the inspector and the context menu say of it, and what is drawn anew.
fn elements(look: &mut Look, window: &mut Window) {
    press(window, Key::F6);
    for _ in 0..14 {
        press(window, Key::Tab);
        press(window, Key::Space);
        look.at(window);
        look.after(window, Modifiers::SHIFT, Key::F10);
        press(window, Key::Escape);
        look.after(window, Modifiers::NONE, Key::D);
    }
    look.after(window, Modifiers::NONE, Key::Period);
    look.after(window, Modifiers::SHIFT, Key::F10);
    press(window, Key::Escape);
    press(window, Key::Escape);
    for (modifiers, pressed) in [
        (Modifiers::NONE, Key::A),
        (Modifiers::NONE, Key::N),
        (Modifiers::NONE, Key::F),
        (Modifiers::COMMAND, Key::F),
        (Modifiers::COMMAND, Key::G),
        (Modifiers::SHIFT, Key::F10),
    ] {
        look.after(window, modifiers, pressed);
        press(window, Key::Escape);
        press(window, Key::Escape);
    }
    for colour in TABS.into_iter().take(7) {
        look.after(window, Modifiers::COMMAND, colour);
        press(window, Key::Escape);
    }
}

/// Menus, dialogs, the help, and what is asked before something is lost.
fn dialogs(look: &mut Look, window: &mut Window) {
    press(window, Key::F10);
    for _ in 0..7 {
        look.at(window);
        press(window, Key::ArrowRight);
    }
    press(window, Key::Escape);
    for words in [
        "Settings",
        "About Groundplan",
        "Keyboard shortcuts",
        "Messages",
        "Unsaved work",
        "Difference from a file",
        "Changes since saving",
        "Playbook folder",
        "Save as",
        "Export report",
        "Copy table or plot",
        "Keep a baseline",
        "Keep the choices as a scenario",
        "Presentation",
        "Take the tour",
        "New",
        "Case studies",
    ] {
        look.running(window, words);
        press(window, Key::Escape);
        press(window, Key::Escape);
    }
    press(window, Key::F1);
    // Only the open page has its sections below it: what stays when another one is opened are pages.
    let rows = |window: &Window| -> Vec<String> {
        let rows = window.query_all_by_role(Role::TreeItem);
        rows.filter_map(|row| row.accesskit_node().label()).collect()
    };
    let before = rows(window);
    click_row(window, "⟦Words⟧");
    let pages: Vec<String> = rows(window).into_iter().filter(|row| before.contains(row)).collect();
    assert!(pages.len() > 15, "{pages:?}");
    for page in pages {
        click_row(window, &page);
        look.at(window);
    }
    press(window, Key::Escape);
}

#[test]
fn what_a_damaged_file_is_asked_about_comes_from_a_catalogue() {
    let mut look = Look { data: words_of_data(), wrong: Vec::new() };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plan.ron");
    lang::marked(|| {
        for text in [
            r#"(format: 2, name: "Plan", components: {"a": (name: "Alpha", kind: wroker), "b": (name: "Beta", kind: worker)})"#,
            "(format: 99, name: \"Plan\")",
            "hello",
        ] {
            fs::write(&file, text).unwrap();
            let start = Setup { file: Some(file.clone()), ..setup(None, None) };
            look.at(&open_setup(start));
        }
    });
    look.wrong.retain(|name| !name.contains(&folder.path().display().to_string()) && !name.contains(" | "));
    assert!(look.wrong.is_empty(), "{:#?}", look.wrong);
}

#[test]
fn the_german_window_looks_as_it_did() {
    let options = SnapshotOptions::new().threshold(1.0).max_failed_pixels(60).output_path("tests/pictures");
    let start = Setup { language: Language::German, ..setup(None, None) };
    let mut window = Harness::builder()
        .with_size([1280.0, 720.0])
        .with_pixels_per_point(1.0)
        .with_theme(Theme::Light)
        .with_max_steps(40)
        .with_options(options)
        .build_eframe(|cc| Groundplan::new(cc, start));
    settle(&mut window);
    click(&mut window, "Factory telemetry");
    window.remove_cursor();
    window.run_steps(16);
    window.snapshot("german");
}
