//! Numbers, tables and plots of the dock, copied and saved: by right click, by key, by command.

#![expect(clippy::panic, reason = "helpers of a test")]

use std::{fs, sync::Arc};

use egui::{Event, Key, Modifiers, PointerButton, Pos2, Role, pos2, vec2};
use egui_kittest::{
    Harness, LazyRenderer,
    kittest::{NodeT as _, Queryable as _},
};
use groundplan::{
    project::Project,
    session::{DockTab, Session},
    storage::{from_text, to_text},
    ui::{
        copying::{self, Wish},
        panels::dock::{BudgetTopic, CapacityTopic, DockState, ScenarioTopic, TimelineTopic, Topic, dock_ui},
    },
};

use crate::common::{bench, builtin, window};
use window::{key, open, press, says, settle};

type Dock = bench::Window<DockState>;

fn dock(project: Project, state: DockState) -> Dock {
    let session = Session::new(Arc::new(builtin::engine()), project, None);
    let mut dock = bench::window(session, state, [1100.0, 420.0], dock_ui);
    dock.run();
    dock
}

fn preset(state: DockState) -> Dock {
    dock(builtin::preset("construction-saas"), state)
}

fn right_click<S>(harness: &mut Harness<'_, S>, at: Pos2) {
    harness.hover_at(at);
    for pressed in [true, false] {
        let button = PointerButton::Secondary;
        harness.event(Event::PointerButton { pos: at, button, pressed, modifiers: Modifiers::NONE });
    }
    harness.run_steps(4);
}

/// Chooses a row of the open menu; gives what it comes to.
fn choose(dock: &mut Dock, label: &str) -> Wish {
    dock.get_by_label(label).click();
    dock.run_steps(4);
    let mut wishes = copying::take(&dock.ctx);
    assert_eq!(wishes.len(), 1, "{wishes:?}");
    wishes.remove(0)
}

fn copied(wish: Wish) -> String {
    if let Wish::Text { words, .. } = wish { words } else { panic!("{wish:?}") }
}

fn breakdown() -> DockState {
    DockState { tab: DockTab::Budget, budget: BudgetTopic::Breakdown, ..DockState::default() }
}

#[test]
fn a_right_click_copies_the_number_and_the_whole_table() {
    let mut dock = preset(breakdown());
    let row = dock.get_by(|node| {
        node.role() == Role::Button && node.label().is_some_and(|label| label.starts_with("Background worker, "))
    });
    let (said, rect) = (row.accesskit_node().label().unwrap(), row.rect());
    let share = said.rsplit(", ").next().unwrap().to_owned();
    let on_share = rect.right_center() - vec2(8.0, 0.0);
    right_click(&mut dock, on_share);
    assert_eq!(copied(choose(&mut dock, &format!("Copy number {share}"))), share);

    right_click(&mut dock, on_share);
    let csv = copied(choose(&mut dock, "Copy table as CSV"));
    assert!(csv.starts_with("Component,person_weeks,weeks,usd,share\n"), "{csv}");
    right_click(&mut dock, on_share);
    let text = copied(choose(&mut dock, "Copy table as text"));
    assert!(text.starts_with("Component\tperson_weeks\tweeks\tusd\tshare\n"), "{text}");
    assert_eq!(text.lines().count(), csv.lines().count());
    assert!(text.lines().all(|line| line.matches('\t').count() == 4), "{text}");
    right_click(&mut dock, on_share);
    assert_eq!(choose(&mut dock, "Save table as CSV..."), Wish::Save { name: "parts".to_owned(), csv });
    assert_eq!(dock.state().session.history().depth(), 0, "looking is not editing");
    assert!(dock.state().session.selection().is_empty(), "and leads nowhere");
}

/// Every page with a table or a plot.
fn pages() -> Vec<(String, DockState)> {
    let mut pages = Vec::new();
    let mut add = |name: String, state: DockState| pages.push((name, state));
    for topic in Topic::ALL {
        add(format!("{topic:?}"), DockState { topic, ..DockState::default() });
    }
    for timeline in [TimelineTopic::Schedule, TimelineTopic::Range, TimelineTopic::Breakdown] {
        add(format!("{timeline:?}"), DockState { tab: DockTab::Timeline, timeline, ..DockState::default() });
    }
    for budget in [BudgetTopic::Range, BudgetTopic::Breakdown, BudgetTopic::Sensitivity, BudgetTopic::Cases] {
        add(format!("{budget:?}"), DockState { tab: DockTab::Budget, budget, ..DockState::default() });
    }
    let scenario = ScenarioTopic::SideBySide;
    add("scenarios".to_owned(), DockState { tab: DockTab::Scenarios, scenario, ..DockState::default() });
    for topic in [CapacityTopic::Services, CapacityTopic::Load, CapacityTopic::Paths, CapacityTopic::WhatIf] {
        let mut state = DockState { tab: DockTab::Capacity, ..DockState::default() };
        state.capacity.topic = topic;
        add(format!("{topic:?}"), state);
    }
    for tab in [DockTab::Findings, DockTab::Stack, DockTab::Evidence] {
        add(format!("{tab:?}"), DockState { tab, ..DockState::default() });
    }
    pages
}

