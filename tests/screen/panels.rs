//! The panels around the canvas, by what a person finds and does there.

use std::{path::PathBuf, sync::Arc};

use egui_kittest::{Node, kittest::Queryable as _};
use groundplan::{
    assess::Engine,
    project::{Component, ComponentKind, Edit, ElementId, FrameworkId, Project, Protocol, TraitValue},
    session::{Action, DockTab, Request, Select, Session},
    storage,
    ui::{
        canvas::Offer,
        panels::{
            dock::{BudgetTopic, CapacityTopic, Cut, DockState, ScenarioTopic, TimelineTopic, Topic, dock_ui},
            inspector::{InspectorState, inspector_ui},
            palette::{PaletteState, PaletteTab, palette_ui},
            status::{StatusLine, status_bar_ui},
            welcome::{PresetCard, RecentEntry, welcome_ui},
        },
    },
};

use crate::common::{bench, builtin};
use bench::{Window, window};

const SHOP: &str = "order-processing";

fn engine() -> Arc<Engine> {
    Arc::new(builtin::engine())
}

fn session(name: &str) -> Session {
    Session::new(engine(), builtin::preset(name), None)
}

/// The inspector on one component of the monolith's preset.
fn inspecting(id: &str) -> Window<InspectorState> {
    let mut session = session("monolith-decomposition");
    session.select(Select::Only(vec![ElementId::Component(id.into())]));
    let mut window = window(session, InspectorState::default(), [340.0, 1600.0], inspector_ui);
    window.run();
    window
}

fn value<S>(window: &Window<S>, id: &str, trait_id: &str) -> Option<TraitValue> {
    window.state().session.project().components[id].traits.get(trait_id).cloned()
}

fn steps<S>(window: &Window<S>) -> usize {
    window.state().session.history().depth()
}

/// Every text that is shown.
fn texts(window: &Window<InspectorState>) -> Vec<String> {
    let all: Vec<Node<'_>> = window.query_all_by(|_| true).collect();
    all.iter().filter_map(Node::value).collect()
}

#[test]
fn a_flag_is_unknown_until_it_is_switched_and_can_be_unknown_again() {
    let mut window = inspecting(SHOP);
    assert_eq!(value(&window, SHOP, "user-accounts"), None);
    window.get_by_label("User accounts").click();
    window.run();
    assert_eq!(value(&window, SHOP, "user-accounts"), Some(TraitValue::Flag(true)));
    window.get_by_label("User accounts").click();
    window.run();
    assert_eq!(value(&window, SHOP, "user-accounts"), Some(TraitValue::Flag(false)));
    window.get_by_label("Clear user accounts").click();
    window.run();
    assert_eq!(value(&window, SHOP, "user-accounts"), None);
    assert_eq!(steps(&window), 3);
}

#[test]
fn a_number_is_typed_and_moves_the_estimate_in_one_step() {
    let mut window = inspecting(SHOP);
    let before = window.state().session.assessment().estimate.person_weeks;
    window.get_by_label("Tables").click();
    window.run();
    window.get_by_label("Tables").type_text("1,200");
    window.run();
    assert_eq!(value(&window, SHOP, "tables"), Some(TraitValue::Number(1200.0)), "taken in the pause behind it");
    window.key_press(egui::Key::Enter);
    window.run();
    assert_eq!(value(&window, SHOP, "tables"), Some(TraitValue::Number(1200.0)));
    assert_eq!(steps(&window), 1);
    assert!(window.state().session.assessment().estimate.person_weeks > before);
}

#[test]
fn an_unknown_number_says_so_and_takes_even_the_typical_value() {
    let mut window = inspecting(SHOP);
    assert_eq!(window.get_by_label("Roles").value().as_deref(), Some("unknown"));
    window.get_by_label("Roles").click();
    window.run();
    window.key_press(egui::Key::Enter);
    window.run();
    assert_eq!(value(&window, SHOP, "roles"), None, "looking at a field is no answer");
    window.get_by_label("Roles").click();
    window.run();
    window.get_by_label("Roles").type_text("4");
    window.key_press(egui::Key::Enter);
    window.run();
    assert_eq!(value(&window, SHOP, "roles"), Some(TraitValue::Number(4.0)));
}

