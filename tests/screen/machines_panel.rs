//! What is assumed of machines, set in the window: prices in the project's currency, room, and what requests cost on a server.

#![allow(clippy::unwrap_used, reason = "helpers of a test")]

use std::sync::Arc;

use egui_kittest::kittest::Queryable as _;
use groundplan::{
    project::{Currency, Grouping, Machines, Project},
    session::Session,
    ui::panels::inspector::{InspectorState, inspector_ui},
};

use crate::common::{bench, builtin};
use bench::{Window, window};

fn inspecting(project: Project) -> Window<InspectorState> {
    let session = Session::new(Arc::new(builtin::engine()), project, None);
    let mut window = window(session, InspectorState::default(), [340.0, 2800.0], inspector_ui);
    window.run();
    window
}

fn machines(window: &Window<InspectorState>) -> Machines {
    window.state().session.project().assumptions.machines.clone()
}

fn type_into(window: &mut Window<InspectorState>, name: &str, words: &str) {
    window.get_by_label(name).click();
    window.run();
    window.get_by_label(name).type_text(words);
    window.run();
    window.key_press(egui::Key::Enter);
    window.run();
}

fn click(window: &mut Window<InspectorState>, name: &str) {
    window.get_by_label(name).click();
    window.run();
}

#[test]
fn machines_are_set_step_by_step_and_given_back() {
    let mut window = inspecting(builtin::preset("factory-telemetry"));
    let usd = |window: &Window<InspectorState>| window.state().session.capacity().totals.usd_per_month;
    let usual = usd(&window);
    type_into(&mut window, "Processor a month", "60");
    assert_eq!(machines(&window).usd_per_cpu_month, Some(60.0));
    assert!((usd(&window) - usual - 30.0).abs() < 1e-9, "one processor costs 30 more");
    type_into(&mut window, "Busy at most", "50");
    assert_eq!(machines(&window).utilisation, Some(0.5));
    type_into(&mut window, "Round trip", "5");
    assert_eq!(machines(&window).round_trip_ms, Some(5.0));
    assert_eq!(window.state().session.history().depth(), 3);
    for name in ["Reset processor a month", "Reset busy at most", "Reset round trip"] {
        click(&mut window, name);
    }
    assert!(machines(&window).is_default());
    while window.state().session.history().depth() > 0 {
        window.state_mut().session.undo();
    }
    window.run();
    assert!((usd(&window) - usual).abs() < 1e-9);
}

#[test]
fn a_price_is_typed_in_the_currency_of_the_project() {
    let mut project = builtin::preset("factory-telemetry");
    project.assumptions.currency = Currency {
        code: "EUR".to_owned(),
        symbol: "€".to_owned(),
        per_usd: 0.5,
        symbol_behind: true,
        grouping: Grouping::Point,
    };
    let mut window = inspecting(project);
    type_into(&mut window, "Gigabyte a month", "2,50");
    assert_eq!(machines(&window).usd_per_gb_month, Some(5.0));
}

#[test]
fn a_server_has_figures_of_the_project_and_is_let_go_of_with_the_last_one() {
    let mut window = inspecting(builtin::preset("factory-telemetry"));
    let first = builtin::engine().playbook.servers.keys().next().unwrap().to_string();
    type_into(&mut window, "Empty request", "3.5");
    type_into(&mut window, "Memory of a process", "200");
    let own = machines(&window).servers[&first].clone();
    assert_eq!((own.base_ms, own.mb_per_process, own.read_ms), (Some(3.5), Some(200.0), None));
    // Another server has its own.
    click(&mut window, "Server whose figures are shown");
    click(&mut window, "FastAPI with async endpoints on uvicorn");
    type_into(&mut window, "Call to a service", "4");
    assert_eq!(machines(&window).servers["fastapi-async"].call_ms, Some(4.0));
    click(&mut window, "Reset call to a service");
    assert!(!machines(&window).servers.contains_key("fastapi-async"), "a server without a figure is not kept");
    assert!(window.state().session.project().validate().is_empty());
    click(&mut window, "Use the playbook's figures");
    assert!(machines(&window).is_default());
}
