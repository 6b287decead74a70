//! What is put off to later stays on the sheet and counts for nothing: not in the advice, not in a figure. What misses it is a finding.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use std::{
    borrow::Cow,
    collections::BTreeSet,
    sync::{Arc, LazyLock},
};

use egui_kittest::{
    Harness, Node,
    kittest::{NodeT as _, Queryable as _},
};
use groundplan::{
    assess::{Assessment, Engine, Perspective, colouring, zones},
    export::{ExportInput, format},
    palette::Tone,
    project::{Component, ComponentId, ComponentKind, Edit, ElementId, Project, Protocol, Scenario, TraitValue},
    session::{Action, Select, Session},
    storage,
    ui::{
        View,
        canvas::{CanvasState, canvas_ui},
        panels::{
            inspector::{InspectorState, inspector_ui},
            palette::{PaletteState, PaletteTab, palette_ui},
        },
        theme,
    },
};
use proptest::prelude::*;

use crate::common::{bench, builtin, small_playbook};
use small_playbook::{link, pin, resource, service};

static ENGINE: LazyLock<Arc<Engine>> = LazyLock::new(|| Arc::new(builtin::engine()));
static SMALL: LazyLock<Engine> = LazyLock::new(small_playbook::engine);

const PRESETS: [&str; 4] = ["monolith-decomposition", "construction-saas", "factory-telemetry", "delivery-prediction"];

fn put_off(project: &Project, ids: &[ComponentId]) -> Project {
    let mut later = project.clone();
    for id in ids {
        later.apply(&Edit::SetDeferred(id.clone(), true));
    }
    later
}

fn removed(project: &Project, ids: &[ComponentId]) -> Project {
    let mut less = project.clone();
    less.apply(&Edit::Remove(ids.iter().cloned().map(ElementId::Component).collect()));
    less
}

/// Everything that is said of a plan with components put off is said of the plan without them.
fn assert_counts_for_nothing(engine: &Engine, project: &Project, ids: &[ComponentId]) {
    let (later, less) = (put_off(project, ids), removed(project, ids));
    let assessment = engine.assess(&less);
    // What misses them is told; nothing else is said of them.
    let assessed = |mut assessment: Assessment| {
        let missed = ["shares-tables-of-later", "calls-what-is-later"];
        assessment.findings.retain(|finding| !missed.contains(&finding.rule.as_str()));
        assessment
    };
    assert_eq!(assessed(engine.assess(&later)), assessment, "{ids:?}");
    let again = engine.assess_again(&later, project, &engine.assess(project));
    assert_eq!(again, engine.assess(&later), "assessed again, {ids:?}");
    assert_eq!(engine.schedule(&later, &assessment), engine.schedule(&less, &assessment));
    assert_eq!(engine.stack(&later, &assessment), engine.stack(&less, &assessment));
    assert_eq!(engine.system_flips(&later), engine.system_flips(&less));
    assert_eq!(engine.questions(&later), engine.questions(&less));
    assert_eq!(engine.robustness(&later, &assessment, 0.25), engine.robustness(&less, &assessment, 0.25));
    assert_eq!(zones(&engine.playbook, &later, &assessment), zones(&engine.playbook, &less, &assessment));
    for id in less.components.keys() {
        assert_eq!(engine.turning(&later, id), engine.turning(&less, id), "{id}");
    }
}

#[test]
fn a_plan_with_components_put_off_is_assessed_as_the_plan_without_them() {
    for name in PRESETS {
        let project = builtin::preset(name);
        let ids: Vec<ComponentId> = project.components.keys().cloned().collect();
        assert_counts_for_nothing(&ENGINE, &project, &ids[..1]);
        assert_counts_for_nothing(&ENGINE, &project, &ids[ids.len() - 2..]);
        assert_counts_for_nothing(&ENGINE, &project, &ids);
    }
}