#[test]
fn esc_takes_back_what_was_typed_of_a_number_and_it_can_be_had_again() {
    let mut window = inspecting(SHOP);
    let before = Arc::clone(window.state().session.project());
    window.get_by_label("Roles").click();
    window.run();
    for (typed, taken) in [("1", 1.0), ("2", 12.0)] {
        window.get_by_label("Roles").type_text(typed);
        window.run();
        assert_eq!(value(&window, SHOP, "roles"), Some(TraitValue::Number(taken)), "the cursor stays where it was");
    }
    assert_eq!(steps(&window), 1);
    window.key_press(egui::Key::Escape);
    window.run();
    assert_eq!((value(&window, SHOP, "roles"), steps(&window)), (None, 0));
    assert_eq!(**window.state().session.project(), *before);
    // It may be in a draft or in the file by now, so it does not go for good.
    assert!(window.state().session.history().redo_name().is_some());
    window.state_mut().session.redo();
    window.run();
    assert_eq!((value(&window, SHOP, "roles"), steps(&window)), (Some(TraitValue::Number(12.0)), 1));
}

#[test]
fn a_dragged_number_is_one_step_however_long_the_drag() {
    let mut window = inspecting(SHOP);
    let from = window.get_by_label("Tables").rect().center();
    window.hover_at(from);
    window.drag_at(from);
    for x in [10.0, 40.0, 90.0] {
        window.hover_at(from + egui::vec2(x, 0.0));
        window.step();
    }
    let Some(TraitValue::Number(held)) = value(&window, SHOP, "tables") else { panic!("no number") };
    assert!(held > 40.0, "{held}");
    window.drop_at(from + egui::vec2(90.0, 0.0));
    window.run();
    assert_eq!(steps(&window), 1);
    assert!(!window.state().session.history().in_gesture());
    assert_eq!(value(&window, SHOP, "tables"), Some(TraitValue::Number(held)));
}

#[test]
fn a_choice_is_made_and_cleared() {
    let mut window = inspecting(SHOP);
    window.get_by_label("Schema changes").click();
    window.run();
    window.get_by_label("rare").click();
    window.run();
    assert_eq!(value(&window, SHOP, "schema-changes"), Some(TraitValue::Choice("rare".to_owned())));
    window.get_by_label("Clear schema changes").click();
    window.run();
    assert_eq!(value(&window, SHOP, "schema-changes"), None);
}

#[test]
fn enter_renames_and_escape_leaves_the_name() {
    let mut window = inspecting(SHOP);
    let rename = |window: &mut Window<InspectorState>, words: &str, key: egui::Key| {
        window.get_by_label("Name").click();
        window.run();
        window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
        window.get_by_label("Name").type_text(words);
        window.run();
        window.key_press(key);
        window.run();
        window.state().session.project().components[SHOP].name.clone()
    };
    assert_eq!(rename(&mut window, "Orders", egui::Key::Enter), "Orders");
    assert_eq!(rename(&mut window, "Nonsense", egui::Key::Escape), "Orders");
    assert_eq!(rename(&mut window, "  ", egui::Key::Enter), "Orders", "a component has a name");
    assert_eq!(steps(&window), 1);
    // Long enough for what was typed to be taken while the cursor is there.
    window.get_by_label("Name").click();
    window.run();
    window.get_by_label("Name").type_text("More ");
    window.run_steps(60);
    assert_ne!(window.state().session.project().components[SHOP].name, "Orders");
    window.key_press(egui::Key::Escape);
    window.run();
    assert_eq!(window.state().session.project().components[SHOP].name, "Orders");
    assert_eq!(steps(&window), 1);
}

#[test]
fn what_was_typed_is_kept_when_something_else_is_selected() {
    let mut window = inspecting(SHOP);
    window.get_by_label("Name").click();
    window.run();
    window.get_by_label("Name").type_text(" desk");
    window.run();
    window.state_mut().session.apply(Action::Select(Select::Only(vec![ElementId::Component("notifications".into())])));
    window.run();
    let project = window.state().session.project();
    assert_eq!(project.components[SHOP].name, "Order processing desk");
    assert_eq!(project.components["notifications"].name, "Notifications");
    assert_eq!(window.get_by_label("Name").value().as_deref(), Some("Notifications"));
}

