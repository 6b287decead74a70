//! The page comes out right: its case studies give its verdicts, its timelines and its budgets.

#![expect(clippy::panic, reason = "the helpers of a test fail it with the file's own message")]

use std::path::Path;

use groundplan::{
    assess::{Assessment, Engine, VerdictKind},
    playbook::{self, CaseId, PackageStatus, Playbook},
    project::{FrameworkId, Project},
    storage,
};

use crate::common::page;

const PRESETS: [&str; 6] = [
    "construction-saas",
    "delivery-prediction",
    "monolith-decomposition",
    "factory-telemetry",
    "platform-rescue",
    "blank",
];

fn preset_text(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("presets").join(format!("{name}.ron"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn preset(name: &str) -> Project {
    storage::from_text(&preset_text(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn builtin() -> Playbook {
    playbook::builtin().unwrap_or_else(|problems| {
        panic!("{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))
    })
}

fn drawings(playbook: &Playbook) -> Vec<(CaseId, Project)> {
    playbook.cases.keys().map(|id| (id.clone(), preset(id.as_str()))).collect()
}

fn engine_of(playbook: Playbook) -> Engine {
    let drawings = drawings(&playbook);
    Engine::new(playbook, drawings).unwrap_or_else(|error| panic!("{error}"))
}

fn engine() -> Engine {
    engine_of(builtin())
}

fn middle((low, high): (f64, f64)) -> f64 {
    (low * high).sqrt()
}

fn within(value: f64, expected: f64, share: f64) -> bool {
    (value / expected - 1.0).abs() <= share
}

/// What the page says each system should be; `None` where it mixes.
fn published_verdicts() -> [(&'static str, Option<&'static str>); 5] {
    [
        ("construction-saas", Some("django_drf")),
        ("delivery-prediction", Some("fastapi")),
        ("monolith-decomposition", None),
        ("factory-telemetry", Some("fastapi")),
        ("platform-rescue", None),
    ]
}

fn is_verdict(assessment: &Assessment, expected: Option<&str>) -> bool {
    match &assessment.verdict.kind {
        VerdictKind::Single(framework) => Some(framework.as_str()) == expected,
        VerdictKind::Mixed => expected.is_none(),
        VerdictKind::Nothing => false,
    }
}

#[test]
fn presets_are_what_the_program_itself_would_save() {
    let engine = engine();
    for name in PRESETS {
        let project = preset(name);
        let saved = storage::to_text(&project).unwrap();
        assert!(saved == preset_text(name), "presets/{name}.ron would be saved as:\n{saved}");
        let findings = engine.assess(&project).findings;
        assert!(findings.is_empty(), "{name}: {findings:?}");
        assert!(project.components.values().all(|component| component.pin.is_none()), "{name} pins an answer");
        assert!(project.components.values().all(|component| component.pos_world.is_some()), "{name} is not laid out");
    }
}

#[test]
fn cards_of_a_preset_lie_apart() {
    for name in PRESETS {
        let cards: Vec<_> = preset(name).components.values().map(|component| component.rect_world()).collect();
        for (at, card) in cards.iter().enumerate() {
            for other in &cards[..at] {
                let room = card.inflate(12.0, 12.0).intersect(*other);
                assert!(room.width() <= 0.0 || room.height() <= 0.0, "{name}: {card:?} and {other:?}");
            }
        }
    }
}

#[test]
fn every_quantity_of_the_page_is_drawn() {
    let drawn = [
        ("construction-saas", "web-application", "tables", 40.0),
        ("construction-saas", "web-application", "roles", 4.0),
        ("construction-saas", "background-worker", "business-integrations", 2.0),
        ("delivery-prediction", "prediction-api", "endpoints", 3.0),
        ("delivery-prediction", "prediction-api", "requests-mean", 13.9),
        ("delivery-prediction", "prediction-api", "requests-peak", 41.7),
        ("delivery-prediction", "prediction-api", "latency-target", 200.0),
        ("delivery-prediction", "prediction-api", "external-latency", 120.0),
        ("monolith-decomposition", "monolith", "legacy-lines", 300_000.0),
        ("monolith-decomposition", "monolith", "legacy-age", 8.0),
        ("monolith-decomposition", "monolith", "deploy-time", 45.0),
        ("factory-telemetry", "telemetry-ingestion", "devices", 500.0),
        ("factory-telemetry", "telemetry-ingestion", "telemetry-interval", 5.0),
        ("factory-telemetry", "telemetry-ingestion", "requests-peak", 100.0),
    ];
    for (name, component, quantity, value) in drawn {
        let project = preset(name);
        let found =
            project.components[component].traits.get(quantity).and_then(groundplan::project::TraitValue::as_number);
        assert_eq!(found, Some(value), "{name}: {component}: {quantity}");
    }
}

#[test]
fn every_named_component_gets_its_framework_with_a_margin() {
    let engine = engine();
    for (id, case) in &engine.playbook.cases {
        let assessment = engine.assess(&preset(id.as_str()));
        assert_eq!(
            assessment.components.len(),
            case.frameworks.len(),
            "{id} draws services that the case does not name"
        );
        for (component, framework) in &case.frameworks {
            let advice = &assessment.components[component];
            assert_eq!((&advice.framework, &advice.best), (framework, framework), "{id}: {component}");
            assert!(advice.margin_db >= 6.0, "{id}: {component}: only {:.1} dB", advice.margin_db);
            println!("{id}: {component}: {framework}, margin {:.1} dB", advice.margin_db);
        }
    }
}

#[test]
fn every_system_gets_its_verdict() {
    let engine = engine();
    for (name, expected) in published_verdicts() {
        let assessment = engine.assess(&preset(name));
        assert!(is_verdict(&assessment, expected), "{name}: {:?}", assessment.verdict);
        println!("{name}: margin {:.1} dB", assessment.verdict.margin_db);
    }
    assert_eq!(engine.assess(&preset("blank")).verdict.kind, VerdictKind::Nothing);
}

#[test]
fn no_verdict_hangs_on_one_weight() {
    let playbook = builtin();
    let expected = engine();
    let verdicts: Vec<_> =
        published_verdicts().map(|(name, _)| (name, expected.assess(&preset(name)).verdict.assignment)).into();
    for at in 0..playbook.criteria.len() {
        for factor in [0.75, 1.25] {
            let mut changed = playbook.clone();
            changed.criteria[at].weights_db.values_mut().for_each(|weight_db| *weight_db *= factor);
            let engine = engine_of(changed);
            for (name, assignment) in &verdicts {
                let found = engine.assess(&preset(name)).verdict.assignment;
                assert_eq!(&found, assignment, "{name}: {} x {factor}", engine.playbook.criteria[at].id);
            }
        }
    }
}

#[test]
fn published_ranges_come_out_exactly() {
    let engine = engine();
    for (id, case) in &engine.playbook.cases {
        let Some(published) = &case.published else { continue };
        let estimate = engine.assess(&preset(id.as_str())).estimate;
        let weeks = (published.timeline.0 * published.unit.weeks(), published.timeline.1 * published.unit.weeks());
        for (range, found) in
            [(weeks, estimate.weeks.quantiles()), (published.budget_usd, estimate.budget_usd.quantiles())]
        {
            assert!(within(found.p10, range.0, 1e-6) && within(found.p90, range.1, 1e-6), "{id}: {range:?}, {found:?}");
        }
        assert!(estimate.extrapolation < 1e-6, "{id} is said to lie outside the cases: {}", estimate.extrapolation);
    }
}

#[test]
fn calibration_moves_every_item_a_little_and_none_below_zero() {
    for item in engine().multipliers() {
        println!("{}: effort x {:.2}, weeks x {:.2}", item.work_item, item.effort, item.weeks);
        assert!(item.effort > 0.5 && item.effort < 2.0, "{item:?}");
        assert!(item.weeks > 0.5 && item.weeks < 2.0, "{item:?}");
        assert!(item.effort_spread > 0.0 && item.weeks_spread > 0.0, "{item:?}");
    }
}

#[test]
fn a_case_left_out_is_still_predicted() {
    let reports = engine().case_report();
    assert_eq!(reports.len(), 4);
    for report in reports {
        let budget = report.left_out_budget_usd / middle(report.published_budget_usd);
        let weeks = report.left_out_weeks / middle(report.published_weeks);
        println!("{}: left out, budget {budget:.2}, weeks {weeks:.2} of the published middle", report.case);
        assert!(within(budget, 1.0, 0.25) && within(weeks, 1.0, 0.25), "{report:?}");
    }
}

#[test]
fn the_other_framework_costs_clearly_more() {
    let engine = engine();
    let dearer = |name: &str, other: &str| {
        let assessment = engine.assess(&preset(name));
        let other = assessment.alternatives.iter().find(|one| one.framework == FrameworkId::new(other)).unwrap();
        (
            other.budget_usd.median / assessment.estimate.budget_usd.median,
            other.weeks.median / assessment.estimate.weeks.median,
        )
    };
    for (name, other, least) in [
        ("construction-saas", "fastapi", 1.4),
        ("delivery-prediction", "django", 1.1),
        ("factory-telemetry", "django", 1.1),
    ] {
        let (budget, weeks) = dearer(name, other);
        assert!(budget > least && weeks > least, "{name} all on {other}: budget x {budget:.2}, weeks x {weeks:.2}");
    }
}

#[test]
fn the_whole_page_is_covered() {
    let playbook = builtin();
    for paragraph in 1..=18 {
        assert!(
            playbook.claims.iter().any(|claim| claim.paragraph == paragraph),
            "nothing is said of paragraph {paragraph}"
        );
    }
    for criterion in playbook.criteria.keys() {
        let stands = playbook.claims.iter().any(|claim| claim.criteria.contains(criterion));
        let ours = playbook.criteria[criterion].provenance == playbook::Provenance::Assumption;
        assert!(stands || ours, "no claim stands behind the criterion {criterion}");
    }
}

#[test]
fn every_package_of_the_page_is_listed_with_its_replacement_where_it_is_no_longer_kept() {
    let packages = builtin().packages;
    for name in page::NAMED_ON_THE_PAGE {
        let package = packages.iter().find(|package| package.name == name);
        assert!(package.is_some_and(|package| package.on_page), "{name} is missing");
    }
    for package in &packages {
        let known =
            |name: &String| packages.iter().any(|other| other.name == *name && other.status == PackageStatus::Active);
        assert!(package.replacement.iter().all(known), "{}: {:?}", package.name, package.replacement);
        assert!(package.status != PackageStatus::Unmaintained || package.replacement.is_some(), "{}", package.name);
    }
}