#[test]
fn every_page_hands_out_its_first_table_or_plot_by_command() {
    for (name, state) in pages() {
        // The case studies have no findings.
        let one = r#"(format: 2, name: "One", components: {"a": (name: "A", kind: rest_api, pos: (0, 0))})"#;
        let found = state.tab == DockTab::Findings;
        let project = if found { from_text(one).unwrap() } else { builtin::preset("monolith-decomposition") };
        let mut dock = dock(project, state);
        copying::ask_for_first(&dock.ctx);
        dock.run_steps(4);
        let labels = ["Copy table as CSV", "Copy data as CSV"];
        let label = labels.into_iter().find(|label| dock.query_by_label(label).is_some());
        let label = label.unwrap_or_else(|| panic!("{name} has no menu"));
        let csv = copied(choose(&mut dock, label));
        assert!(csv.lines().count() >= 2, "{name}: {csv}");
        let columns = |line: &str| line.matches(',').count();
        assert!(columns(csv.lines().next().unwrap()) >= 1, "{name}: {csv}");
    }
}

#[test]
fn a_table_of_the_capacity_is_copied_with_all_its_columns_however_few_are_seen() {
    for topic in [CapacityTopic::Services, CapacityTopic::Paths, CapacityTopic::WhatIf] {
        let csv = |width: f32| {
            let mut state = DockState { tab: DockTab::Capacity, ..DockState::default() };
            state.capacity.topic = topic;
            // Its load is known, so that all workers together are told as well.
            let session = Session::new(Arc::new(builtin::engine()), builtin::preset("factory-telemetry"), None);
            let mut dock = bench::window(session, state, [width, 420.0], dock_ui);
            dock.run();
            copying::ask_for_first(&dock.ctx);
            dock.run_steps(4);
            copied(choose(&mut dock, "Copy table as CSV"))
        };
        let (slim, wide) = (csv(520.0), csv(1600.0));
        assert_eq!(slim, wide, "{topic:?}");
        let (heads, last) = match topic {
            CapacityTopic::Services => ("Service,Load,p95 / target,State,Busy", "As planned: "),
            CapacityTopic::Paths => ("Request path,Mean,p95,p99,Target", ""),
            _ => ("Service,Busy now,Busy then,p95 now,p95 then,State now,State then", ""),
        };
        assert_eq!(wide.lines().next(), Some(heads));
        assert!(wide.lines().last().is_some_and(|line| line.trim_start_matches('"').starts_with(last)), "{wide}");
    }
}

#[test]
fn every_figure_of_a_server_is_copied_also_those_there_is_no_room_for() {
    let mut state = DockState { tab: DockTab::Capacity, ..DockState::default() };
    state.capacity.topic = CapacityTopic::Services;
    let mut dock = preset(state);
    let server = dock.get_all_by(|node| node.label().or(node.value()).is_some_and(|said| said.contains(", target ")));
    let at = server.into_iter().next().unwrap().rect().center();
    right_click(&mut dock, at);
    let csv = copied(choose(&mut dock, "Copy table as CSV"));
    let heads = "Server,Busy,Mean,p50,p95,p99,Target,Workers,CPUs,Memory,A month";
    assert_eq!(csv.lines().next(), Some(heads));
    assert!(csv.lines().count() > 2, "{csv}");
}

#[test]
fn a_figure_of_the_scenarios_is_copied_from_where_it_stands() {
    let scenario = ScenarioTopic::SideBySide;
    let mut dock = preset(DockState { tab: DockTab::Scenarios, scenario, ..DockState::default() });
    let cells = dock
        .get_all_by(|node| node.value().is_some_and(|said| said.starts_with("This plan, ") && said.contains(" weeks")));
    let cell = cells.into_iter().next().unwrap();
    let (rect, said) = (cell.rect(), cell.accesskit_node().value().unwrap());
    right_click(&mut dock, pos2(rect.left() + 16.0, rect.top() + 11.0));
    let figure = dock.get_by_label_contains("Copy number ").accesskit_node().label().unwrap();
    let figure = figure.trim_start_matches("Copy number ").to_owned();
    assert!(said.contains(&figure), "{figure} in {said}");
    assert_eq!(copied(choose(&mut dock, &format!("Copy number {figure}"))), figure);
    // What can be done with a column stands in its head, and nothing else opens there.
    let head = dock.get_all_by(|node| node.role() == Role::ColumnHeader).last().unwrap().rect();
    right_click(&mut dock, head.left_center() + vec2(14.0, -8.0));
    assert!(dock.query_by_label("Keep as a scenario").is_some());
    assert!(dock.query_by_label("Copy table as CSV").is_none());
}