#[test]
fn a_pin_against_the_evidence_is_kept_and_said() {
    let mut window = inspecting(SHOP);
    window.get_by_label("Pin").click();
    window.run();
    window.get_by_label("Pin to FastAPI").click();
    window.run();
    let advice = &window.state().session.assessment().components[SHOP];
    assert!(advice.pinned && advice.framework == FrameworkId::new("fastapi"));
    assert!(window.query_by_label_contains("against the evidence").is_some());
    window.get_by_label("Pinned").click();
    window.run();
    window.get_by_label("Advice decides").click();
    window.run();
    assert_eq!(window.state().session.project().components[SHOP].pin, None);
}

#[test]
fn the_reasons_shown_add_up_to_the_margin_shown() {
    for id in ["api-gateway", "user-management", SHOP, "monolith", "notifications", "inventory-sync"] {
        let window = inspecting(id);
        let advice = &window.state().session.assessment().components[id];
        let figures: Vec<f64> = texts(&window)
            .iter()
            .filter_map(|name| name.strip_suffix(" dB")?.rsplit_once(": ").map(|(_, figure)| figure.replace('−', "-")))
            .map(|figure| figure.parse().unwrap())
            .collect();
        let (sum, reasons) = figures.split_last().unwrap();
        assert!((sum - advice.margin_db).abs() < 0.051, "{id}: {sum} shown for {}", advice.margin_db);
        let shown: f64 = reasons.iter().sum();
        assert!((shown - sum).abs() < 0.051 * figures.len() as f64, "{id}: {shown} is not {sum}");
    }
}

#[test]
fn searching_finds_a_trait_that_the_kind_does_not_suggest() {
    let mut window = inspecting(SHOP);
    assert!(window.query_by_label("Devices").is_none());
    let device = window.state().session.engine().playbook.traits.values().find(|t| t.unit == "devices").unwrap();
    let label = device.label.clone();
    window.get_by_label("Find a trait").click();
    window.run();
    window.get_by_label("Find a trait").type_text(&label);
    window.run();
    assert!(window.query_by_label(&label).is_some());
    assert!(window.query_by_label("Tables").is_none());
}

#[test]
fn a_connection_shows_its_ends_and_takes_a_protocol() {
    let mut session = session("monolith-decomposition");
    session.select(Select::Only(vec![ElementId::Connection("inventory-sync-to-order-processing".into())]));
    let mut window = window(session, InspectorState::default(), [340.0, 700.0], inspector_ui);
    window.run();
    window.get_by_label("Protocol").click();
    window.run();
    window.get_by_label("Queue").click();
    window.run();
    let link = &window.state().session.project().connections["inventory-sync-to-order-processing"];
    assert_eq!(link.protocol, Protocol::Queue);
    window.get_by_label("Inventory sync").click();
    window.run();
    let chosen: Vec<_> = window.state().session.selection().iter().cloned().collect();
    assert_eq!(chosen, [ElementId::Component("inventory-sync".into())]);
}

#[test]
fn with_nothing_selected_the_projects_assumptions_can_be_changed() {
    let mut window = window(session("construction-saas"), InspectorState::default(), [340.0, 1000.0], inspector_ui);
    window.run();
    let before = window.state().session.assessment().estimate.budget_usd.median;
    window.get_by_label("Rate per person-week").click();
    window.run();
    window.get_by_label("Rate per person-week").type_text("9000");
    window.key_press(egui::Key::Enter);
    window.run();
    let after = window.state().session.assessment().estimate.budget_usd.median;
    assert!((after / before - 2.0).abs() < 1e-9);
    window.get_by_label("Reset rate per person-week").click();
    window.run();
    assert_eq!(window.state().session.assessment().estimate.budget_usd.median, before);
    window.get_by_label("P80").click();
    window.run();
    assert_eq!(window.state().session.project().assumptions.confidence.label(), "P80");
}

#[test]
fn several_services_are_pinned_in_one_step() {
    let mut session = session("monolith-decomposition");
    session.apply(Action::Run("edit.select-all"));
    let mut window = window(session, InspectorState::default(), [340.0, 900.0], inspector_ui);
    window.run();
    window.get_by_label("Pin all").click();
    window.run();
    window.get_by_label("Pin to Django").click();
    window.run();
    assert!(window.state().session.project().services().all(|(_, service)| service.pin.is_some()));
    assert_eq!(steps(&window), 1);
}

