//! The window speaks the language of who sits before it, and all of its words come from one catalogue.

#![expect(clippy::unwrap_used, reason = "helpers of a test")]

use std::{collections::HashSet, fs, path::Path};

use egui::{Key, Modifiers, Theme};
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
    let nodes = window.query_all_by(|_| true);
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
            '⟧' => depth = depth.saturating_sub(1),
            other if depth == 0 => outside.push(other),
            _ => {}
        }
    }
    outside
}

/// Names that are the same in every language: of keys, of the program, of who made what.
const NAMES: [&str; 12] =
    ["ctrl", "shift", "alt", "groundplan", "english", "deutsch", "esc", "enter", "plan", "usd", "untitled", "django"];

/// What the toolkit calls the edge between panels by itself.
const OF_THE_TOOLKIT: &str = "Resize panel";

#[test]
fn what_the_window_says_comes_from_a_catalogue() {
    let data = words_of_data();
    let mut wrong = Vec::new();
    lang::marked(|| {
        let mut window = open(Language::English);
        let look = |window: &Window, wrong: &mut Vec<String>| {
            for name in said(window) {
                let outside = unmarked(&name);
                let own: Vec<&str> = words_in(&outside)
                    .filter(|word| {
                        !data.contains(&word.to_lowercase()) && !NAMES.contains(&word.to_lowercase().as_str())
                    })
                    .collect();
                if !own.is_empty() && name != OF_THE_TOOLKIT && !wrong.contains(&name) {
                    wrong.push(name);
                }
            }
        };
        look(&window, &mut wrong);
        click(&mut window, "Factory telemetry");
        look(&window, &mut wrong);
        for tab in [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8] {
            key(&mut window, Modifiers::ALT, tab);
            look(&window, &mut wrong);
        }
        key(&mut window, Modifiers::COMMAND, Key::A);
        look(&window, &mut wrong);
        press(&mut window, Key::Escape);
        for _ in 0..3 {
            press(&mut window, Key::Tab);
            look(&window, &mut wrong);
        }
        key(&mut window, Modifiers::COMMAND, Key::Comma);
        look(&window, &mut wrong);
    });
    assert!(wrong.is_empty(), "{} names have words of their own: {wrong:#?}", wrong.len());
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
