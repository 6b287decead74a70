//! Numbers one can act on: the price of what hangs at the pointer, and the panel that says how a target can be reached.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use std::sync::Arc;

use egui::{Event, Modifiers, Pos2, pos2};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use groundplan::{
    app::{Groundplan, Setup},
    storage,
};

type Main = Harness<'static, Groundplan>;

/// The whole window on a case study.
fn open(preset: &str) -> Main {
    let setup = Setup {
        engine: Arc::new(storage::load_engine(None).unwrap()),
        file: None,
        recent: None,
        native_dialogs: false,
        today: Some(jiff::civil::date(2027, 3, 1)),
        threads: false,
    };
    let mut window =
        Harness::builder().with_size([1600.0, 900.0]).with_max_steps(40).build_eframe(|cc| Groundplan::new(cc, setup));
    window.run_steps(8);
    window.get_by_label(preset).click();
    window.run_steps(8);
    window
}

/// What the status bar says of what is not done yet.
fn price(window: &Main) -> Option<String> {
    let ends = [" if dropped here", " if connected", " if let go"];
    let label = |node: egui_kittest::Node<'_>| node.accesskit_node().value();
    let mut found =
        window.query_all_by(|_| true).filter_map(label).filter(|label| ends.iter().any(|end| label.ends_with(end)));
    found.next()
}

fn weeks_and_money(window: &Main) -> (f64, f64, f64) {
    let estimate = &window.state().session().assessment().estimate;
    (estimate.weeks.median, estimate.budget_usd.quantile(0.5), estimate.budget_usd.quantile(0.8))
}

/// How a change from one to another is told.
fn told(window: &Main, before: (f64, f64, f64)) -> String {
    let (weeks, p50, p80) = weeks_and_money(window);
    let money = groundplan::figures::Money::of(window.state().session().project());
    groundplan::figures::price(money, weeks - before.0, p50 - before.1, p80 - before.2)
}

/// Presses at `from` and moves to `to` without letting go.
fn hold(window: &mut Main, from: Pos2, to: Pos2) {
    window.hover_at(from);
    window.run_steps(4);
    window.drag_at(from);
    window.run_steps(2);
    window.hover_at(from.lerp(to, 0.5));
    window.hover_at(to);
    window.run_steps(4);
}

fn let_go(window: &mut Main, at: Pos2) {
    window.drop_at(at);
    window.run_steps(6);
}

/// An empty place of the canvas.
const FREE: Pos2 = pos2(560.0, 500.0);

#[test]
fn what_hangs_over_the_sheet_has_its_price_told_once_and_costs_nothing_more() {
    let mut window = open("Delivery-time prediction");
    let before = weeks_and_money(&window);
    let row = window.get_by_label("REST API").rect().center();
    let assessed = window.state().session().assessments();
    hold(&mut window, row, FREE);
    let words = price(&window).expect("the price is told while it hangs");
    assert_eq!(window.state().session().assessments(), assessed + 1);
    for step in 0..30 {
        window.hover_at(FREE + egui::vec2(step as f32, (step % 7) as f32));
        window.run_steps(1);
        assert_eq!(price(&window).as_ref(), Some(&words));
    }
    assert_eq!(window.state().session().assessments(), assessed + 1, "hovering costs nothing after the first frame");
    assert_eq!(window.state().session().history().depth(), 0);
    let_go(&mut window, FREE);
    assert_eq!(words, format!("{} if dropped here", told(&window, before)));
    assert_eq!(price(&window), None);
    assert!(words.starts_with('+') && words.contains(" P50, +$"), "{words}");
}

#[test]
fn what_is_dropped_elsewhere_has_no_price_and_what_costs_nothing_says_so() {
    let mut window = open("Delivery-time prediction");
    let row = window.get_by_label("Object storage").rect().center();
    hold(&mut window, row, FREE);
    assert_eq!(price(&window).as_deref(), Some("No change if dropped here"));
    window.hover_at(pos2(700.0, 20.0));
    window.run_steps(4);
    assert_eq!(price(&window), None, "over the menus nothing is offered");
}

#[test]
fn a_connection_is_priced_while_it_is_drawn_onto_something() {
    let mut window = open("Delivery-time prediction");
    let before = weeks_and_money(&window);
    let card = |window: &Main, name: &str| window.get_by_label_contains(name).rect().center();
    let from = card(&window, "Prediction API, ML inference service");
    window.hover_at(from);
    window.run_steps(4);
    let handle = window.get_by_label("Connect Prediction API from the top side").rect().center();
    let target = window.state().session().project().components.iter().find(|(id, component)| {
        let project = window.state().session().project();
        let linked =
            |link: &Arc<groundplan::project::Connection>| link.from.as_str() == "prediction-api" && link.to == **id;
        !component.kind.is_service() && !project.connections.values().any(linked)
    });
    let name = target.unwrap().1.name.clone();
    let to = card(&window, &format!("{name}, "));
    hold(&mut window, handle, FREE);
    assert_eq!(price(&window), None, "nothing is priced before it leads anywhere");
    window.hover_at(to);
    window.run_steps(4);
    let words = price(&window).expect("a target is under the pointer");
    let_go(&mut window, to);
    assert_eq!(words, format!("{} if connected", told(&window, before)));
}

#[test]
fn copies_at_the_pointer_are_priced_and_a_plain_move_says_nothing() {
    let mut window = open("Delivery-time prediction");
    let before = weeks_and_money(&window);
    let from = window.get_by_label_contains("Prediction API, ML inference service").rect().center();
    hold(&mut window, from, FREE);
    assert_eq!(price(&window), None, "moving costs nothing");
    let_go(&mut window, FREE);
    assert_eq!(told(&window, before), "No change");

    window.event(Event::ModifiersChanged(Modifiers::ALT));
    hold(&mut window, FREE, FREE + egui::vec2(0.0, -150.0));
    let words = price(&window).expect("a copy costs");
    let assessed = window.state().session().assessments();
    for step in 0..10 {
        window.hover_at(FREE + egui::vec2(step as f32 * 6.0, -150.0));
        window.run_steps(1);
    }
    assert_eq!(window.state().session().assessments(), assessed, "where the copy hangs costs nothing");
    assert_eq!(price(&window).as_ref(), Some(&words));
    let_go(&mut window, FREE + egui::vec2(54.0, -150.0));
    assert_eq!(words, format!("{} if let go", told(&window, before)));
}

#[test]
fn a_number_that_is_held_is_priced_from_where_it_began() {
    let mut window = open("Delivery-time prediction");
    let before = weeks_and_money(&window);
    window.get_by_label_contains("Prediction API, ML inference service").click();
    window.run_steps(4);
    let field = window.get_by_label("Endpoints").rect().center();
    hold(&mut window, field, field + egui::vec2(200.0, 0.0));
    let words = price(&window).expect("the number moves the figures");
    assert!(words.starts_with('+'), "{words}");
    assert_eq!(words, format!("{} if let go", told(&window, before)));
    let_go(&mut window, field + egui::vec2(200.0, 0.0));
    assert_eq!(price(&window), None);
    assert!(window.query_by_label_contains("since last edit").is_some());
}