#[test]
fn the_outline_leads_to_a_component() {
    let state = PaletteState { tab: PaletteTab::Outline, ..PaletteState::default() };
    let mut window = window(session("monolith-decomposition"), state, [228.0, 700.0], palette_ui);
    window.run();
    window.get_by_label("Notifications").click();
    window.run();
    let element = ElementId::Component("notifications".into());
    assert!(window.state().session.selection().contains(&element));
    assert!(matches!(window.state().requests.as_slice(), [Request::Canvas(_)]));
}

#[test]
fn a_component_is_asked_for_by_search_and_enter() {
    let blank = Session::new(engine(), Project::new("Blank"), None);
    let mut window = window(blank, PaletteState::default(), [228.0, 700.0], palette_ui);
    window.run();
    window.get_by_label("Find a component").click();
    window.run();
    window.get_by_label("Find a component").type_text("back off");
    window.run();
    window.key_press(egui::Key::Enter);
    window.run();
    assert_eq!(window.state().state.add, Some(ComponentKind::BackOffice));
}

#[test]
fn the_panel_is_as_wide_whatever_its_search_finds() {
    for (tab, field) in [(PaletteTab::Components, "Find a component"), (PaletteTab::Outline, "Find on the sheet")] {
        let state = PaletteState { tab, ..PaletteState::default() };
        let mut window =
            window(session("monolith-decomposition"), state, [700.0, 700.0], |ui, view, state, actions| {
                let panel = egui::Panel::left("palette").default_size(228.0).size_range(180.0..=360.0);
                panel.show(ui, |ui| palette_ui(ui, view, state, actions));
                let rest = ui.available_rect_before_wrap();
                let sheet = ui.allocate_rect(rest, egui::Sense::hover());
                sheet.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Image, true, "Sheet"));
            });
        window.run();
        let left = window.get_by_label("Sheet").rect().left();
        for words in ["a", "zzz"] {
            window.get_by_label(field).focus();
            window.run();
            window.get_by_label(field).type_text(words);
            window.run_steps(20);
            assert_eq!(window.get_by_label("Sheet").rect().left(), left, "{tab:?} {words}");
        }
        window.get_by_label("Clear the search").click();
        window.run();
        assert_eq!(window.get_by_label("Sheet").rect().left(), left, "{tab:?}");
    }
}

#[test]
fn presets_and_cards_open_a_copy() {
    let engine = engine();
    let card = |preset: &storage::Preset| PresetCard::new(&engine, preset.id, preset.project().unwrap());
    let cards: Arc<[PresetCard]> = storage::presets().iter().map(card).collect();
    let state = PaletteState { tab: PaletteTab::Presets, presets: Arc::clone(&cards), ..PaletteState::default() };
    let blank = Session::new(Arc::clone(&engine), Project::new("Blank"), None);
    let mut palette = window(blank, state, [228.0, 700.0], palette_ui);
    palette.run();
    palette.get_by_label("Factory telemetry").click();
    palette.run();
    assert_eq!(palette.state().requests, [Request::OpenPreset("factory-telemetry".to_owned())]);

    let recent = vec![RecentEntry::new(PathBuf::from("/plans/shop.ron"))];
    let blank = Session::new(engine, Project::new("Blank"), None);
    let mut page = window(blank, (cards, recent), [1024.0, 640.0], |ui, _, (cards, recent), actions| {
        welcome_ui(ui, cards, recent, actions);
    });
    page.run();
    for name in ["Construction SaaS", "Blank sheet", "Open a file..."] {
        page.get_by_label(name).click();
        page.run();
    }
    page.get_by_label("shop").click_accesskit();
    page.run();
    let opened = Request::OpenPath(PathBuf::from("/plans/shop.ron"));
    let preset = Request::OpenPreset("construction-saas".to_owned());
    assert_eq!(page.state().requests, [preset, Request::New, Request::Open, opened]);
}