/// A plan of some services and a few resources, linked at random, with a scenario that names them all.
fn plans() -> impl Strategy<Value = Project> {
    let services = prop::collection::vec((0..60u32, 0..40u32, any::<bool>(), 0..4usize), 1..7);
    let links = prop::collection::vec((0..9usize, 0..9usize, 0..Protocol::ALL.len()), 0..14);
    (services, links).prop_map(|(services, links)| {
        let mut project = Project::new("Plan");
        let mut ids = Vec::new();
        for (i, (tables, endpoints, admin, pinned)) in services.into_iter().enumerate() {
            let flags: &[&str] = if admin { &["admin"] } else { &["pure-api"] };
            let id = format!("service-{i}");
            service(&mut project, &id, &[("tables", tables.into()), ("endpoints", endpoints.into())], flags);
            if pinned == 0 {
                pin(&mut project, &id, "fast");
            }
            ids.push(id);
        }
        for (i, kind) in [ComponentKind::ExternalApi, ComponentKind::Redis].into_iter().enumerate() {
            resource(&mut project, &format!("resource-{i}"), kind);
            ids.push(format!("resource-{i}"));
        }
        for (from, to, protocol) in links {
            link(&mut project, &ids[from % ids.len()], &ids[to % ids.len()], Protocol::ALL[protocol]);
        }
        let mut scenario = Scenario::of(&project, "All");
        scenario.deferred = project.components.keys().cloned().collect();
        project.apply(&Edit::PutScenario("all".into(), Some(scenario)));
        project
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]
    #[test]
    fn any_plan_with_any_components_put_off_is_assessed_as_the_plan_without_them(project in plans(), chosen in any::<u16>()) {
        let ids = project.components.keys().enumerate().filter(|(at, _)| chosen >> at & 1 == 1);
        let ids: Vec<ComponentId> = ids.map(|(_, id)| id.clone()).collect();
        prop_assert!(project.validate().is_empty());
        prop_assert!(put_off(&project, &ids).in_scope().validate().is_empty());
        assert_counts_for_nothing(&SMALL, &project, &ids);
    }
}

#[test]
fn what_is_put_off_and_taken_in_again_is_as_before_also_in_the_file() {
    let project = builtin::preset("monolith-decomposition");
    let mut session = Session::new(Arc::clone(&ENGINE), project.clone(), None);
    let before = session.assessment().clone();
    let ids: Vec<ElementId> = project.components.keys().take(2).cloned().map(ElementId::Component).collect();
    session.select(Select::Only(ids));
    session.apply(Action::Run("edit.take-in"));
    assert_eq!(session.history().depth(), 0, "nothing is put off yet");
    session.apply(Action::Run("edit.defer"));
    assert_eq!(session.history().undo_name(), Some("Put 2 components off to later"));
    assert_eq!(session.project().deferred().count(), 2);
    assert!(session.assessment().estimate.budget_usd.median < before.estimate.budget_usd.median);
    let text = storage::to_text(session.project()).unwrap();
    assert_eq!(text.matches("deferred: true").count(), 2);
    assert_eq!(storage::from_text(&text).unwrap(), **session.project());
    session.apply(Action::Run("edit.take-in"));
    assert_eq!(session.history().undo_name(), Some("Take 2 components in again"));
    assert_eq!(*session.project().as_ref(), project);
    assert_eq!(*session.assessment(), before);
}

#[test]
fn a_fix_that_adds_something_leaves_what_is_put_off_alone() {
    let mut project = Project::new("Shop");
    let mut shop = Component::new("Shop", ComponentKind::WebApplication, Some((0.0, 0.0).into()));
    shop.traits.insert("tables".into(), TraitValue::Number(40.0));
    project.apply(&Edit::PutComponent("shop".into(), shop));
    let mut session = Session::new(Arc::clone(&ENGINE), project, None);
    let fix = |session: &Session| {
        let fixes = session.assessment().findings.iter().flat_map(|finding| finding.fixes.clone());
        fixes.into_iter().find(|fix| matches!(fix.edits.first(), Some(Edit::PutComponent(..))))
    };
    let first = fix(&session).expect("tables without a database are a finding");
    session.apply(Action::Mend(first));
    let added = session.project().components.get_index(1).unwrap().0.clone();
    session.edit("Later", &[Edit::SetDeferred(added.clone(), true)]);
    let second = fix(&session).expect("what is put off helps nobody");
    session.apply(Action::Mend(second));
    assert_eq!(session.project().components.len(), 3, "a second one, beside the one that is put off");
    assert!(session.project().is_deferred(&added));
    assert_eq!(session.project().connections.len(), 2);
    assert!(fix(&session).is_none());
}

#[test]
fn every_perspective_has_what_is_put_off_in_a_class_of_its_own() {
    let project = builtin::preset("monolith-decomposition");
    let service = project.services().next().unwrap().0.clone();
    let store = project.components.iter().find(|(_, c)| !c.kind.is_service()).unwrap().0.clone();
    let later = put_off(&project, &[service.clone(), store.clone()]);
    let assessment = ENGINE.assess(&later);
    let mut all = Perspective::FIXED.to_vec();
    all.push(Perspective::Trait("tables".into()));
    for perspective in all {
        let seen = colouring(&perspective, &later, &assessment, &ENGINE.playbook, || {
            Cow::Owned(ENGINE.capacity(&later, &assessment))
        });
        let class = seen.classes.last().unwrap();
        assert_eq!((class.name.as_str(), &class.tone), ("Later", &Tone::Later), "{perspective}");
        assert_eq!(class.members.len(), 2, "{perspective}");
        for id in [&service, &store] {
            assert_eq!(seen.marks[id].text, "Later", "{perspective}");
            let others = seen.classes.iter().filter(|class| class.members.contains(id)).count();
            assert_eq!(others, 1, "{perspective}: {id} is in one class");
        }
        let now = ENGINE.assess(&project);
        let capacity = || Cow::Owned(ENGINE.capacity(&project, &now));
        let none = colouring(&perspective, &project, &now, &ENGINE.playbook, capacity);
        assert!(none.classes.iter().all(|class| class.name != "Later"), "{perspective}");
    }
}

#[test]
fn reports_and_drawings_say_what_is_put_off() {
    let project = builtin::preset("monolith-decomposition");
    let id = project.services().next().unwrap().0.clone();
    let name = project.component_name(&id);
    let later = put_off(&project, std::slice::from_ref(&id));
    let assessment = ENGINE.assess(&later);
    let input = ExportInput::new(&later, &assessment, &ENGINE.playbook);
    let written = |id: &str| String::from_utf8((format(id).unwrap().write)(&input).unwrap()).unwrap();
    let report = written("md");
    let (_, section) = report.split_once("## Put off to later\n").unwrap();
    assert!(section.split_once("\n## ").unwrap().0.contains(&name), "{section}");
    let json: serde_json::Value = serde_json::from_str(&written("json")).unwrap();
    assert_eq!(json["deferred"], serde_json::json!([id.as_str()]));
    assert!(json["components"].as_array().unwrap().iter().all(|component| component["id"] != id.as_str()));
    let drawing = written("svg");
    assert!(drawing.contains(&format!("{name}, ")) && drawing.contains(", put off to later</title>"), "{drawing}");
    assert!(drawing.contains(">Later</text>"));
    assert!(drawing.contains("waits for what is put off to later</title>"));
    let plain = ExportInput::new(&project, &assessment, &ENGINE.playbook);
    let report = String::from_utf8((format("md").unwrap().write)(&plain).unwrap()).unwrap();
    assert!(!report.contains("Put off to later"), "nothing is said where nothing is put off");
}

struct App {
    session: Session,
    canvas: CanvasState,
}

fn on_canvas(project: Project) -> Harness<'static, App> {
    let app = App { session: Session::new(Arc::clone(&ENGINE), project, None), canvas: CanvasState::default() };
    let mut harness = Harness::builder().with_size([1200.0, 700.0]).with_context_setup(theme::install).build_ui_state(
        |ui, app: &mut App| {
            let mut actions = Vec::new();
            let view = View { session: &app.session, animate: false };
            canvas_ui(ui, &view, &mut app.canvas, &mut actions);
            for action in actions {
                app.session.apply(action);
            }
        },
        app,
    );
    harness.run();
    harness
}

