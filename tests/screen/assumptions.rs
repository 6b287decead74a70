//! Rates, team, calendar, currency and targets: what they do to an estimate, and how they are set in the inspector.

use std::sync::{Arc, LazyLock};

use egui_kittest::kittest::Queryable as _;
use groundplan::{
    assess::Engine,
    figures::Money,
    project::{
        Assumptions, Calendar, Currency, Deadline, Grouping, MAX_NAME_BYTES, MAX_ROLES, Project, Role, RoleId, Weekday,
    },
    session::Session,
    storage,
    ui::panels::inspector::{InspectorState, inspector_ui},
};
use jiff::civil::date;
use proptest::prelude::*;

use crate::common::{bench, builtin};
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
        ("start: \"2027-02-30\"", "February 2027 has 28 days"),
        ("calendar: (workdays: [])", "never ends"),
        ("calendar: (workdays: [monday])", "monday"),
        ("currency: (code: \"EUR\", symbol: \"€\", per_usd: 0)", "0 for a US dollar"),
        ("roles: {\"dev\": (name: \"Dev\", rate_usd_per_person_week: 4000, share: 0)}", "no role has a share"),
        ("roles: {\"dev\": (name: \"Dev\", rate: 4000, share: 1)}", "rate_usd_per_person_week"),
        ("deadline: weeks(-1)", "deadline is −1"),
        ("currency: (code: \"USD\", per_usd: 0.5)", "one US dollar is 1"),
        ("currency: (code: \"EUR\", symbol: \"a long currency\", per_usd: 0.5)", "1 to 12 bytes"),
    ] {
        let error = storage::read_project(&file(assumptions), &|project| engine.check(project)).unwrap_err();
        let told = error.problems.iter().map(|problem| format!("{}: {}", problem.line, problem.message));
        let told: Vec<String> = told.collect();
        assert!(told.iter().any(|line| line.starts_with("4:") && line.contains(words)), "{assumptions}: {told:?}");
    }
}

#[test]
fn a_currency_without_a_sign_is_written_as_its_code_mostly_is() {
    let engine = builtin::engine();
    for (currency, written) in [
        ("code: \"EUR\", per_usd: 0.9", "1.234\u{a0}€"),
        ("code: \"EUR\", symbol: \"€\", per_usd: 0.9", "€1,234"),
        ("code: \"EUR\", per_usd: 0.9, symbol_behind: false", "€1.234"),
        ("code: \"ISK\", per_usd: 130", "ISK\u{a0}1,234"),
        ("symbol: \"US$\"", "US$\u{a0}1,234"),
        ("code: \"USD\"", "$1,234"),
    ] {
        let file = format!("(\n  format: 1,\n  name: \"P\",\n  assumptions: (currency: ({currency})),\n)");
        let project = storage::read_project(&file, &|project| engine.check(project)).unwrap();
        assert_eq!(Money::of(&project).whole(1234), written, "{currency}");
    }
}

