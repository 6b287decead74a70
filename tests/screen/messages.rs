//! What the program said in this run can be read again and copied, and errors stay marked until somebody looks at them.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of a test")]

use egui::{Key, Modifiers, OutputCommand, Role};
use egui_kittest::kittest::Queryable as _;

use crate::common::window;
use window::{Window, drop_files, key, open, press, says, settle};

const PLAN: &str = r#"(format: 2, name: "Plan", components: {"a": (name: "Alpha", kind: worker, pos: (0, 0))})"#;

fn open_messages(window: &mut Window) {
    key(window, Modifiers { shift: true, ..Modifiers::COMMAND }, Key::M);
    assert!(window.query_by_label("Messages").is_some());
}

/// The words of the messages as they are listed.
fn listed(window: &Window, words: &str) -> Vec<f32> {
    let labels = window.query_all_by_role(Role::Label);
    labels
        .filter(|node| node.value().is_some_and(|value| value.contains(words)))
        .map(|node| node.rect().top())
        .collect()
}

fn click(window: &mut Window, label: &str) {
    window.get_by_label(label).click();
    settle(window);
}

/// The text that was put on the clipboard in this frame or the ones before it.
fn copied(window: &mut Window, label: &str) -> String {
    window.get_all_by_label(label).next().unwrap().click();
    for _ in 0..8 {
        window.step();
        let commands = &window.output().platform_output.commands;
        let text = commands
            .iter()
            .find_map(|command| if let OutputCommand::CopyText(text) = command { Some(text.clone()) } else { None });
        if let Some(text) = text {
            return text;
        }
    }
    panic!("{label} copies nothing");
}

#[test]
fn what_was_said_is_listed_newest_first_long_after_it_is_gone() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), PLAN);
    press(&mut window, Key::Tab);
    press(&mut window, Key::ArrowRight);
    key(&mut window, Modifiers::COMMAND, Key::S);
    assert!(says(&window, "Saved"));
    // Nothing is connected with it: an answer in the status bar.
    key(&mut window, Modifiers::ALT, Key::ArrowLeft);
    window.run_steps(40);
    assert!(!says(&window, "Saved"), "it is gone from the corner");
    open_messages(&mut window);
    let (saved, answer) = (listed(&window, "Saved "), listed(&window, "Nothing is connected with Alpha"));
    assert!(saved.iter().any(|saved| answer.iter().any(|answer| answer < saved)), "{saved:?} {answer:?}");
    assert!(window.query_all_by_role(Role::Label).any(|node| {
        let value = node.value().unwrap_or_default();
        value.len() == 8 && value.matches(':').count() == 2
    }));
    let all = copied(&mut window, "Copy all");
    let lines: Vec<&str> = all.lines().collect();
    assert!(lines[0].contains("Answer: Nothing is connected with Alpha"), "{all}");
    assert!(lines[1].contains("News: Saved "), "{all}");
    let one = copied(&mut window, "Copy this message");
    assert_eq!(one, lines[0]);
    click(&mut window, "Errors");
    assert!(window.query_by_label("Nothing was said so far").is_some());
    press(&mut window, Key::Escape);
    assert!(window.query_by_label("Messages").is_none(), "Esc closes");
    press(&mut window, Key::Tab);
    assert_eq!(window::selected(&window), ["a"], "and leads back to the drawing");
}

#[test]
fn errors_stay_marked_until_they_are_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), PLAN);
    let mark = "1 error not looked at";
    assert!(window.query_by_label(mark).is_none());
    let broken = folder.path().join("broken.png");
    std::fs::write(&broken, [0x89, b'P', 0, 1, 2, 3]).unwrap();
    drop_files(&mut window, &[&broken, &broken]);
    assert!(window.query_by_label(mark).is_some(), "{:?}", window.state().messages());
    click(&mut window, mark);
    assert!(window.query_by_label("Messages").is_some());
    assert!(window.query_by_label("Error, not looked at before").is_some());
    click(&mut window, "Close");
    assert!(window.query_by_label(mark).is_none(), "it was looked at");
    // One that is closed in the corner was read there.
    click(&mut window, "Close message");
    drop_files(&mut window, &[&broken, &broken]);
    assert!(window.query_by_label(mark).is_some());
    click(&mut window, "Close message");
    assert!(window.query_by_label(mark).is_none());
}

#[test]
fn a_click_on_what_the_status_bar_says_leads_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), PLAN);
    press(&mut window, Key::Tab);
    key(&mut window, Modifiers::ALT, Key::ArrowLeft);
    let said =
        |node: &egui_kittest::Node<'_>| node.value().is_some_and(|value| value.starts_with("Nothing is connected"));
    window.query_all_by_role(Role::Label).find(said).unwrap().click();
    settle(&mut window);
    assert!(window.query_by_label("Messages").is_some());
    assert!(listed(&window, "Nothing is connected with Alpha").len() > 1, "in the bar and in the list");
}

#[test]
fn the_list_can_be_opened_without_a_project_and_says_that_it_is_empty() {
    let mut window = window::open_file(None, None);
    open_messages(&mut window);
    assert!(window.query_by_label("Nothing was said so far").is_some());
    press(&mut window, Key::Enter);
    assert!(window.query_by_label("Messages").is_none(), "Close has the keyboard");
}
