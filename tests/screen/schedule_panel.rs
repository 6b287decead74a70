//! The schedule in the window, by what a person finds and does there.

#![allow(clippy::unwrap_used)] // in helpers too: a test that cannot go on fails

use std::sync::Arc;

use egui::{Key, Modifiers, Role, vec2};
use egui_kittest::{
    Node,
    kittest::{NodeT as _, Queryable as _},
};
use groundplan::{
    project::{Component, ComponentId, ComponentKind, Deadline, Edit, ElementId, Project, TraitValue},
    session::{Action, CanvasRequest, DockTab, Request, Select, Session},
    ui::panels::dock::{DockState, dock_ui},
};
use jiff::civil::date;

use crate::common::{bench, builtin};
use bench::{Window, window};

const SIZE: [f32; 2] = [1100.0, 420.0];

fn showing(project: Project, size: [f32; 2]) -> Window<DockState> {
    let session = Session::new(Arc::new(builtin::engine()), project, None);
    let mut window = window(session, DockState { tab: DockTab::Timeline, ..DockState::default() }, size, dock_ui);
    window.run();
    window
}

fn monolith() -> Window<DockState> {
    showing(builtin::preset("monolith-decomposition"), SIZE)
}

fn dated(year: i16) -> Project {
    let mut project = builtin::preset("monolith-decomposition");
    project.assumptions.start = Some(date(year, 3, 1));
    project
}

/// The names of the rows that are in view, from the top.
fn rows(window: &Window<DockState>) -> Vec<String> {
    let mut rows: Vec<(f32, String)> = window
        .query_all_by_role(Role::Button)
        .filter_map(|node| Some((node.rect().top(), node.accesskit_node().label()?)))
        .filter(|(_, name)| name.contains(": week ") || name.contains(", week ") || name.contains("202"))
        .collect();
    rows.sort_by(|a, b| a.0.total_cmp(&b.0));
    rows.into_iter().map(|(_, name)| name).collect()
}

/// The row of a component or of the project's own work.
fn row<'a>(window: &'a Window<DockState>, name: &str) -> Node<'a> {
    let start = format!("{name}: ");
    window.get_by(move |node| {
        let rest = node.label().and_then(|label| label.strip_prefix(&start).map(str::to_owned));
        node.role() == Role::Button
            && rest.is_some_and(|rest| rest.starts_with("week") || rest.starts_with(|c: char| c.is_ascii_digit()))
    })
}

#[test]
fn every_component_is_a_row_with_its_weeks_and_says_if_the_longest_chain_runs_through_it() {
    let window = monolith();
    let names = rows(&window);
    assert_eq!(names.len(), 7, "{names:#?}");
    assert!(names[0].starts_with("The project as a whole: week 1 to week "), "{names:#?}");
    assert_eq!(names[1], "Monolith of today: week 1 to week 46, on the longest chain");
    let others: Vec<&String> = names[2..].iter().filter(|name| name.contains("longest chain")).collect();
    assert_eq!(others, ["API gateway: week 11 to week 46, on the longest chain"], "it goes live after what it calls");
    let sentence = "Ends after 45.9 weeks at P50, 55.1 at P80";
    window.get_by_label(sentence);
    window.get_by_label_contains("Everything done: week 46, at P80 week 56");
    assert_eq!(window.state().session.history().depth(), 0, "looking is not editing");
}

#[test]
fn a_row_opens_to_its_phases_by_its_chevron_and_by_the_arrow_keys() {
    let mut window = showing(builtin::preset("monolith-decomposition"), [SIZE[0], 700.0]);
    let closed = rows(&window).len();
    window.get_by_label("Show the phases of Order processing").click();
    window.run();
    let open = rows(&window);
    assert_eq!(open.len(), closed + 7, "{open:#?}");
    let build = open.iter().find(|name| name.starts_with("Order processing: Build, ")).unwrap();
    assert!(build.ends_with("1 person"), "{build}");
    window.get_by_label("Hide the phases of Order processing").click();
    window.run();
    assert_eq!(rows(&window).len(), closed);

    row(&window, "API gateway").focus();
    window.run();
    window.key_press(Key::ArrowRight);
    window.run();
    assert_eq!(rows(&window).len(), closed + 6);
    window.key_press(Key::ArrowLeft);
    window.run();
    assert_eq!(rows(&window).len(), closed);
    window.get_by_label("Show all phases").click();
    window.run();
    assert!(
        rows(&window).iter().any(|name| name.starts_with("The project as a whole: Discovery, week 1")),
        "{:#?}",
        rows(&window)
    );
    window.get_by_label("Hide all phases").click();
    window.run();
    assert_eq!(rows(&window).len(), closed);
}