#[test]
fn no_cell_of_what_is_shown_is_a_formula() {
    let mut project = builtin::preset("construction-saas");
    let service = project.components.iter().find(|(_, component)| component.kind.is_service());
    let id = service.unwrap().0.clone();
    let mut component = (*project.components[&id]).clone();
    component.name = "=HYPERLINK(\"x\")".to_owned();
    project.apply(&groundplan::project::Edit::PutComponent(id, component));
    let mut dock = dock(project, DockState::default());
    // The services stand at the right.
    let at = dock.get_by_label_contains("Show =HYPERLINK").rect().center();
    right_click(&mut dock, at);
    let csv = copied(choose(&mut dock, "Copy table as CSV"));
    assert!(csv.contains("\"'=HYPERLINK(\"\"x\"\")\""), "{csv}");
}

#[test]
fn the_menu_opens_on_what_has_the_keyboard_and_the_file_goes_beside_the_plan() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), &to_text(&builtin::preset("construction-saas")).unwrap());
    key(&mut window, Modifiers::ALT, Key::Num3);
    window.get_by_role_and_label(Role::Tab, "Where it goes").click_accesskit();
    settle(&mut window);
    window
        .get_by(|node| {
            node.role() == Role::Button
                && node.label().is_some_and(|label| label.starts_with("Background worker, ") && label.ends_with(" %"))
        })
        .focus();
    settle(&mut window);
    key(&mut window, Modifiers::SHIFT, Key::F10);
    let focused = window.get_by(|node| node.is_focused() && node.role() != Role::Window);
    assert!(focused.accesskit_node().label().unwrap().starts_with("Copy number "), "the keyboard is in the menu");
    press(&mut window, Key::Escape);
    let focused =
        window.get_by(|node| node.is_focused() && node.role() != Role::Window).accesskit_node().label().unwrap();
    assert!(focused.starts_with("Background worker, "), "and goes back to {focused}");
    key(&mut window, Modifiers::SHIFT, Key::F10);
    window.get_by_label("Save table as CSV...").click();
    settle(&mut window);
    let field = window.get_by_label("Path").accesskit_node().value().unwrap();
    assert_eq!(field, folder.path().join("plan-parts.csv").to_string_lossy());
    press(&mut window, Key::Enter);
    let csv = fs::read_to_string(folder.path().join("plan-parts.csv")).unwrap();
    assert!(csv.starts_with("Component,person_weeks,weeks,usd,share\n"), "{csv}");
    assert!(says(&window, "Saved "));

    // Never over the plan itself.
    let plan = fs::read_to_string(folder.path().join("plan.ron")).unwrap();
    window.get_by_role_and_label(Role::Tab, "What moves it").click_accesskit();
    settle(&mut window);
    key(&mut window, Modifiers::COMMAND, Key::K);
    window.get_by_label("Find a command").type_text("copy table or plot");
    settle(&mut window);
    press(&mut window, Key::Enter);
    window.get_by_label("Save data as CSV...").click();
    settle(&mut window);
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.run_steps(1);
    window.get_by_label("Path").type_text(&folder.path().join("plan.ron").to_string_lossy());
    settle(&mut window);
    press(&mut window, Key::Enter);
    window.get_by_label("Replace").click();
    settle(&mut window);
    assert_eq!(fs::read_to_string(folder.path().join("plan.ron")).unwrap(), plan);
    assert!(says(&window, "choose another file"));
}

#[test]
fn whoever_clicks_elsewhere_while_the_menu_is_open_has_the_keyboard_there() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), &to_text(&builtin::preset("construction-saas")).unwrap());
    key(&mut window, Modifiers::ALT, Key::Num3);
    window.get_by_role_and_label(Role::Tab, "Where it goes").click_accesskit();
    settle(&mut window);
    let row = |label: &str| label.starts_with("Background worker, ") && label.ends_with(" %");
    window.get_by(|node| node.label().is_some_and(|label| row(&label))).focus();
    settle(&mut window);
    key(&mut window, Modifiers::SHIFT, Key::F10);
    assert!(window.query_by_label("Copy table as CSV").is_some());
    let field = window.get_by_role_and_label(Role::TextInput, "Find a component").rect().center();
    window.hover_at(field);
    window.drag_at(field);
    window.run_steps(1);
    window.drop_at(field);
    settle(&mut window);
    assert!(window.query_by_label("Copy table as CSV").is_none(), "the menu is gone");
    window::on(&window, "Find a component");
}

