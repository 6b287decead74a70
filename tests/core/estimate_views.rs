//! The estimate taken apart: breakdowns sum as they are shown, and what moves it is what re-assessing finds.

#![allow(clippy::unwrap_used, reason = "clippy takes helpers of tests for production code")]

use std::sync::LazyLock;

use groundplan::{
    assess::{Cut, Engine, Estimate, MOST_BARS, Mover, PartOf, Slice, Sums, Tornado, breakdown},
    figures::{Columns, Money},
    playbook::{Assumption, PlaybookFile, builtin_files, load},
    project::{
        Assumptions, Component, ComponentKind, Connection, Currency, Edit, Grouping, Project, Protocol, Role,
        TraitValue,
    },
};
use proptest::prelude::*;

use crate::common::builtin;

static ENGINE: LazyLock<Engine> = LazyLock::new(builtin::engine);

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * (1.0 + a.abs().max(b.abs()))
}

fn services() -> Vec<ComponentKind> {
    ComponentKind::ALL.iter().copied().filter(|kind| kind.is_service()).collect()
}

/// A plan of up to nine services with a few traits each, chained, under any assumptions.
fn project() -> impl Strategy<Value = Project> {
    let service = (0..services().len(), prop::collection::vec((0..200_usize, 0..3_usize), 0..9));
    let roles = prop::collection::vec((100.0..9_000.0, 0.05..5.0), 0..5);
    let assumptions = (1.0..9.0, 0.0..0.6, 0.0..0.3, 100.0..20_000.0);
    let currency = (0.003..400.0, 0..Grouping::ALL.len(), any::<bool>());
    (prop::collection::vec(service, 1..10), roles, assumptions, currency).prop_map(
        |(services_of, roles, (team, contingency, share, rate), (per_usd, grouping, behind))| {
            let mut project = Project::new("Any");
            for (i, (kind, traits)) in services_of.iter().enumerate() {
                let mut component = Component::new(&format!("Service {i}"), services()[*kind], None);
                component.traits = traits.iter().map(|(at, level)| any_trait(*at, *level)).collect();
                project.apply(&Edit::PutComponent(format!("s{i}").as_str().into(), component));
                if i > 0 {
                    let link = Connection::new(
                        format!("s{i}").as_str().into(),
                        format!("s{}", i - 1).as_str().into(),
                        Protocol::Http,
                    );
                    project.apply(&Edit::PutConnection(format!("l{i}").as_str().into(), link));
                }
            }
            project.assumptions = Assumptions {
                team_size: team,
                contingency,
                communication_share: Some(share),
                rate_usd_per_person_week: rate,
                currency: Currency {
                    code: "ANY".to_owned(),
                    symbol: "¤".to_owned(),
                    per_usd,
                    symbol_behind: behind,
                    grouping: Grouping::ALL[grouping],
                },
                ..Assumptions::default()
            };
            for (i, (rate, share)) in roles.into_iter().enumerate() {
                let id = format!("role-{i}");
                project.assumptions.roles.insert(id.as_str().into(), Role::new(&id, rate, share));
            }
            project
        },
    )
}

fn any_trait(at: usize, level: usize) -> (groundplan::project::TraitId, TraitValue) {
    use groundplan::playbook::TraitKind;
    let traits = &ENGINE.playbook.traits;
    let known = &traits[at % traits.len()];
    let value = match &known.value {
        TraitKind::Flag => TraitValue::Flag(true),
        TraitKind::Number { plausible: (low, typical, high), .. } => TraitValue::Number([*low, *typical, *high][level]),
        TraitKind::Choice(options) => TraitValue::Choice(options[level % options.len()].clone()),
    };
    (known.id.clone(), value)
}

fn slices(project: &Project, estimate: &Estimate, cuts: &[Cut]) -> Vec<Slice> {
    breakdown(estimate, &ENGINE.playbook, &project.assumptions, cuts)
}

fn sum(slices: &[Slice]) -> Sums {
    let mut sum = Sums::default();
    for slice in slices {
        sum += slice.sums;
    }
    sum
}

fn same(a: Sums, b: Sums) -> bool {
    near(a.person_weeks, b.person_weeks) && near(a.usd, b.usd) && near(a.weeks, b.weeks)
}

