//! The ways to build a plan side by side at the window: kept, named, taken, taken back, deleted, compared with another.

#![allow(clippy::unwrap_used)] // in helpers too: a test that cannot go on fails

use std::{
    collections::BTreeSet,
    sync::{Arc, LazyLock, Mutex},
};

use egui::{Key, accesskit::Role};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use groundplan::{
    assess::{Choice, Column, Engine},
    project::{ComponentId, Deadline, Edit, Project, Scenario, ScenarioId},
    session::{Action, Background, DockTab, Handed, Request, ScenarioAction, Session},
    storage::to_text,
    ui::panels::dock::{DockState, ScenarioTopic, dock_ui},
};

use crate::common::{bench, builtin};
use bench::{Window, window};

static ENGINE: LazyLock<Arc<Engine>> = LazyLock::new(|| Arc::new(builtin::engine()));

/// The dock with the scenarios of a case study, one service of which is pinned.
fn scenarios(size: [f32; 2]) -> Window<DockState> {
    let mut project = builtin::preset("monolith-decomposition");
    project.apply(&Edit::SetPin("user-management".into(), Some("fastapi".into())));
    let session = Session::new(Arc::clone(&ENGINE), project, None);
    let state = DockState { tab: DockTab::Scenarios, scenario: ScenarioTopic::SideBySide, ..DockState::default() };
    let mut window = window(session, state, size, dock_ui);
    window.run();
    window
}

fn bytes(window: &Window<DockState>) -> String {
    to_text(window.state().session.project()).unwrap()
}

/// Opens what can be done with a column, and does it.
fn choose(window: &mut Window<DockState>, column: &str, item: &str) {
    window.get_by_label(&format!("What to do with {column}")).click();
    window.run();
    window.get_by_role_and_label(Role::Button, item).click();
    window.run();
}

fn undo(window: &mut Window<DockState>) {
    window.state_mut().session.apply(Action::Run("edit.undo"));
    window.run();
}

fn kept(window: &Window<DockState>) -> Vec<(String, String)> {
    let scenarios = &window.state().session.project().scenarios;
    scenarios.iter().map(|(id, kept)| (id.to_string(), kept.name.clone())).collect()
}

/// What the cell, or the line, that begins so says to a reader.
fn said(window: &Window<DockState>, start: &str) -> Option<String> {
    let words = |node: egui_kittest::Node<'_>| node.accesskit_node().value().or_else(|| node.accesskit_node().label());
    window.query_all_by_role(Role::Label).filter_map(words).find(|words| words.starts_with(start))
}

fn weeks_now(window: &Window<DockState>) -> f64 {
    window.state().session.assessment().estimate.weeks.median
}

#[test]
fn a_plan_is_kept_named_copied_and_deleted_with_a_step_each() {
    let mut window = scenarios([1100.0, 300.0]);
    let first = bytes(&window);
    window.get_by_label("Keep choices").click();
    window.run();
    assert_eq!(kept(&window), [("scenario-1".to_owned(), "Scenario 1".to_owned())]);
    let id = ScenarioId::new("scenario-1");
    assert!(window.state().requests.contains(&Request::Scenario(id.clone())), "the window shows what is new");
    // As the window does for that request: the cursor comes into the name.
    window.state_mut().state.show_scenario(id);
    window.run();
    let field = window.get_by_label("Name of the scenario");
    assert!(field.is_focused());
    field.type_text("Pinned");
    window.run();
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(kept(&window)[0].1, "Pinned", "the whole name was selected");
    let name = kept(&window)[0].1.clone();
    assert!(window.query_by_label("Name of the scenario").is_none(), "it is written");
    choose(&mut window, &name, "Rename");
    window.get_by_label("Name of the scenario").type_text("nothing");
    window.run();
    window.key_press(Key::Escape);
    window.run();
    assert_eq!(kept(&window)[0].1, name, "Esc leaves the name");
    choose(&mut window, &name, "Duplicate");
    assert_eq!(kept(&window)[1].1, format!("{name} 2"));
    choose(&mut window, &name, "Delete");
    assert_eq!(kept(&window).len(), 1);
    assert_eq!(window.state().session.history().depth(), 4);
    for _ in 0..4 {
        undo(&mut window);
    }
    assert_eq!(bytes(&window), first);
}

