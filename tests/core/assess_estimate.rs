//! The estimate is calibrated exactly, adds up, widens away from the cases, and more work never costs less.

use crate::common::small_playbook as small;
use groundplan::{
    assess::{Assessment, Cut, Engine, EngineError, Estimate, SystemVerdict, breakdown},
    playbook::{CaseId, load},
    project::{ComponentKind, Edit, Project, Protocol},
};
use small::{drawings, engine, link, pin, playbook, resource, service};

type Drawings = Vec<(CaseId, Project)>;

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * (1e-9 + a.abs().max(b.abs()))
}

/// The drawing of a case with the page's frameworks pinned.
fn case(at: usize) -> Project {
    let (id, mut project) = drawings().swap_remove(at);
    for (component, framework) in &playbook().cases[&id].frameworks {
        pin(&mut project, component.as_str(), framework.as_str());
    }
    project
}

fn two_sides() -> Project {
    let mut project = Project::new("Plan");
    service(&mut project, "orders", &[("tables", 30.0), ("endpoints", 12.0)], &["admin"]);
    service(&mut project, "stream", &[("rate", 10_000.0), ("endpoints", 4.0)], &["pure-api"]);
    for api in ["weather", "maps"] {
        resource(&mut project, api, ComponentKind::ExternalApi);
        link(&mut project, "stream", api, Protocol::Http);
    }
    link(&mut project, "stream", "orders", Protocol::Http);
    project
}

#[test]
fn each_case_comes_out_exactly_as_published() {
    let engine = engine();
    let month = 52.0 / 12.0;
    for (at, weeks, usd) in
        [(0, (3.0 * month, 5.0 * month), (90_000.0, 180_000.0)), (1, (4.0, 6.0), (25_000.0, 50_000.0))]
    {
        let estimate = engine.assess(&case(at)).estimate;
        for (distribution, (low, high)) in [(estimate.weeks, weeks), (estimate.budget_usd, usd)] {
            let quantiles = distribution.quantiles();
            assert!(near(quantiles.p10, low) && near(quantiles.p90, high), "{quantiles:?}");
            assert!(near(quantiles.p50, f64::sqrt(low * high)), "{quantiles:?}");
        }
        assert!(estimate.extrapolation < 1e-12, "{}", estimate.extrapolation);
        for (i, lean) in estimate.leans.iter().enumerate() {
            assert!((lean.weight - if i == at { 1.0 } else { 0.0 }).abs() < 1e-9, "{lean:?}");
        }
    }
}

#[test]
fn calibration_moves_prices_little_and_keeps_them_positive() {
    for multiplier in engine().multipliers() {
        let values = [multiplier.effort, multiplier.weeks, multiplier.effort_spread, multiplier.weeks_spread];
        assert!(values.iter().all(|value| *value > 0.0), "{multiplier:?}");
    }
    // Nothing of this kind is in either case, so the cases say nothing of it.
    let seam = engine().multipliers().into_iter().find(|multiplier| multiplier.work_item.as_str() == "seam").unwrap();
    assert_eq!((seam.effort, seam.weeks), (1.0, 1.0));
}

#[test]
fn the_report_on_the_cases_shows_them_met_and_predicted_without_themselves() {
    for report in engine().case_report() {
        let (low, high) = report.published_budget_usd;
        assert!(near(report.budget_usd.p10, low) && near(report.budget_usd.p90, high), "{report:?}");
        assert!(report.left_out_budget_usd > 0.0 && !near(report.left_out_budget_usd, report.budget_usd.p50));
        // Left out, only the other case moves the prior, so the prediction is not the prior either.
        assert!(!near(report.left_out_budget_usd, report.prior_budget_usd), "{report:?}");
    }
}

#[test]
fn the_breakdown_sums_to_the_totals_every_way() {
    let engine = engine();
    let mut project = two_sides();
    project.assumptions.team_size = 5.0;
    project.assumptions.contingency = 0.15;
    project.assumptions.rate_usd_per_person_week = 3_900.0;
    let estimate = engine.assess(&project).estimate;
    let total = |sums: Vec<groundplan::assess::Sums>| {
        sums.iter().fold([0.0; 3], |[a, b, c], sum| [a + sum.person_weeks, b + sum.usd, c + sum.weeks])
    };
    let expected = [estimate.person_weeks, estimate.budget_usd.median, estimate.weeks.median];
    let cut = |cut: Cut| {
        let slices = breakdown(&estimate, &engine.playbook, &project.assumptions, &[cut]);
        slices.into_iter().map(|slice| slice.sums).collect()
    };
    for sums in [
        total(estimate.by_component().into_values().collect()),
        total(cut(Cut::WorkItem)),
        total(cut(Cut::Phase)),
        total(cut(Cut::Role)),
    ] {
        assert!(sums.iter().zip(expected).all(|(sum, expected)| near(*sum, expected)), "{sums:?} {expected:?}");
    }
    let has = |item: &str| estimate.breakdown.iter().filter(|line| line.work_item.as_str() == item).count();
    assert_eq!((has("seam"), has("second"), has("foundations"), has("integration")), (1, 1, 1, 1));
    let integration = estimate.breakdown.iter().find(|line| line.work_item.as_str() == "integration").unwrap();
    assert_eq!(integration.quantity, 2.0);
}

