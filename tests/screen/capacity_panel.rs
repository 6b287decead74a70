//! Capacity in the window, by what a person finds and does there.

#![allow(clippy::unwrap_used)] // in helpers too: a test that cannot go on fails

use std::sync::{Arc, Mutex};

use egui::Role;
use egui_kittest::{
    Node,
    kittest::{NodeT as _, Queryable as _},
};
use groundplan::{
    playbook::ServerKind,
    project::{ComponentId, Edit, ElementId, Project, TraitValue},
    session::{Action, Background, CanvasRequest, DockTab, Handed, Request, Select, Session},
    storage::read_project,
    ui::panels::dock::{CapacityFigures, CapacityQuestion, CapacityTopic, DockState, dock_ui},
};

use crate::common::{bench, builtin};
use bench::{Window, window};

const SIZE: [f32; 2] = [1332.0, 250.0];
const PREDICTION: &str = "prediction-api";

fn showing(project: Project, topic: CapacityTopic, size: [f32; 2]) -> Window<DockState> {
    let session = Session::new(Arc::new(builtin::engine()), project, None);
    let mut state = DockState { tab: DockTab::Capacity, ..DockState::default() };
    state.capacity.topic = topic;
    let mut window = window(session, state, size, dock_ui);
    window.run();
    window
}

fn on(preset: &str, topic: CapacityTopic) -> Window<DockState> {
    showing(builtin::preset(preset), topic, SIZE)
}

fn tag(project: &mut Project, component: &str, trait_id: &str, value: f64) {
    let value = Some(TraitValue::Number(value));
    project.apply(&Edit::SetTrait(component.into(), trait_id.into(), value));
}

/// The row whose name begins so.
fn row<'a>(window: &'a Window<DockState>, start: &str) -> Node<'a> {
    let start = start.to_owned();
    window.get_by(move |node| node.label().or(node.value()).is_some_and(|said| said.starts_with(&start)))
}

/// The dock as it is in a window of 1280 by 720 points, and in one of 1920 points, with the margin around it that a test has.
const NARROW: [f32; 2] = [740.0, 232.0];
const WIDE: [f32; 2] = [1380.0, 266.0];

/// A shop whose pricing answers too late, behind a gateway that waits for it.
const SHOP: &str = r#"(
    format: 2, name: "Shop",
    components: {
        "web": (name: "Customers", kind: client, traits: {"requests-peak": 120}, pos: (0, 0)),
        "gateway": (name: "Gateway of everything public", kind: api_gateway, traits: {"latency-target": 300, "pure-api": true, "io-bound": true}, pos: (280, 0)),
        "orders": (name: "Orders", kind: domain_service, traits: {"tables": 40, "admin-interface": true, "cpu-per-request": 8, "workers": 2}, pos: (560, -100)),
        "pricing": (name: "Pricing with model", kind: ml_inference, traits: {"ml-inference": true, "inference-time": 20, "latency-target": 90}, pos: (560, 60)),
        "rates": (name: "FX rates", kind: external_api, pos: (840, 60)),
    },
    connections: {
        "a": (from: "web", to: "gateway", protocol: http, calls_per_request: 1.0),
        "b": (from: "gateway", to: "orders", protocol: http, calls_per_request: 0.5),
        "c": (from: "gateway", to: "pricing", protocol: http, calls_per_request: 1.0),
        "d": (from: "pricing", to: "rates", protocol: http, calls_per_request: 1.0, latency_ms: 80.0),
    },
)"#;

/// Two services that call each other.
const CIRCLE: &str = r#"(
    format: 2, name: "Circle",
    components: {
        "web": (name: "Customers", kind: client, traits: {"requests-peak": 100}, pos: (0, 0)),
        "a": (name: "Stock", kind: rest_api, pos: (280, 0)),
        "b": (name: "Prices", kind: rest_api, pos: (560, 0)),
    },
    connections: {
        "x": (from: "web", to: "a", protocol: http, calls_per_request: 1.0),
        "y": (from: "a", to: "b", protocol: http, calls_per_request: 1.0),
        "z": (from: "b", to: "a", protocol: http, calls_per_request: 0.5),
    },
)"#;

