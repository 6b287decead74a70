//! Search: what is typed finds it, the canvas shows it, and every way out leaves things as they should be.

#![expect(clippy::unwrap_used, reason = "helpers of a test")]

use std::{path::Path, sync::Arc};

use egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use groundplan::{
    assess::Engine,
    find::{Found, Group, Index, Line, Target, kinds},
    project::{Boundary, Component, ComponentId, ComponentKind, Edit, Project, StickyNote, TraitValue},
    storage,
};
use kurbo::{Point, Rect};
use proptest::prelude::*;
use serde_json::Value;

use crate::common::{cli, large, session, window};
use session::{boundary, component, engine, preset};
use window::*;

fn index(engine: &Engine, project: Project) -> Index {
    let assessment = engine.assess(&project);
    Index::new(&Arc::new(project), &Arc::new(assessment), &engine.playbook)
}

/// Names and details of what a query finds in a group.
fn lines(engine: &Engine, index: &Index, query: &str, group: Group) -> Vec<Line> {
    let found = index.search(query);
    let range = found.groups.iter().find(|(of, _)| *of == group).map(|(_, range)| range.clone()).unwrap_or_default();
    found.hits[range].iter().map(|hit| index.line(*hit, query, &engine.playbook).unwrap()).collect()
}

fn titles(engine: &Engine, index: &Index, query: &str, group: Group) -> Vec<String> {
    lines(engine, index, query, group).into_iter().map(|line| line.title).collect()
}

/// Services called by these names, each with what it carries.
fn plan(services: &[(&str, &[(&str, TraitValue)])]) -> Project {
    let mut project = Project::new("Plan");
    for (place, (name, traits)) in services.iter().enumerate() {
        let at = Point::new(place as f64 * 300.0, 0.0);
        let mut component = Component::new(name, ComponentKind::DomainService, Some(at));
        component.traits = traits.iter().map(|(id, value)| ((*id).into(), value.clone())).collect();
        let id = project.new_component_id(name);
        project.apply(&Edit::PutComponent(id, component));
    }
    project
}

#[test]
fn the_better_it_fits_the_earlier_it_stands() {
    let engine = engine();
    let names = ["Archive of orders", "Reorder", "Orders archive", "Orders", "Order entry"];
    let index = index(&engine, plan(&names.map(|name| (name, [].as_slice()))));
    let expected = ["Orders", "Orders archive", "Archive of orders"];
    assert_eq!(titles(&engine, &index, "orders", Group::Components), expected);
    let expected = ["Orders", "Order entry", "Orders archive", "Archive of orders", "Reorder"];
    assert_eq!(titles(&engine, &index, "ORDER", Group::Components), expected);
    assert_eq!(titles(&engine, &index, "archive ord", Group::Components), ["Orders archive", "Archive of orders"]);
    assert!(index.search("order billing").hits.is_empty(), "every word has to be there");
}

#[test]
fn a_trait_finds_all_that_carry_it_with_its_value() {
    let engine = engine();
    let (tables, flag) = (TraitValue::Number, TraitValue::Flag);
    let index = index(
        &engine,
        plan(&[
            ("Shop", &[("tables", tables(40.0)), ("live-updates", flag(true))]),
            ("Desk", &[("tables", tables(400.0))]),
            ("Mail", &[("tables", tables(12.0))]),
        ]),
    );
    let found = lines(&engine, &index, "tables 40", Group::Traits);
    let said: Vec<(&str, &str)> = found.iter().map(|line| (line.title.as_str(), line.detail.as_str())).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert_eq!(said[0].0, "Shop");
    assert!(said[0].1.contains("40"), "{said:?}");
    assert_eq!(lines(&engine, &index, "tables", Group::Traits).len(), 3);
    assert_eq!(titles(&engine, &index, "shop tables", Group::Traits), ["Shop"], "a name narrows it down");
}