#[test]
fn whatever_is_kept_has_a_name_and_a_place_of_its_own() {
    let mut window = scenarios([1100.0, 300.0]);
    let built_in: Vec<String> =
        window.state().session.comparison().columns.iter().map(|column| column.name.clone()).collect();
    for name in built_in.iter().filter(|name| *name != "This plan") {
        choose(&mut window, name, "Keep as a scenario");
        assert!(kept(&window).iter().any(|(_, kept)| *kept == format!("{name} 2")), "{:?}", kept(&window));
    }
    choose(&mut window, "This plan", "Keep as a scenario");
    let first = ScenarioId::new(&kept(&window)[0].0);
    for (typed, given) in
        [("Recommended", "Recommended 2"), ("This plan", "This plan 2"), ("Scenario 1", "Scenario 1 2")]
    {
        let rename = ScenarioAction::Rename(first.clone(), typed.to_owned());
        window.state_mut().session.apply(Action::Scenario(rename));
        assert_eq!(kept(&window)[0].1, given);
    }
    window.run();
    let columns = &window.state().session.comparison().columns;
    let different = |of: fn(&Column) -> &str| columns.iter().map(of).collect::<BTreeSet<_>>().len();
    assert_eq!((different(|column| &column.name), different(|column| &column.slug)), (columns.len(), columns.len()));
}

#[test]
fn a_column_is_taken_with_one_step_and_undo_gives_the_same_bytes() {
    let mut window = scenarios([1100.0, 300.0]);
    let (first, before) = (bytes(&window), weeks_now(&window));
    let comparison = window.state().session.comparison();
    let columns = comparison.columns.iter().filter(|column| column.choice != Choice::Plan);
    for column in columns {
        choose(&mut window, &column.name, &format!("Make {} the plan", column.name));
        assert_eq!(weeks_now(&window), column.weeks.median, "{}", column.name);
        let plan = window.state().session.comparison().columns[0].clone();
        assert_eq!((plan.assignment, plan.findings), (column.assignment.clone(), column.findings));
        assert_eq!(
            window.state().session.history().undo_name(),
            Some(format!("Make {} the plan", column.name).as_str())
        );
        undo(&mut window);
        assert_eq!((bytes(&window), weeks_now(&window)), (first.clone(), before));
    }
}

#[test]
fn a_kept_scenario_stands_while_the_plan_changes_and_follows_it_when_asked() {
    let mut window = scenarios([1100.0, 700.0]);
    window.state_mut().session.apply(Action::Run("scenario.keep"));
    let assumptions = {
        let mut assumptions = window.state().session.project().assumptions.clone();
        assumptions.team_size = 5.0;
        assumptions
    };
    let kept_weeks = weeks_now(&window);
    window.state_mut().session.apply(Action::edit("Set the team size", vec![Edit::SetAssumptions(assumptions)]));
    window.run();
    let saved = Choice::Saved("scenario-1".into());
    let column = |window: &Window<DockState>| window.state().session.comparison().column(&saved).unwrap().clone();
    assert_eq!(column(&window).weeks.median, kept_weeks);
    assert!(weeks_now(&window) < kept_weeks);
    let team = said(&window, "Scenario 1, Team");
    assert_eq!(team.as_deref(), Some("Scenario 1, Team: 2 people, 3 fewer"), "what they rest on is shown");
    choose(&mut window, "Scenario 1", "Update from the plan");
    assert_eq!(column(&window).weeks.median, weeks_now(&window));
    // What is gone from the plan is gone from what is kept of it.
    let gone = groundplan::project::ElementId::Component(ComponentId::new("user-management"));
    window.state_mut().session.apply(Action::edit("Delete", vec![Edit::Remove([gone].into())]));
    window.run();
    assert!(window.state().session.project().validate().is_empty());
    assert!(!column(&window).assignment.contains_key("user-management"));
}

#[test]
fn the_others_are_compared_with_any_column() {
    let mut window = scenarios([1100.0, 600.0]);
    assert!(!said(&window, "This plan, Time, P50").unwrap().contains("longer"));
    let against_plan = said(&window, "All FastAPI, Time, P50").unwrap();
    assert!(against_plan.contains("longer"), "{against_plan}");
    window.get_by_label("Compare with All FastAPI").click();
    window.run();
    assert_eq!(window.state().state.side_by_side.base, Some(Choice::All("fastapi".into())));
    assert!(said(&window, "This plan, Time, P50").unwrap().contains("shorter"));
    assert!(!said(&window, "All FastAPI, Time, P50").unwrap().contains("longer"));
    choose(&mut window, "Recommended", "Compare from here");
    assert!(said(&window, "Recommended, Time, P50").unwrap().contains("weeks"));
    assert!(said(&window, "This plan, Services that differ").unwrap().contains("1 of 6"));
    // A click on a head marks the column, another one takes the mark away.
    let head = "Recommended: Mixed: 3 Django, 3 FastAPI";
    window.get_by_label(head).click();
    window.run();
    assert_eq!(window.state().state.side_by_side.selected, Some(Choice::Recommended));
    window.get_by_label(head).click();
    window.run();
    assert_eq!(window.state().state.side_by_side.selected, None);
}

