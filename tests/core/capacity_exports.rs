//! Capacity in what is exported: where a load is stated, and only there.

#![allow(clippy::unwrap_used, clippy::panic)] // in helpers too: a test that cannot go on fails

use std::sync::LazyLock;

use groundplan::{
    assess::Engine,
    export::{ExportInput, Further, format},
    project::{Currency, Edit, Grouping, Project, TraitValue},
};
use serde_json::Value;

use crate::common::builtin;

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