#[test]
fn frameworks_are_found_by_the_playbooks_names() {
    let engine = engine();
    let project = preset("monolith-decomposition");
    let assessment = engine.assess(&project);
    let index = index(&engine, project);
    let used: Vec<_> = assessment.verdict.counts.iter().filter(|(_, count)| *count > 0).collect();
    assert!(used.len() > 1, "{used:?}");
    for (framework, count) in used {
        let found = lines(&engine, &index, engine.playbook.framework_name(framework), Group::Frameworks);
        let name = engine.playbook.framework_name(framework);
        let built_on_it = found.iter().filter(|line| line.detail.trim_end_matches(", pinned") == format!("On {name}"));
        assert_eq!(built_on_it.count(), *count, "{found:?}");
    }
}

#[test]
fn connections_boundaries_notes_and_findings_are_found_by_what_they_say() {
    let engine = engine();
    let mut project = preset("monolith-decomposition");
    let note = StickyNote::new("Ask the landlord about the cellar", Rect::new(0.0, 900.0, 200.0, 1_000.0));
    project.apply(&Edit::PutNote("note".into(), note));
    let (link, from) = project.connections.iter().map(|(id, link)| (id.clone(), link.from.clone())).next().unwrap();
    let mut labelled = (*project.connections[&link]).clone();
    labelled.label = "reconciles ledgers".to_owned();
    project.apply(&Edit::PutConnection(link.clone(), labelled));
    let boundary = project.boundaries.values().next().unwrap().name.clone();
    let from = project.component_name(&from);
    let index = index(&engine, project);
    assert_eq!(titles(&engine, &index, "landlord", Group::Notes), ["Ask the landlord about the cellar"]);
    let found = lines(&engine, &index, "ledgers", Group::Connections);
    assert_eq!(found.len(), 1);
    assert!(found[0].title.starts_with(&from) && found[0].detail.contains("reconciles"), "{found:?}");
    assert!(!titles(&engine, &index, &from, Group::Connections).is_empty(), "an end finds its connections");
    assert_eq!(titles(&engine, &index, &boundary, Group::Boundaries), [boundary]);
}

#[test]
fn findings_are_found_by_what_they_say_and_by_what_they_are_about() {
    let engine = engine();
    let project = plan(&[("Shop", &[("tables", TraitValue::Number(40.0))])]);
    let assessment = engine.assess(&project);
    let index = index(&engine, project);
    let finding = assessment.open_findings().next().unwrap();
    let first_words: Vec<&str> = finding.message.split(' ').take(6).collect();
    let found = index.search(&first_words.join(" "));
    let targets: Vec<Target> = found.hits.iter().filter_map(|hit| index.target(*hit)).collect();
    assert!(targets.contains(&Target::Finding(finding.key.clone())), "{targets:?}");
}

#[test]
fn what_a_folded_boundary_stands_for_is_found_and_says_so() {
    let engine = engine();
    let mut project = plan(&[("Shop", &[]), ("Desk", &[])]);
    let frame = Boundary::new("Front", Rect::new(-20.0, -20.0, 220.0, 120.0));
    project.apply(&Edit::PutBoundary("front".into(), frame));
    let folded = project.fold(&"front".into()).unwrap();
    project.apply(&Edit::PutBoundary("front".into(), folded));
    let index = index(&engine, project);
    let shop = &lines(&engine, &index, "shop", Group::Components)[0];
    assert_eq!(shop.hidden_in.as_deref(), Some("Front"));
    assert_eq!(lines(&engine, &index, "desk", Group::Components)[0].hidden_in, None);
    let seen = index.seen_as(&component("shop"));
    assert_eq!(seen, boundary("front"));
}

#[test]
fn a_slip_of_the_hand_is_forgiven_where_nothing_has_the_words() {
    let engine = engine();
    let index = index(&engine, plan(&[("Invoices", &[]), ("Order processing", &[])]));
    for query in ["invocies", "invoces", "ordproc", "procesing"] {
        let found = index.search(query);
        assert!(found.near && !found.hits.is_empty(), "{query}: {found:?}");
    }
    assert!(!index.search("invoices").near);
    assert_eq!(index.search("zzzzqq"), Found::default());
    assert_eq!(index.search("  "), Found::default());
}