#[test]
fn a_row_leads_to_its_component_by_mouse_and_by_key() {
    let mut window = monolith();
    for (name, id, by_key) in [("Notifications", "notifications", false), ("API gateway", "api-gateway", true)] {
        if by_key {
            row(&window, name).focus();
            window.run();
            window.key_press(Key::Enter);
        } else {
            row(&window, name).click();
        }
        window.run();
        let element = ElementId::Component(ComponentId::new(id));
        assert!(window.state().session.selection().contains(&element), "{name}");
        let centred = Request::Canvas(CanvasRequest::Centre(element));
        assert!(window.state().requests.contains(&centred), "{:?}", window.state().requests);
    }
    // A bar leads there as well; where nothing is worked on, nothing does.
    let at = row(&window, "Monolith of today").rect().center();
    let click = |window: &mut Window<DockState>, x: f32| {
        window.hover_at(egui::pos2(x, at.y));
        window.drag_at(egui::pos2(x, at.y));
        window.drop_at(egui::pos2(x, at.y));
        window.run();
    };
    let selected = |window: &Window<DockState>| window.state().session.selection().first().cloned();
    let done = window.get_by_label_contains("Everything done").rect().center().x;
    click(&mut window, done + 20.0);
    assert_eq!(selected(&window), Some(ElementId::Component("api-gateway".into())));
    click(&mut window, done - 20.0);
    assert_eq!(selected(&window), Some(ElementId::Component("monolith".into())));
    // The project's own work is nowhere on the sheet.
    row(&window, "The project as a whole").click();
    window.run();
    assert_eq!(window.state().session.selection().len(), 1);
}

#[test]
fn a_first_day_turns_weeks_into_dates_and_is_one_undoable_step() {
    let mut window = monolith();
    let field = window.get_by_label("First day");
    field.focus();
    window.run();
    window.get_by_label("First day").type_text("2027-02-30");
    window.run();
    window.key_press(Key::Enter);
    window.run();
    window.get_by_label("February 2027 has 28 days");
    assert_eq!(window.state().session.project().assumptions.start, None, "no day, no change");
    window.get_by_label("First day").focus();
    window.run();
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.get_by_label("First day").type_text("2027-03-01");
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(window.state().session.project().assumptions.start, Some(date(2027, 3, 1)));
    assert!(window.query_by_label("February 2027 has 28 days").is_none());
    window.get_by_label_contains("Ends 14 January 2028 at P50, 20 March at P80");
    row(&window, "Monolith of today");
    assert!(rows(&window)[1].starts_with("Monolith of today: 1 March 2027 to 12 January 2028"), "{:#?}", rows(&window));

    window.get_by_label("First day: a week later").click();
    window.run();
    assert_eq!(window.state().session.project().assumptions.start, Some(date(2027, 3, 8)));
    window.get_by_label("First day").focus();
    window.run();
    window.key_press(Key::ArrowUp);
    window.run();
    assert_eq!(window.state().session.project().assumptions.start, Some(date(2027, 3, 9)));
    window.key_press(Key::Enter);
    window.run();
    window.get_by_label("Clear first day").click();
    window.run();
    assert_eq!(window.state().session.project().assumptions.start, None);
    assert_eq!(window.state().session.history().depth(), 4);
    for _ in 0..4 {
        window.state_mut().session.apply(Action::Run("edit.undo"));
    }
    window.run();
    assert_eq!(window.get_by_label("First day").value().unwrap_or_default(), "");
}

#[test]
fn a_plan_without_a_first_day_offers_the_next_monday() {
    let mut window = monolith();
    assert!(window.query_by_label_contains("Start on").is_none(), "nobody knows what day it is");
    window.state_mut().today = Some(date(2027, 4, 20));
    window.run();
    window.get_by_label("Start on 26 April 2027").click();
    window.run();
    assert_eq!(window.state().session.project().assumptions.start, Some(date(2027, 4, 26)));
    assert!(window.query_by_label_contains("Start on").is_none());
}

