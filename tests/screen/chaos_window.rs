//! The whole window under random keys and clicks, the same on every run: nothing falls over, the drawing stays sound, the keyboard is
//! never nowhere, and undo leads back to the first bytes.

#![expect(clippy::unwrap_used, reason = "helpers of a test")]

use std::{collections::VecDeque, thread};

use egui::{Event, Key, Modifiers, PointerButton, pos2};
use groundplan::{
    session::commands::{Menu, TABLE},
    ui::shortcut::toolkit_shortcut,
};

use crate::common::{chance, window};
use chance::Chance;
use window::{Window, bytes, open};

const PLAN: &str = r#"(
    format: 1,
    name: "Chaos",
    components: {
        "shop": (name: "Shop", kind: web_application, pos: (0, 0)),
        "api": (name: "API", kind: rest_api, pos: (300, 0)),
        "store": (name: "Store", kind: relational_database, pos: (300, 200)),
    },
    connections: {"shop-to-api": (from: "shop", to: "api", protocol: http)},
    boundaries: {"team": (name: "Team", pos: (-40, -60), size: (280, 180))},
)"#;

struct Told(VecDeque<String>);

impl Drop for Told {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the last events:");
            self.0.iter().for_each(|line| eprintln!("  {line}"));
        }
    }
}

/// Every shortcut that does not lead away from the drawing, or to a file.
fn shortcuts() -> Vec<(Modifiers, Key)> {
    let commands = TABLE.iter().filter(|command| command.menu != Menu::File);
    let keys = commands.flat_map(|command| command.shortcuts).filter_map(toolkit_shortcut);
    keys.map(|keys| (keys.modifiers, keys.logical_key)).collect()
}

fn check(window: &Window) {
    let session = window.state().session();
    let project = session.project();
    assert_eq!(project.validate(), []);
    assert!(session.selection().iter().all(|element| project.contains(element)));
    assert!(session.cursor().is_none_or(|at| project.contains(at)));
}

/// One run; whether the drawing was still there at its end: a way through the menus leads to another one.
fn run(seed: u64) -> bool {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), PLAN);
    let first = bytes(&window);
    let shortcuts = shortcuts();
    let walk = [Key::Tab, Key::Tab, Key::Escape, Key::Escape, Key::ArrowDown, Key::ArrowRight, Key::F6];
    let mut chance = Chance::new(seed);
    let mut told = Told(VecDeque::from([format!("seed {seed}")]));
    for _ in 0..160 {
        let (modifiers, key) = match chance.below(10) {
            0..=4 => *chance.of(&shortcuts).unwrap(),
            5 => (Modifiers::NONE, Key::Enter),
            6 => (Modifiers::SHIFT, Key::Tab),
            _ => (Modifiers::NONE, *chance.of(&walk).unwrap()),
        };
        told.0.push_back(format!("{modifiers:?} {key:?}"));
        window.key_press_modifiers(modifiers, key);
        if chance.one_in(12) {
            let at = pos2(chance.between(300.0, 900.0) as f32, chance.between(60.0, 500.0) as f32);
            told.0.push_back(format!("click at {at}"));
            window.hover_at(at);
            for pressed in [true, false] {
                let button = PointerButton::Primary;
                window.event(Event::PointerButton { pos: at, button, pressed, modifiers: Modifiers::NONE });
            }
        }
        window.run_steps(1);
        check(&window);
        let project = window.state().session().project();
        if project.name != "Chaos" {
            return false;
        }
        // What grows and grows only makes it slow.
        if project.components.len() > 9 {
            break;
        }
    }
    // Whatever is open is left, and then everything is taken back.
    for _ in 0..6 {
        window.key_press(Key::Escape);
        window.run_steps(3);
    }
    window.key_press(Key::F6);
    window.run_steps(3);
    assert!(window.ctx.memory(egui::Memory::focused).is_some(), "the keyboard is somewhere");
    for _ in 0..window.state().session().history().depth() {
        window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        window.run_steps(2);
    }
    assert!(window.state().session().history().undo_name().is_none());
    let back = bytes(&window);
    assert_eq!(back, first);
    true
}

#[test]
fn whatever_keys_come_the_window_stands_and_undo_gives_the_first_bytes() {
    let whole: usize = thread::scope(|scope| {
        let halves = [1..=4, 5..=8].map(|seeds| scope.spawn(move || seeds.filter(|seed| run(*seed)).count()));
        halves.into_iter().map(|half| half.join().unwrap()).sum()
    });
    assert!(whole >= 6, "{whole} runs of 8 kept to the drawing");
}