fn plan(text: &str) -> Project {
    let engine = builtin::engine();
    read_project(text, &|project: &Project| engine.check(project)).unwrap()
}

fn name(node: &Node<'_>) -> String {
    let node = node.accesskit_node();
    node.label().or(node.value()).unwrap()
}

/// In a low window not all servers have room: the one that the plan takes is in sight whatever they are sorted by.
#[test]
fn the_chosen_server_is_in_sight_when_a_service_is_looked_at() {
    let mut window = showing(builtin::preset("factory-telemetry"), CapacityTopic::Services, NARROW);
    let services: Vec<String> = window.state().session.capacity().services.keys().map(ToString::to_string).collect();
    let sights = |window: &Window<DockState>| {
        let rows = window.query_all_by_label_contains("taken for the plan").map(|row| row.rect().center().y);
        rows.filter(|y| (0.0..NARROW[1]).contains(y)).count()
    };
    for head in ["Sort by server", "Sort by p95"] {
        for _ in 0..2 {
            window.get_by_label(head).click();
            window.run();
            for service in &services {
                window.state_mut().session.select(Select::Only(vec![ElementId::Component(service.as_str().into())]));
                window.run();
                assert_eq!(sights(&window), 1, "{service}, {head}");
            }
        }
    }
}

#[test]
fn every_service_says_whether_it_holds_and_one_of_them_on_every_server() {
    let window = on("factory-telemetry", CapacityTopic::Services);
    window.get_by_label("Telemetry ingestion: holds, 21 % busy, breaks first");
    window.get_by_label("Holds 4.8 times this load; Telemetry ingestion breaks first");
    window.get_by_label("Telemetry ingestion: 100/s at peak, its own trait");
    let taken = name(&row(&window, "FastAPI with async endpoints on uvicorn: "));
    assert!(taken.contains("taken for the plan, 1 process on 1 processor, mean 3.58 ms"), "{taken}");
    let first = row(&window, "FastAPI with async endpoints on uvicorn: ").rect().top();
    let other = row(&window, "Django on gunicorn, synchronous workers: ");
    assert!(first < other.rect().top(), "servers of its own framework come first");
    assert!(window.query_by_label_contains("$30 a processor and $3.25 a gigabyte a month (assumption)").is_some());
    assert_eq!(window.state().session.history().depth(), 0, "looking is not editing");
}

#[test]
fn what_is_unknown_names_the_trait_and_a_button_leads_to_its_field() {
    let mut window = on("delivery-prediction", CapacityTopic::Services);
    window.get_by_label("Prediction API: unknown, 5 % busy, breaks first");
    let missed = name(&row(&window, "Django on gunicorn, threads: "));
    assert!(missed.ends_with("target missed"), "{missed}");
    window.get_by_label("Tag \"Time of a prediction\"").click();
    window.run();
    let asked = Request::AnswerTrait(PREDICTION.into(), "inference-time".into());
    assert!(window.state().requests.contains(&asked), "{:?}", window.state().requests);

    let mut told = builtin::preset("delivery-prediction");
    tag(&mut told, PREDICTION, "inference-time", 5.0);
    let window = showing(told, CapacityTopic::Services, SIZE);
    let meets = name(&row(&window, "Prediction API: meets, "));
    assert!(meets.ends_with("breaks first"), "{meets}");
    window.get_by_label("p95 within 200 ms: met");

    let mut window = on("construction-saas", CapacityTopic::Services);
    window.get_by_label("No load is known yet");
    window.get_by_label("Mobile API: load unknown, – busy");
    window.get_by_label("Tag \"Requests, peak\" on Mobile app").click();
    window.run();
    let asked = Request::AnswerTrait("mobile-app".into(), "requests-peak".into());
    assert!(window.state().requests.contains(&asked), "{:?}", window.state().requests);
}