/// The number in a figure as it is written in a currency.
fn written(text: &str, grouping: Grouping) -> i64 {
    let (group, _) = grouping.signs();
    let plain = if group.is_empty() { text.to_owned() } else { text.replace(group, "") };
    plain.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_cut_and_every_cut_within_it_sums_to_the_estimate(project in project()) {
        let estimate = ENGINE.assess(&project).estimate;
        for outer in Cut::ALL {
            for inner in Cut::ALL.into_iter().filter(|inner| *inner != outer) {
                let slices = slices(&project, &estimate, &[outer, inner]);
                prop_assert!(same(sum(&slices), estimate.sums()), "{outer:?}: {:?} {:?}", sum(&slices), estimate.sums());
                for slice in &slices {
                    prop_assert!(same(sum(&slice.within), slice.sums), "{outer:?} by {inner:?}: {slice:?}");
                    prop_assert!(slice.within.iter().all(|part| part.within.is_empty()));
                }
            }
        }
    }

    #[test]
    fn what_is_shown_sums_to_the_total_that_is_shown(project in project()) {
        let estimate = ENGINE.assess(&project).estimate;
        let money = Money::of(&project);
        let grouping = project.assumptions.currency.grouping;
        let tenths = |text: &str| text.replace([',', '.'], "").trim_end_matches(" %").parse::<i64>().unwrap();
        for cut in Cut::ALL {
            let sums: Vec<Sums> = slices(&project, &estimate, &[cut]).iter().map(|slice| slice.sums).collect();
            let Columns { rows, total } = Columns::new(money, &sums);
            let add = |figure: &dyn Fn(&groundplan::figures::Row) -> i64| rows.iter().map(figure).sum::<i64>();
            prop_assert_eq!(add(&|row| tenths(&row.person_weeks())), tenths(&total.person_weeks()));
            prop_assert_eq!(add(&|row| tenths(&row.weeks())), tenths(&total.weeks()));
            prop_assert_eq!(add(&|row| written(&row.amount(money), grouping)), written(&total.amount(money), grouping));
            prop_assert_eq!(add(&|row| tenths(&row.share())), tenths(&total.share()));
            prop_assert_eq!(total.share(), "100.0 %");
            // The total is the estimate's own median, and no figure is further from the truth than its last digit.
            let amount = project.assumptions.currency.from_usd(estimate.budget_usd.median);
            prop_assert!((total.amount as f64 - amount).abs() <= 0.5 + 1e-6 * amount);
            for (row, sums) in rows.iter().zip(&sums) {
                prop_assert!((row.person_weeks_tenths as f64 / 10.0 - sums.person_weeks).abs() <= 0.1 + 1e-9);
                prop_assert!((row.weeks_tenths as f64 / 10.0 - sums.weeks).abs() <= 0.1 + 1e-9);
            }
        }
    }

    #[test]
    fn an_assumption_at_an_end_is_what_assessing_with_it_gives(project in project()) {
        let estimate = ENGINE.assess(&project).estimate;
        let sensitivity = ENGINE.sensitivity(&project.assumptions, &estimate, usize::MAX);
        let assess_at = |assumption: Assumption, value: f64| {
            let mut moved = project.clone();
            moved.assumptions = assumption.at(value, &project.assumptions);
            ENGINE.assess(&moved).estimate.sums()
        };
        for (tornado, figure) in
            [(&sensitivity.weeks, (|sums: Sums| sums.weeks) as fn(Sums) -> f64), (&sensitivity.budget_usd, |sums| sums.usd)]
        {
            prop_assert!(near(tornado.median, figure(estimate.sums())));
            for bar in &tornado.bars {
                let Mover::Assumption { assumption, .. } = bar.mover else { continue };
                prop_assert!(bar.low.value <= bar.value && bar.value <= bar.high.value);
                for end in [bar.low, bar.high] {
                    let again = figure(assess_at(assumption, end.value));
                    prop_assert!(near(end.total, again), "{assumption:?} at {}: {} {again}", end.value, end.total);
                }
            }
        }
        // The rate moves no calendar.
        let rate = |tornado: &Tornado| {
            tornado.bars.iter().any(|bar| matches!(bar.mover, Mover::Assumption { assumption: Assumption::Rate, .. }))
        };
        prop_assert!(rate(&sensitivity.budget_usd) && !rate(&sensitivity.weeks));
    }

    #[test]
    fn bars_are_sorted_and_the_rest_is_what_has_none(project in project(), most in 0..40_usize) {
        let estimate = ENGINE.assess(&project).estimate;
        let all = ENGINE.sensitivity(&project.assumptions, &estimate, usize::MAX).budget_usd;
        let some = ENGINE.sensitivity(&project.assumptions, &estimate, most).budget_usd;
        prop_assert!(all.bars.is_sorted_by(|a, b| a.swing() >= b.swing()) && all.rest.is_none());
        prop_assert_eq!(&some.bars[..], &all.bars[..most.min(all.bars.len())]);
        let rest = all.bars.len().saturating_sub(most);
        prop_assert_eq!(some.rest.map_or(0, |rest| rest.items + rest.assumptions), rest);
        for bar in &all.bars {
            if let Mover::WorkItem { outcome_log_sd, price_log_sd, .. } = bar.mover {
                prop_assert!(bar.low.value < bar.value && bar.value < bar.high.value);
                prop_assert!(bar.low.total < all.median && all.median < bar.high.total);
                // P10 and P90 of a lognormal quantity lie at equal ratios.
                let spread = (outcome_log_sd.powi(2) + price_log_sd.powi(2)).sqrt();
                prop_assert!(near(bar.high.value / bar.value, bar.value / bar.low.value));
                prop_assert!(((bar.high.value / bar.value).ln() / spread - 1.281_551_565_5).abs() < 1e-6);
            }
        }
        if let Some(rest) = some.rest {
            prop_assert!(rest.low <= all.median && rest.high >= all.median);
            // Together they are no wider than one after the other.
            let after = &all.bars[most..];
            let sum_high: f64 = after.iter().map(|bar| bar.low.total.max(bar.high.total) - all.median).sum();
            prop_assert!(rest.high - all.median <= sum_high * (1.0 + 1e-9) + 1e-9, "{} {sum_high}", rest.high - all.median);
        }
    }
}

