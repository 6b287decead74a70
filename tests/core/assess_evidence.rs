//! Every point of a verdict is a reason, and the reasons add up.

use crate::common::small_playbook as small;
use groundplan::{
    assess::{Assessment, Engine, VerdictKind, reasons_for},
    playbook::load,
    project::{ComponentKind, ConnectionId, Edit, FrameworkId, Project, Protocol, Scenario, TraitValue},
};
use small::{engine, link, pin, resource, service, set};

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * (1.0 + a.abs().max(b.abs()))
}

fn mixed_project() -> Project {
    let mut project = Project::new("Plan");
    service(&mut project, "orders", &[("tables", 30.0), ("endpoints", 12.0)], &["admin"]);
    set(&mut project, "orders", "changes", TraitValue::Choice("frequent".to_owned()));
    service(&mut project, "stream", &[("rate", 10_000.0), ("endpoints", 4.0)], &["pure-api"]);
    resource(&mut project, "weather", ComponentKind::ExternalApi);
    let calls = link(&mut project, "stream", "weather", Protocol::Http);
    let mut connection = (*project.connections[&calls]).clone();
    connection.calls_per_request = Some(2.0);
    project.apply(&Edit::PutConnection(calls, connection));
    link(&mut project, "stream", "orders", Protocol::Http);
    project
}

fn check_waterfalls(engine: &Engine, assessment: &Assessment) {
    for advice in assessment.components.values() {
        for score in &advice.scores {
            let reasons = reasons_for(&engine.playbook, advice, &score.framework);
            let sum: f64 = score.prior_db + reasons.iter().map(|reason| reason.decibans).sum::<f64>();
            assert!(near(sum, score.score_db), "{}: {sum} is not {}", score.framework, score.score_db);
        }
        assert!(near(advice.scores.iter().map(|score| score.share).sum(), 1.0));
        assert!(advice.reasons.is_sorted_by(|a, b| a.decibans.abs() >= b.decibans.abs()));
    }
}

#[test]
fn the_waterfall_sums_to_the_score_of_every_framework() {
    let engine = engine();
    let assessment = engine.assess(&mixed_project());
    check_waterfalls(&engine, &assessment);
    let orders = &assessment.components["orders"];
    let scores: Vec<f64> = orders.scores.iter().map(|score| score.score_db).collect();
    // plain: 7.5 + 12 + 3; plain-plus: -3 + 7.5 + 12 + 6 + 4 (its own weight, not both); fast: -2.
    assert_eq!(scores, [22.5, 26.5, -2.0]);
    assert_eq!(orders.framework.as_str(), "plain-plus");
    assert_eq!(orders.rival.as_ref().unwrap().as_str(), "fast");
    assert!(near(orders.margin_db, 28.5));
}

#[test]
fn shares_are_odds_of_ten_for_ten_decibans() {
    let mut project = Project::new("Plan");
    service(&mut project, "one", &[("tables", 40.0)], &[]);
    let assessment = engine().assess(&project);
    let scores = &assessment.components["one"].scores;
    assert!(near(scores[0].share / scores[2].share, 10.0));
}

#[test]
fn labels_carry_the_value_that_was_read() {
    let assessment = engine().assess(&mixed_project());
    let labels = |id: &str| -> Vec<String> {
        assessment.components[id].reasons.iter().map(|reason| reason.label.clone()).collect()
    };
    assert!(labels("orders").contains(&"30 linked tables".to_owned()), "{:?}", labels("orders"));
    assert!(labels("orders").contains(&"Schema changes: frequent".to_owned()));
    assert!(labels("stream").contains(&"10,000/s at peak".to_owned()), "{:?}", labels("stream"));
    assert!(labels("stream").contains(&"2 calls a request".to_owned()), "{:?}", labels("stream"));
}

#[test]
fn parts_that_differ_enough_are_split_along_the_seam() {
    let assessment = engine().assess(&mixed_project());
    let verdict = &assessment.verdict;
    assert_eq!(verdict.kind, VerdictKind::Mixed);
    assert_eq!(verdict.seam.iter().map(ConnectionId::as_str).collect::<Vec<_>>(), ["stream-to-orders"]);
    assert_eq!(verdict.counts.iter().map(|(_, count)| *count).collect::<Vec<_>>(), [0, 1, 1]);
    // Nothing is given up; a second framework and one HTTP link across.
    assert!(near(verdict.cost_db, 4.0 + 1.0));
    // The next best is everything on the plain side: stream gives up fast 9 + 8 + 3.5 for nothing.
    assert!(near(verdict.margin_db, 20.5 - 5.0), "{}", verdict.margin_db);
}