#[test]
fn a_target_nobody_can_meet_is_a_word_and_not_only_a_colour() {
    let mut project = builtin::preset("delivery-prediction");
    tag(&mut project, PREDICTION, "latency-target", 100.0);
    let window = showing(project, CapacityTopic::Services, SIZE);
    row(&window, "Prediction API: misses, ");
    window.get_by_label_contains("missed by any number of workers");
}

#[test]
fn a_service_is_looked_at_by_a_click_and_followed_from_the_sheet() {
    let mut window = on("platform-rescue", CapacityTopic::Services);
    let lead = |window: &Window<DockState>, start: &str| window.query_all_by_label_contains(start).next().is_some();
    assert!(lead(&window, "Core application: At least 500/s"), "what breaks first is looked at first");
    row(&window, "Admin: load unknown").click();
    window.run();
    let admin = ElementId::Component("admin".into());
    assert!(window.state().session.selection().contains(&admin));
    let centred = Request::Canvas(CanvasRequest::Centre(admin));
    assert!(window.state().requests.contains(&centred));
    window.get_by_label("Tag \"Requests, peak\" on Staff");
    let other = ElementId::Component("core-application".into());
    window.state_mut().session.apply(Action::Reveal(other));
    window.run();
    window.get_by_label("Tag \"Requests, peak\" on Users");
}

#[test]
fn the_curve_says_up_to_which_load_the_target_holds() {
    let mut project = builtin::preset("delivery-prediction");
    tag(&mut project, PREDICTION, "inference-time", 5.0);
    let window = showing(project, CapacityTopic::Load, SIZE);
    let said = name(&row(&window, "Latency against load: Prediction API keeps its p95 within 200 ms up to "));
    let session = &window.state().session;
    let id = ComponentId::new(PREDICTION);
    let curve = session.load_curve(&id).unwrap();
    let up_to = curve.in_time_up_to_per_s.unwrap();
    assert!(up_to < curve.saturation_per_s && said.contains("/s"), "{said}: {up_to}");
    assert!(curve.points.windows(2).all(|pair| pair[0].p95_s <= pair[1].p95_s));
    assert!(curve.points.windows(2).all(|pair| pair[0].rate_per_s < pair[1].rate_per_s));
    let beyond = curve.points.iter().find(|point| point.rate_per_s > up_to).unwrap();
    let before = curve.points.iter().rev().find(|point| point.rate_per_s <= up_to).unwrap();
    assert!(before.p95_s <= 0.2 && beyond.p95_s > 0.2, "{before:?} {beyond:?}");
    let service = &session.capacity().services[&id];
    let planned = service.planned().unwrap();
    let rate = service.load.rate_per_s.unwrap();
    let nearest =
        curve.points.iter().min_by(|a, b| (a.rate_per_s - rate).abs().total_cmp(&(b.rate_per_s - rate).abs()));
    let (at, now) = (nearest.unwrap().p95_s, planned.answers.p95_s().unwrap());
    assert!((at - now).abs() < 0.05 * now, "the curve runs through the present: {at} {now}");
    row(&window, "Prediction API: ");
}

#[test]
fn other_circumstances_stand_beside_the_present_ones() {
    let mut window = on("platform-rescue", CapacityTopic::WhatIf);
    window.get_by_label("What if: Three times as much comes");
    let then = name(&row(&window, "Real-time data API: now 38 % busy, p95 "));
    assert!(then.contains("then 114 % busy, p95 unbounded, unbounded: waits for Core application"), "{then}");
    let core = name(&row(&window, "Core application: now "));
    assert!(core.contains("unbounded: gets 1,500/s, and answers "), "{core}");
    window.get_by_label_contains("Does not hold: Core application");
    window.get_by_label("What if: Core application has one more process").click();
    window.run();
    let more = name(&row(&window, "Core application: now 65 % busy"));
    assert!(more.contains("then 43 % busy") && more.ends_with("holds"), "{more}");
    assert_eq!(window.state().session.history().depth(), 0, "asking is not editing");
}

