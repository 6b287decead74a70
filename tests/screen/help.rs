//! The help beside the drawing: opened by key, read, searched and left without a pointer, and every page and link of it.

#![expect(clippy::unwrap_used, clippy::panic, reason = "helpers of a test")]
#![allow(
    clippy::redundant_closure_for_method_calls,
    reason = "the method by itself is not general enough for the search"
)]

use std::fs;

use egui::{Event, Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};

use crate::common::window;
use window::{Window, bytes, depth, focused, key, on, press, selected, settle};

const PLAN: &str = r#"(
    format: 1,
    name: "Plan",
    components: {
        "shop": (name: "Shop", kind: web_application, pos: (0, 0)),
        "api": (name: "API", kind: rest_api, pos: (400, 0)),
    },
    connections: {"shop-to-api": (from: "shop", to: "api", protocol: http)},
)"#;

fn open() -> Window {
    let folder = tempfile::tempdir().unwrap();
    window::open(folder.path(), PLAN)
}

fn type_text(window: &mut Window, words: &str) {
    window.event(Event::Text(words.to_owned()));
    settle(window);
}

/// The page that is read.
fn page(window: &Window) -> Option<String> {
    let text = window.query_by_role(Role::Document)?;
    text.accesskit_node().label().map(|name| name.trim_start_matches("Text of ").to_owned())
}

/// The rows of the contents, and the one of where the text is.
fn contents(window: &Window) -> (Vec<String>, Vec<String>) {
    let rows = |chosen: bool| {
        let rows = window.query_all_by_role(Role::TreeItem);
        rows.filter(|row| {
            !chosen
                || row.accesskit_node().toggled() == Some(egui::accesskit::Toggled::True)
                || row.accesskit_node().is_selected() == Some(true)
        })
        .filter_map(|row| row.accesskit_node().label())
        .collect::<Vec<_>>()
    };
    (rows(false), rows(true))
}

/// Where a text stands below the upper edge of what is read, in points.
fn below_top(window: &Window, words: &str) -> f32 {
    let text = window.get_by_role(Role::Document).rect();
    let shown = window.query_all_by_role(Role::Label).find(|node| node.value().is_some_and(|value| value == words));
    shown.unwrap_or_else(|| panic!("{words:?} is not in the text")).rect().top() - text.top()
}

fn click_row(window: &mut Window, row: &str) {
    window.get_by_role_and_label(Role::TreeItem, row).click();
    settle(window);
}

#[test]
fn f1_opens_it_to_be_read_beside_the_drawing_and_esc_leads_back() {
    let mut window = open();
    press(&mut window, Key::Tab);
    on(&window, "Shop,");
    press(&mut window, Key::F1);
    assert_eq!(page(&window).as_deref(), Some("Guide"));
    on(&window, "Text of Guide");
    // It stops nobody: what is drawn goes on, with the help open.
    press(&mut window, Key::F6);
    on(&window, "Shop,");
    press(&mut window, Key::ArrowRight);
    assert_eq!(depth(&window), 1);
    key(&mut window, Modifiers::COMMAND, Key::Z);
    assert!(page(&window).is_some());
    // The key leads into it again, and out of it.
    press(&mut window, Key::F1);
    on(&window, "Text of Guide");
    press(&mut window, Key::Escape);
    assert_eq!(page(&window), None);
    on(&window, "Shop,");
    press(&mut window, Key::F1);
    press(&mut window, Key::F1);
    assert_eq!(page(&window), None);
    on(&window, "Shop,");
}

#[test]
fn keys_scroll_and_run_nothing_on_the_drawing() {
    let mut window = open();
    key(&mut window, Modifiers::COMMAND, Key::A);
    let (before, chosen) = (bytes(&window), selected(&window));
    press(&mut window, Key::F1);
    let top = |window: &Window| below_top(window, "Guide");
    let first = top(&window);
    assert!((0.0..40.0).contains(&first), "{first}");
    let mut last = first;
    for pressed in [Key::ArrowDown, Key::PageDown, Key::Space, Key::End] {
        press(&mut window, pressed);
        assert!(top(&window) < last, "{pressed:?} scrolls");
        last = top(&window);
    }
    press(&mut window, Key::PageUp);
    assert!(top(&window) > last);
    press(&mut window, Key::Home);
    assert_eq!(top(&window), first);
    for pressed in [Key::Delete, Key::N, Key::Backspace, Key::D] {
        press(&mut window, pressed);
    }
    assert_eq!((bytes(&window), selected(&window)), (before, chosen));
    on(&window, "Text of Guide");
}