#[test]
fn on_the_canvas_it_is_named_so_and_its_menu_takes_it_in_again() {
    let project = builtin::preset("monolith-decomposition");
    let id = project.services().next().unwrap().0.clone();
    let name = project.component_name(&id);
    let mut window = on_canvas(put_off(&project, std::slice::from_ref(&id)));
    let node = |window: &Harness<'_, App>| {
        let of_card =
            |node: &Node<'_>| node.accesskit_node().label().is_some_and(|l| l.starts_with(&format!("{name}, ")));
        let card = window.get_all_by_role(egui::Role::Button).find(of_card).unwrap();
        (card.accesskit_node().label().unwrap(), card.rect().center())
    };
    let (label, at) = node(&window);
    assert!(label.contains("put off to later, "), "{label}");
    let waiting = window.query_all_by_label_contains("waits for what is put off to later").count();
    let links = project.connections.values().filter(|link| link.from == id || link.to == id).count();
    assert_eq!(waiting, links);
    window.hover_at(at);
    window.run();
    for pressed in [true, false] {
        let (button, modifiers) = (egui::PointerButton::Secondary, egui::Modifiers::NONE);
        window.event(egui::Event::PointerButton { pos: at, button, pressed, modifiers });
    }
    window.run_steps(8);
    window.get_by_label_contains("Take in again").click();
    window.run_steps(8);
    assert!(!window.state().session.project().is_deferred(&id));
    assert!(!node(&window).0.contains("put off"));
}