#[test]
fn today_and_the_deadline_are_marked_while_they_lie_in_the_plan() {
    let mut project = dated(2027);
    project.assumptions.deadline = Some(Deadline::Date(date(2028, 3, 31)));
    let mut window = showing(project, SIZE);
    assert!(window.query_by_label_contains("Today").is_none());
    window.get_by_label("Deadline: 31 March 2028");
    for (today, shown) in [(date(2027, 4, 20), true), (date(2027, 2, 26), false), (date(2029, 1, 1), false)] {
        window.state_mut().today = Some(today);
        window.run();
        assert_eq!(window.query_by_label_contains("Today: ").is_some(), shown, "{today}");
    }
    window.state_mut().today = Some(date(2027, 4, 20));
    window.run();
    let today = window.get_by_label("Today: 20 April 2027").rect().center().x;
    let weeks = |name: &str| window.get_by_label_contains(name).rect().center().x;
    assert!(today < weeks("Build done: ") && today < weeks("Everything done: "));
}

/// Zooming leaves the moment in the middle where it is; fitting brings everything back.
#[test]
fn time_is_zoomed_panned_and_fitted() {
    let mut window = monolith();
    let done = |window: &Window<DockState>| {
        window.query_by_label_contains("Everything done").map(|node| node.rect().center().x)
    };
    let fitted = done(&window).unwrap();
    window.get_by_label("See less time, larger").click();
    window.run();
    assert!(done(&window).is_none_or(|x| x > fitted + 20.0), "it moved out to the right");
    // Dragging to the left goes on in time until the end is in view again.
    let from = row(&window, "Notifications").rect().center() + vec2(200.0, 0.0);
    window.hover_at(from);
    window.drag_at(from);
    for step in 1..8_u8 {
        window.hover_at(from - vec2(f32::from(step) * 60.0, 0.0));
        window.step();
    }
    window.drop_at(from - vec2(420.0, 0.0));
    window.run();
    assert!(done(&window).is_some());
    assert!(window.state().session.selection().is_empty(), "a drag is no click");
    window.get_by_label("Fit the whole schedule").click();
    window.run();
    assert_eq!(done(&window), Some(fitted));
    // Ctrl and wheel, or a pinch, keep the moment under the pointer where it is.
    let first = window.get_by_label_contains("Discovery done").rect().center();
    window.hover_at(first + vec2(0.0, 30.0));
    window.run();
    window.event(egui::Event::Zoom(2.0));
    window.run();
    let now = window.get_by_label_contains("Discovery done").rect().center();
    assert!((now.x - first.x).abs() < 0.5, "{now:?}, {first:?}");
    assert!(done(&window).is_none_or(|x| x > fitted + 20.0));
}

#[test]
fn only_rows_in_view_are_laid_out_and_a_selected_component_comes_into_view() {
    let mut project = Project::new("Many");
    for at in 0..300 {
        let component = Component::new(&format!("Service {at}"), ComponentKind::DomainService, None);
        project.apply(&Edit::PutComponent(ComponentId::new(&format!("s{at}")), component));
    }
    let mut window = showing(project, [900.0, 250.0]);
    assert!(rows(&window).len() < 15, "{}", rows(&window).len());
    let element = ElementId::Component("s299".into());
    assert!(!rows(&window).iter().any(|name| name.starts_with("Service 299:")));
    window.state_mut().session.apply(Action::Select(Select::Only(vec![element])));
    window.run();
    assert!(rows(&window).iter().any(|name| name.starts_with("Service 299:")), "{:#?}", rows(&window));
}

#[test]
fn rows_keep_their_place_while_something_is_held() {
    let mut window = monolith();
    let names = |window: &Window<DockState>| -> Vec<String> {
        rows(window).iter().map(|name| name.split(':').next().unwrap_or_default().to_owned()).collect()
    };
    let before = names(&window);
    let edits = vec![Edit::SetTrait("notifications".into(), "tables".into(), Some(TraitValue::Number(200.0)))];
    let gesture = |edits: &Vec<Edit>| Action::Gesture { name: "Tables".to_owned(), edits: edits.clone() };
    window.state_mut().session.apply(gesture(&edits));
    window.run();
    assert_eq!(names(&window), before);
    window.state_mut().session.apply(Action::CommitGesture);
    window.run();
    assert_ne!(names(&window), before, "then it takes the place it has now");
}

#[test]
fn a_sheet_without_work_says_what_to_do() {
    let window = showing(Project::new("Empty"), SIZE);
    window.get_by_label_contains("Add a service");
}