#[test]
fn every_heading_is_listed_and_its_row_leads_to_it() {
    let mut window = open();
    press(&mut window, Key::F1);
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    for (file, row) in
        [("guide", "Guide"), ("words", "Words"), ("method", "Method"), ("files", "Files"), ("check", "check FILE")]
    {
        click_row(&mut window, row);
        let text = fs::read_to_string(folder.join(format!("{file}.md"))).unwrap();
        let mut in_code = false;
        let mut headings = Vec::new();
        for line in text.lines() {
            in_code ^= line.starts_with("```");
            if !in_code && line.starts_with("##") {
                headings.push(line.trim_start_matches('#').trim().replace('`', ""));
            }
        }
        assert!(headings.len() > 2, "{file}");
        for heading in headings {
            let (rows, _) = contents(&window);
            assert!(rows.contains(&heading), "{heading:?} of {file} is not among {rows:?}");
            click_row(&mut window, &heading);
            let (rows, here) = contents(&window);
            assert_eq!(here, std::slice::from_ref(&heading), "{rows:?}");
            let place = below_top(&window, &heading);
            let height = window.get_by_role(Role::Document).rect().height();
            assert!((-1.0..height).contains(&place), "{heading:?} of {file} stands at {place}");
        }
    }
}

/// The signs of each are in our faces, or the window would end here.
#[test]
fn every_page_can_be_shown_to_its_end() {
    let mut window = open();
    press(&mut window, Key::F1);
    let mut pages = std::collections::BTreeSet::new();
    for row in contents(&window).0 {
        click_row(&mut window, &row);
        let title = page(&window).unwrap();
        let top = below_top(&window, &title);
        press(&mut window, Key::End);
        assert!(below_top(&window, &title) <= top.max(40.0), "{title}");
        pages.insert(title);
    }
    let files = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/docs")).unwrap();
    let documents = files.filter(|file| file.as_ref().unwrap().path().extension().is_some_and(|end| end == "md"));
    assert_eq!(pages.len(), documents.count(), "{pages:?}");
}