#[test]
fn ten_thousand_components_share_their_texts_and_every_hit_is_counted() {
    let engine = engine();
    let project = large::plan(&engine.playbook, 10_000);
    let components = project.components.len();
    let kind = ComponentKind::RelationalDatabase;
    let is_of_kind = |id: &ComponentId| project.components[id].kind == kind;
    let of_kind = project.components.keys().filter(|id| is_of_kind(id)).count();
    let links = project.connections.values().filter(|link| is_of_kind(&link.from) || is_of_kind(&link.to)).count();
    let index = Index::new(&Arc::new(project), &Arc::default(), &engine.playbook);
    let found = index.search("component");
    let of =
        |found: &Found, group| found.groups.iter().find(|(of, _)| *of == group).map_or(0, |(_, range)| range.len());
    assert_eq!(of(&found, Group::Components), components, "each id begins with the word");
    let found = index.search(kind.label());
    assert_eq!(of(&found, Group::Components), of_kind);
    assert_eq!(of(&found, Group::Connections), links, "each is named after its ends");
    let places: Vec<usize> = found.groups.iter().flat_map(|(_, range)| range.clone()).collect();
    assert_eq!(places, (0..found.hits.len()).collect::<Vec<_>>(), "the groups cover the hits without a gap");
    // Names, kinds and values are many times the same: comparing each once is what keeps typing quick.
    assert!(index.distinct_texts() < 2 * components, "{} texts", index.distinct_texts());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(60) })]
    #[test]
    fn whatever_is_typed_leads_to_what_is_there(query in "\\PC{0,24}|[a-z]{1,4}( [a-z0-9]{1,4}){0,3}") {
        static INDEX: std::sync::LazyLock<(Arc<Engine>, Index, Project)> = std::sync::LazyLock::new(|| {
            let (engine, project) = (engine(), preset("factory-telemetry"));
            let index = index(&engine, project.clone());
            (engine, index, project)
        });
        let (engine, index, project) = &*INDEX;
        let found = index.search(&query);
        for hit in &found.hits {
            prop_assert!(index.line(*hit, &query, &engine.playbook).is_some());
            if let Some(Target::Element(element)) = index.target(*hit) {
                prop_assert!(project.contains(&element));
            }
        }
    }
}

#[test]
fn kinds_are_found_by_their_names_and_by_the_words_of_the_playbook() {
    let playbook = &engine().playbook;
    assert_eq!(kinds(playbook, ""), ComponentKind::ALL);
    assert_eq!(kinds(playbook, "rest")[0], ComponentKind::RestApi);
    assert_eq!(kinds(playbook, "databse")[0], ComponentKind::RelationalDatabase, "a slip of the hand");
    assert!(kinds(playbook, "postgresql").contains(&ComponentKind::RelationalDatabase));
    assert!(kinds(playbook, "cache").contains(&ComponentKind::Redis), "what it is for");
    assert!(kinds(playbook, "qqqqq").is_empty());
}

const TWO: &str = r#"(format: 1, name: "Plan", components: {
    "shop": (name: "Shop", kind: web_application, pos: (0, 0), traits: {"tables": 40}),
    "far": (name: "Far shop", kind: worker, pos: (9000, 9000)),
    "desk": (name: "Desk", kind: back_office, pos: (300, 0)),
})"#;

/// Three that a word finds, far from each other.
const THREE: &str = r#"(format: 1, name: "Plan", components: {
    "desk": (name: "Desk", kind: back_office, pos: (300, 0)),
}, sticky_notes: {
    "q-one": (text: "Zebra", pos: (0, 0), size: (192, 96)),
    "q-two": (text: "Zebra of mails", pos: (4000, 900), size: (192, 96)),
    "q-three": (text: "Zebra of orders", pos: (-3000, 5000), size: (192, 96)),
})"#;

fn search(window: &mut Window, words: &str) {
    key(window, Modifiers::COMMAND, Key::F);
    window.get_by_label("Find in the plan").type_text(words);
    settle(window);
}

/// Where a card is on the screen, if it is.
fn card(window: &Window, beginning: &str) -> Option<egui::Rect> {
    window.query_all_by_label_contains(beginning).map(|node| node.rect()).find(|rect| rect.width() < 400.0)
}

