//! The money at the window: how sure a figure is, where it goes, what moves it, and the cases it stands on.

use std::sync::{Arc, LazyLock};

use egui::{Key, Modifiers, accesskit::Role};
use egui_kittest::{
    Node,
    kittest::{NodeT as _, Queryable as _},
};
use groundplan::{
    assess::{Cut, Engine},
    figures::Measure,
    playbook::{Assumption, Subject},
    project::{Component, ComponentKind, Deadline, Edit, ElementId, Project, TraitValue},
    session::{CanvasRequest, DockTab, Request, Session},
    ui::{
        canvas::{CanvasState, canvas_ui},
        panels::dock::{BreakdownState, BudgetTopic, DockState, TimelineTopic, dock_ui},
    },
};
use jiff::civil::date;

use crate::common::{bench, builtin};
use bench::{Window, window};

static ENGINE: LazyLock<Arc<Engine>> = LazyLock::new(|| Arc::new(builtin::engine()));

fn session(project: Project) -> Session {
    Session::new(Arc::clone(&ENGINE), project, None)
}

/// The dock on one question about the budget of a project.
fn budget(project: Project, topic: BudgetTopic) -> Window<DockState> {
    let state = DockState { tab: DockTab::Budget, budget: topic, ..DockState::default() };
    let mut window = window(session(project), state, [900.0, 520.0], dock_ui);
    window.run();
    window
}

/// Labels of nodes of a role that begin with some words, from top to bottom.
fn labels(window: &Window<DockState>, role: Role, start: &str) -> Vec<String> {
    let named = |node: Node<'_>| {
        // The words of a label are its value.
        let known = node.accesskit_node();
        Some((node.rect().top(), known.label().or_else(|| known.value())?))
    };
    let mut found: Vec<(f32, String)> =
        window.query_all_by_role(role).filter_map(named).filter(|(_, label)| label.starts_with(start)).collect();
    found.sort_by(|a, b| a.0.total_cmp(&b.0));
    found.into_iter().map(|(_, label)| label).collect()
}

fn has<S>(window: &Window<S>, words: &str) -> bool {
    window.query_all_by_label_contains(words).next().is_some()
}

fn curve<'a>(window: &'a Window<DockState>, name: &'a str) -> Node<'a> {
    window.get_by(move |node| node.role() == Role::Slider && node.label().is_some_and(|label| label.starts_with(name)))
}

/// The amount of each row of the table, from top to bottom: its fourth cell.
fn amounts(window: &Window<DockState>) -> Vec<i64> {
    let mut rows = labels(window, Role::Button, "");
    rows.extend(labels(window, Role::Label, "The project as a whole, "));
    let amount = |row: &String| {
        let cells: Vec<&str> = row.split(", ").collect();
        let amount = cells.get(3).filter(|_| cells.len() == 5)?;
        amount.strip_prefix('$')?.replace(',', "").parse().ok()
    };
    rows.iter().filter_map(amount).collect()
}