#[test]
fn links_lead_from_page_to_page_and_there_is_a_way_back() {
    let mut window = open();
    press(&mut window, Key::F1);
    window.get_all_by_role_and_label(Role::Link, "Method").next().unwrap().click();
    settle(&mut window);
    assert_eq!(page(&window).as_deref(), Some("Method"));
    on(&window, "Text of Method");
    click_row(&mut window, "Capacity");
    key(&mut window, Modifiers::ALT, Key::ArrowLeft);
    assert_eq!((page(&window).as_deref(), contents(&window).1), (Some("Method"), vec!["Method".to_owned()]));
    key(&mut window, Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(page(&window).as_deref(), Some("Guide"));
    key(&mut window, Modifiers::ALT, Key::ArrowRight);
    key(&mut window, Modifiers::ALT, Key::ArrowRight);
    assert_eq!(contents(&window).1, ["Capacity"]);
    // By key: Tab goes from link to link, and what it goes to is seen.
    window.get_by_label("Back").click();
    settle(&mut window);
    click_row(&mut window, "Words");
    press(&mut window, Key::Tab);
    let link = focused(&window);
    let text = window.get_by_role(Role::Document).rect();
    let place = window.get_by(|node| node.is_focused() && node.role() == Role::Link).rect();
    assert!(text.contains_rect(place), "{link} at {place} in {text}");
    press(&mut window, Key::Enter);
    assert_eq!(page(&window).as_deref(), Some("Writing your own playbook"));
}

#[test]
fn who_types_searches_all_pages_and_is_led_to_the_words() {
    let mut window = open();
    press(&mut window, Key::F1);
    type_text(&mut window, "deci");
    on(&window, "Search the help");
    type_text(&mut window, "bans odds");
    let hits = |window: &Window| -> Vec<String> {
        let rows = window.query_all_by_role(Role::ListBoxOption);
        rows.filter_map(|row| row.accesskit_node().label()).collect()
    };
    let found = hits(&window);
    assert!(found.len() > 1, "{found:?}");
    assert!(found.iter().all(|hit| hit.to_lowercase().contains("decibans")), "{found:?}");
    // The arrows go through what was found, and the text follows.
    let first = page(&window);
    press(&mut window, Key::ArrowDown);
    assert_ne!((page(&window), contents(&window).1), (first.clone(), vec![]));
    press(&mut window, Key::ArrowUp);
    assert_eq!(page(&window), first);
    press(&mut window, Key::Enter);
    on(&window, "Text of");
    // Esc leaves the search first, and the text stays where it is.
    press(&mut window, Key::Escape);
    assert!(hits(&window).is_empty());
    assert_eq!(page(&window), first);
    key(&mut window, Modifiers::COMMAND, Key::F);
    type_text(&mut window, "qwertz");
    assert!(window.query_by_label("Nothing has all these words").is_some());
    press(&mut window, Key::Escape);
    press(&mut window, Key::Escape);
    assert_eq!(page(&window), None);
}

#[test]
fn a_word_that_is_found_far_down_a_table_is_in_view() {
    let mut window = open();
    press(&mut window, Key::F1);
    type_text(&mut window, "presentation drawing alone");
    press(&mut window, Key::Escape);
    press(&mut window, Key::F1);
    press(&mut window, Key::F1);
    type_text(&mut window, "context menu");
    press(&mut window, Key::Enter);
    let text = window.get_by_role(Role::Document).rect();
    let seen = window.query_all_by_role(Role::Label).any(|node| {
        node.value().is_some_and(|value| value.to_lowercase().contains("context menu"))
            && text.contains(node.rect().center())
    });
    assert!(seen, "the words are in view");
}

#[test]
fn the_contents_are_walked_by_arrows() {
    let mut window = open();
    press(&mut window, Key::F1);
    press(&mut window, Key::ArrowLeft);
    on(&window, "Guide");
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::ArrowDown);
    let row = focused(&window);
    assert_eq!(row, contents(&window).0[2]);
    press(&mut window, Key::Enter);
    assert_eq!(contents(&window).1, [row]);
    on(&window, "Text of Guide");
    press(&mut window, Key::ArrowLeft);
    press(&mut window, Key::End);
    assert_eq!(Some(&focused(&window)), contents(&window).0.last());
    press(&mut window, Key::Enter);
    assert!(page(&window).unwrap().starts_with("groundplan baselines"));
}

#[test]
fn it_remembers_where_one_was() {
    let mut window = open();
    press(&mut window, Key::F1);
    click_row(&mut window, "Method");
    click_row(&mut window, "Ranges");
    press(&mut window, Key::ArrowDown);
    let place = below_top(&window, "Ranges");
    press(&mut window, Key::Escape);
    press(&mut window, Key::F1);
    assert_eq!(page(&window).as_deref(), Some("Method"));
    assert!((below_top(&window, "Ranges") - place).abs() < 1.0);
}

#[test]
fn each_tab_below_leads_to_its_part_of_the_help() {
    let mut window = open();
    for (number, tab, part) in [
        (Key::Num1, "Recommendation", "Reading the advice"),
        (Key::Num2, "Timeline", "Weeks and budget"),
        (Key::Num3, "Budget", "Weeks and budget"),
        (Key::Num4, "Scenarios", "Scenarios and baselines"),
        (Key::Num5, "Capacity", "Capacity"),
        (Key::Num6, "Findings", "Findings"),
        (Key::Num7, "Stack", "Stack and evidence"),
        (Key::Num8, "Evidence", "What it rests on"),
    ] {
        key(&mut window, Modifiers::ALT, number);
        window.get_by_label(&format!("Help on {tab}")).click();
        settle(&mut window);
        assert_eq!(contents(&window).1, [part]);
        press(&mut window, Key::Escape);
        assert_eq!(page(&window), None);
    }
}

#[test]
fn it_opens_on_the_welcome_page_and_from_its_menu() {
    let mut window = window::open_file(None, None);
    press(&mut window, Key::F1);
    assert_eq!(page(&window).as_deref(), Some("Guide"));
    window.get_by_label("Close help").click();
    settle(&mut window);
    assert_eq!(page(&window), None);
    let mut window = open();
    key(&mut window, Modifiers::ALT, Key::L);
    press(&mut window, Key::Enter);
    on(&window, "Text of Guide");
}

