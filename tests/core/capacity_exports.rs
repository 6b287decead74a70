//! Capacity in what is exported: where a load is stated, and only there.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use std::sync::LazyLock;

use groundplan::{
    assess::Engine,
    export::{ExportInput, Further, format},
    project::{Component, ComponentKind, Currency, Edit, ElementId, Grouping, Project, Protocol, TraitValue},
    storage::read_project,
};
use kurbo::Point;
use serde_json::Value;

use crate::common::{builtin, small_playbook};
use small_playbook::link;

static ENGINE: LazyLock<Engine> = LazyLock::new(builtin::engine);

fn written(id: &str, project: &Project) -> String {
    let assessment = ENGINE.assess(project);
    let input =
        ExportInput { further: Further::ask(&ENGINE), ..ExportInput::new(project, &assessment, &ENGINE.playbook) };
    String::from_utf8((format(id).unwrap().write)(&input).unwrap()).unwrap()
}

fn table(text: &str) -> Vec<Vec<(String, String)>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let head: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    let row = |record: csv::StringRecord| head.iter().cloned().zip(record.iter().map(str::to_owned)).collect();
    reader.records().map(|record| row(record.unwrap())).collect()
}

fn cell(row: &[(String, String)], name: &str) -> String {
    row.iter().find(|(head, _)| head == name).unwrap_or_else(|| panic!("no column {name}")).1.clone()
}

#[test]
fn a_spreadsheet_has_a_row_a_service_with_what_is_planned_for_it() {
    let project = builtin::preset("factory-telemetry");
    let rows = table(&written("capacity-csv", &project));
    assert_eq!(rows.len(), 1);
    let of = |name: &str| cell(&rows[0], name);
    assert_eq!(
        [of("component_id"), of("load_per_s"), of("load_source"), of("state")],
        ["telemetry-ingestion", "100.00", "peak", "bounded"]
    );
    let capacity = ENGINE.capacity(&project, &ENGINE.assess(&project));
    let plan = capacity.services[0].planned().unwrap();
    assert_eq!(of("usd_per_month"), format!("{:.2}", plan.usd_per_month));
    assert_eq!(of("utilisation"), format!("{:.4}", plan.utilisation.unwrap()));
    assert_eq!([of("target_ms"), of("target"), of("breaks_first")], ["", "none", "yes"]);
    let (groundplan::assess::capacity::Answers::Within(response), ms) =
        (plan.answers, |s: f64| format!("{:.2}", s * 1e3))
    else {
        panic!("{:?}", plan.answers)
    };
    assert_eq!(
        ["mean_ms", "p50_ms", "p95_ms", "p99_low_ms", "p99_high_ms"].map(of),
        [
            response.mean_s,
            response.p50_s.unwrap(),
            response.p95_s.unwrap(),
            response.p99_low_s,
            response.p99_high_s.unwrap()
        ]
        .map(ms)
    );
    assert_eq!(of("memory_mb"), format!("{:.0}", plan.memory_mb));
    // Nobody states a load: the same columns, and empty cells.
    let silent = table(&written("capacity-csv", &builtin::preset("construction-saas")));
    assert!(silent.len() > 1);
    for row in &silent {
        assert_eq!([cell(row, "load_per_s"), cell(row, "processes"), cell(row, "usd_per_month")], ["", "", ""]);
        assert_eq!([cell(row, "load_source"), cell(row, "breaks_first")], ["unknown", "no"]);
    }
}

#[test]
fn another_currency_stands_behind_the_dollars() {
    let mut project = builtin::preset("factory-telemetry");
    project.assumptions.currency = Currency {
        code: "EUR".to_owned(),
        symbol: "€".to_owned(),
        per_usd: 0.5,
        symbol_behind: true,
        grouping: Grouping::Point,
    };
    let row = &table(&written("capacity-csv", &project))[0];
    let [usd, eur] = ["usd_per_month", "eur_per_month"].map(|name| cell(row, name).parse::<f64>().unwrap());
    assert!((eur * 2.0 - usd).abs() < 0.02, "{usd} {eur}");
    let report = written("md", &project);
    assert!(
        report.contains("## Capacity") && report.contains("15\u{a0}€ a processor") && !report.contains('$'),
        "{report}"
    );
}

#[test]
fn report_and_json_speak_of_it_only_where_a_load_is_stated() {
    let loaded = builtin::preset("delivery-prediction");
    let silent = builtin::preset("construction-saas");
    let report = written("md", &loaded);
    assert!(
        report.contains("## Capacity") && report.contains("| 41.7/s |") && report.contains("Machines a month"),
        "{report}"
    );
    let report = written("md", &silent);
    for word in ["## Capacity", "Machines a month", "no load stated"] {
        assert!(!report.contains(word), "{word}");
    }
    let json = |project: &Project| serde_json::from_str::<Value>(&written("json", project)).unwrap();
    let (told, not) = (json(&loaded), json(&silent));
    assert_eq!(told["components"][0]["capacity"]["load_per_s"], 41.7);
    assert_eq!(told["components"][0]["capacity"]["target"], "unknown", "the model's time is not said");
    assert_eq!(told["capacity"]["processes"], told["scenarios"][0]["capacity"]["processes"]);
    assert_eq!(told["capacity"]["bottleneck"], "prediction-api");
    let capacity = ENGINE.capacity(&loaded, &ENGINE.assess(&loaded));
    let paths = told["capacity"]["paths"].as_array().unwrap();
    assert_eq!(paths.len(), capacity.paths.len());
    assert_eq!(paths[0]["p95_ms"].as_f64(), capacity.paths[0].p95_s.map(|seconds| seconds * 1e3));
    assert!(not["capacity"].is_null() && not["components"][0]["capacity"].is_null());
    assert!(not["scenarios"][0]["capacity"].is_null());
}