/// At 100 %, with the shop in view and the far one far away.
fn opened_at_the_shop(folder: &Path) -> Window {
    let mut window = open(folder, TWO);
    key(&mut window, Modifiers::COMMAND, Key::Num0);
    search(&mut window, "Desk");
    press(&mut window, Key::Enter);
    assert_eq!(selected(&window), ["desk"]);
    window
}

#[test]
fn enter_goes_there_and_escape_returns_to_view_and_selection() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = opened_at_the_shop(folder.path());
    let before = card(&window, "Shop, Web application").unwrap();
    search(&mut window, "shop");
    assert!(window.query_by_label_contains("Enter goes there").is_some(), "how many there are is said");
    press(&mut window, Key::ArrowDown);
    assert!(card(&window, "Far shop, Background worker").is_some(), "the second hit is brought into view");
    assert_eq!(selected(&window), ["desk"], "walking selects nothing");
    press(&mut window, Key::Escape);
    assert!(window.query_by_label("Find in the plan").is_none(), "the box is closed");
    assert_eq!(card(&window, "Shop, Web application"), Some(before), "the view is the one from before");
    assert_eq!(selected(&window), ["desk"]);

    key(&mut window, Modifiers::COMMAND, Key::F);
    press(&mut window, Key::ArrowUp);
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::Enter);
    assert_eq!(selected(&window), ["far"], "the words are still there");
    press(&mut window, Key::Escape);
    assert_eq!(selected(&window), ["far"], "who went there stays there");
    assert!(window.query_by_label("Find in the plan").is_none());
    press(&mut window, Key::F3);
    assert_eq!(selected(&window).len(), 1, "the next hit without the box");
    assert!(window.query_by_label("Find in the plan").is_none());
    key(&mut window, Modifiers::SHIFT, Key::F3);
    assert_eq!(selected(&window), ["far"]);
    assert_eq!(depth(&window), 0, "looking for something changes nothing");
}

/// What the box says of its hits.
fn counter(window: &Window) -> String {
    let nodes = window.query_all_by_label_contains(" · Enter").map(|node| node.accesskit_node());
    let mut words = nodes.filter_map(|node| node.label().or(node.value()));
    words.next().unwrap_or_default()
}

#[test]
fn enter_goes_on_from_hit_to_hit_with_a_counter_and_says_where_it_begins_anew() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), THREE);
    key(&mut window, Modifiers::COMMAND, Key::Num0);
    search(&mut window, "zebra");
    assert!(counter(&window).starts_with("1 of 3 "), "{}", counter(&window));
    let mut gone = Vec::new();
    for expected in ["1 of 3 ", "2 of 3 ", "3 of 3 ", "1 of 3, from the start", "2 of 3 "] {
        press(&mut window, Key::Enter);
        assert!(counter(&window).starts_with(expected), "{expected}: {}", counter(&window));
        gone.push(selected(&window).join(","));
    }
    assert_eq!((gone[0].as_str(), &gone[1]), ("q-one", &gone[4]));
    assert_eq!(gone[0], gone[3]);
    for expected in ["1 of 3 ", "3 of 3, from the end", "2 of 3 "] {
        key(&mut window, Modifiers::SHIFT, Key::Enter);
        assert!(counter(&window).starts_with(expected), "{expected}: {}", counter(&window));
    }
    press(&mut window, Key::F3);
    assert!(counter(&window).starts_with("3 of 3 "), "F3 does the same: {}", counter(&window));
    press(&mut window, Key::F3);
    assert!(counter(&window).starts_with("1 of 3, from the start"), "{}", counter(&window));
    key(&mut window, Modifiers::SHIFT, Key::F3);
    assert!(counter(&window).starts_with("3 of 3, from the end"), "{}", counter(&window));
    let there = selected(&window);
    press(&mut window, Key::Escape);
    assert!(window.query_by_label("Find in the plan").is_none());
    assert_eq!(selected(&window), there, "who went there stays there");
    // Without the box it is said in words.
    press(&mut window, Key::F3);
    assert_eq!(window.state().said(), "zebra: 1 of 3, from the start");
    press(&mut window, Key::F3);
    assert_eq!(window.state().said(), "zebra: 2 of 3");
    assert_eq!(depth(&window), 0, "looking for something changes nothing");
}