#[test]
fn the_status_bar_says_what_the_assessment_says() {
    let mut session = session("monolith-decomposition");
    let edit = Edit::SetTrait(SHOP.into(), "tables".into(), Some(TraitValue::Number(60.0)));
    session.apply(Action::edit("More tables", vec![edit]));
    let more = session.change();
    assert!(more.weeks > 0.0 && more.budget_usd > 0.0);
    let status = StatusLine { saved: "Draft kept 10:42".to_owned(), zoom: 0.75, ..StatusLine::default() };
    let mut window = window(session, status, [1440.0, 44.0], |ui, view, status, actions| {
        status_bar_ui(ui, view, status, actions);
    });
    window.run();
    assert!(window.query_by_label_contains("Mixed: 3 Django, 3 FastAPI").is_some());
    assert!(window.query_by_label_contains("since last edit").is_some());
    for words in ["Draft kept 10:42", "Zoom 75 %", "No findings"] {
        assert!(window.query_by_label(words).is_some(), "{words}");
    }
    window.get_by_label_contains("Budget: ").click();
    window.run();
    assert_eq!(window.state().session.project().assumptions.confidence.label(), "P80");
    assert!(window.query_by_label_contains("P80 $").is_some());
    window.get_by_label("No findings").click();
    window.run();
    assert_eq!(window.state().requests, [Request::Dock(DockTab::Findings)]);
}

#[test]
fn weeks_and_budget_stay_in_the_status_bar_beside_the_price_of_what_hangs_at_the_pointer() {
    let new = Component::new("New", ComponentKind::RestApi, None);
    let offer = Offer { words: "if dropped here", edits: vec![Edit::PutComponent("new".into(), new)] };
    for width in [1280.0, 1440.0, 1920.0] {
        let status = StatusLine {
            saved: "Draft kept 10:42".to_owned(),
            zoom: 0.75,
            offer: Some(offer.clone()),
            ..StatusLine::default()
        };
        let mut window =
            window(session("monolith-decomposition"), status, [width, 44.0], |ui, view, status, actions| {
                status_bar_ui(ui, view, status, actions);
            });
        window.run();
        let rect = |label: &str| window.get_by_label_contains(label).rect();
        let row = ["Mixed: ", "Time: ", "Budget: ", "if dropped here", "No findings"].map(rect);
        assert!(row.windows(2).all(|two| two[0].right() < two[1].left()), "{width}: {row:?}");
    }
}

#[test]
fn findings_and_services_lead_to_their_component() {
    let mut session = session("monolith-decomposition");
    session.select(Select::Nothing);
    let edit = Edit::SetTrait(SHOP.into(), "tables".into(), Some(TraitValue::Flag(true)));
    session.apply(Action::edit("A wrong value", vec![edit]));
    let state = DockState { tab: DockTab::Findings, ..DockState::default() };
    let mut window = window(session, state, [900.0, 300.0], dock_ui);
    window.run();
    window.get_by_label_contains("Error: Order processing").click();
    window.run();
    assert!(window.state().session.selection().contains(&ElementId::Component(SHOP.into())));
    window.get_by_role_and_label(egui::Role::Tab, "Recommendation").click();
    window.run();
    window.get_by_label("Show API gateway").click_accesskit();
    window.run();
    assert!(window.state().session.selection().contains(&ElementId::Component("api-gateway".into())));
}