#[test]
fn away_from_the_cases_the_range_widens() {
    let engine = engine();
    let mut project = case(1);
    let at_case = engine.assess(&project).estimate;
    for i in 0..20 {
        let api = format!("api-{i}");
        resource(&mut project, &api, ComponentKind::ExternalApi);
        link(&mut project, "api", &api, Protocol::Http);
    }
    let away = engine.assess(&project).estimate;
    assert!(away.extrapolation > at_case.extrapolation + 0.05, "{}", away.extrapolation);
    assert!(away.budget_usd.log_sd > at_case.budget_usd.log_sd);
}

#[test]
fn more_people_are_quicker_less_than_proportionally_and_dearer() {
    let engine = engine();
    let mut project = two_sides();
    let with_team = |project: &mut Project, team: f64| -> Estimate {
        project.assumptions.team_size = team;
        engine.assess(project).estimate
    };
    let (two, four) = (with_team(&mut project, 2.0), with_team(&mut project, 4.0));
    assert!(four.weeks.median < two.weeks.median && four.weeks.median > two.weeks.median / 2.0);
    assert!(four.budget_usd.median > two.budget_usd.median);
    // p(2) = 1/1.06, p(4) = 1/1.18
    assert!(near(four.person_weeks, two.person_weeks * 1.18 / 1.06));
    project.assumptions.contingency = 0.2;
    let padded = with_team(&mut project, 4.0);
    assert!(near(padded.weeks.median, four.weeks.median * 1.2));
    assert!(near(padded.budget_usd.median, four.budget_usd.median * 1.2));
}

#[test]
fn an_empty_sheet_costs_nothing() {
    let mut only_resources = Project::new("Plan");
    resource(&mut only_resources, "db", ComponentKind::RelationalDatabase);
    for project in [Project::new("Plan"), only_resources] {
        let assessment = engine().assess(&project);
        let Assessment { verdict, estimate, .. } = &assessment;
        assert_eq!(*verdict, SystemVerdict::default());
        assert_eq!((estimate.person_weeks, estimate.extrapolation), (0.0, 0.0));
        assert_eq!((estimate.weeks, estimate.budget_usd), Default::default());
        assert!(estimate.breakdown.is_empty() && estimate.leans.iter().all(|lean| lean.weight == 0.0));
        assert!(
            assessment.alternatives.iter().all(|other| other.budget_usd.quantile(0.9) == 0.0 && other.cost_db == 0.0)
        );
    }
}

#[test]
fn alternatives_put_every_service_on_one_side() {
    let mut project = two_sides();
    pin(&mut project, "orders", "fast");
    let engine = engine();
    let alternatives = engine.assess(&project).alternatives;
    assert_eq!(alternatives.iter().map(|a| a.framework.as_str()).collect::<Vec<_>>(), ["plain", "fast"]);
    let all_fast = [("orders".into(), "fast".into()), ("stream".into(), "fast".into())].into_iter().collect();
    let estimate = engine.estimate_for(&project, &all_fast);
    assert!(near(alternatives[1].budget_usd.median, estimate.budget_usd.median));
    assert!(near(alternatives[1].weeks.quantile(0.8), estimate.weeks.quantile(0.8)));
}

#[test]
fn a_case_that_cannot_calibrate_is_refused_with_its_reason() {
    let with = |change: &dyn Fn(&mut Drawings)| {
        let mut drawings = drawings();
        change(&mut drawings);
        Engine::new(playbook(), drawings).unwrap_err()
    };
    assert_eq!(with(&|d| drop(d.remove(0))), EngineError::NoDrawing("big".into()));
    assert_eq!(with(&|d| d[0].0 = "huge".into()), EngineError::UnknownCase("huge".into()));
    let error = with(&|d| service(&mut d[1].1, "stray", &[], &[]));
    assert_eq!(error, EngineError::NoFramework { case: "small".into(), components: vec!["stray".into()] });
    let error =
        with(&|d| d[1].1.apply(&Edit::Remove([groundplan::project::ElementId::Component("api".into())].into())));
    assert_eq!(error, EngineError::NotDrawn { case: "small".into(), components: vec!["api".into()] });
    // The same drawing under both cases: the second says nothing new.
    let cases = small::CASES.replace("\"api\": \"fast\"", "\"site\": \"plain-plus\"");
    let twins = load(&small::files(&[("cases.ron", cases)])).unwrap();
    let drawing = small::drawings().swap_remove(0).1;
    let error = Engine::new(twins, vec![("big".into(), drawing.clone()), ("small".into(), drawing)]).unwrap_err();
    assert_eq!(error, EngineError::Collinear("small".into()));
    // A budget far under the prior would need prices below nothing.
    let cases = small::CASES.replace("(25000, 50000)", "(10, 20)");
    let cheap = load(&small::files(&[("cases.ron", cases)])).unwrap();
    let error = Engine::new(cheap, small::drawings()).unwrap_err();
    assert!(matches!(error, EngineError::NotPositive { what: "effort", .. }), "{error}");
}