#[test]
fn a_click_on_a_hit_goes_there_and_what_is_deleted_is_found_no_longer() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), TWO);
    search(&mut window, "tables 40");
    window.get_by_label_contains("Shop, Tables").click();
    settle(&mut window);
    assert_eq!(selected(&window), ["shop"]);
    press(&mut window, Key::Delete);
    search(&mut window, "");
    assert!(window.query_by_label_contains("Nothing has these words").is_some());
    press(&mut window, Key::Escape);
    key(&mut window, Modifiers::COMMAND, Key::Z);
    search(&mut window, "");
    assert!(window.query_by_label_contains("Shop, Tables").is_some(), "undo brings it back");
}

#[test]
fn keys_typed_into_the_search_are_no_commands() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), TWO);
    key(&mut window, Modifiers::COMMAND, Key::A);
    search(&mut window, "shop/?");
    press(&mut window, Key::Backspace);
    press(&mut window, Key::Delete);
    window.event(Event::Paste("(format: 1, components: {\"x\": (name: \"X\", kind: worker)})".to_owned()));
    settle(&mut window);
    assert_eq!(project(&window).components.len(), 3);
    assert_eq!(depth(&window), 0);
}

#[test]
fn the_palette_is_searched_walked_and_added_from_by_keyboard() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), TWO);
    key(&mut window, Modifiers::COMMAND, Key::B);
    press(&mut window, Key::Slash);
    window.get_by_label("Find a component").type_text("database");
    settle(&mut window);
    press(&mut window, Key::ArrowDown);
    press(&mut window, Key::Enter);
    let session = window.state().session();
    let (_, added) = session.selected_component().unwrap();
    assert_eq!(added.kind, ComponentKind::TimeSeriesDatabase, "the second of the list");
    assert_eq!(session.history().depth(), 1);
    press(&mut window, Key::Slash);
    press(&mut window, Key::Escape);
    press(&mut window, Key::Delete);
    assert_eq!(project(&window).components.len(), 3, "the keys are the canvas's again");
}

/// One frame in which this arrives.
fn frame(window: &mut Window, events: &[Event]) {
    window.input_mut().events.extend_from_slice(events);
    window.run_steps(1);
}

fn pressed(key: Key, modifiers: Modifiers) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers }
}

/// A letter as the desktop hands it over: the key, and what it writes.
fn letter(key: Key) -> [Event; 2] {
    [pressed(key, Modifiers::NONE), Event::Text(key.name().to_lowercase())]
}

#[test]
fn who_types_right_after_enter_begins_anew_and_loses_no_letter() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), THREE);
    search(&mut window, "zebra");
    frame(&mut window, &[pressed(Key::Enter, Modifiers::NONE)]);
    // While what was gone to calls the keyboard, and the box takes it back.
    for key in [Key::A, Key::B, Key::C, Key::D] {
        frame(&mut window, &letter(key));
    }
    settle(&mut window);
    let field = window.get_by_label("Find in the plan").accesskit_node().value();
    assert_eq!(field.as_deref(), Some("abcd"));
}

/// What a command would have changed.
fn everything(window: &Window) -> (String, usize, String, Vec<String>) {
    let session = window.state().session();
    let text = storage::to_text(session.project()).unwrap();
    (text, session.history().depth(), window.state().said().to_owned(), selected(window))
}

/// Drags over the empty sheet.
fn drag(window: &mut Window) {
    let at = |x: f32, y: f32| egui::pos2(x, y);
    let button = |pos, pressed| Event::PointerButton {
        pos,
        button: egui::PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    };
    let (from, to) = (at(420.0, 560.0), at(560.0, 600.0));
    frame(window, &[Event::PointerMoved(from)]);
    frame(window, &[button(from, true)]);
    frame(window, &[Event::PointerMoved(at(480.0, 580.0))]);
    frame(window, &[Event::PointerMoved(to)]);
    frame(window, &[button(to, false)]);
    window.run_steps(2);
}