#[test]
fn the_inspector_puts_one_or_several_off_and_the_outline_marks_them() {
    let project = builtin::preset("monolith-decomposition");
    let ids: Vec<ComponentId> = project.components.keys().take(3).cloned().collect();
    let mut session = Session::new(Arc::clone(&ENGINE), project.clone(), None);
    session.select(Select::Only(vec![ElementId::Component(ids[0].clone())]));
    let mut window = bench::window(session, InspectorState::default(), [340.0, 1200.0], inspector_ui);
    window.run();
    window.get_by_label("Put off to later").click();
    window.run();
    let deferred = |session: &Session| session.project().deferred().map(|(id, _)| id.clone()).collect::<BTreeSet<_>>();
    assert_eq!(deferred(&window.state().session), BTreeSet::from([ids[0].clone()]));
    assert!(window.query_by_label_contains("no advice is given on it").is_some());
    let several = ids.iter().cloned().map(ElementId::Component).collect();
    window.state_mut().session.select(Select::Only(several));
    window.run();
    window.run();
    window.get_by_label("Put off to later, mixed").click();
    window.run();
    assert_eq!(deferred(&window.state().session), ids.iter().cloned().collect());
    assert_eq!(window.state().session.history().undo_name(), Some("Put 2 components off to later"));
    window.get_by_label("Put off to later").click();
    window.run();
    assert!(deferred(&window.state().session).is_empty());
    assert_eq!(*window.state().session.project().as_ref(), project);

    let session = Session::new(Arc::clone(&ENGINE), put_off(&project, &ids[..1]), None);
    let state = PaletteState { tab: PaletteTab::Outline, ..PaletteState::default() };
    let mut outline = bench::window(session, state, [240.0, 900.0], palette_ui);
    outline.run();
    let name = project.component_name(&ids[0]);
    assert!(outline.query_by_label(&format!("{name}, put off to later")).is_some());
}