proptest! {
    #[test]
    fn a_rate_card_costs_its_mean_and_its_parts_make_the_whole(
        roles in prop::collection::vec((1.0..20_000.0, 0.01..10.0), 1..8),
    ) {
        let engine = &*ENGINE;
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

static ENGINE: LazyLock<Arc<Engine>> = LazyLock::new(|| Arc::new(builtin::engine()));

fn inspecting() -> Window<InspectorState> {
    inspecting_with(|_| {})
}

fn inspecting_with(change: impl FnOnce(&mut Assumptions)) -> Window<InspectorState> {
    let session = Session::new(Arc::clone(&ENGINE), with(change), None);
    let mut window = window(session, InspectorState::default(), [340.0, 2600.0], inspector_ui);
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
    assert!(window.query_by_label("Weeks to hold").is_none(), "there is no deadline");
    click(&mut window, "Weeks");
    assert_eq!(assumptions(&window).deadline, None, "nobody has said how many");
    type_into(&mut window, "Weeks to hold", "26");
    assert!(window.query_by_label_contains("90 % to be done within").is_some());
    click(&mut window, "Date");
    assert_eq!(
        assumptions(&window).deadline,
        Some(Deadline::Weeks(26.0)),
        "without a first day there is no date to it"
    );
    click(&mut window, "None");
    assert_eq!(assumptions(&window).deadline, None);
    assert!(window.query_by_label("Done by").is_none());
    click(&mut window, "Clear budget to hold");
    assert_eq!(assumptions(&window).target_budget_usd, None);
}

#[test]
fn a_deadline_that_still_counts_is_named_while_it_is_said_anew() {
    let mut window = inspecting();
    type_into(&mut window, "First day", "2027-03-01");
    click(&mut window, "Date");
    type_into(&mut window, "Done by", "2027-01-05");
    click(&mut window, "Weeks");
    let day = Deadline::Date(date(2027, 1, 5));
    assert_eq!(assumptions(&window).deadline, Some(day), "no weeks lie before the first day");
    assert!(window.query_by_label("Until weeks stand here, 5 January 2027 still counts").is_some());
    assert!(window.query_by_label_contains("Before the first working day, 1 March 2027").is_some());
    type_into(&mut window, "Weeks to hold", "20");
    assert_eq!(assumptions(&window).deadline, Some(Deadline::Weeks(20.0)));
    assert!(window.query_by_label_contains("still counts").is_none());
}

#[test]
fn weights_of_a_rate_card_are_shown_as_parts_of_their_sum() {
    let role = |name: &str, share: f64| (RoleId::new(name), Role::new(name, 4000.0, share));
    let roles = [role("a", 50.0), role("b", 20.0), role("c", 30.0)];
    let mut window = inspecting_with(|changed| changed.roles = roles.into_iter().collect());
    assert!(window.query_by_label("Sum of the shares: 100 %").is_some());
    type_into(&mut window, "Share of b", "30");
    let shares: Vec<f64> = assumptions(&window).roles.values().map(|role| role.share).collect();
    assert_eq!(shares, [0.5, 0.3, 0.3], "what is typed is a part as well");
    assert!(window.query_by_label("Sum of the shares: 110 %").is_some());
    click(&mut window, "Make it 100 %");
    assert!(window.query_by_label("Sum of the shares: 100 %").is_some());
    assert!(window.query_by_label("Make it 100 %").is_none());
}

#[test]
fn a_first_day_and_a_last_one_make_dates_of_weeks() {
    let mut window = inspecting();
    type_into(&mut window, "First day", "2027-03-01");
    assert!(window.query_by_label_contains("Done, P50: 27 July 2027").is_some());
    click(&mut window, "Date");
    type_into(&mut window, "Done by", "2027-08-27");
    assert_eq!(assumptions(&window).deadline, Some(Deadline::Date(date(2027, 8, 27))));
    assert!(window.query_by_label_contains("90 % to be done by 27 August 2027, in 5.9 months").is_some());
    click(&mut window, "Weeks");
    assert_eq!(assumptions(&window).deadline, Some(Deadline::Weeks(26.0)), "the same in weeks");
    click(&mut window, "Date");
    assert_eq!(assumptions(&window).deadline, Some(Deadline::Date(date(2027, 8, 27))), "and back");
    click(&mut window, "Clear done by");
    assert_eq!(assumptions(&window).deadline, None);
}

#[test]
fn days_that_can_hardly_be_meant_are_said_at_their_field() {
    let at = |start, deadline, today| {
        let mut window = inspecting_with(|assumptions| {
            (assumptions.start, assumptions.deadline) = (Some(start), Some(Deadline::Date(deadline)));
        });
        window.state_mut().today = Some(today);
        window.run();
        let said = |words: &str| window.query_all_by_label_contains(words).count();
        (said("nothing can be done by then"), said("This day is past: today is"))
    };
    let (spring, end_of_year) = (date(2027, 3, 1), date(2027, 12, 31));
    assert_eq!(at(spring, end_of_year, spring), (0, 0));
    assert_eq!(at(spring, date(2027, 2, 26), date(2027, 1, 1)), (1, 0));
    assert_eq!(at(spring, end_of_year, date(2027, 11, 1)), (0, 1), "the end of the work");
    assert_eq!(at(spring, end_of_year, date(2028, 1, 1)), (0, 2), "the deadline too");
}

fn click(window: &mut Window<InspectorState>, name: &str) {
    window.get_by_label(name).click();
    window.run();
}

#[test]
fn money_is_typed_as_it_is_written() {
    for grouping in Grouping::ALL {
        for (symbol, symbol_behind) in [("€", true), ("£", false), ("CHF", false), ("kr", true)] {
            let currency =
                Currency { code: "ABC".to_owned(), symbol: symbol.to_owned(), per_usd: 0.5, symbol_behind, grouping };
            let money = Money::new(&currency);
            let (whole, cents) = (money.exact_of(230_000.0), money.exact_of(1_250_000.5));
            let mut window = inspecting_with(|assumptions| assumptions.currency = currency.clone());
            for (typed, usd) in [(whole.as_str(), 460_000.0), (&cents, 2_500_001.0), ("150k", 300_000.0)] {
                type_into(&mut window, "Budget to hold", typed);
                assert_eq!(assumptions(&window).target_budget_usd, Some(usd), "{typed}");
            }
            type_into(&mut window, "Rate per person-week", &money.exact_of(4_000.0));
            assert_eq!(assumptions(&window).rate_usd_per_person_week, 8_000.0);
        }
    }
}

#[test]
fn decimals_are_typed_with_a_point_or_a_comma() {
    let mut window = inspecting_with(|assumptions| {
        assumptions.currency = Currency { per_usd: 0.5, ..Currency::known("EUR").unwrap() };
    });
    type_into(&mut window, "Contingency", "12,5");
    assert_eq!(assumptions(&window).contingency, 0.125);
    type_into(&mut window, "EUR for $1", "0,9251");
    assert_eq!(assumptions(&window).currency.per_usd, 0.9251);
    type_into(&mut window, "Team size", "2.5");
    assert_eq!(assumptions(&window).team_size, 2.5);
}

/// Fields, what can be typed into them to no avail, and what is said then.
const REFUSED: [(&str, &str, &str); 11] = [
    ("Rate per person-week", "0", "From ¥150 to ¥150,000,000"),
    ("Rate per person-week", "1e15", "From ¥150"),
    ("Rate per person-week", "a lot", "\"a lot\" is no amount of money"),
    ("Rate per person-week", "999999999999", "From ¥150"),
    ("Team size", "1000000", "From 1 to 1,000"),
    ("Team size", "many", "\"many\" is no number"),
    ("Contingency", "-50", "From 0 % to 1,000 %"),
    ("Budget to hold", "0", "From ¥150"),
    ("Budget to hold", "100", "From ¥150"),
    ("Budget to hold", "999999999b", "From ¥150"),
    ("JPY for $1", "0", "From 0.000001 to 1,000,000,000"),
];

#[test]
fn what_cannot_be_is_refused_with_the_reason() {
    let mut window = inspecting_with(|assumptions| {
        assumptions.currency = Currency { per_usd: 150.0, ..Currency::known("JPY").unwrap() };
    });
    let before = assumptions(&window);
    for (name, typed, why) in REFUSED {
        type_into(&mut window, name, typed);
        assert!(window.query_by_label_contains(why).is_some(), "{name}: {typed}");
        assert_eq!(assumptions(&window), before, "{name}: {typed}");
        click(&mut window, "Name");
        assert!(window.query_by_label_contains(why).is_none(), "{name}: {typed} is told for ever");
    }
    assert_eq!(window.state().session.history().depth(), 0);
    type_into(&mut window, "Budget to hold", "150");
    assert_eq!(assumptions(&window).target_budget_usd, Some(1.0));
}

#[test]
fn esc_brings_back_what_was_there() {
    let mut window = inspecting_with(|assumptions| assumptions.target_budget_usd = Some(200_000.0));
    let before = assumptions(&window);
    let names = ["Rate per person-week", "Team size", "Contingency", "Time lost to agreement", "Budget to hold"];
    for name in names {
        click(&mut window, name);
        window.get_by_label(name).type_text("50");
        window.run();
        window.key_press(egui::Key::Escape);
        window.run();
        click(&mut window, "Name");
        assert_eq!(assumptions(&window), before, "{name} was typed");
        let at = window.get_by_label(name).rect().center();
        window.hover_at(at);
        window.run();
        window.drag_at(at);
        window.run();
        window.hover_at(at + egui::vec2(60.0, 0.0));
        window.run();
        assert_ne!(assumptions(&window), before, "{name} follows the hand");
        window.key_press(egui::Key::Escape);
        window.run();
        assert_eq!(assumptions(&window), before, "{name} was dragged");
        window.hover_at(at + egui::vec2(90.0, 0.0));
        window.run();
        window.drop_at(at + egui::vec2(90.0, 0.0));
        window.run();
        assert_eq!(assumptions(&window), before, "{name} was let go");
    }
    assert_eq!(window.state().session.history().depth(), 0);
}

#[test]
fn keys_step_to_the_ends_of_a_range_and_no_further() {
    let mut window = inspecting_with(|assumptions| assumptions.team_size = 1.0);
    click(&mut window, "Team size");
    for _ in 0..5 {
        window.key_press(egui::Key::ArrowDown);
        window.run();
    }
    assert_eq!(assumptions(&window).team_size, 1.0);
}

#[test]
fn what_agreement_costs_is_the_playbooks_again_once_it_is_reset() {
    let mut window = inspecting();
    assert!(window.query_by_label("Reset time lost to agreement").is_none());
    let standard = ENGINE.playbook.estimate.communication_share;
    type_into(&mut window, "Time lost to agreement", "10");
    assert_eq!(assumptions(&window).communication_share, Some(0.1));
    type_into(&mut window, "Time lost to agreement", &(standard * 100.0).to_string());
    click(&mut window, "Reset time lost to agreement");
    assert_eq!(assumptions(&window).communication_share, None);
}

#[test]
fn a_table_of_shares_is_kept_as_it_is_typed_and_summed() {
    let mut window = inspecting();
    click(&mut window, "Rate card");
    let names: Vec<String> = assumptions(&window).roles.values().map(|role| role.name.clone()).collect();
    assert!(window.query_by_label("Sum of the shares: 100 %").is_some());
    for (name, percent) in names.iter().zip(["50", "20", "5", "10", "10", "5"]) {
        type_into(&mut window, &format!("Share of {name}"), percent);
    }
    let shares: Vec<f64> = assumptions(&window).roles.values().map(|role| role.share).collect();
    assert_eq!(shares, [0.5, 0.2, 0.05, 0.1, 0.1, 0.05]);
    assert!(window.query_by_label("Sum of the shares: 100 %").is_some());
    type_into(&mut window, "Share of Designer", "12,5");
    assert!(window.query_by_label("Sum of the shares: 107.5 %").is_some());
    assert!(window.query_by_label_contains("each role counts with its part of that").is_some());
    for name in &names[1..] {
        type_into(&mut window, &format!("Share of {name}"), "0");
    }
    type_into(&mut window, &format!("Share of {}", names[0]), "0");
    assert_eq!(assumptions(&window).roles[0].share, 0.5, "somebody has to do some of the work");
    assert!(window.query_by_label_contains("From 0.1 % to 100 %").is_some());
}

#[test]
fn the_rate_card_that_was_entered_comes_back() {
    let mut window = inspecting();
    click(&mut window, "Rate card");
    type_into(&mut window, "Rate of Architect", "9000");
    click(&mut window, "Remove Designer");
    let card = assumptions(&window).roles;
    click(&mut window, "One rate");
    assert!(assumptions(&window).roles.is_empty());
    click(&mut window, "Rate card");
    assert_eq!(assumptions(&window).roles, card);
}

#[test]
fn a_rate_card_holds_no_more_than_it_can_and_no_rate_that_cannot_be() {
    let mut window = inspecting_with(|assumptions| assumptions.rate_usd_per_person_week = 1.0);
    click(&mut window, "Rate card");
    assert!(assumptions(&window).roles.values().all(|role| role.rate_usd_per_person_week >= 1.0));
    for _ in assumptions(&window).roles.len()..MAX_ROLES {
        click(&mut window, "Add a role");
    }
    assert_eq!(assumptions(&window).roles.len(), MAX_ROLES);
    assert!(window.query_by_label("Add a role").is_none());
    assert!(window.query_by_label_contains("at most 50 roles").is_some());
    assert_eq!(window.state().session.project().validate(), []);
}

#[test]
fn a_sign_that_is_too_long_is_refused_with_the_reason() {
    let mut window = inspecting_with(|assumptions| {
        assumptions.currency = Currency { per_usd: 0.5, ..Currency::known("EUR").unwrap() };
    });
    for (typed, taken) in [("doubloons and ducats", "€"), ("Euro", "Euro")] {
        click(&mut window, "Sign");
        window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::A);
        window.get_by_label("Sign").type_text(typed);
        window.run();
        click(&mut window, "Name");
        assert_eq!(assumptions(&window).currency.symbol, taken);
        assert_eq!(window.query_by_label_contains("too long for a sign").is_some(), typed != taken);
    }
}

#[test]
fn what_was_typed_in_vain_is_forgotten_with_its_project() {
    let mut window = inspecting();
    click(&mut window, "Holidays");
    window.get_by_label("Holidays").type_text("Easter");
    window.run();
    click(&mut window, "Shown in");
    click(&mut window, "EUR €");
    type_into(&mut window, "Team size", "many");
    let told = ["is no day", "until the rate is known", "is no number"];
    let count = |window: &Window<InspectorState>| {
        told.iter().filter(|words| window.query_by_label_contains(words).is_some()).count()
    };
    assert_eq!(count(&window), 3, "{:?}", told.map(|words| window.query_by_label_contains(words).is_some()));
    // Another one is opened.
    window.state_mut().state = InspectorState::default();
    window.state_mut().session = Session::new(Arc::clone(&ENGINE), builtin::preset("delivery-prediction"), None);
    window.key_press_modifiers(egui::Modifiers::COMMAND, egui::Key::O);
    window.run();
    assert_eq!(count(&window), 0);
}

#[test]
fn names_are_no_longer_than_is_kept() {
    let mut window = inspecting();
    click(&mut window, "Name");
    window.get_by_label("Name").type_text(&"ü".repeat(700));
    window.run();
    window.key_press(egui::Key::Enter);
    window.run();
    let name = &window.state().session.project().name;
    assert!(name.contains("üü") && name.len() <= MAX_NAME_BYTES, "{} bytes", name.len());
    assert_eq!(window.state().session.project().validate(), []);
}
