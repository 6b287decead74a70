//! Rates, team, calendar, currency and targets: what they do to an estimate, and how they are set in the inspector.

use std::sync::Arc;

use egui_kittest::kittest::Queryable as _;
use groundplan::{
    assess::Engine,
    figures::Money,
    project::{Assumptions, Calendar, Currency, Deadline, Grouping, Project, Weekday},
    session::Session,
    storage,
    ui::panels::inspector::{InspectorState, inspector_ui},
};
use jiff::civil::date;
use proptest::prelude::*;

#[path = "common/bench.rs"]
mod bench;
#[path = "common/builtin.rs"]
mod builtin;

use bench::{Window, window};

fn with(change: impl FnOnce(&mut Assumptions)) -> Project {
    let mut project = builtin::preset("construction-saas");
    change(&mut project.assumptions);
    assert_eq!(project.validate(), []);
    project
}

fn card(engine: &Engine) -> Assumptions {
    Assumptions { roles: engine.playbook.estimate.rate_card.clone(), ..Assumptions::default() }
}

#[test]
fn the_playbooks_rate_card_reproduces_the_pages_budgets() {
    let engine = builtin::engine();
    let plain = engine.assess(&with(|_| {})).estimate;
    let by_role = engine.assess(&with(|assumptions| *assumptions = card(&engine))).estimate;
    assert!((by_role.budget_usd.median - plain.budget_usd.median).abs() < 0.005, "to the cent");
    assert_eq!(by_role.weeks, plain.weeks);
    let [low, high] = [0.1, 0.9].map(|p| by_role.budget_usd.quantile(p));
    assert!((low - 150_000.0).abs() < 0.01 && (high - 300_000.0).abs() < 0.01, "{low} to {high}");
}

#[test]
fn more_people_finish_earlier_but_not_by_as_much_and_cost_more() {
    let engine = builtin::engine();
    let of = |team: f64, share: Option<f64>| {
        let estimate = engine
            .assess(&with(|assumptions| (assumptions.team_size, assumptions.communication_share) = (team, share)))
            .estimate;
        (estimate.weeks.median, estimate.budget_usd.median)
    };
    let (weeks, usd) = of(2.0, None);
    for team in [3.0, 4.0, 8.0, 40.0] {
        let (faster, dearer) = of(team, None);
        assert!(faster < weeks && faster > weeks * 2.0 / team && dearer > usd, "{team} people");
        let (even, same) = of(team, Some(0.0));
        assert!(even < faster && same < dearer, "agreement that costs nothing");
    }
    let (alone, cheap) = of(1.0, None);
    assert!(alone > weeks && cheap < usd);
    // The page's teams stay what they were, whatever agreement costs in one's own.
    assert!(of(2.0, Some(0.0)).1 < usd && of(2.0, Some(0.3)).1 > usd);
}

#[test]
fn a_currency_changes_what_is_shown_and_nothing_that_is_counted() {
    let engine = builtin::engine();
    let euro = Currency {
        code: "EUR".to_owned(),
        symbol: "€".to_owned(),
        per_usd: 0.9,
        symbol_behind: true,
        grouping: Grouping::Point,
    };
    let project = with(|assumptions| assumptions.currency = euro);
    let estimate = engine.assess(&project).estimate;
    assert_eq!(estimate.budget_usd, engine.assess(&with(|_| {})).estimate.budget_usd);
    assert_eq!(Money::of(&project).full(estimate.budget_usd.quantile(0.9)), "270.000\u{a0}€");
    let report = String::from_utf8(
        (groundplan::export::format("md").unwrap().write)(&groundplan::export::ExportInput::new(
            &project,
            &engine.assess(&project),
            &engine.playbook,
        ))
        .unwrap(),
    )
    .unwrap();
    assert!(report.contains("270.000\u{a0}€") && !report.contains('$'), "{report}");
}