/// Everything at once, as one: the estimate itself.
#[test]
fn all_work_together_at_its_ends_is_the_estimate_at_its_own() {
    for id in
        ["construction-saas", "delivery-prediction", "monolith-decomposition", "factory-telemetry", "platform-rescue"]
    {
        let project = builtin::preset(id);
        let estimate = ENGINE.assess(&project).estimate;
        // Without the assumptions only the work is left.
        let mut playbook = ENGINE.playbook.clone();
        playbook.estimate.swings.clear();
        let engine = engine_with(playbook);
        let sensitivity = engine.sensitivity(&project.assumptions, &estimate, 0);
        for (tornado, distribution) in
            [(&sensitivity.weeks, estimate.weeks), (&sensitivity.budget_usd, estimate.budget_usd)]
        {
            let rest = tornado.rest.unwrap();
            assert!(near(rest.low, distribution.quantile(0.1)) && near(rest.high, distribution.quantile(0.9)), "{id}");
        }
    }
}

/// Outcomes rise and fall together, so their swings add: with every item's outcome at its P10 or P90, a case study is at the end
/// of its published range, to within what a sum of ratios differs from a ratio of sums.
#[test]
fn swings_of_outcomes_add_to_the_published_range() {
    for case in ENGINE.case_report() {
        let mut project = builtin::preset(case.case.as_str());
        for (id, framework) in &ENGINE.playbook.cases[&case.case].frameworks {
            project.apply(&Edit::SetPin(id.clone(), Some(framework.clone())));
        }
        let estimate = ENGINE.assess(&project).estimate;
        let all = ENGINE.sensitivity(&project.assumptions, &estimate, usize::MAX).budget_usd;
        for (z, published) in
            [(-1.281_551_565_5_f64, case.published_budget_usd.0), (1.281_551_565_5, case.published_budget_usd.1)]
        {
            let work = all.bars.iter().filter_map(|bar| match bar.mover {
                Mover::WorkItem { outcome_log_sd, .. } => Some(bar.value * (z * outcome_log_sd).exp()),
                Mover::Assumption { .. } => None,
            });
            let together: f64 = work.sum();
            assert!((together / published - 1.0).abs() < 0.03, "{}: {together} of {published}", case.case);
        }
        // What is unsure of prices does not add: along the cases it offsets completely.
        let whole: f64 = all.bars.iter().map(|bar| bar.high.value).sum();
        assert!(whole > case.published_budget_usd.1);
    }
}

#[test]
fn more_of_a_work_item_swings_wider_and_nothing_else_changes_its_bar() {
    let bar_of = |tables: f64, endpoints: f64| {
        let mut project = Project::new("Plan");
        let mut component = Component::new("Shop", ComponentKind::WebApplication, None);
        component.traits.insert("tables".into(), TraitValue::Number(tables));
        component.traits.insert("endpoints".into(), TraitValue::Number(endpoints));
        component.pin = Some("django".into());
        project.apply(&Edit::PutComponent("shop".into(), component));
        let estimate = ENGINE.assess(&project).estimate;
        let tornado = ENGINE.sensitivity(&project.assumptions, &estimate, usize::MAX).budget_usd;
        let model = |mover: &Mover| matches!(mover, Mover::WorkItem { id, .. } if id.as_str() == "data-model");
        tornado.bars.iter().find(|bar| model(&bar.mover)).unwrap().swing()
    };
    let (few, many, beside) = (bar_of(4.0, 10.0), bar_of(40.0, 10.0), bar_of(4.0, 40.0));
    assert!(many > few * 5.0, "{few} {many}");
    assert!(near(few, beside), "an item is moved alone: {few} {beside}");
}