#[test]
fn what_is_slow_or_gone_can_be_asked_by_a_click() {
    let mut window = on("delivery-prediction", CapacityTopic::WhatIf);
    window.get_by_label("What if: A call to Weather API takes 1 s").click();
    window.run();
    let slow = name(&row(&window, "Prediction API: now "));
    assert!(slow.ends_with("misses"), "{slow}");
    window.get_by_label("What if: Weather API dies").click();
    window.run();
    window.get_by_label("Without Weather API, 3 fail");
    for failing in ["Front end", "Mobile app", "Prediction API"] {
        window.get_by_label(&format!("{failing}: fails"));
    }
    window.get_by_label("Prediction API: fails").click();
    window.run();
    assert!(window.state().session.selection().contains(&ElementId::Component(PREDICTION.into())));
}

#[test]
fn a_path_selects_what_it_goes_through() {
    let mut window = on("delivery-prediction", CapacityTopic::Paths);
    let slowest = row(&window, "Front end > Prediction API > ");
    assert!(name(&slowest).ends_with("the slowest"), "{}", name(&slowest));
    slowest.click();
    window.run();
    let selected = window.state().session.selection();
    let components = selected.iter().filter(|element| matches!(element, ElementId::Component(_))).count();
    assert_eq!((components, selected.len()), (3, 5), "{selected:?}");
    assert!(window.state().requests.contains(&Request::Canvas(CanvasRequest::SeeSelection)));
}

#[test]
fn a_simulation_stands_beside_the_formulas_and_can_be_cancelled() {
    let mut window = on("factory-telemetry", CapacityTopic::Simulation);
    let waiting: Arc<Mutex<Vec<Handed>>> = Arc::default();
    let queue = Arc::clone(&waiting);
    let later = Background::Handed(Arc::new(move |work| queue.lock().unwrap().push(work)));
    window.state_mut().session.set_background(later);
    let run_all = || waiting.lock().unwrap().drain(..).for_each(|work| work());
    window.get_by_label("Check by simulation").click();
    window.run_steps(3);
    window.get_by_role(Role::ProgressIndicator);
    window.get_by_label("Cancel").click();
    window.run_steps(3);
    window.get_by_label("Stopped");
    run_all();
    window.run_steps(2);
    window.get_by_label("Stopped");
    window.get_by_label("Check by simulation").click();
    window.run_steps(3);
    run_all();
    window.run_steps(3);
    window.get_by_label("Formulas and simulation agree for 1 of 1 service");
    let told = name(&row(&window, "Telemetry ingestion: mean 3.58 ms, simulated "));
    assert!(told.contains('±') && told.ends_with("formula agrees"), "{told}");
    // An answer about another plan than the one that stands is none.
    let edit = |value: f64| {
        let value = Some(TraitValue::Number(value));
        Action::edit("Tag", vec![Edit::SetTrait("telemetry-ingestion".into(), "requests-peak".into(), value)])
    };
    window.state_mut().session.apply(edit(200.0));
    window.run_steps(2);
    window.get_by_label("Check by simulation");
}

#[test]
fn nothing_is_worked_out_anew_while_something_is_dragged() {
    let mut window = on("platform-rescue", CapacityTopic::Services);
    let curve = |window: &Window<DockState>| window.state().session.load_curve(&"realtime-data-api".into()).unwrap();
    let before = curve(&window);
    let moved = std::iter::once(ElementId::Component("admin".into())).collect::<std::collections::BTreeSet<_>>();
    for step in 1..4 {
        let edits = vec![Edit::Move(moved.clone(), kurbo::Vec2::new(24.0 * f64::from(step), 0.0))];
        window.state_mut().session.apply(Action::Gesture { name: "Move".to_owned(), edits });
        window.run();
        assert!(Arc::ptr_eq(&curve(&window), &before));
    }
}