#[test]
fn the_table_is_sorted_by_clicks_and_by_keys_and_sums_to_its_last_row() {
    let mut window = budget(builtin::preset("monolith-decomposition"), BudgetTopic::Breakdown);
    let all = amounts(&window);
    assert_eq!(all.len(), 7, "six services and the project itself");
    assert_eq!(all.iter().sum::<i64>(), 424_264);
    assert!(has(&window, "Sum, P50, 94.3, 45.9, $424,264, 100.0 %"), "{:?}", labels(&window, Role::Label, "Sum"));
    let names = |window: &Window<DockState>| {
        let rows = labels(window, Role::Button, "").into_iter().filter(|row| row.split(", ").count() == 5);
        rows.map(|row| row.split(", ").next().unwrap_or_default().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(names(&window)[..2], ["Monolith of today", "Order processing"], "dearest first");
    window.get_by_label("Sort by name").click();
    window.run();
    assert!(names(&window).is_sorted(), "{:?}", names(&window));
    window.get_by_label("Sort by name").click();
    window.run();
    assert!(names(&window).is_sorted_by(|a, b| a >= b), "{:?}", names(&window));
    window.get_by_label("Sort by weeks").focus();
    window.run();
    window.key_press(Key::Enter);
    window.run();
    assert_eq!(names(&window)[0], "Monolith of today");
    assert_eq!(window.state().state.breakdown.sorting.column, 2);
}

/// The contents beside the rail are as little as this in a window of 1024 x 700.
#[test]
fn the_sum_is_in_view_however_little_room_there_is() {
    for (size, topic) in [([470.0, 208.0], BudgetTopic::Breakdown), ([1100.0, 208.0], BudgetTopic::Range)] {
        for cut in [Cut::Component, Cut::WorkItem, Cut::Phase, Cut::Role] {
            let breakdown = BreakdownState { cut, ..BreakdownState::default() };
            let budget_by = if cut == Cut::WorkItem { cut } else { Cut::Component };
            let tab = DockTab::Budget;
            let state = DockState { tab, budget: topic, budget_by, breakdown, ..DockState::default() };
            let mut window = window(session(builtin::preset("monolith-decomposition")), state, size, dock_ui);
            window.run();
            let sum = window.get_by(|node| {
                let words = node.label().or_else(|| node.value());
                node.role() == Role::Label && words.is_some_and(|words| words.starts_with("Sum, P50"))
            });
            assert!(sum.rect().bottom() <= size[1] - 2.0, "{topic:?}, {cut:?}: {:?}", sum.rect());
        }
    }
}

#[test]
fn the_order_of_prices_stays_where_there_is_no_room_for_its_column() {
    let shown = |width: f32| {
        let state = DockState { tab: DockTab::Budget, budget: BudgetTopic::Cases, ..DockState::default() };
        let mut window = window(session(Project::new("Empty")), state, [1000.0, 1200.0], dock_ui);
        window.run();
        window.get_by_label("Prices of work").click();
        window.run();
        window.get_by_label("Sort by what is unsure").click();
        window.run();
        window.set_size(egui::vec2(width, 1200.0));
        window.run();
        let rows = labels(&window, Role::Button, "").into_iter().filter(|row| row.contains(", × "));
        let names: Vec<String> = rows.map(|row| row.split(", ").next().unwrap_or_default().to_owned()).collect();
        window.get_by_label("Copy as CSV").click();
        window.run();
        let [Request::CopyText(text)] = window.state().requests.as_slice() else { panic!("nothing was copied") };
        (names, text.clone())
    };
    let (wide, narrow) = (shown(1000.0), shown(480.0));
    assert!(wide.0.len() > 5 && !wide.0.is_sorted(), "{wide:?}");
    assert_eq!(narrow, wide);
}

#[test]
fn a_row_and_an_area_lead_to_their_component_and_work_to_its_evidence() {
    let mut window = budget(builtin::preset("construction-saas"), BudgetTopic::Breakdown);
    let row = labels(&window, Role::Button, "Background worker, ").remove(0);
    window.get_by_label(&row).click();
    window.run();
    let worker = ElementId::Component("background-worker".into());
    assert!(window.state().session.selection().contains(&worker));
    let centre = Request::Canvas(CanvasRequest::Centre(worker));
    assert_eq!(window.state().requests, [centre]);
    window.state_mut().requests.clear();
    let area = labels(&window, Role::Button, "Area Mobile API: ").remove(0);
    window.get_by_label(&area).click();
    window.run();
    assert!(window.state().session.selection().contains(&ElementId::Component("mobile-api".into())));
    window.state_mut().requests.clear();
    window.get_by_label("Work item").click();
    window.run();
    assert_eq!(window.state().state.breakdown.cut, Cut::WorkItem);
    let row = labels(&window, Role::Button, "Screens, ").remove(0);
    window.get_by_label(&row).focus();
    window.run();
    window.key_press(Key::Enter);
    window.run();
    let [Request::Evidence(citation)] = window.state().requests.as_slice() else {
        panic!("{:?}", window.state().requests)
    };
    assert!(matches!(&citation.subject, Subject::WorkItem(item) if item.as_str() == "screens"), "{citation:?}");
    assert_eq!(window.state().session.history().depth(), 0, "looking is not editing");
}

#[test]
fn without_a_rate_card_roles_say_how_to_get_one() {
    let mut project = builtin::preset("factory-telemetry");
    let mut window = budget(project.clone(), BudgetTopic::Breakdown);
    window.get_by_label("Role").click();
    window.run();
    assert!(has(&window, "Everybody, at one rate, 12.6, 6.9, $56,569, 100.0 %"));
    window.get_by_label("Set up roles").click();
    window.run();
    assert_eq!(window.state().requests, [Request::Assumptions(Assumption::Rate)]);
    project.assumptions.roles = ENGINE.playbook.estimate.rate_card.clone();
    let mut window = budget(project, BudgetTopic::Breakdown);
    window.state_mut().state.breakdown = BreakdownState { cut: Cut::Role, ..BreakdownState::default() };
    window.run();
    assert!(has(&window, "Senior engineer, ") && !has(&window, "Set up roles"));
}

#[test]
fn a_table_is_copied_as_it_is_shown() {
    let mut window = budget(builtin::preset("construction-saas"), BudgetTopic::Breakdown);
    window.get_by_label("Copy as CSV").click();
    window.run();
    let [Request::CopyText(text)] = window.state().requests.as_slice() else { panic!("nothing was copied") };
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
    assert_eq!(rows[0], ["Component", "person_weeks", "weeks", "usd", "share"]);
    let (sum, parts) = rows[1..].split_last().unwrap();
    for column in 1..5 {
        let number = |row: &Vec<&str>| row[column].parse::<f64>().unwrap();
        let total: f64 = parts.iter().map(number).sum();
        assert!((total - number(sum)).abs() < 1e-6, "column {column}: {text}");
    }
}

#[test]
fn a_figure_is_pinned_by_hand_by_key_and_by_typing() {
    let mut window = budget(builtin::preset("construction-saas"), BudgetTopic::Range);
    let pinned = |window: &Window<DockState>| window.state().state.budget_curve.pinned;
    assert_eq!(pinned(&window), None);
    curve(&window, "Budget curve").click();
    window.run();
    let by_hand = pinned(&window).unwrap();
    assert_eq!(by_hand % 1_000.0, 0.0, "to a round figure");
    window.key_press(Key::ArrowRight);
    window.run();
    let step = pinned(&window).unwrap() - by_hand;
    assert!(step > 0.0 && step < 5_000.0, "{step}");
    window.key_press_modifiers(Modifiers::SHIFT, Key::ArrowLeft);
    window.run();
    assert!((pinned(&window).unwrap() - (by_hand - 9.0 * step)).abs() < 1e-6);
    let mut say = |typed: &str| {
        let field = window.get_by_label("Budget: how sure is this figure?");
        field.focus();
        window.run();
        window.key_press_modifiers(Modifiers::COMMAND, Key::A);
        window.get_by_label("Budget: how sure is this figure?").type_text(typed);
        window.run();
        window.key_press(Key::Enter);
        window.run();
        (pinned(&window), has(&window, "60 % to stay under $229,145"), has(&window, "is no amount of money"))
    };
    assert_eq!(say("$220K").0, Some(220_000.0));
    assert!(
        (say("60 %").0.unwrap()
            - ENGINE.assess(&builtin::preset("construction-saas")).estimate.budget_usd.quantile(0.6))
        .abs()
            < 1.0
    );
    assert!(say("soon").2, "what cannot be read is said");
    assert_eq!(say("150,000").0, Some(150_000.0));
    assert!(has(&window, "10 % to stay under $150,000"));
    assert_eq!(window.state().session.history().depth(), 0, "looking is not editing");
    window.get_by_label("Take the pin away").click();
    window.run();
    assert_eq!(pinned(&window), None);
}

#[test]
fn another_project_is_looked_at_afresh() {
    let mut state = DockState::default();
    (state.budget_curve.pinned, state.weeks_curve.pinned) = (Some(250_000.0), Some(20.0));
    state.side_by_side.base = Some(groundplan::assess::Choice::Recommended);
    state.log.show("baseline-1".into());
    state.findings.search = "orders".to_owned();
    state.tab = DockTab::Budget;
    state.forget_project();
    assert_eq!((state.budget_curve.pinned, state.weeks_curve.pinned, state.side_by_side.base), (None, None, None));
    assert_eq!((state.log.baseline, state.findings.search.as_str()), (None, ""));
    assert_eq!(state.tab, DockTab::Budget, "how one looks at a project stays");
}

#[test]
fn a_pinned_figure_becomes_the_target_in_one_step() {
    let mut window = budget(builtin::preset("construction-saas"), BudgetTopic::Range);
    window.state_mut().state.budget_curve.pinned = Some(250_000.0);
    window.run();
    window.get_by_label("Make it the target").click();
    window.run();
    assert_eq!(window.state().session.project().assumptions.target_budget_usd, Some(250_000.0));
    assert_eq!(window.state().session.history().depth(), 1);
    let chance = groundplan::figures::share(
        window.state().session.assessment().estimate.budget_usd.probability_up_to(250_000.0),
    );
    assert!(has(&window, &format!("Budget target: {chance} to hold $250,000")));
    assert!(window.query_by_label("Make it the target").is_none(), "it is the target already");
    window.get_by_label("Remove the budget target").click();
    window.run();
    assert_eq!(window.state().session.project().assumptions.target_budget_usd, None);
    window.state_mut().session.undo();
    assert_eq!(window.state().session.project().assumptions.target_budget_usd, Some(250_000.0));
}

#[test]
fn what_no_project_may_hold_never_becomes_a_target() {
    let timeline = DockState { tab: DockTab::Timeline, timeline: TimelineTopic::Range, ..DockState::default() };
    for (name, typed) in [
        ("Budget", "0"),
        ("Budget", "2000b"),
        ("Budget", "999999999999999"),
        ("Deadline", "0"),
        ("Deadline", "0.01"),
        ("Deadline", "999999999"),
        ("Deadline of a plan with a first day", "90000"),
    ] {
        let mut project = builtin::preset("construction-saas");
        project.assumptions.start = name.ends_with("first day").then(|| date(2027, 3, 1));
        let name = name.split(' ').next().unwrap();
        let mut window = if name == "Budget" {
            budget(project, BudgetTopic::Range)
        } else {
            window(session(project), timeline.clone(), [900.0, 300.0], dock_ui)
        };
        window.run();
        let field = format!("{name}: how sure is this figure?");
        window.get_by_label(&field).click();
        window.run();
        window.get_by_label(&field).type_text(typed);
        window.run();
        window.key_press(egui::Key::Enter);
        window.run();
        assert!(window.query_by_label("Make it the target").is_none(), "{name} {typed}");
        assert!(window.query_by_label_contains("Target: at ").is_some(), "{name} {typed}");
    }
}

#[test]
fn the_menu_of_the_curve_sets_the_target_and_copies() {
    let mut window = budget(builtin::preset("construction-saas"), BudgetTopic::Range);
    curve(&window, "Budget curve").click_secondary();
    window.run();
    let entry = labels(&window, Role::Button, "Make $").remove(0);
    window.get_by_label(&entry).click();
    window.run();
    let target = window.state().session.project().assumptions.target_budget_usd.unwrap();
    assert_eq!(entry, format!("Make ${} the target", groundplan::figures::number(target)));
    curve(&window, "Budget curve").click_secondary();
    window.run();
    window.get_by_label("Copy data as CSV").click();
    window.run();
    let wishes = groundplan::ui::copying::take(&window.ctx);
    let [groundplan::ui::copying::Wish::Text { words: text, .. }] = wishes.as_slice() else { panic!("{wishes:?}") };
    assert!(text.starts_with("probability,US dollars\n0.01,") && text.lines().count() == 100, "{text}");
    assert!(text.contains("\n0.50,212132.03\n"), "{text}");
}

#[test]
fn a_deadline_is_a_day_once_there_is_a_first_one() {
    let mut project = builtin::preset("construction-saas");
    let weeks = |project: Project| {
        let mut state = DockState { tab: DockTab::Timeline, timeline: TimelineTopic::Range, ..DockState::default() };
        state.weeks_curve.pinned = None;
        let mut window = window(session(project), state, [900.0, 300.0], dock_ui);
        window.run();
        window.state_mut().state.weeks_curve.pinned = Some(20.0);
        window.run();
        window.get_by_label("Make it the target").click();
        window.run();
        window
    };
    let by_weeks = weeks(project.clone());
    assert_eq!(by_weeks.state().session.project().assumptions.deadline, Some(Deadline::Weeks(20.0)));
    project.assumptions.start = Some(date(2027, 3, 1));
    let by_day = weeks(project);
    let deadline = by_day.state().session.project().assumptions.deadline;
    assert_eq!(deadline, Some(Deadline::Date(date(2027, 7, 16))));
    assert!(has(&by_day, "to hold 20 weeks, 16 Jul 2027"), "{:?}", labels(&by_day, Role::Label, "Deadline target"));
    assert!(has(&by_day, "P50: 21.2 weeks 27 Jul 2027"), "{:?}", labels(&by_day, Role::Label, "P50"));
}

#[test]
fn the_day_that_was_said_stands_on_the_curve_even_if_nobody_works_on_it() {
    let mut project = builtin::preset("construction-saas");
    project.assumptions.start = Some(date(2027, 3, 1));
    let mut window = window(session(project), weeks_page(), [900.0, 300.0], dock_ui);
    window.run();
    for (typed, answer) in [("5 months", " in 5 months, by 30 Jul 2027"), ("2027-08-15", " weeks, by 13 Aug 2027")] {
        let name = "Deadline: how sure is this figure?";
        window.get_by_label(name).click();
        window.run();
        window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
        window.get_by_label(name).type_text(typed);
        window.run();
        window.key_press(egui::Key::Enter);
        window.run();
        assert_eq!(window.get_by_label(name).value().as_deref(), Some(typed), "it stays as it was typed");
        assert!(has(&window, answer), "{answer}: {:?}", labels(&window, Role::Label, ""));
    }
    window.get_by_label("Make it the target").click();
    window.run();
    let deadline = window.state().session.project().assumptions.deadline;
    assert_eq!(deadline, Some(Deadline::Date(date(2027, 8, 15))), "a Sunday");
    assert!(has(&window, ", 15 Aug 2027") && !has(&window, "to hold 23.8 weeks, 13 Aug 2027"));
}

fn weeks_page() -> DockState {
    DockState { tab: DockTab::Timeline, timeline: TimelineTopic::Range, ..DockState::default() }
}

#[test]
fn a_day_without_a_first_one_is_said_to_count_for_nothing_yet() {
    let mut project = builtin::preset("construction-saas");
    project.assumptions.deadline = Some(Deadline::Date(date(2027, 8, 31)));
    let state = DockState { tab: DockTab::Timeline, timeline: TimelineTopic::Range, ..DockState::default() };
    let mut window = window(session(project), state, [900.0, 300.0], dock_ui);
    window.run();
    assert!(has(&window, "it counts once the plan has a first one") && !has(&window, "Deadline target: "));
}

#[test]
fn a_pin_is_dragged_along_the_curve() {
    let mut window = budget(builtin::preset("construction-saas"), BudgetTopic::Range);
    let plot = curve(&window, "Budget curve").rect();
    let at = |share: f32| egui::pos2(plot.left() + plot.width() * share, plot.center().y);
    window.hover_at(at(0.3));
    window.drag_at(at(0.3));
    window.hover_at(at(0.4));
    window.run();
    let first = window.state().state.budget_curve.pinned.unwrap();
    window.hover_at(at(0.7));
    window.run();
    window.drop_at(at(0.7));
    window.run();
    let last = window.state().state.budget_curve.pinned.unwrap();
    assert!(last > first + 20_000.0, "{first} {last}");
    assert!(has(&window, " to stay under $"));
}

#[test]
fn money_is_pinned_in_the_currency_that_is_shown() {
    let mut project = builtin::preset("construction-saas");
    project.assumptions.currency.code = "EUR".to_owned();
    project.assumptions.currency.symbol = "€".to_owned();
    project.assumptions.currency.per_usd = 0.5;
    let mut window = budget(project, BudgetTopic::Range);
    assert!(has(&window, "P50: €106,066"));
    window.state_mut().state.budget_curve.pinned = Some(125_000.0);
    window.run();
    window.get_by_label("Make it the target").click();
    window.run();
    assert_eq!(window.state().session.project().assumptions.target_budget_usd, Some(250_000.0));
}

#[test]
fn bars_lead_to_evidence_and_fields_and_switch_between_weeks_and_money() {
    let mut window = budget(builtin::preset("construction-saas"), BudgetTopic::Sensitivity);
    assert!(has(&window, "Screens: −$18.7K to +$31.5K") && has(&window, "Rate per person-week: −$21.2K to +$42.4K"));
    let bar = labels(&window, Role::Button, "Time lost to agreement: ").remove(0);
    window.get_by_label(&bar).click();
    window.run();
    assert_eq!(window.state().requests, [Request::Assumptions(Assumption::CommunicationShare)]);
    window.state_mut().requests.clear();
    let bar = labels(&window, Role::Button, "Screens: ").remove(0);
    window.get_by_label(&bar).focus();
    window.run();
    window.key_press(Key::Enter);
    window.run();
    assert!(matches!(window.state().requests.as_slice(), [Request::Evidence(citation)] if citation.paragraph == 15));
    window.state_mut().requests.clear();
    window.get_by_label("Weeks").click();
    window.run();
    assert_eq!(window.state().state.measure, Measure::Weeks);
    assert!(has(&window, "Team size: +4.7 weeks to −3.1 weeks") && !has(&window, "Rate per person-week"));
    window.get_by_label("Copy as CSV").click();
    window.run();
    let [Request::CopyText(text)] = window.state().requests.as_slice() else { panic!("nothing was copied") };
    assert!(text.starts_with("what,kind,weeks_at_low,weeks_median,weeks_at_high\nTeam size,assumption,"), "{text}");
    assert_eq!(text.lines().count(), 17, "fifteen bars, the rest, and the head");
}

#[test]
fn the_cases_are_shown_without_any_plan_and_with_what_a_plan_leans_on() {
    let mut window = budget(Project::new("Empty"), BudgetTopic::Range);
    assert!(has(&window, "Add a service, and its price is estimated at once"));
    window.get_by_label("Cases behind it").click();
    window.run();
    let case = "Construction SaaS, budget: $150K–$300K, predicted 102 % of its middle";
    assert!(has(&window, case) && has(&window, "Add a service, and its estimate leans on some of them"));
    window.get_by_label("Paragraph 15").click();
    window.run();
    assert!(matches!(window.state().requests.as_slice(), [Request::Evidence(citation)] if citation.paragraph == 15));
    window.get_by_label("Prices of work").click();
    window.run();
    window.get_by_label("Sort by effort").click();
    window.run();
    let factors: Vec<String> =
        labels(&window, Role::Button, "").into_iter().filter(|row| row.contains(", × ")).collect();
    let effort = |row: &String| row.split(", × ").nth(1).unwrap_or_default().parse::<f64>().unwrap_or(0.0);
    assert!(factors.len() > 5 && factors.iter().map(effort).is_sorted_by(|a, b| a >= b), "{factors:?}");
    let planned = budget(builtin::preset("construction-saas"), BudgetTopic::Cases);
    assert!(has(&planned, "Construction SaaS: +100 %") && has(&planned, "Factory telemetry: 0 %"));
    assert!(has(&planned, "Close to the cases: "));
}

#[test]
fn a_component_says_what_it_is_of_the_whole_under_the_resting_pointer() {
    let mut project = Project::new("One");
    let mut api = Component::new("API", ComponentKind::RestApi, Some(kurbo::Point::ORIGIN));
    api.traits.insert("tables".into(), TraitValue::Number(14.0));
    project.apply(&Edit::PutComponent("api".into(), api));
    let mut window = window(session(project), CanvasState::default(), [600.0, 400.0], canvas_ui);
    window.run();
    let card =
        window.get_by(|node| node.role() == Role::Button && node.label().is_some_and(|name| name.starts_with("API, ")));
    card.hover();
    for _ in 0..6 {
        window.step();
    }
    let sums = window.state().session.component_sums(&"api".into()).unwrap();
    let effort = groundplan::figures::person_weeks(sums.person_weeks);
    let said = window.query_all_by_label_contains(" of the median budget, ").next().unwrap();
    let said = said.accesskit_node().value().unwrap_or_default();
    assert!(said.ends_with(&effort), "{said}");
}