#[test]
fn a_plan_without_work_or_money_has_nothing_that_moves() {
    let empty = Project::new("Empty");
    let nothing = ENGINE.sensitivity(&empty.assumptions, &ENGINE.assess(&empty).estimate, MOST_BARS);
    assert!(nothing.weeks.bars.is_empty() && nothing.budget_usd.bars.is_empty());
    assert!(slices(&empty, &ENGINE.assess(&empty).estimate, &[Cut::Component]).is_empty());
    let mut free = builtin::preset("factory-telemetry");
    free.assumptions.rate_usd_per_person_week = 0.0;
    let estimate = ENGINE.assess(&free).estimate;
    let sensitivity = ENGINE.sensitivity(&free.assumptions, &estimate, MOST_BARS);
    assert!(sensitivity.budget_usd.bars.is_empty() && !sensitivity.weeks.bars.is_empty());
}

#[test]
fn roles_share_the_work_by_their_parts_and_the_money_by_their_rates() {
    let mut project = builtin::preset("construction-saas");
    let one = slices(&project, &ENGINE.assess(&project).estimate, &[Cut::Role]);
    assert_eq!(one.iter().map(|slice| slice.of.clone()).collect::<Vec<_>>(), [PartOf::Everybody]);
    project.assumptions.roles.insert("engineer".into(), Role::new("Engineer", 4_000.0, 3.0));
    project.assumptions.roles.insert("architect".into(), Role::new("Architect", 6_000.0, 1.0));
    let estimate = ENGINE.assess(&project).estimate;
    let roles = slices(&project, &estimate, &[Cut::Role, Cut::Phase]);
    assert!(near(roles[0].sums.person_weeks, estimate.person_weeks * 0.75));
    assert!(near(roles[1].sums.usd, estimate.budget_usd.median / 3.0));
    assert!(near(roles[1].sums.usd, roles[1].sums.person_weeks * 6_000.0));
}

#[test]
fn the_cases_say_what_they_know_of_each_price() {
    for multiplier in ENGINE.multipliers() {
        assert!(multiplier.effort_left <= multiplier.effort_before * (1.0 + 1e-12), "{multiplier:?}");
        if multiplier.cases.is_empty() {
            assert_eq!((multiplier.effort, multiplier.weeks), (1.0, 1.0), "{multiplier:?}");
            assert!(near(multiplier.effort_left, multiplier.effort_before));
        }
    }
}

#[test]
fn a_slip_in_the_swings_is_refused_with_its_place() {
    let with = |from: &str, to: &str| {
        let mut files = builtin_files();
        let file: &mut PlaybookFile = files.iter_mut().find(|file| file.name == "estimate.ron").unwrap();
        assert!(file.text.contains(from));
        file.text = file.text.replacen(from, to, 1);
        load(&files).unwrap_err()
    };
    for (from, to, wanted) in [
        ("low: times(0.9)", "low: times(1.1)", "rate goes up to its low end"),
        ("high: times(1.2)", "high: times(0.2)", "rate goes down to its high end"),
        ("assumption: team_size", "assumption: rate", "rate is there twice"),
        ("reason: \"Holidays, illness", "reason: \"\", //", "team_size needs a reason"),
    ] {
        let problems = with(from, to);
        assert!(problems.iter().any(|problem| problem.message.contains(wanted)), "{to}: {problems:#?}");
        assert!(
            problems.iter().all(|problem| problem.file == "estimate.ron" && problem.line().is_some()),
            "{problems:#?}"
        );
    }
    assert!(!with("assumption: rate", "assumption: rates").is_empty());
}

/// The built-in cases with another playbook.
fn engine_with(playbook: groundplan::playbook::Playbook) -> Engine {
    let cases = playbook.cases.values().filter(|case| case.published.is_some());
    let drawings = cases.map(|case| (case.id.clone(), builtin::preset(case.id.as_str()))).collect();
    Engine::new(playbook, drawings).unwrap()
}