#[test]
fn shared_tables_keep_a_weak_preference_together() {
    let mut project = Project::new("Plan");
    service(&mut project, "core", &[("tables", 40.0)], &["admin"]);
    service(&mut project, "edge", &[("rate", 10_000.0)], &[]);
    let apart = link(&mut project, "edge", "core", Protocol::Http);
    let engine = engine();
    assert_eq!(engine.assess(&project).verdict.kind, VerdictKind::Mixed);
    let mut shared = (*project.connections[&apart]).clone();
    shared.protocol = Protocol::SharedTables;
    project.apply(&Edit::PutConnection(apart, shared));
    let together = engine.assess(&project);
    assert_eq!(together.verdict.kind, VerdictKind::Single("plain".into()));
    let edge = &together.components["edge"];
    assert_eq!((edge.framework.as_str(), edge.best.as_str()), ("plain", "fast"));
    assert!(near(edge.margin_db, -8.0) && near(together.verdict.cost_db, 8.0));
}

#[test]
fn a_weak_part_joins_its_neighbour_while_a_strong_one_stays_apart() {
    let mut project = Project::new("Plan");
    service(&mut project, "core", &[("tables", 40.0)], &["admin"]);
    service(&mut project, "edge", &[("rate", 10_000.0)], &[]);
    service(&mut project, "stream", &[("rate", 10_000.0)], &["pure-api"]);
    link(&mut project, "edge", "core", Protocol::SharedTables);
    link(&mut project, "edge", "core", Protocol::Http);
    let verdict = engine().assess(&project).verdict;
    let on: Vec<&str> = verdict.assignment.values().map(FrameworkId::as_str).collect();
    // Edge alone would be fast by 8, and 9 is what its two links to the core would then cost.
    assert_eq!(on, ["plain", "plain", "fast"]);
    assert!(near(verdict.cost_db, 8.0 + 4.0), "{}", verdict.cost_db);
}

#[test]
fn a_neighbour_that_becomes_something_else_is_noticed_when_assessing_again() {
    let engine = engine();
    let mut project = mixed_project();
    let (before, earlier) = (project.clone(), engine.assess(&project));
    project.apply(&Edit::SetKind("weather".into(), ComponentKind::Redis));
    let again = engine.assess_again(&project, &before, &earlier);
    let reasons = |assessment: &Assessment| assessment.components["stream"].reasons.len();
    assert_eq!((reasons(&earlier), reasons(&again)), (3, 2));
    assert_eq!(again, engine.assess(&project));
}

#[test]
fn a_pin_is_kept_against_the_evidence_and_an_unknown_pin_is_a_finding() {
    let mut project = mixed_project();
    pin(&mut project, "orders", "fast");
    let engine = engine();
    let pinned = engine.assess(&project);
    let orders = &pinned.components["orders"];
    assert!(orders.pinned && orders.framework.as_str() == "fast" && orders.best.as_str() == "plain-plus");
    assert_eq!(pinned.verdict.kind, VerdictKind::Single("fast".into()));
    pin(&mut project, "orders", "fasst");
    let assessment = engine.assess(&project);
    assert_eq!(assessment.components["orders"].framework.as_str(), "plain-plus");
    let problem = &engine.check(&project)[0];
    assert_eq!(problem.path, ["components", "orders", "pin"]);
    assert!(
        problem.message.contains("did you mean \"fast\"?")
            && assessment.findings[0].rule.as_str() == "unknown-framework"
    );
}

#[test]
fn a_scenario_that_pins_to_what_nobody_knows_is_told() {
    let mut project = mixed_project();
    pin(&mut project, "orders", "fasst");
    let scenario = Scenario::of(&project, "Faster");
    project.apply(&Edit::SetPin("orders".into(), None));
    project.scenarios.insert("faster".into(), scenario.into());
    let problem = &engine().check(&project)[0];
    assert_eq!(problem.path, ["scenarios", "faster", "pins", "orders"]);
    assert!(problem.message.contains("in the scenario Faster") && problem.message.contains("did you mean \"fast\"?"));
}