#[test]
fn whatever_can_be_used_has_a_name_in_any_size_and_theme() {
    for (size, dark) in [([1024.0, 640.0], false), ([1920.0, 1080.0], true), ([640.0, 360.0], false)] {
        let mut window = open();
        window.ctx.set_theme(if dark { egui::Theme::Dark } else { egui::Theme::Light });
        window.set_size(egui::Vec2::from(size));
        press(&mut window, Key::F1);
        for row in ["Method", "Files", "assess FILE --json"] {
            click_row(&mut window, row);
            let nameless = window.query_all_by(|node| {
                let used = matches!(
                    node.role(),
                    Role::Button | Role::Link | Role::TreeItem | Role::Document | Role::TextInput
                );
                used && node.label().is_none_or(|label| label.trim().is_empty())
            });
            assert_eq!(nameless.count(), 0, "{row} at {size:?}");
            let text = window.get_by_role(Role::Document).rect();
            assert!(text.width() > 200.0 && text.right() <= size[0] && text.bottom() <= size[1], "{text} at {size:?}");
        }
    }
}

#[test]
fn at_twice_the_size_contents_and_text_stand_side_by_side_and_nothing_lies_on_anything() {
    let mut window = open();
    // A window of 1024 x 640 pixels at 200 %.
    window.set_size(egui::vec2(512.0, 320.0));
    press(&mut window, Key::F1);
    settle(&mut window);
    let text = window.get_by_role(Role::Document).rect();
    let guide = window.get_by_role_and_label(Role::TreeItem, "Guide").rect();
    assert!(guide.right() <= text.left() && text.width() > 260.0 && text.height() > 120.0, "{guide} {text}");
    type_text(&mut window, "queue");
    settle(&mut window);
    let text = window.get_by_role(Role::Document).rect();
    for hit in window.query_all_by_role(Role::ListBoxOption) {
        assert!(hit.rect().right() <= text.left(), "{} {text}", hit.rect());
    }
    press(&mut window, Key::Escape);
    press(&mut window, Key::Escape);
    // The bars around it as well.
    let begins = |beginning: &'static str| {
        move |node: &egui_kittest::Node<'_>| {
            node.accesskit_node().label().is_some_and(|label| label.starts_with(beginning))
        }
    };
    let ends = |node: &egui_kittest::Node<'_>| {
        node.accesskit_node().label().is_some_and(|label| label.ends_with(" finding") || label.ends_with(" findings"))
    };
    let findings = window.query_all_by_role(Role::Button).find(ends).unwrap().rect();
    let budget = window.query_all_by_role(Role::Button).find(begins("Budget: ")).unwrap().rect();
    assert!(budget.right() <= findings.left(), "{budget}");
    let help = window.query_all_by_role(Role::Button).find(begins("Help")).unwrap().rect();
    let commands = window.query_all_by_role(Role::Button).find(begins("Commands")).unwrap().rect();
    assert!(help.right() <= commands.left(), "{help} {commands}");
}

#[test]
fn with_high_contrast_nothing_pales_where_it_scrolls() {
    let window = open();
    for (high, strength) in [(true, 0.0), (false, egui::style::ScrollFadeStyle::default().strength)] {
        groundplan::ui::theme::apply(&window.ctx, high, false);
        for theme in [egui::Theme::Dark, egui::Theme::Light] {
            assert_eq!(window.ctx.style_of(theme).spacing.scroll.fade.strength, strength, "{theme:?}, {high}");
        }
    }
}

#[test]
fn what_is_said_of_a_card_goes_when_the_help_lies_on_it() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window::open(folder.path(), PLAN);
    window.set_size(egui::vec2(1060.0, 700.0));
    settle(&mut window);
    let card = window
        .query_all_by_role(Role::Button)
        .find(|node| node.accesskit_node().label().is_some_and(|label| label.starts_with("API, ")));
    let place = card.unwrap().rect().right_center() - egui::vec2(6.0, 0.0);
    window.event(Event::PointerMoved(place));
    window.run_steps(12);
    let said = |window: &Window| window.query_all_by_label_contains(" of the median budget, ").count();
    assert_eq!(said(&window), 1);
    window.input_mut().events.push(Event::Key {
        key: Key::F1,
        physical_key: None,
        pressed: true,
        repeat: false,
        modifiers: Modifiers::NONE,
    });
    window.run();
    let help = window.get_by_role(Role::Document).rect();
    assert!(help.left() < place.x && place.x < help.right(), "{help} {place}");
    assert_eq!(said(&window), 0, "in as many frames as somebody asks for");
}