#[test]
fn a_deadline_is_held_with_the_probability_of_the_weeks_before_it() {
    let mut assumptions = Assumptions { start: Some(date(2027, 3, 1)), ..Assumptions::default() };
    assert_eq!(assumptions.deadline_weeks(), None);
    assumptions.deadline = Some(Deadline::Date(date(2027, 3, 19)));
    assert_eq!(assumptions.deadline_weeks(), Some(3.0));
    assumptions.calendar = Calendar { holidays: [date(2027, 3, 8)].into(), ..Calendar::default() };
    assert_eq!(assumptions.deadline_weeks(), Some(2.8));
    assumptions.calendar.workdays = [Weekday::Mon, Weekday::Tue].into();
    assert_eq!(assumptions.deadline_weeks(), Some(1.0));
    assumptions.start = None;
    assert_eq!(assumptions.deadline_weeks(), None, "a date says nothing without a first day");
    assumptions.deadline = Some(Deadline::Weeks(20.0));
    assert_eq!(assumptions.deadline_weeks(), Some(20.0));
}

#[test]
fn assumptions_that_cannot_be_are_told_with_their_place() {
    let engine = builtin::engine();
    let file = |assumptions: &str| format!("(\n  format: 1,\n  name: \"P\",\n  assumptions: ({assumptions}),\n)");
    for (assumptions, words) in [
        ("team_size: 0", "team_size is 0"),
        ("communication_share: 1.5", "communication_share is 1.5"),
        ("start: \"2027-02-30\"", "2027-02"),
        ("calendar: (workdays: [])", "never ends"),
        ("calendar: (workdays: [monday])", "monday"),
        ("currency: (code: \"EUR\", symbol: \"€\", per_usd: 0)", "0 for a US dollar"),
        ("roles: {\"dev\": (name: \"Dev\", rate_usd_per_person_week: 4000, share: 0)}", "no role has a share"),
        ("roles: {\"dev\": (name: \"Dev\", rate: 4000, share: 1)}", "rate_usd_per_person_week"),
        ("deadline: weeks(-1)", "deadline is -1"),
    ] {
        let error = storage::read_project(&file(assumptions), &|project| engine.check(project)).unwrap_err();
        let told = error.problems.iter().map(|problem| format!("{}: {}", problem.line, problem.message));
        let told: Vec<String> = told.collect();
        assert!(told.iter().any(|line| line.starts_with("4:") && line.contains(words)), "{assumptions}: {told:?}");
    }
}

proptest! {
    #[test]
    fn a_rate_card_costs_its_mean_and_its_parts_make_the_whole(
        roles in prop::collection::vec((1.0..20_000.0, 0.01..10.0), 1..8),
    ) {
        let engine = builtin::engine();
        let mut project = builtin::preset("delivery-prediction");
        for (at, (rate, share)) in roles.iter().enumerate() {
            let role = groundplan::project::Role::new("Role", *rate, *share);
            project.assumptions.roles.insert(format!("role-{at}").as_str().into(), role);
        }
        let shares = project.assumptions.role_shares();
        let sum = |part: fn(&groundplan::project::RoleShare) -> f64| -> f64 { shares.iter().map(|(_, _, s)| part(s)).sum() };
        prop_assert!((sum(|share| share.effort) - 1.0).abs() < 1e-9 && (sum(|share| share.money) - 1.0).abs() < 1e-9);
        let estimate = engine.assess(&project).estimate;
        let paid: f64 = shares.iter().map(|(_, role, s)| role.rate_usd_per_person_week * s.effort * estimate.person_weeks).sum();
        prop_assert!((paid / estimate.budget_usd.median - 1.0).abs() < 1e-9);
    }
}

fn inspecting() -> Window<InspectorState> {
    let session = Session::new(Arc::new(builtin::engine()), builtin::preset("construction-saas"), None);
    let mut window = window(session, InspectorState::default(), [340.0, 1600.0], inspector_ui);
    window.run();
    window
}

fn assumptions(window: &Window<InspectorState>) -> Assumptions {
    window.state().session.project().assumptions.clone()
}

fn type_into(window: &mut Window<InspectorState>, name: &str, words: &str) {
    window.get_by_label(name).click();
    window.run();
    window.get_by_label(name).type_text(words);
    window.run();
    window.key_press(egui::Key::Enter);
    window.run();
}