#[test]
fn every_question_fits_and_an_empty_sheet_says_what_to_do() {
    for (width, height) in [(468.0, 230.0), (724.0, 250.0), (1364.0, 320.0)] {
        for topic in CapacityTopic::ALL {
            let mut window = showing(builtin::preset("platform-rescue"), topic, [width, height]);
            for question in [CapacityQuestion::Peak, CapacityQuestion::Slow, CapacityQuestion::Dead] {
                window.state_mut().state.capacity.question = question;
                window.run();
                for node in window.query_all_by_role(Role::Button) {
                    let right = node.rect().right();
                    assert!(right <= width + 1.0, "{topic:?} at {width}: {} ends at {right}", name(&node));
                }
            }
        }
    }
    let mut window = showing(Project::new("Nothing"), CapacityTopic::Services, SIZE);
    window.get_by_label_contains("tag what comes to it");
    window.get_by_label("Open a case study").click();
    window.run();
    assert!(window.state().requests.contains(&Request::Welcome));
}

#[test]
fn the_first_line_says_who_is_too_late_and_what_goes_in_circles() {
    let window = showing(plan(SHOP), CapacityTopic::Services, NARROW);
    assert!(window.query_all_by_label_contains("Too late: Pricing with model").next().is_some());
    assert!(window.query_by_label_contains("Holds ").is_none(), "nothing holds while somebody is too late");
    let window = showing(plan(CIRCLE), CapacityTopic::Services, NARROW);
    let circles = &window.state().session.capacity().circles;
    assert_eq!(window.query_by_label_contains("Calls go in a circle").is_some(), !circles.is_empty());
    assert!(!circles.is_empty(), "the link back is not told");
}

#[test]
fn every_figure_of_a_server_can_be_read_in_a_narrow_dock() {
    let heads = |window: &Window<DockState>| -> Vec<String> {
        let names = window.query_all_by_role(Role::Button).map(|node| name(&node));
        names.filter(|name| name.starts_with("Sort by ")).collect()
    };
    let mut window = showing(plan(SHOP), CapacityTopic::Services, NARROW);
    let has = |window: &Window<DockState>, columns: &[&str]| {
        let heads = heads(window);
        for column in columns {
            assert!(heads.contains(&format!("Sort by {column}")), "{column}: {heads:?}");
        }
    };
    has(&window, &["how busy", "p95", "target"]);
    window.get_by_label("Show how long answers take").click();
    window.run();
    assert_eq!(window.state().state.capacity.figures, CapacityFigures::Times);
    has(&window, &["mean", "p50", "p99"]);
    window.get_by_label("Show workers, processors, memory and cost").click();
    window.run();
    has(&window, &["workers", "processors", "memory", "cost a month"]);
    let window = showing(plan(SHOP), CapacityTopic::Services, WIDE);
    has(
        &window,
        &["how busy", "mean", "p50", "p95", "p99", "target", "workers", "processors", "memory", "cost a month"],
    );
    assert!(window.query_by_label("Show how long answers take").is_none(), "there is nothing to choose");
}

#[test]
fn all_servers_are_in_sight_in_a_narrow_dock_under_names_of_their_own() {
    let window = showing(plan(SHOP), CapacityTopic::Services, NARROW);
    let kinds: Vec<_> = window.state().session.engine().playbook.servers.values().cloned().collect();
    let mut short: Vec<&str> = kinds.iter().map(ServerKind::in_short).collect();
    for kind in &kinds {
        let row = row(&window, &format!("{}: ", kind.label)).rect();
        assert!(row.bottom() <= NARROW[1] - 8.0, "{}: {row:?}", kind.label);
    }
    short.sort_unstable();
    short.dedup();
    assert!(short.len() == kinds.len() && short.iter().all(|name| name.len() <= 16), "{short:?}");
}