#[test]
fn ways_to_build_it_are_compared_by_what_they_take_of_machines() {
    let mut project = builtin::preset("delivery-prediction");
    let inference = Some(TraitValue::Number(40.0));
    project.apply(&Edit::SetTrait("prediction-api".into(), "inference-time".into(), inference));
    let rows = table(&written("scenarios-csv", &project));
    for row in &rows {
        let (processes, usd) = (cell(row, "machine_processes"), cell(row, "machine_usd_per_month"));
        assert!(processes.parse::<u64>().unwrap() >= 1 && usd.parse::<f64>().unwrap() > 0.0);
        assert_eq!(cell(row, "breaks_first"), "Prediction API");
    }
    let usd = |id: &str| {
        let row = rows.iter().find(|row| cell(row, "scenario_id") == id).unwrap();
        cell(row, "machine_usd_per_month").parse::<f64>().unwrap()
    };
    assert!(usd("all-django") > usd("all-fastapi"), "what computes more takes more machines");
    let silent = table(&written("scenarios-csv", &builtin::preset("construction-saas")));
    assert!(silent.iter().all(|row| cell(row, "machine_processes").is_empty() && cell(row, "headroom").is_empty()));
}

/// A drawing says what the canvas says: how busy a card is, and in words what is wrong.
#[test]
fn drawings_carry_the_loads_of_the_canvas() {
    let mut late = builtin::preset("delivery-prediction");
    let target = Some(TraitValue::Number(100.0));
    late.apply(&Edit::SetTrait("prediction-api".into(), "latency-target".into(), target));
    let drawn = written("svg", &late);
    assert!(drawn.contains("misses 100 ms") && drawn.contains("% busy"), "the card and its title");
    assert!(!written("svg", &builtin::preset("construction-saas")).contains("busy"));
}

#[test]
fn a_report_has_every_figure_of_a_service_and_how_long_requests_take_in_all() {
    let project = builtin::preset("delivery-prediction");
    let report = written("md", &project);
    assert!(report.contains("| Busy | Mean | p50 | p95 | p99 | Target | Memory | Machines a month |"), "{report}");
    assert!(
        report.contains("## Request paths") && report.contains("| Front end &gt; Prediction API &gt; "),
        "{report}"
    );
    let small = "A p99 of a few milliseconds was measured at two to three times as much";
    assert!(written("md", &builtin::preset("factory-telemetry")).contains(small));
    assert!(!report.contains(small), "its p99 is not small");

    let late = {
        let mut project = project.clone();
        project.apply(&Edit::SetTrait(
            "prediction-api".into(),
            "latency-target".into(),
            Some(TraitValue::Number(100.0)),
        ));
        project
    };
    let capacity = written("md", &late);
    assert!(capacity.contains("Too late: Prediction API") && capacity.contains("**missed**"), "{capacity}");
}

#[test]
fn ways_of_requests_have_a_row_for_each_stop() {
    let project = builtin::preset("delivery-prediction");
    let rows = table(&written("paths-csv", &project));
    let capacity = ENGINE.capacity(&project, &ENGINE.assess(&project));
    assert_eq!(rows.len(), capacity.paths.iter().map(|path| path.steps.len()).sum::<usize>());
    let (first, path) = (&rows[0], &capacity.paths[0]);
    assert_eq!(cell(first, "p95_ms"), format!("{:.2}", path.p95_s.unwrap() * 1e3));
    assert_eq!(
        ["path", "stop", "component_id", "by_connection_id"].map(|name| cell(first, name)),
        ["1", "1", "prediction-api", ""]
    );
    assert_eq!(cell(&rows[1], "mean_ms"), cell(first, "mean_ms"), "the whole way on each of its rows");
    assert!(table(&written("paths-csv", &Project::new("Nothing"))).is_empty());
}

/// What goes round in a circle is told to whoever reads the report.
#[test]
fn a_circle_of_calls_is_named_in_the_report() {
    let mut project = builtin::preset("delivery-prediction");
    assert!(!written("md", &project).contains("Calls go in a circle"));
    let other = Component::new("Second opinion", ComponentKind::RestApi, Some(Point::ZERO));
    project.apply(&Edit::PutComponent("second".into(), other));
    let first = link(&mut project, "prediction-api", "second", Protocol::Http);
    let back = link(&mut project, "second", "prediction-api", Protocol::Http);
    let report = written("md", &project);
    let told =
        |id| format!("Calls go in a circle, which this link closes: {};", project.name_of(&ElementId::Connection(id)));
    assert!([first, back].map(told).iter().any(|told| report.contains(told)), "{report}");
}

/// A target that is missed on the way is not told as held, whoever it is that is late.
#[test]
fn the_first_line_of_the_report_says_what_is_too_late() {
    let text = r#"(
        format: 2, name: "Late",
        components: {
            "c": (name: "Customers", kind: client, traits: {"requests-peak": 60}, pos: (0, 0)),
            "a": (name: "Front", kind: rest_api, traits: {"latency-target": 60}, pos: (280, 0)),
            "b": (name: "Back", kind: rest_api, traits: {"cpu-per-request": 10, "workers": 1}, pos: (560, 0)),
        },
        connections: {
            "x": (from: "c", to: "a", protocol: http, calls_per_request: 1.0),
            "y": (from: "a", to: "b", protocol: http, calls_per_request: 1.0),
        },
    )"#;
    let project = read_project(text, &|project: &Project| ENGINE.check(project)).unwrap();
    let report = written("md", &project);
    let (_, section) = report.split_once("## Capacity\n").unwrap();
    let first = section.trim_start().lines().next().unwrap();
    assert!(first.starts_with("Too late") && first.contains("Front"), "{first}");
}