#[test]
fn a_rate_card_takes_over_without_moving_a_figure_and_gives_back_what_it_came_to() {
    let mut window = inspecting();
    type_into(&mut window, "Rate per person-week", "5400");
    let before = window.state().session.assessment().estimate.budget_usd.median;
    window.get_by_label("Rate card").click();
    window.run();
    assert_eq!(assumptions(&window).roles["architect"].rate_usd_per_person_week, 7200.0);
    assert!((window.state().session.assessment().estimate.budget_usd.median - before).abs() < 0.005);
    type_into(&mut window, "Share of Architect", "30");
    let shares = assumptions(&window).role_shares().iter().map(|(_, _, share)| share.effort).collect::<Vec<_>>();
    assert!((shares[2] - 0.3).abs() < 1e-4 && (shares.iter().sum::<f64>() - 1.0).abs() < 1e-12, "{shares:?}");
    window.get_by_label("Remove Designer").click();
    window.run();
    assert_eq!(assumptions(&window).roles.len(), 5);
    let mean = assumptions(&window).mean_rate_usd_per_person_week();
    window.get_by_label("One rate").click();
    window.run();
    assert!((assumptions(&window).rate_usd_per_person_week - mean).abs() < 0.01);
    while window.state().session.history().depth() > 0 {
        window.state_mut().session.undo();
    }
    window.run();
    assert_eq!(assumptions(&window), Assumptions::default());
}

#[test]
fn a_currency_is_shown_once_its_rate_is_known() {
    let mut window = inspecting();
    window.get_by_label("Shown in").click();
    window.run();
    window.get_by_label("EUR €").click();
    window.run();
    assert_eq!(assumptions(&window).currency, Currency::default(), "nobody has said what a dollar buys");
    type_into(&mut window, "EUR for $1", "0.5");
    assert_eq!(assumptions(&window).currency.per_usd, 0.5);
    assert!(window.query_by_label_contains("Budget, P50: 106K").is_some());
    type_into(&mut window, "Rate per person-week", "4000");
    assert_eq!(assumptions(&window).rate_usd_per_person_week, 8000.0);
}

#[test]
fn working_days_and_holidays_are_set_and_nonsense_is_kept_in_the_field() {
    let mut window = inspecting();
    window.get_by_label("Friday: working day").click();
    window.run();
    assert_eq!(assumptions(&window).calendar.workdays.len(), 4);
    window.get_by_label("Friday: free").click();
    window.run();
    window.get_by_label("Holidays").click();
    window.run();
    window.get_by_label("Holidays").type_text("2026-12-24 to Easter");
    window.run();
    window.get_by_label("Name").click();
    window.run();
    assert!(assumptions(&window).calendar.holidays.is_empty());
    assert!(window.query_by_label_contains("\"Easter\" is no day").is_some());
    window.get_by_label("Holidays").click();
    window.run();
    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
    window.get_by_label("Holidays").type_text("2026-12-24 to 2026-12-26, 2027-04-05");
    window.run();
    window.get_by_label("Name").click();
    window.run();
    assert_eq!(assumptions(&window).calendar.holidays.len(), 4);
    assert!(window.query_by_label_contains("no date").is_none());
}

#[test]
fn targets_say_how_likely_they_are() {
    let mut window = inspecting();
    type_into(&mut window, "Budget to hold", "300k");
    assert_eq!(assumptions(&window).target_budget_usd, Some(300_000.0));
    assert!(window.query_by_label_contains("90 % to stay under $300K").is_some());
    type_into(&mut window, "Weeks to hold", "26");
    assert!(window.query_by_label_contains("90 % to be done within").is_some());
    window.get_by_label("Clear budget to hold").click();
    window.run();
    assert_eq!(assumptions(&window).target_budget_usd, None);
}

#[test]
fn a_first_day_and_a_last_one_make_dates_of_weeks() {
    let mut window = inspecting();
    assert!(window.query_by_label("Done by").is_none(), "a date says nothing without a first day");
    type_into(&mut window, "First day", "2027-03-01");
    assert!(window.query_by_label_contains("Done, P50: 27 July 2027").is_some());
    type_into(&mut window, "Done by", "2027-08-27");
    assert_eq!(assumptions(&window).deadline, Some(Deadline::Date(date(2027, 8, 27))));
    assert!(window.query_by_label_contains("90 % to be done within 6 months").is_some());
    window.get_by_label("Clear done by").click();
    window.run();
    assert_eq!(assumptions(&window).deadline, None);
}
