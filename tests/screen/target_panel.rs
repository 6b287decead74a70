//! Numbers one can act on: the price of what hangs at the pointer, and the panel that says how a target can be reached.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use std::sync::{Arc, LazyLock, Mutex};

use egui::{Event, Modifiers, Pos2, pos2};
use egui_kittest::{
    Harness,
    kittest::{NodeT as _, Queryable as _},
};
use groundplan::{
    app::{Groundplan, Setup},
    assess::{Engine, Goal},
    lang::Language,
    project::{ComponentId, Deadline, Project},
    session::{Asked, Background, DockTab, Handed, Session},
    storage,
    ui::panels::dock::{DockState, ScenarioTopic, dock_ui},
};

use crate::common::{bench, builtin};
use bench::Window;

static ENGINE: LazyLock<Arc<Engine>> = LazyLock::new(|| Arc::new(builtin::engine()));

type Main = Harness<'static, Groundplan>;

/// The whole window on a case study.
fn open(preset: &str) -> Main {
    let setup = Setup {
        engine: Arc::new(storage::load_engine(None).unwrap()),
        file: None,
        recent: None,
        drafts: None,
        native_dialogs: false,
        today: Some(jiff::civil::date(2027, 3, 1)),
        threads: false,
        language: Language::English,
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
    let ends = [" if dropped here", " if connected", " so far"];
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
    assert_eq!(words, format!("{} so far", told(&window, before)));
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
    assert_eq!(words, format!("{} so far", told(&window, before)));
    let_go(&mut window, field + egui::vec2(200.0, 0.0));
    assert_eq!(price(&window), None);
    assert!(window.query_by_label_contains("since last edit").is_some());
}

/// The panel on a case study with a budget that takes some effort to hold.
fn asking(share: f64) -> Window<DockState> {
    asking_of(plan(share), [1100.0, 420.0])
}

fn plan(share: f64) -> Project {
    let mut project = builtin::preset("monolith-decomposition");
    let estimate = ENGINE.assess(&project).estimate;
    project.assumptions.target_budget_usd = Some((estimate.budget_usd.quantile(0.8) * share).round());
    project
}

fn asking_of(project: Project, size: [f32; 2]) -> Window<DockState> {
    let session = Session::new(Arc::clone(&ENGINE), project, None);
    let state = DockState { tab: DockTab::Scenarios, scenario: ScenarioTopic::Target, ..DockState::default() };
    let mut window = bench::window(session, state, size, |ui, view, state, actions| {
        state.begin_frame();
        dock_ui(ui, view, state, actions);
    });
    window.run();
    window
}

/// The best set there is for the goal on the screen.
fn best(window: &Window<DockState>) -> Vec<ComponentId> {
    let (session, state) = (&window.state().session, &window.state().state.target);
    let goal = Goal { keep: state.keep.clone(), ..Goal::of(&session.project().assumptions, state.sure) };
    let Asked::Ready(reached) = session.goal(&goal) else { panic!("it is worked out at once") };
    reached.proposals[0].leaves_out.clone()
}

fn title(window: &Window<DockState>, ids: &[ComponentId]) -> String {
    format!("Put off {}", groundplan::explain::goal::names(window.state().session.project(), ids))
}

#[test]
fn the_sentence_is_filled_in_and_what_is_typed_is_the_projects_target() {
    let mut window = asking_of(builtin::preset("monolith-decomposition"), [1100.0, 420.0]);
    assert!(window.query_by_label("Say what is to hold: a budget, a time, or both").is_some());
    let type_in = |window: &mut Window<DockState>, label: &str, words: &str| {
        window.get_by_label(label).click();
        window.run();
        window.key_press_modifiers(Modifiers::COMMAND, egui::Key::A);
        window.run();
        window.get_by_label(label).type_text(words);
        window.run();
        window.key_press(egui::Key::Enter);
        window.run();
    };
    type_in(&mut window, "Target budget", "450k");
    type_in(&mut window, "Target time", "11 months");
    let assumptions = |window: &Window<DockState>| window.state().session.project().assumptions.clone();
    assert_eq!(assumptions(&window).target_budget_usd, Some(450_000.0));
    let Some(Deadline::Weeks(weeks)) = assumptions(&window).deadline else { panic!() };
    assert!((weeks - 11.0 * 52.0 / 12.0).abs() < 1e-9);
    for name in ["Budget: ", "Time: ", "Both: "] {
        let said = window.get_by_label_contains(name).accesskit_node().value().unwrap();
        assert!(said.ends_with("too little"), "{said}");
    }
    type_in(&mut window, "Target budget", "plenty");
    assert_eq!(assumptions(&window).target_budget_usd, Some(450_000.0), "what is no amount changes nothing");
    assert!(window.query_by_label_contains("is no amount of money: write it like").is_some());
    type_in(&mut window, "Target budget", " ");
    assert_eq!(assumptions(&window).target_budget_usd, None);
    assert_eq!(window.state().session.history().undo_name(), Some("Remove the budget to hold"));
    type_in(&mut window, "Target time", "2027-08-31");
    assert!(window.query_by_label_contains("A date counts from the plan's first day").is_some());
    for _ in 0..4 {
        window.state_mut().session.undo();
    }
    assert!(!window.state().session.is_dirty());
}

#[test]
fn a_proposal_is_put_off_with_one_click_and_taken_back_with_one_step() {
    let mut window = asking(0.85);
    let ids = best(&window);
    let before = window.state().session.project().clone();
    window.get_by_label(&title(&window, &ids)).click();
    window.run();
    let session = &window.state().session;
    assert_eq!(session.history().depth(), 1);
    assert!(ids.iter().all(|id| session.project().is_deferred(id)));
    let target = session.project().assumptions.target_budget_usd.unwrap();
    assert!(session.assessment().estimate.budget_usd.quantile(0.8) <= target);
    assert!(window.query_by_label_contains("It holds: ").is_some());
    window.state_mut().session.undo();
    window.run();
    assert_eq!(*window.state().session.project(), before);
    assert!(window.query_by_label_contains("Not yet: ").is_some());

    window.get_by_label(&format!("Remove {}", groundplan::explain::goal::names(&before, &ids))).click();
    window.run();
    let project = window.state().session.project();
    assert!(ids.iter().all(|id| !project.components.contains_key(id)));
    assert_eq!(window.state().session.history().depth(), 1);
    assert!(window.query_by_label_contains("It holds: ").is_some());
}

#[test]
fn what_is_kept_is_left_alone_until_it_is_let_go_again() {
    let mut window = asking(0.85);
    let ids = best(&window);
    let name = window.state().session.project().component_name(&ids[0]);
    let keep = format!("Keep {name}");
    window.get_all_by_label(&keep).next().unwrap().click();
    window.run();
    assert!(window.state().state.target.keep.contains(&ids[0]));
    assert!(window.query_by_label(&keep).is_none(), "no proposal names it any more");
    assert_ne!(best(&window), ids);
    assert_eq!(window.state().session.history().depth(), 0);
    window.get_by_label(&format!("Let {name} go again")).click();
    window.run();
    assert_eq!(best(&window), ids);
}

#[test]
fn what_is_pointed_at_shows_on_the_sheet_and_what_is_clicked_stays() {
    let mut window = asking(0.85);
    let ids = best(&window);
    assert!(window.state().state.proposed().is_empty());
    let label = format!("Show on the sheet: {}", title(&window, &ids));
    // Beside the buttons in it.
    let rect = window.get_by_label(&label).rect();
    let at = pos2(rect.right() - 6.0, rect.bottom() - 4.0);
    window.hover_at(at);
    window.run();
    let shown = |window: &Window<DockState>| window.state().state.proposed().iter().cloned().collect::<Vec<_>>();
    let mut expected = ids.clone();
    expected.sort();
    assert_eq!(shown(&window), expected);
    window.hover_at(pos2(4.0, 4.0));
    window.run();
    assert!(shown(&window).is_empty());
    window.drag_at(at);
    window.drop_at(at);
    window.run();
    window.hover_at(pos2(4.0, 4.0));
    window.run();
    assert_eq!(shown(&window), expected);
    assert_eq!(window.state().session.selection().len(), ids.len());
    window.state_mut().state.tab = DockTab::Budget;
    window.run();
    assert!(shown(&window).is_empty(), "on another tab nothing is proposed");
}

#[test]
fn a_proposal_is_kept_as_a_scenario_and_another_team_is_set_with_one_click() {
    let mut window = asking(0.85);
    let ids = best(&window);
    let more = format!("More: {}", title(&window, &ids));
    window.get_by_label(&more).click();
    window.run();
    window.get_by_label("Save as scenario").click();
    window.run();
    let project = window.state().session.project();
    assert_eq!(project.deferred().count(), 0, "the plan itself stays as it is");
    let scenario = project.scenarios.values().next().unwrap();
    assert_eq!(scenario.deferred.iter().cloned().collect::<Vec<_>>(), {
        let mut ids = ids.clone();
        ids.sort();
        ids
    });
    assert!(project.validate().is_empty());
    window.get_by_label(&more).click();
    window.run();
    window.get_by_label("Save as scenario").click();
    window.run();
    let project = window.state().session.project();
    let names: std::collections::BTreeSet<&str> =
        project.scenarios.values().map(|scenario| scenario.name.as_str()).collect();
    assert_eq!((project.scenarios.len(), names.len()), (2, 2), "each has a name of its own");

    let mut hurried = builtin::preset("monolith-decomposition");
    let weeks = ENGINE.assess(&hurried).estimate.weeks.quantile(0.8);
    hurried.assumptions.deadline = Some(Deadline::Weeks(weeks * 0.75));
    let mut window = asking_of(hurried, [1100.0, 900.0]);
    window.get_by_label("Set team to 3").click();
    window.run();
    assert_eq!(window.state().session.project().assumptions.team_size, 3.0);
    assert!(window.query_by_label_contains("It holds: ").is_some());
}

#[test]
fn a_search_shows_how_far_it_is_can_be_broken_off_and_begun_again() {
    let mut window = asking(0.85);
    let queue: Arc<Mutex<Vec<Handed>>> = Arc::default();
    let handed = Arc::clone(&queue);
    let hand_over = move |work| handed.lock().unwrap().push(work);
    window.state_mut().session.set_background(Background::Handed(Arc::new(hand_over)));
    let next = || queue.lock().unwrap().pop().unwrap();
    window.state_mut().state.target.sure = 0.9;
    window.run_steps(2);
    assert!(window.query_by_label_contains("Searched ").is_some());
    window.get_by_label("Cancel").click();
    window.run_steps(2);
    assert!(window.query_by_label("The search was broken off").is_some());
    next()();
    window.run_steps(2);
    assert!(window.query_by_label("The search was broken off").is_some(), "nobody waits for it any more");
    window.get_by_label("Search again").click();
    window.run_steps(2);
    assert!(window.query_by_label("Cancel").is_some());
    // Work that is dropped without an answer is a fault of the program; it can be begun again too.
    drop(next());
    window.run_steps(2);
    assert!(window.query_by_label_contains("The search came to nothing").is_some());
    window.get_by_label("Search again").click();
    window.run_steps(2);
    next()();
    window.run_steps(2);
    assert!(window.query_by_label_contains("Not yet: ").is_some() && window.query_by_label("Cancel").is_none());
}

#[test]
fn an_answer_speaks_of_time_as_the_person_did_and_of_what_waits_once_it_is_applied() {
    let texts = |window: &Window<DockState>| -> Vec<String> {
        let nodes = window.query_all_by(|_| true).map(|node| node.accesskit_node());
        nodes.filter_map(|node| node.value().or(node.label())).filter(|text| text.contains("P80 ")).collect()
    };
    let mut project = builtin::preset("construction-saas");
    project.assumptions.target_budget_usd = Some(150e3);
    let asked = |first: Option<jiff::civil::Date>, deadline: Deadline| {
        let mut project = project.clone();
        project.assumptions.start = first;
        project.assumptions.deadline = Some(deadline);
        asking_of(project, [1100.0, 420.0])
    };
    let first = jiff::civil::date(2026, 3, 2);
    let timetable = groundplan::project::Timetable::new(first, &project.assumptions.calendar);
    for (first, deadline, said, never) in [
        (None, Deadline::Weeks(22.0), " weeks", " month"),
        (None, Deadline::Weeks(5.0 * 52.0 / 12.0), " month", " week"),
        (Some(first), Deadline::Weeks(timetable.weeks_of_months(5.0)), " weeks", " month"),
        (Some(first), Deadline::Date(jiff::civil::date(2026, 9, 30)), " 2026", " week"),
    ] {
        let window = asked(first, deadline);
        let texts = texts(&window);
        assert!(texts.len() >= 2 && texts.iter().all(|text| !text.contains(never)), "{texts:#?}");
        assert!(texts.iter().filter(|text| text.contains("P80 is")).all(|text| text.contains(said)), "{texts:#?}");
    }
    let mut window = asked(None, Deadline::Weeks(22.0));
    let name = title(&window, &best(&window));
    window.get_by_label(&name).click();
    window.run();
    assert!(window.query_by_label_contains("It holds: ").is_some());
    assert!(window.query_by_label_contains("It holds because these wait: Mobile API").is_some());
}

#[test]
fn in_a_window_of_1280_by_720_the_first_proposal_is_seen_at_once() {
    let mut project = plan(0.85);
    project.assumptions.deadline = Some(Deadline::Weeks(1_000.0));
    let mut window = asking_of(project, [724.0, 215.0]);
    let name = title(&window, &best(&window));
    let button = window.get_by_label(&name).rect();
    assert!(button.bottom() < 215.0, "{button:?}");
    window.get_by_label(&name).click();
    window.run();
    assert!(window.query_by_label_contains("It holds: ").is_some());
}

#[test]
fn the_panel_has_room_in_a_small_dock() {
    let mut window = asking_of(plan(0.85), [500.0, 190.0]);
    let ids = best(&window);
    let name = title(&window, &ids);
    window.get_by_label(&name).scroll_to_me();
    window.run();
    window.get_by_label(&name).click();
    window.run();
    assert_eq!(window.state().session.project().deferred().count(), ids.len());
}

/// What one decides by is said whole, in as many lines as it takes: no line of an answer is wider than the room there is.
#[test]
fn what_a_proposal_does_is_said_whole_in_little_room() {
    let mut project = builtin::preset("construction-saas");
    project.assumptions.start = Some(jiff::civil::date(2027, 3, 1));
    project.assumptions.target_budget_usd = Some(150e3);
    project.assumptions.deadline = Some(Deadline::Date(jiff::civil::date(2027, 8, 28)));
    for size in [[500.0, 900.0], [724.0, 900.0], [1_100.0, 900.0]] {
        let window = asking_of(project.clone(), size);
        let height = |label: &str| window.get_by_label_contains(label).rect().height();
        let narrow = size[0] < 600.0;
        assert_eq!(height("Not yet: ") > 24.0, narrow, "{size:?}");
        let lines: Vec<f32> =
            window.query_all_by_label_contains("leaves out $").map(|node| node.rect().height()).collect();
        assert!(!lines.is_empty() && lines.iter().all(|height| *height > 20.0 || !narrow), "{size:?} {lines:?}");
        let date = window.get_by_label("Target time");
        assert_eq!(date.accesskit_node().value().as_deref(), Some("2027-08-28"), "cut with an ellipsis {size:?}");
    }
}