const LINKED: &str = r#"(format: 1, name: "Plan", components: {
    "shop": (name: "Shop", kind: web_application, pos: (0, 0)),
    "desk": (name: "Desk", kind: back_office, pos: (300, 0)),
}, connections: {"desk-to-shop": (from: "desk", to: "shop")})"#;

/// Each of these runs a command where nothing is typed: add, draw a boundary, add a note, connect, describe, kind of line.
const LETTERS: [Key; 6] = [Key::A, Key::F, Key::N, Key::C, Key::D, Key::R];

/// A letter that comes with the key that opens a field, or so many frames after it, is for the field.
fn typed_while_it_opens(window: &mut Window, (modifiers, opener): (Modifiers, Key), field: &str, letters: &[Key]) {
    for &key in letters {
        for frames in 0..5_usize {
            let before = everything(window);
            let mut first = vec![pressed(opener, modifiers)];
            if frames == 0 {
                first.extend(letter(key));
            }
            frame(window, &first);
            window.run_steps(frames.saturating_sub(1));
            if frames > 0 {
                frame(window, &letter(key));
            }
            window.run_steps(4);
            let name = format!("{key:?}, {frames} frames after {opener:?}");
            assert!(window.query_by_label(field).is_some(), "{name}: no field");
            let adding = window.query_by_label("Add a component").is_some();
            assert_eq!(adding, opener == Key::A, "{name}: the list to add from");
            assert!(window.query_by_label("Connect 2 components to").is_none(), "{name}");
            frame(window, &[pressed(Key::Escape, Modifiers::NONE)]);
            window.run_steps(3);
            assert_eq!(everything(window), before, "{name}");
            assert!(window.query_by_label(field).is_none(), "{name}: Esc closes it");
            if key == Key::F && frames < 3 {
                drag(window);
                assert!(window.state().session().project().boundaries.is_empty(), "{name}: the next drag draws");
                self::key(window, Modifiers::COMMAND, Key::A);
            }
        }
    }
}

#[test]
fn letters_typed_until_the_field_is_there_run_no_commands() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), LINKED);
    key(&mut window, Modifiers::COMMAND, Key::A);
    typed_while_it_opens(&mut window, (Modifiers::COMMAND, Key::F), "Find in the plan", &LETTERS);
    typed_while_it_opens(&mut window, (Modifiers::COMMAND, Key::K), "Find a command", &LETTERS);
    typed_while_it_opens(&mut window, (Modifiers::NONE, Key::A), "Find a component to add", &LETTERS);
    // Without a field each of them does something.
    for key in [Key::N, Key::R, Key::D] {
        let before = everything(&window);
        frame(&mut window, &letter(key));
        window.run_steps(3);
        frame(&mut window, &[pressed(Key::Escape, Modifiers::NONE)]);
        window.run_steps(3);
        assert_ne!(everything(&window), before, "{key:?}");
        self::key(&mut window, Modifiers::COMMAND, Key::A);
    }
}

#[test]
fn letters_typed_until_a_hidden_panel_has_its_field_run_no_commands() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), LINKED);
    window.get_by_label_contains("Shop, Web application").click();
    window.run_steps(6);
    for (opener, panel) in [(Key::Slash, Key::B), (Key::Enter, Key::I)] {
        for frames in 0..6 {
            key(&mut window, Modifiers::COMMAND, panel);
            window.run_steps(10);
            let before = everything(&window);
            frame(&mut window, &[pressed(opener, Modifiers::NONE)]);
            window.run_steps(frames);
            frame(&mut window, &letter(Key::N));
            window.run_steps(12);
            frame(&mut window, &[pressed(Key::Escape, Modifiers::NONE)]);
            window.run_steps(3);
            assert_eq!(everything(&window), before, "N, {} frames after {opener:?}", frames + 1);
        }
    }
}