#[test]
fn a_small_p99_bears_what_was_measured_of_it() {
    let caution = "2 to 3 times as much was measured";
    let said = |window: &Window<DockState>| window.query_by_label_contains(caution).is_some();
    assert!(said(&on("factory-telemetry", CapacityTopic::Services)));
    let mut window = showing(builtin::preset("factory-telemetry"), CapacityTopic::Services, NARROW);
    assert!(!said(&window), "no p99 is shown");
    window.get_by_label("Show how long answers take").click();
    window.run();
    let either = said(&window) || window.query_by_label_contains("measured at two to three times").is_some();
    assert!(either);
}

#[test]
fn a_question_names_what_it_is_about_and_nothing_else() {
    for size in [NARROW, WIDE] {
        let mut window = showing(plan(SHOP), CapacityTopic::WhatIf, size);
        let about = ["What takes 1 s", "What dies", "What has one more process"];
        let cases = [
            (CapacityQuestion::Peak, None),
            (CapacityQuestion::Slow, Some(0)),
            (CapacityQuestion::Dead, Some(1)),
            (CapacityQuestion::Process, Some(2)),
        ];
        for (question, expected) in cases {
            window.state_mut().state.capacity.question = question;
            window.run();
            for (at, said) in about.iter().enumerate() {
                let shown = window.query_by_role_and_label(Role::ComboBox, said).is_some();
                assert_eq!(shown, expected == Some(at), "{question:?}: {said} at {size:?}");
            }
        }
        window.get_by_role_and_label(Role::ComboBox, "What has one more process").click();
        window.run();
        window.get_by_label("Orders").click();
        window.run();
        let orders = ElementId::Component("orders".into());
        assert!(window.state().session.selection().contains(&orders), "what is asked about is looked at");
    }
}

#[test]
fn without_a_bound_a_reason_is_given_and_what_gets_worse_bears_a_sign() {
    let mut project = plan(SHOP);
    tag(&mut project, "orders", "workers", 1.0);
    let window = showing(project, CapacityTopic::WhatIf, NARROW);
    let orders = name(&row(&window, "Orders: now "));
    assert!(orders.contains("unbounded: gets 180/s, and answers "), "{orders}");
    let gateway = name(&row(&window, "Gateway of everything public: now "));
    assert!(gateway.ends_with("unbounded: waits for Orders, which cannot answer its load"), "{gateway}");
    let heads = ["how busy now", "how busy then", "p95 now", "p95 then", "state then"];
    for head in heads {
        window.get_by_label(&format!("Sort by {head}"));
    }
}

#[test]
fn the_means_of_paths_and_all_heads_of_the_simulation_are_there_in_a_narrow_dock() {
    let window = showing(plan(SHOP), CapacityTopic::Paths, NARROW);
    for head in ["mean", "p95", "target"] {
        window.get_by_label(&format!("Sort by {head}"));
    }
    let mut window = showing(plan(SHOP), CapacityTopic::Simulation, NARROW);
    window.get_by_label("Check by simulation").click();
    window.run_steps(6);
    for head in ["p95 by the formula", "simulated p95 of even times", "simulated p95 of varying times"] {
        window.get_by_label(&format!("Sort by {head}"));
    }
    window.get_by_label_contains("may be 5 % off");
}

/// Below the curve, bars stand in full: nothing scrolls inside of what scrolls.
#[test]
fn bars_below_the_curve_are_all_there() {
    let window = showing(builtin::preset("platform-rescue"), CapacityTopic::Load, [536.0, 232.0]);
    let session = &window.state().session;
    for id in session.capacity().services.keys() {
        let start = format!("{}: ", session.project().component_name(id));
        assert!(window.query_all_by_label_contains(&start).next().is_some(), "{start}");
    }
}