#[test]
fn chances_stand_there_once_something_is_to_hold() {
    let mut window = scenarios([1100.0, 700.0]);
    let chance = "This plan, Stays under $450K";
    assert!(said(&window, "Chances stand here once").is_some() && said(&window, chance).is_none());
    let mut assumptions = window.state().session.project().assumptions.clone();
    (assumptions.target_budget_usd, assumptions.deadline) = (Some(450_000.0), Some(Deadline::Weeks(60.0)));
    window.state_mut().session.apply(Action::edit("Set targets", vec![Edit::SetAssumptions(assumptions)]));
    window.run();
    assert!(said(&window, "Chances stand here once").is_none());
    for row in [chance, "All Django, Done in 60 weeks", "Recommended, Holds both"] {
        assert!(said(&window, row).is_some(), "{row}");
    }
}

#[test]
fn nothing_is_worked_out_again_that_did_not_change() {
    let mut window = scenarios([1100.0, 300.0]);
    let first = window.state().session.comparison();
    window.run();
    assert!(Arc::ptr_eq(&first, &window.state().session.comparison()));
    // While a gesture is in flight the table stays; it follows when the gesture is over.
    let mut assumptions = window.state().session.project().assumptions.clone();
    assumptions.contingency = 0.2;
    let edits = vec![Edit::SetAssumptions(assumptions)];
    window.state_mut().session.apply(Action::Gesture { name: "Set the contingency".to_owned(), edits });
    window.run();
    assert!(Arc::ptr_eq(&first, &window.state().session.comparison()));
    window.state_mut().session.apply(Action::CommitGesture);
    window.run();
    let after = window.state().session.comparison();
    assert_ne!(first.columns[0].weeks, after.columns[0].weeks);
    // A further scenario is a further column; the others are those from before.
    window.state_mut().session.apply(Action::Run("scenario.keep"));
    let more = window.state().session.comparison();
    assert_eq!(more.columns[..after.columns.len()], after.columns);
    assert_eq!(more.columns.len(), after.columns.len() + 1);
}

#[test]
fn many_kept_ones_come_when_they_are_ready_and_the_base_stays_in_view() {
    let waiting: Arc<Mutex<Vec<Handed>>> = Arc::default();
    let queue = Arc::clone(&waiting);
    let mut window = scenarios([900.0, 300.0]);
    let background = Background::Handed(Arc::new(move |work| queue.lock().unwrap().push(work)));
    window.state_mut().session.set_background(background);
    for at in 0..12 {
        let mut kept = Scenario::of(window.state().session.project(), &format!("Kept {at}"));
        kept.means.team_size = Some(f64::from(at) + 1.0);
        let edit = Edit::PutScenario(format!("kept-{at}").as_str().into(), Some(kept));
        window.state_mut().session.apply(Action::edit("Keep", vec![edit]));
    }
    window.run();
    let columns = |window: &Window<DockState>| window.state().session.comparison().columns.len();
    assert_eq!(columns(&window), 4, "what is built in is there at once");
    assert!(window.query_by_label_contains("Kept scenarios are being worked out").is_some());
    let first = window.state().session.comparison();
    assert!(Arc::ptr_eq(&first, &window.state().session.comparison()), "nothing is made anew while one waits");
    waiting.lock().unwrap().drain(..).for_each(|work| work());
    window.run();
    assert_eq!(columns(&window), 16);
    assert!(window.query_by_label_contains("being worked out").is_none());
    // What is compared with is in view wherever the table is.
    window.state_mut().state.show_scenario("kept-11".into());
    for _ in 0..20 {
        window.run();
    }
    let (base, last) =
        (window.get_by_label("Compare with This plan").rect(), window.get_by_label("Name of the scenario"));
    assert!(base.left() > 100.0 && base.right() < last.rect().left() && last.rect().right() < 900.0, "{base:?}");
    assert!(window.get_by_label("Compare with Recommended").rect().right() < base.left());
}

#[test]
fn a_narrow_panel_and_an_empty_sheet_still_say_what_to_do() {
    let mut narrow = scenarios([540.0, 250.0]);
    for at in 0..40 {
        let mut kept = groundplan::project::Scenario::of(narrow.state().session.project(), "Kept");
        kept.name = format!("Kept {at} under a name that is far too long for the head of a column");
        let edit = Edit::PutScenario(format!("kept-{at}").as_str().into(), Some(kept));
        narrow.state_mut().session.apply(Action::edit("Keep", vec![edit]));
    }
    narrow.run();
    narrow.state_mut().state.show_scenario("kept-39".into());
    narrow.run();
    let field = narrow.get_by_label("Name of the scenario");
    assert!(
        field.is_focused() && field.rect().left() > 150.0 && field.rect().right() < 540.0,
        "it was brought into view"
    );
    let session = Session::new(Arc::clone(&ENGINE), Project::new("Empty"), None);
    let state = DockState { tab: DockTab::Scenarios, ..DockState::default() };
    let mut empty = window(session, state, [900.0, 250.0], dock_ui);
    empty.run();
    assert!(empty.query_by_label_contains("Add a service").is_some());
}