#[test]
fn the_command_line_prints_what_the_search_of_the_window_finds() {
    let folder = tempfile::tempdir().unwrap();
    let plan = cli::plan_in(folder.path(), cli::PLAN);
    let printed = cli::run(&["find", &plan, "tables", "40"]);
    assert_eq!((printed.status.code(), cli::err(&printed)), (Some(0), ""));
    assert_eq!(cli::out(&printed), "Traits\n  Shop  Tables: 40 tables  [shop]\n");
    let printed = cli::run(&["find", &plan, "database"]);
    let lines: Vec<&str> = cli::out(&printed).lines().collect();
    assert!(lines.contains(&"Components") && lines.contains(&"  Database  Relational database  [db]"), "{lines:?}");
    assert!(lines.contains(&"Connections") && lines.contains(&""), "groups stand apart: {lines:?}");

    let json = cli::run(&["find", &plan, "database", "--json"]);
    assert_eq!((json.status.code(), cli::err(&json)), (Some(0), ""));
    let value: Value = serde_json::from_str(cli::out(&json)).unwrap();
    assert_eq!((&value["schema"], &value["query"], &value["near"]), (&1.into(), &"database".into(), &false.into()));
    let of = |group: &str| value["found"].as_array().unwrap().iter().find(|entry| entry["group"] == group).unwrap();
    let expected = serde_json::json!({
        "group": "components", "element": "component", "id": "db", "title": "Database", "detail": "Relational database",
    });
    assert_eq!(*of("components"), expected);
    assert_eq!((&of("connections")["element"], &of("connections")["id"]), (&"connection".into(), &"shop-to-db".into()));
    assert_eq!(cli::out(&cli::run_with_input(&["find", "-", "database", "--json"], cli::PLAN)), cli::out(&json));
}

#[test]
fn the_command_line_says_what_is_near_what_is_folded_and_that_nothing_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut project = plan(&[("Shop", &[])]);
    let frame = groundplan::project::Boundary::new("Front", kurbo::Rect::new(-20.0, -20.0, 220.0, 120.0));
    project.apply(&Edit::PutBoundary("front".into(), frame));
    let folded = project.fold(&"front".into()).unwrap();
    project.apply(&Edit::PutBoundary("front".into(), folded));
    let plan = cli::plan_in(folder.path(), &storage::to_text(&project).unwrap());
    let printed = cli::run(&["find", &plan, "Shpo"]);
    assert!(cli::out(&printed).contains("  Shop  Domain service  [shop]  (in folded Front)"), "{}", cli::out(&printed));
    assert!(cli::err(&printed).starts_with("Nothing has these words as typed"), "{}", cli::err(&printed));
    let value: Value = serde_json::from_str(cli::out(&cli::run(&["find", &plan, "shpo", "--json"]))).unwrap();
    assert_eq!((&value["near"], &value["found"][0]["folded_into"]), (&true.into(), &"Front".into()));
    let nothing = cli::run(&["find", &plan, "zzzzqq"]);
    assert_eq!((nothing.status.code(), cli::out(&nothing)), (Some(0), ""));
    assert!(cli::err(&nothing).starts_with("Nothing in the plan has these words"));
    let value: Value = serde_json::from_str(cli::out(&cli::run(&["find", &plan, "zzzzqq", "--json"]))).unwrap();
    assert_eq!((&value["near"], &value["found"]), (&false.into(), &serde_json::json!([])));
    assert_eq!(cli::run(&["find", &plan]).status.code(), Some(2), "words are needed");
    assert_eq!(cli::run(&["find", "nowhere.ron", "x"]).status.code(), Some(2));
}

#[test]
fn what_is_found_in_a_narrow_window_is_shown_beside_the_box() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), TWO);
    window.set_size(egui::vec2(1280.0, 720.0));
    settle(&mut window);
    key(&mut window, Modifiers::COMMAND, Key::Num0);
    search(&mut window, "s");
    for _ in 0..4 {
        press(&mut window, Key::Enter);
        let chosen = selected(&window);
        let name = chosen.first().and_then(|id| project(&window).components.get(id.as_str())).map(|it| it.name.clone());
        let Some(name) = name else { continue };
        let card = card(&window, &name).expect("it is in view");
        if let Some(field) = window.query_by_label("Find in the plan") {
            let end = field.rect().right();
            assert!(card.left() > end, "{name} at {card:?} lies under the box, which ends at {end}");
        }
    }
}