#[test]
fn a_picture_that_never_comes_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("plan.ron");
    fs::write(&file, to_text(&builtin::preset("construction-saas")).unwrap()).unwrap();
    let mut window = Harness::builder()
        .with_size([1440.0, 900.0])
        .with_max_steps(40)
        // Nobody is there to draw it.
        .renderer(LazyRenderer::Uninitialized { textures_delta: egui::TexturesDelta::default(), builder: None })
        .build_eframe(|cc| groundplan::app::Groundplan::new(cc, window::setup(Some(&file), None)));
    settle(&mut window);
    key(&mut window, Modifiers::ALT, Key::Num3);
    let plot = window.get_by(|node| {
        node.role() == Role::Slider && node.label().is_some_and(|label| label.starts_with("Budget curve"))
    });
    let at = plot.rect().center();
    right_click(&mut window, at);
    window.get_by_label("Copy picture").click();
    window.run_steps(20);
    assert!(copying::poses(&window.ctx), "it is waited for, for a while");
    window.run_steps(140);
    assert!(!copying::poses(&window.ctx), "plots answer the pointer again");
    assert!(says(&window, "The window could not be made into a picture here"));
}

#[test]
fn a_plot_is_copied_and_saved_as_the_picture_that_is_seen() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), &to_text(&builtin::preset("construction-saas")).unwrap());
    key(&mut window, Modifiers::ALT, Key::Num3);
    let plot = window.get_by(|node| {
        node.role() == Role::Slider && node.label().is_some_and(|label| label.starts_with("Budget curve"))
    });
    let rect = plot.rect();
    right_click(&mut window, rect.center());
    window.get_by_label("Save picture...").click();
    window.run_steps(12);
    press(&mut window, Key::Enter);
    window.run_steps(4);
    let bytes = fs::read(folder.path().join("plan-budget.png")).unwrap_or_else(|error| {
        panic!(
            "{error}: {:?}, {:?}",
            fs::read_dir(folder.path()).unwrap().collect::<Vec<_>>(),
            window.state().messages()
        )
    });
    assert!(bytes.starts_with(b"\x89PNG"));
    let side = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap()) as f32;
    // With its axes.
    assert!((20.0..90.0).contains(&(side(16) - rect.width())), "{} {rect}", side(16));
    assert!((20.0..90.0).contains(&(side(20) - rect.height())), "{} {rect}", side(20));

    right_click(&mut window, rect.center());
    window.get_by_label("Copy picture").click();
    let copied = (0..12).any(|_| {
        window.run_steps(1);
        let commands = &window.output().platform_output.commands;
        commands.iter().any(|command| matches!(command, egui::OutputCommand::CopyImage(_)))
    });
    assert!(copied);
    assert!(window.state().said().starts_with("Copied a picture"), "{}", window.state().said());
}

#[test]
fn a_figure_outside_of_tables_is_on_the_clipboard_once_it_is_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), &to_text(&builtin::preset("construction-saas")).unwrap());
    key(&mut window, Modifiers::ALT, Key::Num3);
    // What is read off the curve stands beside it.
    let row = window.get_by_label_contains("P80: $");
    let (at, said) = (row.rect().left_center() + vec2(66.0, 0.0), row.accesskit_node().value().unwrap());
    let words = said.trim_start_matches("P80: ").trim().to_owned();
    right_click(&mut window, at);
    window.get_by_label(&format!("Copy number {words}")).click();
    let copied = (0..4).find_map(|_| {
        window.run_steps(1);
        let commands = window.output().platform_output.commands.iter();
        commands.clone().find_map(|command| match command {
            egui::OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        })
    });
    assert_eq!(copied, Some(words));
}

#[test]
fn a_page_without_figures_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = open(folder.path(), "(format: 2, name: \"Empty\")");
    key(&mut window, Modifiers::COMMAND, Key::K);
    window.get_by_label("Find a command").type_text("copy table or plot");
    settle(&mut window);
    press(&mut window, Key::Enter);
    settle(&mut window);
    assert!(window.state().said().starts_with("There is no table or plot"), "{}", window.state().said());
    // A right click on nothing opens nothing.
    right_click(&mut window, pos2(700.0, 800.0));
    assert!(window.query_by_label_contains("Copy number").is_none());
}