#[test]
fn a_framework_and_what_extends_it_are_one_system() {
    let mut project = Project::new("Plan");
    service(&mut project, "pages", &[("tables", 40.0)], &["admin"]);
    service(&mut project, "api", &[("tables", 40.0), ("endpoints", 5.0)], &["admin"]);
    link(&mut project, "pages", "api", Protocol::SharedTables);
    let verdict = engine().assess(&project).verdict;
    assert_eq!(verdict.kind, VerdictKind::Single("plain-plus".into()));
    assert_eq!((verdict.seam.len(), verdict.cost_db), (0, 0.0));
}

#[test]
fn a_third_root_is_added_by_data_alone() {
    let frameworks = small::FRAMEWORKS.replacen(
        "\n]",
        "\n(id: \"stage\", name: \"Stage\", short_name: \"S\", character: \"c\", prior_db: 0, colour: \"rose\", home: \"h\", base_packages: [], paragraphs: []),\n]",
        1,
    );
    let criteria = small::CRITERIA.replacen(
        "\n]",
        "\n(id: \"stage\", label: \"Rare changes\", reason: \"r\", when: is(\"changes\", \"rare\"), weights_db: {\"stage\": 20}, weight_reason: \"w\", paragraphs: [1], provenance: assumption),\n]",
        1,
    );
    let work = small::WORK_ITEMS.replace("\"plain\":", "\"stage\": 0.1, \"plain\":");
    let changed = [("frameworks.ron", frameworks), ("criteria.ron", criteria), ("work_items.ron", work)];
    let engine = Engine::new(load(&small::files(&changed)).unwrap(), small::drawings()).unwrap();
    let mut project = mixed_project();
    service(&mut project, "old", &[("tables", 3.0)], &[]);
    set(&mut project, "old", "changes", TraitValue::Choice("rare".to_owned()));
    let assessment = engine.assess(&project);
    check_waterfalls(&engine, &assessment);
    assert_eq!(assessment.components["old"].framework.as_str(), "stage");
    assert_eq!(assessment.verdict.counts.iter().map(|(_, count)| *count).collect::<Vec<_>>(), [0, 1, 1, 1]);
    assert_eq!(assessment.alternatives.len(), 3);
}

#[test]
fn what_the_playbook_does_not_know_is_found() {
    let mut project = mixed_project();
    set(&mut project, "orders", "tabels", TraitValue::Number(3.0));
    set(&mut project, "orders", "tables", TraitValue::Number(2.5));
    set(&mut project, "orders", "rate", TraitValue::Number(-1.0));
    set(&mut project, "orders", "admin", TraitValue::Number(1.0));
    set(&mut project, "orders", "changes", TraitValue::Choice("frequnt".to_owned()));
    let problems = engine().check(&project);
    let found: Vec<&str> = problems.iter().map(|problem| problem.path[3].as_str()).collect();
    assert_eq!(found.len(), 5, "{problems:#?}");
    for (name, message) in [
        ("tabels", "did you mean \"tables\"?"),
        ("tables", "whole number"),
        ("rate", "from 0 to 1,000,000 /s"),
        ("admin", "true or false"),
        ("changes", "did you mean \"frequent\"?"),
    ] {
        let problem = problems.iter().find(|problem| problem.path[3] == name).unwrap();
        assert!(problem.message.contains(message), "{problem}");
    }
}

#[test]
fn odd_drawings_are_found_worst_first() {
    let mut project = Project::new("Plan");
    service(&mut project, "empty", &[], &[]);
    service(&mut project, "torn", &[], &["pure-api", "admin"]);
    resource(&mut project, "browser", ComponentKind::Client);
    resource(&mut project, "db", ComponentKind::RelationalDatabase);
    link(&mut project, "browser", "db", Protocol::Database);
    set(&mut project, "torn", "nothing", TraitValue::Flag(true));
    let findings = engine().assess(&project).findings;
    let rules: Vec<&str> = findings.iter().map(|finding| finding.rule.as_str()).collect();
    assert_eq!(rules, ["unknown-trait", "contradiction", "client-on-data-store", "no-traits"]);
}