#[test]
fn the_stack_names_versions_status_and_replacements_and_copies_them() {
    let mut session = session("factory-telemetry");
    let id = session.assessment().components.keys().next().unwrap().clone();
    session.apply(Action::edit(
        "Tag",
        vec![
            Edit::SetTrait(id.clone(), "user-accounts".into(), Some(TraitValue::Flag(true))),
            Edit::SetPin(id.clone(), Some("fastapi".into())),
        ],
    ));
    session.select(Select::Only(vec![ElementId::Component(id)]));
    let state = DockState { tab: DockTab::Stack, ..DockState::default() };
    let mut dock = window(session, state, [1200.0, 900.0], dock_ui);
    dock.run();
    assert!(dock.query_by_label_contains("pwdlib: Maintained, in place of passlib (not maintained").is_some());
    assert!(dock.query_by_label_contains("fastapi-users: Fixes only").is_some());
    for name in ["Django", "FastAPI"] {
        let start = format!("{name}: ");
        let bar = dock.query_all_by_label_contains("by hand");
        let bar = bar.filter(|node| node.value().is_some_and(|words| words.starts_with(&start)));
        assert_eq!(bar.count(), 1, "{name}");
    }
    dock.get_by_label("Copy all pins").click();
    dock.run();
    let copied = |requests: &[Request]| match requests {
        [Request::CopyText(text)] => text.clone(),
        other => panic!("{other:?}"),
    };
    let pins = copied(&dock.state().requests);
    assert!(pins.contains("fastapi==") && !pins.contains("\npasslib"), "{pins}");

    let session = std::mem::replace(&mut dock.state_mut().session, session_of_nothing());
    let mut inspector = window(session, InspectorState::default(), [340.0, 2400.0], inspector_ui);
    inspector.run();
    assert!(inspector.query_by_label_contains("fastapi 0.").is_some());
    assert!(inspector.query_by_label_contains("pwdlib 0.").is_none(), "a long list is cut");
    let all = inspector.get_all_by_label_contains("Show all").last().unwrap();
    all.click();
    inspector.run();
    assert!(inspector.query_by_label("Show fewer packages").is_some());
    assert!(inspector.query_by_label_contains("pwdlib 0.3.0, for passlib").is_some());
    inspector.get_by_label("Copy requirements").click();
    inspector.run();
    assert!(copied(&inspector.state().requests).starts_with("# Groundplan: requirements of "));
}

fn session_of_nothing() -> Session {
    Session::new(engine(), Project::new("Nothing"), None)
}

#[test]
fn every_tab_paints_in_every_size_and_theme_on_every_preset() {
    let engine = engine();
    let mut projects: Vec<Project> = storage::presets().iter().map(|preset| preset.project().unwrap()).collect();
    let mut lone = Project::new("Lone");
    let component =
        Component::new("A service with a name that is longer than any column", ComponentKind::RestApi, None);
    lone.apply(&Edit::PutComponent("lone".into(), component));
    projects.push(lone);
    for project in projects {
        for (dark, size) in
            [(false, [500.0, 180.0]), (true, [852.0, 250.0]), (false, [1500.0, 400.0]), (true, [500.0, 400.0])]
        {
            let session = Session::new(Arc::clone(&engine), project.clone(), None);
            let mut window = window(session, DockState::default(), size, dock_ui);
            window.ctx.set_theme(if dark { egui::Theme::Dark } else { egui::Theme::Light });
            for (tab, cut) in DockTab::ALL.into_iter().flat_map(|tab| [(tab, Cut::Component), (tab, Cut::WorkItem)]) {
                let state = &mut window.state_mut().state;
                (state.tab, state.budget_by) = (tab, cut);
                state.weeks_by = if cut == Cut::Component { cut } else { Cut::Phase };
                window.run();
                let right = window.query_all_by(|node| node.role() == egui::Role::Tab).map(|tab| tab.rect().right());
                assert!(right.fold(0.0, f32::max) <= size[0], "{} at {size:?}", tab.label());
            }
            every_question(&mut window, size[0]);
            assert_eq!(window.state().session.history().depth(), 0, "painting is not editing");
        }
    }
}

/// Looks at each question of the tabs that have several.
fn every_question(window: &mut Window<DockState>, width: f32) {
    let timeline =
        TimelineTopic::ALL.map(|topic| DockState { tab: DockTab::Timeline, timeline: topic, ..<_>::default() });
    let budget = BudgetTopic::ALL.map(|topic| DockState { tab: DockTab::Budget, budget: topic, ..<_>::default() });
    let scenario =
        ScenarioTopic::ALL.map(|topic| DockState { tab: DockTab::Scenarios, scenario: topic, ..<_>::default() });
    let capacity = CapacityTopic::ALL.map(|topic| {
        let mut state = DockState { tab: DockTab::Capacity, ..<_>::default() };
        state.capacity.topic = topic;
        state
    });
    let advice = Topic::ALL.map(|topic| DockState { topic, ..<_>::default() });
    for state in timeline.into_iter().chain(budget).chain(scenario).chain(capacity).chain(advice) {
        let asked = format!("{state:?}");
        window.state_mut().state = state;
        window.run();
        let right = window.query_all_by(|node| node.role() == egui::Role::Tab).map(|tab| tab.rect().right());
        assert!(right.fold(0.0, f32::max) <= width, "{asked} at {width}");
    }
}
